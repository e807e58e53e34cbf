/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Choices of a pack for a field whose choices the workspace has made its own:
 * those that are missing stand behind the workspace's, which keeps its order,
 * its labels and what it hid. What was put there is noted with the pack, which
 * takes it away again as far as no record has it. */

#include "config.h"

#include "cpt-pack-private.h"

#include <string.h>

#include "cpt-fields.h"
#include "cpt-json.h"

/* (nullable): of a list of choices */
static JsonArray *
get_entries (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* "" for what is no choice */
static const char *
get_name (JsonArray *entries,
          guint      index)
{
  JsonNode *node = json_array_get_element (entries, index);
  const char *name = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    cpt_json_read_string (json_node_get_object (node), "name", &name, NULL);

  return name != NULL ? name : "";
}

static gboolean
has_name (JsonArray  *entries,
          const char *name)
{
  for (guint i = 0; i < json_array_get_length (entries); i++)
    if (strcmp (get_name (entries, i), name) == 0)
      return TRUE;

  return FALSE;
}

static void
set_entries (CptRecord *record,
             JsonNode  *node)
{
  g_autofree char *text = cpt_json_format_canonical (node);

  cpt_record_set_text (record, "choices", text);
}

CptRecord *
cpt_pack_join_choices (const CptRecord   *own,
                       const CptRecord   *list,
                       const char *const *former,
                       GStrv             *brought)
{
  g_autoptr(CptRecord) joined = cpt_record_copy (own);
  const char *own_text = cpt_record_get_text (own, "choices");
  const char *text = cpt_record_get_text (list, "choices");
  g_autoptr(JsonNode) own_node = cpt_json_parse (own_text != NULL ? own_text : "[]", -1, NULL);
  g_autoptr(JsonNode) node = cpt_json_parse (text != NULL ? text : "[]", -1, NULL);
  JsonArray *own_entries = get_entries (own_node);
  JsonArray *entries = get_entries (node);
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  gboolean is_any = FALSE;

  if (own_entries == NULL || entries == NULL)
    return NULL;

  for (guint i = 0; former != NULL && former[i] != NULL; i++)
    if (has_name (own_entries, former[i]))
      g_strv_builder_add (names, former[i]);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      if (has_name (own_entries, get_name (entries, i)))
        continue;
      g_strv_builder_add (names, get_name (entries, i));
      json_array_add_element (own_entries, json_node_copy (json_array_get_element (entries, i)));
      is_any = TRUE;
    }
  if (is_any)
    set_entries (joined, own_node);
  *brought = g_strv_builder_end (names);

  return g_steal_pointer (&joined);
}

CptRecord *
cpt_pack_part_choices (const CptRecord   *own,
                       const char *const *names)
{
  g_autoptr(CptRecord) rest = cpt_record_copy (own);
  const char *text = cpt_record_get_text (own, "choices");
  g_autoptr(JsonNode) node = cpt_json_parse (text != NULL ? text : "[]", -1, NULL);
  JsonArray *entries = get_entries (node);

  for (guint i = entries != NULL ? json_array_get_length (entries) : 0; i > 0; i--)
    if (g_strv_contains (names, get_name (entries, i - 1)))
      json_array_remove_element (entries, i - 1);
  if (entries != NULL)
    set_entries (rest, node);

  return g_steal_pointer (&rest);
}

void
cpt_pack_store_choices (CptTransaction  *transaction,
                        const CptRecord *list)
{
  const CptField *field = cpt_entity_find_field (list->entity, "choices");

  cpt_transaction_set (transaction, list->entity, &list->id, field, cpt_record_get (list, field));
}

GStrv
cpt_pack_list_unused (CptDatabase        *database,
                      const CptRecord    *own,
                      const char *const  *names,
                      gboolean           *is_used,
                      GError            **error)
{
  const CptEntity *entity;
  const CptField *field;
  /* Those that are declared stay whatever a list says of them */
  g_autoptr(GPtrArray) added = cpt_pack_list_own_choices (database, own, &entity, &field);
  g_autoptr(GStrvBuilder) unused = g_strv_builder_new ();

  *is_used = FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    {
      guint64 n = 0;
      guint64 n_in_trash = 0;

      if (g_ptr_array_find_with_equal_func (added, names[i], g_str_equal, NULL) &&
          (!cpt_fields_count_values (database, entity, field, names[i], &n, error) ||
           !cpt_fields_count_trash (database, entity, field->name, names[i], &n_in_trash, error)))
        return NULL;
      if (n > 0 || n_in_trash > 0)
        *is_used = TRUE;
      else
        g_strv_builder_add (unused, names[i]);
    }

  return g_strv_builder_end (unused);
}
