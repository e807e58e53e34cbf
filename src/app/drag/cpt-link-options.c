/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which links the declarations know between two kinds of records. */
#include "config.h"
#include "cpt-link-options.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_offered (const CptField  *field,
            const CptEntity *to,
            gboolean         is_many)
{
  return (field->kind == CPT_FIELD_LINKS || (field->kind == CPT_FIELD_LINK && !is_many)) &&
         (field->flags & (CPT_FIELD_READ_ONLY | CPT_FIELD_HIDDEN)) == 0 && field->target != NULL &&
         strcmp (field->target, to->name) == 0;
}

static void
add_options (GArray          *options,
             const CptEntity *from,
             const CptEntity *to,
             gboolean         is_ours,
             gboolean         is_many)
{
  for (guint i = 0; i < from->n_fields; i++)
    {
      CptLinkOption option = { from, from->fields[i], is_ours };

      if (is_offered (option.field, to, is_many))
        g_array_append_val (options, option);
    }
}

GArray *
cpt_link_options_list (const CptEntity *dragged,
                       guint            n_records,
                       const CptEntity *target)
{
  GArray *options = g_array_new (FALSE, FALSE, sizeof (CptLinkOption));

  g_return_val_if_fail (dragged != NULL && target != NULL, options);

  add_options (options, dragged, target, TRUE, FALSE);
  /* Between records of one kind a field leads both ways: what is dragged gets it. */
  if (dragged->number != target->number)
    add_options (options, target, dragged, FALSE, n_records > 1);

  return options;
}

char *
cpt_link_option_dup_label (const CptLinkOption *self)
{
  /* Translators: a link between two records: the kind that has the field, and the field: "Contact: Company" */
  return g_strdup_printf (C_("link", "%s: %s"), cpt_entity_get_label (self->entity), cpt_field_get_label (self->field));
}
