/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the key of an item to what it means. A key may come from another program or be years old: what is no more is
 * passed over. */
#include "config.h"

#include "cpt-palette-item.h"

#include <string.h>

#include "cpt-dashboard-view.h"
#include "cpt-report-view.h"
#include "cpt-window-private.h"

static void
open_action (CptWindow  *window,
             const char *detailed)
{
  CptView *view = cpt_window_get_view (window);
  g_autofree char *name = NULL;
  g_autoptr(GVariant) target = NULL;

  if (!g_action_parse_detailed_name (detailed, &name, &target, NULL))
    return;

  /* What the page itself can do, and what any of its parents can */
  gtk_widget_activate_action_variant (view != NULL ? GTK_WIDGET (view) : GTK_WIDGET (window), name, target);
}

/* "contact:IDENTIFIER" */
static const CptEntity *
parse_record (CptWindow  *window,
              const char *text,
              CptUuid    *id)
{
  const char *colon = strchr (text, ':');
  g_autofree char *name = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : NULL;

  if (name == NULL || !cpt_uuid_parse (colon + 1, id))
    return NULL;

  return cpt_schema_find_entity (cpt_window_get_schema (window), name);
}

/* "task:IDENTIFIER", or "task:IDENTIFIER:board" where it is no list */
static void
open_view (CptWindow  *window,
           const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, ":", 3);
  CptUuid id;

  if (g_strv_length (parts) >= 2 && cpt_uuid_parse (parts[1], &id))
    cpt_window_open_saved (window, parts[0], parts[2] != NULL ? parts[2] : "list", &id);
}

static void
open_dashboard (CptWindow  *window,
                const char *text)
{
  CptUuid id;

  if (!cpt_uuid_parse (text, &id))
    return;

  cpt_window_open_place (window, "home");
  if (CPT_IS_DASHBOARD_VIEW (cpt_window_get_view (window)))
    cpt_dashboard_view_show (CPT_DASHBOARD_VIEW (cpt_window_get_view (window)), &id);
}

static void
open_report (CptWindow  *window,
             const char *text)
{
  CptUuid id;

  if (!cpt_uuid_parse (text, &id))
    return;

  cpt_window_open_place (window, "reports");
  if (CPT_IS_REPORT_VIEW (cpt_window_get_view (window)))
    cpt_report_view_show (CPT_REPORT_VIEW (cpt_window_get_view (window)), &id);
}

static void
open_record (CptWindow  *window,
             const char *text)
{
  CptUuid id;
  const CptEntity *entity = parse_record (window, text, &id);

  if (entity != NULL)
    cpt_window_open_record (window, entity, &id);
}

void
cpt_palette_open_key (CptWindow  *window,
                      const char *key)
{
  static const struct
  {
    const char *prefix;
    void (*open) (CptWindow *window,
                  const char *text);
    gboolean needs_store;
  } kinds[] = {
    { "place:", cpt_window_open_place, TRUE },
    { "action:", open_action, FALSE },
    { "view:", open_view, TRUE },
    { "dashboard:", open_dashboard, TRUE },
    { "report:", open_report, TRUE },
    { "record:", open_record, TRUE },
  };

  g_return_if_fail (CPT_IS_WINDOW (window));
  g_return_if_fail (key != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (key, kinds[i].prefix) && (cpt_window_get_store (window) != NULL || !kinds[i].needs_store))
      {
        cpt_window_remember_use (window, key);
        kinds[i].open (window, key + strlen (kinds[i].prefix));
        return;
      }
}
