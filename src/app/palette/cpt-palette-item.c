/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the palette lists: a name for people, and a key that says what it leads
 * to. The key is all that is remembered between two sessions. */
#include "config.h"

#include "cpt-palette-item.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-match.h"
#include "cpt-text.h"

/* Added to the score of a title that is what was typed, or begins with it */
#define SCORE_SAME 50000
#define SCORE_BEGINS 20000
#define SCORE_RECENT 10000

CptPaletteItem *
cpt_palette_item_new (CptPaletteKind  kind,
                      const char     *key,
                      const char     *title,
                      const char     *icon)
{
  CptPaletteItem *self = g_new0 (CptPaletteItem, 1);

  self->kind = kind;
  self->key = g_strdup (key);
  self->title = g_strdup (title);
  self->icon = g_strdup (icon);

  return self;
}

CptPaletteItem *
cpt_palette_item_copy (const CptPaletteItem *self)
{
  CptPaletteItem *copy = cpt_palette_item_new (self->kind, self->key, self->title, self->icon);

  copy->detail = g_strdup (self->detail);
  copy->hint = g_strdup (self->hint);
  copy->is_recent = self->is_recent;

  return copy;
}

void
cpt_palette_item_free (CptPaletteItem *self)
{
  if (self == NULL)
    return;

  g_free (self->key);
  g_free (self->title);
  g_free (self->detail);
  g_free (self->hint);
  g_free (self->icon);
  g_free (self);
}

CptPaletteItem *
cpt_palette_item_new_hit (const CptHit *hit)
{
  g_autofree char *id = cpt_uuid_dup_text (&hit->id);
  g_autofree char *key = g_strdup_printf ("record:%s:%s", hit->entity->name, id);
  CptPaletteItem *self;

  if ((hit->entity->flags & CPT_ENTITY_SYSTEM) != 0)
    return NULL;

  self = cpt_palette_item_new (CPT_PALETTE_RECORD, key, hit->title, hit->entity->icon);
  self->hint = g_strdup (cpt_entity_get_label (hit->entity));
  if (hit->snippet != NULL)
    /* Translators: why something was found: a field and its text */
    self->detail = g_strdup_printf (C_("found", "%s: %s"), cpt_field_get_label (hit->field), hit->snippet);
  else if (hit->subtitle != NULL && hit->subtitle[0] != '\0')
    self->detail = g_strdup (hit->subtitle);

  return self;
}

guint
cpt_palette_item_match (const CptPaletteItem *self,
                        const char           *text,
                        const char *const    *words)
{
  guint n_words = g_strv_length ((char **) words);
  guint all = (1u << n_words) - 1;
  guint score = cpt_match_fuzzy (self->title, text, NULL);
  guint found = n_words > 0 ? cpt_match_words (self->title, words, NULL) : 0;
  const char *keywords = n_words > 0 && found != all ? cpt_palette_find_keywords (self->key) : NULL;
  g_autofree char *folded = NULL;

  if (n_words == 0)
    return score;
  /* Less than any title that says so itself */
  if (keywords != NULL && (found | cpt_match_words (keywords, words, NULL)) == all)
    return CPT_PALETTE_STRONG;
  if (found != all)
    return score;

  folded = cpt_text_fold (self->title);
  score = MIN (score, SCORE_RECENT - 1) + CPT_PALETTE_STRONG;
  if (strcmp (folded, text) == 0)
    score += SCORE_SAME;
  else if (g_str_has_prefix (folded, text))
    score += SCORE_BEGINS;
  if (self->is_recent)
    score += SCORE_RECENT;

  return score;
}
