/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the import. A file goes through these hands, each in its own file:
 *
 *   reading what a person says about how the file is read
 *   source  rows of a file of separated values or of a workbook
 *   names   which field a header means
 *   exports what other products export, as data
 *   desk    recognises these and makes plans for them
 *   detect  how the file is written, from a look at its beginning
 *   convert text of one cell to a value
 *   gather  fields that several columns make
 *   join    what stored records have and rows would overwrite
 *   reader  a thread that parses and converts rows in batches
 *   links   texts that name other records, at the end also those further down (deferred)
 *   rejects the file of rows that could not be used
 *   alike   new records that may be there already
 *   report  what became of it
 *   import  puts it together and writes in slices
 */
#pragma once

#include "cpt-find.h"
#include "cpt-import.h"
#include "cpt-query.h"

G_BEGIN_DECLS

/* reading */

/* One of @names in a member of a plan's JSON; @index stays where it is absent */
gboolean    cpt_import_read_choice  (JsonObject         *object,
                                     const char         *member,
                                     const char *const  *names,
                                     guint               n_names,
                                     guint              *index,
                                     GError            **error);
/* "ymd", "dmy", "mdy" */
const char *cpt_import_get_order_name (CptDateOrder order);

/* source */

typedef struct _CptImportSource CptImportSource;

/* Whether a file that begins with @bytes is to be read as a workbook */
gboolean         cpt_import_is_workbook  (const guint8 *bytes,
                                          gsize         length);
/* @dialect for separated values, @sheet (nullable) and @decimal for a workbook */
CptImportSource *cpt_import_source_open  (const char           *path,
                                          const CptCsvDialect  *dialect,
                                          gboolean              is_workbook,
                                          const char           *sheet,
                                          char                  decimal,
                                          GError              **error);
void             cpt_import_source_free  (CptImportSource *self);
/* As cpt_csv_reader_next() */
gboolean         cpt_import_source_next  (CptImportSource  *self,
                                          CptCsvRow        *row,
                                          GCancellable     *cancellable,
                                          GError          **error);
/* Whether a cell of the last row is no value but the error of a formula */
gboolean         cpt_import_source_is_error (CptImportSource *self,
                                             guint            column);
guint64          cpt_import_source_get_offset (CptImportSource *self);
/* NULL but for a workbook: the names of its sheets, and which one is read */
const char *const *cpt_import_source_get_sheets (CptImportSource *self);
const char        *cpt_import_source_get_sheet  (CptImportSource *self);

/* names */

/* Whether @list, words with blanks between them, has @word */
gboolean    cpt_import_has_word     (const char *list,
                                     const char *word);

/* How a header compares: lower case, no accents, words joined by "_" */
char       *cpt_import_fold_header  (const char *header);
/* 0 for no likeness to 100 for the field's own name. @part (optional) is set
 * for headers that mean a part of an address. */
guint       cpt_import_score_header (const CptEntity  *entity,
                                     const CptField   *field,
                                     const char       *folded,
                                     const char      **part);
/* Gives each column the field that its header names best */
void        cpt_import_match_names  (const CptEntity *entity,
                                     GPtrArray       *columns);
/* What a header says behind its name: "(k€)", "in millions of USD" */
void        cpt_import_read_unit    (const char *header,
                                     gint64     *multiplier,
                                     char        currency[4]);
/* Name of a part of an address, or NULL */
const char *cpt_import_find_part    (const char *name);
/* won, lost or open, from what a stage is called in English or French; NULL
 * when the name does not tell */
const char *cpt_import_stage_kind   (const char *title);
/* How far a deal has come, from what an open stage is called in English or French:
 * 1 is the beginning; 0 when the name does not tell */
guint       cpt_import_stage_rank   (const char *title);

/* exports */

typedef struct
{
  const char *headings; /* folded, blanks between them */
  const char *field; /* (nullable): as of cpt_import_plan_map(); NULL leaves the column out */
  const char *values; /* (nullable): JSON, as of CptImportColumn */
  guint       weight; /* how much the column tells of this export */
  gboolean    is_needed; /* without it, it is another one */
  const char *skip; /* (nullable): as of CptImportColumn */
} CptImportExportColumn;

struct _CptImportExport
{
  const char                  *id;
  const char                  *product;
  const char                  *label;
  const char                  *entity;
  const CptImportExportColumn *columns; /* ended by one without headings */
  guint                        threshold; /* of weights */
  const char                  *skip_note; /* (nullable): why rows were passed over */
  const char                  *first; /* (nullable): id of the one for the rows that are taken before */
};

const CptImportExport *cpt_import_exports_get (guint *n_exports);

/* desk */

/* Without columns; @entity is of @schema */
CptImportPlan *cpt_import_plan_new_bare (CptSchema       *schema,
                                         const CptEntity *entity);

/* Maps the columns of a plan with an origin */
void cpt_import_match_export (CptImportPlan *self);

/* detect */

#define CPT_IMPORT_SAMPLE_ROWS 1000

/* The beginning of a file */
typedef struct
{
  CptCsvDialect  dialect;
  char         **sheets; /* (nullable): of a workbook */
  char          *sheet; /* (nullable): the one that was read */
  gboolean       has_header;
  char         **headers; /* column numbers when the file has none */
  GPtrArray     *rows; /* (element-type GStrv): data rows, at most CPT_IMPORT_SAMPLE_ROWS */
  guint          n_broken; /* rows among them that can't be read */
} CptImportSample;

/* @reading: (nullable) */
CptImportSample *cpt_import_sample_read (const char              *path,
                                         const CptImportReading  *reading,
                                         GError                 **error);
void             cpt_import_sample_free (CptImportSample *self);
/* CPT_ERROR_IO with a sentence for a directory, a pipe, a device, a missing file */
gboolean         cpt_import_check_file  (const char  *path,
                                         guint64     *size,
                                         GError     **error);
/* '.' or ',' by what the numbers of these columns look like */
char             cpt_import_detect_decimal (CptImportSample *sample,
                                            CptImportPlan   *plan);
CptDateOrder     cpt_import_detect_dates   (CptImportSample *sample,
                                            CptImportPlan   *plan,
                                            const char      *country);
/* Columns whose header says nothing but whose content does */
void             cpt_import_match_content  (CptImportSample *sample,
                                            CptImportPlan   *plan);
void             cpt_import_add_hints      (CptImportSample *sample,
                                            CptImportPlan   *plan);

/* plan */

/* Keeps the plan in the workspace under the file's headers */
gboolean         cpt_import_plan_remember  (CptImportPlan  *self,
                                            CptDatabase    *database,
                                            GError        **error);

/* notes: sentences with a count of how often they were true */

typedef struct _CptImportNotes CptImportNotes;

CptImportNotes *cpt_import_notes_new   (void);
void            cpt_import_notes_free  (CptImportNotes *self);
/* "“@from” was taken for “@to”" */
void            cpt_import_notes_taken (CptImportNotes *self,
                                        const char     *header,
                                        const char     *from,
                                        const char     *to);
/* "“@title” was made as a new @entity": once for each */
void            cpt_import_notes_made  (CptImportNotes  *self,
                                        const CptEntity *entity,
                                        const char      *title);
/* @message says why the link that @line asks for stays empty */
void            cpt_import_notes_unresolved (CptImportNotes *self,
                                             guint64         line,
                                             const char     *header,
                                             const char     *message);
/* @n values had characters that no text has */
void            cpt_import_notes_cleaned (CptImportNotes *self,
                                          guint64         n);
void            cpt_import_notes_add   (CptImportNotes *self,
                                        const char     *sentence);
void            cpt_import_notes_add_times (CptImportNotes *self,
                                            const char     *sentence,
                                            guint64         count);
void            cpt_import_notes_merge (CptImportNotes *self,
                                        CptImportNotes *other);
/* (element-type utf8) */
GPtrArray      *cpt_import_notes_list  (CptImportNotes *self);

/* alike: new records that may be there already; for dry runs */

typedef struct _CptImportAlike CptImportAlike;

CptImportAlike *cpt_import_alike_new    (CptDatabase   *database,
                                         CptImportPlan *plan);
/* @self is nullable */
void            cpt_import_alike_free   (CptImportAlike *self);
/* @record: a new one, with its links and its name */
void            cpt_import_alike_take   (CptImportAlike *self,
                                         CptRecord      *record);
/* Tells what was found */
void            cpt_import_alike_finish (CptImportAlike       *self,
                                         CptImportNotes       *notes,
                                         CptImportAlikeCounts *counts);

/* spellings: of the texts in one column */

typedef struct _CptImportSpellings CptImportSpellings;

CptImportSpellings *cpt_import_spellings_new  (void);
void                cpt_import_spellings_free (CptImportSpellings *self);
void                cpt_import_spellings_count (CptImportSpellings *self,
                                                const char         *text);
/* "“@a” looks like “@b”" for each that does */
void                cpt_import_spellings_note (CptImportSpellings *self,
                                               const char         *header,
                                               CptImportNotes     *notes);

/* convert */

/* One mapped column, with everything that is worked out once */
typedef struct
{
  const CptImportColumn *column;
  const CptField        *field; /* NULL for the column of identifiers */
  guint                  position; /* in the row */
  CptParseOptions        options;
  GHashTable            *values; /* (nullable): folded text in the file -> machine text */
  gboolean               is_gathered; /* others make the same field with it */
} CptImportSlot;

/* (nullable): folded text in the file -> machine text, from a column's JSON */
GHashTable *cpt_import_parse_values (const char *json);
/* @currency, @country and @zone are the workspace's and stay with the caller */
void     cpt_import_slot_init    (CptImportSlot         *self,
                                  CptImportPlan         *plan,
                                  const CptImportColumn *column,
                                  const char            *currency,
                                  const char            *country,
                                  GTimeZone             *zone);
void     cpt_import_slot_clear   (CptImportSlot *self);
/* FALSE with @message set when the text can't be that field's value. Links are
 * not converted here. */
gboolean cpt_import_slot_convert (CptImportSlot   *self,
                                  const char      *text,
                                  CptImportNotes  *notes,
                                  CptValue        *value,
                                  char           **message);
/* The code of the country that people call @text, or NULL. What was guessed, or
 * could mean another country too, is noted. */
const char *cpt_import_read_country (const char     *header,
                                     const char     *text,
                                     CptImportNotes *notes);
/* The text of a cell as meant: without blanks around it and without the
 * apostrophe that guards a formula. May write into @text. */
char    *cpt_import_trim         (char *text);

/* rows */

#define CPT_IMPORT_BATCH_ROWS 256
/* Batches that wait for their slice to be stored, and those there are in all */
#define CPT_IMPORT_HELD_BATCHES 8
#define CPT_IMPORT_BATCHES 12

typedef struct
{
  guint64    line;
  CptRecord *record; /* (owned) (nullable): NULL when the row can't be used */
  GString   *reasons; /* (owned) (nullable): why not, one sentence behind the other */
  gsize      text; /* where its cells begin in the batch's text, each NUL-terminated */
  guint      n_cells;
  guint      n_cleaned; /* values out of which characters are taken that no text has */
} CptImportRow;

typedef struct
{
  GArray  *rows; /* (element-type CptImportRow) */
  GString *text;
  guint64  offset; /* bytes of the file read so far */
} CptImportBatch;

void            cpt_import_batch_free  (CptImportBatch *self);
/* The cells of a row; free the array, not the texts */
const char    **cpt_import_row_dup_cells (CptImportBatch *batch,
                                          CptImportRow   *row);
void            cpt_import_row_add_reason (CptImportRow *self,
                                           const char   *header,
                                           const char   *message);

/* gather */

/* "more" or "not" where @field takes it, or NULL */
const char *cpt_import_find_gathering    (const CptField *field,
                                          const char     *name);
gboolean    cpt_import_is_gathering      (const CptImportColumn *column);
/* Sets is_gathered of all */
void        cpt_import_mark_gathered     (CptImportSlot *slots,
                                          guint          n_slots);
gboolean    cpt_import_is_first_gathered (CptImportSlot *slots,
                                          guint          index);
/* The field of slot @first out of all its columns */
void        cpt_import_gather            (CptImportSlot   *slots,
                                          guint            n_slots,
                                          guint            first,
                                          const CptCsvRow *cells,
                                          CptImportRow    *row,
                                          CptImportNotes  *notes);
/* A line in the notes of the row's record, whose kind has them */
void        cpt_import_row_add_line      (CptImportRow *row,
                                          const char   *header,
                                          const char   *text);

/* skips: rows that the plan leaves to another one */

typedef struct _CptImportSkips CptImportSkips;

CptImportSkips *cpt_import_skips_new   (CptImportPlan *plan);
void            cpt_import_skips_free  (CptImportSkips *self);
gboolean        cpt_import_skips_match (CptImportSkips *self,
                                        CptImportBatch *batch,
                                        CptImportRow   *row);

/* reader */

typedef struct _CptImportReader CptImportReader;

/* Starts the thread. @slots stay with the caller and must not change. */
CptImportReader *cpt_import_reader_new  (CptImportPlan  *plan,
                                         const char     *path,
                                         CptImportSlot  *slots,
                                         guint           n_slots,
                                         GCancellable   *cancellable,
                                         GError        **error);
/* (transfer full): the next batch; NULL without error at the end */
CptImportBatch  *cpt_import_reader_pop  (CptImportReader  *self,
                                         GError          **error);
/* Gives a batch back to be filled again */
void             cpt_import_reader_recycle (CptImportReader *self,
                                            CptImportBatch  *batch);
/* Stops the thread and waits for it. @notes (nullable) gets what it noted. */
void             cpt_import_reader_free (CptImportReader *self,
                                         CptImportNotes  *notes);

/* rejects */

typedef struct _CptImportRejects CptImportRejects;

/* Nothing is written before the first row is rejected. @source: what is imported. */
CptImportRejects *cpt_import_rejects_new (CptDatabase   *database,
                                          const char    *source,
                                          const char    *path,
                                          CptImportPlan *plan);
gboolean          cpt_import_rejects_add (CptImportRejects   *self,
                                          guint64             line,
                                          const char         *reasons,
                                          const char *const  *cells,
                                          guint               n_cells,
                                          GError            **error);
/* FALSE when not all could be written. @path (out) (optional): NULL when
 * nothing was rejected. */
gboolean          cpt_import_rejects_close (CptImportRejects  *self,
                                            char             **path,
                                            GError           **error);
/* What was not closed leaves no trace */
void              cpt_import_rejects_free (CptImportRejects *self);

/* facts */

typedef struct
{
  gboolean              dry_run;
  CptImportProgressFunc progress; /* (nullable) */
  gpointer              user_data;
} CptImportFactsOptions;

/* cpt_import_run() for a kind of facts */
CptImportReport  *cpt_import_facts       (CptDatabase            *database,
                                          CptImportPlan          *plan,
                                          const char             *path,
                                          const char             *rejects_path,
                                          CptImportFactsOptions  *options,
                                          GCancellable           *cancellable,
                                          GError                **error);

/* stages */

typedef struct _CptImportStages CptImportStages;

/* Pipelines and their stages, read when they are first needed */
CptImportStages *cpt_import_stages_new     (CptDatabase    *database,
                                            CptImportNotes *notes);
void             cpt_import_stages_free    (CptImportStages *self);
/* The pipeline that deals go to when the file does not say; made when there
 * is none at all. */
gboolean         cpt_import_stages_get_pipeline (CptImportStages  *self,
                                                 CptTransaction   *transaction,
                                                 CptUuid          *id,
                                                 GError          **error);
/* By name, then won and lost by what they mean, then made as open. FALSE
 * without @error when @may_create is FALSE and there is none. @title belongs
 * to the stages. */
gboolean         cpt_import_stages_resolve (CptImportStages  *self,
                                            const CptUuid    *pipeline,
                                            const char       *text,
                                            gboolean          may_create,
                                            CptTransaction   *transaction,
                                            CptUuid          *id,
                                            GError          **error);
guint64          cpt_import_stages_get_n_created (CptImportStages *self);
/* At the end: stores where stages stand now. A file that brought its own into a
 * pipeline whose open ones are as the workspace began with, and which no deal is
 * in, makes these go. */
gboolean         cpt_import_stages_settle  (CptImportStages  *self,
                                            CptTransaction   *transaction,
                                            GError          **error);

/* links */

typedef struct _CptImportLinks CptImportLinks;

typedef enum
{
  CPT_IMPORT_LINK_FOUND,
  CPT_IMPORT_LINK_NONE, /* the rule says to leave it empty */
  CPT_IMPORT_LINK_LATER, /* not yet: the target may stand further down in the file */
  CPT_IMPORT_LINK_REFUSED, /* @message says why */
  CPT_IMPORT_LINK_FAILED, /* @error says why */
} CptImportLinkResult;

typedef struct
{
  CptUuid  id;
  char    *title; /* (owned) */
  char    *message; /* (owned): why it was refused */
  gboolean is_ambiguous; /* several are called so; this is the oldest */
} CptImportTarget;

void                cpt_import_target_clear  (CptImportTarget *self);

CptImportLinks     *cpt_import_links_new     (CptDatabase    *database,
                                              CptImportPlan  *plan,
                                              CptImportNotes *notes);
void                cpt_import_links_free    (CptImportLinks *self);
/* @may_wait: answer LATER where a record would be made or a similar one taken.
 * Records that are made are appended to @transaction, if any. Not for stages. */
CptImportLinkResult cpt_import_links_resolve (CptImportLinks       *self,
                                              const CptImportSlot  *slot,
                                              const char           *text,
                                              gboolean              may_wait,
                                              CptTransaction       *transaction,
                                              CptImportTarget      *target,
                                              GError              **error);
/* Of several that are called so, the one that the field has now (@present,
 * nullable) stays: what is only given again changes nothing. Without one it is
 * noted that the oldest is taken. */
void                cpt_import_links_settle  (CptImportLinks      *self,
                                              const CptImportSlot *slot,
                                              const CptValue      *present,
                                              CptImportTarget     *target);
/* Tells of a new record of the imported kind, so that later rows can link to
 * it. One that is called nearly as another is noted. */
gboolean            cpt_import_links_add     (CptImportLinks  *self,
                                              CptRecord       *record,
                                              GError         **error);
guint64             cpt_import_links_get_n_created (CptImportLinks *self);

/* report */

/* Makes one of the reports of two plans for one file: takes @first */
void cpt_import_report_take_first (CptImportReport *self,
                                   CptImportReport *first);

/* row */

/* What became of a row */
typedef enum
{
  CPT_IMPORT_ROW_CREATE,
  CPT_IMPORT_ROW_UPDATE,
  CPT_IMPORT_ROW_SKIP,
  CPT_IMPORT_ROW_REJECT,
  CPT_IMPORT_ROW_AGAIN, /* its key is that of a row not yet stored: store first, then ask again */
  CPT_IMPORT_ROW_FAILED,
} CptImportOutcome;

/* A link to a record of the imported kind that was not there when its row came */
typedef struct
{
  CptUuid              id; /* of the record that links */
  const CptImportSlot *slot;
  char                *text; /* (owned) */
  guint64              line;
} CptImportDeferred;

/* @deferred: of CptImportDeferred, the links that were asked for late; @problem:
 * what the door says of one of them */
void cpt_import_notes_refused (CptImportNotes   *self,
                               GArray           *deferred,
                               const CptProblem *problem);

/* One run of an import, shared by row and import; confined to the importing thread */
typedef struct
{
  CptDatabase     *database; /* borrowed */
  CptImportPlan   *plan; /* borrowed */
  gboolean         is_part; /* rows that are passed over are another plan's, of the same act */
  guint64          n_passed; /* of these */
  GArray          *slots; /* (element-type CptImportSlot) */
  CptImportSkips  *skips;
  GPtrArray       *keys; /* (element-type CptImportSlot): those that find existing records, best first */
  CptImportNotes  *notes;
  CptImportLinks  *links;
  CptImportStages *stages;
  CptRecord       *initial; /* what new records get where the file says nothing */
  GPtrArray       *initial_fields; /* (element-type CptField): those of @initial that are not null */
  CptTransaction  *made; /* pipelines and stages, which deals in @slice must find there */
  CptTransaction  *slice; /* rows to be stored next */
  GHashTable      *pending; /* set of hashes of keys and identifiers in @slice */
  GArray          *deferred; /* (element-type CptImportDeferred) */
  GString         *cell; /* scratch */
  char             currency[4]; /* the workspace's, as when the import began */
  char            *country;
  GTimeZone       *zone;
} CptImportJob;

void cpt_import_job_init  (CptImportJob  *self,
                           CptDatabase   *database,
                           CptImportPlan *plan);
void cpt_import_job_clear (CptImportJob *self);
/* Before the first commit; @n_rows that are expected */
gboolean cpt_import_job_leave_out_indexes (CptImportJob  *self,
                                           CptUnit       *unit,
                                           guint64        n_rows,
                                           GError       **error);

/* deferred */

/* Looks for the records that the next links lead to, from @next (inout) on, and
 * appends what follows to the job's slice */
gboolean cpt_import_job_resolve_deferred (CptImportJob  *self,
                                          guint         *next,
                                          GError       **error);
/* A record that the door refused, whose links are from @first on, links to nothing */
void     cpt_import_job_drop_deferred    (CptImportJob  *self,
                                          guint          first,
                                          const CptUuid *id);

/* Of several records that are called like a link of record @id, the one that it
 * leads to now, if any */
gboolean cpt_import_job_settle   (CptImportJob         *self,
                                  const CptUuid        *id,
                                  const CptImportSlot  *slot,
                                  CptImportTarget      *target,
                                  GError              **error);

/* join */

/* Whether what the file says of @field is added to what a record has: lines and
 * tags that several columns make, and what found no other place */
gboolean cpt_import_joins_stored (CptImportJob   *self,
                                  const CptField *field);
/* Keeps what the stored record has and the row would overwrite; FALSE when it
 * can't be read */
gboolean cpt_import_keep_stored  (CptImportJob  *self,
                                  CptImportRow  *row,
                                  GError       **error);

/* row */

/* Decides about a row whose cells are converted and appends what follows to
 * the job's transactions. The record is the batch's and has its id afterwards. */
CptImportOutcome cpt_import_job_take_row (CptImportJob    *self,
                                          CptImportBatch  *batch,
                                          CptImportRow    *row,
                                          GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptImportSample, cpt_import_sample_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptImportSource, cpt_import_source_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptImportNotes, cpt_import_notes_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptImportBatch, cpt_import_batch_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptImportRejects, cpt_import_rejects_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptImportStages, cpt_import_stages_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptImportTarget, cpt_import_target_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptImportLinks, cpt_import_links_free)

G_END_DECLS
