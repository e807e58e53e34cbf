/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people do to the layout of a page: nothing gets lost by it, neither
 * fields nor names that only another version knows. */

#include "config.h"

#include "cpt-page-layout.h"

#include <string.h>

#include "cpt-schema-private.h"

static gboolean
find_name (GPtrArray  *names,
           const char *name,
           guint      *index)
{
  return name != NULL && g_ptr_array_find_with_equal_func (names, name, g_str_equal, index);
}

guint
cpt_page_layout_find_index (const CptPageLayout *self,
                            const char          *name)
{
  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->groups->len; i++)
    if (g_strcmp0 (((CptLayoutGroup *) g_ptr_array_index (self->groups, i))->name, name) == 0)
      return i;

  return self->groups->len;
}

CptLayoutGroup *
cpt_page_layout_find_place (const CptPageLayout *self,
                            const char          *field)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      CptLayoutGroup *group = g_ptr_array_index (self->groups, i);

      if (find_name (group->fields, field, NULL))
        return group;
    }

  return NULL;
}

void
cpt_page_layout_move_field (CptPageLayout *self,
                            const char    *field,
                            const char    *group,
                            const char    *before)
{
  CptLayoutGroup *from, *to;
  guint index;

  g_return_if_fail (self != NULL);

  from = cpt_page_layout_find_place (self, field);
  to = cpt_page_layout_find_group (self, group);
  if (from == NULL || to == NULL || g_strcmp0 (field, before) == 0)
    return;

  find_name (from->fields, field, &index);
  g_ptr_array_remove_index (from->fields, index);
  if (!find_name (to->fields, before, &index))
    index = to->fields->len;
  g_ptr_array_insert (to->fields, (int) index, g_strdup (field));
}

void
cpt_page_layout_move_group (CptPageLayout *self,
                            const char    *group,
                            const char    *before)
{
  guint index;
  gpointer moved;

  g_return_if_fail (self != NULL);

  index = cpt_page_layout_find_index (self, group);
  if (index == self->groups->len || g_strcmp0 (group, before) == 0)
    return;

  moved = g_ptr_array_steal_index (self->groups, index);
  g_ptr_array_insert (self->groups, (int) cpt_page_layout_find_index (self, before), moved);
}

const char *
cpt_page_layout_add_group (CptPageLayout   *self,
                           const CptEntity *entity,
                           const char      *title)
{
  g_autofree char *name = NULL;
  CptLayoutGroup *group;

  g_return_val_if_fail (self != NULL && entity != NULL && title != NULL, NULL);

  for (guint i = 1; name == NULL || cpt_page_layout_find_group (self, name) != NULL ||
                    cpt_entity_get_group_label (entity, name) != NULL;
       i++)
    {
      g_free (name);
      name = g_strdup_printf ("group_%u", i);
    }
  group = cpt_page_layout_append_group (self, name);
  group->title = g_strdup (title);

  return group->name;
}

void
cpt_page_layout_remove_group (CptPageLayout *self,
                              const char    *group)
{
  CptLayoutGroup *removed, *heir;
  guint index;

  g_return_if_fail (self != NULL);

  index = cpt_page_layout_find_index (self, group);
  if (index == self->groups->len || self->groups->len < 2)
    return;

  removed = g_ptr_array_index (self->groups, index);
  heir = g_ptr_array_index (self->groups, index + 1 < self->groups->len ? index + 1 : index - 1);
  for (guint i = 0; i < removed->fields->len; i++)
    g_ptr_array_insert (heir->fields, index + 1 < self->groups->len ? (int) i : -1,
                        g_strdup (g_ptr_array_index (removed->fields, i)));
  g_ptr_array_remove_index (self->groups, index);
}

void
cpt_page_layout_set_title (CptPageLayout *self,
                           const char    *group,
                           const char    *title)
{
  CptLayoutGroup *found;

  g_return_if_fail (self != NULL);

  found = cpt_page_layout_find_group (self, group);
  if (found == NULL || found->title == title)
    return;

  g_free (found->title);
  found->title = g_strdup (title);
}

gboolean
cpt_page_layout_is_hidden (const CptPageLayout *self,
                           const char          *field)
{
  return find_name (self->hidden, field, NULL);
}

void
cpt_page_layout_set_hidden (CptPageLayout *self,
                            const char    *field,
                            gboolean       is_hidden)
{
  guint index;

  g_return_if_fail (self != NULL && field != NULL);

  if (find_name (self->hidden, field, &index))
    {
      if (!is_hidden)
        g_ptr_array_remove_index (self->hidden, index);
    }
  else if (is_hidden)
    {
      g_ptr_array_add (self->hidden, g_strdup (field));
    }
}
