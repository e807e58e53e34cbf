/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The rows behind a mark of a chart over facts: as many of the newest as a person
 * looks at. Read once, when the window opens.
 */

#include "config.h"

#include "cpt-facts-window.h"

#include <glib/gi18n.h>

#include "cpt-facts.h"
#include "cpt-field-type.h"
#include "cpt-money.h"

#define MAX_ROWS 500
#define WIDTH 980
/* Characters of a text that are always seen */
#define TEXT_WIDTH 14
#define HEIGHT 560

struct _CptFactsWindow
{
  AdwWindow parent_instance;

  CptStore *store;           /* (owned) */
  CptFilter *filter;         /* (owned) */
  GCancellable *cancellable; /* (owned): of the window */

  /* Borrowed from the child */
  GtkWidget *title;
  GtkWidget *stack;
  GtkWidget *status;
  GtkWidget *view;
};

G_DEFINE_FINAL_TYPE (CptFactsWindow, cpt_facts_window, ADW_TYPE_WINDOW)

/* A row in the model of the list */
#define CPT_TYPE_FACTS_ITEM (cpt_facts_item_get_type ())
G_DECLARE_FINAL_TYPE (CptFactsItem, cpt_facts_item, CPT, FACTS_ITEM, GObject)

struct _CptFactsItem
{
  GObject parent_instance;

  CptRecord *record; /* (owned) */
};

G_DEFINE_FINAL_TYPE (CptFactsItem, cpt_facts_item, G_TYPE_OBJECT)

static void
cpt_facts_item_finalize (GObject *object)
{
  CptFactsItem *self = CPT_FACTS_ITEM (object);

  g_clear_pointer (&self->record, cpt_record_unref);

  G_OBJECT_CLASS (cpt_facts_item_parent_class)->finalize (object);
}

static void
cpt_facts_item_class_init (CptFactsItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_facts_item_finalize;
}

static void
cpt_facts_item_init (CptFactsItem *self)
{
}

/* Columns */

static gboolean
is_number (const CptField *field)
{
  CptValueType type = cpt_field_type_get (field->kind)->value_type;

  return field->kind != CPT_FIELD_DATE && (type == CPT_VALUE_INTEGER || type == CPT_VALUE_MONEY);
}

/* A field that nothing has is no column */
static gboolean
is_used (GPtrArray      *rows,
         const CptField *field)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const CptValue *value = cpt_record_get (g_ptr_array_index (rows, i), field);

      gboolean is_zero = (value->type == CPT_VALUE_MONEY && value->money.amount == 0) ||
                         (value->type == CPT_VALUE_INTEGER && value->integer == 0);

      if (!cpt_value_is_null (value) && !is_zero)
        return TRUE;
    }

  return FALSE;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  data)
{
  const CptField *field = data;
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), is_number (field) ? 1 : 0);
  if (!is_number (field) && field->kind != CPT_FIELD_DATE)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), TEXT_WIDTH);
    }
  if (is_number (field) || field->kind == CPT_FIELD_DATE)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  data)
{
  const CptField *field = data;
  CptFactsItem *row = gtk_list_item_get_item (item);
  const CptValue *value = cpt_record_get (row->record, field);
  g_autofree char *text = cpt_value_is_null (value) ? NULL : cpt_field_format_local (field, value, NULL);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text);
  gtk_widget_set_tooltip_text (gtk_list_item_get_child (item), is_number (field) ? NULL : text);
}

static void
add_column (CptFactsWindow *self,
            const CptField *field)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkColumnViewColumn) column = NULL;

  /* Declared fields live as long as the program */
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer) field);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer) field);
  column = gtk_column_view_column_new (cpt_field_get_label (field), factory);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, !is_number (field) && field->kind != CPT_FIELD_DATE);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), column);
}

/* Reading */

static gpointer
read_rows (CptDatabase   *database,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return cpt_facts_list (database, cpt_filter_get_entity (data), data, MAX_ROWS, error);
}

static void
show_status (CptFactsWindow *self,
             const char     *icon,
             const char     *title,
             const char     *description)
{
  g_autofree char *safe = description != NULL ? g_markup_escape_text (description, -1) : NULL;

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->status), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->status), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->status), safe);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->status);
}

static void
show_rows (CptFactsWindow *self,
           GPtrArray      *rows)
{
  const CptEntity *entity = cpt_filter_get_entity (self->filter);
  g_autoptr(GListStore) list = g_list_store_new (CPT_TYPE_FACTS_ITEM);
  g_autoptr(GtkSelectionModel) model = NULL;
  g_autofree char *count = cpt_decimal_format_local (rows->len, 0, 0);
  g_autofree char *text = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr(CptFactsItem) item = g_object_new (CPT_TYPE_FACTS_ITEM, NULL);

      item->record = cpt_record_ref (g_ptr_array_index (rows, i));
      g_list_store_append (list, item);
    }
  for (guint i = 0; i < entity->n_fields; i++)
    if (is_used (rows, entity->fields[i]))
      add_column (self, entity->fields[i]);
  model = GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (g_steal_pointer (&list))));
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), model);

  if (rows->len == MAX_ROWS)
    /* Translators: %s is a number */
    text = g_strdup_printf (_("The newest %s rows"), count);
  else
    /* Translators: %s is a number */
    text = g_strdup_printf (ngettext ("%s row", "%s rows", rows->len), count);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), text);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "rows");
  gtk_widget_grab_focus (self->view);
}

static void
rows_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(CptFactsWindow) self = CPT_FACTS_WINDOW (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = cpt_store_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (rows == NULL)
    show_status (self, "dialog-warning-symbolic", _("These rows can’t be shown"), error->message);
  else if (rows->len == 0)
    show_status (self, "cpt-chart-line-symbolic", _("No rows"), NULL);
  else
    show_rows (self, rows);
}

/* Building */

static GtkWidget *
create_content (CptFactsWindow *self,
                const char     *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *spinner = gtk_spinner_new ();

  self->title = adw_window_title_new (title, NULL);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->title);
  self->view = gtk_column_view_new (NULL);
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (self->view), TRUE);
  gtk_widget_add_css_class (self->view, "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  self->status = adw_status_page_new ();
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);

  self->stack = gtk_stack_new ();
  gtk_stack_add_child (GTK_STACK (self->stack), spinner);
  gtk_stack_add_named (GTK_STACK (self->stack), scroller, "rows");
  gtk_stack_add_child (GTK_STACK (self->stack), self->status);
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->stack);

  return box;
}

static void
cpt_facts_window_unrealize (GtkWidget *widget)
{
  g_cancellable_cancel (CPT_FACTS_WINDOW (widget)->cancellable);

  GTK_WIDGET_CLASS (cpt_facts_window_parent_class)->unrealize (widget);
}

static void
cpt_facts_window_finalize (GObject *object)
{
  CptFactsWindow *self = CPT_FACTS_WINDOW (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->filter, cpt_filter_unref);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (cpt_facts_window_parent_class)->finalize (object);
}

static void
cpt_facts_window_class_init (CptFactsWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_facts_window_finalize;
  GTK_WIDGET_CLASS (klass)->unrealize = cpt_facts_window_unrealize;

  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cpt_facts_window_init (CptFactsWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
}

GtkWindow *
cpt_facts_window_new (CptWindow  *window,
                      CptFilter  *filter,
                      const char *title)
{
  CptFactsWindow *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window) && filter != NULL, NULL);

  self = g_object_new (CPT_TYPE_FACTS_WINDOW, "transient-for", window, "title", title, NULL);
  self->store = g_object_ref (cpt_window_get_store (window));
  self->filter = cpt_filter_ref (filter);
  adw_window_set_content (ADW_WINDOW (self), create_content (self, title));
  gtk_window_set_default_size (GTK_WINDOW (self), MIN (WIDTH, gtk_widget_get_width (GTK_WIDGET (window))), HEIGHT);
  cpt_store_read_async (self->store, G_PRIORITY_DEFAULT, read_rows, cpt_filter_ref (filter), (GDestroyNotify) cpt_filter_unref,
                        (GDestroyNotify) g_ptr_array_unref, self->cancellable, rows_read_cb, g_object_ref (self));

  return GTK_WINDOW (self);
}
