/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One window on one workspace. */
#include "config.h"
#include "cpt-window.h"

struct _CptWindow
{
  AdwApplicationWindow parent_instance;
};

G_DEFINE_TYPE (CptWindow, cpt_window, ADW_TYPE_APPLICATION_WINDOW)

static void
cpt_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CPT_TYPE_WINDOW);

  G_OBJECT_CLASS (cpt_window_parent_class)->dispose (object);
}

static void
cpt_window_class_init (CptWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_window_dispose;

  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/org/comptoir/Comptoir/ui/cpt-window.ui");
}

static void
cpt_window_init (CptWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

CptWindow *
cpt_window_new (CptApplication *application)
{
  g_return_val_if_fail (CPT_IS_APPLICATION (application), NULL);

  return g_object_new (CPT_TYPE_WINDOW, "application", application, NULL);
}
