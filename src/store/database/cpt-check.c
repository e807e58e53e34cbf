/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a workspace is sound: the file itself, its tables against the
 * declarations, and everything that is kept twice against each other. Looks at
 * one state of the file and changes nothing. A part that can't be read is a
 * finding, not the end. */

#include "config.h"

#include "cpt-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-blob-private.h"
#include "cpt-computed.h"
#include "cpt-database-private.h"
#include "cpt-error.h"
#include "cpt-facts-private.h"
#include "cpt-layout.h"
#include "cpt-migration-private.h"
#include "cpt-search-index-private.h"
#include "cpt-unit-private.h"

/* How many faults of one kind are told one by one */
#define MAX_DETAILS 20

/* How many records of each kind are looked up in the search index */
#define SEARCH_SAMPLE 200

/* And worked out again */
#define COMPUTED_SAMPLE 1000

typedef struct
{
  CptDatabase *database;
  GPtrArray *findings;
  gboolean whole;
} Check;

static void
add (Check *self,
     char  *sentence)
{
  g_ptr_array_add (self->findings, sentence);
}

/* What can't be read is a finding; being cancelled is not. */
static gboolean
take_error (Check   *self,
            GError  *own_error,
            GError **error)
{
  if (g_error_matches (own_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, own_error);
      return FALSE;
    }

  add (self, g_strdup (own_error->message));
  g_error_free (own_error);

  return TRUE;
}

/* Each row that @sql gives becomes a sentence; NULL prints its text alone */
static gboolean
list (Check       *self,
      const char  *sql,
      char *(*describe) (const char *text),
      GError     **error)
{
  GError *own_error = NULL;
  g_autoptr(CptStatement) statement = cpt_database_prepare (self->database, sql, &own_error);
  CptStep step;

  if (statement == NULL)
    return take_error (self, own_error, error);

  while ((step = cpt_statement_step (statement, &own_error)) == CPT_STEP_ROW)
    {
      const char *text = cpt_statement_get_text (statement, 0);

      if (text != NULL && strcmp (text, "ok") != 0)
        add (self, describe (text));
    }

  return step == CPT_STEP_DONE || take_error (self, own_error, error);
}

/* One number; 0 when it can't be read, which is a finding */
static gboolean
count (Check       *self,
       const char  *sql,
       gint64      *number,
       GError     **error)
{
  GError *own_error = NULL;

  *number = 0;

  return cpt_database_get_number (self->database, sql, 0, number, &own_error) || take_error (self, own_error, error);
}

/* The file */

static char *
describe_damage (const char *text)
{
  g_autofree char *first = g_strndup (text, strcspn (text, "\n"));

  /* What is wrong stands behind a line that names the database. */
  if (g_str_has_prefix (first, "***") && text[strlen (first)] != '\0')
    {
      const char *fault = text + strlen (first) + 1;

      g_free (first);
      first = g_strndup (fault, strcspn (fault, "\n"));
    }

  /* Translators: a technical message in English */
  return g_strdup_printf (_("The file is damaged: %s"), first);
}

static char *
describe_foreign (const char *text)
{
  return g_strdup_printf (_("“%s” is not part of a workspace: the file was changed by another program."), text);
}

static gboolean
check_file (Check   *self,
            GError **error)
{
  return list (self, self->whole ? "PRAGMA integrity_check (20)" : "PRAGMA quick_check (20)", describe_damage, error) &&
         list (self, "SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')", describe_foreign, error);
}

static gboolean
check_tables (Check   *self,
              GError **error)
{
  GError *own_error = NULL;
  g_autoptr(GPtrArray) missing = cpt_migration_find_missing (self->database, &own_error);

  if (missing == NULL)
    return take_error (self, own_error, error);

  for (guint i = 0; i < MIN (missing->len, MAX_DETAILS); i++)
    add (self, g_strdup_printf (_("The table, column or index “%s” is missing."),
                                (const char *) g_ptr_array_index (missing, i)));

  return TRUE;
}

/* What is kept twice */

static gboolean
check_side_table (Check            *self,
                  const CptEntity  *entity,
                  const CptField   *field,
                  GError          **error)
{
  const char *value = cpt_layout_get_form (field) == CPT_LAYOUT_IDS ? "cpt_id (j.value)" : "j.value";
  g_autofree char *missing_sql = NULL;
  g_autofree char *surplus_sql = NULL;
  gint64 n_missing;
  gint64 n_surplus;

  missing_sql = g_strdup_printf ("SELECT count(*) FROM \"%s\" AS t, json_each (t.\"%s\") AS j WHERE NOT EXISTS "
                                 "(SELECT 1 FROM \"%s__%s\" AS s WHERE s.value = %s AND s.row_id = t.row_id)",
                                 entity->name, field->name, entity->name, field->name, value);
  surplus_sql = g_strdup_printf ("SELECT (SELECT count(*) FROM \"%s__%s\") - "
                                 "(SELECT ifnull (sum (json_array_length (\"%s\")), 0) FROM \"%s\")",
                                 entity->name, field->name, field->name, entity->name);
  if (!count (self, missing_sql, &n_missing, error) || !count (self, surplus_sql, &n_surplus, error))
    return FALSE;
  if (n_missing != 0 || n_surplus != 0)
    add (self, g_strdup_printf (_("%s: the index of “%s” does not agree with the records."),
                                cpt_entity_get_label_plural (entity), cpt_field_get_label (field)));

  return TRUE;
}

/* Links to what was never here: purged records are still in the log, and what
 * another computer sent may come before what it links to. */
static gboolean
check_link (Check            *self,
            const CptEntity  *entity,
            const CptField   *field,
            GError          **error)
{
  const CptEntity *target = cpt_schema_get_target (self->database->schema, field);
  g_autofree char *sql = NULL;
  gint64 n_links;

  if (target == NULL)
    return TRUE;

  sql = g_strdup_printf ("SELECT count(*) FROM \"%s\" AS t WHERE t.\"%s\" IS NOT NULL AND t.dirty = 1 "
                         "AND NOT EXISTS (SELECT 1 FROM \"%s\" AS o WHERE o.id = t.\"%s\") "
                         "AND NOT EXISTS (SELECT 1 FROM log_change AS c WHERE c.id = t.\"%s\")",
                         entity->name, field->name, target->name, field->name, field->name);
  if (!count (self, sql, &n_links, error))
    return FALSE;
  if (n_links > 0)
    add (self, g_strdup_printf (ngettext ("%s: %lu link in “%s” leads nowhere.",
                                          "%s: %lu links in “%s” lead nowhere.", (gulong) n_links),
                                cpt_entity_get_label_plural (entity), (gulong) n_links, cpt_field_get_label (field)));

  return TRUE;
}

static gboolean
check_fields (Check            *self,
              const CptEntity  *entity,
              GError          **error)
{
  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];

      if (cpt_layout_has_side_table (field) && !check_side_table (self, entity, field, error))
        return FALSE;
      if (field->kind == CPT_FIELD_LINK && !field->is_custom && !check_link (self, entity, field, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_rows (Check            *self,
            const CptEntity  *entity,
            GError          **error)
{
  g_autofree char *log_sql = NULL;
  g_autofree char *trash_sql = NULL;
  g_autofree char *custom_sql = NULL;
  gint64 n_unknown;
  gint64 n_twice;
  gint64 n_unreadable;

  log_sql = g_strdup_printf ("SELECT count(*) FROM \"%s\" AS t WHERE NOT EXISTS (SELECT 1 FROM log_change AS c "
                             "WHERE c.sequence = t.sequence AND c.entity = %u AND (c.id = t.id OR "
                             "t.row_id BETWEEN c.row_id AND c.last_row))",
                             entity->name, entity->number);
  trash_sql = g_strdup_printf ("SELECT count(*) FROM trash WHERE entity = %u AND id IN (SELECT id FROM \"%s\")",
                               entity->number, entity->name);
  custom_sql = g_strdup_printf ("SELECT count(*) FROM \"%s\" WHERE custom IS NOT NULL AND NOT json_valid (custom)", entity->name);
  if (!count (self, log_sql, &n_unknown, error) || !count (self, trash_sql, &n_twice, error) ||
      !count (self, custom_sql, &n_unreadable, error))
    return FALSE;

  if (n_unknown > 0)
    add (self, g_strdup_printf (ngettext ("%s: the log does not know the last change of %lu record.",
                                          "%s: the log does not know the last change of %lu records.",
                                          (gulong) n_unknown),
                                cpt_entity_get_label_plural (entity), (gulong) n_unknown));
  if (n_twice > 0)
    add (self, g_strdup_printf (ngettext ("%s: %lu record is in use and in the trash at once.",
                                          "%s: %lu records are in use and in the trash at once.",
                                          (gulong) n_twice),
                                cpt_entity_get_label_plural (entity), (gulong) n_twice));
  if (n_unreadable > 0)
    add (self, g_strdup_printf (ngettext ("%s: the custom fields of %lu record can’t be read.",
                                          "%s: the custom fields of %lu records can’t be read.",
                                          (gulong) n_unreadable),
                                cpt_entity_get_label_plural (entity), (gulong) n_unreadable));

  return TRUE;
}

/* Search */

static gboolean
is_found (Check           *self,
          const CptEntity *entity,
          const CptRecord *record,
          GString         *words)
{
  g_autoptr(CptStatement) statement = NULL;
  g_autofree char *quoted = NULL;
  char *blank;

  cpt_search_index_get_words (record, words);
  if (words->len == 0)
    return TRUE;
  blank = strchr (words->str, ' ');
  if (blank != NULL)
    *blank = '\0';

  quoted = g_strdup_printf ("\"%s\"", words->str);
  statement = cpt_database_prepare (self->database, "SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?", NULL);
  if (statement == NULL)
    return FALSE;
  cpt_statement_bind_text (statement, 1, quoted);
  cpt_statement_bind_int (statement, 2, (record->row << CPT_LAYOUT_SEARCH_SHIFT) | entity->number);

  return cpt_statement_step (statement, NULL) == CPT_STEP_ROW;
}

/* A sample over the whole table, or every record */
static gboolean
check_search (Check            *self,
              const CptEntity  *entity,
              GError          **error)
{
  g_autofree char *select = cpt_layout_dup_select_sql (entity);
  g_autofree char *sql = g_strconcat (select, "WHERE row_id % ? = 0", NULL);
  g_autofree char *last_sql = g_strdup_printf ("SELECT max (row_id) FROM \"%s\"", entity->name);
  g_autoptr(GString) words = g_string_new (NULL);
  g_autoptr(CptStatement) statement = NULL;
  GError *own_error = NULL;
  gint64 last;
  guint n_missing = 0;
  CptStep step;

  if (!cpt_search_index_has_words (entity))
    return TRUE;
  if (!count (self, last_sql, &last, error))
    return FALSE;
  statement = cpt_database_prepare (self->database, sql, &own_error);
  if (statement == NULL)
    return take_error (self, own_error, error);

  cpt_statement_bind_int (statement, 1, self->whole ? 1 : MAX (last / SEARCH_SAMPLE, 1));
  while ((step = cpt_statement_step (statement, &own_error)) == CPT_STEP_ROW)
    {
      g_autoptr(CptRecord) record = cpt_layout_read_record (self->database, statement, entity, &own_error);

      if (record == NULL)
        return take_error (self, own_error, error);
      n_missing += !is_found (self, entity, record, words);
    }
  if (n_missing > 0)
    add (self, g_strdup_printf (ngettext ("%s: the search index misses %u record.",
                                          "%s: the search index misses %u records.", n_missing),
                                cpt_entity_get_label_plural (entity), n_missing));

  return step == CPT_STEP_DONE || take_error (self, own_error, error);
}

/* What formulas give. What is still to be worked out is no fault. */
static gboolean
check_computed (Check            *self,
                const CptEntity  *entity,
                GError          **error)
{
  g_autofree char *last_sql = g_strdup_printf ("SELECT max (row_id) FROM \"%s\"", entity->name);
  GError *own_error = NULL;
  guint64 n_wrong = 0;
  guint n_fields;
  gint64 last;

  cpt_schema_get_computed (self->database->schema, entity, &n_fields);
  if (n_fields == 0 || cpt_computed_is_due (self->database))
    return TRUE;
  if (!count (self, last_sql, &last, error))
    return FALSE;
  if (!cpt_computed_count_wrong (self->database, entity, self->whole ? 1 : MAX (last / COMPUTED_SAMPLE, 1), &n_wrong, &own_error))
    return take_error (self, own_error, error);
  if (n_wrong > 0)
    add (self, g_strdup_printf (ngettext ("%s: %lu record has another value than its formulas give.",
                                          "%s: %lu records have other values than their formulas give.",
                                          (gulong) n_wrong),
                                cpt_entity_get_label_plural (entity), (gulong) n_wrong));

  return TRUE;
}

/* Units */

static gboolean
check_units (Check   *self,
             GError **error)
{
  GError *own_error = NULL;
  g_autoptr(CptStatement) statement = NULL;
  gint64 n_ranges;
  CptStep step;

  statement = cpt_database_prepare (self->database, "SELECT sequence FROM unit WHERE state <> ?", &own_error);
  if (statement == NULL)
    return take_error (self, own_error, error);

  cpt_statement_bind_int (statement, 1, CPT_UNIT_DEAD);
  while ((step = cpt_statement_step (statement, &own_error)) == CPT_STEP_ROW)
    if (!cpt_unit_is_alive (self->database, cpt_statement_get_int (statement, 0)))
      add (self, g_strdup (_("An import was interrupted. Open the workspace for writing to undo it.")));
  if (step == CPT_STEP_ERROR)
    return take_error (self, own_error, error);

  if (!count (self, "SELECT count(*) FROM hidden WHERE sequence NOT IN (SELECT sequence FROM log)", &n_ranges, error))
    return FALSE;
  if (n_ranges > 0)
    add (self, g_strdup (_("Records are hidden by an import that the log does not know.")));

  return TRUE;
}

static gboolean
check_log (Check   *self,
           GError **error)
{
  gint64 n_lost;

  if (!count (self, "SELECT count(*) FROM log_change WHERE sequence NOT IN (SELECT sequence FROM log)", &n_lost, error))
    return FALSE;
  if (n_lost > 0)
    add (self, g_strdup (_("The log has changes that do not belong to any entry.")));

  return TRUE;
}

static gboolean
check_blobs (Check   *self,
             GError **error)
{
  GError *own_error = NULL;

  return cpt_blob_check (self->database, self->findings, &own_error) || take_error (self, own_error, error);
}

/* Facts have nothing but what only they have. */
static gboolean
check_facts (Check            *self,
             const CptEntity  *entity,
             GError          **error)
{
  GError *own_error = NULL;

  return (entity->flags & CPT_ENTITY_FACTS) == 0 ||
         cpt_facts_check (self->database, entity, self->findings, &own_error) || take_error (self, own_error, error);
}

static gboolean
check (CptDatabase  *database,
       gpointer      data,
       GError      **error)
{
  Check *self = data;
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (database->schema, &n_entities);

  if (!check_file (self, error) || !check_tables (self, error))
    return FALSE;
  /* What is missing would be found again by every query. */
  if (self->findings->len > 0)
    return TRUE;

  for (guint i = 0; i < n_entities; i++)
    if (!check_rows (self, entities[i], error) || !check_fields (self, entities[i], error) ||
        !check_search (self, entities[i], error) || !check_computed (self, entities[i], error) ||
        !check_facts (self, entities[i], error))
      return FALSE;

  return check_log (self, error) && check_units (self, error) && check_blobs (self, error);
}

/* The command of FTS5 that checks its structure is written as an insertion. */
static gboolean
check_search_structure (CptDatabase  *database,
                        gpointer      data,
                        GError      **error)
{
  return cpt_database_exec (database, "INSERT INTO search (search) VALUES ('integrity-check')", error);
}

GPtrArray *
cpt_check_run (CptDatabase   *database,
               gboolean       whole,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  Check self = { .database = database, .findings = findings, .whole = whole };
  GError *own_error = NULL;
  gboolean done;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  cpt_database_watch (database, cancellable);
  done = cpt_database_snapshot (database, check, &self, error);
  if (done && findings->len == 0 && whole && !database->read_only &&
      !cpt_database_transact (database, check_search_structure, NULL, &own_error))
    done = take_error (&self, own_error, error);
  cpt_database_watch (database, NULL);

  return done ? g_steal_pointer (&findings) : NULL;
}
