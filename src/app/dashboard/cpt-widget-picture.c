/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The numbers of a widget under way, and its query as a sentence: read on a
 * worker.
 */

#include "config.h"

#include "cpt-widget-picture.h"

#include "cpt-metric.h"

void
cpt_widget_picture_free (CptWidgetPicture *self)
{
  if (self == NULL)
    return;

  cpt_widget_data_unref (self->numbers);
  g_free (self->sentence);
  g_free (self);
}

static gpointer
read_picture (CptDatabase   *database,
              gpointer       user_data,
              GCancellable  *cancellable,
              GError       **error)
{
  const CptWidget *widget = cpt_dashboard_get_widget (user_data, 0);
  g_autoptr(CptWidgetPicture) self = g_new0 (CptWidgetPicture, 1);

  self->numbers = cpt_widget_data_read (database, widget);
  self->sentence = cpt_question_to_sentence (database, widget->query);

  return g_cancellable_set_error_if_cancelled (cancellable, error) ? NULL : g_steal_pointer (&self);
}

void
cpt_widget_picture_read_async (CptStore            *store,
                               CptDashboard        *dashboard,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (cpt_dashboard_get_n_widgets (dashboard) > 0);

  cpt_store_read_async (store, G_PRIORITY_DEFAULT, read_picture, dashboard, (GDestroyNotify) cpt_dashboard_free,
                        (GDestroyNotify) cpt_widget_picture_free, cancellable, callback, user_data);
}

CptWidgetPicture *
cpt_widget_picture_read_finish (CptStore      *store,
                                GAsyncResult  *result,
                                GError       **error)
{
  return cpt_store_finish (store, result, error);
}
