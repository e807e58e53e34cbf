/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Packs as folders: pack.json and a file for each kind of record. Everything in
 * them is hostile until it is read: sizes and numbers have limits, and names of
 * files come from the declarations, never from the pack. */

#include "config.h"

#include "cpt-pack-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-json.h"

#define MAX_FILE_BYTES (4 * 1024 * 1024)
#define MAX_ITEMS 5000
#define MAX_DEPTH 40
#define HEADER "pack.json"

/* Kinds that no pack brings */
static const char *const refused[] = { "user", "pack", "distinct_pair", NULL };

CptPackItem *
cpt_pack_item_new (const char *entity,
                   const char *key)
{
  CptPackItem *self = g_new0 (CptPackItem, 1);

  self->entity = g_strdup (entity);
  self->key = g_strdup (key);

  return self;
}

void
cpt_pack_item_free (CptPackItem *self)
{
  if (self == NULL)
    return;

  g_free (self->file);
  g_free (self->entity);
  g_free (self->key);
  g_clear_pointer (&self->object, json_object_unref);
  g_free (self->digest);
  g_strfreev (self->fields);
  g_strfreev (self->brought);
  g_clear_pointer (&self->joined, cpt_record_unref);
  g_free (self);
}

CptPackItem *
cpt_pack_find_item (GPtrArray  *items,
                    const char *entity,
                    const char *key)
{
  for (guint i = 0; i < items->len; i++)
    {
      CptPackItem *item = g_ptr_array_index (items, i);

      if (strcmp (item->entity, entity) == 0 && strcmp (item->key, key) == 0)
        return item;
    }

  return NULL;
}

void
cpt_pack_free (CptPack *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_clear_pointer (&self->label, json_node_unref);
  g_clear_pointer (&self->description, json_node_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self);
}

/* --------------------------------------------------------------- translation */

const char *
cpt_pack_get_language (void)
{
  const char *const *names = g_get_language_names ();

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_has_prefix (names[i], "fr"))
      return "fr";
    else if (g_str_has_prefix (names[i], "en") || strcmp (names[i], "C") == 0)
      return "en";

  return "en";
}

/* {"en":"Artist","fr":"Artiste"}: all members are languages, English is there */
static gboolean
is_translated (JsonNode *node)
{
  JsonObjectIter iter;
  const char *member;
  JsonNode *text;

  if (!JSON_NODE_HOLDS_OBJECT (node) || !json_object_has_member (json_node_get_object (node), "en"))
    return FALSE;

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &member, &text))
    if (strlen (member) != 2 || !JSON_NODE_HOLDS_VALUE (text) || json_node_get_value_type (text) != G_TYPE_STRING)
      return FALSE;

  return TRUE;
}

static const char *
pick_text (JsonNode   *node,
           const char *language)
{
  JsonObject *object;

  if (node == NULL)
    return "";
  if (JSON_NODE_HOLDS_VALUE (node))
    return json_node_get_string (node);

  object = json_node_get_object (node);

  return json_object_get_string_member (object, json_object_has_member (object, language) ? language : "en");
}

/* "@today+3", "@today-10T19:30"; NULL when it is something else */
static char *
resolve_day (const char *text,
             gint64      today)
{
  char *end;
  gint64 offset;
  g_autofree char *day = NULL;

  if (!g_str_has_prefix (text, "@today"))
    return NULL;

  text += strlen ("@today");
  offset = g_ascii_strtoll (text, &end, 10);
  if (offset < -100000 || offset > 100000)
    return NULL;

  day = cpt_date_format_iso (today + offset);
  if (*end == 'T' && strlen (end) == strlen ("T00:00"))
    return g_strdup_printf ("%s%s:00Z", day, end);

  return *end == '\0' ? g_steal_pointer (&day) : NULL;
}

static JsonNode *
resolve_text (JsonNode     *node,
              CptPackTerms *terms)
{
  const char *text = json_node_get_string (node);
  g_autofree char *day = resolve_day (text, terms->today);
  const CptUuid *id;

  if (day != NULL)
    return json_node_init_string (json_node_alloc (), day);
  if (text[0] != '@')
    return json_node_copy (node);
  if (g_str_equal (text, "@currency"))
    return json_node_init_string (json_node_alloc (), terms->currency);

  id = g_hash_table_lookup (terms->ids, text + 1);
  if (id != NULL)
    {
      g_autofree char *written = cpt_uuid_dup_text (id);

      return json_node_init_string (json_node_alloc (), written);
    }
  if (terms->missing == NULL)
    terms->missing = g_strdup (text + 1);

  return json_node_copy (node);
}

static JsonNode *
resolve (JsonNode     *node,
         CptPackTerms *terms,
         guint         depth)
{
  if (depth > MAX_DEPTH || JSON_NODE_HOLDS_NULL (node))
    return json_node_copy (node);
  if (JSON_NODE_HOLDS_VALUE (node))
    return json_node_get_value_type (node) == G_TYPE_STRING ? resolve_text (node, terms) : json_node_copy (node);
  if (is_translated (node))
    return json_node_init_string (json_node_alloc (), pick_text (node, terms->language));

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      g_autoptr(JsonArray) array = json_array_new ();

      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        json_array_add_element (array, resolve (json_array_get_element (json_node_get_array (node), i), terms, depth + 1));

      return json_node_init_array (json_node_alloc (), array);
    }
  else
    {
      g_autoptr(JsonObject) object = json_object_new ();
      JsonObjectIter iter;
      const char *member;
      JsonNode *value;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &member, &value))
        json_object_set_member (object, member, resolve (value, terms, depth + 1));

      return json_node_init_object (json_node_alloc (), object);
    }
}

JsonNode *
cpt_pack_resolve (JsonNode     *node,
                  CptPackTerms *terms)
{
  return resolve (node, terms, 0);
}

/* ------------------------------------------------------------------- reading */

static JsonNode *
read_file (const char  *folder,
           const char  *name,
           GError     **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                 G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  g_autofree char *text = NULL;
  JsonNode *node;
  gsize length;

  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There is no file “%s” in the folder of the pack."), name);
      return NULL;
    }
  if (g_file_info_get_size (info) > MAX_FILE_BYTES)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("The file “%s” of the pack is larger than 4 MB."), name);
      return NULL;
    }
  if (!g_file_load_contents (file, NULL, &text, &length, NULL, error))
    return NULL;

  node = cpt_json_parse (text, (gssize) length, error);
  if (node == NULL)
    g_prefix_error (error, "%s: ", name);

  return node;
}

static gboolean
is_name (const char *text)
{
  if (!g_ascii_islower (text[0]) || strlen (text) > 60)
    return FALSE;

  for (; *text != '\0'; text++)
    if (!g_ascii_islower (*text) && !g_ascii_isdigit (*text) && *text != '-')
      return FALSE;

  return TRUE;
}

static gboolean
read_header (CptPack     *self,
             const char  *folder,
             GError     **error)
{
  g_autoptr(JsonNode) node = read_file (folder, HEADER, error);
  JsonObject *object;
  const char *name = NULL;
  JsonNode *label;

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("%s: an object with “name”, “label” and “version” is missing."), HEADER);
      return FALSE;
    }

  object = json_node_get_object (node);
  if (!cpt_json_read_string (object, "name", &name, error) || !cpt_json_read_int (object, "version", &self->version, error))
    {
      g_prefix_error (error, "%s: ", HEADER);
      return FALSE;
    }
  label = json_object_get_member (object, "label");
  if (name == NULL || !is_name (name) || self->version < 1 || self->version > 1000000 || label == NULL ||
      !is_translated (label))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE,
                   _("%s: “name” must be small letters, digits and hyphens, “version” a number from 1 on, "
                     "and “label” a text in each language, with “en”."),
                   HEADER);
      return FALSE;
    }

  self->name = g_strdup (name);
  self->label = json_node_copy (label);
  if (json_object_has_member (object, "description") && is_translated (json_object_get_member (object, "description")))
    self->description = json_node_copy (json_object_get_member (object, "description"));

  return TRUE;
}

static gboolean
read_item (CptPack     *self,
           const char  *entity,
           const char  *file,
           JsonNode    *node,
           GError     **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *key = NULL;
  CptPackItem *item;

  if (object == NULL || !cpt_json_read_string (object, "key", &key, NULL) || key == NULL || key[0] == '\0' ||
      g_str_has_prefix (key, "today"))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("%s: each record is an object with a “key”."), file);
      return FALSE;
    }
  for (guint i = 0; i < self->items->len; i++)
    if (strcmp (((CptPackItem *) g_ptr_array_index (self->items, i))->key, key) == 0)
      {
        g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("%s: the key “%s” is used twice."), file, key);
        return FALSE;
      }
  if (self->items->len >= MAX_ITEMS)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("A pack has at most %u records."), MAX_ITEMS);
      return FALSE;
    }

  item = cpt_pack_item_new (entity, key);
  item->file = g_strdup (file);
  item->object = json_object_ref (object);
  json_object_remove_member (item->object, "key");
  g_ptr_array_add (self->items, item);

  return TRUE;
}

static gboolean
read_records (CptPack     *self,
              const char  *folder,
              const char  *entity,
              GError     **error)
{
  g_autofree char *file = g_strconcat (entity, ".json", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr(JsonNode) node = NULL;
  JsonArray *array;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  node = read_file (folder, file, error);
  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("%s: a list of records is missing."), file);
      return FALSE;
    }

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_item (self, entity, file, json_array_get_element (array, i), error))
      return FALSE;

  return TRUE;
}

/* A file that nobody reads is a mistake, and not a small one */
static gboolean
check_files (const char  *folder,
             CptSchema   *schema,
             GError     **error)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *entity = g_str_has_suffix (name, ".json") ? g_strndup (name, strlen (name) - strlen (".json")) : NULL;

      if (entity == NULL || strcmp (name, HEADER) == 0)
        continue;
      if (cpt_schema_find_entity (schema, entity) == NULL || g_strv_contains (refused, entity))
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("%s: there is no kind of records “%s” that packs bring."),
                       name, entity);
          return FALSE;
        }
    }

  return TRUE;
}

CptPack *
cpt_pack_load (const char  *folder,
               GError     **error)
{
  g_autoptr(CptPack) self = g_new0 (CptPack, 1);
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (schema, &n_entities);

  g_return_val_if_fail (folder != NULL, NULL);

  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_pack_item_free);
  if (!read_header (self, folder, error) || !check_files (folder, schema, error) ||
      !read_records (self, folder, "custom_field", error))
    return NULL;

  for (guint i = 0; i < n_entities; i++)
    if (strcmp (entities[i]->name, "custom_field") != 0 && !g_strv_contains (refused, entities[i]->name) &&
        !read_records (self, folder, entities[i]->name, error))
      return NULL;

  return g_steal_pointer (&self);
}

const char *
cpt_pack_get_name (const CptPack *self)
{
  return self->name;
}

const char *
cpt_pack_get_label (const CptPack *self)
{
  return pick_text (self->label, cpt_pack_get_language ());
}

const char *
cpt_pack_get_description (const CptPack *self)
{
  return pick_text (self->description, cpt_pack_get_language ());
}

gint64
cpt_pack_get_version (const CptPack *self)
{
  return self->version;
}

/* ------------------------------------------------------------------- shipped */

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
cpt_pack_list_folders (void)
{
  g_autofree char *shipped = g_build_filename (CPT_DATA_DIR, "comptoir", "packs", NULL);
  const char *root = g_getenv ("CPT_PACKS") != NULL ? g_getenv ("CPT_PACKS") : shipped;
  g_autoptr(GDir) dir = g_dir_open (root, 0, NULL);
  GPtrArray *folders = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *header = g_build_filename (root, name, HEADER, NULL);

      if (g_file_test (header, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add (folders, g_build_filename (root, name, NULL));
    }
  g_ptr_array_sort (folders, compare_names);

  return folders;
}

char *
cpt_pack_find_folder (const char *name)
{
  g_autoptr(GPtrArray) folders = cpt_pack_list_folders ();

  for (guint i = 0; i < folders->len; i++)
    {
      g_autofree char *base = g_path_get_basename (g_ptr_array_index (folders, i));

      if (strcmp (base, name) == 0)
        return g_strdup (g_ptr_array_index (folders, i));
    }

  return NULL;
}
