/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything that is declared at one moment.
 *
 * A schema copies the entities and fields of the const tables, so that it can
 * number the fields and put custom ones behind them; texts of standard fields
 * stay where they are, texts of custom fields are in @strings. Nothing changes
 * once the schema is out, so any thread may read it. */

#include "config.h"

#include "cpt-schema-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-expression.h"

static const CptEntity *const declared_entities[] = {
  &cpt_entity_organisation,
  &cpt_entity_contact,
  &cpt_entity_lead,
  &cpt_entity_pipeline,
  &cpt_entity_stage,
  &cpt_entity_deal,
  &cpt_entity_product,
  &cpt_entity_task,
  &cpt_entity_activity,
  &cpt_entity_user,
  &cpt_entity_team,
  &cpt_entity_goal,
  &cpt_entity_tag,
  &cpt_entity_saved_view,
  &cpt_entity_dashboard,
  &cpt_entity_custom_field,
  &cpt_entity_distinct_pair,
  &cpt_entity_pack,
  &cpt_entity_rule,
  &cpt_entity_file,
  &cpt_entity_page_layout,
  &cpt_entity_choice_list,
  &cpt_entity_metric,
  &cpt_entity_report,
  &cpt_entity_alert,
  &cpt_entity_report_schedule,
  &cpt_entity_badge,
  &cpt_entity_ad_result,
  &cpt_entity_arrangement,
  &cpt_entity_workspace_setting,
  &cpt_entity_workflow,
  &cpt_entity_workflow_version,
  &cpt_entity_activity_plan,
  &cpt_entity_notification,
};

#define N_ENTITIES G_N_ELEMENTS (declared_entities)

struct _CptSchema
{
  gatomicrefcount count;
  CptEntity entities[N_ENTITIES];
  const CptEntity *list[N_ENTITIES];
  CptField *fields[N_ENTITIES];    /* (owned): what the entities' field pointers point to */
  GStringChunk *strings;           /* (owned) */
  GPtrArray *choices;              /* (owned): of CptChoice arrays */
  GPtrArray *computed[N_ENTITIES]; /* (owned) (nullable): fields with a formula, in order */
  CptForm *forms[N_ENTITIES];      /* (owned) */
};

/* Makes room for all fields and fills in the standard ones */
static void
add_entity (CptSchema         *self,
            guint              n,
            const char *const *custom,
            guint              n_custom)
{
  const CptEntity *declared = declared_entities[n];
  CptEntity *entity = &self->entities[n];
  guint room = declared->n_declared;

  for (guint i = 0; i < n_custom; i++)
    if (g_strcmp0 (custom[i], declared->name) == 0)
      room++;

  *entity = *declared;
  self->list[n] = entity;
  self->fields[n] = g_new0 (CptField, room);
  entity->fields = g_new0 (const CptField *, room + 1);
  entity->n_fields = declared->n_declared;

  for (guint i = 0; i < declared->n_declared; i++)
    {
      self->fields[n][i] = declared->declared[i];
      self->fields[n][i].index = i;
      entity->fields[i] = &self->fields[n][i];
    }
}

CptSchema *
cpt_schema_create_with_room (const char *const *entities,
                             guint              n_entities)
{
  CptSchema *self = g_new0 (CptSchema, 1);

  g_atomic_ref_count_init (&self->count);
  self->strings = g_string_chunk_new (256);
  self->choices = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < N_ENTITIES; i++)
    add_entity (self, i, entities, n_entities);

  return self;
}

CptSchema *
cpt_schema_new (void)
{
  CptSchema *self = cpt_schema_create_with_room (NULL, 0);

  cpt_schema_make_forms (self, NULL);

  return self;
}

void
cpt_schema_make_forms (CptSchema            *self,
                       CptPageLayout *const *layouts)
{
  for (guint i = 0; i < N_ENTITIES; i++)
    {
      g_clear_pointer (&self->forms[i], cpt_form_free);
      self->forms[i] = cpt_form_new (&self->entities[i], layouts != NULL ? layouts[i] : NULL);
      self->entities[i].form = self->forms[i];
    }
}

static const char *
keep_string (CptSchema  *self,
             const char *text)
{
  return text == NULL ? NULL : g_string_chunk_insert (self->strings, text);
}

static const CptChoice *
keep_choices (CptSchema       *self,
              const CptChoice *choices,
              gboolean         is_custom)
{
  CptChoice *copy;
  guint n = 0;

  if (choices == NULL)
    return NULL;

  while (choices[n].name != NULL)
    n++;

  copy = g_new0 (CptChoice, n + 1);
  for (guint i = 0; i < n; i++)
    {
      copy[i].name = keep_string (self, choices[i].name);
      copy[i].label = keep_string (self, choices[i].label);
      copy[i].colour = keep_string (self, choices[i].colour);
      copy[i].is_needed = choices[i].is_needed;
      copy[i].is_own = is_custom || choices[i].is_own;
    }
  g_ptr_array_add (self->choices, copy);

  return copy;
}

char *
cpt_schema_dup_custom_name (const char *name)
{
  if (name != NULL && g_str_has_prefix (name, CPT_CUSTOM_PREFIX))
    return g_strdup (name);

  return g_strconcat (CPT_CUSTOM_PREFIX, name, NULL);
}

static CptEntity *
find_extensible_entity (CptSchema   *self,
                        const char  *name,
                        GError     **error)
{
  for (guint i = 0; i < N_ENTITIES; i++)
    {
      CptEntity *entity = &self->entities[i];

      if (g_strcmp0 (entity->name, name) != 0 || (entity->flags & CPT_ENTITY_SYSTEM) != 0)
        continue;
      if (entity->n_fields - entity->n_declared < CPT_CUSTOM_FIELDS_MAX)
        return entity;

      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
                   ngettext ("%s can’t have more than %d custom field",
                             "%s can’t have more than %d custom fields", CPT_CUSTOM_FIELDS_MAX),
                   cpt_entity_get_label_plural (entity), CPT_CUSTOM_FIELDS_MAX);
      return NULL;
    }

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("Records of kind “%s” can’t have custom fields"),
               name == NULL || !g_utf8_validate (name, -1, NULL) ? "" : name);

  return NULL;
}

gboolean
cpt_schema_add_custom_field (CptSchema             *self,
                             const CptCustomField  *custom,
                             GError               **error)
{
  g_autofree char *name = cpt_schema_dup_custom_name (custom->field.name);
  CptEntity *entity = find_extensible_entity (self, custom->entity, error);
  CptField *field;

  if (entity == NULL)
    return FALSE;

  field = &self->fields[entity - self->entities][entity->n_fields];
  *field = custom->field;
  field->name = name;
  field->index = entity->n_fields;
  field->is_custom = TRUE;
  field->expression = NULL;
  if (field->formula != NULL)
    field->flags |= CPT_FIELD_READ_ONLY;
  if (!cpt_schema_check_field (self, entity, field, error))
    return FALSE;

  field->name = keep_string (self, name);
  field->label = keep_string (self, field->label);
  field->help = keep_string (self, field->help);
  field->group = keep_string (self, field->group);
  field->target = keep_string (self, field->target);
  field->back_label = keep_string (self, field->back_label);
  field->initial = keep_string (self, field->initial);
  field->unit = keep_string (self, field->unit);
  field->formula = keep_string (self, field->formula);
  field->choices = keep_choices (self, field->choices, TRUE);
  entity->fields[entity->n_fields++] = field;

  return TRUE;
}

void
cpt_schema_set_choices (CptSchema       *self,
                        const CptEntity *entity,
                        const CptField  *field,
                        const CptChoice *choices)
{
  self->fields[entity - self->entities][field->index].choices = keep_choices (self, choices, FALSE);
}

CptSchema *
cpt_schema_new_with (const CptCustomField  *fields,
                     guint                  n_fields,
                     GError               **error)
{
  g_autoptr(CptSchema) self = NULL;
  g_autofree const char **entities = g_new0 (const char *, n_fields + 1);

  for (guint i = 0; i < n_fields; i++)
    entities[i] = fields[i].entity;

  self = cpt_schema_create_with_room (entities, n_fields);
  for (guint i = 0; i < n_fields; i++)
    if (!cpt_schema_add_custom_field (self, &fields[i], error))
      return NULL;
  cpt_schema_read_formulas (self, NULL);
  cpt_schema_make_forms (self, NULL);

  return g_steal_pointer (&self);
}

CptSchema *
cpt_schema_ref (CptSchema *self)
{
  g_atomic_ref_count_inc (&self->count);

  return self;
}

void
cpt_schema_unref (CptSchema *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;

  for (guint i = 0; i < N_ENTITIES; i++)
    {
      for (guint j = self->entities[i].n_declared; j < self->entities[i].n_fields; j++)
        g_clear_pointer (&self->fields[i][j].expression, cpt_expression_unref);
      g_clear_pointer (&self->computed[i], g_ptr_array_unref);
      g_clear_pointer (&self->forms[i], cpt_form_free);
      g_free (self->entities[i].fields);
      g_free (self->fields[i]);
    }
  g_string_chunk_free (self->strings);
  g_ptr_array_unref (self->choices);
  g_free (self);
}

void
cpt_schema_set_expression (CptSchema       *self,
                           const CptEntity *entity,
                           const CptField  *field,
                           CptExpression   *expression)
{
  CptField *own = &self->fields[entity - self->entities][field->index];

  g_clear_pointer (&own->expression, cpt_expression_unref);
  own->expression = expression;
}

void
cpt_schema_add_computed (CptSchema       *self,
                         const CptEntity *entity,
                         const CptField  *field)
{
  GPtrArray **computed = &self->computed[entity - self->entities];

  if (*computed == NULL)
    *computed = g_ptr_array_new ();
  g_ptr_array_add (*computed, (gpointer) field);
}

const CptField *const *
cpt_schema_get_computed (CptSchema       *self,
                         const CptEntity *entity,
                         guint           *n_fields)
{
  GPtrArray *computed = self->computed[entity - self->entities];

  *n_fields = computed == NULL ? 0 : computed->len;

  return computed == NULL ? NULL : (const CptField *const *) computed->pdata;
}

const CptEntity *const *
cpt_schema_get_entities (CptSchema *self,
                         guint     *n_entities)
{
  if (n_entities != NULL)
    *n_entities = N_ENTITIES;

  return self->list;
}

GPtrArray *
cpt_schema_list_kinds (CptSchema *self)
{
  GPtrArray *kinds = g_ptr_array_new ();

  for (guint i = 0; i < N_ENTITIES; i++)
    if ((self->list[i]->flags & CPT_ENTITY_SYSTEM) == 0)
      g_ptr_array_add (kinds, (gpointer) self->list[i]);

  return kinds;
}

GPtrArray *
cpt_schema_list_sources (CptSchema *self)
{
  GPtrArray *sources = cpt_schema_list_kinds (self);

  for (guint i = 0; i < N_ENTITIES; i++)
    if ((self->list[i]->flags & CPT_ENTITY_FACTS) != 0)
      g_ptr_array_add (sources, (gpointer) self->list[i]);

  return sources;
}

const CptEntity *
cpt_schema_find_entity (CptSchema  *self,
                        const char *name)
{
  if (name == NULL)
    return NULL;

  for (guint i = 0; i < N_ENTITIES; i++)
    if (strcmp (self->entities[i].name, name) == 0)
      return &self->entities[i];

  return NULL;
}

guint
cpt_schema_get_place (CptSchema  *self,
                      const char *entity)
{
  const CptEntity *found = cpt_schema_find_entity (self, entity);

  return found != NULL ? (guint) (found - self->entities) : G_MAXUINT;
}

const CptEntity *
cpt_schema_find_number (CptSchema *self,
                        guint      number)
{
  for (guint i = 0; i < N_ENTITIES; i++)
    if (self->entities[i].number == number)
      return &self->entities[i];

  return NULL;
}

const CptEntity *
cpt_schema_get_target (CptSchema      *self,
                       const CptField *field)
{
  return cpt_schema_find_entity (self, field->target);
}
