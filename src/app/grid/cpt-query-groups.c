/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a list is divided into groups that can be folded: the vector of its rows
 * is made from the groups, and the way from one to another is found group by
 * group. */
#include "config.h"
#include "cpt-query-groups.h"

#include "cpt-row-edit.h"

CptQueryGroups *
cpt_query_groups_new (const CptGrouping *grouping)
{
  CptQueryGroups *self = g_new0 (CptQueryGroups, 1);

  self->grouping = *grouping;
  self->folded = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  return self;
}

CptQueryGroups *
cpt_query_groups_copy (const CptQueryGroups *self)
{
  CptQueryGroups *copy = cpt_query_groups_new (&self->grouping);
  GHashTableIter iter;
  gpointer key;

  if (self->sections != NULL)
    copy->sections = cpt_sections_ref (self->sections);
  g_hash_table_iter_init (&iter, self->folded);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (copy->folded, g_memdup2 (key, sizeof (gint64)));

  return copy;
}

void
cpt_query_groups_free (CptQueryGroups *self)
{
  g_clear_pointer (&self->sections, cpt_sections_unref);
  g_hash_table_unref (self->folded);
  g_free (self);
}

void
cpt_query_groups_take (CptQueryGroups *self,
                       CptSections    *sections)
{
  g_clear_pointer (&self->sections, cpt_sections_unref);
  self->sections = sections;
}

gboolean
cpt_query_groups_is_folded (const CptQueryGroups *self,
                            gint64                key)
{
  return g_hash_table_contains (self->folded, &key);
}

void
cpt_query_groups_set_folded (CptQueryGroups *self,
                             gint64          key,
                             gboolean        folded)
{
  if (folded)
    g_hash_table_add (self->folded, g_memdup2 (&key, sizeof key));
  else
    g_hash_table_remove (self->folded, &key);
}

gboolean
cpt_query_groups_has_same_folded (const CptQueryGroups *self,
                                  const CptQueryGroups *other)
{
  GHashTableIter iter;
  gpointer key;

  if (g_hash_table_size (self->folded) != g_hash_table_size (other->folded))
    return FALSE;

  g_hash_table_iter_init (&iter, self->folded);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (other->folded, key))
      return FALSE;

  return TRUE;
}

char *
cpt_query_groups_dup_folded (const CptQueryGroups *self)
{
  GString *text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->folded);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, text->len > 0 ? "," : "", *(gint64 *) key);

  return g_string_free (text, FALSE);
}

void
cpt_query_groups_fold (CptQueryGroups *self,
                       const char     *text)
{
  g_auto(GStrv) parts = g_strsplit (text != NULL ? text : "", ",", CPT_SECTIONS_MAX);
  gint64 key;

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_ascii_string_to_signed (parts[i], 10, G_MININT64, -1, &key, NULL))
      cpt_query_groups_set_folded (self, key, TRUE);
}

/* Rows of the section in the vector, itself included */
static guint
get_length (const CptQueryGroups *self,
            const CptSection     *section)
{
  return cpt_query_groups_is_folded (self, section->key) ? 1 : 1 + section->rows->len;
}

GArray *
cpt_query_groups_arrange (const CptQueryGroups *self)
{
  guint length = 0;
  GArray *rows;

  for (guint i = 0; i < self->sections->list->len; i++)
    length += get_length (self, g_ptr_array_index (self->sections->list, i));

  rows = g_array_sized_new (FALSE, FALSE, sizeof (gint64), length);
  for (guint i = 0; i < self->sections->list->len; i++)
    {
      const CptSection *section = g_ptr_array_index (self->sections->list, i);

      g_array_append_val (rows, section->key);
      if (get_length (self, section) > 1)
        g_array_append_vals (rows, section->rows->data, section->rows->len);
    }

  return rows;
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

/* Everything from these groups on is replaced */
static void
replace_rest (const CptQueryGroups *before,
              const CptQueryGroups *after,
              guint                 i,
              guint                 j,
              guint                 position,
              GArray               *edits)
{
  guint removed = 0, added = 0;

  for (; i < before->sections->list->len; i++)
    removed += get_length (before, g_ptr_array_index (before->sections->list, i));
  for (; j < after->sections->list->len; j++)
    added += get_length (after, g_ptr_array_index (after->sections->list, j));
  append_edit (edits, position, removed, added);
}

/* A group that is in both; the number of its rows afterwards */
static guint
diff_section (const CptQueryGroups *before,
              const CptSection     *former,
              const CptQueryGroups *after,
              const CptSection     *section,
              guint                 position,
              GArray               *edits)
{
  gboolean was_folded = cpt_query_groups_is_folded (before, former->key);
  gboolean is_folded = cpt_query_groups_is_folded (after, section->key);
  g_autoptr(GArray) inner = NULL;

  if (was_folded != is_folded)
    {
      append_edit (edits, position + 1, get_length (before, former) - 1, get_length (after, section) - 1);
      return get_length (after, section);
    }
  if (is_folded || former->rows == section->rows)
    return get_length (after, section);

  inner = cpt_row_edit_diff (former->rows, section->rows);
  for (guint i = 0; i < inner->len; i++)
    {
      CptRowEdit edit = g_array_index (inner, CptRowEdit, i);

      edit.position += position + 1;
      g_array_append_val (edits, edit);
    }

  return get_length (after, section);
}

GArray *
cpt_query_groups_diff (const CptQueryGroups *before,
                       const CptQueryGroups *after)
{
  GArray *edits = g_array_new (FALSE, FALSE, sizeof (CptRowEdit));
  GPtrArray *old = before->sections->list, *new = after->sections->list;
  guint i = 0, j = 0, position = 0;

  while (i < old->len || j < new->len)
    {
      const CptSection *former = i < old->len ? g_ptr_array_index (old, i) : NULL;
      const CptSection *section = j < new->len ? g_ptr_array_index (new, j) : NULL;

      if (former != NULL && cpt_sections_find (after->sections, former->key) == NULL)
        {
          append_edit (edits, position, get_length (before, former), 0);
          i++;
        }
      else if (section != NULL && cpt_sections_find (before->sections, section->key) == NULL)
        {
          append_edit (edits, position, 0, get_length (after, section));
          position += get_length (after, section);
          j++;
        }
      else if (former->key == section->key)
        {
          position += diff_section (before, former, after, section, position, edits);
          i++;
          j++;
        }
      else
        {
          replace_rest (before, after, i, j, position, edits);
          break;
        }
    }

  return edits;
}
