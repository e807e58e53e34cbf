/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the fields of a kind of record stand in forms: the declaration and what
 * the workspace has arranged, put together once when a schema is made. */

#include "config.h"

#include "cpt-form.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-schema-private.h"

const CptForm *
cpt_entity_get_form (const CptEntity *entity)
{
  g_return_val_if_fail (entity != NULL && entity->form != NULL, NULL);

  return entity->form;
}

gboolean
cpt_entity_can_hide (const CptEntity *entity,
                     const CptField  *field)
{
  return field != cpt_entity_get_title_field (entity) && (field->flags & CPT_FIELD_REQUIRED) == 0;
}

const char *
cpt_entity_get_group_label (const CptEntity *entity,
                            const char      *name)
{
  for (const CptFieldGroup *group = entity->groups; group->name != NULL; group++)
    if (strcmp (group->name, name) == 0)
      return _(group->label);

  return NULL;
}

gboolean
cpt_form_is_hidden (const CptForm  *self,
                    const CptField *field)
{
  for (guint i = 0; i < self->n_groups; i++)
    for (guint j = 0; j < self->groups[i].n_fields; j++)
      if (strcmp (self->groups[i].fields[j].field->name, field->name) == 0)
        return self->groups[i].fields[j].is_hidden;

  return FALSE;
}

static char *
dup_title (const CptEntity      *entity,
           const CptLayoutGroup *group)
{
  const char *label = cpt_entity_get_group_label (entity, group->name);

  if (group->title != NULL)
    return g_strdup (group->title);

  /* A group that this version does not declare */
  return g_strdup (label != NULL ? label : group->name);
}

static void
fill_group (CptFormGroup         *self,
            const CptEntity      *entity,
            const CptPageLayout  *layout,
            const CptLayoutGroup *group)
{
  self->fields = g_new0 (CptFormField, group->fields->len);
  for (guint i = 0; i < group->fields->len; i++)
    {
      const char *name = g_ptr_array_index (group->fields, i);
      const CptField *field = cpt_entity_find_field (entity, name);

      if (field == NULL || (field->flags & CPT_FIELD_HIDDEN) != 0)
        continue;
      self->fields[self->n_fields].field = field;
      self->fields[self->n_fields].is_hidden = cpt_page_layout_is_hidden (layout, name) && cpt_entity_can_hide (entity, field);
      self->n_fields++;
    }
}

CptForm *
cpt_form_new (const CptEntity     *entity,
              const CptPageLayout *layout)
{
  CptForm *self = g_new0 (CptForm, 1);
  g_autoptr(CptPageLayout) whole = layout != NULL ? cpt_page_layout_copy (layout) : cpt_page_layout_new ();

  cpt_page_layout_complete (whole, entity);
  self->groups = g_new0 (CptFormGroup, whole->groups->len + 1);
  for (guint i = 0; i < whole->groups->len; i++)
    {
      const CptLayoutGroup *source = g_ptr_array_index (whole->groups, i);
      CptFormGroup *group = &self->groups[self->n_groups];

      fill_group (group, entity, whole, source);
      if (group->n_fields == 0)
        {
          g_clear_pointer (&group->fields, g_free);
          continue;
        }
      group->name = g_strdup (source->name);
      group->title = dup_title (entity, source);
      group->is_folded = source->is_folded;
      self->n_groups++;
    }

  return self;
}

void
cpt_form_free (CptForm *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->n_groups; i++)
    {
      g_free (self->groups[i].name);
      g_free (self->groups[i].title);
      g_free (self->groups[i].fields);
    }
  g_free (self->groups);
  g_free (self);
}
