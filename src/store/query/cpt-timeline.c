/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happened with a record, in one stream.
 *
 * Each source (a kind of records that link here, the log) is asked for as many
 * of its newest as a page has; the sources are merged, and only what came into
 * the page is loaded. A page costs the same however long the stream is, but for
 * finding which records link here. */

#include "config.h"

#include "cpt-timeline.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-database-private.h"
#include "cpt-error.h"
#include "cpt-log-private.h"
#include "cpt-sql-private.h"

typedef struct
{
  gint64 at;
  gint64 row;
} Place;

/* A kind of records; next is the first place that is not in the page yet */
typedef struct
{
  const CptEntity *entity;
  GArray *places; /* (owned): of Place, newest first */
  guint next;
} Source;

typedef struct
{
  CptDatabase *database;
  const CptEntity *entity;
  const CptUuid *id;
  const char *kind; /* (nullable) */
  CptTimelineCursor *cursor;
  guint limit;
  Source sources[CPT_TIMELINE_MAX_SOURCES];
  guint n_sources;
  GPtrArray *history; /* (owned) (nullable): CptHistoryEntry */
  guint next_change;
  GPtrArray *items;
} Reader;

void
cpt_timeline_item_free (CptTimelineItem *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->record, cpt_record_unref);
  g_clear_pointer (&self->change, cpt_history_entry_free);
  g_free (self);
}

static gboolean
wants_messages (Reader *reader)
{
  return g_strcmp0 (reader->kind, CPT_TIMELINE_MESSAGES) == 0;
}

static gboolean
is_wanted (Reader     *reader,
           const char *name)
{
  gsize length = strlen (name);

  return reader->kind == NULL ||
         (strncmp (reader->kind, name, length) == 0 && (reader->kind[length] == '\0' || reader->kind[length] == ':'));
}

static void
add_moment (CptSql          *sql,
            const CptEntity *entity)
{
  const CptField *field = cpt_entity_find_field (entity, entity->moment);

  cpt_sql_add (sql, "ifnull(");
  if (field != NULL)
    cpt_sql_add_column (sql, "t", field);
  else
    cpt_sql_add (sql, "t.created_at");
  cpt_sql_add (sql, ",0)");
}

/* The rows that link here, each by an index of its own. FALSE when records of
 * that kind never do. */
static gboolean
add_links (Reader          *reader,
           CptSql          *sql,
           const CptEntity *entity)
{
  gboolean is_first = TRUE;

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];

      if (g_strcmp0 (field->target, reader->entity->name) != 0)
        continue;
      cpt_sql_add (sql, is_first ? "t.row_id IN (" : " UNION ");
      cpt_sql_printf (sql, "SELECT u.row_id FROM \"%s\" AS u WHERE ", entity->name);
      cpt_sql_add_links_to (sql, "u", entity, field, reader->id);
      is_first = FALSE;
    }
  if (!is_first)
    cpt_sql_add (sql, ")");

  return !is_first;
}

static void
add_messages (CptSql          *sql,
              const CptEntity *entity)
{
  cpt_sql_add (sql, " AND ");
  cpt_sql_add_column (sql, "t", cpt_entity_find_field (entity, entity->manner));
  cpt_sql_add (sql, " IN (");
  for (guint i = 0; entity->messages[i] != NULL; i++)
    {
      cpt_sql_add (sql, i > 0 ? "," : "");
      cpt_sql_add_text (sql, entity->messages[i]);
    }
  cpt_sql_add (sql, ")");
}

/* (nullable): what is behind the colon: a manner, or a field */
static const char *
get_detail (Reader *reader)
{
  const char *colon = reader->kind != NULL ? strchr (reader->kind, ':') : NULL;

  return colon != NULL ? colon + 1 : NULL;
}

/* "activity:call": of the records of that kind only those */
static void
add_manner (Reader          *reader,
            CptSql          *sql,
            const CptEntity *entity)
{
  const char *choice = get_detail (reader);
  const CptField *field = choice != NULL && entity->manner != NULL ? cpt_entity_find_field (entity, entity->manner) : NULL;

  if (field == NULL)
    return;

  cpt_sql_add (sql, " AND ");
  cpt_sql_add_column (sql, "t", field);
  cpt_sql_add (sql, "=");
  cpt_sql_add_text (sql, choice);
}

static void
add_cursor (Reader          *reader,
            CptSql          *sql,
            const CptEntity *entity)
{
  guint n = reader->n_sources;

  if (!reader->cursor->sources[n].is_begun)
    return;

  cpt_sql_add (sql, " AND (");
  add_moment (sql, entity);
  cpt_sql_add (sql, ",t.row_id)<(");
  cpt_sql_add_int (sql, reader->cursor->sources[n].at);
  cpt_sql_add (sql, ",");
  cpt_sql_add_int (sql, reader->cursor->sources[n].row);
  cpt_sql_add (sql, ")");
}

static gboolean
read_places (Reader  *reader,
             Source  *source,
             GError **error)
{
  g_auto(CptSql) sql = { 0 };
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  cpt_sql_init (&sql, reader->database);
  cpt_sql_add (&sql, "SELECT ");
  add_moment (&sql, source->entity);
  cpt_sql_printf (&sql, ",t.row_id FROM \"%s\" AS t WHERE ", source->entity->name);
  if (!add_links (reader, &sql, source->entity))
    return TRUE;
  if (wants_messages (reader))
    add_messages (&sql, source->entity);
  else
    add_manner (reader, &sql, source->entity);
  add_cursor (reader, &sql, source->entity);
  cpt_sql_add_visible (&sql, "t", source->entity);
  cpt_sql_add (&sql, " ORDER BY 1 DESC,2 DESC LIMIT ");
  cpt_sql_add_int (&sql, reader->limit);

  statement = cpt_sql_prepare (&sql, error);
  if (statement == NULL)
    return FALSE;
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      Place place = { cpt_statement_get_int (statement, 0), cpt_statement_get_int (statement, 1) };

      g_array_append_val (source->places, place);
    }

  return step == CPT_STEP_DONE;
}

/* The place of a kind in the cursor is its number among those with a moment,
 * whatever is asked for. */
static gboolean
read_sources (Reader  *reader,
              GError **error)
{
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (cpt_database_get_schema (reader->database), &n_entities);
  gboolean is_known = reader->kind == NULL;

  for (guint i = 0; i < n_entities && reader->n_sources < CPT_TIMELINE_MAX_SOURCES; i++)
    {
      Source *source = &reader->sources[reader->n_sources];

      if (entities[i]->moment == NULL)
        continue;
      source->entity = entities[i];
      source->places = g_array_new (FALSE, FALSE, sizeof (Place));
      if (wants_messages (reader) ? entities[i]->messages != NULL : is_wanted (reader, entities[i]->name))
        {
          is_known = TRUE;
          if (!read_places (reader, source, error))
            {
              g_clear_pointer (&source->places, g_array_unref);
              return FALSE;
            }
        }
      reader->n_sources++;
    }

  if (is_wanted (reader, CPT_TIMELINE_CHANGES))
    {
      is_known = TRUE;
      reader->history = cpt_log_get_history_before (reader->database, reader->entity, reader->id, get_detail (reader),
                                                    reader->cursor->sequence, reader->limit, error);
      if (reader->history == NULL)
        return FALSE;
    }

  if (!is_known)
    g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND,
                 _("A timeline shows nothing of the kind “%s”: ask for “changes”, “messages” or a kind of records such as "
                   "“activity”."),
                 reader->kind);

  return is_known;
}

/* The source whose next place is the newest; NULL when none has one */
static Source *
find_newest (Reader *reader,
             gint64 *at)
{
  Source *newest = NULL;

  for (guint i = 0; i < reader->n_sources; i++)
    {
      Source *source = &reader->sources[i];

      if (source->next >= source->places->len)
        continue;
      if (newest == NULL || g_array_index (source->places, Place, source->next).at > *at)
        {
          newest = source;
          *at = g_array_index (source->places, Place, source->next).at;
        }
    }

  return newest;
}

static void
take_change (Reader *reader)
{
  CptTimelineItem *item = g_new0 (CptTimelineItem, 1);

  item->change = g_ptr_array_index (reader->history, reader->next_change);
  g_ptr_array_index (reader->history, reader->next_change) = NULL;
  reader->next_change++;
  reader->cursor->sequence = item->change->sequence;
  item->at = item->change->entry->at;
  g_ptr_array_add (reader->items, item);
}

static gboolean
take_record (Reader  *reader,
             Source  *source,
             GError **error)
{
  Place place = g_array_index (source->places, Place, source->next);
  guint n = (guint) (source - reader->sources);
  CptTimelineItem *item;
  CptRecord *record = cpt_database_load_row (reader->database, source->entity, place.row, error);

  if (record == NULL)
    return FALSE;

  source->next++;
  reader->cursor->sources[n].is_begun = TRUE;
  reader->cursor->sources[n].at = place.at;
  reader->cursor->sources[n].row = place.row;
  item = g_new0 (CptTimelineItem, 1);
  item->at = place.at;
  item->record = record;
  g_ptr_array_add (reader->items, item);

  return TRUE;
}

/* A change and the record that was made with it have the same instant: the
 * record is what people did. */
static gboolean
merge (Reader  *reader,
       GError **error)
{
  while (reader->items->len < reader->limit)
    {
      gint64 at = G_MININT64;
      Source *source = find_newest (reader, &at);
      const CptHistoryEntry *change = NULL;

      if (reader->history != NULL && reader->next_change < reader->history->len)
        change = g_ptr_array_index (reader->history, reader->next_change);
      if (source == NULL && change == NULL)
        return TRUE;
      if (source == NULL || (change != NULL && change->entry->at > at))
        take_change (reader);
      else if (!take_record (reader, source, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_page (CptDatabase  *database,
           gpointer      data,
           GError      **error)
{
  Reader *reader = data;

  reader->entity = cpt_database_localise (database, reader->entity);

  return reader->entity == NULL || (read_sources (reader, error) && merge (reader, error));
}

GPtrArray *
cpt_timeline_read (CptDatabase        *database,
                   const CptEntity    *entity,
                   const CptUuid      *id,
                   const char         *kind,
                   CptTimelineCursor  *cursor,
                   guint               limit,
                   GError            **error)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_timeline_item_free);
  CptTimelineCursor next = *cursor;
  Reader reader = {
    .database = database,
    .entity = entity,
    .id = id,
    .kind = kind,
    .cursor = &next,
    .limit = limit,
    .items = items,
  };
  gboolean done = cpt_database_snapshot (database, read_page, &reader, error);

  for (guint i = 0; i < reader.n_sources; i++)
    g_array_unref (reader.sources[i].places);
  g_clear_pointer (&reader.history, g_ptr_array_unref);
  if (!done)
    return NULL;

  *cursor = next;

  return g_steal_pointer (&items);
}
