/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From one order of rows to another in steps that a grid can follow, so that
 * selection and scroll position stay with the rows. Runs on workers. */
#include "config.h"
#include "cpt-row-edit.h"

#define MAX_EDITS 5000

static GHashTable *
collect (GArray *rows,
         guint   start,
         guint   end)
{
  GHashTable *set = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = start; i < end; i++)
    g_hash_table_add (set, &g_array_index (rows, gint64, i));

  return set;
}

static void
append_edit (GArray *edits,
             guint   position,
             guint   removed,
             guint   added)
{
  CptRowEdit edit = { position, removed, added, CPT_ROW_EDIT_NO_TARGET };

  if (removed > 0 || added > 0)
    g_array_append_val (edits, edit);
}

/* Between the ends that are equal. A row that is in both but not at its place
 * goes here, and counts as new where it belongs. */
static void
diff_middle (GArray *before,
             GArray *after,
             guint   start,
             guint   before_end,
             guint   after_end,
             GArray *edits)
{
  g_autoptr(GHashTable) old_rows = collect (before, start, before_end);
  guint i = start, j = start;

  while ((i < before_end || j < after_end) && edits->len <= MAX_EDITS)
    {
      guint removed = 0, added = 0;

      for (;;)
        {
          gint64 *row = i < before_end ? &g_array_index (before, gint64, i) : NULL;
          gint64 *other = j < after_end ? &g_array_index (after, gint64, j) : NULL;

          if (other != NULL && !g_hash_table_contains (old_rows, other))
            {
              added++;
              j++;
            }
          else if (row != NULL && (other == NULL || *row != *other))
            {
              g_hash_table_remove (old_rows, row);
              removed++;
              i++;
            }
          else
            {
              break;
            }
        }
      append_edit (edits, j - added, removed, added);
      i++;
      j++;
    }
}

GArray *
cpt_row_edit_diff (GArray *before,
                   GArray *after)
{
  GArray *edits = g_array_new (FALSE, FALSE, sizeof (CptRowEdit));
  guint start = 0, tail = 0;
  guint shorter = MIN (before->len, after->len);

  while (start < shorter && g_array_index (before, gint64, start) == g_array_index (after, gint64, start))
    start++;
  while (tail < shorter - start && g_array_index (before, gint64, before->len - 1 - tail) ==
                                     g_array_index (after, gint64, after->len - 1 - tail))
    tail++;

  if (before->len - start - tail == 0 || after->len - start - tail == 0)
    {
      append_edit (edits, start, before->len - start - tail, after->len - start - tail);
      return edits;
    }

  diff_middle (before, after, start, before->len - tail, after->len - tail, edits);
  if (edits->len > MAX_EDITS)
    {
      g_array_set_size (edits, 0);
      append_edit (edits, start, before->len - start - tail, after->len - start - tail);
    }

  return edits;
}

gint64
cpt_row_edit_find (GArray *rows,
                   gint64  row)
{
  const gint64 *items = (const gint64 *) (gpointer) rows->data;

  for (guint i = 0; i < rows->len; i++)
    if (items[i] == row)
      return i;

  return -1;
}

void
cpt_row_edit_place (GArray *rows,
                    GArray *edits,
                    gint64  row,
                    gint64  from,
                    gint64  position)
{
  CptRowEdit edit = { 0, 0, 0, CPT_ROW_EDIT_NO_TARGET };

  if (from == position)
    return;

  if (from >= 0)
    g_array_remove_index (rows, (guint) from);
  if (position >= 0)
    g_array_insert_val (rows, (guint) position, row);

  edit.position = (guint) (from >= 0 ? from : position);
  edit.removed = from >= 0 && position < 0 ? 1 : 0;
  edit.added = from < 0 ? 1 : 0;
  if (from >= 0 && position >= 0)
    edit.target = (guint) position;
  g_array_append_val (edits, edit);
}
