/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was done to a dashboard, in words: from what it was and what it is. */
#include "config.h"
#include "cpt-dashboard-change.h"

#include <glib/gi18n-lib.h>

#include "cpt-dashboard-filter.h"

/* What of widgets is in the one and not in the other, is another one, or elsewhere */
typedef struct
{
  GPtrArray *added;
  GPtrArray *removed;
  GPtrArray *changed;
  guint n_moved;
} Difference;

static gboolean
is_same_node (JsonNode *a,
              JsonNode *b)
{
  return a == b || (a != NULL && b != NULL && json_node_equal (a, b));
}

static gboolean
has_same_options (const CptWidget *a,
                  const CptWidget *b)
{
  g_autoptr(JsonNode) first = NULL;
  g_autoptr(JsonNode) second = NULL;

  if (a->options == NULL || b->options == NULL)
    return a->options == b->options;

  first = json_node_init_object (json_node_alloc (), a->options);
  second = json_node_init_object (json_node_alloc (), b->options);

  return json_node_equal (first, second);
}

static gboolean
is_same (const CptWidget *a,
         const CptWidget *b)
{
  return g_str_equal (a->kind, b->kind) && g_str_equal (a->title, b->title) && is_same_node (a->query, b->query) &&
         has_same_options (a, b);
}

static gboolean
is_elsewhere (const CptWidget *a,
              const CptWidget *b)
{
  const CptGridRect *one = &a->item.rect, *other = &b->item.rect;

  return one->x != other->x || one->y != other->y || one->w != other->w || one->h != other->h || a->page != b->page;
}

static void
find_difference (const CptDashboard *before,
                 const CptDashboard *after,
                 Difference         *difference)
{
  for (guint i = 0; i < cpt_dashboard_get_n_widgets (after); i++)
    {
      CptWidget *now = cpt_dashboard_get_widget (after, i);
      CptWidget *then = cpt_dashboard_find_widget (before, now->id, NULL);

      if (then == NULL)
        g_ptr_array_add (difference->added, now);
      else if (!is_same (then, now))
        g_ptr_array_add (difference->changed, now);
      else if (is_elsewhere (then, now))
        difference->n_moved++;
    }
  for (guint i = 0; i < cpt_dashboard_get_n_widgets (before); i++)
    if (cpt_dashboard_find_widget (after, cpt_dashboard_get_widget (before, i)->id, NULL) == NULL)
      g_ptr_array_add (difference->removed, cpt_dashboard_get_widget (before, i));
}

static const char *
get_title (GPtrArray *widgets)
{
  const CptWidget *widget = g_ptr_array_index (widgets, 0);

  return widget->title[0] != '\0' ? widget->title : _("Widget");
}

static char *
describe_widgets (const Difference *difference)
{
  gulong n_added = difference->added->len, n_removed = difference->removed->len, n_changed = difference->changed->len;

  if (n_added == 1)
    /* Translators: what was done to a dashboard; %s is the title of a widget */
    return g_strdup_printf (_("“%s” added"), get_title (difference->added));
  if (n_added > 1)
    return g_strdup_printf (ngettext ("%lu widget added", "%lu widgets added", n_added), n_added);
  if (n_removed == 1)
    return g_strdup_printf (_("“%s” removed"), get_title (difference->removed));
  if (n_removed > 1)
    return g_strdup_printf (ngettext ("%lu widget removed", "%lu widgets removed", n_removed), n_removed);
  if (n_changed == 1)
    return g_strdup_printf (_("“%s” changed"), get_title (difference->changed));
  if (n_changed > 1)
    return g_strdup_printf (ngettext ("%lu widget changed", "%lu widgets changed", n_changed), n_changed);

  return NULL;
}

static char *
describe_pages (const CptDashboard *before,
                const CptDashboard *after)
{
  guint then = cpt_dashboard_get_n_pages (before), now = cpt_dashboard_get_n_pages (after);

  if (now > then)
    return g_strdup (_("Page added"));
  if (now < then)
    return g_strdup (_("Page deleted"));

  for (guint i = 0; i < now; i++)
    {
      g_autofree char *one = cpt_dashboard_dup_page_title (before, i);
      g_autofree char *other = cpt_dashboard_dup_page_title (after, i);

      if (!g_str_equal (one, other))
        return g_strdup (_("Pages renamed or moved"));
    }

  return NULL;
}

char *
cpt_dashboard_describe_change (const CptDashboard *before,
                               const CptDashboard *after)
{
  g_autoptr(GPtrArray) added = g_ptr_array_new ();
  g_autoptr(GPtrArray) removed = g_ptr_array_new ();
  g_autoptr(GPtrArray) changed = g_ptr_array_new ();
  Difference difference = { added, removed, changed, 0 };
  char *text;

  g_return_val_if_fail (after != NULL, NULL);

  if (before == NULL)
    return g_strdup (_("Made"));

  text = describe_pages (before, after);
  if (text == NULL)
    {
      find_difference (before, after, &difference);
      text = describe_widgets (&difference);
    }
  if (text != NULL)
    return text;
  if (!cpt_dashboard_filters_equal (before->filters, after->filters))
    return g_strdup (_("Filters changed"));
  /* One that is moved pushes others */
  if (difference.n_moved > 0)
    return g_strdup (_("Widgets moved"));

  return g_strdup (_("Changed"));
}
