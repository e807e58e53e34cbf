/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-record-view.h"

G_BEGIN_DECLS

/* What the menu of a plan's page and of its tasks' pages has besides: to make the
 * tasks, to execute one now, to plan it again. */

void cpt_record_plan_install_actions (GtkWidgetClass *klass);
/* Adds the items; each is there only where it can be done */
void cpt_record_plan_append_items    (GMenu *menu);
/* After the record was read */
void cpt_record_plan_update          (CptRecordView *self);

G_END_DECLS
