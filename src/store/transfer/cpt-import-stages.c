/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stages are looked for within one pipeline. A name that tells what becomes of
 * a deal ("Closed won", "Perdue") is that pipeline's stage of this meaning;
 * any other unknown name is a new open stage, behind the open ones and in
 * front of those that decide, so that the funnel keeps its order. */
#include "config.h"

#include "cpt-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-text.h"

typedef struct
{
  CptUuid id;
  CptUuid pipeline;
  char *folded; /* (owned) */
  gboolean is_open;
  gboolean is_won;
  gint64 position;
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
  const CptEntity *entity = get_entity (self, name);
  g_autoptr(CptQuery) query = cpt_query_new (cpt_database_get_schema (self->database), entity);
  g_autoptr(GArray) rows = NULL;

  if (!cpt_query_set_sort (query, "position", error))
    return FALSE;
  rows = cpt_query_get_rows (query, self->database, 0, 10000, error);
  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr(CptRecord) record =
        cpt_database_load_row (self->database, entity, g_array_index (rows, gint64, i), error);

      if (record == NULL)
        return FALSE;
      func (self, record);
    }

  return TRUE;
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
  stage->folded = cpt_text_fold (name);
  stage->is_won = g_strcmp0 (kind, "won") == 0;
  stage->is_open = !stage->is_won && g_strcmp0 (kind, "lost") != 0;
  stage->position = cpt_record_get_integer (record, "position");
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

static void
set_text (CptRecord  *record,
          const char *name,
          const char *text)
{
  CptValue value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, text);
  cpt_record_take (record, cpt_entity_find_field (cpt_record_get_entity (record), name), value);
}

static void
set_integer (CptRecord  *record,
             const char *name,
             gint64      integer)
{
  CptValue value = CPT_VALUE_INIT;

  cpt_value_set_integer (&value, integer);
  cpt_record_take (record, cpt_entity_find_field (cpt_record_get_entity (record), name), value);
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

      set_text (record, "name", _("Sales"));
      set_integer (record, "is_default", 1);
      set_integer (record, "position", 1);
      self->pipeline = record->id;
      self->has_pipeline = TRUE;
      self->n_created++;
      if (transaction != NULL)
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

/* Where a new stage goes. How many of its deals are won is known only of those
 * that decide; of others nobody has said it, and nothing is made up. */
static void
choose_place (CptImportStages *self,
              Stage           *stage)
{
  gint64 last_open = 0;
  gint64 first_decided = G_MAXINT64;
  gint64 last = 0;

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

/* Stages from @position on move up by one, when there is one at it */
static void
make_room (CptImportStages *self,
           Stage           *stage,
           CptTransaction  *transaction)
{
  const CptEntity *entity = get_entity (self, "stage");
  gboolean is_taken = FALSE;

  for (guint i = 0; i < self->stages->len; i++)
    {
      Stage *other = g_ptr_array_index (self->stages, i);

      is_taken = is_taken || (cpt_uuid_equal (&other->pipeline, &stage->pipeline) && other->position == stage->position);
    }

  for (guint i = 0; is_taken && i < self->stages->len; i++)
    {
      Stage *other = g_ptr_array_index (self->stages, i);
      g_auto(CptValue) value = CPT_VALUE_INIT;

      if (!cpt_uuid_equal (&other->pipeline, &stage->pipeline) || other->position < stage->position)
        continue;
      other->position++;
      cpt_value_set_integer (&value, other->position);
      if (transaction != NULL)
        cpt_transaction_set (transaction, entity, &other->id, cpt_entity_find_field (entity, "position"), &value);
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
  CptValue link = CPT_VALUE_INIT;

  stage->id = record->id;
  stage->pipeline = *pipeline;
  stage->folded = cpt_text_fold (text);
  stage->is_won = g_strcmp0 (kind, "won") == 0;
  stage->is_open = kind == NULL;
  choose_place (self, stage);
  make_room (self, stage, transaction);

  set_text (record, "name", text);
  set_text (record, "kind", kind != NULL ? kind : "open");
  set_integer (record, "position", stage->position);
  if (!stage->is_open)
    set_integer (record, "probability", stage->is_won ? 10000 : 0);
  cpt_value_set_id (&link, pipeline);
  cpt_record_take (record, cpt_entity_find_field (cpt_record_get_entity (record), "pipeline"), link);

  g_ptr_array_add (self->stages, stage);
  self->n_created++;
  cpt_import_notes_made (self->notes, cpt_record_get_entity (record), text);
  cpt_import_notes_add (self->notes, _("New stages were created: check their order and their probability"));
  if (transaction != NULL)
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
    *id = stage->id;

  return stage != NULL;
}
