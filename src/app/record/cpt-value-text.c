/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A value as people read it, made where titles of linked records can be read. */

#include "config.h"

#include "cpt-value-text.h"

#include <glib/gi18n.h>

#include "cpt-field-type.h"

#define MAX_TITLES 3

/* Few links by their titles, many by their number */
static char *
dup_titles (CptDatabase    *database,
            CptSchema      *schema,
            const CptField *field,
            const CptValue *value)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (value->ids.length > MAX_TITLES)
    return g_strdup_printf (ngettext ("%u record", "%u records", value->ids.length), value->ids.length);

  for (guint i = 0; i < value->ids.length; i++)
    {
      g_autofree char *title = cpt_database_dup_title (database, cpt_schema_get_target (schema, field), &value->ids.items[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", title != NULL ? title : _("Not available"));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
cpt_value_text_dup (CptDatabase    *database,
                    CptSchema      *schema,
                    const CptField *field,
                    const CptValue *value,
                    guint           max_chars)
{
  char *text = NULL;

  if (cpt_value_is_null (value))
    return NULL;

  if (value->type == CPT_VALUE_ID)
    text = cpt_database_dup_title (database, cpt_schema_get_target (schema, field), &value->id);
  if (value->type == CPT_VALUE_IDS)
    text = dup_titles (database, schema, field, value);
  if (text == NULL)
    text = cpt_field_format_local (field, value, cpt_database_get_zone (database));
  if (g_utf8_strlen (text, -1) > (glong) max_chars)
    {
      g_autofree char *whole = text;

      text = g_strdup_printf ("%.*s…", (int) (g_utf8_offset_to_pointer (whole, max_chars - 1) - whole), whole);
    }

  return text;
}
