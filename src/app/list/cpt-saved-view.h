/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-store.h"
#include "cpt-transaction.h"

G_BEGIN_DECLS

/**
 * CptSavedView:
 * @id: the record
 * @name: for people
 * @form: as what it shows records: "list", "board" or "calendar"
 * @definition: JSON
 * @is_default: what a place opens with on a machine where nobody has chosen
 * @is_shared: everybody's, not only its owner's
 *
 * What a place shows, under a name.
 */
typedef struct
{
  CptUuid  id;
  char    *name;
  char    *form;
  char    *definition;
  gboolean is_default;
  gboolean is_shared;
} CptSavedView;

void        cpt_saved_view_free        (CptSavedView *self);
/* (transfer full) (nullable): the form that a definition names; NULL for what
 * is no view, such as the limits of a board. On any thread. */
char       *cpt_saved_view_dup_form    (const char *definition);
/* Those of @entity that are this person's or everybody's, by name */
void        cpt_saved_view_read_async  (CptStore            *store,
                                        CptSchema           *schema,
                                        const CptEntity     *entity,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
/* (transfer full) (element-type CptSavedView) */
GPtrArray  *cpt_saved_view_read_finish (CptStore      *store,
                                        GAsyncResult  *result,
                                        GError       **error);
/* Adds to @transaction what stores @self, which gets an identifier when it has
 * none; of records of @listed */
void        cpt_saved_view_save        (CptSavedView    *self,
                                        CptStore        *store,
                                        CptSchema       *schema,
                                        const CptEntity *listed,
                                        CptTransaction  *transaction);
/* Adds to @transaction that @self is not the default any more */
void        cpt_saved_view_drop_default (CptSavedView   *self,
                                         CptSchema      *schema,
                                         CptTransaction *transaction);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptSavedView, cpt_saved_view_free)

G_END_DECLS
