/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing the log beside the work. What is not asked for the system keeps in
 * memory for half a minute, and then somebody's commit of one row waits for
 * tens of megabytes. */

/* For sync_file_range() */
#define _GNU_SOURCE

#include "config.h"

#include "cpt-wal-flush-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>

int
cpt_wal_flush_open (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  return g_open (log, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
}

void
cpt_wal_flush_start (int log)
{
  if (log >= 0)
    sync_file_range (log, 0, 0, SYNC_FILE_RANGE_WRITE);
}

void
cpt_wal_flush_end (int *log)
{
  if (*log >= 0)
    g_close (*log, NULL);
  *log = -1;
}
