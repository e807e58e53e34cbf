/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Records that become one, in one act: a transaction that is made and stored
 * inside one transaction of SQLite, so that no link to the others appears
 * between reading the links and storing them. */

#include "config.h"

#include "cpt-merge-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-door-private.h"
#include "cpt-text.h"

/* Of a title in the log */
#define MAX_TITLE_BYTES 80

void
cpt_merge_free (CptMerge *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; self->values != NULL && i < self->entity->n_fields; i++)
    cpt_value_clear (&self->values[i]);
  g_free (self->values);
  g_free (self->sources);
  g_ptr_array_unref (self->records);
  cpt_schema_unref (self->schema);
  g_free (self);
}

guint
cpt_merge_get_length (CptMerge *self)
{
  return self->records->len;
}

const CptRecord *
cpt_merge_get_record (CptMerge *self,
                      guint     index)
{
  g_return_val_if_fail (index < self->records->len, NULL);

  return g_ptr_array_index (self->records, index);
}

static const CptField *
find_own (CptMerge       *self,
          const CptField *field)
{
  return cpt_entity_find_field (self->entity, field->name);
}

const CptValue *
cpt_merge_get_value (CptMerge       *self,
                     const CptField *field)
{
  const CptField *own = find_own (self, field);

  g_return_val_if_fail (own != NULL, NULL);

  return &self->values[own->index];
}

guint
cpt_merge_get_source (CptMerge       *self,
                      const CptField *field)
{
  const CptField *own = find_own (self, field);

  g_return_val_if_fail (own != NULL, 0);

  return self->sources[own->index];
}

/* Making one */

/* Says of which kind a record is that is none of @entity */
static void
describe_stranger (CptDatabase      *database,
                   const CptEntity  *entity,
                   const CptUuid    *id,
                   GError          **error)
{
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (cpt_database_get_schema (database), &n_entities);

  for (guint i = 0; i < n_entities; i++)
    {
      g_autofree char *title = NULL;

      if (entities[i]->number == entity->number)
        continue;
      title = cpt_database_dup_title (database, entities[i], id);
      if (title == NULL)
        continue;
      g_clear_error (error);
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   /* Translators: the title of a record and its kind: "“Acme” is of another kind (Organisation)" */
                   _("“%s” is of another kind (%s): only records of one kind can be merged."), title,
                   cpt_entity_get_label (entities[i]));
      return;
    }
}

static gboolean
add_record (CptMerge       *self,
            CptDatabase    *database,
            const CptUuid  *id,
            GError        **error)
{
  CptRecord *record;

  if (cpt_merge_is_one (self, id))
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID, _("A record can’t be merged with itself."));
      return FALSE;
    }

  record = cpt_database_load (database, self->entity, id, error);
  if (record == NULL)
    {
      if (error != NULL && g_error_matches (*error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
        describe_stranger (database, self->entity, id, error);
      return FALSE;
    }

  g_ptr_array_add (self->records, record);
  if (record->in_trash)
    {
      g_autofree char *title = cpt_record_dup_title (record);

      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("“%s” is in the trash. Restore it before merging it."), title);
      return FALSE;
    }

  return TRUE;
}

typedef struct
{
  const CptEntity *entity;
  const CptUuid *ids;
  guint n_ids;
  CptMerge *merge;
} Making;

static gboolean
make (CptDatabase  *database,
      gpointer      data,
      GError      **error)
{
  Making *making = data;
  const CptEntity *entity = cpt_database_localise (database, making->entity);
  CptMerge *self = g_new0 (CptMerge, 1);

  making->merge = self;
  self->schema = cpt_schema_ref (cpt_database_get_schema (database));
  self->entity = entity != NULL ? entity : making->entity;
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_record_unref);
  if (entity == NULL || (entity->flags & CPT_ENTITY_SYSTEM) != 0)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED,
                   /* Translators: a kind of record: "Saved views" */
                   _("%s can’t be merged."), cpt_entity_get_label_plural (self->entity));
      return FALSE;
    }

  for (guint i = 0; i < making->n_ids; i++)
    if (!add_record (self, database, &making->ids[i], error))
      return FALSE;

  self->values = g_new0 (CptValue, entity->n_fields);
  self->sources = g_new0 (guint, entity->n_fields);

  return cpt_merge_choose_best (self, database, error);
}

CptMerge *
cpt_merge_new (CptDatabase      *database,
               const CptEntity  *entity,
               const CptUuid    *ids,
               guint             n_ids,
               GError          **error)
{
  Making making = { .entity = entity, .ids = ids, .n_ids = n_ids };
  g_autoptr(GError) own_error = NULL;

  if (n_ids < 2)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID, _("Name at least two records to merge."));
      return NULL;
    }
  if (n_ids > CPT_MERGE_MAX_RECORDS)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("At most %d records can be merged at once."), CPT_MERGE_MAX_RECORDS);
      return NULL;
    }
  if (!cpt_database_snapshot (database, make, &making, &own_error))
    {
      g_clear_pointer (&making.merge, cpt_merge_free);
      g_propagate_error (error, g_steal_pointer (&own_error));
      return NULL;
    }

  return making.merge;
}

/* Choosing */

static gboolean
is_refused_by_anybody (CptMerge       *self,
                       const CptField *field)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      const CptValue *value = cpt_record_get (g_ptr_array_index (self->records, i), field);

      if (value->type == CPT_VALUE_INTEGER && value->integer == 0)
        return TRUE;
    }

  return FALSE;
}

gboolean
cpt_merge_choose (CptMerge        *self,
                  const CptField  *field,
                  guint            index,
                  GError         **error)
{
  const CptField *own = find_own (self, field);
  const CptValue *value;

  g_return_val_if_fail (own != NULL && (index == CPT_MERGE_UNITED || index < self->records->len), FALSE);

  if (index == CPT_MERGE_UNITED)
    return cpt_merge_unite (self, own, error);

  value = cpt_record_get (g_ptr_array_index (self->records, index), own);
  if ((own->flags & CPT_FIELD_READ_ONLY) != 0)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, C_("problem", "%s: %s"), cpt_field_get_label (own),
                   _("Comptoir fills this field in by itself. Leave it as it is."));
      return FALSE;
    }
  if ((own->flags & CPT_FIELD_CONSENT) != 0 && is_refused_by_anybody (self, own) &&
      !(value->type == CPT_VALUE_INTEGER && value->integer == 0))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, C_("problem", "%s: %s"), cpt_field_get_label (own),
                   _("One of these records says no; merging can’t make a yes of it."));
      return FALSE;
    }

  /* Nothing is above itself, nor linked to itself */
  if (value->type == CPT_VALUE_IDS)
    cpt_merge_replace_ids (self, value, NULL, &self->values[own->index]);
  else if (value->type == CPT_VALUE_ID && cpt_merge_is_one (self, &value->id))
    cpt_value_clear (&self->values[own->index]);
  else
    cpt_value_copy (value, &self->values[own->index]);
  self->sources[own->index] = index;

  return TRUE;
}

/* Storing */

static char *
make_label (CptMerge *self)
{
  CptRecord *kept = g_ptr_array_index (self->records, 0);
  g_autofree char *title = cpt_record_dup_title (kept);
  g_autofree char *shown = cpt_text_shorten (title, MAX_TITLE_BYTES);
  guint n_others = self->records->len - 1;

  return g_strdup_printf (ngettext ("Merge %s “%s” with %u other", "Merge %s “%s” with %u others", n_others),
                          cpt_entity_get_label (self->entity), shown, n_others);
}

static void
add_values (CptMerge       *self,
            CptTransaction *transaction)
{
  CptRecord *kept = g_ptr_array_index (self->records, 0);

  for (guint i = 0; i < self->entity->n_fields; i++)
    if (!cpt_value_equal (&kept->values[i], &self->values[i]))
      cpt_transaction_set (transaction, self->entity, &kept->id, self->entity->fields[i], &self->values[i]);
}

typedef struct
{
  CptMerge *merge;
  CptTransaction *transaction; /* (owned) */
  CptDoor door;
  guint n_links;
} Storing;

static gboolean
store (CptDatabase  *database,
       gpointer      data,
       GError      **error)
{
  Storing *storing = data;
  CptMerge *self = storing->merge;
  g_autofree char *label = make_label (self);

  storing->transaction = cpt_transaction_new (CPT_ORIGIN_MERGE, label);
  for (guint i = 0; i < self->records->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (self->records, i);

      cpt_transaction_expect (storing->transaction, self->entity, &record->id, record->sequence);
    }
  /* Its history tells of the merge, so that it can be taken back from there. */
  cpt_transaction_touch (storing->transaction, self->entity, &cpt_merge_get_record (self, 0)->id);
  add_values (self, storing->transaction);
  if (!cpt_merge_add_links (self, database, storing->transaction, &storing->n_links, error))
    return FALSE;
  for (guint i = 1; i < self->records->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (self->records, i);

      cpt_transaction_delete (storing->transaction, self->entity, &record->id);
    }

  cpt_door_init (&storing->door, database, storing->transaction);

  return cpt_door_run (&storing->door, error);
}

gboolean
cpt_merge_commit (CptMerge     *self,
                  CptDatabase  *database,
                  CptCommit    *commit,
                  guint        *n_links,
                  GPtrArray   **problems,
                  GError      **error)
{
  Storing storing = { .merge = self };
  gboolean done;

  done = cpt_database_transact (database, store, &storing, error);
  if (done)
    {
      cpt_door_report (&storing.door, commit);
      if (n_links != NULL)
        *n_links = storing.n_links;
    }
  else if (problems != NULL && storing.door.problems != NULL)
    {
      *problems = g_steal_pointer (&storing.door.problems);
    }
  if (storing.door.database != NULL)
    cpt_door_clear (&storing.door);
  g_clear_pointer (&storing.transaction, cpt_transaction_free);

  return done;
}

/* The last thing that happened to the record has to be the merge, which tells
 * the kept one first. */
static const char kept_sql[] =
  "SELECT k.id FROM log_change AS c JOIN log AS l ON l.sequence = c.sequence "
  "JOIN log_change AS k ON k.sequence = c.sequence AND k.entity = c.entity "
  "WHERE c.change_id = (SELECT max(change_id) FROM log_change WHERE id = ?1 AND entity = ?2) "
  "AND c.kind = ?3 AND l.origin = ?4 AND k.kind = ?5 AND k.id IS NOT NULL ORDER BY k.change_id LIMIT 1";

gboolean
cpt_merge_find_kept (CptDatabase      *database,
                     const CptEntity  *entity,
                     const CptUuid    *id,
                     CptUuid          *kept,
                     GError          **error)
{
  g_autoptr(CptStatement) statement = cpt_database_prepare (database, kept_sql, error);
  CptStep step;

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, id);
  cpt_statement_bind_int (statement, 2, entity->number);
  cpt_statement_bind_int (statement, 3, CPT_CHANGE_DELETE);
  cpt_statement_bind_int (statement, 4, CPT_ORIGIN_MERGE);
  cpt_statement_bind_int (statement, 5, CPT_CHANGE_UPDATE);
  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ERROR)
    return FALSE;

  *kept = (CptUuid){ 0 };
  if (step == CPT_STEP_ROW)
    cpt_statement_get_id (statement, 0, kept);

  return TRUE;
}
