/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What leaves the dashboard: the whole of it, or one widget, as a file or as a
 * picture on the clipboard. It is what is on the screen: the filters that count
 * now, a chosen mark among them.
 */

#include "config.h"

#include "cpt-dashboard-view-private.h"

#include <glib/gi18n.h>

#include "cpt-dashboard-export.h"
#include "cpt-dashboard-file.h"
#include "cpt-dashboard-grid.h"

/* Of a picture: pixels for each of the screen; and the least size of its card */
#define IMAGE_SCALE 2
#define MIN_WIDTH 320
#define MIN_HEIGHT 200

/* (nullable): with all pages */
static CptDashboard *
dup_shown (CptDashboardView *self)
{
  g_autoptr(CptDashboard) filtered = cpt_dashboard_view_dup_filtered (self);
  JsonNode *both;

  if (filtered == NULL)
    return NULL;

  both = cpt_dashboard_filters_join (filtered->filters, self->focus);
  g_clear_pointer (&filtered->filters, json_node_unref);
  filtered->filters = both;

  return cpt_dashboard_view_dup_whole (self, filtered);
}

void
cpt_dashboard_view_export (CptView *view)
{
  CptDashboardView *self = CPT_DASHBOARD_VIEW (view);
  g_autoptr(CptDashboard) shown = dup_shown (self);

  if (shown != NULL)
    cpt_dashboard_export_ask (cpt_view_get_window (view), shown, self->page, cpt_view_get_title (view));
}

static void
export_widget (CptDashboardView *self,
               const CptWidget  *widget)
{
  g_autoptr(CptDashboard) shown = dup_shown (self);
  g_autoptr(CptDashboard) single = shown != NULL ? cpt_dashboard_dup_widget (shown, widget->id) : NULL;
  const char *title = *widget->title != '\0' ? widget->title : cpt_view_get_title (CPT_VIEW (self));

  if (single != NULL)
    cpt_dashboard_export_ask (cpt_view_get_window (CPT_VIEW (self)), single, 0, title);
}

/* (nullable): of the picture in one format */
static GdkContentProvider *
create_provider (const CptWidget *widget,
                 CptChartCard    *card,
                 CptReportFormat  format)
{
  static const char *const types[] = {
    [CPT_REPORT_SVG] = "image/svg+xml",
    [CPT_REPORT_PNG] = "image/png",
  };
  double width = MAX (gtk_widget_get_width (GTK_WIDGET (card)), MIN_WIDTH);
  double height = MAX (gtk_widget_get_height (GTK_WIDGET (card)), MIN_HEIGHT);
  g_autoptr(GBytes) bytes = NULL;
  CptReportSetup setup;

  cpt_report_setup_init (&setup, format);
  setup.scale = IMAGE_SCALE;
  bytes = cpt_report_picture_widget (widget, cpt_chart_card_get_data (card), &setup, width, height, NULL);

  return bytes != NULL ? gdk_content_provider_new_for_bytes (types[format], bytes) : NULL;
}

/* As it is on the screen, but on white: it goes into letters and slides. Programs choose
 * between pixels and lines. */
static void
copy_image (CptDashboardView *self,
            const CptWidget  *widget)
{
  CptChartCard *card = cpt_dashboard_grid_find_card (CPT_DASHBOARD_GRID (self->grid), widget->id);
  GdkContentProvider *providers[2] = { NULL };
  g_autoptr(GdkContentProvider) content = NULL;

  if (card == NULL || cpt_chart_card_get_data (card) == NULL)
    return;

  providers[0] = create_provider (widget, card, CPT_REPORT_PNG);
  providers[1] = create_provider (widget, card, CPT_REPORT_SVG);
  if (providers[0] == NULL || providers[1] == NULL)
    {
      g_clear_object (&providers[0]);
      g_clear_object (&providers[1]);
      return;
    }

  content = gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), content);
  cpt_window_show_toast (cpt_view_get_window (CPT_VIEW (self)), _("Image copied"));
}

gboolean
cpt_dashboard_view_hand_out (CptDashboardView *self,
                             const CptWidget  *widget,
                             const char       *command)
{
  if (g_str_equal (command, "export"))
    export_widget (self, widget);
  else if (g_str_equal (command, "copy-image"))
    copy_image (self, widget);
  else
    return FALSE;

  return TRUE;
}
