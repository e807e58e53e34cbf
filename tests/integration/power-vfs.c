/* SPDX-License-Identifier: GPL-3.0-or-later */

/* See power-vfs.h. Everything is done to the real file at once, so that whoever
 * looks at it sees what a running system shows; what is on the disk is kept
 * beside it in memory:
 *
 *   write, truncate -> operations -- sync --> platter
 *                          |
 *                          +-- power loss: a random part of each, over the platter
 *
 * A file whose directory entry was never synced may be gone, one that was
 * deleted without syncing the directory may be back. A sync of a journal or
 * log syncs its directory too, as SQLite's own VFS does it. Bytes beside those
 * that are written are safe (SQLITE_IOCAP_POWERSAFE_OVERWRITE). */

#include "config.h"

#include "power-vfs.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#define SECTOR 512

/* What is left of the operations after one cut */
typedef enum
{
  LEFT_MIXED,
  LEFT_ALL,
  LEFT_NOTHING,
  N_LEFT,
} Left;

typedef struct
{
  gint64 offset;
  GBytes *data; /* (nullable): a truncation to @offset */
} Operation;

typedef struct
{
  char *path;
  GByteArray *platter; /* (nullable): not on the disk */
  GByteArray *former;  /* (nullable): of a deleted file of that name that may come back */
  GArray *operations;  /* since the last sync */
  gboolean is_deleted;
} Image;

struct _PowerVfs
{
  sqlite3_vfs base; /* first: SQLite hands it back */
  sqlite3_vfs *real;
  GHashTable *images; /* path -> Image */
  GRand *rand;
  guint n_operations;
  guint cut_at;
  gboolean is_cut;
  gboolean is_lying;
};

/* The real file lies behind it */
typedef struct
{
  sqlite3_file base;
  PowerVfs *vfs;
  Image *image; /* (nullable): of a temporary file */
} PowerFile;

static sqlite3_file *
get_real (sqlite3_file *file)
{
  return (sqlite3_file *) ((PowerFile *) (gpointer) file + 1);
}

/* Images */

static void
operation_clear (Operation *self)
{
  g_clear_pointer (&self->data, g_bytes_unref);
}

static void
image_free (Image *self)
{
  g_clear_pointer (&self->platter, g_byte_array_unref);
  g_clear_pointer (&self->former, g_byte_array_unref);
  g_array_unref (self->operations);
  g_free (self->path);
  g_free (self);
}

static GByteArray *
read_platter (const char *path)
{
  g_autofree char *contents = NULL;
  GByteArray *bytes;
  gsize length;

  if (!g_file_get_contents (path, &contents, &length, NULL))
    return NULL;

  bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *) contents, (guint) length);

  return bytes;
}

static Image *
get_image (PowerVfs   *self,
           const char *path)
{
  Image *image = g_hash_table_lookup (self->images, path);

  if (image != NULL)
    return image;

  image = g_new0 (Image, 1);
  image->path = g_strdup (path);
  image->platter = read_platter (path);
  image->operations = g_array_new (FALSE, FALSE, sizeof (Operation));
  g_array_set_clear_func (image->operations, (GDestroyNotify) operation_clear);
  g_hash_table_insert (self->images, image->path, image);

  return image;
}

static void
add_operation (Image         *image,
               gint64         offset,
               gconstpointer  data,
               gsize          length)
{
  Operation operation = { offset, data == NULL ? NULL : g_bytes_new (data, length) };

  g_array_append_val (image->operations, operation);
}

static void
grow (GByteArray *bytes,
      gsize       length)
{
  gsize former = bytes->len;

  if (length <= former)
    return;

  g_byte_array_set_size (bytes, (guint) length);
  memset (bytes->data + former, 0, length - former);
}

static void
put (GByteArray   *bytes,
     gint64        offset,
     const guint8 *data,
     gsize         length)
{
  grow (bytes, (gsize) offset + length);
  memcpy (bytes->data + offset, data, length);
}

static void
truncate_to (GByteArray *bytes,
             gint64      length)
{
  if (length < (gint64) bytes->len)
    g_byte_array_set_size (bytes, (guint) length);
  else
    grow (bytes, (gsize) length);
}

static void
apply_all (Image *image)
{
  if (image->platter == NULL)
    image->platter = g_byte_array_new ();

  for (guint i = 0; i < image->operations->len; i++)
    {
      const Operation *operation = &g_array_index (image->operations, Operation, i);

      if (operation->data == NULL)
        truncate_to (image->platter, operation->offset);
      else
        put (image->platter, operation->offset, g_bytes_get_data (operation->data, NULL), g_bytes_get_size (operation->data));
    }
  g_array_set_size (image->operations, 0);
  g_clear_pointer (&image->former, g_byte_array_unref);
}

/* Power loss */

static void
put_rubbish (PowerVfs   *self,
             GByteArray *bytes,
             gsize       offset,
             gsize       length)
{
  grow (bytes, offset + length);
  for (gsize i = 0; i < length; i++)
    bytes->data[offset + i] = (guint8) g_rand_int_range (self->rand, 0, 256);
}

static void
apply_sectors (PowerVfs        *self,
               GByteArray      *bytes,
               const Operation *operation)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (operation->data, &length);

  for (gsize done = 0; done < length;)
    {
      gsize offset = (gsize) operation->offset + done;
      gsize part = MIN (SECTOR - offset % SECTOR, length - done);
      int fate = g_rand_int_range (self->rand, 0, 20);

      if (fate == 0)
        put_rubbish (self, bytes, offset, part);
      else if (fate % 2 == 0)
        put (bytes, (gint64) offset, data + done, part);
      done += part;
    }
}

static void
apply_some (PowerVfs *self,
            Image    *image)
{
  for (guint i = 0; i < image->operations->len; i++)
    {
      const Operation *operation = &g_array_index (image->operations, Operation, i);
      Left left = (Left) g_rand_int_range (self->rand, 0, N_LEFT);

      if (left == LEFT_NOTHING)
        continue;
      if (operation->data == NULL)
        truncate_to (image->platter, operation->offset);
      else if (left == LEFT_ALL)
        put (image->platter, operation->offset, g_bytes_get_data (operation->data, NULL), g_bytes_get_size (operation->data));
      else
        apply_sectors (self, image->platter, operation);
    }
  g_array_set_size (image->operations, 0);
}

static void
lose (PowerVfs *self,
      Image    *image,
      Left      left)
{
  /* Neither the deletion nor a new file is sure to be in the directory. */
  if (image->platter == NULL && image->former != NULL && (left == LEFT_NOTHING || g_rand_boolean (self->rand)))
    {
      image->platter = g_steal_pointer (&image->former);
      g_array_set_size (image->operations, 0);
    }
  else if (image->platter == NULL && !image->is_deleted && left != LEFT_NOTHING && g_rand_boolean (self->rand))
    {
      image->platter = g_byte_array_new ();
    }
  g_clear_pointer (&image->former, g_byte_array_unref);

  if (image->platter == NULL || left == LEFT_NOTHING)
    g_array_set_size (image->operations, 0);
  else if (left == LEFT_ALL)
    apply_all (image);
  else
    apply_some (self, image);
  image->is_deleted = image->platter == NULL;
}

static void
store (const Image *image)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *index = g_strconcat (image->path, "-shm", NULL);

  /* GLib 2.74 leaves what lies behind the new end of a file that is there. */
  g_unlink (index);
  g_unlink (image->path);
  if (image->platter == NULL)
    return;

  g_file_set_contents_full (image->path, (const char *) image->platter->data, image->platter->len,
                            G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

/* FALSE when the power is gone, and when it goes */
static gboolean
count_operation (PowerVfs *self)
{
  if (self->is_cut)
    return FALSE;

  self->n_operations++;
  self->is_cut = self->n_operations == self->cut_at;

  return !self->is_cut;
}

/* Files */

static int
file_close (sqlite3_file *file)
{
  sqlite3_file *real = get_real (file);

  return real->pMethods == NULL ? SQLITE_OK : real->pMethods->xClose (real);
}

static int
file_read (sqlite3_file  *file,
           void          *data,
           int            length,
           sqlite3_int64  offset)
{
  PowerFile *self = (PowerFile *) (gpointer) file;
  sqlite3_file *real = get_real (file);

  return self->vfs->is_cut ? SQLITE_IOERR_READ : real->pMethods->xRead (real, data, length, offset);
}

/* What was being written when the power went may be there in part. */
static int
file_write (sqlite3_file  *file,
            const void    *data,
            int            length,
            sqlite3_int64  offset)
{
  PowerFile *self = (PowerFile *) (gpointer) file;
  sqlite3_file *real = get_real (file);
  gboolean was_cut = self->vfs->is_cut;
  gboolean goes_on = count_operation (self->vfs);

  if (!was_cut && self->image != NULL)
    add_operation (self->image, offset, data, (gsize) length);

  return goes_on ? real->pMethods->xWrite (real, data, length, offset) : SQLITE_IOERR_WRITE;
}

static int
file_truncate (sqlite3_file  *file,
               sqlite3_int64  size)
{
  PowerFile *self = (PowerFile *) (gpointer) file;
  sqlite3_file *real = get_real (file);

  if (!count_operation (self->vfs))
    return SQLITE_IOERR_TRUNCATE;
  if (self->image != NULL)
    add_operation (self->image, size, NULL, 0);

  return real->pMethods->xTruncate (real, size);
}

/* The real disk need not be bothered. */
static int
file_sync (sqlite3_file *file,
           int           flags)
{
  PowerFile *self = (PowerFile *) (gpointer) file;

  if (!count_operation (self->vfs))
    return SQLITE_IOERR_FSYNC;
  if (self->image != NULL && !self->vfs->is_lying)
    apply_all (self->image);

  return SQLITE_OK;
}

static int
file_get_size (sqlite3_file  *file,
               sqlite3_int64 *size)
{
  PowerFile *self = (PowerFile *) (gpointer) file;
  sqlite3_file *real = get_real (file);

  return self->vfs->is_cut ? SQLITE_IOERR_FSTAT : real->pMethods->xFileSize (real, size);
}

static int
file_lock (sqlite3_file *file,
           int           level)
{
  sqlite3_file *real = get_real (file);

  return real->pMethods->xLock (real, level);
}

static int
file_unlock (sqlite3_file *file,
             int           level)
{
  sqlite3_file *real = get_real (file);

  return real->pMethods->xUnlock (real, level);
}

static int
file_check_lock (sqlite3_file *file,
                 int          *is_reserved)
{
  sqlite3_file *real = get_real (file);

  return real->pMethods->xCheckReservedLock (real, is_reserved);
}

static int
file_control (sqlite3_file *file,
              int           operation,
              void         *data)
{
  sqlite3_file *real = get_real (file);

  return real->pMethods->xFileControl (real, operation, data);
}

static int
file_get_sector_size (sqlite3_file *file)
{
  sqlite3_file *real = get_real (file);

  return real->pMethods->xSectorSize (real);
}

static int
file_get_characteristics (sqlite3_file *file)
{
  sqlite3_file *real = get_real (file);

  return real->pMethods->xDeviceCharacteristics (real);
}

static int
file_map (sqlite3_file   *file,
          int             page,
          int             page_size,
          int             extend,
          void volatile **memory)
{
  sqlite3_file *real = get_real (file);

  return real->pMethods->xShmMap (real, page, page_size, extend, memory);
}

static int
file_lock_map (sqlite3_file *file,
               int           offset,
               int           n,
               int           flags)
{
  sqlite3_file *real = get_real (file);

  return real->pMethods->xShmLock (real, offset, n, flags);
}

static void
file_barrier (sqlite3_file *file)
{
  sqlite3_file *real = get_real (file);

  real->pMethods->xShmBarrier (real);
}

static int
file_unmap (sqlite3_file *file,
            int           remove)
{
  sqlite3_file *real = get_real (file);

  return real->pMethods->xShmUnmap (real, remove);
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_get_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_lock,
  .xFileControl = file_control,
  .xSectorSize = file_get_sector_size,
  .xDeviceCharacteristics = file_get_characteristics,
  .xShmMap = file_map,
  .xShmLock = file_lock_map,
  .xShmBarrier = file_barrier,
  .xShmUnmap = file_unmap,
};

/* The file system */

static int
vfs_open (sqlite3_vfs  *vfs,
          const char   *path,
          sqlite3_file *file,
          int           flags,
          int          *out_flags)
{
  PowerVfs *self = (PowerVfs *) vfs;
  PowerFile *power_file = (PowerFile *) (gpointer) file;
  int kept = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL;

  file->pMethods = NULL;
  if (self->is_cut)
    return SQLITE_CANTOPEN;

  power_file->vfs = self;
  power_file->image = path != NULL && (flags & kept) != 0 ? get_image (self, path) : NULL;
  if (power_file->image != NULL)
    power_file->image->is_deleted = FALSE;
  file->pMethods = &methods;

  return self->real->xOpen (self->real, path, get_real (file), flags, out_flags);
}

static int
vfs_delete (sqlite3_vfs *vfs,
            const char  *path,
            int          sync_folder)
{
  PowerVfs *self = (PowerVfs *) vfs;
  Image *image = get_image (self, path);

  if (!count_operation (self))
    return SQLITE_IOERR_DELETE;

  if (image->platter != NULL)
    {
      g_clear_pointer (&image->former, g_byte_array_unref);
      image->former = g_steal_pointer (&image->platter);
    }
  if (sync_folder && !self->is_lying)
    g_clear_pointer (&image->former, g_byte_array_unref);
  g_array_set_size (image->operations, 0);
  image->is_deleted = TRUE;

  return self->real->xDelete (self->real, path, 0);
}

static int
vfs_access (sqlite3_vfs *vfs,
            const char  *path,
            int          flags,
            int         *result)
{
  PowerVfs *self = (PowerVfs *) vfs;

  return self->is_cut ? SQLITE_IOERR_ACCESS : self->real->xAccess (self->real, path, flags, result);
}

/* PowerVfs */

PowerVfs *
power_vfs_new (guint32 seed)
{
  PowerVfs *self = g_new0 (PowerVfs, 1);

  self->real = sqlite3_vfs_find (NULL);
  self->base = *self->real;
  self->base.pNext = NULL;
  self->base.zName = "power";
  self->base.szOsFile = (int) sizeof (PowerFile) + self->real->szOsFile;
  self->base.xOpen = vfs_open;
  self->base.xDelete = vfs_delete;
  self->base.xAccess = vfs_access;
  self->images = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) image_free);
  self->rand = g_rand_new_with_seed (seed);
  g_assert_cmpint (sqlite3_vfs_register (&self->base, 1), ==, SQLITE_OK);

  return self;
}

void
power_vfs_free (PowerVfs *self)
{
  sqlite3_vfs_unregister (&self->base);
  sqlite3_vfs_register (self->real, 1);
  g_hash_table_unref (self->images);
  g_rand_free (self->rand);
  g_free (self);
}

void
power_vfs_cut_after (PowerVfs *self,
                     guint     n_operations)
{
  self->n_operations = 0;
  self->cut_at = n_operations;
}

void
power_vfs_set_lying (PowerVfs *self,
                     gboolean  is_lying)
{
  self->is_lying = is_lying;
}

guint
power_vfs_get_n_operations (PowerVfs *self)
{
  return self->n_operations;
}

gboolean
power_vfs_is_cut (PowerVfs *self)
{
  return self->is_cut;
}

void
power_vfs_restart (PowerVfs *self)
{
  Left left = (Left) g_rand_int_range (self->rand, 0, N_LEFT);
  GHashTableIter iter;
  gpointer image;

  g_hash_table_iter_init (&iter, self->images);
  while (g_hash_table_iter_next (&iter, NULL, &image))
    {
      lose (self, image, left);
      store (image);
    }
  self->is_cut = FALSE;
  power_vfs_cut_after (self, 0);
}
