/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/* For the files of this room: SQL is not seen above it. */

typedef struct _CptStatement CptStatement;

typedef enum
{
  CPT_STEP_ROW,
  CPT_STEP_DONE,
  CPT_STEP_ERROR,
} CptStep;

/* From the cache; goes back to it with g_autoptr. A statement in use is
 * compiled a second time. */
CptStatement *cpt_database_prepare        (CptDatabase  *self,
                                           const char   *sql,
                                           GError      **error);
gboolean      cpt_database_exec           (CptDatabase  *self,
                                           const char   *sql,
                                           GError      **error);
/* A read transaction: all reads in @func see one state */
gboolean      cpt_database_snapshot       (CptDatabase      *self,
                                           CptDatabaseFunc   func,
                                           gpointer          data,
                                           GError          **error);
/* The SQLite error now standing, as a CPT_ERROR with a message for people;
 * FALSE always */
gboolean      cpt_database_set_error      (CptDatabase  *self,
                                           int           result,
                                           GError      **error);

void          cpt_statement_release       (CptStatement *self);
/* Positions from 1. A failed bind is remembered and reported by step. */
void          cpt_statement_bind_null     (CptStatement *self,
                                           int           position);
void          cpt_statement_bind_int      (CptStatement *self,
                                           int           position,
                                           gint64        value);
void          cpt_statement_bind_text     (CptStatement *self,
                                           int           position,
                                           const char   *value); /* NULL binds null */
void          cpt_statement_bind_id       (CptStatement  *self,
                                           int            position,
                                           const CptUuid *id); /* nil binds null */
/* As the field is stored; returns the number of positions used (money: 2) */
int           cpt_statement_bind_field    (CptStatement   *self,
                                           int             position,
                                           const CptField *field,
                                           const CptValue *value);
CptStep       cpt_statement_step          (CptStatement  *self,
                                           GError       **error);
/* For statements without rows */
gboolean      cpt_statement_run           (CptStatement  *self,
                                           GError       **error);
/* Both at once, for one that has nothing but numbers as parameters */
gboolean      cpt_database_run_numbers    (CptDatabase   *self,
                                           const char    *sql,
                                           const gint64  *numbers,
                                           guint          n_numbers,
                                           GError       **error);
void          cpt_statement_reset         (CptStatement *self);
/* Columns from 0 */
gboolean      cpt_statement_is_null       (CptStatement *self,
                                           int           column);
gint64        cpt_statement_get_int       (CptStatement *self,
                                           int           column);
double        cpt_statement_get_double    (CptStatement *self,
                                           int           column);
const char   *cpt_statement_get_text      (CptStatement *self,
                                           int           column); /* until the next step */
void          cpt_statement_get_id        (CptStatement *self,
                                           int           column,
                                           CptUuid      *id); /* nil for null */
/* Until the next step; NULL for null */
gconstpointer cpt_statement_get_blob      (CptStatement *self,
                                           int           column,
                                           gsize        *length);
/* Returns the number of columns used */
int           cpt_statement_get_field     (CptStatement   *self,
                                           int             column,
                                           const CptField *field,
                                           CptValue       *value);
gint64        cpt_database_get_last_row   (CptDatabase *self);
int           cpt_database_get_changes    (CptDatabase *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptStatement, cpt_statement_release)

G_END_DECLS
