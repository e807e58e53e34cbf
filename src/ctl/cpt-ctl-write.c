/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands that change records: new, set, delete, restore. Each is one
 * transaction: all of it is stored, or nothing. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-find.h"
#include "cpt-transaction.h"

/* What is wrong with one field, or with the record */
typedef struct
{
  char *field;   /* (owned) (nullable): its name */
  char *message; /* (owned) */
} Problem;

static void
problem_free (Problem *self)
{
  g_free (self->field);
  g_free (self->message);
  g_free (self);
}

static void
add_problem (GPtrArray  *problems,
             const char *field,
             const char *message)
{
  Problem *problem = g_new0 (Problem, 1);

  problem->field = g_strdup (field);
  problem->message = g_strdup (message);
  g_ptr_array_add (problems, problem);
}

static void
print_problems_json (GPtrArray *problems)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < problems->len; i++)
    {
      const Problem *problem = g_ptr_array_index (problems, i);

      json_builder_begin_object (builder);
      cpt_ctl_json_text (builder, "field", problem->field);
      cpt_ctl_json_text (builder, "message", problem->message);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

/* All problems in the one line that an error is, and as JSON if asked for */
static void
tell_problems (CptCtl     *self,
               GPtrArray  *problems,
               GError    **error)
{
  g_autoptr(GString) line = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const Problem *problem = g_ptr_array_index (problems, i);

      /* One sentence of many: no full stops between them */
      if (i > 0 && g_str_has_suffix (line->str, "."))
        g_string_truncate (line, line->len - 1);
      if (i > 0)
        g_string_append (line, "; ");
      if (problem->field != NULL)
        g_string_append_printf (line, "%s: ", problem->field);
      g_string_append (line, problem->message);
    }
  if (self->options.json)
    print_problems_json (problems);

  g_free ((*error)->message);
  (*error)->message = g_string_free (g_steal_pointer (&line), FALSE);
}

static void
tell_refusal (CptCtl     *self,
              GPtrArray  *refused,
              GError    **error)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) problem_free);

  for (guint i = 0; i < refused->len; i++)
    {
      const CptProblem *problem = g_ptr_array_index (refused, i);

      add_problem (problems, problem->field != NULL ? problem->field->name : NULL, problem->message);
    }
  tell_problems (self, problems, error);
}

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

  if (!done && problems != NULL && problems->len > 0)
    tell_refusal (self, problems, error);
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
typedef void (*AssignmentFunc) (CptCtl *self,
                                CptBulkKind kind,
                                const CptField *field,
                                const CptValue *value,
                                gpointer data);

typedef struct
{
  CptBulkKind kind;
  const CptField *field; /* (nullable): there is none of that name */
  CptValue value;        /* (owned) */
} Assignment;

/* One assignment. What is wrong with it goes to @problems; the first one also
 * to @error, for the exit status. */
static void
take_assignment (CptCtl           *self,
                 const CptEntity  *entity,
                 const char       *text,
                 Assignment       *assignment,
                 GPtrArray        *problems,
                 GError          **error)
{
  g_autoptr(GError) own_error = NULL;
  g_autofree char *message = NULL;
  g_autofree char *name = NULL;

  if (!cpt_ctl_parse_assignment (self, entity, text, &assignment->kind, &assignment->field, &assignment->value, &own_error))
    {
      name = strchr (text, '=') != NULL ? g_strndup (text, strcspn (text, "=+-")) : NULL;
      add_problem (problems, name, own_error->message);
    }
  else
    {
      const CptField *field = assignment->field;

      if (!cpt_value_is_null (&assignment->value))
        cpt_field_normalise (field, &assignment->value, &message);
      else if (assignment->kind == CPT_BULK_SET && (field->flags & CPT_FIELD_REQUIRED) != 0 && field->initial == NULL)
        message = g_strdup (_("This can’t be empty."));
      if (message != NULL)
        {
          add_problem (problems, field->name, message);
          g_set_error_literal (&own_error, CPT_ERROR, CPT_ERROR_INVALID, message);
        }
    }

  if (own_error != NULL && *error == NULL)
    g_propagate_error (error, g_steal_pointer (&own_error));
}

/* What would be refused as well, had the others been right */
static void
add_empty_fields (const CptEntity *entity,
                  GHashTable      *given,
                  GPtrArray       *problems)
{
  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];

      if ((field->flags & CPT_FIELD_REQUIRED) != 0 && field->initial == NULL && !g_hash_table_contains (given, field))
        add_problem (problems, field->name, _("This can’t be empty."));
    }
}

/* @is_new: required fields that are not given are problems too, where there
 * are others. What is wrong is told all at once. */
static gboolean
each_assignment (CptCtl           *self,
                 const CptEntity  *entity,
                 guint             first,
                 gboolean          is_new,
                 AssignmentFunc    func,
                 gpointer          data,
                 GError          **error)
{
  guint n_set = self->options.set != NULL ? g_strv_length (self->options.set) : 0;
  guint n_args = self->n_args > first ? self->n_args - first : 0;
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) problem_free);
  g_autoptr(GHashTable) given = g_hash_table_new (g_direct_hash, g_direct_equal);
  g_autoptr(GError) first_error = NULL;

  if (n_set + n_args == 0)
    {
      g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("Name what to set: FIELD=VALUE."));
      return FALSE;
    }

  for (guint i = 0; i < n_set + n_args; i++)
    {
      const char *text = i < n_set ? self->options.set[i] : self->args[first + i - n_set];
      Assignment assignment = { 0 };

      take_assignment (self, entity, text, &assignment, problems, &first_error);
      if (assignment.field != NULL)
        g_hash_table_add (given, (gpointer) assignment.field);
      if (problems->len == 0)
        func (self, assignment.kind, assignment.field, &assignment.value, data);
      cpt_value_clear (&assignment.value);
    }
  if (problems->len == 0)
    return TRUE;

  if (is_new && first_error->domain == CPT_ERROR)
    add_empty_fields (entity, given, problems);
  tell_problems (self, problems, &first_error);
  g_propagate_error (error, g_steal_pointer (&first_error));

  return FALSE;
}

static void
set_in_record (CptCtl         *self,
               CptBulkKind     kind,
               const CptField *field,
               const CptValue *value,
               gpointer        data)
{
  if (kind != CPT_BULK_REMOVE)
    cpt_record_set (data, field, value);
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
  if (!each_assignment (self, entity, 1, TRUE, set_in_record, record, error))
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

static void
set_in_transaction (CptCtl         *self,
                    CptBulkKind     kind,
                    const CptField *field,
                    const CptValue *value,
                    gpointer        data)
{
  Setting *setting = data;

  if (kind == CPT_BULK_ADD)
    cpt_transaction_add_members (setting->transaction, setting->entity, &setting->id, field, value);
  else if (kind == CPT_BULK_REMOVE)
    cpt_transaction_remove_members (setting->transaction, setting->entity, &setting->id, field, value);
  else
    cpt_transaction_set (setting->transaction, setting->entity, &setting->id, field, value);
}

static void
set_in_bulk (CptCtl         *self,
             CptBulkKind     kind,
             const CptField *field,
             const CptValue *value,
             gpointer        data)
{
  if (cpt_bulk_get_n_changes (data) < CPT_BULK_MAX_CHANGES)
    cpt_bulk_add_change (data, kind, field, value);
}

static gboolean
set_in_many (CptCtl           *self,
             const CptEntity  *entity,
             GError          **error)
{
  g_autoptr(CptBulk) bulk = cpt_bulk_new (cpt_database_get_schema (self->database), entity, CPT_ORIGIN_COMMAND);

  return each_assignment (self, entity, 1, FALSE, set_in_bulk, bulk, error) &&
         cpt_ctl_add_scope (self, entity, bulk, error) && cpt_ctl_run_bulk (self, entity, bulk, error);
}

/* Without conditions, the records themselves must be named */
static gboolean
check_named (CptCtl  *self,
             GError **error)
{
  if (self->options.dry_run)
    {
      g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("--dry-run needs a condition behind --where."));
      return FALSE;
    }
  if (self->n_args > 1)
    return TRUE;

  g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE,
                       _("Name the records that are meant, or a condition behind --where."));

  return FALSE;
}

typedef struct
{
  CptSeriesEdit *edit;
  CptRecord *task;
} SeriesSetting;

static void
set_in_series (CptCtl         *self,
               CptBulkKind     kind,
               const CptField *field,
               const CptValue *value,
               gpointer        data)
{
  SeriesSetting *setting = data;
  g_auto(CptValue) all = CPT_VALUE_INIT;

  cpt_value_copy (kind == CPT_BULK_SET ? value : cpt_record_get (setting->task, field), &all);
  if (kind == CPT_BULK_ADD)
    cpt_value_add_members (&all, value);
  else if (kind == CPT_BULK_REMOVE)
    cpt_value_remove_members (&all, value);
  cpt_series_edit_set (setting->edit, field->name, &all);
}

/* Of a task that repeats: @argument is the record; without assignments it is
 * deleted */
static gboolean
change_series (CptCtl           *self,
               const CptEntity  *entity,
               gboolean          is_deletion,
               GError          **error)
{
  g_autoptr(CptSeriesEdit) edit = NULL;
  g_autoptr(CptRecord) task = NULL;
  g_autoptr(CptTransaction) transaction = NULL;
  SeriesSetting setting;
  CptUuid id;

  if (self->n_args < 2 || (is_deletion && self->n_args > 2))
    {
      g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE,
                           _("--scope and --on are about one task: name it, or a condition behind --where."));
      return FALSE;
    }
  if (!cpt_find_record (self->database, entity, self->args[1], FALSE, &id, error))
    return FALSE;

  edit = cpt_ctl_create_series_edit (self, entity, &id, error);
  task = edit != NULL ? cpt_database_load (self->database, entity, &id, error) : NULL;
  if (task == NULL)
    return FALSE;
  setting = (SeriesSetting){ edit, task };
  if (!is_deletion && !each_assignment (self, entity, 2, FALSE, set_in_series, &setting, error))
    return FALSE;
  if (is_deletion)
    cpt_series_edit_delete (edit);
  transaction = cpt_series_edit_build (edit, self->database, CPT_ORIGIN_COMMAND, error);

  return transaction != NULL && commit (self, transaction, &id, 1, error);
}

static gboolean
run_set (CptCtl  *self,
         GError **error)
{
  Setting setting = { .entity = cpt_ctl_find_entity (self, self->args[0], error) };
  g_autoptr(CptTransaction) transaction = NULL;

  if (setting.entity != NULL && cpt_ctl_has_conditions (self))
    return set_in_many (self, setting.entity, error);
  if (setting.entity != NULL && cpt_ctl_has_scope (self))
    return change_series (self, setting.entity, FALSE, error);
  if (setting.entity == NULL || !check_named (self, error) ||
      !cpt_find_record (self->database, setting.entity, self->args[1], FALSE, &setting.id, error))
    return FALSE;

  transaction = cpt_transaction_new (CPT_ORIGIN_COMMAND, NULL);
  setting.transaction = transaction;
  if (!each_assignment (self, setting.entity, 2, FALSE, set_in_transaction, &setting, error))
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
delete_many (CptCtl  *self,
             GError **error)
{
  const CptEntity *entity = cpt_ctl_find_entity (self, self->args[0], error);
  g_autoptr(CptBulk) bulk = NULL;

  if (entity == NULL)
    return FALSE;
  if (self->n_args > 1 || self->options.trash)
    {
      g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE,
                           _("Conditions choose among the records that are not in the trash; name no others beside them."));
      return FALSE;
    }

  bulk = cpt_bulk_new (cpt_database_get_schema (self->database), entity, CPT_ORIGIN_COMMAND);
  cpt_bulk_add_change (bulk, CPT_BULK_DELETE, NULL, NULL);

  return cpt_ctl_add_scope (self, entity, bulk, error) && cpt_ctl_run_bulk (self, entity, bulk, error);
}

static gboolean
run_delete (CptCtl  *self,
            GError **error)
{
  const CptEntity *entity;

  if (cpt_ctl_has_conditions (self))
    return delete_many (self, error);
  if (cpt_ctl_has_scope (self))
    {
      entity = cpt_ctl_find_entity (self, self->args[0], error);
      return entity != NULL && change_series (self, entity, TRUE, error);
    }
  if (!check_named (self, error))
    return FALSE;

  return change_records (self, self->options.trash, self->options.trash ? cpt_transaction_purge : cpt_transaction_delete,
                         error);
}

static gboolean
run_restore (CptCtl  *self,
             GError **error)
{
  return change_records (self, TRUE, cpt_transaction_restore, error);
}

#define MANY_OPTIONS                                                                                   \
  (CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (WHERE) | CPT_CTL_TAKES (FILTER) | \
   CPT_CTL_TAKES (SEARCH) | CPT_CTL_TAKES (DRY_RUN) | CPT_CTL_TAKES (QUIET))

const CptCtlCommand cpt_ctl_write_commands[] = {
  {
    .name = "new",
    .arguments = N_("KIND FIELD=VALUE…"),
    .summary = N_("Create a record"),
    .details = N_("Values are written as in CSV: decimal points, ISO dates, "
                  "links by title or identifier, several links separated by semicolons.\n\n"
                  "A field of your own is a record too; its name then begins with x_:\n"
                  "  comptoirctl new WORKSPACE custom_field entity_name=organisation name=x_size label=Size kind=integer\n"
                  "  comptoirctl set WORKSPACE organisation Acme x_size=44"),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = G_MAXUINT,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (SET),
    .run = run_new,
  },
  {
    .name = "set",
    .arguments = N_("KIND [RECORD] FIELD=VALUE…"),
    .summary = N_("Change a record, or all that meet conditions"),
    .details = N_("RECORD is an identifier, its unique beginning, a title or another key. An empty value clears a field; "
                  "FIELD+=VALUE adds to tags and other sets, FIELD-=VALUE takes away.\n\n"
                  "Conditions take the place of RECORD. All records are changed as one act, or none:\n"
                  "  comptoirctl set WORKSPACE contact --where language=fr owner=Anne tags+=Salon\n\n"
                  "Of a task that repeats, --scope says what the change is about, and --on names a day on which it is still to come:\n"
                  "  comptoirctl set WORKSPACE task Report --scope following --on 2027-03-01 due_on=2027-03-02"),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = G_MAXUINT,
    .options = MANY_OPTIONS | CPT_CTL_TAKES (SET) | CPT_CTL_TAKES (SCOPE) | CPT_CTL_TAKES (ON),
    .run = run_set,
  },
  {
    .name = "delete",
    .arguments = N_("KIND RECORD…"),
    .summary = N_("Move records to the trash"),
    .details = N_("Conditions may take the place of RECORD: all records that meet them go as one act, or none."),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = G_MAXUINT,
    .options = MANY_OPTIONS | CPT_CTL_TAKES (TRASH) | CPT_CTL_TAKES (SCOPE) | CPT_CTL_TAKES (ON),
    .run = run_delete,
  },
  {
    .name = "restore",
    .arguments = N_("KIND RECORD…"),
    .summary = N_("Restore records from the trash"),
    .access = CPT_CTL_WRITE,
    .min_args = 2,
    .max_args = G_MAXUINT,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_restore,
  },
  { NULL },
};
