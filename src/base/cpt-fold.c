/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How characters are folded: lower case, no accents, no ligatures.
 *
 * Characters below U+2000 (Latin, Greek, Cyrillic and most alphabets) come
 * from a table that is filled once from Unicode's decompositions plus the
 * letters that have none (ø, ł, ß ...), two units each. Whatever needs more
 * than two, or lies above, is computed each time. The table is written once
 * under g_once and only read afterwards. */

#include "config.h"

#include "cpt-fold-private.h"

typedef struct
{
  guint16 from;
  guint16 first;
  guint16 second;
} Special;

/* What Unicode doesn't decompose though people do. */
static const Special specials[] = {
  { 0x00ad, 0, 0 },      /* soft hyphen */
  { 0x00c6, 'a', 'e' },  /* Æ */
  { 0x00d0, 'd', 0 },    /* Ð */
  { 0x00d8, 'o', 0 },    /* Ø */
  { 0x00de, 't', 'h' },  /* Þ */
  { 0x00df, 's', 's' },  /* ß */
  { 0x00e6, 'a', 'e' },  /* æ */
  { 0x00f0, 'd', 0 },    /* ð */
  { 0x00f8, 'o', 0 },    /* ø */
  { 0x00fe, 't', 'h' },  /* þ */
  { 0x0110, 'd', 0 },    /* Đ */
  { 0x0111, 'd', 0 },    /* đ */
  { 0x0126, 'h', 0 },    /* Ħ */
  { 0x0127, 'h', 0 },    /* ħ */
  { 0x0131, 'i', 0 },    /* ı */
  { 0x0138, 'k', 0 },    /* ĸ */
  { 0x0141, 'l', 0 },    /* Ł */
  { 0x0142, 'l', 0 },    /* ł */
  { 0x014a, 'n', 0 },    /* Ŋ */
  { 0x014b, 'n', 0 },    /* ŋ */
  { 0x0152, 'o', 'e' },  /* Œ */
  { 0x0153, 'o', 'e' },  /* œ */
  { 0x0166, 't', 0 },    /* Ŧ */
  { 0x0167, 't', 0 },    /* ŧ */
  { 0x02bc, '\'', 0 },   /* modifier apostrophe */
  { 0x03c2, 0x03c3, 0 }, /* final sigma */
  { 0x1e9e, 's', 's' },  /* capital sharp s */
};

static const CptFoldEntry *table; /* set once by cpt_fold_get_table () */

/* Accents and vowel points; not the marks that are letters' parts in Indic
 * and East Asian scripts. */
static gboolean
is_accent (gunichar c)
{
  return (c >= 0x0300 && c <= 0x036f) || (c >= 0x0591 && c <= 0x05c7 && g_unichar_ismark (c)) ||
         (c >= 0x064b && c <= 0x065f) || c == 0x0670 || (c >= 0x1ab0 && c <= 0x1aff) ||
         (c >= 0x1dc0 && c <= 0x1dff) || (c >= 0x20d0 && c <= 0x20ff) ||
         (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xfe20 && c <= 0xfe2f);
}

/* Punctuation that programs substitute for what is on the keyboard. */
static gunichar
replace_typography (gunichar c)
{
  if (c >= 0x2010 && c <= 0x2015)
    return '-';

  switch (c)
    {
    case 0x2018:
    case 0x2019:
    case 0x2032:
      return '\'';
    case 0x201c:
    case 0x201d:
      return '"';
    case 0x2212:
      return '-';
    default:
      return c;
    }
}

static const Special *
find_special (gunichar c)
{
  for (gsize i = 0; i < G_N_ELEMENTS (specials); i++)
    {
      if (specials[i].from == c)
        return &specials[i];
    }

  return NULL;
}

static guint
add_folded (gunichar  c,
            gunichar *folded)
{
  const Special *special = c < CPT_FOLD_TABLE_SIZE ? find_special (c) : NULL;

  if (special != NULL)
    {
      folded[0] = special->first;
      folded[1] = special->second;
      return (special->first != 0) + (special->second != 0);
    }
  if (is_accent (c) || (c >= 0x200b && c <= 0x200f) || c == 0x2060 || c == 0xfeff)
    return 0;
  if (g_unichar_isspace (c))
    {
      folded[0] = ' ';
      return 1;
    }
  folded[0] = g_unichar_tolower (replace_typography (c));

  return 1;
}

/* @folded has room for twice G_UNICHAR_MAX_DECOMPOSITION_LENGTH. */
static guint
compute (gunichar  c,
         gunichar *folded)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize n_parts;
  guint n = 0;

  /* Hangul syllables stay whole. */
  if (c >= 0xac00 && c <= 0xd7a3)
    {
      folded[0] = c;
      return 1;
    }

  n_parts = g_unichar_fully_decompose (c, TRUE, parts, G_N_ELEMENTS (parts));
  for (gsize i = 0; i < n_parts; i++)
    n += add_folded (parts[i], folded + n);

  return n;
}

static const CptFoldEntry *
create_table (void)
{
  static CptFoldEntry entries[CPT_FOLD_TABLE_SIZE];

  for (gunichar c = 0; c < CPT_FOLD_TABLE_SIZE; c++)
    {
      gunichar folded[G_UNICHAR_MAX_DECOMPOSITION_LENGTH * 2] = { 0 };
      guint n = compute (c, folded);

      if (n > 2 || folded[0] >= CPT_FOLD_COMPUTE || folded[1] >= CPT_FOLD_COMPUTE)
        entries[c].first = CPT_FOLD_COMPUTE;
      else
        entries[c] = (CptFoldEntry){ n > 0 ? (guint16) folded[0] : 0, n > 1 ? (guint16) folded[1] : 0 };
    }

  return entries;
}

const CptFoldEntry *
cpt_fold_get_table (void)
{
  if (g_once_init_enter (&table))
    g_once_init_leave (&table, create_table ());

  return table;
}

/* Strict UTF-8; an invalid byte is U+FFFD and one byte long. */
static inline gunichar
decode (const guchar **position,
        const guchar  *end)
{
  const guchar *p = *position;
  gsize left = (gsize) (end - p);
  gunichar c = p[0];

  *position = p + 1;
  if (c < 0x80)
    return c;
  if (c >= 0xc2 && c < 0xe0 && left >= 2 && (p[1] & 0xc0) == 0x80)
    {
      *position = p + 2;
      return (c & 0x1f) << 6 | (p[1] & 0x3f);
    }
  if (c >= 0xe0 && c < 0xf0 && left >= 3 && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80)
    {
      c = (c & 0x0f) << 12 | (gunichar) (p[1] & 0x3f) << 6 | (p[2] & 0x3f);
      if (c >= 0x800 && (c < 0xd800 || c > 0xdfff))
        {
          *position = p + 3;
          return c;
        }
    }
  else if (c >= 0xf0 && c < 0xf5 && left >= 4 && (p[1] & 0xc0) == 0x80 &&
           (p[2] & 0xc0) == 0x80 && (p[3] & 0xc0) == 0x80)
    {
      c = (c & 0x07) << 18 | (gunichar) (p[1] & 0x3f) << 12 | (gunichar) (p[2] & 0x3f) << 6 | (p[3] & 0x3f);
      if (c >= 0x10000 && c <= 0x10ffff)
        {
          *position = p + 4;
          return c;
        }
    }

  return 0xfffd;
}

void
cpt_fold_init (CptFold    *self,
               const char *text,
               gsize       length)
{
  self->table = cpt_fold_get_table ();
  self->position = (const guchar *) text;
  self->end = self->position + length;
  self->after_blank = FALSE;
  self->n_pending = 0;
  self->next_pending = 0;
}

/* The next folded character, blanks as they come. */
static gint64
next_raw (CptFold *self)
{
  while (TRUE)
    {
      const CptFoldEntry *entry;
      gunichar c;

      if (self->next_pending < self->n_pending)
        return self->pending[self->next_pending++];
      if (self->position >= self->end)
        return CPT_FOLD_END;
      if (*self->position < 0x80)
        return self->table[*self->position++].first;

      c = decode (&self->position, self->end);
      entry = &self->table[c < CPT_FOLD_TABLE_SIZE ? c : 0];
      if (c >= CPT_FOLD_TABLE_SIZE || entry->first == CPT_FOLD_COMPUTE)
        {
          self->n_pending = compute (c, self->pending);
          self->next_pending = 0;
          continue;
        }
      if (entry->first == 0)
        continue;
      if (entry->second != 0)
        {
          self->pending[0] = entry->second;
          self->n_pending = 1;
          self->next_pending = 0;
        }
      return entry->first;
    }
}

gint64
cpt_fold_next (CptFold *self)
{
  gint64 c;

  do
    c = next_raw (self);
  while (c == ' ' && self->after_blank);
  self->after_blank = c == ' ';

  return c;
}
