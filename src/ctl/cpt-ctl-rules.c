/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules that a workspace makes for itself: what they say, how many records do
 * not meet them, and what a new one would mean. They are made, changed and
 * deleted like any record. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-ctl.h"
#include "cpt-error.h"
#include "cpt-rules-report.h"
#include "cpt-statement.h"

/* One that is in force */
typedef struct
{
  const CptRule *rule; /* borrowed */
  char *sentence;
  guint64 n_unmet;
} Line;

typedef struct
{
  CptCtl *ctl;
  const CptEntity *entity; /* (nullable): all kinds */
  GArray *lines;           /* (owned): Line */
  CptRules *rules;         /* (owned) (nullable) */
} Listing;

static void
line_clear (gpointer data)
{
  g_free (((Line *) data)->sentence);
}

static void
listing_clear (Listing *self)
{
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->rules, cpt_rules_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listing, listing_clear)

static gboolean
list_of (Listing          *self,
         CptDatabase      *database,
         const CptEntity  *entity,
         GError          **error)
{
  guint n_rules;
  const CptRule *const *rules = cpt_rules_list (self->rules, entity, &n_rules);

  for (guint i = 0; i < n_rules; i++)
    {
      Line line = { .rule = rules[i] };

      if (!cpt_rule_count_unmet (rules[i], self->rules, database, &line.n_unmet, error))
        return FALSE;
      line.sentence = cpt_rule_to_sentence (rules[i], database);
      g_array_append_val (self->lines, line);
    }

  return TRUE;
}

/* All of it of one state of the file */
static gboolean
list_rules (CptDatabase  *database,
            gpointer      data,
            GError      **error)
{
  Listing *self = data;
  CptRules *rules = cpt_database_get_rules (database);
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (cpt_database_get_schema (database), &n_entities);

  self->rules = rules != NULL ? cpt_rules_ref (rules) : NULL;
  for (guint i = 0; i < n_entities; i++)
    if ((self->entity == NULL || self->entity->number == entities[i]->number) && !list_of (self, database, entities[i], error))
      return FALSE;

  return TRUE;
}

static void
print_lines_json (GArray *lines)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "rules");
  json_builder_begin_array (builder);
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);

      json_builder_begin_object (builder);
      cpt_ctl_json_id (builder, "id", &line->rule->id);
      cpt_ctl_json_text (builder, "name", line->rule->name);
      cpt_ctl_json_text (builder, "entity", line->rule->entity->name);
      cpt_ctl_json_text (builder, "field", line->rule->field->name);
      cpt_ctl_json_text (builder, "sentence", line->sentence);
      cpt_ctl_json_int (builder, "unmet", (gint64) line->n_unmet);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

static void
print_lines (GArray *lines)
{
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (4);

  cpt_ctl_table_align (table, 3);
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);
      char **cells = g_new0 (char *, 5);

      cells[0] = g_strdup (line->rule->entity->name);
      cells[1] = g_strdup (line->rule->name);
      cells[2] = g_strdup (line->sentence);
      cells[3] = g_strdup_printf ("%" G_GUINT64_FORMAT, line->n_unmet);
      cpt_ctl_table_take_row (table, cells);
    }
  cpt_ctl_table_print (table);
}

static gboolean
run_list (CptCtl  *self,
          GError **error)
{
  g_auto(Listing) listing = { .ctl = self };

  listing.lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_array_set_clear_func (listing.lines, line_clear);
  if (self->n_args > 0)
    {
      listing.entity = cpt_ctl_find_entity (self, self->args[0], error);
      if (listing.entity == NULL)
        return FALSE;
    }
  if (!cpt_database_snapshot (self->database, list_rules, &listing, error))
    return FALSE;

  if (self->options.json)
    print_lines_json (listing.lines);
  else
    print_lines (listing.lines);

  return TRUE;
}

/* Trying */

/* What stands on the command line, as the record would be */
static CptRecord *
read_record (CptCtl  *self,
             GError **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  const CptEntity *entity = cpt_schema_find_entity (schema, "rule");
  g_autoptr(CptRecord) record = cpt_record_new (schema, entity);

  for (guint i = 0; i < self->n_args; i++)
    {
      const CptField *field = NULL;
      CptBulkKind kind;
      CptValue value = CPT_VALUE_INIT;

      if (!cpt_ctl_parse_assignment (self, entity, self->args[i], &kind, &field, &value, error))
        return NULL;
      cpt_record_take (record, field, value);
    }

  return g_steal_pointer (&record);
}

static void
print_trial_json (const CptRuleTrial *trial)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < trial->problems->len; i++)
    {
      const CptRuleProblem *problem = g_ptr_array_index (trial->problems, i);

      json_builder_begin_object (builder);
      cpt_ctl_json_text (builder, "field", problem->field);
      cpt_ctl_json_text (builder, "message", problem->message);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  for (guint i = 0; trial->warnings != NULL && i < trial->warnings->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (trial->warnings, i));
  json_builder_end_array (builder);
  cpt_ctl_json_text (builder, "sentence", trial->sentence);
  cpt_ctl_json_int (builder, "unmet", (gint64) trial->n_unmet);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

static gboolean
run_try (CptCtl  *self,
         GError **error)
{
  g_autoptr(CptRecord) record = read_record (self, error);
  g_auto(CptRuleTrial) trial = { 0 };

  if (record == NULL || !cpt_rule_try (record, self->database, &trial, error))
    return FALSE;

  if (self->options.json)
    print_trial_json (&trial);
  if (trial.problems->len > 0)
    {
      const CptRuleProblem *problem = g_ptr_array_index (trial.problems, 0);

      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, "%s: %s", problem->field, problem->message);
      return FALSE;
    }
  if (!self->options.json)
    {
      g_autofree char *sentence = trial.sentence != NULL ? cpt_ctl_escape (trial.sentence) : NULL;

      if (sentence != NULL)
        cpt_ctl_print ("%s\n", sentence);
      cpt_ctl_print (g_dngettext (GETTEXT_PACKAGE, "%lu record does not meet it; it stays as it is until it is changed.\n",
                                  "%lu records do not meet it; they stay as they are until they are changed.\n",
                                  (gulong) trial.n_unmet),
                     (gulong) trial.n_unmet);
      for (guint i = 0; i < trial.warnings->len; i++)
        {
          g_autofree char *warning = cpt_ctl_escape (g_ptr_array_index (trial.warnings, i));

          cpt_ctl_print ("%s\n", warning);
        }
    }

  return TRUE;
}

const CptCtlCommand cpt_ctl_rules_commands[] = {
  {
    .name = "rules list",
    .arguments = N_("[KIND]"),
    .summary = N_("Show the rules in force, and how many records do not meet them"),
    .details = N_("Rules are records: “list rule” shows them as such, new, set and delete change them."),
    .access = CPT_CTL_READ,
    .min_args = 0,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_list,
  },
  {
    .name = "rules try",
    .arguments = N_("FIELD=VALUE…"),
    .summary = N_("Show what a rule would mean, and how many records would not meet it"),
    .details = N_("Takes what “new rule” takes, and changes nothing."),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = G_MAXUINT,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_try,
  },
  { NULL },
};
