/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cpt-aggregate.h"
#include "cpt-grouping.h"

G_BEGIN_DECLS

/**
 * CptTotal:
 * @path: of which field
 * @aggregate: what of it
 *
 * A number below a column of a list.
 */
typedef struct
{
  CptPath      path;
  CptAggregate aggregate;
} CptTotal;

/**
 * CptTotals:
 *
 * Numbers of all records of a list and of each of its groups. Amounts of money
 * are never added over currencies: there is one for each. Counted; never
 * changed; any thread.
 */
typedef struct _CptTotals CptTotals;

/* Whether a list can say @aggregate of @field */
gboolean   cpt_total_is_possible (const CptField *field,
                                  CptAggregate    aggregate);
/* Whether adding up says something without being asked for: amounts and
 * numbers, but no percentages */
gboolean   cpt_total_is_sum      (const CptField *field);
/* "amount:sum": CPT_ERROR_NOT_FOUND, CPT_ERROR_INVALID or CPT_ERROR_UNSUPPORTED */
gboolean   cpt_total_parse       (CptSchema        *schema,
                                  const CptEntity  *entity,
                                  const char       *text,
                                  CptTotal         *total,
                                  GError          **error);
/* As cpt_total_parse() takes it */
char      *cpt_total_format      (const CptTotal *self);

/* @grouping (nullable): also of each group */
CptTotals *cpt_totals_read       (CptDatabase        *database,
                                  const CptQuery     *query,
                                  const CptGrouping  *grouping,
                                  const CptTotal     *totals,
                                  guint               n_totals,
                                  GError            **error);
CptTotals *cpt_totals_ref        (CptTotals *self);
void       cpt_totals_unref      (CptTotals *self);
/* For people: "€1,200 + $300"; NULL where there is nothing to say. @key: of a
 * section; 0: of all records */
char      *cpt_totals_dup_text   (CptTotals *self,
                                  gint64     key,
                                  guint      total);
/* {"amount:sum":[{"amount":"1200.00","currency":"EUR"}],"employees:avg":27.5}:
 * numbers, dates as ISO texts, amounts as arrays, null for nothing */
JsonNode  *cpt_totals_to_json    (CptTotals *self,
                                  gint64     key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptTotals, cpt_totals_unref)

G_END_DECLS
