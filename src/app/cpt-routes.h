/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-place.h"

G_BEGIN_DECLS

/* Those of Comptoir */
extern const CptRoutes cpt_routes;

G_END_DECLS
