/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Contents of files between the workspace and the machine. What comes out is a
 * private copy without the right to be run, in a folder of its own; copies of
 * earlier days are removed when another one is made. What a file is is found out
 * from its bytes once more: the record may have come from anywhere.
 */

#include "config.h"

#include "cpt-file-job.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "cpt-blob.h"
#include "cpt-error.h"
#include "cpt-file-name.h"
#include "cpt-output.h"
#include "cpt-private-copy.h"
#include "cpt-sniff.h"

/* Attaching */

typedef struct
{
  CptWindow *window; /* (owned) */
  GWeakRef object;   /* to be told */
  void (*callback) (GObject *object);
} Attaching;

static void
attaching_free (Attaching *self)
{
  g_object_unref (self->window);
  g_weak_ref_clear (&self->object);
  g_free (self);
}

/* What the worker gets; nothing of the window is in it */
typedef struct
{
  char *entity;
  CptUuid id;
  GPtrArray *files;
} AttachData;

static void
attach_data_free (gpointer pointer)
{
  AttachData *data = pointer;

  g_free (data->entity);
  g_ptr_array_unref (data->files);
  g_free (data);
}

static gpointer
attach_in_worker (CptDatabase   *database,
                  gpointer       user_data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  const AttachData *data = user_data;
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), data->entity);
  g_autoptr(GPtrArray) read = NULL;
  gint64 limit = cpt_attachment_get_limit (database);
  g_autofree CptCommit *commit = g_new0 (CptCommit, 1);

  read = cpt_attachment_read_files (data->files, limit, cancellable, error);
  if (read == NULL)
    return NULL;

  return cpt_attachment_add (database, entity, &data->id, read, CPT_ORIGIN_FORM, commit, error) ? g_steal_pointer (&commit)
                                                                                                : NULL;
}

static void
attached_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Attaching *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree CptCommit *commit = cpt_store_finish (CPT_STORE (source), result, &error);
  g_autoptr(GObject) object = g_weak_ref_get (&self->object);

  if (commit != NULL && commit->sequence != 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u file attached", "%u files attached", commit->n_created),
                                               commit->n_created);

      cpt_window_show_undo_toast (self->window, text, commit->sequence);
    }
  else if (commit == NULL)
    {
      cpt_window_show_error (self->window, error);
    }
  if (object != NULL)
    self->callback (object);
  attaching_free (self);
}

void
cpt_file_job_attach (CptWindow       *window,
                     const CptEntity *entity,
                     const CptUuid   *id,
                     GListModel      *files,
                     GCallback        callback,
                     GObject         *object)
{
  Attaching *self = g_new0 (Attaching, 1);
  AttachData *data = g_new0 (AttachData, 1);

  self->window = g_object_ref (window);
  self->callback = (void (*) (GObject *)) callback;
  g_weak_ref_init (&self->object, object);
  data->entity = g_strdup (entity->name);
  data->id = *id;
  data->files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    g_ptr_array_add (data->files, g_list_model_get_item (files, i));
  cpt_store_work_async (cpt_window_get_store (window), attach_in_worker, data, attach_data_free, g_free, NULL, attached_cb, self);
}

/* Copies */

typedef struct
{
  char *name;
  char *digest;
  GFile *file; /* (nullable): where to; a private place when NULL */
} CopyData;

static void
copy_data_free (gpointer pointer)
{
  CopyData *data = pointer;

  g_free (data->name);
  g_free (data->digest);
  g_clear_object (&data->file);
  g_free (data);
}

static CopyData *
copy_data_new (const CptAttachment *attachment,
               GFile               *file)
{
  CopyData *data = g_new0 (CopyData, 1);

  data->name = cpt_file_name_clean (attachment->name);
  data->digest = g_strdup (attachment->sha256);
  data->file = file != NULL ? g_object_ref (file) : NULL;

  return data;
}

static gpointer
open_in_worker (CptDatabase   *database,
                gpointer       user_data,
                GCancellable  *cancellable,
                GError       **error)
{
  const CopyData *data = user_data;
  g_autoptr(GBytes) bytes = cpt_blob_read (database, data->digest, error);
  gsize size;
  const guint8 *content;
  g_autofree char *path = NULL;

  if (bytes == NULL)
    return NULL;

  content = g_bytes_get_data (bytes, &size);
  if (cpt_sniff_get_class (cpt_sniff_type (content, size)) == CPT_SNIFF_PROGRAM || cpt_sniff_is_program_name (data->name))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED,
                   _("“%s” is a program and is not opened from here. Save a copy if you trust it."), data->name);
      return NULL;
    }

  /* For reading: what is changed in a copy would be lost. */
  path = cpt_private_copy_write (data->name, content, size, 0400, error);

  return path != NULL ? g_filename_to_uri (path, NULL, error) : NULL;
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(CptWindow) window = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *uri = cpt_store_finish (CPT_STORE (source), result, &error);

  if (uri == NULL)
    cpt_window_show_error (window, error);
  else
    cpt_window_open_uri (window, uri,
                         _("No program for files of this kind could be started. Save the file, and open it with another one."));
}

void
cpt_file_job_open (CptWindow           *window,
                   const CptAttachment *attachment)
{
  g_return_if_fail (CPT_IS_WINDOW (window));
  g_return_if_fail (attachment != NULL);

  cpt_store_read_async (cpt_window_get_store (window), G_PRIORITY_DEFAULT, open_in_worker, copy_data_new (attachment, NULL),
                        copy_data_free, g_free, NULL, copied_cb, g_object_ref (window));
}

/* Saving */

static gpointer
save_in_worker (CptDatabase   *database,
                gpointer       user_data,
                GCancellable  *cancellable,
                GError       **error)
{
  const CopyData *data = user_data;
  g_autoptr(GBytes) bytes = cpt_blob_read (database, data->digest, error);
  g_autoptr(CptOutput) output = NULL;
  GError *problem = NULL;

  if (bytes == NULL)
    return NULL;
  output = cpt_output_open (database, NULL, data->file, G_FILE_CREATE_PRIVATE, error);
  if (output == NULL)
    return NULL;
  g_output_stream_write_all (cpt_output_get_stream (output), g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL,
                             cancellable, &problem);

  return cpt_output_finish (output, problem, error) ? g_strdup (data->name) : NULL;
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(CptWindow) window = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = cpt_store_finish (CPT_STORE (source), result, &error);

  if (name == NULL)
    cpt_window_show_error (window, error);
  else
    cpt_window_show_toast (window, _("Copy saved"));
}

typedef struct
{
  CptWindow *window; /* (owned) */
  CopyData *data;
} Saving;

static void
saving_free (gpointer  pointer,
             GClosure *closure)
{
  Saving *saving = pointer;

  g_object_unref (saving->window);
  g_clear_pointer (&saving->data, copy_data_free);
  g_free (saving);
}

static void
save_response_cb (GtkNativeDialog *dialog,
                  int              response,
                  Saving          *saving)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && cpt_window_get_store (saving->window) != NULL)
    {
      g_set_object (&saving->data->file, file);
      cpt_store_read_async (cpt_window_get_store (saving->window), G_PRIORITY_DEFAULT, save_in_worker,
                            g_steal_pointer (&saving->data), copy_data_free, g_free, NULL, saved_cb,
                            g_object_ref (saving->window));
    }
  g_object_unref (dialog);
}

void
cpt_file_job_save (CptWindow           *window,
                   const CptAttachment *attachment)
{
  GtkFileChooserNative *chooser;
  Saving *saving;

  g_return_if_fail (CPT_IS_WINDOW (window));
  g_return_if_fail (attachment != NULL);

  chooser = gtk_file_chooser_native_new (_("Save a Copy"), GTK_WINDOW (window), GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  saving = g_new0 (Saving, 1);
  saving->window = g_object_ref (window);
  saving->data = copy_data_new (attachment, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), saving->data->name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_data (chooser, "response", G_CALLBACK (save_response_cb), saving, saving_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
