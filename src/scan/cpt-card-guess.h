/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What may be said on a business card; NULL where nothing is found */
typedef enum
{
  CPT_CARD_FIRST_NAME,
  CPT_CARD_LAST_NAME,
  CPT_CARD_COMPANY,
  CPT_CARD_JOB_TITLE,
  CPT_CARD_EMAIL,
  CPT_CARD_PHONE, /* E.164 */
  CPT_CARD_MOBILE, /* E.164 */
  CPT_CARD_WEBSITE, /* https://… */
  CPT_CARD_LINKEDIN, /* https://… */
  CPT_CARD_STREET,
  CPT_CARD_POSTCODE,
  CPT_CARD_CITY,
  CPT_CARD_COUNTRY, /* ISO 3166-1 alpha-2 */
  CPT_CARD_REST, /* lines of which nothing was understood, and what has no place of its own */
  CPT_CARD_N_FIELDS
} CptCardField;

/**
 * CptCardGuess:
 * @fields: by #CptCardField
 *
 * What a card seems to say. A guess: somebody looks at it before it is stored.
 */
typedef struct
{
  char *fields[CPT_CARD_N_FIELDS];
} CptCardGuess;

/**
 * cpt_card_guess_read:
 * @text: what was read from the picture, a line for each line of the card; of a
 *   long one the first 100 lines count
 * @country: (nullable): ISO 3166-1 alpha-2, for telephone numbers without a
 *   calling code
 *
 * Any thread.
 *
 * Returns: (transfer full): what it seems to say
 */
CptCardGuess *cpt_card_guess_read (const char *text,
                                   const char *country) G_GNUC_WARN_UNUSED_RESULT;
void          cpt_card_guess_free (CptCardGuess *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptCardGuess, cpt_card_guess_free)

G_END_DECLS
