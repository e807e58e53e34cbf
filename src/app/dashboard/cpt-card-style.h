/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpt-chart.h"

G_BEGIN_DECLS

/* The desktop's own colours, where charts don't need ones that are told apart */
void cpt_card_style_init     (GtkWidget     *card,
                              CptChartStyle *style);
/* A colour that makes marks step back into what is behind them: in the dark the card lets some
 * of the window through */
void cpt_card_style_get_veil (GtkWidget *card,
                              GdkRGBA   *veil);
/* The outline of a mark becomes the path of @cr */
void cpt_card_style_add_path (cairo_t            *cr,
                              const CptChartMark *mark);

G_END_DECLS
