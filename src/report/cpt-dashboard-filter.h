/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-widget-data.h"

G_BEGIN_DECLS

/* What a dashboard is filtered by: a JSON array, in the order of its bar, of
 *
 *   {"period":{"this":"year"}}, {"period":"all"}
 *   {"source":"deal","field":"owner.team","op":"in","value":["…"]}
 *
 * the latter a condition on records of any kind. Without a period ("period":null)
 * or an operator it is only offered. Of several periods the last one counts.
 * Unknown members are kept. Nodes are never changed in place: copies share them.
 * NULL is no filter, everywhere. */

#define CPT_DASHBOARD_MAX_FILTERS 50

/**
 * CptDashboardFilter:
 * @is_period: whether it is a period
 * @period: (nullable): {"this":"year"} or "all"; NULL when it is only offered
 * @source: (nullable): the kind of record that @field is of
 * @field: (nullable): a path
 * @op: (nullable): NULL when it is only offered
 * @value: (nullable): as in a condition
 *
 * One of them; borrowed from the node.
 */
typedef struct
{
  gboolean    is_period;
  JsonNode   *period;
  const char *source;
  const char *field;
  const char *op;
  JsonNode   *value;
} CptDashboardFilter;

/* Whether it has the form above: CPT_ERROR_PARSE or CPT_ERROR_LIMIT with a
 * sentence. Whether there are such fields is asked when it is used. */
gboolean   cpt_dashboard_filters_check (JsonNode  *filters,
                                        GError   **error);
guint      cpt_dashboard_filters_count (JsonNode *filters);
void       cpt_dashboard_filters_get   (JsonNode           *filters,
                                        guint               index,
                                        CptDashboardFilter *filter);
/* Whether the one at @index filters anything, and is not only offered */
gboolean   cpt_dashboard_filter_is_on  (const CptDashboardFilter *self);
/* The position of the one about the same, or -1; @source NULL for the period */
int        cpt_dashboard_filters_find  (JsonNode   *filters,
                                        const char *source,
                                        const char *field);
/* (transfer full) (nullable): those of both, in this order; NULL when there is none */
JsonNode  *cpt_dashboard_filters_join  (JsonNode *filters,
                                        JsonNode *more);
/* (transfer full) (nullable): with @filter (nullable: without it) at @index, or
 * behind the last when that is -1; NULL when none is left */
JsonNode  *cpt_dashboard_filters_set   (JsonNode   *filters,
                                        int         index,
                                        JsonObject *filter);
/* (transfer full): one to be set */
JsonObject *cpt_dashboard_filter_new_period    (JsonNode *period);
JsonObject *cpt_dashboard_filter_new_offered   (const char *source,
                                                const char *field);
JsonObject *cpt_dashboard_filter_new_condition (CptFilter *condition);
/* (transfer full) (nullable): conditions (element-type CptFilter) as filters. What is
 * within dates becomes a period: each widget has a date of its own. */
JsonNode  *cpt_dashboard_filters_new_for_conditions (GPtrArray *conditions);
/* (transfer full) (nullable): NULL for a period, for what is only offered, and
 * where a field is no more */
CptFilter *cpt_dashboard_filter_create_condition (const CptDashboardFilter *self,
                                                  CptSchema                *schema);
gboolean   cpt_dashboard_filters_equal (JsonNode *a,
                                        JsonNode *b);
/* What it is about: "Period", "Owner › Team" */
char      *cpt_dashboard_filter_dup_label    (const CptDashboardFilter *self,
                                              CptSchema                *schema);
/* "Period: this year · Owner is Zoé Martin"; (nullable): when none is on. Links
 * by title when @database is given (nullable). */
char      *cpt_dashboard_filters_to_sentence (JsonNode    *filters,
                                              CptSchema   *schema,
                                              CptDatabase *database);

/* cpt_widget_data_read() of a widget that is filtered. What it is not filtered
 * by stands in its chart's note. */
CptWidgetData *cpt_widget_data_read_filtered     (CptDatabase     *database,
                                                  const CptWidget *widget,
                                                  JsonNode        *filters) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full) (nullable): what a widget asks when it is filtered; NULL for one
 * that asks nothing */
JsonNode      *cpt_widget_dup_question           (CptDatabase     *database,
                                                  const CptWidget *widget,
                                                  JsonNode        *filters);
/* cpt_widget_data_read_all() likewise */
GPtrArray     *cpt_widget_data_read_all_filtered (CptDatabase        *database,
                                                  const CptDashboard *dashboard,
                                                  JsonNode           *filters);

G_END_DECLS
