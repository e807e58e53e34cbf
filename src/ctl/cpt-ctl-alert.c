/* SPDX-License-Identifier: GPL-3.0-or-later */
/* alerts list, alerts check: what somebody wants to be told of, and whether it
 * holds now. Alerts are made, changed and deleted like any record. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cpt-alert.h"

static const char *const states[] = {
  [CPT_ALERT_OK] = "ok",
  [CPT_ALERT_FIRING] = "firing",
  [CPT_ALERT_FAILED] = "failed",
};

/* ---- list ---- */

static void
add_instant (JsonBuilder     *builder,
             const CptRecord *alert,
             const char      *field)
{
  const CptValue *value = cpt_record_get_named (alert, field);
  g_autofree char *text = value->type == CPT_VALUE_INTEGER ? cpt_instant_format_iso (value->integer) : NULL;

  cpt_ctl_json_text (builder, field, text);
}

static void
add_alert (CptCtl          *self,
           JsonBuilder     *builder,
           const CptRecord *alert)
{
  g_auto(CptAlertReading) reading = { 0 };
  g_autofree char *sentence = cpt_alert_describe (self->database, alert);

  cpt_alert_evaluate (self->database, alert, &reading);
  json_builder_begin_object (builder);
  cpt_ctl_json_id (builder, "id", &alert->id);
  cpt_ctl_json_text (builder, "name", cpt_record_get_text (alert, "name"));
  cpt_ctl_json_text (builder, "sentence", sentence);
  cpt_ctl_json_boolean (builder, "active", cpt_record_get_integer (alert, "is_active") != 0);
  cpt_ctl_json_text (builder, "state", cpt_record_get_text (alert, "state"));
  add_instant (builder, alert, "fired_at");
  add_instant (builder, alert, "ended_at");
  cpt_ctl_json_text (builder, "now", states[reading.state]);
  json_builder_set_member_name (builder, "value");
  if (isfinite (reading.value))
    json_builder_add_double_value (builder, reading.value);
  else
    json_builder_add_null_value (builder);
  cpt_ctl_json_text (builder, "problem", reading.problem);
  json_builder_end_object (builder);
}

static void
print_alerts_json (CptCtl    *self,
                   GPtrArray *alerts)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "alerts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < alerts->len; i++)
    add_alert (self, builder, g_ptr_array_index (alerts, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

static void
print_alerts (CptCtl    *self,
              GPtrArray *alerts)
{
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (4);

  for (guint i = 0; i < alerts->len; i++)
    {
      const CptRecord *alert = g_ptr_array_index (alerts, i);
      g_auto(CptAlertReading) reading = { 0 };
      char **cells = g_new0 (char *, 5);

      cpt_alert_evaluate (self->database, alert, &reading);
      cells[0] = cpt_record_dup_title (alert);
      cells[1] = cpt_alert_describe (self->database, alert);
      cells[2] = g_strdup (reading.problem != NULL ? reading.problem : reading.text);
      cells[3] = g_strdup (states[reading.state]);
      cpt_ctl_table_take_row (table, cells);
    }
  cpt_ctl_table_align (table, 2);
  cpt_ctl_table_print (table);
}

static gboolean
run_list (CptCtl  *self,
          GError **error)
{
  g_autoptr(GPtrArray) alerts = cpt_alerts_list (self->database, error);

  if (alerts == NULL)
    return FALSE;

  if (self->options.json)
    print_alerts_json (self, alerts);
  else
    print_alerts (self, alerts);

  return TRUE;
}

/* ---- check ---- */

static void
print_events_json (GPtrArray *events)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "events");
  json_builder_begin_array (builder);
  for (guint i = 0; i < events->len; i++)
    {
      const CptAlertEvent *event = g_ptr_array_index (events, i);
      g_autofree char *at = cpt_instant_format_iso (event->at);

      json_builder_begin_object (builder);
      cpt_ctl_json_id (builder, "alert", &event->id);
      cpt_ctl_json_text (builder, "name", event->title);
      cpt_ctl_json_text (builder, "sentence", event->sentence);
      cpt_ctl_json_text (builder, "event", event->is_firing ? "began" : "ended");
      cpt_ctl_json_text (builder, "at", at);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

static gboolean
run_check (CptCtl  *self,
           GError **error)
{
  g_autoptr(GPtrArray) events = cpt_alerts_check (self->database, TRUE, error);

  if (events == NULL)
    return FALSE;
  if (self->options.json)
    {
      print_events_json (events);
      return TRUE;
    }

  for (guint i = 0; i < events->len; i++)
    {
      const CptAlertEvent *event = g_ptr_array_index (events, i);
      g_autofree char *title = cpt_ctl_escape (event->title);
      g_autofree char *sentence = cpt_ctl_escape (event->sentence);

      cpt_ctl_print ("%s\t%s\t%s\n", event->is_firing ? "began" : "ended", title, sentence);
    }

  return TRUE;
}

const CptCtlCommand cpt_ctl_alert_commands[] = {
  {
    .name = "alerts list",
    .arguments = "",
    .summary = N_("Show alerts on metrics, their values, and which of them hold now"),
    .details = N_("Alerts are records: new, set and delete change them. Nothing is stored: see “alerts check”."),
    .access = CPT_CTL_READ,
    .min_args = 0,
    .max_args = 0,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_list,
  },
  {
    .name = "alerts check",
    .arguments = "",
    .summary = N_("Check all alerts, and print what began or ended to hold"),
    .details = N_("That is stored once, whoever checks. The window does the same while it is open."),
    .access = CPT_CTL_WRITE,
    .min_args = 0,
    .max_args = 0,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_check,
  },
  { NULL },
};
