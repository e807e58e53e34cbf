/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names as they are compared: without what people leave out or write in
 * another way, by how they sound, and word by word. */

#include "config.h"

#include "cpt-name.h"

#include <stdlib.h>
#include <string.h>

#include "cpt-text.h"

#define MAX_WORDS 8
/* Of a word whose sound is looked for */
#define MAX_LETTERS 32

/* From which Jaro-Winkler similarity two words are taken for one with a typing
 * error, and two names for alike */
#define CLOSE_WORD 0.84
#define CLOSE_NAME 0.88
#define ALIKE_NAME 0.85

typedef struct
{
  const char *text;
  gsize length;
} Word;

/* What is dropped at the end of a company's name, sorted */
static const char *const forms[] = {
  "ab", "ag", "aps", "as", "asbl", "association", "bv", "bvba", "cie", "co", "company", "corp", "corporation",
  "earl", "ei", "eirl", "eurl", "ev", "gaec", "gbr", "gie", "gip", "gmbh", "inc", "incorporated",
  "kg", "lda", "limited", "llc", "llp", "ltd", "ltda", "mbh", "nv", "ohg", "oy", "plc", "pty",
  "sa", "saps", "sarl", "sarlu", "sas", "sasu", "sca", "scea", "sci", "scic", "scm", "scop", "scp", "scs", "se",
  "selarl", "selas", "selasu", "sl", "slu", "snc", "societe", "spa", "sprl", "srl", "ug", "vzw",
};

/* And in front of it, sorted */
static const char *const leading_forms[] = {
  "asbl", "association", "earl", "eirl", "ets", "etablissements", "eurl", "gaec", "gie", "gip",
  "l", "la", "le", "les", "sa", "sarl", "sarlu", "sas", "sasu", "sca", "scea", "sci", "scic", "scm", "scop",
  "scp", "scs", "selarl", "selas", "selasu", "snc", "societe", "ste", "the",
};

/* What people leave out within a company's name, sorted */
static const char *const little_words[] = {
  "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "of", "the",
};

/* In front of a person's name, sorted */
static const char *const titles[] = {
  "docteur", "dr", "frau", "herr", "m", "madame", "mademoiselle", "maitre", "me", "miss", "mlle", "mm", "mme", "mmes",
  "monsieur", "mr", "mrs", "ms", "pr", "professeur",
};

static int
compare_word (gconstpointer key,
              gconstpointer entry)
{
  const Word *word = key;
  const char *text = *(const char *const *) entry;
  int order = strncmp (word->text, text, word->length);

  return order != 0 ? order : (text[word->length] == '\0' ? 0 : -1);
}

#define IS_IN(word, table) (bsearch ((word), (table), G_N_ELEMENTS (table), sizeof *(table), compare_word) != NULL)

static guint
split (const char *text,
       Word       *words,
       guint       max)
{
  guint n = 0;

  while (*text != '\0' && n < max)
    {
      gsize length = strcspn (text, " ");

      if (length > 0)
        words[n++] = (Word){ text, length };
      text += length;
      text += strspn (text, " ");
    }

  return n;
}

/* "s a r l" -> "sarl": letters that stood with points between them. @text is
 * changed in place. */
static void
join_letters (char *text)
{
  char *to = text;
  gboolean was_letter = FALSE;

  for (const char *from = text; *from != '\0';)
    {
      gsize length = strcspn (from, " ");
      gboolean is_letter = length == 1 && g_ascii_isalpha (*from);

      if (to > text && !(is_letter && was_letter))
        *to++ = ' ';
      memmove (to, from, length);
      to += length;
      from += length;
      from += strspn (from, " ");
      was_letter = is_letter;
    }
  *to = '\0';
}

/* The words of a name without what doesn't count: moves the two ends. */
static void
strip_words (const Word  *words,
             guint       *first,
             guint       *end,
             CptNameKind  kind)
{
  if (kind == CPT_NAME_PERSON)
    {
      while (*end - *first > 1 && IS_IN (&words[*first], titles))
        ++*first;
      return;
    }

  while (*end - *first > 1 && IS_IN (&words[*end - 1], forms))
    --*end;
  while (*end - *first > 1 && (IS_IN (&words[*first], leading_forms) || IS_IN (&words[*first], little_words)))
    ++*first;
}

/* Drops little words between the first word and the last one. @text, of which
 * @words are, is changed in place; its new length. */
static gsize
drop_little_words (const Word *words,
                   guint       n,
                   char       *text)
{
  gsize to = words[0].length;

  for (guint i = 1; i < n; i++)
    {
      if (i + 1 < n && IS_IN (&words[i], little_words))
        continue;
      text[to++] = ' ';
      memmove (text + to, words[i].text, words[i].length);
      to += words[i].length;
    }

  return to;
}

char *
cpt_name_normalise (const char  *text,
                    CptNameKind  kind)
{
  GString *folded;
  Word words[64];
  guint first = 0;
  guint end;
  char *start;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  folded = g_string_sized_new (strlen (text) + 2);
  cpt_text_append_words (folded, text);
  if (kind == CPT_NAME_COMPANY)
    join_letters (folded->str);
  end = split (folded->str, words, G_N_ELEMENTS (words));
  if (end == 0)
    return g_string_free (folded, FALSE);

  strip_words (words, &first, &end, kind);
  start = folded->str + (words[first].text - folded->str);
  length = (gsize) (words[end - 1].text - start) + words[end - 1].length;
  /* Of a name with more words than there is place for, the rest is as it was. */
  if (kind == CPT_NAME_COMPANY && end - first > 2)
    length = drop_little_words (&words[first], end - first, start);
  memmove (folded->str, start, length);
  g_string_truncate (folded, length);

  return g_string_free (folded, FALSE);
}

/* How words sound */

/* One replacement, wherever it fits from left to right. Sounds that have no
 * letter are digits: 1 an, 2 oua, 3 ou, 4 in, 5 ch; y is é. */
typedef struct
{
  const char *from;
  const char *to;
  const char *after;      /* (nullable): one of these follows */
  const char *not_after;  /* (nullable): none of these follows */
  const char *before;     /* (nullable): one of these precedes */
  const char *not_before; /* (nullable): none of these precedes */
} Sound;

#define VOWELS "aeiou"
#define NO_NASAL "aeiou1234"
#define LETTERS "abcdefghijklmnopqrstuvwxyz12345"

static const Sound sounds[] = {
  { "y", "i" },
  { "h", "", .not_before = "pcs" },
  { "ph", "f" },
  { "gan", "kan" },
  { "gam", "kam" },
  { "gain", "kain" },
  { "gaim", "kaim" },
  { "ain", "yn", .after = VOWELS },
  { "ein", "yn", .after = VOWELS },
  { "aim", "yn", .after = VOWELS },
  { "eim", "yn", .after = VOWELS },
  { "eau", "o" },
  { "ault", "o", .not_after = LETTERS },
  { "auld", "o", .not_after = LETTERS },
  { "oua", "2" },
  { "ain", "4" },
  { "ein", "4" },
  { "aim", "4" },
  { "eim", "4" },
  { "ai", "y" },
  { "ei", "y" },
  { "er", "yr" },
  { "et", "yt" },
  { "ez", "yz" },
  { "ess", "ys" },
  { "an", "1", .not_after = NO_NASAL },
  { "am", "1", .not_after = NO_NASAL },
  { "en", "1", .not_after = NO_NASAL },
  { "em", "1", .not_after = NO_NASAL },
  { "in", "4", .not_after = NO_NASAL },
  { "s", "z", .after = "aeiouy1234", .before = "aeiouy1234" },
  { "oe", "e" },
  { "eu", "e" },
  { "au", "o" },
  { "oi", "2" },
  { "oy", "2" },
  { "ou", "3" },
  { "sch", "5" },
  { "ch", "5" },
  { "sh", "5" },
  { "ss", "s" },
  { "sc", "s" },
  { "c", "s", .after = "ei" },
  { "qu", "k" },
  { "gu", "k" },
  { "c", "k" },
  { "q", "k" },
  { "ga", "ka" },
  { "go", "ko" },
  { "gy", "ky" },
  { "a", "o" },
  { "d", "t" },
  { "p", "t" },
  { "j", "g" },
  { "b", "f" },
  { "v", "f" },
  { "m", "n" },
};

static gboolean
is_one_of (const char *set,
           char        c)
{
  return c != '\0' && strchr (set, c) != NULL;
}

static gboolean
fits (const Sound *sound,
      const char  *word,
      const char  *place,
      gsize        length)
{
  char before = place > word ? place[-1] : '\0';
  char after;

  if (strncmp (place, sound->from, length) != 0)
    return FALSE;

  after = place[length];

  return (sound->after == NULL || is_one_of (sound->after, after)) &&
         (sound->not_after == NULL || !is_one_of (sound->not_after, after)) &&
         (sound->before == NULL || is_one_of (sound->before, before)) &&
         (sound->not_before == NULL || !is_one_of (sound->not_before, before));
}

/* No replacement is longer than what it replaces, but "er" and its like, which
 * are as long: in place. */
static void
replace_sound (const Sound *sound,
               char        *word)
{
  gsize length = strlen (sound->from);
  gsize new_length = strlen (sound->to);

  for (char *p = strchr (word, *sound->from); p != NULL; p = strchr (p, *sound->from))
    {
      if (!fits (sound, word, p, length))
        {
          p++;
          continue;
        }
      memcpy (p, sound->to, new_length);
      if (new_length < length)
        memmove (p + new_length, p + length, strlen (p + length) + 1);
      p += new_length;
    }
}

void
cpt_name_append_phonetic (GString    *code,
                          const char *word,
                          gsize       length)
{
  char letters[MAX_LETTERS + 1];
  gsize n = MIN (length, MAX_LETTERS);
  char last = '\0';
  gsize start;

  g_return_if_fail (code != NULL && word != NULL);

  /* Never half a character */
  while (n < length && n > 0 && ((guchar) word[n] & 0xc0) == 0x80)
    n--;
  memcpy (letters, word, n);
  letters[n] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (sounds); i++)
    replace_sound (&sounds[i], letters);

  start = code->len;
  for (const char *p = letters; *p != '\0'; p++)
    {
      /* Bytes of other scripts are kept as they are. */
      if (*p != last || (guchar) *p >= 0x80)
        g_string_append_c (code, *p);
      last = *p;
    }
  /* Phonex drops t and x; mute are s, z and e as well: "Petit", "Petite", "Petits". */
  for (guint i = 0; i < 2 && code->len > start + 1 && is_one_of ("txsze", code->str[code->len - 1]); i++)
    g_string_truncate (code, code->len - 1);
}

/* Comparing */

static gboolean
is_same_word (const Word *a,
              const Word *b)
{
  return a->length == b->length && memcmp (a->text, b->text, a->length) == 0;
}

static gboolean
is_initial_of (const Word *a,
               const Word *b)
{
  return a->length == 1 && b->length > 1 && a->text[0] == b->text[0];
}

static gboolean
sounds_same (const Word *a,
             const Word *b)
{
  g_autoptr(GString) codes = g_string_sized_new (2 * MAX_LETTERS);
  gsize n;

  cpt_name_append_phonetic (codes, a->text, a->length);
  n = codes->len;
  cpt_name_append_phonetic (codes, b->text, b->length);

  return n > 1 && codes->len == 2 * n && memcmp (codes->str, codes->str + n, n) == 0;
}

typedef struct
{
  double sum; /* of the similarities of the pairs */
  double least;
  guint n_same;
  gboolean is_ordered;
  guint8 pair[MAX_WORDS]; /* for each word of the shorter name: which one of the other */
} Pairing;

/* Gives each word of @a the most similar free one of @b; @n is not more than @m */
static void
pair_words (const Word *a,
            guint       n,
            const Word *b,
            guint       m,
            Pairing    *pairing)
{
  guint taken = 0;

  *pairing = (Pairing){ .least = 1.0, .is_ordered = TRUE };
  for (guint i = 0; i < n; i++)
    {
      double best = -1.0;
      guint which = 0;

      for (guint j = 0; j < m && best < 1.0; j++)
        {
          double similarity;

          if ((taken & (1u << j)) != 0)
            continue;
          similarity = is_same_word (&a[i], &b[j])
                         ? 1.0
                         : cpt_text_get_folded_similarity (a[i].text, a[i].length, b[j].text, b[j].length);
          if (similarity > best)
            {
              best = similarity;
              which = j;
            }
        }
      taken |= 1u << which;
      pairing->pair[i] = (guint8) which;
      pairing->sum += best;
      pairing->least = MIN (pairing->least, best);
      pairing->n_same += best >= 1.0 ? 1 : 0;
      if (i > 0 && pairing->pair[i] < pairing->pair[i - 1])
        pairing->is_ordered = FALSE;
    }
}

/* Of the words that differ: all sound alike, or are initials */
static gboolean
all_sound (const Word    *a,
           guint          n,
           const Word    *b,
           const Pairing *pairing)
{
  for (guint i = 0; i < n; i++)
    {
      const Word *other = &b[pairing->pair[i]];

      if (!is_same_word (&a[i], other) && !is_initial_of (&a[i], other) && !is_initial_of (other, &a[i]) &&
          !sounds_same (&a[i], other))
        return FALSE;
    }

  return TRUE;
}

CptNameLikeness
cpt_name_compare (const char *a,
                  const char *b,
                  double     *similarity)
{
  Word x[MAX_WORDS], y[MAX_WORDS];
  const Word *few = x, *many = y;
  guint n = split (a, x, MAX_WORDS);
  guint m = split (b, y, MAX_WORDS);
  double unused;
  double *result = similarity != NULL ? similarity : &unused;
  Pairing pairing;
  double whole;

  *result = 0.0;
  if (n == 0 || m == 0)
    return CPT_NAME_MISSING;
  *result = 1.0;
  if (strcmp (a, b) == 0)
    return CPT_NAME_SAME;

  if (n > m)
    {
      guint swapped = n;

      n = m;
      m = swapped;
      few = y;
      many = x;
    }
  pair_words (few, n, many, m, &pairing);
  *result = pairing.sum / m;
  if (n == m && pairing.n_same == n)
    return pairing.is_ordered ? CPT_NAME_SAME : CPT_NAME_SWAPPED;
  if (n == m && pairing.least >= CLOSE_WORD && pairing.sum / n >= CLOSE_NAME)
    return CPT_NAME_CLOSE;
  if (n == m && all_sound (few, n, many, &pairing))
    return CPT_NAME_SOUND;
  if (n < m && pairing.n_same == n)
    return CPT_NAME_PART;

  whole = cpt_text_get_folded_similarity (a, strlen (a), b, strlen (b));
  *result = MAX (*result, whole);

  /* "Jean Martin" and "Jean Morin" are alike as a whole but for the word that counts. */
  return whole >= ALIKE_NAME && (n < m || pairing.least >= 0.7) ? CPT_NAME_ALIKE : CPT_NAME_DIFFERENT;
}
