/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What cairo 1.16 leaves out of a PDF, added behind its end as PDF allows: a
 * newer version of the catalog, a cross-reference section for it, a trailer
 * that points back to the first one (ISO 32000-1, 7.5.6). */
#include "config.h"
#include "cpt-report-private.h"

#include <string.h>

/* The last occurrence of @needle that begins before @end, or -1 */
static gssize
find_last (const GByteArray *pdf,
           const char       *needle,
           gsize             end)
{
  gsize length = strlen (needle);

  for (gsize i = MIN (end, pdf->len - MIN (pdf->len, length)) + 1; i > 0; i--)
    if (i - 1 + length <= pdf->len && memcmp (pdf->data + i - 1, needle, length) == 0)
      return (gssize) i - 1;

  return -1;
}

static gboolean
is_language_tag (const char *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '-')
      return FALSE;

  return length >= 2 && length <= 35;
}

/* A number that follows @key within the dictionary that starts at @from */
static gint64
read_number (const GByteArray *pdf,
             gsize             from,
             const char       *key)
{
  g_autofree char *text = g_strndup ((const char *) pdf->data + from, MIN (pdf->len - from, 4096));
  const char *place = strstr (text, key);
  char *end = NULL;
  gint64 number;

  if (place == NULL)
    return -1;
  number = g_ascii_strtoll (place + strlen (key), &end, 10);

  return end != place + strlen (key) ? number : -1;
}

/* The members of the catalog, without the brackets around them */
static char *
dup_catalog (const GByteArray *pdf,
             gint64            root)
{
  g_autofree char *head = g_strdup_printf ("\n%" G_GINT64_FORMAT " 0 obj\n<<", root);
  gssize start = find_last (pdf, head, pdf->len);
  gsize from;

  if (start < 0)
    return NULL;

  from = (gsize) start + strlen (head);
  for (gsize i = from; i + 10 < pdf->len; i++)
    if (memcmp (pdf->data + i, ">>\nendobj", 9) == 0)
      return g_strndup ((const char *) pdf->data + from, i - from);

  return NULL;
}

void
cpt_pdf_add_language (GByteArray *pdf,
                      const char *language)
{
  g_autoptr(GString) update = NULL;
  g_autofree char *catalog = NULL;
  gssize trailer;
  gint64 root, size, info, start;
  gsize offset, xref;

  g_return_if_fail (pdf != NULL);

  trailer = find_last (pdf, "\ntrailer", pdf->len);
  if (language == NULL || !is_language_tag (language) || trailer < 0)
    return;

  root = read_number (pdf, (gsize) trailer, "/Root ");
  size = read_number (pdf, (gsize) trailer, "/Size ");
  info = read_number (pdf, (gsize) trailer, "/Info ");
  start = read_number (pdf, (gsize) trailer, "startxref\n");
  catalog = root > 0 ? dup_catalog (pdf, root) : NULL;
  if (catalog == NULL || size <= 0 || info <= 0 || start <= 0)
    return;

  update = g_string_new (NULL);
  offset = pdf->len;
  g_string_append_printf (update,
                          "%" G_GINT64_FORMAT " 0 obj\n<<%s   /Lang (%s)\n"
                          "   /MarkInfo << /Marked true >>\n"
                          "   /ViewerPreferences << /DisplayDocTitle true >>\n>>\nendobj\n",
                          root, catalog, language);
  xref = offset + update->len;
  g_string_append_printf (update, "xref\n%" G_GINT64_FORMAT " 1\n%010" G_GSIZE_FORMAT " 00000 n \n",
                          root, offset);
  g_string_append_printf (update,
                          "trailer\n<< /Size %" G_GINT64_FORMAT "\n   /Root %" G_GINT64_FORMAT
                          " 0 R\n   /Info %" G_GINT64_FORMAT " 0 R\n   /Prev %" G_GINT64_FORMAT
                          "\n>>\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n",
                          size, root, info, start, xref);
  g_byte_array_append (pdf, (const guint8 *) update->str, (guint) update->len);
}
