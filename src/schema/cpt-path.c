/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fields reached through links, and the fields that every record has. */

#include "config.h"

#include "cpt-schema.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-text.h"

/* Jaro-Winkler distance up to which a name is a misspelling */
#define NEAR_DISTANCE 0.12

static const CptField system_fields[] = {
  {
    .name = "id",
    .label = N_("Identifier"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_READ_ONLY | CPT_FIELD_HIDDEN,
    .since = 1,
    .index = G_MAXUINT,
  },
  {
    .name = "created_at",
    .label = N_("Created"),
    .kind = CPT_FIELD_DATETIME,
    .flags = CPT_FIELD_READ_ONLY,
    .since = 1,
    .index = G_MAXUINT,
  },
  {
    .name = "created_by",
    .label = N_("Created by"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_READ_ONLY,
    .target = "user",
    .since = 1,
    .index = G_MAXUINT,
  },
  {
    .name = "changed_at",
    .label = N_("Changed"),
    .kind = CPT_FIELD_DATETIME,
    .flags = CPT_FIELD_READ_ONLY,
    .since = 1,
    .index = G_MAXUINT,
  },
  {
    .name = "changed_by",
    .label = N_("Changed by"),
    .kind = CPT_FIELD_LINK,
    .flags = CPT_FIELD_READ_ONLY,
    .target = "user",
    .since = 1,
    .index = G_MAXUINT,
  },
};

const CptField *
cpt_field_get_system (const char *name)
{
  if (name == NULL)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (system_fields); i++)
    if (strcmp (system_fields[i].name, name) == 0)
      return &system_fields[i];

  return NULL;
}

/* The field that is spelt most like @name, or NULL when none is near */
static const CptField *
find_near (const CptEntity *entity,
           const char      *name)
{
  const CptField *best = NULL;
  double best_distance = NEAR_DISTANCE;

  for (guint i = 0; i < entity->n_fields; i++)
    {
      double distance = cpt_text_get_distance (name, entity->fields[i]->name);

      if (distance < best_distance && (entity->fields[i]->flags & CPT_FIELD_HIDDEN) == 0)
        {
          best_distance = distance;
          best = entity->fields[i];
        }
    }

  return best;
}

static gboolean
add_step (CptPath          *path,
          const CptEntity  *entity,
          const char       *name,
          GError          **error)
{
  const CptField *field = cpt_entity_find_field (entity, name);

  if (field == NULL)
    field = cpt_field_get_system (name);
  if (field == NULL)
    {
      g_autofree char *clean = cpt_text_clean (name, FALSE);
      g_autofree char *shown = cpt_text_shorten (clean, 80);

      const CptField *near = find_near (entity, shown);

      if (near != NULL)
        g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("%s has no field “%s”; perhaps you mean “%s”"),
                     cpt_entity_get_label (entity), shown, near->name);
      else
        g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("%s has no field “%s” (any more); choose another one"),
                     cpt_entity_get_label (entity), shown);
      return FALSE;
    }
  if (path->n_steps == CPT_PATH_MAX_STEPS)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND,
                   ngettext ("A path has at most %d step",
                             "A path has at most %d steps", CPT_PATH_MAX_STEPS),
                   CPT_PATH_MAX_STEPS);
      return FALSE;
    }

  path->entities[path->n_steps] = entity;
  path->fields[path->n_steps] = field;
  path->n_steps++;

  return TRUE;
}

gboolean
cpt_path_parse (CptSchema        *schema,
                const CptEntity  *entity,
                const char       *text,
                CptPath          *path,
                GError          **error)
{
  g_auto(GStrv) names = g_strsplit (text, ".", CPT_PATH_MAX_STEPS + 1);
  CptPath found = { .n_steps = 0 };
  guint n_names = g_strv_length (names);

  if (n_names == 0)
    return add_step (&found, entity, "", error);

  for (guint i = 0; i < n_names; i++)
    {
      const CptField *field;

      if (!add_step (&found, entity, names[i], error))
        return FALSE;
      if (i + 1 == n_names)
        break;

      field = found.fields[i];
      entity = field->kind == CPT_FIELD_LINK ? cpt_schema_get_target (schema, field) : NULL;
      if (entity == NULL)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("“%s” does not lead to another record"), names[i]);
          return FALSE;
        }
    }

  *path = found;

  return TRUE;
}

char *
cpt_path_format (const CptPath *self)
{
  const char *names[CPT_PATH_MAX_STEPS + 1] = { NULL };

  for (guint i = 0; i < self->n_steps; i++)
    names[i] = self->fields[i]->name;

  return g_strjoinv (".", (char **) names);
}

char *
cpt_path_get_label (const CptPath *self)
{
  const char *labels[CPT_PATH_MAX_STEPS + 1] = { NULL };

  for (guint i = 0; i < self->n_steps; i++)
    labels[i] = cpt_field_get_label (self->fields[i]);

  return g_strjoinv (" › ", (char **) labels);
}

const CptField *
cpt_path_get_field (const CptPath *self)
{
  return self->fields[self->n_steps - 1];
}
