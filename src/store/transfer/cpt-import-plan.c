/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a file becomes records. A plan is proposed from the file's beginning, or
 * taken from what the workspace remembers under the file's headers (setting
 * "import-mapping:HASH"), and can be changed before it is run. */
#include "config.h"

#include "cpt-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"

static void
column_free (CptImportColumn *self)
{
  g_free (self->header);
  g_free (self->field);
  g_free (self->part);
  g_free (self->values);
  g_free (self->hint);
  g_free (self->skip);
  g_free (self);
}

void
cpt_import_plan_free (CptImportPlan *self)
{
  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->hints, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->first, cpt_import_plan_free);
  g_strfreev (self->sheets);
  g_free (self->sheet);
  g_free (self->country);
  g_free (self->key);
  g_free (self);
}

static char *
get_setting_key (CptImportPlan *self)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  g_checksum_update (checksum, (const guchar *) self->entity->name, -1);
  for (guint i = 0; i < self->columns->len; i++)
    {
      CptImportColumn *column = g_ptr_array_index (self->columns, i);

      g_checksum_update (checksum, (const guchar *) "\037", 1);
      g_checksum_update (checksum, (const guchar *) column->header, -1);
    }

  return g_strconcat ("import-mapping:", g_checksum_get_string (checksum), NULL);
}

gboolean
cpt_import_plan_remember (CptImportPlan  *self,
                          CptDatabase    *database,
                          GError        **error)
{
  g_autofree char *key = get_setting_key (self);
  g_autoptr(JsonNode) node = cpt_import_plan_to_json (self);
  g_autofree char *text = cpt_json_format_canonical (node);
  g_autofree char *known = cpt_database_dup_setting (database, key);

  if (g_strcmp0 (known, text) == 0)
    return TRUE;

  return cpt_database_set_setting (database, key, text, error);
}

/* What was remembered may be of an older version: what no longer fits is left */
static void
apply_remembered (CptImportPlan *self,
                  CptDatabase   *database)
{
  g_autofree char *key = get_setting_key (self);
  g_autofree char *text = cpt_database_dup_setting (database, key);
  g_autoptr(JsonNode) node = NULL;

  if (text == NULL)
    return;

  node = cpt_json_parse (text, -1, NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      const char *origin = json_object_get_string_member_with_default (object, "origin", NULL);

      /* Of an export that was mapped without its table, or the other way round */
      if (g_strcmp0 (origin, self->origin != NULL ? self->origin->id : NULL) != 0)
        return;

      /* How the file is written is seen better in the file itself */
      json_object_remove_member (object, "sheet");
      json_object_remove_member (object, "encoding");
      json_object_remove_member (object, "separator");
      json_object_remove_member (object, "quote");
      json_object_remove_member (object, "header");
      cpt_import_plan_apply_json (self, node, NULL);
    }
}

CptImportPlan *
cpt_import_plan_new_bare (CptSchema       *schema,
                          const CptEntity *entity)
{
  CptImportPlan *self = g_new0 (CptImportPlan, 1);

  self->schema = cpt_schema_ref (schema);
  self->entity = entity;
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) column_free);
  self->hints = g_ptr_array_new_with_free_func (g_free);

  return self;
}

static CptImportPlan *
plan_new_from_sample (CptDatabase     *database,
                      const CptEntity *entity,
                      CptImportSample *sample)
{
  CptSchema *schema = cpt_database_get_schema (database);
  /* The caller's may be of an older schema */
  CptImportPlan *self = cpt_import_plan_new_bare (schema, cpt_schema_find_entity (schema, entity->name));

  self->dialect = sample->dialect;
  self->sheets = g_strdupv (sample->sheets);
  self->sheet = g_strdup (sample->sheet);
  self->has_header = sample->has_header;
  self->mode = CPT_IMPORT_CREATE_OR_UPDATE;
  g_strlcpy (self->currency, cpt_database_get_currency (database), sizeof self->currency);
  self->country = g_strdup (cpt_database_get_country (database));
  self->zone = g_time_zone_ref (cpt_database_get_zone (database));

  for (guint i = 0; sample->headers[i] != NULL; i++)
    {
      CptImportColumn *column = g_new0 (CptImportColumn, 1);

      column->header = g_strdup (sample->headers[i]);
      column->link_rule = CPT_IMPORT_LINK_CREATE;
      g_ptr_array_add (self->columns, column);
    }

  return self;
}

/* A slip of the pen is likelier than a new product; two companies or persons
 * with nearly the same name are not rare */
static void
choose_link_rules (CptImportPlan *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      CptImportColumn *column = g_ptr_array_index (self->columns, i);
      const CptField *field = column->field != NULL ? cpt_entity_find_field (self->entity, column->field) : NULL;

      if (field != NULL && g_strcmp0 (field->target, "product") == 0)
        column->link_rule = CPT_IMPORT_LINK_SIMILAR;
    }
}

static void
read_units (CptImportPlan *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      CptImportColumn *column = g_ptr_array_index (self->columns, i);
      const CptField *field = column->field != NULL ? cpt_entity_find_field (self->entity, column->field) : NULL;

      if (field != NULL && field->kind == CPT_FIELD_MONEY)
        cpt_import_read_unit (column->header, &column->multiplier, column->currency);
    }
}

void
cpt_import_plan_apply_reading (CptImportPlan          *self,
                               const CptImportReading *reading)
{
  g_return_if_fail (self != NULL && reading != NULL);

  if (self->first != NULL)
    cpt_import_plan_apply_reading (self->first, reading);
  if (reading->decimal >= 0)
    self->decimal = (char) reading->decimal;
  if (reading->date_order >= 0)
    self->date_order = reading->date_order;

  for (guint i = 0; i < self->columns->len && reading->currency[0] != '\0'; i++)
    {
      CptImportColumn *column = g_ptr_array_index (self->columns, i);

      memcpy (column->currency, reading->currency, sizeof column->currency);
    }
}

/* @origin: (nullable) */
static CptImportPlan *
plan_new (CptDatabase             *database,
          const CptEntity         *entity,
          const CptImportExport   *origin,
          const char              *path,
          const CptImportReading  *reading,
          GError                 **error)
{
  g_autoptr(CptImportSample) sample = cpt_import_sample_read (path, reading, error);
  CptImportPlan *self;

  if (sample == NULL)
    return NULL;

  self = plan_new_from_sample (database, entity, sample);
  self->origin = origin;
  if (origin != NULL)
    cpt_import_match_export (self);
  else if (self->has_header)
    cpt_import_match_names (self->entity, self->columns);
  if (origin == NULL)
    cpt_import_match_content (sample, self);
  read_units (self);
  choose_link_rules (self);
  self->decimal = cpt_import_detect_decimal (sample, self);
  self->date_order = cpt_import_detect_dates (sample, self, cpt_database_get_country (database));
  if (self->has_header)
    apply_remembered (self, database);
  if (reading != NULL)
    cpt_import_plan_apply_reading (self, reading);
  cpt_import_add_hints (sample, self);

  return self;
}

CptImportPlan *
cpt_import_plan_new (CptDatabase             *database,
                     const CptEntity         *entity,
                     const char              *path,
                     const CptImportReading  *reading,
                     GError                 **error)
{
  g_return_val_if_fail (database != NULL && entity != NULL && path != NULL, NULL);

  return plan_new (database, entity, NULL, path, reading, error);
}

/* Whether some rows are left to another plan; without, both would take all */
static gboolean
tells_rows_apart (CptImportPlan *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (((const CptImportColumn *) g_ptr_array_index (self->columns, i))->skip != NULL)
      return TRUE;

  return FALSE;
}

CptImportPlan *
cpt_import_plan_new_from_export (CptDatabase             *database,
                                 const CptImportExport   *origin,
                                 const char              *path,
                                 const CptImportReading  *reading,
                                 GError                 **error)
{
  CptSchema *schema = NULL;
  const CptImportExport *first;
  g_autoptr(CptImportPlan) self = NULL;
  g_autoptr(CptImportPlan) other = NULL;

  g_return_val_if_fail (database != NULL && origin != NULL && path != NULL, NULL);

  schema = cpt_database_get_schema (database);
  self = plan_new (database, cpt_schema_find_entity (schema, origin->entity), origin, path, reading, error);
  first = cpt_import_export_find (origin->first);
  if (self == NULL || first == NULL || !tells_rows_apart (self))
    return g_steal_pointer (&self);

  other = plan_new (database, cpt_schema_find_entity (schema, first->entity), first, path, reading, error);
  if (other == NULL)
    return NULL;
  if (tells_rows_apart (other))
    self->first = g_steal_pointer (&other);

  return g_steal_pointer (&self);
}

static void
copy_text (char       **to,
           const char  *from)
{
  g_free (*to);
  *to = g_strdup (from);
}

void
cpt_import_plan_take_mapping (CptImportPlan *self,
                              CptImportPlan *other)
{
  g_return_if_fail (self != NULL && other != NULL);
  g_return_if_fail (g_str_equal (self->entity->name, other->entity->name));

  for (guint i = 0; i < self->columns->len; i++)
    {
      CptImportColumn *column = g_ptr_array_index (self->columns, i);
      const CptImportColumn *found = cpt_import_plan_find_column (other, column->header);

      if (found == NULL)
        continue;
      copy_text (&column->field, found->field);
      copy_text (&column->part, found->part);
      copy_text (&column->values, found->values);
      copy_text (&column->skip, found->skip);
      column->link_rule = found->link_rule;
      column->multiplier = found->multiplier;
    }
  self->origin = other->origin;
  self->mode = other->mode;
  copy_text (&self->key, other->key);
}

/* Whether a row could be named or found by @field; numbers of days are by their day */
static gboolean
names_row (const CptEntity *entity,
           const CptField  *field)
{
  if ((entity->flags & CPT_ENTITY_FACTS) != 0)
    return field->kind == CPT_FIELD_DATE;

  return g_str_equal (field->name, entity->title) || (field->flags & CPT_FIELD_KEY) != 0;
}

/* How well @entity fits: 0 when a row could not even be named or found */
static guint
rate_entity (const CptEntity *entity,
             CptImportSample *sample)
{
  g_autoptr(GPtrArray) columns = g_ptr_array_new_with_free_func ((GDestroyNotify) column_free);
  gboolean is_named = FALSE;
  guint rating = 0;
  guint n_matched = 0;

  for (guint i = 0; sample->headers[i] != NULL; i++)
    {
      CptImportColumn *column = g_new0 (CptImportColumn, 1);

      column->header = g_strdup (sample->headers[i]);
      g_ptr_array_add (columns, column);
    }
  cpt_import_match_names (entity, columns);

  for (guint i = 0; i < columns->len; i++)
    {
      CptImportColumn *column = g_ptr_array_index (columns, i);
      const CptField *field = column->field != NULL ? cpt_entity_find_field (entity, column->field) : NULL;
      g_autofree char *folded = cpt_import_fold_header (column->header);

      if (field == NULL)
        continue;
      n_matched++;
      rating += cpt_import_score_header (entity, field, folded, NULL);
      is_named = is_named || names_row (entity, field);
    }

  /* A file may have columns of its own, but most of them should be known */
  if (!is_named || n_matched * 2 < columns->len)
    return 0;

  /* A list of people is a list of contacts, unless something says otherwise */
  return g_str_equal (entity->name, "lead") ? rating * 9 / 10 : rating;
}

const CptEntity *
cpt_import_guess_entity (CptDatabase             *database,
                         const char              *path,
                         const CptEntity         *expected,
                         const CptImportReading  *reading,
                         GError                 **error)
{
  g_autoptr(CptImportSample) sample = NULL;
  const CptEntity *const *entities;
  const CptEntity *best = NULL;
  guint best_rating = 0;
  guint n_entities;

  g_return_val_if_fail (database != NULL && path != NULL, NULL);

  sample = cpt_import_sample_read (path, reading, error);
  if (sample == NULL)
    return NULL;

  entities = cpt_schema_get_entities (cpt_database_get_schema (database), &n_entities);
  for (guint i = 0; sample->has_header && i < n_entities; i++)
    {
      guint rating;

      if ((entities[i]->flags & (CPT_ENTITY_SYSTEM | CPT_ENTITY_FACTS)) == CPT_ENTITY_SYSTEM)
        continue;
      rating = rate_entity (entities[i], sample);
      if (expected != NULL && g_str_equal (entities[i]->name, expected->name))
        rating = rating * 5 / 4;
      if (rating > best_rating)
        {
          best_rating = rating;
          best = entities[i];
        }
    }

  return best;
}

CptImportColumn *
cpt_import_plan_find_column (CptImportPlan *self,
                             const char    *header)
{
  g_return_val_if_fail (self != NULL && header != NULL, NULL);

  for (guint i = 0; i < self->columns->len; i++)
    {
      CptImportColumn *column = g_ptr_array_index (self->columns, i);

      if (g_str_equal (column->header, header))
        return column;
    }

  return NULL;
}

static gboolean
split_part (const CptField  *field,
            const char      *name,
            const char     **part)
{
  if (field != NULL)
    *part = field->kind == CPT_FIELD_ADDRESS ? cpt_import_find_part (name) : cpt_import_find_gathering (field, name);

  return *part != NULL;
}

gboolean
cpt_import_plan_map (CptImportPlan    *self,
                     CptImportColumn  *column,
                     const char       *field,
                     GError          **error)
{
  const CptField *found = NULL;
  const char *part = NULL;
  g_autofree char *copy = g_strdup (field);
  char *point;

  g_return_val_if_fail (self != NULL && column != NULL, FALSE);

  if (field != NULL && !g_str_equal (field, "id"))
    {
      found = cpt_entity_find_field (self->entity, field);
      point = strchr (copy, '.');
      if (found == NULL && point != NULL)
        {
          *point = '\0';
          found = cpt_entity_find_field (self->entity, copy);
          if (!split_part (found, point + 1, &part))
            found = NULL;
        }
      if (found != NULL && (found->flags & CPT_FIELD_READ_ONLY) != 0)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                       _("“%s” can’t be imported: Comptoir fills this field in by itself."), cpt_field_get_label (found));
          return FALSE;
        }
      if (found == NULL)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("%s has no field “%s” that can be imported."),
                       cpt_entity_get_label (self->entity), field);
          return FALSE;
        }
    }

  g_free (column->field);
  g_free (column->part);
  column->field = g_strdup (found != NULL ? found->name : field);
  column->part = g_strdup (part);

  return TRUE;
}

static gboolean
check_key (CptImportPlan  *self,
           GError        **error)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      CptImportColumn *column = g_ptr_array_index (self->columns, i);

      if (g_strcmp0 (column->field, self->key) == 0)
        return TRUE;
    }

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
               _("Existing records are found by “%s”, but no column of the file is that field."), self->key);

  return FALSE;
}

static gboolean
has_gathering (CptImportPlan *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const CptImportColumn *column = g_ptr_array_index (self->columns, i);

      if (column->field != NULL && cpt_import_is_gathering (column))
        return TRUE;
    }

  return FALSE;
}

gboolean
cpt_import_plan_check (CptImportPlan  *self,
                       GError        **error)
{
  g_autoptr(GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->columns->len; i++)
    {
      CptImportColumn *column = g_ptr_array_index (self->columns, i);
      g_autofree char *target = NULL;

      if (column->field == NULL || cpt_import_is_gathering (column))
        continue;
      target = g_strconcat (column->field, ".", column->part, NULL);
      if (!g_hash_table_add (taken, g_steal_pointer (&target)))
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                       _("Two columns would become “%s”. Leave one of them out."), column->field);
          return FALSE;
        }
    }

  if (g_hash_table_size (taken) == 0 && !has_gathering (self))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   _("No column of the file has the name of a field of %s. Say what the columns are."),
                   cpt_entity_get_label_plural (self->entity));
      return FALSE;
    }

  return self->key == NULL || check_key (self, error);
}

GPtrArray *
cpt_import_plan_preview (CptImportPlan  *self,
                         const char     *path,
                         guint           limit,
                         GError        **error)
{
  g_autoptr(CptImportSource) reader = NULL;
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr(GError) read_error = NULL;
  gboolean skip = self->has_header;
  CptCsvRow row = { 0 };
  guint64 size;

  g_return_val_if_fail (self != NULL && path != NULL, NULL);

  if (!cpt_import_check_file (path, &size, error))
    return NULL;
  reader = cpt_import_source_open (path, &self->dialect, self->sheet != NULL, self->sheet, self->decimal, error);
  if (reader == NULL)
    return NULL;

  while (rows->len < limit && cpt_import_source_next (reader, &row, NULL, &read_error))
    {
      GStrv cells;

      if (skip)
        {
          skip = FALSE;
          continue;
        }
      cells = g_new0 (char *, row.n_fields + 1);
      for (guint i = 0; i < row.n_fields; i++)
        cells[i] = g_strdup (row.fields[i]);
      g_ptr_array_add (rows, cells);
    }

  if (read_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&read_error));
      return NULL;
    }

  return g_steal_pointer (&rows);
}
