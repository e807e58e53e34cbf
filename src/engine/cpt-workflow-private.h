/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-workflow.h"

G_BEGIN_DECLS

/* To a list as cpt_workflow_check() gives it; @node is nullable */
void cpt_workflow_add_problem (GPtrArray  *problems,
                               const char *node,
                               const char *message);

G_END_DECLS
