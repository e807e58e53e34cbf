/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which field a column means, by what its header is called. Names are compared
 * folded, words joined by "_". In falling order: the field's own name, its
 * label in English or in the language of the session, a synonym that files of
 * other programs use (English and French), the same behind the name of the
 * entity ("account_country" in a file of organisations), a near miss. Each
 * field is given to one column only, best likeness first. */
#include "config.h"

#include "cpt-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-text.h"

enum
{
  SCORE_NAME = 100,
  SCORE_LABEL = 95,
  SCORE_SYNONYM = 90,
  SCORE_BEHIND_ENTITY = 80,
  SCORE_NEAR = 60,
};

/* Jaro-Winkler distance up to which a header is a misspelling */
#define NEAR_DISTANCE 0.09
/* Shorter names are like too many others */
#define NEAR_LENGTH 5

/* @entity: NULL for all; several headers, separated by blanks, mean @field */
static const struct
{
  const char *entity;
  const char *field;
  const char *headers;
} synonyms[] = {
  { "organisation", "name", "account account_name company company_name organisation organization client customer "
                            "societe raison_sociale entreprise nom nom_societe compte denomination business_name" },
  { "organisation", "sector", "industry secteur secteur_activite activite branch branche vertical" },
  { "organisation", "founded_year", "year_established founded established year_founded annee_creation annee_de_creation "
                                    "creation fondee_en foundation_year" },
  { "organisation", "revenue", "annual_revenue turnover sales ca chiffre_affaires chiffre_d_affaires annual_turnover" },
  { "organisation", "employees", "employee_count number_of_employees headcount effectif effectifs salaries nb_salaries staff" },
  { "organisation", "country", "office_location location headquarters hq siege pays" },
  { "organisation", "parent", "subsidiary_of parent_company parent_account groupe group maison_mere filiale_de societe_mere" },
  { "organisation", "vat_number", "vat tva numero_tva tva_intracommunautaire vat_id no_tva" },
  { "organisation", "owner", "account_owner account_manager sales_agent commercial responsable charge_de_compte" },

  { "contact", "first_name", "prenom given_name firstname forename" },
  { "contact", "last_name", "nom surname family_name lastname nom_de_famille" },
  { "contact", "full_name", "name contact contact_name nom_complet fullname" },
  { "contact", "organisation", "account company company_name organization account_name societe entreprise client employer" },
  { "contact", "job_title", "title job position role fonction poste titre job_function" },
  { "contact", "mobile", "mobile_phone cell cell_phone portable telephone_portable gsm" },

  { "lead", "first_name", "prenom given_name firstname" },
  { "lead", "last_name", "nom surname family_name lastname" },
  { "lead", "name", "full_name lead lead_name nom contact" },
  { "lead", "company", "account organisation company_name organization societe entreprise" },
  { "lead", "source", "lead_source origin origine provenance" },

  { "deal", "reference", "opportunity_id deal_id opportunity_number ref reference_number numero no number code" },
  { "deal", "name", "opportunity opportunity_name deal deal_name title subject affaire opportunite nom titre intitule objet" },
  { "deal", "owner", "sales_agent agent sales_rep salesperson salesman assigned_to commercial vendeur responsable rep account_owner" },
  { "deal", "product", "product_name item produit article" },
  { "deal", "organisation", "account account_name company customer client organization societe entreprise compte" },
  { "deal", "contact", "contact_name person primary_contact interlocuteur" },
  { "deal", "stage", "deal_stage sales_stage status state etape statut phase etat" },
  { "deal", "pipeline", "sales_pipeline funnel processus tunnel" },
  { "deal", "opened_on", "engage_date opened open_date created_date creation_date start_date date_ouverture "
                         "date_creation date_de_creation date_debut ouvert_le" },
  { "deal", "closed_on", "close_date closed closing_date date_closed won_date date_cloture date_de_cloture cloture_le fermee_le" },
  { "deal", "expected_close_on", "expected_close_date expected_closing due_date forecast_date date_prevue cloture_prevue" },
  { "deal", "amount", "close_value value deal_value opportunity_value total revenue price montant valeur prix" },
  { "deal", "probability", "win_probability probabilite chance" },

  { "ad_result", "day", "date jour reporting_starts report_date segments_date" },
  { "ad_result", "platform", "source network reseau plateforme regie channel canal" },
  { "ad_result", "account", "account_name compte customer advertiser" },
  { "ad_result", "campaign", "campaign_name campagne nom_de_la_campagne utm_campaign" },
  { "ad_result", "ad_group", "ad_group_name adgroup ad_set ad_set_name adset_name groupe_d_annonces ensemble_de_publicites" },
  { "ad_result", "impressions", "impr views affichages" },
  { "ad_result", "clicks", "link_clicks clics" },
  { "ad_result", "cost", "spend amount_spent montant_depense depense cout" },
  { "ad_result", "conversions", "results conv resultats" },
  { "ad_result", "revenue", "conv_value conversion_value conversions_value purchase_value valeur_de_conversion" },

  { "product", "name", "product product_name item article produit designation libelle nom" },
  { "product", "family", "series category range product_family product_line gamme famille categorie serie line" },
  { "product", "price", "sales_price unit_price list_price selling_price prix prix_unitaire prix_de_vente pu_ht tarif" },
  { "product", "reference", "sku code product_code item_number ref product_id article_number" },

  { "user", "name", "sales_agent agent user user_name salesperson full_name utilisateur commercial vendeur nom employee" },
  { "user", "team", "regional_office office region sales_team equipe bureau agence departement" },
  { "user", "manager", "supervisor boss reports_to responsable chef sales_manager superieur" },

  { "team", "name", "team team_name regional_office equipe nom" },
  { "team", "manager", "leader lead responsable chef" },

  { "task", "title", "task subject tache todo name sujet titre objet" },
  { "task", "due_on", "due due_date deadline echeance date_echeance date_limite" },
  { "task", "due_at", "due_time deadline_time" },
  { "task", "assignee", "assigned_to owner assigne_a responsable" },

  { "activity", "subject", "title name activity sujet titre objet" },
  { "activity", "kind", "type activity_type genre" },
  { "activity", "at", "date happened_at when time start quand" },

  { NULL, "email", "e_mail mail email_address adresse_mail courriel adresse_e_mail adresse_email" },
  { NULL, "phone", "tel telephone phone_number numero_de_telephone work_phone fixe" },
  { NULL, "website", "web url site site_web site_internet homepage web_site" },
  { NULL, "country", "pays" },
  { NULL, "address", "adresse street_address full_address" },
  { NULL, "notes", "note comment comments commentaire commentaires remarque remarques" },
  { NULL, "description", "details detail note notes comment commentaire" },
  { NULL, "tags", "tag labels label etiquettes mots_cles keywords" },
  { NULL, "linkedin", "linkedin_url linkedin_profile profil_linkedin" },
  { NULL, "opted_in", "opt_in optin consent newsletter subscribed consentement abonne" },
  { NULL, "birthday", "birth_date date_of_birth dob date_de_naissance anniversaire naissance" },
  { NULL, "language", "langue lang" },
  { NULL, "currency", "devise" },
  { "goal", "target", "goal objectif cible amount" },
  { "goal", "starts_on", "from start begin debut" },
  { NULL, "status", "statut state etat" },
  { NULL, "id", "uuid record_id identifiant_comptoir" },
};

static const struct
{
  const char *part;
  const char *headers;
} address_parts[] = {
  { "street", "street rue address_line_1 address1 adresse_1 voie street_address mailing_street billing_street" },
  { "complement", "complement address_line_2 address2 adresse_2 complement_adresse" },
  { "postcode", "postcode zip zip_code postal_code code_postal cp zipcode" },
  { "city", "city town ville commune localite" },
  { "region", "region state province departement county" },
  { "country", "country pays" },
};

/* What files of sales put in front of a field's name, by entity */
static const struct
{
  const char *entity;
  const char *prefixes;
} entity_prefixes[] = {
  { "organisation", "organisation organization account company client customer societe" },
  { "contact", "contact person" },
  { "lead", "lead prospect" },
  { "deal", "deal opportunity affaire opportunite" },
  { "product", "product item produit article" },
  { "user", "user agent" },
  { "team", "team" },
  { "task", "task tache" },
  { "activity", "activity" },
};

char *
cpt_import_fold_header (const char *header)
{
  g_autoptr(GString) split = g_string_new (NULL);
  g_autofree char *folded = NULL;
  GString *words = g_string_new (NULL);
  gboolean was_lower = FALSE;

  /* closeDate is close date */
  for (const char *p = header; *p != '\0'; p++)
    {
      if (was_lower && g_ascii_isupper (*p))
        g_string_append_c (split, ' ');
      if (*p == '(' || *p == '[')
        break;
      g_string_append_c (split, *p);
      was_lower = g_ascii_islower (*p);
    }

  folded = cpt_text_fold (split->str);
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_isalnum (g_utf8_get_char (p)))
        g_string_append_unichar (words, g_utf8_get_char (p));
      else if (words->len > 0 && words->str[words->len - 1] != '_')
        g_string_append_c (words, '_');
    }
  while (words->len > 0 && words->str[words->len - 1] == '_')
    g_string_truncate (words, words->len - 1);

  return g_string_free (words, FALSE);
}

gboolean
cpt_import_has_word (const char *list,
                     const char *word)
{
  gsize length = strlen (word);

  for (const char *p = list; length > 0 && (p = strstr (p, word)) != NULL; p += length)
    {
      if ((p == list || p[-1] == ' ') && (p[length] == ' ' || p[length] == '\0'))
        return TRUE;
    }

  return FALSE;
}

const char *
cpt_import_find_part (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (address_parts); i++)
    {
      if (g_str_equal (address_parts[i].part, name))
        return address_parts[i].part;
    }

  return NULL;
}

static const char *
match_part (const char *folded)
{
  for (guint i = 0; i < G_N_ELEMENTS (address_parts); i++)
    {
      if (cpt_import_has_word (address_parts[i].headers, folded))
        return address_parts[i].part;
    }

  return NULL;
}

static gboolean
is_synonym (const CptEntity *entity,
            const CptField  *field,
            const char      *folded)
{
  for (guint i = 0; i < G_N_ELEMENTS (synonyms); i++)
    {
      if ((synonyms[i].entity == NULL || g_str_equal (synonyms[i].entity, entity->name)) &&
          g_str_equal (synonyms[i].field, field->name) &&
          cpt_import_has_word (synonyms[i].headers, folded))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_label (const CptField *field,
          const char     *folded)
{
  g_autofree char *english = cpt_import_fold_header (field->label);
  g_autofree char *local = cpt_import_fold_header (cpt_field_get_label (field));

  return g_str_equal (english, folded) || g_str_equal (local, folded);
}

static guint
score_plain (const CptEntity  *entity,
             const CptField   *field,
             const char       *folded,
             const char      **part)
{
  const char *found = NULL;

  if (g_str_equal (field->name, folded) ||
      (field->is_custom && g_str_has_prefix (field->name, "x_") && g_str_equal (field->name + 2, folded)))
    return SCORE_NAME;
  if (is_label (field, folded))
    return SCORE_LABEL;
  if (is_synonym (entity, field, folded))
    return SCORE_SYNONYM;

  if (field->kind == CPT_FIELD_ADDRESS && (found = match_part (folded)) != NULL)
    {
      if (part != NULL)
        *part = found;
      return SCORE_BEHIND_ENTITY + 5;
    }

  return 0;
}

static const char *
skip_entity_prefix (const CptEntity *entity,
                    const char      *folded)
{
  const char *end = strchr (folded, '_');
  g_autofree char *prefix = NULL;

  if (end == NULL)
    return NULL;

  prefix = g_strndup (folded, end - folded);
  for (guint i = 0; i < G_N_ELEMENTS (entity_prefixes); i++)
    {
      if (g_str_equal (entity_prefixes[i].entity, entity->name) &&
          cpt_import_has_word (entity_prefixes[i].prefixes, prefix))
        return end + 1;
    }

  return NULL;
}

static gboolean
is_near (const CptField *field,
         const char     *folded)
{
  g_autofree char *label = cpt_import_fold_header (cpt_field_get_label (field));

  if (strlen (folded) < NEAR_LENGTH)
    return FALSE;

  return (strlen (field->name) >= NEAR_LENGTH && cpt_text_get_distance (field->name, folded) <= NEAR_DISTANCE) ||
         (strlen (label) >= NEAR_LENGTH && cpt_text_get_distance (label, folded) <= NEAR_DISTANCE);
}

guint
cpt_import_score_header (const CptEntity  *entity,
                         const CptField   *field,
                         const char       *folded,
                         const char      **part)
{
  const char *rest;
  guint score;

  if (part != NULL)
    *part = NULL;
  if (*folded == '\0' || (field->flags & (CPT_FIELD_READ_ONLY | CPT_FIELD_HIDDEN)) != 0)
    return 0;

  score = score_plain (entity, field, folded, part);
  if (score > 0)
    return score;

  rest = skip_entity_prefix (entity, folded);
  if (rest != NULL && score_plain (entity, field, rest, part) > 0)
    return part != NULL && *part != NULL ? SCORE_BEHIND_ENTITY - 5 : SCORE_BEHIND_ENTITY;

  return is_near (field, folded) ? SCORE_NEAR : 0;
}

typedef struct
{
  guint score;
  guint column;
  const CptField *field;
  const char *part;
} Match;

static int
compare_matches (gconstpointer a,
                 gconstpointer b)
{
  const Match *first = a;
  const Match *second = b;

  if (first->score != second->score)
    return first->score > second->score ? -1 : 1;
  if (first->column != second->column)
    return first->column < second->column ? -1 : 1;

  return (int) first->field->index - (int) second->field->index;
}

static void
collect_matches (const CptEntity *entity,
                 CptImportColumn *column,
                 guint            position,
                 GArray          *matches)
{
  g_autofree char *folded = cpt_import_fold_header (column->header);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      Match match = { .column = position, .field = entity->fields[i] };

      match.score = cpt_import_score_header (entity, match.field, folded, &match.part);
      if (match.score > 0)
        g_array_append_val (matches, match);
    }

  if (column->field == NULL && (g_str_equal (folded, "id") || g_str_equal (folded, "uuid")))
    column->field = g_strdup ("id");
}

void
cpt_import_match_names (const CptEntity *entity,
                        GPtrArray       *columns)
{
  g_autoptr(GArray) matches = g_array_new (FALSE, FALSE, sizeof (Match));
  g_autoptr(GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < columns->len; i++)
    collect_matches (entity, g_ptr_array_index (columns, i), i, matches);
  g_array_sort (matches, compare_matches);

  for (guint i = 0; i < matches->len; i++)
    {
      Match *match = &g_array_index (matches, Match, i);
      CptImportColumn *column = g_ptr_array_index (columns, match->column);
      g_autofree char *key = g_strconcat (match->field->name, ".", match->part, NULL);

      if (column->field != NULL || g_hash_table_contains (taken, key))
        continue;

      g_hash_table_add (taken, g_steal_pointer (&key));
      column->field = g_strdup (match->field->name);
      column->part = g_strdup (match->part);
    }
}

static const struct
{
  const char *word; /* folded */
  gint64 multiplier;
} multipliers[] = {
  { "billions", 1000000000 },
  { "milliards", 1000000000 },
  { "md", 1000000000 },
  { "millions", 1000000 },
  { "million", 1000000 },
  { "mio", 1000000 },
  { "m", 1000000 },
  { "thousands", 1000 },
  { "thousand", 1000 },
  { "milliers", 1000 },
  { "k", 1000 },
};

static void
read_unit_word (const char *word,
                gint64     *multiplier,
                char        currency[4])
{
  g_autofree char *code = g_ascii_strup (word, -1);

  if (strlen (code) == 3 && cpt_currency_get_exponent (code) >= 0)
    g_strlcpy (currency, code, 4);

  for (guint i = 0; i < G_N_ELEMENTS (multipliers); i++)
    {
      if (g_str_equal (multipliers[i].word, word))
        *multiplier = multipliers[i].multiplier;
    }
}

void
cpt_import_read_unit (const char *header,
                      gint64     *multiplier,
                      char        currency[4])
{
  const char *open = strpbrk (header, "([");
  g_autoptr(GString) unit = NULL;
  g_autofree char *folded = NULL;
  g_auto(GStrv) words = NULL;

  *multiplier = 0;
  currency[0] = '\0';
  if (open == NULL)
    return;

  unit = g_string_new (open + 1);
  g_string_replace (unit, "€", " EUR ", 0);
  g_string_replace (unit, "$", " USD ", 0);
  g_string_replace (unit, "£", " GBP ", 0);
  folded = cpt_text_fold (unit->str);
  g_strcanon (folded, "abcdefghijklmnopqrstuvwxyz", ' ');
  words = g_strsplit (folded, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    read_unit_word (words[i], multiplier, currency);
}

static const struct
{
  const char *kind;
  const char *titles; /* folded, words joined by "_" */
} stage_kinds[] = {
  { "won", "won closed_won deal_won gagne gagnee gagnes conclu conclue signe signee affaire_gagnee vendu" },
  { "lost", "lost closed_lost deal_lost perdu perdue perdus affaire_perdue abandonne abandonnee disqualified" },
};

/* The way that deals go, in the words that companies have for it */
static const struct
{
  guint rank;
  const char *titles; /* folded, words joined by "_" */
} stage_ranks[] = {
  { 1, "new nouveau nouvelle inbound entrant suspect suspects lead leads piste pistes prospect prospects prospecting prospection "
       "to_contact a_contacter contact contacted contacte" },
  { 2, "qualified qualification qualifying qualify qualifie qualifiee discovery decouverte mql sql" },
  { 3, "engaging engaged engagement meeting rendez_vous rdv needs_analysis analysis analyse_des_besoins besoin" },
  { 4, "demo demonstration presentation value_proposition solution trial poc essai evaluation" },
  { 5, "proposal proposal_price_quote proposition proposition_commerciale offer offre quote quoted quotation devis chiffrage" },
  { 6, "negotiation negotiating negotiation_review negociation en_negociation" },
  { 7, "contract contrat decision decision_makers closing commit committed verbal_agreement accord_verbal signature" },
};

guint
cpt_import_stage_rank (const char *title)
{
  g_autofree char *folded = cpt_import_fold_header (title);

  for (guint i = 0; i < G_N_ELEMENTS (stage_ranks); i++)
    {
      if (cpt_import_has_word (stage_ranks[i].titles, folded))
        return stage_ranks[i].rank;
    }

  return 0;
}

const char *
cpt_import_stage_kind (const char *title)
{
  g_autofree char *folded = cpt_import_fold_header (title);

  for (guint i = 0; i < G_N_ELEMENTS (stage_kinds); i++)
    {
      if (cpt_import_has_word (stage_kinds[i].titles, folded))
        return stage_kinds[i].kind;
    }

  return NULL;
}
