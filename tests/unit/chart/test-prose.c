/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is read of texts that people write, and what is left as it is. */

#include "config.h"

#include "cpt-prose.h"

static const struct
{
  const char *text;
  const char *shown; /* the blocks: form, text, and how many attributes */
} read[] = {
  { NULL, "" },
  { "", "" },
  { "One\ntwo", "t:One|two:0 " },
  { "One\n\ntwo", "t:One:0 t:two:0 " },
  { "# Sales\nWell", "h1:Sales:0 t:Well:0 " },
  { "### Third\n#### Fourth", "h3:Third:0 t:#### Fourth:0 " },
  { "- one\n* two\n12. three", "•:one:0 •:two:0 12.:three:0 " },
  { "-none", "t:-none:0 " },
  { "1234. none", "t:1234. none:0 " },
  { "A **bold** and a *slanted* word", "t:A bold and a slanted word:2 " },
  { "2 * 3 * 4 and a ** b", "t:2 * 3 * 4 and a ** b:0 " },
  { "**never closed", "t:**never closed:0 " },
  { "[us](https://a.example)", "t:us (https://a.example):1 " },
  { "[https://a.example](https://a.example)", "t:https://a.example:1 " },
  { "[x]() [](y)", "t:[x]() [](y):0 " },
  { "# **Été**", "h1:Été:1 " },
};

static void
test_reads (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (read); i++)
    {
      g_autoptr(GPtrArray) blocks = cpt_prose_read (read[i].text, 1000, 100);
      g_autoptr(GString) shown = g_string_new (NULL);

      for (guint j = 0; j < blocks->len; j++)
        {
          const CptProse *block = g_ptr_array_index (blocks, j);
          GSList *attributes = pango_attr_list_get_attributes (block->attributes);
          g_autofree char *text = g_strdelimit (g_strdup (block->text->str), "\n", '|');

          if (block->form == CPT_PROSE_HEADING)
            g_string_append_printf (shown, "h%d", block->level);
          else
            g_string_append (shown, block->bullet != NULL ? block->bullet : "t");
          g_string_append_printf (shown, ":%s:%u ", text, g_slist_length (attributes));
          g_slist_free_full (attributes, (GDestroyNotify) pango_attribute_destroy);
        }
      g_assert_cmpstr (shown->str, ==, read[i].shown);
    }
}

static void
test_limits (void)
{
  g_autoptr(GString) many = g_string_new (NULL);
  g_autoptr(GPtrArray) by_lines = NULL;
  g_autoptr(GPtrArray) by_bytes = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append (many, "- x\n");
  by_lines = cpt_prose_read (many->str, 100000, 20);
  g_assert_cmpuint (by_lines->len, ==, 20);
  by_bytes = cpt_prose_read (many->str, 400, 100000);
  g_assert_cmpuint (by_bytes->len, <=, 101);
}

/* Where words lead to: "words>where" */
static void
test_links (void)
{
  static const struct
  {
    const char *text;
    const char *links;
  } cases[] = {
    { "None: @home, a://", "" },
    { "[us](https://a.example)", "https://a.example>https://a.example us>https://a.example " },
    { "- [us](HTTP://a.example/x) **too**", "us>HTTP://a.example/x " },
    { "[b@c.example](mailto:b@c.example)", "b@c.example>mailto:b@c.example mailto:b@c.example>mailto:b@c.example " },
    { "[x](javascript:y) [x](file:///y) [x](https://) [x](mailto:)", "" },
    { "[https://a.example](https://b.example)", "https://a.example>https://a.example https://b.example>https://b.example " },
    { "# http://a.example.", "http://a.example>http://a.example " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) blocks = cpt_prose_read (cases[i].text, 1000, 100);
      const CptProse *block = g_ptr_array_index (blocks, 0);
      g_autoptr(GString) links = g_string_new (NULL);

      for (guint j = 0; block->links != NULL && j < block->links->len; j++)
        {
          const CptTextLink *link = &g_array_index (block->links, CptTextLink, j);

          g_string_append_len (links, block->text->str + link->start, (gssize) (link->end - link->start));
          g_string_append_printf (links, ">%s ", link->uri);
        }
      g_assert_cmpstr (links->str, ==, cases[i].links);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/prose/is-read", test_reads);
  g_test_add_func ("/prose/leads-where-it-says", test_links);
  g_test_add_func ("/prose/has-limits", test_limits);

  return g_test_run ();
}
