/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads parts of a workbook: libarchive takes the archive apart, GMarkup the
 * XML. Bounds hold against archives that are made to harm: how much comes out
 * of how little, how deep elements lie, how long one is. */
#include "config.h"

#include "cpt-xlsx-part.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "cpt-error.h"

#define BLOCK_BYTES 65536
#define CHUNK_BYTES 32768
/* A part may be so many times as large as the archive; small ones more */
#define MAX_RATIO 100
#define MIN_ALLOWED (16 * 1024 * 1024)
#define MAX_ALLOWED G_GUINT64_CONSTANT (8589934592)
#define MAX_ENTRIES 10000
#define MAX_DEPTH 64
/* From one tag to the next */
#define MAX_PIECE (16 * 1024 * 1024)

struct _CptXlsxPart
{
  struct archive *archive;
  guint64 allowed;
  guint64 n_read;
  guint8 *chunk; /* (owned) */

  GMarkupParseContext *context; /* (nullable) */
  const CptXlsxHandler *handler;
  gpointer data;
  guint depth;
  gsize piece; /* bytes since the last tag */
};

static const char *
get_local_name (const char *name)
{
  const char *colon = strchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

const char *
cpt_xlsx_find_attribute (const char  *name,
                         const char **names,
                         const char **values)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (get_local_name (names[i]), name))
      return values[i];

  return NULL;
}

static void
set_damaged (GError **error)
{
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE,
                       _("The file is not a whole workbook. Save it again as XLSX, or as CSV."));
}

static void
set_too_large (GError **error)
{
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_LIMIT,
                       _("The workbook would be too large when unpacked. Save the sheet as CSV."));
}

/* FALSE at the end and when the archive can't be read; it tells which */
static gboolean
find_entry (struct archive  *archive,
            const char      *name,
            guint64          allowed,
            GError         **error)
{
  struct archive_entry *entry;
  int result = ARCHIVE_OK;

  for (guint i = 0; i < MAX_ENTRIES; i++)
    {
      const char *found;

      result = archive_read_next_header (archive, &entry);
      if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
        break;
      found = archive_entry_pathname (entry);
      if (found == NULL || g_ascii_strcasecmp (found, name) != 0)
        continue;
      if (archive_entry_is_encrypted (entry))
        {
          g_set_error_literal (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED,
                               _("The workbook is protected by a password. Save it without one."));
          return FALSE;
        }
      if (archive_entry_size_is_set (entry) && (guint64) archive_entry_size (entry) > allowed)
        {
          set_too_large (error);
          return FALSE;
        }
      return TRUE;
    }

  if (result == ARCHIVE_EOF)
    g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("The workbook has no part “%s”."), name);
  else
    set_damaged (error);

  return FALSE;
}

CptXlsxPart *
cpt_xlsx_part_open (const char  *path,
                    const char  *name,
                    GError     **error)
{
  g_autoptr(CptXlsxPart) self = g_new0 (CptXlsxPart, 1);
  GStatBuf buffer;

  if (g_stat (path, &buffer) != 0)
    buffer.st_size = 0;
  self->allowed = CLAMP ((guint64) buffer.st_size * MAX_RATIO, MIN_ALLOWED, MAX_ALLOWED);
  self->archive = archive_read_new ();
  archive_read_support_format_zip_seekable (self->archive);
  if (archive_read_open_filename (self->archive, path, BLOCK_BYTES) != ARCHIVE_OK)
    {
      set_damaged (error);
      return NULL;
    }
  if (!find_entry (self->archive, name, self->allowed, error))
    return NULL;
  self->chunk = g_malloc (CHUNK_BYTES);

  return g_steal_pointer (&self);
}

void
cpt_xlsx_part_free (CptXlsxPart *self)
{
  g_clear_pointer (&self->context, g_markup_parse_context_free);
  archive_read_free (self->archive);
  g_free (self->chunk);
  g_free (self);
}

guint64
cpt_xlsx_part_get_offset (CptXlsxPart *self)
{
  gint64 offset = archive_filter_bytes (self->archive, -1);

  return (guint64) MAX (offset, 0);
}

static void
start_element (GMarkupParseContext  *context,
               const char           *name,
               const char          **names,
               const char          **values,
               gpointer              data,
               GError              **error)
{
  CptXlsxPart *self = data;

  self->piece = 0;
  if (++self->depth > MAX_DEPTH)
    {
      set_damaged (error);
      return;
    }
  if (self->handler->start != NULL)
    self->handler->start (get_local_name (name), names, values, self->data);
}

static void
end_element (GMarkupParseContext  *context,
             const char           *name,
             gpointer              data,
             GError              **error)
{
  CptXlsxPart *self = data;

  self->piece = 0;
  self->depth--;
  if (self->handler->end != NULL)
    self->handler->end (get_local_name (name), self->data);
}

static void
take_text (GMarkupParseContext  *context,
           const char           *text,
           gsize                 length,
           gpointer              data,
           GError              **error)
{
  CptXlsxPart *self = data;

  if (self->handler->text != NULL)
    self->handler->text (text, length, self->data);
}

void
cpt_xlsx_part_begin (CptXlsxPart          *self,
                     const CptXlsxHandler *handler,
                     gpointer              data)
{
  static const GMarkupParser parser = { .start_element = start_element, .end_element = end_element, .text = take_text };

  self->handler = handler;
  self->data = data;
  self->context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, self, NULL);
}

gboolean
cpt_xlsx_part_feed (CptXlsxPart  *self,
                    gboolean     *is_end,
                    GError      **error)
{
  g_autoptr(GError) parse_error = NULL;
  la_ssize_t n = archive_read_data (self->archive, self->chunk, CHUNK_BYTES);
  gboolean done;

  *is_end = n == 0;
  if (n < 0)
    {
      set_damaged (error);
      return FALSE;
    }
  self->n_read += (guint64) n;
  self->piece += (gsize) n;
  if (self->n_read > self->allowed || self->piece > MAX_PIECE)
    {
      set_too_large (error);
      return FALSE;
    }

  done = n > 0 ? g_markup_parse_context_parse (self->context, (const char *) self->chunk, n, &parse_error)
               : g_markup_parse_context_end_parse (self->context, &parse_error);
  if (!done)
    set_damaged (error);

  return done;
}

gboolean
cpt_xlsx_part_read (const char            *path,
                    const char            *name,
                    const CptXlsxHandler  *handler,
                    gpointer               data,
                    GError               **error)
{
  g_autoptr(CptXlsxPart) self = cpt_xlsx_part_open (path, name, error);
  gboolean is_end = FALSE;

  if (self == NULL)
    return FALSE;

  cpt_xlsx_part_begin (self, handler, data);
  while (!is_end)
    if (!cpt_xlsx_part_feed (self, &is_end, error))
      return FALSE;

  return TRUE;
}
