/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-query.h"
#include "cpt-window.h"

G_BEGIN_DECLS

/* What can be gone to or done. In the order of sections that are equally good */
typedef enum
{
  CPT_PALETTE_PLACE,
  CPT_PALETTE_VIEW,
  CPT_PALETTE_DASHBOARD,
  CPT_PALETTE_RECORD,
  CPT_PALETTE_COMMAND,
} CptPaletteKind;

/**
 * CptPaletteItem:
 * @kind: see #CptPaletteKind
 * @key: says what it is in one word, also in the state file: "place:deals",
 *   "action:win.undo", "view:contact:IDENTIFIER", "dashboard:IDENTIFIER", "report:IDENTIFIER",
 *   "record:contact:IDENTIFIER"
 * @title: what people read and what is matched
 * @detail: (nullable): the second line
 * @hint: (nullable): at the end of the line: the kind of a record, keys
 * @icon: (nullable): symbolic icon name
 * @is_recent: it was used here lately
 *
 * One line of the palette. A plain struct.
 */
typedef struct
{
  CptPaletteKind kind;
  char          *key;
  char          *title;
  char          *detail;
  char          *hint;
  char          *icon;
  gboolean       is_recent;
} CptPaletteItem;

CptPaletteItem *cpt_palette_item_new  (CptPaletteKind  kind,
                                       const char     *key,
                                       const char     *title,
                                       const char     *icon) G_GNUC_WARN_UNUSED_RESULT;
CptPaletteItem *cpt_palette_item_copy (const CptPaletteItem *self) G_GNUC_WARN_UNUSED_RESULT;
void            cpt_palette_item_free (CptPaletteItem *self);

/* (nullable): other words for what has that key, separated by blanks, translated */
const char     *cpt_palette_find_keywords (const char *key);

/* @hit: of a record; NULL for what is no record to people: saved views... */
CptPaletteItem *cpt_palette_item_new_hit (const CptHit *hit) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_palette_item_match:
 * @self: an item
 * @text: what was typed, folded
 * @words: its words
 *
 * Returns: 0 when it is something else; at least %CPT_PALETTE_STRONG when all
 *   words begin words of the title, or of what else it is called; greater is better
 */
#define CPT_PALETTE_STRONG 100000
guint           cpt_palette_item_match (const CptPaletteItem *self,
                                        const char           *text,
                                        const char *const    *words);

/* Goes there or does it, and remembers it. Nothing when it is no more. */
void            cpt_palette_open_key  (CptWindow  *window,
                                       const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptPaletteItem, cpt_palette_item_free)

G_END_DECLS
