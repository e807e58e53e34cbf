/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts leave as CSV or JSON lines. They have no identifiers; a row that was changed in the file
 * replaces itself when it is imported again. */
#include "config.h"

#include "cpt-export-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-csv.h"
#include "cpt-error.h"
#include "cpt-facts.h"
#include "cpt-json.h"
#include "cpt-query-private.h"

#define FLUSH_SIZE 65536

typedef struct
{
  GPtrArray *fields; /* (owned): CptField, borrowed from the schema */
  GString *out;      /* (owned) */
  gboolean is_csv;
  gboolean is_whole; /* fields that are empty are left out */
  guint64 n_rows;
  GOutputStream *stream;
  GCancellable *cancellable;
} Export;

static void
export_clear (Export *self)
{
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  if (self->out != NULL)
    g_string_free (g_steal_pointer (&self->out), TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, export_clear)

static gboolean
choose_fields (Export             *self,
               CptQuery           *query,
               const char *const  *columns,
               GError            **error)
{
  const CptEntity *entity = query->entity;

  self->fields = g_ptr_array_new ();
  for (guint i = 0; columns == NULL && i < entity->n_fields; i++)
    g_ptr_array_add (self->fields, (gpointer) entity->fields[i]);
  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    {
      const CptField *field;
      gboolean is_own = FALSE;
      CptPath path;

      if (!cpt_path_parse (query->schema, entity, columns[i], &path, error))
        return FALSE;
      field = cpt_path_get_field (&path);
      for (guint j = 0; j < entity->n_fields; j++)
        is_own = is_own || entity->fields[j] == field;
      if (!is_own)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("%s have no field “%s”. “schema” prints those there are."),
                       cpt_entity_get_label_plural (entity), columns[i]);
          return FALSE;
        }
      g_ptr_array_add (self->fields, (gpointer) field);
    }

  return TRUE;
}

/* @row (nullable): the header */
static void
append_csv (Export    *self,
            CptRecord *row)
{
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const CptField *field = g_ptr_array_index (self->fields, i);

      g_ptr_array_add (cells, row != NULL ? cpt_field_format (field, cpt_record_get (row, field)) : g_strdup (field->name));
    }
  cpt_csv_append_row (self->out, (const char *const *) cells->pdata, cells->len, ',', FALSE);
}

static void
append_json (Export    *self,
             CptRecord *row)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->fields->len; i++)
    {
      const CptField *field = g_ptr_array_index (self->fields, i);
      const CptValue *value = cpt_record_get (row, field);

      if (!self->is_whole || !cpt_value_is_null (value))
        json_object_set_member (object, field->name, cpt_field_to_json (field, value));
    }
  node = json_node_init_object (json_node_alloc (), object);
  text = cpt_json_format (node);
  g_string_append (self->out, text);
  g_string_append_c (self->out, '\n');
}

static gboolean
append_row (CptRecord  *row,
            gpointer    data,
            GError    **error)
{
  Export *self = data;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;

  if (self->is_csv)
    append_csv (self, row);
  else
    append_json (self, row);
  self->n_rows++;

  return self->out->len < FLUSH_SIZE || cpt_export_flush (self->out, self->stream, self->cancellable, error);
}

gint64
cpt_export_facts (CptDatabase        *database,
                  CptQuery           *query,
                  const char *const  *columns,
                  CptExportFormat     format,
                  GOutputStream      *stream,
                  GCancellable       *cancellable,
                  GError            **error)
{
  g_auto(Export) self = {
    .is_csv = format == CPT_EXPORT_CSV,
    .is_whole = columns == NULL,
    .stream = stream,
    .cancellable = cancellable,
  };

  if (format == CPT_EXPORT_XLSX)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED, _("%s are exported as csv or jsonl, not as a workbook."),
                   cpt_entity_get_label_plural (query->entity));
      return -1;
    }
  if (!choose_fields (&self, query, columns, error))
    return -1;

  self.out = g_string_new (self.is_csv ? CPT_EXPORT_BYTE_ORDER_MARK : NULL);
  if (self.is_csv)
    append_csv (&self, NULL);
  if (!cpt_facts_foreach (database, query->entity, query->filter, append_row, &self, error) ||
      !cpt_export_flush (self.out, stream, cancellable, error))
    return -1;

  return (gint64) self.n_rows;
}
