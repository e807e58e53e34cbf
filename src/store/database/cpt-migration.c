/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of a workspace, and how an older file gets them.
 *
 * Tables of records come from declarations. Everything that only adds (a
 * table, a column, a side table, an index) is found by comparing the file with
 * the declarations, so that a new field is one line in its declaration and
 * nothing here. What the declarations can't say is a step in the table of
 * migrations. All of it is one transaction: a file is migrated or as it was. */

#include "config.h"

#include "cpt-migration-private.h"

#include "cpt-database-private.h"
#include "cpt-layout.h"

typedef struct
{
  const char *name;
  const char *sql;
} FixedTable;

/* What is not a table of records */
static const FixedTable fixed_tables[] = {
  { "setting",
    "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT) STRICT, WITHOUT ROWID" },
  { "log",
    "CREATE TABLE log (sequence INTEGER PRIMARY KEY AUTOINCREMENT, unit INTEGER, at INTEGER NOT NULL, "
    "author BLOB, device TEXT, origin INTEGER NOT NULL, label TEXT, undoes INTEGER, undone_by INTEGER, "
    "state INTEGER NOT NULL, n_changes INTEGER NOT NULL) STRICT" },
  { "log_unit",
    "CREATE INDEX log_unit ON log (unit) WHERE unit IS NOT NULL" },
  { "log_change",
    "CREATE TABLE log_change (change_id INTEGER PRIMARY KEY, sequence INTEGER NOT NULL, entity INTEGER NOT NULL, "
    "row_id INTEGER NOT NULL, last_row INTEGER, id BLOB, kind INTEGER NOT NULL, fields TEXT) STRICT" },
  { "log_change_sequence",
    "CREATE INDEX log_change_sequence ON log_change (sequence)" },
  { "log_change_id",
    "CREATE INDEX log_change_id ON log_change (id) WHERE id IS NOT NULL" },
  { "log_change_range",
    "CREATE INDEX log_change_range ON log_change (entity, row_id) WHERE last_row IS NOT NULL" },
  { "unit",
    "CREATE TABLE unit (sequence INTEGER PRIMARY KEY, state INTEGER NOT NULL, reverted INTEGER) STRICT" },
  { "hidden",
    "CREATE TABLE hidden (entity INTEGER NOT NULL, first_row INTEGER NOT NULL, last_row INTEGER NOT NULL, "
    "sequence INTEGER NOT NULL, PRIMARY KEY (entity, first_row)) STRICT, WITHOUT ROWID" },
  { "recompute",
    "CREATE TABLE recompute (entity INTEGER NOT NULL, first_row INTEGER NOT NULL, last_row INTEGER NOT NULL, "
    "unit INTEGER NOT NULL, PRIMARY KEY (entity, first_row, last_row, unit)) STRICT, WITHOUT ROWID" },
  { "late_index",
    "CREATE TABLE late_index (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID" },
  { "trash",
    "CREATE TABLE trash (entity INTEGER NOT NULL, row_id INTEGER NOT NULL, id BLOB NOT NULL, at INTEGER, by BLOB, "
    "sequence INTEGER, body TEXT NOT NULL, custom TEXT, base_rev TEXT, PRIMARY KEY (entity, id)) "
    "STRICT, WITHOUT ROWID" },
  { "blob",
    "CREATE TABLE blob (blob_id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, size INTEGER NOT NULL) STRICT" },
  { "blob_chunk",
    "CREATE TABLE blob_chunk (blob_id INTEGER NOT NULL, number INTEGER NOT NULL, data BLOB NOT NULL, "
    "PRIMARY KEY (blob_id, number)) STRICT" },
  /* Facts: see facts/cpt-facts-private.h */
  { "fact_value",
    "CREATE TABLE fact_value (entity INTEGER NOT NULL, name TEXT NOT NULL, code INTEGER NOT NULL, value TEXT NOT NULL, "
    "PRIMARY KEY (entity, name, code)) STRICT, WITHOUT ROWID" },
  { "fact_value_value",
    "CREATE UNIQUE INDEX fact_value_value ON fact_value (entity, name, value)" },
  { "fact_part",
    "CREATE TABLE fact_part (entity INTEGER NOT NULL, span INTEGER NOT NULL, number INTEGER NOT NULL, "
    "n_rows INTEGER NOT NULL, PRIMARY KEY (entity, span, number)) STRICT, WITHOUT ROWID" },
  { "fact_column",
    "CREATE TABLE fact_column (entity INTEGER NOT NULL, span INTEGER NOT NULL, name TEXT NOT NULL, "
    "number INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (entity, span, name, number)) STRICT, WITHOUT ROWID" },
  { "fact_former",
    "CREATE TABLE fact_former (sequence INTEGER NOT NULL, day INTEGER NOT NULL, digest BLOB NOT NULL, data BLOB, "
    "PRIMARY KEY (sequence, day)) STRICT, WITHOUT ROWID" },
  /* What runs by itself: see enrolment/cpt-enrolment.h */
  { "enrolment",
    "CREATE TABLE enrolment (enrolment_id INTEGER PRIMARY KEY, workflow BLOB NOT NULL, version INTEGER NOT NULL, "
    "entity TEXT NOT NULL, subject BLOB NOT NULL, key TEXT NOT NULL, run INTEGER NOT NULL, entered INTEGER NOT NULL, "
    "ended INTEGER, due INTEGER, label TEXT, state TEXT NOT NULL, UNIQUE (workflow, key, run)) STRICT" },
  { "enrolment_due",
    "CREATE INDEX enrolment_due ON enrolment (due) WHERE due IS NOT NULL" },
  { "enrolment_subject",
    "CREATE INDEX enrolment_subject ON enrolment (subject)" },
  { "enrolment_step",
    "CREATE TABLE enrolment_step (step_id INTEGER PRIMARY KEY, enrolment_id INTEGER NOT NULL, at INTEGER NOT NULL, "
    "node TEXT NOT NULL, visit INTEGER NOT NULL, what TEXT NOT NULL, detail TEXT, sequence INTEGER NOT NULL) STRICT" },
  { "enrolment_step_enrolment",
    "CREATE INDEX enrolment_step_enrolment ON enrolment_step (enrolment_id)" },
  { "enrolment_step_sequence",
    "CREATE INDEX enrolment_step_sequence ON enrolment_step (sequence) WHERE sequence > 0" },
  { "enrolment_cause",
    "CREATE TABLE enrolment_cause (enrolment_id INTEGER PRIMARY KEY, sequence INTEGER NOT NULL, depth INTEGER NOT NULL) STRICT" },
  { "enrolment_waiter",
    "CREATE TABLE enrolment_waiter (subject BLOB NOT NULL, enrolment_id INTEGER NOT NULL, node TEXT NOT NULL, "
    "visit INTEGER NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (subject, enrolment_id, node, visit)) STRICT, WITHOUT ROWID" },
  { "enrolment_waiter_since",
    "CREATE INDEX enrolment_waiter_since ON enrolment_waiter (since)" },
  { "enrolment_health",
    "CREATE TABLE enrolment_health (workflow BLOB PRIMARY KEY, since INTEGER NOT NULL, n_well INTEGER NOT NULL, "
    "n_failed INTEGER NOT NULL) STRICT, WITHOUT ROWID" },
  { "enrolment_hold",
    "CREATE TABLE enrolment_hold (workflow BLOB PRIMARY KEY, since INTEGER NOT NULL) STRICT, WITHOUT ROWID" },
  { "enrolment_lease",
    "CREATE TABLE enrolment_lease (lease_id INTEGER PRIMARY KEY, holder TEXT NOT NULL, fence INTEGER NOT NULL, "
    "until INTEGER NOT NULL) STRICT" },
  { "enrolment_migration",
    "CREATE TABLE enrolment_migration (migration_id INTEGER PRIMARY KEY, workflow BLOB NOT NULL, version INTEGER NOT NULL, "
    "at INTEGER NOT NULL, undone INTEGER) STRICT" },
  { "enrolment_migration_workflow",
    "CREATE INDEX enrolment_migration_workflow ON enrolment_migration (workflow)" },
  { "enrolment_former",
    "CREATE TABLE enrolment_former (migration_id INTEGER NOT NULL, enrolment_id INTEGER NOT NULL, version INTEGER NOT NULL, "
    "due INTEGER, label TEXT, state TEXT NOT NULL, after TEXT NOT NULL, waiters TEXT NOT NULL, step INTEGER NOT NULL, "
    "PRIMARY KEY (migration_id, enrolment_id)) STRICT, WITHOUT ROWID" },
  { "start_timer",
    "CREATE TABLE start_timer (workflow BLOB NOT NULL, node TEXT NOT NULL, settings TEXT NOT NULL, began INTEGER NOT NULL, "
    "due INTEGER NOT NULL, at INTEGER NOT NULL, until INTEGER NOT NULL, row INTEGER NOT NULL, "
    "PRIMARY KEY (workflow, node)) STRICT, WITHOUT ROWID" },
  { "step_counter",
    "CREATE TABLE step_counter (workflow BLOB NOT NULL, node TEXT NOT NULL, period INTEGER NOT NULL, count INTEGER NOT NULL, "
    "PRIMARY KEY (workflow, node)) STRICT, WITHOUT ROWID" },
  /* What leaves the machine: see outbox/cpt-outbox.h */
  { "effect",
    "CREATE TABLE effect (effect_id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, connector TEXT NOT NULL, "
    "enrolment_id INTEGER, node TEXT NOT NULL, visit INTEGER NOT NULL, state TEXT NOT NULL, next TEXT NOT NULL, "
    "due INTEGER, attempt INTEGER NOT NULL, planned INTEGER NOT NULL, first_call INTEGER, settled INTEGER, holder TEXT, "
    "target TEXT NOT NULL, request TEXT NOT NULL, answer TEXT, reason TEXT) STRICT" },
  { "effect_due",
    "CREATE INDEX effect_due ON effect (due) WHERE due IS NOT NULL" },
  { "effect_enrolment",
    "CREATE INDEX effect_enrolment ON effect (enrolment_id, node)" },
  { "effect_holder",
    "CREATE INDEX effect_holder ON effect (holder) WHERE holder IS NOT NULL" },
  { "effect_open",
    "CREATE INDEX effect_open ON effect (state, effect_id) WHERE state <> 'done'" },
  { "effect_target",
    "CREATE TABLE effect_target (target TEXT PRIMARY KEY, n_failures INTEGER NOT NULL, open_until INTEGER) "
    "STRICT, WITHOUT ROWID" },
  { "aggregate_cache",
    "CREATE TABLE aggregate_cache (key BLOB PRIMARY KEY, sequence INTEGER, day INTEGER, result TEXT) STRICT" },
  /* The words are folded before: the tokenizer has only blanks to find. Neither
   * positions nor sizes are needed, since hits are ranked by their titles. */
  { "search",
    "CREATE VIRTUAL TABLE search USING fts5 (words, content = '', columnsize = 0, detail = none, "
    "prefix = '2 3', tokenize = 'ascii');"
    "INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);"
    "INSERT INTO search (search, rank) VALUES ('automerge', 8)" },
};

/* By version, growing */
static const CptMigration migrations[] = {
  { 0, NULL },
};

typedef struct
{
  CptDatabase *database;
  GHashTable *present; /* names of tables, indexes and "table.column" */
  GPtrArray *missing;  /* names */
  GPtrArray *sql;      /* what makes them */
} Comparison;

static void
comparison_clear (Comparison *self)
{
  g_clear_pointer (&self->present, g_hash_table_unref);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_clear_pointer (&self->sql, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Comparison, comparison_clear)

/* @name (nullable): a damaged file may have tables without one */
static void
add_present (Comparison *self,
             const char *name)
{
  if (name != NULL)
    g_hash_table_add (self->present, g_strdup (name));
}

static gboolean
list_present (Comparison  *self,
              GError     **error)
{
  static const char sql[] =
    "SELECT name FROM sqlite_schema "
    "UNION ALL SELECT m.name || '.' || p.name FROM sqlite_schema AS m, pragma_table_info (m.name) AS p "
    "WHERE m.type = 'table' AND m.name NOT LIKE 'search%'";
  g_autoptr(CptStatement) statement = cpt_database_prepare (self->database, sql, error);
  CptStep step;

  if (statement == NULL)
    return FALSE;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    add_present (self, cpt_statement_get_text (statement, 0));

  return step == CPT_STEP_DONE;
}

/* Indexes that are to be made later are not made here: see cpt-late-index.c */
static gboolean
list_late (Comparison  *self,
           GError     **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  if (!g_hash_table_contains (self->present, "late_index"))
    return TRUE;

  statement = cpt_database_prepare (self->database, "SELECT name FROM late_index", error);
  if (statement == NULL)
    return FALSE;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    add_present (self, cpt_statement_get_text (statement, 0));

  return step == CPT_STEP_DONE;
}

static void
want (Comparison *self,
      const char *name,
      char       *sql)
{
  if (g_hash_table_contains (self->present, name))
    {
      g_free (sql);
      return;
    }

  g_ptr_array_add (self->missing, g_strdup (name));
  g_ptr_array_add (self->sql, sql);
}

static void
want_column (Comparison      *self,
             const CptEntity *entity,
             const CptField  *field)
{
  g_autofree char *name = g_strdup_printf ("%s.%s", entity->name, field->name);
  g_autoptr(GString) definition = g_string_new (NULL);
  char **parts;

  cpt_layout_append_definition (definition, field);
  parts = g_strsplit (definition->str, ", ", 2);
  want (self, name, g_strdup_printf ("ALTER TABLE \"%s\" ADD COLUMN %s", entity->name, parts[0]));
  if (parts[1] != NULL)
    {
      g_autofree char *second = g_strdup_printf ("%s_currency", name);

      want (self, second, g_strdup_printf ("ALTER TABLE \"%s\" ADD COLUMN %s", entity->name, parts[1]));
    }
  g_strfreev (parts);
}

static void
compare_entity (Comparison      *self,
                const CptEntity *entity)
{
  gboolean is_new = !g_hash_table_contains (self->present, entity->name);

  want (self, entity->name, cpt_layout_dup_table_sql (entity));

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];

      if (field->is_custom)
        continue;
      if (!is_new)
        want_column (self, entity, field);
      if (cpt_layout_has_side_table (field))
        {
          g_autofree char *name = g_strdup_printf ("%s__%s", entity->name, field->name);

          want (self, name, cpt_layout_dup_side_sql (entity, field));
        }
      else if (field->flags & CPT_FIELD_INDEXED)
        {
          g_autofree char *name = cpt_layout_dup_index_name (entity, field);

          want (self, name, cpt_layout_dup_index_sql (entity, field));
        }
    }
}

static gboolean
compare (Comparison   *self,
         CptDatabase  *database,
         GError      **error)
{
  g_autoptr(CptSchema) schema = cpt_schema_new ();
  const CptEntity *const *entities;
  guint n_entities;

  self->database = database;
  self->present = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->missing = g_ptr_array_new_with_free_func (g_free);
  self->sql = g_ptr_array_new_with_free_func (g_free);
  if (!list_present (self, error) || !list_late (self, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (fixed_tables); i++)
    want (self, fixed_tables[i].name, g_strdup (fixed_tables[i].sql));

  entities = cpt_schema_get_entities (schema, &n_entities);
  for (guint i = 0; i < n_entities; i++)
    compare_entity (self, entities[i]);

  return TRUE;
}

GPtrArray *
cpt_migration_find_missing (CptDatabase  *database,
                            GError      **error)
{
  g_auto(Comparison) comparison = { 0 };

  return compare (&comparison, database, error) ? g_steal_pointer (&comparison.missing) : NULL;
}

static gboolean
migrate (CptDatabase  *database,
         gpointer      data,
         GError      **error)
{
  g_auto(Comparison) comparison = { 0 };
  g_autofree char *set_version = g_strdup_printf ("PRAGMA user_version = %d", CPT_SCHEMA_VERSION);
  gint64 version;

  /* Another process may have been faster. */
  if (!cpt_database_get_number (database, "PRAGMA user_version", 0, &version, error) ||
      !compare (&comparison, database, error))
    return FALSE;

  for (guint i = 0; i < comparison.sql->len; i++)
    if (!cpt_database_exec (database, g_ptr_array_index (comparison.sql, i), error))
      return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (migrations); i++)
    if (migrations[i].run != NULL && version > 0 && migrations[i].version > version &&
        !migrations[i].run (database, error))
      return FALSE;

  return version >= CPT_SCHEMA_VERSION || cpt_database_exec (database, set_version, error);
}

gboolean
cpt_migration_run (CptDatabase  *database,
                   GError      **error)
{
  g_auto(Comparison) comparison = { 0 };
  gint64 version;

  if (!cpt_database_get_number (database, "PRAGMA user_version", 0, &version, error) ||
      !compare (&comparison, database, error))
    return FALSE;
  if (comparison.missing->len == 0 && version >= CPT_SCHEMA_VERSION)
    return TRUE;

  return cpt_database_transact (database, migrate, NULL, error);
}
