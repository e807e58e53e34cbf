/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What becomes of each column of a file: a row per column with an example from
 * the file, the field it goes into, for links what happens to names that are
 * not known, for numbers what they count in. Above them how the file is read,
 * which was found out already. The rows of columns are made anew for each plan;
 * the group above stays.
 */

#include "config.h"

#include "cpt-import-mapping.h"

#include <glib/gi18n.h>

#include "cpt-field-type.h"
#include "cpt-form-rows.h"
#include "cpt-import-reading-row.h"

/* Of wider files only the columns that have a field are shown */
#define MAX_COLUMNS 200

struct _CptImportMapping
{
  GtkWidget parent_instance;

  GtkWidget *page;
  GtkWidget *reading;  /* borrowed from page, as those below */
  GtkWidget *mode;     /* what happens to records that are there already */
  GtkWidget *columns;  /* (nullable): the group of them */
  CptImportPlan *plan; /* (nullable): the owner's */
  GPtrArray *preview;  /* (nullable): the owner's */
  GPtrArray *fields;   /* CptField, offered for columns; alive as long as the plan's schema */
  gboolean is_showing;
};

enum
{
  CHANGED,
  READING_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptImportMapping, cpt_import_mapping, GTK_TYPE_WIDGET)

/* The rows of one column; each of them has a reference */
typedef struct
{
  CptImportMapping *self;  /* outlives its rows */
  CptImportColumn *column; /* alive as long as the plan */
  guint position;          /* in the file */
  GtkWidget *row;
  GtkWidget *rule;   /* shown for links */
  GtkWidget *factor; /* shown for numbers */
} Column;

static const gint64 factors[] = { 1, 1000, 1000000, 1000000000 };

static void
column_release (gpointer  data,
                GClosure *closure)
{
  g_rc_box_release (data);
}

static void
emit_changed (CptImportMapping *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
mode_selected_cb (CptImportMapping *self)
{
  if (self->is_showing || self->plan == NULL)
    return;

  self->plan->mode = adw_combo_row_get_selected (ADW_COMBO_ROW (self->mode));
  emit_changed (self);
}

static void
reading_changed_cb (CptImportMapping *self)
{
  g_signal_emit (self, signals[READING_CHANGED], 0);
}

/* Columns */

static const CptField *
get_field (CptImportMapping *self,
           guint             selected)
{
  return selected == 0 || selected > self->fields->len ? NULL : g_ptr_array_index (self->fields, selected - 1);
}

static gboolean
is_link (const CptField *field)
{
  return field != NULL && cpt_field_kind_is_link (field->kind);
}

static gboolean
is_number (const CptField *field)
{
  return field != NULL && (field->kind == CPT_FIELD_MONEY || field->kind == CPT_FIELD_DECIMAL ||
                           (field->kind == CPT_FIELD_INTEGER && (field->flags & CPT_FIELD_UNGROUPED) == 0));
}

/* What the first filled row becomes, or the first that can't be used */
static char *
dup_example (CptImportMapping *self,
             const Column     *column)
{
  const char *first = NULL;
  g_autofree char *first_shown = NULL;

  for (guint i = 0; self->preview != NULL && i < self->preview->len; i++)
    {
      char **row = g_ptr_array_index (self->preview, i);
      const char *text = column->position < g_strv_length (row) ? row[column->position] : "";
      g_autofree char *shown = NULL;
      gboolean is_good;

      if (*text == '\0')
        continue;
      shown = cpt_import_plan_dup_example (self->plan, column->column, text, &is_good);
      if (!is_good)
        return g_steal_pointer (&shown);
      if (first == NULL)
        {
          first = text;
          first_shown = g_steal_pointer (&shown);
        }
    }

  if (first == NULL)
    return g_strdup (_("Empty in the first rows"));
  if (first_shown == NULL || g_str_equal (first_shown, first))
    /* Translators: a value from a file, as an example */
    return g_strdup_printf (_("For example “%s”"), first);

  /* Translators: a value from a file, and how it is understood: "“1,5” becomes 1 500 000 €" */
  return g_strdup_printf (_("“%s” becomes %s"), first, first_shown);
}

/* What depends on the field and on the factor */
static void
show_column (Column *column)
{
  CptImportMapping *self = column->self;
  const CptField *field = get_field (self, adw_combo_row_get_selected (ADW_COMBO_ROW (column->row)));
  g_autofree char *example = dup_example (self, column);
  gboolean is_counted = column->column->multiplier > 1;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (column->row), example);
  gtk_widget_set_visible (column->rule, is_link (field));
  gtk_widget_set_visible (column->factor, is_number (field));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (column->factor),
                               is_counted || column->column->hint == NULL ? "" : column->column->hint);
}

static void
rule_selected_cb (AdwComboRow *row,
                  GParamSpec  *pspec,
                  Column      *column)
{
  if (column->self->is_showing)
    return;

  column->column->link_rule = adw_combo_row_get_selected (row);
  emit_changed (column->self);
}

static void
factor_selected_cb (AdwComboRow *row,
                    GParamSpec  *pspec,
                    Column      *column)
{
  guint selected = adw_combo_row_get_selected (row);

  /* One that no list has, of a plan from elsewhere, stays when it stays chosen */
  if (column->self->is_showing || selected >= G_N_ELEMENTS (factors))
    return;

  column->column->multiplier = factors[selected];
  show_column (column);
  emit_changed (column->self);
}

static void
field_selected_cb (AdwComboRow *row,
                   GParamSpec  *pspec,
                   Column      *column)
{
  const CptField *field;

  if (column->self->is_showing)
    return;

  field = get_field (column->self, adw_combo_row_get_selected (row));
  cpt_import_plan_map (column->self->plan, column->column, field != NULL ? field->name : NULL, NULL);
  show_column (column);
  emit_changed (column->self);
}

static GtkWidget *
add_combo (GtkWidget  *group,
           const char *title,
           GListModel *model,
           guint       selected)
{
  GtkWidget *row = cpt_form_add_combo (group, title);

  adw_combo_row_set_model (ADW_COMBO_ROW (row), model);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);

  return row;
}

static GtkWidget *
add_factor (GtkWidget             *group,
            const CptImportColumn *column)
{
  const char *names[] = { C_("numbers are in", "Units"), C_("numbers are in", "Thousands"), C_("numbers are in", "Millions"),
                          C_("numbers are in", "Billions"), NULL };
  g_autoptr(GtkStringList) list = gtk_string_list_new (names);
  gint64 multiplier = MAX (column->multiplier, 1);
  GtkWidget *row;
  guint selected = 0;

  while (selected < G_N_ELEMENTS (factors) && factors[selected] != multiplier)
    selected++;
  if (selected == G_N_ELEMENTS (factors))
    {
      g_autofree char *number = cpt_decimal_format_local (multiplier, 0, 0);
      gtk_string_list_append (list, number);
    }

  row = add_combo (group, _("Numbers are in"), G_LIST_MODEL (list), selected);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (row, "import-rule");

  return row;
}

static void
connect_row (GtkWidget *row,
             GCallback  callback,
             Column    *column)
{
  g_signal_connect_data (row, "notify::selected", callback, g_rc_box_acquire (column), column_release, 0);
}

static void
add_column (CptImportMapping *self,
            guint             position,
            GListModel       *labels)
{
  const char *rules[] = { _("Reject the row"), _("Leave the field empty"), _("Create a record with that name"),
                          _("Use the most similar one, or create it"), NULL };
  g_autoptr(GtkStringList) list = gtk_string_list_new (rules);
  Column *column = g_rc_box_new0 (Column);
  guint selected = 0;

  column->self = self;
  column->position = position;
  column->column = g_ptr_array_index (self->plan->columns, position);
  for (guint i = 0; i < self->fields->len; i++)
    if (g_strcmp0 (((const CptField *) g_ptr_array_index (self->fields, i))->name, column->column->field) == 0)
      selected = i + 1;

  column->row = add_combo (self->columns, column->column->header, labels, selected);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (column->row), 2);
  column->rule = add_combo (self->columns, _("Unknown names"), G_LIST_MODEL (list), column->column->link_rule);
  gtk_widget_add_css_class (column->rule, "import-rule");
  column->factor = add_factor (self->columns, column->column);
  show_column (column);

  connect_row (column->row, G_CALLBACK (field_selected_cb), column);
  connect_row (column->rule, G_CALLBACK (rule_selected_cb), column);
  connect_row (column->factor, G_CALLBACK (factor_selected_cb), column);
  g_rc_box_release (column);
}

static void
add_column_rows (CptImportMapping *self,
                 GListModel       *labels)
{
  g_autofree char *rest = NULL;
  guint n_left_out = 0;

  for (guint i = 0; i < self->plan->columns->len; i++)
    {
      const CptImportColumn *column = g_ptr_array_index (self->plan->columns, i);

      if (i >= MAX_COLUMNS && column->field == NULL)
        n_left_out++;
      else
        add_column (self, i, labels);
    }

  if (n_left_out == 0)
    return;
  rest = g_strdup_printf (ngettext ("%u more column is left out", "%u more columns are left out", n_left_out), n_left_out);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->columns), rest);
}

static void
add_columns (CptImportMapping *self)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);

  self->columns = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->columns), _("Columns"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->columns),
                                         _("Which field each column of the file goes into"));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (self->columns));

  g_ptr_array_set_size (self->fields, 0);
  gtk_string_list_append (labels, _("Leave out"));
  for (guint i = 0; i < self->plan->entity->n_fields; i++)
    if (!(self->plan->entity->fields[i]->flags & CPT_FIELD_HIDDEN))
      {
        g_ptr_array_add (self->fields, (gpointer) self->plan->entity->fields[i]);
        gtk_string_list_append (labels, cpt_field_get_label (self->plan->entity->fields[i]));
      }

  add_column_rows (self, G_LIST_MODEL (labels));
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
  /**
   * CptImportMapping::reading-changed:
   *
   * The person says how the file is to be read: the plan is to be made anew.
   */
  signals[READING_CHANGED] = g_signal_new ("reading-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpt_import_mapping_init (CptImportMapping *self)
{
  const char *modes[] = { _("Always create new records"), _("Update existing records only"),
                          _("Create new records, update existing ones"), _("Create new records, leave existing ones"), NULL };
  g_autoptr(GtkStringList) list = gtk_string_list_new (modes);
  GtkWidget *group = adw_preferences_group_new ();

  self->fields = g_ptr_array_new ();
  self->page = adw_preferences_page_new ();
  gtk_widget_set_vexpand (self->page, TRUE);
  gtk_widget_set_parent (self->page, GTK_WIDGET (self));

  self->reading = cpt_import_reading_row_new ();
  g_signal_connect_object (self->reading, "changed", G_CALLBACK (reading_changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->reading);
  self->mode = add_combo (group, _("Records"), G_LIST_MODEL (list), CPT_IMPORT_CREATE_OR_UPDATE);
  g_signal_connect_object (self->mode, "notify::selected", G_CALLBACK (mode_selected_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (group));
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
  if (self->columns != NULL)
    adw_preferences_page_remove (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (self->columns));
  self->columns = NULL;

  self->plan = plan;
  self->preview = preview;
  if (plan != NULL)
    {
      cpt_import_reading_row_set_plan (CPT_IMPORT_READING_ROW (self->reading), plan);
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->mode), plan->mode);
      /* Numbers of days replace those with the same day and texts: there is nothing to choose */
      gtk_widget_set_visible (self->mode, (plan->entity->flags & CPT_ENTITY_FACTS) == 0);
      add_columns (self);
    }
  self->is_showing = FALSE;
}

const CptImportReading *
cpt_import_mapping_get_reading (CptImportMapping *self)
{
  g_return_val_if_fail (CPT_IS_IMPORT_MAPPING (self), NULL);

  return cpt_import_reading_row_get_reading (CPT_IMPORT_READING_ROW (self->reading));
}

void
cpt_import_mapping_refuse_reading (CptImportMapping *self,
                                   const char       *message)
{
  g_return_if_fail (CPT_IS_IMPORT_MAPPING (self));

  cpt_import_reading_row_refuse (CPT_IMPORT_READING_ROW (self->reading), message);
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
