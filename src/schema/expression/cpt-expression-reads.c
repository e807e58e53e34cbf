/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a formula reads, and which fields can hold what it gives. */

#include "config.h"

#include "cpt-expression-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"

typedef struct
{
  CptDependencyFunc func;
  gpointer data;
  CptDependency start; /* the hop of the aggregate that surrounds it */
} Reading;

static void
add_path (Reading       *self,
          const CptPath *path)
{
  CptDependency dependency = self->start;

  for (guint i = 0; i < path->n_steps; i++)
    {
      dependency.entity = path->entities[i];
      dependency.field = path->fields[i];
      self->func (&dependency, self->data);
      if (i + 1 < path->n_steps)
        dependency.hops[dependency.n_hops++] = (CptHop){ .entity = path->entities[i + 1], .field = path->fields[i] };
    }
}

static void read_node (Reading *self,
                       const CptNode *node);

static void
read_children (Reading       *self,
               const CptNode *node)
{
  for (guint i = 0; i < node->children->len; i++)
    read_node (self, g_ptr_array_index (node->children, i));
  if (node->where != NULL)
    read_node (self, node->where);
}

/* Which records are linked: a field of theirs, or of the record itself; and
 * whether they are there. */
static void
read_linked (Reading       *self,
             const CptNode *node)
{
  Reading inner = *self;
  CptDependency link = self->start;

  if (!node->hop.is_back)
    {
      link.field = node->hop.field;
      self->func (&link, self->data);
    }
  inner.start.hops[inner.start.n_hops++] = node->hop;
  inner.start.entity = node->hop.entity;
  link = inner.start;
  link.field = node->hop.is_back ? node->hop.field : NULL;
  self->func (&link, self->data);
  read_children (&inner, node);
}

static void
read_node (Reading       *self,
           const CptNode *node)
{
  if (node->kind == CPT_NODE_FIELD)
    add_path (self, &node->path);
  else if (node->kind == CPT_NODE_AGGREGATE)
    read_linked (self, node);
  else
    read_children (self, node);
}

void
cpt_expression_foreach_read (CptExpression     *self,
                             CptDependencyFunc  func,
                             gpointer           data)
{
  Reading reading = { .func = func, .data = data, .start = { .entity = self->entity } };

  read_node (&reading, self->root);
}

static gboolean
calls_today (const CptNode *node)
{
  if (node->function != NULL && strcmp (node->function->name, "today") == 0)
    return TRUE;

  for (guint i = 0; i < node->children->len; i++)
    if (calls_today (g_ptr_array_index (node->children, i)))
      return TRUE;

  return node->where != NULL && calls_today (node->where);
}

gboolean
cpt_expression_depends_on_today (CptExpression *self)
{
  return calls_today (self->root);
}

static const CptField *
get_single_field (const CptNode *node)
{
  return node->kind == CPT_NODE_FIELD ? cpt_path_get_field (&node->path) : NULL;
}

/* Kinds that are made of what people write, such as an address, are not worked
 * out. */
static gboolean
fits_kind (const CptNode  *node,
           const CptField *field)
{
  const CptField *source = get_single_field (node);
  CptType type = node->type;

  switch ((int) field->kind)
    {
    case CPT_FIELD_TEXT:
    case CPT_FIELD_LONG_TEXT:
      return type == CPT_EXPRESSION_TEXT;
    case CPT_FIELD_CHOICE:
      return type == CPT_EXPRESSION_TEXT;
    case CPT_FIELD_INTEGER:
    case CPT_FIELD_DECIMAL:
      return type == CPT_EXPRESSION_NUMBER || type == CPT_EXPRESSION_MONEY;
    case CPT_FIELD_PERCENT:
    case CPT_FIELD_DURATION:
      return type == CPT_EXPRESSION_NUMBER;
    case CPT_FIELD_MONEY:
      return type == CPT_EXPRESSION_MONEY || type == CPT_EXPRESSION_NUMBER;
    case CPT_FIELD_BOOLEAN:
      return type == CPT_EXPRESSION_BOOLEAN;
    case CPT_FIELD_DATE:
      return type == CPT_EXPRESSION_DATE || type == CPT_EXPRESSION_INSTANT;
    case CPT_FIELD_DATETIME:
      return type == CPT_EXPRESSION_INSTANT;
    case CPT_FIELD_LINK:
      return type == CPT_EXPRESSION_RECORD && source != NULL && g_strcmp0 (source->target, field->target) == 0;
    default:
      return FALSE;
    }
}

gboolean
cpt_expression_check_field (CptExpression   *self,
                            const CptField  *field,
                            GError         **error)
{
  if (self->root->type == CPT_EXPRESSION_EMPTY || fits_kind (self->root, field))
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
               /* Translators: the type of what a formula gives: "text", "date" */
               _("a field of this kind can’t hold what the formula gives: %s"), cpt_type_get_label (self->root->type));

  return FALSE;
}
