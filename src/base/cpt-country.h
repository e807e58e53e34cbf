/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* ISO 3166-1 alpha-2 codes and XK for Kosovo (as the European Union and banks
 * do), sorted by code, NULL-terminated */
const char *const *cpt_country_get_codes (void);
/* In the language of the session; NULL for an unknown code. Owned by the table. */
const char        *cpt_country_get_name  (const char *code);
/* A code (alpha-2 or alpha-3), an English or French name or a usual other name
 * ("USA", "Ivory Coast"), whatever its case, accents and punctuation; NULL when
 * no country is called so. Misspellings are not repaired. */
const char        *cpt_country_find      (const char *text);
/* Whether another country is called so too ("Korea", "Congo"); cpt_country_find()
 * takes the likelier one. */
gboolean           cpt_country_is_ambiguous (const char *text);
/* The nearest country's code for a misspelt name ("Philipines"), or NULL when
 * none is near or two are as near as each other. Ask the person. */
const char        *cpt_country_guess     (const char *text);

G_END_DECLS
