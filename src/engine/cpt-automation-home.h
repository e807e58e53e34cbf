/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/**
 * cpt_automation_home_check:
 * @database: a connection
 * @error: %CPT_ERROR_CONFLICT when this is a copy, or was restored; as of any reading and writing
 *
 * Whether things may happen by themselves in this file. What a copy sends was sent by the other
 * one as well, and a backup does not know what has been sent since. So a file and the person's
 * machine remember each other: which file it was, where, and how far its log had come. The first
 * machine that asks about a file has it.
 *
 * Returns: whether it may run
 */
gboolean cpt_automation_home_check  (CptDatabase  *database,
                                     GError      **error);
/* Remembers how far the log has come; to be called after something was done. What can't be
 * written is no error: the file would only be taken for a restored one. */
void     cpt_automation_home_note   (CptDatabase *database);
/* This file is the one that goes on, here; others that were it before stay as they are */
gboolean cpt_automation_home_settle (CptDatabase  *database,
                                     GError      **error);

G_END_DECLS
