/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which file is the one that things happen in by themselves. The file has a mark, and the
 * machine a note under that name in the person's state folder: the path, what the file system
 * calls the file, the last line of the log and the last step of a run. */

#include "config.h"

#include "cpt-automation-home.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#include "cpt-enrolment.h"
#include "cpt-error.h"

#define MARK "automation_home"
#define GROUP "workspace"

static char *
dup_note_path (const char *mark)
{
  return g_build_filename (g_get_user_state_dir (), "comptoir", "automation", mark, NULL);
}

/* (transfer full) (nullable): the mark, when it is one: it becomes part of a path */
static char *
dup_mark (CptDatabase *database)
{
  g_autofree char *mark = cpt_database_dup_setting (database, MARK);

  return mark != NULL && g_uuid_string_is_valid (mark) ? g_steal_pointer (&mark) : NULL;
}

static char *
dup_real_path (CptDatabase *database)
{
  char *real = realpath (cpt_database_get_path (database), NULL);
  char *copy = g_strdup (real != NULL ? real : cpt_database_get_path (database));

  free (real);

  return copy;
}

static guint64
get_inode (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 ? (guint64) status.st_ino : 0;
}

static gboolean
write_note (CptDatabase  *database,
            const char   *mark,
            GError      **error)
{
  g_autofree char *path = dup_note_path (mark);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *file = dup_real_path (database);
  g_autoptr(GKeyFile) note = g_key_file_new ();

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_IO,
                   _("“%s” can't be written. Workflows rest until it can: nobody would know what they have sent."), folder);
      return FALSE;
    }

  g_key_file_set_string (note, GROUP, "path", file);
  g_key_file_set_uint64 (note, GROUP, "inode", get_inode (file));
  g_key_file_set_int64 (note, GROUP, "sequence", cpt_database_get_sequence (database));
  g_key_file_set_int64 (note, GROUP, "step", cpt_enrolment_get_last_step (database));

  return g_key_file_save_to_file (note, path, error);
}

/* Moved is: the same file elsewhere, or another one while there is none any more where it was. */
static gboolean
is_known (CptDatabase *database,
          const char  *mark)
{
  g_autofree char *path = dup_note_path (mark);
  g_autofree char *file = dup_real_path (database);
  g_autofree char *former = NULL;
  g_autoptr(GKeyFile) note = g_key_file_new ();
  gboolean is_there;

  if (!g_key_file_load_from_file (note, path, G_KEY_FILE_NONE, NULL))
    return FALSE;

  former = g_key_file_get_string (note, GROUP, "path", NULL);
  is_there = g_strcmp0 (former, file) == 0 || g_key_file_get_uint64 (note, GROUP, "inode", NULL) == get_inode (file) ||
             (former != NULL && !g_file_test (former, G_FILE_TEST_EXISTS));

  return is_there && cpt_database_get_sequence (database) >= g_key_file_get_int64 (note, GROUP, "sequence", NULL) &&
         cpt_enrolment_get_last_step (database) >= g_key_file_get_int64 (note, GROUP, "step", NULL);
}

/* The note first: who sees the mark finds it. Of two who settle at once one does. */
static gboolean
settle (CptDatabase  *database,
        const char   *former,
        GError      **error)
{
  g_autofree char *mark = g_uuid_string_random ();
  g_autofree char *note = dup_note_path (mark);
  gboolean is_written = FALSE;
  gboolean done;

  if (!write_note (database, mark, error))
    return FALSE;
  done = cpt_database_exchange_mark (database, MARK, former, mark, &is_written, error);
  if (!is_written)
    g_unlink (note);

  return done;
}

gboolean
cpt_automation_home_settle (CptDatabase  *database,
                            GError      **error)
{
  g_autofree char *former = NULL;

  g_return_val_if_fail (database != NULL, FALSE);

  former = cpt_database_dup_setting (database, MARK);

  return settle (database, former, error);
}

gboolean
cpt_automation_home_check (CptDatabase  *database,
                           GError      **error)
{
  g_autofree char *mark = NULL;

  g_return_val_if_fail (database != NULL, FALSE);

  mark = dup_mark (database);
  if (mark == NULL)
    {
      if (!cpt_automation_home_settle (database, error))
        return FALSE;
      mark = dup_mark (database);
    }
  if (mark != NULL && is_known (database, mark))
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_CONFLICT,
               _("Workflows rest: this workspace is a copy, was restored or comes from another machine. "
                 "What they send would go out twice if they went on there, too. If this is the one, start them here."));

  return FALSE;
}

void
cpt_automation_home_note (CptDatabase *database)
{
  g_autofree char *mark = NULL;
  g_autoptr(GError) error = NULL;

  g_return_if_fail (database != NULL);

  mark = dup_mark (database);
  if (mark != NULL && !write_note (database, mark, &error))
    g_debug ("how far the log has come can't be noted: %s", error->message);
}
