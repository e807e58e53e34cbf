/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What many records shall have. The editor of the field is the one that its
 * page has; it is made anew for each field that is chosen. */
#include "config.h"
#include "cpt-bulk-editor.h"

#include <glib/gi18n-lib.h>

#include "cpt-field-editor.h"
#include "cpt-field-type.h"

struct _CptBulkEditor
{
  AdwWindow parent_instance;

  CptStore *store;
  CptSchema *schema;
  GPtrArray *fields;      /* (element-type CptField) */
  CptFieldEditor *editor; /* of the chosen field */

  AdwPreferencesGroup *group;
  AdwComboRow *field_row;
  AdwComboRow *kind_row; /* shown for sets */
};

G_DEFINE_FINAL_TYPE (CptBulkEditor, cpt_bulk_editor, ADW_TYPE_WINDOW)

enum
{
  APPLIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* In the order of the row that offers them */
static const CptBulkKind kinds[] = { CPT_BULK_ADD, CPT_BULK_REMOVE, CPT_BULK_SET };

gboolean
cpt_bulk_editor_is_offered (const CptField *field)
{
  return (field->flags & (CPT_FIELD_READ_ONLY | CPT_FIELD_HIDDEN)) == 0 && field->kind != CPT_FIELD_ATTACHMENT &&
         field->kind != CPT_FIELD_JSON;
}

static gboolean
is_set (const CptField *field)
{
  CptValueType type = cpt_field_type_get (field->kind)->value_type;

  return type == CPT_VALUE_TEXTS || type == CPT_VALUE_IDS;
}

static const CptField *
get_field (CptBulkEditor *self)
{
  return g_ptr_array_index (self->fields, adw_combo_row_get_selected (self->field_row));
}

static void
field_chosen_cb (CptBulkEditor *self)
{
  if (adw_combo_row_get_selected (self->field_row) >= self->fields->len)
    return;

  if (self->editor != NULL)
    adw_preferences_group_remove (self->group, cpt_field_editor_get_row (self->editor));
  g_clear_object (&self->editor);
  self->editor = cpt_field_editor_new (self->store, self->schema, get_field (self));
  adw_preferences_group_add (self->group, cpt_field_editor_get_row (self->editor));
  gtk_widget_set_visible (GTK_WIDGET (self->kind_row), is_set (get_field (self)));
}

static void
apply_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  CptBulkEditor *self = CPT_BULK_EDITOR (widget);
  const CptField *field = get_field (self);
  CptBulkKind kind = is_set (field) ? kinds[adw_combo_row_get_selected (self->kind_row)] : CPT_BULK_SET;
  const CptValue *value;

  if (!cpt_field_editor_flush (self->editor))
    return;

  value = cpt_field_editor_get_value (self->editor);
  if (cpt_value_is_null (value) && (kind != CPT_BULK_SET || (field->flags & CPT_FIELD_REQUIRED)))
    {
      cpt_field_editor_set_error (self->editor, _("This can’t be empty."));
      return;
    }

  g_signal_emit (self, signals[APPLIED], 0, (guint) kind, field, value);
  gtk_window_close (GTK_WINDOW (self));
}

static void
cpt_bulk_editor_dispose (GObject *object)
{
  CptBulkEditor *self = CPT_BULK_EDITOR (object);

  g_clear_object (&self->editor);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (cpt_bulk_editor_parent_class)->dispose (object);
}

static void
cpt_bulk_editor_finalize (GObject *object)
{
  CptBulkEditor *self = CPT_BULK_EDITOR (object);

  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_bulk_editor_parent_class)->finalize (object);
}

/* The keyboard begins where there is something to say: at the value of the field
 * that was asked for, else at the choice of one. */
static void
cpt_bulk_editor_map (GtkWidget *widget)
{
  CptBulkEditor *self = CPT_BULK_EDITOR (widget);
  GtkWidget *row = gtk_widget_get_visible (GTK_WIDGET (self->field_row)) ? GTK_WIDGET (self->field_row)
                                                                         : cpt_field_editor_get_row (self->editor);

  GTK_WIDGET_CLASS (cpt_bulk_editor_parent_class)->map (widget);

  if (!gtk_widget_grab_focus (row))
    gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
}

static void
cpt_bulk_editor_class_init (CptBulkEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_bulk_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_bulk_editor_finalize;
  widget_class->map = cpt_bulk_editor_map;

  signals[APPLIED] = g_signal_new ("applied", CPT_TYPE_BULK_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_POINTER, G_TYPE_POINTER);

  gtk_widget_class_install_action (widget_class, "bulk.apply", NULL, apply_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "bulk.apply", NULL);
}

static void
cpt_bulk_editor_init (CptBulkEditor *self)
{
  self->fields = g_ptr_array_new ();
}

/* ------------------------------------------------------------------ building */

static GtkWidget *
create_header (const char *title)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *apply = gtk_button_new_with_mnemonic (_("_Apply"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (apply), "bulk.apply");
  gtk_widget_add_css_class (apply, "suggested-action");
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (title, NULL));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), apply);

  return header;
}

static GtkWidget *
create_combo (const char        *title,
              const char *const *labels)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr(GtkStringList) list = gtk_string_list_new (labels);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));

  return row;
}

static GtkWidget *
create_field_row (CptBulkEditor *self)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new ();

  for (guint i = 0; i < self->fields->len; i++)
    g_ptr_array_add (labels, (gpointer) cpt_field_get_label (g_ptr_array_index (self->fields, i)));
  g_ptr_array_add (labels, NULL);

  return create_combo (_("Field"), (const char *const *) labels->pdata);
}

static void
build (CptBulkEditor   *self,
       const CptEntity *entity,
       gboolean         is_fixed,
       guint            n_records)
{
  const char *const words[] = { _("Add"), _("Take away"), _("Replace by"), NULL };
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *number = cpt_decimal_format_local (n_records, 0, 0);
  /* Translators: a number and a kind of record in the plural: "Change 1,204 Contacts" */
  g_autofree char *title = g_strdup_printf (ngettext ("Change %s %s", "Change %s %s", n_records), number,
                                            cpt_entity_get_label_plural (entity));

  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 460, 320);
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_description (self->group, _("All of them get this value, as one change that can be undone. "
                                                        "An empty value clears the field."));
  self->field_row = ADW_COMBO_ROW (create_field_row (self));
  self->kind_row = ADW_COMBO_ROW (create_combo (_("What to do"), words));
  gtk_widget_set_visible (GTK_WIDGET (self->field_row), !is_fixed);
  adw_preferences_group_add (self->group, GTK_WIDGET (self->field_row));
  adw_preferences_group_add (self->group, GTK_WIDGET (self->kind_row));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), self->group);
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), create_header (title));
  gtk_box_append (GTK_BOX (box), page);
  adw_window_set_content (ADW_WINDOW (self), box);
  g_signal_connect_object (self->field_row, "notify::selected", G_CALLBACK (field_chosen_cb), self, G_CONNECT_SWAPPED);
  field_chosen_cb (self);
}

GtkWidget *
cpt_bulk_editor_new (CptStore        *store,
                     CptSchema       *schema,
                     const CptEntity *entity,
                     const CptField  *field,
                     guint            n_records)
{
  CptBulkEditor *self = g_object_new (CPT_TYPE_BULK_EDITOR, NULL);

  self->store = g_object_ref (store);
  self->schema = cpt_schema_ref (schema);
  for (guint i = 0; i < entity->n_fields; i++)
    if (field == NULL ? cpt_bulk_editor_is_offered (entity->fields[i]) : field == entity->fields[i])
      g_ptr_array_add (self->fields, (gpointer) entity->fields[i]);
  build (self, entity, field != NULL, n_records);

  return GTK_WIDGET (self);
}
