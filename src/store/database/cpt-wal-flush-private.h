/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* cpt-wal-flush.c: bringing the write-ahead log to the disk beside long work.
 * Whoever commits next waits until all that stands in the log is on the disk,
 * whether it was committed or not. */

/* A descriptor of the log of the workspace at @path, or -1: it is there as long
 * as anybody has the workspace open. Another descriptor of it does no harm: see
 * cpt-file-locks.c. */
int  cpt_wal_flush_open  (const char *path);
/* Asks the system to write it, and does not wait; nothing when @log is -1 */
void cpt_wal_flush_start (int log);
/* Closes it and sets it to -1 */
void cpt_wal_flush_end   (int *log);

G_END_DECLS
