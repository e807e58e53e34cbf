/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Giving a field a value that it had, from the history of its record. It is a
 * change like any other: validated, logged, undone. */

#include "config.h"

#include "cpt-record-put-back.h"

#include <glib/gi18n.h>

typedef struct
{
  const CptField *field; /* of the schema */
  CptValue value;
} Earlier;

typedef struct
{
  CptWindow *window; /* outlives its widgets */
  CptSchema *schema; /* (owned) */
  const CptEntity *entity;
  CptUuid id;
  GArray *values; /* (owned): of Earlier */
} PutBack;

static void
earlier_clear (gpointer data)
{
  Earlier *earlier = data;

  cpt_value_clear (&earlier->value);
}

static void
put_back_free (gpointer  data,
               GClosure *closure)
{
  PutBack *self = data;

  g_array_unref (self->values);
  cpt_schema_unref (self->schema);
  g_free (self);
}

static void
clicked_cb (GtkWidget *button,
            PutBack   *self)
{
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  const Earlier *first = &g_array_index (self->values, Earlier, 0);
  guint n_values = self->values->len;
  g_autofree char *toast = NULL;

  for (guint i = 0; i < n_values; i++)
    {
      const Earlier *earlier = &g_array_index (self->values, Earlier, i);

      cpt_transaction_set (transaction, self->entity, &self->id, earlier->field, &earlier->value);
    }
  if (n_values == 1)
    /* Translators: a toast; %s is the name of a field */
    toast = g_strdup_printf (_("%s put back"), cpt_field_get_label (first->field));
  else
    toast = g_strdup_printf (ngettext ("%u field put back", "%u fields put back", n_values), n_values);
  cpt_window_commit_by (self->window, transaction, toast, button);
}

/* What differs from now, and is for people to change */
static GArray *
collect_values (const CptTimelinePage *page,
                const CptTimelineLine *line)
{
  GArray *values = g_array_new (FALSE, TRUE, sizeof (Earlier));

  g_array_set_clear_func (values, earlier_clear);
  for (guint i = 0; line->change->changes != NULL && i < line->change->changes->len; i++)
    {
      const CptFieldChange *change = g_ptr_array_index (line->change->changes, i);
      Earlier earlier = { .field = change->field };

      if (change->field == NULL || (change->field->flags & (CPT_FIELD_READ_ONLY | CPT_FIELD_HIDDEN)) != 0 ||
          cpt_value_equal (cpt_record_get (page->record, change->field), &change->before))
        continue;
      cpt_value_copy (&change->before, &earlier.value);
      g_array_append_val (values, earlier);
    }

  return values;
}

static gboolean
is_possible (const CptTimelinePage *page,
             const CptTimelineLine *line)
{
  return line->change->kind == CPT_CHANGE_UPDATE && line->change->entry->origin != CPT_ORIGIN_MERGE && !page->record->in_trash;
}

char *
cpt_record_put_back_dup_key (const CptTimelinePage *page,
                             const CptTimelineLine *line)
{
  g_autoptr(GString) key = g_string_new (NULL);
  g_autoptr(GArray) values = is_possible (page, line) ? collect_values (page, line) : NULL;

  for (guint i = 0; values != NULL && i < values->len; i++)
    g_string_append_printf (key, "%s ", g_array_index (values, Earlier, i).field->name);

  return g_string_free (g_steal_pointer (&key), FALSE);
}

void
cpt_record_put_back_add_button (CptWindow             *window,
                                const CptTimelinePage *page,
                                const CptTimelineLine *line,
                                GtkWidget             *row)
{
  g_autoptr(GArray) values = NULL;
  g_autofree char *label = NULL;
  GtkWidget *button;
  PutBack *self;

  if (!is_possible (page, line) || cpt_store_is_read_only (cpt_window_get_store (window)))
    return;
  values = collect_values (page, line);
  if (values->len == 0)
    return;

  self = g_new0 (PutBack, 1);
  self->window = window;
  self->schema = cpt_schema_ref (page->schema);
  self->entity = cpt_record_get_entity (page->record);
  self->id = page->record->id;
  self->values = g_steal_pointer (&values);
  button = gtk_button_new_with_label (_("Put Back"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Give back the value from before this change"));
  label = g_strdup_printf (C_("button", "%s: %s"), _("Put Back"), line->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (clicked_cb), self, put_back_free, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}
