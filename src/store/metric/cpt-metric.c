/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Metrics by their keys: those that come with the program, and records of a
 * workspace, which may take the place of one of those. */

#include "config.h"

#include "cpt-metric-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-query.h"
#include "cpt-text.h"

/* Many more than anybody would find again */
#define MAX_METRICS 1000

void
cpt_metric_free (CptMetric *self)
{
  if (self == NULL)
    return;

  g_free (self->key);
  g_free (self->title);
  g_free (self->description);
  g_clear_pointer (&self->query, json_node_unref);
  g_free (self);
}

CptMetric *
cpt_metric_new_for_record (const CptRecord *record)
{
  CptMetric *self = g_new0 (CptMetric, 1);
  const char *query = cpt_record_get_text (record, "definition");
  const char *direction = cpt_record_get_text (record, "direction");
  const CptValue *owner = cpt_record_get_named (record, "owner");

  self->key = g_strdup (cpt_record_get_text (record, "code"));
  self->title = g_strdup (cpt_record_get_text (record, "name"));
  self->description = g_strdup (cpt_record_get_text (record, "description"));
  if (g_strcmp0 (direction, "down") == 0)
    self->direction = CPT_METRIC_DOWN_IS_GOOD;
  else if (g_strcmp0 (direction, "neutral") == 0)
    self->direction = CPT_METRIC_NEUTRAL;
  self->id = record->id;
  if (owner->type == CPT_VALUE_ID)
    self->owner = owner->id;
  if (query != NULL)
    self->query = cpt_json_parse (query, -1, NULL);

  return self;
}

gboolean
cpt_metric_is_key (const char *text)
{
  return g_ascii_islower (*text) && text[strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

static GPtrArray *
load_records (CptDatabase  *database,
              const char   *key,
              GError      **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *entity = cpt_schema_find_entity (schema, "metric");
  g_autoptr(CptQuery) query = cpt_query_new (schema, entity);
  g_autoptr(JsonNode) value = NULL;
  g_autoptr(CptFilter) filter = NULL;

  if (key != NULL)
    {
      value = json_node_init_string (json_node_alloc (), key);
      filter = cpt_filter_new_condition (schema, entity, "code", CPT_OPERATOR_IS, value, error);
      if (filter == NULL)
        return NULL;
      cpt_query_set_filter (query, filter);
    }
  if (!cpt_query_set_sort (query, "name", error))
    return NULL;

  return cpt_query_load_records (query, database, key != NULL ? 1 : MAX_METRICS, error);
}

CptMetric *
cpt_metric_find (CptDatabase  *database,
                 const char   *key,
                 GError      **error)
{
  g_autoptr(GPtrArray) records = load_records (database, key, error);
  g_autofree char *shown = NULL;
  CptMetric *self;

  if (records == NULL)
    return NULL;
  if (records->len > 0)
    return cpt_metric_new_for_record (g_ptr_array_index (records, 0));

  self = cpt_metric_new_standard (key);
  shown = cpt_text_shorten (key, 80);
  if (self == NULL)
    g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There is no metric “%s”"), shown);

  return self;
}

/* (nullable): takes it out of the list */
static CptMetric *
take_metric (GPtrArray  *metrics,
             const char *key)
{
  for (guint i = 0; i < metrics->len; i++)
    {
      const CptMetric *metric = g_ptr_array_index (metrics, i);

      if (g_strcmp0 (metric->key, key) == 0)
        return g_ptr_array_steal_index (metrics, i);
    }

  return NULL;
}

GPtrArray *
cpt_metric_list (CptDatabase  *database,
                 GError      **error)
{
  g_autoptr(GPtrArray) records = load_records (database, NULL, error);
  g_autoptr(GPtrArray) own = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_metric_free);
  g_autofree const char **keys = cpt_metric_list_standard ();
  GPtrArray *list;

  if (records == NULL)
    return NULL;

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (own, cpt_metric_new_for_record (g_ptr_array_index (records, i)));

  list = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_metric_free);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      CptMetric *metric = take_metric (own, keys[i]);

      g_ptr_array_add (list, metric != NULL ? metric : cpt_metric_new_standard (keys[i]));
    }
  while (own->len > 0)
    g_ptr_array_add (list, g_ptr_array_steal_index (own, 0));

  return list;
}

char *
cpt_metric_list_dup_digest (GPtrArray *metrics)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  g_return_val_if_fail (metrics != NULL, NULL);

  for (guint i = 0; i < metrics->len; i++)
    {
      const CptMetric *metric = g_ptr_array_index (metrics, i);
      g_autofree char *query = metric->query != NULL ? cpt_json_format_canonical (metric->query) : g_strdup ("");
      g_autofree char *text = g_strdup_printf ("%s %d %s\n", metric->key, (int) metric->direction, query);

      g_checksum_update (checksum, (const guchar *) text, -1);
    }

  return g_strdup (g_checksum_get_string (checksum));
}
