/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs as JSON, as they are kept while they wait. */

#include "config.h"

#include "cpt-run-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"

static const char *const states[] = {
  [CPT_TOKEN_READY] = "ready", [CPT_TOKEN_TIMER] = "timer", [CPT_TOKEN_EVENT] = "event", [CPT_TOKEN_EFFECT] = "effect", [CPT_TOKEN_GATHER] = "gather", [CPT_TOKEN_PARKED] = "parked",
};

/* --------------------------------------------------------------------- reading */

static gboolean
set_damaged (GError **error)
{
  g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("This is not how far somebody has come in a workflow."));

  return FALSE;
}

static gboolean
read_state (const char    *name,
            CptTokenState *state)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (states); i++)
    if (strcmp (states[i], name) == 0)
      {
        *state = i;
        return TRUE;
      }

  return FALSE;
}

static gboolean
read_token (CptRun    *self,
            JsonNode  *node,
            GError   **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id = NULL;
  const char *name = NULL;
  const char *reason = NULL;
  gint64 visit = 1;
  gint64 due = G_MAXINT64;
  gint64 since = 0;
  CptTokenState state;
  CptToken *token;

  if (object == NULL || !cpt_json_read_string (object, "node", &id, NULL) ||
      !cpt_json_read_string (object, "state", &name, NULL) || !cpt_json_read_string (object, "reason", &reason, NULL) ||
      !cpt_json_read_int (object, "visit", &visit, NULL) || !cpt_json_read_int (object, "due", &due, NULL) ||
      !cpt_json_read_int (object, "since", &since, NULL) || id == NULL ||
      !read_state (name, &state) || visit < 1 || visit > G_MAXUINT)
    return set_damaged (error);

  token = g_new0 (CptToken, 1);
  token->node = g_strdup (id);
  token->visit = (guint) visit;
  token->state = state;
  token->due = due;
  token->since = since;
  token->reason = g_strdup (reason);
  g_ptr_array_add (self->tokens, token);

  return TRUE;
}

static gboolean
read_visits (CptRun      *self,
             JsonObject  *object,
             GError     **error)
{
  g_autoptr(GList) names = object != NULL ? json_object_get_members (object) : NULL;

  for (GList *link = names; link != NULL; link = link->next)
    {
      gint64 count = 0;

      if (!cpt_json_read_int (object, link->data, &count, NULL) || count < 0 || count > G_MAXINT)
        return set_damaged (error);
      g_hash_table_insert (self->visits, g_strdup (link->data), GUINT_TO_POINTER ((guint) count));
    }

  return TRUE;
}

static gboolean
read_choices (CptRun      *self,
              JsonObject  *object,
              GError     **error)
{
  g_autoptr(GList) names = object != NULL ? json_object_get_members (object) : NULL;

  for (GList *link = names; link != NULL; link = link->next)
    {
      char *variant = cpt_json_dup_string (object, link->data);

      if (variant == NULL)
        return set_damaged (error);
      g_hash_table_insert (self->choices, g_strdup (link->data), variant);
    }

  return TRUE;
}

CptRun *
cpt_run_parse (JsonNode  *root,
               GError   **error)
{
  g_autoptr(CptRun) self = cpt_run_new_empty ();
  JsonObject *object;
  JsonArray *tokens = NULL;
  JsonObject *visits = NULL;
  JsonObject *choices = NULL;

  g_return_val_if_fail (root != NULL, NULL);

  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      set_damaged (error);
      return NULL;
    }

  object = json_node_get_object (root);
  if (!cpt_json_read_array (object, "tokens", &tokens, error) || !cpt_json_read_object (object, "visits", &visits, error) ||
      !cpt_json_read_object (object, "choices", &choices, error) || !read_visits (self, visits, error) ||
      !read_choices (self, choices, error))
    return NULL;
  for (guint i = 0; tokens != NULL && i < json_array_get_length (tokens); i++)
    if (!read_token (self, json_array_get_element (tokens, i), error))
      return NULL;
  self->label = cpt_json_dup_string (object, "label");

  return g_steal_pointer (&self);
}

/* --------------------------------------------------------------------- writing */

static JsonArray *
create_tokens (const CptRun *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->tokens->len; i++)
    {
      const CptToken *token = g_ptr_array_index (self->tokens, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "node", token->node);
      json_object_set_int_member (object, "visit", token->visit);
      json_object_set_string_member (object, "state", states[token->state]);
      if (token->due != G_MAXINT64)
        json_object_set_int_member (object, "due", token->due);
      if (token->since != 0)
        json_object_set_int_member (object, "since", token->since);
      if (token->reason != NULL)
        json_object_set_string_member (object, "reason", token->reason);
      json_array_add_object_element (array, object);
    }

  return array;
}

JsonNode *
cpt_run_to_json (const CptRun *self)
{
  JsonNode *root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonObject *visits = json_object_new ();
  JsonObject *choices = json_object_new ();
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  json_node_take_object (root, object);
  json_object_set_object_member (object, "visits", visits);
  json_object_set_object_member (object, "choices", choices);

  g_return_val_if_fail (self != NULL, root);

  json_object_set_array_member (object, "tokens", create_tokens (self));
  if (self->label != NULL)
    json_object_set_string_member (object, "label", self->label);
  g_hash_table_iter_init (&iter, self->visits);
  while (g_hash_table_iter_next (&iter, &name, &value))
    json_object_set_int_member (visits, name, GPOINTER_TO_UINT (value));
  g_hash_table_iter_init (&iter, self->choices);
  while (g_hash_table_iter_next (&iter, &name, &value))
    json_object_set_string_member (choices, name, value);

  return root;
}
