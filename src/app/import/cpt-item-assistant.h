/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-item-import.h"
#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_ITEM_ASSISTANT (cpt_item_assistant_get_type ())

G_DECLARE_FINAL_TYPE (CptItemAssistant, cpt_item_assistant, CPT, ITEM_ASSISTANT, AdwWindow)

/**
 * cpt_item_assistant_new:
 * @window: whose workspace the records go into
 * @kind: cards or a calendar
 * @path: the file
 *
 * From cards to contacts, or from a calendar to tasks and meetings: a trial that
 * stores nothing, the import with cancel, and what came of it. One undo takes
 * it back.
 *
 * Returns: (transfer none): the assistant, to be presented
 */
CptItemAssistant *cpt_item_assistant_new (CptWindow   *window,
                                          CptItemFile  kind,
                                          const char  *path);

G_END_DECLS
