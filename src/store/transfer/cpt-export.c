/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records leave as CSV or as a workbook for people with spreadsheets, or as
 * JSON lines for programs. All records are of one moment: the whole export is one read
 * transaction. Memory: eight bytes for each record and one page of rows.
 *
 * Headers of tables are paths of fields, not labels: they mean the same in every
 * language and the import knows them; "id" in front lets a changed file find
 * its records again. */
#include "config.h"

#include "cpt-export-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-csv.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-statement.h"
#include "cpt-xlsx-sheet.h"

#define PAGE_ROWS 500

typedef struct
{
  CptDatabase *database;
  CptQuery *query;
  const char *const *names;
  GArray *rows; /* (nullable) (element-type gint64): exactly these */
  CptExportFormat format;
  GOutputStream *stream;
  GCancellable *cancellable;
  CptPath *paths;
  guint n_paths;
  gboolean is_whole; /* JSON lines of whole records */
  GString *out;
  CptXlsxSheet *sheet; /* (nullable): of a workbook */
  guint64 n_records;
} Export;

static const struct
{
  const char *name;
  CptExportFormat format;
} formats[] = {
  { "csv", CPT_EXPORT_CSV },
  { "jsonl", CPT_EXPORT_JSON_LINES },
  { "ndjson", CPT_EXPORT_JSON_LINES },
  { "json", CPT_EXPORT_JSON_LINES },
  { "xlsx", CPT_EXPORT_XLSX },
};

gboolean
cpt_export_find_format (const char      *name,
                        CptExportFormat *format)
{
  g_return_val_if_fail (name != NULL && format != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_ascii_strcasecmp (formats[i].name, name) == 0)
      {
        *format = formats[i].format;
        return TRUE;
      }

  return FALSE;
}

gboolean
cpt_export_flush (GString        *out,
                  GOutputStream  *stream,
                  GCancellable   *cancellable,
                  GError        **error)
{
  g_autoptr(GError) io_error = NULL;

  if (g_output_stream_write_all (stream, out->str, out->len, NULL, cancellable, &io_error))
    {
      g_string_truncate (out, 0);
      return TRUE;
    }

  /* Whoever reads a pipe may have enough: not for the exporter to judge */
  if (g_error_matches (io_error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (io_error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    g_propagate_error (error, g_steal_pointer (&io_error));
  else if (g_error_matches (io_error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    g_set_error_literal (error, CPT_ERROR, CPT_ERROR_FULL,
                         _("There is no space left for the exported file. Free some, or choose another place."));
  else
    g_set_error (error, CPT_ERROR, CPT_ERROR_IO,
                 _("The export can’t be written (%s). Choose another place, or try again."), io_error->message);

  return FALSE;
}

static gboolean
flush (Export  *self,
       GError **error)
{
  return cpt_export_flush (self->out, self->stream, self->cancellable, error);
}

/* CSV of everything: what is hidden or too large for a cell stays out */
static gboolean
fits_cell (const CptField *field)
{
  return (field->flags & CPT_FIELD_HIDDEN) == 0;
}

static gboolean
parse_columns (Export  *self,
               GError **error)
{
  const CptEntity *entity = self->query->entity;
  guint n_names = self->names != NULL ? g_strv_length ((char **) self->names) : entity->n_fields;

  self->paths = g_new0 (CptPath, MAX (n_names, 1));
  for (guint i = 0; i < n_names; i++)
    {
      if (self->names == NULL && !fits_cell (entity->fields[i]))
        continue;
      if (!cpt_path_parse (self->query->schema, entity, self->names != NULL ? self->names[i] : entity->fields[i]->name,
                           &self->paths[self->n_paths], error))
        return FALSE;
      self->n_paths++;
    }

  return TRUE;
}

/* A table's; JSON lines have none */
static gboolean
append_header (Export  *self,
               GError **error)
{
  g_autofree const char **cells = g_new0 (const char *, self->n_paths + 1);
  g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->n_paths; i++)
    {
      g_ptr_array_add (owned, cpt_path_format (&self->paths[i]));
      cells[i + 1] = g_ptr_array_index (owned, i);
    }
  cells[0] = "id";

  if (self->sheet != NULL)
    return cpt_xlsx_sheet_add_header (self->sheet, cells, self->n_paths + 1, error);
  if (self->format == CPT_EXPORT_JSON_LINES)
    return TRUE;
  g_string_append (self->out, CPT_EXPORT_BYTE_ORDER_MARK);
  cpt_csv_append_row (self->out, cells, self->n_paths + 1, ',', FALSE);

  return TRUE;
}

static char *
dup_cell (Export  *self,
          CptPage *page,
          guint    index,
          guint    column)
{
  const CptField *field = cpt_path_get_field (&self->paths[column]);
  const CptValue *value = cpt_page_get_value (page, index, column);
  const char *title = NULL;

  if (field->target != NULL)
    title = cpt_page_get_title (page, index, column);

  return title != NULL ? g_strdup (title) : cpt_field_format (field, value);
}

static void
append_csv_row (Export  *self,
                CptPage *page,
                guint    index)
{
  g_autofree const char **cells = g_new0 (const char *, self->n_paths + 1);
  g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (owned, cpt_uuid_dup_text (cpt_page_get_id (page, index)));
  for (guint i = 0; i < self->n_paths; i++)
    g_ptr_array_add (owned, dup_cell (self, page, index, i));
  for (guint i = 0; i < owned->len; i++)
    cells[i] = g_ptr_array_index (owned, i);

  cpt_csv_append_row (self->out, cells, owned->len, ',', FALSE);
}

static gboolean
append_sheet_row (Export   *self,
                  CptPage  *page,
                  guint     index,
                  GError  **error)
{
  g_autofree char *id = cpt_uuid_dup_text (cpt_page_get_id (page, index));

  if (!cpt_xlsx_sheet_begin_row (self->sheet, error))
    return FALSE;

  cpt_xlsx_sheet_add_text (self->sheet, id);
  for (guint i = 0; i < self->n_paths; i++)
    {
      g_autofree char *text = dup_cell (self, page, index, i);

      cpt_xlsx_sheet_add_value (self->sheet, cpt_path_get_field (&self->paths[i]), cpt_page_get_value (page, index, i), text);
    }

  return TRUE;
}

static void
append_json (Export   *self,
             JsonNode *node)
{
  g_autofree char *text = cpt_json_format (node);

  g_string_append (self->out, text);
  g_string_append_c (self->out, '\n');
}

static void
append_json_row (Export  *self,
                 CptPage *page,
                 guint    index)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *id = cpt_uuid_dup_text (cpt_page_get_id (page, index));

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "entity", self->query->entity->name);
  for (guint i = 0; i < self->n_paths; i++)
    {
      g_autofree char *name = cpt_path_format (&self->paths[i]);

      json_object_set_member (object, name,
                              cpt_field_to_json (cpt_path_get_field (&self->paths[i]), cpt_page_get_value (page, index, i)));
    }
  node = json_node_init_object (json_node_alloc (), object);
  append_json (self, node);
}

static gboolean
append_page (Export        *self,
             const gint64  *rows,
             guint          n_rows,
             GError       **error)
{
  g_autoptr(CptPage) page = cpt_page_load (self->database, self->query->schema, self->query->entity, self->paths,
                                           self->n_paths, rows, n_rows, error);

  if (page == NULL)
    return FALSE;

  for (guint i = 0; i < n_rows; i++)
    {
      if (!cpt_page_has_row (page, i))
        continue;
      if (self->sheet != NULL)
        {
          if (!append_sheet_row (self, page, i, error))
            return FALSE;
        }
      else if (self->format == CPT_EXPORT_CSV)
        append_csv_row (self, page, i);
      else
        append_json_row (self, page, i);
      self->n_records++;
    }

  return TRUE;
}

static gboolean
append_records (Export        *self,
                const gint64  *rows,
                guint          n_rows,
                GError       **error)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr(GError) own_error = NULL;
      g_autoptr(CptRecord) record = cpt_database_load_row (self->database, self->query->entity, rows[i], &own_error);
      g_autoptr(JsonNode) node = NULL;

      /* One that was chosen may be gone meanwhile. */
      if (record == NULL && self->rows != NULL && g_error_matches (own_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
        continue;
      if (record == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&own_error));
          return FALSE;
        }
      node = cpt_record_to_json (record);
      append_json (self, node);
      self->n_records++;
    }

  return TRUE;
}

static gboolean
export_rows (CptDatabase  *database,
             gpointer      data,
             GError      **error)
{
  Export *self = data;
  g_autoptr(GArray) rows =
    self->rows != NULL ? g_array_ref (self->rows) : cpt_query_get_rows (self->query, database, 0, 0, error);

  if (rows == NULL || !append_header (self, error))
    return FALSE;

  for (guint i = 0; i < rows->len; i += PAGE_ROWS)
    {
      const gint64 *page = &g_array_index (rows, gint64, i);
      guint n_rows = MIN (PAGE_ROWS, rows->len - i);

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (!(self->is_whole ? append_records (self, page, n_rows, error) : append_page (self, page, n_rows, error)) ||
          !flush (self, error))
        return FALSE;
    }

  return self->sheet != NULL ? cpt_xlsx_sheet_finish (self->sheet, self->stream, self->cancellable, error)
                             : flush (self, error);
}

static gboolean
run (Export  *self,
     GError **error)
{
  gboolean done;

  if (self->format == CPT_EXPORT_XLSX)
    {
      self->sheet = cpt_xlsx_sheet_new (cpt_entity_get_label_plural (self->query->entity), cpt_database_get_now (self->database),
                                        cpt_database_get_zone (self->database), error);
      if (self->sheet == NULL)
        return FALSE;
    }
  self->is_whole = self->format == CPT_EXPORT_JSON_LINES && self->names == NULL;
  self->out = g_string_new (NULL);
  done = parse_columns (self, error) && cpt_database_snapshot (self->database, export_rows, self, error);
  g_string_free (self->out, TRUE);
  g_free (self->paths);
  g_clear_pointer (&self->sheet, cpt_xlsx_sheet_free);

  return done;
}

gint64
cpt_export_rows (CptDatabase      *database,
                 CptQuery         *query,
                 GArray           *rows,
                 CptExportFormat   format,
                 GOutputStream    *stream,
                 GCancellable     *cancellable,
                 GError          **error)
{
  Export self = {
    .database = database,
    .query = query,
    .rows = rows,
    .format = format,
    .stream = stream,
    .cancellable = cancellable,
  };

  g_return_val_if_fail (database != NULL && query != NULL && rows != NULL && G_IS_OUTPUT_STREAM (stream), -1);

  return run (&self, error) ? (gint64) self.n_records : -1;
}

gboolean
cpt_export_run (CptDatabase        *database,
                CptQuery           *query,
                const char *const  *columns,
                CptExportFormat     format,
                GOutputStream      *stream,
                guint64            *n_records,
                GCancellable       *cancellable,
                GError            **error)
{
  Export self = {
    .database = database,
    .query = query,
    .names = columns,
    .format = format,
    .stream = stream,
    .cancellable = cancellable,
  };
  gboolean done;

  g_return_val_if_fail (database != NULL && query != NULL && G_IS_OUTPUT_STREAM (stream), FALSE);

  if ((query->entity->flags & CPT_ENTITY_FACTS) != 0)
    {
      gint64 n_rows = cpt_export_facts (database, query, columns, format, stream, cancellable, error);

      self.n_records = (guint64) MAX (n_rows, 0);
      done = n_rows >= 0;
    }
  else
    {
      done = run (&self, error);
    }
  if (n_records != NULL)
    *n_records = self.n_records;

  return done;
}

/* Rescue. The largest row number is asked of the table first, then of the
 * sequence; where both are lost, row numbers are tried up to a bound. */

#define RESCUE_MAX_ROWS G_GINT64_CONSTANT (20000000)
#define RESCUE_GAP 1000000

static gint64
read_number (CptDatabase *database,
             const char  *sql,
             const char  *name)
{
  g_autoptr(CptStatement) statement = cpt_database_prepare (database, sql, NULL);

  if (statement == NULL)
    return 0;

  if (name != NULL)
    cpt_statement_bind_text (statement, 1, name);

  return cpt_statement_step (statement, NULL) == CPT_STEP_ROW ? cpt_statement_get_int (statement, 0) : 0;
}

static gint64
find_last_row (CptDatabase     *database,
               const CptEntity *entity)
{
  g_autofree char *sql = g_strdup_printf ("SELECT max(row_id) FROM %s", entity->name);
  gint64 largest = read_number (database, sql, NULL);
  gint64 sequence = read_number (database, "SELECT seq FROM sqlite_sequence WHERE name = ?", entity->name);

  return CLAMP (MAX (largest, sequence), 0, RESCUE_MAX_ROWS);
}

static void
append_rescued (Export    *self,
                CptRecord *record)
{
  const CptEntity *entity = self->query->entity;
  g_autofree const char **cells = g_new0 (const char *, self->n_paths + 1);
  g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(JsonNode) node = NULL;

  self->n_records++;
  if (self->format == CPT_EXPORT_JSON_LINES)
    {
      node = cpt_record_to_json (record);
      append_json (self, node);
      return;
    }

  g_ptr_array_add (owned, cpt_uuid_dup_text (&record->id));
  for (guint i = 0; i < entity->n_fields; i++)
    if (fits_cell (entity->fields[i]))
      g_ptr_array_add (owned, cpt_field_format (entity->fields[i], cpt_record_get (record, entity->fields[i])));
  for (guint i = 0; i < owned->len; i++)
    cells[i] = g_ptr_array_index (owned, i);
  cpt_csv_append_row (self->out, cells, owned->len, ',', FALSE);
}

static gboolean
rescue_rows (Export   *self,
             guint64  *n_lost,
             GError  **error)
{
  gint64 last = find_last_row (self->database, self->query->entity);
  gint64 gap = 0;

  for (gint64 row = 1; row <= last && gap < RESCUE_GAP; row++)
    {
      g_autoptr(GError) row_error = NULL;
      g_autoptr(CptRecord) record = cpt_database_load_row (self->database, self->query->entity, row, &row_error);

      if (record != NULL && !record->in_trash)
        append_rescued (self, record);
      else if (g_error_matches (row_error, CPT_ERROR, CPT_ERROR_DAMAGED))
        (*n_lost)++;
      gap = record != NULL ? 0 : gap + 1;

      if (self->out->len > 256 * 1024 && !flush (self, error))
        return FALSE;
      if (row % PAGE_ROWS == 0 && g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
    }

  return flush (self, error);
}

gboolean
cpt_export_rescue (CptDatabase      *database,
                   CptSchema        *schema,
                   const CptEntity  *entity,
                   CptExportFormat   format,
                   GOutputStream    *stream,
                   guint64           counts[2],
                   GCancellable     *cancellable,
                   GError          **error)
{
  g_autoptr(CptQuery) query = cpt_query_new (schema, entity);
  Export self = {
    .database = database,
    .query = query,
    .format = format,
    .stream = stream,
    .cancellable = cancellable,
  };
  gboolean done;

  g_return_val_if_fail (database != NULL && G_IS_OUTPUT_STREAM (stream) && format != CPT_EXPORT_XLSX, FALSE);

  counts[1] = 0;
  self.out = g_string_new (NULL);
  done = parse_columns (&self, error) && append_header (&self, error) && rescue_rows (&self, &counts[1], error);
  counts[0] = self.n_records;
  g_string_free (self.out, TRUE);
  g_free (self.paths);

  return done;
}
