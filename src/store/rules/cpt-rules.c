/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules of a workspace: a list per kind of record, made from the records
 * that keep them whenever the declarations are read, and what they ask of a
 * record in memory. Nothing changes once the object is out. */

#include "config.h"

#include "cpt-rules-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _CptRules
{
  gatomicrefcount count;
  CptSchema *schema; /* (owned) */
  GPtrArray *rules;  /* (owned): CptRule */
  GPtrArray **lists; /* (owned): by the place of the entity in the schema; (nullable) */
  guint n_entities;
};

void
cpt_rule_free (CptRule *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->condition, cpt_filter_unref);
  g_clear_pointer (&self->allowed, g_strfreev);
  g_free (self->name);
  g_free (self->message);
  g_free (self);
}

static guint
find_place (CptSchema       *schema,
            const CptEntity *entity)
{
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (schema, &n_entities);

  for (guint i = 0; i < n_entities; i++)
    if (entities[i]->number == entity->number)
      return i;

  return n_entities;
}

/* Older rules are asked first: identifiers grow with time. */
static int
compare_records (gconstpointer a,
                 gconstpointer b)
{
  const CptRecord *record_a = *(const CptRecord *const *) a;
  const CptRecord *record_b = *(const CptRecord *const *) b;

  return cpt_uuid_compare (&record_a->id, &record_b->id);
}

static void
note_problem (GPtrArray       *problems,
              const CptRecord *record,
              const char      *message)
{
  g_autofree char *title = NULL;

  if (problems == NULL)
    return;

  title = cpt_record_dup_title (record);
  /* Translators: the name of a rule, then a reason */
  g_ptr_array_add (problems, g_strdup_printf (_("The rule “%s” is not asked: %s"), title, message));
}

static void
add_record (CptRules        *self,
            const CptRecord *record,
            GPtrArray       *problems)
{
  g_autoptr(GPtrArray) found = cpt_rule_problems_new ();
  CptRule *rule = cpt_rule_read (self->schema, record, found);
  GPtrArray **list;

  if (rule == NULL)
    {
      note_problem (problems, record, ((const CptRuleProblem *) g_ptr_array_index (found, 0))->message);
      return;
    }

  list = &self->lists[find_place (self->schema, rule->entity)];
  if (*list == NULL)
    *list = g_ptr_array_new ();
  if ((*list)->len >= CPT_RULES_MAX)
    {
      note_problem (problems, record, _("This kind of record has too many rules."));
      cpt_rule_free (rule);
      return;
    }

  g_ptr_array_add (self->rules, rule);
  g_ptr_array_add (*list, rule);
}

CptRules *
cpt_rules_new (CptSchema        *schema,
               CptRecord *const *records,
               guint             n_records,
               GPtrArray        *problems)
{
  g_autoptr(CptRules) self = NULL;
  g_autoptr(GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; i < n_records; i++)
    if (!records[i]->in_trash && cpt_rule_is_active (records[i]))
      g_ptr_array_add (sorted, records[i]);
  if (sorted->len == 0)
    return NULL;

  g_ptr_array_sort (sorted, compare_records);
  self = g_new0 (CptRules, 1);
  g_atomic_ref_count_init (&self->count);
  self->schema = cpt_schema_ref (schema);
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_rule_free);
  cpt_schema_get_entities (schema, &self->n_entities);
  self->lists = g_new0 (GPtrArray *, self->n_entities + 1);
  for (guint i = 0; i < sorted->len; i++)
    add_record (self, g_ptr_array_index (sorted, i), problems);

  return self->rules->len > 0 ? g_steal_pointer (&self) : NULL;
}

CptRules *
cpt_rules_ref (CptRules *self)
{
  g_atomic_ref_count_inc (&self->count);

  return self;
}

void
cpt_rules_unref (CptRules *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;

  for (guint i = 0; i < self->n_entities; i++)
    g_clear_pointer (&self->lists[i], g_ptr_array_unref);
  g_free (self->lists);
  g_ptr_array_unref (self->rules);
  cpt_schema_unref (self->schema);
  g_free (self);
}

const CptRule *const *
cpt_rules_list (CptRules        *self,
                const CptEntity *entity,
                guint           *n_rules)
{
  GPtrArray *list;

  *n_rules = 0;
  if (self == NULL)
    return NULL;

  list = self->lists[find_place (self->schema, entity)];
  if (list == NULL)
    return NULL;

  *n_rules = list->len;

  return (const CptRule *const *) list->pdata;
}

/* Asking */

gboolean
cpt_rule_holds (const CptRule       *self,
                const CptFilterHost *host,
                const CptRecord     *record)
{
  return self->condition == NULL || cpt_filter_matches_in (self->condition, host, record);
}

static gboolean
is_allowed (const CptRule *self,
            const char    *choice)
{
  return g_strv_contains ((const char *const *) self->allowed, choice);
}

gboolean
cpt_rule_allows (const CptRule   *self,
                 const CptValue  *value,
                 const char     **refused)
{
  const char *found = NULL;

  if (value->type == CPT_VALUE_TEXT && !is_allowed (self, value->text))
    found = value->text;
  if (value->type == CPT_VALUE_TEXTS)
    for (guint i = 0; value->texts[i] != NULL && found == NULL; i++)
      if (!is_allowed (self, value->texts[i]))
        found = value->texts[i];
  if (refused != NULL)
    *refused = found;

  return found == NULL;
}

/* What several rules allow at once */
static void
narrow (CptFieldState *state,
        const CptRule *rule)
{
  g_autoptr(GStrvBuilder) both = NULL;
  char **former = state->allowed;

  if (former == NULL)
    {
      state->allowed = g_strdupv (rule->allowed);
      return;
    }

  both = g_strv_builder_new ();
  for (guint i = 0; former[i] != NULL; i++)
    if (is_allowed (rule, former[i]))
      g_strv_builder_add (both, former[i]);
  state->allowed = g_strv_builder_end (both);
  g_strfreev (former);
}

static void
apply (CptFieldState *state,
       const CptRule *rule,
       gboolean       holds)
{
  switch (rule->kind)
    {
    case CPT_RULE_VISIBLE:
      state->is_hidden = state->is_hidden || !holds;
      break;

    case CPT_RULE_REQUIRED:
      state->is_required = state->is_required || holds;
      break;

    case CPT_RULE_READ_ONLY:
      state->is_read_only = state->is_read_only || holds;
      break;

    case CPT_RULE_CHOICES:
      if (holds)
        narrow (state, rule);
      break;

    case CPT_RULE_UNIQUE:
    case CPT_N_RULE_KINDS:
    default:
      break;
    }
}

void
cpt_rules_get_state (CptRules            *self,
                     const CptFilterHost *host,
                     const CptRecord     *record,
                     const CptField      *field,
                     CptFieldState       *state)
{
  guint n_rules;
  const CptRule *const *rules = cpt_rules_list (self, cpt_record_get_entity (record), &n_rules);

  *state = (CptFieldState){ 0 };
  for (guint i = 0; i < n_rules; i++)
    if (strcmp (rules[i]->field->name, field->name) == 0)
      apply (state, rules[i], cpt_rule_holds (rules[i], host, record));

  /* Nobody is asked for what is not shown, nor kept from filling in what is
   * asked for. */
  if (state->is_hidden)
    state->is_required = FALSE;
  if (state->is_required && cpt_value_is_null (cpt_record_get (record, field)))
    state->is_read_only = FALSE;
  if ((field->flags & CPT_FIELD_REQUIRED) != 0)
    state->is_required = TRUE;
  if ((field->flags & CPT_FIELD_READ_ONLY) != 0)
    state->is_read_only = TRUE;
}

void
cpt_field_state_clear (CptFieldState *self)
{
  g_clear_pointer (&self->allowed, g_strfreev);
}

/* For people */

/* Filled in are the field, the choices of rules about them, and the condition */
static const struct
{
  const char *always;
  const char *when;
} sentences[] = {
  /* Translators: what a rule says; the name of a field, and a condition such as "Stage is Lost" */
  [CPT_RULE_VISIBLE] = { N_("“%s” is shown"), N_("“%s” is shown only when %s") },
  [CPT_RULE_REQUIRED] = { N_("“%s” must be filled in"), N_("“%s” must be filled in when %s") },
  [CPT_RULE_READ_ONLY] = { N_("“%s” can’t be changed"), N_("“%s” can’t be changed when %s") },
  /* Translators: the name of a field, its choices, and a condition */
  [CPT_RULE_CHOICES] = { N_("“%s” may only be %s"), N_("“%s” may only be %s when %s") },
  [CPT_RULE_UNIQUE] = { N_("No two have the same “%s”"), N_("No two have the same “%s” among those where %s") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (sentences) == CPT_N_RULE_KINDS);

/* One of the formats above, with as many texts as it has room for */
static char *
fill_in (const char        *format,
         const char *const *texts,
         guint              n_texts)
{
  g_auto(GStrv) parts = g_strsplit (format, "%s", -1);
  GString *sentence = g_string_new (parts[0]);

  for (guint i = 0; i < n_texts && parts[i] != NULL && parts[i + 1] != NULL; i++)
    g_string_append_printf (sentence, "%s%s", texts[i], parts[i + 1]);

  return g_string_free (sentence, FALSE);
}

char *
cpt_rule_dup_choices (const CptRule *self)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new ();

  for (guint i = 0; self->allowed[i] != NULL; i++)
    {
      const CptChoice *choice = cpt_field_find_choice (self->field, self->allowed[i]);

      g_ptr_array_add (labels, (gpointer) (choice != NULL ? cpt_choice_get_label (choice) : self->allowed[i]));
    }
  g_ptr_array_add (labels, NULL);

  return g_strjoinv (", ", (char **) labels->pdata);
}

char *
cpt_rule_to_sentence (const CptRule *self,
                      CptDatabase   *database)
{
  g_autofree char *condition = self->condition != NULL ? cpt_filter_to_sentence (self->condition, database) : NULL;
  g_autofree char *choices = self->allowed != NULL ? cpt_rule_dup_choices (self) : NULL;
  const char *texts[3] = { cpt_field_get_label (self->field) };
  guint n_texts = 1;

  if (choices != NULL)
    texts[n_texts++] = choices;
  if (condition != NULL)
    texts[n_texts++] = condition;

  return fill_in (condition != NULL ? _(sentences[self->kind].when) : _(sentences[self->kind].always), texts, n_texts);
}

char *
cpt_rule_describe (CptSchema        *schema,
                   const CptRecord  *record,
                   CptDatabase      *database,
                   char            **problem)
{
  g_autoptr(GPtrArray) problems = cpt_rule_problems_new ();
  g_autoptr(CptRule) rule = cpt_rule_read (schema, record, problems);

  if (rule != NULL)
    return cpt_rule_to_sentence (rule, database);

  if (problem != NULL)
    *problem = g_strdup (((const CptRuleProblem *) g_ptr_array_index (problems, 0))->message);

  return NULL;
}
