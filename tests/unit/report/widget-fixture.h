/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-widget-data.h"

typedef struct
{
  char        *path;
  CptClock    *clock;
  CptDatabase *database;
} WidgetFixture;

/* A: €1,000 of September 2026 by website, B: €2,500.50 of October by website, C: €700 of
 * October by referral, D: $9.99 of October by event, E: €50 of November by referral; open
 * are F: €400, and G of a partner. Today is 21 November 2026. */
void           widget_fixture_set_up    (WidgetFixture *fixture,
                                         gconstpointer  unused);
void           widget_fixture_tear_down (WidgetFixture *fixture,
                                         gconstpointer  unused);
CptWidgetData *widget_fixture_read      (const WidgetFixture *fixture,
                                         const char          *kind,
                                         const char          *query);
/* @options: JSON */
CptWidgetData *widget_fixture_read_with (const WidgetFixture *fixture,
                                         const char          *kind,
                                         const char          *query,
                                         const char          *options);
/* How many records a mark leads to; -1: it leads nowhere */
int            widget_fixture_count     (const WidgetFixture *fixture,
                                         CptWidgetData       *data,
                                         int                  series,
                                         int                  category);
