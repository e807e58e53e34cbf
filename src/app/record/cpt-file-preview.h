/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpt-attachment.h"
#include "cpt-store.h"

G_BEGIN_DECLS

/* Shows what is in a file where that can be shown: a picture in @picture, the
 * first lines of a text in @label. Read and scaled on a reading thread; what is
 * too large, or no picture in spite of what it says, stays as it is. @cancellable
 * ends with the widgets. */
void cpt_file_preview_show (CptStore            *store,
                            const CptAttachment *attachment,
                            int                  size,
                            GtkImage            *picture,
                            GtkLabel            *label,
                            GCancellable        *cancellable);

G_END_DECLS
