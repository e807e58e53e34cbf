/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the outbox asks of those who bring its entries away. */

#include "config.h"

#include "cpt-connector.h"

G_DEFINE_INTERFACE (CptConnector, cpt_connector, G_TYPE_OBJECT)

static void
cpt_connector_default_init (CptConnectorInterface *iface)
{
}

void
cpt_connector_reply_free (CptConnectorReply *self)
{
  if (self == NULL)
    return;

  g_free (self->reason);
  g_clear_pointer (&self->response, json_node_unref);
  g_free (self);
}

const char *
cpt_connector_get_name (CptConnector *self)
{
  g_return_val_if_fail (CPT_IS_CONNECTOR (self), NULL);

  return CPT_CONNECTOR_GET_IFACE (self)->get_name (self);
}

void
cpt_connector_get_rules (CptConnector   *self,
                         JsonObject     *request,
                         CptEffectRules *rules)
{
  g_return_if_fail (CPT_IS_CONNECTOR (self));
  g_return_if_fail (request != NULL && rules != NULL);

  cpt_effect_rules_init (rules);
  CPT_CONNECTOR_GET_IFACE (self)->get_rules (self, request, rules);
}

void
cpt_connector_call_async (CptConnector           *self,
                          const CptConnectorCall *call,
                          GCancellable           *cancellable,
                          GAsyncReadyCallback     callback,
                          gpointer                data)
{
  g_return_if_fail (CPT_IS_CONNECTOR (self));
  g_return_if_fail (call != NULL && call->key != NULL && call->request != NULL);

  CPT_CONNECTOR_GET_IFACE (self)->call_async (self, call, cancellable, callback, data);
}

CptConnectorReply *
cpt_connector_call_finish (CptConnector *self,
                           GAsyncResult *result)
{
  g_return_val_if_fail (CPT_IS_CONNECTOR (self), NULL);

  return CPT_CONNECTOR_GET_IFACE (self)->call_finish (self, result);
}
