/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What reports are filtered by, in the state of this machine. */

#include "config.h"

#include "cpt-report-filters.h"

#include "cpt-dashboard-filter.h"
#include "cpt-json.h"

static char *
dup_key (CptWindow     *window,
         const CptUuid *report)
{
  g_autofree char *id = cpt_uuid_dup_text (report);
  g_autofree char *what = g_strconcat ("filters-", id, NULL);

  return cpt_window_dup_workspace_key (window, what, "report");
}

JsonNode *
cpt_report_filters_load (CptWindow     *window,
                         const CptUuid *report)
{
  g_autofree char *key = dup_key (window, report);
  g_autofree char *text = cpt_window_dup_state (window, key);
  g_autoptr(JsonNode) filters = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;

  if (filters == NULL || !cpt_dashboard_filters_check (filters, NULL) || cpt_dashboard_filters_count (filters) == 0)
    return NULL;

  return g_steal_pointer (&filters);
}

void
cpt_report_filters_keep (CptWindow     *window,
                         const CptUuid *report,
                         JsonNode      *filters)
{
  g_autofree char *key = dup_key (window, report);
  g_autofree char *text = filters != NULL ? cpt_json_format (filters) : NULL;

  cpt_window_set_state (window, key, text);
}
