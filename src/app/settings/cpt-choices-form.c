/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The choices of a field that comes with the program: labels, colours, order,
 * others besides them. Only what differs from what is declared is kept, so that
 * labels which nobody changed are in the language of whoever reads them. */
#include "config.h"

#include "cpt-choices-form.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-choice-list.h"
#include "cpt-json.h"
#include "cpt-own-choices.h"
#include "cpt-settings-dialog.h"

#define CPT_TYPE_CHOICES_FORM (cpt_choices_form_get_type ())

G_DECLARE_FINAL_TYPE (CptChoicesForm, cpt_choices_form, CPT, CHOICES_FORM, CptSettingsDialog)

struct _CptChoicesForm
{
  CptSettingsDialog parent_instance;

  CptSchema *schema;
  const CptEntity *entity;  /* of @schema */
  const CptField *field;    /* of @schema */
  const CptField *declared; /* the same, as it comes with the program */
  CptRecord *record;        /* (nullable) */

  /* Borrowed from GTK */
  CptChoiceList *choices;
  GtkWidget *message;
};

G_DEFINE_FINAL_TYPE (CptChoicesForm, cpt_choices_form, CPT_TYPE_SETTINGS_DIALOG)

static gboolean
cpt_choices_form_refused (CptSettingsDialog *dialog,
                          GPtrArray         *problems)
{
  const CptProblem *problem = problems->len > 0 ? g_ptr_array_index (problems, 0) : NULL;

  if (problem != NULL)
    cpt_settings_dialog_show_message (CPT_CHOICES_FORM (dialog)->message, problem->message);

  return problem != NULL;
}

/* Storing */

/* Without what is as declared */
static void
simplify (JsonObject      *object,
          const CptChoice *declared)
{
  const char *colour = json_object_get_string_member_with_default (object, "colour", NULL);

  if (g_strcmp0 (json_object_get_string_member (object, "label"), cpt_choice_get_label (declared)) == 0)
    json_object_remove_member (object, "label");
  if (g_strcmp0 (colour, declared->colour) == 0)
    json_object_remove_member (object, "colour");
  else if (colour == NULL)
    json_object_set_string_member (object, "colour", CPT_CHOICE_NO_COLOUR);
}

static gboolean
has_name (JsonArray  *array,
          const char *name)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (strcmp (json_object_get_string_member (json_array_get_object_element (array, i), "name"), name) == 0)
      return TRUE;

  return FALSE;
}

static char *
dup_choices (CptChoicesForm *self)
{
  g_autoptr(JsonArray) array = cpt_choice_list_to_json (self->choices);
  g_autoptr(JsonNode) node = json_node_init_array (json_node_alloc (), array);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      const CptChoice *declared = cpt_field_find_choice (self->declared, json_object_get_string_member (object, "name"));

      if (declared != NULL)
        simplify (object, declared);
    }
  for (const CptChoice *declared = self->declared->choices; declared->name != NULL; declared++)
    if (!has_name (array, declared->name))
      {
        JsonObject *object = json_object_new ();

        json_object_set_string_member (object, "name", declared->name);
        json_object_set_boolean_member (object, "hidden", TRUE);
        json_array_add_object_element (array, object);
      }

  return cpt_json_format_canonical (node);
}

static CptTransaction *
create_transaction (CptChoicesForm *self,
                    CptWindow      *window)
{
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  const CptEntity *lists = cpt_schema_find_entity (self->schema, CPT_CHOICE_LIST_ENTITY);
  const CptField *field = cpt_entity_find_field (lists, "choices");
  g_autofree char *text = dup_choices (self);
  g_autoptr(CptRecord) made = NULL;
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (self->record == NULL)
    {
      made = cpt_record_new (self->schema, lists);
      cpt_uuid_generate (&made->id, cpt_clock_get_now (cpt_store_get_clock (cpt_window_get_store (window))) / 1000);
      cpt_record_set_text (made, "entity_name", self->entity->name);
      cpt_record_set_text (made, "field_name", self->field->name);
      cpt_record_set_text (made, "choices", text);
      cpt_transaction_create (transaction, made);
      return transaction;
    }

  cpt_value_set_text (&value, text);
  if (!cpt_value_equal (cpt_record_get_named (self->record, "choices"), &value))
    cpt_transaction_set (transaction, lists, &self->record->id, field, &value);

  return transaction;
}

static void
cpt_choices_form_save (CptSettingsDialog *dialog)
{
  CptChoicesForm *self = CPT_CHOICES_FORM (dialog);
  CptWindow *window = cpt_settings_dialog_get_window (dialog);

  cpt_settings_dialog_show_message (self->message, NULL);
  if (window != NULL)
    cpt_settings_dialog_commit (dialog, create_transaction (self, window), _("Choices changed"));
}

static void
reset_cb (CptChoicesForm *self)
{
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

  cpt_transaction_delete (transaction, self->record->entity, &self->record->id);
  cpt_settings_dialog_commit (CPT_SETTINGS_DIALOG (self), transaction, _("Choices reset"));
}

/* The object */

static void
cpt_choices_form_finalize (GObject *object)
{
  CptChoicesForm *self = CPT_CHOICES_FORM (object);

  g_clear_pointer (&self->record, cpt_record_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_choices_form_parent_class)->finalize (object);
}

static void
cpt_choices_form_class_init (CptChoicesFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_choices_form_finalize;
  CPT_SETTINGS_DIALOG_CLASS (klass)->save = cpt_choices_form_save;
  CPT_SETTINGS_DIALOG_CLASS (klass)->refused = cpt_choices_form_refused;
}

static void
cpt_choices_form_init (CptChoicesForm *self)
{
}

/* Building */

static void
show_choices (CptChoicesForm *self)
{
  g_autoptr(GArray) choices = g_array_new (TRUE, TRUE, sizeof (CptChoice));

  for (const CptChoice *choice = self->field->choices; choice->name != NULL; choice++)
    {
      const CptChoice *declared = cpt_field_find_choice (self->declared, choice->name);
      CptChoice shown = *choice;

      shown.is_needed = declared != NULL && cpt_own_choices_is_needed (self->declared, declared);
      g_array_append_val (choices, shown);
    }
  if ((self->declared->flags & CPT_FIELD_FIXED_CHOICES) != 0)
    cpt_choice_list_set_fixed (self->choices);
  cpt_choice_list_set_choices (self->choices, (const CptChoice *) (gpointer) choices->data);
}

static GtkWidget *
create_page (CptChoicesForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *last = adw_preferences_group_new ();
  GtkWidget *reset = adw_action_row_new ();

  self->choices = CPT_CHOICE_LIST (cpt_choice_list_new ());
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Choices"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _("Records keep what was chosen when a choice gets another label. One that a record "
                                           "has can’t be removed."));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->choices));
  show_choices (self);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (reset), _("Reset to the Standard Choices"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (reset), TRUE);
  g_signal_connect_object (reset, "activated", G_CALLBACK (reset_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (last), reset);
  gtk_widget_set_visible (last, self->record != NULL);
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), last);

  return cpt_settings_dialog_create_page (box);
}

void
cpt_choices_form_present (CptWindow       *window,
                          const char      *entity,
                          const char      *field,
                          const CptRecord *record)
{
  CptChoicesForm *self;
  GtkWidget *page;
  g_autofree char *title = NULL;

  g_return_if_fail (CPT_IS_WINDOW (window));
  g_return_if_fail (entity != NULL && field != NULL);

  self = g_object_new (CPT_TYPE_CHOICES_FORM, NULL);
  self->schema = cpt_schema_ref (cpt_window_get_schema (window));
  self->entity = cpt_schema_find_entity (self->schema, entity);
  self->field = cpt_entity_find_field (self->entity, field);
  self->declared = &self->entity->declared[self->field->index];
  self->record = record != NULL ? cpt_record_ref ((CptRecord *) record) : NULL;
  self->message = cpt_settings_dialog_create_message ();
  page = create_page (self);
  /* Translators: the title of a dialogue; %s is the name of a field */
  title = g_strdup_printf (_("Choices of “%s”"), cpt_field_get_label (self->field));
  cpt_settings_dialog_set_content (CPT_SETTINGS_DIALOG (self), title, page, self->message);
  cpt_settings_dialog_present (CPT_SETTINGS_DIALOG (self), window, 460, 640);
}
