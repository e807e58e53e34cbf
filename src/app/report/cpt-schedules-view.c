/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page of the window in which the schedules of a report stand. */

#include "config.h"

#include "cpt-schedules-view.h"

#include <glib/gi18n.h>

#include "cpt-schedules-page.h"

struct _CptSchedulesView
{
  CptView parent_instance;

  CptUuid report;
  char *title;

  CptSettingsPage *page; /* borrowed from GTK */
};

G_DEFINE_FINAL_TYPE (CptSchedulesView, cpt_schedules_view, CPT_TYPE_VIEW)

static void
cpt_schedules_view_changed (CptView      *view,
                            CptChangeSet *set)
{
  cpt_settings_page_changed (CPT_SCHEDULES_VIEW (view)->page, set);
}

static CptView *
cpt_schedules_view_renew (CptView *view)
{
  CptSchedulesView *self = CPT_SCHEDULES_VIEW (view);
  CptView *other = cpt_schedules_view_new (cpt_view_get_window (view), &self->report, self->title);

  cpt_settings_page_take_over (CPT_SCHEDULES_VIEW (other)->page, self->page);

  return other;
}

static void
cpt_schedules_view_finalize (GObject *object)
{
  g_free (CPT_SCHEDULES_VIEW (object)->title);

  G_OBJECT_CLASS (cpt_schedules_view_parent_class)->finalize (object);
}

static void
cpt_schedules_view_class_init (CptSchedulesViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_schedules_view_finalize;
  CPT_VIEW_CLASS (klass)->changed = cpt_schedules_view_changed;
  CPT_VIEW_CLASS (klass)->renew = cpt_schedules_view_renew;
}

static void
cpt_schedules_view_init (CptSchedulesView *self)
{
}

CptView *
cpt_schedules_view_new (CptWindow     *window,
                        const CptUuid *report,
                        const char    *title)
{
  CptSchedulesView *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);
  g_return_val_if_fail (report != NULL && title != NULL, NULL);

  self = g_object_new (CPT_TYPE_SCHEDULES_VIEW, "window", window, NULL);
  self->report = *report;
  self->title = g_strdup (title);
  self->page = cpt_schedules_page_new (window, report);
  cpt_view_set_title (CPT_VIEW (self), _("Schedules"));
  cpt_view_set_subtitle (CPT_VIEW (self), title);
  cpt_view_set_child (CPT_VIEW (self), GTK_WIDGET (self->page));

  return CPT_VIEW (self);
}
