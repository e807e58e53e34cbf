/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pairs of records of which somebody has said that they are not the same. They
 * are kept by identifier and looked at by row, as the pairs that are found. */

#include "config.h"

#include "cpt-distinct.h"

#include "cpt-database-private.h"
#include "cpt-duplicates-private.h"
#include "cpt-text.h"

#define MAX_TITLE_BYTES 140

/* By row, the smaller one first */
typedef struct
{
  gint64 row;
  gint64 other_row;
} DistinctPair;

static guint
pair_hash (gconstpointer pointer)
{
  const DistinctPair *pair = pointer;

  return g_int64_hash (&pair->row) * 31 + g_int64_hash (&pair->other_row);
}

static gboolean
pair_equal (gconstpointer a,
            gconstpointer b)
{
  const DistinctPair *x = a;
  const DistinctPair *y = b;

  return x->row == y->row && x->other_row == y->other_row;
}

/* The row of what is in a column; 0 when that is no live record */
static gboolean
find_row (CptDatabase      *database,
          const CptEntity  *entity,
          const char       *text,
          gint64           *row,
          GError          **error)
{
  CptUuid id;

  *row = 0;

  return text == NULL || !cpt_uuid_parse (text, &id) || cpt_database_find_row (database, entity, &id, row, error);
}

static gboolean
add_pair (GHashTable       *pairs,
          CptDatabase      *database,
          const CptEntity  *entity,
          CptStatement     *statement,
          GError          **error)
{
  DistinctPair *pair;
  gint64 first, second;

  if (!find_row (database, entity, cpt_statement_get_text (statement, 0), &first, error) ||
      !find_row (database, entity, cpt_statement_get_text (statement, 1), &second, error))
    return FALSE;
  if (first == 0 || second == 0)
    return TRUE;

  pair = g_new (DistinctPair, 1);
  pair->row = MIN (first, second);
  pair->other_row = MAX (first, second);
  g_hash_table_add (pairs, pair);

  return TRUE;
}

GHashTable *
cpt_distinct_read (CptDatabase      *database,
                   const CptEntity  *entity,
                   GError          **error)
{
  g_autoptr(GHashTable) pairs = g_hash_table_new_full (pair_hash, pair_equal, g_free, NULL);
  g_autoptr(CptStatement) statement = NULL;
  gboolean has;
  CptStep step;

  if (!cpt_database_has_table (database, "distinct_pair", &has, error))
    return NULL;
  if (!has)
    return g_steal_pointer (&pairs);

  statement = cpt_database_prepare (database, "SELECT first_id, second_id FROM distinct_pair WHERE entity_name = ?1", error);
  if (statement == NULL)
    return NULL;
  cpt_statement_bind_text (statement, 1, entity->name);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    if (!add_pair (pairs, database, entity, statement, error))
      return NULL;

  return step == CPT_STEP_DONE ? g_steal_pointer (&pairs) : NULL;
}

gboolean
cpt_distinct_contains (GHashTable *pairs,
                       gint64      row,
                       gint64      other_row)
{
  DistinctPair pair = { MIN (row, other_row), MAX (row, other_row) };

  return g_hash_table_size (pairs) > 0 && g_hash_table_contains (pairs, &pair);
}

void
cpt_distinct_add (CptTransaction  *transaction,
                  CptSchema       *schema,
                  const CptRecord *a,
                  const CptRecord *b)
{
  g_autoptr(CptRecord) pair = cpt_record_new (schema, cpt_schema_find_entity (schema, "distinct_pair"));
  g_autofree char *first = cpt_uuid_dup_text (&a->id);
  g_autofree char *second = cpt_uuid_dup_text (&b->id);
  g_autofree char *first_title = cpt_record_dup_title (a);
  g_autofree char *second_title = cpt_record_dup_title (b);
  g_autofree char *first_shown = cpt_text_shorten (first_title, MAX_TITLE_BYTES);
  g_autofree char *second_shown = cpt_text_shorten (second_title, MAX_TITLE_BYTES);
  g_autofree char *name = g_strdup_printf ("%s / %s", first_shown, second_shown);

  cpt_record_set_text (pair, "name", name);
  cpt_record_set_text (pair, "entity_name", cpt_record_get_entity (a)->name);
  cpt_record_set_text (pair, "first_id", first);
  cpt_record_set_text (pair, "second_id", second);
  cpt_transaction_create (transaction, pair);
}
