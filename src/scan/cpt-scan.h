/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Bytes of a document or a picture; larger ones are refused */
#define CPT_SCAN_MAX_BYTES (30 * 1000 * 1000)
/* Pixels of a picture of a card, and of one of its sides */
#define CPT_SCAN_MAX_PIXELS (60 * 1000 * 1000)
#define CPT_SCAN_MAX_SIDE 16000

/* Whether comptoir-scan is there and was built with what it takes */
gboolean  cpt_scan_can_draw  (void);
gboolean  cpt_scan_can_read  (void);

/**
 * cpt_scan_draw_pdf:
 * @pdf: a document, of which nothing is believed
 * @size: pixels of the longer side
 * @cancellable: (nullable): ends it at once
 * @error: return location for an error: CPT_ERROR_DAMAGED when it can't be drawn,
 *   CPT_ERROR_LIMIT when it is too large or takes too long, CPT_ERROR_UNSUPPORTED
 *
 * Draws the first page, in a process of its own with little memory and time.
 * Blocks: some tenths of a second, ten seconds at most.
 *
 * Returns: (transfer full) (nullable): a PNG
 */
GBytes   *cpt_scan_draw_pdf  (GBytes        *pdf,
                              guint          size,
                              GCancellable  *cancellable,
                              GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_scan_read_text:
 * @picture: PNG, JPEG or WebP, of which nothing is believed
 * @cancellable: (nullable): ends it at once
 * @error: return location for an error, as of cpt_scan_draw_pdf()
 *
 * Reads what is written on a picture, in French and English, whichever way round
 * it lies. Blocks: some seconds, a minute at most.
 *
 * Returns: (transfer full) (nullable): the text, valid UTF-8; may be empty
 */
char     *cpt_scan_read_text (GBytes        *picture,
                              GCancellable  *cancellable,
                              GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
