/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Which picture a widget shows. One that is chosen is looked at by a worker before
 * it is taken: how large it says that it is, without decoding it. It is among the
 * files of the workspace from then on, so that the widget can be seen with it; those
 * that are not used in the end are taken back.
 */

#include "config.h"

#include "cpt-widget-image.h"

#include <glib/gi18n.h>

#include "cpt-attachment.h"
#include "cpt-widget-data.h"

struct _CptWidgetImage
{
  AdwPreferencesGroup parent_instance;

  CptWindow *window; /* (nullable): weak */
  GCancellable *cancellable;
  GArray *kept; /* of Kept: what was chosen here */
  char *chosen; /* (nullable): the id of the last one */
  gboolean is_used;

  /* Borrowed children */
  GtkWidget *row;
  GtkWidget *clear;
  GtkWidget *choose;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptWidgetImage, cpt_widget_image, ADW_TYPE_PREFERENCES_GROUP)

static void
set_subtitle (CptWidgetImage *self,
              const char     *text,
              gboolean        is_error)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->row), text);
  if (is_error)
    gtk_widget_add_css_class (self->row, "error");
  else
    gtk_widget_remove_css_class (self->row, "error");
}

typedef struct
{
  CptUuid id;
  gint64 sequence; /* of the act that made it */
} Kept;

/* The file that is made of @file; by a worker */
static gpointer
keep_in_worker (CptDatabase   *database,
                gpointer       file,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr(CptAttachmentFile) read =
    cpt_attachment_file_read (file, cpt_attachment_get_limit (database), cancellable, error);
  CptCommit commit = { 0 };
  Kept kept;

  if (read == NULL || !cpt_widget_check_picture (read, error) ||
      !cpt_attachment_add_alone (database, read, CPT_ORIGIN_FORM, &kept.id, &commit, error))
    return NULL;

  kept.sequence = commit.sequence;

  return g_memdup2 (&kept, sizeof kept);
}

/* Nobody is told: what somebody uses meanwhile stays. */
static void
take_back (CptStore *store,
           gint64    sequence)
{
  cpt_store_undo_async (store, sequence, FALSE, NULL, NULL, NULL);
}

static void
take_back_unused (CptWidgetImage *self)
{
  CptStore *store = self->window != NULL ? cpt_window_get_store (self->window) : NULL;

  for (guint i = 0; i < self->kept->len && store != NULL; i++)
    {
      const Kept *kept = &g_array_index (self->kept, Kept, i);
      g_autofree char *id = cpt_uuid_dup_text (&kept->id);

      if (!self->is_used || g_strcmp0 (id, self->chosen) != 0)
        take_back (store, kept->sequence);
    }
  g_array_set_size (self->kept, 0);
}

/* @id (nullable) */
static void
choose (CptWidgetImage *self,
        const char     *id)
{
  g_free (self->chosen);
  self->chosen = g_strdup (id);
  g_signal_emit (self, signals[CHOSEN], 0, id);
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(CptWidgetImage) self = CPT_WIDGET_IMAGE (user_data);
  g_autoptr(GError) error = NULL;
  g_autofree Kept *kept = cpt_store_finish (CPT_STORE (source), result, &error);

  /* The editor is gone */
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      if (kept != NULL)
        take_back (CPT_STORE (source), kept->sequence);
      return;
    }

  gtk_widget_set_sensitive (self->choose, TRUE);
  if (kept != NULL)
    {
      g_autofree char *id = cpt_uuid_dup_text (&kept->id);

      g_array_append_val (self->kept, *kept);
      choose (self, id);
    }
  else
    {
      set_subtitle (self, error->message, TRUE);
    }
}

static void
take (CptWidgetImage *self,
      GFile          *file)
{
  if (self->window == NULL || cpt_window_get_store (self->window) == NULL)
    return;

  gtk_widget_set_sensitive (self->choose, FALSE);
  cpt_store_work_async (cpt_window_get_store (self->window), keep_in_worker, g_object_ref (file), g_object_unref, g_free,
                        self->cancellable, kept_cb, g_object_ref (self));
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             CptWidgetImage  *self)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    take (self, file);
  g_object_unref (dialog);
}

static void
choose_clicked_cb (CptWidgetImage *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_("Choose a Picture"), window, GTK_FILE_CHOOSER_ACTION_OPEN, _("_Choose"), NULL);
  g_autoptr(GtkFileFilter) pictures = gtk_file_filter_new ();

  gtk_file_filter_set_name (pictures, _("Pictures"));
  gtk_file_filter_add_mime_type (pictures, "image/*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), pictures);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
clear_clicked_cb (CptWidgetImage *self)
{
  choose (self, NULL);
  gtk_widget_grab_focus (self->choose);
}

static gboolean
dropped_cb (GtkDropTarget  *target,
            const GValue   *value,
            double          x,
            double          y,
            CptWidgetImage *self)
{
  GSList *files = G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST) ? g_value_get_boxed (value) : NULL;

  if (files == NULL || !gtk_widget_get_visible (GTK_WIDGET (self)) || !gtk_widget_get_sensitive (self->choose))
    return FALSE;

  take (self, files->data);

  return TRUE;
}

void
cpt_widget_image_take_drops (CptWidgetImage *self,
                             GtkWidget      *widget)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_return_if_fail (CPT_IS_WIDGET_IMAGE (self));

  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_cb), self, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}

void
cpt_widget_image_use (CptWidgetImage *self)
{
  g_return_if_fail (CPT_IS_WIDGET_IMAGE (self));

  self->is_used = TRUE;
}

void
cpt_widget_image_show (CptWidgetImage       *self,
                       const CptWidgetQuery *query,
                       CptChartData         *chart)
{
  const CptChartItem *item = chart->items != NULL && chart->items->len > 0 ? g_ptr_array_index (chart->items, 0) : NULL;
  gboolean is_one = cpt_widget_query_has_record (query);
  g_autofree char *latest = NULL;

  g_return_if_fail (CPT_IS_WIDGET_IMAGE (self));

  gtk_widget_set_visible (self->clear, is_one);
  if (item != NULL && !is_one)
    /* Translators: the name of a file, which the widget shows until there is a later one */
    latest = g_strdup_printf (_("The latest among these files: %s"), item->title);
  if (latest != NULL)
    set_subtitle (self, latest, FALSE);
  else if (item != NULL)
    set_subtitle (self, item->title, FALSE);
  else
    set_subtitle (self, _("Choose a file, or drop it on the picture. It is kept among the files of the workspace."), FALSE);
}

static void
cpt_widget_image_dispose (GObject *object)
{
  CptWidgetImage *self = CPT_WIDGET_IMAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->window);

  G_OBJECT_CLASS (cpt_widget_image_parent_class)->dispose (object);
}

/* The worker holds this: it ends with the window. */
static void
cpt_widget_image_unroot (GtkWidget *widget)
{
  g_cancellable_cancel (CPT_WIDGET_IMAGE (widget)->cancellable);
  take_back_unused (CPT_WIDGET_IMAGE (widget));
  GTK_WIDGET_CLASS (cpt_widget_image_parent_class)->unroot (widget);
}

static void
cpt_widget_image_finalize (GObject *object)
{
  CptWidgetImage *self = CPT_WIDGET_IMAGE (object);

  g_clear_object (&self->cancellable);
  g_array_unref (self->kept);
  g_free (self->chosen);

  G_OBJECT_CLASS (cpt_widget_image_parent_class)->finalize (object);
}

static void
cpt_widget_image_class_init (CptWidgetImageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_widget_image_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_widget_image_finalize;
  GTK_WIDGET_CLASS (klass)->unroot = cpt_widget_image_unroot;

  /**
   * CptWidgetImage::chosen:
   * @id: (nullable): of a file; %NULL for the latest one
   */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);
}

static void
cpt_widget_image_init (CptWidgetImage *self)
{
  self->cancellable = g_cancellable_new ();
  self->kept = g_array_new (FALSE, FALSE, sizeof (Kept));
  self->row = adw_action_row_new ();
  self->clear = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  self->choose = gtk_button_new_with_mnemonic (_("C_hoose…"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), _("Picture"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  gtk_widget_set_valign (self->clear, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->clear, "flat");
  gtk_widget_set_visible (self->clear, FALSE);
  gtk_widget_set_tooltip_text (self->clear, _("Show the latest picture instead"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->clear), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Show the latest picture instead"), -1);
  g_signal_connect_object (self->clear, "clicked", G_CALLBACK (clear_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_valign (self->choose, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->choose, "clicked", G_CALLBACK (choose_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->row), self->clear);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->row), self->choose);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->row), self->choose);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->row);
}

GtkWidget *
cpt_widget_image_new (CptWindow *window)
{
  CptWidgetImage *self = g_object_new (CPT_TYPE_WIDGET_IMAGE, NULL);

  g_set_weak_pointer (&self->window, window);

  return GTK_WIDGET (self);
}
