/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A transaction as it is asked for: a list of steps. The door makes sense of
 * them. */

#include "config.h"

#include "cpt-transaction-private.h"

struct _CptTransaction
{
  CptOrigin origin;
  char *label; /* (nullable) */
  GArray *steps;
};

static void
step_clear (gpointer data)
{
  CptTransactionStep *step = data;

  g_clear_pointer (&step->record, cpt_record_unref);
  cpt_value_clear (&step->value);
}

CptTransaction *
cpt_transaction_new (CptOrigin   origin,
                     const char *label)
{
  CptTransaction *self = g_new0 (CptTransaction, 1);

  self->origin = origin;
  self->label = g_strdup (label);
  self->steps = g_array_new (FALSE, TRUE, sizeof (CptTransactionStep));
  g_array_set_clear_func (self->steps, step_clear);

  return self;
}

CptTransaction *
cpt_transaction_copy (CptTransaction *self)
{
  CptTransaction *copy = cpt_transaction_new (self->origin, self->label);

  for (guint i = 0; i < self->steps->len; i++)
    {
      CptTransactionStep step = g_array_index (self->steps, CptTransactionStep, i);
      const CptValue value = step.value;

      if (step.record != NULL)
        cpt_record_ref (step.record);
      step.value = (CptValue) CPT_VALUE_INIT;
      cpt_value_copy (&value, &step.value);
      g_array_append_val (copy->steps, step);
    }

  return copy;
}

void
cpt_transaction_free (CptTransaction *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->steps);
  g_free (self->label);
  g_free (self);
}

gboolean
cpt_transaction_is_empty (CptTransaction *self)
{
  return self->steps->len == 0;
}

guint
cpt_transaction_get_length (CptTransaction *self)
{
  return self->steps->len;
}

CptOrigin
cpt_transaction_get_origin (CptTransaction *self)
{
  return self->origin;
}

const char *
cpt_transaction_get_label (CptTransaction *self)
{
  return self->label;
}

void
cpt_transaction_truncate (CptTransaction *self,
                          guint           length)
{
  g_return_if_fail (length <= self->steps->len);

  g_array_set_size (self->steps, length);
}

const CptTransactionStep *
cpt_transaction_get_step (CptTransaction *self,
                          guint           index)
{
  g_return_val_if_fail (index < self->steps->len, NULL);

  return &g_array_index (self->steps, CptTransactionStep, index);
}

static CptTransactionStep *
add_step (CptTransaction         *self,
          CptTransactionStepKind  kind,
          const CptEntity        *entity,
          const CptUuid          *id)
{
  guint index = self->steps->len;
  CptTransactionStep *step;

  g_array_set_size (self->steps, index + 1);
  step = &g_array_index (self->steps, CptTransactionStep, index);
  step->kind = kind;
  step->entity = entity;
  if (id != NULL)
    step->id = *id;

  return step;
}

void
cpt_transaction_create (CptTransaction *self,
                        CptRecord      *record)
{
  g_return_if_fail (record != NULL);

  add_step (self, CPT_TRANSACTION_CREATE, cpt_record_get_entity (record), &record->id)->record = cpt_record_ref (record);
}

void
cpt_transaction_create_fresh (CptTransaction *self,
                              CptRecord      *record)
{
  g_return_if_fail (self != NULL);

  cpt_transaction_create (self, record);
  g_array_index (self->steps, CptTransactionStep, self->steps->len - 1).is_fresh = TRUE;
}

static void
add_field_step (CptTransactionStep *step,
                const CptField     *field,
                const CptValue     *value)
{
  step->field = field;
  cpt_value_copy (value, &step->value);
}

void
cpt_transaction_set (CptTransaction  *self,
                     const CptEntity *entity,
                     const CptUuid   *id,
                     const CptField  *field,
                     const CptValue  *value)
{
  g_return_if_fail (field != NULL && value != NULL);

  add_field_step (add_step (self, CPT_TRANSACTION_SET, entity, id), field, value);
}

void
cpt_transaction_add_members (CptTransaction  *self,
                             const CptEntity *entity,
                             const CptUuid   *id,
                             const CptField  *field,
                             const CptValue  *members)
{
  g_return_if_fail (field != NULL && members != NULL);

  add_field_step (add_step (self, CPT_TRANSACTION_ADD_MEMBERS, entity, id), field, members);
}

void
cpt_transaction_remove_members (CptTransaction  *self,
                                const CptEntity *entity,
                                const CptUuid   *id,
                                const CptField  *field,
                                const CptValue  *members)
{
  g_return_if_fail (field != NULL && members != NULL);

  add_field_step (add_step (self, CPT_TRANSACTION_REMOVE_MEMBERS, entity, id), field, members);
}

void
cpt_transaction_expect (CptTransaction  *self,
                        const CptEntity *entity,
                        const CptUuid   *id,
                        gint64           sequence)
{
  add_step (self, CPT_TRANSACTION_EXPECT, entity, id)->sequence = sequence;
}

void
cpt_transaction_delete (CptTransaction  *self,
                        const CptEntity *entity,
                        const CptUuid   *id)
{
  add_step (self, CPT_TRANSACTION_DELETE, entity, id);
}

void
cpt_transaction_restore (CptTransaction  *self,
                         const CptEntity *entity,
                         const CptUuid   *id)
{
  add_step (self, CPT_TRANSACTION_RESTORE, entity, id);
}

void
cpt_transaction_purge (CptTransaction  *self,
                       const CptEntity *entity,
                       const CptUuid   *id)
{
  add_step (self, CPT_TRANSACTION_PURGE, entity, id);
}

void
cpt_transaction_uncreate (CptTransaction  *self,
                          const CptEntity *entity,
                          const CptUuid   *id)
{
  add_step (self, CPT_TRANSACTION_UNCREATE, entity, id);
}

void
cpt_transaction_recreate (CptTransaction *self,
                          CptRecord      *record)
{
  add_step (self, CPT_TRANSACTION_RECREATE, record->entity, &record->id)->record = cpt_record_ref (record);
}

void
cpt_transaction_unpurge (CptTransaction *self,
                         CptRecord      *record)
{
  add_step (self, CPT_TRANSACTION_UNPURGE, record->entity, &record->id)->record = cpt_record_ref (record);
}

void
cpt_transaction_touch (CptTransaction  *self,
                       const CptEntity *entity,
                       const CptUuid   *id)
{
  add_step (self, CPT_TRANSACTION_TOUCH, entity, id);
}

void
cpt_problem_free (CptProblem *self)
{
  if (self == NULL)
    return;

  g_free (self->message);
  g_free (self);
}
