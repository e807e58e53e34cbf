/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-query.h"
#include "cpt-window.h"

G_BEGIN_DECLS

/**
 * cpt_export_dialog_show:
 * @view: whose window asks, and tells how it went
 * @query: which records in which order; copied
 * @cancellable: of the view: stops the writing
 *
 * Asks for a file and writes the records of @query into it.
 */
void cpt_export_dialog_show (CptView        *view,
                             const CptQuery *query,
                             GCancellable   *cancellable);

G_END_DECLS
