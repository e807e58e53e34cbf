/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dialogue with one line in it: a name is asked for. */
#include "config.h"

#include "cpt-name-dialog.h"

#include <glib/gi18n-lib.h>

#include "cpt-text.h"

struct _CptNameDialog
{
  AdwMessageDialog parent_instance;

  GtkWidget *entry; /* borrowed: the extra child */
  gboolean may_be_empty;
};

G_DEFINE_FINAL_TYPE (CptNameDialog, cpt_name_dialog, ADW_TYPE_MESSAGE_DIALOG)

enum
{
  NAMED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* (nullable): NULL while there is none that may be taken */
static char *
dup_name (CptNameDialog *self)
{
  g_autofree char *name = cpt_text_clean (gtk_editable_get_text (GTK_EDITABLE (self->entry)), FALSE);

  return *name != '\0' || self->may_be_empty ? g_steal_pointer (&name) : NULL;
}

static void
update (CptNameDialog *self)
{
  g_autofree char *name = dup_name (self);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "take", name != NULL);
}

static void
cpt_name_dialog_response (AdwMessageDialog *dialog,
                          const char       *response)
{
  CptNameDialog *self = CPT_NAME_DIALOG (dialog);
  g_autofree char *name = dup_name (self);

  if (g_str_equal (response, "take") && name != NULL)
    g_signal_emit (self, signals[NAMED], 0, name);
}

static void
cpt_name_dialog_class_init (CptNameDialogClass *klass)
{
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = cpt_name_dialog_response;

  signals[NAMED] = g_signal_new ("named", CPT_TYPE_NAME_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_STRING);
}

static void
cpt_name_dialog_init (CptNameDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);

  self->entry = gtk_entry_new ();
  gtk_entry_set_activates_default (GTK_ENTRY (self->entry), TRUE);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  adw_message_dialog_set_extra_child (dialog, self->entry);
  adw_message_dialog_add_response (dialog, "cancel", _("_Cancel"));
  adw_message_dialog_set_close_response (dialog, "cancel");
}

CptNameDialog *
cpt_name_dialog_present (GtkWindow            *parent,
                         const CptNameWording *wording,
                         const char           *name)
{
  CptNameDialog *self;
  AdwMessageDialog *dialog;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (wording != NULL, NULL);

  self = g_object_new (CPT_TYPE_NAME_DIALOG, "heading", wording->heading, "transient-for", parent, NULL);
  dialog = ADW_MESSAGE_DIALOG (self);
  self->may_be_empty = wording->may_be_empty;
  adw_message_dialog_add_response (dialog, "take", wording->verb);
  adw_message_dialog_set_response_appearance (dialog, "take", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "take");
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), wording->max_chars);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, wording->label, -1);
  if (name != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), name);
  update (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->entry); /* which selects it */

  return self;
}
