/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CPT_FILE_NAME_MAX_BYTES 200

/* A name that can be given to a file in any folder and read by people, made from
 * one that comes from outside: what is behind the last separator of any system,
 * without controls and bidirectional marks, without characters that a file
 * system refuses, without blanks and points at its ends, not too long but with
 * its extension. "../../x" is "x"; what is nothing is "file". */
char       *cpt_file_name_clean    (const char *name);
/* (nullable): behind the last point, in @name */
const char *cpt_file_name_get_extension (const char *name);

G_END_DECLS
