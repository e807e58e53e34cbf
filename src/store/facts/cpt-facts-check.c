/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether facts, their texts and what undo would put back can be read, and whether the sums that are kept of each month are
 * those of its days, to the byte: both are in the same order. */

#include "config.h"

#include "cpt-facts-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-database-private.h"
#include "cpt-date.h"
#include "cpt-error.h"

typedef struct
{
  CptDatabase *database;
  CptFactsShape shape;
  GPtrArray *findings;
} Check;

/* Days are added one by one: a month may have many rows */
static CptFactsRows *
add_up (Check   *self,
        gint64   month,
        GError **error)
{
  g_autoptr(CptFactsRows) sums = cpt_facts_rows_new (&self->shape);
  gint64 next = cpt_date_add_months (month, 1);

  for (gint64 day = month; day < next; day++)
    {
      g_autoptr(CptFactsRows) rows = cpt_facts_part_load (self->database, &self->shape, CPT_FACTS_DAY, day, error);
      CptFactsRows *more;

      if (rows == NULL)
        return NULL;
      if (rows->n_rows == 0)
        continue;
      for (guint i = 0; i < rows->n_rows; i++)
        cpt_facts_rows_add (sums, rows, i);
      more = cpt_facts_rows_sum (&self->shape, sums);
      if (more == NULL)
        {
          cpt_facts_set_damaged (&self->shape, day, error);
          return NULL;
        }
      cpt_facts_rows_free (sums);
      sums = more;
    }

  return g_steal_pointer (&sums);
}

static gboolean
is_same (Check              *self,
         const CptFactsRows *a,
         const CptFactsRows *b)
{
  guint8 digest_a[CPT_FACTS_DIGEST_SIZE];
  guint8 digest_b[CPT_FACTS_DIGEST_SIZE];

  if (a->n_rows != b->n_rows)
    return FALSE;

  cpt_facts_rows_digest (a, &self->shape, digest_a);
  cpt_facts_rows_digest (b, &self->shape, digest_b);

  return memcmp (digest_a, digest_b, sizeof digest_a) == 0;
}

static gboolean
check_month (Check   *self,
             gint64   month,
             GError **error)
{
  g_autoptr(GError) own_error = NULL;
  g_autoptr(CptFactsRows) kept = cpt_facts_part_load (self->database, &self->shape, CPT_FACTS_MONTH, month, &own_error);
  g_autoptr(CptFactsRows) right = own_error == NULL ? add_up (self, month, &own_error) : NULL;

  if (g_error_matches (own_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }

  if (own_error != NULL)
    {
      g_ptr_array_add (self->findings, g_strdup (own_error->message));
    }
  else if (!is_same (self, kept, right))
    {
      g_autofree char *label = cpt_bucket_format (CPT_BUCKET_MONTH, month);

      /* Translators: a kind of numbers, a month */
      g_ptr_array_add (self->findings, g_strdup_printf (_("%s: the sums of %s are not those of its days."),
                                                        cpt_entity_get_label_plural (self->shape.entity), label));
    }

  return TRUE;
}

/* A code that has no text would be taken for no text at all */
static gboolean
check_dictionaries (Check   *self,
                    GError **error)
{
  for (guint i = 0; i < self->shape.n_codes; i++)
    {
      g_autoptr(GError) own_error = NULL;
      g_autoptr(GPtrArray) texts = cpt_facts_dictionary_load (self->database, &self->shape, i, &own_error);

      if (texts == NULL && !g_error_matches (own_error, CPT_ERROR, CPT_ERROR_DAMAGED))
        {
          g_propagate_error (error, g_steal_pointer (&own_error));
          return FALSE;
        }
      if (texts == NULL)
        g_ptr_array_add (self->findings, g_strdup (own_error->message));
    }

  return TRUE;
}

/* What undo would put back */
static gboolean
check_former (Check   *self,
              GError **error)
{
  g_autoptr(CptStatement) statement = NULL;
  guint sizes[CPT_FACTS_MAX_CODES];
  CptStep step;

  for (guint i = 0; i < self->shape.n_codes; i++)
    if (!cpt_facts_dictionary_get_size (self->database, &self->shape, i, &sizes[i], error))
      return FALSE;

  statement = cpt_database_prepare (self->database,
                                    "SELECT f.data FROM fact_former AS f WHERE f.data IS NOT NULL AND EXISTS "
                                    "(SELECT 1 FROM log_change AS c WHERE c.sequence = f.sequence AND c.entity = ?)",
                                    error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, self->shape.entity->number);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      g_autoptr(GError) own_error = NULL;
      g_autoptr(CptFactsRows) rows = NULL;
      gsize length;
      gconstpointer data = cpt_statement_get_blob (statement, 0, &length);

      rows = cpt_facts_former_unpack (&self->shape, sizes, data, length, &own_error);
      if (rows == NULL)
        {
          g_ptr_array_add (self->findings, g_strdup (own_error->message));
          return TRUE;
        }
    }

  return step == CPT_STEP_DONE;
}

/* First days of all months that have days or sums */
static GArray *
list_months (Check   *self,
             GError **error)
{
  g_autoptr(GArray) months = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  statement = cpt_database_prepare (self->database, "SELECT number FROM fact_part WHERE entity = ? ORDER BY number", error);
  if (statement == NULL)
    return NULL;

  cpt_statement_bind_int (statement, 1, self->shape.entity->number);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      gint64 month = cpt_bucket_get_start (CPT_BUCKET_MONTH, cpt_statement_get_int (statement, 0));

      if (months->len == 0 || g_array_index (months, gint64, months->len - 1) != month)
        g_array_append_val (months, month);
    }

  return step == CPT_STEP_DONE ? g_steal_pointer (&months) : NULL;
}

gboolean
cpt_facts_check (CptDatabase      *database,
                 const CptEntity  *entity,
                 GPtrArray        *findings,
                 GError          **error)
{
  Check self = { .database = database, .findings = findings };
  g_autoptr(GArray) months = NULL;

  cpt_facts_shape_init (&self.shape, entity);
  months = list_months (&self, error);
  if (months == NULL)
    return FALSE;

  for (guint i = 0; i < months->len; i++)
    if (!check_month (&self, g_array_index (months, gint64, i), error))
      return FALSE;

  return check_dictionaries (&self, error) && check_former (&self, error);
}
