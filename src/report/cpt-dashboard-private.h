/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-dashboard.h"

G_BEGIN_DECLS

/* What reading, writing and the pages of a dashboard share */

void              cpt_dashboard_widget_free (gpointer data);
gpointer          cpt_dashboard_widget_copy (gconstpointer data,
                                             gpointer      unused);
/* @widget as it is, but where @where has it */
CptWidget        *cpt_dashboard_widget_copy_placed (const CptWidget *widget,
                                                    const CptWidget *where);
/* @title (nullable) is copied, @extra (nullable) taken */
CptDashboardPage *cpt_dashboard_page_new    (const char *title,
                                             JsonObject *extra);
void              cpt_dashboard_page_free   (gpointer data);
gpointer          cpt_dashboard_page_copy   (gconstpointer data,
                                             gpointer      unused);
/* One line of a length that can be read */
char             *cpt_dashboard_clean_title (const char *text);
/* Closes gaps on each page and puts the widgets into reading order */
void              cpt_dashboard_tidy        (CptDashboard *self);

G_END_DECLS
