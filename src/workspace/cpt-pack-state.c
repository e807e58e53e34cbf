/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a workspace knows of the packs in it: a record for each, with what it
 * brought and how that looked. */

#include "config.h"

#include "cpt-pack-private.h"

#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-query.h"

/* Of a record's JSON: who and when is nothing that somebody changed in it */
static const char *const circumstances[] = { "id", "created_at", "created_by", "changed_at", "changed_by" };

char *
cpt_pack_get_digest (const CptRecord *record)
{
  const CptEntity *entity = cpt_record_get_entity (record);
  g_autoptr(JsonNode) node = cpt_record_to_json (record);
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (circumstances); i++)
    json_object_remove_member (json_node_get_object (node), circumstances[i]);
  /* What is worked out is nobody's change. */
  for (guint i = 0; i < entity->n_fields; i++)
    if (entity->fields[i]->formula != NULL)
      json_object_remove_member (json_node_get_object (node), entity->fields[i]->name);
  text = cpt_json_format_canonical (node);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

GPtrArray *
cpt_pack_load_all (CptDatabase  *database,
                   const char   *entity,
                   const char   *sort,
                   GError      **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *loaded = cpt_schema_find_entity (schema, entity);
  g_autoptr(CptQuery) query = cpt_query_new (schema, loaded);

  if (sort != NULL && !cpt_query_set_sort (query, sort, error))
    return NULL;
  return cpt_query_load_records (query, database, 0, error);
}

CptRecord *
cpt_pack_load_record (CptDatabase  *database,
                      const char   *name,
                      GError      **error)
{
  g_autoptr(GPtrArray) records = cpt_pack_load_all (database, "pack", "name", error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    if (g_strcmp0 (cpt_record_get_text (g_ptr_array_index (records, i), "identifier"), name) == 0)
      return cpt_record_ref (g_ptr_array_index (records, i));

  return NULL;
}

static void
write_names (JsonBuilder       *builder,
             const char        *member,
             const char *const *names)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; names[i] != NULL; i++)
    json_builder_add_string_value (builder, names[i]);
  json_builder_end_array (builder);
}

void
cpt_pack_write_item (JsonBuilder       *builder,
                     const CptPackItem *item,
                     const char        *digest)
{
  g_autofree char *id = cpt_uuid_dup_text (&item->id);
  g_autoptr(GList) members = item->object != NULL ? json_object_get_members (item->object) : NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "entity");
  json_builder_add_string_value (builder, item->entity);
  json_builder_set_member_name (builder, "key");
  json_builder_add_string_value (builder, item->key);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, id);
  json_builder_set_member_name (builder, "digest");
  json_builder_add_string_value (builder, digest != NULL ? digest : "");
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (GList *l = members; l != NULL; l = l->next)
    json_builder_add_string_value (builder, l->data);
  for (guint i = 0; item->object == NULL && item->fields != NULL && item->fields[i] != NULL; i++)
    json_builder_add_string_value (builder, item->fields[i]);
  json_builder_end_array (builder);
  if (item->brought != NULL)
    write_names (builder, "brought", (const char *const *) item->brought);
  json_builder_end_object (builder);
}

static GStrv
read_names (JsonObject *object,
            const char *member)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  JsonArray *array = NULL;

  if (!cpt_json_read_array (object, member, &array, NULL) || array == NULL)
    return NULL;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        g_strv_builder_add (names, json_node_get_string (element));
    }

  return g_strv_builder_end (names);
}

GPtrArray *
cpt_pack_read_items (const CptRecord  *record,
                     char            **language)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_pack_item_free);
  const char *text = cpt_record_get_text (record, "definition");
  g_autoptr(JsonNode) node = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray *array = NULL;
  const char *name = "en";

  if (object != NULL)
    {
      cpt_json_read_string (object, "language", &name, NULL);
      cpt_json_read_array (object, "items", &array, NULL);
    }
  if (language != NULL)
    *language = g_strdup (name);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *entity = NULL, *key = NULL, *id = NULL, *digest = NULL;
      CptPackItem *item;

      if (!JSON_NODE_HOLDS_OBJECT (element) ||
          !cpt_json_read_string (json_node_get_object (element), "entity", &entity, NULL) ||
          !cpt_json_read_string (json_node_get_object (element), "key", &key, NULL) ||
          !cpt_json_read_string (json_node_get_object (element), "id", &id, NULL) ||
          !cpt_json_read_string (json_node_get_object (element), "digest", &digest, NULL) || entity == NULL ||
          key == NULL || id == NULL)
        continue;

      item = cpt_pack_item_new (entity, key);
      item->digest = g_strdup (digest);
      item->fields = read_names (json_node_get_object (element), "fields");
      item->brought = read_names (json_node_get_object (element), "brought");
      if (cpt_uuid_parse (id, &item->id))
        g_ptr_array_add (items, item);
      else
        cpt_pack_item_free (item);
    }

  return items;
}

void
cpt_pack_info_free (CptPackInfo *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->label);
  g_free (self);
}

GPtrArray *
cpt_pack_list (CptDatabase  *database,
               GError      **error)
{
  g_autoptr(GPtrArray) records = cpt_pack_load_all (database, "pack", "name", error);
  GPtrArray *infos;

  if (records == NULL)
    return NULL;

  infos = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_pack_info_free);
  for (guint i = 0; i < records->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (records, i);
      g_autoptr(GPtrArray) items = cpt_pack_read_items (record, NULL);
      CptPackInfo *info = g_new0 (CptPackInfo, 1);

      info->name = g_strdup (cpt_record_get_text (record, "identifier"));
      info->label = g_strdup (cpt_record_get_text (record, "name"));
      info->version = cpt_record_get_integer (record, "version");
      info->n_records = items->len;
      g_ptr_array_add (infos, info);
    }

  return infos;
}
