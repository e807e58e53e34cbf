/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers are the same whichever way they were computed: by SQLite, by one
 * thread or two that group records, or from the numbers of groups. */

#include "config.h"

#include "cpt-aggregate-private.h"

#include <locale.h>
#include <string.h>

#include "query-fixture.h"

static void
assert_same_groups (const char *json,
                    CptGroups  *a,
                    CptGroups  *b)
{
  GHashTableIter iter;
  gpointer key, value;

  if (g_hash_table_size (a->table) != g_hash_table_size (b->table))
    g_error ("%s: %u groups and %u", json, g_hash_table_size (a->table), g_hash_table_size (b->table));

  g_hash_table_iter_init (&iter, a->table);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const CptGroup *group = value, *other = g_hash_table_lookup (b->table, key);

      if (other == NULL || memcmp (group->n_records, other->n_records, sizeof group->n_records) != 0)
        g_error ("%s: group %s", json, (const char *) key);
      for (guint i = 0; i < 2 * a->spec->n_measures; i++)
        if (group->cells[i].count != other->cells[i].count || group->cells[i].sum != other->cells[i].sum ||
            group->cells[i].is_real != other->cells[i].is_real || group->cells[i].real != other->cells[i].real)
          g_error ("%s: group %s, cell %u", json, (const char *) key, i);
    }
}

typedef struct
{
  const char *json;
  CptAggregateSpec *spec;
  CptAggregateSpec *whole; /* without dimensions */
  guint *n_scans;
  guint *n_folds;
} Comparison;

static gboolean
compare_ways (CptDatabase  *database,
              gpointer      data,
              GError      **error)
{
  Comparison *self = data;
  g_autoptr(CptGroups) by_sql = cpt_aggregate_compute_by_sql (database, self->spec, error);
  g_autoptr(CptGroups) scanned = NULL;
  g_autoptr(CptGroups) whole = cpt_aggregate_compute_by_sql (database, self->whole, error);
  g_autoptr(CptGroups) folded = NULL;

  g_assert_no_error (*error);
  if (cpt_aggregate_scan_is_possible (self->spec))
    {
      g_assert_true (cpt_aggregate_scan (database, self->spec, &scanned, error));
      g_assert_nonnull (scanned);
      assert_same_groups (self->json, by_sql, scanned);
      (*self->n_scans)++;
    }

  folded = cpt_groups_fold (by_sql, self->whole);
  if (folded != NULL && g_hash_table_size (folded->table) > 0)
    {
      assert_same_groups (self->json, whole, folded);
      (*self->n_folds)++;
    }

  return TRUE;
}

static void
check_random_specs (QueryFixture *fixture,
                    guint         n_specs)
{
  guint n_scans = 0, n_folds = 0;

  for (guint i = 0; i < n_specs; i++)
    {
      const char *fields[CPT_AGGREGATE_MAX_MEASURES];
      guint n_measures;
      g_autofree char *json = query_fixture_random_spec (fixture, fields, &n_measures);
      g_autoptr(CptAggregateSpec) spec = cpt_aggregate_spec_parse (fixture->schema, json, NULL);
      g_autoptr(JsonNode) node = cpt_aggregate_spec_to_json (spec);
      g_autoptr(CptAggregateSpec) whole = NULL;
      Comparison comparison = { .json = json, .spec = spec, .n_scans = &n_scans, .n_folds = &n_folds };
      g_autoptr(GError) error = NULL;

      json_object_remove_member (json_node_get_object (node), "dimensions");
      whole = cpt_aggregate_spec_from_json (fixture->schema, node, &error);
      g_assert_no_error (error);
      comparison.whole = whole;
      cpt_database_snapshot (fixture->database, compare_ways, &comparison, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (n_scans, >, n_specs / 8);
  g_assert_cmpuint (n_folds, >, n_specs / 8);
}

static void
test_all_ways_agree (void)
{
  QueryFixture fixture;

  query_fixture_set_up (&fixture, 7, 60);
  check_random_specs (&fixture, 400);
  query_fixture_spread_deals (&fixture, 80);
  check_random_specs (&fixture, 200);
  query_fixture_tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/aggregate/all-ways-agree", test_all_ways_agree);

  return g_test_run ();
}
