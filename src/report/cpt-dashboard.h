/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

#include "cpt-grid.h"

G_BEGIN_DECLS

#define CPT_DASHBOARD_VERSION     1
#define CPT_DASHBOARD_MAX_WIDGETS 500
#define CPT_DASHBOARD_MAX_PAGES   50

/**
 * CptWidget:
 * @id: unique on its dashboard, stable
 * @kind: name of a chart kind; one that this version does not know is kept
 * @title: for people; may be empty
 * @item: where it is on the grid of 12 columns
 * @page: index of the page that it is on
 * @query: (nullable): the aggregate spec, as JSON
 * @options: (nullable): of the kind, as JSON
 * @extra: (nullable): members that this version does not know; written back
 *
 * One widget of a dashboard. @query and @options are replaced, never changed
 * in place: copies share them.
 */
typedef struct
{
  char        *id;
  char        *kind;
  char        *title;
  CptGridItem  item;
  guint        page;
  JsonNode    *query;
  JsonObject  *options;
  JsonObject  *extra;
} CptWidget;

/**
 * CptDashboardPage:
 * @title: for people; may be empty
 * @extra: (nullable): members that this version does not know
 *
 * One page of a dashboard: a grid of its own.
 */
typedef struct
{
  char       *title;
  JsonObject *extra;
} CptDashboardPage;

#define CPT_TYPE_DASHBOARD (cpt_dashboard_get_type ())

/**
 * CptDashboard:
 * @title: for people
 * @widgets: of #CptWidget, page by page, in reading order
 * @pages: of #CptDashboardPage; at least one
 * @filters: (nullable): what it is filtered by at first: see cpt-dashboard-filter.h;
 *   replaced, never changed in place: copies share it
 * @extra: (nullable): members that this version does not know
 *
 * What is stored in a dashboard record. A plain value of one thread; every
 * function that changes it leaves a layout without overlaps and gaps.
 */
typedef struct
{
  char       *title;
  GPtrArray  *widgets;
  GPtrArray  *pages;
  JsonNode   *filters;
  JsonObject *extra;
} CptDashboard;

GType         cpt_dashboard_get_type (void);
CptDashboard *cpt_dashboard_new      (const char *title) G_GNUC_WARN_UNUSED_RESULT;
CptDashboard *cpt_dashboard_copy     (const CptDashboard *self) G_GNUC_WARN_UNUSED_RESULT;
void          cpt_dashboard_free     (CptDashboard *self);

/**
 * cpt_dashboard_parse:
 * @text: JSON
 * @length: in bytes, or -1
 * @error: %CPT_ERROR_PARSE naming the widget and the member, %CPT_ERROR_TOO_NEW, %CPT_ERROR_LIMIT
 *
 * Cells that overlap, are negative or too large are repaired; anything else
 * that is not as documented is refused.
 *
 * Returns: (transfer full): the dashboard
 */
CptDashboard *cpt_dashboard_parse    (const char  *text,
                                      gssize       length,
                                      GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same from a parsed node */
CptDashboard *cpt_dashboard_parse_node (JsonNode  *node,
                                        GError   **error) G_GNUC_WARN_UNUSED_RESULT;
/* Canonical: equal dashboards give equal text */
char         *cpt_dashboard_format   (const CptDashboard *self);
JsonNode     *cpt_dashboard_to_json  (const CptDashboard *self);

guint         cpt_dashboard_get_n_widgets (const CptDashboard *self);
CptWidget    *cpt_dashboard_get_widget    (const CptDashboard *self,
                                           guint               index);
/* (nullable); @index may be NULL */
CptWidget    *cpt_dashboard_find_widget   (const CptDashboard *self,
                                           const char         *id,
                                           guint              *index);
/* Adds a widget of @kind to the first page, at the first free place with the kind's own size, or
 * at @place when it is not NULL. Borrowed. */
CptWidget    *cpt_dashboard_add_widget    (CptDashboard      *self,
                                           const char        *id,
                                           const char        *kind,
                                           const char        *title,
                                           JsonNode          *query,
                                           JsonObject        *options,
                                           const CptGridRect *place);
gboolean      cpt_dashboard_remove_widget (CptDashboard *self,
                                           const char   *id);
/* Moves and resizes; the result of cpt_grid_place() becomes the layout */
gboolean      cpt_dashboard_move_widget   (CptDashboard      *self,
                                           const char        *id,
                                           const CptGridRect *wanted);
/* The items of the widgets of a page, for the grid functions; (transfer full) of
 * CptGridItem. @start (out) (optional): index of the first of these widgets. */
GArray       *cpt_dashboard_dup_items     (const CptDashboard *self,
                                           guint               page,
                                           guint              *start);

/* Pages: cpt-dashboard-page.c */
guint         cpt_dashboard_get_n_pages    (const CptDashboard *self);
/* "Page 2" for one without a title */
char         *cpt_dashboard_dup_page_title (const CptDashboard *self,
                                            guint               page);
void          cpt_dashboard_set_page_title (CptDashboard *self,
                                            guint         page,
                                            const char   *title);
/* A dashboard of this page alone, with all filters */
CptDashboard *cpt_dashboard_dup_page       (const CptDashboard *self,
                                            guint               page) G_GNUC_WARN_UNUSED_RESULT;
/* Its widgets become those of @content, which has one page */
void          cpt_dashboard_set_page       (CptDashboard       *self,
                                            guint               page,
                                            const CptDashboard *content);
/* Behind the last. FALSE when there are as many as there may be */
gboolean      cpt_dashboard_add_page       (CptDashboard *self,
                                            const char   *title);
/* With its widgets. The last one stays. */
gboolean      cpt_dashboard_remove_page    (CptDashboard *self,
                                            guint         page);
gboolean      cpt_dashboard_move_page      (CptDashboard *self,
                                            guint         page,
                                            guint         position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptDashboard, cpt_dashboard_free)

G_END_DECLS
