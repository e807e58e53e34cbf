/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "cpt-money.h"
#include "cpt-uuid.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_VALUE_NULL,
  CPT_VALUE_INTEGER,
  CPT_VALUE_TEXT,
  CPT_VALUE_MONEY,
  CPT_VALUE_ID,
  CPT_VALUE_TEXTS, /* a set: sorted by bytes, without doubles, never empty */
  CPT_VALUE_IDS, /* likewise */
} CptValueType;

/**
 * CptValue:
 *
 * The value of one field of one record. What an integer means (a number scaled
 * by a power of ten, days, microseconds, seconds, 0 or 1) is the field's
 * business. Zeroed memory is a null value. An empty text or set is null.
 * A plain struct: clear it with cpt_value_clear() or declare it g_auto().
 */
typedef struct
{
  CptValueType type;
  union
  {
    gint64   integer;
    char    *text; /* owned */
    CptMoney money;
    CptUuid  id;
    char   **texts; /* owned */
    struct
    {
      CptUuid *items; /* owned */
      guint    length;
    } ids;
  };
} CptValue;

#define CPT_VALUE_INIT { 0 }

/* Frees what it owns; it is null afterwards */
void     cpt_value_clear       (CptValue *self);
/* A deep copy; clears what was in @copy before, which may be @self */
void     cpt_value_copy        (const CptValue *self,
                                CptValue       *copy);
/* Moves the content: @self is null afterwards */
CptValue cpt_value_steal       (CptValue *self);
gboolean cpt_value_is_null     (const CptValue *self);
/* By type and content, to the byte; null equals null */
gboolean cpt_value_equal       (const CptValue *a,
                                const CptValue *b);
/* Whether it is @id, or a set that has it */
gboolean cpt_value_has_id      (const CptValue *self,
                                const CptUuid  *id);

/* The setters clear what was there before; what they are given may be a part
 * of it. NULL and empty texts and sets set null. They check nothing: see
 * cpt_field_normalise(). */
void     cpt_value_set_integer (CptValue *self,
                                gint64    integer);
void     cpt_value_set_text    (CptValue   *self,
                                const char *text);
void     cpt_value_take_text   (CptValue *self,
                                char     *text);
void     cpt_value_set_money   (CptValue   *self,
                                gint64      amount,
                                const char *currency);
void     cpt_value_set_id      (CptValue      *self,
                                const CptUuid *id);
/* Sorts and drops doubles and empty texts */
void     cpt_value_take_texts  (CptValue  *self,
                                char     **texts);
void     cpt_value_set_ids     (CptValue      *self,
                                const CptUuid *ids,
                                guint          length);
/* Sets: members are added or taken away; sets of another type do nothing. NULL
 * is the empty set. */
void     cpt_value_add_members (CptValue       *self,
                                const CptValue *more);
void     cpt_value_remove_members (CptValue       *self,
                                   const CptValue *others);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptValue, cpt_value_clear)

G_END_DECLS
