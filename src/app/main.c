/* SPDX-License-Identifier: GPL-3.0-or-later */
/* comptoir, the program with windows. What must be decided before GTK looks
 * at the display is decided here; everything else is in CptApplication. */
#include "config.h"

#include <gtk/gtk.h>

#include "cpt-application.h"
#include "cpt-i18n.h"
#include "cpt-routes.h"

static gboolean
has_render_device (void)
{
  g_autoptr(GDir) folder = g_dir_open ("/dev/dri", 0, NULL);
  const char *name;

  if (folder == NULL)
    return FALSE;

  while ((name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_prefix (name, "renderD"))
      return TRUE;

  return FALSE;
}

/* Without a graphics device GTK would draw through OpenGL emulated on the
 * processor: the first frame takes twenty times as long and the process three
 * times the memory. Says no to it, unless the user has chosen. */
static void
choose_renderer (void)
{
  if (g_getenv ("GSK_RENDERER") != NULL || has_render_device ())
    return;

  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  if (gtk_get_minor_version () >= 16)
    g_setenv ("GDK_DISABLE", "gl,vulkan", FALSE);
  else
    g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(CptApplication) application = NULL;

  cpt_i18n_init ();
  choose_renderer ();

  application = cpt_application_new (&cpt_routes);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
