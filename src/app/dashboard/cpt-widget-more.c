/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The metrics of a widget beside its first one: of a table its columns, of a radar its axes. */

#include "config.h"

#include "cpt-widget-more.h"

#include <glib/gi18n.h>

#include "cpt-form-rows.h"

static const char *const titles[CPT_WIDGET_MAX_MORE] = {
  N_("Second metric"), N_("Third metric"), N_("Fourth metric"), N_("Fifth metric"), N_("Sixth metric"),
};

void
cpt_widget_more_build (CptWidgetMore *self,
                       GtkWidget     *group,
                       GCallback      callback,
                       gpointer       object)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (self->rows); i++)
    self->rows[i] = cpt_form_add_watched_combo (group, _(titles[i]), callback, object);
}

void
cpt_widget_more_find (GPtrArray       *metrics,
                      const CptMetric *first,
                      GPtrArray       *candidates,
                      GPtrArray       *keys)
{
  const char *source = cpt_widget_metrics_get (first, "source");

  g_return_if_fail (metrics != NULL && candidates != NULL && keys != NULL);

  g_ptr_array_set_size (candidates, 0);
  for (guint i = 0; first != NULL && i < metrics->len; i++)
    {
      const CptMetric *other = g_ptr_array_index (metrics, i);

      if (other != first && g_strcmp0 (cpt_widget_metrics_get (other, "source"), source) == 0)
        g_ptr_array_add (candidates, (gpointer) other);
    }
  /* One that is not there any more stays, as the first one does, so that it is told */
  for (guint i = keys->len; i > 0; i--)
    {
      const CptMetric *metric = cpt_widget_metrics_find (metrics, g_ptr_array_index (keys, i - 1));

      if (metric != NULL && cpt_widget_metrics_find (candidates, metric->key) == NULL)
        g_ptr_array_remove_index (keys, i - 1);
    }
}

gboolean
cpt_widget_more_has_date (GPtrArray  *candidates,
                          GPtrArray  *keys,
                          const char *date)
{
  g_return_val_if_fail (candidates != NULL && keys != NULL, FALSE);

  for (guint i = 0; i < keys->len; i++)
    {
      const CptMetric *metric = cpt_widget_metrics_find (candidates, g_ptr_array_index (keys, i));

      if (metric != NULL && g_strcmp0 (cpt_widget_metrics_get (metric, "date"), date) != 0)
        return TRUE;
    }

  return FALSE;
}

static const char *
get_key (GPtrArray *keys,
         guint      index)
{
  return index < keys->len ? g_ptr_array_index (keys, index) : NULL;
}

void
cpt_widget_more_show (CptWidgetMore *self,
                      GPtrArray     *candidates,
                      GPtrArray     *keys)
{
  g_return_if_fail (self != NULL && candidates != NULL && keys != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (self->rows); i++)
    cpt_widget_metrics_show (candidates, ADW_COMBO_ROW (self->rows[i]), get_key (keys, i));
}

void
cpt_widget_more_read (CptWidgetMore *self,
                      GPtrArray     *candidates,
                      guint          n_rows,
                      const char    *first,
                      gboolean       needs_one,
                      GPtrArray     *keys)
{
  g_autoptr(GPtrArray) read = g_ptr_array_new_with_free_func (g_free);

  g_return_if_fail (self != NULL && candidates != NULL && keys != NULL);

  for (guint i = 0; i < MIN (n_rows, G_N_ELEMENTS (self->rows)); i++)
    {
      const char *key = cpt_widget_metrics_read (candidates, ADW_COMBO_ROW (self->rows[i]), get_key (keys, i));

      cpt_widget_metrics_explain (ADW_COMBO_ROW (self->rows[i]), cpt_widget_metrics_find (candidates, key));
      if (key != NULL && g_strcmp0 (key, first) != 0 && !g_ptr_array_find_with_equal_func (read, key, g_str_equal, NULL))
        g_ptr_array_add (read, g_strdup (key));
    }
  for (guint i = G_N_ELEMENTS (self->rows); n_rows >= G_N_ELEMENTS (self->rows) && i < keys->len; i++)
    g_ptr_array_add (read, g_strdup (g_ptr_array_index (keys, i)));

  g_ptr_array_set_size (keys, 0);
  for (guint i = 0; i < read->len; i++)
    g_ptr_array_add (keys, g_strdup (g_ptr_array_index (read, i)));
  if (!needs_one || keys->len > 0 || n_rows == 0 || candidates->len == 0)
    return;

  /* A rate beside a sum is a good start */
  g_ptr_array_add (keys, g_strdup (((const CptMetric *) g_ptr_array_index (candidates, 0))->key));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->rows[0]), 1);
}

void
cpt_widget_more_set_shown (CptWidgetMore *self,
                           guint          n_rows)
{
  guint n_used = 0;

  g_return_if_fail (self != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (self->rows); i++)
    {
      guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->rows[i]));

      if (selected != 0 && selected != GTK_INVALID_LIST_POSITION)
        n_used = i + 1;
    }
  for (guint i = 0; i < G_N_ELEMENTS (self->rows); i++)
    gtk_widget_set_visible (self->rows[i], i < MIN (n_rows, n_used + 1));
}
