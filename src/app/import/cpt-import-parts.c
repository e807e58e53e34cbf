/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of the assistants look the same, whatever is imported. */
#include "config.h"

#include "cpt-import-parts.h"

#include <glib/gi18n.h>

#include "cpt-money.h"

void
cpt_import_parts_add_count (GtkWidget  *group,
                            const char *label,
                            guint64     count)
{
  g_autofree char *text = cpt_decimal_format_local ((gint64) count, 0, 0);

  cpt_import_parts_add_value (group, label, text);
}

void
cpt_import_parts_add_value (GtkWidget  *group,
                            const char *label,
                            const char *text)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *figure = gtk_label_new (text);

  gtk_widget_add_css_class (figure, "numeric");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), figure);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

void
cpt_import_parts_show_failure (GtkWidget    *status,
                               const GError *error)
{
  g_autofree char *description = g_markup_escape_text (error->message, -1);

  adw_status_page_set_title (ADW_STATUS_PAGE (status), _("This file can’t be imported"));
  adw_status_page_set_description (ADW_STATUS_PAGE (status), description);
}

GtkWidget *
cpt_import_parts_create_running (const char  *cancel,
                                 GtkWidget  **progress,
                                 GtkWidget  **count)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Cancel"));

  *progress = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (*progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Progress"), -1);
  *count = gtk_label_new (NULL);
  gtk_widget_add_css_class (*count, "numeric");
  gtk_widget_add_css_class (*count, "dim-label");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), cancel);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  gtk_box_append (GTK_BOX (box), *progress);
  gtk_box_append (GTK_BOX (box), *count);
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "import-running");

  return box;
}
