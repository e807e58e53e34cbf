/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an entity says about itself. The declarations are in entities/. */

#include "config.h"

#include "cpt-entity.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const char *
cpt_entity_get_label (const CptEntity *self)
{
  return _(self->label);
}

const char *
cpt_entity_get_label_plural (const CptEntity *self)
{
  return _(self->label_plural);
}

const CptField *
cpt_entity_find_link_to (const CptEntity *self,
                         const CptEntity *target)
{
  g_return_val_if_fail (self != NULL && target != NULL, NULL);

  for (guint i = 0; i < self->n_fields; i++)
    {
      const CptField *field = self->fields[i];

      if (field->kind == CPT_FIELD_LINK && field->initial == NULL && g_strcmp0 (field->target, target->name) == 0)
        return field;
    }

  return NULL;
}

const CptField *
cpt_entity_find_field (const CptEntity *self,
                       const char      *name)
{
  if (name == NULL)
    return NULL;

  for (guint i = 0; i < self->n_fields; i++)
    if (self->fields[i]->name[0] == name[0] && strcmp (self->fields[i]->name, name) == 0)
      return self->fields[i];

  return NULL;
}

const CptField *
cpt_entity_get_title_field (const CptEntity *self)
{
  return cpt_entity_find_field (self, self->title);
}
