/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether people are compared: settings that are records, so that they can be undone. */

#include "config.h"

#include "cpt-ranking.h"

#include <glib/gi18n-lib.h>

#include "cpt-query.h"

#define MAX_SETTINGS 1000
#define ON "on"
#define OFF "off"

static const struct
{
  const char *name;
  const char *done[2]; /* switched off, on */
} rankings[] = {
  [CPT_RANKING_BOARDS] = { "leaderboards", { N_("Leaderboards switched off"), N_("Leaderboards switched on") } },
  [CPT_RANKING_BADGES] = { "badges", { N_("Badges switched off"), N_("Badges switched on") } },
};

G_STATIC_ASSERT (G_N_ELEMENTS (rankings) == CPT_N_RANKINGS);

/* What was changed last, the same one on all devices */
static gboolean
is_newer (const CptRecord *record,
          const CptRecord *than)
{
  return record->changed_at != than->changed_at ? record->changed_at > than->changed_at
                                                : cpt_uuid_compare (&record->id, &than->id) > 0;
}

/* @found: (out) (transfer full): NULL while nobody has decided */
static gboolean
read_setting (CptDatabase  *database,
              CptRanking    ranking,
              CptRecord   **found,
              GError      **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(CptQuery) query = cpt_query_new (schema, cpt_schema_find_entity (schema, CPT_WORKSPACE_SETTING_ENTITY));
  g_autoptr(GPtrArray) records = cpt_query_load_records (query, database, MAX_SETTINGS, error);
  CptRecord *newest = NULL;

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      CptRecord *record = g_ptr_array_index (records, i);

      if (g_strcmp0 (cpt_record_get_text (record, "name"), rankings[ranking].name) == 0 &&
          (newest == NULL || is_newer (record, newest)))
        newest = record;
    }
  *found = newest != NULL ? cpt_record_ref (newest) : NULL;

  return records != NULL;
}

const char *
cpt_ranking_get_name (CptRanking ranking)
{
  g_return_val_if_fail (ranking < CPT_N_RANKINGS, NULL);

  return rankings[ranking].name;
}

const char *
cpt_ranking_describe (CptRanking ranking,
                      gboolean   is_on)
{
  g_return_val_if_fail (ranking < CPT_N_RANKINGS, NULL);

  return _(rankings[ranking].done[is_on ? 1 : 0]);
}

static gboolean
is_on_by (CptDatabase     *database,
          CptRanking       ranking,
          const CptRecord *record)
{
  g_autofree char *former = NULL;

  if (record != NULL)
    return g_strcmp0 (cpt_record_get_text (record, "value"), OFF) != 0;

  /* Where it was switched before that was a record */
  former = cpt_database_dup_setting (database, rankings[ranking].name);

  return g_strcmp0 (former, OFF) != 0;
}

gboolean
cpt_ranking_is_on (CptDatabase *database,
                   CptRanking   ranking)
{
  g_autoptr(CptRecord) record = NULL;

  g_return_val_if_fail (database != NULL, FALSE);
  g_return_val_if_fail (ranking < CPT_N_RANKINGS, FALSE);

  read_setting (database, ranking, &record, NULL);

  return is_on_by (database, ranking, record);
}

CptTransaction *
cpt_ranking_switch (CptDatabase  *database,
                    CptRanking    ranking,
                    gboolean      is_on,
                    CptOrigin     origin,
                    GError      **error)
{
  g_autoptr(CptTransaction) transaction = NULL;
  g_autoptr(CptRecord) record = NULL;
  const CptEntity *entity;
  g_auto(CptValue) value = CPT_VALUE_INIT;

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (ranking < CPT_N_RANKINGS, NULL);

  if (!read_setting (database, ranking, &record, error))
    return NULL;

  transaction = cpt_transaction_new (origin, cpt_ranking_describe (ranking, is_on));
  if (is_on_by (database, ranking, record) == !!is_on)
    return g_steal_pointer (&transaction);

  entity = cpt_schema_find_entity (cpt_database_get_schema (database), CPT_WORKSPACE_SETTING_ENTITY);
  if (record != NULL)
    {
      cpt_value_set_text (&value, is_on ? ON : OFF);
      cpt_transaction_set (transaction, entity, &record->id, cpt_entity_find_field (entity, "value"), &value);
    }
  else
    {
      record = cpt_record_new (cpt_database_get_schema (database), entity);
      cpt_record_set_text (record, "name", rankings[ranking].name);
      cpt_record_set_text (record, "value", is_on ? ON : OFF);
      cpt_transaction_create (transaction, record);
    }

  return g_steal_pointer (&transaction);
}
