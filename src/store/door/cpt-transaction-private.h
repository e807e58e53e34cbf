/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-transaction.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_TRANSACTION_CREATE,
  CPT_TRANSACTION_SET,
  CPT_TRANSACTION_ADD_MEMBERS,
  CPT_TRANSACTION_REMOVE_MEMBERS,
  CPT_TRANSACTION_EXPECT,
  CPT_TRANSACTION_DELETE,
  CPT_TRANSACTION_RESTORE,
  CPT_TRANSACTION_PURGE,
  /* For undo alone */
  CPT_TRANSACTION_UNCREATE, /* gone, without the trash */
  CPT_TRANSACTION_RECREATE, /* back, with its row */
  CPT_TRANSACTION_UNPURGE, /* back into the trash */
  /* For merging */
  CPT_TRANSACTION_TOUCH, /* the act is in the record's history, whatever it changes */
} CptTransactionStepKind;

/* One line of a transaction, in the order in which they were given */
typedef struct
{
  CptTransactionStepKind  kind;
  CptRecord              *record; /* (owned): create, recreate, unpurge */
  const CptEntity        *entity;
  CptUuid                 id;
  const CptField         *field; /* set, add and remove members */
  CptValue                value; /* (owned): likewise */
  gint64                  sequence; /* expect */
  gboolean                is_fresh; /* create: nobody else can have its id */
} CptTransactionStep;

void                      cpt_transaction_uncreate   (CptTransaction  *self,
                                                      const CptEntity *entity,
                                                      const CptUuid   *id);
/* @record with its row, as it was */
void                      cpt_transaction_recreate   (CptTransaction *self,
                                                      CptRecord      *record);
void                      cpt_transaction_unpurge    (CptTransaction *self,
                                                      CptRecord      *record);
void                      cpt_transaction_touch      (CptTransaction  *self,
                                                      const CptEntity *entity,
                                                      const CptUuid   *id);
CptOrigin                 cpt_transaction_get_origin (CptTransaction *self);
const char               *cpt_transaction_get_label  (CptTransaction *self);
const CptTransactionStep *cpt_transaction_get_step   (CptTransaction *self,
                                                      guint           index);
/* Forgets the steps from @length on */
void                      cpt_transaction_truncate   (CptTransaction *self,
                                                      guint           length);

G_END_DECLS
