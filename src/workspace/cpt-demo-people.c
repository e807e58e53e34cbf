/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The company's customers: organisations with numbers that pass their checks,
 * the people who work there, and leads who are not customers yet.
 */

#include "config.h"

#include "cpt-date.h"
#include "cpt-text.h"

#include "cpt-demo-private.h"

/* ARCEP decision 2009-0708: numbers that are never given to anybody */
static char *
make_phone (CptDemo    *self,
            const char *region)
{
  static const struct
  {
    const char *region;
    const char *prefix;
  } fiction[] = {
    { "01", "019900" },
    { "02", "026191" },
    { "03", "035301" },
    { "04", "046571" },
    { "05", "053649" },
    { "06", "+3363998" },
  };
  const char *prefix = fiction[3].prefix;

  for (guint i = 0; i < G_N_ELEMENTS (fiction); i++)
    if (g_str_equal (fiction[i].region, region))
      prefix = fiction[i].prefix;

  return g_strdup_printf ("%s%04d", prefix, g_rand_int_range (self->random, 0, 10000));
}

/* Nine digits that pass Luhn, as a SIREN does */
static char *
make_siren (CptDemo *self)
{
  int digits[9];
  int sum = 0;

  digits[0] = 9;
  for (guint i = 1; i < 8; i++)
    digits[i] = g_rand_int_range (self->random, 0, 10);
  for (guint i = 0; i < 8; i++)
    {
      int weighted = i % 2 == 1 ? digits[i] * 2 : digits[i];

      sum += weighted > 9 ? weighted - 9 : weighted;
    }
  digits[8] = (10 - sum % 10) % 10;

  return g_strdup_printf ("%d%d%d%d%d%d%d%d%d", digits[0], digits[1], digits[2], digits[3], digits[4], digits[5],
                          digits[6], digits[7], digits[8]);
}

/* What stands in mail addresses and domains */
static char *
make_slug (const char *name)
{
  g_autofree char *folded = cpt_text_fold (name);
  GString *slug = g_string_new (NULL);

  for (const char *c = folded; *c != '\0'; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (slug, *c);
    else if (slug->len > 0 && slug->str[slug->len - 1] != '-')
      g_string_append_c (slug, '-');
  while (slug->len > 0 && slug->str[slug->len - 1] == '-')
    g_string_truncate (slug, slug->len - 1);

  return g_string_free (slug, FALSE);
}

/* One draw in each statement, here and below: compilers differ in which argument
 * of a call they work out first. */
static char *
make_address (CptDemo           *self,
              const CptDemoCity *city)
{
  const char *street = cpt_demo_pick (self, cpt_demo_streets);
  int number = g_rand_int_range (self->random, 1, 180);

  return g_strdup_printf ("{\"street\":\"%d %s\",\"postcode\":\"%s\",\"city\":\"%s\",\"region\":\"%s\",\"country\":\"FR\"}",
                          number, street, city->postcode, city->city, city->region);
}

static char *
make_organisation_name (CptDemo             *self,
                        const CptDemoSector *sector,
                        const CptDemoCity   *city)
{
  const char *last;

  switch (g_rand_int_range (self->random, 0, 4))
    {
    case 0:
      return g_strdup_printf ("%s %s", sector->trade, cpt_demo_pick (self, cpt_demo_places));
    case 1:
      return g_strdup_printf ("%s %s", sector->trade, cpt_demo_pick (self, cpt_demo_last_names));
    case 2:
      last = cpt_demo_pick (self, cpt_demo_last_names);
      return g_strdup_printf ("%s & %s %s", cpt_demo_pick (self, cpt_demo_last_names), last, sector->trade);
    default:
      return g_strdup_printf ("%s %s %s", sector->trade, city->city, cpt_demo_pick (self, cpt_demo_last_names));
    }
}

static gboolean
make_organisation (CptDemo  *self,
                   guint     number,
                   GError  **error)
{
  static const char *const kinds[] = { "customer", "customer", "customer", "prospect", "prospect", "partner", NULL };
  const CptDemoCity *city = &cpt_demo_cities[g_rand_int_range (self->random, 0, (gint32) cpt_demo_n_cities)];
  const CptDemoSector *sector = &cpt_demo_sectors[g_rand_int_range (self->random, 0, (gint32) cpt_demo_n_sectors)];
  CptRecord *organisation = cpt_demo_new_record (self, "organisation", number);
  g_autofree char *name = make_organisation_name (self, sector, city);
  g_autofree char *legal = g_strdup_printf ("%s %s", name, cpt_demo_pick (self, cpt_demo_forms));
  g_autofree char *slug = make_slug (name);
  g_autofree char *website = g_strdup_printf ("https://www.%s.example/", slug);
  g_autofree char *email = g_strdup_printf ("contact@%s.example", slug);
  g_autofree char *phone = make_phone (self, city->phone);
  g_autofree char *siren = make_siren (self);
  g_autofree char *address = make_address (self, city);
  int n_teams = g_rand_int_range (self->random, 2, 40);
  int team_size = g_rand_int_range (self->random, 1, 30);
  g_autofree char *employees = g_strdup_printf ("%d", n_teams * team_size);
  g_autofree char *founded = g_strdup_printf ("%d", g_rand_int_range (self->random, 1948, 2024));

  cpt_demo_set (self, organisation, "name", name);
  cpt_demo_set (self, organisation, "legal_name", legal);
  cpt_demo_set (self, organisation, "sector", sector->sector);
  cpt_demo_set (self, organisation, "kind", cpt_demo_pick (self, kinds));
  cpt_demo_set (self, organisation, "siren", siren);
  cpt_demo_set (self, organisation, "website", website);
  cpt_demo_set (self, organisation, "email", email);
  cpt_demo_set (self, organisation, "phone", phone);
  cpt_demo_set (self, organisation, "address", address);
  cpt_demo_set (self, organisation, "country", "FR");
  cpt_demo_set (self, organisation, "employees", employees);
  cpt_demo_set (self, organisation, "founded_year", founded);
  cpt_demo_set_money (organisation, "revenue", g_rand_int_range (self->random, 150, 40000) * G_GINT64_CONSTANT (1000));
  cpt_record_set_id (organisation, "owner",
                     &g_array_index (self->users, CptUuid, g_rand_int_range (self->random, 2, (gint32) cpt_demo_n_users)));
  if (number > 20 && cpt_demo_chance (self, 5))
    cpt_record_set_id (organisation, "parent",
                       &g_array_index (self->organisations, CptUuid, g_rand_int_range (self->random, 0, 20)));
  if (cpt_demo_chance (self, 12))
    cpt_demo_set (self, organisation, "tags", cpt_demo_chance (self, 50) ? "fidèle, Lyon" : "salon 2025");
  if (cpt_demo_chance (self, 15))
    cpt_demo_set (self, organisation, "notes", cpt_demo_pick (self, cpt_demo_notes));

  g_array_append_val (self->organisations, organisation->id);
  g_ptr_array_add (self->organisation_names, g_steal_pointer (&slug));
  g_ptr_array_add (self->organisation_records, cpt_record_ref (organisation));

  return cpt_demo_add (self, organisation, error);
}

static void
set_name (CptDemo    *self,
          CptRecord  *record,
          const char *domain)
{
  const char *first = cpt_demo_pick (self, cpt_demo_chance (self, 50) ? cpt_demo_female_names : cpt_demo_male_names);
  const char *last = cpt_demo_pick (self, cpt_demo_last_names);
  g_autofree char *first_slug = make_slug (first);
  g_autofree char *last_slug = make_slug (last);
  g_autofree char *email = g_strdup_printf ("%s.%s@%s.example", first_slug, last_slug, domain);

  cpt_demo_set (self, record, "first_name", first);
  cpt_demo_set (self, record, "last_name", last);
  cpt_demo_set (self, record, "email", email);
}

static gboolean
make_contact (CptDemo  *self,
              guint     number,
              GError  **error)
{
  CptRecord *contact = cpt_demo_new_record (self, "contact", number);
  /* The first ones fill every organisation, the others fall where they fall. */
  guint n_organisations = self->organisations->len;
  guint at = number < n_organisations ? number : (guint) g_rand_int_range (self->random, 0, (gint32) n_organisations);
  g_autofree char *mobile = make_phone (self, "06");

  set_name (self, contact, g_ptr_array_index (self->organisation_names, at));
  cpt_demo_set (self, contact, "job_title", cpt_demo_pick (self, cpt_demo_jobs));
  cpt_record_set_id (contact, "organisation", &g_array_index (self->organisations, CptUuid, at));
  cpt_demo_set (self, contact, "mobile", mobile);
  cpt_demo_set (self, contact, "country", "FR");
  cpt_demo_set (self, contact, "language", "fr");
  cpt_demo_set (self, contact, "opted_in", cpt_demo_chance (self, 62) ? "true" : "false");
  cpt_record_set_id (contact, "owner",
                     &g_array_index (self->users, CptUuid, g_rand_int_range (self->random, 2, (gint32) cpt_demo_n_users)));

  g_array_append_val (self->contacts, contact->id);
  g_array_append_val (self->contact_organisations, at);
  g_ptr_array_add (self->contact_records, cpt_record_ref (contact));

  return cpt_demo_add (self, contact, error);
}

CptRecord *
cpt_demo_create_lead (CptDemo *self,
                      guint    number)
{
  static const char *const states[] = { "new", "new", "contacted", "contacted", "qualified", "lost", NULL };
  CptRecord *lead = cpt_demo_new_record (self, "lead", number);
  const CptDemoSector *sector = &cpt_demo_sectors[g_rand_int_range (self->random, 0, (gint32) cpt_demo_n_sectors)];
  const CptDemoCity *city = &cpt_demo_cities[g_rand_int_range (self->random, 0, (gint32) cpt_demo_n_cities)];
  g_autofree char *company = make_organisation_name (self, sector, city);
  g_autofree char *domain = make_slug (company);
  g_autofree char *phone = make_phone (self, city->phone);
  g_autofree char *score = g_strdup_printf ("%d", g_rand_int_range (self->random, 5, 100));

  set_name (self, lead, domain);
  cpt_demo_set (self, lead, "company", company);
  cpt_demo_set (self, lead, "phone", phone);
  cpt_demo_set (self, lead, "status", cpt_demo_pick (self, states));
  cpt_demo_set (self, lead, "score", score);
  cpt_demo_set_money (lead, "estimated_value", g_rand_int_range (self->random, 1, 60) * 500);
  cpt_record_set_id (lead, "owner",
                     &g_array_index (self->users, CptUuid, g_rand_int_range (self->random, 2, (gint32) cpt_demo_n_users)));

  return lead;
}

void
cpt_demo_date_lead (CptDemo   *self,
                    CptRecord *lead,
                    gint64     day)
{
  gint64 begin = cpt_instant_from_date (day, cpt_database_get_zone (self->database));

  lead->created_at = begin + (8 * 60 + day * 37 % 600) * G_GINT64_CONSTANT (60000000);
}

/* Those that came in lately. By number rather than by chance: what else is drawn stays as it was. */
static gboolean
make_new_lead (CptDemo  *self,
               guint     number,
               GError  **error)
{
  static const char *const sources[] = {
    "website", "campaign", "website", "referral", "event", "campaign", "website", "outbound",
  };
  CptRecord *lead = cpt_demo_create_lead (self, number);

  cpt_demo_set (self, lead, "source", sources[number % G_N_ELEMENTS (sources)]);
  cpt_demo_date_lead (self, lead, self->today - 1 - number * 31 % CPT_DEMO_NEW_DAYS);

  return cpt_demo_add (self, lead, error);
}

gboolean
cpt_demo_make_people (CptDemo  *self,
                      GError  **error)
{
  for (guint i = 0; i < CPT_DEMO_N_ORGANISATIONS; i++)
    if (!make_organisation (self, i, error))
      return FALSE;

  for (guint i = 0; i < CPT_DEMO_N_CONTACTS; i++)
    if (!make_contact (self, i, error))
      return FALSE;

  for (guint i = 0; i < CPT_DEMO_N_LEADS; i++)
    if (!make_new_lead (self, i, error))
      return FALSE;

  return TRUE;
}
