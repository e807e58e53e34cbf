/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions as chips. A chip is the sentence of its condition; the titles of
 * linked records in it are read on a worker and come a moment later. */
#include "config.h"
#include "cpt-filter-bar.h"

#include <glib/gi18n-lib.h>

#include "cpt-filter-editor.h"
#include "cpt-filter-recent.h"

struct _CptFilterBar
{
  GtkWidget parent_instance;

  CptStore *store;
  CptSchema *schema;
  const CptEntity *entity;
  GPtrArray *conditions; /* (element-type CptFilter), in the order of the chips */
  GCancellable *cancellable;
  char *recent_text; /* (nullable): as cpt_filter_recent_add() writes it */

  /* Borrowed from GTK */
  GtkWidget *add;
  GtkWidget *recent; /* hidden while there is none */
  GtkWidget *scroller;
  GtkWidget *chips;
};

G_DEFINE_FINAL_TYPE (CptFilterBar, cpt_filter_bar, GTK_TYPE_WIDGET)

static void show_chips (CptFilterBar *self);

static void
remember (CptFilterBar *self)
{
  g_autoptr(CptFilter) filter = cpt_filter_bar_dup_filter (self);
  char *text;

  if (filter == NULL || self->recent_text == NULL)
    return;

  text = cpt_filter_recent_add (self->recent_text, filter);
  g_free (self->recent_text);
  self->recent_text = text;
  gtk_widget_set_visible (self->recent, TRUE);
}

static void
conditions_changed (CptFilterBar *self)
{
  remember (self);
  show_chips (self);
  g_signal_emit_by_name (self, "changed");
}

/* Position of the chip that @widget is in */
static guint
find_chip (CptFilterBar *self,
           GtkWidget    *widget)
{
  guint index = 0;

  for (GtkWidget *chip = gtk_widget_get_first_child (self->chips); chip != NULL; chip = gtk_widget_get_next_sibling (chip))
    {
      if (widget == chip || gtk_widget_is_ancestor (widget, chip))
        return index;
      index++;
    }

  return G_MAXUINT;
}

static void
remove_cb (GtkButton    *button,
           CptFilterBar *self)
{
  guint index = find_chip (self, GTK_WIDGET (button));

  if (index >= self->conditions->len)
    return;

  g_ptr_array_remove_index (self->conditions, index);
  conditions_changed (self);
  gtk_widget_grab_focus (self->add);
}

static void
changed_cb (GtkWidget    *editor,
            CptFilter    *condition,
            CptFilterBar *self)
{
  guint index = find_chip (self, editor);

  if (index >= self->conditions->len)
    return;

  cpt_filter_unref (g_ptr_array_index (self->conditions, index));
  g_ptr_array_index (self->conditions, index) = cpt_filter_ref (condition);
  conditions_changed (self);
}

static void
added_cb (GtkWidget    *editor,
          CptFilter    *condition,
          CptFilterBar *self)
{
  g_ptr_array_add (self->conditions, cpt_filter_ref (condition));
  conditions_changed (self);
}

/* ---------------------------------------------------------------- sentences */

static gpointer
read_sentence (CptDatabase   *database,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return cpt_filter_to_sentence (data, database);
}

static void
sentence_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GtkLabel) label = user_data;
  g_autofree char *sentence = cpt_store_finish (CPT_STORE (source), result, NULL);

  if (sentence == NULL)
    return;

  gtk_label_set_text (label, sentence);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), sentence);
}

static GtkWidget *
create_label (CptFilterBar *self,
              CptFilter    *condition)
{
  g_autofree char *sentence = cpt_filter_to_sentence (condition, NULL);
  GtkWidget *label = gtk_label_new (sentence);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  cpt_store_read_async (self->store, G_PRIORITY_HIGH, read_sentence, cpt_filter_ref (condition),
                        (GDestroyNotify) cpt_filter_unref, g_free, self->cancellable, sentence_cb, g_object_ref (label));

  return label;
}

static GtkWidget *
create_chip (CptFilterBar *self,
             CptFilter    *condition)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = create_label (self, condition);
  GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");
  GtkWidget *body = label;

  if (cpt_filter_get_form (condition) == CPT_FILTER_CONDITION)
    {
      GtkWidget *editor = cpt_filter_editor_new (self->store, self->schema, self->entity, condition);

      body = gtk_menu_button_new ();
      gtk_menu_button_set_child (GTK_MENU_BUTTON (body), label);
      gtk_menu_button_set_popover (GTK_MENU_BUTTON (body), editor);
      gtk_accessible_update_property (GTK_ACCESSIBLE (body), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      gtk_label_get_text (GTK_LABEL (label)), -1);
      gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (body), FALSE);
      g_signal_connect_object (editor, "applied", G_CALLBACK (changed_cb), self, 0);
    }

  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_add_css_class (remove, "circular");
  gtk_widget_set_tooltip_text (remove, _("Remove Condition"));
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_cb), self, 0);
  gtk_widget_add_css_class (chip, "chip");
  gtk_box_append (GTK_BOX (chip), body);
  gtk_box_append (GTK_BOX (chip), remove);

  return chip;
}

static void
show_chips (CptFilterBar *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_box_remove (GTK_BOX (self->chips), child);
  for (guint i = 0; i < self->conditions->len; i++)
    gtk_box_append (GTK_BOX (self->chips), create_chip (self, g_ptr_array_index (self->conditions, i)));
  gtk_widget_set_visible (self->scroller, self->conditions->len > 0);
}

/* -------------------------------------------------------------- recent filters */

static void
recent_chosen_cb (CptFilterBar  *self,
                  GtkListBoxRow *row)
{
  g_autoptr(GPtrArray) filters = cpt_filter_recent_list (self->recent_text, self->schema, self->entity);
  guint index = (guint) gtk_list_box_row_get_index (row);

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->recent));
  if (index >= filters->len)
    return;

  cpt_filter_bar_set_filter (self, g_ptr_array_index (filters, index));
  conditions_changed (self);
}

static void
recent_popup_cb (GtkMenuButton *button,
                 gpointer       user_data)
{
  CptFilterBar *self = user_data;
  g_autoptr(GPtrArray) filters = cpt_filter_recent_list (self->recent_text, self->schema, self->entity);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *list = gtk_list_box_new ();

  for (guint i = 0; i < filters->len; i++)
    {
      GtkWidget *label = create_label (self, g_ptr_array_index (filters, i));
      GtkWidget *row = gtk_list_box_row_new ();

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      gtk_label_get_text (GTK_LABEL (label)), -1);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "navigation-sidebar");
  g_signal_connect_object (list, "row-activated", G_CALLBACK (recent_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_popover_set_child (GTK_POPOVER (popover), list);
  gtk_menu_button_set_popover (button, popover);
}

/* ---------------------------------------------------------------- the object */

static void
cpt_filter_bar_dispose (GObject *object)
{
  CptFilterBar *self = CPT_FILTER_BAR (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (cpt_filter_bar_parent_class)->dispose (object);
}

static void
cpt_filter_bar_finalize (GObject *object)
{
  CptFilterBar *self = CPT_FILTER_BAR (object);

  g_clear_pointer (&self->conditions, g_ptr_array_unref);
  g_clear_pointer (&self->recent_text, g_free);
  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (cpt_filter_bar_parent_class)->finalize (object);
}

static void
cpt_filter_bar_class_init (CptFilterBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_filter_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_filter_bar_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);

  g_signal_new ("changed", CPT_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_filter_bar_init (CptFilterBar *self)
{
  GtkWidget *content = adw_button_content_new ();

  self->conditions = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_filter_unref);
  self->cancellable = g_cancellable_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "cpt-filter-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _("Add _Filter"));
  adw_button_content_set_use_underline (ADW_BUTTON_CONTENT (content), TRUE);
  self->add = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->add), content);
  gtk_widget_set_tooltip_text (self->add, _("Add Filter"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add Filter"), -1);
  gtk_widget_set_parent (self->add, GTK_WIDGET (self));

  self->recent = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->recent), "document-open-recent-symbolic");
  gtk_widget_set_tooltip_text (self->recent, _("Recent Filters"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->recent), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Recent Filters"), -1);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->recent), recent_popup_cb, self, NULL);
  gtk_widget_set_visible (self->recent, FALSE);
  gtk_widget_set_parent (self->recent, GTK_WIDGET (self));

  self->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->chips);
  gtk_widget_set_hexpand (self->scroller, TRUE);
  gtk_widget_set_visible (self->scroller, FALSE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "filter-bar");
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 6);
}

GtkWidget *
cpt_filter_bar_new (CptStore        *store,
                    CptSchema       *schema,
                    const CptEntity *entity)
{
  CptFilterBar *self = g_object_new (CPT_TYPE_FILTER_BAR, NULL);
  GtkWidget *editor;

  self->store = g_object_ref (store);
  self->schema = cpt_schema_ref (schema);
  self->entity = entity;
  editor = cpt_filter_editor_new (store, schema, entity, NULL);
  g_signal_connect_object (editor, "applied", G_CALLBACK (added_cb), self, 0);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->add), editor);

  return GTK_WIDGET (self);
}

void
cpt_filter_bar_set_filter (CptFilterBar *self,
                           CptFilter    *filter)
{
  CptFilter *const *children;
  guint n_children = 0;

  g_return_if_fail (CPT_IS_FILTER_BAR (self));

  g_ptr_array_set_size (self->conditions, 0);
  if (filter != NULL && cpt_filter_get_form (filter) == CPT_FILTER_ALL)
    {
      children = cpt_filter_get_children (filter, &n_children);
      for (guint i = 0; i < n_children; i++)
        g_ptr_array_add (self->conditions, cpt_filter_ref (children[i]));
    }
  else if (filter != NULL)
    {
      g_ptr_array_add (self->conditions, cpt_filter_ref (filter));
    }
  show_chips (self);
}

void
cpt_filter_bar_add (CptFilterBar *self,
                    CptFilter    *condition)
{
  g_return_if_fail (CPT_IS_FILTER_BAR (self));
  g_return_if_fail (condition != NULL);

  g_ptr_array_add (self->conditions, cpt_filter_ref (condition));
  conditions_changed (self);
}

CptFilter *
cpt_filter_bar_dup_filter (CptFilterBar *self)
{
  g_return_val_if_fail (CPT_IS_FILTER_BAR (self), NULL);

  if (self->conditions->len == 0)
    return NULL;
  if (self->conditions->len == 1)
    return cpt_filter_ref (g_ptr_array_index (self->conditions, 0));

  return cpt_filter_new_group (self->schema, self->entity, CPT_FILTER_ALL,
                               (CptFilter *const *) self->conditions->pdata, self->conditions->len);
}

void
cpt_filter_bar_set_recent (CptFilterBar *self,
                           const char   *text)
{
  g_autoptr(GPtrArray) filters = NULL;

  g_return_if_fail (CPT_IS_FILTER_BAR (self));

  filters = cpt_filter_recent_list (text, self->schema, self->entity);
  g_free (self->recent_text);
  self->recent_text = g_strdup (text);
  gtk_widget_set_visible (self->recent, filters->len > 0);
}

const char *
cpt_filter_bar_get_recent (CptFilterBar *self)
{
  g_return_val_if_fail (CPT_IS_FILTER_BAR (self), NULL);

  return self->recent_text;
}
