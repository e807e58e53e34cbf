/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *code;   /* ISO 3166-1 alpha-2 */
  const char *alpha3;
  const char *english;
  const char *french;
  const char *iso_name; /* (nullable): where ISO's English name is another */
  const char *aliases;  /* (nullable): separated by | */
} CptCountry;

extern const CptCountry cpt_countries[];
extern const gsize cpt_n_countries;

G_END_DECLS
