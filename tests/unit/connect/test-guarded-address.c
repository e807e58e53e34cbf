/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which addresses workflows may call. */

#include "config.h"

#include "cpt-guarded-address.h"

static const struct
{
  const char *address;
  gboolean is_open;
} addresses[] = {
  { "8.8.8.8", TRUE },
  { "1.1.1.1", TRUE },
  { "172.15.255.255", TRUE },
  { "172.32.0.0", TRUE },
  { "100.63.255.255", TRUE },
  { "100.128.0.0", TRUE },
  { "192.167.255.255", TRUE },
  { "198.20.0.0", TRUE },
  { "223.255.255.255", TRUE },
  { "0.0.0.0", FALSE },
  { "10.1.2.3", FALSE },
  { "100.64.0.1", FALSE },
  { "127.0.0.1", FALSE },
  { "127.255.255.254", FALSE },
  { "169.254.169.254", FALSE },
  { "172.16.0.1", FALSE },
  { "172.31.255.255", FALSE },
  { "192.0.0.8", FALSE },
  { "192.168.1.1", FALSE },
  { "198.19.0.1", FALSE },
  { "224.0.0.1", FALSE },
  { "240.0.0.1", FALSE },
  { "255.255.255.255", FALSE },
  { "2a00:1450:4007:80e::200e", TRUE },
  { "2606:4700:4700::1111", TRUE },
  { "::ffff:8.8.8.8", TRUE },
  { "2002:808:808::1", TRUE },
  { "::", FALSE },
  { "::1", FALSE },
  { "::ffff:127.0.0.1", FALSE },
  { "::ffff:192.168.0.1", FALSE },
  { "::127.0.0.1", FALSE },
  { "64:ff9b::7f00:1", FALSE },
  { "64:ff9b:1::1", FALSE },
  { "100::1", FALSE },
  { "2001::1", FALSE },
  { "2001:db8::1", FALSE },
  { "2002:7f00:1::1", FALSE },
  { "2002:a00:1::1", FALSE },
  { "3fff::1", FALSE },
  { "fc00::1", FALSE },
  { "fd12:3456::1", FALSE },
  { "fe80::1", FALSE },
  { "fec0::1", FALSE },
  { "ff02::1", FALSE },
};

static void
test_addresses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr(GInetAddress) address = g_inet_address_new_from_string (addresses[i].address);

      g_assert_nonnull (address);
      g_test_message ("%s", addresses[i].address);
      g_assert_cmpint (cpt_guarded_address_is_open (address), ==, addresses[i].is_open);
    }
}

/* Each way in which a caller may ask */
static void
test_refusal (void)
{
  static const char *const hosts[] = { "127.0.0.1", "::1", "localhost", "169.254.169.254" };

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autoptr(GSocketConnectable) connectable = cpt_guarded_address_new (hosts[i], 80);
      g_autoptr(GSocketAddressEnumerator) direct = g_socket_connectable_enumerate (connectable);
      g_autoptr(GSocketAddressEnumerator) by_proxy = g_socket_connectable_proxy_enumerate (connectable);
      g_autoptr(GError) error = NULL;

      g_assert_null (g_socket_address_enumerator_next (direct, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
      g_clear_error (&error);
      g_assert_null (g_socket_address_enumerator_next (by_proxy, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
    }
}

static void
on_next (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GSocketAddress) address = NULL;
  GError **error = data;

  address = g_socket_address_enumerator_next_finish (G_SOCKET_ADDRESS_ENUMERATOR (source), result, error);
  g_assert_null (address);
}

static void
test_refusal_async (void)
{
  g_autoptr(GSocketConnectable) connectable = cpt_guarded_address_new ("127.0.0.1", 80);
  g_autoptr(GSocketAddressEnumerator) enumerator = g_socket_connectable_enumerate (connectable);
  g_autoptr(GError) error = NULL;

  g_socket_address_enumerator_next_async (enumerator, NULL, on_next, &error);
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
}

static void
test_open (void)
{
  g_autoptr(GSocketConnectable) connectable = cpt_guarded_address_new ("8.8.8.8", 443);
  g_autoptr(GSocketAddressEnumerator) enumerator = g_socket_connectable_enumerate (connectable);
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocketAddress) address = g_socket_address_enumerator_next (enumerator, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)), ==, 443);
  g_assert_null (g_socket_address_enumerator_next (enumerator, NULL, &error));
  g_assert_no_error (error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/guarded-address/addresses", test_addresses);
  g_test_add_func ("/guarded-address/refusal", test_refusal);
  g_test_add_func ("/guarded-address/refusal-async", test_refusal_async);
  g_test_add_func ("/guarded-address/open", test_open);

  return g_test_run ();
}
