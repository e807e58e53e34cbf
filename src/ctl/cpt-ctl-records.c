/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands on a command line becomes entities, records, values and filters. */
#include "config.h"

#include "cpt-ctl.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cpt-error.h"
#include "cpt-find.h"
#include "cpt-json.h"
#include "cpt-text.h"
#include "cpt-transaction.h"

const CptEntity *
cpt_ctl_find_entity (CptCtl      *self,
                     const char  *name,
                     GError     **error)
{
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (cpt_database_get_schema (self->database), &n_entities);
  g_autofree char *folded = cpt_text_fold (name);
  g_autoptr(GString) names = g_string_new (NULL);

  g_strdelimit (folded, "-", '_');
  for (guint i = 0; i < n_entities; i++)
    {
      g_autofree char *label = cpt_text_fold (cpt_entity_get_label (entities[i]));
      g_autofree char *plural = cpt_text_fold (cpt_entity_get_label_plural (entities[i]));
      g_autofree char *english = cpt_text_fold (entities[i]->label_plural);

      if (g_str_equal (folded, entities[i]->name) || g_str_equal (folded, label) || g_str_equal (folded, plural) ||
          g_str_equal (folded, english))
        return entities[i];
      g_string_append_printf (names, i > 0 ? ", %s" : "%s", entities[i]->name);
    }

  g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There is no kind of record “%s”. The kinds are: %s."), name, names->str);

  return NULL;
}

static gboolean
parse_links (CptCtl           *self,
             const CptEntity  *target,
             const char       *text,
             CptValue         *value,
             GError          **error)
{
  g_auto(GStrv) names = g_strsplit_set (text, ";|", -1);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));

  for (guint i = 0; names[i] != NULL; i++)
    {
      CptUuid id;

      g_strstrip (names[i]);
      if (*names[i] == '\0')
        continue;
      if (!cpt_find_record (self->database, target, names[i], FALSE, &id, error))
        return FALSE;
      g_array_append_val (ids, id);
    }
  cpt_value_set_ids (value, (const CptUuid *) (gpointer) ids->data, ids->len);

  return TRUE;
}

static gboolean
parse_value (CptCtl          *self,
             const CptField  *field,
             const char      *text,
             CptValue        *value,
             GError         **error)
{
  const CptEntity *target =
    field->target != NULL ? cpt_schema_get_target (cpt_database_get_schema (self->database), field) : NULL;
  CptParseOptions options = {
    .decimal = '.', /* as documented: never a guess */
    .currency = cpt_database_get_currency (self->database),
    .country = cpt_database_get_country (self->database),
    .zone = cpt_database_get_zone (self->database),
  };
  CptUuid id;

  if (*text == '\0')
    return TRUE;
  if (field->kind == CPT_FIELD_LINKS)
    return parse_links (self, target, text, value, error);
  /* "id" links to no kind: it is read as what it is */
  if (field->kind == CPT_FIELD_LINK && target != NULL)
    {
      if (!cpt_find_record (self->database, target, text, FALSE, &id, error))
        return FALSE;
      cpt_value_set_id (value, &id);
      return TRUE;
    }

  return cpt_field_parse (field, text, &options, value, error);
}

gboolean
cpt_ctl_parse_assignment (CptCtl           *self,
                          const CptEntity  *entity,
                          const char       *text,
                          CptBulkKind      *kind,
                          const CptField  **field,
                          CptValue         *value,
                          GError          **error)
{
  const char *sign = strchr (text, '=');
  gsize length = sign != NULL ? (gsize) (sign - text) : 0;
  g_autofree char *name = NULL;

  *kind = CPT_BULK_SET;
  if (length > 0 && (text[length - 1] == '+' || text[length - 1] == '-'))
    *kind = text[--length] == '+' ? CPT_BULK_ADD : CPT_BULK_REMOVE;
  name = g_strndup (text, length);

  if (sign == NULL)
    {
      g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("“%s” is not of the form FIELD=VALUE."), text);
      return FALSE;
    }

  *field = cpt_entity_find_field (entity, name);
  if (*field == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("%s has no field “%s”; “comptoirctl schema” lists them."),
                   cpt_entity_get_label (entity), name);
      return FALSE;
    }

  return parse_value (self, *field, sign + 1, value, error);
}

/* Longer signs stand before those that they begin with */
static const struct
{
  const char *sign;
  CptOperator op;
  CptOperator empty_op; /* with nothing behind it */
} signs[] = {
  { "!=", CPT_OPERATOR_IS_NOT, CPT_OPERATOR_IS_NOT_EMPTY },
  { ">=", CPT_OPERATOR_GREATER_OR_EQUAL, CPT_N_OPERATORS },
  { "<=", CPT_OPERATOR_LESS_OR_EQUAL, CPT_N_OPERATORS },
  { "=", CPT_OPERATOR_IS, CPT_OPERATOR_IS_EMPTY },
  { ">", CPT_OPERATOR_GREATER, CPT_N_OPERATORS },
  { "<", CPT_OPERATOR_LESS, CPT_N_OPERATORS },
  { "~", CPT_OPERATOR_CONTAINS, CPT_N_OPERATORS },
};

static gboolean
split_condition (const char  *text,
                 char       **path,
                 guint       *sign,
                 const char **value)
{
  gsize length = strcspn (text, "!<>=~");

  for (guint i = 0; i < G_N_ELEMENTS (signs) && length > 0; i++)
    {
      if (!g_str_has_prefix (text + length, signs[i].sign))
        continue;
      *path = g_strndup (text, length);
      *sign = i;
      *value = text + length + strlen (signs[i].sign);
      return TRUE;
    }

  return FALSE;
}

/* What stands in JSON for the text of a condition */
static JsonNode *
get_condition_value (CptCtl          *self,
                     const CptField  *field,
                     CptOperator     *op,
                     const char      *text,
                     GError         **error)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (field->kind == CPT_FIELD_BOOLEAN)
    {
      if (!parse_value (self, field, text, &value, error))
        return NULL;
      *op = (value.integer != 0) == (*op == CPT_OPERATOR_IS) ? CPT_OPERATOR_IS_TRUE : CPT_OPERATOR_IS_FALSE;
      return json_node_new (JSON_NODE_NULL);
    }

  /* A part of a text need not be a text of that kind: "~example.org" */
  if (*op == CPT_OPERATOR_CONTAINS && field->target == NULL)
    return json_node_init_string (json_node_alloc (), text);

  if (field->kind == CPT_FIELD_LINKS || field->kind == CPT_FIELD_MULTI_CHOICE || field->kind == CPT_FIELD_TAGS)
    *op = *op == CPT_OPERATOR_IS_NOT ? CPT_OPERATOR_NOT_CONTAINS : CPT_OPERATOR_CONTAINS;
  if (field->kind == CPT_FIELD_LINKS)
    {
      const CptEntity *target = cpt_schema_get_target (cpt_database_get_schema (self->database), field);
      CptUuid id;
      char uuid[CPT_UUID_TEXT_SIZE];

      if (!cpt_find_record (self->database, target, text, FALSE, &id, error))
        return NULL;
      cpt_uuid_format (&id, uuid);
      return json_node_init_string (json_node_alloc (), uuid);
    }
  if (field->kind == CPT_FIELD_MULTI_CHOICE || field->kind == CPT_FIELD_TAGS)
    return json_node_init_string (json_node_alloc (), text);
  if (!parse_value (self, field, text, &value, error))
    return NULL;

  return cpt_field_to_json (field, &value);
}

static CptFilter *
build_condition (CptCtl           *self,
                 const CptEntity  *entity,
                 const char       *text,
                 GError          **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  g_autofree char *name = NULL;
  g_autoptr(JsonNode) node = NULL;
  const char *value = NULL;
  CptOperator op;
  CptPath path;
  guint sign = 0;

  if (!split_condition (text, &name, &sign, &value))
    {
      g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE,
                   _("“%s” is not a condition: FIELD=VALUE, !=, >=, <=, >, < or ~ (contains)."), text);
      return NULL;
    }
  if (!cpt_path_parse (schema, entity, name, &path, error))
    return NULL;

  op = signs[sign].op;
  if (*value == '\0' && signs[sign].empty_op != CPT_N_OPERATORS)
    return cpt_filter_new_condition (schema, entity, name, signs[sign].empty_op, NULL, error);

  node = get_condition_value (self, cpt_path_get_field (&path), &op, value, error);
  if (node == NULL)
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }

  return cpt_filter_new_condition (schema, entity, name, op, JSON_NODE_HOLDS_NULL (node) ? NULL : node, error);
}

CptFilter *
cpt_ctl_build_filter (CptCtl             *self,
                      const CptEntity    *entity,
                      const char         *json,
                      const char *const  *conditions,
                      GError            **error)
{
  g_autoptr(CptFilter) filter = NULL;
  g_autofree char *text = NULL;

  if (json != NULL)
    {
      text = cpt_ctl_read_text (json, error);
      if (text == NULL)
        return NULL;
      filter = cpt_filter_parse (cpt_database_get_schema (self->database), entity, text, error);
      if (filter == NULL)
        return NULL;
    }

  for (guint i = 0; conditions != NULL && conditions[i] != NULL; i++)
    {
      g_autoptr(CptFilter) condition = build_condition (self, entity, conditions[i], error);
      CptFilter *both;

      if (condition == NULL)
        return NULL;
      both = cpt_filter_and (filter, condition);
      g_clear_pointer (&filter, cpt_filter_unref);
      filter = both;
    }

  return g_steal_pointer (&filter);
}

static char *
read_stream (GInputStream  *stream,
             GError       **error)
{
  g_autoptr(GString) text = g_string_new (NULL);
  char buffer[4096];
  gssize length;

  while ((length = g_input_stream_read (stream, buffer, sizeof buffer, NULL, error)) > 0)
    {
      g_string_append_len (text, buffer, length);
      if (text->len > CPT_JSON_MAX_BYTES)
        {
          g_set_error_literal (error, CPT_ERROR, CPT_ERROR_LIMIT, _("This is too long."));
          return NULL;
        }
    }

  return length == 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* Never waits: for a pipe that nobody writes to there is no end. */
static char *
read_file (const char  *path,
           GError     **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);
  int code = errno;
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr(GInputStream) stream = NULL;
  struct stat about;

  if (fd < 0 && code == ENOENT)
    g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There is no file “%s”."), shown);
  else if (fd < 0)
    g_set_error (error, CPT_ERROR, CPT_ERROR_IO, _("“%s” can’t be read: %s"), shown, g_strerror (code));
  if (fd < 0)
    return NULL;

  stream = g_unix_input_stream_new (fd, TRUE);
  if (fstat (fd, &about) != 0 || !S_ISREG (about.st_mode))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_IO,
                   _("“%s” is not a regular file. Give what it holds by standard input, as “-”."), shown);
      return NULL;
    }

  return read_stream (stream, error);
}

char *
cpt_ctl_read_text (const char  *text,
                   GError     **error)
{
  g_autoptr(GInputStream) input = NULL;

  if (*text == '@')
    return read_file (text + 1, error);
  if (!g_str_equal (text, "-"))
    return g_strdup (text);

  input = g_unix_input_stream_new (STDIN_FILENO, FALSE);

  return read_stream (input, error);
}
