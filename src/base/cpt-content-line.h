/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A line that is longer is cut and says so: photographs and sounds, hardly ever
 * a text */
#define CPT_CONTENT_LINE_MAX_BYTES (512 * 1024)

/**
 * CptContentLine:
 * @name: in capitals, without the group in front
 * @params: (array zero-terminated=1): "TYPE=CELL", names in capitals; bare words
 *   of version 2.1 as they stand
 * @value: as it is written: escapes are the caller's, since they depend on the
 *   kind of property; quoted-printable is decoded. Valid UTF-8
 * @line: number of its first line in the file, from 1
 * @is_cut: whether it was too long
 *
 * One property of a vCard or of a calendar (RFC 5545 section 3.1, RFC 6350
 * section 3.2), unfolded.
 */
typedef struct
{
  char    *name;
  char   **params;
  char    *value;
  guint64  line;
  gboolean is_cut;
} CptContentLine;

typedef struct _CptContentReader CptContentReader;

/* Constant memory, whatever is in the stream. Blocks; one thread at a time. */
CptContentReader *cpt_content_reader_new  (GInputStream *stream) G_GNUC_WARN_UNUSED_RESULT;
void              cpt_content_reader_free (CptContentReader *self);
/* FALSE with no error at the end. @line belongs to the reader until the next
 * call. Lines that are no property have an empty name. */
gboolean          cpt_content_reader_next (CptContentReader      *self,
                                           const CptContentLine **line,
                                           GCancellable          *cancellable,
                                           GError               **error);
/* (nullable): the first value of @param: "CELL" of TYPE=CELL */
const char       *cpt_content_line_get_param (const CptContentLine *self,
                                              const char           *param);
/* Whether @word is among the values of TYPE, or stands alone as 2.1 has it */
gboolean          cpt_content_line_has_type  (const CptContentLine *self,
                                              const char           *word);
/* Appends "NAME:value" with CRLF, folded at 75 bytes between characters.
 * @value is escaped already. */
void              cpt_content_line_append    (GString    *out,
                                              const char *name,
                                              const char *value);
/* The text with \n, \, \; and \\ as RFC 6350 section 3.4 writes them */
char             *cpt_content_text_escape    (const char *text);
/* Parts of a value at each @separator that is not escaped, unescaped */
char            **cpt_content_text_split     (const char *value,
                                              char        separator);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptContentReader, cpt_content_reader_free)

G_END_DECLS
