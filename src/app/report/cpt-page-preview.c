/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages on the screen. A list makes widgets only for those that are seen, so a
 * report of a thousand pages costs as much as one of three. */

#include "config.h"

#include "cpt-page-preview.h"

#include <glib/gi18n.h>

#include "cpt-preview-page.h"

struct _CptPagePreview
{
  GtkWidget parent_instance;

  CptStore *store;
  CptReportDrawing *drawing; /* (nullable) */
  GtkStringList *pages;      /* the texts are not shown */
  GHashTable *bound;         /* set of GtkListItem: those that are seen */
  GCancellable *reading;     /* (nullable): of a report that is being read */
  GCancellable *cancellable; /* of pages of @drawing */
  GtkWidget *scrolled;
};

G_DEFINE_FINAL_TYPE (CptPagePreview, cpt_page_preview, GTK_TYPE_WIDGET)

enum
{
  COUNTED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct
{
  CptPagePreview *self;      /* referenced */
  GtkListItem *item;         /* referenced */
  CptReportDrawing *drawing; /* (owned) */
  guint page;
} Request;

static void
page_drawn_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Request *request = user_data;
  cairo_surface_t *surface = cpt_store_finish (CPT_STORE (source), result, NULL);

  /* Another page may have come to the item, or another report, which asks for itself */
  if (surface != NULL && request->drawing == request->self->drawing &&
      g_hash_table_contains (request->self->bound, request->item) &&
      gtk_list_item_get_position (request->item) == request->page)
    cpt_preview_page_set_drawing (CPT_PREVIEW_PAGE (gtk_list_item_get_child (request->item)), surface);

  g_clear_pointer (&surface, cairo_surface_destroy);
  cpt_report_drawing_unref (request->drawing);
  g_object_unref (request->item);
  g_object_unref (request->self);
  g_free (request);
}

static void
draw (CptPagePreview *self,
      GtkListItem    *item)
{
  GtkWidget *page = gtk_list_item_get_child (item);
  guint number = gtk_list_item_get_position (item);
  double width, height;
  g_autofree char *label = NULL;
  Request *request;

  if (self->drawing == NULL || number >= cpt_report_drawing_get_n_pages (self->drawing))
    return;

  /* Translators: number of the page, number of pages */
  label = g_strdup_printf (_("Page %u of %u"), number + 1, cpt_report_drawing_get_n_pages (self->drawing));
  gtk_accessible_update_property (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  cpt_report_drawing_get_paper (self->drawing, &width, &height);
  cpt_preview_page_set_paper (CPT_PREVIEW_PAGE (page), width, height);

  request = g_new0 (Request, 1);
  request->self = g_object_ref (self);
  request->item = g_object_ref (item);
  request->drawing = cpt_report_drawing_ref (self->drawing);
  request->page = number;
  cpt_report_drawing_draw_async (self->drawing, self->store, number, self->cancellable, page_drawn_cb, request);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item,
          CptPagePreview     *self)
{
  gtk_list_item_set_child (item, cpt_preview_page_new ());
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item,
         CptPagePreview     *self)
{
  g_hash_table_add (self->bound, item);
  cpt_preview_page_set_drawing (CPT_PREVIEW_PAGE (gtk_list_item_get_child (item)), NULL);
  draw (self, item);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *item,
           CptPagePreview     *self)
{
  g_hash_table_remove (self->bound, item);
}

/* The model has as many items as there are pages */
static void
set_n_pages (CptPagePreview *self,
             guint           n_pages)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->pages));

  for (; n_items < n_pages; n_items++)
    gtk_string_list_append (self->pages, "");
  if (n_items > n_pages)
    gtk_string_list_splice (self->pages, n_pages, n_items - n_pages, NULL);
}

static void
set_drawing (CptPagePreview   *self,
             CptReportDrawing *drawing)
{
  GHashTableIter iter;
  gpointer item;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->drawing, cpt_report_drawing_unref);
  self->drawing = drawing;

  set_n_pages (self, cpt_report_drawing_get_n_pages (drawing));
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    draw (self, item);
  g_signal_emit (self, signals[COUNTED], 0);
}

static void
report_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(CptPagePreview) self = user_data;
  g_autoptr(GError) error = NULL;
  CptReportDrawing *drawing = cpt_store_finish (CPT_STORE (source), result, &error);

  if (drawing != NULL)
    set_drawing (self, drawing);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error);
}

void
cpt_page_preview_show (CptPagePreview    *self,
                       const CptDocument *document,
                       JsonNode          *filters)
{
  g_return_if_fail (CPT_IS_PAGE_PREVIEW (self));

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  if (document == NULL)
    {
      set_n_pages (self, 0);
      return;
    }

  self->reading = g_cancellable_new ();
  cpt_report_drawing_read_async (self->store, document, filters, self->reading, report_read_cb, g_object_ref (self));
}

CptReportDrawing *
cpt_page_preview_get_drawing (CptPagePreview *self)
{
  g_return_val_if_fail (CPT_IS_PAGE_PREVIEW (self), NULL);

  return self->drawing;
}

static void
cpt_page_preview_dispose (GObject *object)
{
  CptPagePreview *self = CPT_PAGE_PREVIEW (object);

  g_cancellable_cancel (self->reading);
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->reading);
  g_clear_object (&self->pages);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (cpt_page_preview_parent_class)->dispose (object);
}

static void
cpt_page_preview_finalize (GObject *object)
{
  CptPagePreview *self = CPT_PAGE_PREVIEW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->drawing, cpt_report_drawing_unref);
  g_hash_table_unref (self->bound);

  G_OBJECT_CLASS (cpt_page_preview_parent_class)->finalize (object);
}

static void
cpt_page_preview_class_init (CptPagePreviewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = cpt_page_preview_dispose;
  object_class->finalize = cpt_page_preview_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);

  signals[COUNTED] =
    g_signal_new ("counted", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_ERROR);
}

static void
cpt_page_preview_init (CptPagePreview *self)
{
  self->pages = gtk_string_list_new (NULL);
  self->bound = g_hash_table_new (NULL, NULL);
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
cpt_page_preview_new (CptStore *store)
{
  CptPagePreview *self = g_object_new (CPT_TYPE_PAGE_PREVIEW, NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *list;

  self->store = g_object_ref (store);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->pages)))), factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Pages"), -1);
  gtk_widget_add_css_class (list, "cpt-page-preview");
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), list);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));

  return GTK_WIDGET (self);
}
