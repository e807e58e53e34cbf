/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which conventions the session writes dates and numbers in.
 *
 * The first language of g_get_language_names () decides: the same list that
 * translated messages follow, so that numbers and words agree. */

#include "config.h"

#include "cpt-locale-private.h"

#include <langinfo.h>
#include <string.h>

#define NARROW_NO_BREAK_SPACE "\xe2\x80\xaf"

typedef struct
{
  const char *prefix; /* of the locale's name */
  CptLanguage language;
  CptDateStyle date_style;
  gboolean has_half_days;
} Region;

/* The first row whose prefix fits wins. */
static const Region regions[] = {
  { "fr_CA", CPT_LANGUAGE_FRENCH, CPT_DATE_STYLE_ISO, FALSE },
  { "fr_CH", CPT_LANGUAGE_FRENCH, CPT_DATE_STYLE_DAY_DOT, FALSE },
  { "fr", CPT_LANGUAGE_FRENCH, CPT_DATE_STYLE_DAY, FALSE },
  { "en_US", CPT_LANGUAGE_ENGLISH, CPT_DATE_STYLE_MONTH, TRUE },
  { "en_PH", CPT_LANGUAGE_ENGLISH, CPT_DATE_STYLE_MONTH, TRUE },
  { "en_CA", CPT_LANGUAGE_ENGLISH, CPT_DATE_STYLE_ISO, TRUE },
  { "en_AU", CPT_LANGUAGE_ENGLISH, CPT_DATE_STYLE_DAY, TRUE },
  { "en_NZ", CPT_LANGUAGE_ENGLISH, CPT_DATE_STYLE_DAY, TRUE },
  { "en_", CPT_LANGUAGE_ENGLISH, CPT_DATE_STYLE_DAY, FALSE },
  { "en", CPT_LANGUAGE_ENGLISH, CPT_DATE_STYLE_MONTH, TRUE },
  { "C", CPT_LANGUAGE_ENGLISH, CPT_DATE_STYLE_ISO, FALSE },
  { "POSIX", CPT_LANGUAGE_ENGLISH, CPT_DATE_STYLE_ISO, FALSE },
};

static const char *override_name; /* atomic; interned; NULL asks the environment */

/* "fr" fits "fr", "fr_FR", "fr.UTF-8", "fr@euro", not "fro"; "en_" any region. */
static gboolean
has_prefix (const char *name,
            const char *prefix)
{
  gsize length = strlen (prefix);

  if (strncmp (name, prefix, length) != 0)
    return FALSE;

  return prefix[length - 1] == '_' || name[length] == '\0' || strchr ("_.@", name[length]) != NULL;
}

static void
copy_mark (char        target[8],
           const char *mark,
           const char *fallback)
{
  if (mark == NULL || strlen (mark) > 7 || !g_utf8_validate (mark, -1, NULL))
    mark = fallback;
  g_strlcpy (target, mark, 8);
}

static void
get_system_locale (CptLocale *self)
{
  const char *layout = nl_langinfo (CRNCYSTR);

  self->language = CPT_LANGUAGE_OTHER;
  self->date_style = CPT_DATE_STYLE_SYSTEM;
  self->has_half_days = FALSE;
  self->currency_first = layout != NULL && layout[0] == '-' && layout[1] != '\0';
  copy_mark (self->decimal_mark, nl_langinfo (RADIXCHAR), ".");
  copy_mark (self->thousands_mark, nl_langinfo (THOUSEP), "");
  if (self->decimal_mark[0] == '\0')
    copy_mark (self->decimal_mark, ".", ".");
}

void
cpt_locale_get (CptLocale *self)
{
  const char *name = g_atomic_pointer_get (&override_name);

  if (name == NULL)
    name = g_get_language_names ()[0];

  for (gsize i = 0; i < G_N_ELEMENTS (regions); i++)
    {
      const Region *region = &regions[i];
      gboolean is_french = region->language == CPT_LANGUAGE_FRENCH;

      if (!has_prefix (name, region->prefix))
        continue;

      self->language = region->language;
      self->date_style = region->date_style;
      self->has_half_days = region->has_half_days;
      self->currency_first = !is_french;
      copy_mark (self->decimal_mark, is_french ? "," : ".", ".");
      copy_mark (self->thousands_mark, is_french ? NARROW_NO_BREAK_SPACE : ",", "");
      return;
    }

  get_system_locale (self);
}

void
cpt_locale_override (const char *name)
{
  g_atomic_pointer_set (&override_name, name != NULL ? g_intern_string (name) : NULL);
}
