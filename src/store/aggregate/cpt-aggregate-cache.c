/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers kept, and kept right.
 *
 * An entry is the groups of one question at one state of the log. It is
 * immutable: a newer state replaces it. When the question comes again, the log
 * says what happened since:
 *
 *  - nothing that the question reads (other entities, other fields): it holds;
 *  - few records changed, and the question only counts, adds and averages own
 *    fields: what they were is taken out, what they are is put in;
 *  - facts were delivered once: what that changed is put in and taken out;
 *  - anything else: it is computed again.
 *
 * What records were is read from the log: the record as it is, with the
 * changes since taken back from the newest to the oldest. */

#include "config.h"

#include "cpt-aggregate-cache-private.h"

#include <string.h>

#include "cpt-aggregate-private.h"
#include "cpt-database-private.h"
#include "cpt-door-private.h"
#include "cpt-facts-question-private.h"
#include "cpt-json.h"
#include "cpt-log.h"

#define MAX_ENTRIES 256
/* Larger answers are rare and not kept */
#define MAX_GROUPS 20000
/* Changes looked through, and records put right one by one, before it is
 * quicker to compute again */
#define MAX_CHANGES 20000
#define MAX_RECORDS 1000
/* Answers that took longer are written to the file: 50 ms in microseconds */
#define WORTH_KEEPING 50000

typedef struct
{
  CptGroups *groups; /* (owned) */
  gint64 sequence;
  guint64 used; /* when it was last asked for */
} Entry;

struct _CptAggregateCache
{
  gatomicrefcount count;
  GMutex mutex;
  GHashTable *entries; /* key -> Entry */
  guint64 clock;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  cpt_groups_unref (entry->groups);
  g_free (entry);
}

CptAggregateCache *
cpt_aggregate_cache_new (void)
{
  CptAggregateCache *self = g_new0 (CptAggregateCache, 1);

  g_atomic_ref_count_init (&self->count);
  g_mutex_init (&self->mutex);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);

  return self;
}

CptAggregateCache *
cpt_aggregate_cache_ref (CptAggregateCache *self)
{
  g_atomic_ref_count_inc (&self->count);

  return self;
}

void
cpt_aggregate_cache_unref (CptAggregateCache *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;

  g_hash_table_unref (self->entries);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

CptAggregateCache *
cpt_database_get_aggregates (CptDatabase *database)
{
  if (database->aggregates == NULL)
    database->aggregates = cpt_aggregate_cache_new ();

  return database->aggregates;
}

void
cpt_database_set_aggregates (CptDatabase       *database,
                             CptAggregateCache *cache)
{
  cpt_aggregate_cache_ref (cache);
  g_clear_pointer (&database->aggregates, cpt_aggregate_cache_unref);
  database->aggregates = cache;
}

/* What an answer depends on besides the records */
static char *
make_key (CptDatabase      *database,
          CptAggregateSpec *spec)
{
  g_autoptr(JsonNode) json = cpt_aggregate_spec_to_json (spec);
  g_autofree char *question = cpt_json_format_canonical (json);
  g_autofree char *user = cpt_uuid_dup_text (cpt_database_get_author (database));

  return g_strdup_printf ("%s %s %" G_GINT64_FORMAT " %s %s",
                          g_time_zone_get_identifier (cpt_database_get_zone (database)),
                          cpt_database_get_currency (database),
                          cpt_aggregate_spec_depends_on_today (spec) ? cpt_database_get_today (database) : 0,
                          cpt_aggregate_spec_depends_on_user (spec) ? user : "",
                          question);
}

static CptGroups *
look_up (CptAggregateCache *self,
         const char        *key,
         gint64            *sequence)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Entry *entry = g_hash_table_lookup (self->entries, key);

  if (entry == NULL)
    return NULL;

  entry->used = ++self->clock;
  *sequence = entry->sequence;

  return cpt_groups_ref (entry->groups);
}

static void
drop_oldest (CptAggregateCache *self)
{
  GHashTableIter iter;
  gpointer key, value, oldest = NULL;
  guint64 least = G_MAXUINT64;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (((Entry *) value)->used < least)
      {
        least = ((Entry *) value)->used;
        oldest = key;
      }

  if (oldest != NULL)
    g_hash_table_remove (self->entries, oldest);
}

static void
keep (CptAggregateCache *self,
      const char        *key,
      CptGroups         *groups,
      gint64             sequence)
{
  g_autoptr(GMutexLocker) locker = NULL;
  Entry *entry;

  if (groups->is_pruned || g_hash_table_size (groups->table) > MAX_GROUPS)
    return;

  locker = g_mutex_locker_new (&self->mutex);
  entry = g_hash_table_lookup (self->entries, key);

  /* A connection that reads an older state must not undo a newer one's work */
  if (entry != NULL && entry->sequence >= sequence)
    return;

  if (entry == NULL && g_hash_table_size (self->entries) >= MAX_ENTRIES)
    drop_oldest (self);

  entry = g_new0 (Entry, 1);
  entry->groups = cpt_groups_ref (groups);
  entry->sequence = sequence;
  entry->used = ++self->clock;
  g_hash_table_replace (self->entries, g_strdup (key), entry);
}

/* What a question reads of one entity */

typedef struct
{
  const char *entity;
  guint64 fields; /* as in CptRowChange */
} Use;

typedef struct
{
  GArray *uses;
} Uses;

static void
add_path (Uses          *uses,
          const CptPath *path)
{
  for (guint i = 0; i < path->n_steps; i++)
    {
      const CptField *field = path->fields[i];
      Use use = { .entity = path->entities[i]->name };
      guint j;

      if (field->index != G_MAXUINT)
        use.fields = G_GUINT64_CONSTANT (1) << (field->index % 64);
      else if (g_str_has_prefix (field->name, "changed_"))
        use.fields = G_MAXUINT64;

      for (j = 0; j < uses->uses->len; j++)
        if (strcmp (g_array_index (uses->uses, Use, j).entity, use.entity) == 0)
          break;
      if (j == uses->uses->len)
        g_array_append_val (uses->uses, use);
      else
        g_array_index (uses->uses, Use, j).fields |= use.fields;
    }
}

static void
add_condition (CptFilter *condition,
               gpointer   data)
{
  add_path (data, cpt_filter_get_path (condition));
}

/* The first use is the source itself */
static GArray *
list_uses (CptAggregateSpec *spec)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Use));
  Uses uses = { .uses = list };
  Use source = { .entity = spec->entity->name };

  g_array_append_val (list, source);
  if (spec->where != NULL)
    cpt_filter_foreach (spec->where, add_condition, &uses);
  for (guint i = 0; i < spec->n_dimensions; i++)
    add_path (&uses, &spec->dimensions[i].path);
  for (guint i = 0; i < spec->n_measures; i++)
    {
      add_path (&uses, &spec->measures[i].path);
      add_path (&uses, &spec->measures[i].other);
      if (spec->measures[i].filter != NULL)
        cpt_filter_foreach (spec->measures[i].filter, add_condition, &uses);
    }
  if (spec->has_compare)
    add_path (&uses, &spec->compare_path);

  return list;
}

/* The index of the use that a change concerns, or -1 */
static int
find_use (GArray             *uses,
          const CptRowChange *change)
{
  if (change->kind == CPT_CHANGE_PURGE)
    return -1;

  for (guint i = 0; i < uses->len; i++)
    {
      const Use *use = &g_array_index (uses, Use, i);

      if (strcmp (use->entity, change->entity->name) == 0)
        return change->kind == CPT_CHANGE_UPDATE && (change->fields & use->fields) == 0 ? -1 : (int) i;
    }

  return -1;
}

typedef enum
{
  VERDICT_HOLDS,
  VERDICT_RECORDS, /* some records must be put right */
  VERDICT_COMPUTE,
} Verdict;

/* @ids gets the records of the source that changed */
static Verdict
judge (CptAggregateSpec *spec,
       CptChangeSet     *changes,
       GHashTable       *ids)
{
  g_autoptr(GArray) uses = list_uses (spec);
  gboolean is_incremental = cpt_aggregate_is_incremental (spec);
  const CptRowChange *rows;
  guint length;

  if (cpt_change_set_is_truncated (changes))
    return VERDICT_COMPUTE;

  rows = cpt_change_set_get_rows (changes, &length);
  for (guint i = 0; i < length; i++)
    {
      int use = find_use (uses, &rows[i]);

      if (use < 0)
        continue;
      if (use > 0 || !is_incremental || rows[i].row != rows[i].last_row || cpt_uuid_is_nil (&rows[i].id))
        return VERDICT_COMPUTE;

      if (!g_hash_table_contains (ids, &rows[i].id))
        g_hash_table_add (ids, g_memdup2 (&rows[i].id, sizeof rows[i].id));
      if (g_hash_table_size (ids) > MAX_RECORDS)
        return VERDICT_COMPUTE;
    }

  return g_hash_table_size (ids) > 0 ? VERDICT_RECORDS : VERDICT_HOLDS;
}

/* Records as they were */

static gboolean
take_back_fields (CptRecord  *record,
                  const char *fields)
{
  g_autoptr(JsonNode) node = fields == NULL ? NULL : cpt_json_parse (fields, -1, NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *pair;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &pair))
    {
      const CptField *field = cpt_entity_find_field (cpt_record_get_entity (record), name);
      g_auto(CptValue) value = CPT_VALUE_INIT;

      if (field == NULL)
        continue;
      if (!JSON_NODE_HOLDS_ARRAY (pair) || json_array_get_length (json_node_get_array (pair)) != 2 ||
          !cpt_field_from_json (field, json_array_get_element (json_node_get_array (pair), 0), &value, NULL))
        return FALSE;

      cpt_record_set (record, field, &value);
    }

  return TRUE;
}

static CptRecord *
parse_record (CptDatabase     *database,
              const CptEntity *entity,
              const char      *text)
{
  g_autoptr(JsonNode) node = text == NULL ? NULL : cpt_json_parse (text, -1, NULL);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  return cpt_record_from_json (cpt_database_get_schema (database), entity, json_node_get_object (node), TRUE, NULL);
}

/* Takes one change back from @record, which may be NULL when it is not there */
static gboolean
take_back (CptDatabase      *database,
           const CptEntity  *entity,
           CptRecord       **record,
           CptAct            act,
           const char       *fields)
{
  switch (act)
    {
    case CPT_ACT_UPDATE:
    case CPT_ACT_COMPUTED:
      return *record != NULL && take_back_fields (*record, fields);

    case CPT_ACT_CREATE:
    case CPT_ACT_RESTORE:
    case CPT_ACT_RECREATE:
      g_clear_pointer (record, cpt_record_unref);
      return TRUE;

    case CPT_ACT_DELETE:
    case CPT_ACT_UNCREATE:
      if (*record != NULL)
        return FALSE;
      *record = parse_record (database, entity, fields);
      return *record != NULL;

    case CPT_ACT_PURGE:
    case CPT_ACT_UNPURGE:
    default:
      return TRUE;
    }
}

/* @before and @after are NULL where there was or is no record. FALSE when the
 * log does not say enough. */
static gboolean
read_states (CptDatabase      *database,
             const CptEntity  *entity,
             const CptUuid    *id,
             gint64            sequence,
             CptRecord       **before,
             CptRecord       **after)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  *after = cpt_database_load_live (database, entity, id, &error);
  if (error != NULL)
    return FALSE;
  if (*after != NULL)
    *before = cpt_record_copy (*after);

  statement = cpt_database_prepare (database,
                                    "SELECT kind,fields FROM log_change WHERE id=? AND sequence>? AND entity=? "
                                    "ORDER BY change_id DESC",
                                    NULL);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, id);
  cpt_statement_bind_int (statement, 2, sequence);
  cpt_statement_bind_int (statement, 3, entity->number);
  while ((step = cpt_statement_step (statement, NULL)) == CPT_STEP_ROW)
    if (!take_back (database, entity, before, (CptAct) cpt_statement_get_int (statement, 0),
                    cpt_statement_get_text (statement, 1)))
      return FALSE;

  return step == CPT_STEP_DONE;
}

/* Sums beyond 64 bits and records that were not where the log says: both are
 * left to SQL */
static gboolean
is_sound (CptGroups *groups)
{
  guint n_cells = 2 * groups->spec->n_measures;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, groups->table);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const CptGroup *group = value;

      if (group->n_records[0] < 0 || group->n_records[1] < 0)
        return FALSE;
      for (guint i = 0; i < n_cells; i++)
        if (group->cells[i].is_real || group->cells[i].count < 0)
          return FALSE;
    }

  return TRUE;
}

static gboolean
put_right (CptDatabase *database,
           CptGroups   *groups,
           GHashTable  *ids,
           gint64       sequence)
{
  const CptEntity *entity = cpt_database_localise (database, groups->spec->entity);
  GHashTableIter iter;
  gpointer id;

  if (entity == NULL || !is_sound (groups))
    return FALSE;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr(CptRecord) before = NULL;
      g_autoptr(CptRecord) after = NULL;

      if (!read_states (database, entity, id, sequence, &before, &after))
        return FALSE;
      if (before != NULL)
        cpt_aggregate_apply (groups, database, before, -1);
      if (after != NULL)
        cpt_aggregate_apply (groups, database, after, 1);
    }

  if (!is_sound (groups))
    return FALSE;

  if (groups->spec->n_dimensions > 0 || groups->spec->n_currencies > 0)
    cpt_groups_sweep (groups);

  return TRUE;
}

/* Facts link to nothing: only their own deliveries matter */
static CptGroups *
bring_facts_up_to_date (CptDatabase  *database,
                        CptGroups    *former,
                        CptChangeSet *changes)
{
  g_autoptr(CptGroups) copy = NULL;
  const CptRowChange *rows;
  gint64 sequence = 0;
  guint length;

  if (cpt_change_set_is_truncated (changes))
    return NULL;

  rows = cpt_change_set_get_rows (changes, &length);
  for (guint i = 0; i < length; i++)
    {
      if (strcmp (rows[i].entity->name, former->spec->entity->name) != 0)
        continue;
      if (sequence != 0 && rows[i].sequence != sequence)
        return NULL;
      sequence = rows[i].sequence;
    }
  if (sequence == 0)
    return cpt_groups_ref (former);

  copy = cpt_groups_copy (former);
  if (!is_sound (copy) || !cpt_facts_put_right (database, copy, sequence) || !is_sound (copy))
    return NULL;
  if (copy->spec->n_dimensions > 0 || copy->spec->n_currencies > 0)
    cpt_groups_sweep (copy);

  return g_steal_pointer (&copy);
}

/* @groups as they are now, or NULL to compute them again; takes @groups */
static CptGroups *
bring_up_to_date (CptDatabase *database,
                  CptGroups   *groups,
                  gint64       sequence)
{
  g_autoptr(CptGroups) former = groups;
  g_autoptr(CptGroups) copy = NULL;
  g_autoptr(CptChangeSet) changes = cpt_log_read (database, sequence, MAX_CHANGES, NULL);
  g_autoptr(GHashTable) ids = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, NULL);

  if (changes == NULL)
    return NULL;
  if ((former->spec->entity->flags & CPT_ENTITY_FACTS) != 0)
    return bring_facts_up_to_date (database, former, changes);

  switch (judge (groups->spec, changes, ids))
    {
    case VERDICT_HOLDS:
      return g_steal_pointer (&former);
    case VERDICT_RECORDS:
      copy = cpt_groups_copy (former);
      return put_right (database, copy, ids, sequence) ? g_steal_pointer (&copy) : NULL;
    case VERDICT_COMPUTE:
    default:
      return NULL;
    }
}

/* Computes, and notes how long it took */
static CptGroups *
compute (CptDatabase       *database,
         CptAggregateSpec  *spec,
         CptCached         *cached,
         GError           **error)
{
  gint64 start = g_get_monotonic_time ();
  CptGroups *groups = cpt_aggregate_compute (database, spec, error);

  cached->is_worth_keeping = g_get_monotonic_time () - start > WORTH_KEEPING;

  return groups;
}

/* A unit being made here sees what others don't; and the words of a large
 * import are indexed after it, which the log does not tell. */
static gboolean
is_cacheable (CptDatabase      *database,
              CptAggregateSpec *spec)
{
  return database->unit == 0 && spec->search == NULL;
}

/* What is known of it in memory or in the file, brought up to date where that
 * does not take computing it again; else NULL */
static CptGroups *
find_known (CptDatabase      *database,
            CptAggregateSpec *spec,
            const char       *key,
            gint64            now)
{
  gint64 sequence = 0;
  CptGroups *groups = look_up (cpt_database_get_aggregates (database), key, &sequence);

  if (groups == NULL)
    groups = cpt_aggregate_file_load (database, spec, key, &sequence);
  if (groups != NULL && sequence > now)
    g_clear_pointer (&groups, cpt_groups_unref);
  if (groups != NULL && sequence < now)
    groups = bring_up_to_date (database, groups, sequence);

  return groups;
}

gboolean
cpt_aggregate_cache_knows (CptDatabase      *database,
                           CptAggregateSpec *spec)
{
  gint64 now = cpt_database_get_sequence (database);
  g_autofree char *key = NULL;
  g_autoptr(CptGroups) groups = NULL;

  if (!is_cacheable (database, spec))
    return FALSE;

  key = make_key (database, spec);
  groups = find_known (database, spec, key, now);
  if (groups != NULL)
    keep (cpt_database_get_aggregates (database), key, groups, now);

  return groups != NULL;
}

gboolean
cpt_aggregate_cache_get (CptDatabase       *database,
                         CptAggregateSpec  *spec,
                         CptCached         *cached,
                         GError           **error)
{
  CptAggregateCache *self = cpt_database_get_aggregates (database);
  g_autofree char *key = make_key (database, spec);
  gint64 now = cpt_database_get_sequence (database);
  g_autoptr(CptGroups) groups = NULL;

  *cached = (CptCached){ .sequence = now };

  if (!is_cacheable (database, spec))
    {
      cached->groups = cpt_aggregate_compute (database, spec, error);
      return cached->groups != NULL;
    }

  groups = find_known (database, spec, key, now);
  if (groups == NULL)
    groups = compute (database, spec, cached, error);
  if (groups == NULL)
    return FALSE;

  keep (self, key, groups, now);
  cached->groups = g_steal_pointer (&groups);
  cached->key = g_steal_pointer (&key);

  return TRUE;
}

void
cpt_aggregate_cache_put (CptDatabase      *database,
                         CptAggregateSpec *spec,
                         CptGroups        *groups,
                         CptCached        *cached)
{
  if (!is_cacheable (database, spec))
    return;

  cached->sequence = cpt_database_get_sequence (database);
  cached->key = make_key (database, spec);
  cached->groups = cpt_groups_ref (groups);
  keep (cpt_database_get_aggregates (database), cached->key, groups, cached->sequence);
}

void
cpt_cached_clear (CptCached *self)
{
  g_clear_pointer (&self->groups, cpt_groups_unref);
  g_clear_pointer (&self->key, g_free);
}
