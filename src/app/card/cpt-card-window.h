/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_CARD_WINDOW (cpt_card_window_get_type ())

G_DECLARE_FINAL_TYPE (CptCardWindow, cpt_card_window, CPT, CARD_WINDOW, AdwWindow)

/**
 * cpt_card_window_new:
 * @window: whose workspace gets the contact
 * @picture: a photograph of a business card
 *
 * Reads the card, with a button that ends it, and goes: what was read is then a
 * new contact that nobody has stored yet. When it can't be read it says why.
 *
 * Returns: (transfer none): the window, to be presented
 */
GtkWindow *cpt_card_window_new (CptWindow *window,
                                GFile     *picture);

G_END_DECLS
