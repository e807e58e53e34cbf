/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a record came as from another program's calendar, in its field
 * "calendar_item":
 *
 *   {"uid": "1@elsewhere", "event": true, "members": ["LOCATION:Lyon"]}
 *
 * "uid" is there when it is not the identifier of the record, or may be another one's
 * soon, since the next task of a series gets this too; "event" when a task was an event.
 * A record that never was in another calendar has nothing in it. */

#include "config.h"

#include "cpt-calendar-private.h"

#include <string.h>

#include "cpt-json.h"

#define FIELD "calendar_item"

static JsonArray *
create_members (const CptIcalendarItem *item)
{
  JsonArray *members = json_array_new ();

  for (guint i = 0; i < item->members->len; i++)
    json_array_add_string_element (members, g_ptr_array_index (item->members, i));

  return members;
}

void
cpt_calendar_keep_origin (CptRecord              *record,
                          const CptIcalendarItem *item,
                          gboolean                with_uid)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *own = cpt_uuid_dup_text (&record->id);
  JsonObject *object = json_object_new ();

  json_node_take_object (node, object);
  if (item->uid != NULL && (with_uid || strcmp (item->uid, own) != 0))
    json_object_set_string_member (object, "uid", item->uid);
  if (item->is_event && g_str_equal (cpt_record_get_entity (record)->name, "task"))
    json_object_set_boolean_member (object, "event", TRUE);
  if (item->members != NULL && item->members->len > 0)
    json_object_set_array_member (object, "members", create_members (item));

  if (json_object_get_size (object) > 0)
    {
      g_auto(CptValue) value = CPT_VALUE_INIT;

      cpt_value_take_text (&value, cpt_json_format_canonical (node));
      cpt_record_set (record, cpt_entity_find_field (cpt_record_get_entity (record), FIELD), &value);
    }
}

static void
read_members (CptIcalendarItem *item,
              JsonObject       *object)
{
  JsonArray *members = NULL;

  if (!cpt_json_read_array (object, "members", &members, NULL) || members == NULL)
    return;

  item->members = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < json_array_get_length (members); i++)
    {
      JsonNode *member = json_array_get_element (members, i);

      if (json_node_get_value_type (member) == G_TYPE_STRING)
        g_ptr_array_add (item->members, json_node_dup_string (member));
    }
}

void
cpt_calendar_read_origin (const CptRecord  *record,
                          CptIcalendarItem *item)
{
  const char *text = cpt_record_get_text (record, FIELD);
  g_autoptr(JsonNode) node = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *uid = NULL;
  gboolean is_event = FALSE;

  if (object == NULL)
    return;

  if (cpt_json_read_string (object, "uid", &uid, NULL) && uid != NULL)
    item->uid = g_strdup (uid);
  if (cpt_json_read_boolean (object, "event", &is_event, NULL) && is_event)
    item->is_event = TRUE;
  read_members (item, object);
}
