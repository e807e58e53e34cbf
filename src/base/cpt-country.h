/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* ISO 3166-1 alpha-2 codes, sorted by code, NULL-terminated */
const char *const *cpt_country_get_codes (void);
/* In the language of the session; NULL for an unknown code. Owned by the table. */
const char        *cpt_country_get_name  (const char *code);
/* A code, an English or a French name, with small misspellings refused:
 * NULL when no country is called so */
const char        *cpt_country_find      (const char *text);
/* The nearest country's code for a misspelt name ("Philipines"), or NULL */
const char        *cpt_country_guess     (const char *text);

G_END_DECLS
