/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

/**
 * cpt_settings_form_present:
 * @window: on top of which it stands
 * @title: of the dialogue
 * @record: what it begins with; changed meanwhile. One that is not stored yet is created
 * @fields: (array zero-terminated=1): names of the fields that are shown
 * @toast: what is told when it is stored
 *
 * A small dialogue in which a few fields of a record are filled in, by the
 * editors that its page has, and stored as one act. What the store refuses
 * stands beside its field.
 */
void cpt_settings_form_present (CptWindow         *window,
                                const char        *title,
                                CptRecord         *record,
                                const char *const *fields,
                                const char        *toast);

G_END_DECLS
