/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What leaves the dashboard: the whole of it, or one widget, as a file, on paper or as
 * a picture on the clipboard. It is what is on the screen: the filters that count
 * now, a chosen mark among them.
 */

#include "config.h"

#include "cpt-dashboard-view-private.h"

#include <glib/gi18n.h>

#include "cpt-dashboard-export.h"
#include "cpt-dashboard-file.h"
#include "cpt-dashboard-grid.h"
#include "cpt-dashboard-print.h"

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

void
cpt_dashboard_view_hand_out_action (GtkWidget  *widget,
                                    const char *action_name,
                                    GVariant   *parameter)
{
  CptDashboardView *self = CPT_DASHBOARD_VIEW (widget);
  g_autoptr(CptDashboard) shown = NULL;

  if (!g_str_equal (action_name, "dashboard.print"))
    {
      cpt_dashboard_view_export (CPT_VIEW (self));
      return;
    }

  shown = dup_shown (self);
  if (shown != NULL)
    cpt_dashboard_print (cpt_view_get_window (CPT_VIEW (self)), shown);
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

/* A picture that a worker draws; nothing of the window is in it */
typedef struct
{
  CptDashboard *dashboard; /* with this one widget */
  CptWidgetData *numbers;
  double width;
  double height;
} Picture;

static void
picture_free (gpointer pointer)
{
  Picture *picture = pointer;

  cpt_dashboard_free (picture->dashboard);
  cpt_widget_data_unref (picture->numbers);
  g_free (picture);
}

static GBytes *
draw_as (const Picture    *picture,
         CptReportFormat   format,
         GError          **error)
{
  CptReportSetup setup;

  cpt_report_setup_init (&setup, format);
  setup.scale = IMAGE_SCALE;

  return cpt_report_picture_widget (cpt_dashboard_get_widget (picture->dashboard, 0),
                                    cpt_widget_data_get_chart (picture->numbers), &setup, picture->width, picture->height, error);
}

/* As programs want it: pixels, then lines; (element-type GBytes) */
static gpointer
draw_in_worker (CptDatabase   *database,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  static const CptReportFormat formats[] = { CPT_REPORT_PNG, CPT_REPORT_SVG };
  g_autoptr(GPtrArray) drawn = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      GBytes *bytes = draw_as (data, formats[i], error);

      if (bytes == NULL)
        return NULL;
      g_ptr_array_add (drawn, bytes);
    }

  return g_steal_pointer (&drawn);
}

static void
drawn_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(CptDashboardView) self = CPT_DASHBOARD_VIEW (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) drawn = cpt_store_finish (CPT_STORE (source), result, &error);
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));
  g_autoptr(GdkContentProvider) content = NULL;
  GdkContentProvider *providers[2];

  if (window == NULL)
    return;
  if (drawn == NULL)
    {
      cpt_window_show_error (window, error);
      return;
    }

  providers[0] = gdk_content_provider_new_for_bytes ("image/png", g_ptr_array_index (drawn, 0));
  providers[1] = gdk_content_provider_new_for_bytes ("image/svg+xml", g_ptr_array_index (drawn, 1));
  content = gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), content);
  cpt_window_show_toast (window, _("Image copied"));
}

/* As it is on the screen, but on white: it goes into letters and slides. Numbers of earlier days, which are
 * shown until those of today have come, stay out of them. */
static void
copy_image (CptDashboardView *self,
            const CptWidget  *widget)
{
  CptChartCard *card = cpt_dashboard_grid_find_card (CPT_DASHBOARD_GRID (self->grid), widget->id);
  CptWidgetData *numbers = cpt_dashboard_numbers_find (self->numbers, widget->id);
  g_autoptr(CptDashboard) shown = cpt_dashboard_view_dup_shown (self);
  g_autoptr(CptDashboard) single = shown != NULL ? cpt_dashboard_dup_widget (shown, widget->id) : NULL;
  Picture *picture;

  if (card == NULL || single == NULL)
    return;
  if (numbers == NULL)
    {
      cpt_window_show_toast (cpt_view_get_window (CPT_VIEW (self)),
                             _("The numbers are still being read; copy the image in a moment"));
      return;
    }

  picture = g_new0 (Picture, 1);
  picture->dashboard = g_steal_pointer (&single);
  picture->numbers = cpt_widget_data_ref (numbers);
  picture->width = MAX (gtk_widget_get_width (GTK_WIDGET (card)), MIN_WIDTH);
  picture->height = MAX (gtk_widget_get_height (GTK_WIDGET (card)), MIN_HEIGHT);
  cpt_store_read_async (cpt_view_get_store (CPT_VIEW (self)), G_PRIORITY_DEFAULT, draw_in_worker, picture, picture_free,
                        (GDestroyNotify) g_ptr_array_unref, self->cancellable, drawn_cb, g_object_ref (self));
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
