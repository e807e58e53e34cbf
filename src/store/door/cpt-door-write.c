/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From items to rows: the table of the entity, side tables of sets, the search
 * index, the trash and the log, all in the transaction that is open. Nothing
 * is refused here any more. */

#include "config.h"

#include "cpt-door-private.h"

#include <string.h>

#include "cpt-custom-field.h"
#include "cpt-layout.h"
#include "cpt-log-private.h"
#include "cpt-rules-private.h"
#include "cpt-search-index-private.h"
#include "cpt-side-table-private.h"
#include "cpt-unit-private.h"

/* What becomes of an entry of the search index */
typedef struct
{
  const CptEntity *entity;
  gint64 row;
  char *before; /* (owned) (nullable): words that go */
  char *after;  /* (owned) (nullable): words that come */
} Entry;

typedef struct
{
  CptDoor *door;
  CptDatabase *database;
  GString *words;          /* reused */
  GArray *entries;         /* (element-type Entry): of the search index, written at the end */
  CptStatement *insert;    /* (nullable): of the entity of the last creation */
  const CptEntity *entity; /* that entity */
  gboolean has_words;      /* whether that entity is searched */
  GArray *ranges;          /* of CptLogChange: consecutive rows made by a unit */
  gboolean touches_custom; /* a declaration changed: see cpt_database_is_declaration() */
} Writer;

static CptStatement *
prepare (Writer *self,
         GError **error,
         const char *format,
         ...) G_GNUC_PRINTF (3, 4);

static CptStatement *
prepare (Writer      *self,
         GError     **error,
         const char  *format,
         ...)
{
  g_autofree char *sql = NULL;
  va_list arguments;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  return cpt_database_prepare (self->database, sql, error);
}

static void
entry_clear (Entry *entry)
{
  g_free (entry->before);
  g_free (entry->after);
}

static char *
dup_words (Writer          *self,
           const CptRecord *record)
{
  if (record == NULL)
    return NULL;

  cpt_search_index_get_words (record, self->words);

  return g_strndup (self->words->str, self->words->len);
}

static void
note_words (Writer          *self,
            const CptEntity *entity,
            const CptRecord *before,
            const CptRecord *after,
            gint64           row)
{
  Entry entry = { .entity = entity, .row = row, .before = dup_words (self, before), .after = dup_words (self, after) };

  if (g_strcmp0 (entry.before, entry.after) != 0)
    g_array_append_val (self->entries, entry);
  else
    entry_clear (&entry);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *one = a, *other = b;

  if (one->row != other->row)
    return one->row < other->row ? -1 : 1;

  return (int) one->entity->number - (int) other->entity->number;
}

/* FTS5 writes what it has gathered whenever a number comes that is smaller than
 * the one before (ext/fts5/fts5_index.c, sqlite3Fts5IndexBeginWrite): in their
 * order, many entries make one part of the index. */
static gboolean
write_words (Writer  *self,
             GError **error)
{
  g_array_sort (self->entries, compare_entries);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);

      if ((entry->before != NULL &&
           !cpt_search_index_remove (self->database, entry->entity, entry->row, entry->before, error)) ||
          (entry->after != NULL && !cpt_search_index_add (self->database, entry->entity, entry->row, entry->after, error)))
        return FALSE;
    }

  return TRUE;
}

/* The log */

static gboolean
log_change (Writer       *self,
            CptDoorItem  *item,
            const char   *fields,
            GError      **error)
{
  CptLogChange change = {
    .entity = item->number,
    .row = (item->after != NULL ? item->after : item->before)->row,
    .id = &item->id,
    .kind = (CptChangeKind) (self->door->is_derived ? CPT_ACT_COMPUTED : item->act),
    .fields = fields,
  };

  if (cpt_database_is_declaration (item->entity))
    self->touches_custom = TRUE;

  return cpt_log_add (self->database, self->door->sequence, &change, error);
}

/* What a unit creates is written to the log as ranges of rows. */
static void
note_creation (Writer      *self,
               CptDoorItem *item)
{
  CptLogChange *last = self->ranges->len == 0 ? NULL : &g_array_index (self->ranges, CptLogChange, self->ranges->len - 1);
  gint64 row = item->after->row;

  if (last != NULL && last->entity == item->number && last->last_row + 1 == row)
    last->last_row = row;
  else
    {
      CptLogChange change = { .entity = item->number, .row = row, .last_row = row, .kind = CPT_CHANGE_CREATE };

      g_array_append_val (self->ranges, change);
    }
}

static gboolean
log_ranges (Writer  *self,
            GError **error)
{
  for (guint i = 0; i < self->ranges->len; i++)
    {
      const CptLogChange *change = &g_array_index (self->ranges, CptLogChange, i);

      if (!cpt_log_add (self->database, self->door->sequence, change, error) ||
          !cpt_unit_hide (self->database, self->door->unit, change->entity, change->row, change->last_row, error))
        return FALSE;
    }

  return TRUE;
}

/* Rows */

static void
stamp (Writer      *self,
       CptDoorItem *item)
{
  CptRecord *record = item->after;
  gboolean is_new = item->act == CPT_ACT_CREATE;

  record->sequence = self->door->sequence;
  if (self->door->is_derived)
    return;
  if (self->door->is_exact && !is_new && item->act != CPT_ACT_UPDATE && item->act != CPT_ACT_RESTORE)
    return;

  if (is_new && record->created_at == 0)
    record->created_at = self->door->now;
  if (is_new && cpt_uuid_is_nil (&record->created_by))
    record->created_by = self->database->author;
  /* Also when the clock was put back, nothing is changed before it was created. */
  if (!is_new || record->changed_at == 0)
    record->changed_at = MAX (record->created_at, self->door->now);
  if (!is_new || cpt_uuid_is_nil (&record->changed_by))
    record->changed_by = self->database->author;
}

static gboolean
insert_row (Writer       *self,
            CptDoorItem  *item,
            const char   *former_custom,
            GError      **error)
{
  gboolean is_dirty = self->door->origin != CPT_ORIGIN_SYNC;
  g_autofree char *custom = cpt_layout_dup_custom (item->after, former_custom);

  if (self->entity != item->entity)
    {
      g_autofree char *sql = cpt_layout_dup_insert_sql (item->entity);

      g_clear_pointer (&self->insert, cpt_statement_release);
      self->entity = item->entity;
      self->has_words = cpt_search_index_has_words (item->entity);
      self->insert = cpt_database_prepare (self->database, sql, error);
      if (self->insert == NULL)
        {
          self->entity = NULL;
          return FALSE;
        }
    }

  cpt_layout_bind_record (self->insert, item->after, is_dirty, custom);
  if (!cpt_statement_run (self->insert, error))
    return FALSE;
  if (item->after->row == 0)
    item->after->row = cpt_database_get_last_row (self->database);

  if (self->has_words)
    note_words (self, item->entity, NULL, item->after, item->after->row);

  return cpt_side_table_write (self->database, item->entity, NULL, item->after, item->after->row, error);
}

static gboolean
delete_row (Writer       *self,
            CptDoorItem  *item,
            GError      **error)
{
  g_autoptr(CptStatement) statement = prepare (self, error, "DELETE FROM \"%s\" WHERE row_id = ?", item->entity->name);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, item->before->row);

  note_words (self, item->entity, item->before, NULL, item->before->row);

  return cpt_statement_run (statement, error) &&
         cpt_side_table_write (self->database, item->entity, item->before, NULL, item->before->row, error);
}

/* What records alone do not say: raw custom fields and the base of sync */
static gboolean
read_raw (Writer       *self,
          CptDoorItem  *item,
          GError      **error)
{
  g_autoptr(CptStatement) statement = prepare (self, error, "SELECT custom, base_rev FROM \"%s\" WHERE row_id = ?",
                                               item->entity->name);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, item->before->row);
  if (cpt_statement_step (statement, error) == CPT_STEP_ERROR)
    return FALSE;

  item->custom = g_strdup (cpt_statement_get_text (statement, 0));
  item->base_rev = g_strdup (cpt_statement_get_text (statement, 1));

  return TRUE;
}

static gboolean
put_in_trash (Writer           *self,
              CptDoorItem      *item,
              const CptRecord  *record,
              const char       *body,
              GError          **error)
{
  g_autoptr(CptStatement) statement = NULL;

  statement = cpt_database_prepare (self->database,
                                    "INSERT INTO trash (entity, row_id, id, at, by, sequence, body, custom, base_rev) "
                                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                    error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, item->number);
  cpt_statement_bind_int (statement, 2, record->row);
  cpt_statement_bind_id (statement, 3, &item->id);
  cpt_statement_bind_int (statement, 4, self->door->now);
  cpt_statement_bind_id (statement, 5, &self->database->author);
  cpt_statement_bind_int (statement, 6, self->door->sequence);
  cpt_statement_bind_static (statement, 7, body);
  cpt_statement_bind_static (statement, 8, item->custom);
  cpt_statement_bind_static (statement, 9, item->base_rev);

  return cpt_statement_run (statement, error);
}

static gboolean
take_out_of_trash (Writer       *self,
                   CptDoorItem  *item,
                   GError      **error)
{
  g_autoptr(CptStatement) statement = NULL;

  statement = cpt_database_prepare (self->database, "DELETE FROM trash WHERE entity = ? AND id = ?", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, item->number);
  cpt_statement_bind_id (statement, 2, &item->id);

  return cpt_statement_run (statement, error);
}

static gboolean
set_base_rev (Writer       *self,
              CptDoorItem  *item,
              GError      **error)
{
  g_autoptr(CptStatement) statement = NULL;

  if (item->base_rev == NULL)
    return TRUE;

  statement = prepare (self, error, "UPDATE \"%s\" SET base_rev = ? WHERE row_id = ?", item->entity->name);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_static (statement, 1, item->base_rev);
  cpt_statement_bind_int (statement, 2, item->after->row);

  return cpt_statement_run (statement, error);
}

/* Acts */

static gboolean
write_create (Writer       *self,
              CptDoorItem  *item,
              GError      **error)
{
  if (!insert_row (self, item, NULL, error))
    return FALSE;

  self->door->n_created++;
  if (self->door->unit == 0)
    return log_change (self, item, NULL, error);

  note_creation (self, item);
  if (cpt_database_is_declaration (item->entity))
    self->touches_custom = TRUE;

  return TRUE;
}

/* Statement for the columns that changed; indexes on others are left alone.
 * What formulas give is nothing to be sent: everybody works it out. */
static char *
dup_update_sql (const CptDoorItem *item,
                gboolean           is_derived,
                gboolean          *has_custom,
                gboolean          *has_words)
{
  GString *sql = g_string_new (NULL);

  *has_custom = FALSE;
  *has_words = FALSE;
  g_string_append_printf (sql, "UPDATE \"%s\" SET changed_at=?, changed_by=?, sequence=?, dirty=%s", item->entity->name,
                          is_derived ? "max (dirty, ?)" : "?");
  for (guint i = 0; i < item->entity->n_fields; i++)
    {
      const CptField *field = item->entity->fields[i];

      if (cpt_value_equal (&item->before->values[i], &item->after->values[i]))
        continue;
      if (field->flags & CPT_FIELD_SEARCHABLE)
        *has_words = TRUE;
      if (field->is_custom)
        *has_custom = TRUE;
      else
        {
          g_string_append (sql, ", ");
          cpt_layout_append_columns (sql, field, "=?");
        }
    }
  if (*has_custom)
    g_string_append (sql, ", custom=?");
  g_string_append (sql, " WHERE row_id=?");

  return g_string_free (sql, FALSE);
}

static gboolean
update_row (Writer       *self,
            CptDoorItem  *item,
            gboolean     *has_words,
            GError      **error)
{
  gboolean has_custom;
  g_autofree char *sql = dup_update_sql (item, self->door->is_derived, &has_custom, has_words);
  g_autofree char *custom = NULL;
  g_autoptr(CptStatement) statement = cpt_database_prepare (self->database, sql, error);
  int position = 1;

  if (statement == NULL || (has_custom && !read_raw (self, item, error)))
    return FALSE;

  cpt_statement_bind_int (statement, position++, item->after->changed_at);
  cpt_statement_bind_id (statement, position++, &item->after->changed_by);
  cpt_statement_bind_int (statement, position++, item->after->sequence);
  cpt_statement_bind_int (statement, position++, self->door->origin != CPT_ORIGIN_SYNC && !self->door->is_derived);
  for (guint i = 0; i < item->entity->n_fields; i++)
    if (!item->entity->fields[i]->is_custom && !cpt_value_equal (&item->before->values[i], &item->after->values[i]))
      position += cpt_statement_bind_field_static (statement, position, item->entity->fields[i], &item->after->values[i]);
  if (has_custom)
    {
      custom = cpt_layout_dup_custom (item->after, item->custom);
      cpt_statement_bind_static (statement, position++, custom);
    }
  cpt_statement_bind_int (statement, position, item->after->row);

  return cpt_statement_run (statement, error);
}

static gboolean
write_update (Writer       *self,
              CptDoorItem  *item,
              GError      **error)
{
  g_autofree char *fields = cpt_log_dup_update (item->before, item->after);
  gboolean has_words;

  self->door->n_updated++;
  if (!update_row (self, item, &has_words, error))
    return FALSE;

  if (has_words)
    note_words (self, item->entity, item->before, item->after, item->after->row);

  return cpt_side_table_write (self->database, item->entity, item->before, item->after, item->after->row, error) &&
         log_change (self, item, fields != NULL ? fields : "{}", error);
}

static gboolean
write_delete (Writer       *self,
              CptDoorItem  *item,
              GError      **error)
{
  g_autofree char *body = cpt_log_dup_record (item->before);

  self->door->n_deleted++;

  return read_raw (self, item, error) &&
         (item->act == CPT_ACT_UNCREATE || put_in_trash (self, item, item->before, body, error)) &&
         delete_row (self, item, error) &&
         log_change (self, item, body, error);
}

/* Out of the trash, or out of the log when its creation is done again */
static gboolean
write_restore (Writer       *self,
               CptDoorItem  *item,
               GError      **error)
{
  self->door->n_created++;

  return (item->act == CPT_ACT_RECREATE || take_out_of_trash (self, item, error)) &&
         insert_row (self, item, item->custom, error) &&
         set_base_rev (self, item, error) &&
         log_change (self, item, NULL, error);
}

static gboolean
write_purge (Writer       *self,
             CptDoorItem  *item,
             GError      **error)
{
  g_autofree char *body = NULL;

  /* As it was when it was live: undo puts it back into the trash. */
  item->before->in_trash = FALSE;
  body = cpt_log_dup_record (item->before);
  self->door->n_deleted++;

  return take_out_of_trash (self, item, error) && log_change (self, item, body, error);
}

static gboolean
write_unpurge (Writer       *self,
               CptDoorItem  *item,
               GError      **error)
{
  g_autofree char *body = cpt_log_dup_record (item->after);

  self->door->n_created++;

  return put_in_trash (self, item, item->after, body, error) && log_change (self, item, body, error);
}

static gboolean
write_item (Writer       *self,
            CptDoorItem  *item,
            GError      **error)
{
  if (item->after != NULL)
    stamp (self, item);

  switch (item->act)
    {
    case CPT_ACT_CREATE:
      return write_create (self, item, error);

    case CPT_ACT_UPDATE:
      return write_update (self, item, error);

    case CPT_ACT_DELETE:
    case CPT_ACT_UNCREATE:
      return write_delete (self, item, error);

    case CPT_ACT_PURGE:
      return write_purge (self, item, error);

    case CPT_ACT_UNPURGE:
      return write_unpurge (self, item, error);

    case CPT_ACT_RESTORE:
    case CPT_ACT_RECREATE:
    default:
      return write_restore (self, item, error);
    }
}

static gboolean
write_items (Writer  *self,
             GError **error)
{
  for (guint i = 0; i < self->door->items->len; i++)
    {
      CptDoorItem *item = g_ptr_array_index (self->door->items, i);

      if (!item->is_refused && !item->is_void && !write_item (self, item, error))
        return FALSE;
    }

  return write_words (self, error) && log_ranges (self, error);
}

static guint64
count_items (CptDoor *self)
{
  guint64 n_items = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      const CptDoorItem *item = g_ptr_array_index (self->items, i);

      n_items += !item->is_refused && !item->is_void;
    }

  return n_items;
}

static gboolean
begin_log (CptDoor  *self,
           guint64   n_changes,
           GError  **error)
{
  CptLogHead head = {
    .origin = self->origin,
    .state = self->is_derived ? CPT_LOG_COMPUTED : self->unit != 0 ? CPT_LOG_SLICE
                                                                   : CPT_LOG_DONE,
    .unit = self->unit,
    .undoes = self->undoes,
    .n_changes = n_changes,
  };

  if (self->unit == 0 && !self->is_derived)
    self->label = cpt_door_dup_label (self);
  head.label = self->label;

  return cpt_log_begin (self->database, &head, &self->sequence, error);
}

/* Others are to read the declarations again, and what no two records may both
 * have gets its index. */
static gboolean
renew_declarations (CptDoor  *self,
                    GError  **error)
{
  g_autofree char *sequence = g_strdup_printf ("%" G_GINT64_FORMAT, self->sequence);
  g_autoptr(GPtrArray) fields = NULL;
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(CptSchema) schema = NULL;
  g_autoptr(CptRules) rules = NULL;

  fields = cpt_database_load_fields (self->database, error);
  if (fields == NULL)
    return FALSE;
  records = cpt_database_load_declarations (self->database, self->database->schema, CPT_RULE_ENTITY, error);
  if (records == NULL)
    return FALSE;

  schema = cpt_schema_new_from_records ((CptRecord *const *) fields->pdata, fields->len, NULL);
  rules = cpt_rules_new (schema, (CptRecord *const *) records->pdata, records->len, NULL);

  return cpt_rules_keep_indexes (self->database, rules, error) &&
         cpt_database_store_setting (self->database, CPT_SETTING_CUSTOM, sequence, error);
}

gboolean
cpt_door_write (CptDoor  *self,
                GError  **error)
{
  g_autoptr(GString) words = g_string_new (NULL);
  g_autoptr(GArray) ranges = g_array_new (FALSE, FALSE, sizeof (CptLogChange));
  g_autoptr(GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  Writer writer = { .door = self, .database = self->database, .words = words, .ranges = ranges, .entries = entries };
  guint64 n_changes = count_items (self);
  gboolean done;

  g_array_set_clear_func (entries, (GDestroyNotify) entry_clear);
  if (n_changes == 0)
    return TRUE;
  if (self->sequence == 0 && !begin_log (self, n_changes, error))
    return FALSE;

  done = write_items (&writer, error);
  g_clear_pointer (&writer.insert, cpt_statement_release);
  if (done && writer.touches_custom)
    done = renew_declarations (self, error);

  /* A unit does it between its slices. */
  return done && (self->unit != 0 || cpt_search_index_tidy (self->database, self->sequence, error));
}
