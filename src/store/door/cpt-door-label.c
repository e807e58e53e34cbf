/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a transaction is called in the log when nobody gave it a name. */

#include "config.h"

#include "cpt-door-private.h"

#include <glib/gi18n-lib.h>

/* Longer titles are cut */
#define MAX_TITLE_BYTES 80

#include "cpt-text.h"

/* Translators: for each: %1$s is a kind of record, %2$s its title: "Create Contact “Anne Martin”" */
static const char *const singular[] = {
  [CPT_CHANGE_CREATE] = N_("Create %1$s “%2$s”"),
  [CPT_CHANGE_UPDATE] = N_("Change %1$s “%2$s”"),
  [CPT_CHANGE_DELETE] = N_("Delete %1$s “%2$s”"),
  [CPT_CHANGE_RESTORE] = N_("Restore %1$s “%2$s”"),
  [CPT_CHANGE_PURGE] = N_("Delete %1$s “%2$s” for good"),
};

static char *
describe_one (const CptDoorItem *item)
{
  const CptRecord *record = item->after != NULL ? item->after : item->before;
  g_autofree char *title = cpt_record_dup_title (record);
  g_autofree char *shown = cpt_text_shorten (title, MAX_TITLE_BYTES);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_(singular[cpt_act_get_kind (item->act)]), cpt_entity_get_label (item->entity), shown);
#pragma GCC diagnostic pop
}

static char *
describe_same (const CptEntity *entity,
               CptChangeKind    kind,
               guint            n_items)
{
  const char *label = cpt_entity_get_label_plural (entity);

  switch (kind)
    {
    case CPT_CHANGE_CREATE:
      /* Translators: the second is a kind of record in the plural: "Create 3 Contacts" */
      return g_strdup_printf (ngettext ("Create %u %s", "Create %u %s", n_items), n_items, label);

    case CPT_CHANGE_DELETE:
      return g_strdup_printf (ngettext ("Delete %u %s", "Delete %u %s", n_items), n_items, label);

    case CPT_CHANGE_RESTORE:
      return g_strdup_printf (ngettext ("Restore %u %s", "Restore %u %s", n_items), n_items, label);

    case CPT_CHANGE_PURGE:
      return g_strdup_printf (ngettext ("Delete %u %s for good", "Delete %u %s for good", n_items), n_items, label);

    case CPT_CHANGE_UPDATE:
    default:
      return g_strdup_printf (ngettext ("Change %u %s", "Change %u %s", n_items), n_items, label);
    }
}

/* The first change is what a person did; what behaviours add stands behind. */
char *
cpt_door_dup_label (CptDoor *self)
{
  const char *given = cpt_transaction_get_label (self->transaction);
  const CptDoorItem *first = NULL;
  guint n_items = 0;
  gboolean is_same = TRUE;

  if (given != NULL)
    return g_strdup (given);

  for (guint i = 0; i < self->items->len; i++)
    {
      const CptDoorItem *item = g_ptr_array_index (self->items, i);

      if (item->is_refused || item->is_void)
        continue;
      n_items++;
      if (first == NULL)
        first = item;
      else if (item->entity != first->entity || item->act != first->act)
        is_same = FALSE;
    }

  if (first == NULL)
    return NULL;
  if (n_items == 1 || cpt_transaction_get_length (self->transaction) == 1)
    return describe_one (first);
  if (is_same)
    return describe_same (first->entity, cpt_act_get_kind (first->act), n_items);

  return g_strdup_printf (ngettext ("Change %u record", "Change %u records", n_items), n_items);
}
