/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What stands between fields */
#define CPT_CSV_SEPARATORS ",;\t|"

/**
 * CptCsvDialect:
 * @encoding: an iconv name: "UTF-8", "WINDOWS-1252", "ISO-8859-15", "UTF-16LE", "UTF-16BE",
 *   or any other that has one byte per character and keeps ASCII; not owned
 * @separator: one of CPT_CSV_SEPARATORS
 * @quote: " or '; 0 when fields are never quoted
 * @has_bom: whether the file begins with a byte order mark
 *
 * How a file of separated values is written.
 */
typedef struct
{
  const char *encoding;
  char        separator;
  char        quote;
  gboolean    has_bom;
} CptCsvDialect;

/* Guesses from the first bytes (64 kB are plenty) of a file. Always gives a
 * dialect that a reader takes; its encoding is a static string. What of @known
 * (nullable) is not NULL or 0, encoding and separator, is taken as it is. */
void cpt_csv_detect (const guint8        *bytes,
                     gsize                length,
                     const CptCsvDialect *known,
                     CptCsvDialect       *dialect);

/* Limits of a row; what is larger is a bad row, not an error of the file. A row
 * of more than 16 MB is a bad one too. */
#define CPT_CSV_MAX_FIELD_BYTES (1024 * 1024)
#define CPT_CSV_MAX_FIELDS 65536

#define CPT_TYPE_CSV_READER (cpt_csv_reader_get_type ())

G_DECLARE_FINAL_TYPE (CptCsvReader, cpt_csv_reader, CPT, CSV_READER, GObject)

/**
 * CptCsvRow:
 * @fields: (array length=n_fields): UTF-8; each NUL-terminated; owned by the reader until the next row.
 *   Of a bad row what could be read, made valid and cut to the limits, for the file of rejects
 * @line: number of the first line of the row, from 1
 * @offset: byte offset in the file where the row begins
 * @problem: (nullable): why this row can't be used (translated), else NULL
 * @is_cut: of a bad row: whether something of it is not in @fields
 */
typedef struct
{
  const char **fields;
  guint        n_fields;
  guint64      line;
  guint64      offset;
  const char  *problem;
  gboolean     is_cut;
} CptCsvRow;

CptCsvReader *cpt_csv_reader_new      (GInputStream        *stream,
                                       const CptCsvDialect *dialect);
/* A directory, a pipe, a device: CPT_ERROR_IO with a clear message. */
CptCsvReader *cpt_csv_reader_open     (const char           *path,
                                       const CptCsvDialect  *dialect,
                                       GError              **error);
/* FALSE with no error at the end. RFC 4180 and what programs really write:
 * quotes doubled or stray, any of CRLF LF CR, blank lines skipped, "sep=;" in
 * front. An unclosed quote ends at the end of its line when the rest of the
 * file or the next quoted field would be swallowed, so that later good rows are
 * still read. Constant memory. Blocks: not for the main loop. One thread at a
 * time. CPT_ERROR_UNSUPPORTED for an encoding that can't be read; errors of
 * reading are those of the stream. */
gboolean      cpt_csv_reader_next     (CptCsvReader  *self,
                                       CptCsvRow     *row,
                                       GCancellable  *cancellable,
                                       GError       **error);
/* How many bytes of the file the rows so far took: where the next begins */
guint64       cpt_csv_reader_get_offset (CptCsvReader *self);

/* Appends one row to @out, quoted where needed, ended by CRLF (RFC 4180).
 * Unless @raw, a text that a spreadsheet would take for a formula (begins with
 * = + - @ tab CR, or such behind blanks; plain numbers stay) gets an
 * apostrophe in front (CWE-1236). */
void          cpt_csv_append_row      (GString           *out,
                                       const char *const *fields,
                                       guint              n_fields,
                                       char               separator,
                                       gboolean           raw);

G_END_DECLS
