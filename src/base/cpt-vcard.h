/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-content-line.h"

G_BEGIN_DECLS

/* What is kept of a card; each text cleaned, NULL where it says nothing */
typedef enum
{
  CPT_VCARD_UID,
  CPT_VCARD_FULL_NAME,
  CPT_VCARD_FIRST_NAME,
  CPT_VCARD_LAST_NAME,
  CPT_VCARD_ORGANISATION,
  CPT_VCARD_JOB_TITLE,
  CPT_VCARD_EMAIL,
  CPT_VCARD_PHONE,
  CPT_VCARD_MOBILE,
  CPT_VCARD_STREET,
  CPT_VCARD_COMPLEMENT,
  CPT_VCARD_POSTCODE,
  CPT_VCARD_CITY,
  CPT_VCARD_REGION,
  CPT_VCARD_COUNTRY,
  CPT_VCARD_BIRTHDAY, /* 2026-11-21 */
  CPT_VCARD_NOTE,
  CPT_VCARD_TAGS, /* separated by ; */
  CPT_VCARD_N_FIELDS
} CptVcardField;

/**
 * CptVcard:
 * @fields: by #CptVcardField
 * @line: where it begins in the file
 * @has_photo: whether a picture or a sound was left out
 * @has_long: whether something else was left out because it is too long
 * @is_cut: whether the file ends within it
 *
 * A person, as vCard 3.0 and 4.0 (RFC 2426, RFC 6350) have it; 2.1 is read too.
 */
typedef struct
{
  char    *fields[CPT_VCARD_N_FIELDS];
  guint64  line;
  gboolean has_photo;
  gboolean has_long;
  gboolean is_cut;
} CptVcard;

CptVcard *cpt_vcard_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void      cpt_vcard_free   (CptVcard *self);
/* Takes @value; an empty one is as none */
void      cpt_vcard_take   (CptVcard      *self,
                            CptVcardField  field,
                            char          *value);
/* (nullable) (transfer full): the next card of @reader; NULL without @error at
 * the end. What stands between cards is passed over. */
CptVcard *cpt_vcard_read   (CptContentReader  *reader,
                            GCancellable      *cancellable,
                            GError           **error);
/* Appends the card; @version is 3 or 4 */
void      cpt_vcard_append (const CptVcard *self,
                            GString        *out,
                            int             version);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptVcard, cpt_vcard_free)

G_END_DECLS
