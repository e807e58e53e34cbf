/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CptXlsxPart:
 *
 * One file in the archive that a workbook is, read from its beginning to its
 * end. The archive is not trusted: names in it are compared and never become
 * files, what it holds may be only so many times as large as the archive, and
 * XML has neither a document type nor entities of its own.
 */
typedef struct _CptXlsxPart CptXlsxPart;

/* @name as in the archive, whatever its case. CPT_ERROR_NOT_FOUND when there is
 * none; CPT_ERROR_PARSE for what is no archive; CPT_ERROR_LIMIT for one that
 * would be too large. */
CptXlsxPart *cpt_xlsx_part_open       (const char  *path,
                                       const char  *name,
                                       GError     **error);
void         cpt_xlsx_part_free       (CptXlsxPart *self);
/* Bytes of the archive read so far */
guint64      cpt_xlsx_part_get_offset (CptXlsxPart *self);

/* Functions of a parser of XML; names come without their namespace */
typedef struct
{
  void (*start) (const char  *name,
                 const char **names,
                 const char **values,
                 gpointer     data);
  void (*end)   (const char *name,
                 gpointer    data);
  void (*text)  (const char *text,
                 gsize       length,
                 gpointer    data);
} CptXlsxHandler;

/* Begins to read the part as XML; @handler and @data stay with the caller */
void         cpt_xlsx_part_begin      (CptXlsxPart          *self,
                                       const CptXlsxHandler *handler,
                                       gpointer              data);
/* Reads on a little. @is_end is set behind the last of it. */
gboolean     cpt_xlsx_part_feed       (CptXlsxPart  *self,
                                       gboolean     *is_end,
                                       GError      **error);
/* Opens, reads all of it and closes */
gboolean     cpt_xlsx_part_read       (const char            *path,
                                       const char            *name,
                                       const CptXlsxHandler  *handler,
                                       gpointer               data,
                                       GError               **error);
/* (nullable): the value of an attribute */
const char  *cpt_xlsx_find_attribute  (const char  *name,
                                       const char **names,
                                       const char **values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptXlsxPart, cpt_xlsx_part_free)

G_END_DECLS
