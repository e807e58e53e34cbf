/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * From the picture of a business card to a contact that somebody can look at.
 * What a field does not accept, and lines of which nothing was understood, go to
 * the notes, so that nothing that was read is lost.
 */

#include "config.h"

#include "cpt-card-proposal.h"

#include <glib/gi18n-lib.h>

#include "cpt-attachment.h"
#include "cpt-card-guess.h"
#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-json.h"
#include "cpt-scan.h"

/* Where what was guessed becomes a field's */
static const struct
{
  CptCardField from;
  const char *to;
} texts[] = {
  { CPT_CARD_FIRST_NAME, "first_name" },
  { CPT_CARD_LAST_NAME, "last_name" },
  { CPT_CARD_JOB_TITLE, "job_title" },
  { CPT_CARD_EMAIL, "email" },
  { CPT_CARD_PHONE, "phone" },
  { CPT_CARD_MOBILE, "mobile" },
  { CPT_CARD_LINKEDIN, "linkedin" },
  { CPT_CARD_COUNTRY, "country" },
};

static const struct
{
  CptCardField from;
  const char *to;
} parts[] = {
  { CPT_CARD_STREET, "street" },
  { CPT_CARD_POSTCODE, "postcode" },
  { CPT_CARD_CITY, "city" },
  { CPT_CARD_COUNTRY, "country" },
};

static char *
dup_address (const CptCardGuess *guess)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (guess->fields[parts[i].from] != NULL)
      json_object_set_string_member (object, parts[i].to, guess->fields[parts[i].from]);
  if (json_object_get_size (object) == 0)
    return NULL;

  node = json_node_init_object (json_node_alloc (), object);

  return cpt_json_format (node);
}

static void
add_note (GString    *notes,
          const char *text)
{
  if (text != NULL)
    g_string_append_printf (notes, "%s%s", notes->len > 0 ? "\n" : "", text);
}

static void
set_field (CptDatabase *database,
           CptRecord   *record,
           const char  *name,
           const char  *text,
           GString     *notes)
{
  const CptField *field = cpt_entity_find_field (cpt_record_get_entity (record), name);
  CptParseOptions options = {
    .country = cpt_database_get_country (database),
    .zone = cpt_database_get_zone (database),
  };
  CptValue value = CPT_VALUE_INIT;

  if (text == NULL || field == NULL)
    return;

  if (cpt_field_parse (field, text, &options, &value, NULL))
    cpt_record_take (record, field, value);
  else
    add_note (notes, text);
}

/* A page that the company, which is stored, does not have is no reason to change it. */
static gboolean
keep_page (CptDatabase      *database,
           const CptEntity  *organisations,
           const CptUuid    *id,
           const char       *page,
           GString          *notes,
           GError          **error)
{
  g_autoptr(CptRecord) known = page != NULL ? cpt_database_load (database, organisations, id, error) : NULL;
  g_auto(CptValue) value = CPT_VALUE_INIT;
  const CptField *field = cpt_entity_find_field (organisations, "website");

  if (page == NULL || known == NULL)
    return page == NULL;

  if (!cpt_field_parse (field, page, NULL, &value, NULL) || !cpt_field_normalise (field, &value, NULL) ||
      !cpt_value_equal (&value, cpt_record_get (known, field)))
    add_note (notes, page);

  return TRUE;
}

/* Links the contact to its company: the one of that name, or a new one. Several
 * of the same name: people choose. */
static gboolean
set_company (CptDatabase         *database,
             CptCardProposal     *self,
             const CptCardGuess  *guess,
             GString             *notes,
             GError             **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *organisations = cpt_schema_find_entity (schema, "organisation");
  const CptField *title = cpt_entity_get_title_field (organisations);
  g_autoptr(GError) local_error = NULL;
  g_auto(CptValue) name = CPT_VALUE_INIT;
  CptUuid id;

  if (guess->fields[CPT_CARD_COMPANY] == NULL)
    {
      add_note (notes, guess->fields[CPT_CARD_WEBSITE]);
      return TRUE;
    }

  cpt_value_set_text (&name, guess->fields[CPT_CARD_COMPANY]);
  if (cpt_database_find (database, organisations, title, &name, TRUE, &id, &local_error))
    {
      if (!keep_page (database, organisations, &id, guess->fields[CPT_CARD_WEBSITE], notes, error))
        return FALSE;
    }
  else
    {
      if (g_error_matches (local_error, CPT_ERROR, CPT_ERROR_CONFLICT))
        {
          add_note (notes, guess->fields[CPT_CARD_COMPANY]);
          add_note (notes, guess->fields[CPT_CARD_WEBSITE]);
          return TRUE;
        }
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      cpt_uuid_generate (&id, cpt_database_get_now (database) / 1000);
      self->company = cpt_record_new (schema, organisations);
      self->company->id = id;
      cpt_record_apply_initial (self->company, cpt_database_get_now (database), cpt_database_get_author (database),
                                cpt_database_get_zone (database));
      cpt_record_set (self->company, title, &name);
      set_field (database, self->company, "website", guess->fields[CPT_CARD_WEBSITE], notes);
    }
  cpt_record_set_id (self->contact, "organisation", &id);

  return TRUE;
}

CptCardProposal *
cpt_card_proposal_from_text (CptDatabase  *database,
                             const char   *text,
                             GError      **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(CptCardGuess) guess = cpt_card_guess_read (text, cpt_database_get_country (database));
  g_autoptr(CptCardProposal) self = g_new0 (CptCardProposal, 1);
  g_autoptr(GString) notes = g_string_new (NULL);
  g_autofree char *address = dup_address (guess);

  self->text = g_strdup (text);
  self->contact = cpt_record_new (schema, cpt_schema_find_entity (schema, "contact"));
  cpt_record_apply_initial (self->contact, cpt_database_get_now (database), cpt_database_get_author (database),
                            cpt_database_get_zone (database));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    set_field (database, self->contact, texts[i].to, guess->fields[texts[i].from], notes);
  set_field (database, self->contact, "address", address, notes);
  if (!set_company (database, self, guess, notes, error))
    return NULL;
  add_note (notes, guess->fields[CPT_CARD_REST]);
  if (notes->len > 0)
    {
      cpt_record_set_text (self->contact, "notes", notes->str);
    }

  return g_steal_pointer (&self);
}

CptCardProposal *
cpt_card_proposal_read (CptDatabase   *database,
                        GFile         *picture,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autoptr(CptAttachmentFile) file = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (picture), NULL);

  file = cpt_attachment_file_read (picture, CPT_SCAN_MAX_BYTES, cancellable, error);
  if (file == NULL)
    return NULL;
  text = cpt_scan_read_text (file->bytes, cancellable, error);
  if (text == NULL)
    return NULL;
  if (*text == '\0')
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_NOT_FOUND,
                           _("Nothing can be read on this picture. Take it from nearer, in good light."));
      return NULL;
    }

  return cpt_card_proposal_from_text (database, text, error);
}

void
cpt_card_proposal_free (CptCardProposal *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->contact, cpt_record_unref);
  g_clear_pointer (&self->company, cpt_record_unref);
  g_free (self->text);
  g_free (self);
}
