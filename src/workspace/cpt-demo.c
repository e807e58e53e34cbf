/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The demonstration: the frame in which its parts are made. Nothing here looks
 * at the clock or at any randomness of its own: a seed and a day make the same
 * records, identifiers included.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-field-type.h"

#include "cpt-demo-private.h"

#define RECORDS_PER_TRANSACTION 500

CptRecord *
cpt_demo_new_record (CptDemo    *self,
                     const char *entity,
                     guint       number)
{
  g_autofree char *name = g_strdup_printf ("demo/%u/%s/%u", self->seed, entity, number);
  const CptEntity *found = cpt_schema_find_entity (self->schema, entity);
  CptRecord *record = cpt_record_new (self->schema, found);
  gint64 begin = self->today - CPT_DEMO_YEARS * 365;

  cpt_uuid_derive (&record->id, begin * G_GINT64_CONSTANT (86400000) + number, name);
  cpt_record_apply_initial (record, cpt_database_get_now (self->database), cpt_database_get_author (self->database),
                            cpt_database_get_zone (self->database));

  return record;
}

void
cpt_demo_set (CptDemo    *self,
              CptRecord  *record,
              const char *field,
              const char *text)
{
  const CptField *found = cpt_entity_find_field (cpt_record_get_entity (record), field);
  CptParseOptions options = { .currency = "EUR", .country = "FR", .zone = cpt_database_get_zone (self->database) };
  CptValue value = CPT_VALUE_INIT;
  g_autoptr(GError) error = NULL;

  g_return_if_fail (found != NULL);

  /* The words are ours: one that does not fit is a mistake in this file. */
  if (!cpt_field_parse (found, text, &options, &value, &error))
    g_critical ("%s: %s", field, error->message);
  else
    cpt_record_take (record, found, value);
}

void
cpt_demo_set_money (CptRecord  *record,
                    const char *field,
                    gint64      euros)
{
  CptValue value = CPT_VALUE_INIT;

  cpt_value_set_money (&value, euros * 100, "EUR");
  cpt_record_take (record, cpt_entity_find_field (cpt_record_get_entity (record), field), value);
}

gboolean
cpt_demo_flush (CptDemo  *self,
                GError  **error)
{
  gboolean done;

  if (cpt_transaction_is_empty (self->transaction))
    return TRUE;

  done = cpt_database_commit (self->database, self->transaction, NULL, NULL, error);
  cpt_transaction_free (self->transaction);
  self->transaction = cpt_transaction_new (CPT_ORIGIN_DEMO, _("Fill in the demonstration"));

  return done;
}

gboolean
cpt_demo_add (CptDemo    *self,
              CptRecord  *record,
              GError    **error)
{
  cpt_transaction_create (self->transaction, record);
  cpt_record_unref (record);

  if (cpt_transaction_get_length (self->transaction) < RECORDS_PER_TRANSACTION)
    return TRUE;

  return cpt_demo_flush (self, error);
}

const char *
cpt_demo_pick (CptDemo      *self,
               CptDemoWords  words)
{
  guint length = g_strv_length ((char **) words);

  return words[g_rand_int_range (self->random, 0, (gint32) length)];
}

gboolean
cpt_demo_chance (CptDemo *self,
                 int      percent)
{
  return g_rand_int_range (self->random, 0, 100) < percent;
}

static void
demo_clear (CptDemo *self)
{
  g_clear_pointer (&self->transaction, cpt_transaction_free);
  g_clear_pointer (&self->random, g_rand_free);
  g_clear_pointer (&self->users, g_array_unref);
  g_clear_pointer (&self->teams, g_array_unref);
  g_clear_pointer (&self->products, g_array_unref);
  g_clear_pointer (&self->organisations, g_array_unref);
  g_clear_pointer (&self->organisation_names, g_ptr_array_unref);
  g_clear_pointer (&self->contacts, g_array_unref);
  g_clear_pointer (&self->contact_organisations, g_array_unref);
  g_clear_pointer (&self->organisation_records, g_ptr_array_unref);
  g_clear_pointer (&self->contact_records, g_ptr_array_unref);
  g_clear_pointer (&self->deals, g_array_unref);
  g_clear_pointer (&self->stages, g_array_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);
}

gboolean
cpt_workspace_fill_demo (CptDatabase  *database,
                         guint32       seed,
                         GError      **error)
{
  CptDemo demo = { .database = database, .seed = seed };
  gboolean done;

  g_return_val_if_fail (database != NULL, FALSE);

  demo.schema = cpt_schema_ref (cpt_database_get_schema (database));
  demo.transaction = cpt_transaction_new (CPT_ORIGIN_DEMO, _("Fill in the demonstration"));
  demo.random = g_rand_new_with_seed (seed);
  demo.today = cpt_database_get_today (database);
  demo.users = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  demo.teams = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  demo.products = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  demo.organisations = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  demo.organisation_names = g_ptr_array_new_with_free_func (g_free);
  demo.contacts = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  demo.contact_organisations = g_array_new (FALSE, FALSE, sizeof (guint));
  demo.organisation_records = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_record_unref);
  demo.contact_records = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_record_unref);
  demo.deals = g_array_new (FALSE, FALSE, sizeof (CptDemoDeal));
  demo.stages = g_array_new (FALSE, FALSE, sizeof (CptUuid));

  done = cpt_demo_make_company (&demo, error) &&
         cpt_demo_make_people (&demo, error) &&
         cpt_demo_make_sales (&demo, error) &&
         cpt_demo_make_leads (&demo, error) &&
         cpt_demo_flush (&demo, error) &&
         cpt_demo_make_ads (&demo, error);
  demo_clear (&demo);

  return done;
}
