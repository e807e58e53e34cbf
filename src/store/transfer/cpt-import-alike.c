/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dry run tells how many new records look like ones that are there, and like
 * others of the file. Each is looked for as while it is typed
 * (cpt_duplicates_find()); those of the file are compared where they share a
 * name or a value. Both end after MAX_TIME, and the file's after MAX_ROWS: what
 * was not compared is told too. */
#include "config.h"

#include "cpt-import-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cpt-duplicates-private.h"

/* Microseconds for all rows together */
#define MAX_TIME (2 * G_USEC_PER_SEC)
/* Some 300 bytes each */
#define MAX_ROWS 50000

typedef struct
{
  char *names; /* (owned) */
  guint64 keys[CPT_DUPLICATES_MAX_SLOTS];
} Traits;

struct _CptImportAlike
{
  CptDatabase *database; /* borrowed */
  CptDuplicateProfile profile;
  gboolean has_profile; /* something tells such records apart */
  gboolean is_over;     /* the stored ones could not be read */
  gint64 spent;
  GPtrArray *rows;    /* (element-type Traits) */
  GHashTable *by_key; /* hash of a name or a value, with its place -> index of the last row with it, and 1 */
  GString *scratch;
  CptImportAlikeCounts counts;
};

static void
traits_free (Traits *self)
{
  g_free (self->names);
  g_free (self);
}

CptImportAlike *
cpt_import_alike_new (CptDatabase   *database,
                      CptImportPlan *plan)
{
  CptImportAlike *self = g_new0 (CptImportAlike, 1);

  self->database = database;
  self->has_profile = cpt_duplicate_profile_init (&self->profile, plan->schema, plan->entity, NULL);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) traits_free);
  self->by_key = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->scratch = g_string_new (NULL);

  return self;
}

void
cpt_import_alike_free (CptImportAlike *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->by_key);
  g_string_free (self->scratch, TRUE);
  g_free (self);
}

static Traits *
create_traits (CptImportAlike  *self,
               const CptRecord *record)
{
  g_autoptr(GString) names = g_string_new (NULL);
  Traits *traits = g_new0 (Traits, 1);

  for (guint i = 0; i < self->profile.n_names; i++)
    {
      const CptValue *value = cpt_record_get (record, self->profile.names[i]);
      g_autofree char *name = cpt_name_normalise (value->type == CPT_VALUE_TEXT ? value->text : "", self->profile.name_kind);

      g_string_append_len (names, name, (gssize) strlen (name) + 1);
    }
  for (guint i = 0; i < self->profile.n_slots; i++)
    traits->keys[i] = cpt_duplicate_profile_get_key (&self->profile, i, cpt_record_get (record, self->profile.slots[i].field),
                                                     self->scratch);
  traits->names = g_string_free (g_steal_pointer (&names), FALSE);

  return traits;
}

static gboolean
is_alike (CptImportAlike *self,
          const Traits   *a,
          const Traits   *b)
{
  guint8 rarity[CPT_DUPLICATES_MAX_SLOTS + 1];
  CptDuplicateTraits first = { a->names, a->keys, rarity };
  CptDuplicateTraits second = { b->names, b->keys, rarity };
  guint32 evidence = 0;

  memset (rarity, 1, sizeof rarity);

  return cpt_duplicate_compare (&self->profile, &first, &second, log2 ((double) MAX (self->rows->len, 2)),
                                CPT_DUPLICATES_MIN_SCORE, &evidence) >= CPT_DUPLICATES_MIN_SCORE;
}

/* Whether the last row with this is alike; the new one takes its place */
static gboolean
look_up (CptImportAlike *self,
         const Traits   *traits,
         guint64         key,
         guint           place)
{
  gint64 hash = (gint64) (key * G_GUINT64_CONSTANT (1099511628211) + place);
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, &hash));

  g_hash_table_replace (self->by_key, g_memdup2 (&hash, sizeof hash), GUINT_TO_POINTER (self->rows->len + 1));

  return index > 0 && is_alike (self, g_ptr_array_index (self->rows, index - 1), traits);
}

static gboolean
has_alike_row (CptImportAlike *self,
               Traits         *traits)
{
  const char *name = traits->names;
  gboolean found = FALSE;

  for (guint i = 0; i < self->profile.n_names; i++, name += strlen (name) + 1)
    {
      if (*name != '\0')
        found = look_up (self, traits, cpt_duplicate_hash (name, strlen (name)), CPT_DUPLICATES_MAX_SLOTS + i) || found;
    }
  for (guint i = 0; i < self->profile.n_slots; i++)
    {
      if (traits->keys[i] != 0 && self->profile.slots[i].aspect < CPT_ASPECT_FIRST_CIRCUMSTANCE)
        found = look_up (self, traits, traits->keys[i], i) || found;
    }
  g_ptr_array_add (self->rows, traits);

  return found;
}

void
cpt_import_alike_take (CptImportAlike *self,
                       CptRecord      *record)
{
  g_autoptr(CptDuplicates) stored = NULL;
  gint64 begun = g_get_monotonic_time ();

  if (!self->has_profile)
    return;
  if (self->is_over || self->spent > MAX_TIME || self->rows->len >= MAX_ROWS)
    {
      self->counts.n_left++;
      return;
    }

  stored = cpt_duplicates_find (self->database, record, CPT_DUPLICATES_MIN_SCORE, 1, NULL);
  if (stored == NULL)
    {
      self->is_over = TRUE;
      self->counts.n_left++;
      return;
    }

  self->counts.n_stored += cpt_duplicates_get_length (stored) > 0 ? 1 : 0;
  self->counts.n_within += has_alike_row (self, create_traits (self, record)) ? 1 : 0;
  self->spent += g_get_monotonic_time () - begun;
}

void
cpt_import_alike_finish (CptImportAlike       *self,
                         CptImportNotes       *notes,
                         CptImportAlikeCounts *counts)
{
  gulong n_stored = (gulong) self->counts.n_stored;
  gulong n_within = (gulong) self->counts.n_within;
  gulong n_compared = (gulong) self->rows->len;
  g_autofree char *stored = g_strdup_printf (ngettext ("%lu new record looks like one that is already here",
                                                       "%lu new records look like ones that are already here", n_stored),
                                             n_stored);
  g_autofree char *within = g_strdup_printf (ngettext ("%lu new record looks like another one of the file",
                                                       "%lu new records look like other ones of the file", n_within),
                                             n_within);
  g_autofree char *left = g_strdup_printf (ngettext ("Only the first new record was compared with others, to save time",
                                                     "Only the first %lu new records were compared with others, to save time",
                                                     n_compared),
                                           n_compared);

  *counts = self->counts;
  if (n_stored > 0)
    cpt_import_notes_add (notes, stored);
  if (n_within > 0)
    cpt_import_notes_add (notes, within);
  if (self->counts.n_left > 0 && n_compared > 0)
    cpt_import_notes_add (notes, left);
}
