/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What other programs get of records that are dropped on them. It is made on a
 * reading thread when it is asked for, and written to them when it is there. */
#include "config.h"
#include "cpt-dragged-content.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-export.h"
#include "cpt-file-name.h"
#include "cpt-item-import.h"
#include "cpt-private-copy.h"

struct _CptDraggedContent
{
  GdkContentProvider parent_instance;

  CptDragged *dragged;
};

G_DEFINE_FINAL_TYPE (CptDraggedContent, cpt_dragged_content, GDK_TYPE_CONTENT_PROVIDER)

typedef enum
{
  FORMAT_CSV,
  FORMAT_VCARD,
  FORMAT_TITLES,
  FORMAT_FILE, /* for all types that stand for a list of files */
} Format;

/* In the order in which they are offered */
static const struct
{
  const char *type;
  Format format;
} types[] = {
  { "text/csv", FORMAT_CSV },
  { "text/vcard", FORMAT_VCARD },
  { "text/plain;charset=utf-8", FORMAT_TITLES },
  { "text/plain", FORMAT_TITLES },
};

static gboolean
has_cards (const CptDragged *dragged)
{
  return cpt_item_file_for_entity (dragged->entity) == CPT_ITEM_FILE_VCARD;
}

static GdkContentFormats *
cpt_dragged_content_ref_formats (GdkContentProvider *provider)
{
  CptDraggedContent *self = CPT_DRAGGED_CONTENT (provider);
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();
  GdkContentFormats *files = gdk_content_formats_new_for_gtype (GDK_TYPE_FILE_LIST);
  gsize n_types;
  const char *const *names;

  gdk_content_formats_builder_add_gtype (builder, CPT_TYPE_DRAGGED);
  files = gdk_content_formats_union_serialize_mime_types (files);
  names = gdk_content_formats_get_mime_types (files, &n_types);
  for (gsize i = 0; i < n_types; i++)
    gdk_content_formats_builder_add_mime_type (builder, names[i]);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].format != FORMAT_VCARD || has_cards (self->dragged))
      gdk_content_formats_builder_add_mime_type (builder, types[i].type);
  gdk_content_formats_unref (files);

  return gdk_content_formats_builder_free_to_formats (builder);
}

static gboolean
cpt_dragged_content_get_value (GdkContentProvider  *provider,
                               GValue              *value,
                               GError             **error)
{
  if (!G_VALUE_HOLDS (value, CPT_TYPE_DRAGGED))
    return GDK_CONTENT_PROVIDER_CLASS (cpt_dragged_content_parent_class)->get_value (provider, value, error);

  g_value_set_boxed (value, CPT_DRAGGED_CONTENT (provider)->dragged);

  return TRUE;
}

/* Making it, on a worker */

typedef struct
{
  CptSchema *schema; /* (owned) */
  const CptEntity *entity;
  GArray *rows; /* (owned) (element-type gint64) */
  Format format;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  cpt_schema_unref (self->schema);
  g_array_unref (self->rows);
  g_free (self);
}

static gboolean
write_titles (CptDatabase    *database,
              const Job      *job,
              GOutputStream  *stream,
              GError        **error)
{
  for (guint i = 0; i < job->rows->len; i++)
    {
      g_autoptr(CptRecord) record = cpt_database_load_row (database, job->entity, g_array_index (job->rows, gint64, i), NULL);
      g_autofree char *title = record != NULL ? cpt_record_dup_title (record) : NULL;

      if (title != NULL && !g_output_stream_printf (stream, NULL, NULL, error, "%s\n", title))
        return FALSE;
    }

  return TRUE;
}

static GBytes *
make_text (CptDatabase   *database,
           const Job     *job,
           Format         format,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr(CptQuery) query = cpt_query_new (job->schema, job->entity);
  CptItemExport cards = { .query = query, .rows = job->rows, .version = 4 };
  gboolean is_done;

  if (format == FORMAT_VCARD)
    is_done = cpt_card_export (&cards, database, stream, cancellable, error);
  else if (format == FORMAT_CSV)
    is_done = cpt_export_rows (database, query, job->rows, CPT_EXPORT_CSV, stream, cancellable, error) >= 0;
  else
    is_done = write_titles (database, job, stream, error);
  if (!is_done || !g_output_stream_close (stream, cancellable, error))
    return NULL;

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

/* "Contacts.vcf", or the title of the one record */
static char *
dup_file_name (CptDatabase *database,
               const Job   *job,
               Format       format)
{
  g_autoptr(CptRecord) record =
    job->rows->len == 1 ? cpt_database_load_row (database, job->entity, g_array_index (job->rows, gint64, 0), NULL) : NULL;
  g_autofree char *title = record != NULL ? cpt_record_dup_title (record) : g_strdup (cpt_entity_get_label_plural (job->entity));
  g_autofree char *name = g_strconcat (title, format == FORMAT_VCARD ? ".vcf" : ".csv", NULL);

  g_strdelimit (name, "/\\", '-');

  return cpt_file_name_clean (name);
}

/* The bytes, or the path of the file */
static gpointer
make_in_worker (CptDatabase   *database,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const Job *job = data;
  Format format = job->format;
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  if (job->format == FORMAT_FILE)
    format = cpt_item_file_for_entity (job->entity) == CPT_ITEM_FILE_VCARD ? FORMAT_VCARD : FORMAT_CSV;
  bytes = make_text (database, job, format, cancellable, error);
  if (bytes == NULL || job->format != FORMAT_FILE)
    return g_steal_pointer (&bytes);

  name = dup_file_name (database, job, format);
  path = cpt_private_copy_write (name, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0600, error);

  return path != NULL ? g_bytes_new (path, strlen (path) + 1) : NULL;
}

/* Handing it over */

typedef struct
{
  GOutputStream *stream; /* (owned) */
  int priority;
  char *type;
  Format format;
  GBytes *bytes; /* (owned) (nullable): what is written */
} Writing;

static void
writing_free (gpointer data)
{
  Writing *self = data;

  g_object_unref (self->stream);
  g_free (self->type);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
serialized_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (gdk_content_serialize_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Writing *writing = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  writing->bytes = cpt_store_finish (CPT_STORE (source), result, &error);
  if (writing->bytes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (writing->format == FORMAT_FILE)
    {
      g_autoptr(GFile) file = g_file_new_for_path (g_bytes_get_data (writing->bytes, NULL));
      g_auto(GValue) value = G_VALUE_INIT;
      GSList files = { .data = file };

      g_value_init (&value, GDK_TYPE_FILE_LIST);
      g_value_take_boxed (&value, gdk_file_list_new_from_list (&files));
      gdk_content_serialize_async (writing->stream, writing->type, &value, writing->priority, cancellable, serialized_cb,
                                   g_steal_pointer (&task));
      return;
    }

  g_output_stream_write_all_async (writing->stream, g_bytes_get_data (writing->bytes, NULL), g_bytes_get_size (writing->bytes),
                                   writing->priority, cancellable, written_cb, g_steal_pointer (&task));
}

static void
cpt_dragged_content_write_mime_type_async (GdkContentProvider  *provider,
                                           const char          *type,
                                           GOutputStream       *stream,
                                           int                  priority,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data)
{
  CptDragged *dragged = CPT_DRAGGED_CONTENT (provider)->dragged;
  GTask *task = g_task_new (provider, cancellable, callback, user_data);
  Writing *writing = g_new0 (Writing, 1);
  Job *job = g_new0 (Job, 1);

  writing->stream = g_object_ref (stream);
  writing->priority = priority;
  writing->type = g_strdup (type);
  writing->format = FORMAT_FILE;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strcmp (type, types[i].type) == 0)
      writing->format = types[i].format;
  g_task_set_name (task, G_STRFUNC);
  g_task_set_task_data (task, writing, writing_free);

  job->schema = cpt_schema_ref (dragged->schema);
  job->entity = dragged->entity;
  job->rows = g_array_copy (dragged->rows);
  job->format = writing->format;
  cpt_store_read_async (dragged->store, G_PRIORITY_DEFAULT, make_in_worker, job, job_free, (GDestroyNotify) g_bytes_unref,
                        cancellable, made_cb, task);
}

static gboolean
cpt_dragged_content_write_mime_type_finish (GdkContentProvider  *provider,
                                            GAsyncResult        *result,
                                            GError             **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
cpt_dragged_content_finalize (GObject *object)
{
  cpt_dragged_unref (CPT_DRAGGED_CONTENT (object)->dragged);

  G_OBJECT_CLASS (cpt_dragged_content_parent_class)->finalize (object);
}

static void
cpt_dragged_content_class_init (CptDraggedContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cpt_dragged_content_finalize;
  provider_class->ref_formats = cpt_dragged_content_ref_formats;
  provider_class->get_value = cpt_dragged_content_get_value;
  provider_class->write_mime_type_async = cpt_dragged_content_write_mime_type_async;
  provider_class->write_mime_type_finish = cpt_dragged_content_write_mime_type_finish;
}

static void
cpt_dragged_content_init (CptDraggedContent *self)
{
}

GdkContentProvider *
cpt_dragged_content_new (CptDragged *dragged)
{
  CptDraggedContent *self;

  g_return_val_if_fail (dragged != NULL, NULL);

  self = g_object_new (CPT_TYPE_DRAGGED_CONTENT, NULL);
  self->dragged = cpt_dragged_ref (dragged);

  return GDK_CONTENT_PROVIDER (self);
}
