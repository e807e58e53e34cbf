/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CPT_IDENTIFIER_SIREN, /* 9 digits, Luhn */
  CPT_IDENTIFIER_SIRET, /* 14 digits, Luhn; La Poste (356000000): sum divisible by 5 */
  CPT_IDENTIFIER_FR_VAT, /* FR + key + SIREN: key = (12 + 3 (SIREN mod 97)) mod 97, or letters */
  CPT_IDENTIFIER_IBAN, /* ISO 13616, mod 97, length by country */
  CPT_N_IDENTIFIERS
} CptIdentifier;

const char *cpt_identifier_get_name  (CptIdentifier scheme); /* "siren" */
/* Upper case without separators, checked; NULL with CPT_ERROR_PARSE and the reason */
char       *cpt_identifier_normalise (CptIdentifier   scheme,
                                      const char     *text,
                                      GError        **error);
/* Grouped for people: "732 829 320 00074". @value as normalised; anything else
 * is grouped as far as it goes. */
char       *cpt_identifier_format    (CptIdentifier  scheme,
                                      const char    *value);

G_END_DECLS
