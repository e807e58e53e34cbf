/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Deals as a board. After a commit only the cards that changed are read again,
 * with the totals of the columns; the whole board is read when stages or
 * pipelines change or when there was too much to follow.
 */

#include "config.h"

#include "cpt-board-view.h"

#include <glib/gi18n.h>

#include "cpt-board-data-private.h"

#define MAX_FOLLOWED 100

struct _CptBoardView
{
  CptView parent_instance;

  CptSchema *schema;
  CptUuid pipeline;   /* nil until the first one is known */
  GHashTable *limits; /* CptUuid of a stage to how many cards of it are wanted */
  GHashTable *titles; /* CptUuid of a stage to its name */
  GCancellable *cancellable;

  /* Borrowed from the child */
  GtkWidget *stack;
  GtkWidget *board;
  GtkWidget *message;
  GtkWidget *pipelines;
  gboolean is_showing;
  GPtrArray *pipeline_ids; /* CptUuid, in the order of the drop-down */
};

G_DEFINE_FINAL_TYPE (CptBoardView, cpt_board_view, CPT_TYPE_VIEW)

typedef struct
{
  CptUuid pipeline;
  GHashTable *limits;
  GArray *rows; /* (nullable): gint64: only these */
} ReadData;

/* What was read of only some cards */
typedef struct
{
  CptBoardData *board; /* totals; stages without cards */
  GPtrArray *cards;
} ChangedCards;

static void
read_data_free (gpointer pointer)
{
  ReadData *data = pointer;

  g_clear_pointer (&data->limits, g_hash_table_unref);
  g_clear_pointer (&data->rows, g_array_unref);
  g_free (data);
}

static void
changed_cards_free (gpointer pointer)
{
  ChangedCards *changed = pointer;

  g_clear_pointer (&changed->board, cpt_board_data_free);
  g_clear_pointer (&changed->cards, g_ptr_array_unref);
  g_free (changed);
}

static gpointer
read_board (CptDatabase   *database,
            gpointer       user_data,
            GCancellable  *cancellable,
            GError       **error)
{
  const ReadData *data = user_data;

  return cpt_board_data_read (database, &data->pipeline, data->limits, error);
}

static gpointer
read_changed (CptDatabase   *database,
              gpointer       user_data,
              GCancellable  *cancellable,
              GError       **error)
{
  const ReadData *data = user_data;
  ChangedCards *changed = g_new0 (ChangedCards, 1);

  changed->cards = cpt_board_data_read_cards (database, (const gint64 *) (gpointer) data->rows->data, data->rows->len, error);
  if (changed->cards != NULL)
    changed->board = cpt_board_data_read_totals (database, &data->pipeline, error);
  if (changed->board == NULL)
    g_clear_pointer (&changed, changed_cards_free);

  return changed;
}

/* Showing */

static void
show_totals (CptBoardView       *self,
             const CptBoardData *data)
{
  for (guint i = 0; i < data->stages->len; i++)
    {
      const CptBoardStage *stage = g_ptr_array_index (data->stages, i);
      guint64 n_cards = cpt_board_get_n_cards (CPT_BOARD (self->board), &stage->id);

      cpt_board_set_summary (CPT_BOARD (self->board), &stage->id, stage->summary,
                             stage->count > n_cards ? stage->count - n_cards : 0);
    }
}

static void
show_pipelines (CptBoardView       *self,
                const CptBoardData *data)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  self->is_showing = TRUE;
  g_ptr_array_set_size (self->pipeline_ids, 0);
  for (guint i = 0; i < data->pipelines->len; i++)
    {
      const CptBoardPipeline *pipeline = g_ptr_array_index (data->pipelines, i);

      gtk_string_list_append (names, pipeline->title);
      g_ptr_array_add (self->pipeline_ids, g_memdup2 (&pipeline->id, sizeof (CptUuid)));
      if (cpt_uuid_compare (&pipeline->id, &data->pipeline) == 0)
        selected = i;
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->pipelines), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->pipelines), selected);
  gtk_widget_set_visible (self->pipelines, data->pipelines->len > 1);
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
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->message);
}

static void
show_board (CptBoardView *self,
            CptBoardData *data)
{
  self->pipeline = data->pipeline;
  show_pipelines (self, data);
  cpt_board_clear (CPT_BOARD (self->board));
  g_hash_table_remove_all (self->titles);

  for (guint i = 0; i < data->stages->len; i++)
    {
      CptBoardStage *stage = g_ptr_array_index (data->stages, i);

      cpt_board_add_column (CPT_BOARD (self->board), &stage->id, stage->title, stage->colour);
      g_hash_table_insert (self->titles, g_memdup2 (&stage->id, sizeof (CptUuid)), g_strdup (stage->title));
      g_ptr_array_set_free_func (stage->cards, NULL);
      for (guint j = 0; j < stage->cards->len; j++)
        cpt_board_put_card (CPT_BOARD (self->board), g_ptr_array_index (stage->cards, j), FALSE);
    }
  show_totals (self, data);

  if (data->stages->len == 0)
    show_message (self, _("No stages yet"),
                  _("A board needs a pipeline with stages. Add them in the settings of the workspace."));
  else
    gtk_stack_set_visible_child (GTK_STACK (self->stack), self->board);
}

static void
board_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(CptBoardView) self = CPT_BOARD_VIEW (user_data);
  g_autoptr(CptBoardData) data = NULL;
  g_autoptr(GError) error = NULL;

  data = cpt_store_finish (CPT_STORE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (data != NULL)
    show_board (self, data);
  else
    show_message (self, _("The board can’t be shown"), error->message);
}

static void
start_reading (CptBoardView        *self,
               GArray              *rows,
               CptStoreFunc         func,
               GDestroyNotify       free_result,
               GAsyncReadyCallback  callback)
{
  ReadData *data = g_new0 (ReadData, 1);
  GHashTableIter iter;
  gpointer id;
  gpointer limit;

  data->pipeline = self->pipeline;
  data->rows = rows;
  data->limits = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, self->limits);
  while (g_hash_table_iter_next (&iter, &id, &limit))
    g_hash_table_insert (data->limits, g_memdup2 (id, sizeof (CptUuid)), limit);

  cpt_store_read_async (cpt_view_get_store (CPT_VIEW (self)), G_PRIORITY_DEFAULT, func, data, read_data_free, free_result,
                        self->cancellable, callback, g_object_ref (self));
}

static void
reload (CptBoardView *self)
{
  start_reading (self, NULL, read_board, (GDestroyNotify) cpt_board_data_free, board_read_cb);
}

/* Following changes */

static void
changed_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(CptBoardView) self = CPT_BOARD_VIEW (user_data);
  g_autoptr(GError) error = NULL;
  ChangedCards *changed = cpt_store_finish (CPT_STORE (source), result, &error);

  if (changed == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        reload (self);
      return;
    }

  g_ptr_array_set_free_func (changed->cards, NULL);
  for (guint i = 0; i < changed->cards->len; i++)
    cpt_board_put_card (CPT_BOARD (self->board), g_ptr_array_index (changed->cards, i), TRUE);
  show_totals (self, changed->board);
  changed_cards_free (changed);
}

static void
cpt_board_view_changed (CptView      *view,
                        CptChangeSet *set)
{
  CptBoardView *self = CPT_BOARD_VIEW (view);
  GArray *rows;
  const CptRowChange *changes;
  guint n_changes;

  if (cpt_change_set_is_truncated (set) || cpt_change_set_has_entity (set, "stage") ||
      cpt_change_set_has_entity (set, "pipeline"))
    {
      reload (self);
      return;
    }

  rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  changes = cpt_change_set_get_rows (set, &n_changes);
  for (guint i = 0; i < n_changes; i++)
    {
      if (!g_str_equal (changes[i].entity->name, "deal"))
        continue;

      if (changes[i].last_row != changes[i].row || rows->len >= MAX_FOLLOWED)
        {
          g_array_unref (rows);
          reload (self);
          return;
        }
      if (changes[i].kind == CPT_CHANGE_DELETE || changes[i].kind == CPT_CHANGE_PURGE)
        cpt_board_remove_card (CPT_BOARD (self->board), &changes[i].id);
      g_array_append_val (rows, changes[i].row);
    }

  if (rows->len > 0)
    start_reading (self, rows, read_changed, changed_cards_free, changed_read_cb);
  else
    g_array_unref (rows);
}

/* What people do */

static void
card_moved_cb (CptBoardView *self,
               const char   *id,
               const char   *to)
{
  const CptEntity *deals = cpt_schema_find_entity (self->schema, "deal");
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autofree char *toast = NULL;
  CptUuid card;
  CptUuid stage;

  if (!cpt_uuid_parse (id, &card) || !cpt_uuid_parse (to, &stage))
    return;

  cpt_value_set_id (&value, &stage);
  cpt_transaction_set (transaction, deals, &card, cpt_entity_find_field (deals, "stage"), &value);
  /* Translators: a toast; %s is the name of a stage */
  toast = g_strdup_printf (_("Deal moved to %s"), (const char *) g_hash_table_lookup (self->titles, &stage));
  cpt_window_commit (cpt_view_get_window (CPT_VIEW (self)), transaction, toast, NULL, NULL, NULL);
}

static void
card_activated_cb (CptBoardView *self,
                   const char   *id)
{
  CptUuid card;

  if (cpt_uuid_parse (id, &card))
    cpt_window_open_record (cpt_view_get_window (CPT_VIEW (self)), cpt_schema_find_entity (self->schema, "deal"), &card);
}

static void
more_cb (CptBoardView *self,
         const char   *column)
{
  CptUuid stage;
  guint shown;

  if (!cpt_uuid_parse (column, &stage))
    return;

  shown = cpt_board_get_n_cards (CPT_BOARD (self->board), &stage);
  g_hash_table_insert (self->limits, g_memdup2 (&stage, sizeof (CptUuid)), GUINT_TO_POINTER (shown + 2 * CPT_BOARD_PAGE));
  reload (self);
}

static void
open_draft (CptBoardView  *self,
            const CptUuid *stage)
{
  CptStore *store = cpt_view_get_store (CPT_VIEW (self));
  const CptEntity *deals = cpt_schema_find_entity (self->schema, "deal");
  g_autoptr(CptRecord) draft = cpt_record_new (self->schema, deals);
  CptValue value = CPT_VALUE_INIT;

  cpt_record_apply_initial (draft, cpt_clock_get_now (cpt_store_get_clock (store)), cpt_store_get_author (store),
                            cpt_store_get_zone (store));
  if (stage != NULL)
    {
      cpt_value_set_id (&value, stage);
      cpt_record_take (draft, cpt_entity_find_field (deals, "stage"), value);
    }
  cpt_window_open_draft (cpt_view_get_window (CPT_VIEW (self)), draft);
}

static void
new_card_cb (CptBoardView *self,
             const char   *column)
{
  CptUuid stage;

  if (cpt_uuid_parse (column, &stage))
    open_draft (self, &stage);
}

static void
cpt_board_view_create (CptView *view)
{
  open_draft (CPT_BOARD_VIEW (view), NULL);
}

static void
cpt_board_view_import (CptView *view)
{
  cpt_window_import (cpt_view_get_window (view), cpt_schema_find_entity (CPT_BOARD_VIEW (view)->schema, "deal"));
}

static void
pipeline_selected_cb (CptBoardView *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->pipelines));

  if (self->is_showing || selected >= self->pipeline_ids->len)
    return;

  self->pipeline = *(CptUuid *) g_ptr_array_index (self->pipeline_ids, selected);
  reload (self);
}

static void
cpt_board_view_dispose (GObject *object)
{
  CptBoardView *self = CPT_BOARD_VIEW (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (cpt_board_view_parent_class)->dispose (object);
}

static void
cpt_board_view_finalize (GObject *object)
{
  CptBoardView *self = CPT_BOARD_VIEW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->limits, g_hash_table_unref);
  g_clear_pointer (&self->titles, g_hash_table_unref);
  g_clear_pointer (&self->pipeline_ids, g_ptr_array_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_board_view_parent_class)->finalize (object);
}

static void
edit_stage_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  CptBoardView *self = CPT_BOARD_VIEW (widget);
  CptUuid id;

  if (cpt_uuid_parse (g_variant_get_string (parameter, NULL), &id))
    cpt_window_open_record (cpt_view_get_window (CPT_VIEW (self)), cpt_schema_find_entity (self->schema, "stage"), &id);
}

static void
cpt_board_view_class_init (CptBoardViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  CptViewClass *view_class = CPT_VIEW_CLASS (klass);

  object_class->dispose = cpt_board_view_dispose;
  object_class->finalize = cpt_board_view_finalize;
  view_class->changed = cpt_board_view_changed;
  view_class->create = cpt_board_view_create;
  view_class->import = cpt_board_view_import;

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "board.edit-stage", "s", edit_stage_action);
}

static void
cpt_board_view_init (CptBoardView *self)
{
  self->cancellable = g_cancellable_new ();
  self->limits = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, NULL);
  self->titles = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, g_free);
  self->pipeline_ids = g_ptr_array_new_with_free_func (g_free);

  self->board = cpt_board_new ();
  g_signal_connect_object (self->board, "card-moved", G_CALLBACK (card_moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->board, "card-activated", G_CALLBACK (card_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->board, "more", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->board, "new-card", G_CALLBACK (new_card_cb), self, G_CONNECT_SWAPPED);

  self->message = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->message), "view-grid-symbolic");
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), self->board, "board");
  gtk_stack_add_named (GTK_STACK (self->stack), self->message, "message");

  self->pipelines = gtk_drop_down_new (NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pipelines), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Pipeline"), -1);
  gtk_widget_set_visible (self->pipelines, FALSE);
  g_signal_connect_object (self->pipelines, "notify::selected", G_CALLBACK (pipeline_selected_cb), self, G_CONNECT_SWAPPED);
}

static void
store_damaged_cb (CptBoardView *self)
{
  cpt_board_set_editable (CPT_BOARD (self->board), FALSE);
}

CptView *
cpt_board_view_new (CptWindow *window)
{
  CptBoardView *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);

  self = g_object_new (CPT_TYPE_BOARD_VIEW, "window", window, NULL);
  self->schema = cpt_schema_ref (cpt_window_get_schema (window));
  cpt_board_set_editable (CPT_BOARD (self->board), !cpt_store_is_read_only (cpt_window_get_store (window)));
  g_signal_connect_object (cpt_window_get_store (window), "damaged", G_CALLBACK (store_damaged_cb), self, G_CONNECT_SWAPPED);
  cpt_view_set_title (CPT_VIEW (self), _("Deals"));
  cpt_view_set_child (CPT_VIEW (self), self->stack);
  cpt_view_pack_start (CPT_VIEW (self), self->pipelines);
  reload (self);

  return CPT_VIEW (self);
}
