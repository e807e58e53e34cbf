/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What becomes of each column of a file: a row per column with an example from
 * the file, the field it goes into, and for links what happens to names that
 * are not known. Above them how the file is read, which was found out already.
 */

#include "config.h"

#include "cpt-import-mapping.h"

#include <glib/gi18n.h>

#include "cpt-field-type.h"

/* Of wider files only the columns that have a field are shown */
#define MAX_COLUMNS 200

struct _CptImportMapping
{
  GtkWidget parent_instance;

  GtkWidget *page;
  GPtrArray *groups;   /* borrowed from page */
  CptImportPlan *plan; /* (nullable): the owner's */
  GPtrArray *fields;   /* CptField, offered for columns; alive as long as the plan's schema */
  gboolean is_showing;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptImportMapping, cpt_import_mapping, GTK_TYPE_WIDGET)

typedef struct
{
  CptImportMapping *self;  /* outlives its rows */
  CptImportColumn *column; /* (nullable): alive as long as the plan */
  GtkWidget *rule;         /* (nullable): the row that is there for links only */
} Choice;

static void
choice_free (gpointer  data,
             GClosure *closure)
{
  g_free (data);
}

static void
emit_changed (CptImportMapping *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* How the file is read */

static void
mode_selected_cb (AdwComboRow *row,
                  GParamSpec  *pspec,
                  Choice      *choice)
{
  if (choice->self->is_showing)
    return;

  choice->self->plan->mode = adw_combo_row_get_selected (row);
  emit_changed (choice->self);
}

static void
date_order_selected_cb (AdwComboRow *row,
                        GParamSpec  *pspec,
                        Choice      *choice)
{
  if (choice->self->is_showing)
    return;

  choice->self->plan->date_order = adw_combo_row_get_selected (row);
  emit_changed (choice->self);
}

static void
decimal_selected_cb (AdwComboRow *row,
                     GParamSpec  *pspec,
                     Choice      *choice)
{
  static const char marks[] = { 0, '.', ',' };

  if (choice->self->is_showing)
    return;

  choice->self->plan->decimal = marks[MIN (adw_combo_row_get_selected (row), 2)];
  emit_changed (choice->self);
}

/* The choice that the callback gets, to be filled in further */
static Choice *
add_combo (CptImportMapping  *self,
           GtkWidget         *group,
           GtkWidget         *row,
           const char        *title,
           const char *const *labels,
           guint              selected,
           GCallback          callback)
{
  g_autoptr(GtkStringList) list = gtk_string_list_new (NULL);
  Choice *choice = g_new0 (Choice, 1);

  for (guint i = 0; labels[i] != NULL; i++)
    gtk_string_list_append (list, labels[i]);
  choice->self = self;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  g_signal_connect_data (row, "notify::selected", callback, choice, choice_free, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);

  return choice;
}

static GtkWidget *
add_group (CptImportMapping *self,
           const char       *title,
           const char       *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (group));
  g_ptr_array_add (self->groups, group);

  return group;
}

static void
add_reading (CptImportMapping *self)
{
  const char *modes[] = { _("Always create new records"), _("Update existing records only"),
                          _("Create new records, update existing ones"), _("Create new records, leave existing ones"), NULL };
  const char *orders[] = { _("Year, month, day"), _("Day, month, year"), _("Month, day, year"), NULL };
  const char *marks[] = { _("Detect automatically"), _("Point"), _("Comma"), NULL };
  GtkWidget *group = add_group (self, _("File"), NULL);
  g_autofree char *summary = NULL;
  g_autofree char *escaped = NULL;

  /* Translators: how a file is written: "UTF-8, columns separated by “;”" */
  summary = g_strdup_printf (self->plan->dialect.separator == '\t' ? _("%s, columns separated by tabs")
                                                                   : _("%s, columns separated by “%c”"),
                             self->plan->dialect.encoding, self->plan->dialect.separator);
  escaped = g_markup_escape_text (summary, -1);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), escaped);
  add_combo (self, group, adw_combo_row_new (), _("Records"), modes, self->plan->mode, G_CALLBACK (mode_selected_cb));
  add_combo (self, group, adw_combo_row_new (), _("Dates"), orders, self->plan->date_order,
             G_CALLBACK (date_order_selected_cb));
  add_combo (self, group, adw_combo_row_new (), _("Decimal mark"), marks,
             self->plan->decimal == '.'   ? 1
             : self->plan->decimal == ',' ? 2
                                          : 0,
             G_CALLBACK (decimal_selected_cb));
}

/* Columns */

static void
rule_selected_cb (AdwComboRow *row,
                  GParamSpec  *pspec,
                  Choice      *choice)
{
  if (choice->self->is_showing)
    return;

  choice->column->link_rule = adw_combo_row_get_selected (row);
  emit_changed (choice->self);
}

static const CptField *
get_field (CptImportMapping *self,
           guint             selected)
{
  return selected == 0 || selected > self->fields->len ? NULL : g_ptr_array_index (self->fields, selected - 1);
}

static gboolean
is_link (const CptField *field)
{
  return field != NULL && (field->kind == CPT_FIELD_LINK || field->kind == CPT_FIELD_LINKS);
}

static void
field_selected_cb (AdwComboRow *row,
                   GParamSpec  *pspec,
                   Choice      *choice)
{
  const CptField *field;

  if (choice->self->is_showing)
    return;

  field = get_field (choice->self, adw_combo_row_get_selected (row));
  g_free (choice->column->field);
  choice->column->field = field != NULL ? g_strdup (field->name) : NULL;
  gtk_widget_set_visible (choice->rule, is_link (field));
  emit_changed (choice->self);
}

static char *
dup_example (GPtrArray *preview,
             guint      column)
{
  for (guint i = 0; preview != NULL && i < preview->len; i++)
    {
      char **row = g_ptr_array_index (preview, i);

      if (column < g_strv_length (row) && *row[column] != '\0')
        /* Translators: a value from a file, as an example */
        return g_strdup_printf (_("For example “%s”"), row[column]);
    }

  return g_strdup (_("Empty in the first rows"));
}

static void
add_column (CptImportMapping  *self,
            GtkWidget         *group,
            CptImportColumn   *column,
            const char        *example,
            const char *const *labels)
{
  const char *rules[] = { _("Reject the row"), _("Leave the field empty"), _("Create a record with that name"),
                          _("Use the most similar one, or create it"), NULL };
  GtkWidget *row = adw_combo_row_new ();
  GtkWidget *rule = adw_combo_row_new ();
  Choice *choice;
  guint selected = 0;

  for (guint i = 0; i < self->fields->len; i++)
    if (g_strcmp0 (((const CptField *) g_ptr_array_index (self->fields, i))->name, column->field) == 0)
      selected = i + 1;

  choice = add_combo (self, group, row, column->header, labels, selected, G_CALLBACK (field_selected_cb));
  choice->column = column;
  choice->rule = rule;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), example);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  choice = add_combo (self, group, rule, _("Unknown names"), rules, column->link_rule, G_CALLBACK (rule_selected_cb));
  choice->column = column;
  gtk_widget_add_css_class (rule, "import-rule");
  gtk_widget_set_visible (rule, is_link (get_field (self, selected)));
}

static void
add_column_rows (CptImportMapping  *self,
                 GtkWidget         *group,
                 GPtrArray         *preview,
                 const char *const *labels)
{
  g_autofree char *rest = NULL;
  guint n_left_out = 0;

  for (guint i = 0; i < self->plan->columns->len; i++)
    {
      CptImportColumn *column = g_ptr_array_index (self->plan->columns, i);
      g_autofree char *example = NULL;

      if (i >= MAX_COLUMNS && column->field == NULL)
        {
          n_left_out++;
          continue;
        }
      example = dup_example (preview, i);
      add_column (self, group, column, example, labels);
    }

  if (n_left_out == 0)
    return;
  rest = g_strdup_printf (ngettext ("%u more column is left out", "%u more columns are left out", n_left_out), n_left_out);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), rest);
}

static void
add_columns (CptImportMapping *self,
             GPtrArray        *preview)
{
  GtkWidget *group = add_group (self, _("Columns"), _("Which field each column of the file goes into"));
  g_autoptr(GPtrArray) labels = g_ptr_array_new ();

  g_ptr_array_set_size (self->fields, 0);
  g_ptr_array_add (labels, (gpointer) _("Leave out"));
  for (guint i = 0; i < self->plan->entity->n_fields; i++)
    if (!(self->plan->entity->fields[i]->flags & CPT_FIELD_HIDDEN))
      {
        g_ptr_array_add (self->fields, (gpointer) self->plan->entity->fields[i]);
        g_ptr_array_add (labels, (gpointer) cpt_field_get_label (self->plan->entity->fields[i]));
      }
  g_ptr_array_add (labels, NULL);

  add_column_rows (self, group, preview, (const char *const *) labels->pdata);
}

static void
cpt_import_mapping_dispose (GObject *object)
{
  CptImportMapping *self = CPT_IMPORT_MAPPING (object);

  g_clear_pointer (&self->page, gtk_widget_unparent);

  G_OBJECT_CLASS (cpt_import_mapping_parent_class)->dispose (object);
}

static void
cpt_import_mapping_finalize (GObject *object)
{
  CptImportMapping *self = CPT_IMPORT_MAPPING (object);

  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);

  G_OBJECT_CLASS (cpt_import_mapping_parent_class)->finalize (object);
}

static void
cpt_import_mapping_class_init (CptImportMappingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cpt_import_mapping_dispose;
  object_class->finalize = cpt_import_mapping_finalize;

  /**
   * CptImportMapping::changed:
   *
   * The person changed the plan.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpt_import_mapping_init (CptImportMapping *self)
{
  self->groups = g_ptr_array_new ();
  self->fields = g_ptr_array_new ();
  self->page = adw_preferences_page_new ();
  gtk_widget_set_vexpand (self->page, TRUE);
  gtk_widget_set_parent (self->page, GTK_WIDGET (self));
}

GtkWidget *
cpt_import_mapping_new (void)
{
  return g_object_new (CPT_TYPE_IMPORT_MAPPING, NULL);
}

void
cpt_import_mapping_set_plan (CptImportMapping *self,
                             CptImportPlan    *plan,
                             GPtrArray        *preview)
{
  g_return_if_fail (CPT_IS_IMPORT_MAPPING (self));

  self->is_showing = TRUE;
  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (ADW_PREFERENCES_PAGE (self->page), g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);

  self->plan = plan;
  if (plan != NULL)
    {
      add_columns (self, preview);
      add_reading (self);
    }
  self->is_showing = FALSE;
}

guint
cpt_import_mapping_get_n_mapped (CptImportMapping *self)
{
  guint n = 0;

  g_return_val_if_fail (CPT_IS_IMPORT_MAPPING (self), 0);

  for (guint i = 0; self->plan != NULL && i < self->plan->columns->len; i++)
    if (((const CptImportColumn *) g_ptr_array_index (self->plan->columns, i))->field != NULL)
      n++;

  return n;
}
