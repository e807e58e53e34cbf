/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The editor of a widget: rows that are made from the declarations, and a
 * picture that follows them. A kind of chart says what it needs; rows that
 * make no sense for it are hidden.
 */

#include "config.h"

#include "cpt-widget-editor.h"

#include <glib/gi18n.h>

#include "cpt-chart-card.h"
#include "cpt-chart-kind.h"
#include "cpt-combo-labels.h"
#include "cpt-filter-bar.h"
#include "cpt-json.h"
#include "cpt-widget-choices.h"
#include "cpt-widget-data.h"
#include "cpt-widget-fields.h"
#include "cpt-widget-options.h"
#include "cpt-widget-picture.h"
#include "cpt-widget-query.h"

struct _CptWidgetEditor
{
  AdwWindow parent_instance;

  CptWindow *window; /* (nullable): weak */
  CptSchema *schema;
  GPtrArray *metrics; /* CptMetric */
  char *id;
  CptWidgetQuery *query;
  JsonObject *given_options; /* (nullable) */
  JsonNode *stored;          /* (nullable): the query as it was */
  char *baseline;            /* (nullable): how this editor writes @stored */
  GPtrArray *sources;        /* CptEntity */
  GPtrArray *measures;       /* CptWidgetMeasure */
  GPtrArray *paths;          /* utf8, in the order of the row */
  GPtrArray *dates;          /* utf8: date fields of the source */
  GCancellable *cancellable; /* (nullable): of the picture */
  gboolean is_showing;

  /* Borrowed from the content */
  GtkWidget *title;
  GtkWidget *kind;
  GtkWidget *metric;
  GtkWidget *source;
  GtkWidget *measure;
  GtkWidget *more; /* a second measure */
  GtkWidget *dimension;
  GtkWidget *by; /* a second dimension */
  GtkWidget *bucket;
  GtkWidget *by_bucket;
  GtkWidget *show; /* the number, its share, what runs on */
  GtkWidget *limit;
  GtkWidget *limit_row;
  GtkWidget *period;
  GtkWidget *with; /* what the period is compared with */
  GtkWidget *period_field;
  GtkWidget *options;
  GtkWidget *card;
  GtkWidget *sentence;
  GtkWidget *filters; /* the group that the bar of filters is in */
  GtkWidget *bar;     /* (nullable) */
};

enum
{
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptWidgetEditor, cpt_widget_editor, ADW_TYPE_WINDOW)

static const CptChartKind *
get_kind (CptWidgetEditor *self)
{
  return cpt_widget_kinds_read (ADW_COMBO_ROW (self->kind));
}

/* (nullable) */
static const CptMetric *
get_metric (CptWidgetEditor *self)
{
  return cpt_widget_metrics_find (self->metrics, self->query->metric);
}

/* Of the metric, where one is chosen */
static const CptEntity *
get_source (CptWidgetEditor *self)
{
  const char *source = cpt_widget_metrics_get (get_metric (self), "source");
  const CptEntity *entity = source != NULL ? cpt_schema_find_entity (self->schema, source) : NULL;

  return entity != NULL ? entity : cpt_schema_find_entity (self->schema, self->query->source);
}

/* What the person left alone stays as it was stored, with what this editor
 * does not know. */
static JsonNode *
dup_query (CptWidgetEditor *self)
{
  const CptChartKind *kind = get_kind (self);
  JsonNode *query = cpt_widget_query_to_json (self->query, !(kind->needs & (CPT_CHART_NEEDS_ORDER | CPT_CHART_NEEDS_DATE)));
  g_autofree char *text = cpt_json_format (query);

  if (self->stored == NULL || g_strcmp0 (text, self->baseline) != 0)
    return query;

  json_node_unref (query);

  return json_node_ref (self->stored);
}

/* The picture */

static void
picture_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(CptWidgetEditor) self = CPT_WIDGET_EDITOR (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptWidgetPicture) picture = cpt_widget_picture_read_finish (CPT_STORE (source), result, &error);

  if (picture == NULL)
    return;

  cpt_chart_card_set_data (CPT_CHART_CARD (self->card), cpt_widget_data_get_chart (picture->numbers));
  gtk_label_set_label (GTK_LABEL (self->sentence), picture->sentence != NULL ? picture->sentence : "");
}

static void
update_picture (CptWidgetEditor *self)
{
  CptDashboard *dashboard;

  if (self->window == NULL || cpt_window_get_store (self->window) == NULL)
    return;

  dashboard = cpt_dashboard_new ("");
  cpt_widget_editor_apply (self, dashboard);
  cpt_chart_card_set_widget (CPT_CHART_CARD (self->card), cpt_dashboard_get_widget (dashboard, 0));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  cpt_widget_picture_read_async (cpt_window_get_store (self->window), dashboard, self->cancellable, picture_read_cb,
                                 g_object_ref (self));
}

/* Rows follow the query */

/* The first line of the second row is that there is none. */
static void
show_measures (CptWidgetEditor *self)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  const CptWidgetQuery *query = self->query;
  guint selected;

  g_clear_pointer (&self->measures, g_ptr_array_unref);
  self->measures = cpt_widget_fields_create_measures (get_source (self), labels);
  selected = cpt_widget_fields_find_measure (self->measures, query->aggregate, query->field);
  cpt_combo_row_set_labels (ADW_COMBO_ROW (self->measure), labels, selected);
  g_ptr_array_remove_index (labels, labels->len - 1);
  g_ptr_array_insert (labels, 0, g_strdup (C_("second measure", "None")));
  selected = cpt_widget_fields_find_measure (self->measures, query->more_aggregate, query->more_field);
  cpt_combo_row_set_labels (ADW_COMBO_ROW (self->more), labels, query->has_more ? 1 + selected : 0);
}

static guint
find_path (GPtrArray  *paths,
           const char *path)
{
  guint index;

  return path != NULL && g_ptr_array_find_with_equal_func (paths, path, g_str_equal, &index) ? index : 0;
}

static void
show_dimensions (CptWidgetEditor *self)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);

  g_clear_pointer (&self->paths, g_ptr_array_unref);
  self->paths = cpt_widget_fields_create_paths (self->schema, get_source (self), labels);
  if (cpt_widget_metrics_get (get_metric (self), "date") != NULL)
    {
      g_ptr_array_insert (self->paths, 0, g_strdup (""));
      g_ptr_array_insert (labels, 0, g_strdup (C_("broken down by", "Time")));
    }
  cpt_combo_row_set_labels (ADW_COMBO_ROW (self->dimension), labels, find_path (self->paths, self->query->path));
  g_ptr_array_remove_index (labels, labels->len - 1);
  g_ptr_array_insert (labels, 0, g_strdup (C_("second grouping", "Nothing else")));
  cpt_combo_row_set_labels (ADW_COMBO_ROW (self->by), labels,
                            self->query->by != NULL ? 1 + find_path (self->paths, self->query->by) : 0);
}

static void
show_dates (CptWidgetEditor *self)
{
  const CptEntity *entity = get_source (self);
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  guint selected = 0;

  g_ptr_array_set_size (self->dates, 0);
  for (guint i = 0; i < entity->n_fields; i++)
    if (cpt_field_type_get (entity->fields[i]->kind)->is_bucketable)
      {
        if (g_strcmp0 (self->query->period_field, entity->fields[i]->name) == 0)
          selected = self->dates->len;
        g_ptr_array_add (self->dates, g_strdup (entity->fields[i]->name));
        g_ptr_array_add (labels, g_strdup (cpt_field_get_label (entity->fields[i])));
      }
  g_ptr_array_add (self->dates, g_strdup ("created_at"));
  g_ptr_array_add (labels, g_strdup (cpt_field_get_label (cpt_field_get_system ("created_at"))));
  cpt_combo_row_set_labels (ADW_COMBO_ROW (self->period_field), labels, selected);
}

/* "" is the date of the metric */
static gboolean
is_date (CptWidgetEditor *self,
         const char      *path)
{
  return path != NULL && (*path == '\0' || cpt_widget_fields_is_date (self->schema, get_source (self), path));
}

static gboolean
is_date_path (CptWidgetEditor *self)
{
  return is_date (self, self->query->path);
}

/* Conditions */

static void
filter_changed_cb (CptWidgetEditor *self)
{
  g_autoptr(CptFilter) filter = cpt_filter_bar_dup_filter (CPT_FILTER_BAR (self->bar));

  g_clear_pointer (&self->query->where, json_node_unref);
  if (filter != NULL)
    self->query->where = cpt_filter_to_json (filter);
  update_picture (self);
}

/* A bar is for one source. A filter that this version can't read stays as it
 * is, and can't be edited. */
static void
show_filter (CptWidgetEditor *self)
{
  const CptEntity *entity = get_source (self);
  g_autoptr(CptFilter) filter = NULL;

  if (self->bar != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->filters), self->bar);
  self->bar = NULL;
  if (self->query->where != NULL)
    filter = cpt_filter_from_json (self->schema, entity, self->query->where, NULL);

  gtk_widget_set_visible (self->filters, self->query->where == NULL || filter != NULL);
  if ((self->query->where != NULL && filter == NULL) || self->window == NULL || cpt_window_get_store (self->window) == NULL)
    return;

  self->bar = cpt_filter_bar_new (cpt_window_get_store (self->window), self->schema, entity);
  cpt_filter_bar_set_filter (CPT_FILTER_BAR (self->bar), filter);
  g_signal_connect_object (self->bar, "changed", G_CALLBACK (filter_changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->filters), self->bar);
}

/* Parts of a whole are all of it; pairs of two dimensions can't be cut. */
static gboolean
has_limit (CptWidgetEditor *self)
{
  const CptChartKind *kind = get_kind (self);

  return (kind->needs & CPT_CHART_NEEDS_DIMENSION) && !(kind->needs & CPT_CHART_NEEDS_WHOLE) && !is_date_path (self) &&
         self->query->by == NULL;
}

/* Parts of a whole are shares already */
static gboolean
has_shares (CptWidgetEditor *self)
{
  return (get_kind (self)->needs & (CPT_CHART_NEEDS_DIMENSION | CPT_CHART_NEEDS_WHOLE)) == CPT_CHART_NEEDS_DIMENSION;
}

static gboolean
has_more_measures (CptWidgetEditor *self)
{
  return (get_kind (self)->needs & (CPT_CHART_NEEDS_MEASURES | CPT_CHART_NEEDS_PAIR)) && self->query->by == NULL &&
         self->query->metric == NULL;
}

/* Measures have the period of one number, metrics that of whatever shows them */
static gboolean
has_period (CptWidgetEditor *self)
{
  if (self->query->metric == NULL)
    return !(get_kind (self)->needs & CPT_CHART_NEEDS_DIMENSION);

  return cpt_widget_metrics_get (get_metric (self), "date") != NULL;
}

/* A period of measures is one that is compared */
static guint
get_first_comparison (CptWidgetEditor *self)
{
  return self->query->metric == NULL ? 1 : 0;
}

static void
update_visibility (CptWidgetEditor *self)
{
  const CptChartKind *kind = get_kind (self);
  gboolean has_dimension = (kind->needs & CPT_CHART_NEEDS_DIMENSION) != 0;
  gboolean is_named = self->query->metric != NULL;

  gtk_widget_set_visible (self->source, !is_named);
  gtk_widget_set_visible (self->measure, !is_named);
  gtk_widget_set_visible (self->dimension, has_dimension);
  gtk_widget_set_visible (self->bucket, has_dimension && is_date_path (self));
  gtk_widget_set_visible (self->more, has_more_measures (self));
  gtk_widget_set_visible (self->by, (kind->needs & CPT_CHART_NEEDS_SERIES) && !self->query->has_more);
  gtk_widget_set_visible (self->by_bucket, gtk_widget_get_visible (self->by) && is_date (self, self->query->by));
  gtk_widget_set_visible (self->show, has_shares (self));
  gtk_widget_set_visible (self->limit_row, has_limit (self));
  gtk_widget_set_visible (self->period, has_period (self));
  gtk_widget_set_visible (self->with, has_period (self) && self->query->period != NULL && self->query->by == NULL);
  gtk_widget_set_visible (self->period_field, !is_named && !has_dimension && self->query->period != NULL);
}

static void
show_bucket (GtkWidget *row,
             CptBucket  bucket)
{
  const char *name = bucket != CPT_BUCKET_NONE ? cpt_bucket_get_name (bucket) : "month";

  cpt_widget_choices_show (cpt_widget_buckets, ADW_COMBO_ROW (row), name, 0, 2);
}

static void
show_query (CptWidgetEditor *self)
{
  guint first = get_first_comparison (self);

  self->is_showing = TRUE;
  cpt_widget_metrics_explain (ADW_COMBO_ROW (self->metric), get_metric (self));
  show_measures (self);
  show_dimensions (self);
  show_dates (self);
  cpt_widget_choices_show (cpt_widget_periods, ADW_COMBO_ROW (self->period), self->query->period, 0, 0);
  cpt_widget_choices_show (cpt_widget_comparisons, ADW_COMBO_ROW (self->with), self->query->with, first, first);
  cpt_widget_choices_show (cpt_widget_shows, ADW_COMBO_ROW (self->show), self->query->show, 0, 0);
  show_bucket (self->bucket, self->query->bucket);
  show_bucket (self->by_bucket, self->query->by_bucket);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->limit), (double) self->query->limit);
  show_filter (self);
  self->is_showing = FALSE;
  update_visibility (self);
  update_picture (self);
}

/* The query follows the rows */

/* What the chosen line of a combo stands for; the last where none is chosen */
static gpointer
get_selected (GtkWidget *combo,
              GPtrArray *values)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (combo));

  return g_ptr_array_index (values, MIN (selected, values->len - 1));
}

static CptBucket
read_bucket (GtkWidget *row)
{
  CptBucket bucket = CPT_BUCKET_MONTH;

  cpt_bucket_parse (cpt_widget_choices_read (cpt_widget_buckets, ADW_COMBO_ROW (row), 0), &bucket);

  return bucket;
}

/* A second measure or a second dimension: both would be columns. */
static void
read_second_rows (CptWidgetEditor *self)
{
  const CptChartKind *kind = get_kind (self);
  guint by = adw_combo_row_get_selected (ADW_COMBO_ROW (self->by));
  guint more = adw_combo_row_get_selected (ADW_COMBO_ROW (self->more));

  /* A pair needs a second one: what is summed is a good start */
  if ((kind->needs & CPT_CHART_NEEDS_PAIR) && (more == 0 || more > self->measures->len))
    {
      more = MIN (2, self->measures->len);
      self->is_showing = TRUE;
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->more), more);
      self->is_showing = FALSE;
    }
  cpt_widget_text_set (&self->query->by, NULL);
  if ((kind->needs & CPT_CHART_NEEDS_SERIES) && self->query->path != NULL && by > 0 && by <= self->paths->len)
    cpt_widget_text_set (&self->query->by, g_ptr_array_index (self->paths, by - 1));
  self->query->by_bucket = is_date (self, self->query->by) ? read_bucket (self->by_bucket) : CPT_BUCKET_NONE;
  self->query->has_more = has_more_measures (self) && more > 0 && more <= self->measures->len;
  if (self->query->has_more)
    {
      const CptWidgetMeasure *measure = g_ptr_array_index (self->measures, more - 1);

      self->query->more_aggregate = measure->aggregate;
      cpt_widget_text_set (&self->query->more_field, measure->field);
    }
}

/* What it is broken down by: a chart over time takes a date */
static void
read_dimension (CptWidgetEditor *self)
{
  const CptChartKind *kind = get_kind (self);

  if (!(kind->needs & CPT_CHART_NEEDS_DIMENSION))
    {
      cpt_widget_text_set (&self->query->path, NULL);
      self->query->bucket = CPT_BUCKET_NONE;
      return;
    }

  cpt_widget_text_set (&self->query->path, get_selected (self->dimension, self->paths));
  if ((kind->needs & CPT_CHART_NEEDS_DATE) && !is_date_path (self))
    {
      gboolean is_named = cpt_widget_metrics_get (get_metric (self), "date") != NULL;

      cpt_widget_text_set (&self->query->path, is_named ? "" : g_ptr_array_index (self->dates, 0));
      self->is_showing = TRUE;
      show_dimensions (self);
      self->is_showing = FALSE;
    }
  self->query->bucket = is_date_path (self) ? read_bucket (self->bucket) : CPT_BUCKET_NONE;
}

static void
read_period (CptWidgetEditor *self)
{
  const char *period = NULL, *with = NULL;

  if (has_period (self))
    period = cpt_widget_choices_read (cpt_widget_periods, ADW_COMBO_ROW (self->period), 0);
  if (period != NULL && self->query->by == NULL)
    with = cpt_widget_choices_read (cpt_widget_comparisons, ADW_COMBO_ROW (self->with), get_first_comparison (self));
  cpt_widget_text_set (&self->query->period, period);
  cpt_widget_text_set (&self->query->with, with);
  cpt_widget_text_set (&self->query->period_field, get_selected (self->period_field, self->dates));
}

static void
row_changed_cb (CptWidgetEditor *self)
{
  const CptWidgetMeasure *measure;

  if (self->is_showing)
    return;

  measure = get_selected (self->measure, self->measures);
  self->query->aggregate = measure->aggregate;
  cpt_widget_text_set (&self->query->field, measure->field);
  read_dimension (self);
  read_second_rows (self);
  read_period (self);
  cpt_widget_text_set (&self->query->show, NULL);
  if (has_shares (self))
    cpt_widget_text_set (&self->query->show, cpt_widget_choices_read (cpt_widget_shows, ADW_COMBO_ROW (self->show), 0));
  self->query->limit = has_limit (self) ? gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->limit)) : 0;
  update_visibility (self);
  update_picture (self);
}

/* Another metric of the same records keeps what it is broken down by. */
static void
metric_changed_cb (CptWidgetEditor *self)
{
  const CptEntity *former = get_source (self);
  g_autofree char *key = NULL;

  if (self->is_showing)
    return;

  key = g_strdup (cpt_widget_metrics_read (self->metrics, ADW_COMBO_ROW (self->metric), self->query->metric));
  cpt_widget_text_set (&self->query->metric, key);
  if (get_source (self) != former)
    {
      gint64 limit = self->query->limit;

      g_clear_pointer (&self->query, cpt_widget_query_free);
      self->query = cpt_widget_query_new (former->name);
      self->query->limit = limit;
      cpt_widget_text_set (&self->query->metric, key);
    }
  else if (key == NULL)
    cpt_widget_text_set (&self->query->source, former->name);
  if (g_strcmp0 (self->query->path, "") == 0 && cpt_widget_metrics_get (get_metric (self), "date") == NULL)
    cpt_widget_text_set (&self->query->path, NULL);
  show_query (self);
  row_changed_cb (self);
}

/* What both kinds know goes on to the new one. */
static void
kind_changed_cb (CptWidgetEditor *self)
{
  g_autoptr(JsonObject) options = NULL;

  if (self->is_showing)
    return;

  options = cpt_widget_options_dup (CPT_WIDGET_OPTIONS (self->options));
  cpt_widget_options_set_kind (CPT_WIDGET_OPTIONS (self->options), get_kind (self), options);
  row_changed_cb (self);
}

/* Another source has other fields: what was chosen of the old one goes. */
static void
source_changed_cb (CptWidgetEditor *self)
{
  const CptEntity *entity;

  if (self->is_showing)
    return;

  entity = get_selected (self->source, self->sources);
  if (g_str_equal (entity->name, self->query->source))
    return;

  g_clear_pointer (&self->query, cpt_widget_query_free);
  self->query = cpt_widget_query_new (entity->name);
  show_query (self);
  row_changed_cb (self);
}

static void
done_clicked_cb (CptWidgetEditor *self)
{
  g_signal_emit (self, signals[EDITED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

/* Building */

static GtkWidget *
add_combo (CptWidgetEditor *self,
           GtkWidget       *group,
           const char      *title,
           GCallback        callback)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_object (row, "notify::selected", callback, self, G_CONNECT_SWAPPED);

  return row;
}

static GtkWidget *
create_form (CptWidgetEditor *self,
             const char      *title,
             const char      *kind)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_action_row_new ();

  self->is_showing = TRUE;
  self->title = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->title), _("Title"));
  gtk_editable_set_text (GTK_EDITABLE (self->title), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->title);
  g_signal_connect_object (self->title, "changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);

  self->kind = add_combo (self, group, _("Chart"), G_CALLBACK (kind_changed_cb));
  cpt_widget_kinds_show (ADW_COMBO_ROW (self->kind), kind);
  self->metric = add_combo (self, group, _("Metric"), G_CALLBACK (metric_changed_cb));
  cpt_widget_metrics_show (self->metrics, ADW_COMBO_ROW (self->metric), self->query->metric);
  self->source = add_combo (self, group, _("Records"), G_CALLBACK (source_changed_cb));
  cpt_combo_row_set_kinds (ADW_COMBO_ROW (self->source), self->sources, self->query->source);
  self->measure = add_combo (self, group, _("Measure"), G_CALLBACK (row_changed_cb));
  self->more = add_combo (self, group, _("Second measure"), G_CALLBACK (row_changed_cb));
  self->dimension = add_combo (self, group, _("Broken down by"), G_CALLBACK (row_changed_cb));
  self->bucket = add_combo (self, group, _("Interval"), G_CALLBACK (row_changed_cb));
  self->by = add_combo (self, group, _("And by"), G_CALLBACK (row_changed_cb));
  self->by_bucket = add_combo (self, group, _("Second interval"), G_CALLBACK (row_changed_cb));
  self->period = add_combo (self, group, _("Period"), G_CALLBACK (row_changed_cb));
  self->with = add_combo (self, group, _("Compared with"), G_CALLBACK (row_changed_cb));
  self->period_field = add_combo (self, group, _("Date"), G_CALLBACK (row_changed_cb));
  self->show = add_combo (self, group, _("Shown as"), G_CALLBACK (row_changed_cb));

  self->limit_row = row;
  self->limit = gtk_spin_button_new_with_range (0, 100, 1);
  gtk_widget_set_valign (self->limit, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("At most"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("0 shows all"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->limit);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->limit);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_object (self->limit, "value-changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
  self->is_showing = FALSE;

  return group;
}

static void
build (CptWidgetEditor *self,
       const char      *title,
       const char      *kind)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *done = gtk_button_new_with_mnemonic (_("_Done"));
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *picture = adw_preferences_group_new ();

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_widget_add_css_class (done, "suggested-action");
  g_signal_connect_object (done, "clicked", G_CALLBACK (done_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), done);

  self->card = cpt_chart_card_new ();
  gtk_widget_set_size_request (self->card, -1, 220);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (picture), self->card);
  self->sentence = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->sentence), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->sentence), 0);
  gtk_widget_set_margin_top (self->sentence, 6);
  gtk_widget_add_css_class (self->sentence, "dim-label");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (picture), self->sentence);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (picture));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (create_form (self, title, kind)));
  self->options = cpt_widget_options_new ();
  cpt_widget_options_set_kind (CPT_WIDGET_OPTIONS (self->options), get_kind (self), self->given_options);
  g_signal_connect_object (self->options, "changed", G_CALLBACK (update_picture), self, G_CONNECT_SWAPPED);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->options));
  self->filters = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->filters), _("Only Records With"));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->filters));
  gtk_widget_set_vexpand (page, TRUE);

  gtk_box_append (GTK_BOX (content), header);
  gtk_box_append (GTK_BOX (content), page);
  adw_window_set_content (ADW_WINDOW (self), content);
  gtk_window_set_default_widget (GTK_WINDOW (self), done);
}

static void
cpt_widget_editor_dispose (GObject *object)
{
  g_cancellable_cancel (CPT_WIDGET_EDITOR (object)->cancellable);
  g_clear_weak_pointer (&CPT_WIDGET_EDITOR (object)->window);

  G_OBJECT_CLASS (cpt_widget_editor_parent_class)->dispose (object);
}

static void
cpt_widget_editor_finalize (GObject *object)
{
  CptWidgetEditor *self = CPT_WIDGET_EDITOR (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->query, cpt_widget_query_free);
  g_clear_pointer (&self->given_options, json_object_unref);
  g_clear_pointer (&self->stored, json_node_unref);
  g_clear_pointer (&self->baseline, g_free);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->measures, g_ptr_array_unref);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_pointer (&self->dates, g_ptr_array_unref);
  g_clear_pointer (&self->metrics, g_ptr_array_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_widget_editor_parent_class)->finalize (object);
}

static void
cpt_widget_editor_class_init (CptWidgetEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cpt_widget_editor_dispose;
  object_class->finalize = cpt_widget_editor_finalize;

  /**
   * CptWidgetEditor::edited:
   *
   * The person is done.
   */
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cpt_widget_editor_init (CptWidgetEditor *self)
{
  self->dates = g_ptr_array_new_with_free_func (g_free);
  gtk_window_set_default_size (GTK_WINDOW (self), 520, 720);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

CptWidgetEditor *
cpt_widget_editor_new (CptWindow       *window,
                       GPtrArray       *metrics,
                       const CptWidget *widget,
                       const char      *kind)
{
  CptWidgetEditor *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);

  self = g_object_new (CPT_TYPE_WIDGET_EDITOR, "transient-for", window, NULL);
  g_set_weak_pointer (&self->window, window);
  self->schema = cpt_schema_ref (cpt_window_get_schema (window));
  self->metrics = g_ptr_array_ref (metrics);
  self->sources = cpt_schema_list_kinds (self->schema);
  self->id = widget != NULL ? g_strdup (widget->id) : g_uuid_string_random ();
  self->query = cpt_widget_query_parse (widget != NULL ? widget->query : NULL);
  if (widget != NULL && widget->options != NULL)
    self->given_options = json_object_ref (widget->options);
  if (cpt_schema_find_entity (self->schema, self->query->source) == NULL)
    {
      g_clear_pointer (&self->query, cpt_widget_query_free);
      self->query = cpt_widget_query_new ("deal");
    }
  if (widget == NULL)
    self->query->limit = 10;

  gtk_window_set_title (GTK_WINDOW (self), widget != NULL ? _("Edit Widget") : _("New Widget"));
  build (self, widget != NULL ? widget->title : "", widget != NULL ? widget->kind : kind);
  if (widget == NULL && (get_kind (self)->needs & CPT_CHART_NEEDS_DIMENSION))
    {
      cpt_widget_text_set (&self->query->path, get_kind (self)->needs & CPT_CHART_NEEDS_DATE ? "opened_on" : "stage");
      self->query->bucket = get_kind (self)->needs & CPT_CHART_NEEDS_DATE ? CPT_BUCKET_MONTH : CPT_BUCKET_NONE;
    }
  show_query (self);
  if (widget == NULL)
    row_changed_cb (self);
  if (widget != NULL && widget->query != NULL)
    {
      g_autoptr(JsonNode) query = dup_query (self);

      self->baseline = cpt_json_format (query);
      self->stored = json_node_ref (widget->query);
    }
  update_picture (self);
  gtk_widget_grab_focus (self->title);

  return self;
}

gboolean
cpt_widget_editor_apply (CptWidgetEditor *self,
                         CptDashboard    *dashboard)
{
  const char *title = gtk_editable_get_text (GTK_EDITABLE (self->title));
  g_autoptr(JsonNode) query = dup_query (self);
  g_autoptr(JsonObject) options = cpt_widget_options_dup (CPT_WIDGET_OPTIONS (self->options));
  CptWidget *widget;

  g_return_val_if_fail (CPT_IS_WIDGET_EDITOR (self), FALSE);

  widget = cpt_dashboard_find_widget (dashboard, self->id, NULL);
  if (widget == NULL)
    {
      g_autofree char *made = NULL;

      if (*title == '\0')
        made = g_strdup (get_metric (self) != NULL ? get_metric (self)->title : _(get_kind (self)->label));
      cpt_dashboard_add_widget (dashboard, self->id, get_kind (self)->name, made != NULL ? made : title, query,
                                options, NULL);
      return FALSE;
    }

  cpt_widget_text_set (&widget->kind, get_kind (self)->name);
  cpt_widget_text_set (&widget->title, title);
  g_clear_pointer (&widget->query, json_node_unref);
  widget->query = g_steal_pointer (&query);
  g_clear_pointer (&widget->options, json_object_unref);
  widget->options = g_steal_pointer (&options);

  return TRUE;
}
