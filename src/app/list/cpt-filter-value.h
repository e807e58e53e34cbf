/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-field-type.h"
#include "cpt-store.h"

G_BEGIN_DECLS

#define CPT_TYPE_FILTER_VALUE (cpt_filter_value_get_type ())

G_DECLARE_FINAL_TYPE (CptFilterValue, cpt_filter_value, CPT, FILTER_VALUE, GtkWidget)

/**
 * cpt_filter_value_new:
 * @store: where links are looked for
 * @schema: what @field belongs to
 * @field: what is compared
 * @op: how
 * @value: (nullable): in the form that conditions have, to begin with
 *
 * In what a condition compares with: nothing, a text, a choice of several, a
 * period, records, or the field's own editor, once or twice.
 *
 * Returns: (transfer floating): the widget
 */
GtkWidget *cpt_filter_value_new      (CptStore       *store,
                                      CptSchema      *schema,
                                      const CptField *field,
                                      CptOperator     op,
                                      JsonNode       *value);
/* Whether this face of conditions offers the operator for that kind: some are
 * the same for people as others that take several values */
gboolean   cpt_filter_value_is_offered (const CptField *field,
                                        CptOperator     op);
/* @value: (out) (transfer full) (nullable): NULL where the operator needs none.
 * FALSE while something is missing or wrong. */
gboolean   cpt_filter_value_get      (CptFilterValue  *self,
                                      JsonNode       **value);

G_END_DECLS
