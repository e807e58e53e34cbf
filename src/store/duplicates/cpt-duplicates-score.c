/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How likely two records are the same.
 *
 * The evidence is added up as Fellegi and Sunter proposed ("A theory for record
 * linkage", 1969): what two records have in common makes it likelier by so many
 * bits, what they have different makes it unlikelier, and it begins with how
 * unlikely it is for any two. Something that many records share says less: its
 * weight falls with the logarithm of their number. The weights were set by
 * tests/bench/bench-duplicates.c. */

#include "config.h"

#include "cpt-duplicates-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* In bits */
typedef struct
{
  double same;      /* shared by two records */
  double rarity;    /* less for each doubling of their number */
  double different; /* both have something, and nothing in common */
} Weight;

static const Weight aspects[CPT_N_ASPECTS] = {
  [CPT_ASPECT_EMAIL] = { 21.0, 2.0, -2.0 },
  [CPT_ASPECT_PHONE] = { 12.5, 1.5, -1.5 },
  [CPT_ASPECT_PAGE] = { 18.0, 2.0, -2.0 },
  [CPT_ASPECT_IDENTIFIER] = { 24.0, 2.0, -10.0 },
  [CPT_ASPECT_DOMAIN] = { 12.0, 1.5, -1.0 },
  [CPT_ASPECT_LINK] = { 6.5, 0.2, -1.5 },
  [CPT_ASPECT_PLACE] = { 8.0, 0.7, -1.0 },
  [CPT_ASPECT_DATE] = { 7.0, 0.0, -6.0 },
};

/* Names: what likeness says, for which part the rarity counts, and how much less
 * it says for each doubling of the records: among many there is somebody else
 * who is called almost so. */
static const struct
{
  double same;
  double rarity;
  double crowd;
} names[] = {
  [CPT_NAME_SAME] = { 12.0, 1.0 },
  [CPT_NAME_SWAPPED] = { 11.5, 1.0 },
  [CPT_NAME_CLOSE] = { 11.0, 1.0, 0.1 },
  [CPT_NAME_SOUND] = { 11.0, 1.0, 0.12 },
  [CPT_NAME_PART] = { 7.0, 0.5 },
  [CPT_NAME_ALIKE] = { 1.0, 0.0 },
  [CPT_NAME_DIFFERENT] = { -6.0, 0.0 },
  [CPT_NAME_MISSING] = { 0.0, 0.0 },
};

/* The most that names can say, rarity left out */
#define BEST_NAME 12.0
/* Share of a name's rarity that counts: names are not drawn from a hat */
#define NAME_RARITY (1.0 / 3.0)

/* What is in the evidence: the likeness of names in four bits, then one for each slot */
#define LIKENESS_MASK 0xfu
#define SLOT_BIT(slot) (1u << (4 + (slot)))

G_STATIC_ASSERT (CPT_DUPLICATES_MAX_SLOTS + 4 <= 32);
G_STATIC_ASSERT (G_N_ELEMENTS (names) == CPT_NAME_MISSING + 1);

/* Any two records, before they are looked at. More records mean more chances to
 * meet somebody of the same name, half as many as it would be without other
 * evidence. */
static double
get_prior (double bits)
{
  return -(8.0 + bits / 2.0);
}

/* How many records have the value that both share; more have the right spelling */
static guint
get_rarity (const CptDuplicateTraits *a,
            const CptDuplicateTraits *b,
            guint                     slot,
            guint                     other)
{
  return MAX (a->rarity[slot], b->rarity[other]);
}

/* All slots of one aspect: a work number here may be the mobile there. */
static double
weigh_aspect (const CptDuplicateProfile *profile,
              const CptDuplicateTraits  *a,
              const CptDuplicateTraits  *b,
              guint                      first,
              guint32                   *evidence)
{
  CptAspect aspect = profile->slots[first].aspect;
  const Weight *weight = &aspects[aspect];
  gboolean are_both = FALSE;
  double best = 0.0;

  for (guint i = first; i < profile->n_slots; i++)
    {
      if (profile->slots[i].aspect != aspect || a->keys[i] == 0)
        continue;
      for (guint j = first; j < profile->n_slots; j++)
        {
          if (profile->slots[j].aspect != aspect || b->keys[j] == 0)
            continue;
          /* An organisation here is no product there. */
          if (aspect >= CPT_ASPECT_FIRST_CIRCUMSTANCE && i != j)
            continue;
          are_both = TRUE;
          if (a->keys[i] == b->keys[j])
            {
              best = MAX (best, MAX (weight->same - weight->rarity * get_rarity (a, b, i, j), 1.0));
              *evidence |= SLOT_BIT (i);
            }
        }
    }

  return best > 0.0 ? best : (are_both ? weight->different : 0.0);
}

static double
weigh_aspects (const CptDuplicateProfile *profile,
               const CptDuplicateTraits  *a,
               const CptDuplicateTraits  *b,
               guint32                   *evidence)
{
  guint seen = 0;
  double sum = 0.0;

  for (guint i = 0; i < profile->n_slots; i++)
    {
      guint bit = 1u << profile->slots[i].aspect;

      if ((seen & bit) == 0)
        sum += weigh_aspect (profile, a, b, i, evidence);
      seen |= bit;
    }

  return sum;
}

/* The closest of the names that the two have */
static double
weigh_names (const CptDuplicateProfile *profile,
             const CptDuplicateTraits  *a,
             const CptDuplicateTraits  *b,
             double                     bits,
             double                     rarity,
             CptNameLikeness           *likeness)
{
  const char *x = a->names;
  double best = -G_MAXDOUBLE;

  *likeness = CPT_NAME_MISSING;
  for (guint i = 0; i < profile->n_names; i++, x += strlen (x) + 1)
    {
      const char *y = b->names;

      for (guint j = 0; j < profile->n_names; j++, y += strlen (y) + 1)
        {
          CptNameLikeness here;
          double weight;

          if (*x == '\0' || *y == '\0')
            continue;
          here = cpt_name_compare (x, y, NULL);
          weight = names[here].same + names[here].rarity * rarity - names[here].crowd * bits;
          if (weight > best)
            {
              best = weight;
              *likeness = here;
            }
        }
    }

  return *likeness == CPT_NAME_MISSING ? 0.0 : best;
}

double
cpt_duplicate_compare (const CptDuplicateProfile *profile,
                       const CptDuplicateTraits  *a,
                       const CptDuplicateTraits  *b,
                       double                     bits,
                       double                     min,
                       guint32                   *evidence)
{
  double rarity = NAME_RARITY * MAX (bits - get_rarity (a, b, profile->n_slots, profile->n_slots), 0.0);
  double least = min <= 0.0 ? -G_MAXDOUBLE : (min >= 1.0 ? 64.0 : log2 (min / (1.0 - min)));
  CptNameLikeness likeness;
  guint32 found = 0;
  double sum;

  /* Names take the time: not where the best of names would not help. */
  sum = get_prior (bits) + weigh_aspects (profile, a, b, &found);
  if (sum + BEST_NAME + rarity < least)
    return 0.0;

  sum += weigh_names (profile, a, b, bits, rarity, &likeness);
  if (sum < least)
    return 0.0;

  *evidence = found | likeness;

  return 1.0 / (1.0 + exp2 (-sum));
}

/* In words */

static char *
describe_name (const CptDuplicateProfile *profile,
               CptNameLikeness            likeness)
{
  const char *label = cpt_field_get_label (profile->names[0]);

  /* Translators: %s is the label of a field: "Full name: identical" */
  switch (likeness)
    {
    case CPT_NAME_SAME:
      return g_strdup_printf (C_("duplicate", "%s: identical"), label);

    case CPT_NAME_SWAPPED:
      return g_strdup_printf (C_("duplicate", "%s: the same words in another order"), label);

    case CPT_NAME_CLOSE:
      return g_strdup_printf (C_("duplicate", "%s: almost the same"), label);

    case CPT_NAME_SOUND:
      return g_strdup_printf (C_("duplicate", "%s: sounds the same"), label);

    case CPT_NAME_PART:
      return g_strdup_printf (C_("duplicate", "%s: one is longer"), label);

    case CPT_NAME_ALIKE:
      return g_strdup_printf (C_("duplicate", "%s: similar"), label);

    case CPT_NAME_DIFFERENT:
    case CPT_NAME_MISSING:
    default:
      return NULL;
    }
}

/* (nullable): what an aspect that is the same tells. Of an e-mail address its domain is
 * another aspect, which says nothing more when the address or another field with a
 * domain is the same. */
static char *
describe_slot (const CptDuplicateProfile *profile,
               guint32                    evidence,
               guint                      slot)
{
  const CptField *field = profile->slots[slot].field;
  const char *label = cpt_field_get_label (field);

  if (profile->slots[slot].aspect != CPT_ASPECT_DOMAIN || field->kind != CPT_FIELD_EMAIL)
    return g_strdup_printf (C_("duplicate", "%s: identical"), label);

  for (guint i = 0; i < profile->n_slots; i++)
    if ((evidence & SLOT_BIT (i)) != 0 && i != slot &&
        (profile->slots[i].field == field || profile->slots[i].aspect == CPT_ASPECT_DOMAIN))
      return NULL;

  /* Translators: %s is the label of a field: "E-mail: the same domain" */
  return g_strdup_printf (C_("duplicate", "%s: the same domain"), label);
}

GStrv
cpt_duplicate_dup_reasons (const CptDuplicateProfile *profile,
                           guint32                    evidence)
{
  g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func (g_free);
  char *name = describe_name (profile, (CptNameLikeness) (evidence & LIKENESS_MASK));

  /* Aspects are in the order of what they say */
  for (guint aspect = 0; aspect < CPT_N_ASPECTS; aspect++)
    {
      for (guint i = 0; i < profile->n_slots; i++)
        {
          char *reason = NULL;

          if (profile->slots[i].aspect == (CptAspect) aspect && (evidence & SLOT_BIT (i)) != 0)
            reason = describe_slot (profile, evidence, i);
          if (reason != NULL)
            g_ptr_array_add (reasons, reason);
        }
      if (aspect + 1 == CPT_ASPECT_FIRST_CIRCUMSTANCE && name != NULL)
        g_ptr_array_add (reasons, name);
    }
  g_ptr_array_add (reasons, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&reasons), FALSE);
}
