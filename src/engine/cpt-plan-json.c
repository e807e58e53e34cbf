/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Plans as JSON. What is read may come from anywhere. */

#include "config.h"

#include "cpt-plan-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-json.h"

#define DAYS_PER_WEEK 7
#define MAX_OFFSET 3650
#define MAX_EVERY 366

void
cpt_plan_free (CptPlan *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->timetable, cpt_timetable_free);
  g_clear_pointer (&self->offsets, g_array_unref);
  g_free (self);
}

/* (transfer full): the days of @object, or all */
static JsonArray *
dup_weekdays (JsonArray *days)
{
  JsonArray *copy;

  if (days != NULL && json_array_get_length (days) > 0)
    return json_array_ref (days);

  copy = json_array_new ();
  for (int day = 1; day <= DAYS_PER_WEEK; day++)
    json_array_add_int_element (copy, day);

  return copy;
}

/* A window of a plan has no days of its own: it is on all days of the plan */
static void
add_window (JsonArray  *windows,
            JsonArray  *days,
            const char *from,
            const char *to)
{
  JsonObject *window = json_object_new ();

  json_object_set_array_member (window, "days", json_array_ref (days));
  json_object_set_string_member (window, "from", from != NULL ? from : "");
  json_object_set_string_member (window, "to", to != NULL ? to : "");
  json_array_add_object_element (windows, window);
}

static gboolean
add_windows (JsonObject  *timetable,
             JsonObject  *object,
             GError     **error)
{
  JsonArray *given = NULL;
  JsonArray *weekdays = NULL;
  g_autoptr(JsonArray) days = NULL;
  g_autoptr(JsonArray) windows = json_array_new ();

  if (!cpt_json_read_array (object, "weekdays", &weekdays, error) || !cpt_json_read_array (object, "windows", &given, error))
    return FALSE;

  days = dup_weekdays (weekdays);
  for (guint i = 0; given != NULL && i < json_array_get_length (given); i++)
    {
      JsonNode *node = json_array_get_element (given, i);
      const char *from = NULL;
      const char *to = NULL;

      if (JSON_NODE_HOLDS_OBJECT (node) &&
          (!cpt_json_read_string (json_node_get_object (node), "from", &from, error) ||
           !cpt_json_read_string (json_node_get_object (node), "to", &to, error)))
        return FALSE;
      add_window (windows, days, from, to);
    }
  if (json_array_get_length (windows) == 0)
    add_window (windows, days, "00:00", "24:00");
  json_object_set_array_member (timetable, "windows", g_steal_pointer (&windows));

  return TRUE;
}

static gboolean
read_timetable (CptPlan     *self,
                JsonObject  *object,
                GError     **error)
{
  g_autoptr(JsonObject) timetable = json_object_new ();
  const char *holidays = NULL;
  JsonArray *days_off = NULL;

  if (!add_windows (timetable, object, error) || !cpt_json_read_string (object, "holidays", &holidays, error) ||
      !cpt_json_read_array (object, "days_off", &days_off, error))
    return FALSE;
  if (holidays != NULL)
    json_object_set_string_member (timetable, "holidays", holidays);
  if (days_off != NULL)
    json_object_set_array_member (timetable, "days_off", json_array_ref (days_off));
  self->timetable = cpt_timetable_parse (timetable, error);

  return self->timetable != NULL;
}

static gboolean
read_period (CptPlan     *self,
             JsonObject  *object,
             GError     **error)
{
  const char *period = "weeks";
  gint64 quantity = 1;
  gint64 every = 1;

  if (!cpt_json_read_string (object, "period", &period, error) || !cpt_json_read_int (object, "quantity", &quantity, error) ||
      !cpt_json_read_int (object, "every", &every, error))
    return FALSE;

  if (g_str_equal (period, "days"))
    self->period = PERIOD_DAYS;
  else if (g_str_equal (period, "weeks"))
    self->period = PERIOD_WEEKS;
  else if (g_str_equal (period, "months"))
    self->period = PERIOD_MONTHS;
  else
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("The period of a plan is “days”, “weeks” or “months”."));
      return FALSE;
    }
  if (quantity < 1 || quantity > CPT_PLAN_MAX_QUANTITY || every < 1 || every > MAX_EVERY)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("A plan is for 1 to %d in each period, which has 1 to %d days."),
                   CPT_PLAN_MAX_QUANTITY, MAX_EVERY);
      return FALSE;
    }
  self->quantity = (guint) quantity;
  self->every = self->period == PERIOD_DAYS ? (int) every : 1;

  return TRUE;
}

static gboolean
read_offsets (CptPlan     *self,
              JsonObject  *object,
              GError     **error)
{
  JsonArray *offsets = NULL;

  if (!cpt_json_read_array (object, "offsets", &offsets, error))
    return FALSE;

  for (guint i = 0; offsets != NULL && i < json_array_get_length (offsets); i++)
    {
      JsonNode *node = json_array_get_element (offsets, i);
      gint64 offset = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : G_MAXINT64;
      int days = (int) CLAMP (offset, -MAX_OFFSET - 1, MAX_OFFSET + 1);

      if (ABS (days) > MAX_OFFSET || i >= CPT_PLAN_MAX_OFFSETS ||
          (i > 0 && days <= g_array_index (self->offsets, int, i - 1)))
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                       _("The days of a plan are at most %d whole numbers, each greater than the one before, such as 3, 7, 14."),
                       CPT_PLAN_MAX_OFFSETS);
          return FALSE;
        }
      g_array_append_val (self->offsets, days);
    }

  return TRUE;
}

static gboolean
read_day (JsonObject  *object,
          const char  *member,
          gint64      *day,
          GError     **error)
{
  const char *text = NULL;

  if (!cpt_json_read_string (object, member, &text, error))
    return FALSE;
  if (text == NULL || cpt_date_parse_iso (text, day))
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE,
               /* Translators: the %s is a name in a file */
               _("“%s” of a plan is a day, written like 2026-11-24."), member);

  return FALSE;
}

CptPlan *
cpt_plan_parse (JsonObject  *object,
                GError     **error)
{
  g_autoptr(CptPlan) self = g_new0 (CptPlan, 1);

  g_return_val_if_fail (object != NULL, NULL);

  self->offsets = g_array_new (FALSE, FALSE, sizeof (int));
  self->start = CPT_DATE_MIN;
  self->until = CPT_DATE_MAX;
  self->per_owner = G_MAXINT64;
  if (!read_period (self, object, error) || !read_offsets (self, object, error) ||
      !read_day (object, "start", &self->start, error) || !read_day (object, "until", &self->until, error) ||
      !cpt_json_read_int (object, "per_owner", &self->per_owner, error) || !read_timetable (self, object, error))
    return NULL;
  if (self->per_owner < 1)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("Whoever carries out a plan does at least one a day."));
      return NULL;
    }

  return g_steal_pointer (&self);
}

guint
cpt_plan_get_n_steps (const CptPlan *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return MAX (self->offsets->len, 1);
}

gboolean
cpt_plan_has_offsets (const CptPlan *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->offsets->len > 0;
}
