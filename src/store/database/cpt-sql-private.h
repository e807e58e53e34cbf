/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-schema.h"
#include "cpt-statement.h"

G_BEGIN_DECLS

/**
 * CptSql:
 * @text: SQL so far
 * @parameters: values for its question marks, in order
 * @database: (nullable): says which rows are visible, what day it is and who asks
 *
 * A piece of SQL with its parameters. Values from outside only ever become
 * parameters; names come from declarations.
 */
typedef struct
{
  GString     *text;
  GArray      *parameters;
  CptDatabase *database;
  guint        n_aliases; /* given out inside conditions */
} CptSql;

void          cpt_sql_init          (CptSql      *self,
                                     CptDatabase *database);
void          cpt_sql_clear         (CptSql *self);
void          cpt_sql_add           (CptSql     *self,
                                     const char *text);
void          cpt_sql_printf        (CptSql     *self,
                                     const char *format,
                                     ...) G_GNUC_PRINTF (2, 3);
/* Adds "?" and its value */
void          cpt_sql_add_int       (CptSql *self,
                                     gint64  value);
void          cpt_sql_add_text      (CptSql     *self,
                                     const char *value);
void          cpt_sql_add_id        (CptSql        *self,
                                     const CptUuid *value);
/* Adds the text and the parameters of @other */
void          cpt_sql_add_sql       (CptSql       *self,
                                     const CptSql *other);
/* Compiles it and binds the parameters */
CptStatement *cpt_sql_prepare       (CptSql  *self,
                                     GError **error);

/* The column of @field of the table known as @alias; of money the amount. A
 * custom link gives its text. */
void          cpt_sql_add_column    (CptSql         *self,
                                     const char     *alias,
                                     const CptField *field);
/* The currency of a money field */
void          cpt_sql_add_currency  (CptSql         *self,
                                     const char     *alias,
                                     const CptField *field);
/* A link as the 16 bytes that "id" columns hold */
void          cpt_sql_add_link      (CptSql         *self,
                                     const char     *alias,
                                     const CptField *field);
/* Whether @field of @entity, whose table is known as @alias, leads to @id */
void          cpt_sql_add_links_to  (CptSql          *self,
                                     const char      *alias,
                                     const CptEntity *entity,
                                     const CptField  *field,
                                     const CptUuid   *id);
/* " AND ..." that leaves out what unfinished units have created */
void          cpt_sql_add_visible   (CptSql          *self,
                                     const char      *alias,
                                     const CptEntity *entity);
/* " COLLATE CPT_TEXT" for fields whose text people sort by, else "" */
const char   *cpt_sql_get_collation (const CptField *field);
/* The columns that cpt_sql_read() takes for @field */
void          cpt_sql_add_value     (CptSql         *self,
                                     const char     *alias,
                                     const CptField *field);
/* Returns the number of columns used */
int           cpt_sql_read          (CptStatement   *statement,
                                     int             column,
                                     const CptField *field,
                                     CptValue       *value);

/**
 * CptJoins:
 *
 * The tables that paths reach from one entity, each joined once. The table of
 * the entity itself is known as "t".
 */
typedef struct
{
  CptSql     sql; /* " LEFT JOIN ... LEFT JOIN ..." */
  GPtrArray *prefixes; /* links walked: "organisation.owner" */
  char       alias[16];
} CptJoins;

void          cpt_joins_init        (CptJoins    *self,
                                     CptDatabase *database);
void          cpt_joins_clear       (CptJoins *self);
/* The alias of the table behind the first @n_links links of @path; valid until
 * the next call */
const char   *cpt_joins_reach       (CptJoins        *self,
                                     const CptPath   *path,
                                     guint            n_links,
                                     const CptEntity *target);

/* What a structured text (an address) says: its texts joined by blanks */
char         *cpt_sql_dup_plain_text (const char *json);

/* Sums of any number of 64-bit integers: exact */
typedef struct
{
  gint64  high; /* the sum is high * 2^32 + low */
  guint64 low;
  guint64 count;
} CptSum;

void          cpt_sum_add           (CptSum *self,
                                     gint64  value);
void          cpt_sum_merge         (CptSum       *self,
                                     const CptSum *other);
gboolean      cpt_sum_get_exact     (const CptSum *self,
                                     gint64       *value);
double        cpt_sum_get_real      (const CptSum *self);
/* The first number of the bin of @value: see CptBinSpec. Without a width its magnitude: the number of its bits,
 * negative for negative ones */
gint64        cpt_bin_get_start     (gint64 width,
                                     gint64 low,
                                     gint64 high,
                                     gint64 value);
/* That part of @value, rounded, in hundredths of a percent; the nearest 64-bit
 * integer where it has none */
gint64        cpt_sql_get_part      (gint64 value,
                                     gint64 percent);
/* Reorders @values; @length at least 1 */
double        cpt_sql_get_median    (gint64 *values,
                                     gsize   length);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptSql, cpt_sql_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptJoins, cpt_joins_clear)

G_END_DECLS
