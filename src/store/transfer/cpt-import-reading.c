/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a file is read, as far as a person says it, in the window or on the
 * command line; the rest is found out from the file (cpt-import-detect.c). */
#include "config.h"

#include "cpt-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-money.h"

const char *const cpt_import_encodings[] = {
  "UTF-8", "WINDOWS-1252", "ISO-8859-15", "UTF-16LE", "UTF-16BE", NULL,
};

static const char *const order_names[] = {
  [CPT_DATE_ORDER_YMD] = "ymd",
  [CPT_DATE_ORDER_DMY] = "dmy",
  [CPT_DATE_ORDER_MDY] = "mdy",
};

const char *
cpt_import_get_order_name (CptDateOrder order)
{
  return order_names[order];
}

gboolean
cpt_import_read_choice (JsonObject         *object,
                        const char         *member,
                        const char *const  *names,
                        guint               n_names,
                        guint              *index,
                        GError            **error)
{
  const char *text = NULL;

  if (!json_object_has_member (object, member) || json_object_get_null_member (object, member))
    return TRUE;
  if (!cpt_json_read_string (object, member, &text, error))
    return FALSE;

  for (guint i = 0; i < n_names; i++)
    {
      if (g_strcmp0 (names[i], text) == 0)
        {
          *index = i;
          return TRUE;
        }
    }

  g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” can’t be “%s”."), member, text);

  return FALSE;
}

/* One of @allowed, or nothing, which is 0 */
static gboolean
read_mark (JsonObject  *object,
           const char  *member,
           const char  *allowed,
           int         *mark,
           GError     **error)
{
  const char *text = NULL;

  if (!json_object_has_member (object, member))
    return TRUE;
  if (!cpt_json_read_string (object, member, &text, error))
    return FALSE;
  if (text == NULL || *text == '\0')
    {
      *mark = '\0';
      return TRUE;
    }
  if (text[1] != '\0' || strchr (allowed, *text) == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” can’t be “%s”."), member, text);
      return FALSE;
    }
  *mark = *text;

  return TRUE;
}

static gboolean
read_header (JsonObject  *object,
             int         *header,
             GError     **error)
{
  gboolean has_header = *header != 0;

  if (!json_object_has_member (object, "header"))
    return TRUE;
  if (!cpt_json_read_boolean (object, "header", &has_header, error))
    return FALSE;
  *header = has_header ? 1 : 0;

  return TRUE;
}

static gboolean
read_sheet (CptImportReading  *self,
            JsonObject        *object,
            GError           **error)
{
  const char *sheet = NULL;

  if (!json_object_has_member (object, "sheet") || json_object_get_null_member (object, "sheet"))
    return TRUE;
  if (!cpt_json_read_string (object, "sheet", &sheet, error))
    return FALSE;
  if (sheet != NULL)
    g_strlcpy (self->sheet, sheet, sizeof self->sheet);

  return TRUE;
}

gboolean
cpt_import_reading_apply_json (CptImportReading  *self,
                               JsonNode          *node,
                               GError           **error)
{
  guint n_encodings = G_N_ELEMENTS (cpt_import_encodings) - 1;
  guint encoding = G_MAXUINT;
  guint order = G_MAXUINT;
  int separator = self->separator;
  JsonObject *object;

  g_return_val_if_fail (self != NULL && node != NULL, FALSE);

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, _("An import plan is a JSON object."));
      return FALSE;
    }

  object = json_node_get_object (node);
  if (!cpt_import_read_choice (object, "encoding", cpt_import_encodings, n_encodings, &encoding, error) ||
      !read_mark (object, "separator", CPT_CSV_SEPARATORS, &separator, error) ||
      !read_mark (object, "quote", "\"'", &self->quote, error) ||
      !read_header (object, &self->header, error) ||
      !read_mark (object, "decimal", ".,", &self->decimal, error) ||
      !cpt_import_read_choice (object, "date_order", order_names, G_N_ELEMENTS (order_names), &order, error))
    return FALSE;

  if (!read_sheet (self, object, error))
    return FALSE;
  self->separator = (char) separator;
  if (encoding < n_encodings)
    self->encoding = cpt_import_encodings[encoding];
  if (order < G_N_ELEMENTS (order_names))
    self->date_order = (int) order;

  return TRUE;
}

gboolean
cpt_import_reading_set_currency (CptImportReading  *self,
                                 const char        *currency,
                                 GError           **error)
{
  g_return_val_if_fail (self != NULL && currency != NULL, FALSE);

  if (cpt_currency_get_exponent (currency) < 0)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("There is no currency “%s”."), currency);
      return FALSE;
    }
  g_strlcpy (self->currency, currency, sizeof self->currency);

  return TRUE;
}
