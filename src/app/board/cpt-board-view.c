/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Records as a board, with search and conditions as above a list. After a commit
 * only the cards that changed are read again, with the totals of the columns;
 * the whole board is read when what its columns are made of changes, or when
 * there was too much to follow. What is read is compared with what is shown, so
 * that the rest stays as it is, with the keyboard and where it was scrolled.
 */

#include "config.h"

#include "cpt-board-view-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-board-job-private.h"
#include "cpt-export-dialog.h"
#include "cpt-query-bar.h"
#include "cpt-query-update.h"

#define MAX_FOLLOWED 100

G_DEFINE_FINAL_TYPE (CptBoardView, cpt_board_view, CPT_TYPE_VIEW)

/* Showing */

/* How many cards of @column, which is in a lane where there are lanes, are not there */
static void
show_more (CptBoardView             *self,
           const CptBoardColumnData *column,
           const char               *lane)
{
  guint64 n_cards = cpt_board_get_n_cards (CPT_BOARD (self->board), column->key, lane);

  cpt_board_set_more (CPT_BOARD (self->board), column->key, lane, column->count > n_cards ? column->count - n_cards : 0);
}

static void
show_notice (CptBoardView       *self,
             const CptBoardData *data)
{
  guint n_lanes = g_hash_table_size (data->left_out_lanes);
  g_autofree char *notice = NULL;

  if (data->n_left_out > 0)
    notice = g_strdup_printf (ngettext ("%u more column is not shown. Narrow the board with a condition.",
                                        "%u more columns are not shown. Narrow the board with a condition.", data->n_left_out),
                              data->n_left_out);
  else if (n_lanes > 0)
    notice = g_strdup_printf (ngettext ("%u more lane is not shown. Narrow the board with a condition.",
                                        "%u more lanes are not shown. Narrow the board with a condition.", n_lanes),
                              n_lanes);
  gtk_label_set_text (GTK_LABEL (self->notice), notice != NULL ? notice : "");
  gtk_widget_set_visible (self->notice, notice != NULL);
}

static void
show_totals (CptBoardView   *self,
             CptBoardResult *result)
{
  const CptBoardData *data = result->board;
  g_autofree char *number = cpt_decimal_format_local ((gint64) data->count, 0, 0);
  g_autofree char *count = g_strdup_printf (ngettext ("%s record", "%s records", (gulong) data->count), number);

  for (guint i = 0; i < data->columns->len; i++)
    {
      const CptBoardColumnData *column = g_ptr_array_index (data->columns, i);

      cpt_board_set_summary (CPT_BOARD (self->board), column->key, column->summary, cpt_board_column_data_is_over (column));
      if (data->lanes->len == 0)
        show_more (self, column, NULL);
    }
  for (guint i = 0; i < data->lanes->len; i++)
    {
      const CptBoardLaneData *lane = g_ptr_array_index (data->lanes, i);

      cpt_board_set_lane_summary (CPT_BOARD (self->board), lane->total->key, lane->total->summary);
      for (guint j = 0; j < lane->cells->len; j++)
        show_more (self, g_ptr_array_index (lane->cells, j), lane->total->key);
    }
  cpt_view_set_subtitle (CPT_VIEW (self), count);
  show_notice (self, data);
  g_clear_pointer (&self->exported, cpt_query_free);
  self->exported = g_steal_pointer (&result->query);
  g_clear_pointer (&self->shown, cpt_board_data_free);
  self->shown = g_steal_pointer (&result->board);
}

static void
show_scopes (CptBoardView       *self,
             const CptBoardData *data)
{
  const CptField *field = cpt_board_spec_get_scope_field (self->spec);
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  if (field != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->scopes), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    cpt_field_get_label (field), -1);
  self->is_showing = TRUE;
  g_ptr_array_set_size (self->scope_ids, 0);
  for (guint i = 0; i < data->scopes->len; i++)
    {
      const CptBoardScope *scope = g_ptr_array_index (data->scopes, i);

      gtk_string_list_append (names, scope->title);
      g_ptr_array_add (self->scope_ids, g_memdup2 (&scope->id, sizeof (CptUuid)));
      if (cpt_uuid_equal (&scope->id, &data->scope))
        selected = i;
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->scopes), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->scopes), selected);
  gtk_widget_set_visible (self->scopes, data->scopes->len > 1);
  self->is_showing = FALSE;
}

static void
show_message (CptBoardView *self,
              const char   *title,
              const char   *description)
{
  g_autofree char *text = g_markup_escape_text (description, -1);

  adw_status_page_set_title (ADW_STATUS_PAGE (self->message), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->message), text);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "message");
}

static gboolean
has_same_columns (CptBoardView       *self,
                  const CptBoardData *data)
{
  g_autoptr(GPtrArray) columns = cpt_board_view_list_columns (self, data);
  g_autoptr(GPtrArray) lanes = cpt_board_view_list_lanes (self, data);

  if (cpt_board_get_n_columns (CPT_BOARD (self->board)) != columns->len ||
      cpt_board_get_n_lanes (CPT_BOARD (self->board)) != lanes->len)
    return FALSE;

  for (guint i = 0; i < lanes->len; i++)
    {
      const CptBoardColumnData *total = ((CptBoardLaneData *) g_ptr_array_index (lanes, i))->total;

      if (!cpt_board_is_lane (CPT_BOARD (self->board), i, total->key, total->title, total->colour))
        return FALSE;
    }

  for (guint i = 0; i < columns->len; i++)
    {
      const CptBoardColumnData *column = g_ptr_array_index (columns, i);

      if (!cpt_board_is_column (CPT_BOARD (self->board), i, column->key, column->title, column->colour))
        return FALSE;
    }

  return TRUE;
}

static void
show_lanes (CptBoardView       *self,
            const CptBoardData *data)
{
  g_autoptr(GPtrArray) lanes = cpt_board_view_list_lanes (self, data);

  cpt_board_clear (CPT_BOARD (self->board), lanes->len > 0);
  g_hash_table_remove_all (self->lane_titles);
  for (guint i = 0; i < lanes->len; i++)
    {
      const CptBoardColumnData *total = ((CptBoardLaneData *) g_ptr_array_index (lanes, i))->total;

      cpt_board_add_lane (CPT_BOARD (self->board), total->key, total->title, total->colour,
                          *total->key != '\0' || cpt_board_field_may_be_none (self->spec->lanes));
      g_hash_table_insert (self->lane_titles, g_strdup (total->key), g_strdup (total->title));
    }
}

static void
show_columns (CptBoardView       *self,
              const CptBoardData *data)
{
  gboolean is_link = cpt_board_spec_get_target (self->spec) != NULL;
  g_autoptr(GPtrArray) columns = cpt_board_view_list_columns (self, data);

  show_lanes (self, data);
  g_hash_table_remove_all (self->titles);
  for (guint i = 0; i < columns->len; i++)
    {
      const CptBoardColumnData *column = g_ptr_array_index (columns, i);
      gboolean is_none = *column->key == '\0';
      CptBoardColumnFlags flags = CPT_BOARD_COLUMN_PLAIN;

      if (!is_none || cpt_board_field_may_be_none (self->spec->columns))
        flags |= CPT_BOARD_COLUMN_TAKES;
      if (is_link && !is_none)
        flags |= CPT_BOARD_COLUMN_HAS_PAGE;
      cpt_board_add_column (CPT_BOARD (self->board), column->key, column->title, column->colour, flags);
      g_hash_table_insert (self->titles, g_strdup (column->key), g_strdup (column->title));
    }
}

static void
show_cards (CptBoardView *self,
            GPtrArray    *columns,
            const char   *lane)
{
  for (guint i = 0; i < columns->len; i++)
    {
      CptBoardColumnData *column = g_ptr_array_index (columns, i);

      if (column->cards != NULL)
        cpt_board_set_cards (CPT_BOARD (self->board), column->key, lane, g_steal_pointer (&column->cards));
    }
}

static void
show_board (CptBoardView   *self,
            CptBoardResult *result)
{
  CptBoardData *data = result->board;
  const CptBoardCard *focused = cpt_board_get_focused (CPT_BOARD (self->board));
  CptUuid focus = focused != NULL ? focused->id : (CptUuid){ 0 };

  self->spec->scope = data->scope;
  show_scopes (self, data);
  if (!has_same_columns (self, data))
    show_columns (self, data);
  cpt_board_view_fold_lanes (self, data);
  if (data->lanes->len == 0)
    show_cards (self, data->columns, NULL);
  for (guint i = 0; i < data->lanes->len; i++)
    {
      CptBoardLaneData *lane = g_ptr_array_index (data->lanes, i);

      show_cards (self, lane->cells, lane->total->key);
    }
  show_totals (self, result);

  if (data->columns->len == 0)
    {
      g_autofree char *title =
        g_strdup_printf (_("No %s Yet"), cpt_entity_get_label_plural (cpt_board_spec_get_target (self->spec)));

      show_message (self, title, _("Each of them is a column of the board. Add them in the settings of the workspace."));
      return;
    }

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "board");
  if (!cpt_uuid_is_nil (&focus))
    cpt_board_focus_card (CPT_BOARD (self->board), &focus);
  else if (self->wants_focus)
    gtk_widget_grab_focus (self->board);
  self->wants_focus = FALSE;
}

static void
board_read_cb (GObject      *source,
               GAsyncResult *async_result,
               gpointer      user_data)
{
  g_autoptr(CptBoardView) self = CPT_BOARD_VIEW (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptBoardResult) result = cpt_store_finish (CPT_STORE (source), async_result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->reading);
  if (result != NULL)
    show_board (self, result);
  else
    show_message (self, _("The board can’t be shown"), error->message);
}

static void
cancel (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

/* @rows and @ids (nullable): only these */
static void
start_reading (CptBoardView         *self,
               GArray               *rows,
               GArray               *ids,
               GCancellable        **cancellable,
               GAsyncReadyCallback   callback)
{
  CptBoardJob *job = cpt_board_job_new (self->spec, self->limits, rows, ids);

  *cancellable = g_cancellable_new ();
  cpt_store_read_async (cpt_view_get_store (CPT_VIEW (self)), G_PRIORITY_DEFAULT, cpt_board_job_run, job, cpt_board_job_free,
                        (GDestroyNotify) cpt_board_result_free, *cancellable, callback, g_object_ref (self));
}

/* What was being read is not what is wanted any more. */
void
cpt_board_view_reload (CptBoardView *self)
{
  cancel (&self->reading);
  cancel (&self->following);
  start_reading (self, NULL, NULL, &self->reading, board_read_cb);
}

/* Following changes */

static gboolean
is_among (GPtrArray     *cards,
          const CptUuid *id)
{
  for (guint i = 0; i < cards->len; i++)
    if (cpt_uuid_equal (&((CptBoardCard *) g_ptr_array_index (cards, i))->id, id))
      return TRUE;

  return FALSE;
}

static void
changed_read_cb (GObject      *source,
                 GAsyncResult *async_result,
                 gpointer      user_data)
{
  g_autoptr(CptBoardView) self = CPT_BOARD_VIEW (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptBoardResult) result = cpt_store_finish (CPT_STORE (source), async_result, &error);
  GPtrArray *cards;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->following);
  if (result == NULL || !has_same_columns (self, result->board))
    {
      cpt_board_view_reload (self);
      return;
    }

  cards = result->board->changed;
  for (guint i = 0; i < result->ids->len; i++)
    if (!is_among (cards, &g_array_index (result->ids, CptUuid, i)))
      cpt_board_remove_card (CPT_BOARD (self->board), &g_array_index (result->ids, CptUuid, i));
  g_ptr_array_set_free_func (cards, NULL);
  for (guint i = 0; i < cards->len; i++)
    cpt_board_put_card (CPT_BOARD (self->board), g_ptr_array_index (cards, i));
  g_ptr_array_set_size (cards, 0);
  show_totals (self, result);
}

/* Whether columns, conditions or cards show something of that kind of record */
static gboolean
depends_on (CptBoardView *self,
            const char   *entity)
{
  const CptField *scope = cpt_board_spec_get_scope_field (self->spec);
  g_autoptr(CptQuery) query = cpt_board_spec_create_query (self->spec);
  CptPath subtitle;

  cpt_query_set_sort (query, "", NULL);
  if (g_str_equal (entity, "saved_view")) /* limits */
    return TRUE;
  if (self->spec->lanes != NULL && g_strcmp0 (self->spec->lanes->target, entity) == 0)
    return TRUE;
  if (g_strcmp0 (self->spec->columns->target, entity) == 0 || (scope != NULL && g_strcmp0 (scope->target, entity) == 0))
    return TRUE;

  return cpt_query_reaches (query, entity) ||
         (self->spec->entity->subtitle != NULL &&
          cpt_path_parse (self->schema, self->spec->entity, self->spec->entity->subtitle, &subtitle, NULL) &&
          cpt_query_shows_entity (&subtitle, 1, entity));
}

static void
cpt_board_view_changed (CptView      *view,
                        CptChangeSet *set)
{
  CptBoardView *self = CPT_BOARD_VIEW (view);
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  gboolean is_simple = !cpt_change_set_is_truncated (set) && self->reading == NULL && self->following == NULL;
  gboolean is_concerned = cpt_change_set_is_truncated (set);
  const CptRowChange *changes;
  const CptEntity *last = NULL;
  gboolean depends_on_last = FALSE;
  guint n_changes;

  changes = cpt_change_set_get_rows (set, &n_changes);
  for (guint i = 0; i < n_changes && rows->len < MAX_FOLLOWED; i++)
    {
      gboolean is_card = g_str_equal (changes[i].entity->name, self->spec->entity->name);

      /* Many changes are of one kind mostly. */
      if (changes[i].entity != last)
        depends_on_last = is_card || depends_on (self, changes[i].entity->name);
      last = changes[i].entity;
      if (!depends_on_last)
        continue;
      is_concerned = TRUE;
      if (!is_card || changes[i].last_row != changes[i].row)
        is_simple = FALSE;
      g_array_append_val (rows, changes[i].row);
      g_array_append_val (ids, changes[i].id);
    }

  if (cpt_change_set_has_entity (set, "saved_view"))
    cpt_views_button_read (self->views);
  if (is_concerned && is_simple && rows->len < MAX_FOLLOWED)
    start_reading (self, rows, ids, &self->following, changed_read_cb);
  else if (is_concerned)
    cpt_board_view_reload (self);
}

/* What people do */

static void
card_activated_cb (CptBoardView *self,
                   const char   *id)
{
  CptUuid card;

  if (cpt_uuid_parse (id, &card))
    cpt_window_open_record (cpt_view_get_window (CPT_VIEW (self)), self->spec->entity, &card);
}

static void
more_cb (CptBoardView *self,
         const char   *column,
         const char   *lane)
{
  guint shown = cpt_board_get_n_cards (CPT_BOARD (self->board), column, lane);
  char *key = self->spec->lanes != NULL ? cpt_board_dup_cell_key (column, lane) : g_strdup (column);

  g_hash_table_insert (self->limits, key, GUINT_TO_POINTER (shown + 2 * CPT_BOARD_PAGE));
  cpt_board_view_reload (self);
}

static void
open_draft (CptBoardView *self,
            const char   *column)
{
  CptStore *store = cpt_view_get_store (CPT_VIEW (self));
  g_autoptr(CptRecord) draft = cpt_record_new (self->schema, self->spec->entity);
  CptValue value = CPT_VALUE_INIT;

  cpt_record_apply_initial (draft, cpt_clock_get_now (cpt_store_get_clock (store)), cpt_store_get_author (store),
                            cpt_store_get_zone (store));
  if (column != NULL)
    {
      cpt_board_field_set_value (self->spec->columns, column, &value);
      cpt_record_take (draft, self->spec->columns, value);
    }
  cpt_window_open_draft (cpt_view_get_window (CPT_VIEW (self)), draft);
}

static void
new_card_cb (CptBoardView *self,
             const char   *column)
{
  open_draft (self, column);
}

/* The column's own page: a stage's name, its place among the others, its kind */
static void
edit_column_cb (CptBoardView *self,
                const char   *column)
{
  CptUuid id;

  if (cpt_uuid_parse (column, &id))
    cpt_window_open_record (cpt_view_get_window (CPT_VIEW (self)), cpt_board_spec_get_target (self->spec), &id);
}

static void
cpt_board_view_show_saved (CptView       *view,
                           const CptUuid *id)
{
  cpt_views_button_show (CPT_BOARD_VIEW (view)->views, id);
}

static void
cpt_board_view_find (CptView *view)
{
  cpt_query_bar_find (CPT_BOARD_VIEW (view)->bar);
}

static void
cpt_board_view_create (CptView *view)
{
  open_draft (CPT_BOARD_VIEW (view), NULL);
}

static void
cpt_board_view_import (CptView *view)
{
  cpt_window_import (cpt_view_get_window (view), CPT_BOARD_VIEW (view)->spec->entity);
}

static void
cpt_board_view_export (CptView *view)
{
  CptBoardView *self = CPT_BOARD_VIEW (view);

  if (self->exported != NULL)
    cpt_export_dialog_show (view, self->exported, NULL, NULL, self->with_view);
}

/* What is asked for has changed: words or conditions */
static void
asked_cb (CptBoardView *self)
{
  g_clear_pointer (&self->spec->filter, cpt_filter_unref);
  g_clear_pointer (&self->spec->search, g_free);
  self->spec->filter = cpt_query_bar_dup_filter (self->bar);
  self->spec->search = g_strdup (cpt_query_bar_get_search (self->bar));
  g_hash_table_remove_all (self->limits);
  cpt_board_view_reload (self);
}

static void
left_cb (CptBoardView *self)
{
  gtk_widget_grab_focus (self->board);
}

static void
scope_selected_cb (CptBoardView *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->scopes));

  if (self->is_showing || selected >= self->scope_ids->len)
    return;

  self->spec->scope = *(CptUuid *) g_ptr_array_index (self->scope_ids, selected);
  cpt_board_view_reload (self);
}

/* The same words and conditions */
void
cpt_board_view_set_fields (CptBoardView   *self,
                           const CptField *columns,
                           const CptField *lanes)
{
  CptBoardSpec *spec = cpt_board_spec_new (self->schema, self->spec->entity, columns);

  if (spec == NULL)
    return;

  if (lanes != NULL && cpt_board_spec_can_be_lanes (spec, lanes))
    spec->lanes = lanes;
  spec->filter = g_steal_pointer (&self->spec->filter);
  spec->search = g_steal_pointer (&self->spec->search);
  if (spec->columns == self->spec->columns)
    spec->scope = self->spec->scope;
  else
    g_hash_table_remove_all (self->hidden);
  if (spec->lanes != self->spec->lanes)
    g_hash_table_remove_all (self->folded);
  cpt_board_spec_free (self->spec);
  self->spec = spec;
  g_hash_table_remove_all (self->limits);
  g_simple_action_set_state (self->columns, g_variant_new_string (spec->columns->name));
  g_simple_action_set_state (self->lanes, g_variant_new_string (spec->lanes != NULL ? spec->lanes->name : ""));
}

static void
narrow_cb (CptBoardView *self)
{
  gboolean is_narrow = cpt_view_is_narrow (CPT_VIEW (self));
  GtkWidget *box = gtk_widget_get_parent (GTK_WIDGET (self->bar));
  g_autoptr(GtkWidget) scopes = g_object_ref (self->scopes);

  cpt_query_bar_set_narrow (self->bar, is_narrow);
  /* The header has no room for names. */
  if (is_narrow)
    {
      cpt_view_unpack (CPT_VIEW (self), scopes);
      gtk_widget_add_css_class (scopes, "board-scopes");
      gtk_box_prepend (GTK_BOX (box), scopes);
    }
  else
    {
      gtk_box_remove (GTK_BOX (box), scopes);
      gtk_widget_remove_css_class (scopes, "board-scopes");
      cpt_view_pack_start (CPT_VIEW (self), scopes);
    }
}

static gboolean
cpt_board_view_grab_focus (GtkWidget *widget)
{
  CptBoardView *self = CPT_BOARD_VIEW (widget);

  self->wants_focus = cpt_board_get_n_columns (CPT_BOARD (self->board)) == 0;

  return !self->wants_focus && gtk_widget_grab_focus (self->board);
}

static void
cpt_board_view_dispose (GObject *object)
{
  CptBoardView *self = CPT_BOARD_VIEW (object);

  cancel (&self->reading);
  cancel (&self->following);
  g_cancellable_cancel (self->with_view);

  G_OBJECT_CLASS (cpt_board_view_parent_class)->dispose (object);
}

static void
cpt_board_view_finalize (GObject *object)
{
  CptBoardView *self = CPT_BOARD_VIEW (object);

  g_clear_object (&self->with_view);
  g_clear_object (&self->columns);
  g_clear_object (&self->lanes);
  g_clear_object (&self->empty);
  g_clear_pointer (&self->exported, cpt_query_free);
  g_clear_pointer (&self->shown, cpt_board_data_free);
  g_clear_pointer (&self->spec, cpt_board_spec_free);
  g_clear_pointer (&self->limits, g_hash_table_unref);
  g_clear_pointer (&self->titles, g_hash_table_unref);
  g_clear_pointer (&self->lane_titles, g_hash_table_unref);
  g_clear_pointer (&self->hidden, g_hash_table_unref);
  g_clear_pointer (&self->folded, g_hash_table_unref);
  g_clear_pointer (&self->scope_ids, g_ptr_array_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_board_view_parent_class)->finalize (object);
}

static void
cpt_board_view_class_init (CptBoardViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  CptViewClass *view_class = CPT_VIEW_CLASS (klass);

  object_class->dispose = cpt_board_view_dispose;
  object_class->finalize = cpt_board_view_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = cpt_board_view_grab_focus;
  view_class->changed = cpt_board_view_changed;
  view_class->find = cpt_board_view_find;
  view_class->create = cpt_board_view_create;
  view_class->import = cpt_board_view_import;
  view_class->export = cpt_board_view_export;
  view_class->show_saved = cpt_board_view_show_saved;
}

static GtkWidget *
create_board_page (CptBoardView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->board = cpt_board_new ();
  g_signal_connect_object (self->board, "card-moved", G_CALLBACK (cpt_board_view_move_card), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->board, "card-lifted", G_CALLBACK (cpt_board_view_lift_card), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->board, "card-activated", G_CALLBACK (card_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->board, "more", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->board, "new-card", G_CALLBACK (new_card_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->board, "edit-column", G_CALLBACK (edit_column_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->board, "lane-folded", G_CALLBACK (cpt_board_view_set_lane_folded), self, G_CONNECT_SWAPPED);

  self->notice = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->notice), TRUE);
  gtk_widget_add_css_class (self->notice, "dim-label");
  gtk_widget_add_css_class (self->notice, "board-notice");
  gtk_widget_set_visible (self->notice, FALSE);
  gtk_box_append (GTK_BOX (box), self->board);
  gtk_box_append (GTK_BOX (box), self->notice);

  return box;
}

static void
cpt_board_view_init (CptBoardView *self)
{
  self->with_view = g_cancellable_new ();
  self->limits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->lane_titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->scope_ids = g_ptr_array_new_with_free_func (g_free);

  self->message = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->message), "cpt-board-symbolic");
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), create_board_page (self), "board");
  gtk_stack_add_named (GTK_STACK (self->stack), self->message, "message");

  self->scopes = gtk_drop_down_new (NULL, NULL);
  gtk_widget_set_visible (self->scopes, FALSE);
  g_signal_connect_object (self->scopes, "notify::selected", G_CALLBACK (scope_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "notify::narrow", G_CALLBACK (narrow_cb), self, 0);
}

static void
store_damaged_cb (CptBoardView *self)
{
  cpt_board_set_editable (CPT_BOARD (self->board), FALSE);
}

static void
build (CptBoardView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  CptStore *store = cpt_view_get_store (CPT_VIEW (self));

  self->bar = CPT_QUERY_BAR (cpt_query_bar_new (store, self->schema, self->spec->entity));
  g_signal_connect_object (self->bar, "changed", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bar, "left", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  cpt_query_bar_remember_filters (self->bar, cpt_view_get_window (CPT_VIEW (self)));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (box), self->stack);
  cpt_view_set_child (CPT_VIEW (self), box);

  cpt_view_pack_start (CPT_VIEW (self), self->scopes);
  cpt_view_pack_end (CPT_VIEW (self), cpt_board_view_create_menu_button (self));
  self->views = CPT_VIEWS_BUTTON (cpt_board_view_create_views_button (self));
  cpt_view_pack_end (CPT_VIEW (self), GTK_WIDGET (self->views));
  cpt_board_set_editable (CPT_BOARD (self->board), !cpt_store_is_read_only (store));
  g_signal_connect_object (store, "damaged", G_CALLBACK (store_damaged_cb), self, G_CONNECT_SWAPPED);
}

gboolean
cpt_board_view_can_show (CptWindow  *window,
                         const char *entity)
{
  CptSchema *schema = cpt_window_get_schema (window);
  g_autoptr(GPtrArray) fields = cpt_board_list_fields (schema, cpt_schema_find_entity (schema, entity));

  return fields->len > 0;
}

CptView *
cpt_board_view_new_place (CptWindow  *window,
                          const char *entity)
{
  CptBoardView *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);

  self = g_object_new (CPT_TYPE_BOARD_VIEW, "window", window, NULL);
  self->schema = cpt_schema_ref (cpt_window_get_schema (window));
  self->spec = cpt_board_spec_new (self->schema, cpt_schema_find_entity (self->schema, entity), NULL);
  cpt_view_set_title (CPT_VIEW (self), cpt_entity_get_label_plural (self->spec->entity));
  build (self);
  cpt_board_view_restore_layout (self);
  cpt_board_view_reload (self);
  cpt_views_button_read (self->views);

  return CPT_VIEW (self);
}
