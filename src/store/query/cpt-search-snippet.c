/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why a record was found whose title does not say so: the field that has most
 * of the other words, and its text around the first of them. Made only for the
 * hits that are shown. */

#include "config.h"

#include "cpt-query-private.h"

#include <string.h>

#include "cpt-field-type.h"
#include "cpt-match.h"

/* Characters before and behind the first word, as far as words are whole */
#define BEFORE 24
#define BEHIND 60

static guint
count_bits (guint bits)
{
  guint n = 0;

  for (; bits != 0; bits &= bits - 1)
    n++;

  return n;
}

/* Back to the beginning of a word that is about @n characters before @at */
static const char *
step_back (const char *text,
           const char *at,
           guint       n)
{
  const char *start = at;

  while (start > text && n-- > 0)
    start = g_utf8_prev_char (start);
  while (start > text && start < at && !g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (start))))
    start = g_utf8_next_char (start);

  return start;
}

static const char *
step_on (const char *at,
         guint       n)
{
  const char *end = at;
  const char *blank = NULL;

  for (; *end != '\0' && n > 0; end = g_utf8_next_char (end), n--)
    if (g_unichar_isspace (g_utf8_get_char (end)))
      blank = end;

  return *end != '\0' && blank != NULL ? blank : end;
}

/* One line of @text around @range */
static char *
cut_out (const char          *text,
         const CptMatchRange *range)
{
  const char *start = step_back (text, text + range->start, BEFORE);
  const char *end = step_on (text + range->end, BEHIND);
  GString *line = g_string_new (start > text ? "…" : NULL);
  gboolean after_blank = TRUE;

  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c))
        g_string_append_unichar (line, c);
      else if (!after_blank)
        g_string_append_c (line, ' ');
      after_blank = g_unichar_isspace (c);
    }
  if (*end != '\0')
    g_string_append (line, "…");

  return g_string_free (line, FALSE);
}

gboolean
cpt_search_add_snippet (CptDatabase        *database,
                        const char *const  *words,
                        CptHit             *hit,
                        GError            **error)
{
  g_autoptr(CptRecord) record = cpt_database_load_row (database, hit->entity, hit->row, error);
  g_autoptr(GArray) ranges = g_array_new (FALSE, FALSE, sizeof (CptMatchRange));
  guint in_title = cpt_match_words (hit->title, words, NULL);
  guint best = 0;

  if (record == NULL)
    return FALSE;

  for (guint i = 0; i < hit->entity->n_fields; i++)
    {
      const CptField *field = hit->entity->fields[i];
      g_autofree char *text = NULL;
      guint n;

      if ((field->flags & CPT_FIELD_SEARCHABLE) == 0 || cpt_value_is_null (&record->values[i]) ||
          strcmp (field->name, hit->entity->title) == 0)
        continue;

      text = cpt_field_format_local (field, &record->values[i], cpt_database_get_zone (database));
      g_array_set_size (ranges, 0);
      n = count_bits (cpt_match_words (text, words, ranges) & ~in_title);
      if (n <= best || ranges->len == 0)
        continue;

      best = n;
      hit->field = field;
      g_free (hit->snippet);
      hit->snippet = cut_out (text, &g_array_index (ranges, CptMatchRange, 0));
    }

  return TRUE;
}
