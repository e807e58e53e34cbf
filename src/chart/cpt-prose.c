/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small part of Markdown, read line by line; whatever is not of it is text. */
#include "config.h"

#include "cpt-prose.h"

#include <string.h>

#include "cpt-text.h"

static void
block_free (gpointer data)
{
  CptProse *block = data;

  g_free (block->bullet);
  g_string_free (block->text, TRUE);
  pango_attr_list_unref (block->attributes);
  g_clear_pointer (&block->links, g_array_unref);
  g_free (block);
}

static void
add_attribute (CptProse       *block,
               PangoAttribute *attribute,
               gsize           start)
{
  attribute->start_index = (guint) start;
  attribute->end_index = (guint) block->text->len;
  pango_attr_list_insert (block->attributes, attribute);
}

/* Of the words from @start to the end */
static void
add_link (CptProse   *block,
          gsize       start,
          const char *uri,
          gsize       length)
{
  CptTextLink link = { start, block->text->len, g_strndup (uri, length) };

  if (!cpt_text_link_is_safe (link.uri))
    {
      g_free (link.uri);
      return;
    }

  if (block->links == NULL)
    block->links = cpt_text_link_list_new ();
  g_array_append_val (block->links, link);
}

/* Those that are written as what they are: whatever they are called, they lead where they say */
static void
find_links (CptProse *block)
{
  g_autoptr(GArray) named = g_steal_pointer (&block->links);

  block->links = cpt_text_link_list (block->text->str);
  for (guint i = 0; named != NULL && i < named->len; i++)
    {
      const CptTextLink *link = &g_array_index (named, CptTextLink, i);
      gboolean is_free = TRUE;

      for (guint j = 0; block->links != NULL && j < block->links->len; j++)
        {
          const CptTextLink *other = &g_array_index (block->links, CptTextLink, j);

          is_free &= other->end <= link->start || link->end <= other->start;
        }
      if (is_free)
        {
          CptTextLink copy = { link->start, link->end, g_strdup (link->uri) };

          if (block->links == NULL)
            block->links = cpt_text_link_list_new ();
          g_array_append_val (block->links, copy);
        }
    }
}

/* [what it is called](where it leads): both are shown, where they differ. The
 * bytes that it takes, 0 when this is none. */
static gsize
read_link (CptProse   *block,
           const char *at)
{
  const char *middle = strstr (at, "](");
  const char *end = middle != NULL ? strchr (middle, ')') : NULL;
  gsize start = block->text->len;

  if (end == NULL || middle == at + 1 || end == middle + 2)
    return 0;

  g_string_append_len (block->text, at + 1, middle - at - 1);
  add_attribute (block, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), start);
  add_link (block, start, middle + 2, (gsize) (end - middle - 2));
  if (middle - at - 1 != end - middle - 2 || strncmp (at + 1, middle + 2, (gsize) (end - middle - 2)) != 0)
    {
      g_string_append (block->text, " (");
      g_string_append_len (block->text, middle + 2, end - middle - 2);
      g_string_append_c (block->text, ')');
    }

  return (gsize) (end + 1 - at);
}

/* Between two of @sign, both of which touch a word */
static const char *
find_end (const char *at,
          const char *sign)
{
  gsize length = strlen (sign);
  const char *end;

  if (strncmp (at, sign, length) != 0 || at[length] == '\0' || at[length] == ' ' || at[length] == sign[0])
    return NULL;

  end = strstr (at + length, sign);

  return end != NULL && end[-1] != ' ' ? end : NULL;
}

static void
read_words (CptProse   *block,
            const char *line)
{
  while (*line != '\0')
    {
      const char *bold = find_end (line, "**");
      const char *slanted = bold == NULL ? find_end (line, "*") : NULL;
      const char *end = bold != NULL ? bold : slanted;
      gsize start = block->text->len;
      gsize taken = *line == '[' ? read_link (block, line) : 0;

      if (taken > 0)
        line += taken;
      else if (end != NULL)
        {
          gsize sign = bold != NULL ? 2 : 1;

          g_string_append_len (block->text, line + sign, end - line - (gssize) sign);
          if (bold != NULL)
            add_attribute (block, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start);
          else
            add_attribute (block, pango_attr_style_new (PANGO_STYLE_ITALIC), start);
          line = end + sign;
        }
      else
        g_string_append_c (block->text, *line++);
    }
}

static CptProse *
add_block (GPtrArray    *blocks,
           CptProseForm  form,
           gboolean      is_apart)
{
  CptProse *block = g_new0 (CptProse, 1);

  block->form = form;
  block->text = g_string_new (NULL);
  block->attributes = pango_attr_list_new ();
  block->is_apart = is_apart;
  g_ptr_array_add (blocks, block);

  return block;
}

/* "1. ": the bytes before what follows; 0 when the line is no numbered one */
static gsize
get_number_length (const char *line)
{
  gsize digits = strspn (line, "0123456789");

  return digits > 0 && digits < 4 && strncmp (line + digits, ". ", 2) == 0 ? digits + 2 : 0;
}

static void
read_line (GPtrArray  *blocks,
           const char *line,
           gboolean    is_apart)
{
  gsize level = strspn (line, "#");
  gsize number = get_number_length (line);
  CptProse *last = blocks->len > 0 ? g_ptr_array_index (blocks, blocks->len - 1) : NULL;
  CptProse *block;

  if (level >= 1 && level <= 3 && line[level] == ' ')
    {
      block = add_block (blocks, CPT_PROSE_HEADING, is_apart);
      block->level = (int) level;
      read_words (block, line + level + 1);
    }
  else if ((line[0] == '-' || line[0] == '*') && line[1] == ' ')
    {
      block = add_block (blocks, CPT_PROSE_ITEM, is_apart);
      block->bullet = g_strdup ("•");
      read_words (block, line + 2);
    }
  else if (number > 0)
    {
      block = add_block (blocks, CPT_PROSE_ITEM, is_apart);
      block->bullet = g_strndup (line, number - 1);
      read_words (block, line + number);
    }
  else
    {
      block = last != NULL && last->form == CPT_PROSE_TEXT && !is_apart ? last : add_block (blocks, CPT_PROSE_TEXT, is_apart);
      if (block->text->len > 0)
        g_string_append_c (block->text, '\n');
      read_words (block, line);
    }
}

GPtrArray *
cpt_prose_read (const char *text,
                gsize       max_bytes,
                guint       max_lines)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func (block_free);
  g_autofree char *clean = cpt_text_clean (text != NULL ? text : "", TRUE);
  g_autofree char *cut = cpt_text_shorten (clean, max_bytes);
  /* Room is made for all that there might be */
  g_auto(GStrv) lines = g_strsplit (cut, "\n", (int) MIN (max_lines, strlen (cut) + 1));
  gboolean is_apart = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strstrip (lines[i]);
      if (lines[i][0] != '\0')
        read_line (blocks, lines[i], is_apart);
      is_apart = lines[i][0] == '\0';
    }

  for (guint i = 0; i < blocks->len; i++)
    find_links (g_ptr_array_index (blocks, i));

  return blocks;
}
