/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fields that users add: their way into records of entity "custom_field" and
 * from there, with choices of the workspace's own and the layouts of pages, into
 * a schema. */

#include "config.h"

#include "cpt-custom-field.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-json.h"
#include "cpt-own-choices.h"
#include "cpt-schema-private.h"

static const struct
{
  CptFieldFlags flag;
  const char *name;
} flag_names[] = {
  { CPT_FIELD_REQUIRED, "required" },
  { CPT_FIELD_SEARCHABLE, "searchable" },
  { CPT_FIELD_INDEXED, "indexed" },
  { CPT_FIELD_READ_ONLY, "read_only" },
  { CPT_FIELD_KEY, "key" },
  { CPT_FIELD_HIDDEN, "hidden" },
  { CPT_FIELD_CONSENT, "consent" },
  { CPT_FIELD_NAME, "names_record" },
  { CPT_FIELD_DOMAIN, "domain" },
  { CPT_FIELD_NEEDED, "needed" },
};

static const char *const privacy_names[] = {
  [CPT_PRIVACY_NONE] = "none",
  [CPT_PRIVACY_PERSONAL] = "personal",
  [CPT_PRIVACY_SENSITIVE] = "sensitive",
};

/* Writing */

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

static JsonArray *
create_choices (const CptChoice *choices)
{
  JsonArray *array = json_array_new ();

  for (const CptChoice *choice = choices; choice->name != NULL; choice++)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "name", choice->name);
      json_object_set_string_member (object, "label", choice->label);
      set_text (object, "colour", choice->colour);
      json_array_add_object_element (array, object);
    }

  return array;
}

JsonObject *
cpt_field_definition_to_json (const CptField *self)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (flag_names); i++)
    if ((self->flags & flag_names[i].flag) != 0 && !(self->formula != NULL && flag_names[i].flag == CPT_FIELD_READ_ONLY))
      json_object_set_boolean_member (object, flag_names[i].name, TRUE);
  if (self->privacy != CPT_PRIVACY_NONE)
    json_object_set_string_member (object, "privacy", privacy_names[self->privacy]);

  set_text (object, "help", self->help);
  set_text (object, "group", self->group);
  if (self->choices != NULL)
    json_object_set_array_member (object, "choices", create_choices (self->choices));
  set_text (object, "target", self->target);
  set_text (object, "back_label", self->back_label);
  set_text (object, "initial", self->initial);
  set_text (object, "unit", self->unit);
  if (self->kind == CPT_FIELD_DECIMAL)
    json_object_set_int_member (object, "scale", self->scale);
  if (self->max_length != 0)
    json_object_set_int_member (object, "max_length", self->max_length);
  if (self->min != self->max)
    {
      json_object_set_int_member (object, "min", self->min);
      json_object_set_int_member (object, "max", self->max);
    }
  if (self->kind == CPT_FIELD_IDENTIFIER)
    json_object_set_string_member (object, "scheme", cpt_identifier_get_name (self->scheme));
  set_text (object, "formula", self->formula);

  return object;
}

void
cpt_custom_field_set_record (CptRecord      *record,
                             const char     *entity,
                             const CptField *field)
{
  g_autoptr(JsonObject) object = cpt_field_definition_to_json (field);
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *definition = cpt_json_format_canonical (node);
  g_autofree char *name = cpt_schema_dup_custom_name (field->name);

  cpt_record_set_text (record, "entity_name", entity);
  cpt_record_set_text (record, "name", name);
  cpt_record_set_text (record, "label", field->label);
  cpt_record_set_text (record, "kind", cpt_field_type_get (field->kind)->name);
  cpt_record_set_text (record, "definition", definition);
}

/* Reading. The strings of what is read are borrowed from the record and from
 * the JSON of its definition, which stay until the schema has copied them. */

typedef struct
{
  CptCustomField custom;
  JsonNode *definition;
  CptChoice *choices;
} Reading;

static void
clear_reading (Reading *self)
{
  g_clear_pointer (&self->definition, json_node_unref);
  g_clear_pointer (&self->choices, g_free);
}

static gboolean
read_choices (Reading     *self,
              JsonObject  *object,
              GError     **error)
{
  JsonArray *array = NULL;
  guint length;

  if (!cpt_json_read_array (object, "choices", &array, error))
    return FALSE;
  if (array == NULL)
    return TRUE;

  length = json_array_get_length (array);
  self->choices = g_new0 (CptChoice, length + 1);
  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      CptChoice *choice = &self->choices[i];

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” must be an array of objects"), "choices");
          return FALSE;
        }
      if (!cpt_json_read_string (json_node_get_object (node), "name", &choice->name, error) ||
          !cpt_json_read_string (json_node_get_object (node), "label", &choice->label, error) ||
          !cpt_json_read_string (json_node_get_object (node), "colour", &choice->colour, error))
        return FALSE;
      if (choice->name == NULL)
        choice->name = "";
    }
  self->custom.field.choices = self->choices;

  return TRUE;
}

static gboolean
read_flags (CptField    *field,
            JsonObject  *object,
            GError     **error)
{
  guint flags = 0;

  for (guint i = 0; i < G_N_ELEMENTS (flag_names); i++)
    {
      gboolean is_set = FALSE;

      if (!cpt_json_read_boolean (object, flag_names[i].name, &is_set, error))
        return FALSE;
      if (is_set)
        flags |= flag_names[i].flag;
    }
  field->flags = (CptFieldFlags) flags;

  return TRUE;
}

/* A word out of a list; the first one where it is absent */
static gboolean
read_word (JsonObject         *object,
           const char         *member,
           const char *const  *words,
           guint               n_words,
           guint              *index,
           GError            **error)
{
  const char *word = NULL;

  if (!cpt_json_read_string (object, member, &word, error))
    return FALSE;

  for (*index = 0; *index < n_words; (*index)++)
    if (word == NULL || strcmp (words[*index], word) == 0)
      return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” has a value that is not known"), member);

  return FALSE;
}

static gboolean
read_words (CptField    *field,
            JsonObject  *object,
            GError     **error)
{
  const char *schemes[CPT_N_IDENTIFIERS];
  guint scheme;
  guint privacy;

  for (guint i = 0; i < CPT_N_IDENTIFIERS; i++)
    schemes[i] = cpt_identifier_get_name ((CptIdentifier) i);

  if (!read_word (object, "scheme", schemes, CPT_N_IDENTIFIERS, &scheme, error) ||
      !read_word (object, "privacy", privacy_names, G_N_ELEMENTS (privacy_names), &privacy, error))
    return FALSE;

  field->scheme = (CptIdentifier) scheme;
  field->privacy = (CptPrivacy) privacy;

  return TRUE;
}

static gboolean
read_numbers (CptField    *field,
              JsonObject  *object,
              GError     **error)
{
  gint64 scale = 0;
  gint64 max_length = 0;

  if (!cpt_json_read_int (object, "scale", &scale, error) ||
      !cpt_json_read_int (object, "max_length", &max_length, error) ||
      !cpt_json_read_int (object, "min", &field->min, error) ||
      !cpt_json_read_int (object, "max", &field->max, error))
    return FALSE;

  /* What is out of range here is refused by the check of the declaration. */
  field->scale = (guint) CLAMP (scale, 0, G_MAXINT);
  field->max_length = (guint) CLAMP (max_length, 0, G_MAXINT);
  if (scale < 0 || max_length < 0)
    field->scale = G_MAXINT;

  return TRUE;
}

static gboolean
read_definition (Reading     *self,
                 const char  *text,
                 GError     **error)
{
  CptField *field = &self->custom.field;
  JsonObject *object;

  if (text == NULL)
    return TRUE;

  self->definition = cpt_json_parse (text, -1, error);
  if (self->definition == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (self->definition))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” must be an object"), "definition");
      return FALSE;
    }

  object = json_node_get_object (self->definition);

  return read_flags (field, object, error) && read_words (field, object, error) &&
         read_numbers (field, object, error) && read_choices (self, object, error) &&
         cpt_json_read_string (object, "help", &field->help, error) &&
         cpt_json_read_string (object, "group", &field->group, error) &&
         cpt_json_read_string (object, "target", &field->target, error) &&
         cpt_json_read_string (object, "back_label", &field->back_label, error) &&
         cpt_json_read_string (object, "initial", &field->initial, error) &&
         cpt_json_read_string (object, "unit", &field->unit, error) &&
         cpt_json_read_string (object, "formula", &field->formula, error);
}

/* Says which ones there are: who writes a declaration has nowhere to look */
static void
refuse_kind (const CptRecord  *record,
             GError          **error)
{
  const char *name = cpt_record_get_text (record, "name");
  const char *kind = cpt_record_get_text (record, "kind");
  g_autoptr(GString) known = g_string_new (NULL);

  for (guint i = 0; i < CPT_N_FIELD_KINDS; i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", cpt_field_type_get ((CptFieldKind) i)->name);

  if (kind == NULL)
    g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                 /* Translators: the name of a field, then names of kinds of fields */
                 _("the field “%s” has no kind. It is one of: %s."), name != NULL ? name : "", known->str);
  else
    g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                 /* Translators: the name of a field, the kind that somebody wrote, then names of kinds of fields */
                 _("the field “%s” has the kind “%s”, which there is not. It is one of: %s."), name != NULL ? name : "", kind,
                 known->str);
}

static gboolean
add_record (CptSchema        *schema,
            const CptRecord  *record,
            GError          **error)
{
  Reading reading = { .definition = NULL };
  CptField *field = &reading.custom.field;
  gboolean is_added;

  reading.custom.entity = cpt_record_get_text (record, "entity_name");
  field->name = cpt_record_get_text (record, "name");
  field->label = cpt_record_get_text (record, "label");

  if (!cpt_field_kind_parse (cpt_record_get_text (record, "kind"), &field->kind))
    {
      refuse_kind (record, error);
      return FALSE;
    }

  is_added = read_definition (&reading, cpt_record_get_text (record, "definition"), error) &&
             cpt_schema_add_custom_field (schema, &reading.custom, error);
  clear_reading (&reading);

  return is_added;
}

gboolean
cpt_custom_field_check_record (const CptRecord  *record,
                               GError          **error)
{
  const char *entity = cpt_record_get_text (record, "entity_name");
  g_autoptr(CptSchema) schema = cpt_schema_create_with_room (&entity, 1);

  return add_record (schema, record, error);
}

/* By position, then by age: identifiers grow with time. */
static int
compare_records (gconstpointer a,
                 gconstpointer b)
{
  const CptRecord *record_a = *(const CptRecord *const *) a;
  const CptRecord *record_b = *(const CptRecord *const *) b;
  gint64 position_a = cpt_record_get_integer (record_a, "position");
  gint64 position_b = cpt_record_get_integer (record_b, "position");

  if (position_a != position_b)
    return position_a < position_b ? -1 : 1;

  return cpt_uuid_compare (&record_a->id, &record_b->id);
}

/* Older ones first: identifiers grow with time. */
static int
compare_ages (gconstpointer a,
              gconstpointer b)
{
  return cpt_uuid_compare (&(*(const CptRecord *const *) a)->id, &(*(const CptRecord *const *) b)->id);
}

/* Of several for one field the newest counts. */
static void
make_choices (CptSchema *schema,
              GPtrArray *records,
              GPtrArray *problems)
{
  g_ptr_array_sort (records, compare_ages);
  for (guint i = 0; i < records->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (records, i);
      const CptEntity *entity = NULL;
      const CptField *field = cpt_own_choices_find_field (schema, record, &entity);
      g_autoptr(GError) error = NULL;
      g_autoptr(CptOwnChoices) choices = NULL;

      if (field == NULL)
        continue;
      choices = cpt_own_choices_parse (&entity->declared[field->index], cpt_record_get_text (record, "choices"), &error);
      if (choices != NULL)
        cpt_schema_set_choices (schema, entity, field, cpt_own_choices_get_list (choices));
      else if (problems != NULL)
        g_ptr_array_add (problems,
                         /* Translators: the name of a field, then a reason */
                         g_strdup_printf (_("The choices of “%s” are left out: %s"), cpt_field_get_label (field),
                                          error->message));
    }
}

/* Of several for one kind of record the newest counts. */
static void
make_forms (CptSchema *schema,
            GPtrArray *records,
            GPtrArray *problems)
{
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (schema, &n_entities);
  g_autoptr(GPtrArray) layouts = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_page_layout_free);

  g_ptr_array_set_size (layouts, (int) n_entities);
  g_ptr_array_sort (records, compare_ages);
  for (guint i = 0; i < records->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (records, i);
      const char *name = cpt_record_get_text (record, "entity_name");
      guint place = cpt_schema_get_place (schema, name);
      g_autoptr(GError) error = NULL;
      CptPageLayout *layout = cpt_page_layout_parse (cpt_record_get_text (record, "layout"), &error);

      if (layout != NULL && place < n_entities && (entities[place]->flags & CPT_ENTITY_SYSTEM) == 0)
        {
          cpt_page_layout_free (layouts->pdata[place]);
          layouts->pdata[place] = g_steal_pointer (&layout);
        }
      else if (problems != NULL && error != NULL)
        /* Translators: the name of a kind of record, then a reason */
        g_ptr_array_add (problems, g_strdup_printf (_("The page layout of “%s” is left out: %s"), name, error->message));
      g_clear_pointer (&layout, cpt_page_layout_free);
    }
  cpt_schema_make_forms (schema, (CptPageLayout *const *) layouts->pdata);
}

/* By what it declares */
static GPtrArray *
pick (const CptRecord *record,
      GPtrArray       *choices,
      GPtrArray       *layouts,
      GPtrArray       *fields)
{
  if (strcmp (record->entity->name, CPT_PAGE_LAYOUT_ENTITY) == 0)
    return layouts;

  return strcmp (record->entity->name, CPT_CHOICE_LIST_ENTITY) == 0 ? choices : fields;
}

CptSchema *
cpt_schema_new_from_records (CptRecord *const *records,
                             guint             n_records,
                             GPtrArray        *problems)
{
  g_autoptr(CptSchema) schema = NULL;
  g_autoptr(GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr(GPtrArray) entities = g_ptr_array_new ();
  g_autoptr(GPtrArray) layouts = g_ptr_array_new ();
  g_autoptr(GPtrArray) choices = g_ptr_array_new ();

  for (guint i = 0; i < n_records; i++)
    if (!records[i]->in_trash)
      g_ptr_array_add (pick (records[i], choices, layouts, sorted), records[i]);
  g_ptr_array_sort (sorted, compare_records);
  for (guint i = 0; i < sorted->len; i++)
    g_ptr_array_add (entities, (gpointer) cpt_record_get_text (sorted->pdata[i], "entity_name"));

  schema = cpt_schema_create_with_room ((const char *const *) entities->pdata, entities->len);
  for (guint i = 0; i < sorted->len; i++)
    {
      const CptRecord *record = sorted->pdata[i];
      g_autoptr(GError) error = NULL;

      if (!add_record (schema, record, &error) && problems != NULL)
        {
          g_autofree char *title = cpt_record_dup_title (record);

          /* Translators: the label of a custom field, then a reason */
          g_ptr_array_add (problems, g_strdup_printf (_("The custom field “%s” is left out: %s"), title, error->message));
        }
    }
  make_choices (schema, choices, problems);
  cpt_schema_read_formulas (schema, problems);
  make_forms (schema, layouts, problems);

  return g_steal_pointer (&schema);
}
