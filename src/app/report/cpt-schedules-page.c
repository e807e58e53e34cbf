/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The schedules of a report: when each of them is next, what came of it, and the
 * files that were written. */

#include "config.h"

#include "cpt-schedules-page.h"

#include <glib/gi18n.h>

#include "cpt-date.h"
#include "cpt-document-subject.h"
#include "cpt-json.h"
#include "cpt-report-filters.h"
#include "cpt-report-schedules.h"
#include "cpt-schedule-dialog.h"

/* Of all schedules of the report, together */
#define MAX_PAST 30
#define TELL_MILLISECONDS 200

struct _CptSchedulesPage
{
  CptSettingsPage parent_instance;

  CptUuid report;
  GHashTable *writing; /* of CptUuid: Writing, of those that are being written */
  GPtrArray *paths;    /* of what the rows that are shown open, by their names */
};

G_DEFINE_FINAL_TYPE (CptSchedulesPage, cpt_schedules_page, CPT_TYPE_SETTINGS_PAGE)

enum
{
  SCHEDULES,
  REPORTS,
};

/* What a report is made of may change what is counted. */
static const char *const kinds[] = { CPT_REPORT_SCHEDULE_ENTITY, "report", "dashboard", NULL };

/* Reading */

typedef struct
{
  GHashTable *kinds; /* of CptUuid, borrowed from the records: GPtrArray of CptEntity */
  GTimeZone *zone;
} More;

static void
more_free (gpointer data)
{
  More *more = data;

  g_hash_table_unref (more->kinds);
  g_time_zone_unref (more->zone);
  g_free (more);
}

static gpointer
read_more (CptDatabase            *database,
           const CptSettingsData  *data,
           GError                **error)
{
  More *more = g_new0 (More, 1);

  more->zone = g_time_zone_ref (cpt_database_get_zone (database));
  more->kinds = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < data->records[REPORTS]->len; i++)
    {
      CptRecord *report = g_ptr_array_index (data->records[REPORTS], i);
      g_autoptr(CptDocument) document = cpt_document_new_for_record (report, NULL);

      if (document != NULL)
        g_hash_table_insert (more->kinds, &report->id, cpt_document_list_kinds (document, database));
    }

  return more;
}

static const CptSettingsSource source = {
  .kinds = kinds,
  .read_more = read_more,
  .free_more = more_free,
};

static const More *
get_more (CptSchedulesPage *self)
{
  return cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self))->more;
}

static CptRecord *
find_record (CptSchedulesPage *self,
             const char       *id)
{
  return cpt_settings_data_find (cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self)), id);
}

static CptRecord *
find_report (CptSchedulesPage *self)
{
  g_autofree char *id = cpt_uuid_dup_text (&self->report);

  return find_record (self, id);
}

/* Changing */

static void
present_dialog (CptSchedulesPage *self,
                CptRecord        *schedule)
{
  CptWindow *window = cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self));
  const CptRecord *report = find_report (self);
  g_autoptr(CptDocument) document = report != NULL ? cpt_document_new_for_record (report, NULL) : NULL;
  GPtrArray *counted = report != NULL ? g_hash_table_lookup (get_more (self)->kinds, &report->id) : NULL;
  g_autoptr(GPtrArray) nothing = g_ptr_array_new ();
  const char *each;

  if (window == NULL || !cpt_settings_page_is_writable (CPT_SETTINGS_PAGE (self)))
    return;

  each = document != NULL ? cpt_document_get_parameter_label (document->parameter, schedule->schema) : NULL;
  cpt_schedule_dialog_present (window, schedule, each, counted != NULL ? counted : nothing);
}

static void
activated_cb (CptOrderList     *list,
              const char       *key,
              CptSchedulesPage *self)
{
  CptRecord *schedule = find_record (self, key);

  if (schedule != NULL)
    present_dialog (self, schedule);
}

static void
added_cb (GtkWidget        *row,
          CptSchedulesPage *self)
{
  const CptRecord *report = find_report (self);
  g_autofree char *title = report != NULL ? cpt_record_dup_title (report) : NULL;
  g_autoptr(CptRecord) record = cpt_settings_page_create_record (CPT_SETTINGS_PAGE (self), CPT_REPORT_SCHEDULE_ENTITY);
  g_autoptr(JsonNode) filters = NULL;
  g_autofree char *text = NULL;

  if (record == NULL || report == NULL)
    return;

  cpt_record_set_id (record, "report", &self->report);
  cpt_record_set_text (record, "name", title);
  filters = cpt_report_filters_load (cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self)), &self->report);
  text = filters != NULL ? cpt_json_format_canonical (filters) : NULL;
  if (text != NULL)
    cpt_record_set_text (record, "filters", text);
  present_dialog (self, record);
}

static void
removed_cb (CptOrderList     *list,
            const char       *key,
            CptSchedulesPage *self)
{
  cpt_settings_page_delete (CPT_SETTINGS_PAGE (self), key, _("Schedule deleted"));
}

static void
switched_cb (GtkSwitch        *toggle,
             GParamSpec       *pspec,
             CptSchedulesPage *self)
{
  cpt_settings_page_switch (CPT_SETTINGS_PAGE (self), toggle, _("Schedule switched on"), _("Schedule switched off"));
}

/* Writing now */

/* Of one schedule; the page and the worker hold it */
typedef struct
{
  gatomicrefcount count;
  CptUuid id;
  GCancellable *cancellable;

  /* Told by the worker */
  int n_done;
  int n; /* reports; 0 as long as nobody knows */

  /* Of the main thread */
  CptSchedulesPage *self; /* referenced while it is written */
  GtkWidget *row;         /* (nullable): weak: where it is told how far it is */
  guint timer;
} Writing;

static void
writing_unref (gpointer data)
{
  Writing *writing = data;

  if (!g_atomic_ref_count_dec (&writing->count))
    return;

  g_object_unref (writing->cancellable);
  g_free (writing);
}

static void
progressed (guint    n_done,
            guint    n,
            gpointer data)
{
  Writing *writing = data;

  g_atomic_int_set (&writing->n, (int) n);
  g_atomic_int_set (&writing->n_done, (int) n_done);
}

static gpointer
write_in_worker (CptDatabase   *database,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Writing *writing = data;

  return cpt_report_schedules_run (database, &writing->id, progressed, writing, cancellable, error);
}

static gboolean
tell_cb (gpointer data)
{
  Writing *writing = data;
  guint n = (guint) g_atomic_int_get (&writing->n);
  guint n_done = (guint) g_atomic_int_get (&writing->n_done);
  g_autofree char *text = NULL;

  if (writing->row == NULL)
    return G_SOURCE_CONTINUE;

  if (n > 1)
    /* Translators: which report is being written, and how many there are */
    text = g_strdup_printf (_("Writing report %u of %u…"), MIN (n_done + 1, n), n);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (writing->row), text != NULL ? text : _("Writing the report…"));

  return G_SOURCE_CONTINUE;
}

static void
written_cb (GObject      *store,
            GAsyncResult *result,
            gpointer      user_data)
{
  Writing *writing = user_data;
  g_autoptr(CptSchedulesPage) self = g_steal_pointer (&writing->self);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) runs = cpt_store_finish (CPT_STORE (store), result, &error);
  CptWindow *window = cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self));

  g_source_remove (writing->timer);
  g_clear_weak_pointer (&writing->row);
  g_hash_table_remove (self->writing, &writing->id);
  if (window == NULL)
    return;

  if (runs == NULL)
    cpt_window_show_error (window, error);
  else if (runs->len > 0)
    cpt_window_show_toast (window, ((const CptReportRun *) g_ptr_array_index (runs, 0))->sentence);
  cpt_settings_page_read (CPT_SETTINGS_PAGE (self));
}

static void
write_cb (GtkWidget        *button,
          CptSchedulesPage *self)
{
  const CptRecord *schedule = find_record (self, gtk_widget_get_name (button));
  CptWindow *window = cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self));
  Writing *writing;

  if (schedule == NULL || window == NULL)
    return;

  writing = g_hash_table_lookup (self->writing, &schedule->id);
  if (writing != NULL)
    {
      g_cancellable_cancel (writing->cancellable);
      return;
    }

  writing = g_new0 (Writing, 1);
  writing->self = g_object_ref (self);
  writing->id = schedule->id;
  writing->cancellable = g_cancellable_new ();
  writing->timer = g_timeout_add (TELL_MILLISECONDS, tell_cb, writing);
  g_atomic_ref_count_init (&writing->count);
  g_atomic_ref_count_inc (&writing->count);
  g_hash_table_insert (self->writing, g_memdup2 (&schedule->id, sizeof schedule->id), writing);
  cpt_store_work_async (cpt_window_get_store (window), write_in_worker, writing, writing_unref,
                        (GDestroyNotify) g_ptr_array_unref, writing->cancellable, written_cb, writing);
  cpt_settings_page_read (CPT_SETTINGS_PAGE (self));
}

/* What was written */

/* One file is opened; of several, the folder */
static void
open_cb (AdwActionRow     *row,
         CptSchedulesPage *self)
{
  CptWindow *window = cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self));
  guint64 number = g_ascii_strtoull (gtk_widget_get_name (GTK_WIDGET (row)), NULL, 10);
  const char *path = number < self->paths->len ? g_ptr_array_index (self->paths, number) : NULL;

  if (window != NULL && path != NULL)
    cpt_window_open_file (window, path);
}

/* (nullable): what can be opened of it */
static char *
dup_path (const CptReportPast *past)
{
  if (past->folder == NULL || past->files[0] == NULL)
    return NULL;

  return past->n_files == 1 ? g_build_filename (past->folder, past->files[0], NULL) : g_strdup (past->folder);
}

static char *
describe_past (const CptReportPast *past)
{
  if (past->error != NULL)
    return g_strdup (past->error);
  if (past->n_files == 1 && past->files[0] != NULL)
    return g_strdup (past->files[0]);

  return g_strdup_printf (ngettext ("%u file", "%u files", past->n_files), past->n_files);
}

typedef struct
{
  const CptRecord *schedule;
  const CptReportPast *past; /* (owned) by @list */
  gboolean is_last;          /* of its schedule */
} Entry;

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *one = a;
  const Entry *other = b;

  return (one->past->at < other->past->at) - (one->past->at > other->past->at);
}

/* @label: the same in words that tell it from the other ones */
static GtkWidget *
create_button (CptSchedulesPage *self,
               const CptRecord  *schedule,
               const char       *icon,
               const char       *tooltip,
               const char       *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *id = cpt_uuid_dup_text (&schedule->id);

  gtk_widget_set_name (button, id);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (write_cb), self, 0);

  return button;
}

static void
add_past (CptSchedulesPage *self,
          CptOrderList     *list,
          const Entry      *entry,
          gboolean          has_others)
{
  g_autofree char *at = cpt_instant_format (entry->past->at, get_more (self)->zone);
  g_autofree char *name = cpt_record_dup_title (entry->schedule);
  g_autofree char *title = has_others ? g_strdup_printf ("%s · %s", at, name) : g_strdup (at);
  g_autofree char *subtitle = describe_past (entry->past);
  g_autofree char *path = dup_path (entry->past);
  /* Translators: %s is the name of a schedule */
  g_autofree char *again = g_strdup_printf (_("Try “%s” Again"), name);
  GtkWidget *row = cpt_settings_page_create_row (title, subtitle);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), path != NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (entry->past->error != NULL
                                                                                   ? "dialog-warning-symbolic"
                                                                                   : "emblem-ok-symbolic"));
  if (entry->past->error != NULL && entry->is_last && cpt_settings_page_is_writable (CPT_SETTINGS_PAGE (self)) &&
      !g_hash_table_contains (self->writing, &entry->schedule->id))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_button (self, entry->schedule, "view-refresh-symbolic",
                                                                    _("Try Again"), again));
  if (path != NULL)
    {
      g_autofree char *number = g_strdup_printf ("%u", self->paths->len);

      g_ptr_array_add (self->paths, g_steal_pointer (&path));
      gtk_widget_set_name (row, number);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name (entry->past->n_files == 1 ? "document-open-symbolic"
                                                                                         : "folder-open-symbolic"));
      g_signal_connect_object (row, "activated", G_CALLBACK (open_cb), self, 0);
    }
  cpt_order_list_append (list, row, NULL);
}

static void
show_past (CptSchedulesPage *self,
           GPtrArray        *schedules)
{
  g_autoptr(GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  GtkWidget *group;
  CptOrderList *list;

  for (guint i = 0; i < schedules->len; i++)
    {
      GPtrArray *past = cpt_report_schedule_list_past (g_ptr_array_index (schedules, i));

      g_ptr_array_add (lists, past);
      for (guint j = 0; j < past->len; j++)
        {
          Entry entry = { g_ptr_array_index (schedules, i), g_ptr_array_index (past, j), j == 0 };

          g_array_append_val (entries, entry);
        }
    }
  if (entries->len == 0)
    return;

  g_array_sort (entries, compare_entries);
  group = cpt_settings_page_add_group (CPT_SETTINGS_PAGE (self), _("What Was Written"), NULL);
  list = cpt_settings_page_add_list (CPT_SETTINGS_PAGE (self), group, _("What Was Written"));
  cpt_order_list_set_fixed (list);
  for (guint i = 0; i < MIN (entries->len, MAX_PAST); i++)
    add_past (self, list, &g_array_index (entries, Entry, i), schedules->len > 1);
}

/* The schedules */

static char *
describe_next (CptSchedulesPage *self,
               const CptRecord  *schedule)
{
  const CptValue *next = cpt_record_get_named (schedule, "next_at");
  g_autofree char *at = NULL;

  if (g_hash_table_contains (self->writing, &schedule->id))
    return g_strdup (_("It is being written…"));
  if (cpt_record_get_integer (schedule, "is_active") == 0)
    return g_strdup (_("Switched off"));
  if (next->type != CPT_VALUE_INTEGER)
    return g_strdup (_("It does not come again."));

  at = cpt_instant_format (next->integer, get_more (self)->zone);

  /* Translators: %s is a date and a time of day */
  return g_strdup_printf (_("Next on %s"), at);
}

static void
add_schedule (CptSchedulesPage *self,
              CptOrderList     *list,
              const CptRecord  *schedule)
{
  g_autofree char *id = cpt_uuid_dup_text (&schedule->id);
  g_autofree char *title = cpt_record_dup_title (schedule);
  g_autofree char *when = cpt_report_schedule_describe (schedule);
  g_autofree char *next = describe_next (self, schedule);
  const char *result = cpt_record_get_text (schedule, "last_result");
  const char *state = cpt_record_get_text (schedule, "state");
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s%s%s", when, next, result != NULL ? "\n" : "",
                                               result != NULL ? result : "");
  GtkWidget *row = cpt_settings_page_create_row (title, subtitle);
  Writing *writing = g_hash_table_lookup (self->writing, &schedule->id);
  gboolean is_writing = writing != NULL;
  /* Translators: %s is the name of a schedule */
  g_autofree char *label = g_strdup_printf (is_writing ? _("Stop Writing “%s”") : _("Write “%s” Now"), title);

  if (state != NULL && !g_str_equal (state, "done"))
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  if (is_writing)
    {
      GtkWidget *spinner = gtk_spinner_new ();

      g_set_weak_pointer (&writing->row, row);
      tell_cb (writing);
      gtk_spinner_start (GTK_SPINNER (spinner));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), spinner);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             cpt_settings_page_create_switch (CPT_SETTINGS_PAGE (self), schedule, G_CALLBACK (switched_cb)));
  if (cpt_settings_page_is_writable (CPT_SETTINGS_PAGE (self)))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               create_button (self, schedule,
                                              is_writing ? "media-playback-stop-symbolic" : "media-playback-start-symbolic",
                                              is_writing ? _("Stop Writing") : _("Write Now"), label));
  cpt_order_list_append (list, row, id);
}

static void
cpt_schedules_page_show (CptSettingsPage *page)
{
  CptSchedulesPage *self = CPT_SCHEDULES_PAGE (page);
  const CptSettingsData *data = cpt_settings_page_get_data (page);
  g_autoptr(GPtrArray) mine = g_ptr_array_new ();
  GtkWidget *group = cpt_settings_page_add_group (page, _("Schedules"),
                                                  _("Reports are written while Comptoir is open; what was missed is written "
                                                    "once when it is opened again."));
  CptOrderList *list = cpt_settings_page_add_list (page, group, _("Schedules"));

  cpt_order_list_set_fixed (list);
  g_signal_connect_object (list, "activated", G_CALLBACK (activated_cb), self, 0);
  if (cpt_settings_page_is_writable (page))
    {
      g_signal_connect_object (list, "removed", G_CALLBACK (removed_cb), self, 0);
      cpt_order_list_set_removable (list);
    }
  for (guint i = 0; i < data->records[SCHEDULES]->len; i++)
    {
      const CptRecord *schedule = g_ptr_array_index (data->records[SCHEDULES], i);
      const CptValue *report = cpt_record_get_named (schedule, "report");

      if (report->type != CPT_VALUE_ID || !cpt_uuid_equal (&report->id, &self->report))
        continue;
      add_schedule (self, list, schedule);
      g_ptr_array_add (mine, (gpointer) schedule);
    }
  g_ptr_array_set_size (self->paths, 0);
  if (find_report (self) != NULL)
    cpt_settings_page_add_adding (page, list, _("Add a Schedule"), G_CALLBACK (added_cb));
  show_past (self, mine);
}

/* The object. What is being written goes on when the page is left. */

static void
cpt_schedules_page_finalize (GObject *object)
{
  CptSchedulesPage *self = CPT_SCHEDULES_PAGE (object);

  g_hash_table_unref (self->writing);
  g_ptr_array_unref (self->paths);

  G_OBJECT_CLASS (cpt_schedules_page_parent_class)->finalize (object);
}

static void
cpt_schedules_page_class_init (CptSchedulesPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_schedules_page_finalize;
  CPT_SETTINGS_PAGE_CLASS (klass)->source = &source;
  CPT_SETTINGS_PAGE_CLASS (klass)->show = cpt_schedules_page_show;
}

static void
cpt_schedules_page_init (CptSchedulesPage *self)
{
  self->writing = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, writing_unref);
  self->paths = g_ptr_array_new_with_free_func (g_free);
}

CptSettingsPage *
cpt_schedules_page_new (CptWindow     *window,
                        const CptUuid *report)
{
  CptSchedulesPage *self = g_object_new (CPT_TYPE_SCHEDULES_PAGE, NULL);

  self->report = *report;
  cpt_settings_page_set_window (CPT_SETTINGS_PAGE (self), window);
  cpt_settings_page_read (CPT_SETTINGS_PAGE (self));

  return CPT_SETTINGS_PAGE (self);
}
