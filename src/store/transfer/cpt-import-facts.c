/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of facts: numbers of days rather than records. It is read by the plan
 * like any other file, but its rows are one delivery: all of them or none. What was
 * there with the same day and texts is replaced, so that a file may be imported
 * again. A trial delivers too, and does not keep it. */
#include "config.h"

#include "cpt-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-facts.h"

#define MAX_SAMPLES 20
/* Rows between two words about how far it is */
#define ROWS_PER_WORD 20000

typedef struct
{
  CptDatabase *database;
  CptImportPlan *plan;
  gboolean dry_run;
  CptImportProgressFunc progress;
  gpointer user_data;
  GCancellable *cancellable;
  GArray *slots;              /* (owned): of CptImportSlot */
  CptValue *values;           /* (owned): of one row, by field */
  CptImportSource *source;    /* (owned) */
  CptImportRejects *rejects;  /* (owned) (nullable) */
  CptImportNotes *notes;      /* (owned) */
  CptFactsDelivery *delivery; /* (owned) */
  CptFactsBatch *batch;       /* (owned) */
  GString *cell;              /* (owned): scratch */
  CptImportReport *report;    /* (owned) */
} Run;

static void
run_clear (Run *self)
{
  for (guint i = 0; i < self->plan->entity->n_fields; i++)
    cpt_value_clear (&self->values[i]);
  g_free (self->values);
  for (guint i = 0; i < self->slots->len; i++)
    cpt_import_slot_clear (&g_array_index (self->slots, CptImportSlot, i));
  g_array_unref (self->slots);
  g_clear_pointer (&self->source, cpt_import_source_free);
  g_clear_pointer (&self->rejects, cpt_import_rejects_free);
  g_clear_pointer (&self->notes, cpt_import_notes_free);
  g_clear_pointer (&self->batch, cpt_facts_batch_free);
  g_clear_pointer (&self->delivery, cpt_facts_delivery_free);
  g_string_free (self->cell, TRUE);
  g_clear_pointer (&self->report, cpt_import_report_free);
}

static void
add_slots (Run *self)
{
  for (guint i = 0; i < self->plan->columns->len; i++)
    {
      const CptImportColumn *column = g_ptr_array_index (self->plan->columns, i);
      CptImportSlot slot;

      if (column->field == NULL)
        continue;
      cpt_import_slot_init (&slot, self->plan, column, cpt_database_get_currency (self->database),
                            cpt_database_get_country (self->database), cpt_database_get_zone (self->database));
      slot.position = i;
      if (slot.field != NULL)
        g_array_append_val (self->slots, slot);
      else
        cpt_import_slot_clear (&slot);
    }
}

static void
run_init (Run *self)
{
  self->slots = g_array_new (FALSE, TRUE, sizeof (CptImportSlot));
  self->values = g_new0 (CptValue, self->plan->entity->n_fields);
  self->notes = cpt_import_notes_new ();
  self->batch = cpt_facts_batch_new (self->plan->schema, self->plan->entity);
  self->delivery = cpt_facts_delivery_new (self->database, self->plan->entity, CPT_ORIGIN_IMPORT);
  self->cell = g_string_new (NULL);
  self->report = g_new0 (CptImportReport, 1);
  self->report->samples = g_ptr_array_new_with_free_func (g_free);
  add_slots (self);
}

/* Without a day nothing can be told apart */
static gboolean
check_day (Run     *self,
           GError **error)
{
  const CptField *day = self->plan->entity->fields[0];

  for (guint i = 0; i < self->slots->len; i++)
    if (g_array_index (self->slots, CptImportSlot, i).field->kind == CPT_FIELD_DATE)
      return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("No column of the file is the day. Say which one becomes “%s”."),
               cpt_field_get_label (day));

  return FALSE;
}

/* Takes @reason */
static gboolean
reject (Run              *self,
        const CptCsvRow  *row,
        char             *reason,
        GError          **error)
{
  g_autofree char *own = reason;

  self->report->counts.n_rejected++;
  if (self->report->samples->len < MAX_SAMPLES)
    g_ptr_array_add (self->report->samples, g_strdup_printf (_("Line %llu: %s"), (unsigned long long) row->line, own));

  return self->rejects == NULL ||
         cpt_import_rejects_add (self->rejects, row->line, own, (const char *const *) row->fields, row->n_fields, error);
}

/* Texts are put in form once for each that is different, in the batch */
static gboolean
convert_cell (Run            *self,
              CptImportSlot  *slot,
              const char     *text,
              char          **reason)
{
  CptValue *value = &self->values[slot->field->index];
  g_autofree char *message = NULL;
  char *trimmed;

  cpt_value_clear (value);
  g_string_assign (self->cell, text);
  trimmed = cpt_import_trim (self->cell->str);
  if (slot->values == NULL && slot->field->kind == CPT_FIELD_TEXT)
    {
      cpt_value_set_text (value, trimmed);
      return TRUE;
    }
  if (cpt_import_slot_convert (slot, trimmed, self->notes, value, &message))
    return TRUE;
  *reason = g_strdup_printf (C_("problem", "%s: %s"), slot->column->header, message);

  return FALSE;
}

/* (transfer full) (nullable): why the row can't be used */
static char *
take_row (Run             *self,
          const CptCsvRow *row)
{
  g_autoptr(GError) error = NULL;
  char *reason = NULL;

  if (row->problem != NULL)
    return g_strdup (row->problem);
  if (row->n_fields < self->plan->columns->len)
    return g_strdup_printf (ngettext ("The row has %u field where the file has %u columns.",
                                      "The row has %u fields where the file has %u columns.", row->n_fields),
                            row->n_fields, self->plan->columns->len);

  for (guint i = 0; i < self->slots->len; i++)
    {
      CptImportSlot *slot = &g_array_index (self->slots, CptImportSlot, i);

      if (!convert_cell (self, slot, row->fields[slot->position], &reason))
        return reason;
    }

  return cpt_facts_batch_add (self->batch, self->values, &error) ? NULL : g_strdup (error->message);
}

static gboolean
deliver (Run     *self,
         GError **error)
{
  if (!cpt_facts_delivery_add (self->delivery, self->batch, error))
    return FALSE;

  g_clear_pointer (&self->batch, cpt_facts_batch_free);
  self->batch = cpt_facts_batch_new (self->plan->schema, self->plan->entity);

  return TRUE;
}

static void
note_repeated (Run     *self,
               guint64  n_repeated)
{
  gulong n_rows = (gulong) n_repeated;

  if (n_rows > 0)
    g_ptr_array_add (self->report->notes,
                     g_strdup_printf (ngettext ("%lu row has the same day and texts as a later one, which counts.",
                                                "%lu rows have the same day and texts as a later one, which counts.", n_rows),
                                      n_rows));
}

static CptImportSum *
sum_new (const CptFactsSum *from)
{
  CptImportSum *sum = g_new0 (CptImportSum, 1);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (from->currency[0] != '\0')
    cpt_value_set_money (&value, from->sum, from->currency);
  else
    cpt_value_set_integer (&value, from->sum);
  sum->field = from->field;
  sum->value = cpt_field_format (from->field, &value);
  sum->text = cpt_field_format_local (from->field, &value, NULL);

  return sum;
}

/* Of the fields that the file has; what it leaves out is nothing */
static gboolean
is_in_file (Run            *self,
            const CptField *field)
{
  for (guint i = 0; i < self->slots->len; i++)
    if (g_array_index (self->slots, CptImportSlot, i).field == field)
      return TRUE;

  return FALSE;
}

static void
add_sums (Run *self)
{
  CptImportReport *report = self->report;
  const CptFactsSum *sums;
  guint n_sums;

  report->sums = g_ptr_array_new_with_free_func (cpt_import_sum_free);
  report->n_days = cpt_facts_delivery_get_days (self->delivery, &report->first_day, &report->last_day);
  sums = cpt_facts_delivery_get_sums (self->delivery, &n_sums);
  for (guint i = 0; i < n_sums; i++)
    if (is_in_file (self, sums[i].field))
      g_ptr_array_add (report->sums, sum_new (&sums[i]));
}

/* A trial has done all that an import does, and takes it back */
static gboolean
end (Run     *self,
     GError **error)
{
  CptImportProgress *counts = &self->report->counts;
  CptFactsCommit commit;

  if (!cpt_facts_delivery_end (self->delivery, !self->dry_run, &commit, error))
    return FALSE;

  counts->n_created = commit.n_added;
  counts->n_updated = commit.n_replaced;
  counts->n_unchanged = commit.n_same;
  self->report->sequence = commit.sequence;
  self->report->notes = cpt_import_notes_list (self->notes);
  note_repeated (self, commit.n_repeated);
  add_sums (self);

  return TRUE;
}

static gboolean
tell (Run     *self,
      GError **error)
{
  CptImportProgress *counts = &self->report->counts;

  counts->bytes_done = cpt_import_source_get_offset (self->source);
  if (self->progress != NULL)
    self->progress (counts, self->user_data);

  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static gboolean
read_rows (Run     *self,
           GError **error)
{
  GError *own_error = NULL;
  gboolean skips = self->plan->has_header;
  CptCsvRow row;

  while (cpt_import_source_next (self->source, &row, self->cancellable, &own_error))
    {
      char *reason;

      if (skips)
        {
          skips = FALSE;
          continue;
        }
      reason = take_row (self, &row);
      if (reason != NULL && !reject (self, &row, reason, error))
        return FALSE;
      if (++self->report->counts.n_rows % ROWS_PER_WORD == 0 && !tell (self, error))
        return FALSE;
      if (cpt_facts_batch_get_n_rows (self->batch) == CPT_FACTS_MAX_PER_BATCH && !deliver (self, error))
        return FALSE;
    }

  if (own_error != NULL)
    {
      g_propagate_error (error, own_error);
      return FALSE;
    }

  return tell (self, error) && deliver (self, error);
}

static gboolean
run (Run         *self,
     const char  *path,
     const char  *rejects_path,
     GError     **error)
{
  if (!cpt_import_plan_check (self->plan, error) || !check_day (self, error) ||
      !cpt_import_check_file (path, &self->report->counts.bytes_total, error))
    return FALSE;
  self->source = cpt_import_source_open (path, &self->plan->dialect, self->plan->sheets != NULL, self->plan->sheet,
                                         self->plan->decimal, error);
  if (self->source == NULL)
    return FALSE;
  if (rejects_path != NULL)
    self->rejects = cpt_import_rejects_new (self->database, path, rejects_path, self->plan);

  return read_rows (self, error) &&
         (self->rejects == NULL || cpt_import_rejects_close (self->rejects, &self->report->rejects_path, error)) &&
         (self->dry_run || cpt_import_plan_remember (self->plan, self->database, error)) && end (self, error);
}

CptImportReport *
cpt_import_facts (CptDatabase            *database,
                  CptImportPlan          *plan,
                  const char             *path,
                  const char             *rejects_path,
                  CptImportFactsOptions  *options,
                  GCancellable           *cancellable,
                  GError                **error)
{
  CptImportReport *report = NULL;
  Run self = {
    .database = database,
    .plan = plan,
    .dry_run = options->dry_run,
    .progress = options->progress,
    .user_data = options->user_data,
    .cancellable = cancellable,
  };

  run_init (&self);
  if (run (&self, path, rejects_path, error))
    report = g_steal_pointer (&self.report);
  run_clear (&self);

  return report;
}
