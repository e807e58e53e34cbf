/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-query.h"
#include "cpt-store.h"

G_BEGIN_DECLS

#define CPT_SETTINGS_MAX_KINDS 3

typedef struct _CptSettingsData CptSettingsData;

/**
 * CptSettingsSource:
 * @kinds: NULL-terminated names of the kinds of records that are read
 * @read_more: (nullable): what else is shown, read after the records on a reading
 *   thread; NULL with @error when it can't be read
 * @free_more: of that
 *
 * Where a page of settings has what it shows from. Static.
 */
typedef struct
{
  const char *const *kinds;
  gpointer         (*read_more) (CptDatabase            *database,
                                 const CptSettingsData  *data,
                                 GError                **error);
  GDestroyNotify     free_more;
} CptSettingsSource;

/**
 * CptSettingsData:
 * @source: as asked for
 * @schema: of the records
 * @records: (element-type CptRecord): of each of the kinds, in their default order
 * @more: (nullable): what @read_more of the source gave
 *
 * All records of kinds of which there are few, read in one go.
 */
struct _CptSettingsData
{
  const CptSettingsSource *source;
  CptSchema               *schema;
  GPtrArray               *records[CPT_SETTINGS_MAX_KINDS];
  gpointer                 more;
};

void             cpt_settings_data_free       (CptSettingsData *self);
void             cpt_settings_data_read_async (CptStore                *store,
                                               const CptSettingsSource *source,
                                               GCancellable            *cancellable,
                                               GAsyncReadyCallback      callback,
                                               gpointer                 user_data);
CptSettingsData *cpt_settings_data_read_finish (CptStore      *store,
                                                GAsyncResult  *result,
                                                GError       **error);
/* (nullable): by the text of its identifier */
CptRecord       *cpt_settings_data_find       (const CptSettingsData *self,
                                               const char            *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptSettingsData, cpt_settings_data_free)

G_END_DECLS
