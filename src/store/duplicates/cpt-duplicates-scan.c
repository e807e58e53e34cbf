/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All pairs of one kind of record that look like one.
 *
 * The records are read once, in the order of their rows, and become what is
 * compared of them: hashed values and normalised names. Then come the passes.
 * A pass gives each record a few keys of 32 bits; sorted by key, records that
 * share one stand together, and each block is compared pair by pair. Blocks of
 * frequent keys are left out: other passes find their pairs by rarer ones.
 * Two keys that are equal by accident only cost a comparison. The greatest
 * things at any time are the traits, and twice the keys of one pass. */

#include "config.h"

#include "cpt-duplicates-private.h"

#include <math.h>
#include <string.h>

#include "cpt-database-private.h"
#include "cpt-sql-private.h"

/* Records that share a key; more are not compared with each other */
#define MAX_BLOCK 50
/* Words of a name that become keys */
#define MAX_WORDS 4
/* Words whose sound is remembered; a power of two */
#define N_SOUNDS 65536
/* How often somebody is asked whether to go on */
#define ROWS_PER_LOOK 4096
/* Share of the time that reading takes, for the progress */
#define READING 0.6

typedef struct
{
  guint64 word;
  guint64 sound;
} Sound;

typedef struct
{
  CptDuplicates *found;
  CptDuplicateProfile profile;
  const CptEntity *entity;
  double min;
  double bits;

  /* The traits, one behind the other */
  guint n;
  guint n_allocated;
  gint64 *rows;
  guint64 *names_at; /* in the arena */
  GByteArray *arena; /* of normalised names */
  guint64 *keys;     /* n * n_slots */
  guint8 *rarity;    /* n * (n_slots + 1) */

  GString *scratch;
  Sound *sounds;
  GArray *entries; /* of guint64: key << 32 | record */
  guint64 *sorted;
  gsize n_sorted;

  CptDuplicatesProgressFunc progress;
  gpointer user_data;
  GCancellable *cancellable;
  double done;
} Scan;

typedef enum
{
  PASS_SLOT,          /* the same value of one aspect */
  PASS_NAME,          /* the same words */
  PASS_SOUND,         /* words that sound the same */
  PASS_WORD,          /* one word, and the first letters of the others */
  PASS_WORD_THERE,    /* one word or its sound, and the same circumstance */
  PASS_LETTERS_THERE, /* the first letters, and the same circumstance */
} PassKind;

typedef struct
{
  PassKind kind;
  CptAspect aspect; /* PASS_SLOT */
  guint slot;       /* of the circumstance */
} Pass;

static void
scan_clear (Scan *self)
{
  g_clear_pointer (&self->found, cpt_duplicates_free);
  g_free (self->rows);
  g_free (self->names_at);
  g_free (self->keys);
  g_free (self->rarity);
  g_free (self->sounds);
  g_free (self->sorted);
  g_clear_pointer (&self->arena, g_byte_array_unref);
  g_clear_pointer (&self->entries, g_array_unref);
  if (self->scratch != NULL)
    g_string_free (self->scratch, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scan, scan_clear)

static gboolean
look (Scan    *self,
      double   done,
      GError **error)
{
  if (self->progress != NULL && done >= self->done + 0.01)
    {
      self->done = done;
      self->progress (MIN (done, 1.0), self->user_data);
    }

  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/* Reading */

static gboolean
allocate (Scan         *self,
          CptDatabase  *database,
          GError      **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM \"%s\"", self->entity->name);
  gint64 n = 0;

  if (!cpt_database_get_number (database, sql, 0, &n, error))
    return FALSE;

  self->n_allocated = (guint) CLAMP (n, 1, G_MAXUINT32 / 2);
  self->rows = g_new (gint64, self->n_allocated);
  self->names_at = g_new (guint64, self->n_allocated);
  self->keys = g_new (guint64, (gsize) self->n_allocated * self->profile.n_slots);
  self->rarity = g_new0 (guint8, (gsize) self->n_allocated * (self->profile.n_slots + 1));
  self->arena = g_byte_array_new ();
  self->bits = log2 ((double) MAX (n, 2));

  return TRUE;
}

static CptStatement *
prepare_rows (Scan         *self,
              CptDatabase  *database,
              GError      **error)
{
  g_auto(CptSql) sql = { 0 };

  cpt_sql_init (&sql, database);
  cpt_sql_add (&sql, "SELECT t.row_id");
  for (guint i = 0; i < self->profile.n_names; i++)
    {
      cpt_sql_add (&sql, ", ");
      cpt_sql_add_value (&sql, "t", self->profile.names[i]);
    }
  for (guint i = 0; i < self->profile.n_slots; i++)
    {
      cpt_sql_add (&sql, ", ");
      cpt_sql_add_value (&sql, "t", self->profile.slots[i].field);
    }
  cpt_sql_printf (&sql, " FROM \"%s\" AS t WHERE 1", self->entity->name);
  cpt_sql_add_visible (&sql, "t", self->entity);
  cpt_sql_add (&sql, " ORDER BY t.row_id");

  return cpt_sql_prepare (&sql, error);
}

static void
take_row (Scan         *self,
          CptStatement *statement)
{
  const CptDuplicateProfile *profile = &self->profile;
  guint64 *keys = self->keys + (gsize) self->n * profile->n_slots;
  int column = 1;

  self->rows[self->n] = cpt_statement_get_int (statement, 0);
  self->names_at[self->n] = self->arena->len;
  for (guint i = 0; i < profile->n_names; i++)
    {
      g_auto(CptValue) value = CPT_VALUE_INIT;
      g_autofree char *name = NULL;

      column += cpt_sql_read (statement, column, profile->names[i], &value);
      name = cpt_name_normalise (value.type == CPT_VALUE_TEXT ? value.text : "", profile->name_kind);
      g_byte_array_append (self->arena, (const guint8 *) name, (guint) strlen (name) + 1);
    }
  for (guint i = 0; i < profile->n_slots; i++)
    {
      g_auto(CptValue) value = CPT_VALUE_INIT;

      column += cpt_sql_read (statement, column, profile->slots[i].field, &value);
      keys[i] = cpt_duplicate_profile_get_key (profile, i, &value, self->scratch);
    }
  self->n++;
}

static gboolean
read_all (CptDatabase  *database,
          gpointer      data,
          GError      **error)
{
  Scan *self = data;
  g_autoptr(CptStatement) statement = NULL;
  CptStep step = CPT_STEP_DONE;

  self->entity = cpt_database_localise (database, self->entity);
  if (self->entity == NULL ||
      !cpt_duplicate_profile_init (&self->profile, cpt_database_get_schema (database), self->entity, error))
    return FALSE;

  self->found = cpt_duplicates_new (database, &self->profile, error);
  if (self->found == NULL || !allocate (self, database, error))
    return FALSE;
  statement = prepare_rows (self, database, error);
  if (statement == NULL)
    return FALSE;

  /* The arena's places are 32 bits in GByteArray */
  while (self->n < self->n_allocated && self->arena->len < G_MAXINT32 &&
         (step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      if (self->n % ROWS_PER_LOOK == 0 && !look (self, READING * self->n / self->n_allocated, error))
        return FALSE;
      take_row (self, statement);
    }

  return step != CPT_STEP_ERROR;
}

/* Keys of the passes */

static void
add_entry (Scan    *self,
           guint64  hash,
           guint    record)
{
  guint64 entry = (hash & G_GUINT64_CONSTANT (0xffffffff00000000)) | record;

  g_array_append_val (self->entries, entry);
}

static guint64
mix (guint64 a,
     guint64 b)
{
  guint64 hash = (a ^ (b + G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + (a << 6) + (a >> 2))) *
                 G_GUINT64_CONSTANT (0xff51afd7ed558ccd);

  return hash ^ (hash >> 32);
}

static guint64
get_sound (Scan       *self,
           const char *word,
           gsize       length,
           guint64     hash)
{
  Sound *sound = &self->sounds[hash & (N_SOUNDS - 1)];

  if (sound->word == hash)
    return sound->sound;

  g_string_truncate (self->scratch, 0);
  cpt_name_append_phonetic (self->scratch, word, length);
  sound->word = hash;
  sound->sound = cpt_duplicate_hash (self->scratch->str, self->scratch->len);

  return sound->sound;
}

typedef struct
{
  guint64 words[MAX_WORDS];
  guint64 sounds[MAX_WORDS];
  guchar letters[MAX_WORDS];
  guint n;
  guint64 all_words; /* whatever their order */
  guint64 all_sounds;
  guint64 all_letters;
} Words;

/* The sum of hashes does not know their order. Words beyond the fourth count
 * in the sums only. */
static void
read_words (Scan       *self,
            const char *name,
            Words      *words)
{
  *words = (Words){ 0 };
  while (*name != '\0')
    {
      gsize length = strcspn (name, " ");
      guint64 hash = cpt_duplicate_hash (name, length);
      guint64 sound = get_sound (self, name, length, hash);

      words->all_words += hash;
      words->all_sounds += sound;
      words->all_letters += mix ((guchar) *name, 7);
      if (words->n < MAX_WORDS)
        {
          words->words[words->n] = hash;
          words->sounds[words->n] = sound;
          words->letters[words->n++] = (guchar) *name;
        }
      name += length;
      name += strspn (name, " ");
    }
}

static void
add_words (Scan        *self,
           const Words *words,
           guint        record)
{
  for (guint i = 0; i < words->n; i++)
    {
      guint64 rest = words->all_letters - mix (words->letters[i], 7);

      add_entry (self, mix (words->words[i], rest), record);
    }
}

static void
add_words_there (Scan        *self,
                 const Words *words,
                 guint64      place,
                 guint        record)
{
  for (guint i = 0; i < words->n; i++)
    add_entry (self, mix (words->sounds[i], place), record);
}

static void
add_name_keys (Scan       *self,
               const Pass *pass,
               guint       record)
{
  const char *name = (const char *) self->arena->data + self->names_at[record];
  guint64 place = pass->kind >= PASS_WORD_THERE ? self->keys[(gsize) record * self->profile.n_slots + pass->slot] : 1;

  if (place == 0)
    return;

  for (guint i = 0; i < self->profile.n_names; i++, name += strlen (name) + 1)
    {
      Words words;

      if (*name == '\0')
        continue;
      read_words (self, name, &words);
      if (pass->kind == PASS_NAME)
        add_entry (self, mix (words.all_words, 1), record);
      else if (pass->kind == PASS_SOUND)
        add_entry (self, mix (words.all_sounds, 2), record);
      else if (pass->kind == PASS_WORD)
        add_words (self, &words, record);
      else if (pass->kind == PASS_WORD_THERE)
        add_words_there (self, &words, place, record);
      else
        add_entry (self, mix (words.all_letters, place), record);
    }
}

static void
add_slot_keys (Scan       *self,
               const Pass *pass,
               guint       record)
{
  const guint64 *keys = self->keys + (gsize) record * self->profile.n_slots;

  for (guint i = 0; i < self->profile.n_slots; i++)
    if (self->profile.slots[i].aspect == pass->aspect && keys[i] != 0)
      add_entry (self, keys[i], record);
}

static gboolean
add_keys (Scan        *self,
          const Pass  *pass,
          GError     **error)
{
  g_array_set_size (self->entries, 0);
  for (guint record = 0; record < self->n; record++)
    {
      if (record % ROWS_PER_LOOK == 0 && !look (self, self->done, error))
        return FALSE;
      if (pass->kind == PASS_SLOT)
        add_slot_keys (self, pass, record);
      else
        add_name_keys (self, pass, record);
    }

  return TRUE;
}

/* By the upper 32 bits, eleven at a time from below: records stay in their order. */
static void
sort_entries (Scan *self)
{
  guint64 *from = (guint64 *) (gpointer) self->entries->data;
  gsize n = self->entries->len;
  guint64 *to;

  if (n < 2)
    return;
  if (n > self->n_sorted)
    {
      g_free (self->sorted);
      self->sorted = g_new (guint64, n);
      self->n_sorted = n;
    }
  to = self->sorted;

  for (guint shift = 32; shift < 64; shift += 11)
    {
      gsize counts[2048] = { 0 };
      gsize place = 0;
      guint64 *swapped = from;

      for (gsize i = 0; i < n; i++)
        counts[(from[i] >> shift) & 2047]++;
      for (guint k = 0; k < G_N_ELEMENTS (counts); k++)
        {
          gsize count = counts[k];

          counts[k] = place;
          place += count;
        }
      for (gsize i = 0; i < n; i++)
        to[counts[(from[i] >> shift) & 2047]++] = from[i];
      from = to;
      to = swapped;
    }

  /* Three rounds: the result is in the second array. */
  memcpy (self->entries->data, self->sorted, n * sizeof *self->sorted);
}

/* Comparing */

static void
get_traits (Scan               *self,
            guint               record,
            CptDuplicateTraits *traits)
{
  traits->names = (const char *) self->arena->data + self->names_at[record];
  traits->keys = self->keys + (gsize) record * self->profile.n_slots;
  traits->rarity = self->rarity + (gsize) record * (self->profile.n_slots + 1);
}

static void
compare_block (Scan          *self,
               const guint64 *entries,
               gsize          n)
{
  for (gsize i = 0; i < n; i++)
    {
      guint first = (guint32) entries[i];
      CptDuplicateTraits a;

      get_traits (self, first, &a);
      for (gsize k = i + 1; k < n; k++)
        {
          guint second = (guint32) entries[k];
          CptDuplicatePair pair = { .row = self->rows[first], .other_row = self->rows[second] };
          CptDuplicateTraits b;

          if (first == second)
            continue;
          get_traits (self, second, &b);
          pair.score = (float) cpt_duplicate_compare (&self->profile, &a, &b, self->bits, self->min, &pair.evidence);
          if (pair.score > 0.0f && pair.score >= (float) self->min)
            cpt_duplicates_add (self->found, &pair);
        }
    }
}

/* Remembers how many records share the value */
static void
note_rarity (Scan          *self,
             const Pass    *pass,
             const guint64 *entries,
             gsize          n)
{
  guint8 rarity = (guint8) g_bit_storage (n) - 1;

  for (gsize i = 0; i < n; i++)
    {
      guint record = (guint32) entries[i];
      guint8 *all = self->rarity + (gsize) record * (self->profile.n_slots + 1);
      const guint64 *keys = self->keys + (gsize) record * self->profile.n_slots;

      if (pass->kind == PASS_NAME)
        all[self->profile.n_slots] = MAX (all[self->profile.n_slots], rarity);
      for (guint slot = 0; pass->kind == PASS_SLOT && slot < self->profile.n_slots; slot++)
        if (self->profile.slots[slot].aspect == pass->aspect && keys[slot] >> 32 == entries[i] >> 32)
          all[slot] = rarity;
    }
}

typedef enum
{
  WALK_COUNT,
  WALK_COMPARE,
} Walk;

static gboolean
walk_blocks (Scan        *self,
             const Pass  *pass,
             Walk         walk,
             GError     **error)
{
  const guint64 *entries = (const guint64 *) (gconstpointer) self->entries->data;
  gsize n = self->entries->len;
  gsize end;

  for (gsize start = 0, look_at = 0; start < n; start = end)
    {
      for (end = start + 1; end < n && entries[end] >> 32 == entries[start] >> 32; end++)
        ;
      if (start >= look_at)
        {
          if (!look (self, self->done, error))
            return FALSE;
          look_at = start + ROWS_PER_LOOK;
        }
      if (walk == WALK_COUNT)
        note_rarity (self, pass, entries + start, end - start);
      else if (end - start > 1 && end - start <= MAX_BLOCK)
        compare_block (self, entries + start, end - start);
    }

  return TRUE;
}

static gboolean
run_pass (Scan        *self,
          const Pass  *pass,
          Walk         walk,
          GError     **error)
{
  if (!add_keys (self, pass, error))
    return FALSE;

  sort_entries (self);

  return walk_blocks (self, pass, walk, error);
}

static GArray *
list_passes (Scan *self)
{
  static const PassKind of_names[] = { PASS_NAME, PASS_SOUND, PASS_WORD };
  GArray *passes = g_array_new (FALSE, FALSE, sizeof (Pass));
  guint seen = 0;

  for (guint i = 0; i < self->profile.n_slots; i++)
    {
      Pass pass = { .kind = PASS_SLOT, .aspect = self->profile.slots[i].aspect };

      if ((seen & (1u << pass.aspect)) == 0)
        g_array_append_val (passes, pass);
      seen |= 1u << pass.aspect;
    }
  for (guint i = 0; i < G_N_ELEMENTS (of_names); i++)
    {
      Pass pass = { .kind = of_names[i] };

      g_array_append_val (passes, pass);
    }
  for (guint i = 0; i < self->profile.n_slots; i++)
    {
      Pass words = { .kind = PASS_WORD_THERE, .slot = i };
      Pass letters = { .kind = PASS_LETTERS_THERE, .slot = i };

      if (self->profile.slots[i].aspect < CPT_ASPECT_FIRST_CIRCUMSTANCE)
        continue;
      g_array_append_val (passes, words);
      g_array_append_val (passes, letters);
    }

  return passes;
}

/* How frequent everything is must be known before the first comparison */
static gboolean
compare_all (Scan    *self,
             GError **error)
{
  g_autoptr(GArray) passes = list_passes (self);

  self->sounds = g_new0 (Sound, N_SOUNDS);
  self->entries = g_array_new (FALSE, FALSE, sizeof (guint64));
  for (guint i = 0; i < passes->len; i++)
    {
      const Pass *pass = &g_array_index (passes, Pass, i);

      if ((pass->kind == PASS_SLOT || pass->kind == PASS_NAME) && !run_pass (self, pass, WALK_COUNT, error))
        return FALSE;
    }
  for (guint i = 0; i < passes->len; i++)
    {
      const Pass *pass = &g_array_index (passes, Pass, i);
      gboolean is_only_there = pass->kind == PASS_SLOT && pass->aspect >= CPT_ASPECT_FIRST_CIRCUMSTANCE;

      if (!is_only_there && !run_pass (self, pass, WALK_COMPARE, error))
        return FALSE;
      if (!look (self, READING + (1.0 - READING) * (i + 1) / passes->len, error))
        return FALSE;
    }
  cpt_duplicates_finish (self->found, CPT_DUPLICATES_MAX_PAIRS);

  return TRUE;
}

CptDuplicates *
cpt_duplicates_scan (CptDatabase                *database,
                     const CptEntity            *entity,
                     double                      min_score,
                     CptDuplicatesProgressFunc   progress,
                     gpointer                    user_data,
                     GCancellable               *cancellable,
                     GError                    **error)
{
  g_auto(Scan) self = {
    .entity = entity,
    .min = min_score,
    .progress = progress,
    .user_data = user_data,
    .cancellable = cancellable,
    .scratch = g_string_new (NULL),
  };

  if (!cpt_database_snapshot (database, read_all, &self, error) || !compare_all (&self, error))
    return NULL;

  return g_steal_pointer (&self.found);
}
