/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kinds of time: date, instant, duration. */

#include "config.h"

#include "cpt-field-type-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-text.h"

#define SECONDS_PER_DAY G_GINT64_CONSTANT (86400)
/* Instants are kept to the years that dates are */
#define INSTANT_MIN ((gint64) CPT_DATE_MIN * SECONDS_PER_DAY * G_USEC_PER_SEC)
#define INSTANT_MAX (((gint64) CPT_DATE_MAX + 1) * SECONDS_PER_DAY * G_USEC_PER_SEC - 1)

/* Dates */

static gboolean
date_normalise (const CptField  *field,
                CptValue        *value,
                char           **message)
{
  if (value->integer < CPT_DATE_MIN || value->integer > CPT_DATE_MAX)
    return cpt_kind_refuse (message, g_strdup (_("Dates must be between the year 1 and the year 9999")));

  return cpt_kind_check_bounds (field, value->integer, message);
}

static gboolean
date_parse (const CptField         *field,
            const char             *text,
            const CptParseOptions  *options,
            CptValue               *value,
            GError                **error)
{
  gint64 date;

  if (!cpt_date_parse_iso (text, &date) && !cpt_date_parse (text, options->date_order, &date))
    return cpt_kind_refuse_text (error, _("This is not a date that can be read, such as 2026-11-21"));

  cpt_value_set_integer (value, date);

  return TRUE;
}

static char *
date_format (const CptField *field,
             const CptValue *value)
{
  return cpt_date_format_iso (value->integer);
}

static char *
date_format_local (const CptField *field,
                   const CptValue *value,
                   GTimeZone      *zone)
{
  return cpt_date_format (value->integer);
}

static JsonNode *
date_to_json (const CptField *field,
              const CptValue *value)
{
  g_autofree char *text = cpt_date_format_iso (value->integer);

  return json_node_init_string (json_node_alloc (), text);
}

static gboolean
date_from_json (const CptField  *field,
                JsonNode        *node,
                CptValue        *value,
                GError         **error)
{
  const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
  gint64 date;

  if (text == NULL || !cpt_date_parse_iso (text, &date))
    return cpt_kind_refuse_json (field, _("a date such as \"2026-11-21\""), error);

  cpt_value_set_integer (value, date);

  return TRUE;
}

const CptFieldType cpt_kind_date = {
  .name = "date",
  .label = N_("Date"),
  .value_type = CPT_VALUE_INTEGER,
  .sql_type = "INTEGER",
  .operators = CPT_OPERATORS_EQUAL | CPT_OPERATORS_ORDER | CPT_OPERATORS_PERIOD | CPT_OPERATORS_EMPTY,
  .aggregates = CPT_AGGREGATES_RANGE,
  .is_bucketable = TRUE,
  .is_distinctive = TRUE,
  .normalise = date_normalise,
  .parse = date_parse,
  .format = date_format,
  .format_local = date_format_local,
  .to_json = date_to_json,
  .from_json = date_from_json,
  .compare = cpt_kind_integer_compare,
};

/* Instants */

static gboolean
datetime_normalise (const CptField  *field,
                    CptValue        *value,
                    char           **message)
{
  if (value->integer < INSTANT_MIN || value->integer > INSTANT_MAX)
    return cpt_kind_refuse (message, g_strdup (_("Dates must be between the year 1 and the year 9999")));

  return cpt_kind_check_bounds (field, value->integer, message);
}

/* Seconds of a clock time "9:30", "09:30:15", "9h30", "9:30 PM" at the end of
 * @text. @length: where it begins, or the whole length when there is none. */
static gboolean
read_clock_time (const char *text,
                 gsize      *length,
                 int        *seconds)
{
  static GRegex *regex;
  g_autoptr(GMatchInfo) match = NULL;
  int start;
  int parts[3] = { 0 };

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex,
                       g_regex_new ("(?:^|[ T,])\\s*([0-9]{1,2})[:hH]([0-9]{2})(?::([0-9]{2}))?\\s*([AaPp]\\.?[Mm]\\.?)?\\s*$",
                                    G_REGEX_OPTIMIZE, 0, NULL));

  *length = strlen (text);
  *seconds = 0;
  if (!g_regex_match (regex, text, 0, &match))
    return TRUE;

  for (int i = 0; i < 3; i++)
    {
      g_autofree char *part = g_match_info_fetch (match, i + 1);

      parts[i] = part == NULL || *part == '\0' ? 0 : (int) g_ascii_strtoll (part, NULL, 10);
    }

  if (g_match_info_fetch_pos (match, 4, &start, NULL) && start >= 0)
    {
      if (parts[0] < 1 || parts[0] > 12)
        return FALSE;
      parts[0] = parts[0] % 12 + (g_ascii_tolower (text[start]) == 'p' ? 12 : 0);
    }

  if (parts[0] > 23 || parts[1] > 59 || parts[2] > 59)
    return FALSE;

  g_match_info_fetch_pos (match, 0, &start, NULL);
  *length = (gsize) start;
  *seconds = parts[0] * 3600 + parts[1] * 60 + parts[2];

  return TRUE;
}

/* Clock time of a day in @zone, which may have had 23 or 25 hours */
static gboolean
make_instant (gint64     date,
              int        seconds,
              GTimeZone *zone,
              gint64    *instant)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) time = NULL;
  int year;
  int month;
  int day;

  cpt_date_to_ymd (date, &year, &month, &day);
  time = g_date_time_new (zone == NULL ? utc : zone, year, month, day,
                          seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (time == NULL)
    return FALSE;

  *instant = g_date_time_to_unix (time) * G_USEC_PER_SEC;

  return TRUE;
}

static gboolean
datetime_parse (const CptField         *field,
                const char             *text,
                const CptParseOptions  *options,
                CptValue               *value,
                GError                **error)
{
  gint64 instant;

  if (!cpt_instant_parse_iso (text, options->zone, &instant))
    {
      g_autofree char *trimmed = cpt_kind_dup_trimmed (text);
      g_autofree char *day = NULL;
      gsize length;
      gint64 date;
      int seconds;
      gboolean is_read;

      is_read = read_clock_time (trimmed, &length, &seconds);
      day = g_strndup (trimmed, length);
      /* A time that is none: dates alone pass over what stands behind them. */
      if (!is_read || strchr (day, ':') != NULL ||
          (!cpt_date_parse_iso (day, &date) && !cpt_date_parse (day, options->date_order, &date)) ||
          !make_instant (date, seconds, options->zone, &instant))
        return cpt_kind_refuse_text (error, _("This is not a date and time that can be read, such as 2026-11-21 09:30"));
    }

  cpt_value_set_integer (value, instant);

  return TRUE;
}

static char *
datetime_format (const CptField *field,
                 const CptValue *value)
{
  return cpt_instant_format_iso (value->integer);
}

static char *
datetime_format_local (const CptField *field,
                       const CptValue *value,
                       GTimeZone      *zone)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();

  return cpt_instant_format (value->integer, zone == NULL ? utc : zone);
}

static JsonNode *
datetime_to_json (const CptField *field,
                  const CptValue *value)
{
  g_autofree char *text = cpt_instant_format_iso (value->integer);

  return json_node_init_string (json_node_alloc (), text);
}

/* Whether an offset from UTC stands at the end: JSON must not depend on where
 * it is read */
static gboolean
has_offset (const char *text)
{
  const char *time = strpbrk (text, "Tt ");

  return time != NULL && strpbrk (time + 1, "Zz+-") != NULL;
}

static gboolean
datetime_from_json (const CptField  *field,
                    JsonNode        *node,
                    CptValue        *value,
                    GError         **error)
{
  const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
  gint64 instant;

  if (text == NULL || !has_offset (text) || !cpt_instant_parse_iso (text, NULL, &instant))
    return cpt_kind_refuse_json (field, _("a time such as \"2026-11-21T09:30:00Z\""), error);

  cpt_value_set_integer (value, instant);

  return TRUE;
}

const CptFieldType cpt_kind_datetime = {
  .name = "datetime",
  .label = N_("Date and time"),
  .value_type = CPT_VALUE_INTEGER,
  .sql_type = "INTEGER",
  .operators = CPT_OPERATORS_EQUAL | CPT_OPERATORS_ORDER | CPT_OPERATORS_PERIOD | CPT_OPERATORS_EMPTY,
  .aggregates = CPT_AGGREGATES_RANGE,
  .is_bucketable = TRUE,
  .is_distinctive = TRUE,
  .normalise = datetime_normalise,
  .parse = datetime_parse,
  .format = datetime_format,
  .format_local = datetime_format_local,
  .to_json = datetime_to_json,
  .from_json = datetime_from_json,
  .compare = cpt_kind_integer_compare,
};

/* Durations */

static const struct
{
  const char *name;
  gint64 seconds;
} duration_units[] = {
  { "s", 1 },
  { "sec", 1 },
  { "second", 1 },
  { "seconds", 1 },
  { "seconde", 1 },
  { "secondes", 1 },
  { "m", 60 },
  { "mn", 60 },
  { "min", 60 },
  { "mins", 60 },
  { "minute", 60 },
  { "minutes", 60 },
  { "h", 3600 },
  { "hour", 3600 },
  { "hours", 3600 },
  { "heure", 3600 },
  { "heures", 3600 },
  { "d", 86400 },
  { "day", 86400 },
  { "days", 86400 },
  { "j", 86400 },
  { "jour", 86400 },
  { "jours", 86400 },
};

static gboolean
duration_normalise (const CptField  *field,
                    CptValue        *value,
                    char           **message)
{
  if (value->integer < 0)
    return cpt_kind_refuse (message, g_strdup (_("A duration can’t be negative")));
  if (value->integer > CPT_DURATION_MAX)
    return cpt_kind_refuse (message, g_strdup (_("A duration can’t be longer than 10,000 years")));

  return cpt_kind_check_bounds (field, value->integer, message);
}

/* A number of at most nine digits, so that nothing overflows */
static gboolean
take_number (const char **text,
             gint64      *number)
{
  const char *p = *text;
  gint64 sum = 0;

  for (; g_ascii_isdigit (*p) && p - *text < 9; p++)
    sum = sum * 10 + (*p - '0');
  if (p == *text || g_ascii_isdigit (*p))
    return FALSE;

  *text = p;
  *number = sum;

  return TRUE;
}

/* "1:30", "1:30:00": hours first */
static gboolean
read_clock_duration (const char *text,
                     gint64     *seconds)
{
  gint64 hours;
  gint64 minutes;
  gint64 rest = 0;

  if (!take_number (&text, &hours) || *text++ != ':' || !take_number (&text, &minutes))
    return FALSE;
  if (*text == ':')
    {
      text++;
      if (!take_number (&text, &rest))
        return FALSE;
    }
  if (*text != '\0' || minutes > 59 || rest > 59)
    return FALSE;

  *seconds = hours * 3600 + minutes * 60 + rest;

  return TRUE;
}

static gint64
find_unit (const char *name,
           gsize       length)
{
  for (guint i = 0; i < G_N_ELEMENTS (duration_units); i++)
    if (strlen (duration_units[i].name) == length && g_ascii_strncasecmp (duration_units[i].name, name, length) == 0)
      return duration_units[i].seconds;

  return 0;
}

static const char *
skip_blanks (const char *text)
{
  while (*text == ' ' || *text == '.' || g_str_has_prefix (text, "\302\240"))
    text += *text == '\302' ? 2 : 1;

  return text;
}

/* "1h30", "90 min", "2 d 4 h", ISO 8601 "PT1H30M": a number without a unit is
 * one of the next smaller unit, and can't stand alone, since some would mean
 * minutes and others hours. */
static gboolean
read_unit_duration (const char *text,
                    gint64     *seconds)
{
  gint64 sum = 0;
  gint64 unit = 0;

  if (*text == 'P')
    text += text[1] == 'T' ? 2 : 1;

  for (text = skip_blanks (text); *text != '\0'; text = skip_blanks (text))
    {
      gint64 number;
      gsize length = 0;
      gint64 next;

      if (!take_number (&text, &number))
        return FALSE;
      text = skip_blanks (text);
      while (g_ascii_isalpha (text[length]))
        length++;
      /* ISO 8601 puts T between days and hours */
      if (length == 2 && g_ascii_strncasecmp (text, "DT", 2) == 0)
        next = 86400;
      else if (length > 0)
        next = find_unit (text, length);
      else
        next = unit == 3600 ? 60 : unit == 60 ? 1
                                              : 0;
      if (next == 0 || (unit != 0 && next >= unit))
        return FALSE;

      sum += number * next;
      unit = next;
      text += length;
    }

  *seconds = sum;

  return unit != 0;
}

static gboolean
duration_parse (const CptField         *field,
                const char             *text,
                const CptParseOptions  *options,
                CptValue               *value,
                GError                **error)
{
  g_autofree char *trimmed = cpt_kind_dup_trimmed (text);
  gint64 seconds = 0;

  if (strcmp (trimmed, "0") != 0 &&
      !read_clock_duration (trimmed, &seconds) && !read_unit_duration (trimmed, &seconds))
    return cpt_kind_refuse_text (error, _("Write a duration with its unit, such as 1:30, 1h30 or 90 min"));

  cpt_value_set_integer (value, seconds);

  return TRUE;
}

static char *
duration_format (const CptField *field,
                 const CptValue *value)
{
  gint64 seconds = value->integer;

  return g_strdup_printf ("%ld:%02d:%02d", seconds / 3600, (int) (seconds / 60 % 60), (int) (seconds % 60));
}

static char *
duration_format_local (const CptField *field,
                       const CptValue *value,
                       GTimeZone      *zone)
{
  gint64 hours = value->integer / 3600;
  int minutes = (int) (value->integer / 60 % 60);
  int seconds = (int) (value->integer % 60);

  if (seconds != 0)
    return duration_format (field, value);
  if (hours == 0)
    /* Translators: a duration, short */
    return g_strdup_printf (C_("duration", "%d min"), minutes);
  if (minutes == 0)
    return g_strdup_printf (C_("duration", "%ld h"), (glong) hours);

  return g_strdup_printf (C_("duration", "%ld h %02d min"), (glong) hours, minutes);
}

static JsonNode *
duration_to_json (const CptField *field,
                  const CptValue *value)
{
  return json_node_init_int (json_node_alloc (), value->integer);
}

static gboolean
duration_from_json (const CptField  *field,
                    JsonNode        *node,
                    CptValue        *value,
                    GError         **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return cpt_kind_refuse_json (field, _("a whole number of seconds"), error);

  cpt_value_set_integer (value, json_node_get_int (node));

  return TRUE;
}

const CptFieldType cpt_kind_duration = {
  .name = "duration",
  .label = N_("Duration"),
  .value_type = CPT_VALUE_INTEGER,
  .sql_type = "INTEGER",
  .operators = CPT_OPERATORS_NUMBER,
  .aggregates = CPT_AGGREGATES_NUMBER,
  .is_distinctive = TRUE,
  .normalise = duration_normalise,
  .parse = duration_parse,
  .format = duration_format,
  .format_local = duration_format_local,
  .to_json = duration_to_json,
  .from_json = duration_from_json,
  .compare = cpt_kind_integer_compare,
};
