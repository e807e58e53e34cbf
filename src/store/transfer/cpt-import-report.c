/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of an import; of two plans for one file, one report with another in
 * it. */
#include "config.h"

#include "cpt-import-private.h"

#include <glib/gi18n-lib.h>

void
cpt_import_sum_free (gpointer self)
{
  CptImportSum *sum = self;

  g_free (sum->value);
  g_free (sum->text);
  g_free (sum);
}

void
cpt_import_report_free (CptImportReport *self)
{
  g_clear_pointer (&self->first, cpt_import_report_free);
  g_free (self->rejects_path);
  g_ptr_array_unref (self->samples);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_clear_pointer (&self->sums, g_ptr_array_unref);
  g_free (self);
}

char *
cpt_import_report_dup_days (const CptImportReport *self)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (self->sums == NULL || self->n_days == 0)
    return NULL;

  first = cpt_date_format (self->first_day);
  last = cpt_date_format (self->last_day);

  /* Translators: days that a file has numbers of; with one day both dates are the same */
  return g_strdup_printf (ngettext ("%u day, from %s to %s", "%u days, from %s to %s", self->n_days), self->n_days, first, last);
}

/* (transfer full): both, each sentence once */
static GPtrArray *
join (GPtrArray *first,
      GPtrArray *second)
{
  GPtrArray *const both[] = { first, second };
  GPtrArray *joined = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    for (guint j = 0; both[i] != NULL && j < both[i]->len; j++)
      if (!g_ptr_array_find_with_equal_func (joined, g_ptr_array_index (both[i], j), g_str_equal, NULL))
        g_ptr_array_add (joined, g_strdup (g_ptr_array_index (both[i], j)));

  return joined;
}

void
cpt_import_report_take_first (CptImportReport *self,
                              CptImportReport *first)
{
  g_autoptr(GPtrArray) samples = g_steal_pointer (&self->samples);
  g_autoptr(GPtrArray) notes = g_steal_pointer (&self->notes);

  self->samples = join (first->samples, samples);
  self->notes = join (first->notes, notes);
  self->alike.n_stored += first->alike.n_stored;
  self->alike.n_within += first->alike.n_within;
  self->alike.n_left += first->alike.n_left;
  self->first = first;
}
