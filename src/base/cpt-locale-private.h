/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How the session writes dates and numbers. French and English are known
 * here, so that they are right also where the system has no such locale
 * installed (a container, a Flatpak); any other language asks the C library. */
typedef enum
{
  CPT_LANGUAGE_ENGLISH,
  CPT_LANGUAGE_FRENCH,
  CPT_LANGUAGE_OTHER,
} CptLanguage;

typedef enum
{
  CPT_DATE_STYLE_ISO,     /* 2026-11-21 */
  CPT_DATE_STYLE_DAY,     /* 21/11/2026 */
  CPT_DATE_STYLE_DAY_DOT, /* 21.11.2026 */
  CPT_DATE_STYLE_MONTH,   /* 11/21/2026 */
  CPT_DATE_STYLE_SYSTEM,  /* strftime's %x */
} CptDateStyle;

typedef struct
{
  CptLanguage language;
  CptDateStyle date_style;
  gboolean has_half_days;  /* 9:30 PM */
  char decimal_mark[8];    /* UTF-8 */
  char thousands_mark[8];  /* UTF-8, may be empty */
  gboolean currency_first; /* "€12" rather than "12 €" */
} CptLocale;

/* Any thread. */
void cpt_locale_get       (CptLocale *self);
/* Instead of the environment's, for tests: "fr_FR", "en_US"; NULL goes back. */
void cpt_locale_override  (const char *name);

G_END_DECLS
