/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields that several columns make: lines of notes, tags, consent. A column
 * with the part "more" adds to what others say of the field; "not", of a
 * consent, says no by yes.
 *
 * Consent is kept strictly: one no is enough, whatever other columns say, and
 * what can't be understood in a column that may say no is a no. Runs on the
 * reader's thread: touches no database. */
#include "config.h"

#include "cpt-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-text.h"

/* Longer texts in columns without a place are pictures and the like */
#define MAX_LINE 4000

const char *
cpt_import_find_gathering (const CptField *field,
                           const char     *name)
{
  gboolean is_consent = field->kind == CPT_FIELD_BOOLEAN && (field->flags & CPT_FIELD_CONSENT) != 0;

  if (g_str_equal (name, "more") && (is_consent || field->kind == CPT_FIELD_LONG_TEXT || field->kind == CPT_FIELD_TAGS))
    return "more";
  if (g_str_equal (name, "not") && is_consent)
    return "not";

  return NULL;
}

gboolean
cpt_import_is_gathering (const CptImportColumn *column)
{
  return column->part != NULL && (g_str_equal (column->part, "more") || g_str_equal (column->part, "not"));
}

void
cpt_import_mark_gathered (CptImportSlot *slots,
                          guint          n_slots)
{
  for (guint i = 0; i < n_slots; i++)
    {
      if (!cpt_import_is_gathering (slots[i].column))
        continue;
      for (guint j = 0; j < n_slots; j++)
        slots[j].is_gathered = slots[j].is_gathered || slots[j].field == slots[i].field;
    }
}

/* What @text is by the column's own words */
static const char *
map_text (CptImportSlot *slot,
          const char    *text,
          gboolean      *is_mapped)
{
  g_autofree char *folded = slot->values != NULL ? cpt_text_fold (text) : NULL;
  const char *mapped = folded != NULL ? g_hash_table_lookup (slot->values, folded) : NULL;

  *is_mapped = mapped != NULL;

  return mapped != NULL ? mapped : text;
}

/* notes */

static void
append_line (GString    *lines,
             const char *label,
             const char *text)
{
  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  if (label != NULL)
    /* Translators: the name of a column of a file and what stands in it */
    g_string_append_printf (lines, C_("note", "%s: %s"), label, text);
  else
    g_string_append (lines, text);
}

/* {"city":"Lyon","plan":{"paid":true}}: a line for each member */
static gboolean
append_members (GString    *lines,
                const char *text)
{
  g_autoptr(JsonNode) node = *text == '{' ? cpt_json_parse (text, -1, NULL) : NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      g_autofree char *value = NULL;

      if (JSON_NODE_HOLDS_NULL (member))
        continue;
      value = JSON_NODE_HOLDS_VALUE (member) && json_node_get_value_type (member) == G_TYPE_STRING
                ? json_node_dup_string (member)
                : cpt_json_format_canonical (member);
      if (*value != '\0')
        append_line (lines, name, value);
    }

  return TRUE;
}

static void
gather_line (GString        *lines,
             CptImportSlot  *slot,
             const char     *text,
             CptImportNotes *notes)
{
  if (slot->column->part == NULL)
    {
      append_line (lines, NULL, text);
    }
  else if (strlen (text) > MAX_LINE)
    {
      g_autofree char *sentence = g_strdup_printf (_("%s: long texts without a place of their own were left out"),
                                                   slot->column->header);

      cpt_import_notes_add (notes, sentence);
    }
  else if (!append_members (lines, text))
    {
      append_line (lines, slot->column->header, text);
    }
}

void
cpt_import_row_add_line (CptImportRow *row,
                         const char   *header,
                         const char   *text)
{
  const CptField *field = cpt_entity_find_field (cpt_record_get_entity (row->record), "notes");
  const CptValue *known = cpt_record_get (row->record, field);
  g_autoptr(GString) lines = g_string_new (known->type == CPT_VALUE_TEXT ? known->text : NULL);
  CptValue value = CPT_VALUE_INIT;

  append_line (lines, header, text);
  cpt_value_set_text (&value, lines->str);
  cpt_record_take (row->record, field, value);
}

/* consent */

typedef enum
{
  SAYS_NOTHING,
  SAYS_YES,
  SAYS_NO,
} Says;

static Says
read_consent (CptImportSlot  *slot,
              const char     *text,
              CptImportNotes *notes)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;
  gboolean is_not = g_strcmp0 (slot->column->part, "not") == 0;
  gboolean is_yes;

  if (!cpt_field_parse (slot->field, text, &slot->options, &value, NULL) || cpt_value_is_null (&value))
    {
      cpt_import_notes_taken (notes, slot->column->header, text, _("does not receive campaigns"));
      return SAYS_NO;
    }
  is_yes = value.integer != 0;
  if (is_not)
    return is_yes ? SAYS_NO : SAYS_NOTHING;

  return is_yes ? SAYS_YES : SAYS_NO;
}

/* The whole */

typedef struct
{
  GString *text;
  Says says;
} Gathered;

static void
gather_cell (Gathered       *self,
             CptImportSlot  *slot,
             const char     *cell,
             CptImportNotes *notes)
{
  gboolean is_mapped;
  const char *text = map_text (slot, cell, &is_mapped);
  Says says;

  if (*text == '\0')
    return;

  if (slot->field->kind == CPT_FIELD_LONG_TEXT)
    {
      gather_line (self->text, slot, text, notes);
    }
  else if (slot->field->kind == CPT_FIELD_TAGS)
    {
      g_string_append_printf (self->text, self->text->len > 0 ? ", %s" : "%s", text);
    }
  else
    {
      says = read_consent (slot, text, notes);
      self->says = MAX (self->says, says);
    }
}

void
cpt_import_gather (CptImportSlot   *slots,
                   guint            n_slots,
                   guint            first,
                   const CptCsvRow *cells,
                   CptImportRow    *row,
                   CptImportNotes  *notes)
{
  CptImportSlot *slot = &slots[first];
  const CptValue *known = cpt_record_get (row->record, slot->field);
  g_autoptr(GString) text = g_string_new (known->type == CPT_VALUE_TEXT ? known->text : NULL);
  Gathered gathered = { text, SAYS_NOTHING };
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autoptr(GError) error = NULL;

  for (guint i = first; i < n_slots; i++)
    {
      g_autofree char *cell = NULL;

      if (slots[i].field != slot->field)
        continue;
      cell = g_strdup (cells->fields[slots[i].position]);
      gather_cell (&gathered, &slots[i], cpt_import_trim (cell), notes);
    }

  if (slot->field->kind == CPT_FIELD_BOOLEAN)
    {
      if (gathered.says != SAYS_NOTHING)
        cpt_value_set_integer (&value, gathered.says == SAYS_YES ? 1 : 0);
    }
  else if (text->len > 0 && !cpt_field_parse (slot->field, text->str, &slot->options, &value, &error))
    {
      cpt_import_row_add_reason (row, slot->column->header, error->message);
    }
  if (!cpt_value_is_null (&value))
    cpt_record_take (row->record, slot->field, cpt_value_steal (&value));
}

gboolean
cpt_import_is_first_gathered (CptImportSlot *slots,
                              guint          index)
{
  for (guint i = 0; i < index; i++)
    {
      if (slots[i].field == slots[index].field)
        return FALSE;
    }

  return TRUE;
}
