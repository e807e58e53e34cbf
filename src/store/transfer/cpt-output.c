/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes to a hidden file in the folder of the target, which takes the target's
 * place when it is complete: a full disk or a cancelled export costs nothing.
 * Files are told apart by device and inode, so that no link leads round the
 * check; those of the workspace that may be made later, by their names. */
#include "config.h"

#include "cpt-output.h"

#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpt-error.h"

/* Names that are tried before one is taken all the same */
#define MAX_NAMES 1000

struct _CptOutput
{
  char *target; /* (nullable): path; NULL when the stream itself takes its place */
  GFile *part;  /* (nullable): what is written, beside @target */
  int mode;     /* permissions of what @target replaces, or -1 */
  GOutputStream *stream;
};

static gboolean
is_same_file (const char *a,
              const char *b)
{
  GStatBuf first;
  GStatBuf second;

  return g_stat (a, &first) == 0 && g_stat (b, &second) == 0 && first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

/* Where a link leads to; @path itself when there is nothing yet */
static char *
resolve (const char *path)
{
  char *real = realpath (path, NULL);
  char *copy = g_strdup (real != NULL ? real : path);

  free (real);

  return copy;
}

/* "FILE-wal", "FILE-shm", "FILE-journal", "FILE-unit-7" */
static gboolean
is_companion_name (const char *name,
                   const char *workspace)
{
  static const char *const suffixes[] = { "-wal", "-shm", "-journal" };
  gsize length = strlen (workspace);

  if (strncmp (name, workspace, length) != 0)
    return FALSE;
  if (g_str_has_prefix (name + length, "-unit-"))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_equal (name + length, suffixes[i]))
      return TRUE;

  return FALSE;
}

/* The names that @path leads to by symbolic links, also the last one, where nothing is */
static gboolean
is_companion_path (const char *path,
                   const char *workspace)
{
  g_autofree char *current = g_strdup (path);
  g_autofree char *real = resolve (workspace);
  g_autofree char *folder = g_path_get_dirname (real);
  g_autofree char *base = g_path_get_basename (real);

  for (guint depth = 0; depth < 40; depth++)
    {
      g_autofree char *name = g_path_get_basename (current);
      g_autofree char *parent = g_path_get_dirname (current);
      g_autofree char *link = g_file_read_link (current, NULL);

      if (is_companion_name (name, base) && is_same_file (parent, folder))
        return TRUE;
      if (link == NULL)
        return FALSE;
      g_free (current);
      current = g_path_is_absolute (link) ? g_steal_pointer (&link) : g_build_filename (parent, link, NULL);
    }

  return FALSE;
}

/* The companions that are there, for hard links to them */
static gboolean
is_companion_file (const char *path,
                   const char *workspace)
{
  g_autofree char *real = resolve (workspace);
  g_autofree char *folder = g_path_get_dirname (real);
  g_autofree char *base = g_path_get_basename (real);
  g_autoptr(GDir) dir = NULL;
  GStatBuf status;
  const char *name;

  if (g_stat (path, &status) != 0 || status.st_nlink < 2)
    return FALSE;

  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *companion = g_build_filename (folder, name, NULL);

      if (is_companion_name (name, base) && is_same_file (path, companion))
        return TRUE;
    }

  return FALSE;
}

gboolean
cpt_output_check (CptDatabase  *database,
                  const char   *source,
                  const char   *path,
                  GError      **error)
{
  const char *workspace = cpt_database_get_path (database);
  g_autofree char *shown = g_filename_display_name (path);

  if (is_same_file (path, workspace) || is_companion_path (path, workspace) || is_companion_file (path, workspace))
    g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                 _("“%s” is the workspace itself or belongs to it. Choose another file to write to."), shown);
  else if (source != NULL && is_same_file (path, source))
    g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                 _("“%s” is the file that is read. Choose another file to write to."), shown);
  else
    return TRUE;

  return FALSE;
}

/* What to do about it, in a sentence */
static void
set_error (CptOutput     *self,
           const GError  *problem,
           GError       **error)
{
  g_autofree char *shown = self->target != NULL ? g_filename_display_basename (self->target) : NULL;
  const char *name = shown != NULL ? shown : "?";

  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED) || problem->domain != G_IO_ERROR)
    g_propagate_error (error, g_error_copy (problem));
  else if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    g_set_error (error, CPT_ERROR, CPT_ERROR_FULL,
                 _("There is not enough space to write “%s”. Free some, or choose another place; nothing was changed."), name);
  else if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
           g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_READ_ONLY))
    g_set_error (error, CPT_ERROR, CPT_ERROR_IO,
                 _("“%s” may not be written there. Choose a folder that you may write to."), name);
  else if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
           g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY))
    g_set_error (error, CPT_ERROR, CPT_ERROR_IO,
                 _("The folder for “%s” does not exist. Create it, or choose another one."), name);
  else
    g_set_error (error, CPT_ERROR, CPT_ERROR_IO,
                 _("“%s” can’t be written (%s). Choose another place, or try again."), name, problem->message);
}

static GOutputStream *
open_device (const char  *path,
             GError     **error)
{
  int fd = g_open (path, O_WRONLY | O_CLOEXEC | O_NOCTTY, 0);
  int code = errno;

  if (fd >= 0)
    return g_unix_output_stream_new (fd, TRUE);
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));

  return NULL;
}

/* ".name-0123456789abcdef" */
static gboolean
is_part_name (const char *name,
              const char *base)
{
  g_autofree char *prefix = g_strdup_printf (".%.100s-", base);
  const char *rest = g_str_has_prefix (name, prefix) ? name + strlen (prefix) : "";

  return strlen (rest) == 16 && strspn (rest, "0123456789abcdef") == 16;
}

void
cpt_output_clean (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (is_part_name (name, base))
      {
        g_autofree char *part = g_build_filename (folder, name, NULL);

        g_unlink (part);
      }
}

static GOutputStream *
open_part (CptOutput         *self,
           GFileCreateFlags   flags,
           GError           **error)
{
  g_autofree char *folder = g_path_get_dirname (self->target);
  g_autofree char *base = g_path_get_basename (self->target);
  g_autofree char *name = g_strdup_printf (".%.100s-%08x%08x", base, g_random_int (), g_random_int ());
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GFile) part = g_file_new_for_path (path);
  GFileOutputStream *stream = g_file_create (part, flags, NULL, error);

  if (stream != NULL)
    self->part = g_steal_pointer (&part);

  return (GOutputStream *) stream;
}

CptOutput *
cpt_output_open (CptDatabase       *database,
                 const char        *source,
                 GFile             *file,
                 GFileCreateFlags   flags,
                 GError           **error)
{
  g_autoptr(CptOutput) self = g_new0 (CptOutput, 1);
  g_autoptr(GError) problem = NULL;
  g_autofree char *path = g_file_get_path (file);
  GStatBuf status;

  self->mode = -1;
  if (path != NULL && !cpt_output_check (database, source, path, error))
    return NULL;

  self->target = path != NULL ? resolve (path) : g_file_get_parse_name (file);
  if (path == NULL)
    self->stream = (GOutputStream *) g_file_replace (file, NULL, FALSE, flags, NULL, &problem);
  else if (g_stat (self->target, &status) != 0 || S_ISREG (status.st_mode))
    self->stream = open_part (self, flags, &problem);
  else
    self->stream = open_device (self->target, &problem);

  if (self->stream == NULL)
    {
      set_error (self, problem, error);
      return NULL;
    }
  if (self->part != NULL && g_stat (self->target, &status) == 0)
    self->mode = (int) (status.st_mode & 0777);

  return g_steal_pointer (&self);
}

GOutputStream *
cpt_output_get_stream (CptOutput *self)
{
  return self->stream;
}

/* A close that is cancelled leaves what was there before */
static void
drop (CptOutput *self)
{
  g_autoptr(GCancellable) dropped = g_cancellable_new ();

  if (self->stream == NULL)
    return;
  g_cancellable_cancel (dropped);
  g_output_stream_close (self->stream, dropped, NULL);
  g_clear_object (&self->stream);
  if (self->part != NULL)
    g_file_delete (self->part, NULL, NULL);
  g_clear_object (&self->part);
}

static gboolean
put_in_place (CptOutput  *self,
              GError    **error)
{
  g_autofree char *path = NULL;
  int code;

  if (!g_output_stream_close (self->stream, NULL, error))
    return FALSE;
  if (self->part == NULL)
    return TRUE;

  path = g_file_get_path (self->part);
  if (self->mode >= 0)
    (void) g_chmod (path, self->mode);
  if (g_rename (path, self->target) == 0)
    {
      g_clear_object (&self->part);
      return TRUE;
    }

  code = errno;
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));

  return FALSE;
}

gboolean
cpt_output_finish (CptOutput  *self,
                   GError     *problem,
                   GError    **error)
{
  g_autoptr(GError) own = problem;

  if (own == NULL && put_in_place (self, &own))
    {
      g_clear_object (&self->stream);
      return TRUE;
    }

  drop (self);
  set_error (self, own, error);

  return FALSE;
}

void
cpt_output_free (CptOutput *self)
{
  drop (self);
  g_clear_object (&self->part);
  g_free (self->target);
  g_free (self);
}

char *
cpt_output_dup_free_path (const char *path)
{
  const char *dot = strrchr (path, '.');
  char *free_path = g_strdup (path);

  if (dot == NULL || strchr (dot, G_DIR_SEPARATOR) != NULL)
    dot = path + strlen (path);
  for (guint i = 2; i < MAX_NAMES && g_file_test (free_path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK); i++)
    {
      g_free (free_path);
      free_path = g_strdup_printf ("%.*s-%u%s", (int) (dot - path), path, i, dot);
    }

  return free_path;
}
