/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpt-dashboard.h"
#include "cpt-store.h"

G_BEGIN_DECLS

/* How a picture is as high as it is wide */
#define CPT_DASHBOARD_PICTURE_RATIO 0.62

/**
 * CptDashboardPicture:
 * @texture: what the top of the dashboard looks like
 * @has_examples: whether some of its numbers are made up, as the workspace has none
 *
 * A small picture of a dashboard.
 */
typedef struct
{
  GdkTexture *texture;
  gboolean    has_examples;
} CptDashboardPicture;

void                 cpt_dashboard_picture_free        (CptDashboardPicture *self);
/* Read and drawn on a worker; takes @dashboard. @width: in pixels; @is_dark: the style of the desktop */
void                 cpt_dashboard_picture_read_async  (CptStore            *store,
                                                        CptDashboard        *dashboard,
                                                        int                  width,
                                                        gboolean             is_dark,
                                                        GCancellable        *cancellable,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             user_data);
CptDashboardPicture *cpt_dashboard_picture_read_finish (CptStore      *store,
                                                        GAsyncResult  *result,
                                                        GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptDashboardPicture, cpt_dashboard_picture_free)

G_END_DECLS
