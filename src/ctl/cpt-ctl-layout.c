/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the pages of records are arranged: shown, taken from JSON, put back. Each
 * is kept in a record, which is changed like any other. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-ctl.h"
#include "cpt-error.h"
#include "cpt-form.h"
#include "cpt-json.h"
#include "cpt-page-arrangement.h"

/* (element-type CptRecord): of @entity. Reading may bring newer declarations. */
static GPtrArray *
load_records (CptCtl           *self,
              const CptEntity  *entity,
              GError          **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  const CptEntity *layouts = cpt_schema_find_entity (schema, CPT_PAGE_LAYOUT_ENTITY);
  g_autoptr(JsonNode) value = json_node_init_string (json_node_alloc (), entity->name);
  g_autoptr(CptFilter) filter = cpt_filter_new_condition (schema, layouts, "entity_name", CPT_OPERATOR_IS, value, error);
  g_autoptr(CptQuery) query = NULL;

  if (filter == NULL)
    return NULL;

  query = cpt_query_new (schema, layouts);
  cpt_query_set_filter (query, filter);

  return cpt_query_load_records (query, self->database, 0, error);
}

static JsonNode *
create_fields (const CptFormGroup *group)
{
  g_autoptr(JsonArray) array = json_array_new ();

  for (guint i = 0; i < group->n_fields; i++)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "name", group->fields[i].field->name);
      json_object_set_string_member (object, "label", cpt_field_get_label (group->fields[i].field));
      if (group->fields[i].is_hidden)
        json_object_set_boolean_member (object, "hidden", TRUE);
      json_array_add_object_element (array, object);
    }

  return json_node_init_array (json_node_alloc (), array);
}

static void
print_json (const CptEntity *entity,
            const CptForm   *form,
            gboolean         is_arranged)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  cpt_ctl_json_text (builder, "entity", entity->name);
  cpt_ctl_json_boolean (builder, "arranged", is_arranged);
  json_builder_set_member_name (builder, "groups");
  json_builder_begin_array (builder);
  for (guint i = 0; i < form->n_groups; i++)
    {
      const CptFormGroup *group = &form->groups[i];

      json_builder_begin_object (builder);
      cpt_ctl_json_text (builder, "name", group->name);
      cpt_ctl_json_text (builder, "title", group->title);
      cpt_ctl_json_boolean (builder, "folded", group->is_folded);
      json_builder_set_member_name (builder, "fields");
      json_builder_add_value (builder, create_fields (group));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

static void
print_table (const CptForm *form)
{
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (4);

  for (guint i = 0; i < form->n_groups; i++)
    for (guint j = 0; j < form->groups[i].n_fields; j++)
      {
        const CptFormGroup *group = &form->groups[i];
        char **cells = g_new0 (char *, 5);

        cells[0] = g_strdup (group->title);
        cells[1] = g_strdup (group->fields[j].field->name);
        cells[2] = g_strdup (cpt_field_get_label (group->fields[j].field));
        cells[3] = g_strdup (group->fields[j].is_hidden ? _("hidden") : "");
        cpt_ctl_table_take_row (table, cells);
      }
  cpt_ctl_table_print (table);
}

static gboolean
run_show (CptCtl  *self,
          GError **error)
{
  const CptEntity *entity = cpt_ctl_find_entity (self, self->args[0], error);
  g_autoptr(GPtrArray) records = entity != NULL ? load_records (self, entity, error) : NULL;

  if (records == NULL)
    return FALSE;

  /* Of the declarations that there are now */
  entity = cpt_ctl_find_entity (self, self->args[0], error);
  if (self->options.json)
    print_json (entity, cpt_entity_get_form (entity), records->len > 0);
  else
    print_table (cpt_entity_get_form (entity));

  return TRUE;
}

static gboolean
commit (CptCtl          *self,
        CptTransaction  *transaction,
        GError         **error)
{
  CptCommit result = { 0 };

  if (!cpt_database_commit (self->database, transaction, &result, NULL, error))
    return FALSE;

  if (self->options.json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      cpt_ctl_json_int (builder, "sequence", result.sequence);
      json_builder_end_object (builder);
      cpt_ctl_print_builder (builder);
    }

  return TRUE;
}

static gboolean
run_set (CptCtl  *self,
         GError **error)
{
  g_autoptr(CptSchema) schema = cpt_schema_ref (cpt_database_get_schema (self->database));
  const CptEntity *entity = cpt_ctl_find_entity (self, self->args[0], error);
  g_autofree char *text = entity != NULL ? cpt_ctl_read_text (self->args[1], error) : NULL;
  g_autoptr(CptPageLayout) layout = text != NULL ? cpt_page_layout_parse (text, error) : NULL;
  g_autoptr(GPtrArray) records = layout != NULL ? load_records (self, entity, error) : NULL;
  g_autoptr(CptTransaction) transaction = NULL;

  if (records == NULL)
    return FALSE;

  transaction = cpt_page_arrangement_set (schema, records, entity, layout, CPT_ORIGIN_COMMAND);

  return commit (self, transaction, error);
}

static gboolean
run_reset (CptCtl  *self,
           GError **error)
{
  g_autoptr(CptSchema) schema = cpt_schema_ref (cpt_database_get_schema (self->database));
  const CptEntity *entity = cpt_ctl_find_entity (self, self->args[0], error);
  g_autoptr(GPtrArray) records = entity != NULL ? load_records (self, entity, error) : NULL;
  g_autoptr(CptTransaction) transaction = NULL;

  if (records == NULL)
    return FALSE;

  transaction = cpt_page_arrangement_reset (records, entity, CPT_ORIGIN_COMMAND);

  return commit (self, transaction, error);
}

const CptCtlCommand cpt_ctl_layout_commands[] = {
  {
    .name = "layout show",
    .arguments = N_("KIND"),
    .summary = N_("Show how the pages of records are arranged"),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_show,
  },
  {
    .name = "layout set",
    .arguments = N_("KIND LAYOUT"),
    .summary = N_("Arrange the pages of records: groups, order, hidden fields"),
    .details = N_("LAYOUT is JSON, @FILE, or - for standard input: "
                  "{\"groups\":[{\"name\",\"title\",\"folded\",\"fields\":[…]},…],\"hidden\":[…]}. "
                  "Fields that it does not name come behind, in their groups."),
    .access = CPT_CTL_WRITE,
    .min_args = 2,
    .max_args = 2,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_set,
  },
  {
    .name = "layout reset",
    .arguments = N_("KIND"),
    .summary = N_("Put the pages of records back to the standard layout"),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_reset,
  },
  { NULL },
};
