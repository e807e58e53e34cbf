/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a bulk change is: which records, what is done to each, what people call
 * it. See cpt-bulk-run.c for how it is done. */

#include "config.h"

#include "cpt-bulk-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-text.h"

static void
change_clear (gpointer data)
{
  CptBulkChange *change = data;

  cpt_value_clear (&change->value);
}

CptBulk *
cpt_bulk_new (CptSchema       *schema,
              const CptEntity *entity,
              CptOrigin        origin)
{
  CptBulk *self = g_new0 (CptBulk, 1);

  self->schema = cpt_schema_ref (schema);
  self->entity = entity;
  self->origin = origin;
  self->changes = g_array_new (FALSE, TRUE, sizeof (CptBulkChange));
  g_array_set_clear_func (self->changes, change_clear);

  return self;
}

void
cpt_bulk_free (CptBulk *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->changes);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->query, cpt_query_free);
  if (self->steps_destroy != NULL)
    self->steps_destroy (self->steps_data);
  cpt_schema_unref (self->schema);
  g_free (self);
}

void
cpt_bulk_add_change (CptBulk        *self,
                     CptBulkKind     kind,
                     const CptField *field,
                     const CptValue *value)
{
  CptBulkChange change = { .kind = kind, .field = field };

  g_return_if_fail ((kind == CPT_BULK_DELETE) == (field == NULL));
  g_return_if_fail (self->changes->len < CPT_BULK_MAX_CHANGES);

  if (value != NULL)
    cpt_value_copy (value, &change.value);
  g_array_append_val (self->changes, change);
}

guint
cpt_bulk_get_n_changes (CptBulk *self)
{
  return self->changes->len;
}

void
cpt_bulk_get_change (CptBulk         *self,
                     guint            number,
                     CptBulkKind     *kind,
                     const CptField **field,
                     const CptValue **value)
{
  const CptBulkChange *change;

  g_return_if_fail (number < self->changes->len);

  change = &g_array_index (self->changes, CptBulkChange, number);
  *kind = change->kind;
  *field = change->field;
  *value = &change->value;
}

void
cpt_bulk_set_steps_func (CptBulk          *self,
                         CptBulkStepsFunc  func,
                         gpointer          user_data,
                         GDestroyNotify    destroy)
{
  g_return_if_fail (self->steps_func == NULL);

  self->steps_func = func;
  self->steps_data = user_data;
  self->steps_destroy = destroy;
}

void
cpt_bulk_set_lenient (CptBulk  *self,
                      gboolean  is_lenient)
{
  self->is_lenient = is_lenient;
}

void
cpt_bulk_set_rows (CptBulk      *self,
                   const gint64 *rows,
                   guint         n_rows)
{
  g_clear_pointer (&self->query, cpt_query_free);
  g_clear_pointer (&self->rows, g_array_unref);
  self->rows = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_rows);
  g_array_append_vals (self->rows, rows, n_rows);
}

void
cpt_bulk_set_query (CptBulk        *self,
                    const CptQuery *query)
{
  g_return_if_fail (query->entity == self->entity);

  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->query, cpt_query_free);
  self->query = cpt_query_copy (query);
}

static gboolean
is_of_one_field (CptBulk *self)
{
  const CptField *field = g_array_index (self->changes, CptBulkChange, 0).field;

  for (guint i = 1; i < self->changes->len; i++)
    if (g_array_index (self->changes, CptBulkChange, i).field != field)
      return FALSE;

  return TRUE;
}

char *
cpt_bulk_dup_label (CptBulk *self,
                    guint64  n_records)
{
  const char *kinds = cpt_entity_get_label_plural (self->entity);
  g_autofree char *number = cpt_decimal_format_local ((gint64) n_records, 0, 0);
  const CptBulkChange *first;

  g_return_val_if_fail (self->changes->len > 0, NULL);

  first = &g_array_index (self->changes, CptBulkChange, 0);
  if (first->kind == CPT_BULK_DELETE)
    /* Translators: a number and a kind of record in the plural: "Delete 1,204 Contacts" */
    return g_strdup_printf (ngettext ("Delete %s %s", "Delete %s %s", n_records), number, kinds);
  if (is_of_one_field (self))
    /* Translators: a field, a number and a kind of record in the plural: "Change Owner of 1,204 Contacts" */
    return g_strdup_printf (ngettext ("Change %s of %s %s", "Change %s of %s %s", n_records),
                            cpt_field_get_label (first->field), number, kinds);

  /* Translators: a number and a kind of record in the plural: "Change 1,204 Contacts" */
  return g_strdup_printf (ngettext ("Change %s %s", "Change %s %s", n_records), number, kinds);
}

gboolean
cpt_bulk_count (CptBulk      *self,
                CptDatabase  *database,
                guint64      *count,
                GError      **error)
{
  if (self->query != NULL)
    return cpt_query_count (self->query, database, count, error);

  *count = self->rows == NULL ? 0 : self->rows->len;

  return TRUE;
}

static void
refusal_free (gpointer data)
{
  CptBulkRefusal *refusal = data;

  g_free (refusal->title);
  g_free (refusal->field);
  g_free (refusal->message);
  g_free (refusal);
}

CptBulkReport *
cpt_bulk_report_new (void)
{
  CptBulkReport *self = g_new0 (CptBulkReport, 1);

  self->refusals = g_ptr_array_new_with_free_func (refusal_free);

  return self;
}

void
cpt_bulk_report_free (CptBulkReport *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->refusals);
  g_free (self);
}
