/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a workspace arranges the pages of a kind of record: read from JSON that
 * another version or another computer may have written, and brought together
 * with the fields that there are. */

#include "config.h"

#include "cpt-page-layout.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-schema-private.h"

#define NAME_MAX_BYTES 100

static CptLayoutGroup *
group_new (const char *name)
{
  CptLayoutGroup *self = g_new0 (CptLayoutGroup, 1);

  self->name = g_strdup (name);
  self->fields = g_ptr_array_new_with_free_func (g_free);

  return self;
}

static void
group_free (gpointer data)
{
  CptLayoutGroup *self = data;

  g_free (self->name);
  g_free (self->title);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

CptPageLayout *
cpt_page_layout_new (void)
{
  CptPageLayout *self = g_new0 (CptPageLayout, 1);

  self->groups = g_ptr_array_new_with_free_func (group_free);
  self->hidden = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
cpt_page_layout_free (CptPageLayout *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->hidden);
  g_free (self);
}

CptLayoutGroup *
cpt_page_layout_append_group (CptPageLayout *self,
                              const char    *name)
{
  CptLayoutGroup *group = group_new (name);

  g_ptr_array_add (self->groups, group);

  return group;
}

static void
copy_names (GPtrArray *from,
            GPtrArray *to)
{
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, g_strdup (g_ptr_array_index (from, i)));
}

CptPageLayout *
cpt_page_layout_copy (const CptPageLayout *self)
{
  CptPageLayout *copy = cpt_page_layout_new ();

  for (guint i = 0; i < self->groups->len; i++)
    {
      const CptLayoutGroup *source = g_ptr_array_index (self->groups, i);
      CptLayoutGroup *group = cpt_page_layout_append_group (copy, source->name);

      group->title = g_strdup (source->title);
      group->is_folded = source->is_folded;
      copy_names (source->fields, group->fields);
    }
  copy_names (self->hidden, copy->hidden);

  return copy;
}

CptLayoutGroup *
cpt_page_layout_find_group (const CptPageLayout *self,
                            const char          *name)
{
  guint index = cpt_page_layout_find_index (self, name);

  return index < self->groups->len ? g_ptr_array_index (self->groups, index) : NULL;
}

/* ------------------------------------------------------------------- reading */

/* @n_names: of all lists of the layout so far */
static gboolean
read_names (JsonObject  *object,
            const char  *member,
            GPtrArray   *names,
            guint       *n_names,
            GError     **error)
{
  JsonArray *array = NULL;

  if (!cpt_json_read_array (object, member, &array, error))
    return FALSE;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *name = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
                           ? json_node_get_string (node)
                           : "";

      if (*name == '\0' || strlen (name) > NAME_MAX_BYTES)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” must be an array of names of fields"), member);
          return FALSE;
        }
      if (++*n_names > CPT_PAGE_LAYOUT_MAX_NAMES)
        {
          g_set_error_literal (error, CPT_ERROR, CPT_ERROR_LIMIT, _("A page layout names too many fields."));
          return FALSE;
        }
      g_ptr_array_add (names, g_strdup (name));
    }

  return TRUE;
}

static gboolean
read_group (CptPageLayout  *self,
            JsonObject     *object,
            guint          *n_names,
            GError        **error)
{
  const char *name = NULL;
  const char *title = NULL;
  CptLayoutGroup *group;

  if (!cpt_json_read_string (object, "name", &name, error) || !cpt_json_read_string (object, "title", &title, error))
    return FALSE;
  if (name == NULL || !cpt_schema_is_identifier (name) || cpt_page_layout_find_group (self, name) != NULL)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID,
                           _("Every group needs a name of its own, in lower-case letters, digits and underscores."));
      return FALSE;
    }
  if (title != NULL && !cpt_schema_is_label (title, CPT_PAGE_LAYOUT_MAX_TITLE_CHARS))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   _("The title of the group “%s” must be plain text of at most %d characters."), name,
                   CPT_PAGE_LAYOUT_MAX_TITLE_CHARS);
      return FALSE;
    }

  group = cpt_page_layout_append_group (self, name);
  group->title = g_strdup (title);

  return cpt_json_read_boolean (object, "folded", &group->is_folded, error) &&
         read_names (object, "fields", group->fields, n_names, error);
}

static gboolean
read_layout (CptPageLayout  *self,
             JsonNode       *node,
             GError        **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray *array = NULL;
  guint n_names = 0;

  if (object == NULL)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, _("A page layout is an object with “groups” and “hidden”."));
      return FALSE;
    }
  if (!cpt_json_read_array (object, "groups", &array, error))
    return FALSE;
  if (array != NULL && json_array_get_length (array) > CPT_PAGE_LAYOUT_MAX_GROUPS)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("A page has at most %d groups."), CPT_PAGE_LAYOUT_MAX_GROUPS);
      return FALSE;
    }

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (element))
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” must be an array of objects"), "groups");
          return FALSE;
        }
      if (!read_group (self, json_node_get_object (element), &n_names, error))
        return FALSE;
    }

  return read_names (object, "hidden", self->hidden, &n_names, error);
}

CptPageLayout *
cpt_page_layout_parse (const char  *text,
                       GError     **error)
{
  g_autoptr(CptPageLayout) self = cpt_page_layout_new ();
  g_autoptr(JsonNode) node = NULL;

  if (text == NULL)
    return g_steal_pointer (&self);

  node = cpt_json_parse (text, -1, error);

  return node != NULL && read_layout (self, node, error) ? g_steal_pointer (&self) : NULL;
}

gboolean
cpt_page_layout_check_record (const CptRecord  *record,
                              const char      **field,
                              GError          **error)
{
  const char *name = cpt_record_get_text (record, "entity_name");
  const CptEntity *entity = cpt_schema_find_entity (record->schema, name);
  g_autoptr(CptPageLayout) layout = NULL;

  if (field != NULL)
    *field = "entity_name";
  if (entity == NULL || (entity->flags & CPT_ENTITY_SYSTEM) != 0)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("Records of kind “%s” have no page that can be arranged."),
                   name != NULL ? name : "");
      return FALSE;
    }

  layout = cpt_page_layout_parse (cpt_record_get_text (record, "layout"), error);
  if (field != NULL)
    *field = layout == NULL ? "layout" : NULL;

  return layout != NULL;
}

/* ------------------------------------------------------------------- writing */

static JsonArray *
create_names (GPtrArray *names)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < names->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (names, i));

  return array;
}

char *
cpt_page_layout_format (const CptPageLayout *self)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = NULL;
  JsonArray *groups = json_array_new ();

  for (guint i = 0; i < self->groups->len; i++)
    {
      const CptLayoutGroup *group = g_ptr_array_index (self->groups, i);
      JsonObject *element = json_object_new ();

      json_object_set_string_member (element, "name", group->name);
      if (group->title != NULL)
        json_object_set_string_member (element, "title", group->title);
      if (group->is_folded)
        json_object_set_boolean_member (element, "folded", TRUE);
      json_object_set_array_member (element, "fields", create_names (group->fields));
      json_array_add_object_element (groups, element);
    }
  json_object_set_array_member (object, "groups", groups);
  json_object_set_array_member (object, "hidden", create_names (self->hidden));
  node = json_node_init_object (json_node_alloc (), object);

  return cpt_json_format_canonical (node);
}

/* ---------------------------------------------------------------- completing */

/* Of two the first one stays */
static void
remove_doubles (GPtrArray  *names,
                GHashTable *seen)
{
  for (guint i = 0; i < names->len;)
    if (g_hash_table_contains (seen, g_ptr_array_index (names, i)))
      {
        g_ptr_array_remove_index (names, i);
      }
    else
      {
        g_hash_table_add (seen, g_strdup (g_ptr_array_index (names, i)));
        i++;
      }
}

void
cpt_page_layout_complete (CptPageLayout   *self,
                          const CptEntity *entity)
{
  g_autoptr(GHashTable) placed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_return_if_fail (self != NULL && entity != NULL);

  for (guint i = 0; i < self->groups->len; i++)
    remove_doubles (((CptLayoutGroup *) g_ptr_array_index (self->groups, i))->fields, placed);
  remove_doubles (self->hidden, hidden);

  for (const CptFieldGroup *declared = entity->groups; declared->name != NULL; declared++)
    for (guint i = 0; i < entity->n_fields; i++)
      {
        const CptField *field = entity->fields[i];
        const char *name = field->group != NULL ? field->group : entity->groups[0].name;
        CptLayoutGroup *group;

        if ((field->flags & CPT_FIELD_HIDDEN) != 0 || strcmp (name, declared->name) != 0 ||
            g_hash_table_contains (placed, field->name))
          continue;
        group = cpt_page_layout_find_group (self, name);
        if (group == NULL)
          group = cpt_page_layout_append_group (self, name);
        g_ptr_array_add (group->fields, g_strdup (field->name));
      }
}
