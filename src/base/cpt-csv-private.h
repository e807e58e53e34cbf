/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How the bytes of a file become UTF-8. */
typedef enum
{
  CPT_CSV_BYTES_UTF8,
  CPT_CSV_BYTES_SINGLE, /* one byte, one character; ASCII below 0x80 */
  CPT_CSV_BYTES_UTF16,
  CPT_CSV_BYTES_UNKNOWN,
} CptCsvBytes;

typedef struct
{
  CptCsvBytes bytes;
  gboolean is_big_endian; /* of UTF-16 */
  gunichar upper[128];    /* of single bytes: characters from 0x80; 0 where there is none */
} CptCsvEncoding;

void  cpt_csv_encoding_init         (CptCsvEncoding *self,
                                     const char     *name);
/* Appends UTF-8 for @length bytes (even) of UTF-16. Half surrogates become
 * U+FFFD; a first half at the end is left for the next call. Returns how many
 * bytes were used. */
gsize cpt_csv_encoding_append_utf16 (const CptCsvEncoding *self,
                                     GByteArray           *out,
                                     const guint8         *bytes,
                                     gsize                 length,
                                     gboolean              is_end);

/* Room for the fields of a row while it is looked for */
typedef struct
{
  const guint8 *start;
  gsize length;
  gboolean has_doubled_quotes;
} CptCsvSpan;

typedef struct
{
  char separator;
  char quote;               /* 0: none */
  gboolean is_special[256]; /* what ends a field without quotes, and NUL */
  guint64 dead_end;         /* no quote opened before here is closed before here on a later line */
} CptCsvScanner;

typedef struct
{
  const guint8 *start;    /* in the buffer, of the row */
  guint64 start_position; /* the same, counted from the first byte of all */
  const guint8 *position; /* where the scan is; at last behind the row */
  const guint8 *limit;    /* of the buffer */
  gboolean is_end;        /* nothing comes behind limit */
  gboolean is_full;       /* the buffer will not grow: decide on what is there */
  guint n_fields;         /* also those that have no span */
  guint n_lines;          /* ends of lines passed */
  gboolean is_unclosed;   /* the row ends with a quote that is never closed */
  gboolean has_nul;
  gboolean has_large_field;
} CptCsvScan;

void     cpt_csv_scanner_init       (CptCsvScanner *self,
                                     char           separator,
                                     char           quote);
/* Finds one row at scan->start. The first five members of @scan are the
 * caller's. FALSE when the row goes on behind the buffer. @spans has
 * CPT_CSV_MAX_FIELDS elements. */
gboolean cpt_csv_scanner_find_row   (CptCsvScanner *self,
                                     CptCsvScan    *scan,
                                     CptCsvSpan    *spans);
/* At CR or LF. FALSE when it can't be known yet whether an LF follows. */
gboolean cpt_csv_scan_skip_line_end (CptCsvScan    *scan);

G_END_DECLS
