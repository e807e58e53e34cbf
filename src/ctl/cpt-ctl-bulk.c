/* SPDX-License-Identifier: GPL-3.0-or-later */
/* set and delete for all records that meet conditions: one act, all of it is
 * stored, or nothing. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

gboolean
cpt_ctl_has_conditions (CptCtl *self)
{
  return self->options.filter != NULL || self->options.search != NULL || self->options.where != NULL;
}

CptQuery *
cpt_ctl_create_query (CptCtl           *self,
                      const CptEntity  *entity,
                      GError          **error)
{
  g_autoptr(GError) own_error = NULL;
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(CptQuery) query = cpt_query_new (cpt_database_get_schema (self->database), entity);

  filter = cpt_ctl_build_filter (self, entity, self->options.filter, (const char *const *) self->options.where, &own_error);
  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return NULL;
    }

  cpt_query_set_filter (query, filter);
  cpt_query_set_search (query, self->options.search);
  if (!cpt_query_set_sort (query, "", error))
    return NULL;

  return g_steal_pointer (&query);
}

static void
show_progress (const CptBulkProgress *progress,
               gpointer               user_data)
{
  guint percent = progress->n_records > 0 ? (guint) (progress->n_done * 100 / progress->n_records) : 100;

  g_printerr ("\r%3u %%  %" G_GUINT64_FORMAT, percent, progress->n_done);
}

static void
print_refusals (JsonBuilder *builder,
                GPtrArray   *refusals)
{
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < refusals->len; i++)
    {
      const CptBulkRefusal *refusal = g_ptr_array_index (refusals, i);

      json_builder_begin_object (builder);
      cpt_ctl_json_id (builder, "id", &refusal->id);
      cpt_ctl_json_text (builder, "field", refusal->field);
      cpt_ctl_json_text (builder, "message", refusal->message);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_report (CptCtl              *self,
              const CptBulkReport *report,
              gboolean             is_done)
{
  const CptBulkProgress *counts = &report->counts;
  g_autoptr(JsonBuilder) builder = NULL;

  if (!self->options.json)
    {
      if (is_done)
        cpt_ctl_print (ngettext ("%lu of %lu record changed\n", "%lu of %lu records changed\n", (gulong) counts->n_records),
                       (gulong) counts->n_changed, (gulong) counts->n_records);
      return;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  if (is_done)
    {
      cpt_ctl_json_int (builder, "sequence", report->sequence);
      cpt_ctl_json_int (builder, "records", (gint64) counts->n_records);
      cpt_ctl_json_int (builder, "changed", (gint64) counts->n_changed);
      cpt_ctl_json_int (builder, "same", (gint64) counts->n_same);
    }
  else
    {
      print_refusals (builder, report->refusals);
    }
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

/* How many it would be, without doing anything */
static gboolean
count_only (CptCtl   *self,
            CptBulk  *bulk,
            GError  **error)
{
  CptBulkReport report = { 0 };

  if (!cpt_bulk_count (bulk, self->database, &report.counts.n_records, error))
    return FALSE;

  if (self->options.json)
    print_report (self, &report, TRUE);
  else
    cpt_ctl_print (ngettext ("%lu record would be changed\n", "%lu records would be changed\n",
                             (gulong) report.counts.n_records),
                   (gulong) report.counts.n_records);

  return TRUE;
}

gboolean
cpt_ctl_run_bulk (CptCtl           *self,
                  const CptEntity  *entity,
                  CptBulk          *bulk,
                  GError          **error)
{
  g_autoptr(CptQuery) query = cpt_ctl_create_query (self, entity, error);
  g_autoptr(CptBulkReport) report = NULL;
  gboolean shows = !self->options.quiet && isatty (STDERR_FILENO) == 1;
  gboolean done;

  if (query == NULL)
    return FALSE;
  cpt_bulk_set_query (bulk, query);
  if (self->options.dry_run)
    return count_only (self, bulk, error);

  done = cpt_bulk_run (bulk, self->database, shows ? show_progress : NULL, NULL, self->cancellable, &report, error);
  if (shows)
    g_printerr ("\r\033[K");
  if (done || report->refusals->len > 0)
    print_report (self, report, done);

  return done;
}
