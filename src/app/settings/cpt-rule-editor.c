/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rule without code: rows that are made from the declarations, the bar of
 * conditions that lists have, and a sentence that says what it all means. The
 * record of the rule is made anew from them for each look at it; what nobody
 * touched stays as it was stored. */
#include "config.h"

#include "cpt-rule-editor.h"

#include <glib/gi18n-lib.h>

#include "cpt-combo-labels.h"
#include "cpt-filter-bar.h"
#include "cpt-form-rows.h"
#include "cpt-json.h"
#include "cpt-rule-preview.h"
#include "cpt-settings-dialog.h"

#define CPT_TYPE_RULE_EDITOR (cpt_rule_editor_get_type ())

G_DECLARE_FINAL_TYPE (CptRuleEditor, cpt_rule_editor, CPT, RULE_EDITOR, CptSettingsDialog)

struct _CptRuleEditor
{
  CptSettingsDialog parent_instance;

  CptStore *store;
  CptRecord *record;
  GPtrArray *entities; /* (element-type CptEntity): of the row */
  GPtrArray *fields;   /* (element-type CptField): of the row */
  GPtrArray *checks;   /* (element-type GtkCheckButton): of the choices */
  gboolean is_showing;
  gboolean keeps_condition; /* it is as stored: also when it can't be shown */

  /* Borrowed from GTK */
  GtkWidget *entity;
  GtkWidget *field;
  GtkWidget *kind;
  GtkWidget *choices; /* a group, seen with rules about choices */
  GtkWidget *choice_list;
  GtkWidget *conditions; /* a group */
  GtkWidget *bar;        /* (nullable): in it */
  GtkWidget *message;
  GtkWidget *name;
  CptRulePreview *preview;
};

G_DEFINE_FINAL_TYPE (CptRuleEditor, cpt_rule_editor, CPT_TYPE_SETTINGS_DIALOG)

static const CptField *
get_rule_field (CptRuleEditor *self,
                const char    *name)
{
  return cpt_entity_find_field (cpt_record_get_entity (self->record), name);
}

/* What the chosen line of a row stands for; NULL where none is chosen */
static gconstpointer
get_selected (GtkWidget *row,
              GPtrArray *values)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

  return selected < values->len ? g_ptr_array_index (values, selected) : NULL;
}

/* (nullable): name of a choice */
static const char *
get_kind (CptRuleEditor *self)
{
  const CptChoice *choices = get_rule_field (self, "kind")->choices;
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->kind));

  for (guint i = 0; choices[i].name != NULL; i++)
    if (i == selected)
      return choices[i].name;

  return NULL;
}

/* The record */

static void
set_text (CptRuleEditor *self,
          CptRecord     *record,
          const char    *name,
          const char    *text)
{
  CptValue value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, text);
  cpt_record_take (record, get_rule_field (self, name), value);
}

static void
set_allowed (CptRuleEditor *self,
             CptRecord     *record)
{
  const CptField *field = get_selected (self->field, self->fields);
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  CptValue value = CPT_VALUE_INIT;

  if (g_strcmp0 (get_kind (self), "choices") == 0)
    for (guint i = 0; i < self->checks->len && field->choices[i].name != NULL; i++)
      if (gtk_check_button_get_active (g_ptr_array_index (self->checks, i)))
        g_strv_builder_add (names, field->choices[i].name);
  cpt_value_take_texts (&value, g_strv_builder_end (names));
  cpt_record_take (record, get_rule_field (self, "allowed"), value);
}

static void
set_condition (CptRuleEditor *self,
               CptRecord     *record)
{
  g_autoptr(CptFilter) filter = self->bar != NULL ? cpt_filter_bar_dup_filter (CPT_FILTER_BAR (self->bar)) : NULL;
  g_autoptr(JsonNode) node = filter != NULL ? cpt_filter_to_json (filter) : NULL;
  g_autofree char *text = node != NULL ? cpt_json_format_canonical (node) : NULL;

  if (!self->keeps_condition)
    set_text (self, record, "condition", text);
}

/* The rule as it would be saved, but for its name; NULL when something is still
 * to be chosen */
static CptRecord *
create_record (CptRuleEditor *self)
{
  const CptEntity *entity = get_selected (self->entity, self->entities);
  const CptField *field = get_selected (self->field, self->fields);
  CptRecord *record;

  if (entity == NULL || field == NULL || get_kind (self) == NULL)
    return NULL;

  record = cpt_record_copy (self->record);
  set_text (self, record, "entity_name", entity->name);
  set_text (self, record, "field_name", field->name);
  set_text (self, record, "kind", get_kind (self));
  set_text (self, record, "message", gtk_editable_get_text (GTK_EDITABLE (self->message)));
  set_allowed (self, record);
  set_condition (self, record);

  return record;
}

static void
update_preview (CptRuleEditor *self)
{
  CptRecord *record = create_record (self);

  if (record != NULL)
    cpt_rule_preview_try (self->preview, record);
  else if (get_selected (self->field, self->fields) == NULL)
    cpt_rule_preview_ask (self->preview, _("Choose the field that the rule is about."));
  else
    cpt_rule_preview_ask (self->preview, _("Choose what the rule asks."));
}

static void
changed_cb (CptRuleEditor *self)
{
  if (!self->is_showing)
    update_preview (self);
}

/* Rows that follow what is chosen */

static void
condition_changed_cb (CptRuleEditor *self)
{
  self->keeps_condition = FALSE;
  changed_cb (self);
}

/* @text (nullable): a condition that is stored */
static void
show_condition (CptRuleEditor *self,
                const char    *text)
{
  const CptEntity *entity = get_selected (self->entity, self->entities);
  g_autoptr(CptFilter) filter = NULL;

  if (self->bar != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->conditions), self->bar);
  self->bar = NULL;
  self->keeps_condition = text != NULL;
  gtk_widget_set_visible (self->conditions, entity != NULL);
  if (entity == NULL)
    return;

  filter = text != NULL ? cpt_filter_parse (self->record->schema, entity, text, NULL) : NULL;
  self->bar = cpt_filter_bar_new (self->store, self->record->schema, entity);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (self->bar)), GTK_ORIENTATION_VERTICAL);
  cpt_filter_bar_set_adding (CPT_FILTER_BAR (self->bar), _("Add a Condition"));
  cpt_filter_bar_set_filter (CPT_FILTER_BAR (self->bar), filter);
  g_signal_connect_object (self->bar, "changed", G_CALLBACK (condition_changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->conditions), self->bar);
}

static void
add_choice (CptRuleEditor   *self,
            const CptChoice *choice,
            gboolean         is_allowed)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), cpt_choice_get_label (choice));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_allowed);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_signal_connect_object (check, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->checks, check);
  gtk_list_box_append (GTK_LIST_BOX (self->choice_list), row);
}

/* @allowed: those that are checked; null for none */
static void
show_choices (CptRuleEditor  *self,
              const CptValue *allowed)
{
  const CptField *field = get_selected (self->field, self->fields);
  const char *const *names = allowed->type == CPT_VALUE_TEXTS ? (const char *const *) allowed->texts : NULL;
  GtkWidget *child;

  g_ptr_array_set_size (self->checks, 0);
  while ((child = gtk_widget_get_first_child (self->choice_list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->choice_list), child);
  for (guint i = 0; field != NULL && field->choices != NULL && field->choices[i].name != NULL; i++)
    add_choice (self, &field->choices[i], names != NULL && g_strv_contains (names, field->choices[i].name));
  gtk_widget_set_visible (self->choices, self->checks->len > 0 && g_strcmp0 (get_kind (self), "choices") == 0);
}

/* @name (nullable): of the field that is chosen */
static void
show_fields (CptRuleEditor *self,
             const char    *name)
{
  const CptEntity *entity = get_selected (self->entity, self->entities);
  g_autoptr(GPtrArray) labels = g_ptr_array_new ();
  guint selected = GTK_INVALID_LIST_POSITION;

  g_ptr_array_set_size (self->fields, 0);
  for (guint i = 0; entity != NULL && i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];

      if ((field->flags & CPT_FIELD_HIDDEN) != 0)
        continue;
      if (g_strcmp0 (field->name, name) == 0)
        selected = self->fields->len;
      g_ptr_array_add (self->fields, (gpointer) field);
      g_ptr_array_add (labels, (gpointer) cpt_field_get_label (field));
    }
  cpt_combo_row_set_labels (ADW_COMBO_ROW (self->field), labels, selected);
}

static void
entity_changed_cb (CptRuleEditor *self)
{
  static const CptValue none = CPT_VALUE_INIT;

  if (self->is_showing)
    return;

  self->is_showing = TRUE;
  show_fields (self, NULL);
  show_choices (self, &none);
  show_condition (self, NULL);
  self->is_showing = FALSE;
  update_preview (self);
}

static void
field_changed_cb (CptRuleEditor *self)
{
  static const CptValue none = CPT_VALUE_INIT;

  if (self->is_showing)
    return;

  show_choices (self, &none);
  update_preview (self);
}

static void
kind_changed_cb (CptRuleEditor *self)
{
  if (self->is_showing)
    return;

  gtk_widget_set_visible (self->choices, self->checks->len > 0 && g_strcmp0 (get_kind (self), "choices") == 0);
  update_preview (self);
}

/* Saving */

/* What people call it: what they wrote, or what it says */
static void
set_name (CptRuleEditor *self,
          CptRecord     *record)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->name));
  g_autofree char *said = NULL;
  g_autofree char *cut = NULL;

  if (text[0] == '\0')
    {
      said = g_strdup (cpt_rule_preview_get_sentence (self->preview));
      if (said == NULL)
        said = cpt_rule_describe (self->record->schema, record, NULL, NULL);
      text = said;
    }
  if (text != NULL)
    cut = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), get_rule_field (self, "name")->max_length));
  set_text (self, record, "name", cut);
}

static void
cpt_rule_editor_save (CptSettingsDialog *dialog)
{
  CptRuleEditor *self = CPT_RULE_EDITOR (dialog);
  const CptEntity *entity = cpt_record_get_entity (self->record);
  g_autoptr(CptRecord) record = create_record (self);
  g_autofree char *sentence = NULL;
  g_autofree char *problem = NULL;
  CptTransaction *transaction;

  if (record == NULL)
    {
      update_preview (self);
      return;
    }
  sentence = cpt_rule_describe (self->record->schema, record, NULL, &problem);
  if (sentence == NULL)
    {
      cpt_rule_preview_refuse (self->preview, problem);
      return;
    }

  set_name (self, record);
  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  if (record->row == 0)
    cpt_transaction_create (transaction, record);
  for (guint i = 0; record->row != 0 && i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];

      if (!cpt_value_equal (cpt_record_get (self->record, field), cpt_record_get (record, field)))
        cpt_transaction_set (transaction, entity, &record->id, field, cpt_record_get (record, field));
    }
  cpt_settings_dialog_commit (dialog, transaction, record->row == 0 ? _("Rule added") : _("Rule changed"));
}

static gboolean
cpt_rule_editor_refused (CptSettingsDialog *dialog,
                         GPtrArray         *problems)
{
  if (problems->len == 0)
    return FALSE;

  cpt_rule_preview_refuse (CPT_RULE_EDITOR (dialog)->preview, ((const CptProblem *) g_ptr_array_index (problems, 0))->message);

  return TRUE;
}

/* The object */

static void
cpt_rule_editor_finalize (GObject *object)
{
  CptRuleEditor *self = CPT_RULE_EDITOR (object);

  g_clear_pointer (&self->entities, g_ptr_array_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->record, cpt_record_unref);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (cpt_rule_editor_parent_class)->finalize (object);
}

static void
cpt_rule_editor_class_init (CptRuleEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_rule_editor_finalize;
  CPT_SETTINGS_DIALOG_CLASS (klass)->save = cpt_rule_editor_save;
  CPT_SETTINGS_DIALOG_CLASS (klass)->refused = cpt_rule_editor_refused;
}

static void
cpt_rule_editor_init (CptRuleEditor *self)
{
  self->fields = g_ptr_array_new ();
  self->checks = g_ptr_array_new ();
}

/* Building */

static GtkWidget *
add_group (GtkWidget  *page,
           const char *title,
           const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));

  return group;
}

static void
fill_kinds (CptRuleEditor *self)
{
  const char *name = cpt_record_get_text (self->record, "kind");
  const CptChoice *choices = get_rule_field (self, "kind")->choices;
  g_autoptr(GPtrArray) labels = g_ptr_array_new ();
  guint selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; choices[i].name != NULL; i++)
    {
      if (g_strcmp0 (choices[i].name, name) == 0)
        selected = i;
      g_ptr_array_add (labels, (gpointer) cpt_choice_get_label (&choices[i]));
    }
  cpt_combo_row_set_labels (ADW_COMBO_ROW (self->kind), labels, selected);
}

static GtkWidget *
create_page (CptRuleEditor *self,
             const char    *sentence)
{
  const char *name = cpt_record_get_text (self->record, "name");
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = add_group (page, _("Rule"), NULL);
  GtkWidget *words;

  self->entity = cpt_form_add_watched_combo (group, _("Kind of record"), G_CALLBACK (entity_changed_cb), self);
  self->field = cpt_form_add_watched_combo (group, _("Field"), G_CALLBACK (field_changed_cb), self);
  self->kind = cpt_form_add_watched_combo (group, _("What it asks"), G_CALLBACK (kind_changed_cb), self);

  self->choices = add_group (page, _("Choices That May Be Taken"), NULL);
  self->choice_list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->choice_list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->choice_list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice_list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Choices That May Be Taken"), -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->choices), self->choice_list);

  self->conditions = add_group (page, C_("rule", "When"), _("Without a condition the rule always holds."));

  words = add_group (page, _("In Words"), _("Without a name, the rule is called by what it says."));
  self->message = cpt_settings_dialog_add_entry (words, _("What people are told"), cpt_record_get_text (self->record, "message"));
  self->name = cpt_settings_dialog_add_entry (words, _("Name"), g_strcmp0 (name, sentence) != 0 ? name : NULL);

  return page;
}

static void
show_record (CptRuleEditor *self)
{
  self->is_showing = TRUE;
  cpt_combo_row_set_kinds (ADW_COMBO_ROW (self->entity), self->entities,
                           cpt_record_get_text (self->record, "entity_name"));
  fill_kinds (self);
  show_fields (self, cpt_record_get_text (self->record, "field_name"));
  show_choices (self, cpt_record_get_named (self->record, "allowed"));
  show_condition (self, cpt_record_get_text (self->record, "condition"));
  self->is_showing = FALSE;
  update_preview (self);
}

void
cpt_rule_editor_present (CptWindow  *window,
                         CptRecord  *record,
                         const char *sentence)
{
  CptRuleEditor *self;
  GtkWidget *page;

  g_return_if_fail (CPT_IS_WINDOW (window));
  g_return_if_fail (record != NULL);

  self = g_object_new (CPT_TYPE_RULE_EDITOR, NULL);
  self->store = g_object_ref (cpt_window_get_store (window));
  self->record = cpt_record_ref (record);
  self->entities = cpt_schema_list_kinds (record->schema);
  self->preview = CPT_RULE_PREVIEW (cpt_rule_preview_new (self->store));
  page = create_page (self, sentence);
  cpt_settings_dialog_set_content (CPT_SETTINGS_DIALOG (self), record->row == 0 ? _("Add Rule") : _("Change Rule"), page,
                                   GTK_WIDGET (self->preview));
  show_record (self);
  cpt_settings_dialog_present (CPT_SETTINGS_DIALOG (self), window, 520, 680);
  gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}
