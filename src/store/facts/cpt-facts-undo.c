/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking back a delivery of facts: the rows that it changed become what they
 * were, unless somebody has changed them since. */

#include "config.h"

#include "cpt-facts-private.h"

#include <string.h>

#include "cpt-database-private.h"

gboolean
cpt_facts_find_act (CptDatabase      *database,
                    gint64            sequence,
                    const CptEntity **entity,
                    GError          **error)
{
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  *entity = NULL;
  statement = cpt_database_prepare (
    database, "SELECT entity FROM log_change WHERE sequence = ? AND last_row IS NOT NULL LIMIT 1", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, sequence);
  step = cpt_statement_step (statement, error);
  if (step == CPT_STEP_ROW)
    *entity = cpt_schema_find_number (cpt_database_get_schema (database), (guint) cpt_statement_get_int (statement, 0));
  if (*entity != NULL && ((*entity)->flags & CPT_ENTITY_FACTS) == 0)
    *entity = NULL;

  return step != CPT_STEP_ERROR;
}

/* What there is, all of it to go */
static CptFactsRows *
load_to_remove (CptDatabase          *database,
                const CptFactsShape  *shape,
                gint64                day,
                GError              **error)
{
  CptFactsRows *rows = cpt_facts_part_load (database, shape, CPT_FACTS_DAY, day, error);

  for (guint i = 0; rows != NULL && i < shape->n_numbers; i++)
    if (rows->n_rows > 0)
      memset (rows->numbers[i], 0, rows->n_rows * sizeof (gint64));

  return rows;
}

static gboolean
take_back_day (CptFactsWriter  *writer,
               const guint     *sizes,
               CptStatement    *statement,
               gboolean        *is_conflict,
               GError         **error)
{
  gint64 day = cpt_statement_get_int (statement, 0);
  g_autoptr(CptFactsRows) rows = NULL;
  guint8 expected[CPT_FACTS_DIGEST_SIZE] = { 0 };
  gsize length;
  gconstpointer data = cpt_statement_get_blob (statement, 1, &length);

  memcpy (expected, data, MIN (length, sizeof expected));
  if (cpt_statement_is_null (statement, 2))
    {
      rows = load_to_remove (writer->database, writer->shape, day, error);
    }
  else
    {
      data = cpt_statement_get_blob (statement, 2, &length);
      rows = cpt_facts_former_unpack (writer->shape, sizes, data, length, error);
    }

  return rows != NULL && cpt_facts_writer_change (writer, day, rows, expected, is_conflict, error);
}

gboolean
cpt_facts_take_back (CptDatabase      *database,
                     const CptEntity  *entity,
                     gint64            sequence,
                     gint64            line,
                     CptFactsCommit   *commit,
                     gboolean         *is_conflict,
                     GError          **error)
{
  g_autoptr(CptStatement) statement = NULL;
  g_auto(CptFactsWriter) writer = { 0 };
  guint sizes[CPT_FACTS_MAX_CODES];
  CptFactsShape shape;
  CptStep step;

  *is_conflict = FALSE;
  cpt_facts_shape_init (&shape, entity);
  for (guint i = 0; i < shape.n_codes; i++)
    if (!cpt_facts_dictionary_get_size (database, &shape, i, &sizes[i], error))
      return FALSE;
  cpt_facts_writer_init (&writer, database, &shape, line);
  statement = cpt_database_prepare (database, "SELECT day, digest, data FROM fact_former WHERE sequence = ? ORDER BY day", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, sequence);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    if (!take_back_day (&writer, sizes, statement, is_conflict, error) || *is_conflict)
      return *is_conflict;
  if (step != CPT_STEP_DONE || !cpt_facts_writer_end (&writer, error))
    return FALSE;
  *commit = writer.commit;

  return TRUE;
}
