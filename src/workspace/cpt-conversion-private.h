/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-conversion.h"
#include "cpt-field-type.h"
#include "cpt-query.h"
#include "cpt-transaction.h"

G_BEGIN_DECLS

/**
 * CptConverter:
 * @database: where links are looked up
 * @from: the field that the values are of
 * @to: the field that they are for
 * @options: how texts are read
 * @grown: (element-type utf8): labels of choices that @to is to get, because values have them
 * @grown_names: (element-type utf8): their names
 * @is_growing: whether values may add to them
 *
 * How one value becomes another: cpt-conversion-value.c.
 */
typedef struct
{
  CptDatabase    *database;
  const CptField *from;
  const CptField *to;
  CptParseOptions options;
  GPtrArray      *grown;
  GPtrArray      *grown_names;
  gboolean        is_growing;
  GHashTable     *by_label; /* (owned): folded label -> name, of @to's choices and the grown ones */
  char           *currency; /* (owned) */
  char           *country; /* (owned) */
} CptConverter;

void     cpt_converter_init    (CptConverter   *self,
                                CptDatabase    *database,
                                const CptField *from,
                                const CptField *to);
/* The same fields in another schema, once @grown are among @to's choices */
void     cpt_converter_move    (CptConverter   *self,
                                const CptField *from,
                                const CptField *to);
void     cpt_converter_clear   (CptConverter *self);
/* @message: translated, one sentence, when it is refused */
gboolean cpt_converter_convert (CptConverter    *self,
                                const CptValue  *value,
                                CptValue        *result,
                                char           **message);

/**
 * CptConversionWork:
 *
 * One conversion being made, or looked at.
 */
typedef struct
{
  const CptConversion *conversion;
  CptDatabase         *database;
  CptSchema           *schema; /* (owned): as it is now */
  const CptEntity     *entity; /* of @schema */
  const CptField      *from; /* of @schema */
  CptRecord           *former; /* (owned): that keeps @from */
  GPtrArray           *fields; /* (owned): CptRecord: all custom fields as they are now */
  GPtrArray           *choices; /* (owned): CptRecord: what workspaces make of the choices of declared fields */
  CptRecord           *made; /* (owned): that will keep the new field */
  CptSchema           *after; /* (owned): as it will be */
  CptField             draft; /* of @after, without the stand-in for choices that nobody knows yet */
  const CptField      *to; /* that, or a field of @after */
  CptConverter         converter;
  GPtrArray           *changes; /* (owned): CptRecord: what names the field, as it will be */
  CptConversionReport *report;
} CptConversionWork;

struct _CptConversion
{
  char             *entity;
  char             *field;
  CptFieldKind      kind;
  JsonObject       *definition; /* (owned) (nullable) */
  CptConversionRest rest;
  CptOrigin         origin;
};

/* cpt-conversion-plan.c: the field that takes the place of the former one */
gboolean cpt_conversion_work_begin   (CptConversionWork    *self,
                                      const CptConversion  *conversion,
                                      CptDatabase          *database,
                                      GError              **error);
void     cpt_conversion_work_clear   (CptConversionWork *self);
/* Makes the declarations anew, with what is among the changes */
gboolean cpt_conversion_work_declare (CptConversionWork  *self,
                                      GError            **error);
/* With the choices that the values need */
gboolean cpt_conversion_work_settle  (CptConversionWork  *self,
                                      GError            **error);
/* (transfer full): @former as it stays beside the new field with what could not be converted */
CptRecord *cpt_conversion_work_dup_kept (CptConversionWork *self);

/* cpt-conversion-report.c */
CptConversionReport *cpt_conversion_report_new (void);
/* Looks at the value of a record, for the report */
void     cpt_conversion_work_count   (CptConversionWork *self,
                                      const CptUuid     *id,
                                      const CptValue    *value);

/* cpt-conversion-names.c: fills @changes and the names of the report */
gboolean cpt_conversion_follow       (CptConversionWork  *self,
                                      GError            **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptConverter, cpt_converter_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptConversionWork, cpt_conversion_work_clear)

G_END_DECLS
