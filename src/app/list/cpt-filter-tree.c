/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A filter in parts that can be moved: conditions in groups of all, any or none
 * of them. Pure data. */
#include "config.h"
#include "cpt-filter-tree.h"

static CptFilterNode *
node_new (CptFilterForm form)
{
  CptFilterNode *self = g_new0 (CptFilterNode, 1);

  self->form = form;
  if (form != CPT_FILTER_CONDITION)
    self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_filter_node_free);

  return self;
}

void
cpt_filter_node_free (CptFilterNode *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->condition, cpt_filter_unref);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

/* Takes @child */
static void
insert (CptFilterNode *group,
        guint          index,
        CptFilterNode *child)
{
  child->parent = group;
  g_ptr_array_insert (group->children, (int) MIN (index, group->children->len), child);
}

static CptFilterNode *node_from_filter (CptFilter *filter);

static void
add_children (CptFilterNode *group,
              CptFilter     *filter)
{
  guint n_children;
  CptFilter *const *children = cpt_filter_get_children (filter, &n_children);

  for (guint i = 0; i < n_children; i++)
    insert (group, G_MAXUINT, node_from_filter (children[i]));
}

static CptFilterNode *
node_from_filter (CptFilter *filter)
{
  CptFilterForm form = cpt_filter_get_form (filter);
  CptFilterNode *self = node_new (form);
  guint n_children;
  CptFilter *const *children;

  if (form == CPT_FILTER_CONDITION)
    {
      self->condition = cpt_filter_ref (filter);
      return self;
    }

  /* "not any of" is "none of" */
  children = cpt_filter_get_children (filter, &n_children);
  if (form == CPT_FILTER_NOT && n_children == 1 && cpt_filter_get_form (children[0]) == CPT_FILTER_ANY)
    add_children (self, children[0]);
  else
    add_children (self, filter);

  return self;
}

CptFilterNode *
cpt_filter_node_new_root (CptFilter *filter)
{
  CptFilterNode *self = node_new (CPT_FILTER_ALL);

  if (filter != NULL && cpt_filter_get_form (filter) == CPT_FILTER_ALL)
    add_children (self, filter);
  else if (filter != NULL)
    insert (self, 0, node_from_filter (filter));

  return self;
}

gboolean
cpt_filter_node_is_group (CptFilterNode *self)
{
  return self->form != CPT_FILTER_CONDITION;
}

CptFilter *
cpt_filter_node_to_filter (CptFilterNode   *self,
                           CptSchema       *schema,
                           const CptEntity *entity)
{
  g_autoptr(GPtrArray) filters = NULL;
  CptFilter *any;
  CptFilter *none;

  if (!cpt_filter_node_is_group (self))
    return cpt_filter_ref (self->condition);

  filters = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_filter_unref);
  for (guint i = 0; i < self->children->len; i++)
    {
      CptFilter *filter = cpt_filter_node_to_filter (g_ptr_array_index (self->children, i), schema, entity);

      if (filter != NULL)
        g_ptr_array_add (filters, filter);
    }

  if (filters->len == 0)
    return NULL;
  if (filters->len == 1 && self->parent == NULL)
    return cpt_filter_ref (g_ptr_array_index (filters, 0));
  if (self->form != CPT_FILTER_NOT)
    return cpt_filter_new_group (schema, entity, self->form, (CptFilter *const *) filters->pdata, filters->len);

  any = cpt_filter_new_group (schema, entity, CPT_FILTER_ANY, (CptFilter *const *) filters->pdata, filters->len);
  none = cpt_filter_new_group (schema, entity, CPT_FILTER_NOT, &any, 1);
  cpt_filter_unref (any);

  return none;
}

CptFilterNode *
cpt_filter_node_find (CptFilterNode *root,
                      const char    *path)
{
  g_auto(GStrv) steps = g_strsplit (path, ".", -1);
  CptFilterNode *node = root;

  for (guint i = 0; steps[i] != NULL && steps[0][0] != '\0'; i++)
    {
      guint64 index;

      if (!cpt_filter_node_is_group (node) ||
          !g_ascii_string_to_unsigned (steps[i], 10, 0, G_MAXUINT, &index, NULL) || index >= node->children->len)
        return NULL;
      node = g_ptr_array_index (node->children, index);
    }

  return node;
}

static guint
get_index (CptFilterNode *self)
{
  guint index = 0;

  g_ptr_array_find (self->parent->children, self, &index);

  return index;
}

char *
cpt_filter_node_dup_path (CptFilterNode *self)
{
  g_autofree char *above = NULL;

  if (self->parent == NULL)
    return g_strdup ("");

  above = cpt_filter_node_dup_path (self->parent);

  return g_strdup_printf ("%s%s%u", above, above[0] != '\0' ? "." : "", get_index (self));
}

void
cpt_filter_node_add (CptFilterNode *self,
                     CptFilter     *condition)
{
  insert (self, G_MAXUINT, node_from_filter (condition));
}

/* (transfer full): without its parent */
static CptFilterNode *
detach (CptFilterNode *self)
{
  g_ptr_array_steal_index (self->parent->children, get_index (self));
  self->parent = NULL;

  return self;
}

static void
drop_empty (CptFilterNode *group)
{
  while (group->parent != NULL && group->children->len == 0)
    {
      CptFilterNode *parent = group->parent;

      cpt_filter_node_free (detach (group));
      group = parent;
    }
}

void
cpt_filter_node_remove (CptFilterNode *self)
{
  CptFilterNode *parent = self->parent;

  if (parent == NULL)
    return;

  cpt_filter_node_free (detach (self));
  drop_empty (parent);
}

void
cpt_filter_node_wrap (CptFilterNode *self)
{
  CptFilterNode *parent = self->parent;
  CptFilterNode *group;
  guint index;

  if (parent == NULL)
    return;

  index = get_index (self);
  group = node_new (CPT_FILTER_ANY);
  insert (group, 0, detach (self));
  insert (parent, index, group);
}

void
cpt_filter_node_move (CptFilterNode *self,
                      CptFilterNode *target)
{
  CptFilterNode *parent = self->parent;

  for (CptFilterNode *node = target; node != NULL; node = node->parent)
    if (node == self)
      return;
  if (parent == NULL)
    return;

  if (!cpt_filter_node_is_group (target))
    {
      cpt_filter_node_wrap (target);
      target = target->parent;
    }
  insert (target, G_MAXUINT, detach (self));
  drop_empty (parent);
}

void
cpt_filter_node_move_out (CptFilterNode *self)
{
  CptFilterNode *parent = self->parent;

  if (parent == NULL || parent->parent == NULL)
    return;

  insert (parent->parent, get_index (parent) + 1, detach (self));
  drop_empty (parent);
}

void
cpt_filter_node_dissolve (CptFilterNode *self)
{
  CptFilterNode *parent = self->parent;
  guint index;

  if (parent == NULL || !cpt_filter_node_is_group (self))
    return;

  index = get_index (self);
  while (self->children->len > 0)
    insert (parent, ++index, detach (g_ptr_array_index (self->children, 0)));
  drop_empty (self);
}
