/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds the fields of one row of separated values in a buffer, and changes
 * nothing there, so that it can be repeated when the row goes on behind the
 * buffer.
 *
 * A quoted field ends with a quote in front of a separator or the end of a
 * line. Other quotes inside belong to the text, which must then end on the same
 * line; and one that looks like the
 * beginning of a field, on a later line than the field's own, says that the
 * field was never closed, and so does the end of the file or of what is looked
 * ahead. Then the row ends at the end of the line where the quote was opened,
 * and is a bad one; the lines behind it are read as rows again. How far was
 * looked ahead in vain is remembered (dead_end): a quote opened before there
 * can't be closed before there either, but on its own line, since runs of
 * quotes pair in the same way whoever looks. So no file makes the scanner look
 * at the same bytes again and again. */

#include "config.h"

#include "cpt-csv-private.h"

#include <string.h>

#include "cpt-csv.h"

typedef enum
{
  END_SEPARATOR,
  END_LINE,
  END_MORE,     /* the field goes on behind the buffer */
  END_UNCLOSED, /* its quote is never closed */
} End;

gboolean
cpt_csv_scan_skip_line_end (CptCsvScan *scan)
{
  if (*scan->position == '\r')
    {
      if (scan->position + 1 >= scan->limit && !scan->is_end)
        return FALSE;
      scan->position++;
      if (scan->position < scan->limit && *scan->position == '\n')
        scan->position++;
    }
  else
    {
      scan->position++;
    }
  scan->n_lines++;

  return TRUE;
}

/* Behind a field: at a separator, the end of a line or of the buffer. */
static End
end_field (CptCsvScanner *self,
           CptCsvScan    *scan)
{
  if (scan->position >= scan->limit)
    return scan->is_end ? END_LINE : END_MORE;
  if (*scan->position == (guint8) self->separator)
    {
      scan->position++;
      return END_SEPARATOR;
    }

  return cpt_csv_scan_skip_line_end (scan) ? END_LINE : END_MORE;
}

static End
scan_plain_field (CptCsvScanner *self,
                  CptCsvScan    *scan,
                  CptCsvSpan    *span)
{
  const guint8 *p = scan->position;

  span->start = p;
  while (TRUE)
    {
      while (p < scan->limit && !self->is_special[*p])
        p++;
      if (p >= scan->limit || *p != '\0')
        break;
      scan->has_nul = TRUE;
      p++;
    }
  span->length = (gsize) (p - span->start);
  scan->position = p;

  return end_field (self, scan);
}

/* Whether a field may end at @p, blanks left out. 0 no, 1 yes, -1 unknown. */
static int
is_field_end (CptCsvScanner     *self,
              const CptCsvScan  *scan,
              const guint8     **p)
{
  while (*p < scan->limit && **p == ' ' && self->separator != ' ')
    (*p)++;
  if (*p >= scan->limit)
    return scan->is_end ? 1 : -1;

  return **p == (guint8) self->separator || **p == '\r' || **p == '\n';
}

static gboolean
looks_like_opening (CptCsvScanner    *self,
                    const CptCsvSpan *span,
                    const guint8     *quote)
{
  const guint8 *p = quote - 1;

  while (p > span->start && *p == ' ')
    p--;

  return *p == (guint8) self->separator || *p == '\n' || *p == '\r';
}

static guint64
get_position (const CptCsvScan *scan,
              const guint8     *p)
{
  return scan->start_position + (guint64) (p - scan->start);
}

/* The next byte that means something inside quotes. */
static const guint8 *
find_in_quotes (CptCsvScanner *self,
                const guint8  *p,
                const guint8  *limit)
{
  guint8 quote = (guint8) self->quote;

  while (p < limit && *p != quote && *p != '\n' && *p != '\r' && *p != '\0')
    p++;

  return p;
}

/* At the opening quote. */
static End
scan_quoted_field (CptCsvScanner *self,
                   CptCsvScan    *scan,
                   CptCsvSpan    *span)
{
  guint first_line = scan->n_lines;
  gboolean has_stray = FALSE;

  scan->position++;
  span->start = scan->position;
  while (TRUE)
    {
      const guint8 *p = find_in_quotes (self, scan->position, scan->limit);
      const guint8 *behind;
      int may_end;

      scan->position = p;
      if (p >= scan->limit)
        return scan->is_end ? END_UNCLOSED : END_MORE;
      if (*p == '\0')
        {
          scan->has_nul = TRUE;
          scan->position++;
          continue;
        }
      if (*p != (guint8) self->quote)
        {
          /* After a quote that ends nothing, where the field ends is a guess:
           * better one bad row than two good ones made into one. */
          if (has_stray)
            return END_UNCLOSED;
          if (!cpt_csv_scan_skip_line_end (scan))
            return END_MORE;
          if (get_position (scan, span->start) < self->dead_end)
            return END_UNCLOSED;
          continue;
        }
      if (p + 1 < scan->limit && p[1] == (guint8) self->quote)
        {
          span->has_doubled_quotes = TRUE;
          scan->position += 2;
          continue;
        }

      behind = p + 1;
      may_end = is_field_end (self, scan, &behind);
      if (may_end < 0)
        return END_MORE;
      if (may_end > 0)
        {
          span->length = (gsize) (p - span->start);
          scan->position = behind;
          return end_field (self, scan);
        }
      if (scan->n_lines > first_line && looks_like_opening (self, span, p))
        return END_UNCLOSED;
      has_stray = TRUE;
      scan->position++;
    }
}

/* A field whose quote isn't closed: the rest of its line. */
static End
scan_unclosed_field (CptCsvScanner *self,
                     CptCsvScan    *scan,
                     CptCsvSpan    *span)
{
  const guint8 *p = span->start;

  while (p < scan->limit && *p != '\r' && *p != '\n')
    p++;
  span->length = (gsize) (p - span->start);
  span->has_doubled_quotes = FALSE;
  scan->position = p;

  return p >= scan->limit || cpt_csv_scan_skip_line_end (scan) ? END_LINE : END_MORE;
}

static End
scan_field (CptCsvScanner *self,
            CptCsvScan    *scan,
            CptCsvSpan    *span)
{
  const guint8 *p = scan->position;

  *span = (CptCsvSpan){ .start = p };
  if (self->quote == 0)
    return scan_plain_field (self, scan, span);

  /* Some programs put a blank before the quote. */
  while (p < scan->limit && *p == ' ' && self->separator != ' ')
    p++;
  if (p >= scan->limit && !scan->is_end)
    return END_MORE;
  if (p >= scan->limit || *p != (guint8) self->quote)
    return scan_plain_field (self, scan, span);

  scan->position = p;

  return scan_quoted_field (self, scan, span);
}

/* Ends the row with the field at @span, whose quote is never closed. */
static End
give_up_field (CptCsvScanner    *self,
               CptCsvScan       *scan,
               const CptCsvScan *before,
               CptCsvSpan       *span)
{
  self->dead_end = MAX (self->dead_end, get_position (scan, scan->position));
  scan->n_lines = before->n_lines;
  scan->has_nul = before->has_nul;
  scan->is_unclosed = TRUE;

  return scan_unclosed_field (self, scan, span);
}

gboolean
cpt_csv_scanner_find_row (CptCsvScanner *self,
                          CptCsvScan    *scan,
                          CptCsvSpan    *spans)
{
  while (TRUE)
    {
      CptCsvSpan spare;
      CptCsvSpan *span = scan->n_fields < CPT_CSV_MAX_FIELDS ? &spans[scan->n_fields] : &spare;
      CptCsvScan before = *scan;
      End end = scan_field (self, scan, span);

      if (end == END_MORE && scan->is_full && scan->n_lines > before.n_lines)
        end = END_UNCLOSED;
      if (end == END_UNCLOSED)
        end = give_up_field (self, scan, &before, span);
      if (end == END_MORE)
        return FALSE;

      scan->has_large_field = scan->has_large_field || span->length > CPT_CSV_MAX_FIELD_BYTES;
      scan->n_fields++;
      if (end == END_LINE)
        return TRUE;
    }
}

void
cpt_csv_scanner_init (CptCsvScanner *self,
                      char           separator,
                      char           quote)
{
  memset (self, 0, sizeof *self);
  self->separator = separator;
  self->quote = quote;
  self->is_special[(guint8) separator] = TRUE;
  self->is_special['\r'] = TRUE;
  self->is_special['\n'] = TRUE;
  self->is_special['\0'] = TRUE;
}
