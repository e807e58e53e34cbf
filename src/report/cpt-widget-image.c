/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picture of the latest file that meets the conditions of a widget. Files are
 * not trusted: how large a picture is, is read before any of it is decoded, and no
 * more of it is kept than a page can show. */
#include "config.h"
#include "cpt-widget-data-private.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-attachment.h"
#include "cpt-blob.h"
#include "cpt-error.h"
#include "cpt-report-private.h"
#include "cpt-sniff.h"

#define MAX_PIXELS (50 * 1000 * 1000)
#define MAX_SIDE 20000
/* Longer sides are made that long */
#define SHOWN_SIDE 1600

static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  gpointer         unused)
{
  double scale = (double) SHOWN_SIDE / MAX (MAX (width, height), 1);

  if (scale < 1)
    gdk_pixbuf_loader_set_size (loader, MAX ((int) (width * scale), 1), MAX ((int) (height * scale), 1));
}

/* (nullable) */
static GdkPixbuf *
decode (const guint8 *bytes,
        gsize         length)
{
  g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  gboolean is_good;
  GdkPixbuf *pixbuf;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), NULL);
  is_good = gdk_pixbuf_loader_write (loader, bytes, length, NULL);
  is_good = gdk_pixbuf_loader_close (loader, NULL) && is_good;
  pixbuf = is_good ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;

  return pixbuf != NULL ? gdk_pixbuf_apply_embedded_orientation (pixbuf) : NULL;
}

/* Of one pixel: bytes of red, green, blue and, if there is one, alpha */
static guint32
get_pixel (const guint8 *from,
           gboolean      has_alpha)
{
  guint32 alpha = has_alpha ? from[3] : 255;

  return alpha << 24 | (from[0] * alpha / 255) << 16 | (from[1] * alpha / 255) << 8 | (from[2] * alpha / 255);
}

static cairo_surface_t *
create_surface (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);
  int n_channels = gdk_pixbuf_get_n_channels (pixbuf);
  gboolean has_alpha = gdk_pixbuf_get_has_alpha (pixbuf);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  const guint8 *from = gdk_pixbuf_read_pixels (pixbuf);
  guint8 *to = cairo_image_surface_get_data (surface);

  for (int y = 0; y < height && to != NULL; y++)
    {
      const guint8 *source = from + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf);
      guint32 *target = (guint32 *) (gpointer) (to + (gsize) y * (gsize) cairo_image_surface_get_stride (surface));

      for (int x = 0; x < width; x++)
        target[x] = get_pixel (source + (gsize) x * (gsize) n_channels, has_alpha);
    }
  cairo_surface_mark_dirty (surface);

  return surface;
}

/* What a picture says of its size is read without decoding it; 0 for what is no picture */
static gboolean
check_size (const guint8  *content,
            gsize          length,
            const char    *name,
            guint         *width,
            guint         *height,
            GError       **error)
{
  *width = *height = 0;
  if (!cpt_sniff_get_picture_size (content, length, width, height) ||
      (*width <= MAX_SIDE && *height <= MAX_SIDE && (gint64) *width * *height <= MAX_PIXELS))
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
               _("“%s” is too large to be shown; attach a picture of less than 50 megapixels."), name);

  return FALSE;
}

static gboolean
refuse_content (const char  *name,
                GError     **error)
{
  g_set_error (error, CPT_ERROR, CPT_ERROR_DAMAGED, _("“%s” can’t be read as a picture; attach another one."), name);

  return FALSE;
}

/* A PNG says where it ends; what is missing would be drawn as if it were empty */
static gboolean
is_whole (const guint8 *content,
          gsize         length)
{
  if (length < 4 || memcmp (content, "\211PNG", 4) != 0)
    return TRUE;

  for (gsize i = length - 4; i > 0; i--)
    if (memcmp (content + i, "IEND", 4) == 0)
      return TRUE;

  return FALSE;
}

gboolean
cpt_widget_check_picture (const CptAttachmentFile  *file,
                          GError                  **error)
{
  const guint8 *content;
  guint width, height;
  gsize length;

  g_return_val_if_fail (file != NULL, FALSE);

  content = g_bytes_get_data (file->bytes, &length);
  if (!check_size (content, length, file->name, &width, &height, error))
    return FALSE;

  return (width > 0 && height > 0 && is_whole (content, length)) || refuse_content (file->name, error);
}

cairo_surface_t *
cpt_report_load_picture (CptDatabase          *database,
                         const CptAttachment  *attachment,
                         GError              **error)
{
  g_autoptr(GBytes) bytes = cpt_blob_read (database, attachment->sha256, error);
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  const guint8 *content;
  guint width, height;
  gsize length;

  if (bytes == NULL)
    return NULL;

  content = g_bytes_get_data (bytes, &length);
  if (!check_size (content, length, attachment->name, &width, &height, error))
    return NULL;
  if (width > 0 && height > 0 && is_whole (content, length))
    pixbuf = decode (content, length);
  if (pixbuf == NULL && !refuse_content (attachment->name, error))
    return NULL;

  return create_surface (pixbuf);
}

gboolean
cpt_widget_data_read_image (CptWidgetData  *self,
                            CptDatabase    *database,
                            CptQuery       *query,
                            GError        **error)
{
  const CptField *field = cpt_attachment_get_field (query->entity);
  g_autoptr(GPtrArray) records = NULL;

  if (field == NULL)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID, _("Only files have pictures; choose Files."));
      return FALSE;
    }

  records = cpt_query_load_records (query, database, 50, error);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (records, i);
      g_autoptr(CptAttachment) attachment = cpt_attachment_from_value (cpt_record_get (record, field));

      if (attachment == NULL || !g_str_has_prefix (attachment->type, "image/"))
        continue;
      g_ptr_array_add (self->filters, cpt_widget_create_record_filter (database, query->entity, &record->id));
      self->chart->image = cpt_report_load_picture (database, attachment, error);
      if (self->chart->image != NULL)
        cpt_chart_data_add_item (self->chart, attachment->name, NULL, NULL);
      return self->chart->image != NULL;
    }
  if (records != NULL && query->filter == NULL)
    g_set_error_literal (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There is no picture yet; edit this widget to choose one."));
  else if (records != NULL)
    g_set_error_literal (error, CPT_ERROR, CPT_ERROR_NOT_FOUND,
                         _("There is no picture among these files; edit this widget to choose one."));

  return FALSE;
}
