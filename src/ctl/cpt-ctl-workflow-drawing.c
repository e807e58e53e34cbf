/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands on workflows as they are drawn: workflow show, counts, arrange, picture. */

#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-flow-census.h"
#include "cpt-json.h"
#include "cpt-workflow-layout.h"
#include "cpt-workflow-record.h"

static gboolean
run_show (CptCtl  *self,
          GError **error)
{
  g_autoptr(CptRecord) record = cpt_ctl_load_workflow (self, error);
  g_autoptr(CptWorkflow) workflow = record != NULL ? cpt_workflow_read (record, error) : NULL;
  g_autoptr(JsonNode) root = workflow != NULL ? cpt_workflow_to_json (workflow) : NULL;
  g_autofree char *text = root != NULL ? cpt_json_format_pretty (root) : NULL;
  g_autofree char *line = text != NULL ? g_strconcat (text, "\n", NULL) : NULL;
  g_autoptr(GBytes) bytes = NULL;

  if (line == NULL)
    return FALSE;
  bytes = g_bytes_new (line, strlen (line));

  return cpt_ctl_write_bytes (self, bytes, error);
}

static gboolean
run_arrange (CptCtl  *self,
             GError **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  const CptEntity *entity = cpt_schema_find_entity (schema, CPT_WORKFLOW_ENTITY);
  g_autoptr(CptRecord) record = cpt_ctl_load_workflow (self, error);
  g_autoptr(CptWorkflow) workflow = record != NULL ? cpt_workflow_read (record, error) : NULL;
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_COMMAND, NULL);
  g_autoptr(JsonNode) root = NULL;
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (workflow == NULL)
    return FALSE;
  if (!cpt_workflow_arrange (workflow, NULL))
    return TRUE;

  root = cpt_workflow_to_json (workflow);
  cpt_value_take_text (&value, cpt_json_format (root));
  cpt_transaction_set (transaction, entity, &record->id, cpt_entity_find_field (entity, "definition"), &value);

  return cpt_database_commit (self->database, transaction, NULL, NULL, error);
}

static gboolean
choose_format (CptCtl         *self,
               CptFlowFormat  *format,
               GError        **error)
{
  static const char *const names[] = { "pdf", "svg", "png" };
  const char *output = self->options.output;
  const char *name = self->options.format;
  const char *dot = output != NULL ? strrchr (output, '.') : NULL;

  if (name == NULL)
    name = dot != NULL ? dot + 1 : "pdf";
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (names[i], name) == 0)
      {
        *format = (CptFlowFormat) i;
        return TRUE;
      }

  g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("Workflows are drawn as pdf, svg or png, not as “%s”."), name);

  return FALSE;
}

static gboolean
run_picture (CptCtl  *self,
             GError **error)
{
  g_autoptr(CptRecord) record = NULL;
  g_autoptr(CptWorkflow) workflow = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *title = NULL;
  CptFlowFormat format;

  if (!choose_format (self, &format, error))
    return FALSE;
  record = cpt_ctl_load_workflow (self, error);
  workflow = record != NULL ? cpt_workflow_read (record, error) : NULL;
  if (workflow == NULL)
    return FALSE;

  title = cpt_record_dup_title (record);
  bytes = cpt_flow_export (workflow, title, cpt_database_get_schema (self->database), NULL, format, error);

  return bytes != NULL && cpt_ctl_write_bytes (self, bytes, error);
}

static void
add_counts (CptCtl                *self,
            JsonBuilder           *builder,
            CptCtlTable           *table,
            const CptWorkflowNode *node,
            const CptFlowCount    *count)
{
  g_autoptr(CptFlowFace) face = cpt_flow_face_new (node, cpt_database_get_schema (self->database), NULL);
  char **cells = g_new0 (char *, 6);

  json_builder_begin_object (builder);
  cpt_ctl_json_text (builder, "node", node->id);
  cpt_ctl_json_text (builder, "title", face->title);
  cpt_ctl_json_int (builder, "waiting", (gint64) count->n_waiting);
  cpt_ctl_json_int (builder, "passed", (gint64) count->n_passed);
  cpt_ctl_json_int (builder, "stuck", (gint64) count->n_failed);
  json_builder_end_object (builder);

  cells[0] = g_strdup (node->id);
  cells[1] = g_strdup (face->title);
  cells[2] = g_strdup_printf ("%" G_GUINT64_FORMAT, count->n_waiting);
  cells[3] = g_strdup_printf ("%" G_GUINT64_FORMAT, count->n_passed);
  cells[4] = g_strdup_printf ("%" G_GUINT64_FORMAT, count->n_failed);
  cpt_ctl_table_take_row (table, cells);
}

static gboolean
run_counts (CptCtl  *self,
            GError **error)
{
  const CptFlowCount none = { 0, 0, 0 };
  g_autoptr(CptRecord) record = cpt_ctl_load_workflow (self, error);
  g_autoptr(CptWorkflow) workflow = record != NULL ? cpt_workflow_read (record, error) : NULL;
  g_autoptr(CptFlowNumbers) numbers =
    workflow != NULL ? cpt_flow_numbers_read (self->database, &record->id, error) : NULL;
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (5);

  if (numbers == NULL)
    return FALSE;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < workflow->nodes->len; i++)
    {
      const CptWorkflowNode *node = g_ptr_array_index (workflow->nodes, i);
      const CptFlowCount *count = cpt_flow_numbers_find (numbers, node->id);

      add_counts (self, builder, table, node, count != NULL ? count : &none);
    }
  cpt_ctl_print_list (self, builder, table);

  return TRUE;
}

const CptCtlCommand cpt_ctl_workflow_drawing_commands[] = {
  {
    .name = "workflow show",
    .arguments = N_("NAME"),
    .summary = N_("Print a workflow as it is drawn, as JSON"),
    .details = N_("“workflow draw” reads it again, here or in another workspace."),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (OUTPUT) | CPT_CTL_TAKES (FORCE),
    .run = run_show,
  },
  {
    .name = "workflow counts",
    .arguments = N_("NAME"),
    .summary = N_("Count who waits at each step of a workflow, has passed it and is stuck there"),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_counts,
  },
  {
    .name = "workflow arrange",
    .arguments = N_("NAME"),
    .summary = N_("Put the steps of a workflow in layers"),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE),
    .run = run_arrange,
  },
  {
    .name = "workflow picture",
    .arguments = N_("NAME"),
    .summary = N_("Draw a workflow as PDF, SVG or PNG"),
    .details = N_("Writes to --output FILE, whose name tells the format; by default to standard output, as PDF."),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (OUTPUT) | CPT_CTL_TAKES (FORMAT) | CPT_CTL_TAKES (FORCE),
    .run = run_picture,
  },
  { NULL },
};
