/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the dialogues of the settings have in common: what is filled in is
 * stored as one act, and stays on the screen until the store has taken it. */
#include "config.h"

#include "cpt-settings-dialog.h"

#include <glib/gi18n-lib.h>

#define MIN_WIDTH 340
#define MIN_HEIGHT 320

typedef struct
{
  CptWindow *window; /* (nullable): weak */
  char *verb;        /* (nullable): on the button; Save without it */
} CptSettingsDialogPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CptSettingsDialog, cpt_settings_dialog, ADW_TYPE_WINDOW)

static CptSettingsDialogPrivate *
get_private (CptSettingsDialog *self)
{
  return cpt_settings_dialog_get_instance_private (self);
}

CptWindow *
cpt_settings_dialog_get_window (CptSettingsDialog *self)
{
  CptSettingsDialogPrivate *priv = get_private (self);

  g_return_val_if_fail (CPT_IS_SETTINGS_DIALOG (self), NULL);

  return priv->window != NULL && cpt_window_get_store (priv->window) != NULL ? priv->window : NULL;
}

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CptSettingsDialog *self = CPT_SETTINGS_DIALOG (widget);

  /* Without its workspace there is nothing to store it in. */
  if (cpt_settings_dialog_get_window (self) == NULL)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    CPT_SETTINGS_DIALOG_GET_CLASS (self)->save (self);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(CptSettingsDialog) self = user_data;
  CptSettingsDialogClass *klass = CPT_SETTINGS_DIALOG_GET_CLASS (self);
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;

  if (cpt_window_commit_finish (CPT_WINDOW (source), result, &problems, &error))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  /* Whoever closed it meanwhile is told all the same. */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.save", TRUE);
  if (problems == NULL || klass->refused == NULL || !gtk_widget_get_realized (GTK_WIDGET (self)) ||
      !klass->refused (self, problems))
    cpt_window_show_error (CPT_WINDOW (source), error);
}

void
cpt_settings_dialog_commit (CptSettingsDialog *self,
                            CptTransaction    *transaction,
                            const char        *toast)
{
  CptWindow *window;

  g_return_if_fail (CPT_IS_SETTINGS_DIALOG (self));
  g_return_if_fail (transaction != NULL);

  window = cpt_settings_dialog_get_window (self);
  if (window == NULL || cpt_transaction_is_empty (transaction))
    {
      cpt_transaction_free (transaction);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.save", FALSE);
  cpt_window_commit (window, transaction, toast, NULL, stored_cb, g_object_ref (self));
}

static void
cpt_settings_dialog_finalize (GObject *object)
{
  g_clear_weak_pointer (&get_private (CPT_SETTINGS_DIALOG (object))->window);
  g_clear_pointer (&get_private (CPT_SETTINGS_DIALOG (object))->verb, g_free);

  G_OBJECT_CLASS (cpt_settings_dialog_parent_class)->finalize (object);
}

static void
cpt_settings_dialog_class_init (CptSettingsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cpt_settings_dialog_finalize;

  gtk_widget_class_install_action (widget_class, "dialog.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "dialog.save", NULL);
}

/* Before a text of several lines takes it for a new one */
void
cpt_settings_dialog_add_confirm (GtkWidget  *dialog,
                                 const char *action)
{
  static const guint keyvals[] = { GDK_KEY_Return, GDK_KEY_KP_Enter };
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keyvals); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (keyvals[i], GDK_CONTROL_MASK),
                                                            gtk_named_action_new (action)));
  gtk_widget_add_controller (dialog, keys);
}

static void
cpt_settings_dialog_init (CptSettingsDialog *self)
{
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  cpt_settings_dialog_add_confirm (GTK_WIDGET (self), "dialog.save");
}

static GtkWidget *
create_header (const char *title,
               const char *verb)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *save = gtk_button_new_with_mnemonic (verb != NULL ? verb : _("_Save"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (save), "dialog.save");
  gtk_widget_add_css_class (save, "suggested-action");
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (title, NULL));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), save);

  return header;
}

void
cpt_settings_dialog_set_verb (CptSettingsDialog *self,
                              const char        *verb)
{
  g_return_if_fail (CPT_IS_SETTINGS_DIALOG (self));

  g_free (get_private (self)->verb);
  get_private (self)->verb = g_strdup (verb);
}

void
cpt_settings_dialog_set_content (CptSettingsDialog *self,
                                 const char        *title,
                                 GtkWidget         *page,
                                 GtkWidget         *below)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  g_return_if_fail (CPT_IS_SETTINGS_DIALOG (self));

  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), create_header (title, get_private (self)->verb));
  gtk_box_append (GTK_BOX (box), page);
  if (below != NULL)
    gtk_box_append (GTK_BOX (box), below);
  adw_window_set_content (ADW_WINDOW (self), box);
}

void
cpt_settings_dialog_present (CptSettingsDialog *self,
                             CptWindow         *window,
                             int                width,
                             int                height)
{
  g_return_if_fail (CPT_IS_SETTINGS_DIALOG (self));
  g_return_if_fail (CPT_IS_WINDOW (window));

  g_set_weak_pointer (&get_private (self)->window, window);
  gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (window));
  gtk_window_set_default_size (GTK_WINDOW (self),
                               CLAMP (gtk_widget_get_width (GTK_WIDGET (window)) - 10, MIN_WIDTH, width),
                               CLAMP (gtk_widget_get_height (GTK_WIDGET (window)) - 10, MIN_HEIGHT, height));
  gtk_window_present (GTK_WINDOW (self));
}

/* Building */

GtkWidget *
cpt_settings_dialog_create_page (GtkWidget *box)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  g_return_val_if_fail (GTK_IS_WIDGET (box), NULL);

  gtk_widget_add_css_class (box, "settings-page");
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);

  return scroller;
}

GtkWidget *
cpt_settings_dialog_create_message (void)
{
  GtkWidget *message = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (message), TRUE);
  gtk_label_set_xalign (GTK_LABEL (message), 0);
  gtk_widget_add_css_class (message, "error");
  gtk_widget_add_css_class (message, "settings-message");
  gtk_widget_set_visible (message, FALSE);

  return message;
}

void
cpt_settings_dialog_show_message (GtkWidget  *message,
                                  const char *text)
{
  g_return_if_fail (GTK_IS_LABEL (message));

  gtk_label_set_text (GTK_LABEL (message), text != NULL ? text : "");
  gtk_widget_set_visible (message, text != NULL && *text != '\0');
}

static void
entry_activated_cb (GtkWidget *row)
{
  gtk_widget_activate_action (row, "dialog.save", NULL);
}

GtkWidget *
cpt_settings_dialog_add_entry (GtkWidget  *group,
                               const char *title,
                               const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  g_return_val_if_fail (ADW_IS_PREFERENCES_GROUP (group), NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  g_signal_connect (row, "entry-activated", G_CALLBACK (entry_activated_cb), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);

  return row;
}
