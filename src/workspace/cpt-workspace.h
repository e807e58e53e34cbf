/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-store.h"

G_BEGIN_DECLS

/* The one place where a workspace file and all rooms are wired together. */

/**
 * CptWorkspaceOptions:
 * @clock: (nullable): the system's when NULL
 * @name: (nullable): for a new workspace: what people call it; made from the file name when NULL
 * @zone: (nullable): for a new workspace: IANA name; the machine's when NULL
 *
 * What is not the same for every caller. NULL stands for all defaults.
 */
typedef struct
{
  CptClock   *clock;
  const char *name;
  const char *zone;
} CptWorkspaceOptions;

/**
 * cpt_workspace_create:
 * @path: a file that does not exist yet
 * @options: (nullable): see #CptWorkspaceOptions
 * @error: return location for an error
 *
 * Makes a workspace with what every company needs: a sales pipeline with its
 * stages, the person at this machine as the first user, and a dashboard. What
 * was begun is removed when it fails.
 *
 * Returns: %TRUE when the file is there
 */
gboolean     cpt_workspace_create        (const char                 *path,
                                          const CptWorkspaceOptions  *options,
                                          GError                    **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_workspace_open_database:
 * @path: a workspace file
 * @mode: reading or writing; not creating
 * @options: (nullable): see #CptWorkspaceOptions
 * @error: return location for an error
 *
 * One connection with all behaviours, for the command line and for tests.
 *
 * Returns: (transfer full) (nullable): a connection of the calling thread
 */
CptDatabase *cpt_workspace_open_database (const char                 *path,
                                          CptOpenMode                 mode,
                                          const CptWorkspaceOptions  *options,
                                          GError                    **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_workspace_open_store:
 * @path: a workspace file
 * @mode: reading or writing; not creating
 * @options: (nullable): see #CptWorkspaceOptions
 * @error: return location for an error
 *
 * The same for a main loop.
 *
 * Returns: (transfer full) (nullable): a store of the calling thread's main context
 */
CptStore    *cpt_workspace_open_store    (const char                 *path,
                                          CptOpenMode                 mode,
                                          const CptWorkspaceOptions  *options,
                                          GError                    **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_workspace_read_id:
 * @database: a workspace
 * @create: whether it gets an identifier when it has none; it must be open for
 *   writing then
 * @id: (out): its identifier; nil when it has none
 * @error: return location for an error
 *
 * What links to its records name the workspace by, on every machine and in every
 * copy of it. A workspace gets it with the first link.
 *
 * Returns: %FALSE when reading or writing failed
 */
gboolean     cpt_workspace_read_id       (CptDatabase  *database,
                                          gboolean      create,
                                          CptUuid      *id,
                                          GError      **error);

/* What the company of the demonstration is called */
#define CPT_WORKSPACE_DEMO_NAME "Maison Verdier"

/**
 * cpt_workspace_fill_demo:
 * @database: a workspace as cpt_workspace_create() leaves it
 * @seed: equal seeds on equal days give equal records, identifiers included; the
 *   person at this machine plays the first user
 * @error: return location for an error
 *
 * Fills in a believable French company: 400 organisations, 1,200 contacts,
 * 2,500 deals over the three years before today, leads, products, tasks,
 * activities and goals. Slow (seconds).
 *
 * Returns: %TRUE when everything is stored
 */
gboolean     cpt_workspace_fill_demo     (CptDatabase  *database,
                                          guint32       seed,
                                          GError      **error);

G_END_DECLS
