/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of records. A file is a record like any other, so that history, undo,
 * trash, merging and links are those of records; its content is a blob, written
 * in the same transaction. */

#include "config.h"

#include "cpt-attachment.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-blob-private.h"
#include "cpt-door-private.h"
#include "cpt-file-name.h"
#include "cpt-json.h"
#include "cpt-sniff.h"

#define READ_BYTES (256 * 1024)

/* What the field says */

void
cpt_attachment_free (CptAttachment *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->type);
  g_free (self->sha256);
  g_free (self);
}

CptAttachment *
cpt_attachment_from_value (const CptValue *value)
{
  g_autoptr(JsonNode) node = NULL;
  CptAttachment *self;
  JsonObject *object;

  g_return_val_if_fail (value != NULL, NULL);

  node = value->type == CPT_VALUE_TEXT ? cpt_json_parse (value->text, -1, NULL) : NULL;
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  object = json_node_get_object (node);
  self = g_new0 (CptAttachment, 1);
  self->name = g_strdup (json_object_get_string_member_with_default (object, "name", ""));
  self->type = g_strdup (json_object_get_string_member_with_default (object, "type", ""));
  self->sha256 = g_strdup (json_object_get_string_member_with_default (object, "sha256", ""));
  self->size = json_object_get_int_member_with_default (object, "size", 0);

  return self;
}

const CptField *
cpt_attachment_get_field (const CptEntity *entity)
{
  g_return_val_if_fail (entity != NULL, NULL);

  for (guint i = 0; i < entity->n_fields; i++)
    if (entity->fields[i]->kind == CPT_FIELD_ATTACHMENT && (entity->fields[i]->flags & CPT_FIELD_REQUIRED) != 0)
      return entity->fields[i];

  return NULL;
}

/* Files from outside */

void
cpt_attachment_file_free (CptAttachmentFile *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

gint64
cpt_attachment_get_limit (CptDatabase *database)
{
  g_autofree char *text = cpt_database_dup_setting (database, CPT_ATTACHMENT_LIMIT_SETTING);
  gint64 limit;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 1, CPT_ATTACHMENT_MAX_LIMIT, &limit, NULL))
    return CPT_ATTACHMENT_DEFAULT_LIMIT;

  return limit;
}

static gboolean
refuse_size (const char  *name,
             gint64       limit,
             GError     **error)
{
  g_autofree char *shown = g_format_size ((guint64) limit);

  g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
               /* Translators: the name of a file and a size: "50 MB" */
               _("“%s” is too large: a file may have %s."), name, shown);

  return FALSE;
}

/* In pieces, since what a file says of its size need not be true */
static gboolean
read_stream (GInputStream  *stream,
             const char    *name,
             gint64         limit,
             GByteArray    *bytes,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autofree guint8 *buffer = g_malloc (READ_BYTES);
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, READ_BYTES, cancellable, error)) > 0)
    {
      if ((gint64) bytes->len + n > limit)
        return refuse_size (name, limit, error);
      g_byte_array_append (bytes, buffer, (guint) n);
    }

  return n == 0;
}

CptAttachmentFile *
cpt_attachment_file_read (GFile         *file,
                          gint64         limit,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autoptr(CptAttachmentFile) self = g_new0 (CptAttachmentFile, 1);
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autoptr(GFileInputStream) stream = NULL;
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *shown = base != NULL ? g_filename_display_name (base) : g_strdup ("");

  self->name = cpt_file_name_clean (shown);
  /* A pipe or a device would never end. */
  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED, _("“%s” is not a file that can be attached."), self->name);
      return NULL;
    }
  stream = g_file_read (file, cancellable, error);
  if (stream == NULL || !read_stream (G_INPUT_STREAM (stream), self->name, limit, bytes, cancellable, error))
    return NULL;

  self->bytes = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));

  return g_steal_pointer (&self);
}

static gboolean
check_number (guint    n_files,
              GError **error)
{
  if (n_files <= CPT_ATTACHMENT_MAX_FILES)
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("At most %u files can be attached at once."), CPT_ATTACHMENT_MAX_FILES);

  return FALSE;
}

static GPtrArray *
refuse_total (GError **error)
{
  g_autofree char *shown = g_format_size (CPT_ATTACHMENT_MAX_BYTES);

  g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
               /* Translators: %s is a size: "500 MB" */
               _("These files have more than %s together. Attach a few of them at a time."), shown);

  return NULL;
}

GPtrArray *
cpt_attachment_read_files (GPtrArray     *files,
                           gint64         limit,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_autoptr(GPtrArray) read = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_attachment_file_free);
  gsize total = 0;

  g_return_val_if_fail (files != NULL, NULL);

  if (!check_number (files->len, error))
    return NULL;

  for (guint i = 0; i < files->len; i++)
    {
      CptAttachmentFile *file = cpt_attachment_file_read (g_ptr_array_index (files, i), limit, cancellable, error);

      if (file == NULL)
        return NULL;
      g_ptr_array_add (read, file);
      total += g_bytes_get_size (file->bytes);
      if (total > CPT_ATTACHMENT_MAX_BYTES)
        return refuse_total (error);
    }

  return g_steal_pointer (&read);
}

/* Attaching */

typedef struct
{
  CptDatabase *database;
  const CptField *link; /* (nullable): to @target */
  const CptUuid *target;
  GPtrArray *files;
  char **digests; /* of the files */
  CptDoor door;
} Attaching;

/* What a field says of the file */
static CptValue
create_content (const CptAttachmentFile *file,
                const char              *name,
                const char              *digest)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (file->bytes, &size);
  CptValue content = CPT_VALUE_INIT;

  json_node_take_object (node, object);
  json_object_set_string_member (object, "name", name);
  json_object_set_string_member (object, "type", cpt_sniff_type (data, size));
  json_object_set_int_member (object, "size", (gint64) size);
  json_object_set_string_member (object, "sha256", digest);
  cpt_value_take_text (&content, cpt_json_format_canonical (node));

  return content;
}

/* @link (nullable): to @id */
static CptRecord *
create_record (CptDatabase             *database,
               const CptField          *link,
               const CptUuid           *id,
               const CptAttachmentFile *file,
               const char              *digest)
{
  const CptEntity *entity = cpt_schema_find_entity (database->schema, "file");
  CptRecord *record = cpt_record_new (database->schema, entity);
  g_autofree char *name = cpt_file_name_clean (file->name);
  CptValue value = CPT_VALUE_INIT;
  CptValue target = CPT_VALUE_INIT;

  cpt_record_take (record, cpt_attachment_get_field (entity), create_content (file, name, digest));
  cpt_value_set_text (&value, name);
  cpt_record_take (record, cpt_entity_get_title_field (entity), value);
  if (link != NULL)
    {
      cpt_value_set_id (&target, id);
      cpt_record_take (record, link, target);
    }

  return record;
}

static gboolean
attach (CptDatabase  *database,
        gpointer      data,
        GError      **error)
{
  Attaching *attaching = data;

  for (guint i = 0; i < attaching->files->len; i++)
    {
      const CptAttachmentFile *file = g_ptr_array_index (attaching->files, i);

      if (!cpt_blob_store (database, file->bytes, attaching->digests[i], error))
        return FALSE;
    }

  return cpt_door_run (&attaching->door, error);
}

static gboolean
check_files (CptDatabase  *database,
             GPtrArray    *files,
             GError      **error)
{
  gint64 limit = cpt_attachment_get_limit (database);

  if (!check_number (files->len, error))
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      const CptAttachmentFile *file = g_ptr_array_index (files, i);

      if ((gint64) g_bytes_get_size (file->bytes) > limit)
        return refuse_size (file->name, limit, error);
    }

  return TRUE;
}

/* @id (nullable): of the record, where there is one file */
static gboolean
add_files (Attaching       *attaching,
           CptTransaction  *transaction,
           const CptUuid   *id,
           CptCommit       *commit,
           GError         **error)
{
  CptDatabase *database = attaching->database;
  GPtrArray *files = attaching->files;
  g_auto(GStrv) digests = g_new0 (char *, files->len + 1);
  gboolean done;

  if (!check_files (database, files, error))
    return FALSE;

  attaching->digests = digests;
  for (guint i = 0; i < files->len; i++)
    {
      const CptAttachmentFile *file = g_ptr_array_index (files, i);
      g_autoptr(CptRecord) record = NULL;

      digests[i] = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file->bytes);
      record = create_record (database, attaching->link, attaching->target, file, digests[i]);
      if (id != NULL)
        record->id = *id;
      cpt_transaction_create (transaction, record);
    }

  cpt_door_init (&attaching->door, database, transaction);
  done = cpt_database_transact (database, attach, attaching, error);
  if (done)
    cpt_door_report (&attaching->door, commit);
  cpt_door_clear (&attaching->door);

  return done;
}

gboolean
cpt_attachment_add (CptDatabase      *database,
                    const CptEntity  *entity,
                    const CptUuid    *id,
                    GPtrArray        *files,
                    CptOrigin         origin,
                    CptCommit        *commit,
                    GError          **error)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (origin, NULL);
  Attaching attaching = { .database = database, .target = id, .files = files };

  attaching.link = cpt_entity_find_link_to (cpt_schema_find_entity (database->schema, "file"), entity);
  if (attaching.link == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED,
                   /* Translators: a kind of records: "Tags" */
                   _("%s have no files."), cpt_entity_get_label_plural (entity));
      return FALSE;
    }

  return add_files (&attaching, transaction, NULL, commit, error);
}

gboolean
cpt_attachment_add_alone (CptDatabase              *database,
                          const CptAttachmentFile  *file,
                          CptOrigin                 origin,
                          CptUuid                  *id,
                          CptCommit                *commit,
                          GError                  **error)
{
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (origin, NULL);
  g_autoptr(GPtrArray) files = g_ptr_array_new ();
  Attaching attaching = { .database = database, .files = files };

  g_return_val_if_fail (database != NULL && file != NULL && id != NULL, FALSE);

  g_ptr_array_add (files, (gpointer) file);
  cpt_uuid_generate (id, cpt_database_get_now (database) / 1000);

  return add_files (&attaching, transaction, id, commit, error);
}

/* A file in a field */

typedef struct
{
  GBytes *bytes;
  char *digest;
} Keeping;

static gboolean
keep (CptDatabase  *database,
      gpointer      data,
      GError      **error)
{
  const Keeping *keeping = data;

  return cpt_blob_store (database, keeping->bytes, keeping->digest, error);
}

gboolean
cpt_attachment_keep (CptDatabase              *database,
                     const CptAttachmentFile  *file,
                     CptValue                 *value,
                     GError                  **error)
{
  g_autofree char *name = NULL;
  g_autofree char *digest = NULL;
  Keeping keeping = { 0 };
  gint64 limit;

  g_return_val_if_fail (database != NULL && file != NULL && value != NULL, FALSE);

  limit = cpt_attachment_get_limit (database);
  name = cpt_file_name_clean (file->name);
  if ((gint64) g_bytes_get_size (file->bytes) > limit)
    return refuse_size (name, limit, error);

  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file->bytes);
  keeping = (Keeping){ file->bytes, digest };
  if (!cpt_database_transact (database, keep, &keeping, error))
    return FALSE;

  cpt_value_clear (value);
  *value = create_content (file, name, digest);

  return TRUE;
}

gboolean
cpt_attachment_check_limit (gint64   limit,
                            GError **error)
{
  if (limit < CPT_ATTACHMENT_MIN_LIMIT || limit > CPT_ATTACHMENT_MAX_LIMIT)
    {
      g_autofree char *least = g_format_size (CPT_ATTACHMENT_MIN_LIMIT);
      g_autofree char *most = g_format_size (CPT_ATTACHMENT_MAX_LIMIT);

      /* Translators: two sizes: "1 MB", "500 MB" */
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("The size of a file must be between %s and %s."), least, most);
      return FALSE;
    }

  return TRUE;
}

gboolean
cpt_attachment_set_limit (CptDatabase  *database,
                          gint64        limit,
                          GError      **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, limit);

  g_return_val_if_fail (database != NULL, FALSE);

  return cpt_attachment_check_limit (limit, error) &&
         cpt_database_set_setting (database, CPT_ATTACHMENT_LIMIT_SETTING, text, error);
}
