/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The rows of the editor of widgets about numbers that are made of groups: "for
 * each Organisation, and each month, the average". In the query it is JSON, of which
 * the rows change only what they show.
 */

#include "config.h"

#include "cpt-widget-each.h"

#include <glib/gi18n.h>

#include "cpt-combo-labels.h"
#include "cpt-form-rows.h"
#include "cpt-json.h"
#include "cpt-widget-choices.h"
#include "cpt-widget-fields.h"
#include "cpt-widget-number.h"

#define N_DIMENSIONS 2

struct _CptWidgetEach
{
  AdwPreferencesGroup parent_instance;

  CptWidgetForm *form; /* borrowed */
  CptSchema *schema;
  GPtrArray *paths;          /* (nullable): utf8, in the order of the rows */
  const CptEntity *paths_of; /* (nullable) */
  gboolean is_dated;         /* the first path is the date of the metric, "" */
  gboolean is_showing;

  /* Borrowed children */
  GtkWidget *fields[N_DIMENSIONS];
  GtkWidget *buckets[N_DIMENSIONS];
  GtkWidget *fold;
  GtkWidget *having;
  GtkWidget *value;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptWidgetEach, cpt_widget_each, ADW_TYPE_PREFERENCES_GROUP)

static const CptWidgetChoice folds[] = {
  { N_("Average"), "avg" },
  { N_("Sum"), "sum" },
  { N_("Smallest"), "min" },
  { N_("Largest"), "max" },
  { N_("Median"), "median" },
  { N_("Number of groups"), "count" },
  { NULL },
};

static CptWidgetQuery *
get_query (CptWidgetEach *self)
{
  return cpt_widget_form_get_query (self->form);
}

/* (nullable) */
static JsonObject *
get_each (CptWidgetEach *self)
{
  JsonNode *each = get_query (self)->each;

  return each != NULL && JSON_NODE_HOLDS_OBJECT (each) ? json_node_get_object (each) : NULL;
}

/* (nullable): the array @member of what the query has */
static JsonArray *
get_array (CptWidgetEach *self,
           const char    *member)
{
  JsonArray *array = NULL;

  if (get_each (self) != NULL)
    cpt_json_read_array (get_each (self), member, &array, NULL);

  return array;
}

/* (nullable): an object in it */
static JsonObject *
get_element (CptWidgetEach *self,
             const char    *member,
             guint          index)
{
  JsonArray *array = get_array (self, member);
  JsonNode *node = array != NULL && index < json_array_get_length (array) ? json_array_get_element (array, index) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* (nullable): "" is the date of the metric */
static char *
dup_path (JsonObject *dimension)
{
  if (dimension == NULL)
    return NULL;

  return json_object_has_member (dimension, "field") ? cpt_json_dup_string (dimension, "field") : g_strdup ("");
}

static gboolean
counts (CptWidgetEach *self)
{
  return !(cpt_widget_form_get_kind (self->form)->needs & (CPT_CHART_NEEDS_RECORDS | CPT_CHART_NEEDS_NOTHING));
}

/* ------------------------------------------------------------------- reading rows */

/* (nullable): what the row of a dimension says */
static const char *
get_path (CptWidgetEach *self,
          guint          index)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->fields[index]));

  if (self->paths == NULL || selected == 0 || selected > self->paths->len)
    return NULL;

  return g_ptr_array_index (self->paths, selected - 1);
}

static gboolean
is_date (CptWidgetEach *self,
         const char    *path)
{
  return path != NULL &&
         (*path == '\0' || cpt_widget_fields_is_date (self->schema, cpt_widget_form_get_source (self->form), path));
}

/* What the person left alone is taken over whole */
static JsonObject *
create_dimension (CptWidgetEach *self,
                  guint          index)
{
  const char *path = get_path (self, index);
  const char *bucket = NULL;
  JsonObject *former = get_element (self, "dimensions", index);
  g_autofree char *former_path = dup_path (former);
  g_autofree char *former_bucket = former != NULL ? cpt_json_dup_string (former, "bucket") : NULL;
  JsonObject *dimension;

  if (is_date (self, path))
    bucket = cpt_widget_choices_read (cpt_widget_buckets, ADW_COMBO_ROW (self->buckets[index]), 0);
  if (former != NULL && g_strcmp0 (path, former_path) == 0 && g_strcmp0 (bucket, former_bucket) == 0)
    return json_object_ref (former);

  dimension = json_object_new ();
  if (*path != '\0')
    json_object_set_string_member (dimension, "field", path);
  if (bucket != NULL)
    json_object_set_string_member (dimension, "bucket", bucket);
  if (cpt_widget_fields_is_number (self->schema, cpt_widget_form_get_source (self->form), path))
    json_object_set_string_member (dimension, "bin", "auto");

  return dimension;
}

/* Those behind the first @n of what the query has */
static void
add_rest (CptWidgetEach *self,
          JsonArray     *array,
          const char    *member,
          guint          n)
{
  JsonArray *former = get_array (self, member);

  for (guint i = n; former != NULL && i < json_array_get_length (former); i++)
    json_array_add_element (array, json_array_dup_element (former, i));
}

static JsonArray *
create_dimensions (CptWidgetEach *self)
{
  JsonArray *dimensions = json_array_new ();

  json_array_add_object_element (dimensions, create_dimension (self, 0));
  if (get_path (self, 1) != NULL)
    json_array_add_object_element (dimensions, create_dimension (self, 1));
  add_rest (self, dimensions, "dimensions", N_DIMENSIONS);

  return dimensions;
}

/* (nullable): which groups are meant: all of them */
static JsonArray *
create_having (CptWidgetEach *self)
{
  const char *op = cpt_widget_choices_read (cpt_widget_having_comparisons, ADW_COMBO_ROW (self->having), 0);
  JsonObject *former = get_element (self, "having", 0);
  JsonArray *having;
  JsonObject *first;
  gint64 measure = 0;
  double value;

  if (op == NULL)
    return NULL;

  if (former != NULL)
    cpt_json_read_int (former, "measure", &measure, NULL);
  cpt_widget_number_read (self->value, &value);
  having = json_array_new ();
  first = json_object_new ();
  json_object_set_int_member (first, "measure", measure);
  json_object_set_string_member (first, "op", op);
  json_object_set_double_member (first, "value", value);
  json_array_add_object_element (having, first);
  add_rest (self, having, "having", 1);

  return having;
}

/* (nullable): a number is of records */
static JsonNode *
create_each (CptWidgetEach *self)
{
  g_autoptr(JsonObject) each = json_object_new ();
  JsonArray *having;

  if (get_path (self, 0) == NULL)
    return NULL;

  cpt_json_add_members (each, get_each (self));
  json_object_set_array_member (each, "dimensions", create_dimensions (self));
  json_object_set_string_member (each, "agg", cpt_widget_choices_read (folds, ADW_COMBO_ROW (self->fold), 0));
  having = create_having (self);
  if (having != NULL)
    json_object_set_array_member (each, "having", having);
  else if (json_object_has_member (each, "having"))
    json_object_remove_member (each, "having");

  return json_node_init_object (json_node_alloc (), each);
}

static void
update_visibility (CptWidgetEach *self)
{
  gboolean is_chosen = get_path (self, 0) != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), counts (self));
  gtk_widget_set_visible (self->buckets[0], is_date (self, get_path (self, 0)));
  gtk_widget_set_visible (self->fields[1], is_chosen);
  gtk_widget_set_visible (self->buckets[1], is_chosen && is_date (self, get_path (self, 1)));
  gtk_widget_set_visible (self->fold, is_chosen);
  gtk_widget_set_visible (self->having, is_chosen);
  gtk_widget_set_visible (self->value, is_chosen && adw_combo_row_get_selected (ADW_COMBO_ROW (self->having)) > 0);
}

static void
row_changed_cb (CptWidgetEach *self)
{
  JsonNode *each;

  if (self->is_showing)
    return;

  each = create_each (self);
  g_clear_pointer (&get_query (self)->each, json_node_unref);
  get_query (self)->each = each;
  update_visibility (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ------------------------------------------------------------------ showing the query */

/* A metric without a date has no time to go by */
static void
drop_undated (CptWidgetEach *self)
{
  JsonArray *dimensions = get_array (self, "dimensions");

  for (guint i = 0; dimensions != NULL && !self->is_dated && i < json_array_get_length (dimensions); i++)
    {
      JsonObject *dimension = get_element (self, "dimensions", i);

      if (dimension != NULL && !json_object_has_member (dimension, "field"))
        {
          g_clear_pointer (&get_query (self)->each, json_node_unref);
          return;
        }
    }
}

static guint
find_path (CptWidgetEach *self,
           const char    *path)
{
  guint index;

  if (path == NULL || !g_ptr_array_find_with_equal_func (self->paths, path, g_str_equal, &index))
    return 0;

  return index + 1;
}

/* Rebuilding a row while it tells of a choice would undo that: this depends on other rows alone */
static void
show_paths (CptWidgetEach *self)
{
  const CptEntity *source = cpt_widget_form_get_source (self->form);
  const CptMetric *metric = cpt_widget_form_get_metric (self->form);
  gboolean is_dated = cpt_widget_metrics_get (metric, "date") != NULL;
  g_autoptr(GPtrArray) labels = NULL;

  if (self->paths_of == source && self->is_dated == is_dated)
    return;

  labels = g_ptr_array_new_with_free_func (g_free);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  self->paths = cpt_widget_fields_create_paths (self->schema, source, labels);
  self->paths_of = source;
  self->is_dated = is_dated;
  if (is_dated)
    {
      g_ptr_array_insert (self->paths, 0, g_strdup (""));
      g_ptr_array_insert (labels, 0, g_strdup (C_("broken down by", "Time")));
    }
  g_ptr_array_insert (labels, 0, g_strdup (C_("for each", "No groups")));
  cpt_combo_row_set_labels (ADW_COMBO_ROW (self->fields[0]), labels, 0);
  g_ptr_array_set_size (labels, (gint) labels->len - 1);
  g_free (labels->pdata[0]);
  labels->pdata[0] = g_strdup (C_("second grouping", "Nothing else"));
  cpt_combo_row_set_labels (ADW_COMBO_ROW (self->fields[1]), labels, 0);
}

/* What has no row here is told of, and stays */
static void
show_rest (GtkWidget *row,
           JsonArray *array,
           guint      n)
{
  guint n_more = array != NULL && json_array_get_length (array) > n ? json_array_get_length (array) - n : 0;
  g_autofree char *text = n_more > 0 ? g_strdup_printf (ngettext ("And %u more, which stays as it is",
                                                                  "And %u more, which stay as they are", n_more),
                                                        n_more)
                                     : NULL;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text != NULL ? text : "");
}

static void
show_dimension (CptWidgetEach *self,
                guint          index)
{
  JsonObject *dimension = get_element (self, "dimensions", index);
  g_autofree char *path = dup_path (dimension);
  g_autofree char *bucket = dimension != NULL ? cpt_json_dup_string (dimension, "bucket") : NULL;

  adw_combo_row_set_selected (ADW_COMBO_ROW (self->fields[index]), find_path (self, path));
  cpt_widget_choices_show (cpt_widget_buckets, ADW_COMBO_ROW (self->buckets[index]), bucket != NULL ? bucket : "month", 0, 2);
}

static void
show_having (CptWidgetEach *self)
{
  JsonObject *having = get_element (self, "having", 0);
  JsonNode *value = having != NULL ? json_object_get_member (having, "value") : NULL;
  g_autofree char *op = having != NULL ? cpt_json_dup_string (having, "op") : NULL;

  cpt_widget_choices_show (cpt_widget_having_comparisons, ADW_COMBO_ROW (self->having), op, 0, 0);
  if (value != NULL && JSON_NODE_HOLDS_VALUE (value))
    cpt_widget_number_show (self->value, json_node_get_double (value));
  show_rest (self->having, get_array (self, "having"), 1);
}

void
cpt_widget_each_show (CptWidgetEach *self)
{
  g_autofree char *fold = NULL;

  g_return_if_fail (CPT_IS_WIDGET_EACH (self));

  self->is_showing = TRUE;
  show_paths (self);
  drop_undated (self);
  for (guint i = 0; i < N_DIMENSIONS; i++)
    show_dimension (self, i);
  show_rest (self->fields[1], get_array (self, "dimensions"), N_DIMENSIONS);
  fold = get_each (self) != NULL ? cpt_json_dup_string (get_each (self), "agg") : NULL;
  cpt_widget_choices_show (folds, ADW_COMBO_ROW (self->fold), fold, 0, 0);
  show_having (self);
  self->is_showing = FALSE;
  update_visibility (self);
}

/* The groups, with the date of the metric where they go by time */
static JsonObject *
create_titled (CptWidgetEach   *self,
               const CptMetric *metric)
{
  JsonObject *each = json_object_new ();
  JsonArray *dimensions = json_array_new ();
  JsonObject *dimension;

  for (guint i = 0; (dimension = get_element (self, "dimensions", i)) != NULL; i++)
    {
      JsonObject *copy = json_object_new ();

      cpt_json_add_members (copy, dimension);
      if (!json_object_has_member (copy, "field") && self->is_dated)
        json_object_set_string_member (copy, "field", cpt_widget_metrics_get (metric, "date"));
      json_array_add_object_element (dimensions, copy);
    }
  json_object_set_array_member (each, "dimensions", dimensions);
  json_object_set_member (each, "agg", json_object_dup_member (get_each (self), "agg"));

  return each;
}

/* A question that measures anything by that name has the label */
char *
cpt_widget_each_dup_title (CptWidgetEach   *self,
                           const CptMetric *metric)
{
  g_autoptr(JsonObject) question = json_object_new ();
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(CptAggregateSpec) spec = NULL;
  JsonObject *measure;
  JsonArray *measures;

  g_return_val_if_fail (CPT_IS_WIDGET_EACH (self), NULL);

  if (get_each (self) == NULL || !json_object_has_member (get_each (self), "agg"))
    return g_strdup (metric->title);

  measure = json_object_new ();
  measures = json_array_new ();
  json_object_set_string_member (measure, "agg", "count");
  json_object_set_string_member (measure, "label", metric->title);
  json_array_add_object_element (measures, measure);
  json_object_set_string_member (question, "source", cpt_widget_form_get_source (self->form)->name);
  json_object_set_array_member (question, "measures", measures);
  json_object_set_object_member (question, "each", create_titled (self, metric));
  node = json_node_init_object (json_node_alloc (), question);
  spec = cpt_aggregate_spec_from_json (self->schema, node, NULL);

  return spec != NULL ? cpt_aggregate_spec_dup_measure_label (spec, 0) : g_strdup (metric->title);
}

/* ----------------------------------------------------------------------- building */

static void
cpt_widget_each_finalize (GObject *object)
{
  CptWidgetEach *self = CPT_WIDGET_EACH (object);

  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_widget_each_parent_class)->finalize (object);
}

static void
cpt_widget_each_class_init (CptWidgetEachClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_widget_each_finalize;

  /**
   * CptWidgetEach::changed:
   *
   * A person changed what a number is made of; it is in the query.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_widget_each_init (CptWidgetEach *self)
{
  GtkWidget *group = GTK_WIDGET (self);
  GCallback changed = G_CALLBACK (row_changed_cb);

  self->fields[0] = cpt_form_add_watched_combo (group, _("For each"), changed, self);
  self->buckets[0] = cpt_form_add_watched_combo (group, _("Interval of groups"), changed, self);
  self->fields[1] = cpt_form_add_watched_combo (group, _("And for each"), changed, self);
  self->buckets[1] = cpt_form_add_watched_combo (group, _("Second interval of groups"), changed, self);
  self->fold = cpt_form_add_watched_combo (group, _("Put together"), changed, self);
  self->having = cpt_form_add_watched_combo (group, _("Groups meant"), changed, self);
  self->value = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->value), _("Value of a group"));
  gtk_text_set_input_purpose (GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self->value))), GTK_INPUT_PURPOSE_NUMBER);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->value);
  g_signal_connect_object (self->value, "changed", changed, self, G_CONNECT_SWAPPED);
}

GtkWidget *
cpt_widget_each_new (CptWidgetForm *form,
                     CptSchema     *schema)
{
  CptWidgetEach *self;

  g_return_val_if_fail (CPT_IS_WIDGET_FORM (form), NULL);
  g_return_val_if_fail (schema != NULL, NULL);

  self = g_object_new (CPT_TYPE_WIDGET_EACH, NULL);
  self->form = form;
  self->schema = cpt_schema_ref (schema);

  return GTK_WIDGET (self);
}
