/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Dashboards. A dashboard is a record; whatever a person does to one is a
 * change of that record, undone like any other.
 */

#include "config.h"

#include "cpt-dashboard-view-private.h"

#include <glib/gi18n.h>

#include "cpt-arrangement.h"
#include "cpt-dashboard-grid.h"
#include "cpt-dashboard-history.h"
#include "cpt-metric.h"
#include "cpt-name-chooser.h"
#include "cpt-query.h"
#include "cpt-widget-editor.h"

#define STATE_KEY "dashboard"

G_DEFINE_FINAL_TYPE (CptDashboardView, cpt_dashboard_view, CPT_TYPE_VIEW)

/* The records of all dashboards, in their order, and what widgets may name */

typedef struct
{
  GPtrArray *records;
  GPtrArray *metrics;
  GPtrArray *arrangements; /* of who looks at them, newest first */
  CptKeptNumbers *kept;    /* (nullable): of the one that will be shown */
  char *kept_path;         /* (nullable): of their file */
} Dashboards;

/* What is asked for */
typedef struct
{
  CptUuid id; /* of the one to show; the first one where there is none such */
  gboolean needs_kept;
} DashboardsData;

static void
dashboards_free (Dashboards *self)
{
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->metrics, g_ptr_array_unref);
  g_clear_pointer (&self->arrangements, g_ptr_array_unref);
  g_clear_pointer (&self->kept, cpt_kept_numbers_free);
  g_free (self->kept_path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Dashboards, dashboards_free)

static guint
find_record (GPtrArray     *records,
             const CptUuid *id)
{
  for (guint i = 0; i < records->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (records, i);

      if (cpt_uuid_equal (&record->id, id))
        return i;
    }

  return 0;
}

static void
read_kept (CptDatabase   *database,
           Dashboards    *read,
           const CptUuid *id)
{
  const CptRecord *record = g_ptr_array_index (read->records, find_record (read->records, id));

  read->kept_path = cpt_kept_numbers_dup_path (cpt_database_get_path (database), &record->id, cpt_database_get_author (database));
  read->kept = cpt_kept_numbers_load (read->kept_path);
}

static gpointer
read_dashboards (CptDatabase   *database,
                 gpointer       user_data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  const DashboardsData *data = user_data;
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *entity = cpt_schema_find_entity (schema, "dashboard");
  g_autoptr(CptQuery) query = cpt_query_new (schema, entity);
  g_autoptr(Dashboards) read = g_new0 (Dashboards, 1);

  if (!cpt_query_set_sort (query, "position,name", error))
    return NULL;

  read->records = cpt_query_load_records (query, database, 200, error);
  if (read->records != NULL)
    read->metrics = cpt_metric_list (database, error);
  if (read->metrics != NULL)
    read->arrangements = cpt_dashboard_view_read_own (database, error);
  if (read->arrangements != NULL && read->records->len > 0 && data->needs_kept)
    read_kept (database, read, &data->id);

  return read->arrangements != NULL ? g_steal_pointer (&read) : NULL;
}

/* Numbers */

static void
numbers_arrived_cb (CptDashboardView *self,
                    const char       *id)
{
  CptChartCard *card = cpt_dashboard_grid_find_card (CPT_DASHBOARD_GRID (self->grid), id);

  if (card != NULL)
    cpt_chart_card_set_data (card, cpt_widget_data_get_chart (cpt_dashboard_numbers_find (self->numbers, id)));
  if (self->focus != NULL)
    cpt_dashboard_view_show_chosen (self, id);
}

void
cpt_dashboard_view_read (CptDashboardView *self)
{
  g_autoptr(CptDashboard) shown = cpt_dashboard_view_dup_shown (self);

  if (self->whole != NULL)
    cpt_dashboard_numbers_keep (self->numbers, self->whole, self->filters, self->metrics_digest);
  cpt_dashboard_numbers_read (self->numbers, shown, self->filters, self->focus, self->focus_id);
}

/* Showing */

static void
show_message (CptDashboardView *self,
              const char       *title,
              const char       *description)
{
  g_autofree char *text = g_markup_escape_text (description, -1);

  adw_status_page_set_title (ADW_STATUS_PAGE (self->message), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->message), text);
  cpt_dashboard_view_offer (self, FALSE);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->message);
}

static void
update_editable (CptDashboardView *self)
{
  gboolean editable = !cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self)));

  if (self->dashboard == NULL)
    return;

  cpt_dashboard_grid_set_editable (CPT_DASHBOARD_GRID (self->grid), editable);
  for (guint i = 0; i < cpt_dashboard_get_n_widgets (self->dashboard); i++)
    {
      const CptWidget *widget = cpt_dashboard_get_widget (self->dashboard, i);
      CptChartCard *card = cpt_dashboard_grid_find_card (CPT_DASHBOARD_GRID (self->grid), widget->id);

      cpt_chart_card_set_menu (card, editable ? self->widget_menu : self->reader_menu);
    }

  gtk_widget_set_visible (self->add, editable);
  cpt_dashboard_view_update_pages (self);
  cpt_dashboard_view_update_own (self);
}

/* (transfer full): how old numbers are */
static char *
dup_age (CptDashboardView *self,
         gint64            instant)
{
  CptStore *store = cpt_view_get_store (CPT_VIEW (self));
  GTimeZone *zone = cpt_store_get_zone (store);
  gint64 now = cpt_clock_get_now (cpt_store_get_clock (store));
  g_autofree char *text = NULL;

  if (cpt_instant_get_date (instant, zone) == cpt_instant_get_date (now, zone))
    {
      text = cpt_instant_format_time (instant, zone);
      /* Translators: of numbers that were read earlier today; %s is a time: "As of 14:05" */
      return g_strdup_printf (C_("time", "As of %s"), text);
    }

  text = cpt_instant_format (instant, zone);
  /* Translators: of numbers that were read on another day; %s is a date and a time */
  return g_strdup_printf (C_("date", "As of %s"), text);
}

/* What is known of widgets that were on the screen before is shown meanwhile; else what was
 * known when the dashboard was shown last. */
static void
show_known (CptDashboardView   *self,
            const CptDashboard *shown)
{
  cpt_dashboard_numbers_keep (self->numbers, self->whole, self->filters, self->metrics_digest);
  for (guint i = 0; i < cpt_dashboard_get_n_widgets (shown); i++)
    {
      const CptWidget *widget = cpt_dashboard_get_widget (shown, i);
      CptChartCard *card = cpt_dashboard_grid_find_card (CPT_DASHBOARD_GRID (self->grid), widget->id);
      CptChartData *kept;
      gint64 instant;

      if (cpt_chart_card_get_data (card) != NULL)
        continue;
      if (cpt_dashboard_numbers_find (self->numbers, widget->id) != NULL)
        numbers_arrived_cb (self, widget->id);
      else if ((kept = cpt_dashboard_numbers_find_kept (self->numbers, widget, self->filters, &instant)) != NULL)
        {
          g_autofree char *age = dup_age (self, instant);

          cpt_chart_card_set_known (card, kept, age);
        }
    }
}

/* Once it has its place, so that it is scrolled to */
static gboolean
focus_copied_cb (GtkWidget     *widget,
                 GdkFrameClock *clock,
                 gpointer       user_data)
{
  CptDashboardView *self = CPT_DASHBOARD_VIEW (widget);
  CptChartCard *card =
    self->copied_id != NULL ? cpt_dashboard_grid_find_card (CPT_DASHBOARD_GRID (self->grid), self->copied_id) : NULL;

  if (card != NULL && gtk_widget_get_width (GTK_WIDGET (card)) == 0)
    return G_SOURCE_CONTINUE;

  if (card != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (card));
  g_clear_pointer (&self->copied_id, g_free);

  return G_SOURCE_REMOVE;
}

void
cpt_dashboard_view_show_again (CptDashboardView *self)
{
  g_autoptr(CptDashboard) shown = cpt_dashboard_view_dup_shown (self);

  cpt_dashboard_view_load_filters (self);
  cpt_dashboard_grid_set_dashboard (CPT_DASHBOARD_GRID (self->grid), shown);
  update_editable (self);
  show_known (self, shown);
  if (cpt_dashboard_get_n_widgets (self->dashboard) == 0)
    {
      show_message (self, _("An empty dashboard"), _("A widget is a number, bars, a line, a funnel or a leaderboard."));
      cpt_dashboard_view_offer (self, gtk_widget_get_visible (self->add));
    }
  else
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "grid");
  if (self->copied_id != NULL && cpt_dashboard_grid_find_card (CPT_DASHBOARD_GRID (self->grid), self->copied_id) != NULL)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), focus_copied_cb, NULL, NULL);
  cpt_dashboard_view_read (self);
}

void
cpt_dashboard_view_scroll_up (CptDashboardView *self)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (self->grid, GTK_TYPE_SCROLLED_WINDOW);

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)), 0);
}

/* Another dashboard comes */
static void
forget (CptDashboardView *self)
{
  cpt_dashboard_view_scroll_up (self);
  cpt_dashboard_numbers_forget (self->numbers);
  cpt_dashboard_view_forget_marks (self);
  self->page = 0;
  self->next_page = -1;
}

static void
take_kept (CptDashboardView *self,
           Dashboards       *read)
{
  if (read->kept != NULL && !cpt_dashboard_numbers_has_kept (self->numbers))
    cpt_dashboard_numbers_take_kept (self->numbers, g_steal_pointer (&read->kept), g_steal_pointer (&read->kept_path));
}

static void
show_record (CptDashboardView *self,
             Dashboards       *read,
             const CptRecord  *record)
{
  const char *definition = cpt_record_get_text (record, "definition");
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDashboard) dashboard = NULL;
  CptDashboard *shown;
  g_autofree char *title = cpt_record_dup_title (record);
  g_autofree char *id = cpt_uuid_dup_text (&record->id);

  if (definition != NULL)
    dashboard = cpt_dashboard_parse (definition, -1, &error);
  else
    dashboard = cpt_dashboard_new (title);

  if (cpt_uuid_compare (&self->id, &record->id) != 0)
    forget (self);
  take_kept (self, read);
  self->id = record->id;
  cpt_view_set_title (CPT_VIEW (self), title);
  cpt_window_set_state (cpt_view_get_window (CPT_VIEW (self)), STATE_KEY, id);
  shown = cpt_dashboard_view_take_shared (self, g_steal_pointer (&dashboard));
  cpt_dashboard_view_take (self, shown);
  if (self->dashboard != NULL)
    cpt_dashboard_view_show_again (self);
  else
    show_message (self, _("This dashboard can’t be shown"), error->message);
}

/* The drop-down says the name, too; a narrow window has no room for both */
static void
update_title (CptDashboardView *self)
{
  if (self->column != NULL)
    cpt_name_chooser_place (self->chooser, self->head, self->column, cpt_view_is_narrow (CPT_VIEW (self)));
  cpt_view_set_title_visible (CPT_VIEW (self), !cpt_view_is_narrow (CPT_VIEW (self)) || !gtk_widget_get_visible (self->chooser));
}

static void
dashboards_read_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(CptDashboardView) self = CPT_DASHBOARD_VIEW (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(Dashboards) read = cpt_store_finish (CPT_STORE (source), result, &error);
  GPtrArray *records = read != NULL ? read->records : NULL;
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  guint selected;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (records == NULL)
    {
      show_message (self, _("The dashboards can’t be read"), error->message);
      return;
    }

  g_clear_pointer (&self->metrics, g_ptr_array_unref);
  self->metrics = g_steal_pointer (&read->metrics);
  g_free (self->metrics_digest);
  self->metrics_digest = cpt_metric_list_dup_digest (self->metrics);
  g_clear_pointer (&self->arrangements, g_ptr_array_unref);
  self->arrangements = g_steal_pointer (&read->arrangements);
  g_ptr_array_set_size (self->ids, 0);
  for (guint i = 0; i < records->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (records, i);
      g_autofree char *title = cpt_record_dup_title (record);

      gtk_string_list_append (names, title);
      g_ptr_array_add (self->ids, g_memdup2 (&record->id, sizeof (CptUuid)));
    }
  selected = find_record (records, &self->id);

  self->is_showing = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->chooser), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->chooser), selected);
  gtk_widget_set_visible (self->chooser, records->len > 1);
  update_title (self);
  self->is_showing = FALSE;

  if (records->len > 0)
    show_record (self, read, g_ptr_array_index (records, selected));
  else
    show_message (self, _("No dashboard yet"), _("Create one from the menu of this page."));
}

void
cpt_dashboard_view_expect (CptDashboardView *self,
                           const CptUuid    *id)
{
  forget (self);
  self->id = *id;
}

static void
reload (CptDashboardView *self)
{
  DashboardsData *data = g_new0 (DashboardsData, 1);

  data->id = self->id;
  data->needs_kept = !cpt_dashboard_numbers_has_kept (self->numbers);
  cpt_store_read_async (cpt_view_get_store (CPT_VIEW (self)), G_PRIORITY_HIGH, read_dashboards, data, g_free,
                        (GDestroyNotify) dashboards_free, self->cancellable, dashboards_read_cb, g_object_ref (self));
}

/* The store answers from what it knows where nothing that counts has changed:
 * asking again is cheap. */
static void
cpt_dashboard_view_changed (CptView      *view,
                            CptChangeSet *set)
{
  CptDashboardView *self = CPT_DASHBOARD_VIEW (view);

  if (cpt_change_set_is_truncated (set) || cpt_change_set_has_entity (set, "dashboard") ||
      cpt_change_set_has_entity (set, CPT_ARRANGEMENT_ENTITY) ||
      cpt_change_set_has_entity (set, "metric"))
    reload (self);
  else
    cpt_dashboard_view_read (self);
}

/* Changing. The record is stored; what is shown follows from the commit. */

static void
placed_cb (CptDashboardView *self,
           const char       *id,
           int               x,
           int               y,
           int               w,
           int               h)
{
  g_autoptr(CptDashboard) changed = cpt_dashboard_copy (self->dashboard);

  if (cpt_dashboard_move_widget (changed, id, &(CptGridRect){ x, y, w, h }))
    cpt_dashboard_view_save (self, changed, _("Widget moved"));
}

static void
edited_cb (CptWidgetEditor  *editor,
           CptDashboardView *self)
{
  g_autoptr(CptDashboard) changed = NULL;

  if (self->dashboard == NULL)
    return;

  changed = cpt_dashboard_copy (self->dashboard);
  if (cpt_widget_editor_apply (editor, changed))
    cpt_dashboard_view_save (self, changed, _("Widget changed"));
  else
    cpt_dashboard_view_save (self, changed, _("Widget added"));
}

static void
open_editor (CptDashboardView *self,
             const CptWidget  *widget)
{
  CptWidgetEditor *editor = cpt_widget_editor_new (cpt_view_get_window (CPT_VIEW (self)), self->metrics, widget, NULL);

  g_signal_connect_object (editor, "edited", G_CALLBACK (edited_cb), self, 0);
  gtk_window_present (GTK_WINDOW (editor));
}

/* Of the menu of one widget */
static void
command_cb (CptDashboardView *self,
            const char       *id,
            const char       *command)
{
  const CptWidget *widget = self->dashboard != NULL ? cpt_dashboard_find_widget (self->dashboard, id, NULL) : NULL;
  g_autoptr(CptDashboard) changed = NULL;

  if (widget == NULL)
    return;

  if (g_str_equal (command, "back"))
    {
      cpt_dashboard_view_go_back (self, id);
      return;
    }
  if (cpt_dashboard_view_hand_out (self, widget, command) || cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self))))
    return;
  if (g_str_equal (command, "edit"))
    {
      open_editor (self, widget);
      return;
    }
  if (cpt_dashboard_view_clip (self, widget, command))
    return;

  changed = cpt_dashboard_copy (self->dashboard);
  cpt_dashboard_remove_widget (changed, widget->id);
  cpt_dashboard_view_save (self, changed, self->own != NULL ? _("Widget hidden, only for you") : _("Widget removed"));
}

/* Name, description and owner are edited on the record's own page. */
static void
properties_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  CptDashboardView *self = CPT_DASHBOARD_VIEW (widget);

  if (!cpt_uuid_is_nil (&self->id))
    cpt_window_open_record (cpt_view_get_window (CPT_VIEW (self)), cpt_schema_find_entity (self->schema, "dashboard"), &self->id);
}

static void
history_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  CptDashboardView *self = CPT_DASHBOARD_VIEW (widget);

  if (!cpt_uuid_is_nil (&self->id))
    gtk_window_present (GTK_WINDOW (cpt_dashboard_history_new (cpt_view_get_window (CPT_VIEW (self)), &self->id)));
}

static gboolean
cpt_dashboard_view_leave (CptView *view)
{
  cpt_dashboard_view_leave_screen (CPT_DASHBOARD_VIEW (view));

  return TRUE;
}

static void
filters_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  if (g_str_equal (action_name, "dashboard.reset-filters"))
    cpt_dashboard_view_reset_filters (CPT_DASHBOARD_VIEW (widget));
  else
    cpt_dashboard_view_save_filters (CPT_DASHBOARD_VIEW (widget));
}

static void
dashboard_selected_cb (CptDashboardView *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->chooser));

  if (self->is_showing || selected >= self->ids->len)
    return;

  self->id = *(CptUuid *) g_ptr_array_index (self->ids, selected);
  forget (self);
  reload (self);
}

/* Building */

static GMenuModel *
create_page_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) add = g_menu_new ();
  g_autoptr(GMenu) export = g_menu_new ();
  g_autoptr(GMenuModel) pages = cpt_dashboard_view_create_page_menu ();
  g_autoptr(GMenu) manage = g_menu_new ();

  g_menu_append (add, _("_New Dashboard…"), "dashboard.new");
  g_menu_append (export, _("_Export…"), "dashboard.export");
  g_menu_append (export, _("_Print…"), "dashboard.print");
  g_menu_append (export, _("_Full Screen"), "dashboard.fullscreen");
  g_menu_append (export, _("_Paste Widget"), "dashboard.paste");
  g_menu_append (manage, _("_Name and Owner"), "dashboard.properties");
  g_menu_append (manage, _("_Arrange Only for Me"), "dashboard.arrange-for-me");
  g_menu_append (manage, _("_History…"), "dashboard.history");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (add));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (export));
  g_menu_append_section (menu, NULL, pages);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (manage));

  return G_MENU_MODEL (menu);
}

/* What may be done where nothing may be changed */
static GMenuModel *
create_reader_menu (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _("Copy as _Image"), "card.copy-image");
  g_menu_append (menu, _("E_xport…"), "card.export");

  return G_MENU_MODEL (menu);
}

static GMenuModel *
create_widget_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) change = g_menu_new ();
  g_autoptr(GMenu) clip = g_menu_new ();
  g_autoptr(GMenu) remove = g_menu_new ();
  g_autoptr(GMenuModel) hand_out = create_reader_menu ();

  g_menu_append (change, _("_Edit…"), "card.edit");
  g_menu_append (change, _("_Duplicate"), "card.duplicate");
  g_menu_append (clip, _("Cu_t"), "card.cut");
  g_menu_append (clip, _("_Copy"), "card.copy");
  g_menu_append (remove, _("_Remove"), "card.remove");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (change));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (clip));
  g_menu_append_section (menu, NULL, hand_out);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (remove));

  return G_MENU_MODEL (menu);
}

static void
cpt_dashboard_view_dispose (GObject *object)
{
  CptDashboardView *self = CPT_DASHBOARD_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->tab_menu, gtk_widget_unparent);
  if (self->numbers != NULL)
    cpt_dashboard_numbers_forget (self->numbers);

  G_OBJECT_CLASS (cpt_dashboard_view_parent_class)->dispose (object);
}

static void
cpt_dashboard_view_finalize (GObject *object)
{
  CptDashboardView *self = CPT_DASHBOARD_VIEW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->numbers);
  g_clear_object (&self->widget_menu);
  g_clear_object (&self->reader_menu);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_pointer (&self->metrics, g_ptr_array_unref);
  g_clear_pointer (&self->metrics_digest, g_free);
  g_clear_pointer (&self->arrangements, g_ptr_array_unref);
  g_clear_pointer (&self->shared, cpt_dashboard_free);
  g_clear_pointer (&self->own, json_node_unref);
  g_clear_pointer (&self->whole, cpt_dashboard_free);
  g_clear_pointer (&self->dashboard, cpt_dashboard_free);
  g_clear_pointer (&self->filters, json_node_unref);
  g_clear_pointer (&self->focus, json_node_unref);
  g_clear_pointer (&self->focus_id, g_free);
  g_clear_pointer (&self->mark_id, g_free);
  g_clear_pointer (&self->new_id, g_free);
  g_clear_pointer (&self->copied_id, g_free);
  g_clear_pointer (&self->drills, g_ptr_array_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_dashboard_view_parent_class)->finalize (object);
}

static const char *const page_actions[] = {
  "dashboard.add-page",
  "dashboard.rename-page",
  "dashboard.page-earlier",
  "dashboard.page-later",
  "dashboard.remove-page",
  "dashboard.next-page",
  "dashboard.previous-page",
};

/* The widgets, not the bar above them */
static gboolean
cpt_dashboard_view_grab_focus (GtkWidget *widget)
{
  CptDashboardView *self = CPT_DASHBOARD_VIEW (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, self->stack) && gtk_widget_get_mapped (focus))
    return TRUE;

  return gtk_widget_child_focus (self->stack, GTK_DIR_TAB_FORWARD) ||
         GTK_WIDGET_CLASS (cpt_dashboard_view_parent_class)->grab_focus (widget);
}

static void
cpt_dashboard_view_class_init (CptDashboardViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  CptViewClass *view_class = CPT_VIEW_CLASS (klass);

  object_class->dispose = cpt_dashboard_view_dispose;
  object_class->finalize = cpt_dashboard_view_finalize;
  widget_class->grab_focus = cpt_dashboard_view_grab_focus;
  view_class->changed = cpt_dashboard_view_changed;
  view_class->export = cpt_dashboard_view_export;
  view_class->leave = cpt_dashboard_view_leave;

  gtk_widget_class_install_action (widget_class, "dashboard.new", NULL, cpt_dashboard_view_new_action);
  gtk_widget_class_install_action (widget_class, "dashboard.history", NULL, history_action);
  gtk_widget_class_install_action (widget_class, "dashboard.arrange-for-me", NULL, cpt_dashboard_view_own_action);
  gtk_widget_class_install_action (widget_class, "dashboard.arrange-for-all", NULL, cpt_dashboard_view_own_action);
  gtk_widget_class_install_action (widget_class, "dashboard.arrange-shared", NULL, cpt_dashboard_view_own_action);
  gtk_widget_class_install_action (widget_class, "dashboard.show-widget", "s", cpt_dashboard_view_own_action);
  gtk_widget_class_install_action (widget_class, "dashboard.properties", NULL, properties_action);
  gtk_widget_class_install_action (widget_class, "dashboard.export", NULL, cpt_dashboard_view_hand_out_action);
  gtk_widget_class_install_action (widget_class, "dashboard.print", NULL, cpt_dashboard_view_hand_out_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "dashboard.print", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (page_actions); i++)
    gtk_widget_class_install_action (widget_class, page_actions[i], NULL, cpt_dashboard_view_page_action);
  gtk_widget_class_install_action (widget_class, "dashboard.paste", NULL, cpt_dashboard_view_paste_action);
  gtk_widget_class_install_action (widget_class, "dashboard.fullscreen", NULL, cpt_dashboard_view_fullscreen_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "dashboard.paste", NULL);
  gtk_widget_class_install_action (widget_class, "dashboard.open-mark", NULL, cpt_dashboard_view_mark_action);
  gtk_widget_class_install_action (widget_class, "dashboard.focus-mark", NULL, cpt_dashboard_view_mark_action);
  gtk_widget_class_install_action (widget_class, "dashboard.break-down", "s", cpt_dashboard_view_mark_action);
  gtk_widget_class_install_action (widget_class, "dashboard.reset-filters", NULL, filters_action);
  gtk_widget_class_install_action (widget_class, "dashboard.save-filters", NULL, filters_action);
}

static void
cpt_dashboard_view_init (CptDashboardView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->cancellable = g_cancellable_new ();
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->metrics = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_metric_free);
  self->next_page = -1;
  self->drills = cpt_dashboard_view_create_drills ();
  self->widget_menu = create_widget_menu ();
  self->reader_menu = create_reader_menu ();

  self->grid = cpt_dashboard_grid_new ();
  g_signal_connect_object (self->grid, "placed", G_CALLBACK (placed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "mark-activated", G_CALLBACK (cpt_dashboard_view_use_mark), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "command", G_CALLBACK (command_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->grid);

  self->message = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->message), "view-grid-symbolic");
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), scrolled, "grid");
  gtk_stack_add_named (GTK_STACK (self->stack), self->message, "message");
  gtk_widget_set_vexpand (self->stack, TRUE);

  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->chooser = cpt_name_chooser_new (_("Dashboard"));
  gtk_box_append (GTK_BOX (self->head), self->chooser);
  g_signal_connect_object (self->chooser, "notify::selected", G_CALLBACK (dashboard_selected_cb), self, G_CONNECT_SWAPPED);

  g_signal_connect (self, "notify::narrow", G_CALLBACK (update_title), NULL);
  cpt_dashboard_view_create_add (self);
  cpt_dashboard_view_create_own (self);
}

CptView *
cpt_dashboard_view_new (CptWindow *window)
{
  CptDashboardView *self;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *last = NULL;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);

  self = g_object_new (CPT_TYPE_DASHBOARD_VIEW, "window", window, NULL);
  self->schema = cpt_schema_ref (cpt_window_get_schema (window));
  self->numbers = cpt_dashboard_numbers_new (cpt_window_get_store (window));
  g_signal_connect_object (self->numbers, "arrived", G_CALLBACK (numbers_arrived_cb), self, G_CONNECT_SWAPPED);
  last = cpt_window_dup_state (window, STATE_KEY);
  if (last != NULL)
    cpt_uuid_parse (last, &self->id);

  g_signal_connect_object (cpt_window_get_store (window), "damaged", G_CALLBACK (update_editable), self, G_CONNECT_SWAPPED);
  cpt_view_set_title (CPT_VIEW (self), _("Home"));
  cpt_dashboard_view_create_bar (self);
  cpt_dashboard_view_add_keys (self);
  cpt_dashboard_view_create_tabs (self);
  self->column = box;
  gtk_box_append (GTK_BOX (box), self->strip);
  gtk_box_append (GTK_BOX (box), self->bar);
  cpt_view_set_child (CPT_VIEW (self), cpt_dashboard_view_create_flap (self, box));
  cpt_view_pack_start (CPT_VIEW (self), self->add);
  cpt_view_pack_start (CPT_VIEW (self), self->head);
  cpt_view_pack_start (CPT_VIEW (self), self->mine);
  cpt_view_pack_end (CPT_VIEW (self),
                     cpt_view_create_menu_button ("view-more-symbolic", _("Dashboard menu"), create_page_menu ()));
  reload (self);

  return CPT_VIEW (self);
}

void
cpt_dashboard_view_show (CptDashboardView *self,
                         const CptUuid    *id)
{
  g_return_if_fail (CPT_IS_DASHBOARD_VIEW (self));
  g_return_if_fail (id != NULL);

  if (cpt_uuid_equal (&self->id, id))
    return;

  forget (self);
  self->id = *id;
  reload (self);
}
