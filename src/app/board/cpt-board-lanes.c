/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The lanes of a board: a second field divides it, and what is in a column is in
 * one lane or another. All choices are lanes, and all records of settings; of
 * other links those that are met. Records without a value, or whose value leads
 * to what is not here any more, stand in the last lane.
 */

#include "config.h"

#include "cpt-board-data-private.h"

void
cpt_board_lane_data_free (CptBoardLaneData *self)
{
  if (self == NULL)
    return;

  cpt_board_column_data_free (self->total);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

static CptBoardLaneData *
add_lane (CptBoardData *data,
          const char   *key,
          const char   *title,
          const char   *colour)
{
  CptBoardLaneData *lane = g_new0 (CptBoardLaneData, 1);

  lane->total = cpt_board_column_data_new (key, title, colour);
  lane->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_board_column_data_free);
  g_ptr_array_add (data->lanes, lane);

  return lane;
}

CptBoardLaneData *
cpt_board_data_find_lane (const CptBoardData *self,
                          const char         *key)
{
  for (guint i = 0; i < self->lanes->len; i++)
    {
      CptBoardLaneData *lane = g_ptr_array_index (self->lanes, i);

      if (g_str_equal (lane->total->key, key))
        return lane;
    }

  return NULL;
}

static const CptEntity *
get_target (const CptBoardSpec *spec)
{
  return spec->lanes->kind == CPT_FIELD_LINK ? cpt_schema_get_target (spec->schema, spec->lanes) : NULL;
}

/* Few, and all of them are of interest */
static gboolean
has_all_targets (const CptBoardSpec *spec)
{
  const CptEntity *target = get_target (spec);

  return target != NULL && (target->flags & CPT_ENTITY_SETTINGS);
}

static void
add_or_leave_out (CptBoardData *data,
                  const char   *key,
                  const char   *title,
                  const char   *colour)
{
  if (data->lanes->len < CPT_BOARD_MAX_LANES)
    add_lane (data, key, title, colour);
  else
    g_hash_table_add (data->left_out_lanes, g_strdup (key));
}

static gboolean
read_targets (CptBoardData        *data,
              CptDatabase         *database,
              const CptBoardSpec  *spec,
              GError             **error)
{
  const CptEntity *target = get_target (spec);
  gboolean has_colour = cpt_entity_find_field (target, "colour") != NULL;
  const char *const fields[] = { has_colour ? "colour" : NULL, NULL };
  g_autoptr(CptPage) page = cpt_board_data_load_all (database, spec, target, fields, error);

  if (page == NULL)
    return FALSE;

  for (guint i = 0; i < cpt_page_get_length (page); i++)
    {
      const CptValue *colour = has_colour ? cpt_page_get_value (page, i, 1) : NULL;
      g_autofree char *key = NULL;
      g_autofree char *title = NULL;

      if (!cpt_page_has_row (page, i))
        continue;
      key = cpt_uuid_dup_text (cpt_page_get_id (page, i));
      title = cpt_page_dup_text (page, i, 0, NULL);
      add_or_leave_out (data, key, title, colour != NULL && colour->type == CPT_VALUE_TEXT ? colour->text : NULL);
    }

  return TRUE;
}

gboolean
cpt_board_lanes_read (CptBoardData        *data,
                      CptDatabase         *database,
                      const CptBoardSpec  *spec,
                      GError             **error)
{
  if (has_all_targets (spec))
    return read_targets (data, database, spec, error);

  for (const CptChoice *choice = spec->lanes->choices;
       spec->lanes->kind == CPT_FIELD_CHOICE && choice->name != NULL; choice++)
    add_or_leave_out (data, choice->name, cpt_choice_get_label (choice), choice->colour);

  return TRUE;
}

/* ----------------------------------------------------------------- counting */

/* (nullable): where the record that @key leads to is a lane */
static CptBoardLaneData *
add_met_lane (CptBoardData       *data,
              CptDatabase        *database,
              const CptBoardSpec *spec,
              const CptValue     *key,
              const char         *text)
{
  g_autoptr(CptRecord) record = NULL;
  g_autofree char *title = NULL;

  if (key->type != CPT_VALUE_ID || get_target (spec) == NULL || has_all_targets (spec))
    return NULL;
  if (data->lanes->len >= CPT_BOARD_MAX_LANES)
    {
      g_hash_table_add (data->left_out_lanes, g_strdup (text));
      return NULL;
    }

  record = cpt_database_load (database, get_target (spec), &key->id, NULL);
  if (record == NULL || record->in_trash)
    return NULL;
  title = cpt_record_dup_title (record);

  return add_lane (data, text, title, NULL);
}

/* (nullable): left out */
static CptBoardLaneData *
find_lane (CptBoardData       *data,
           CptDatabase        *database,
           const CptBoardSpec *spec,
           const CptValue     *key)
{
  g_autofree char *text = cpt_board_dup_key (key);
  g_autofree char *none = NULL;
  CptBoardLaneData *lane = cpt_board_data_find_lane (data, text);

  if (lane == NULL && !g_hash_table_contains (data->left_out_lanes, text))
    lane = add_met_lane (data, database, spec, key, text);
  if (lane != NULL || g_hash_table_contains (data->left_out_lanes, text))
    return lane;

  lane = cpt_board_data_find_lane (data, "");
  if (lane != NULL)
    return lane;
  none = cpt_board_field_dup_none_title (spec->lanes);

  return add_lane (data, "", none, NULL);
}

static CptBoardColumnData *
find_cell (const CptBoardLaneData *lane,
           const char             *key)
{
  for (guint i = 0; i < lane->cells->len; i++)
    {
      CptBoardColumnData *cell = g_ptr_array_index (lane->cells, i);

      if (g_str_equal (cell->key, key))
        return cell;
    }

  return NULL;
}

void
cpt_board_lanes_add (CptBoardData             *data,
                     CptDatabase              *database,
                     const CptBoardSpec       *spec,
                     const CptBoardColumnData *column,
                     const CptValue           *key,
                     const CptMeasure         *count,
                     const CptMeasure         *sum)
{
  CptBoardLaneData *lane = find_lane (data, database, spec, key);
  CptBoardColumnData *cell;

  if (lane == NULL)
    return;

  cell = find_cell (lane, column->key);
  if (cell == NULL)
    {
      cell = cpt_board_column_data_new (column->key, column->title, NULL);
      g_ptr_array_add (lane->cells, cell);
    }
  cpt_board_column_data_add (cell, count, sum);
  cpt_board_column_data_add (lane->total, count, sum);
}

/* Those that were met by name, and the one of records without a value last */
static int
compare_lanes (gconstpointer a,
               gconstpointer b)
{
  const CptBoardLaneData *one = *(const CptBoardLaneData *const *) a;
  const CptBoardLaneData *other = *(const CptBoardLaneData *const *) b;
  gboolean is_none = *one->total->key == '\0';

  if (is_none != (*other->total->key == '\0'))
    return is_none ? 1 : -1;

  return g_utf8_collate (one->total->title, other->total->title);
}

/* As many cells as there are columns, in their order */
static void
align_cells (const CptBoardData *data,
             CptBoardLaneData   *lane)
{
  g_autoptr(GPtrArray) former = g_steal_pointer (&lane->cells);

  lane->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_board_column_data_free);
  for (guint i = 0; i < data->columns->len; i++)
    {
      const CptBoardColumnData *column = g_ptr_array_index (data->columns, i);
      CptBoardColumnData *cell = NULL;

      for (guint j = 0; j < former->len && cell == NULL; j++)
        if (g_str_equal (((CptBoardColumnData *) g_ptr_array_index (former, j))->key, column->key))
          cell = g_ptr_array_steal_index (former, j);
      if (cell == NULL)
        cell = cpt_board_column_data_new (column->key, column->title, NULL);
      g_ptr_array_add (lane->cells, cell);
    }
}

void
cpt_board_lanes_finish (CptBoardData       *data,
                        const CptBoardSpec *spec,
                        GTimeZone          *zone)
{
  gboolean is_met = spec->lanes->kind == CPT_FIELD_LINK && !has_all_targets (spec);

  if (cpt_board_data_find_lane (data, "") == NULL && cpt_board_field_may_be_none (spec->lanes))
    {
      g_autofree char *none = cpt_board_field_dup_none_title (spec->lanes);

      add_lane (data, "", none, NULL);
    }
  if (is_met)
    g_ptr_array_sort (data->lanes, compare_lanes);
  for (guint i = 0; i < data->lanes->len; i++)
    {
      CptBoardLaneData *lane = g_ptr_array_index (data->lanes, i);

      align_cells (data, lane);
      cpt_board_column_data_finish (lane->total, spec, zone);
    }
}

gboolean
cpt_board_lanes_read_cards (CptBoardData        *data,
                            CptDatabase         *database,
                            const CptBoardSpec  *spec,
                            GHashTable          *limits,
                            GError             **error)
{
  for (guint i = 0; i < data->lanes->len; i++)
    {
      CptBoardLaneData *lane = g_ptr_array_index (data->lanes, i);

      for (guint j = 0; j < lane->cells->len; j++)
        {
          CptBoardColumnData *cell = g_ptr_array_index (lane->cells, j);
          g_autofree char *key = cpt_board_dup_cell_key (cell->key, lane->total->key);
          guint limit = limits != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (limits, key)) : 0;

          if (cell->count == 0)
            cell->cards = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_board_card_free);
          else if (!cpt_board_column_data_read (cell, database, spec, data, lane->total->key,
                                                MAX (limit, CPT_BOARD_LANE_PAGE), error))
            return FALSE;
        }
    }

  return TRUE;
}
