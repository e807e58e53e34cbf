/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Steps that make records, and change the one that the run is about. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-automation-action-private.h"
#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-timetable.h"
#include "cpt-workflow-duration.h"

/* When people work who have not said when they do */
#define USUAL_WEEK                                                            \
  "{\"windows\":[{\"days\":[1,2,3,4,5],\"from\":\"09:00\",\"to\":\"12:00\"}," \
  "{\"days\":[1,2,3,4,5],\"from\":\"14:00\",\"to\":\"18:00\"}]}"

gboolean
cpt_automation_change_fields (CptAutomationWorld     *self,
                              const CptWorkflowNode  *node,
                              guint                   visit,
                              GError                **error)
{
  g_autoptr(CptTransaction) transaction = cpt_automation_world_begin (self);
  JsonObject *values = NULL;
  g_autoptr(GList) names = NULL;

  if (cpt_automation_world_get_subject (self, error) == NULL || !cpt_json_read_object (node->settings, "values", &values, error))
    return FALSE;

  names = values != NULL ? json_object_get_members (values) : NULL;
  for (GList *l = names; l != NULL; l = l->next)
    {
      const CptField *field = cpt_entity_find_field (self->entity, l->data);
      g_auto(CptValue) value = CPT_VALUE_INIT;

      if (field == NULL)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("There is no field “%s” that can be changed. Choose another one."),
                       (const char *) l->data);
          return FALSE;
        }
      if (!cpt_automation_world_read_value (self, field, json_object_get_member (values, l->data), &value, error))
        return FALSE;
      cpt_transaction_set (transaction, self->entity, &self->enrolment->subject, field, &value);
    }

  return cpt_automation_world_commit (self, node, visit, transaction, error);
}

/* ------------------------------------------------------------- beside the values */

gboolean
cpt_automation_link_subject (CptAutomationWorld *self,
                             CptRecord          *record)
{
  const CptField *link = cpt_entity_find_link_to (cpt_record_get_entity (record), self->entity);

  if (link != NULL)
    cpt_record_set_id (record, link->name, &self->enrolment->subject);

  return link != NULL;
}

void
cpt_automation_fill_rest (CptAutomationWorld *self,
                          CptRecord          *record,
                          const CptRecord    *subject)
{
  const CptEntity *entity = cpt_record_get_entity (record);
  const CptField *owner = cpt_entity_find_field (cpt_record_get_entity (subject), "owner");
  const CptValue *value = owner != NULL ? cpt_record_get (subject, owner) : NULL;

  for (guint i = 0; value != NULL && value->type == CPT_VALUE_ID && i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];

      if (field->kind == CPT_FIELD_LINK && g_strcmp0 (field->target, owner->target) == 0 &&
          g_strcmp0 (field->initial, "me") == 0 && cpt_value_is_null (cpt_record_get (record, field)))
        cpt_record_set (record, field, value);
    }
  cpt_record_apply_initial (record, self->now, cpt_database_get_author (self->database), cpt_database_get_zone (self->database));
}

/* ---------------------------------------------------------------- new records */

/* Whether any of @records says itself what @field is */
static gboolean
is_said (JsonArray  *records,
         const char *field)
{
  for (guint i = 0; i < json_array_get_length (records); i++)
    {
      JsonNode *one = json_array_get_element (records, i);

      if (JSON_NODE_HOLDS_OBJECT (one) && json_object_has_member (json_node_get_object (one), field))
        return TRUE;
    }

  return FALSE;
}

/* By which field what is made leads to records of @subject: the one that is named, or else the only one. @field is
 * %NULL where there is none; where there are several and none is chosen, FALSE. */
static gboolean
find_link (JsonObject       *settings,
           JsonArray        *records,
           const CptEntity  *entity,
           const CptEntity  *subject,
           const CptField  **field,
           GError          **error)
{
  g_autofree char *name = cpt_json_dup_string (settings, "link");
  guint n_found = 0;

  *field = NULL;
  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *one = entity->fields[i];

      if (one->kind != CPT_FIELD_LINK || g_strcmp0 (one->target, subject->name) != 0 ||
          (name != NULL && strcmp (one->name, name) != 0))
        continue;
      if (name == NULL && is_said (records, one->name))
        {
          *field = NULL;
          return TRUE;
        }
      n_found++;
      *field = one;
    }

  if (n_found > 1 || (n_found == 0 && name != NULL))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   _("It is not said by which link the new records lead to the one that this is about. Choose the link."));
      return FALSE;
    }

  return TRUE;
}

static const CptEntity *
read_settings (JsonObject  *settings,
               CptSchema   *schema,
               JsonArray  **records,
               GError     **error)
{
  g_autofree char *name = cpt_json_dup_string (settings, "entity");
  const CptEntity *entity = cpt_automation_find_entity (schema, name);

  if (!cpt_json_read_array (settings, "records", records, error))
    return NULL;
  if (entity == NULL || *records == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   _("The records that this creates are not there any more. Choose others."));
      return NULL;
    }

  return entity;
}

/* (transfer full) (nullable) */
static CptRecord *
create_record (CptAutomationWorld  *self,
               const CptEntity     *entity,
               JsonObject          *values,
               GError             **error)
{
  g_autoptr(CptRecord) record = cpt_record_new (cpt_database_get_schema (self->database), entity);
  g_autoptr(GList) names = json_object_get_members (values);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const CptField *field = cpt_entity_find_field (entity, l->data);
      CptValue value = CPT_VALUE_INIT;

      if (field == NULL)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("There is no field “%s” that can be changed. Choose another one."),
                       (const char *) l->data);
          return NULL;
        }
      if (!cpt_automation_world_read_value (self, field, json_object_get_member (values, l->data), &value, error))
        return NULL;
      cpt_record_take (record, field, value);
    }

  return g_steal_pointer (&record);
}

gboolean
cpt_automation_create_records (CptAutomationWorld     *self,
                               const CptWorkflowNode  *node,
                               guint                   visit,
                               GError                **error)
{
  g_autoptr(CptTransaction) transaction = cpt_automation_world_begin (self);
  CptRecord *subject = cpt_automation_world_get_subject (self, error);
  JsonArray *records = NULL;
  const CptEntity *entity = subject != NULL
                              ? read_settings (node->settings, cpt_database_get_schema (self->database), &records, error)
                              : NULL;
  const CptField *link;

  if (entity == NULL || !find_link (node->settings, records, entity, self->entity, &link, error))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (records); i++)
    {
      JsonNode *values = json_array_get_element (records, i);
      g_autoptr(CptRecord) record = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (values))
        continue;
      record = create_record (self, entity, json_node_get_object (values), error);
      if (record == NULL)
        return FALSE;
      if (link != NULL)
        cpt_record_set_id (record, link->name, &self->enrolment->subject);
      cpt_automation_fill_rest (self, record, subject);
      cpt_transaction_create (transaction, record);
    }

  return cpt_automation_world_commit (self, node, visit, transaction, error);
}

static gboolean
check_record (JsonObject       *values,
              const CptEntity  *target,
              const CptField   *link,
              CptSchema        *schema,
              const CptEntity  *entity,
              GError          **error)
{
  g_autoptr(GList) names = json_object_get_members (values);

  for (GList *l = names; l != NULL; l = l->next)
    if (!cpt_automation_check_value (target, l->data, json_object_get_member (values, l->data), schema, entity, error))
      return FALSE;

  for (guint i = 0; i < target->n_fields; i++)
    {
      const CptField *field = target->fields[i];

      if ((field->flags & CPT_FIELD_REQUIRED) == 0 || field->initial != NULL || field == link)
        continue;
      if (!json_object_has_member (values, field->name) || json_object_get_null_member (values, field->name))
        {
          /* Translators: %s is the label of a field of a record that a workflow creates */
          g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("“%s” is empty in a record that this creates. Fill it in."),
                       cpt_field_get_label (field));
          return FALSE;
        }
    }

  return TRUE;
}

gboolean
cpt_automation_check_records (JsonObject       *settings,
                              CptSchema        *schema,
                              const CptEntity  *entity,
                              GError          **error)
{
  JsonArray *records = NULL;
  const CptEntity *target;
  const CptField *link;

  /* What is not there yet is said of the setting itself. */
  if (!json_object_has_member (settings, "entity") || !json_object_has_member (settings, "records"))
    return TRUE;

  target = read_settings (settings, schema, &records, error);
  if (target == NULL || !find_link (settings, records, target, entity, &link, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (records); i++)
    {
      JsonNode *values = json_array_get_element (records, i);

      if (JSON_NODE_HOLDS_OBJECT (values) &&
          !check_record (json_node_get_object (values), target, link, schema, entity, error))
        return FALSE;
    }

  return TRUE;
}

/* ---------------------------------------------------------------------- tasks */

/* Without a timetable of its own: the usual week of the workspace's country */
static CptTimetable *
read_timetable (JsonObject  *settings,
                const char  *country,
                GError     **error)
{
  JsonObject *object = NULL;
  g_autoptr(JsonNode) usual = NULL;

  if (!cpt_json_read_object (settings, "timetable", &object, error))
    return NULL;
  if (object == NULL)
    {
      usual = cpt_json_parse (USUAL_WEEK, -1, error);
      if (usual == NULL)
        return NULL;
      object = json_node_get_object (usual);
      if (country != NULL && country[0] != '\0')
        json_object_set_string_member (object, "holidays", country);
    }

  return cpt_timetable_parse (object, error);
}

static gboolean
is_of_hours (JsonObject *duration)
{
  g_autofree char *unit = cpt_json_dup_string (duration, "unit");

  return g_strcmp0 (unit, "hours") == 0 || g_strcmp0 (unit, "minutes") == 0;
}

/* Days are days of work, and so are hours; weeks and months are those of the calendar, and then the next day of work */
static gboolean
add_working_time (CptAutomationWorld  *self,
                  JsonObject          *settings,
                  JsonObject          *duration,
                  CptRecord           *task,
                  GError             **error)
{
  GTimeZone *zone = cpt_database_get_zone (self->database);
  g_autoptr(CptTimetable) timetable = read_timetable (settings, cpt_database_get_country (self->database), error);
  g_autofree char *unit = cpt_json_dup_string (duration, "unit");
  gint64 due = self->now;
  gint64 n_days = 0;
  gint64 date;

  if (timetable == NULL)
    return FALSE;
  if (g_strcmp0 (unit, "days") == 0)
    {
      if (!cpt_json_read_int (duration, "amount", &n_days, error))
        return FALSE;
    }
  else
    {
      cpt_workflow_duration_add (duration, &due, zone);
    }

  if (is_of_hours (duration))
    {
      if (!cpt_timetable_add_time (timetable, zone, self->now, MAX (due - self->now, 0), &due, error))
        return FALSE;
      cpt_record_set_integer (task, "due_at", due);
    }
  date = cpt_instant_get_date (due, zone);
  if (!is_of_hours (duration) && !cpt_timetable_add_days (timetable, date, MAX (n_days, 0), &date, error))
    return FALSE;
  cpt_record_set_integer (task, "due_on", date);

  return TRUE;
}

/* Where hours count, it is due at one */
static gboolean
set_due (CptAutomationWorld  *self,
         JsonObject          *settings,
         CptRecord           *task,
         GError             **error)
{
  GTimeZone *zone = cpt_database_get_zone (self->database);
  g_autofree char *counting = cpt_json_dup_string (settings, "counting");
  JsonObject *duration = NULL;
  gint64 due = self->now;

  if (!cpt_json_read_object (settings, "due", &duration, error))
    return FALSE;
  if (duration == NULL)
    return TRUE;
  if (g_strcmp0 (counting, "working") == 0)
    return add_working_time (self, settings, duration, task, error);

  if (cpt_workflow_duration_add (duration, &due, zone))
    {
      cpt_record_set_integer (task, "due_on", cpt_instant_get_date (due, zone));
      if (is_of_hours (duration))
        cpt_record_set_integer (task, "due_at", due);
    }

  return TRUE;
}

gboolean
cpt_automation_create_task (CptAutomationWorld     *self,
                            const CptWorkflowNode  *node,
                            guint                   visit,
                            GError                **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(CptRecord) task = cpt_record_new (schema, cpt_schema_find_entity (schema, "task"));
  g_autoptr(CptTransaction) transaction = cpt_automation_world_begin (self);
  g_autofree char *text = cpt_json_dup_string (node->settings, "title");
  g_autofree char *title = cpt_automation_world_fill (self, text != NULL ? text : "", error);
  CptRecord *subject = title != NULL ? cpt_automation_world_get_subject (self, error) : NULL;

  if (subject == NULL || !set_due (self, node->settings, task, error))
    return FALSE;

  cpt_record_set_text (task, "title", title);
  cpt_automation_link_subject (self, task);
  cpt_automation_fill_rest (self, task, subject);
  cpt_transaction_create (transaction, task);

  return cpt_automation_world_commit (self, node, visit, transaction, error);
}

gboolean
cpt_automation_check_task (JsonObject       *settings,
                           CptSchema        *schema,
                           const CptEntity  *entity,
                           GError          **error)
{
  g_autofree char *title = cpt_json_dup_string (settings, "title");
  g_autoptr(CptTimetable) timetable = read_timetable (settings, NULL, error);

  if (timetable == NULL)
    return FALSE;

  return title == NULL || cpt_automation_check_text (title, schema, entity, error);
}

/* ----------------------------------------------------------------- activities */

gboolean
cpt_automation_log_activity (CptAutomationWorld     *self,
                             const CptWorkflowNode  *node,
                             guint                   visit,
                             GError                **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autoptr(CptRecord) activity = cpt_record_new (schema, cpt_schema_find_entity (schema, "activity"));
  g_autoptr(CptTransaction) transaction = cpt_automation_world_begin (self);
  g_autofree char *kind = cpt_json_dup_string (node->settings, "type");
  g_autofree char *title = cpt_json_dup_string (node->settings, "title");
  g_autofree char *notes = cpt_json_dup_string (node->settings, "notes");
  g_autofree char *subject = cpt_automation_world_fill (self, title != NULL ? title : "", error);
  g_autofree char *body = subject != NULL ? cpt_automation_world_fill (self, notes != NULL ? notes : "", error) : NULL;
  CptRecord *record = body != NULL ? cpt_automation_world_get_subject (self, error) : NULL;

  if (record == NULL)
    return FALSE;

  cpt_record_set_text (activity, "kind", kind);
  cpt_record_set_text (activity, "subject", subject);
  if (body[0] != '\0')
    cpt_record_set_text (activity, "body", body);
  cpt_automation_link_subject (self, activity);
  cpt_automation_fill_rest (self, activity, record);
  cpt_transaction_create (transaction, activity);

  return cpt_automation_world_commit (self, node, visit, transaction, error);
}

gboolean
cpt_automation_check_activity (JsonObject       *settings,
                               CptSchema        *schema,
                               const CptEntity  *entity,
                               GError          **error)
{
  g_autofree char *title = cpt_json_dup_string (settings, "title");
  g_autofree char *notes = cpt_json_dup_string (settings, "notes");

  if (cpt_entity_find_link_to (cpt_schema_find_entity (schema, "activity"), entity) == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   _("Activities can't be about records like this. Remove this step, or change a field instead."));
      return FALSE;
    }

  return (title == NULL || cpt_automation_check_text (title, schema, entity, error)) &&
         (notes == NULL || cpt_automation_check_text (notes, schema, entity, error));
}
