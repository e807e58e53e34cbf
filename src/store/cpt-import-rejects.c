/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of rows that could not be used: line and reason in front, then the
 * row as it was. It can be corrected and imported: the two columns in front
 * are called like no field. Written as it is needed, private to the user. */
#include "config.h"

#include "cpt-import-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

#include "cpt-error.h"

struct _CptImportRejects
{
  char *path;
  char **headers; /* with "line" and "reason" in front */
  char separator;
  FILE *file; /* (nullable): opened for the first row */
  GString *row;
};

CptImportRejects *
cpt_import_rejects_new (const char    *path,
                        CptImportPlan *plan)
{
  CptImportRejects *self = g_new0 (CptImportRejects, 1);
  g_autoptr(GStrvBuilder) headers = g_strv_builder_new ();

  g_strv_builder_add_many (headers, "line", "reason", NULL);
  for (guint i = 0; i < plan->columns->len; i++)
    g_strv_builder_add (headers, ((CptImportColumn *) g_ptr_array_index (plan->columns, i))->header);

  self->path = g_strdup (path);
  self->headers = g_strv_builder_end (headers);
  self->separator = plan->dialect.separator;
  self->row = g_string_new (NULL);

  return self;
}

static gboolean
set_io_error (CptImportRejects  *self,
              int                code,
              GError           **error)
{
  g_autofree char *shown = g_filename_display_name (self->path);

  g_set_error (error, CPT_ERROR, code == ENOSPC ? CPT_ERROR_FULL : CPT_ERROR_IO,
               _("The rejected rows can’t be written to “%s”: %s"), shown, g_strerror (code));

  return FALSE;
}

static gboolean
write_row (CptImportRejects   *self,
           const char *const  *fields,
           guint               n_fields,
           GError            **error)
{
  g_string_truncate (self->row, 0);
  cpt_csv_append_row (self->row, fields, n_fields, self->separator, FALSE);
  if (fwrite (self->row->str, 1, self->row->len, self->file) != self->row->len)
    return set_io_error (self, errno, error);

  return TRUE;
}

static gboolean
begin (CptImportRejects  *self,
       GError           **error)
{
  int descriptor = g_open (self->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  if (descriptor < 0)
    return set_io_error (self, errno, error);

  self->file = fdopen (descriptor, "w");
  if (self->file == NULL)
    {
      int code = errno;

      close (descriptor);
      return set_io_error (self, code, error);
    }

  return write_row (self, (const char *const *) self->headers, g_strv_length (self->headers), error);
}

gboolean
cpt_import_rejects_add (CptImportRejects   *self,
                        guint64             line,
                        const char         *reasons,
                        const char *const  *cells,
                        guint               n_cells,
                        GError            **error)
{
  g_autofree const char **fields = g_new (const char *, n_cells + 2);
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, line);

  if (self->file == NULL && !begin (self, error))
    return FALSE;

  fields[0] = number;
  fields[1] = reasons;
  for (guint i = 0; i < n_cells; i++)
    fields[i + 2] = cells[i];

  return write_row (self, fields, n_cells + 2, error);
}

gboolean
cpt_import_rejects_close (CptImportRejects  *self,
                          char             **path,
                          GError           **error)
{
  FILE *file = g_steal_pointer (&self->file);

  if (path != NULL)
    *path = NULL;
  if (file == NULL)
    return TRUE;
  if (fclose (file) != 0)
    return set_io_error (self, errno, error);
  if (path != NULL)
    *path = g_strdup (self->path);

  return TRUE;
}

void
cpt_import_rejects_free (CptImportRejects *self)
{
  if (self->file != NULL)
    {
      fclose (self->file);
      g_unlink (self->path);
    }
  g_strfreev (self->headers);
  g_string_free (self->row, TRUE);
  g_free (self->path);
  g_free (self);
}

gboolean
cpt_import_rejects_check_path (const char  *path,
                               const char  *rejects_path,
                               GError     **error)
{
  GStatBuf source;
  GStatBuf rejects;

  if (rejects_path == NULL || g_stat (rejects_path, &rejects) != 0 || g_stat (path, &source) != 0 ||
      source.st_dev != rejects.st_dev || source.st_ino != rejects.st_ino)
    return TRUE;

  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID,
                       _("The file of rejected rows must not be the file that is imported."));

  return FALSE;
}
