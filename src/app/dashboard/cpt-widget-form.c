/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The rows that ask what a widget counts, made from the declarations. A kind of
 * chart says what it needs; rows that make no sense for it are hidden.
 */

#include "config.h"

#include "cpt-widget-form.h"

#include <glib/gi18n.h>

#include "cpt-combo-labels.h"
#include "cpt-form-rows.h"
#include "cpt-widget-choices.h"
#include "cpt-widget-dates.h"
#include "cpt-widget-fields.h"
#include "cpt-widget-more.h"

struct _CptWidgetForm
{
  AdwPreferencesGroup parent_instance;

  CptSchema *schema;
  GPtrArray *metrics; /* CptMetric */
  CptWidgetQuery *query;
  GPtrArray *others;         /* CptMetric: what may stand beside the chosen one, borrowed from metrics */
  GPtrArray *sources;        /* CptEntity */
  GPtrArray *measures;       /* CptWidgetMeasure */
  GPtrArray *paths;          /* utf8, in the order of the row */
  GPtrArray *dates;          /* utf8: date fields of the source */
  const CptEntity *dates_of; /* (nullable): the source of the row of dates */
  char *default_date;        /* (nullable): of that row */
  gboolean is_showing;

  /* Borrowed children */
  GtkWidget *title;
  GtkWidget *kind;
  GtkWidget *metric;
  CptWidgetMore more_metrics;
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
  GtkWidget *date; /* by which a period filters it */
};

enum
{
  CHANGED,
  KIND_CHANGED,
  SOURCE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptWidgetForm, cpt_widget_form, ADW_TYPE_PREFERENCES_GROUP)

static const CptChartKind *
get_kind (CptWidgetForm *self)
{
  return cpt_widget_kinds_read (ADW_COMBO_ROW (self->kind));
}

/* (nullable) */
static const CptMetric *
get_metric (CptWidgetForm *self)
{
  return cpt_widget_metrics_find (self->metrics, self->query->metric);
}

/* Of the metric, where one is chosen */
static const CptEntity *
get_source (CptWidgetForm *self)
{
  const char *source = cpt_widget_metrics_get (get_metric (self), "source");
  const CptEntity *entity = source != NULL ? cpt_schema_find_entity (self->schema, source) : NULL;

  return entity != NULL ? entity : cpt_schema_find_entity (self->schema, self->query->source);
}

/* Rows follow the query */

/* The first line of the second row is that there is none. */
static void
show_measures (CptWidgetForm *self)
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

static void
find_other_metrics (CptWidgetForm *self)
{
  cpt_widget_more_find (self->metrics, get_metric (self), self->others, self->query->more_metrics);
}

static guint
find_path (GPtrArray  *paths,
           const char *path)
{
  guint index;

  return path != NULL && g_ptr_array_find_with_equal_func (paths, path, g_str_equal, &index) ? index : 0;
}

static void
show_dimensions (CptWidgetForm *self)
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

/* Rebuilding the row while it tells of a choice would undo that: its default depends on other rows alone */
static void
show_dates (CptWidgetForm *self)
{
  const CptMetric *metric = get_metric (self);
  g_autofree char *usual = metric != NULL ? g_strdup (cpt_widget_metrics_get (metric, "date"))
                                          : cpt_widget_dates_dup_default (self->query);

  if (self->dates_of == get_source (self) && g_strcmp0 (usual, self->default_date) == 0)
    return;

  cpt_widget_text_set (&self->default_date, usual);
  self->dates_of = get_source (self);
  cpt_widget_dates_show (self->dates, ADW_COMBO_ROW (self->date), self->schema, self->dates_of, usual, self->query->date);
}

/* "" is the date of the metric */
static gboolean
is_date (CptWidgetForm *self,
         const char    *path)
{
  return path != NULL && (*path == '\0' || cpt_widget_fields_is_date (self->schema, get_source (self), path));
}

static gboolean
is_date_path (CptWidgetForm *self)
{
  return is_date (self, self->query->path);
}

/* Numbers stand in bins: as the person wants them, or as suits the records */
static void
read_bins (CptWidgetForm  *self,
           const char     *path,
           char          **bin)
{
  if (!cpt_widget_fields_is_number (self->schema, get_source (self), path))
    cpt_widget_text_set (bin, NULL);
  else if (*bin == NULL)
    cpt_widget_text_set (bin, "\"auto\"");
}

/* Parts of a whole are all of it; bins have an order; pairs of two dimensions can't be cut. */
static gboolean
has_limit (CptWidgetForm *self)
{
  const CptChartKind *kind = get_kind (self);

  return (kind->needs & CPT_CHART_NEEDS_DIMENSION) && !(kind->needs & CPT_CHART_NEEDS_WHOLE) && !is_date_path (self) &&
         self->query->bin == NULL && self->query->by == NULL;
}

/* Parts of a whole are shares already */
static gboolean
has_shares (CptWidgetForm *self)
{
  return (get_kind (self)->needs & (CPT_CHART_NEEDS_DIMENSION | CPT_CHART_NEEDS_WHOLE)) == CPT_CHART_NEEDS_DIMENSION;
}

static gboolean
has_two_measures (CptWidgetForm *self)
{
  CptChartNeeds needs = get_kind (self)->needs;

  return (needs & (CPT_CHART_NEEDS_MEASURES | CPT_CHART_NEEDS_PAIR)) &&
         (self->query->by == NULL || (needs & CPT_CHART_NEEDS_TOTALS));
}

static gboolean
has_more_measures (CptWidgetForm *self)
{
  return has_two_measures (self) && self->query->metric == NULL;
}

/* How many metrics there may be beside the first one */
static guint
get_max_more (CptWidgetForm *self)
{
  if (!has_two_measures (self) || self->query->metric == NULL || self->others->len == 0)
    return 0;

  return MIN (get_kind (self)->needs & CPT_CHART_NEEDS_MEASURES ? CPT_WIDGET_MAX_MORE : 1, self->others->len);
}

/* Measures have the period of one number, metrics that of whatever shows them */
static gboolean
has_period (CptWidgetForm *self)
{
  if (get_kind (self)->needs & (CPT_CHART_NEEDS_RECORDS | CPT_CHART_NEEDS_NOTHING))
    return FALSE;
  if (self->query->metric == NULL)
    return !(get_kind (self)->needs & CPT_CHART_NEEDS_DIMENSION);

  return cpt_widget_metrics_get (get_metric (self), "date") != NULL;
}

/* A period of measures is one that is compared */
static guint
get_first_comparison (CptWidgetForm *self)
{
  return self->query->metric == NULL ? 1 : 0;
}

static const CptWidgetChoice *
get_comparisons (CptWidgetForm *self)
{
  return self->query->metric == NULL ? cpt_widget_comparisons : cpt_widget_metric_comparisons;
}

/* Whether two things are measured */
static gboolean
has_second (CptWidgetForm *self)
{
  return self->query->has_more || self->query->more_metrics->len > 0;
}

static gboolean
has_only_files (CptWidgetForm *self)
{
  return (get_kind (self)->needs & CPT_CHART_NEEDS_PICTURE) && g_strcmp0 (self->query->source, "file") == 0;
}

static void
update_visibility (CptWidgetForm *self)
{
  const CptChartKind *kind = get_kind (self);
  gboolean has_dimension = (kind->needs & CPT_CHART_NEEDS_DIMENSION) != 0;
  gboolean counts = !(kind->needs & (CPT_CHART_NEEDS_RECORDS | CPT_CHART_NEEDS_NOTHING));
  gboolean is_named = counts && self->query->metric != NULL;

  gtk_widget_set_visible (self->metric, counts);
  gtk_widget_set_visible (self->source, !is_named && !(kind->needs & CPT_CHART_NEEDS_NOTHING) && !has_only_files (self));
  gtk_widget_set_visible (self->measure, counts && !is_named);
  gtk_widget_set_visible (self->dimension, has_dimension);
  gtk_widget_set_visible (self->bucket, has_dimension && is_date_path (self));
  gtk_widget_set_visible (self->more, has_more_measures (self));
  cpt_widget_more_set_shown (&self->more_metrics, get_max_more (self));
  gtk_widget_set_visible (self->by, (kind->needs & CPT_CHART_NEEDS_SERIES) &&
                                      (!has_second (self) || (kind->needs & CPT_CHART_NEEDS_TOTALS)));
  gtk_widget_set_visible (self->by_bucket, gtk_widget_get_visible (self->by) && is_date (self, self->query->by) &&
                                             !(kind->needs & CPT_CHART_NEEDS_COHORT));
  gtk_widget_set_visible (self->show, has_shares (self));
  gtk_widget_set_visible (self->limit_row, has_limit (self));
  gtk_widget_set_visible (self->period, has_period (self));
  gtk_widget_set_visible (self->with, has_period (self) && self->query->period != NULL && self->query->by == NULL &&
                                        self->query->more_metrics->len == 0);
  gtk_widget_set_visible (self->date, !(kind->needs & CPT_CHART_NEEDS_NOTHING));
  cpt_widget_dates_explain (self->dates, ADW_COMBO_ROW (self->date), self->default_date);
}

static void
show_bucket (GtkWidget *row,
             CptBucket  bucket)
{
  const char *name = bucket != CPT_BUCKET_NONE ? cpt_bucket_get_name (bucket) : "month";

  cpt_widget_choices_show (cpt_widget_buckets, ADW_COMBO_ROW (row), name, 0, 2);
}

static void
show_query (CptWidgetForm *self)
{
  guint first = get_first_comparison (self);

  self->is_showing = TRUE;
  cpt_widget_metrics_explain (ADW_COMBO_ROW (self->metric), get_metric (self));
  find_other_metrics (self);
  cpt_widget_more_show (&self->more_metrics, self->others, self->query->more_metrics);
  show_measures (self);
  show_dimensions (self);
  self->dates_of = NULL;
  show_dates (self);
  cpt_widget_choices_show (cpt_widget_periods, ADW_COMBO_ROW (self->period), self->query->period, 0, 0);
  cpt_widget_choices_show (get_comparisons (self), ADW_COMBO_ROW (self->with), self->query->with, first, first);
  cpt_widget_choices_show (cpt_widget_shows, ADW_COMBO_ROW (self->show), self->query->show, 0, 0);
  show_bucket (self->bucket, self->query->bucket);
  show_bucket (self->by_bucket, self->query->by_bucket);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->limit), (double) self->query->limit);
  self->is_showing = FALSE;
  update_visibility (self);
  g_signal_emit (self, signals[SOURCE_CHANGED], 0);
  g_signal_emit (self, signals[CHANGED], 0);
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

static void
read_more_metrics (CptWidgetForm *self)
{
  self->is_showing = TRUE;
  cpt_widget_more_read (&self->more_metrics, self->others, get_max_more (self), self->query->metric,
                        (get_kind (self)->needs & CPT_CHART_NEEDS_PAIR) != 0, self->query->more_metrics);
  self->is_showing = FALSE;
}

/* When something happened: by default another date than that on which it began */
static void
read_second_date (CptWidgetForm *self,
                  guint          by)
{
  const char *path = by > 0 && by <= self->paths->len ? g_ptr_array_index (self->paths, by - 1) : NULL;

  for (guint i = 0; i < self->dates->len && !is_date (self, path); i++)
    if (g_strcmp0 (g_ptr_array_index (self->dates, i), self->query->path) != 0)
      path = g_ptr_array_index (self->dates, i);
  cpt_widget_text_set (&self->query->by, path);
  self->query->by_bucket = self->query->bucket;
  if (by == 0 || !is_date (self, g_ptr_array_index (self->paths, MIN (by - 1, self->paths->len - 1))))
    {
      self->is_showing = TRUE;
      show_dimensions (self);
      self->is_showing = FALSE;
    }
}

/* A second measure or a second dimension: both would be columns. */
static void
read_second_rows (CptWidgetForm *self)
{
  const CptChartKind *kind = get_kind (self);
  guint by = adw_combo_row_get_selected (ADW_COMBO_ROW (self->by));
  guint more = adw_combo_row_get_selected (ADW_COMBO_ROW (self->more));

  /* A pair needs a second one: what is summed is a good start */
  if ((kind->needs & CPT_CHART_NEEDS_PAIR) && self->query->metric == NULL && (more == 0 || more > self->measures->len))
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
  if (kind->needs & CPT_CHART_NEEDS_COHORT)
    read_second_date (self, by);
  read_bins (self, self->query->by, &self->query->by_bin);
  read_more_metrics (self);
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
read_dimension (CptWidgetForm *self)
{
  const CptChartKind *kind = get_kind (self);

  if (!(kind->needs & CPT_CHART_NEEDS_DIMENSION))
    {
      cpt_widget_text_set (&self->query->path, NULL);
      cpt_widget_text_set (&self->query->bin, NULL);
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
  read_bins (self, self->query->path, &self->query->bin);
}

static void
read_period (CptWidgetForm *self)
{
  const char *period = NULL, *with = NULL;

  if (has_period (self))
    period = cpt_widget_choices_read (cpt_widget_periods, ADW_COMBO_ROW (self->period), 0);
  if (period != NULL && self->query->by == NULL && self->query->more_metrics->len == 0)
    with = cpt_widget_choices_read (get_comparisons (self), ADW_COMBO_ROW (self->with), get_first_comparison (self));
  cpt_widget_text_set (&self->query->period, period);
  cpt_widget_text_set (&self->query->with, with);
  if (self->query->period_field == NULL && self->dates->len > 0)
    cpt_widget_text_set (&self->query->period_field, g_ptr_array_index (self->dates, 0));
}

/* Metrics that count by different dates need one for all: that of the first */
static void
choose_one_date (CptWidgetForm *self)
{
  const char *first = cpt_widget_metrics_get (get_metric (self), "date");
  guint index;

  if (self->query->date != NULL || first == NULL || !cpt_widget_more_has_date (self->others, self->query->more_metrics, first) ||
      !g_ptr_array_find_with_equal_func (self->dates, first, g_str_equal, &index))
    return;

  cpt_widget_text_set (&self->query->date, first);
  self->is_showing = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->date), 1 + index);
  self->is_showing = FALSE;
}

/* The date that it follows by itself may be another one now */
static void
read_date (CptWidgetForm *self)
{
  cpt_widget_text_set (&self->query->date, cpt_widget_dates_read (self->dates, ADW_COMBO_ROW (self->date)));
  choose_one_date (self);
  self->is_showing = TRUE;
  show_dates (self);
  self->is_showing = FALSE;
}

static void
row_changed_cb (CptWidgetForm *self)
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
  read_date (self);
  cpt_widget_text_set (&self->query->show, NULL);
  if (has_shares (self))
    cpt_widget_text_set (&self->query->show, cpt_widget_choices_read (cpt_widget_shows, ADW_COMBO_ROW (self->show), 0));
  self->query->limit = has_limit (self) ? gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->limit)) : 0;
  update_visibility (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Another metric of the same records keeps what it is broken down by. */
static void
metric_changed_cb (CptWidgetForm *self)
{
  const CptEntity *former = get_source (self);
  g_autofree char *key = NULL;

  if (self->is_showing)
    return;

  key = g_strdup (cpt_widget_metrics_read (self->metrics, ADW_COMBO_ROW (self->metric), self->query->metric));
  cpt_widget_text_set (&self->query->metric, key);
  find_other_metrics (self);
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

/* Only files have pictures */
static void
take_files (CptWidgetForm *self)
{
  if (!(get_kind (self)->needs & CPT_CHART_NEEDS_PICTURE) || has_only_files (self))
    return;

  g_clear_pointer (&self->query, cpt_widget_query_free);
  self->query = cpt_widget_query_new ("file");
  self->is_showing = TRUE;
  cpt_combo_row_set_kinds (ADW_COMBO_ROW (self->source), self->sources, self->query->source);
  self->is_showing = FALSE;
  show_query (self);
}

static void
kind_changed_cb (CptWidgetForm *self)
{
  if (self->is_showing)
    return;

  take_files (self);
  g_signal_emit (self, signals[KIND_CHANGED], 0);
  row_changed_cb (self);
}

/* Another source has other fields: what was chosen of the old one goes. */
static void
source_changed_cb (CptWidgetForm *self)
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

/* Building */

static GtkWidget *
add_combo (CptWidgetForm *self,
           const char    *title,
           GCallback      callback)
{
  return cpt_form_add_watched_combo (GTK_WIDGET (self), title, callback, self);
}

static void
build (CptWidgetForm *self,
       const char    *title,
       const char    *kind)
{
  GtkWidget *row = adw_action_row_new ();

  self->is_showing = TRUE;
  self->title = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->title), _("Title"));
  gtk_editable_set_text (GTK_EDITABLE (self->title), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->title);
  g_signal_connect_object (self->title, "changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);

  self->kind = add_combo (self, _("Chart"), G_CALLBACK (kind_changed_cb));
  cpt_widget_kinds_show (ADW_COMBO_ROW (self->kind), kind);
  self->metric = add_combo (self, _("Metric"), G_CALLBACK (metric_changed_cb));
  cpt_widget_metrics_show (self->metrics, ADW_COMBO_ROW (self->metric), self->query->metric);
  cpt_widget_more_build (&self->more_metrics, GTK_WIDGET (self), G_CALLBACK (row_changed_cb), self);
  self->source = add_combo (self, _("Records"), G_CALLBACK (source_changed_cb));
  cpt_combo_row_set_kinds (ADW_COMBO_ROW (self->source), self->sources, self->query->source);
  self->measure = add_combo (self, _("Measure"), G_CALLBACK (row_changed_cb));
  self->more = add_combo (self, _("Second measure"), G_CALLBACK (row_changed_cb));
  self->dimension = add_combo (self, _("Broken down by"), G_CALLBACK (row_changed_cb));
  self->bucket = add_combo (self, _("Interval"), G_CALLBACK (row_changed_cb));
  self->by = add_combo (self, _("And by"), G_CALLBACK (row_changed_cb));
  self->by_bucket = add_combo (self, _("Second interval"), G_CALLBACK (row_changed_cb));
  self->period = add_combo (self, _("Period"), G_CALLBACK (row_changed_cb));
  self->with = add_combo (self, _("Compared with"), G_CALLBACK (row_changed_cb));
  self->date = add_combo (self, _("Date"), G_CALLBACK (row_changed_cb));
  self->show = add_combo (self, _("Shown as"), G_CALLBACK (row_changed_cb));

  self->limit_row = row;
  self->limit = gtk_spin_button_new_with_range (0, 100, 1);
  gtk_widget_set_valign (self->limit, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("At most"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("0 shows all"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->limit);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->limit);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_signal_connect_object (self->limit, "value-changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
  self->is_showing = FALSE;
}

static void
cpt_widget_form_finalize (GObject *object)
{
  CptWidgetForm *self = CPT_WIDGET_FORM (object);

  g_clear_pointer (&self->query, cpt_widget_query_free);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->measures, g_ptr_array_unref);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_pointer (&self->dates, g_ptr_array_unref);
  g_clear_pointer (&self->default_date, g_free);
  g_clear_pointer (&self->metrics, g_ptr_array_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_widget_form_parent_class)->finalize (object);
}

static void
cpt_widget_form_class_init (CptWidgetFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cpt_widget_form_finalize;

  /**
   * CptWidgetForm::changed:
   *
   * The widget is another one than before.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * CptWidgetForm::kind-changed:
   *
   * The person chose another kind of chart; before "changed".
   */
  signals[KIND_CHANGED] = g_signal_new ("kind-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);

  /**
   * CptWidgetForm::source-changed:
   *
   * It may be about other records now, with other conditions; before "changed".
   */
  signals[SOURCE_CHANGED] = g_signal_new ("source-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
cpt_widget_form_init (CptWidgetForm *self)
{
  self->others = g_ptr_array_new ();
  self->dates = g_ptr_array_new_with_free_func (g_free);
}

GtkWidget *
cpt_widget_form_new (CptSchema      *schema,
                     GPtrArray      *metrics,
                     CptWidgetQuery *query,
                     const char     *title,
                     const char     *kind)
{
  CptWidgetForm *self;

  g_return_val_if_fail (schema != NULL, NULL);
  g_return_val_if_fail (query != NULL, NULL);

  self = g_object_new (CPT_TYPE_WIDGET_FORM, NULL);
  self->schema = cpt_schema_ref (schema);
  self->metrics = g_ptr_array_ref (metrics);
  self->sources = cpt_schema_list_sources (schema);
  self->query = query;
  build (self, title, kind);

  return GTK_WIDGET (self);
}

void
cpt_widget_form_start (CptWidgetForm *self)
{
  g_return_if_fail (CPT_IS_WIDGET_FORM (self));

  if (get_kind (self)->needs & CPT_CHART_NEEDS_DIMENSION)
    {
      cpt_widget_text_set (&self->query->path, get_kind (self)->needs & CPT_CHART_NEEDS_DATE ? "opened_on" : "stage");
      self->query->bucket = get_kind (self)->needs & CPT_CHART_NEEDS_DATE ? CPT_BUCKET_MONTH : CPT_BUCKET_NONE;
    }
  take_files (self);
  show_query (self);
  row_changed_cb (self);
}

void
cpt_widget_form_show (CptWidgetForm *self)
{
  g_return_if_fail (CPT_IS_WIDGET_FORM (self));

  show_query (self);
}

const CptChartKind *
cpt_widget_form_get_kind (CptWidgetForm *self)
{
  g_return_val_if_fail (CPT_IS_WIDGET_FORM (self), NULL);

  return get_kind (self);
}

const char *
cpt_widget_form_get_title (CptWidgetForm *self)
{
  g_return_val_if_fail (CPT_IS_WIDGET_FORM (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->title));
}

const CptMetric *
cpt_widget_form_get_metric (CptWidgetForm *self)
{
  g_return_val_if_fail (CPT_IS_WIDGET_FORM (self), NULL);

  return get_metric (self);
}

const CptEntity *
cpt_widget_form_get_source (CptWidgetForm *self)
{
  g_return_val_if_fail (CPT_IS_WIDGET_FORM (self), NULL);

  return get_source (self);
}

CptWidgetQuery *
cpt_widget_form_get_query (CptWidgetForm *self)
{
  g_return_val_if_fail (CPT_IS_WIDGET_FORM (self), NULL);

  return self->query;
}

char *
cpt_widget_form_dup_number_label (CptWidgetForm *self,
                                  gboolean       is_second)
{
  gboolean is_named = self->query->metric != NULL;
  GtkWidget *row = is_second ? (is_named ? self->more_metrics.rows[0] : self->more) : (is_named ? self->metric : self->measure);
  GObject *item;

  g_return_val_if_fail (CPT_IS_WIDGET_FORM (self), NULL);

  item = adw_combo_row_get_selected_item (ADW_COMBO_ROW (row));

  return g_strdup (item != NULL ? gtk_string_object_get_string (GTK_STRING_OBJECT (item)) : "");
}

void
cpt_widget_form_focus (CptWidgetForm *self)
{
  g_return_if_fail (CPT_IS_WIDGET_FORM (self));

  gtk_widget_grab_focus (self->title);
}
