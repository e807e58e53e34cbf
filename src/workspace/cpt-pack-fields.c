/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fields of packs, and lists of choices: what the rest of a pack is made of. */

#include "config.h"

#include "cpt-pack-private.h"

#include <string.h>

#include "cpt-fields.h"
#include "cpt-own-choices.h"

static gboolean
is_list (const char *entity)
{
  return strcmp (entity, CPT_CHOICE_LIST_ENTITY) == 0;
}

gboolean
cpt_pack_item_is_field (const CptPackItem *self)
{
  return strcmp (self->entity, "custom_field") == 0;
}

gboolean
cpt_pack_item_is_declaration (const CptPackItem *self)
{
  return cpt_pack_item_is_field (self) || is_list (self->entity);
}

static gboolean
is_same_text (const CptRecord *a,
              const CptRecord *b,
              const char      *field)
{
  return g_strcmp0 (cpt_record_get_text (a, field), cpt_record_get_text (b, field)) == 0;
}

gboolean
cpt_pack_is_about_same (const CptRecord *a,
                        const CptRecord *b)
{
  return strcmp (a->entity->name, b->entity->name) == 0 && is_same_text (a, b, "entity_name") &&
         is_same_text (a, b, is_list (a->entity->name) ? "field_name" : "name");
}

gboolean
cpt_pack_is_same (const CptRecord *a,
                  const CptRecord *b)
{
  if (is_list (a->entity->name))
    return is_same_text (a, b, "choices");

  return is_same_text (a, b, "kind") && is_same_text (a, b, "label") && is_same_text (a, b, "definition");
}

GPtrArray *
cpt_pack_list_own_choices (CptDatabase      *database,
                           const CptRecord  *list,
                           const CptEntity **entity,
                           const CptField  **field)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const CptField *declared;
  g_autoptr(CptOwnChoices) choices = NULL;

  *field = cpt_own_choices_find_field (cpt_database_get_schema (database), list, entity);
  if (*field == NULL)
    return names;

  declared = &(*entity)->declared[(*field)->index];
  choices = cpt_own_choices_parse (declared, cpt_record_get_text (list, "choices"), NULL);
  for (const CptChoice *choice = choices != NULL ? cpt_own_choices_get_list (choices) : NULL;
       choice != NULL && choice->name != NULL; choice++)
    if (cpt_field_find_choice (declared, choice->name) == NULL)
      g_ptr_array_add (names, g_strdup (choice->name));

  return names;
}

static gboolean
is_chosen (CptDatabase      *database,
           const CptRecord  *list,
           gboolean         *is_filled,
           GError          **error)
{
  const CptEntity *entity;
  const CptField *field;
  g_autoptr(GPtrArray) names = cpt_pack_list_own_choices (database, list, &entity, &field);

  for (guint i = 0; i < names->len && !*is_filled; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      guint64 n = 0;
      guint64 n_in_trash = 0;

      if (!cpt_fields_count_values (database, entity, field, name, &n, error) ||
          !cpt_fields_count_trash (database, entity, field->name, name, &n_in_trash, error))
        return FALSE;
      *is_filled = n > 0 || n_in_trash > 0;
    }

  return TRUE;
}

gboolean
cpt_pack_is_filled (CptDatabase      *database,
                    const CptRecord  *declaration,
                    gboolean         *is_filled,
                    GError          **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *entity;
  const CptField *field;
  guint64 count = 0;

  *is_filled = FALSE;
  if (is_list (declaration->entity->name))
    return is_chosen (database, declaration, is_filled, error);

  entity = cpt_schema_find_entity (schema, cpt_record_get_text (declaration, "entity_name"));
  field = entity != NULL ? cpt_entity_find_field (entity, cpt_record_get_text (declaration, "name")) : NULL;
  if (field == NULL || field->formula != NULL)
    return TRUE;

  if (!cpt_fields_count_values (database, entity, field, NULL, &count, error))
    return FALSE;
  *is_filled = count > 0;

  return TRUE;
}
