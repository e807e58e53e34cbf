/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calls webhooks. What an end of a call means is decided here alone: whether the other side
 * certainly did it, certainly did not, or may have. */

#include "config.h"

#include "cpt-webhook.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <libsoup/soup.h>
#include <string.h>

#include "cpt-guarded-address.h"
#include "cpt-json.h"
#include "cpt-webhook-signature.h"

/* The whole call, in milliseconds; and how long nothing may come, in seconds */
#define LONGEST_CALL 60000
#define LONGEST_SILENCE 30
/* What is kept of an answer, in bytes */
#define MAX_ANSWER (64 * 1024)
/* For how long those who know keys know them: what the drafts of the IETF give as an example */
#define KEY_LIFETIME (24 * 3600 * (gint64) G_USEC_PER_SEC)
#define LONGEST_RETRY_AFTER (24 * 3600 * (gint64) G_USEC_PER_SEC)

struct _CptWebhook
{
  GObject parent;

  gboolean may_call_home;
};

static void iface_init (CptConnectorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CptWebhook, cpt_webhook, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (CPT_TYPE_CONNECTOR, iface_init))

/* -------------------------------------------------------------------- secrets */

static const SecretSchema secret_schema = {
  CPT_APP_ID ".Webhook",
  SECRET_SCHEMA_NONE,
  { { "name", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

gboolean
cpt_webhook_store_secret (const char    *name,
                          const char    *secret,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autofree char *label = NULL;

  g_return_val_if_fail (name != NULL, FALSE);

  if (secret == NULL)
    secret_password_clear_sync (&secret_schema, cancellable, &local_error, "name", name, NULL);
  else
    {
      /* Translators: as the keyring shows it; %s is its name */
      label = g_strdup_printf (_("Comptoir: webhook “%s”"), name);
      secret_password_store_sync (&secret_schema, SECRET_COLLECTION_DEFAULT, label, secret, cancellable, &local_error,
                                  "name", name, NULL);
    }
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/* --------------------------------------------------------------------- a call */

typedef struct
{
  const CptConnectorCall *call;
  GUri *uri;                 /* (owned) */
  SoupSession *session;      /* (owned) */
  SoupMessage *message;      /* (owned) */
  GInputStream *stream;      /* (owned) (nullable) */
  GByteArray *answer;        /* (owned) */
  GCancellable *cancellable; /* (owned): of the caller, and when it takes too long */
  GCancellable *outer;       /* (owned) (nullable) */
  gulong handler;
  GSource *timeout;    /* (owned) */
  gboolean is_written; /* the other side has all that was sent */
} Call;

static void
call_free (gpointer data)
{
  Call *self = data;

  if (self->timeout != NULL)
    g_source_destroy (self->timeout);
  g_clear_pointer (&self->timeout, g_source_unref);
  if (self->outer != NULL)
    g_cancellable_disconnect (self->outer, self->handler);
  g_clear_object (&self->outer);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->stream);
  if (self->message != NULL)
    g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->message);
  g_clear_object (&self->session);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_byte_array_unref (self->answer);
  g_free (self);
}

static void
end (GTask *task,
     CptEffectAnswer answer,
     char *reason) /* (transfer full) (nullable) */
{
  CptConnectorReply *reply = g_new0 (CptConnectorReply, 1);

  reply->answer = answer;
  reply->reason = reason;
  g_task_return_pointer (task, reply, (GDestroyNotify) cpt_connector_reply_free);
}

/* --------------------------------------------------------------- what it means */

/* How long it wants to be left alone; RFC 9110, 10.2.3: seconds or a date */
static gint64
read_retry_after (SoupMessage *message)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  g_autoptr(GDateTime) date = NULL;
  g_autoptr(GDateTime) now = NULL;
  gint64 pause = 0;
  guint64 seconds;

  if (text == NULL)
    return 0;

  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &seconds, NULL))
    pause = (gint64) seconds * G_USEC_PER_SEC;
  else if ((date = soup_date_time_new_from_http_string (text)) != NULL)
    {
      now = g_date_time_new_now_utc ();
      pause = g_date_time_difference (date, now);
    }

  return CLAMP (pause, 0, LONGEST_RETRY_AFTER);
}

/* RFC 9110, 15: what was done is said by 2xx alone; what was refused, by 3xx (nobody follows) and 4xx. 408, 425 and
 * 429 were not begun, nor was 503 when it says when to come again. All else says nothing. */
static CptEffectAnswer
read_status (guint  status,
             gint64 retry_after)
{
  if (status >= 200 && status < 300)
    return CPT_ANSWER_DONE;
  if (status == 408 || status == 425 || status == 429 || (status == 503 && retry_after > 0))
    return CPT_ANSWER_NOT_YET;
  if (status >= 300 && status < 500)
    return CPT_ANSWER_REFUSED;

  return CPT_ANSWER_LOST;
}

static char *
explain_status (CptEffectAnswer  answer,
                guint            status,
                const char      *phrase)
{
  g_autofree char *code = g_strdup_printf ("%u %s", status, phrase != NULL ? phrase : "");

  g_strchomp (code);
  switch (answer)
    {
    case CPT_ANSWER_DONE:
      return NULL;
    case CPT_ANSWER_NOT_YET:
      /* Translators: here and in the next ones %s is what a web server answered: “429 Too Many Requests” */
      return g_strdup_printf (_("The other side has no time now: %s."), code);
    case CPT_ANSWER_REFUSED:
      return g_strdup_printf (status < 400 ? _("The other side sends on to another address: %s. Enter that address.")
                                           : _("The other side refused this: %s. Look at what is sent to it, and edit it."),
                              code);
    case CPT_ANSWER_LOST:
      break;
    }

  return g_strdup_printf (_("The other side failed, and may have done it all the same: %s. Look there."), code);
}

static char *
explain_error (const Call   *self,
               const GError *error)
{
  const char *host = g_uri_get_host (self->uri);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return g_strdup (error->message);
  if (!self->is_written)
    /* Translators: the first %s is a host, the second one an error of the system */
    return g_strdup_printf (_("“%s” can't be reached: %s"), host, error->message);

  return g_strdup_printf (_("“%s” did not answer, and may have done it all the same. Look there. (%s)"), host, error->message);
}

/* ----------------------------------------------------------------- the answer */

/* (transfer full): the body as JSON, or as a text */
static JsonNode *
read_body (const Call *self)
{
  const char *data = (const char *) self->answer->data;
  g_autoptr(JsonNode) root = cpt_json_parse (data != NULL ? data : "", self->answer->len, NULL);
  g_autofree char *text = NULL;

  if (root != NULL)
    return g_steal_pointer (&root);

  text = g_utf8_make_valid (data != NULL ? data : "", self->answer->len);

  return json_node_init_string (json_node_alloc (), text);
}

static void
end_with_status (GTask *task)
{
  const Call *self = g_task_get_task_data (task);
  CptConnectorReply *reply = g_new0 (CptConnectorReply, 1);
  g_autoptr(JsonObject) response = json_object_new ();
  guint status = soup_message_get_status (self->message);

  json_object_set_int_member (response, "status", status);
  json_object_set_member (response, "body", read_body (self));
  reply->response = json_node_init_object (json_node_alloc (), response);
  reply->retry_after = read_retry_after (self->message);
  reply->answer = read_status (status, reply->retry_after);
  reply->reason = explain_status (reply->answer, status, soup_message_get_reason_phrase (self->message));
  g_task_return_pointer (task, reply, (GDestroyNotify) cpt_connector_reply_free);
}

static void read_on (GTask *task);

/* The status was read: what comes behind it, or does not, changes nothing. */
static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  Call *self = g_task_get_task_data (task);
  g_autoptr(GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);
  gsize length = bytes != NULL ? g_bytes_get_size (bytes) : 0;

  if (length > 0)
    g_byte_array_append (self->answer, g_bytes_get_data (bytes, NULL), (guint) length);
  if (length > 0 && self->answer->len < MAX_ANSWER)
    read_on (task);
  else
    end_with_status (task);
}

static void
read_on (GTask *task)
{
  Call *self = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (self->stream, MAX_ANSWER - self->answer->len, G_PRIORITY_DEFAULT, self->cancellable, on_read,
                                   g_object_ref (task));
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  Call *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (self->stream != NULL)
    read_on (task);
  else if (self->is_written)
    end (task, CPT_ANSWER_LOST, explain_error (self, error));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    end (task, CPT_ANSWER_REFUSED, explain_error (self, error));
  else
    end (task, CPT_ANSWER_NOT_YET, explain_error (self, error));
}

/* ---------------------------------------------------------------- the request */

static void
on_written (SoupMessage *message,
            gpointer     data)
{
  Call *self = data;

  self->is_written = TRUE;
}

static void
add_headers (Call       *self,
             const char *secret,
             const char *body)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (self->message);
  JsonObject *wanted = NULL;
  g_autoptr(GList) names = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *timestamp = g_strdup_printf ("%" G_GINT64_FORMAT, now);

  cpt_json_read_object (self->call->request, "headers", &wanted, NULL);
  names = wanted != NULL ? json_object_get_members (wanted) : NULL;
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *text = cpt_json_dup_string (wanted, l->data);
      g_autoptr(GString) value = g_string_new (text);

      g_string_replace (value, "{{secret}}", secret != NULL ? secret : "", 0);
      if (strpbrk (value->str, "\r\n") == NULL)
        soup_message_headers_replace (headers, l->data, value->str);
    }

  soup_message_headers_replace (headers, "Idempotency-Key", self->call->key);
  soup_message_headers_replace (headers, "webhook-id", self->call->key);
  soup_message_headers_replace (headers, "webhook-timestamp", timestamp);
  if (secret != NULL)
    {
      g_autofree char *signature = cpt_webhook_signature_dup (secret, self->call->key, now, body != NULL ? body : "");

      soup_message_headers_replace (headers, "webhook-signature", signature);
    }
}

/* A connection of its own: one that is used again may be gone, and the library would send twice. */
static void
send_message (GTask      *task,
              const char *secret)
{
  Call *self = g_task_get_task_data (task);
  CptWebhook *webhook = g_task_get_source_object (task);
  g_autofree char *method = cpt_json_dup_string (self->call->request, "method");
  g_autofree char *body = cpt_json_dup_string (self->call->request, "body");
  gboolean is_https = strcmp (g_uri_get_scheme (self->uri), "https") == 0;
  int port = g_uri_get_port (self->uri) > 0 ? g_uri_get_port (self->uri) : is_https ? 443
                                                                                    : 80;
  g_autoptr(GSocketConnectable) guarded =
    webhook->may_call_home ? NULL : cpt_guarded_address_new (g_uri_get_host (self->uri), (guint16) port);

  self->session = g_object_new (SOUP_TYPE_SESSION, "remote-connectable", guarded, "proxy-resolver", NULL, "timeout",
                                (guint) LONGEST_SILENCE, "user-agent", "Comptoir/" CPT_VERSION, NULL);
  self->message = soup_message_new_from_uri (method != NULL ? method : SOUP_METHOD_POST, self->uri);
  soup_message_add_flags (self->message,
                          SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  if (body != NULL)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (self->message, "application/json", bytes);
    }
  add_headers (self, secret, body);
  g_signal_connect (self->message, body != NULL ? "wrote-body" : "wrote-headers", G_CALLBACK (on_written), self);
  soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT, self->cancellable, on_sent, g_object_ref (task));
}

static void
on_secret (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  Call *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  char *secret = secret_password_lookup_finish (result, &error);
  g_autofree char *name = cpt_json_dup_string (self->call->request, "secret");

  if (secret != NULL)
    send_message (task, secret);
  else if (error != NULL)
    /* Translators: %s is an error of the system */
    end (task, CPT_ANSWER_NOT_YET, g_strdup_printf (_("The keyring can't be asked for the secret: %s"), error->message));
  else
    end (task, CPT_ANSWER_REFUSED,
         g_strdup_printf (_("There is no secret “%s” in the keyring of this machine. Enter it, and try again."), name));
  secret_password_free (secret);
}

static gboolean
on_timeout (gpointer data)
{
  g_cancellable_cancel (data);

  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable,
              gpointer      data)
{
  g_cancellable_cancel (data);
}

static void
watch_time (Call         *self,
            GCancellable *cancellable)
{
  self->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    {
      self->outer = g_object_ref (cancellable);
      self->handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), g_object_ref (self->cancellable),
                                             g_object_unref);
    }
  self->timeout = g_timeout_source_new (LONGEST_CALL);
  g_source_set_callback (self->timeout, on_timeout, g_object_ref (self->cancellable), g_object_unref);
  g_source_attach (self->timeout, g_main_context_get_thread_default ());
}

static void
cpt_webhook_call_async (CptConnector           *connector,
                        const CptConnectorCall *call,
                        GCancellable           *cancellable,
                        GAsyncReadyCallback     callback,
                        gpointer                data)
{
  g_autoptr(GTask) task = g_task_new (connector, NULL, callback, data);
  g_autofree char *url = cpt_json_dup_string (call->request, "url");
  g_autofree char *secret = cpt_json_dup_string (call->request, "secret");
  Call *self = g_new0 (Call, 1);

  self->call = call;
  self->answer = g_byte_array_new ();
  g_task_set_task_data (task, self, call_free);
  self->uri = url != NULL ? g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  if (self->uri == NULL || g_uri_get_host (self->uri) == NULL)
    {
      end (task, CPT_ANSWER_REFUSED, g_strdup (_("The address can't be read. Edit it, and try again.")));
      return;
    }

  watch_time (self, cancellable);
  if (secret != NULL)
    secret_password_lookup (&secret_schema, self->cancellable, on_secret, g_object_ref (task), "name", secret, NULL);
  else
    send_message (task, NULL);
}

static CptConnectorReply *
cpt_webhook_call_finish (CptConnector *connector,
                         GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* ---------------------------------------------------------------- the connector */

static const char *
cpt_webhook_get_name (CptConnector *connector)
{
  return "webhook";
}

/* Reading does nothing, however often: RFC 9110, 9.2.1 */
static void
cpt_webhook_get_rules (CptConnector   *connector,
                       JsonObject     *request,
                       CptEffectRules *rules)
{
  g_autofree char *method = cpt_json_dup_string (request, "method");
  g_autofree char *receiver = cpt_json_dup_string (request, "receiver");

  if (g_strcmp0 (method, SOUP_METHOD_GET) == 0)
    {
      rules->recall = CPT_RECALL_KEY;
      rules->key_lifetime = G_MAXINT64;
    }
  else if (g_strcmp0 (receiver, "knows_key") == 0)
    {
      rules->recall = CPT_RECALL_KEY;
      rules->key_lifetime = KEY_LIFETIME;
    }
}

static void
iface_init (CptConnectorInterface *iface)
{
  iface->get_name = cpt_webhook_get_name;
  iface->get_rules = cpt_webhook_get_rules;
  iface->call_async = cpt_webhook_call_async;
  iface->call_finish = cpt_webhook_call_finish;
}

static void
cpt_webhook_class_init (CptWebhookClass *klass)
{
}

static void
cpt_webhook_init (CptWebhook *self)
{
}

CptConnector *
cpt_webhook_new (gboolean may_call_home)
{
  CptWebhook *self = g_object_new (CPT_TYPE_WEBHOOK, NULL);

  self->may_call_home = may_call_home;

  return CPT_CONNECTOR (self);
}
