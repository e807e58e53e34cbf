/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a saved view says of a list (cpt-saved-view): its columns, order, groups,
 * totals and conditions. */
#include "config.h"

#include "cpt-json.h"
#include "cpt-list-view-private.h"

/* @object (nullable) */
static void
show_definition (CptListView *self,
                 JsonObject  *object,
                 gboolean     with_layout)
{
  g_autoptr(CptQuery) query = cpt_query_new (self->schema, self->entity);
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *kept = NULL;
  const char *columns = NULL, *sort = NULL, *group = NULL, *totals = NULL;

  if (object != NULL)
    {
      cpt_json_read_string (object, "columns", &columns, NULL);
      cpt_json_read_string (object, "sort", &sort, NULL);
      cpt_json_read_string (object, "group", &group, NULL);
      cpt_json_read_string (object, "totals", &totals, NULL);
      if (json_object_has_member (object, "filter"))
        filter = cpt_filter_from_json (self->schema, self->entity, json_object_get_member (object, "filter"), &error);
    }
  if (error != NULL)
    cpt_window_show_error (cpt_view_get_window (CPT_VIEW (self)), error);

  kept = cpt_query_dup_sort (cpt_query_model_get_query (self->model));
  if (with_layout)
    {
      cpt_list_view_set_columns (self, columns);
      cpt_list_view_set_grouping (self, group);
      cpt_list_view_set_totals (self, totals);
    }
  else
    sort = kept;
  if (sort != NULL && !cpt_query_set_sort (query, sort, NULL))
    g_debug ("The order “%s” is no more", sort);

  cpt_query_bar_set_filter (self->bar, filter);
  cpt_query_set_filter (query, filter);
  cpt_query_model_set_query (self->model, g_steal_pointer (&query));
}

static void
show (CptView    *view,
      JsonObject *definition,
      gboolean    with_layout)
{
  CptListView *self = CPT_LIST_VIEW (view);
  g_autoptr(JsonNode) standard = NULL;

  if (definition == NULL && self->standard != NULL)
    {
      standard = cpt_json_parse (self->standard, -1, NULL);
      definition = json_node_get_object (standard);
    }
  show_definition (self, definition, with_layout);
}

static void
describe (CptView    *view,
          JsonObject *definition)
{
  CptListView *self = CPT_LIST_VIEW (view);
  CptQuery *query = cpt_query_model_get_query (self->model);
  g_autofree char *columns = cpt_list_view_dup_columns (self);
  g_autofree char *sort = cpt_query_dup_sort (query);
  g_autofree char *group = cpt_list_view_dup_grouping (self);
  g_autofree char *totals = cpt_list_view_dup_totals (self);

  json_object_set_string_member (definition, "columns", columns);
  json_object_set_string_member (definition, "sort", sort);
  if (group[0] != '\0')
    json_object_set_string_member (definition, "group", group);
  if (totals[0] != '\0')
    json_object_set_string_member (definition, "totals", totals);
  if (query->filter != NULL)
    json_object_set_member (definition, "filter", cpt_filter_to_json (query->filter));
}

GtkWidget *
cpt_list_view_create_views_button (CptListView *self)
{
  static const CptViewsForm form = { "list", "view", describe, show };

  return cpt_views_button_new (CPT_VIEW (self), self->schema, self->entity, &form);
}
