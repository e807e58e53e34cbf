/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How large attached files may be: a setting of the workspace, no record, so that
 * it is stored as it is turned and not undone. */
#include "config.h"

#include "cpt-files-page.h"

#include <glib/gi18n-lib.h>

#include "cpt-attachment.h"

#define MEGABYTE (1000 * 1000)

struct _CptFilesPage
{
  CptSettingsPage parent_instance;
};

G_DEFINE_FINAL_TYPE (CptFilesPage, cpt_files_page, CPT_TYPE_SETTINGS_PAGE)

static gpointer
read_limit (CptDatabase            *database,
            const CptSettingsData  *data,
            GError                **error)
{
  gint64 limit = cpt_attachment_get_limit (database);

  return g_memdup2 (&limit, sizeof limit);
}

static gpointer
write_limit (CptDatabase   *database,
             gpointer       user_data,
             GCancellable  *cancellable,
             GError       **error)
{
  const gint64 *limit = user_data;

  cpt_attachment_set_limit (database, *limit, error);

  return NULL;
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(CptFilesPage) self = CPT_FILES_PAGE (user_data);
  CptWindow *window = cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self));
  g_autoptr(GError) error = NULL;

  cpt_store_finish (CPT_STORE (source), result, &error);
  if (error == NULL || window == NULL)
    return;

  cpt_window_show_error (window, error);
  cpt_settings_page_read (CPT_SETTINGS_PAGE (self));
}

static void
limit_turned_cb (GtkSpinButton *button,
                 CptFilesPage  *self)
{
  CptWindow *window = cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self));
  gint64 limit = (gint64) gtk_spin_button_get_value_as_int (button) * MEGABYTE;

  if (window != NULL)
    cpt_store_write_async (cpt_window_get_store (window), write_limit, g_memdup2 (&limit, sizeof limit), g_free, NULL, NULL,
                           written_cb, g_object_ref (self));
}

static void
cpt_files_page_show (CptSettingsPage *page)
{
  const gint64 *limit = cpt_settings_page_get_data (page)->more;
  GtkWidget *group = cpt_settings_page_add_group (page, _("Attached Files"),
                                                  _("Larger files are refused. Those that are attached already stay."));
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button =
    gtk_spin_button_new_with_range (CPT_ATTACHMENT_MIN_LIMIT / MEGABYTE, CPT_ATTACHMENT_MAX_LIMIT / MEGABYTE, 1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Largest file, in MB"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (button), (double) (*limit / MEGABYTE));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, cpt_settings_page_is_writable (page));
  g_signal_connect_object (button, "value-changed", G_CALLBACK (limit_turned_cb), page, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
cpt_files_page_class_init (CptFilesPageClass *klass)
{
  static const char *const kinds[] = { NULL };
  static const CptSettingsSource source = { .kinds = kinds, .read_more = read_limit, .free_more = g_free };

  CPT_SETTINGS_PAGE_CLASS (klass)->source = &source;
  CPT_SETTINGS_PAGE_CLASS (klass)->show = cpt_files_page_show;
}

static void
cpt_files_page_init (CptFilesPage *self)
{
}
