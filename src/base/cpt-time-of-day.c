/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A time of day without a day. */

#include "config.h"

#include "cpt-time-of-day.h"

#include <string.h>

#include "cpt-locale-private.h"

#define MAX_BYTES 64

#define HALF_DAY "(?:\\s*([ap])\\.?\\s?m\\.?)?"

/* Hours alone, hours and minutes with a sign between them, or four digits (three) in a row */
#define PATTERN "^(?:([0-9]{1,2})(?:\\s*(?:[:.]\\s*|h(?:eures?)?\\s*)([0-9]{2})(?:\\s*min)?|\\s*h(?:eures?)?)?|" \
                "([0-9]{1,2})([0-9]{2}))" HALF_DAY "$"

static GRegex *
get_regex (void)
{
  static gsize regex = 0;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, (gsize) g_regex_new (PATTERN, G_REGEX_OPTIMIZE | G_REGEX_CASELESS, 0, NULL));

  return (GRegex *) regex;
}

/* -1 when it is not there */
static int
fetch_number (GMatchInfo *match,
              int         part)
{
  g_autofree char *text = g_match_info_fetch (match, part);

  return text == NULL || *text == '\0' ? -1 : (int) g_ascii_strtoll (text, NULL, 10);
}

gboolean
cpt_time_of_day_parse (const char *text,
                       int        *minute)
{
  g_autofree char *plain = NULL;
  g_autofree char *half = NULL;
  g_autoptr(GMatchInfo) match = NULL;
  int hours, minutes;

  g_return_val_if_fail (minute != NULL, FALSE);

  if (text == NULL || strlen (text) > MAX_BYTES)
    return FALSE;

  /* Spaces that do not break, and digits of full width */
  plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  if (plain == NULL || !g_regex_match (get_regex (), g_strstrip (plain), 0, &match))
    return FALSE;

  hours = MAX (fetch_number (match, 1), fetch_number (match, 3));
  minutes = MAX (MAX (fetch_number (match, 2), fetch_number (match, 4)), 0);
  half = g_match_info_fetch (match, 5);
  if (half != NULL && *half != '\0')
    {
      if (hours < 1 || hours > 12)
        return FALSE;
      hours = hours % 12 + (g_ascii_tolower (*half) == 'p' ? 12 : 0);
    }
  if (hours > 23 || minutes > 59)
    return FALSE;

  *minute = hours * 60 + minutes;

  return TRUE;
}

char *
cpt_time_of_day_to_iso (int minute)
{
  g_return_val_if_fail (minute >= 0 && minute < 24 * 60, NULL);

  return g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
}

char *
cpt_time_of_day_format (int minute)
{
  CptLocale locale;
  int hour = minute / 60;

  g_return_val_if_fail (minute >= 0 && minute < 24 * 60, NULL);

  cpt_locale_get (&locale);
  if (locale.has_half_days)
    return g_strdup_printf ("%d:%02d %s", (hour + 11) % 12 + 1, minute % 60, hour < 12 ? "AM" : "PM");

  return cpt_time_of_day_to_iso (minute);
}
