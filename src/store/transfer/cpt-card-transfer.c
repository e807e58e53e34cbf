/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Contacts from vCards and back, one at a time.
 *
 * A card is known by its identifier, ours or one that is computed from what
 * another program wrote, or by its mail address. What is here is not written
 * over: a card only fills in what is empty, and what is in the trash stays
 * there. The company that a card names is found by its name, or made, when the
 * contact is to have one. */

#include "config.h"

#include "cpt-item-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-find.h"
#include "cpt-json.h"
#include "cpt-text.h"
#include "cpt-vcard.h"

typedef struct
{
  CptDatabase *database;
  CptSchema *schema;
  const CptEntity *contacts;
  const CptEntity *organisations;
  CptItemImport *import;   /* (owned) */
  GHashTable *companies;   /* folded name to CptUuid (owned): those found or made so far */
  GHashTable *addresses;   /* mail addresses of the file so far (owned) */
  GHashTable *identifiers; /* likewise (owned) */
} Cards;

/* Where a card's text becomes a field's */
static const struct
{
  CptVcardField from;
  const char *to;
} texts[] = {
  { CPT_VCARD_FULL_NAME, "full_name" },
  { CPT_VCARD_FIRST_NAME, "first_name" },
  { CPT_VCARD_LAST_NAME, "last_name" },
  { CPT_VCARD_JOB_TITLE, "job_title" },
  { CPT_VCARD_EMAIL, "email" },
  { CPT_VCARD_PHONE, "phone" },
  { CPT_VCARD_MOBILE, "mobile" },
  { CPT_VCARD_BIRTHDAY, "birthday" },
  { CPT_VCARD_NOTE, "notes" },
  { CPT_VCARD_TAGS, "tags" },
};

static const struct
{
  CptVcardField from;
  const char *to;
} parts[] = {
  { CPT_VCARD_STREET, "street" },
  { CPT_VCARD_COMPLEMENT, "complement" },
  { CPT_VCARD_POSTCODE, "postcode" },
  { CPT_VCARD_CITY, "city" },
  { CPT_VCARD_REGION, "region" },
  { CPT_VCARD_COUNTRY, "country" },
};

static void
cards_clear (Cards *self)
{
  g_clear_pointer (&self->import, cpt_item_import_free);
  g_clear_pointer (&self->companies, g_hash_table_unref);
  g_clear_pointer (&self->addresses, g_hash_table_unref);
  g_clear_pointer (&self->identifiers, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cards, cards_clear)

static char *
dup_address (const CptVcard *card)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (card->fields[parts[i].from] != NULL)
      json_object_set_string_member (object, parts[i].to, card->fields[parts[i].from]);
  if (json_object_get_size (object) == 0)
    return NULL;

  node = json_node_init_object (json_node_alloc (), object);

  return cpt_json_format (node);
}

static gboolean
find_company (Cards       *self,
              const char  *name,
              CptUuid     *id,
              GError     **error)
{
  g_autofree char *folded = cpt_text_fold (name);
  const CptUuid *known = g_hash_table_lookup (self->companies, folded);
  g_autoptr(CptRecord) company = NULL;
  g_autoptr(GError) local_error = NULL;
  CptValue value = CPT_VALUE_INIT;

  if (known != NULL)
    {
      *id = *known;
      return TRUE;
    }

  cpt_value_set_text (&value, name);
  if (!cpt_database_find (self->database, self->organisations, cpt_entity_get_title_field (self->organisations), &value, TRUE,
                          id, &local_error))
    {
      /* Several of that name: another one would not make it clearer. */
      if (local_error != NULL && !g_error_matches (local_error, CPT_ERROR, CPT_ERROR_CONFLICT))
        {
          cpt_value_clear (&value);
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      company = cpt_record_new (self->schema, self->organisations);
      cpt_uuid_generate (&company->id, cpt_database_get_now (self->database) / 1000);
      *id = company->id;
      cpt_record_set (company, cpt_entity_get_title_field (self->organisations), &value);
      cpt_item_import_create (self->import, company);
    }
  cpt_value_clear (&value);
  g_hash_table_insert (self->companies, g_steal_pointer (&folded), g_memdup2 (id, sizeof *id));

  return TRUE;
}

static CptRecord *
create_contact (Cards          *self,
                const CptVcard *card)
{
  g_autoptr(CptRecord) contact = cpt_record_new (self->schema, self->contacts);
  g_autofree char *address = dup_address (card);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    cpt_item_import_parse (self->import, contact, texts[i].to, card->fields[texts[i].from]);
  cpt_item_import_parse (self->import, contact, "address", address);

  return g_steal_pointer (&contact);
}

static gboolean
link_company (Cards           *self,
              const CptVcard  *card,
              CptRecord       *contact,
              GError         **error)
{
  const char *company = card->fields[CPT_VCARD_ORGANISATION];
  CptUuid id;

  if (company == NULL)
    return TRUE;

  if (!find_company (self, company, &id, error))
    return FALSE;
  cpt_record_set_id (contact, "organisation", &id);

  return TRUE;
}

static void
choose_id (Cards          *self,
           const CptVcard *card,
           CptUuid        *id)
{
  const char *uid = card->fields[CPT_VCARD_UID];

  memset (id, 0, sizeof *id);
  if (uid != NULL && !cpt_uuid_parse (g_str_has_prefix (uid, "urn:uuid:") ? uid + strlen ("urn:uuid:") : uid, id))
    cpt_uuid_derive (id, 0, uid);
  cpt_find_free_id (self->database, self->contacts, id);
}

/* The contact that the card is about, maybe one in the trash; NULL without
 * @error when there is none. @id: what its card says */
static CptRecord *
find_existing (Cards            *self,
               const CptRecord  *contact,
               const CptUuid    *id,
               GError          **error)
{
  const CptValue *email = cpt_record_get_named (contact, "email");
  g_autoptr(CptRecord) known = NULL;
  g_autoptr(GError) local_error = NULL;
  CptUuid found;

  if (!cpt_uuid_is_nil (id))
    known = cpt_database_load (self->database, self->contacts, id, NULL);
  if ((known != NULL && !known->in_trash) || cpt_value_is_null (email))
    return g_steal_pointer (&known);

  if (cpt_database_find (self->database, self->contacts, cpt_entity_find_field (self->contacts, "email"), email, FALSE,
                         &found, &local_error))
    return cpt_database_load (self->database, self->contacts, &found, error);
  if (local_error != NULL && !g_error_matches (local_error, CPT_ERROR, CPT_ERROR_CONFLICT))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&known);
}

/* What the contact is to have, and has not yet */
static gboolean
store_contact (Cards           *self,
               const CptVcard  *card,
               CptRecord       *contact,
               GError         **error)
{
  g_autoptr(CptRecord) existing = NULL;
  g_autoptr(GError) local_error = NULL;
  CptUuid id;

  choose_id (self, card, &id);
  existing = find_existing (self, contact, &id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (existing != NULL && existing->in_trash)
    {
      cpt_item_import_note (self->import, g_strdup (_("This one is in the trash here, and stays there.")));
      return TRUE;
    }
  if ((existing == NULL || cpt_value_is_null (cpt_record_get_named (existing, "organisation"))) &&
      !link_company (self, card, contact, error))
    return FALSE;

  if (existing != NULL)
    {
      cpt_item_import_update (self->import, existing, contact, TRUE);
      return TRUE;
    }
  contact->id = id;
  cpt_item_import_create (self->import, contact);

  return TRUE;
}

static gboolean
take_card (Cards           *self,
           const CptVcard  *card,
           GError         **error)
{
  g_autoptr(CptRecord) contact = create_contact (self, card);
  g_autofree char *uid = g_strdup (card->fields[CPT_VCARD_UID]);
  const char *email;

  if (card->has_long)
    cpt_item_import_note (self->import, g_strdup (_("A text that is too long was left out.")));
  if (card->has_photo)
    cpt_item_import_note (self->import, g_strdup (_("The picture was left out.")));
  if (card->is_cut)
    cpt_item_import_note (self->import, g_strdup (_("The file ends within this card.")));

  email = cpt_record_get_text (contact, "email");
  if (email != NULL && !g_hash_table_add (self->addresses, g_strdup (email)))
    {
      cpt_item_import_note (self->import, g_strdup (_("A card before has the same mail address: this one was passed over.")));
      return TRUE;
    }
  if (uid != NULL && !g_hash_table_add (self->identifiers, g_steal_pointer (&uid)))
    {
      cpt_item_import_note (self->import, g_strdup (_("A card before has the same UID: this one was passed over.")));
      return TRUE;
    }

  return store_contact (self, card, contact, error);
}

static gboolean
read_cards (Cards             *self,
            CptContentReader  *reader,
            GCancellable      *cancellable,
            GError           **error)
{
  g_autoptr(GError) local_error = NULL;
  CptVcard *next;

  while ((next = cpt_vcard_read (reader, cancellable, &local_error)) != NULL)
    {
      g_autoptr(CptVcard) card = next;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !cpt_item_import_next (self->import, card->line, error) || !take_card (self, card, error))
        return FALSE;
    }

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return local_error == NULL;
}

CptItemReport *
cpt_card_import (CptDatabase   *database,
                 const char    *path,
                 gboolean       is_dry,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr(CptContentReader) reader = NULL;
  g_auto(Cards) self = { 0 };

  if (stream == NULL)
    return NULL;

  reader = cpt_content_reader_new (G_INPUT_STREAM (stream));
  self.database = database;
  self.schema = cpt_database_get_schema (database);
  self.contacts = cpt_schema_find_entity (self.schema, "contact");
  self.organisations = cpt_schema_find_entity (self.schema, "organisation");
  self.companies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.identifiers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.import = cpt_item_import_begin (database, _("Import contacts"), error);
  if (self.import == NULL || !read_cards (&self, reader, cancellable, error))
    return NULL;

  return cpt_item_import_finish (self.import, is_dry, error);
}

/* Export */

static void
take_address (CptVcard   *card,
              const char *json)
{
  g_autoptr(JsonNode) node = json != NULL ? cpt_json_parse (json, -1, NULL) : NULL;

  for (guint i = 0; node != NULL && i < G_N_ELEMENTS (parts); i++)
    {
      const char *text = NULL;

      if (cpt_json_read_string (json_node_get_object (node), parts[i].to, &text, NULL))
        cpt_vcard_take (card, parts[i].from, g_strdup (text));
    }
}

static void
write_card (CptDatabase     *database,
            const CptRecord *contact,
            int              version,
            GString         *out)
{
  const CptEntity *entity = cpt_record_get_entity (contact);
  const CptEntity *organisations = cpt_schema_find_entity (cpt_database_get_schema (database), "organisation");
  const CptValue *company = cpt_record_get_named (contact, "organisation");
  g_autoptr(CptVcard) card = cpt_vcard_new ();
  g_autofree char *id = cpt_uuid_dup_text (&contact->id);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    cpt_vcard_take (card, texts[i].from,
                    cpt_field_format (cpt_entity_find_field (entity, texts[i].to), cpt_record_get_named (contact, texts[i].to)));
  cpt_vcard_take (card, CPT_VCARD_UID, g_strconcat ("urn:uuid:", id, NULL));
  take_address (card, cpt_record_get_text (contact, "address"));
  if (company->type == CPT_VALUE_ID)
    cpt_vcard_take (card, CPT_VCARD_ORGANISATION, cpt_database_dup_title (database, organisations, &company->id));
  cpt_vcard_append (card, out, version);
}

static gboolean
write_cards (CptItemExport  *self,
             CptDatabase    *database,
             GArray         *rows,
             GOutputStream  *stream,
             GCancellable   *cancellable,
             GError        **error)
{
  const CptEntity *entity = self->query->entity;

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr(GError) problem = NULL;
      g_autoptr(CptRecord) contact = cpt_database_load_row (database, entity, g_array_index (rows, gint64, i), &problem);
      g_autoptr(GString) out = g_string_new (NULL);

      if (g_error_matches (problem, CPT_ERROR, CPT_ERROR_NOT_FOUND))
        continue;
      if (contact == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      write_card (database, contact, self->version, out);
      if (!g_output_stream_write_all (stream, out->str, out->len, NULL, cancellable, error))
        return FALSE;
      self->n_written++;
    }

  return TRUE;
}

gboolean
cpt_card_export (CptItemExport  *self,
                 CptDatabase    *database,
                 GOutputStream  *stream,
                 GCancellable   *cancellable,
                 GError        **error)
{
  g_autoptr(GArray) rows = NULL;

  g_return_val_if_fail (self != NULL && self->query != NULL && database != NULL && G_IS_OUTPUT_STREAM (stream), FALSE);

  self->n_written = self->n_unfit = 0;
  if (cpt_item_file_for_entity (self->query->entity) != CPT_ITEM_FILE_VCARD)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED, _("Only contacts can be written as vCards."));
      return FALSE;
    }

  rows = self->rows != NULL ? g_array_ref (self->rows) : cpt_query_get_rows (self->query, database, 0, 0, error);

  return rows != NULL && write_cards (self, database, rows, stream, cancellable, error);
}
