/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-totals.h"

G_BEGIN_DECLS

/* One of the questions that cpt_totals_read() asks about groups: about an amount
 * of money where there is one, since that takes longest. Of @totals there is
 * one at least. */
CptAggregateSpec *cpt_totals_create_question (const CptQuery     *query,
                                              const CptGrouping  *grouping,
                                              const CptTotal     *totals,
                                              guint               n_totals,
                                              GError            **error);

G_END_DECLS
