/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The full-text index is one contentless FTS5 table over all kinds of records:
 * the number of an entry is row * 256 + entity number, its text the folded
 * words of the fields that are marked as searchable. A contentless table
 * forgets an entry when it is given the words again that were added, so these
 * are always made from the record as it was. */

#include "config.h"

#include "cpt-search-index-private.h"

#include <string.h>

#include "cpt-database-private.h"
#include "cpt-field-type.h"
#include "cpt-layout.h"

/* Segments of one level that are merged, some pages at a time */
#define AUTOMERGE 8
/* FTS5 merges a whole level within a commit when there are so many, which takes
 * seconds when they are large: as good as never. */
#define CRISISMERGE 1000
/* Every so many acts merge so many pages: eight segments of a page each and
 * what that adds to the levels above (sqlite.org/fts5.html, "The 'merge'
 * Command"). FTS5 itself does nothing before 64 pages have come. */
#define ACTS_PER_MERGE 8
#define PAGES_PER_MERGE 64

/* Words that are compared with those behind them */
#define MAX_COMPARED 48

gboolean
cpt_search_index_has_words (const CptEntity *entity)
{
  for (guint i = 0; i < entity->n_fields; i++)
    if (entity->fields[i]->flags & CPT_FIELD_SEARCHABLE)
      return TRUE;

  return FALSE;
}

/* Leaves out words that stand before already: a name and its parts are the
 * same words. Texts of very many words are left as they are. */
static void
drop_doubles (GString *words)
{
  struct
  {
    guint start;
    guint length;
  } seen[MAX_COMPARED];
  guint n_seen = 0;
  gsize end = 0;

  for (gsize start = 0; start < words->len;)
    {
      const char *blank = memchr (words->str + start, ' ', words->len - start);
      gsize length = blank == NULL ? words->len - start : (gsize) (blank - words->str) - start;
      gboolean is_double = FALSE;

      for (guint i = 0; i < n_seen && !is_double; i++)
        is_double = seen[i].length == length && memcmp (words->str + seen[i].start, words->str + start, length) == 0;
      if (!is_double)
        {
          memmove (words->str + end, words->str + start, length);
          if (n_seen < MAX_COMPARED)
            {
              seen[n_seen].start = (guint) end;
              seen[n_seen++].length = (guint) length;
            }
          words->str[end + length] = ' ';
          end += length + 1;
        }
      start += length + 1;
    }

  g_string_truncate (words, MIN (end, words->len));
}

void
cpt_search_index_get_words (const CptRecord *record,
                            GString         *words)
{
  g_string_truncate (words, 0);
  for (guint i = 0; i < record->entity->n_fields; i++)
    if ((record->entity->fields[i]->flags & CPT_FIELD_SEARCHABLE) && !cpt_value_is_null (&record->values[i]))
      cpt_field_append_words (record->entity->fields[i], &record->values[i], words);
  drop_doubles (words);
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

static gboolean
configure (CptDatabase  *database,
           const char   *option,
           gint64        value,
           GError      **error)
{
  g_autoptr(CptStatement) statement = NULL;

  statement = cpt_database_prepare (database, "INSERT INTO search (search, rank) VALUES (?, ?)", error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_text (statement, 1, option);
  cpt_statement_bind_int (statement, 2, value);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_search_index_set_bulk (CptDatabase  *database,
                           gboolean      is_bulk,
                           GError      **error)
{
  return configure (database, "automerge", is_bulk ? 0 : AUTOMERGE, error) &&
         configure (database, "usermerge", AUTOMERGE, error) &&
         configure (database, "crisismerge", CRISISMERGE, error);
}

/* One that changes less than two rows has found nothing to merge
 * (sqlite.org/fts5.html, “The 'merge' Command”). */
gboolean
cpt_search_index_merge (CptDatabase  *database,
                        guint         n_pages,
                        gboolean     *is_done,
                        GError      **error)
{
  int before = sqlite3_total_changes (database->handle);
  gboolean done = configure (database, "merge", n_pages, error);

  if (is_done != NULL)
    *is_done = sqlite3_total_changes (database->handle) - before < 2;

  return done;
}

gboolean
cpt_search_index_tidy (CptDatabase  *database,
                       gint64        sequence,
                       GError      **error)
{
  return sequence % ACTS_PER_MERGE != 0 || cpt_search_index_merge (database, PAGES_PER_MERGE, NULL, error);
}
