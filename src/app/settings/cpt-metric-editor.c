/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A metric of the workspace: what it is called and means, what is counted, and,
 * for a ratio, what that is divided by. The number that comes of it, and how it
 * is counted in words, follow each change; why it can't be counted stands there
 * too. */
#include "config.h"

#include "cpt-metric-editor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-combo-labels.h"
#include "cpt-filter-bar.h"
#include "cpt-form-draft.h"
#include "cpt-form-rows.h"
#include "cpt-json.h"
#include "cpt-metric-definition.h"
#include "cpt-metric-rows.h"
#include "cpt-text.h"
#include "cpt-widget-choices.h"
#include "cpt-widget-fields.h"
#include "cpt-widget-query.h"

#define CPT_TYPE_METRIC_EDITOR (cpt_metric_editor_get_type ())

G_DECLARE_FINAL_TYPE (CptMetricEditor, cpt_metric_editor, CPT, METRIC_EDITOR, CptSettingsDialog)

/* Conditions on all records, and in a ratio on those of each part */
enum
{
  ALL,
  PART,
  WHOLE,
  N_CONDITIONS
};

struct _CptMetricEditor
{
  CptSettingsDialog parent_instance;

  CptStore *store;
  CptFormDraft *draft;
  GPtrArray *keys;                 /* CptMetric */
  CptMetricDefinition *definition; /* (nullable): NULL when it was written by hand */
  GPtrArray *sources;              /* CptEntity */
  GPtrArray *measures;             /* CptWidgetMeasure */
  GPtrArray *dates;                /* utf8 */
  GCancellable *cancellable;       /* (nullable): of the preview */
  gboolean is_showing;

  /* Borrowed from GTK */
  GtkWidget *source;
  GtkWidget *date;
  GtkWidget *unit;
  GtkWidget *measure_rows[2];          /* what is counted, and what that is divided by */
  GtkWidget *conditions[N_CONDITIONS]; /* (nullable): groups */
  GtkWidget *bars[N_CONDITIONS];       /* (nullable): in them */
  GtkWidget *value;                    /* what comes of it */
  GtkWidget *sentence;                 /* how it is counted, or why it can't be */
  GtkWidget *message;
};

G_DEFINE_FINAL_TYPE (CptMetricEditor, cpt_metric_editor, CPT_TYPE_SETTINGS_DIALOG)

static const CptWidgetChoice units[] = {
  { N_("A percentage"), "percent" },
  { N_("A number"), "number" },
  { N_("An amount"), "money" },
  { N_("Days"), "days" },
  { NULL },
};

static const CptEntity *
get_source (CptMetricEditor *self)
{
  return cpt_schema_find_entity (cpt_form_draft_get_record (self->draft)->schema, self->definition->source);
}

/* The preview */

typedef struct
{
  CptMetric *metric;
  char *value;    /* (nullable) */
  char *sentence; /* (nullable) */
} Preview;

static void
preview_free (gpointer data)
{
  Preview *self = data;

  cpt_metric_free (self->metric);
  g_free (self->value);
  g_free (self->sentence);
  g_free (self);
}

static gpointer
read_preview (CptDatabase   *database,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const Preview *asked = data;
  g_autoptr(JsonNode) question = NULL;
  g_autoptr(CptMetricRows) rows = NULL;
  Preview *preview;

  if (!cpt_metric_check (database, asked->metric, error))
    return NULL;

  question = cpt_metric_create_question (database, asked->metric, error);
  rows = question != NULL ? cpt_metric_rows_read (database, question, error) : NULL;
  if (rows == NULL)
    return NULL;

  preview = g_new0 (Preview, 1);
  preview->value = cpt_metric_rows_format (rows, rows->rows->len > 0
                                                   ? ((const CptMetricRow *) g_ptr_array_index (rows->rows, 0))->number
                                                   : NAN);
  preview->sentence = cpt_metric_definition_describe (database, asked->metric->query);

  return preview;
}

static void
show_preview (CptMetricEditor *self,
              const char      *value,
              const char      *sentence,
              gboolean         is_wrong)
{
  gtk_label_set_label (GTK_LABEL (self->value), value);
  gtk_label_set_label (GTK_LABEL (self->sentence), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->sentence, sentence != NULL);
  if (is_wrong)
    gtk_widget_add_css_class (self->sentence, "error");
  else
    gtk_widget_remove_css_class (self->sentence, "error");
}

static void
preview_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(CptMetricEditor) self = CPT_METRIC_EDITOR (user_data);
  g_autoptr(GError) error = NULL;
  Preview *preview = cpt_store_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || gtk_widget_in_destruction (GTK_WIDGET (self)))
    {
      g_clear_pointer (&preview, preview_free);
      return;
    }
  if (preview == NULL)
    {
      show_preview (self, "–", error->message, TRUE);
      return;
    }

  show_preview (self, preview->value, preview->sentence, FALSE);
  preview_free (preview);
}

/* What the draft says, with the definition of the rows */
static void
take_definition (CptMetricEditor *self)
{
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *text = NULL;

  if (self->definition == NULL)
    return;

  node = cpt_metric_definition_to_json (self->definition);
  text = cpt_json_format_canonical (node);
  cpt_record_set_text (cpt_form_draft_get_record (self->draft), "definition", text);
}

static void
update_preview (CptMetricEditor *self)
{
  Preview *preview = g_new0 (Preview, 1);

  take_definition (self);
  preview->metric = cpt_metric_new_for_record (cpt_form_draft_get_record (self->draft));
  if (preview->metric->key == NULL)
    preview->metric->key = g_strdup ("new");
  if (preview->metric->title == NULL)
    preview->metric->title = g_strdup ("");
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  cpt_store_read_async (self->store, G_PRIORITY_DEFAULT, read_preview, preview, preview_free, preview_free,
                        self->cancellable, preview_read_cb, g_object_ref (self));
}

/* Conditions */

static JsonNode **
get_condition (CptMetricEditor *self,
               guint            index)
{
  return index == ALL ? &self->definition->where : &self->definition->parts[index - PART].where;
}

static void
condition_changed_cb (CptFilterBar    *bar,
                      CptMetricEditor *self)
{
  g_autoptr(CptFilter) filter = cpt_filter_bar_dup_filter (bar);

  for (guint i = 0; i < N_CONDITIONS; i++)
    {
      JsonNode **where = get_condition (self, i);

      if (self->bars[i] != GTK_WIDGET (bar))
        continue;
      g_clear_pointer (where, json_node_unref);
      if (filter != NULL)
        *where = cpt_filter_to_json (filter);
    }
  update_preview (self);
}

static void
update_conditions (CptMetricEditor *self)
{
  for (guint i = 0; i < N_CONDITIONS; i++)
    gtk_widget_set_visible (self->conditions[i], (i == ALL || self->definition->is_ratio) && self->bars[i] != NULL);
}

/* A condition that can't be shown stays as it is, and has no bar */
static void
show_conditions (CptMetricEditor *self,
                 guint            index)
{
  const CptEntity *entity = get_source (self);
  CptSchema *schema = cpt_form_draft_get_record (self->draft)->schema;
  JsonNode *where = *get_condition (self, index);
  g_autoptr(CptFilter) filter = where != NULL ? cpt_filter_from_json (schema, entity, where, NULL) : NULL;
  GtkWidget *bar;

  if (self->bars[index] != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->conditions[index]), self->bars[index]);
  self->bars[index] = NULL;
  if (where != NULL && filter == NULL)
    return;

  bar = cpt_filter_bar_new (self->store, schema, entity);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (bar)), GTK_ORIENTATION_VERTICAL);
  cpt_filter_bar_set_adding (CPT_FILTER_BAR (bar), _("Add a Condition"));
  cpt_filter_bar_set_filter (CPT_FILTER_BAR (bar), filter);
  g_signal_connect_object (bar, "changed", G_CALLBACK (condition_changed_cb), self, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->conditions[index]), bar);
  self->bars[index] = bar;
}

/* Rows */

static void
show_measures (CptMetricEditor *self)
{
  const CptMetricDefinition *definition = self->definition;
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  guint selected;

  g_clear_pointer (&self->measures, g_ptr_array_unref);
  self->measures = cpt_widget_fields_create_measures (get_source (self), labels);
  selected = cpt_widget_fields_find_measure (self->measures, definition->parts[0].aggregate, definition->parts[0].field);
  cpt_combo_row_set_labels (ADW_COMBO_ROW (self->measure_rows[0]), labels, selected);
  g_ptr_array_remove_index (labels, labels->len - 1);
  g_ptr_array_insert (labels, 0, g_strdup (C_("divided by", "Nothing")));
  selected = cpt_widget_fields_find_measure (self->measures, definition->parts[1].aggregate, definition->parts[1].field);
  cpt_combo_row_set_labels (ADW_COMBO_ROW (self->measure_rows[1]), labels, definition->is_ratio ? selected + 1 : 0);
}

static void
offer_date (CptMetricEditor *self,
            GPtrArray       *labels,
            const CptField  *field,
            guint           *selected)
{
  if (g_strcmp0 (self->definition->date, field->name) == 0)
    *selected = labels->len;
  g_ptr_array_add (self->dates, g_strdup (field->name));
  g_ptr_array_add (labels, g_strdup (cpt_field_get_label (field)));
}

static void
show_dates (CptMetricEditor *self)
{
  const CptEntity *entity = get_source (self);
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  guint selected = 0;

  g_ptr_array_set_size (self->dates, 0);
  g_ptr_array_add (labels, g_strdup (C_("date of a metric", "None: it has no periods")));
  for (guint i = 0; i < entity->n_fields; i++)
    if (cpt_field_type_get (entity->fields[i]->kind)->is_bucketable && !(entity->fields[i]->flags & CPT_FIELD_HIDDEN))
      offer_date (self, labels, entity->fields[i], &selected);
  if ((entity->flags & CPT_ENTITY_FACTS) == 0)
    offer_date (self, labels, cpt_field_get_system ("created_at"), &selected);
  cpt_combo_row_set_labels (ADW_COMBO_ROW (self->date), labels, selected);
}

static void
show_definition (CptMetricEditor *self)
{
  self->is_showing = TRUE;
  show_measures (self);
  show_dates (self);
  cpt_widget_choices_show (units, ADW_COMBO_ROW (self->unit), cpt_measure_unit_get_name (self->definition->unit), 0, 1);
  gtk_widget_set_visible (self->unit, self->definition->is_ratio);
  for (guint i = 0; i < N_CONDITIONS; i++)
    show_conditions (self, i);
  update_conditions (self);
  self->is_showing = FALSE;
}

static void
read_measure (CptMetricEditor *self,
              guint            index,
              guint            selected)
{
  CptMetricPart *part = &self->definition->parts[index];
  const CptWidgetMeasure *measure = g_ptr_array_index (self->measures, MIN (selected, self->measures->len - 1));

  part->aggregate = measure->aggregate;
  cpt_widget_text_set (&part->field, measure->field);
}

static void
row_changed_cb (CptMetricEditor *self)
{
  CptMetricDefinition *definition = self->definition;
  guint date, whole;

  if (self->is_showing || definition == NULL)
    return;

  date = adw_combo_row_get_selected (ADW_COMBO_ROW (self->date));
  whole = adw_combo_row_get_selected (ADW_COMBO_ROW (self->measure_rows[1]));
  read_measure (self, 0, adw_combo_row_get_selected (ADW_COMBO_ROW (self->measure_rows[0])));
  definition->is_ratio = whole > 0 && whole <= self->measures->len;
  if (definition->is_ratio)
    read_measure (self, 1, whole - 1);
  cpt_widget_text_set (&definition->date,
                       date > 0 && date <= self->dates->len ? g_ptr_array_index (self->dates, date - 1) : NULL);
  cpt_measure_unit_parse (cpt_widget_choices_read (units, ADW_COMBO_ROW (self->unit), 0), &definition->unit);
  gtk_widget_set_visible (self->unit, definition->is_ratio);
  update_conditions (self);
  update_preview (self);
}

static gboolean
is_money (CptMetricEditor *self,
          guint            index)
{
  const char *name = self->definition->parts[index].field;
  const CptField *field = name != NULL ? cpt_entity_find_field (get_source (self), name) : NULL;

  return field != NULL && field->kind == CPT_FIELD_MONEY;
}

/* Amounts by amounts and counts by counts are mostly parts of a whole */
static void
measure_changed_cb (CptMetricEditor *self)
{
  CptMetricPart *parts = self->definition != NULL ? self->definition->parts : NULL;

  if (self->is_showing || parts == NULL)
    return;

  row_changed_cb (self);
  if (!self->definition->is_ratio)
    return;

  if (is_money (self, 0))
    self->definition->unit = is_money (self, 1) ? CPT_MEASURE_UNIT_PERCENT : CPT_MEASURE_UNIT_MONEY;
  else
    self->definition->unit = g_strcmp0 (parts[0].field, parts[1].field) == 0 ? CPT_MEASURE_UNIT_PERCENT
                                                                             : CPT_MEASURE_UNIT_NUMBER;
  self->is_showing = TRUE;
  cpt_widget_choices_show (units, ADW_COMBO_ROW (self->unit), cpt_measure_unit_get_name (self->definition->unit), 0, 1);
  self->is_showing = FALSE;
  update_preview (self);
}

/* Other records have other fields: what was chosen of the old ones goes */
static void
source_changed_cb (CptMetricEditor *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->source));
  const CptEntity *entity;

  if (self->is_showing || selected >= self->sources->len)
    return;

  entity = g_ptr_array_index (self->sources, selected);
  if (g_strcmp0 (entity->name, self->definition->source) == 0)
    return;

  cpt_metric_definition_free (self->definition);
  self->definition = cpt_metric_definition_new (entity->name);
  if ((entity->flags & CPT_ENTITY_FACTS) == 0)
    self->definition->date = g_strdup ("created_at");
  show_definition (self);
  update_preview (self);
}

/* Saving */

static gboolean
is_taken (CptMetricEditor *self,
          const char      *key)
{
  return cpt_widget_metrics_find (self->keys, key) != NULL;
}

/* "Revenue per day" becomes "revenue_per_day", or "revenue_per_day_2" where there is one */
static char *
create_key (CptMetricEditor *self,
            const char      *name)
{
  g_autofree char *folded = cpt_text_fold (name);
  g_autofree char *ascii = g_str_to_ascii (folded, "C");
  g_autofree char *key = g_ascii_strdown (ascii, 40);
  char *longer;

  g_strcanon (key, "abcdefghijklmnopqrstuvwxyz0123456789", '_');
  longer = g_ascii_islower (key[0]) ? g_strdup (key) : g_strconcat ("metric_", key, NULL);
  for (guint i = 2; is_taken (self, longer); i++)
    {
      g_free (longer);
      longer = g_strdup_printf ("%s%s_%u", g_ascii_islower (key[0]) ? "" : "metric_", key, i);
    }

  return longer;
}

static void
cpt_metric_editor_save (CptSettingsDialog *dialog)
{
  CptMetricEditor *self = CPT_METRIC_EDITOR (dialog);
  CptRecord *draft = cpt_form_draft_get_record (self->draft);
  gboolean is_new = cpt_form_draft_is_new (self->draft);

  cpt_settings_dialog_show_message (self->message, NULL);
  if (!cpt_form_draft_take (self->draft))
    return;

  take_definition (self);
  if (is_new)
    {
      g_autofree char *key = create_key (self, cpt_record_get_text (draft, "name"));

      cpt_record_set_text (draft, "code", key);
    }
  cpt_settings_dialog_commit (dialog, cpt_form_draft_create_transaction (self->draft),
                              is_new ? _("Metric added") : _("Metric changed"));
}

static gboolean
cpt_metric_editor_refused (CptSettingsDialog *dialog,
                           GPtrArray         *problems)
{
  CptMetricEditor *self = CPT_METRIC_EDITOR (dialog);

  return cpt_form_draft_show_problems (self->draft, problems, self->message);
}

/* The object */

static void
cpt_metric_editor_dispose (GObject *object)
{
  g_cancellable_cancel (CPT_METRIC_EDITOR (object)->cancellable);

  G_OBJECT_CLASS (cpt_metric_editor_parent_class)->dispose (object);
}

static void
cpt_metric_editor_finalize (GObject *object)
{
  CptMetricEditor *self = CPT_METRIC_EDITOR (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->definition, cpt_metric_definition_free);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->measures, g_ptr_array_unref);
  g_clear_pointer (&self->dates, g_ptr_array_unref);
  g_clear_pointer (&self->draft, cpt_form_draft_free);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (cpt_metric_editor_parent_class)->finalize (object);
}

static void
cpt_metric_editor_class_init (CptMetricEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_metric_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_metric_editor_finalize;
  CPT_SETTINGS_DIALOG_CLASS (klass)->save = cpt_metric_editor_save;
  CPT_SETTINGS_DIALOG_CLASS (klass)->refused = cpt_metric_editor_refused;
}

static void
cpt_metric_editor_init (CptMetricEditor *self)
{
  self->dates = g_ptr_array_new_with_free_func (g_free);
}

/* Building */

static GtkWidget *
add_group (GtkWidget  *page,
           const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));

  return group;
}

static GtkWidget *
add_combo (CptMetricEditor *self,
           GtkWidget       *group,
           const char      *title,
           GCallback        changed)
{
  GtkWidget *row = cpt_form_add_combo (group, title);

  g_signal_connect_object (row, "notify::selected", changed, self, G_CONNECT_SWAPPED);

  return row;
}

static void
add_definition (CptMetricEditor *self,
                GtkWidget       *page)
{
  GtkWidget *group = add_group (page, _("How It Is Counted"));

  if (self->definition == NULL)
    {
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                             _("There is more to it than can be shown here. It stays as it is."));
      return;
    }

  self->is_showing = TRUE;
  self->source = add_combo (self, group, _("Records"), G_CALLBACK (source_changed_cb));
  cpt_combo_row_set_kinds (ADW_COMBO_ROW (self->source), self->sources, self->definition->source);
  self->measure_rows[0] = add_combo (self, group, _("Measure"), G_CALLBACK (measure_changed_cb));
  self->measure_rows[1] = add_combo (self, group, _("Divided by"), G_CALLBACK (measure_changed_cb));
  self->unit = add_combo (self, group, _("The result is"), G_CALLBACK (row_changed_cb));
  self->date = add_combo (self, group, _("Counts on the day"), G_CALLBACK (row_changed_cb));
  self->is_showing = FALSE;
  self->conditions[ALL] = add_group (page, _("Only Records With"));
  self->conditions[PART] = add_group (page, _("Of These, Counted Are Those With"));
  self->conditions[WHOLE] = add_group (page, _("Of These, Divided by Those With"));
  show_definition (self);
}

static void
add_preview (CptMetricEditor *self,
             GtkWidget       *page)
{
  GtkWidget *group = add_group (page, _("By Now, over All Time"));

  self->value = gtk_label_new ("–");
  self->sentence = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->value), 0);
  gtk_label_set_selectable (GTK_LABEL (self->value), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->sentence), 0);
  gtk_label_set_wrap (GTK_LABEL (self->sentence), TRUE);
  gtk_widget_add_css_class (self->value, "title-2");
  gtk_widget_add_css_class (self->sentence, "dim-label");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->value);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->sentence);
}

/* A new one counts deals; what names records that are no longer there is left alone */
static CptMetricDefinition *
create_definition (CptMetricEditor *self,
                   const CptRecord *record)
{
  const char *text = cpt_record_get_text (record, "definition");
  g_autoptr(JsonNode) node = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;
  g_autoptr(CptMetricDefinition) definition = NULL;

  if (text == NULL)
    {
      definition = cpt_metric_definition_new ("deal");
      definition->date = g_strdup ("created_at");
    }
  else
    {
      definition = cpt_metric_definition_parse (node);
    }
  if (definition == NULL || cpt_schema_find_entity (record->schema, definition->source) == NULL)
    return NULL;

  return g_steal_pointer (&definition);
}

void
cpt_metric_editor_present (CptWindow *window,
                           CptRecord *record,
                           GPtrArray *keys)
{
  static const char *const fields[] = { "name", "description", "direction", "owner" };
  CptMetricEditor *self;
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group;

  g_return_if_fail (CPT_IS_WINDOW (window));
  g_return_if_fail (record != NULL && keys != NULL);

  self = g_object_new (CPT_TYPE_METRIC_EDITOR, NULL);
  self->store = g_object_ref (cpt_window_get_store (window));
  self->draft = cpt_form_draft_new (self->store, record);
  self->keys = g_ptr_array_ref (keys);
  self->sources = cpt_schema_list_sources (record->schema);
  self->definition = create_definition (self, record);
  self->message = cpt_settings_dialog_create_message ();
  group = add_group (page, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    cpt_form_draft_add_editor (self->draft, group, fields[i]);
  add_definition (self, page);
  add_preview (self, page);
  update_preview (self);
  cpt_settings_dialog_set_content (CPT_SETTINGS_DIALOG (self),
                                   cpt_form_draft_is_new (self->draft) ? _("Add Metric") : _("Change Metric"), page,
                                   self->message);
  cpt_settings_dialog_present (CPT_SETTINGS_DIALOG (self), window, 520, 720);
  gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}
