/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a stored record has and a row of a file would overwrite: lines and tags
 * that several columns make go behind its own, and who refused stays so. The
 * record is the one that is stored: rows of the slice at hand must not have
 * changed it. */
#include "config.h"

#include "cpt-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The lines of @text that @known lacks, behind it */
static char *
join_lines (const char *known,
            const char *text)
{
  g_autoptr(GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto(GStrv) known_lines = g_strsplit (known, "\n", -1);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr(GString) more = g_string_new (NULL);

  for (guint i = 0; known_lines[i] != NULL; i++)
    g_hash_table_add (there, known_lines[i]);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] == '\0' || !g_hash_table_contains (there, lines[i]))
        g_string_append_printf (more, "%s%s", more->len > 0 ? "\n" : "", lines[i]);
    }
  g_strstrip (more->str);

  return *more->str == '\0' ? NULL : g_strconcat (known, "\n", more->str, NULL);
}

/* Puts what the row says of @field, lines or tags, to @known, which the stored
 * record has; nothing when it is there already */
static void
join (CptImportRow   *row,
      const CptField *field,
      const CptValue *known)
{
  g_auto(CptValue) said = CPT_VALUE_INIT;
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_copy (cpt_record_get (row->record, field), &said);
  if (cpt_value_is_null (known) || !cpt_field_normalise (field, &said, NULL) || said.type != known->type)
    return;

  if (known->type == CPT_VALUE_TEXT)
    {
      g_autofree char *joined = join_lines (known->text, said.text);

      if (joined != NULL)
        cpt_value_set_text (&value, joined);
    }
  else
    {
      cpt_value_copy (known, &value);
      cpt_value_add_members (&value, &said);
      cpt_field_normalise (field, &value, NULL);
    }
  cpt_record_take (row->record, field, cpt_value_steal (&value));
}

gboolean
cpt_import_joins_stored (CptImportJob   *self,
                         const CptField *field)
{
  if (field->kind != CPT_FIELD_LONG_TEXT && field->kind != CPT_FIELD_TAGS)
    return FALSE;

  for (guint i = 0; i < self->slots->len; i++)
    {
      const CptImportSlot *slot = &g_array_index (self->slots, CptImportSlot, i);

      if (slot->field == field && slot->is_gathered)
        return TRUE;
    }

  return self->plan->origin != NULL && g_str_equal (field->name, "notes");
}

/* Who said no here stays with it: an older file is no new consent. */
static void
keep_refusal (CptImportJob   *self,
              CptImportRow   *row,
              const CptField *field,
              const CptValue *known)
{
  CptValue nothing = CPT_VALUE_INIT;

  if (cpt_record_get (row->record, field)->integer == 0 || cpt_value_is_null (known) || known->integer != 0)
    return;

  cpt_record_take (row->record, field, nothing);
  cpt_import_notes_add (self->notes, _("Somebody refused campaigns here and agrees in the file: the refusal was kept"));
}

gboolean
cpt_import_keep_stored (CptImportJob  *self,
                        CptImportRow  *row,
                        GError       **error)
{
  const CptEntity *entity = self->plan->entity;
  g_autoptr(CptRecord) stored = NULL;

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];
      gboolean is_consent = self->plan->origin != NULL && (field->flags & CPT_FIELD_CONSENT) != 0;

      if (cpt_value_is_null (cpt_record_get (row->record, field)) || (!is_consent && !cpt_import_joins_stored (self, field)))
        continue;
      if (stored == NULL)
        stored = cpt_database_load (self->database, entity, &row->record->id, error);
      if (stored == NULL)
        return FALSE;
      if (is_consent)
        keep_refusal (self, row, field, cpt_record_get (stored, field));
      else
        join (row, field, cpt_record_get (stored, field));
    }

  return TRUE;
}
