/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reports that begin, and reports that others begin with. A template is a report
 * that is not shown among the others. */

#include "config.h"

#include "cpt-report-view-private.h"

#include <glib/gi18n.h>

#include "cpt-begin-dialog.h"

/* (transfer full): of a new report */
static CptRecord *
create_record (CptReportView *self,
               const char    *title,
               const char    *definition)
{
  CptStore *store = cpt_view_get_store (CPT_VIEW (self));
  CptRecord *record = cpt_record_new (self->schema, cpt_schema_find_entity (self->schema, "report"));
  gint64 now = cpt_clock_get_now (cpt_store_get_clock (store));

  cpt_record_apply_initial (record, now, cpt_store_get_author (store), cpt_store_get_zone (store));
  cpt_uuid_generate (&record->id, now / 1000);
  cpt_record_set_text (record, "name", title);
  cpt_record_set_text (record, "definition", definition);

  return record;
}

static void
chosen_cb (CptBeginDialog *dialog,
           const char     *title,
           const char     *definition,
           CptReportView  *self)
{
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptDocument) empty = cpt_document_new (NULL);
  g_autofree char *nothing = cpt_document_format (empty);
  g_autoptr(CptRecord) record = create_record (self, title != NULL ? title : _("New report"),
                                               definition != NULL ? definition : nothing);

  cpt_transaction_create (transaction, record);
  self->id = record->id;
  cpt_window_commit (cpt_view_get_window (CPT_VIEW (self)), transaction, _("Report created"), NULL, NULL, NULL);
}

static void
removed_cb (CptBeginDialog *dialog,
            CptRecord      *template,
            CptReportView  *self)
{
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

  cpt_transaction_delete (transaction, template->entity, &template->id);
  cpt_window_commit (cpt_view_get_window (CPT_VIEW (self)), transaction, _("Template deleted"), NULL, NULL, NULL);
}

void
cpt_report_view_begin (CptReportView *self)
{
  gboolean is_writable = !cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self)));
  CptBeginDialog *dialog = cpt_begin_dialog_new (self->templates, is_writable);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (chosen_cb), self, 0);
  g_signal_connect_object (dialog, "removed", G_CALLBACK (removed_cb), self, 0);
  cpt_begin_dialog_present (dialog, cpt_view_get_window (CPT_VIEW (self)));
}

void
cpt_report_view_keep_as_template (CptReportView *self)
{
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autofree char *definition = cpt_document_format (self->document);
  g_autoptr(CptRecord) record = create_record (self, self->document->title, definition);

  cpt_record_set_integer (record, "is_template", 1);
  cpt_transaction_create (transaction, record);
  cpt_window_commit (cpt_view_get_window (CPT_VIEW (self)), transaction, _("Saved as template"), NULL, NULL, NULL);
}
