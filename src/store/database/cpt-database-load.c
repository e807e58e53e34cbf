/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading single records. */

#include "config.h"

#include "cpt-database-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-imagined-private.h"
#include "cpt-layout.h"

static CptStatement *
prepare_select (CptDatabase      *self,
                const CptEntity  *entity,
                const char       *condition,
                GError          **error)
{
  g_autofree char *select = cpt_layout_dup_select_sql (entity);
  g_autofree char *sql = g_strconcat (select, condition, NULL);

  return cpt_database_prepare (self, sql, error);
}

/* The text is long, and the same for each of thousands of records. Only entities
 * of the connection's own schema live as long as what is kept of them. */
static CptStatement *
prepare_load (CptDatabase      *self,
              const CptEntity  *entity,
              GError          **error)
{
  const char *sql = g_hash_table_lookup (self->loads, entity);
  CptStatement *statement;

  if (sql != NULL)
    return cpt_database_prepare (self, sql, error);

  statement = prepare_select (self, entity, "WHERE id = ?", error);
  if (statement != NULL && cpt_database_localise (self, entity) == entity)
    g_hash_table_insert (self->loads, (gpointer) entity, g_strdup (sqlite3_sql (statement->handle)));

  return statement;
}

/* The record that @statement finds; NULL without @error when there is none */
static CptRecord *
read_one (CptDatabase      *self,
          CptStatement     *statement,
          const CptEntity  *entity,
          GError          **error)
{
  CptStep step = cpt_statement_step (statement, error);

  if (step != CPT_STEP_ROW || !cpt_layout_is_visible (self, entity, cpt_statement_get_int (statement, 0)))
    return NULL;

  return cpt_layout_read_record (self, statement, entity, error);
}

CptRecord *
cpt_database_load_live (CptDatabase      *self,
                        const CptEntity  *entity,
                        const CptUuid    *id,
                        GError          **error)
{
  g_autoptr(CptStatement) statement = NULL;
  gboolean is_imagined = FALSE;
  CptRecord *imagined = NULL;

  if (self->imagined != NULL && !cpt_imagined_load (self, entity, id, &is_imagined, &imagined, error))
    return NULL;
  if (is_imagined)
    return imagined;

  statement = prepare_load (self, entity, error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_id (statement, 1, id);

  return read_one (self, statement, entity, error);
}

gboolean
cpt_database_find_row (CptDatabase      *self,
                       const CptEntity  *entity,
                       const CptUuid    *id,
                       gint64           *row,
                       GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT row_id FROM \"%s\" WHERE id = ?", entity->name);
  g_autoptr(CptStatement) statement = NULL;
  g_autoptr(CptRecord) imagined = NULL;
  gboolean is_imagined = FALSE;
  CptStep step;

  if (self->imagined != NULL && !cpt_imagined_load (self, entity, id, &is_imagined, &imagined, error))
    return FALSE;
  if (is_imagined)
    {
      *row = imagined == NULL ? 0 : imagined->row != 0 ? imagined->row
                                                       : -1;
      return TRUE;
    }

  statement = cpt_database_prepare (self, sql, error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, id);
  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ERROR)
    return FALSE;

  *row = step == CPT_STEP_ROW ? cpt_statement_get_int (statement, 0) : 0;
  if (*row != 0 && !cpt_layout_is_visible (self, entity, *row))
    *row = 0;

  return TRUE;
}

CptRecord *
cpt_database_load_trash (CptDatabase      *self,
                         const CptEntity  *entity,
                         const CptUuid    *id,
                         char            **custom,
                         char            **base_rev,
                         GError          **error)
{
  g_autoptr(CptStatement) statement = NULL;
  g_autoptr(CptRecord) record = NULL;

  statement = cpt_database_prepare (self, "SELECT row_id, sequence, body, custom, base_rev FROM trash "
                                          "WHERE entity = ? AND id = ?",
                                    error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_int (statement, 1, entity->number);
  cpt_statement_bind_id (statement, 2, id);
  if (cpt_statement_step (statement, error) != CPT_STEP_ROW)
    return NULL;

  record = cpt_record_parse_json (self->schema, entity, cpt_statement_get_text (statement, 2), -1, error);
  if (record == NULL)
    return NULL;

  cpt_layout_read_custom (record, cpt_statement_get_text (statement, 3));
  record->id = *id;
  record->row = cpt_statement_get_int (statement, 0);
  record->sequence = cpt_statement_get_int (statement, 1);
  record->in_trash = TRUE;
  if (custom != NULL)
    *custom = g_strdup (cpt_statement_get_text (statement, 3));
  if (base_rev != NULL)
    *base_rev = g_strdup (cpt_statement_get_text (statement, 4));

  return g_steal_pointer (&record);
}

/* One snapshot for looking in two places */

typedef struct
{
  const CptEntity *entity;
  const CptUuid *id;
  gint64 row;
  CptRecord *record;
} Request;

static const CptEntity *
find_entity (CptDatabase      *self,
             const CptEntity  *entity,
             GError          **error)
{
  const CptEntity *found = cpt_database_localise (self, entity);

  if (found == NULL)
    g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There is no kind of record “%s”."), entity->name);

  return found;
}

static void
set_missing (const CptEntity  *entity,
             GError          **error)
{
  if (error != NULL && *error == NULL)
    g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND,
                 /* Translators: a kind of record: "Contact" */
                 _("%s: this record no longer exists."), cpt_entity_get_label (entity));
}

static gboolean
load (CptDatabase  *self,
      gpointer      data,
      GError      **error)
{
  Request *request = data;
  const CptEntity *entity = find_entity (self, request->entity, error);
  GError *own_error = NULL;

  if (entity == NULL)
    return FALSE;

  request->record = cpt_database_load_live (self, entity, request->id, &own_error);
  if (request->record == NULL && own_error == NULL)
    request->record = cpt_database_load_trash (self, entity, request->id, NULL, NULL, &own_error);
  if (own_error != NULL)
    g_propagate_error (error, own_error);
  else if (request->record == NULL)
    set_missing (entity, error);

  return request->record != NULL;
}

CptRecord *
cpt_database_load (CptDatabase      *self,
                   const CptEntity  *entity,
                   const CptUuid    *id,
                   GError          **error)
{
  Request request = { .entity = entity, .id = id };

  if (cpt_database_snapshot (self, load, &request, error))
    return request.record;

  g_clear_pointer (&request.record, cpt_record_unref);

  return NULL;
}

static gboolean
load_row (CptDatabase  *self,
          gpointer      data,
          GError      **error)
{
  Request *request = data;
  const CptEntity *entity = find_entity (self, request->entity, error);
  g_autoptr(CptStatement) statement = NULL;
  GError *own_error = NULL;

  if (entity == NULL)
    return FALSE;
  statement = prepare_select (self, entity, "WHERE row_id = ?", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, request->row);
  request->record = read_one (self, statement, entity, &own_error);
  if (own_error != NULL)
    g_propagate_error (error, own_error);
  else if (request->record == NULL)
    set_missing (entity, error);

  return request->record != NULL;
}

CptRecord *
cpt_database_load_row (CptDatabase      *self,
                       const CptEntity  *entity,
                       gint64            row,
                       GError          **error)
{
  Request request = { .entity = entity, .row = row };

  if (cpt_database_snapshot (self, load_row, &request, error))
    return request.record;

  g_clear_pointer (&request.record, cpt_record_unref);

  return NULL;
}

char *
cpt_database_dup_title (CptDatabase     *self,
                        const CptEntity *entity,
                        const CptUuid   *id)
{
  Request request = { .entity = entity, .id = id };
  g_autoptr(CptRecord) record = NULL;

  if (!cpt_database_snapshot (self, load, &request, NULL))
    return NULL;

  record = request.record;

  return record->in_trash ? NULL : cpt_record_dup_title (record);
}

/* By a value */

typedef struct
{
  const CptEntity *entity;
  const CptField *field;
  const CptValue *value;
  gboolean folded;
  guint n_found;
  CptUuid id;
} Search;

static char *
dup_find_sql (CptDatabase     *self,
              const CptEntity *entity,
              const CptField  *field,
              const CptValue  *value,
              gboolean         folded)
{
  GString *sql = g_string_new (NULL);
  g_autofree char *column = field->is_custom ? g_strdup_printf ("json_extract(custom,'$.\"%s\"%s')", field->name,
                                                                field->kind == CPT_FIELD_MONEY ? ".amount" : "")
                                             : g_strdup_printf ("\"%s\"", field->name);

  g_string_append_printf (sql, "SELECT id FROM \"%s\" WHERE ", entity->name);
  if (cpt_value_is_null (value))
    g_string_append_printf (sql, "%s IS NULL", column);
  else if (folded && value->type == CPT_VALUE_TEXT)
    g_string_append_printf (sql, "cpt_fold(%s) = cpt_fold(?)", column);
  else if (field->is_custom && value->type == CPT_VALUE_ID)
    g_string_append_printf (sql, "cpt_id(%s) = ?", column);
  else
    g_string_append_printf (sql, "%s = ?", column);
  cpt_layout_append_visible (sql, self, entity, NULL);
  g_string_append (sql, " LIMIT 2");

  return g_string_free (sql, FALSE);
}

static gboolean
find (CptDatabase  *self,
      gpointer      data,
      GError      **error)
{
  Search *search = data;
  const CptEntity *entity = find_entity (self, search->entity, error);
  const CptField *field = entity == NULL ? NULL : cpt_entity_find_field (entity, search->field->name);
  g_autofree char *sql = NULL;
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  if (entity == NULL)
    return FALSE;
  if (field == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There is no field “%s”."), search->field->name);
      return FALSE;
    }

  sql = dup_find_sql (self, entity, field, search->value, search->folded);
  statement = cpt_database_prepare (self, sql, error);
  if (statement == NULL)
    return FALSE;

  if (!cpt_value_is_null (search->value))
    {
      if (search->value->type == CPT_VALUE_MONEY)
        cpt_statement_bind_int (statement, 1, search->value->money.amount);
      else
        cpt_statement_bind_field (statement, 1, field, search->value);
    }
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      cpt_statement_get_id (statement, 0, &search->id);
      search->n_found++;
    }

  return step == CPT_STEP_DONE;
}

gboolean
cpt_database_find (CptDatabase      *self,
                   const CptEntity  *entity,
                   const CptField   *field,
                   const CptValue   *value,
                   gboolean          folded,
                   CptUuid          *id,
                   GError          **error)
{
  Search search = { .entity = entity, .field = field, .value = value, .folded = folded };

  if (!cpt_database_snapshot (self, find, &search, error))
    return FALSE;
  if (search.n_found == 1)
    {
      *id = search.id;
      return TRUE;
    }
  if (search.n_found > 1)
    g_set_error (error, CPT_ERROR, CPT_ERROR_CONFLICT,
                 /* Translators: the name of a field */
                 _("Several records have the same value in “%s”."), cpt_field_get_label (field));

  return FALSE;
}
