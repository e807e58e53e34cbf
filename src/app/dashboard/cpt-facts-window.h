/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-filter.h"
#include "cpt-window.h"

G_BEGIN_DECLS

/* The rows of days that a number is made of, newest first: facts are no records, so
 * they have no list of their own and can't be opened or changed. */
#define CPT_TYPE_FACTS_WINDOW (cpt_facts_window_get_type ())
G_DECLARE_FINAL_TYPE (CptFactsWindow, cpt_facts_window, CPT, FACTS_WINDOW, AdwWindow)

/* @filter is of a kind of facts; @title is what the number is called */
GtkWindow *cpt_facts_window_new (CptWindow  *window,
                                 CptFilter  *filter,
                                 const char *title);

G_END_DECLS
