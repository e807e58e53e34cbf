/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All alerts: checks them when their time has come, stores what begins and ends,
 * and tells each person once. Two marks of the file, which are not in the log,
 * say
 *
 *   alerts         {"IDENTIFIER":"2026-11-21T09:00:00Z"}   when each was checked
 *   alerts:PERSON  {"told":"2026-11-21T09:00:00Z"}         until when she was told */

#include "config.h"

#include "cpt-alert.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-query.h"

#define MARK "alerts"
#define MAX_ALERTS 1000
/* Who was never told anything is not told of last year. */
#define FIRST_TIME G_TIME_SPAN_DAY

/* ---- marks ---- */

static JsonObject *
parse_mark (const char *text)
{
  g_autoptr(JsonNode) node = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_object_ref (json_node_get_object (node)) : json_object_new ();
}

static gboolean
read_instant (JsonObject *mark,
              const char *member,
              gint64     *instant)
{
  const char *text = NULL;

  return cpt_json_read_string (mark, member, &text, NULL) && text != NULL && cpt_instant_parse_iso (text, NULL, instant);
}

static void
write_instant (JsonObject *mark,
               const char *member,
               gint64      instant)
{
  g_autofree char *text = cpt_instant_format_iso (instant);

  json_object_set_string_member (mark, member, text);
}

/* FALSE without @error when somebody else was quicker */
static gboolean
write_mark (CptDatabase  *database,
            const char   *key,
            const char   *before,
            JsonObject   *mark,
            GError      **error)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), mark);
  g_autofree char *text = cpt_json_format (node);
  gboolean is_written = FALSE;

  if (g_strcmp0 (text, before) == 0)
    return TRUE;

  return cpt_database_exchange_mark (database, key, before, text, &is_written, error) && is_written;
}

/* ---- whose time has come ---- */

/* What was checked in the future was checked before the clock was put back. */
static gboolean
is_due (const CptRecord *alert,
        JsonObject      *mark,
        const char      *id,
        gint64           now)
{
  const char *interval = cpt_record_get_text (alert, "interval");
  gint64 span = 0, checked;

  if (g_strcmp0 (interval, "hour") == 0)
    span = G_TIME_SPAN_HOUR;
  else if (g_strcmp0 (interval, "day") == 0)
    span = G_TIME_SPAN_DAY;

  return span == 0 || !read_instant (mark, id, &checked) || checked > now || now - checked >= span;
}

GPtrArray *
cpt_alerts_list (CptDatabase  *database,
                 GError      **error)
{
  CptSchema *schema;
  g_autoptr(CptQuery) query = NULL;

  g_return_val_if_fail (database != NULL, NULL);

  schema = cpt_database_get_schema (database);
  query = cpt_query_new (schema, cpt_schema_find_entity (schema, CPT_ALERT_ENTITY));

  return cpt_query_load_records (query, database, MAX_ALERTS, error);
}

/* ---- what begins and ends ---- */

static const char *const states[] = {
  [CPT_ALERT_OK] = "ok",
  [CPT_ALERT_FIRING] = "firing",
  [CPT_ALERT_FAILED] = "failed",
};

static void
set_instant (CptTransaction  *transaction,
             const CptRecord *alert,
             const char      *field,
             gint64           instant)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_integer (&value, instant);
  cpt_transaction_set (transaction, alert->entity, &alert->id, cpt_entity_find_field (alert->entity, field), &value);
}

static void
set_text (CptTransaction  *transaction,
          const CptRecord *alert,
          const char      *field,
          const char      *text)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (text != NULL)
    cpt_value_set_text (&value, text);
  cpt_transaction_set (transaction, alert->entity, &alert->id, cpt_entity_find_field (alert->entity, field), &value);
}

static CptTransaction *
create_transaction (const CptRecord       *alert,
                    const CptAlertReading *reading,
                    gboolean               was_firing,
                    gint64                 now)
{
  gboolean is_firing = reading->state == CPT_ALERT_FIRING;
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_WORKFLOW, is_firing ? _("Alert") : _("Alert is over"));

  cpt_transaction_expect (transaction, alert->entity, &alert->id, alert->sequence);
  set_text (transaction, alert, "state", states[reading->state]);
  set_text (transaction, alert, "problem", reading->problem);
  if (is_firing)
    {
      set_instant (transaction, alert, "fired_at", now);
      if (isfinite (reading->value) && fabs (reading->value) < 1e13)
        set_instant (transaction, alert, "value", (gint64) round (reading->value * 100));
      else
        set_text (transaction, alert, "value", NULL);
    }
  else if (was_firing && reading->state == CPT_ALERT_OK)
    {
      set_instant (transaction, alert, "ended_at", now);
    }

  return transaction;
}

static CptAlertEvent *
create_event (CptDatabase     *database,
              const CptRecord *alert,
              gboolean         is_firing,
              gint64           at)
{
  CptAlertEvent *event = g_new0 (CptAlertEvent, 1);

  event->id = alert->id;
  event->title = cpt_record_dup_title (alert);
  event->sentence = cpt_alert_describe (database, alert);
  event->is_firing = is_firing;
  event->at = at;

  return event;
}

/* Stores a change of state, if there is one; FALSE with @error */
static gboolean
check_one (CptDatabase      *database,
           const CptRecord  *alert,
           GPtrArray        *events,
           GError          **error)
{
  g_auto(CptAlertReading) reading = { 0 };
  g_autoptr(CptTransaction) transaction = NULL;
  g_autoptr(GError) own_error = NULL;
  const char *before = cpt_record_get_text (alert, "state");
  gboolean was_firing = g_strcmp0 (before, "firing") == 0;
  gint64 now = cpt_database_get_now (database);

  cpt_alert_evaluate (database, alert, &reading);
  if (g_strcmp0 (before != NULL ? before : "ok", states[reading.state]) == 0)
    return TRUE;

  transaction = create_transaction (alert, &reading, was_firing, now);
  if (!cpt_database_commit (database, transaction, NULL, NULL, &own_error))
    {
      /* Somebody has changed it, or stored the same: the next check sees that. */
      if (g_error_matches (own_error, CPT_ERROR, CPT_ERROR_CONFLICT) ||
          g_error_matches (own_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }
  /* What can't be checked has neither begun nor ended. */
  if (reading.state == CPT_ALERT_FIRING || (was_firing && reading.state == CPT_ALERT_OK))
    g_ptr_array_add (events, create_event (database, alert, reading.state == CPT_ALERT_FIRING, now));

  return TRUE;
}

GPtrArray *
cpt_alerts_check (CptDatabase  *database,
                  gboolean      all,
                  GError      **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_alert_event_free);
  g_autoptr(GPtrArray) alerts = NULL;
  g_autofree char *text = NULL;
  g_autoptr(JsonObject) mark = NULL;
  g_autoptr(JsonObject) next = json_object_new ();
  gint64 now;

  g_return_val_if_fail (database != NULL, NULL);

  now = cpt_database_get_now (database);
  alerts = cpt_alerts_list (database, error);
  if (alerts == NULL)
    return NULL;

  text = cpt_database_dup_setting (database, MARK);
  mark = parse_mark (text);
  for (guint i = 0; i < alerts->len; i++)
    {
      const CptRecord *alert = g_ptr_array_index (alerts, i);
      g_autofree char *id = cpt_uuid_dup_text (&alert->id);
      gint64 checked;
      gboolean is_timed = g_strcmp0 (cpt_record_get_text (alert, "interval"), "change") != 0;
      gboolean is_checked = cpt_record_get_integer (alert, "is_active") != 0 && (all || is_due (alert, mark, id, now));

      if (is_checked && !check_one (database, alert, events, error))
        return NULL;
      /* What has no interval needs no mark. */
      if (is_timed && is_checked)
        write_instant (next, id, now);
      else if (is_timed && read_instant (mark, id, &checked))
        write_instant (next, id, checked);
    }

  /* Who was quicker has checked the same. */
  if (text != NULL || json_object_get_size (next) > 0)
    {
      GError *own_error = NULL;

      write_mark (database, MARK, text, next, &own_error);
      if (own_error != NULL)
        {
          g_propagate_error (error, own_error);
          return NULL;
        }
    }

  return g_steal_pointer (&events);
}

/* ---- telling ---- */

static gboolean
is_mine (CptDatabase     *database,
         const CptRecord *alert)
{
  const CptValue *owner = cpt_record_get_named (alert, "owner");
  const CptUuid *author = cpt_database_get_author (database);

  return owner->type != CPT_VALUE_ID || (author != NULL && cpt_uuid_equal (&owner->id, author));
}

/* The later one of its beginning and its end, when that is news; (nullable) */
static CptAlertEvent *
find_news (CptDatabase     *database,
           const CptRecord *alert,
           gint64           told,
           gint64           now)
{
  gint64 fired = cpt_record_get_integer (alert, "fired_at");
  gint64 ended = cpt_record_get_integer (alert, "ended_at");
  gboolean is_firing = g_strcmp0 (cpt_record_get_text (alert, "state"), "firing") == 0;
  gint64 at = is_firing ? fired : ended;

  if (at <= told || at > now)
    return NULL;
  /* What began and ended before she was told of it is past. */
  if (!is_firing && fired > told)
    return NULL;

  return create_event (database, alert, is_firing, at);
}

static int
compare_events (gconstpointer a,
                gconstpointer b)
{
  const CptAlertEvent *first = *(const CptAlertEvent *const *) a;
  const CptAlertEvent *second = *(const CptAlertEvent *const *) b;

  return (first->at > second->at) - (first->at < second->at);
}

GPtrArray *
cpt_alerts_claim (CptDatabase  *database,
                  GError      **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_alert_event_free);
  g_autoptr(GPtrArray) alerts = NULL;
  g_autoptr(JsonObject) mark = NULL;
  g_autofree char *id = NULL;
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;
  const CptUuid *author;
  GError *own_error = NULL;
  gint64 now, told;

  g_return_val_if_fail (database != NULL, NULL);

  now = cpt_database_get_now (database);
  author = cpt_database_get_author (database);
  id = author != NULL ? cpt_uuid_dup_text (author) : g_strdup ("");
  key = g_strconcat (MARK ":", id, NULL);
  text = cpt_database_dup_setting (database, key);
  mark = parse_mark (text);
  if (!read_instant (mark, "told", &told))
    told = now - FIRST_TIME;

  alerts = cpt_alerts_list (database, error);
  if (alerts == NULL)
    return NULL;
  for (guint i = 0; i < alerts->len; i++)
    {
      const CptRecord *alert = g_ptr_array_index (alerts, i);
      CptAlertEvent *event = is_mine (database, alert) ? find_news (database, alert, MIN (told, now), now) : NULL;

      if (event != NULL)
        g_ptr_array_add (events, event);
    }
  g_ptr_array_sort (events, compare_events);

  /* Nothing to tell is no reason to write, but when the clock was put back. */
  if (events->len == 0 && told <= now)
    return g_steal_pointer (&events);

  write_instant (mark, "told", now);
  if (!write_mark (database, key, text, mark, &own_error))
    g_ptr_array_set_size (events, 0);
  if (own_error != NULL)
    {
      g_propagate_error (error, own_error);
      return NULL;
    }

  return g_steal_pointer (&events);
}
