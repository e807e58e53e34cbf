/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saved views: records of the workspace whose definition is JSON, written by the
 * window. One of the form "board" is listed by the field of its columns. */
#include "config.h"

#include "cpt-ctl-view-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-query.h"
#include "cpt-text.h"

void
cpt_ctl_view_clear (CptCtlView *self)
{
  g_clear_pointer (&self->columns, g_free);
  g_clear_pointer (&self->sort, g_free);
  g_clear_pointer (&self->group, g_free);
  g_clear_pointer (&self->totals, g_free);
  g_clear_pointer (&self->filter, cpt_filter_unref);
}

static void
replace (char       **member,
         const char  *given)
{
  if (given == NULL)
    return;

  g_free (*member);
  *member = g_strdup (given);
}

void
cpt_ctl_view_override (CptCtlView          *self,
                       const CptCtlOptions *options)
{
  replace (&self->columns, options->columns);
  replace (&self->sort, options->sort);
  replace (&self->group, options->group);
  replace (&self->totals, options->totals);
}

/* "name:220,stage" without the widths, and without what is no field any more */
static char *
dup_columns (CptSchema       *schema,
             const CptEntity *entity,
             const char      *text)
{
  g_auto(GStrv) parts = g_strsplit (text, ",", -1);
  GString *columns = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      CptPath path;

      parts[i][strcspn (parts[i], ":")] = '\0';
      if (cpt_path_parse (schema, entity, parts[i], &path, NULL))
        g_string_append_printf (columns, "%s%s", columns->len > 0 ? "," : "", parts[i]);
    }

  return g_string_free (columns, columns->len == 0);
}

static gboolean
read_definition (CptCtlView       *self,
                 CptSchema        *schema,
                 const CptEntity  *entity,
                 JsonObject       *object,
                 GError          **error)
{
  g_autofree char *columns = cpt_json_dup_string (object, "columns");

  self->columns = columns != NULL ? dup_columns (schema, entity, columns) : NULL;
  self->sort = cpt_json_dup_string (object, "sort");
  self->group = cpt_json_dup_string (object, "group");
  if (self->group == NULL)
    self->group = cpt_json_dup_string (object, "field");
  self->totals = cpt_json_dup_string (object, "totals");
  if (!json_object_has_member (object, "filter"))
    return TRUE;

  self->filter = cpt_filter_from_json (schema, entity, json_object_get_member (object, "filter"), error);

  return self->filter != NULL;
}

/* The definition of a saved view; NULL without @error when there is none */
static JsonNode *
find_definition (CptDatabase      *database,
                 const CptEntity  *entity,
                 const char       *name,
                 GError          **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *views = cpt_schema_find_entity (schema, "saved_view");
  g_autoptr(JsonNode) value = json_node_init_string (json_node_alloc (), entity->name);
  g_autoptr(CptQuery) query = cpt_query_new (schema, views);
  g_autoptr(CptFilter) filter = cpt_filter_new_condition (schema, views, "entity_name", CPT_OPERATOR_IS, value, error);
  g_autoptr(GPtrArray) records = NULL;
  g_autofree char *folded = cpt_text_fold (name);

  if (filter == NULL)
    return NULL;
  cpt_query_set_filter (query, filter);
  records = cpt_query_load_records (query, database, 0, error);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const CptRecord *view = g_ptr_array_index (records, i);
      const char *own = cpt_record_get_text (view, "name");
      g_autofree char *title = cpt_text_fold (own != NULL ? own : "");

      if (strcmp (title, folded) == 0)
        return cpt_json_parse (cpt_record_get_text (view, "definition") != NULL ? cpt_record_get_text (view, "definition") : "{}",
                               -1, error);
    }

  return NULL;
}

gboolean
cpt_ctl_view_load (CptCtlView       *self,
                   CptDatabase      *database,
                   const CptEntity  *entity,
                   const char       *name,
                   GError          **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(JsonNode) node = find_definition (database, entity, name, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND,
                   _("There is no saved view “%s” of these records; “list saved_view” shows those that there are"), name);
      return FALSE;
    }

  return read_definition (self, cpt_database_get_schema (database), entity, json_node_get_object (node), error);
}
