/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules of RFC 5545, read and followed by libical.
 *
 * libical reads leniently and follows any rule for ever, so what it is given is
 * checked before: the parts that make sense for whole days, each once, within
 * limits. Its iterator ends in the year 2582; no loop here is longer than the
 * largest count. */

#include "config.h"

#include "cpt-recurrence-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-text.h"

/* Before, libical's calendar is not to be relied upon; behind, it gives up */
#define FIRST_YEAR 1900
#define LAST_YEAR 2500
#define PROBE_YEAR 2554
/* From here on the iterator is told where to begin rather than walked there */
#define FAR_DAYS 400

static const char *const presets[] = {
  "FREQ=DAILY",
  "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
  "FREQ=WEEKLY",
  "FREQ=WEEKLY;INTERVAL=2",
  "FREQ=MONTHLY",
  "FREQ=MONTHLY;BYMONTHDAY=-1",
  "FREQ=MONTHLY;INTERVAL=3",
  "FREQ=YEARLY",
};

/* The parts of a rule for days */
static const char *const part_names[] = {
  "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY",
  "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS", "WKST",
};

enum
{
  PART_FREQ,
  PART_INTERVAL,
  PART_COUNT,
  PART_UNTIL,
};

struct icaltimetype
cpt_recurrence_to_time (gint64 date)
{
  struct icaltimetype time = icaltime_null_time ();

  time.is_date = 1;
  cpt_date_to_ymd (date, &time.year, &time.month, &time.day);

  return time;
}

gint64
cpt_recurrence_from_time (struct icaltimetype time)
{
  return cpt_date_from_ymd (time.year, time.month, time.day);
}

static gboolean
refuse (GError     **error,
        int          code,
        const char  *message)
{
  g_set_error_literal (error, CPT_ERROR, code, message);

  return FALSE;
}

static gboolean
check_number (const char  *name,
              const char  *value,
              gint64       max,
              GError     **error)
{
  gint64 number;
  g_autofree char *message = NULL;

  if (g_ascii_string_to_signed (value, 10, 1, max, &number, NULL))
    return TRUE;

  /* Translators: INTERVAL or COUNT, the largest number, what was written */
  message = g_strdup_printf (_("%s of a rule is a whole number from 1 to %d; “%s” is not."), name, (int) max, value);

  return refuse (error, CPT_ERROR_INVALID, message);
}

/* UNTIL=20261231 or UNTIL=20261231T225959Z */
static gboolean
check_until (const char  *value,
             GError     **error)
{
  g_autofree char *day = g_strndup (value, 8);
  gint64 date;
  int year = 0;

  if (strlen (day) == 8 && strspn (day, "0123456789") == 8 && strspn (value + 8, "TZ0123456789") == strlen (value + 8) &&
      cpt_date_parse (day, CPT_DATE_ORDER_YMD, &date))
    cpt_date_to_ymd (date, &year, NULL, NULL);
  if (year >= FIRST_YEAR && year <= LAST_YEAR)
    return TRUE;

  return refuse (error, CPT_ERROR_PARSE, _("Write the last day of the rule as UNTIL=20261231."));
}

static int
find_part (const char *part)
{
  const char *equals = strchr (part, '=');

  for (guint i = 0; equals != NULL && i < G_N_ELEMENTS (part_names); i++)
    if ((gsize) (equals - part) == strlen (part_names[i]) && g_str_has_prefix (part, part_names[i]))
      return (int) i;

  return -1;
}

static gboolean
check_frequency (const char  *value,
                 GError     **error)
{
  static const char *const longer[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY", NULL };
  static const char *const shorter[] = { "SECONDLY", "MINUTELY", "HOURLY", NULL };

  if (g_strv_contains (longer, value))
    return TRUE;
  if (g_strv_contains (shorter, value))
    return refuse (error, CPT_ERROR_INVALID,
                   _("This can come again at most once a day: use FREQ=DAILY, WEEKLY, MONTHLY or YEARLY."));

  return refuse (error, CPT_ERROR_PARSE, _("How often a rule comes is written FREQ=DAILY, WEEKLY, MONTHLY or YEARLY."));
}

static gboolean
check_part (int          which,
            const char  *value,
            GError     **error)
{
  switch (which)
    {
    case PART_FREQ:
      return check_frequency (value, error);
    case PART_INTERVAL:
      return check_number ("INTERVAL", value, CPT_RECURRENCE_MAX_INTERVAL, error);
    case PART_COUNT:
      return check_number ("COUNT", value, CPT_RECURRENCE_MAX_COUNT, error);
    case PART_UNTIL:
      return check_until (value, error);
    default:
      return *value != '\0' || refuse (error, CPT_ERROR_PARSE, _("A part of the rule is empty."));
    }
}

static gboolean
check_text (const char  *text,
            GError     **error)
{
  g_auto(GStrv) parts = g_strsplit (text, ";", -1);
  guint seen = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      int which = find_part (parts[i]);

      if (g_str_has_prefix (parts[i], "BYHOUR=") || g_str_has_prefix (parts[i], "BYMINUTE=") ||
          g_str_has_prefix (parts[i], "BYSECOND="))
        return check_part (PART_FREQ, "HOURLY", error);
      if (which < 0 || seen & 1u << which)
        return refuse (error, CPT_ERROR_PARSE, _("This is not a rule such as FREQ=WEEKLY;BYDAY=MO."));
      if (!check_part (which, strchr (parts[i], '=') + 1, error))
        return FALSE;
      seen |= 1u << which;
    }

  if (seen & 1u << PART_COUNT && seen & 1u << PART_UNTIL)
    return refuse (error, CPT_ERROR_INVALID, _("A rule ends after a COUNT or on a day UNTIL, not both."));

  return (seen & 1u << PART_FREQ) != 0 || refuse (error, CPT_ERROR_PARSE, _("This is not a rule such as FREQ=WEEKLY;BYDAY=MO."));
}

/* Whether it names any day at all. libical looks until the year 2582 for the next
 * one, so it is asked in the last 28 years before: they have all days of the
 * calendar, and all ways in which a year begins. */
static gboolean
comes_ever (const CptRecurrence *self)
{
  g_autoptr(CptRecurrence) endless = g_memdup2 (self, sizeof *self);
  icalrecur_iterator *iterator;
  gboolean comes;

  endless->text = NULL;
  endless->rule.rscale = NULL;
  endless->rule.count = 0;
  endless->rule.until = icaltime_null_time ();
  endless->rule.interval = 1;
  iterator = icalrecur_iterator_new (endless->rule, cpt_recurrence_to_time (cpt_date_from_ymd (PROBE_YEAR, 1, 1)));
  comes = iterator != NULL && !icaltime_is_null_time (icalrecur_iterator_next (iterator));
  g_clear_pointer (&iterator, icalrecur_iterator_free);

  return comes;
}

static const char *
find_preset (const char *text)
{
  g_autofree char *folded = cpt_text_fold (text);

  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    {
      g_autoptr(CptRecurrence) preset = cpt_recurrence_parse (presets[i], NULL);
      g_autofree char *sentence = cpt_recurrence_format_local (preset);
      g_autofree char *folded_sentence = cpt_text_fold (sentence);

      if (g_str_equal (folded, folded_sentence))
        return presets[i];
    }

  return NULL;
}

static CptRecurrence *
read_rule (const char  *text,
           GError     **error)
{
  g_autoptr(CptRecurrence) self = g_new0 (CptRecurrence, 1);
  char *written;

  self->rule = icalrecurrencetype_from_string (text);
  if (self->rule.freq == ICAL_NO_RECURRENCE || self->rule.rscale != NULL)
    {
      refuse (error, CPT_ERROR_PARSE, _("This is not a rule such as FREQ=WEEKLY;BYDAY=MO."));
      return NULL;
    }

  if (!icaltime_is_null_time (self->rule.until))
    self->rule.until = cpt_recurrence_to_time (cpt_recurrence_from_time (self->rule.until));
  written = icalrecurrencetype_as_string_r (&self->rule);
  self->text = g_strdup (written);
  icalmemory_free_buffer (written);
  if (!comes_ever (self))
    {
      refuse (error, CPT_ERROR_INVALID, _("This rule names no day that ever comes."));
      return NULL;
    }

  return g_steal_pointer (&self);
}

CptRecurrence *
cpt_recurrence_parse (const char  *text,
                      GError     **error)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *upper = NULL;
  const char *preset;

  g_return_val_if_fail (text != NULL, NULL);

  if (strlen (text) > CPT_RECURRENCE_MAX_BYTES)
    {
      refuse (error, CPT_ERROR_LIMIT, _("This rule is too long."));
      return NULL;
    }

  trimmed = g_strstrip (g_strdup (text));
  upper = g_ascii_strup (g_str_has_prefix (trimmed, "RRULE:") ? trimmed + 6 : trimmed, -1);
  if (strchr (upper, '=') == NULL && (preset = find_preset (trimmed)) != NULL)
    return read_rule (preset, error);

  return check_text (upper, error) ? read_rule (upper, error) : NULL;
}

void
cpt_recurrence_free (CptRecurrence *self)
{
  if (self == NULL)
    return;

  if (self->rule.rscale != NULL)
    icalmemory_free_buffer (self->rule.rscale);
  g_free (self->text);
  g_free (self);
}

const char *
cpt_recurrence_get_text (const CptRecurrence *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

static icalrecur_iterator *
begin (const CptRecurrence *self,
       gint64               first,
       gint64               from)
{
  icalrecur_iterator *iterator;
  int year;

  cpt_date_to_ymd (first, &year, NULL, NULL);
  if (year < FIRST_YEAR || year > LAST_YEAR)
    return NULL;

  iterator = icalrecur_iterator_new (self->rule, cpt_recurrence_to_time (first));
  if (iterator != NULL && self->rule.count == 0 && from > first + FAR_DAYS)
    icalrecur_iterator_set_start (iterator, cpt_recurrence_to_time (from));

  return iterator;
}

guint
cpt_recurrence_list (const CptRecurrence *self,
                     gint64               first,
                     gint64               from,
                     gint64               to,
                     gint64              *dates,
                     guint                max_dates)
{
  icalrecur_iterator *iterator;
  gint64 last = cpt_date_from_ymd (LAST_YEAR, 12, 31);
  guint n_dates = 0;

  g_return_val_if_fail (self != NULL, 0);

  to = MIN (to, last);
  if (from > to)
    return 0;

  iterator = begin (self, first, from);
  for (guint i = 0; iterator != NULL && n_dates < max_dates && i < CPT_RECURRENCE_MAX_COUNT + max_dates; i++)
    {
      struct icaltimetype time = icalrecur_iterator_next (iterator);

      if (icaltime_is_null_time (time) || cpt_recurrence_from_time (time) > to)
        break;
      if (cpt_recurrence_from_time (time) >= from)
        dates[n_dates++] = cpt_recurrence_from_time (time);
    }
  g_clear_pointer (&iterator, icalrecur_iterator_free);

  return n_dates;
}

gboolean
cpt_recurrence_find_next (const CptRecurrence *self,
                          gint64               first,
                          gint64               after,
                          gint64              *date)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (date != NULL, FALSE);

  return cpt_recurrence_list (self, first, MAX (after, CPT_DATE_MIN) + 1, CPT_DATE_MAX, date, 1) == 1;
}

const char *const *
cpt_recurrence_list_presets (guint *n_presets)
{
  *n_presets = G_N_ELEMENTS (presets);

  return presets;
}
