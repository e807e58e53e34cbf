/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-run.h"

G_BEGIN_DECLS

/* Without a token */
CptRun *cpt_run_new_empty (void);
void    cpt_token_free    (gpointer data);

G_END_DECLS
