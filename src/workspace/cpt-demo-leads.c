/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Two years of leads, from their own source of chance: those that became the deals of
 * the demonstration, and those that came to nothing or still wait.
 */

#include "config.h"

#include "cpt-date.h"

#include "cpt-demo-private.h"

#define N_OLD_LEADS 560
#define DAYS 730
/* One deal of so many was a lead first */
#define DEALS_PER_LEAD 6

static const char *const campaigns[] = {
  "Mobilier de bureau", "Cabines acoustiques", "Directions immobilières", "Rentrée", NULL,
};

/* The person and the company of the deal, when they were not known yet */
static gboolean
make_converted (CptDemo            *self,
                guint               number,
                const CptDemoDeal  *deal,
                GError            **error)
{
  static const char *const names[] = { "first_name", "last_name", "email" };
  CptRecord *lead = cpt_demo_new_record (self, "lead", number);
  const CptRecord *contact = g_ptr_array_index (self->contact_records, deal->contact);
  const CptRecord *organisation = g_ptr_array_index (self->organisation_records, deal->organisation);
  g_autofree char *score = g_strdup_printf ("%d", g_rand_int_range (self->random, 55, 101));
  gint64 before = g_rand_int_range (self->random, 2, 24);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    cpt_demo_set (self, lead, names[i], cpt_record_get_text (contact, names[i]));
  cpt_demo_set (self, lead, "company", cpt_record_get_text (organisation, "name"));
  cpt_demo_set (self, lead, "status", "converted");
  cpt_demo_set (self, lead, "score", score);
  cpt_demo_set (self, lead, "source", deal->source);
  if (g_str_equal (deal->source, "campaign"))
    cpt_demo_set (self, lead, "campaign", cpt_demo_pick (self, campaigns));
  cpt_record_set_id (lead, "owner", &g_array_index (self->users, CptUuid, deal->owner));
  cpt_record_set_id (lead, "converted_contact", &g_array_index (self->contacts, CptUuid, deal->contact));
  cpt_record_set_id (lead, "converted_deal", &deal->id);
  cpt_demo_date_lead (self, lead, deal->opened - before);

  return cpt_demo_add (self, lead, error);
}

static gint64
draw_day (CptDemo *self)
{
  gint64 day;

  do
    day = self->today - g_rand_int_range (self->random, CPT_DEMO_NEW_DAYS, DAYS);
  while (cpt_date_get_weekday (day) > 5 && !cpt_demo_chance (self, 20));

  return day;
}

static gboolean
make_old (CptDemo  *self,
          guint     number,
          GError  **error)
{
  static const char *const sources[] = { "website", "website", "website", "campaign", "campaign", "campaign",
                                         "event", "event", "outbound", "outbound", "referral", "partner", NULL };
  CptRecord *lead = cpt_demo_create_lead (self, number);
  const char *source = cpt_demo_pick (self, sources);
  /* Who was sent by somebody is more often right than who clicked */
  int lost = g_str_equal (source, "referral") || g_str_equal (source, "partner") ? 45 : g_str_equal (source, "campaign") ? 78
                                                                                                                         : 66;
  const char *status = "lost";

  if (!cpt_demo_chance (self, lost))
    status = cpt_demo_chance (self, 60) ? "qualified" : "contacted";
  cpt_demo_set (self, lead, "status", status);
  cpt_demo_set (self, lead, "source", source);
  if (g_str_equal (source, "campaign"))
    cpt_demo_set (self, lead, "campaign", cpt_demo_pick (self, campaigns));
  cpt_demo_date_lead (self, lead, draw_day (self));

  return cpt_demo_add (self, lead, error);
}

static gboolean
make_all (CptDemo  *self,
          GError  **error)
{
  guint number = CPT_DEMO_N_LEADS;

  for (guint i = 0; i < self->deals->len; i += DEALS_PER_LEAD)
    {
      const CptDemoDeal *deal = &g_array_index (self->deals, CptDemoDeal, i);

      if (deal->opened > self->today - DAYS && !make_converted (self, number++, deal, error))
        return FALSE;
    }
  for (guint i = 0; i < N_OLD_LEADS; i++)
    if (!make_old (self, number++, error))
      return FALSE;

  return TRUE;
}

gboolean
cpt_demo_make_leads (CptDemo  *self,
                     GError  **error)
{
  GRand *random = self->random;
  gboolean done;

  self->random = g_rand_new_with_seed (self->seed + 1);
  done = make_all (self, error);
  g_rand_free (self->random);
  self->random = random;

  return done;
}
