/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a delivery replaced, kept in the file so that it can be taken back.
 *
 *   byte 0       1, the layout
 *   bytes 1–4    how many rows
 *   then         for each field that is not nothing in all of them: the length of its
 *                name in a byte, the name, the length of its column in 4 bytes, the column
 *
 * All little-endian. Fields are found by their names: those that a later version of
 * the program adds, wherever it does, are nothing in rows from before, and make no
 * difference to their digest. */

#include "config.h"

#include "cpt-facts-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-database-private.h"
#include "cpt-error.h"

#define LAYOUT 1
#define HEADER_SIZE 5

/* The bytes of a column; NULL when it is nothing in all rows */
static GBytes *
pack_unless_nothing (const CptFactsRows *rows,
                     guint               place)
{
  GBytes *bytes = cpt_facts_rows_pack (rows, place);
  CptFactsColumn column;

  if (cpt_facts_column_init (&column, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) &&
      cpt_facts_column_is_nothing (&column))
    g_clear_pointer (&bytes, g_bytes_unref);

  return bytes;
}

static void
append_size (GByteArray *to,
             guint32     size)
{
  size = GUINT32_TO_LE (size);
  g_byte_array_append (to, (const guint8 *) &size, sizeof size);
}

static GBytes *
pack_rows (const CptFactsShape *shape,
           const CptFactsRows  *rows)
{
  g_autoptr(GByteArray) all = g_byte_array_new ();
  const guint8 layout = LAYOUT;

  g_byte_array_append (all, &layout, 1);
  append_size (all, rows->n_rows);
  for (guint i = 0; i < shape->n_codes + shape->n_numbers; i++)
    {
      g_autoptr(GBytes) bytes = pack_unless_nothing (rows, i);
      const char *name = cpt_facts_shape_get_name (shape, i);
      const guint8 length = (guint8) strlen (name);

      if (bytes == NULL)
        continue;
      g_byte_array_append (all, &length, 1);
      g_byte_array_append (all, (const guint8 *) name, length);
      append_size (all, (guint32) g_bytes_get_size (bytes));
      g_byte_array_append (all, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

gboolean
cpt_facts_former_save (CptDatabase          *database,
                       const CptFactsShape  *shape,
                       gint64                sequence,
                       gint64                day,
                       const CptFactsRows   *rows,
                       const guint8         *digest,
                       GError              **error)
{
  g_autoptr(GBytes) bytes = rows == NULL ? NULL : pack_rows (shape, rows);
  g_autoptr(CptStatement) statement = NULL;
  gsize length = 0;
  gconstpointer data = bytes == NULL ? NULL : g_bytes_get_data (bytes, &length);

  statement = cpt_database_prepare (
    database, "INSERT OR REPLACE INTO fact_former (sequence, day, digest, data) VALUES (?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, sequence);
  cpt_statement_bind_int (statement, 2, day);
  cpt_statement_bind_blob (statement, 3, digest, CPT_FACTS_DIGEST_SIZE);
  if (data != NULL)
    cpt_statement_bind_blob (statement, 4, data, length);

  return cpt_statement_run (statement, error);
}

/* What has not been read yet */
typedef struct
{
  const guint8 *bytes;
  gsize length;
} Rest;

static const guint8 *
take (Rest  *self,
      gsize  length)
{
  const guint8 *bytes = self->bytes;

  if (length > self->length)
    return NULL;

  self->bytes += length;
  self->length -= length;

  return bytes;
}

static gboolean
take_size (Rest    *self,
           guint32 *size)
{
  const guint8 *bytes = take (self, sizeof *size);

  if (bytes == NULL)
    return FALSE;

  memcpy (size, bytes, sizeof *size);
  *size = GUINT32_FROM_LE (*size);

  return TRUE;
}

static int
find_place (const CptFactsShape *shape,
            const guint8        *name,
            gsize                length)
{
  for (guint i = 0; i < shape->n_codes + shape->n_numbers; i++)
    {
      const char *own = cpt_facts_shape_get_name (shape, i);

      if (strlen (own) == length && memcmp (own, name, length) == 0)
        return (int) i;
    }

  return -1;
}

static gboolean
unpack_column (const CptFactsShape *shape,
               const guint         *sizes,
               CptFactsRows        *rows,
               Rest                *rest)
{
  const guint8 *length = take (rest, 1);
  const guint8 *name = length != NULL ? take (rest, *length) : NULL;
  int place = name != NULL ? find_place (shape, name, *length) : -1;
  CptFactsColumn column;
  const guint8 *data;
  guint32 size;

  if (place < 0 || !take_size (rest, &size))
    return FALSE;
  data = take (rest, size);
  if (data == NULL || !cpt_facts_column_init (&column, data, size) || column.n_rows != rows->n_rows)
    return FALSE;

  return place < (int) rows->n_codes
           ? cpt_facts_column_unpack_codes (&column, sizes != NULL ? sizes[place] : CPT_FACTS_MAX_TEXTS + 1, rows->codes[place])
           : cpt_facts_column_unpack_numbers (&column, CPT_FACTS_MAX_NUMBER, rows->numbers[place - (int) rows->n_codes]);
}

/* Rows of nothing. As no two of them are the same, one byte at least is of each. */
static gboolean
begin_rows (CptFactsRows *rows,
            Rest         *rest)
{
  const guint8 *layout = take (rest, 1);
  guint32 n_rows;

  if (layout == NULL || *layout != LAYOUT || !take_size (rest, &n_rows) || n_rows > CPT_FACTS_MAX_PER_DAY ||
      (n_rows > 1 && n_rows > rest->length))
    return FALSE;
  if (n_rows == 0)
    return TRUE;

  cpt_facts_rows_extend (rows, n_rows);
  for (guint i = 0; i < rows->n_codes; i++)
    memset (rows->codes[i], 0, n_rows * sizeof (guint32));
  for (guint i = 0; i < rows->n_numbers; i++)
    memset (rows->numbers[i], 0, n_rows * sizeof (gint64));

  return TRUE;
}

static gboolean
is_in_order (const CptFactsShape *shape,
             const CptFactsRows  *rows)
{
  for (guint i = 1; i < rows->n_rows; i++)
    if (cpt_facts_rows_compare (rows, i - 1, rows, i, shape->n_keys) >= 0)
      return FALSE;

  return TRUE;
}

CptFactsRows *
cpt_facts_former_unpack (const CptFactsShape  *shape,
                         const guint          *sizes,
                         gconstpointer         data,
                         gsize                 length,
                         GError              **error)
{
  g_autoptr(CptFactsRows) rows = cpt_facts_rows_new (shape);
  Rest rest = { data, length };
  gboolean is_good = begin_rows (rows, &rest);

  while (is_good && rest.length > 0)
    is_good = unpack_column (shape, sizes, rows, &rest);
  if (!is_good || !is_in_order (shape, rows))
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_DAMAGED,
                           _("What was there before can’t be read: the workspace file is damaged."));
      return NULL;
    }

  return g_steal_pointer (&rows);
}

gboolean
cpt_facts_former_load (CptDatabase          *database,
                       const CptFactsShape  *shape,
                       gint64                sequence,
                       gint64                day,
                       gboolean             *is_found,
                       CptFactsRows        **rows,
                       GError              **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  *rows = NULL;
  statement = cpt_database_prepare (database, "SELECT data FROM fact_former WHERE sequence = ? AND day = ?", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, sequence);
  cpt_statement_bind_int (statement, 2, day);
  step = cpt_statement_step (statement, error);
  *is_found = step == CPT_STEP_ROW;
  if (*is_found && !cpt_statement_is_null (statement, 0))
    {
      gsize length;
      gconstpointer data = cpt_statement_get_blob (statement, 0, &length);

      *rows = cpt_facts_former_unpack (shape, NULL, data, length, error);
      return *rows != NULL;
    }

  return step != CPT_STEP_ERROR;
}

void
cpt_facts_rows_digest (const CptFactsRows  *self,
                       const CptFactsShape *shape,
                       guint8              *digest)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = CPT_FACTS_DIGEST_SIZE;

  for (guint i = 0; i < shape->n_codes + shape->n_numbers; i++)
    {
      g_autoptr(GBytes) bytes = pack_unless_nothing (self, i);
      const char *name = cpt_facts_shape_get_name (shape, i);

      if (bytes == NULL)
        continue;
      g_checksum_update (checksum, (const guchar *) name, (gssize) strlen (name) + 1);
      g_checksum_update (checksum, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
    }
  g_checksum_get_digest (checksum, digest, &length);
}
