/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a new report begins with. */

#include "config.h"

#include "cpt-begin-dialog.h"

#include <glib/gi18n.h>

#include "cpt-form-rows.h"
#include "cpt-order-list.h"
#include "cpt-report-template.h"
#include "cpt-settings-dialog.h"
#include "cpt-settings-page.h"

#define WIDTH 480
#define HEIGHT 520
#define MIN_WIDTH 340
#define MIN_HEIGHT 320

struct _CptBeginDialog
{
  AdwWindow parent_instance;

  GPtrArray *ready;     /* CptReportTemplate */
  GPtrArray *templates; /* CptRecord */
};

G_DEFINE_FINAL_TYPE (CptBeginDialog, cpt_begin_dialog, ADW_TYPE_WINDOW)

enum
{
  CHOSEN,
  REMOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
choose (CptBeginDialog *self,
        const char     *title,
        const char     *definition)
{
  g_signal_emit (self, signals[CHOSEN], 0, title, definition);
  gtk_window_destroy (GTK_WINDOW (self));
}

static guint
parse_key (const char *key)
{
  return (guint) g_ascii_strtoull (key, NULL, 10);
}

static void
ready_cb (CptBeginDialog *self,
          const char     *key)
{
  const CptReportTemplate *template;
  g_autofree char *definition = NULL;

  if (g_str_equal (key, "empty"))
    {
      choose (self, NULL, NULL);
      return;
    }

  template = g_ptr_array_index (self->ready, parse_key (key));
  definition = cpt_document_format (template->document);
  choose (self, template->title, definition);
}

static void
own_cb (CptBeginDialog *self,
        const char     *key)
{
  const CptRecord *record = g_ptr_array_index (self->templates, parse_key (key));
  g_autofree char *title = cpt_record_dup_title (record);

  choose (self, title, cpt_record_get_text (record, "definition"));
}

static void
removed_cb (CptBeginDialog *self,
            const char     *key)
{
  g_signal_emit (self, signals[REMOVED], 0, g_ptr_array_index (self->templates, parse_key (key)));
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Building */

static CptOrderList *
add_list (CptBeginDialog *self,
          GtkWidget      *box,
          const char     *title,
          GCallback       activated)
{
  GtkWidget *group = cpt_form_add_group (box, title);
  GtkWidget *list = cpt_order_list_new (title);

  cpt_order_list_set_fixed (CPT_ORDER_LIST (list));
  g_signal_connect_object (list, "activated", activated, self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);

  return CPT_ORDER_LIST (list);
}

static void
add_row (CptOrderList *list,
         const char   *title,
         const char   *description,
         const char   *key)
{
  cpt_order_list_append (list, cpt_settings_page_create_row (title, description), key);
}

static void
add_rows (CptBeginDialog *self,
          GtkWidget      *box,
          gboolean        is_writable)
{
  CptOrderList *ready = add_list (self, box, _("Begin With"), G_CALLBACK (ready_cb));
  CptOrderList *own;

  add_row (ready, _("Empty Report"), _("Pages on which nothing is yet"), "empty");
  for (guint i = 0; i < self->ready->len; i++)
    {
      const CptReportTemplate *template = g_ptr_array_index (self->ready, i);
      g_autofree char *key = g_strdup_printf ("%u", i);

      add_row (ready, template->title, template->description, key);
    }
  if (self->templates->len == 0)
    return;

  own = add_list (self, box, _("Templates of This Workspace"), G_CALLBACK (own_cb));
  if (is_writable)
    {
      g_signal_connect_object (own, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
      cpt_order_list_set_removable (own);
    }
  for (guint i = 0; i < self->templates->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (self->templates, i);
      g_autofree char *title = cpt_record_dup_title (record);
      g_autofree char *key = g_strdup_printf ("%u", i);

      add_row (own, title, cpt_record_get_text (record, "description"), key);
    }
}

static void
cpt_begin_dialog_finalize (GObject *object)
{
  CptBeginDialog *self = CPT_BEGIN_DIALOG (object);

  g_ptr_array_unref (self->ready);
  g_clear_pointer (&self->templates, g_ptr_array_unref);

  G_OBJECT_CLASS (cpt_begin_dialog_parent_class)->finalize (object);
}

static void
cpt_begin_dialog_class_init (CptBeginDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_begin_dialog_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  2, G_TYPE_STRING, G_TYPE_STRING);
  signals[REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cpt_begin_dialog_init (CptBeginDialog *self)
{
  self->ready = cpt_report_template_list ();
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
}

CptBeginDialog *
cpt_begin_dialog_new (GPtrArray *templates,
                      gboolean   is_writable)
{
  CptBeginDialog *self = g_object_new (CPT_TYPE_BEGIN_DIALOG, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *page;

  self->templates = g_ptr_array_ref (templates);
  add_rows (self, rows, is_writable);
  page = cpt_settings_dialog_create_page (rows);
  gtk_widget_set_vexpand (page, TRUE);
  gtk_window_set_title (GTK_WINDOW (self), _("New Report"));
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), page);
  adw_window_set_content (ADW_WINDOW (self), box);

  return self;
}

void
cpt_begin_dialog_present (CptBeginDialog *self,
                          CptWindow      *window)
{
  gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (window));
  gtk_window_set_default_size (GTK_WINDOW (self), CLAMP (gtk_widget_get_width (GTK_WIDGET (window)) - 10, MIN_WIDTH, WIDTH),
                               CLAMP (gtk_widget_get_height (GTK_WIDGET (window)) - 10, MIN_HEIGHT, HEIGHT));
  gtk_window_present (GTK_WINDOW (self));
}
