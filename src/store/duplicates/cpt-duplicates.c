/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pairs of records that look like one, and finding those of one record while
 * it is typed.
 *
 * For one record, a few small sets are read: those with one of its values, by
 * the index of the column or of the texts that are searched; and those with
 * words like those of its name, by the first letters of each, so that one
 * typing error may be in any of them. Each set is limited: what is so frequent
 * that there are more says little. */

#include "config.h"

#include "cpt-duplicates-private.h"

#include <math.h>
#include <string.h>

#include "cpt-database-private.h"
#include "cpt-field-type.h"
#include "cpt-layout.h"
#include "cpt-query-private.h"
#include "cpt-sql-private.h"

/* Records of one set: with one value, or with one pair of words */
#define MAX_PER_SET 50
/* Records that are read in the end: those of the most sets */
#define MAX_READ 80
/* What being in a set counts: a value says more than words do */
#define VALUE_COUNTS 4
#define WORDS_COUNT 1
#define MAX_WORDS 4
#define PREFIX_LETTERS 3

struct _CptDuplicates
{
  CptSchema *schema;
  CptDuplicateProfile profile;
  GHashTable *distinct; /* (owned): pairs that are left out */
  GArray *pairs;
  gboolean is_truncated;
};

CptDuplicates *
cpt_duplicates_new (CptDatabase                *database,
                    const CptDuplicateProfile  *profile,
                    GError                    **error)
{
  GHashTable *distinct = cpt_distinct_read (database, profile->entity, error);
  CptDuplicates *self;

  if (distinct == NULL)
    return NULL;

  self = g_new0 (CptDuplicates, 1);
  self->schema = cpt_schema_ref (cpt_database_get_schema (database));
  self->distinct = distinct;
  self->profile = *profile;
  self->pairs = g_array_new (FALSE, FALSE, sizeof (CptDuplicatePair));

  return self;
}

void
cpt_duplicates_free (CptDuplicates *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->pairs);
  g_hash_table_unref (self->distinct);
  cpt_schema_unref (self->schema);
  g_free (self);
}

const CptEntity *
cpt_duplicates_get_entity (CptDuplicates *self)
{
  return self->profile.entity;
}

guint
cpt_duplicates_get_length (CptDuplicates *self)
{
  return self->pairs->len;
}

const CptDuplicatePair *
cpt_duplicates_get_pair (CptDuplicates *self,
                         guint          index)
{
  g_return_val_if_fail (index < self->pairs->len, NULL);

  return &g_array_index (self->pairs, CptDuplicatePair, index);
}

gboolean
cpt_duplicates_is_truncated (CptDuplicates *self)
{
  return self->is_truncated;
}

GStrv
cpt_duplicates_dup_reasons (CptDuplicates *self,
                            guint          index)
{
  g_return_val_if_fail (index < self->pairs->len, NULL);

  return cpt_duplicate_dup_reasons (&self->profile, g_array_index (self->pairs, CptDuplicatePair, index).evidence);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const CptDuplicatePair *x = a;
  const CptDuplicatePair *y = b;

  if (x->row != y->row)
    return x->row < y->row ? -1 : 1;

  return (x->other_row > y->other_row) - (x->other_row < y->other_row);
}

static int
compare_scores (gconstpointer a,
                gconstpointer b)
{
  const CptDuplicatePair *x = a;
  const CptDuplicatePair *y = b;

  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;

  return compare_rows (a, b);
}

/* A pair is found once for each thing that it has in common */
static void
drop_doubles (GArray *pairs)
{
  CptDuplicatePair *items = (CptDuplicatePair *) pairs->data;
  guint n = 0;

  g_array_sort (pairs, compare_rows);
  for (guint i = 0; i < pairs->len; i++)
    if (n == 0 || compare_rows (&items[n - 1], &items[i]) != 0)
      items[n++] = items[i];
  g_array_set_size (pairs, n);
}

void
cpt_duplicates_finish (CptDuplicates *self,
                       guint          limit)
{
  drop_doubles (self->pairs);
  g_array_sort (self->pairs, compare_scores);
  if (self->pairs->len > limit)
    g_array_set_size (self->pairs, limit);
}

void
cpt_duplicates_add (CptDuplicates          *self,
                    const CptDuplicatePair *pair)
{
  if (cpt_distinct_contains (self->distinct, pair->row, pair->other_row))
    return;

  g_array_append_val (self->pairs, *pair);
  if (self->pairs->len < 2 * CPT_DUPLICATES_MAX_PAIRS)
    return;

  drop_doubles (self->pairs);
  if (self->pairs->len <= CPT_DUPLICATES_MAX_PAIRS)
    return;
  g_array_sort (self->pairs, compare_scores);
  g_array_set_size (self->pairs, CPT_DUPLICATES_MAX_PAIRS);
  self->is_truncated = TRUE;
}

/* One record */

typedef struct
{
  CptDuplicates *found;
  CptDuplicateProfile profile;
  const CptRecord *record;
  GHashTable *rows; /* gint64 -> how much speaks for it */
  double min;
  guint limit;
  GString *scratch;
} Find;

static void
add_row (Find   *self,
         gint64  row,
         guint   counts)
{
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (self->rows, &row));

  g_hash_table_replace (self->rows, g_memdup2 (&row, sizeof row), GUINT_TO_POINTER (before + counts));
}

/* A record may be older than a change of the custom fields. */
static const CptValue *
get_value (const CptDuplicateProfile *profile,
           const CptRecord           *record,
           const CptField            *field)
{
  static const CptValue nothing = CPT_VALUE_INIT;

  if (record->entity != profile->entity)
    field = cpt_entity_find_field (record->entity, field->name);

  return field != NULL ? cpt_record_get (record, field) : &nothing;
}

/* By the words of what is searched: the newest first. The statement reads until
 * MAX_PER_SET are of the right kind. */
static gboolean
collect_words (Find         *self,
               CptDatabase  *database,
               const char   *match,
               guint         counts,
               GError      **error)
{
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database, "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT 2000", error);
  const CptEntity *entity = self->profile.entity;
  guint n = 0;
  CptStep step = CPT_STEP_DONE;

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_text (statement, 1, match);
  while (n < MAX_PER_SET && (step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      gint64 key = cpt_statement_get_int (statement, 0);
      gint64 row = key >> CPT_LAYOUT_SEARCH_SHIFT;

      if ((guint) (key & CPT_LAYOUT_ENTITY_MAX) != entity->number || !cpt_layout_is_visible (database, entity, row))
        continue;
      add_row (self, row, counts);
      n++;
    }

  return step != CPT_STEP_ERROR;
}

static gboolean
collect_column (Find            *self,
                CptDatabase     *database,
                const CptField  *field,
                const CptValue  *value,
                GError         **error)
{
  g_auto(CptSql) sql = { 0 };
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  cpt_sql_init (&sql, database);
  cpt_sql_printf (&sql, "SELECT t.row_id FROM \"%s\" AS t WHERE ", self->profile.entity->name);
  cpt_sql_add_column (&sql, "t", field);
  cpt_sql_add (&sql, "=");
  if (value->type == CPT_VALUE_TEXT)
    cpt_sql_add_text (&sql, value->text);
  else
    cpt_sql_add_id (&sql, &value->id);
  cpt_sql_add_visible (&sql, "t", self->profile.entity);
  cpt_sql_add (&sql, " LIMIT ");
  cpt_sql_add_int (&sql, MAX_PER_SET);
  statement = cpt_sql_prepare (&sql, error);
  if (statement == NULL)
    return FALSE;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    add_row (self, cpt_statement_get_int (statement, 0), VALUE_COUNTS);

  return step == CPT_STEP_DONE;
}

/* The words of a value as the search index has them, all together. Short ones
 * such as "fr" are in too many. */
static gboolean
collect_searched (Find            *self,
                  CptDatabase     *database,
                  const CptField  *field,
                  const CptValue  *value,
                  GError         **error)
{
  g_autoptr(GString) words = g_string_new (NULL);
  g_autoptr(GString) match = g_string_new (NULL);
  g_auto(GStrv) parts = NULL;

  cpt_field_append_words (field, value, words);
  if (field->kind == CPT_FIELD_PHONE)
    g_string_truncate (words, strcspn (words->str, " "));
  parts = g_strsplit (words->str, " ", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (strlen (parts[i]) >= PREFIX_LETTERS)
      g_string_append_printf (match, "\"%s\" ", parts[i]);

  return match->len == 0 || collect_words (self, database, match->str, VALUE_COUNTS, error);
}

static gboolean
collect_slots (Find         *self,
               CptDatabase  *database,
               GError      **error)
{
  for (guint i = 0; i < self->profile.n_slots; i++)
    {
      const CptField *field = self->profile.slots[i].field;
      const CptValue *value = get_value (&self->profile, self->record, field);
      gboolean done = TRUE;

      /* A street has the words of every other one. */
      if ((value->type != CPT_VALUE_TEXT && value->type != CPT_VALUE_ID) ||
          self->profile.slots[i].aspect == CPT_ASPECT_PLACE)
        continue;
      if ((field->flags & CPT_FIELD_INDEXED) != 0 && !field->is_custom)
        done = collect_column (self, database, field, value, error);
      else if ((field->flags & CPT_FIELD_SEARCHABLE) != 0)
        done = collect_searched (self, database, field, value, error);
      if (!done)
        return FALSE;
    }

  return TRUE;
}

/* Letters alone begin too many words. */
static void
append_word (GString    *match,
             const char *word,
             gboolean    is_whole)
{
  glong n = g_utf8_strlen (word, -1);

  if (n < 2)
    return;
  if (is_whole || n < PREFIX_LETTERS)
    g_string_append_printf (match, "\"%s\" ", word);
  else
    g_string_append_printf (match, "\"%.*s\"* ", (int) (g_utf8_offset_to_pointer (word, PREFIX_LETTERS) - word), word);
}

/* The first letters of all words; then each word as it is with the first
 * letters of the others: an error in one word, or late in each, leaves one of
 * them right. */
static gboolean
collect_name (Find         *self,
              CptDatabase  *database,
              const char   *name,
              GError      **error)
{
  g_auto(GStrv) words = g_strsplit (name, " ", MAX_WORDS);
  guint n = g_strv_length (words);
  g_autoptr(GString) match = g_string_new (NULL);

  if (n == 0)
    return TRUE;
  words[n - 1][strcspn (words[n - 1], " ")] = '\0';

  for (guint whole = 0; whole <= n; whole++)
    {
      g_string_truncate (match, 0);
      for (guint i = 0; i < n; i++)
        append_word (match, words[i], i == whole);
      if (match->len > 0 && !collect_words (self, database, match->str, WORDS_COUNT, error))
        return FALSE;
    }

  return TRUE;
}

/* Comparing */

static char *
dup_names (const CptDuplicateProfile *profile,
           const CptRecord           *record)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < profile->n_names; i++)
    {
      const CptValue *value = get_value (profile, record, profile->names[i]);
      g_autofree char *name = cpt_name_normalise (value->type == CPT_VALUE_TEXT ? value->text : "", profile->name_kind);

      g_string_append_len (names, name, (gssize) strlen (name) + 1);
    }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
fill_keys (Find            *self,
           const CptRecord *record,
           guint64         *keys)
{
  for (guint i = 0; i < self->profile.n_slots; i++)
    {
      const CptValue *value = get_value (&self->profile, record, self->profile.slots[i].field);

      keys[i] = cpt_duplicate_profile_get_key (&self->profile, i, value, self->scratch);
    }
}

static double
count_bits (CptDatabase     *database,
            const CptEntity *entity)
{
  g_autofree char *sql = g_strdup_printf ("SELECT max (row_id) FROM \"%s\"", entity->name);
  gint64 n = 0;

  /* Rows that are gone count too: it is a logarithm, and this takes no time. */
  cpt_database_get_number (database, sql, 0, &n, NULL);

  return log2 ((double) MAX (n, 2));
}

static void
compare_all (Find        *self,
             CptDatabase *database,
             GPtrArray   *records)
{
  guint64 keys[CPT_DUPLICATES_MAX_SLOTS], other_keys[CPT_DUPLICATES_MAX_SLOTS];
  guint8 rarity[CPT_DUPLICATES_MAX_SLOTS + 1];
  g_autofree char *names = dup_names (&self->profile, self->record);
  CptDuplicateTraits traits = { names, keys, rarity };
  double bits = count_bits (database, self->profile.entity);

  /* Two records share it at least; how many more is not known here. */
  memset (rarity, 1, sizeof rarity);
  fill_keys (self, self->record, keys);
  for (guint i = 0; i < records->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (records, i);
      g_autofree char *other_names = dup_names (&self->profile, record);
      CptDuplicateTraits other = { other_names, other_keys, rarity };
      CptDuplicatePair pair = { .row = self->record->row, .other_row = record->row };

      fill_keys (self, record, other_keys);
      pair.score = (float) cpt_duplicate_compare (&self->profile, &traits, &other, bits, self->min, &pair.evidence);
      if (pair.score > 0.0f && pair.score >= (float) self->min)
        cpt_duplicates_add (self->found, &pair);
    }
}

typedef struct
{
  gint64 row;
  guint counts;
} Hit;

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const Hit *x = a;
  const Hit *y = b;

  if (x->counts != y->counts)
    return x->counts > y->counts ? -1 : 1;

  return (x->row < y->row) - (x->row > y->row);
}

static gboolean
load_all (Find         *self,
          CptDatabase  *database,
          GPtrArray    *records,
          GError      **error)
{
  g_autoptr(GArray) hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      Hit hit = { *(gint64 *) key, GPOINTER_TO_UINT (value) };

      g_array_append_val (hits, hit);
    }
  g_array_sort (hits, compare_hits);

  for (guint i = 0; i < MIN (hits->len, MAX_READ); i++)
    {
      const Hit *hit = &g_array_index (hits, Hit, i);
      CptRecord *record = cpt_database_load_row (database, self->profile.entity, hit->row, error);

      if (record == NULL)
        return FALSE;
      if (cpt_uuid_equal (&record->id, &self->record->id))
        cpt_record_unref (record);
      else
        g_ptr_array_add (records, record);
    }

  return TRUE;
}

static gboolean
find (CptDatabase  *database,
      gpointer      data,
      GError      **error)
{
  Find *self = data;
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *entity = cpt_database_localise (database, self->record->entity);
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_record_unref);
  g_autofree char *names = NULL;
  const char *name;

  if (!cpt_duplicate_profile_init (&self->profile, schema, entity != NULL ? entity : self->record->entity, error))
    return FALSE;

  self->found = cpt_duplicates_new (database, &self->profile, error);
  if (self->found == NULL)
    return FALSE;
  names = dup_names (&self->profile, self->record);
  if (!collect_slots (self, database, error))
    return FALSE;
  name = names;
  for (guint i = 0; i < self->profile.n_names; i++, name += strlen (name) + 1)
    if ((self->profile.names[i]->flags & CPT_FIELD_SEARCHABLE) != 0 && !collect_name (self, database, name, error))
      return FALSE;
  if (!load_all (self, database, records, error))
    return FALSE;

  compare_all (self, database, records);
  cpt_duplicates_finish (self->found, self->limit);

  return TRUE;
}

CptDuplicates *
cpt_duplicates_find (CptDatabase      *database,
                     const CptRecord  *record,
                     double            min_score,
                     guint             limit,
                     GError          **error)
{
  g_autoptr(GHashTable) rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(GString) scratch = g_string_new (NULL);
  Find self = { .record = record, .rows = rows, .min = min_score, .limit = limit, .scratch = scratch };

  if (!cpt_database_snapshot (database, find, &self, error))
    {
      g_clear_pointer (&self.found, cpt_duplicates_free);
      return NULL;
    }

  return self.found;
}
