/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-dashboard.h"
#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_WIDGET_EDITOR (cpt_widget_editor_get_type ())

G_DECLARE_FINAL_TYPE (CptWidgetEditor, cpt_widget_editor, CPT, WIDGET_EDITOR, AdwWindow)

/**
 * cpt_widget_editor_new:
 * @window: the window it is for
 * @metrics: (element-type CptMetric): what it may name; referenced
 * @widget: (nullable): what to change; a new widget when %NULL
 * @kind: (nullable): the kind of a new one
 *
 * What a widget counts, how it is broken down and how it looks, with the
 * picture of it beside. Emits "edited" when the person is done.
 *
 * Returns: (transfer none): the editor, to be presented
 */
CptWidgetEditor *cpt_widget_editor_new   (CptWindow       *window,
                                          GPtrArray       *metrics,
                                          const CptWidget *widget,
                                          const char      *kind);
/* What it is called and what its button says, with a mnemonic, where the widget is
 * a part of something else than a dashboard */
void             cpt_widget_editor_set_words (CptWidgetEditor *self,
                                              const char      *title,
                                              const char      *verb);
/* Puts the widget into @dashboard. TRUE when it was there already */
gboolean         cpt_widget_editor_apply (CptWidgetEditor *self,
                                          CptDashboard    *dashboard);

G_END_DECLS
