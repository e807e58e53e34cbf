/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The full-text index is one contentless FTS5 table over all kinds of records:
 * the number of an entry is row * 256 + entity number, its text the folded
 * words of the fields that are marked as searchable. A contentless table
 * forgets an entry when it is given the words again that were added, so these
 * are always made from the record as it was. */

#include "config.h"

#include "cpt-search-index-private.h"

#include "cpt-database-private.h"
#include "cpt-field-type.h"
#include "cpt-layout.h"

gboolean
cpt_search_index_has_words (const CptEntity *entity)
{
  for (guint i = 0; i < entity->n_fields; i++)
    if (entity->fields[i]->flags & CPT_FIELD_SEARCHABLE)
      return TRUE;

  return FALSE;
}

void
cpt_search_index_get_words (const CptRecord *record,
                            GString         *words)
{
  g_string_truncate (words, 0);
  for (guint i = 0; i < record->entity->n_fields; i++)
    if ((record->entity->fields[i]->flags & CPT_FIELD_SEARCHABLE) && !cpt_value_is_null (&record->values[i]))
      cpt_field_append_words (record->entity->fields[i], &record->values[i], words);
}

static gint64
get_number (const CptEntity *entity,
            gint64           row)
{
  return (gint64) ((guint64) row << CPT_LAYOUT_SEARCH_SHIFT) | entity->number;
}

static gboolean
run (CptDatabase      *database,
     const char       *sql,
     const CptEntity  *entity,
     gint64            row,
     const char       *words,
     GError          **error)
{
  g_autoptr(CptStatement) statement = NULL;

  if (words[0] == '\0')
    return TRUE;

  statement = cpt_database_prepare (database, sql, error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, get_number (entity, row));
  cpt_statement_bind_static (statement, 2, words);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_search_index_add (CptDatabase      *database,
                      const CptEntity  *entity,
                      gint64            row,
                      const char       *words,
                      GError          **error)
{
  return run (database, "INSERT INTO search (rowid, words) VALUES (?, ?)", entity, row, words, error);
}

gboolean
cpt_search_index_remove (CptDatabase      *database,
                         const CptEntity  *entity,
                         gint64            row,
                         const char       *words,
                         GError          **error)
{
  return run (database, "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)", entity, row, words, error);
}

/* The hash table holds 1 MB by default; each time it is full it becomes a
 * segment, and segments have to be merged. The setting lasts as long as the
 * connection. */
gboolean
cpt_search_index_set_bulk (CptDatabase  *database,
                           gboolean      is_bulk,
                           GError      **error)
{
  return cpt_database_exec (database,
                            is_bulk ? "INSERT INTO search (search, rank) VALUES ('hashsize', 67108864)"
                                    : "INSERT INTO search (search, rank) VALUES ('hashsize', 1048576)",
                            error);
}
