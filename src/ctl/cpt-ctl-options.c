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
    { "workspace", 'w', 0, G_OPTION_ARG_FILENAME, NULL, N_("The workspace, in place of the first argument"), N_("FILE") }, AT (workspace) },
  [CPT_CTL_OPTION_JSON] = { { "json", 'j', 0, G_OPTION_ARG_NONE, NULL, N_("Print JSON"), NULL }, AT (json) },
  [CPT_CTL_OPTION_FILTER] = { { "filter", 'f', 0, G_OPTION_ARG_STRING, NULL, N_("Only records that this filter matches: JSON, @FILE, or - for standard input"), N_("JSON") }, AT (filter) },
  [CPT_CTL_OPTION_SEARCH] = { { "search", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Only records with these words"), N_("WORDS") }, AT (search) },
  [CPT_CTL_OPTION_SORT] = { { "sort", 's', 0, G_OPTION_ARG_STRING, NULL, N_("Order: fields separated by commas, - in front for descending"), N_("FIELDS") }, AT (sort) },
  [CPT_CTL_OPTION_COLUMNS] = { { "columns", 'c', 0, G_OPTION_ARG_STRING, NULL, N_("Fields to print, separated by commas; through links with a point"), N_("FIELDS") }, AT (columns) },
  [CPT_CTL_OPTION_LIMIT] = { { "limit", 'n', 0, G_OPTION_ARG_INT, NULL, N_("At most so many"), N_("NUMBER") }, AT (limit) },
  [CPT_CTL_OPTION_OFFSET] = { { "offset", 0, 0, G_OPTION_ARG_INT, NULL, N_("Leave out so many at the beginning"), N_("NUMBER") }, AT (offset) },
  [CPT_CTL_OPTION_COUNT] = { { "count", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print only how many there are"), NULL }, AT (count) },
  [CPT_CTL_OPTION_TRASH] = { { "trash", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Look in the trash; delete then removes for good"), NULL }, AT (trash) },
  [CPT_CTL_OPTION_SET] = { { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, N_("Give a field a value, as in CSV; nothing behind = empties it"), N_("FIELD=VALUE") }, AT (set) },
  [CPT_CTL_OPTION_AS] = { { "as", 0, 0, G_OPTION_ARG_STRING, NULL, N_("What the rows are: organisation, contact, deal…; found out if not given"), N_("KIND") }, AT (as) },
  [CPT_CTL_OPTION_MAP] = { { "map", 'm', 0, G_OPTION_ARG_STRING_ARRAY, NULL, N_("A column becomes a field; nothing behind = leaves the column out"), N_("COLUMN=FIELD") }, AT (map) },
  [CPT_CTL_OPTION_LINK] = { { "link", 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, N_("What happens where a link names no record: reject, empty, create or similar"), N_("COLUMN=RULE") }, AT (link) },
  [CPT_CTL_OPTION_MULTIPLY] = { { "multiply", 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, N_("Numbers of a column are counted in this: 1000000 for millions"), N_("COLUMN=FACTOR") }, AT (multiply) },
  [CPT_CTL_OPTION_VALUE] = { { "value", 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, N_("A text of a column stands for another one"), N_("COLUMN:TEXT=VALUE") }, AT (value) },
  [CPT_CTL_OPTION_CURRENCY] = { { "currency", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Currency (ISO 4217) of amounts that name none"), N_("CODE") }, AT (currency) },
  [CPT_CTL_OPTION_MODE] = { { "mode", 0, 0, G_OPTION_ARG_STRING, NULL, N_("create, update, create-or-update (if not given) or skip-existing"), N_("MODE") }, AT (mode) },
  [CPT_CTL_OPTION_KEY] = { { "key", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Field that finds existing records"), N_("FIELD") }, AT (key) },
  [CPT_CTL_OPTION_PLAN] = { { "plan", 0, 0, G_OPTION_ARG_STRING, NULL, N_("How to import: JSON as --dry-run --json prints it, @FILE, or - for standard input"), N_("JSON") }, AT (plan) },
  [CPT_CTL_OPTION_REJECTS] = { { "rejects", 'r', 0, G_OPTION_ARG_FILENAME, NULL, N_("Where rejected rows go; beside the imported file if not given"), N_("FILE") }, AT (rejects) },
  [CPT_CTL_OPTION_DRY_RUN] = { { "dry-run", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Store nothing, tell what would happen"), NULL }, AT (dry_run) },
  [CPT_CTL_OPTION_NO_HEADER] = { { "no-header", 0, 0, G_OPTION_ARG_NONE, NULL, N_("The first row is data"), NULL }, AT (no_header) },
  [CPT_CTL_OPTION_QUIET] = { { "quiet", 'q', 0, G_OPTION_ARG_NONE, NULL, N_("No progress"), NULL }, AT (quiet) },
  [CPT_CTL_OPTION_DATE_ORDER] = { { "date-order", 0, 0, G_OPTION_ARG_STRING, NULL, N_("ymd, dmy or mdy; found out if not given"), N_("ORDER") }, AT (date_order) },
  [CPT_CTL_OPTION_DECIMAL] = { { "decimal", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Decimal mark: . or ,"), N_("MARK") }, AT (decimal) },
  [CPT_CTL_OPTION_ENCODING] = { { "encoding", 0, 0, G_OPTION_ARG_STRING, NULL, N_("UTF-8, WINDOWS-1252, ISO-8859-15, UTF-16LE or UTF-16BE"), N_("NAME") }, AT (encoding) },
  [CPT_CTL_OPTION_SEPARATOR] = { { "separator", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Character between fields: comma, semicolon, tab or |"), N_("MARK") }, AT (separator) },
  [CPT_CTL_OPTION_FORMAT] = { { "format", 0, 0, G_OPTION_ARG_STRING, NULL, N_("csv or jsonl; pdf, svg or png for dashboards; by the name of the output if not given"), N_("NAME") }, AT (format) },
  [CPT_CTL_OPTION_OUTPUT] = { { "output", 'o', 0, G_OPTION_ARG_FILENAME, NULL, N_("Where the result goes; standard output if not given"), N_("FILE") }, AT (output) },
  [CPT_CTL_OPTION_NAME] = { { "name", 0, 0, G_OPTION_ARG_STRING, NULL, N_("What people call the workspace"), N_("TEXT") }, AT (name) },
  [CPT_CTL_OPTION_ZONE] = { { "zone", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Time zone: Europe/Paris"), N_("NAME") }, AT (zone) },
  [CPT_CTL_OPTION_COUNTRY] = { { "country", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Country (ISO 3166) of telephone numbers that name none"), N_("CODE") }, AT (country) },
  [CPT_CTL_OPTION_SEED] = { { "seed", 0, 0, G_OPTION_ARG_INT, NULL, N_("Equal numbers give equal demonstrations on equal days"), N_("NUMBER") }, AT (seed) },
  [CPT_CTL_OPTION_WHOLE] = { { "whole", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Compare everything with everything, which takes longer"), NULL }, AT (whole) },
  [CPT_CTL_OPTION_PAPER] = { { "paper", 0, 0, G_OPTION_ARG_STRING, NULL, N_("a4, a3 or letter"), N_("SIZE") }, AT (paper) },
  [CPT_CTL_OPTION_PORTRAIT] = { { "portrait", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Upright paper"), NULL }, AT (portrait) },
  [CPT_CTL_OPTION_FORCE] = { { "force", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Write over a file that exists"), NULL }, AT (force) },
};

G_STATIC_ASSERT (G_N_ELEMENTS (rows) == CPT_CTL_N_OPTIONS);
G_STATIC_ASSERT (CPT_CTL_N_OPTIONS <= 64);

static GOptionContext *
context_new (const CptCtlCommand *command,
             CptCtlOptions       *options)
{
  GOptionContext *context = g_option_context_new (NULL);
  g_autoptr(GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GOptionEntry entry = rows[i].entry;

      if ((command->options & (G_GUINT64_CONSTANT (1) << i)) == 0)
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

  if (g_option_context_parse (context, argc, argv, &parse_error))
    return TRUE;

  g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("%s; “comptoirctl %s --help” tells more."),
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

char *
cpt_ctl_dup_help (const CptCtlCommand *command)
{
  CptCtlOptions options = { 0 };
  g_autoptr(GOptionContext) context = context_new (command, &options);
  g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
  const char *body = strchr (help, '\n');

  /* GLib's usage line does not know the command and its arguments */
  return g_strdup_printf ("%s\n  comptoirctl %s%s %s\n%s", _("Usage:"), command->name,
                          command->access == CPT_CTL_NO_FILE ? "" : " WORKSPACE", command->arguments,
                          body != NULL && strchr (body + 1, '\n') != NULL ? strchr (body + 1, '\n') + 1 : "");
}
