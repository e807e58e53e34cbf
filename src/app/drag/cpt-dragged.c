/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records on their way from one place to another. Rows rather than records:
 * what they hold is read when they have arrived. */
#include "config.h"
#include "cpt-dragged.h"

#include <glib/gi18n-lib.h>

static void
dragged_clear (gpointer data)
{
  CptDragged *self = data;

  g_object_unref (self->store);
  cpt_schema_unref (self->schema);
  g_array_unref (self->rows);
}

static gpointer
copy_boxed (gpointer boxed)
{
  return cpt_dragged_ref (boxed);
}

static void
free_boxed (gpointer boxed)
{
  cpt_dragged_unref (boxed);
}

/* G_DEFINE_BOXED_TYPE is no ISO C */
GType
cpt_dragged_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_boxed_type_register_static ("CptDragged", copy_boxed, free_boxed));

  return type;
}

CptDragged *
cpt_dragged_new (CptStore        *store,
                 CptSchema       *schema,
                 const CptEntity *entity,
                 const gint64    *rows,
                 guint            n_rows)
{
  CptDragged *self;

  g_return_val_if_fail (CPT_IS_STORE (store), NULL);
  g_return_val_if_fail (entity != NULL && n_rows > 0, NULL);

  self = g_rc_box_new0 (CptDragged);
  self->store = g_object_ref (store);
  self->schema = cpt_schema_ref (schema);
  self->entity = entity;
  self->rows = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_rows);
  g_array_append_vals (self->rows, rows, n_rows);

  return self;
}

CptDragged *
cpt_dragged_ref (CptDragged *self)
{
  return g_rc_box_acquire (self);
}

void
cpt_dragged_unref (CptDragged *self)
{
  g_rc_box_release_full (self, dragged_clear);
}

gboolean
cpt_dragged_has (const CptDragged *self,
                 const CptEntity  *entity,
                 gint64            row)
{
  if (self->entity->number != entity->number)
    return FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    if (g_array_index (self->rows, gint64, i) == row)
      return TRUE;

  return FALSE;
}

char *
cpt_dragged_dup_label (const CptDragged *self)
{
  g_autofree char *number = cpt_decimal_format_local (self->rows->len, 0, 0);

  if (self->rows->len == 1)
    return g_strdup (cpt_entity_get_label (self->entity));

  /* Translators: what is being dragged: a number and a kind of records, "3 Contacts" */
  return g_strdup_printf (C_("dragged", "%s %s"), number, cpt_entity_get_label_plural (self->entity));
}
