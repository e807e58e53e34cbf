/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How the page of a stored record is saved: field by field, as the person goes.
 * A rule may ask for another field first (a deal is lost: why?). Then the new
 * value stays where it is, marked, and is saved together with the next one, so
 * that no order of typing leads into a dead end. Putting the old value back ends
 * the waiting.
 */

#include "config.h"

#include "cpt-record-view-private.h"

#include <glib/gi18n.h>

#include "cpt-error.h"
#include "cpt-field-editor.h"
#include "cpt-form.h"
#include "cpt-record-group.h"

/* One attempt: what waited, and the field that was left now as the last one */
typedef struct
{
  CptRecordView *self;
  GPtrArray *editors; /* (owned): CptFieldEditor, with references */
} Saving;

static void
saving_free (Saving *self)
{
  g_ptr_array_unref (self->editors);
  g_object_unref (self->self);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

/* (nullable): none for what is wrong with another record of the transaction */
static CptFieldEditor *
find_editor (CptRecordView    *self,
             const CptProblem *problem)
{
  if (problem->field == NULL || (problem->entity != NULL && !g_str_equal (problem->entity->name, self->entity->name)))
    return NULL;

  for (guint i = 0; i < self->editors->len; i++)
    {
      CptFieldEditor *editor = g_ptr_array_index (self->editors, i);

      if (g_str_equal (cpt_field_editor_get_field (editor)->name, problem->field->name))
        return editor;
    }

  return NULL;
}

/* Whether what is told beside the field can be seen */
static gboolean
bring_to_light (CptRecordView  *self,
                CptFieldEditor *editor)
{
  GtkWidget *row = cpt_field_editor_get_row (editor);

  cpt_record_group_open (row);

  return gtk_widget_get_visible (row) ||
         !cpt_form_is_hidden (cpt_entity_get_form (self->entity), cpt_field_editor_get_field (editor));
}

CptFieldEditor *
cpt_record_view_show_problems (CptRecordView *self,
                               GPtrArray     *problems,
                               const GError  *error)
{
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));
  CptFieldEditor *first = NULL;

  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const CptProblem *problem = g_ptr_array_index (problems, i);
      CptFieldEditor *editor = find_editor (self, problem);

      if (editor == NULL)
        continue;

      cpt_field_editor_set_error (editor, problem->message);
      if (bring_to_light (self, editor) && first == NULL)
        first = editor;
    }

  if (window != NULL && (first == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL))
    cpt_window_show_error (window, error);

  return first;
}

static void
save (CptRecordView  *self,
      CptFieldEditor *editor);

static void
finish (CptRecordView *self,
        GPtrArray     *editors)
{
  for (guint i = 0; i < editors->len; i++)
    {
      CptFieldEditor *editor = g_ptr_array_index (editors, i);

      if (g_ptr_array_remove (self->waiting, editor))
        cpt_field_editor_set_error (editor, NULL);
    }
}

/* Whether the problems are all beside other fields of the page */
static gboolean
can_wait (CptRecordView  *self,
          CptFieldEditor *editor,
          GPtrArray      *problems)
{
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const CptProblem *problem = g_ptr_array_index (problems, i);
      CptFieldEditor *other = find_editor (self, problem);

      if (other == NULL || other == editor)
        return FALSE;
    }

  return problems != NULL && problems->len > 0;
}

static void
wait (CptRecordView  *self,
      CptFieldEditor *editor,
      GPtrArray      *problems)
{
  const CptProblem *first = g_ptr_array_index (problems, 0);
  /* Translators: beside a field; %s is the name of another one that has to be filled in or put right before */
  g_autofree char *message = g_strdup_printf (_("saved once “%s” is right"), cpt_field_get_label (first->field));

  if (!g_ptr_array_find (self->waiting, editor, NULL))
    g_ptr_array_add (self->waiting, editor);
  cpt_field_editor_set_error (editor, message);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Saving) saving = user_data;
  CptRecordView *self = saving->self;
  CptFieldEditor *editor = g_ptr_array_index (saving->editors, saving->editors->len - 1);
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_saved = cpt_window_commit_finish (CPT_WINDOW (source), result, &problems, &error);

  /* The window was closed meanwhile, or the page was left. */
  if (cpt_view_get_window (CPT_VIEW (self)) == NULL || (is_saved && gtk_widget_get_root (GTK_WIDGET (self)) == NULL))
    return;
  if (is_saved)
    {
      finish (self, saving->editors);
      /* Something began to wait while this was on its way. */
      if (self->waiting->len > 0)
        save (self, g_ptr_array_index (self->waiting, 0));
      else
        cpt_record_view_clear_problems (self);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* The page may have been left meanwhile. */
  if (self->record != NULL && can_wait (self, editor, problems))
    wait (self, editor, problems);
  else if (self->record != NULL)
    {
      g_ptr_array_remove (self->waiting, editor);
      cpt_field_editor_refuse (editor, cpt_record_get (self->record, cpt_field_editor_get_field (editor)), error->message);
    }
  cpt_record_view_show_problems (self, problems, error);
}

/* What waits and is not as it is stored, with @editor as the last one */
static GPtrArray *
list_changed (CptRecordView  *self,
              CptFieldEditor *editor)
{
  GPtrArray *editors = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->waiting->len; i++)
    {
      CptFieldEditor *other = g_ptr_array_index (self->waiting, i);

      if (other != editor && !cpt_value_equal (cpt_field_editor_get_value (other),
                                               cpt_record_get (self->record, cpt_field_editor_get_field (other))))
        g_ptr_array_add (editors, g_object_ref (other));
    }
  g_ptr_array_add (editors, g_object_ref (editor));

  return editors;
}

static void
save (CptRecordView  *self,
      CptFieldEditor *editor)
{
  const CptField *field = cpt_field_editor_get_field (editor);
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  Saving *saving = g_new0 (Saving, 1);
  g_autofree char *toast = NULL;

  saving->self = g_object_ref (self);
  saving->editors = list_changed (self, editor);
  for (guint i = 0; i < saving->editors->len; i++)
    {
      CptFieldEditor *one = g_ptr_array_index (saving->editors, i);

      cpt_transaction_set (transaction, self->entity, &self->id, cpt_field_editor_get_field (one),
                           cpt_field_editor_get_value (one));
    }

  /* Translators: a toast; %s is the name of a field */
  toast = g_strdup_printf (_("%s changed"), cpt_field_get_label (field));
  cpt_window_commit (cpt_view_get_window (CPT_VIEW (self)), transaction, toast, NULL, saved_cb, saving);
}

void
cpt_record_view_save (CptRecordView  *self,
                      CptFieldEditor *editor)
{
  const CptField *field = cpt_field_editor_get_field (editor);

  /* What was wanted is taken back: nothing is to be saved, and whoever waited
   * for it is tried again. */
  if (g_ptr_array_find (self->waiting, editor, NULL) &&
      cpt_value_equal (cpt_field_editor_get_value (editor), cpt_record_get (self->record, field)))
    {
      g_ptr_array_remove (self->waiting, editor);
      cpt_record_view_clear_problems (self);
      if (self->waiting->len > 0)
        save (self, g_ptr_array_index (self->waiting, 0));
      return;
    }

  if (!cpt_record_view_ask_series (self, editor))
    save (self, editor);
}

void
cpt_record_view_clear_problems (CptRecordView *self)
{
  for (guint i = 0; i < self->editors->len; i++)
    {
      CptFieldEditor *editor = g_ptr_array_index (self->editors, i);

      if (!cpt_field_editor_is_typing (editor) && !g_ptr_array_find (self->waiting, editor, NULL))
        cpt_field_editor_set_error (editor, NULL);
    }
}
