/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CptFormula:
 *
 * Arithmetic over the measures of a question: "won / closed", "(a + b) * 2".
 * Immutable. Formulas over the fields of one record are another thing: see
 * cpt-expression.h.
 */
typedef struct _CptFormula CptFormula;

#define CPT_FORMULA_MAX_BYTES 1000
#define CPT_FORMULA_MAX_DEPTH 32

/* The position of the measure with this name, or -1 */
typedef int (*CptFormulaFindFunc) (const char *name,
                                   gpointer    data);

/**
 * cpt_formula_parse:
 * @text: names of measures, numbers with a point, + - * / and brackets
 * @find: finds measures
 * @data: for @find
 * @error: %CPT_ERROR_PARSE, %CPT_ERROR_NOT_FOUND or %CPT_ERROR_LIMIT with a sentence
 *
 * Returns: (transfer full): the formula
 */
CptFormula *cpt_formula_parse    (const char          *text,
                                  CptFormulaFindFunc   find,
                                  gpointer             data,
                                  GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void        cpt_formula_free     (CptFormula *self);
/* As it was written */
const char *cpt_formula_get_text (const CptFormula *self);
/* Whether it reads the measure at this position */
gboolean    cpt_formula_reads    (const CptFormula *self,
                                  guint             measure);
/* @values: of all measures, NAN where there is none. NAN where something is
 * missing or divided by zero, or where no number is that large. */
double      cpt_formula_evaluate (const CptFormula *self,
                                  const double     *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptFormula, cpt_formula_free)

G_END_DECLS
