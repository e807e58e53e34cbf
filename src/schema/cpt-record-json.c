/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Records as JSON objects, as in sync, REST and JSON lines.
 *
 * Members that are not declared here come from a newer version, or are custom
 * fields that have not arrived yet. They are kept in @unknown, a JSON object of
 * their own, and put back behind the declared ones. */

#include "config.h"

#include "cpt-record.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-json-members.h"
#include "cpt-json.h"
#include "cpt-text.h"

/* Writing */

static void
set_id (JsonObject    *object,
        const char    *member,
        const CptUuid *id)
{
  char text[CPT_UUID_TEXT_SIZE];

  if (cpt_uuid_is_nil (id))
    return;

  cpt_uuid_format (id, text);
  json_object_set_string_member (object, member, text);
}

static void
set_instant (JsonObject *object,
             const char *member,
             gint64      instant)
{
  g_autofree char *text = NULL;

  if (instant == 0)
    return;

  text = cpt_instant_format_iso (instant);
  json_object_set_string_member (object, member, text);
}

static JsonObject *
create_object (const CptRecord *self)
{
  JsonObject *object = json_object_new ();

  set_id (object, "id", &self->id);
  json_object_set_string_member (object, "entity", self->entity->name);
  set_instant (object, "created_at", self->created_at);
  set_id (object, "created_by", &self->created_by);
  set_instant (object, "changed_at", self->changed_at);
  set_id (object, "changed_by", &self->changed_by);
  if (self->in_trash)
    json_object_set_boolean_member (object, "in_trash", TRUE);

  for (guint i = 0; i < self->entity->n_fields; i++)
    if (!cpt_value_is_null (&self->values[i]))
      json_object_set_member (object, self->entity->fields[i]->name,
                              cpt_field_to_json (self->entity->fields[i], &self->values[i]));

  return object;
}

static GArray *
scan_unknown (const CptRecord *self)
{
  return self->unknown == NULL ? NULL : cpt_json_members_scan (self->unknown, -1, NULL);
}

JsonNode *
cpt_record_to_json (const CptRecord *self)
{
  g_autoptr(JsonObject) object = create_object (self);
  g_autoptr(GArray) unknown = scan_unknown (self);

  for (guint i = 0; unknown != NULL && i < unknown->len; i++)
    {
      const CptJsonMember *member = &g_array_index (unknown, CptJsonMember, i);
      JsonNode *node = cpt_json_parse (member->value, (gssize) member->value_length, NULL);

      if (node == NULL)
        continue;
      if (json_object_has_member (object, member->name))
        json_node_unref (node);
      else
        json_object_set_member (object, member->name, node);
    }

  return json_node_init_object (json_node_alloc (), object);
}

char *
cpt_record_format_json (const CptRecord *self)
{
  g_autoptr(JsonObject) object = create_object (self);
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autoptr(GArray) unknown = scan_unknown (self);
  g_autofree char *known = cpt_json_format (node);
  GString *text;

  if (unknown == NULL)
    return g_steal_pointer (&known);

  text = g_string_new_len (known, (gssize) strlen (known) - 1);
  for (guint i = 0; i < unknown->len; i++)
    {
      const CptJsonMember *member = &g_array_index (unknown, CptJsonMember, i);

      if (json_object_has_member (object, member->name))
        continue;
      g_string_append_c (text, ',');
      g_string_append_len (text, member->raw_name, (gssize) member->raw_name_length);
      g_string_append_c (text, ':');
      g_string_append_len (text, member->value, (gssize) member->value_length);
    }
  g_string_append_c (text, '}');

  return g_string_free (text, FALSE);
}

/* Reading */

static gboolean
read_id (const char  *member,
         JsonNode    *node,
         CptUuid     *id,
         GError     **error)
{
  const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

  if (JSON_NODE_HOLDS_NULL (node) || (text != NULL && cpt_uuid_parse (text, id)))
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” must be an identifier"), member);

  return FALSE;
}

static gboolean
read_instant (const char  *member,
              JsonNode    *node,
              gint64      *instant,
              GError     **error)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (!cpt_field_from_json (cpt_field_get_system (member), node, &value, error))
    return FALSE;

  *instant = cpt_value_is_null (&value) ? 0 : value.integer;

  return TRUE;
}

static gboolean
read_entity (CptRecord  *self,
             JsonNode   *node,
             GError    **error)
{
  const char *name = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

  if (g_strcmp0 (name, self->entity->name) == 0)
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("This record is not of the kind “%s”"), self->entity->name);

  return FALSE;
}

static gboolean
read_trash (CptRecord  *self,
            JsonNode   *node,
            GError    **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” must be true or false"), "in_trash");
      return FALSE;
    }

  self->in_trash = json_node_get_boolean (node);

  return TRUE;
}

static gboolean
is_known (const CptEntity *entity,
          const char      *name)
{
  return strcmp (name, "entity") == 0 || strcmp (name, "in_trash") == 0 ||
         cpt_field_get_system (name) != NULL || cpt_entity_find_field (entity, name) != NULL;
}

static gboolean
read_known (CptRecord   *self,
            const char  *name,
            JsonNode    *node,
            GError     **error)
{
  const CptField *field = cpt_entity_find_field (self->entity, name);

  if (field != NULL)
    return cpt_field_from_json (field, node, &self->values[field->index], error);
  if (strcmp (name, "id") == 0)
    return read_id (name, node, &self->id, error);
  if (strcmp (name, "entity") == 0)
    return read_entity (self, node, error);
  if (strcmp (name, "created_at") == 0)
    return read_instant (name, node, &self->created_at, error);
  if (strcmp (name, "changed_at") == 0)
    return read_instant (name, node, &self->changed_at, error);
  if (strcmp (name, "created_by") == 0)
    return read_id (name, node, &self->created_by, error);
  if (strcmp (name, "changed_by") == 0)
    return read_id (name, node, &self->changed_by, error);

  return read_trash (self, node, error);
}

static gboolean
refuse_unknown (const CptEntity  *entity,
                const char       *name,
                GError          **error)
{
  g_autofree char *clean = cpt_text_clean (name, FALSE);
  g_autofree char *shown = cpt_text_shorten (clean, 80);

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("%s has no field “%s”"), cpt_entity_get_label (entity), shown);

  return FALSE;
}

/* The field in front, unless the message names it already */
static void
prefix_field (const char  *name,
              GError     **error)
{
  g_autofree char *quoted = g_strdup_printf ("“%s”", name);

  if (error != NULL && *error != NULL && strstr ((*error)->message, quoted) == NULL)
    g_prefix_error (error, "%s: ", name);
}

static gboolean
keep_unknown_text (CptRecord  *self,
                   GString    *unknown,
                   GError    **error)
{
  if (unknown->len == 0)
    return TRUE;
  if (unknown->len > CPT_RECORD_UNKNOWN_MAX)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
                   _("The members of this record that this version does not know are too large to be stored"));
      return FALSE;
    }

  g_free (self->unknown);
  self->unknown = g_strdup_printf ("{%s}", unknown->str);

  return TRUE;
}

static void
append_unknown (GString    *unknown,
                const char *name,
                gsize       name_length,
                const char *value,
                gsize       value_length)
{
  if (unknown->len > 0)
    g_string_append_c (unknown, ',');
  g_string_append_len (unknown, name, (gssize) name_length);
  g_string_append_c (unknown, ':');
  g_string_append_len (unknown, value, (gssize) value_length);
}

static gboolean
read_unknown_node (GString    *unknown,
                   const char *name,
                   JsonNode   *node)
{
  g_autoptr(JsonNode) name_node = json_node_init_string (json_node_alloc (), name);
  g_autofree char *name_text = cpt_json_format (name_node);
  g_autofree char *value_text = cpt_json_format (node);

  append_unknown (unknown, name_text, strlen (name_text), value_text, strlen (value_text));

  return TRUE;
}

CptRecord *
cpt_record_from_json (CptSchema        *schema,
                      const CptEntity  *entity,
                      JsonObject       *object,
                      gboolean          keep_unknown,
                      GError          **error)
{
  g_autoptr(CptRecord) self = cpt_record_new (schema, entity);
  g_autoptr(GString) unknown = g_string_new (NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      gboolean is_read;

      if (is_known (entity, name))
        is_read = read_known (self, name, node, error);
      else
        is_read = keep_unknown ? read_unknown_node (unknown, name, node) : refuse_unknown (entity, name, error);

      if (!is_read)
        {
          prefix_field (name, error);
          return NULL;
        }
    }

  return keep_unknown_text (self, unknown, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
read_member (CptRecord            *self,
             const CptJsonMember  *member,
             GError              **error)
{
  g_autoptr(JsonNode) node = cpt_json_parse (member->value, (gssize) member->value_length, error);

  return node != NULL && read_known (self, member->name, node, error);
}

CptRecord *
cpt_record_parse_json (CptSchema        *schema,
                       const CptEntity  *entity,
                       const char       *text,
                       gssize            length,
                       GError          **error)
{
  g_autoptr(CptRecord) self = NULL;
  g_autoptr(GArray) members = cpt_json_members_scan (text, length, error);
  g_autoptr(GString) unknown = g_string_new (NULL);

  if (members == NULL)
    return NULL;

  self = cpt_record_new (schema, entity);
  for (guint i = 0; i < members->len; i++)
    {
      const CptJsonMember *member = &g_array_index (members, CptJsonMember, i);

      if (!is_known (entity, member->name))
        {
          append_unknown (unknown, member->raw_name, member->raw_name_length, member->value, member->value_length);
        }
      else if (!read_member (self, member, error))
        {
          prefix_field (member->name, error);
          return NULL;
        }
    }

  return keep_unknown_text (self, unknown, error) ? g_steal_pointer (&self) : NULL;
}
