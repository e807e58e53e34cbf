/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cpt-export.h"
#include "cpt-import-private.h"
#include "cpt-json.h"
#include "store-fixture.h"

static char *
write_file (Fixture    *fixture,
            const char *text)
{
  char *path = g_build_filename (fixture->folder, "data.csv", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return path;
}

static CptImportPlan *
create_plan (Fixture    *fixture,
             const char *entity,
             const char *path)
{
  g_autoptr(GError) error = NULL;
  CptImportPlan *plan = cpt_import_plan_new (fixture->database, get_entity (fixture, entity), path, NULL, &error);

  g_assert_no_error (error);

  return plan;
}

static CptImportReport *
run (Fixture       *fixture,
     CptImportPlan *plan,
     const char    *path,
     gboolean       dry_run)
{
  g_autoptr(GError) error = NULL;
  CptImportReport *report = cpt_import_run (fixture->database, plan, path, NULL, dry_run, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return report;
}

static guint64
count (Fixture    *fixture,
       const char *entity)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptQuery) query = cpt_query_new (cpt_database_get_schema (fixture->database), get_entity (fixture, entity));
  guint64 n = 0;

  cpt_query_count (query, fixture->database, &n, &error);
  g_assert_no_error (error);

  return n;
}

static const struct
{
  const char *entity;
  const char *header;
  const char *field; /* (nullable) */
  const char *part;
} names[] = {
  { "organisation", "account", "name" },
  { "organisation", "Raison sociale", "name" },
  { "organisation", "office_location", "country" },
  { "organisation", "subsidiary_of", "parent" },
  { "organisation", "year_established", "founded_year" },
  { "organisation", "Chiffre d'affaires (k€)", "revenue" },
  { "organisation", "Code postal", "address", "postcode" },
  { "organisation", "accountCountry", "country" },
  { "organisation", "Emploiyees", "employees" },
  { "organisation", "Table", NULL },
  { "contact", "Prénom", "first_name" },
  { "contact", "E-MAIL", "email" },
  { "contact", "Société", "organisation" },
  { "deal", "opportunity_id", "reference" },
  { "deal", "sales_agent", "owner" },
  { "deal", "deal_stage", "stage" },
  { "deal", "engage_date", "opened_on" },
  { "deal", "close_date", "closed_on" },
  { "deal", "close_value", "amount" },
  { "product", "series", "family" },
  { "product", "sales_price", "price" },
  { "user", "sales_agent", "name" },
  { "user", "regional_office", "team" },
};

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = g_strdup_printf ("\"%s\"\n\n", names[i].header);
      g_autofree char *path = write_file (fixture, text);
      g_autoptr(CptImportPlan) plan = create_plan (fixture, names[i].entity, path);
      CptImportColumn *column = g_ptr_array_index (plan->columns, 0);

      g_test_message ("%s of %s", names[i].header, names[i].entity);
      g_assert_cmpstr (column->field, ==, names[i].field);
      g_assert_cmpstr (column->part, ==, names[i].part);
    }
}

static void
test_units (void)
{
  static const struct
  {
    const char *header;
    gint64 multiplier;
    const char *currency;
  } cases[] = {
    { "revenue", 0, "" },
    { "revenue (k€)", 1000, "EUR" },
    { "revenue (in millions of USD)", 1000000, "USD" },
    { "CA [MD €]", 1000000000, "EUR" },
    { "revenue (", 0, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char currency[4];
      gint64 multiplier;

      cpt_import_read_unit (cases[i].header, &multiplier, currency);
      g_assert_cmpint (multiplier, ==, cases[i].multiplier);
      g_assert_cmpstr (currency, ==, cases[i].currency);
    }
}

static void
test_stage_kinds (void)
{
  g_assert_cmpstr (cpt_import_stage_kind ("Closed Won"), ==, "won");
  g_assert_cmpstr (cpt_import_stage_kind ("Gagnée"), ==, "won");
  g_assert_cmpstr (cpt_import_stage_kind ("perdu"), ==, "lost");
  g_assert_null (cpt_import_stage_kind ("Engaging"));
  g_assert_null (cpt_import_stage_kind (""));
}

static void
test_trims (void)
{
  static const struct
  {
    const char *text;
    const char *meant;
  } cases[] = {
    { "  a b ", "a b" },
    { "'=1+1", "=1+1" },
    { "' =1", " =1" },
    { "'t Hooft", "'t Hooft" },
    { "'", "'" },
    { "", "" },
    { "'\xef\xbc\x9d" "1", "\xef\xbc\x9d" "1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup (cases[i].text);

      g_assert_cmpstr (cpt_import_trim (text), ==, cases[i].meant);
    }
}

static void
test_numbers_and_dates (Fixture       *fixture,
                        gconstpointer  data)
{
  static const struct
  {
    const char *text;
    char decimal;
    CptDateOrder order;
  } cases[] = {
    { "name,amount,closed_on\nA,1.50,20-10-2016\n", '.', CPT_DATE_ORDER_DMY },
    { "name,amount,closed_on\nA,\"1.234,5\",10/20/2016\n", ',', CPT_DATE_ORDER_MDY },
    { "name;amount;closed_on\nA;12;2016-10-20\n", ',', CPT_DATE_ORDER_YMD },
    { "name,amount,closed_on\nA,\"1,234\",1/2/2016\n", '.', CPT_DATE_ORDER_DMY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = write_file (fixture, cases[i].text);
      g_autoptr(CptImportPlan) plan = create_plan (fixture, "deal", path);

      g_assert_cmpint (plan->decimal, ==, cases[i].decimal);
      g_assert_cmpint (plan->date_order, ==, cases[i].order);
    }
}

static void
test_plan_json (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "name,revenue (k€),ville\nA,1,Lyon\n");
  g_autoptr(CptImportPlan) plan = create_plan (fixture, "organisation", path);
  g_autoptr(CptImportPlan) other = create_plan (fixture, "organisation", path);
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(JsonNode) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *other_text = NULL;
  g_autoptr(GError) error = NULL;

  plan->mode = CPT_IMPORT_UPDATE;
  plan->key = g_strdup ("name");
  g_assert_true (cpt_import_plan_map (plan, cpt_import_plan_find_column (plan, "ville"), "sector", &error));
  node = cpt_import_plan_to_json (plan);
  g_assert_true (cpt_import_plan_apply_json (other, node, &error));
  g_assert_no_error (error);
  again = cpt_import_plan_to_json (other);

  text = cpt_json_format_canonical (node);
  other_text = cpt_json_format_canonical (again);
  g_assert_cmpstr (text, ==, other_text);
}

static void
test_read_only_fields (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "title,completed_at\nCall,2026-11-20\n");
  g_autoptr(CptImportPlan) plan = create_plan (fixture, "task", path);
  g_autoptr(GError) error = NULL;
  CptImportColumn *column = cpt_import_plan_find_column (plan, "completed_at");

  g_assert_null (column->field);
  g_assert_false (cpt_import_plan_map (plan, column, "completed_at", &error));
  g_assert_error (error, CPT_ERROR, CPT_ERROR_INVALID);
  g_assert_null (column->field);
}

static void
test_bad_plans (Fixture       *fixture,
                gconstpointer  data)
{
  static const struct
  {
    const char *json;
    int code;
  } cases[] = {
    { "[]", CPT_ERROR_PARSE },
    { "{\"mode\":\"sometimes\"}", CPT_ERROR_PARSE },
    { "{\"separator\":\"ab\"}", CPT_ERROR_PARSE },
    { "{\"columns\":[1]}", CPT_ERROR_PARSE },
    { "{\"columns\":[{\"header\":\"none\"}]}", CPT_ERROR_NOT_FOUND },
    { "{\"columns\":[{\"header\":\"name\",\"field\":\"wings\"}]}", CPT_ERROR_NOT_FOUND },
    { "{\"columns\":[{\"header\":\"name\",\"multiplier\":-1}]}", CPT_ERROR_PARSE },
    { "{\"columns\":[{\"header\":\"name\",\"link_rule\":\"guess\"}]}", CPT_ERROR_PARSE },
  };
  g_autofree char *path = write_file (fixture, "name\nA\n");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(CptImportPlan) plan = create_plan (fixture, "organisation", path);
      g_autoptr(JsonNode) node = cpt_json_parse (cases[i].json, -1, NULL);
      g_autoptr(GError) error = NULL;

      g_assert_false (cpt_import_plan_apply_json (plan, node, &error));
      g_assert_error (error, CPT_ERROR, cases[i].code);
    }
}

static void
test_dry_run (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "name,employees,parent\nA,1,B\nB,2,C\nA,x,\na,3,\n");
  g_autoptr(CptImportPlan) plan = create_plan (fixture, "organisation", path);
  g_autoptr(CptImportReport) dry = run (fixture, plan, path, TRUE);
  g_autoptr(CptImportReport) done = NULL;

  g_assert_cmpuint (count (fixture, "organisation"), ==, 0);
  g_assert_cmpint (dry->sequence, ==, 0);

  done = run (fixture, plan, path, FALSE);
  g_assert_cmpuint (count (fixture, "organisation"), ==, 3);
  g_assert_cmpint (done->sequence, >, 0);
  g_assert_cmpuint (dry->counts.n_created, ==, done->counts.n_created);
  g_assert_cmpuint (dry->counts.n_updated, ==, done->counts.n_updated);
  g_assert_cmpuint (dry->counts.n_rejected, ==, done->counts.n_rejected);
  g_assert_cmpuint (dry->counts.n_linked_created, ==, done->counts.n_linked_created);
}

static void
test_parents_below (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "name,parent\nChild,Mother\nMother,\nOther,Nobody\n");
  g_autoptr(CptImportPlan) plan = create_plan (fixture, "organisation", path);
  g_autoptr(CptImportReport) report = run (fixture, plan, path, FALSE);

  g_assert_cmpuint (report->counts.n_created, ==, 3);
  g_assert_cmpuint (report->counts.n_linked_created, ==, 1);
  g_assert_cmpuint (count (fixture, "organisation"), ==, 4);
}

static void
cancel_cb (const CptImportProgress *progress,
           gpointer                 user_data)
{
  g_cancellable_cancel (user_data);
}

static char *
write_many (Fixture *fixture,
            guint    n_rows)
{
  g_autoptr(GString) text = g_string_new ("first_name,email\n");

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (text, "Anna,a%u@example.org\n", i);

  return write_file (fixture, text->str);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  gboolean at_once = GPOINTER_TO_INT (data);
  g_autofree char *path = write_many (fixture, 20000);
  g_autoptr(CptImportPlan) plan = create_plan (fixture, "contact", path);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  if (at_once)
    g_cancellable_cancel (cancellable);
  g_assert_null (cpt_import_run (fixture->database, plan, path, NULL, FALSE, cancel_cb, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count (fixture, "contact"), ==, 0);

  fixture_reopen (fixture);
  g_assert_cmpuint (count (fixture, "contact"), ==, 0);
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "name,sector,employees,revenue,tags\n\"=A\",\"x,\"\"y\"\"\",5,1.50 USD,\"b,a\"\n");
  g_autoptr(CptImportPlan) plan = create_plan (fixture, "organisation", path);
  g_autoptr(CptImportReport) report = run (fixture, plan, path, FALSE);
  g_autoptr(CptQuery) query = cpt_query_new (cpt_database_get_schema (fixture->database), get_entity (fixture, "organisation"));
  static const char *const columns[] = { "name", "sector", "employees", "revenue", "tags", NULL };
  g_autoptr(GOutputStream) first = g_memory_output_stream_new_resizable ();
  g_autoptr(GOutputStream) second = g_memory_output_stream_new_resizable ();
  g_autoptr(CptImportReport) again = NULL;
  g_autoptr(CptImportPlan) back = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  guint64 n_records = 0;

  g_assert_cmpuint (report->counts.n_rejected, ==, 0);
  g_assert_true (cpt_export_run (fixture->database, query, columns, CPT_EXPORT_CSV, first, &n_records, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_records, ==, 1);

  text = g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (first)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (first)));
  g_assert_nonnull (strstr (text, "'=A"));
  g_free (path);
  path = write_file (fixture, text);
  back = create_plan (fixture, "organisation", path);
  again = run (fixture, back, path, FALSE);
  g_assert_cmpuint (again->counts.n_created + again->counts.n_updated + again->counts.n_rejected, ==, 0);

  g_assert_true (cpt_export_run (fixture->database, query, columns, CPT_EXPORT_CSV, second, NULL, NULL, &error));
  g_assert_cmpmem (text, strlen (text), g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (second)),
                   g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (second)));
}

static void
test_json_lines (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "name,employees\nA,1\nB,2\n");
  g_autoptr(CptImportPlan) plan = create_plan (fixture, "organisation", path);
  g_autoptr(CptImportReport) report = run (fixture, plan, path, FALSE);
  CptSchema *schema = cpt_database_get_schema (fixture->database);
  const CptEntity *entity = get_entity (fixture, "organisation");
  g_autoptr(CptQuery) query = cpt_query_new (schema, entity);
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (cpt_export_run (fixture->database, query, NULL, CPT_EXPORT_JSON_LINES, stream, NULL, NULL, &error));
  g_assert_no_error (error);
  text = g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(JsonNode) node = cpt_json_parse (lines[i], -1, &error);
      g_autoptr(CptRecord) record = NULL;
      g_autoptr(JsonNode) again = NULL;
      g_autofree char *line = NULL;

      g_assert_no_error (error);
      record = cpt_record_from_json (schema, entity, json_node_get_object (node), FALSE, &error);
      g_assert_no_error (error);
      again = cpt_record_to_json (record);
      line = cpt_json_format (again);
      g_assert_cmpstr (line, ==, lines[i]);
    }
}

/* Headings as the products write them */
static const struct
{
  const char *id; /* (nullable) */
  const char *header;
} exports[] = {
  { "odoo-opportunities", "Opportunity,Contact Name,Email,Expected Revenue,Stage,Salesperson,Company Name" },
  { "odoo-opportunities", "Created on,Opportunity,Customer,Email,Phone,City,State,Country,Stage,Probability,Salesperson,"
                          "Sales Team,Expected Revenue,Company,Campaign,Medium,Source,Tags,Priority" },
  { "odoo-opportunities", "Opportunity,Customer,Email,Phone,Salesperson,Activities,Expected Revenue,Stage" },
  { "odoo-opportunities", "id,name,contact_name,partner_id,email_from,phone,user_id,team_id,stage_id,expected_revenue,"
                          "probability,date_deadline,type" },
  { "odoo-opportunities", "Opportunité,Nom du contact,E-mail,Revenu espéré,Étape,Vendeur,Nom de la société" },
  { "odoo-opportunities", "Créé le,Opportunité,Client,E-mail,Téléphone,Ville,État,Pays,Étape,Probabilité,Vendeur,"
                          "Équipe commerciale,Revenus espérés" },
  { "odoo-opportunities", "Opportunité,Client,Courriel,Vendeur,Revenus attendus,Étape,Clôture prévue" },
  { "odoo-leads", "Lead,Contact Name,Company Name,Email,Phone,Salesperson,Sales Team" },
  { "odoo-leads", "Created on,Lead,Email,Phone,City,State,Country,Salesperson,Sales Team,Campaign,Source,Tags" },
  { "odoo-leads", "Piste,Nom du contact,Nom de la société,E-mail,Téléphone,Vendeur,Équipe commerciale" },
  { "odoo-leads", "Opportunity,Contact Name,Company Name,Email,Phone,City,Country,Salesperson,Sales Team" },
  { "odoo-partners", "Name,Is a Company,Related Company,Phone,Email,Salesperson,City,Country" },
  { "odoo-partners", "Nom,Téléphone,E-mail,Vendeur,Poste occupé,Société liée,Ville,Pays" },
  { "dolibarr-third-parties", "Id,Name,Alias name (commercial or trademark),Parent company,Status,Customer,Supplier,Creation date,"
                              "Last modification date,Customer code,Vendor code,Accountancy code,Supplier accountancy code,"
                              "Address,Zip Code,Town,State/Province,Region,Country,Country code,Phone,Fax,URL,Email,"
                              "Default language,Canvas,Professional ID 1,Professional ID 2,VAT ID,Capital,Private note,"
                              "Public note,Third-party type,Workforce,Business entity type,Prospect potential,Prospect status" },
  { "dolibarr-third-parties", "Id,Nom,Nom alternatif,Maison mère,État,Client,Fournisseur,Date création,Date de modification,"
                              "Code client,Code fournisseur,Code compta,Code compta fournisseur,Adresse,Code postal,Ville,"
                              "Département/Canton,Région,Pays,Code pays,Téléphone,Fax,URL,Email,Langue par défaut,Canvas,"
                              "Id. professionnel 1,Id. professionnel 2,Numéro de TVA,Capital,Note (privée),Note (publique),"
                              "Type du tiers,Effectif,Forme juridique,Potentiel du prospect,État prospection" },
  { "dolibarr-contacts", "Contact ID,Civility code,Last name,First name,Job position,Creation date,Last modification date,"
                         "Private,Address,Zip Code,Town,State/Province,Region,Country,Country code,Phone,Fax,Mobile,Email,"
                         "Status,Company ID,Company name,Status,Customer code,Vendor code,Customer,Supplier,Third-party type" },
  { "dolibarr-contacts", "Id contact,Code civilité,Nom,Prénom,Poste/Fonction,Date création,Date de modification,Contact privé,"
                         "Adresse,Code postal,Ville,Département/Canton,Région,Pays,Code pays,Téléphone,Fax,Mobile,Email,État,"
                         "Id société,Raison sociale,État,Code client,Code fournisseur,Client,Fournisseur,Type du tiers" },
  { "espocrm-accounts", "id,name,deleted,website,type,industry,sicCode,billingAddressStreet,billingAddressCity,"
                        "billingAddressState,billingAddressCountry,billingAddressPostalCode,shippingAddressStreet,"
                        "shippingAddressCity,shippingAddressState,shippingAddressCountry,shippingAddressPostalCode,description,"
                        "createdAt,modifiedAt,emailAddress,phoneNumber,campaignId,campaignName,createdById,createdByName,"
                        "modifiedById,modifiedByName,assignedUserId,assignedUserName,teamsIds,teamsNames" },
  { "espocrm-contacts", "id,salutationName,firstName,lastName,name,accountId,accountName,title,description,emailAddress,"
                        "phoneNumber,doNotCall,addressStreet,addressCity,addressState,addressCountry,addressPostalCode,"
                        "accountsIds,accountsNames,accountType,opportunityRole,createdAt,modifiedAt,createdById,createdByName,"
                        "assignedUserId,assignedUserName" },
  { "espocrm-leads", "id,name,salutationName,firstName,lastName,title,status,source,industry,opportunityAmount,"
                     "opportunityAmountCurrency,opportunityAmountConverted,website,addressStreet,addressCity,addressState,"
                     "addressCountry,addressPostalCode,emailAddress,phoneNumber,doNotCall,description,accountName,createdAt,"
                     "modifiedAt,convertedAt,assignedUserId,assignedUserName,campaignId,campaignName,createdAccountId" },
  { "espocrm-opportunities", "id,name,deleted,amount,amountCurrency,amountConverted,amountWeightedConverted,accountId,"
                             "accountName,contactsIds,contactsNames,stage,lastStage,probability,leadSource,closeDate,"
                             "description,campaignId,campaignName,originatingLeadId,originatingLeadName,createdAt,modifiedAt,"
                             "createdById,createdByName,assignedUserId,assignedUserName,teamsIds,teamsNames" },
  { "espocrm-opportunities", "Nom,Compte,Étape,Montant,Probabilité,Date de clôture,Utilisateur assigné" },
  { "espocrm-opportunities", "Nom,Compte,Etage,Montant,\"Probabilité, %\",Date de fermeture,Utilisateur assigné" },
  { "mautic-contacts", "id,title,firstname,lastname,company,position,email,mobile,phone,points,fax,address1,address2,city,"
                       "state,zipcode,country,preferred_locale,timezone,last_active,attribution_date,attribution,website,"
                       "facebook,foursquare,instagram,linkedin,skype,twitter,ownerusername,stage" },
  { "listmonk-subscribers", "uuid,email,name,attributes,status,created_at,updated_at" },
  { NULL, "Name,Email,Phone,Company,City" },
  { NULL, "Opportunity,Amount,Close date" },
};

static void
test_exports (Fixture       *fixture,
              gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (exports); i++)
    {
      g_autofree char *text = g_strconcat (exports[i].header, "\n", NULL);
      g_autofree char *path = write_file (fixture, text);
      g_autoptr(GError) error = NULL;
      const CptImportExport *export = cpt_import_recognise (path, NULL, NULL, &error);

      g_assert_no_error (error);
      g_test_message ("%s", exports[i].header);
      g_assert_cmpstr (export != NULL ? cpt_import_export_get_id (export) : NULL, ==, exports[i].id);
    }
}

static void
add (const char    *name,
     gconstpointer  data,
     void (*func) (Fixture *fixture, gconstpointer data))
{
  g_test_add (name, Fixture, data, fixture_set_up, func, fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/import/knows-columns-by-english-and-french-names", NULL, test_names);
  g_test_add_func ("/import/reads-units-behind-headers", test_units);
  g_test_add_func ("/import/knows-what-stages-decide", test_stage_kinds);
  g_test_add_func ("/import/takes-guards-of-formulas-away", test_trims);
  add ("/import/sees-how-numbers-and-dates-are-written", NULL, test_numbers_and_dates);
  add ("/import/a-plan-survives-json", NULL, test_plan_json);
  add ("/import/recognises-exports-by-their-headings", NULL, test_exports);
  add ("/import/leaves-read-only-fields-alone", NULL, test_read_only_fields);
  add ("/import/refuses-plans-that-make-no-sense", NULL, test_bad_plans);
  add ("/import/a-dry-run-says-what-happens", NULL, test_dry_run);
  add ("/import/links-to-rows-further-down", NULL, test_parents_below);
  add ("/import/cancelled-before-it-begins-leaves-nothing", GINT_TO_POINTER (TRUE), test_cancelled);
  add ("/import/cancelled-on-the-way-leaves-nothing", GINT_TO_POINTER (FALSE), test_cancelled);
  add ("/export/csv-comes-back-unchanged", NULL, test_round_trip);
  add ("/export/json-lines-are-exact", NULL, test_json_lines);

  return g_test_run ();
}
