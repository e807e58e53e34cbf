/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the tests of facts share: a workspace, and deliveries from a seed. */

#include "cpt-facts.h"
#include "store-fixture.h"

#define N_PLATFORMS 4
#define N_CAMPAIGNS 9
#define N_FIELDS 10

static const char *const platforms[N_PLATFORMS] = { NULL, "Google Ads", "Météo", "TikTok" };

/* In the order of the declaration */
enum
{
  DAY,
  PLATFORM,
  ACCOUNT,
  CAMPAIGN,
  AD_GROUP,
  IMPRESSIONS,
  CLICKS,
  COST,
  CONVERSIONS,
  REVENUE,
};

typedef struct
{
  Fixture store;
  const CptEntity *entity;
  GRand *random;
} Facts;

static inline void
facts_set_up (Facts         *self,
              gconstpointer  data)
{
  fixture_set_up (&self->store, NULL);
  self->entity = cpt_schema_find_entity (cpt_database_get_schema (self->store.database), "ad_result");
  g_assert_nonnull (self->entity);
  g_assert_cmpuint (self->entity->n_fields, ==, N_FIELDS);
  self->random = g_rand_new_with_seed (4);
}

static inline void
facts_tear_down (Facts         *self,
                 gconstpointer  data)
{
  g_rand_free (self->random);
  fixture_tear_down (&self->store, NULL);
}

static inline CptFactsBatch *
batch_new (Facts *self)
{
  return cpt_facts_batch_new (cpt_database_get_schema (self->store.database), self->entity);
}

static inline void
clear_values (CptValue *values)
{
  for (guint i = 0; i < N_FIELDS; i++)
    cpt_value_clear (&values[i]);
}

static inline void
add_row (CptFactsBatch *batch,
         gint64         day,
         const char    *platform,
         const char    *campaign,
         gint64         clicks,
         gint64         cost,
         const char    *currency)
{
  CptValue values[N_FIELDS] = { CPT_VALUE_INIT };
  g_autoptr(GError) error = NULL;

  cpt_value_set_integer (&values[DAY], day);
  cpt_value_set_text (&values[PLATFORM], platform);
  cpt_value_set_text (&values[CAMPAIGN], campaign);
  cpt_value_set_integer (&values[IMPRESSIONS], clicks * 20);
  cpt_value_set_integer (&values[CLICKS], clicks);
  cpt_value_set_money (&values[COST], cost, currency);
  cpt_value_set_integer (&values[CONVERSIONS], clicks / 2);
  cpt_facts_batch_add (batch, values, &error);
  g_assert_no_error (error);
  clear_values (values);
}

static inline void
add_random_rows (Facts         *self,
                 CptFactsBatch *batch,
                 gint64         first,
                 gint64         last,
                 guint          n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *campaign = g_strdup_printf ("Campaign %d", g_rand_int_range (self->random, 0, N_CAMPAIGNS));

      add_row (batch, g_rand_int_range (self->random, (gint32) first, (gint32) last + 1),
               platforms[g_rand_int_range (self->random, 0, N_PLATFORMS)], campaign, g_rand_int_range (self->random, 0, 40),
               g_rand_int_range (self->random, -20, 5000), g_rand_int_range (self->random, 0, 9) == 0 ? "USD" : "EUR");
    }
}

static inline CptFactsCommit
append (Facts         *self,
        CptFactsBatch *batch)
{
  g_autoptr(GError) error = NULL;
  CptFactsCommit commit = { 0 };

  cpt_facts_append (self->store.database, batch, CPT_ORIGIN_IMPORT, &commit, &error);
  g_assert_no_error (error);

  return commit;
}
