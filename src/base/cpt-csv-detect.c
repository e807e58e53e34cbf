/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Guesses how a file of separated values is written, from its first bytes.
 *
 * Encoding: a byte order mark; the zeros of UTF-16; UTF-8 when there are
 * right sequences for some of the bytes; else one of the two that Western files
 * have. Separator: the one that cuts most rows into as many fields as the
 * first. */

#include "config.h"

#include "cpt-csv.h"

#include <string.h>

#include "cpt-csv-private.h"

#define MAX_SAMPLE (64 * 1024)
#define MAX_ROWS 200

static const char separators[] = CPT_CSV_SEPARATORS;

typedef struct
{
  guint n_rows;
  guint n_fields;   /* of the first row */
  guint n_matching; /* rows with as many */
} Trial;

/* What the quotes at the beginning of fields are */
typedef struct
{
  guint n_closed; /* of fields that they end too */
  guint n_words;  /* of words in the text: “"Fish" & Chips” */
  guint n_open;   /* never closed */
} Quotes;

static gboolean
looks_like_utf16 (const guint8 *bytes,
                  gsize         length,
                  gboolean     *is_big_endian)
{
  gsize n_zeros[2] = { 0, 0 };
  gsize n_pairs = length / 2;

  for (gsize i = 0; i < n_pairs * 2; i++)
    n_zeros[i % 2] += bytes[i] == 0;
  *is_big_endian = n_zeros[0] > n_zeros[1];

  return n_pairs >= 2 && MAX (n_zeros[0], n_zeros[1]) * 10 > n_pairs * 4 &&
         MIN (n_zeros[0], n_zeros[1]) * 20 < n_pairs;
}

static gboolean
looks_like_utf8 (const guint8 *bytes,
                 gsize         length)
{
  const char *p = (const char *) bytes;
  const char *end = p + length;
  gsize n_right = 0;
  gsize n_wrong = 0;

  while (p < end)
    {
      gunichar c;

      if ((guchar) *p < 0x80)
        {
          p++;
          continue;
        }
      c = g_utf8_get_char_validated (p, end - p);
      if (c == (gunichar) -2) /* cut off at the end of the sample */
        break;
      if (c == (gunichar) -1)
        {
          n_wrong++;
          p++;
          continue;
        }
      n_right++;
      p = g_utf8_next_char (p);
    }

  /* Hardly any text in another encoding has what is right in UTF-8 by chance:
   * a file with some of it is UTF-8 with lines that are not. */
  return n_wrong == 0 || n_right * 4 >= n_wrong;
}

static gboolean
is_letter (guint8 byte)
{
  return g_ascii_isalpha (byte) || byte >= 0xc0;
}

/* ISO-8859-15 has letters and the euro where Windows-1252 has fractions and
 * marks that hardly any text has. */
static gboolean
looks_like_iso_8859_15 (const guint8 *bytes,
                        gsize         length)
{
  gint n_for = 0;

  for (gsize i = 0; i < length; i++)
    {
      guint8 before = i > 0 ? bytes[i - 1] : ' ';
      guint8 after = i + 1 < length ? bytes[i + 1] : ' ';

      if (bytes[i] >= 0x80 && bytes[i] < 0xa0)
        return FALSE;
      if (bytes[i] == 0xa4)
        n_for++;
      else if (bytes[i] >= 0xa0 && bytes[i] < 0xc0 && strchr ("\xa6\xa8\xb4\xb8\xbc\xbd\xbe", bytes[i]) != NULL)
        n_for += is_letter (before) || is_letter (after) ? 1 : -1;
    }

  return n_for > 0;
}

static const char *
detect_encoding (const guint8  *bytes,
                 gsize          length,
                 CptCsvDialect *dialect)
{
  gboolean is_big_endian;

  dialect->has_bom = TRUE;
  if (length >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    return "UTF-8";
  if (length >= 2 && memcmp (bytes, "\xff\xfe", 2) == 0)
    return "UTF-16LE";
  if (length >= 2 && memcmp (bytes, "\xfe\xff", 2) == 0)
    return "UTF-16BE";

  dialect->has_bom = FALSE;
  if (looks_like_utf16 (bytes, length, &is_big_endian))
    return is_big_endian ? "UTF-16BE" : "UTF-16LE";
  if (looks_like_utf8 (bytes, length))
    return "UTF-8";

  return looks_like_iso_8859_15 (bytes, length) ? "ISO-8859-15" : "WINDOWS-1252";
}

static gboolean
is_field_end (const guint8 *p,
              const guint8 *end,
              char          separator)
{
  return p >= end || *p == (guint8) separator || *p == '\n' || *p == '\r';
}

/* Behind the field at @p; a quoted one that does not end well is read as one
 * without quotes. */
static const guint8 *
skip_field (const guint8 *p,
            const guint8 *end,
            char          separator,
            char          quote)
{
  const guint8 *start = p;

  if (p < end && *p == (guint8) quote)
    {
      for (p++; p < end; p++)
        {
          if (*p != (guint8) quote)
            continue;
          if (p + 1 < end && p[1] == (guint8) quote)
            {
              p++;
              continue;
            }
          if (!is_field_end (p + 1, end, separator))
            continue;
          return p + 1;
        }
      p = start;
    }
  while (!is_field_end (p, end, separator))
    p++;

  return p;
}

static void
try_separator (const guint8 *bytes,
               gsize         length,
               char          separator,
               char          quote,
               Trial        *trial)
{
  const guint8 *p = bytes;
  const guint8 *end = bytes + length;

  memset (trial, 0, sizeof *trial);
  while (p < end && trial->n_rows < MAX_ROWS)
    {
      guint n_fields = 1;
      const guint8 *start = p;

      while (TRUE)
        {
          p = skip_field (p, end, separator, quote);
          if (p >= end || *p != (guint8) separator)
            break;
          n_fields++;
          p++;
        }
      /* The last row of the sample may be cut off. */
      if (p >= end && trial->n_rows > 0)
        break;
      while (p < end && (*p == '\r' || *p == '\n'))
        p++;
      if (*start == '\r' || *start == '\n')
        continue;

      if (trial->n_rows++ == 0)
        trial->n_fields = n_fields;
      trial->n_matching += n_fields == trial->n_fields;
    }
}

/* "sep=;", as spreadsheets write in front of a file */
static char
find_declared_separator (const guint8 *bytes,
                         gsize         length)
{
  if (length >= 6 && g_ascii_strncasecmp ((const char *) bytes, "sep=", 4) == 0 &&
      (bytes[5] == '\r' || bytes[5] == '\n') && bytes[4] != '\0' && strchr (separators, bytes[4]) != NULL)
    return (char) bytes[4];

  return 0;
}

static void
detect_separator (const guint8  *bytes,
                  gsize          length,
                  CptCsvDialect *dialect)
{
  double best_score = 0.0;

  dialect->separator = find_declared_separator (bytes, length);
  if (dialect->separator != 0)
    return;

  dialect->separator = ',';
  for (gsize i = 0; separators[i] != '\0'; i++)
    {
      Trial trial;
      double score;

      try_separator (bytes, length, separators[i], '"', &trial);
      if (trial.n_fields < 2)
        continue;
      /* Regular rows count most; then the finer cut. */
      score = (double) trial.n_matching / trial.n_rows + MIN (trial.n_fields, 100) / 1000.0;
      if (score > best_score)
        {
          best_score = score;
          dialect->separator = separators[i];
        }
    }
}

/* Of the field that a row was ended with since its quote is never closed */
static void
judge_open_field (const CptCsvSpan *span,
                  char              separator,
                  char              quote,
                  Quotes           *quotes)
{
  const guint8 *separated = memchr (span->start, separator, span->length);
  gsize length = separated != NULL ? (gsize) (separated - span->start) : span->length;

  if (memchr (span->start, quote, length) != NULL)
    quotes->n_words++;
  else
    quotes->n_open++;
}

/* Reads rows as the reader will and counts what becomes of their quotes. */
static void
try_quote (const guint8 *bytes,
           gsize         length,
           char          separator,
           char          quote,
           Quotes       *quotes)
{
  g_autofree CptCsvSpan *spans = g_new (CptCsvSpan, CPT_CSV_MAX_FIELDS);
  const guint8 *end = bytes + length;
  const guint8 *p = bytes;
  CptCsvScanner scanner;

  memset (quotes, 0, sizeof *quotes);
  cpt_csv_scanner_init (&scanner, separator, quote);
  for (guint row = 0; row < MAX_ROWS && p < end; row++)
    {
      CptCsvScan scan = {
        .start = p, .start_position = (guint64) (p - bytes), .position = p, .limit = end, .is_end = TRUE,
      };
      guint n_fields;

      cpt_csv_scanner_find_row (&scanner, &scan, spans);
      n_fields = MIN (scan.n_fields, CPT_CSV_MAX_FIELDS);
      /* The last field of the sample may be cut off. */
      if (scan.is_unclosed && n_fields > 0)
        {
          n_fields--;
          if (scan.position < end)
            judge_open_field (&spans[n_fields], separator, quote, quotes);
        }
      for (guint i = 0; i < n_fields; i++)
        quotes->n_closed += spans[i].start > p && spans[i].start[-1] == (guint8) quote ? 1 : 0;
      p = scan.position;
    }
}

/* Without quotes is a file that has them in its texts only. Where they are never
 * closed the file is damaged: its bad rows are to be seen as such, not stored
 * with a quote in front. */
static void
detect_quote (const guint8  *bytes,
              gsize          length,
              CptCsvDialect *dialect)
{
  Quotes twice, single;

  try_quote (bytes, length, dialect->separator, '"', &twice);
  try_quote (bytes, length, dialect->separator, '\'', &single);

  dialect->quote = '"';
  if (twice.n_closed + twice.n_words + twice.n_open == 0 && single.n_closed > 0 && single.n_words + single.n_open == 0)
    dialect->quote = '\'';
  else if (twice.n_words > 1 && twice.n_words > twice.n_closed + twice.n_open)
    dialect->quote = 0;
}

void
cpt_csv_detect (const guint8        *bytes,
                gsize                length,
                const CptCsvDialect *known,
                CptCsvDialect       *dialect)
{
  g_autoptr(GByteArray) converted = NULL;
  gsize mark = 0;

  g_return_if_fail (bytes != NULL || length == 0);
  g_return_if_fail (dialect != NULL);

  length = MIN (length, MAX_SAMPLE);
  dialect->encoding = detect_encoding (bytes, length, dialect);
  if (known != NULL && known->encoding != NULL)
    dialect->encoding = known->encoding;
  if (g_str_has_prefix (dialect->encoding, "UTF-16"))
    {
      CptCsvEncoding encoding;

      cpt_csv_encoding_init (&encoding, dialect->encoding);
      converted = g_byte_array_new ();
      cpt_csv_encoding_append_utf16 (&encoding, converted, bytes, length & ~(gsize) 1, TRUE);
      bytes = converted->data;
      length = converted->len;
    }
  if (length >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    mark = 3;

  if (known != NULL && known->separator != 0)
    dialect->separator = known->separator;
  else
    detect_separator (bytes + mark, length - mark, dialect);
  detect_quote (bytes + mark, length - mark, dialect);
}
