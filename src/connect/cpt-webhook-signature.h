/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * cpt_webhook_signature_dup:
 * @secret: what both sides know; with “whsec_” in front the rest is Base64 of it
 * @id: of the message
 * @timestamp: seconds since the Unix epoch, as it is sent
 * @body: what is sent
 *
 * Proves to the other side that a message comes from who knows the secret, and is as it was
 * sent. Source: Standard Webhooks, “Signature scheme” (standardwebhooks.com), version 1:
 * HMAC-SHA256 over id, timestamp and body with points between them.
 *
 * Returns: (transfer full): “v1,” and Base64
 */
char *cpt_webhook_signature_dup (const char *secret,
                                 const char *id,
                                 gint64      timestamp,
                                 const char *body) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
