/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What dialogues about one record have in common: editors, what came of them,
 * and what the store has against it. */

#include "config.h"

#include "cpt-form-draft.h"

#include <glib/gi18n.h>

#include "cpt-settings-dialog.h"

struct _CptFormDraft
{
  CptStore *store;
  CptRecord *record;  /* as stored */
  CptRecord *draft;   /* as filled in */
  GPtrArray *editors; /* (element-type CptFieldEditor) */
};

CptFormDraft *
cpt_form_draft_new (CptStore        *store,
                    const CptRecord *record)
{
  CptFormDraft *self = g_new0 (CptFormDraft, 1);

  self->store = g_object_ref (store);
  self->record = cpt_record_copy (record);
  self->draft = cpt_record_copy (record);
  self->editors = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

void
cpt_form_draft_free (CptFormDraft *self)
{
  g_ptr_array_unref (self->editors);
  cpt_record_unref (self->draft);
  cpt_record_unref (self->record);
  g_object_unref (self->store);
  g_free (self);
}

CptRecord *
cpt_form_draft_get_record (CptFormDraft *self)
{
  return self->draft;
}

gboolean
cpt_form_draft_is_new (CptFormDraft *self)
{
  return self->record->row == 0;
}

const CptField *
cpt_form_draft_get_field (CptFormDraft *self,
                          const char   *name)
{
  return cpt_entity_find_field (cpt_record_get_entity (self->record), name);
}

/* Editors */

CptFieldEditor *
cpt_form_draft_add_editor (CptFormDraft *self,
                           GtkWidget    *group,
                           const char   *name)
{
  const CptField *field = cpt_form_draft_get_field (self, name);
  CptFieldEditor *editor = cpt_field_editor_new (self->store, self->record->schema, field);

  cpt_field_editor_set_value (editor, cpt_record_get (self->draft, field));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), cpt_field_editor_get_row (editor));
  g_ptr_array_add (self->editors, editor);

  return editor;
}

CptFieldEditor *
cpt_form_draft_find_editor (CptFormDraft *self,
                            const char   *name)
{
  for (guint i = 0; i < self->editors->len; i++)
    if (g_str_equal (cpt_field_editor_get_field (g_ptr_array_index (self->editors, i))->name, name))
      return g_ptr_array_index (self->editors, i);

  return NULL;
}

void
cpt_form_draft_show_rows (CptFormDraft *self,
                          gboolean (*shows) (const CptRecord *draft, const char *field))
{
  for (guint i = 0; i < self->editors->len; i++)
    {
      CptFieldEditor *editor = g_ptr_array_index (self->editors, i);

      gtk_widget_set_visible (cpt_field_editor_get_row (editor),
                              shows (self->draft, cpt_field_editor_get_field (editor)->name));
    }
}

/* Saving */

gboolean
cpt_form_draft_take (CptFormDraft *self)
{
  for (guint i = 0; i < self->editors->len; i++)
    {
      CptFieldEditor *editor = g_ptr_array_index (self->editors, i);
      const CptField *field = cpt_field_editor_get_field (editor);

      if (!cpt_field_editor_flush (editor))
        return FALSE;
      if ((field->flags & CPT_FIELD_REQUIRED) != 0 && cpt_value_is_null (cpt_field_editor_get_value (editor)))
        {
          cpt_field_editor_set_error (editor, _("This can’t be empty."));
          return FALSE;
        }
      cpt_record_set (self->draft, field, cpt_field_editor_get_value (editor));
    }

  return TRUE;
}

static void
add_changes (CptFormDraft   *self,
             CptTransaction *transaction)
{
  const CptEntity *entity = cpt_record_get_entity (self->record);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];

      if ((field->flags & CPT_FIELD_READ_ONLY) == 0 &&
          !cpt_value_equal (cpt_record_get (self->record, field), cpt_record_get (self->draft, field)))
        cpt_transaction_set (transaction, entity, &self->draft->id, field, cpt_record_get (self->draft, field));
    }
}

CptTransaction *
cpt_form_draft_create_transaction (CptFormDraft *self)
{
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

  if (cpt_form_draft_is_new (self))
    {
      /* The draft may be filled in further, when it is refused. */
      g_autoptr(CptRecord) made = cpt_record_copy (self->draft);

      cpt_transaction_create (transaction, made);
    }
  else
    {
      add_changes (self, transaction);
    }

  return transaction;
}

gboolean
cpt_form_draft_show_problems (CptFormDraft *self,
                              GPtrArray    *problems,
                              GtkWidget    *message)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const CptProblem *problem = g_ptr_array_index (problems, i);
      CptFieldEditor *editor = problem->field != NULL ? cpt_form_draft_find_editor (self, problem->field->name) : NULL;

      if (editor != NULL && gtk_widget_get_visible (cpt_field_editor_get_row (editor)))
        cpt_field_editor_set_error (editor, problem->message);
      else
        cpt_settings_dialog_show_message (message, problem->message);
    }

  return problems->len > 0;
}
