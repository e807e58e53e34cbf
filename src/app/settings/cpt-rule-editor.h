/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

/**
 * cpt_rule_editor_present:
 * @window: on top of which it stands
 * @record: of entity "rule": what it begins with. One that is not stored yet is created
 * @sentence: (nullable): what the stored rule says
 *
 * The dialogue in which a rule is put together: which kind of record, which
 * field, what is asked of it, and when. What it would mean stands below and
 * follows what is chosen.
 */
void cpt_rule_editor_present (CptWindow  *window,
                              CptRecord  *record,
                              const char *sentence);

G_END_DECLS
