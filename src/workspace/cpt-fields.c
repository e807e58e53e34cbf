/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fields that a workspace adds: their names, and what may not be done to them.
 * Values have the form of their field's kind wherever they are kept: a field
 * with something in it keeps its name and its kind (see cpt-conversion.h for
 * another one), and no choice goes that a record has. */

#include "config.h"

#include "cpt-fields-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-custom-field.h"
#include "cpt-filter.h"
#include "cpt-json.h"
#include "cpt-query.h"
#include "cpt-statement.h"
#include "cpt-text.h"

/* Room for a number behind it */
#define MAX_NAME_BYTES 50
#define MAX_POSITION 100000

/* ------------------------------------------------------------------- names */

/* What is left of a text in lower-case letters, digits and single underscores */
static char *
dup_plain (const char *text,
           const char *fallback)
{
  g_autofree char *folded = cpt_text_fold (text);
  g_autoptr(GString) name = g_string_new (NULL);

  for (const char *c = folded; *c != '\0' && name->len < MAX_NAME_BYTES; c++)
    if (g_ascii_islower (*c) || (g_ascii_isdigit (*c) && name->len > 0))
      g_string_append_c (name, *c);
    else if (name->len > 0 && name->str[name->len - 1] != '_')
      g_string_append_c (name, '_');
  while (name->len > 0 && name->str[name->len - 1] == '_')
    g_string_truncate (name, name->len - 1);
  if (name->len == 0)
    g_string_append (name, fallback);

  return g_string_free (g_steal_pointer (&name), FALSE);
}

char *
cpt_fields_dup_choice_name (const char *label,
                            GPtrArray  *taken)
{
  g_autofree char *base = dup_plain (label, "choice");
  char *name = g_strdup (base);

  for (guint i = 2; g_ptr_array_find_with_equal_func (taken, name, g_str_equal, NULL); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s_%u", base, i);
    }

  return name;
}

static gboolean
is_taken (CptDatabase *database,
          const char  *name)
{
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (cpt_database_get_schema (database), &n_entities);

  for (guint i = 0; i < n_entities; i++)
    if (cpt_entity_find_field (entities[i], name) != NULL)
      return TRUE;

  return FALSE;
}

/* Of a statement whose first parameter is where @name stands in custom values */
static gboolean
count (CptDatabase  *database,
       const char   *sql,
       const char   *name,
       gint64        entity,
       const char   *choice,
       guint64      *n,
       GError      **error)
{
  g_autofree char *path = g_strdup_printf ("$.\"%s\"", name);
  g_autoptr(CptStatement) statement = cpt_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_text (statement, 1, path);
  if (entity != 0)
    cpt_statement_bind_int (statement, 2, entity);
  if (choice != NULL)
    cpt_statement_bind_text (statement, 3, choice);
  if (cpt_statement_step (statement, error) != CPT_STEP_ROW)
    return FALSE;
  *n = (guint64) cpt_statement_get_int (statement, 0);

  return TRUE;
}

gboolean
cpt_fields_count_trash (CptDatabase      *database,
                        const CptEntity  *entity,
                        const char       *name,
                        const char       *choice,
                        guint64          *n,
                        GError          **error)
{
  /* What is declared is in the body of the record. */
  const char *column = g_str_has_prefix (name, "x_") ? "custom" : "body";
  g_autofree char *condition = choice != NULL
                                 ? g_strdup_printf ("EXISTS (SELECT 1 FROM json_each (%s, ?1) WHERE value = ?3)", column)
                                 : g_strdup_printf ("json_type (%s, ?1) IS NOT NULL", column);
  g_autofree char *sql =
    g_strdup_printf ("SELECT count(*) FROM trash WHERE entity = ?2 AND json_valid (%s) AND %s", column, condition);

  g_return_val_if_fail (database != NULL && entity != NULL && name != NULL, FALSE);

  return count (database, sql, name, entity->number, choice, n, error);
}

/* A field that was deleted leaves its values in the records: they would come to
 * light again. */
static gboolean
has_leftovers (CptDatabase      *database,
               const CptEntity  *entity,
               const char       *name,
               gboolean         *is_so,
               GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT EXISTS (SELECT 1 FROM \"%s\" WHERE json_valid (custom) "
                                          "AND json_type (custom, ?1) IS NOT NULL)",
                                          entity->name);
  guint64 n = 0;

  if (!count (database, sql, name, 0, NULL, &n, error) ||
      (n == 0 && !cpt_fields_count_trash (database, entity, name, NULL, &n, error)))
    return FALSE;
  *is_so = n > 0;

  return TRUE;
}

/* "size_2" is "size" already numbered. */
static void
cut_number (char *name)
{
  char *mark = strrchr (name, '_');

  if (mark != NULL && mark > name && mark[1] != '\0' && mark[1 + strspn (mark + 1, "0123456789")] == '\0')
    *mark = '\0';
}

char *
cpt_fields_find_name (CptDatabase      *database,
                      const CptEntity  *entity,
                      const char       *text,
                      GError          **error)
{
  g_autofree char *base = dup_plain (g_str_has_prefix (text, "x_") ? text + 2 : text, "field");

  cut_number (base);
  for (guint i = 1;; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup_printf ("x_%s", base) : g_strdup_printf ("x_%s_%u", base, i);
      gboolean is_left = FALSE;

      if (is_taken (database, name))
        continue;
      if (!has_leftovers (database, entity, name, &is_left, error))
        return NULL;
      if (!is_left)
        return g_steal_pointer (&name);
    }
}

/* -------------------------------------------------------------- new records */

/* Behind the others of the kind of record */
static gboolean
set_position (CptDatabase  *database,
              CptRecord    *record,
              GError      **error)
{
  g_autoptr(CptQuery) query = cpt_query_new (cpt_database_get_schema (database), record->entity);
  g_autoptr(GPtrArray) others = cpt_query_load_records (query, database, 0, error);
  gint64 position = 0;

  if (others == NULL)
    return FALSE;

  for (guint i = 0; i < others->len; i++)
    {
      const CptRecord *other = g_ptr_array_index (others, i);

      if (g_strcmp0 (cpt_record_get_text (other, "entity_name"), cpt_record_get_text (record, "entity_name")) == 0)
        position = MAX (position, cpt_record_get_integer (other, "position"));
    }
  cpt_record_set_integer (record, "position", MIN (position + 1, MAX_POSITION));

  return TRUE;
}

typedef struct
{
  const CptEntity *entity;
  const char *label;
  CptFieldKind kind;
  JsonObject *definition; /* (nullable) */
  CptRecord *record;      /* (owned) (nullable) */
} Making;

static gboolean
make_record (CptDatabase  *database,
             gpointer      data,
             GError      **error)
{
  Making *self = data;
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(CptRecord) record = cpt_record_new (schema, cpt_schema_find_entity (schema, "custom_field"));
  g_autofree char *name = cpt_fields_find_name (database, self->entity, self->label, error);
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  if (name == NULL)
    return FALSE;

  if (self->definition != NULL)
    json_node_set_object (node, self->definition);
  else
    json_node_take_object (node, json_object_new ());
  text = cpt_json_format_canonical (node);
  cpt_uuid_generate (&record->id, cpt_database_get_now (database) / 1000);
  cpt_record_set_text (record, "entity_name", self->entity->name);
  cpt_record_set_text (record, "name", name);
  cpt_record_set_text (record, "label", self->label);
  cpt_record_set_text (record, "kind", cpt_field_type_get (self->kind)->name);
  cpt_record_set_text (record, "definition", text);
  if (!set_position (database, record, error))
    return FALSE;
  self->record = g_steal_pointer (&record);

  return TRUE;
}

CptRecord *
cpt_fields_create_record (CptDatabase      *database,
                          const CptEntity  *entity,
                          const char       *label,
                          CptFieldKind      kind,
                          JsonObject       *definition,
                          GError          **error)
{
  Making making = { .entity = entity, .label = label, .kind = kind, .definition = definition };

  g_return_val_if_fail (database != NULL && entity != NULL && label != NULL, NULL);

  cpt_database_snapshot (database, make_record, &making, error);

  return making.record;
}

/* ------------------------------------------------------------------- values */

/* Takes @filter (nullable): with @error */
static gboolean
count_records (CptDatabase      *database,
               const CptEntity  *entity,
               CptFilter        *filter,
               guint64          *n,
               GError          **error)
{
  g_autoptr(CptFilter) own = filter;
  g_autoptr(CptQuery) query = NULL;

  if (own == NULL)
    return FALSE;

  query = cpt_query_new (cpt_database_get_schema (database), entity);
  cpt_query_set_filter (query, own);

  return cpt_query_count (query, database, n, error);
}

gboolean
cpt_fields_count_values (CptDatabase      *database,
                         const CptEntity  *entity,
                         const CptField   *field,
                         const char       *choice,
                         guint64          *count,
                         GError          **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(JsonNode) value = NULL;
  CptOperator op = CPT_OPERATOR_IS_NOT_EMPTY;

  if (choice != NULL)
    {
      op = field->kind == CPT_FIELD_MULTI_CHOICE ? CPT_OPERATOR_CONTAINS : CPT_OPERATOR_IS;
      value = json_node_init_string (json_node_alloc (), choice);
    }

  return count_records (database, entity, cpt_filter_new_condition (schema, entity, field->name, op, value, error), count, error);
}

gboolean
cpt_fields_count_nothing (CptDatabase      *database,
                          const CptEntity  *entity,
                          const CptField   *field,
                          guint64          *count,
                          GError          **error)
{
  CptSchema *schema = cpt_database_get_schema (database);

  g_return_val_if_fail (field->formula != NULL, FALSE);

  return count_records (database, entity,
                        cpt_filter_new_condition (schema, entity, field->name, CPT_OPERATOR_IS_EMPTY, NULL, error), count,
                        error);
}

/* ------------------------------------------------------------------ changes */

/* What the record declares, in a schema of its own */
static CptSchema *
declare (const CptRecord  *record,
         const CptField  **field)
{
  CptRecord *const records[] = { (CptRecord *) record };
  CptSchema *schema = cpt_schema_new_from_records (records, 1, NULL);
  const char *entity_name = cpt_record_get_text (record, "entity_name");
  const CptEntity *entity = entity_name != NULL ? cpt_schema_find_entity (schema, entity_name) : NULL;

  /* By its place: the record may leave out the beginning that all names have. */
  *field = entity != NULL && entity->n_fields > entity->n_declared ? entity->fields[entity->n_declared] : NULL;

  return schema;
}

/* Whether values of the one can stand in the other */
static gboolean
is_same_form (const CptField *before,
              const CptField *after)
{
  return strcmp (before->name, after->name) == 0 && before->kind == after->kind && before->scale == after->scale &&
         before->scheme == after->scheme && g_strcmp0 (before->target, after->target) == 0;
}

/* In the trash it would come back with its record. */
gboolean
cpt_fields_check_choice (CptDoor          *door,
                         const CptEntity  *entity,
                         const CptField   *field,
                         const CptChoice  *choice,
                         char            **message,
                         GError          **error)
{
  CptDatabase *database = cpt_door_get_database (door);
  gint64 shift = cpt_door_count_choice (door, entity, field, choice->name);
  guint64 n = 0;
  guint64 n_in_trash = 0;

  if (!cpt_fields_count_values (database, entity, field, choice->name, &n, error) ||
      !cpt_fields_count_trash (database, entity, field->name, choice->name, &n_in_trash, error))
    return FALSE;

  n = (guint64) MAX ((gint64) n + shift, 0);
  if (n > 0)
    *message = g_strdup_printf (ngettext ("“%s” is chosen in %lu record. Choose something else there first.",
                                          "“%s” is chosen in %lu records. Choose something else there first.",
                                          (gulong) n),
                                cpt_choice_get_label (choice), (gulong) n);
  else if (n_in_trash > 0)
    *message = g_strdup_printf (ngettext ("“%s” is chosen in %lu record in the trash. Delete it there for good first.",
                                          "“%s” is chosen in %lu records in the trash. Delete them there for good first.",
                                          (gulong) n_in_trash),
                                cpt_choice_get_label (choice), (gulong) n_in_trash);

  return TRUE;
}

static gboolean
check_choices (CptDoor          *door,
               const CptRecord  *record,
               const CptEntity  *entity,
               const CptField   *field,
               const CptField   *after,
               GError          **error)
{
  for (const CptChoice *choice = field->choices; choice != NULL && choice->name != NULL; choice++)
    {
      g_autofree char *message = NULL;

      if (cpt_field_find_choice (after, choice->name) != NULL)
        continue;
      if (!cpt_fields_check_choice (door, entity, field, choice, &message, error))
        return FALSE;
      if (message == NULL)
        continue;

      cpt_door_add_problem (door, cpt_entity_find_field (record->entity, "definition"), message);
    }

  return TRUE;
}

static gboolean
check_change (CptDoor    *door,
              CptChange  *change,
              GError    **error)
{
  CptDatabase *database = cpt_door_get_database (door);
  const CptEntity *entity;
  const CptField *before, *after;
  g_autoptr(CptSchema) schema_before = declare (change->before, &before);
  g_autoptr(CptSchema) schema_after = declare (change->after, &after);
  const CptField *field;
  guint64 n = 0;
  guint64 n_in_trash = 0;

  entity = cpt_schema_find_entity (cpt_database_get_schema (database), cpt_record_get_text (change->before, "entity_name"));
  field = entity != NULL && before != NULL ? cpt_entity_find_field (entity, before->name) : NULL;
  if (field == NULL || after == NULL || field->formula != NULL)
    return TRUE;

  if (g_strcmp0 (cpt_record_get_text (change->after, "entity_name"), entity->name) == 0 && is_same_form (field, after))
    return check_choices (door, change->after, entity, field, after, error);

  if (!cpt_fields_count_values (database, entity, field, NULL, &n, error) ||
      !cpt_fields_count_trash (database, entity, field->name, NULL, &n_in_trash, error))
    return FALSE;
  if (n > 0)
    cpt_door_add_problem (door, cpt_entity_find_field (change->entity, "kind"),
                          _("There is something in the field: convert it instead."));
  else if (n_in_trash > 0)
    cpt_door_add_problem (door, cpt_entity_find_field (change->entity, "kind"),
                          _("Records in the trash have something in the field: convert it instead."));

  return TRUE;
}

/* Under a name that a deleted field had its values would stand in the new one,
 * whatever its kind is. A pack, which is a unit, means the field that it had. */
static gboolean
check_new (CptDoor    *door,
           CptChange  *change,
           GError    **error)
{
  CptDatabase *database = cpt_door_get_database (door);
  const CptEntity *entity =
    cpt_schema_find_entity (cpt_database_get_schema (database), cpt_record_get_text (change->after, "entity_name"));
  const CptField *field;
  g_autoptr(CptSchema) schema = declare (change->after, &field);
  gboolean is_left = FALSE;

  if ((change->origin != CPT_ORIGIN_FORM && change->origin != CPT_ORIGIN_COMMAND && change->origin != CPT_ORIGIN_API) ||
      cpt_database_is_in_unit (database) || entity == NULL || field == NULL)
    return TRUE;

  if (!has_leftovers (database, entity, field->name, &is_left, error))
    return FALSE;
  if (is_left)
    cpt_door_add_problem (door, cpt_entity_find_field (change->entity, "name"),
                          _("Records still have what was in a deleted field of this name. Choose another name."));

  return TRUE;
}

/* As the declarations have it */
static void
complete_name (CptRecord *record)
{
  const CptField *field;
  g_autoptr(CptSchema) schema = declare (record, &field);

  if (field != NULL && g_strcmp0 (field->name, cpt_record_get_text (record, "name")) != 0)
    cpt_record_set_text (record, "name", field->name);
}

gboolean
cpt_fields_before_commit (CptDoor    *door,
                          CptChange  *change,
                          GError    **error)
{
  g_autoptr(GError) local_error = NULL;

  if (change->after == NULL || change->origin == CPT_ORIGIN_SYNC)
    return TRUE;

  if (!cpt_custom_field_check_record (change->after, &local_error))
    {
      cpt_door_add_problem (door, NULL, local_error->message);
      return TRUE;
    }

  complete_name (change->after);
  if (change->kind == CPT_CHANGE_CREATE)
    return check_new (door, change, error);

  return change->before == NULL || change->kind != CPT_CHANGE_UPDATE || check_change (door, change, error);
}
