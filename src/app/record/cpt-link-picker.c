/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Finding the record that a link shall point to. Each key press starts a new
 * search on a reading thread and cancels the one before; an answer that comes
 * late is never shown. */

#include "config.h"

#include "cpt-link-picker.h"

#include <glib/gi18n.h>

#include "cpt-query.h"

#define MAX_HITS 12

struct _CptLinkPicker
{
  GtkPopover parent_instance;

  CptStore *store;
  CptSchema *schema;
  const CptEntity *entity;   /* lives as long as schema */
  GtkWidget *entry;          /* borrowed from the popover */
  GtkWidget *list;           /* likewise */
  GtkWidget *placeholder;    /* likewise */
  GPtrArray *hits;           /* (nullable): CptHit, in the order of the list's rows */
  GCancellable *cancellable; /* (nullable): of the search under way */
  char *sought_text;         /* (nullable): of the last search */
  char *found_text;          /* (nullable): what the hits were found by */
  gboolean is_wanted;        /* the best hit is picked when it comes */
};

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptLinkPicker, cpt_link_picker, GTK_TYPE_POPOVER)

typedef struct
{
  CptSchema *schema;
  const CptEntity *entity;
  char *text;
} SearchData;

static void
search_data_free (gpointer pointer)
{
  SearchData *data = pointer;

  cpt_schema_unref (data->schema);
  g_free (data->text);
  g_free (data);
}

/* Without words: what was worked on last */
static GPtrArray *
list_recent (CptDatabase       *database,
             const SearchData  *data,
             GError           **error)
{
  g_autoptr(CptQuery) query = cpt_query_new (data->schema, data->entity);
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_hit_free);

  if (!cpt_query_set_sort (query, "", error))
    return NULL;
  records = cpt_query_load_records (query, database, MAX_HITS, error);
  if (records == NULL)
    return NULL;

  for (guint i = 0; i < records->len; i++)
    {
      CptRecord *record = g_ptr_array_index (records, i);
      CptHit *hit = g_new0 (CptHit, 1);

      hit->entity = data->entity;
      hit->row = record->row;
      hit->id = record->id;
      hit->title = cpt_record_dup_title (record);
      g_ptr_array_add (hits, hit);
    }

  return g_steal_pointer (&hits);
}

static gpointer
search (CptDatabase   *database,
        gpointer       user_data,
        GCancellable  *cancellable,
        GError       **error)
{
  const SearchData *data = user_data;

  if (*data->text == '\0')
    return list_recent (database, data, error);

  return cpt_search (database, data->text, data->entity, MAX_HITS, error);
}

static GtkWidget *
create_hit_row (const CptHit *hit)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (hit->title);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), title);
  if (hit->subtitle != NULL && *hit->subtitle != '\0')
    {
      GtkWidget *subtitle = gtk_label_new (hit->subtitle);

      gtk_label_set_xalign (GTK_LABEL (subtitle), 0);
      gtk_label_set_ellipsize (GTK_LABEL (subtitle), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (subtitle, "dim-label");
      gtk_widget_add_css_class (subtitle, "caption");
      gtk_box_append (GTK_BOX (box), subtitle);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, hit->title, -1);

  return row;
}

/* Whether the hits are those of what is typed */
static gboolean
is_found (CptLinkPicker *self)
{
  return g_strcmp0 (self->found_text, gtk_editable_get_text (GTK_EDITABLE (self->entry))) == 0;
}

static void
pick (CptLinkPicker *self,
      GtkListBoxRow *row)
{
  const CptHit *hit;
  g_autofree char *id = NULL;
  g_autofree char *title = NULL;

  if (row == NULL || self->hits == NULL)
    return;

  hit = g_ptr_array_index (self->hits, gtk_list_box_row_get_index (row));
  id = cpt_uuid_dup_text (&hit->id);
  title = g_strdup (hit->title);
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[PICKED], 0, id, title);
}

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(CptLinkPicker) self = CPT_LINK_PICKER (user_data);
  g_autoptr(GPtrArray) hits = NULL;
  g_autoptr(GError) error = NULL;
  GtkWidget *row;

  hits = cpt_store_finish (CPT_STORE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL && GTK_IS_LIST_BOX_ROW (row))
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);

  gtk_label_set_label (GTK_LABEL (self->placeholder), error != NULL ? error->message : _("Nothing found"));
  for (guint i = 0; hits != NULL && i < hits->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), create_hit_row (g_ptr_array_index (hits, i)));
  row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
  if (row != NULL)
    gtk_list_box_select_row (GTK_LIST_BOX (self->list), GTK_LIST_BOX_ROW (row));

  g_clear_pointer (&self->hits, g_ptr_array_unref);
  self->hits = g_steal_pointer (&hits);
  g_free (self->found_text);
  self->found_text = g_strdup (self->sought_text);
  if (self->is_wanted && is_found (self))
    {
      self->is_wanted = FALSE;
      pick (self, GTK_LIST_BOX_ROW (row));
    }
}

static void
start_search (CptLinkPicker *self)
{
  SearchData *data = g_new0 (SearchData, 1);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  data->schema = cpt_schema_ref (self->schema);
  data->entity = self->entity;
  data->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  g_free (self->sought_text);
  self->sought_text = g_strdup (data->text);
  cpt_store_read_async (self->store, G_PRIORITY_HIGH, search, data, search_data_free, (GDestroyNotify) g_ptr_array_unref,
                        self->cancellable, searched_cb, g_object_ref (self));
}

/* What is typed faster than it is found is picked when it is: never what was
 * found by the letters before. */
gboolean
cpt_link_picker_pick (CptLinkPicker *self)
{
  g_return_val_if_fail (CPT_IS_LINK_PICKER (self), FALSE);

  if (!is_found (self))
    {
      self->is_wanted = TRUE;
      return TRUE;
    }

  if (self->hits == NULL || self->hits->len == 0)
    return FALSE;

  pick (self, gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list)));

  return TRUE;
}

GtkEditable *
cpt_link_picker_get_entry (CptLinkPicker *self)
{
  g_return_val_if_fail (CPT_IS_LINK_PICKER (self), NULL);

  return GTK_EDITABLE (self->entry);
}

void
cpt_link_picker_set_text (CptLinkPicker *self,
                          const char    *text)
{
  g_return_if_fail (CPT_IS_LINK_PICKER (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

/* Enter meant what was typed then. */
static void
typed_cb (CptLinkPicker *self)
{
  self->is_wanted = FALSE;
}

/* Whoever closes it wants none of what is being looked for. */
static void
closed_cb (CptLinkPicker *self)
{
  self->is_wanted = FALSE;
  g_cancellable_cancel (self->cancellable);
}

static void
row_activated_cb (CptLinkPicker *self,
                  GtkListBoxRow *row)
{
  pick (self, row);
}

/* Up and Down walk through the list while the entry keeps the focus. */
static gboolean
key_pressed_cb (CptLinkPicker   *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  int index = selected != NULL ? gtk_list_box_row_get_index (selected) : -1;
  GtkListBoxRow *next;

  if (key != GDK_KEY_Down && key != GDK_KEY_Up)
    return GDK_EVENT_PROPAGATE;

  next = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), MAX (index + (key == GDK_KEY_Down ? 1 : -1), 0));
  if (next != NULL)
    gtk_list_box_select_row (GTK_LIST_BOX (self->list), next);

  return GDK_EVENT_STOP;
}

static void
cpt_link_picker_show (GtkWidget *widget)
{
  CptLinkPicker *self = CPT_LINK_PICKER (widget);

  self->is_wanted = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  start_search (self);
  GTK_WIDGET_CLASS (cpt_link_picker_parent_class)->show (widget);
  gtk_widget_grab_focus (self->entry);
}

static void
cpt_link_picker_dispose (GObject *object)
{
  CptLinkPicker *self = CPT_LINK_PICKER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  g_clear_pointer (&self->found_text, g_free);
  g_clear_pointer (&self->sought_text, g_free);
  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (cpt_link_picker_parent_class)->dispose (object);
}

static void
cpt_link_picker_class_init (CptLinkPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_link_picker_dispose;
  GTK_WIDGET_CLASS (klass)->show = cpt_link_picker_show;

  /**
   * CptLinkPicker::picked:
   * @id: identifier, as text
   * @title: what people call the record
   */
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
cpt_link_picker_init (CptLinkPicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (self, "closed", G_CALLBACK (closed_cb), NULL);
  self->entry = gtk_search_entry_new ();
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (self->entry), 60);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (start_search), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (gtk_popover_popdown), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (cpt_link_picker_pick), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, keys);

  self->placeholder = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->placeholder, "dim-label");
  gtk_widget_set_margin_top (self->placeholder, 12);
  gtk_widget_set_margin_bottom (self->placeholder, 12);
  gtk_label_set_wrap (GTK_LABEL (self->placeholder), TRUE);

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_BROWSE);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->list), self->placeholder);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 320);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);

  gtk_widget_set_size_request (box, 280, -1);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_popover_set_child (GTK_POPOVER (self), box);
}

GtkWidget *
cpt_link_picker_new (CptStore        *store,
                     CptSchema       *schema,
                     const CptEntity *entity)
{
  CptLinkPicker *self;
  g_autofree char *label = NULL;

  g_return_val_if_fail (CPT_IS_STORE (store), NULL);
  g_return_val_if_fail (entity != NULL, NULL);

  self = g_object_new (CPT_TYPE_LINK_PICKER, NULL);
  self->store = g_object_ref (store);
  self->schema = cpt_schema_ref (schema);
  self->entity = entity;
  /* Translators: placeholder of a search entry; %s is a kind of records: "Find in Contacts" */
  label = g_strdup_printf (_("Find in %s"), cpt_entity_get_label_plural (entity));
  g_object_set (self->entry, "placeholder-text", label, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return GTK_WIDGET (self);
}
