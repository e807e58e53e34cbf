/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are made from a workspace: exports, rejected rows, drawings. They
 * never take the place of the workspace itself, and appear when they are whole. */
#pragma once

#include <gio/gio.h>

#include "cpt-database.h"

G_BEGIN_DECLS

/**
 * CptOutput:
 *
 * A file that is being written. One thread at a time.
 */
typedef struct _CptOutput CptOutput;

/**
 * cpt_output_check:
 * @database: the workspace
 * @source: (nullable): a path: the file that is read meanwhile
 * @path: where something is to be written
 *
 * Returns: FALSE with %CPT_ERROR_INVALID when @path is the workspace, a file that
 * belongs to it or @source, whatever the name that leads there.
 */
gboolean       cpt_output_check      (CptDatabase  *database,
                                      const char   *source,
                                      const char   *path,
                                      GError      **error);

/**
 * cpt_output_dup_free_path:
 * @path: where something would be written that nobody has chosen a name for
 *
 * Returns: (transfer full): @path, or when it is taken the first free of
 * "name-2.csv", "name-3.csv"…: what somebody may have worked on is not replaced
 */
char          *cpt_output_dup_free_path (const char *path);

/**
 * cpt_output_open:
 * @database: the workspace
 * @source: (nullable): as for cpt_output_check()
 * @file: where to write. What a symbolic link points to is replaced, not the
 *   link. A device or a pipe is written to as it is.
 * @flags: G_FILE_CREATE_PRIVATE or NONE, for a file that is new
 *
 * Begins a file beside @file, which cpt_output_finish() puts in its place.
 *
 * Returns: (nullable): NULL with @error
 */
CptOutput     *cpt_output_open       (CptDatabase       *database,
                                      const char        *source,
                                      GFile             *file,
                                      GFileCreateFlags   flags,
                                      GError           **error);
/* (transfer none); seekable unless it is a device or a pipe */
GOutputStream *cpt_output_get_stream (CptOutput *self);
/* Puts the file in its place. @problem (nullable) (transfer full): why it could
 * not be written, which then becomes @error. FALSE: nothing has changed but a
 * device or pipe. */
gboolean       cpt_output_finish     (CptOutput  *self,
                                      GError     *problem,
                                      GError    **error);
/* What was not finished leaves no trace */
void           cpt_output_free       (CptOutput *self);
/* Takes away what is left beside @path of those who were killed while they wrote
 * it; nobody may be writing it */
void           cpt_output_clean      (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptOutput, cpt_output_free)

G_END_DECLS
