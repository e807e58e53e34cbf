/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signatures as the libraries of Standard Webhooks make them. */

#include "config.h"

#include "cpt-webhook-signature.h"

#define ID "msg_p5jXN8AQM9LWM0D4loKWxJek"
#define TIMESTAMP 1614265330
#define BODY "{\"test\": 2432232314}"

static void
test_vector (void)
{
  g_autofree char *signature = cpt_webhook_signature_dup ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", ID, TIMESTAMP, BODY);

  g_assert_cmpstr (signature, ==, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

/* A secret without a prefix is what it is. */
static void
test_plain (void)
{
  g_autofree char *plain = cpt_webhook_signature_dup ("key", ID, TIMESTAMP, BODY);
  g_autofree char *encoded = cpt_webhook_signature_dup ("whsec_a2V5", ID, TIMESTAMP, BODY);
  g_autofree char *other = cpt_webhook_signature_dup ("key", ID, TIMESTAMP + 1, BODY);

  g_assert_cmpstr (plain, ==, encoded);
  g_assert_cmpstr (plain, !=, other);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/webhook-signature/vector", test_vector);
  g_test_add_func ("/webhook-signature/plain", test_plain);

  return g_test_run ();
}
