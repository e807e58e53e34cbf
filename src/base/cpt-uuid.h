/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CPT_UUID_TEXT_SIZE 37

/**
 * CptUuid:
 *
 * A universally unique identifier (RFC 9562), in network byte order, so that
 * comparing bytes compares creation times of version 7.
 */
typedef struct
{
  guint8 bytes[16];
} CptUuid;

/**
 * cpt_uuid_generate:
 * @self: (out): where the identifier goes
 * @unix_ms: milliseconds since the Unix epoch, UTC
 *
 * Makes a version 7 identifier (RFC 9562, section 5.7). Identifiers made by
 * one process only grow, also within a millisecond or when @unix_ms goes back.
 * May be called from any thread.
 */
void     cpt_uuid_generate (CptUuid *self,
                            gint64   unix_ms);

/**
 * cpt_uuid_derive:
 * @self: (out): where the identifier goes
 * @unix_ms: milliseconds since the Unix epoch, UTC
 * @name: what the random part is computed from
 *
 * Makes a version 7 identifier whose random bits are a hash of @name: equal
 * arguments give equal identifiers. For standard records and demonstrations.
 */
void     cpt_uuid_derive   (CptUuid    *self,
                            gint64      unix_ms,
                            const char *name);
/* The 36 characters of RFC 9562 in any case, of any version, and nothing else */
gboolean cpt_uuid_parse    (const char *text,
                            CptUuid    *self);
/* Lower case */
void     cpt_uuid_format   (const CptUuid *self,
                            char           text[CPT_UUID_TEXT_SIZE]);
char    *cpt_uuid_dup_text (const CptUuid *self);
gboolean cpt_uuid_is_nil   (const CptUuid *self);
int      cpt_uuid_compare  (const CptUuid *a,
                            const CptUuid *b);
/* For GHashTable */
guint    cpt_uuid_hash     (gconstpointer uuid);
gboolean cpt_uuid_equal    (gconstpointer a,
                            gconstpointer b);

G_END_DECLS
