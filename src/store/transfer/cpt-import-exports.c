/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exports of other products that are known: which headings tell them, what
 * becomes of each column. Data alone; cpt-import-desk.c works with it.
 *
 * Headings are compared folded (cpt_import_fold_header()), separated by
 * blanks: the names that the products' data files have and what they show in
 * English and French. listmonk writes one fixed heading; Mautic the aliases of
 * its fields; EspoCRM the names of attributes in CSV and labels in XLSX; Odoo
 * technical names when it exports for import and labels otherwise; Dolibarr
 * labels. What other programs call their columns too weighs nothing. Of columns
 * that become the same field the one that is declared first is taken.
 *
 * A consent is never made up: that a product does not know of a refusal is no
 * agreement. */
#include "config.h"

#include "cpt-import-private.h"

#include <glib/gi18n-lib.h>

/* Who refused, where the kind of record has no field for it */
#define REFUSED_TAG                                                                                                 \
  "{\"1\":\"opted-out\",\"true\":\"opted-out\",\"yes\":\"opted-out\",\"vrai\":\"opted-out\",\"oui\":\"opted-out\"," \
  "\"0\":\"\",\"false\":\"\",\"no\":\"\",\"faux\":\"\",\"non\":\"\"}"
/* Of a line in the notes, what says nothing */
#define UNLESS_NO "{\"0\":\"\",\"false\":\"\",\"no\":\"\",\"faux\":\"\",\"non\":\"\"}"
#define LANGUAGES                                                                                               \
  "{\"en_us\":\"en\",\"en_gb\":\"en\",\"english (us)\":\"en\",\"english (uk)\":\"en\",\"anglais (us)\":\"en\"," \
  "\"fr_fr\":\"fr\",\"fr_be\":\"fr\",\"fr_ch\":\"fr\",\"french / français\":\"fr\",\"français\":\"fr\","      \
  "\"de_de\":\"de\",\"german / deutsch\":\"de\",\"es_es\":\"es\",\"spanish / español\":\"es\","                \
  "\"it_it\":\"it\",\"italian / italiano\":\"it\",\"nl_nl\":\"nl\",\"dutch / nederlands\":\"nl\","              \
  "\"pt_pt\":\"pt\",\"pt_br\":\"pt\"}"

static const CptImportExportColumn odoo_people[] = {
  { "name display_name complete_name nom nom_complet nom_affiche", "full_name", .is_needed = TRUE },
  { "is_a_company is_company est_une_societe est_une_entreprise", NULL, .weight = 3, .skip = "true|1|yes|vrai|oui|x" },
  { "company_type type_de_societe type_d_entreprise", NULL, .weight = 3, .skip = "company|société|entreprise" },
  { "related_company parent_id parent_id_name parent_name societe_liee entreprise_liee societe_apparentee", "organisation",
    .weight = 3 },
  { "company_name company_name_entity commercial_company_name nom_de_la_societe nom_de_l_entreprise", "organisation",
    .weight = 1 },
  { "job_position function poste_occupe fonction", "job_title", .weight = 2 },
  { "email courriel e_mail", "email" },
  { "phone telephone", "phone" },
  { "mobile portable telephone_portable", "mobile" },
  { "street rue", "address.street" },
  { "street2 street_2 rue2 rue_2", "address.complement", .weight = 1 },
  { "zip code_postal", "address.postcode" },
  { "city ville", "address.city" },
  { "state state_id state_id_name etat", "address.region" },
  { "country country_id country_id_name country_id_code pays", "country" },
  { "language lang langue", "language", LANGUAGES },
  { "tags category_id category_id_name etiquettes", "tags" },
  { "salesperson user_id user_id_name vendeur", "owner", .weight = 2 },
  { "notes comment internal_notes notes_internes", "notes" },
  { "blacklist is_blacklisted liste_noire opt_out", "opted_in.not", .weight = 1 },
  { "external_id id id_externe", NULL },
  { "created_on create_date cree_le last_updated_on write_date derniere_mise_a_jour_le active actif", NULL },
  { "activities activity_ids activites next_activity prochaine_activite image image_1920 image_128 company societe", NULL },
  { NULL },
};

static const CptImportExportColumn odoo_companies[] = {
  { "name display_name complete_name nom nom_complet nom_affiche", "name", .is_needed = TRUE },
  { "is_a_company is_company est_une_societe est_une_entreprise", NULL, .weight = 3, .skip = "false|0|no|faux|non|" },
  { "company_type type_de_societe type_d_entreprise", NULL, .weight = 3, .skip = "person|individual|personne|particulier|individu|" },
  { "related_company parent_id parent_id_name parent_name societe_liee entreprise_liee societe_apparentee", "parent",
    .weight = 3 },
  { "company_name company_name_entity commercial_company_name nom_de_la_societe nom_de_l_entreprise", NULL, .weight = 1 },
  { "job_position function poste_occupe fonction", NULL, .weight = 2 },
  { "email courriel e_mail", "email" },
  { "phone telephone", "phone" },
  { "street rue", "address.street" },
  { "street2 street_2 rue2 rue_2", "address.complement", .weight = 1 },
  { "zip code_postal", "address.postcode" },
  { "city ville", "address.city" },
  { "state state_id state_id_name etat", "address.region" },
  { "country country_id country_id_name country_id_code pays", "country" },
  { "website website_link site_web lien_du_site_web", "website" },
  { "tax_id vat numero_de_tva n_tva identification_fiscale", "vat_number" },
  { "industry industry_id industry_id_name secteur_d_activite", "sector" },
  { "tags category_id category_id_name etiquettes", "tags" },
  { "salesperson user_id user_id_name vendeur", "owner", .weight = 2 },
  { "notes comment internal_notes notes_internes", "notes" },
  { "blacklist is_blacklisted liste_noire opt_out", "tags.more", REFUSED_TAG, .weight = 1 },
  { "external_id id id_externe language lang langue", NULL },
  { "created_on create_date cree_le last_updated_on write_date derniere_mise_a_jour_le active actif", NULL },
  { "activities activity_ids activites next_activity prochaine_activite image image_1920 image_128 company societe", NULL },
  { NULL },
};

/* Odoo keeps leads and opportunities in one table and calls the name of both
 * "Opportunity" in most exports: a stage and a revenue tell opportunities. */
static const CptImportExportColumn odoo_leads[] = {
  { "opportunity lead name opportunite piste", "name", .is_needed = TRUE },
  { "type", NULL, .weight = 1, .skip = "opportunity|opportunité" },
  { "contact_name nom_du_contact", "last_name", .weight = 2 },
  { "company_name partner_name nom_de_la_societe nom_de_l_entreprise", "company", .weight = 2 },
  { "customer partner_id partner_id_name client", "company" },
  { "email email_from courriel e_mail", "email" },
  { "phone telephone", "phone" },
  { "salesperson user_id user_id_name vendeur", "owner", .weight = 2 },
  { "sales_team team_id team_id_name equipe_commerciale", "notes.more", .weight = 3 },
  { "stage stage_id stage_id_name etape", "status",
    "{\"new\":\"new\",\"nouveau\":\"new\",\"nouvelle\":\"new\",\"qualified\":\"qualified\",\"qualifié\":\"qualified\","
    "\"qualifiée\":\"qualified\",\"proposition\":\"qualified\",\"won\":\"converted\",\"gagné\":\"converted\","
    "\"gagnée\":\"converted\",\"lost\":\"lost\",\"perdu\":\"lost\",\"perdue\":\"lost\"}" },
  { "expected_revenue planned_revenue revenu_espere revenus_esperes revenu_attendu revenus_attendus revenu_prevu revenus_prevus",
    "estimated_value" },
  { "street street2 city zip state state_id country country_id rue rue2 ville code_postal etat pays priority priorite "
    "medium medium_id canal",
    "notes.more" },
  { "tags tag_ids tag_ids_name etiquettes", "tags" },
  { "source source_id source_id_name", "source" },
  { "campaign campaign_id campaign_id_name campagne", "campaign", .weight = 1 },
  { "notes internal_notes description notes_internes", "notes" },
  { "blacklist is_blacklisted liste_noire opt_out", "tags.more", REFUSED_TAG, .weight = 1 },
  { "external_id id id_externe", NULL },
  { "created_on create_date cree_le last_updated_on write_date active actif", NULL },
  { "activities activity_ids activites next_activity prochaine_activite company societe", NULL },
  { NULL },
};

static const CptImportExportColumn odoo_opportunities[] = {
  { "opportunity name opportunite", "name", .is_needed = TRUE },
  { "type", NULL, .weight = 1, .skip = "lead|piste" },
  { "contact_name nom_du_contact", "contact", .weight = 2 },
  { "company_name partner_name nom_de_la_societe nom_de_l_entreprise", "organisation", .weight = 1 },
  { "customer partner_id partner_id_name client", "organisation" },
  { "salesperson user_id user_id_name vendeur", "owner", .weight = 2 },
  { "sales_team team_id team_id_name equipe_commerciale", "notes.more", .weight = 3 },
  { "stage stage_id stage_id_name etape", "stage", .weight = 3 },
  { "expected_revenue planned_revenue revenu_espere revenus_esperes revenu_attendu revenus_attendus revenu_prevu revenus_prevus",
    "amount", .weight = 4 },
  { "probability probabilite", "probability", .weight = 1 },
  { "expected_closing date_deadline cloture_prevue date_de_cloture_prevue cloture_attendue", "expected_close_on", .weight = 3 },
  { "created_on create_date cree_le", "opened_on" },
  { "closed_date date_closed date_de_cloture", "closed_on" },
  { "tags tag_ids tag_ids_name etiquettes", "tags" },
  { "source source_id source_id_name", "source" },
  { "notes internal_notes description notes_internes", "notes" },
  { "email email_from courriel e_mail phone telephone mobile portable street street2 city zip state state_id country country_id "
    "rue rue2 ville code_postal etat pays website site_web campaign campaign_id campagne medium medium_id canal priority priorite",
    "notes.more" },
  { "blacklist is_blacklisted liste_noire opt_out", "tags.more", REFUSED_TAG, .weight = 1 },
  { "external_id id id_externe", NULL },
  { "last_updated_on write_date active actif activities activity_ids activites next_activity prochaine_activite "
    "company societe",
    NULL },
  { NULL },
};

static const CptImportExportColumn espo_contacts[] = {
  { "name nom", "full_name" },
  { "first_name prenom", "first_name" },
  { "last_name", "last_name" },
  { "title account_role role titre", "job_title" },
  { "account_name account compte", "organisation", .weight = 2, .is_needed = TRUE },
  { "account_id", NULL, .weight = 2 },
  { "accounts_ids accounts_names accounts_columns account_type account_is_inactive", NULL, .weight = 1 },
  { "email_address email", "email" },
  { "phone_number phone telephone", "phone" },
  { "email_address_is_opted_out email_is_opted_out", "opted_in.not", .weight = 2 },
  { "do_not_call ne_pas_appeler", "notes.more", UNLESS_NO, .weight = 2 },
  { "opportunity_role role_de_challenge", "notes.more", .weight = 2 },
  { "address_street", "address.street", .weight = 1 },
  { "address_city", "address.city", .weight = 1 },
  { "address_state", "address.region", .weight = 1 },
  { "address_postal_code", "address.postcode", .weight = 1 },
  { "address_country", "country", .weight = 1 },
  { "description", "notes" },
  { "assigned_user_name assigned_user utilisateur_assigne", "owner", .weight = 3 },
  { "assigned_user_id created_by_id modified_by_id", NULL, .weight = 1 },
  { "salutation_name", NULL, .weight = 2 },
  { "id deleted created_at modified_at created_by_name modified_by_name created_by modified_by", NULL },
  { "teams_ids teams_names teams portal_user_id portal_user_name email_address_data phone_number_data is_followed", NULL },
  { NULL },
};

static const CptImportExportColumn espo_accounts[] = {
  { "name nom", "name", .is_needed = TRUE },
  { "website site_web", "website" },
  { "email_address email", "email" },
  { "phone_number phone telephone", "phone" },
  { "type", "kind",
    "{\"customer\":\"customer\",\"client\":\"customer\",\"investor\":\"other\",\"partner\":\"partner\","
    "\"reseller\":\"partner\",\"partenaire\":\"partner\",\"revendeur\":\"partner\"}" },
  { "industry secteur secteur_d_activite", "sector", .weight = 1 },
  { "sic_code code_sic", "notes.more", .weight = 3 },
  { "email_address_is_opted_out email_is_opted_out", "tags.more", REFUSED_TAG, .weight = 1 },
  { "billing_address_street", "address.street", .weight = 2 },
  { "billing_address_city", "address.city", .weight = 2 },
  { "billing_address_state", "address.region", .weight = 1 },
  { "billing_address_postal_code", "address.postcode", .weight = 1 },
  { "billing_address_country", "country", .weight = 1 },
  { "billing_address shipping_address", "notes.more", .weight = 2 },
  { "description", "notes" },
  { "assigned_user_name assigned_user utilisateur_assigne", "owner", .weight = 3 },
  { "assigned_user_id created_by_id modified_by_id", NULL, .weight = 1 },
  { "id deleted created_at modified_at created_by_name modified_by_name created_by modified_by campaign_id", NULL },
  { "teams_ids teams_names teams email_address_data phone_number_data is_followed target_list_id", NULL },
  { NULL },
};

static const CptImportExportColumn espo_leads[] = {
  { "name nom", "name" },
  { "first_name prenom", "first_name" },
  { "last_name", "last_name" },
  { "account_name account compte", "company" },
  { "email_address email", "email" },
  { "phone_number phone telephone", "phone" },
  { "status statut", "status",
    "{\"new\":\"new\",\"assigned\":\"contacted\",\"in process\":\"contacted\",\"converted\":\"converted\",\"recycled\":\"contacted\","
    "\"dead\":\"lost\",\"nouveau\":\"new\",\"assigné\":\"contacted\",\"en cours\":\"contacted\",\"converti\":\"converted\","
    "\"recyclé\":\"contacted\",\"mort\":\"lost\"}",
    .weight = 2, .is_needed = TRUE },
  { "source", "source",
    "{\"call\":\"outbound\",\"email\":\"outbound\",\"existing customer\":\"referral\",\"partner\":\"partner\","
    "\"public relations\":\"other\",\"web site\":\"website\",\"campaign\":\"campaign\",\"other\":\"other\"}",
    .weight = 1 },
  { "opportunity_amount montant_de_l_opportunite", "estimated_value", .weight = 3 },
  { "opportunity_amount_currency opportunity_amount_converted", NULL, .weight = 1 },
  { "campaign_name campaign campagne", "campaign", .weight = 1 },
  { "industry website site_web title titre", "notes.more" },
  { "email_address_is_opted_out email_is_opted_out", "tags.more", REFUSED_TAG, .weight = 1 },
  { "do_not_call ne_pas_appeler", "notes.more", UNLESS_NO, .weight = 2 },
  { "description", "notes" },
  { "assigned_user_name assigned_user utilisateur_assigne", "owner", .weight = 3 },
  { "assigned_user_id created_by_id modified_by_id", NULL, .weight = 1 },
  { "created_account_id created_contact_id created_opportunity_id converted_at", NULL, .weight = 1 },
  { "salutation_name", NULL, .weight = 2 },
  { "id deleted created_at modified_at created_by_name modified_by_name created_by modified_by campaign_id", NULL },
  { "teams_ids teams_names teams email_address_data phone_number_data is_followed target_list_id", NULL },
  { NULL },
};

static const CptImportExportColumn espo_opportunities[] = {
  { "name nom", "name", .is_needed = TRUE },
  { "amount montant", "amount", .weight = 1, .is_needed = TRUE },
  { "amount_currency amount_converted amount_weighted_converted", NULL, .weight = 2 },
  { "account_name account compte", "organisation", .weight = 1 },
  { "account_id contact_id", NULL, .weight = 1 },
  { "contact_name contact", "contact" },
  { "stage etape etage", "stage", .weight = 1, .is_needed = TRUE },
  { "last_stage originating_lead_id originating_lead_name", NULL, .weight = 2 },
  { "probability probabilite", "probability" },
  { "close_date date_de_cloture date_de_fermeture", "expected_close_on", .weight = 1 },
  { "lead_source source", "source",
    "{\"call\":\"outbound\",\"email\":\"outbound\",\"existing customer\":\"referral\",\"partner\":\"partner\","
    "\"public relations\":\"other\",\"web site\":\"website\",\"campaign\":\"campaign\",\"other\":\"other\"}",
    .weight = 1 },
  { "description", "notes" },
  { "assigned_user_name assigned_user utilisateur_assigne", "owner", .weight = 3 },
  { "assigned_user_id created_by_id modified_by_id", NULL, .weight = 1 },
  { "id deleted created_at modified_at created_by_name modified_by_name created_by modified_by campaign_id campaign_name", NULL },
  { "contacts_ids contacts_names contacts_columns teams_ids teams_names teams is_followed", NULL },
  { NULL },
};

static const CptImportExportColumn dolibarr_third_parties[] = {
  { "third_party_name nom_du_tiers name nom raison_sociale", "name", .is_needed = TRUE },
  { "customer_code code_client", "notes.more", .weight = 3 },
  { "supplier_code vendor_code code_fournisseur", "notes.more", .weight = 3 },
  { "customer_accounting_code customer_accountancy_code code_comptable_client supplier_accounting_code vendor_accounting_code "
    "supplier_accountancy_code code_comptable_fournisseur accountancy_code code_compta",
    NULL, .weight = 2 },
  { "customer prospect_customer customer_prospect client prospect_client", "kind",
    "{\"0\":\"other\",\"1\":\"customer\",\"2\":\"prospect\",\"3\":\"customer\"}", .weight = 1 },
  { "supplier vendor fournisseur", "tags.more", "{\"0\":\"\",\"1\":\"supplier\",\"no\":\"\",\"non\":\"\",\"yes\":\"supplier\",\"oui\":\"supplier\"}",
    .weight = 1 },
  { "professional_id_1 prof_id_1 id_professionnel_1 id_prof_1 siren", "siren", .weight = 2 },
  { "professional_id_2 prof_id_2 id_professionnel_2 id_prof_2 siret", "siret", .weight = 2 },
  { "professional_id_3 prof_id_3 id_professionnel_3 id_prof_3 naf", "notes.more", .weight = 1 },
  { "vat_number vat_id num_tva numero_de_tva n_tva", "vat_number", .weight = 1 },
  { "parent_company maison_mere societe_mere", "parent" },
  { "address adresse", "address.street" },
  { "zip_code zip code_postal", "address.postcode" },
  { "town city ville", "address.city" },
  { "state_canton state_province departement_canton", "address.region", .weight = 2 },
  { "country pays", "country" },
  { "phone telephone", "phone" },
  { "url web site_web", "website" },
  { "email e_mail", "email" },
  { "third_party_type type_du_tiers", "notes.more", .weight = 2 },
  { "juridical_status forme_juridique business_entity_type legal_form", "notes.more", .weight = 1 },
  { "staff effectif workforce", "notes.more" },
  { "prospect_status status_prospect etat_prospection statut_de_prospection etat_de_prospection", "tags.more",
    "{\"st_no\":\"opted-out\",\"do not contact\":\"opted-out\",\"ne pas contacter\":\"opted-out\",\"-1\":\"opted-out\","
    "\"st_never\":\"\",\"st_todo\":\"\",\"st_pend\":\"\",\"st_done\":\"\",\"0\":\"\",\"1\":\"\",\"2\":\"\",\"3\":\"\","
    "\"never contacted\":\"\",\"jamais contacté\":\"\",\"to contact\":\"\",\"à contacter\":\"\",\"to be contacted\":\"\","
    "\"contact in process\":\"\",\"contact en cours\":\"\",\"contact done\":\"\",\"contact réalisé\":\"\"}",
    .weight = 2 },
  { "private_note note_privee note", "notes" },
  { "public_note note_publique", "notes.more" },
  { "id id_third_party id_tiers company_id id_societe status etat country_code code_pays canvas region fax", NULL },
  { "creation_date date_creation date_de_creation modif_date date_modif date_de_modification", NULL },
  { "default_language langue_par_defaut price_level niveau_de_prix", NULL },
  { NULL },
};

static const CptImportExportColumn dolibarr_contacts[] = {
  { "contact_id id_contact", NULL, .weight = 3 },
  { "civility_code code_civilite", NULL, .weight = 2 },
  { "lastname last_name nom", "last_name", .is_needed = TRUE },
  { "firstname first_name prenom", "first_name" },
  { "post_function poste_fonction job_position", "job_title", .weight = 3 },
  { "contact_private contact_prive", NULL, .weight = 1 },
  { "company_name raison_sociale third_party_name nom_du_tiers", "organisation", .weight = 1 },
  { "company_id id_societe id_third_party id_tiers", NULL, .weight = 2 },
  { "address adresse", "address.street" },
  { "zip_code zip code_postal", "address.postcode" },
  { "town city ville", "address.city" },
  { "state_canton state_province departement_canton", "address.region", .weight = 1 },
  { "country pays", "country" },
  { "phone telephone prof_phone tel_pro", "phone" },
  { "mobile tel_portable portable", "mobile" },
  { "email e_mail", "email" },
  { "no_email refuse_bulk_emailings refuse_mass_emailings refuser_les_emailings refuse_les_emailings", "opted_in.not", .weight = 2 },
  { "customer_code code_client supplier_code vendor_code code_fournisseur", NULL, .weight = 1 },
  { "customer client supplier vendor fournisseur status etat country_code code_pays region fax", NULL },
  { "third_party_type type_du_tiers accountancy_code code_compta", NULL },
  { "supplier_accountancy_code code_compta_fournisseur", NULL },
  { "creation_date date_creation date_de_creation modif_date date_modif date_de_modification", NULL },
  { NULL },
};

static const CptImportExportColumn mautic_contacts[] = {
  { "firstname first_name", "first_name" },
  { "lastname last_name", "last_name" },
  { "email", "email", .is_needed = TRUE },
  { "company companyname primary_company", "organisation" },
  { "position", "job_title", .weight = 1 },
  { "phone", "phone" },
  { "mobile", "mobile" },
  { "address1 address_line_1", "address.street", .weight = 1 },
  { "address2 address_line_2", "address.complement", .weight = 1 },
  { "zipcode zip_code", "address.postcode", .weight = 1 },
  { "city", "address.city" },
  { "state", "address.region" },
  { "country", "country" },
  { "preferred_locale", "language", LANGUAGES, .weight = 3 },
  { "points", "notes.more", "{\"0\":\"\"}", .weight = 3 },
  { "stage", "tags.more", .weight = 1 },
  { "tags", "tags" },
  { "linkedin", "linkedin" },
  { "facebook foursquare instagram skype twitter", "notes.more", .weight = 1 },
  { "do_not_contact donotcontact do_not_email donotemail dnc", "opted_in.not", .weight = 3 },
  { "ownerusername owner_username", "owner", .weight = 2 },
  { "attribution attribution_date", "notes.more", "{\"0\":\"\"}", .weight = 2 },
  { "last_active date_identified dateidentified date_added dateadded", NULL, .weight = 2 },
  { "id owner_id owner timezone ip ip_addresses date_modified datemodified created_by_user modified_by_user", NULL },
  { NULL },
};

static const CptImportExportColumn listmonk_subscribers[] = {
  { "uuid", NULL, .weight = 2 },
  { "email", "email", .is_needed = TRUE },
  { "name", "full_name" },
  { "attributes attribs", "notes.more", .weight = 3, .is_needed = TRUE },
  { "status subscription_status", "opted_in.more",
    "{\"enabled\":\"\",\"confirmed\":\"true\",\"unconfirmed\":\"\",\"disabled\":\"false\",\"blocklisted\":\"false\","
    "\"blacklisted\":\"false\",\"unsubscribed\":\"false\"}",
    .weight = 1 },
  { "lists list_names", "tags", .weight = 1 },
  { "created_at updated_at", NULL, .weight = 1 },
  { "id", NULL },
  { NULL },
};

static const CptImportExport exports[] = {
  { "odoo-partners", "Odoo", N_("Odoo, partners"), "contact", odoo_people, 5,
    N_("Companies were passed over: import the file a second time as “Odoo, companies”"), "odoo-companies" },
  { "odoo-companies", "Odoo", N_("Odoo, companies"), "organisation", odoo_companies, 5,
    N_("People were passed over: import the file a second time as “Odoo, partners”") },
  { "odoo-leads", "Odoo", N_("Odoo, leads"), "lead", odoo_leads, 5,
    N_("Opportunities were passed over: import the file a second time as “Odoo, opportunities”") },
  { "odoo-opportunities", "Odoo", N_("Odoo, opportunities"), "deal", odoo_opportunities, 6,
    N_("Leads were passed over: import the file a second time as “Odoo, leads”") },
  { "espocrm-contacts", "EspoCRM", N_("EspoCRM, contacts"), "contact", espo_contacts, 5, NULL },
  { "espocrm-accounts", "EspoCRM", N_("EspoCRM, accounts"), "organisation", espo_accounts, 5, NULL },
  { "espocrm-leads", "EspoCRM", N_("EspoCRM, leads"), "lead", espo_leads, 6, NULL },
  { "espocrm-opportunities", "EspoCRM", N_("EspoCRM, opportunities"), "deal", espo_opportunities, 6, NULL },
  { "dolibarr-third-parties", "Dolibarr", N_("Dolibarr, third parties"), "organisation", dolibarr_third_parties, 5, NULL },
  { "dolibarr-contacts", "Dolibarr", N_("Dolibarr, contacts"), "contact", dolibarr_contacts, 5, NULL },
  { "mautic-contacts", "Mautic", N_("Mautic, contacts"), "contact", mautic_contacts, 5, NULL },
  { "listmonk-subscribers", "listmonk", N_("listmonk, subscribers"), "contact", listmonk_subscribers, 5, NULL },
};

const CptImportExport *
cpt_import_exports_get (guint *n_exports)
{
  *n_exports = G_N_ELEMENTS (exports);

  return exports;
}
