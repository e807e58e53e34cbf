/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The content of a dashboard record:
 *
 *   {"version":1, "title":"Sales", "widgets":[
 *     {"id":"w1", "kind":"bar", "title":"Won by month",
 *      "x":0, "y":0, "w":6, "h":4, "pinned":false,
 *      "query":{aggregate spec}, "options":{of the kind}}],
 *    "filters":[see cpt-dashboard-filter.h],
 *    "page":"Overview", "pages":[{"title":"Trends", "widgets":[…]}]}
 *
 * "page" is the title of the page with the "widgets" above, "pages" are the others:
 * who knows nothing of pages sees the first one, and keeps the rest.
 *
 * The text may come from another device, a newer version or a hand: it is
 * either understood or refused with the reason. Members that are not known are
 * kept and written back; so are widgets of a kind that is not known. */
#include "config.h"
#include "cpt-dashboard-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cpt-chart-kind.h"
#include "cpt-dashboard-filter.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-text.h"

#define MAX_NAME_BYTES 64
#define MAX_TITLE_BYTES 400

static const char *const dashboard_members[] = { "version", "title", "widgets", "filters", "page", "pages", NULL };
static const char *const page_members[] = { "title", "widgets", NULL };
static const char *const widget_members[] = {
  "id", "kind", "title", "x", "y", "w", "h", "pinned", "query", "options", NULL,
};

static JsonObject *
ref_object (JsonObject *object)
{
  return object != NULL ? json_object_ref (object) : NULL;
}

void
cpt_dashboard_widget_free (gpointer data)
{
  CptWidget *widget = data;

  g_free (widget->id);
  g_free (widget->kind);
  g_free (widget->title);
  g_clear_pointer (&widget->query, json_node_unref);
  g_clear_pointer (&widget->options, json_object_unref);
  g_clear_pointer (&widget->extra, json_object_unref);
  g_free (widget);
}

gpointer
cpt_dashboard_widget_copy (gconstpointer data,
                           gpointer      unused)
{
  const CptWidget *widget = data;
  CptWidget *copy = g_memdup2 (widget, sizeof *widget);

  copy->id = g_strdup (widget->id);
  copy->kind = g_strdup (widget->kind);
  copy->title = g_strdup (widget->title);
  copy->query = widget->query != NULL ? json_node_ref (widget->query) : NULL;
  copy->options = ref_object (widget->options);
  copy->extra = ref_object (widget->extra);

  return copy;
}

CptWidget *
cpt_dashboard_widget_copy_placed (const CptWidget *widget,
                                  const CptWidget *where)
{
  CptWidget *copy = cpt_dashboard_widget_copy (widget, NULL);

  copy->item.rect = where->item.rect;
  copy->item.pinned = where->item.pinned;

  return copy;
}

/* Written out, because what G_DEFINE_BOXED_TYPE() expands to is not ISO C */
GType
cpt_dashboard_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      GType registered = g_boxed_type_register_static (g_intern_static_string ("CptDashboard"),
                                                       (GBoxedCopyFunc) cpt_dashboard_copy,
                                                       (GBoxedFreeFunc) cpt_dashboard_free);

      g_once_init_leave (&type, registered);
    }

  return type;
}

CptDashboard *
cpt_dashboard_new (const char *title)
{
  CptDashboard *self = g_new0 (CptDashboard, 1);

  self->title = g_strdup (title != NULL ? title : "");
  self->widgets = g_ptr_array_new_with_free_func (cpt_dashboard_widget_free);
  self->pages = g_ptr_array_new_with_free_func (cpt_dashboard_page_free);
  g_ptr_array_add (self->pages, cpt_dashboard_page_new (NULL, NULL));

  return self;
}

CptDashboard *
cpt_dashboard_copy (const CptDashboard *self)
{
  CptDashboard *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (CptDashboard, 1);
  copy->title = g_strdup (self->title);
  copy->widgets = g_ptr_array_copy (self->widgets, cpt_dashboard_widget_copy, NULL);
  g_ptr_array_set_free_func (copy->widgets, cpt_dashboard_widget_free);
  copy->pages = g_ptr_array_copy (self->pages, cpt_dashboard_page_copy, NULL);
  g_ptr_array_set_free_func (copy->pages, cpt_dashboard_page_free);
  copy->filters = self->filters != NULL ? json_node_ref (self->filters) : NULL;
  copy->extra = ref_object (self->extra);

  return copy;
}

void
cpt_dashboard_free (CptDashboard *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->title);
  g_ptr_array_unref (self->widgets);
  g_ptr_array_unref (self->pages);
  g_clear_pointer (&self->filters, json_node_unref);
  g_clear_pointer (&self->extra, json_object_unref);
  g_free (self);
}

/* The least size of the kind goes into the item */
static void
set_limits (CptWidget *widget)
{
  const CptChartKind *kind = cpt_chart_kind_find (widget->kind);

  widget->item.min_w = kind != NULL ? kind->min_columns : 1;
  widget->item.min_h = kind != NULL ? kind->min_rows : 1;
}

static int
compare_widgets (gconstpointer a,
                 gconstpointer b)
{
  const CptWidget *one = *(const CptWidget *const *) a;
  const CptWidget *other = *(const CptWidget *const *) b;
  const CptGridRect *first = &one->item.rect;
  const CptGridRect *second = &other->item.rect;

  if (one->page != other->page)
    return one->page < other->page ? -1 : 1;
  if (first->y != second->y)
    return first->y < second->y ? -1 : 1;

  return (first->x > second->x) - (first->x < second->x);
}

GArray *
cpt_dashboard_dup_items (const CptDashboard *self,
                         guint               page,
                         guint              *start)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (CptGridItem));
  guint first = 0;

  g_return_val_if_fail (self != NULL, items);

  while (first < self->widgets->len && cpt_dashboard_get_widget (self, first)->page < page)
    first++;
  for (guint i = first; i < self->widgets->len && cpt_dashboard_get_widget (self, i)->page == page; i++)
    g_array_append_val (items, cpt_dashboard_get_widget (self, i)->item);
  if (start != NULL)
    *start = first;

  return items;
}

void
cpt_dashboard_tidy (CptDashboard *self)
{
  g_ptr_array_sort (self->widgets, compare_widgets);
  for (guint page = 0; page < self->pages->len; page++)
    {
      guint start;
      g_autoptr(GArray) items = cpt_dashboard_dup_items (self, page, &start);

      cpt_grid_compact ((CptGridItem *) items->data, items->len, CPT_GRID_COLUMNS);
      for (guint i = 0; i < items->len; i++)
        cpt_dashboard_get_widget (self, start + i)->item = g_array_index (items, CptGridItem, i);
    }
  g_ptr_array_sort (self->widgets, compare_widgets);
}

/* ---- reading ---- */

char *
cpt_dashboard_clean_title (const char *text)
{
  g_autofree char *clean = cpt_text_clean (text, FALSE);

  return cpt_text_shorten (clean, MAX_TITLE_BYTES);
}

/* Any number is a cell: what is out of range is brought in by the grid */
static gboolean
read_cell (JsonObject  *object,
           const char  *member,
           int         *value,
           GError     **error)
{
  JsonNode *node = json_object_get_member (object, member);
  double number;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || (json_node_get_value_type (node) != G_TYPE_INT64 &&
                                        json_node_get_value_type (node) != G_TYPE_DOUBLE))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” must be a number."), member);
      return FALSE;
    }

  number = json_node_get_double (node);
  *value = isfinite (number) ? (int) CLAMP (round (number), -CPT_GRID_MAX_Y, CPT_GRID_MAX_Y) : 0;

  return TRUE;
}

static gboolean
read_name (JsonObject  *object,
           const char  *member,
           char       **value,
           GError     **error)
{
  const char *text = NULL;

  if (!cpt_json_read_string (object, member, &text, error))
    return FALSE;
  if (text == NULL || text[0] == '\0' || strlen (text) > MAX_NAME_BYTES)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE,
                   _("“%s” must be a text of 1 to %d characters."), member, MAX_NAME_BYTES);
      return FALSE;
    }
  *value = g_strdup (text);

  return TRUE;
}

static gboolean
read_rect (JsonObject  *object,
           CptWidget   *widget,
           GError     **error)
{
  const CptChartKind *kind = cpt_chart_kind_find (widget->kind);
  CptGridRect *rect = &widget->item.rect;

  /* Without a place it goes below the others */
  rect->x = 0;
  rect->y = CPT_GRID_MAX_Y;
  rect->w = kind != NULL ? kind->default_columns : 4;
  rect->h = kind != NULL ? kind->default_rows : 4;

  return read_cell (object, "x", &rect->x, error) && read_cell (object, "y", &rect->y, error) &&
         read_cell (object, "w", &rect->w, error) && read_cell (object, "h", &rect->h, error) &&
         cpt_json_read_boolean (object, "pinned", &widget->item.pinned, error);
}

static gboolean
read_widget (CptWidget   *widget,
             JsonObject  *object,
             GError     **error)
{
  const char *title = "";
  JsonObject *query = NULL;
  JsonObject *options = NULL;

  if (!read_name (object, "id", &widget->id, error) ||
      !read_name (object, "kind", &widget->kind, error) ||
      !cpt_json_read_string (object, "title", &title, error) ||
      !read_rect (object, widget, error) ||
      !cpt_json_read_object (object, "query", &query, error) ||
      !cpt_json_read_object (object, "options", &options, error))
    return FALSE;

  widget->title = cpt_dashboard_clean_title (title != NULL ? title : "");
  if (query != NULL)
    widget->query = json_node_init_object (json_node_alloc (), query);
  widget->options = ref_object (options);
  widget->extra = cpt_json_dup_others (object, widget_members);
  set_limits (widget);

  return TRUE;
}

static gboolean
read_widgets (CptDashboard  *self,
              JsonArray     *array,
              guint          page,
              GError       **error)
{
  guint n = json_array_get_length (array);

  if (n + self->widgets->len > CPT_DASHBOARD_MAX_WIDGETS)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
                   _("The dashboard has %u widgets; there may be at most %d."), n + self->widgets->len,
                   CPT_DASHBOARD_MAX_WIDGETS);
      return FALSE;
    }

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      CptWidget *widget = g_new0 (CptWidget, 1);

      widget->page = page;
      g_ptr_array_add (self->widgets, widget);
      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("Widget %u is not an object."), i + 1);
          return FALSE;
        }
      if (!read_widget (widget, json_node_get_object (node), error))
        {
          g_prefix_error (error, _("Widget %u: "), i + 1);
          return FALSE;
        }
    }

  return TRUE;
}

/* The pages behind the first one */
static gboolean
read_pages (CptDashboard  *self,
            JsonArray     *array,
            GError       **error)
{
  guint n = json_array_get_length (array);

  if (n >= CPT_DASHBOARD_MAX_PAGES)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("The dashboard has %u pages; there may be at most %d."), n + 1,
                   CPT_DASHBOARD_MAX_PAGES);
      return FALSE;
    }

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *title = NULL;
      JsonArray *widgets = NULL;
      JsonObject *extra;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("Page %u is not an object."), i + 2);
          return FALSE;
        }
      extra = cpt_json_dup_others (json_node_get_object (node), page_members);
      g_ptr_array_add (self->pages, cpt_dashboard_page_new (NULL, extra));
      if (!cpt_json_read_string (json_node_get_object (node), "title", &title, error) ||
          !cpt_json_read_array (json_node_get_object (node), "widgets", &widgets, error) ||
          (widgets != NULL && !read_widgets (self, widgets, i + 1, error)))
        {
          g_prefix_error (error, _("Page %u: "), i + 2);
          return FALSE;
        }
      cpt_dashboard_set_page_title (self, i + 1, title);
    }

  return TRUE;
}

static gboolean
check_ids (CptDashboard  *self,
           GError       **error)
{
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->widgets->len; i++)
    if (!g_hash_table_add (ids, cpt_dashboard_get_widget (self, i)->id))
      {
        g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("Two widgets have the id “%s”."),
                     cpt_dashboard_get_widget (self, i)->id);
        return FALSE;
      }

  return TRUE;
}

static gboolean
check_version (JsonObject  *object,
               GError     **error)
{
  gint64 version = 0;

  if (!cpt_json_read_int (object, "version", &version, error))
    return FALSE;
  if (version > CPT_DASHBOARD_VERSION)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_TOO_NEW,
                           _("This dashboard was made by a newer Comptoir; update to open it."));
      return FALSE;
    }
  if (version < 1)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE,
                   _("A dashboard needs a “version” from 1 to %d."), CPT_DASHBOARD_VERSION);
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_dashboard (CptDashboard  *self,
                JsonObject    *object,
                GError       **error)
{
  const char *title = "";
  const char *page = NULL;
  JsonArray *widgets = NULL;
  JsonArray *pages = NULL;
  JsonNode *filters = json_object_get_member (object, "filters");

  if (filters != NULL && JSON_NODE_HOLDS_NULL (filters))
    filters = NULL;
  if (!check_version (object, error) || !cpt_json_read_string (object, "title", &title, error) ||
      !cpt_json_read_array (object, "widgets", &widgets, error) || !cpt_dashboard_filters_check (filters, error) ||
      !cpt_json_read_string (object, "page", &page, error) || !cpt_json_read_array (object, "pages", &pages, error))
    return FALSE;

  g_free (self->title);
  self->title = cpt_dashboard_clean_title (title != NULL ? title : "");
  self->filters = cpt_dashboard_filters_count (filters) > 0 ? json_node_copy (filters) : NULL;
  self->extra = cpt_json_dup_others (object, dashboard_members);
  cpt_dashboard_set_page_title (self, 0, page);
  if ((widgets != NULL && !read_widgets (self, widgets, 0, error)) || (pages != NULL && !read_pages (self, pages, error)) ||
      !check_ids (self, error))
    return FALSE;
  cpt_dashboard_tidy (self);

  return TRUE;
}

CptDashboard *
cpt_dashboard_parse_node (JsonNode  *node,
                          GError   **error)
{
  CptDashboard *self;

  g_return_val_if_fail (node != NULL, NULL);

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, _("A dashboard is a JSON object."));
      return NULL;
    }

  self = cpt_dashboard_new (NULL);
  if (read_dashboard (self, json_node_get_object (node), error))
    return self;
  cpt_dashboard_free (self);

  return NULL;
}

CptDashboard *
cpt_dashboard_parse (const char  *text,
                     gssize       length,
                     GError     **error)
{
  g_autoptr(JsonNode) node = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  node = cpt_json_parse (text, length, error);
  if (node == NULL)
    return NULL;

  return cpt_dashboard_parse_node (node, error);
}

/* ---- writing ---- */

static JsonObject *
create_widget_object (const CptWidget *widget)
{
  const CptGridRect *rect = &widget->item.rect;
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", widget->id);
  json_object_set_string_member (object, "kind", widget->kind);
  json_object_set_string_member (object, "title", widget->title);
  json_object_set_int_member (object, "x", rect->x);
  json_object_set_int_member (object, "y", rect->y);
  json_object_set_int_member (object, "w", rect->w);
  json_object_set_int_member (object, "h", rect->h);
  if (widget->item.pinned)
    json_object_set_boolean_member (object, "pinned", TRUE);
  if (widget->query != NULL)
    json_object_set_member (object, "query", json_node_copy (widget->query));
  if (widget->options != NULL)
    json_object_set_object_member (object, "options", json_object_ref (widget->options));
  cpt_json_add_members (object, widget->extra);

  return object;
}

static JsonArray *
create_widgets_array (const CptDashboard *self,
                      guint               page)
{
  JsonArray *widgets = json_array_new ();

  for (guint i = 0; i < self->widgets->len; i++)
    if (cpt_dashboard_get_widget (self, i)->page == page)
      json_array_add_object_element (widgets, create_widget_object (cpt_dashboard_get_widget (self, i)));

  return widgets;
}

static void
add_pages (const CptDashboard *self,
           JsonObject         *object)
{
  const CptDashboardPage *first = g_ptr_array_index (self->pages, 0);
  JsonArray *pages;

  if (first->title[0] != '\0')
    json_object_set_string_member (object, "page", first->title);
  if (self->pages->len == 1)
    return;

  pages = json_array_new ();
  for (guint i = 1; i < self->pages->len; i++)
    {
      const CptDashboardPage *page = g_ptr_array_index (self->pages, i);
      JsonObject *written = json_object_new ();

      json_object_set_string_member (written, "title", page->title);
      json_object_set_array_member (written, "widgets", create_widgets_array (self, i));
      cpt_json_add_members (written, page->extra);
      json_array_add_object_element (pages, written);
    }
  json_object_set_array_member (object, "pages", pages);
}

JsonNode *
cpt_dashboard_to_json (const CptDashboard *self)
{
  g_autoptr(JsonObject) object = json_object_new ();

  g_return_val_if_fail (self != NULL, NULL);

  json_object_set_int_member (object, "version", CPT_DASHBOARD_VERSION);
  json_object_set_string_member (object, "title", self->title);
  json_object_set_array_member (object, "widgets", create_widgets_array (self, 0));
  add_pages (self, object);
  if (self->filters != NULL)
    json_object_set_member (object, "filters", json_node_copy (self->filters));
  cpt_json_add_members (object, self->extra);

  return json_node_init_object (json_node_alloc (), object);
}

char *
cpt_dashboard_format (const CptDashboard *self)
{
  g_autoptr(JsonNode) node = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  node = cpt_dashboard_to_json (self);

  return cpt_json_format_canonical (node);
}

/* ---- widgets ---- */

guint
cpt_dashboard_get_n_widgets (const CptDashboard *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->widgets->len;
}

CptWidget *
cpt_dashboard_get_widget (const CptDashboard *self,
                          guint               index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->widgets->len, NULL);

  return g_ptr_array_index (self->widgets, index);
}

CptWidget *
cpt_dashboard_find_widget (const CptDashboard *self,
                           const char         *id,
                           guint              *index)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->widgets->len; i++)
    {
      CptWidget *widget = cpt_dashboard_get_widget (self, i);

      if (g_strcmp0 (widget->id, id) != 0)
        continue;
      if (index != NULL)
        *index = i;
      return widget;
    }

  return NULL;
}

CptWidget *
cpt_dashboard_add_widget (CptDashboard      *self,
                          const char        *id,
                          const char        *kind,
                          const char        *title,
                          JsonNode          *query,
                          JsonObject        *options,
                          const CptGridRect *place)
{
  const CptChartKind *declared = cpt_chart_kind_find (kind);
  g_autoptr(GArray) items = NULL;
  CptWidget *widget;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL && cpt_dashboard_find_widget (self, id, NULL) == NULL, NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  items = cpt_dashboard_dup_items (self, 0, NULL);
  widget = g_new0 (CptWidget, 1);
  widget->id = g_strdup (id);
  widget->kind = g_strdup (kind);
  widget->title = cpt_dashboard_clean_title (title != NULL ? title : "");
  widget->query = query != NULL ? json_node_ref (query) : NULL;
  widget->options = ref_object (options);
  set_limits (widget);
  cpt_grid_find_room ((const CptGridItem *) items->data, items->len,
                      declared != NULL ? declared->default_columns : 4,
                      declared != NULL ? declared->default_rows : 4, &widget->item.rect);
  g_ptr_array_insert (self->widgets, (int) items->len, widget);
  cpt_dashboard_tidy (self);
  if (place != NULL)
    cpt_dashboard_move_widget (self, id, place);

  return widget;
}

gboolean
cpt_dashboard_remove_widget (CptDashboard *self,
                             const char   *id)
{
  guint index;

  g_return_val_if_fail (self != NULL, FALSE);

  if (cpt_dashboard_find_widget (self, id, &index) == NULL)
    return FALSE;

  g_ptr_array_remove_index (self->widgets, index);
  cpt_dashboard_tidy (self);

  return TRUE;
}

gboolean
cpt_dashboard_move_widget (CptDashboard      *self,
                           const char        *id,
                           const CptGridRect *wanted)
{
  g_autoptr(GArray) items = NULL;
  g_autofree CptGridRect *result = NULL;
  const CptWidget *widget;
  guint index, start;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (wanted != NULL, FALSE);

  widget = cpt_dashboard_find_widget (self, id, &index);
  if (widget == NULL)
    return FALSE;

  items = cpt_dashboard_dup_items (self, widget->page, &start);
  result = g_new0 (CptGridRect, items->len);
  cpt_grid_place ((const CptGridItem *) items->data, items->len, index - start, wanted, result);
  for (guint i = 0; i < items->len; i++)
    cpt_dashboard_get_widget (self, start + i)->item.rect = result[i];
  g_ptr_array_sort (self->widgets, compare_widgets);

  return TRUE;
}
