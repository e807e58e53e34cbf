/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another kind for a field. Each choice is looked at on a reading thread; what
 * was asked before is given up. The work itself goes on beside the window, which
 * stays usable, and closing the dialogue stops it. */
#include "config.h"

#include "cpt-conversion-dialog.h"

#include <glib/gi18n-lib.h>

#include "cpt-conversion.h"
#include "cpt-field-kind-box.h"
#include "cpt-field-type.h"
#include "cpt-settings-dialog.h"

/* Rows of each part of the preview */
#define MAX_ROWS 8
/* Between two looks at how far the work is, in milliseconds */
#define TICK 100

#define CPT_TYPE_CONVERSION_DIALOG (cpt_conversion_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CptConversionDialog, cpt_conversion_dialog, CPT, CONVERSION_DIALOG, CptSettingsDialog)

/* What a worker gets, and the main loop looks at */
typedef struct
{
  CptConversion *conversion;
  int permille; /* atomic */
} Job;

struct _CptConversionDialog
{
  CptSettingsDialog parent_instance;

  CptSchema *schema;
  const CptEntity *entity; /* of @schema */
  const CptField *field;   /* likewise */
  GCancellable *looking;   /* (nullable): the preview that is being made */
  GCancellable *working;   /* (nullable): the conversion that is being done */
  Job *job;                /* (nullable): likewise */
  guint tick;

  /* Borrowed from GTK */
  CptFieldKindBox *kind;
  GtkWidget *preview;
  AdwComboRow *rest; /* (nullable): while there are values that can't be converted */
  GtkWidget *progress;
  GtkWidget *message;
};

G_DEFINE_FINAL_TYPE (CptConversionDialog, cpt_conversion_dialog, CPT_TYPE_SETTINGS_DIALOG)

static void
job_clear (gpointer data)
{
  cpt_conversion_free (((Job *) data)->conversion);
}

static void
job_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, job_clear);
}

static void
set_can_convert (CptConversionDialog *self,
                 gboolean             can)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.save", can);
}

/* ------------------------------------------------------------- the preview */

static GtkWidget *
add_group (CptConversionDialog *self,
           const char          *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (GTK_BOX (self->preview), group);

  return group;
}

static GtkWidget *
add_row (GtkWidget  *group,
         const char *title,
         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);

  return row;
}

static void
show_samples (CptConversionDialog       *self,
              const CptConversionReport *report)
{
  g_autofree char *title = NULL;
  GtkWidget *group;

  if (report->n_records == 0)
    title = g_strdup (_("There is nothing in the field yet"));
  else
    title = g_strdup_printf (ngettext ("%lu of %lu value can be converted", "%lu of %lu values can be converted",
                                       (gulong) report->n_records),
                             (gulong) report->n_converted, (gulong) report->n_records);
  group = add_group (self, title);
  for (guint i = 0; i < MIN (report->samples->len, MAX_ROWS); i++)
    {
      const CptConversionSample *sample = g_ptr_array_index (report->samples, i);
      /* Translators: a value before and after it is converted */
      g_autofree char *words = g_strdup_printf (_("%s → %s"), sample->before, sample->after);

      add_row (group, words, sample->title);
    }
  if (report->choices->len > 0)
    {
      g_autoptr(GString) labels = g_string_new (NULL);

      for (guint i = 0; i < report->choices->len; i++)
        g_string_append_printf (labels, "%s%s", i > 0 ? ", " : "", (const char *) g_ptr_array_index (report->choices, i));
      add_row (group, labels->str, _("Choices that are made of the values"));
    }
  if (report->n_in_trash > 0)
    {
      g_autofree char *words = g_strdup_printf (ngettext ("%lu record in the trash keeps its value in the former field",
                                                          "%lu records in the trash keep their values in the former field",
                                                          (gulong) report->n_in_trash),
                                                (gulong) report->n_in_trash);

      add_row (group, words, NULL);
    }
}

static void
show_refusals (CptConversionDialog       *self,
               const CptConversionReport *report)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *group;

  self->rest = NULL;
  if (report->n_refused == 0)
    return;

  group = add_group (self, _("What Can’t Be Converted"));
  self->rest = ADW_COMBO_ROW (adw_combo_row_new ());
  gtk_string_list_append (labels, _("Keep them in a field beside"));
  gtk_string_list_append (labels, _("Leave them in the trash, with the former field"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rest), _("These values"));
  adw_combo_row_set_model (self->rest, G_LIST_MODEL (labels));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->rest));
  for (guint i = 0; i < MIN (report->refusals->len, MAX_ROWS); i++)
    {
      const CptConversionSample *sample = g_ptr_array_index (report->refusals, i);
      /* Translators: a record, and why its value can't be converted */
      g_autofree char *words = g_strdup_printf (C_("problem", "%s: %s"), sample->title, sample->reason);

      add_row (group, sample->before, words);
    }
  if (report->n_refused > MAX_ROWS)
    {
      gulong n_others = (gulong) report->n_refused - MAX_ROWS;
      g_autofree char *words = g_strdup_printf (ngettext ("and %lu other", "and %lu others", n_others), n_others);

      add_row (group, words, NULL);
    }
}

static gboolean
show_names (CptConversionDialog       *self,
            const CptConversionReport *report)
{
  GtkWidget *group = report->names->len > 0 ? add_group (self, _("What Names the Field")) : NULL;
  gboolean is_right = TRUE;

  for (guint i = 0; i < report->names->len; i++)
    {
      const CptConversionName *name = g_ptr_array_index (report->names, i);
      GtkWidget *row = add_row (group, name->title, name->problem != NULL ? name->problem : name->kind);

      if (name->problem == NULL)
        continue;
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
      is_right = FALSE;
    }
  if (!is_right)
    cpt_settings_dialog_show_message (self->message, _("Change first what can’t follow the field."));

  return is_right;
}

static void
clear_preview (CptConversionDialog *self)
{
  GtkWidget *child;

  self->rest = NULL;
  while ((child = gtk_widget_get_first_child (self->preview)) != NULL)
    gtk_box_remove (GTK_BOX (self->preview), child);
}

static CptConversion *
create_conversion (CptConversionDialog *self)
{
  g_autoptr(JsonObject) definition = json_object_new ();

  cpt_field_kind_box_fill (self->kind, definition);

  return cpt_conversion_new (self->entity->name, self->field->name, cpt_field_kind_box_get_kind (self->kind), definition);
}

static gpointer
look (CptDatabase   *database,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  return cpt_conversion_preview (data, database, cancellable, error);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(CptConversionDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptConversionReport) report = cpt_store_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  clear_preview (self);
  cpt_settings_dialog_show_message (self->message, error != NULL ? error->message : NULL);
  if (report == NULL)
    return;

  show_samples (self, report);
  show_refusals (self, report);
  set_can_convert (self, show_names (self, report));
}

static void
kind_changed_cb (CptConversionDialog *self)
{
  CptWindow *window = cpt_settings_dialog_get_window (CPT_SETTINGS_DIALOG (self));

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  set_can_convert (self, FALSE);
  if (window == NULL)
    return;

  self->looking = g_cancellable_new ();
  cpt_store_read_async (cpt_window_get_store (window), G_PRIORITY_DEFAULT, look, create_conversion (self),
                        (GDestroyNotify) cpt_conversion_free, (GDestroyNotify) cpt_conversion_report_free, self->looking,
                        looked_cb, g_object_ref (self));
}

/* ----------------------------------------------------------------- doing it */

static void
progress_cb (const CptConversionReport *report,
             gpointer                   user_data)
{
  Job *job = user_data;

  if (report->n_records > 0)
    g_atomic_int_set (&job->permille, (int) MIN (report->n_done * 1000 / report->n_records, 1000));
}

static gpointer
work (CptDatabase   *database,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Job *job = data;
  CptConversionReport *report = NULL;

  if (cpt_conversion_run (job->conversion, database, progress_cb, job, cancellable, &report, error))
    return report;

  cpt_conversion_report_free (report);

  return NULL;
}

static gboolean
tick_cb (gpointer user_data)
{
  CptConversionDialog *self = user_data;

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), g_atomic_int_get (&self->job->permille) / 1000.0);

  return G_SOURCE_CONTINUE;
}

static void
end_work (CptConversionDialog *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_pointer (&self->job, job_unref);
  g_clear_object (&self->working);
  gtk_widget_set_visible (self->progress, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->kind), TRUE);
  gtk_widget_set_sensitive (self->preview, TRUE);
}

static void
worked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(CptConversionDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptConversionReport) report = cpt_store_finish (CPT_STORE (source), result, &error);
  CptWindow *window = cpt_settings_dialog_get_window (CPT_SETTINGS_DIALOG (self));

  if (report != NULL && window != NULL)
    cpt_window_show_undo_toast (window, _("Field converted"), report->sequence);
  if (self->working == NULL)
    return;

  end_work (self);
  if (report != NULL)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    {
      cpt_settings_dialog_show_message (self->message, error->message);
      set_can_convert (self, TRUE);
    }
}

static void
cpt_conversion_dialog_save (CptSettingsDialog *dialog)
{
  CptConversionDialog *self = CPT_CONVERSION_DIALOG (dialog);
  CptConversionRest rest = CPT_CONVERSION_REFUSE;

  if (self->working != NULL)
    return;

  if (self->rest != NULL)
    rest = adw_combo_row_get_selected (self->rest) == 0 ? CPT_CONVERSION_KEEP : CPT_CONVERSION_LEAVE;
  self->job = g_atomic_rc_box_new0 (Job);
  self->job->conversion = create_conversion (self);
  cpt_conversion_set_rest (self->job->conversion, rest);
  cpt_conversion_set_origin (self->job->conversion, CPT_ORIGIN_FORM);
  self->working = g_cancellable_new ();
  self->tick = g_timeout_add (TICK, tick_cb, self);
  cpt_settings_dialog_show_message (self->message, NULL);
  set_can_convert (self, FALSE);
  gtk_widget_set_visible (self->progress, TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->kind), FALSE);
  gtk_widget_set_sensitive (self->preview, FALSE);
  cpt_store_work_async (cpt_window_get_store (cpt_settings_dialog_get_window (dialog)), work,
                        g_atomic_rc_box_acquire (self->job), job_unref, (GDestroyNotify) cpt_conversion_report_free,
                        self->working, worked_cb, g_object_ref (self));
}

/* ---------------------------------------------------------------- the object */

/* However it is closed. What runs holds a reference, so that its end comes first. */
static void
cpt_conversion_dialog_unrealize (GtkWidget *widget)
{
  CptConversionDialog *self = CPT_CONVERSION_DIALOG (widget);

  g_cancellable_cancel (self->looking);
  g_cancellable_cancel (self->working);
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->looking);
  g_clear_object (&self->working);
  g_clear_pointer (&self->job, job_unref);

  GTK_WIDGET_CLASS (cpt_conversion_dialog_parent_class)->unrealize (widget);
}

static void
cpt_conversion_dialog_finalize (GObject *object)
{
  g_clear_pointer (&CPT_CONVERSION_DIALOG (object)->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_conversion_dialog_parent_class)->finalize (object);
}

static void
cpt_conversion_dialog_class_init (CptConversionDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_conversion_dialog_finalize;
  GTK_WIDGET_CLASS (klass)->unrealize = cpt_conversion_dialog_unrealize;
  CPT_SETTINGS_DIALOG_CLASS (klass)->save = cpt_conversion_dialog_save;
}

static void
cpt_conversion_dialog_init (CptConversionDialog *self)
{
}

static GtkWidget *
create_page (CptConversionDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  self->kind = CPT_FIELD_KIND_BOX (cpt_field_kind_box_new (self->schema));
  cpt_field_kind_box_show (self->kind, self->field);
  cpt_field_kind_box_set_growing (self->kind, TRUE);
  self->preview = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->kind));
  gtk_box_append (GTK_BOX (box), self->preview);

  return cpt_settings_dialog_create_page (box);
}

static GtkWidget *
create_below (CptConversionDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->progress = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Converting"), -1);
  gtk_widget_set_visible (self->progress, FALSE);
  self->message = cpt_settings_dialog_create_message ();
  gtk_box_append (GTK_BOX (box), self->progress);
  gtk_box_append (GTK_BOX (box), self->message);

  return box;
}

void
cpt_conversion_dialog_present (CptWindow       *window,
                               CptSchema       *schema,
                               const CptEntity *entity,
                               const CptField  *field)
{
  CptConversionDialog *self;
  GtkWidget *page, *below;
  /* Translators: the title of a dialogue; %s is the label of a field */
  g_autofree char *title = g_strdup_printf (_("Convert “%s”"), cpt_field_get_label (field));

  g_return_if_fail (CPT_IS_WINDOW (window));

  self = g_object_new (CPT_TYPE_CONVERSION_DIALOG, NULL);
  self->schema = cpt_schema_ref (schema);
  self->entity = entity;
  self->field = field;
  page = create_page (self);
  below = create_below (self);
  cpt_settings_dialog_set_verb (CPT_SETTINGS_DIALOG (self), _("_Convert"));
  cpt_settings_dialog_set_content (CPT_SETTINGS_DIALOG (self), title, page, below);
  g_signal_connect_object (self->kind, "changed", G_CALLBACK (kind_changed_cb), self, G_CONNECT_SWAPPED);
  cpt_settings_dialog_present (CPT_SETTINGS_DIALOG (self), window, 560, 680);
  set_can_convert (self, FALSE);
  gtk_widget_child_focus (GTK_WIDGET (self->kind), GTK_DIR_TAB_FORWARD);
}
