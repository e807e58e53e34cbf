/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pages of settings show, read on a reading thread. */
#include "config.h"

#include "cpt-settings-data.h"

/* Kinds with more of them are not kept by hand. */
#define MAX_RECORDS 5000

void
cpt_settings_data_free (CptSettingsData *self)
{
  if (self == NULL)
    return;

  if (self->more != NULL)
    self->source->free_more (self->more);
  for (guint i = 0; i < CPT_SETTINGS_MAX_KINDS; i++)
    g_clear_pointer (&self->records[i], g_ptr_array_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_free (self);
}

static GPtrArray *
read_kind (CptDatabase  *database,
           CptSchema    *schema,
           const char   *kind,
           GError      **error)
{
  g_autoptr(CptQuery) query = cpt_query_new (schema, cpt_schema_find_entity (schema, kind));

  return cpt_query_load_records (query, database, MAX_RECORDS, error);
}

static gpointer
run_read (CptDatabase   *database,
          gpointer       user_data,
          GCancellable  *cancellable,
          GError       **error)
{
  const CptSettingsSource *source = user_data;
  g_autoptr(CptSettingsData) data = g_new0 (CptSettingsData, 1);

  data->source = source;
  data->schema = cpt_schema_ref (cpt_database_get_schema (database));
  for (guint i = 0; source->kinds[i] != NULL && i < CPT_SETTINGS_MAX_KINDS; i++)
    {
      data->records[i] = read_kind (database, data->schema, source->kinds[i], error);
      if (data->records[i] == NULL)
        return NULL;
    }
  if (source->read_more != NULL)
    {
      data->more = source->read_more (database, data, error);
      if (data->more == NULL)
        return NULL;
    }

  return g_steal_pointer (&data);
}

void
cpt_settings_data_read_async (CptStore                *store,
                              const CptSettingsSource *source,
                              GCancellable            *cancellable,
                              GAsyncReadyCallback      callback,
                              gpointer                 user_data)
{
  cpt_store_read_async (store, G_PRIORITY_DEFAULT, run_read, (gpointer) source, NULL,
                        (GDestroyNotify) cpt_settings_data_free, cancellable, callback, user_data);
}

CptSettingsData *
cpt_settings_data_read_finish (CptStore      *store,
                               GAsyncResult  *result,
                               GError       **error)
{
  return cpt_store_finish (store, result, error);
}

CptRecord *
cpt_settings_data_find (const CptSettingsData *self,
                        const char            *id)
{
  CptUuid wanted;

  if (id == NULL || !cpt_uuid_parse (id, &wanted))
    return NULL;

  for (guint i = 0; i < CPT_SETTINGS_MAX_KINDS && self->records[i] != NULL; i++)
    for (guint j = 0; j < self->records[i]->len; j++)
      {
        CptRecord *record = g_ptr_array_index (self->records[i], j);

        if (cpt_uuid_equal (&record->id, &wanted))
          return record;
      }

  return NULL;
}
