/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of a dashboard. Widgets know the index of theirs; whoever works on one
 * page takes it out as a dashboard of its own, and puts it back. */
#include "config.h"
#include "cpt-dashboard-private.h"

#include <glib/gi18n-lib.h>

CptDashboardPage *
cpt_dashboard_page_new (const char *title,
                        JsonObject *extra)
{
  CptDashboardPage *page = g_new0 (CptDashboardPage, 1);

  page->title = g_strdup (title != NULL ? title : "");
  page->extra = extra;

  return page;
}

void
cpt_dashboard_page_free (gpointer data)
{
  CptDashboardPage *page = data;

  g_free (page->title);
  g_clear_pointer (&page->extra, json_object_unref);
  g_free (page);
}

gpointer
cpt_dashboard_page_copy (gconstpointer data,
                         gpointer      unused)
{
  const CptDashboardPage *page = data;

  return cpt_dashboard_page_new (page->title, page->extra != NULL ? json_object_ref (page->extra) : NULL);
}

guint
cpt_dashboard_get_n_pages (const CptDashboard *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->pages->len;
}

char *
cpt_dashboard_dup_page_title (const CptDashboard *self,
                              guint               page)
{
  const CptDashboardPage *found;

  g_return_val_if_fail (self != NULL && page < self->pages->len, NULL);

  found = g_ptr_array_index (self->pages, page);
  if (found->title[0] != '\0')
    return g_strdup (found->title);

  /* Translators: a page of a dashboard that nobody has given a name */
  return g_strdup_printf (_("Page %u"), page + 1);
}

void
cpt_dashboard_set_page_title (CptDashboard *self,
                              guint         page,
                              const char   *title)
{
  CptDashboardPage *found;

  g_return_if_fail (self != NULL && page < self->pages->len);

  found = g_ptr_array_index (self->pages, page);
  g_free (found->title);
  found->title = cpt_dashboard_clean_title (title != NULL ? title : "");
}

CptDashboard *
cpt_dashboard_dup_page (const CptDashboard *self,
                        guint               page)
{
  CptDashboard *copy;

  g_return_val_if_fail (self != NULL && page < self->pages->len, NULL);

  copy = cpt_dashboard_new (self->title);
  copy->filters = self->filters != NULL ? json_node_ref (self->filters) : NULL;
  for (guint i = 0; i < self->widgets->len; i++)
    {
      const CptWidget *widget = cpt_dashboard_get_widget (self, i);
      CptWidget *taken;

      if (widget->page != page)
        continue;
      taken = cpt_dashboard_widget_copy (widget, NULL);
      taken->page = 0;
      g_ptr_array_add (copy->widgets, taken);
    }

  return copy;
}

static void
remove_widgets (CptDashboard *self,
                guint         page)
{
  for (guint i = self->widgets->len; i > 0; i--)
    if (cpt_dashboard_get_widget (self, i - 1)->page == page)
      g_ptr_array_remove_index (self->widgets, i - 1);
}

void
cpt_dashboard_set_page (CptDashboard       *self,
                        guint               page,
                        const CptDashboard *content)
{
  guint start;
  GArray *items;

  g_return_if_fail (self != NULL && page < self->pages->len);
  g_return_if_fail (content != NULL && content->pages->len == 1);

  remove_widgets (self, page);
  items = cpt_dashboard_dup_items (self, page, &start);
  g_array_unref (items);
  for (guint i = 0; i < content->widgets->len; i++)
    {
      CptWidget *put = cpt_dashboard_widget_copy (cpt_dashboard_get_widget (content, i), NULL);

      put->page = page;
      g_ptr_array_insert (self->widgets, (int) (start + i), put);
    }
  cpt_dashboard_tidy (self);
}

gboolean
cpt_dashboard_add_page (CptDashboard *self,
                        const char   *title)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->pages->len >= CPT_DASHBOARD_MAX_PAGES)
    return FALSE;

  g_ptr_array_add (self->pages, cpt_dashboard_page_new (NULL, NULL));
  cpt_dashboard_set_page_title (self, self->pages->len - 1, title);

  return TRUE;
}

gboolean
cpt_dashboard_remove_page (CptDashboard *self,
                           guint         page)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (page >= self->pages->len || self->pages->len == 1)
    return FALSE;

  remove_widgets (self, page);
  for (guint i = 0; i < self->widgets->len; i++)
    if (cpt_dashboard_get_widget (self, i)->page > page)
      cpt_dashboard_get_widget (self, i)->page--;
  g_ptr_array_remove_index (self->pages, page);

  return TRUE;
}

/* Where the page that was at @index is when the one at @page is at @position */
static guint
get_moved (guint index,
           guint page,
           guint position)
{
  if (index == page)
    return position;
  if (index > page && index <= position)
    return index - 1;

  return index < page && index >= position ? index + 1 : index;
}

gboolean
cpt_dashboard_move_page (CptDashboard *self,
                         guint         page,
                         guint         position)
{
  gpointer moved;

  g_return_val_if_fail (self != NULL, FALSE);

  if (page >= self->pages->len || position >= self->pages->len || page == position)
    return FALSE;

  moved = g_ptr_array_steal_index (self->pages, page);
  g_ptr_array_insert (self->pages, (int) position, moved);
  for (guint i = 0; i < self->widgets->len; i++)
    {
      CptWidget *widget = cpt_dashboard_get_widget (self, i);

      widget->page = get_moved (widget->page, page, position);
    }
  cpt_dashboard_tidy (self);

  return TRUE;
}
