/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads rows of separated values, in constant memory.
 *
 * The bytes of the file stand in one buffer, which grows up to MAX_ROW_BYTES
 * when a row needs it. A row is read in two passes: the scanner
 * (cpt-csv-scan.c) finds its fields and its end and changes nothing, so that it
 * can be repeated when the row goes on behind the buffer; finish_row () then ends the fields with NUL
 * in place and takes doubled quotes apart. Only rows with bytes that must be
 * converted are copied. UTF-16 becomes UTF-8 on its way into the buffer;
 * encodings of single bytes are scanned as they are. */

#include "config.h"

#include "cpt-csv.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cpt-csv-private.h"
#include "cpt-error.h"

#define CHUNK_BYTES (256 * 1024)
#define MAX_ROW_BYTES (16 * 1024 * 1024)
/* A byte order mark, "sep=;" and the end of its line */
#define BEGIN_BYTES 10
#define REPLACEMENT "\xef\xbf\xbd"

struct _CptCsvReader
{
  GObject parent_instance;

  GInputStream *stream; /* (owned) */
  CptCsvEncoding encoding;
  CptCsvScanner scanner;

  GByteArray *raw; /* of UTF-16: what is not converted yet */
  guint64 n_read;  /* of UTF-16: bytes of the file */
  guint8 *buffer;  /* (owned); one byte more than capacity */
  gsize capacity;
  gsize start;     /* of the next row */
  gsize end;       /* behind the last byte read */
  guint64 base;    /* bytes that were in the buffer before buffer[0] */
  gboolean is_end; /* the stream has no more */
  gboolean began;  /* byte order mark and "sep=" are passed */

  guint64 offset; /* of start, in the file */
  guint64 line;   /* of start */

  CptCsvSpan *spans;   /* CPT_CSV_MAX_FIELDS */
  const char **fields; /* CPT_CSV_MAX_FIELDS */
  GString *converted;  /* fields of a row that was converted */
};

G_DEFINE_FINAL_TYPE (CptCsvReader, cpt_csv_reader, G_TYPE_OBJECT)

/* --- The buffer --- */

static void
make_room (CptCsvReader *self)
{
  gsize used = self->end - self->start;

  if (self->start > 0)
    {
      memmove (self->buffer, self->buffer + self->start, used);
      self->base += self->start;
      self->start = 0;
      self->end = used;
    }
  if (self->capacity - used < CHUNK_BYTES / 2)
    {
      self->capacity = MAX (self->capacity * 2, used + CHUNK_BYTES);
      self->buffer = g_realloc (self->buffer, self->capacity + 1);
    }
}

static gboolean
read_utf16 (CptCsvReader  *self,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GByteArray) text = g_byte_array_new ();
  gsize old_length = self->raw->len;
  gssize n;
  gsize used;

  /* Two bytes are at most three of UTF-8. */
  g_byte_array_set_size (self->raw, (guint) old_length + CHUNK_BYTES / 2);
  n = g_input_stream_read (self->stream, self->raw->data + old_length, CHUNK_BYTES / 2, cancellable, error);
  g_byte_array_set_size (self->raw, (guint) (old_length + (gsize) MAX (n, 0)));
  if (n < 0)
    return FALSE;

  self->n_read += (gsize) n;
  self->is_end = n == 0;
  used = cpt_csv_encoding_append_utf16 (&self->encoding, text, self->raw->data, self->raw->len, self->is_end);
  g_byte_array_remove_range (self->raw, 0, (guint) used);
  if (self->is_end && self->raw->len > 0)
    g_byte_array_append (text, (const guint8 *) REPLACEMENT, strlen (REPLACEMENT));

  if (text->len > 0)
    memcpy (self->buffer + self->end, text->data, text->len);
  self->end += text->len;

  return TRUE;
}

static gboolean
fill (CptCsvReader  *self,
      GCancellable  *cancellable,
      GError       **error)
{
  gssize n;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  make_room (self);
  if (self->encoding.bytes == CPT_CSV_BYTES_UTF16)
    return read_utf16 (self, cancellable, error);

  n = g_input_stream_read (self->stream, self->buffer + self->end, self->capacity - self->end, cancellable, error);
  if (n < 0)
    return FALSE;
  self->is_end = n == 0;
  self->end += (gsize) n;

  return TRUE;
}

/* Where in the file the byte behind the next @length bytes of the buffer is. */
static guint64
get_offset_behind (CptCsvReader *self,
                   gsize         length)
{
  const guint8 *bytes = self->buffer + self->start;
  guint64 n_units = 0;

  if (self->encoding.bytes != CPT_CSV_BYTES_UTF16)
    return self->offset + length;

  for (gsize i = 0; i < length; i++)
    n_units += ((bytes[i] & 0xc0) != 0x80) + (bytes[i] >= 0xf0);

  /* Half a unit at the end of the file counts as one. */
  return MIN (self->offset + n_units * 2, self->n_read);
}

static void
consume (CptCsvReader *self,
         gsize         length,
         guint         n_lines)
{
  self->offset = get_offset_behind (self, length);
  self->start += length;
  self->line += n_lines;
}

/* --- Making its fields --- */

static void
undouble (CptCsvSpan *span,
          char        quote)
{
  guint8 *target = (guint8 *) span->start;
  const guint8 *source = span->start;
  const guint8 *end = source + span->length;

  while (source < end)
    {
      *target++ = *source;
      source += *source == (guint8) quote && source + 1 < end && source[1] == (guint8) quote ? 2 : 1;
    }
  span->length = (gsize) (target - span->start);
}

/* The first byte from @i on that is not ASCII. */
static gsize
skip_ascii (const guint8 *bytes,
            gsize         i,
            gsize         length)
{
  for (; i + 8 <= length; i += 8)
    {
      guint64 word;

      memcpy (&word, bytes + i, 8);
      if ((word & G_GUINT64_CONSTANT (0x8080808080808080)) != 0)
        break;
    }
  while (i < length && bytes[i] < 0x80)
    i++;

  return i;
}

/* g_utf8_validate_len () for text that is ASCII for the most part; there are
 * no NUL bytes. */
static gboolean
is_utf8 (const guint8 *bytes,
         gsize         length)
{
  gsize i = 0;

  while ((i = skip_ascii (bytes, i, length)) < length)
    {
      gsize start = i;

      /* Letters of two bytes, which come alone most times */
      if (bytes[i] >= 0xc2 && bytes[i] < 0xe0 && i + 1 < length && (bytes[i + 1] & 0xc0) == 0x80)
        {
          i += 2;
          continue;
        }
      while (i < length && bytes[i] >= 0x80)
        i++;
      if (!g_utf8_validate_len ((const char *) bytes + start, i - start, NULL))
        return FALSE;
    }

  return TRUE;
}

/* Appends the UTF-8 of one field; FALSE when something had to be replaced. */
static gboolean
append_converted (CptCsvReader *self,
                  GString      *out,
                  const guint8 *bytes,
                  gsize         length)
{
  gboolean is_whole = TRUE;

  if (self->encoding.bytes == CPT_CSV_BYTES_SINGLE)
    {
      for (gsize i = 0; i < length; i++)
        {
          gunichar c = bytes[i] < 0x80 ? bytes[i] : self->encoding.upper[bytes[i] - 0x80];

          is_whole = is_whole && c != 0;
          if (c != 0 && c < 0x80)
            g_string_append_c (out, (char) c);
          else
            g_string_append_unichar (out, c != 0 ? c : 0xfffd);
        }
      return is_whole;
    }

  while (length > 0)
    {
      const char *wrong;
      gsize good;

      if (g_utf8_validate_len ((const char *) bytes, length, &wrong))
        {
          g_string_append_len (out, (const char *) bytes, (gssize) length);
          break;
        }
      good = (gsize) (wrong - (const char *) bytes);
      g_string_append_len (out, (const char *) bytes, (gssize) good);
      g_string_append (out, REPLACEMENT);
      bytes += good + 1;
      length -= good + 1;
      is_whole = FALSE;
    }

  return is_whole;
}

/* Copies the row's fields into self->converted. */
static gboolean
convert_row (CptCsvReader *self,
             guint         n_fields)
{
  gboolean is_whole = TRUE;
  const char *position;

  g_string_truncate (self->converted, 0);
  for (guint i = 0; i < n_fields; i++)
    {
      is_whole = append_converted (self, self->converted, self->spans[i].start, self->spans[i].length) && is_whole;
      g_string_append_c (self->converted, '\0');
    }

  /* The string doesn't move any more. */
  position = self->converted->str;
  for (guint i = 0; i < n_fields; i++)
    {
      self->fields[i] = position;
      position += strlen (position) + 1;
    }

  return is_whole;
}

static gboolean
needs_conversion (CptCsvReader     *self,
                  const CptCsvScan *scan)
{
  const guint8 *start = self->buffer + self->start;
  gsize length = (gsize) (scan->position - start);

  if (scan->has_nul || scan->has_large_field)
    return TRUE;
  if (self->encoding.bytes == CPT_CSV_BYTES_SINGLE)
    return skip_ascii (start, 0, length) < length;

  return !is_utf8 (start, length);
}

static const char *
find_problem (CptCsvReader     *self,
              const CptCsvScan *scan,
              gboolean          is_whole)
{
  if (scan->is_unclosed)
    return _("A quotation mark is opened on this line and never closed");
  if (scan->n_fields > CPT_CSV_MAX_FIELDS)
    return _("This row has more than 65,536 cells");
  if (scan->has_large_field)
    return _("A cell of this row is larger than 1 MB");
  if (scan->has_nul)
    return _("This row contains a NUL byte, which text never does");
  if (!is_whole)
    return _("This row contains bytes that are not text in the encoding of the file");
  if (self->encoding.bytes == CPT_CSV_BYTES_UTF16 &&
      g_strstr_len ((const char *) self->buffer + self->start,
                    scan->position - (self->buffer + self->start), REPLACEMENT) != NULL)
    return _("This row contains bytes that are not text in the encoding of the file");

  return NULL;
}

/* @row gets fields and problem of what scan_row () found. */
static void
finish_row (CptCsvReader     *self,
            const CptCsvScan *scan,
            CptCsvRow        *row)
{
  guint n_fields = MIN (scan->n_fields, CPT_CSV_MAX_FIELDS);
  gboolean is_converted = needs_conversion (self, scan);
  gboolean is_whole = TRUE;

  row->problem = NULL;
  row->is_cut = scan->has_large_field || scan->n_fields > CPT_CSV_MAX_FIELDS;
  row->fields = self->fields;
  row->n_fields = n_fields;

  /* Before the bytes behind the fields are overwritten. */
  if (!is_converted)
    row->problem = find_problem (self, scan, TRUE);

  for (guint i = 0; i < n_fields; i++)
    {
      CptCsvSpan *span = &self->spans[i];

      if (span->has_doubled_quotes)
        undouble (span, self->scanner.quote);
      span->length = MIN (span->length, CPT_CSV_MAX_FIELD_BYTES);
      if (is_converted)
        continue;
      ((guint8 *) span->start)[span->length] = '\0';
      self->fields[i] = (const char *) span->start;
    }

  if (is_converted)
    {
      is_whole = convert_row (self, n_fields);
      row->problem = find_problem (self, scan, is_whole);
    }
}

/* --- Rows --- */

/* Where the first row begins: behind a byte order mark and Excel's "sep=;",
 * whether or not what it says is true. */
static void
begin (CptCsvReader *self)
{
  const guint8 *p = self->buffer + self->start;
  gsize length = self->end - self->start;

  self->began = TRUE;
  if (length >= 3 && memcmp (p, "\xef\xbb\xbf", 3) == 0)
    {
      consume (self, 3, 0);
      p += 3;
      length -= 3;
    }
  if (length >= 6 && g_ascii_strncasecmp ((const char *) p, "sep=", 4) == 0 &&
      memchr (CPT_CSV_SEPARATORS, p[4], strlen (CPT_CSV_SEPARATORS)) != NULL &&
      (p[5] == '\r' || p[5] == '\n'))
    consume (self, p[5] == '\r' && length >= 7 && p[6] == '\n' ? 7 : 6, 1);
}

/* Passes blank lines. FALSE when the buffer ends before a row begins. */
static gboolean
skip_blank_lines (CptCsvReader *self)
{
  while (TRUE)
    {
      CptCsvScan scan = {
        .position = self->buffer + self->start,
        .limit = self->buffer + self->end,
        .is_end = self->is_end,
      };

      while (scan.position < scan.limit && *scan.position == ' ')
        scan.position++;
      if (scan.position >= scan.limit)
        return FALSE;
      if (*scan.position != '\r' && *scan.position != '\n')
        return TRUE;
      if (!cpt_csv_scan_skip_line_end (&scan))
        return FALSE;
      consume (self, (gsize) (scan.position - (self->buffer + self->start)), 1);
    }
}

/* A line without an end within MAX_ROW_BYTES is passed over unseen. */
static gboolean
skip_long_line (CptCsvReader  *self,
                CptCsvRow     *row,
                GCancellable  *cancellable,
                GError       **error)
{
  row->fields = self->fields;
  row->n_fields = 0;
  row->problem = _("This row is longer than 16 MB");
  row->is_cut = TRUE;

  while (TRUE)
    {
      const guint8 *start = self->buffer + self->start;
      CptCsvScan scan = { .position = start, .limit = self->buffer + self->end, .is_end = self->is_end };

      while (scan.position < scan.limit && *scan.position != '\r' && *scan.position != '\n')
        scan.position++;
      if (scan.position < scan.limit && cpt_csv_scan_skip_line_end (&scan))
        {
          consume (self, (gsize) (scan.position - start), 1);
          return TRUE;
        }
      /* A CR at the end waits for its LF. */
      consume (self, (gsize) (scan.position - start), 0);
      if (self->is_end)
        return TRUE;
      if (!fill (self, cancellable, error))
        return FALSE;
    }
}

static gboolean
is_supported (CptCsvReader  *self,
              GError       **error)
{
  if (self->encoding.bytes != CPT_CSV_BYTES_UNKNOWN)
    return TRUE;

  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED,
                       _("Files in this encoding can’t be read: save the file as UTF-8"));

  return FALSE;
}

/* Moves on behind the row that finish_row () cuts up. */
static void
take_row (CptCsvReader     *self,
          const CptCsvScan *scan,
          CptCsvRow        *row)
{
  gsize length = (gsize) (scan->position - (self->buffer + self->start));
  guint64 offset = get_offset_behind (self, length);

  finish_row (self, scan, row);
  self->start += length;
  self->offset = offset;
  self->line += scan->n_lines;
}

gboolean
cpt_csv_reader_next (CptCsvReader  *self,
                     CptCsvRow     *row,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_return_val_if_fail (CPT_IS_CSV_READER (self), FALSE);
  g_return_val_if_fail (row != NULL, FALSE);

  if (!is_supported (self, error))
    return FALSE;

  while (TRUE)
    {
      CptCsvScan scan = { 0 };

      if (!self->began && (self->is_end || self->end - self->start >= BEGIN_BYTES))
        begin (self);
      if (self->began && skip_blank_lines (self))
        {
          row->line = self->line;
          row->offset = self->offset;
          scan.start = self->buffer + self->start;
          scan.start_position = self->base + self->start;
          scan.position = scan.start;
          scan.limit = self->buffer + self->end;
          scan.is_end = self->is_end;
          scan.is_full = self->end - self->start >= MAX_ROW_BYTES;
          if (cpt_csv_scanner_find_row (&self->scanner, &scan, self->spans))
            {
              take_row (self, &scan, row);
              return TRUE;
            }
        }
      if (self->is_end)
        return FALSE;
      if (self->end - self->start >= MAX_ROW_BYTES)
        return skip_long_line (self, row, cancellable, error);
      if (!fill (self, cancellable, error))
        return FALSE;
    }
}

guint64
cpt_csv_reader_get_offset (CptCsvReader *self)
{
  g_return_val_if_fail (CPT_IS_CSV_READER (self), 0);

  return self->offset;
}

static void
cpt_csv_reader_finalize (GObject *object)
{
  CptCsvReader *self = CPT_CSV_READER (object);

  g_clear_object (&self->stream);
  g_byte_array_unref (self->raw);
  g_free (self->buffer);
  g_free (self->spans);
  g_free (self->fields);
  g_string_free (self->converted, TRUE);

  G_OBJECT_CLASS (cpt_csv_reader_parent_class)->finalize (object);
}

static void
cpt_csv_reader_class_init (CptCsvReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_csv_reader_finalize;
}

static void
cpt_csv_reader_init (CptCsvReader *self)
{
  self->raw = g_byte_array_new ();
  self->spans = g_new (CptCsvSpan, CPT_CSV_MAX_FIELDS);
  self->fields = g_new0 (const char *, CPT_CSV_MAX_FIELDS);
  self->converted = g_string_new (NULL);
  self->line = 1;
}

CptCsvReader *
cpt_csv_reader_new (GInputStream        *stream,
                    const CptCsvDialect *dialect)
{
  CptCsvReader *self;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (dialect != NULL, NULL);

  self = g_object_new (CPT_TYPE_CSV_READER, NULL);
  self->stream = g_object_ref (stream);
  cpt_csv_scanner_init (&self->scanner, dialect->separator, dialect->quote);
  cpt_csv_encoding_init (&self->encoding, dialect->encoding);

  return self;
}

CptCsvReader *
cpt_csv_reader_open (const char           *path,
                     const CptCsvDialect  *dialect,
                     GError              **error)
{
  g_autofree char *name = NULL;
  g_autoptr(GInputStream) stream = NULL;
  struct stat status;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (dialect != NULL, NULL);

  name = g_filename_display_basename (path);
  /* Opening a pipe must not wait for its other end. */
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0 && errno == ENOENT)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There is no file “%s”"), name);
      return NULL;
    }
  if (fd < 0)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_IO, _("“%s” can’t be opened: %s"), name, g_strerror (errno));
      return NULL;
    }

  stream = g_unix_input_stream_new (fd, TRUE);
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode))
    return cpt_csv_reader_new (stream, dialect);

  if (S_ISDIR (status.st_mode))
    g_set_error (error, CPT_ERROR, CPT_ERROR_IO, _("“%s” is a folder: choose a file in it"), name);
  else
    g_set_error (error, CPT_ERROR, CPT_ERROR_IO,
                 _("“%s” is not a regular file: save its output to a file first"), name);

  return NULL;
}
