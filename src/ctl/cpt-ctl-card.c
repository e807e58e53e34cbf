/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command "card": what a business card seems to say. It stores nothing: what
 * was read by a machine is for a person to look at. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>

#include "cpt-card-proposal.h"

static void
print_record (CptCtl    *self,
              CptRecord *record,
              CptRecord *company)
{
  const CptEntity *entity = cpt_record_get_entity (record);
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (2);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];
      const CptValue *value = cpt_record_get (record, field);
      char **cells;

      if ((field->flags & CPT_FIELD_HIDDEN) != 0 || cpt_value_is_null (value))
        continue;
      cells = g_new0 (char *, 3);
      cells[0] = g_strdup (field->name);
      if (value->type != CPT_VALUE_ID)
        cells[1] = cpt_field_format (field, value);
      else if (company != NULL && cpt_uuid_equal (&company->id, &value->id))
        cells[1] = cpt_record_dup_title (company);
      else
        cells[1] = cpt_database_dup_title (self->database, cpt_schema_get_target (schema, field), &value->id);
      if (cells[1] == NULL)
        cells[1] = g_strdup ("");
      cpt_ctl_table_take_row (table, cells);
    }
  cpt_ctl_table_print (table);
}

static void
add_record (JsonBuilder *builder,
            const char  *member,
            CptRecord   *record)
{
  json_builder_set_member_name (builder, member);
  if (record != NULL)
    json_builder_add_value (builder, cpt_record_to_json (record));
  else
    json_builder_add_null_value (builder);
}

static gboolean
run_card (CptCtl  *self,
          GError **error)
{
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (self->args[0]);
  g_autoptr(CptCardProposal) proposal = cpt_card_proposal_read (self->database, file, self->cancellable, error);
  g_autoptr(JsonBuilder) builder = NULL;

  if (proposal == NULL)
    return FALSE;

  if (!self->options.json)
    {
      print_record (self, proposal->contact, proposal->company);
      return TRUE;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_record (builder, "contact", proposal->contact);
  add_record (builder, "company", proposal->company);
  cpt_ctl_json_text (builder, "text", proposal->text);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);

  return TRUE;
}

const CptCtlCommand cpt_ctl_card_commands[] = {
  {
    .name = "card",
    .arguments = N_("PICTURE"),
    .summary = N_("Read a photograph of a business card and show the contact that it would be"),
    .details = N_("Nothing is stored: check what was read, then use new. JSON also tells a company that is not there yet, "
                  "and all that was read."),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_card,
  },
  { NULL },
};
