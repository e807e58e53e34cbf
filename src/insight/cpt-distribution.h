/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* I_x(a, b), for @a and @b above 0 and @x from 0 to 1, to some 12 digits: the continued fraction
 * of DLMF 8.17.22 (https://dlmf.nist.gov/8.17.E22), by Lentz's method. */
double cpt_incomplete_beta (double a,
                            double b,
                            double x);
/* The value below which Student's t of @freedom degrees is with @probability (0 to 1, both
 * excluded): of 0.975 and 10 degrees 2.228 */
double cpt_student_quantile (double probability,
                             double freedom);
/* The probability that F of so many degrees of freedom is above @value */
double cpt_fisher_tail (double value,
                        double freedom1,
                        double freedom2);

G_END_DECLS
