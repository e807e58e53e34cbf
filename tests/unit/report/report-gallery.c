/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the sample dashboard for people to look at:
 *
 *   report-gallery FOLDER
 *   LANGUAGE=fr CPT_LOCALE_DIR=_build/po report-gallery FOLDER
 *
 * Every theme, a narrow one, French, the states without data, PDF and SVG. */
#include "config.h"

#include <stdlib.h>

#include "cpt-i18n.h"
#include "cpt-locale-private.h"
#include "cpt-report.h"
#include "cpt-workbook.h"
#include "sample.h"

static const char *folder;

static void
write_file (const char           *name,
            const CptDashboard   *dashboard,
            GPtrArray            *data,
            const CptReportSetup *setup)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autoptr(GBytes) bytes = cpt_report_export_dashboard (dashboard, (CptChartData *const *) data->pdata, setup, &error);

  if (bytes == NULL ||
      !g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error))
    {
      g_printerr ("%s: %s\n", path, error->message);
      exit (EXIT_FAILURE);
    }
  g_print ("%-24s %7zu bytes %6.1f ms\n", name, g_bytes_get_size (bytes), (g_get_monotonic_time () - start) / 1000.0);
}

static void
write_states (void)
{
  static const char *const kinds[] = { "number", "bar", "line", "funnel", "leaderboard", "hologram" };
  static const CptChartUnit unit = { CPT_CHART_COUNT, "", NULL };
  g_autoptr(CptDashboard) dashboard = cpt_dashboard_new ("States");
  g_autoptr(GPtrArray) data = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_chart_data_unref);
  CptReportSetup setup;

  for (int i = 0; i < (int) G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *id = g_strdup_printf ("w%d", i);

      cpt_dashboard_add_widget (dashboard, id, kinds[i], kinds[i], NULL, NULL, &(CptGridRect){ i % 3 * 4, i / 3 * 4, 4, 4 });
      g_ptr_array_add (data, i % 2 == 0 ? cpt_chart_data_new (kinds[i], &unit)
                                        : cpt_chart_data_new_error (kinds[i], "The field “amount” was deleted."));
    }
  cpt_report_setup_init (&setup, CPT_REPORT_PNG);
  write_file ("states.png", dashboard, data, &setup);
}

static void
write_all (gboolean french)
{
  static const char *const themes[] = { "light", "dark", "contrast", "contrast-dark", "print" };
  g_autoptr(CptDashboard) dashboard = sample_create_dashboard (french);
  g_autoptr(GPtrArray) data = sample_create_data (dashboard, french);
  const char *prefix = french ? "fr-" : "";
  CptReportSetup setup;
  CptChartStyle style;

  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s%s.png", prefix, themes[i]);

      cpt_report_setup_init (&setup, CPT_REPORT_PNG);
      cpt_chart_style_init (&style, (CptChartTheme) i);
      setup.now = SAMPLE_NOW;
      setup.style = &style;
      setup.scale = 1.5;
      setup.subtitle = french ? "Du 1er janvier au 31 décembre 2026" : "1 January to 31 December 2026";
      write_file (name, dashboard, data, &setup);
      setup.width = 360;
      g_free (name);
      name = g_strdup_printf ("%s%s-360.png", prefix, themes[i]);
      write_file (name, dashboard, data, &setup);
    }

  setup.style = NULL;
  setup.width = 1200;
  setup.format = CPT_REPORT_SVG;
  write_file (french ? "fr.svg" : "en.svg", dashboard, data, &setup);
  cpt_report_setup_init (&setup, CPT_REPORT_PDF);
  setup.now = SAMPLE_NOW;
  setup.author = "Camille Rousseau";
  setup.organization = "Ateliers Rousseau SAS";
  setup.language = french ? "fr-FR" : "en";
  setup.subtitle = french ? "Du 1er janvier au 31 décembre 2026" : "1 January to 31 December 2026";
  write_file (french ? "fr-a4-landscape.pdf" : "a4-landscape.pdf", dashboard, data, &setup);
  setup.landscape = FALSE;
  write_file (french ? "fr-a4-portrait.pdf" : "a4-portrait.pdf", dashboard, data, &setup);
  setup.paper = CPT_PAPER_A3;
  write_file (french ? "fr-a3-portrait.pdf" : "a3-portrait.pdf", dashboard, data, &setup);
  setup.paper = CPT_PAPER_LETTER;
  write_file (french ? "fr-letter.pdf" : "letter.pdf", dashboard, data, &setup);
}

/* The same as a workbook, for a spreadsheet */
static void
write_workbook (gboolean french)
{
  g_autoptr(CptDashboard) dashboard = sample_create_dashboard (french);
  g_autoptr(GPtrArray) data = sample_create_data (dashboard, french);
  g_autoptr(CptWorkbook) book = cpt_workbook_new (french ? "Du 1er janvier au 31 décembre 2026" : "1 January to 31 December 2026",
                                                  SAMPLE_NOW, NULL);
  g_autofree char *path = g_build_filename (folder, french ? "fr.xlsx" : "en.xlsx", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileOutputStream) stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL);

  for (guint i = 0; i < data->len; i++)
    {
      CptWorkbookWidget widget = { cpt_dashboard_get_widget (dashboard, i), g_ptr_array_index (data, i), NULL, NULL };

      cpt_workbook_add_widget (book, &widget, NULL);
    }
  if (!cpt_workbook_finish (book, G_OUTPUT_STREAM (stream), NULL, NULL))
    g_error ("%s was not written", path);
}

int
main (int   argc,
      char *argv[])
{
  if (argc != 2 || g_mkdir_with_parents (argv[1], 0755) != 0)
    {
      g_printerr ("Usage: %s FOLDER\n", argv[0]);
      return EXIT_FAILURE;
    }

  cpt_i18n_init ();
  folder = argv[1];
  cpt_locale_override ("en_US");
  write_all (FALSE);
  write_workbook (FALSE);
  write_states ();
  cpt_locale_override ("fr_FR");
  write_all (TRUE);
  write_workbook (TRUE);

  return EXIT_SUCCESS;
}
