/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one error domain of everything below the programs. */

#include "config.h"

#include "cpt-error.h"

G_DEFINE_QUARK (cpt_error, cpt_error)
