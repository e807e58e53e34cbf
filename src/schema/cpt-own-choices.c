/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a workspace makes of the choices of a declared field: read from JSON that
 * another version or another computer may have written, and brought together
 * with the choices that are declared. Names are kept, whatever people call them:
 * records, behaviours and imports know choices by their names. */

#include "config.h"

#include "cpt-own-choices.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-schema-private.h"

#define LABEL_MAX_CHARS 100

struct _CptOwnChoices
{
  GStringChunk *strings;
  GArray *choices;  /* of CptChoice, ended by a NULL name */
  GPtrArray *named; /* (element-type utf8): names of declared ones that were met, borrowed */
};

static CptOwnChoices *
own_choices_new (void)
{
  CptOwnChoices *self = g_new0 (CptOwnChoices, 1);

  self->strings = g_string_chunk_new (256);
  self->choices = g_array_new (TRUE, TRUE, sizeof (CptChoice));
  self->named = g_ptr_array_new ();

  return self;
}

void
cpt_own_choices_free (CptOwnChoices *self)
{
  if (self == NULL)
    return;

  g_string_chunk_free (self->strings);
  g_array_unref (self->choices);
  g_ptr_array_unref (self->named);
  g_free (self);
}

const CptChoice *
cpt_own_choices_get_list (const CptOwnChoices *self)
{
  return (const CptChoice *) (gpointer) self->choices->data;
}

gboolean
cpt_own_choices_is_open (const CptEntity *entity,
                         const CptField  *field)
{
  return (entity->flags & CPT_ENTITY_SYSTEM) == 0 && !field->is_custom && cpt_field_kind_is_choice (field->kind) &&
         field->choices != NULL && (field->flags & CPT_FIELD_HIDDEN) == 0;
}

const CptField *
cpt_own_choices_find_field (CptSchema        *schema,
                            const CptRecord  *record,
                            const CptEntity **entity)
{
  const char *name = cpt_record_get_text (record, "field_name");
  const CptField *field;

  *entity = cpt_schema_find_entity (schema, cpt_record_get_text (record, "entity_name"));
  field = *entity != NULL && name != NULL ? cpt_entity_find_field (*entity, name) : NULL;

  return field != NULL && cpt_own_choices_is_open (*entity, field) ? field : NULL;
}

gboolean
cpt_own_choices_is_needed (const CptField  *field,
                           const CptChoice *choice)
{
  return choice->is_needed || (field->flags & CPT_FIELD_FIXED_CHOICES) != 0 ||
         g_strcmp0 (field->initial, choice->name) == 0;
}

/* ------------------------------------------------------------------- reading */

/* What is said of one choice */
typedef struct
{
  const char *name;
  const char *label;  /* (nullable) */
  const char *colour; /* (nullable) */
  gboolean is_hidden;
} Entry;

static gboolean
read_entry (JsonNode  *node,
            Entry     *entry,
            GError   **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (object == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” must be an array of objects"), "choices");
      return FALSE;
    }

  return cpt_json_read_string (object, "name", &entry->name, error) &&
         cpt_json_read_string (object, "label", &entry->label, error) &&
         cpt_json_read_string (object, "colour", &entry->colour, error) &&
         cpt_json_read_boolean (object, "hidden", &entry->is_hidden, error);
}

static gboolean
is_taken (const CptOwnChoices *self,
          const char          *name)
{
  if (g_ptr_array_find_with_equal_func (self->named, name, g_str_equal, NULL))
    return TRUE;
  for (guint i = 0; i < self->choices->len; i++)
    if (strcmp (g_array_index (self->choices, CptChoice, i).name, name) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
check_entry (const CptOwnChoices  *self,
             const CptField       *field,
             const CptChoice      *declared,
             const Entry          *entry,
             GError              **error)
{
  const char *message = NULL;

  if (entry->name == NULL || !cpt_schema_is_identifier (entry->name) || is_taken (self, entry->name))
    message = _("The names of choices must be different, in lower-case letters, digits and underscores.");
  else if (entry->label != NULL ? !cpt_schema_is_label (entry->label, LABEL_MAX_CHARS) : declared == NULL)
    message = _("Every choice needs a label of at most 100 characters.");
  else if (entry->colour != NULL && strcmp (entry->colour, CPT_CHOICE_NO_COLOUR) != 0 && !cpt_schema_is_colour (entry->colour))
    message = _("A choice has a colour that is not in the palette.");
  else if (declared == NULL && (field->flags & CPT_FIELD_FIXED_CHOICES) != 0)
    message = _("No choice can be added to this field.");
  else if (declared != NULL && entry->is_hidden && cpt_own_choices_is_needed (field, declared))
    message = _("Comptoir itself needs a choice that is left out. Rename it instead.");

  if (message != NULL)
    g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID, message);

  return message == NULL;
}

static const char *
keep (CptOwnChoices *self,
      const char    *text)
{
  return text != NULL ? g_string_chunk_insert (self->strings, text) : NULL;
}

static gboolean
take_entry (CptOwnChoices   *self,
            const CptField  *field,
            const Entry     *entry,
            GError         **error)
{
  const CptChoice *declared = cpt_field_find_choice (field, entry->name);
  CptChoice choice = { NULL };

  if (!check_entry (self, field, declared, entry, error))
    return FALSE;
  if (declared != NULL)
    {
      choice = *declared;
      g_ptr_array_add (self->named, (gpointer) declared->name);
    }
  if (entry->is_hidden)
    return TRUE;

  choice.name = keep (self, entry->name);
  if (entry->label != NULL)
    choice.label = keep (self, entry->label);
  choice.is_own = entry->label != NULL;
  if (entry->colour != NULL)
    choice.colour = strcmp (entry->colour, CPT_CHOICE_NO_COLOUR) == 0 ? NULL : keep (self, entry->colour);
  choice.is_needed = declared != NULL && cpt_own_choices_is_needed (field, declared);
  g_array_append_val (self->choices, choice);

  return TRUE;
}

static gboolean
read_entries (CptOwnChoices   *self,
              const CptField  *field,
              JsonNode        *node,
              GError         **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” must be an array of objects"), "choices");
      return FALSE;
    }
  if (json_array_get_length (array) > CPT_CUSTOM_CHOICES_MAX)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("A field has at most %d choices."), CPT_CUSTOM_CHOICES_MAX);
      return FALSE;
    }

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      Entry entry = { NULL };

      if (!read_entry (json_array_get_element (array, i), &entry, error) || !take_entry (self, field, &entry, error))
        return FALSE;
    }

  return TRUE;
}

/* What came with a later version, or was not named */
static void
append_others (CptOwnChoices  *self,
               const CptField *field)
{
  for (const CptChoice *declared = field->choices; declared->name != NULL; declared++)
    {
      CptChoice choice = *declared;

      if (g_ptr_array_find_with_equal_func (self->named, declared->name, g_str_equal, NULL))
        continue;
      choice.is_needed = cpt_own_choices_is_needed (field, declared);
      g_array_append_val (self->choices, choice);
    }
}

CptOwnChoices *
cpt_own_choices_parse (const CptField  *field,
                       const char      *text,
                       GError         **error)
{
  g_autoptr(CptOwnChoices) self = own_choices_new ();
  g_autoptr(JsonNode) node = NULL;

  g_return_val_if_fail (field != NULL && field->choices != NULL, NULL);

  if (text != NULL)
    {
      node = cpt_json_parse (text, -1, error);
      if (node == NULL || !read_entries (self, field, node, error))
        return NULL;
    }
  append_others (self, field);
  if (self->choices->len == 0)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID, _("At least one choice is needed."));
      return NULL;
    }

  return g_steal_pointer (&self);
}

gboolean
cpt_own_choices_check_record (const CptRecord  *record,
                              const char      **field,
                              GError          **error)
{
  const CptEntity *entity = NULL;
  const CptField *about = cpt_own_choices_find_field (record->schema, record, &entity);
  g_autoptr(CptOwnChoices) choices = NULL;

  if (about == NULL)
    {
      if (field != NULL)
        *field = entity == NULL ? "entity_name" : "field_name";
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID, _("This is no field that comes with choices."));
      return FALSE;
    }

  choices = cpt_own_choices_parse (&entity->declared[about->index], cpt_record_get_text (record, "choices"), error);
  if (field != NULL)
    *field = choices == NULL ? "choices" : NULL;

  return choices != NULL;
}
