/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which fields a list shows, in which order, how wide: as declared, until the
 * person chooses. Written as "name:220:pinned,stage,amount:150": paths with their
 * widths in pixels, where these are not the natural ones, and whether they stay
 * while others are scrolled ("name::pinned"). Pinned ones come first. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-list-view-private.h"

#define MAX_WIDTH 4000
#define MAX_COLUMNS 60

static void
column_clear (CptListColumn *column)
{
  g_free (column->path);
}

/* What is no field, or no field any more, is left out. */
static void
add_column (CptListView *self,
            GArray      *columns,
            const char  *text)
{
  g_auto(GStrv) parts = g_strsplit (text, ":", 3);
  CptListColumn column = { 0 };
  gint64 width = 0;
  CptPath path;

  if (columns->len == MAX_COLUMNS || parts[0] == NULL ||
      !cpt_path_parse (self->schema, self->entity, parts[0], &path, NULL))
    return;

  for (guint i = 0; i < columns->len; i++)
    if (strcmp (g_array_index (columns, CptListColumn, i).path, parts[0]) == 0)
      return;

  if (parts[1] != NULL && g_ascii_string_to_signed (parts[1], 10, CPT_GRID_MIN_WIDTH, MAX_WIDTH, &width, NULL))
    column.width = (int) width;
  column.is_pinned = parts[1] != NULL && g_strcmp0 (parts[2], "pinned") == 0;
  column.path = g_strdup (parts[0]);
  g_array_append_val (columns, column);
}

static guint
count_pinned (const GArray *columns)
{
  guint n_pinned = 0;

  for (guint i = 0; i < columns->len; i++)
    n_pinned += g_array_index (columns, CptListColumn, i).is_pinned;

  return n_pinned;
}

static void
move (GArray *columns,
      guint   from,
      guint   to)
{
  CptListColumn moved = g_array_index (columns, CptListColumn, from);

  g_array_set_clear_func (columns, NULL);
  g_array_remove_index (columns, from);
  g_array_insert_val (columns, to, moved);
  g_array_set_clear_func (columns, (GDestroyNotify) column_clear);
}

/* What others wrote may have them anywhere. */
static void
put_pinned_first (GArray *columns)
{
  guint n_pinned = 0;

  for (guint i = 0; i < columns->len; i++)
    if (g_array_index (columns, CptListColumn, i).is_pinned)
      move (columns, i, n_pinned++);
}

static GArray *
parse_columns (CptListView *self,
               const char  *text)
{
  GArray *columns = g_array_new (FALSE, TRUE, sizeof (CptListColumn));
  g_auto(GStrv) parts = g_strsplit (text != NULL ? text : "", ",", -1);

  g_array_set_clear_func (columns, (GDestroyNotify) column_clear);
  for (guint i = 0; parts[i] != NULL; i++)
    add_column (self, columns, parts[i]);
  put_pinned_first (columns);
  if (columns->len > 0)
    return columns;

  for (guint i = 0; self->entity->columns[i] != NULL; i++)
    add_column (self, columns, self->entity->columns[i]);

  return columns;
}

char *
cpt_list_view_dup_columns (CptListView *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const CptListColumn *column = &g_array_index (self->columns, CptListColumn, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", column->path);
      if (column->width > 0)
        g_string_append_printf (text, ":%d", column->width);
      if (column->is_pinned)
        g_string_append (text, column->width > 0 ? ":pinned" : "::pinned");
    }

  return g_string_free (text, FALSE);
}

char **
cpt_list_view_dup_paths (CptListView *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->columns->len; i++)
    g_strv_builder_add (builder, g_array_index (self->columns, CptListColumn, i).path);

  return g_strv_builder_end (builder);
}

static void
remember (CptListView *self)
{
  g_autofree char *key = cpt_list_view_dup_state_key (self, "columns");
  g_autofree char *text = cpt_list_view_dup_columns (self);

  cpt_window_set_state (cpt_view_get_window (CPT_VIEW (self)), key, text);
}

void
cpt_list_view_restore_columns (CptListView *self)
{
  g_autofree char *key = cpt_list_view_dup_state_key (self, "columns");
  g_autofree char *text = cpt_window_dup_state (cpt_view_get_window (CPT_VIEW (self)), key);

  g_clear_pointer (&self->columns, g_array_unref);
  self->columns = parse_columns (self, text);
}

void
cpt_list_view_apply_widths (CptListView *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (g_array_index (self->columns, CptListColumn, i).width > 0)
      cpt_data_grid_set_width (self->grid, i, g_array_index (self->columns, CptListColumn, i).width);
  if (cpt_data_grid_get_pinned (self->grid) != count_pinned (self->columns))
    cpt_data_grid_set_pinned (self->grid, count_pinned (self->columns));
}

static void
show_columns (CptListView *self)
{
  g_auto(GStrv) paths = cpt_list_view_dup_paths (self);

  cpt_query_model_set_columns (self->model, (const char *const *) paths);
  cpt_list_view_apply_widths (self);
  remember (self);
}

void
cpt_list_view_set_columns (CptListView *self,
                           const char  *text)
{
  g_array_unref (self->columns);
  self->columns = parse_columns (self, text);
  show_columns (self);
}

void
cpt_list_view_move_column (CptListView *self,
                           guint        column,
                           guint        target)
{
  if (column >= self->columns->len || target >= self->columns->len)
    return;

  /* What is put among those that are pinned is, too. */
  g_array_index (self->columns, CptListColumn, column).is_pinned = target < count_pinned (self->columns);
  move (self->columns, column, target);
  show_columns (self);
}

void
cpt_list_view_pin_column (CptListView *self,
                          guint        column)
{
  guint n_pinned = count_pinned (self->columns);
  CptListColumn *pinned;

  if (column >= self->columns->len)
    return;

  pinned = &g_array_index (self->columns, CptListColumn, column);
  pinned->is_pinned = !pinned->is_pinned;
  move (self->columns, column, pinned->is_pinned ? n_pinned : n_pinned - 1);
  show_columns (self);
}

void
cpt_list_view_hide_column (CptListView *self,
                           guint        column)
{
  if (column >= self->columns->len || self->columns->len == 1)
    return;

  g_array_remove_index (self->columns, column);
  show_columns (self);
}

void
cpt_list_view_resize_column (CptListView *self,
                             guint        column)
{
  if (column >= self->columns->len)
    return;

  g_array_index (self->columns, CptListColumn, column).width = cpt_data_grid_get_width (self->grid, column);
  remember (self);
}

/* ------------------------------------------------------- menu of one column */

static void
add_item (GMenu      *menu,
          const char *label,
          const char *action,
          guint       column)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "u", column);
  g_menu_append_item (menu, item);
}

GMenuModel *
cpt_list_view_create_column_menu (CptListView *self,
                                  guint        column)
{
  const CptGridColumn *shown = cpt_grid_model_get_column (CPT_GRID_MODEL (self->model), column);
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) sorting = g_menu_new ();
  g_autoptr(GMenu) grouping = g_menu_new ();
  g_autoptr(GMenu) place = g_menu_new ();
  g_autoptr(GMenu) all = g_menu_new ();

  if (shown != NULL && shown->is_sortable)
    {
      add_item (sorting, _("Sort _Ascending"), "list.sort-ascending", column);
      add_item (sorting, _("Sort _Descending"), "list.sort-descending", column);
      if (cpt_grid_model_get_order (CPT_GRID_MODEL (self->model), column) == 0)
        add_item (sorting, _("Sort by This _as Well"), "list.sort-as-well", column);
    }
  if (column > 0)
    add_item (place, _("Move _Left"), "list.column-left", column);
  if (column + 1 < self->columns->len)
    add_item (place, _("Move _Right"), "list.column-right", column);
  add_item (place,
            g_array_index (self->columns, CptListColumn, column).is_pinned ? _("_Let Column Go") : _("_Pin Column"),
            "list.column-pin", column);
  if (self->columns->len > 1)
    add_item (place, _("_Hide Column"), "list.column-hide", column);
  g_menu_append (all, _("Re_set Columns"), "list.columns-reset");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (sorting));
  cpt_list_view_add_group_items (self, grouping, column);
  cpt_list_view_add_total_items (self, grouping, column);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (grouping));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (place));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (all));

  return G_MENU_MODEL (menu);
}

static void
column_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  CptListView *self = CPT_LIST_VIEW (widget);
  guint column = g_variant_get_uint32 (parameter);

  if (strcmp (action_name, "list.column-hide") == 0)
    cpt_list_view_hide_column (self, column);
  else if (strcmp (action_name, "list.column-pin") == 0)
    cpt_list_view_pin_column (self, column);
  else if (strcmp (action_name, "list.column-right") == 0)
    cpt_list_view_move_column (self, column, column + 1);
  else if (column > 0)
    cpt_list_view_move_column (self, column, column - 1);
}

static void
sort_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CptGridModel *model = CPT_GRID_MODEL (CPT_LIST_VIEW (widget)->model);
  guint column = g_variant_get_uint32 (parameter);

  if (cpt_grid_model_get_column (model, column) != NULL)
    cpt_grid_model_sort (model, column, strcmp (action_name, "list.sort-descending") == 0,
                         strcmp (action_name, "list.sort-as-well") == 0);
}

static void
reset_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  cpt_list_view_set_columns (CPT_LIST_VIEW (widget), NULL);
}

void
cpt_list_view_install_column_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "list.sort-ascending", "u", sort_action);
  gtk_widget_class_install_action (klass, "list.sort-descending", "u", sort_action);
  gtk_widget_class_install_action (klass, "list.sort-as-well", "u", sort_action);
  gtk_widget_class_install_action (klass, "list.column-left", "u", column_action);
  gtk_widget_class_install_action (klass, "list.column-right", "u", column_action);
  gtk_widget_class_install_action (klass, "list.column-hide", "u", column_action);
  gtk_widget_class_install_action (klass, "list.column-pin", "u", column_action);
  gtk_widget_class_install_action (klass, "list.columns-reset", NULL, reset_action);
}

/* --------------------------------------------------------- choice of columns */

static guint
find_column (CptListView *self,
             const char  *path)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (strcmp (g_array_index (self->columns, CptListColumn, i).path, path) == 0)
      return i;

  return self->columns->len;
}

static void
toggled_cb (GtkCheckButton *check,
            CptListView    *self)
{
  const char *path = gtk_widget_get_name (GTK_WIDGET (check));

  if (!gtk_check_button_get_active (check))
    {
      cpt_list_view_hide_column (self, find_column (self, path));
      return;
    }

  add_column (self, self->columns, path);
  show_columns (self);
}

static void
add_check (CptListView    *self,
           GtkWidget      *box,
           const CptField *field)
{
  GtkWidget *check = gtk_check_button_new_with_label (cpt_field_get_label (field));

  gtk_widget_set_name (check, field->name);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), find_column (self, field->name) < self->columns->len);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, 0);
  gtk_box_append (GTK_BOX (box), check);
}

GtkWidget *
cpt_list_view_create_columns_popover (CptListView *self)
{
  static const char *const system_fields[] = { "created_at", "changed_at", "created_by", "changed_by" };
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *reset = gtk_button_new_with_mnemonic (_("Re_set Columns"));

  for (guint i = 0; i < self->entity->n_fields; i++)
    if ((self->entity->fields[i]->flags & CPT_FIELD_HIDDEN) == 0 &&
        strcmp (self->entity->fields[i]->name, self->entity->title) != 0)
      add_check (self, box, self->entity->fields[i]);
  for (guint i = 0; i < G_N_ELEMENTS (system_fields); i++)
    add_check (self, box, cpt_field_get_system (system_fields[i]));

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 400);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (reset), "list.columns-reset");
  g_signal_connect_object (reset, "clicked", G_CALLBACK (gtk_popover_popdown), popover, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (content), scroller);
  gtk_box_append (GTK_BOX (content), reset);
  gtk_popover_set_child (GTK_POPOVER (popover), content);

  return popover;
}
