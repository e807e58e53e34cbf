/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the rows of an import come from: a file of separated values or a sheet
 * of a workbook. Everything else of the import knows only rows. */
#include "config.h"

#include "cpt-import-private.h"

#include <string.h>

#include "cpt-xlsx-reader.h"

struct _CptImportSource
{
  CptCsvReader *csv;       /* (nullable) */
  CptXlsxReader *workbook; /* (nullable): the other one */
};

gboolean
cpt_import_is_workbook (const guint8 *bytes,
                        gsize         length)
{
  /* An archive, and what older workbooks and those with a password begin with */
  return (length >= 4 && memcmp (bytes, "PK\003\004", 4) == 0) ||
         (length >= 4 && memcmp (bytes, "\xd0\xcf\x11\xe0", 4) == 0);
}

CptImportSource *
cpt_import_source_open (const char           *path,
                        const CptCsvDialect  *dialect,
                        gboolean              is_workbook,
                        const char           *sheet,
                        char                  decimal,
                        GError              **error)
{
  g_autoptr(CptImportSource) self = g_new0 (CptImportSource, 1);

  if (is_workbook)
    self->workbook = cpt_xlsx_reader_open (path, sheet, decimal, error);
  else
    self->csv = cpt_csv_reader_open (path, dialect, error);

  return self->workbook != NULL || self->csv != NULL ? g_steal_pointer (&self) : NULL;
}

void
cpt_import_source_free (CptImportSource *self)
{
  g_clear_pointer (&self->workbook, cpt_xlsx_reader_free);
  g_clear_object (&self->csv);
  g_free (self);
}

gboolean
cpt_import_source_next (CptImportSource  *self,
                        CptCsvRow        *row,
                        GCancellable     *cancellable,
                        GError          **error)
{
  return self->workbook != NULL ? cpt_xlsx_reader_next (self->workbook, row, cancellable, error)
                                : cpt_csv_reader_next (self->csv, row, cancellable, error);
}

gboolean
cpt_import_source_is_error (CptImportSource *self,
                            guint            column)
{
  return self->workbook != NULL && cpt_xlsx_reader_is_error (self->workbook, column);
}

guint64
cpt_import_source_get_offset (CptImportSource *self)
{
  return self->workbook != NULL ? cpt_xlsx_reader_get_offset (self->workbook) : cpt_csv_reader_get_offset (self->csv);
}

const char *const *
cpt_import_source_get_sheets (CptImportSource *self)
{
  return self->workbook != NULL ? cpt_xlsx_reader_get_sheets (self->workbook) : NULL;
}

const char *
cpt_import_source_get_sheet (CptImportSource *self)
{
  return self->workbook != NULL ? cpt_xlsx_reader_get_sheet (self->workbook) : NULL;
}
