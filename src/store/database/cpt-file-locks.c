/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Locks that nobody else's close() takes away.
 *
 * SQLite locks by F_SETLK. Such a lock belongs to the process, and closing any
 * descriptor of the file drops all of them: after GTK's file chooser has looked
 * into a workspace, another program believes that it is alone with the file,
 * cuts its -shm, and both are lost. Locks of an open file description do not
 * have that fault and exclude the others just as well.
 *
 * SQLite counts the locks of all its connections to one file together and sets
 * them through whichever descriptor is at hand. So do the functions here, which
 * it calls in place of fcntl() and close(): all locks of a file are held by one
 * descriptor of our own, which is closed with the last of SQLite's. */

/* For the locks of an open file description */
#define _GNU_SOURCE

#include "config.h"

#include "cpt-file-locks-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

/* One file on a disk, however many times SQLite has it open */
typedef struct
{
  dev_t device;
  ino_t inode;
  int holder;
  guint n_users;
} LockedFile;

static GMutex mutex;
static GHashTable *files; /* LockedFile, a set */
static GHashTable *users; /* SQLite's descriptor → its LockedFile */

static guint
locked_file_hash (gconstpointer key)
{
  const LockedFile *file = key;

  return (guint) file->inode ^ (guint) file->device * 31;
}

static gboolean
locked_file_equal (gconstpointer a,
                   gconstpointer b)
{
  const LockedFile *one = a;
  const LockedFile *other = b;

  return one->inode == other->inode && one->device == other->device;
}

/* A descriptor of a file of its own, fit for any lock that somebody in this
 * process may come to ask for; only one that can write can lock for writing. */
static int
open_holder (int descriptor)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", descriptor);
  int holder = open (path, O_RDWR | O_CLOEXEC | O_NOCTTY);

  if (holder < 0)
    holder = fcntl (descriptor, F_DUPFD_CLOEXEC, 3);

  return holder;
}

/* Returns the descriptor that holds the locks of the file which one of SQLite's is open on, or -1. */
static int
find_holder (int descriptor)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&mutex);
  LockedFile *file = g_hash_table_lookup (users, GINT_TO_POINTER (descriptor));
  struct stat status;

  if (file != NULL)
    return file->holder;
  if (fstat (descriptor, &status) != 0)
    return -1;

  file = g_hash_table_lookup (files, &(LockedFile){ .device = status.st_dev, .inode = status.st_ino });
  if (file == NULL)
    {
      int holder = open_holder (descriptor);

      if (holder < 0)
        return -1;
      file = g_new (LockedFile, 1);
      *file = (LockedFile){ .device = status.st_dev, .inode = status.st_ino, .holder = holder };
      g_hash_table_add (files, file);
    }
  file->n_users++;
  g_hash_table_insert (users, GINT_TO_POINTER (descriptor), file);

  return file->holder;
}

static void
forget_user (int descriptor)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&mutex);
  LockedFile *file = g_hash_table_lookup (users, GINT_TO_POINTER (descriptor));

  if (file == NULL)
    return;

  g_hash_table_remove (users, GINT_TO_POINTER (descriptor));
  if (--file->n_users > 0)
    return;

  g_hash_table_remove (files, file);
  close (file->holder);
  g_free (file);
}

/* A system that does not know such locks gets the usual ones. */
static int
lock_file (int           descriptor,
           int           command,
           struct flock *lock)
{
  static const struct
  {
    int usual;
    int ours;
  } commands[] = {
    { F_SETLK, F_OFD_SETLK },
    { F_SETLKW, F_OFD_SETLKW },
    { F_GETLK, F_OFD_GETLK },
  };
  int holder = find_holder (descriptor);

  for (guint i = 0; i < G_N_ELEMENTS (commands) && holder >= 0; i++)
    if (commands[i].usual == command)
      {
        int result;

        lock->l_pid = 0;
        result = fcntl (holder, commands[i].ours, lock);
        if (result == 0 || errno != EINVAL)
          return result;
      }

  return fcntl (descriptor, command, lock);
}

static int
protected_fcntl (int descriptor,
                 int command,
                 ...)
{
  va_list arguments;
  int result;

  va_start (arguments, command);
  switch (command)
    {
    case F_SETLK:
    case F_SETLKW:
    case F_GETLK:
      result = lock_file (descriptor, command, va_arg (arguments, struct flock *));
      break;

    case F_GETFD:
    case F_GETFL:
      result = fcntl (descriptor, command);
      break;

    default:
      result = fcntl (descriptor, command, va_arg (arguments, int));
    }
  va_end (arguments);

  return result;
}

static int
protected_close (int descriptor)
{
  forget_user (descriptor);

  return close (descriptor);
}

void
cpt_file_locks_protect (void)
{
  static gsize is_done;

  if (g_once_init_enter (&is_done))
    {
      sqlite3_vfs *vfs = sqlite3_vfs_find ("unix");

      files = g_hash_table_new (locked_file_hash, locked_file_equal);
      users = g_hash_table_new (NULL, NULL);
      if (vfs != NULL && vfs->iVersion >= 3)
        {
          vfs->xSetSystemCall (vfs, "close", (sqlite3_syscall_ptr) protected_close);
          vfs->xSetSystemCall (vfs, "fcntl", (sqlite3_syscall_ptr) protected_fcntl);
        }
      g_once_init_leave (&is_done, 1);
    }
}
