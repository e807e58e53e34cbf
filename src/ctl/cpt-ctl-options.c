/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All options of all commands in one table; each command names those that it
 * takes, so the same word means the same everywhere. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>
#include <stddef.h>
#include <string.h>

typedef struct
{
  GOptionEntry entry; /* without the place of the value */
  gsize offset;       /* in CptCtlOptions */
} OptionRow;

#define AT(member) offsetof (CptCtlOptions, member)

static const OptionRow rows[] = {
  [CPT_CTL_OPTION_WORKSPACE] = {
    { "workspace", 'w', 0, G_OPTION_ARG_FILENAME, NULL, N_("The workspace, instead of the first argument"), N_("FILE") }, AT (workspace) },
  [CPT_CTL_OPTION_JSON] = { { "json", 'j', 0, G_OPTION_ARG_NONE, NULL, N_("Print JSON"), NULL }, AT (json) },
  [CPT_CTL_OPTION_FILTER] = { { "filter", 'f', 0, G_OPTION_ARG_STRING, NULL, N_("Only records that this filter matches: JSON, @FILE, or - for standard input"), N_("JSON") }, AT (filter) },
  [CPT_CTL_OPTION_SEARCH] = { { "search", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Only records with these words"), N_("WORDS") }, AT (search) },
  [CPT_CTL_OPTION_SORT] = { { "sort", 's', 0, G_OPTION_ARG_STRING, NULL, N_("Sort by these fields, separated by commas; - in front sorts descending"), N_("FIELDS") }, AT (sort) },
  [CPT_CTL_OPTION_COLUMNS] = { { "columns", 'c', 0, G_OPTION_ARG_STRING, NULL, N_("Fields to print, separated by commas; a dot follows a link"), N_("FIELDS") }, AT (columns) },
  [CPT_CTL_OPTION_LIMIT] = { { "limit", 'n', 0, G_OPTION_ARG_INT, NULL, N_("Print at most this many; 0 for all"), N_("NUMBER") }, AT (limit) },
  [CPT_CTL_OPTION_OFFSET] = { { "offset", 0, 0, G_OPTION_ARG_INT, NULL, N_("Skip this many at the beginning"), N_("NUMBER") }, AT (offset) },
  [CPT_CTL_OPTION_COUNT] = { { "count", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print only the number of records"), NULL }, AT (count) },
  [CPT_CTL_OPTION_TRASH] = { { "trash", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Look in the trash; delete then deletes for good"), NULL }, AT (trash) },
  [CPT_CTL_OPTION_SET] = { { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, N_("Give a field a value, as in CSV; an empty value clears it"), N_("FIELD=VALUE") }, AT (set) },
  [CPT_CTL_OPTION_AS] = { { "as", 0, 0, G_OPTION_ARG_STRING, NULL, N_("What the rows are: organisation, contact, deal…, or whose export: odoo-partners…; detected by default"), N_("KIND") }, AT (as) },
  [CPT_CTL_OPTION_MAP] = { { "map", 'm', 0, G_OPTION_ARG_STRING_ARRAY, NULL, N_("Put a column into a field; an empty field leaves it out"), N_("COLUMN=FIELD") }, AT (map) },
  [CPT_CTL_OPTION_LINK] = { { "link", 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, N_("What to do where a link names no record: reject, empty, create or similar"), N_("COLUMN=RULE") }, AT (link) },
  [CPT_CTL_OPTION_MULTIPLY] = { { "multiply", 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, N_("Multiply the numbers of a column: 1000000 for millions"), N_("COLUMN=FACTOR") }, AT (multiply) },
  [CPT_CTL_OPTION_VALUE] = { { "value", 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, N_("Read a text in a column as another value"), N_("COLUMN:TEXT=VALUE") }, AT (value) },
  [CPT_CTL_OPTION_CURRENCY] = { { "currency", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Currency (ISO 4217) of amounts without one"), N_("CODE") }, AT (currency) },
  [CPT_CTL_OPTION_MODE] = { { "mode", 0, 0, G_OPTION_ARG_STRING, NULL, N_("create, update, create-or-update (the default) or skip-existing"), N_("MODE") }, AT (mode) },
  [CPT_CTL_OPTION_KEY] = { { "key", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Field by which existing records are found"), N_("FIELD") }, AT (key) },
  [CPT_CTL_OPTION_PLAN] = { { "plan", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Import plan: JSON as printed by --dry-run --json, @FILE, or - for standard input"), N_("JSON") }, AT (plan) },
  [CPT_CTL_OPTION_REJECTS] = { { "rejects", 'r', 0, G_OPTION_ARG_FILENAME, NULL, N_("File for the rejected rows; by default next to the imported file"), N_("FILE") }, AT (rejects) },
  [CPT_CTL_OPTION_DRY_RUN] = { { "dry-run", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Store nothing, show what would happen"), NULL }, AT (dry_run) },
  [CPT_CTL_OPTION_NO_HEADER] = { { "no-header", 0, 0, G_OPTION_ARG_NONE, NULL, N_("The first row is data"), NULL }, AT (no_header) },
  [CPT_CTL_OPTION_QUIET] = { { "quiet", 'q', 0, G_OPTION_ARG_NONE, NULL, N_("Show no progress"), NULL }, AT (quiet) },
  [CPT_CTL_OPTION_DATE_ORDER] = { { "date-order", 0, 0, G_OPTION_ARG_STRING, NULL, N_("ymd, dmy or mdy; detected by default"), N_("ORDER") }, AT (date_order) },
  [CPT_CTL_OPTION_DECIMAL] = { { "decimal", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Decimal mark: . or ,"), N_("MARK") }, AT (decimal) },
  [CPT_CTL_OPTION_ENCODING] = { { "encoding", 0, 0, G_OPTION_ARG_STRING, NULL, N_("UTF-8, WINDOWS-1252, ISO-8859-15, UTF-16LE or UTF-16BE"), N_("NAME") }, AT (encoding) },
  [CPT_CTL_OPTION_SHEET] = { { "sheet", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Sheet of a workbook; the first by default"), N_("NAME") }, AT (sheet) },
  [CPT_CTL_OPTION_SEPARATOR] = { { "separator", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Separator of fields: comma, semicolon, tab or |"), N_("MARK") }, AT (separator) },
  [CPT_CTL_OPTION_FORMAT] = { { "format", 0, 0, G_OPTION_ARG_STRING, NULL, N_("csv, xlsx or jsonl; pdf, svg, png, xlsx or csv for dashboards; by default from the name of the output"), N_("NAME") }, AT (format) },
  [CPT_CTL_OPTION_OUTPUT] = { { "output", 'o', 0, G_OPTION_ARG_FILENAME, NULL, N_("File for the result; by default standard output"), N_("FILE") }, AT (output) },
  [CPT_CTL_OPTION_NAME] = { { "name", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Name of the workspace"), N_("TEXT") }, AT (name) },
  [CPT_CTL_OPTION_ZONE] = { { "zone", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Time zone, such as Europe/Paris"), N_("NAME") }, AT (zone) },
  [CPT_CTL_OPTION_COUNTRY] = { { "country", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Country (ISO 3166) of telephone numbers without one"), N_("CODE") }, AT (country) },
  [CPT_CTL_OPTION_SEED] = { { "seed", 0, 0, G_OPTION_ARG_INT, NULL, N_("The same number gives the same demonstration on the same day, and chooses the same records"), N_("NUMBER") }, AT (seed) },
  [CPT_CTL_OPTION_WHOLE] = { { "whole", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Compare everything with everything; takes longer"), NULL }, AT (whole) },
  [CPT_CTL_OPTION_PAPER] = { { "paper", 0, 0, G_OPTION_ARG_STRING, NULL, N_("a4, a3 or letter"), N_("SIZE") }, AT (paper) },
  [CPT_CTL_OPTION_PORTRAIT] = { { "portrait", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Portrait orientation"), NULL }, AT (portrait) },
  [CPT_CTL_OPTION_PAGE_PER_GROUP] = { { "page-per-group", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Each group begins on a page of its own"), NULL }, AT (page_per_group) },
  [CPT_CTL_OPTION_FORCE] = { { "force", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Overwrite an existing file"), NULL }, AT (force) },
  [CPT_CTL_OPTION_RESCUE] = { { "rescue", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Write all records that can still be read of a damaged workspace"), NULL }, AT (rescue) },
  [CPT_CTL_OPTION_RECORD] = { { "record", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Only those that look like this record"), N_("RECORD") }, AT (record) },
  [CPT_CTL_OPTION_MIN] = { { "min", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Least score, from 0 to 1; 0.8 by default"), N_("SCORE") }, AT (min) },
  [CPT_CTL_OPTION_FIELD] = { { "field", 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, N_("Take a field from this record"), N_("FIELD=RECORD") }, AT (field) },
  [CPT_CTL_OPTION_WHERE] = { { "where", 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, N_("Only records that meet this condition, as in list; several hold together"), N_("CONDITION") }, AT (where) },
  [CPT_CTL_OPTION_GROUP] = { { "group", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Divide the list by a field; of dates with :day, :week, :month, :quarter or :year; - in front turns the groups round"), N_("FIELD") }, AT (group) },
  [CPT_CTL_OPTION_TOTALS] = { { "totals", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Totals of the list and its groups, separated by commas: amount:sum, probability:avg; min, max and count"), N_("TOTALS") }, AT (totals) },
  [CPT_CTL_OPTION_VIEW] = { { "view", 0, 0, G_OPTION_ARG_STRING, NULL, N_("As a saved view shows them"), N_("NAME") }, AT (view) },
  [CPT_CTL_OPTION_WITH_DATA] = { { "with-data", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Also what somebody changed or filled in"), NULL }, AT (with_data) },
  [CPT_CTL_OPTION_SCOPE] = { { "scope", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Of a task that repeats: this, following or all"), N_("SCOPE") }, AT (scope) },
  [CPT_CTL_OPTION_ON] = { { "on", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Of a task that repeats: a day on which it is still to come"), N_("DATE") }, AT (on) },
  [CPT_CTL_OPTION_REST] = { { "rest", 0, 0, G_OPTION_ARG_STRING, NULL, N_("What becomes of values that can’t be converted: refuse, keep or leave"), N_("RULE") }, AT (rest) },
  [CPT_CTL_OPTION_FILE_LIMIT] = { { "file-limit", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Size that an attached file may have, in MB"), N_("NUMBER") }, AT (file_limit) },
  [CPT_CTL_OPTION_TIMELINE] = { { "timeline", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Also what happened with the record"), NULL }, AT (timeline) },
  [CPT_CTL_OPTION_BY] = { { "by", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Break the number down by fields, separated by commas; dates with :day, :week, :month, :quarter or :year"), N_("FIELDS") }, AT (by) },
  [CPT_CTL_OPTION_PERIOD] = { { "period", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Only this period: this-year, last-30-days, 2026-Q2…"), N_("PERIOD") }, AT (period) },
  [CPT_CTL_OPTION_COMPARE] = { { "compare", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Beside the period before: previous, or that of last year: year"), N_("WHICH") }, AT (compare) },
  [CPT_CTL_OPTION_SHOW] = { { "show", 0, 0, G_OPTION_ARG_STRING, NULL, N_("As a part of all groups: share, or with the rows before: running"), N_("HOW") }, AT (show) },
  [CPT_CTL_OPTION_PER] = { { "per", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Count it for each of these groups first: fields as with --by"), N_("FIELDS") }, AT (per) },
  [CPT_CTL_OPTION_TOGETHER] = { { "together", 0, 0, G_OPTION_ARG_STRING, NULL, N_("How the groups of --per are put together: avg, sum, min, max, median or count; avg by default"), N_("HOW") }, AT (together) },
  [CPT_CTL_OPTION_EACH] = { { "each", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("A file for each record that a report is about, or for each widget of a dashboard, in this folder"), N_("FOLDER") }, AT (each) },
  [CPT_CTL_OPTION_WIDGET] = { { "widget", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Only this widget of the dashboard"), N_("NAME") }, AT (widget) },
  [CPT_CTL_OPTION_NOW] = { { "now", 0, 0, G_OPTION_ARG_STRING, NULL, N_("As if it were this instant, such as 2026-03-01T09:00:00Z"), N_("INSTANT") }, AT (now) },
  [CPT_CTL_OPTION_UNTIL] = { { "until", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Go on, from one due instant to the next, until this one"), N_("INSTANT") }, AT (until) },
  [CPT_CTL_OPTION_LOCAL] = { { "local", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Call addresses of this machine and its own network, too"), NULL }, AT (local) },
  [CPT_CTL_OPTION_DAYS] = { { "days", 0, 0, G_OPTION_ARG_INT, NULL, N_("How many days; 30 by default"), N_("NUMBER") }, AT (days) },
  [CPT_CTL_OPTION_FROM] = { { "from", 0, 0, G_OPTION_ARG_STRING, NULL, N_("When it begins, such as 2026-03-01T09:00:00Z"), N_("INSTANT") }, AT (from) },
  [CPT_CTL_OPTION_SAMPLE] = { { "sample", 0, 0, G_OPTION_ARG_INT, NULL, N_("Only so many records, chosen by --seed"), N_("NUMBER") }, AT (sample) },
  [CPT_CTL_OPTION_EVENTS] = { { "events", 0, 0, G_OPTION_ARG_STRING, NULL, N_("What is imagined to happen: JSON, @FILE, or - for standard input"), N_("JSON") }, AT (events) },
  [CPT_CTL_OPTION_DRAFT] = { { "draft", 0, 0, G_OPTION_ARG_NONE, NULL, N_("What is drawn now, published or not"), NULL }, AT (draft) },
};

G_STATIC_ASSERT (G_N_ELEMENTS (rows) == CPT_CTL_N_OPTIONS);
G_STATIC_ASSERT (CPT_CTL_N_OPTIONS <= 128);

static GOptionContext *
context_new (const CptCtlCommand *command,
             CptCtlOptions       *options)
{
  GOptionContext *context = g_option_context_new (NULL);
  g_autoptr(GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GOptionEntry entry = rows[i].entry;
      guint64 taken = i < 64 ? command->options : command->more_options;

      if ((taken & (G_GUINT64_CONSTANT (1) << (i % 64))) == 0)
        continue;
      entry.arg_data = (char *) options + rows[i].offset;
      g_array_append_val (entries, entry);
    }

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, (const GOptionEntry *) (gpointer) entries->data, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _(command->summary));
  if (command->details != NULL)
    g_option_context_set_description (context, _(command->details));
  /* --help is answered by the caller, who knows the usage line */
  g_option_context_set_help_enabled (context, FALSE);

  return context;
}

gboolean
cpt_ctl_options_parse (CptCtl   *self,
                       int      *argc,
                       char   ***argv,
                       GError  **error)
{
  g_autoptr(GOptionContext) context = context_new (self->command, &self->options);
  g_autoptr(GError) parse_error = NULL;

  self->options.limit = CPT_CTL_NO_LIMIT;
  if (g_option_context_parse (context, argc, argv, &parse_error))
    {
      gboolean is_limit_good = self->options.limit >= 0 || self->options.limit == CPT_CTL_NO_LIMIT;

      if (is_limit_good && self->options.offset >= 0)
        return TRUE;
      g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("The number behind %s must not be negative."),
                   is_limit_good ? "--offset" : "--limit");
      return FALSE;
    }

  g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("%s; see “comptoirctl %s --help”."),
               parse_error->message, self->command->name);

  return FALSE;
}

void
cpt_ctl_options_clear (CptCtlOptions *options)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gpointer place = (char *) options + rows[i].offset;

      if (rows[i].entry.arg == G_OPTION_ARG_STRING || rows[i].entry.arg == G_OPTION_ARG_FILENAME)
        g_clear_pointer ((char **) place, g_free);
      else if (rows[i].entry.arg == G_OPTION_ARG_STRING_ARRAY)
        g_clear_pointer ((char ***) place, g_strfreev);
    }
}

guint
cpt_ctl_get_limit (CptCtl *self,
                   guint   otherwise)
{
  if (self->options.limit == CPT_CTL_NO_LIMIT)
    return otherwise;

  return self->options.limit > 0 ? (guint) self->options.limit : G_MAXINT;
}

void
cpt_ctl_say_cut (CptCtl *self,
                 guint   limit)
{
  if (self->options.limit == CPT_CTL_NO_LIMIT)
    cpt_ctl_say (ngettext ("Only the first %u is shown; --limit 0 shows all.",
                           "Only the first %u are shown; --limit 0 shows all.", limit),
                 limit);
}

gboolean
cpt_ctl_cut (CptCtl    *self,
             GPtrArray *items,
             guint      limit)
{
  if (items->len <= limit)
    return FALSE;

  g_ptr_array_set_size (items, (int) limit);
  cpt_ctl_say_cut (self, limit);

  return TRUE;
}

char *
cpt_ctl_dup_usage (const CptCtlCommand *command)
{
  GString *usage = g_string_new ("comptoirctl ");

  g_string_append (usage, command->name);
  if (command->access != CPT_CTL_NO_FILE)
    g_string_append_printf (usage, " %s", _("WORKSPACE"));
  if (*command->arguments != '\0')
    g_string_append_printf (usage, " %s", _(command->arguments));

  return g_string_free (usage, FALSE);
}

char *
cpt_ctl_dup_help (const CptCtlCommand *command)
{
  CptCtlOptions options = { 0 };
  g_autoptr(GOptionContext) context = context_new (command, &options);
  g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
  g_autofree char *usage = cpt_ctl_dup_usage (command);
  const char *body = strchr (help, '\n');

  /* GLib's usage line does not know the command and its arguments */
  return g_strdup_printf ("%s\n  %s\n%s", _("Usage:"), usage,
                          body != NULL && strchr (body + 1, '\n') != NULL ? strchr (body + 1, '\n') + 1 : "");
}
