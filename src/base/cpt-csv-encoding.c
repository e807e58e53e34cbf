/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Encodings of files of separated values. */

#include "config.h"

#include "cpt-csv-private.h"

#include <string.h>

#define REPLACEMENT 0xfffd

/* Windows-1252 from 0x80 to 0x9f; 0 where it has no character */
static const guint16 windows_1252[] = {
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
  0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

/* Where ISO-8859-15 differs from ISO-8859-1 */
static const struct
{
  guint8 byte;
  guint16 character;
} iso_8859_15[] = {
  { 0xa4, 0x20ac },
  { 0xa6, 0x0160 },
  { 0xa8, 0x0161 },
  { 0xb4, 0x017d },
  { 0xb8, 0x017e },
  { 0xbc, 0x0152 },
  { 0xbd, 0x0153 },
  { 0xbe, 0x0178 },
};

static void
fill_latin (CptCsvEncoding *self)
{
  /* 0x80 to 0x9f are controls, which no text has. */
  for (guint i = 0; i < 128; i++)
    self->upper[i] = i < 0x20 ? 0 : 0x80 + i;
}

/* Only what keeps ASCII can be taken apart byte by byte. */
static gboolean
keeps_ascii (const char *name)
{
  static const char sample[] = "Az09,;\t|\"'\r\n";
  g_autofree char *text = g_convert (sample, -1, "UTF-8", name, NULL, NULL, NULL);

  return g_strcmp0 (text, sample) == 0;
}

/* Any other encoding: asks iconv for each byte. */
static gboolean
fill_by_iconv (CptCsvEncoding *self,
               const char     *name)
{
  for (guint i = 0; i < 128; i++)
    {
      char byte = (char) (0x80 + i);
      g_autofree char *text = g_convert (&byte, 1, "UTF-8", name, NULL, NULL, NULL);

      self->upper[i] = text != NULL && text[0] != '\0' ? g_utf8_get_char (text) : 0;
    }

  return keeps_ascii (name);
}

void
cpt_csv_encoding_init (CptCsvEncoding *self,
                       const char     *name)
{
  memset (self, 0, sizeof *self);
  if (name == NULL || g_ascii_strcasecmp (name, "UTF-8") == 0 || g_ascii_strcasecmp (name, "UTF8") == 0)
    return;

  if (g_ascii_strncasecmp (name, "UTF-16", 6) == 0)
    {
      self->bytes = CPT_CSV_BYTES_UTF16;
      self->is_big_endian = g_ascii_strcasecmp (name + 6, "BE") == 0;
      return;
    }

  self->bytes = CPT_CSV_BYTES_SINGLE;
  fill_latin (self);
  if (g_ascii_strcasecmp (name, "WINDOWS-1252") == 0 || g_ascii_strcasecmp (name, "CP1252") == 0)
    {
      for (guint i = 0; i < G_N_ELEMENTS (windows_1252); i++)
        self->upper[i] = windows_1252[i];
    }
  else if (g_ascii_strcasecmp (name, "ISO-8859-15") == 0)
    {
      for (guint i = 0; i < G_N_ELEMENTS (iso_8859_15); i++)
        self->upper[iso_8859_15[i].byte - 0x80] = iso_8859_15[i].character;
    }
  else if (g_ascii_strcasecmp (name, "ISO-8859-1") != 0 && !fill_by_iconv (self, name))
    {
      self->bytes = CPT_CSV_BYTES_UNKNOWN;
    }
}

static guint
read_unit (const CptCsvEncoding *self,
           const guint8         *bytes)
{
  return self->is_big_endian ? (guint) bytes[0] << 8 | bytes[1] : (guint) bytes[1] << 8 | bytes[0];
}

gsize
cpt_csv_encoding_append_utf16 (const CptCsvEncoding *self,
                               GByteArray           *out,
                               const guint8         *bytes,
                               gsize                 length,
                               gboolean              is_end)
{
  gsize used = 0;

  while (length - used >= 2)
    {
      gunichar c = read_unit (self, bytes + used);
      char text[6];
      gsize size = 2;

      if (c >= 0xd800 && c <= 0xdbff)
        {
          guint low = length - used >= 4 ? read_unit (self, bytes + used + 2) : 0;

          if (length - used < 4 && !is_end)
            break;
          if (low >= 0xdc00 && low <= 0xdfff)
            {
              c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
              size = 4;
            }
        }
      if (c >= 0xd800 && c <= 0xdfff)
        c = REPLACEMENT;
      g_byte_array_append (out, (const guint8 *) text, (guint) g_unichar_to_utf8 (c, text));
      used += size;
    }

  return used;
}
