/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which language the programs speak. Messages are UTF-8 whatever the
 * encoding of the locale, because GLib and GTK expect nothing else. */
#include "config.h"
#include "cpt-i18n.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

void
cpt_i18n_init (void)
{
  const char *folder = g_getenv ("CPT_LOCALE_DIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : CPT_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
