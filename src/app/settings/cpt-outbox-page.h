/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-settings-page.h"

G_BEGIN_DECLS

#define CPT_TYPE_OUTBOX_PAGE (cpt_outbox_page_get_type ())

G_DECLARE_FINAL_TYPE (CptOutboxPage, cpt_outbox_page, CPT, OUTBOX_PAGE, CptSettingsPage)

/* Which workflows run, what they sent lately, and what a person has to decide of it */

G_END_DECLS
