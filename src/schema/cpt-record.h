/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cpt-schema.h"
#include "cpt-value.h"

G_BEGIN_DECLS

/**
 * CptRecord:
 * @id: identifier
 * @row: local row number in the file, 0 before it is stored; never leaves the file
 * @sequence: log sequence of the last change, 0 before it is stored
 * @created_at: instant
 * @changed_at: instant
 * @created_by: user, or nil
 * @changed_by: user, or nil
 * @in_trash: whether it is in the trash
 *
 * A snapshot of one record. A plain struct with a count, confined to one
 * thread at a time.
 */
typedef struct
{
  CptUuid  id;
  gint64   row;
  gint64   sequence;
  gint64   created_at;
  gint64   changed_at;
  CptUuid  created_by;
  CptUuid  changed_by;
  gboolean in_trash;

  /*< private >*/
  CptSchema       *schema;
  const CptEntity *entity;
  CptValue        *values; /* n_fields of the entity */
  char            *unknown; /* (nullable): JSON members that this version does not know, byte for byte */
  gatomicrefcount  count;
} CptRecord;

/* All values null */
CptRecord       *cpt_record_new           (CptSchema       *schema,
                                           const CptEntity *entity);
CptRecord       *cpt_record_copy          (const CptRecord *self);
CptRecord       *cpt_record_ref           (CptRecord *self);
void             cpt_record_unref         (CptRecord *self);
const CptEntity *cpt_record_get_entity    (const CptRecord *self);
/* Never NULL; owned by the record. System fields (created_at...) work too. */
const CptValue  *cpt_record_get           (const CptRecord *self,
                                           const CptField  *field);
/* By name, for code that knows the declaration: the name must exist */
const CptValue  *cpt_record_get_named     (const CptRecord *self,
                                           const char      *field);
const char      *cpt_record_get_text      (const CptRecord *self,
                                           const char      *field);
gint64           cpt_record_get_integer   (const CptRecord *self,
                                           const char      *field);
/* Copies @value */
void             cpt_record_set           (CptRecord      *self,
                                           const CptField *field,
                                           const CptValue *value);
void             cpt_record_take          (CptRecord      *self,
                                           const CptField *field,
                                           CptValue        value);
/* Sets what the declaration says new records get. @now instant, @me user or nil. */
void             cpt_record_apply_initial (CptRecord     *self,
                                           gint64         now,
                                           const CptUuid *me,
                                           GTimeZone     *zone);
/* The title for people; "Unnamed Deal" (translated) where it is empty */
char            *cpt_record_dup_title     (const CptRecord *self);

/* {"id":…,"entity":…,"created_at":…, …fields…}; null fields left out; unknown
 * members of newer versions are put back. */
JsonNode        *cpt_record_to_json       (const CptRecord *self);
/* Members that are not declared are kept as unknown when @keep_unknown, else
 * refused with their name. */
CptRecord       *cpt_record_from_json     (CptSchema        *schema,
                                           const CptEntity  *entity,
                                           JsonObject       *object,
                                           gboolean          keep_unknown,
                                           GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptRecord, cpt_record_unref)

G_END_DECLS
