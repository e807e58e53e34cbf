/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-sheet-content.h"
#include "cpt-text-link.h"

G_BEGIN_DECLS

/* This part of the page leads to @uri, in files; nothing where tags may not be. In points,
 * as everything on the sheet. */
void     cpt_sheet_add_link (CptSheet           *self,
                             const CptChartRect *area,
                             const char         *uri);

G_END_DECLS
