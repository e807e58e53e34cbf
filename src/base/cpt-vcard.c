/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cards of persons, one after the other, in constant memory. Of several mail
 * addresses and telephone numbers the first one counts, or the one that is
 * marked as preferred. */

#include "config.h"

#include "cpt-vcard.h"

#include <string.h>

#include "cpt-date.h"
#include "cpt-text.h"

CptVcard *
cpt_vcard_new (void)
{
  return g_new0 (CptVcard, 1);
}

void
cpt_vcard_free (CptVcard *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < CPT_VCARD_N_FIELDS; i++)
    g_free (self->fields[i]);
  g_free (self);
}

void
cpt_vcard_take (CptVcard      *self,
                CptVcardField  field,
                char          *value)
{
  g_autofree char *given = value;
  g_autofree char *cleaned = value != NULL ? cpt_text_clean (value, field == CPT_VCARD_NOTE) : NULL;

  g_clear_pointer (&self->fields[field], g_free);
  if (cleaned != NULL && *cleaned != '\0')
    self->fields[field] = g_steal_pointer (&cleaned);
}

static char *
dup_text (const char *value)
{
  g_auto(GStrv) parts = cpt_content_text_split (value, '\0');

  return g_steal_pointer (&parts[0]);
}

/* The parts of @value, in the order of @fields; CPT_VCARD_N_FIELDS passes one over */
static void
take_parts (CptVcard            *self,
            const char          *value,
            const CptVcardField *fields,
            guint                n_fields)
{
  g_auto(GStrv) parts = cpt_content_text_split (value, ';');

  for (guint i = 0; i < n_fields && parts[i] != NULL; i++)
    if (fields[i] != CPT_VCARD_N_FIELDS)
      cpt_vcard_take (self, fields[i], g_strdup (parts[i]));
}

static gboolean
is_preferred (const CptContentLine *line)
{
  return cpt_content_line_has_type (line, "PREF") || g_strcmp0 (cpt_content_line_get_param (line, "PREF"), "1") == 0;
}

/* "+33 1 23", or "tel:+33-1-23;ext=5" as a URI */
static char *
dup_number (const char *value)
{
  if (g_ascii_strncasecmp (value, "tel:", 4) == 0)
    return g_strndup (value + 4, strcspn (value + 4, ";"));

  return dup_text (value);
}

static void
take_telephone (CptVcard             *self,
                const CptContentLine *line)
{
  CptVcardField field = cpt_content_line_has_type (line, "CELL") ? CPT_VCARD_MOBILE : CPT_VCARD_PHONE;

  if (cpt_content_line_has_type (line, "FAX") || cpt_content_line_has_type (line, "PAGER"))
    return;
  if (self->fields[field] == NULL || is_preferred (line))
    cpt_vcard_take (self, field, dup_number (line->value));
}

/* 19640521 and 1964-05-21, with a time behind; not the days without a year of 4.0 */
static void
take_birthday (CptVcard   *self,
               const char *value)
{
  g_autofree char *day = g_strndup (value, strcspn (value, "T"));
  gint64 date;

  if (*day != '-' && strlen (day) >= 8 && cpt_date_parse (day, CPT_DATE_ORDER_YMD, &date))
    cpt_vcard_take (self, CPT_VCARD_BIRTHDAY, cpt_date_format_iso (date));
}

static void
take_tags (CptVcard   *self,
           const char *value)
{
  g_auto(GStrv) tags = cpt_content_text_split (value, ',');

  cpt_vcard_take (self, CPT_VCARD_TAGS, g_strjoinv (";", tags));
}

static gboolean
is_one_of (const char        *name,
           const char *const *names)
{
  return g_strv_contains (names, name);
}

static void
take_structured (CptVcard             *self,
                 const CptContentLine *line)
{
  static const CptVcardField name[] = { CPT_VCARD_LAST_NAME, CPT_VCARD_FIRST_NAME };
  static const CptVcardField organisation[] = { CPT_VCARD_ORGANISATION };
  static const CptVcardField address[] = { CPT_VCARD_N_FIELDS, CPT_VCARD_COMPLEMENT, CPT_VCARD_STREET, CPT_VCARD_CITY,
                                           CPT_VCARD_REGION, CPT_VCARD_POSTCODE, CPT_VCARD_COUNTRY };

  if (g_str_equal (line->name, "N"))
    take_parts (self, line->value, name, G_N_ELEMENTS (name));
  else if (g_str_equal (line->name, "ORG"))
    take_parts (self, line->value, organisation, G_N_ELEMENTS (organisation));
  else if (self->fields[CPT_VCARD_CITY] == NULL || is_preferred (line) || cpt_content_line_has_type (line, "WORK"))
    take_parts (self, line->value, address, G_N_ELEMENTS (address));
}

static void
take_line (CptVcard             *self,
           const CptContentLine *line)
{
  static const char *const structured[] = { "N", "ORG", "ADR", NULL };
  static const char *const pictures[] = { "PHOTO", "LOGO", "SOUND", "KEY", NULL };
  static const struct
  {
    const char *name;
    CptVcardField field;
  } texts[] = {
    { "UID", CPT_VCARD_UID },
    { "FN", CPT_VCARD_FULL_NAME },
    { "TITLE", CPT_VCARD_JOB_TITLE },
    { "NOTE", CPT_VCARD_NOTE },
  };

  if (is_one_of (line->name, pictures))
    self->has_photo = TRUE;
  else if (line->is_cut)
    self->has_long = TRUE;
  else if (is_one_of (line->name, structured))
    take_structured (self, line);
  else if (g_str_equal (line->name, "TEL"))
    take_telephone (self, line);
  else if (g_str_equal (line->name, "BDAY"))
    take_birthday (self, line->value);
  else if (g_str_equal (line->name, "CATEGORIES"))
    take_tags (self, line->value);
  else if (g_str_equal (line->name, "EMAIL") && (self->fields[CPT_VCARD_EMAIL] == NULL || is_preferred (line)))
    cpt_vcard_take (self, CPT_VCARD_EMAIL, dup_text (line->value));

  for (guint i = 0; !line->is_cut && i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (line->name, texts[i].name))
      cpt_vcard_take (self, texts[i].field, dup_text (line->value));
}

static gboolean
is_mark (const CptContentLine *line,
         const char           *mark)
{
  return g_str_equal (line->name, mark) && g_ascii_strcasecmp (line->value, "VCARD") == 0;
}

CptVcard *
cpt_vcard_read (CptContentReader  *reader,
                GCancellable      *cancellable,
                GError           **error)
{
  g_autoptr(CptVcard) self = NULL;
  g_autoptr(GError) local_error = NULL;
  const CptContentLine *line;

  g_return_val_if_fail (reader != NULL, NULL);

  while (cpt_content_reader_next (reader, &line, cancellable, &local_error))
    {
      if (is_mark (line, "BEGIN") && self == NULL)
        {
          self = cpt_vcard_new ();
          self->line = line->line;
        }
      else if (self != NULL && is_mark (line, "END"))
        return g_steal_pointer (&self);
      else if (self != NULL)
        take_line (self, line);
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (self != NULL)
    self->is_cut = TRUE;

  return g_steal_pointer (&self);
}

static void
append_text (GString    *out,
             const char *name,
             const char *text)
{
  g_autofree char *escaped = NULL;

  if (text == NULL)
    return;

  escaped = cpt_content_text_escape (text);
  cpt_content_line_append (out, name, escaped);
}

/* "Martin;Anne;;;": at least one of them must be there */
static void
append_parts (const CptVcard      *self,
              GString             *out,
              const char          *name,
              const CptVcardField *fields,
              guint                n_fields)
{
  g_autoptr(GString) value = g_string_new (NULL);
  gboolean has_any = FALSE;

  for (guint i = 0; i < n_fields; i++)
    {
      const char *text = fields[i] != CPT_VCARD_N_FIELDS ? self->fields[fields[i]] : NULL;
      g_autofree char *escaped = cpt_content_text_escape (text != NULL ? text : "");

      g_string_append_printf (value, "%s%s", i > 0 ? ";" : "", escaped);
      has_any = has_any || text != NULL;
    }
  if (has_any)
    cpt_content_line_append (out, name, value->str);
}

static void
append_tags (const CptVcard *self,
             GString        *out)
{
  g_auto(GStrv) tags = NULL;
  g_autofree char *value = NULL;

  if (self->fields[CPT_VCARD_TAGS] == NULL)
    return;

  tags = g_strsplit (self->fields[CPT_VCARD_TAGS], ";", -1);
  for (guint i = 0; tags[i] != NULL; i++)
    {
      char *escaped = cpt_content_text_escape (tags[i]);

      g_free (tags[i]);
      tags[i] = escaped;
    }
  value = g_strjoinv (",", tags);
  cpt_content_line_append (out, "CATEGORIES", value);
}

void
cpt_vcard_append (const CptVcard *self,
                  GString        *out,
                  int             version)
{
  static const CptVcardField name[] = { CPT_VCARD_LAST_NAME, CPT_VCARD_FIRST_NAME, CPT_VCARD_N_FIELDS,
                                        CPT_VCARD_N_FIELDS, CPT_VCARD_N_FIELDS };
  static const CptVcardField address[] = { CPT_VCARD_N_FIELDS, CPT_VCARD_COMPLEMENT, CPT_VCARD_STREET, CPT_VCARD_CITY,
                                           CPT_VCARD_REGION, CPT_VCARD_POSTCODE, CPT_VCARD_COUNTRY };
  const char *full_name;

  g_return_if_fail (self != NULL);
  g_return_if_fail (version == 3 || version == 4);

  full_name = self->fields[CPT_VCARD_FULL_NAME];
  cpt_content_line_append (out, "BEGIN", "VCARD");
  cpt_content_line_append (out, "VERSION", version == 3 ? "3.0" : "4.0");
  append_text (out, "UID", self->fields[CPT_VCARD_UID]);
  append_text (out, "FN", full_name != NULL ? full_name : "");
  if (version == 3 && self->fields[CPT_VCARD_LAST_NAME] == NULL && self->fields[CPT_VCARD_FIRST_NAME] == NULL)
    append_text (out, "N", ""); /* required there */
  append_parts (self, out, "N", name, G_N_ELEMENTS (name));
  append_text (out, "ORG", self->fields[CPT_VCARD_ORGANISATION]);
  append_text (out, "TITLE", self->fields[CPT_VCARD_JOB_TITLE]);
  append_text (out, "EMAIL", self->fields[CPT_VCARD_EMAIL]);
  append_text (out, "TEL;TYPE=work,voice", self->fields[CPT_VCARD_PHONE]);
  append_text (out, "TEL;TYPE=cell", self->fields[CPT_VCARD_MOBILE]);
  append_parts (self, out, "ADR;TYPE=work", address, G_N_ELEMENTS (address));
  append_text (out, "BDAY", self->fields[CPT_VCARD_BIRTHDAY]);
  append_text (out, "NOTE", self->fields[CPT_VCARD_NOTE]);
  append_tags (self, out);
  cpt_content_line_append (out, "END", "VCARD");
}
