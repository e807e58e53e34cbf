/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which field? A list that is searched; its rows are made when it is opened. */

#include "config.h"

#include "cpt-path-chooser.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpt-match.h"
#include "cpt-text.h"

#define WIDTH 260
#define HEIGHT 280

struct _CptPathChooser
{
  GtkPopover parent_instance;

  CptPathChooserFunc is_offered; /* (nullable) */
  GPtrArray *paths;              /* (element-type utf8) */
  GPtrArray *labels;             /* (element-type utf8) */
  GPtrArray *words;              /* (element-type utf8): folded labels */
  char **wanted;                 /* (nullable): folded words */
  guint n_rows;                  /* of @list, so far */

  /* Borrowed from GTK */
  GtkWidget *search;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (CptPathChooser, cpt_path_chooser, GTK_TYPE_POPOVER)

static guint chosen_signal;

static void
row_activated_cb (CptPathChooser *self,
                  GtkListBoxRow  *row)
{
  g_autofree char *path = g_strdup (g_ptr_array_index (self->paths, gtk_list_box_row_get_index (row)));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, chosen_signal, 0, path);
}

static gboolean
is_row_shown (GtkListBoxRow *row,
              gpointer       user_data)
{
  CptPathChooser *self = user_data;
  guint index = (guint) gtk_list_box_row_get_index (row);

  if (self->wanted == NULL || self->wanted[0] == NULL)
    {
      const char *path = g_ptr_array_index (self->paths, index);

      return strchr (path, '.') == NULL || g_str_has_prefix (path, "steps.");
    }

  for (guint i = 0; self->wanted[i] != NULL; i++)
    if (strstr (g_ptr_array_index (self->words, index), self->wanted[i]) == NULL)
      return FALSE;

  return TRUE;
}

static void
search_cb (CptPathChooser *self)
{
  g_strfreev (self->wanted);
  self->wanted = cpt_match_split (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  gtk_list_box_invalidate_filter (self->list);
}

static void
search_activated_cb (CptPathChooser *self)
{
  /* "search-changed" waits for the fingers to rest; Return does not. */
  search_cb (self);
  for (guint i = 0; i < self->paths->len; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) i);

      if (is_row_shown (row, self))
        {
          row_activated_cb (self, row);
          return;
        }
    }
}

static void
shown_cb (CptPathChooser *self)
{
  for (; self->n_rows < self->paths->len; self->n_rows++)
    {
      GtkWidget *label = gtk_label_new (g_ptr_array_index (self->labels, self->n_rows));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_list_box_append (self->list, label);
    }
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  search_cb (self);
  gtk_widget_grab_focus (self->search);
}

void
cpt_path_chooser_add (CptPathChooser *self,
                      const char     *path,
                      const char     *label)
{
  g_return_if_fail (CPT_IS_PATH_CHOOSER (self));

  g_ptr_array_add (self->paths, g_strdup (path));
  g_ptr_array_add (self->labels, g_strdup (label));
  g_ptr_array_add (self->words, cpt_text_fold (label));
}

static void
add_path (CptPathChooser  *self,
          CptSchema       *schema,
          const CptEntity *entity,
          const char      *text)
{
  CptPath path;
  g_autofree char *label = NULL;
  const CptField *field;

  if (!cpt_path_parse (schema, entity, text, &path, NULL))
    return;

  field = cpt_path_get_field (&path);
  if ((field->flags & CPT_FIELD_HIDDEN) != 0 || (self->is_offered != NULL && !self->is_offered (field)))
    return;

  label = cpt_path_get_label (&path);
  cpt_path_chooser_add (self, text, label);
}

static void
add_linked (CptPathChooser  *self,
            CptSchema       *schema,
            const CptEntity *entity,
            const CptField  *link)
{
  const CptEntity *target = link->kind == CPT_FIELD_LINK ? cpt_schema_get_target (schema, link) : NULL;

  for (guint i = 0; target != NULL && i < target->n_fields; i++)
    {
      g_autofree char *text = g_strconcat (link->name, ".", target->fields[i]->name, NULL);

      add_path (self, schema, entity, text);
    }
}

void
cpt_path_chooser_set_entity (CptPathChooser  *self,
                             CptSchema       *schema,
                             const CptEntity *entity,
                             gboolean         has_links,
                             gboolean         has_system)
{
  static const char *const system_fields[] = { "created_at", "changed_at", "created_by", "changed_by" };
  GtkListBoxRow *row;

  g_return_if_fail (CPT_IS_PATH_CHOOSER (self));

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  self->n_rows = 0;
  g_ptr_array_set_size (self->paths, 0);
  g_ptr_array_set_size (self->labels, 0);
  g_ptr_array_set_size (self->words, 0);

  for (guint i = 0; entity != NULL && i < entity->n_fields; i++)
    add_path (self, schema, entity, entity->fields[i]->name);
  for (guint i = 0; entity != NULL && has_system && i < G_N_ELEMENTS (system_fields); i++)
    add_path (self, schema, entity, system_fields[i]);
  for (guint i = 0; entity != NULL && has_links && i < entity->n_fields; i++)
    if ((entity->fields[i]->flags & CPT_FIELD_HIDDEN) == 0)
      add_linked (self, schema, entity, entity->fields[i]);
}

static void
cpt_path_chooser_finalize (GObject *object)
{
  CptPathChooser *self = CPT_PATH_CHOOSER (object);

  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_pointer (&self->labels, g_ptr_array_unref);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_clear_pointer (&self->wanted, g_strfreev);

  G_OBJECT_CLASS (cpt_path_chooser_parent_class)->finalize (object);
}

static void
cpt_path_chooser_class_init (CptPathChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_path_chooser_finalize;

  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);
}

static void
cpt_path_chooser_init (CptPathChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *nothing = gtk_label_new (_("Nothing found"));

  self->paths = g_ptr_array_new_with_free_func (g_free);
  self->labels = g_ptr_array_new_with_free_func (g_free);
  self->words = g_ptr_array_new_with_free_func (g_free);
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _("Which field?"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Which field?"), -1);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (gtk_popover_popdown), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (nothing, "dim-label");
  gtk_widget_set_margin_top (nothing, 24);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (self->list, is_row_shown, self, NULL);
  gtk_list_box_set_placeholder (self->list, nothing);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "menu-list");
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_widget_set_size_request (scroller, WIDTH, HEIGHT);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "filter-editor");
  g_signal_connect (self, "show", G_CALLBACK (shown_cb), NULL);
}

GtkWidget *
cpt_path_chooser_new (CptPathChooserFunc is_offered)
{
  CptPathChooser *self = g_object_new (CPT_TYPE_PATH_CHOOSER, NULL);

  self->is_offered = is_offered;

  return GTK_WIDGET (self);
}
