/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From one order of rows to another: the steps, taken one after the other, lead
 * there, and rows that stay are left alone. */
#include "config.h"

#include "cpt-row-edit.h"

static GArray *
make_rows (const char *text)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (; *text != '\0'; text++)
    {
      gint64 row = *text;

      g_array_append_val (rows, row);
    }

  return rows;
}

/* What a list does that is told only counts: the rows that come are taken from
 * where they are in the end. */
static char *
follow (const char *before,
        const char *after,
        GArray     *edits)
{
  g_autoptr(GString) text = g_string_new (before);

  for (guint i = 0; i < edits->len; i++)
    {
      const CptRowEdit *edit = &g_array_index (edits, CptRowEdit, i);

      if (edit->target != CPT_ROW_EDIT_NO_TARGET)
        {
          char moved = text->str[edit->position];

          g_string_erase (text, edit->position, 1);
          g_string_insert_c (text, edit->target, moved);
          continue;
        }

      g_string_erase (text, edit->position, edit->removed);
      for (guint j = 0; j < edit->added; j++)
        g_string_insert_c (text, (gssize) (edit->position + j), '+');
    }

  /* What came is what is there now. */
  for (gsize i = 0; i < text->len && i < strlen (after); i++)
    if (text->str[i] == '+')
      text->str[i] = after[i];

  return g_strdup (text->str);
}

static void
check_diff (const char *before,
            const char *after,
            guint       most_edits)
{
  g_autoptr(GArray) old_rows = make_rows (before);
  g_autoptr(GArray) new_rows = make_rows (after);
  g_autoptr(GArray) edits = cpt_row_edit_diff (old_rows, new_rows);
  g_autofree char *result = follow (before, after, edits);

  g_assert_cmpstr (result, ==, after);
  g_assert_cmpuint (edits->len, <=, most_edits);
}

static void
test_diff_leads_from_one_to_the_other (void)
{
  check_diff ("abc", "abc", 0);
  check_diff ("", "abc", 1);
  check_diff ("abc", "", 1);
  check_diff ("abc", "abcdef", 1);
  check_diff ("abcdef", "adef", 1);
  check_diff ("abcdef", "aXbcdeYf", 2);
  check_diff ("abcdef", "badcfe", 6);
  check_diff ("abcdef", "fabcde", 6);
  check_diff ("abcdef", "XcY", 3);
}

static void
test_diff_of_random_orders_leads_there (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      char before[12], after[12];
      guint n = 0, m = 0;

      for (char c = 'a'; c <= 'j'; c++)
        {
          if (g_test_rand_int_range (0, 3) > 0)
            before[n++] = c;
          if (g_test_rand_int_range (0, 3) > 0)
            after[m++] = c;
        }
      before[n] = '\0';
      after[m] = '\0';
      for (guint i = 0; m > 1 && i < 2; i++)
        {
          guint a = (guint) g_test_rand_int_range (0, (gint32) m), b = (guint) g_test_rand_int_range (0, (gint32) m);
          char kept = after[a];

          after[a] = after[b];
          after[b] = kept;
        }
      check_diff (before, after, G_MAXUINT);
    }
}

static void
test_place_moves_adds_and_removes (void)
{
  g_autoptr(GArray) rows = make_rows ("abcd");
  g_autoptr(GArray) edits = g_array_new (FALSE, FALSE, sizeof (CptRowEdit));

  cpt_row_edit_place (rows, edits, 'b', 1, 3);
  cpt_row_edit_place (rows, edits, 'x', -1, 0);
  cpt_row_edit_place (rows, edits, 'c', cpt_row_edit_find (rows, 'c'), -1);
  cpt_row_edit_place (rows, edits, 'a', 1, 1);

  g_assert_cmpuint (rows->len, ==, 4);
  g_assert_cmpint (g_array_index (rows, gint64, 0), ==, 'x');
  g_assert_cmpint (g_array_index (rows, gint64, 1), ==, 'a');
  g_assert_cmpint (g_array_index (rows, gint64, 2), ==, 'd');
  g_assert_cmpint (g_array_index (rows, gint64, 3), ==, 'b');
  g_assert_cmpuint (edits->len, ==, 3);
  g_assert_cmpuint (g_array_index (edits, CptRowEdit, 0).target, ==, 3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/row-edit/diff-leads-from-one-to-the-other", test_diff_leads_from_one_to_the_other);
  g_test_add_func ("/row-edit/diff-of-random-orders-leads-there", test_diff_of_random_orders_leads_there);
  g_test_add_func ("/row-edit/place-moves-adds-and-removes", test_place_moves_adds_and_removes);

  return g_test_run ();
}
