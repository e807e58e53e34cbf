/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the board shows, read on a reading thread. The sums and counts of the
 * columns are one aggregate, which the store keeps up to date from the log; the
 * cards of a column are its newest page.
 */

#include "config.h"

#include "cpt-board-data-private.h"

#include <glib/gi18n.h>

#include "cpt-aggregate.h"
#include "cpt-date.h"

static const char *const columns[] = { "name", "organisation", "amount", "expected_close_on", "closed_on", "stage" };

enum
{
  COLUMN_NAME,
  COLUMN_ORGANISATION,
  COLUMN_AMOUNT,
  COLUMN_EXPECTED,
  COLUMN_CLOSED,
  COLUMN_STAGE,
};

static void
stage_free (gpointer pointer)
{
  CptBoardStage *stage = pointer;

  g_free (stage->title);
  g_free (stage->colour);
  g_free (stage->summary);
  g_clear_pointer (&stage->cards, g_ptr_array_unref);
  g_free (stage);
}

static void
pipeline_free (gpointer pointer)
{
  CptBoardPipeline *pipeline = pointer;

  g_free (pipeline->title);
  g_free (pipeline);
}

static CptFilter *
filter_by_link (CptSchema        *schema,
                const CptEntity  *entity,
                const char       *field,
                const CptUuid    *id,
                GError          **error)
{
  g_autoptr(JsonNode) value = json_node_new (JSON_NODE_VALUE);
  g_autofree char *text = cpt_uuid_dup_text (id);

  json_node_set_string (value, text);

  return cpt_filter_new_condition (schema, entity, field, CPT_OPERATOR_IS, value, error);
}

/* All records of @entity_name whose @field links to @id (nullable), by position */
static GPtrArray *
load_ordered (CptDatabase    *database,
              const char     *entity_name,
              const char     *field,
              const CptUuid  *id,
              GError        **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *entity = cpt_schema_find_entity (schema, entity_name);
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_record_unref);
  g_autoptr(CptQuery) query = cpt_query_new (schema, entity);
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GArray) rows = NULL;

  if (id != NULL)
    {
      filter = filter_by_link (schema, entity, field, id, error);
      if (filter == NULL)
        return NULL;
      cpt_query_set_filter (query, filter);
    }
  if (!cpt_query_set_sort (query, "position", error))
    return NULL;

  rows = cpt_query_get_rows (query, database, 0, 100, error);
  if (rows == NULL)
    return NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      CptRecord *record = cpt_database_load_row (database, entity, g_array_index (rows, gint64, i), error);

      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }

  return g_steal_pointer (&records);
}

static CptBoardCard *
create_card (CptDatabase *database,
             CptPage     *page,
             guint        index)
{
  GTimeZone *zone = cpt_database_get_zone (database);
  CptBoardCard *card = g_new0 (CptBoardCard, 1);
  const CptValue *stage = cpt_page_get_value (page, index, COLUMN_STAGE);
  const CptValue *closed = cpt_page_get_value (page, index, COLUMN_CLOSED);
  const CptValue *expected = cpt_page_get_value (page, index, COLUMN_EXPECTED);
  const CptValue *date = cpt_value_is_null (closed) ? expected : closed;

  card->id = *cpt_page_get_id (page, index);
  if (stage->type == CPT_VALUE_ID)
    card->column = stage->id;
  card->title = cpt_page_dup_text (page, index, COLUMN_NAME, zone);
  card->subtitle = g_strdup (cpt_page_get_title (page, index, COLUMN_ORGANISATION));
  if (!cpt_value_is_null (cpt_page_get_value (page, index, COLUMN_AMOUNT)))
    card->figure = cpt_page_dup_text (page, index, COLUMN_AMOUNT, zone);
  if (!cpt_value_is_null (date))
    card->detail = cpt_date_format (date->integer);

  return card;
}

GPtrArray *
cpt_board_data_read_cards (CptDatabase   *database,
                           const gint64  *rows,
                           guint          n_rows,
                           GError       **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *deals = cpt_schema_find_entity (schema, "deal");
  g_autoptr(GPtrArray) cards = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_board_card_free);
  g_autoptr(CptPage) page = NULL;
  CptPath paths[G_N_ELEMENTS (columns)];

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (!cpt_path_parse (schema, deals, columns[i], &paths[i], error))
      return NULL;

  page = cpt_page_load (database, schema, deals, paths, G_N_ELEMENTS (paths), rows, n_rows, error);
  if (page == NULL)
    return NULL;

  for (guint i = 0; i < cpt_page_get_length (page); i++)
    if (cpt_page_has_row (page, i))
      g_ptr_array_add (cards, create_card (database, page, i));

  return g_steal_pointer (&cards);
}

static gboolean
read_stage_cards (CptDatabase    *database,
                  CptBoardStage  *stage,
                  guint           limit,
                  GError        **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *deals = cpt_schema_find_entity (schema, "deal");
  g_autoptr(CptQuery) query = cpt_query_new (schema, deals);
  g_autoptr(CptFilter) filter = filter_by_link (schema, deals, "stage", &stage->id, error);
  g_autoptr(GArray) rows = NULL;

  if (filter == NULL)
    return FALSE;

  cpt_query_set_filter (query, filter);
  if (!cpt_query_set_sort (query, "-changed_at", error))
    return FALSE;
  rows = cpt_query_get_rows (query, database, 0, limit, error);
  if (rows == NULL)
    return FALSE;

  stage->cards = cpt_board_data_read_cards (database, (const gint64 *) (gpointer) rows->data, rows->len, error);

  return stage->cards != NULL;
}

/* "12 deals · 48 000 €"; amounts in several currencies stand side by side */
static void
add_total (CptBoardStage    *stage,
           const CptMeasure *count,
           const CptMeasure *sum)
{
  g_autofree char *deals = NULL;
  g_autofree char *amount = NULL;
  char *summary;

  stage->count += (guint64) count->exact;
  deals = g_strdup_printf (ngettext ("%lu deal", "%lu deals", (gulong) stage->count),
                           (gulong) stage->count);
  if (!sum->is_null && sum->currency[0] != '\0')
    {
      CptMoney money = { .amount = sum->exact };

      memcpy (money.currency, sum->currency, sizeof money.currency);
      amount = cpt_money_format_short (&money);
    }

  /* Translators: how many deals, and their sum */
  summary = amount != NULL ? g_strdup_printf (C_("board column", "%s · %s"), deals, amount) : g_strdup (deals);
  g_free (stage->summary);
  stage->summary = summary;
}

static gboolean
read_totals (CptDatabase   *database,
             CptBoardData  *data,
             GError       **error)
{
  static const char query[] =
    "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"},{\"agg\":\"sum\",\"field\":\"amount\"}],"
    "\"dimensions\":[{\"field\":\"stage\"}]}";
  g_autoptr(CptAggregateSpec) spec = cpt_aggregate_spec_parse (cpt_database_get_schema (database), query, error);
  g_autoptr(CptAggregateResult) result = spec != NULL ? cpt_aggregate_run (database, spec, error) : NULL;

  if (result == NULL)
    return FALSE;

  for (guint i = 0; i < data->stages->len; i++)
    {
      CptBoardStage *stage = g_ptr_array_index (data->stages, i);

      stage->count = 0;
      g_clear_pointer (&stage->summary, g_free);
      for (guint row = 0; row < cpt_aggregate_result_get_n_rows (result); row++)
        {
          const CptValue *key = cpt_aggregate_result_get_key (result, row, 0);

          if (key->type == CPT_VALUE_ID && cpt_uuid_compare (&key->id, &stage->id) == 0)
            add_total (stage, cpt_aggregate_result_get_measure (result, row, 0),
                       cpt_aggregate_result_get_measure (result, row, 1));
        }
      if (stage->summary == NULL)
        stage->summary = g_strdup (_("No deals"));
    }

  return TRUE;
}

static gboolean
read_stages (CptDatabase   *database,
             CptBoardData  *data,
             GError       **error)
{
  g_autoptr(GPtrArray) records = load_ordered (database, "stage", "pipeline", &data->pipeline, error);

  if (records == NULL)
    return FALSE;

  data->stages = g_ptr_array_new_with_free_func (stage_free);
  for (guint i = 0; i < records->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (records, i);
      CptBoardStage *stage = g_new0 (CptBoardStage, 1);

      stage->id = record->id;
      stage->title = cpt_record_dup_title (record);
      stage->colour = g_strdup (cpt_record_get_text (record, "colour"));
      g_ptr_array_add (data->stages, stage);
    }

  return TRUE;
}

static gboolean
read_pipelines (CptDatabase    *database,
                CptBoardData   *data,
                const CptUuid  *wanted,
                GError        **error)
{
  g_autoptr(GPtrArray) records = load_ordered (database, "pipeline", NULL, NULL, error);

  if (records == NULL)
    return FALSE;

  data->pipelines = g_ptr_array_new_with_free_func (pipeline_free);
  for (guint i = 0; i < records->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (records, i);
      CptBoardPipeline *pipeline = g_new0 (CptBoardPipeline, 1);

      pipeline->id = record->id;
      pipeline->title = cpt_record_dup_title (record);
      g_ptr_array_add (data->pipelines, pipeline);
      if (i == 0 || cpt_uuid_compare (&record->id, wanted) == 0)
        data->pipeline = record->id;
    }

  return TRUE;
}

CptBoardData *
cpt_board_data_read_totals (CptDatabase    *database,
                            const CptUuid  *pipeline,
                            GError        **error)
{
  g_autoptr(CptBoardData) data = g_new0 (CptBoardData, 1);

  if (!read_pipelines (database, data, pipeline, error) || !read_stages (database, data, error) ||
      !read_totals (database, data, error))
    return NULL;

  return g_steal_pointer (&data);
}

CptBoardData *
cpt_board_data_read (CptDatabase    *database,
                     const CptUuid  *pipeline,
                     GHashTable     *limits,
                     GError        **error)
{
  g_autoptr(CptBoardData) data = cpt_board_data_read_totals (database, pipeline, error);

  if (data == NULL)
    return NULL;

  for (guint i = 0; i < data->stages->len; i++)
    {
      CptBoardStage *stage = g_ptr_array_index (data->stages, i);
      guint limit = limits != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (limits, &stage->id)) : 0;

      if (!read_stage_cards (database, stage, MAX (limit, CPT_BOARD_PAGE), error))
        return NULL;
    }

  return g_steal_pointer (&data);
}

void
cpt_board_data_free (CptBoardData *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->pipelines, g_ptr_array_unref);
  g_clear_pointer (&self->stages, g_ptr_array_unref);
  g_free (self);
}
