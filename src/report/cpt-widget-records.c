/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The latest records of a kind, or the picture in the latest of them, for a widget that tells what happened: what each
 * was, with whom, and when. A mark leads to its record. */
#include "config.h"
#include "cpt-widget-data-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-query.h"

/* More have no room on any screen */
#define MAX_ITEMS 60
#define N_COLUMNS 3

/* Places of the columns that are read */
enum
{
  MOMENT,
  MANNER,
  SUBTITLE,
};

CptFilter *
cpt_widget_create_record_filter (CptDatabase     *database,
                                 const CptEntity *entity,
                                 const CptUuid   *id)
{
  g_autofree char *text = cpt_uuid_dup_text (id);
  g_autoptr(JsonNode) value = json_node_init_string (json_node_alloc (), text);

  return cpt_filter_new_condition (cpt_database_get_schema (database), entity, "id", CPT_OPERATOR_IS, value, NULL);
}

/* Today and yesterday by name, else the day; the time of day only of the last two days */
static char *
dup_when (CptDatabase    *database,
          CptPage        *page,
          guint           index,
          const CptField *field)
{
  const CptValue *value = cpt_page_get_value (page, index, MOMENT);
  gint64 today = cpt_database_get_today (database);
  gint64 date;

  if (cpt_value_is_null (value) || value->type != CPT_VALUE_INTEGER)
    return NULL;

  date = field->kind == CPT_FIELD_DATETIME ? cpt_instant_get_date (value->integer, cpt_database_get_zone (database))
                                           : value->integer;
  if (date == today)
    return g_strdup (_("Today"));
  if (date == today - 1)
    return g_strdup (_("Yesterday"));

  return cpt_date_format (date);
}

/* "Call · Verdier SARL" */
static char *
dup_detail (CptDatabase *database,
            CptPage     *page,
            guint        index,
            const guint *columns)
{
  GTimeZone *zone = cpt_database_get_zone (database);
  g_autoptr(GString) detail = g_string_new (NULL);

  for (guint i = MANNER; i < N_COLUMNS; i++)
    {
      g_autofree char *text = columns[i] != G_MAXUINT ? cpt_page_dup_text (page, index, columns[i], zone) : NULL;

      if (text == NULL || text[0] == '\0')
        continue;
      if (detail->len > 0)
        g_string_append (detail, " · ");
      g_string_append (detail, text);
    }

  return detail->len > 0 ? g_string_free (g_steal_pointer (&detail), FALSE) : NULL;
}

static void
add_items (CptWidgetData    *self,
           CptDatabase      *database,
           const CptEntity  *entity,
           GArray           *rows,
           GError          **error)
{
  const char *moment = entity->moment != NULL ? entity->moment : "created_at";
  const char *const names[N_COLUMNS] = { moment, entity->manner, entity->subtitle };
  CptSchema *schema = cpt_database_get_schema (database);
  guint columns[N_COLUMNS];
  CptPath paths[N_COLUMNS];
  g_autoptr(CptPage) page = NULL;
  guint n_columns = 0;

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      columns[i] = G_MAXUINT;
      if (names[i] != NULL && cpt_path_parse (schema, entity, names[i], &paths[n_columns], NULL))
        columns[i] = n_columns++;
    }
  if (columns[MOMENT] != 0)
    return;

  page = cpt_page_load (database, schema, entity, paths, n_columns, (const gint64 *) rows->data, rows->len, error);
  for (guint i = 0; page != NULL && i < rows->len; i++)
    {
      g_autofree char *title = NULL;
      g_autofree char *detail = NULL;
      g_autofree char *when = NULL;

      if (!cpt_page_has_row (page, i))
        continue;
      title = cpt_database_dup_title (database, entity, cpt_page_get_id (page, i));
      detail = dup_detail (database, page, i, columns);
      when = dup_when (database, page, i, cpt_path_get_field (&paths[0]));
      cpt_chart_data_add_item (self->chart, title != NULL ? title : "", detail, when);
      g_ptr_array_add (self->filters, cpt_widget_create_record_filter (database, entity, cpt_page_get_id (page, i)));
    }
}

static void
filter_free (gpointer filter)
{
  if (filter != NULL)
    cpt_filter_unref (filter);
}

static gboolean
read_records (CptWidgetData  *self,
              CptDatabase    *database,
              JsonObject     *query,
              gboolean        is_image,
              GError        **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const char *source = NULL;
  const CptEntity *entity = NULL;
  g_autoptr(CptQuery) list = NULL;
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GArray) rows = NULL;
  g_autofree char *sort = NULL;
  GError *failure = NULL;

  if (!cpt_json_read_string (query, "source", &source, error))
    return FALSE;
  entity = source != NULL ? cpt_schema_find_entity (schema, source) : NULL;
  if (entity == NULL)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("This kind of records does not exist; choose another one."));
      return FALSE;
    }

  list = cpt_query_new (schema, entity);
  if (json_object_has_member (query, "where"))
    {
      filter = cpt_filter_from_json (schema, entity, json_object_get_member (query, "where"), error);
      if (filter == NULL)
        return FALSE;
      cpt_query_set_filter (list, filter);
    }
  sort = g_strconcat ("-", entity->moment != NULL ? entity->moment : "created_at", NULL);
  if (!cpt_query_set_sort (list, sort, error))
    return FALSE;
  self->filters = g_ptr_array_new_with_free_func (filter_free);
  if (is_image)
    return cpt_widget_data_read_image (self, database, list, error);

  rows = cpt_query_get_rows (list, database, 0, MAX_ITEMS, error);
  if (rows == NULL)
    return FALSE;

  add_items (self, database, entity, rows, &failure);
  if (failure != NULL)
    g_propagate_error (error, failure);

  return failure == NULL;
}

void
cpt_widget_data_read_records (CptWidgetData   *self,
                              CptDatabase     *database,
                              const CptWidget *widget)
{
  g_autoptr(GError) error = NULL;

  if (widget->query == NULL || !JSON_NODE_HOLDS_OBJECT (widget->query))
    self->chart->error = g_strdup (_("Choose what to show."));
  else if (!read_records (self, database, json_node_get_object (widget->query), g_str_equal (widget->kind, "image"), &error))
    self->chart->error = g_strdup (error->message);
}
