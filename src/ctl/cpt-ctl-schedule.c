/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands on scheduled reports: schedule list, schedule run. */

#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "cpt-date.h"
#include "cpt-find.h"
#include "cpt-report-schedules.h"

static const char *const columns[] = { "name", "report", "recurrence", "at_time", "next_at", "state", "last_result", "folder" };

static void
add_schedule (CptCtl      *self,
              CptPage     *page,
              guint        row,
              JsonBuilder *builder,
              CptCtlTable *table)
{
  GTimeZone *zone = cpt_database_get_zone (self->database);
  char **cells = g_new0 (char *, G_N_ELEMENTS (columns) + 1);

  json_builder_begin_object (builder);
  cpt_ctl_json_id (builder, "id", cpt_page_get_id (page, row));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      const CptValue *value = cpt_page_get_value (page, row, i);

      cells[i] = cpt_page_dup_text (page, row, i, zone);
      if (value->type == CPT_VALUE_INTEGER)
        {
          g_autofree char *instant = cpt_instant_format_iso (value->integer);

          cpt_ctl_json_text (builder, columns[i], instant);
        }
      else if (value->type == CPT_VALUE_NULL)
        cpt_ctl_json_text (builder, columns[i], NULL);
      else
        cpt_ctl_json_text (builder, columns[i], value->type == CPT_VALUE_TEXT ? value->text : cells[i]);
    }
  json_builder_end_object (builder);
  cpt_ctl_table_take_row (table, cells);
}

static gboolean
run_list (CptCtl  *self,
          GError **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  const CptEntity *entity = cpt_schema_find_entity (schema, CPT_REPORT_SCHEDULE_ENTITY);
  g_autoptr(CptQuery) query = cpt_query_new (schema, entity);
  g_autoptr(GArray) rows = cpt_query_get_rows (query, self->database, 0, 0, error);
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (G_N_ELEMENTS (columns));
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(CptPage) page = NULL;
  CptPath paths[G_N_ELEMENTS (columns)];

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (!cpt_path_parse (schema, entity, columns[i], &paths[i], error))
      return FALSE;
  if (rows != NULL)
    page = cpt_page_load (self->database, schema, entity, paths, G_N_ELEMENTS (columns), (const gint64 *) (gpointer) rows->data,
                          rows->len, error);
  if (page == NULL)
    return FALSE;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "schedules");
  json_builder_begin_array (builder);
  for (guint i = 0; i < cpt_page_get_length (page); i++)
    if (cpt_page_has_row (page, i))
      add_schedule (self, page, i, builder, table);
  cpt_ctl_print_list (self, builder, table);

  return TRUE;
}

static void
show_progress (guint    n_done,
               guint    n,
               gpointer data)
{
  g_printerr ("\r%u / %u", n_done, n);
  if (n_done == n)
    g_printerr ("\n");
}

static void
add_run (const CptReportRun *run,
         JsonBuilder        *builder)
{
  json_builder_begin_object (builder);
  cpt_ctl_json_id (builder, "schedule", &run->id);
  cpt_ctl_json_text (builder, "name", run->name);
  cpt_ctl_json_boolean (builder, "failed", run->has_failed);
  cpt_ctl_json_text (builder, "result", run->sentence);
  cpt_ctl_json_strings (builder, "files", run->files);
  json_builder_end_object (builder);
}

static void
print_runs (CptCtl    *self,
            GPtrArray *runs)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "runs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < runs->len; i++)
    {
      const CptReportRun *run = g_ptr_array_index (runs, i);

      if (self->options.json)
        add_run (run, builder);
      for (guint j = 0; j < run->files->len && !self->options.json; j++)
        cpt_ctl_print ("%s\n", (const char *) g_ptr_array_index (run->files, j));
      if (!self->options.json && !run->has_failed && !self->options.quiet)
        cpt_ctl_say ("%s: %s", run->name, run->sentence);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (self->options.json)
    cpt_ctl_print_builder (builder);
}

/* Of one that failed it is said why; of several how many there are, and why before */
static gboolean
check_runs (GPtrArray  *runs,
            GError    **error)
{
  g_autoptr(GPtrArray) failed = g_ptr_array_new ();
  const CptReportRun *first;

  for (guint i = 0; i < runs->len; i++)
    if (((const CptReportRun *) g_ptr_array_index (runs, i))->has_failed)
      g_ptr_array_add (failed, g_ptr_array_index (runs, i));
  if (failed->len == 0)
    return TRUE;

  first = g_ptr_array_index (failed, 0);
  for (guint i = 0; i < failed->len && failed->len > 1; i++)
    cpt_ctl_say ("%s: %s", ((const CptReportRun *) g_ptr_array_index (failed, i))->name,
                 ((const CptReportRun *) g_ptr_array_index (failed, i))->sentence);
  if (failed->len == 1)
    g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_PARTIAL, "%s: %s", first->name, first->sentence);
  else
    g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_PARTIAL,
                 ngettext ("%u scheduled report could not be written.",
                           "%u scheduled reports could not be written.", failed->len),
                 failed->len);

  return FALSE;
}

static gboolean
run_schedules (CptCtl  *self,
               GError **error)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (self->database), CPT_REPORT_SCHEDULE_ENTITY);
  gboolean shows = !self->options.quiet && isatty (STDERR_FILENO) == 1;
  g_autoptr(GPtrArray) runs = NULL;
  CptUuid only;

  if (self->n_args > 0 && !cpt_find_record (self->database, entity, self->args[0], FALSE, &only, error))
    return FALSE;
  runs = cpt_report_schedules_run (self->database, self->n_args > 0 ? &only : NULL, shows ? show_progress : NULL, NULL,
                                   self->cancellable, error);
  if (runs == NULL)
    return FALSE;

  print_runs (self, runs);

  return check_runs (runs, error);
}

const CptCtlCommand cpt_ctl_schedule_commands[] = {
  {
    .name = "schedule list",
    .arguments = "",
    .summary = N_("List scheduled reports"),
    .access = CPT_CTL_READ,
    .min_args = 0,
    .max_args = 0,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_list,
  },
  {
    .name = "schedule run",
    .arguments = N_("[SCHEDULE]"),
    .summary = N_("Write the scheduled reports that are due"),
    .details = N_("Nothing happens when none is due, so that cron can call it every few minutes. What another program is "
                  "writing is left to it. SCHEDULE is written now, whether it is due or not. Schedules are records: "
                  "comptoirctl new WORKSPACE report_schedule name=… report=… recurrence=FREQ=WEEKLY;BYDAY=MO folder=…"),
    .access = CPT_CTL_WRITE,
    .min_args = 0,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (QUIET),
    .run = run_schedules,
  },
  { NULL },
};
