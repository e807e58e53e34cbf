/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A record on paper: read on a reading thread, drawn by the report room, handed
 * to GTK's own dialogue, which is the portal's in a sandbox. */

#include "config.h"

#include "cpt-record-print.h"

#include "cpt-record-report.h"

typedef struct
{
  char *entity;
  CptUuid id;
  gboolean has_timeline;
} ReadData;

static void
read_data_free (gpointer pointer)
{
  ReadData *data = pointer;

  g_free (data->entity);
  g_free (data);
}

static gpointer
read_in_worker (CptDatabase   *database,
                gpointer       user_data,
                GCancellable  *cancellable,
                GError       **error)
{
  const ReadData *data = user_data;

  return cpt_record_report_read (database, cpt_schema_find_entity (cpt_database_get_schema (database), data->entity),
                                 &data->id, data->has_timeline, error);
}

static void
begin_print_cb (GtkPrintOperation *operation,
                GtkPrintContext   *context,
                CptRecordReport   *report)
{
  guint n_pages = cpt_record_report_lay_out (report, gtk_print_context_get_width (context),
                                             gtk_print_context_get_height (context));

  gtk_print_operation_set_n_pages (operation, (int) n_pages);
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              CptRecordReport   *report)
{
  cpt_record_report_draw (report, gtk_print_context_get_cairo_context (context), (guint) page);
}

static void
done_cb (GtkPrintOperation       *operation,
         GtkPrintOperationResult  result,
         CptWindow               *window)
{
  g_autoptr(GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;

  gtk_print_operation_get_error (operation, &error);
  cpt_window_show_error (window, error);
}

static void
report_free (gpointer  data,
             GClosure *closure)
{
  cpt_record_report_free (data);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(CptWindow) window = user_data;
  g_autoptr(GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr(GError) error = NULL;
  CptRecordReport *report = cpt_store_finish (CPT_STORE (source), result, &error);

  if (report == NULL)
    {
      cpt_window_show_error (window, error);
      return;
    }

  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_job_name (operation, cpt_record_report_get_title (report));
  g_signal_connect_data (operation, "begin-print", G_CALLBACK (begin_print_cb), report, report_free, 0);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), report);
  g_signal_connect_object (operation, "done", G_CALLBACK (done_cb), window, 0);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (window), &error) ==
      GTK_PRINT_OPERATION_RESULT_ERROR)
    cpt_window_show_error (window, error);
}

void
cpt_record_print (CptWindow       *window,
                  const CptEntity *entity,
                  const CptUuid   *id,
                  gboolean         has_timeline)
{
  ReadData *data;

  g_return_if_fail (CPT_IS_WINDOW (window));
  g_return_if_fail (entity != NULL && id != NULL);

  data = g_new0 (ReadData, 1);
  data->entity = g_strdup (entity->name);
  data->id = *id;
  data->has_timeline = has_timeline;
  cpt_store_read_async (cpt_window_get_store (window), G_PRIORITY_DEFAULT, read_in_worker, data, read_data_free,
                        (GDestroyNotify) cpt_record_report_free, NULL, read_cb, g_object_ref (window));
}
