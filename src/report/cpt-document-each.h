/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-document-subject.h"

G_BEGIN_DECLS

typedef void (*CptDocumentEachFunc) (guint    n_done,
                                     guint    n,
                                     gpointer data);

/**
 * CptDocumentEach:
 * @document: what the reports consist of
 * @setup: as for cpt_document_to_pdf()
 * @filters: (nullable): what all of them are about
 * @one: whether to write one report about everything, and not one for each subject
 * @folder: where they come to stand; it is there already
 * @suffix: (nullable): behind the name of each file: "2026-11-23"
 * @replaces: whether files of the same names are replaced
 * @cleans: whether what is left of files that somebody did not finish is taken away;
 *   only for those who know that nobody writes the same
 * @func: (nullable): called before each file, and at the end
 * @data: for @func
 *
 * Reports to be written into a folder.
 */
typedef struct
{
  const CptDocument    *document;
  const CptReportSetup *setup;
  JsonNode             *filters;
  gboolean              one;
  const char           *folder;
  const char           *suffix;
  gboolean              replaces;
  gboolean              cleans;
  CptDocumentEachFunc   func;
  gpointer              data;
} CptDocumentEach;

/**
 * cpt_document_write_each:
 * @self: what to write, and where
 * @database: a connection
 * @written: (element-type filename): gets the paths of the files that were written, also
 *   when a later one could not be
 * @cancellable: (nullable): looked at before each part of each report
 * @error: return location for an error
 *
 * Writes "Title – Subject.pdf" for each subject of the report. Each file appears when
 * it is whole; it has a name of its own, whatever its subject is called. Before the
 * first one is written it is made sure that none would replace another file.
 *
 * Errors: %CPT_ERROR_IO, %CPT_ERROR_CONFLICT when a file is there, those of
 * cpt_document_list_subjects() and cpt_document_to_pdf().
 *
 * Returns: %FALSE with @error
 */
gboolean cpt_document_write_each (const CptDocumentEach  *self,
                                  CptDatabase            *database,
                                  GPtrArray              *written,
                                  GCancellable           *cancellable,
                                  GError                **error);

G_END_DECLS
