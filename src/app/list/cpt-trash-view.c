/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deleted records of all kinds. */
#include "config.h"
#include "cpt-trash-view.h"

#include <glib/gi18n-lib.h>

#include "cpt-data-grid.h"
#include "cpt-trash-model.h"

#define MAX_ITEMS 5000

struct _CptTrashView
{
  CptView parent_instance;

  CptSchema *schema;
  CptTrashModel *model;
  GCancellable *cancellable;

  /* Borrowed from GTK */
  GtkWidget *search;
  GtkStack *stack;
  CptDataGrid *grid;
  GtkWidget *bar;
};

G_DEFINE_FINAL_TYPE (CptTrashView, cpt_trash_view, CPT_TYPE_VIEW)

static void
show_count (CptTrashView *self)
{
  guint length = cpt_grid_model_get_length (CPT_GRID_MODEL (self->model));
  g_autofree char *number = cpt_decimal_format_local (length, 0, 0);
  g_autofree char *text = g_strdup_printf (ngettext ("%s record", "%s records", length), number);
  gboolean is_searching = gtk_editable_get_text (GTK_EDITABLE (self->search))[0] != '\0';

  cpt_view_set_subtitle (CPT_VIEW (self), text);
  gtk_stack_set_visible_child_name (self->stack, length > 0 || is_searching ? "grid" : "empty");
  gtk_widget_set_sensitive (self->bar, length > 0 && !cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self))));
}

static gpointer
read_in_worker (CptDatabase   *database,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  return cpt_trash_list (database, data, NULL, MAX_ITEMS, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(CptTrashView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) items = cpt_store_finish (CPT_STORE (source), result, &error);

  /* The window was closed meanwhile. */
  if (cpt_view_get_window (CPT_VIEW (self)) == NULL)
    return;

  if (items != NULL)
    cpt_trash_model_set_items (self->model, g_steal_pointer (&items));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    cpt_window_show_error (cpt_view_get_window (CPT_VIEW (self)), error);
}

static void
read_items (CptTrashView *self)
{
  cpt_store_read_async (cpt_view_get_store (CPT_VIEW (self)), G_PRIORITY_DEFAULT, read_in_worker, cpt_schema_ref (self->schema),
                        (GDestroyNotify) cpt_schema_unref, (GDestroyNotify) g_ptr_array_unref, self->cancellable, read_cb,
                        g_object_ref (self));
}

/* The records selected, or the one at the cursor */
static CptTransaction *
create_transaction (CptTrashView *self,
                    gboolean      restore,
                    guint        *n_records)
{
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(GtkBitset) chosen = gtk_bitset_copy (cpt_data_grid_get_selection (self->grid));
  GtkBitsetIter iter;
  guint position;

  if (gtk_bitset_is_empty (chosen) && cpt_data_grid_get_cursor (self->grid) != CPT_DATA_GRID_NONE)
    gtk_bitset_add (chosen, cpt_data_grid_get_cursor (self->grid));

  *n_records = 0;
  for (gboolean more = gtk_bitset_iter_init_first (&iter, chosen, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      const CptTrashItem *item = cpt_trash_model_get_item (self->model, position);

      if (item == NULL)
        continue;
      if (restore)
        cpt_transaction_restore (transaction, item->entity, &item->id);
      else
        cpt_transaction_purge (transaction, item->entity, &item->id);
      (*n_records)++;
    }

  return transaction;
}

static void
restore_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  CptTrashView *self = CPT_TRASH_VIEW (widget);
  guint n_records;
  g_autoptr(CptTransaction) transaction = create_transaction (self, TRUE, &n_records);
  g_autofree char *toast = g_strdup_printf (ngettext ("%u record restored", "%u records restored", n_records), n_records);

  if (n_records > 0)
    cpt_window_commit (cpt_view_get_window (CPT_VIEW (self)), g_steal_pointer (&transaction), toast, NULL, NULL, NULL);
}

/* What was chosen when it was asked: the list may be another one by the answer. */
typedef struct
{
  CptTrashView *view;          /* (owned) */
  CptTransaction *transaction; /* (owned) (nullable) */
  guint n_records;
} Purge;

static void
purge_free (gpointer  data,
            GClosure *closure)
{
  Purge *purge = data;

  g_object_unref (purge->view);
  g_clear_pointer (&purge->transaction, cpt_transaction_free);
  g_free (purge);
}

static void
purge_response_cb (AdwMessageDialog *dialog,
                   const char       *response,
                   Purge            *purge)
{
  CptWindow *window = cpt_view_get_window (CPT_VIEW (purge->view));
  g_autofree char *toast = NULL;

  if (strcmp (response, "purge") != 0 || window == NULL || cpt_window_get_store (window) == NULL)
    return;

  toast = g_strdup_printf (ngettext ("%u record deleted for good", "%u records deleted for good", purge->n_records),
                           purge->n_records);
  cpt_window_commit (window, g_steal_pointer (&purge->transaction), toast, NULL, NULL, NULL);
}

static void
purge_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  CptTrashView *self = CPT_TRASH_VIEW (widget);
  guint n_records;
  g_autoptr(CptTransaction) transaction = create_transaction (self, FALSE, &n_records);
  GtkWidget *dialog;
  Purge *purge;

  if (n_records == 0)
    return;

  dialog = adw_message_dialog_new (GTK_WINDOW (cpt_view_get_window (CPT_VIEW (self))), _("Delete for Good?"),
                                   _("Records that are deleted for good can’t be restored."));
  purge = g_new0 (Purge, 1);
  purge->view = g_object_ref (self);
  purge->transaction = g_steal_pointer (&transaction);
  purge->n_records = n_records;
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "purge", _("_Delete for Good"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "purge", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (purge_response_cb), purge, purge_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
activated_cb (CptTrashView *self,
              guint         position)
{
  const CptTrashItem *item = cpt_trash_model_get_item (self->model, position);

  if (item != NULL)
    cpt_window_open_record (cpt_view_get_window (CPT_VIEW (self)), item->entity, &item->id);
}

static void
search_cb (CptTrashView *self)
{
  cpt_trash_model_set_words (self->model, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
search_stopped_cb (CptTrashView *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
narrow_cb (CptTrashView *self)
{
  cpt_data_grid_set_compact (self->grid, cpt_view_is_narrow (CPT_VIEW (self)));
}

static void
cpt_trash_view_changed (CptView      *view,
                        CptChangeSet *set)
{
  guint length;
  const CptRowChange *rows = cpt_change_set_get_rows (set, &length);

  for (guint i = 0; i < length; i++)
    if (rows[i].kind != CPT_CHANGE_CREATE && rows[i].kind != CPT_CHANGE_UPDATE)
      {
        read_items (CPT_TRASH_VIEW (view));
        return;
      }
  if (cpt_change_set_is_truncated (set))
    read_items (CPT_TRASH_VIEW (view));
}

static void
cpt_trash_view_find (CptView *view)
{
  gtk_widget_grab_focus (CPT_TRASH_VIEW (view)->search);
}

static gboolean
cpt_trash_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CPT_TRASH_VIEW (widget)->grid));
}

static void
cpt_trash_view_dispose (GObject *object)
{
  CptTrashView *self = CPT_TRASH_VIEW (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (cpt_trash_view_parent_class)->dispose (object);
}

static void
cpt_trash_view_finalize (GObject *object)
{
  CptTrashView *self = CPT_TRASH_VIEW (object);

  g_clear_object (&self->model);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_trash_view_parent_class)->finalize (object);
}

static void
cpt_trash_view_class_init (CptTrashViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_trash_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_trash_view_finalize;
  widget_class->grab_focus = cpt_trash_view_grab_focus;
  CPT_VIEW_CLASS (klass)->changed = cpt_trash_view_changed;
  CPT_VIEW_CLASS (klass)->find = cpt_trash_view_find;
  gtk_widget_class_install_action (widget_class, "trash.restore", NULL, restore_action);
  gtk_widget_class_install_action (widget_class, "trash.purge", NULL, purge_action);
}

static GtkWidget *
create_bar (void)
{
  GtkWidget *bar = gtk_action_bar_new ();
  GtkWidget *restore = gtk_button_new_with_mnemonic (_("_Restore"));
  GtkWidget *purge = gtk_button_new_with_mnemonic (_("_Delete for Good…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (restore), "trash.restore");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (purge), "trash.purge");
  gtk_widget_add_css_class (purge, "destructive-action");
  /* Where the words are longer than a telephone is wide */
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (purge))), PANGO_ELLIPSIZE_END);
  gtk_action_bar_pack_start (GTK_ACTION_BAR (bar), restore);
  gtk_action_bar_pack_end (GTK_ACTION_BAR (bar), purge);

  return bar;
}

static void
build (CptTrashView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *toolbar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *empty = adw_status_page_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _("Search the trash"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search the trash"), -1);
  gtk_widget_set_hexpand (self->search, TRUE);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (search_stopped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (toolbar, "list-toolbar");
  gtk_box_append (GTK_BOX (toolbar), self->search);

  self->grid = CPT_DATA_GRID (cpt_data_grid_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Trash"), -1);
  g_signal_connect_object (self->grid, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Delete, 0),
                                                          gtk_named_action_new ("trash.purge")));
  gtk_widget_add_controller (GTK_WIDGET (self->grid), keys);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->grid));
  gtk_widget_set_vexpand (scroller, TRUE);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (empty), "user-trash-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _("The Trash Is Empty"));
  adw_status_page_set_description (ADW_STATUS_PAGE (empty), _("Records that you delete wait here until you restore them."));

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_stack_add_named (self->stack, scroller, "grid");
  self->bar = create_bar ();
  gtk_box_append (GTK_BOX (box), toolbar);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (box), self->bar);
  cpt_view_set_child (CPT_VIEW (self), box);
}

static void
cpt_trash_view_init (CptTrashView *self)
{
  self->cancellable = g_cancellable_new ();
  g_signal_connect (self, "notify::narrow", G_CALLBACK (narrow_cb), NULL);
}

CptView *
cpt_trash_view_new (CptWindow *window)
{
  CptTrashView *self = g_object_new (CPT_TYPE_TRASH_VIEW, "window", window, NULL);

  self->schema = cpt_schema_ref (cpt_window_get_schema (window));
  self->model = cpt_trash_model_new (cpt_store_get_zone (cpt_window_get_store (window)));
  cpt_view_set_title (CPT_VIEW (self), C_("place", "Trash"));
  build (self);
  g_signal_connect_object (self->model, "changed", G_CALLBACK (show_count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cpt_window_get_store (window), "damaged", G_CALLBACK (show_count), self, G_CONNECT_SWAPPED);
  cpt_data_grid_set_model (self->grid, CPT_GRID_MODEL (self->model));
  read_items (self);

  return CPT_VIEW (self);
}
