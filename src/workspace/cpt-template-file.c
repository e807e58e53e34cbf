/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files in the program that templates are made of: with their texts in each
 * language beside one another, as packs have them. */

#include "config.h"

#include "cpt-template-private.h"

#include "cpt-json.h"
#include "cpt-pack-private.h"
#include "cpt-templates-resources.h"

#define PREFIX "/org/comptoir/Comptoir"

JsonNode *
cpt_template_read_file (const char *folder,
                        const char *name)
{
  g_autofree char *path = g_strdup_printf (PREFIX "/%s/%s.json", folder, name);
  g_autoptr(GBytes) bytes = g_resource_lookup_data (cpt_templates_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  CptPackTerms terms = { .language = cpt_pack_get_language (), .ids = ids };
  g_autoptr(JsonNode) node = NULL;
  JsonNode *resolved;
  gsize length;
  const char *text;

  if (bytes == NULL)
    return NULL;

  text = g_bytes_get_data (bytes, &length);
  node = cpt_json_parse (text, (gssize) length, NULL);
  if (node == NULL)
    return NULL;

  resolved = cpt_pack_resolve (node, &terms);
  g_free (terms.missing);

  return resolved;
}

char *
cpt_template_dup_text (JsonObject *object,
                       const char *member)
{
  const char *text = NULL;

  return cpt_json_read_string (object, member, &text, NULL) && text != NULL ? g_strdup (text) : g_strdup ("");
}

CptRecord *
cpt_template_create_record (CptDatabase *database,
                            const char  *kind)
{
  CptSchema *schema = cpt_database_get_schema (database);
  CptRecord *record = cpt_record_new (schema, cpt_schema_find_entity (schema, kind));
  gint64 now = cpt_database_get_now (database);

  cpt_uuid_generate (&record->id, now / 1000);
  cpt_record_apply_initial (record, now, cpt_database_get_author (database), cpt_database_get_zone (database));

  return record;
}

CptRecord *
cpt_template_create_shared (CptDatabase *database,
                            const char  *kind,
                            const char  *title,
                            const char  *description,
                            const char  *definition)
{
  CptRecord *record = cpt_template_create_record (database, kind);

  cpt_record_set_text (record, "name", title);
  cpt_record_set_text (record, "description", description);
  cpt_record_set_text (record, "definition", definition);
  cpt_record_set_integer (record, "is_shared", TRUE);

  return record;
}
