/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a person does with a mark of a chart: the records behind it, all other
 * widgets about what it stands for, or its records broken down by another field,
 * in its place. None of this is stored.
 *
 *   focus: what a mark stands for, as filters of all widgets but its own
 *   drills: ways into widgets, one on the other; the last one of a widget is shown
 */

#include "config.h"

#include "cpt-dashboard-view-private.h"

#include <glib/gi18n.h>

#include "cpt-chart-kind.h"
#include "cpt-dashboard-bar.h"
#include "cpt-dashboard-grid.h"
#include "cpt-facts-window.h"
#include "cpt-question-filter.h"
#include "cpt-widget-fields.h"

typedef struct
{
  char *id; /* of the widget */
  char *kind;
  char *title; /* the way: "Revenue won › Zoé, by Source" */
  JsonNode *query;
} Drill;

static void
drill_free (gpointer pointer)
{
  Drill *drill = pointer;

  g_free (drill->id);
  g_free (drill->kind);
  g_free (drill->title);
  json_node_unref (drill->query);
  g_free (drill);
}

GPtrArray *
cpt_dashboard_view_create_drills (void)
{
  return g_ptr_array_new_with_free_func (drill_free);
}

static Drill *
find_drill (CptDashboardView *self,
            const char       *id,
            guint            *index)
{
  for (guint i = self->drills->len; i > 0; i--)
    {
      Drill *drill = g_ptr_array_index (self->drills, i - 1);

      if (!g_str_equal (drill->id, id))
        continue;
      if (index != NULL)
        *index = i - 1;
      return drill;
    }

  return NULL;
}

static CptChartCard *
find_card (CptDashboardView *self,
           const char       *id)
{
  return cpt_dashboard_grid_find_card (CPT_DASHBOARD_GRID (self->grid), id);
}

/* ---------------------------------------------------------------------- focus */

/* The data may have other marks by now: the one that stands for the same is it. */
static gboolean
find_focused (CptDashboardView *self,
              CptWidgetData    *numbers,
              int              *series,
              int              *category)
{
  CptChartData *chart = cpt_widget_data_get_chart (numbers);

  for (guint i = 0; i < cpt_chart_data_get_n_series (chart); i++)
    for (guint j = 0; j < cpt_chart_data_get_n_categories (chart); j++)
      {
        g_autoptr(GPtrArray) conditions = cpt_widget_data_list_conditions (numbers, (int) i, (int) j);
        g_autoptr(JsonNode) filters = cpt_dashboard_filters_new_for_conditions (conditions);

        if (filters == NULL || !cpt_dashboard_filters_equal (filters, self->focus))
          continue;
        *series = (int) i;
        *category = (int) j;
        return TRUE;
      }

  return FALSE;
}

void
cpt_dashboard_view_show_chosen (CptDashboardView *self,
                                const char       *id)
{
  CptChartCard *card = find_card (self, id);
  CptWidgetData *numbers = cpt_dashboard_numbers_find (self->numbers, id);
  int series = -1, category = -1;

  if (card == NULL)
    return;

  if (self->focus != NULL && numbers != NULL && g_strcmp0 (self->focus_id, id) == 0)
    find_focused (self, numbers, &series, &category);
  cpt_chart_card_set_chosen (card, series, category);
}

/* Takes @focus (nullable) */
static void
take_focus (CptDashboardView *self,
            const char       *id,
            JsonNode         *focus)
{
  g_autofree char *former = g_steal_pointer (&self->focus_id);

  g_clear_pointer (&self->focus, json_node_unref);
  self->focus = focus;
  self->focus_id = focus != NULL ? g_strdup (id) : NULL;
  cpt_dashboard_bar_set_focus (CPT_DASHBOARD_BAR (self->bar), focus);
  if (former != NULL)
    cpt_dashboard_view_show_chosen (self, former);
  if (self->focus_id != NULL)
    cpt_dashboard_view_show_chosen (self, self->focus_id);
  cpt_dashboard_view_read (self);
}

gboolean
cpt_dashboard_view_unfocus (CptDashboardView *self)
{
  if (self->focus == NULL)
    return FALSE;

  take_focus (self, NULL, NULL);

  return TRUE;
}

/* The same mark again lets go of it. */
static void
focus_mark (CptDashboardView *self)
{
  CptWidgetData *numbers = cpt_dashboard_numbers_find (self->numbers, self->mark_id);
  g_autoptr(GPtrArray) conditions = NULL;
  g_autoptr(JsonNode) focus = NULL;

  if (numbers != NULL)
    conditions = cpt_widget_data_list_conditions (numbers, self->mark_series, self->mark_category);
  if (conditions != NULL)
    focus = cpt_dashboard_filters_new_for_conditions (conditions);
  if (focus == NULL)
    return;

  if (self->focus != NULL && g_strcmp0 (self->focus_id, self->mark_id) == 0 && cpt_dashboard_filters_equal (self->focus, focus))
    cpt_dashboard_view_unfocus (self);
  else
    take_focus (self, self->mark_id, g_steal_pointer (&focus));
}

/* --------------------------------------------------------------------- drills */

/* A widget as it is shown: what it was broken down to, when it was */
static void
show_drilled (CptWidget   *widget,
              const Drill *drill)
{
  g_free (widget->kind);
  widget->kind = g_strdup (drill->kind);
  g_free (widget->title);
  widget->title = g_strdup (drill->title);
  json_node_unref (widget->query);
  widget->query = json_node_ref (drill->query);
  g_clear_pointer (&widget->options, json_object_unref);
}

CptDashboard *
cpt_dashboard_view_dup_shown (CptDashboardView *self)
{
  CptDashboard *shown;

  if (self->dashboard == NULL)
    return NULL;

  shown = cpt_dashboard_copy (self->dashboard);
  for (guint i = 0; i < cpt_dashboard_get_n_widgets (shown); i++)
    {
      CptWidget *widget = cpt_dashboard_get_widget (shown, i);
      const Drill *drill = find_drill (self, widget->id, NULL);

      if (drill != NULL && widget->query != NULL)
        show_drilled (widget, drill);
    }

  return shown;
}

static const char *
choose_kind (const char *kind,
             gboolean    is_date)
{
  static const char *const kinds[] = { "bar", "pie", "leaderboard", "table", "treemap", NULL };

  if (is_date)
    return "line";

  return g_strv_contains (kinds, kind) ? kind : "bar";
}

/* Shows what is shown anew; the cards stay */
static void
show_again (CptDashboardView *self,
            const char       *id)
{
  g_autoptr(CptDashboard) shown = cpt_dashboard_view_dup_shown (self);
  const CptWidget *widget = cpt_dashboard_find_widget (shown, id, NULL);
  CptChartCard *card = find_card (self, id);

  if (card == NULL || widget == NULL)
    return;

  cpt_chart_card_set_widget (card, widget);
  cpt_chart_card_set_data (card, NULL);
  cpt_chart_card_set_way_back (card, find_drill (self, id, NULL) != NULL);
  cpt_dashboard_view_read (self);
}

static void
break_down (CptDashboardView *self,
            const char       *path)
{
  g_autoptr(CptDashboard) shown = cpt_dashboard_view_dup_shown (self);
  const CptWidget *widget = cpt_dashboard_find_widget (shown, self->mark_id, NULL);
  CptWidgetData *numbers = cpt_dashboard_numbers_find (self->numbers, self->mark_id);
  const CptEntity *entity = widget != NULL ? cpt_dashboard_view_find_entity (self, widget) : NULL;
  g_autoptr(GPtrArray) conditions = NULL;
  g_autofree char *label = NULL;
  g_autofree char *field = NULL;
  CptPath parsed;
  gboolean is_date;
  Drill *drill;

  if (entity == NULL || numbers == NULL || !cpt_path_parse (self->schema, entity, path, &parsed, NULL))
    return;

  is_date = cpt_widget_fields_is_date (self->schema, entity, path);
  conditions = cpt_widget_data_list_conditions (numbers, self->mark_series, self->mark_category);
  field = cpt_path_get_label (&parsed);
  if (self->mark_category >= 0)
    label = cpt_chart_data_dup_label (cpt_widget_data_get_chart (numbers), (guint) self->mark_category);
  drill = g_new0 (Drill, 1);
  drill->id = g_strdup (widget->id);
  drill->kind = g_strdup (choose_kind (widget->kind, is_date));
  if (label != NULL)
    /* Translators: what a chart shows of a mark of another one: its title, the mark, and the
     * field by which that is broken down: "Revenue won › Zoé Martin, by Source" */
    drill->title = g_strdup_printf (_("%s › %s, by %s"), widget->title, label, field);
  else
    /* Translators: the same of a chart without marks: "Revenue won, by Source" */
    drill->title = g_strdup_printf (_("%s, by %s"), widget->title, field);
  drill->query = cpt_question_break_down (widget->query, conditions, path, is_date ? CPT_BUCKET_MONTH : CPT_BUCKET_NONE,
                                          cpt_widget_fields_is_number (self->schema, entity, path));
  g_ptr_array_add (self->drills, drill);
  show_again (self, self->mark_id);
}

void
cpt_dashboard_view_go_back (CptDashboardView *self,
                            const char       *id)
{
  g_autofree char *owned = g_strdup (id);
  guint index;

  if (find_drill (self, id, &index) == NULL)
    return;

  g_ptr_array_remove_index (self->drills, index);
  show_again (self, owned);
}

void
cpt_dashboard_view_forget_marks (CptDashboardView *self)
{
  g_ptr_array_set_size (self->drills, 0);
  g_clear_pointer (&self->focus_id, g_free);
  g_clear_pointer (&self->focus, json_node_unref);
  g_clear_pointer (&self->mark_id, g_free);
  cpt_dashboard_bar_set_focus (CPT_DASHBOARD_BAR (self->bar), NULL);
}

/* ----------------------------------------------------------------------- menu */

static GMenuModel *
create_field_menu (CptDashboardView *self,
                   const CptEntity  *entity)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) paths = cpt_widget_fields_create_paths (self->schema, entity, labels);
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) own = g_menu_new ();
  g_autoptr(GMenu) linked = g_menu_new ();

  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      g_autoptr(GMenuItem) item = g_menu_item_new (g_ptr_array_index (labels, i), NULL);

      g_menu_item_set_action_and_target (item, "dashboard.break-down", "s", path);
      g_menu_append_item (strchr (path, '.') == NULL ? own : linked, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (own));
  if (g_menu_model_get_n_items (G_MENU_MODEL (linked)) > 0)
    {
      g_autoptr(GMenu) more = g_menu_new ();

      g_menu_append_submenu (more, _("Fields of _Linked Records"), G_MENU_MODEL (linked));
      g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
    }

  return G_MENU_MODEL (menu);
}

static void
popup_menu (CptDashboardView *self)
{
  CptChartCard *card = find_card (self, self->mark_id);
  CptWidgetData *numbers = cpt_dashboard_numbers_find (self->numbers, self->mark_id);
  const CptWidget *widget = cpt_dashboard_find_widget (self->dashboard, self->mark_id, NULL);
  const CptEntity *entity = widget != NULL ? cpt_dashboard_view_find_entity (self, widget) : NULL;
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) show = g_menu_new ();
  g_autoptr(GMenu) more = g_menu_new ();
  g_autoptr(GPtrArray) conditions = NULL;
  g_autoptr(GMenuModel) fields = NULL;

  if (card == NULL || numbers == NULL)
    return;

  conditions = cpt_widget_data_list_conditions (numbers, self->mark_series, self->mark_category);
  g_menu_append (show, entity != NULL && (entity->flags & CPT_ENTITY_FACTS) != 0 ? _("_Show the Rows") : _("_Show the Records"),
                 "dashboard.open-mark");
  if (conditions->len > 0)
    g_menu_append (more, _("_Filter the Dashboard by This"), "dashboard.focus-mark");
  if (entity != NULL && widget->query != NULL)
    {
      fields = create_field_menu (self, entity);
      g_menu_append_submenu (more, _("_Break Down By"), fields);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (show));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  cpt_chart_card_popup_menu (card, G_MENU_MODEL (menu), self->mark_series, self->mark_category);
}

/* ---------------------------------------------------------------------- marks */

static void
open_mark (CptDashboardView *self)
{
  g_autoptr(CptDashboard) shown = cpt_dashboard_view_dup_shown (self);
  CptWidgetData *numbers = cpt_dashboard_numbers_find (self->numbers, self->mark_id);
  const CptWidget *widget = cpt_dashboard_find_widget (shown, self->mark_id, NULL);
  g_autoptr(CptFilter) filter = NULL;

  if (numbers != NULL)
    filter = cpt_widget_data_dup_filter (numbers, self->mark_series, self->mark_category);
  if (filter != NULL && widget != NULL && (cpt_filter_get_entity (filter)->flags & CPT_ENTITY_FACTS) != 0)
    gtk_window_present (cpt_facts_window_new (cpt_view_get_window (CPT_VIEW (self)), filter, widget->title));
  else if (filter != NULL && widget != NULL)
    cpt_window_open_list (cpt_view_get_window (CPT_VIEW (self)), cpt_filter_get_entity (filter), filter, widget->title);
}

void
cpt_dashboard_view_use_mark (CptDashboardView *self,
                             const char       *id,
                             CptMarkUse        use,
                             int               series,
                             int               category)
{
  if (self->dashboard == NULL || cpt_dashboard_find_widget (self->dashboard, id, NULL) == NULL)
    return;

  g_free (self->mark_id);
  self->mark_id = g_strdup (id);
  self->mark_series = series;
  self->mark_category = category;
  switch (use)
    {
    case CPT_MARK_FOCUS:
      focus_mark (self);
      break;
    case CPT_MARK_MENU:
      popup_menu (self);
      break;
    case CPT_MARK_OPEN:
    default:
      open_mark (self);
      break;
    }
}

/* Of the menu of the mark that was used last */
void
cpt_dashboard_view_mark_action (GtkWidget  *widget,
                                const char *action_name,
                                GVariant   *parameter)
{
  CptDashboardView *self = CPT_DASHBOARD_VIEW (widget);

  if (self->dashboard == NULL || self->mark_id == NULL)
    return;

  if (g_str_equal (action_name, "dashboard.open-mark"))
    open_mark (self);
  else if (g_str_equal (action_name, "dashboard.focus-mark"))
    focus_mark (self);
  else
    break_down (self, g_variant_get_string (parameter, NULL));
}
