/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is drawn behind and over the blocks of days with hours. */

#include "config.h"

#include "cpt-hours-scene-private.h"

#include <math.h>

#include "cpt-calendar-data-private.h"
#include "cpt-calendar-hours.h"
#include "cpt-date.h"
#include "cpt-week-layout.h"

static void
fill (GtkSnapshot   *snapshot,
      const GdkRGBA *colour,
      double         x,
      double         y,
      double         width,
      double         height)
{
  gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
}

static void
draw_hour (const CptHoursScene *self,
           GtkSnapshot         *snapshot,
           int                  hour,
           const GdkRGBA       *colour)
{
  GTimeZone *zone = cpt_store_get_zone (self->store);
  g_autofree char *text = cpt_calendar_data_dup_hour (cpt_week_get_instant (self->from, hour * 60, zone), zone);
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (self->widget, text);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();
  int width;
  int height;

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) MAX (CPT_CALENDAR_HOURS_GUTTER - 6 - width, 0),
                                                          (float) (hour * self->hour_height) - (float) height / 2));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

void
cpt_hours_scene_draw_lines (const CptHoursScene *self,
                            GtkSnapshot         *snapshot)
{
  double width = gtk_widget_get_width (self->widget);
  double height = gtk_widget_get_height (self->widget);
  GdkRGBA text;
  GdkRGBA line;

  gtk_style_context_get_color (gtk_widget_get_style_context (self->widget), &text);
  line = text;
  line.alpha *= 0.12f;
  text.alpha *= 0.6f;
  for (int hour = 1; hour < 24; hour++)
    {
      fill (snapshot, &line, CPT_CALENDAR_HOURS_GUTTER, hour * self->hour_height, width - CPT_CALENDAR_HOURS_GUTTER, 1);
      draw_hour (self, snapshot, hour, &text);
    }
  for (int day = 0; day < self->n_days; day++)
    fill (snapshot, &line, floor (CPT_CALENDAR_HOURS_GUTTER + day * self->day_width) - 1, 0, 1, height);
}

void
cpt_hours_scene_draw_now (const CptHoursScene *self,
                          GtkSnapshot         *snapshot)
{
  GTimeZone *zone = cpt_store_get_zone (self->store);
  gint64 now = cpt_clock_get_now (cpt_store_get_clock (self->store));
  gint64 day = cpt_instant_get_date (now, zone) - self->from;
  GtkStyleContext *context = gtk_widget_get_style_context (self->widget);
  double y = cpt_week_get_minute (now, zone) * self->hour_height / 60.0;
  GdkRGBA colour;

  if (day < 0 || day >= self->n_days)
    return;

  if (!gtk_style_context_lookup_color (context, "error_color", &colour))
    gtk_style_context_get_color (context, &colour);
  fill (snapshot, &colour, CPT_CALENDAR_HOURS_GUTTER + (double) day * self->day_width, y - 1, self->day_width - 1, 2);
}
