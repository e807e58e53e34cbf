/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CptTextLink:
 * @start: byte in the text
 * @end: behind the last
 * @uri: where it leads to
 *
 * An address in a text, or words that lead to one.
 */
typedef struct
{
  gsize start;
  gsize end;
  char *uri;
} CptTextLink;

/* Of links; empty */
GArray  *cpt_text_link_list_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* Web and e-mail addresses in @text, in their order. (transfer full) (nullable) (element-type
 * CptTextLink): NULL where there are none */
GArray  *cpt_text_link_list     (const char *text);
/* Whether a text that somebody wrote may lead there: to the web, or to a new mail */
gboolean cpt_text_link_is_safe  (const char *uri);

G_END_DECLS
