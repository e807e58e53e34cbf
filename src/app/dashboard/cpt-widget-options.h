/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

#include "cpt-chart-kind.h"

G_BEGIN_DECLS

#define CPT_TYPE_WIDGET_OPTIONS (cpt_widget_options_get_type ())

G_DECLARE_FINAL_TYPE (CptWidgetOptions, cpt_widget_options, CPT, WIDGET_OPTIONS, AdwPreferencesGroup)

/* Hidden while the kind has no options. Emits "changed" when the person chose. */
GtkWidget  *cpt_widget_options_new      (void);
/* Shows the options of @kind as they are in @options (nullable) */
void        cpt_widget_options_set_kind (CptWidgetOptions   *self,
                                         const CptChartKind *kind,
                                         JsonObject         *options);
/* (nullable) (transfer full): what is chosen, and what other kinds and versions had */
JsonObject *cpt_widget_options_dup      (CptWidgetOptions   *self);

G_END_DECLS
