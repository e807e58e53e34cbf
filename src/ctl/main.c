/* SPDX-License-Identifier: GPL-3.0-or-later */
/* comptoirctl: works on a workspace file without a screen. Exit status 0 when
 * done, 2 when the command line is wrong. */
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "cpt-i18n.h"

enum
{
  EXIT_DONE = 0,
  EXIT_USAGE = 2,
};

int
main (int    argc,
      char **argv)
{
  gboolean version = FALSE;
  const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_("Print the version and exit"), NULL },
    { NULL },
  };
  g_autoptr(GOptionContext) context = NULL;
  g_autoptr(GError) error = NULL;

  cpt_i18n_init ();

  context = g_option_context_new (NULL);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, options, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("comptoirctl: %s\n", error->message);
      return EXIT_USAGE;
    }

  if (version)
    {
      g_print ("comptoirctl %s\n", CPT_VERSION);
      return EXIT_DONE;
    }

  g_printerr ("comptoirctl: %s\n", _("Name a command; --help lists them."));
  return EXIT_USAGE;
}
