/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The tasks of a plan: what is there against what is to be. Only those that are to come and
 * that nobody has touched are looked at; all others stay, and keep their places.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-automation-private.h"
#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-plan-work-private.h"
#include "cpt-transaction.h"

/* What a step of a subject is known by. (transfer full) */
static char *
dup_key (const CptPlanned *planned)
{
  char id[CPT_UUID_TEXT_SIZE];

  cpt_uuid_format (&planned->subject, id);

  return g_strdup_printf ("%s/%u", id, planned->step);
}

static void
free_change (CptPlanChange *change)
{
  g_free (change->title);
  g_free (change);
}

void
cpt_plan_difference_free (CptPlanDifference *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->changes);
  g_free (self);
}

static void
add_change (CptPlanDifference *self,
            CptPlanChangeKind  kind,
            const char        *title,
            gint64             from,
            gint64             to)
{
  CptPlanChange *change = g_new0 (CptPlanChange, 1);

  change->kind = kind;
  change->title = g_strdup (title);
  change->from = from;
  change->to = to;
  g_ptr_array_add (self->changes, change);
}

/* -------------------------------------------------------------------- audience */

static gint64
find_anchor (CptPlanWork      *work,
             const CptRecord  *subject,
             GError          **error)
{
  const char *path = cpt_record_get_text (work->record, "anchor");
  g_auto(CptValue) value = CPT_VALUE_INIT;
  const CptField *field;

  if (!cpt_automation_find_value (work->database, subject, path != NULL ? path : "created_at", &field, &value, error))
    return CPT_PLAN_NO_DATE;
  if (field->kind != CPT_FIELD_DATE && field->kind != CPT_FIELD_DATETIME)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("“%s” is no date. Choose a field with a date in the plan."),
                   cpt_field_get_label (field));
      return CPT_PLAN_NO_DATE;
    }
  if (value.type != CPT_VALUE_INTEGER)
    return CPT_PLAN_NO_DATE;

  return field->kind == CPT_FIELD_DATE ? value.integer : cpt_instant_get_date (value.integer, work->zone);
}

/* (transfer full) (element-type CptPlanSubject) (nullable) */
static GArray *
create_subjects (CptPlanWork  *work,
                 GError      **error)
{
  g_autoptr(GArray) subjects = g_array_new (FALSE, FALSE, sizeof (CptPlanSubject));

  for (guint i = 0; i < work->subjects->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (work->subjects, i);
      CptPlanSubject subject = { record->id, cpt_plan_work_get_owner (work, record), CPT_PLAN_NO_DATE };
      g_autoptr(GError) local_error = NULL;

      if (cpt_plan_has_offsets (work->plan))
        subject.anchor = find_anchor (work, record, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      g_array_append_val (subjects, subject);
    }

  return g_steal_pointer (&subjects);
}

static GArray *
spread (CptPlanWork        *work,
        CptPlanDifference  *difference,
        GError            **error)
{
  g_autoptr(GArray) subjects = create_subjects (work, error);
  g_autoptr(GArray) kept = g_array_new (FALSE, FALSE, sizeof (CptPlanned));
  CptPlanAudience audience;

  if (subjects == NULL)
    return NULL;

  for (guint i = 0; i < work->existing->len; i++)
    {
      const CptPlanTask *task = g_ptr_array_index (work->existing, i);

      if (!cpt_plan_work_is_free (work, task))
        g_array_append_val (kept, task->mark);
    }
  difference->n_kept = kept->len;
  audience.subjects = (const CptPlanSubject *) (gpointer) subjects->data;
  audience.n_subjects = subjects->len;
  audience.kept = (const CptPlanned *) (gpointer) kept->data;
  audience.n_kept = kept->len;

  return cpt_plan_spread (work->plan, work->zone, work->now, &audience, &difference->n_left, error);
}

/* ------------------------------------------------------------------------ tasks */

static void
set_text (CptTransaction  *transaction,
          const CptRecord *task,
          const char      *field,
          const char      *text)
{
  const CptEntity *entity = cpt_record_get_entity (task);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, text);
  cpt_transaction_set (transaction, entity, &task->id, cpt_entity_find_field (entity, field), &value);
}

/* What a task is about besides, so that it is found there too */
static void
copy_links (const CptPlanWork *work,
            CptRecord         *task,
            const CptRecord   *subject)
{
  static const char *const links[] = { "organisation", "contact", "deal", "lead" };

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      const CptField *from = cpt_entity_find_field (work->entity, links[i]);
      const CptField *to = cpt_entity_find_field (work->tasks, links[i]);

      if (from != NULL && to != NULL && from->kind == CPT_FIELD_LINK && g_strcmp0 (from->target, to->target) == 0)
        cpt_record_set (task, to, cpt_record_get (subject, from));
    }
}

static void
add_task (CptPlanWork      *work,
          CptTransaction   *transaction,
          const CptPlanned *planned,
          const CptRecord  *subject,
          const char       *title)
{
  g_autoptr(CptRecord) task = cpt_record_new (work->schema, work->tasks);
  g_autofree char *mark = cpt_plan_mark_format (planned, title);

  copy_links (work, task, subject);
  cpt_record_set_id (task, work->link->name, &subject->id);
  cpt_record_set_text (task, "title", title);
  cpt_record_set_id (task, "activity_plan", &work->record->id);
  cpt_record_set_text (task, "plan_state", "planned");
  cpt_record_set_text (task, "plan_mark", mark);
  cpt_record_set_integer (task, "due_at", planned->instant);
  cpt_record_apply_initial (task, work->now, cpt_database_get_author (work->database), work->zone);
  if (cpt_uuid_is_nil (&planned->owner))
    cpt_record_set_null (task, "assignee");
  else
    cpt_record_set_id (task, "assignee", &planned->owner);
  cpt_transaction_create (transaction, task);
}

static void
move_task (CptTransaction    *transaction,
           const CptPlanTask *task,
           const CptPlanned  *planned,
           const char        *title)
{
  const CptEntity *entity = cpt_record_get_entity (task->task);
  g_autofree char *mark = cpt_plan_mark_format (planned, title);
  g_auto(CptValue) at = CPT_VALUE_INIT;
  g_auto(CptValue) owner = CPT_VALUE_INIT;

  cpt_value_set_integer (&at, planned->instant);
  cpt_transaction_set (transaction, entity, &task->task->id, cpt_entity_find_field (entity, "due_at"), &at);
  if (!cpt_uuid_is_nil (&planned->owner))
    cpt_value_set_id (&owner, &planned->owner);
  cpt_transaction_set (transaction, entity, &task->task->id, cpt_entity_find_field (entity, "assignee"), &owner);
  set_text (transaction, task->task, "title", title);
  set_text (transaction, task->task, "plan_mark", mark);
}

static void
compare_task (CptPlanDifference *difference,
              CptTransaction    *transaction,
              const CptPlanTask *task,
              const CptPlanned  *planned,
              const char        *title)
{
  if (task->mark.instant == planned->instant && cpt_uuid_equal (&task->mark.owner, &planned->owner) &&
      g_strcmp0 (task->title, title) == 0)
    {
      difference->n_same++;
      return;
    }
  difference->n_moved++;
  add_change (difference, CPT_PLAN_MOVED, title, task->mark.instant, planned->instant);
  move_task (transaction, task, planned, title);
}

/* Those who stay are taken out of @free. */
static gboolean
compare_planned (CptPlanWork        *work,
                 GArray             *planned,
                 GHashTable         *free,
                 CptPlanDifference  *difference,
                 CptTransaction     *transaction,
                 GError            **error)
{
  g_autoptr(GHashTable) records = g_hash_table_new (cpt_uuid_hash, cpt_uuid_equal);

  for (guint i = 0; i < work->subjects->len; i++)
    {
      CptRecord *record = g_ptr_array_index (work->subjects, i);

      g_hash_table_insert (records, &record->id, record);
    }
  for (guint i = 0; i < planned->len; i++)
    {
      const CptPlanned *one = &g_array_index (planned, CptPlanned, i);
      const CptRecord *subject = g_hash_table_lookup (records, &one->subject);
      g_autofree char *key = dup_key (one);
      g_autofree char *title = cpt_plan_work_dup_title (work, subject, error);
      const CptPlanTask *task = g_hash_table_lookup (free, key);

      if (title == NULL)
        return FALSE;
      if (task != NULL)
        {
          compare_task (difference, transaction, task, one, title);
          g_hash_table_remove (free, key);
          continue;
        }
      difference->n_new++;
      add_change (difference, CPT_PLAN_NEW, title, 0, one->instant);
      add_task (work, transaction, one, subject, title);
    }

  return TRUE;
}

static int
compare_changes (gconstpointer a,
                 gconstpointer b)
{
  const CptPlanChange *first = *(CptPlanChange *const *) a;
  const CptPlanChange *second = *(CptPlanChange *const *) b;
  gint64 x = first->to != 0 ? first->to : first->from;
  gint64 y = second->to != 0 ? second->to : second->from;

  if (first->kind != second->kind)
    return first->kind < second->kind ? -1 : 1;

  return (x > y) - (x < y);
}

/* What is to change, which @transaction does */
static CptPlanDifference *
compare (CptPlanWork     *work,
         CptTransaction  *transaction,
         GError         **error)
{
  g_autoptr(CptPlanDifference) difference = g_new0 (CptPlanDifference, 1);
  g_autoptr(GHashTable) free = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GArray) planned = NULL;

  difference->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) free_change);
  if (!cpt_plan_work_read_audience (work, error) || !cpt_plan_work_read_tasks (work, NULL, error))
    return NULL;
  planned = spread (work, difference, error);
  if (planned == NULL)
    return NULL;

  for (guint i = 0; i < work->existing->len; i++)
    {
      CptPlanTask *task = g_ptr_array_index (work->existing, i);

      if (cpt_plan_work_is_free (work, task))
        g_hash_table_insert (free, dup_key (&task->mark), task);
    }
  if (!compare_planned (work, planned, free, difference, transaction, error))
    return NULL;
  for (guint i = 0; i < work->existing->len; i++)
    {
      const CptPlanTask *task = g_ptr_array_index (work->existing, i);
      g_autofree char *key = dup_key (&task->mark);

      if (g_hash_table_lookup (free, key) != task)
        continue;
      difference->n_removed++;
      add_change (difference, CPT_PLAN_REMOVED, task->title, task->mark.instant, 0);
      cpt_transaction_delete (transaction, work->tasks, &task->task->id);
    }
  g_ptr_array_sort (difference->changes, compare_changes);

  return g_steal_pointer (&difference);
}

CptPlanDifference *
cpt_plan_compare (CptDatabase    *database,
                  const CptUuid  *plan,
                  GError        **error)
{
  g_autoptr(CptPlanWork) work = NULL;
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (plan != NULL, NULL);

  work = cpt_plan_work_open (database, plan, TRUE, error);

  return work != NULL ? compare (work, transaction, error) : NULL;
}

typedef struct
{
  const CptUuid *plan;
  CptPlanDifference *difference; /* (owned) (nullable) */
} Generating;

static gboolean
generate (CptDatabase  *database,
          gpointer      data,
          GError      **error)
{
  Generating *self = data;
  g_autoptr(CptPlanWork) work = cpt_plan_work_open (database, self->plan, TRUE, error);
  g_autoptr(CptTransaction) transaction = NULL;
  g_autofree char *label = NULL;
  CptCommit commit = { 0 };

  if (work == NULL)
    return FALSE;

  /* Translators: in the list of what was done; %s is the name of a plan */
  label = g_strdup_printf (_("Generate the tasks of “%s”"), cpt_record_get_text (work->record, "name"));
  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, label);
  self->difference = compare (work, transaction, error);
  if (self->difference == NULL)
    return FALSE;

  if (cpt_transaction_is_empty (transaction))
    return TRUE;
  if (!cpt_database_commit (database, transaction, &commit, NULL, error))
    return FALSE;
  self->difference->sequence = commit.sequence;

  return TRUE;
}

CptPlanDifference *
cpt_plan_generate (CptDatabase    *database,
                   const CptUuid  *plan,
                   GError        **error)
{
  Generating generating = { plan, NULL };

  g_return_val_if_fail (database != NULL, NULL);
  g_return_val_if_fail (plan != NULL, NULL);

  if (!cpt_database_transact (database, generate, &generating, error))
    g_clear_pointer (&generating.difference, cpt_plan_difference_free);

  return generating.difference;
}
