/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CPT_FOLD_END (-1)
#define CPT_FOLD_TABLE_SIZE 0x2000
/* In the table: this character must be computed */
#define CPT_FOLD_COMPUTE 0xffff

typedef struct
{
  guint16 first;  /* 0: folds to nothing; CPT_FOLD_COMPUTE */
  guint16 second; /* 0: one character only */
} CptFoldEntry;

/* Reads a text as its folded characters, one at a time, without allocation.
 * White space runs give one blank; invalid bytes give U+FFFD. */
typedef struct
{
  const CptFoldEntry *table;
  const guchar *position;
  const guchar *end;
  gboolean after_blank;
  guint n_pending;
  guint next_pending;
  gunichar pending[G_UNICHAR_MAX_DECOMPOSITION_LENGTH * 2];
} CptFold;

/* Of the first CPT_FOLD_TABLE_SIZE characters */
const CptFoldEntry *cpt_fold_get_table (void);
void                cpt_fold_init      (CptFold    *self,
                                        const char *text,
                                        gsize       length);
/* CPT_FOLD_END behind the last one */
gint64              cpt_fold_next      (CptFold *self);

/* The folded character at @p when it is one of the plain ones (ASCII or two
 * bytes of UTF-8, one character when folded, no white space), and its length;
 * 0 otherwise. */
static inline guint
cpt_fold_peek_plain (const CptFoldEntry *table,
                     const guchar       *p,
                     const guchar       *end,
                     gsize              *length)
{
  guint c;

  if (p >= end)
    return 0;

  *length = 1;
  c = p[0];
  if (c >= 0x80)
    {
      if (c < 0xc2 || c >= 0xe0 || end - p < 2 || (p[1] & 0xc0) != 0x80)
        return 0;
      *length = 2;
      c = (c & 0x1f) << 6 | (p[1] & 0x3f);
    }
  if (table[c].second != 0 || table[c].first == ' ' || table[c].first == CPT_FOLD_COMPUTE)
    return 0;

  return table[c].first;
}

G_END_DECLS
