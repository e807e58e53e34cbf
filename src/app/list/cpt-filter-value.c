/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In what a condition compares with, by kind of field and operator. */
#include "config.h"
#include "cpt-filter-value.h"

#include <glib/gi18n-lib.h>

#include "cpt-field-editor.h"
#include "cpt-link-picker.h"

typedef enum
{
  FORM_NONE,
  FORM_TEXT,
  FORM_WORDS, /* several, between commas */
  FORM_PERIOD,
  FORM_CHOICES,
  FORM_LINKS,
  FORM_FIELD,
  FORM_RANGE, /* the field twice */
} Form;

typedef struct
{
  CptUuid id;
  GtkWidget *row; /* borrowed */
} Picked;

struct _CptFilterValue
{
  GtkWidget parent_instance;

  CptStore *store;
  CptSchema *schema;
  const CptField *field;
  CptOperator op;
  Form form;

  GtkWidget *box;     /* the only child */
  GtkWidget *entry;   /* FORM_TEXT, FORM_WORDS */
  GtkWidget *periods; /* FORM_PERIOD */
  GPtrArray *checks;  /* FORM_CHOICES: borrowed check buttons, in the order of the choices */
  GArray *picked;     /* FORM_LINKS: (element-type Picked) */
  GtkWidget *picked_list;
  CptFieldEditor *editors[2]; /* FORM_FIELD, FORM_RANGE */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (CptFilterValue, cpt_filter_value, GTK_TYPE_WIDGET)

static const struct
{
  const char *label;
  const char *json;
} periods[] = {
  { N_("Today"), "{\"last\":1,\"unit\":\"day\"}" },
  { N_("Last 7 days"), "{\"last\":7,\"unit\":\"day\"}" },
  { N_("Last 30 days"), "{\"last\":30,\"unit\":\"day\"}" },
  { N_("Last 90 days"), "{\"last\":90,\"unit\":\"day\"}" },
  { N_("Last 12 months"), "{\"last\":12,\"unit\":\"month\"}" },
  { N_("This week"), "{\"this\":\"week\"}" },
  { N_("This month"), "{\"this\":\"month\"}" },
  { N_("This quarter"), "{\"this\":\"quarter\"}" },
  { N_("This year"), "{\"this\":\"year\"}" },
  { N_("Previous week"), "{\"previous\":\"week\"}" },
  { N_("Previous month"), "{\"previous\":\"month\"}" },
  { N_("Previous quarter"), "{\"previous\":\"quarter\"}" },
  { N_("Previous year"), "{\"previous\":\"year\"}" },
  { N_("Next 7 days"), "{\"next\":7,\"unit\":\"day\"}" },
  { N_("Next 30 days"), "{\"next\":30,\"unit\":\"day\"}" },
};

static gboolean
is_set (const CptField *field)
{
  return field->kind == CPT_FIELD_MULTI_CHOICE || field->kind == CPT_FIELD_TAGS || field->kind == CPT_FIELD_LINKS;
}

static gboolean
takes_many (CptOperator op)
{
  return op == CPT_OPERATOR_IN || op == CPT_OPERATOR_NOT_IN || op == CPT_OPERATOR_CONTAINS_ALL ||
         op == CPT_OPERATOR_CONTAINS_ANY;
}

static gboolean
is_part_of_text (CptOperator op)
{
  return op == CPT_OPERATOR_CONTAINS || op == CPT_OPERATOR_NOT_CONTAINS || op == CPT_OPERATOR_STARTS_WITH ||
         op == CPT_OPERATOR_ENDS_WITH;
}

gboolean
cpt_filter_value_is_offered (const CptField *field,
                             CptOperator     op)
{
  gboolean picks_many = field->kind == CPT_FIELD_CHOICE || field->kind == CPT_FIELD_LINK;

  if (!cpt_field_has_operator (field, op))
    return FALSE;
  if (op == CPT_OPERATOR_IN || op == CPT_OPERATOR_NOT_IN)
    return picks_many;
  if (op == CPT_OPERATOR_IS || op == CPT_OPERATOR_IS_NOT)
    return !picks_many && !is_set (field);
  if (is_set (field) && is_part_of_text (op))
    return FALSE;

  return TRUE;
}

static Form
choose_form (const CptField *field,
             CptOperator     op)
{
  if (op >= CPT_OPERATOR_IS_EMPTY)
    return FORM_NONE;
  if (op == CPT_OPERATOR_WITHIN || op == CPT_OPERATOR_NOT_WITHIN)
    return FORM_PERIOD;
  if (op == CPT_OPERATOR_BETWEEN)
    return FORM_RANGE;
  if (cpt_field_kind_is_choice (field->kind))
    return FORM_CHOICES;
  if (cpt_field_kind_is_link (field->kind))
    return FORM_LINKS;
  if (field->kind == CPT_FIELD_TAGS)
    return FORM_WORDS;
  if (is_part_of_text (op))
    return FORM_TEXT;

  return FORM_FIELD;
}

/* ------------------------------------------------------------------ building */

static void
build_entry (CptFilterValue *self,
             JsonNode       *value)
{
  self->entry = gtk_entry_new ();
  gtk_entry_set_activates_default (GTK_ENTRY (self->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  cpt_field_get_label (self->field), -1);
  gtk_box_append (GTK_BOX (self->box), self->entry);
  if (value == NULL)
    return;

  if (JSON_NODE_HOLDS_ARRAY (value))
    {
      g_autoptr(GString) words = g_string_new (NULL);
      JsonArray *array = json_node_get_array (value);

      for (guint i = 0; i < json_array_get_length (array); i++)
        g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", json_array_get_string_element (array, i));
      gtk_editable_set_text (GTK_EDITABLE (self->entry), words->str);
    }
  else if (json_node_get_value_type (value) == G_TYPE_STRING)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->entry), json_node_get_string (value));
    }
}

static void
build_periods (CptFilterValue *self,
               JsonNode       *value)
{
  const char *labels[G_N_ELEMENTS (periods) + 1] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    labels[i] = _(periods[i].label);
  self->periods = gtk_drop_down_new_from_strings (labels);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->periods), 2);
  for (guint i = 0; value != NULL && i < G_N_ELEMENTS (periods); i++)
    {
      g_autoptr(JsonNode) period = json_from_string (periods[i].json, NULL);

      if (json_node_equal (period, value))
        gtk_drop_down_set_selected (GTK_DROP_DOWN (self->periods), i);
    }
  gtk_box_append (GTK_BOX (self->box), self->periods);
}

/* Whether @text is @value, or one of those in it */
static gboolean
has_text (JsonNode   *value,
          const char *text)
{
  if (value == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_ARRAY (value))
    return g_strcmp0 (json_node_get_string (value), text) == 0;

  for (guint i = 0; i < json_array_get_length (json_node_get_array (value)); i++)
    if (g_strcmp0 (json_array_get_string_element (json_node_get_array (value), i), text) == 0)
      return TRUE;

  return FALSE;
}

static void
build_choices (CptFilterValue *self,
               JsonNode       *value)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->checks = g_ptr_array_new ();
  for (const CptChoice *choice = self->field->choices; choice != NULL && choice->name != NULL; choice++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (cpt_choice_get_label (choice));

      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), has_text (value, choice->name));
      g_ptr_array_add (self->checks, check);
      gtk_box_append (GTK_BOX (list), check);
    }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 260);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_box_append (GTK_BOX (self->box), scroller);
}

static void
build_editor (CptFilterValue *self,
              guint           index,
              JsonNode       *value)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row;
  g_auto(CptValue) content = { 0 };

  self->editors[index] = cpt_field_editor_new (self->store, self->schema, self->field);
  cpt_field_editor_set_read_only (self->editors[index], FALSE);
  if (value != NULL && cpt_field_from_json (self->field, value, &content, NULL))
    cpt_field_editor_set_value (self->editors[index], &content);
  row = cpt_field_editor_get_row (self->editors[index]);
  if (ADW_IS_ENTRY_ROW (row))
    adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_box_append (GTK_BOX (self->box), list);
}

/* --------------------------------------------------------------------- links */

static void
remove_picked_cb (GtkButton      *button,
                  CptFilterValue *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);

  for (guint i = 0; i < self->picked->len; i++)
    if (g_array_index (self->picked, Picked, i).row == row)
      {
        g_array_remove_index (self->picked, i);
        break;
      }
  gtk_list_box_remove (GTK_LIST_BOX (self->picked_list), row);
  gtk_widget_set_visible (self->picked_list, self->picked->len > 0);
}

static void
add_picked (CptFilterValue *self,
            const CptUuid  *id,
            const char     *title)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");
  Picked picked = { *id, row };

  for (guint i = 0; i < self->picked->len; i++)
    if (cpt_uuid_equal (&g_array_index (self->picked, Picked, i).id, id))
      {
        g_object_ref_sink (row);
        g_object_unref (row);
        g_object_ref_sink (remove);
        g_object_unref (remove);
        return;
      }

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (remove, _("Remove"));
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_picked_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  g_array_append_val (self->picked, picked);
  gtk_list_box_append (GTK_LIST_BOX (self->picked_list), row);
  gtk_widget_set_visible (self->picked_list, TRUE);
}

static void
picked_cb (CptFilterValue *self,
           const CptUuid  *id,
           const char     *title)
{
  add_picked (self, id, title);
}

typedef struct
{
  CptSchema *schema; /* (owned) */
  const CptEntity *entity;
  GArray *ids; /* (element-type CptUuid) (owned) */
} TitlesJob;

static void
titles_job_free (TitlesJob *job)
{
  cpt_schema_unref (job->schema);
  g_array_unref (job->ids);
  g_free (job);
}

static gpointer
read_titles (CptDatabase   *database,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  TitlesJob *job = data;
  GHashTable *titles = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, g_free);

  for (guint i = 0; i < job->ids->len; i++)
    {
      const CptUuid *id = &g_array_index (job->ids, CptUuid, i);
      char *title = cpt_database_dup_title (database, job->entity, id);

      g_hash_table_insert (titles, g_memdup2 (id, sizeof *id), title != NULL ? title : g_strdup (_("Deleted record")));
    }

  return titles;
}

static void
titles_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(CptFilterValue) self = user_data;
  g_autoptr(GHashTable) titles = cpt_store_finish (CPT_STORE (source), result, NULL);

  /* Some may have been taken away meanwhile, and others be picked. */
  for (guint i = 0; titles != NULL && i < self->picked->len; i++)
    {
      const Picked *picked = &g_array_index (self->picked, Picked, i);
      const char *title = g_hash_table_lookup (titles, &picked->id);

      if (title != NULL)
        adw_preferences_row_set_title (ADW_PREFERENCES_ROW (picked->row), title);
    }
}

static void
show_links (CptFilterValue  *self,
            const CptEntity *target,
            JsonNode        *value)
{
  TitlesJob *job;
  JsonArray *array;

  if (value == NULL || !JSON_NODE_HOLDS_ARRAY (value))
    return;

  job = g_new0 (TitlesJob, 1);
  job->schema = cpt_schema_ref (self->schema);
  job->entity = target;
  job->ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  array = json_node_get_array (value);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      CptUuid id;

      if (!JSON_NODE_HOLDS_VALUE (element) || !cpt_uuid_parse (json_node_get_string (element), &id))
        continue;
      g_array_append_val (job->ids, id);
      add_picked (self, &id, "…");
    }
  cpt_store_read_async (self->store, G_PRIORITY_HIGH, read_titles, job, (GDestroyNotify) titles_job_free,
                        (GDestroyNotify) g_hash_table_unref, self->cancellable, titles_read_cb, g_object_ref (self));
}

static void
build_links (CptFilterValue *self,
             JsonNode       *value)
{
  const CptEntity *target = cpt_schema_get_target (self->schema, self->field);
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *picker = cpt_link_picker_new (self->store, self->schema, target);

  self->picked = g_array_new (FALSE, FALSE, sizeof (Picked));
  self->picked_list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->picked_list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->picked_list, "boxed-list");
  gtk_widget_set_visible (self->picked_list, FALSE);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _("Choose…"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), picker);
  g_signal_connect_object (picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->picked_list);
  gtk_box_append (GTK_BOX (self->box), button);
  show_links (self, target, value);
}

/* ------------------------------------------------------------------- reading */

static JsonNode *
take_array (CptFilterValue *self,
            JsonArray      *array)
{
  JsonNode *node;

  if (json_array_get_length (array) == 0)
    {
      json_array_unref (array);
      return NULL;
    }

  if (takes_many (self->op))
    {
      node = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (node, array);
      return node;
    }

  node = json_node_copy (json_array_get_element (array, 0));
  json_array_unref (array);

  return node;
}

static JsonNode *
get_words (CptFilterValue *self)
{
  g_auto(GStrv) words = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (self->entry)), ",", -1);
  JsonArray *array = json_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (g_strstrip (words[i])[0] != '\0')
      json_array_add_string_element (array, words[i]);

  return take_array (self, array);
}

static JsonNode *
get_choices (CptFilterValue *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->checks, i)))
      json_array_add_string_element (array, self->field->choices[i].name);

  return take_array (self, array);
}

static JsonNode *
get_links (CptFilterValue *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->picked->len; i++)
    {
      char text[CPT_UUID_TEXT_SIZE];

      cpt_uuid_format (&g_array_index (self->picked, Picked, i).id, text);
      json_array_add_string_element (array, text);
    }

  return take_array (self, array);
}

static JsonNode *
get_text (CptFilterValue *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  return text[0] != '\0' ? json_node_init_string (json_node_alloc (), text) : NULL;
}

static JsonNode *
get_edited (CptFilterValue *self,
            guint           index)
{
  const CptValue *value;

  if (!cpt_field_editor_flush (self->editors[index]))
    return NULL;

  value = cpt_field_editor_get_value (self->editors[index]);

  return cpt_value_is_null (value) ? NULL : cpt_field_to_json (self->field, value);
}

static JsonNode *
get_range (CptFilterValue *self)
{
  g_autoptr(JsonNode) start = get_edited (self, 0);
  g_autoptr(JsonNode) end = get_edited (self, 1);
  JsonArray *array;
  JsonNode *node;

  if (start == NULL || end == NULL)
    return NULL;

  array = json_array_new ();
  json_array_add_element (array, g_steal_pointer (&start));
  json_array_add_element (array, g_steal_pointer (&end));
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);

  return node;
}

gboolean
cpt_filter_value_get (CptFilterValue  *self,
                      JsonNode       **value)
{
  g_return_val_if_fail (CPT_IS_FILTER_VALUE (self), FALSE);

  *value = NULL;
  switch (self->form)
    {
    case FORM_TEXT:
      *value = get_text (self);
      break;

    case FORM_WORDS:
      *value = get_words (self);
      break;

    case FORM_PERIOD:
      *value = json_from_string (periods[gtk_drop_down_get_selected (GTK_DROP_DOWN (self->periods))].json, NULL);
      break;

    case FORM_CHOICES:
      *value = get_choices (self);
      break;

    case FORM_LINKS:
      *value = get_links (self);
      break;

    case FORM_FIELD:
      *value = get_edited (self, 0);
      break;

    case FORM_RANGE:
      *value = get_range (self);
      break;

    case FORM_NONE:
    default:
      return TRUE;
    }

  return *value != NULL;
}

/* ---------------------------------------------------------------- the object */

static void
cpt_filter_value_dispose (GObject *object)
{
  CptFilterValue *self = CPT_FILTER_VALUE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->editors[0]);
  g_clear_object (&self->editors[1]);

  G_OBJECT_CLASS (cpt_filter_value_parent_class)->dispose (object);
}

static void
cpt_filter_value_finalize (GObject *object)
{
  CptFilterValue *self = CPT_FILTER_VALUE (object);

  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->picked, g_array_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (cpt_filter_value_parent_class)->finalize (object);
}

static void
cpt_filter_value_class_init (CptFilterValueClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_filter_value_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_filter_value_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpt_filter_value_init (CptFilterValue *self)
{
  self->cancellable = g_cancellable_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
cpt_filter_value_new (CptStore       *store,
                      CptSchema      *schema,
                      const CptField *field,
                      CptOperator     op,
                      JsonNode       *value)
{
  CptFilterValue *self = g_object_new (CPT_TYPE_FILTER_VALUE, NULL);
  JsonArray *range = value != NULL && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  gboolean is_range = range != NULL && json_array_get_length (range) == 2;

  self->store = g_object_ref (store);
  self->schema = cpt_schema_ref (schema);
  self->field = field;
  self->op = op;
  self->form = choose_form (field, op);
  if (self->form == FORM_TEXT || self->form == FORM_WORDS)
    build_entry (self, value);
  else if (self->form == FORM_PERIOD)
    build_periods (self, value);
  else if (self->form == FORM_CHOICES)
    build_choices (self, value);
  else if (self->form == FORM_LINKS)
    build_links (self, value);
  else if (self->form == FORM_FIELD || self->form == FORM_RANGE)
    build_editor (self, 0, self->form == FORM_FIELD ? value : is_range ? json_array_get_element (range, 0)
                                                                       : NULL);
  if (self->form == FORM_RANGE)
    build_editor (self, 1, is_range ? json_array_get_element (range, 1) : NULL);

  return GTK_WIDGET (self);
}
