/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a person has to see to today, read on a reading thread. Each section is
 * a filter; where a filter can't say it (a deal that nobody has a task for), the
 * records that match are asked one by one, the oldest first, until enough are
 * found.
 */

#include "config.h"

#include "cpt-day-data-private.h"

#include <glib/gi18n.h>

#include "cpt-date.h"
#include "cpt-query.h"

#define MAX_ITEMS 30
#define MAX_OVERDUE 12
#define MAX_SUGGESTIONS 8
/* How many are asked one by one at most */
#define MAX_ASKED 500

#define OPEN_TASK "{\"field\":\"status\",\"op\":\"in\",\"value\":[\"to_do\",\"in_progress\"]}"
#define OPEN_DEAL "{\"field\":\"stage.kind\",\"op\":\"is\",\"value\":\"open\"}"
#define TASKS(due) "{\"all\":[" OPEN_TASK ",{\"field\":\"due_on\"," due "}]}"

typedef struct
{
  const char *label;
  const char *entity;
  const char *person; /* the field that says whose it is */
  const char *filter;
  const char *sort;
  const char *columns[4]; /* title, what it is about, day, priority */
  /* (nullable): what a record of these is asked: those that answer have no place here; %s is the record */
  const char *asked_entity;
  const char *asked;
  gboolean is_asked_without_day; /* only of records without a day; the others are known to belong here */
  guint limit;
} Section;

static const Section sections[] = {
  [CPT_DAY_OVERDUE] = {
    .label = N_("Overdue"),
    .entity = "task",
    .person = "assignee",
    .filter = TASKS ("\"op\":\"less\",\"value\":{\"today\":0}"),
    .sort = "due_on",
    .columns = { "title", "organisation", "due_on", "priority" },
    .limit = MAX_OVERDUE,
  },
  [CPT_DAY_TODAY] = {
    .label = N_("Today"),
    .entity = "task",
    .person = "assignee",
    .filter = TASKS ("\"op\":\"is\",\"value\":{\"today\":0}"),
    .sort = "due_at",
    .columns = { "title", "organisation", "due_at", "priority" },
    .limit = MAX_ITEMS,
  },
  [CPT_DAY_NEXT] = {
    .label = N_("Next 7 Days"),
    .entity = "task",
    .person = "assignee",
    .filter = TASKS ("\"op\":\"between\",\"value\":[{\"today\":1},{\"today\":7}]"),
    .sort = "due_on",
    .columns = { "title", "organisation", "due_on", "priority" },
    .limit = MAX_ITEMS,
  },
  [CPT_DAY_NO_NEXT_STEP] = {
    .label = N_("Deals without a Next Step"),
    .entity = "deal",
    .person = "owner",
    .filter = "{\"all\":[" OPEN_DEAL ",{\"field\":\"next_step\",\"op\":\"is-empty\"}]}",
    .sort = "opened_on",
    .columns = { "name", "organisation", "opened_on", "stage" },
    .asked_entity = "task",
    .asked = "{\"all\":[" OPEN_TASK ",{\"field\":\"deal\",\"op\":\"is\",\"value\":\"%s\"}]}",
    .limit = MAX_SUGGESTIONS,
  },
  [CPT_DAY_QUIET_DEALS] = {
    .label = N_("Deals without Activity for 60 Days"),
    .entity = "deal",
    .person = "owner",
    .filter = "{\"all\":[" OPEN_DEAL ",{\"field\":\"opened_on\",\"op\":\"less\",\"value\":{\"today\":-60}}]}",
    .sort = "opened_on",
    .columns = { "name", "organisation", "opened_on", "stage" },
    .asked_entity = "activity",
    .asked = "{\"all\":[{\"field\":\"deal\",\"op\":\"is\",\"value\":\"%s\"},"
             "{\"field\":\"at\",\"op\":\"greater-or-equal\",\"value\":{\"today\":-60}}]}",
    .limit = MAX_SUGGESTIONS,
  },
  [CPT_DAY_QUIET_CUSTOMERS] = {
    .label = N_("Customers without Contact for 90 Days"),
    .entity = "contact",
    .person = "owner",
    .filter = "{\"all\":[{\"field\":\"organisation.kind\",\"op\":\"is\",\"value\":\"customer\"},{\"any\":["
              "{\"field\":\"last_contacted_on\",\"op\":\"less\",\"value\":{\"today\":-90}},"
              "{\"all\":[{\"field\":\"last_contacted_on\",\"op\":\"is-empty\"},"
              "{\"field\":\"created_at\",\"op\":\"less\",\"value\":{\"today\":-90}}]}]}]}",
    .sort = "last_contacted_on,created_at",
    .columns = { "full_name", "organisation", "last_contacted_on", NULL },
    .asked_entity = "activity",
    .asked = "{\"any\":[{\"field\":\"contact\",\"op\":\"is\",\"value\":\"%s\"},"
             "{\"field\":\"participants\",\"op\":\"contains\",\"value\":\"%s\"}]}",
    .is_asked_without_day = TRUE,
    .limit = MAX_SUGGESTIONS,
  },
};

G_STATIC_ASSERT (G_N_ELEMENTS (sections) == CPT_N_DAY_SECTIONS);

enum
{
  COLUMN_TITLE,
  COLUMN_ABOUT,
  COLUMN_DAY,
  COLUMN_NOTE,
};

const char *
cpt_day_section_get_label (CptDaySection section)
{
  return _(sections[section].label);
}

const char *
cpt_day_section_get_entity (CptDaySection section)
{
  return sections[section].entity;
}

/* @section's filter, for one person and what is nobody's or for all */
static char *
dup_filter (const Section *section,
            gboolean       everyone)
{
  if (everyone)
    return g_strdup (section->filter);

  return g_strdup_printf ("{\"all\":[%s,{\"any\":[{\"field\":\"%s\",\"op\":\"is\",\"value\":{\"me\":true}},"
                          "{\"field\":\"%s\",\"op\":\"is-empty\"}]}]}",
                          section->filter, section->person, section->person);
}

char *
cpt_day_section_dup_filter (CptDaySection section,
                            gboolean      everyone)
{
  const Section *shown = &sections[section];

  return shown->asked == NULL || shown->is_asked_without_day ? dup_filter (shown, everyone) : NULL;
}

static void
item_free (gpointer pointer)
{
  CptDayItem *item = pointer;

  g_free (item->title);
  g_free (item->detail);
  g_free (item->when);
  g_free (item->note);
  g_free (item);
}

void
cpt_day_data_free (CptDayData *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self);
}

static CptQuery *
create_query (CptDatabase  *database,
              const char   *entity_name,
              const char   *json,
              const char   *sort,
              GError      **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *entity = cpt_schema_find_entity (schema, entity_name);
  g_autoptr(CptQuery) query = cpt_query_new (schema, entity);
  g_autoptr(CptFilter) filter = cpt_filter_parse (schema, entity, json, error);

  if (filter == NULL || (sort != NULL && !cpt_query_set_sort (query, sort, error)))
    return NULL;
  cpt_query_set_filter (query, filter);

  return g_steal_pointer (&query);
}

/* Whether something answers to the question about the record */
static gboolean
has_answer (CptDatabase    *database,
            const Section  *section,
            const CptUuid  *id,
            gboolean       *has,
            GError        **error)
{
  g_autofree char *text = cpt_uuid_dup_text (id);
  g_auto(GStrv) around = g_strsplit (section->asked, "%s", -1);
  g_autofree char *json = g_strjoinv (text, around);
  g_autoptr(CptQuery) query = create_query (database, section->asked_entity, json, NULL, error);
  guint64 count = 0;

  if (query == NULL || !cpt_query_count (query, database, &count, error))
    return FALSE;
  *has = count > 0;

  return TRUE;
}

static CptPage *
load_page (CptDatabase    *database,
           const Section  *section,
           GArray         *rows,
           GError        **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *entity = cpt_schema_find_entity (schema, section->entity);
  CptPath paths[G_N_ELEMENTS (section->columns)];
  guint n_paths = 0;

  for (guint i = 0; i < G_N_ELEMENTS (section->columns) && section->columns[i] != NULL; i++)
    if (!cpt_path_parse (schema, entity, section->columns[i], &paths[n_paths++], error))
      return NULL;

  return cpt_page_load (database, schema, entity, paths, n_paths, (const gint64 *) (gpointer) rows->data, rows->len, error);
}

/* Urgent first; what has no priority as what is normal */
static int
get_rank (const CptValue *priority)
{
  static const char *const ranks[] = { "urgent", "high", "normal", "low" };

  for (guint i = 0; priority->type == CPT_VALUE_TEXT && i < G_N_ELEMENTS (ranks); i++)
    if (g_str_equal (ranks[i], priority->text))
      return (int) i;

  return 2;
}

static CptDayItem *
create_item (CptPage       *page,
             guint          index,
             CptDaySection  which,
             GTimeZone     *zone)
{
  const Section *section = &sections[which];
  CptDayItem *item = g_new0 (CptDayItem, 1);
  const CptValue *day = cpt_page_get_value (page, index, COLUMN_DAY);

  item->section = which;
  item->id = *cpt_page_get_id (page, index);
  item->title = cpt_page_dup_text (page, index, COLUMN_TITLE, zone);
  item->detail = cpt_page_dup_text (page, index, COLUMN_ABOUT, zone);
  item->when = which == CPT_DAY_QUIET_CUSTOMERS && cpt_value_is_null (day)
                 /* Translators: when a customer was contacted last */
                 ? g_strdup (C_("last contact", "Never"))
                 : cpt_page_dup_text (page, index, COLUMN_DAY, zone);
  item->day = day->type == CPT_VALUE_INTEGER ? day->integer : G_MAXINT64;
  if (section->columns[COLUMN_NOTE] == NULL)
    return item;

  item->rank = get_rank (cpt_page_get_value (page, index, COLUMN_NOTE));
  if (which > CPT_DAY_NEXT || item->rank < 2)
    item->note = cpt_page_dup_text (page, index, COLUMN_NOTE, zone);
  if (which > CPT_DAY_NEXT)
    item->rank = 0;

  return item;
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const CptDayItem *one = *(const CptDayItem *const *) a;
  const CptDayItem *other = *(const CptDayItem *const *) b;

  if (one->section != other->section)
    return one->section < other->section ? -1 : 1;
  if (one->section != CPT_DAY_TODAY && one->day != other->day)
    return one->day < other->day ? -1 : 1;
  if (one->rank != other->rank)
    return one->rank - other->rank;

  return one->day < other->day ? -1 : one->day > other->day;
}

static gboolean
is_asked (const Section *section,
          CptPage       *page,
          guint          index)
{
  return section->asked != NULL &&
         (!section->is_asked_without_day || cpt_value_is_null (cpt_page_get_value (page, index, COLUMN_DAY)));
}

/* The rows that nothing answers for; how many there are at least */
static gboolean
add_items (CptDayData     *self,
           CptDatabase    *database,
           CptDaySection   which,
           CptPage        *page,
           GError        **error)
{
  const Section *section = &sections[which];
  GTimeZone *zone = cpt_database_get_zone (database);
  guint n_items = 0;

  for (guint i = 0; i < cpt_page_get_length (page) && n_items < section->limit; i++)
    {
      gboolean has = FALSE;

      if (!cpt_page_has_row (page, i))
        continue;
      if (is_asked (section, page, i) && !has_answer (database, section, cpt_page_get_id (page, i), &has, error))
        return FALSE;
      if (has)
        {
          self->totals[which]--;
          continue;
        }

      g_ptr_array_add (self->items, create_item (page, i, which, zone));
      n_items++;
    }
  if (section->asked != NULL && !section->is_asked_without_day)
    self->totals[which] = n_items;

  return TRUE;
}

static gboolean
read_section (CptDayData     *self,
              CptDatabase    *database,
              CptDaySection   which,
              gboolean        everyone,
              GError        **error)
{
  const Section *section = &sections[which];
  g_autofree char *filter = dup_filter (section, everyone);
  g_autoptr(CptQuery) query = create_query (database, section->entity, filter, section->sort, error);
  g_autoptr(GArray) rows = NULL;
  g_autoptr(CptPage) page = NULL;

  if (query == NULL || !cpt_query_count (query, database, &self->totals[which], error))
    return FALSE;

  rows = cpt_query_get_rows (query, database, 0, section->asked != NULL ? MAX_ASKED : section->limit, error);
  page = rows != NULL ? load_page (database, section, rows, error) : NULL;

  return page != NULL && add_items (self, database, which, page, error);
}

CptDayData *
cpt_day_data_read (CptDatabase  *database,
                   gboolean      everyone,
                   GError      **error)
{
  g_autoptr(CptDayData) self = g_new0 (CptDayData, 1);

  self->items = g_ptr_array_new_with_free_func (item_free);
  self->today = cpt_database_get_today (database);
  for (guint i = 0; i < CPT_N_DAY_SECTIONS; i++)
    if (!read_section (self, database, (CptDaySection) i, everyone, error))
      return NULL;

  g_ptr_array_sort (self->items, compare_items);

  return g_steal_pointer (&self);
}
