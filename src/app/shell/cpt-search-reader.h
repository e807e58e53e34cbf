/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-palette-item.h"
#include "cpt-store.h"

G_BEGIN_DECLS

/**
 * CptSearchQuestion:
 * @path: of a workspace
 * @text: (nullable): words as people type them
 * @keys: (nullable): without @text, records as items name them
 * @limit: most records that are found by @text
 *
 * What the desktop wants to know.
 */
typedef struct
{
  char  *path;
  char  *text;
  char **keys;
  guint  limit;
} CptSearchQuestion;

void             cpt_search_question_free    (CptSearchQuestion *self);

#define CPT_TYPE_SEARCH_READER (cpt_search_reader_get_type ())

G_DECLARE_FINAL_TYPE (CptSearchReader, cpt_search_reader, CPT, SEARCH_READER, GObject)

CptSearchReader *cpt_search_reader_new        (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_search_reader_ask_async:
 * @self: a reader
 * @store: (nullable): where the workspace of @question is open already
 * @question: (transfer full): what to look for
 * @cancellable: (nullable): ends the search within milliseconds
 * @callback: when there is an answer
 * @user_data: for @callback
 *
 * Without a store, a thread opens the file for reading and closes it again: one
 * at a time, in the order of the questions. What was cancelled before its turn
 * is not begun.
 */
void             cpt_search_reader_ask_async  (CptSearchReader     *self,
                                               CptStore            *store,
                                               CptSearchQuestion   *question,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
/* (element-type CptPaletteItem): records, best first, or in the order of the
 * keys without those that are not here */
GPtrArray       *cpt_search_reader_ask_finish (CptSearchReader  *self,
                                               GAsyncResult     *result,
                                               GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptSearchQuestion, cpt_search_question_free)

G_END_DECLS
