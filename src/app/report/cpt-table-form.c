/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A table of a report, filled in: rows made from the declarations, and the bar of
 * conditions that lists have. What can't be shown here, such as a path through
 * several links, is kept as it is. */

#include "config.h"

#include "cpt-table-form.h"

#include <glib/gi18n.h>

#include "cpt-combo-labels.h"
#include "cpt-filter-bar.h"
#include "cpt-form-rows.h"
#include "cpt-grouping.h"
#include "cpt-order-list.h"
#include "cpt-totals.h"
#include "cpt-widget-choices.h"

struct _CptTableForm
{
  AdwBin parent_instance;

  CptStore *store;
  CptSchema *schema;
  GPtrArray *entities; /* CptEntity: of the row */
  GPtrArray *groups;   /* CptField: of the row, behind "None" */
  GPtrArray *fields;   /* CptField: that can be added as columns */
  GPtrArray *sorts;    /* CptField: of the row, behind "As in lists" */
  char *kept_group;    /* (nullable): stored, and chosen by nobody since */
  char *kept_sort;     /* (nullable): likewise */
  gboolean descends;   /* the groups, as stored */
  gboolean is_showing;

  /* Borrowed from GTK */
  GtkWidget *entity;
  GtkWidget *sort;
  GtkWidget *descending;
  GtkWidget *group;
  GtkWidget *period; /* seen for groups of days */
  GtkWidget *breaks;
  GtkWidget *sums;
  GtkWidget *columns;
  GtkWidget *column; /* adds one */
  GtkWidget *conditions;
  GtkWidget *bar; /* (nullable) */
  GtkWidget *column_box;
};

G_DEFINE_FINAL_TYPE (CptTableForm, cpt_table_form, ADW_TYPE_BIN)

static void
set_text (char       **text,
          const char  *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static const CptEntity *
get_entity (CptTableForm *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->entity));

  return selected < self->entities->len ? g_ptr_array_index (self->entities, selected) : NULL;
}

/* ------------------------------------------------------------------------ columns */

static void
add_column (CptTableForm *self,
            const char   *name)
{
  const CptEntity *entity = get_entity (self);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *label = NULL;
  CptPath path;

  if (cpt_path_parse (self->schema, entity, name, &path, NULL))
    label = cpt_path_get_label (&path);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label != NULL ? label : name);
  cpt_order_list_append (CPT_ORDER_LIST (self->columns), row, name);
}

static void
column_chosen_cb (CptTableForm *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->column));

  if (self->is_showing || selected == 0 || selected > self->fields->len)
    return;

  add_column (self, ((const CptField *) g_ptr_array_index (self->fields, selected - 1))->name);
  self->is_showing = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->column), 0);
  self->is_showing = FALSE;
}

static GStrv
dup_columns (CptTableForm *self)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < cpt_order_list_get_length (CPT_ORDER_LIST (self->columns)); i++)
    g_strv_builder_add (names, cpt_order_list_get_key (CPT_ORDER_LIST (self->columns), i));

  return g_strv_builder_end (names);
}

static void show_columns (CptTableForm *self,
                          const char *const *names);

static void
column_removed_cb (CptOrderList *list,
                   const char   *key,
                   CptTableForm *self)
{
  g_auto(GStrv) names = dup_columns (self);
  g_autoptr(GStrvBuilder) left = g_strv_builder_new ();
  g_auto(GStrv) rest = NULL;
  g_autofree char *focus = cpt_order_list_dup_focus (list);
  gboolean is_gone = FALSE;

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (!is_gone && g_str_equal (names[i], key))
        is_gone = TRUE;
      else
        g_strv_builder_add (left, names[i]);
    }
  rest = g_strv_builder_end (left);
  show_columns (self, (const char *const *) rest);
  cpt_order_list_focus_near (CPT_ORDER_LIST (self->columns), focus);
}

static void
show_columns (CptTableForm      *self,
              const char *const *names)
{
  GtkWidget *list = cpt_order_list_new (_("Columns"));

  if (self->columns != NULL)
    gtk_box_remove (GTK_BOX (self->column_box), self->columns);
  self->columns = list;
  cpt_order_list_set_removable (CPT_ORDER_LIST (list));
  g_signal_connect_object (list, "removed", G_CALLBACK (column_removed_cb), self, 0);
  gtk_box_prepend (GTK_BOX (self->column_box), list);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    add_column (self, names[i]);
}

/* -------------------------------------------------------------- what follows the kind */

/* Fills a row with fields behind @first. What is chosen: the field called @name */
static void
show_fields (GtkWidget  *row,
             GPtrArray  *fields,
             const char *first,
             const char *name)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new ();
  guint selected = 0;

  g_ptr_array_add (labels, (gpointer) first);
  for (guint i = 0; i < fields->len; i++)
    {
      const CptField *field = g_ptr_array_index (fields, i);

      if (g_strcmp0 (field->name, name) == 0)
        selected = i + 1;
      g_ptr_array_add (labels, (gpointer) cpt_field_get_label (field));
    }
  cpt_combo_row_set_labels (ADW_COMBO_ROW (row), labels, selected);
}

static void
collect_fields (CptTableForm    *self,
                const CptEntity *entity)
{
  g_autoptr(CptQuery) query = NULL;

  g_ptr_array_set_size (self->groups, 0);
  g_ptr_array_set_size (self->fields, 0);
  g_ptr_array_set_size (self->sorts, 0);
  query = entity != NULL ? cpt_query_new (self->schema, entity) : NULL;
  for (guint i = 0; entity != NULL && i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];
      CptGrouping grouping;

      if ((field->flags & CPT_FIELD_HIDDEN) != 0)
        continue;
      g_ptr_array_add (self->fields, (gpointer) field);
      if (cpt_grouping_is_possible (field) && cpt_grouping_parse (self->schema, entity, field->name, &grouping, NULL))
        g_ptr_array_add (self->groups, (gpointer) field);
      if (cpt_query_set_sort (query, field->name, NULL))
        g_ptr_array_add (self->sorts, (gpointer) field);
    }
}

static void
show_conditions (CptTableForm    *self,
                 const CptEntity *entity,
                 JsonNode        *where)
{
  g_autoptr(CptFilter) filter = NULL;

  if (self->bar != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->conditions), self->bar);
  self->bar = NULL;
  if (entity == NULL)
    return;

  filter = where != NULL ? cpt_filter_from_json (self->schema, entity, where, NULL) : NULL;
  self->bar = cpt_filter_bar_new (self->store, self->schema, entity);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (self->bar)), GTK_ORIENTATION_VERTICAL);
  cpt_filter_bar_set_adding (CPT_FILTER_BAR (self->bar), _("Add a Condition"));
  cpt_filter_bar_set_filter (CPT_FILTER_BAR (self->bar), filter);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->conditions), self->bar);
}

/* The name of the field in "-amount" or "closed_on:month" */
static char *
dup_field_name (const char *text)
{
  g_auto(GStrv) parts = NULL;

  if (text == NULL)
    return NULL;
  parts = g_strsplit_set (*text == '-' ? text + 1 : text, ":,", 2);

  return g_strdup (parts[0]);
}

static const CptField *
get_chosen_field (GtkWidget *row,
                  GPtrArray *fields)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

  return selected > 0 && selected <= fields->len ? g_ptr_array_index (fields, selected - 1) : NULL;
}

static void
update_period (CptTableForm *self)
{
  const CptField *field = get_chosen_field (self->group, self->groups);

  gtk_widget_set_visible (self->period, field != NULL && cpt_field_type_get (field->kind)->is_bucketable);
}

/* Where nothing is stored: months, as in lists */
static void
show_period (CptTableForm *self,
             const char   *group)
{
  const char *colon = group != NULL ? strchr (group, ':') : NULL;

  cpt_widget_choices_show (cpt_widget_buckets, ADW_COMBO_ROW (self->period), colon != NULL ? colon + 1 : NULL, 0, 2);
  update_period (self);
}

static void
show_block (CptTableForm   *self,
            const CptBlock *block)
{
  const CptEntity *entity = get_entity (self);
  g_autofree char *group = dup_field_name (block->group);
  g_autofree char *sort = dup_field_name (block->sort);
  const char *const *columns = (const char *const *) block->columns;

  self->is_showing = TRUE;
  collect_fields (self, entity);
  show_fields (self->group, self->groups, C_("groups", "None"), group);
  show_period (self, block->group);
  show_fields (self->sort, self->sorts, _("As in lists"), sort);
  show_fields (self->column, self->fields, _("Choose a field"), NULL);
  gtk_switch_set_active (GTK_SWITCH (self->descending), block->sort != NULL && block->sort[0] == '-');
  show_columns (self, columns != NULL && columns[0] != NULL ? columns : entity != NULL ? entity->columns
                                                                                       : NULL);
  show_conditions (self, entity, block->where);
  set_text (&self->kept_group, block->group);
  self->descends = block->group != NULL && block->group[0] == '-';
  set_text (&self->kept_sort, block->sort);
  self->is_showing = FALSE;
}

static void
entity_chosen_cb (CptTableForm *self)
{
  const CptBlock empty = { .kind = CPT_BLOCK_TABLE };

  if (!self->is_showing)
    show_block (self, &empty);
}

static void
group_chosen_cb (CptTableForm *self)
{
  if (self->is_showing)
    return;

  g_clear_pointer (&self->kept_group, g_free);
  self->descends = FALSE;
  update_period (self);
}

static void
period_chosen_cb (CptTableForm *self)
{
  if (!self->is_showing)
    g_clear_pointer (&self->kept_group, g_free);
}

static void
sort_chosen_cb (CptTableForm *self)
{
  if (!self->is_showing)
    g_clear_pointer (&self->kept_sort, g_free);
}

/* ------------------------------------------------------------------------ result */

static char *
dup_group (CptTableForm *self)
{
  const CptField *field = get_chosen_field (self->group, self->groups);
  const char *period = cpt_widget_choices_read (cpt_widget_buckets, ADW_COMBO_ROW (self->period), 0);

  if (self->kept_group != NULL)
    return g_strdup (self->kept_group);
  if (field == NULL)
    return NULL;
  if (!cpt_field_type_get (field->kind)->is_bucketable)
    return g_strdup (field->name);

  return g_strconcat (self->descends ? "-" : "", field->name, ":", period, NULL);
}

/* Of the columns that say something when they are added up */
static GStrv
dup_sums (CptTableForm      *self,
          const char *const *columns)
{
  g_autoptr(GStrvBuilder) totals = g_strv_builder_new ();

  for (guint i = 0; columns[i] != NULL; i++)
    {
      CptTotal total = { .aggregate = CPT_AGGREGATE_SUM };
      g_autofree char *text = NULL;

      if (!cpt_path_parse (self->schema, get_entity (self), columns[i], &total.path, NULL) ||
          !cpt_total_is_sum (cpt_path_get_field (&total.path)))
        continue;
      text = cpt_total_format (&total);
      g_strv_builder_add (totals, text);
    }

  return g_strv_builder_end (totals);
}

void
cpt_table_form_apply (CptTableForm *self,
                      CptBlock     *block)
{
  const CptEntity *entity = get_entity (self);
  const CptField *sort = get_chosen_field (self->sort, self->sorts);
  g_autoptr(CptFilter) filter = self->bar != NULL ? cpt_filter_bar_dup_filter (CPT_FILTER_BAR (self->bar)) : NULL;
  gboolean has_sums = gtk_switch_get_active (GTK_SWITCH (self->sums));

  g_return_if_fail (entity != NULL);

  set_text (&block->entity, entity->name);
  g_clear_pointer (&block->where, json_node_unref);
  if (filter != NULL)
    block->where = cpt_filter_to_json (filter);
  g_free (block->sort);
  if (self->kept_sort != NULL)
    block->sort = g_strdup (self->kept_sort);
  else if (sort != NULL)
    block->sort = g_strconcat (gtk_switch_get_active (GTK_SWITCH (self->descending)) ? "-" : "", sort->name, NULL);
  else
    block->sort = NULL;
  g_free (block->group);
  block->group = dup_group (self);
  block->breaks_groups = gtk_switch_get_active (GTK_SWITCH (self->breaks));
  g_strfreev (block->columns);
  block->columns = dup_columns (self);
  g_strfreev (block->totals);
  block->totals = has_sums ? dup_sums (self, (const char *const *) block->columns) : NULL;
}

/* ---------------------------------------------------------------------- building */

static void
build (CptTableForm   *self,
       const CptBlock *block)
{
  gboolean has_sums = block->entity == NULL || (block->totals != NULL && block->totals[0] != NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *records = cpt_form_add_group (box, _("Records"));
  GtkWidget *columns;
  GtkWidget *more;

  self->entity = cpt_form_add_watched_combo (records, _("Kind"), G_CALLBACK (entity_chosen_cb), self);
  cpt_combo_row_set_kinds (ADW_COMBO_ROW (self->entity), self->entities, block->entity);
  self->conditions = cpt_form_add_group (box, _("Conditions"));
  more = cpt_form_add_group (box, _("Order"));
  self->sort = cpt_form_add_watched_combo (more, _("Sort By"), G_CALLBACK (sort_chosen_cb), self);
  self->descending = cpt_form_add_switch (more, _("Largest or Last First"), FALSE);
  g_signal_connect_object (self->descending, "notify::active", G_CALLBACK (sort_chosen_cb), self, G_CONNECT_SWAPPED);
  self->group = cpt_form_add_watched_combo (more, _("Group By"), G_CALLBACK (group_chosen_cb), self);
  self->period = cpt_form_add_watched_combo (more, _("Period of a Group"), G_CALLBACK (period_chosen_cb), self);
  self->breaks = cpt_form_add_switch (more, _("Begin Each Group on a New Page"), block->breaks_groups);
  self->sums = cpt_form_add_switch (more, _("Totals"), has_sums);
  columns = cpt_form_add_group (box, _("Columns"));
  self->column_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (columns), self->column_box);
  more = adw_preferences_group_new ();
  self->column = cpt_form_add_watched_combo (more, _("Add a Column"), G_CALLBACK (column_chosen_cb), self);
  gtk_box_append (GTK_BOX (self->column_box), more);
  adw_bin_set_child (ADW_BIN (self), box);
}

static void
cpt_table_form_finalize (GObject *object)
{
  CptTableForm *self = CPT_TABLE_FORM (object);

  g_ptr_array_unref (self->entities);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->sorts);
  g_free (self->kept_group);
  g_free (self->kept_sort);
  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (cpt_table_form_parent_class)->finalize (object);
}

static void
cpt_table_form_class_init (CptTableFormClass *class)
{
  G_OBJECT_CLASS (class)->finalize = cpt_table_form_finalize;
}

static void
cpt_table_form_init (CptTableForm *self)
{
  self->groups = g_ptr_array_new ();
  self->fields = g_ptr_array_new ();
  self->sorts = g_ptr_array_new ();
}

GtkWidget *
cpt_table_form_new (CptWindow      *window,
                    const CptBlock *block)
{
  CptTableForm *self = g_object_new (CPT_TYPE_TABLE_FORM, NULL);

  self->store = g_object_ref (cpt_window_get_store (window));
  self->schema = cpt_schema_ref (cpt_window_get_schema (window));
  self->entities = cpt_schema_list_kinds (self->schema);
  self->is_showing = TRUE;
  build (self, block);
  show_block (self, block);

  return GTK_WIDGET (self);
}
