/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The library of widgets. Only rows that are seen ask for their numbers, one
 * after the other, so that the dashboard beside it is never kept waiting.
 */

#include "config.h"

#include "cpt-widget-library.h"

#include <glib/gi18n.h>

#include "cpt-widget-picture.h"

#define CARD_HEIGHT 150
#define WIDTH 320

struct _CptWidgetLibrary
{
  AdwBin parent_instance;

  CptStore *store;
  GtkFilterListModel *items; /* CptLibraryItem */
  GtkCustomFilter *filter;   /* borrowed from items */
  GQueue waiting;            /* CptLibraryItem, owned: whose numbers are to be read */
  CptLibraryItem *reading;   /* (nullable): owned */
  GCancellable *cancellable; /* (nullable): of that reading */

  /* Borrowed from the child */
  GtkWidget *search;
  GtkWidget *list;
  GtkWidget *nothing;
};

enum
{
  CHOSEN,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptWidgetLibrary, cpt_widget_library, ADW_TYPE_BIN)

/* Numbers */

static void read_next (CptWidgetLibrary *self);

static void
picture_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(CptWidgetLibrary) self = CPT_WIDGET_LIBRARY (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptWidgetPicture) picture = cpt_widget_picture_read_finish (CPT_STORE (source), result, &error);
  g_autoptr(CptLibraryItem) item = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  item = g_steal_pointer (&self->reading);
  if (picture != NULL && item != NULL)
    cpt_library_item_take_data (item, cpt_chart_data_ref (cpt_widget_data_get_chart (picture->numbers)));
  read_next (self);
}

static void
read_next (CptWidgetLibrary *self)
{
  if (self->reading != NULL || g_queue_is_empty (&self->waiting))
    return;

  /* What came into sight last is looked at now */
  self->reading = g_queue_pop_tail (&self->waiting);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  cpt_widget_picture_read_async (self->store, cpt_library_item_dup_board (self->reading), self->cancellable, picture_read_cb,
                                 g_object_ref (self));
}

void
cpt_widget_library_stop (CptWidgetLibrary *self)
{
  g_return_if_fail (CPT_IS_WIDGET_LIBRARY (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->reading);
  g_queue_clear_full (&self->waiting, g_object_unref);
}

/* Rows */

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source,
                 double         x,
                 double         y,
                 GtkListItem   *row)
{
  GtkWidget *child = gtk_list_item_get_child (row);
  g_autoptr(GdkPaintable) picture = gtk_widget_paintable_new (child);

  if (gtk_list_item_get_item (row) == NULL)
    return NULL;

  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);

  return gdk_content_provider_new_typed (CPT_TYPE_LIBRARY_ITEM, gtk_list_item_get_item (row));
}

static void
setup_cb (CptWidgetLibrary *self,
          GtkListItem      *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *card = cpt_chart_card_new ();
  GtkWidget *label = gtk_label_new (NULL);
  GtkDragSource *drag = gtk_drag_source_new ();

  gtk_widget_set_size_request (card, -1, CARD_HEIGHT);
  gtk_widget_set_can_target (card, FALSE);
  gtk_widget_set_focusable (card, FALSE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_width_chars (GTK_LABEL (label), 20);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 20);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (box), card);
  gtk_box_append (GTK_BOX (box), label);
  g_signal_connect_object (drag, "prepare", G_CALLBACK (drag_prepare_cb), row, 0);
  gtk_drag_source_set_actions (drag, GDK_ACTION_COPY);
  gtk_widget_add_controller (box, GTK_EVENT_CONTROLLER (drag));
  gtk_list_item_set_child (row, box);
}

static void
bind_cb (CptWidgetLibrary *self,
         GtkListItem      *row)
{
  CptLibraryItem *item = CPT_LIBRARY_ITEM (gtk_list_item_get_item (row));
  GtkWidget *box = gtk_list_item_get_child (row);
  GtkWidget *card = gtk_widget_get_first_child (box);

  cpt_library_item_set_card (item, CPT_CHART_CARD (card));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)), cpt_library_item_get_description (item));
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (box)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  cpt_library_item_get_widget (item)->title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  cpt_library_item_get_description (item), -1);
  if (cpt_library_item_get_data (item) == NULL && item != self->reading && g_queue_find (&self->waiting, item) == NULL)
    g_queue_push_tail (&self->waiting, g_object_ref (item));
  read_next (self);
}

static void
unbind_cb (CptWidgetLibrary *self,
           GtkListItem      *row)
{
  CptLibraryItem *item = CPT_LIBRARY_ITEM (gtk_list_item_get_item (row));

  cpt_library_item_set_card (item, NULL);
  if (g_queue_remove (&self->waiting, item))
    g_object_unref (item);
}

/* Choosing */

static void
choose (CptWidgetLibrary *self,
        guint             position)
{
  g_autoptr(CptLibraryItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  if (item != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, item);
}

static gboolean
matches (gpointer item,
         gpointer user_data)
{
  CptWidgetLibrary *self = user_data;

  return cpt_library_item_matches (CPT_LIBRARY_ITEM (item), gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
search_changed_cb (CptWidgetLibrary *self)
{
  gboolean is_empty;

  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->items)) == 0;
  gtk_widget_set_visible (self->nothing, is_empty);
  gtk_widget_set_visible (gtk_widget_get_parent (self->list), !is_empty);
  /* The list would stay with what it showed before */
  if (!is_empty)
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", 0);
}

/* Enter takes the first that is found */
static void
search_activate_cb (CptWidgetLibrary *self)
{
  search_changed_cb (self);
  choose (self, 0);
}

static void
close_cb (CptWidgetLibrary *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
close_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  close_cb (CPT_WIDGET_LIBRARY (widget));
}

/* Building */

static GtkWidget *
create_header (CptWidgetLibrary *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  self->search = gtk_search_entry_new ();
  gtk_widget_set_hexpand (self->search, TRUE);
  g_object_set (self->search, "placeholder-text", _("Search widgets"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search widgets"), -1);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (close_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (close, "flat");
  gtk_widget_set_tooltip_text (close, _("Close the library"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (close), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Close the library"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "library.close");
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), close);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 6);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);

  return box;
}

static GtkWidget *
create_list (CptWidgetLibrary *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSingleSelection *selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->items)));
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->list), TRUE);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Widgets"), -1);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (choose), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  gtk_widget_set_vexpand (scrolled, TRUE);

  return scrolled;
}

static void
cpt_widget_library_dispose (GObject *object)
{
  CptWidgetLibrary *self = CPT_WIDGET_LIBRARY (object);

  cpt_widget_library_stop (self);
  g_clear_object (&self->items);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (cpt_widget_library_parent_class)->dispose (object);
}

static void
cpt_widget_library_class_init (CptWidgetLibraryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_widget_library_dispose;

  /**
   * CptWidgetLibrary::chosen:
   * @item: a #CptLibraryItem
   */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, CPT_TYPE_LIBRARY_ITEM);

  /**
   * CptWidgetLibrary::closed:
   *
   * The person is done with it.
   */
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "library.close", NULL, close_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "library.close", NULL);
}

static void
cpt_widget_library_init (CptWidgetLibrary *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  g_queue_init (&self->waiting);
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  self->items = gtk_filter_list_model_new (NULL, GTK_FILTER (self->filter));
  self->nothing = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->nothing), "system-search-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->nothing), _("No such widget"));
  gtk_widget_add_css_class (self->nothing, "compact");
  gtk_widget_set_vexpand (self->nothing, TRUE);
  gtk_widget_set_visible (self->nothing, FALSE);
  gtk_box_append (GTK_BOX (box), create_header (self));
  gtk_box_append (GTK_BOX (box), create_list (self));
  gtk_box_append (GTK_BOX (box), self->nothing);
  gtk_widget_add_css_class (box, "background");
  gtk_widget_set_size_request (box, WIDTH, -1);
  adw_bin_set_child (ADW_BIN (self), box);
  /* What is in it would make it as wide as there is room */
  gtk_widget_set_hexpand (GTK_WIDGET (self), FALSE);
}

GtkWidget *
cpt_widget_library_new (CptStore *store)
{
  CptWidgetLibrary *self;

  g_return_val_if_fail (CPT_IS_STORE (store), NULL);

  self = g_object_new (CPT_TYPE_WIDGET_LIBRARY, NULL);
  self->store = g_object_ref (store);

  return GTK_WIDGET (self);
}

void
cpt_widget_library_open (CptWidgetLibrary *self,
                         GPtrArray        *metrics)
{
  g_autoptr(GListStore) list = NULL;

  g_return_if_fail (CPT_IS_WIDGET_LIBRARY (self));
  g_return_if_fail (metrics != NULL);

  cpt_widget_library_stop (self);
  list = cpt_library_item_list (metrics);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_filter_list_model_set_model (self->items, G_LIST_MODEL (list));
  search_changed_cb (self);
  gtk_widget_grab_focus (self->search);
}
