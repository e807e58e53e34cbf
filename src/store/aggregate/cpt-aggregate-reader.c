/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Groups of records without sorting them: each record is looked up in a hash
 * table by what SQLite has for its keys, byte by byte, and added to the numbers
 * of its group. Only a key that was not met before is made into values. */

#include "config.h"

#include "cpt-aggregate-scan-private.h"

#include <sqlite3.h>
#include <string.h>

#include "cpt-database-private.h"
#include "cpt-sections.h"

/* Beyond, they are sorted by SQLite: it needs no memory for them */
#define MAX_KEYS (2 * CPT_AGGREGATE_MAX_ROWS)

/* Days whose bucket is remembered: a power of two */
#define N_DAYS 2048

/* One measure of one group so far */
typedef struct
{
  gint64 count;
  gint64 extreme;
  CptSum sum;
} Tally;

/* Records with the same key, as SQLite has it */
typedef struct
{
  guint64 hash;
  gsize offset; /* of the key among the bytes of all keys */
  gsize length;
  guint group; /* its number */
  guint value; /* of the first dimension: its number + 1 */
} Key;

/* Which day begins the bucket of a day */
typedef struct _CptCalendar
{
  gint64 days[N_DAYS];
  gint64 starts[N_DAYS];
} Calendar;

/* ----------------------------------------------------------------------- keys */

static void
add_bytes (CptScanReader *self,
           char           type,
           const void    *bytes,
           gsize          length)
{
  gsize needed = self->wanted_length + 1 + sizeof length + length;

  if (needed > self->wanted_size)
    {
      self->wanted_size = 2 * needed;
      self->wanted = g_realloc (self->wanted, self->wanted_size);
    }

  self->wanted[self->wanted_length++] = (guint8) type;
  if (type == 't' || type == 'b')
    {
      memcpy (self->wanted + self->wanted_length, &length, sizeof length);
      self->wanted_length += sizeof length;
    }
  if (length > 0)
    memcpy (self->wanted + self->wanted_length, bytes, length);
  self->wanted_length += length;
}

static void
add_column (CptScanReader *self,
            int            column)
{
  sqlite3_value *value = sqlite3_column_value (self->statement->handle, column);
  gint64 integer;
  double real;

  switch (sqlite3_value_type (value))
    {
    case SQLITE_INTEGER:
      integer = sqlite3_value_int64 (value);
      add_bytes (self, 'i', &integer, sizeof integer);
      break;
    case SQLITE_FLOAT:
      real = sqlite3_value_double (value);
      add_bytes (self, 'r', &real, sizeof real);
      break;
    case SQLITE_TEXT:
      /* As it lies in the page: a text would be copied to get its end mark */
      add_bytes (self, 't', sqlite3_value_blob (value), (gsize) sqlite3_value_bytes (value));
      break;
    case SQLITE_BLOB:
      add_bytes (self, 'b', sqlite3_value_blob (value), (gsize) sqlite3_value_bytes (value));
      break;
    default:
      add_bytes (self, 'n', NULL, 0);
      break;
    }
}

/* FALSE when it is no day */
static gboolean
get_bucket (CptScanReader *self,
            guint          dimension,
            int            column,
            gint64        *start)
{
  const CptDimensionSpec *spec = &self->spec->dimensions[dimension];
  Calendar *calendar = self->calendars[dimension];
  gint64 day;
  guint slot;

  if (sqlite3_column_type (self->statement->handle, column) != SQLITE_INTEGER)
    return FALSE;

  day = sqlite3_column_int64 (self->statement->handle, column);
  if (cpt_path_get_field (&spec->path)->kind == CPT_FIELD_DATETIME)
    day = cpt_instant_get_date (day, cpt_database_get_zone (self->database));
  if (day < CPT_DATE_MIN || day > CPT_DATE_MAX)
    return FALSE;

  slot = (guint) (day - CPT_DATE_MIN) % N_DAYS;
  if (calendar->days[slot] != day)
    {
      calendar->days[slot] = day;
      calendar->starts[slot] = cpt_bucket_get_start (spec->bucket, day);
    }
  *start = calendar->starts[slot];

  return TRUE;
}

/* Returns the column behind the keys */
static int
read_wanted (CptScanReader *self)
{
  CptAggregateSpec *spec = self->spec;
  int column = 1;
  gint64 start;

  self->wanted_length = 0;
  for (guint i = 0; i < spec->n_dimensions; i++)
    {
      if (self->calendars[i] == NULL)
        add_column (self, column);
      else if (get_bucket (self, i, column, &start))
        add_bytes (self, 'i', &start, sizeof start);
      else
        add_bytes (self, 'n', NULL, 0);
      column++;
      if (cpt_path_get_field (&spec->dimensions[i].path)->kind == CPT_FIELD_MONEY)
        add_column (self, column++);
    }
  for (guint i = 0; i < spec->n_currencies; i++)
    add_column (self, column++);

  return column;
}

static void
value_free (gpointer data)
{
  cpt_value_clear (data);
  g_free (data);
}

guint
cpt_scan_reader_number (CptScanReader  *self,
                        const CptValue *value)
{
  gint64 key = cpt_section_get_value_key (value);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->value_numbers, &key));
  CptValue *copy;

  if (number != 0)
    return number - 1;

  copy = g_new0 (CptValue, 1);
  cpt_value_copy (value, copy);
  g_ptr_array_add (self->values, copy);
  g_hash_table_insert (self->value_numbers, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (self->values->len));

  return self->values->len - 1;
}

/* Its number, and room for its tallies */
static guint
number_group (CptScanReader *self,
              CptGroup      *group)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, group));

  if (number == 0)
    {
      g_ptr_array_add (self->by_number, group);
      number = self->by_number->len;
      g_hash_table_insert (self->numbers, group, GUINT_TO_POINTER (number));
      g_array_set_size (self->tallies, number * 2 * self->spec->n_measures);
    }

  return number - 1;
}

/* What the key of the record that the statement is at stands for */
static void
read_key (CptScanReader *self,
          Key           *key)
{
  CptAggregateSpec *spec = self->spec;
  CptValue values[CPT_AGGREGATE_MAX_DIMENSIONS] = { CPT_VALUE_INIT };
  char currencies[CPT_AGGREGATE_MAX_MEASURES][4] = { { '\0' } };
  int column = 1;
  gint64 start;

  for (guint i = 0; i < spec->n_dimensions; i++)
    {
      if (self->calendars[i] == NULL)
        column += cpt_aggregate_read_key (self->statement, column, spec, i, &values[i]);
      else if (get_bucket (self, i, column++, &start))
        cpt_value_set_integer (&values[i], start);
    }
  for (guint i = 0; i < spec->n_currencies; i++)
    g_strlcpy (currencies[i], cpt_statement_get_text (self->statement, column++), sizeof currencies[i]);

  key->value = spec->n_dimensions > 0 ? cpt_scan_reader_number (self, &values[0]) + 1 : 0;
  key->group = number_group (self, cpt_groups_reach (self->groups, values, (const char (*)[4]) currencies));
}

/* ---------------------------------------------------------------- the hash table */

static guint64
hash_bytes (const guint8 *bytes,
            gsize         length)
{
  guint64 hash = length, word;

  for (; length >= sizeof word; bytes += sizeof word, length -= sizeof word)
    {
      memcpy (&word, bytes, sizeof word);
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 32;
    }
  for (; length > 0; bytes++, length--)
    hash = (hash ^ *bytes) * G_GUINT64_CONSTANT (1099511628211);

  return hash ^ (hash >> 29);
}

static void
grow (CptScanReader *self)
{
  self->n_slots = MAX (self->n_slots * 2, 256);
  g_free (self->slots);
  self->slots = g_new0 (guint, self->n_slots);
  for (guint i = 0; i < self->keys->len; i++)
    {
      guint slot = (guint) g_array_index (self->keys, Key, i).hash & (self->n_slots - 1);

      while (self->slots[slot] != 0)
        slot = (slot + 1) & (self->n_slots - 1);
      self->slots[slot] = i + 1;
    }
}

static gboolean
is_wanted (CptScanReader *self,
           const Key     *key)
{
  return key->length == self->wanted_length && memcmp (self->bytes->data + key->offset, self->wanted, key->length) == 0;
}

/* The wanted key; valid until the next call */
static const Key *
find_key (CptScanReader *self)
{
  guint64 hash;
  guint slot;
  Key added;

  if (self->last != 0 && is_wanted (self, &g_array_index (self->keys, Key, self->last - 1)))
    return &g_array_index (self->keys, Key, self->last - 1);

  hash = hash_bytes (self->wanted, self->wanted_length);
  slot = (guint) hash & (self->n_slots - 1);
  while (self->slots[slot] != 0)
    {
      const Key *key = &g_array_index (self->keys, Key, self->slots[slot] - 1);

      if (key->hash == hash && is_wanted (self, key))
        {
          self->last = self->slots[slot];
          return key;
        }
      slot = (slot + 1) & (self->n_slots - 1);
    }

  added = (Key){ .hash = hash, .offset = self->bytes->len, .length = self->wanted_length };
  read_key (self, &added);
  g_byte_array_append (self->bytes, self->wanted, (guint) self->wanted_length);
  g_array_append_val (self->keys, added);
  self->slots[slot] = self->last = self->keys->len;
  if (self->keys->len > self->n_slots / 2)
    grow (self);

  return &g_array_index (self->keys, Key, self->last - 1);
}

/* -------------------------------------------------------------------- adding up */

static void
add_value (Tally         *tally,
           CptAggregate   aggregate,
           sqlite3_value *column)
{
  int type = sqlite3_value_type (column);
  gint64 value;

  if (type == SQLITE_NULL)
    return;

  tally->count++;
  if (aggregate == CPT_AGGREGATE_COUNT || type != SQLITE_INTEGER)
    return;

  value = sqlite3_value_int64 (column);
  if (aggregate == CPT_AGGREGATE_MIN)
    tally->extreme = tally->count == 1 ? value : MIN (tally->extreme, value);
  else if (aggregate == CPT_AGGREGATE_MAX)
    tally->extreme = tally->count == 1 ? value : MAX (tally->extreme, value);
  else
    cpt_sum_add (&tally->sum, value);
}

static void
add_record (CptScanReader *self,
            guint16       *slots,
            gint64         first)
{
  CptAggregateSpec *spec = self->spec;
  sqlite3_stmt *handle = self->statement->handle;
  int column = read_wanted (self);
  guint part = spec->has_compare ? (guint) sqlite3_column_int (handle, 0) : 0;
  const Key *key = find_key (self);
  Tally *tallies = &g_array_index (self->tallies, Tally, (2 * key->group + part) * spec->n_measures);

  ((CptGroup *) g_ptr_array_index (self->by_number, key->group))->n_records[part]++;
  if (slots != NULL)
    slots[sqlite3_column_int64 (handle, column) - first] = (guint16) key->value;
  column++;

  for (guint i = 0; i < spec->n_measures; i++)
    {
      const CptMeasureSpec *measure = &spec->measures[i];
      gboolean is_taken = measure->filter == NULL || sqlite3_column_int (handle, column++) != 0;

      if (measure->path.n_steps == 0)
        tallies[i].count += is_taken;
      else if (is_taken)
        add_value (&tallies[i], measure->aggregate, sqlite3_column_value (handle, column++));
      else
        column++;
    }
}

gboolean
cpt_scan_reader_read (CptScanReader      *self,
                      const CptRowRange  *range,
                      guint16            *slots,
                      gint64              first,
                      gboolean           *fits,
                      GError            **error)
{
  g_autoptr(CptStatement) statement = cpt_aggregate_prepare (self->database, self->spec, TRUE, range, error);
  CptStep step = CPT_STEP_DONE;

  if (statement == NULL)
    return FALSE;

  self->statement = statement;
  while (self->keys->len <= MAX_KEYS && (slots == NULL || self->values->len <= CPT_ROW_VALUES_MAX) &&
         (step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    add_record (self, slots, first);
  self->statement = NULL;
  *fits = step == CPT_STEP_DONE;

  return step != CPT_STEP_ERROR;
}

/* ----------------------------------------------------------------------- results */

static void
merge_tally (CptAggregate  aggregate,
             Tally        *tally,
             const Tally  *other)
{
  if (other->count == 0)
    return;

  if (tally->count == 0)
    tally->extreme = other->extreme;
  else if (aggregate == CPT_AGGREGATE_MIN)
    tally->extreme = MIN (tally->extreme, other->extreme);
  else if (aggregate == CPT_AGGREGATE_MAX)
    tally->extreme = MAX (tally->extreme, other->extreme);
  tally->count += other->count;
  cpt_sum_merge (&tally->sum, &other->sum);
}

void
cpt_scan_reader_merge (CptScanReader *self,
                       CptScanReader *other)
{
  guint n_cells = 2 * self->spec->n_measures;

  for (guint i = 0; i < other->by_number->len; i++)
    {
      const CptGroup *from = g_ptr_array_index (other->by_number, i);
      CptValue keys[CPT_AGGREGATE_MAX_DIMENSIONS] = { CPT_VALUE_INIT };
      CptGroup *to;
      guint number;

      for (guint j = 0; j < self->spec->n_dimensions; j++)
        cpt_value_copy (&from->keys[j], &keys[j]);
      to = cpt_groups_reach (self->groups, keys, from->currencies);
      number = number_group (self, to);
      to->n_records[0] += from->n_records[0];
      to->n_records[1] += from->n_records[1];
      for (guint j = 0; j < n_cells; j++)
        merge_tally (self->spec->measures[j % self->spec->n_measures].aggregate,
                     &g_array_index (self->tallies, Tally, number * n_cells + j),
                     &g_array_index (other->tallies, Tally, i * n_cells + j));
    }
}

/* As cpt-aggregate-sql.c reads what SQL gives */
static void
finish_cell (const CptMeasureSpec *measure,
             const Tally          *tally,
             CptCell              *cell)
{
  cell->count = tally->count;
  if (measure->aggregate == CPT_AGGREGATE_COUNT)
    return;

  if (measure->aggregate == CPT_AGGREGATE_MIN || measure->aggregate == CPT_AGGREGATE_MAX)
    {
      cell->sum = tally->extreme;
      cell->real = (double) cell->sum;
      return;
    }

  cell->is_real = !cpt_sum_get_exact (&tally->sum, &cell->sum);
  cell->real = cell->is_real ? cpt_sum_get_real (&tally->sum) : (double) cell->sum;
}

void
cpt_scan_reader_finish (CptScanReader *self)
{
  guint n_cells = 2 * self->spec->n_measures;

  for (guint i = 0; i < self->by_number->len; i++)
    {
      CptGroup *group = g_ptr_array_index (self->by_number, i);

      for (guint j = 0; j < n_cells; j++)
        finish_cell (&self->spec->measures[j % self->spec->n_measures],
                     &g_array_index (self->tallies, Tally, i * n_cells + j), &group->cells[j]);
    }
}

void
cpt_scan_reader_init (CptScanReader    *self,
                      CptDatabase      *database,
                      CptAggregateSpec *spec)
{
  *self = (CptScanReader){
    .database = database,
    .spec = spec,
    .groups = cpt_groups_new (spec),
    .bytes = g_byte_array_new (),
    .keys = g_array_new (FALSE, FALSE, sizeof (Key)),
    .numbers = g_hash_table_new (NULL, NULL),
    .by_number = g_ptr_array_new (),
    .tallies = g_array_new (FALSE, TRUE, sizeof (Tally)),
    .value_numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL),
    .values = g_ptr_array_new_with_free_func (value_free),
  };
  grow (self);
  for (guint i = 0; i < spec->n_dimensions; i++)
    {
      if (!cpt_aggregate_scan_makes_bucket (spec, i))
        continue;
      self->calendars[i] = g_new (Calendar, 1);
      for (guint j = 0; j < N_DAYS; j++)
        self->calendars[i]->days[j] = G_MAXINT64;
    }
}

void
cpt_scan_reader_clear (CptScanReader *self)
{
  g_clear_pointer (&self->groups, cpt_groups_unref);
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  g_clear_pointer (&self->keys, g_array_unref);
  g_clear_pointer (&self->numbers, g_hash_table_unref);
  g_clear_pointer (&self->by_number, g_ptr_array_unref);
  g_clear_pointer (&self->tallies, g_array_unref);
  g_clear_pointer (&self->value_numbers, g_hash_table_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_clear_pointer (&self->slots, g_free);
  g_clear_pointer (&self->wanted, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (self->calendars); i++)
    g_clear_pointer (&self->calendars[i], g_free);
}
