/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dashboard of a believable company: numbers that rise and fall like real
 * ones, names with accents, labels that are long in French. */
#include "config.h"
#include "sample.h"

#include "cpt-chart-kind.h"

typedef struct
{
  const char *id;
  const char *kind;
  const char *title;
  const char *french_title;
  const char *options;
  CptGridRect rect;
} Widget;

static const Widget widgets[] = {
  { "revenue", "number", "Revenue won", "Chiffre d’affaires gagné", NULL, { 0, 0, 3, 3 } },
  { "deals", "number", "Deals won", "Affaires gagnées", NULL, { 3, 0, 3, 3 } },
  { "rate", "number", "Conversion rate", "Taux de conversion", NULL, { 6, 0, 3, 3 } },
  { "cycle", "number", "Sales cycle", "Durée du cycle de vente", NULL, { 9, 0, 3, 3 } },
  { "trend", "line", "Revenue by month", "Chiffre d’affaires par mois", "{\"area\":true}", { 0, 3, 8, 5 } },
  { "funnel", "funnel", "Pipeline", "Tunnel de conversion", NULL, { 8, 3, 4, 5 } },
  { "stages", "bar", "Open amount by stage", "Montant ouvert par étape", NULL, { 0, 8, 4, 4 } },
  { "board", "leaderboard", "Top sellers", "Meilleurs commerciaux", NULL, { 4, 8, 4, 4 } },
  { "products", "bar", "Revenue by product", "Chiffre d’affaires par produit", "{\"orientation\":\"horizontal\"}", { 8, 8, 4, 4 } },
  { "teams", "line", "Revenue by team", "Chiffre d’affaires par équipe", NULL, { 0, 12, 6, 5 } },
  { "won", "bar", "Won and lost by quarter", "Gagnées et perdues par trimestre", "{\"stacking\":\"grouped\"}", { 6, 12, 3, 5 } },
  { "mix", "bar", "Leads by source", "Prospects par origine", "{\"stacking\":\"stacked\"}", { 9, 12, 3, 5 } },
  { "sources", "pie", "Deals by source", "Affaires par origine", NULL, { 0, 17, 5, 4 } },
  { "goal", "gauge", "Revenue this year", "Chiffre d’affaires de l’année", NULL, { 5, 17, 4, 4 } },
  { "matrix", "heat", "Deals by source and stage", "Affaires par origine et étape", NULL, { 0, 21, 6, 4 } },
  { "days", "heat", "Activities by day", "Activités par jour", NULL, { 6, 21, 6, 4 } },
  { "pivot", "table", "Deals by quarter and source", "Affaires par trimestre et origine", NULL, { 0, 25, 6, 4 } },
  { "sellers", "table", "Salespeople", "Commerciaux", NULL, { 6, 25, 6, 4 } },
  { "tree", "treemap", "Revenue by product", "Chiffre d’affaires par produit", NULL, { 0, 29, 6, 4 } },
  { "profile", "radar", "Activities by person", "Activités par personne", NULL, { 6, 29, 6, 5 } },
  { "pairs", "scatter", "Deals and revenue", "Affaires et chiffre d’affaires", NULL, { 0, 33, 6, 5 } },
  { "outlook", "line", "Outlook", "Perspectives", "{\"target\":1200000}", { 6, 34, 6, 5 } },
  { "both", "combo", "Revenue and conversion", "Chiffre d’affaires et conversion", NULL, { 0, 38, 6, 5 } },
  { "totals", "pivot", "Deals by month and source", "Affaires par mois et origine", "{\"heat\":true}", { 6, 39, 6, 5 } },
  { "cohorts", "cohort", "From first contact to sale", "Du premier contact à la vente", NULL, { 0, 43, 6, 5 } },
  { "lately", "timeline", "Recent activity", "Activité récente", NULL, { 6, 44, 4, 5 } },
  { "note", "text", "", "", "{\"text\":\"## Read me first\\nAll amounts are *without* tax. **Won** is what was signed:\\n\\n"
                            "- deals of the year\\n- in euros\\n\\nMore in [the guide](https://example.org/guide).\"}",
    { 10, 44, 2, 5 } },
  { "calls", "gauge", "Calls this week", "Appels de la semaine", "{\"shape\":\"bar\"}", { 9, 17, 3, 4 } },
};

static const CptChartUnit euros = { CPT_CHART_MONEY, "EUR", NULL };
static const CptChartUnit deals = { CPT_CHART_COUNT, "", "deals" };

CptDashboard *
sample_create_dashboard (gboolean french)
{
  CptDashboard *dashboard = cpt_dashboard_new (french ? "Performance commerciale" : "Sales performance");

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    {
      const Widget *widget = &widgets[i];
      g_autoptr(JsonNode) node = NULL;

      if (widget->options != NULL)
        node = json_from_string (widget->options, NULL);
      cpt_dashboard_add_widget (dashboard, widget->id, widget->kind,
                                french ? widget->french_title : widget->title, NULL,
                                node != NULL ? json_node_get_object (node) : NULL, &widget->rect);
    }

  return dashboard;
}

static void
add_months (CptChartData *data,
            int           n)
{
  for (int i = 0; i < n; i++)
    cpt_chart_data_add_bucket (data, CPT_BUCKET_MONTH, cpt_date_from_ymd (2025 + (11 + i) / 12, (11 + i) % 12 + 1, 1));
}

static void
add_wave (CptChartData *data,
          guint         series,
          double        base,
          double        rise,
          double        swing,
          double        phase)
{
  for (guint i = 0; i < cpt_chart_data_get_n_categories (data); i++)
    cpt_chart_data_set_value (data, series, i,
                              round (base + rise * i + swing * sin (i * 0.9 + phase) +
                                     swing * 0.4 * cos (i * 2.3 + phase)));
}

static CptChartData *
create_number (const char         *title,
               const CptChartUnit *unit,
               double              total,
               double              before,
               gboolean            french)
{
  CptChartData *data = cpt_chart_data_new (title, unit);

  data->total = total;
  cpt_chart_data_set_comparison (data, before, french ? "trimestre précédent" : "previous quarter");
  add_months (data, 12);
  cpt_chart_data_add_series (data, NULL, CPT_CHART_ROLE_VALUE);
  add_wave (data, 0, before / 12, (total - before) / 80, fabs (total) / 60, total);

  return data;
}

static CptChartData *
create_list (const char         *title,
             const CptChartUnit *unit,
             const char *const  *labels,
             const double       *values,
             guint               n)
{
  CptChartData *data = cpt_chart_data_new (title, unit);

  cpt_chart_data_add_series (data, NULL, CPT_CHART_ROLE_VALUE);
  for (guint i = 0; i < n; i++)
    cpt_chart_data_set_value (data, 0, cpt_chart_data_add_category (data, labels[i]), values[i]);

  return data;
}

static CptChartData *
create_trend (gboolean french)
{
  CptChartData *data = cpt_chart_data_new (french ? "Chiffre d’affaires gagné" : "Revenue won", &euros);

  add_months (data, 12);
  cpt_chart_data_add_series (data, french ? "Cette année" : "This year", CPT_CHART_ROLE_VALUE);
  cpt_chart_data_add_series (data, french ? "Année précédente" : "Year before", CPT_CHART_ROLE_COMPARISON);
  add_wave (data, 0, 62000000, 3500000, 12000000, 0);
  add_wave (data, 1, 56000000, 1800000, 9000000, 1.2);

  return data;
}

/* With a forecast, what is usual around it, and two months that were not */
static CptChartData *
create_outlook (gboolean french)
{
  CptChartData *data = cpt_chart_data_new (french ? "Chiffre d’affaires gagné" : "Revenue won", &euros);

  add_months (data, 18);
  cpt_chart_data_add_series (data, NULL, CPT_CHART_ROLE_VALUE);
  add_wave (data, 0, 62000000, 2500000, 9000000, 0);
  cpt_chart_data_set_value (data, 0, 4, 110000000);
  cpt_chart_data_set_value (data, 0, 9, 41000000);
  cpt_chart_data_set_flag (data, 0, 4, CPT_CHART_FLAG_HIGH);
  cpt_chart_data_set_flag (data, 0, 9, CPT_CHART_FLAG_LOW);
  cpt_chart_data_set_forecast (data, 0, 12);
  for (guint i = 12; i < 18; i++)
    {
      double value = cpt_chart_data_get_value (data, 0, i);

      cpt_chart_data_set_band (data, 0, i, value - 6000000.0 - 1500000.0 * (i - 11), value + 6000000.0 + 1500000.0 * (i - 11));
    }
  data->target = 120000000;

  return data;
}

static CptChartData *
create_both (gboolean french)
{
  static const CptChartUnit percent = { CPT_CHART_PERCENT, "", NULL };
  static const double rates[] = { 0.31, 0.34, 0.29, 0.42, 0.45, 0.41, NAN, 0.38, 0.36, 0.47, 0.51, 0.48 };
  CptChartData *data = cpt_chart_data_new (french ? "Chiffre d’affaires gagné" : "Revenue won", &euros);

  add_months (data, 12);
  cpt_chart_data_add_series (data, french ? "Chiffre d’affaires gagné" : "Revenue won", CPT_CHART_ROLE_VALUE);
  cpt_chart_data_add_series (data, french ? "Taux de conversion" : "Conversion rate", CPT_CHART_ROLE_VALUE);
  add_wave (data, 0, 62000000, 2500000, 9000000, 0);
  cpt_chart_data_get_series (data, 1)->has_unit = TRUE;
  cpt_chart_data_get_series (data, 1)->unit = percent;
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    cpt_chart_data_set_value (data, 1, i, rates[i]);

  return data;
}

static CptChartData *
create_teams (gboolean french)
{
  static const char *const names[] = { "Paris", "Lyon", "Nantes", "Marseille" };
  static const char *const french_names[] = {
    "Île-de-France",
    "Auvergne-Rhône-Alpes",
    "Pays de la Loire",
    "Provence-Alpes-Côte d’Azur",
  };
  CptChartData *data = cpt_chart_data_new (french ? "Chiffre d’affaires" : "Revenue", &euros);

  add_months (data, 18);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      cpt_chart_data_add_series (data, french ? french_names[i] : names[i], CPT_CHART_ROLE_VALUE);
      add_wave (data, i, 18000000 + 3000000 * i, 500000 * (i + 1.0), 4000000, i);
    }

  return data;
}

static CptChartData *
create_won (gboolean french)
{
  CptChartData *data = cpt_chart_data_new (french ? "Affaires" : "Deals", &deals);
  static const double won[] = { 214, 238, 201, 262 };
  static const double lost[] = { 132, 121, 149, 118 };

  cpt_chart_data_add_series (data, french ? "Gagnées" : "Won", CPT_CHART_ROLE_VALUE);
  cpt_chart_data_add_series (data, french ? "Perdues" : "Lost", CPT_CHART_ROLE_VALUE);
  for (guint i = 0; i < G_N_ELEMENTS (won); i++)
    {
      guint category = cpt_chart_data_add_bucket (data, CPT_BUCKET_QUARTER, cpt_date_from_ymd (2026, 1 + 3 * (int) i, 1));

      cpt_chart_data_set_value (data, 0, category, won[i]);
      cpt_chart_data_set_value (data, 1, category, lost[i]);
    }

  return data;
}

static CptChartData *
create_mix (gboolean french)
{
  static const char *const sources[] = { "Website", "Fair", "Referral" };
  static const char *const french_sources[] = { "Site internet", "Salon professionnel", "Recommandation" };
  CptChartData *data = cpt_chart_data_new (french ? "Prospects" : "Leads", &deals);

  add_months (data, 6);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      cpt_chart_data_add_series (data, french ? french_sources[i] : sources[i], CPT_CHART_ROLE_VALUE);
      add_wave (data, i, 60 - 12.0 * i, 2, 11, i * 2.0);
    }

  return data;
}

static CptChartData *
create_board (gboolean french)
{
  static const char *const names[] = {
    "Camille Rousseau", "Théo Marchand", "Inès Lefèvre", "Anne-Sophie de La Rochefoucauld", "Yanis Benali", "Louise Perrin",
  };
  static const double values[] = { 48210000, 41975050, 38900000, 31450000, 27300000, 22180000 };
  static const double before[] = { 40100000, 43200000, 33100000, 31450000, 19800000, 25000000 };
  const char *title = french ? "Meilleurs commerciaux" : "Top sellers";
  CptChartData *data = create_list (title, &euros, names, values, G_N_ELEMENTS (names));

  cpt_chart_data_add_series (data, french ? "Trimestre précédent" : "Previous quarter", CPT_CHART_ROLE_COMPARISON);
  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    cpt_chart_data_set_value (data, 1, i, before[i]);

  return data;
}

static CptChartData *
create_steps (gboolean french)
{
  static const char *const steps[] = { "Prospecting", "Qualified", "Proposal", "Negotiation", "Won" };
  static const char *const french_steps[] = { "Prospection", "Qualification", "Proposition envoyée", "Négociation", "Gagnée" };
  static const double values[] = { 1840, 1122, 764, 402, 262 };

  return create_list (french ? "Tunnel de conversion" : "Pipeline", &deals, french ? french_steps : steps, values,
                      G_N_ELEMENTS (values));
}

static CptChartData *
create_sources (gboolean french)
{
  static const char *const sources[] = {
    "Website", "Recommendation", "Trade fair", "Telephone", "Partner network", "Advertising", "Newsletter", "Walk-in", "Press",
  };
  static const char *const french_sources[] = {
    "Site internet", "Recommandation", "Salon professionnel", "Téléphone", "Réseau de partenaires", "Publicité",
    "Lettre d’information", "Visite spontanée", "Presse",
  };
  static const double values[] = { 412, 268, 191, 96, 71, 44, 23, 9, 3 };

  return create_list (french ? "Affaires par origine" : "Deals by source", &deals, french ? french_sources : sources, values,
                      G_N_ELEMENTS (values));
}

static CptChartData *
create_matrix (gboolean french,
               gboolean by_quarter)
{
  static const char *const stages[] = { "New", "Qualified", "Proposal", "Negotiation", "Won", "Lost" };
  static const char *const french_stages[] = { "Nouvelle", "Qualifiée", "Proposition", "Négociation", "Gagnée", "Perdue" };
  static const char *const sources[] = { "Website", "Recommendation", "Trade fair", "Telephone", "Partner network" };
  static const char *const french_sources[] = { "Site internet", "Recommandation", "Salon", "Téléphone", "Partenaires" };
  CptChartData *data = cpt_chart_data_new (french ? "Affaires" : "Deals", &deals);

  data->is_grouped = TRUE;
  for (guint s = 0; s < G_N_ELEMENTS (sources); s++)
    {
      guint series = cpt_chart_data_add_series (data, french ? french_sources[s] : sources[s], CPT_CHART_ROLE_VALUE);

      cpt_chart_data_get_series (data, series)->is_additive = TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      guint category = by_quarter ? cpt_chart_data_add_bucket (data, CPT_BUCKET_QUARTER, cpt_date_from_ymd (2025 + (int) i / 4, 1 + 3 * ((int) i % 4), 1))
                                  : cpt_chart_data_add_category (data, french ? french_stages[i] : stages[i]);

      for (guint s = 0; s < G_N_ELEMENTS (sources); s++)
        cpt_chart_data_set_value (data, s, category, (i * 37 + s * 53 + i * s * 11) % 97 * (i == 4 ? 14.0 : 3.0));
    }

  return data;
}

/* The average of a total is not that of its averages */
static CptChartData *
create_totals (gboolean french)
{
  static const char *const groups[] = { "Website", "Trade fair", "Recommendation", NULL };
  static const char *const french_groups[] = { "Site internet", "Salon", "Recommandation", NULL };
  CptChartData *data = cpt_chart_data_new (french ? "Affaires" : "Deals", &deals);

  cpt_chart_data_add_measure (data, french ? "Affaires" : "Deals");
  cpt_chart_data_add_measure (data, french ? "Montant moyen" : "Average amount");
  add_months (data, 8);
  for (guint s = 0; s < 2 * G_N_ELEMENTS (groups); s++)
    {
      const char *group = french ? french_groups[s / 2] : groups[s / 2];
      guint index = cpt_chart_data_add_series (data, group, group != NULL ? CPT_CHART_ROLE_VALUE : CPT_CHART_ROLE_TOTAL);
      CptChartSeries *series = cpt_chart_data_get_series (data, index);

      series->measure = s % 2;
      series->has_unit = s % 2 == 1;
      series->unit = euros;
      add_wave (data, index, s % 2 == 1 ? 1800000 : group == NULL ? 64
                                                                  : 22,
                s, s % 2 == 1 ? 420000 : 9, s);
      series->total = s % 2 == 1 ? 1834200 + 10000.0 * s : group == NULL ? 521
                                                                         : 171 + s;
    }

  return data;
}

static CptChartData *
create_cohorts (gboolean french)
{
  CptChartData *data = cpt_chart_data_new (french ? "Prospects" : "Leads", &deals);
  guint size;

  add_months (data, 9);
  for (guint s = 0; s < 9; s++)
    {
      g_autofree char *label = g_strdup_printf (french ? "après %u mois" : "after %u months", s);

      cpt_chart_data_add_series (data, label, CPT_CHART_ROLE_VALUE);
      for (guint i = 0; i + s < 9; i++)
        cpt_chart_data_set_value (data, s, i, round ((58 + i * 4) / (1.3 + s * 0.8) * (1 + 0.2 * sin (i * 2.0 + s))));
    }
  size = cpt_chart_data_add_series (data, french ? "Taille" : "Size", CPT_CHART_ROLE_TOTAL);
  for (guint i = 0; i < 9; i++)
    cpt_chart_data_set_value (data, size, i, 61 + i * 5);

  return data;
}

static CptChartData *
create_note (gboolean french)
{
  return cpt_chart_data_new (NULL, NULL);
}

static CptChartData *
create_lately (gboolean french)
{
  CptChartData *data = cpt_chart_data_new (french ? "Activité récente" : "Recent activity", NULL);

  cpt_chart_data_add_item (data, french ? "Rappel pour le devis 2026-118" : "Called back about quote 2026-118",
                           french ? "Appel · Verdier SARL" : "Call · Verdier SARL", french ? "Aujourd’hui" : "Today");
  cpt_chart_data_add_item (data, french ? "Visite de l’atelier" : "Visit to the workshop",
                           french ? "Réunion · Maison Joubert" : "Meeting · Maison Joubert", french ? "Hier" : "Yesterday");
  cpt_chart_data_add_item (data, french ? "Question sur les délais de livraison" : "Question about delivery times",
                           french ? "Courriel · Rémi Lacombe" : "E-mail · Rémi Lacombe", french ? "19/11/2026" : "11/19/2026");
  cpt_chart_data_add_item (data, french ? "Note" : "Note", NULL, french ? "18/11/2026" : "11/18/2026");

  return data;
}

static CptChartData *
create_calendar (gboolean french)
{
  CptChartData *data = cpt_chart_data_new (french ? "Activités" : "Activities", &deals);

  cpt_chart_data_add_series (data, NULL, CPT_CHART_ROLE_VALUE);
  for (gint64 date = cpt_date_from_ymd (2026, 1, 1); date < cpt_date_from_ymd (2026, 11, 22); date++)
    {
      guint category = cpt_chart_data_add_bucket (data, CPT_BUCKET_DAY, date);
      gboolean is_free = cpt_date_get_weekday (date) > 5;

      cpt_chart_data_set_value (data, 0, category, is_free ? 0 : (double) (date * date % 23));
    }

  return data;
}

static CptChartData *
create_sellers (gboolean french)
{
  static const char *const names[] = { "Camille Rousseau", "Théo Marchand", "Inès Lefèvre", "Anne-Sophie de La Rochefoucauld" };
  static const double values[][3] = { { 48, 48210000, 0.41 }, { 39, 41975050, 0.38 }, { 44, 38900000, NAN }, { 12, 31450000, 0.62 } };
  static const CptChartUnit percent = { CPT_CHART_PERCENT, "", NULL };
  CptChartData *data = cpt_chart_data_new (french ? "Commerciaux" : "Salespeople", &deals);

  cpt_chart_data_add_series (data, french ? "Affaires" : "Deals", CPT_CHART_ROLE_VALUE);
  cpt_chart_data_add_series (data, french ? "Somme des montants" : "Sum of amount", CPT_CHART_ROLE_VALUE);
  cpt_chart_data_add_series (data, french ? "Probabilité moyenne" : "Average probability", CPT_CHART_ROLE_VALUE);
  cpt_chart_data_get_series (data, 0)->is_additive = TRUE;
  cpt_chart_data_get_series (data, 1)->is_additive = TRUE;
  cpt_chart_data_get_series (data, 1)->has_unit = TRUE;
  cpt_chart_data_get_series (data, 1)->unit = euros;
  cpt_chart_data_get_series (data, 2)->has_unit = TRUE;
  cpt_chart_data_get_series (data, 2)->unit = percent;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      guint category = cpt_chart_data_add_category (data, names[i]);

      for (guint s = 0; s < 3; s++)
        cpt_chart_data_set_value (data, s, category, values[i][s]);
    }

  return data;
}

static CptChartData *
create_tree (gboolean french)
{
  CptChartData *data = cpt_chart_data_new (french ? "Chiffre d’affaires" : "Revenue", &euros);

  cpt_chart_data_add_series (data, NULL, CPT_CHART_ROLE_VALUE);
  for (int i = 0; i < 60; i++)
    {
      g_autofree char *label = g_strdup_printf (french ? "Produit %d" : "Product %d", i + 1);

      cpt_chart_data_set_value (data, 0, cpt_chart_data_add_category (data, label), round (90000000 / (1 + i * 0.6)));
    }

  return data;
}

static CptChartData *
create_profile (gboolean french)
{
  static const char *const activities[] = { "Calls", "Meetings", "E-mails", "Quotes", "Visits", "Demos" };
  static const char *const french_activities[] = { "Appels", "Rendez-vous", "Courriels", "Devis", "Visites", "Démonstrations" };
  static const double values[][6] = { { 120, 84, 60, 42, 66, 38 }, { 60, 110, 92, 88, 30, 71 } };
  CptChartData *data = create_list (french ? "Activités" : "Activities", &deals, french ? french_activities : activities,
                                    values[0], G_N_ELEMENTS (activities));

  cpt_chart_data_add_series (data, "Théo Marchand", CPT_CHART_ROLE_VALUE);
  cpt_chart_data_get_series (data, 0)->label = g_strdup ("Camille Rousseau");
  for (guint i = 0; i < G_N_ELEMENTS (activities); i++)
    cpt_chart_data_set_value (data, 1, i, values[1][i]);

  return data;
}

static CptChartData *
create_pairs (gboolean french)
{
  static const char *const names[] = {
    "Camille", "Théo", "Inès", "Anne-Sophie", "Yanis", "Louise", "Hugo", "Chloé", "Nadia", "Samuel",
  };
  static const double counts[] = { 48, 39, 44, 12, 27, 22, 51, 30, 41, 18 };
  static const double amounts[] = { 48210000, 41975050, 38900000, 31450000, 27300000, 22180000, 60200000, 30100000, 52000000, 15400000 };
  CptChartData *data = create_list (french ? "Affaires et montants" : "Deals and revenue", &deals, names, counts,
                                    G_N_ELEMENTS (names));

  cpt_chart_data_add_series (data, french ? "Somme des montants" : "Sum of amount", CPT_CHART_ROLE_VALUE);
  cpt_chart_data_get_series (data, 0)->label = g_strdup (french ? "Nombre d’affaires" : "Number of deals");
  cpt_chart_data_get_series (data, 1)->has_unit = TRUE;
  cpt_chart_data_get_series (data, 1)->unit = euros;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    cpt_chart_data_set_value (data, 1, i, amounts[i]);

  return data;
}

static CptChartData *
create_goal (const char         *title,
             const CptChartUnit *unit,
             double              total,
             double              target)
{
  CptChartData *data = cpt_chart_data_new (title, unit);

  data->total = total;
  data->target = target;

  return data;
}

/* Those that need nothing but the language */
static const struct
{
  const char *id;
  CptChartData *(*create) (gboolean french);
} charts[] = {
  { "lately", create_lately },
  { "note", create_note },
  { "cohorts", create_cohorts },
  { "totals", create_totals },
  { "trend", create_trend },
  { "funnel", create_steps },
  { "board", create_board },
  { "outlook", create_outlook },
  { "both", create_both },
  { "teams", create_teams },
  { "won", create_won },
  { "sources", create_sources },
  { "days", create_calendar },
  { "sellers", create_sellers },
  { "tree", create_tree },
  { "profile", create_profile },
  { "pairs", create_pairs },
};

CptChartData *
sample_create_chart (const char *id,
                     gboolean    french)
{
  static const char *const stages[] = { "Prospecting", "Qualified", "Proposal", "Negotiation" };
  static const char *const french_stages[] = { "Prospection", "Qualification", "Proposition envoyée", "Négociation en cours" };
  static const double amounts[] = { 184210000, 125330000, 96480000, 51270000 };
  static const char *const products[] = {
    "GTX Plus Pro", "GTX Basic", "MG Special", "MG Advanced", "GTK 500", "GTX Pro", "GTX Plus Basic",
  };
  static const double revenue[] = { 262958700, 49907100, 4363200, 221623800, 40026900, 351060200, 70520100 };
  static const CptChartUnit percent = { CPT_CHART_PERCENT, "", NULL };
  static const CptChartUnit duration = { CPT_CHART_DURATION, "", NULL };
  CptChartData *data;

  for (guint i = 0; i < G_N_ELEMENTS (charts); i++)
    if (g_str_equal (charts[i].id, id))
      return charts[i].create (french);
  if (g_str_equal (id, "revenue"))
    return create_number (french ? "Chiffre d’affaires gagné" : "Revenue won", &euros, 1000553400, 893200000, french);
  if (g_str_equal (id, "deals"))
    return create_number (french ? "Affaires gagnées" : "Deals won", &deals, 4238, 4391, french);
  if (g_str_equal (id, "rate"))
    return create_number (french ? "Taux de conversion" : "Conversion rate", &percent, 0.631, 0.598, french);
  if (g_str_equal (id, "cycle"))
    {
      data = create_number (french ? "Durée du cycle de vente" : "Sales cycle", &duration, 47.9 * 86400, 52.1 * 86400, french);
      data->direction = CPT_CHART_DOWN_IS_GOOD;
      return data;
    }
  if (g_str_equal (id, "stages"))
    return create_list (french ? "Montant ouvert" : "Open amount", &euros, french ? french_stages : stages, amounts,
                        G_N_ELEMENTS (amounts));
  if (g_str_equal (id, "products"))
    return create_list (french ? "Chiffre d’affaires" : "Revenue", &euros, products, revenue, G_N_ELEMENTS (revenue));
  if (g_str_equal (id, "matrix") || g_str_equal (id, "pivot"))
    return create_matrix (french, g_str_equal (id, "pivot"));
  if (g_str_equal (id, "goal"))
    return create_goal (french ? "Chiffre d’affaires de l’année" : "Revenue this year", &euros, 93480000, 120000000);
  if (g_str_equal (id, "calls"))
    return create_goal (french ? "Appels de la semaine" : "Calls this week", &deals, 118, 100);

  return create_mix (french);
}

GPtrArray *
sample_create_data (const CptDashboard *dashboard,
                    gboolean            french)
{
  GPtrArray *data = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_chart_data_unref);

  for (guint i = 0; i < cpt_dashboard_get_n_widgets (dashboard); i++)
    g_ptr_array_add (data, sample_create_chart (cpt_dashboard_get_widget (dashboard, i)->id, french));

  return data;
}
