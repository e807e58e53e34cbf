/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a condition is put together, in two steps: the field, then operator and
 * value. The fields are listed when the popover is opened for the first time. */
#include "config.h"
#include "cpt-filter-editor.h"

#include <glib/gi18n-lib.h>

#include "cpt-filter-value.h"
#include "cpt-match.h"
#include "cpt-text.h"

struct _CptFilterEditor
{
  GtkPopover parent_instance;

  CptStore *store;
  CptSchema *schema;
  const CptEntity *entity;
  CptFilter *condition; /* (nullable) */
  char *start;          /* (nullable): the field to begin with */

  /* Borrowed from GTK */
  GtkStack *stack; /* "fields" and "value" */
  GtkWidget *search;
  GtkListBox *fields;
  GtkLabel *title;
  GtkDropDown *operators; /* (nullable) */
  GtkWidget *form;        /* of operators and value */
  CptFilterValue *value;  /* (nullable) */

  GPtrArray *paths; /* (element-type utf8): of the rows of @fields */
  GPtrArray *words; /* (element-type utf8): folded labels of the same */
  char **wanted;    /* (nullable): folded words */
  char *path;       /* (nullable): the field chosen */
  CptPath parsed;
  GArray *offered; /* (element-type CptOperator): of @operators */
};

G_DEFINE_FINAL_TYPE (CptFilterEditor, cpt_filter_editor, GTK_TYPE_POPOVER)

static CptOperator
get_operator (CptFilterEditor *self)
{
  return g_array_index (self->offered, CptOperator, gtk_drop_down_get_selected (self->operators));
}

static void
show_value (CptFilterEditor *self,
            JsonNode        *value)
{
  if (self->value != NULL)
    gtk_box_remove (GTK_BOX (self->form), GTK_WIDGET (self->value));
  self->value = CPT_FILTER_VALUE (cpt_filter_value_new (self->store, self->schema, cpt_path_get_field (&self->parsed),
                                                        get_operator (self), value));
  gtk_box_insert_child_after (GTK_BOX (self->form), GTK_WIDGET (self->value), GTK_WIDGET (self->operators));
}

static void
operator_cb (CptFilterEditor *self)
{
  show_value (self, NULL);
}

static void
show_operators (CptFilterEditor *self,
                CptOperator      chosen)
{
  const CptField *field = cpt_path_get_field (&self->parsed);
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = 0;

  g_array_set_size (self->offered, 0);
  for (guint i = 0; i < CPT_N_OPERATORS; i++)
    {
      CptOperator op = (CptOperator) i;

      if (!cpt_filter_value_is_offered (field, op))
        continue;
      if (op == chosen)
        selected = self->offered->len;
      g_array_append_val (self->offered, op);
      gtk_string_list_append (labels, cpt_operator_get_label (op, field->kind));
    }

  g_signal_handlers_block_matched (self->operators, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
  gtk_drop_down_set_model (self->operators, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (self->operators, selected);
  g_signal_handlers_unblock_matched (self->operators, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
}

/* FALSE when there is no such field */
static gboolean
choose_path (CptFilterEditor *self,
             const char      *path,
             CptOperator      op,
             JsonNode        *value)
{
  g_autofree char *label = NULL;

  if (!cpt_path_parse (self->schema, self->entity, path, &self->parsed, NULL))
    return FALSE;

  g_free (self->path);
  self->path = g_strdup (path);
  label = cpt_path_get_label (&self->parsed);
  gtk_label_set_text (self->title, label);
  show_operators (self, op);
  show_value (self, value);
  gtk_stack_set_visible_child_name (self->stack, "value");
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->value), GTK_DIR_TAB_FORWARD);

  return TRUE;
}

static void
field_cb (CptFilterEditor *self,
          GtkListBoxRow   *row)
{
  choose_path (self, g_ptr_array_index (self->paths, gtk_list_box_row_get_index (row)), CPT_N_OPERATORS, NULL);
}

static void
back_cb (CptFilterEditor *self)
{
  gtk_stack_set_visible_child_name (self->stack, "fields");
  gtk_widget_grab_focus (self->search);
}

static void
apply_cb (CptFilterEditor *self)
{
  g_autoptr(CptFilter) condition = NULL;
  g_autoptr(JsonNode) value = NULL;

  if (!cpt_filter_value_get (self->value, &value))
    {
      gtk_widget_child_focus (GTK_WIDGET (self->value), GTK_DIR_TAB_FORWARD);
      return;
    }

  condition = cpt_filter_new_condition (self->schema, self->entity, self->path, get_operator (self), value, NULL);
  if (condition == NULL)
    return;

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit_by_name (self, "applied", condition);
}

/* ------------------------------------------------------------------- fields */

static void
add_path (CptFilterEditor *self,
          const char      *path)
{
  CptPath parsed;
  GtkWidget *label;
  char *text;

  if (!cpt_path_parse (self->schema, self->entity, path, &parsed, NULL))
    return;

  text = cpt_path_get_label (&parsed);
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  g_ptr_array_add (self->paths, g_strdup (path));
  g_ptr_array_add (self->words, cpt_text_fold (text));
  gtk_list_box_append (self->fields, label);
  g_free (text);
}

static void
add_fields (CptFilterEditor *self,
            const CptEntity *entity,
            const char      *prefix)
{
  static const char *const system_fields[] = { "created_at", "changed_at", "created_by", "changed_by" };

  for (guint i = 0; i < entity->n_fields; i++)
    if ((entity->fields[i]->flags & CPT_FIELD_HIDDEN) == 0 && entity->fields[i]->kind != CPT_FIELD_JSON)
      {
        g_autofree char *path = g_strconcat (prefix, entity->fields[i]->name, NULL);

        add_path (self, path);
      }
  for (guint i = 0; prefix[0] == '\0' && i < G_N_ELEMENTS (system_fields); i++)
    add_path (self, system_fields[i]);
}

static void
list_fields (CptFilterEditor *self)
{
  if (self->paths->len > 0)
    return;

  add_fields (self, self->entity, "");
  for (guint i = 0; i < self->entity->n_fields; i++)
    if (self->entity->fields[i]->kind == CPT_FIELD_LINK && (self->entity->fields[i]->flags & CPT_FIELD_HIDDEN) == 0)
      {
        g_autofree char *prefix = g_strconcat (self->entity->fields[i]->name, ".", NULL);

        add_fields (self, cpt_schema_get_target (self->schema, self->entity->fields[i]), prefix);
      }
}

/* Fields behind links come when they are asked for by name; each word may stand
 * anywhere: "organisation cou" is "Organisation › Country". */
static gboolean
is_field_shown (GtkListBoxRow *row,
                gpointer       user_data)
{
  CptFilterEditor *self = user_data;
  guint index = (guint) gtk_list_box_row_get_index (row);

  if (self->wanted == NULL || self->wanted[0] == NULL)
    return strchr (g_ptr_array_index (self->paths, index), '.') == NULL;

  for (guint i = 0; self->wanted[i] != NULL; i++)
    if (strstr (g_ptr_array_index (self->words, index), self->wanted[i]) == NULL)
      return FALSE;

  return TRUE;
}

static void
search_cb (CptFilterEditor *self)
{
  g_strfreev (self->wanted);
  self->wanted = cpt_match_split (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  gtk_list_box_invalidate_filter (self->fields);
}

static void
search_activated_cb (CptFilterEditor *self)
{
  /* "search-changed" waits for the fingers to rest; Return does not. */
  search_cb (self);
  for (guint i = 0; i < self->paths->len; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->fields, (int) i);

      if (is_field_shown (row, self))
        {
          field_cb (self, row);
          return;
        }
    }
}

static void
shown_cb (CptFilterEditor *self)
{
  g_autofree char *path = NULL;

  list_fields (self);
  if (self->condition == NULL && self->start != NULL && choose_path (self, self->start, CPT_N_OPERATORS, NULL))
    return;
  if (self->condition == NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->search), "");
      search_cb (self);
      back_cb (self);
      return;
    }

  path = cpt_path_format (cpt_filter_get_path (self->condition));
  choose_path (self, path, cpt_filter_get_operator (self->condition), cpt_filter_get_value (self->condition));
}

/* ---------------------------------------------------------------- the object */

static GtkWidget *
create_fields_page (CptFilterEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *nothing = gtk_label_new (_("Nothing found"));

  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _("Which field?"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Which field?"), -1);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (gtk_popover_popdown), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activated_cb), self, G_CONNECT_SWAPPED);
  self->fields = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->fields, GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (self->fields, is_field_shown, self, NULL);
  gtk_widget_add_css_class (nothing, "dim-label");
  gtk_widget_set_margin_top (nothing, 24);
  gtk_list_box_set_placeholder (self->fields, nothing);
  gtk_widget_add_css_class (GTK_WIDGET (self->fields), "menu-list");
  g_signal_connect_object (self->fields, "row-activated", G_CALLBACK (field_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->fields));
  gtk_widget_set_size_request (scroller, 280, 300);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), scroller);

  return box;
}

static GtkWidget *
create_value_page (CptFilterEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  GtkWidget *apply = gtk_button_new_with_mnemonic (_("_Apply"));

  gtk_widget_add_css_class (back, "flat");
  gtk_widget_set_tooltip_text (back, _("Another Field"));
  g_signal_connect_object (back, "clicked", G_CALLBACK (back_cb), self, G_CONNECT_SWAPPED);
  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  gtk_box_append (GTK_BOX (heading), back);
  gtk_box_append (GTK_BOX (heading), GTK_WIDGET (self->title));

  self->form = box;
  self->operators = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->operators), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Comparison"), -1);
  g_signal_connect_object (self->operators, "notify::selected", G_CALLBACK (operator_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (apply, "suggested-action");
  gtk_widget_set_halign (apply, GTK_ALIGN_END);
  g_signal_connect_object (apply, "clicked", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
  gtk_popover_set_default_widget (GTK_POPOVER (self), apply);

  gtk_widget_set_size_request (box, 280, -1);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->operators));
  gtk_box_append (GTK_BOX (box), apply);

  return box;
}

static void
cpt_filter_editor_finalize (GObject *object)
{
  CptFilterEditor *self = CPT_FILTER_EDITOR (object);

  g_clear_pointer (&self->condition, cpt_filter_unref);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_clear_pointer (&self->wanted, g_strfreev);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->start, g_free);
  g_clear_pointer (&self->offered, g_array_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (cpt_filter_editor_parent_class)->finalize (object);
}

static void
cpt_filter_editor_class_init (CptFilterEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_filter_editor_finalize;

  g_signal_new ("applied", CPT_TYPE_FILTER_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_POINTER);
}

static void
cpt_filter_editor_init (CptFilterEditor *self)
{
  self->paths = g_ptr_array_new_with_free_func (g_free);
  self->words = g_ptr_array_new_with_free_func (g_free);
  self->offered = g_array_new (FALSE, FALSE, sizeof (CptOperator));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_stack_add_named (self->stack, create_fields_page (self), "fields");
  gtk_stack_add_named (self->stack, create_value_page (self), "value");
  gtk_popover_set_child (GTK_POPOVER (self), GTK_WIDGET (self->stack));
  gtk_widget_add_css_class (GTK_WIDGET (self), "filter-editor");
  g_signal_connect (self, "show", G_CALLBACK (shown_cb), NULL);
}

GtkWidget *
cpt_filter_editor_new (CptStore        *store,
                       CptSchema       *schema,
                       const CptEntity *entity,
                       CptFilter       *condition)
{
  CptFilterEditor *self = g_object_new (CPT_TYPE_FILTER_EDITOR, NULL);

  self->store = g_object_ref (store);
  self->schema = cpt_schema_ref (schema);
  self->entity = entity;
  self->condition = condition != NULL ? cpt_filter_ref (condition) : NULL;

  return GTK_WIDGET (self);
}

void
cpt_filter_editor_set_start (CptFilterEditor *self,
                             const char      *path)
{
  g_return_if_fail (CPT_IS_FILTER_EDITOR (self));

  g_free (self->start);
  self->start = g_strdup (path);
  /* Before it is measured for the first time: a popover does not get smaller. */
  if (path != NULL && self->condition == NULL)
    choose_path (self, path, CPT_N_OPERATORS, NULL);
}
