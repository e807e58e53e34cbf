/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A dashboard on paper: its numbers are read on a reading thread; its pages are
 * drawn by the report room, as into a PDF, once GTK's dialogue has told which
 * paper there is. */

#include "config.h"

#include "cpt-dashboard-print.h"

#include "cpt-dashboard-paper.h"

static void
dashboard_free (gpointer data)
{
  cpt_dashboard_free (data);
}

static gpointer
read_in_worker (CptDatabase   *database,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  return cpt_dashboard_paper_read (database, data, cancellable, error);
}

static void
begin_print_cb (GtkPrintOperation *operation,
                GtkPrintContext   *context,
                CptDashboardPaper *paper)
{
  guint n_pages = cpt_dashboard_paper_lay_out (paper, gtk_print_context_get_width (context),
                                               gtk_print_context_get_height (context));

  gtk_print_operation_set_n_pages (operation, (int) n_pages);
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              CptDashboardPaper *paper)
{
  cpt_dashboard_paper_draw (paper, gtk_print_context_get_cairo_context (context), (guint) page);
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
paper_free (gpointer  data,
            GClosure *closure)
{
  cpt_dashboard_paper_free (data);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(CptWindow) window = user_data;
  g_autoptr(GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr(GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr(GError) error = NULL;
  CptDashboardPaper *paper = cpt_store_finish (CPT_STORE (source), result, &error);

  if (paper == NULL)
    {
      cpt_window_show_error (window, error);
      return;
    }

  gtk_page_setup_set_orientation (setup, GTK_PAGE_ORIENTATION_LANDSCAPE);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_job_name (operation, cpt_dashboard_paper_get_title (paper));
  g_signal_connect_data (operation, "begin-print", G_CALLBACK (begin_print_cb), paper, paper_free, 0);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), paper);
  g_signal_connect_object (operation, "done", G_CALLBACK (done_cb), window, 0);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (window), &error) ==
      GTK_PRINT_OPERATION_RESULT_ERROR)
    cpt_window_show_error (window, error);
}

void
cpt_dashboard_print (CptWindow          *window,
                     const CptDashboard *dashboard)
{
  g_return_if_fail (CPT_IS_WINDOW (window));
  g_return_if_fail (dashboard != NULL);

  cpt_store_read_async (cpt_window_get_store (window), G_PRIORITY_DEFAULT, read_in_worker, cpt_dashboard_copy (dashboard),
                        dashboard_free, (GDestroyNotify) cpt_dashboard_paper_free, NULL, read_cb, g_object_ref (window));
}
