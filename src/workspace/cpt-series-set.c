/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values for several fields and tasks at once, each of which may be of a series:
 * an edit for each task, in the order in which they came. */

#include "config.h"

#include "cpt-series-set.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-series-private.h"

struct _CptSeriesSet
{
  char *label;        /* (nullable) */
  GPtrArray *edits;   /* (element-type CptSeriesEdit) */
  GHashTable *places; /* of a task, borrowed from @edits, to its edit */
};

CptSeriesSet *
cpt_series_set_new (const char *label)
{
  CptSeriesSet *self = g_atomic_rc_box_new0 (CptSeriesSet);

  self->label = g_strdup (label);
  self->edits = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_series_edit_free);
  self->places = g_hash_table_new (cpt_uuid_hash, cpt_uuid_equal);

  return self;
}

CptSeriesSet *
cpt_series_set_ref (CptSeriesSet *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  CptSeriesSet *self = data;

  g_free (self->label);
  g_hash_table_unref (self->places);
  g_ptr_array_unref (self->edits);
}

void
cpt_series_set_unref (CptSeriesSet *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear);
}

void
cpt_series_set_add (CptSeriesSet   *self,
                    const CptUuid  *task,
                    const char     *field,
                    const CptValue *value)
{
  CptSeriesEdit *edit;

  g_return_if_fail (self != NULL && task != NULL);

  edit = g_hash_table_lookup (self->places, task);
  if (edit == NULL)
    {
      edit = cpt_series_edit_new (task, G_MININT64, CPT_SERIES_ONE);
      g_ptr_array_add (self->edits, edit);
      g_hash_table_insert (self->places, &edit->task, edit);
    }
  cpt_series_edit_set (edit, field, value);
}

guint
cpt_series_set_get_n_tasks (const CptSeriesSet *self)
{
  return self->edits->len;
}

/* Whether somebody has to say what @edit is about */
static gboolean
concerns_series (const CptSeriesEdit *edit,
                 const CptRecord     *task)
{
  for (guint i = 0; i < edit->settings->len; i++)
    {
      const CptSeriesSetting *setting = g_ptr_array_index (edit->settings, i);
      const CptField *field = cpt_entity_find_field (cpt_record_get_entity (task), setting->field);

      if (field != NULL && cpt_series_concerns (task, field))
        return TRUE;
    }

  return FALSE;
}

/* @task (out) (transfer full) (nullable): NULL when it is not there. FALSE when
 * reading failed */
static gboolean
load_task (const CptSeriesEdit  *edit,
           CptDatabase          *database,
           CptRecord           **task,
           GError              **error)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), "task");
  g_autoptr(GError) local_error = NULL;

  *task = cpt_database_load (database, entity, &edit->task, &local_error);
  if (*task != NULL || g_error_matches (local_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

gboolean
cpt_series_set_concerns (const CptSeriesSet  *self,
                         CptDatabase         *database,
                         gboolean            *concerns,
                         GError             **error)
{
  g_return_val_if_fail (self != NULL && database != NULL && concerns != NULL, FALSE);

  *concerns = FALSE;
  for (guint i = 0; i < self->edits->len && !*concerns; i++)
    {
      const CptSeriesEdit *edit = g_ptr_array_index (self->edits, i);
      g_autoptr(CptRecord) task = NULL;

      if (!load_task (edit, database, &task, error))
        return FALSE;
      *concerns = task != NULL && concerns_series (edit, task);
    }

  return TRUE;
}

/* The values as they are */
static void
append_values (const CptSeriesEdit *edit,
               CptDatabase         *database,
               CptTransaction      *transaction)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), "task");

  for (guint i = 0; i < edit->settings->len; i++)
    {
      const CptSeriesSetting *setting = g_ptr_array_index (edit->settings, i);
      const CptField *field = cpt_entity_find_field (entity, setting->field);

      if (field != NULL)
        cpt_transaction_set (transaction, entity, &edit->task, field, &setting->value);
    }
}

static gboolean
append_series (const CptSeriesEdit  *edit,
               CptDatabase          *database,
               CptSeriesScope        scope,
               CptTransaction       *transaction,
               GError              **error)
{
  g_autoptr(CptSeriesEdit) scoped = cpt_series_edit_new (&edit->task, G_MININT64, scope);

  for (guint i = 0; i < edit->settings->len; i++)
    {
      const CptSeriesSetting *setting = g_ptr_array_index (edit->settings, i);

      cpt_series_edit_set (scoped, setting->field, &setting->value);
    }

  return cpt_series_edit_append (scoped, database, transaction, error);
}

CptTransaction *
cpt_series_set_build (const CptSeriesSet  *self,
                      CptDatabase         *database,
                      CptOrigin            origin,
                      CptSeriesScope       scope,
                      GError             **error)
{
  g_autoptr(CptTransaction) transaction = NULL;

  g_return_val_if_fail (self != NULL && database != NULL, NULL);

  transaction = cpt_transaction_new (origin, self->label);
  for (guint i = 0; i < self->edits->len; i++)
    {
      const CptSeriesEdit *edit = g_ptr_array_index (self->edits, i);
      g_autoptr(CptRecord) task = NULL;
      g_autoptr(GError) local_error = NULL;

      if (!load_task (edit, database, &task, error))
        return NULL;
      if (task == NULL || !concerns_series (edit, task))
        {
          append_values (edit, database, transaction);
          continue;
        }
      if (append_series (edit, database, scope, transaction, &local_error))
        continue;
      if (self->edits->len > 1)
        {
          g_autofree char *title = cpt_record_dup_title (task);

          g_set_error (error, local_error->domain, local_error->code, C_("problem", "%s: %s"), title, local_error->message);
        }
      else
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
        }
      return NULL;
    }

  return g_steal_pointer (&transaction);
}
