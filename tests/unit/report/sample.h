/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dashboard of a believable company, for tests and for looking at. */
#pragma once

#include "cpt-report.h"

G_BEGIN_DECLS

/* 2026-11-21T09:30:00Z */
#define SAMPLE_NOW G_GINT64_CONSTANT (1795253400000000)

/* Twelve widgets of all kinds */
CptDashboard *sample_create_dashboard (gboolean french);
/* One for each widget; (element-type CptChartData) */
GPtrArray    *sample_create_data      (const CptDashboard *dashboard,
                                       gboolean            french);
/* One, by the id of its widget */
CptChartData *sample_create_chart     (const char *id,
                                       gboolean    french);

G_END_DECLS
