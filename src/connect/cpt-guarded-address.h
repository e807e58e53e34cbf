/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CPT_TYPE_GUARDED_ADDRESS (cpt_guarded_address_get_type ())

G_DECLARE_FINAL_TYPE (CptGuardedAddress, cpt_guarded_address, CPT, GUARDED_ADDRESS, GNetworkAddress)

/**
 * cpt_guarded_address_new:
 * @host: a name or an address
 * @port: its port
 *
 * Where a host is, but for what only this machine and its network can reach: loopback, private,
 * link-local, shared and other special addresses (RFC 6890 and its registry). What is looked at
 * is the address that is connected to, whatever its name had meant before: a name that means
 * something else each time it is asked for gains nothing.
 *
 * Returns: (transfer full): a #GSocketConnectable; connecting fails with
 *   %G_IO_ERROR_PERMISSION_DENIED where no other address is left
 */
GSocketConnectable *cpt_guarded_address_new     (const char *host,
                                                 guint16     port) G_GNUC_WARN_UNUSED_RESULT;

/* Whether everybody on the Internet means the same by @address */
gboolean            cpt_guarded_address_is_open (GInetAddress *address);

G_END_DECLS
