/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-transaction.h"

G_BEGIN_DECLS

/* The setting for the size of one file, in bytes; 50 MB without it */
#define CPT_ATTACHMENT_LIMIT_SETTING "attachment_limit"
#define CPT_ATTACHMENT_DEFAULT_LIMIT (50 * 1000 * 1000)
#define CPT_ATTACHMENT_MIN_LIMIT     (1000 * 1000)
#define CPT_ATTACHMENT_MAX_LIMIT     (500 * 1000 * 1000)
/* Files that are attached in one act, and the bytes that they may have together */
#define CPT_ATTACHMENT_MAX_FILES 100
#define CPT_ATTACHMENT_MAX_BYTES (500 * 1000 * 1000)

/**
 * CptAttachment:
 * @name: safe as a file name
 * @type: media type, sniffed from the content
 * @size: in bytes
 * @sha256: checksum of the content
 *
 * What a field of the kind CPT_FIELD_ATTACHMENT says.
 */
typedef struct
{
  char   *name;
  char   *type;
  gint64  size;
  char   *sha256;
} CptAttachment;

/* (nullable): NULL when @value holds none */
CptAttachment *cpt_attachment_from_value (const CptValue *value);
void           cpt_attachment_free       (CptAttachment *self);

/* The field in which records of @entity must have a file; NULL for kinds that
 * are no files */
const CptField *cpt_attachment_get_field (const CptEntity *entity);

/**
 * CptAttachmentFile:
 * @name: from outside, not trusted
 * @bytes: the content
 *
 * A file that is to be attached.
 */
typedef struct
{
  char   *name;
  GBytes *bytes;
} CptAttachmentFile;

void               cpt_attachment_file_free (CptAttachmentFile *self);
/* In bytes: what one file may have */
gint64             cpt_attachment_get_limit (CptDatabase *database);
/* CPT_ERROR_INVALID when @limit is not between MIN_LIMIT and MAX_LIMIT */
gboolean           cpt_attachment_check_limit (gint64   limit,
                                               GError **error);
/* From now on; as cpt_attachment_check_limit() */
gboolean           cpt_attachment_set_limit (CptDatabase  *database,
                                             gint64        limit,
                                             GError      **error);
/**
 * cpt_attachment_file_read:
 * @file: where it is
 * @limit: most bytes
 * @cancellable: (nullable): ends it
 * @error: return location for an error: CPT_ERROR_LIMIT, CPT_ERROR_IO,
 *   CPT_ERROR_UNSUPPORTED for what is no plain file
 *
 * Reads a file from outside, of which nothing is believed but its bytes.
 *
 * Returns: (transfer full) (nullable): the file
 */
CptAttachmentFile *cpt_attachment_file_read (GFile         *file,
                                             gint64         limit,
                                             GCancellable  *cancellable,
                                             GError       **error);

/**
 * cpt_attachment_read_files:
 * @files: (element-type GFile): where they are
 * @limit: most bytes of each
 * @cancellable: (nullable): ends it
 * @error: return location for an error: those of cpt_attachment_file_read(), and
 *   CPT_ERROR_LIMIT for too many, or too much together
 *
 * Reads what is to be attached in one act.
 *
 * Returns: (transfer full) (nullable) (element-type CptAttachmentFile): the files
 */
GPtrArray         *cpt_attachment_read_files (GPtrArray     *files,
                                              gint64         limit,
                                              GCancellable  *cancellable,
                                              GError       **error);

/**
 * cpt_attachment_add:
 * @database: open for writing
 * @entity: kind of the record that gets the files
 * @id: that record
 * @files: (element-type CptAttachmentFile): the files
 * @origin: who asks
 * @commit: (out) (optional): as in cpt_database_commit()
 * @error: return location for an error: CPT_ERROR_UNSUPPORTED when records of
 *   that kind have no files, CPT_ERROR_LIMIT, and those of cpt_database_commit()
 *
 * Makes a record of the kind "file" of each and keeps its content, all in one
 * act. What is kept already is not kept twice.
 *
 * Returns: whether all are attached
 */
gboolean           cpt_attachment_add       (CptDatabase      *database,
                                             const CptEntity  *entity,
                                             const CptUuid    *id,
                                             GPtrArray        *files,
                                             CptOrigin         origin,
                                             CptCommit        *commit,
                                             GError          **error);

/**
 * cpt_attachment_add_alone:
 * @database: open for writing
 * @file: the file
 * @origin: who asks
 * @id: (out): of the record that is made
 * @commit: (out) (optional): what was done
 * @error: return location for an error: CPT_ERROR_LIMIT, and those of cpt_database_commit()
 *
 * Makes a record of the kind "file" that belongs to no other one: the picture of a
 * dashboard.
 *
 * Returns: whether it is there
 */
gboolean           cpt_attachment_add_alone (CptDatabase              *database,
                                             const CptAttachmentFile  *file,
                                             CptOrigin                 origin,
                                             CptUuid                  *id,
                                             CptCommit                *commit,
                                             GError                  **error);

/**
 * cpt_attachment_keep:
 * @database: open for writing
 * @file: the file
 * @value: (out): what a field of the kind CPT_FIELD_ATTACHMENT says then
 * @error: return location for an error: CPT_ERROR_LIMIT, and those of writing
 *
 * Keeps the content of a file that a field is about to have. Content that no
 * record has in the end goes with cpt_blob_clean().
 *
 * Returns: whether it is kept
 */
gboolean           cpt_attachment_keep      (CptDatabase              *database,
                                             const CptAttachmentFile  *file,
                                             CptValue                 *value,
                                             GError                  **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptAttachment, cpt_attachment_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptAttachmentFile, cpt_attachment_file_free)

G_END_DECLS
