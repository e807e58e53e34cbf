/* SPDX-License-Identifier: GPL-3.0-or-later */
/* list --trash: what was deleted and can be restored, newest first. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>

#include "cpt-trash.h"

static void
print_items (CptCtl    *self,
             GPtrArray *items)
{
  static const char *const heads[] = { "kind", "id", "title", "deleted_at", "deleted_by" };
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (G_N_ELEMENTS (heads));
  char **head = g_new0 (char *, G_N_ELEMENTS (heads) + 1);

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    head[i] = g_strdup (heads[i]);
  cpt_ctl_table_take_row (table, head);

  for (guint i = 0; i < items->len; i++)
    {
      const CptTrashItem *item = g_ptr_array_index (items, i);
      char **cells = g_new0 (char *, G_N_ELEMENTS (heads) + 1);

      cells[0] = g_strdup (item->entity->name);
      cells[1] = cpt_uuid_dup_text (&item->id);
      cells[2] = g_strdup (item->title);
      cells[3] = cpt_instant_format (item->at, cpt_database_get_zone (self->database));
      cells[4] = g_strdup (item->by != NULL ? item->by : "");
      cpt_ctl_table_take_row (table, cells);
    }
  cpt_ctl_table_print (table);
}

/* @items: (nullable): NULL for --count */
static void
print_items_json (GPtrArray       *items,
                  const CptEntity *entity,
                  guint64          total)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  cpt_ctl_json_text (builder, "entity", entity != NULL ? entity->name : NULL);
  cpt_ctl_json_int (builder, "total", (gint64) total);
  if (items != NULL)
    {
      json_builder_set_member_name (builder, "trash");
      json_builder_begin_array (builder);
    }
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const CptTrashItem *item = g_ptr_array_index (items, i);
      g_autofree char *at = cpt_instant_format_iso (item->at);

      json_builder_begin_object (builder);
      cpt_ctl_json_text (builder, "entity", item->entity->name);
      cpt_ctl_json_id (builder, "id", &item->id);
      cpt_ctl_json_text (builder, "title", item->title);
      cpt_ctl_json_text (builder, "deleted_at", at);
      cpt_ctl_json_text (builder, "deleted_by", item->by);
      json_builder_end_object (builder);
    }
  if (items != NULL)
    json_builder_end_array (builder);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

static gboolean
check_options (CptCtl  *self,
               GError **error)
{
  const CptCtlOptions *options = &self->options;

  if (self->n_args <= 1 && options->filter == NULL && options->search == NULL && options->sort == NULL &&
      options->columns == NULL && options->offset == 0)
    return TRUE;

  g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE,
                       _("Of the trash only a kind, --limit, --count and --json can be asked."));

  return FALSE;
}

gboolean
cpt_ctl_list_trash (CptCtl  *self,
                    GError **error)
{
  CptSchema *schema = cpt_database_get_schema (self->database);
  const CptEntity *entity = NULL;
  g_autoptr(GPtrArray) items = NULL;
  guint64 total;

  if (!check_options (self, error))
    return FALSE;
  if (self->n_args > 0)
    {
      entity = cpt_ctl_find_entity (self, self->args[0], error);
      if (entity == NULL)
        return FALSE;
    }
  if (!cpt_trash_count (self->database, entity, &total, error))
    return FALSE;

  if (!self->options.count)
    {
      items = cpt_trash_list (self->database, schema, entity,
                              self->options.limit > 0 ? (guint) self->options.limit : G_MAXUINT, error);
      if (items == NULL)
        return FALSE;
    }

  if (self->options.json)
    print_items_json (items, entity, total);
  else if (self->options.count)
    cpt_ctl_print ("%" G_GUINT64_FORMAT "\n", total);
  else
    print_items (self, items);

  return TRUE;
}
