/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The import of cards and calendars: what they hold needs no mapping.
 *
 *   running (trial) --> checked --Import--> running --> done
 *
 * Trial and import are jobs on threads of their own. Closing the window or Cancel
 * ends the one that runs, and an import that is ended leaves nothing behind.
 */

#include "config.h"

#include "cpt-item-assistant.h"

#include <glib/gi18n.h>

#include "cpt-import-parts.h"
#include "cpt-money.h"

#define PULSE_MILLISECONDS 120

struct _CptItemAssistant
{
  AdwWindow parent_instance;

  CptWindow *window; /* (nullable): weak */
  CptItemFile kind;
  char *path;
  GCancellable *cancellable; /* of the job that runs */
  guint pulse;
  gboolean is_trial;
  gboolean is_checked; /* what will happen is shown */
  gboolean is_closed;

  /* Borrowed from the content */
  GtkWidget *title;
  GtkWidget *stack;
  GtkWidget *progress;
  GtkWidget *status;
  GtkWidget *report;
  GtkWidget *next;
};

G_DEFINE_FINAL_TYPE (CptItemAssistant, cpt_item_assistant, ADW_TYPE_WINDOW)

typedef struct
{
  CptItemFile kind;
  char *path;
  gboolean is_trial;
} Job;

static void
job_free (gpointer pointer)
{
  Job *job = pointer;

  g_free (job->path);
  g_free (job);
}

static gpointer
run_import (CptDatabase   *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const Job *job = data;

  return job->kind == CPT_ITEM_FILE_VCARD ? cpt_card_import (database, job->path, job->is_trial, cancellable, error)
                                          : cpt_calendar_import (database, job->path, job->is_trial, cancellable, error);
}

/* Showing */

static void
show_page (CptItemAssistant *self,
           const char       *name,
           const char       *title,
           const char       *next)
{
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), title);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), name);
  gtk_widget_set_visible (self->next, next != NULL);
  if (next != NULL)
    {
      gtk_button_set_label (GTK_BUTTON (self->next), next);
      gtk_widget_grab_focus (self->next);
    }
}

static void
add_notes (GtkWidget           *page,
           const CptItemReport *report)
{
  GtkWidget *group = adw_preferences_group_new ();
  guint64 n_more = report->n_notes - MIN (report->n_notes, report->notes->len);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Good to know"));
  for (guint i = 0; i < report->notes->len; i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), g_ptr_array_index (report->notes, i));
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 4);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  if (n_more > 0)
    cpt_import_parts_add_count (group, _("More remarks"), n_more);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
}

static void
show_report (CptItemAssistant    *self,
             const CptItemReport *report)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *old = gtk_widget_get_first_child (self->report);
  gboolean has_changes = report->n_created + report->n_updated > 0;

  cpt_import_parts_add_count (group,
                              self->kind == CPT_ITEM_FILE_VCARD ? _("Cards in the file") : _("Tasks and events in the file"),
                              report->n_items);
  cpt_import_parts_add_count (group, self->is_trial ? _("Will be created") : C_("imported records", "Created"),
                              report->n_created);
  cpt_import_parts_add_count (group, self->is_trial ? _("Will be updated") : _("Updated"), report->n_updated);
  if (report->n_rejected > 0)
    cpt_import_parts_add_count (group, self->is_trial ? _("Will be rejected") : _("Rejected"), report->n_rejected);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  if (report->notes->len > 0)
    add_notes (page, report);

  if (old != NULL)
    gtk_box_remove (GTK_BOX (self->report), old);
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (self->report), page);
  self->is_checked = self->is_trial && has_changes;
  if (self->is_trial)
    show_page (self, "report", _("What will happen"), has_changes ? _("_Import") : _("_Close"));
  else
    show_page (self, "report", _("Imported"), _("_Close"));
}

static void
show_failure (CptItemAssistant *self,
              const GError     *error)
{
  cpt_import_parts_show_failure (self->status, error);
  show_page (self, "status", _("Import"), NULL);
}

/* Running */

static gboolean
pulse_cb (gpointer user_data)
{
  gtk_progress_bar_pulse (GTK_PROGRESS_BAR (CPT_ITEM_ASSISTANT (user_data)->progress));

  return G_SOURCE_CONTINUE;
}

static void
show_toast (CptItemAssistant    *self,
            const CptItemReport *report)
{
  guint64 n = report->n_created + report->n_updated;
  g_autofree char *count = cpt_decimal_format_local ((gint64) n, 0, 0);
  g_autofree char *text = g_strdup_printf (ngettext ("%s record imported", "%s records imported", (gulong) n), count);

  cpt_window_show_undo_toast (self->window, text, report->sequence);
}

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(CptItemAssistant) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptItemReport) report = cpt_store_finish (CPT_STORE (source), result, &error);

  g_clear_handle_id (&self->pulse, g_source_remove);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !self->is_closed)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  if (report != NULL && report->sequence != 0 && self->window != NULL)
    show_toast (self, report);
  if (self->is_closed)
    return;

  if (report != NULL)
    show_report (self, report);
  else
    show_failure (self, error);
}

static void
start (CptItemAssistant *self,
       gboolean          is_trial)
{
  Job *job = g_new0 (Job, 1);

  self->is_trial = is_trial;
  self->is_checked = FALSE;
  job->kind = self->kind;
  job->path = g_strdup (self->path);
  job->is_trial = is_trial;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->pulse = g_timeout_add (PULSE_MILLISECONDS, pulse_cb, self);
  show_page (self, "running", is_trial ? _("Checking") : _("Importing"), NULL);
  cpt_store_work_async (cpt_window_get_store (self->window), run_import, job, job_free, (GDestroyNotify) cpt_item_report_free,
                        self->cancellable, finished_cb, g_object_ref (self));
}

static void
next_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CptItemAssistant *self = CPT_ITEM_ASSISTANT (widget);

  if (self->is_checked && self->window != NULL && cpt_window_get_store (self->window) != NULL)
    start (self, FALSE);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  g_cancellable_cancel (CPT_ITEM_ASSISTANT (widget)->cancellable);
}

/* Building */

static void
build (CptItemAssistant *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *running, *count;
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *shown = g_filename_display_name (name);

  self->title = adw_window_title_new (_("Import"), shown);
  self->next = gtk_button_new_with_mnemonic (_("_Import"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->next), "items.next");
  gtk_widget_add_css_class (self->next, "suggested-action");
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->title);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->next);

  self->status = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->status), "dialog-warning-symbolic");
  self->report = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->stack = gtk_stack_new ();
  running = cpt_import_parts_create_running ("items.cancel", &self->progress, &count);
  gtk_widget_set_visible (count, FALSE);
  gtk_stack_add_named (GTK_STACK (self->stack), running, "running");
  gtk_stack_add_named (GTK_STACK (self->stack), self->report, "report");
  gtk_stack_add_named (GTK_STACK (self->stack), self->status, "status");
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (content), header);
  gtk_box_append (GTK_BOX (content), self->stack);
  adw_window_set_content (ADW_WINDOW (self), content);
}

static void
cpt_item_assistant_finalize (GObject *object)
{
  CptItemAssistant *self = CPT_ITEM_ASSISTANT (object);

  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->window);
  g_free (self->path);

  G_OBJECT_CLASS (cpt_item_assistant_parent_class)->finalize (object);
}

/* However it is closed. The job holds a reference, so that its end comes first. */
static void
cpt_item_assistant_unrealize (GtkWidget *widget)
{
  CptItemAssistant *self = CPT_ITEM_ASSISTANT (widget);

  self->is_closed = TRUE;
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->pulse, g_source_remove);

  GTK_WIDGET_CLASS (cpt_item_assistant_parent_class)->unrealize (widget);
}

static void
cpt_item_assistant_class_init (CptItemAssistantClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cpt_item_assistant_finalize;
  widget_class->unrealize = cpt_item_assistant_unrealize;
  gtk_widget_class_install_action (widget_class, "items.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "items.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cpt_item_assistant_init (CptItemAssistant *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self), 520, 560);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
}

CptItemAssistant *
cpt_item_assistant_new (CptWindow   *window,
                        CptItemFile  kind,
                        const char  *path)
{
  CptItemAssistant *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (CPT_TYPE_ITEM_ASSISTANT, "transient-for", window, NULL);
  g_set_weak_pointer (&self->window, window);
  self->kind = kind;
  self->path = g_strdup (path);
  build (self);
  start (self, TRUE);

  return self;
}
