/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers for people, in full and short. Doubles hold whole minor units of
 * money exactly up to 2^53; beyond that a number is written with an exponent
 * rather than with digits that mean nothing. */
#include "config.h"
#include "cpt-chart-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-money.h"

#define MAX_EXACT 9007199254740992.0
#define MAX_DECIMALS 6

/* Of which nobody reads the cents at a glance, in whole units of the currency */
#define LARGE_AMOUNT 10000.0

#define SECONDS_PER_MINUTE 60.0
#define SECONDS_PER_HOUR 3600.0
#define SECONDS_PER_DAY 86400.0

static const double powers[MAX_DECIMALS + 1] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };

/* Of a number written short. The %s is the number. */
static const struct
{
  double divisor;
  const char *format;
} magnitudes[] = {
  /* Translators: a number in trillions (10^12), as short as possible */
  { 1e12, NC_("short number", "%sT") },
  /* Translators: a number in billions (10^9), as short as possible */
  { 1e9, NC_("short number", "%sB") },
  /* Translators: a number in millions, as short as possible */
  { 1e6, NC_("short number", "%sM") },
  /* Translators: a number in thousands, as short as possible */
  { 1e3, NC_("short number", "%sK") },
};

#define N_MAGNITUDES (G_N_ELEMENTS (magnitudes))

/* Digits only; the sign is put in front of a currency by with_sign() */
static char *
format_digits (double value,
               int    decimals,
               int    min_decimals)
{
  value = fabs (value);
  decimals = CLAMP (decimals, 0, MAX_DECIMALS);
  if (value * powers[decimals] > MAX_EXACT)
    return g_strdup_printf ("%.3g", value);

  return cpt_decimal_format_local ((gint64) llround (value * powers[decimals]), decimals,
                                   min_decimals);
}

static gboolean
rounds_to_zero (double value,
                int    decimals)
{
  return fabs (value) * powers[CLAMP (decimals, 0, MAX_DECIMALS)] < 0.5;
}

/* Takes @text */
static char *
with_sign (char     *text,
           gboolean  negative)
{
  char *signed_text;

  if (!negative)
    return text;

  /* U+2212 is as wide as a digit */
  signed_text = g_strconcat ("\342\210\222", text, NULL);
  g_free (text);

  return signed_text;
}

static int
get_exponent (const CptChartUnit *unit)
{
  int exponent = unit->currency[0] != '\0' ? cpt_currency_get_exponent (unit->currency) : 2;

  return exponent < 0 ? 2 : exponent;
}

/* Puts the currency where the locale has it: what the locale writes for zero
 * is taken as a form in which the digits are replaced. */
static char *
add_currency (const CptChartUnit *unit,
              const char         *number,
              gboolean            is_short)
{
  CptMoney zero = { 0 };
  int exponent = get_exponent (unit);
  g_autofree char *form = NULL;
  g_autofree char *digits = cpt_decimal_format_local (0, exponent, exponent);
  g_autofree char *before = NULL;
  const char *place;
  const char *after;

  if (unit->currency[0] == '\0')
    return g_strdup (number);

  g_strlcpy (zero.currency, unit->currency, sizeof zero.currency);
  form = cpt_money_format_local (&zero);
  place = strstr (form, digits);
  if (place == NULL)
    return g_strconcat (number, "\302\240", unit->currency, NULL);

  before = g_strndup (form, place - form);
  after = place + strlen (digits);
  /* "1,2 M€": no blank between the magnitude and the symbol */
  while (is_short && after[0] != '\0' && g_unichar_isspace (g_utf8_get_char (after)))
    after = g_utf8_next_char (after);

  return g_strconcat (before, number, after, NULL);
}

/* With cents where there are some, or where @is_exact */
static char *
format_money (const CptChartUnit *unit,
              double              value,
              gboolean            is_exact)
{
  int exponent = get_exponent (unit);
  double minor = round (value);
  gboolean whole = !is_exact && fabs (minor) < MAX_EXACT && fmod (minor, powers[exponent]) == 0;
  g_autofree char *digits = NULL;

  digits = format_digits (minor / powers[exponent], whole ? 0 : exponent, whole ? 0 : exponent);

  return with_sign (add_currency (unit, digits, FALSE), minor < 0);
}

static char *
format_number (double value,
               int    decimals,
               int    min_decimals)
{
  return with_sign (format_digits (value, decimals, min_decimals),
                    value < 0 && !rounds_to_zero (value, decimals));
}

static char *
format_percent (double value,
                int    decimals,
                int    min_decimals)
{
  g_autofree char *digits = format_digits (value * 100, decimals, min_decimals);

  /* Translators: a number in percent */
  return with_sign (g_strdup_printf (C_("percent", "%s%%"), digits),
                    value < 0 && !rounds_to_zero (value * 100, decimals));
}

double
cpt_chart_get_time_unit (double seconds)
{
  seconds = fabs (seconds);
  if (seconds >= 2 * SECONDS_PER_DAY)
    return SECONDS_PER_DAY;
  if (seconds >= 2 * SECONDS_PER_HOUR)
    return SECONDS_PER_HOUR;
  if (seconds >= 2 * SECONDS_PER_MINUTE)
    return SECONDS_PER_MINUTE;

  return 1;
}

static char *
format_duration (double value,
                 double unit,
                 int    decimals,
                 int    min_decimals)
{
  double number = fabs (value) / unit;
  gulong plural = number < 1e9 ? (gulong) ceil (number) : 1000000000;
  g_autofree char *digits = format_digits (number, decimals, min_decimals);
  char *text;

  if (unit == SECONDS_PER_DAY)
    text = g_strdup_printf (ngettext ("%s day", "%s days", plural), digits);
  else if (unit == SECONDS_PER_HOUR)
    text = g_strdup_printf (C_("duration", "%s h"), digits);
  else if (unit == SECONDS_PER_MINUTE)
    text = g_strdup_printf (C_("duration", "%s min"), digits);
  else
    text = g_strdup_printf (C_("duration", "%s s"), digits);

  return with_sign (text, value < 0 && !rounds_to_zero (number, decimals));
}

static char *
format_full (const CptChartUnit *unit,
             double              value,
             int                 min_decimals)
{
  if (!isfinite (value))
    return g_strdup ("\342\200\223");

  switch (unit->measure)
    {
    case CPT_CHART_COUNT:
      return format_number (value, 0, 0);

    case CPT_CHART_MONEY:
      return format_money (unit, value, min_decimals > 0);

    case CPT_CHART_PERCENT:
      return format_percent (value, 1, min_decimals);

    case CPT_CHART_DURATION:
      return format_duration (value, cpt_chart_get_time_unit (value), 1, min_decimals);

    case CPT_CHART_NUMBER:
    default:
      return format_number (value, MAX (fabs (value) < 1 ? 3 : 2, min_decimals), min_decimals);
    }
}

char *
cpt_chart_format_value (const CptChartUnit *unit,
                        double              value)
{
  g_return_val_if_fail (unit != NULL, NULL);

  return format_full (unit, value, 0);
}

char *
cpt_chart_format_headline (const CptChartUnit *unit,
                           double              value)
{
  double major = unit->measure == CPT_CHART_MONEY ? (double) powers[get_exponent (unit)] : 1;

  if (unit->measure == CPT_CHART_MONEY && isfinite (value) && fabs (value) >= LARGE_AMOUNT * major)
    value = round (value / major) * major;

  return cpt_chart_format_value (unit, value);
}

/* The magnitude of a number that is written with three digits or so, or
 * N_MAGNITUDES */
static guint
find_magnitude (double value,
                double least)
{
  /* "1e+300" rather than "1e+288T" */
  if (fabs (value) >= MAX_EXACT)
    return N_MAGNITUDES;

  for (guint i = 0; i < N_MAGNITUDES; i++)
    if (fabs (value) >= magnitudes[i].divisor * (i == N_MAGNITUDES - 1 ? least : 0.9995))
      return i;

  return N_MAGNITUDES;
}

static char *
format_magnitude (const CptChartUnit *unit,
                  double              value,
                  guint               magnitude,
                  int                 decimals,
                  int                 min_decimals)
{
  double scaled = magnitude < N_MAGNITUDES ? value / magnitudes[magnitude].divisor : value;
  g_autofree char *digits = format_digits (scaled, decimals, min_decimals);
  gboolean negative = value < 0 && !rounds_to_zero (scaled, decimals);

  if (magnitude < N_MAGNITUDES)
    {
      const char *format = g_dpgettext2 (GETTEXT_PACKAGE, "short number", magnitudes[magnitude].format);
      char *text;

      /* Comes from the table above or from its translation, which msgfmt checks */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      text = g_strdup_printf (format, digits);
#pragma GCC diagnostic pop
      g_free (g_steal_pointer (&digits));
      digits = text;
    }

  if (unit->measure != CPT_CHART_MONEY)
    return with_sign (g_steal_pointer (&digits), negative);

  return with_sign (add_currency (unit, digits, magnitude < N_MAGNITUDES), negative);
}

static char *
format_glance (const CptChartUnit *unit,
               double              value,
               int                 min_decimals)
{
  double major, scaled;
  guint magnitude;
  int decimals;

  if (!isfinite (value) || unit->measure == CPT_CHART_PERCENT || unit->measure == CPT_CHART_DURATION)
    return format_full (unit, value, min_decimals);

  major = unit->measure == CPT_CHART_MONEY ? value / powers[get_exponent (unit)] : value;
  magnitude = find_magnitude (major, 10);
  if (magnitude == N_MAGNITUDES)
    {
      decimals = unit->measure == CPT_CHART_NUMBER && fabs (major) < 100 ? 1 : 0;
      return format_magnitude (unit, major, magnitude, decimals, MIN (decimals, min_decimals));
    }

  /* Never more than three digits: what is aligned with it may be of another magnitude */
  scaled = fabs (major) / magnitudes[magnitude].divisor;
  decimals = scaled < 9.995 ? 2 : scaled < 99.95;

  return format_magnitude (unit, major, magnitude, decimals, MIN (decimals, min_decimals));
}

char *
cpt_chart_format_short (const CptChartUnit *unit,
                        double              value)
{
  g_return_val_if_fail (unit != NULL, NULL);

  return format_glance (unit, value, 0);
}

/* Of @decimals those that are no zeros at the end */
static int
trim_decimals (double number,
               int    decimals)
{
  double scaled = round (fabs (number) * powers[decimals]);

  if (!(scaled < MAX_EXACT))
    return 0;
  while (decimals > 0 && fmod (scaled, 10) == 0)
    {
      scaled /= 10;
      decimals--;
    }

  return decimals;
}

int
cpt_chart_count_decimals (const CptChartUnit *unit,
                          double              value,
                          gboolean            is_short)
{
  double major;
  guint magnitude;

  g_return_val_if_fail (unit != NULL, 0);

  if (!isfinite (value))
    return 0;
  if (unit->measure == CPT_CHART_PERCENT)
    return trim_decimals (value * 100, 1);
  if (unit->measure == CPT_CHART_DURATION)
    return trim_decimals (value / cpt_chart_get_time_unit (value), 1);
  if (unit->measure == CPT_CHART_MONEY && !is_short)
    return fmod (round (value), powers[get_exponent (unit)]) == 0 ? 0 : get_exponent (unit);

  major = unit->measure == CPT_CHART_MONEY ? value / powers[get_exponent (unit)] : value;
  magnitude = is_short ? find_magnitude (major, 10) : N_MAGNITUDES;
  if (magnitude < N_MAGNITUDES)
    {
      double scaled = fabs (major) / magnitudes[magnitude].divisor;

      return trim_decimals (scaled, scaled < 9.995 ? 2 : scaled < 99.95);
    }
  if (unit->measure != CPT_CHART_NUMBER)
    return 0;

  return trim_decimals (value, is_short ? fabs (value) < 100 : fabs (value) < 1 ? 3
                                                                                : 2);
}

char *
cpt_chart_format_aligned (const CptChartUnit *unit,
                          double              value,
                          gboolean            is_short,
                          int                 decimals)
{
  g_return_val_if_fail (unit != NULL, NULL);

  return is_short ? format_glance (unit, value, decimals) : format_full (unit, value, decimals);
}

/* Decimals that it takes to write multiples of @step apart */
static int
count_decimals (double step)
{
  for (int decimals = 0; decimals < MAX_DECIMALS; decimals++)
    {
      double times = step * powers[decimals];

      if (times > 0.5 && fabs (times - round (times)) < 1e-6 * times)
        return decimals;
    }

  return MAX_DECIMALS;
}

/* Each tick for itself: its neighbours may be of other magnitudes */
static char *
format_log_tick (const CptChartUnit *unit,
                 double              value)
{
  double major = unit->measure == CPT_CHART_MONEY ? value / powers[get_exponent (unit)] : value;
  guint magnitude = find_magnitude (major, 0.9995);
  double scaled = magnitude < N_MAGNITUDES ? major / magnitudes[magnitude].divisor : major;
  int decimals = count_decimals (scaled);

  if (unit->measure == CPT_CHART_PERCENT)
    return format_percent (value, count_decimals (value * 100), 0);
  if (unit->measure == CPT_CHART_DURATION)
    return format_duration (value, cpt_chart_get_time_unit (value), value < 1 ? count_decimals (value) : 1, 0);
  if (rounds_to_zero (scaled, decimals))
    {
      g_autofree char *digits = g_strdup_printf ("%.0e", major);

      return unit->measure == CPT_CHART_MONEY ? add_currency (unit, digits, FALSE) : g_steal_pointer (&digits);
    }

  /* 0.50, not 0.5 */
  if (unit->measure == CPT_CHART_MONEY && magnitude == N_MAGNITUDES && decimals > 0)
    decimals = MAX (decimals, get_exponent (unit));

  return format_magnitude (unit, major, magnitude, decimals, decimals);
}

char *
cpt_chart_format_tick (const CptChartUnit *unit,
                       const CptTicks     *ticks,
                       guint               index)
{
  double first, last, largest, value, step;
  guint magnitude;
  int decimals;

  g_return_val_if_fail (unit != NULL, NULL);
  g_return_val_if_fail (ticks != NULL && ticks->count > 0, NULL);

  if (ticks->is_log)
    return format_log_tick (unit, cpt_ticks_get_value (ticks, index));

  first = cpt_ticks_get_value (ticks, 0);
  last = cpt_ticks_get_value (ticks, ticks->count - 1);
  largest = MAX (fabs (first), fabs (last));
  value = cpt_ticks_get_value (ticks, index);

  if (unit->measure == CPT_CHART_PERCENT)
    {
      decimals = count_decimals (ticks->step * 100);
      return format_percent (value, decimals, decimals);
    }
  if (unit->measure == CPT_CHART_DURATION)
    {
      double time_unit = cpt_chart_get_time_unit (largest);

      return format_duration (value, time_unit, count_decimals (ticks->step / time_unit), 0);
    }

  step = ticks->step;
  if (unit->measure == CPT_CHART_MONEY)
    {
      largest /= powers[get_exponent (unit)];
      value /= powers[get_exponent (unit)];
      step /= powers[get_exponent (unit)];
    }
  magnitude = find_magnitude (largest, 1.0005);
  if (magnitude < N_MAGNITUDES)
    step /= magnitudes[magnitude].divisor;
  decimals = count_decimals (step);
  /* Zero needs no magnitude: 0, 500K, 1,000K */
  if (value == 0)
    return format_magnitude (unit, 0, N_MAGNITUDES, 0, 0);

  return format_magnitude (unit, value, magnitude, decimals, decimals);
}

char *
cpt_chart_format_change (double change)
{
  int decimals = fabs (change) < 0.9995 ? 1 : 0;
  g_autofree char *text = NULL;

  if (!isfinite (change))
    return g_strdup ("\342\200\223");

  text = format_percent (change, decimals, 0);
  if (change > 0 && !rounds_to_zero (change * 100, decimals))
    return g_strconcat ("+", text, NULL);

  return g_steal_pointer (&text);
}

char *
cpt_chart_format_difference (const CptChartUnit *unit,
                             double              value,
                             double              before)
{
  double points = (value - before) * 100;
  g_autofree char *digits = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (unit != NULL, NULL);

  if (unit->measure != CPT_CHART_PERCENT)
    return cpt_chart_format_change ((value - before) / fabs (before));
  if (!isfinite (points))
    return g_strdup ("\342\200\223");

  digits = format_digits (fabs (points), 1, 0);
  /* Translators: percentage points, between two rates: from 60 % to 63.9 % it is "3.9 pts" */
  text = g_strdup_printf (C_("percentage points", "%s pts"), digits);
  if (rounds_to_zero (points, 1))
    return g_steal_pointer (&text);

  return points < 0 ? with_sign (g_steal_pointer (&text), TRUE) : g_strconcat ("+", text, NULL);
}

gboolean
cpt_chart_is_unchanged (const CptChartUnit *unit,
                        double              value,
                        double              before)
{
  g_return_val_if_fail (unit != NULL, TRUE);

  if (unit->measure == CPT_CHART_PERCENT)
    return rounds_to_zero ((value - before) * 100, 1);

  return fabs ((value - before) / before) < 0.0005;
}

char *
cpt_chart_format_share (double share)
{
  if (!isfinite (share))
    return g_strdup ("\342\200\223");

  return format_percent (share, fabs (share) < 0.0995 ? 1 : 0, 0);
}
