/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a dashboard when two change it at once. */
#include "config.h"
#include "cpt-dashboard-merge.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-dashboard-private.h"
#include "cpt-error.h"

#define NO_PAGE (-1)
/* Of a widget whose page is gone on both sides */
#define LOST G_MAXUINT

/* ---- which page is which ---- */

/* One page of the result, and where it was in each; NO_PAGE where it is not */
typedef struct
{
  int base;
  int mine;
  int theirs;
} Page;

static const char *
get_title (const CptDashboard *self,
           guint               page)
{
  return ((const CptDashboardPage *) g_ptr_array_index (self->pages, page))->title;
}

static guint
count_shared (const CptDashboard *base,
              guint               base_page,
              const CptDashboard *other,
              guint               page)
{
  guint n = 0;

  for (guint i = 0; i < base->widgets->len; i++)
    {
      const CptWidget *widget = cpt_dashboard_get_widget (base, i);
      const CptWidget *same = widget->page == base_page ? cpt_dashboard_find_widget (other, widget->id, NULL) : NULL;

      n += same != NULL && same->page == page;
    }

  return n;
}

static gboolean
is_taken (const int *matches,
          guint      n,
          int        page)
{
  for (guint i = 0; i < n; i++)
    if (matches[i] == page)
      return TRUE;

  return FALSE;
}

static int
find_titled (const CptDashboard *base,
             guint               page,
             const CptDashboard *other,
             const int          *matches)
{
  const char *title = get_title (base, page);

  for (guint i = 0; *title != '\0' && i < other->pages->len; i++)
    if (g_str_equal (get_title (other, i), title) && !is_taken (matches, base->pages->len, (int) i))
      return (int) i;

  return NO_PAGE;
}

static int
find_alike (const CptDashboard *base,
            guint               page,
            const CptDashboard *other,
            const int          *matches)
{
  int best = NO_PAGE;
  guint most = 0;

  for (guint i = 0; i < other->pages->len; i++)
    {
      guint n = count_shared (base, page, other, i);

      if (n > most && !is_taken (matches, base->pages->len, (int) i))
        {
          most = n;
          best = (int) i;
        }
    }

  return best;
}

/* Empty pages that were renamed, or never had a title */
static int
find_placed (const CptDashboard *base,
             guint               page,
             const CptDashboard *other,
             const int          *matches)
{
  gboolean is_there = page < other->pages->len && other->pages->len >= base->pages->len;

  return is_there && !is_taken (matches, base->pages->len, (int) page) ? (int) page : NO_PAGE;
}

/* Where each page of @base is in @other */
static int *
match_pages (const CptDashboard *base,
             const CptDashboard *other)
{
  static int (*const finders[]) (const CptDashboard *, guint, const CptDashboard *, const int *) = {
    find_titled,
    find_alike,
    find_placed,
  };
  int *matches = g_new (int, base->pages->len);

  for (guint i = 0; i < base->pages->len; i++)
    matches[i] = NO_PAGE;
  for (guint finder = 0; finder < G_N_ELEMENTS (finders); finder++)
    for (guint i = 0; i < base->pages->len; i++)
      if (matches[i] == NO_PAGE)
        matches[i] = finders[finder](base, i, other, matches);

  return matches;
}

static int
find_page (const int *matches,
           guint      n,
           int        page)
{
  for (guint i = 0; i < n; i++)
    if (matches[i] == page)
      return (int) i;

  return NO_PAGE;
}

static int
compare_mine (gconstpointer a,
              gconstpointer b)
{
  const Page *first = a, *second = b;

  /* What only others have comes last, in their order. */
  if ((first->mine == NO_PAGE) != (second->mine == NO_PAGE))
    return first->mine == NO_PAGE ? 1 : -1;

  return first->mine == NO_PAGE ? first->theirs - second->theirs : first->mine - second->mine;
}

static gboolean
is_reordered (const int *matches,
              guint      n)
{
  int last = NO_PAGE;

  for (guint i = 0; i < n; i++)
    {
      if (matches[i] != NO_PAGE && matches[i] < last)
        return TRUE;
      last = MAX (last, matches[i]);
    }

  return FALSE;
}

/* All pages that anybody has, in their order, or in mine where I changed it */
static GArray *
list_pages (const CptDashboard *base,
            const CptDashboard *mine,
            const CptDashboard *theirs)
{
  guint n = base->pages->len;
  g_autofree int *my_matches = match_pages (base, mine);
  g_autofree int *their_matches = match_pages (base, theirs);
  GArray *pages = g_array_new (FALSE, FALSE, sizeof (Page));

  for (guint i = 0; i < theirs->pages->len; i++)
    {
      int known = find_page (their_matches, n, (int) i);
      Page page = { known, known != NO_PAGE ? my_matches[known] : NO_PAGE, (int) i };

      g_array_append_val (pages, page);
    }
  for (guint i = 0; i < mine->pages->len; i++)
    {
      int known = find_page (my_matches, n, (int) i);
      Page page = { known, (int) i, NO_PAGE };

      if (known == NO_PAGE || their_matches[known] == NO_PAGE)
        g_array_append_val (pages, page);
    }
  if (is_reordered (my_matches, n))
    g_array_sort (pages, compare_mine);

  return pages;
}

/* A copy whose widgets are on the pages of the result; @member: which number of #Page is its own */
static CptDashboard *
copy_onto (const CptDashboard *self,
           GArray             *pages,
           gsize               member)
{
  CptDashboard *copy = cpt_dashboard_copy (self);

  for (guint i = 0; i < copy->widgets->len; i++)
    {
      CptWidget *widget = cpt_dashboard_get_widget (copy, i);
      guint page = widget->page;

      widget->page = LOST;
      for (guint j = 0; j < pages->len; j++)
        if (G_STRUCT_MEMBER (int, &g_array_index (pages, Page, j), member) == (int) page)
          widget->page = j;
    }

  return copy;
}

/* ---- the frame ---- */

static gboolean
is_same_node (JsonNode *a,
              JsonNode *b)
{
  return a == NULL || b == NULL ? a == b : json_node_equal (a, b);
}

static CptDashboardPage *
merge_page (const Page         *page,
            const CptDashboard *base,
            const CptDashboard *mine,
            const CptDashboard *theirs)
{
  gboolean is_theirs = page->mine == NO_PAGE ||
                       (page->theirs != NO_PAGE && page->base != NO_PAGE &&
                        g_str_equal (get_title (base, (guint) page->base), get_title (mine, (guint) page->mine)));

  return cpt_dashboard_page_copy (is_theirs ? g_ptr_array_index (theirs->pages, page->theirs)
                                            : g_ptr_array_index (mine->pages, page->mine),
                                  NULL);
}

/* Title, filters and pages, without widgets */
static CptDashboard *
merge_frame (const CptDashboard *base,
             const CptDashboard *mine,
             const CptDashboard *theirs,
             GArray             *pages)
{
  CptDashboard *result = cpt_dashboard_copy (theirs);

  g_ptr_array_set_size (result->widgets, 0);
  g_ptr_array_set_size (result->pages, 0);
  for (guint i = 0; i < pages->len; i++)
    g_ptr_array_add (result->pages, merge_page (&g_array_index (pages, Page, i), base, mine, theirs));
  if (!g_str_equal (base->title, mine->title))
    {
      g_free (result->title);
      result->title = g_strdup (mine->title);
    }
  if (!is_same_node (base->filters, mine->filters))
    {
      g_clear_pointer (&result->filters, json_node_unref);
      result->filters = mine->filters != NULL ? json_node_ref (mine->filters) : NULL;
    }

  return result;
}

static gboolean
has_widgets (const CptDashboard *self,
             guint               page)
{
  for (guint i = 0; i < self->widgets->len; i++)
    if (cpt_dashboard_get_widget (self, i)->page == page)
      return TRUE;

  return FALSE;
}

/* What one of them removed, unless the other needs it */
static void
remove_pages (CptDashboard *result,
              GArray       *pages)
{
  for (guint i = pages->len; i > 0; i--)
    {
      const Page *page = &g_array_index (pages, Page, i - 1);

      if (page->base != NO_PAGE && (page->mine == NO_PAGE || page->theirs == NO_PAGE) && !has_widgets (result, i - 1))
        cpt_dashboard_remove_page (result, i - 1);
    }
}

/* ---- widgets ---- */

/* What stands in it, and its page; not its place, which moves with those of others */
static char *
dup_content (const CptWidget *widget)
{
  g_autoptr(CptDashboard) alone = cpt_dashboard_new ("");
  CptWidget *copy = cpt_dashboard_widget_copy (widget, NULL);
  g_autofree char *text = NULL;

  copy->page = 0;
  copy->item.rect = (CptGridRect){ 0, 0, 1, 1 };
  g_ptr_array_add (alone->widgets, copy);
  text = cpt_dashboard_format (alone);

  return g_strdup_printf ("%u %s", widget->page, text);
}

static gboolean
has_content_of (const CptWidget *a,
                const CptWidget *b)
{
  g_autofree char *first = dup_content (a);
  g_autofree char *second = dup_content (b);

  return g_str_equal (first, second);
}

static gboolean
is_at_place_of (const CptWidget *a,
                const CptWidget *b)
{
  return a->item.rect.x == b->item.rect.x && a->item.rect.y == b->item.rect.y && a->item.rect.w == b->item.rect.w &&
         a->item.rect.h == b->item.rect.h;
}

/* (transfer full) (nullable): each of them may be NULL. What stands in a widget and where it stands are
 * two things: who moves one moves others, and has not meant to change what is in them. */
static CptWidget *
merge_widget (const CptWidget *base,
              const CptWidget *mine,
              const CptWidget *theirs)
{
  const CptWidget *one = mine != NULL ? mine : theirs;

  if (one == NULL)
    return NULL;
  if (mine == NULL || theirs == NULL)
    return base == NULL || !has_content_of (base, one) ? cpt_dashboard_widget_copy (one, NULL) : NULL;
  if (base == NULL)
    return cpt_dashboard_widget_copy (mine, NULL);

  return cpt_dashboard_widget_copy_placed (has_content_of (base, mine) ? theirs : mine,
                                           is_at_place_of (base, mine) ? theirs : mine);
}

static void
add_chosen (CptDashboard       *result,
            const CptDashboard *list,
            const CptDashboard *base,
            const CptDashboard *mine,
            const CptDashboard *theirs)
{
  for (guint i = 0; i < cpt_dashboard_get_n_widgets (list); i++)
    {
      const char *id = cpt_dashboard_get_widget (list, i)->id;
      CptWidget *widget = NULL;

      if (cpt_dashboard_find_widget (result, id, NULL) == NULL)
        widget = merge_widget (cpt_dashboard_find_widget (base, id, NULL), cpt_dashboard_find_widget (mine, id, NULL),
                               cpt_dashboard_find_widget (theirs, id, NULL));
      if (widget != NULL)
        g_ptr_array_add (result->widgets, widget);
    }
}

CptDashboard *
cpt_dashboard_merge (const CptDashboard  *base,
                     const CptDashboard  *mine,
                     const CptDashboard  *theirs,
                     GError             **error)
{
  g_autoptr(GArray) pages = NULL;
  g_autoptr(CptDashboard) before = NULL;
  g_autoptr(CptDashboard) my_copy = NULL;
  g_autoptr(CptDashboard) their_copy = NULL;
  g_autoptr(CptDashboard) result = NULL;

  g_return_val_if_fail (base != NULL && mine != NULL && theirs != NULL, NULL);

  pages = list_pages (base, mine, theirs);
  before = copy_onto (base, pages, G_STRUCT_OFFSET (Page, base));
  my_copy = copy_onto (mine, pages, G_STRUCT_OFFSET (Page, mine));
  their_copy = copy_onto (theirs, pages, G_STRUCT_OFFSET (Page, theirs));
  result = merge_frame (base, mine, theirs, pages);
  add_chosen (result, their_copy, before, my_copy, their_copy);
  add_chosen (result, my_copy, before, my_copy, their_copy);
  remove_pages (result, pages);
  if (result->widgets->len > CPT_DASHBOARD_MAX_WIDGETS || result->pages->len > CPT_DASHBOARD_MAX_PAGES)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
                   _("With what others have added meanwhile, the dashboard would have more than %d widgets or %d pages. "
                     "Remove some first."),
                   CPT_DASHBOARD_MAX_WIDGETS, CPT_DASHBOARD_MAX_PAGES);
      return NULL;
    }
  cpt_dashboard_tidy (result);

  return g_steal_pointer (&result);
}
