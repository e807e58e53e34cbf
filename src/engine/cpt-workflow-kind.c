/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The kinds of nodes that workflows are made of. */

#include "config.h"

#include "cpt-workflow-kind.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-recurrence.h"
#include "cpt-uuid.h"
#include "cpt-workflow-duration.h"

/* Of any unit; more is a mistake */
#define MAX_AMOUNT 100000
/* What one step creates */
#define MAX_RECORDS 100
/* Whom one step chooses from, or tells */
#define MAX_USERS 500

/* -------------------------------------------------------------------- outcomes */

static const CptWorkflowName next[] = {
  { "next", N_("Next") },
  { NULL },
};
static const CptWorkflowName tried[] = {
  { "next", N_("Next") },
  { "failed", N_("Failed") },
  { NULL },
};
static const CptWorkflowName yes_or_no[] = {
  { "yes", N_("Yes") },
  { "no", N_("No") },
  { NULL },
};
static const CptWorkflowName otherwise[] = {
  { "else", N_("Otherwise") },
  { NULL },
};
static const CptWorkflowName dated[] = {
  { "next", N_("Next") },
  { "no_value", N_("No date") },
  { NULL },
};
static const CptWorkflowName limited[] = {
  { "next", N_("Next") },
  { "over", N_("Over the limit") },
  { NULL },
};
static const CptWorkflowName timed_out[] = {
  { "timeout", N_("Timeout") },
  { NULL },
};

/* ---------------------------------------------------------------------- starts */

static const CptWorkflowSetting start_record[] = {
  { "entity", N_("Records"), CPT_WORKFLOW_SETTING_ENTITY, TRUE },
  { "where", N_("Conditions"), CPT_WORKFLOW_SETTING_CONDITION, FALSE },
  { NULL },
};
static const CptWorkflowSetting start_changed[] = {
  { "entity", N_("Records"), CPT_WORKFLOW_SETTING_ENTITY, TRUE },
  { "field", N_("Field"), CPT_WORKFLOW_SETTING_ANY_FIELD, FALSE },
  { "from", N_("Value before"), CPT_WORKFLOW_SETTING_VALUE, FALSE },
  { "to", N_("Value after"), CPT_WORKFLOW_SETTING_VALUE, FALSE },
  { "where", N_("Conditions"), CPT_WORKFLOW_SETTING_CONDITION, FALSE },
  { NULL },
};
static const CptWorkflowSetting start_condition[] = {
  { "entity", N_("Records"), CPT_WORKFLOW_SETTING_ENTITY, TRUE },
  { "where", N_("Conditions"), CPT_WORKFLOW_SETTING_CONDITION, TRUE },
  { NULL },
};
static const CptWorkflowName missed[] = {
  { "once", N_("Make up for it, once") },
  { "skip", N_("Leave out what was due on an earlier day") },
  { NULL },
};
static const CptWorkflowSetting start_schedule[] = {
  { "rule", N_("Repeats"), CPT_WORKFLOW_SETTING_RECURRENCE, TRUE },
  { "time", N_("At"), CPT_WORKFLOW_SETTING_TIME, FALSE },
  { "entity", N_("Records"), CPT_WORKFLOW_SETTING_ENTITY, TRUE },
  { "where", N_("Conditions"), CPT_WORKFLOW_SETTING_CONDITION, FALSE },
  { "missed", N_("When it was missed"), CPT_WORKFLOW_SETTING_CHOICE, FALSE, missed },
  { NULL },
};
static const CptWorkflowSetting start_date[] = {
  { "entity", N_("Records"), CPT_WORKFLOW_SETTING_ENTITY, TRUE },
  { "field", N_("Date"), CPT_WORKFLOW_SETTING_FIELD, TRUE },
  { "offset", N_("Before or after"), CPT_WORKFLOW_SETTING_OFFSET, FALSE },
  { "time", N_("At"), CPT_WORKFLOW_SETTING_TIME, FALSE },
  { "where", N_("Conditions"), CPT_WORKFLOW_SETTING_CONDITION, FALSE },
  { "missed", N_("When it was missed"), CPT_WORKFLOW_SETTING_CHOICE, FALSE, missed },
  { NULL },
};
static const CptWorkflowSetting start_idle[] = {
  { "entity", N_("Records"), CPT_WORKFLOW_SETTING_ENTITY, TRUE },
  { "for", N_("For"), CPT_WORKFLOW_SETTING_DURATION, TRUE },
  { "where", N_("Conditions"), CPT_WORKFLOW_SETTING_CONDITION, FALSE },
  { NULL },
};
static const CptWorkflowSetting start_hand[] = {
  { "entity", N_("Records"), CPT_WORKFLOW_SETTING_ENTITY, TRUE },
  { NULL },
};

/* --------------------------------------------------------------------- actions */

static const CptWorkflowName methods[] = {
  { "POST", "POST" },
  { "PUT", "PUT" },
  { "PATCH", "PATCH" },
  { "GET", "GET" },
  { "DELETE", "DELETE" },
  { NULL },
};

/* What the other side does with a call that comes twice; see CptEffectRecall */
static const CptWorkflowName receivers[] = {
  { "unknown", N_("May do it twice") },
  { "knows_key", N_("Knows repeated calls by their key") },
  { NULL },
};

static const CptWorkflowSetting do_change[] = {
  { "values", N_("Values"), CPT_WORKFLOW_SETTING_VALUES, TRUE },
  { NULL },
};
static const CptWorkflowSetting do_create[] = {
  { "entity", N_("Records"), CPT_WORKFLOW_SETTING_ENTITY, TRUE },
  { "records", N_("What is created"), CPT_WORKFLOW_SETTING_RECORDS, TRUE },
  { "link", N_("Linked by"), CPT_WORKFLOW_SETTING_BACK_LINK, FALSE },
  { NULL },
};
static const CptWorkflowSetting do_tags[] = {
  { "tags", N_("Tags"), CPT_WORKFLOW_SETTING_TEXT, TRUE },
  { "field", N_("Field"), CPT_WORKFLOW_SETTING_ANY_FIELD, FALSE },
  { NULL },
};
static const CptWorkflowName chosen[] = {
  { "round_robin", N_("In turn") },
  { "least_busy", N_("Whoever has least to do") },
  { NULL },
};
static const CptWorkflowName busy[] = {
  { "tasks", N_("Open tasks") },
  { "deals", N_("Open deals") },
  { NULL },
};
static const CptWorkflowSetting do_assign[] = {
  { "users", N_("Assigned to"), CPT_WORKFLOW_SETTING_USERS, TRUE },
  { "how", N_("Who of several people"), CPT_WORKFLOW_SETTING_CHOICE, FALSE, chosen },
  { "busy", N_("What there is to do"), CPT_WORKFLOW_SETTING_CHOICE, FALSE, busy },
  { "field", N_("Field"), CPT_WORKFLOW_SETTING_ANY_FIELD, FALSE },
  { NULL },
};
static const CptWorkflowName countings[] = {
  { "clock", N_("All days and hours count") },
  { "working", N_("Working time counts") },
  { NULL },
};
static const CptWorkflowSetting do_task[] = {
  { "title", N_("Title"), CPT_WORKFLOW_SETTING_TEXT, TRUE },
  { "due", N_("Due in"), CPT_WORKFLOW_SETTING_DURATION, FALSE },
  { "counting", N_("What counts until then"), CPT_WORKFLOW_SETTING_CHOICE, FALSE, countings },
  { "timetable", N_("Working time"), CPT_WORKFLOW_SETTING_TIMETABLE, FALSE },
  { NULL },
};
/* Those that a workspace can't take away */
static const CptWorkflowName activities[] = {
  { "note", N_("Note") },
  { "call", N_("Call") },
  { "meeting", N_("Meeting") },
  { "email", N_("E-mail") },
  { NULL },
};
static const CptWorkflowSetting do_activity[] = {
  { "type", N_("Kind"), CPT_WORKFLOW_SETTING_CHOICE, TRUE, activities },
  { "title", N_("Subject"), CPT_WORKFLOW_SETTING_TEXT, TRUE },
  { "notes", N_("Text"), CPT_WORKFLOW_SETTING_LONG_TEXT, FALSE },
  { NULL },
};
static const CptWorkflowSetting do_notify[] = {
  { "title", N_("Title"), CPT_WORKFLOW_SETTING_TEXT, TRUE },
  { "notes", N_("Text"), CPT_WORKFLOW_SETTING_LONG_TEXT, FALSE },
  { "users", N_("Who is told"), CPT_WORKFLOW_SETTING_USERS, FALSE },
  { NULL },
};
static const CptWorkflowSetting do_workflow[] = {
  { "workflow", N_("Workflow"), CPT_WORKFLOW_SETTING_WORKFLOW, TRUE },
  { NULL },
};
static const CptWorkflowSetting do_each[] = {
  { "records", N_("Records"), CPT_WORKFLOW_SETTING_LINKED, TRUE },
  { "workflow", N_("Workflow"), CPT_WORKFLOW_SETTING_WORKFLOW, TRUE },
  { NULL },
};
static const CptWorkflowSetting do_webhook[] = {
  { "url", N_("Address"), CPT_WORKFLOW_SETTING_TEXT, TRUE },
  { "method", N_("Method"), CPT_WORKFLOW_SETTING_CHOICE, TRUE, methods },
  { "headers", N_("Headers"), CPT_WORKFLOW_SETTING_OBJECT, FALSE },
  { "body", N_("Body"), CPT_WORKFLOW_SETTING_OBJECT, FALSE },
  { "secret", N_("Secret"), CPT_WORKFLOW_SETTING_TEXT, FALSE },
  { "receiver", N_("Receiver"), CPT_WORKFLOW_SETTING_CHOICE, FALSE, receivers },
  { NULL },
};

/* ------------------------------------------------------------------- decisions */

static const CptWorkflowSetting decide_if[] = {
  { "where", N_("Conditions"), CPT_WORKFLOW_SETTING_CONDITION, TRUE },
  { NULL },
};
static const CptWorkflowSetting decide_branches[] = {
  { "branches", N_("Branches"), CPT_WORKFLOW_SETTING_BRANCHES, TRUE },
  { NULL },
};
static const CptWorkflowSetting decide_split[] = {
  { "branches", N_("Variants"), CPT_WORKFLOW_SETTING_BRANCHES, TRUE },
  { NULL },
};
static const CptWorkflowName periods[] = {
  { "day", N_("Day") },
  { "week", N_("Week") },
  { "month", N_("Month") },
  { NULL },
};
static const CptWorkflowSetting decide_limit[] = {
  { "count", N_("At most"), CPT_WORKFLOW_SETTING_NUMBER, TRUE },
  { "per", N_("Period"), CPT_WORKFLOW_SETTING_CHOICE, TRUE, periods },
  { NULL },
};

/* ----------------------------------------------------------------------- waits */

static const CptWorkflowSetting wait_duration[] = {
  { "for", N_("For"), CPT_WORKFLOW_SETTING_DURATION, TRUE },
  { NULL },
};
static const CptWorkflowSetting wait_date[] = {
  { "field", N_("Date"), CPT_WORKFLOW_SETTING_FIELD, TRUE },
  { "offset", N_("Before or after"), CPT_WORKFLOW_SETTING_OFFSET, FALSE },
  { NULL },
};
static const CptWorkflowSetting wait_for[] = {
  { "branches", N_("Any of"), CPT_WORKFLOW_SETTING_BRANCHES, TRUE },
  { "timeout", N_("At most for"), CPT_WORKFLOW_SETTING_DURATION, TRUE },
  { NULL },
};

static const CptWorkflowSetting end_settings[] = {
  { "label", N_("Label"), CPT_WORKFLOW_SETTING_TEXT, FALSE },
  { NULL },
};

static const CptWorkflowKind kinds[] = {
  { "record_created", N_("Record created"), CPT_WORKFLOW_START, next, start_record },
  { "record_changed", N_("Record changed"), CPT_WORKFLOW_START, next, start_changed },
  { "condition_true", N_("Condition becomes true"), CPT_WORKFLOW_START, next, start_condition },
  { "schedule", N_("Schedule"), CPT_WORKFLOW_START, next, start_schedule },
  { "date_reached", N_("Date reached"), CPT_WORKFLOW_START, next, start_date },
  { "no_activity", N_("No activity"), CPT_WORKFLOW_START, next, start_idle },
  { "by_hand", N_("By hand"), CPT_WORKFLOW_START, next, start_hand },
  { "change_fields", N_("Change fields"), CPT_WORKFLOW_DO, next, do_change },
  { "create_records", N_("Create records"), CPT_WORKFLOW_DO, next, do_create },
  { "add_tag", N_("Add tags"), CPT_WORKFLOW_DO, next, do_tags },
  { "remove_tag", N_("Remove tags"), CPT_WORKFLOW_DO, next, do_tags },
  { "assign", N_("Assign"), CPT_WORKFLOW_DO, next, do_assign },
  { "create_task", N_("Create task"), CPT_WORKFLOW_DO, next, do_task },
  { "log_activity", N_("Log an activity"), CPT_WORKFLOW_DO, next, do_activity },
  { "notify", N_("Notify"), CPT_WORKFLOW_DO, next, do_notify },
  { "start_workflow", N_("Start a workflow"), CPT_WORKFLOW_DO, next, do_workflow },
  { "stop_workflow", N_("Stop a workflow"), CPT_WORKFLOW_DO, next, do_workflow },
  { "for_each", N_("For each linked record"), CPT_WORKFLOW_DO, next, do_each },
  { "webhook", N_("Call a webhook"), CPT_WORKFLOW_DO, tried, do_webhook },
  { "if", N_("If"), CPT_WORKFLOW_DECIDE, yes_or_no, decide_if },
  { "branches", N_("Branches"), CPT_WORKFLOW_DECIDE, otherwise, decide_branches },
  { "split", N_("Split"), CPT_WORKFLOW_DECIDE, NULL, decide_split },
  { "limit", N_("Limit"), CPT_WORKFLOW_DECIDE, limited, decide_limit },
  { "gather", N_("Gather"), CPT_WORKFLOW_DECIDE, next, NULL, .is_gathering = TRUE },
  { "wait", N_("Wait"), CPT_WORKFLOW_WAIT, next, wait_duration, .is_pause = TRUE },
  { "wait_until", N_("Wait until a date"), CPT_WORKFLOW_WAIT, dated, wait_date },
  { "wait_for", N_("Wait for something to happen"), CPT_WORKFLOW_WAIT, timed_out, wait_for, .is_pause = TRUE },
  { "end", N_("End"), CPT_WORKFLOW_END, NULL, end_settings },
};

/* ------------------------------------------------------------ of the whole workflow */

static const CptWorkflowName reentries[] = {
  { "never", N_("Never") },
  { "after_exit", N_("When the last run has ended") },
  { "after_time", N_("Some time after the last one began") },
  { "each_event", N_("Each time") },
  { NULL },
};

static const CptWorkflowSetting whole[] = {
  { "reentry", N_("Begin again"), CPT_WORKFLOW_SETTING_CHOICE, FALSE, reentries },
  { "reentry_after", N_("At the earliest after"), CPT_WORKFLOW_SETTING_DURATION, FALSE },
  { "key", N_("One at a time for each"), CPT_WORKFLOW_SETTING_ANY_FIELD, FALSE },
  { "exits", N_("Leave the workflow when"), CPT_WORKFLOW_SETTING_BRANCHES, FALSE },
  { NULL },
};

const CptWorkflowSetting *
cpt_workflow_list_settings (void)
{
  return whole;
}

const CptWorkflowKind *
cpt_workflow_kind_list (guint *n_kinds)
{
  if (n_kinds != NULL)
    *n_kinds = G_N_ELEMENTS (kinds);

  return kinds;
}

const CptWorkflowKind *
cpt_workflow_kind_find (const char *name)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].name, name) == 0)
      return &kinds[i];

  return NULL;
}

const CptWorkflowSetting *
cpt_workflow_kind_get_branches (const CptWorkflowKind *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (const CptWorkflowSetting *setting = self->settings; setting != NULL && setting->name != NULL; setting++)
    if (setting->type == CPT_WORKFLOW_SETTING_BRANCHES)
      return setting;

  return NULL;
}

/* -------------------------------------------------------------- what nodes have */

static gboolean
is_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
         json_node_get_string (node)[0] != '\0';
}

static gboolean
is_choice (const CptWorkflowSetting *self,
           JsonNode                 *node)
{
  for (const CptWorkflowName *choice = self->choices; is_text (node) && choice->name != NULL; choice++)
    if (strcmp (choice->name, json_node_get_string (node)) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
check_duration (JsonNode  *node,
                gboolean   is_offset,
                GError   **error)
{
  static const char *const units[] = { "minutes", "hours", "days", "weeks", "months", NULL };
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *unit = NULL;
  gint64 amount = 0;

  if (object == NULL || !cpt_json_read_string (object, "unit", &unit, NULL) ||
      !cpt_json_read_int (object, "amount", &amount, NULL) || unit == NULL || !g_strv_contains (units, unit))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("How long is a number and a unit, such as 2 days."));
      return FALSE;
    }
  if (amount > MAX_AMOUNT || amount < (is_offset ? -MAX_AMOUNT : 1))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("How long is more than nothing, and at most %d."), MAX_AMOUNT);
      return FALSE;
    }

  return TRUE;
}

/* Each with an id of its own, since connections name it */
static gboolean
check_branches (JsonNode  *node,
                GError   **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (array == NULL || json_array_get_length (array) == 0)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("It has no branch yet. Add one."));
      return FALSE;
    }

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *branch = json_array_get_element (array, i);
      const char *id = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (branch) || !cpt_json_read_string (json_node_get_object (branch), "id", &id, NULL) ||
          id == NULL || id[0] == '\0' || !g_hash_table_add (seen, (gpointer) id))
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("Two branches can't be told apart. Remove one, and add it again."));
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check_records (JsonNode  *node,
               GError   **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++)
    if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)))
      length = 0;
  if (length > 0 && length <= MAX_RECORDS)
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("It creates no record yet, or more than %d. Say what it creates."),
               MAX_RECORDS);

  return FALSE;
}

static gboolean
check_users (JsonNode  *node,
             GError   **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint length = array != NULL ? json_array_get_length (array) : 0;
  CptUuid id;

  for (guint i = 0; i < length; i++)
    {
      JsonNode *user = json_array_get_element (array, i);

      if (!is_text (user) || !cpt_uuid_parse (json_node_get_string (user), &id))
        length = 0;
    }
  if (length > 0 && length <= MAX_USERS)
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("Nobody is chosen yet, or more than %d people. Choose who it is."),
               MAX_USERS);

  return FALSE;
}

static gboolean
check_number (JsonNode  *node,
              GError   **error)
{
  gint64 number = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : 0;

  if (number >= 1 && number <= MAX_AMOUNT)
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("How many is a whole number from 1 to %d."), MAX_AMOUNT);

  return FALSE;
}

static gboolean
check_recurrence (JsonNode  *node,
                  GError   **error)
{
  g_autoptr(CptRecurrence) recurrence = is_text (node) ? cpt_recurrence_parse (json_node_get_string (node), error) : NULL;

  if (recurrence == NULL && !is_text (node))
    g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("It is not said when it repeats."));

  return recurrence != NULL;
}

static gboolean
is_time (JsonNode *node)
{
  int minute;

  return is_text (node) && cpt_workflow_time_parse (json_node_get_string (node), &minute);
}

static gboolean
check_type (const CptWorkflowSetting  *self,
            JsonNode                  *node,
            GError                   **error)
{
  gboolean is_right = FALSE;
  CptUuid id;

  switch (self->type)
    {
    case CPT_WORKFLOW_SETTING_DURATION:
    case CPT_WORKFLOW_SETTING_OFFSET:
      return check_duration (node, self->type == CPT_WORKFLOW_SETTING_OFFSET, error);
    case CPT_WORKFLOW_SETTING_BRANCHES:
      return check_branches (node, error);
    case CPT_WORKFLOW_SETTING_RECORDS:
      return check_records (node, error);
    case CPT_WORKFLOW_SETTING_USERS:
      return check_users (node, error);
    case CPT_WORKFLOW_SETTING_NUMBER:
      return check_number (node, error);
    case CPT_WORKFLOW_SETTING_RECURRENCE:
      return check_recurrence (node, error);
    case CPT_WORKFLOW_SETTING_CHOICE:
      is_right = is_choice (self, node);
      break;
    case CPT_WORKFLOW_SETTING_TIME:
      is_right = is_time (node);
      break;
    case CPT_WORKFLOW_SETTING_VALUES:
      is_right = JSON_NODE_HOLDS_OBJECT (node) && json_object_get_size (json_node_get_object (node)) > 0;
      break;
    case CPT_WORKFLOW_SETTING_CONDITION:
    case CPT_WORKFLOW_SETTING_OBJECT:
    case CPT_WORKFLOW_SETTING_TIMETABLE:
      is_right = JSON_NODE_HOLDS_OBJECT (node);
      break;
    case CPT_WORKFLOW_SETTING_WORKFLOW:
      is_right = is_text (node) && cpt_uuid_parse (json_node_get_string (node), &id);
      break;
    case CPT_WORKFLOW_SETTING_LINKED:
      is_right = JSON_NODE_HOLDS_OBJECT (node) && json_object_has_member (json_node_get_object (node), "link");
      break;
    case CPT_WORKFLOW_SETTING_TEXT:
    case CPT_WORKFLOW_SETTING_LONG_TEXT:
    case CPT_WORKFLOW_SETTING_ENTITY:
    case CPT_WORKFLOW_SETTING_FIELD:
    case CPT_WORKFLOW_SETTING_ANY_FIELD:
    case CPT_WORKFLOW_SETTING_BACK_LINK:
      is_right = is_text (node);
      break;
    case CPT_WORKFLOW_SETTING_VALUE:
      is_right = !JSON_NODE_HOLDS_NULL (node);
      break;
    }
  if (!is_right)
    /* Translators: %s is the label of a setting */
    g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("“%s” is not set, or can't be read. Set it again."), _(self->label));

  return is_right;
}

gboolean
cpt_workflow_setting_check (const CptWorkflowSetting  *self,
                            JsonNode                  *node,
                            GError                   **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if ((node == NULL || JSON_NODE_HOLDS_NULL (node)) && !self->is_required)
    return TRUE;
  if (node == NULL)
    {
      g_autoptr(JsonNode) nothing = json_node_new (JSON_NODE_NULL);

      return check_type (self, nothing, error);
    }

  return check_type (self, node, error);
}
