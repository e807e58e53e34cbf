/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What is in a file, at a glance. How large a picture says that it is is looked
 * up before anything of it is decoded: a few hundred bytes can claim to be a
 * square kilometre, and the decoder would take memory for it at once. The first
 * pages of documents are drawn one after the other on a thread that waits for
 * another program. What fails leaves the icon.
 */

#include "config.h"

#include "cpt-file-preview.h"

#include "cpt-blob.h"
#include "cpt-scan.h"
#include "cpt-sniff.h"
#include "cpt-text.h"

#define MAX_BYTES (30 * 1000 * 1000)
#define MAX_PIXELS (50 * 1000 * 1000)
#define MAX_SIDE 20000
#define PIECE_BYTES 65536
#define TEXT_BYTES 600

struct _CptFilePreviews
{
  CptStore *store;
  GCancellable *cancellable;
  GThreadPool *drawing; /* (nullable): of GTask; one at a time */
};

typedef struct
{
  char *digest;
  int size;
} ReadData;

typedef struct
{
  GdkPixbuf *pixbuf; /* (nullable) */
  char *text;        /* (nullable) */
  GBytes *pdf;       /* (nullable): is to be drawn */
} Preview;

/* What a thread draws */
typedef struct
{
  GBytes *pdf;
  int size;
} DrawData;

typedef struct
{
  CptFilePreviews *previews; /* (owned) */
  GtkImage *picture;         /* (owned) */
  GtkLabel *label;           /* (owned) (nullable) */
  int size;
} Target;

static void
read_data_free (gpointer pointer)
{
  ReadData *data = pointer;

  g_free (data->digest);
  g_free (data);
}

static void
preview_free (gpointer pointer)
{
  Preview *preview = pointer;

  g_clear_object (&preview->pixbuf);
  g_clear_pointer (&preview->pdf, g_bytes_unref);
  g_free (preview->text);
  g_free (preview);
}

static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  gpointer         user_data)
{
  double scale = (double) GPOINTER_TO_INT (user_data) / MAX (MAX (width, height), 1);

  if (scale < 1)
    gdk_pixbuf_loader_set_size (loader, MAX ((int) (width * scale), 1), MAX ((int) (height * scale), 1));
}

static gboolean
is_reasonable (const guint8 *bytes,
               gsize         length)
{
  guint width, height;

  return cpt_sniff_get_picture_size (bytes, length, &width, &height) && width > 0 && height > 0 &&
         width <= MAX_SIDE && height <= MAX_SIDE && (gint64) width * height <= MAX_PIXELS;
}

static GdkPixbuf *
decode (const guint8 *bytes,
        gsize         length,
        int           size,
        GCancellable *cancellable)
{
  g_autoptr(GdkPixbufLoader) loader = NULL;
  gboolean is_good = is_reasonable (bytes, length);
  GdkPixbuf *pixbuf;

  if (!is_good)
    return NULL;

  loader = gdk_pixbuf_loader_new ();
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), GINT_TO_POINTER (size));
  for (gsize at = 0; at < length && is_good; at += PIECE_BYTES)
    is_good = !g_cancellable_is_cancelled (cancellable) &&
              gdk_pixbuf_loader_write (loader, bytes + at, MIN (length - at, PIECE_BYTES), NULL);
  is_good = gdk_pixbuf_loader_close (loader, NULL) && is_good;
  pixbuf = is_good ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;

  return pixbuf != NULL ? gdk_pixbuf_apply_embedded_orientation (pixbuf) : NULL;
}

static gpointer
read_in_worker (CptDatabase   *database,
                gpointer       user_data,
                GCancellable  *cancellable,
                GError       **error)
{
  const ReadData *data = user_data;
  g_autoptr(GBytes) bytes = cpt_blob_read (database, data->digest, error);
  Preview *preview;
  CptSniffClass class;
  const guint8 *content;
  gsize length;

  if (bytes == NULL)
    return NULL;

  content = g_bytes_get_data (bytes, &length);
  class = cpt_sniff_get_class (cpt_sniff_type (content, length));
  preview = g_new0 (Preview, 1);
  if (class == CPT_SNIFF_IMAGE)
    preview->pixbuf = decode (content, length, data->size, cancellable);
  if (class == CPT_SNIFF_TEXT)
    {
      g_autofree char *head = g_strndup ((const char *) content, MIN (length, TEXT_BYTES));

      preview->text = cpt_text_clean (head, TRUE);
    }
  if (class == CPT_SNIFF_DOCUMENT)
    preview->pdf = g_bytes_ref (bytes);

  return preview;
}

static void
previews_clear (gpointer data)
{
  CptFilePreviews *self = data;

  /* What waits for the thread sees that it is cancelled. */
  if (self->drawing != NULL)
    g_thread_pool_free (self->drawing, FALSE, FALSE);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
}

static void
target_free (Target *target)
{
  g_object_unref (target->picture);
  g_clear_object (&target->label);
  g_rc_box_release_full (target->previews, previews_clear);
  g_free (target);
}

static void
draw_data_free (gpointer pointer)
{
  DrawData *data = pointer;

  g_bytes_unref (data->pdf);
  g_free (data);
}

/* On the thread for drawing */
static void
draw_in_worker (gpointer item,
                gpointer user_data)
{
  g_autoptr(GTask) task = item;
  const DrawData *data = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) png = cpt_scan_draw_pdf (data->pdf, (guint) data->size, g_task_get_cancellable (task), &error);
  gsize length = 0;
  const guint8 *bytes = png != NULL ? g_bytes_get_data (png, &length) : NULL;

  if (png != NULL)
    g_task_return_pointer (task, decode (bytes, length, data->size, g_task_get_cancellable (task)), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
show_picture (Target    *target,
              GdkPixbuf *pixbuf)
{
  g_autoptr(GdkTexture) texture = gdk_texture_new_for_pixbuf (pixbuf);

  gtk_image_set_from_paintable (target->picture, GDK_PAINTABLE (texture));
  gtk_image_set_pixel_size (target->picture, target->size);
}

static void
drawn_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Target *target = user_data;
  g_autoptr(GdkPixbuf) pixbuf = g_task_propagate_pointer (G_TASK (result), NULL);

  if (pixbuf != NULL)
    show_picture (target, pixbuf);
  target_free (target);
}

/* Takes @target */
static void
draw (Target *target,
      GBytes *pdf)
{
  CptFilePreviews *self = target->previews;
  GTask *task = g_task_new (NULL, self->cancellable, drawn_cb, target);
  DrawData *data = g_new0 (DrawData, 1);

  data->pdf = g_bytes_ref (pdf);
  data->size = target->size * 2;
  g_task_set_task_data (task, data, draw_data_free);
  if (self->drawing == NULL)
    self->drawing = g_thread_pool_new (draw_in_worker, NULL, 1, FALSE, NULL);
  g_thread_pool_push (self->drawing, task, NULL);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Target *target = user_data;
  Preview *preview = cpt_store_finish (CPT_STORE (source), result, NULL);

  if (preview != NULL && preview->pixbuf != NULL)
    show_picture (target, preview->pixbuf);
  if (preview != NULL && preview->text != NULL && *preview->text != '\0' && target->label != NULL)
    {
      gtk_label_set_label (target->label, preview->text);
      gtk_widget_set_visible (GTK_WIDGET (target->label), TRUE);
      gtk_widget_set_visible (GTK_WIDGET (target->picture), FALSE);
    }
  if (preview != NULL && preview->pdf != NULL)
    draw (g_steal_pointer (&target), preview->pdf);

  g_clear_pointer (&preview, preview_free);
  g_clear_pointer (&target, target_free);
}

static gboolean
is_worth_a_look (const CptAttachment *attachment,
                 gboolean             shows_text)
{
  /* What it says it is decides only that. */
  switch (cpt_sniff_get_class (attachment->type))
    {
    case CPT_SNIFF_IMAGE:
      return attachment->size <= MAX_BYTES;

    case CPT_SNIFF_TEXT:
      return shows_text && attachment->size <= MAX_BYTES;

    case CPT_SNIFF_DOCUMENT:
      return attachment->size <= CPT_SCAN_MAX_BYTES && cpt_scan_can_draw ();

    case CPT_SNIFF_OTHER:
    case CPT_SNIFF_PROGRAM:
    default:
      return FALSE;
    }
}

void
cpt_file_previews_show (CptFilePreviews     *self,
                        const CptAttachment *attachment,
                        int                  size,
                        GtkImage            *picture,
                        GtkLabel            *label)
{
  ReadData *data;
  Target *target;

  g_return_if_fail (self != NULL);
  g_return_if_fail (attachment != NULL);

  if (!is_worth_a_look (attachment, label != NULL))
    return;

  data = g_new0 (ReadData, 1);
  data->digest = g_strdup (attachment->sha256);
  data->size = size * 2;
  target = g_new0 (Target, 1);
  target->previews = g_rc_box_acquire (self);
  target->picture = g_object_ref (picture);
  target->label = label != NULL ? g_object_ref (label) : NULL;
  target->size = size;
  cpt_store_read_async (self->store, G_PRIORITY_LOW, read_in_worker, data, read_data_free, preview_free, self->cancellable,
                        read_cb, target);
}

CptFilePreviews *
cpt_file_previews_new (CptStore *store)
{
  CptFilePreviews *self;

  g_return_val_if_fail (CPT_IS_STORE (store), NULL);

  self = g_rc_box_new0 (CptFilePreviews);
  self->store = g_object_ref (store);
  self->cancellable = g_cancellable_new ();

  return self;
}

void
cpt_file_previews_free (CptFilePreviews *self)
{
  if (self == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_rc_box_release_full (self, previews_clear);
}
