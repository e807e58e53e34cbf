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
#include "cpt-widget-data.h"
#include "cpt-widget-fields.h"
#include "cpt-widget-options.h"
#include "cpt-widget-query.h"

struct _CptWidgetEditor
{
  AdwWindow parent_instance;

  CptWindow *window; /* (nullable): weak */
  CptSchema *schema;
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
  GtkWidget *source;
  GtkWidget *measure;
  GtkWidget *more; /* a second measure */
  GtkWidget *dimension;
  GtkWidget *by; /* a second dimension */
  GtkWidget *bucket;
  GtkWidget *limit;
  GtkWidget *limit_row;
  GtkWidget *period;
  GtkWidget *period_field;
  GtkWidget *options;
  GtkWidget *card;
  GtkWidget *filters; /* the group that the bar of filters is in */
  GtkWidget *bar;     /* (nullable) */
};

enum
{
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *label;
  const char *json; /* (nullable) */
} periods[] = {
  { N_("All time, no comparison"), NULL },
  { N_("This week and the one before"), "{\"this\":\"week\"}" },
  { N_("This month and the one before"), "{\"this\":\"month\"}" },
  { N_("This quarter and the one before"), "{\"this\":\"quarter\"}" },
  { N_("This year and the one before"), "{\"this\":\"year\"}" },
  { N_("Last 30 days and the 30 before"), "{\"last\":30,\"unit\":\"day\"}" },
};

static const CptBucket buckets[] = { CPT_BUCKET_DAY, CPT_BUCKET_WEEK, CPT_BUCKET_MONTH, CPT_BUCKET_QUARTER, CPT_BUCKET_YEAR };

G_DEFINE_FINAL_TYPE (CptWidgetEditor, cpt_widget_editor, ADW_TYPE_WINDOW)

static const CptChartKind *
get_kind (CptWidgetEditor *self)
{
  guint n_kinds;
  const CptChartKind *const *kinds = cpt_chart_kind_list (&n_kinds);

  return kinds[MIN (adw_combo_row_get_selected (ADW_COMBO_ROW (self->kind)), n_kinds - 1)];
}

static const CptEntity *
get_source (CptWidgetEditor *self)
{
  return cpt_schema_find_entity (self->schema, self->query->source);
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

typedef struct
{
  CptDashboard *dashboard;
} PictureData;

static void
picture_data_free (gpointer pointer)
{
  PictureData *data = pointer;

  cpt_dashboard_free (data->dashboard);
  g_free (data);
}

static gpointer
read_picture (CptDatabase   *database,
              gpointer       user_data,
              GCancellable  *cancellable,
              GError       **error)
{
  const PictureData *data = user_data;
  CptWidgetData *numbers = cpt_widget_data_read (database, cpt_dashboard_get_widget (data->dashboard, 0));

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    g_clear_pointer (&numbers, cpt_widget_data_unref);

  return numbers;
}

static void
picture_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(CptWidgetEditor) self = CPT_WIDGET_EDITOR (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptWidgetData) numbers = cpt_store_finish (CPT_STORE (source), result, &error);

  if (numbers != NULL)
    cpt_chart_card_set_data (CPT_CHART_CARD (self->card), cpt_widget_data_get_chart (numbers));
}

static void
update_picture (CptWidgetEditor *self)
{
  PictureData *data;

  if (self->window == NULL || cpt_window_get_store (self->window) == NULL)
    return;

  data = g_new0 (PictureData, 1);
  data->dashboard = cpt_dashboard_new ("");
  cpt_widget_editor_apply (self, data->dashboard);
  cpt_chart_card_set_widget (CPT_CHART_CARD (self->card), cpt_dashboard_get_widget (data->dashboard, 0));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  cpt_store_read_async (cpt_window_get_store (self->window), G_PRIORITY_DEFAULT, read_picture, data, picture_data_free,
                        (GDestroyNotify) cpt_widget_data_unref, self->cancellable, picture_read_cb, g_object_ref (self));
}

/* Rows follow the query */

static guint
find_measure (GPtrArray    *measures,
              CptAggregate  aggregate,
              const char   *field)
{
  for (guint i = 0; i < measures->len; i++)
    {
      const CptWidgetMeasure *measure = g_ptr_array_index (measures, i);

      if (measure->aggregate == aggregate && g_strcmp0 (measure->field, field) == 0)
        return i;
    }

  return 0;
}

/* The first line of the second row is that there is none. */
static void
show_measures (CptWidgetEditor *self)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  const CptWidgetQuery *query = self->query;

  g_clear_pointer (&self->measures, g_ptr_array_unref);
  self->measures = cpt_widget_fields_create_measures (get_source (self), labels);
  cpt_combo_row_set_labels (ADW_COMBO_ROW (self->measure), labels, find_measure (self->measures, query->aggregate, query->field));
  g_ptr_array_remove_index (labels, labels->len - 1);
  g_ptr_array_insert (labels, 0, g_strdup (C_("second measure", "None")));
  cpt_combo_row_set_labels (ADW_COMBO_ROW (self->more), labels,
                            query->has_more ? 1 + find_measure (self->measures, query->more_aggregate, query->more_field) : 0);
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

static gboolean
is_date_path (CptWidgetEditor *self)
{
  return cpt_widget_fields_is_date (self->schema, get_source (self), self->query->path);
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

static gboolean
has_more_measures (CptWidgetEditor *self)
{
  return (get_kind (self)->needs & (CPT_CHART_NEEDS_MEASURES | CPT_CHART_NEEDS_PAIR)) && self->query->by == NULL;
}

static void
update_visibility (CptWidgetEditor *self)
{
  const CptChartKind *kind = get_kind (self);
  gboolean has_dimension = (kind->needs & CPT_CHART_NEEDS_DIMENSION) != 0;

  gtk_widget_set_visible (self->dimension, has_dimension);
  gtk_widget_set_visible (self->bucket, has_dimension && is_date_path (self));
  gtk_widget_set_visible (self->more, has_more_measures (self));
  gtk_widget_set_visible (self->by, (kind->needs & CPT_CHART_NEEDS_SERIES) && !self->query->has_more);
  gtk_widget_set_visible (self->limit_row, has_limit (self));
  gtk_widget_set_visible (self->period, !has_dimension);
  gtk_widget_set_visible (self->period_field, !has_dimension && self->query->period != NULL);
}

static void
show_query (CptWidgetEditor *self)
{
  guint period = 0;
  guint bucket = 2;

  self->is_showing = TRUE;
  show_measures (self);
  show_dimensions (self);
  show_dates (self);
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    if (g_strcmp0 (periods[i].json, self->query->period) == 0)
      period = i;
  for (guint i = 0; i < G_N_ELEMENTS (buckets); i++)
    if (buckets[i] == self->query->bucket)
      bucket = i;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->period), period);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->bucket), bucket);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->limit), (double) self->query->limit);
  show_filter (self);
  self->is_showing = FALSE;
  update_visibility (self);
  update_picture (self);
}

/* The query follows the rows */

static void
set_text (char       **place,
          const char  *text)
{
  char *copy = g_strdup (text);

  g_free (*place);
  *place = copy;
}

/* What the chosen line of a combo stands for; the last where none is chosen */
static gpointer
get_selected (GtkWidget *combo,
              GPtrArray *values)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (combo));

  return g_ptr_array_index (values, MIN (selected, values->len - 1));
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
  set_text (&self->query->by, NULL);
  if ((kind->needs & CPT_CHART_NEEDS_SERIES) && self->query->path != NULL && by > 0 && by <= self->paths->len)
    set_text (&self->query->by, g_ptr_array_index (self->paths, by - 1));
  self->query->by_bucket = cpt_widget_fields_is_date (self->schema, get_source (self), self->query->by) ? CPT_BUCKET_MONTH
                                                                                                        : CPT_BUCKET_NONE;
  self->query->has_more = has_more_measures (self) && more > 0 && more <= self->measures->len;
  if (self->query->has_more)
    {
      const CptWidgetMeasure *measure = g_ptr_array_index (self->measures, more - 1);

      self->query->more_aggregate = measure->aggregate;
      set_text (&self->query->more_field, measure->field);
    }
}

static void
row_changed_cb (CptWidgetEditor *self)
{
  const CptWidgetMeasure *measure;

  if (self->is_showing)
    return;

  measure = get_selected (self->measure, self->measures);
  self->query->aggregate = measure->aggregate;
  set_text (&self->query->field, measure->field);

  if (get_kind (self)->needs & CPT_CHART_NEEDS_DIMENSION)
    {
      set_text (&self->query->path, get_selected (self->dimension, self->paths));
      set_text (&self->query->period, NULL);
      if ((get_kind (self)->needs & CPT_CHART_NEEDS_DATE) && !is_date_path (self))
        {
          set_text (&self->query->path, g_ptr_array_index (self->dates, 0));
          self->is_showing = TRUE;
          show_dimensions (self);
          self->is_showing = FALSE;
        }
    }
  else
    {
      set_text (&self->query->path, NULL);
      set_text (&self->query->period,
                periods[MIN (adw_combo_row_get_selected (ADW_COMBO_ROW (self->period)), G_N_ELEMENTS (periods) - 1)].json);
    }
  set_text (&self->query->period_field, get_selected (self->period_field, self->dates));
  self->query->bucket = is_date_path (self)
                          ? buckets[MIN (adw_combo_row_get_selected (ADW_COMBO_ROW (self->bucket)), G_N_ELEMENTS (buckets) - 1)]
                          : CPT_BUCKET_NONE;
  read_second_rows (self);
  self->query->limit = has_limit (self) ? gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->limit)) : 0;
  update_visibility (self);
  update_picture (self);
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

static void
fill_kinds (CptWidgetEditor *self,
            const char      *kind)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  guint n_kinds;
  const CptChartKind *const *kinds = cpt_chart_kind_list (&n_kinds);
  guint selected = 0;

  for (guint i = 0; i < n_kinds; i++)
    {
      g_ptr_array_add (labels, g_strdup (_(kinds[i]->label)));
      if (g_strcmp0 (kinds[i]->name, kind) == 0)
        selected = i;
    }
  cpt_combo_row_set_labels (ADW_COMBO_ROW (self->kind), labels, selected);
}

static GtkWidget *
create_form (CptWidgetEditor *self,
             const char      *title,
             const char      *kind)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_action_row_new ();
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) units = g_ptr_array_new_with_free_func (g_free);
  const char *names[] = { _("Day"), _("Week"), _("Month"), _("Quarter"), _("Year") };

  self->is_showing = TRUE;
  self->title = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->title), _("Title"));
  gtk_editable_set_text (GTK_EDITABLE (self->title), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->title);
  g_signal_connect_object (self->title, "changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);

  self->kind = add_combo (self, group, _("Chart"), G_CALLBACK (kind_changed_cb));
  fill_kinds (self, kind);
  self->source = add_combo (self, group, _("Records"), G_CALLBACK (source_changed_cb));
  cpt_combo_row_set_kinds (ADW_COMBO_ROW (self->source), self->sources, self->query->source);
  self->measure = add_combo (self, group, _("Measure"), G_CALLBACK (row_changed_cb));
  self->more = add_combo (self, group, _("Second measure"), G_CALLBACK (row_changed_cb));
  self->dimension = add_combo (self, group, _("Broken down by"), G_CALLBACK (row_changed_cb));
  self->bucket = add_combo (self, group, _("Interval"), G_CALLBACK (row_changed_cb));
  self->by = add_combo (self, group, _("And by"), G_CALLBACK (row_changed_cb));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (units, g_strdup (names[i]));
  cpt_combo_row_set_labels (ADW_COMBO_ROW (self->bucket), units, 2);
  self->period = add_combo (self, group, _("Period"), G_CALLBACK (row_changed_cb));
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    g_ptr_array_add (labels, g_strdup (_(periods[i].label)));
  cpt_combo_row_set_labels (ADW_COMBO_ROW (self->period), labels, 0);
  self->period_field = add_combo (self, group, _("Date"), G_CALLBACK (row_changed_cb));

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
                       const CptWidget *widget,
                       const char      *kind)
{
  CptWidgetEditor *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);

  self = g_object_new (CPT_TYPE_WIDGET_EDITOR, "transient-for", window, NULL);
  g_set_weak_pointer (&self->window, window);
  self->schema = cpt_schema_ref (cpt_window_get_schema (window));
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
      set_text (&self->query->path, get_kind (self)->needs & CPT_CHART_NEEDS_DATE ? "opened_on" : "stage");
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
        made = g_strdup (_(get_kind (self)->label));
      cpt_dashboard_add_widget (dashboard, self->id, get_kind (self)->name, made != NULL ? made : title, query,
                                options, NULL);
      return FALSE;
    }

  set_text (&widget->kind, get_kind (self)->name);
  set_text (&widget->title, title);
  g_clear_pointer (&widget->query, json_node_unref);
  widget->query = g_steal_pointer (&query);
  g_clear_pointer (&widget->options, json_object_unref);
  widget->options = g_steal_pointer (&options);

  return TRUE;
}
