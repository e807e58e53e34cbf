/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list on paper: one flow on a sheet, and a PDF of it. */

#include "config.h"

#include "cpt-table-report.h"

#include "cpt-report-private.h"
#include "cpt-statement.h"
#include "cpt-table-flow.h"

typedef struct
{
  const CptTableReport *report;
  CptSheet *sheet;
  GCancellable *cancellable;
  GByteArray *pdf;
  guint64 n_records;
} Writer;

static gboolean
write_snapshot (CptDatabase  *database,
                gpointer      data,
                GError      **error)
{
  Writer *self = data;
  const CptReportSetup *setup = cpt_sheet_get_setup (self->sheet);
  g_autoptr(CptTableFlow) flow = NULL;
  cairo_surface_t *surface;
  gboolean done;

  flow = cpt_table_flow_new (self->report, self->sheet, database, self->cancellable, error);
  if (flow == NULL)
    return FALSE;

  cpt_sheet_begin (self->sheet, 0);
  if (!cpt_table_flow_add (flow, database, self->cancellable, error))
    return FALSE;

  surface = cpt_sheet_begin_pdf (self->sheet, self->pdf, cpt_sheet_end (self->sheet));
  cpt_report_set_metadata (surface, self->report->title, setup->now);
  done = cpt_table_flow_add (flow, database, self->cancellable, error);
  self->n_records = cpt_table_flow_get_n_records (flow);

  return cpt_sheet_end_pdf (self->sheet, surface, done ? error : NULL) && done;
}

GBytes *
cpt_table_report_to_pdf (const CptTableReport  *report,
                         CptDatabase           *database,
                         const CptReportSetup  *setup,
                         guint64               *n_records,
                         GCancellable          *cancellable,
                         GError               **error)
{
  g_autoptr(GPtrArray) figures = g_ptr_array_new ();
  g_autoptr(GByteArray) pdf = g_byte_array_new ();
  g_autoptr(CptSheet) sheet = NULL;
  Writer self = { .report = report, .cancellable = cancellable, .pdf = pdf };

  g_return_val_if_fail (report != NULL && report->query != NULL && setup != NULL, NULL);

  sheet = self.sheet = cpt_sheet_new (report->title, setup);
  if (!cpt_database_snapshot (database, write_snapshot, &self, error))
    return NULL;

  cpt_pdf_complete (pdf, setup->language, figures);
  if (n_records != NULL)
    *n_records = self.n_records;

  return g_byte_array_free_to_bytes (g_steal_pointer (&pdf));
}
