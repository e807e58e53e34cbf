/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trying a formula before it is stored: the declarations are made as they would
 * be with it, and it is worked out for a few records that are read by them.
 * Records that are read so are gone before these declarations are. */

#include "config.h"

#include "cpt-computed-private.h"

#include "cpt-custom-field.h"
#include "cpt-database-private.h"
#include "cpt-field-type.h"
#include "cpt-layout.h"
#include "cpt-query.h"
#include "cpt-statement.h"

static void
sample_free (gpointer data)
{
  CptComputedSample *self = data;

  g_free (self->title);
  g_free (self->text);
  g_free (self);
}

static CptComputedTrial *
trial_new (void)
{
  CptComputedTrial *self = g_new0 (CptComputedTrial, 1);

  self->samples = g_ptr_array_new_with_free_func (sample_free);

  return self;
}

void
cpt_computed_trial_free (CptComputedTrial *self)
{
  if (self == NULL)
    return;

  g_free (self->problem);
  g_ptr_array_unref (self->samples);
  g_free (self);
}

typedef struct
{
  const CptRecord *record;
  guint n_samples;
  CptComputedTrial *trial;
} Trying;

/* The declarations with @record, and in @problem what is wrong with them that
 * was not before; NULL when the file can't be read */
static CptSchema *
make_schema (CptDatabase      *database,
             const CptRecord  *record,
             char            **problem,
             GError          **error)
{
  g_autoptr(GPtrArray) stored = cpt_database_load_fields (database, error);
  g_autoptr(GPtrArray) after = g_ptr_array_new ();
  g_autoptr(GPtrArray) known = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  CptSchema *schema;

  if (stored == NULL)
    return NULL;

  for (guint i = 0; i < stored->len; i++)
    if (!cpt_uuid_equal (&((const CptRecord *) stored->pdata[i])->id, &record->id))
      g_ptr_array_add (after, stored->pdata[i]);
  g_ptr_array_add (after, (gpointer) record);

  cpt_schema_unref (cpt_schema_new_from_records ((CptRecord *const *) stored->pdata, stored->len, known));
  schema = cpt_schema_new_from_records ((CptRecord *const *) after->pdata, after->len, found);
  for (guint i = 0; i < found->len && *problem == NULL; i++)
    if (!g_ptr_array_find_with_equal_func (known, found->pdata[i], g_str_equal, NULL))
      *problem = g_strdup (found->pdata[i]);

  return schema;
}

static gboolean
add_sample (CptDatabase       *database,
            CptComputedTrial  *trial,
            const CptRecord   *record,
            const CptField    *field,
            GError           **error)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;
  CptComputedSample *sample;

  if (!cpt_computed_evaluate (database, record, field, &value, error))
    return FALSE;

  sample = g_new0 (CptComputedSample, 1);
  sample->title = cpt_record_dup_title (record);
  sample->text = cpt_value_is_null (&value) ? g_strdup ("")
                                            : cpt_field_format_local (field, &value, cpt_database_get_zone (database));
  g_ptr_array_add (trial->samples, sample);

  return TRUE;
}

/* As @entity, of declarations that nobody else has, says */
static CptRecord *
load_row (CptDatabase      *database,
          const CptEntity  *entity,
          gint64            row,
          GError          **error)
{
  g_autofree char *select = cpt_layout_dup_select_sql (entity);
  g_autofree char *sql = g_strconcat (select, "WHERE row_id = ?", NULL);
  g_autoptr(CptStatement) statement = cpt_database_prepare (database, sql, error);

  if (statement == NULL)
    return NULL;

  cpt_statement_bind_int (statement, 1, row);

  return cpt_statement_step (statement, error) == CPT_STEP_ROW
           ? cpt_layout_read_record (database, statement, entity, error)
           : NULL;
}

/* Of the records that a list shows first */
static gboolean
add_samples (const Trying     *self,
             CptDatabase      *database,
             const CptEntity  *entity,
             const CptField   *field,
             GError          **error)
{
  g_autoptr(CptQuery) query = cpt_query_new (database->schema, cpt_schema_find_entity (database->schema, entity->name));
  g_autoptr(GArray) rows = cpt_query_get_rows (query, database, 0, self->n_samples, error);

  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr(CptRecord) record = load_row (database, entity, g_array_index (rows, gint64, i), error);

      if (record == NULL || !add_sample (database, self->trial, record, field, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
try_formula (CptDatabase  *database,
             gpointer      data,
             GError      **error)
{
  Trying *self = data;
  const char *name = cpt_record_get_text (self->record, "name");
  g_autoptr(CptSchema) schema = make_schema (database, self->record, &self->trial->problem, error);
  const CptEntity *entity;
  const CptField *field;

  if (schema == NULL)
    return FALSE;

  entity = cpt_schema_find_entity (schema, cpt_record_get_text (self->record, "entity_name"));
  field = entity != NULL && name != NULL ? cpt_entity_find_field (entity, name) : NULL;
  if (self->trial->problem != NULL || field == NULL || field->formula == NULL)
    {
      /* The bare reason where the formula itself is wrong: it stands beside it. */
      g_autoptr(GError) reason = NULL;
      g_autoptr(CptExpression) expression =
        field != NULL && field->formula != NULL ? cpt_expression_parse (schema, entity, field->formula, NULL, &reason) : NULL;

      if (expression != NULL)
        cpt_expression_check_field (expression, field, &reason);
      if (reason != NULL)
        {
          g_free (self->trial->problem);
          self->trial->problem = g_strdup (reason->message);
        }
      return TRUE;
    }

  return field->expression == NULL || add_samples (self, database, entity, field, error);
}

CptComputedTrial *
cpt_computed_try (CptDatabase      *database,
                  const CptRecord  *record,
                  guint             n_samples,
                  GError          **error)
{
  g_autoptr(CptComputedTrial) trial = trial_new ();
  Trying self = { .record = record, .n_samples = n_samples, .trial = trial };

  g_return_val_if_fail (database != NULL && record != NULL, NULL);

  return cpt_database_snapshot (database, try_formula, &self, error) ? g_steal_pointer (&trial) : NULL;
}
