/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/* Packs: what an industry needs, as data. README.md documents the folder. */

/**
 * CptPack:
 *
 * A pack as its folder has it. Immutable once it is loaded.
 */
typedef struct _CptPack CptPack;

/**
 * cpt_pack_load:
 * @folder: where it is
 * @error: %CPT_ERROR_PARSE, %CPT_ERROR_LIMIT, %CPT_ERROR_IO, %CPT_ERROR_NOT_FOUND,
 *   with the name of the file
 *
 * Reads all of the folder. Whether its records fit a workspace shows with
 * cpt_pack_check().
 *
 * Returns: (transfer full): the pack
 */
CptPack    *cpt_pack_load            (const char  *folder,
                                      GError     **error) G_GNUC_WARN_UNUSED_RESULT;
void        cpt_pack_free            (CptPack *self);
/* "music-agency" */
const char *cpt_pack_get_name        (const CptPack *self);
/* In the language of the session; @description is never NULL */
const char *cpt_pack_get_label       (const CptPack *self);
const char *cpt_pack_get_description (const CptPack *self);
gint64      cpt_pack_get_version     (const CptPack *self);

/* Folders of the packs that came with the program, sorted; $CPT_PACKS names
 * another place. (element-type filename) */
GPtrArray  *cpt_pack_list_folders    (void) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) (transfer full): the folder of a pack that came with the program */
char       *cpt_pack_find_folder     (const char *name) G_GNUC_WARN_UNUSED_RESULT;

/**
 * CptPackResult:
 * @sequence: what undo takes; 0 when nothing changed
 * @n_created: records and fields
 * @n_updated: likewise
 * @n_removed: likewise
 * @n_changed: left as they are, because somebody changed them
 * @n_used: left as they are, because other records need them or have their choices
 * @n_fields: fields left because there is something in them
 * @n_values: how many records have something in those
 *
 * What happened, or would.
 */
typedef struct
{
  gint64 sequence;
  guint  n_created;
  guint  n_updated;
  guint  n_removed;
  guint  n_changed;
  guint  n_used;
  guint  n_fields;
  guint  n_values;
} CptPackResult;

/**
 * cpt_pack_check:
 * @self: a pack
 * @database: the workspace that it is for
 * @error: return location for an error
 *
 * Whether it can be installed or updated there.
 *
 * Returns: (transfer full) (element-type utf8): a translated sentence for each
 *   problem, with its file; empty when there is none
 */
GPtrArray  *cpt_pack_check           (const CptPack  *self,
                                      CptDatabase    *database,
                                      GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_pack_install:
 * @self: a pack
 * @database: a connection that writes
 * @update: whether it is there already, in an older version
 * @result: (out): what happened
 * @problems: (out) (optional) (element-type utf8): as of cpt_pack_check(), with
 *   %CPT_ERROR_INVALID
 * @error: return location for an error
 *
 * All of it as one act, or nothing. An update leaves what somebody changed as it
 * is, and does not bring back what somebody deleted.
 *
 * Returns: %TRUE when it is stored
 */
gboolean    cpt_pack_install         (const CptPack  *self,
                                      CptDatabase    *database,
                                      gboolean        update,
                                      CptPackResult  *result,
                                      GPtrArray     **problems,
                                      GError        **error);

/**
 * cpt_pack_remove:
 * @database: a connection; one that writes, but for @dry_run
 * @name: of a pack that is installed
 * @with_data: also what somebody changed, and fields with what is in them
 * @dry_run: only count
 * @result: (out): what happened, or would
 * @error: %CPT_ERROR_NOT_FOUND
 *
 * Takes away what a pack brought, as one act. What other records need, such as
 * a stage with deals, stays in any case.
 *
 * Returns: %TRUE when it is stored
 */
gboolean    cpt_pack_remove          (CptDatabase    *database,
                                      const char     *name,
                                      gboolean        with_data,
                                      gboolean        dry_run,
                                      CptPackResult  *result,
                                      GError        **error);

/**
 * CptPackInfo:
 * @name: "music-agency"
 * @label: for people
 * @version: that is installed
 * @n_records: that it brought, fields included
 */
typedef struct
{
  char   *name;
  char   *label;
  gint64  version;
  guint   n_records;
} CptPackInfo;

void        cpt_pack_info_free       (CptPackInfo *self);
/* (element-type CptPackInfo): what is installed, by label */
GPtrArray  *cpt_pack_list            (CptDatabase  *database,
                                      GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptPack, cpt_pack_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptPackInfo, cpt_pack_info_free)

G_END_DECLS
