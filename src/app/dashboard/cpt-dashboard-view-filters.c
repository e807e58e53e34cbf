/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a dashboard is filtered by while somebody looks at it. The definition has
 * what everybody sees first; what the person chose since is remembered on this
 * machine, for each dashboard, until it is the same again.
 */

#include "config.h"

#include "cpt-dashboard-view-private.h"

#include <glib/gi18n.h>

#include "cpt-dashboard-bar.h"
#include "cpt-json.h"
#include "cpt-widget-choices.h"

static char *
dup_key (CptDashboardView *self)
{
  g_autofree char *id = cpt_uuid_dup_text (&self->id);
  g_autofree char *what = g_strconcat ("filters-", id, NULL);

  return cpt_window_dup_workspace_key (cpt_view_get_window (CPT_VIEW (self)), what, "dashboard");
}

/* Takes @filters */
static void
take_filters (CptDashboardView *self,
              JsonNode         *filters)
{
  g_clear_pointer (&self->filters, json_node_unref);
  self->filters = filters;
  self->has_filters = !cpt_dashboard_filters_equal (filters, self->dashboard->filters);
}

static void
remember (CptDashboardView *self)
{
  g_autofree char *key = dup_key (self);
  g_autofree char *text = NULL;

  if (self->has_filters)
    text = self->filters != NULL ? cpt_json_format (self->filters) : g_strdup ("[]");
  cpt_window_set_state (cpt_view_get_window (CPT_VIEW (self)), key, text);
}

static const char *
get_source (CptDashboardView *self,
            const CptWidget  *widget)
{
  JsonObject *query = widget->query != NULL && JSON_NODE_HOLDS_OBJECT (widget->query) ? json_node_get_object (widget->query)
                                                                                      : NULL;
  const char *source = NULL, *metric = NULL;

  if (query == NULL)
    return NULL;
  if (cpt_json_read_string (query, "metric", &metric, NULL) && metric != NULL)
    return cpt_widget_metrics_get (cpt_widget_metrics_find (self->metrics, metric), "source");

  return cpt_json_read_string (query, "source", &source, NULL) ? source : NULL;
}

const CptEntity *
cpt_dashboard_view_find_entity (CptDashboardView *self,
                                const CptWidget  *widget)
{
  const char *source = get_source (self, widget);

  return source != NULL ? cpt_schema_find_entity (self->schema, source) : NULL;
}

/* What the widgets count, each kind once; (transfer full) */
static GPtrArray *
list_sources (CptDashboardView *self)
{
  GPtrArray *sources = g_ptr_array_new ();

  for (guint i = 0; i < cpt_dashboard_get_n_widgets (self->dashboard); i++)
    {
      const CptEntity *entity = cpt_dashboard_view_find_entity (self, cpt_dashboard_get_widget (self->dashboard, i));

      if (entity != NULL && !g_ptr_array_find (sources, entity, NULL))
        g_ptr_array_add (sources, (gpointer) entity);
    }

  return sources;
}

static void
show_bar (CptDashboardView *self)
{
  g_autoptr(GPtrArray) sources = list_sources (self);

  cpt_dashboard_bar_show (CPT_DASHBOARD_BAR (self->bar), self->filters, self->dashboard->filters, sources);
  gtk_widget_set_visible (self->bar, sources->len > 0);
}

void
cpt_dashboard_view_load_filters (CptDashboardView *self)
{
  g_autofree char *key = dup_key (self);
  g_autofree char *text = cpt_window_dup_state (cpt_view_get_window (CPT_VIEW (self)), key);
  g_autoptr(JsonNode) kept = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;

  if (kept == NULL || !cpt_dashboard_filters_check (kept, NULL))
    take_filters (self, self->dashboard->filters != NULL ? json_node_ref (self->dashboard->filters) : NULL);
  else
    take_filters (self, cpt_dashboard_filters_count (kept) > 0 ? g_steal_pointer (&kept) : NULL);
  if (text != NULL && !self->has_filters)
    remember (self);
  show_bar (self);
}

static void
bar_changed_cb (CptDashboardView *self)
{
  JsonNode *filters = cpt_dashboard_bar_get_filters (CPT_DASHBOARD_BAR (self->bar));

  if (self->dashboard == NULL)
    return;

  take_filters (self, filters != NULL ? json_node_ref (filters) : NULL);
  remember (self);
  cpt_dashboard_view_read (self);
}

void
cpt_dashboard_view_reset_filters (CptDashboardView *self)
{
  if (self->dashboard == NULL)
    return;

  take_filters (self, self->dashboard->filters != NULL ? json_node_ref (self->dashboard->filters) : NULL);
  remember (self);
  show_bar (self);
  cpt_dashboard_view_read (self);
}

/* Then nothing is remembered here any more: they are the dashboard's. */
void
cpt_dashboard_view_save_filters (CptDashboardView *self)
{
  g_autoptr(CptDashboard) changed = cpt_dashboard_view_dup_filtered (self);

  if (changed != NULL)
    cpt_dashboard_view_save (self, changed, _("Filters saved with the dashboard"));
}

CptDashboard *
cpt_dashboard_view_dup_filtered (CptDashboardView *self)
{
  CptDashboard *copy;

  if (self->dashboard == NULL)
    return NULL;

  copy = cpt_dashboard_copy (self->dashboard);
  g_clear_pointer (&copy->filters, json_node_unref);
  copy->filters = self->filters != NULL ? json_node_ref (self->filters) : NULL;

  return copy;
}

void
cpt_dashboard_view_create_bar (CptDashboardView *self)
{
  self->bar = cpt_dashboard_bar_new (cpt_view_get_store (CPT_VIEW (self)), self->schema);
  gtk_widget_set_visible (self->bar, FALSE);
  g_signal_connect_object (self->bar, "changed", G_CALLBACK (bar_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bar, "unfocused", G_CALLBACK (cpt_dashboard_view_unfocus), self, G_CONNECT_SWAPPED);
}
