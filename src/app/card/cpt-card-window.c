/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * While a business card is read.
 *
 *   reading --> a draft, and the window is gone
 *           --> why it can't be read
 *
 * It is done on a thread of its own; closing the window ends it.
 */

#include "config.h"

#include "cpt-card-window.h"

#include <glib/gi18n.h>

#include "cpt-card-proposal.h"

struct _CptCardWindow
{
  AdwWindow parent_instance;

  CptWindow *window; /* (nullable): weak */
  GCancellable *cancellable;

  /* Borrowed from the content */
  GtkWidget *status;
  GtkWidget *spinner;
  GtkWidget *cancel;
};

G_DEFINE_FINAL_TYPE (CptCardWindow, cpt_card_window, ADW_TYPE_WINDOW)

static gpointer
read_in_worker (CptDatabase   *database,
                gpointer       user_data,
                GCancellable  *cancellable,
                GError       **error)
{
  return cpt_card_proposal_read (database, user_data, cancellable, error);
}

static void
show_failure (CptCardWindow *self,
              const char    *message)
{
  g_autofree char *description = g_markup_escape_text (message, -1);

  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  gtk_widget_set_visible (self->spinner, FALSE);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->status), "dialog-warning-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->status), _("This card can’t be read"));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->status), description);
  gtk_button_set_label (GTK_BUTTON (self->cancel), _("_Close"));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(CptCardWindow) self = CPT_CARD_WINDOW (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptCardProposal) proposal = cpt_store_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->window == NULL ||
      cpt_window_get_store (self->window) == NULL)
    return;
  if (proposal == NULL)
    {
      show_failure (self, error->message);
      return;
    }

  cpt_window_open_draft_with (self->window, proposal->contact, proposal->company);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* However it is closed. What reads holds a reference, so that its end comes first. */
static void
cpt_card_window_unrealize (GtkWidget *widget)
{
  g_cancellable_cancel (CPT_CARD_WINDOW (widget)->cancellable);

  GTK_WIDGET_CLASS (cpt_card_window_parent_class)->unrealize (widget);
}

static void
cpt_card_window_finalize (GObject *object)
{
  g_clear_object (&CPT_CARD_WINDOW (object)->cancellable);
  g_clear_weak_pointer (&CPT_CARD_WINDOW (object)->window);

  G_OBJECT_CLASS (cpt_card_window_parent_class)->finalize (object);
}

static void
cpt_card_window_class_init (CptCardWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_card_window_finalize;
  GTK_WIDGET_CLASS (klass)->unrealize = cpt_card_window_unrealize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cpt_card_window_init (CptCardWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *below = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->cancellable = g_cancellable_new ();
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_size_request (self->spinner, 32, 32);
  gtk_spinner_start (GTK_SPINNER (self->spinner));
  self->cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  gtk_widget_set_halign (self->cancel, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->cancel, "pill");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->cancel), "window.close");
  gtk_box_append (GTK_BOX (below), self->spinner);
  gtk_box_append (GTK_BOX (below), self->cancel);

  self->status = adw_status_page_new ();
  adw_status_page_set_title (ADW_STATUS_PAGE (self->status), _("Reading the Card…"));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->status),
                                   _("You see what was read before anything is stored."));
  adw_status_page_set_child (ADW_STATUS_PAGE (self->status), below);
  gtk_widget_add_css_class (self->status, "compact");
  gtk_widget_set_vexpand (self->status, TRUE);

  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->status);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _("Business Card"));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 440, 400);
}

GtkWindow *
cpt_card_window_new (CptWindow *window,
                     GFile     *picture)
{
  CptCardWindow *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);
  g_return_val_if_fail (G_IS_FILE (picture), NULL);

  self = g_object_new (CPT_TYPE_CARD_WINDOW, "transient-for", window, NULL);
  g_set_weak_pointer (&self->window, window);
  gtk_widget_grab_focus (self->cancel);
  cpt_store_work_async (cpt_window_get_store (window), read_in_worker, g_object_ref (picture), g_object_unref,
                        (GDestroyNotify) cpt_card_proposal_free, self->cancellable, read_cb, g_object_ref (self));

  return GTK_WINDOW (self);
}
