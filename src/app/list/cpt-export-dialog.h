/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-query.h"
#include "cpt-window.h"

G_BEGIN_DECLS

/**
 * cpt_export_dialog_show:
 * @view: whose window asks, and tells how it went
 * @query: which records in which order; copied
 * @rows: (nullable) (element-type gint64): exactly these of them; referenced
 * @cancellable: of the view: stops the writing
 *
 * Asks for a file and writes the records of @query into it.
 */
void cpt_export_dialog_show (CptView        *view,
                             const CptQuery *query,
                             GArray         *rows,
                             GCancellable   *cancellable);

G_END_DECLS
