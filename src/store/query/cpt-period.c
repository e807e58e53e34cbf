/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Periods: "the last 30 days", "this month", "from … to …".
 *
 * "last" and "next" count today's own bucket: the last 3 months are this month
 * so far and the two whole ones before it. */

#include "config.h"

#include "cpt-period-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-json.h"

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE,
                       _("A period is written like {\"last\":30,\"unit\":\"day\"}, {\"this\":\"month\"} or "
                         "{\"from\":\"2026-01-01\",\"to\":\"2026-03-31\"}"));

  return FALSE;
}

static const char *
get_string (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static gboolean
parse_unit (JsonObject *object,
            const char *member,
            CptBucket  *unit)
{
  const char *name = get_string (object, member);

  return name != NULL && cpt_bucket_parse (name, unit) && *unit != CPT_BUCKET_NONE;
}

static gboolean
parse_counted (JsonObject *object,
               const char *member,
               CptPeriod  *period)
{
  JsonNode *count = json_object_get_member (object, member);

  if (json_object_get_size (object) != 2 || !JSON_NODE_HOLDS_VALUE (count) ||
      json_node_get_value_type (count) != G_TYPE_INT64 ||
      json_node_get_int (count) < 1 || json_node_get_int (count) > CPT_PERIOD_MAX_COUNT)
    return FALSE;

  period->count = (int) json_node_get_int (count);

  return parse_unit (object, "unit", &period->unit);
}

static gboolean
parse_range (JsonObject *object,
             CptPeriod  *period)
{
  const char *from = get_string (object, "from");
  const char *to = get_string (object, "to");
  guint n = (guint) (from != NULL) + (guint) (to != NULL);

  period->from = CPT_DATE_MIN;
  period->to = CPT_DATE_MAX;

  return n > 0 && json_object_get_size (object) == n &&
         (from == NULL || cpt_date_parse_iso (from, &period->from)) &&
         (to == NULL || cpt_date_parse_iso (to, &period->to));
}

gboolean
cpt_period_from_json (JsonNode   *node,
                      CptPeriod  *period,
                      GError    **error)
{
  CptPeriod read = { .form = CPT_PERIOD_RANGE };
  JsonObject *object;
  gboolean done;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error);

  object = json_node_get_object (node);
  if (json_object_has_member (object, "last"))
    {
      read.form = CPT_PERIOD_LAST;
      done = parse_counted (object, "last", &read);
    }
  else if (json_object_has_member (object, "next"))
    {
      read.form = CPT_PERIOD_NEXT;
      done = parse_counted (object, "next", &read);
    }
  else if (json_object_has_member (object, "this"))
    {
      read.form = CPT_PERIOD_THIS;
      done = json_object_get_size (object) == 1 && parse_unit (object, "this", &read.unit);
    }
  else if (json_object_has_member (object, "previous"))
    {
      read.form = CPT_PERIOD_PREVIOUS;
      done = json_object_get_size (object) == 1 && parse_unit (object, "previous", &read.unit);
    }
  else
    done = parse_range (object, &read);

  if (!done)
    return refuse (error);

  *period = read;

  return TRUE;
}

static void
set_date (JsonObject *object,
          const char *member,
          gint64      date)
{
  g_autofree char *text = cpt_date_format_iso (date);

  json_object_set_string_member (object, member, text);
}

JsonNode *
cpt_period_to_json (const CptPeriod *self)
{
  g_autoptr(JsonObject) object = json_object_new ();

  switch (self->form)
    {
    case CPT_PERIOD_LAST:
    case CPT_PERIOD_NEXT:
      json_object_set_int_member (object, self->form == CPT_PERIOD_LAST ? "last" : "next", self->count);
      json_object_set_string_member (object, "unit", cpt_bucket_get_name (self->unit));
      break;
    case CPT_PERIOD_THIS:
    case CPT_PERIOD_PREVIOUS:
      json_object_set_string_member (object, self->form == CPT_PERIOD_THIS ? "this" : "previous",
                                     cpt_bucket_get_name (self->unit));
      break;
    case CPT_PERIOD_RANGE:
    default:
      if (self->from > CPT_DATE_MIN || self->to == CPT_DATE_MAX)
        set_date (object, "from", self->from);
      if (self->to < CPT_DATE_MAX)
        set_date (object, "to", self->to);
      break;
    }

  return json_node_init_object (json_node_alloc (), object);
}

gboolean
cpt_period_is_relative (const CptPeriod *self)
{
  return self->form != CPT_PERIOD_RANGE;
}

static gint64
clamp_date (gint64 date)
{
  return CLAMP (date, CPT_DATE_MIN, CPT_DATE_MAX);
}

/* Counts of days stay inside the calendar; of larger units the years do */
static gint64
add_buckets (CptBucket unit,
             gint64    start,
             int       count)
{
  static const int most_days[] = {
    [CPT_BUCKET_DAY] = 1,
    [CPT_BUCKET_WEEK] = 7,
    [CPT_BUCKET_MONTH] = 31,
    [CPT_BUCKET_QUARTER] = 92,
    [CPT_BUCKET_YEAR] = 366,
  };
  gint64 reach = (gint64) count * most_days[unit];

  if (start + reach <= CPT_DATE_MIN)
    return CPT_DATE_MIN;
  if (start + reach > CPT_DATE_MAX)
    return (gint64) CPT_DATE_MAX + 1;

  return cpt_bucket_add (unit, start, count);
}

void
cpt_period_resolve (const CptPeriod *self,
                    gint64           today,
                    gint64          *from,
                    gint64          *to)
{
  gint64 start = self->form == CPT_PERIOD_RANGE ? 0 : cpt_bucket_get_start (self->unit, today);

  switch (self->form)
    {
    case CPT_PERIOD_LAST:
      *from = add_buckets (self->unit, start, 1 - self->count);
      *to = today;
      break;
    case CPT_PERIOD_NEXT:
      *from = today;
      *to = add_buckets (self->unit, start, self->count) - 1;
      break;
    case CPT_PERIOD_THIS:
      *from = start;
      *to = add_buckets (self->unit, start, 1) - 1;
      break;
    case CPT_PERIOD_PREVIOUS:
      *from = add_buckets (self->unit, start, -1);
      *to = start - 1;
      break;
    case CPT_PERIOD_RANGE:
    default:
      *from = self->from;
      *to = self->to;
      break;
    }
}

/* In months, when the period is made of whole months in the calendar's sense */
static int
get_calendar_months (const CptPeriod *self)
{
  static const int months[] = {
    [CPT_BUCKET_MONTH] = 1,
    [CPT_BUCKET_QUARTER] = 3,
    [CPT_BUCKET_YEAR] = 12,
  };

  if (self->form == CPT_PERIOD_RANGE || self->unit < CPT_BUCKET_MONTH)
    return 0;

  return months[self->unit] * (self->form == CPT_PERIOD_LAST || self->form == CPT_PERIOD_NEXT ? self->count : 1);
}

/* Fixed ranges of whole months (a calendar quarter typed in as dates) count too */
static int
get_range_months (gint64 from,
                  gint64 to)
{
  int y1, m1, d1, y2, m2, d2;

  if (from <= CPT_DATE_MIN || to >= CPT_DATE_MAX || to < from)
    return 0;

  cpt_date_to_ymd (from, &y1, &m1, &d1);
  cpt_date_to_ymd (to + 1, &y2, &m2, &d2);

  return d1 == 1 && d2 == 1 ? (y2 - y1) * 12 + (m2 - m1) : 0;
}

void
cpt_period_resolve_before (const CptPeriod *self,
                           gint64           today,
                           int              years,
                           gint64          *from,
                           gint64          *to,
                           int             *months,
                           gint64          *days)
{
  gint64 this_from, this_to;
  gboolean runs;

  cpt_period_resolve (self, today, &this_from, &this_to);
  runs = self->form == CPT_PERIOD_THIS && today < this_to;
  *months = years > 0 ? 12 * years : get_calendar_months (self);
  if (*months == 0 && self->form == CPT_PERIOD_RANGE)
    *months = get_range_months (this_from, this_to);
  *days = 0;

  if (*months > 0)
    {
      gint64 end = MIN (this_to + 1, CPT_DATE_MAX);

      *from = clamp_date (cpt_date_add_months (this_from, -*months));
      *to = clamp_date (runs ? cpt_date_add_months (today, -*months) : cpt_date_add_months (end, -*months) - 1);
      return;
    }

  *days = this_to - this_from + 1;
  *from = clamp_date (this_from - *days);
  *to = clamp_date (runs ? today - *days : this_from - 1);
}

void
cpt_period_init_bucket (CptPeriod *self,
                        CptBucket  unit,
                        gint64     start)
{
  *self = (CptPeriod){ .form = CPT_PERIOD_RANGE, .from = start };
  self->to = add_buckets (unit, start, 1) - 1;
}

static char *
make_last_phrase (CptBucket unit,
                  int       n)
{
  gulong count = (gulong) n;

  switch (unit)
    {
    case CPT_BUCKET_DAY:
      return g_strdup_printf (ngettext ("the last %d day", "the last %d days", count), n);
    case CPT_BUCKET_WEEK:
      return g_strdup_printf (ngettext ("the last %d week", "the last %d weeks", count), n);
    case CPT_BUCKET_MONTH:
      return g_strdup_printf (ngettext ("the last %d month", "the last %d months", count), n);
    case CPT_BUCKET_QUARTER:
      return g_strdup_printf (ngettext ("the last %d quarter", "the last %d quarters", count), n);
    case CPT_BUCKET_YEAR:
    case CPT_BUCKET_NONE:
    default:
      return g_strdup_printf (ngettext ("the last %d year", "the last %d years", count), n);
    }
}

static char *
make_next_phrase (CptBucket unit,
                  int       n)
{
  gulong count = (gulong) n;

  switch (unit)
    {
    case CPT_BUCKET_DAY:
      return g_strdup_printf (ngettext ("the next %d day", "the next %d days", count), n);
    case CPT_BUCKET_WEEK:
      return g_strdup_printf (ngettext ("the next %d week", "the next %d weeks", count), n);
    case CPT_BUCKET_MONTH:
      return g_strdup_printf (ngettext ("the next %d month", "the next %d months", count), n);
    case CPT_BUCKET_QUARTER:
      return g_strdup_printf (ngettext ("the next %d quarter", "the next %d quarters", count), n);
    case CPT_BUCKET_YEAR:
    case CPT_BUCKET_NONE:
    default:
      return g_strdup_printf (ngettext ("the next %d year", "the next %d years", count), n);
    }
}

char *
cpt_period_to_phrase (const CptPeriod *self)
{
  static const char *const this_phrases[] = {
    [CPT_BUCKET_DAY] = N_("today"),
    [CPT_BUCKET_WEEK] = N_("this week"),
    [CPT_BUCKET_MONTH] = N_("this month"),
    [CPT_BUCKET_QUARTER] = N_("this quarter"),
    [CPT_BUCKET_YEAR] = N_("this year"),
  };
  static const char *const previous_phrases[] = {
    [CPT_BUCKET_DAY] = N_("yesterday"),
    [CPT_BUCKET_WEEK] = N_("last week"),
    [CPT_BUCKET_MONTH] = N_("last month"),
    [CPT_BUCKET_QUARTER] = N_("last quarter"),
    [CPT_BUCKET_YEAR] = N_("last year"),
  };

  switch (self->form)
    {
    case CPT_PERIOD_LAST:
      return make_last_phrase (self->unit, self->count);
    case CPT_PERIOD_NEXT:
      return make_next_phrase (self->unit, self->count);
    case CPT_PERIOD_THIS:
      return g_strdup (_(this_phrases[self->unit]));
    case CPT_PERIOD_PREVIOUS:
      return g_strdup (_(previous_phrases[self->unit]));
    case CPT_PERIOD_RANGE:
    default:
      return NULL;
    }
}
