/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A delivery: batches of facts that are stored together or not at all. Its
 * transaction begins with the first batch, so that others wait no longer than
 * there is something to write. */

#include "config.h"

#include "cpt-facts-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-database-private.h"
#include "cpt-log-private.h"

struct _CptFactsDelivery
{
  CptDatabase *database; /* borrowed */
  CptSchema *schema;     /* (owned) */
  CptFactsShape shape;
  CptOrigin origin;
  CptFactsWriter writer;
  gboolean is_begun;  /* and not ended */
  gboolean is_within; /* the transaction is somebody else's */
  guint64 n_rows;
  GHashTable *days;                           /* (owned): of gint64 as pointers */
  GHashTable *sums;                           /* (owned): place of a number and code of a currency -> index + 1 */
  GArray *sum_list;                           /* (owned): of CptFactsSum */
  GPtrArray *currencies[CPT_FACTS_MAX_CODES]; /* (owned) (nullable): texts by code */
};

CptFactsDelivery *
cpt_facts_delivery_new (CptDatabase     *database,
                        const CptEntity *entity,
                        CptOrigin        origin)
{
  CptFactsDelivery *self = g_new0 (CptFactsDelivery, 1);

  self->database = database;
  self->schema = cpt_schema_ref (cpt_database_get_schema (database));
  self->origin = origin;
  cpt_facts_shape_init (&self->shape, entity);
  self->days = g_hash_table_new (NULL, NULL);
  self->sums = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->sum_list = g_array_new (FALSE, TRUE, sizeof (CptFactsSum));

  return self;
}

void
cpt_facts_delivery_free (CptFactsDelivery *self)
{
  if (self == NULL)
    return;

  if (self->is_begun && !self->is_within)
    cpt_database_end (self->database, FALSE, NULL);
  cpt_facts_writer_clear (&self->writer);
  g_hash_table_unref (self->days);
  g_hash_table_unref (self->sums);
  g_array_unref (self->sum_list);
  for (guint i = 0; i < self->shape.n_codes; i++)
    g_clear_pointer (&self->currencies[i], g_ptr_array_unref);
  cpt_schema_unref (self->schema);
  g_free (self);
}

/* -------------------------------------------------------------------------- sums */

static CptFactsSum *
reach_sum (CptFactsDelivery *self,
           guint             place,
           guint32           currency)
{
  gint64 key = ((gint64) place << 32) | currency;
  guint at = GPOINTER_TO_UINT (g_hash_table_lookup (self->sums, &key));
  GPtrArray *texts = self->currencies[self->shape.currencies[place]];
  CptFactsSum sum = { .field = self->shape.number_fields[place] };

  if (at == 0)
    {
      if (self->shape.currencies[place] != 0)
        g_strlcpy (sum.currency,
                   currency != 0 && currency < texts->len ? g_ptr_array_index (texts, currency)
                                                          : cpt_database_get_currency (self->database),
                   sizeof sum.currency);
      g_array_append_val (self->sum_list, sum);
      at = self->sum_list->len;
      g_hash_table_insert (self->sums, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (at));
    }

  return &g_array_index (self->sum_list, CptFactsSum, at - 1);
}

static void
add_sums (CptFactsDelivery   *self,
          const CptFactsRows *rows)
{
  const CptFactsShape *shape = &self->shape;

  for (guint place = 0; place + 1 < shape->n_numbers; place++)
    {
      const guint32 *currencies = shape->currencies[place] != 0 ? rows->codes[shape->currencies[place]] : NULL;
      CptFactsSum *sum = NULL;

      for (guint i = 0; i < rows->n_rows; i++)
        {
          gint64 number = rows->numbers[place][i];

          /* Amounts that are nothing have no currency */
          if (currencies != NULL && currencies[i] == 0 && number == 0)
            continue;
          if (sum == NULL || (currencies != NULL && (i == 0 || currencies[i] != currencies[i - 1])))
            sum = reach_sum (self, place, currencies != NULL ? currencies[i] : 0);
          if (__builtin_add_overflow (sum->sum, number, &sum->sum))
            sum->sum = number > 0 ? G_MAXINT64 : G_MININT64;
        }
    }
}

static int
compare_sums (gconstpointer a,
              gconstpointer b)
{
  const CptFactsSum *first = a;
  const CptFactsSum *second = b;

  if (first->field != second->field)
    return first->field->index < second->field->index ? -1 : 1;

  return g_strcmp0 (first->currency, second->currency);
}

const CptFactsSum *
cpt_facts_delivery_get_sums (CptFactsDelivery *self,
                             guint            *n_sums)
{
  /* No more is added to what is out of its place */
  g_hash_table_remove_all (self->sums);
  g_array_sort (self->sum_list, compare_sums);
  *n_sums = self->sum_list->len;

  return (const CptFactsSum *) (gpointer) self->sum_list->data;
}

guint
cpt_facts_delivery_get_days (CptFactsDelivery *self,
                             gint64           *first,
                             gint64           *last)
{
  GHashTableIter iter;
  gpointer key;

  *first = G_MAXINT64;
  *last = G_MININT64;
  g_hash_table_iter_init (&iter, self->days);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      *first = MIN (*first, GPOINTER_TO_INT (key));
      *last = MAX (*last, GPOINTER_TO_INT (key));
    }

  return g_hash_table_size (self->days);
}

/* ------------------------------------------------------------------------- batches */

static char *
dup_label (CptFactsDelivery *self)
{
  gulong n_rows = (gulong) self->n_rows;

  /* Translators: a number, and what they are: "Ad results" */
  return g_strdup_printf (ngettext ("Received %lu row: %s", "Received %lu rows: %s", n_rows), n_rows,
                          cpt_entity_get_label_plural (self->shape.entity));
}

static gboolean
begin (CptFactsDelivery  *self,
       GError           **error)
{
  g_autofree char *label = dup_label (self);
  CptLogHead head = { .origin = self->origin, .state = CPT_LOG_DONE, .label = label };
  gint64 sequence;

  self->is_within = self->database->depth > 0;
  if (!self->is_within && !cpt_database_begin (self->database, error))
    return FALSE;
  self->is_begun = TRUE;
  if (!cpt_log_begin (self->database, &head, &sequence, error))
    return FALSE;
  cpt_facts_writer_init (&self->writer, self->database, &self->shape, sequence);

  return TRUE;
}

/* What amounts are in, with what the batch brought */
static gboolean
load_currencies (CptFactsDelivery  *self,
                 GError           **error)
{
  for (guint i = self->shape.n_keys; i < self->shape.n_codes; i++)
    {
      g_clear_pointer (&self->currencies[i], g_ptr_array_unref);
      self->currencies[i] = cpt_facts_dictionary_load (self->database, &self->shape, i, error);
      if (self->currencies[i] == NULL)
        return FALSE;
    }

  return TRUE;
}

/* The rows of the batch in their order, with the codes of the file; of several
 * with the same keys the last one */
static CptFactsRows *
take_day (CptFactsDelivery   *self,
          const CptFactsRows *rows,
          const guint        *order,
          guint               first,
          guint               last)
{
  CptFactsRows *day = cpt_facts_rows_new (&self->shape);

  for (guint i = first; i < last; i++)
    {
      if (day->n_rows > 0 && cpt_facts_rows_compare (day, day->n_rows - 1, rows, order[i], self->shape.n_keys) == 0)
        {
          day->n_rows--;
          self->writer.commit.n_repeated++;
        }
      cpt_facts_rows_add (day, rows, order[i]);
    }

  return day;
}

static gboolean
write_days (CptFactsDelivery    *self,
            const CptFactsRows  *rows,
            const guint32       *days,
            GError             **error)
{
  g_autofree guint *order = cpt_facts_rows_sort (rows, days, self->shape.n_keys);

  for (guint i = 0, next = 0; i < rows->n_rows; i = next)
    {
      gint64 day = days[order[i]];
      g_autoptr(CptFactsRows) coming = NULL;

      for (next = i + 1; next < rows->n_rows && days[order[next]] == day;)
        next++;
      coming = take_day (self, rows, order, i, next);
      g_hash_table_add (self->days, GINT_TO_POINTER ((int) day));
      if (!cpt_facts_writer_change (&self->writer, day, coming, NULL, NULL, error))
        return FALSE;
    }
  self->writer.may_come_again = TRUE;

  return TRUE;
}

gboolean
cpt_facts_delivery_add (CptFactsDelivery  *self,
                        CptFactsBatch     *batch,
                        GError           **error)
{
  g_autoptr(CptFactsRows) rows = NULL;

  g_return_val_if_fail (self != NULL && batch != NULL, FALSE);

  self->n_rows += cpt_facts_batch_get_n_rows (batch);
  if (!self->is_begun && !begin (self, error))
    return FALSE;
  rows = cpt_facts_batch_encode (batch, self->database, error);

  if (rows == NULL || !load_currencies (self, error))
    return FALSE;
  add_sums (self, rows);

  return write_days (self, rows, cpt_facts_batch_get_days (batch), error);
}

/* How many rows changed is known only now. A delivery that changes nothing leaves
 * no line in the log. */
static gboolean
end_line (CptFactsDelivery  *self,
          GError           **error)
{
  const CptFactsCommit *commit = &self->writer.commit;
  g_autoptr(CptStatement) statement = NULL;
  g_autofree char *label = dup_label (self);

  if (commit->sequence == 0)
    return cpt_database_run_numbers (self->database, "DELETE FROM log WHERE sequence = ?", &self->writer.sequence, 1, error);

  statement = cpt_database_prepare (self->database, "UPDATE log SET n_changes = ?, label = ? WHERE sequence = ?", error);
  if (statement == NULL)
    return FALSE;
  cpt_statement_bind_int (statement, 1, (gint64) (commit->n_added + commit->n_replaced));
  cpt_statement_bind_text (statement, 2, label);
  cpt_statement_bind_int (statement, 3, self->writer.sequence);

  return cpt_statement_run (statement, error);
}

gboolean
cpt_facts_delivery_end (CptFactsDelivery  *self,
                        gboolean           is_kept,
                        CptFactsCommit    *commit,
                        GError           **error)
{
  g_return_val_if_fail (self != NULL && (is_kept || !self->is_within), FALSE);

  if (self->is_begun)
    {
      if (!cpt_facts_writer_end (&self->writer, error) || !end_line (self, error))
        return FALSE;
      self->is_begun = FALSE;
      if (!self->is_within && !cpt_database_end (self->database, is_kept, error))
        return FALSE;
    }
  if (!is_kept)
    self->writer.commit.sequence = 0;
  if (commit != NULL)
    *commit = self->writer.commit;

  return TRUE;
}

gboolean
cpt_facts_append (CptDatabase     *database,
                  CptFactsBatch   *batch,
                  CptOrigin        origin,
                  CptFactsCommit  *commit,
                  GError         **error)
{
  g_autoptr(CptFactsDelivery) delivery =
    cpt_facts_delivery_new (database, cpt_facts_batch_get_shape (batch)->entity, origin);

  return cpt_facts_delivery_add (delivery, batch, error) && cpt_facts_delivery_end (delivery, TRUE, commit, error);
}
