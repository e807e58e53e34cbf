/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cards of a board that are held and moved: columns and lanes say what they ask
 * for, and a card goes there when it has it. A card that goes to another column of
 * another lane does so in one act. */

#include "config.h"

#include "cpt-board-view-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-board-exit.h"
#include "cpt-series-change.h"

/* A card that is to be moved, while it is asked whether it can */
typedef struct
{
  CptBoardView *view; /* (owned) */
  CptUuid card;
  char *to;   /* key of the column */
  char *lane; /* and of the lane */
} Move;

static void
move_free (Move *move)
{
  g_object_unref (move->view);
  g_free (move->to);
  g_free (move->lane);
  g_free (move);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Move, move_free)

static char *
dup_toast (CptBoardView *self,
           const char   *title,
           const char   *lane_title,
           const char   *to)
{
  const CptBoardColumnData *column = cpt_board_data_find_column (self->shown, to);

  if (lane_title != NULL)
    /* Translators: a toast; a column and a lane of a board: “Done”, “Marie Duval” */
    return g_strdup_printf (_("Moved to “%s”, “%s”"), title, lane_title);
  if (column != NULL && column->limit > 0 && column->count >= column->limit)
    return g_strdup_printf (_("Moved to “%s”, which now holds more than it should"), title);

  /* Translators: a toast; %s is the name of a column of a board, such as a stage */
  return g_strdup_printf (_("Moved to “%s”"), title);
}

/* @from (nullable): where the card stands. What it does not leave stays as it is: a
 * link into the trash stands where there is none, and is not to be lost. */
static void
set_field (CptBoardView   *self,
           const CptUuid  *card,
           const CptField *field,
           const char     *from,
           const char     *key,
           CptTransaction *transaction,
           CptSeriesSet   *set)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (g_strcmp0 (from, key) == 0)
    return;

  cpt_board_field_set_value (field, key, &value);
  cpt_transaction_set (transaction, self->spec->entity, card, field, &value);
  cpt_series_set_add (set, card, field->name, &value);
}

static void
series_committed_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  /* Whoever would rather not has said so. */
  if (!cpt_series_commit_finish (CPT_WINDOW (source), result, NULL, &error))
    cpt_window_show_error (CPT_WINDOW (source), error);
}

/* @fields (nullable): what the card lacks, and the person is asked for first */
static void
move_card (CptBoardView      *self,
           const CptUuid     *card,
           const char        *to,
           const char        *lane,
           const char *const *fields)
{
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));
  const char *title = g_hash_table_lookup (self->titles, to);
  const char *lane_title = self->spec->lanes != NULL ? g_hash_table_lookup (self->lane_titles, lane) : NULL;
  const CptBoardCard *shown = cpt_board_find_card (CPT_BOARD (self->board), card);
  g_autoptr(CptTransaction) transaction = NULL;
  g_autoptr(CptSeriesSet) set = NULL; /* the same, of tasks that may repeat */
  g_autofree char *toast = NULL;

  if (title == NULL || self->shown == NULL || window == NULL || (self->spec->lanes != NULL && lane_title == NULL))
    return;

  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  set = cpt_series_set_new (NULL);
  set_field (self, card, self->spec->columns, shown != NULL ? shown->column : NULL, to, transaction, set);
  if (self->spec->lanes != NULL)
    set_field (self, card, self->spec->lanes, shown != NULL ? shown->lane : NULL, lane, transaction, set);
  /* Somebody else may have put it there meanwhile. */
  if (cpt_transaction_is_empty (transaction))
    return;

  toast = dup_toast (self, title, lane_title, to);
  if (fields == NULL && cpt_series_applies (self->spec->entity))
    {
      cpt_series_commit_async (window, NULL, g_steal_pointer (&set), toast, series_committed_cb, NULL);
      return;
    }
  if (fields == NULL)
    {
      cpt_window_commit (window, g_steal_pointer (&transaction), toast, NULL, NULL, NULL);
      return;
    }

  /* To which the keyboard comes back */
  cpt_board_focus_card (CPT_BOARD (self->board), card);
  cpt_board_exit_ask (window, self->spec, card, fields, g_steal_pointer (&transaction), toast);
}

/* Where a stage is left: by the lane or by the column */
static const char *
get_exit_key (CptBoardView *self,
              const char   *to,
              const char   *lane)
{
  return cpt_board_exit_get_field (self->spec) == self->spec->lanes ? lane : to;
}

static void
exit_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(Move) move = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GHashTable) exits = cpt_board_exit_read_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* What can't be read now is asked by the door. */
  move_card (move->view, &move->card, move->to, move->lane,
             exits != NULL ? g_hash_table_lookup (exits, get_exit_key (move->view, move->to, move->lane)) : NULL);
}

void
cpt_board_view_move_card (CptBoardView *self,
                          const char   *id,
                          const char   *to,
                          const char   *lane)
{
  const char *const keys[] = { get_exit_key (self, to, lane), NULL };
  Move *move;
  CptUuid card;

  if (!cpt_uuid_parse (id, &card))
    return;
  if (cpt_board_exit_get_field (self->spec) == NULL)
    {
      move_card (self, &card, to, lane, NULL);
      return;
    }

  move = g_new0 (Move, 1);
  move->view = g_object_ref (self);
  move->card = card;
  move->to = g_strdup (to);
  move->lane = g_strdup (lane);
  cpt_board_exit_read_async (cpt_view_get_store (CPT_VIEW (self)), self->spec, &card, keys, self->with_view, exit_read_cb,
                             move);
}

static void
lifted_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(Move) move = user_data;
  CptBoardView *self = move->view;
  g_autoptr(GHashTable) exits = cpt_board_exit_read_finish (CPT_STORE (source), result, NULL);
  const CptBoardCard *lifted = cpt_board_get_lifted (CPT_BOARD (self->board));
  GHashTableIter iter;
  gpointer key, fields;

  if (exits == NULL || lifted == NULL || !cpt_uuid_equal (&lifted->id, &move->card))
    return;

  g_hash_table_iter_init (&iter, exits);
  while (g_hash_table_iter_next (&iter, &key, &fields))
    {
      g_autofree char *note = cpt_board_exit_dup_note (self->spec, fields);

      if (cpt_board_exit_get_field (self->spec) == self->spec->lanes)
        cpt_board_set_lane_note (CPT_BOARD (self->board), key, note);
      else
        cpt_board_set_note (CPT_BOARD (self->board), key, note);
    }
}

void
cpt_board_view_lift_card (CptBoardView *self,
                          const char   *id)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) keys = NULL;
  Move *move;
  CptUuid card;

  if (!cpt_uuid_parse (id, &card) || self->shown == NULL || cpt_board_exit_get_field (self->spec) == NULL)
    return;

  if (cpt_board_exit_get_field (self->spec) == self->spec->lanes)
    for (guint i = 0; i < self->shown->lanes->len; i++)
      g_strv_builder_add (builder, ((CptBoardLaneData *) g_ptr_array_index (self->shown->lanes, i))->total->key);
  else
    for (guint i = 0; i < self->shown->columns->len; i++)
      g_strv_builder_add (builder, ((CptBoardColumnData *) g_ptr_array_index (self->shown->columns, i))->key);
  keys = g_strv_builder_end (builder);
  move = g_new0 (Move, 1);
  move->view = g_object_ref (self);
  move->card = card;
  cpt_board_exit_read_async (cpt_view_get_store (CPT_VIEW (self)), self->spec, &card, (const char *const *) keys,
                             self->with_view, lifted_read_cb, move);
}
