/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields that a workspace adds to its records: shown, added, given another
 * kind. They are changed and deleted like any record. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "cpt-computed.h"
#include "cpt-conversion.h"
#include "cpt-ctl.h"
#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-fields.h"
#include "cpt-json.h"
#include "cpt-statement.h"

/* ---------------------------------------------------------------- listing */

typedef struct
{
  const CptEntity *entity; /* (nullable): all kinds */
  JsonBuilder *builder;
  CptCtlTable *table;
  gboolean is_due; /* formulas are still being worked out */
} Listing;

/* Where its formula gives nothing; TRUE too for a field without one */
static gboolean
list_nothing (Listing          *self,
              CptDatabase      *database,
              const CptEntity  *entity,
              const CptField   *field,
              char            **cell,
              GError          **error)
{
  guint64 n = 0;

  if (field->formula == NULL || self->is_due)
    {
      *cell = g_strdup ("");
      return TRUE;
    }
  if (!cpt_fields_count_nothing (database, entity, field, &n, error))
    return FALSE;

  /* Translators: the formula of a field */
  *cell = g_strdup_printf (ngettext ("gives nothing in %lu record", "gives nothing in %lu records", (gulong) n), (gulong) n);
  cpt_ctl_json_int (self->builder, "nothing", (gint64) n);

  return TRUE;
}

static gboolean
list_field (Listing          *self,
            CptDatabase      *database,
            const CptEntity  *entity,
            const CptField   *field,
            GError          **error)
{
  const char *kind = cpt_field_type_get (field->kind)->name;
  char **cells = g_new0 (char *, 7);
  guint64 count = 0;
  gboolean done;

  if (!cpt_fields_count_values (database, entity, field, NULL, &count, error))
    {
      g_strfreev (cells);
      return FALSE;
    }

  cells[0] = g_strdup (entity->name);
  cells[1] = g_strdup (field->name);
  cells[2] = g_strdup (field->label);
  cells[3] = g_strdup (kind);
  cells[4] = g_strdup_printf ("%" G_GUINT64_FORMAT, count);

  json_builder_begin_object (self->builder);
  cpt_ctl_json_text (self->builder, "entity", entity->name);
  cpt_ctl_json_text (self->builder, "name", field->name);
  cpt_ctl_json_text (self->builder, "label", field->label);
  cpt_ctl_json_text (self->builder, "kind", kind);
  cpt_ctl_json_int (self->builder, "values", (gint64) count);
  done = list_nothing (self, database, entity, field, &cells[5], error);
  json_builder_end_object (self->builder);
  if (done)
    cpt_ctl_table_take_row (self->table, cells);
  else
    g_strfreev (cells);

  return done;
}

/* All of it of one state of the file */
static gboolean
list_fields (CptDatabase  *database,
             gpointer      data,
             GError      **error)
{
  Listing *self = data;
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (cpt_database_get_schema (database), &n_entities);

  self->is_due = cpt_computed_is_due (database);
  for (guint i = 0; i < n_entities; i++)
    {
      if (self->entity != NULL && self->entity->number != entities[i]->number)
        continue;
      for (guint j = entities[i]->n_declared; j < entities[i]->n_fields; j++)
        if (!list_field (self, database, entities[i], entities[i]->fields[j], error))
          return FALSE;
    }

  return TRUE;
}

static gboolean
run_list (CptCtl  *self,
          GError **error)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (6);
  Listing listing = { .builder = builder, .table = table };

  if (self->n_args > 0)
    {
      listing.entity = cpt_ctl_find_entity (self, self->args[0], error);
      if (listing.entity == NULL)
        return FALSE;
    }
  cpt_ctl_table_align (table, 4);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  if (!cpt_database_snapshot (self->database, list_fields, &listing, error))
    return FALSE;
  cpt_ctl_print_list (self, builder, table);

  return TRUE;
}

/* ---------------------------------------------------- what is on the line */

static const CptField *
find_field (const CptEntity  *entity,
            const char       *text,
            GError          **error)
{
  const CptField *field = cpt_entity_find_field (entity, text);

  for (guint i = 0; field == NULL && i < entity->n_fields; i++)
    if (g_ascii_strcasecmp (cpt_field_get_label (entity->fields[i]), text) == 0)
      field = entity->fields[i];
  if (field == NULL)
    g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There is no field “%s”."), text);

  return field;
}

static gboolean
read_kind (const char    *text,
           CptFieldKind  *kind,
           GError       **error)
{
  g_autoptr(GString) names = g_string_new (NULL);

  if (cpt_field_kind_parse (text, kind))
    return TRUE;

  for (guint i = 0; i < CPT_N_FIELD_KINDS; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", cpt_field_type_get ((CptFieldKind) i)->name);
  g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND,
               /* Translators: what was typed, then a list of names */
               _("There is no kind of field “%s”. There are: %s."), text, names->str);

  return FALSE;
}

/* "choices=Small,Large" */
static void
add_choices (JsonObject *object,
             const char *text)
{
  g_auto(GStrv) labels = g_strsplit (text, ",", -1);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  JsonArray *array = json_array_new ();

  for (guint i = 0; labels[i] != NULL; i++)
    {
      JsonObject *choice;

      if (*g_strstrip (labels[i]) == '\0')
        continue;
      choice = json_object_new ();
      g_ptr_array_add (names, cpt_fields_dup_choice_name (labels[i], names));
      json_object_set_string_member (choice, "name", g_ptr_array_index (names, names->len - 1));
      json_object_set_string_member (choice, "label", labels[i]);
      json_array_add_object_element (array, choice);
    }
  json_object_set_array_member (object, "choices", array);
}

/* MEMBER=VALUE: JSON where it is, and the text itself otherwise */
static gboolean
read_members (char       **words,
              JsonObject  *object,
              GError     **error)
{
  static const char *const texts[] = { "help", "group", "unit", "initial", "back_label", "formula", NULL };

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *equals = strchr (words[i], '=');
      g_autofree char *member = equals != NULL ? g_strndup (words[i], (gsize) (equals - words[i])) : NULL;
      JsonNode *node;

      if (equals == NULL || *member == '\0')
        {
          g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("“%s” is not of the form FIELD=VALUE"), words[i]);
          return FALSE;
        }
      node = g_strv_contains (texts, member) ? NULL : cpt_json_parse (equals + 1, -1, NULL);
      if (node != NULL)
        json_object_set_member (object, member, node);
      else if (strcmp (member, "choices") == 0)
        add_choices (object, equals + 1);
      else
        json_object_set_string_member (object, member, equals + 1);
    }

  return TRUE;
}

/* ----------------------------------------------------------------- adding */

static gboolean
run_add (CptCtl  *self,
         GError **error)
{
  const CptEntity *entity = cpt_ctl_find_entity (self, self->args[0], error);
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_COMMAND, NULL);
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonBuilder) builder = NULL;
  g_autoptr(CptRecord) record = NULL;
  CptFieldKind kind;
  CptCommit commit = { 0 };

  if (entity == NULL || !read_kind (self->args[2], &kind, error) || !read_members (self->args + 3, object, error))
    return FALSE;
  record = cpt_fields_create_record (self->database, entity, self->args[1], kind, object, error);
  if (record == NULL)
    return FALSE;

  cpt_transaction_create (transaction, record);
  if (!cpt_database_commit (self->database, transaction, &commit, NULL, error))
    return FALSE;

  if (!self->options.json)
    {
      if (!self->options.quiet)
        cpt_ctl_print ("%s\n", cpt_record_get_text (record, "name"));
      return TRUE;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  cpt_ctl_json_int (builder, "sequence", commit.sequence);
  cpt_ctl_json_id (builder, "id", &record->id);
  cpt_ctl_json_text (builder, "name", cpt_record_get_text (record, "name"));
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);

  return TRUE;
}

/* ------------------------------------------------------------- converting */

static const char *const rest_names[] = {
  [CPT_CONVERSION_REFUSE] = "refuse",
  [CPT_CONVERSION_KEEP] = "keep",
  [CPT_CONVERSION_LEAVE] = "leave",
};

static gboolean
read_rest (CptCtl             *self,
           CptConversionRest  *rest,
           GError            **error)
{
  const char *text = self->options.rest;

  *rest = CPT_CONVERSION_REFUSE;
  for (guint i = 0; i < G_N_ELEMENTS (rest_names); i++)
    if (text == NULL || strcmp (rest_names[i], text) == 0)
      {
        *rest = text != NULL ? (CptConversionRest) i : CPT_CONVERSION_REFUSE;
        return TRUE;
      }

  g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("--rest is refuse, keep or leave, not “%s”"), text);

  return FALSE;
}

static void
print_samples_json (JsonBuilder *builder,
                    const char  *member,
                    GPtrArray   *samples)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; i < samples->len; i++)
    {
      const CptConversionSample *sample = g_ptr_array_index (samples, i);

      json_builder_begin_object (builder);
      cpt_ctl_json_id (builder, "id", &sample->id);
      cpt_ctl_json_text (builder, "title", sample->title);
      cpt_ctl_json_text (builder, "before", sample->before);
      if (sample->reason == NULL)
        cpt_ctl_json_text (builder, "after", sample->after);
      else
        cpt_ctl_json_text (builder, "message", sample->reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_report_json (const CptConversionReport *report)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  cpt_ctl_json_int (builder, "sequence", report->sequence);
  cpt_ctl_json_text (builder, "name", report->name);
  cpt_ctl_json_int (builder, "values", (gint64) report->n_records);
  cpt_ctl_json_int (builder, "converted", (gint64) report->n_converted);
  cpt_ctl_json_int (builder, "refused", (gint64) report->n_refused);
  cpt_ctl_json_int (builder, "in_trash", (gint64) report->n_in_trash);
  print_samples_json (builder, "samples", report->samples);
  print_samples_json (builder, "refusals", report->refusals);
  cpt_ctl_json_strings (builder, "choices", report->choices);
  json_builder_set_member_name (builder, "names");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->names->len; i++)
    {
      const CptConversionName *name = g_ptr_array_index (report->names, i);

      json_builder_begin_object (builder);
      cpt_ctl_json_text (builder, "kind", name->kind);
      cpt_ctl_json_text (builder, "title", name->title);
      cpt_ctl_json_text (builder, "problem", name->problem);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

static void
print_row (CptCtlTable *table,
           const char  *title,
           const char  *before,
           const char  *after)
{
  char **cells = g_new0 (char *, 4);

  cells[0] = g_strdup (title);
  cells[1] = g_strdup (before);
  cells[2] = g_strdup (after != NULL ? after : "");
  cpt_ctl_table_take_row (table, cells);
}

static void
print_report (const CptConversionReport *report)
{
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (3);

  cpt_ctl_print (ngettext ("%lu of %lu value can be converted\n", "%lu of %lu values can be converted\n",
                           (gulong) report->n_records),
                 (gulong) report->n_converted, (gulong) report->n_records);
  for (guint i = 0; i < report->samples->len; i++)
    {
      const CptConversionSample *sample = g_ptr_array_index (report->samples, i);

      print_row (table, sample->title, sample->before, sample->after);
    }
  for (guint i = 0; i < report->refusals->len; i++)
    {
      const CptConversionSample *sample = g_ptr_array_index (report->refusals, i);

      print_row (table, sample->title, sample->before, sample->reason);
    }
  for (guint i = 0; i < report->names->len; i++)
    {
      const CptConversionName *name = g_ptr_array_index (report->names, i);

      print_row (table, name->kind, name->title, name->problem);
    }
  cpt_ctl_table_print (table);
}

static void
show_progress (const CptConversionReport *report,
               gpointer                   user_data)
{
  guint percent = report->n_records > 0 ? (guint) MIN (report->n_done * 100 / report->n_records, 100) : 100;

  g_printerr ("\r%3u %%  %" G_GUINT64_FORMAT, percent, report->n_done);
}

static gboolean
convert (CptCtl         *self,
         CptConversion  *conversion,
         GError        **error)
{
  g_autoptr(CptConversionReport) report = NULL;
  gboolean shows = !self->options.quiet && isatty (STDERR_FILENO) == 1;
  gboolean done;

  if (self->options.dry_run)
    {
      report = cpt_conversion_preview (conversion, self->database, self->cancellable, error);
      done = report != NULL;
    }
  else
    {
      done = cpt_conversion_run (conversion, self->database, shows ? show_progress : NULL, NULL, self->cancellable, &report,
                                 error);
      if (shows)
        g_printerr ("\r\033[K");
    }

  if (report == NULL)
    return done;

  if (self->options.json)
    print_report_json (report);
  else if (done && self->options.dry_run)
    print_report (report);
  else if (done && !self->options.quiet)
    cpt_ctl_print ("%s\n", report->name);

  return done;
}

static gboolean
run_convert (CptCtl  *self,
             GError **error)
{
  const CptEntity *entity = cpt_ctl_find_entity (self, self->args[0], error);
  const CptField *field = entity != NULL ? find_field (entity, self->args[1], error) : NULL;
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(CptConversion) conversion = NULL;
  CptConversionRest rest;
  CptFieldKind kind;

  if (field == NULL || !read_kind (self->args[2], &kind, error) || !read_members (self->args + 3, object, error) ||
      !read_rest (self, &rest, error))
    return FALSE;

  conversion = cpt_conversion_new (entity->name, field->name, kind, object);
  cpt_conversion_set_rest (conversion, rest);

  return convert (self, conversion, error);
}

const CptCtlCommand cpt_ctl_fields_commands[] = {
  {
    .name = "fields list",
    .arguments = N_("[KIND]"),
    .summary = N_("Show the fields that were added, and in how many records they have something"),
    .details = N_("They are records of kind custom_field: set and delete change them."),
    .access = CPT_CTL_READ,
    .min_args = 0,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_list,
  },
  {
    .name = "fields add",
    .arguments = N_("KIND LABEL FIELD-KIND [MEMBER=VALUE…]"),
    .summary = N_("Add a field to a kind of record, and print its name"),
    .details = N_("Members are those of the field’s definition, such as choices=Small,Large, scale=2, target=contact, "
                  "required=true, help=TEXT."),
    .access = CPT_CTL_WRITE,
    .min_args = 3,
    .max_args = G_MAXUINT,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (QUIET),
    .run = run_add,
  },
  {
    .name = "fields convert",
    .arguments = N_("KIND FIELD FIELD-KIND [MEMBER=VALUE…]"),
    .summary = N_("Give a field another kind, as one act, and print its new name"),
    .details = N_("--dry-run shows what would become of its values and of what names it. Values that can’t be converted "
                  "refuse everything; with --rest=keep they stay in a field beside, with --rest=leave they stay behind "
                  "with the former field, in the trash."),
    .access = CPT_CTL_WRITE,
    .min_args = 3,
    .max_args = G_MAXUINT,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (QUIET) | CPT_CTL_TAKES (DRY_RUN) |
               CPT_CTL_TAKES (REST),
    .run = run_convert,
  },
  { NULL },
};
