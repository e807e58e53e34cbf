/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be sent, as a text that a person may change. */
#include "config.h"

#include "cpt-outbox-dialog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "cpt-json.h"

#define WIDTH 280
#define HEIGHT 240

typedef struct
{
  GWeakRef object;
  CptOutboxDialogFunc edited;
  gint64 row;
  GtkTextBuffer *buffer;
  GtkWidget *dialog;
  GtkWidget *problem;
} Editing;

static void
editing_free (gpointer  data,
              GClosure *closure)
{
  Editing *self = data;

  g_weak_ref_clear (&self->object);
  g_object_unref (self->buffer);
  g_free (self);
}

/* (nullable) (transfer full): %NULL with @error when it is no object */
static JsonNode *
read_request (Editing  *self,
              GError  **error)
{
  GtkTextIter begin, end;
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) root = NULL;

  gtk_text_buffer_get_bounds (self->buffer, &begin, &end);
  text = gtk_text_buffer_get_text (self->buffer, &begin, &end, FALSE);
  root = cpt_json_parse (text, -1, error);
  if (root != NULL && !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("What is sent is an object in braces."));
      return NULL;
    }

  return g_steal_pointer (&root);
}

static void
changed_cb (GtkTextBuffer *buffer,
            Editing       *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) request = read_request (self, &error);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self->dialog), "send", request != NULL);
  gtk_label_set_label (GTK_LABEL (self->problem), error != NULL ? error->message : "");
}

static void
answered_cb (AdwMessageDialog *dialog,
             const char       *response,
             Editing          *self)
{
  g_autoptr(GObject) object = g_weak_ref_get (&self->object);
  g_autoptr(JsonNode) request = g_strcmp0 (response, "send") == 0 ? read_request (self, NULL) : NULL;

  if (object != NULL && request != NULL)
    self->edited (request, self->row, object);
}

static GtkWidget *
create_child (Editing *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new_with_buffer (self->buffer);

  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What is sent"), -1);
  gtk_widget_add_css_class (scrolled, "card");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_widget_set_size_request (scrolled, WIDTH, HEIGHT);
  gtk_widget_set_vexpand (scrolled, TRUE);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), self->problem);

  return box;
}

void
cpt_outbox_dialog_present (GtkWindow           *parent,
                           gint64               row,
                           const char          *request,
                           CptOutboxDialogFunc  edited,
                           GObject             *data)
{
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *text = NULL;
  Editing *self;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (request != NULL && edited != NULL);

  root = cpt_json_parse (request, -1, NULL);
  text = root != NULL ? cpt_json_format_pretty (root) : g_strdup (request);
  self = g_new0 (Editing, 1);
  g_weak_ref_init (&self->object, data);
  self->edited = edited;
  self->row = row;
  self->buffer = gtk_text_buffer_new (NULL);
  gtk_text_buffer_set_text (self->buffer, text, -1);

  self->dialog = adw_message_dialog_new (parent, _("Edit and Send Again"), NULL);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (self->dialog), "cancel", _("_Cancel"), "send", _("_Send"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (self->dialog), "send", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (self->dialog), "cancel");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self->dialog), create_child (self));
  g_signal_connect (self->buffer, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_data (self->dialog, "response", G_CALLBACK (answered_cb), self, editing_free, 0);
  gtk_window_present (GTK_WINDOW (self->dialog));
}
