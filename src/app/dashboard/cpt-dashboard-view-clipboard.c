/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Widgets on the clipboard, as a dashboard that has only them: what comes from
 * another dashboard, another workspace or another version is read as any other
 * definition is, and refused with the reason.
 */

#include "config.h"

#include "cpt-dashboard-view-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpt-error.h"

#define WIDGETS_TYPE "application/x-comptoir-widgets+json"
#define MAX_BYTES (1024 * 1024)

/* Takes over what is not said by its query and options: the size. It gets the keyboard */
static void
add_copy (CptDashboardView *self,
          CptDashboard     *dashboard,
          const CptWidget  *widget)
{
  g_autofree char *id = g_uuid_string_random ();
  const CptWidget *added = cpt_dashboard_add_widget (dashboard, id, widget->kind, widget->title, widget->query, widget->options,
                                                     NULL);
  CptGridRect wanted = added->item.rect;

  wanted.w = widget->item.rect.w;
  wanted.h = widget->item.rect.h;
  wanted.x = MIN (wanted.x, CPT_GRID_COLUMNS - wanted.w);
  cpt_dashboard_move_widget (dashboard, id, &wanted);
  g_free (self->copied_id);
  self->copied_id = g_steal_pointer (&id);
}

static void
copy (CptDashboardView *self,
      const CptWidget  *widget)
{
  g_autoptr(CptDashboard) one = cpt_dashboard_new (widget->title);
  g_autofree char *text = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GdkContentProvider) content = NULL;

  cpt_dashboard_add_widget (one, widget->id, widget->kind, widget->title, widget->query, widget->options, &widget->item.rect);
  text = cpt_dashboard_format (one);
  bytes = g_bytes_new (text, strlen (text));
  content = gdk_content_provider_new_for_bytes (WIDGETS_TYPE, bytes);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), content);
}

gboolean
cpt_dashboard_view_clip (CptDashboardView *self,
                         const CptWidget  *widget,
                         const char       *command)
{
  g_autoptr(CptDashboard) changed = NULL;

  if (g_str_equal (command, "copy"))
    {
      copy (self, widget);
      cpt_window_show_toast (cpt_view_get_window (CPT_VIEW (self)), _("Widget copied"));
      return TRUE;
    }

  if (g_str_equal (command, "cut"))
    {
      copy (self, widget);
      changed = cpt_dashboard_copy (self->dashboard);
      cpt_dashboard_remove_widget (changed, widget->id);
      cpt_dashboard_view_save (self, changed, _("Widget cut"));
      return TRUE;
    }

  if (g_str_equal (command, "duplicate"))
    {
      changed = cpt_dashboard_copy (self->dashboard);
      add_copy (self, changed, widget);
      cpt_dashboard_view_save (self, changed, _("Widget duplicated"));
      return TRUE;
    }

  return FALSE;
}

/* ---------------------------------------------------------------------- paste */

static void
paste (CptDashboardView *self,
       const char       *text,
       gsize             length)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDashboard) pasted = cpt_dashboard_parse (text, (gssize) length, &error);
  g_autoptr(CptDashboard) changed = NULL;
  guint n;

  if (pasted == NULL)
    {
      cpt_window_show_error (cpt_view_get_window (CPT_VIEW (self)), error);
      return;
    }

  n = cpt_dashboard_get_n_widgets (pasted);
  if (n == 0 || n + cpt_dashboard_get_n_widgets (self->whole) > CPT_DASHBOARD_MAX_WIDGETS)
    return;

  changed = cpt_dashboard_copy (self->dashboard);
  for (guint i = 0; i < n; i++)
    add_copy (self, changed, cpt_dashboard_get_widget (pasted, i));
  cpt_dashboard_view_save (self, changed, ngettext ("Widget pasted", "Widgets pasted", n));
}

typedef struct
{
  CptDashboardView *self; /* (owned) */
  char *buffer;           /* of MAX_BYTES */
} Pasting;

static void
bytes_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Pasting *pasting = user_data;
  g_autoptr(CptDashboardView) self = pasting->self;
  g_autofree char *buffer = pasting->buffer;
  gsize length = 0;
  gboolean is_read = g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, NULL);

  g_free (pasting);
  if (is_read && length > 0 && self->dashboard != NULL && !g_cancellable_is_cancelled (self->cancellable))
    paste (self, buffer, length);
}

static void
stream_ready_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(CptDashboardView) self = CPT_DASHBOARD_VIEW (user_data);
  g_autoptr(GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, NULL);
  Pasting *pasting;

  if (stream == NULL)
    {
      if (!g_cancellable_is_cancelled (self->cancellable))
        cpt_window_show_toast (cpt_view_get_window (CPT_VIEW (self)), _("No widget has been copied"));
      return;
    }

  /* What is longer is cut, and then no definition. */
  pasting = g_new0 (Pasting, 1);
  pasting->self = g_object_ref (self);
  pasting->buffer = g_malloc (MAX_BYTES);
  g_input_stream_read_all_async (stream, pasting->buffer, MAX_BYTES, G_PRIORITY_DEFAULT, self->cancellable, bytes_read_cb,
                                 pasting);
}

void
cpt_dashboard_view_paste_action (GtkWidget  *widget,
                                 const char *action_name,
                                 GVariant   *parameter)
{
  CptDashboardView *self = CPT_DASHBOARD_VIEW (widget);
  const char *types[] = { WIDGETS_TYPE, NULL };

  if (self->dashboard == NULL || cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self))))
    return;

  gdk_clipboard_read_async (gtk_widget_get_clipboard (widget), types, G_PRIORITY_DEFAULT, self->cancellable, stream_ready_cb,
                            g_object_ref (self));
}
