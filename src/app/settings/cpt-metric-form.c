/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alerts, goals and badges are about a metric: a row to choose it, the bar of
 * conditions about what it counts, and for the rest the editors of fields. */
#include "config.h"

#include "cpt-metric-form.h"

#include <glib/gi18n-lib.h>

#include "cpt-filter-bar.h"
#include "cpt-form-draft.h"
#include "cpt-json.h"
#include "cpt-settings-dialog.h"
#include "cpt-widget-choices.h"

#define CPT_TYPE_METRIC_FORM (cpt_metric_form_get_type ())

G_DECLARE_FINAL_TYPE (CptMetricForm, cpt_metric_form, CPT, METRIC_FORM, CptSettingsDialog)

struct _CptMetricForm
{
  CptSettingsDialog parent_instance;

  CptStore *store;
  CptFormDraft *draft;
  GPtrArray *metrics;
  const CptMetricFormSpec *spec;
  gboolean is_showing;
  gboolean keeps_condition; /* it is as stored: also when it can't be shown */

  /* Borrowed from GTK */
  GtkWidget *metric;
  GtkWidget *conditions; /* (nullable): a group */
  GtkWidget *bar;        /* (nullable): in it */
  GtkWidget *message;    /* what has no row of its own */
};

G_DEFINE_FINAL_TYPE (CptMetricForm, cpt_metric_form, CPT_TYPE_SETTINGS_DIALOG)

static const char *
get_key (CptMetricForm *self)
{
  return cpt_widget_metrics_read (self->metrics, ADW_COMBO_ROW (self->metric),
                                  cpt_record_get_text (cpt_form_draft_get_record (self->draft), "metric"));
}

/* Conditions */

static void
condition_changed_cb (CptMetricForm *self)
{
  self->keeps_condition = FALSE;
}

/* @text (nullable): a condition that is stored */
static void
show_condition (CptMetricForm *self,
                const char    *text)
{
  CptSchema *schema = cpt_form_draft_get_record (self->draft)->schema;
  const CptMetric *metric = cpt_widget_metrics_find (self->metrics, get_key (self));
  const char *source = metric != NULL ? cpt_widget_metrics_get (metric, "source") : NULL;
  const CptEntity *entity = source != NULL ? cpt_schema_find_entity (schema, source) : NULL;
  g_autoptr(CptFilter) filter = NULL;

  if (self->conditions == NULL)
    return;
  if (self->bar != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->conditions), self->bar);
  self->bar = NULL;
  self->keeps_condition = text != NULL;
  gtk_widget_set_visible (self->conditions, entity != NULL);
  if (entity == NULL)
    return;

  filter = text != NULL ? cpt_filter_parse (schema, entity, text, NULL) : NULL;
  self->bar = cpt_filter_bar_new (self->store, schema, entity);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (self->bar)), GTK_ORIENTATION_VERTICAL);
  cpt_filter_bar_set_adding (CPT_FILTER_BAR (self->bar), _("Add a Condition"));
  cpt_filter_bar_set_filter (CPT_FILTER_BAR (self->bar), filter);
  g_signal_connect_object (self->bar, "changed", G_CALLBACK (condition_changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->conditions), self->bar);
}

static void
metric_changed_cb (CptMetricForm *self)
{
  if (self->is_showing)
    return;

  self->is_showing = TRUE;
  cpt_widget_metrics_explain (ADW_COMBO_ROW (self->metric), cpt_widget_metrics_find (self->metrics, get_key (self)));
  show_condition (self, NULL);
  self->is_showing = FALSE;
}

/* Rows */

static void
update_rows (CptMetricForm *self)
{
  if (self->spec->shows != NULL)
    cpt_form_draft_show_rows (self->draft, self->spec->shows);
}

static void
committed_cb (CptFieldEditor *editor,
              CptMetricForm  *self)
{
  cpt_record_set (cpt_form_draft_get_record (self->draft), cpt_field_editor_get_field (editor),
                  cpt_field_editor_get_value (editor));
  update_rows (self);
}

/* Saving */

static void
take_metric (CptMetricForm *self)
{
  g_autoptr(CptFilter) filter = self->bar != NULL ? cpt_filter_bar_dup_filter (CPT_FILTER_BAR (self->bar)) : NULL;
  g_autoptr(JsonNode) node = filter != NULL ? cpt_filter_to_json (filter) : NULL;
  g_autofree char *text = node != NULL ? cpt_json_format_canonical (node) : NULL;
  CptRecord *draft = cpt_form_draft_get_record (self->draft);

  cpt_record_set_text (draft, "metric", get_key (self));
  if (self->conditions == NULL || self->keeps_condition)
    return;
  if (text != NULL)
    cpt_record_set_text (draft, "condition", text);
  else
    cpt_record_set_null (draft, "condition");
}

static void
cpt_metric_form_save (CptSettingsDialog *dialog)
{
  CptMetricForm *self = CPT_METRIC_FORM (dialog);

  cpt_settings_dialog_show_message (self->message, NULL);
  if (get_key (self) == NULL)
    {
      cpt_settings_dialog_show_message (self->message, _("Choose a metric."));
      return;
    }
  if (!cpt_form_draft_take (self->draft))
    return;

  take_metric (self);
  cpt_settings_dialog_commit (dialog, cpt_form_draft_create_transaction (self->draft), self->spec->toast);
}

static gboolean
cpt_metric_form_refused (CptSettingsDialog *dialog,
                         GPtrArray         *problems)
{
  CptMetricForm *self = CPT_METRIC_FORM (dialog);

  return cpt_form_draft_show_problems (self->draft, problems, self->message);
}

/* The object */

static void
cpt_metric_form_finalize (GObject *object)
{
  CptMetricForm *self = CPT_METRIC_FORM (object);

  g_clear_pointer (&self->metrics, g_ptr_array_unref);
  g_clear_pointer (&self->draft, cpt_form_draft_free);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (cpt_metric_form_parent_class)->finalize (object);
}

static void
cpt_metric_form_class_init (CptMetricFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_metric_form_finalize;
  CPT_SETTINGS_DIALOG_CLASS (klass)->save = cpt_metric_form_save;
  CPT_SETTINGS_DIALOG_CLASS (klass)->refused = cpt_metric_form_refused;
}

static void
cpt_metric_form_init (CptMetricForm *self)
{
}

/* Building */

static void
add_metric (CptMetricForm *self,
            GtkWidget     *group)
{
  const CptField *field = cpt_form_draft_get_field (self->draft, "metric");

  self->metric = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->metric), cpt_field_get_label (field));
  cpt_widget_metrics_show (self->metrics, ADW_COMBO_ROW (self->metric),
                           cpt_record_get_text (cpt_form_draft_get_record (self->draft), "metric"));
  cpt_widget_metrics_explain (ADW_COMBO_ROW (self->metric), cpt_widget_metrics_find (self->metrics, get_key (self)));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->metric);
  g_signal_connect_object (self->metric, "notify::selected", G_CALLBACK (metric_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
add_editor (CptMetricForm *self,
            GtkWidget     *group,
            const char    *name)
{
  CptFieldEditor *editor = cpt_form_draft_add_editor (self->draft, group, name);

  g_signal_connect_object (editor, "committed", G_CALLBACK (committed_cb), self, 0);
}

static GtkWidget *
create_page (CptMetricForm *self)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  for (guint i = 0; self->spec->fields[i] != NULL; i++)
    {
      const char *name = self->spec->fields[i];

      if (g_str_equal (name, "metric"))
        add_metric (self, group);
      else if (!g_str_equal (name, "condition"))
        add_editor (self, group, name);
    }
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));

  if (g_strv_contains (self->spec->fields, "condition"))
    {
      self->conditions = adw_preferences_group_new ();
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->conditions),
                                       cpt_field_get_label (cpt_form_draft_get_field (self->draft, "condition")));
      adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->conditions));
      show_condition (self, cpt_record_get_text (cpt_form_draft_get_record (self->draft), "condition"));
    }

  return page;
}

void
cpt_metric_form_present (CptWindow               *window,
                         CptRecord               *record,
                         GPtrArray               *metrics,
                         const CptMetricFormSpec *spec)
{
  CptMetricForm *self;
  GtkWidget *page;

  g_return_if_fail (CPT_IS_WINDOW (window));
  g_return_if_fail (record != NULL && metrics != NULL && spec != NULL);

  self = g_object_new (CPT_TYPE_METRIC_FORM, NULL);
  self->store = g_object_ref (cpt_window_get_store (window));
  self->draft = cpt_form_draft_new (self->store, record);
  self->metrics = g_ptr_array_ref (metrics);
  self->spec = spec;
  self->message = cpt_settings_dialog_create_message ();
  page = create_page (self);
  update_rows (self);
  cpt_settings_dialog_set_content (CPT_SETTINGS_DIALOG (self), _(spec->title), page, self->message);
  cpt_settings_dialog_present (CPT_SETTINGS_DIALOG (self), window, 480, 640);
  gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}
