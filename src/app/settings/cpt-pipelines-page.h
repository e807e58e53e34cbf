/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-settings-page.h"

G_BEGIN_DECLS

#define CPT_TYPE_PIPELINES_PAGE (cpt_pipelines_page_get_type ())

G_DECLARE_FINAL_TYPE (CptPipelinesPage, cpt_pipelines_page, CPT, PIPELINES_PAGE, CptSettingsPage)

/* The ways that deals go, and the stages of each */

G_END_DECLS
