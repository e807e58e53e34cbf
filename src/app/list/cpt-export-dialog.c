/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records that a view shows, written into a file that the person chooses. */
#include "config.h"
#include "cpt-export-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-export.h"
#include "cpt-item-import.h"
#include "cpt-output.h"
#include "cpt-statement.h"
#include "cpt-table-report.h"

typedef struct
{
  CptQuery *query; /* (owned) */
  GArray *rows;    /* (owned) (nullable): exactly these */
  GFile *file;     /* (owned) */
  CptExportFormat format;
  CptExportTable table; /* (owned): of a document */
  char *title;          /* (owned): likewise */
  gboolean is_document;
  gboolean is_landscape;
  CptItemFile items; /* cards or a calendar instead */
  int version;       /* of cards */
} ExportJob;

/* Of records */
typedef struct
{
  guint64 n_written;
  guint64 n_lost;  /* places of a damaged workspace */
  guint64 n_unfit; /* that such a file can't hold */
  char *name;      /* of the file, once it is there: as g_file_get_parse_name() says it */
} Counts;

static void
counts_free (gpointer pointer)
{
  Counts *counts = pointer;

  g_free (counts->name);
  g_free (counts);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Counts, counts_free)

/* What is to be exported, while the person chooses where */
typedef struct
{
  CptView *view;             /* (owned) */
  CptQuery *query;           /* (owned) */
  GArray *rows;              /* (owned) (nullable) */
  CptExportTable table;      /* (owned): its columns are NULL where there is none */
  GCancellable *cancellable; /* (owned) */
} Request;

static void
table_clear (CptExportTable *table)
{
  g_free (table->columns);
  g_free (table->group);
  g_free (table->totals);
}

static void
table_copy (const CptExportTable *table,
            CptExportTable       *copy)
{
  copy->columns = g_strdup (table->columns);
  copy->group = g_strdup (table->group);
  copy->totals = g_strdup (table->totals);
}

static void
export_job_free (ExportJob *job)
{
  table_clear (&job->table);
  g_free (job->title);
  cpt_query_free (job->query);
  g_clear_pointer (&job->rows, g_array_unref);
  g_object_unref (job->file);
  g_free (job);
}

static void
request_free (gpointer  data,
              GClosure *closure)
{
  Request *request = data;

  table_clear (&request->table);
  g_object_unref (request->view);
  g_object_unref (request->cancellable);
  cpt_query_free (request->query);
  g_clear_pointer (&request->rows, g_array_unref);
  g_free (request);
}

static gboolean
write_items (CptDatabase      *database,
             const ExportJob  *job,
             GOutputStream    *stream,
             Counts           *counts,
             GCancellable     *cancellable,
             GError          **error)
{
  CptItemExport items = { .query = job->query, .rows = job->rows, .version = job->version };
  gboolean is_done = job->items == CPT_ITEM_FILE_VCARD ? cpt_card_export (&items, database, stream, cancellable, error)
                                                       : cpt_calendar_export (&items, database, stream, cancellable, error);

  counts->n_written = items.n_written;
  counts->n_unfit = items.n_unfit;

  return is_done;
}

static gboolean
write_rows (CptDatabase      *database,
            const ExportJob  *job,
            GOutputStream    *stream,
            Counts           *counts,
            GCancellable     *cancellable,
            GError          **error)
{
  gint64 n_written = cpt_export_rows (database, job->query, job->rows, job->format, stream, cancellable, error);

  counts->n_written = (guint64) MAX (n_written, 0);

  return n_written >= 0;
}

/* What can no longer be parsed is gone since: the field was deleted. */
static void
parse_table (CptDatabase     *database,
             const ExportJob *job,
             GArray          *columns,
             GArray          *totals)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *entity = job->query->entity;
  g_auto(GStrv) names = g_strsplit (job->table.columns, ",", -1);
  g_auto(GStrv) sums = g_strsplit (job->table.totals, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      CptPath path;

      names[i][strcspn (names[i], ":")] = '\0';
      if (cpt_path_parse (schema, entity, names[i], &path, NULL))
        g_array_append_val (columns, path);
    }
  for (guint i = 0; sums[i] != NULL; i++)
    {
      CptTotal total;

      if (cpt_total_parse (schema, entity, sums[i], &total, NULL))
        g_array_append_val (totals, total);
    }
}

/* Groups have the sums that the window shows of them. */
static void
add_sums (GArray *columns,
          GArray *totals)
{
  for (guint i = 0; i < columns->len; i++)
    {
      CptTotal sum = { g_array_index (columns, CptPath, i), CPT_AGGREGATE_SUM };

      if (cpt_total_is_sum (cpt_path_get_field (&sum.path)))
        g_array_append_val (totals, sum);
    }
}

static gboolean
write_document (CptDatabase      *database,
                const ExportJob  *job,
                GOutputStream    *stream,
                Counts           *counts,
                GCancellable     *cancellable,
                GError          **error)
{
  g_autoptr(GArray) columns = g_array_new (FALSE, FALSE, sizeof (CptPath));
  g_autoptr(GArray) totals = g_array_new (FALSE, FALSE, sizeof (CptTotal));
  g_autofree char *organization = NULL;
  g_autofree char *sentence = job->query->filter != NULL ? cpt_filter_to_sentence (job->query->filter, database) : NULL;
  CptTableReport report = { .title = job->title, .query = job->query, .rows = job->rows };
  g_autoptr(GBytes) bytes = NULL;
  CptReportSetup setup;
  CptGrouping grouping;
  guint64 n_records = 0;

  parse_table (database, job, columns, totals);
  if (job->table.group != NULL &&
      cpt_grouping_parse (cpt_database_get_schema (database), job->query->entity, job->table.group, &grouping, NULL))
    report.grouping = &grouping;
  if (report.grouping != NULL)
    add_sums (columns, totals);
  report.columns = (const CptPath *) (gconstpointer) columns->data;
  report.n_columns = columns->len;
  report.totals = (const CptTotal *) (gconstpointer) totals->data;
  report.n_totals = totals->len;

  cpt_report_setup_init (&setup, CPT_REPORT_PDF);
  setup.landscape = job->is_landscape;
  organization = cpt_report_setup_fill (&setup, database);
  setup.subtitle = job->rows == NULL ? sentence : NULL;
  bytes = cpt_table_report_to_pdf (&report, database, &setup, &n_records, cancellable, error);
  counts->n_written = n_records;

  return bytes != NULL && g_output_stream_write_all (stream, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL,
                                                     cancellable, error);
}

/* Of a damaged workspace, all records that can still be read are written. */
static gboolean
write_records (CptDatabase      *database,
               const ExportJob  *job,
               GOutputStream    *stream,
               Counts           *counts,
               GCancellable     *cancellable,
               GError          **error)
{
  g_autoptr(GError) export_error = NULL;
  guint64 rescued[2] = { 0, 0 };
  gboolean is_done;

  if (job->is_document)
    return write_document (database, job, stream, counts, cancellable, error);
  if (job->items != CPT_ITEM_FILE_NONE)
    return write_items (database, job, stream, counts, cancellable, error);
  if (job->rows != NULL)
    return write_rows (database, job, stream, counts, cancellable, error);
  if (cpt_export_run (database, job->query, NULL, job->format, stream, &counts->n_written, cancellable, &export_error))
    return TRUE;

  if (!g_error_matches (export_error, CPT_ERROR, CPT_ERROR_DAMAGED) || job->format == CPT_EXPORT_XLSX)
    {
      g_propagate_error (error, g_steal_pointer (&export_error));
      return FALSE;
    }

  is_done =
    g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, cancellable, error) &&
    g_seekable_truncate (G_SEEKABLE (stream), 0, cancellable, error) &&
    cpt_export_rescue (database, job->query->schema, job->query->entity, job->format, stream, rescued, cancellable, error);
  counts->n_written = rescued[0];
  counts->n_lost = rescued[1];

  return is_done;
}

/* Gives its Counts on the heap */
static gpointer
export_in_worker (CptDatabase   *database,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  ExportJob *job = data;
  g_autoptr(Counts) counts = g_new0 (Counts, 1);
  g_autoptr(CptOutput) output = cpt_output_open (database, NULL, job->file, G_FILE_CREATE_NONE, error);
  GError *problem = NULL;

  if (output == NULL)
    return NULL;
  write_records (database, job, cpt_output_get_stream (output), counts, cancellable, &problem);
  if (!cpt_output_finish (output, problem, error))
    return NULL;

  counts->name = g_file_get_parse_name (job->file);

  return g_steal_pointer (&counts);
}

/* What was written; why it is less than what was asked for */
static char *
dup_summary (const Counts *counts)
{
  g_autofree char *number = cpt_decimal_format_local ((gint64) counts->n_written, 0, 0);

  if (counts->n_lost > 0)
    /* Translators: of a damaged workspace; the number of records that were saved */
    return g_strdup_printf (ngettext ("%s record exported, others could not be read",
                                      "%s records exported, others could not be read", counts->n_written),
                            number);
  if (counts->n_unfit > 0)
    /* Translators: %s is a number; calls, notes and the like were left out */
    return g_strdup_printf (ngettext ("%s record exported; others are no meetings", "%s records exported; others are no meetings",
                                      counts->n_written),
                            number);

  return g_strdup_printf (ngettext ("%s record exported", "%s records exported", counts->n_written), number);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(CptView) view = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(Counts) counts = cpt_store_finish (CPT_STORE (source), result, &error);
  CptWindow *window = cpt_view_get_window (view);
  g_autofree char *toast = NULL;

  if (window == NULL)
    return;

  if (counts == NULL)
    {
      cpt_window_show_error (window, error);
      return;
    }

  toast = dup_summary (counts);
  cpt_window_show_file_toast (window, toast, counts->name);
}

/* What the chooser offers, by the end of the name */
static const struct
{
  const char *suffix;
  const char *label;
} forms[] = {
  { "csv", N_("Table (CSV)") },
  { "xlsx", N_("Spreadsheet (XLSX)") },
  { "pdf", N_("Document (PDF)") },
  { "jsonl", N_("Exact copy (JSON lines)") },
  { "vcf", N_("Contacts (vCard)") },
  { "ics", N_("Calendar (iCalendar)") },
};

/* The end of names of files of the kind that is chosen */
static const char *
get_suffix (GtkFileChooser *chooser)
{
  GtkFileFilter *filter = gtk_file_chooser_get_filter (chooser);
  const char *label = filter != NULL ? gtk_file_filter_get_name (filter) : NULL;

  for (guint i = 0; label != NULL && i < G_N_ELEMENTS (forms); i++)
    if (g_str_equal (_(forms[i].label), label))
      return forms[i].suffix;

  return forms[0].suffix;
}

/* (nullable): behind the last dot of @name, if files of a kind end so */
static const char *
find_suffix (const char *name)
{
  const char *dot = strrchr (name, '.');
  CptExportFormat format;

  if (dot != NULL && cpt_export_find_format (dot + 1, &format))
    return dot + 1;

  for (guint i = 0; dot != NULL && i < G_N_ELEMENTS (forms); i++)
    if (g_ascii_strcasecmp (dot + 1, forms[i].suffix) == 0)
      return dot + 1;

  return NULL;
}

/* Whoever chooses a kind sees it in the name. */
static void
filter_chosen_cb (GtkFileChooser *chooser)
{
  g_autofree char *name = gtk_file_chooser_get_current_name (chooser);
  g_autofree char *renamed = NULL;
  const char *suffix = name != NULL ? find_suffix (name) : NULL;

  if (suffix == NULL || g_ascii_strcasecmp (suffix, get_suffix (chooser)) == 0)
    return;

  renamed = g_strdup_printf ("%.*s%s", (int) (suffix - name), name, get_suffix (chooser));
  gtk_file_chooser_set_current_name (chooser, renamed);
}

/* By the end of the name; by the kind that is chosen when that says nothing */
static void
choose_format (ExportJob      *job,
               const char     *name,
               GtkFileChooser *chooser,
               const char     *version)
{
  const char *suffix = find_suffix (name) != NULL ? find_suffix (name) : get_suffix (chooser);

  if (!cpt_export_find_format (suffix, &job->format))
    job->format = CPT_EXPORT_CSV;
  if (g_ascii_strcasecmp (suffix, "vcf") == 0)
    job->items = CPT_ITEM_FILE_VCARD;
  else if (g_ascii_strcasecmp (suffix, "ics") == 0)
    job->items = CPT_ITEM_FILE_ICALENDAR;
  job->is_document = job->table.columns != NULL && g_ascii_strcasecmp (suffix, "pdf") == 0;
  job->is_landscape = job->is_document && g_strcmp0 (gtk_file_chooser_get_choice (chooser, "page"), "portrait") != 0;
  job->version = g_strcmp0 (version, "3") == 0 ? 3 : 4;
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             Request         *request)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autofree char *name = NULL;
  /* Asked for where it is offered: only of contacts */
  gboolean has_versions = cpt_item_file_for_entity (request->query->entity) == CPT_ITEM_FILE_VCARD;
  ExportJob *job;

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && cpt_view_get_window (request->view) != NULL)
    {
      name = g_file_get_basename (file);
      job = g_new0 (ExportJob, 1);
      job->query = cpt_query_copy (request->query);
      job->rows = request->rows != NULL ? g_array_ref (request->rows) : NULL;
      job->file = g_steal_pointer (&file);
      table_copy (&request->table, &job->table);
      job->title = g_strdup (cpt_view_get_title (request->view));
      choose_format (job, name, GTK_FILE_CHOOSER (dialog),
                     has_versions ? gtk_file_chooser_get_choice (GTK_FILE_CHOOSER (dialog), "version") : NULL);
      cpt_store_read_async (cpt_view_get_store (request->view), G_PRIORITY_LOW, export_in_worker, job,
                            (GDestroyNotify) export_job_free, counts_free, request->cancellable, exported_cb,
                            g_object_ref (request->view));
    }

  g_object_unref (dialog);
}

static void
add_filter (GtkFileChooserNative *chooser,
            const char           *suffix)
{
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_equal (forms[i].suffix, suffix))
      gtk_file_filter_set_name (filter, _(forms[i].label));
  gtk_file_filter_add_suffix (filter, suffix);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
}

static void
add_items (GtkFileChooserNative *chooser,
           const CptEntity      *entity)
{
  const char *versions[] = { "4", "3", NULL };
  const char *labels[] = { "4.0", "3.0", NULL };

  switch (cpt_item_file_for_entity (entity))
    {
    case CPT_ITEM_FILE_VCARD:
      add_filter (chooser, "vcf");
      gtk_file_chooser_add_choice (GTK_FILE_CHOOSER (chooser), "version", _("Version of vCards"), versions, labels);
      gtk_file_chooser_set_choice (GTK_FILE_CHOOSER (chooser), "version", "4");
      break;

    case CPT_ITEM_FILE_ICALENDAR:
      add_filter (chooser, "ics");
      break;

    case CPT_ITEM_FILE_NONE:
    default:
      break;
    }
}

static void
add_document (GtkFileChooserNative *chooser)
{
  const char *ways[] = { "landscape", "portrait", NULL };
  const char *labels[] = { _("Landscape"), _("Portrait"), NULL };

  add_filter (chooser, "pdf");
  gtk_file_chooser_add_choice (GTK_FILE_CHOOSER (chooser), "page", _("Pages of a document"), ways, labels);
  gtk_file_chooser_set_choice (GTK_FILE_CHOOSER (chooser), "page", "landscape");
}

/* How many they are is said before. */
static char *
dup_title (const CptQuery *query,
           GArray         *rows)
{
  guint n_rows = rows != NULL ? rows->len : 0;
  g_autofree char *number = cpt_decimal_format_local (n_rows, 0, 0);

  if (rows == NULL)
    return g_strdup (_("Export"));

  /* Translators: a number and a kind of record: "Export 1,204 Contacts", "Export 1 Contact" */
  return g_strdup_printf (ngettext ("Export %s %s", "Export %s %s", n_rows), number,
                          n_rows == 1 ? cpt_entity_get_label (query->entity) : cpt_entity_get_label_plural (query->entity));
}

void
cpt_export_dialog_show (CptView              *view,
                        const CptQuery       *query,
                        GArray               *rows,
                        const CptExportTable *table,
                        GCancellable         *cancellable)
{
  g_autofree char *title = dup_title (query, rows);
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (title, GTK_WINDOW (cpt_view_get_window (view)), GTK_FILE_CHOOSER_ACTION_SAVE,
                                 _("_Export"), NULL);
  g_autofree char *name = g_strconcat (cpt_entity_get_label_plural (query->entity), ".csv", NULL);
  Request *request = g_new0 (Request, 1);

  request->view = g_object_ref (view);
  request->query = cpt_query_copy (query);
  request->rows = rows != NULL ? g_array_ref (rows) : NULL;
  request->cancellable = g_object_ref (cancellable);
  add_filter (chooser, "csv");
  add_filter (chooser, "xlsx");
  if (table != NULL)
    {
      table_copy (table, &request->table);
      add_document (chooser);
    }
  add_filter (chooser, "jsonl");
  add_items (chooser, query->entity);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect (chooser, "notify::filter", G_CALLBACK (filter_chosen_cb), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_data (chooser, "response", G_CALLBACK (response_cb), request, request_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
