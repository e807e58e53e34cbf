/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many records each column of a board should hold: a row for each. */

#include "config.h"

#include "cpt-board-limits-dialog.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  CptBoardSpec *spec;     /* (owned) */
  CptBoardLimits *limits; /* (owned) */
  CptWindow *window;      /* borrowed: the dialog is above it */
  char **keys;            /* (owned) */
  GPtrArray *spins;       /* (owned) (element-type GtkSpinButton): borrowed from the dialog, as the keys */
} Form;

static void
form_free (gpointer  data,
           GClosure *closure)
{
  Form *form = data;

  cpt_board_spec_free (form->spec);
  cpt_board_limits_free (form->limits);
  g_strfreev (form->keys);
  g_ptr_array_unref (form->spins);
  g_free (form);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Form             *form)
{
  CptStore *store = cpt_window_get_store (form->window);
  g_autofree char *title = NULL;
  CptTransaction *transaction;
  gboolean is_changed = FALSE;

  if (!g_str_equal (response, "save") || store == NULL)
    return;

  for (guint i = 0; i < form->spins->len; i++)
    {
      GtkSpinButton *spin = g_ptr_array_index (form->spins, i);
      guint limit;

      gtk_spin_button_update (spin);
      limit = (guint) gtk_spin_button_get_value_as_int (spin);
      is_changed = is_changed || limit != cpt_board_limits_get (form->limits, form->keys[i]);
      cpt_board_limits_set (form->limits, form->keys[i], limit);
    }
  if (!is_changed)
    return;

  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  /* Translators: the name of a saved view: a board of records by a field: "Deals by Stage" */
  title = g_strdup_printf (_("%s by %s"), cpt_entity_get_label_plural (form->spec->entity),
                           cpt_field_get_label (form->spec->columns));
  cpt_board_limits_save (form->limits, form->spec, title, cpt_clock_get_now (cpt_store_get_clock (store)), transaction);
  cpt_window_commit (form->window, transaction, _("Limits changed"), NULL, NULL, NULL);
}

static GtkWidget *
create_row (Form       *form,
            const char *key,
            const char *title)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (0, CPT_BOARD_LIMIT_MAX, 1);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), cpt_board_limits_get (form->limits, key));
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_ptr_array_add (form->spins, spin);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);

  return row;
}

void
cpt_board_limits_dialog_show (CptWindow            *window,
                              const CptBoardSpec   *spec,
                              const char *const    *keys,
                              const char *const    *titles,
                              const CptBoardLimits *limits)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (window), _("Limits"),
                                              _("How many records a column should hold at most; 0 is any number."));
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  Form *form = g_new0 (Form, 1);

  form->spec = cpt_board_spec_copy (spec);
  form->limits = cpt_board_limits_copy (limits);
  form->window = window;
  form->keys = g_strdupv ((char **) keys);
  form->spins = g_ptr_array_new ();
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  for (guint i = 0; keys[i] != NULL; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), create_row (form, keys[i], titles[i]));

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), scroller);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "save", _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), form, form_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
