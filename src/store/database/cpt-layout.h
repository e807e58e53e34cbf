/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-statement.h"

G_BEGIN_DECLS

/* How records lie in tables. Private to this room. */

/* Record numbers of the search index: row * 256 + entity number */
#define CPT_LAYOUT_SEARCH_SHIFT 8
#define CPT_LAYOUT_ENTITY_MAX   255

typedef enum
{
  CPT_LAYOUT_PLAIN, /* one column */
  CPT_LAYOUT_MONEY, /* NAME and NAME_currency */
  CPT_LAYOUT_TEXTS, /* JSON array, and a side table of texts */
  CPT_LAYOUT_IDS, /* JSON array, and a side table of identifiers */
} CptLayoutForm;

CptLayoutForm cpt_layout_get_form         (const CptField *field);
/* Whether the field has a side table ENTITY__FIELD(value, row_id) */
gboolean      cpt_layout_has_side_table   (const CptField *field);
/* Whether people sort by the text: its column has COLLATE CPT_TEXT */
gboolean      cpt_layout_is_collated      (const CptField *field);
guint         cpt_layout_get_n_columns    (const CptField *field);

/* "CREATE TABLE ...", and what one field adds to it */
char         *cpt_layout_dup_table_sql    (const CptEntity *entity);
char         *cpt_layout_dup_side_sql     (const CptEntity *entity,
                                           const CptField  *field);
char         *cpt_layout_dup_index_sql    (const CptEntity *entity,
                                           const CptField  *field);
char         *cpt_layout_dup_index_name   (const CptEntity *entity,
                                           const CptField  *field);
/* Adds "NAME TYPE[, NAME_currency TEXT]" */
void          cpt_layout_append_definition (GString        *sql,
                                            const CptField *field);
/* Adds "NAME[, NAME_currency]" of a standard field; @suffix goes behind each: "=?" */
void          cpt_layout_append_columns   (GString        *sql,
                                           const CptField *field,
                                           const char     *suffix);
/* "INSERT INTO ..." with parameters in the order of cpt_layout_bind_record() */
char         *cpt_layout_dup_insert_sql   (const CptEntity *entity);
/* "SELECT ... FROM ENTITY " with the columns of cpt_layout_read_record() */
char         *cpt_layout_dup_select_sql   (const CptEntity *entity);

/* Binds all but @custom without copies: @record stays as it is until the
 * statement is reset. */
void          cpt_layout_bind_record      (CptStatement    *statement,
                                           const CptRecord *record,
                                           gboolean         dirty,
                                           const char      *custom);
/* CPT_ERROR_DAMAGED when the row can't be read */
CptRecord    *cpt_layout_read_record      (CptDatabase      *database,
                                           CptStatement     *statement,
                                           const CptEntity  *entity,
                                           GError          **error);

/* The column "custom": a JSON object of stored values (numbers as they are,
 * links as text, money as an object, sets as arrays). Members of @former that
 * are no fields stay. NULL when nothing is left. */
char         *cpt_layout_dup_custom       (const CptRecord *record,
                                           const char      *former);
void          cpt_layout_read_custom      (CptRecord  *record,
                                           const char *custom);

/* Adds " AND ALIAS.row_id NOT BETWEEN a AND b" for what unfinished units have
 * created: true of the snapshot or transaction that the connection is in (see
 * cpt_database_snapshot()). @alias may be NULL. */
void          cpt_layout_append_visible   (GString         *sql,
                                           CptDatabase     *database,
                                           const CptEntity *entity,
                                           const char      *alias);
/* The same for one row */
gboolean      cpt_layout_is_visible       (CptDatabase     *database,
                                           const CptEntity *entity,
                                           gint64           row);

G_END_DECLS
