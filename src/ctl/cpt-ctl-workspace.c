/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands on the workspace as a whole: init, demo, settings, check, schema. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-attachment.h"
#include "cpt-check.h"
#include "cpt-computed.h"
#include "cpt-country.h"
#include "cpt-error.h"
#include "cpt-rules-report.h"
#include "cpt-workspace.h"

#define DEFAULT_SEED 1
#define MEGABYTE (1000 * 1000)

/* In bytes. What is no number is as much too small as none. */
static gint64
read_limit (CptCtl *self)
{
  gint64 megabytes = 0;

  g_ascii_string_to_signed (self->options.file_limit, 10, 0, G_MAXINT32, &megabytes, NULL);

  return megabytes * MEGABYTE;
}

static gboolean
check_new_settings (CptCtl  *self,
                    GError **error)
{
  g_autoptr(GTimeZone) zone = self->options.zone != NULL ? g_time_zone_new_identifier (self->options.zone) : NULL;

  if (self->options.zone != NULL && zone == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("There is no time zone “%s”."), self->options.zone);
      return FALSE;
    }
  if (self->options.currency != NULL && cpt_currency_get_exponent (self->options.currency) < 0)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("There is no currency “%s”."), self->options.currency);
      return FALSE;
    }
  if (self->options.country != NULL && cpt_country_get_name (self->options.country) == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("There is no country “%s”."), self->options.country);
      return FALSE;
    }

  return self->options.file_limit == NULL || cpt_attachment_check_limit (read_limit (self), error);
}

static gboolean
save_setting (CptCtl      *self,
              const char  *key,
              const char  *value,
              GError     **error)
{
  return value == NULL || cpt_database_set_setting (self->database, key, value, error);
}

static gboolean
save_settings (CptCtl  *self,
               GError **error)
{
  return save_setting (self, "name", self->options.name, error) &&
         save_setting (self, "zone", self->options.zone, error) &&
         save_setting (self, "currency", self->options.currency, error) &&
         save_setting (self, "country", self->options.country, error) &&
         (self->options.file_limit == NULL || cpt_attachment_set_limit (self->database, read_limit (self), error));
}

static gboolean
open_new (CptCtl  *self,
          GError **error)
{
  CptWorkspaceOptions options = { .name = self->options.name, .zone = self->options.zone };

  if (!check_new_settings (self, error) || !cpt_workspace_create (self->path, &options, error))
    return FALSE;
  self->database = cpt_workspace_open_database (self->path, CPT_OPEN_WRITE, NULL, error);

  return self->database != NULL && save_settings (self, error);
}

/* In JSON by their names, all of them; for people by their labels, those that are there */
static gboolean
count_records (CptCtl       *self,
               JsonBuilder  *builder,
               CptCtlTable  *table,
               GError      **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (schema, &n_entities);

  for (guint i = 0; i < n_entities; i++)
    {
      g_autoptr(CptQuery) query = cpt_query_new (schema, entities[i]);
      char **cells;
      guint64 count;

      if (!cpt_query_count (query, self->database, &count, error))
        return FALSE;
      cpt_ctl_json_int (builder, entities[i]->name, (gint64) count);
      if (count == 0)
        continue;
      cells = g_new0 (char *, 3);
      cells[0] = g_strdup (cpt_entity_get_label_plural (entities[i]));
      cells[1] = g_strdup_printf ("%" G_GUINT64_FORMAT, count);
      cpt_ctl_table_take_row (table, cells);
    }

  return TRUE;
}

/* {"workspace":…,"records":{"organisation":400,…}} */
static gboolean
print_workspace (CptCtl  *self,
                 GError **error)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (2);
  g_autofree char *shown = g_filename_display_name (self->path);

  cpt_ctl_table_align (table, 1);
  json_builder_begin_object (builder);
  cpt_ctl_json_text (builder, "workspace", shown);
  json_builder_set_member_name (builder, "records");
  json_builder_begin_object (builder);
  if (!count_records (self, builder, table, error))
    return FALSE;
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  if (self->options.json)
    cpt_ctl_print_builder (builder);
  else if (!self->options.quiet)
    cpt_ctl_table_print (table);

  return TRUE;
}

static gboolean
run_init (CptCtl  *self,
          GError **error)
{
  return open_new (self, error) && print_workspace (self, error);
}

static gboolean
run_demo (CptCtl  *self,
          GError **error)
{
  guint32 seed = self->options.seed != 0 ? (guint32) self->options.seed : DEFAULT_SEED;

  if (self->options.name == NULL)
    self->options.name = g_strdup (CPT_WORKSPACE_DEMO_NAME);

  return open_new (self, error) && cpt_workspace_fill_demo (self->database, seed, error) && print_workspace (self, error);
}

static void
add_limit (CptCtl      *self,
           JsonBuilder *builder,
           CptCtlTable *table)
{
  gint64 limit = cpt_attachment_get_limit (self->database);
  char **cells = g_new0 (char *, 3);

  cpt_ctl_json_int (builder, "file_limit", limit);
  cells[0] = g_strdup ("file_limit");
  cells[1] = g_format_size ((guint64) limit);
  cpt_ctl_table_take_row (table, cells);
}

static gboolean
run_settings (CptCtl  *self,
              GError **error)
{
  static const char *const keys[] = { "name", "zone", "currency", "country" };
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (2);

  if (!check_new_settings (self, error))
    return FALSE;
  if (self->options.name != NULL || self->options.zone != NULL || self->options.currency != NULL ||
      self->options.country != NULL || self->options.file_limit != NULL)
    {
      cpt_database_close (self->database);
      self->database = cpt_workspace_open_database (self->path, CPT_OPEN_WRITE, NULL, error);
      if (self->database == NULL || !save_settings (self, error))
        return FALSE;
    }

  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *value = cpt_database_dup_setting (self->database, keys[i]);
      char **cells = g_new0 (char *, 3);

      cpt_ctl_json_text (builder, keys[i], value);
      cells[0] = g_strdup (keys[i]);
      cells[1] = g_strdup (value != NULL ? value : "");
      cpt_ctl_table_take_row (table, cells);
    }
  add_limit (self, builder, table);
  json_builder_end_object (builder);

  if (self->options.json)
    cpt_ctl_print_builder (builder);
  else
    cpt_ctl_table_print (table);

  return TRUE;
}

/* Opening for writing takes back what a crash has interrupted, as every opening
 * does; a file that can't be written is checked as it is */
static gboolean
open_to_check (CptCtl  *self,
               GError **error)
{
  self->database = cpt_workspace_open_database (self->path, CPT_OPEN_WRITE, NULL, NULL);
  if (self->database == NULL)
    self->database = cpt_workspace_open_database (self->path, CPT_OPEN_READ, NULL, error);
  if (self->database == NULL)
    return FALSE;
  cpt_database_watch (self->database, self->cancellable);

  return TRUE;
}

/* What should be known though nothing is wrong with the file */
static void
print_remarks (GPtrArray *remarks)
{
  for (guint i = 0; i < remarks->len; i++)
    {
      g_autofree char *remark = cpt_ctl_escape (g_ptr_array_index (remarks, i));

      /* Translators: something to know that is no fault */
      cpt_ctl_print (_("Remark: %s\n"), remark);
    }
  cpt_ctl_print ("%s\n", _("No problem was found."));
}

static gboolean
run_check (CptCtl  *self,
           GError **error)
{
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(GPtrArray) remarks = NULL;
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  if (!open_to_check (self, error))
    return FALSE;
  if (!cpt_database_is_read_only (self->database) && !cpt_computed_run (self->database, 0, NULL, error))
    return FALSE;
  findings = cpt_check_run (self->database, self->options.whole, self->cancellable, error);
  if (findings == NULL)
    return FALSE;
  /* Where the file has faults, these count. */
  remarks = findings->len == 0 ? cpt_rules_list_remarks (self->database, error) : g_ptr_array_new ();
  if (remarks == NULL)
    return FALSE;

  json_builder_begin_object (builder);
  cpt_ctl_json_boolean (builder, "ok", findings->len == 0);
  cpt_ctl_json_strings (builder, "findings", findings);
  cpt_ctl_json_strings (builder, "remarks", remarks);
  json_builder_end_object (builder);
  if (self->options.json)
    cpt_ctl_print_builder (builder);

  for (guint i = 0; i < findings->len && !self->options.json; i++)
    {
      g_autofree char *finding = cpt_ctl_escape (g_ptr_array_index (findings, i));

      cpt_ctl_print ("%s\n", finding);
    }
  if (findings->len == 0)
    {
      if (!self->options.json && !self->options.quiet)
        print_remarks (remarks);
      return TRUE;
    }

  g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_FAULTS,
               g_dngettext (GETTEXT_PACKAGE, "%u problem was found.", "%u problems were found.", findings->len), findings->len);

  return FALSE;
}

static gboolean
run_schema (CptCtl  *self,
            GError **error)
{
  g_autoptr(CptSchema) schema = NULL;
  g_autoptr(JsonNode) node = NULL;

  if (self->options.workspace != NULL || self->n_args > 0)
    {
      self->database = cpt_workspace_open_database (self->options.workspace != NULL ? self->options.workspace : self->args[0],
                                                    CPT_OPEN_READ, NULL, error);
      if (self->database == NULL)
        return FALSE;
      schema = cpt_schema_ref (cpt_database_get_schema (self->database));
    }
  else
    {
      schema = cpt_schema_new ();
    }

  node = cpt_schema_to_json (schema);
  cpt_ctl_print_json (node);

  return TRUE;
}

#define SETTING_OPTIONS                                                                                                     \
  (CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (QUIET) | CPT_CTL_TAKES (NAME) | CPT_CTL_TAKES (ZONE) | \
   CPT_CTL_TAKES (CURRENCY) | CPT_CTL_TAKES (COUNTRY))

const CptCtlCommand cpt_ctl_workspace_commands[] = {
  {
    .name = "init",
    .arguments = "",
    .summary = N_("Create a workspace"),
    .details = N_("The file must not exist. It gets a sales pipeline, a user and a dashboard."),
    .access = CPT_CTL_PATH,
    .min_args = 0,
    .max_args = 0,
    .options = SETTING_OPTIONS,
    .run = run_init,
  },
  {
    .name = "demo",
    .arguments = "",
    .summary = N_("Create a workspace with a demonstration company"),
    .access = CPT_CTL_PATH,
    .min_args = 0,
    .max_args = 0,
    .options = SETTING_OPTIONS | CPT_CTL_TAKES (SEED),
    .run = run_demo,
  },
  {
    .name = "settings",
    .arguments = "",
    .summary = N_("Show or change name, time zone, currency, country and the size that files may have"),
    .access = CPT_CTL_READ,
    .min_args = 0,
    .max_args = 0,
    .options = (SETTING_OPTIONS & ~CPT_CTL_TAKES (QUIET)) | CPT_CTL_TAKES (FILE_LIMIT),
    .run = run_settings,
  },
  {
    .name = "check",
    .arguments = "",
    .summary = N_("Check the workspace for problems; repairs nothing"),
    .details = N_("The exit status is 6 when there are problems."),
    .access = CPT_CTL_PATH,
    .min_args = 0,
    .max_args = 0,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (WHOLE) | CPT_CTL_TAKES (QUIET),
    .run = run_check,
  },
  {
    .name = "schema",
    .arguments = N_("[WORKSPACE]"),
    .summary = N_("Print the kinds of records and their fields as JSON"),
    .access = CPT_CTL_NO_FILE,
    .min_args = 0,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_schema,
  },
  { NULL },
};
