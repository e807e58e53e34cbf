/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menu of a record in a list: open it, show only records that have the
 * same value in a field. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-list-view-private.h"

#define MAX_TEXT 40 /* characters of a value in the menu */

/* For an instant, the day that it is on here: nothing else happened at the same
 * microsecond. */
static JsonNode *
create_day (CptListView    *self,
            const CptField *field,
            const CptValue *value)
{
  g_autoptr(JsonNode) node = cpt_field_to_json (field, value);
  g_autoptr(GDateTime) instant = g_date_time_new_from_iso8601 (json_node_get_string (node), NULL);
  g_autoptr(GDateTime) here = NULL;
  g_autofree char *day = NULL;

  if (instant == NULL)
    return NULL;

  here = g_date_time_to_timezone (instant, cpt_store_get_zone (cpt_view_get_store (CPT_VIEW (self))));
  day = g_date_time_format (here, "%Y-%m-%d");

  return json_node_init_string (json_node_alloc (), day);
}

/* (nullable): the condition that the row meets by its value in a column */
static CptFilter *
create_condition (CptListView *self,
                  guint        position,
                  guint        column)
{
  const CptGridColumn *shown = cpt_grid_model_get_column (CPT_GRID_MODEL (self->model), column);
  const CptValue *value = cpt_query_model_get_value (self->model, position, column);
  g_autoptr(JsonNode) node = NULL;
  const CptField *field;
  CptPath path;
  CptOperator op;

  if (shown == NULL || value == NULL || !cpt_path_parse (self->schema, self->entity, shown->name, &path, NULL))
    return NULL;

  field = cpt_path_get_field (&path);
  if (field->kind == CPT_FIELD_BOOLEAN)
    op = value->type == CPT_VALUE_INTEGER && value->integer != 0 ? CPT_OPERATOR_IS_TRUE : CPT_OPERATOR_IS_FALSE;
  else if (cpt_value_is_null (value))
    op = CPT_OPERATOR_IS_EMPTY;
  else
    op = cpt_field_has_operator (field, CPT_OPERATOR_CONTAINS_ALL) ? CPT_OPERATOR_CONTAINS_ALL : CPT_OPERATOR_IS;

  if (!cpt_field_has_operator (field, op))
    return NULL;
  if (op == CPT_OPERATOR_IS || op == CPT_OPERATOR_CONTAINS_ALL)
    node = field->kind == CPT_FIELD_DATETIME ? create_day (self, field, value) : cpt_field_to_json (field, value);

  return cpt_filter_new_condition (self->schema, self->entity, shown->name, op, node, NULL);
}

/* "Kind: Customer"; an empty value is said in words */
static char *
describe_value (CptListView *self,
                guint        position,
                guint        column)
{
  const CptGridColumn *shown = cpt_grid_model_get_column (CPT_GRID_MODEL (self->model), column);
  g_auto(CptGridCell) cell = { 0 };
  g_autofree char *text = NULL;

  cpt_grid_model_get_cell (CPT_GRID_MODEL (self->model), position, column, &cell);
  if (cell.text == NULL || cell.text[0] == '\0')
    text = g_strdup (C_("value", "empty"));
  else if (g_utf8_strlen (cell.text, -1) <= MAX_TEXT)
    text = g_strdup (cell.text);
  else
    {
      g_autofree char *start = g_utf8_substring (cell.text, 0, MAX_TEXT - 1);

      text = g_strconcat (start, "…", NULL);
    }

  return g_strdup_printf (C_("cell", "%s: %s"), shown->title, text);
}

/* In menus, an underscore stands before the letter of the key. */
static void
add_item (GMenu      *menu,
          const char *label,
          const char *action,
          guint       column)
{
  g_auto(GStrv) parts = g_strsplit (label, "_", -1);
  g_autofree char *escaped = g_strjoinv ("__", parts);
  g_autoptr(GMenuItem) item = g_menu_item_new (escaped, NULL);

  g_menu_item_set_action_and_target (item, action, "u", column);
  g_menu_append_item (menu, item);
}

static void
add_values (CptListView *self,
            GMenu       *menu,
            guint        position)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      g_autoptr(CptFilter) condition = create_condition (self, position, i);
      g_autofree char *label = NULL;

      if (condition == NULL)
        continue;
      label = describe_value (self, position, i);
      add_item (menu, label, "list.filter-value", i);
    }
}

GMenuModel *
cpt_list_view_create_row_menu (CptListView *self,
                               guint        position,
                               guint        column)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) record = g_menu_new ();
  g_autoptr(GMenu) narrow = g_menu_new ();
  g_autoptr(GMenu) values = g_menu_new ();
  g_autoptr(GMenu) removal = g_menu_new ();
  g_autoptr(CptFilter) condition = create_condition (self, position, column);
  const CptField *editable;
  const char *reason;

  g_menu_append (record, _("_Open"), "list.open");
  editable = cpt_list_view_get_editable (self, column, &reason);
  if (editable != NULL)
    {
      const CptGridColumn *shown = cpt_grid_model_get_column (CPT_GRID_MODEL (self->model), column);
      /* Translators: %s is a field: "Change City…"; yes or no is answered at once: "Change On Sale" */
      g_autofree char *label =
        g_strdup_printf (editable->kind == CPT_FIELD_BOOLEAN ? _("Change %s") : _("Change %s…"), shown->title);

      add_item (record, label, "list.edit-cell", column);
    }
  cpt_list_view_add_merge_item (self, record);
  cpt_list_view_add_bulk_items (self, record);
  if (condition != NULL)
    {
      g_autofree char *value = describe_value (self, position, column);
      /* Translators: a field and its value: "Only Kind: Customer" */
      g_autofree char *label = g_strdup_printf (_("Only %s"), value);

      add_item (narrow, label, "list.filter-value", column);
    }
  add_values (self, values, position);
  if (g_menu_model_get_n_items (G_MENU_MODEL (values)) > 0)
    g_menu_append_submenu (narrow, _("_Filter by"), G_MENU_MODEL (values));
  if (!cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self))))
    g_menu_append (removal, _("_Move to Trash"), "list.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (record));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (narrow));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (removal));

  return G_MENU_MODEL (menu);
}

static void
filter_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  CptListView *self = CPT_LIST_VIEW (widget);
  g_autoptr(CptFilter) condition =
    create_condition (self, cpt_data_grid_get_cursor (self->grid), g_variant_get_uint32 (parameter));

  if (condition != NULL)
    cpt_query_bar_add (self->bar, condition);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CptListView *self = CPT_LIST_VIEW (widget);
  CptUuid id;

  if (cpt_query_model_get_id (self->model, cpt_data_grid_get_cursor (self->grid), &id))
    cpt_window_open_record (cpt_view_get_window (CPT_VIEW (self)), self->entity, &id);
}

void
cpt_list_view_install_row_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "list.filter-value", "u", filter_action);
  gtk_widget_class_install_action (klass, "list.open", NULL, open_action);
}
