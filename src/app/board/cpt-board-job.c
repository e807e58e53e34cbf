/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading a board on a reading thread: the job owns a copy of all it needs. */

#include "config.h"

#include "cpt-board-job-private.h"

struct _CptBoardJob
{
  CptBoardSpec *spec;
  GHashTable *limits;
  GArray *rows; /* (element-type gint64): only these, when it is not empty */
  GArray *ids;  /* (element-type CptUuid): theirs */
};

CptBoardJob *
cpt_board_job_new (const CptBoardSpec *spec,
                   GHashTable         *limits,
                   GArray             *rows,
                   GArray             *ids)
{
  CptBoardJob *self = g_new0 (CptBoardJob, 1);
  GHashTableIter iter;
  gpointer key;
  gpointer limit;

  self->spec = cpt_board_spec_copy (spec);
  self->rows = rows != NULL ? g_array_ref (rows) : g_array_new (FALSE, FALSE, sizeof (gint64));
  self->ids = ids != NULL ? g_array_ref (ids) : g_array_new (FALSE, FALSE, sizeof (CptUuid));
  self->limits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, limits);
  while (g_hash_table_iter_next (&iter, &key, &limit))
    g_hash_table_insert (self->limits, g_strdup (key), limit);

  return self;
}

void
cpt_board_job_free (gpointer job)
{
  CptBoardJob *self = job;

  cpt_board_spec_free (self->spec);
  g_hash_table_unref (self->limits);
  g_array_unref (self->rows);
  g_array_unref (self->ids);
  g_free (self);
}

void
cpt_board_result_free (CptBoardResult *self)
{
  g_clear_pointer (&self->board, cpt_board_data_free);
  g_clear_pointer (&self->query, cpt_query_free);
  g_array_unref (self->ids);
  g_free (self);
}

gpointer
cpt_board_job_run (CptDatabase   *database,
                   gpointer       job,
                   GCancellable  *cancellable,
                   GError       **error)
{
  const CptBoardJob *self = job;
  g_autoptr(CptBoardResult) result = g_new0 (CptBoardResult, 1);

  result->ids = g_array_ref (self->ids);
  if (self->rows->len > 0)
    result->board = cpt_board_data_read_changed (database, self->spec, (const gint64 *) (gpointer) self->rows->data,
                                                 self->rows->len, error);
  else
    result->board = cpt_board_data_read (database, self->spec, self->limits, error);
  if (result->board != NULL)
    result->query = cpt_board_data_create_query (result->board, self->spec, error);

  return result->query != NULL ? g_steal_pointer (&result) : NULL;
}
