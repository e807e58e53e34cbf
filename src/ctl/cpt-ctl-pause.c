/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands that let a workflow rest and go on: workflow pause, overdue, resume. */

#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>

#include "cpt-date.h"
#include "cpt-find.h"
#include "cpt-workflow-pause.h"
#include "cpt-workflow-record.h"

static gboolean
find_workflow (CptCtl   *self,
               CptUuid  *id,
               GError  **error)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (self->database), CPT_WORKFLOW_ENTITY);

  return cpt_find_record (self->database, entity, self->args[0], FALSE, id, error);
}

static gboolean
read_now (CptCtl  *self,
          gint64  *now,
          GError **error)
{
  *now = cpt_database_get_now (self->database);
  if (self->options.now == NULL || cpt_instant_parse_iso (self->options.now, cpt_database_get_zone (self->database), now))
    return TRUE;

  g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("“%s” is no instant such as 2026-03-01T09:00:00Z."),
               self->options.now);

  return FALSE;
}

/* Which of @names (ended by NULL) the argument at @index is; the first where there is none */
static gboolean
read_policy (CptCtl             *self,
             guint               index,
             const char *const  *names,
             guint              *policy,
             GError            **error)
{
  *policy = 0;
  if (self->n_args <= index)
    return TRUE;
  for (; names[*policy] != NULL; (*policy)++)
    if (g_str_equal (names[*policy], self->args[index]))
      return TRUE;

  g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("“%s” is none of the ways; see “comptoirctl %s --help”."),
               self->args[index], self->command->name);

  return FALSE;
}

static gboolean
run_pause (CptCtl  *self,
           GError **error)
{
  static const char *const names[] = { "hold", "hold-absolute", "drain", NULL };
  CptUuid id;
  guint policy;
  gint64 now;

  return find_workflow (self, &id, error) && read_policy (self, 1, names, &policy, error) && read_now (self, &now, error) &&
         cpt_workflow_pause (self->database, &id, policy, NULL, now, error);
}

static gboolean
run_overdue (CptCtl  *self,
             GError **error)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (3);
  g_autoptr(GPtrArray) list = NULL;
  CptUuid id;
  gint64 now;

  if (!find_workflow (self, &id, error) || !read_now (self, &now, error))
    return FALSE;
  list = cpt_workflow_list_overdue (self->database, &id, now, error);
  if (list == NULL)
    return FALSE;

  cpt_ctl_table_align (table, 2);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < list->len; i++)
    {
      const CptOverdue *overdue = g_ptr_array_index (list, i);
      char **cells = g_new0 (char *, 4);

      json_builder_begin_object (builder);
      cpt_ctl_json_int (builder, "version", overdue->version);
      cpt_ctl_json_text (builder, "node", overdue->node);
      cpt_ctl_json_int (builder, "runs", overdue->n_runs);
      json_builder_end_object (builder);
      cells[0] = g_strdup_printf ("%u", overdue->version);
      cells[1] = g_strdup (overdue->node);
      cells[2] = g_strdup_printf ("%u", overdue->n_runs);
      cpt_ctl_table_take_row (table, cells);
    }
  cpt_ctl_print_list (self, builder, table);

  return TRUE;
}

/* Of “space”: hours */
static gboolean
read_spread (CptCtl  *self,
             gint64  *spread,
             GError **error)
{
  guint64 hours = 24;

  if (self->n_args > 2 && !g_ascii_string_to_unsigned (self->args[2], 10, 1, 24 * 366, &hours, NULL))
    {
      g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("“%s” is no number of hours, from 1 to a year."),
                   self->args[2]);
      return FALSE;
    }
  *spread = (gint64) hours * 3600 * G_USEC_PER_SEC;

  return TRUE;
}

static gboolean
run_resume (CptCtl  *self,
            GError **error)
{
  static const char *const names[] = { "once", "skip", "space", NULL };
  CptUuid id;
  guint policy;
  guint n_overdue;
  gint64 spread;
  gint64 now;

  if (!find_workflow (self, &id, error) || !read_policy (self, 1, names, &policy, error) ||
      !read_spread (self, &spread, error) || !read_now (self, &now, error) ||
      !cpt_workflow_resume (self->database, &id, policy, spread, now, &n_overdue, error))
    return FALSE;

  if (self->options.json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      cpt_ctl_json_int (builder, "overdue", n_overdue);
      json_builder_end_object (builder);
      cpt_ctl_print_builder (builder);
    }
  else
    cpt_ctl_print (g_dngettext (NULL, "%u wait was over in the meantime.\n", "%u waits were over in the meantime.\n", n_overdue),
                   n_overdue);

  return TRUE;
}

const CptCtlCommand cpt_ctl_pause_commands[] = {
  {
    .name = "workflow pause",
    .arguments = N_("NAME [HOW]"),
    .summary = N_("Let a workflow rest"),
    .details = N_("HOW is hold: time stands still, and who had three days left has three days left afterwards; hold-absolute: "
                  "time passes, but nothing happens; or drain: nobody begins, and who is under way goes on to the end."),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = 2,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (NOW),
    .run = run_pause,
  },
  {
    .name = "workflow overdue",
    .arguments = N_("NAME"),
    .summary = N_("Count who would go on at once if a workflow that rests went on, step by step"),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (NOW),
    .run = run_overdue,
  },
  {
    .name = "workflow resume",
    .arguments = N_("NAME [OVERDUE [HOURS]]"),
    .summary = N_("Let a workflow that rests go on"),
    .details = N_("OVERDUE says what becomes of waits that are over: once (all go on now), skip (what would be done is left "
                  "out, up to the next wait) or space (one after the other, over HOURS; 24 where nothing is said)."),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = 3,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (NOW),
    .run = run_resume,
  },
  { NULL },
};
