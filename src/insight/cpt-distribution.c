/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The two distributions that a regression needs, both by the incomplete beta
 * function (DLMF 8.17). */

#include "config.h"

#include "cpt-distribution.h"

#include <float.h>
#include <math.h>

#define MAX_STEPS 500
#define TINY 1e-300

static double
avoid_zero (double number)
{
  return fabs (number) < TINY ? TINY : number;
}

/* Lentz's method; converges quickly where x < (a + 1) / (a + b + 2) */
static double
find_fraction (double a,
               double b,
               double x)
{
  double c = 1;
  double d = 1 / avoid_zero (1 - (a + b) * x / (a + 1));
  double result = d;

  for (int m = 1; m <= MAX_STEPS; m++)
    {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      double step;

      d = 1 / avoid_zero (1 + even * d);
      c = avoid_zero (1 + even / c);
      result *= d * c;
      d = 1 / avoid_zero (1 + odd * d);
      c = avoid_zero (1 + odd / c);
      step = d * c;
      result *= step;
      if (fabs (step - 1) < 4 * DBL_EPSILON)
        break;
    }

  return result;
}

double
cpt_incomplete_beta (double a,
                     double b,
                     double x)
{
  double front;

  g_return_val_if_fail (a > 0 && b > 0, NAN);

  if (!(x > 0))
    return 0;
  if (x >= 1)
    return 1;

  front = exp (lgamma (a + b) - lgamma (a) - lgamma (b) + a * log (x) + b * log1p (-x));
  if (x < (a + 1) / (a + b + 2))
    return front * find_fraction (a, b, x) / a;

  return 1 - front * find_fraction (b, a, 1 - x) / b;
}

/* P(T > t), for t >= 0 */
static double
find_student_tail (double t,
                   double freedom)
{
  return cpt_incomplete_beta (freedom / 2, 0.5, freedom / (freedom + t * t)) / 2;
}

double
cpt_student_quantile (double probability,
                      double freedom)
{
  double tail = probability > 0.5 ? 1 - probability : probability;
  double low = 0, high = 1;

  g_return_val_if_fail (probability > 0 && probability < 1 && freedom > 0, NAN);

  while (high < 1e300 && find_student_tail (high, freedom) > tail)
    high *= 2;
  for (int i = 0; i < 200 && high - low > 1e-13 * high; i++)
    {
      double middle = low + (high - low) / 2;

      if (find_student_tail (middle, freedom) > tail)
        low = middle;
      else
        high = middle;
    }

  return probability > 0.5 ? high : -high;
}

double
cpt_fisher_tail (double value,
                 double freedom1,
                 double freedom2)
{
  g_return_val_if_fail (freedom1 > 0 && freedom2 > 0, NAN);

  if (!(value > 0))
    return 1;
  if (isinf (value))
    return 0;

  return cpt_incomplete_beta (freedom2 / 2, freedom1 / 2, freedom2 / (freedom2 + freedom1 * value));
}
