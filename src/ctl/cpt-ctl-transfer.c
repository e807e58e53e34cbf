/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands that move records in and out: import, export. */
#include "config.h"

#include "cpt-ctl.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "cpt-error.h"
#include "cpt-export.h"
#include "cpt-import.h"
#include "cpt-json.h"
#include "cpt-output.h"

/* import */

static CptImportColumn *
find_column (CptImportPlan  *plan,
             const char     *header,
             GError        **error)
{
  CptImportColumn *column = cpt_import_plan_find_column (plan, header);

  if (column == NULL)
    g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("The file has no column “%s”."), header);

  return column;
}

/* "left=right"; the left side may hold = when it is @last */
static gboolean
split_pair (const char  *text,
            char       **left,
            const char **right,
            GError     **error)
{
  const char *sign = strrchr (text, '=');

  if (sign == NULL)
    {
      g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("“%s” is not of the form COLUMN=…"), text);
      return FALSE;
    }
  *left = g_strndup (text, sign - text);
  *right = sign + 1;

  return TRUE;
}

static gboolean
apply_map (CptImportPlan    *plan,
           CptImportColumn  *column,
           const char       *value,
           GError          **error)
{
  return cpt_import_plan_map (plan, column, *value != '\0' ? value : NULL, error);
}

static gboolean
apply_member (CptImportPlan    *plan,
              CptImportColumn  *column,
              const char       *member,
              JsonNode         *value,
              GError          **error)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) node = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  cpt_ctl_json_text (builder, "header", column->header);
  json_builder_set_member_name (builder, member);
  json_builder_add_value (builder, value);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);

  return cpt_import_plan_apply_json (plan, node, error);
}

static gboolean
apply_link (CptImportPlan    *plan,
            CptImportColumn  *column,
            const char       *value,
            GError          **error)
{
  return apply_member (plan, column, "link_rule", json_node_init_string (json_node_alloc (), value), error);
}

static gboolean
apply_multiply (CptImportPlan    *plan,
                CptImportColumn  *column,
                const char       *value,
                GError          **error)
{
  gint64 factor;

  if (!g_ascii_string_to_signed (value, 10, 1, G_MAXINT64, &factor, NULL))
    {
      g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("“%s” is not a whole number."), value);
      return FALSE;
    }

  return apply_member (plan, column, "multiplier", json_node_init_int (json_node_alloc (), factor), error);
}

typedef gboolean (*PairFunc) (CptImportPlan *plan,
                              CptImportColumn *column,
                              const char *value,
                              GError **error);

static gboolean
each_pair (CptImportPlan  *plan,
           char          **pairs,
           PairFunc        func,
           GError        **error)
{
  for (guint i = 0; pairs != NULL && pairs[i] != NULL; i++)
    {
      g_autofree char *header = NULL;
      const char *value = NULL;
      CptImportColumn *column;

      if (!split_pair (pairs[i], &header, &value, error))
        return FALSE;
      column = find_column (plan, header, error);
      if (column == NULL || !func (plan, column, value, error))
        return FALSE;
    }

  return TRUE;
}

/* "sector:technolgy=technology": added to what the column maps already */
static gboolean
apply_values (CptImportPlan  *plan,
              char          **values,
              GError        **error)
{
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      g_autofree char *left = NULL;
      g_autoptr(JsonNode) node = NULL;
      const char *to = NULL;
      char *colon;
      CptImportColumn *column;

      if (!split_pair (values[i], &left, &to, error))
        return FALSE;
      colon = strchr (left, ':');
      if (colon == NULL)
        {
          g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("“%s” is not of the form COLUMN:TEXT=VALUE."), values[i]);
          return FALSE;
        }
      *colon = '\0';
      column = find_column (plan, left, error);
      if (column == NULL)
        return FALSE;

      node = column->values != NULL ? cpt_json_parse (column->values, -1, NULL) : NULL;
      if (node == NULL)
        node = json_node_init_object (json_node_alloc (), json_object_new ());
      json_object_set_string_member (json_node_get_object (node), colon + 1, to);
      if (!apply_member (plan, column, "values", g_steal_pointer (&node), error))
        return FALSE;
    }

  return TRUE;
}

/* The plan of --plan with what the other options say in its place */
static JsonNode *
read_plan (CptCtl  *self,
           GError **error)
{
  const CptCtlOptions *options = &self->options;
  g_autofree char *text = options->plan != NULL ? cpt_ctl_read_text (options->plan, error) : g_strdup ("{}");
  g_autoptr(JsonNode) node = text != NULL ? cpt_json_parse (text, -1, error) : NULL;
  const char *separator = options->separator;
  JsonObject *object;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return g_steal_pointer (&node);
  if (g_strcmp0 (separator, "comma") == 0)
    separator = ",";
  else if (g_strcmp0 (separator, "semicolon") == 0)
    separator = ";";
  else if (g_strcmp0 (separator, "tab") == 0)
    separator = "\t";

  object = json_node_get_object (node);
  if (options->mode != NULL)
    json_object_set_string_member (object, "mode", options->mode);
  if (options->key != NULL)
    json_object_set_string_member (object, "key", options->key);
  if (options->date_order != NULL)
    json_object_set_string_member (object, "date_order", options->date_order);
  if (options->decimal != NULL)
    json_object_set_string_member (object, "decimal", options->decimal);
  if (options->encoding != NULL)
    json_object_set_string_member (object, "encoding", options->encoding);
  if (separator != NULL)
    json_object_set_string_member (object, "separator", separator);
  if (options->sheet != NULL)
    json_object_set_string_member (object, "sheet", options->sheet);
  if (options->no_header)
    json_object_set_boolean_member (object, "header", FALSE);

  return g_steal_pointer (&node);
}

/* A plan for an export of another product that is forced or recognised, else
 * for the kind of records that the columns fit */
static CptImportPlan *
choose_plan (CptCtl                  *self,
             const char              *path,
             const CptImportReading  *reading,
             GError                 **error)
{
  g_autoptr(GError) local_error = NULL;
  const char *as = self->options.as;
  const CptImportExport *origin = cpt_import_export_find (as);
  const CptEntity *entity;

  if (as == NULL)
    origin = cpt_import_recognise (path, NULL, reading, &local_error);
  if (as == NULL && origin != NULL)
    origin = cpt_import_export_get_whole (origin);
  if (origin != NULL)
    return cpt_import_plan_new_from_export (self->database, origin, path, reading, error);

  if (as != NULL)
    {
      entity = cpt_ctl_find_entity (self, as, error);
      return entity != NULL ? cpt_import_plan_new (self->database, entity, path, reading, error) : NULL;
    }

  entity = local_error == NULL ? cpt_import_guess_entity (self->database, path, NULL, reading, &local_error) : NULL;
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (entity == NULL)
    g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID,
                         _("The columns of the file fit no kind of record. Name one with --as."));

  return entity != NULL ? cpt_import_plan_new (self->database, entity, path, reading, error) : NULL;
}

static CptImportPlan *
create_plan (CptCtl      *self,
             const char  *path,
             GError     **error)
{
  g_autoptr(JsonNode) node = read_plan (self, error);
  g_autoptr(CptImportPlan) plan = NULL;
  CptImportReading reading = CPT_IMPORT_READING_INIT;

  if (node == NULL || !cpt_import_reading_apply_json (&reading, node, error) ||
      (self->options.currency != NULL && !cpt_import_reading_set_currency (&reading, self->options.currency, error)))
    return NULL;

  plan = choose_plan (self, path, &reading, error);
  if (plan == NULL || !cpt_import_plan_apply_json (plan, node, error) ||
      !each_pair (plan, self->options.map, apply_map, error) ||
      !each_pair (plan, self->options.link, apply_link, error) ||
      !each_pair (plan, self->options.multiply, apply_multiply, error) ||
      !apply_values (plan, self->options.value, error))
    return NULL;
  cpt_import_plan_apply_reading (plan, &reading);

  return g_steal_pointer (&plan);
}

static void
show_progress (const CptImportProgress *progress,
               gpointer                 user_data)
{
  guint percent = progress->bytes_total > 0 ? (guint) (progress->bytes_done * 100 / progress->bytes_total) : 100;

  g_printerr ("\r%3u %%  ", percent);
  g_printerr (ngettext ("%lu row", "%lu rows", (gulong) progress->n_rows), (gulong) progress->n_rows);
}

static void
print_sentences (const char *head,
                 GPtrArray  *sentences)
{
  if (sentences->len > 0)
    cpt_ctl_print ("%s\n", head);
  for (guint i = 0; i < sentences->len; i++)
    {
      g_autofree char *shown = cpt_ctl_escape (g_ptr_array_index (sentences, i));

      cpt_ctl_print ("  %s\n", shown);
    }
}

static void
print_counts (const CptEntity         *entity,
              const CptImportProgress *counts)
{
  /* Translators: the first is a kind of records: Deals */
  cpt_ctl_print (ngettext ("%s: %llu row (created: %llu, updated: %llu, unchanged: %llu, skipped: %llu, rejected: %llu); "
                           "created besides because it names them: %llu",
                           "%s: %llu rows (created: %llu, updated: %llu, unchanged: %llu, skipped: %llu, rejected: %llu); "
                           "created besides because they name them: %llu",
                           (gulong) counts->n_rows),
                 cpt_entity_get_label_plural (entity), (unsigned long long) counts->n_rows,
                 (unsigned long long) counts->n_created, (unsigned long long) counts->n_updated,
                 (unsigned long long) counts->n_unchanged, (unsigned long long) counts->n_skipped,
                 (unsigned long long) counts->n_rejected, (unsigned long long) counts->n_linked_created);
  cpt_ctl_print ("\n");
}

/* Of a file of facts: which days it is about, and what its numbers add up to */
static void
print_sums (CptImportReport *report)
{
  g_autofree char *days = cpt_import_report_dup_days (report);

  if (days == NULL)
    return;

  cpt_ctl_print ("%s\n", days);
  for (guint i = 0; i < report->sums->len; i++)
    {
      const CptImportSum *sum = g_ptr_array_index (report->sums, i);

      /* Translators: a field of numbers and what they add up to: "Clicks: 1,250" */
      cpt_ctl_print (C_("sum", "%s: %s"), cpt_field_get_label (sum->field), sum->text);
      cpt_ctl_print ("\n");
    }
}

static void
print_report (CptCtl          *self,
              CptImportPlan   *plan,
              CptImportReport *report)
{
  if (self->options.dry_run)
    cpt_ctl_print ("%s\n", _("Nothing was stored. This is what would happen:"));
  if (report->first != NULL)
    print_counts (plan->first->entity, &report->first->counts);
  print_counts (plan->entity, &report->counts);
  print_sums (report);
  print_sentences (_("Remarks:"), report->notes);
  print_sentences (_("Rejected:"), report->samples);
  if (report->rejects_path != NULL)
    {
      g_autofree char *shown = g_filename_display_name (report->rejects_path);
      g_autofree char *safe = cpt_ctl_escape (shown);

      cpt_ctl_print (_("All rejected rows are in %s"), safe);
      cpt_ctl_print ("\n");
    }
}

static void
add_counts (JsonBuilder             *builder,
            const CptImportProgress *counts)
{
  cpt_ctl_json_int (builder, "rows", (gint64) counts->n_rows);
  cpt_ctl_json_int (builder, "created", (gint64) counts->n_created);
  cpt_ctl_json_int (builder, "updated", (gint64) counts->n_updated);
  cpt_ctl_json_int (builder, "unchanged", (gint64) counts->n_unchanged);
  cpt_ctl_json_int (builder, "skipped", (gint64) counts->n_skipped);
  cpt_ctl_json_int (builder, "rejected", (gint64) counts->n_rejected);
  cpt_ctl_json_int (builder, "linked_created", (gint64) counts->n_linked_created);
}

static void
add_sums (JsonBuilder     *builder,
          CptImportReport *report)
{
  g_autofree char *first = report->n_days > 0 ? cpt_date_format_iso (report->first_day) : NULL;
  g_autofree char *last = report->n_days > 0 ? cpt_date_format_iso (report->last_day) : NULL;

  if (report->sums == NULL)
    return;

  cpt_ctl_json_int (builder, "days", report->n_days);
  cpt_ctl_json_text (builder, "first_day", first);
  cpt_ctl_json_text (builder, "last_day", last);
  json_builder_set_member_name (builder, "sums");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->sums->len; i++)
    {
      const CptImportSum *sum = g_ptr_array_index (report->sums, i);

      json_builder_begin_object (builder);
      cpt_ctl_json_text (builder, "field", sum->field->name);
      cpt_ctl_json_text (builder, "sum", sum->value);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* What was taken before, of the same file */
static void
add_first (JsonBuilder           *builder,
           CptImportPlan         *plan,
           const CptImportReport *first)
{
  if (first == NULL)
    return;

  json_builder_set_member_name (builder, "first");
  json_builder_begin_object (builder);
  cpt_ctl_json_text (builder, "entity", plan->first->entity->name);
  add_counts (builder, &first->counts);
  json_builder_end_object (builder);
}

static void
print_report_json (CptCtl          *self,
                   CptImportPlan   *plan,
                   CptImportReport *report)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  cpt_ctl_json_text (builder, "entity", plan->entity->name);
  cpt_ctl_json_text (builder, "recognised", plan->origin != NULL ? cpt_import_export_get_id (plan->origin) : NULL);
  cpt_ctl_json_boolean (builder, "dry_run", self->options.dry_run);
  cpt_ctl_json_int (builder, "sequence", report->sequence);
  add_counts (builder, &report->counts);
  add_first (builder, plan, report->first);
  add_sums (builder, report);
  if (self->options.dry_run)
    {
      cpt_ctl_json_int (builder, "alike_stored", (gint64) report->alike.n_stored);
      cpt_ctl_json_int (builder, "alike_within", (gint64) report->alike.n_within);
      cpt_ctl_json_int (builder, "alike_left", (gint64) report->alike.n_left);
    }
  cpt_ctl_json_text (builder, "rejects", report->rejects_path);
  cpt_ctl_json_strings (builder, "samples", report->samples);
  cpt_ctl_json_strings (builder, "notes", report->notes);
  cpt_ctl_json_strings (builder, "hints", plan->hints);
  json_builder_set_member_name (builder, "plan");
  json_builder_add_value (builder, cpt_import_plan_to_json (plan));
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

static char *
dup_rejects_path (CptCtl     *self,
                  const char *path)
{
  const char *dot = strrchr (path, '.');
  g_autofree char *fitting = NULL;

  if (self->options.rejects != NULL)
    return g_strdup (self->options.rejects);
  if (self->options.dry_run)
    return NULL;
  if (dot == NULL || strchr (dot, G_DIR_SEPARATOR) != NULL)
    dot = path + strlen (path);

  fitting = g_strdup_printf ("%.*s-rejected.csv", (int) (dot - path), path);

  return cpt_output_dup_free_path (fitting);
}

static gboolean
run_import (CptCtl  *self,
            GError **error)
{
  const char *path = self->args[0];
  CptItemFile kind = cpt_item_file_detect (path);
  gboolean is_table = kind == CPT_ITEM_FILE_NONE && (self->options.as != NULL || cpt_item_file_check (path, error));
  g_autoptr(CptImportPlan) plan = is_table ? create_plan (self, path, error) : NULL;
  g_autoptr(CptImportReport) report = NULL;
  g_autofree char *rejects = dup_rejects_path (self, path);
  gboolean shows = !self->options.quiet && isatty (STDERR_FILENO) == 1;

  if (kind != CPT_ITEM_FILE_NONE)
    return cpt_ctl_import_items (self, path, kind, error);
  if (plan == NULL)
    return FALSE;
  if (plan->origin != NULL && !self->options.quiet && !self->options.json)
    /* Translators: %s is an export of another product: "Odoo, partners" */
    cpt_ctl_say (_("Recognised: %s"), cpt_import_export_get_label (plan->origin));
  for (guint i = 0; i < plan->hints->len && !self->options.quiet && !self->options.json; i++)
    cpt_ctl_say ("%s", (const char *) g_ptr_array_index (plan->hints, i));

  report = cpt_import_run (self->database, plan, path, rejects, self->options.dry_run, shows ? show_progress : NULL, NULL,
                           self->cancellable, error);
  if (shows)
    g_printerr ("\r\033[K");
  if (report == NULL)
    return FALSE;

  if (self->options.json)
    print_report_json (self, plan, report);
  else
    print_report (self, plan, report);

  if (report->counts.n_rejected == 0 || report->counts.n_rejected < report->counts.n_rows || report->first != NULL)
    return TRUE;
  g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_PARTIAL,
                       _("No row could be used: all were rejected. The reasons stand above and in the file of rejected rows."));

  return FALSE;
}

/* export */

static gboolean
choose_format (CptCtl           *self,
               CptExportFormat  *format,
               GError          **error)
{
  const char *name = self->options.format;

  if (cpt_ctl_get_item_format (self) != NULL)
    return TRUE;
  if (name == NULL && self->options.output != NULL && strrchr (self->options.output, '.') != NULL)
    name = strrchr (self->options.output, '.') + 1;
  if (cpt_export_find_format (name != NULL ? name : "csv", format) &&
      (*format != CPT_EXPORT_XLSX || !self->options.rescue))
    return TRUE;

  if (self->options.rescue)
    g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("Records are rescued as csv or jsonl, not as “%s”."), name);
  else
    g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE,
                 _("Records are exported as csv, xlsx, jsonl, vcf or ics, not as “%s”."), name);

  return FALSE;
}

/* A rescue that lost something is done, but not quietly */
static gboolean
tell_rescue (const guint64   counts[2],
             GError        **error)
{
  if (counts[1] == 0)
    {
      cpt_ctl_say (ngettext ("%lu record was rescued.", "%lu records were rescued.", (gulong) counts[0]), (gulong) counts[0]);
      return TRUE;
    }

  g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_PARTIAL,
               g_dngettext (GETTEXT_PACKAGE,
                            "%lu place of the file could not be read, and what stood there is missing; records rescued: %lu.",
                            "%lu places of the file could not be read, and what stood there is missing; records rescued: %lu.",
                            (gulong) counts[1]),
               (gulong) counts[1], (gulong) counts[0]);

  return FALSE;
}

/* @counts: what a rescue found and lost */
static gboolean
export_to (CptCtl           *self,
           CptQuery         *query,
           CptExportFormat   format,
           GOutputStream    *stream,
           guint64           counts[2],
           GError          **error)
{
  g_auto(GStrv) columns = self->options.columns != NULL ? g_strsplit (self->options.columns, ",", -1) : NULL;

  if (cpt_ctl_get_item_format (self) != NULL)
    return cpt_ctl_export_items (self, query, stream, error);
  if (self->options.rescue)
    return cpt_export_rescue (self->database, query->schema, query->entity, format, stream, counts, self->cancellable, error);

  return cpt_export_run (self->database, query, (const char *const *) columns, format, stream, NULL, self->cancellable, error);
}

/* The file appears when it is complete */
static gboolean
export_to_file (CptCtl           *self,
                CptQuery         *query,
                CptExportFormat   format,
                guint64           counts[2],
                GError          **error)
{
  g_autoptr(CptOutput) output = cpt_ctl_open_output (self, error);
  GError *problem = NULL;

  if (output == NULL)
    return FALSE;
  export_to (self, query, format, cpt_output_get_stream (output), counts, &problem);

  return cpt_output_finish (output, problem, error);
}

static gboolean
run_export (CptCtl  *self,
            GError **error)
{
  const CptEntity *entity = cpt_ctl_find_entity (self, self->args[0], error);
  g_autoptr(CptQuery) query = NULL;
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GOutputStream) output = NULL;
  g_autoptr(GError) local_error = NULL;
  CptExportFormat format = CPT_EXPORT_CSV;
  guint64 counts[2] = { 0, 0 };
  gboolean done;

  if (entity == NULL || !choose_format (self, &format, error) ||
      ((entity->flags & CPT_ENTITY_FACTS) != 0 && !cpt_ctl_check_facts (self, entity, error)))
    return FALSE;
  filter = cpt_ctl_build_filter (self, entity, self->options.filter, (const char *const *) self->args + 1, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  query = cpt_query_new (cpt_database_get_schema (self->database), entity);
  cpt_query_set_filter (query, filter);
  cpt_query_set_search (query, self->options.search);
  /* As they were made, when nothing else is said: the quickest order */
  if (!cpt_query_set_sort (query, self->options.sort != NULL ? self->options.sort : "", error))
    return FALSE;

  if (self->options.output != NULL && !g_str_equal (self->options.output, "-"))
    {
      done = export_to_file (self, query, format, counts, error);
    }
  else
    {
      output = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
      done = export_to (self, query, format, output, counts, error);
    }

  return done && (!self->options.rescue || tell_rescue (counts, error));
}

const CptCtlCommand cpt_ctl_transfer_commands[] = {
  {
    .name = "import",
    .arguments = N_("FILE"),
    .summary = N_("Import the rows of a CSV file or a workbook, vCards or a calendar"),
    .details = N_("Encoding, separator, dates and columns are detected; --dry-run shows them. All rows are one action, "
                  "which can be undone. Rows that can’t be used go to a file of their own, with line and reason. "
                  "Of vCards (.vcf) contacts are made, of a calendar (.ics) tasks and meetings."),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (AS) | CPT_CTL_TAKES (MAP) |
               CPT_CTL_TAKES (LINK) | CPT_CTL_TAKES (MULTIPLY) | CPT_CTL_TAKES (VALUE) | CPT_CTL_TAKES (CURRENCY) |
               CPT_CTL_TAKES (MODE) | CPT_CTL_TAKES (KEY) | CPT_CTL_TAKES (PLAN) | CPT_CTL_TAKES (REJECTS) |
               CPT_CTL_TAKES (DRY_RUN) | CPT_CTL_TAKES (NO_HEADER) | CPT_CTL_TAKES (QUIET) |
               CPT_CTL_TAKES (DATE_ORDER) | CPT_CTL_TAKES (DECIMAL) | CPT_CTL_TAKES (ENCODING) | CPT_CTL_TAKES (SEPARATOR) |
               CPT_CTL_TAKES (SHEET),
    .run = run_import,
  },
  {
    .name = "export",
    .arguments = N_("KIND [CONDITION…]"),
    .summary = N_("Write records as CSV, XLSX, JSON lines, vCards or a calendar"),
    .details = N_("CSV and XLSX are for spreadsheets: links by title, no formulas. JSON lines are exact. "
                  "Contacts are written as vCards with --format vcf (4.0) or vcard3, tasks and meetings as a calendar with "
                  "--format ics. Conditions are those of list."),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = G_MAXUINT,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (FILTER) | CPT_CTL_TAKES (SEARCH) | CPT_CTL_TAKES (SORT) |
               CPT_CTL_TAKES (COLUMNS) | CPT_CTL_TAKES (FORMAT) | CPT_CTL_TAKES (OUTPUT) | CPT_CTL_TAKES (FORCE) |
               CPT_CTL_TAKES (RESCUE),
    .run = run_export,
  },
  { NULL },
};
