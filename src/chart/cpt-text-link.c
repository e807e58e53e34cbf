/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Addresses in texts. What they are is told by their form alone, so that nothing is a
 * link that does not look like one. */

#include "config.h"

#include "cpt-text-link.h"

#include <string.h>

#define EMAIL "[[:alnum:]._%+-]+@[[:alnum:]-]+(?:\\.[[:alnum:]-]+)+"
#define ADDRESS "(?<![[:alnum:]])(?:(https?://[^\\s<>\"“”«»]+)|(?:mailto:)?(" EMAIL "))"

static void
clear_link (gpointer data)
{
  g_free (((CptTextLink *) data)->uri);
}

GArray *
cpt_text_link_list_new (void)
{
  GArray *links = g_array_new (FALSE, FALSE, sizeof (CptTextLink));

  g_array_set_clear_func (links, clear_link);

  return links;
}

gboolean
cpt_text_link_is_safe (const char *uri)
{
  static const char *const schemes[] = { "http://", "https://", "mailto:" };

  g_return_val_if_fail (uri != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (uri, schemes[i], strlen (schemes[i])) == 0 && uri[strlen (schemes[i])] != '\0')
      return TRUE;

  return FALSE;
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

  links = cpt_text_link_list_new ();
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
      if (cpt_text_link_is_safe (link.uri))
        g_array_append_val (links, link);
      else
        g_free (link.uri);
    }

  return links->len > 0 ? g_steal_pointer (&links) : NULL;
}
