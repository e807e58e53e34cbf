/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cpt-csv.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cpt-error.h"

static const CptCsvDialect plain = { "UTF-8", ',', '"', FALSE };

/* A stream that gives a few bytes at a time, so that rows and characters are
 * cut at every place. */
#define TEST_TYPE_SLOW_STREAM (test_slow_stream_get_type ())
G_DECLARE_FINAL_TYPE (TestSlowStream, test_slow_stream, TEST, SLOW_STREAM, GInputStream)

struct _TestSlowStream
{
  GInputStream parent_instance;

  const guint8 *bytes; /* borrowed from the test */
  gsize length;
  gsize position;
  gsize step;
};

G_DEFINE_FINAL_TYPE (TestSlowStream, test_slow_stream, G_TYPE_INPUT_STREAM)

static gssize
test_slow_stream_read (GInputStream  *stream,
                       void          *buffer,
                       gsize          count,
                       GCancellable  *cancellable,
                       GError       **error)
{
  TestSlowStream *self = TEST_SLOW_STREAM (stream);
  gsize n = MIN (MIN (count, self->step), self->length - self->position);

  if (n > 0)
    memcpy (buffer, self->bytes + self->position, n);
  self->position += n;

  return (gssize) n;
}

static void
test_slow_stream_class_init (TestSlowStreamClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = test_slow_stream_read;
}

static void
test_slow_stream_init (TestSlowStream *self)
{
}

static CptCsvReader *
read_bytes (const char          *bytes,
            gsize                length,
            gsize                step,
            const CptCsvDialect *dialect)
{
  g_autoptr(TestSlowStream) stream = g_object_new (TEST_TYPE_SLOW_STREAM, NULL);

  stream->bytes = (const guint8 *) bytes;
  stream->length = length;
  stream->step = step;

  return cpt_csv_reader_new (G_INPUT_STREAM (stream), dialect);
}

/* All rows as text: fields between bars, "!" in front of bad rows. */
static char *
dump (const char          *bytes,
      gsize                length,
      gsize                step,
      const CptCsvDialect *dialect)
{
  CptCsvReader *reader = read_bytes (bytes, length, step, dialect);
  g_autoptr(GError) error = NULL;
  GString *text = g_string_new (NULL);
  guint64 offset = 0;
  CptCsvRow row;

  while (cpt_csv_reader_next (reader, &row, NULL, &error))
    {
      g_string_append_printf (text, "%s%" G_GUINT64_FORMAT ":", row.problem != NULL ? "!" : "", row.line);
      for (guint i = 0; i < row.n_fields; i++)
        g_string_append_printf (text, "%s|", row.fields[i]);
      g_string_append_c (text, '\n');
      g_assert_true (g_utf8_validate (text->str, (gssize) text->len, NULL));
      g_assert_cmpuint (row.offset, >=, offset);
      g_assert_cmpuint (cpt_csv_reader_get_offset (reader), >, row.offset);
      offset = row.offset;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (cpt_csv_reader_get_offset (reader), <=, length);
  g_assert_false (cpt_csv_reader_next (reader, &row, NULL, &error));
  g_assert_finalize_object (reader);

  return g_string_free (text, FALSE);
}

static void
assert_rows (const char          *bytes,
             gsize                length,
             const CptCsvDialect *dialect,
             const char          *expected)
{
  static const gsize steps[] = { 1, 2, 3, 7, 1 << 20 };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *rows = dump (bytes, length, steps[i], dialect);

      g_assert_cmpstr (rows, ==, expected);
    }
}

static void
test_reads_what_programs_write (void)
{
  static const struct
  {
    const char *text;
    const char *rows;
  } cases[] = {
    /* RFC 4180, section 2 */
    { "aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", "1:aaa|bbb|ccc|\n2:zzz|yyy|xxx|\n" },
    { "aaa,bbb,ccc\r\nzzz,yyy,xxx", "1:aaa|bbb|ccc|\n2:zzz|yyy|xxx|\n" },
    { "\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx", "1:aaa|bbb|ccc|\n2:zzz|yyy|xxx|\n" },
    { "\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx", "1:aaa|b\r\nbb|ccc|\n3:zzz|yyy|xxx|\n" },
    { "\"aaa\",\"b\"\"bb\",\"ccc\"", "1:aaa|b\"bb|ccc|\n" },
    /* Ends of lines */
    { "a,b\nc,d\n", "1:a|b|\n2:c|d|\n" },
    { "a,b\rc,d\r", "1:a|b|\n2:c|d|\n" },
    { "a\r\n\r\n\n\r b\n", "1:a|\n5: b|\n" },
    { "\n\n\na", "4:a|\n" },
    { "a\n   \nb", "1:a|\n3:b|\n" },
    { "", "" },
    { "\n", "" },
    { "   ", "" },
    /* Empty fields */
    { ",", "1:||\n" },
    { "a,,\n,\n", "1:a|||\n2:||\n" },
    { "\"\",\"\"\n\"\"", "1:||\n2:|\n" },
    { "\"\"\"\"", "1:\"|\n" },
    { "\"\"\"a\"\"\",b", "1:\"a\"|b|\n" },
    /* Quotes in odd places */
    { "5\" pipe,b\"c\nd", "1:5\" pipe|b\"c|\n2:d|\n" },
    { "\"a \"b\" c\",d\ne,f", "1:a \"b\" c|d|\n2:e|f|\n" },
    { "a, \"b, c\" ,d", "1:a|b, c|d|\n" },
    { "a,  b ,c", "1:a|  b |c|\n" },
    { "\"a\"x,b\nc", "!1:a\"x,b|\n2:c|\n" },
    { "\"Gam\"ma,c\nDelta \"d\",e\nf,g\n", "!1:Gam\"ma,c|\n2:Delta \"d\"|e|\n3:f|g|\n" },
    /* Quotes never closed */
    { "1,\"abc,d\n2,e\n3,f\n", "!1:1|abc,d|\n2:2|e|\n3:3|f|\n" },
    { "1,\"abc,d\n2,\"x\",y\n3,f\n", "!1:1|abc,d|\n2:2|x|y|\n3:3|f|\n" },
    { "1,\"abc\n2, \"x\",y\n3,f\n", "!1:1|abc|\n2:2|x|y|\n3:3|f|\n" },
    { "1,\"abc\n\"2\",f\n", "!1:1|abc|\n2:2|f|\n" },
    { "\"a\nb\",\"c\nd,e\nf,g\n", "!1:a\nb|c|\n3:d|e|\n4:f|g|\n" },
    { "a,\"", "!1:a||\n" },
    { "a,\"\r\nb", "!1:a||\n2:b|\n" },
    { "\"a\r\n\"b\r\n\"c\r\nd", "!1:a|\n!2:b|\n!3:c|\n4:d|\n" },
    { "\"\"a\n\"\"b\n\"\"c\nd", "!1:\"a|\n!2:\"b|\n!3:\"c|\n4:d|\n" },
    /* Text over several lines with quotes in it */
    { "1,\"{\n\"\"a\"\":\"\"x\"\",\n\"\"b\"\":2}\",z\n2,b,c", "1:1|{\n\"a\":\"x\",\n\"b\":2}|z|\n4:2|b|c|\n" },
    /* A spreadsheet's first line, and a byte order mark */
    { "sep=,\r\na,b\n", "2:a|b|\n" },
    { "\xef\xbb\xbf\"a\",b\n", "1:a|b|\n" },
    { "\xef\xbb\xbfsep=,\na,b\n", "2:a|b|\n" },
    { "sep=;\na,b\n", "2:a|b|\n" },
    /* Not UTF-8 */
    { "é,b\nc\xe9,d\ne,f\n", "1:é|b|\n!2:c\xef\xbf\xbd|d|\n3:e|f|\n" },
    { "\"\xc3\",\"\xa9\"\nc", "!1:\xef\xbf\xbd|\xef\xbf\xbd|\n2:c|\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      assert_rows (cases[i].text, strlen (cases[i].text), &plain, cases[i].rows);
    }
}

static void
test_reads_other_dialects (void)
{
  static const struct
  {
    CptCsvDialect dialect;
    const char *text;
    const char *rows;
  } cases[] = {
    { { "UTF-8", ';', '"', FALSE }, "a;1,5\n", "1:a|1,5|\n" },
    { { "UTF-8", '\t', '"', FALSE }, "a\t\"b\tc\"\n", "1:a|b\tc|\n" },
    { { "UTF-8", '|', '\'', FALSE }, "'a|b'|\"c\"\n", "1:a|b|\"c\"|\n" },
    { { "UTF-8", ',', 0, FALSE }, "\"a,b\"\n\"c", "1:\"a|b\"|\n2:\"c|\n" },
    { { "WINDOWS-1252", ';', '"', FALSE }, "\xe9t\xe9;10 \x80;\x9cuvre\n", "1:été|10 €|œuvre|\n" },
    { { "WINDOWS-1252", ';', '"', FALSE }, "a\x81;b\nc", "!1:a\xef\xbf\xbd|b|\n2:c|\n" },
    { { "ISO-8859-15", ';', '"', FALSE }, "10 \xa4;\"c\xbd\"\"ur\"\n", "1:10 €|cœ\"ur|\n" },
    { { "ISO-8859-1", ';', '"', FALSE }, "\xa4", "1:¤|\n" },
    { { "KOI8-R", ';', '"', FALSE }, "\xc1\xc2", "1:аб|\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_rows (cases[i].text, strlen (cases[i].text), &cases[i].dialect, cases[i].rows);
}

static void
test_reads_utf16 (void)
{
  static const char text[] = "nom;ville\r\n\"Zoë 😀\";Œ\r\nb;c";
  static const char *const names[] = { "UTF-16LE", "UTF-16BE" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      CptCsvDialect dialect = { names[i], ';', '"', TRUE };
      g_autofree char *with_mark = g_strconcat ("\xef\xbb\xbf", text, NULL);
      gsize length;
      g_autofree char *bytes = g_convert (with_mark, -1, names[i], "UTF-8", NULL, &length, NULL);
      g_autoptr(CptCsvReader) reader = read_bytes (bytes, length, 3, &dialect);
      CptCsvRow row;

      assert_rows (bytes, length, &dialect, "1:nom|ville|\n2:Zoë 😀|Œ|\n3:b|c|\n");
      /* Offsets are those of the file: mark 2, then 11 units, then 12 */
      g_assert_true (cpt_csv_reader_next (reader, &row, NULL, NULL));
      g_assert_cmpuint (row.offset, ==, 2);
      g_assert_true (cpt_csv_reader_next (reader, &row, NULL, NULL));
      g_assert_cmpuint (row.offset, ==, 24);
      g_assert_true (cpt_csv_reader_next (reader, &row, NULL, NULL));
      g_assert_cmpuint (row.offset, ==, 48);
      g_assert_cmpuint (cpt_csv_reader_get_offset (reader), ==, length);
    }
}

static void
test_reports_broken_utf16 (void)
{
  static const CptCsvDialect dialect = { "UTF-16LE", ';', '"', FALSE };

  assert_rows ("a\0\n\0\x00\xd8;\0b\0\n\0c\0", 14, &dialect, "1:a|\n!2:\xef\xbf\xbd|b|\n3:c|\n");
  assert_rows ("a\0\n\0c\0x", 7, &dialect, "1:a|\n!2:c\xef\xbf\xbd|\n");
}

static void
test_reports_nul_bytes (void)
{
  assert_rows ("a,b\nc\0d,e\n\"f\0\",g\nh,i\n", 21, &plain,
               "1:a|b|\n!2:c\xef\xbf\xbd" "d|e|\n!3:f\xef\xbf\xbd|g|\n4:h|i|\n");
}

static void
append_times (GString    *text,
              const char *part,
              gsize       n)
{
  for (gsize i = 0; i < n; i++)
    g_string_append (text, part);
}

/* Reads all; returns how many rows are good and bad, and the last good one's
 * first field. */
static char *
summarise (const GString *text)
{
  CptCsvReader *reader = read_bytes (text->str, text->len, 1 << 20, &plain);
  g_autofree char *last = g_strdup ("");
  g_autoptr(GError) error = NULL;
  guint n_good = 0;
  guint n_bad = 0;
  CptCsvRow row;

  while (cpt_csv_reader_next (reader, &row, NULL, &error))
    {
      if (row.problem != NULL)
        {
          n_bad++;
          continue;
        }
      n_good++;
      g_free (last);
      last = g_strdup (row.fields[0]);
    }
  g_assert_no_error (error);
  g_assert_finalize_object (reader);

  return g_strdup_printf ("%u good, %u bad, %s", n_good, n_bad, last);
}

static void
assert_summary (const GString *text,
                const char    *expected)
{
  g_autofree char *summary = summarise (text);

  g_assert_cmpstr (summary, ==, expected);
}

static void
test_reports_large_cells (void)
{
  static const char *const quotes[] = { "", "\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (quotes); i++)
    {
      g_autoptr(GString) text = g_string_new ("a,b\n1,");

      g_string_append (text, quotes[i]);
      append_times (text, "0123456789", 1024 * 1024);
      g_string_append_printf (text, "%s\nlast,c\n", quotes[i]);
      assert_summary (text, "2 good, 1 bad, last");
    }
}

static void
test_reports_a_large_cell_of_many_lines_once (void)
{
  g_autoptr(GString) text = g_string_new ("a,b\n1,\"");

  append_times (text, "0123456789\n", 1024 * 1024);
  g_string_append (text, "\",x\nlast,c\n");
  assert_summary (text, "2 good, 1 bad, last");
}

static void
test_passes_over_lines_without_end (void)
{
  g_autoptr(GString) text = g_string_new ("a,b\n");

  append_times (text, "0123456789", 5 * 1024 * 1024);
  g_string_append (text, "\r\nlast,c\r\n");
  assert_summary (text, "2 good, 1 bad, last");
}

static void
test_reports_rows_of_many_cells (void)
{
  g_autoptr(GString) text = g_string_new ("a,b\n");

  append_times (text, "x,", CPT_CSV_MAX_FIELDS - 1);
  g_string_append (text, "y\n");
  append_times (text, "x,", CPT_CSV_MAX_FIELDS);
  g_string_append (text, "y\nlast,c\n");
  assert_summary (text, "3 good, 1 bad, last");
}

/* Files that would make a careless reader look ahead from every row. */
static void
test_is_not_slowed_by_quotes (void)
{
  static const char *const lines[] = { "\"\"abc\n", "x, \"abc\n", "\"a\n", "\"a \" b\n", "\"\"\"\"x\n" };
  const guint n = 100000;

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      gint64 start = g_get_monotonic_time ();

      append_times (text, lines[i], n);
      g_string_append (text, "last,c\n");
      assert_summary (text, "1 good, 100000 bad, last");
      g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
    }
}

static void
test_goes_on_behind_a_quote_in_a_large_file (void)
{
  g_autoptr(GString) text = g_string_new ("a,\"b\n");
  g_autofree char *padding = g_strnfill (1000, 'x');
  g_autofree char *line = g_strdup_printf ("12345,%s\n", padding);

  append_times (text, line, 20000);
  g_string_append (text, "last,c\n");
  assert_summary (text, "20001 good, 1 bad, last");
}

static void
test_stops_when_cancelled (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data ("a\n", 2, NULL);
  g_autoptr(CptCsvReader) reader = cpt_csv_reader_new (stream, &plain);
  g_autoptr(GError) error = NULL;
  CptCsvRow row;

  g_cancellable_cancel (cancellable);
  g_assert_false (cpt_csv_reader_next (reader, &row, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_refuses_an_encoding_of_several_bytes (void)
{
  static const char *const names[] = { "SHIFT-JIS", "UTF-32", "no such" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      CptCsvDialect dialect = { names[i], ',', '"', FALSE };
      g_autoptr(CptCsvReader) reader = read_bytes ("a", 1, 1, &dialect);
      g_autoptr(GError) error = NULL;
      CptCsvRow row;
      gboolean is_read = cpt_csv_reader_next (reader, &row, NULL, &error);

      if (i > 0)
        g_assert_false (is_read);
      if (!is_read)
        g_assert_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED);
    }
}

static void
test_opens_only_files (void)
{
  g_autofree char *folder = g_dir_make_tmp ("cpt-csv-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "a.csv", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);
  g_autoptr(CptCsvReader) reader = NULL;
  g_autoptr(GError) error = NULL;
  CptCsvRow row;

  g_assert_true (g_file_set_contents (file, "a,b\n", -1, NULL));
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);

  reader = cpt_csv_reader_open (file, &plain, &error);
  g_assert_no_error (error);
  g_assert_true (cpt_csv_reader_next (reader, &row, NULL, &error));
  g_assert_cmpstr (row.fields[1], ==, "b");

  g_assert_null (cpt_csv_reader_open (folder, &plain, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_IO);
  g_clear_error (&error);
  g_assert_null (cpt_csv_reader_open (pipe, &plain, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_IO);
  g_clear_error (&error);
  g_assert_null (cpt_csv_reader_open ("/dev/null", &plain, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_IO);
  g_clear_error (&error);
  g_assert_null (cpt_csv_reader_open (missing, &plain, &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND);

  g_unlink (file);
  g_unlink (pipe);
  g_rmdir (folder);
}

static void
test_detects_dialects (void)
{
  static const struct
  {
    const char *text;
    const char *encoding;
    char separator;
    char quote;
  } cases[] = {
    { "a,b\n1,2\n", "UTF-8", ',', '"' },
    { "a;b;c\n1,5;2,5;x\n", "UTF-8", ';', '"' },
    { "a\tb\n1,5\t2\n", "UTF-8", '\t', '"' },
    { "a|b|c\n1|2|3\n", "UTF-8", '|', '"' },
    { "name\nDupont, Jean\nMartin\n", "UTF-8", ',', '"' },
    { "\"a;b\",c\n\"d;e\",f\n", "UTF-8", ',', '"' },
    { "'a,b','c'\n'd','e'\n", "UTF-8", ',', '\'' },
    { "sep=;\na,b;c,d\n", "UTF-8", ';', '"' },
    { "nom;ville\nZo\xc3\xab;N\xc3\xaemes\n", "UTF-8", ';', '"' },
    { "nom;ville\nZo\xeb;N\xeemes\n", "WINDOWS-1252", ';', '"' },
    { "nom;prix\nc\x9cur;10 \x80\n", "WINDOWS-1252", ';', '"' },
    { "nom;prix\nc\xbdur;10 \xa4\n", "ISO-8859-15", ';', '"' },
    { "nom;taille\nplanche;1\xbd\n", "WINDOWS-1252", ';', '"' },
    { "a;b\n\xc3\xa9\xc3\xa9\xc3\xa9;\xe9\n", "UTF-8", ';', '"' },
    { "", "UTF-8", ',', '"' },
    { "\n\n", "UTF-8", ',', '"' },
    { "a", "UTF-8", ',', '"' },
    /* Quotes of the text, not around it */
    { "h\t5\"\n\"a\" b\t\"b\"s\n\"c\" d\td\n\"e\"\tf\n", "UTF-8", '\t', 0 },
    { "h\n\"a\" b\n\"c\"\n\"d\"\n", "UTF-8", ',', '"' },
    /* Never closed, which is damage */
    { "h\t5\"\n\"a\t\"b\n\"c\t\"d\n\"e\t\"f\n", "UTF-8", '\t', '"' },
    { "h,i\n\"a,b\nc,d\n\"e,f\n\"g\",h\n\"i,j\n", "UTF-8", ',', '"' },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CptCsvDialect dialect;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      cpt_csv_detect ((const guint8 *) cases[i].text, strlen (cases[i].text), NULL, &dialect);
      g_assert_cmpstr (dialect.encoding, ==, cases[i].encoding);
      g_assert_true (dialect.separator == cases[i].separator);
      g_assert_true (dialect.quote == cases[i].quote);
      g_assert_false (dialect.has_bom);
    }
}

static void
test_takes_what_is_known (void)
{
  static const char text[] = "a,b;\"c\",d\n1,2;'3',4\n";
  CptCsvDialect known = { .encoding = "ISO-8859-15", .separator = ';' };
  CptCsvDialect dialect;

  cpt_csv_detect ((const guint8 *) text, sizeof text - 1, &known, &dialect);
  g_assert_cmpstr (dialect.encoding, ==, "ISO-8859-15");
  g_assert_true (dialect.separator == ';');
  g_assert_true (dialect.quote == '"');

  known = (CptCsvDialect){ .separator = ',' };
  cpt_csv_detect ((const guint8 *) text, sizeof text - 1, &known, &dialect);
  g_assert_cmpstr (dialect.encoding, ==, "UTF-8");
  g_assert_true (dialect.separator == ',');
}

static void
test_detects_marks_and_utf16 (void)
{
  static const struct
  {
    const char *text;
    gsize length;
    const char *encoding;
    gboolean has_bom;
  } cases[] = {
    { "\xef\xbb\xbf" "a;b\n", 7, "UTF-8", TRUE },
    { "\xff\xfe" "a\0;\0b\0\n\0", 10, "UTF-16LE", TRUE },
    { "\xfe\xff\0a\0;\0b\0\n", 10, "UTF-16BE", TRUE },
    { "a\0;\0b\0\n\0", 8, "UTF-16LE", FALSE },
    { "\0a\0;\0b\0\n", 8, "UTF-16BE", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CptCsvDialect dialect;

      cpt_csv_detect ((const guint8 *) cases[i].text, cases[i].length, NULL, &dialect);
      g_assert_cmpstr (dialect.encoding, ==, cases[i].encoding);
      g_assert_true (dialect.separator == ';');
      g_assert_cmpint (dialect.has_bom, ==, cases[i].has_bom);
      assert_rows (cases[i].text, cases[i].length, &dialect, "1:a|b|\n");
    }
}

static void
test_writes_rows (void)
{
  static const struct
  {
    const char *fields[3];
    guint n;
    const char *safe;
    const char *raw;
  } cases[] = {
    { { "a", "b c", "é" }, 3, "a,b c,é\r\n", "a,b c,é\r\n" },
    { { "a,b", "c\"d", "e\nf" }, 3, "\"a,b\",\"c\"\"d\",\"e\nf\"\r\n", "\"a,b\",\"c\"\"d\",\"e\nf\"\r\n" },
    { { " a", "b ", "c;d" }, 3, "\" a\",\"b \",\"c;d\"\r\n", "\" a\",\"b \",\"c;d\"\r\n" },
    { { "", NULL, "" }, 3, ",,\r\n", ",,\r\n" },
    { { "" }, 1, "\"\"\r\n", "\"\"\r\n" },
    { { "=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)" }, 3, "'=1+1,\"'+cmd|' /C calc'!A0\",'@SUM(A1)\r\n", "=1+1,\"+cmd|' /C calc'!A0\",@SUM(A1)\r\n" },
    { { "-12.50", "+33612345678", "-1 234,5" }, 3, "-12.50,+33612345678,\"-1 234,5\"\r\n", "-12.50,+33612345678,\"-1 234,5\"\r\n" },
    { { "-1+2", "--1", "-" }, 3, "'-1+2,'--1,'-\r\n", "-1+2,--1,-\r\n" },
    { { "\t=1", "\r1", "  =1" }, 3, "\"'\t=1\",\"'\r1\",\"'  =1\"\r\n", "\"\t=1\",\"\r1\",\"  =1\"\r\n" },
    { { "＝1", "\xc2\xa0=1", "a=1" }, 3, "'＝1,'\xc2\xa0=1,a=1\r\n", "＝1,\xc2\xa0=1,a=1\r\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GString) safe = g_string_new (NULL);
      g_autoptr(GString) raw = g_string_new (NULL);

      cpt_csv_append_row (safe, cases[i].fields, cases[i].n, ',', FALSE);
      cpt_csv_append_row (raw, cases[i].fields, cases[i].n, ',', TRUE);
      g_assert_cmpstr (safe->str, ==, cases[i].safe);
      g_assert_cmpstr (raw->str, ==, cases[i].raw);
    }
}

static void
test_reads_back_what_it_writes (void)
{
  static const char *const parts[] = { "a", "é", "\"", ",", "\n", "\r", ";", " ", "😀", "x\"\"y", "\t", "'" };
  static const char separators[] = ",;\t|";
  GRand *random = g_rand_new_with_seed (7);

  for (int i = 0; i < 3000; i++)
    {
      CptCsvDialect dialect = { "UTF-8", separators[i % 4], '"', FALSE };
      g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
      g_autoptr(GString) out = g_string_new (NULL);
      g_autoptr(CptCsvReader) reader = NULL;
      guint n = (guint) g_rand_int_range (random, 1, 6);
      CptCsvRow row;

      for (guint j = 0; j < n; j++)
        {
          GString *field = g_string_new (NULL);

          for (int k = g_rand_int_range (random, 0, 6); k > 0; k--)
            g_string_append (field, parts[g_rand_int_range (random, 0, G_N_ELEMENTS (parts))]);
          g_ptr_array_add (fields, g_string_free (field, FALSE));
        }
      cpt_csv_append_row (out, (const char *const *) fields->pdata, n, dialect.separator, TRUE);

      reader = read_bytes (out->str, out->len, (gsize) i % 5 + 1, &dialect);
      g_assert_true (cpt_csv_reader_next (reader, &row, NULL, NULL));
      g_assert_null (row.problem);
      g_assert_cmpuint (row.n_fields, ==, n);
      for (guint j = 0; j < n; j++)
        g_assert_cmpstr (row.fields[j], ==, fields->pdata[j]);
      g_assert_false (cpt_csv_reader_next (reader, &row, NULL, NULL));
    }
  g_rand_free (random);
}

static void
test_file_with_some_utf8_is_utf8 (void)
{
  static const char text[] = "name,city\nCaf\xc3\xa9,Lyon\nCaf\xe9,Paris\nTh\xe9,Nice\n";
  CptCsvDialect dialect;

  cpt_csv_detect ((const guint8 *) text, sizeof text - 1, NULL, &dialect);
  g_assert_cmpstr (dialect.encoding, ==, "UTF-8");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv/reads-what-programs-write", test_reads_what_programs_write);
  g_test_add_func ("/csv/reads-other-dialects", test_reads_other_dialects);
  g_test_add_func ("/csv/reads-utf16", test_reads_utf16);
  g_test_add_func ("/csv/reports-broken-utf16", test_reports_broken_utf16);
  g_test_add_func ("/csv/reports-nul-bytes", test_reports_nul_bytes);
  g_test_add_func ("/csv/reports-large-cells", test_reports_large_cells);
  g_test_add_func ("/csv/reports-a-large-cell-of-many-lines-once", test_reports_a_large_cell_of_many_lines_once);
  g_test_add_func ("/csv/passes-over-lines-without-end", test_passes_over_lines_without_end);
  g_test_add_func ("/csv/reports-rows-of-many-cells", test_reports_rows_of_many_cells);
  g_test_add_func ("/csv/is-not-slowed-by-quotes", test_is_not_slowed_by_quotes);
  g_test_add_func ("/csv/goes-on-behind-a-quote-in-a-large-file", test_goes_on_behind_a_quote_in_a_large_file);
  g_test_add_func ("/csv/stops-when-cancelled", test_stops_when_cancelled);
  g_test_add_func ("/csv/refuses-an-encoding-of-several-bytes", test_refuses_an_encoding_of_several_bytes);
  g_test_add_func ("/csv/opens-only-files", test_opens_only_files);
  g_test_add_func ("/csv/detects-dialects", test_detects_dialects);
  g_test_add_func ("/csv/takes-what-is-known-of-a-dialect", test_takes_what_is_known);
  g_test_add_func ("/csv/detects-marks-and-utf16", test_detects_marks_and_utf16);
  g_test_add_func ("/csv/writes-rows", test_writes_rows);
  g_test_add_func ("/csv/reads-back-what-it-writes", test_reads_back_what_it_writes);
  g_test_add_func ("/csv/takes-a-file-with-some-utf8-for-utf8", test_file_with_some_utf8_is_utf8);

  return g_test_run ();
}
