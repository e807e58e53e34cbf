/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * cpt_private_copy_write:
 * @name: of the file; as cpt_file_name_clean() gives it
 * @data: what is in it
 * @size: bytes of @data
 * @mode: 0400 for what is only looked at, 0600 for what is taken elsewhere
 * @error: return location for an error
 *
 * Writes a file for another program into a folder of its own, where nobody else
 * can read it; those that are older than a day are removed. Blocks.
 *
 * Returns: (transfer full) (nullable): its path
 */
char *cpt_private_copy_write (const char  *name,
                              const void  *data,
                              gsize        size,
                              int          mode,
                              GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
