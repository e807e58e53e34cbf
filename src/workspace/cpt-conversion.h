/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cpt-database.h"
#include "cpt-transaction.h"

G_BEGIN_DECLS

/* How many values and refusals a report tells one by one */
#define CPT_CONVERSION_MAX_SAMPLES 8
#define CPT_CONVERSION_MAX_REFUSALS 100

/* What becomes of values that can't be converted */
typedef enum
{
  CPT_CONVERSION_REFUSE, /* nothing is converted then */
  CPT_CONVERSION_KEEP, /* they stay in a field of the former kind, beside the new one */
  CPT_CONVERSION_LEAVE, /* they stay behind with the former field, in the trash */
} CptConversionRest;

/**
 * CptConversionSample:
 * @id: of the record
 * @title: its title
 * @before: as people read it
 * @after: (nullable): likewise; NULL when it can't be converted
 * @reason: (nullable): why not, one sentence
 *
 * What becomes of one value.
 */
typedef struct
{
  CptUuid id;
  char   *title;
  char   *before;
  char   *after;
  char   *reason;
} CptConversionSample;

/**
 * CptConversionName:
 * @kind: "Saved view", "Rule", translated
 * @title: what people call it
 * @problem: (nullable): why it can't follow the field, one sentence
 *
 * Something that names the field.
 */
typedef struct
{
  char *kind;
  char *title;
  char *problem;
} CptConversionName;

/**
 * CptConversionReport:
 * @n_records: that have something in the field
 * @n_done: looked at so far
 * @n_converted: whose value fits the new kind
 * @n_refused: whose value doesn't
 * @n_in_trash: in the trash with something in the field: their values stay with the former field
 * @samples: (element-type CptConversionSample): the first ones that differ
 * @refusals: (element-type CptConversionSample): the first ones that can't be converted
 * @choices: (element-type utf8): labels of choices that are added because values have them
 * @names: (element-type CptConversionName): what names the field
 * @name: (nullable): of the new field
 * @sequence: what undo takes; 0 in a preview
 *
 * What a conversion does, or would do.
 */
typedef struct
{
  guint64    n_records;
  guint64    n_done;
  guint64    n_converted;
  guint64    n_refused;
  guint64    n_in_trash;
  GPtrArray *samples;
  GPtrArray *refusals;
  GPtrArray *choices;
  GPtrArray *names;
  char      *name;
  gint64     sequence;
} CptConversionReport;

void cpt_conversion_report_free (CptConversionReport *self);

typedef void (*CptConversionProgressFunc) (const CptConversionReport *report,
                                           gpointer                   user_data);

/**
 * CptConversion:
 *
 * Giving a custom field another kind. Values have the form of their kind, in
 * records, in the log and on other computers: so there is a new field with a
 * name of its own, which takes the place of the former one, and that goes to
 * the trash with what was in it. Pure data: built anywhere, run on a worker.
 */
typedef struct _CptConversion CptConversion;

/**
 * cpt_conversion_new:
 * @entity: name of the kind of record
 * @field: name of the custom field
 * @kind: what it is to be
 * @definition: (nullable): members of its definition that are to be as they are here;
 *   the others stay as they are where they fit. A choice without choices, or with too
 *   few, gets those that its values need.
 *
 * Returns: (transfer full): a conversion that keeps what can't be converted from being lost
 */
CptConversion *cpt_conversion_new      (const char   *entity,
                                        const char   *field,
                                        CptFieldKind  kind,
                                        JsonObject   *definition) G_GNUC_WARN_UNUSED_RESULT;
void           cpt_conversion_free     (CptConversion *self);
/* %CPT_CONVERSION_REFUSE at first */
void           cpt_conversion_set_rest (CptConversion     *self,
                                        CptConversionRest  rest);
/* Who asks, for the log; %CPT_ORIGIN_COMMAND at first */
void           cpt_conversion_set_origin (CptConversion *self,
                                          CptOrigin      origin);
/* Whether fields of kind @from can become @to. Some values may be refused. */
gboolean       cpt_conversion_is_possible (CptFieldKind from,
                                           CptFieldKind to);

/**
 * cpt_conversion_preview:
 * @self: what is asked
 * @database: a connection
 * @cancellable: (nullable): stops it
 * @error: %CPT_ERROR_NOT_FOUND, %CPT_ERROR_INVALID
 *
 * Reads every value and says what would become of it. Changes nothing.
 *
 * Returns: (transfer full): a report
 */
CptConversionReport *cpt_conversion_preview (CptConversion  *self,
                                             CptDatabase    *database,
                                             GCancellable   *cancellable,
                                             GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_conversion_run:
 * @self: what is asked
 * @database: a connection for writing
 * @progress: (nullable): called on this thread about ten times a second
 * @user_data: for @progress
 * @cancellable: (nullable): stops it; nothing is left then
 * @report: (out) (optional): what was done, or why not: also set when it was refused
 * @error: as of a preview; %CPT_ERROR_INVALID when something can't be converted or
 *   can't follow, %CPT_ERROR_BUSY while an import runs
 *
 * Does it: one undoable act, all or nothing also after a crash.
 *
 * Returns: %TRUE if it was done
 */
gboolean       cpt_conversion_run      (CptConversion              *self,
                                        CptDatabase                *database,
                                        CptConversionProgressFunc   progress,
                                        gpointer                    user_data,
                                        GCancellable               *cancellable,
                                        CptConversionReport       **report,
                                        GError                    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptConversion, cpt_conversion_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptConversionReport, cpt_conversion_report_free)

G_END_DECLS
