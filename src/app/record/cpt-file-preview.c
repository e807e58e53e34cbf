/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What is in a file, at a glance. How large a picture says that it is is looked
 * up before anything of it is decoded: a few hundred bytes can claim to be a
 * square kilometre, and the decoder would take memory for it at once.
 */

#include "config.h"

#include "cpt-file-preview.h"

#include "cpt-blob.h"
#include "cpt-sniff.h"
#include "cpt-text.h"

#define MAX_BYTES (30 * 1000 * 1000)
#define MAX_PIXELS (50 * 1000 * 1000)
#define MAX_SIDE 20000
#define PIECE_BYTES 65536
#define TEXT_BYTES 600

typedef struct
{
  char *digest;
  int size;
} ReadData;

typedef struct
{
  GdkPixbuf *pixbuf; /* (nullable) */
  char *text;        /* (nullable) */
} Preview;

typedef struct
{
  GtkImage *picture; /* (owned) */
  GtkLabel *label;   /* (owned) (nullable) */
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

  return preview;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Target *target = user_data;
  Preview *preview = cpt_store_finish (CPT_STORE (source), result, NULL);

  if (preview != NULL && preview->pixbuf != NULL)
    {
      g_autoptr(GdkTexture) texture = gdk_texture_new_for_pixbuf (preview->pixbuf);

      gtk_image_set_from_paintable (target->picture, GDK_PAINTABLE (texture));
      gtk_image_set_pixel_size (target->picture, target->size);
    }
  if (preview != NULL && preview->text != NULL && target->label != NULL)
    {
      gtk_label_set_label (target->label, preview->text);
      gtk_widget_set_visible (GTK_WIDGET (target->label), *preview->text != '\0');
    }

  g_clear_pointer (&preview, preview_free);
  g_object_unref (target->picture);
  g_clear_object (&target->label);
  g_free (target);
}

void
cpt_file_preview_show (CptStore            *store,
                       const CptAttachment *attachment,
                       int                  size,
                       GtkImage            *picture,
                       GtkLabel            *label,
                       GCancellable        *cancellable)
{
  CptSniffClass class;
  ReadData *data;
  Target *target;

  g_return_if_fail (attachment != NULL);

  /* What it says it is decides only whether it is worth a look. */
  class = cpt_sniff_get_class (attachment->type);
  if (attachment->size > MAX_BYTES || (class != CPT_SNIFF_IMAGE && class != CPT_SNIFF_TEXT))
    return;

  data = g_new0 (ReadData, 1);
  data->digest = g_strdup (attachment->sha256);
  data->size = size * 2;
  target = g_new0 (Target, 1);
  target->picture = g_object_ref (picture);
  target->label = label != NULL ? g_object_ref (label) : NULL;
  target->size = size;
  cpt_store_read_async (store, G_PRIORITY_LOW, read_in_worker, data, read_data_free, preview_free, cancellable, read_cb, target);
}
