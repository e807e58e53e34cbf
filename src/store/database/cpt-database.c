/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One connection: what it knows of the workspace and what it was told.
 *
 * Schema, settings and the ranges of hidden rows are read again at the
 * beginning of each transaction and snapshot when the log has moved, so that
 * they are true of what that transaction sees. */

#include "config.h"

#include "cpt-database-private.h"

#include <string.h>

#include "cpt-computed-private.h"
#include "cpt-custom-field.h"
#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-layout.h"
#include "cpt-log-private.h"
#include "cpt-own-choices.h"
#include "cpt-page-layout.h"
#include "cpt-rules-private.h"

#define DEFAULT_ZONE "UTC"
#define DEFAULT_CURRENCY "EUR"
#define DEFAULT_COUNTRY "FR"

/* How many steps of SQLite's machine lie between two looks at the cancellable:
 * about a tenth of a millisecond */
#define STEPS_BETWEEN_CHECKS 1000

const char *
cpt_database_get_path (CptDatabase *self)
{
  return self->path;
}

gboolean
cpt_database_is_read_only (CptDatabase *self)
{
  return self->read_only;
}

gint64
cpt_database_get_now (CptDatabase *self)
{
  return cpt_clock_get_now (self->clock);
}

const CptUuid *
cpt_database_get_author (CptDatabase *self)
{
  return &self->author;
}

void
cpt_database_set_author (CptDatabase   *self,
                         const CptUuid *author)
{
  self->author = *author;
}

CptSchema *
cpt_database_get_schema (CptDatabase *self)
{
  return self->schema;
}

CptRules *
cpt_database_get_rules (CptDatabase *self)
{
  return self->rules;
}

GTimeZone *
cpt_database_get_zone (CptDatabase *self)
{
  return self->zone;
}

const char *
cpt_database_get_currency (CptDatabase *self)
{
  return self->currency;
}

const char *
cpt_database_get_country (CptDatabase *self)
{
  return self->country;
}

gint64
cpt_database_get_today (CptDatabase *self)
{
  return cpt_instant_get_date (cpt_database_get_now (self), self->zone);
}

gint64
cpt_database_get_sequence (CptDatabase *self)
{
  gint64 sequence;

  if (!cpt_database_get_number (self, "SELECT max(sequence) FROM log", 0, &sequence, NULL))
    return self->sequence;

  return sequence;
}

const CptEntity *
cpt_database_localise (CptDatabase     *self,
                       const CptEntity *entity)
{
  return cpt_schema_find_number (self->schema, entity->number);
}

/* Cancellation */

static int
check_cancelled (void *data)
{
  CptDatabase *self = data;

  return g_cancellable_is_cancelled (self->cancellable);
}

void
cpt_database_watch (CptDatabase  *self,
                    GCancellable *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
  sqlite3_progress_handler (self->handle, STEPS_BETWEEN_CHECKS, cancellable == NULL ? NULL : check_cancelled, self);
}

/* Settings */

static void
apply_zone (CptDatabase *self,
            const char  *name)
{
  g_autoptr(GTimeZone) zone = NULL;

  if (g_strcmp0 (self->zone_name, name) == 0)
    return;

  zone = g_time_zone_new_identifier (name);
  if (zone == NULL)
    zone = g_time_zone_new_utc ();
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_steal_pointer (&zone);
  g_free (self->zone_name);
  self->zone_name = g_strdup (name);
}

static void
replace_text (char       **text,
              const char  *value)
{
  if (g_strcmp0 (*text, value) == 0)
    return;

  g_free (*text);
  *text = g_strdup (value);
}

static gboolean
read_settings (CptDatabase  *self,
               gint64       *custom_sequence,
               GError      **error)
{
  g_autoptr(CptStatement) statement = NULL;
  g_autofree char *zone = g_strdup (DEFAULT_ZONE);
  g_autofree char *currency = g_strdup (DEFAULT_CURRENCY);
  g_autofree char *country = g_strdup (DEFAULT_COUNTRY);
  CptStep step;

  statement = cpt_database_prepare (self, "SELECT key, value FROM setting WHERE value IS NOT NULL AND key IN "
                                          "('zone', 'currency', 'country', '" CPT_SETTING_CUSTOM "')",
                                    error);
  if (statement == NULL)
    return FALSE;

  *custom_sequence = 0;
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      const char *key = cpt_statement_get_text (statement, 0);
      const char *value = cpt_statement_get_text (statement, 1);

      if (strcmp (key, "zone") == 0)
        replace_text (&zone, value);
      else if (strcmp (key, "currency") == 0)
        replace_text (&currency, value);
      else if (strcmp (key, "country") == 0)
        replace_text (&country, value);
      else
        *custom_sequence = g_ascii_strtoll (value, NULL, 10);
    }
  if (step == CPT_STEP_ERROR)
    return FALSE;

  apply_zone (self, zone);
  replace_text (&self->currency, currency);
  replace_text (&self->country, country);

  return TRUE;
}

char *
cpt_database_dup_setting (CptDatabase *self,
                          const char  *key)
{
  g_autoptr(CptStatement) statement = cpt_database_prepare (self, "SELECT value FROM setting WHERE key = ?", NULL);

  if (statement == NULL)
    return NULL;

  cpt_statement_bind_text (statement, 1, key);
  if (cpt_statement_step (statement, NULL) != CPT_STEP_ROW)
    return NULL;

  return g_strdup (cpt_statement_get_text (statement, 0));
}

void
cpt_database_checkpoint (CptDatabase *self,
                         int          min_pages)
{
  if (self->n_log_pages < min_pages)
    return;

  sqlite3_wal_checkpoint_v2 (self->handle, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  self->n_log_pages = 0;
}

gboolean
cpt_database_store_setting (CptDatabase  *self,
                            const char   *key,
                            const char   *value,
                            GError      **error)
{
  g_autoptr(CptStatement) statement = NULL;

  if (value == NULL)
    statement = cpt_database_prepare (self, "DELETE FROM setting WHERE key = ?", error);
  else
    statement = cpt_database_prepare (self, "INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_text (statement, 1, key);
  if (value != NULL)
    cpt_statement_bind_text (statement, 2, value);

  return cpt_statement_run (statement, error);
}

typedef struct
{
  const char *key;
  const char *value;
} Setting;

/* The log moves, so that everybody else reads the settings again. */
static gboolean
set_setting (CptDatabase  *self,
             gpointer      data,
             GError      **error)
{
  const Setting *setting = data;
  CptLogHead head = { .origin = CPT_ORIGIN_FORM, .state = CPT_LOG_SETTING, .label = setting->key };
  gint64 sequence;

  return cpt_database_store_setting (self, setting->key, setting->value, error) &&
         cpt_log_begin (self, &head, &sequence, error);
}

gboolean
cpt_database_set_setting (CptDatabase  *self,
                          const char   *key,
                          const char   *value,
                          GError      **error)
{
  Setting setting = { key, value };
  gboolean done = cpt_database_transact (self, set_setting, &setting, error);
  gint64 custom_sequence;

  return done && read_settings (self, &custom_sequence, error);
}

typedef struct
{
  const char *key;
  const char *expected; /* (nullable) */
  const char *value;
  gboolean is_written;
} Mark;

static gboolean
exchange_mark (CptDatabase  *self,
               gpointer      data,
               GError      **error)
{
  Mark *mark = data;
  g_autofree char *current = cpt_database_dup_setting (self, mark->key);

  mark->is_written = g_strcmp0 (current, mark->expected) == 0;

  return !mark->is_written || cpt_database_store_setting (self, mark->key, mark->value, error);
}

gboolean
cpt_database_exchange_mark (CptDatabase  *self,
                            const char   *key,
                            const char   *expected,
                            const char   *value,
                            gboolean     *is_written,
                            GError      **error)
{
  Mark mark = { key, expected, value, FALSE };
  gboolean done = cpt_database_transact (self, exchange_mark, &mark, error);

  *is_written = done && mark.is_written;

  return done;
}

/* What a transaction sees */

gboolean
cpt_database_is_declaration (const CptEntity *entity)
{
  return strcmp (entity->name, "custom_field") == 0 || strcmp (entity->name, CPT_RULE_ENTITY) == 0 ||
         strcmp (entity->name, CPT_PAGE_LAYOUT_ENTITY) == 0 || strcmp (entity->name, CPT_CHOICE_LIST_ENTITY) == 0;
}

void
cpt_database_reveal (CptDatabase *self,
                     gint64       sequence)
{
  if (self->revealed == sequence)
    return;

  self->revealed = sequence;
  self->custom_sequence = CPT_SEQUENCE_UNKNOWN;
  cpt_database_forget (self);
}

/* What an act takes back; 0 when it is no undo */
static gint64
find_undone (CptDatabase *self,
             gint64       sequence)
{
  g_autoptr(CptStatement) statement = cpt_database_prepare (self, "SELECT undoes FROM log WHERE sequence = ?", NULL);

  if (statement == NULL)
    return 0;

  cpt_statement_bind_int (statement, 1, sequence);

  return cpt_statement_step (statement, NULL) == CPT_STEP_ROW ? cpt_statement_get_int (statement, 0) : 0;
}

/* @undone: what the revealed act takes back, or 0 */
static gboolean
is_seen_here (CptDatabase          *self,
              const CptHiddenRange *range,
              gint64                undone)
{
  const CptEntity *entity;

  if (self->unit != 0 && range->sequence == self->unit)
    return TRUE;
  if (self->revealed == 0 || (range->sequence != self->revealed && range->sequence != undone))
    return FALSE;

  entity = self->schema != NULL ? cpt_schema_find_number (self->schema, range->entity) : NULL;

  return entity != NULL && cpt_database_is_declaration (entity);
}

static gboolean
read_hidden (CptDatabase  *self,
             GError      **error)
{
  gint64 undone = self->revealed != 0 ? find_undone (self, self->revealed) : 0;
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  g_array_set_size (self->hidden, 0);
  statement =
    cpt_database_prepare (self, "SELECT entity, first_row, last_row, sequence FROM hidden ORDER BY entity, first_row", error);
  if (statement == NULL)
    return FALSE;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      CptHiddenRange range = {
        .entity = (guint) cpt_statement_get_int (statement, 0),
        .first = cpt_statement_get_int (statement, 1),
        .last = cpt_statement_get_int (statement, 2),
        .sequence = cpt_statement_get_int (statement, 3),
      };

      if (!is_seen_here (self, &range, undone))
        g_array_append_val (self->hidden, range);
    }

  return step == CPT_STEP_DONE;
}

gboolean
cpt_database_has_table (CptDatabase  *self,
                        const char   *name,
                        gboolean     *has,
                        GError      **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  *has = TRUE;
  if (!self->read_only)
    return TRUE;

  statement = cpt_database_prepare (self, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_text (statement, 1, name);
  step = cpt_statement_step (statement, error);
  *has = step == CPT_STEP_ROW;

  return step != CPT_STEP_ERROR;
}

GPtrArray *
cpt_database_load_declarations (CptDatabase  *self,
                                CptSchema    *schema,
                                const char   *name,
                                GError      **error)
{
  const CptEntity *entity = cpt_schema_find_entity (schema, name);
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_record_unref);
  g_autoptr(CptStatement) statement = NULL;
  g_autofree char *select = cpt_layout_dup_select_sql (entity);
  gboolean has;
  CptStep step;

  if (!cpt_database_has_table (self, name, &has, error))
    return NULL;
  if (!has)
    return g_steal_pointer (&records);

  statement = cpt_database_prepare (self, select, error);
  if (statement == NULL)
    return NULL;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      CptRecord *record = cpt_layout_read_record (self, statement, entity, error);

      if (record == NULL)
        return NULL;
      if (cpt_layout_is_visible (self, entity, record->row))
        g_ptr_array_add (records, record);
      else
        cpt_record_unref (record);
    }

  return step == CPT_STEP_DONE ? g_steal_pointer (&records) : NULL;
}

GPtrArray *
cpt_database_load_fields (CptDatabase  *self,
                          GError      **error)
{
  g_autoptr(GPtrArray) records = cpt_database_load_declarations (self, self->schema, "custom_field", error);
  GPtrArray *choices = NULL;

  if (records != NULL)
    choices = cpt_database_load_declarations (self, self->schema, CPT_CHOICE_LIST_ENTITY, error);
  if (choices == NULL)
    return NULL;
  g_ptr_array_extend_and_steal (records, choices);

  return g_steal_pointer (&records);
}

static gboolean
read_rules (CptDatabase  *self,
            GError      **error)
{
  g_autoptr(GPtrArray) records = cpt_database_load_declarations (self, self->schema, CPT_RULE_ENTITY, error);

  if (records == NULL)
    return FALSE;

  g_clear_pointer (&self->rules, cpt_rules_unref);
  self->rules = cpt_rules_new (self->schema, (CptRecord *const *) records->pdata, records->len, NULL);

  return TRUE;
}

static gboolean
read_schema (CptDatabase  *self,
             GError      **error)
{
  g_autoptr(CptSchema) standard = cpt_schema_new ();
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GPtrArray) layouts = NULL;

  if (self->schema == NULL)
    self->schema = cpt_schema_ref (standard);
  records = cpt_database_load_fields (self, error);
  if (records == NULL)
    return FALSE;
  layouts = cpt_database_load_declarations (self, self->schema, CPT_PAGE_LAYOUT_ENTITY, error);
  if (layouts == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (records, g_steal_pointer (&layouts));
  if (records->len > 0)
    {
      g_clear_pointer (&standard, cpt_schema_unref);
      standard = cpt_schema_new_from_records ((CptRecord *const *) records->pdata, records->len, NULL);
    }
  g_clear_pointer (&records, g_ptr_array_unref);

  g_hash_table_remove_all (self->loads);
  g_ptr_array_add (self->retired, self->schema);
  self->schema = g_steal_pointer (&standard);
  g_clear_pointer (&self->computed, cpt_computed_plan_free);
  self->computed = cpt_computed_plan_new (self->schema);

  return read_rules (self, error);
}

gboolean
cpt_database_refresh (CptDatabase  *self,
                      GError      **error)
{
  gint64 sequence;
  gint64 custom_sequence;

  if (self->is_damaged || self->sequence == CPT_SEQUENCE_NO_TABLES)
    return TRUE;
  if (!cpt_database_get_number (self, "SELECT max(sequence) FROM log", 0, &sequence, error))
    return FALSE;
  if (sequence == self->sequence)
    return TRUE;

  if (!read_settings (self, &custom_sequence, error) || !read_hidden (self, error))
    return FALSE;
  if (custom_sequence != self->custom_sequence || self->schema == NULL)
    {
      if (!read_schema (self, error))
        return FALSE;
      self->custom_sequence = custom_sequence;
    }
  self->sequence = sequence;

  return TRUE;
}

gboolean
cpt_database_rescue (CptDatabase *self)
{
  if (self->schema == NULL)
    self->schema = cpt_schema_new ();
  if (self->zone == NULL)
    apply_zone (self, DEFAULT_ZONE);
  if (self->currency == NULL)
    replace_text (&self->currency, DEFAULT_CURRENCY);
  if (self->country == NULL)
    replace_text (&self->country, DEFAULT_COUNTRY);
  self->is_damaged = TRUE;

  return TRUE;
}

void
cpt_database_forget (CptDatabase *self)
{
  if (self->sequence != CPT_SEQUENCE_NO_TABLES)
    self->sequence = CPT_SEQUENCE_UNKNOWN;
}
