/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What formulas do with texts and lists. */

#include "config.h"

#include "cpt-expression-call-private.h"

#include <string.h>

#include "cpt-text.h"

#define MAX_TEXT 10000 /* characters */

void
cpt_call_concat (CptEvaluation *self,
                 const CptNode *node,
                 CptResult     *result)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < node->children->len; i++)
    {
      g_auto(CptResult) value = { 0 };
      g_autofree char *part = NULL;

      cpt_call_evaluate (self, node, i, &value);
      part = cpt_result_dup_text (&value);
      g_string_append (text, part);
    }
  if (g_utf8_strlen (text->str, -1) <= MAX_TEXT)
    cpt_result_take_text (result, g_string_free (g_steal_pointer (&text), FALSE));
}

void
cpt_call_lower (CptEvaluation *self,
                const CptNode *node,
                CptResult     *result)
{
  g_auto(CptResult) value = { 0 };

  if (cpt_call_evaluate (self, node, 0, &value))
    cpt_result_take_text (result, g_utf8_strdown (value.text, -1));
}

void
cpt_call_upper (CptEvaluation *self,
                const CptNode *node,
                CptResult     *result)
{
  g_auto(CptResult) value = { 0 };

  if (cpt_call_evaluate (self, node, 0, &value))
    cpt_result_take_text (result, g_utf8_strup (value.text, -1));
}

void
cpt_call_trim (CptEvaluation *self,
               const CptNode *node,
               CptResult     *result)
{
  g_auto(CptResult) value = { 0 };

  if (cpt_call_evaluate (self, node, 0, &value))
    cpt_result_take_text (result, cpt_text_clean (value.text, TRUE));
}

void
cpt_call_length (CptEvaluation *self,
                 const CptNode *node,
                 CptResult     *result)
{
  g_auto(CptResult) value = { 0 };
  CptExact length;

  cpt_call_evaluate (self, node, 0, &value);
  length = cpt_exact_new (value.text == NULL ? 0 : g_utf8_strlen (value.text, -1), 0);
  cpt_result_set_number (result, &length);
}

/* Without case and accents, as filters do */
void
cpt_call_match (CptEvaluation *self,
                const CptNode *node,
                CptResult     *result)
{
  const char *name = node->function->name;
  g_auto(CptResult) value = { 0 };
  g_auto(CptResult) part = { 0 };
  g_autofree char *folded = NULL;
  g_autofree char *folded_part = NULL;
  gboolean is_met;

  if (!cpt_call_evaluate_two (self, node, &value, &part))
    {
      cpt_call_set_boolean (result, FALSE);
      return;
    }

  folded = cpt_text_fold (value.text);
  folded_part = cpt_text_fold (part.text);
  if (strcmp (name, "contains") == 0)
    is_met = strstr (folded, folded_part) != NULL;
  else
    is_met = strcmp (name, "starts_with") == 0 ? g_str_has_prefix (folded, folded_part) : g_str_has_suffix (folded, folded_part);
  cpt_call_set_boolean (result, is_met);
}

void
cpt_call_has (CptEvaluation *self,
              const CptNode *node,
              CptResult     *result)
{
  g_auto(CptResult) set = { 0 };
  g_auto(CptResult) member = { 0 };
  gboolean is_met = cpt_call_evaluate_two (self, node, &set, &member) &&
                    g_strv_contains ((const char *const *) set.texts, member.text);

  cpt_call_set_boolean (result, is_met);
}

void
cpt_call_count (CptEvaluation *self,
                const CptNode *node,
                CptResult     *result)
{
  g_auto(CptResult) set = { 0 };
  CptExact count;

  cpt_call_evaluate (self, node, 0, &set);
  count = cpt_exact_new (set.texts == NULL ? 0 : g_strv_length (set.texts), 0);
  cpt_result_set_number (result, &count);
}

void
cpt_call_part (CptEvaluation *self,
               const CptNode *node,
               CptResult     *result)
{
  g_auto(CptResult) value = { 0 };
  g_auto(CptResult) count = { 0 };
  glong length;
  gint64 n;

  if (!cpt_call_evaluate_two (self, node, &value, &count) || !cpt_call_get_small (&count, MAX_TEXT, &n))
    return;

  length = g_utf8_strlen (value.text, -1);
  n = CLAMP (n, 0, length);
  if (strcmp (node->function->name, "left") == 0)
    cpt_result_take_text (result, g_utf8_substring (value.text, 0, (glong) n));
  else
    cpt_result_take_text (result, g_utf8_substring (value.text, length - (glong) n, length));
}

/* @value with @new for each @old, which is not empty; (nullable): when that is
 * too long. The length is looked at on the way: a few kilobytes in place of each
 * letter of another few would be more than a process can hold. */
static char *
replace_text (const char *value,
              const char *old,
              const char *new)
{
  g_autoptr(GString) text = g_string_new (NULL);
  gsize limit = (gsize) MAX_TEXT * 4; /* bytes of UTF-8 */
  const char *found;

  while (text->len <= limit && (found = strstr (value, old)) != NULL)
    {
      g_string_append_len (text, value, found - value);
      g_string_append (text, new);
      value = found + strlen (old);
    }
  g_string_append (text, value);

  return text->len <= limit && g_utf8_strlen (text->str, -1) <= MAX_TEXT ? g_string_free (g_steal_pointer (&text), FALSE)
                                                                         : NULL;
}

void
cpt_call_replace (CptEvaluation *self,
                  const CptNode *node,
                  CptResult     *result)
{
  g_auto(CptResult) value = { 0 };
  g_auto(CptResult) old = { 0 };
  g_auto(CptResult) new = { 0 };
  char *text;

  if (!cpt_call_evaluate (self, node, 0, &value))
    return;

  cpt_call_evaluate (self, node, 2, &new);
  if (cpt_call_evaluate (self, node, 1, &old) && old.text[0] != '\0')
    text = replace_text (value.text, old.text, new.text == NULL ? "" : new.text);
  else
    text = g_strdup (value.text);
  if (text != NULL)
    cpt_result_take_text (result, text);
}
