/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes from the beginning of a file that tell what it is; more are not looked at */
#define CPT_SNIFF_BYTES 4096

/**
 * CptSniffClass:
 * @CPT_SNIFF_OTHER: nothing more is known
 * @CPT_SNIFF_IMAGE: pixels that can be shown
 * @CPT_SNIFF_TEXT: can be read as it is
 * @CPT_SNIFF_DOCUMENT: PDF
 * @CPT_SNIFF_PROGRAM: does something when it is opened: never opened from here
 *
 * What may be done with a file of a type.
 */
typedef enum
{
  CPT_SNIFF_OTHER,
  CPT_SNIFF_IMAGE,
  CPT_SNIFF_TEXT,
  CPT_SNIFF_DOCUMENT,
  CPT_SNIFF_PROGRAM,
} CptSniffClass;

/**
 * cpt_sniff_type:
 * @bytes: (array length=length): the beginning of a file
 * @length: how much of it
 *
 * What a file is by what it contains; its name is not asked, since anybody can
 * give any name. Rules of our own, so that every machine says the same.
 *
 * Returns: (transfer none): a media type: "application/octet-stream" for what is not known
 */
const char    *cpt_sniff_type      (const guint8 *bytes,
                                    gsize         length);
CptSniffClass  cpt_sniff_get_class (const char *type);
/* How large a PNG, JPEG, GIF or WebP picture says that it is, in pixels, without
 * decoding any of it. FALSE when that can't be found out: then it is better left
 * alone. */
gboolean       cpt_sniff_get_picture_size (const guint8 *bytes,
                                           gsize         length,
                                           guint        *width,
                                           guint        *height);
/* Whether a system might run a file of that name when it is opened, whatever is
 * in it: "x.desktop", "x.exe" */
gboolean       cpt_sniff_is_program_name (const char *name);

G_END_DECLS
