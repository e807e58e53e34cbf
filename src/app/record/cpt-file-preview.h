/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpt-attachment.h"
#include "cpt-store.h"

G_BEGIN_DECLS

/* Previews of some files, which end together */
typedef struct _CptFilePreviews CptFilePreviews;

CptFilePreviews *cpt_file_previews_new  (CptStore *store) G_GNUC_WARN_UNUSED_RESULT;
void             cpt_file_previews_free (CptFilePreviews *self);
/* Reads the file off the main loop and puts what can be seen of it into @picture
 * (@size pixels: an image, the first page of a PDF) or @label (nullable: the first
 * lines, in place of the picture). Leaves both as they are when there is nothing to
 * show. */
void             cpt_file_previews_show (CptFilePreviews     *self,
                                         const CptAttachment *attachment,
                                         int                  size,
                                         GtkImage            *picture,
                                         GtkLabel            *label);

G_END_DECLS
