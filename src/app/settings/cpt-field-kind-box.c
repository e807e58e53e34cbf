/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kind of a field and its parameters. */
#include "config.h"

#include "cpt-field-kind-box.h"

#include <glib/gi18n-lib.h>

#include "cpt-choice-list.h"
#include "cpt-combo-labels.h"
#include "cpt-field-type.h"
#include "cpt-form-rows.h"

/* As people choose them: the usual ones first. What the program alone uses is not offered. */
static const CptFieldKind kinds[] = {
  CPT_FIELD_TEXT,
  CPT_FIELD_LONG_TEXT,
  CPT_FIELD_INTEGER,
  CPT_FIELD_DECIMAL,
  CPT_FIELD_MONEY,
  CPT_FIELD_PERCENT,
  CPT_FIELD_BOOLEAN,
  CPT_FIELD_DATE,
  CPT_FIELD_DATETIME,
  CPT_FIELD_DURATION,
  CPT_FIELD_CHOICE,
  CPT_FIELD_MULTI_CHOICE,
  CPT_FIELD_TAGS,
  CPT_FIELD_LINK,
  CPT_FIELD_LINKS,
  CPT_FIELD_EMAIL,
  CPT_FIELD_PHONE,
  CPT_FIELD_URL,
  CPT_FIELD_COUNTRY,
  CPT_FIELD_ADDRESS,
  CPT_FIELD_IDENTIFIER,
};

#define MAX_SCALE 9
#define DEFAULT_SCALE 2

struct _CptFieldKindBox
{
  AdwBin parent_instance;

  CptSchema *schema;
  GPtrArray *targets; /* (element-type CptEntity): of @schema */
  gboolean is_growing;

  /* Borrowed from GTK */
  AdwComboRow *kind;
  AdwComboRow *target;
  AdwComboRow *scheme;
  GtkWidget *scale_row;
  GtkSpinButton *scale;
  GtkWidget *unit;
  GtkWidget *choices_group;
  CptChoiceList *choices;
};

G_DEFINE_FINAL_TYPE (CptFieldKindBox, cpt_field_kind_box, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

CptFieldKind
cpt_field_kind_box_get_kind (CptFieldKindBox *self)
{
  g_return_val_if_fail (CPT_IS_FIELD_KIND_BOX (self), CPT_FIELD_TEXT);

  return kinds[MIN (adw_combo_row_get_selected (self->kind), G_N_ELEMENTS (kinds) - 1)];
}

static gboolean
has_unit (CptFieldKind kind)
{
  return kind == CPT_FIELD_INTEGER || kind == CPT_FIELD_DECIMAL;
}

static void
show_rows (CptFieldKindBox *self)
{
  CptFieldKind kind = cpt_field_kind_box_get_kind (self);

  gtk_widget_set_visible (GTK_WIDGET (self->target), cpt_field_kind_is_link (kind));
  gtk_widget_set_visible (GTK_WIDGET (self->scheme), kind == CPT_FIELD_IDENTIFIER);
  gtk_widget_set_visible (self->scale_row, kind == CPT_FIELD_DECIMAL);
  gtk_widget_set_visible (self->unit, has_unit (kind));
  gtk_widget_set_visible (self->choices_group, cpt_field_kind_is_choice (kind) && !self->is_growing);
}

static void
changed_cb (CptFieldKindBox *self)
{
  show_rows (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
cpt_field_kind_box_set_open (CptFieldKindBox *self,
                             gboolean         is_open)
{
  g_return_if_fail (CPT_IS_FIELD_KIND_BOX (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self->kind), is_open);
  gtk_widget_set_sensitive (GTK_WIDGET (self->target), is_open);
  gtk_widget_set_sensitive (GTK_WIDGET (self->scheme), is_open);
  gtk_widget_set_sensitive (self->scale_row, is_open);
}

void
cpt_field_kind_box_set_growing (CptFieldKindBox *self,
                                gboolean         is_growing)
{
  g_return_if_fail (CPT_IS_FIELD_KIND_BOX (self));

  self->is_growing = is_growing;
  show_rows (self);
}

void
cpt_field_kind_box_show (CptFieldKindBox *self,
                         const CptField  *field)
{
  g_return_if_fail (CPT_IS_FIELD_KIND_BOX (self));
  g_return_if_fail (field != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i] == field->kind)
      adw_combo_row_set_selected (self->kind, i);
  for (guint i = 0; i < self->targets->len; i++)
    if (g_strcmp0 (((const CptEntity *) g_ptr_array_index (self->targets, i))->name, field->target) == 0)
      adw_combo_row_set_selected (self->target, i);
  adw_combo_row_set_selected (self->scheme, field->scheme);
  gtk_spin_button_set_value (self->scale, field->kind == CPT_FIELD_DECIMAL ? field->scale : DEFAULT_SCALE);
  gtk_editable_set_text (GTK_EDITABLE (self->unit), field->unit != NULL ? field->unit : "");
  cpt_choice_list_set_choices (self->choices, cpt_field_kind_is_choice (field->kind) ? field->choices : NULL);
  show_rows (self);
}

void
cpt_field_kind_box_set_text (JsonObject *definition,
                             const char *member,
                             const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  if (*stripped != '\0')
    json_object_set_string_member (definition, member, stripped);
  else
    json_object_remove_member (definition, member);
}

void
cpt_field_kind_box_fill (CptFieldKindBox *self,
                         JsonObject      *definition)
{
  CptFieldKind kind = cpt_field_kind_box_get_kind (self);

  g_return_if_fail (CPT_IS_FIELD_KIND_BOX (self));

  if (cpt_field_kind_is_choice (kind) && !self->is_growing)
    json_object_set_array_member (definition, "choices", cpt_choice_list_to_json (self->choices));
  if (cpt_field_kind_is_link (kind))
    json_object_set_string_member (
      definition, "target",
      ((const CptEntity *) g_ptr_array_index (self->targets, adw_combo_row_get_selected (self->target)))->name);
  if (kind == CPT_FIELD_IDENTIFIER)
    json_object_set_string_member (definition, "scheme",
                                   cpt_identifier_get_name ((CptIdentifier) adw_combo_row_get_selected (self->scheme)));
  if (kind == CPT_FIELD_DECIMAL)
    json_object_set_int_member (definition, "scale", gtk_spin_button_get_value_as_int (self->scale));
  if (has_unit (kind))
    cpt_field_kind_box_set_text (definition, "unit", gtk_editable_get_text (GTK_EDITABLE (self->unit)));
}

/* Building */

static void
fill_combos (CptFieldKindBox *self)
{
  g_autoptr(GtkStringList) kind_labels = gtk_string_list_new (NULL);
  g_autoptr(GtkStringList) scheme_labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (kind_labels, _(cpt_field_type_get (kinds[i])->label));
  for (guint i = 0; i < CPT_N_IDENTIFIERS; i++)
    {
      g_autofree char *label = g_ascii_strup (cpt_identifier_get_name ((CptIdentifier) i), -1);

      gtk_string_list_append (scheme_labels, label);
    }

  adw_combo_row_set_model (self->kind, G_LIST_MODEL (kind_labels));
  cpt_combo_row_set_kinds (self->target, self->targets, NULL);
  adw_combo_row_set_model (self->scheme, G_LIST_MODEL (scheme_labels));
}

static void
cpt_field_kind_box_finalize (GObject *object)
{
  CptFieldKindBox *self = CPT_FIELD_KIND_BOX (object);

  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_field_kind_box_parent_class)->finalize (object);
}

static void
cpt_field_kind_box_class_init (CptFieldKindBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_field_kind_box_finalize;

  signals[CHANGED] = g_signal_new ("changed", CPT_TYPE_FIELD_KIND_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
cpt_field_kind_box_init (CptFieldKindBox *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), C_("field group", "Content"));
  self->kind = ADW_COMBO_ROW (cpt_form_add_combo (group, C_("field", "Kind")));
  self->target = ADW_COMBO_ROW (cpt_form_add_combo (group, _("Links to")));
  self->scheme = ADW_COMBO_ROW (cpt_form_add_combo (group, _("Which number")));
  self->scale = GTK_SPIN_BUTTON (cpt_form_add_spin (group, _("Digits behind the point"), 0, MAX_SCALE, DEFAULT_SCALE));
  self->scale_row = cpt_form_get_row (GTK_WIDGET (self->scale));
  self->unit = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->unit), _("Unit behind the number"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->unit);

  self->choices_group = adw_preferences_group_new ();
  self->choices = CPT_CHOICE_LIST (cpt_choice_list_new ());
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->choices_group), _("Choices"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->choices_group), GTK_WIDGET (self->choices));

  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), self->choices_group);
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
cpt_field_kind_box_new (CptSchema *schema)
{
  CptFieldKindBox *self = g_object_new (CPT_TYPE_FIELD_KIND_BOX, NULL);

  self->schema = cpt_schema_ref (schema);
  self->targets = cpt_schema_list_kinds (schema);
  fill_combos (self);
  show_rows (self);
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->target, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scheme, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scale, "value-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
