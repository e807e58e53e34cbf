/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a board reads: every record stands somewhere, wherever its links lead,
 * and what is read of single cards is what the whole board shows. */

#include "config.h"

#include "../store/query-fixture.h"
#include "cpt-board-data-private.h"

#define ALL 100000

typedef struct
{
  QueryFixture base;
  GArray *pipelines; /* of CptUuid */
} Fixture;

static void
set_link (Fixture         *fixture,
          const CptEntity *entity,
          const CptUuid   *id,
          const char      *field,
          const CptUuid   *target)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (target != NULL)
    cpt_value_set_id (&value, target);
  cpt_transaction_set (transaction, entity, id, cpt_entity_find_field (entity, field), &value);
  query_fixture_commit (&fixture->base, transaction);
}

static void
trash (Fixture         *fixture,
       const CptEntity *entity,
       const CptUuid   *id)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

  cpt_transaction_delete (transaction, entity, id);
  query_fixture_commit (&fixture->base, transaction);
}

/* As undoing an import or restoring does: the records of a stage come back when
 * it is gone */
static void
trash_stage (Fixture *fixture,
             guint    stage)
{
  QueryFixture *base = &fixture->base;
  const CptUuid *id = &g_array_index (base->stages, CptUuid, stage);
  g_autoptr(CptTransaction) restoring = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

  for (guint i = 0; i < base->deals->len; i++)
    {
      const CptUuid *deal = &g_array_index (base->deals, CptUuid, i);
      g_autoptr(CptRecord) record = cpt_database_load (base->database, base->deal, deal, NULL);
      const CptValue *value = cpt_record_get_named (record, "stage");

      if (value->type != CPT_VALUE_ID || !cpt_uuid_equal (&value->id, id))
        continue;
      trash (fixture, base->deal, deal);
      cpt_transaction_restore (restoring, base->deal, deal);
    }
  trash (fixture, base->stage, id);
  query_fixture_commit (base, restoring);
}

/* Two pipelines with stages, a stage that belongs to nothing, and deals in all
 * of them, in none, or whose stage is not here. */
static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  QueryFixture *base = &fixture->base;
  const CptEntity *pipeline;

  query_fixture_set_up (base, 11, 80);
  fixture->pipelines = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  pipeline = cpt_schema_find_entity (base->schema, "pipeline");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(CptRecord) record = query_fixture_random_record (base, pipeline);

      query_fixture_create (base, record, fixture->pipelines);
    }
  for (guint i = 0; i < 3; i++)
    set_link (fixture, base->stage, &g_array_index (base->stages, CptUuid, i), "pipeline",
              &g_array_index (fixture->pipelines, CptUuid, i / 2));
  for (guint i = 0; i < base->deals->len; i += 2)
    set_link (fixture, base->deal, &g_array_index (base->deals, CptUuid, i), "pipeline",
              &g_array_index (fixture->pipelines, CptUuid, (i / 2) % 2));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_array_unref (fixture->pipelines);
  query_fixture_tear_down (&fixture->base);
}

static GHashTable *
create_limits (const CptBoardData *data)
{
  GHashTable *limits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; data != NULL && i < data->columns->len; i++)
    g_hash_table_insert (limits, g_strdup (((CptBoardColumnData *) g_ptr_array_index (data->columns, i))->key),
                         GUINT_TO_POINTER (ALL));

  return limits;
}

/* With all cards */
static CptBoardData *
read_board (Fixture            *fixture,
            const CptBoardSpec *spec)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptBoardData) first = cpt_board_data_read (fixture->base.database, spec, NULL, &error);
  g_autoptr(GHashTable) limits = NULL;
  CptBoardData *data;

  g_assert_no_error (error);
  limits = create_limits (first);
  data = cpt_board_data_read (fixture->base.database, spec, limits, &error);
  g_assert_no_error (error);

  return data;
}

/* Adds the cards of all columns to @seen (key of the column by id); no record
 * stands twice */
static void
collect (const CptBoardData *data,
         GHashTable         *seen)
{
  guint64 count = 0;

  for (guint i = 0; i < data->columns->len; i++)
    {
      const CptBoardColumnData *column = g_ptr_array_index (data->columns, i);

      g_assert_cmpuint (column->cards->len, ==, column->count);
      count += column->count;
      for (guint j = 0; j < column->cards->len; j++)
        {
          const CptBoardCard *card = g_ptr_array_index (column->cards, j);

          g_assert_cmpstr (card->column, ==, column->key);
          g_assert_cmpstr (card->title, !=, "");
          g_assert_true (g_hash_table_insert (seen, g_memdup2 (&card->id, sizeof card->id), g_strdup (card->column)));
        }
    }
  g_assert_cmpuint (count, ==, data->count);
}

static GHashTable *
create_set (void)
{
  return g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, g_free);
}

static guint64
count (Fixture  *fixture,
       CptQuery *query)
{
  g_autoptr(GError) error = NULL;
  guint64 n = 0;

  cpt_query_count (query, fixture->base.database, &n, &error);
  g_assert_no_error (error);

  return n;
}

/* The board is what its query lists, and what is read of single cards is what
 * the whole of it shows. */
static void
check_board (Fixture            *fixture,
             const CptBoardSpec *spec)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptBoardData) data = read_board (fixture, spec);
  g_autoptr(CptQuery) query = cpt_board_data_create_query (data, spec, &error);
  g_autoptr(CptQuery) everything = cpt_query_new (spec->schema, spec->entity);
  g_autoptr(GArray) rows = NULL;
  g_autoptr(CptBoardData) changed = NULL;
  g_autoptr(GHashTable) seen = create_set ();

  g_assert_no_error (error);
  collect (data, seen);
  if (data->n_left_out == 0)
    g_assert_cmpuint (count (fixture, query), ==, data->count);

  rows = cpt_query_get_rows (everything, fixture->base.database, 0, 0, &error);
  changed = cpt_board_data_read_changed (fixture->base.database, spec, (const gint64 *) (gpointer) rows->data, rows->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changed->changed->len, ==, g_hash_table_size (seen));
  for (guint i = 0; i < changed->changed->len; i++)
    {
      const CptBoardCard *card = g_ptr_array_index (changed->changed, i);

      g_assert_cmpstr (g_hash_table_lookup (seen, &card->id), ==, card->column);
    }
}

static void
test_no_deal_is_hidden (Fixture       *fixture,
                        gconstpointer  unused)
{
  QueryFixture *base = &fixture->base;
  g_autoptr(CptQuery) all = cpt_query_new (base->schema, base->deal);
  g_autoptr(CptBoardSpec) spec = cpt_board_spec_new (base->schema, base->deal, NULL);
  g_autoptr(GHashTable) seen = create_set ();
  guint64 n_none = 0;

  g_assert_cmpstr (spec->columns->name, ==, "stage");
  trash_stage (fixture, 1);
  trash (fixture, base->deal, &g_array_index (base->deals, CptUuid, 3));

  for (guint i = 0; i < fixture->pipelines->len; i++)
    {
      g_autoptr(CptBoardData) data = NULL;
      g_autoptr(GHashTable) own = create_set ();
      GHashTableIter iter;
      gpointer id;

      spec->scope = g_array_index (fixture->pipelines, CptUuid, i);
      check_board (fixture, spec);
      data = read_board (fixture, spec);
      g_assert_true (cpt_uuid_equal (&data->scope, &spec->scope));
      /* The first stage, and the column of those without one */
      g_assert_cmpuint (data->columns->len, ==, 2);
      n_none += ((CptBoardColumnData *) g_ptr_array_index (data->columns, 0))->count;
      g_assert_cmpstr (((CptBoardColumnData *) g_ptr_array_index (data->columns, 0))->title, ==, "Without a stage");
      collect (data, own);
      g_hash_table_iter_init (&iter, own);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        g_hash_table_insert (seen, g_memdup2 (id, sizeof (CptUuid)), g_strdup (""));
    }
  g_assert_cmpuint (n_none, >, 0);
  g_assert_cmpuint (g_hash_table_size (seen), ==, count (fixture, all));
}

/* The column of those without a stage goes when the last one has one again. */
static void
test_column_of_none_goes (Fixture       *fixture,
                          gconstpointer  unused)
{
  QueryFixture *base = &fixture->base;
  g_autoptr(CptBoardSpec) spec = cpt_board_spec_new (base->schema, base->deal, NULL);
  const CptUuid *stage = &g_array_index (base->stages, CptUuid, 0);
  g_autoptr(CptBoardData) data = NULL;

  spec->scope = g_array_index (fixture->pipelines, CptUuid, 0);
  for (guint i = 0; i < base->deals->len; i++)
    set_link (fixture, base->deal, &g_array_index (base->deals, CptUuid, i), "stage", stage);
  data = read_board (fixture, spec);
  g_assert_null (cpt_board_data_find_column (data, ""));
  g_assert_cmpuint (data->columns->len, ==, 2);
  g_assert_cmpuint (data->count, ==, base->deals->len);
  g_assert_false (cpt_board_field_may_be_none (spec->columns));
}

/* Whatever the columns are, and with words and conditions */
static void
test_every_field_makes_a_board (Fixture       *fixture,
                                gconstpointer  unused)
{
  QueryFixture *base = &fixture->base;
  const CptEntity *entities[] = { base->deal, base->organisation, base->contact };

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      g_autoptr(GPtrArray) fields = cpt_board_list_fields (base->schema, entities[i]);

      g_assert_cmpuint (fields->len, >, 0);
      for (guint j = 0; j < fields->len; j++)
        {
          g_autoptr(CptBoardSpec) spec = cpt_board_spec_new (base->schema, entities[i], g_ptr_array_index (fields, j));

          check_board (fixture, spec);
          spec->search = g_strdup ("a");
          check_board (fixture, spec);
          if (entities[i] != base->deal)
            continue;
          for (guint k = 0; k < 6; k++)
            {
              g_autoptr(JsonNode) json = query_fixture_random_filter (base, 2);
              g_autoptr(CptFilter) filter = cpt_filter_from_json (base->schema, base->deal, json, NULL);

              if (filter == NULL)
                continue;
              g_clear_pointer (&spec->filter, cpt_filter_unref);
              spec->filter = cpt_filter_ref (filter);
              g_clear_pointer (&spec->search, g_free);
              check_board (fixture, spec);
            }
        }
    }
}

/* There may be more stages than fit on a screen; none is left out. */
static void
test_has_all_stages (Fixture       *fixture,
                     gconstpointer  unused)
{
  QueryFixture *base = &fixture->base;
  g_autoptr(CptBoardSpec) spec = cpt_board_spec_new (base->schema, base->deal, NULL);
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptBoardData) data = NULL;

  for (guint i = 0; i < 150; i++)
    {
      g_autoptr(CptRecord) stage = query_fixture_random_record (base, base->stage);
      g_auto(CptValue) pipeline = CPT_VALUE_INIT;

      cpt_uuid_derive (&stage->id, i, "stage");
      cpt_value_set_id (&pipeline, &g_array_index (fixture->pipelines, CptUuid, 1));
      cpt_record_set (stage, cpt_entity_find_field (base->stage, "pipeline"), &pipeline);
      cpt_transaction_create (transaction, stage);
    }
  query_fixture_commit (base, transaction);

  spec->scope = g_array_index (fixture->pipelines, CptUuid, 1);
  data = read_board (fixture, spec);
  g_assert_cmpuint (data->columns->len, >=, 151);
}

/* Whatever has a place in the window can be a board, if a field can make columns. */
static void
test_every_kind_has_a_board (Fixture       *fixture,
                             gconstpointer  unused)
{
  QueryFixture *base = &fixture->base;
  guint n_entities = 0;
  const CptEntity *const *entities = cpt_schema_get_entities (base->schema, &n_entities);

  for (guint i = 0; i < n_entities; i++)
    if (entities[i]->flags == CPT_ENTITY_PLAIN)
      {
        g_autoptr(CptBoardSpec) spec = cpt_board_spec_new (base->schema, entities[i], NULL);
        g_autoptr(GPtrArray) fields = cpt_board_list_fields (base->schema, entities[i]);

        g_assert_true ((spec != NULL) == (fields->len > 0));
        if (spec != NULL)
          check_board (fixture, spec);
      }
}

static void
set_limits (Fixture            *fixture,
            const CptBoardSpec *spec,
            CptBoardLimits     *limits)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

  cpt_board_limits_save (limits, spec, "Limits", QUERY_FIXTURE_NOW, transaction);
  query_fixture_commit (&fixture->base, transaction);
}

/* Limits are kept for one field of one kind of record; no number is no limit. */
static void
test_keeps_limits (Fixture       *fixture,
                   gconstpointer  unused)
{
  QueryFixture *base = &fixture->base;
  g_autoptr(CptBoardSpec) spec =
    cpt_board_spec_new (base->schema, base->deal, cpt_entity_find_field (base->deal, "source"));
  g_autoptr(CptBoardSpec) other = cpt_board_spec_new (base->schema, base->deal, NULL);
  g_autoptr(CptBoardLimits) limits = cpt_board_limits_read (base->database, spec, NULL);
  g_autoptr(CptBoardLimits) others = NULL;
  g_autoptr(CptBoardData) before = read_board (fixture, spec);
  g_autoptr(CptBoardData) after = NULL;
  const CptBoardColumnData *first = g_ptr_array_index (before->columns, 0);
  const CptBoardColumnData *second = g_ptr_array_index (before->columns, 1);

  g_assert_true (cpt_uuid_is_nil (&limits->id));
  g_assert_cmpuint (first->count, >, 1);
  cpt_board_limits_set (limits, first->key, 1);
  cpt_board_limits_set (limits, second->key, (guint) second->count);
  set_limits (fixture, spec, limits);

  after = read_board (fixture, spec);
  g_assert_true (cpt_board_column_data_is_over (g_ptr_array_index (after->columns, 0)));
  g_assert_false (cpt_board_column_data_is_over (g_ptr_array_index (after->columns, 1)));
  g_assert_nonnull (strstr (((CptBoardColumnData *) g_ptr_array_index (after->columns, 0))->summary, "too many"));
  others = cpt_board_limits_read (base->database, other, NULL);
  g_assert_true (cpt_uuid_is_nil (&others->id));

  cpt_board_limits_set (after->limits, first->key, 0);
  set_limits (fixture, spec, after->limits);
  g_clear_pointer (&limits, cpt_board_limits_free);
  limits = cpt_board_limits_read (base->database, spec, NULL);
  g_assert_cmpuint (cpt_board_limits_get (limits, first->key), ==, 0);
  g_assert_cmpuint (cpt_board_limits_get (limits, second->key), ==, second->count);
}

/* What somebody else wrote is no limit when it makes no sense. */
static void
test_ignores_odd_limits (Fixture       *fixture,
                         gconstpointer  unused)
{
  static const char *const odd[] = {
    "[]",
    "{\"form\":\"board\",\"field\":\"source\"}",
    "{\"form\":\"board\",\"field\":\"source\",\"limits\":[]}",
    "{\"form\":\"board\",\"field\":\"source\",\"limits\":{\"web\":-1,\"fair\":\"x\",\"\":99999999999}}",
    "{\"form\":7,\"field\":{}}",
  };
  QueryFixture *base = &fixture->base;
  g_autoptr(CptBoardSpec) spec =
    cpt_board_spec_new (base->schema, base->deal, cpt_entity_find_field (base->deal, "source"));
  g_autoptr(CptBoardLimits) limits = cpt_board_limits_new ();
  const CptEntity *entity = cpt_schema_find_entity (base->schema, "saved_view");

  set_limits (fixture, spec, limits);
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
      g_autoptr(CptBoardLimits) read = NULL;
      g_auto(CptValue) value = CPT_VALUE_INIT;

      cpt_value_set_text (&value, odd[i]);
      cpt_transaction_set (transaction, entity, &limits->id, cpt_entity_find_field (entity, "definition"), &value);
      query_fixture_commit (base, transaction);
      read = cpt_board_limits_read (base->database, spec, NULL);
      g_assert_nonnull (read);
      g_assert_cmpuint (g_hash_table_size (read->by_key), ==, 0);
    }
}

/* ------------------------------------------------------------------- lanes */

static GHashTable *
create_lane_limits (const CptBoardData *data)
{
  GHashTable *limits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < data->lanes->len; i++)
    {
      const CptBoardLaneData *lane = g_ptr_array_index (data->lanes, i);

      for (guint j = 0; j < lane->cells->len; j++)
        g_hash_table_insert (limits,
                             cpt_board_dup_cell_key (((CptBoardColumnData *) g_ptr_array_index (lane->cells, j))->key,
                                                     lane->total->key),
                             GUINT_TO_POINTER (ALL));
    }

  return limits;
}

/* Adds where the cards of a lane stand to @seen; each column and the lane hold
 * what they say */
static void
collect_lane (const CptBoardData     *data,
              const CptBoardLaneData *lane,
              GHashTable             *seen)
{
  guint64 total = 0;

  g_assert_cmpuint (lane->cells->len, ==, data->columns->len);
  for (guint i = 0; i < lane->cells->len; i++)
    {
      const CptBoardColumnData *cell = g_ptr_array_index (lane->cells, i);

      g_assert_cmpstr (cell->key, ==, ((CptBoardColumnData *) g_ptr_array_index (data->columns, i))->key);
      g_assert_cmpuint (cell->cards->len, ==, cell->count);
      total += cell->count;
      for (guint j = 0; j < cell->cards->len; j++)
        {
          const CptBoardCard *card = g_ptr_array_index (cell->cards, j);

          g_assert_cmpstr (card->column, ==, cell->key);
          g_assert_cmpstr (card->lane, ==, lane->total->key);
          g_assert_true (g_hash_table_insert (seen, g_memdup2 (&card->id, sizeof card->id),
                                              cpt_board_dup_cell_key (card->column, card->lane)));
        }
    }
  g_assert_cmpuint (total, ==, lane->total->count);
  g_assert_nonnull (lane->total->summary);
}

static void
check_lanes (Fixture            *fixture,
             const CptBoardSpec *spec)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptBoardData) first = cpt_board_data_read (fixture->base.database, spec, NULL, &error);
  g_autoptr(GHashTable) limits = NULL;
  g_autoptr(CptBoardData) data = NULL;
  g_autoptr(CptBoardData) changed = NULL;
  g_autoptr(CptQuery) everything = cpt_query_new (spec->schema, spec->entity);
  g_autoptr(GArray) rows = cpt_query_get_rows (everything, fixture->base.database, 0, 0, NULL);
  g_autoptr(GHashTable) seen = create_set ();

  g_assert_no_error (error);
  limits = create_lane_limits (first);
  data = cpt_board_data_read (fixture->base.database, spec, limits, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (data->lanes->len, >, 0);
  for (guint i = 0; i < data->lanes->len; i++)
    collect_lane (data, g_ptr_array_index (data->lanes, i), seen);
  if (g_hash_table_size (data->left_out_lanes) == 0)
    g_assert_cmpuint (g_hash_table_size (seen), ==, data->count);

  changed = cpt_board_data_read_changed (fixture->base.database, spec, (const gint64 *) (gpointer) rows->data, rows->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changed->changed->len, ==, g_hash_table_size (seen));
  for (guint i = 0; i < changed->changed->len; i++)
    {
      const CptBoardCard *card = g_ptr_array_index (changed->changed, i);
      g_autofree char *place = cpt_board_dup_cell_key (card->column, card->lane);

      g_assert_cmpstr (g_hash_table_lookup (seen, &card->id), ==, place);
    }
}

/* Also where what a lane is about has gone to the trash */
static void
test_lanes_hide_no_deal (Fixture       *fixture,
                         gconstpointer  unused)
{
  QueryFixture *base = &fixture->base;
  g_autoptr(GPtrArray) fields = cpt_board_list_fields (base->schema, base->deal);

  trash_stage (fixture, 1);
  for (guint i = 0; i < fields->len; i++)
    for (guint j = 0; j < fields->len; j++)
      {
        g_autoptr(CptBoardSpec) spec = cpt_board_spec_new (base->schema, base->deal, g_ptr_array_index (fields, i));

        g_assert_nonnull (spec);
        if (!cpt_board_spec_can_be_lanes (spec, g_ptr_array_index (fields, j)))
          continue;
        spec->lanes = g_ptr_array_index (fields, j);
        check_lanes (fixture, spec);
      }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/board/no-deal-is-hidden", Fixture, NULL, set_up, test_no_deal_is_hidden, tear_down);
  g_test_add ("/board/column-of-none-goes", Fixture, NULL, set_up, test_column_of_none_goes, tear_down);
  g_test_add ("/board/every-field-makes-a-board", Fixture, NULL, set_up, test_every_field_makes_a_board, tear_down);
  g_test_add ("/board/every-kind-has-a-board", Fixture, NULL, set_up, test_every_kind_has_a_board, tear_down);
  g_test_add ("/board/keeps-limits", Fixture, NULL, set_up, test_keeps_limits, tear_down);
  g_test_add ("/board/ignores-odd-limits", Fixture, NULL, set_up, test_ignores_odd_limits, tear_down);
  g_test_add ("/board/lanes-hide-no-deal", Fixture, NULL, set_up, test_lanes_hide_no_deal, tear_down);
  g_test_add ("/board/has-all-stages", Fixture, NULL, set_up, test_has_all_stages, tear_down);

  return g_test_run ();
}
