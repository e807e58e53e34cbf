/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A few fields of a record in a dialogue, stored together. */
#include "config.h"

#include "cpt-settings-form.h"

#include <glib/gi18n-lib.h>

#include "cpt-field-editor.h"
#include "cpt-settings-dialog.h"

#define CPT_TYPE_SETTINGS_FORM (cpt_settings_form_get_type ())

G_DECLARE_FINAL_TYPE (CptSettingsForm, cpt_settings_form, CPT, SETTINGS_FORM, CptSettingsDialog)

struct _CptSettingsForm
{
  CptSettingsDialog parent_instance;

  CptRecord *record;
  char *toast;
  GPtrArray *editors; /* (element-type CptFieldEditor) */
};

G_DEFINE_FINAL_TYPE (CptSettingsForm, cpt_settings_form, CPT_TYPE_SETTINGS_DIALOG)

static gboolean
cpt_settings_form_refused (CptSettingsDialog *dialog,
                           GPtrArray         *problems)
{
  CptSettingsForm *self = CPT_SETTINGS_FORM (dialog);
  gboolean is_told = FALSE;

  for (guint i = 0; i < problems->len; i++)
    for (guint j = 0; j < self->editors->len; j++)
      {
        const CptProblem *problem = g_ptr_array_index (problems, i);
        CptFieldEditor *editor = g_ptr_array_index (self->editors, j);

        if (problem->field == NULL || !g_str_equal (problem->field->name, cpt_field_editor_get_field (editor)->name))
          continue;
        cpt_field_editor_set_error (editor, problem->message);
        is_told = TRUE;
      }

  return is_told;
}

/* Only what differs */
static CptTransaction *
create_transaction (CptSettingsForm *self)
{
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  const CptEntity *entity = cpt_record_get_entity (self->record);
  g_autoptr(CptRecord) made = NULL;

  if (self->record->row == 0)
    {
      made = cpt_record_copy (self->record);
      for (guint i = 0; i < self->editors->len; i++)
        {
          CptFieldEditor *editor = g_ptr_array_index (self->editors, i);

          cpt_record_set (made, cpt_entity_find_field (entity, cpt_field_editor_get_field (editor)->name),
                          cpt_field_editor_get_value (editor));
        }
      cpt_transaction_create (transaction, made);
      return transaction;
    }

  for (guint i = 0; i < self->editors->len; i++)
    {
      CptFieldEditor *editor = g_ptr_array_index (self->editors, i);
      const CptField *field = cpt_field_editor_get_field (editor);

      if (!cpt_value_equal (cpt_record_get (self->record, field), cpt_field_editor_get_value (editor)))
        cpt_transaction_set (transaction, entity, &self->record->id, field, cpt_field_editor_get_value (editor));
    }

  return transaction;
}

static gboolean
take_editors (CptSettingsForm *self)
{
  for (guint i = 0; i < self->editors->len; i++)
    {
      CptFieldEditor *editor = g_ptr_array_index (self->editors, i);

      if (!cpt_field_editor_flush (editor))
        return FALSE;
      if ((cpt_field_editor_get_field (editor)->flags & CPT_FIELD_REQUIRED) != 0 &&
          cpt_value_is_null (cpt_field_editor_get_value (editor)))
        {
          cpt_field_editor_set_error (editor, _("This can’t be empty."));
          return FALSE;
        }
    }

  return TRUE;
}

static void
cpt_settings_form_save (CptSettingsDialog *dialog)
{
  CptSettingsForm *self = CPT_SETTINGS_FORM (dialog);

  if (take_editors (self))
    cpt_settings_dialog_commit (dialog, create_transaction (self), self->toast);
}

static void
cpt_settings_form_finalize (GObject *object)
{
  CptSettingsForm *self = CPT_SETTINGS_FORM (object);

  g_clear_pointer (&self->editors, g_ptr_array_unref);
  g_clear_pointer (&self->record, cpt_record_unref);
  g_clear_pointer (&self->toast, g_free);

  G_OBJECT_CLASS (cpt_settings_form_parent_class)->finalize (object);
}

static void
cpt_settings_form_class_init (CptSettingsFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_settings_form_finalize;
  CPT_SETTINGS_DIALOG_CLASS (klass)->save = cpt_settings_form_save;
  CPT_SETTINGS_DIALOG_CLASS (klass)->refused = cpt_settings_form_refused;
}

static void
cpt_settings_form_init (CptSettingsForm *self)
{
  self->editors = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
add_editor (CptSettingsForm     *self,
            CptStore            *store,
            AdwPreferencesGroup *group,
            const char          *name)
{
  const CptField *field = cpt_entity_find_field (cpt_record_get_entity (self->record), name);
  CptFieldEditor *editor = cpt_field_editor_new (store, self->record->schema, field);

  cpt_field_editor_set_value (editor, cpt_record_get (self->record, field));
  adw_preferences_group_add (group, cpt_field_editor_get_row (editor));
  g_ptr_array_add (self->editors, editor);
}

void
cpt_settings_form_present (CptWindow         *window,
                           const char        *title,
                           CptRecord         *record,
                           const char *const *fields,
                           const char        *toast)
{
  CptSettingsForm *self;
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  g_return_if_fail (CPT_IS_WINDOW (window));
  g_return_if_fail (record != NULL);

  self = g_object_new (CPT_TYPE_SETTINGS_FORM, NULL);
  self->record = cpt_record_ref (record);
  self->toast = g_strdup (toast);
  for (guint i = 0; fields[i] != NULL; i++)
    add_editor (self, cpt_window_get_store (window), ADW_PREFERENCES_GROUP (group), fields[i]);

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  cpt_settings_dialog_set_content (CPT_SETTINGS_DIALOG (self), title, page, NULL);
  cpt_settings_dialog_present (CPT_SETTINGS_DIALOG (self), window, 460, 440);
  gtk_widget_child_focus (group, GTK_DIR_TAB_FORWARD);
}
