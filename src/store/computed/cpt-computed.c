/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeping what formulas give.
 *
 * Values are stored like those of any custom field, so that lists, filters,
 * sums, export and history need to know nothing of formulas. A record's own
 * formulas are worked out by the door before its rules are asked. Who reads a
 * changed record through links is noted in table "recompute" and worked out
 * within the same act; beyond MAX_AT_ONCE records by cpt_computed_run(), in
 * slices. What others have left there waits for that too: an act notes its own
 * records as OWN, which nobody else ever sees, and hands over what it did not
 * get to. Loops between formulas are refused when they are defined, so that
 * this comes to an end. */

#include "config.h"

#include "cpt-computed-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-layout.h"
#include "cpt-log-private.h"
#include "cpt-sql-private.h"

/* Records that a change takes along in its own transaction */
#define MAX_AT_ONCE 1000
#define RECORDS_PER_SLICE 500
#define RANGES_PER_STEP 200
/* In the place of a unit, while an act works off what it has noted */
#define OWN -1

/* The host of formulas */

typedef struct
{
  CptDatabase *database;
  CptDoor *door; /* (nullable): whose items count more than what is stored */
  GError *error; /* (owned) (nullable): the first thing that could not be read */
} Host;

static GError **
get_error (Host *self)
{
  return self->error == NULL ? &self->error : NULL;
}

/* What was worked out of half of the records is not to be stored. */
static gboolean
check_host (Host    *self,
            GError **error)
{
  if (self->error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&self->error));

  return FALSE;
}

static CptRecord *
load (gpointer         data,
      const CptEntity *entity,
      const CptUuid   *id)
{
  Host *self = data;
  CptDoorItem *item = self->door == NULL ? NULL : cpt_door_find_item (self->door, entity, id);

  if (item != NULL && !item->is_void && !item->is_refused)
    return item->after == NULL ? NULL : cpt_record_ref (item->after);

  return cpt_database_load_live (self->database, entity, id, get_error (self));
}

static void
list_members (Host            *self,
              const CptHop    *hop,
              const CptRecord *record,
              CptLinkedFunc    func,
              gpointer         func_data)
{
  const CptValue *value = cpt_record_get (record, hop->field);

  for (guint i = 0; value->type == CPT_VALUE_IDS && i < value->ids.length; i++)
    {
      g_autoptr(CptRecord) member = load (self, hop->entity, &value->ids.items[i]);

      if (member != NULL && !func (member, func_data))
        return;
    }
}

static void
list (gpointer         data,
      const CptHop    *hop,
      const CptRecord *record,
      CptLinkedFunc    func,
      gpointer         func_data)
{
  Host *self = data;
  g_autofree char *select = cpt_layout_dup_select_sql (hop->entity);
  g_auto(CptSql) sql = { 0 };
  g_autoptr(CptStatement) statement = NULL;
  gboolean goes_on = TRUE;

  if (!hop->is_back)
    {
      list_members (self, hop, record, func, func_data);
      return;
    }

  cpt_sql_init (&sql, self->database);
  cpt_sql_add (&sql, select);
  cpt_sql_add (&sql, "WHERE ");
  cpt_sql_add_links_to (&sql, hop->entity->name, hop->entity, hop->field, &record->id);
  cpt_sql_add_visible (&sql, NULL, hop->entity);
  statement = cpt_sql_prepare (&sql, get_error (self));
  while (statement != NULL && goes_on && cpt_statement_step (statement, get_error (self)) == CPT_STEP_ROW)
    {
      g_autoptr(CptRecord) linked = cpt_layout_read_record (self->database, statement, hop->entity, get_error (self));

      goes_on = linked != NULL && func (linked, func_data);
    }
}

static void
init_host (Host              *self,
           CptDatabase       *database,
           CptDoor           *door,
           CptExpressionHost *host)
{
  *self = (Host){ .database = database, .door = door };
  *host = (CptExpressionHost){
    .now = cpt_database_get_now (database),
    .today = cpt_database_get_today (database),
    .zone = cpt_database_get_zone (database),
    .currency = cpt_database_get_currency (database),
    .load = load,
    .list = list,
    .data = self,
  };
}

gboolean
cpt_computed_evaluate (CptDatabase      *database,
                       const CptRecord  *record,
                       const CptField   *field,
                       CptValue         *value,
                       GError          **error)
{
  CptExpressionHost host;
  Host own;

  init_host (&own, database, NULL, &host);
  cpt_expression_evaluate (field->expression, record, &host, field, value);

  return check_host (&own, error);
}

/* In the door */

static gboolean
is_to_fill (const CptDoorItem *item)
{
  return !item->is_void && item->after != NULL && item->act != CPT_ACT_UNPURGE;
}

static void
fill_item (CptDoor                 *door,
           CptDoorItem             *item,
           const CptExpressionHost *host)
{
  const CptRecord *before = item->act == CPT_ACT_UPDATE ? item->before : NULL;
  guint n_fields;
  const CptField *const *fields = cpt_schema_get_computed (door->database->schema, item->entity, &n_fields);

  if (n_fields > 0 && item->act == CPT_ACT_CREATE && item->after->created_at == 0)
    item->after->created_at = door->now;
  for (guint i = 0; i < n_fields; i++)
    {
      const CptValue *present = cpt_record_get (item->after, fields[i]);
      CptValue value = CPT_VALUE_INIT;

      if (before != NULL && cpt_value_equal (cpt_record_get (before, fields[i]), present) &&
          !cpt_computed_plan_is_touched (door->database->computed, fields[i], before, item->after))
        continue;
      cpt_expression_evaluate (fields[i]->expression, item->after, host, fields[i], &value);
      cpt_record_take (item->after, fields[i], value);
    }
}

gboolean
cpt_computed_fill (CptDoor  *door,
                   GError  **error)
{
  CptExpressionHost host;
  Host own;

  if (door->database->computed == NULL || door->is_derived)
    return TRUE;

  init_host (&own, door->database, door, &host);
  for (guint i = 0; i < door->items->len; i++)
    {
      CptDoorItem *item = g_ptr_array_index (door->items, i);

      if (is_to_fill (item))
        fill_item (door, item, &host);
    }

  return check_host (&own, error);
}

/* Nobody can be linked to a record that was made this moment. */
static gboolean
concerns (CptDoor                *door,
          const CptComputedWatch *watch,
          const CptDoorItem      *item)
{
  if (item->act == CPT_ACT_UPDATE)
    return cpt_computed_differs (watch->fields, item->before, item->after);

  return item->act != CPT_ACT_CREATE || watch->hops[watch->n_hops - 1].is_back || door->origin == CPT_ORIGIN_SYNC;
}

static gboolean
works_at_once (CptDoor *door)
{
  return door->unit == 0 && !door->is_derived;
}

/* In whose name records are noted */
static gint64
get_owner (CptDoor *door)
{
  if (works_at_once (door))
    return OWN;
  if (door->is_derived)
    return door->recompute;

  return door->is_exact ? 0 : door->unit;
}

static gboolean
follow_item (CptDoor      *door,
             CptDoorItem  *item,
             gboolean     *is_any,
             GError      **error)
{
  GPtrArray *watches = cpt_computed_plan_get_watches (door->database->computed, item->entity);

  if (item->act == CPT_ACT_PURGE || item->act == CPT_ACT_UNPURGE)
    return TRUE;

  for (guint i = 0; watches != NULL && i < watches->len; i++)
    if (concerns (door, watches->pdata[i], item))
      {
        *is_any = TRUE;
        if (!cpt_computed_queue_watch (door->database, watches->pdata[i], item, get_owner (door), error))
          return FALSE;
      }

  return TRUE;
}

/* Working off */

typedef struct
{
  CptDatabase *database;
  gint64 sequence; /* of the act that it belongs to; 0 for one of its own */
  gint64 owner;    /* whose records: OWN or 0 */
  guint limit;     /* records */
  guint n_records;
  gboolean is_done;
  CptTransaction *transaction; /* (owned): of one step */
  CptExpressionHost host;
  Host own;
} Work;

static void
work_out (Work      *self,
          CptRecord *record)
{
  guint n_fields;
  const CptField *const *fields = cpt_schema_get_computed (self->database->schema, record->entity, &n_fields);

  for (guint i = 0; i < n_fields; i++)
    {
      g_auto(CptValue) value = CPT_VALUE_INIT;

      cpt_expression_evaluate (fields[i]->expression, record, &self->host, fields[i], &value);
      if (cpt_value_equal (&value, cpt_record_get (record, fields[i])))
        continue;
      cpt_transaction_set (self->transaction, record->entity, &record->id, fields[i], &value);
      cpt_record_set (record, fields[i], &value);
    }
}

/* As many rows of the range as the limit lets; @next is where it goes on, 0
 * when all are done */
static gboolean
work_range (Work             *self,
            const CptEntity  *entity,
            gint64            first,
            gint64            last,
            gint64           *next,
            GError          **error)
{
  g_autofree char *select = cpt_layout_dup_select_sql (entity);
  g_auto(CptSql) sql = { 0 };
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  *next = 0;
  cpt_sql_init (&sql, self->database);
  cpt_sql_add (&sql, select);
  cpt_sql_add (&sql, "WHERE row_id BETWEEN ");
  cpt_sql_add_int (&sql, first);
  cpt_sql_add (&sql, " AND ");
  cpt_sql_add_int (&sql, last);
  cpt_sql_add_visible (&sql, NULL, entity);
  cpt_sql_add (&sql, " ORDER BY row_id");
  statement = cpt_sql_prepare (&sql, error);
  if (statement == NULL)
    return FALSE;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      g_autoptr(CptRecord) record = cpt_layout_read_record (self->database, statement, entity, error);

      if (record == NULL)
        return FALSE;
      if (self->n_records == self->limit)
        {
          *next = record->row;
          return TRUE;
        }
      self->n_records++;
      work_out (self, record);
    }

  return step == CPT_STEP_DONE;
}

/* Takes a range off the list, and puts back what the limit leaves of it */
static gboolean
take_range (Work          *self,
            const gint64  *range,
            GError       **error)
{
  const CptEntity *entity = cpt_schema_find_number (self->database->schema, (guint) range[0]);
  gint64 rest[4] = { range[0], 0, range[2], self->owner };

  if (!cpt_database_run_numbers (self->database,
                                 "DELETE FROM recompute WHERE entity = ? AND first_row = ? AND last_row = ? AND unit = ?",
                                 range, 4, error))
    return FALSE;
  if (entity == NULL)
    return TRUE;
  if (!work_range (self, entity, range[1], range[2], &rest[1], error))
    return FALSE;

  return rest[1] == 0 ||
         cpt_computed_queue_rows (self->database, rest, error);
}

static GArray *
list_ranges (Work    *self,
             GError **error)
{
  g_autoptr(GArray) ranges = g_array_new (FALSE, FALSE, 4 * sizeof (gint64));
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  statement = cpt_database_prepare (self->database, "SELECT entity, first_row, last_row FROM recompute WHERE unit = ? LIMIT ?",
                                    error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_int (statement, 1, self->owner);
  cpt_statement_bind_int (statement, 2, RANGES_PER_STEP);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      gint64 range[4] = { 0, 0, 0, self->owner };

      for (int i = 0; i < 3; i++)
        range[i] = cpt_statement_get_int (statement, i);
      g_array_append_vals (ranges, range, 1);
    }

  return step == CPT_STEP_DONE ? g_steal_pointer (&ranges) : NULL;
}

/* Stores what the step has found, which notes further records in turn */
static gboolean
store_step (Work    *self,
            GError **error)
{
  CptDoor door;
  gboolean done;

  cpt_door_init (&door, self->database, self->transaction);
  door.is_exact = TRUE;
  door.is_partial = TRUE;
  door.is_derived = TRUE;
  door.recompute = self->owner;
  door.sequence = self->sequence;
  done = cpt_door_run (&door, error);
  self->sequence = door.sequence;
  cpt_door_clear (&door);

  return done;
}

static gboolean
work_step (Work    *self,
           GError **error)
{
  g_autoptr(GArray) ranges = list_ranges (self, error);
  gboolean done = ranges != NULL;

  self->is_done = done && ranges->len == 0;
  self->transaction = cpt_transaction_new (CPT_ORIGIN_COMPUTED, NULL);
  for (guint i = 0; done && i < ranges->len && self->n_records < self->limit; i++)
    done = take_range (self, &g_array_index (ranges, gint64, i * 4), error);
  done = done && check_host (&self->own, error) &&
         (cpt_transaction_is_empty (self->transaction) || store_step (self, error));
  g_clear_pointer (&self->transaction, cpt_transaction_free);

  return done;
}

static gboolean
work (CptDatabase  *database,
      gint64        sequence,
      gint64        owner,
      guint         limit,
      gboolean     *is_done,
      GError      **error)
{
  Work self = { .database = database, .sequence = sequence, .owner = owner, .limit = limit };

  init_host (&self.own, database, NULL, &self.host);
  while (!self.is_done && self.n_records < limit)
    if (!work_step (&self, error))
      {
        g_clear_error (&self.own.error);
        return FALSE;
      }
  if (is_done != NULL)
    *is_done = self.is_done;

  return TRUE;
}

gboolean
cpt_computed_follow (CptDoor  *door,
                     GError  **error)
{
  gboolean is_any = FALSE;

  if (door->database->computed == NULL)
    return TRUE;

  for (guint i = 0; i < door->items->len; i++)
    {
      CptDoorItem *item = g_ptr_array_index (door->items, i);

      if (!item->is_refused && !item->is_void && !follow_item (door, item, &is_any, error))
        return FALSE;
    }

  return !is_any || !works_at_once (door) ||
         (work (door->database, door->sequence, OWN, MAX_AT_ONCE, NULL, error) &&
          cpt_computed_queue_release (door->database, OWN, error));
}

/* In quiet moments */

/* What the formulas of an entity are: when it changes, all are worked out */
static char *
dup_signature (CptSchema       *schema,
               const CptEntity *entity)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint n_fields;
  const CptField *const *fields = cpt_schema_get_computed (schema, entity, &n_fields);

  for (guint i = 0; i < n_fields; i++)
    {
      g_autofree char *line = g_strdup_printf ("%s %d %u %s\n", fields[i]->name, (int) fields[i]->kind, fields[i]->scale,
                                               fields[i]->formula);

      g_checksum_update (checksum, (const guchar *) line, -1);
    }

  return n_fields == 0 ? NULL : g_strdup (g_checksum_get_string (checksum));
}

static char *
dup_key (const CptEntity *entity)
{
  return g_strdup_printf ("computed_%s", entity->name);
}

static char *
dup_today (CptDatabase *database)
{
  return cpt_date_format_iso (cpt_database_get_today (database));
}

static gboolean
is_another_day (CptDatabase *database)
{
  g_autofree char *day = NULL;
  g_autofree char *today = NULL;

  if (!cpt_computed_plan_has_today (database->computed))
    return FALSE;

  day = cpt_database_dup_setting (database, CPT_SETTING_COMPUTED_DAY);
  today = dup_today (database);

  return g_strcmp0 (day, today) != 0;
}

static gboolean
is_new_formula (CptDatabase      *database,
                const CptEntity  *entity,
                char            **signature)
{
  g_autofree char *key = dup_key (entity);
  g_autofree char *known = cpt_database_dup_setting (database, key);

  *signature = dup_signature (database->schema, entity);

  return g_strcmp0 (known, *signature) != 0;
}

static gboolean
note_formulas (CptDatabase      *database,
               const CptEntity  *entity,
               GError          **error)
{
  g_autofree char *key = dup_key (entity);
  g_autofree char *signature = NULL;

  return !is_new_formula (database, entity, &signature) ||
         (cpt_database_store_setting (database, key, signature, error) &&
          (signature == NULL || cpt_computed_queue_all (database, entity, error)));
}

static gboolean
prepare (CptDatabase  *database,
         GError      **error)
{
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (database->schema, &n_entities);

  for (guint i = 0; i < n_entities; i++)
    if (!note_formulas (database, entities[i], error))
      return FALSE;
  if (database->computed != NULL && is_another_day (database))
    {
      g_autofree char *today = dup_today (database);

      if (!cpt_database_store_setting (database, CPT_SETTING_COMPUTED_DAY, today, error) ||
          !cpt_computed_queue_everything (database, TRUE, error))
        return FALSE;
    }

  /* What units that were taken back have left */
  return cpt_database_exec (database, "DELETE FROM recompute WHERE unit <> 0 AND unit NOT IN (SELECT sequence FROM unit)", error);
}

static gboolean
run_slice (CptDatabase  *database,
           gpointer      data,
           GError      **error)
{
  gboolean *is_done = data;

  return prepare (database, error) && work (database, 0, 0, RECORDS_PER_SLICE, is_done, error);
}

gboolean
cpt_computed_is_due (CptDatabase *database)
{
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (database->schema, &n_entities);
  gint64 n_ranges = 0;

  if (database->is_damaged ||
      !cpt_database_get_number (database, "SELECT EXISTS (SELECT 1 FROM recompute WHERE unit = 0)", 0, &n_ranges, NULL))
    return FALSE;
  if (n_ranges > 0 || (database->computed != NULL && is_another_day (database)))
    return TRUE;

  for (guint i = 0; i < n_entities; i++)
    {
      g_autofree char *signature = NULL;

      if (is_new_formula (database, entities[i], &signature))
        return TRUE;
    }

  return FALSE;
}

static gboolean
look (CptDatabase  *database,
      gpointer      data,
      GError      **error)
{
  gboolean *is_due = data;

  *is_due = cpt_computed_is_due (database);

  return TRUE;
}

gboolean
cpt_computed_run (CptDatabase  *database,
                  gint64        budget,
                  gboolean     *is_done,
                  GError      **error)
{
  gint64 end = g_get_monotonic_time () + budget;
  gboolean is_due = FALSE;
  gboolean all_done;

  if (!cpt_database_snapshot (database, look, &is_due, error))
    return FALSE;

  all_done = !is_due;
  while (!all_done && (budget == 0 || g_get_monotonic_time () < end))
    if (!cpt_database_transact (database, run_slice, &all_done, error))
      return FALSE;
  if (is_done != NULL)
    *is_done = all_done;

  return TRUE;
}

/* Checking */

gboolean
cpt_computed_count_wrong (CptDatabase      *database,
                          const CptEntity  *entity,
                          gint64            step,
                          guint64          *count,
                          GError          **error)
{
  Work self = { .database = database };
  g_autofree char *select = cpt_layout_dup_select_sql (entity);
  g_autofree char *sql = g_strconcat (select, "WHERE row_id % ? = 0", NULL);
  g_autoptr(CptStatement) statement = cpt_database_prepare (database, sql, error);
  CptStep result;

  *count = 0;
  if (statement == NULL)
    return FALSE;

  init_host (&self.own, database, NULL, &self.host);
  cpt_statement_bind_int (statement, 1, step);
  while ((result = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      g_autoptr(CptRecord) record = cpt_layout_read_record (database, statement, entity, error);

      if (record == NULL)
        return FALSE;
      if (!cpt_layout_is_visible (database, entity, record->row))
        continue;
      self.transaction = cpt_transaction_new (CPT_ORIGIN_COMPUTED, NULL);
      work_out (&self, record);
      *count += !cpt_transaction_is_empty (self.transaction);
      g_clear_pointer (&self.transaction, cpt_transaction_free);
      if (!check_host (&self.own, error))
        return FALSE;
    }

  return result == CPT_STEP_DONE;
}
