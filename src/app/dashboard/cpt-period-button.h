/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-store.h"

G_BEGIN_DECLS

#define CPT_TYPE_PERIOD_BUTTON (cpt_period_button_get_type ())

G_DECLARE_FINAL_TYPE (CptPeriodButton, cpt_period_button, CPT, PERIOD_BUTTON, GtkWidget)

/* A button that says which period a dashboard is about, and offers others. Emits
 * "changed" when the person chose one. @schema: for the editors of dates */
GtkWidget *cpt_period_button_new        (CptStore  *store,
                                         CptSchema *schema);
/* @period (nullable): as a filter of a dashboard has it; without "changed" */
void       cpt_period_button_set_period (CptPeriodButton *self,
                                         JsonNode        *period);
/* (nullable): borrowed */
JsonNode  *cpt_period_button_get_period (CptPeriodButton *self);

G_END_DECLS
