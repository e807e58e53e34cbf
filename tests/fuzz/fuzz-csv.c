/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever the bytes: rows are valid UTF-8 in order, the same however the
 * stream is cut, and what is written of a row is read as that row. */

#include "config.h"

#include <string.h>

#include "cpt-csv.h"
#include "fuzz.h"

const char *const fuzz_seeds[] = {
  "0a,b,c\n1,\"x,y\",z\n",
  "1a;b\r\n\"q\"\"q\";\"l\nl\"\r\n",
  "2a\tb\n\"open\tc\nd\te\n",
  "3nom;prix\nc\x9cur;10 \x80\n",
  "4a,'b,c'\n",
  "5sep=;\na;\"\"b\n\"\"c;d\n",
  "0\"\"abc\n\"\"abc\nx, \"abc\n\"a \" b\nlast\n",
  NULL,
};

static const CptCsvDialect dialects[] = {
  { "UTF-8", ',', '"', FALSE },
  { "UTF-8", ';', '"', FALSE },
  { "UTF-8", '\t', '"', FALSE },
  { "WINDOWS-1252", ';', '"', FALSE },
  { "UTF-8", ',', '\'', FALSE },
  { "UTF-16LE", ';', '"', FALSE },
  { "UTF-16BE", ',', 0, FALSE },
};

/* A stream that gives @step bytes at a time */
#define FUZZ_TYPE_STREAM (fuzz_stream_get_type ())
G_DECLARE_FINAL_TYPE (FuzzStream, fuzz_stream, FUZZ, STREAM, GInputStream)

struct _FuzzStream
{
  GInputStream parent_instance;

  const guint8 *bytes; /* borrowed */
  gsize length;
  gsize step;
};

G_DEFINE_FINAL_TYPE (FuzzStream, fuzz_stream, G_TYPE_INPUT_STREAM)

static gssize
fuzz_stream_read (GInputStream  *stream,
                  void          *buffer,
                  gsize          count,
                  GCancellable  *cancellable,
                  GError       **error)
{
  FuzzStream *self = FUZZ_STREAM (stream);
  gsize n = MIN (MIN (count, self->step), self->length);

  if (n > 0)
    memcpy (buffer, self->bytes, n);
  self->bytes += n;
  self->length -= n;

  return (gssize) n;
}

static void
fuzz_stream_class_init (FuzzStreamClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = fuzz_stream_read;
}

static void
fuzz_stream_init (FuzzStream *self)
{
}

static CptCsvReader *
create_reader (const guint8        *bytes,
               gsize                length,
               gsize                step,
               const CptCsvDialect *dialect)
{
  g_autoptr(FuzzStream) stream = g_object_new (FUZZ_TYPE_STREAM, NULL);

  stream->bytes = bytes;
  stream->length = length;
  stream->step = step;

  return cpt_csv_reader_new (G_INPUT_STREAM (stream), dialect);
}

static void
check_written (const CptCsvRow *row)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(CptCsvReader) reader = NULL;
  CptCsvRow again;

  cpt_csv_append_row (out, row->fields, row->n_fields, ',', TRUE);
  /* Excel's first line is no row. */
  if (g_ascii_strncasecmp (out->str, "sep=", 4) == 0 || g_str_has_prefix (out->str, "\xef\xbb\xbf"))
    return;

  reader = create_reader ((const guint8 *) out->str, out->len, 100, &dialects[0]);
  g_assert_true (cpt_csv_reader_next (reader, &again, NULL, NULL));
  g_assert_null (again.problem);
  g_assert_cmpuint (again.n_fields, ==, row->n_fields);
  for (guint i = 0; i < row->n_fields; i++)
    g_assert_cmpstr (again.fields[i], ==, row->fields[i]);
}

static guint
read_all (const guint8        *bytes,
          gsize                length,
          gsize                step,
          const CptCsvDialect *dialect)
{
  g_autoptr(CptCsvReader) reader = create_reader (bytes, length, step, dialect);
  CptCsvRow row = { 0 };
  guint64 line = 0;
  guint hash = 5381;

  while (cpt_csv_reader_next (reader, &row, NULL, NULL))
    {
      g_assert_cmpuint (row.line, >, line);
      g_assert_cmpuint (row.offset, <, length);
      g_assert_cmpuint (cpt_csv_reader_get_offset (reader), <=, length);
      line = row.line;
      hash = hash * 33 + (row.problem != NULL) + (guint) row.line * 7 + (guint) row.offset;
      for (guint i = 0; i < row.n_fields; i++)
        {
          g_assert_true (g_utf8_validate (row.fields[i], -1, NULL));
          hash = hash * 33 + g_str_hash (row.fields[i]);
        }
      if (row.problem == NULL && step > 100)
        check_written (&row);
    }

  return hash;
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         length)
{
  CptCsvDialect dialect;
  guint choice;
  guint hash;

  if (length == 0)
    return 0;

  choice = bytes[0] % (G_N_ELEMENTS (dialects) + 1);
  bytes++;
  length--;
  if (choice < G_N_ELEMENTS (dialects))
    dialect = dialects[choice];
  else
    cpt_csv_detect (bytes, length, NULL, &dialect);

  hash = read_all (bytes, length, 1 << 20, &dialect);
  g_assert_cmpuint (read_all (bytes, length, 1, &dialect), ==, hash);
  g_assert_cmpuint (read_all (bytes, length, 5, &dialect), ==, hash);

  return 0;
}
