/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A report on pages. Its parts are made ready once: widgets get their numbers,
 * tables are measured. Then they are put on the sheet, one below the other, as
 * often as pages are counted or drawn. */

#include "config.h"

#include "cpt-document-report.h"

#include <glib/gi18n-lib.h>

#include "cpt-dashboard-filter.h"
#include "cpt-document-subject.h"
#include "cpt-document-table.h"
#include "cpt-error.h"
#include "cpt-report-private.h"
#include "cpt-sheet-content.h"
#include "cpt-statement.h"
#include "cpt-table-flow.h"

#define FAMILY "Sans"
#define HEADING_SIZE 13.0
/* What a heading has below it on its page */
#define HEADING_ROOM 72.0

/* A block made ready */
typedef struct
{
  const CptBlock *block;   /* borrowed from the document */
  CptDashboard *dashboard; /* (owned) (nullable) */
  GPtrArray *data;         /* (owned) (nullable): of its widgets */
  CptDocumentTable *table; /* (owned) (nullable) */
  CptTableFlow *flow;      /* (owned) (nullable): of @table */
  char *message;           /* (owned) (nullable): why it can't be shown */
} Part;

struct _CptDocumentReport
{
  CptDocument *document;
  JsonNode *filters; /* (nullable) */
  char *subtitle;
  CptReportSetup setup;
  char *organization;
  char *language;
  GTimeZone *zone; /* (nullable) */
  CptSheet *sheet;
  CptSheetLook look;
  CptChartColor colour;
  CptChartStyle style;
  CptCellText *headings;
  GPtrArray *parts;
  GPtrArray *summaries; /* of char *: what each figure shows */
  guint n_pages;
};

static void
part_free (gpointer data)
{
  Part *self = data;

  g_clear_pointer (&self->dashboard, cpt_dashboard_free);
  g_clear_pointer (&self->data, g_ptr_array_unref);
  g_clear_pointer (&self->flow, cpt_table_flow_free);
  g_clear_pointer (&self->table, cpt_document_table_free);
  g_free (self->message);
  g_free (self);
}

void
cpt_document_report_free (CptDocumentReport *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->parts);
  g_ptr_array_unref (self->summaries);
  cpt_sheet_free (self->sheet);
  cpt_cell_text_free (self->headings);
  cpt_text_cache_free (self->style.texts);
  g_free (self->organization);
  g_free (self->language);
  g_free (self->subtitle);
  g_clear_pointer (&self->filters, json_node_unref);
  g_clear_pointer (&self->look.logo, cairo_surface_destroy);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  cpt_document_free (self->document);
  g_free (self);
}

/* What the document says of itself, and what it is about this time */
static char *
join_subtitle (const CptDocument *document,
               JsonNode          *filters,
               CptDatabase       *database)
{
  g_autofree char *sentence = cpt_dashboard_filters_to_sentence (filters, cpt_database_get_schema (database), database);

  if (sentence == NULL || *document->subtitle == '\0')
    return sentence != NULL ? g_steal_pointer (&sentence) : g_strdup (document->subtitle);

  return g_strdup_printf ("%s · %s", document->subtitle, sentence);
}

static CptDocumentReport *
create (const CptDocument    *document,
        const CptReportSetup *setup,
        JsonNode             *filters,
        CptDatabase          *database)
{
  CptDocumentReport *self = g_new0 (CptDocumentReport, 1);
  g_autoptr(JsonNode) others = NULL;
  g_autofree char *subject = cpt_document_dup_subject (document, filters, database, &others);

  self->document = cpt_document_copy (document);
  cpt_document_fill (self->document, subject, filters, setup);
  self->filters = filters != NULL ? json_node_ref (filters) : NULL;
  /* What it is about stands in the title */
  self->subtitle = join_subtitle (self->document, others, database);
  self->organization = g_strdup (setup->organization);
  self->language = g_strdup (setup->language);
  self->zone = setup->zone != NULL ? g_time_zone_ref (setup->zone) : g_time_zone_new_utc ();
  self->setup = (CptReportSetup){
    .format = CPT_REPORT_PDF,
    .paper = document->paper,
    .landscape = document->landscape,
    .margin = document->margin,
    .organization = self->organization,
    .subtitle = self->subtitle,
    .language = self->language,
    .now = setup->now,
    .zone = self->zone,
  };
  memcpy (self->look.header, document->header, sizeof self->look.header);
  self->look.logo = cpt_report_load_logo (document, database);
  memcpy (self->look.footer, document->footer, sizeof self->look.footer);
  cpt_chart_style_init (&self->style, CPT_CHART_THEME_PRINT);
  self->style.sampling = MAX (self->style.sampling, 2);
  self->style.texts = cpt_text_cache_new ();
  if (document->colour != NULL && cpt_chart_color_parse (document->colour, &self->colour))
    self->look.colour = &self->colour;
  self->sheet = cpt_sheet_new (self->document->title, &self->setup);
  cpt_sheet_set_look (self->sheet, &self->look);
  self->headings = cpt_cell_text_new (FAMILY, HEADING_SIZE);
  self->parts = g_ptr_array_new_with_free_func (part_free);
  self->summaries = g_ptr_array_new_with_free_func (g_free);

  return self;
}

/* --------------------------------------------------------------------- reading */

/* A dashboard is shown as it is now */
CptDashboard *
cpt_block_load_widgets (const CptBlock  *block,
                        CptDatabase     *database,
                        GError         **error)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), "dashboard");
  g_autoptr(CptRecord) record = NULL;
  const char *definition;

  if (cpt_uuid_is_nil (&block->dashboard))
    return block->widgets != NULL ? cpt_dashboard_copy (block->widgets) : cpt_dashboard_new ("");

  record = cpt_database_load (database, entity, &block->dashboard, error);
  if (record == NULL)
    return NULL;
  definition = cpt_record_get_text (record, "definition");

  return definition != NULL ? cpt_dashboard_parse (definition, -1, error) : cpt_dashboard_new ("");
}

static gboolean
prepare_widgets (Part         *self,
                 JsonNode     *filters,
                 CptDatabase  *database,
                 GError      **error)
{
  g_autoptr(JsonNode) all = NULL;

  self->dashboard = cpt_block_load_widgets (self->block, database, error);
  if (self->dashboard == NULL)
    return FALSE;

  /* Those of the dashboard first: what the report says of the same counts */
  all = cpt_dashboard_filters_join (self->dashboard->filters, filters);
  self->data = cpt_widget_data_read_all_filtered (database, self->dashboard, all);

  return TRUE;
}

static gboolean
prepare_table (Part               *self,
               CptDocumentReport  *report,
               CptDatabase        *database,
               GCancellable       *cancellable,
               GError            **error)
{
  self->table = cpt_document_table_new (database, self->block, report->filters, error);
  if (self->table == NULL)
    return FALSE;

  self->flow = cpt_table_flow_new (cpt_document_table_get_report (self->table), report->sheet, database, cancellable, error);

  return self->flow != NULL;
}

/* Fails when it was cancelled or the file can't be read, not for what is wrong with a part */
static gboolean
prepare (CptDocumentReport  *self,
         CptDatabase        *database,
         GCancellable       *cancellable,
         GError            **error)
{
  for (guint i = 0; i < cpt_document_get_n_blocks (self->document); i++)
    {
      g_autoptr(GError) reason = NULL;
      Part *part = g_new0 (Part, 1);
      gboolean is_ready = TRUE;

      g_ptr_array_add (self->parts, part);
      part->block = cpt_document_get_block (self->document, i);
      if (part->block->kind == CPT_BLOCK_WIDGETS)
        is_ready = prepare_widgets (part, self->filters, database, &reason);
      else if (part->block->kind == CPT_BLOCK_TABLE)
        is_ready = prepare_table (part, self, database, cancellable, &reason);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!is_ready && g_error_matches (reason, CPT_ERROR, CPT_ERROR_IO))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
      if (!is_ready)
        part->message = g_strdup_printf (_("This part can’t be shown. %s"), reason->message);
    }

  return TRUE;
}

/* ----------------------------------------------------------------------- pages */

static gboolean
add_part (CptDocumentReport  *self,
          const Part         *part,
          CptDatabase        *database,
          GCancellable       *cancellable,
          GError            **error)
{
  const char *text = part->block->text;

  if (part->message != NULL)
    {
      cpt_sheet_add_prose (self->sheet, part->message);
      return TRUE;
    }

  switch (part->block->kind)
    {
    case CPT_BLOCK_HEADING:
      cpt_sheet_add_heading (self->sheet, text, self->headings, HEADING_ROOM);
      break;
    case CPT_BLOCK_TEXT:
      cpt_sheet_add_markup (self->sheet, text);
      break;
    case CPT_BLOCK_WIDGETS:
      cpt_sheet_add_widgets (self->sheet, part->dashboard, part->data, &self->style, self->summaries);
      break;
    case CPT_BLOCK_TABLE:
      if (*text != '\0')
        cpt_sheet_add_heading (self->sheet, text, cpt_sheet_get_headings (self->sheet), HEADING_ROOM);
      if (cpt_document_table_get_note (part->table) != NULL)
        cpt_sheet_add_note (self->sheet, cpt_document_table_get_note (part->table), HEADING_ROOM);
      return cpt_table_flow_add (part->flow, database, cancellable, error);
    case CPT_BLOCK_BREAK:
      cpt_sheet_reach (self->sheet, 0);
      cpt_sheet_break (self->sheet);
      break;
    case CPT_BLOCK_UNKNOWN:
    default:
      break;
    }

  return TRUE;
}

/* A page after a break at the end would be an empty one */
static guint
count_parts (CptDocumentReport *self)
{
  guint n = self->parts->len;

  while (n > 0 && ((const Part *) g_ptr_array_index (self->parts, n - 1))->block->kind == CPT_BLOCK_BREAK)
    n--;

  return n;
}

static gboolean
add_parts (CptDocumentReport  *self,
           CptDatabase        *database,
           GCancellable       *cancellable,
           GError            **error)
{
  guint n = count_parts (self);

  g_ptr_array_set_size (self->summaries, 0);
  for (guint i = 0; i < n; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !add_part (self, g_ptr_array_index (self->parts, i), database, cancellable, error))
      return FALSE;

  return TRUE;
}

typedef struct
{
  const CptDocument *document;
  const CptReportSetup *setup;
  JsonNode *filters; /* (nullable) */
  GCancellable *cancellable;
  CptDocumentReport *report; /* (nullable): what came of it */
  GByteArray *pdf;
} Job;

static gboolean
read_snapshot (CptDatabase  *database,
               gpointer      data,
               GError      **error)
{
  Job *job = data;
  g_autoptr(CptDocumentReport) self = create (job->document, job->setup, job->filters, database);

  if (!prepare (self, database, job->cancellable, error))
    return FALSE;

  cpt_sheet_begin (self->sheet, 0);
  if (!add_parts (self, database, job->cancellable, error))
    return FALSE;
  self->n_pages = cpt_sheet_end (self->sheet);
  job->report = g_steal_pointer (&self);

  return TRUE;
}

CptDocumentReport *
cpt_document_report_new (const CptDocument     *document,
                         const CptReportSetup  *setup,
                         JsonNode              *filters,
                         CptDatabase           *database,
                         GCancellable          *cancellable,
                         GError               **error)
{
  Job job = { .document = document, .setup = setup, .filters = filters, .cancellable = cancellable };

  g_return_val_if_fail (document != NULL && setup != NULL, NULL);

  return cpt_database_snapshot (database, read_snapshot, &job, error) ? job.report : NULL;
}

guint
cpt_document_report_get_n_pages (CptDocumentReport *self)
{
  return self->n_pages;
}

void
cpt_document_report_get_paper (CptDocumentReport *self,
                               double            *width,
                               double            *height)
{
  cpt_sheet_get_paper (self->sheet, width, height);
}

gboolean
cpt_document_report_draw (CptDocumentReport  *self,
                          CptDatabase        *database,
                          cairo_t            *cr,
                          guint               page,
                          GCancellable       *cancellable,
                          GError            **error)
{
  gboolean done;

  g_return_val_if_fail (page < self->n_pages, FALSE);

  cpt_sheet_begin_page (self->sheet, cr, page + 1, self->n_pages);
  done = add_parts (self, database, cancellable, error);
  cpt_sheet_end (self->sheet);

  return done;
}

static gboolean
write_snapshot (CptDatabase  *database,
                gpointer      data,
                GError      **error)
{
  Job *job = data;
  CptDocumentReport *self;
  cairo_surface_t *surface;
  gboolean done;

  if (!read_snapshot (database, data, error))
    return FALSE;

  self = job->report;
  surface = cpt_sheet_begin_pdf (self->sheet, job->pdf, self->n_pages);
  cpt_report_set_metadata (surface, self->document->title, self->setup.now);
  done = add_parts (self, database, job->cancellable, error);
  if (!cpt_sheet_end_pdf (self->sheet, surface, done ? error : NULL) || !done)
    return FALSE;

  cpt_pdf_complete (job->pdf, self->language, self->summaries);

  return TRUE;
}

GBytes *
cpt_document_to_pdf (const CptDocument     *document,
                     const CptReportSetup  *setup,
                     JsonNode              *filters,
                     CptDatabase           *database,
                     GCancellable          *cancellable,
                     GError               **error)
{
  g_autoptr(GByteArray) pdf = g_byte_array_new ();
  Job job = { .document = document, .setup = setup, .filters = filters, .cancellable = cancellable, .pdf = pdf };
  gboolean done;

  g_return_val_if_fail (document != NULL && setup != NULL, NULL);

  done = cpt_database_snapshot (database, write_snapshot, &job, error);
  g_clear_pointer (&job.report, cpt_document_report_free);

  return done ? g_byte_array_free_to_bytes (g_steal_pointer (&pdf)) : NULL;
}
