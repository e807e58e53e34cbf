/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the pages of records are arranged by a pack. There is one layout for each
 * kind of record, the newest: where a workspace has one already, somebody arranged
 * these pages, and what the pack says of them is left out. The fields of the pack
 * are then at the end of their groups, as without a layout. */

#include "config.h"

#include "cpt-pack-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-json.h"
#include "cpt-page-layout.h"

/* (nullable): borrowed from @item */
static const char *
get_entity_name (const CptPackItem *item)
{
  const char *name = NULL;

  if (strcmp (item->entity, CPT_PAGE_LAYOUT_ENTITY) == 0)
    cpt_json_read_string (item->object, "entity_name", &name, NULL);

  return name;
}

gboolean
cpt_pack_is_arranged (const CptPackItem  *item,
                      CptDatabase        *database,
                      gboolean           *is_arranged,
                      GError            **error)
{
  const char *name = get_entity_name (item);
  g_autoptr(GPtrArray) layouts = NULL;

  *is_arranged = FALSE;
  if (name == NULL)
    return TRUE;

  layouts = cpt_pack_load_all (database, CPT_PAGE_LAYOUT_ENTITY, NULL, error);
  for (guint i = 0; layouts != NULL && i < layouts->len; i++)
    *is_arranged |= g_strcmp0 (cpt_record_get_text (g_ptr_array_index (layouts, i), "entity_name"), name) == 0;

  return layouts != NULL;
}

/* (nullable): a name that is no field */
static const char *
find_unknown (const CptEntity *entity,
              GPtrArray       *names)
{
  for (guint i = 0; i < names->len; i++)
    if (cpt_entity_find_field (entity, g_ptr_array_index (names, i)) == NULL)
      return g_ptr_array_index (names, i);

  return NULL;
}

static gboolean
is_first (const CptPackItem *item,
          GPtrArray         *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const CptPackItem *other = g_ptr_array_index (items, i);

      if (g_strcmp0 (get_entity_name (other), get_entity_name (item)) == 0)
        return other == item;
    }

  return TRUE;
}

char *
cpt_pack_check_layout (const CptPackItem *item,
                       GPtrArray         *items,
                       const CptRecord   *record)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptPageLayout) layout = NULL;
  const CptEntity *entity;
  const char *unknown;

  if (!cpt_page_layout_check_record (record, NULL, &error))
    return g_strdup (error->message);
  if (!is_first (item, items))
    return g_strdup (_("another layout of the pack is about the same kind of record."));

  entity = cpt_schema_find_entity (record->schema, cpt_record_get_text (record, "entity_name"));
  layout = cpt_page_layout_parse (cpt_record_get_text (record, "layout"), NULL);
  unknown = find_unknown (entity, layout->hidden);
  for (guint i = 0; i < layout->groups->len && unknown == NULL; i++)
    unknown = find_unknown (entity, ((const CptLayoutGroup *) g_ptr_array_index (layout->groups, i))->fields);
  if (unknown == NULL)
    return NULL;

  /* Translators: the name of a field, the kind of record that has it not */
  return g_strdup_printf (_("there is no field “%s” in records of kind “%s”."), unknown, entity->name);
}
