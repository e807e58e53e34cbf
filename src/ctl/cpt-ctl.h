/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside comptoirctl. A command is an entry in a table: what it is called,
 * which options it takes, what it does. Everything that commands share stands
 * here; see README.md for the shapes of what they print. */
#pragma once

#include "cpt-bulk.h"
#include "cpt-dashboard.h"
#include "cpt-item-import.h"
#include "cpt-output.h"
#include "cpt-query.h"
#include "cpt-series.h"

G_BEGIN_DECLS

/* Documented in the manual page: never changes once released */
typedef enum
{
  CPT_CTL_DONE = 0,
  CPT_CTL_REFUSED = 1, /* a value or a rule says no */
  CPT_CTL_USAGE = 2, /* the command line is wrong */
  CPT_CTL_NOT_FOUND = 3,
  CPT_CTL_FILE = 4, /* the file can't be read, written or is no workspace */
  CPT_CTL_BUSY = 5, /* a conflict, or another program holds the file */
  CPT_CTL_FAULTS = 6, /* check found some */
  CPT_CTL_PARTIAL = 7, /* a rescue could not read everything; an import could use no row */
  CPT_CTL_CANCELLED = 130, /* 128 + SIGINT, as shells have it */
  CPT_CTL_PIPE = 141, /* 128 + SIGPIPE: nobody reads the output */
} CptCtlStatus;

/* CptCtlOptions.limit without --limit */
#define CPT_CTL_NO_LIMIT G_MININT

/* What stands behind "--"; filled by cpt_ctl_options_parse() */
typedef struct
{
  char     *workspace;
  gboolean  json;
  char     *filter;
  char     *search;
  char     *sort;
  char     *columns;
  int       limit;
  int       offset;
  gboolean  count;
  gboolean  trash;
  char    **set;
  char     *as;
  char    **map;
  char    **link;
  char    **multiply;
  char    **value;
  char     *currency;
  char     *mode;
  char     *key;
  char     *plan;
  char     *rejects;
  gboolean  dry_run;
  gboolean  no_header;
  gboolean  quiet;
  char     *date_order;
  char     *decimal;
  char     *encoding;
  char     *separator;
  char     *sheet;
  char     *format;
  char     *output;
  char     *name;
  char     *zone;
  char     *country;
  int       seed;
  gboolean  whole;
  char     *paper;
  gboolean  portrait;
  gboolean  page_per_group;
  gboolean  force;
  gboolean  rescue;
  char     *record;
  char     *min;
  char    **field;
  char    **where;
  gboolean  with_data;
  char     *group;
  char     *totals;
  char     *view;
  char     *scope;
  char     *on;
  char     *rest;
  char     *file_limit;
  gboolean  timeline;
  char     *by;
  char     *period;
  char     *compare;
  char     *show;
  char     *per;
  char     *together;
  char     *each;
  char     *widget;
  char     *now;
  char     *until;
  gboolean  local;
  int       days;
  char     *from;
  int       sample;
  char     *events;
  gboolean  draft;
} CptCtlOptions;

typedef enum
{
  CPT_CTL_OPTION_WORKSPACE,
  CPT_CTL_OPTION_JSON,
  CPT_CTL_OPTION_FILTER,
  CPT_CTL_OPTION_SEARCH,
  CPT_CTL_OPTION_SORT,
  CPT_CTL_OPTION_COLUMNS,
  CPT_CTL_OPTION_LIMIT,
  CPT_CTL_OPTION_OFFSET,
  CPT_CTL_OPTION_COUNT,
  CPT_CTL_OPTION_TRASH,
  CPT_CTL_OPTION_SET,
  CPT_CTL_OPTION_AS,
  CPT_CTL_OPTION_MAP,
  CPT_CTL_OPTION_LINK,
  CPT_CTL_OPTION_MULTIPLY,
  CPT_CTL_OPTION_VALUE,
  CPT_CTL_OPTION_CURRENCY,
  CPT_CTL_OPTION_MODE,
  CPT_CTL_OPTION_KEY,
  CPT_CTL_OPTION_PLAN,
  CPT_CTL_OPTION_REJECTS,
  CPT_CTL_OPTION_DRY_RUN,
  CPT_CTL_OPTION_NO_HEADER,
  CPT_CTL_OPTION_QUIET,
  CPT_CTL_OPTION_DATE_ORDER,
  CPT_CTL_OPTION_DECIMAL,
  CPT_CTL_OPTION_ENCODING,
  CPT_CTL_OPTION_SEPARATOR,
  CPT_CTL_OPTION_SHEET,
  CPT_CTL_OPTION_FORMAT,
  CPT_CTL_OPTION_OUTPUT,
  CPT_CTL_OPTION_NAME,
  CPT_CTL_OPTION_ZONE,
  CPT_CTL_OPTION_COUNTRY,
  CPT_CTL_OPTION_SEED,
  CPT_CTL_OPTION_WHOLE,
  CPT_CTL_OPTION_PAPER,
  CPT_CTL_OPTION_PORTRAIT,
  CPT_CTL_OPTION_PAGE_PER_GROUP,
  CPT_CTL_OPTION_FORCE,
  CPT_CTL_OPTION_RESCUE,
  CPT_CTL_OPTION_RECORD,
  CPT_CTL_OPTION_MIN,
  CPT_CTL_OPTION_FIELD,
  CPT_CTL_OPTION_WHERE,
  CPT_CTL_OPTION_WITH_DATA,
  CPT_CTL_OPTION_GROUP,
  CPT_CTL_OPTION_TOTALS,
  CPT_CTL_OPTION_VIEW,
  CPT_CTL_OPTION_SCOPE,
  CPT_CTL_OPTION_ON,
  CPT_CTL_OPTION_REST,
  CPT_CTL_OPTION_FILE_LIMIT,
  CPT_CTL_OPTION_TIMELINE,
  CPT_CTL_OPTION_BY,
  CPT_CTL_OPTION_PERIOD,
  CPT_CTL_OPTION_COMPARE,
  CPT_CTL_OPTION_SHOW,
  CPT_CTL_OPTION_PER,
  CPT_CTL_OPTION_TOGETHER,
  CPT_CTL_OPTION_EACH,
  CPT_CTL_OPTION_WIDGET,
  CPT_CTL_OPTION_NOW,
  CPT_CTL_OPTION_UNTIL,
  CPT_CTL_OPTION_LOCAL,
  CPT_CTL_OPTION_DAYS,
  CPT_CTL_OPTION_FROM,
  CPT_CTL_OPTION_SAMPLE,
  CPT_CTL_OPTION_EVENTS,
  CPT_CTL_OPTION_DRAFT,
  CPT_CTL_N_OPTIONS
} CptCtlOption;

#define CPT_CTL_TAKES(option) (G_GUINT64_CONSTANT (1) << (CPT_CTL_OPTION_##option))
/* The same of those from the 64th on, of CptCtlCommand.more_options */
#define CPT_CTL_TAKES_MORE(option) (G_GUINT64_CONSTANT (1) << (CPT_CTL_OPTION_##option - 64))

typedef struct _CptCtlCommand CptCtlCommand;

/**
 * CptCtl:
 * @options: what was given
 * @path: (nullable): the workspace
 * @database: (nullable): open when the command needs it
 * @args: what stands behind the command and the workspace, NULL-terminated
 * @n_args: their number
 * @cancellable: cancelled by Ctrl+C
 *
 * One run of one command.
 */
typedef struct
{
  const CptCtlCommand *command;
  CptCtlOptions        options;
  char                *path;
  CptDatabase         *database;
  char               **args; /* borrowed from the command line */
  guint                n_args;
  GCancellable        *cancellable;
} CptCtl;

typedef enum
{
  CPT_CTL_NO_FILE, /* works without a workspace */
  CPT_CTL_PATH, /* needs the name of one, not the file itself */
  CPT_CTL_READ,
  CPT_CTL_WRITE,
} CptCtlAccess;

/**
 * CptCtlCommand:
 * @name: one word, or two for a group: "dashboard export"
 * @arguments: for the usage line, placeholders marked for translation, or ""
 * @summary: one line, untranslated
 * @details: (nullable): shown below by --help, untranslated
 * @access: what it needs of the workspace
 * @min_args: arguments behind the workspace
 * @max_args: likewise; G_MAXUINT for any number
 * @options: bits CPT_CTL_TAKES (NAME)
 * @more_options: bits CPT_CTL_TAKES_MORE (NAME)
 * @run: FALSE with @error when it failed
 *
 * One command.
 */
struct _CptCtlCommand
{
  const char   *name;
  const char   *arguments;
  const char   *summary;
  const char   *details;
  CptCtlAccess  access;
  guint         min_args;
  guint         max_args;
  guint64       options;
  guint64       more_options;
  gboolean    (*run) (CptCtl  *self,
                      GError **error);
};

/* Of the commands "list", "query" and "table": cpt-ctl-list.c */
gboolean cpt_ctl_run_list  (CptCtl  *self,
                            GError **error);
gboolean cpt_ctl_run_query (CptCtl  *self,
                            GError **error);
gboolean cpt_ctl_run_table (CptCtl  *self,
                            GError **error);

/* The same of facts, which are no records; @filter (nullable): cpt-ctl-facts.c */
gboolean cpt_ctl_list_facts (CptCtl           *self,
                             const CptEntity  *entity,
                             CptFilter        *filter,
                             GError          **error);

/* Refuses the options that need records */
gboolean cpt_ctl_check_facts (CptCtl           *self,
                              const CptEntity  *entity,
                              GError          **error);

/* Of "dashboard numbers": cpt-ctl-numbers.c */
gboolean cpt_ctl_run_numbers (CptCtl  *self,
                              GError **error);
/* The dashboard that the first argument names, called as its record is, under the filters that
 * options want; (transfer full) */
CptDashboard *cpt_ctl_load_dashboard (CptCtl  *self,
                                      GError **error);

/* The workflow that the first argument names; (transfer full) (nullable) */
CptRecord    *cpt_ctl_load_workflow  (CptCtl  *self,
                                      GError **error);

/* Adds to @ids the records that the arguments behind the workflow name, and those that meet the conditions */
gboolean      cpt_ctl_add_subjects   (CptCtl           *self,
                                      const CptEntity  *entity,
                                      GArray           *ids,
                                      GError          **error);
/* As --now and others are written; @instant stays where @text (nullable) is not given */
gboolean      cpt_ctl_read_instant   (CptCtl      *self,
                                      const char  *text,
                                      gint64      *instant,
                                      GError     **error);

/* One table for each group, ended by a NULL name */
extern const CptCtlCommand cpt_ctl_workspace_commands[];
extern const CptCtlCommand cpt_ctl_transfer_commands[];
extern const CptCtlCommand cpt_ctl_read_commands[];
extern const CptCtlCommand cpt_ctl_metric_commands[];
extern const CptCtlCommand cpt_ctl_trend_commands[];
extern const CptCtlCommand cpt_ctl_alert_commands[];
extern const CptCtlCommand cpt_ctl_notice_commands[];
extern const CptCtlCommand cpt_ctl_goal_commands[];
extern const CptCtlCommand cpt_ctl_write_commands[];
extern const CptCtlCommand cpt_ctl_duplicates_commands[];
extern const CptCtlCommand cpt_ctl_log_commands[];
extern const CptCtlCommand cpt_ctl_dashboard_commands[];
extern const CptCtlCommand cpt_ctl_report_commands[];
extern const CptCtlCommand cpt_ctl_schedule_commands[];
extern const CptCtlCommand cpt_ctl_automation_commands[];
extern const CptCtlCommand cpt_ctl_workflow_commands[];
extern const CptCtlCommand cpt_ctl_workflow_drawing_commands[];
extern const CptCtlCommand cpt_ctl_simulate_commands[];
extern const CptCtlCommand cpt_ctl_migration_commands[];
extern const CptCtlCommand cpt_ctl_pause_commands[];
extern const CptCtlCommand cpt_ctl_plan_commands[];
extern const CptCtlCommand cpt_ctl_print_commands[];
extern const CptCtlCommand cpt_ctl_pack_commands[];
extern const CptCtlCommand cpt_ctl_fields_commands[];
extern const CptCtlCommand cpt_ctl_layout_commands[];
extern const CptCtlCommand cpt_ctl_rules_commands[];
extern const CptCtlCommand cpt_ctl_file_commands[];
extern const CptCtlCommand cpt_ctl_card_commands[];

/* A command may end with another status than DONE without failing */
#define CPT_CTL_ERROR (cpt_ctl_error_quark ())
typedef enum
{
  CPT_CTL_ERROR_USAGE,
  CPT_CTL_ERROR_FAULTS,
  CPT_CTL_ERROR_PARTIAL, /* what could be done is done */
} CptCtlError;

GQuark       cpt_ctl_error_quark    (void);
CptCtlStatus cpt_ctl_status_of      (const GError *error);

/* options */

gboolean     cpt_ctl_options_parse  (CptCtl   *self,
                                     int      *argc,
                                     char   ***argv,
                                     GError  **error);
void         cpt_ctl_options_clear  (CptCtlOptions *options);
/* How many to print: what --limit says, where 0 is all there are; @otherwise without it */
guint        cpt_ctl_get_limit      (CptCtl *self,
                                     guint   otherwise);
/* Takes away from @items, of which one more was asked for, what @limit leaves out.
 * Says that there is more when nobody asked for a limit. Returns: whether there is */
gboolean     cpt_ctl_cut            (CptCtl    *self,
                                     GPtrArray *items,
                                     guint      limit);
/* Says that a list ends after @limit because nobody asked for another one */
void         cpt_ctl_say_cut        (CptCtl *self,
                                     guint   limit);
/* How the command is written: "comptoirctl new WORKSPACE KIND FIELD=VALUE…" */
char        *cpt_ctl_dup_usage      (const CptCtlCommand *command);
/* What --help prints */
char        *cpt_ctl_dup_help       (const CptCtlCommand *command);

/* output: all text goes through here. Control characters of data never reach
 * a terminal. */

/* Whether somebody still reads */
gboolean     cpt_ctl_can_print      (void);
void         cpt_ctl_print          (const char *format,
                                     ...) G_GNUC_PRINTF (1, 2);
/* Takes nothing; one line */
void         cpt_ctl_print_json     (JsonNode *node);
/* The same for a builder's root */
void         cpt_ctl_print_builder  (JsonBuilder *builder);
/* A line for a person, on standard error */
void         cpt_ctl_say            (const char *format,
                                     ...) G_GNUC_PRINTF (1, 2);
/* @text with control and bidirectional characters made visible: \n, \x1b, \u202e */
char        *cpt_ctl_escape         (const char *text);
/* FALSE when not everything could be written */
gboolean     cpt_ctl_flush          (GError **error);

typedef struct _CptCtlTable CptCtlTable;

/* Columns as wide as needed on a terminal; separated by tabs in a pipe */
CptCtlTable *cpt_ctl_table_new      (guint n_columns);
/* (transfer full): n_columns texts, NULL-terminated */
void         cpt_ctl_table_take_row (CptCtlTable  *self,
                                     char        **cells);
/* Numbers stand on the right */
void         cpt_ctl_table_align    (CptCtlTable *self,
                                     guint        column);
/* Prints and empties it */
void         cpt_ctl_table_print    (CptCtlTable *self);
void         cpt_ctl_table_free     (CptCtlTable *self);

void         cpt_ctl_json_text      (JsonBuilder *builder,
                                     const char  *member,
                                     const char  *text);
/* null where it is at no time: G_MAXINT64, or G_MININT64 */
void         cpt_ctl_json_instant   (JsonBuilder *builder,
                                     const char  *member,
                                     gint64       instant);
/* (transfer full): for people; a dash where it is at no time */
char        *cpt_ctl_dup_instant    (CptCtl *self,
                                     gint64  instant);
void         cpt_ctl_json_int       (JsonBuilder *builder,
                                     const char  *member,
                                     gint64       number);
void         cpt_ctl_json_boolean   (JsonBuilder *builder,
                                     const char  *member,
                                     gboolean     value);
void         cpt_ctl_json_strings   (JsonBuilder *builder,
                                     const char  *member,
                                     GPtrArray   *texts);
void         cpt_ctl_json_id        (JsonBuilder   *builder,
                                     const char    *member,
                                     const CptUuid *id);

/* Ends the array of @builder, the only member of its object, and prints that with
 * --json; else @table, which says the same */
void         cpt_ctl_print_list     (CptCtl      *self,
                                     JsonBuilder *builder,
                                     CptCtlTable *table);
/* What was made: its identifier */
void         cpt_ctl_print_made     (CptCtl        *self,
                                     const CptUuid *id);
/* Something ready to be added: members of an object, and a row of three */
void         cpt_ctl_add_template   (JsonBuilder *builder,
                                     CptCtlTable *table,
                                     const char  *name,
                                     const char  *title,
                                     const char  *description);

/* The file that --output names; what is there already only with --force */
CptOutput   *cpt_ctl_open_output    (CptCtl  *self,
                                     GError **error);
/* To that file, or to standard output */
gboolean     cpt_ctl_write_bytes    (CptCtl  *self,
                                     GBytes  *bytes,
                                     GError **error);
/* Not both --output FILE and --each FOLDER */
gboolean         cpt_ctl_check_each        (CptCtl  *self,
                                            GError **error);
/* The paths of what was written into a folder */
void             cpt_ctl_print_files       (CptCtl    *self,
                                            GPtrArray *written);

/* records */

/* "deal" or "deals", in any case; CPT_ERROR_NOT_FOUND with the names there are */
const CptEntity *cpt_ctl_find_entity (CptCtl      *self,
                                      const char  *name,
                                      GError     **error);
/* "field=text": the field and its value, links by title or identifier; "field+=text"
 * and "field-=text" add to sets and take away. @field is set as soon as it is known,
 * also when its value is refused. */
gboolean         cpt_ctl_parse_assignment (CptCtl           *self,
                                           const CptEntity  *entity,
                                           const char       *text,
                                           CptBulkKind      *kind,
                                           const CptField  **field,
                                           CptValue         *value,
                                           GError          **error);
/* --filter as JSON, "@FILE" or "-", and conditions like "amount>=1000".
 * NULL without @error when nothing restricts. */
CptFilter       *cpt_ctl_build_filter (CptCtl             *self,
                                       const CptEntity    *entity,
                                       const char         *json,
                                       const char *const  *conditions,
                                       GError            **error);
/* The text itself, the content of the file behind "@", or standard input for "-" */
char            *cpt_ctl_read_text   (const char  *text,
                                      GError     **error);
/* "this-year", "last-30-days", "2026-Q2": as in questions. @period stays NULL where
 * @text (nullable) is. */
gboolean         cpt_ctl_parse_period (const char  *text,
                                       JsonNode   **period,
                                       GError     **error);
/* Filters of a dashboard or a report, as --filter, --period and --where want them.
 * @filters: (inout) (nullable): those that it has of its own, see cpt-dashboard-filter.h */
gboolean         cpt_ctl_choose_filters (CptCtl    *self,
                                         JsonNode **filters,
                                         GError   **error);
/* Whether options say which records are meant: --where, --filter, --search */
gboolean         cpt_ctl_has_conditions (CptCtl *self);
/* The records that --where, --filter and --search mean, in the order of creation */
CptQuery        *cpt_ctl_create_query (CptCtl           *self,
                                       const CptEntity  *entity,
                                       GError          **error);
/* Does @bulk to them */
gboolean         cpt_ctl_run_bulk    (CptCtl           *self,
                                      const CptEntity  *entity,
                                      CptBulk          *bulk,
                                      GError          **error);
/* import and export of cards and calendars. (nullable): "vcf", "vcard3" or "ics"
 * when --format or the name of the output says so */
const char      *cpt_ctl_get_item_format (CptCtl *self);
gboolean         cpt_ctl_import_items    (CptCtl       *self,
                                          const char   *path,
                                          CptItemFile   kind,
                                          GError      **error);
gboolean         cpt_ctl_export_items    (CptCtl         *self,
                                          CptQuery       *query,
                                          GOutputStream  *stream,
                                          GError        **error);
/* Whether --scope or --on is given: what a change of a repeating task is about */
gboolean         cpt_ctl_has_scope       (CptCtl *self);
/* --scope for all tasks that meet the conditions, if it is given */
gboolean         cpt_ctl_add_scope       (CptCtl           *self,
                                          const CptEntity  *entity,
                                          CptBulk          *bulk,
                                          GError          **error);
CptSeriesEdit   *cpt_ctl_create_series_edit (CptCtl           *self,
                                             const CptEntity  *entity,
                                             const CptUuid    *id,
                                             GError          **error);
/* list --trash */
gboolean         cpt_ctl_list_trash  (CptCtl  *self,
                                      GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptCtlTable, cpt_ctl_table_free)

G_END_DECLS
