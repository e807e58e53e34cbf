/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of rows that could not be used: line and reason in front, then the
 * row as it was. It can be corrected and imported: the two columns in front
 * are called like no field. Begun when it is needed, private to the user. */
#include "config.h"

#include "cpt-import-private.h"

#include "cpt-error.h"
#include "cpt-output.h"

#define BUFFER_SIZE 65536

struct _CptImportRejects
{
  CptDatabase *database; /* borrowed */
  char *source;
  char *path;
  char **headers; /* with "line" and "reason" in front */
  char separator;
  CptOutput *output; /* (nullable): opened for the first row */
  GString *rows;     /* not yet written */
};

CptImportRejects *
cpt_import_rejects_new (CptDatabase   *database,
                        const char    *source,
                        const char    *path,
                        CptImportPlan *plan)
{
  CptImportRejects *self = g_new0 (CptImportRejects, 1);
  g_autoptr(GStrvBuilder) headers = g_strv_builder_new ();

  g_strv_builder_add_many (headers, "line", "reason", NULL);
  for (guint i = 0; i < plan->columns->len; i++)
    g_strv_builder_add (headers, ((CptImportColumn *) g_ptr_array_index (plan->columns, i))->header);

  self->database = database;
  self->source = g_strdup (source);
  self->path = g_strdup (path);
  self->headers = g_strv_builder_end (headers);
  self->separator = plan->dialect.separator;
  self->rows = g_string_new (NULL);

  return self;
}

static gboolean
flush (CptImportRejects  *self,
       GError           **error)
{
  GError *problem = NULL;

  if (g_output_stream_write_all (cpt_output_get_stream (self->output), self->rows->str, self->rows->len, NULL, NULL, &problem))
    {
      g_string_truncate (self->rows, 0);
      return TRUE;
    }

  cpt_output_finish (self->output, problem, error);
  g_clear_pointer (&self->output, cpt_output_free);

  return FALSE;
}

static gboolean
begin (CptImportRejects  *self,
       GError           **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (self->path);

  self->output = cpt_output_open (self->database, self->source, file, G_FILE_CREATE_PRIVATE, error);
  if (self->output == NULL)
    return FALSE;
  cpt_csv_append_row (self->rows, (const char *const *) self->headers, g_strv_length (self->headers), self->separator, FALSE);

  return TRUE;
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

  if (self->output == NULL && !begin (self, error))
    return FALSE;

  fields[0] = number;
  fields[1] = reasons;
  for (guint i = 0; i < n_cells; i++)
    fields[i + 2] = cells[i];
  cpt_csv_append_row (self->rows, fields, n_cells + 2, self->separator, FALSE);

  return self->rows->len < BUFFER_SIZE || flush (self, error);
}

gboolean
cpt_import_rejects_close (CptImportRejects  *self,
                          char             **path,
                          GError           **error)
{
  if (path != NULL)
    *path = NULL;
  if (self->output == NULL)
    return TRUE;
  if (!flush (self, error) || !cpt_output_finish (self->output, NULL, error))
    return FALSE;

  g_clear_pointer (&self->output, cpt_output_free);
  if (path != NULL)
    *path = g_strdup (self->path);

  return TRUE;
}

void
cpt_import_rejects_free (CptImportRejects *self)
{
  g_clear_pointer (&self->output, cpt_output_free);
  g_strfreev (self->headers);
  g_string_free (self->rows, TRUE);
  g_free (self->source);
  g_free (self->path);
  g_free (self);
}
