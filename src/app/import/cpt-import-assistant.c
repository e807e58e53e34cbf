/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The import assistant.
 *
 *   reading --plan--> mapping --Check--> running (trial) --> checked
 *   checked --Import--> running --> done          Back leads from checked to mapping
 *
 * An export of another product that is recognised goes from reading to the trial
 * at once; Change Mapping leads to the mapping page.
 * On the mapping page the file is read anew when the person says how; what was
 * mapped stays. Reading, trial and import are jobs on threads of their own; closing the
 * window or Cancel ends the job that runs, and an import that is ended leaves
 * nothing behind. The plan belongs to the job while one runs.
 */

#include "config.h"

#include "cpt-import-assistant.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "cpt-import-mapping.h"
#include "cpt-import-parts.h"
#include "cpt-import-report-view.h"
#include "cpt-import.h"
#include "cpt-money.h"
#include "cpt-output.h"

/* Read for examples */
#define PREVIEW_ROWS 20

struct _CptImportAssistant
{
  AdwWindow parent_instance;

  CptWindow *window; /* (nullable): weak */
  CptSchema *schema;
  char *place;  /* (nullable): the kind of records that was shown */
  char *entity; /* (nullable): the kind that the person chose */
  char *path;
  char *rejects_path;
  CptImportPlan *plan;       /* (nullable): while a job has it */
  GPtrArray *preview;        /* (nullable): GStrv */
  GCancellable *cancellable; /* of the job that runs */
  gboolean is_trial;
  gboolean is_showing;
  gboolean is_read; /* the file was read before: what is read anew is shown as columns */
  const char *page; /* static: which step this is */
  gint64 sequence;

  /* Borrowed from the content */
  GtkWidget *title;
  GtkWidget *stack;
  GtkWidget *mapping;
  GtkWidget *entities;
  GtkWidget *hint; /* why it is not the kind of the place */
  GtkWidget *status;
  GtkWidget *progress;
  GtkWidget *count;
  GtkWidget *report;
  GtkWidget *back;
  GtkWidget *next;
};

G_DEFINE_FINAL_TYPE (CptImportAssistant, cpt_import_assistant, ADW_TYPE_WINDOW)

/* What a job takes and gives */
typedef struct
{
  char *place;  /* (nullable) */
  char *entity; /* (nullable) */
  char *path;
  char *rejects_path; /* (nullable) */
  CptImportReading reading;
  CptImportPlan *plan; /* (nullable) */
  gboolean is_trial;
  CptImportAssistant *assistant; /* referenced by the callback's data; only for progress */
} Job;

typedef struct
{
  CptImportPlan *plan;
  GPtrArray *preview;
  CptImportReport *report;
} Answer;

typedef struct
{
  CptImportAssistant *assistant;
  CptImportProgress progress;
} Progress;

static void start_reading (CptImportAssistant *self);
static void start_import (CptImportAssistant *self,
                          gboolean is_trial);

static void
job_free (gpointer pointer)
{
  Job *job = pointer;

  g_free (job->place);
  g_free (job->entity);
  g_free (job->path);
  g_free (job->rejects_path);
  g_clear_pointer (&job->plan, cpt_import_plan_free);
  g_free (job);
}

static void
answer_free (gpointer pointer)
{
  Answer *answer = pointer;

  if (answer == NULL)
    return;

  g_clear_pointer (&answer->plan, cpt_import_plan_free);
  g_clear_pointer (&answer->preview, g_ptr_array_unref);
  g_clear_pointer (&answer->report, cpt_import_report_free);
  g_free (answer);
}

/* Jobs, on their threads */

static gpointer
read_plan (CptDatabase   *database,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Job *job = data;
  Answer *answer = g_new0 (Answer, 1);
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *place = job->place != NULL ? cpt_schema_find_entity (schema, job->place) : NULL;
  const CptEntity *entity = NULL;
  const CptImportExport *origin;

  /* The file says what it holds; the place only decides when it doesn't */
  if (job->entity != NULL)
    entity = cpt_schema_find_entity (schema, job->entity);
  origin = cpt_import_recognise (job->path, entity != NULL ? entity : place, &job->reading, NULL);
  if (entity == NULL && origin != NULL)
    origin = cpt_import_export_get_whole (origin);
  if (origin != NULL && entity != NULL && !g_str_equal (cpt_import_export_get_entity (origin), entity->name))
    origin = NULL;
  if (origin == NULL && entity == NULL)
    entity = cpt_import_guess_entity (database, job->path, place, &job->reading, NULL);
  if (entity == NULL)
    entity = place != NULL ? place : cpt_schema_find_entity (schema, "contact");

  if (origin != NULL)
    answer->plan = cpt_import_plan_new_from_export (database, origin, job->path, &job->reading, error);
  else
    answer->plan = cpt_import_plan_new (database, entity, job->path, &job->reading, error);
  if (answer->plan != NULL)
    answer->preview = cpt_import_plan_preview (answer->plan, job->path, PREVIEW_ROWS, error);
  if (answer->preview == NULL)
    g_clear_pointer (&answer, answer_free);

  return answer;
}

static gboolean
progress_made_cb (gpointer data)
{
  Progress *progress = data;
  CptImportAssistant *self = progress->assistant;
  const CptImportProgress *counts = &progress->progress;
  g_autofree char *rows = NULL;
  g_autofree char *text = NULL;

  /* What was told before it was closed comes after it. */
  if (!gtk_widget_get_realized (GTK_WIDGET (self)))
    return G_SOURCE_REMOVE;

  rows = cpt_decimal_format_local ((gint64) counts->n_rows, 0, 0);
  /* Translators: while a file is imported; %s is a number */
  text = g_strdup_printf (ngettext ("%s row", "%s rows", (gulong) counts->n_rows), rows);
  gtk_label_set_label (GTK_LABEL (self->count), text);
  if (counts->bytes_total > 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress),
                                   MIN ((double) counts->bytes_done / (double) counts->bytes_total, 1.0));

  return G_SOURCE_REMOVE;
}

static void
progress_free (gpointer data)
{
  Progress *progress = data;

  g_object_unref (progress->assistant);
  g_free (progress);
}

/* On the job's thread */
static void
import_progress (const CptImportProgress *counts,
                 gpointer                 user_data)
{
  Job *job = user_data;
  Progress *progress = g_new0 (Progress, 1);

  progress->assistant = g_object_ref (job->assistant);
  progress->progress = *counts;
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT_IDLE, progress_made_cb, progress, progress_free);
}

static gpointer
run_import (CptDatabase   *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Job *job = data;
  Answer *answer = g_new0 (Answer, 1);

  answer->report = cpt_import_run (database, job->plan, job->path, job->is_trial ? NULL : job->rejects_path, job->is_trial,
                                   import_progress, job, cancellable, error);
  answer->plan = g_steal_pointer (&job->plan);
  if (answer->report == NULL)
    g_clear_pointer (&answer, answer_free);

  return answer;
}

/* Showing */

/* What came of a trial and of an import look alike: they share a page. */
static void
show_page (CptImportAssistant *self,
           const char         *name,
           const char         *title,
           const char         *next)
{
  self->page = name;
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), title);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), g_str_equal (name, "checked") ? "report" : name);
  gtk_widget_set_visible (self->next, next != NULL);
  if (next != NULL)
    gtk_button_set_label (GTK_BUTTON (self->next), next);
  gtk_widget_set_visible (self->back, g_str_equal (name, "checked"));
  gtk_button_set_label (GTK_BUTTON (self->back),
                        self->plan != NULL && self->plan->origin != NULL ? _("Change _Mapping…") : _("_Back"));
}

static void
show_failure (CptImportAssistant *self,
              const GError       *error)
{
  cpt_import_parts_show_failure (self->status, error);
  show_page (self, "status", _("Import"), NULL);
}

/* Where the file was opened among other records than it holds */
static void
show_hint (CptImportAssistant *self)
{
  const CptEntity *entity = self->plan->entity;
  const CptEntity *place = self->place != NULL ? cpt_schema_find_entity (self->schema, self->place) : NULL;
  gboolean differs = place != NULL && self->entity == NULL && !g_str_equal (place->name, entity->name);

  if (differs)
    {
      g_autofree char *text = NULL;

      /* Translators: both are kinds of records: "The columns are those of Deals, not of Organisations." */
      text = g_strdup_printf (_("The columns are those of %s, not of %s."), cpt_entity_get_label_plural (entity),
                              cpt_entity_get_label_plural (place));
      gtk_label_set_label (GTK_LABEL (self->hint), text);
    }
  gtk_widget_set_visible (self->hint, differs);
}

/* Those that people keep, and numbers of days, which only come from files */
static GPtrArray *
list_kinds (CptImportAssistant *self)
{
  GPtrArray *kinds = cpt_schema_list_kinds (self->schema);
  const CptEntity *const *entities;
  guint n_entities;

  entities = cpt_schema_get_entities (self->schema, &n_entities);
  for (guint i = 0; i < n_entities; i++)
    if ((entities[i]->flags & CPT_ENTITY_FACTS) != 0)
      g_ptr_array_add (kinds, (gpointer) entities[i]);

  return kinds;
}

static void
show_mapping (CptImportAssistant *self)
{
  g_autoptr(GPtrArray) kinds = list_kinds (self);

  self->is_showing = TRUE;
  for (guint i = 0; i < kinds->len; i++)
    if (g_str_equal (((const CptEntity *) g_ptr_array_index (kinds, i))->name, self->plan->entity->name))
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->entities), i);
  self->is_showing = FALSE;

  show_hint (self);
  cpt_import_mapping_set_plan (CPT_IMPORT_MAPPING (self->mapping), self->plan, self->preview);
  gtk_widget_set_sensitive (self->next, cpt_import_mapping_get_n_mapped (CPT_IMPORT_MAPPING (self->mapping)) > 0);
  show_page (self, "mapping", _("Contents of the file"), _("_Check"));
}

static guint64
count_changed (const CptImportReport *report)
{
  guint64 n = report->counts.n_created + report->counts.n_updated;

  return report->first != NULL ? n + report->first->counts.n_created + report->first->counts.n_updated : n;
}

static void
show_report (CptImportAssistant    *self,
             const CptImportReport *report)
{
  GtkWidget *view = cpt_import_report_view_new (self->plan, report, self->is_trial);
  GtkWidget *old = gtk_widget_get_first_child (self->report);

  if (old != NULL)
    gtk_box_remove (GTK_BOX (self->report), old);
  gtk_box_append (GTK_BOX (self->report), view);

  if (self->is_trial)
    show_page (self, "checked", _("What will happen"), count_changed (report) > 0 ? _("_Import") : NULL);
  else
    show_page (self, "report", _("Imported"), _("_Close"));
}

/* Running */

static void
mapping_changed_cb (CptImportAssistant *self)
{
  gtk_widget_set_sensitive (self->next, cpt_import_mapping_get_n_mapped (CPT_IMPORT_MAPPING (self->mapping)) > 0);
}

static void
plan_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(CptImportAssistant) self = CPT_IMPORT_ASSISTANT (user_data);
  g_autoptr(GError) error = NULL;
  Answer *answer = cpt_store_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (answer == NULL && self->plan != NULL)
    {
      cpt_import_mapping_refuse_reading (CPT_IMPORT_MAPPING (self->mapping), error->message);
      mapping_changed_cb (self);
      return;
    }
  if (answer == NULL)
    {
      show_failure (self, error);
      return;
    }

  if (self->plan != NULL && g_str_equal (self->plan->entity->name, answer->plan->entity->name))
    cpt_import_plan_take_mapping (answer->plan, self->plan);
  g_clear_pointer (&self->plan, cpt_import_plan_free);
  g_clear_pointer (&self->preview, g_ptr_array_unref);
  self->plan = g_steal_pointer (&answer->plan);
  self->preview = g_steal_pointer (&answer->preview);
  answer_free (answer);
  if (self->plan->origin != NULL && !self->is_read)
    {
      gtk_widget_set_sensitive (self->next, TRUE);
      start_import (self, TRUE);
    }
  else
    {
      show_mapping (self);
    }
  self->is_read = TRUE;
}

static Job *
create_job (CptImportAssistant *self)
{
  Job *job = g_new0 (Job, 1);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  job->place = g_strdup (self->place);
  job->entity = g_strdup (self->entity);
  job->path = g_strdup (self->path);
  job->rejects_path = g_strdup (self->rejects_path);
  job->reading = *cpt_import_mapping_get_reading (CPT_IMPORT_MAPPING (self->mapping));
  job->assistant = self;

  return job;
}

/* FALSE once there is nothing to import into any more */
static gboolean
has_workspace (CptImportAssistant *self)
{
  return self->window != NULL && cpt_window_get_store (self->window) != NULL;
}

static void
start_reading (CptImportAssistant *self)
{
  Job *job;

  if (!has_workspace (self))
    return;

  job = create_job (self);
  /* What is shown is no longer how the file is to be read */
  gtk_widget_set_sensitive (self->next, FALSE);
  cpt_store_read_async (cpt_window_get_store (self->window), G_PRIORITY_DEFAULT, read_plan, job, job_free, answer_free,
                        self->cancellable, plan_read_cb, g_object_ref (self));
}

static void
show_toast (CptImportAssistant    *self,
            const CptImportReport *report)
{
  guint64 n = report->counts.n_created + report->counts.n_updated;
  g_autofree char *count = cpt_decimal_format_local ((gint64) n, 0, 0);
  g_autofree char *text = NULL;

  if ((self->plan->entity->flags & CPT_ENTITY_FACTS) != 0)
    /* Translators: %s is a number: "6,674 rows imported" */
    text = g_strdup_printf (ngettext ("%s row imported", "%s rows imported", (gulong) n), count);
  else
    /* Translators: %s is a number: "6,674 records imported" */
    text = g_strdup_printf (ngettext ("%s record imported", "%s records imported", (gulong) n), count);
  cpt_window_show_undo_toast (self->window, text, self->sequence);
}

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(CptImportAssistant) self = CPT_IMPORT_ASSISTANT (user_data);
  g_autoptr(GError) error = NULL;
  Answer *answer = cpt_store_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  if (answer == NULL)
    {
      show_failure (self, error);
      return;
    }

  self->plan = g_steal_pointer (&answer->plan);
  self->sequence = answer->report->sequence;
  show_report (self, answer->report);
  if (!self->is_trial && self->sequence != 0 && self->window != NULL)
    show_toast (self, answer->report);
  answer_free (answer);
}

static void
start_import (CptImportAssistant *self,
              gboolean            is_trial)
{
  Job *job;

  if (!has_workspace (self))
    return;

  job = create_job (self);
  self->is_trial = is_trial;
  job->is_trial = is_trial;
  job->plan = g_steal_pointer (&self->plan);
  cpt_import_mapping_set_plan (CPT_IMPORT_MAPPING (self->mapping), NULL, NULL);
  gtk_label_set_label (GTK_LABEL (self->count), "");
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), 0);
  show_page (self, "running", is_trial ? _("Checking") : _("Importing"), NULL);
  cpt_store_work_async (cpt_window_get_store (self->window), run_import, job, job_free, answer_free, self->cancellable,
                        finished_cb, g_object_ref (self));
}

static void
next_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CptImportAssistant *self = CPT_IMPORT_ASSISTANT (widget);

  if (g_str_equal (self->page, "mapping"))
    start_import (self, TRUE);
  else if (g_str_equal (self->page, "checked"))
    start_import (self, FALSE);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
back_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  show_mapping (CPT_IMPORT_ASSISTANT (widget));
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  g_cancellable_cancel (CPT_IMPORT_ASSISTANT (widget)->cancellable);
}

static void
entity_selected_cb (CptImportAssistant *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->entities));
  g_autoptr(GPtrArray) kinds = list_kinds (self);
  const CptEntity *chosen = selected < kinds->len ? g_ptr_array_index (kinds, selected) : NULL;

  if (self->is_showing || self->plan == NULL || chosen == NULL || g_str_equal (self->plan->entity->name, chosen->name))
    return;

  g_free (self->entity);
  self->entity = g_strdup (chosen->name);
  start_reading (self);
}

/* Building */

static GtkWidget *
create_mapping_page (CptImportAssistant *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_("The file contains"));
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr(GPtrArray) kinds = list_kinds (self);

  for (guint i = 0; i < kinds->len; i++)
    gtk_string_list_append (names, cpt_entity_get_label_plural (g_ptr_array_index (kinds, i)));

  self->entities = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entities), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  g_signal_connect_object (self->entities, "notify::selected", G_CALLBACK (entity_selected_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_halign (line, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (line, "import-entity");
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), self->entities);

  self->hint = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->hint), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->hint), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (self->hint, "dim-label");
  gtk_widget_add_css_class (self->hint, "caption");
  gtk_widget_set_visible (self->hint, FALSE);

  self->mapping = cpt_import_mapping_new ();
  g_signal_connect_object (self->mapping, "changed", G_CALLBACK (mapping_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->mapping, "reading-changed", G_CALLBACK (start_reading), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), self->hint);
  gtk_box_append (GTK_BOX (box), self->mapping);

  return box;
}

static void
build (CptImportAssistant *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *reading = adw_status_page_new ();
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *shown = g_filename_display_name (name);

  self->title = adw_window_title_new (_("Import"), shown);
  self->back = gtk_button_new_with_mnemonic (_("_Back"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->back), "import.back");
  self->next = gtk_button_new_with_mnemonic (_("_Check"));
  gtk_button_set_use_underline (GTK_BUTTON (self->next), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->next), "import.next");
  gtk_widget_add_css_class (self->next, "suggested-action");
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->title);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->back);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->next);

  adw_status_page_set_title (ADW_STATUS_PAGE (reading), _("Reading the file…"));
  self->status = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->status), "dialog-warning-symbolic");
  self->report = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), reading, "reading");
  gtk_stack_add_named (GTK_STACK (self->stack), create_mapping_page (self), "mapping");
  gtk_stack_add_named (GTK_STACK (self->stack), cpt_import_parts_create_running ("import.cancel", &self->progress, &self->count),
                       "running");
  gtk_stack_add_named (GTK_STACK (self->stack), self->report, "report");
  gtk_stack_add_named (GTK_STACK (self->stack), self->status, "status");
  gtk_widget_set_vexpand (self->stack, TRUE);

  gtk_box_append (GTK_BOX (content), header);
  gtk_box_append (GTK_BOX (content), self->stack);
  adw_window_set_content (ADW_WINDOW (self), content);
  show_page (self, "reading", _("Import"), NULL);
}

static void
cpt_import_assistant_finalize (GObject *object)
{
  CptImportAssistant *self = CPT_IMPORT_ASSISTANT (object);

  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->window);
  g_clear_pointer (&self->plan, cpt_import_plan_free);
  g_clear_pointer (&self->preview, g_ptr_array_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_free (self->place);
  g_free (self->entity);
  g_free (self->path);
  g_free (self->rejects_path);

  G_OBJECT_CLASS (cpt_import_assistant_parent_class)->finalize (object);
}

/* However it is closed. The job holds a reference, so that its end comes first. */
static void
cpt_import_assistant_unrealize (GtkWidget *widget)
{
  g_cancellable_cancel (CPT_IMPORT_ASSISTANT (widget)->cancellable);

  GTK_WIDGET_CLASS (cpt_import_assistant_parent_class)->unrealize (widget);
}

static void
cpt_import_assistant_class_init (CptImportAssistantClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = cpt_import_assistant_finalize;
  widget_class->unrealize = cpt_import_assistant_unrealize;

  gtk_widget_class_install_action (widget_class, "import.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "import.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "import.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cpt_import_assistant_init (CptImportAssistant *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self), 640, 680);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
}

/* Beside the file; in the folder for results when that can't be written */
static char *
choose_rejects_path (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  char *dot = g_strrstr (name, ".");
  g_autofree char *file = NULL;
  g_autofree char *fitting = NULL;

  if (dot != NULL && dot != name)
    *dot = '\0';
  /* Translators: the name of the file of rejected rows; %s is the name of the imported file */
  file = g_strdup_printf (_("%s - rejected.csv"), name);
  fitting = g_build_filename (g_access (folder, W_OK) == 0 ? folder : g_get_user_data_dir (), file, NULL);

  return cpt_output_dup_free_path (fitting);
}

CptImportAssistant *
cpt_import_assistant_new (CptWindow       *window,
                          const CptEntity *entity,
                          const char      *path)
{
  CptImportAssistant *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (CPT_TYPE_IMPORT_ASSISTANT, "transient-for", window, NULL);
  g_set_weak_pointer (&self->window, window);
  self->schema = cpt_schema_ref (cpt_window_get_schema (window));
  self->place = entity != NULL ? g_strdup (entity->name) : NULL;
  self->path = g_strdup (path);
  self->rejects_path = choose_rejects_path (path);
  build (self);
  start_reading (self);

  return self;
}
