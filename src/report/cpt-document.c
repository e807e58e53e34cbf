/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The content of a report record:
 *
 *   {"version":1, "title":"Sales of the month", "subtitle":"",
 *    "paper":"a4", "landscape":false, "margin":15,
 *    "header":["title","nothing","date"], "footer":["organisation","nothing","page"],
 *    "colour":"#1a5fb4", "parameter":"user",
 *    "blocks":[
 *      {"kind":"heading", "text":"Pipeline"},
 *      {"kind":"text", "text":"What we expect."},
 *      {"kind":"widgets", "widgets":[of a dashboard]},
 *      {"kind":"widgets", "dashboard":"identifier"},
 *      {"kind":"table", "text":"Open deals", "entity":"deal", "where":{filter},
 *       "sort":"-amount", "columns":["title","amount"], "group":"owner",
 *       "totals":["amount:sum"], "break":true},
 *      {"kind":"break"}]}
 *
 * As with dashboards, it is understood or refused with the reason; members and
 * blocks that are not known are kept. */

#include "config.h"

#include "cpt-document.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-text.h"

#define MAX_LINE_BYTES 400
#define MAX_TEXT_BYTES 20000
#define MAX_NAMES 40
#define DEFAULT_MARGIN 15
#define MAX_MARGIN 60

static const char *const document_members[] = {
  "version", "title", "subtitle", "paper", "landscape", "margin", "header",
  "footer", "colour", "parameter", "blocks", NULL,
};
static const char *const block_members[] = {
  "kind", "text", "widgets", "dashboard", "entity", "where", "sort",
  "columns", "group", "totals", "break", NULL,
};

static const char *const kinds[] = {
  [CPT_BLOCK_HEADING] = "heading",
  [CPT_BLOCK_TEXT] = "text",
  [CPT_BLOCK_WIDGETS] = "widgets",
  [CPT_BLOCK_TABLE] = "table",
  [CPT_BLOCK_BREAK] = "break",
};

static const char *const slots[] = {
  [CPT_SLOT_NOTHING] = "nothing",
  [CPT_SLOT_TITLE] = "title",
  [CPT_SLOT_ORGANISATION] = "organisation",
  [CPT_SLOT_DATE] = "date",
  [CPT_SLOT_PAGE] = "page",
  [CPT_SLOT_LOGO] = "logo",
};

static const char *const papers[] = {
  [CPT_PAPER_A4] = "a4",
  [CPT_PAPER_A3] = "a3",
  [CPT_PAPER_LETTER] = "letter",
};

const char *
cpt_slot_get_name (CptSlot slot)
{
  return slots[slot];
}

const char *
cpt_block_kind_get_name (CptBlockKind kind)
{
  return kind < G_N_ELEMENTS (kinds) ? kinds[kind] : NULL;
}

static void
block_free (gpointer data)
{
  CptBlock *block = data;

  g_free (block->text);
  g_clear_pointer (&block->widgets, cpt_dashboard_free);
  g_free (block->entity);
  g_clear_pointer (&block->where, json_node_unref);
  g_free (block->sort);
  g_strfreev (block->columns);
  g_free (block->group);
  g_strfreev (block->totals);
  g_clear_pointer (&block->extra, json_object_unref);
  g_free (block);
}

static gpointer
block_copy (gconstpointer data,
            gpointer      unused)
{
  const CptBlock *block = data;
  CptBlock *copy = g_memdup2 (block, sizeof *block);

  copy->text = g_strdup (block->text);
  copy->widgets = block->widgets != NULL ? cpt_dashboard_copy (block->widgets) : NULL;
  copy->entity = g_strdup (block->entity);
  copy->where = block->where != NULL ? json_node_ref (block->where) : NULL;
  copy->sort = g_strdup (block->sort);
  copy->columns = g_strdupv (block->columns);
  copy->group = g_strdup (block->group);
  copy->totals = g_strdupv (block->totals);
  copy->extra = block->extra != NULL ? json_object_ref (block->extra) : NULL;

  return copy;
}

CptDocument *
cpt_document_new (const char *title)
{
  CptDocument *self = g_new0 (CptDocument, 1);

  self->title = g_strdup (title != NULL ? title : "");
  self->subtitle = g_strdup ("");
  self->margin = DEFAULT_MARGIN;
  self->header[0] = CPT_SLOT_TITLE;
  self->footer[0] = CPT_SLOT_ORGANISATION;
  self->footer[2] = CPT_SLOT_PAGE;
  self->blocks = g_ptr_array_new_with_free_func (block_free);

  return self;
}

CptDocument *
cpt_document_copy (const CptDocument *self)
{
  CptDocument *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->title = g_strdup (self->title);
  copy->subtitle = g_strdup (self->subtitle);
  copy->colour = g_strdup (self->colour);
  copy->logo = g_strdup (self->logo);
  copy->parameter = g_strdup (self->parameter);
  copy->blocks = g_ptr_array_copy (self->blocks, (GCopyFunc) block_copy, NULL);
  g_ptr_array_set_free_func (copy->blocks, block_free);
  copy->extra = self->extra != NULL ? json_object_ref (self->extra) : NULL;

  return copy;
}

void
cpt_document_free (CptDocument *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->colour);
  g_free (self->logo);
  g_free (self->parameter);
  g_ptr_array_unref (self->blocks);
  g_clear_pointer (&self->extra, json_object_unref);
  g_free (self);
}

/* ---- reading ---- */

static int
find_name (const char *const *names,
           guint              n_names,
           const char        *name)
{
  for (guint i = 0; i < n_names; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return (int) i;

  return -1;
}

/* One line without control characters */
static gboolean
read_line (JsonObject  *object,
           const char  *member,
           char       **value,
           GError     **error)
{
  const char *text = NULL;
  g_autofree char *clean = NULL;

  if (!cpt_json_read_string (object, member, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  clean = cpt_text_clean (text, FALSE);
  g_free (*value);
  *value = cpt_text_shorten (clean, MAX_LINE_BYTES);

  return TRUE;
}

static gboolean
read_names (JsonObject  *object,
            const char  *member,
            GStrv       *names,
            GError     **error)
{
  JsonArray *array = NULL;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  if (!cpt_json_read_array (object, member, &array, error))
    return FALSE;
  if (array == NULL)
    return TRUE;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (json_node_get_value_type (node) != G_TYPE_STRING || i >= MAX_NAMES)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” must be an array of at most %d texts."), member, MAX_NAMES);
          return FALSE;
        }
      g_strv_builder_add (builder, json_node_get_string (node));
    }
  *names = g_strv_builder_end (builder);

  return TRUE;
}

static gboolean
read_widgets (CptBlock    *block,
              JsonObject  *object,
              GError     **error)
{
  g_autoptr(JsonNode) node = NULL;
  JsonObject *dashboard;
  JsonArray *widgets = NULL;
  const char *id = NULL;

  if (!cpt_json_read_string (object, "dashboard", &id, error) || !cpt_json_read_array (object, "widgets", &widgets, error))
    return FALSE;
  if (id != NULL && !cpt_uuid_parse (id, &block->dashboard))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” must be an identifier."), "dashboard");
      return FALSE;
    }
  if (widgets == NULL)
    return TRUE;

  dashboard = json_object_new ();
  json_object_set_int_member (dashboard, "version", CPT_DASHBOARD_VERSION);
  json_object_set_array_member (dashboard, "widgets", json_array_ref (widgets));
  node = json_node_init_object (json_node_alloc (), dashboard);
  json_object_unref (dashboard);
  block->widgets = cpt_dashboard_parse_node (node, error);

  return block->widgets != NULL;
}

static gboolean
read_table (CptBlock    *block,
            JsonObject  *object,
            GError     **error)
{
  JsonObject *where = NULL;

  if (!read_line (object, "entity", &block->entity, error) ||
      !cpt_json_read_object (object, "where", &where, error) ||
      !read_line (object, "sort", &block->sort, error) ||
      !read_names (object, "columns", &block->columns, error) ||
      !read_line (object, "group", &block->group, error) ||
      !read_names (object, "totals", &block->totals, error) ||
      !cpt_json_read_boolean (object, "break", &block->breaks_groups, error))
    return FALSE;
  if (where != NULL)
    block->where = json_node_init_object (json_node_alloc (), where);

  return TRUE;
}

static gboolean
read_block (CptBlock    *block,
            JsonObject  *object,
            GError     **error)
{
  const char *kind = NULL;
  const char *text = NULL;
  g_autofree char *clean = NULL;
  int number;

  if (!cpt_json_read_string (object, "kind", &kind, error))
    return FALSE;

  number = find_name (kinds, G_N_ELEMENTS (kinds), kind);
  block->kind = number >= 0 ? (CptBlockKind) number : CPT_BLOCK_UNKNOWN;
  if (block->kind == CPT_BLOCK_UNKNOWN)
    {
      block->extra = json_object_ref (object);
      return TRUE;
    }

  if (!cpt_json_read_string (object, "text", &text, error))
    return FALSE;
  clean = cpt_text_clean (text != NULL ? text : "", block->kind == CPT_BLOCK_TEXT);
  block->text = cpt_text_shorten (clean, block->kind == CPT_BLOCK_TEXT ? MAX_TEXT_BYTES : MAX_LINE_BYTES);
  block->extra = cpt_json_dup_others (object, block_members);
  if (block->kind == CPT_BLOCK_WIDGETS)
    return read_widgets (block, object, error);
  if (block->kind == CPT_BLOCK_TABLE)
    return read_table (block, object, error);

  return TRUE;
}

static gboolean
read_blocks (CptDocument  *self,
             JsonArray    *array,
             GError      **error)
{
  guint n = json_array_get_length (array);

  if (n > CPT_DOCUMENT_MAX_BLOCKS)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("The report has %u parts; there may be at most %d."), n,
                   CPT_DOCUMENT_MAX_BLOCKS);
      return FALSE;
    }

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      CptBlock *block = g_new0 (CptBlock, 1);

      g_ptr_array_add (self->blocks, block);
      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("Part %u is not an object."), i + 1);
          return FALSE;
        }
      if (!read_block (block, json_node_get_object (node), error))
        {
          g_prefix_error (error, _("Part %u: "), i + 1);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
read_slots (JsonObject  *object,
            const char  *member,
            CptSlot     *chosen,
            GError     **error)
{
  g_auto(GStrv) names = NULL;

  if (!read_names (object, member, &names, error))
    return FALSE;

  /* What a newer version knows to put there is left out */
  for (guint i = 0; names != NULL && i < 3; i++)
    {
      int slot = i < g_strv_length (names) ? find_name (slots, G_N_ELEMENTS (slots), names[i]) : 0;

      chosen[i] = slot >= 0 ? (CptSlot) slot : CPT_SLOT_NOTHING;
    }

  return TRUE;
}

static gboolean
check_version (JsonObject  *object,
               GError     **error)
{
  gint64 version = 0;

  if (!cpt_json_read_int (object, "version", &version, error))
    return FALSE;
  if (version > CPT_DOCUMENT_VERSION)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_TOO_NEW,
                           _("This report was made by a newer Comptoir; update to open it."));
      return FALSE;
    }
  if (version < 1)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("A report needs a “version” from 1 to %d."), CPT_DOCUMENT_VERSION);
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_page (CptDocument  *self,
           JsonObject   *object,
           GError      **error)
{
  const char *paper = NULL;
  const char *colour = NULL;
  gint64 margin = DEFAULT_MARGIN;
  CptChartColor parsed;

  if (!cpt_json_read_string (object, "paper", &paper, error) ||
      !cpt_json_read_boolean (object, "landscape", &self->landscape, error) ||
      !cpt_json_read_int (object, "margin", &margin, error) ||
      !cpt_json_read_string (object, "colour", &colour, error) ||
      !read_slots (object, "header", self->header, error) || !read_slots (object, "footer", self->footer, error))
    return FALSE;
  if (paper != NULL && !cpt_paper_parse (paper, &self->paper))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("Paper is a4, a3 or letter, not “%s”."), paper);
      return FALSE;
    }
  if (colour != NULL && !cpt_chart_color_parse (colour, &parsed))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("“%s” is no colour; write it as #1a5fb4."), colour);
      return FALSE;
    }
  self->margin = (double) CLAMP (margin, 0, MAX_MARGIN);
  self->colour = g_strdup (colour);

  return TRUE;
}

static gboolean
read_document (CptDocument  *self,
               JsonObject   *object,
               GError      **error)
{
  JsonArray *blocks = NULL;

  if (!check_version (object, error) || !read_line (object, "title", &self->title, error) ||
      !read_line (object, "subtitle", &self->subtitle, error) || !read_page (self, object, error) ||
      !read_line (object, "parameter", &self->parameter, error) ||
      !cpt_json_read_array (object, "blocks", &blocks, error))
    return FALSE;
  self->extra = cpt_json_dup_others (object, document_members);

  return blocks == NULL || read_blocks (self, blocks, error);
}

CptDocument *
cpt_document_parse (const char  *text,
                    gssize       length,
                    GError     **error)
{
  g_autoptr(CptDocument) self = NULL;
  g_autoptr(JsonNode) node = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  node = cpt_json_parse (text, length, error);
  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, _("A report is a JSON object."));
      return NULL;
    }

  self = cpt_document_new (NULL);

  return read_document (self, json_node_get_object (node), error) ? g_steal_pointer (&self) : NULL;
}

CptDocument *
cpt_document_new_for_record (const CptRecord  *record,
                             GError          **error)
{
  const char *definition = cpt_record_get_text (record, "definition");
  CptDocument *self = definition != NULL ? cpt_document_parse (definition, -1, error) : cpt_document_new (NULL);

  if (self != NULL)
    {
      g_free (self->title);
      self->title = cpt_record_dup_title (record);
      self->logo = g_strdup (cpt_record_get_text (record, "logo"));
    }

  return self;
}

/* ---- writing ---- */

static void
add_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, member, text);
}

static void
add_names (JsonObject        *object,
           const char        *member,
           const char *const *names)
{
  JsonArray *array;

  if (names == NULL)
    return;

  array = json_array_new ();
  for (guint i = 0; names[i] != NULL; i++)
    json_array_add_string_element (array, names[i]);
  json_object_set_array_member (object, member, array);
}

static void
add_widgets (JsonObject     *object,
             const CptBlock *block)
{
  if (!cpt_uuid_is_nil (&block->dashboard))
    {
      g_autofree char *id = cpt_uuid_dup_text (&block->dashboard);

      json_object_set_string_member (object, "dashboard", id);
    }
  if (block->widgets != NULL)
    {
      g_autoptr(JsonNode) node = cpt_dashboard_to_json (block->widgets);

      json_object_set_member (object, "widgets", json_object_dup_member (json_node_get_object (node), "widgets"));
    }
}

static JsonObject *
create_block_object (const CptBlock *block)
{
  JsonObject *object;

  if (block->kind == CPT_BLOCK_UNKNOWN)
    return json_object_ref (block->extra);

  object = json_object_new ();
  json_object_set_string_member (object, "kind", kinds[block->kind]);
  add_text (object, "text", block->text);
  add_widgets (object, block);
  add_text (object, "entity", block->entity);
  if (block->where != NULL)
    json_object_set_member (object, "where", json_node_copy (block->where));
  add_text (object, "sort", block->sort);
  add_names (object, "columns", (const char *const *) block->columns);
  add_text (object, "group", block->group);
  add_names (object, "totals", (const char *const *) block->totals);
  if (block->breaks_groups)
    json_object_set_boolean_member (object, "break", TRUE);
  cpt_json_add_members (object, block->extra);

  return object;
}

static void
add_slots (JsonObject    *object,
           const char    *member,
           const CptSlot *chosen)
{
  const char *names[] = { slots[chosen[0]], slots[chosen[1]], slots[chosen[2]], NULL };

  add_names (object, member, names);
}

char *
cpt_document_format (const CptDocument *self)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = NULL;
  JsonArray *blocks = json_array_new ();

  g_return_val_if_fail (self != NULL, NULL);

  json_object_set_int_member (object, "version", CPT_DOCUMENT_VERSION);
  json_object_set_string_member (object, "title", self->title);
  add_text (object, "subtitle", self->subtitle);
  json_object_set_string_member (object, "paper", papers[self->paper]);
  json_object_set_boolean_member (object, "landscape", self->landscape);
  json_object_set_int_member (object, "margin", (gint64) round (self->margin));
  add_slots (object, "header", self->header);
  add_slots (object, "footer", self->footer);
  add_text (object, "colour", self->colour);
  add_text (object, "parameter", self->parameter);
  for (guint i = 0; i < self->blocks->len; i++)
    json_array_add_object_element (blocks, create_block_object (g_ptr_array_index (self->blocks, i)));
  json_object_set_array_member (object, "blocks", blocks);
  cpt_json_add_members (object, self->extra);
  node = json_node_init_object (json_node_alloc (), object);

  return cpt_json_format_canonical (node);
}

/* ---- blocks ---- */

guint
cpt_document_get_n_blocks (const CptDocument *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->blocks->len;
}

CptBlock *
cpt_document_get_block (const CptDocument *self,
                        guint              index)
{
  g_return_val_if_fail (self != NULL && index < self->blocks->len, NULL);

  return g_ptr_array_index (self->blocks, index);
}

CptBlock *
cpt_document_insert_block (CptDocument  *self,
                           guint         index,
                           CptBlockKind  kind)
{
  CptBlock *block;

  g_return_val_if_fail (self != NULL && index <= self->blocks->len, NULL);

  block = g_new0 (CptBlock, 1);
  block->kind = kind;
  block->text = g_strdup ("");
  g_ptr_array_insert (self->blocks, (int) index, block);

  return block;
}

void
cpt_document_remove_block (CptDocument *self,
                           guint        index)
{
  g_return_if_fail (self != NULL && index < self->blocks->len);

  g_ptr_array_remove_index (self->blocks, index);
}

void
cpt_document_move_block (CptDocument *self,
                         guint        from,
                         guint        to)
{
  gpointer block;

  g_return_if_fail (self != NULL && from < self->blocks->len && to < self->blocks->len);

  block = g_ptr_array_steal_index (self->blocks, from);
  g_ptr_array_insert (self->blocks, (int) to, block);
}
