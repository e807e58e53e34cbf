/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One person's arrangement of a dashboard. */
#include "config.h"
#include "cpt-arrangement.h"

#include <glib/gi18n-lib.h>

#include "cpt-dashboard-private.h"
#include "cpt-error.h"
#include "cpt-json.h"

/* ---- the form ---- */

static gboolean
refuse (GError     **error,
        const char  *sentence)
{
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, sentence);

  return FALSE;
}

static gboolean
read_cell (JsonObject *object,
           const char *member,
           int        *cell)
{
  gint64 number = 0;

  if (!json_object_has_member (object, member) || !cpt_json_read_int (object, member, &number, NULL))
    return FALSE;
  *cell = (int) CLAMP (number, -CPT_GRID_MAX_Y, CPT_GRID_MAX_Y);

  return TRUE;
}

static gboolean
read_rect (JsonNode    *node,
           CptGridRect *rect)
{
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  return object != NULL && read_cell (object, "x", &rect->x) && read_cell (object, "y", &rect->y) &&
         read_cell (object, "w", &rect->w) && read_cell (object, "h", &rect->h);
}

static gboolean
check_places (JsonObject  *places,
              GError     **error)
{
  JsonObjectIter iter;
  const char *id;
  JsonNode *node;
  CptGridRect rect;

  if (json_object_get_size (places) > CPT_DASHBOARD_MAX_WIDGETS)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("The arrangement has %u widgets; there may be at most %d."),
                   json_object_get_size (places), CPT_DASHBOARD_MAX_WIDGETS);
      return FALSE;
    }

  json_object_iter_init (&iter, places);
  while (json_object_iter_next (&iter, &id, &node))
    if (!read_rect (node, &rect))
      {
        g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("The place of the widget “%s” must have x, y, w and h."), id);
        return FALSE;
      }

  return TRUE;
}

gboolean
cpt_arrangement_check (JsonNode  *layout,
                       GError   **error)
{
  JsonObject *object = layout != NULL && JSON_NODE_HOLDS_OBJECT (layout) ? json_node_get_object (layout) : NULL;
  JsonObject *places = NULL;
  JsonArray *hidden = NULL;

  if (object == NULL)
    return refuse (error, _("An arrangement is an object with “places” and “hidden”."));
  if (!cpt_json_read_object (object, "places", &places, error) || !cpt_json_read_array (object, "hidden", &hidden, error) ||
      (places != NULL && !check_places (places, error)))
    return FALSE;

  for (guint i = 0; hidden != NULL && i < json_array_get_length (hidden); i++)
    {
      JsonNode *node = json_array_get_element (hidden, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        return refuse (error, _("What is hidden must be a list of widgets by their identifiers."));
    }

  return TRUE;
}

/* ---- one person's own ---- */

static gboolean
is_hidden (JsonArray  *hidden,
           const char *id)
{
  for (guint i = 0; hidden != NULL && i < json_array_get_length (hidden); i++)
    if (g_strcmp0 (json_array_get_string_element (hidden, i), id) == 0)
      return TRUE;

  return FALSE;
}

CptDashboard *
cpt_arrangement_apply (const CptDashboard *shared,
                       JsonNode           *layout)
{
  CptDashboard *own;
  JsonObject *object, *places = NULL;
  JsonArray *hidden = NULL;

  g_return_val_if_fail (shared != NULL, NULL);

  own = cpt_dashboard_copy (shared);
  if (!cpt_arrangement_check (layout, NULL))
    return own;

  object = json_node_get_object (layout);
  cpt_json_read_object (object, "places", &places, NULL);
  cpt_json_read_array (object, "hidden", &hidden, NULL);
  for (guint i = own->widgets->len; i > 0; i--)
    {
      CptWidget *widget = cpt_dashboard_get_widget (own, i - 1);
      CptGridRect rect;

      if (is_hidden (hidden, widget->id))
        g_ptr_array_remove_index (own->widgets, i - 1);
      else if (places != NULL && read_rect (json_object_get_member (places, widget->id), &rect))
        widget->item.rect = rect;
      else
        widget->item.rect.y = CPT_GRID_MAX_Y;
    }
  cpt_dashboard_tidy (own);

  return own;
}

JsonNode *
cpt_arrangement_new (const CptDashboard *arranged,
                     const CptDashboard *shared)
{
  g_autoptr(JsonObject) object = json_object_new ();
  JsonObject *places = json_object_new ();
  JsonArray *hidden = json_array_new ();

  g_return_val_if_fail (arranged != NULL && shared != NULL, NULL);

  for (guint i = 0; i < cpt_dashboard_get_n_widgets (arranged); i++)
    {
      const CptWidget *widget = cpt_dashboard_get_widget (arranged, i);
      JsonObject *place = json_object_new ();

      json_object_set_int_member (place, "x", widget->item.rect.x);
      json_object_set_int_member (place, "y", widget->item.rect.y);
      json_object_set_int_member (place, "w", widget->item.rect.w);
      json_object_set_int_member (place, "h", widget->item.rect.h);
      json_object_set_object_member (places, widget->id, place);
    }
  for (guint i = 0; i < cpt_dashboard_get_n_widgets (shared); i++)
    {
      const CptWidget *widget = cpt_dashboard_get_widget (shared, i);

      if (cpt_dashboard_find_widget (arranged, widget->id, NULL) == NULL)
        json_array_add_string_element (hidden, widget->id);
    }
  json_object_set_object_member (object, "places", places);
  json_object_set_array_member (object, "hidden", hidden);

  return json_node_init_object (json_node_alloc (), object);
}

static void
set_filters (CptDashboard       *self,
             const CptDashboard *from)
{
  g_clear_pointer (&self->filters, json_node_unref);
  self->filters = from->filters != NULL ? json_node_ref (from->filters) : NULL;
}

CptDashboard *
cpt_arrangement_share (const CptDashboard *shared,
                       const CptDashboard *arranged)
{
  CptDashboard *result;

  g_return_val_if_fail (shared != NULL && arranged != NULL, NULL);

  result = cpt_dashboard_copy (shared);
  set_filters (result, arranged);
  for (guint i = 0; i < cpt_dashboard_get_n_widgets (arranged); i++)
    {
      const CptWidget *widget = cpt_dashboard_get_widget (arranged, i);
      guint index;
      const CptWidget *known = cpt_dashboard_find_widget (result, widget->id, &index);

      if (known != NULL)
        {
          CptWidget *changed = cpt_dashboard_widget_copy_placed (widget, known);

          cpt_dashboard_widget_free (result->widgets->pdata[index]);
          result->widgets->pdata[index] = changed;
        }
      else
        {
          CptWidget *added = cpt_dashboard_widget_copy (widget, NULL);

          added->item.rect.y = CPT_GRID_MAX_Y;
          g_ptr_array_add (result->widgets, added);
        }
    }
  cpt_dashboard_tidy (result);

  return result;
}
