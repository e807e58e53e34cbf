/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-place.h"
#include "cpt-state.h"

G_BEGIN_DECLS

#define CPT_TYPE_APPLICATION (cpt_application_get_type ())

G_DECLARE_FINAL_TYPE (CptApplication, cpt_application, CPT, APPLICATION, AdwApplication)

/* @routes is constant: where the ways through its windows lead */
CptApplication  *cpt_application_new        (const CptRoutes *routes) G_GNUC_WARN_UNUSED_RESULT;
const CptRoutes *cpt_application_get_routes (CptApplication *self);
/* What is remembered on this machine */
CptState        *cpt_application_get_state  (CptApplication *self);

G_END_DECLS
