/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* To E.164 (ITU-T): "+33612345678". National numbers are read as of @country
 * (ISO 3166-1 alpha-2; NULL or "" when unknown: then a + is needed), with or
 * without trunk prefix. NULL with CPT_ERROR_PARSE when it can't be a number;
 * extensions are refused, since E.164 has no place for them. */
char *cpt_phone_normalise       (const char  *text,
                                 const char  *country,
                                 GError     **error);
/* As people write it: national within @country ("06 12 34 56 78"),
 * international elsewhere ("+32 2 123 45 67"). What is no E.164 number comes
 * back as it is. */
char *cpt_phone_format          (const char *e164,
                                 const char *country);

G_END_DECLS
