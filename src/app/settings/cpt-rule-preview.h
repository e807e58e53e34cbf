/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-store.h"

G_BEGIN_DECLS

#define CPT_TYPE_RULE_PREVIEW (cpt_rule_preview_get_type ())

G_DECLARE_FINAL_TYPE (CptRulePreview, cpt_rule_preview, CPT, RULE_PREVIEW, GtkWidget)

/* What would become of a rule: what it says, who does not meet it, or why it
 * would be refused. */
GtkWidget  *cpt_rule_preview_new          (CptStore *store);
/* Takes @record, of entity "rule", as it would be saved; read on a worker */
void        cpt_rule_preview_try          (CptRulePreview *self,
                                           CptRecord      *record);
/* What is missing for that: a sentence */
void        cpt_rule_preview_ask          (CptRulePreview *self,
                                           const char     *message);
/* Why it was refused: a sentence */
void        cpt_rule_preview_refuse       (CptRulePreview *self,
                                           const char     *message);
/* (nullable): what the rule says that was tried last, when it would be taken */
const char *cpt_rule_preview_get_sentence (CptRulePreview *self);

G_END_DECLS
