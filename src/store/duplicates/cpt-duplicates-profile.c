/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which fields tell that two records are the same, from the declaration, and
 * what of a value is compared. Kinds of records are never named here. */

#include "config.h"

#include "cpt-duplicates-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-text.h"

/* Mail domains that say nothing about who somebody works for, sorted */
static const char *const free_domains[] = {
  "aol.com", "bbox.fr", "free.fr", "gmail.com", "gmx.com", "gmx.de", "gmx.fr", "googlemail.com", "hotmail.com",
  "hotmail.fr", "icloud.com", "laposte.net", "live.com", "live.fr", "mac.com", "mail.com", "me.com", "msn.com",
  "neuf.fr", "numericable.fr", "orange.fr", "outlook.com", "outlook.fr", "posteo.net", "proton.me",
  "protonmail.com", "sfr.fr", "wanadoo.fr", "web.de", "yahoo.com", "yahoo.fr", "ymail.com",
};

guint64
cpt_duplicate_hash (const char *data,
                    gsize       length)
{
  /* FNV-1a, its bits mixed by the end of MurmurHash3: sorted by any of them */
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar) data[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  hash ^= hash >> 33;

  return hash != 0 ? hash : 1;
}

static void
add_slot (CptDuplicateProfile *self,
          const CptField      *field,
          CptAspect            aspect)
{
  if (self->n_slots < CPT_DUPLICATES_MAX_SLOTS)
    self->slots[self->n_slots++] = (CptDuplicateSlot){ field, aspect };
}

static void
add_name (CptDuplicateProfile *self,
          const CptField      *field)
{
  if (self->n_names < CPT_DUPLICATES_MAX_NAMES)
    self->names[self->n_names++] = field;
}

/* Whom somebody works for tells something; which stage a deal is in, or which of
 * us looks after it, does not. */
static gboolean
is_circumstance (CptDuplicateProfile *self,
                 CptSchema           *schema,
                 const CptField      *field)
{
  const CptEntity *target = field->kind == CPT_FIELD_LINK ? cpt_schema_get_target (schema, field) : NULL;

  return target != NULL && target->flags == CPT_ENTITY_PLAIN && target->number != self->entity->number;
}

static void
add_field (CptDuplicateProfile *self,
           CptSchema           *schema,
           const CptField      *field,
           gboolean             is_person)
{
  if (field->kind == CPT_FIELD_TEXT && (field->flags & CPT_FIELD_NAME) != 0)
    add_name (self, field);
  else if (field->kind == CPT_FIELD_TEXT && (field->flags & CPT_FIELD_DOMAIN) != 0)
    add_slot (self, field, CPT_ASPECT_DOMAIN);
  else if (field->kind == CPT_FIELD_EMAIL)
    add_slot (self, field, CPT_ASPECT_EMAIL);
  else if (field->kind == CPT_FIELD_PHONE)
    add_slot (self, field, CPT_ASPECT_PHONE);
  else if (field->kind == CPT_FIELD_URL)
    add_slot (self, field, is_person ? CPT_ASPECT_PAGE : CPT_ASPECT_DOMAIN);
  else if (field->kind == CPT_FIELD_IDENTIFIER)
    add_slot (self, field, CPT_ASPECT_IDENTIFIER);
  else if (is_circumstance (self, schema, field))
    add_slot (self, field, CPT_ASPECT_LINK);
  else if (field->kind == CPT_FIELD_ADDRESS)
    add_slot (self, field, CPT_ASPECT_PLACE);
  else if (field->kind == CPT_FIELD_DATE && field->privacy != CPT_PRIVACY_NONE)
    add_slot (self, field, CPT_ASPECT_DATE);

  if (field->kind == CPT_FIELD_EMAIL && !is_person)
    add_slot (self, field, CPT_ASPECT_DOMAIN);
}

gboolean
cpt_duplicate_profile_init (CptDuplicateProfile  *self,
                            CptSchema            *schema,
                            const CptEntity      *entity,
                            GError              **error)
{
  const CptField *title = cpt_entity_get_title_field (entity);
  /* What names a person is personal */
  gboolean is_person = title != NULL && title->privacy != CPT_PRIVACY_NONE;

  memset (self, 0, sizeof *self);
  self->entity = entity;
  self->name_kind = is_person ? CPT_NAME_PERSON : CPT_NAME_COMPANY;
  if (title != NULL && title->kind == CPT_FIELD_TEXT)
    add_name (self, title);
  for (guint i = 0; i < entity->n_fields; i++)
    if (entity->fields[i] != title)
      add_field (self, schema, entity->fields[i], is_person);
  if (self->n_names > 0 && self->n_slots > 0 && entity->flags == CPT_ENTITY_PLAIN)
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED,
               /* Translators: a kind of record: "Saved views" */
               _("%s can’t be searched for duplicates: nothing in them tells two of them apart."),
               cpt_entity_get_label_plural (entity));

  return FALSE;
}

/* What is compared of a value */

static guint64
hash_folded (const char *text,
             GString    *scratch)
{
  g_string_truncate (scratch, 0);
  cpt_text_append_words (scratch, text);

  return scratch->len > 0 ? cpt_duplicate_hash (scratch->str, scratch->len) : 0;
}

/* Letters of ASCII in lower case, without allocation */
static guint64
hash_lower (const char *text,
            gsize       length,
            GString    *scratch)
{
  if (length == 0)
    return 0;

  g_string_truncate (scratch, 0);
  for (gsize i = 0; i < length; i++)
    g_string_append_c (scratch, g_ascii_tolower (text[i]));

  return cpt_duplicate_hash (scratch->str, scratch->len);
}

static int
compare_domain (gconstpointer key,
                gconstpointer entry)
{
  return strcmp (key, *(const char *const *) entry);
}

/* "https://www.example.com/x", "someone@example.com", "example.com": the host;
 * nothing for mail providers */
static guint64
hash_domain (const char *text,
             GString    *scratch)
{
  const char *start = strstr (text, "://");
  gsize length;

  start = start != NULL ? start + 3 : text;
  if (strchr (start, '@') != NULL)
    start = strchr (start, '@') + 1;
  if (g_ascii_strncasecmp (start, "www.", 4) == 0)
    start += 4;
  length = strcspn (start, "/?#:");
  if (length == 0)
    return 0;

  hash_lower (start, length, scratch);
  if (bsearch (scratch->str, free_domains, G_N_ELEMENTS (free_domains), sizeof *free_domains, compare_domain) != NULL)
    return 0;

  return cpt_duplicate_hash (scratch->str, scratch->len);
}

/* The page without what varies: "linkedin.com/in/someone" */
static guint64
hash_page (const char *text,
           GString    *scratch)
{
  const char *start = strstr (text, "://");
  gsize length;

  start = start != NULL ? start + 3 : text;
  if (g_ascii_strncasecmp (start, "www.", 4) == 0)
    start += 4;
  length = strcspn (start, "?#");
  while (length > 0 && start[length - 1] == '/')
    length--;

  return hash_lower (start, length, scratch);
}

/* SIREN, SIRET and the French VAT number of one company hold the same nine digits. */
static guint64
hash_identifier (const CptField *field,
                 const char     *text,
                 GString        *scratch)
{
  gsize length = strlen (text);

  switch (field->scheme)
    {
    case CPT_IDENTIFIER_SIREN:
      return cpt_duplicate_hash (text, length);

    case CPT_IDENTIFIER_SIRET:
      return cpt_duplicate_hash (text, MIN (length, 9));

    case CPT_IDENTIFIER_FR_VAT:
      return length > 9 ? cpt_duplicate_hash (text + length - 9, 9) : cpt_duplicate_hash (text, length);

    case CPT_IDENTIFIER_IBAN:
    case CPT_N_IDENTIFIERS:
    default:
      return hash_lower (text, length, scratch);
    }
}

/* Adds the folded words of one member of a canonical JSON object of texts */
static gboolean
append_member (GString    *words,
               const char *json,
               const char *member)
{
  const char *start = strstr (json, member);
  const char *end;
  g_autofree char *text = NULL;

  if (start == NULL)
    return FALSE;

  start += strlen (member);
  for (end = start; *end != '\0' && *end != '"'; end++)
    if (*end == '\\' && end[1] != '\0')
      end++;
  text = g_strndup (start, (gsize) (end - start));
  cpt_text_append_words (words, text);

  return end > start;
}

/* The street in its town: a town alone is no place to know somebody by. */
static guint64
hash_place (const char *json,
            GString    *scratch)
{
  g_string_truncate (scratch, 0);
  if (!append_member (scratch, json, "\"street\":\""))
    return 0;
  if (!append_member (scratch, json, "\"postcode\":\"") && !append_member (scratch, json, "\"city\":\""))
    return 0;

  return cpt_duplicate_hash (scratch->str, scratch->len);
}

static guint64
hash_text (const CptDuplicateSlot *slot,
           const char             *text,
           GString                *scratch)
{
  switch (slot->aspect)
    {
    case CPT_ASPECT_EMAIL:
      return hash_lower (text, strlen (text), scratch);

    case CPT_ASPECT_PAGE:
      return hash_page (text, scratch);

    case CPT_ASPECT_DOMAIN:
      return hash_domain (text, scratch);

    case CPT_ASPECT_IDENTIFIER:
      return hash_identifier (slot->field, text, scratch);

    case CPT_ASPECT_PLACE:
      return hash_place (text, scratch);

    case CPT_ASPECT_PHONE:
    case CPT_ASPECT_LINK:
    case CPT_ASPECT_DATE:
    case CPT_N_ASPECTS:
    default:
      return hash_folded (text, scratch);
    }
}

guint64
cpt_duplicate_profile_get_key (const CptDuplicateProfile *self,
                               guint                      slot,
                               const CptValue            *value,
                               GString                   *scratch)
{
  if (value->type == CPT_VALUE_TEXT)
    return hash_text (&self->slots[slot], value->text, scratch);
  if (value->type == CPT_VALUE_ID)
    return cpt_duplicate_hash ((const char *) value->id.bytes, sizeof value->id.bytes);
  if (value->type == CPT_VALUE_INTEGER)
    return cpt_duplicate_hash ((const char *) &value->integer, sizeof value->integer);

  return 0;
}
