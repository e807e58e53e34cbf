/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpt-store.h"

G_BEGIN_DECLS

/**
 * CptHoursScene:
 * @widget: (transfer none): on which it is drawn
 * @store: (transfer none): that knows the hour
 * @from: the first day
 * @n_days: how many
 * @hour_height: in pixels
 * @day_width: likewise
 *
 * Days with hours, as they are drawn.
 */
typedef struct
{
  GtkWidget *widget;
  CptStore  *store;
  gint64     from;
  int        n_days;
  int        hour_height;
  double     day_width;
} CptHoursScene;

/* Hours and the lines between them and the days */
void cpt_hours_scene_draw_lines (const CptHoursScene *self,
                                 GtkSnapshot         *snapshot);
/* A line where it is now, on the day of today */
void cpt_hours_scene_draw_now   (const CptHoursScene *self,
                                 GtkSnapshot         *snapshot);

G_END_DECLS
