/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The steps that change one task of a series, those that follow or all; see
 * cpt-series.c. */

#include "config.h"

#include "cpt-series-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-json.h"
#include "cpt-task-private.h"

/* Steps */

void
cpt_series_expect (CptSeries       *self,
                   const CptRecord *task)
{
  if (self->expected == task)
    return;

  cpt_transaction_expect (self->out, self->entity, &task->id, task->sequence);
  self->expected = task;
}

static void
set_value (CptSeries       *self,
           const CptRecord *task,
           const char      *field,
           const CptValue  *value)
{
  cpt_series_expect (self, task);
  cpt_transaction_set (self->out, self->entity, &task->id, cpt_entity_find_field (self->entity, field), value);
}

static void
set_day (CptSeries       *self,
         const CptRecord *task,
         const char      *field,
         gint64           day)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_integer (&value, day);
  set_value (self, task, field, &value);
}

void
cpt_series_take_text (CptSeries       *self,
                      const CptRecord *task,
                      const char      *field,
                      char            *text)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (text != NULL)
    cpt_value_take_text (&value, text);
  set_value (self, task, field, &value);
}

static void
put_text (CptRecord  *task,
          const char *field,
          char       *text)
{
  CptValue value = CPT_VALUE_INIT;

  if (text != NULL)
    cpt_value_take_text (&value, text);
  cpt_record_take (task, cpt_entity_find_field (cpt_record_get_entity (task), field), value);
}

/* Days on which it does not come, moved with the series; those before @from stay
 * with what was before */
static char *
dup_skips (const CptSeries *self,
           gint64           from,
           gint64           distance)
{
  g_autoptr(GArray) days = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->skips->len; i++)
    {
      gint64 day = g_array_index (self->skips, gint64, i);

      if (day < from)
        continue;
      day += distance;
      g_array_append_val (days, day);
    }

  return cpt_recurrence_write_skips (days);
}

/* What the next task shall get where this one is changed alone, or no longer is */

static JsonObject *
read_values (const CptRecord *task)
{
  const char *text = cpt_record_get_text (task, "series_values");
  g_autoptr(JsonNode) node = text != NULL ? cpt_json_parse (text, -1, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : json_object_new ();
}

static void
write_values (CptSeries       *self,
              const CptRecord *task,
              JsonObject      *values)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), values);

  cpt_series_take_text (self, task, "series_values", json_object_get_size (values) > 0 ? cpt_json_format (node) : NULL);
}

static void
keep_values (CptSeries *self)
{
  g_autoptr(JsonObject) values = read_values (self->head);

  for (guint i = 0; i < self->edit->settings->len; i++)
    {
      const CptSeriesSetting *setting = g_ptr_array_index (self->edit->settings, i);
      const CptField *field = cpt_entity_find_field (self->entity, setting->field);
      const CptValue *value = cpt_record_get (self->head, field);

      if (json_object_has_member (values, setting->field) ||
          (cpt_task_is_own_field (setting->field) && !g_str_equal (setting->field, "due_at")))
        continue;
      json_object_set_member (values, setting->field,
                              cpt_value_is_null (value) ? json_node_new (JSON_NODE_NULL) : cpt_field_to_json (field, value));
    }
  write_values (self, self->head, values);
}

static void
forget_values (CptSeries *self)
{
  g_autoptr(JsonObject) values = NULL;

  if (!cpt_series_has (self->head, "series_values"))
    return;

  values = read_values (self->head);
  for (guint i = 0; i < self->edit->settings->len; i++)
    json_object_remove_member (values, ((CptSeriesSetting *) g_ptr_array_index (self->edit->settings, i))->field);
  write_values (self, self->head, values);
}

/* Changing */

static void
change_head (CptSeries *self)
{
  for (guint i = 0; i < self->edit->settings->len; i++)
    {
      const CptSeriesSetting *setting = g_ptr_array_index (self->edit->settings, i);

      if (!self->is_coming)
        set_value (self, self->head, setting->field, &setting->value);
      else if (g_str_equal (setting->field, "due_at") && setting->value.type == CPT_VALUE_INTEGER)
        set_day (self, self->head, "due_at",
                 cpt_recurrence_move_instant (setting->value.integer, cpt_record_get_integer (self->head, "due_on"),
                                              cpt_database_get_zone (self->database)));
      else if (!g_str_equal (setting->field, "due_on"))
        set_value (self, self->head, setting->field, &setting->value);
    }
}

static void
change_draft (CptSeries *self,
              CptRecord *draft)
{
  for (guint i = 0; i < self->edit->settings->len; i++)
    {
      const CptSeriesSetting *setting = g_ptr_array_index (self->edit->settings, i);

      cpt_record_set (draft, cpt_entity_find_field (self->entity, setting->field), &setting->value);
    }
  cpt_record_set_integer (draft, "due_on", self->day + self->distance);
}

/* Others of the series get what is changed, but for their days and for what was
 * changed in them alone. */
static void
change_other (CptSeries       *self,
              const CptRecord *other)
{
  g_autoptr(JsonObject) values = read_values (self->head);

  for (guint i = 0; i < self->edit->settings->len; i++)
    {
      const CptSeriesSetting *setting = g_ptr_array_index (self->edit->settings, i);
      const CptField *field = cpt_entity_find_field (self->entity, setting->field);
      const CptValue *usual = cpt_record_get (self->head, field);
      g_auto(CptValue) kept = CPT_VALUE_INIT;

      if (cpt_task_is_own_field (setting->field) || g_str_equal (setting->field, "recurrence"))
        continue;
      if (json_object_has_member (values, setting->field) &&
          cpt_field_from_json (field, json_object_get_member (values, setting->field), &kept, NULL))
        usual = &kept;
      if (cpt_value_equal (cpt_record_get (other, field), usual))
        set_value (self, other, setting->field, &setting->value);
    }
}

gint64
cpt_series_get_day (const CptRecord *task)
{
  return cpt_record_get_integer (task, "occurs_on");
}

gboolean
cpt_series_end_earlier (CptSeries  *self,
                        GError    **error)
{
  for (guint i = 0; i < self->others->len; i++)
    {
      const CptRecord *other = g_ptr_array_index (self->others, i);
      g_autoptr(CptRecurrence) rule = NULL;
      g_autoptr(CptRecurrence) ended = NULL;

      if (!cpt_series_has (other, "recurrence") || cpt_series_get_day (other) >= self->day)
        continue;
      rule = cpt_recurrence_parse (cpt_record_get_text (other, "recurrence"), NULL);
      ended = rule != NULL ? cpt_recurrence_end_before (rule, self->day, error) : NULL;
      if (ended == NULL && rule != NULL)
        return FALSE;
      if (ended != NULL)
        cpt_series_take_text (self, other, "recurrence", g_strdup (cpt_recurrence_get_text (ended)));
    }

  return TRUE;
}

/* What was changed alone after the day belongs to what begins on it. */
static void
take_later (CptSeries     *self,
            const CptUuid *series)
{
  for (guint i = 0; i < self->others->len; i++)
    {
      const CptRecord *other = g_ptr_array_index (self->others, i);

      if (cpt_series_get_day (other) < self->day)
        continue;
      change_other (self, other);
      if (series != NULL)
        cpt_series_take_text (self, other, "series", cpt_uuid_dup_text (series));
      if (self->distance != 0)
        set_day (self, other, "occurs_on", cpt_series_get_day (other) + self->distance);
    }
}

gboolean
cpt_series_has_later (CptSeries *self)
{
  for (guint i = 0; i < self->others->len; i++)
    if (cpt_series_has (g_ptr_array_index (self->others, i), "recurrence") &&
        cpt_series_get_day (g_ptr_array_index (self->others, i)) > cpt_series_get_day (self->head))
      return TRUE;

  return FALSE;
}

static gboolean
is_first (CptSeries *self)
{
  if (self->is_coming)
    return FALSE;
  for (guint i = 0; i < self->others->len; i++)
    if (cpt_series_has (g_ptr_array_index (self->others, i), "recurrence"))
      return FALSE;

  return TRUE;
}

/* The rule from the day on, where it is to come then; what was given, when the
 * rule is what is changed */
static gboolean
find_rule (CptSeries  *self,
           gboolean    is_whole,
           char      **text,
           GError    **error)
{
  const CptValue *given = cpt_series_edit_find (self->edit, "recurrence");
  g_autoptr(CptRecurrence) rule = NULL;
  g_autoptr(CptRecurrence) moved = NULL;

  if (given != NULL)
    {
      *text = given->type == CPT_VALUE_TEXT ? g_strdup (given->text) : NULL;
      return TRUE;
    }

  rule = is_whole ? cpt_recurrence_parse (cpt_recurrence_get_text (self->rule), error)
                  : cpt_recurrence_begin_at (self->rule, self->start, self->day, error);
  if (rule != NULL && self->distance != 0)
    moved = cpt_recurrence_move (rule, self->day, self->day + self->distance, error);
  if (rule == NULL || (self->distance != 0 && moved == NULL))
    return FALSE;
  *text = g_strdup (cpt_recurrence_get_text (moved != NULL ? moved : rule));

  return TRUE;
}

/* A day that is to come, without a record: one of its own */
gboolean
cpt_series_change_one (CptSeries  *self,
                       GError    **error)
{
  g_autoptr(CptRecord) draft = NULL;

  if (cpt_series_edit_find (self->edit, "recurrence") != NULL)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID,
                           _("How a task repeats can’t be changed for one of them. Change it for those that follow."));
      return FALSE;
    }
  if (!self->is_coming)
    {
      change_head (self);
      keep_values (self);
      return TRUE;
    }

  draft = cpt_task_create_next (self->database, self->head, self->day);
  put_text (draft, "recurrence", NULL);
  put_text (draft, "series_skips", NULL);
  put_text (draft, "calendar_item", NULL);
  change_draft (self, draft);
  cpt_transaction_create (self->out, draft);
  g_array_append_val (self->skips, self->day);
  cpt_series_take_text (self, self->head, "series_skips", cpt_recurrence_write_skips (self->skips));

  return TRUE;
}

/* From a day that is to come, a task begins a series. */
static gboolean
begin_coming (CptSeries  *self,
              GError    **error)
{
  g_autoptr(CptRecord) draft = cpt_task_create_next (self->database, self->head, self->day);
  g_autoptr(CptRecurrence) ended = cpt_recurrence_end_before (self->rule, self->day, error);
  char *text = NULL;

  if (ended == NULL || !find_rule (self, FALSE, &text, error))
    return FALSE;

  cpt_uuid_generate (&draft->id, cpt_database_get_now (self->database) / 1000);
  change_draft (self, draft);
  put_text (draft, "calendar_item", NULL);
  put_text (draft, "recurrence", text);
  put_text (draft, "series", cpt_uuid_dup_text (&draft->id));
  put_text (draft, "series_skips", dup_skips (self, self->day, self->distance));
  cpt_record_set_integer (draft, "series_start", self->day + self->distance);
  cpt_record_set_integer (draft, "occurs_on", self->day + self->distance);
  cpt_transaction_create (self->out, draft);
  cpt_series_take_text (self, self->head, "recurrence", g_strdup (cpt_recurrence_get_text (ended)));
  take_later (self, &draft->id);

  return TRUE;
}

/* Where a rule names several days and only one of them moves, the others stay,
 * and the stored task with them. */
static gboolean
move_one_of_several (CptSeries *self)
{
  g_autoptr(CptRecurrence) rest = cpt_recurrence_begin_at (self->rule, self->start, cpt_series_get_day (self->head), NULL);
  g_autoptr(CptRecurrence) moved =
    rest != NULL ? cpt_recurrence_move (rest, self->day, self->day + self->distance, NULL) : NULL;
  gint64 first = cpt_series_get_day (self->head);
  gint64 date;

  if (moved == NULL || strchr (cpt_recurrence_get_text (moved), ',') == NULL ||
      cpt_recurrence_list (moved, first, first, first, &date, 1) != 1)
    return FALSE;

  cpt_series_take_text (self, self->head, "recurrence", g_strdup (cpt_recurrence_get_text (moved)));
  set_day (self, self->head, "series_start", first);

  return TRUE;
}

gboolean
cpt_series_change_all (CptSeries  *self,
                       GError    **error)
{
  char *text = NULL;

  change_head (self);
  forget_values (self);
  for (guint i = 0; i < self->others->len; i++)
    change_other (self, g_ptr_array_index (self->others, i));
  if (self->distance == 0)
    return TRUE;
  if (self->is_coming && move_one_of_several (self))
    return TRUE;
  if (!find_rule (self, TRUE, &text, error))
    return FALSE;

  cpt_series_take_text (self, self->head, "recurrence", text);
  set_day (self, self->head, "series_start", self->start + self->distance);
  set_day (self, self->head, "occurs_on", cpt_series_get_day (self->head) + self->distance);
  cpt_series_take_text (self, self->head, "series_skips", dup_skips (self, G_MININT64, self->distance));
  if (self->is_coming)
    set_day (self, self->head, "due_on", cpt_series_get_day (self->head) + self->distance);
  for (guint i = 0; i < self->others->len; i++)
    {
      const CptRecord *other = g_ptr_array_index (self->others, i);

      if (!cpt_series_has (other, "recurrence"))
        set_day (self, other, "occurs_on", cpt_series_get_day (other) + self->distance);
    }

  return TRUE;
}

gboolean
cpt_series_change_following (CptSeries  *self,
                             GError    **error)
{
  gboolean has_rule = cpt_series_edit_find (self->edit, "recurrence") != NULL;
  char *text = NULL;

  if (self->is_coming)
    return begin_coming (self, error);
  if (is_first (self))
    return cpt_series_change_all (self, error);
  if (!find_rule (self, FALSE, &text, error))
    return FALSE;

  change_head (self);
  forget_values (self);
  cpt_series_take_text (self, self->head, "recurrence", text);
  cpt_series_take_text (self, self->head, "series", cpt_uuid_dup_text (&self->head->id));
  cpt_series_take_text (self, self->head, "calendar_item", NULL);
  if (!has_rule)
    {
      set_day (self, self->head, "series_start", self->day + self->distance);
      set_day (self, self->head, "occurs_on", self->day + self->distance);
      cpt_series_take_text (self, self->head, "series_skips", dup_skips (self, self->day, self->distance));
    }
  take_later (self, &self->head->id);

  return cpt_series_end_earlier (self, error);
}
