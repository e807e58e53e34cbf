/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes reports when they are due.
 *
 * A setting of the file, one for each schedule, says who has begun what, and how
 * often that was tried:
 *
 *   {"due":"2026-11-23T08:00:00Z","attempt":1,"until":"2026-11-23T08:10:00Z"}   begun
 *   {"due":"2026-11-23T08:00:00Z","attempt":2,"again":"2026-11-23T08:05:00Z"}   failed
 *   {"due":"2026-11-23T08:00:00Z","done":true}
 *
 * It is a mark of this machine, given by compare-and-set. Whoever is killed lets
 * "until" pass; the next one then writes the same files once more. */

#include "config.h"

#include "cpt-report-schedules.h"

#include <glib/gi18n-lib.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-query.h"
#include "cpt-report-schedule-private.h"
#include "cpt-text.h"
#include "cpt-transaction.h"

#define MAX_SCHEDULES 1000
#define MAX_RUNS 30
#define MAX_FILES_TOLD 20
#define MAX_RESULT 900
#define LEASE (10 * G_TIME_SPAN_MINUTE)
#define RENEWAL (2 * G_TIME_SPAN_MINUTE)
#define STORE_ATTEMPTS 5

/* Before each attempt but the first */
static const gint64 delays[CPT_REPORT_SCHEDULES_MAX_ATTEMPTS - 1] = {
  G_TIME_SPAN_MINUTE, 5 * G_TIME_SPAN_MINUTE, 30 * G_TIME_SPAN_MINUTE, 2 * G_TIME_SPAN_HOUR, 6 * G_TIME_SPAN_HOUR,
};

/* What the setting says */
typedef struct
{
  char *key;
  char *text; /* (nullable): as it was read or written last */
  gint64 due;
  gint64 until;
  gint64 again;
  gint64 attempt; /* of those that failed */
  gboolean is_done;
} Mark;

/* One schedule that is followed */
typedef struct
{
  CptDatabase *database;
  GPtrArray *schedules; /* all of them */
  CptRecord *record;
  CptReportRun *run;
  Mark mark;
  gint64 due;
  gint64 begun;
  guint n_missed;
  gboolean is_asked; /* now, by somebody */
  gboolean is_anew;  /* somebody had begun it, and was killed */
  CptDocumentEachFunc func;
  gpointer data;
} Job;

void
cpt_report_run_free (CptReportRun *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->folder);
  g_ptr_array_unref (self->files);
  g_free (self->sentence);
  g_free (self);
}

/* ------------------------------------------------------------------------ marks */

static void
mark_clear (Mark *self)
{
  g_free (self->key);
  g_free (self->text);
}

static void
read_instant (JsonObject *object,
              const char *member,
              GTimeZone  *zone,
              gint64     *instant)
{
  const char *text = NULL;

  *instant = 0;
  if (cpt_json_read_string (object, member, &text, NULL) && text != NULL)
    cpt_instant_parse_iso (text, zone, instant);
}

static void
read_mark (CptDatabase   *database,
           const CptUuid *schedule,
           Mark          *mark)
{
  GTimeZone *zone = cpt_database_get_zone (database);
  g_autofree char *id = cpt_uuid_dup_text (schedule);
  g_autoptr(JsonNode) node = NULL;
  JsonObject *object;

  mark->key = g_strconcat ("report-schedule:", id, NULL);
  mark->text = cpt_database_dup_setting (database, mark->key);
  node = mark->text != NULL ? cpt_json_parse (mark->text, -1, NULL) : NULL;
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  object = json_node_get_object (node);
  read_instant (object, "due", zone, &mark->due);
  read_instant (object, "until", zone, &mark->until);
  read_instant (object, "again", zone, &mark->again);
  cpt_json_read_int (object, "attempt", &mark->attempt, NULL);
  cpt_json_read_boolean (object, "done", &mark->is_done, NULL);
}

static void
write_instant (JsonObject *object,
               const char *member,
               gint64      instant)
{
  g_autofree char *text = cpt_instant_format_iso (instant);

  if (instant != 0)
    json_object_set_string_member (object, member, text);
}

/* FALSE without @error when somebody else was quicker */
static gboolean
write_mark (CptDatabase  *database,
            Mark         *mark,
            GError      **error)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = NULL;
  gboolean is_written = FALSE;

  write_instant (object, "due", mark->due);
  write_instant (object, "until", mark->until);
  write_instant (object, "again", mark->again);
  if (mark->attempt > 0)
    json_object_set_int_member (object, "attempt", mark->attempt);
  if (mark->is_done)
    json_object_set_boolean_member (object, "done", TRUE);
  text = cpt_json_format (node);
  if (!cpt_database_exchange_mark (database, mark->key, mark->text, text, &is_written, error) || !is_written)
    return FALSE;

  g_free (mark->text);
  mark->text = g_steal_pointer (&text);

  return TRUE;
}

/* What was said of another time says nothing of this one. A clock that was put back
 * leaves nobody waiting for longer than it would have been. */
static gboolean
may_begin (const Mark *mark,
           gint64      due,
           gint64      now)
{
  if (mark->due != due)
    return mark->until <= now || mark->until > now + LEASE;
  if (mark->is_done || (mark->until > now && mark->until <= now + LEASE))
    return FALSE;

  return mark->again <= now || mark->again > now + delays[G_N_ELEMENTS (delays) - 1];
}

/* ------------------------------------------------------------------ what is due */

static GPtrArray *
load_schedules (CptDatabase  *database,
                GError      **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(CptQuery) query = cpt_query_new (schema, cpt_schema_find_entity (schema, CPT_REPORT_SCHEDULE_ENTITY));

  return cpt_query_load_records (query, database, MAX_SCHEDULES, error);
}

/* @due: the last time that was missed */
static gboolean
is_due (CptDatabase     *database,
        const CptRecord *schedule,
        const Mark      *mark,
        gint64          *due,
        guint           *n_missed)
{
  const CptValue *next = cpt_record_get_named (schedule, "next_at");
  gint64 now = cpt_database_get_now (database);

  if (cpt_record_get_integer (schedule, "is_active") == 0 || next->type != CPT_VALUE_INTEGER || next->integer > now)
    return FALSE;

  *due = cpt_report_schedule_find_last (schedule, database, next->integer, now, n_missed);

  return may_begin (mark, *due, now);
}

gboolean
cpt_report_schedules_are_due (CptDatabase *database)
{
  g_autoptr(GPtrArray) schedules = load_schedules (database, NULL);

  for (guint i = 0; schedules != NULL && i < schedules->len; i++)
    {
      const CptRecord *schedule = g_ptr_array_index (schedules, i);
      Mark mark = { 0 };
      gint64 due;
      guint n_missed;
      gboolean found;

      read_mark (database, &schedule->id, &mark);
      found = is_due (database, schedule, &mark, &due, &n_missed);
      mark_clear (&mark);
      if (found)
        return TRUE;
    }

  return FALSE;
}

/* --------------------------------------------------------------------- writing */

/* Whoever holds it longer says so. */
static void
progressed (guint    n_done,
            guint    n,
            gpointer data)
{
  Job *job = data;
  gint64 now = cpt_database_get_now (job->database);

  if (!job->is_asked && job->mark.until - now < LEASE - RENEWAL)
    {
      job->mark.until = now + LEASE;
      write_mark (job->database, &job->mark, NULL);
    }
  if (job->func != NULL)
    job->func (n_done, n, job->data);
}

static CptDocument *
load_document (Job     *job,
               GError **error)
{
  const CptEntity *reports = cpt_schema_find_entity (cpt_database_get_schema (job->database), "report");
  const CptValue *id = cpt_record_get_named (job->record, "report");
  g_autoptr(CptRecord) record = NULL;
  CptUuid none = { 0 };

  record = cpt_database_load (job->database, reports, id->type == CPT_VALUE_ID ? &id->id : &none, error);

  return record != NULL ? cpt_document_new_for_record (record, error) : NULL;
}

/* What stands behind the names of files: the day, and which schedule it was where
 * another one writes the same report into the same folder */
static char *
dup_suffix (const Job *job)
{
  g_autofree char *day = cpt_date_format_iso (cpt_instant_get_date (job->due, cpt_database_get_zone (job->database)));
  const CptValue *report = cpt_record_get_named (job->record, "report");

  for (guint i = 0; i < job->schedules->len; i++)
    {
      const CptRecord *other = g_ptr_array_index (job->schedules, i);

      if (other != job->record && cpt_value_equal (cpt_record_get_named (other, "report"), report) &&
          g_strcmp0 (cpt_record_get_text (other, "folder"), job->run->folder) == 0)
        return g_strdup_printf ("%s – %s", job->run->name, day);
    }

  return g_steal_pointer (&day);
}

static gboolean
write_files (Job           *job,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autofree char *organization = NULL;
  g_autofree char *suffix = dup_suffix (job);
  g_autoptr(CptDocument) document = load_document (job, error);
  const char *text = cpt_record_get_text (job->record, "filters");
  g_autoptr(JsonNode) filters = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;
  CptReportSetup setup;
  CptDocumentEach each = {
    .document = document,
    .setup = &setup,
    .filters = filters,
    .one = cpt_record_get_integer (job->record, "is_each") == 0,
    .folder = job->run->folder,
    .suffix = suffix,
    .replaces = TRUE,
    .cleans = job->is_anew,
    .func = progressed,
    .data = job,
  };

  if (document == NULL)
    return FALSE;

  cpt_report_setup_init (&setup, CPT_REPORT_PDF);
  organization = cpt_report_setup_fill (&setup, job->database);

  return cpt_document_write_each (&each, job->database, job->run->files, cancellable, error);
}

/* -------------------------------------------------------------------- the result */

static void
add_sentence (GString *text,
              char    *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
  g_free (sentence);
}

static char *
describe_files (const CptReportRun *run)
{
  guint n = run->files->len;
  g_autofree char *name = n == 1 ? g_path_get_basename (g_ptr_array_index (run->files, 0)) : NULL;
  g_autofree char *shown = n == 1 ? g_filename_display_name (name) : NULL;

  if (n == 0)
    return g_strdup (_("There was nothing to write."));

  /* Translators: %s is the name of a file */
  return n == 1 ? g_strdup_printf (_("“%s” was written."), shown)
                : g_strdup_printf (ngettext ("%u report was written.", "%u reports were written.", n), n);
}

static char *
describe (Job          *job,
          const GError *problem)
{
  CptReportRun *run = job->run;
  GString *text = g_string_new (problem != NULL ? problem->message : NULL);

  if (problem == NULL || run->files->len > 0)
    add_sentence (text, describe_files (run));
  if (job->n_missed > 0)
    add_sentence (text, g_strdup_printf (ngettext ("%u earlier time was missed.", "%u earlier times were missed.", job->n_missed),
                                         job->n_missed));
  if (run->again_at != 0)
    {
      g_autofree char *again = cpt_instant_format (run->again_at, cpt_database_get_zone (job->database));

      /* Translators: %s is a date and a time of day */
      add_sentence (text, g_strdup_printf (_("It is tried again on %s."), again));
    }

  return g_string_free (text, FALSE);
}

/* What happened, in front of what happened before */
static char *
add_run (Job          *job,
         const char   *before,
         const GError *problem)
{
  CptReportRun *run = job->run;
  g_autoptr(JsonNode) old = before != NULL ? cpt_json_parse (before, -1, NULL) : NULL;
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autofree char *due = cpt_instant_format_iso (job->due);
  g_autofree char *at = cpt_instant_format_iso (cpt_database_get_now (job->database));
  JsonArray *list = old != NULL && JSON_NODE_HOLDS_ARRAY (old) ? json_node_get_array (old) : NULL;
  g_autoptr(JsonNode) node = NULL;

  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  json_builder_add_string_value (json_builder_set_member_name (builder, "due"), due);
  json_builder_add_string_value (json_builder_set_member_name (builder, "at"), at);
  json_builder_add_double_value (json_builder_set_member_name (builder, "seconds"),
                                 (double) ((g_get_monotonic_time () - job->begun) / 1000) / 1000);
  json_builder_add_int_value (json_builder_set_member_name (builder, "n_files"), run->files->len);
  json_builder_add_int_value (json_builder_set_member_name (builder, "missed"), job->n_missed);
  json_builder_add_string_value (json_builder_set_member_name (builder, "folder"), run->folder);
  json_builder_begin_array (json_builder_set_member_name (builder, "files"));
  for (guint i = 0; i < MIN (run->files->len, MAX_FILES_TOLD); i++)
    {
      g_autofree char *name = g_path_get_basename (g_ptr_array_index (run->files, i));
      g_autofree char *shown = g_filename_display_name (name);

      json_builder_add_string_value (builder, shown);
    }
  json_builder_end_array (builder);
  if (problem != NULL)
    json_builder_add_string_value (json_builder_set_member_name (builder, "error"), problem->message);
  json_builder_end_object (builder);
  for (guint i = 0; list != NULL && i < MIN (json_array_get_length (list), MAX_RUNS - 1); i++)
    json_builder_add_value (builder, json_node_copy (json_array_get_element (list, i)));
  json_builder_end_array (builder);
  node = json_builder_get_root (builder);

  return cpt_json_format_canonical (node);
}

static void
take (CptTransaction  *transaction,
      const CptRecord *record,
      const char      *field,
      CptValue         value)
{
  cpt_transaction_set (transaction, record->entity, &record->id, cpt_entity_find_field (record->entity, field), &value);
  cpt_value_clear (&value);
}

static void
take_text (CptTransaction  *transaction,
           const CptRecord *record,
           const char      *field,
           char            *text)
{
  CptValue value = CPT_VALUE_INIT;

  cpt_value_take_text (&value, text);
  take (transaction, record, field, value);
}

static CptTransaction *
create_transaction (Job             *job,
                    const CptRecord *now_stored,
                    const GError    *problem)
{
  CptReportRun *run = job->run;
  gint64 now = cpt_database_get_now (job->database);
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_WORKFLOW, _("Scheduled report"));
  const char *state = problem == NULL ? "done" : run->again_at != 0 ? "waiting"
                                                                    : "failed";
  const CptValue *next = cpt_record_get_named (now_stored, "next_at");
  CptValue value = CPT_VALUE_INIT;
  gint64 at;

  cpt_transaction_expect (transaction, now_stored->entity, &now_stored->id, now_stored->sequence);
  take_text (transaction, now_stored, "state", g_strdup (state));
  take_text (transaction, now_stored, "last_result", cpt_text_shorten (run->sentence, MAX_RESULT));
  take_text (transaction, now_stored, "runs", add_run (job, cpt_record_get_text (now_stored, "runs"), problem));
  if (problem == NULL)
    {
      cpt_value_set_integer (&value, now);
      take (transaction, now_stored, "last_at", value);
    }
  /* Somebody may have given it another time meanwhile. */
  if (run->again_at == 0 && next->type == CPT_VALUE_INTEGER && next->integer <= job->due)
    {
      CptValue later = CPT_VALUE_INIT;

      if (cpt_report_schedule_find_next (now_stored, job->database, MAX (job->due, now), &at))
        cpt_value_set_integer (&later, at);
      take (transaction, now_stored, "next_at", later);
    }

  return transaction;
}

/* One that was deleted meanwhile has nothing to be told. */
static gboolean
store_result (Job           *job,
              const GError  *problem,
              GError       **error)
{
  for (guint i = 0; i < STORE_ATTEMPTS; i++)
    {
      g_autoptr(GError) own_error = NULL;
      g_autoptr(CptRecord) stored = cpt_database_load (job->database, job->record->entity, &job->record->id, &own_error);
      g_autoptr(CptTransaction) transaction = stored != NULL ? create_transaction (job, stored, problem) : NULL;

      if (transaction != NULL && cpt_database_commit (job->database, transaction, NULL, NULL, &own_error))
        return TRUE;
      if (g_error_matches (own_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
        return TRUE;
      if (!g_error_matches (own_error, CPT_ERROR, CPT_ERROR_CONFLICT) || i + 1 == STORE_ATTEMPTS)
        {
          g_propagate_error (error, g_steal_pointer (&own_error));
          return FALSE;
        }
    }

  return TRUE;
}

/* Of a time that somebody asked for nothing is tried again. */
static void
plan_again (Job *job)
{
  gint64 now = cpt_database_get_now (job->database);
  gint64 next;

  if (job->is_asked || job->mark.attempt >= (gint64) G_N_ELEMENTS (delays))
    return;
  job->run->again_at = now + delays[job->mark.attempt];
  if (cpt_report_schedule_find_next (job->record, job->database, job->due, &next) && next <= job->run->again_at)
    job->run->again_at = next;
}

static gboolean
finish (Job           *job,
        const GError  *problem,
        GError       **error)
{
  Mark *mark = &job->mark;

  job->run->has_failed = problem != NULL;
  if (problem != NULL)
    {
      g_info ("Report schedule “%s”: %s", job->run->name, problem->message);
      plan_again (job);
    }
  job->run->sentence = describe (job, problem);
  if (!store_result (job, problem, error))
    return FALSE;
  if (job->is_asked)
    return TRUE;

  mark->until = 0;
  mark->again = job->run->again_at;
  mark->attempt = problem != NULL ? mark->attempt + 1 : 0;
  mark->is_done = mark->again == 0;

  /* Who has taken it over meanwhile says what is so. */
  return write_mark (job->database, mark, error) || error == NULL || *error == NULL;
}

/* --------------------------------------------------------------------- all of them */

/* FALSE without @error when there is nothing to do, or somebody else does it */
static gboolean
begin (Job     *job,
       GError **error)
{
  Mark *mark = &job->mark;

  read_mark (job->database, &job->record->id, mark);
  if (job->is_asked)
    {
      job->due = cpt_database_get_now (job->database);
      return TRUE;
    }
  if (!is_due (job->database, job->record, mark, &job->due, &job->n_missed))
    return FALSE;

  if (mark->due != job->due)
    mark->attempt = 0;
  job->is_anew = mark->due == job->due && mark->until != 0;
  mark->due = job->due;
  mark->until = cpt_database_get_now (job->database) + LEASE;
  mark->again = 0;
  mark->is_done = FALSE;

  return write_mark (job->database, mark, error);
}

/* What was stopped is as if it had not begun. */
static void
give_back (Job *job)
{
  if (job->is_asked)
    return;
  job->mark.until = 0;
  write_mark (job->database, &job->mark, NULL);
}

static gboolean
follow (Job           *job,
        GPtrArray     *runs,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autoptr(CptReportRun) run = NULL;
  g_autoptr(GError) problem = NULL;
  GError *own_error = NULL;
  gboolean done;

  if (!begin (job, &own_error))
    {
      if (own_error != NULL)
        g_propagate_error (error, own_error);
      return own_error == NULL;
    }

  run = g_new0 (CptReportRun, 1);
  run->id = job->record->id;
  run->name = cpt_record_dup_title (job->record);
  run->folder = g_strdup (cpt_record_get_text (job->record, "folder"));
  run->files = g_ptr_array_new_with_free_func (g_free);
  job->run = run;
  job->begun = g_get_monotonic_time ();
  write_files (job, cancellable, &problem);
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      give_back (job);
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  done = finish (job, problem, error);
  g_ptr_array_add (runs, g_steal_pointer (&run));

  return done;
}

GPtrArray *
cpt_report_schedules_run (CptDatabase          *database,
                          const CptUuid        *only,
                          CptDocumentEachFunc   func,
                          gpointer              data,
                          GCancellable         *cancellable,
                          GError              **error)
{
  g_autoptr(GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_report_run_free);
  g_autoptr(GPtrArray) schedules = NULL;

  g_return_val_if_fail (database != NULL, NULL);

  schedules = load_schedules (database, error);
  if (schedules == NULL)
    return NULL;

  for (guint i = 0; i < schedules->len; i++)
    {
      Job job = { .database = database, .schedules = schedules, .func = func, .data = data, .is_asked = only != NULL };
      gboolean done;

      job.record = g_ptr_array_index (schedules, i);
      if (only != NULL && !cpt_uuid_equal (&job.record->id, only))
        continue;
      done = follow (&job, runs, cancellable, error);
      mark_clear (&job.mark);
      if (!done)
        return NULL;
    }

  return g_steal_pointer (&runs);
}
