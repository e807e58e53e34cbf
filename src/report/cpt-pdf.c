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

/* The members of a dictionary, without the brackets; @from is behind the first one */
static char *
dup_members_at (const GByteArray *pdf,
                gsize             from)
{
  for (gsize i = from; i + 10 < pdf->len; i++)
    if (memcmp (pdf->data + i, ">>\nendobj", 9) == 0)
      return g_strndup ((const char *) pdf->data + from, i - from);

  return NULL;
}

/* Of an object that is a dictionary */
static char *
dup_members (const GByteArray *pdf,
             gint64            number)
{
  g_autofree char *head = g_strdup_printf ("\n%" G_GINT64_FORMAT " 0 obj\n<<", number);
  gssize start = find_last (pdf, head, pdf->len);

  return start >= 0 ? dup_members_at (pdf, (gsize) start + strlen (head)) : NULL;
}

/* New versions of objects, written behind the end */
typedef struct
{
  GByteArray *pdf;
  GString *text;
  GString *table; /* of the cross references */
} Update;

static void
update_add (Update     *self,
            gint64      number,
            const char *members)
{
  gsize offset = self->pdf->len + self->text->len;

  g_string_append_printf (self->text, "%" G_GINT64_FORMAT " 0 obj\n<<%s>>\nendobj\n", number, members);
  g_string_append_printf (self->table, "%" G_GINT64_FORMAT " 1\n%010" G_GSIZE_FORMAT " 00000 n \n", number, offset);
}

static void
update_finish (Update *self,
               gsize   trailer,
               gint64  root)
{
  gsize xref = self->pdf->len + self->text->len;

  g_string_append_printf (self->text,
                          "xref\n%strailer\n<< /Size %" G_GINT64_FORMAT "\n   /Root %" G_GINT64_FORMAT
                          " 0 R\n   /Info %" G_GINT64_FORMAT " 0 R\n   /Prev %" G_GINT64_FORMAT
                          "\n>>\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n",
                          self->table->str, read_number (self->pdf, trailer, "/Size "), root,
                          read_number (self->pdf, trailer, "/Info "),
                          read_number (self->pdf, trailer, "startxref\n"), xref);
  g_byte_array_append (self->pdf, (const guint8 *) self->text->str, (guint) self->text->len);
}

/* As a string of PDF in UTF-16 */
static void
append_text (GString    *out,
             const char *text)
{
  glong length = 0;
  g_autofree gunichar2 *units = g_utf8_to_utf16 (text, -1, NULL, &length, NULL);

  g_string_append (out, "<FEFF");
  for (glong i = 0; units != NULL && i < length; i++)
    g_string_append_printf (out, "%04X", units[i]);
  g_string_append (out, ">");
}

/* The number of the object that begins before @at: "12 0 obj\n" stands there */
static gint64
read_object_number (const GByteArray *pdf,
                    gsize             at)
{
  gsize start = at;

  while (start > 0 && at - start < 32 && pdf->data[start - 1] != '\n')
    start--;

  return g_ascii_strtoll ((const char *) pdf->data + start, NULL, 10);
}

/* Structure elements stand in the order in which they were drawn */
static void
add_figures (Update    *self,
             GPtrArray *figures)
{
  static const char form[] = " 0 obj\n<< /Type /StructElem\n   /S /Figure\n";
  const GByteArray *pdf = self->pdf;
  guint next = 0;

  for (gsize i = 0; i + sizeof form < pdf->len && next < figures->len; i++)
    {
      gint64 number;
      g_autofree char *members = NULL;
      g_autoptr(GString) with_text = NULL;

      if (pdf->data[i] != ' ' || memcmp (pdf->data + i, form, sizeof form - 1) != 0)
        continue;
      number = read_object_number (pdf, i);
      /* Not looked for by its number: of many pages that took a fifth of all time */
      members = number > 0 ? dup_members_at (pdf, i + strlen (" 0 obj\n<<")) : NULL;
      if (members == NULL)
        return;
      with_text = g_string_new (members);
      g_string_append (with_text, "   /Alt ");
      append_text (with_text, g_ptr_array_index (figures, next));
      g_string_append_c (with_text, '\n');
      update_add (self, number, with_text->str);
      next++;
    }
}

static void
add_catalog (Update     *self,
             gint64      root,
             const char *language)
{
  g_autofree char *catalog = dup_members (self->pdf, root);
  g_autoptr(GString) members = g_string_new (catalog);

  if (language != NULL && is_language_tag (language))
    g_string_append_printf (members, "   /Lang (%s)\n", language);
  g_string_append (members, "   /MarkInfo << /Marked true >>\n"
                            "   /ViewerPreferences << /DisplayDocTitle true >>\n");
  update_add (self, root, members->str);
}

void
cpt_pdf_complete (GByteArray *pdf,
                  const char *language,
                  GPtrArray  *figures)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GString) table = g_string_new (NULL);
  Update update = { pdf, text, table };
  g_autofree char *catalog = NULL;
  gssize trailer;
  gint64 root;

  g_return_if_fail (pdf != NULL);
  g_return_if_fail (figures != NULL);

  trailer = find_last (pdf, "\ntrailer", pdf->len);
  root = trailer >= 0 ? read_number (pdf, (gsize) trailer, "/Root ") : -1;
  catalog = root > 0 ? dup_members (pdf, root) : NULL;
  if (catalog == NULL || read_number (pdf, (gsize) trailer, "/Size ") <= 0 ||
      read_number (pdf, (gsize) trailer, "/Info ") <= 0 ||
      read_number (pdf, (gsize) trailer, "startxref\n") <= 0)
    return;

  add_figures (&update, figures);
  add_catalog (&update, root, language);
  update_finish (&update, (gsize) trailer, root);
}
