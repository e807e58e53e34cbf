/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a field says about itself to people. */

#include "config.h"

#include "cpt-field.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gboolean
cpt_field_kind_is_text (CptFieldKind self)
{
  return self == CPT_FIELD_TEXT || self == CPT_FIELD_LONG_TEXT;
}

gboolean
cpt_field_kind_is_choice (CptFieldKind self)
{
  return self == CPT_FIELD_CHOICE || self == CPT_FIELD_MULTI_CHOICE;
}

gboolean
cpt_field_kind_is_link (CptFieldKind self)
{
  return self == CPT_FIELD_LINK || self == CPT_FIELD_LINKS;
}

const char *
cpt_field_get_label (const CptField *self)
{
  /* The empty message is the catalogue's own head. */
  if (self->is_custom || *self->label == '\0')
    return self->label;

  return _(self->label);
}

gboolean
cpt_field_is_needed (const CptField *self)
{
  return self->target != NULL && (self->flags & (CPT_FIELD_REQUIRED | CPT_FIELD_NEEDED)) != 0;
}

const CptChoice *
cpt_field_find_choice (const CptField *self,
                       const char     *name)
{
  if (self->choices == NULL || name == NULL)
    return NULL;

  for (const CptChoice *choice = self->choices; choice->name != NULL; choice++)
    if (strcmp (choice->name, name) == 0)
      return choice;

  return NULL;
}

const char *
cpt_choice_get_label (const CptChoice *self)
{
  if (self->is_own || *self->label == '\0')
    return self->label;

  return g_dpgettext2 (GETTEXT_PACKAGE, "choice", self->label);
}
