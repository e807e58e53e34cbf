/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The field that takes the place of the former one: its name, its definition,
 * and the declarations as they will be with it. */

#include "config.h"

#include "cpt-conversion-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-custom-field.h"
#include "cpt-error.h"
#include "cpt-fields.h"
#include "cpt-json.h"
#include "cpt-own-choices.h"

/* As the declarations of custom_field have it */
#define MAX_LABEL_CHARS 100
#define DEFAULT_SCALE 2
/* A choice can't be declared without one: this stands in until the values are known. */
#define STAND_IN "stand_in"

/* What is asked for */

static gboolean
find_field (CptConversionWork  *self,
            GError            **error)
{
  const CptConversion *conversion = self->conversion;

  self->entity = cpt_schema_find_entity (self->schema, conversion->entity);
  if (self->entity == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There is no kind of record “%s”."), conversion->entity);
      return FALSE;
    }
  self->from = cpt_entity_find_field (self->entity, conversion->field);
  if (self->from == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There is no field “%s”."), conversion->field);
      return FALSE;
    }
  if (!self->from->is_custom)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   _("“%s” came with Comptoir and keeps its kind. Add a field of your own instead."),
                   cpt_field_get_label (self->from));
      return FALSE;
    }
  if (self->from->formula != NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   _("“%s” is worked out by a formula. Delete the field and add one of the other kind."),
                   cpt_field_get_label (self->from));
      return FALSE;
    }
  if (!cpt_conversion_is_possible (self->from->kind, conversion->kind))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("Files can’t become anything else, and nothing can become a file."));
      return FALSE;
    }

  return TRUE;
}

static gboolean
find_former (CptConversionWork  *self,
             GError            **error)
{
  g_autoptr(CptQuery) query = cpt_query_new (self->schema, cpt_schema_find_entity (self->schema, "custom_field"));
  g_autoptr(CptQuery) lists = cpt_query_new (self->schema, cpt_schema_find_entity (self->schema, CPT_CHOICE_LIST_ENTITY));

  self->fields = cpt_query_load_records (query, self->database, 0, error);
  if (self->fields == NULL)
    return FALSE;
  self->choices = cpt_query_load_records (lists, self->database, 0, error);
  if (self->choices == NULL)
    return FALSE;

  for (guint i = 0; self->former == NULL && i < self->fields->len; i++)
    {
      CptRecord *record = g_ptr_array_index (self->fields, i);

      if (g_strcmp0 (cpt_record_get_text (record, "entity_name"), self->entity->name) == 0 &&
          g_strcmp0 (cpt_record_get_text (record, "name"), self->from->name) == 0)
        self->former = cpt_record_ref (record);
    }
  if (self->former == NULL)
    g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There is no field “%s”."), self->from->name);

  return self->former != NULL;
}

/* Its definition */

static void
drop_members (JsonObject        *object,
              const char *const *members)
{
  for (guint i = 0; members[i] != NULL; i++)
    json_object_remove_member (object, members[i]);
}

static void
drop_unfit (JsonObject   *object,
            CptFieldKind  from,
            CptFieldKind  to)
{
  static const char *const of_choices[] = { "choices", NULL };
  static const char *const of_links[] = { "target", "back_label", "needed", NULL };
  static const char *const of_texts[] = { "max_length", "names_record", "domain", NULL };
  static const char *const of_numbers[] = { "unit", NULL };
  static const char *const of_decimals[] = { "scale", NULL };
  static const char *const of_identifiers[] = { "scheme", NULL };
  static const char *const of_one_kind[] = { "min", "max", "formula", NULL };

  drop_members (object, of_one_kind);
  if (!cpt_field_kind_is_choice (to))
    drop_members (object, of_choices);
  if (!cpt_field_kind_is_link (to))
    drop_members (object, of_links);
  if (!cpt_field_kind_is_text (from) || !cpt_field_kind_is_text (to))
    drop_members (object, of_texts);
  if (to != CPT_FIELD_INTEGER && to != CPT_FIELD_DECIMAL)
    drop_members (object, of_numbers);
  if (to != CPT_FIELD_DECIMAL)
    drop_members (object, of_decimals);
  if (to != CPT_FIELD_IDENTIFIER)
    drop_members (object, of_identifiers);
}

static void
override (JsonObject *object,
          JsonObject *members)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, members);
  while (json_object_iter_next (&iter, &name, &node))
    {
      g_autofree char *text = cpt_json_format (node);

      if (JSON_NODE_HOLDS_NULL (node))
        json_object_remove_member (object, name);
      else
        json_object_set_member (object, name, cpt_json_parse (text, -1, NULL));
    }
}

static JsonArray *
get_choices (JsonObject *object)
{
  JsonArray *array = NULL;

  if (!cpt_json_read_array (object, "choices", &array, NULL) || array == NULL)
    {
      array = json_array_new ();
      json_object_set_array_member (object, "choices", array);
    }

  return array;
}

static void
add_choice (JsonArray  *array,
            const char *name,
            const char *label)
{
  JsonObject *choice = json_object_new ();

  json_object_set_string_member (choice, "name", name);
  json_object_set_string_member (choice, "label", label);
  json_array_add_object_element (array, choice);
}

static JsonObject *
create_definition (CptConversionWork *self)
{
  const char *text = cpt_record_get_text (self->former, "definition");
  g_autoptr(JsonNode) node = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;
  CptFieldKind kind = self->conversion->kind;
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_object_ref (json_node_get_object (node))
                                                                     : json_object_new ();

  drop_unfit (object, self->from->kind, kind);
  /* New records begin with what can be converted too; that is seen to later. */
  json_object_remove_member (object, "initial");
  if (kind == CPT_FIELD_DECIMAL && !json_object_has_member (object, "scale"))
    json_object_set_int_member (object, "scale", DEFAULT_SCALE);
  if (self->conversion->definition != NULL)
    override (object, self->conversion->definition);

  return object;
}

static void
set_definition (CptRecord  *record,
                JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  CptValue value = CPT_VALUE_INIT;

  cpt_value_take_text (&value, cpt_json_format_canonical (node));
  cpt_record_take (record, cpt_entity_find_field (record->entity, "definition"), value);
}

/* The same value for new records, in the new kind */
static void
take_initial (CptConversionWork *self,
              JsonObject        *object)
{
  const char *initial = self->from->initial;
  g_auto(CptValue) before = CPT_VALUE_INIT;
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autofree char *message = NULL;
  g_autofree char *text = NULL;

  if (initial == NULL || json_object_has_member (object, "initial"))
    return;
  if ((strcmp (initial, "today") == 0 || strcmp (initial, "now") == 0) &&
      (self->to->kind == CPT_FIELD_DATE || self->to->kind == CPT_FIELD_DATETIME))
    text = g_strdup (self->to->kind == CPT_FIELD_DATE ? "today" : "now");
  else if (cpt_field_parse (self->from, initial, NULL, &before, NULL) &&
           cpt_converter_convert (&self->converter, &before, &value, &message))
    text = cpt_field_format (self->to, &value);
  if (text != NULL)
    json_object_set_string_member (object, "initial", text);
}

/* The declarations */

CptRecord *
cpt_conversion_work_dup_kept (CptConversionWork *self)
{
  CptRecord *record = cpt_record_copy (self->former);
  const char *text = cpt_record_get_text (self->former, "definition");
  g_autoptr(JsonNode) node = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;
  /* Translators: the label of a field, whose values got another kind; this one keeps those that could not */
  g_autofree char *label = g_strdup_printf (_("%s (not converted)"), self->from->label);

  if (g_utf8_strlen (label, -1) <= MAX_LABEL_CHARS)
    cpt_record_set_text (record, "label", label);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_remove_member (json_node_get_object (node), "required");
      json_object_remove_member (json_node_get_object (node), "initial");
      set_definition (record, json_node_get_object (node));
    }

  return record;
}

static CptRecord *
find_change (CptConversionWork *self,
             const CptRecord   *record)
{
  for (guint i = 0; i < self->changes->len; i++)
    {
      CptRecord *changed = g_ptr_array_index (self->changes, i);

      if (changed->entity == record->entity && cpt_uuid_equal (&changed->id, &record->id))
        return changed;
    }

  return NULL;
}

gboolean
cpt_conversion_work_declare (CptConversionWork  *self,
                             GError            **error)
{
  gboolean is_kept = self->conversion->rest == CPT_CONVERSION_KEEP;
  g_autoptr(CptRecord) kept = is_kept ? cpt_conversion_work_dup_kept (self) : NULL;
  g_autoptr(GPtrArray) records = g_ptr_array_new ();
  const CptEntity *entity;

  if (!cpt_custom_field_check_record (self->made, error))
    return FALSE;

  for (guint i = 0; i < self->fields->len; i++)
    {
      CptRecord *record = g_ptr_array_index (self->fields, i);
      CptRecord *changed = find_change (self, record);

      if (record == self->former && kept != NULL)
        g_ptr_array_add (records, kept);
      else if (record != self->former)
        g_ptr_array_add (records, changed != NULL ? changed : record);
    }
  g_ptr_array_add (records, self->made);
  g_ptr_array_extend (records, self->choices, NULL, NULL);

  g_clear_pointer (&self->after, cpt_schema_unref);
  self->after = cpt_schema_new_from_records ((CptRecord *const *) records->pdata, records->len, NULL);
  entity = cpt_schema_find_entity (self->after, self->entity->name);
  self->to = cpt_entity_find_field (entity, self->report->name);
  if (self->to == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("%s: there are too many custom fields."),
                   cpt_entity_get_label (self->entity));
      return FALSE;
    }

  return TRUE;
}

static gboolean
has_choices (JsonObject *object)
{
  return json_object_has_member (object, "choices") && json_array_get_length (get_choices (object)) > 0;
}

static gboolean
make_field (CptConversionWork  *self,
            GError            **error)
{
  static const CptChoice none[] = { { NULL } };
  const CptEntity *entity = self->former->entity;
  CptFieldKind kind = self->conversion->kind;
  gboolean is_choice = cpt_field_kind_is_choice (kind);
  g_autoptr(JsonObject) object = create_definition (self);
  gboolean has_stand_in = is_choice && !has_choices (object);

  self->report->name = cpt_fields_find_name (self->database, self->entity, self->from->name, error);
  if (self->report->name == NULL)
    return FALSE;

  self->made = cpt_record_new (self->schema, entity);
  cpt_uuid_generate (&self->made->id, cpt_database_get_now (self->database) / 1000);
  cpt_record_set_text (self->made, "entity_name", self->entity->name);
  cpt_record_set_text (self->made, "name", self->report->name);
  cpt_record_set_text (self->made, "label", self->from->label);
  cpt_record_set_text (self->made, "kind", cpt_field_type_get (kind)->name);
  cpt_record_set (self->made, cpt_entity_find_field (entity, "position"), cpt_record_get_named (self->former, "position"));
  if (has_stand_in)
    add_choice (get_choices (object), STAND_IN, STAND_IN);
  set_definition (self->made, object);
  if (!cpt_conversion_work_declare (self, error))
    return FALSE;

  self->draft = *self->to;
  if (has_stand_in)
    self->draft.choices = none;
  self->to = &self->draft;

  return TRUE;
}

gboolean
cpt_conversion_work_settle (CptConversionWork  *self,
                            GError            **error)
{
  g_autoptr(JsonNode) node = cpt_json_parse (cpt_record_get_text (self->made, "definition"), -1, NULL);
  JsonObject *object = json_node_get_object (node);
  gboolean is_choice = cpt_field_kind_is_choice (self->conversion->kind);

  if (is_choice)
    {
      JsonArray *array = get_choices (object);

      if (self->draft.choices[0].name == NULL)
        json_array_remove_element (array, 0);
      for (guint i = 0; i < self->converter.grown->len; i++)
        add_choice (array, g_ptr_array_index (self->converter.grown_names, i), g_ptr_array_index (self->converter.grown, i));
      if (json_array_get_length (array) == 0)
        {
          g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID, _("Give the field at least one choice."));
          return FALSE;
        }
    }
  self->converter.is_growing = FALSE;
  take_initial (self, object);
  set_definition (self->made, object);
  if (!cpt_conversion_work_declare (self, error))
    return FALSE;
  cpt_converter_move (&self->converter, self->from, self->to);

  return TRUE;
}

gboolean
cpt_conversion_work_begin (CptConversionWork    *self,
                           const CptConversion  *conversion,
                           CptDatabase          *database,
                           GError              **error)
{
  self->conversion = conversion;
  self->database = database;
  self->schema = cpt_schema_ref (cpt_database_get_schema (database));
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_record_unref);

  if (!find_field (self, error) || !find_former (self, error) || !make_field (self, error))
    return FALSE;

  cpt_converter_init (&self->converter, database, self->from, self->to);

  return TRUE;
}

void
cpt_conversion_work_clear (CptConversionWork *self)
{
  cpt_converter_clear (&self->converter);
  g_clear_pointer (&self->report, cpt_conversion_report_free);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_pointer (&self->made, cpt_record_unref);
  g_clear_pointer (&self->former, cpt_record_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->after, cpt_schema_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);
}
