/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-store.h"
#include "cpt-widget-data.h"

G_BEGIN_DECLS

/**
 * CptWidgetPicture:
 * @numbers: of the widget
 * @sentence: (nullable): what its query asks, for people
 *
 * What the editor of widgets shows of one.
 */
typedef struct
{
  CptWidgetData *numbers;
  char          *sentence;
} CptWidgetPicture;

void              cpt_widget_picture_free        (CptWidgetPicture *self);
/* Of the first widget of @dashboard, which it takes */
void              cpt_widget_picture_read_async  (CptStore            *store,
                                                  CptDashboard        *dashboard,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
CptWidgetPicture *cpt_widget_picture_read_finish (CptStore      *store,
                                                  GAsyncResult  *result,
                                                  GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptWidgetPicture, cpt_widget_picture_free)

G_END_DECLS
