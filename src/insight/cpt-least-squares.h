/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CPT_LEAST_SQUARES_MAX_TERMS 16

/**
 * CptLeastSquares:
 * @n_rows: observations
 * @n_terms: of each
 * @terms: the coefficients
 * @triangle: R of the decomposition, row by row
 * @squares: the sum of the squared residuals
 *
 * A line through many dimensions: y = Σ terms × x. By Householder's decomposition (Golub and
 * Van Loan, Matrix Computations, 4th edition, algorithms 5.2.1 and 5.3.2), which does not square
 * the condition of the problem as normal equations do.
 */
typedef struct
{
  guint  n_rows;
  guint  n_terms;
  double terms[CPT_LEAST_SQUARES_MAX_TERMS];
  double triangle[CPT_LEAST_SQUARES_MAX_TERMS * CPT_LEAST_SQUARES_MAX_TERMS];
  double squares;
} CptLeastSquares;

/**
 * cpt_least_squares_fit:
 * @self: (out caller-allocates): the answer
 * @matrix: @n_rows × @n_terms, row by row; is written over
 * @results: @n_rows; is written over
 *
 * Returns: %FALSE when there are fewer rows than terms, or when one term follows from the
 *   others, so that there is no one answer
 */
gboolean cpt_least_squares_fit          (CptLeastSquares *self,
                                         double          *matrix,
                                         double          *results,
                                         guint            n_rows,
                                         guint            n_terms);
/* Σ terms × x */
double   cpt_least_squares_evaluate     (const CptLeastSquares *self,
                                         const double          *terms);
/* x' (X'X)⁻¹ x: how uncertain the answer is at x, in variances of one residual */
double   cpt_least_squares_get_leverage (const CptLeastSquares *self,
                                         const double          *terms);

G_END_DECLS
