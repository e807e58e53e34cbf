/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-transaction.h"

G_BEGIN_DECLS

/* What declarations can't say, for every connection that writes; ended by a
 * NULL entity. */
extern const CptBehaviour cpt_behaviours[];

G_END_DECLS
