/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cpt-database.h"

G_BEGIN_DECLS

/**
 * CptCardProposal:
 * @contact: what the card seems to say; not stored
 * @company: (nullable): its company, when none is stored under that name: to be
 *   stored together with @contact, which links to it
 * @text: all that was read of the picture
 *
 * A contact to be looked at. The records may go to another thread.
 */
typedef struct
{
  CptRecord *contact;
  CptRecord *company;
  char      *text;
} CptCardProposal;

/**
 * cpt_card_proposal_read:
 * @database: a connection, for companies that are there
 * @picture: a photograph of a business card
 * @cancellable: (nullable): ends it
 * @error: return location for an error, those of cpt_scan_read_text(),
 *   CPT_ERROR_NOT_FOUND when nothing can be read on it
 *
 * Reads the card; some seconds.
 *
 * Returns: (transfer full) (nullable): the proposal
 */
CptCardProposal *cpt_card_proposal_read      (CptDatabase   *database,
                                              GFile         *picture,
                                              GCancellable  *cancellable,
                                              GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same from what was read already */
CptCardProposal *cpt_card_proposal_from_text (CptDatabase  *database,
                                              const char   *text,
                                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void             cpt_card_proposal_free      (CptCardProposal *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptCardProposal, cpt_card_proposal_free)

G_END_DECLS
