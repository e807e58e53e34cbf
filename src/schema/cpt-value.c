/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The values of fields: a tagged union that owns its texts and sets.
 *
 * Invariants: an empty text or set is null; sets are sorted by bytes and have
 * no doubles, so that equal sets have equal members in equal places. */

#include "config.h"

#include "cpt-value.h"

#include <stdlib.h>
#include <string.h>

void
cpt_value_clear (CptValue *self)
{
  switch (self->type)
    {
    case CPT_VALUE_TEXT:
      g_free (self->text);
      break;

    case CPT_VALUE_TEXTS:
      g_strfreev (self->texts);
      break;

    case CPT_VALUE_IDS:
      g_free (self->ids.items);
      break;

    case CPT_VALUE_NULL:
    case CPT_VALUE_INTEGER:
    case CPT_VALUE_MONEY:
    case CPT_VALUE_ID:
    default:
      break;
    }

  self->type = CPT_VALUE_NULL;
}

void
cpt_value_copy (const CptValue *self,
                CptValue       *copy)
{
  CptValue fresh = *self;

  if (copy == self)
    return;

  switch (self->type)
    {
    case CPT_VALUE_TEXT:
      fresh.text = g_strdup (self->text);
      break;

    case CPT_VALUE_TEXTS:
      fresh.texts = g_strdupv (self->texts);
      break;

    case CPT_VALUE_IDS:
      fresh.ids.items = g_memdup2 (self->ids.items, self->ids.length * sizeof (CptUuid));
      break;

    case CPT_VALUE_NULL:
    case CPT_VALUE_INTEGER:
    case CPT_VALUE_MONEY:
    case CPT_VALUE_ID:
    default:
      break;
    }

  cpt_value_clear (copy);
  *copy = fresh;
}

CptValue
cpt_value_steal (CptValue *self)
{
  CptValue stolen = *self;

  self->type = CPT_VALUE_NULL;

  return stolen;
}

gboolean
cpt_value_is_null (const CptValue *self)
{
  return self->type == CPT_VALUE_NULL;
}

static gboolean
texts_equal (char **a,
             char **b)
{
  return g_strv_equal ((const char *const *) a, (const char *const *) b);
}

gboolean
cpt_value_equal (const CptValue *a,
                 const CptValue *b)
{
  if (a->type != b->type)
    return FALSE;

  switch (a->type)
    {
    case CPT_VALUE_INTEGER:
      return a->integer == b->integer;

    case CPT_VALUE_TEXT:
      return strcmp (a->text, b->text) == 0;

    case CPT_VALUE_MONEY:
      return a->money.amount == b->money.amount &&
             strncmp (a->money.currency, b->money.currency, sizeof a->money.currency) == 0;

    case CPT_VALUE_ID:
      return memcmp (&a->id, &b->id, sizeof a->id) == 0;

    case CPT_VALUE_TEXTS:
      return texts_equal (a->texts, b->texts);

    case CPT_VALUE_IDS:
      return a->ids.length == b->ids.length &&
             memcmp (a->ids.items, b->ids.items, a->ids.length * sizeof (CptUuid)) == 0;

    case CPT_VALUE_NULL:
    default:
      return TRUE;
    }
}

gboolean
cpt_value_has_id (const CptValue *self,
                  const CptUuid  *id)
{
  if (self->type == CPT_VALUE_ID)
    return cpt_uuid_equal (&self->id, id);

  for (guint i = 0; self->type == CPT_VALUE_IDS && i < self->ids.length; i++)
    if (cpt_uuid_equal (&self->ids.items[i], id))
      return TRUE;

  return FALSE;
}

void
cpt_value_set_integer (CptValue *self,
                       gint64    integer)
{
  cpt_value_clear (self);
  self->type = CPT_VALUE_INTEGER;
  self->integer = integer;
}

void
cpt_value_set_text (CptValue   *self,
                    const char *text)
{
  cpt_value_take_text (self, g_strdup (text));
}

void
cpt_value_take_text (CptValue *self,
                     char     *text)
{
  cpt_value_clear (self);

  if (text == NULL || *text == '\0')
    {
      g_free (text);
      return;
    }

  self->type = CPT_VALUE_TEXT;
  self->text = text;
}

void
cpt_value_set_money (CptValue   *self,
                     gint64      amount,
                     const char *currency)
{
  CptMoney money = { .amount = amount };

  /* The currency may be the one of @self. */
  if (currency != NULL)
    g_strlcpy (money.currency, currency, sizeof money.currency);

  cpt_value_clear (self);
  self->type = CPT_VALUE_MONEY;
  self->money = money;
}

void
cpt_value_set_id (CptValue      *self,
                  const CptUuid *id)
{
  CptUuid copy = *id;

  cpt_value_clear (self);
  self->type = CPT_VALUE_ID;
  self->id = copy;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

void
cpt_value_take_texts (CptValue  *self,
                      char     **texts)
{
  guint length = texts == NULL ? 0 : g_strv_length (texts);
  guint kept = 0;

  cpt_value_clear (self);

  if (length > 1)
    qsort (texts, length, sizeof *texts, compare_texts);

  for (guint i = 0; i < length; i++)
    {
      if (*texts[i] == '\0' || (kept > 0 && strcmp (texts[kept - 1], texts[i]) == 0))
        g_free (texts[i]);
      else
        texts[kept++] = texts[i];
    }

  if (kept == 0)
    {
      g_free (texts);
      return;
    }

  texts[kept] = NULL;
  self->type = CPT_VALUE_TEXTS;
  self->texts = texts;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return memcmp (a, b, sizeof (CptUuid));
}

void
cpt_value_set_ids (CptValue      *self,
                   const CptUuid *ids,
                   guint          length)
{
  CptUuid *items;
  guint kept = 0;

  items = g_memdup2 (ids, length * sizeof *ids);
  cpt_value_clear (self);

  if (length > 1)
    qsort (items, length, sizeof *items, compare_ids);

  for (guint i = 0; i < length; i++)
    if (kept == 0 || memcmp (&items[kept - 1], &items[i], sizeof *items) != 0)
      items[kept++] = items[i];

  if (kept == 0)
    {
      g_free (items);
      return;
    }

  self->type = CPT_VALUE_IDS;
  self->ids.items = items;
  self->ids.length = kept;
}

/* sets */

static void
add_texts (CptValue       *self,
           const CptValue *more)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  if (self->type == CPT_VALUE_TEXTS)
    g_strv_builder_addv (builder, (const char **) self->texts);
  g_strv_builder_addv (builder, (const char **) more->texts);
  cpt_value_take_texts (self, g_strv_builder_end (builder));
}

static void
add_ids (CptValue       *self,
         const CptValue *more)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));

  if (self->type == CPT_VALUE_IDS)
    g_array_append_vals (ids, self->ids.items, self->ids.length);
  g_array_append_vals (ids, more->ids.items, more->ids.length);
  cpt_value_set_ids (self, (const CptUuid *) (gpointer) ids->data, ids->len);
}

void
cpt_value_add_members (CptValue       *self,
                       const CptValue *more)
{
  if (!cpt_value_is_null (self) && self->type != more->type)
    return;

  if (more->type == CPT_VALUE_TEXTS)
    add_texts (self, more);
  else if (more->type == CPT_VALUE_IDS)
    add_ids (self, more);
}

static gboolean
has_id (const CptValue *self,
        const CptUuid  *id)
{
  for (guint i = 0; i < self->ids.length; i++)
    if (cpt_uuid_equal (&self->ids.items[i], id))
      return TRUE;

  return FALSE;
}

void
cpt_value_remove_members (CptValue       *self,
                          const CptValue *others)
{
  if (self->type != others->type)
    return;

  if (self->type == CPT_VALUE_TEXTS)
    {
      g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

      for (guint i = 0; self->texts[i] != NULL; i++)
        if (!g_strv_contains ((const char *const *) others->texts, self->texts[i]))
          g_strv_builder_add (builder, self->texts[i]);
      cpt_value_take_texts (self, g_strv_builder_end (builder));
    }
  else if (self->type == CPT_VALUE_IDS)
    {
      g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));

      for (guint i = 0; i < self->ids.length; i++)
        if (!has_id (others, &self->ids.items[i]))
          g_array_append_val (ids, self->ids.items[i]);
      cpt_value_set_ids (self, (const CptUuid *) (gpointer) ids->data, ids->len);
    }
}
