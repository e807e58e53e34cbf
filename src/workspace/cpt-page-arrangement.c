/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the pages of records are arranged is kept in records, which are changed
 * like any other: here is which one, for whoever does it. */

#include "config.h"

#include "cpt-page-arrangement.h"

#include <glib/gi18n-lib.h>

static gboolean
is_of (const CptRecord *record,
       const CptEntity *entity)
{
  return g_strcmp0 (cpt_record_get_text (record, "entity_name"), entity->name) == 0;
}

static gboolean
can_be_read (const CptRecord *record)
{
  g_autoptr(CptPageLayout) layout = cpt_page_layout_parse (cpt_record_get_text (record, "layout"), NULL);

  return layout != NULL;
}

/* Identifiers grow with time. */
CptRecord *
cpt_page_arrangement_find (GPtrArray       *records,
                           const CptEntity *entity)
{
  CptRecord *found = NULL;

  g_return_val_if_fail (records != NULL && entity != NULL, NULL);

  for (guint i = 0; i < records->len; i++)
    {
      CptRecord *record = g_ptr_array_index (records, i);

      if (is_of (record, entity) && (found == NULL || cpt_uuid_compare (&record->id, &found->id) > 0) && can_be_read (record))
        found = record;
    }

  return found;
}

CptTransaction *
cpt_page_arrangement_set (CptSchema           *schema,
                          GPtrArray           *records,
                          const CptEntity     *entity,
                          const CptPageLayout *layout,
                          CptOrigin            origin)
{
  CptTransaction *transaction = cpt_transaction_new (origin, _("Change page layout"));
  const CptRecord *record = cpt_page_arrangement_find (records, entity);
  g_autofree char *text = cpt_page_layout_format (layout);

  if (record != NULL)
    {
      g_auto(CptValue) value = CPT_VALUE_INIT;

      cpt_value_set_text (&value, text);
      cpt_transaction_set (transaction, record->entity, &record->id, cpt_entity_find_field (record->entity, "layout"), &value);
    }
  else
    {
      g_autoptr(CptRecord) made = cpt_record_new (schema, cpt_schema_find_entity (schema, CPT_PAGE_LAYOUT_ENTITY));

      cpt_record_set_text (made, "entity_name", entity->name);
      cpt_record_set_text (made, "layout", text);
      cpt_transaction_create (transaction, made);
    }

  return transaction;
}

CptTransaction *
cpt_page_arrangement_reset (GPtrArray       *records,
                            const CptEntity *entity,
                            CptOrigin        origin)
{
  CptTransaction *transaction = cpt_transaction_new (origin, _("Reset page layout"));

  for (guint i = 0; i < records->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (records, i);

      if (is_of (record, entity))
        cpt_transaction_delete (transaction, record->entity, &record->id);
    }

  return transaction;
}
