/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-widget-choices.h"

G_BEGIN_DECLS

/* A question has no more metrics than this beside its first one that the editor shows; what has
 * more keeps them */
#define CPT_WIDGET_MAX_MORE 5

/**
 * CptWidgetMore:
 *
 * The rows of the metrics beside the first one: as many as are chosen, and one for the next. A
 * plain structure, which borrows its rows; main thread only.
 */
typedef struct
{
  GtkWidget *rows[CPT_WIDGET_MAX_MORE];
} CptWidgetMore;

/* Adds the rows to @group; @callback is connected swapped to @object when another line is chosen */
void cpt_widget_more_build   (CptWidgetMore *self,
                              GtkWidget     *group,
                              GCallback      callback,
                              gpointer       object);
/* Fills @candidates (element-type CptMetric) with what may stand beside @first (nullable): metrics of
 * the same records, borrowed from @metrics; others leave @keys (element-type utf8) */
void cpt_widget_more_find    (GPtrArray       *metrics,
                              const CptMetric *first,
                              GPtrArray       *candidates,
                              GPtrArray       *keys);
/* Whether one of @keys counts by another date than @date */
gboolean cpt_widget_more_has_date (GPtrArray  *candidates,
                                   GPtrArray  *keys,
                                   const char *date);
/* @candidates: (element-type CptMetric); @keys: (element-type utf8): those that are chosen. Not
 * while a row tells that another line was chosen. */
void cpt_widget_more_show    (CptWidgetMore *self,
                              GPtrArray     *candidates,
                              GPtrArray     *keys);
/* Replaces the first keys of @keys by those that the first @n_rows rows have, without @first and
 * without what is there already; those behind all rows stay. With @needs_one the first candidate is
 * chosen where there would be none. */
void cpt_widget_more_read    (CptWidgetMore *self,
                              GPtrArray     *candidates,
                              guint          n_rows,
                              const char    *first,
                              gboolean       needs_one,
                              GPtrArray     *keys);
/* At most @n_rows; 0 shows none */
void cpt_widget_more_set_shown (CptWidgetMore *self,
                                guint          n_rows);

G_END_DECLS
