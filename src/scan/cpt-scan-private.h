/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cpt-scan-status.h"

G_BEGIN_DECLS

/* Inside comptoir-scan. What it writes goes to standard output. */

/* The first page as a PNG with @size pixels on its longer side */
CptScanStatus cpt_scan_draw (GBytes *pdf,
                             guint   size);
/* What is written on the picture, as UTF-8 */
CptScanStatus cpt_scan_read (GBytes *picture);

/* All of it; FALSE when nobody reads any more */
gboolean       cpt_scan_write (const void *bytes,
                               gsize       length);

G_END_DECLS
