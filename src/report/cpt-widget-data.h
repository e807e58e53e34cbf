/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-aggregate.h"
#include "cpt-attachment.h"
#include "cpt-chart-data.h"
#include "cpt-dashboard.h"

G_BEGIN_DECLS

#define CPT_TYPE_WIDGET_DATA (cpt_widget_data_get_type ())

/**
 * CptWidgetData:
 *
 * The numbers of one widget, and for each mark the records behind it.
 * Immutable, counted atomically: read on a worker, shown by the window.
 */
typedef struct _CptWidgetData CptWidgetData;

GType          cpt_widget_data_get_type (void);

/**
 * cpt_widget_dup_title:
 * @widget: what it stands above
 * @asked: (nullable): the question as the filters of a dashboard made it; %NULL: the widget's own
 *
 * The title with the period in the place of "{period}". A title without it that is about another
 * period than the one that is asked for says the latter too.
 *
 * Returns: (transfer full): for people
 */
char          *cpt_widget_dup_title     (const CptWidget *widget,
                                         JsonNode        *asked) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_widget_data_read:
 * @database: a connection, on its own thread
 * @widget: what to read
 *
 * Runs the query of a widget. Never fails: what is wrong with the query is an
 * error inside the chart's data, so that the rest of a dashboard stands.
 * Cancelled by cpt_database_watch().
 *
 * Returns: (transfer full): the numbers
 */
CptWidgetData *cpt_widget_data_read     (CptDatabase     *database,
                                         const CptWidget *widget) G_GNUC_WARN_UNUSED_RESULT;
CptWidgetData *cpt_widget_data_ref      (CptWidgetData *self);
void           cpt_widget_data_unref    (CptWidgetData *self);

/* Borrowed */
CptChartData  *cpt_widget_data_get_chart (CptWidgetData *self);
/* Whether it tells of single people who are no colleagues: names them, or shows records. Such
 * numbers are not written down anywhere but in the workspace, where an erasure finds them. */
gboolean       cpt_widget_data_is_personal (CptWidgetData *self);
/* The records behind a mark of the chart: a list with this filter shows exactly
 * those. (nullable): "Other", and marks of the earlier period, have none. Where
 * the period has no records, the last ones before it. */
CptFilter     *cpt_widget_data_dup_filter (CptWidgetData *self,
                                           int            series,
                                           int            category);

/* What tells a mark from the others of its chart: "Owner is Zoé", "Closed within
 * November"; without what all of them are about. (element-type CptFilter):
 * conditions; none for a mark that stands for the whole chart, or for none. */
GPtrArray     *cpt_widget_data_list_conditions (CptWidgetData *self,
                                                int            series,
                                                int            category);

/* Whether a widget can show the file as a picture, which is not decoded for that: CPT_ERROR_LIMIT
 * when it is too large, CPT_ERROR_DAMAGED when it is none */
gboolean       cpt_widget_check_picture  (const CptAttachmentFile  *file,
                                          GError                  **error);

/* All widgets of a dashboard, for cpt_report_write_dashboard();
 * (element-type CptChartData) */
GPtrArray     *cpt_widget_data_read_all  (CptDatabase        *database,
                                          const CptDashboard *dashboard);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptWidgetData, cpt_widget_data_unref)

G_END_DECLS
