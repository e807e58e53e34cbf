/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Steps that say whose a record is. Of several people it is each one's turn, or it goes to who has
 * least to do; whose turn it is stands in the file, written with what was assigned. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-automation-action-private.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-query.h"
#include "cpt-step-counter.h"
#include "cpt-text.h"

#define USER "user"

/* (nullable): the link that says whose a record of @entity is; %NULL with @error */
static const CptField *
find_field (JsonObject       *settings,
            const CptEntity  *entity,
            GError          **error)
{
  g_autofree char *name = cpt_json_dup_string (settings, "field");
  const CptField *field = cpt_entity_find_field (entity, name != NULL ? name : "owner");

  for (guint i = 0; name == NULL && field == NULL && i < entity->n_fields; i++)
    if (entity->fields[i]->kind == CPT_FIELD_LINK && g_strcmp0 (entity->fields[i]->target, USER) == 0)
      field = entity->fields[i];

  if (field != NULL && field->kind == CPT_FIELD_LINK && g_strcmp0 (field->target, USER) == 0 &&
      (field->flags & CPT_FIELD_READ_ONLY) == 0)
    return field;

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("Records like this are nobody’s. Choose a field that leads to a person."));

  return NULL;
}

static void
user_unref (gpointer data)
{
  if (data != NULL)
    cpt_record_unref (data);
}

GPtrArray *
cpt_automation_world_load_users (CptAutomationWorld  *self,
                                 JsonObject          *settings,
                                 GError             **error)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (self->database), USER);
  g_autoptr(GPtrArray) users = g_ptr_array_new_with_free_func (user_unref);
  JsonArray *list = NULL;

  if (!cpt_json_read_array (settings, "users", &list, error))
    return NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
      g_autoptr(GError) local_error = NULL;
      g_autoptr(CptRecord) user = NULL;
      CptUuid id;

      if (text == NULL || !cpt_uuid_parse (text, &id))
        continue;
      user = cpt_database_load (self->database, entity, &id, &local_error);
      if (user == NULL && !g_error_matches (local_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
        {
          cpt_automation_world_fail (self, g_steal_pointer (&local_error), error);
          return NULL;
        }
      g_ptr_array_add (users, g_steal_pointer (&user));
    }

  return g_steal_pointer (&users);
}

gboolean
cpt_automation_user_is_there (const CptRecord *user)
{
  const CptValue *active;

  if (user == NULL || user->in_trash)
    return FALSE;
  active = cpt_record_get_named (user, "is_active");

  return active->type != CPT_VALUE_INTEGER || active->integer != 0;
}

/* (nullable): whose turn it is; @position becomes that of the next one */
static CptRecord *
choose_in_turn (GPtrArray *users,
                gint64    *position)
{
  for (guint i = 0; i < users->len; i++)
    {
      guint place = (guint) ((*position + i) % users->len);
      CptRecord *user = g_ptr_array_index (users, place);

      if (!cpt_automation_user_is_there (user))
        continue;
      *position = (place + 1) % users->len;
      return user;
    }

  return NULL;
}

/* ------------------------------------------------------------------ who has least */

/* How much @user has to do, but for the subject itself: it may be about to be somebody else's */
static gboolean
count_open (CptAutomationWorld  *self,
            gboolean             is_deals,
            const CptRecord     *user,
            const CptRecord     *subject,
            guint64             *count,
            GError             **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  const CptEntity *entity = cpt_schema_find_entity (schema, is_deals ? "deal" : "task");
  g_autofree char *id = cpt_uuid_dup_text (&user->id);
  g_autofree char *json =
    is_deals ? g_strdup_printf ("{\"all\":[{\"field\":\"owner\",\"op\":\"is\",\"value\":\"%s\"},"
                                "{\"field\":\"stage.kind\",\"op\":\"is\",\"value\":\"open\"}]}",
                                id)
             : g_strdup_printf ("{\"all\":[{\"field\":\"assignee\",\"op\":\"is\",\"value\":\"%s\"},"
                                "{\"field\":\"status\",\"op\":\"not-in\",\"value\":[\"done\",\"cancelled\"]}]}",
                                id);
  g_autoptr(CptQuery) query = cpt_query_new (schema, entity);
  g_autoptr(CptFilter) filter = cpt_filter_parse (schema, entity, json, error);

  if (filter == NULL)
    return FALSE;
  cpt_query_set_filter (query, filter);
  if (!cpt_query_count (query, self->database, count, error))
    return FALSE;
  if (cpt_record_get_entity (subject) == entity && cpt_filter_matches (query->filter, self->database, subject))
    *count -= MIN (*count, 1);

  return TRUE;
}

static int
compare_users (const CptRecord *a,
               const CptRecord *b)
{
  const char *names[] = { cpt_record_get_text (a, "name"), cpt_record_get_text (b, "name") };
  gssize lengths[] = { names[0] != NULL ? (gssize) strlen (names[0]) : 0, names[1] != NULL ? (gssize) strlen (names[1]) : 0 };
  int order = cpt_text_collate (names[0] != NULL ? names[0] : "", lengths[0], names[1] != NULL ? names[1] : "", lengths[1]);

  return order != 0 ? order : memcmp (&a->id, &b->id, sizeof (CptUuid));
}

/* FALSE with @error; @chosen is %NULL when nobody is there */
static gboolean
choose_least_busy (CptAutomationWorld  *self,
                   JsonObject          *settings,
                   GPtrArray           *users,
                   const CptRecord     *subject,
                   CptRecord          **chosen,
                   GError             **error)
{
  g_autofree char *of = cpt_json_dup_string (settings, "busy");
  gboolean is_deals = g_strcmp0 (of, "deals") == 0;
  guint64 least = 0;

  *chosen = NULL;
  for (guint i = 0; i < users->len; i++)
    {
      CptRecord *user = g_ptr_array_index (users, i);
      guint64 count;

      if (!cpt_automation_user_is_there (user))
        continue;
      if (!count_open (self, is_deals, user, subject, &count, error))
        return FALSE;
      if (*chosen != NULL && (count > least || (count == least && compare_users (user, *chosen) >= 0)))
        continue;
      *chosen = user;
      least = count;
    }

  return TRUE;
}

/* -------------------------------------------------------------------- the step */

static gboolean
give_to (CptAutomationWorld     *self,
         const CptWorkflowNode  *node,
         guint                   visit,
         const CptField         *field,
         const CptRecord        *user,
         GError                **error)
{
  g_autoptr(CptTransaction) transaction = cpt_automation_world_begin (self);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_id (&value, &user->id);
  cpt_transaction_set (transaction, self->entity, &self->enrolment->subject, field, &value);

  return cpt_automation_world_commit (self, node, visit, transaction, error);
}

gboolean
cpt_automation_assign (CptAutomationWorld     *self,
                       const CptWorkflowNode  *node,
                       guint                   visit,
                       GError                **error)
{
  g_autofree char *how = cpt_json_dup_string (node->settings, "how");
  const CptUuid *workflow = &self->enrolment->workflow;
  const CptField *field = find_field (node->settings, self->entity, error);
  CptRecord *subject = field != NULL ? cpt_automation_world_get_subject (self, error) : NULL;
  g_autoptr(GPtrArray) users = subject != NULL ? cpt_automation_world_load_users (self, node->settings, error) : NULL;
  g_autoptr(GError) local_error = NULL;
  CptRecord *chosen = NULL;
  gint64 period;
  gint64 position = 0;
  gboolean in_turn = g_strcmp0 (how, "least_busy") != 0;

  if (users == NULL)
    return FALSE;
  if (in_turn && !cpt_step_counter_read (self->database, workflow, node->id, &period, &position, &local_error))
    return cpt_automation_world_fail (self, g_steal_pointer (&local_error), error);
  if (in_turn)
    chosen = choose_in_turn (users, &position);
  else if (!choose_least_busy (self, node->settings, users, subject, &chosen, error))
    return FALSE;
  if (chosen == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   _("Nobody of those who are to get this is there any more. Choose somebody else."));
      return FALSE;
    }

  if (!give_to (self, node, visit, field, chosen, error))
    return FALSE;
  if (in_turn && users->len > 1 &&
      !cpt_step_counter_write (self->database, workflow, node->id, 0, position, &local_error))
    return cpt_automation_world_fail (self, g_steal_pointer (&local_error), error);

  return TRUE;
}

gboolean
cpt_automation_check_assign (JsonObject       *settings,
                             CptSchema        *schema,
                             const CptEntity  *entity,
                             GError          **error)
{
  return find_field (settings, entity, error) != NULL;
}
