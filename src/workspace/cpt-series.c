/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes of tasks that repeat: of one, of those that follow or of all.
 *
 * Of a series only the next task is stored, with the rule; what comes after it
 * is told by the rule. So a day that is still to come has no record to change:
 *
 *             the stored task                a day that is to come
 *   one       it changes, and keeps what     the day is left out; a task of its
 *             the next one shall get         own takes its place
 *   following those before end with UNTIL,   the rule ends with UNTIL; a task
 *             this one begins a series       begins a series on that day
 *   all       it changes, with the start     likewise, by the same number of days
 *             of the series
 *
 * Tasks that are done keep their days whatever the scope; what was changed alone
 * in one of them stays. */

#include "config.h"

#include "cpt-series-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-query.h"
#include "cpt-task-private.h"
#include "cpt-task-status.h"

static void
setting_free (gpointer data)
{
  CptSeriesSetting *setting = data;

  cpt_value_clear (&setting->value);
  g_free (setting->field);
  g_free (setting);
}

static void
series_clear (CptSeries *self)
{
  g_clear_pointer (&self->head, cpt_record_unref);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_clear_pointer (&self->rule, cpt_recurrence_free);
  g_clear_pointer (&self->skips, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptSeries, series_clear)

gboolean
cpt_series_has (const CptRecord *task,
                const char      *field)
{
  return !cpt_value_is_null (cpt_record_get_named (task, field));
}

gboolean
cpt_series_applies (const CptEntity *entity)
{
  g_return_val_if_fail (entity != NULL, FALSE);

  return g_str_equal (entity->name, "task");
}

gboolean
cpt_series_shares (const CptField *field)
{
  static const char *const own[] = { "status", "completed_at", "recurrence", NULL };

  return !g_strv_contains (own, field->name) && (field->flags & CPT_FIELD_HIDDEN) == 0;
}

gboolean
cpt_series_concerns (const CptRecord *task,
                     const CptField  *field)
{
  g_return_val_if_fail (task != NULL, FALSE);

  if (!cpt_series_applies (cpt_record_get_entity (task)) || !cpt_series_has (task, "recurrence") ||
      cpt_task_is_over (task))
    return FALSE;

  return field == NULL || cpt_series_shares (field);
}

CptSeriesEdit *
cpt_series_edit_new (const CptUuid  *task,
                     gint64          day,
                     CptSeriesScope  scope)
{
  CptSeriesEdit *self;

  g_return_val_if_fail (task != NULL, NULL);

  self = g_new0 (CptSeriesEdit, 1);
  self->task = *task;
  self->day = day;
  self->scope = scope;
  self->settings = g_ptr_array_new_with_free_func (setting_free);

  return self;
}

void
cpt_series_edit_free (CptSeriesEdit *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->settings);
  g_free (self);
}

const CptValue *
cpt_series_edit_find (const CptSeriesEdit *self,
                      const char          *field)
{
  for (guint i = self->settings->len; i > 0; i--)
    {
      const CptSeriesSetting *setting = g_ptr_array_index (self->settings, i - 1);

      if (g_str_equal (setting->field, field))
        return &setting->value;
    }

  return NULL;
}

void
cpt_series_edit_set (CptSeriesEdit  *self,
                     const char     *field,
                     const CptValue *value)
{
  CptSeriesSetting *setting;

  g_return_if_fail (self != NULL);
  g_return_if_fail (field != NULL && value != NULL);

  setting = g_new0 (CptSeriesSetting, 1);
  setting->field = g_strdup (field);
  cpt_value_copy (value, &setting->value);
  g_ptr_array_add (self->settings, setting);
}

void
cpt_series_edit_delete (CptSeriesEdit *self)
{
  g_return_if_fail (self != NULL);

  self->is_deletion = TRUE;
}

/* Deleting */

static void
delete_from (CptSeries *self,
             gint64     day)
{
  for (guint i = 0; i < self->others->len; i++)
    {
      const CptRecord *other = g_ptr_array_index (self->others, i);

      if (cpt_series_get_day (other) < day)
        continue;
      cpt_series_expect (self, other);
      cpt_transaction_delete (self->out, self->entity, &other->id);
    }
}

static gboolean
delete_one (CptSeries  *self,
            GError    **error)
{
  gint64 date;

  if (self->is_coming)
    {
      g_array_append_val (self->skips, self->day);
      cpt_series_take_text (self, self->head, "series_skips", cpt_recurrence_write_skips (self->skips));
      return TRUE;
    }

  cpt_transaction_delete (self->out, self->entity, &self->head->id);
  if (!cpt_series_has_later (self) && cpt_task_find_next_day (self->database, self->head, &date))
    {
      g_autoptr(CptRecord) next = cpt_task_create_next (self->database, self->head, date);

      cpt_transaction_create (self->out, next);
    }

  return TRUE;
}

static gboolean
delete_following (CptSeries  *self,
                  GError    **error)
{
  g_autoptr(CptRecurrence) ended = NULL;

  delete_from (self, self->day);
  if (!self->is_coming)
    {
      cpt_transaction_delete (self->out, self->entity, &self->head->id);
      return cpt_series_end_earlier (self, error);
    }

  ended = cpt_recurrence_end_before (self->rule, self->day, error);
  if (ended == NULL)
    return FALSE;
  cpt_series_take_text (self, self->head, "recurrence", g_strdup (cpt_recurrence_get_text (ended)));

  return TRUE;
}

static gboolean
delete_all (CptSeries  *self,
            GError    **error)
{
  cpt_transaction_delete (self->out, self->entity, &self->head->id);
  delete_from (self, G_MININT64);

  return TRUE;
}

/* Reading */

static gboolean
load_others (CptSeries  *self,
             GError    **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(CptQuery) query = cpt_query_new (schema, self->entity);
  g_autofree char *json = g_strdup_printf ("{\"field\":\"series\",\"op\":\"is\",\"value\":\"%s\"}",
                                           cpt_record_get_text (self->head, "series"));
  g_autoptr(CptFilter) filter = cpt_filter_parse (schema, self->entity, json, error);
  g_autoptr(GPtrArray) records = NULL;

  if (filter == NULL)
    return FALSE;
  cpt_query_set_filter (query, filter);
  records = cpt_query_load_records (query, self->database, 0, error);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      CptRecord *record = g_ptr_array_index (records, i);

      if (record->row != self->head->row)
        g_ptr_array_add (self->others, cpt_record_ref (record));
    }

  return records != NULL;
}

static gboolean
refuse (const char  *message,
        GError     **error)
{
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID, message);

  return FALSE;
}

static gboolean
check_head (CptSeries  *self,
            GError    **error)
{
  if (self->head->in_trash || !cpt_series_has (self->head, "recurrence") || !cpt_series_has (self->head, "series") ||
      !cpt_series_has (self->head, "occurs_on"))
    return refuse (_("This task does not repeat."), error);
  if (cpt_task_is_over (self->head))
    return refuse (_("This task is over. Change the one of its series that is still to be done."), error);

  return TRUE;
}

/* The day of an hour counts where no day is given. */
static void
find_distance (CptSeries *self)
{
  const CptValue *due = cpt_series_edit_find (self->edit, "due_on");
  const CptValue *hour = cpt_series_edit_find (self->edit, "due_at");

  if (due != NULL && due->type == CPT_VALUE_INTEGER)
    self->distance = due->integer - self->day;
  else if (hour != NULL && hour->type == CPT_VALUE_INTEGER)
    self->distance = cpt_instant_get_date (hour->integer, cpt_database_get_zone (self->database)) - self->day;
}

static gboolean
load_series (CptSeries  *self,
             GError    **error)
{
  gint64 date;

  self->head = cpt_database_load (self->database, self->entity, &self->edit->task, error);
  if (self->head == NULL || !check_head (self, error) || !load_others (self, error))
    return FALSE;
  if (self->edit->scope != CPT_SERIES_ONE && cpt_series_has_later (self))
    return refuse (_("The series goes on after this task already. Change the last one of it that is still to be done."), error);
  self->rule = cpt_recurrence_parse (cpt_record_get_text (self->head, "recurrence"), error);
  if (self->rule == NULL)
    return FALSE;

  self->skips = cpt_recurrence_read_skips (cpt_record_get_text (self->head, "series_skips"));
  self->start = cpt_record_get_integer (self->head, "series_start");
  self->is_coming = self->edit->day != G_MININT64 && self->edit->day != cpt_series_get_day (self->head);
  self->day = self->is_coming ? self->edit->day : cpt_series_get_day (self->head);
  if (self->is_coming && (self->day < cpt_series_get_day (self->head) || cpt_recurrence_skips (self->skips, self->day) ||
                          cpt_recurrence_list (self->rule, self->start, self->day, self->day, &date, 1) != 1))
    return refuse (_("This task does not come on that day."), error);

  find_distance (self);

  return TRUE;
}

static gboolean
make_steps (CptSeries  *self,
            GError    **error)
{
  static gboolean (*const funcs[][2]) (CptSeries * self, GError * *error) = {
    [CPT_SERIES_ONE] = { cpt_series_change_one, delete_one },
    [CPT_SERIES_FOLLOWING] = { cpt_series_change_following, delete_following },
    [CPT_SERIES_ALL] = { cpt_series_change_all, delete_all },
  };

  cpt_series_expect (self, self->head);

  return funcs[self->edit->scope][self->edit->is_deletion ? 1 : 0](self, error);
}

gboolean
cpt_series_edit_append (const CptSeriesEdit  *self,
                        CptDatabase          *database,
                        CptTransaction       *transaction,
                        GError              **error)
{
  g_auto(CptSeries) series = { .edit = self, .database = database, .out = transaction };

  g_return_val_if_fail (self != NULL && transaction != NULL, FALSE);

  series.entity = cpt_schema_find_entity (cpt_database_get_schema (database), "task");
  series.others = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_record_unref);

  return load_series (&series, error) && make_steps (&series, error);
}

CptTransaction *
cpt_series_edit_build (const CptSeriesEdit  *self,
                       CptDatabase          *database,
                       CptOrigin             origin,
                       GError              **error)
{
  g_autoptr(CptTransaction) transaction = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  transaction = cpt_transaction_new (origin, self->is_deletion ? _("Delete repeating task") : _("Change repeating task"));

  return cpt_series_edit_append (self, database, transaction, error) ? g_steal_pointer (&transaction) : NULL;
}
