/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The formulas of custom fields, once all fields are there: a formula may name
 * fields that were added after it. One that can't be read, or that needs its
 * own value, is left unread, so that the others go on. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-expression.h"

typedef enum
{
  VISIT_NONE,
  VISIT_OPEN, /* what it needs is being looked at */
  VISIT_DONE,
} Visit;

typedef struct
{
  CptSchema *schema;
  GPtrArray *problems;  /* (nullable) */
  GHashTable *visits;   /* field -> Visit */
  GHashTable *entities; /* field -> its entity */
  GPtrArray *path;      /* fields that are open */
  gboolean is_looping;
} Reading;

static void
note_problem (Reading        *self,
              const CptField *field,
              const char     *reason)
{
  if (self->problems != NULL)
    /* Translators: the label of a field, then what is wrong with its formula */
    g_ptr_array_add (self->problems, g_strdup_printf (_("The field “%s” can’t be worked out: %s"), field->label, reason));
}

/* These change with every change, the field's own among them. */
static void
check_read (const CptDependency *dependency,
            gpointer             data)
{
  gboolean *is_bad = data;

  if (dependency->field != NULL && (strcmp (dependency->field->name, "changed_at") == 0 ||
                                    strcmp (dependency->field->name, "changed_by") == 0))
    *is_bad = TRUE;
}

static void
read_formula (Reading         *self,
              const CptEntity *entity,
              const CptField  *field)
{
  g_autoptr(GError) error = NULL;
  CptExpression *expression = cpt_expression_parse (self->schema, entity, field->formula, NULL, &error);
  gboolean is_bad = FALSE;

  if (expression != NULL)
    cpt_expression_foreach_read (expression, check_read, &is_bad);
  if (is_bad)
    g_set_error_literal (&error, CPT_ERROR, CPT_ERROR_INVALID,
                         _("when and by whom a record was changed can’t be part of a formula"));
  if (expression != NULL && !is_bad && cpt_expression_check_field (expression, field, &error))
    {
      cpt_schema_set_expression (self->schema, entity, field, expression);
      g_hash_table_insert (self->entities, (gpointer) field, (gpointer) entity);
      return;
    }

  g_clear_pointer (&expression, cpt_expression_unref);
  note_problem (self, field, error->message);
}

static void visit (Reading *self,
                   const CptField *field);

static void
visit_read (const CptDependency *dependency,
            gpointer             data)
{
  Reading *self = data;

  if (dependency->field != NULL && dependency->field->expression != NULL)
    visit (self, dependency->field);
}

/* "a needs b needs a" */
static void
note_loop (Reading        *self,
           const CptField *field)
{
  g_autoptr(GString) names = g_string_new (NULL);
  g_autofree char *reason = NULL;
  guint first = 0;

  while (first < self->path->len && g_ptr_array_index (self->path, first) != field)
    first++;
  for (guint i = first; i < self->path->len; i++)
    g_string_append_printf (names, "%s → ", ((const CptField *) g_ptr_array_index (self->path, i))->label);
  g_string_append (names, field->label);
  /* Translators: names of fields with arrows between: "Total → Rest → Total" */
  reason = g_strdup_printf (_("its formula needs its own value: %s"), names->str);
  note_problem (self, field, reason);
  self->is_looping = TRUE;
}

static void
visit (Reading        *self,
       const CptField *field)
{
  const CptEntity *entity = g_hash_table_lookup (self->entities, field);
  Visit state = (Visit) GPOINTER_TO_INT (g_hash_table_lookup (self->visits, field));

  if (state == VISIT_OPEN)
    note_loop (self, field);
  if (state != VISIT_NONE)
    return;

  g_hash_table_insert (self->visits, (gpointer) field, GINT_TO_POINTER (VISIT_OPEN));
  g_ptr_array_add (self->path, (gpointer) field);
  cpt_expression_foreach_read (field->expression, visit_read, self);
  g_ptr_array_remove_index (self->path, self->path->len - 1);
  g_hash_table_insert (self->visits, (gpointer) field, GINT_TO_POINTER (VISIT_DONE));
  if (!self->is_looping)
    cpt_schema_add_computed (self->schema, entity, field);
  else
    cpt_schema_set_expression (self->schema, entity, field, NULL);
  if (self->path->len == 0)
    self->is_looping = FALSE;
}

static void
foreach_formula (Reading *self,
                 void (*func) (Reading *, const CptEntity *, const CptField *))
{
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (self->schema, &n_entities);

  for (guint i = 0; i < n_entities; i++)
    for (guint j = entities[i]->n_declared; j < entities[i]->n_fields; j++)
      if (entities[i]->fields[j]->formula != NULL)
        func (self, entities[i], entities[i]->fields[j]);
}

static void
visit_formula (Reading         *self,
               const CptEntity *entity,
               const CptField  *field)
{
  if (field->expression != NULL)
    visit (self, field);
}

void
cpt_schema_read_formulas (CptSchema *self,
                          GPtrArray *problems)
{
  g_autoptr(GHashTable) visits = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) entities = g_hash_table_new (NULL, NULL);
  g_autoptr(GPtrArray) path = g_ptr_array_new ();
  Reading reading = { .schema = self, .problems = problems, .visits = visits, .entities = entities, .path = path };

  foreach_formula (&reading, read_formula);
  foreach_formula (&reading, visit_formula);
}
