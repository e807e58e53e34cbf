/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_IMPORT_ASSISTANT (cpt_import_assistant_get_type ())

G_DECLARE_FINAL_TYPE (CptImportAssistant, cpt_import_assistant, CPT, IMPORT_ASSISTANT, AdwWindow)

/**
 * cpt_import_assistant_new:
 * @window: whose workspace the records go into
 * @entity: (nullable): which kind of records; guessed from the file when %NULL
 * @path: the file
 *
 * From a file of separated values to records: what each column is, a trial that
 * stores nothing, the import with progress and cancel, and what came of it.
 *
 * Returns: (transfer none): the assistant, to be presented
 */
CptImportAssistant *cpt_import_assistant_new (CptWindow       *window,
                                              const CptEntity *entity,
                                              const char      *path);

G_END_DECLS
