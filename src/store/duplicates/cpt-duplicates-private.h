/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-distinct.h"
#include "cpt-duplicates.h"
#include "cpt-name.h"

G_BEGIN_DECLS

/* What a field says about who a record is */
typedef enum
{
  CPT_ASPECT_EMAIL,
  CPT_ASPECT_PHONE,
  CPT_ASPECT_PAGE, /* of a person */
  CPT_ASPECT_IDENTIFIER,
  CPT_ASPECT_DOMAIN, /* of a company */
  CPT_ASPECT_LINK, /* from here on: circumstances */
  CPT_ASPECT_PLACE,
  CPT_ASPECT_DATE,
  CPT_N_ASPECTS
} CptAspect;

#define CPT_ASPECT_FIRST_CIRCUMSTANCE CPT_ASPECT_LINK
#define CPT_DUPLICATES_MAX_SLOTS 24
#define CPT_DUPLICATES_MAX_NAMES 4

/* One value that takes part: a company's e-mail address gives two */
typedef struct
{
  const CptField *field;
  CptAspect       aspect;
} CptDuplicateSlot;

/* What takes part, from the declaration of one kind of record */
typedef struct
{
  const CptEntity  *entity;
  CptNameKind       name_kind;
  const CptField   *names[CPT_DUPLICATES_MAX_NAMES];
  guint             n_names;
  CptDuplicateSlot  slots[CPT_DUPLICATES_MAX_SLOTS];
  guint             n_slots;
} CptDuplicateProfile;

/* One record, ready to be compared */
typedef struct
{
  const char    *names; /* normalised, n_names texts behind one another, each ended by a zero */
  const guint64 *keys; /* n_slots; 0 where there is nothing */
  const guint8  *rarity; /* n_slots and one for the name: binary logarithm of how many records have the same */
} CptDuplicateTraits;

/* FALSE with CPT_ERROR_UNSUPPORTED when nothing tells such records apart */
gboolean  cpt_duplicate_profile_init     (CptDuplicateProfile  *self,
                                          CptSchema            *schema,
                                          const CptEntity      *entity,
                                          GError              **error);
/* A number for @value, equal when they mean the same; 0 for nothing. @scratch
 * is overwritten. */
guint64   cpt_duplicate_profile_get_key  (const CptDuplicateProfile *self,
                                          guint                      slot,
                                          const CptValue            *value,
                                          GString                   *scratch);
/* Never 0 */
guint64   cpt_duplicate_hash             (const char *data,
                                          gsize       length);

/* How likely two records are the same, 0 to 1; @evidence is set when it is
 * @min at least. @bits: binary logarithm of the number of records. */
double    cpt_duplicate_compare          (const CptDuplicateProfile *profile,
                                          const CptDuplicateTraits  *a,
                                          const CptDuplicateTraits  *b,
                                          double                     bits,
                                          double                     min,
                                          guint32                   *evidence);
GStrv     cpt_duplicate_dup_reasons      (const CptDuplicateProfile *profile,
                                          guint32                    evidence);

/* cpt-duplicates.c. Reads what are no duplicates; NULL with @error when it can't */
CptDuplicates *cpt_duplicates_new        (CptDatabase                *database,
                                          const CptDuplicateProfile  *profile,
                                          GError                    **error);
/* Unless somebody said that they are not the same */
void           cpt_duplicates_add        (CptDuplicates          *self,
                                          const CptDuplicatePair *pair);
/* Sorts, drops doubles, keeps the best @limit */
void           cpt_duplicates_finish     (CptDuplicates *self,
                                          guint          limit);

G_END_DECLS
