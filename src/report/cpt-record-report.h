/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "cpt-database.h"

G_BEGIN_DECLS

/* A record on paper: its title above each page, its fields by group, what links
 * to it, and, if wanted, what happened with it. */
typedef struct _CptRecordReport CptRecordReport;

/**
 * cpt_record_report_read:
 * @database: a connection
 * @entity: kind of the record
 * @id: the record
 * @has_timeline: whether to add what happened with it: calls, notes, tasks, the
 *   newest first
 * @error: return location for an error
 *
 * Reads everything that is drawn; the rest needs no connection and may be done
 * on another thread.
 *
 * Returns: (transfer full) (nullable): the report
 */
CptRecordReport *cpt_record_report_read     (CptDatabase      *database,
                                             const CptEntity  *entity,
                                             const CptUuid    *id,
                                             gboolean          has_timeline,
                                             GError          **error);
void             cpt_record_report_free     (CptRecordReport *self);
/* The title of the record */
const char      *cpt_record_report_get_title (CptRecordReport *self);
/* Sizes are points, without margins. Returns the number of pages. */
guint            cpt_record_report_lay_out  (CptRecordReport *self,
                                             double           width,
                                             double           height);
/* A page, counted from 0, with its corner at the origin of @cr; laid out before */
void             cpt_record_report_draw     (CptRecordReport *self,
                                             cairo_t         *cr,
                                             guint            page);
/* As a PDF with text in it, on paper of @width and @height points */
GBytes          *cpt_record_report_to_pdf   (CptRecordReport  *self,
                                             double            width,
                                             double            height,
                                             GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptRecordReport, cpt_record_report_free)

G_END_DECLS
