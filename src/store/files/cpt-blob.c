/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bytes by their checksum, in pieces: a piece fits into the cache of SQLite, so
 * that neither writing nor reading needs room for all of it in the database.
 *
 * A blob is written in the transaction that stores the first record which
 * refers to it, and stays as long as any record that is there or could come back
 * does. */

#include "config.h"

#include "cpt-blob-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-attachment.h"
#include "cpt-database-private.h"
#include "cpt-error.h"
#include "cpt-sql-private.h"

#define CHUNK_BYTES (256 * 1024)
#define DIGEST_BYTES 32
#define MAX_DETAILS 20

/* FALSE for what is no digest */
static gboolean
parse_digest (const char *text,
              guint8      bytes[DIGEST_BYTES])
{
  if (text == NULL || strlen (text) != 2 * DIGEST_BYTES)
    return FALSE;

  for (guint i = 0; i < DIGEST_BYTES; i++)
    {
      int high = g_ascii_xdigit_value (text[2 * i]);
      int low = g_ascii_xdigit_value (text[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      bytes[i] = (guint8) (high << 4 | low);
    }

  return TRUE;
}

/* 0 when it is not here */
static gboolean
find (CptDatabase  *database,
      const char   *digest,
      gint64       *blob,
      gint64       *size,
      GError      **error)
{
  guint8 bytes[DIGEST_BYTES];
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  *blob = 0;
  if (!parse_digest (digest, bytes))
    return TRUE;

  statement = cpt_database_prepare (database, "SELECT blob_id, size FROM blob WHERE digest = ?", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_blob (statement, 1, bytes, sizeof bytes);
  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ROW)
    {
      *blob = cpt_statement_get_int (statement, 0);
      *size = cpt_statement_get_int (statement, 1);
    }

  return step != CPT_STEP_ERROR;
}

gboolean
cpt_blob_find (CptDatabase  *database,
               const char   *digest,
               gboolean     *found,
               gint64       *size,
               GError      **error)
{
  gint64 blob, length = 0;

  if (!find (database, digest, &blob, &length, error))
    return FALSE;

  *found = blob != 0;
  if (size != NULL)
    *size = length;

  return TRUE;
}

static gboolean
add_chunks (CptDatabase  *database,
            gint64        blob,
            GBytes       *bytes,
            GError      **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database, "INSERT INTO blob_chunk (blob_id, number, data) VALUES (?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;

  for (gsize at = 0, number = 0; at < size; at += CHUNK_BYTES, number++)
    {
      cpt_statement_reset (statement);
      cpt_statement_bind_int (statement, 1, blob);
      cpt_statement_bind_int (statement, 2, (gint64) number);
      cpt_statement_bind_blob (statement, 3, data + at, (int) MIN (size - at, CHUNK_BYTES));
      if (!cpt_statement_run (statement, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
cpt_blob_store (CptDatabase  *database,
                GBytes       *bytes,
                const char   *digest,
                GError      **error)
{
  guint8 key[DIGEST_BYTES];
  gint64 blob, size;
  g_autoptr(CptStatement) statement = NULL;

  g_return_val_if_fail (parse_digest (digest, key), FALSE);

  if (!find (database, digest, &blob, &size, error))
    return FALSE;
  if (blob != 0)
    return TRUE;

  statement = cpt_database_prepare (database, "INSERT INTO blob (digest, size) VALUES (?, ?)", error);
  if (statement == NULL)
    return FALSE;
  cpt_statement_bind_blob (statement, 1, key, sizeof key);
  cpt_statement_bind_int (statement, 2, (gint64) g_bytes_get_size (bytes));

  return cpt_statement_run (statement, error) && add_chunks (database, cpt_database_get_last_row (database), bytes, error);
}

/* Reading */

typedef struct
{
  const char *digest;
  GByteArray *bytes;
} Reading;

/* Every piece in its place; stops when more comes than there should be */
static gboolean
read_chunks (CptDatabase  *database,
             gint64        blob,
             gint64        size,
             GByteArray   *bytes,
             GError      **error)
{
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database, "SELECT data FROM blob_chunk WHERE blob_id = ? ORDER BY number", error);
  CptStep step;

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, blob);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW && bytes->len <= size)
    {
      const void *data = sqlite3_column_blob (statement->handle, 0);
      int length = sqlite3_column_bytes (statement->handle, 0);

      if (data != NULL && length > 0)
        g_byte_array_append (bytes, data, (guint) length);
    }

  return step != CPT_STEP_ERROR;
}

static gboolean
read_all (CptDatabase  *database,
          gpointer      data,
          GError      **error)
{
  Reading *reading = data;
  g_autofree char *digest = NULL;
  gint64 blob, size;

  if (!find (database, reading->digest, &blob, &size, error))
    return FALSE;
  if (blob == 0)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("The content of this file is not in the workspace."));
      return FALSE;
    }
  if (!read_chunks (database, blob, size, reading->bytes, error))
    return FALSE;

  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, reading->bytes->data, reading->bytes->len);
  if ((gint64) reading->bytes->len == size && strcmp (digest, reading->digest) == 0)
    return TRUE;

  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_DAMAGED,
                       _("The content of this file is damaged: it is not what was stored."));

  return FALSE;
}

GBytes *
cpt_blob_read (CptDatabase  *database,
               const char   *digest,
               GError      **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  Reading reading = { .digest = digest, .bytes = bytes };

  g_return_val_if_fail (digest != NULL, NULL);

  if (!cpt_database_snapshot (database, read_all, &reading, error))
    return NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* What refers to blobs */

static const CptField *
find_attachment (const CptEntity *entity,
                 guint           *next)
{
  for (; *next < entity->n_fields; (*next)++)
    if (entity->fields[*next]->kind == CPT_FIELD_ATTACHMENT)
      return entity->fields[(*next)++];

  return NULL;
}

/* Every digest in the JSON that a column of texts holds: in any member, so that
 * what another version keeps differently counts as well */
static gboolean
collect (CptDatabase  *database,
         GHashTable   *digests,
         const char   *sql,
         GError      **error)
{
  g_autoptr(CptStatement) statement = cpt_database_prepare (database, sql, error);
  CptStep step;

  if (statement == NULL)
    return FALSE;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    for (const char *text = cpt_statement_get_text (statement, 0); text != NULL && *text != '\0';)
      {
        gsize length = strspn (text, "0123456789abcdef");

        if (length == 2 * DIGEST_BYTES)
          g_hash_table_add (digests, g_strndup (text, length));
        text += length;
        if (*text != '\0')
          text++;
      }

  return step == CPT_STEP_DONE;
}

/* Live records, the trash, and everything that an undo could bring back */
static gboolean
collect_all (CptDatabase  *database,
             GHashTable   *digests,
             GError      **error)
{
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (database->schema, &n_entities);

  for (guint i = 0; i < n_entities; i++)
    {
      guint next = 0;
      const CptField *field;

      while ((field = find_attachment (entities[i], &next)) != NULL)
        {
          g_autofree char *column = field->is_custom ? g_strdup ("custom") : g_strdup_printf ("\"%s\"", field->name);
          g_autofree char *sql =
            g_strdup_printf ("SELECT %s FROM \"%s\" WHERE %s IS NOT NULL", column, entities[i]->name, column);

          if (!collect (database, digests, sql, error))
            return FALSE;
        }
    }

  return collect (database, digests, "SELECT body FROM trash WHERE instr (body, 'sha256') > 0", error) &&
         collect (database, digests, "SELECT custom FROM trash WHERE instr (custom, 'sha256') > 0", error) &&
         collect (database, digests, "SELECT fields FROM log_change WHERE instr (fields, 'sha256') > 0", error);
}

typedef struct
{
  guint64 n_removed;
  guint64 n_bytes;
} Cleaning;

static gboolean
remove_blob (CptDatabase  *database,
             gint64        blob,
             GError      **error)
{
  return cpt_database_run_numbers (database, "DELETE FROM blob_chunk WHERE blob_id = ?", &blob, 1, error) &&
         cpt_database_run_numbers (database, "DELETE FROM blob WHERE blob_id = ?", &blob, 1, error);
}

static gboolean
clean (CptDatabase  *database,
       gpointer      data,
       GError      **error)
{
  Cleaning *cleaning = data;
  g_autoptr(GHashTable) digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GArray) unused = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  if (!collect_all (database, digests, error))
    return FALSE;
  statement = cpt_database_prepare (database, "SELECT blob_id, lower (hex (digest)), size FROM blob", error);
  if (statement == NULL)
    return FALSE;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      gint64 blob = cpt_statement_get_int (statement, 0);
      const char *digest = cpt_statement_get_text (statement, 1);

      if (digest == NULL || g_hash_table_contains (digests, digest))
        continue;
      g_array_append_val (unused, blob);
      cleaning->n_bytes += (guint64) cpt_statement_get_int (statement, 2);
    }
  if (step != CPT_STEP_DONE)
    return FALSE;

  cleaning->n_removed = unused->len;
  for (guint i = 0; i < unused->len; i++)
    if (!remove_blob (database, g_array_index (unused, gint64, i), error))
      return FALSE;

  return TRUE;
}

gboolean
cpt_blob_clean (CptDatabase  *database,
                guint64      *n_removed,
                guint64      *n_bytes,
                GError      **error)
{
  Cleaning cleaning = { 0 };

  g_return_val_if_fail (n_removed != NULL && n_bytes != NULL, FALSE);

  if (!cpt_database_transact (database, clean, &cleaning, error))
    return FALSE;

  *n_removed = cleaning.n_removed;
  *n_bytes = cleaning.n_bytes;

  return TRUE;
}

/* Checking */

/* (element-type utf8): what there are contents of */
static GHashTable *
list_digests (CptDatabase  *database,
              GError      **error)
{
  g_autoptr(GHashTable) digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(CptStatement) statement = cpt_database_prepare (database, "SELECT lower (hex (digest)) FROM blob", error);
  CptStep step;

  if (statement == NULL)
    return NULL;
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    g_hash_table_add (digests, g_strdup (cpt_statement_get_text (statement, 0)));

  return step == CPT_STEP_DONE ? g_steal_pointer (&digests) : NULL;
}

static gboolean
check_contents (CptDatabase  *database,
                GHashTable   *digests,
                GPtrArray    *findings,
                GError      **error)
{
  GHashTableIter iter;
  gpointer digest;
  guint n_wrong = 0;

  g_hash_table_iter_init (&iter, digests);
  while (g_hash_table_iter_next (&iter, &digest, NULL))
    {
      g_autoptr(GError) own_error = NULL;
      g_autoptr(GBytes) bytes = cpt_blob_read (database, digest, &own_error);

      if (g_error_matches (own_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&own_error));
          return FALSE;
        }
      n_wrong += bytes == NULL;
    }
  if (n_wrong > 0)
    g_ptr_array_add (findings, g_strdup_printf (ngettext ("%u file is not what was stored: its checksum is another.",
                                                          "%u files are not what was stored: their checksums are others.",
                                                          n_wrong),
                                                n_wrong));

  return TRUE;
}

/* What records of @entity say in @field, against what is there */
static gboolean
check_field (CptDatabase      *database,
             const CptEntity  *entity,
             const CptField   *field,
             GHashTable       *digests,
             GPtrArray        *findings,
             GError          **error)
{
  gboolean is_file = g_str_equal (entity->name, "file");
  g_auto(CptSql) sql = { 0 };
  g_autoptr(CptStatement) statement = NULL;
  guint n_found = 0;
  CptStep step;

  cpt_sql_init (&sql, database);
  cpt_sql_add (&sql, "SELECT ");
  cpt_sql_add_column (&sql, "t", cpt_entity_get_title_field (entity));
  cpt_sql_add (&sql, ", ");
  cpt_sql_add_column (&sql, "t", field);
  cpt_sql_printf (&sql, " FROM \"%s\" AS t WHERE ", entity->name);
  cpt_sql_add_column (&sql, "t", field);
  cpt_sql_add (&sql, " IS NOT NULL");
  statement = cpt_sql_prepare (&sql, error);
  if (statement == NULL)
    return FALSE;

  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      const char *name = cpt_statement_get_text (statement, 0);
      g_auto(CptValue) value = CPT_VALUE_INIT;
      g_autoptr(CptAttachment) attachment = NULL;

      cpt_value_set_text (&value, cpt_statement_get_text (statement, 1));
      attachment = cpt_attachment_from_value (&value);
      if ((attachment != NULL && g_hash_table_contains (digests, attachment->sha256)) || n_found++ >= MAX_DETAILS)
        continue;
      /* Files are records that people rename; others have a title of their own. */
      if (!is_file && attachment != NULL && attachment->name != NULL)
        name = attachment->name;
      /* Translators: %s is the name of a file */
      g_ptr_array_add (findings, g_strdup_printf (_("The content of the file “%s” is missing."), name != NULL ? name : ""));
    }

  return step == CPT_STEP_DONE;
}

static gboolean
check_records (CptDatabase  *database,
               GHashTable   *digests,
               GPtrArray    *findings,
               GError      **error)
{
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (database->schema, &n_entities);

  for (guint i = 0; i < n_entities; i++)
    {
      const CptField *field;
      guint next = 0;

      while ((field = find_attachment (entities[i], &next)) != NULL)
        if (!check_field (database, entities[i], field, digests, findings, error))
          return FALSE;
    }

  return TRUE;
}

gboolean
cpt_blob_check (CptDatabase  *database,
                GPtrArray    *findings,
                GError      **error)
{
  g_autoptr(GHashTable) digests = list_digests (database, error);

  return digests != NULL && check_contents (database, digests, findings, error) &&
         check_records (database, digests, findings, error);
}
