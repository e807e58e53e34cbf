/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Records other than tasks on the days of a calendar, read on a reading thread: each on
 * the day of the field that was chosen, and on those after it until it ends. What has
 * an hour and an end within a day is as long as that.
 */

#include "config.h"

#include "cpt-calendar-data-private.h"

#include "cpt-date.h"
#include "cpt-query.h"

#define MAX_RECORDS 2000
#define MAX_DAYS 42

enum
{
  COLUMN_TITLE,
  COLUMN_DAY,
  COLUMN_END, /* or how long it takes */
  N_COLUMNS
};

static gint64
get_date (const CptField *field,
          gint64          value,
          GTimeZone      *zone)
{
  return field->kind == CPT_FIELD_DATETIME ? cpt_instant_get_date (value, zone) : value;
}

/* The last day; what ends before it begins is on one day */
static gint64
get_last_day (const CptCalendarSource *source,
              const CptCalendarItem   *item,
              GTimeZone               *zone)
{
  if (!item->has_last || item->length > 0)
    return item->day;

  return CLAMP (get_date (source->end, item->last, zone), item->day, CPT_DATE_MAX);
}

static void
take_length (CptCalendarItem         *item,
             const CptCalendarSource *source,
             const CptValue          *value)
{
  if (value->type != CPT_VALUE_INTEGER)
    return;

  if (source->end == NULL)
    {
      item->length = MAX (value->integer, 0);
      return;
    }
  item->has_last = TRUE;
  item->last = value->integer;
  if (cpt_calendar_source_has_hours (source) && source->end->kind == CPT_FIELD_DATETIME && item->last > item->first)
    item->length = (item->last - item->first) / G_USEC_PER_SEC;
}

static CptCalendarItem *
create_item (CptPage                 *page,
             guint                    index,
             const CptCalendarSource *source,
             guint                    n_columns,
             GTimeZone               *zone)
{
  CptCalendarItem *item = g_new0 (CptCalendarItem, 1);
  gboolean has_hour;

  item->id = *cpt_page_get_id (page, index);
  item->is_meeting = TRUE;
  item->title = cpt_page_dup_text (page, index, COLUMN_TITLE, zone);
  if (item->title == NULL || *item->title == '\0')
    {
      g_free (item->title);
      item->title = g_strdup (cpt_entity_get_label (source->entity));
    }
  item->first = cpt_page_get_value (page, index, COLUMN_DAY)->integer;
  item->day = get_date (source->day, item->first, zone);
  if (n_columns > COLUMN_END)
    take_length (item, source, cpt_page_get_value (page, index, COLUMN_END));
  has_hour = cpt_calendar_source_has_hours (source) &&
             (item->length > 0 || item->first != cpt_instant_from_date (item->day, zone));
  cpt_calendar_item_set_hour (item, has_hour ? &item->first : NULL, zone);

  return item;
}

/* On days after the first one: without an hour, that was before */
static void
add_days (GPtrArray                 *items,
          const CptCalendarItem     *first,
          const CptCalendarQuestion *question,
          gint64                     last)
{
  gint64 from = MAX (first->day + 1, question->from);
  gint64 to = MIN (MIN (last, question->to), from + MAX_DAYS);

  for (gint64 day = from; day <= to; day++)
    {
      CptCalendarItem *item = g_new0 (CptCalendarItem, 1);

      *item = *first;
      item->title = g_strdup (first->title);
      item->colour = NULL;
      item->when = NULL;
      item->offset = (int) (day - first->day);
      item->day = day;
      cpt_calendar_item_set_hour (item, NULL, NULL);
      g_ptr_array_add (items, item);
    }
}

/* Those that begin before the last day, and end after the first one where they end */
static CptFilter *
create_filter (const CptCalendarQuestion  *question,
               GError                    **error)
{
  const CptCalendarSource *source = &question->source;
  g_autofree char *first = cpt_date_format_iso (question->from);
  g_autofree char *last = cpt_date_format_iso (question->to);
  g_autofree char *begins = g_strdup_printf ("{\"field\":\"%s\",\"op\":\"between\",\"value\":[\"%s\",\"%s\"]}",
                                             source->day->name, first, last);
  g_autofree char *goes_on = NULL;
  g_autofree char *json = NULL;
  g_autoptr(CptFilter) filter = NULL;

  if (source->end == NULL)
    {
      filter = cpt_filter_parse (question->schema, source->entity, begins, error);
    }
  else
    {
      goes_on = g_strdup_printf ("{\"all\":[{\"field\":\"%s\",\"op\":\"less\",\"value\":\"%s\"},"
                                 "{\"field\":\"%s\",\"op\":\"greater-or-equal\",\"value\":\"%s\"}]}",
                                 source->day->name, first, source->end->name, first);
      json = g_strdup_printf ("{\"any\":[%s,%s]}", begins, goes_on);
      filter = cpt_filter_parse (question->schema, source->entity, json, error);
    }

  return filter != NULL ? cpt_filter_and (question->filter, filter) : NULL;
}

static CptPage *
load_page (CptDatabase                *database,
           const CptCalendarQuestion  *question,
           guint                      *n_columns,
           GError                    **error)
{
  const CptCalendarSource *source = &question->source;
  const CptField *length = cpt_calendar_source_get_length (source);
  const char *names[N_COLUMNS] = { source->entity->title, source->day->name, NULL };
  g_autoptr(CptQuery) query = cpt_query_new (question->schema, source->entity);
  g_autoptr(CptFilter) filter = create_filter (question, error);
  g_autoptr(GArray) rows = NULL;
  CptPath paths[N_COLUMNS];

  if (filter == NULL)
    return NULL;

  if (source->end != NULL)
    names[COLUMN_END] = source->end->name;
  else if (length != NULL)
    names[COLUMN_END] = length->name;
  *n_columns = names[COLUMN_END] != NULL ? N_COLUMNS : COLUMN_END;
  cpt_query_set_filter (query, filter);
  cpt_query_set_search (query, question->search);
  for (guint i = 0; i < *n_columns; i++)
    if (!cpt_path_parse (question->schema, source->entity, names[i], &paths[i], error))
      return NULL;

  rows = cpt_query_get_rows (query, database, 0, MAX_RECORDS, error);

  return rows != NULL ? cpt_page_load (database, question->schema, source->entity, paths, *n_columns,
                                       (const gint64 *) (gpointer) rows->data, rows->len, error)
                      : NULL;
}

gboolean
cpt_calendar_data_add_records (GPtrArray                  *items,
                               CptDatabase                *database,
                               const CptCalendarQuestion  *question,
                               GError                    **error)
{
  GTimeZone *zone = cpt_database_get_zone (database);
  guint n_columns = 0;
  g_autoptr(CptPage) page = load_page (database, question, &n_columns, error);

  for (guint i = 0; page != NULL && i < cpt_page_get_length (page); i++)
    {
      CptCalendarItem *item;

      if (!cpt_page_has_row (page, i) || cpt_page_get_value (page, i, COLUMN_DAY)->type != CPT_VALUE_INTEGER)
        continue;
      item = create_item (page, i, &question->source, n_columns, zone);
      g_ptr_array_add (items, item);
      add_days (items, item, question, get_last_day (&question->source, item, zone));
    }

  return page != NULL;
}
