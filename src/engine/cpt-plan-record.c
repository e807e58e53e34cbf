/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Plans as people fill them in: words and hours become the JSON of a plan. */

#include "config.h"

#include "cpt-plan-record.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-error.h"

#define DAYS_PER_WEEK 7

static const char *const weekdays[DAYS_PER_WEEK] = {
  "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
};

static void
set_integer (JsonObject      *object,
             const char      *member,
             const CptRecord *record,
             const char      *field)
{
  if (!cpt_value_is_null (cpt_record_get_named (record, field)))
    json_object_set_int_member (object, member, cpt_record_get_integer (record, field));
}

static void
set_day (JsonObject      *object,
         const char      *member,
         const CptRecord *record,
         const char      *field)
{
  g_autofree char *day = NULL;

  if (cpt_value_is_null (cpt_record_get_named (record, field)))
    return;
  day = cpt_date_format_iso (cpt_record_get_integer (record, field));
  json_object_set_string_member (object, member, day);
}

/* "9", "9h30" and "9:00" are "09:00", "09:30" and "09:00". (transfer full) */
static char *
dup_time (const char *text)
{
  g_autofree char *clean = g_strstrip (g_strdup (text));
  guint64 hour = 0, minute = 0;
  g_auto(GStrv) parts = g_strsplit_set (clean, ":hH.", 2);

  if (parts[0] == NULL || !g_ascii_string_to_unsigned (parts[0], 10, 0, 24, &hour, NULL) ||
      (parts[1] != NULL && *parts[1] != '\0' && !g_ascii_string_to_unsigned (parts[1], 10, 0, 59, &minute, NULL)))
    return NULL;

  return g_strdup_printf ("%02u:%02u", (guint) hour, (guint) minute);
}

static gboolean
add_window (JsonArray  *windows,
            const char *text)
{
  g_autofree char *plain = NULL;
  g_auto(GStrv) parts = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_auto(GStrv) dashes = g_strsplit (text, "–", -1);
  JsonObject *window;

  plain = g_strjoinv ("-", dashes);
  parts = g_strsplit (plain, "-", -1);
  if (g_strv_length (parts) != 2)
    return FALSE;
  from = dup_time (parts[0]);
  to = dup_time (parts[1]);
  if (from == NULL || to == NULL)
    return FALSE;

  window = json_object_new ();
  json_object_set_string_member (window, "from", from);
  json_object_set_string_member (window, "to", to);
  json_array_add_object_element (windows, window);

  return TRUE;
}

static gboolean
set_windows (JsonObject       *object,
             const CptRecord  *record,
             GError          **error)
{
  const char *text = cpt_record_get_text (record, "windows");
  g_auto(GStrv) parts = NULL;
  g_autoptr(JsonArray) windows = json_array_new ();

  if (text == NULL)
    return TRUE;

  parts = g_strsplit_set (text, ",;", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (!add_window (windows, parts[i]))
      {
        g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("Write the hours of a plan like 09:00-12:00, 14:00-17:00."));
        return FALSE;
      }
  json_object_set_array_member (object, "windows", g_steal_pointer (&windows));

  return TRUE;
}

static gboolean
set_offsets (JsonObject       *object,
             const CptRecord  *record,
             GError          **error)
{
  const char *text = cpt_record_get_text (record, "offsets");
  g_auto(GStrv) parts = g_strsplit_set (text != NULL ? text : "", ",; ", -1);
  g_autoptr(JsonArray) offsets = json_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *digits = parts[i][0] == '+' ? parts[i] + 1 : parts[i];
      gint64 days;

      if (*parts[i] == '\0')
        continue;
      if (!g_ascii_string_to_signed (digits, 10, -100000, 100000, &days, NULL))
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("Write the days after the date like 3, 7, 14."));
          return FALSE;
        }
      json_array_add_int_element (offsets, days);
    }
  if (json_array_get_length (offsets) == 0)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("Say how many days after the date, such as 3, 7, 14."));
      return FALSE;
    }
  json_object_set_array_member (object, "offsets", g_steal_pointer (&offsets));

  return TRUE;
}

static void
set_weekdays (JsonObject      *object,
              const CptRecord *record)
{
  const CptValue *value = cpt_record_get_named (record, "weekdays");
  JsonArray *days = json_array_new ();

  for (int i = 0; i < DAYS_PER_WEEK; i++)
    if (value->type == CPT_VALUE_TEXTS && g_strv_contains ((const char *const *) value->texts, weekdays[i]))
      json_array_add_int_element (days, i + 1);
  json_object_set_array_member (object, "weekdays", days);
}

static gboolean
set_frequency (JsonObject       *object,
               const CptRecord  *record,
               GError          **error)
{
  const char *frequency = cpt_record_get_text (record, "frequency");

  if (g_strcmp0 (frequency, "offsets") == 0)
    return set_offsets (object, record, error);

  set_integer (object, "quantity", record, "quantity");
  if (g_strcmp0 (frequency, "daily") == 0)
    {
      json_object_set_string_member (object, "period", "days");
    }
  else if (g_strcmp0 (frequency, "every") == 0)
    {
      json_object_set_string_member (object, "period", "days");
      set_integer (object, "every", record, "every");
    }
  else
    {
      json_object_set_string_member (object, "period", g_strcmp0 (frequency, "monthly") == 0 ? "months" : "weeks");
    }

  return TRUE;
}

CptPlan *
cpt_plan_read (const CptRecord  *record,
               const char       *country,
               GError          **error)
{
  g_autoptr(JsonObject) object = json_object_new ();

  g_return_val_if_fail (record != NULL, NULL);

  set_weekdays (object, record);
  set_day (object, "start", record, "start_on");
  set_day (object, "until", record, "until");
  set_integer (object, "per_owner", record, "per_owner");
  if (country != NULL && cpt_record_get_integer (record, "skips_holidays") != 0)
    json_object_set_string_member (object, "holidays", country);
  if (!set_frequency (object, record, error) || !set_windows (object, record, error))
    return NULL;

  return cpt_plan_parse (object, error);
}
