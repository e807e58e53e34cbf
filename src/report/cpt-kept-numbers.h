/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-chart-data.h"
#include "cpt-dashboard.h"
#include "cpt-uuid.h"

G_BEGIN_DECLS

/**
 * CptKeptNumbers:
 *
 * The last known numbers of widgets, so that a dashboard has something to show while
 * it counts. A number is known by all that was asked for: widgets whose definition
 * or filters are others find nothing. They live in a private file of the person's
 * cache: never in the workspace, its log or its backups, never synchronised; losing
 * it costs nothing but a moment. A plain value of one thread at a time.
 */
typedef struct _CptKeptNumbers CptKeptNumbers;

CptKeptNumbers *cpt_kept_numbers_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void            cpt_kept_numbers_free      (CptKeptNumbers *self);

/**
 * cpt_kept_numbers_dup_key:
 * @widget: as it is shown
 * @filters: (nullable): what counts of them: see cpt-dashboard-filter.h
 * @extra: (nullable): what else the numbers hang on: what metrics mean
 *
 * Returns: (transfer full): what the numbers of this question are known by: a digest
 */
char           *cpt_kept_numbers_dup_key   (const CptWidget *widget,
                                            JsonNode        *filters,
                                            const char      *extra) G_GNUC_WARN_UNUSED_RESULT;
/* Numbers as of @instant (microseconds, UTC) in place of earlier ones. Errors are none. */
void            cpt_kept_numbers_add       (CptKeptNumbers *self,
                                            const char     *key,
                                            CptChartData   *data,
                                            gint64          instant);
/* (nullable), borrowed. @instant (out) (optional): as of when */
CptChartData   *cpt_kept_numbers_find      (CptKeptNumbers *self,
                                            const char     *key,
                                            gint64         *instant);
/* (transfer full): those of @keys (a set of utf8) alone, for another thread */
CptKeptNumbers *cpt_kept_numbers_dup_some  (CptKeptNumbers *self,
                                            GHashTable     *keys) G_GNUC_WARN_UNUSED_RESULT;
guint           cpt_kept_numbers_get_count (CptKeptNumbers *self);

/**
 * cpt_kept_numbers_dup_path:
 * @workspace: path of the workspace file
 * @dashboard: identifier of the dashboard
 * @author: (nullable): who looks at it: filters may say "me"
 *
 * Returns: (transfer full): where the numbers of that dashboard are kept
 */
char           *cpt_kept_numbers_dup_path  (const char    *workspace,
                                            const CptUuid *dashboard,
                                            const CptUuid *author) G_GNUC_WARN_UNUSED_RESULT;
/* Blocks. What was not written by this version of the program, in this language, or is damaged, is
 * nothing: (transfer full) */
CptKeptNumbers *cpt_kept_numbers_load      (const char *path) G_GNUC_WARN_UNUSED_RESULT;
/**
 * cpt_kept_numbers_save:
 * @self: numbers
 * @path: of the file, which is replaced as a whole; readable for nobody else
 * @error: %CPT_ERROR_IO, in words for a log
 *
 * Blocks. What is too large is left out; what nobody has looked at for a month is removed from the folder.
 */
gboolean        cpt_kept_numbers_save      (CptKeptNumbers  *self,
                                            const char      *path,
                                            GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptKeptNumbers, cpt_kept_numbers_free)

G_END_DECLS
