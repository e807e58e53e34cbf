/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a file is by its first bytes. */

#include "config.h"

#include "cpt-sniff.h"

#include <string.h>

#include "cpt-file-name.h"

/* The first one that matches */
static const struct
{
  gsize offset;
  const char *magic;
  gsize length;
  const char *type;
} signatures[] = {
  { 0, "\x89PNG\r\n\x1a\n", 8, "image/png" },
  { 0, "\xff\xd8\xff", 3, "image/jpeg" },
  { 0, "GIF87a", 6, "image/gif" },
  { 0, "GIF89a", 6, "image/gif" },
  { 8, "WEBP", 4, "image/webp" },
  { 0, "II*\0", 4, "image/tiff" },
  { 0, "MM\0*", 4, "image/tiff" },
  { 4, "ftypavif", 8, "image/avif" },
  { 4, "ftypheic", 8, "image/heic" },
  { 4, "ftypmif1", 8, "image/heic" },
  { 4, "ftypqt", 6, "video/quicktime" },
  { 4, "ftyp", 4, "video/mp4" },
  { 0, "%PDF-", 5, "application/pdf" },
  { 0, "\x7f"
       "ELF",
    4, "application/x-executable" },
  { 0, "MZ", 2, "application/vnd.microsoft.portable-executable" },
  { 0, "\xca\xfe\xba\xbe", 4, "application/x-executable" },
  { 0, "\xcf\xfa\xed\xfe", 4, "application/x-executable" },
  { 0, "#!", 2, "text/x-script" },
  { 0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, "application/x-ole-storage" },
  { 0, "\x1f\x8b", 2, "application/gzip" },
  { 0, "7z\xbc\xaf\x27\x1c", 6, "application/x-7z-compressed" },
  { 0, "Rar!\x1a\x07", 6, "application/vnd.rar" },
  { 0, "{\\rtf", 5, "application/rtf" },
  { 0, "ID3", 3, "audio/mpeg" },
  { 0, "OggS", 4, "audio/ogg" },
  { 0, "fLaC", 4, "audio/flac" },
  { 8, "WAVE", 4, "audio/wav" },
  { 0, "SQLite format 3\0", 16, "application/vnd.sqlite3" },
};

/* What a ZIP archive is by the names and contents that stand at its beginning */
static const struct
{
  const char *part;
  const char *type;
} archives[] = {
  { "mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text" },
  { "mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet" },
  { "mimetypeapplication/vnd.oasis.opendocument.presentation", "application/vnd.oasis.opendocument.presentation" },
  { "mimetypeapplication/epub+zip", "application/epub+zip" },
  { "META-INF/MANIFEST.MF", "application/java-archive" },
  { "AndroidManifest.xml", "application/vnd.android.package-archive" },
  { "word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
  { "xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
  { "ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation" },
};

/* Beginnings of texts, compared whatever their case behind blanks */
static const struct
{
  const char *beginning;
  const char *type;
} texts[] = {
  { "<!doctype html", "text/html" },
  { "<html", "text/html" },
  { "<svg", "image/svg+xml" },
  { "<?xml", "application/xml" },
  { "begin:vcard", "text/vcard" },
  { "begin:vcalendar", "text/calendar" },
  { "[desktop entry]", "application/x-desktop" },
  { "%!ps", "application/postscript" },
};

static const char *const program_types[] = {
  "application/x-executable",
  "application/vnd.microsoft.portable-executable",
  "application/java-archive",
  "application/vnd.android.package-archive",
  "application/x-desktop",
  "text/x-script",
};

static const char *const program_extensions[] = {
  "appimage", "apk", "app", "bash", "bat", "cmd", "com", "cpl", "csh", "desktop", "exe", "gadget", "hta", "inf", "ins",
  "jar", "js", "jse", "ksh", "lnk", "msc", "msi", "msp", "mst", "pif", "pl", "ps1", "py", "rb", "reg", "run", "scf",
  "scr", "sct", "service", "sh", "shb", "url", "vb", "vbe", "vbs", "ws", "wsf", "wsh", "zsh",
};

static gboolean
contains (const guint8 *bytes,
          gsize         length,
          const char   *part)
{
  gsize n = strlen (part);

  for (gsize i = 0; i + n <= length; i++)
    if (memcmp (bytes + i, part, n) == 0)
      return TRUE;

  return FALSE;
}

static const char *
get_archive_type (const guint8 *bytes,
                  gsize         length)
{
  for (guint i = 0; i < G_N_ELEMENTS (archives); i++)
    if (contains (bytes, length, archives[i].part))
      return archives[i].type;

  return "application/zip";
}

/* UTF-8 that may be cut, without controls that no text has */
static gboolean
is_text (const guint8 *bytes,
         gsize         length)
{
  const char *end;

  for (gsize i = 0; i < length; i++)
    if (bytes[i] < 0x20 && strchr ("\t\n\f\r", bytes[i]) == NULL)
      return FALSE;
    else if (bytes[i] == 0)
      return FALSE;

  return g_utf8_validate ((const char *) bytes, (gssize) length, &end) ||
         (length >= CPT_SNIFF_BYTES && (gsize) ((const guint8 *) end - bytes) + 3 >= length);
}

static const char *
get_text_type (const guint8 *bytes,
               gsize         length)
{
  gsize start = length >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  while (start < length && strchr (" \t\r\n", bytes[start]) != NULL)
    start++;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gsize n = strlen (texts[i].beginning);

      if (length - start >= n && g_ascii_strncasecmp ((const char *) bytes + start, texts[i].beginning, n) == 0)
        return strcmp (texts[i].type, "application/xml") == 0 && contains (bytes, length, "<svg") ? "image/svg+xml"
                                                                                                  : texts[i].type;
    }

  return "text/plain";
}

const char *
cpt_sniff_type (const guint8 *bytes,
                gsize         length)
{
  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  length = MIN (length, CPT_SNIFF_BYTES);
  for (guint i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (length >= signatures[i].offset + signatures[i].length &&
        memcmp (bytes + signatures[i].offset, signatures[i].magic, signatures[i].length) == 0 &&
        /* Two letters may begin any text. */
        (strcmp (signatures[i].magic, "MZ") != 0 || !is_text (bytes, length)))
      return signatures[i].type;
  if (length >= 4 && memcmp (bytes, "PK\3\4", 4) == 0)
    return get_archive_type (bytes, length);
  if (length > 0 && is_text (bytes, length))
    return get_text_type (bytes, length);

  return "application/octet-stream";
}

CptSniffClass
cpt_sniff_get_class (const char *type)
{
  static const char *const images[] = { "image/png", "image/jpeg", "image/gif", "image/webp", "image/tiff" };

  g_return_val_if_fail (type != NULL, CPT_SNIFF_OTHER);

  for (guint i = 0; i < G_N_ELEMENTS (program_types); i++)
    if (strcmp (type, program_types[i]) == 0)
      return CPT_SNIFF_PROGRAM;
  for (guint i = 0; i < G_N_ELEMENTS (images); i++)
    if (strcmp (type, images[i]) == 0)
      return CPT_SNIFF_IMAGE;
  if (strcmp (type, "application/pdf") == 0)
    return CPT_SNIFF_DOCUMENT;
  if (g_str_has_prefix (type, "text/") || strcmp (type, "application/xml") == 0)
    return CPT_SNIFF_TEXT;

  return CPT_SNIFF_OTHER;
}

static guint
get_big (const guint8 *bytes,
         guint         n)
{
  guint value = 0;

  for (guint i = 0; i < n; i++)
    value = value << 8 | bytes[i];

  return value;
}

static guint
get_little (const guint8 *bytes,
            guint         n)
{
  guint value = 0;

  for (guint i = n; i > 0; i--)
    value = value << 8 | bytes[i - 1];

  return value;
}

/* From segment to segment up to the one with the size of the frame */
static gboolean
get_jpeg_size (const guint8 *bytes,
               gsize         length,
               guint        *width,
               guint        *height)
{
  for (gsize at = 2; at + 9 < length;)
    {
      guint8 marker = bytes[at + 1];

      if (bytes[at] != 0xff)
        return FALSE;
      if (marker == 0xff)
        {
          at++;
          continue;
        }
      /* SOF0 to SOF15 but for tables (DHT, JPG, DAC) */
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          *height = get_big (bytes + at + 5, 2);
          *width = get_big (bytes + at + 7, 2);
          return TRUE;
        }
      at += 2 + MAX (get_big (bytes + at + 2, 2), 2);
    }

  return FALSE;
}

static gboolean
get_webp_size (const guint8 *bytes,
               gsize         length,
               guint        *width,
               guint        *height)
{
  if (length < 30)
    return FALSE;

  if (memcmp (bytes + 12, "VP8X", 4) == 0)
    {
      *width = get_little (bytes + 24, 3) + 1;
      *height = get_little (bytes + 27, 3) + 1;
    }
  else if (memcmp (bytes + 12, "VP8L", 4) == 0)
    {
      guint bits = get_little (bytes + 21, 4);

      *width = (bits & 0x3fff) + 1;
      *height = (bits >> 14 & 0x3fff) + 1;
    }
  else if (memcmp (bytes + 12, "VP8 ", 4) == 0)
    {
      *width = get_little (bytes + 26, 2) & 0x3fff;
      *height = get_little (bytes + 28, 2) & 0x3fff;
    }
  else
    {
      return FALSE;
    }

  return TRUE;
}

gboolean
cpt_sniff_get_picture_size (const guint8 *bytes,
                            gsize         length,
                            guint        *width,
                            guint        *height)
{
  const char *type;

  g_return_val_if_fail (bytes != NULL || length == 0, FALSE);
  g_return_val_if_fail (width != NULL && height != NULL, FALSE);

  type = cpt_sniff_type (bytes, length);
  if (strcmp (type, "image/png") == 0 && length >= 24)
    {
      *width = get_big (bytes + 16, 4);
      *height = get_big (bytes + 20, 4);
      return TRUE;
    }
  if (strcmp (type, "image/gif") == 0 && length >= 10)
    {
      *width = get_little (bytes + 6, 2);
      *height = get_little (bytes + 8, 2);
      return TRUE;
    }
  if (strcmp (type, "image/jpeg") == 0)
    return get_jpeg_size (bytes, length, width, height);

  return strcmp (type, "image/webp") == 0 && get_webp_size (bytes, length, width, height);
}

gboolean
cpt_sniff_is_program_name (const char *name)
{
  const char *extension;

  g_return_val_if_fail (name != NULL, FALSE);

  extension = cpt_file_name_get_extension (name);
  for (guint i = 0; extension != NULL && i < G_N_ELEMENTS (program_extensions); i++)
    if (g_ascii_strcasecmp (extension, program_extensions[i]) == 0)
      return TRUE;

  return FALSE;
}
