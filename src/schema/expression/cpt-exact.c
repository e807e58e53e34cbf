/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Decimal numbers of some 38 digits. A result that needs more behind the point
 * is rounded to what there is room for, half away from zero; one that needs
 * more in front of it is none. */

#include "config.h"

#include "cpt-exact-private.h"

/* 10^38 still fits */
#define MAX_POWER 38

static CptInt128
get_power (guint exponent)
{
  CptInt128 power = 1;

  g_assert (exponent <= MAX_POWER);

  for (guint i = 0; i < exponent; i++)
    power *= 10;

  return power;
}

/* Without zeros at the end of the fraction */
static CptExact
strip (CptInt128 mantissa,
       guint     scale)
{
  while (scale > 0 && mantissa % 10 == 0)
    {
      mantissa /= 10;
      scale--;
    }

  return (CptExact){ .mantissa = mantissa, .scale = scale };
}

/* Half away from zero */
static CptInt128
divide_rounded (CptInt128 dividend,
                CptInt128 divisor)
{
  CptInt128 quotient = dividend / divisor;
  CptInt128 rest = dividend % divisor;
  gboolean is_negative = (dividend < 0) != (divisor < 0);

  /* Both below zero: the smallest number has no opposite above it. */
  if (rest > 0)
    rest = -rest;
  if (divisor > 0)
    divisor = -divisor;
  if (rest > divisor - rest)
    return quotient;

  return is_negative ? quotient - 1 : quotient + 1;
}

static gboolean
scale_up (const CptExact *self,
          guint           scale,
          CptInt128      *mantissa)
{
  return !__builtin_mul_overflow (self->mantissa, get_power (scale - self->scale), mantissa);
}

CptExact
cpt_exact_new (gint64 mantissa,
               guint  scale)
{
  g_assert (scale <= CPT_EXACT_MAX_SCALE);

  return strip (mantissa, scale);
}

gboolean
cpt_exact_add (const CptExact *a,
               const CptExact *b,
               CptExact       *sum)
{
  guint scale = MAX (a->scale, b->scale);
  CptInt128 first, second, total;

  if (!scale_up (a, scale, &first) || !scale_up (b, scale, &second) ||
      __builtin_add_overflow (first, second, &total))
    return FALSE;

  *sum = strip (total, scale);

  return TRUE;
}

/* The most negative number has no opposite: it becomes the largest. */
CptExact
cpt_exact_negate (const CptExact *self)
{
  CptInt128 mantissa;

  if (__builtin_sub_overflow ((CptInt128) 0, self->mantissa, &mantissa))
    mantissa = -(self->mantissa + 1);

  return (CptExact){ .mantissa = mantissa, .scale = self->scale };
}

gboolean
cpt_exact_multiply (const CptExact *a,
                    const CptExact *b,
                    CptExact       *product)
{
  CptInt128 mantissa;
  guint scale = a->scale + b->scale;

  if (__builtin_mul_overflow (a->mantissa, b->mantissa, &mantissa))
    return FALSE;

  if (scale > CPT_EXACT_MAX_SCALE)
    {
      mantissa = divide_rounded (mantissa, get_power (scale - CPT_EXACT_MAX_SCALE));
      scale = CPT_EXACT_MAX_SCALE;
    }
  *product = strip (mantissa, scale);

  return TRUE;
}

gboolean
cpt_exact_divide (const CptExact *a,
                  const CptExact *b,
                  CptExact       *quotient)
{
  if (b->mantissa == 0)
    return FALSE;

  /* As many digits behind the point as there is room for */
  for (guint scale = CPT_EXACT_MAX_SCALE + 1; scale-- > 0;)
    {
      CptInt128 dividend = a->mantissa;
      CptInt128 divisor = b->mantissa;
      gint shift = (gint) scale + (gint) b->scale - (gint) a->scale;

      if (shift >= 0 && __builtin_mul_overflow (dividend, get_power ((guint) shift), &dividend))
        continue;
      if (shift < 0 && __builtin_mul_overflow (divisor, get_power ((guint) -shift), &divisor))
        continue;
      if (divisor == -1 && __builtin_sub_overflow ((CptInt128) 0, dividend, &dividend))
        continue;

      *quotient = strip (divisor == -1 ? dividend : divide_rounded (dividend, divisor), scale);
      return TRUE;
    }

  return FALSE;
}

gboolean
cpt_exact_modulo (const CptExact *a,
                  const CptExact *b,
                  CptExact       *rest)
{
  guint scale = MAX (a->scale, b->scale);
  CptInt128 dividend, divisor, mantissa;

  if (b->mantissa == 0 || !scale_up (a, scale, &dividend) || !scale_up (b, scale, &divisor))
    return FALSE;

  /* The most negative number divided by -1 is beyond what there is. */
  mantissa = divisor == -1 ? 0 : dividend % divisor;
  if (mantissa != 0 && (mantissa < 0) != (divisor < 0))
    mantissa += divisor;
  *rest = strip (mantissa, scale);

  return TRUE;
}

CptExact
cpt_exact_round (const CptExact *self,
                 guint           digits)
{
  if (self->scale <= digits)
    return *self;

  return strip (divide_rounded (self->mantissa, get_power (self->scale - digits)), digits);
}

CptExact
cpt_exact_floor (const CptExact *self)
{
  CptInt128 power = get_power (self->scale);
  CptInt128 whole = self->mantissa / power;

  if (self->mantissa % power < 0)
    whole--;

  return (CptExact){ .mantissa = whole };
}

int
cpt_exact_compare (const CptExact *a,
                   const CptExact *b)
{
  guint scale = MAX (a->scale, b->scale);
  CptInt128 first, second;

  if (!scale_up (a, scale, &first))
    return a->mantissa < 0 ? -1 : 1;
  if (!scale_up (b, scale, &second))
    return b->mantissa < 0 ? 1 : -1;

  return first < second ? -1 : first > second;
}

gboolean
cpt_exact_to_int (const CptExact *self,
                  guint           scale,
                  gint64         *value)
{
  CptExact rounded = cpt_exact_round (self, scale);
  CptInt128 mantissa;

  if (!scale_up (&rounded, scale, &mantissa) || mantissa > G_MAXINT64 || mantissa < G_MININT64)
    return FALSE;

  *value = (gint64) mantissa;

  return TRUE;
}

char *
cpt_exact_format (const CptExact *self)
{
  g_autoptr(GString) digits = g_string_new (NULL);
  CptInt128 rest = self->mantissa;
  gboolean is_negative = rest < 0;

  for (guint i = 0; rest != 0 || i <= self->scale; i++)
    {
      int digit = (int) (rest % 10);

      if (i == self->scale && i > 0)
        g_string_prepend_c (digits, '.');
      g_string_prepend_c (digits, (char) ('0' + ABS (digit)));
      rest /= 10;
    }
  if (is_negative)
    g_string_prepend_c (digits, '-');

  return g_string_free (g_steal_pointer (&digits), FALSE);
}

gboolean
cpt_exact_parse (const char *text,
                 CptExact   *number)
{
  gboolean is_negative = *text == '-';
  gboolean has_point = FALSE;
  CptInt128 mantissa = 0;
  guint scale = 0;
  guint n_digits = 0;

  for (const char *c = text + is_negative; *c != '\0'; c++)
    {
      if (*c == '.' && !has_point && n_digits > 0)
        {
          has_point = TRUE;
          continue;
        }
      if (!g_ascii_isdigit (*c) || ++n_digits > 30 || (has_point && ++scale > CPT_EXACT_MAX_SCALE))
        return FALSE;
      mantissa = mantissa * 10 + (*c - '0');
    }
  if (n_digits == 0 || (has_point && scale == 0))
    return FALSE;

  *number = strip (is_negative ? -mantissa : mantissa, scale);

  return TRUE;
}
