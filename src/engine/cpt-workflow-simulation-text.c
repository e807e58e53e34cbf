/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a simulated step would have done, in words. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-field-type.h"
#include "cpt-workflow-simulation-private.h"

/* (transfer full): what people read there; a dash where nothing is */
static char *
format_value (CptDatabase    *database,
              const CptField *field,
              const CptValue *value)
{
  const CptEntity *target = field->kind == CPT_FIELD_LINK && value->type == CPT_VALUE_ID && field->target != NULL
                              ? cpt_schema_find_entity (cpt_database_get_schema (database), field->target)
                              : NULL;
  char *title = target != NULL ? cpt_database_dup_title (database, target, &value->id) : NULL;

  if (title != NULL)
    return title;

  return cpt_value_is_null (value) ? g_strdup ("—") : cpt_field_format (field, value);
}

static char *
join (const char *label,
      const char *text)
{
  /* Translators: what a step of a workflow would do: the name of a field and its new value, or the kind of a
   * record that it makes and its title */
  return g_strdup_printf (C_("simulation", "%s: %s"), label, text);
}

static void
add_update (CptDatabase              *database,
            const CptRehearsedChange *change,
            GPtrArray                *lines)
{
  for (guint i = 0; i < change->entity->n_fields; i++)
    {
      const CptField *field = change->entity->fields[i];
      const CptValue *after = cpt_record_get (change->after, field);
      g_autofree char *text = NULL;

      if ((field->flags & (CPT_FIELD_READ_ONLY | CPT_FIELD_HIDDEN)) != 0 ||
          cpt_value_equal (cpt_record_get (change->before, field), after))
        continue;
      text = format_value (database, field, after);
      g_ptr_array_add (lines, join (cpt_field_get_label (field), text));
    }
}

char **
cpt_simulation_describe (CptDatabase                  *database,
                         const CptAutomationRehearsed *done)
{
  GPtrArray *lines = g_ptr_array_new ();

  if (done->message != NULL)
    g_ptr_array_add (lines, g_strdup (done->message));
  for (guint i = 0; done->changes != NULL && i < done->changes->len; i++)
    {
      const CptRehearsedChange *change = g_ptr_array_index (done->changes, i);

      if (change->before != NULL && change->after != NULL)
        add_update (database, change, lines);
      else if (change->after != NULL)
        {
          g_autofree char *title = cpt_record_dup_title (change->after);

          g_ptr_array_add (lines, join (cpt_entity_get_label (change->entity), title));
        }
    }
  g_ptr_array_add (lines, NULL);

  return (char **) g_ptr_array_free (lines, lines->len == 1);
}
