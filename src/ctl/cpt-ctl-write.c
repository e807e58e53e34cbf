/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands that change records: new, set, delete, restore. Each is one
 * transaction: all of it is stored, or nothing. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-find.h"
#include "cpt-transaction.h"

static gboolean
commit (CptCtl          *self,
        CptTransaction  *transaction,
        const CptUuid   *ids,
        guint            n_ids,
        GError         **error)
{
  g_autoptr(JsonBuilder) builder = NULL;
  GPtrArray *problems = NULL;
  CptCommit result = { 0 };
  gboolean done = cpt_database_commit (self->database, transaction, &result, &problems, error);

  if (!done)
    cpt_ctl_join_problems (problems, error);
  g_clear_pointer (&problems, g_ptr_array_unref);
  if (!done)
    return FALSE;

  if (!self->options.json)
    {
      for (guint i = 0; i < n_ids; i++)
        {
          g_autofree char *id = cpt_uuid_dup_text (&ids[i]);

          cpt_ctl_print ("%s\n", id);
        }
      return TRUE;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  cpt_ctl_json_int (builder, "sequence", result.sequence);
  cpt_ctl_json_int (builder, "created", result.n_created);
  cpt_ctl_json_int (builder, "updated", result.n_updated);
  cpt_ctl_json_int (builder, "deleted", result.n_deleted);
  json_builder_set_member_name (builder, "ids");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_ids; i++)
    {
      g_autofree char *id = cpt_uuid_dup_text (&ids[i]);

      json_builder_add_string_value (builder, id);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);

  return TRUE;
}

/* What --set gives and what stands behind the record, in this order */
typedef gboolean (*AssignmentFunc) (CptCtl *self,
                                    const CptField *field,
                                    const CptValue *value,
                                    gpointer data);

static gboolean
each_assignment (CptCtl           *self,
                 const CptEntity  *entity,
                 guint             first,
                 AssignmentFunc    func,
                 gpointer          data,
                 GError          **error)
{
  guint n_set = self->options.set != NULL ? g_strv_length (self->options.set) : 0;
  guint n_args = self->n_args > first ? self->n_args - first : 0;

  if (n_set + n_args == 0)
    {
      g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("Name what to set: FIELD=VALUE."));
      return FALSE;
    }

  for (guint i = 0; i < n_set + n_args; i++)
    {
      const char *text = i < n_set ? self->options.set[i] : self->args[first + i - n_set];
      const CptField *field = NULL;
      g_auto(CptValue) value = CPT_VALUE_INIT;

      if (!cpt_ctl_parse_assignment (self, entity, text, &field, &value, error))
        return FALSE;
      func (self, field, &value, data);
    }

  return TRUE;
}

static gboolean
set_in_record (CptCtl         *self,
               const CptField *field,
               const CptValue *value,
               gpointer        data)
{
  cpt_record_set (data, field, value);

  return TRUE;
}

static gboolean
run_new (CptCtl  *self,
         GError **error)
{
  const CptEntity *entity = cpt_ctl_find_entity (self, self->args[0], error);
  g_autoptr(CptTransaction) transaction = NULL;
  g_autoptr(CptRecord) record = NULL;
  gint64 now = cpt_database_get_now (self->database);

  if (entity == NULL)
    return FALSE;

  record = cpt_record_new (cpt_database_get_schema (self->database), entity);
  if (!each_assignment (self, entity, 1, set_in_record, record, error))
    return FALSE;
  cpt_record_apply_initial (record, now, cpt_database_get_author (self->database), cpt_database_get_zone (self->database));
  cpt_uuid_generate (&record->id, now / 1000);

  transaction = cpt_transaction_new (CPT_ORIGIN_COMMAND, NULL);
  cpt_transaction_create (transaction, record);

  return commit (self, transaction, &record->id, 1, error);
}

typedef struct
{
  CptTransaction *transaction;
  const CptEntity *entity;
  CptUuid id;
} Setting;

static gboolean
set_in_transaction (CptCtl         *self,
                    const CptField *field,
                    const CptValue *value,
                    gpointer        data)
{
  Setting *setting = data;

  cpt_transaction_set (setting->transaction, setting->entity, &setting->id, field, value);

  return TRUE;
}

static gboolean
run_set (CptCtl  *self,
         GError **error)
{
  Setting setting = { .entity = cpt_ctl_find_entity (self, self->args[0], error) };
  g_autoptr(CptTransaction) transaction = NULL;

  if (setting.entity == NULL ||
      !cpt_find_record (self->database, setting.entity, self->args[1], FALSE, &setting.id, error))
    return FALSE;

  transaction = cpt_transaction_new (CPT_ORIGIN_COMMAND, NULL);
  setting.transaction = transaction;
  if (!each_assignment (self, setting.entity, 2, set_in_transaction, &setting, error))
    return FALSE;

  return commit (self, transaction, &setting.id, 1, error);
}

typedef void (*RecordFunc) (CptTransaction *transaction,
                            const CptEntity *entity,
                            const CptUuid *id);

/* One act for all records that are named */
static gboolean
change_records (CptCtl      *self,
                gboolean     in_trash,
                RecordFunc   func,
                GError     **error)
{
  const CptEntity *entity = cpt_ctl_find_entity (self, self->args[0], error);
  g_autoptr(CptTransaction) transaction = NULL;
  g_autofree CptUuid *ids = g_new0 (CptUuid, self->n_args);

  if (entity == NULL)
    return FALSE;

  transaction = cpt_transaction_new (CPT_ORIGIN_COMMAND, NULL);
  for (guint i = 1; i < self->n_args; i++)
    {
      if (!cpt_find_record (self->database, entity, self->args[i], in_trash, &ids[i - 1], error))
        return FALSE;
      func (transaction, entity, &ids[i - 1]);
    }

  return commit (self, transaction, ids, self->n_args - 1, error);
}

static gboolean
run_delete (CptCtl  *self,
            GError **error)
{
  return change_records (self, self->options.trash, self->options.trash ? cpt_transaction_purge : cpt_transaction_delete,
                         error);
}

static gboolean
run_restore (CptCtl  *self,
             GError **error)
{
  return change_records (self, TRUE, cpt_transaction_restore, error);
}

const CptCtlCommand cpt_ctl_write_commands[] = {
  {
    .name = "new",
    .arguments = N_("KIND FIELD=VALUE…"),
    .summary = N_("Create a record"),
    .details = N_("Values are written as in CSV: decimal points, ISO dates, "
                  "links by title or identifier, several links separated by semicolons."),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = G_MAXUINT,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (SET),
    .run = run_new,
  },
  {
    .name = "set",
    .arguments = N_("KIND RECORD FIELD=VALUE…"),
    .summary = N_("Change a record"),
    .details = N_("RECORD is an identifier, its unique beginning, a title or another key. An empty value clears a field."),
    .access = CPT_CTL_WRITE,
    .min_args = 2,
    .max_args = G_MAXUINT,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (SET),
    .run = run_set,
  },
  {
    .name = "delete",
    .arguments = N_("KIND RECORD…"),
    .summary = N_("Move records to the trash"),
    .access = CPT_CTL_WRITE,
    .min_args = 2,
    .max_args = G_MAXUINT,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (TRASH),
    .run = run_delete,
  },
  {
    .name = "restore",
    .arguments = N_("KIND IDENTIFIER…"),
    .summary = N_("Restore records from the trash"),
    .access = CPT_CTL_WRITE,
    .min_args = 2,
    .max_args = G_MAXUINT,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_restore,
  },
  { NULL },
};
