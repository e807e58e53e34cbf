/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * cpt_i18n_init:
 *
 * Takes the language and the formats of the user. Every program calls it
 * first, before there is a second thread. Where the messages are can be told
 * by the variable CPT_LOCALE_DIR, so that a program speaks French from the
 * build folder too.
 */
void cpt_i18n_init (void);

G_END_DECLS
