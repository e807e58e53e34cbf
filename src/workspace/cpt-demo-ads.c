/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the company's advertising brought in each day of this year and the one before:
 * weaker in August and at weekends, slowly more. Whole numbers only, so that every
 * machine gets the same.
 */

#include "config.h"

#include "cpt-date.h"
#include "cpt-facts.h"

#include "cpt-demo-private.h"

typedef struct
{
  const char *platform;
  const char *campaign;
  const char *ad_group;
  int impressions; /* on a day like any other */
  int clicks;      /* of 10,000 impressions */
  int cost;        /* of a click, in cents */
  int conversions; /* of 10,000 clicks */
  int value;       /* of a conversion, in euros */
  int first_month; /* of each year; 0: always */
  int last_month;
} Ad;

static const Ad ads[] = {
  { "Google Ads", "Marque Maison Verdier", "Marque exacte", 420, 1150, 45, 620, 280 },
  { "Google Ads", "Mobilier de bureau", "Bureaux assis-debout", 2600, 410, 135, 240, 360 },
  { "Google Ads", "Mobilier de bureau", "Fauteuils ergonomiques", 2100, 380, 118, 215, 240 },
  { "Google Ads", "Cabines acoustiques", "Cabines une place", 900, 460, 190, 260, 620 },
  { "Microsoft Advertising", "Mobilier de bureau", "Bureaux assis-debout", 700, 350, 88, 230, 330 },
  { "Meta", "Inspiration espaces de travail", "Vidéo", 9500, 85, 62, 90, 260 },
  { "Meta", "Reciblage des visiteurs", "Carrousel", 3200, 140, 55, 310, 290 },
  { "LinkedIn", "Directions immobilières", "Île-de-France", 1500, 62, 480, 420, 980 },
  { "LinkedIn", "Directions immobilières", "Auvergne-Rhône-Alpes", 1100, 58, 430, 390, 870 },
  { "Meta", "Rentrée", "Collection d’automne", 7000, 120, 58, 150, 250, 8, 10 },
  { "LinkedIn", "Salon de l’aménagement", "Invitations", 1800, 75, 390, 520, 540, 2, 3 },
};

static const int seasons[] = { 95, 100, 110, 100, 95, 105, 75, 55, 130, 120, 110, 85 };
static const int weekdays[] = { 104, 110, 112, 108, 96, 48, 44 };

/* @number, give or take @percent of it */
static gint64
vary (CptDemo *self,
      gint64   number,
      int      percent)
{
  return number * g_rand_int_range (self->random, 100 - percent, 101 + percent) / 100;
}

static void
set_text (const CptEntity *entity,
          CptValue        *values,
          const char      *field,
          const char      *text)
{
  cpt_value_set_text (&values[cpt_entity_find_field (entity, field)->index], text);
}

static void
set_number (const CptEntity *entity,
            CptValue        *values,
            const char      *name,
            gint64           number)
{
  const CptField *field = cpt_entity_find_field (entity, name);

  if (field->kind == CPT_FIELD_MONEY)
    cpt_value_set_money (&values[field->index], number, "EUR");
  else
    cpt_value_set_integer (&values[field->index], number);
}

static gboolean
add_day (CptDemo          *self,
         const CptEntity  *entity,
         CptFactsBatch    *batch,
         gint64            day,
         const Ad         *ad,
         GError          **error)
{
  g_autofree CptValue *values = g_new0 (CptValue, entity->n_fields);
  gint64 begin = cpt_date_add_months (cpt_bucket_get_start (CPT_BUCKET_YEAR, self->today), -12);
  gint64 impressions, clicks, conversions;
  gboolean done;
  int month;

  cpt_date_to_ymd (day, NULL, &month, NULL);
  if (ad->first_month != 0 && (month < ad->first_month || month > ad->last_month))
    return TRUE;

  impressions = vary (self, (gint64) ad->impressions * seasons[month - 1] * weekdays[cpt_date_get_weekday (day) - 1] / 10000, 18);
  impressions = impressions * (100 + (day - begin) * 25 / 730) / 100;
  clicks = vary (self, impressions * ad->clicks, 15) / 10000;
  conversions = vary (self, clicks * ad->conversions, 30) / 100;

  set_number (entity, values, "day", day);
  set_text (entity, values, "platform", ad->platform);
  set_text (entity, values, "account", "Maison Verdier");
  set_text (entity, values, "campaign", ad->campaign);
  set_text (entity, values, "ad_group", ad->ad_group);
  set_number (entity, values, "impressions", impressions);
  set_number (entity, values, "clicks", clicks);
  set_number (entity, values, "cost", vary (self, clicks * ad->cost, 10));
  set_number (entity, values, "conversions", conversions);
  set_number (entity, values, "revenue", conversions * ad->value);
  done = cpt_facts_batch_add (batch, values, error);
  for (guint i = 0; i < entity->n_fields; i++)
    cpt_value_clear (&values[i]);

  return done;
}

static gboolean
add_days (CptDemo          *self,
          const CptEntity  *entity,
          CptFactsBatch    *batch,
          GError          **error)
{
  gint64 begin = cpt_date_add_months (cpt_bucket_get_start (CPT_BUCKET_YEAR, self->today), -12);

  for (gint64 day = begin; day < self->today; day++)
    for (guint i = 0; i < G_N_ELEMENTS (ads); i++)
      if (!add_day (self, entity, batch, day, &ads[i], error))
        return FALSE;

  return TRUE;
}

gboolean
cpt_demo_make_ads (CptDemo  *self,
                   GError  **error)
{
  const CptEntity *entity = cpt_schema_find_entity (self->schema, "ad_result");
  g_autoptr(CptFactsBatch) batch = cpt_facts_batch_new (self->schema, entity);
  GRand *random = self->random;
  gboolean done;

  self->random = g_rand_new_with_seed (self->seed + 2);
  done = add_days (self, entity, batch, error) && cpt_facts_append (self->database, batch, CPT_ORIGIN_DEMO, NULL, error);
  g_rand_free (self->random);
  self->random = random;

  return done;
}
