/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Searching everywhere.
 *
 * The index is never asked for its own ranking: over a million records "ORDER
 * BY rank" reads every hit of a short prefix. Two cheap sets are collected and
 * ranked here: records whose title begins with what was typed (from the
 * indexes of the title columns) and the newest ones that have all words. A last
 * word of one letter, which begins half of all words, is looked for in titles
 * only.
 *
 * The last word may be the beginning of one. Only where nothing has the words so
 * are the others beginnings as well ("caf tab"); and only where somebody asks for
 * what is alike are they cut short, and titles compared with them ("haddaad"). */

#include "config.h"

#include "cpt-query-private.h"

#include <stdlib.h>
#include <string.h>

#include "cpt-layout.h"
#include "cpt-text.h"

#define MAX_TEXT_BYTES 1000
#define MAX_WORDS 16
/* Newest hits that are ranked, and hits looked at to find that many of one entity */
#define MAX_HITS 200
#define MAX_SEEN 1000000
/* Titles taken from each entity's index */
#define MAX_TITLES 20
/* Hits whose titles are compared with what was typed, and how like a word must be */
#define MAX_COMPARED 1000
#define MIN_LIKENESS 0.88
/* Shorter words are whole: they begin too many others */
#define MIN_BEGINNING 3

/* Less is better */
enum
{
  SCORE_SAME,
  SCORE_BEGINS,
  SCORE_WORDS,
  SCORE_ELSEWHERE, /* words in other fields than the title */
  SCORE_ALIKE,     /* and more, the less the title is like what was typed */
};

/* How words are looked for, each the last resort of the one before */
typedef enum
{
  MANNER_WHOLE, /* all but the last one */
  MANNER_BEGINNINGS,
  MANNER_ALIKE,
} Manner;

typedef struct
{
  CptHit *hit;
  guint score;
  gint64 key; /* row and entity: newer is greater */
} Candidate;

typedef struct
{
  const char *text;
  char *folded;
  char **words;
  Manner manner;
  gboolean is_letter;      /* the last word is one letter */
  const CptEntity *entity; /* (nullable) */
  guint limit;
  GHashTable *seen; /* of gint64 keys */
  GPtrArray *hits;
} Search;

static void
candidate_free (gpointer data)
{
  Candidate *candidate = data;

  g_clear_pointer (&candidate->hit, cpt_hit_free);
  g_free (candidate);
}

void
cpt_hit_free (CptHit *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->snippet);
  g_free (self);
}

/* The folded words of what was typed */
static char **
split_words (const char *text)
{
  g_autofree char *start = g_utf8_make_valid (text, (gssize) strnlen (text, MAX_TEXT_BYTES));
  g_autoptr(GString) folded = g_string_new (NULL);
  g_auto(GStrv) parts = NULL;
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  cpt_text_append_words (folded, start);
  parts = g_strsplit (folded->str, " ", -1);
  for (guint i = 0; parts[i] != NULL && words->len < MAX_WORDS; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (words, g_strdup (parts[i]));
  g_ptr_array_add (words, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}

/* Half of it, which most mistakes leave as it is */
static char *
dup_beginning (const char *word)
{
  glong length = g_utf8_strlen (word, -1);

  return g_utf8_substring (word, 0, MIN (length, MAX (2, (length + 1) / 2)));
}

/* Words are letters and digits only: quoted, they are never syntax */
static char *
make_match (char     **words,
            guint      n_words,
            gboolean   is_prefix,
            Manner     manner)
{
  GString *match;

  if (n_words == 0)
    return NULL;

  match = g_string_new (NULL);
  for (guint i = 0; i < n_words; i++)
    {
      gboolean is_last = i + 1 == n_words;
      gboolean is_long = g_utf8_strlen (words[i], -1) >= MIN_BEGINNING;
      g_autofree char *word = manner == MANNER_ALIKE ? dup_beginning (words[i]) : g_strdup (words[i]);
      gboolean is_beginning =
        manner == MANNER_ALIKE || (is_last ? is_prefix : manner == MANNER_BEGINNINGS && is_long);

      g_string_append_printf (match, "%s\"%s\"%s", i > 0 ? " " : "", word, is_beginning ? "*" : "");
    }

  return g_string_free (match, FALSE);
}

char *
cpt_search_dup_match (const char *text)
{
  g_auto(GStrv) words = split_words (text);

  return make_match (words, g_strv_length (words), TRUE, MANNER_BEGINNINGS);
}

/* Whether the last word is one character long */
static gboolean
is_single_letter (char **words)
{
  guint n = g_strv_length (words);

  return n > 0 && g_utf8_strlen (words[n - 1], -1) == 1;
}

/* Collecting */

static gint64
make_key (gint64           row,
          const CptEntity *entity)
{
  return row * (1 << CPT_LAYOUT_SEARCH_SHIFT) + entity->number;
}

static void
add_key (Search *search,
         gint64  key)
{
  g_hash_table_add (search->seen, g_memdup2 (&key, sizeof key));
}

/* An import in progress is full of the newest hits, which nobody sees yet */
static gboolean
is_wanted (Search      *search,
           CptDatabase *database,
           gint64       key)
{
  guint number = (guint) (key & CPT_LAYOUT_ENTITY_MAX);
  const CptEntity *entity = search->entity;

  if (entity == NULL)
    entity = cpt_schema_find_number (cpt_database_get_schema (database), number);

  return entity != NULL && entity->number == number &&
         cpt_layout_is_visible (database, entity, key >> CPT_LAYOUT_SEARCH_SHIFT);
}

static gboolean
collect_words (Search       *search,
               CptDatabase  *database,
               GError      **error)
{
  guint n_words = g_strv_length (search->words) - (search->is_letter ? 1 : 0);
  g_autofree char *match = make_match (search->words, n_words, !search->is_letter, search->manner);
  guint max_taken = search->manner == MANNER_ALIKE ? MAX_COMPARED : MAX_HITS;
  g_autoptr(CptStatement) statement = NULL;
  guint n_seen = 0, n_taken = 0;
  CptStep step;

  if (match == NULL)
    return TRUE;

  statement = cpt_database_prepare (database, "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_text (statement, 1, match);
  while (n_taken < max_taken && n_seen < MAX_SEEN && (step = cpt_statement_step (statement, error)) != CPT_STEP_DONE)
    {
      gint64 key = cpt_statement_get_int (statement, 0);

      if (step == CPT_STEP_ERROR)
        return FALSE;

      n_seen++;
      if (is_wanted (search, database, key))
        {
          add_key (search, key);
          n_taken++;
        }
    }

  return TRUE;
}

/* In the order of CPT_TEXT, folded text comes first and capitals before small
 * letters, so that titles beginning with the text follow its upper case */
static gboolean
collect_titles (Search           *search,
                CptDatabase      *database,
                const CptEntity  *entity,
                GError          **error)
{
  const CptField *title = cpt_entity_get_title_field (entity);
  g_autofree char *upper = g_ascii_strup (search->folded, -1);
  g_auto(CptSql) sql = { 0 };
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  if (title == NULL || title->is_custom || (title->flags & CPT_FIELD_INDEXED) == 0 || !cpt_layout_is_collated (title))
    return TRUE;

  cpt_sql_init (&sql, database);
  cpt_sql_printf (&sql, "SELECT t.row_id,t.\"%s\" FROM \"%s\" AS t WHERE t.\"%s\" COLLATE CPT_TEXT>=",
                  title->name, entity->name, title->name);
  cpt_sql_add_text (&sql, upper);
  cpt_sql_add_visible (&sql, "t", entity);
  cpt_sql_printf (&sql, " ORDER BY t.\"%s\" COLLATE CPT_TEXT LIMIT %d", title->name, MAX_TITLES);

  statement = cpt_sql_prepare (&sql, error);
  if (statement == NULL)
    return FALSE;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      g_autofree char *folded = cpt_text_fold (cpt_statement_get_text (statement, 1));

      if (!g_str_has_prefix (folded, search->folded))
        return TRUE;
      add_key (search, make_key (cpt_statement_get_int (statement, 0), entity));
    }

  return step == CPT_STEP_DONE;
}

/* Ranking */

static gboolean
begins_word (const char *text,
             const char *word)
{
  gsize length = strlen (word);

  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + length, word))
    if (at == text || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at))))
      return TRUE;

  return FALSE;
}

/* Of @word to the beginning of @other that is about as long: it may not be
 * typed to its end */
static double
get_likeness (const char *word,
              const char *other)
{
  glong length = g_utf8_strlen (word, -1), other_length = g_utf8_strlen (other, -1);
  double best = 0;

  for (glong n = MAX (length - 1, 1); n <= length + 1; n++)
    {
      const char *end = g_utf8_offset_to_pointer (other, MIN (n, other_length));

      best = MAX (best, cpt_text_get_folded_similarity (word, strlen (word), other, (gsize) (end - other)));
    }

  return best;
}

/* By the word that is least like any of the title's; G_MAXUINT when it is not
 * like them */
static guint
score_likeness (Search     *search,
                const char *title)
{
  g_auto(GStrv) words = split_words (title);
  double least = 1;

  for (guint i = 0; search->words[i] != NULL; i++)
    {
      double best = 0;

      for (guint j = 0; words[j] != NULL; j++)
        best = MAX (best, get_likeness (search->words[i], words[j]));
      least = MIN (least, best);
    }

  return least >= MIN_LIKENESS ? SCORE_ALIKE + (guint) ((1 - least) * 1000) : G_MAXUINT;
}

static guint
score_title (Search     *search,
             const char *title)
{
  g_autofree char *folded = cpt_text_fold (title);

  if (search->manner == MANNER_ALIKE)
    return score_likeness (search, title);
  if (strcmp (folded, search->folded) == 0)
    return SCORE_SAME;
  if (g_str_has_prefix (folded, search->folded))
    return SCORE_BEGINS;

  for (guint i = 0; search->words[i] != NULL; i++)
    if (!begins_word (folded, search->words[i]))
      return SCORE_ELSEWHERE;

  return SCORE_WORDS;
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *x = *(Candidate *const *) a;
  const Candidate *y = *(Candidate *const *) b;

  if (x->score != y->score)
    return x->score < y->score ? -1 : 1;

  return (y->key > x->key) - (y->key < x->key);
}

/* The rows of @entity among the keys that were collected */
static GArray *
list_rows (Search          *search,
           const CptEntity *entity)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, search->seen);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if ((*(gint64 *) key & CPT_LAYOUT_ENTITY_MAX) == entity->number)
      {
        gint64 row = *(gint64 *) key >> CPT_LAYOUT_SEARCH_SHIFT;

        g_array_append_val (rows, row);
      }

  return rows;
}

static CptPage *
load_column (CptDatabase      *database,
             const CptEntity  *entity,
             const char       *path,
             GArray           *rows,
             GError          **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  CptPath column;

  if (!cpt_path_parse (schema, entity, path, &column, error))
    return NULL;

  return cpt_page_load (database, schema, entity, &column, 1, (const gint64 *) (gpointer) rows->data, rows->len, error);
}

static gboolean
load_hits (Search           *search,
           CptDatabase      *database,
           const CptEntity  *entity,
           GPtrArray        *candidates,
           GError          **error)
{
  g_autoptr(GArray) rows = list_rows (search, entity);
  g_autoptr(CptPage) page = NULL;

  if (rows->len == 0)
    return TRUE;

  page = load_column (database, entity, entity->title, rows, error);
  if (page == NULL)
    return FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *title = NULL;
      Candidate *candidate;
      guint score;

      if (!cpt_page_has_row (page, i))
        continue;

      title = cpt_page_dup_text (page, i, 0, cpt_database_get_zone (database));
      score = score_title (search, title);
      if ((search->is_letter && score == SCORE_ELSEWHERE) || score == G_MAXUINT)
        continue;

      candidate = g_new0 (Candidate, 1);
      candidate->hit = g_new0 (CptHit, 1);
      candidate->hit->entity = entity;
      candidate->hit->row = g_array_index (rows, gint64, i);
      candidate->hit->id = *cpt_page_get_id (page, i);
      candidate->hit->title = g_steal_pointer (&title);
      candidate->score = score;
      candidate->key = make_key (candidate->hit->row, entity);
      g_ptr_array_add (candidates, candidate);
    }

  return TRUE;
}

/* Only of the hits that are shown */
static gboolean
load_subtitles (Search           *search,
                CptDatabase      *database,
                const CptEntity  *entity,
                GError          **error)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(CptPage) page = NULL;
  guint at = 0;

  for (guint i = 0; i < search->hits->len; i++)
    {
      const CptHit *hit = g_ptr_array_index (search->hits, i);

      if (hit->entity == entity)
        g_array_append_val (rows, hit->row);
    }
  if (rows->len == 0 || entity->subtitle == NULL)
    return TRUE;

  page = load_column (database, entity, entity->subtitle, rows, error);
  if (page == NULL)
    return FALSE;

  for (guint i = 0; i < search->hits->len; i++)
    {
      CptHit *hit = g_ptr_array_index (search->hits, i);

      if (hit->entity == entity)
        hit->subtitle = cpt_page_dup_text (page, at++, 0, cpt_database_get_zone (database));
    }

  return TRUE;
}

static gboolean
find_candidates (Search       *search,
                 CptDatabase  *database,
                 GPtrArray    *candidates,
                 GError      **error)
{
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (cpt_database_get_schema (database), &n_entities);

  g_hash_table_remove_all (search->seen);
  if (!collect_words (search, database, error))
    return FALSE;

  for (guint i = 0; i < n_entities; i++)
    if ((search->entity == NULL || search->entity->number == entities[i]->number) &&
        ((search->manner == MANNER_WHOLE && !collect_titles (search, database, entities[i], error)) ||
         !load_hits (search, database, entities[i], candidates, error)))
      return FALSE;

  return TRUE;
}

static gboolean
run_search (CptDatabase  *database,
            gpointer      data,
            GError      **error)
{
  Search *search = data;
  g_autoptr(GPtrArray) candidates = g_ptr_array_new_with_free_func (candidate_free);
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (cpt_database_get_schema (database), &n_entities);

  if (!find_candidates (search, database, candidates, error))
    return FALSE;
  if (candidates->len == 0 && search->manner == MANNER_WHOLE && search->words[1] != NULL)
    {
      search->manner = MANNER_BEGINNINGS;
      if (!find_candidates (search, database, candidates, error))
        return FALSE;
    }

  g_ptr_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < candidates->len && i < search->limit; i++)
    {
      Candidate *candidate = g_ptr_array_index (candidates, i);

      g_ptr_array_add (search->hits, g_steal_pointer (&candidate->hit));
    }

  for (guint i = 0; i < n_entities; i++)
    if (!load_subtitles (search, database, entities[i], error))
      return FALSE;

  for (guint i = 0; i < search->hits->len; i++)
    if (((Candidate *) candidates->pdata[i])->score == SCORE_ELSEWHERE &&
        !cpt_search_add_snippet (database, (const char *const *) search->words, search->hits->pdata[i], error))
      return FALSE;

  return TRUE;
}

static GPtrArray *
search_in_manner (CptDatabase      *database,
                  const char       *text,
                  const CptEntity  *entity,
                  guint             limit,
                  Manner            manner,
                  GError          **error)
{
  g_autoptr(GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_hit_free);
  g_auto(GStrv) words = split_words (text);
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) strnlen (text, MAX_TEXT_BYTES));
  g_autofree char *folded = g_strstrip (cpt_text_fold (valid));
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Search search = {
    .text = text,
    .folded = folded,
    .words = words,
    .manner = manner,
    .is_letter = is_single_letter (words),
    .entity = entity,
    .limit = limit,
    .seen = seen,
    .hits = hits,
  };

  if (words[0] != NULL && !cpt_database_snapshot (database, run_search, &search, error))
    return NULL;

  return g_steal_pointer (&hits);
}

/**
 * cpt_search:
 * @database: a connection
 * @text: words as a person types them
 * @entity: (nullable): only this kind
 * @limit: most hits
 * @error: return location for an error
 *
 * Finds records by the words of their searchable fields; the last one may be the
 * beginning of a word, and where nothing has them so, all of them. Titles that begin
 * with @text come first, then titles with all its words, then others; newer
 * ones first among equals. Entities in the result belong to
 * cpt_database_get_schema().
 *
 * Returns: (transfer full) (element-type CptHit): best first, or %NULL
 */
GPtrArray *
cpt_search (CptDatabase      *database,
            const char       *text,
            const CptEntity  *entity,
            guint             limit,
            GError          **error)
{
  return search_in_manner (database, text, entity, limit, MANNER_WHOLE, error);
}

/**
 * cpt_search_alike:
 * @database: a connection
 * @text: words as a person types them
 * @limit: most hits
 * @error: return location for an error
 *
 * Finds records whose titles are like @text, which may have mistakes in it: the
 * newest of those whose words begin as its words do. For somebody who looks on,
 * where cpt_search() has found nothing. Other fields than titles don't count.
 *
 * Returns: (transfer full) (element-type CptHit): the likest first, or %NULL
 */
GPtrArray *
cpt_search_alike (CptDatabase  *database,
                  const char   *text,
                  guint         limit,
                  GError      **error)
{
  return search_in_manner (database, text, NULL, limit, MANNER_ALIKE, error);
}
