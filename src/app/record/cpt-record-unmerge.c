/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking a merge back from the history of a record. */

#include "config.h"

#include "cpt-record-unmerge.h"

#include <glib/gi18n.h>

#include "cpt-merge.h"

#define MAX_LINES 12 /* of what stays */

typedef struct
{
  gint64 sequence;
  CptCommit commit;
  GPtrArray *stays; /* (nullable) */
} Unmerge;

static void
unmerge_free (gpointer pointer)
{
  Unmerge *unmerge = pointer;

  g_clear_pointer (&unmerge->stays, g_ptr_array_unref);
  g_free (unmerge);
}

static gpointer
unmerge_in_worker (CptDatabase   *database,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  Unmerge *unmerge = data;

  return cpt_merge_undo (database, unmerge->sequence, &unmerge->commit, &unmerge->stays, error) ? unmerge : NULL;
}

static void
show_what_stays (CptWindow *window,
                 GPtrArray *stays)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (window), _("Merge Taken Back"), NULL);
  g_autoptr(GString) body = g_string_new (NULL);
  guint n_stays = stays->len;

  g_string_append (body, ngettext ("This was changed since the merge and stays as it is:",
                                   "These were changed since the merge and stay as they are:", n_stays));
  for (guint i = 0; i < MIN (n_stays, MAX_LINES); i++)
    g_string_append_printf (body, "\n%s", (const char *) g_ptr_array_index (stays, i));
  if (n_stays > MAX_LINES)
    {
      g_string_append_c (body, '\n');
      g_string_append_printf (body, ngettext ("%u other", "%u others", n_stays - MAX_LINES), n_stays - MAX_LINES);
    }
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body->str);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Who asked */
typedef struct
{
  CptWindow *window; /* (owned) */
  GtkWidget *button; /* (owned): dead until it was refused */
} Asking;

static void
asking_free (Asking *asking)
{
  g_object_unref (asking->window);
  g_object_unref (asking->button);
  g_free (asking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

static void
unmerged_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Asking) asking = user_data;
  CptWindow *window = asking->window;
  g_autoptr(GError) error = NULL;
  Unmerge *unmerge = cpt_store_finish (CPT_STORE (source), result, &error);

  if (cpt_window_get_store (window) != CPT_STORE (source))
    return;
  if (unmerge == NULL)
    {
      gtk_widget_set_sensitive (asking->button, TRUE);
      cpt_window_show_error (window, error);
      return;
    }

  cpt_window_show_undo_toast (window, _("Merge taken back"), unmerge->commit.sequence);
  if (unmerge->stays != NULL && unmerge->stays->len > 0)
    show_what_stays (window, unmerge->stays);
}

void
cpt_record_unmerge (CptWindow *window,
                    gint64     sequence,
                    GtkWidget *button)
{
  Unmerge *unmerge;
  Asking *asking;

  g_return_if_fail (CPT_IS_WINDOW (window));

  unmerge = g_new0 (Unmerge, 1);
  unmerge->sequence = sequence;
  asking = g_new0 (Asking, 1);
  asking->window = g_object_ref (window);
  asking->button = g_object_ref (button);
  gtk_widget_set_sensitive (button, FALSE);
  cpt_store_write_async (cpt_window_get_store (window), unmerge_in_worker, unmerge, unmerge_free, NULL, NULL, unmerged_cb,
                         asking);
}
