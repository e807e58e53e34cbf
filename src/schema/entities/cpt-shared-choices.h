/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-field.h"

G_BEGIN_DECLS

/* Each ended by a NULL name */
extern const CptChoice cpt_choices_colour[];
extern const CptChoice cpt_choices_language[];
extern const CptChoice cpt_choices_source[];

G_END_DECLS
