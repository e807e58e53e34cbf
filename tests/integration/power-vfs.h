/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A disk that loses its power: a VFS of SQLite for tests, over the real one.
 *
 * It knows of each file what has been synced and what was written since. When
 * the power goes nothing works any more; when it comes back, each sector that
 * was written and not synced is there, or is not, or is rubbish. For one thread. */

#include <glib.h>

typedef struct _PowerVfs PowerVfs;

/* Becomes the default; files that it meets for the first time are on the disk. */
PowerVfs *power_vfs_new         (guint32 seed);
void      power_vfs_free        (PowerVfs *self);
/* The power goes at the @n_operations th write, sync, truncation or deletion
 * from now on; 0: never. */
void      power_vfs_cut_after   (PowerVfs *self,
                                 guint     n_operations);
/* A disk that says to have synced what it has not */
void      power_vfs_set_lying   (PowerVfs *self,
                                 gboolean  is_lying);
/* Since the last call of power_vfs_cut_after() */
guint     power_vfs_get_n_operations (PowerVfs *self);
gboolean  power_vfs_is_cut      (PowerVfs *self);
/* Cuts the power if it is not, then makes the files what is left of them. No
 * connection may be open. */
void      power_vfs_restart     (PowerVfs *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PowerVfs, power_vfs_free)
