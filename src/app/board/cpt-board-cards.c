/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What cards show, from the declarations: title and subtitle of the record, the
 * amount that matters and the first of its days.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-board-data-private.h"
#include "cpt-date.h"

#define MAX_PATHS 12
#define NOWHERE G_MAXUINT

/* Where in a page what is */
typedef struct
{
  CptPath paths[MAX_PATHS];
  guint n_paths;
  guint title;
  guint column;
  guint lane;
  guint subtitle;
  guint figure;
  guint scope;
  guint first_day;
  guint n_days;
} Layout;

static guint
add_path (Layout             *layout,
          const CptBoardSpec *spec,
          const char         *text)
{
  if (text == NULL || layout->n_paths == MAX_PATHS ||
      !cpt_path_parse (spec->schema, spec->entity, text, &layout->paths[layout->n_paths], NULL))
    return NOWHERE;

  return layout->n_paths++;
}

static void
init_layout (Layout             *layout,
             const CptBoardSpec *spec)
{
  const CptField *own = cpt_board_spec_get_own_scope (spec);

  *layout = (Layout){ 0 };
  layout->title = add_path (layout, spec, spec->entity->title);
  layout->column = add_path (layout, spec, spec->columns->name);
  layout->lane = add_path (layout, spec, spec->lanes != NULL ? spec->lanes->name : NULL);
  layout->subtitle = add_path (layout, spec, spec->entity->subtitle);
  layout->figure = add_path (layout, spec, spec->entity->figure);
  layout->scope = add_path (layout, spec, own != NULL ? own->name : NULL);
  layout->first_day = layout->n_paths;
  for (guint i = 0; spec->entity->days != NULL && spec->entity->days[i] != NULL; i++)
    add_path (layout, spec, spec->entity->days[i]);
  layout->n_days = layout->n_paths - layout->first_day;
}

static char *
dup_text (CptPage   *page,
          guint      index,
          guint      column,
          GTimeZone *zone)
{
  if (column == NOWHERE || cpt_value_is_null (cpt_page_get_value (page, index, column)))
    return NULL;

  return cpt_page_dup_text (page, index, column, zone);
}

static CptBoardCard *
create_card (const Layout *layout,
             CptPage      *page,
             guint         index,
             GTimeZone    *zone)
{
  CptBoardCard *card = g_new0 (CptBoardCard, 1);

  card->id = *cpt_page_get_id (page, index);
  card->column = cpt_board_dup_key (cpt_page_get_value (page, index, layout->column));
  if (layout->lane != NOWHERE)
    card->lane = cpt_board_dup_key (cpt_page_get_value (page, index, layout->lane));
  card->title = dup_text (page, index, layout->title, zone);
  card->subtitle = dup_text (page, index, layout->subtitle, zone);
  card->figure = dup_text (page, index, layout->figure, zone);
  for (guint i = 0; card->detail == NULL && i < layout->n_days; i++)
    card->detail = dup_text (page, index, layout->first_day + i, zone);

  if (card->title == NULL)
    card->title = g_strdup (_("Untitled"));

  return card;
}

static gboolean
is_other_scope (const CptBoardData *data,
                const CptValue     *scope)
{
  for (guint i = 0; scope->type == CPT_VALUE_ID && i < data->others->len; i++)
    if (cpt_uuid_equal (&scope->id, g_ptr_array_index (data->others, i)))
      return TRUE;

  return FALSE;
}

/* FALSE when the card is in a lane that is left out */
static gboolean
find_lane (const CptBoardData *data,
           CptBoardCard       *card)
{
  if (card->lane == NULL || cpt_board_data_find_lane (data, card->lane) != NULL)
    return TRUE;
  if (g_hash_table_contains (data->left_out_lanes, card->lane))
    return FALSE;

  g_free (card->lane);
  card->lane = g_strdup ("");

  return cpt_board_data_find_lane (data, "") != NULL;
}

/* FALSE when the card is in another part of the board, or in no column of it */
static gboolean
find_place (const Layout       *layout,
            const CptBoardData *data,
            CptPage            *page,
            guint               index,
            CptBoardCard       *card)
{
  if (!find_lane (data, card))
    return FALSE;
  if (*card->column != '\0' && cpt_board_data_find_column (data, card->column) != NULL)
    return TRUE;
  if (g_hash_table_contains (data->elsewhere, card->column) || cpt_board_data_find_column (data, "") == NULL)
    return FALSE;
  if (layout->scope != NOWHERE && is_other_scope (data, cpt_page_get_value (page, index, layout->scope)))
    return FALSE;

  g_free (card->column);
  card->column = g_strdup ("");

  return TRUE;
}

GPtrArray *
cpt_board_cards_read (CptDatabase         *database,
                      const CptBoardSpec  *spec,
                      const CptBoardData  *data,
                      const gint64        *rows,
                      guint                n_rows,
                      GError             **error)
{
  g_autoptr(GPtrArray) cards = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_board_card_free);
  g_autoptr(CptPage) page = NULL;
  Layout layout;

  init_layout (&layout, spec);
  page = cpt_page_load (database, spec->schema, spec->entity, layout.paths, layout.n_paths, rows, n_rows, error);
  if (page == NULL)
    return NULL;

  for (guint i = 0; i < cpt_page_get_length (page); i++)
    {
      g_autoptr(CptBoardCard) card = NULL;

      if (!cpt_page_has_row (page, i))
        continue;

      card = create_card (&layout, page, i, cpt_database_get_zone (database));
      if (data == NULL || find_place (&layout, data, page, i, card))
        g_ptr_array_add (cards, g_steal_pointer (&card));
    }

  return g_steal_pointer (&cards);
}
