/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * CptWorkflowGroup:
 * @CPT_WORKFLOW_START: a run begins with it
 * @CPT_WORKFLOW_DO: changes or sends something
 * @CPT_WORKFLOW_DECIDE: leads on by one or several of its outcomes, at once
 * @CPT_WORKFLOW_WAIT: leads on later
 * @CPT_WORKFLOW_END: the run ends there
 *
 * Where a kind stands in the palette of the editor.
 */
typedef enum
{
  CPT_WORKFLOW_START,
  CPT_WORKFLOW_DO,
  CPT_WORKFLOW_DECIDE,
  CPT_WORKFLOW_WAIT,
  CPT_WORKFLOW_END,
} CptWorkflowGroup;

/**
 * CptWorkflowSettingType:
 * @CPT_WORKFLOW_SETTING_TEXT: a line
 * @CPT_WORKFLOW_SETTING_CHOICE: the name of one of the choices
 * @CPT_WORKFLOW_SETTING_ENTITY: the name of a kind of records
 * @CPT_WORKFLOW_SETTING_FIELD: the name of a field with a date, or a path through links to one
 * @CPT_WORKFLOW_SETTING_ANY_FIELD: the same, of any kind
 * @CPT_WORKFLOW_SETTING_VALUE: a value of the field that the node names in “field”
 * @CPT_WORKFLOW_SETTING_VALUES: an object, a value for each field; with places and dates as of records below
 * @CPT_WORKFLOW_SETTING_CONDITION: a filter
 * @CPT_WORKFLOW_SETTING_DURATION: { "amount": 2, "unit": "days" }, more than nothing; units are minutes,
 *   hours, days, weeks and months
 * @CPT_WORKFLOW_SETTING_OFFSET: likewise, and the amount may be 0 or below
 * @CPT_WORKFLOW_SETTING_TIME: of the day, such as 09:00
 * @CPT_WORKFLOW_SETTING_RECURRENCE: a rule of RFC 5545
 * @CPT_WORKFLOW_SETTING_BRANCHES: a list of objects, each with an "id" of its own; each is
 *   an outcome
 * @CPT_WORKFLOW_SETTING_OBJECT: anything else with members
 * @CPT_WORKFLOW_SETTING_RECORDS: a list of objects, each the values of one record of the kind that the node
 *   names in “entity”. Texts may have places; a date may be a duration, which counts from when it is done
 * @CPT_WORKFLOW_SETTING_BACK_LINK: the name of a link by which records of the kind that the node names in
 *   “entity” lead to what the workflow is about
 * @CPT_WORKFLOW_SETTING_USERS: a list of ids of users, in that order
 * @CPT_WORKFLOW_SETTING_NUMBER: a whole number, 1 or more
 * @CPT_WORKFLOW_SETTING_LONG_TEXT: several lines
 * @CPT_WORKFLOW_SETTING_WORKFLOW: the id of a workflow that is started by hand
 * @CPT_WORKFLOW_SETTING_TIMETABLE: an object, as cpt_timetable_parse() reads it
 * @CPT_WORKFLOW_SETTING_LINKED: which linked records: { "entity": "contact", "link": "organisation" }, those of a
 *   kind that lead to the subject by a link of theirs, or { "link": "contacts" }, those that a link of its own leads to
 *
 * What a setting of a node is, in its JSON and in the panel that is made of it.
 */
typedef enum
{
  CPT_WORKFLOW_SETTING_TEXT,
  CPT_WORKFLOW_SETTING_CHOICE,
  CPT_WORKFLOW_SETTING_ENTITY,
  CPT_WORKFLOW_SETTING_FIELD,
  CPT_WORKFLOW_SETTING_ANY_FIELD,
  CPT_WORKFLOW_SETTING_VALUE,
  CPT_WORKFLOW_SETTING_VALUES,
  CPT_WORKFLOW_SETTING_CONDITION,
  CPT_WORKFLOW_SETTING_DURATION,
  CPT_WORKFLOW_SETTING_OFFSET,
  CPT_WORKFLOW_SETTING_TIME,
  CPT_WORKFLOW_SETTING_RECURRENCE,
  CPT_WORKFLOW_SETTING_BRANCHES,
  CPT_WORKFLOW_SETTING_OBJECT,
  CPT_WORKFLOW_SETTING_RECORDS,
  CPT_WORKFLOW_SETTING_BACK_LINK,
  CPT_WORKFLOW_SETTING_USERS,
  CPT_WORKFLOW_SETTING_NUMBER,
  CPT_WORKFLOW_SETTING_LONG_TEXT,
  CPT_WORKFLOW_SETTING_WORKFLOW,
  CPT_WORKFLOW_SETTING_LINKED,
  CPT_WORKFLOW_SETTING_TIMETABLE,
} CptWorkflowSettingType;

/* An outcome or a choice: its name in JSON, and N_() for people */
typedef struct
{
  const char *name;
  const char *label;
} CptWorkflowName;

/**
 * CptWorkflowSetting:
 * @name: the member in the JSON of the node's settings
 * @label: N_(), for the panel and for what is said of it
 * @type: what it is
 * @is_required: whether a workflow without it can't be published
 * @choices: (nullable): ended by an empty one
 */
typedef struct
{
  const char             *name;
  const char             *label;
  CptWorkflowSettingType  type;
  gboolean                is_required;
  const CptWorkflowName  *choices;
} CptWorkflowSetting;

/**
 * CptWorkflowKind:
 * @name: in JSON
 * @label: N_(), for people
 * @group: where it stands in the palette
 * @outcomes: (nullable): ended by an empty one; what it leads on by, beside its branches
 * @settings: (nullable): ended by an empty one
 * @is_pause: whether a run stays here for some time, so that a circle through it does no
 *   harm
 * @is_gathering: whether it is meant to be led to by several branches
 *
 * One kind of node is one such declaration.
 */
typedef struct
{
  const char               *name;
  const char               *label;
  CptWorkflowGroup          group;
  const CptWorkflowName    *outcomes;
  const CptWorkflowSetting *settings;
  gboolean                  is_pause;
  gboolean                  is_gathering;
} CptWorkflowKind;

/* All kinds, in the order of the palette; @n_kinds may be NULL */
const CptWorkflowKind    *cpt_workflow_kind_list     (guint *n_kinds);
/* (nullable) */
const CptWorkflowKind    *cpt_workflow_kind_find     (const char *name);
/* What a workflow has as a whole; ended by an empty one */
const CptWorkflowSetting *cpt_workflow_list_settings     (void);
/* (nullable): the setting that lists its branches */
const CptWorkflowSetting *cpt_workflow_kind_get_branches (const CptWorkflowKind *self);

/**
 * cpt_workflow_setting_check:
 * @self: what is asked for
 * @node: (nullable): what a node has
 * @error: %CPT_ERROR_INVALID with a sentence for the node
 *
 * Whether it has the shape of its type, so that it may run. What it names (fields,
 * records) is not looked for.
 */
gboolean                  cpt_workflow_setting_check (const CptWorkflowSetting  *self,
                                                      JsonNode                  *node,
                                                      GError                   **error);

G_END_DECLS
