/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that other programs get out of the workspace: attachments that are
 * opened, records that are dragged. Nobody says when they are done with one, so
 * each stays for a day. */
#include "config.h"

#include "cpt-private-copy.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cpt-error.h"

#define COPY_LIFE (24 * 60 * 60) /* seconds */

/* A folder with one file in it */
static void
remove_copy (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
remove_old_copies (const char *parent)
{
  g_autoptr(GDir) dir = g_dir_open (parent, 0, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (parent, name, NULL);
      GStatBuf status;

      if (g_lstat (path, &status) == 0 && S_ISDIR (status.st_mode) && now - (gint64) status.st_mtime > COPY_LIFE)
        remove_copy (path);
    }
}

char *
cpt_private_copy_write (const char  *name,
                        const void  *data,
                        gsize        size,
                        int          mode,
                        GError     **error)
{
  g_autofree char *parent = g_build_filename (g_get_user_cache_dir (), "comptoir", "open", NULL);
  g_autofree char *folder = g_build_filename (parent, "XXXXXX", NULL);
  g_autofree char *path = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  g_mkdir_with_parents (parent, 0700);
  remove_old_copies (parent);
  if (g_mkdtemp_full (folder, 0700) == NULL)
    {
      int code = errno;

      g_set_error (error, CPT_ERROR, CPT_ERROR_IO, _("No copy of this file can be made on this computer: %s"), g_strerror (code));
      return NULL;
    }

  path = g_build_filename (folder, name, NULL);
  if (!g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_NONE, mode, error))
    {
      g_rmdir (folder);
      return NULL;
    }

  return g_steal_pointer (&path);
}
