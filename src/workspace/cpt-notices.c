/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What workflows tell people: records that are listed until they were shown. */

#include "config.h"

#include "cpt-notices.h"

#include <glib/gi18n-lib.h>

#include "cpt-query.h"
#include "cpt-transaction.h"

#define MAX_NOTICES 100

static const CptEntity *
get_entity (CptDatabase *database)
{
  return cpt_schema_find_entity (cpt_database_get_schema (database), CPT_NOTICE_ENTITY);
}

GPtrArray *
cpt_notices_list (CptDatabase  *database,
                  GError      **error)
{
  const CptUuid *author;
  g_autofree char *id = NULL;
  g_autofree char *json = NULL;
  g_autoptr(CptQuery) query = NULL;
  g_autoptr(CptFilter) filter = NULL;

  g_return_val_if_fail (database != NULL, NULL);

  author = cpt_database_get_author (database);
  id = author != NULL ? cpt_uuid_dup_text (author) : NULL;
  json = id == NULL ? g_strdup ("{\"all\":[{\"field\":\"told_at\",\"op\":\"is-empty\"},"
                                "{\"field\":\"user\",\"op\":\"is-empty\"}]}")
                    : g_strdup_printf ("{\"all\":[{\"field\":\"told_at\",\"op\":\"is-empty\"},"
                                       "{\"any\":[{\"field\":\"user\",\"op\":\"is-empty\"},"
                                       "{\"field\":\"user\",\"op\":\"is\",\"value\":\"%s\"}]}]}",
                                       id);
  query = cpt_query_new (cpt_database_get_schema (database), get_entity (database));
  filter = cpt_filter_parse (query->schema, query->entity, json, error);
  if (filter == NULL)
    return NULL;
  cpt_query_set_filter (query, filter);
  cpt_query_set_sort (query, "", NULL);

  return cpt_query_load_records (query, database, MAX_NOTICES, error);
}

gboolean
cpt_notices_mark_told (CptDatabase  *database,
                       GArray       *notices,
                       GError      **error)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_WORKFLOW, _("Notifications shown"));
  g_auto(CptValue) now = CPT_VALUE_INIT;
  const CptEntity *entity;
  const CptField *told;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (notices != NULL, FALSE);

  entity = get_entity (database);
  told = cpt_entity_find_field (entity, "told_at");
  cpt_value_set_integer (&now, cpt_database_get_now (database));
  for (guint i = 0; i < notices->len; i++)
    cpt_transaction_set (transaction, entity, &g_array_index (notices, CptUuid, i), told, &now);

  return notices->len == 0 || cpt_database_commit (database, transaction, NULL, NULL, error);
}
