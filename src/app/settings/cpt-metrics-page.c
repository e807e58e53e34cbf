/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Metrics: those of the workspace, with what each counts by now, and those that
 * come with the program, which can be read and taken as a start for others. */
#include "config.h"

#include "cpt-metrics-page.h"

#include <glib/gi18n-lib.h>

#include "cpt-json.h"
#include "cpt-metric-definition.h"
#include "cpt-metric-editor.h"
#include "cpt-metric-rows.h"

struct _CptMetricsPage
{
  CptSettingsPage parent_instance;
};

G_DEFINE_FINAL_TYPE (CptMetricsPage, cpt_metrics_page, CPT_TYPE_SETTINGS_PAGE)

static const char *const kinds[] = { "metric", NULL };

/* Reading */

typedef struct
{
  GPtrArray *metrics;    /* (element-type CptMetric) */
  GHashTable *subtitles; /* text of the identifier -> what stands below the name */
} More;

static void
more_free (gpointer data)
{
  More *more = data;

  g_clear_pointer (&more->metrics, g_ptr_array_unref);
  g_clear_pointer (&more->subtitles, g_hash_table_unref);
  g_free (more);
}

/* What there is over all time, or why that can't be told */
static char *
describe_value (CptDatabase     *database,
                const CptMetric *metric)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) question = cpt_metric_create_question (database, metric, &error);
  g_autoptr(CptMetricRows) rows = question != NULL ? cpt_metric_rows_read (database, question, &error) : NULL;

  if (rows == NULL)
    return g_strdup (error->message);

  return cpt_metric_rows_format (rows, rows->rows->len > 0
                                         ? ((const CptMetricRow *) g_ptr_array_index (rows->rows, 0))->number
                                         : NAN);
}

/* "€12,000", and below it what is counted */
static char *
describe (CptDatabase     *database,
          const CptMetric *metric)
{
  g_autofree char *value = describe_value (database, metric);
  g_autofree char *sentence = NULL;

  if (metric->description != NULL)
    return g_strdup_printf ("%s\n%s", value, metric->description);

  sentence = cpt_metric_definition_describe (database, metric->query);

  return sentence != NULL ? g_strdup_printf ("%s\n%s", value, sentence) : g_steal_pointer (&value);
}

static gpointer
read_more (CptDatabase            *database,
           const CptSettingsData  *data,
           GError                **error)
{
  More *more = g_new0 (More, 1);

  more->subtitles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  more->metrics = cpt_metric_list (database, error);
  if (more->metrics == NULL)
    {
      more_free (more);
      return NULL;
    }
  for (guint i = 0; i < more->metrics->len; i++)
    {
      const CptMetric *metric = g_ptr_array_index (more->metrics, i);

      if (!cpt_uuid_is_nil (&metric->id))
        g_hash_table_insert (more->subtitles, cpt_uuid_dup_text (&metric->id), describe (database, metric));
    }

  return more;
}

static const CptSettingsSource source = {
  .kinds = kinds,
  .read_more = read_more,
  .free_more = more_free,
};

static const More *
get_more (CptMetricsPage *self)
{
  return cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self))->more;
}

/* Changing */

static void
activated_cb (CptOrderList   *list,
              const char     *key,
              CptMetricsPage *self)
{
  CptRecord *record = cpt_settings_data_find (cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self)), key);

  if (record != NULL && cpt_settings_page_is_writable (CPT_SETTINGS_PAGE (self)))
    cpt_metric_editor_present (cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self)), record, get_more (self)->metrics);
}

static void
removed_cb (CptOrderList   *list,
            const char     *key,
            CptMetricsPage *self)
{
  cpt_settings_page_delete (CPT_SETTINGS_PAGE (self), key, _("Metric deleted"));
}

static void
added_cb (GtkWidget      *row,
          CptMetricsPage *self)
{
  g_autoptr(CptRecord) record = cpt_settings_page_create_record (CPT_SETTINGS_PAGE (self), "metric");

  if (record != NULL)
    cpt_metric_editor_present (cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self)), record, get_more (self)->metrics);
}

/* Another one that counts the same, to be changed */
static void
duplicated_cb (GtkWidget      *button,
               CptMetricsPage *self)
{
  static const char *const directions[] = {
    [CPT_METRIC_UP_IS_GOOD] = "up",
    [CPT_METRIC_DOWN_IS_GOOD] = "down",
    [CPT_METRIC_NEUTRAL] = "neutral",
  };
  const char *key = gtk_widget_get_name (button);
  g_autoptr(CptRecord) record = cpt_settings_page_create_record (CPT_SETTINGS_PAGE (self), "metric");
  const CptMetric *metric = NULL;
  g_autofree char *name = NULL;
  g_autofree char *definition = NULL;

  for (guint i = 0; i < get_more (self)->metrics->len; i++)
    if (g_strcmp0 (((const CptMetric *) g_ptr_array_index (get_more (self)->metrics, i))->key, key) == 0)
      metric = g_ptr_array_index (get_more (self)->metrics, i);
  if (record == NULL || metric == NULL || metric->query == NULL)
    return;

  /* Translators: the name of a copy of a metric */
  name = g_strdup_printf (C_("metric", "%s (copy)"), metric->title);
  definition = cpt_json_format_canonical (metric->query);
  cpt_record_set_text (record, "name", name);
  if (metric->description != NULL)
    cpt_record_set_text (record, "description", metric->description);
  cpt_record_set_text (record, "direction", directions[metric->direction]);
  cpt_record_set_text (record, "definition", definition);
  cpt_metric_editor_present (cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self)), record, get_more (self)->metrics);
}

/* Showing */

static void
add_duplicating (CptMetricsPage  *self,
                 GtkWidget       *row,
                 const CptMetric *metric)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  /* Translators: %s is a metric */
  g_autofree char *label = g_strdup_printf (_("Duplicate “%s”"), metric->title);

  gtk_widget_set_name (button, metric->key);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Duplicate"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_visible (button, cpt_settings_page_is_writable (CPT_SETTINGS_PAGE (self)));
  g_signal_connect_object (button, "clicked", G_CALLBACK (duplicated_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
show_own (CptMetricsPage *self)
{
  CptSettingsPage *page = CPT_SETTINGS_PAGE (self);
  GtkWidget *group = cpt_settings_page_add_group (page, _("Own Metrics"),
                                                  _("Numbers that have a name: on dashboards, in reports, goals and alerts they "
                                                    "mean the same."));
  CptOrderList *list = cpt_settings_page_add_list (page, group, _("Own Metrics"));

  cpt_order_list_set_fixed (list);
  g_signal_connect_object (list, "activated", G_CALLBACK (activated_cb), self, 0);
  if (cpt_settings_page_is_writable (page))
    {
      g_signal_connect_object (list, "removed", G_CALLBACK (removed_cb), self, 0);
      cpt_order_list_set_removable (list);
    }
  for (guint i = 0; i < get_more (self)->metrics->len; i++)
    {
      const CptMetric *metric = g_ptr_array_index (get_more (self)->metrics, i);
      g_autofree char *id = cpt_uuid_dup_text (&metric->id);
      GtkWidget *row;

      if (cpt_uuid_is_nil (&metric->id))
        continue;
      row = cpt_settings_page_create_row (metric->title, g_hash_table_lookup (get_more (self)->subtitles, id));
      add_duplicating (self, row, metric);
      cpt_order_list_append (list, row, id);
    }
  cpt_settings_page_add_adding (page, list, _("Add a Metric"), G_CALLBACK (added_cb));
}

static void
show_standard (CptMetricsPage *self)
{
  GtkWidget *group = cpt_settings_page_add_group (CPT_SETTINGS_PAGE (self), _("Metrics of the Program"),
                                                  _("What they count can’t be changed; a duplicate can."));

  for (guint i = 0; i < get_more (self)->metrics->len; i++)
    {
      const CptMetric *metric = g_ptr_array_index (get_more (self)->metrics, i);
      GtkWidget *row;

      if (!cpt_uuid_is_nil (&metric->id))
        continue;
      row = cpt_settings_page_create_row (metric->title, metric->description);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
      add_duplicating (self, row, metric);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
}

static void
cpt_metrics_page_show (CptSettingsPage *page)
{
  show_own (CPT_METRICS_PAGE (page));
  show_standard (CPT_METRICS_PAGE (page));
}

static void
cpt_metrics_page_class_init (CptMetricsPageClass *klass)
{
  CPT_SETTINGS_PAGE_CLASS (klass)->source = &source;
  CPT_SETTINGS_PAGE_CLASS (klass)->show = cpt_metrics_page_show;
}

static void
cpt_metrics_page_init (CptMetricsPage *self)
{
}
