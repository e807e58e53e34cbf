/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Facts in the file: a dictionary for each field of texts, a blob for each column
 * of each day and of the sums of each month. What is read back is not trusted:
 * bytes that can't be a part are refused. */

#include "config.h"

#include "cpt-facts-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-database-private.h"
#include "cpt-date.h"
#include "cpt-error.h"

/* Rows of a part for which memory is taken without a look at its columns */
#define TRUSTED_ROWS 65536

gboolean
cpt_facts_set_damaged (const CptFactsShape  *shape,
                       gint64                number,
                       GError              **error)
{
  g_autofree char *day = cpt_date_format_iso (number);

  g_set_error (error, CPT_ERROR, CPT_ERROR_DAMAGED,
               /* Translators: a kind of numbers, a day */
               _("%s of %s can’t be read: the workspace file is damaged."), cpt_entity_get_label_plural (shape->entity), day);

  return FALSE;
}

gint64
cpt_facts_get_limit (CptFactsSpan span)
{
  return span == CPT_FACTS_DAY ? CPT_FACTS_MAX_NUMBER : G_MAXINT64;
}

guint
cpt_facts_get_max_rows (CptFactsSpan span)
{
  return span == CPT_FACTS_DAY ? CPT_FACTS_MAX_PER_DAY : CPT_FACTS_MAX_PER_MONTH;
}

/* ------------------------------------------------------------------- dictionaries */

static gboolean
find_code (CptDatabase          *database,
           const CptFactsShape  *shape,
           guint                 place,
           const char           *text,
           guint32              *code,
           GError              **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  *code = 0;
  statement = cpt_database_prepare (database, "SELECT code FROM fact_value WHERE entity = ? AND name = ? AND value = ?", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, shape->entity->number);
  cpt_statement_bind_static (statement, 2, shape->code_names[place]);
  cpt_statement_bind_static (statement, 3, text);
  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ROW)
    *code = (guint32) cpt_statement_get_int (statement, 0);

  return step != CPT_STEP_ERROR;
}

gboolean
cpt_facts_dictionary_get_size (CptDatabase          *database,
                               const CptFactsShape  *shape,
                               guint                 place,
                               guint                *size,
                               GError              **error)
{
  g_autoptr(CptStatement) statement = NULL;

  statement = cpt_database_prepare (
    database, "SELECT ifnull (max (code), 0) FROM fact_value WHERE entity = ? AND name = ?", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, shape->entity->number);
  cpt_statement_bind_static (statement, 2, shape->code_names[place]);
  if (cpt_statement_step (statement, error) != CPT_STEP_ROW)
    return FALSE;
  *size = (guint) CLAMP (cpt_statement_get_int (statement, 0), 0, CPT_FACTS_MAX_TEXTS) + 1;

  return TRUE;
}

static gboolean
add_code (CptDatabase          *database,
          const CptFactsShape  *shape,
          guint                 place,
          const char           *text,
          guint32              *code,
          GError              **error)
{
  g_autoptr(CptStatement) statement = NULL;
  guint size;

  if (!cpt_facts_dictionary_get_size (database, shape, place, &size, error))
    return FALSE;
  if (size > CPT_FACTS_MAX_TEXTS)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("“%s” has more than %d different values, which is too many."),
                   cpt_field_get_label (shape->code_fields[place]), CPT_FACTS_MAX_TEXTS);
      return FALSE;
    }

  statement = cpt_database_prepare (database, "INSERT INTO fact_value (entity, name, code, value) VALUES (?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;

  *code = size;
  cpt_statement_bind_int (statement, 1, shape->entity->number);
  cpt_statement_bind_static (statement, 2, shape->code_names[place]);
  cpt_statement_bind_int (statement, 3, *code);
  cpt_statement_bind_static (statement, 4, text);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_facts_code_reach (CptDatabase          *database,
                      const CptFactsShape  *shape,
                      guint                 place,
                      const char           *text,
                      guint32              *code,
                      GError              **error)
{
  *code = 0;
  if (text == NULL)
    return TRUE;

  return find_code (database, shape, place, text, code, error) &&
         (*code != 0 || add_code (database, shape, place, text, code, error));
}

/* Codes are given one after the other, and none is taken away */
static gboolean
check_dictionary (const CptFactsShape  *shape,
                  guint                 place,
                  GPtrArray            *texts,
                  GError              **error)
{
  for (guint i = 1; i < texts->len; i++)
    if (g_ptr_array_index (texts, i) == NULL)
      {
        g_set_error (error, CPT_ERROR, CPT_ERROR_DAMAGED,
                     /* Translators: a kind of numbers, one of its fields */
                     _("%s: the texts of “%s” can’t be read: the workspace file is damaged."),
                     cpt_entity_get_label_plural (shape->entity), cpt_field_get_label (shape->code_fields[place]));
        return FALSE;
      }

  return TRUE;
}

GPtrArray *
cpt_facts_dictionary_load (CptDatabase          *database,
                           const CptFactsShape  *shape,
                           guint                 place,
                           GError              **error)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  statement = cpt_database_prepare (database, "SELECT code, value FROM fact_value WHERE entity = ? AND name = ? ORDER BY code",
                                    error);
  if (statement == NULL)
    return NULL;

  g_ptr_array_add (texts, NULL);
  cpt_statement_bind_int (statement, 1, shape->entity->number);
  cpt_statement_bind_static (statement, 2, shape->code_names[place]);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      gint64 code = cpt_statement_get_int (statement, 0);

      if (code < 1 || code > CPT_FACTS_MAX_TEXTS)
        continue;
      g_ptr_array_set_size (texts, MAX ((int) texts->len, (int) code + 1));
      g_ptr_array_index (texts, code) = g_strdup (cpt_statement_get_text (statement, 1));
    }

  if (step != CPT_STEP_DONE || !check_dictionary (shape, place, texts, error))
    return NULL;

  return g_steal_pointer (&texts);
}

/* -------------------------------------------------------------------------- parts */

static void
bind_part (CptStatement        *statement,
           const CptFactsShape *shape,
           CptFactsSpan         span,
           gint64               number)
{
  cpt_statement_bind_int (statement, 1, shape->entity->number);
  cpt_statement_bind_int (statement, 2, span);
  cpt_statement_bind_int (statement, 3, number);
}

static gboolean
get_n_rows (CptDatabase          *database,
            const CptFactsShape  *shape,
            CptFactsSpan          span,
            gint64                number,
            guint                *n_rows,
            GError              **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  *n_rows = 0;
  statement = cpt_database_prepare (database, "SELECT n_rows FROM fact_part WHERE entity = ? AND span = ? AND number = ?", error);
  if (statement == NULL)
    return FALSE;

  bind_part (statement, shape, span, number);
  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ROW)
    {
      gint64 found = cpt_statement_get_int (statement, 0);

      if (found < 0 || found > cpt_facts_get_max_rows (span))
        return cpt_facts_set_damaged (shape, number, error);
      *n_rows = (guint) found;
    }

  return step != CPT_STEP_ERROR;
}

static gboolean
get_column_size (CptDatabase          *database,
                 const CptFactsShape  *shape,
                 CptFactsSpan          span,
                 gint64                number,
                 const char           *name,
                 gint64               *size,
                 GError              **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  *size = 0;
  statement = cpt_database_prepare (
    database, "SELECT length (data) FROM fact_column WHERE entity = ? AND span = ? AND number = ? AND name = ?", error);
  if (statement == NULL)
    return FALSE;

  bind_part (statement, shape, span, number);
  cpt_statement_bind_static (statement, 4, name);
  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ROW)
    *size = cpt_statement_get_int (statement, 0);

  return step != CPT_STEP_ERROR;
}

gboolean
cpt_facts_part_check_size (CptDatabase          *database,
                           const CptFactsShape  *shape,
                           CptFactsSpan          span,
                           gint64                number,
                           gint64                n_rows,
                           GError              **error)
{
  if (n_rows < 0 || n_rows > cpt_facts_get_max_rows (span))
    return cpt_facts_set_damaged (shape, number, error);
  if (n_rows <= TRUSTED_ROWS)
    return TRUE;

  /* No two rows have the same codes, so that one column of them takes a byte for each row */
  for (guint i = 0; i < shape->n_codes; i++)
    {
      gint64 size;

      if (!get_column_size (database, shape, span, number, shape->code_names[i], &size, error))
        return FALSE;
      if (size >= n_rows)
        return TRUE;
    }

  return cpt_facts_set_damaged (shape, number, error);
}

/* One column into @rows. A part from before the field was declared has none: it
 * is nothing in all rows. */
static gboolean
load_column (CptDatabase          *database,
             const CptFactsShape  *shape,
             CptFactsSpan          span,
             gint64                number,
             CptFactsRows         *rows,
             guint                 place,
             GError              **error)
{
  gboolean is_code = place < shape->n_codes;
  guint at = is_code ? place : place - shape->n_codes;
  g_autoptr(CptStatement) statement = NULL;
  CptFactsColumn column = { .n_rows = rows->n_rows };
  CptStep step;
  guint size = 1;

  if (is_code && !cpt_facts_dictionary_get_size (database, shape, place, &size, error))
    return FALSE;
  statement = cpt_database_prepare (
    database, "SELECT data FROM fact_column WHERE entity = ? AND span = ? AND number = ? AND name = ?", error);
  if (statement == NULL)
    return FALSE;

  bind_part (statement, shape, span, number);
  cpt_statement_bind_static (statement, 4, cpt_facts_shape_get_name (shape, place));
  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ERROR)
    return FALSE;
  if (step == CPT_STEP_ROW)
    {
      gsize length;
      gconstpointer data = cpt_statement_get_blob (statement, 0, &length);

      if (!cpt_facts_column_init (&column, data, length) || column.n_rows != rows->n_rows)
        return cpt_facts_set_damaged (shape, number, error);
    }

  if (is_code ? !cpt_facts_column_unpack_codes (&column, size, rows->codes[at])
              : !cpt_facts_column_unpack_numbers (&column, cpt_facts_get_limit (span), rows->numbers[at]))
    return cpt_facts_set_damaged (shape, number, error);

  return TRUE;
}

/* What is merged must be in order, and no row of it nothing */
static gboolean
is_sound (const CptFactsShape *shape,
          const CptFactsRows  *rows,
          guint                n_codes)
{
  const gint64 *weights = rows->numbers[shape->n_numbers - 1];

  for (guint i = 0; i < rows->n_rows; i++)
    if (weights[i] <= 0 || (i > 0 && cpt_facts_rows_compare (rows, i - 1, rows, i, n_codes) >= 0))
      return FALSE;

  return TRUE;
}

CptFactsRows *
cpt_facts_part_load (CptDatabase          *database,
                     const CptFactsShape  *shape,
                     CptFactsSpan          span,
                     gint64                number,
                     GError              **error)
{
  g_autoptr(CptFactsRows) rows = cpt_facts_rows_new (shape);
  guint n_rows;

  if (!get_n_rows (database, shape, span, number, &n_rows, error))
    return NULL;
  if (n_rows == 0)
    return g_steal_pointer (&rows);

  if (!cpt_facts_part_check_size (database, shape, span, number, n_rows, error))
    return NULL;
  cpt_facts_rows_extend (rows, n_rows);
  for (guint i = 0; i < shape->n_codes + shape->n_numbers; i++)
    if (!load_column (database, shape, span, number, rows, i, error))
      return NULL;

  if (!is_sound (shape, rows, span == CPT_FACTS_DAY ? shape->n_keys : shape->n_codes))
    {
      cpt_facts_set_damaged (shape, number, error);
      return NULL;
    }

  return g_steal_pointer (&rows);
}

static gboolean
save_column (CptDatabase          *database,
             const CptFactsShape  *shape,
             CptFactsSpan          span,
             gint64                number,
             const char           *name,
             GBytes               *bytes,
             GError              **error)
{
  g_autoptr(CptStatement) statement = NULL;
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  statement = cpt_database_prepare (
    database, "INSERT OR REPLACE INTO fact_column (entity, span, number, name, data) VALUES (?, ?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;

  bind_part (statement, shape, span, number);
  cpt_statement_bind_static (statement, 4, name);
  cpt_statement_bind_blob (statement, 5, data, length);

  return cpt_statement_run (statement, error);
}

static gboolean
remove_part (CptDatabase          *database,
             const CptFactsShape  *shape,
             CptFactsSpan          span,
             gint64                number,
             GError              **error)
{
  const gint64 part[] = { shape->entity->number, span, number };

  if (!cpt_database_run_numbers (database, "DELETE FROM fact_part WHERE entity = ? AND span = ? AND number = ?", part, 3, error))
    return FALSE;

  for (guint i = 0; i < shape->n_codes + shape->n_numbers; i++)
    {
      g_autoptr(CptStatement) statement = cpt_database_prepare (
        database, "DELETE FROM fact_column WHERE entity = ? AND span = ? AND number = ? AND name = ?", error);

      if (statement == NULL)
        return FALSE;
      bind_part (statement, shape, span, number);
      cpt_statement_bind_static (statement, 4,
                                 cpt_facts_shape_get_name (shape, i));
      if (!cpt_statement_run (statement, error))
        return FALSE;
    }

  return TRUE;
}

GBytes *
cpt_facts_rows_pack (const CptFactsRows *rows,
                     guint               place)
{
  return place < rows->n_codes ? cpt_facts_column_pack_codes (rows->codes[place], rows->n_rows)
                               : cpt_facts_column_pack_numbers (rows->numbers[place - rows->n_codes], rows->n_rows);
}

gboolean
cpt_facts_part_save (CptDatabase          *database,
                     const CptFactsShape  *shape,
                     CptFactsSpan          span,
                     gint64                number,
                     const CptFactsRows   *rows,
                     GError              **error)
{
  const gint64 part[] = { shape->entity->number, span, number, rows->n_rows };

  if (rows->n_rows > cpt_facts_get_max_rows (span))
    {
      g_autofree char *when = span == CPT_FACTS_DAY ? cpt_date_format_iso (number) : cpt_bucket_format (CPT_BUCKET_MONTH, number);

      /* Translators: a day or a month */
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("%s would have more than %d different rows, which is too many."), when,
                   (int) cpt_facts_get_max_rows (span));
      return FALSE;
    }
  if (rows->n_rows == 0)
    return remove_part (database, shape, span, number, error);

  for (guint i = 0; i < shape->n_codes + shape->n_numbers; i++)
    {
      g_autoptr(GBytes) bytes = cpt_facts_rows_pack (rows, i);

      if (!save_column (database, shape, span, number, cpt_facts_shape_get_name (shape, i), bytes, error))
        return FALSE;
    }

  return cpt_database_run_numbers (
    database, "INSERT OR REPLACE INTO fact_part (entity, span, number, n_rows) VALUES (?, ?, ?, ?)", part, 4, error);
}
