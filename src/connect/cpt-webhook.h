/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-connector.h"

G_BEGIN_DECLS

#define CPT_TYPE_WEBHOOK (cpt_webhook_get_type ())

G_DECLARE_FINAL_TYPE (CptWebhook, cpt_webhook, CPT, WEBHOOK, GObject)

/**
 * cpt_webhook_new:
 * @may_call_home: whether addresses of this machine and its own network may be called
 *
 * Calls addresses that workflows name. It follows no redirection, takes no longer than a minute
 * and reads no more than 64 KiB. The other side is told the key of the effect (“Idempotency-Key”,
 * “webhook-id”); with a secret the message is signed as well (Standard Webhooks), and “{{secret}}”
 * in a header becomes the secret. Secrets are in the Secret Service alone.
 *
 * Requests: `method`, `url`, `headers` (texts), `body` (a text of JSON), `secret` (its name),
 * `receiver` (“knows_key”: it does nothing twice).
 *
 * Returns: (transfer full): a connector for effects called “webhook”
 */
CptConnector *cpt_webhook_new (gboolean may_call_home) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_webhook_store_secret:
 * @name: as workflows name it
 * @secret: (nullable): the secret; %NULL forgets it
 * @cancellable: (nullable): ends waiting
 * @error: as the Secret Service says it
 *
 * Keeps a secret in the Secret Service of the person. Blocks.
 *
 * Returns: whether it is kept
 */
gboolean      cpt_webhook_store_secret (const char    *name,
                                        const char    *secret,
                                        GCancellable  *cancellable,
                                        GError       **error);

G_END_DECLS
