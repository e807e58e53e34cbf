/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Digits behind the point that are kept; further ones are rounded */
#define CPT_EXACT_MAX_SCALE 12

__extension__ typedef __int128 CptInt128;

/**
 * CptExact:
 * @mantissa: the digits
 * @scale: how many of them are behind the point, 0 to %CPT_EXACT_MAX_SCALE
 *
 * A decimal number without the errors of binary fractions. Without zeros at
 * the end of its fraction, so that equal numbers are equal structs. Functions
 * are FALSE where the result has too many digits, or there is none.
 */
typedef struct
{
  CptInt128 mantissa;
  guint     scale;
} CptExact;

CptExact cpt_exact_new      (gint64 mantissa,
                             guint  scale);
gboolean cpt_exact_add      (const CptExact *a,
                             const CptExact *b,
                             CptExact       *sum);
CptExact cpt_exact_negate   (const CptExact *self);
gboolean cpt_exact_multiply (const CptExact *a,
                             const CptExact *b,
                             CptExact       *product);
/* FALSE for a division by zero too */
gboolean cpt_exact_divide   (const CptExact *a,
                             const CptExact *b,
                             CptExact       *quotient);
/* The rest of a division, exact and with the sign of the divisor, as in
 * spreadsheets. FALSE for a division by zero too */
gboolean cpt_exact_modulo   (const CptExact *a,
                             const CptExact *b,
                             CptExact       *rest);
/* To @digits behind the point: 1.5 is 2 and -1.5 is -2 */
CptExact cpt_exact_round    (const CptExact *self,
                             guint           digits);
/* The largest whole number that is not larger */
CptExact cpt_exact_floor    (const CptExact *self);
int      cpt_exact_compare  (const CptExact *a,
                             const CptExact *b);
/* Rounded and scaled by 10^@scale: 12.345 at 2 is 1235 */
gboolean cpt_exact_to_int   (const CptExact *self,
                             guint           scale,
                             gint64         *value);
/* "-12.5", for machines */
char    *cpt_exact_format   (const CptExact *self);
/* Digits with a point; FALSE for anything else */
gboolean cpt_exact_parse    (const char *text,
                             CptExact   *number);

G_END_DECLS
