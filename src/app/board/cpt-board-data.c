/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the board shows, read on a reading thread. The sums and counts of the
 * columns are one aggregate, which the store keeps up to date from the log; the
 * cards of a column are its newest page. Records whose value is missing, or
 * leads to what is not here any more, stand in a column of their own: nothing
 * is hidden by the way the board is laid out.
 */

#include "config.h"

#include "cpt-board-data-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-money.h"

void
cpt_board_column_data_free (CptBoardColumnData *column)
{
  g_free (column->key);
  g_free (column->title);
  g_free (column->colour);
  g_free (column->summary);
  g_clear_pointer (&column->cards, g_ptr_array_unref);
  g_array_unref (column->sums);
  g_free (column);
}

static void
scope_free (gpointer pointer)
{
  CptBoardScope *scope = pointer;

  g_free (scope->title);
  g_free (scope);
}

static CptBoardData *
create_data (void)
{
  CptBoardData *self = g_new0 (CptBoardData, 1);

  self->scopes = g_ptr_array_new_with_free_func (scope_free);
  self->others = g_ptr_array_new_with_free_func (g_free);
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_board_column_data_free);
  self->lanes = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_board_lane_data_free);
  self->left_out_lanes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->elsewhere = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
cpt_board_data_free (CptBoardData *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->scopes, g_ptr_array_unref);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->lanes, g_ptr_array_unref);
  g_clear_pointer (&self->left_out_lanes, g_hash_table_unref);
  g_clear_pointer (&self->limits, cpt_board_limits_free);
  g_clear_pointer (&self->elsewhere, g_hash_table_unref);
  g_clear_pointer (&self->changed, g_ptr_array_unref);
  g_free (self);
}

CptBoardColumnData *
cpt_board_data_find_column (const CptBoardData *self,
                            const char         *key)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      CptBoardColumnData *column = g_ptr_array_index (self->columns, i);

      if (g_str_equal (column->key, key))
        return column;
    }

  return NULL;
}

CptBoardColumnData *
cpt_board_column_data_new (const char *key,
                           const char *title,
                           const char *colour)
{
  CptBoardColumnData *column = g_new0 (CptBoardColumnData, 1);

  column->key = g_strdup (key);
  column->title = g_strdup (title);
  column->colour = g_strdup (colour);
  column->sums = g_array_new (FALSE, FALSE, sizeof (CptBoardSum));

  return column;
}

CptPage *
cpt_board_data_load_all (CptDatabase         *database,
                         const CptBoardSpec  *spec,
                         const CptEntity     *entity,
                         const char *const   *fields,
                         GError             **error)
{
  g_autoptr(CptQuery) query = cpt_query_new (spec->schema, entity);
  g_autoptr(GArray) rows = cpt_query_get_rows (query, database, 0, 0, error);
  CptPath paths[4];
  guint n_paths = 1;

  if (rows == NULL || !cpt_path_parse (spec->schema, entity, entity->title, &paths[0], error))
    return NULL;
  for (guint i = 0; fields[i] != NULL; i++)
    if (!cpt_path_parse (spec->schema, entity, fields[i], &paths[n_paths++], error))
      return NULL;

  return cpt_page_load (database, spec->schema, entity, paths, n_paths, (const gint64 *) (gpointer) rows->data, rows->len,
                        error);
}

/* The parts that there are: pipelines */
static gboolean
read_scopes (CptDatabase         *database,
             const CptBoardSpec  *spec,
             CptBoardData        *data,
             GError             **error)
{
  static const char *const no_fields[] = { NULL };
  const CptField *field = cpt_board_spec_get_scope_field (spec);
  g_autoptr(CptPage) page = NULL;

  if (field == NULL)
    return TRUE;

  page = cpt_board_data_load_all (database, spec, cpt_schema_get_target (spec->schema, field), no_fields, error);
  if (page == NULL)
    return FALSE;

  for (guint i = 0; i < cpt_page_get_length (page); i++)
    {
      CptBoardScope *scope;

      if (!cpt_page_has_row (page, i))
        continue;
      scope = g_new0 (CptBoardScope, 1);
      scope->id = *cpt_page_get_id (page, i);
      scope->title = cpt_page_dup_text (page, i, 0, NULL);
      if (data->scopes->len == 0 || cpt_uuid_equal (&scope->id, &spec->scope))
        data->scope = scope->id;
      g_ptr_array_add (data->scopes, scope);
    }
  for (guint i = 0; i < data->scopes->len; i++)
    {
      const CptBoardScope *scope = g_ptr_array_index (data->scopes, i);

      if (!cpt_uuid_equal (&scope->id, &data->scope))
        g_ptr_array_add (data->others, g_memdup2 (&scope->id, sizeof scope->id));
    }

  return TRUE;
}

static gboolean
is_scope (const CptBoardData *data,
          const CptUuid      *id)
{
  for (guint i = 0; i < data->scopes->len; i++)
    if (cpt_uuid_equal (&((CptBoardScope *) g_ptr_array_index (data->scopes, i))->id, id))
      return TRUE;

  return FALSE;
}

/* A column for each record that the link may lead to: stages */
static gboolean
read_targets (CptDatabase         *database,
              const CptBoardSpec  *spec,
              CptBoardData        *data,
              GError             **error)
{
  const CptEntity *target = cpt_board_spec_get_target (spec);
  const CptField *scope = cpt_board_spec_get_scope_field (spec);
  const char *fields[3] = { NULL };
  gboolean has_colour = cpt_entity_find_field (target, "colour") != NULL;
  g_autoptr(CptPage) page = NULL;

  fields[0] = scope != NULL ? scope->name : has_colour ? "colour"
                                                       : NULL;
  fields[1] = scope != NULL && has_colour ? "colour" : NULL;
  page = cpt_board_data_load_all (database, spec, target, fields, error);
  if (page == NULL)
    return FALSE;

  for (guint i = 0; i < cpt_page_get_length (page); i++)
    {
      g_autofree char *key = cpt_uuid_dup_text (cpt_page_get_id (page, i));
      g_autofree char *title = NULL;
      const CptValue *part = scope != NULL ? cpt_page_get_value (page, i, 1) : NULL;
      const CptValue *colour = has_colour ? cpt_page_get_value (page, i, scope != NULL ? 2 : 1) : NULL;

      if (!cpt_page_has_row (page, i))
        continue;
      if (part != NULL && (part->type != CPT_VALUE_ID || !cpt_uuid_equal (&part->id, &data->scope)))
        {
          /* What belongs to nothing is nowhere: its records have no column. */
          if (part->type == CPT_VALUE_ID && is_scope (data, &part->id))
            g_hash_table_add (data->elsewhere, g_steal_pointer (&key));
          continue;
        }

      title = cpt_page_dup_text (page, i, 0, NULL);
      if (colour != NULL && colour->type != CPT_VALUE_TEXT)
        colour = NULL;
      g_ptr_array_add (data->columns, cpt_board_column_data_new (key, title, colour != NULL ? colour->text : NULL));
    }

  return TRUE;
}

static gboolean
read_columns (CptDatabase         *database,
              const CptBoardSpec  *spec,
              CptBoardData        *data,
              GError             **error)
{
  g_autofree char *none = cpt_board_field_dup_none_title (spec->columns);

  g_ptr_array_add (data->columns, cpt_board_column_data_new ("", none, NULL));
  if (spec->columns->kind == CPT_FIELD_LINK)
    return !cpt_board_spec_has_all_columns (spec) || read_targets (database, spec, data, error);

  for (const CptChoice *choice = spec->columns->choices; choice->name != NULL; choice++)
    g_ptr_array_add (data->columns, cpt_board_column_data_new (choice->name, cpt_choice_get_label (choice), choice->colour));

  return TRUE;
}

/* Totals */

static JsonObject *
create_measure (const char *aggregate,
                const char *field)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "agg", aggregate);
  if (field != NULL)
    json_object_set_string_member (object, "field", field);

  return object;
}

static CptAggregateSpec *
create_question (const CptBoardSpec  *spec,
                 GError             **error)
{
  const CptField *own = cpt_board_spec_get_own_scope (spec);
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *measures = json_array_new ();
  JsonArray *dimensions = json_array_new ();
  const char *names[] = { spec->columns->name, own != NULL ? own->name : NULL, spec->lanes != NULL ? spec->lanes->name : NULL };

  json_node_take_object (node, object);
  json_object_set_string_member (object, "source", spec->entity->name);
  if (spec->filter != NULL)
    json_object_set_member (object, "where", cpt_filter_to_json (spec->filter));
  if (spec->search != NULL)
    json_object_set_string_member (object, "search", spec->search);

  json_array_add_object_element (measures, create_measure ("count", NULL));
  if (spec->entity->figure != NULL)
    json_array_add_object_element (measures, create_measure ("sum", spec->entity->figure));
  json_object_set_array_member (object, "measures", measures);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i] != NULL)
      {
        JsonObject *dimension = json_object_new ();

        json_object_set_string_member (dimension, "field", names[i]);
        json_array_add_object_element (dimensions, dimension);
      }
  json_object_set_array_member (object, "dimensions", dimensions);

  return cpt_aggregate_spec_from_json (spec->schema, node, error);
}

char *
cpt_board_dup_key (const CptValue *value)
{
  if (value->type == CPT_VALUE_ID)
    return cpt_uuid_dup_text (&value->id);

  return g_strdup (value->type == CPT_VALUE_TEXT ? value->text : "");
}

/* Of a link to a kind with many records: a column for each that is met */
static CptBoardColumnData *
add_met_column (CptDatabase        *database,
                const CptBoardSpec *spec,
                CptBoardData       *data,
                const CptValue     *key,
                const char         *text)
{
  g_autoptr(CptRecord) record = NULL;
  g_autofree char *title = NULL;
  CptBoardColumnData *column;

  if (key->type != CPT_VALUE_ID || cpt_board_spec_has_all_columns (spec))
    return NULL;

  record = cpt_database_load (database, cpt_board_spec_get_target (spec), &key->id, NULL);
  if (record == NULL || record->in_trash)
    return NULL;

  if (data->columns->len >= CPT_BOARD_MAX_COLUMNS)
    {
      if (g_hash_table_add (data->elsewhere, g_strdup (text)))
        data->n_left_out++;
      return NULL;
    }

  title = cpt_record_dup_title (record);
  column = cpt_board_column_data_new (text, title, NULL);
  g_ptr_array_add (data->columns, column);

  return column;
}

/* (nullable): where the records of a row of the answer stand */
static CptBoardColumnData *
find_column_of_row (CptDatabase        *database,
                    const CptBoardSpec *spec,
                    CptBoardData       *data,
                    CptAggregateResult *result,
                    guint               row)
{
  const CptValue *value = cpt_aggregate_result_get_key (result, row, 0);
  g_autofree char *key = cpt_board_dup_key (value);
  CptBoardColumnData *column = cpt_board_data_find_column (data, key);
  const CptValue *scope;

  if (column == NULL)
    column = add_met_column (database, spec, data, value, key);
  if (column != NULL && *column->key != '\0')
    return column;
  if (g_hash_table_contains (data->elsewhere, key))
    return NULL;

  if (cpt_board_spec_get_own_scope (spec) != NULL)
    {
      scope = cpt_aggregate_result_get_key (result, row, 1);
      if (scope->type == CPT_VALUE_ID && !cpt_uuid_equal (&scope->id, &data->scope) && is_scope (data, &scope->id))
        return NULL;
    }

  return cpt_board_data_find_column (data, "");
}

/* Sums of money stay apart, one for each currency. */
static void
add_sum (CptBoardColumnData *column,
         const CptMeasure   *measure)
{
  CptBoardSum added = { .sum = measure->exact };

  if (measure->is_null || measure->exact == 0)
    return;

  for (guint i = 0; i < column->sums->len; i++)
    {
      CptBoardSum *sum = &g_array_index (column->sums, CptBoardSum, i);

      if (g_str_equal (sum->currency, measure->currency))
        {
          if (__builtin_add_overflow (sum->sum, measure->exact, &sum->sum))
            sum->sum = measure->exact > 0 ? G_MAXINT64 : G_MININT64;
          return;
        }
    }

  g_strlcpy (added.currency, measure->currency, sizeof added.currency);
  g_array_append_val (column->sums, added);
}

static char *
dup_sum (const CptField    *field,
         const CptBoardSum *sum,
         GTimeZone         *zone)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;
  CptMoney money = { .amount = sum->sum };

  if (field->kind == CPT_FIELD_MONEY)
    {
      g_strlcpy (money.currency, sum->currency, sizeof money.currency);
      return cpt_money_format_short (&money);
    }

  cpt_value_set_integer (&value, sum->sum);

  return cpt_field_format_local (field, &value, zone);
}

gboolean
cpt_board_column_data_is_over (const CptBoardColumnData *self)
{
  return self->limit > 0 && self->count > self->limit;
}

/* "12 records, at most 15" */
static char *
dup_count (const CptBoardColumnData *column)
{
  g_autofree char *number = cpt_decimal_format_local ((gint64) column->count, 0, 0);
  g_autofree char *limit = cpt_decimal_format_local (column->limit, 0, 0);
  g_autofree char *count = NULL;

  if (column->count == 0)
    /* Translators: of a column of a board */
    count = g_strdup (_("Empty"));
  else
    count = g_strdup_printf (ngettext ("%s record", "%s records", (gulong) column->count), number);

  if (column->limit == 0)
    return g_steal_pointer (&count);
  if (cpt_board_column_data_is_over (column))
    /* Translators: of a column of a board: "12 records, too many: at most 10" */
    return g_strdup_printf (_("%s, too many: at most %s"), count, limit);

  /* Translators: of a column of a board: "12 records, at most 15" */
  return g_strdup_printf (_("%s, at most %s"), count, limit);
}

void
cpt_board_column_data_add (CptBoardColumnData *column,
                           const CptMeasure   *count,
                           const CptMeasure   *sum)
{
  column->count += (guint64) count->exact;
  if (sum != NULL)
    add_sum (column, sum);
}

/* "12 records · 48 000 €" */
void
cpt_board_column_data_finish (CptBoardColumnData *column,
                              const CptBoardSpec *spec,
                              GTimeZone          *zone)
{
  const CptField *figure = spec->entity->figure != NULL ? cpt_entity_find_field (spec->entity, spec->entity->figure) : NULL;

  column->summary = dup_count (column);
  for (guint i = 0; figure != NULL && i < column->sums->len; i++)
    {
      g_autofree char *former = column->summary;
      g_autofree char *text = dup_sum (figure, &g_array_index (column->sums, CptBoardSum, i), zone);

      /* Translators: what a column of a board holds: how many records, and a sum */
      column->summary = g_strdup_printf (C_("board column", "%s · %s"), former, text);
    }
}

/* The column of records without a value is there when it has any, or when
 * a card may be put into it. */
static void
finish_columns (CptDatabase        *database,
                const CptBoardSpec *spec,
                CptBoardData       *data)
{
  CptBoardColumnData *none = cpt_board_data_find_column (data, "");

  if (none->count == 0 && !cpt_board_field_may_be_none (spec->columns))
    g_ptr_array_remove (data->columns, none);

  for (guint i = 0; i < data->columns->len; i++)
    {
      CptBoardColumnData *column = g_ptr_array_index (data->columns, i);

      column->limit = cpt_board_limits_get (data->limits, column->key);
      cpt_board_column_data_finish (column, spec, cpt_database_get_zone (database));
      data->count += column->count;
    }
}

static gboolean
read_totals (CptDatabase         *database,
             const CptBoardSpec  *spec,
             CptBoardData        *data,
             GError             **error)
{
  g_autoptr(CptAggregateSpec) question = create_question (spec, error);
  g_autoptr(CptAggregateResult) result = question != NULL ? cpt_aggregate_run (database, question, error) : NULL;
  guint lane = cpt_board_spec_get_own_scope (spec) != NULL ? 2 : 1;

  if (result == NULL)
    return FALSE;

  for (guint row = 0; row < cpt_aggregate_result_get_n_rows (result); row++)
    {
      CptBoardColumnData *column = find_column_of_row (database, spec, data, result, row);
      const CptMeasure *count = cpt_aggregate_result_get_measure (result, row, 0);
      const CptMeasure *sum = spec->entity->figure != NULL ? cpt_aggregate_result_get_measure (result, row, 1) : NULL;

      if (column == NULL)
        continue;
      cpt_board_column_data_add (column, count, sum);
      if (spec->lanes != NULL)
        cpt_board_lanes_add (data, database, spec, column, cpt_aggregate_result_get_key (result, row, lane), count, sum);
    }
  finish_columns (database, spec, data);
  if (spec->lanes != NULL)
    cpt_board_lanes_finish (data, spec, cpt_database_get_zone (database));

  return TRUE;
}

static CptBoardData *
read_without_cards (CptDatabase         *database,
                    const CptBoardSpec  *spec,
                    GError             **error)
{
  g_autoptr(CptBoardData) data = create_data ();

  data->limits = cpt_board_limits_read (database, spec, error);
  if (data->limits == NULL)
    return NULL;

  if (!read_scopes (database, spec, data, error) || !read_columns (database, spec, data, error) ||
      (spec->lanes != NULL && !cpt_board_lanes_read (data, database, spec, error)) || !read_totals (database, spec, data, error))
    return NULL;

  return g_steal_pointer (&data);
}

/* Cards */

char *
cpt_board_dup_cell_key (const char *column,
                        const char *lane)
{
  return g_strconcat (column, "/", lane, NULL);
}

gboolean
cpt_board_column_data_read (CptBoardColumnData  *column,
                            CptDatabase         *database,
                            const CptBoardSpec  *spec,
                            const CptBoardData  *data,
                            const char          *lane,
                            guint                limit,
                            GError             **error)
{
  g_autoptr(CptQuery) query = cpt_board_spec_create_query (spec);
  g_autoptr(CptFilter) filter = cpt_board_spec_dup_column_filter (spec, column->key, data->others, error);
  g_autoptr(CptFilter) narrowed = filter != NULL && lane != NULL ? cpt_board_spec_dup_lane_filter (spec, lane, error) : NULL;
  g_autoptr(CptFilter) inner = filter == NULL || (lane != NULL && narrowed == NULL) ? NULL : cpt_filter_and (narrowed, filter);
  g_autoptr(CptFilter) both = inner != NULL ? cpt_filter_and (spec->filter, inner) : NULL;
  g_autoptr(GArray) rows = NULL;

  if (both == NULL)
    return FALSE;

  cpt_query_set_filter (query, both);
  if (!cpt_query_set_sort (query, "-changed_at", error))
    return FALSE;
  rows = cpt_query_get_rows (query, database, 0, limit, error);
  if (rows == NULL)
    return FALSE;

  column->cards = cpt_board_cards_read (database, spec, data, (const gint64 *) (gpointer) rows->data, rows->len, error);

  return column->cards != NULL;
}

CptBoardData *
cpt_board_data_read (CptDatabase         *database,
                     const CptBoardSpec  *spec,
                     GHashTable          *limits,
                     GError             **error)
{
  g_autoptr(CptBoardData) data = read_without_cards (database, spec, error);

  if (data == NULL)
    return NULL;
  if (spec->lanes != NULL)
    return cpt_board_lanes_read_cards (data, database, spec, limits, error) ? g_steal_pointer (&data) : NULL;

  for (guint i = 0; i < data->columns->len; i++)
    {
      CptBoardColumnData *column = g_ptr_array_index (data->columns, i);
      guint limit = limits != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (limits, column->key)) : 0;

      if (column->count == 0)
        column->cards = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_board_card_free);
      else if (!cpt_board_column_data_read (column, database, spec, data, NULL, MAX (limit, CPT_BOARD_PAGE), error))
        return NULL;
    }

  return g_steal_pointer (&data);
}

/* Of @rows those that have the words and meet the conditions */
static GArray *
list_matching (CptDatabase         *database,
               const CptBoardSpec  *spec,
               const gint64        *rows,
               guint                n_rows,
               GError             **error)
{
  g_autoptr(CptQuery) query = cpt_board_spec_create_query (spec);
  g_autoptr(GArray) matching = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) nothing = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < n_rows; i++)
    {
      gint64 position = -1;

      if (!cpt_query_locate (query, database, nothing, rows[i], &position, error))
        return NULL;
      if (position >= 0)
        g_array_append_val (matching, rows[i]);
    }

  return g_steal_pointer (&matching);
}

CptBoardData *
cpt_board_data_read_changed (CptDatabase         *database,
                             const CptBoardSpec  *spec,
                             const gint64        *rows,
                             guint                n_rows,
                             GError             **error)
{
  g_autoptr(GArray) matching = list_matching (database, spec, rows, n_rows, error);
  g_autoptr(CptBoardData) data = matching != NULL ? read_without_cards (database, spec, error) : NULL;

  if (data == NULL)
    return NULL;

  data->changed = cpt_board_cards_read (database, spec, data, (const gint64 *) (gpointer) matching->data, matching->len, error);

  return data->changed != NULL ? g_steal_pointer (&data) : NULL;
}

/* A board without parts shows every record; otherwise those of its columns. */
CptQuery *
cpt_board_data_create_query (const CptBoardData  *self,
                             const CptBoardSpec  *spec,
                             GError             **error)
{
  g_autoptr(CptQuery) query = cpt_board_spec_create_query (spec);
  g_autoptr(CptFilter) any = NULL;
  g_autoptr(CptFilter) both = NULL;

  if (self->scopes->len == 0 && self->n_left_out == 0)
    return g_steal_pointer (&query);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const CptBoardColumnData *column = g_ptr_array_index (self->columns, i);
      g_autoptr(CptFilter) filter = cpt_board_spec_dup_column_filter (spec, column->key, self->others, error);
      g_autoptr(CptFilter) former = any;

      if (filter == NULL)
        return NULL;
      any = cpt_filter_or (former, filter);
    }
  both = cpt_filter_and (spec->filter, any);
  cpt_query_set_filter (query, both);

  return g_steal_pointer (&query);
}
