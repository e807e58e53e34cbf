/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "cpt-effect.h"

G_BEGIN_DECLS

/**
 * CptConnectorCall:
 * @key: of the effect, 64 digits: what the other side is told, so that it knows it again
 * @attempt: which one it is, from 1
 * @is_asking: whether the other side is only asked what it has done
 * @request: what is to be done, as it was decided
 *
 * What a connector is to do. It belongs to the caller, and lives until the call has ended.
 */
typedef struct
{
  const char *key;
  guint       attempt;
  gboolean    is_asking;
  JsonObject *request;
} CptConnectorCall;

/**
 * CptConnectorReply:
 * @answer: what came of it
 * @retry_after: how long the other side wants to be left alone, in microseconds; 0: it did not say
 * @reason: (nullable): why it is not done, a translated sentence that says what to do
 * @response: (nullable): what it answered, for people and for later steps
 *
 * How a call has ended. There is no error besides: nobody could say what follows from one.
 */
typedef struct
{
  CptEffectAnswer answer;
  gint64          retry_after;
  char           *reason;
  JsonNode       *response;
} CptConnectorReply;

void cpt_connector_reply_free (CptConnectorReply *self);

#define CPT_TYPE_CONNECTOR (cpt_connector_get_type ())

G_DECLARE_INTERFACE (CptConnector, cpt_connector, CPT, CONNECTOR, GObject)

/**
 * CptConnectorInterface:
 * @get_name: of the effects that it brings away: “webhook”
 * @get_rules: how the other side can be asked, and how patient @request is; @rules is initialised
 * @call_async: does it, or asks; calls back in the main context of the thread that called
 * @call_finish: how that has ended; never %NULL
 *
 * What brings effects of one kind away. Connectors live in rooms above this one.
 */
struct _CptConnectorInterface
{
  GTypeInterface parent;

  const char        *(*get_name)    (CptConnector *self);
  void               (*get_rules)   (CptConnector   *self,
                                     JsonObject     *request,
                                     CptEffectRules *rules);
  void               (*call_async)  (CptConnector           *self,
                                     const CptConnectorCall *call,
                                     GCancellable           *cancellable,
                                     GAsyncReadyCallback     callback,
                                     gpointer                data);
  CptConnectorReply *(*call_finish) (CptConnector *self,
                                     GAsyncResult *result);
};

const char        *cpt_connector_get_name    (CptConnector *self);
void               cpt_connector_get_rules   (CptConnector   *self,
                                              JsonObject     *request,
                                              CptEffectRules *rules);
void               cpt_connector_call_async  (CptConnector           *self,
                                              const CptConnectorCall *call,
                                              GCancellable           *cancellable,
                                              GAsyncReadyCallback     callback,
                                              gpointer                data);
/* (transfer full) */
CptConnectorReply *cpt_connector_call_finish (CptConnector *self,
                                              GAsyncResult *result) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptConnectorReply, cpt_connector_reply_free)

G_END_DECLS
