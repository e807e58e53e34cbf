/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An address that leads nowhere where only this machine may go. It is a network address for
 * those who check certificates by its name; only what it enumerates is less. */

#include "config.h"

#include "cpt-guarded-address.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---------------------------------------------------------- special addresses */

typedef struct
{
  guint8 bytes[16];
  guint n_bits;
} Block;

/* https://www.iana.org/assignments/iana-ipv4-special-registry: what is not global */
static const Block blocks_4[] = {
  { { 0 }, 8 },
  { { 10 }, 8 },
  { { 100, 64 }, 10 },
  { { 127 }, 8 },
  { { 169, 254 }, 16 },
  { { 172, 16 }, 12 },
  { { 192, 0, 0 }, 24 },
  { { 192, 0, 2 }, 24 },
  { { 192, 88, 99 }, 24 },
  { { 192, 168 }, 16 },
  { { 198, 18 }, 15 },
  { { 198, 51, 100 }, 24 },
  { { 203, 0, 113 }, 24 },
  { { 224 }, 3 },
};
/* https://www.iana.org/assignments/iana-ipv6-special-registry: likewise; within 2000::/3, which is all that is global */
static const Block blocks_6[] = {
  { { 0x20, 0x01, 0 }, 23 },
  { { 0x20, 0x01, 0x0d, 0xb8 }, 32 },
  { { 0x3f, 0xff }, 20 },
};
static const Block global_6 = { { 0x20 }, 3 };
static const guint8 mapped_4[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
static const guint8 translated_4[12] = { 0, 0x64, 0xff, 0x9b };

static gboolean
is_in (const Block  *block,
       const guint8 *bytes)
{
  guint whole = block->n_bits / 8;
  guint rest = block->n_bits % 8;
  guint8 mask = rest > 0 ? (guint8) (0xff << (8 - rest)) : 0;

  return memcmp (block->bytes, bytes, whole) == 0 && (rest == 0 || (bytes[whole] & mask) == (block->bytes[whole] & mask));
}

static gboolean
is_open_4 (const guint8 *bytes)
{
  for (guint i = 0; i < G_N_ELEMENTS (blocks_4); i++)
    if (is_in (&blocks_4[i], bytes))
      return FALSE;

  return TRUE;
}

static gboolean
is_open_6 (const guint8 *bytes)
{
  /* An address of the other family in disguise; 6to4 has it behind its first two bytes */
  if (memcmp (bytes, mapped_4, sizeof mapped_4) == 0 || memcmp (bytes, translated_4, sizeof translated_4) == 0)
    return is_open_4 (bytes + 12);
  if (bytes[0] == 0x20 && bytes[1] == 0x02)
    return is_open_4 (bytes + 2);
  if (!is_in (&global_6, bytes))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (blocks_6); i++)
    if (is_in (&blocks_6[i], bytes))
      return FALSE;

  return TRUE;
}

gboolean
cpt_guarded_address_is_open (GInetAddress *address)
{
  const guint8 *bytes;

  g_return_val_if_fail (G_IS_INET_ADDRESS (address), FALSE);

  bytes = g_inet_address_to_bytes (address);

  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4 ? is_open_4 (bytes) : is_open_6 (bytes);
}

/* ----------------------------------------------------------- the enumeration */

#define CPT_TYPE_GUARDED_ENUMERATOR (cpt_guarded_enumerator_get_type ())

G_DECLARE_FINAL_TYPE (CptGuardedEnumerator, cpt_guarded_enumerator, CPT, GUARDED_ENUMERATOR, GSocketAddressEnumerator)

struct _CptGuardedEnumerator
{
  GSocketAddressEnumerator parent;

  GSocketAddressEnumerator *inner;
  gboolean has_refused;
};

G_DEFINE_FINAL_TYPE (CptGuardedEnumerator, cpt_guarded_enumerator, G_TYPE_SOCKET_ADDRESS_ENUMERATOR)

static gboolean
is_allowed (CptGuardedEnumerator *self,
            GSocketAddress       *address)
{
  gboolean is_open = G_IS_INET_SOCKET_ADDRESS (address) &&
                     cpt_guarded_address_is_open (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));

  self->has_refused = self->has_refused || !is_open;

  return is_open;
}

/* Nothing left although there was something: why */
static void
explain (CptGuardedEnumerator  *self,
         GError               **error)
{
  if (self->has_refused && (error == NULL || *error == NULL))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                 _("This address is on this machine or in its own network, where workflows do not call. Write a public one."));
}

static GSocketAddress *
cpt_guarded_enumerator_next (GSocketAddressEnumerator  *enumerator,
                             GCancellable              *cancellable,
                             GError                   **error)
{
  CptGuardedEnumerator *self = CPT_GUARDED_ENUMERATOR (enumerator);
  GSocketAddress *address;

  while ((address = g_socket_address_enumerator_next (self->inner, cancellable, error)) != NULL)
    {
      if (is_allowed (self, address))
        return address;
      g_object_unref (address);
    }
  explain (self, error);

  return NULL;
}

static void
on_next (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  CptGuardedEnumerator *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr(GSocketAddress) address =
    g_socket_address_enumerator_next_finish (G_SOCKET_ADDRESS_ENUMERATOR (source), result, &error);

  if (address != NULL && !is_allowed (self, address))
    {
      g_socket_address_enumerator_next_async (self->inner, g_task_get_cancellable (task), on_next, g_object_ref (task));
      return;
    }
  if (address == NULL)
    explain (self, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&address), g_object_unref);
}

static void
cpt_guarded_enumerator_next_async (GSocketAddressEnumerator *enumerator,
                                   GCancellable             *cancellable,
                                   GAsyncReadyCallback       callback,
                                   gpointer                  data)
{
  CptGuardedEnumerator *self = CPT_GUARDED_ENUMERATOR (enumerator);
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_socket_address_enumerator_next_async (self->inner, cancellable, on_next, task);
}

static GSocketAddress *
cpt_guarded_enumerator_next_finish (GSocketAddressEnumerator  *enumerator,
                                    GAsyncResult              *result,
                                    GError                   **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
cpt_guarded_enumerator_finalize (GObject *object)
{
  g_clear_object (&CPT_GUARDED_ENUMERATOR (object)->inner);

  G_OBJECT_CLASS (cpt_guarded_enumerator_parent_class)->finalize (object);
}

static void
cpt_guarded_enumerator_class_init (CptGuardedEnumeratorClass *klass)
{
  GSocketAddressEnumeratorClass *enumerator_class = G_SOCKET_ADDRESS_ENUMERATOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cpt_guarded_enumerator_finalize;
  enumerator_class->next = cpt_guarded_enumerator_next;
  enumerator_class->next_async = cpt_guarded_enumerator_next_async;
  enumerator_class->next_finish = cpt_guarded_enumerator_next_finish;
}

static void
cpt_guarded_enumerator_init (CptGuardedEnumerator *self)
{
}

/* ---------------------------------------------------------------- the address */

struct _CptGuardedAddress
{
  GNetworkAddress parent;
};

static GSocketConnectableIface *parent_iface;

static void cpt_guarded_address_connectable_init (GSocketConnectableIface *iface);

/* clang-format off */
G_DEFINE_FINAL_TYPE_WITH_CODE (CptGuardedAddress, cpt_guarded_address, G_TYPE_NETWORK_ADDRESS,
                               G_IMPLEMENT_INTERFACE (G_TYPE_SOCKET_CONNECTABLE, cpt_guarded_address_connectable_init))
/* clang-format on */

static GSocketAddressEnumerator *
guard (GSocketAddressEnumerator *inner)
{
  CptGuardedEnumerator *self = g_object_new (CPT_TYPE_GUARDED_ENUMERATOR, NULL);

  self->inner = inner;

  return G_SOCKET_ADDRESS_ENUMERATOR (self);
}

static GSocketAddressEnumerator *
cpt_guarded_address_enumerate (GSocketConnectable *connectable)
{
  return guard (parent_iface->enumerate (connectable));
}

/* No proxy: it would look the name up itself, where nobody guards it. */
static GSocketAddressEnumerator *
cpt_guarded_address_proxy_enumerate (GSocketConnectable *connectable)
{
  return guard (parent_iface->enumerate (connectable));
}

static void
cpt_guarded_address_connectable_init (GSocketConnectableIface *iface)
{
  parent_iface = g_type_interface_peek_parent (iface);
  iface->enumerate = cpt_guarded_address_enumerate;
  iface->proxy_enumerate = cpt_guarded_address_proxy_enumerate;
}

static void
cpt_guarded_address_class_init (CptGuardedAddressClass *klass)
{
}

static void
cpt_guarded_address_init (CptGuardedAddress *self)
{
}

GSocketConnectable *
cpt_guarded_address_new (const char *host,
                         guint16     port)
{
  g_return_val_if_fail (host != NULL, NULL);

  return g_object_new (CPT_TYPE_GUARDED_ADDRESS, "hostname", host, "port", (guint) port, NULL);
}
