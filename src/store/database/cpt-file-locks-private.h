/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * cpt_file_locks_protect:
 *
 * Lets SQLite's locks in this process belong to the open file instead of the
 * process, so that code that opens and closes a workspace by its name (a file
 * chooser that looks what it is, a CSV reader pointed at the wrong file) does
 * not drop them. To be called before the first file is opened; further calls
 * do nothing. Any thread.
 *
 * Source: fcntl(2), “Advisory record locking” and “Open file description locks”.
 */
void cpt_file_locks_protect (void);

G_END_DECLS
