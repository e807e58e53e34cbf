/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpt-attachment.h"
#include "cpt-window.h"

G_BEGIN_DECLS

/* What is done with the contents of files, each on a thread of its own or a
 * reading one; the window tells what came of it. */

/* Attaches @files (element-type GFile) to a record as one act, with a toast that
 * takes it back. @callback (nullable) when it is over, however it ended. */
void cpt_file_job_attach (CptWindow       *window,
                          const CptEntity *entity,
                          const CptUuid   *id,
                          GListModel      *files,
                          GCallback        callback,
                          GObject         *object);
/* Hands a private copy of a file to the application that the person has for it.
 * Programs are not opened. */
void cpt_file_job_open   (CptWindow           *window,
                          const CptAttachment *attachment);
/* Asks where to */
void cpt_file_job_save   (CptWindow           *window,
                          const CptAttachment *attachment);

G_END_DECLS
