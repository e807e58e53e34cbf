/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Rules for tests, all named "My rule" */

#include "store-fixture.h"

#include "cpt-field-type.h"

#define LOST "{\"field\":\"stage.kind\",\"op\":\"is\",\"value\":\"lost\"}"
#define IN_FRANCE "{\"field\":\"country\",\"op\":\"is\",\"value\":\"FR\"}"

static inline void
set_machine (CptRecord  *record,
             const char *name,
             const char *text)
{
  const CptField *field = cpt_entity_find_field (cpt_record_get_entity (record), name);
  g_autoptr(GError) error = NULL;
  CptValue value = CPT_VALUE_INIT;

  cpt_field_parse (field, text, NULL, &value, &error);
  g_assert_no_error (error);
  cpt_record_take (record, field, value);
}

/* "organisation.vat_number", for example */
static inline CptRecord *
new_rule (Fixture    *self,
          const char *kind,
          const char *path,
          const char *condition)
{
  g_auto(GStrv) parts = g_strsplit (path, ".", 2);
  CptRecord *record = new_record (self, "rule", "name", "My rule");

  set_text (record, "entity_name", parts[0]);
  set_text (record, "field_name", parts[1]);
  set_text (record, "kind", kind);
  if (condition != NULL)
    set_text (record, "condition", condition);

  return record;
}

static inline CptUuid
make_rule (Fixture    *self,
           const char *kind,
           const char *path,
           const char *condition)
{
  g_autoptr(CptRecord) record = new_rule (self, kind, path, condition);

  create_ok (self, record);

  return record->id;
}

static inline CptTransaction *
transaction_of (Fixture       *self,
                const char    *entity,
                const CptUuid *id,
                const char    *name,
                const char    *text)
{
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  const CptField *field = get_field (self, entity, name);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  g_assert_true (cpt_field_parse (field, text, NULL, &value, NULL));
  cpt_transaction_set (transaction, get_entity (self, entity), id, field, &value);

  return transaction;
}

static inline void
set_ok (Fixture       *self,
        const char    *entity,
        const CptUuid *id,
        const char    *name,
        const char    *text)
{
  g_autoptr(CptTransaction) transaction = transaction_of (self, entity, id, name, text);

  commit_ok (self, transaction);
}
