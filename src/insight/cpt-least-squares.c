/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ordinary least squares by Householder's QR decomposition. */

#include "config.h"

#include "cpt-least-squares.h"

#include <math.h>
#include <string.h>

/* A diagonal this small against the largest says that a term follows from others. */
#define RANK 1e-10

/* Mirrors the rest of column @k onto its first element, and everything to the right
 * of it; FALSE when nothing is left of the column */
static gboolean
reflect (double *matrix,
         double *results,
         guint   n_rows,
         guint   n_terms,
         guint   k)
{
  double norm = 0, scale;

  for (guint i = k; i < n_rows; i++)
    norm = hypot (norm, matrix[i * n_terms + k]);
  if (!(norm > 0) || !isfinite (norm))
    return FALSE;

  if (matrix[k * n_terms + k] > 0)
    norm = -norm;
  matrix[k * n_terms + k] -= norm;
  scale = -norm * matrix[k * n_terms + k];

  for (guint j = k + 1; j <= n_terms; j++)
    {
      double product = 0;

      for (guint i = k; i < n_rows; i++)
        product += matrix[i * n_terms + k] * (j < n_terms ? matrix[i * n_terms + j] : results[i]);
      product /= scale;
      for (guint i = k; i < n_rows; i++)
        {
          if (j < n_terms)
            matrix[i * n_terms + j] -= product * matrix[i * n_terms + k];
          else
            results[i] -= product * matrix[i * n_terms + k];
        }
    }
  matrix[k * n_terms + k] = norm;

  return TRUE;
}

static void
solve (CptLeastSquares *self,
       const double    *results)
{
  for (guint i = self->n_terms; i > 0; i--)
    {
      guint k = i - 1;
      double sum = results[k];

      for (guint j = i; j < self->n_terms; j++)
        sum -= self->triangle[k * CPT_LEAST_SQUARES_MAX_TERMS + j] * self->terms[j];
      self->terms[k] = sum / self->triangle[k * CPT_LEAST_SQUARES_MAX_TERMS + k];
    }
}

gboolean
cpt_least_squares_fit (CptLeastSquares *self,
                       double          *matrix,
                       double          *results,
                       guint            n_rows,
                       guint            n_terms)
{
  double largest = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (n_terms > 0 && n_terms <= CPT_LEAST_SQUARES_MAX_TERMS, FALSE);

  memset (self, 0, sizeof *self);
  self->n_rows = n_rows;
  self->n_terms = n_terms;
  if (n_rows < n_terms)
    return FALSE;

  for (guint k = 0; k < n_terms; k++)
    if (!reflect (matrix, results, n_rows, n_terms, k))
      return FALSE;

  for (guint k = 0; k < n_terms; k++)
    {
      largest = MAX (largest, fabs (matrix[k * n_terms + k]));
      for (guint j = k; j < n_terms; j++)
        self->triangle[k * CPT_LEAST_SQUARES_MAX_TERMS + j] = matrix[k * n_terms + j];
    }
  for (guint k = 0; k < n_terms; k++)
    if (fabs (matrix[k * n_terms + k]) <= RANK * largest)
      return FALSE;

  solve (self, results);
  for (guint i = n_terms; i < n_rows; i++)
    self->squares += results[i] * results[i];

  return isfinite (self->squares);
}

double
cpt_least_squares_evaluate (const CptLeastSquares *self,
                            const double          *terms)
{
  double sum = 0;

  g_return_val_if_fail (self != NULL, NAN);

  for (guint i = 0; i < self->n_terms; i++)
    sum += self->terms[i] * terms[i];

  return sum;
}

/* R'v = x, then v'v */
double
cpt_least_squares_get_leverage (const CptLeastSquares *self,
                                const double          *terms)
{
  double v[CPT_LEAST_SQUARES_MAX_TERMS];
  double sum = 0;

  g_return_val_if_fail (self != NULL, NAN);

  for (guint i = 0; i < self->n_terms; i++)
    {
      v[i] = terms[i];
      for (guint j = 0; j < i; j++)
        v[i] -= self->triangle[j * CPT_LEAST_SQUARES_MAX_TERMS + i] * v[j];
      v[i] /= self->triangle[i * CPT_LEAST_SQUARES_MAX_TERMS + i];
      sum += v[i] * v[i];
    }

  return sum;
}
