/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stages are looked for within one pipeline. A name that tells what becomes of
 * a deal ("Closed won", "Perdue") is that pipeline's stage of this meaning;
 * any other unknown name is a new open stage, in front of those that decide and
 * where its name says that it belongs among the open ones, else behind them, so
 * that the funnel keeps its order.
 *
 * The open stages that a workspace begins with are a proposal. When a file
 * brings its own and nothing uses the proposed ones, these go with the import
 * and come back when it is undone. */
#include "config.h"

#include "cpt-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-statement.h"
#include "cpt-text.h"

typedef struct
{
  CptUuid id;
  CptUuid pipeline;
  char *title;  /* (owned) */
  char *folded; /* (owned) */
  gboolean is_open;
  gboolean is_won;
  gboolean is_made; /* by this import */
  gboolean is_used; /* by rows of the file */
  guint rank;       /* see cpt_import_stage_rank() */
  gint64 position;  /* where it stands at the end */
  gint64 stored;    /* where it stands in the file */
  gint64 sequence;  /* when it was changed last, before the import */
} Stage;

struct _CptImportStages
{
  CptDatabase *database; /* borrowed */
  CptImportNotes *notes; /* borrowed */
  gboolean is_loaded;
  gboolean has_pipeline;
  CptUuid pipeline;  /* the default one */
  GPtrArray *stages; /* (element-type Stage): by position */
  guint64 n_created;
};

static void
stage_free (Stage *self)
{
  g_free (self->title);
  g_free (self->folded);
  g_free (self);
}

CptImportStages *
cpt_import_stages_new (CptDatabase    *database,
                       CptImportNotes *notes)
{
  CptImportStages *self = g_new0 (CptImportStages, 1);

  self->database = database;
  self->notes = notes;
  self->stages = g_ptr_array_new_with_free_func ((GDestroyNotify) stage_free);

  return self;
}

void
cpt_import_stages_free (CptImportStages *self)
{
  g_ptr_array_unref (self->stages);
  g_free (self);
}

guint64
cpt_import_stages_get_n_created (CptImportStages *self)
{
  return self->n_created;
}

static const CptEntity *
get_entity (CptImportStages *self,
            const char      *name)
{
  return cpt_schema_find_entity (cpt_database_get_schema (self->database), name);
}

typedef void (*RecordFunc) (CptImportStages *self,
                            const CptRecord *record);

static gboolean
load_all (CptImportStages  *self,
          const char       *name,
          RecordFunc        func,
          GError          **error)
{
  g_autoptr(CptQuery) query = cpt_query_new (cpt_database_get_schema (self->database), get_entity (self, name));
  g_autoptr(GPtrArray) records = NULL;

  if (!cpt_query_set_sort (query, "position", error))
    return FALSE;
  records = cpt_query_load_records (query, self->database, 10000, error);
  for (guint i = 0; records != NULL && i < records->len; i++)
    func (self, g_ptr_array_index (records, i));

  return records != NULL;
}

static void
add_pipeline (CptImportStages *self,
              const CptRecord *record)
{
  if (!self->has_pipeline || cpt_record_get_integer (record, "is_default") == 1)
    self->pipeline = record->id;
  self->has_pipeline = TRUE;
}

static void
add_stage (CptImportStages *self,
           const CptRecord *record)
{
  const CptValue *pipeline = cpt_record_get_named (record, "pipeline");
  const char *kind = cpt_record_get_text (record, "kind");
  const char *name = cpt_record_get_text (record, "name");
  Stage *stage;

  if (cpt_value_is_null (pipeline) || name == NULL)
    return;

  stage = g_new0 (Stage, 1);
  stage->id = record->id;
  stage->pipeline = pipeline->id;
  stage->title = g_strdup (name);
  stage->folded = cpt_text_fold (name);
  stage->rank = cpt_import_stage_rank (name);
  stage->is_won = g_strcmp0 (kind, "won") == 0;
  stage->is_open = !stage->is_won && g_strcmp0 (kind, "lost") != 0;
  stage->position = stage->stored = cpt_record_get_integer (record, "position");
  stage->sequence = record->sequence;
  g_ptr_array_add (self->stages, stage);
}

static gboolean
ensure_loaded (CptImportStages  *self,
               GError          **error)
{
  if (self->is_loaded)
    return TRUE;
  self->is_loaded = TRUE;

  return load_all (self, "pipeline", add_pipeline, error) && load_all (self, "stage", add_stage, error);
}

static CptRecord *
record_new (CptImportStages *self,
            const char      *entity)
{
  CptRecord *record = cpt_record_new (cpt_database_get_schema (self->database), get_entity (self, entity));
  gint64 now = cpt_database_get_now (self->database);

  cpt_record_apply_initial (record, now, cpt_database_get_author (self->database),
                            cpt_database_get_zone (self->database));
  cpt_uuid_generate (&record->id, now / 1000);

  return record;
}

gboolean
cpt_import_stages_get_pipeline (CptImportStages  *self,
                                CptTransaction   *transaction,
                                CptUuid          *id,
                                GError          **error)
{
  if (!ensure_loaded (self, error))
    return FALSE;

  if (!self->has_pipeline)
    {
      g_autoptr(CptRecord) record = record_new (self, "pipeline");

      cpt_record_set_text (record, "name", _("Sales"));
      cpt_record_set_integer (record, "is_default", 1);
      cpt_record_set_integer (record, "position", 1);
      self->pipeline = record->id;
      self->has_pipeline = TRUE;
      self->n_created++;
      cpt_transaction_create (transaction, record);
    }
  *id = self->pipeline;

  return TRUE;
}

static Stage *
find_stage (CptImportStages *self,
            const CptUuid   *pipeline,
            const char      *text)
{
  g_autofree char *folded = cpt_text_fold (text);
  const char *kind = cpt_import_stage_kind (text);

  for (guint i = 0; i < self->stages->len; i++)
    {
      Stage *stage = g_ptr_array_index (self->stages, i);

      if (cpt_uuid_equal (&stage->pipeline, pipeline) && g_str_equal (stage->folded, folded))
        return stage;
    }

  for (guint i = 0; kind != NULL && i < self->stages->len; i++)
    {
      Stage *stage = g_ptr_array_index (self->stages, i);

      if (cpt_uuid_equal (&stage->pipeline, pipeline) && !stage->is_open && stage->is_won == g_str_equal (kind, "won"))
        return stage;
    }

  return NULL;
}

/* (nullable): the first open stage of its pipeline that lies behind it by name */
static const Stage *
find_next_by_rank (CptImportStages *self,
                   const Stage     *stage)
{
  const Stage *next = NULL;

  for (guint i = 0; i < self->stages->len && stage->rank > 0; i++)
    {
      const Stage *other = g_ptr_array_index (self->stages, i);

      if (other->is_open && other->rank > stage->rank && cpt_uuid_equal (&other->pipeline, &stage->pipeline) &&
          (next == NULL || other->position < next->position))
        next = other;
    }

  return next;
}

/* Where a new stage goes. How many of its deals are won is known only of those
 * that decide; of others nobody has said it, and nothing is made up. */
static void
choose_place (CptImportStages *self,
              Stage           *stage)
{
  gint64 last_open = 0;
  gint64 first_decided = G_MAXINT64;
  gint64 last = 0;
  const Stage *next = stage->is_open ? find_next_by_rank (self, stage) : NULL;

  if (next != NULL)
    {
      stage->position = next->position;
      return;
    }

  for (guint i = 0; i < self->stages->len; i++)
    {
      Stage *other = g_ptr_array_index (self->stages, i);

      if (!cpt_uuid_equal (&other->pipeline, &stage->pipeline))
        continue;
      last = MAX (last, other->position);
      if (other->is_open)
        last_open = MAX (last_open, other->position);
      else
        first_decided = MIN (first_decided, other->position);
    }

  if (stage->is_open)
    stage->position = first_decided == G_MAXINT64 ? last_open + 1 : MAX (MIN (last_open + 1, first_decided), 0);
  else
    stage->position = last + 1;
}

/* Stages from @position on move up by one, when there is one at it; stored at the end */
static void
make_room (CptImportStages *self,
           Stage           *stage)
{
  gboolean is_taken = FALSE;

  for (guint i = 0; i < self->stages->len; i++)
    {
      Stage *other = g_ptr_array_index (self->stages, i);

      is_taken = is_taken || (cpt_uuid_equal (&other->pipeline, &stage->pipeline) && other->position == stage->position);
    }

  for (guint i = 0; is_taken && i < self->stages->len; i++)
    {
      Stage *other = g_ptr_array_index (self->stages, i);

      if (cpt_uuid_equal (&other->pipeline, &stage->pipeline) && other->position >= stage->position)
        other->position++;
    }
}

static Stage *
create_stage (CptImportStages *self,
              const CptUuid   *pipeline,
              const char      *text,
              CptTransaction  *transaction)
{
  g_autoptr(CptRecord) record = record_new (self, "stage");
  const char *kind = cpt_import_stage_kind (text);
  Stage *stage = g_new0 (Stage, 1);

  stage->id = record->id;
  stage->pipeline = *pipeline;
  stage->title = g_strdup (text);
  stage->folded = cpt_text_fold (text);
  stage->rank = cpt_import_stage_rank (text);
  stage->is_made = TRUE;
  stage->is_won = g_strcmp0 (kind, "won") == 0;
  stage->is_open = kind == NULL;
  choose_place (self, stage);
  make_room (self, stage);
  stage->stored = stage->position;

  cpt_record_set_text (record, "name", text);
  cpt_record_set_text (record, "kind", kind != NULL ? kind : "open");
  cpt_record_set_integer (record, "position", stage->position);
  if (!stage->is_open)
    cpt_record_set_integer (record, "probability", stage->is_won ? 10000 : 0);
  cpt_record_set_id (record, "pipeline", pipeline);

  g_ptr_array_add (self->stages, stage);
  self->n_created++;
  cpt_import_notes_made (self->notes, cpt_record_get_entity (record), text);
  cpt_import_notes_add (self->notes, _("New stages were created: check their order and their probability"));
  cpt_transaction_create (transaction, record);

  return stage;
}

gboolean
cpt_import_stages_resolve (CptImportStages  *self,
                           const CptUuid    *pipeline,
                           const char       *text,
                           gboolean          may_create,
                           CptTransaction   *transaction,
                           CptUuid          *id,
                           GError          **error)
{
  Stage *stage;

  if (!ensure_loaded (self, error))
    return FALSE;

  stage = find_stage (self, pipeline, text);
  if (stage == NULL && may_create)
    stage = create_stage (self, pipeline, text, transaction);
  if (stage != NULL)
    {
      stage->is_used = TRUE;
      *id = stage->id;
    }

  return stage != NULL;
}

/* At the end */

/* Whether it is as the workspace began with; what was taken back does not count */
static gboolean
is_as_created (CptImportStages  *self,
               const Stage      *stage,
               gboolean         *is_so,
               GError          **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  statement = cpt_database_prepare (self->database,
                                    "SELECT count(*) FILTER (WHERE l.origin = ?4), "
                                    "count(*) FILTER (WHERE l.origin NOT IN (?4, ?5) AND l.undone_by IS NULL AND h.undone_by IS NULL) "
                                    "FROM log_change AS c JOIN log AS l USING (sequence) LEFT JOIN log AS h ON h.sequence = l.unit "
                                    "WHERE c.entity = ?1 AND c.id = ?2 AND c.sequence <= ?3",
                                    error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, get_entity (self, "stage")->number);
  cpt_statement_bind_id (statement, 2, &stage->id);
  cpt_statement_bind_int (statement, 3, stage->sequence);
  cpt_statement_bind_int (statement, 4, CPT_ORIGIN_CREATION);
  cpt_statement_bind_int (statement, 5, CPT_ORIGIN_UNDO);
  step = cpt_statement_step (statement, error);
  *is_so = step == CPT_STEP_ROW && cpt_statement_get_int (statement, 0) > 0 && cpt_statement_get_int (statement, 1) == 0;

  return step != CPT_STEP_ERROR;
}

static gboolean
has_deals (CptImportStages  *self,
           const Stage      *stage,
           gboolean         *has_some,
           GError          **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  const CptEntity *entity = get_entity (self, "deal");
  char id[CPT_UUID_TEXT_SIZE];
  g_autofree char *json = NULL;
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(CptQuery) query = cpt_query_new (schema, entity);
  guint64 count;

  cpt_uuid_format (&stage->id, id);
  json = g_strdup_printf ("{\"field\":\"stage\",\"op\":\"is\",\"value\":\"%s\"}", id);
  filter = cpt_filter_parse (schema, entity, json, error);
  if (filter == NULL)
    return FALSE;
  cpt_query_set_filter (query, filter);
  if (!cpt_query_count (query, self->database, &count, error))
    return FALSE;
  *has_some = count > 0;

  return TRUE;
}

/* Whether the import made open stages in the pipeline, and all others that are open
 * there are unused proposals. @unused: (element-type Stage): gets these */
static gboolean
list_unused (CptImportStages  *self,
             const CptUuid    *pipeline,
             GPtrArray        *unused,
             GError          **error)
{
  gboolean is_own = FALSE;
  gboolean is_proposed = TRUE;

  for (guint i = 0; i < self->stages->len && is_proposed; i++)
    {
      Stage *stage = g_ptr_array_index (self->stages, i);
      gboolean is_new = FALSE;
      gboolean is_filled = FALSE;

      if (!stage->is_open || !cpt_uuid_equal (&stage->pipeline, pipeline))
        continue;
      if (stage->is_made)
        {
          is_own = TRUE;
          continue;
        }
      if (!stage->is_used &&
          (!is_as_created (self, stage, &is_new, error) || (is_new && !has_deals (self, stage, &is_filled, error))))
        return FALSE;
      is_proposed = is_new && !is_filled;
      g_ptr_array_add (unused, stage);
    }
  if (!is_own || !is_proposed)
    g_ptr_array_set_size (unused, 0);

  return TRUE;
}

static void
store_positions (CptImportStages *self,
                 CptTransaction  *transaction)
{
  const CptEntity *entity = get_entity (self, "stage");

  for (guint i = 0; i < self->stages->len; i++)
    {
      const Stage *stage = g_ptr_array_index (self->stages, i);
      g_auto(CptValue) value = CPT_VALUE_INIT;

      if (stage->position == stage->stored)
        continue;
      cpt_value_set_integer (&value, stage->position);
      cpt_transaction_set (transaction, entity, &stage->id, cpt_entity_find_field (entity, "position"), &value);
    }
}

gboolean
cpt_import_stages_settle (CptImportStages  *self,
                          CptTransaction   *transaction,
                          GError          **error)
{
  g_autoptr(GPtrArray) unused = g_ptr_array_new ();
  g_autoptr(GString) titles = g_string_new (NULL);
  g_autofree char *note = NULL;

  if (self->n_created == 0)
    return TRUE;
  if (!list_unused (self, &self->pipeline, unused, error))
    return FALSE;

  for (guint i = 0; i < unused->len; i++)
    {
      Stage *stage = g_ptr_array_index (unused, i);

      g_string_append_printf (titles, "%s%s", i > 0 ? ", " : "", stage->title);
      stage->position = stage->stored;
      cpt_transaction_delete (transaction, get_entity (self, "stage"), &stage->id);
    }
  if (unused->len > 0)
    {
      note = g_strdup_printf (_("The stages that were proposed and not used made way for those of the file: %s"), titles->str);
      cpt_import_notes_add (self->notes, note);
    }
  store_positions (self, transaction);

  return TRUE;
}
