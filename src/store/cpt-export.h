/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-query.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_EXPORT_CSV, /* UTF-8 with BOM, safe from formula injection, links by title */
  CPT_EXPORT_JSON_LINES, /* one record per line, exact: comes back unchanged */
} CptExportFormat;

/* Streams in constant memory. @columns: NULL-terminated paths; NULL for all
 * fields. Numbers and dates are machine text (points, ISO). @n_records (optional). */
gboolean cpt_export_run (CptDatabase        *database,
                         CptQuery           *query,
                         const char *const  *columns,
                         CptExportFormat     format,
                         GOutputStream      *stream,
                         guint64            *n_records,
                         GCancellable       *cancellable,
                         GError            **error);

G_END_DECLS
