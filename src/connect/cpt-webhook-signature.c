/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How messages are signed. */

#include "config.h"

#include "cpt-webhook-signature.h"

#include <string.h>

#define PREFIX "whsec_"
/* Of SHA-256 */
#define DIGEST_LENGTH 32

char *
cpt_webhook_signature_dup (const char *secret,
                           const char *id,
                           gint64      timestamp,
                           const char *body)
{
  g_autofree char *signed_text = NULL;
  g_autofree guchar *decoded = NULL;
  g_autofree char *encoded = NULL;
  const guchar *key = (const guchar *) secret;
  gsize key_length;
  guint8 digest[DIGEST_LENGTH];
  gsize length = sizeof digest;
  GHmac *hmac;

  g_return_val_if_fail (secret != NULL, NULL);
  g_return_val_if_fail (id != NULL && body != NULL, NULL);

  key_length = strlen (secret);
  if (g_str_has_prefix (secret, PREFIX))
    key = decoded = g_base64_decode (secret + strlen (PREFIX), &key_length);

  signed_text = g_strdup_printf ("%s.%" G_GINT64_FORMAT ".%s", id, timestamp, body);
  hmac = g_hmac_new (G_CHECKSUM_SHA256, key, key_length);
  g_hmac_update (hmac, (const guchar *) signed_text, -1);
  g_hmac_get_digest (hmac, digest, &length);
  g_hmac_unref (hmac);
  encoded = g_base64_encode (digest, length);

  return g_strconcat ("v1,", encoded, NULL);
}
