/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pango.h>

#include "cpt-text-link.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_PROSE_TEXT,
  CPT_PROSE_HEADING,
  CPT_PROSE_ITEM,
} CptProseForm;

/**
 * CptProse:
 * @form: what it is
 * @level: of a heading: 1 to 3
 * @bullet: (nullable): of an item: "•" or its number
 * @text: as it is shown, without signs; lines that stand below each other in one
 * @attributes: of @text: bold and slanted words, links
 * @links: (nullable) (element-type CptTextLink): where words of @text lead to, in no order: addresses to
 *   what they say, [words](address) there if it is safe; none of them is in another one
 * @is_apart: an empty line stands above it
 *
 * A block of a text that a person wrote.
 */
typedef struct
{
  CptProseForm   form;
  int            level;
  char          *bullet;
  GString       *text;
  PangoAttrList *attributes;
  GArray        *links;
  gboolean       is_apart;
} CptProse;

/**
 * cpt_prose_read:
 * @text: (nullable): what was written
 * @max_bytes: what is behind them is left out
 * @max_lines: likewise
 *
 * Reads "# headings", "- lists", "1. lists", **bold** and *slanted* words; links are
 * shown as what they are. Nothing in it does anything by itself. Any thread.
 *
 * Returns: (transfer full) (element-type CptProse): the blocks, from the top
 */
GPtrArray *cpt_prose_read (const char *text,
                           gsize       max_bytes,
                           guint       max_lines) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
