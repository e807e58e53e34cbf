/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-export.h"

G_BEGIN_DECLS

#define CPT_EXPORT_BYTE_ORDER_MARK "\357\273\277"

/* Writes @out and empties it; says what to do when it can't */
gboolean cpt_export_flush (GString        *out,
                           GOutputStream  *stream,
                           GCancellable   *cancellable,
                           GError        **error);

/* cpt_export_run() of facts: the newest day first, in the memory of one day.
 * CPT_ERROR_UNSUPPORTED for a workbook. Returns: how many rows; -1 with @error */
gint64   cpt_export_facts (CptDatabase        *database,
                           CptQuery           *query,
                           const char *const  *columns,
                           CptExportFormat     format,
                           GOutputStream      *stream,
                           GCancellable       *cancellable,
                           GError            **error);

G_END_DECLS
