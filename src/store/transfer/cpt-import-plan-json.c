/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan as JSON: what the workspace remembers, what comptoirctl prints and
 * takes with --plan. What is read may come from anywhere. */
#include "config.h"

#include "cpt-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"

static const char *const mode_names[] = {
  [CPT_IMPORT_CREATE] = "create",
  [CPT_IMPORT_UPDATE] = "update",
  [CPT_IMPORT_CREATE_OR_UPDATE] = "create-or-update",
  [CPT_IMPORT_SKIP_EXISTING] = "skip-existing",
};

static const char *const rule_names[] = {
  [CPT_IMPORT_LINK_REJECT] = "reject",
  [CPT_IMPORT_LINK_EMPTY] = "empty",
  [CPT_IMPORT_LINK_CREATE] = "create",
  [CPT_IMPORT_LINK_SIMILAR] = "similar",
};

static void
add_name (JsonBuilder *builder,
          const char  *member,
          const char  *value)
{
  json_builder_set_member_name (builder, member);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_column (JsonBuilder     *builder,
            CptImportPlan   *self,
            CptImportColumn *column)
{
  const CptField *field = column->field != NULL ? cpt_entity_find_field (self->entity, column->field) : NULL;

  json_builder_begin_object (builder);
  add_name (builder, "header", column->header);
  add_name (builder, "field", column->field);
  if (column->part != NULL)
    add_name (builder, "part", column->part);
  if (field != NULL && field->target != NULL)
    add_name (builder, "link_rule", rule_names[column->link_rule]);
  if (column->multiplier > 1)
    {
      json_builder_set_member_name (builder, "multiplier");
      json_builder_add_int_value (builder, column->multiplier);
    }
  if (column->skip != NULL)
    add_name (builder, "skip", column->skip);
  if (column->currency[0] != '\0')
    add_name (builder, "currency", column->currency);
  if (column->values != NULL)
    {
      g_autoptr(JsonNode) values = cpt_json_parse (column->values, -1, NULL);

      json_builder_set_member_name (builder, "values");
      if (values != NULL)
        json_builder_add_value (builder, g_steal_pointer (&values));
      else
        json_builder_add_null_value (builder);
    }
  json_builder_end_object (builder);
}

JsonNode *
cpt_import_plan_to_json (CptImportPlan *self)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  char separator[2] = { 0 };
  char quote[2] = { 0 };
  char decimal[2] = { 0 };

  g_return_val_if_fail (self != NULL, NULL);

  separator[0] = self->dialect.separator;
  quote[0] = self->dialect.quote;
  decimal[0] = self->decimal;

  json_builder_begin_object (builder);
  add_name (builder, "entity", self->entity->name);
  if (self->origin != NULL)
    add_name (builder, "origin", self->origin->id);
  if (self->sheet != NULL)
    add_name (builder, "sheet", self->sheet);
  add_name (builder, "encoding", self->dialect.encoding);
  add_name (builder, "separator", separator);
  add_name (builder, "quote", quote);
  json_builder_set_member_name (builder, "header");
  json_builder_add_boolean_value (builder, self->has_header);
  add_name (builder, "decimal", decimal);
  add_name (builder, "date_order", cpt_import_get_order_name (self->date_order));
  add_name (builder, "mode", mode_names[self->mode]);
  add_name (builder, "key", self->key);
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->columns->len; i++)
    add_column (builder, self, g_ptr_array_index (self->columns, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static gboolean
apply_column_numbers (CptImportColumn  *column,
                      JsonObject       *object,
                      GError          **error)
{
  const char *currency = NULL;
  const char *skip = column->skip;
  JsonObject *values = NULL;
  gint64 multiplier = column->multiplier;

  if (!cpt_json_read_int (object, "multiplier", &multiplier, error) ||
      !cpt_json_read_string (object, "currency", &currency, error) || !cpt_json_read_string (object, "skip", &skip, error) ||
      !cpt_json_read_object (object, "values", &values, error))
    return FALSE;

  if (multiplier < 0 || multiplier > G_GINT64_CONSTANT (1000000000000))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” can’t be multiplied by this number."), column->header);
      return FALSE;
    }
  column->multiplier = multiplier;
  if (skip != column->skip)
    {
      g_free (column->skip);
      column->skip = g_strdup (skip);
    }
  if (currency != NULL)
    g_strlcpy (column->currency, currency, sizeof column->currency);
  if (values != NULL)
    {
      g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), values);

      g_free (column->values);
      column->values = cpt_json_format_canonical (node);
    }

  return TRUE;
}

/* @by_header: the columns of @self by their headers */
static gboolean
apply_column (CptImportPlan  *self,
              GHashTable     *by_header,
              JsonNode       *node,
              GError        **error)
{
  JsonObject *object;
  CptImportColumn *column;
  const char *header = NULL;
  const char *field = NULL;
  const char *part = NULL;
  g_autofree char *path = NULL;
  guint rule;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, _("“columns” is a list of objects."));
      return FALSE;
    }

  object = json_node_get_object (node);
  if (!cpt_json_read_string (object, "header", &header, error))
    return FALSE;
  column = header != NULL ? g_hash_table_lookup (by_header, header) : NULL;
  if (column == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("The file has no column “%s”."), header != NULL ? header : "");
      return FALSE;
    }

  rule = column->link_rule;
  if (json_object_has_member (object, "field"))
    {
      if (!json_object_get_null_member (object, "field") &&
          (!cpt_json_read_string (object, "field", &field, error) || !cpt_json_read_string (object, "part", &part, error)))
        return FALSE;
      path = part != NULL ? g_strconcat (field, ".", part, NULL) : g_strdup (field);
      if (!cpt_import_plan_map (self, column, path, error))
        return FALSE;
    }
  if (!cpt_import_read_choice (object, "link_rule", rule_names, G_N_ELEMENTS (rule_names), &rule, error))
    return FALSE;
  column->link_rule = rule;

  return apply_column_numbers (column, object, error);
}

/* Of columns with the same header the first is meant */
static gboolean
apply_columns (CptImportPlan  *self,
               JsonArray      *columns,
               GError        **error)
{
  g_autoptr(GHashTable) by_header = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = self->columns->len; i > 0; i--)
    {
      CptImportColumn *column = g_ptr_array_index (self->columns, i - 1);

      g_hash_table_insert (by_header, column->header, column);
    }

  for (guint i = 0; i < json_array_get_length (columns); i++)
    {
      if (!apply_column (self, by_header, json_array_get_element (columns, i), error))
        return FALSE;
    }

  return TRUE;
}

/* The columns stay: they were read in another way */
static gboolean
apply_reading_json (CptImportPlan  *self,
                    JsonNode       *node,
                    GError        **error)
{
  CptImportReading reading = CPT_IMPORT_READING_INIT;

  if (!cpt_import_reading_apply_json (&reading, node, error))
    return FALSE;

  if (reading.encoding != NULL)
    self->dialect.encoding = reading.encoding;
  if (reading.separator != 0)
    self->dialect.separator = reading.separator;
  if (reading.quote >= 0)
    self->dialect.quote = (char) reading.quote;
  if (reading.header >= 0)
    self->has_header = reading.header != 0;
  cpt_import_plan_apply_reading (self, &reading);

  return TRUE;
}

gboolean
cpt_import_plan_apply_json (CptImportPlan  *self,
                            JsonNode       *node,
                            GError        **error)
{
  JsonObject *object;
  JsonArray *columns = NULL;
  const char *key = NULL;
  const char *origin = NULL;
  guint mode;

  g_return_val_if_fail (self != NULL && node != NULL, FALSE);

  if (!apply_reading_json (self, node, error))
    return FALSE;

  object = json_node_get_object (node);
  mode = self->mode;
  if (!cpt_import_read_choice (object, "mode", mode_names, G_N_ELEMENTS (mode_names), &mode, error) ||
      !cpt_json_read_string (object, "origin", &origin, error) || !cpt_json_read_array (object, "columns", &columns, error))
    return FALSE;

  self->mode = mode;
  if (origin != NULL && cpt_import_export_find (origin) != NULL)
    self->origin = cpt_import_export_find (origin);
  if (json_object_has_member (object, "key"))
    {
      if (!json_object_get_null_member (object, "key") && !cpt_json_read_string (object, "key", &key, error))
        return FALSE;
      g_free (self->key);
      self->key = g_strdup (key);
    }

  return columns == NULL || apply_columns (self, columns, error);
}
