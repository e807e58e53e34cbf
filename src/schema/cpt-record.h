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
  char            *unknown; /* (nullable): a JSON object of the members that this version does not know, byte for byte */
  gatomicrefcount  count;
} CptRecord;

/* Bytes of members that this version does not know */
#define CPT_RECORD_UNKNOWN_MAX (1024 * 1024)

/* All values null; holds @schema */
CptRecord       *cpt_record_new           (CptSchema       *schema,
                                           const CptEntity *entity) G_GNUC_WARN_UNUSED_RESULT;
/* Deep: with the identifier, the times and the unknown members */
CptRecord       *cpt_record_copy          (const CptRecord *self) G_GNUC_WARN_UNUSED_RESULT;
CptRecord       *cpt_record_ref           (CptRecord *self);
void             cpt_record_unref         (CptRecord *self);
const CptEntity *cpt_record_get_entity    (const CptRecord *self);
/* Never NULL; owned by the record until it is changed. System fields
 * (created_at...) work too. */
const CptValue  *cpt_record_get           (const CptRecord *self,
                                           const CptField  *field);
/* By name, for code that knows the declaration: the name must exist */
const CptValue  *cpt_record_get_named     (const CptRecord *self,
                                           const char      *field);
/* (nullable): NULL where it is null or no text */
const char      *cpt_record_get_text      (const CptRecord *self,
                                           const char      *field);
/* 0 where it is null or no integer */
gint64           cpt_record_get_integer   (const CptRecord *self,
                                           const char      *field);
/* Copies @value, unchecked: the door normalises. Not for system fields: they
 * are members of the struct. */
void             cpt_record_set           (CptRecord      *self,
                                           const CptField *field,
                                           const CptValue *value);
/* The same without the copy */
void             cpt_record_take          (CptRecord      *self,
                                           const CptField *field,
                                           CptValue        value);
/* By name, for code that knows the declaration: the name must exist */
void             cpt_record_set_text      (CptRecord  *self,
                                           const char *field,
                                           const char *text);
void             cpt_record_set_integer   (CptRecord  *self,
                                           const char *field,
                                           gint64      integer);
void             cpt_record_set_id        (CptRecord     *self,
                                           const char    *field,
                                           const CptUuid *id);
void             cpt_record_set_null      (CptRecord  *self,
                                           const char *field);
/* Sets what the declaration says new records get, where the field is null.
 * @now instant, @me user or nil, @zone for "today" (nullable: UTC). */
void             cpt_record_apply_initial (CptRecord     *self,
                                           gint64         now,
                                           const CptUuid *me,
                                           GTimeZone     *zone);
/* The title for people; "Unnamed Deal" (translated) where it is empty */
char            *cpt_record_dup_title     (const CptRecord *self);

/* {"id":…,"entity":…,"created_at":…, …fields…}; null fields and times left
 * out; unknown members of newer versions are put back, but for numbers that
 * json-glib can't hold. */
JsonNode        *cpt_record_to_json       (const CptRecord *self);
/* The same as compact text; unknown members byte for byte as they came */
char            *cpt_record_format_json   (const CptRecord *self);
/* Members that are not declared are kept as unknown when @keep_unknown, else
 * refused with their name. Values are normalised. CPT_ERROR_PARSE, INVALID
 * or LIMIT with the field's name in front. */
CptRecord       *cpt_record_from_json     (CptSchema        *schema,
                                           const CptEntity  *entity,
                                           JsonObject       *object,
                                           gboolean          keep_unknown,
                                           GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/**
 * cpt_record_parse_json:
 * @schema: the declarations
 * @entity: the kind of record
 * @text: a JSON object
 * @length: in bytes, or -1
 * @error: as of cpt_record_from_json()
 *
 * Reads what sync has received: members that are not declared are kept byte
 * for byte, with numbers of any size and texts with any escapes.
 *
 * Returns: (transfer full): the record
 */
CptRecord       *cpt_record_parse_json    (CptSchema        *schema,
                                           const CptEntity  *entity,
                                           const char       *text,
                                           gssize            length,
                                           GError          **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptRecord, cpt_record_unref)

G_END_DECLS
