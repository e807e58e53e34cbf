/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Building SQL from declarations.
 *
 * Invariant: @text holds only literals of this room's source, names that were
 * declared and question marks; there are as many question marks as
 * @parameters, in the same order. */

#include "config.h"

#include "cpt-sql-private.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cpt-field-type.h"
#include "cpt-json.h"
#include "cpt-layout.h"

typedef struct
{
  CptValueType type; /* integer, text or id */
  gint64 integer;
  char *text; /* (owned) */
  CptUuid id;
} Parameter;

static void
clear_parameter (gpointer data)
{
  Parameter *parameter = data;

  g_free (parameter->text);
}

void
cpt_sql_init (CptSql      *self,
              CptDatabase *database)
{
  self->text = g_string_new (NULL);
  self->parameters = g_array_new (FALSE, TRUE, sizeof (Parameter));
  g_array_set_clear_func (self->parameters, clear_parameter);
  self->database = database;
  self->n_aliases = 0;
}

void
cpt_sql_clear (CptSql *self)
{
  if (self->text != NULL)
    g_string_free (g_steal_pointer (&self->text), TRUE);
  g_clear_pointer (&self->parameters, g_array_unref);
}

void
cpt_sql_add (CptSql     *self,
             const char *text)
{
  g_string_append (self->text, text);
}

void
cpt_sql_printf (CptSql     *self,
                const char *format,
                ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (self->text, format, arguments);
  va_end (arguments);
}

void
cpt_sql_add_int (CptSql *self,
                 gint64  value)
{
  Parameter parameter = { .type = CPT_VALUE_INTEGER, .integer = value };

  cpt_sql_add (self, "?");
  g_array_append_val (self->parameters, parameter);
}

void
cpt_sql_add_text (CptSql     *self,
                  const char *value)
{
  Parameter parameter = { .type = CPT_VALUE_TEXT, .text = g_strdup (value) };

  cpt_sql_add (self, "?");
  g_array_append_val (self->parameters, parameter);
}

void
cpt_sql_add_id (CptSql        *self,
                const CptUuid *value)
{
  Parameter parameter = { .type = CPT_VALUE_ID, .id = *value };

  cpt_sql_add (self, "?");
  g_array_append_val (self->parameters, parameter);
}

void
cpt_sql_add_sql (CptSql       *self,
                 const CptSql *other)
{
  cpt_sql_add (self, other->text->str);

  for (guint i = 0; i < other->parameters->len; i++)
    {
      Parameter copy = g_array_index (other->parameters, Parameter, i);

      copy.text = g_strdup (copy.text);
      g_array_append_val (self->parameters, copy);
    }
}

CptStatement *
cpt_sql_prepare (CptSql  *self,
                 GError **error)
{
  CptStatement *statement = cpt_database_prepare (self->database, self->text->str, error);

  if (statement == NULL)
    return NULL;

  for (guint i = 0; i < self->parameters->len; i++)
    {
      const Parameter *parameter = &g_array_index (self->parameters, Parameter, i);
      int position = (int) i + 1;

      if (parameter->type == CPT_VALUE_INTEGER)
        cpt_statement_bind_int (statement, position, parameter->integer);
      else if (parameter->type == CPT_VALUE_TEXT)
        cpt_statement_bind_text (statement, position, parameter->text);
      else
        cpt_statement_bind_id (statement, position, &parameter->id);
    }

  return statement;
}

void
cpt_sql_add_column (CptSql         *self,
                    const char     *alias,
                    const CptField *field)
{
  const char *part = field->kind == CPT_FIELD_MONEY ? ".amount" : "";

  if (field->is_custom)
    cpt_sql_printf (self, "json_extract(%s.custom,'$.\"%s\"%s')", alias, field->name, part);
  else
    cpt_sql_printf (self, "%s.\"%s\"", alias, field->name);
}

void
cpt_sql_add_currency (CptSql         *self,
                      const char     *alias,
                      const CptField *field)
{
  if (field->is_custom)
    cpt_sql_printf (self, "json_extract(%s.custom,'$.\"%s\".currency')", alias, field->name);
  else
    cpt_sql_printf (self, "%s.\"%s_currency\"", alias, field->name);
}

void
cpt_sql_add_link (CptSql         *self,
                  const char     *alias,
                  const CptField *field)
{
  cpt_sql_add (self, field->is_custom ? "cpt_id(" : "");
  cpt_sql_add_column (self, alias, field);
  cpt_sql_add (self, field->is_custom ? ")" : "");
}

void
cpt_sql_add_links_to (CptSql          *self,
                      const char      *alias,
                      const CptEntity *entity,
                      const CptField  *field,
                      const CptUuid   *id)
{
  char text[CPT_UUID_TEXT_SIZE];

  cpt_uuid_format (id, text);
  if (field->kind == CPT_FIELD_LINKS && !field->is_custom)
    {
      cpt_sql_printf (self, "%s.row_id IN (SELECT row_id FROM \"%s__%s\" WHERE value=", alias, entity->name, field->name);
      cpt_sql_add_id (self, id);
      cpt_sql_add (self, ")");
    }
  else if (field->kind == CPT_FIELD_LINKS)
    {
      cpt_sql_add (self, "EXISTS (SELECT 1 FROM json_each(");
      cpt_sql_add_column (self, alias, field);
      cpt_sql_add (self, ") AS e WHERE e.value=");
      cpt_sql_add_text (self, text);
      cpt_sql_add (self, ")");
    }
  else
    {
      cpt_sql_add_column (self, alias, field);
      cpt_sql_add (self, "=");
      if (field->is_custom)
        cpt_sql_add_text (self, text);
      else
        cpt_sql_add_id (self, id);
    }
}

void
cpt_sql_add_visible (CptSql          *self,
                     const char      *alias,
                     const CptEntity *entity)
{
  cpt_layout_append_visible (self->text, self->database, entity, alias);
}

const char *
cpt_sql_get_collation (const CptField *field)
{
  return cpt_layout_is_collated (field) ? " COLLATE CPT_TEXT" : "";
}

void
cpt_sql_add_value (CptSql         *self,
                   const char     *alias,
                   const CptField *field)
{
  if (field->kind == CPT_FIELD_LINK)
    cpt_sql_add_link (self, alias, field);
  else
    cpt_sql_add_column (self, alias, field);

  if (field->kind == CPT_FIELD_MONEY)
    {
      cpt_sql_add (self, ",");
      cpt_sql_add_currency (self, alias, field);
    }
}

int
cpt_sql_read (CptStatement   *statement,
              int             column,
              const CptField *field,
              CptValue       *value)
{
  return cpt_statement_get_field (statement, column, field, value);
}

/* Joins */

void
cpt_joins_init (CptJoins    *self,
                CptDatabase *database)
{
  cpt_sql_init (&self->sql, database);
  self->prefixes = g_ptr_array_new_with_free_func (g_free);
  self->alias[0] = '\0';
}

void
cpt_joins_clear (CptJoins *self)
{
  cpt_sql_clear (&self->sql);
  g_clear_pointer (&self->prefixes, g_ptr_array_unref);
}

static guint
find_prefix (CptJoins   *self,
             const char *prefix)
{
  for (guint i = 0; i < self->prefixes->len; i++)
    if (strcmp (g_ptr_array_index (self->prefixes, i), prefix) == 0)
      return i;

  return G_MAXUINT;
}

const char *
cpt_joins_reach (CptJoins        *self,
                 const CptPath   *path,
                 guint            n_links,
                 const CptEntity *target)
{
  g_autoptr(GString) prefix = g_string_new (NULL);

  g_strlcpy (self->alias, "t", sizeof self->alias);

  for (guint i = 0; i < n_links; i++)
    {
      const CptEntity *entity = i + 1 < path->n_steps ? path->entities[i + 1] : target;
      char alias[16];
      guint found;

      g_string_append_printf (prefix, ".%s", path->fields[i]->name);
      found = find_prefix (self, prefix->str);
      g_snprintf (alias, sizeof alias, "j%u", MIN (found, self->prefixes->len));
      if (found == G_MAXUINT)
        {
          g_ptr_array_add (self->prefixes, g_strdup (prefix->str));
          cpt_sql_printf (&self->sql, " LEFT JOIN \"%s\" AS %s ON %s.id=", entity->name, alias, alias);
          cpt_sql_add_link (&self->sql, self->alias, path->fields[i]);
          cpt_sql_add_visible (&self->sql, alias, entity);
        }
      g_strlcpy (self->alias, alias, sizeof self->alias);
    }

  return self->alias;
}

/* Structured texts */

char *
cpt_sql_dup_plain_text (const char *json)
{
  g_autoptr(JsonNode) node = cpt_json_parse (json, -1, NULL);
  GString *text = g_string_new (NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_string_append (text, json);
      return g_string_free (text, FALSE);
    }

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    if (JSON_NODE_HOLDS_VALUE (member) && json_node_get_value_type (member) == G_TYPE_STRING)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", json_node_get_string (member));

  return g_string_free (text, FALSE);
}

/* Sums: the upper and the lower halves are added apart, so that billions of
 * values can't overflow */

void
cpt_sum_add (CptSum *self,
             gint64  value)
{
  guint64 bits = (guint64) value;

  self->low += bits & G_MAXUINT32;
  self->high += (gint32) (guint32) (bits >> 32);
  self->count++;
}

void
cpt_sum_merge (CptSum       *self,
               const CptSum *other)
{
  self->low += other->low;
  self->high += other->high;
  self->count += other->count;
}

gboolean
cpt_sum_get_exact (const CptSum *self,
                   gint64       *value)
{
  gint64 high = self->high + (gint64) (self->low >> 32);

  if (high < G_MININT32 || high > G_MAXINT32)
    return FALSE;

  *value = (gint64) (((guint64) (guint32) high << 32) | (self->low & G_MAXUINT32));

  return TRUE;
}

double
cpt_sum_get_real (const CptSum *self)
{
  return ldexp ((double) self->high, 32) + (double) self->low;
}

static int
compare_integers (const void *a,
                  const void *b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

double
cpt_sql_get_median (gint64 *values,
                    gsize   length)
{
  gint64 left, right;

  qsort (values, length, sizeof *values, compare_integers);
  left = values[(length - 1) / 2];
  right = values[length / 2];

  return left == right ? (double) left : (double) left / 2.0 + (double) right / 2.0;
}
