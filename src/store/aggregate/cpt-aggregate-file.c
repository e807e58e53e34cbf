/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers that took long are kept in the file too, so that a dashboard over a
 * million records is there at once after the next start. Local and derived:
 * what can't be read is computed again, and nobody waits to write one.
 *
 * A row is a list of groups, each a list of keys, currencies, records and cells.
 * Groups by personal data are not written: erasing a person must not miss a
 * copy here. */

#include "config.h"

#include <string.h>

#include "cpt-aggregate-private.h"
#include "cpt-database-private.h"
#include "cpt-json.h"

/* Of the form of rows and of what the numbers mean */
#define VERSION "1"

#define MAX_ROWS "300"

static gboolean
holds_personal_data (CptAggregateSpec *spec)
{
  for (guint i = 0; i < spec->n_dimensions; i++)
    if (cpt_path_get_field (&spec->dimensions[i].path)->privacy != CPT_PRIVACY_NONE)
      return TRUE;

  return FALSE;
}

#define DIGEST_SIZE 32

static void
make_digest (const char *key,
             guint8      digest[DIGEST_SIZE])
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = DIGEST_SIZE;

  g_checksum_update (checksum, (const guchar *) VERSION " ", -1);
  g_checksum_update (checksum, (const guchar *) key, -1);
  g_checksum_get_digest (checksum, digest, &length);
}

/* Writing */

static void
add_key (JsonArray      *array,
         const CptValue *key)
{
  char text[CPT_UUID_TEXT_SIZE];
  g_autofree char *marked = NULL;

  switch (key->type)
    {
    case CPT_VALUE_INTEGER:
      json_array_add_int_element (array, key->integer);
      return;
    case CPT_VALUE_TEXT:
      marked = g_strconcat ("t", key->text, NULL);
      break;
    case CPT_VALUE_ID:
      cpt_uuid_format (&key->id, text);
      marked = g_strconcat ("u", text, NULL);
      break;
    case CPT_VALUE_MONEY:
      marked = g_strdup_printf ("m%s%" G_GINT64_FORMAT, key->money.currency, key->money.amount);
      break;
    case CPT_VALUE_NULL:
    case CPT_VALUE_TEXTS:
    case CPT_VALUE_IDS:
    default:
      json_array_add_null_element (array);
      return;
    }

  json_array_add_string_element (array, marked);
}

/* NULL when a sum is beyond what JSON keeps exactly */
static JsonArray *
group_to_json (CptAggregateSpec *spec,
               const CptGroup   *group)
{
  g_autoptr(JsonArray) array = json_array_new ();

  for (guint i = 0; i < spec->n_dimensions; i++)
    add_key (array, &group->keys[i]);
  for (guint i = 0; i < spec->n_currencies; i++)
    json_array_add_string_element (array, group->currencies[i]);
  json_array_add_int_element (array, group->n_records[0]);
  json_array_add_int_element (array, group->n_records[1]);
  for (guint i = 0; i < 2 * spec->n_measures; i++)
    {
      const CptCell *cell = &group->cells[i];

      if (cell->is_real)
        return NULL;
      json_array_add_int_element (array, cell->count);
      json_array_add_int_element (array, cell->sum);
    }

  return g_steal_pointer (&array);
}

static char *
groups_to_text (CptGroups *groups)
{
  g_autoptr(JsonArray) array = json_array_sized_new (g_hash_table_size (groups->table));
  g_autoptr(JsonNode) node = NULL;
  GHashTableIter iter;
  gpointer group;

  g_hash_table_iter_init (&iter, groups->table);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    {
      JsonArray *row = group_to_json (groups->spec, group);

      if (row == NULL)
        return NULL;
      json_array_add_array_element (array, row);
    }
  node = json_node_init_array (json_node_alloc (), array);

  return cpt_json_format (node);
}

typedef struct
{
  const char *key;
  const char *text;
  gint64 sequence;
} Row;

static gboolean
write_row (CptDatabase  *database,
           gpointer      data,
           GError      **error)
{
  const Row *row = data;
  guint8 digest[DIGEST_SIZE];
  g_autoptr(CptStatement) statement = NULL;

  statement = cpt_database_prepare (database,
                                    "INSERT OR REPLACE INTO aggregate_cache (key, sequence, day, result) VALUES (?, ?, ?, ?)",
                                    error);
  if (statement == NULL)
    return FALSE;

  make_digest (row->key, digest);
  cpt_statement_bind_blob (statement, 1, digest, sizeof digest);
  cpt_statement_bind_int (statement, 2, row->sequence);
  cpt_statement_bind_int (statement, 3, cpt_database_get_today (database));
  cpt_statement_bind_text (statement, 4, row->text);

  return cpt_statement_run (statement, error) &&
         cpt_database_exec (database,
                            "DELETE FROM aggregate_cache WHERE key NOT IN "
                            "(SELECT key FROM aggregate_cache ORDER BY day DESC, sequence DESC LIMIT " MAX_ROWS ")",
                            error);
}

void
cpt_aggregate_file_save (CptDatabase *database,
                         const char  *key,
                         CptGroups   *groups,
                         gint64       sequence)
{
  g_autofree char *text = NULL;
  Row row = { .key = key, .sequence = sequence };

  if (cpt_database_is_read_only (database) || database->depth > 0 || database->unit != 0 ||
      groups->is_pruned || holds_personal_data (groups->spec))
    return;

  text = groups_to_text (groups);
  if (text == NULL)
    return;

  /* Whoever writes at this moment is more important; another time then */
  row.text = text;
  sqlite3_busy_timeout (database->handle, 0);
  cpt_database_transact (database, write_row, &row, NULL);
  sqlite3_busy_timeout (database->handle, CPT_BUSY_TIMEOUT);
}

/* Reading */

static gboolean
read_key (JsonNode *node,
          CptValue *key)
{
  const char *text;
  CptUuid id;

  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    {
      cpt_value_set_integer (key, json_node_get_int (node));
      return TRUE;
    }
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;

  text = json_node_get_string (node);
  if (*text == 't')
    cpt_value_set_text (key, text + 1);
  else if (*text == 'u' && cpt_uuid_parse (text + 1, &id))
    cpt_value_set_id (key, &id);
  else if (*text == 'm' && strlen (text) > 4)
    {
      char currency[4] = { text[1], text[2], text[3], '\0' };

      cpt_value_set_money (key, g_ascii_strtoll (text + 4, NULL, 10), currency);
    }

  return !cpt_value_is_null (key);
}

static gboolean
read_group (CptGroups *groups,
            JsonArray *array)
{
  CptAggregateSpec *spec = groups->spec;
  CptValue keys[CPT_AGGREGATE_MAX_DIMENSIONS] = { CPT_VALUE_INIT };
  char currencies[CPT_AGGREGATE_MAX_MEASURES][4] = { { '\0' } };
  guint at = 0;
  gboolean done = TRUE;
  CptGroup *group;

  if (json_array_get_length (array) != spec->n_dimensions + spec->n_currencies + 2 + 4 * spec->n_measures)
    return FALSE;
  for (guint i = spec->n_dimensions; i < json_array_get_length (array); i++)
    if (!JSON_NODE_HOLDS_VALUE (json_array_get_element (array, i)))
      return FALSE;

  for (guint i = 0; i < spec->n_dimensions; i++)
    done = done && read_key (json_array_get_element (array, at++), &keys[i]);
  for (guint i = 0; i < spec->n_currencies; i++)
    {
      const char *currency = json_node_get_string (json_array_get_element (array, at++));

      g_strlcpy (currencies[i], currency != NULL ? currency : "", sizeof currencies[i]);
    }

  group = cpt_groups_reach (groups, keys, (const char (*)[4]) currencies);
  group->n_records[0] = json_array_get_int_element (array, at++);
  group->n_records[1] = json_array_get_int_element (array, at++);
  for (guint i = 0; i < 2 * spec->n_measures; i++)
    {
      group->cells[i].count = json_array_get_int_element (array, at++);
      group->cells[i].sum = json_array_get_int_element (array, at++);
      group->cells[i].real = (double) group->cells[i].sum;
    }

  return done;
}

static CptGroups *
parse_groups (CptAggregateSpec *spec,
              const char       *text)
{
  g_autoptr(CptGroups) groups = cpt_groups_new (spec);
  g_autoptr(JsonNode) node = text == NULL ? NULL : cpt_json_parse (text, -1, NULL);
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *row = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_ARRAY (row) || !read_group (groups, json_node_get_array (row)))
        return NULL;
    }

  return g_steal_pointer (&groups);
}

CptGroups *
cpt_aggregate_file_load (CptDatabase      *database,
                         CptAggregateSpec *spec,
                         const char       *key,
                         gint64           *sequence)
{
  guint8 digest[DIGEST_SIZE];
  g_autoptr(CptStatement) statement = NULL;

  statement = cpt_database_prepare (database, "SELECT sequence, result FROM aggregate_cache WHERE key = ?", NULL);
  if (statement == NULL)
    return NULL;

  make_digest (key, digest);
  cpt_statement_bind_blob (statement, 1, digest, sizeof digest);
  if (cpt_statement_step (statement, NULL) != CPT_STEP_ROW)
    return NULL;

  *sequence = cpt_statement_get_int (statement, 0);

  return parse_groups (spec, cpt_statement_get_text (statement, 1));
}
