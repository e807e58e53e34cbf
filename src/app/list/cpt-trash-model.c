/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deleted records for a data grid. There are few enough of them to be kept in
 * memory, and to be searched and sorted there. */
#include "config.h"
#include "cpt-trash-model.h"

#include <glib/gi18n-lib.h>

#include "cpt-date.h"
#include "cpt-text.h"

enum
{
  COLUMN_TITLE,
  COLUMN_KIND,
  COLUMN_AT,
  COLUMN_BY,
  N_COLUMNS
};

struct _CptTrashModel
{
  GObject parent_instance;

  GTimeZone *zone;
  GPtrArray *items; /* (element-type CptTrashItem) */
  GPtrArray *shown; /* borrowed from @items */
  CptGridColumn columns[N_COLUMNS];
  char *words; /* (nullable) folded */
  int sorted;
  gboolean descending;
  guint64 version;
};

static void iface_init (CptGridModelInterface *interface);

G_DEFINE_TYPE_WITH_CODE (CptTrashModel, cpt_trash_model, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (CPT_TYPE_GRID_MODEL, iface_init))

static guint
get_length (CptGridModel *model)
{
  return CPT_TRASH_MODEL (model)->shown->len;
}

static const CptGridColumn *
get_column (CptGridModel *model,
            guint         column)
{
  return column < N_COLUMNS ? &CPT_TRASH_MODEL (model)->columns[column] : NULL;
}

const CptTrashItem *
cpt_trash_model_get_item (CptTrashModel *self,
                          guint          position)
{
  g_return_val_if_fail (CPT_IS_TRASH_MODEL (self), NULL);

  return position < self->shown->len ? g_ptr_array_index (self->shown, position) : NULL;
}

static gint64
get_key (CptGridModel *model,
         guint         position)
{
  return (gint64) position + 1;
}

static guint64
get_version (CptGridModel *model,
             guint         position)
{
  return CPT_TRASH_MODEL (model)->version;
}

static void
get_cell (CptGridModel *model,
          guint         position,
          guint         column,
          CptGridCell  *cell)
{
  CptTrashModel *self = CPT_TRASH_MODEL (model);
  const CptTrashItem *item = cpt_trash_model_get_item (self, position);

  switch (column)
    {
    case COLUMN_TITLE:
      cell->text = g_strdup (item->title);
      break;

    case COLUMN_KIND:
      cell->text = g_strdup (cpt_entity_get_label (item->entity));
      cpt_grid_cell_add_pill (cell, cell->text, item->entity->colour);
      break;

    case COLUMN_AT:
      cell->text = cpt_instant_format (item->at, self->zone);
      break;

    case COLUMN_BY:
    default:
      cell->text = g_strdup (item->by);
      break;
    }
}

static int
compare_items (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const CptTrashItem *first = *(CptTrashItem *const *) a, *second = *(CptTrashItem *const *) b;
  CptTrashModel *self = user_data;
  int order = 0;

  if (self->sorted == COLUMN_TITLE)
    order = cpt_text_collate (first->title, -1, second->title, -1);
  else if (self->sorted == COLUMN_KIND)
    order = cpt_text_collate (cpt_entity_get_label (first->entity), -1, cpt_entity_get_label (second->entity), -1);
  else if (self->sorted == COLUMN_BY)
    order = g_strcmp0 (first->by, second->by);
  if (order == 0)
    order = (first->at > second->at) - (first->at < second->at);

  return self->descending ? -order : order;
}

static gboolean
is_wanted (CptTrashModel      *self,
           const CptTrashItem *item)
{
  g_autofree char *text = NULL;
  g_autofree char *folded = NULL;

  if (self->words == NULL || self->words[0] == '\0')
    return TRUE;

  text = g_strdup_printf ("%s %s", item->title, cpt_entity_get_label (item->entity));
  folded = cpt_text_fold (text);

  return strstr (folded, self->words) != NULL;
}

static void
update (CptTrashModel *self)
{
  g_ptr_array_set_size (self->shown, 0);
  for (guint i = 0; i < self->items->len; i++)
    if (is_wanted (self, g_ptr_array_index (self->items, i)))
      g_ptr_array_add (self->shown, g_ptr_array_index (self->items, i));
  g_ptr_array_sort_with_data (self->shown, compare_items, self);
  self->version++;
  cpt_grid_model_changed (CPT_GRID_MODEL (self), CPT_GRID_RESET, 0, 0, 0);
}

static int
get_order (CptGridModel *model,
           guint         column)
{
  if (CPT_TRASH_MODEL (model)->sorted != (int) column)
    return 0;

  return CPT_TRASH_MODEL (model)->descending ? -1 : 1;
}

static void
sort (CptGridModel *model,
      guint         column,
      gboolean      descending,
      gboolean      as_well)
{
  CptTrashModel *self = CPT_TRASH_MODEL (model);

  self->sorted = (int) column;
  self->descending = descending;
  update (self);
}

static void
iface_init (CptGridModelInterface *interface)
{
  interface->get_length = get_length;
  interface->get_column = get_column;
  interface->get_key = get_key;
  interface->get_version = get_version;
  interface->get_cell = get_cell;
  interface->get_order = get_order;
  interface->sort = sort;
}

static void
cpt_trash_model_finalize (GObject *object)
{
  CptTrashModel *self = CPT_TRASH_MODEL (object);

  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (cpt_trash_model_parent_class)->finalize (object);
}

static void
cpt_trash_model_class_init (CptTrashModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_trash_model_finalize;
}

static void
cpt_trash_model_init (CptTrashModel *self)
{
  self->columns[COLUMN_TITLE] = (CptGridColumn){ _("Name"), (char *) "title", CPT_CELL_TEXT, 260, TRUE };
  self->columns[COLUMN_KIND] = (CptGridColumn){ _("Kind"), (char *) "kind", CPT_CELL_PILLS, 140, TRUE };
  self->columns[COLUMN_AT] = (CptGridColumn){ _("Deleted"), (char *) "at", CPT_CELL_TEXT, 170, TRUE };
  self->columns[COLUMN_BY] = (CptGridColumn){ _("By"), (char *) "by", CPT_CELL_TEXT, 160, TRUE };
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_trash_item_free);
  self->shown = g_ptr_array_new ();
  self->sorted = COLUMN_AT;
  self->descending = TRUE;
}

CptTrashModel *
cpt_trash_model_new (GTimeZone *zone)
{
  CptTrashModel *self = g_object_new (CPT_TYPE_TRASH_MODEL, NULL);

  self->zone = zone != NULL ? g_time_zone_ref (zone) : NULL;

  return self;
}

void
cpt_trash_model_set_items (CptTrashModel *self,
                           GPtrArray     *items)
{
  g_return_if_fail (CPT_IS_TRASH_MODEL (self));
  g_return_if_fail (items != NULL);

  g_ptr_array_set_size (self->shown, 0);
  g_ptr_array_unref (self->items);
  self->items = items;
  update (self);
}

void
cpt_trash_model_set_words (CptTrashModel *self,
                           const char    *words)
{
  g_return_if_fail (CPT_IS_TRASH_MODEL (self));

  g_free (self->words);
  self->words = words != NULL ? cpt_text_fold (words) : NULL;
  update (self);
}
