/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-sheet-content.h"

G_BEGIN_DECLS

/**
 * CptTextLink:
 * @start: byte in the text
 * @end: behind the last
 * @uri: where it leads to
 *
 * An address in a text.
 */
typedef struct
{
  gsize start;
  gsize end;
  char *uri;
} CptTextLink;

/* Web and e-mail addresses in @text, in their order. (transfer full) (element-type
 * CptTextLink); NULL where there are none */
GArray  *cpt_text_link_list (const char *text);

/* This part of the page leads to @uri, in files; nothing where tags may not be. In points,
 * as everything on the sheet. */
void     cpt_sheet_add_link (CptSheet           *self,
                             const CptChartRect *area,
                             const char         *uri);

G_END_DECLS
