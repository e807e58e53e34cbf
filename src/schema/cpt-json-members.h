/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CptJsonMember:
 * @name: (owned): unescaped
 * @raw_name: as it stands in the text, with its quotation marks
 * @raw_name_length: in bytes
 * @value: as it stands in the text
 * @value_length: in bytes
 *
 * Where one member of a JSON object stands in its text.
 */
typedef struct
{
  char       *name;
  const char *raw_name;
  gsize       raw_name_length;
  const char *value;
  gsize       value_length;
} CptJsonMember;

/**
 * cpt_json_members_scan:
 * @text: a JSON object; must outlive the result
 * @length: in bytes, or -1
 * @error: %CPT_ERROR_PARSE, %CPT_ERROR_LIMIT
 *
 * Finds the members of an object without reading their values, so that values
 * can be kept byte for byte: numbers of any size and spelling, texts with any
 * escapes. The syntax of the whole text is checked (RFC 8259) all the same.
 *
 * Returns: (transfer full) (element-type CptJsonMember): in the order of the text
 */
GArray *cpt_json_members_scan (const char  *text,
                               gssize       length,
                               GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
