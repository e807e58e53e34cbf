/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The beginning of a database whose first page was hit by a power loss.
 *
 * A checkpoint copies pages from the write-ahead log into the file. When the
 * power goes meanwhile, the file's first page may be rubbish; the log still has
 * it, and SQLite reads it there. Whoever looks at the file's header without
 * SQLite must do the same. Form of the log: https://sqlite.org/fileformat2.html,
 * section 4.1. */

#include "config.h"

#include "cpt-wal-header-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The last bit says how checksums are made. */
#define MAGIC 0x377f0682
#define LOG_HEADER_SIZE 32
#define LOG_OFFSET_PAGE_SIZE 8
#define LOG_OFFSET_SALTS 16
#define FRAME_HEADER_SIZE 24
#define FRAME_OFFSET_SALTS 8
#define SALTS_SIZE 8
#define MIN_PAGE_SIZE 512
#define MAX_PAGE_SIZE 65536

guint32
cpt_wal_header_get_u32 (const guint8 *bytes)
{
  return ((guint32) bytes[0] << 24) | ((guint32) bytes[1] << 16) | ((guint32) bytes[2] << 8) | bytes[3];
}

static gboolean
read_at (int     fd,
         gint64  offset,
         guint8 *bytes,
         gsize   length)
{
  return pread (fd, bytes, length, offset) == (gssize) length;
}

static gboolean
find_first_page (int     fd,
                 guint8 *header,
                 gsize   length)
{
  guint8 log[LOG_HEADER_SIZE];
  guint8 frame[FRAME_HEADER_SIZE];
  guint32 page_size;

  if (!read_at (fd, 0, log, sizeof log) || (cpt_wal_header_get_u32 (log) & ~1u) != MAGIC)
    return FALSE;
  page_size = cpt_wal_header_get_u32 (log + LOG_OFFSET_PAGE_SIZE);
  if (page_size < MIN_PAGE_SIZE || page_size > MAX_PAGE_SIZE || length > page_size)
    return FALSE;

  /* Frames of another salt are left over from before. */
  for (gint64 offset = LOG_HEADER_SIZE;
       read_at (fd, offset, frame, sizeof frame) &&
       memcmp (frame + FRAME_OFFSET_SALTS, log + LOG_OFFSET_SALTS, SALTS_SIZE) == 0;
       offset += FRAME_HEADER_SIZE + page_size)
    if (cpt_wal_header_get_u32 (frame) == 1)
      return read_at (fd, offset + FRAME_HEADER_SIZE, header, length);

  return FALSE;
}

gboolean
cpt_wal_header_read (const char *path,
                     guint8     *header,
                     gsize       length)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  int fd = g_open (log, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0);
  struct stat status;
  gboolean is_found;

  if (fd < 0)
    return FALSE;

  is_found = fstat (fd, &status) == 0 && S_ISREG (status.st_mode) && find_first_page (fd, header, length);
  g_close (fd, NULL);

  return is_found;
}
