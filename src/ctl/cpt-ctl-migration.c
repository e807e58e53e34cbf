/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands on those who follow an older version of a workflow: workflow migration, migrate,
 * migrate-back. */

#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>

#include "cpt-find.h"
#include "cpt-json.h"
#include "cpt-workflow-migration.h"
#include "cpt-workflow-record.h"

static CptRecord *
load_workflow (CptCtl  *self,
               GError **error)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (self->database), CPT_WORKFLOW_ENTITY);
  CptUuid id;

  if (!cpt_find_record (self->database, entity, self->args[0], FALSE, &id, error))
    return NULL;

  return cpt_database_load (self->database, entity, &id, error);
}

/* ---- migration ---- */

/* 0 where what is drawn does something else than the version in force */
static gboolean
find_number (CptCtl           *self,
             const CptRecord  *record,
             guint            *number,
             GError          **error)
{
  g_autoptr(CptWorkflow) drawing = cpt_workflow_read (record, error);
  g_autoptr(CptRecord) version = NULL;
  g_autofree char *digest = NULL;
  gint64 in_force = cpt_record_get_integer (record, "version");

  if (drawing == NULL)
    return FALSE;

  *number = 0;
  if (in_force < 1)
    return TRUE;
  digest = cpt_workflow_dup_digest (drawing);
  version = cpt_workflow_load_version (self->database, &record->id, (guint) in_force, error);
  if (version == NULL)
    return FALSE;
  if (g_strcmp0 (cpt_record_get_text (version, "digest"), digest) == 0)
    *number = (guint) in_force;

  return TRUE;
}

static void
add_standing (JsonBuilder       *builder,
              CptCtlTable       *table,
              const CptStanding *standing)
{
  char **cells = g_new0 (char *, 6);

  json_builder_begin_object (builder);
  cpt_ctl_json_int (builder, "version", standing->version);
  cpt_ctl_json_text (builder, "node", standing->node);
  cpt_ctl_json_text (builder, "title", standing->title);
  cpt_ctl_json_text (builder, "kind", standing->kind);
  cpt_ctl_json_int (builder, "runs", standing->n_runs);
  cpt_ctl_json_text (builder, "do", standing->to != NULL ? "move" : "keep");
  cpt_ctl_json_text (builder, "to", standing->to);
  cpt_ctl_json_int (builder, "at_once", standing->n_at_once);
  json_builder_end_object (builder);

  cells[0] = g_strdup_printf ("%u", standing->version);
  cells[1] = g_strdup (standing->node);
  cells[2] = g_strdup_printf ("%u", standing->n_runs);
  cells[3] = g_strdup (standing->to != NULL ? standing->to : "–");
  cells[4] = g_strdup_printf ("%u", standing->n_at_once);
  cpt_ctl_table_take_row (table, cells);
}

static gboolean
run_migration (CptCtl  *self,
               GError **error)
{
  g_autoptr(CptRecord) record = load_workflow (self, error);
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (5);
  g_autoptr(GPtrArray) list = NULL;
  guint number;

  if (record == NULL || !find_number (self, record, &number, error))
    return FALSE;
  list = cpt_workflow_list_standing (self->database, &record->id, number, error);
  if (list == NULL)
    return FALSE;

  cpt_ctl_table_align (table, 2);
  cpt_ctl_table_align (table, 4);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < list->len; i++)
    add_standing (builder, table, g_ptr_array_index (list, i));
  cpt_ctl_print_list (self, builder, table);

  return TRUE;
}

/* ---- migrate ---- */

static CptMigrationPlan *
read_plan (CptCtl  *self,
           GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) root = NULL;

  if (self->n_args < 2)
    return cpt_migration_plan_new (TRUE);

  text = cpt_ctl_read_text (self->args[1], error);
  root = text != NULL ? cpt_json_parse (text, -1, error) : NULL;

  return root != NULL ? cpt_migration_plan_parse (root, error) : NULL;
}

static gboolean
run_migrate (CptCtl  *self,
             GError **error)
{
  g_autoptr(CptRecord) record = load_workflow (self, error);
  g_autoptr(CptMigrationPlan) plan = record != NULL ? read_plan (self, error) : NULL;
  g_autoptr(JsonBuilder) builder = NULL;
  CptMigrated migrated;

  if (plan == NULL || !cpt_workflow_migrate (self->database, &record->id, plan, self->options.dry_run, &migrated, error))
    return FALSE;

  if (!self->options.json)
    {
      cpt_ctl_print (_("Moved: %u, begun anew: %u, ended: %u, kept: %u, going on at once: %u\n"), migrated.n_moved,
                     migrated.n_restarted, migrated.n_finished, migrated.n_kept, migrated.n_at_once);
      return TRUE;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  cpt_ctl_json_int (builder, "moved", migrated.n_moved);
  cpt_ctl_json_int (builder, "restarted", migrated.n_restarted);
  cpt_ctl_json_int (builder, "finished", migrated.n_finished);
  cpt_ctl_json_int (builder, "kept", migrated.n_kept);
  cpt_ctl_json_int (builder, "at_once", migrated.n_at_once);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);

  return TRUE;
}

static gboolean
run_migrate_back (CptCtl  *self,
                  GError **error)
{
  g_autoptr(CptRecord) record = load_workflow (self, error);
  g_autoptr(JsonBuilder) builder = NULL;
  guint n_back;
  guint n_left;

  if (record == NULL || !cpt_workflow_migrate_undo (self->database, &record->id, &n_back, &n_left, error))
    return FALSE;

  if (!self->options.json)
    {
      cpt_ctl_print (_("Back where they were: %u, gone on since then: %u\n"), n_back, n_left);
      return TRUE;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  cpt_ctl_json_int (builder, "back", n_back);
  cpt_ctl_json_int (builder, "left", n_left);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);

  return TRUE;
}

const CptCtlCommand cpt_ctl_migration_commands[] = {
  {
    .name = "workflow migration",
    .arguments = N_("NAME"),
    .summary = N_("Show who follows older versions of a workflow, and where they would go on"),
    .details = N_("In what is drawn now, or in the version in force when that does the same. For each version and step: how many "
                  "stand there, the step of the new version where they best go on, and how many of them would do so at once."),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_migration,
  },
  {
    .name = "workflow migrate",
    .arguments = N_("NAME [PLAN]"),
    .summary = N_("Take who follows older versions of a workflow into the version in force"),
    .details = N_("PLAN is JSON as “workflow migration --json” prints it, with “do” of each step: keep, move (“to”), restart or "
                  "finish (“label”); it stands there, in the file behind “@”, or on standard input for “-”. Without it everybody "
                  "moves where that says."),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = 2,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (DRY_RUN),
    .run = run_migrate,
  },
  {
    .name = "workflow migrate-back",
    .arguments = N_("NAME"),
    .summary = N_("Take back what the last “workflow migrate” did"),
    .details = N_("Those who have gone on since then stay where they are."),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_migrate_back,
  },
  { NULL },
};
