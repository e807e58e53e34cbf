/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-application.h"
#include "cpt-filter.h"
#include "cpt-record-link.h"
#include "cpt-store.h"
#include "cpt-view.h"

G_BEGIN_DECLS

/* One window on one workspace: what views may ask of it. */

#define CPT_TYPE_WINDOW (cpt_window_get_type ())

G_DECLARE_FINAL_TYPE (CptWindow, cpt_window, CPT, WINDOW, AdwApplicationWindow)

/**
 * cpt_window_new:
 * @application: what the window belongs to
 *
 * Returns: (transfer none): a window without a workspace, which GTK owns until it is closed
 */
CptWindow       *cpt_window_new            (CptApplication *application);

/* Replaces what was open; shows the sentence of the error and what can be done
 * when the file can't be opened. */
void             cpt_window_open_workspace (CptWindow  *self,
                                            const char *path);
/* Returns: (transfer none): the window that has @path open; a new one, which
 * says what is the matter with the file if anything is, when there is none */
CptWindow       *cpt_window_open_for       (CptApplication *application,
                                            const char     *path);
/* (nullable): while no workspace is open */
CptStore        *cpt_window_get_store      (CptWindow *self);
CptSchema       *cpt_window_get_schema     (CptWindow *self);

/* Navigation. The views so far stay and can be gone back to. */
void             cpt_window_open_place     (CptWindow  *self,
                                            const char *name);
/* What was saved under a name, in its form ("list", "board" or "calendar") at the
 * place of records of that kind */
void             cpt_window_open_saved     (CptWindow     *self,
                                            const char    *entity,
                                            const char    *form,
                                            const CptUuid *id);
/* Whether it was chosen as what records of that kind are shown */
gboolean         cpt_window_has_form       (CptWindow  *self,
                                            const char *entity);
/* Whether records of that kind are shown at one place in both forms */
gboolean         cpt_window_shares_place   (CptWindow  *self,
                                            const char *entity,
                                            const char *form,
                                            const char *other);
void             cpt_window_open_record    (CptWindow       *self,
                                            const CptEntity *entity,
                                            const CptUuid   *id);
/* Into the clipboard, with a toast */
void             cpt_window_copy_link      (CptWindow       *self,
                                            const CptEntity *entity,
                                            const CptUuid   *id);
/* Opens the record; says what is the matter when the link is another workspace's */
void             cpt_window_follow_link    (CptWindow           *self,
                                            const CptRecordLink *link);
/* (nullable): what links to records of the open workspace name it by, when that
 * is known */
const CptUuid   *cpt_window_get_workspace_id (CptWindow *self);
/* The page of a record that is not stored yet: @draft has what it starts with */
void             cpt_window_open_draft     (CptWindow *self,
                                            CptRecord *draft);
/* @company (nullable): one that @draft links to and that is not stored either: it
 * is, with it, unless somebody chooses another one */
void             cpt_window_open_draft_with (CptWindow *self,
                                             CptRecord *draft,
                                             CptRecord *company);
/* Of @entity with what its declaration gives to new records */
void             cpt_window_open_new       (CptWindow       *self,
                                            const CptEntity *entity);
/* A list of exactly these records, for instance those behind a bar of a chart.
 * @filter (nullable); @title (nullable): the plural of the entity */
void             cpt_window_open_list      (CptWindow       *self,
                                            const CptEntity *entity,
                                            CptFilter       *filter,
                                            const char      *title);
/* The page on which records of @entity become one; the first one is kept until
 * the person says otherwise */
void             cpt_window_open_merge     (CptWindow       *self,
                                            const CptEntity *entity,
                                            const CptUuid   *ids,
                                            guint            n_ids);
/* The page that looks for records of @entity that are there twice */
void             cpt_window_open_duplicates (CptWindow       *self,
                                             const CptEntity *entity);
/* What the workspace is made of */
void             cpt_window_open_settings  (CptWindow *self);
/* Asks for a file, then opens the assistant. @entity (nullable): guessed from
 * the file when NULL */
void             cpt_window_import         (CptWindow       *self,
                                            const CptEntity *entity);
/* Asks for a photograph of a business card, then reads it */
void             cpt_window_choose_card    (CptWindow *self);
/* While a view has the window for itself there is none */
void             cpt_window_set_sidebar_visible (CptWindow *self,
                                                 gboolean   visible);
/* Takes the floating @view */
void             cpt_window_push           (CptWindow *self,
                                            CptView   *view);
void             cpt_window_back           (CptWindow *self);

/**
 * cpt_window_commit:
 * @self: a window
 * @transaction: (transfer full): what to do
 * @toast: (nullable): what was done, for the toast with Undo: "Deal moved to
 *   Won"; no toast when NULL
 * @cancellable: (nullable): of the widget that asks
 * @callback: (nullable): when it is done; without one the window shows errors
 * @user_data: for @callback
 *
 * The way in which every view changes records.
 */
void             cpt_window_commit         (CptWindow           *self,
                                            CptTransaction      *transaction,
                                            const char          *toast,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
/* The same for what a button does once: a second click is none, unless it was
 * refused, which the window says */
void             cpt_window_commit_by      (CptWindow      *self,
                                            CptTransaction *transaction,
                                            const char     *toast,
                                            GtkWidget      *button);
/**
 * cpt_window_commit_finish:
 * @self: a window
 * @result: what the callback got
 * @problems: (out) (optional) (nullable) (element-type CptProblem): why it was
 *   refused, with %CPT_ERROR_INVALID
 * @error: return location for an error; the window has shown nothing
 *
 * Returns: %TRUE when it is stored
 */
gboolean         cpt_window_commit_finish  (CptWindow     *self,
                                            GAsyncResult  *result,
                                            GPtrArray    **problems,
                                            GError       **error);
/* Undo of one act, with a toast about it; 0 is the last one of this device */
void             cpt_window_undo           (CptWindow *self,
                                            gint64     sequence);
void             cpt_window_redo           (CptWindow *self);

/* What was used lately, as the palette names it ("record:contact:IDENTIFIER"),
 * by workspace, the last one first; NULL-terminated. Only such keys are kept:
 * the names of people stay in the file. */
char           **cpt_window_list_recent    (CptWindow *self) G_GNUC_WARN_UNUSED_RESULT;
void             cpt_window_remember_use   (CptWindow  *self,
                                            const char *key);

/* In a toast, or a dialogue when it is long. Cancellation is silence. @self is
 * nullable: of a page that was closed meanwhile nobody looks at what it says. */
void             cpt_window_show_error     (CptWindow    *self,
                                            const GError *error);
/* Lets workflows go on that may, now: a person has decided something */
void             cpt_window_run_workflows  (CptWindow *self);
void             cpt_window_show_toast     (CptWindow  *self,
                                            const char *text);
/* With a button that opens a file or a folder that was written, as g_file_get_parse_name() says it */
void             cpt_window_show_file_toast (CptWindow  *self,
                                             const char *text,
                                             const char *name);
/* In the program that is for it; @advice is the sentence when none could be started */
void             cpt_window_open_uri        (CptWindow  *self,
                                             const char *uri,
                                             const char *advice);
/* A file or a folder in the program that is for it; a toast or a dialog says why that can't be */
void             cpt_window_open_file       (CptWindow  *self,
                                             const char *name);
/* With an Undo button that takes back @sequence */
void             cpt_window_show_undo_toast (CptWindow  *self,
                                             const char *text,
                                             gint64      sequence);

/* Small things that the person chose and that belong to this machine, not to
 * the workspace: column widths, which form of deals was seen last. Kept in the
 * state file. (nullable) (transfer full) */
char            *cpt_window_dup_state      (CptWindow  *self,
                                            const char *key);
void             cpt_window_set_state      (CptWindow  *self,
                                            const char *key,
                                            const char *value);
/* A key for @what, remembered of the records of @entity in the workspace that is
 * open: "columns-deal-1f2e3d4c" */
char            *cpt_window_dup_workspace_key (CptWindow  *self,
                                               const char *what,
                                               const char *entity);

G_END_DECLS
