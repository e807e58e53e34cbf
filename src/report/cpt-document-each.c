/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reports as files in a folder, one for each subject. */

#include "config.h"

#include "cpt-document-each.h"

#include <glib/gi18n-lib.h>

#include "cpt-document-report.h"
#include "cpt-error.h"
#include "cpt-output.h"
#include "cpt-report-private.h"

#define EXTENSION "pdf"

typedef struct
{
  JsonNode *filters; /* (nullable) */
  char *path;
} Sheaf;

static void
sheaf_free (gpointer data)
{
  Sheaf *self = data;

  g_clear_pointer (&self->filters, json_node_unref);
  g_free (self->path);
  g_free (self);
}

static void
add_sheaf (const CptDocumentEach *self,
           GPtrArray             *sheaves,
           GHashTable            *taken,
           JsonNode              *filters,
           CptDatabase           *database)
{
  g_autoptr(CptDocument) document = cpt_document_copy (self->document);
  g_autoptr(JsonNode) others = NULL;
  g_autofree char *subject = cpt_document_dup_subject (document, filters, database, &others);
  g_autofree char *name = NULL;
  Sheaf *sheaf = g_new0 (Sheaf, 1);

  cpt_document_fill (document, subject, filters, self->setup);
  name = cpt_report_choose_file_name (document->title, self->suffix, EXTENSION, taken);
  sheaf->filters = filters != NULL ? json_node_ref (filters) : NULL;
  sheaf->path = g_build_filename (self->folder, name, NULL);
  g_ptr_array_add (sheaves, sheaf);
}

static GPtrArray *
plan (const CptDocumentEach  *self,
      CptDatabase            *database,
      GCancellable           *cancellable,
      GError                **error)
{
  g_autoptr(GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) sheaves = g_ptr_array_new_with_free_func (sheaf_free);
  g_autoptr(GPtrArray) subjects = NULL;

  if (self->one)
    {
      add_sheaf (self, sheaves, taken, self->filters, database);
      return g_steal_pointer (&sheaves);
    }

  subjects = cpt_document_list_subjects (self->document, self->filters, database, cancellable, error);
  if (subjects == NULL)
    return NULL;
  for (guint i = 0; i < subjects->len; i++)
    add_sheaf (self, sheaves, taken, ((CptDocumentSubject *) g_ptr_array_index (subjects, i))->filters, database);

  return g_steal_pointer (&sheaves);
}

static gboolean
check_paths (const CptDocumentEach  *self,
             GPtrArray              *sheaves,
             GError                **error)
{
  if (!g_file_test (self->folder, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_IO, _("There is no folder “%s”. Create it, or choose another one."), self->folder);
      return FALSE;
    }

  for (guint i = 0; i < sheaves->len && !self->replaces; i++)
    {
      const Sheaf *sheaf = g_ptr_array_index (sheaves, i);

      if (g_file_test (sheaf->path, G_FILE_TEST_EXISTS))
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_CONFLICT,
                       _("“%s” already exists. Choose another folder, or move what is there away."), sheaf->path);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
write_one (const CptDocumentEach  *self,
           const Sheaf            *sheaf,
           CptDatabase            *database,
           GCancellable           *cancellable,
           GError                **error)
{
  g_autoptr(GBytes) pdf = cpt_document_to_pdf (self->document, self->setup, sheaf->filters, database, cancellable, error);
  g_autoptr(GFile) file = g_file_new_for_path (sheaf->path);
  g_autoptr(CptOutput) output = NULL;
  GError *problem = NULL;
  gsize length;
  gconstpointer data;

  if (pdf == NULL)
    return FALSE;
  if (self->cleans)
    cpt_output_clean (sheaf->path);
  output = cpt_output_open (database, NULL, file, G_FILE_CREATE_NONE, error);
  if (output == NULL)
    return FALSE;

  data = g_bytes_get_data (pdf, &length);
  g_output_stream_write_all (cpt_output_get_stream (output), data, length, NULL, cancellable, &problem);

  return cpt_output_finish (output, problem, error);
}

gboolean
cpt_document_write_each (const CptDocumentEach  *self,
                         CptDatabase            *database,
                         GPtrArray              *written,
                         GCancellable           *cancellable,
                         GError                **error)
{
  g_autoptr(GPtrArray) sheaves = NULL;

  g_return_val_if_fail (self != NULL && written != NULL, FALSE);

  sheaves = plan (self, database, cancellable, error);
  if (sheaves == NULL || !check_paths (self, sheaves, error))
    return FALSE;

  for (guint i = 0; i < sheaves->len; i++)
    {
      const Sheaf *sheaf = g_ptr_array_index (sheaves, i);

      if (self->func != NULL)
        self->func (i, sheaves->len, self->data);
      if (!write_one (self, sheaf, database, cancellable, error))
        return FALSE;
      g_ptr_array_add (written, g_strdup (sheaf->path));
    }
  if (self->func != NULL)
    self->func (sheaves->len, sheaves->len, self->data);

  return TRUE;
}
