/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands around the sheets of a workbook (ECMA-376 part 1, 18): which
 * sheets there are, what the formats of cells are, the texts that cells share. */
#include "config.h"

#include "cpt-xlsx-book.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-money.h"
#include "cpt-xlsx-part.h"

/* Shared strings stay in memory */
#define MAX_TEXT_BYTES (256 * 1024 * 1024)
#define MAX_TEXTS 20000000
#define MAX_STYLES 65536
#define MAX_SHEETS 1024
/* Names, targets of relations and codes of formats; longer ones are nothing that a
 * program writes */
#define MAX_NAME_BYTES 1024

/* A relation of a part to others */
typedef struct
{
  const char *base;    /* folder of the part, with a slash */
  GHashTable *targets; /* id -> name in the archive */
  char *document;
  char *strings;
  char *styles;
} Relations;

typedef struct
{
  CptXlsxBook *book;
  Relations *relations;
} Workbook;

typedef struct
{
  CptXlsxBook *book;
  GHashTable *codes; /* number -> format code */
  gboolean is_in_cells;
} Styles;

typedef struct
{
  CptXlsxBook *book;
  guint n_phonetic; /* how deep in readings of Japanese */
  gboolean is_in_text;
  gboolean is_full;
} Strings;

/* formats */

/* Built-in formats that are dates or times (ECMA-376 part 1, 18.8.30) */
static CptXlsxStyle
get_built_in (guint number)
{
  CptXlsxStyle style = { CPT_XLSX_NUMBER, "" };

  if (number == 9 || number == 10)
    style.kind = CPT_XLSX_PERCENT;
  else if ((number >= 14 && number <= 17) || number == 22 || (number >= 27 && number <= 31) || number == 36 ||
           (number >= 50 && number <= 54) || number == 57 || number == 58)
    style.kind = CPT_XLSX_DATE;
  else if ((number >= 18 && number <= 21) || (number >= 32 && number <= 35) || (number >= 45 && number <= 47) ||
           number == 55 || number == 56)
    style.kind = CPT_XLSX_TIME;

  return style;
}

/* "[$EUR]", "[$EUR-40C]" */
static void
read_currency (const char   *bracket,
               CptXlsxStyle *style)
{
  char code[4] = { 0 };

  if (bracket[1] != '$' || strlen (bracket) < 6 || (bracket[5] != ']' && bracket[5] != '-'))
    return;
  memcpy (code, bracket + 2, 3);
  if (cpt_currency_get_exponent (code) >= 0)
    memcpy (style->currency, code, sizeof code);
}

CptXlsxStyle
cpt_xlsx_read_format (const char *code)
{
  CptXlsxStyle style = { CPT_XLSX_NUMBER, "" };
  gboolean has_day = FALSE;
  gboolean has_time = FALSE;
  gboolean has_month = FALSE;

  /* Up to the form of negative numbers; quoted, escaped and coloured left out */
  for (const char *p = code; *p != '\0' && *p != ';'; p++)
    {
      const char *end = NULL;

      if (*p == '"')
        end = strchr (p + 1, '"');
      else if (*p == '[' && strchr ("hHmMsS", p[1]) == NULL)
        end = strchr (p, ']');
      else if ((*p == '\\' || *p == '_' || *p == '*') && p[1] != '\0')
        end = p + 1;
      if (*p == '[')
        read_currency (p, &style);
      if (end != NULL)
        {
          p = end;
          continue;
        }
      if (*p == '"' || *p == '\\')
        continue;
      has_day = has_day || strchr ("yYdDgG", *p) != NULL;
      has_time = has_time || strchr ("hHsS", *p) != NULL;
      has_month = has_month || *p == 'm' || *p == 'M';
      if (*p == '%')
        style.kind = CPT_XLSX_PERCENT;
      if (g_ascii_strncasecmp (p, "General", 7) == 0)
        return style;
    }

  if (has_day || (has_month && !has_time))
    style.kind = CPT_XLSX_DATE;
  else if (has_time)
    style.kind = CPT_XLSX_TIME;

  return style;
}

static gboolean
is_short (const char *text)
{
  return text != NULL && strnlen (text, MAX_NAME_BYTES + 1) <= MAX_NAME_BYTES;
}

/* relations */

static void
relation_start (const char  *name,
                const char **names,
                const char **values,
                gpointer     data)
{
  Relations *self = data;
  const char *id = cpt_xlsx_find_attribute ("Id", names, values);
  const char *type = cpt_xlsx_find_attribute ("Type", names, values);
  const char *target = cpt_xlsx_find_attribute ("Target", names, values);
  g_autofree char *part = NULL;

  if (!g_str_equal (name, "Relationship") || !is_short (id) || !is_short (type) || !is_short (target))
    return;

  part = *target == '/' ? g_strdup (target + 1) : g_strconcat (self->base, target, NULL);
  if (g_str_has_suffix (type, "/officeDocument") && self->document == NULL)
    self->document = g_strdup (part);
  else if (g_str_has_suffix (type, "/sharedStrings") && self->strings == NULL)
    self->strings = g_strdup (part);
  else if (g_str_has_suffix (type, "/styles") && self->styles == NULL)
    self->styles = g_strdup (part);
  else if (g_str_has_suffix (type, "/worksheet") && g_hash_table_size (self->targets) < MAX_SHEETS)
    g_hash_table_insert (self->targets, g_strdup (id), g_steal_pointer (&part));
}

static void
relations_clear (Relations *self)
{
  g_clear_pointer (&self->targets, g_hash_table_unref);
  g_free (self->document);
  g_free (self->strings);
  g_free (self->styles);
}

static gboolean
read_relations (const char  *path,
                const char  *part,
                Relations   *self,
                GError     **error)
{
  static const CptXlsxHandler handler = { .start = relation_start };
  const char *slash = strrchr (part, '/');
  g_autofree char *base = g_strndup (part, slash != NULL ? (gsize) (slash + 1 - part) : 0);
  g_autofree char *name = g_strconcat (base, "_rels/", part + strlen (base), ".rels", NULL);
  gboolean done;

  self->base = base;
  self->targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  done = cpt_xlsx_part_read (path, name, &handler, self, error);
  self->base = NULL;

  return done;
}

/* the workbook */

static void
workbook_start (const char  *name,
                const char **names,
                const char **values,
                gpointer     data)
{
  Workbook *self = data;
  const char *title;
  const char *id;
  const char *part;

  if (g_str_equal (name, "workbookPr"))
    {
      const char *value = cpt_xlsx_find_attribute ("date1904", names, values);

      self->book->is_1904 = value != NULL && (g_str_equal (value, "1") || g_str_equal (value, "true"));
    }
  if (!g_str_equal (name, "sheet"))
    return;

  title = cpt_xlsx_find_attribute ("name", names, values);
  id = cpt_xlsx_find_attribute ("id", names, values);
  part = id != NULL ? g_hash_table_lookup (self->relations->targets, id) : NULL;
  if (!is_short (title) || part == NULL || self->book->sheets->len >= MAX_SHEETS)
    return;
  g_ptr_array_add (self->book->sheets, g_strdup (title));
  g_ptr_array_add (self->book->parts, g_strdup (part));
}

static void
style_start (const char  *name,
             const char **names,
             const char **values,
             gpointer     data)
{
  Styles *self = data;
  const char *id = cpt_xlsx_find_attribute ("numFmtId", names, values);
  const char *code = cpt_xlsx_find_attribute ("formatCode", names, values);

  if (g_str_equal (name, "cellXfs"))
    self->is_in_cells = TRUE;
  if (g_str_equal (name, "numFmt") && is_short (id) && is_short (code) && g_hash_table_size (self->codes) < MAX_STYLES)
    g_hash_table_insert (self->codes, g_strdup (id), g_strdup (code));
  if (g_str_equal (name, "xf") && self->is_in_cells && self->book->styles->len < MAX_STYLES)
    {
      const char *own = id != NULL ? g_hash_table_lookup (self->codes, id) : NULL;
      CptXlsxStyle style = own != NULL ? cpt_xlsx_read_format (own)
                                       : get_built_in (id != NULL ? (guint) g_ascii_strtoull (id, NULL, 10) : 0);

      g_array_append_val (self->book->styles, style);
    }
}

static void
style_end (const char *name,
           gpointer    data)
{
  if (g_str_equal (name, "cellXfs"))
    ((Styles *) data)->is_in_cells = FALSE;
}

static gboolean
read_styles (CptXlsxBook  *self,
             const char   *path,
             const char   *part,
             GError      **error)
{
  static const CptXlsxHandler handler = { .start = style_start, .end = style_end };
  g_autoptr(GHashTable) codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Styles styles = { .book = self, .codes = codes };

  return cpt_xlsx_part_read (path, part, &handler, &styles, error);
}

/* shared strings */

static void
string_start (const char  *name,
              const char **names,
              const char **values,
              gpointer     data)
{
  Strings *self = data;
  guint64 offset = self->book->texts->len;

  self->is_full = self->is_full || self->book->offsets->len >= MAX_TEXTS;
  if (self->is_full)
    return;

  if (g_str_equal (name, "si"))
    g_array_append_val (self->book->offsets, offset);
  else if (g_str_equal (name, "rPh"))
    self->n_phonetic++;
  else if (g_str_equal (name, "t"))
    self->is_in_text = self->n_phonetic == 0;
}

static void
string_end (const char *name,
            gpointer    data)
{
  Strings *self = data;

  if (self->is_full)
    return;

  if (g_str_equal (name, "si"))
    g_string_append_c (self->book->texts, '\0');
  else if (g_str_equal (name, "rPh") && self->n_phonetic > 0)
    self->n_phonetic--;
  else if (g_str_equal (name, "t"))
    self->is_in_text = FALSE;
}

static void
string_text (const char *text,
             gsize       length,
             gpointer    data)
{
  Strings *self = data;

  if (!self->is_in_text || self->is_full)
    return;
  self->is_full = self->book->texts->len + length > MAX_TEXT_BYTES;
  if (!self->is_full)
    g_string_append_len (self->book->texts, text, (gssize) length);
}

static gboolean
read_strings (CptXlsxBook  *self,
              const char   *path,
              const char   *part,
              GError      **error)
{
  static const CptXlsxHandler handler = { .start = string_start, .end = string_end, .text = string_text };
  Strings strings = { .book = self };

  if (!cpt_xlsx_part_read (path, part, &handler, &strings, error))
    return FALSE;

  if (strings.is_full)
    g_set_error_literal (error, CPT_ERROR, CPT_ERROR_LIMIT,
                         _("The workbook holds more than 256 MB of text. Save the sheet as CSV."));

  return !strings.is_full;
}

/* the whole */

static gboolean
read_parts (CptXlsxBook  *self,
            const char   *path,
            Relations    *package,
            Relations    *relations,
            GError      **error)
{
  static const CptXlsxHandler handler = { .start = workbook_start };
  Workbook workbook = { self, relations };

  if (!read_relations (path, "", package, error))
    return FALSE;
  if (package->document == NULL)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED,
                           _("The file is an archive, not a workbook. Unpack it and import what it holds."));
      return FALSE;
    }

  return read_relations (path, package->document, relations, error) &&
         cpt_xlsx_part_read (path, package->document, &handler, &workbook, error) &&
         (relations->styles == NULL || read_styles (self, path, relations->styles, error)) &&
         (relations->strings == NULL || read_strings (self, path, relations->strings, error));
}

CptXlsxBook *
cpt_xlsx_book_open (const char  *path,
                    GError     **error)
{
  g_autoptr(CptXlsxBook) self = g_new0 (CptXlsxBook, 1);
  g_autoptr(GError) local_error = NULL;
  Relations package = { 0 };
  Relations relations = { 0 };
  gboolean done;

  self->sheets = g_ptr_array_new_with_free_func (g_free);
  self->parts = g_ptr_array_new_with_free_func (g_free);
  self->styles = g_array_new (FALSE, TRUE, sizeof (CptXlsxStyle));
  self->texts = g_string_new (NULL);
  self->offsets = g_array_new (FALSE, FALSE, sizeof (guint64));

  done = read_parts (self, path, &package, &relations, &local_error);
  relations_clear (&package);
  relations_clear (&relations);
  if (done && self->sheets->len > 0)
    return g_steal_pointer (&self);

  if (g_error_matches (local_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
    g_set_error_literal (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED,
                         _("The file is not a workbook that can be read. Save it as XLSX or as CSV."));
  else if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, _("The workbook has no sheet with cells."));

  return NULL;
}

void
cpt_xlsx_book_free (CptXlsxBook *self)
{
  g_ptr_array_unref (self->sheets);
  g_ptr_array_unref (self->parts);
  g_array_unref (self->styles);
  g_array_unref (self->offsets);
  g_string_free (self->texts, TRUE);
  g_free (self);
}

const char *
cpt_xlsx_book_get_text (CptXlsxBook *self,
                        guint64      index)
{
  return index < self->offsets->len ? self->texts->str + g_array_index (self->offsets, guint64, index) : NULL;
}
