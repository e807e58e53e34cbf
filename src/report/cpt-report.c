/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dashboards as files. The same drawing goes onto a PDF, SVG or image surface.
 * What is written depends on the input alone: the PDF's date is the report's,
 * and numbers that cairo counts up in a process are made to start anew. */
#include "config.h"
#include "cpt-report.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-report-private.h"

#define PICTURE_MARGIN 24.0
#define MAX_PIXELS (64.0 * 1024 * 1024)
#define MAX_SIDE 32000.0

static const struct
{
  const char *name;
  double width; /* millimetres, upright */
  double height;
} papers[] = {
  [CPT_PAPER_A4] = { "a4", 210, 297 },
  [CPT_PAPER_A3] = { "a3", 297, 420 },
  [CPT_PAPER_LETTER] = { "letter", 215.9, 279.4 },
};

static const char *const formats[] = {
  [CPT_REPORT_PDF] = "pdf",
  [CPT_REPORT_SVG] = "svg",
  [CPT_REPORT_PNG] = "png",
  [CPT_REPORT_XLSX] = "xlsx",
  [CPT_REPORT_CSV] = "csv",
};

G_STATIC_ASSERT (G_N_ELEMENTS (formats) == CPT_REPORT_N_FORMATS);

void
cpt_report_setup_init (CptReportSetup  *setup,
                       CptReportFormat  format)
{
  g_return_if_fail (setup != NULL);

  *setup = (CptReportSetup){
    .format = format,
    .paper = CPT_PAPER_A4,
    .landscape = TRUE,
    .margin = 12,
    .scale = 2,
    .width = 1200,
  };
}

char *
cpt_report_setup_fill (CptReportSetup *setup,
                       CptDatabase    *database)
{
  char *organization;

  g_return_val_if_fail (setup != NULL, NULL);

  organization = cpt_database_dup_setting (database, "name");
  setup->organization = organization;
  setup->language = g_str_has_prefix (g_get_language_names ()[0], "fr") ? "fr" : "en";
  setup->now = cpt_database_get_now (database);
  setup->zone = cpt_database_get_zone (database);

  return organization;
}

gboolean
cpt_report_format_parse (const char      *name,
                         CptReportFormat *format)
{
  g_return_val_if_fail (format != NULL, FALSE);

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (formats); i++)
    if (g_ascii_strcasecmp (formats[i], name) == 0)
      {
        *format = (CptReportFormat) i;
        return TRUE;
      }

  return FALSE;
}

const char *
cpt_report_format_get_name (CptReportFormat format)
{
  g_return_val_if_fail (format < CPT_REPORT_N_FORMATS, NULL);

  return formats[format];
}

gboolean
cpt_paper_parse (const char *name,
                 CptPaper   *paper)
{
  g_return_val_if_fail (paper != NULL, FALSE);

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (papers); i++)
    if (g_ascii_strcasecmp (papers[i].name, name) == 0)
      {
        *paper = (CptPaper) i;
        return TRUE;
      }

  return FALSE;
}

void
cpt_paper_get_size (CptPaper  paper,
                    double   *width,
                    double   *height)
{
  g_return_if_fail (width != NULL && height != NULL);

  *width = papers[paper].width * CPT_REPORT_POINTS_PER_MM;
  *height = papers[paper].height * CPT_REPORT_POINTS_PER_MM;
}

cairo_status_t
cpt_report_append_cb (void                *closure,
                      const unsigned char *data,
                      unsigned int         length)
{
  GByteArray *bytes = closure;

  if (length > G_MAXUINT - bytes->len)
    return CAIRO_STATUS_WRITE_ERROR;
  g_byte_array_append (bytes, data, length);

  return CAIRO_STATUS_SUCCESS;
}

gboolean
cpt_report_check_status (cairo_status_t   status,
                         GError         **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_IO, _("The report could not be drawn: %s."),
               cairo_status_to_string (status));

  return FALSE;
}

gboolean
cpt_report_end_surface (cairo_surface_t  *surface,
                        cairo_t          *cr,
                        GError          **error)
{
  cairo_status_t status = cairo_status (cr);

  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  return cpt_report_check_status (status, error);
}

/* ---- PDF ---- */

void
cpt_report_set_metadata (cairo_surface_t *surface,
                         const char      *title,
                         gint64           now)
{
  g_autofree char *created = cpt_instant_format_iso (now - now % G_USEC_PER_SEC);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Comptoir " CPT_VERSION);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
}

static void
set_metadata (cairo_surface_t      *surface,
              const CptDashboard   *dashboard,
              const CptReportSetup *setup)
{
  cpt_report_set_metadata (surface, dashboard->title, setup->now);
  if (setup->author != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, setup->author);
  if (setup->subtitle != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, setup->subtitle);
}

static void
add_bookmarks (cairo_surface_t      *surface,
               const CptReportPages *pages)
{
  const char *title = pages->dashboard->title[0] != '\0' ? pages->dashboard->title : _("Dashboard");
  int root = cairo_pdf_surface_add_outline (surface, CAIRO_PDF_OUTLINE_ROOT, title,
                                            "page=1 pos=[0 0]", CAIRO_PDF_OUTLINE_FLAG_OPEN);

  for (guint i = 0; i < pages->plan->places->len; i++)
    {
      const CptPagePlace *place = &g_array_index (pages->plan->places, CptPagePlace, i);
      const CptWidget *widget = cpt_dashboard_get_widget (pages->dashboard, place->widget);
      g_autofree char *target = NULL;

      if (widget->title[0] == '\0')
        continue;
      target = g_strdup_printf ("page=%u pos=[%d %d]", place->page + 1,
                                (int) (pages->margin + place->x * CPT_REPORT_POINTS_PER_UNIT),
                                (int) (pages->margin + place->y * CPT_REPORT_POINTS_PER_UNIT));
      cairo_pdf_surface_add_outline (surface, root, widget->title, target, 0);
    }
}

static gboolean
draw_pdf_pages (CptReportPages  *pages,
                cairo_t         *cr,
                GCancellable    *cancellable,
                GError         **error)
{
  for (guint i = 0; i < pages->plan->n_pages; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      cpt_report_pages_draw_paper (pages, cr, i);
      cairo_show_page (cr);
    }

  return TRUE;
}

static gboolean
write_pdf (CptReportPages  *pages,
           GByteArray      *bytes,
           GCancellable    *cancellable,
           GError         **error)
{
  const CptReportSetup *setup = pages->setup;
  double width, height;
  cairo_surface_t *surface;
  gboolean done;
  cairo_t *cr;

  cpt_paper_get_size (setup->paper, &width, &height);
  if (setup->landscape)
    {
      double upright = width;

      width = height;
      height = upright;
    }
  cpt_report_pages_init_paper (pages, pages->dashboard, pages->data, setup, width, height);

  surface = cairo_pdf_surface_create_for_stream (cpt_report_append_cb, bytes, width, height);
  set_metadata (surface, pages->dashboard, setup);
  cr = cairo_create (surface);
  done = draw_pdf_pages (pages, cr, cancellable, error);
  if (done)
    add_bookmarks (surface, pages);
  if (!cpt_report_end_surface (surface, cr, done ? error : NULL) || !done)
    return FALSE;

  cpt_pdf_complete (bytes, setup->language, pages->summaries);

  return TRUE;
}

/* ---- one picture ---- */

static gboolean
check_picture (double   width,
               double   height,
               double   scale,
               GError **error)
{
  if (width * scale <= MAX_SIDE && height * scale <= MAX_SIDE &&
      width * scale * height * scale <= MAX_PIXELS)
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
               _("The picture would be %.0f by %.0f pixels; choose a smaller scale."),
               width * scale, height * scale);

  return FALSE;
}

/* What is drawn on a picture */
typedef struct
{
  const CptReportSetup *setup;
  double width;
  double height;
  void (*draw) (gpointer subject,
                cairo_t *cr);
  gpointer subject;
} Picture;

static gboolean
write_picture (const Picture  *picture,
               GByteArray     *bytes,
               GError        **error)
{
  gboolean is_png = picture->setup->format == CPT_REPORT_PNG;
  double scale = is_png ? CLAMP (picture->setup->scale, 0.25, 8) : 1;
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  if (is_png && !check_picture (picture->width, picture->height, scale, error))
    return FALSE;

  if (is_png)
    surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (picture->width * scale), (int) (picture->height * scale));
  else
    surface = cairo_svg_surface_create_for_stream (cpt_report_append_cb, bytes, picture->width, picture->height);
  cr = cairo_create (surface);
  cairo_scale (cr, scale, scale);
  picture->draw (picture->subject, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (is_png && status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, cpt_report_append_cb, bytes);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (!cpt_report_check_status (status, error))
    return FALSE;
  if (!is_png)
    cpt_svg_number_names (bytes);

  return TRUE;
}

static void
draw_pages (gpointer  subject,
            cairo_t  *cr)
{
  CptReportPages *pages = subject;

  cpt_report_set_color (cr, &pages->style.background);
  cairo_paint (cr);
  cairo_translate (cr, PICTURE_MARGIN, PICTURE_MARGIN);
  cpt_report_pages_draw (pages, cr, 0);
}

static gboolean
write_pages (CptReportPages  *pages,
             GByteArray      *bytes,
             GError         **error)
{
  Picture picture = { .setup = pages->setup, .draw = draw_pages, .subject = pages };

  picture.width = CLAMP (pages->setup->width, 320, 4000);
  pages->space.width = picture.width - 2 * PICTURE_MARGIN;
  cpt_report_pages_init (pages, pages->dashboard, pages->data, pages->setup);
  picture.height = ceil (pages->plan->height + 2 * PICTURE_MARGIN);

  return write_picture (&picture, bytes, error);
}

static void
draw_card (gpointer  subject,
           cairo_t  *cr)
{
  const CptReportCard *card = subject;

  cpt_report_set_color (cr, &card->style->background);
  cairo_paint (cr);
  cpt_report_card_draw (card, cr, NULL);
}

GBytes *
cpt_report_picture_widget (const CptWidget       *widget,
                           const CptChartData    *data,
                           const CptReportSetup  *setup,
                           double                 width,
                           double                 height,
                           GError               **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  CptChartStyle style;
  CptReportCard card = { .widget = widget, .data = data, .style = setup->style, .width = width, .height = height };
  Picture picture = { setup, width, height, draw_card, &card };

  g_return_val_if_fail (widget != NULL && setup != NULL, NULL);
  g_return_val_if_fail (setup->format == CPT_REPORT_SVG || setup->format == CPT_REPORT_PNG, NULL);

  if (card.style == NULL)
    {
      cpt_chart_style_init (&style, CPT_CHART_THEME_PRINT);
      card.style = &style;
    }
  if (!write_picture (&picture, bytes, error))
    return NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static gboolean
create_bytes (const CptDashboard    *dashboard,
              CptChartData *const   *data,
              const CptReportSetup  *setup,
              GByteArray            *bytes,
              GCancellable          *cancellable,
              GError               **error)
{
  CptReportPages pages = { .dashboard = dashboard, .data = data, .setup = setup };
  gboolean done;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (setup->format == CPT_REPORT_PDF)
    done = write_pdf (&pages, bytes, cancellable, error);
  else
    done = write_pages (&pages, bytes, error);
  cpt_report_pages_clear (&pages);

  return done;
}

gboolean
cpt_report_write_dashboard (const CptDashboard    *dashboard,
                            CptChartData *const   *data,
                            const CptReportSetup  *setup,
                            GOutputStream         *stream,
                            GCancellable          *cancellable,
                            GError               **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  g_return_val_if_fail (dashboard != NULL, FALSE);
  g_return_val_if_fail (setup != NULL && setup->format <= CPT_REPORT_PNG, FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);

  if (!create_bytes (dashboard, data, setup, bytes, cancellable, error))
    return FALSE;

  return g_output_stream_write_all (stream, bytes->data, bytes->len, NULL, cancellable, error);
}

GBytes *
cpt_report_export_dashboard (const CptDashboard    *dashboard,
                             CptChartData *const   *data,
                             const CptReportSetup  *setup,
                             GError               **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  g_return_val_if_fail (dashboard != NULL, NULL);
  g_return_val_if_fail (setup != NULL && setup->format <= CPT_REPORT_PNG, NULL);

  if (!create_bytes (dashboard, data, setup, bytes, NULL, error))
    return NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
