/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Addresses in what is printed: in a PDF they can be clicked. What they are is told by
 * their form alone, so that nothing is a link that does not look like one. */

#include "config.h"

#include "cpt-sheet-link.h"

#include <math.h>
#include <string.h>

#define EMAIL "[[:alnum:]._%+-]+@[[:alnum:]-]+(?:\\.[[:alnum:]-]+)+"
#define ADDRESS "(?<![[:alnum:]])(?:(https?://[^\\s<>\"“”«»]+)|(?:mailto:)?(" EMAIL "))"

static void
clear_link (gpointer data)
{
  g_free (((CptTextLink *) data)->uri);
}

static GRegex *
get_regex (void)
{
  static gsize regex = 0;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, (gsize) g_regex_new (ADDRESS, G_REGEX_OPTIMIZE, 0, NULL));

  return (GRegex *) regex;
}

static int
count_open (const char *text,
            gsize       start,
            gsize       end)
{
  int n = 0;

  for (gsize i = start; i < end; i++)
    n += text[i] == '(' ? 1 : text[i] == ')' ? -1
                                             : 0;

  return n;
}

/* What ends a sentence is no part of an address, nor is a bracket that it does not open */
static gsize
trim (const char *text,
      gsize       start,
      gsize       end)
{
  while (end > start + 1 && (strchr (".,;:!?'", text[end - 1]) != NULL ||
                             (text[end - 1] == ')' && count_open (text, start, end) < 0)))
    end--;

  return end;
}

GArray *
cpt_text_link_list (const char *text)
{
  g_autoptr(GArray) links = NULL;
  g_autoptr(GMatchInfo) match = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  /* Most texts have none: they are not searched */
  if (strchr (text, '@') == NULL && strstr (text, "://") == NULL)
    return NULL;

  links = g_array_new (FALSE, FALSE, sizeof (CptTextLink));
  g_array_set_clear_func (links, clear_link);
  g_regex_match (get_regex (), text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      CptTextLink link = { 0 };
      int start, end, from;
      g_autofree char *address = NULL;

      g_match_info_fetch_pos (match, 0, &start, &end);
      link.start = (gsize) start;
      link.end = trim (text, link.start, (gsize) end);
      from = start;
      if (g_match_info_fetch_pos (match, 2, &from, &end) && from >= 0)
        {
          address = g_strndup (text + from, link.end - (gsize) from);
          link.uri = g_strconcat ("mailto:", address, NULL);
        }
      else
        {
          link.uri = g_strndup (text + link.start, link.end - link.start);
        }
      g_array_append_val (links, link);
    }

  return links->len > 0 ? g_steal_pointer (&links) : NULL;
}

void
cpt_sheet_add_link (CptSheet           *self,
                    const CptChartRect *area,
                    const char         *uri)
{
  /* cairo writes it between brackets as it is */
  g_autofree char *escaped = g_uri_escape_string (uri, ":/?#[]@!$&*+,;=%", FALSE);
  g_autofree char *attributes = NULL;
  cairo_t *cr = cpt_sheet_get_cr (self);
  double x = area->x;
  double y = area->y;

  if (!cpt_sheet_is_tagged (self))
    return;

  cairo_user_to_device (cr, &x, &y);
  attributes = g_strdup_printf ("rect=[%d %d %d %d] uri='%s'", (int) floor (x), (int) floor (y), (int) ceil (area->width),
                                (int) ceil (area->height), escaped);
  cairo_tag_begin (cr, CAIRO_TAG_LINK, attributes);
  cairo_tag_end (cr, CAIRO_TAG_LINK);
}
