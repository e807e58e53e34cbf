/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-filter-private.h"
#include "cpt-query.h"

G_BEGIN_DECLS

/**
 * CptSortKey:
 * @field: what is compared: of links the title of the target
 * @sql: its column; of money the amount
 * @second: (nullable text): the currency of money, else empty
 * @descending: greatest first
 *
 * One key of an order, resolved. Nulls come last whatever the direction.
 */
typedef struct
{
  const CptField *field;
  CptSql          sql;
  CptSql          second;
  gboolean        descending;
} CptSortKey;

typedef struct
{
  CptJoins   joins;
  CptSortKey keys[CPT_QUERY_MAX_SORTS];
  guint      n_keys;
} CptOrder;

void     cpt_order_init       (CptOrder    *self,
                               CptQuery    *query,
                               CptDatabase *database);
void     cpt_order_clear      (CptOrder *self);

/* Adds "KEY COLLATE CPT_TEXT DESC" */
void     cpt_sort_key_add     (const CptSortKey *self,
                               CptSql           *sql);
/* Adds keys from @first on, each with nulls last, and a comma behind each */
void     cpt_order_add_sql    (CptOrder *self,
                               CptSql   *sql,
                               guint     first);

/* Adds " WHERE ..." for the rows of "t" that belong to @query */
void     cpt_query_add_where  (CptQuery         *self,
                               CptSql           *sql,
                               CptFilterSqlMode  mode);

/* Adds " AND ..." for the rows of "t" that have the words of @text (nullable) */
void     cpt_query_add_search (CptSql           *sql,
                               const CptEntity  *entity,
                               const char       *text,
                               CptFilterSqlMode  mode);

/* The full-text question for @text: every word quoted, the last one and those of
 * three letters or more as prefixes; NULL when it has no word */
char    *cpt_search_dup_match (const char *text);

/* Sets the field and the snippet of a hit whose title does not have all of the
 * folded @words */
gboolean cpt_search_add_snippet (CptDatabase        *database,
                                 const char *const  *words,
                                 CptHit             *hit,
                                 GError            **error);

/* Sorts rows from @first on; quick when they are sorted already */
void     cpt_rows_sort        (GArray *rows,
                               guint   first);

/* "[1,2,3]" for json_each(): any number of rows in one parameter */
char    *cpt_rows_dup_json    (const gint64 *rows,
                               guint         n_rows);

/* Joined tables that one statement may have; SQLite's own limit is 64 */
#define CPT_SQL_MAX_JOINS 60

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptOrder, cpt_order_clear)

G_END_DECLS
