/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-widget-data.h"

G_BEGIN_DECLS

/**
 * cpt_widget_example_new:
 * @database: a connection, on its own thread
 * @widget: what to show
 *
 * Numbers that a widget might show, for pictures of it where a workspace has none: the same for the
 * same widget. Choices, stages and the like are those of the workspace; people are made up.
 *
 * Returns: (transfer full) (nullable): %NULL where nothing sensible can be made up
 */
CptChartData *cpt_widget_example_new (CptDatabase     *database,
                                      const CptWidget *widget) G_GNUC_WARN_UNUSED_RESULT;

/* Whether there is nothing in @data that a chart could draw: no number, no record, no words */
gboolean      cpt_widget_data_is_bare (const CptChartData *data);

G_END_DECLS
