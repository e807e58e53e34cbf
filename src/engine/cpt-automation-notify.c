/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A step that tells people something. What is told is a record for each of them, which stays until a
 * program has shown it. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-automation-action-private.h"
#include "cpt-error.h"
#include "cpt-json.h"

/* @user: (nullable): %NULL tells everybody */
static void
add_notice (CptAutomationWorld *self,
            CptTransaction     *transaction,
            const char         *title,
            const char         *body,
            const CptUuid      *user)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(CptRecord) notice = cpt_record_new (schema, cpt_schema_find_entity (schema, "notification"));
  g_autofree char *subject = cpt_uuid_dup_text (&self->enrolment->subject);

  cpt_record_set_text (notice, "title", title);
  if (body[0] != '\0')
    cpt_record_set_text (notice, "body", body);
  if (user != NULL)
    cpt_record_set_id (notice, "user", user);
  cpt_record_set_text (notice, "kind", self->entity->name);
  cpt_record_set_text (notice, "record", subject);
  cpt_transaction_create (transaction, notice);
}

/* Those who are chosen; without them who owns the subject; without that everybody */
static gboolean
add_notices (CptAutomationWorld  *self,
             JsonObject          *settings,
             const CptRecord     *subject,
             CptTransaction      *transaction,
             const char          *title,
             const char          *body,
             GError             **error)
{
  const CptField *owner = cpt_entity_find_field (self->entity, "owner");
  const CptValue *value = owner != NULL ? cpt_record_get (subject, owner) : NULL;
  g_autoptr(GPtrArray) users = cpt_automation_world_load_users (self, settings, error);

  if (users == NULL)
    return FALSE;

  for (guint i = 0; i < users->len; i++)
    {
      const CptRecord *user = g_ptr_array_index (users, i);

      if (cpt_automation_user_is_there (user))
        add_notice (self, transaction, title, body, &user->id);
    }
  if (users->len == 0)
    add_notice (self, transaction, title, body, value != NULL && value->type == CPT_VALUE_ID ? &value->id : NULL);
  if (!cpt_transaction_is_empty (transaction))
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
               _("Nobody of those who are to be told is there any more. Choose somebody else."));

  return FALSE;
}

gboolean
cpt_automation_notify (CptAutomationWorld     *self,
                       const CptWorkflowNode  *node,
                       guint                   visit,
                       GError                **error)
{
  g_autoptr(CptTransaction) transaction = cpt_automation_world_begin (self);
  g_autofree char *title = cpt_json_dup_string (node->settings, "title");
  g_autofree char *notes = cpt_json_dup_string (node->settings, "notes");
  g_autofree char *filled = cpt_automation_world_fill (self, title != NULL ? title : "", error);
  g_autofree char *body = filled != NULL ? cpt_automation_world_fill (self, notes != NULL ? notes : "", error) : NULL;
  CptRecord *subject = body != NULL ? cpt_automation_world_get_subject (self, error) : NULL;

  if (subject == NULL || !add_notices (self, node->settings, subject, transaction, filled, body, error))
    return FALSE;

  return cpt_automation_world_commit (self, node, visit, transaction, error);
}

gboolean
cpt_automation_check_notify (JsonObject       *settings,
                             CptSchema        *schema,
                             const CptEntity  *entity,
                             GError          **error)
{
  g_autofree char *title = cpt_json_dup_string (settings, "title");
  g_autofree char *notes = cpt_json_dup_string (settings, "notes");

  return (title == NULL || cpt_automation_check_text (title, schema, entity, error)) &&
         (notes == NULL || cpt_automation_check_text (notes, schema, entity, error));
}
