/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One schedule of a report, filled in. */

#include "config.h"

#include "cpt-schedule-dialog.h"

#include <glib/gi18n.h>

#include "cpt-dashboard-bar.h"
#include "cpt-form-draft.h"
#include "cpt-form-rows.h"
#include "cpt-json.h"
#include "cpt-recurrence-rows.h"
#include "cpt-report-schedules.h"
#include "cpt-settings-dialog.h"

/* Where the last one was put, on this machine */
#define FOLDER_STATE "report-folder"

#define CPT_TYPE_SCHEDULE_DIALOG (cpt_schedule_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CptScheduleDialog, cpt_schedule_dialog, CPT, SCHEDULE_DIALOG, CptSettingsDialog)

struct _CptScheduleDialog
{
  CptSettingsDialog parent_instance;

  CptStore *store;
  CptFormDraft *draft;
  GPtrArray *sources; /* (element-type CptEntity) */

  /* Borrowed from GTK */
  GtkWidget *when;
  GtkWidget *folder;
  GtkWidget *each; /* (nullable) */
  GtkWidget *bar;
  GtkWidget *message;
};

G_DEFINE_FINAL_TYPE (CptScheduleDialog, cpt_schedule_dialog, CPT_TYPE_SETTINGS_DIALOG)

/* What is chosen, as a sentence */
static void
describe (CptScheduleDialog *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *rule = cpt_recurrence_rows_dup_rule (CPT_RECURRENCE_ROWS (self->when), &error);
  g_autofree char *sentence = NULL;

  if (rule != NULL)
    {
      CptRecord *draft = cpt_form_draft_get_record (self->draft);
      CptFieldEditor *time = cpt_form_draft_find_editor (self->draft, "at_time");
      g_autofree char *plain = NULL;

      cpt_record_set_text (draft, "recurrence", rule);
      cpt_record_set (draft, cpt_field_editor_get_field (time), cpt_field_editor_get_value (time));
      plain = cpt_report_schedule_describe (draft);
      sentence = g_markup_escape_text (plain, -1);
    }
  else
    {
      sentence = g_markup_escape_text (error->message, -1);
    }
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->when), sentence);
}

/* The folder */

static void
folder_chosen_cb (GtkNativeDialog   *chooser,
                  int                response,
                  CptScheduleDialog *self)
{
  g_autoptr(GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->folder), path);
  g_object_unref (chooser);
}

static void
choose_folder_cb (CptScheduleDialog *self)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Folder for Reports"), GTK_WINDOW (self),
                                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Choose"), NULL);
  g_autoptr(GFile) now = g_file_new_for_path (gtk_editable_get_text (GTK_EDITABLE (self->folder)));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  if (g_file_query_exists (now, NULL))
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), now, NULL);
  g_signal_connect_object (chooser, "response", G_CALLBACK (folder_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* Saving */

static void
take_filters (CptScheduleDialog *self)
{
  JsonNode *filters = cpt_dashboard_bar_get_filters (CPT_DASHBOARD_BAR (self->bar));
  g_autofree char *text = filters != NULL ? cpt_json_format_canonical (filters) : NULL;

  if (text != NULL)
    cpt_record_set_text (cpt_form_draft_get_record (self->draft), "filters", text);
  else
    cpt_record_set_null (cpt_form_draft_get_record (self->draft), "filters");
}

static void
cpt_schedule_dialog_save (CptSettingsDialog *dialog)
{
  CptScheduleDialog *self = CPT_SCHEDULE_DIALOG (dialog);
  g_autoptr(GError) error = NULL;
  g_autofree char *rule = cpt_recurrence_rows_dup_rule (CPT_RECURRENCE_ROWS (self->when), &error);
  const char *folder = gtk_editable_get_text (GTK_EDITABLE (self->folder));
  CptRecord *draft = cpt_form_draft_get_record (self->draft);

  cpt_settings_dialog_show_message (self->message, rule != NULL ? NULL : error->message);
  if (rule == NULL || !cpt_form_draft_take (self->draft))
    return;
  if (*folder == '\0')
    {
      cpt_settings_dialog_show_message (self->message, _("Choose the folder into which the report is written."));
      return;
    }

  cpt_record_set_text (draft, "recurrence", rule);
  cpt_record_set_text (draft, "folder", folder);
  if (self->each != NULL)
    cpt_record_set_integer (draft, "is_each", gtk_switch_get_active (GTK_SWITCH (self->each)) ? 1 : 0);
  take_filters (self);
  cpt_window_set_state (cpt_settings_dialog_get_window (dialog), FOLDER_STATE, folder);
  cpt_settings_dialog_commit (dialog, cpt_form_draft_create_transaction (self->draft),
                              cpt_form_draft_is_new (self->draft) ? _("Schedule added") : _("Schedule changed"));
}

static gboolean
cpt_schedule_dialog_refused (CptSettingsDialog *dialog,
                             GPtrArray         *problems)
{
  CptScheduleDialog *self = CPT_SCHEDULE_DIALOG (dialog);

  return cpt_form_draft_show_problems (self->draft, problems, self->message);
}

/* The object */

static void
cpt_schedule_dialog_finalize (GObject *object)
{
  CptScheduleDialog *self = CPT_SCHEDULE_DIALOG (object);

  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->draft, cpt_form_draft_free);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (cpt_schedule_dialog_parent_class)->finalize (object);
}

static void
cpt_schedule_dialog_class_init (CptScheduleDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_schedule_dialog_finalize;
  CPT_SETTINGS_DIALOG_CLASS (klass)->save = cpt_schedule_dialog_save;
  CPT_SETTINGS_DIALOG_CLASS (klass)->refused = cpt_schedule_dialog_refused;
}

static void
cpt_schedule_dialog_init (CptScheduleDialog *self)
{
}

/* Building */

static void
add_editor (CptScheduleDialog *self,
            GtkWidget         *group,
            const char        *name)
{
  CptFieldEditor *editor = cpt_form_draft_add_editor (self->draft, group, name);

  g_signal_connect_object (editor, "committed", G_CALLBACK (describe), self, G_CONNECT_SWAPPED);
}

static void
add_files (CptScheduleDialog *self,
           GtkWidget         *box,
           const char        *each)
{
  GtkWidget *group = cpt_form_add_group (box, _("Files"));
  GtkWidget *choose = gtk_button_new_from_icon_name ("folder-open-symbolic");
  gboolean is_each = cpt_record_get_integer (cpt_form_draft_get_record (self->draft), "is_each") != 0;

  self->folder = cpt_settings_dialog_add_entry (group, cpt_field_get_label (cpt_form_draft_get_field (self->draft, "folder")),
                                                cpt_record_get_text (cpt_form_draft_get_record (self->draft), "folder"));
  gtk_widget_set_valign (choose, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (choose, "flat");
  gtk_widget_set_tooltip_text (choose, _("Choose a Folder"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (choose), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Choose a Folder"), -1);
  g_signal_connect_object (choose, "clicked", G_CALLBACK (choose_folder_cb), self, G_CONNECT_SWAPPED);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->folder), choose);
  if (each != NULL)
    {
      /* Translators: one file for each record of a kind, or for each period: "A File for Each: Customer" */
      g_autofree char *title = g_strdup_printf (_("A File for Each: %s"), each);

      self->each = cpt_form_add_switch (group, title, is_each);
    }
}

static void
add_filters (CptScheduleDialog *self,
             GtkWidget         *box)
{
  GtkWidget *group = cpt_form_add_group (box, C_("report", "What It Is About"));
  const CptRecord *draft = cpt_form_draft_get_record (self->draft);
  const char *text = cpt_record_get_text (draft, "filters");
  g_autoptr(JsonNode) filters = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;

  self->bar = cpt_dashboard_bar_new (self->store, draft->schema);
  cpt_dashboard_bar_set_plain (CPT_DASHBOARD_BAR (self->bar), _("Filters of the report"), _("Filter the Report"));
  cpt_dashboard_bar_show (CPT_DASHBOARD_BAR (self->bar), filters, NULL, self->sources);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->bar);
}

static GtkWidget *
create_page (CptScheduleDialog *self,
             const char        *each)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  const CptRecord *draft = cpt_form_draft_get_record (self->draft);
  gint64 first = cpt_record_get_integer (draft, "starts_on");

  add_editor (self, cpt_form_add_group (box, NULL), "name");
  self->when = cpt_recurrence_rows_new (C_("report", "When"), cpt_record_get_text (draft, "recurrence"), first);
  gtk_box_append (GTK_BOX (box), self->when);
  add_editor (self, self->when, "at_time");
  add_editor (self, self->when, "starts_on");
  g_signal_connect_object (self->when, "changed", G_CALLBACK (describe), self, G_CONNECT_SWAPPED);
  add_files (self, box, each);
  add_filters (self, box);
  describe (self);

  return cpt_settings_dialog_create_page (box);
}

/* Where the last one went, else beside other documents */
static void
suggest_folder (CptScheduleDialog *self,
                CptWindow         *window)
{
  g_autofree char *last = cpt_window_dup_state (window, FOLDER_STATE);
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);

  if (last != NULL || documents != NULL)
    cpt_record_set_text (cpt_form_draft_get_record (self->draft), "folder", last != NULL ? last : documents);
}

void
cpt_schedule_dialog_present (CptWindow  *window,
                             CptRecord  *schedule,
                             const char *each,
                             GPtrArray  *sources)
{
  CptScheduleDialog *self;
  GtkWidget *page;

  g_return_if_fail (CPT_IS_WINDOW (window));
  g_return_if_fail (schedule != NULL && sources != NULL);

  self = g_object_new (CPT_TYPE_SCHEDULE_DIALOG, NULL);
  self->store = g_object_ref (cpt_window_get_store (window));
  self->draft = cpt_form_draft_new (self->store, schedule);
  if (schedule->row == 0)
    suggest_folder (self, window);
  self->sources = g_ptr_array_ref (sources);
  self->message = cpt_settings_dialog_create_message ();
  page = create_page (self, each);
  cpt_settings_dialog_set_content (CPT_SETTINGS_DIALOG (self), schedule->row == 0 ? _("Add Schedule") : _("Change Schedule"),
                                   page, self->message);
  cpt_settings_dialog_present (CPT_SETTINGS_DIALOG (self), window, 520, 700);
  gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}
