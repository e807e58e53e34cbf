/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a webhook is to be told: settled with the values of that moment, and written into the
 * outbox in the transaction of the step that decided it. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-automation-action-private.h"
#include "cpt-delivery-private.h"
#include "cpt-effect-key.h"
#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-json.h"
#include "cpt-outbox.h"
#include "cpt-rehearsal.h"
#include "cpt-workflow-record.h"
#include "cpt-workflow-text.h"

/* What comes from a field is one part of an address, never several */
#define KEPT_IN_ADDRESSES "-._~"
/* Stands for the secret until the call; see the room “connect” */
#define SECRET "secret"

/* --------------------------------------------------------------------- places */

/* “steps.NODE.member.member”: what an earlier step was answered; null where it has none */
static gboolean
find_answer (CptAutomationWorld  *self,
             const char          *path,
             JsonNode           **value,
             GError             **error)
{
  g_auto(GStrv) parts = g_strsplit (path, ".", -1);
  g_autoptr(CptOutboxEntry) entry = NULL;
  g_autoptr(JsonNode) answer = NULL;
  g_autoptr(GError) local_error = NULL;
  JsonNode *found;

  if (g_strv_length (parts) < 3)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE,
                   _("“%s” names no answer of a step. Write, for example, “steps.call.status”."), path);
      return FALSE;
    }

  entry = cpt_outbox_find_last (self->database, self->enrolment->row, parts[1], &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  answer = entry != NULL && entry->answer != NULL ? cpt_json_parse (entry->answer, -1, NULL) : NULL;
  found = answer;
  for (guint i = 2; parts[i] != NULL && found != NULL; i++)
    found = JSON_NODE_HOLDS_OBJECT (found) ? json_object_get_member (json_node_get_object (found), parts[i]) : NULL;
  *value = found != NULL ? json_node_copy (found) : json_node_new (JSON_NODE_NULL);

  return TRUE;
}

static gboolean
find_field (CptAutomationWorld  *self,
            const char          *path,
            char               **text,
            JsonNode           **as_json,
            GError             **error)
{
  CptRecord *subject = cpt_automation_world_get_subject (self, error);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  const CptField *field;

  if (subject == NULL || !cpt_automation_find_value (self->database, subject, path, &field, &value, error))
    return FALSE;

  if (as_json != NULL)
    *as_json = cpt_field_to_json (field, &value);
  if (text != NULL)
    *text = cpt_value_is_null (&value) ? g_strdup ("") : cpt_field_format (field, &value);

  return TRUE;
}

static char *
format_value (JsonNode *value)
{
  if (JSON_NODE_HOLDS_NULL (value))
    return g_strdup ("");
  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    return json_node_dup_string (value);

  return cpt_json_format (value);
}

static gboolean
find_place (gpointer     data,
            const char  *path,
            char       **text,
            JsonNode   **value,
            GError     **error)
{
  CptAutomationWorld *self = data;
  g_autoptr(JsonNode) answer = NULL;

  if (!g_str_has_prefix (path, "steps."))
    return find_field (self, path, text, value, error);

  if (!find_answer (self, path, &answer, error))
    return FALSE;
  if (text != NULL)
    *text = format_value (answer);
  if (value != NULL)
    *value = g_steal_pointer (&answer);

  return TRUE;
}

char *
cpt_automation_world_fill (CptAutomationWorld  *self,
                           const char          *text,
                           GError             **error)
{
  return cpt_workflow_text_fill (text, find_place, self, NULL, error);
}

JsonNode *
cpt_automation_world_fill_json (CptAutomationWorld  *self,
                                JsonNode            *node,
                                GError             **error)
{
  return cpt_workflow_text_fill_json (node, find_place, self, error);
}

/* The secret is not put in before the call: nothing that is kept has it. */
static gboolean
find_in_header (gpointer     data,
                const char  *path,
                char       **text,
                JsonNode   **value,
                GError     **error)
{
  if (strcmp (path, SECRET) != 0)
    return find_place (data, path, text, value, error);

  if (text != NULL)
    *text = g_strdup ("{{" SECRET "}}");

  return TRUE;
}

/* ------------------------------------------------------------------- requests */

/* (transfer full) (nullable): “https://example.com:8443”; %NULL with @error where @url is no address to call */
static char *
dup_target (const char  *url,
            GError     **error)
{
  g_autoptr(GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || host[0] == '\0' || (g_strcmp0 (scheme, "https") != 0 && g_strcmp0 (scheme, "http") != 0))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   _("“%s” is no address of a webhook. Write one such as https://example.com/hook."), url);
      return NULL;
    }
  if (g_uri_get_userinfo (uri) != NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   _("An address is seen by all who see the workflow. Keep the password as a secret, and name that."));
      return NULL;
    }

  return g_uri_join (G_URI_FLAGS_NONE, scheme, NULL, host, g_uri_get_port (uri), "", NULL, NULL);
}

/* Names and values that can't be taken for something else on their way */
static gboolean
check_header (const char  *name,
              const char  *value,
              GError     **error)
{
  static const char *const ours[] = { "host", "content-length", "content-type", "transfer-encoding", "connection",
                                      "upgrade", "te", "expect", "cookie", "proxy-authorization", "idempotency-key", NULL };
  g_autofree char *folded = g_ascii_strdown (name, -1);
  gboolean is_token = name[0] != '\0' && name[strspn (name, "!#$%&'*+-.^_`|~0123456789"
                                                            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0';

  if (is_token && !g_strv_contains (ours, folded) && !g_str_has_prefix (folded, "webhook-") && strpbrk (value, "\r\n") == NULL)
    return TRUE;

  /* Translators: a header of a request */
  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
               _("The header “%s” can't be sent. Remove it, or give it another value."), name);

  return FALSE;
}

/* (transfer full) (nullable): %NULL with @error */
static JsonObject *
fill_headers (JsonObject           *headers,
              CptWorkflowTextFunc   find,
              gpointer              data,
              GError              **error)
{
  g_autoptr(JsonObject) filled = json_object_new ();
  g_autoptr(GList) members = headers != NULL ? json_object_get_members (headers) : NULL;

  for (GList *l = members; l != NULL; l = l->next)
    {
      g_autofree char *text = cpt_json_dup_string (headers, l->data);
      g_autofree char *value = text != NULL ? cpt_workflow_text_fill (text, find, data, NULL, error) : NULL;

      if (text != NULL && value == NULL)
        return NULL;
      if (!check_header (l->data, value != NULL ? value : "\n", error))
        return NULL;
      json_object_set_string_member (filled, l->data, value);
    }

  return g_steal_pointer (&filled);
}

/* (transfer full) (nullable): what is to be sent, as the connector reads it; %NULL with @error */
static JsonObject *
fill_request (JsonObject           *settings,
              CptWorkflowTextFunc   find,
              CptWorkflowTextFunc   find_header,
              gpointer              data,
              GError              **error)
{
  g_autoptr(JsonObject) request = json_object_new ();
  g_autofree char *url = cpt_json_dup_string (settings, "url");
  g_autofree char *method = cpt_json_dup_string (settings, "method");
  g_autofree char *secret = cpt_json_dup_string (settings, "secret");
  g_autofree char *receiver = cpt_json_dup_string (settings, "receiver");
  g_autofree char *filled = url != NULL ? cpt_workflow_text_fill (url, find, data, KEPT_IN_ADDRESSES, error) : NULL;
  g_autofree char *target = filled != NULL ? dup_target (filled, error) : NULL;
  JsonObject *headers = NULL;

  if (target == NULL || !cpt_json_read_object (settings, "headers", &headers, error))
    return NULL;
  headers = fill_headers (headers, find_header, data, error);
  if (headers == NULL)
    return NULL;

  json_object_set_string_member (request, "method", method);
  json_object_set_string_member (request, "url", filled);
  json_object_set_string_member (request, "target", target);
  json_object_set_object_member (request, "headers", headers);
  if (json_object_has_member (settings, "body"))
    {
      g_autoptr(JsonNode) body = cpt_workflow_text_fill_json (json_object_get_member (settings, "body"), find, data, error);
      g_autofree char *text = body != NULL ? cpt_json_format (body) : NULL;

      if (text == NULL)
        return NULL;
      json_object_set_string_member (request, "body", text);
    }
  if (secret != NULL)
    json_object_set_string_member (request, "secret", secret);
  if (receiver != NULL)
    json_object_set_string_member (request, "receiver", receiver);

  return g_steal_pointer (&request);
}

/* ------------------------------------------------------------------- planning */

/* The id of a workflow is nowhere else: it says which workspace as well. */
static char *
dup_key (CptAutomationWorld    *self,
         const CptWorkflowNode *node,
         guint                  visit)
{
  g_autofree char *workflow = cpt_uuid_dup_text (&self->enrolment->workflow);

  return cpt_effect_key_dup (&(CptEffectSource){ "", workflow, self->enrolment->key,
                                                 self->enrolment->run, node->id, visit, node->kind->name });
}

/* “POST https://example.com/hook {…}” */
static char *
describe (JsonObject *request)
{
  g_autofree char *method = cpt_json_dup_string (request, "method");
  g_autofree char *url = cpt_json_dup_string (request, "url");
  g_autofree char *body = cpt_json_dup_string (request, "body");

  return g_strjoin (" ", method != NULL ? method : "", url, body, NULL);
}

gboolean
cpt_automation_plan_webhook (CptAutomationWorld     *self,
                             const CptWorkflowNode  *node,
                             guint                   visit,
                             GError                **error)
{
  g_autoptr(JsonObject) request = fill_request (node->settings, find_place, find_in_header, self, error);
  g_autoptr(CptOutboxEntry) entry = cpt_outbox_entry_new ();
  g_autoptr(GError) local_error = NULL;
  g_autoptr(JsonNode) root = json_node_new (JSON_NODE_OBJECT);

  if (request == NULL)
    return FALSE;
  if (cpt_database_is_rehearsing (self->database))
    {
      cpt_automation_world_rehearse (self, node, visit, NULL, describe (request));
      return TRUE;
    }

  json_node_set_object (root, request);
  entry->key = dup_key (self, node, visit);
  entry->connector = g_strdup (node->kind->name);
  entry->enrolment = self->enrolment->row;
  entry->node = g_strdup (node->id);
  entry->visit = visit;
  entry->state = g_strdup (cpt_effect_state_get_name (CPT_EFFECT_PLANNED));
  entry->next = g_strdup (cpt_effect_next_get_name (CPT_NEXT_TRY));
  entry->due = self->now;
  entry->planned = self->now;
  entry->target = cpt_json_dup_string (request, "target");
  entry->request = cpt_json_format (root);
  if (cpt_outbox_add (self->database, entry, &local_error))
    return TRUE;

  if (self->failure == NULL)
    self->failure = g_error_copy (local_error);
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/* ------------------------------------------------------------------- checking */

typedef struct
{
  CptSchema *schema;
  const CptEntity *entity;
} Check;

static gboolean
check_place (gpointer     data,
             const char  *text,
             char       **as_text,
             JsonNode   **as_value,
             GError     **error)
{
  const Check *self = data;
  CptPath path;

  if (!g_str_has_prefix (text, "steps.") && !cpt_path_parse (self->schema, self->entity, text, &path, error))
    return FALSE;

  if (as_text != NULL)
    *as_text = g_strdup ("1");
  if (as_value != NULL)
    *as_value = json_node_new (JSON_NODE_NULL);

  return TRUE;
}

static gboolean
check_in_header (gpointer     data,
                 const char  *path,
                 char       **text,
                 JsonNode   **value,
                 GError     **error)
{
  if (strcmp (path, SECRET) == 0)
    return find_in_header (data, path, text, value, error);

  return check_place (data, path, text, value, error);
}

gboolean
cpt_automation_check_webhook (JsonObject       *settings,
                              CptSchema        *schema,
                              const CptEntity  *entity,
                              GError          **error)
{
  Check check = { schema, entity };
  g_autoptr(JsonObject) request = NULL;

  if (!json_object_has_member (settings, "url"))
    return TRUE;

  request = fill_request (settings, check_place, check_in_header, &check, error);

  return request != NULL;
}

gboolean
cpt_automation_check_text (const char       *text,
                           CptSchema        *schema,
                           const CptEntity  *entity,
                           GError          **error)
{
  Check check = { schema, entity };
  g_autofree char *filled = cpt_workflow_text_fill (text, check_place, &check, NULL, error);

  return filled != NULL;
}

gboolean
cpt_automation_check_json (JsonNode         *node,
                           CptSchema        *schema,
                           const CptEntity  *entity,
                           GError          **error)
{
  Check check = { schema, entity };
  g_autoptr(JsonNode) filled = cpt_workflow_text_fill_json (node, check_place, &check, error);

  return filled != NULL;
}
