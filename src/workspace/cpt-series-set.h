/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-series.h"

G_BEGIN_DECLS

/**
 * CptSeriesSet:
 *
 * Values for fields of one task or of several, some of which may repeat: one act.
 * Pure data, and reference counted; not to be changed once others have it.
 */
typedef struct _CptSeriesSet CptSeriesSet;

/* @label (nullable): for people, translated: what can be undone */
CptSeriesSet   *cpt_series_set_new     (const char *label) G_GNUC_WARN_UNUSED_RESULT;
CptSeriesSet   *cpt_series_set_ref     (CptSeriesSet *self);
void            cpt_series_set_unref   (CptSeriesSet *self);
/* A field of tasks by its name. A later value wins. */
void            cpt_series_set_add     (CptSeriesSet   *self,
                                        const CptUuid  *task,
                                        const char     *field,
                                        const CptValue *value);
guint           cpt_series_set_get_n_tasks (const CptSeriesSet *self);

/**
 * cpt_series_set_concerns:
 * @self: what is to be changed
 * @database: a connection
 * @concerns: (out): whether somebody has to say what the change is about, of at
 *   least one task; see cpt_series_concerns()
 * @error: return location for an error
 *
 * Tasks that are not there concern nobody: the door says so.
 *
 * Returns: %FALSE when reading failed
 */
gboolean        cpt_series_set_concerns (const CptSeriesSet  *self,
                                         CptDatabase         *database,
                                         gboolean            *concerns,
                                         GError             **error);

/**
 * cpt_series_set_build:
 * @self: what is to be changed
 * @database: where; the connection that commits next
 * @origin: for the transaction
 * @scope: what it is about, of the tasks that cpt_series_concerns() is true of; the
 *   others get their values as they are
 * @error: as of cpt_series_edit_build(), with the title of the task where there
 *   are several
 *
 * Returns: (transfer full): to be committed
 */
CptTransaction *cpt_series_set_build   (const CptSeriesSet  *self,
                                        CptDatabase         *database,
                                        CptOrigin            origin,
                                        CptSeriesScope       scope,
                                        GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptSeriesSet, cpt_series_set_unref)

G_END_DECLS
