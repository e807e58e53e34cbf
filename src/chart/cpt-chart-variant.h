/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-chart-data.h"

G_BEGIN_DECLS

/* The numbers of charts as values that can be kept in a file of this machine and this
 * version of the program: "last known values", never an exchange format. */

/* To be changed with what is in a value or what it means */
#define CPT_CHART_VARIANT_VERSION 3
/* Of cpt_chart_data_to_variant() */
#define CPT_CHART_VARIANT_TYPE    "(ms(uss)uuua(msxua(ss))a(msub(dddd)b(uss)udbada(dd)aybu)masma(smsms)dddmsudmsas)"

/**
 * cpt_chart_data_to_variant:
 * @self: numbers
 *
 * Returns: (transfer full) (nullable): all of them; %NULL for a picture and for an error, which are not kept
 */
GVariant     *cpt_chart_data_to_variant   (const CptChartData *self) G_GNUC_WARN_UNUSED_RESULT;
/**
 * cpt_chart_data_from_variant:
 * @value: of any type, perhaps from a damaged file
 *
 * Returns: (transfer full) (nullable): what was kept; %NULL when @value can't be that
 */
CptChartData *cpt_chart_data_from_variant (GVariant *value) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
