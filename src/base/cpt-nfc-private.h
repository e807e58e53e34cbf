/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @text, valid UTF-8, in Unicode's Normalization Form C, in linear time: marks
 * beyond the thirtieth on one character are dropped (UAX #15, section 13). */
char *cpt_nfc (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
