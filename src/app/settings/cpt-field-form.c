/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One field that the workspace adds: what people call it, what it holds, what
 * is asked of it. Its kind stays once it is there: values have the form of their
 * kind, so another one is a conversion. */
#include "config.h"

#include "cpt-field-form.h"

#include <glib/gi18n-lib.h>

#include "cpt-conversion-dialog.h"
#include "cpt-field-kind-box.h"
#include "cpt-field-type.h"
#include "cpt-fields.h"
#include "cpt-formula-box.h"
#include "cpt-json.h"
#include "cpt-settings-dialog.h"

/* A name that no field has */
#define DRAFT_NAME "x_formula_that_is_being_tried"

#define CPT_TYPE_FIELD_FORM (cpt_field_form_get_type ())

G_DECLARE_FINAL_TYPE (CptFieldForm, cpt_field_form, CPT, FIELD_FORM, CptSettingsDialog)

struct _CptFieldForm
{
  CptSettingsDialog parent_instance;

  CptSchema *schema;
  const CptEntity *entity; /* of @schema */
  const CptField *field;   /* (nullable): of @schema; NULL for a new one */
  CptRecord *record;       /* (nullable): likewise */
  char *shown;             /* what was filled in when it was opened */

  /* Borrowed from GTK */
  GtkWidget *label;
  GtkWidget *help;
  GtkWidget *required; /* GtkSwitch */
  GtkWidget *required_row;
  AdwComboRow *group;
  CptFieldKindBox *kind;
  CptFormulaBox *formula; /* (nullable): of a new field, or of one that has a formula */
  GtkWidget *message;
};

G_DEFINE_FINAL_TYPE (CptFieldForm, cpt_field_form, CPT_TYPE_SETTINGS_DIALOG)

static gboolean
cpt_field_form_refused (CptSettingsDialog *dialog,
                        GPtrArray         *problems)
{
  const CptProblem *problem = problems->len > 0 ? g_ptr_array_index (problems, 0) : NULL;

  if (problem != NULL)
    cpt_settings_dialog_show_message (CPT_FIELD_FORM (dialog)->message, problem->message);

  return problem != NULL;
}

/* Storing */

/* (nullable) */
static char *
dup_formula (CptFieldForm *self)
{
  return self->formula != NULL ? cpt_formula_box_dup_text (self->formula) : NULL;
}

static JsonObject *
create_definition (CptFieldForm *self)
{
  g_autofree char *formula = dup_formula (self);
  const char *text = self->record != NULL ? cpt_record_get_text (self->record, "definition") : NULL;
  g_autoptr(JsonNode) node = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_object_ref (json_node_get_object (node))
                                                                     : json_object_new ();
  guint group = adw_combo_row_get_selected (self->group);

  cpt_field_kind_box_set_text (object, "help", gtk_editable_get_text (GTK_EDITABLE (self->help)));
  if (self->formula != NULL)
    cpt_field_kind_box_set_text (object, "formula", formula != NULL ? formula : "");
  if (formula == NULL && gtk_switch_get_active (GTK_SWITCH (self->required)))
    json_object_set_boolean_member (object, "required", TRUE);
  else
    json_object_remove_member (object, "required");
  if (group > 0)
    json_object_set_string_member (object, "group", self->entity->groups[group].name);
  else
    json_object_remove_member (object, "group");
  cpt_field_kind_box_fill (self->kind, object);

  return object;
}

static void
set_text (CptTransaction  *transaction,
          const CptRecord *record,
          const char      *field,
          const char      *text)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, text);
  if (!cpt_value_equal (cpt_record_get_named (record, field), &value))
    cpt_transaction_set (transaction, record->entity, &record->id, cpt_entity_find_field (record->entity, field), &value);
}

static void
store_change (CptFieldForm *self,
              const char   *label)
{
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(JsonObject) object = create_definition (self);
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *definition = cpt_json_format_canonical (node);

  set_text (transaction, self->record, "label", label);
  set_text (transaction, self->record, "definition", definition);
  cpt_settings_dialog_commit (CPT_SETTINGS_DIALOG (self), transaction, _("Field changed"));
}

/* What a reading thread makes the record of */
typedef struct
{
  char *entity;
  char *label;
  CptFieldKind kind;
  JsonObject *definition;
} Making;

static void
making_free (gpointer data)
{
  Making *making = data;

  g_free (making->entity);
  g_free (making->label);
  json_object_unref (making->definition);
  g_free (making);
}

static gpointer
make_record (CptDatabase   *database,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const Making *making = data;
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), making->entity);

  return cpt_fields_create_record (database, entity, making->label, making->kind, making->definition, error);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(CptFieldForm) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptRecord) record = cpt_store_finish (CPT_STORE (source), result, &error);
  CptTransaction *transaction;

  /* Who closed the dialogue meanwhile wants no field. */
  if (!gtk_widget_get_realized (GTK_WIDGET (self)))
    return;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.save", TRUE);
  if (record == NULL)
    {
      cpt_settings_dialog_show_message (self->message, error->message);
      return;
    }

  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  cpt_transaction_create (transaction, record);
  cpt_settings_dialog_commit (CPT_SETTINGS_DIALOG (self), transaction, _("Field added"));
}

/* What it gave so far would stay, as if somebody had typed it. */
static gboolean
is_without_formula (CptFieldForm *self)
{
  g_autofree char *formula = dup_formula (self);

  return self->field != NULL && self->field->formula != NULL && formula == NULL;
}

static void
cpt_field_form_save (CptSettingsDialog *dialog)
{
  CptFieldForm *self = CPT_FIELD_FORM (dialog);
  g_autofree char *label = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->label))));
  Making *making;

  cpt_settings_dialog_show_message (self->message, NULL);
  if (*label == '\0')
    {
      cpt_settings_dialog_show_message (self->message, _("Give the field a label."));
      gtk_widget_grab_focus (self->label);
      return;
    }
  if (is_without_formula (self))
    {
      cpt_settings_dialog_show_message (self->message, _("Give the field a formula, or delete it."));
      return;
    }
  if (self->record != NULL)
    {
      store_change (self, label);
      return;
    }

  making = g_new0 (Making, 1);
  making->entity = g_strdup (self->entity->name);
  making->label = g_strdup (label);
  making->kind = cpt_field_kind_box_get_kind (self->kind);
  making->definition = create_definition (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.save", FALSE);
  cpt_store_read_async (cpt_window_get_store (cpt_settings_dialog_get_window (dialog)), G_PRIORITY_DEFAULT, make_record,
                        making, making_free, (GDestroyNotify) cpt_record_unref, NULL, made_cb, g_object_ref (self));
}

/* What is filled in */
static char *
dup_content (CptFieldForm *self)
{
  g_autoptr(JsonObject) object = create_definition (self);
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *definition = cpt_json_format_canonical (node);

  return g_strdup_printf ("%s\n%s", gtk_editable_get_text (GTK_EDITABLE (self->label)), definition);
}

/* In place of the form, which would drop what was typed */
static void
convert_cb (CptFieldForm *self)
{
  CptWindow *window = cpt_settings_dialog_get_window (CPT_SETTINGS_DIALOG (self));
  g_autofree char *content = dup_content (self);

  if (!g_str_equal (content, self->shown))
    {
      cpt_settings_dialog_show_message (self->message, _("Save what you changed first, and convert the field then."));
      return;
    }
  if (window != NULL)
    cpt_conversion_dialog_present (window, self->schema, self->entity, self->field);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* The object */

static void
cpt_field_form_finalize (GObject *object)
{
  CptFieldForm *self = CPT_FIELD_FORM (object);

  g_clear_pointer (&self->record, cpt_record_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_clear_pointer (&self->shown, g_free);

  G_OBJECT_CLASS (cpt_field_form_parent_class)->finalize (object);
}

static void
cpt_field_form_class_init (CptFieldFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_field_form_finalize;
  CPT_SETTINGS_DIALOG_CLASS (klass)->save = cpt_field_form_save;
  CPT_SETTINGS_DIALOG_CLASS (klass)->refused = cpt_field_form_refused;
}

static void
cpt_field_form_init (CptFieldForm *self)
{
}

/* Building */

static void
add_required (CptFieldForm *self,
              GtkWidget    *group)
{
  GtkWidget *row = adw_action_row_new ();

  self->required_row = row;
  self->required = gtk_switch_new ();
  gtk_widget_set_valign (self->required, GTK_ALIGN_CENTER);
  gtk_switch_set_active (GTK_SWITCH (self->required),
                         self->field != NULL && (self->field->flags & CPT_FIELD_REQUIRED) != 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Required"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("A record without it is not stored"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->required);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->required);
  gtk_widget_set_visible (row, self->field == NULL || self->field->formula == NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
add_group (CptFieldForm *self,
           GtkWidget    *group)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; self->entity->groups[i].name != NULL; i++)
    {
      gtk_string_list_append (labels, _(self->entity->groups[i].label));
      if (self->field != NULL && g_strcmp0 (self->field->group, self->entity->groups[i].name) == 0)
        selected = i;
    }
  self->group = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->group), C_("field", "Group of the form"));
  adw_combo_row_set_model (self->group, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (self->group, selected);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->group));
}

static void
add_conversion (CptFieldForm *self,
                GtkWidget    *box)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), C_("field group", "Conversion"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Convert to Another Kind…"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Shows first what becomes of the values"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (convert_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_box_append (GTK_BOX (box), group);
}

/* As it would be saved. The name of a new one is found when it is: that takes a
 * look at all records. */
static CptRecord *
create_draft (CptFieldForm *self)
{
  CptRecord *draft = self->record != NULL
                       ? cpt_record_copy (self->record)
                       : cpt_record_new (self->schema, cpt_schema_find_entity (self->schema, "custom_field"));
  g_autoptr(JsonObject) object = create_definition (self);
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *definition = cpt_json_format_canonical (node);

  cpt_record_set_text (draft, "definition", definition);
  if (self->record != NULL)
    return draft;

  cpt_record_set_text (draft, "entity_name", self->entity->name);
  cpt_record_set_text (draft, "name", DRAFT_NAME);
  cpt_record_set_text (draft, "label", _("Formula"));
  cpt_record_set_text (draft, "kind", cpt_field_type_get (cpt_field_kind_box_get_kind (self->kind))->name);

  return draft;
}

/* Nobody can be asked for what is worked out. */
static void
formula_changed_cb (CptFieldForm *self)
{
  g_autofree char *formula = dup_formula (self);

  gtk_widget_set_visible (self->required_row, formula == NULL);
  if (formula != NULL)
    cpt_formula_box_try (self->formula, create_draft (self));
  else
    cpt_formula_box_rest (self->formula);
}

/* Once the rest is there: what a formula gives depends on it. What people typed
 * into a field would be lost by one. */
static void
add_formula (CptFieldForm *self,
             CptStore     *store,
             GtkWidget    *box)
{
  if (self->field != NULL && self->field->formula == NULL)
    return;

  self->formula = CPT_FORMULA_BOX (cpt_formula_box_new (store, self->entity));
  gtk_box_insert_child_after (GTK_BOX (box), GTK_WIDGET (self->formula), GTK_WIDGET (self->kind));
  g_signal_connect_object (self->formula, "changed", G_CALLBACK (formula_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->kind, "changed", G_CALLBACK (formula_changed_cb), self, G_CONNECT_SWAPPED);
  if (self->field != NULL)
    cpt_formula_box_set_text (self->formula, self->field->formula);
}

static GtkWidget *
create_page (CptFieldForm *self,
             CptStore     *store)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *first = adw_preferences_group_new ();
  GtkWidget *last = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (first), C_("field group", "Name"));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (last), C_("field group", "Form"));
  self->label = cpt_settings_dialog_add_entry (first, C_("field", "Label"), self->field != NULL ? self->field->label : NULL);
  self->help = cpt_settings_dialog_add_entry (first, C_("field", "Help"), self->field != NULL ? self->field->help : NULL);
  self->kind = CPT_FIELD_KIND_BOX (cpt_field_kind_box_new (self->schema));
  if (self->field != NULL)
    cpt_field_kind_box_show (self->kind, self->field);
  cpt_field_kind_box_set_open (self->kind, self->field == NULL);
  add_required (self, last);
  add_group (self, last);
  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->kind));
  gtk_box_append (GTK_BOX (box), last);
  add_formula (self, store, box);
  if (self->field != NULL && self->field->formula == NULL)
    add_conversion (self, box);

  return cpt_settings_dialog_create_page (box);
}

void
cpt_field_form_present (CptWindow       *window,
                        const char      *entity,
                        const CptRecord *record)
{
  CptFieldForm *self;
  GtkWidget *page;
  g_autofree char *title = NULL;

  g_return_if_fail (CPT_IS_WINDOW (window));
  g_return_if_fail (entity != NULL);

  self = g_object_new (CPT_TYPE_FIELD_FORM, NULL);
  self->schema = cpt_schema_ref (cpt_window_get_schema (window));
  self->entity = cpt_schema_find_entity (self->schema, entity);
  if (record != NULL)
    {
      self->record = cpt_record_ref ((CptRecord *) record);
      self->field = cpt_entity_find_field (self->entity, cpt_record_get_text (record, "name"));
    }
  if (record != NULL && self->field == NULL)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  self->message = cpt_settings_dialog_create_message ();
  page = create_page (self, cpt_window_get_store (window));
  self->shown = dup_content (self);
  /* Translators: the title of a dialogue; %s is a kind of record: "Add a Field to Deals" */
  title = record == NULL ? g_strdup_printf (_("Add a Field to %s"), cpt_entity_get_label_plural (self->entity))
                         : g_strdup (_("Change Field"));
  cpt_settings_dialog_set_content (CPT_SETTINGS_DIALOG (self), title, page, self->message);
  cpt_settings_dialog_present (CPT_SETTINGS_DIALOG (self), window, 520, 640);
  gtk_widget_grab_focus (self->label);
}
