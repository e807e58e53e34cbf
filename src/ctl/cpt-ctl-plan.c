/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands on plans: plan generate, execute, again, status. Plans themselves are records. */

#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>

#include "cpt-find.h"
#include "cpt-plan-record.h"

static gboolean
find (CptCtl      *self,
      const char  *entity,
      CptUuid     *id,
      GError     **error)
{
  return cpt_find_record (self->database, cpt_schema_find_entity (cpt_database_get_schema (self->database), entity),
                          self->args[0], FALSE, id, error);
}

/* ---- generate ---- */

static const char *const kinds[] = {
  [CPT_PLAN_NEW] = "new",
  [CPT_PLAN_MOVED] = "moved",
  [CPT_PLAN_REMOVED] = "removed",
};

static void
print_counts (const CptPlanDifference *difference)
{
  cpt_ctl_print (_("New: %u, moved: %u, removed: %u, as they were: %u, left alone: %u, without a place: %u\n"),
                 difference->n_new, difference->n_moved, difference->n_removed, difference->n_same, difference->n_kept,
                 difference->n_left);
}

static void
print_json (const CptPlanDifference *difference)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  cpt_ctl_json_int (builder, "new", difference->n_new);
  cpt_ctl_json_int (builder, "moved", difference->n_moved);
  cpt_ctl_json_int (builder, "removed", difference->n_removed);
  cpt_ctl_json_int (builder, "same", difference->n_same);
  cpt_ctl_json_int (builder, "kept", difference->n_kept);
  cpt_ctl_json_int (builder, "left", difference->n_left);
  json_builder_set_member_name (builder, "changes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < difference->changes->len; i++)
    {
      const CptPlanChange *change = g_ptr_array_index (difference->changes, i);

      json_builder_begin_object (builder);
      cpt_ctl_json_text (builder, "kind", kinds[change->kind]);
      cpt_ctl_json_text (builder, "title", change->title);
      cpt_ctl_json_instant (builder, "from", change->kind == CPT_PLAN_NEW ? G_MININT64 : change->from);
      cpt_ctl_json_instant (builder, "to", change->kind == CPT_PLAN_REMOVED ? G_MININT64 : change->to);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

static void
print_changes (CptCtl                  *self,
               const CptPlanDifference *difference)
{
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (4);

  for (guint i = 0; i < difference->changes->len; i++)
    {
      const CptPlanChange *change = g_ptr_array_index (difference->changes, i);
      char **cells = g_new0 (char *, 5);

      cells[0] = g_strdup (kinds[change->kind]);
      cells[1] = g_strdup (change->title);
      cells[2] = cpt_ctl_dup_instant (self, change->kind == CPT_PLAN_NEW ? G_MININT64 : change->from);
      cells[3] = cpt_ctl_dup_instant (self, change->kind == CPT_PLAN_REMOVED ? G_MININT64 : change->to);
      cpt_ctl_table_take_row (table, cells);
    }
  cpt_ctl_table_print (table);
}

static gboolean
run_generate (CptCtl  *self,
              GError **error)
{
  g_autoptr(CptPlanDifference) difference = NULL;
  CptUuid plan;

  if (!find (self, CPT_PLAN_ENTITY, &plan, error))
    return FALSE;
  difference = self->options.dry_run ? cpt_plan_compare (self->database, &plan, error)
                                     : cpt_plan_generate (self->database, &plan, error);
  if (difference == NULL)
    return FALSE;

  if (self->options.json)
    {
      print_json (difference);
      return TRUE;
    }
  if (self->options.dry_run)
    print_changes (self, difference);
  print_counts (difference);

  return TRUE;
}

/* ---- execute and again ---- */

static gboolean
run_execute (CptCtl  *self,
             GError **error)
{
  CptUuid task;

  return find (self, "task", &task, error) && cpt_plan_execute (self->database, &task, error);
}

static gboolean
run_again (CptCtl  *self,
           GError **error)
{
  g_autofree char *text = NULL;
  CptUuid task;
  gint64 at;

  if (!find (self, "task", &task, error) || !cpt_plan_again (self->database, &task, &at, error))
    return FALSE;

  if (self->options.json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      cpt_ctl_json_instant (builder, "at", at);
      json_builder_end_object (builder);
      cpt_ctl_print_builder (builder);
      return TRUE;
    }
  text = cpt_ctl_dup_instant (self, at);
  /* Translators: %s is a day and an hour */
  cpt_ctl_print (_("Planned for %s.\n"), text);

  return TRUE;
}

/* ---- status ---- */

static gboolean
run_status (CptCtl  *self,
            GError **error)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  CptPlanCounts counts;
  CptUuid plan;

  if (!find (self, CPT_PLAN_ENTITY, &plan, error) || !cpt_plan_count (self->database, &plan, &counts, error))
    return FALSE;

  if (!self->options.json)
    {
      cpt_ctl_print (_("Planned: %u (late: %u), executed: %u with %u, failed: %u, cancelled: %u, expired: %u\n"),
                     counts.n_planned, counts.n_late, counts.n_executed, counts.n_treated, counts.n_failed,
                     counts.n_cancelled, counts.n_expired);
      return TRUE;
    }
  json_builder_begin_object (builder);
  cpt_ctl_json_int (builder, "planned", counts.n_planned);
  cpt_ctl_json_int (builder, "late", counts.n_late);
  cpt_ctl_json_int (builder, "executed", counts.n_executed);
  cpt_ctl_json_int (builder, "treated", counts.n_treated);
  cpt_ctl_json_int (builder, "failed", counts.n_failed);
  cpt_ctl_json_int (builder, "cancelled", counts.n_cancelled);
  cpt_ctl_json_int (builder, "expired", counts.n_expired);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);

  return TRUE;
}

const CptCtlCommand cpt_ctl_plan_commands[] = {
  {
    .name = "plan generate",
    .arguments = N_("NAME"),
    .summary = N_("Make the tasks of a plan, or make them anew"),
    .details = N_("What was done, is over or was changed by hand stays. With --dry-run, what would be new, moved and "
                  "removed is shown."),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (DRY_RUN),
    .run = run_generate,
  },
  {
    .name = "plan execute",
    .arguments = N_("TASK"),
    .summary = N_("Say that a planned task was done, and note the activity"),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE),
    .run = run_execute,
  },
  {
    .name = "plan again",
    .arguments = N_("TASK"),
    .summary = N_("Give a planned task the next free place of its plan"),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_again,
  },
  {
    .name = "plan status",
    .arguments = N_("NAME"),
    .summary = N_("Count the tasks of a plan, and with how many it was done"),
    .details = N_("Tasks that were not done in time expire with “tick”."),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_status,
  },
  { NULL },
};
