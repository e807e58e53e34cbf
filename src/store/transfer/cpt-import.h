/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-csv.h"
#include "cpt-date.h"
#include "cpt-log.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_IMPORT_CREATE, /* always new records */
  CPT_IMPORT_UPDATE, /* only records that the key finds */
  CPT_IMPORT_CREATE_OR_UPDATE,
  CPT_IMPORT_SKIP_EXISTING, /* only new ones */
} CptImportMode;

/* Where a link's text finds no record */
typedef enum
{
  CPT_IMPORT_LINK_REJECT, /* the row goes to the reject file */
  CPT_IMPORT_LINK_EMPTY, /* the field stays empty */
  CPT_IMPORT_LINK_CREATE, /* a record with that title is made */
  CPT_IMPORT_LINK_SIMILAR, /* the nearest title, if one is near enough ("GTXPro" for "GTX Pro"); else made */
} CptImportLinkRule;

/**
 * CptImportReading:
 * @encoding: (nullable): one of cpt_import_encodings
 * @separator: one of CPT_CSV_SEPARATORS, or 0
 * @quote: " or ', 0 for a file without quotes, or -1
 * @header: whether the first row names the columns, or -1
 * @decimal: '.' or ',', 0 to guess from each number alone, or -1
 * @date_order: a #CptDateOrder, or -1
 * @currency: of amounts that name none, or empty for the columns' own or the workspace's
 * @sheet: name of the sheet of a workbook, or empty for the first
 *
 * How a file is to be read, as far as a person says it. What is NULL, empty or
 * -1 (0 for the separator) is found out from the file.
 */
typedef struct
{
  const char *encoding;
  char        separator;
  int         quote;
  int         header;
  int         decimal;
  int         date_order;
  char        currency[4];
  char        sheet[128];
} CptImportReading;

#define CPT_IMPORT_READING_INIT { NULL, 0, -1, -1, -1, -1, "", "" }

/* NULL-terminated */
extern const char *const cpt_import_encodings[];

/* The members of a plan's JSON that tell how the file is read; those that are
 * absent leave @self as it is. CPT_ERROR_PARSE for what can't be. */
gboolean       cpt_import_reading_apply_json (CptImportReading  *self,
                                              JsonNode          *node,
                                              GError           **error);
/* CPT_ERROR_INVALID for a currency that is not there */
gboolean       cpt_import_reading_set_currency (CptImportReading  *self,
                                                const char        *currency,
                                                GError           **error);

/**
 * CptImportColumn:
 * @header: name in the file
 * @field: (nullable): field name; NULL leaves the column out
 * @part: (nullable): member of an address: "street", "postcode", "city"...; "more"
 *   where several columns make notes, tags or a consent, "not" for a consent
 *   that the column says no to by yes
 * @link_rule: for links
 * @multiplier: for numbers: 1000000 when a file counts in millions; 0 is 1
 * @currency: for amounts without one; empty: the workspace's
 * @values: (nullable): JSON object from text in the file to machine text; for
 *   links to the title of the record
 * @hint: (nullable): a sentence about this column that stands among the plan's hints
 * @skip: (nullable): texts, with | between them, whose rows are passed over
 *
 * What becomes of one column.
 */
typedef struct
{
  char              *header;
  char              *field;
  char              *part;
  CptImportLinkRule  link_rule;
  gint64             multiplier;
  char               currency[4];
  char              *values;
  char              *hint;
  char              *skip;
} CptImportColumn;

/**
 * CptImportExport:
 *
 * An export of another product that is known by its columns. Static data.
 */
typedef struct _CptImportExport CptImportExport;

/* "odoo-partners" */
const char            *cpt_import_export_get_id     (const CptImportExport *self);
/* "Odoo, partners" */
const char            *cpt_import_export_get_label  (const CptImportExport *self);
/* Name of the kind of record that its rows become */
const char            *cpt_import_export_get_entity (const CptImportExport *self);
/* The one that takes what @self takes first, and the rest of the file; or @self */
const CptImportExport *cpt_import_export_get_whole  (const CptImportExport *self);
/* NULL when there is none of that id */
const CptImportExport *cpt_import_export_find       (const char *id);
/* All ids, for a sentence */
char                  *cpt_import_export_dup_ids    (void);
/* Which export the file is, by its heading; NULL without @error for none, and
 * for one that could as well be another product's. @expected (nullable): the
 * kind of records where a file has two, as people and companies of Odoo;
 * @reading is nullable. Errors as of cpt_import_plan_new(). */
const CptImportExport *cpt_import_recognise         (const char              *path,
                                                     const CptEntity         *expected,
                                                     const CptImportReading  *reading,
                                                     GError                 **error);

/**
 * CptImportPlan:
 * @entity: what the rows become
 * @schema: (owned): holds @entity
 * @dialect: how the file is written; of no account for a workbook
 * @sheets: (nullable): NULL-terminated; the sheets of a workbook, NULL for other files
 * @sheet: (nullable): the one that is read
 * @has_header: whether the first row names the columns
 * @decimal: '.' or ',': the mark in front of a fraction
 * @date_order: how its dates are written
 * @mode: what happens to rows that are here already
 * @key: (nullable): field that finds existing records ("id" for the
 *   identifier); NULL: any field marked as key that has a column
 * @columns: (element-type CptImportColumn): one for each column of the file
 * @origin: (nullable): the export of another product that the file is. What can't be
 *   used in its rows goes to the notes, and a stored refusal to receive campaigns
 *   stays one
 * @first: (nullable): the plan for rows of the same file that become another kind
 *   of record, before those that link to them: companies before people. One act
 *   with it; follows @mode
 * @hints: (element-type utf8): translated sentences about the file that a
 *   person should read before importing; not part of the JSON
 * @currency: the workspace's, as its country and zone: for examples
 *
 * How a file becomes records: everything that a person decides in the
 * assistant. Remembered in the workspace by the set of headers.
 */
typedef struct _CptImportPlan
{
  const CptEntity  *entity;
  CptSchema        *schema; /* (owned) */
  CptCsvDialect     dialect;
  char            **sheets;
  char             *sheet;
  gboolean          has_header;
  char              decimal;
  CptDateOrder      date_order;
  CptImportMode     mode;
  char             *key;
  GPtrArray        *columns;
  const CptImportExport *origin;
  struct _CptImportPlan *first; /* (owned) */
  GPtrArray        *hints;
  char              currency[4];
  char             *country;
  GTimeZone        *zone;
} CptImportPlan;

void           cpt_import_plan_free (CptImportPlan *self);
/* Looks at the file's beginning: dialect, decimal mark, date order, columns by
 * name (labels in English and French, usual synonyms) or as remembered, and
 * what @reading (nullable) says as it says it.
 * CPT_ERROR_IO for what is not a plain file, CPT_ERROR_PARSE for an empty one,
 * CPT_ERROR_LIMIT for a header with more than CPT_CSV_MAX_FIELDS columns. */
CptImportPlan *cpt_import_plan_new  (CptDatabase             *database,
                                     const CptEntity         *entity,
                                     const char              *path,
                                     const CptImportReading  *reading,
                                     GError                 **error);
/* The plan for an export of another product: mapped as declared, unless the
 * workspace remembers that a person changed it. Where the file tells two kinds
 * of records apart, with the plan for the other one. Errors as above. */
CptImportPlan *cpt_import_plan_new_from_export (CptDatabase             *database,
                                                const CptImportExport   *origin,
                                                const char              *path,
                                                const CptImportReading  *reading,
                                                GError                 **error);
/* Columns that have the header of one of @other's become what that is, and mode
 * and key are @other's: for a file that is read anew. Both of one entity. */
void           cpt_import_plan_take_mapping (CptImportPlan *self,
                                             CptImportPlan *other);
/* The currency of @reading for all columns, and its marks */
void           cpt_import_plan_apply_reading (CptImportPlan          *self,
                                              const CptImportReading *reading);
/* NULL when the file has no column of that name */
CptImportColumn *cpt_import_plan_find_column (CptImportPlan *self,
                                              const char    *header);
/* The column becomes @field, or is left out when it is NULL; "address.city"
 * names a part of an address, "notes.more" adds a line. CPT_ERROR_NOT_FOUND for an unknown field. */
gboolean       cpt_import_plan_map  (CptImportPlan    *self,
                                     CptImportColumn  *column,
                                     const char       *field,
                                     GError          **error);
/* Says what is wrong with the plan before anything is read: no column has a
 * field, two columns have the same, the key has no column */
gboolean       cpt_import_plan_check (CptImportPlan  *self,
                                      GError        **error);
/* The entity that fits the headers best; NULL when none does. Of two that fit
 * about as well, as people and leads do, @expected (nullable) is the one.
 * @reading is nullable. */
const CptEntity *cpt_import_guess_entity (CptDatabase             *database,
                                          const char              *path,
                                          const CptEntity         *expected,
                                          const CptImportReading  *reading,
                                          GError                 **error);
/* {"entity":"deal","sheet":"Q3" (of a workbook only),"encoding":"UTF-8","separator":",","quote":"\"","header":true,
 * "decimal":".","date_order":"dmy","mode":"create-or-update","key":"reference",
 * "columns":[{"header":"account","field":"organisation","link_rule":"similar"},
 * {"header":"revenue","field":"annual_revenue","multiplier":1000000,"currency":"USD"},
 * {"header":"ville","field":"address","part":"city"},
 * {"header":"state","field":"status","values":{"A":"active"}},{"header":"x","field":null}]} */
JsonNode      *cpt_import_plan_to_json (CptImportPlan *self);
/* Members that are absent leave what they are about as it is; columns are
 * found by header */
gboolean       cpt_import_plan_apply_json (CptImportPlan  *self,
                                           JsonNode       *node,
                                           GError        **error);
/* The first @limit rows as read with the plan's dialect: (element-type GStrv) */
GPtrArray     *cpt_import_plan_preview (CptImportPlan  *self,
                                        const char     *path,
                                        guint           limit,
                                        GError        **error);

/* What @text in @column will be, as people read it; with FALSE in @is_good why
 * it can't be used. NULL where that is not known yet: columns that are left out,
 * links, parts of addresses, empty texts. */
char          *cpt_import_plan_dup_example (CptImportPlan         *self,
                                            const CptImportColumn *column,
                                            const char            *text,
                                            gboolean              *is_good);

typedef struct
{
  guint64 bytes_done;
  guint64 bytes_total;
  guint64 n_rows;
  guint64 n_created;
  guint64 n_updated;
  guint64 n_unchanged; /* found by their key, and just as the row says */
  guint64 n_skipped; /* passed over, since the mode says so */
  guint64 n_rejected;
  guint64 n_linked_created; /* records made because links named them */
} CptImportProgress;

typedef void (*CptImportProgressFunc) (const CptImportProgress *progress,
                                       gpointer                 user_data);

/**
 * CptImportAlikeCounts:
 * @n_stored: new records that look like ones that are there
 * @n_within: new records that look like others of the file
 * @n_left: new records that were not compared: the time was up
 *
 * Possible duplicates, as the duplicates of the workspace are looked for.
 */
typedef struct
{
  guint64 n_stored;
  guint64 n_within;
  guint64 n_left;
} CptImportAlikeCounts;

/**
 * CptImportSum:
 * @field: borrowed from the declaration
 * @value: (owned): as machines write it
 * @text: (owned): as people read it
 *
 * What the rows of a file of facts add up to; of amounts one for each currency.
 */
typedef struct
{
  const CptField *field;
  char           *value;
  char           *text;
} CptImportSum;

void cpt_import_sum_free (gpointer self);

/**
 * CptImportReport:
 * @counts: what happened; without the rows that @first is about
 * @first: (nullable): what happened to rows of the plan's first
 * @alike: possible duplicates; of a dry run only
 * @sequence: what undo takes; 0 for a dry run or when nothing changed
 * @rejects_path: (nullable): file of rejected rows: their columns plus line and reason
 * @samples: (element-type utf8): up to 20 first reasons with line numbers, of
 *   @first too, as @notes
 * @notes: (element-type utf8): what a person should know: values that were matched to similar ones, created links, with counts
 * @sums: (nullable) (element-type CptImportSum): of a file of facts
 * @n_days: different days of such a file
 * @first_day: the first of them; meaningless without any
 * @last_day: the last one
 */
typedef struct _CptImportReport
{
  CptImportProgress counts;
  struct _CptImportReport *first; /* (owned) */
  CptImportAlikeCounts alike;
  gint64            sequence;
  char             *rejects_path;
  GPtrArray        *samples;
  GPtrArray        *notes;
  GPtrArray        *sums;
  guint             n_days;
  gint64            first_day;
  gint64            last_day;
} CptImportReport;

void             cpt_import_report_free (CptImportReport *self);
/* "365 days, from 1 Jan 2025 to 31 Dec 2025"; NULL for records and without days */
char            *cpt_import_report_dup_days (const CptImportReport *self);
/* @rejects_path: (nullable): where to write rejected rows. @dry_run stores
 * nothing and says what would happen. @progress is called on this thread about
 * ten times a second. One undoable unit; all or nothing on a crash; cancelled:
 * nothing is left. */
CptImportReport *cpt_import_run      (CptDatabase            *database,
                                      CptImportPlan          *plan,
                                      const char             *path,
                                      const char             *rejects_path,
                                      gboolean                dry_run,
                                      CptImportProgressFunc   progress,
                                      gpointer                user_data,
                                      GCancellable           *cancellable,
                                      GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptImportPlan, cpt_import_plan_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptImportReport, cpt_import_report_free)

G_END_DECLS
