/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The thread that reads a file: parses rows and converts cells in batches,
 * while the importing thread resolves links and writes. At most CPT_IMPORT_BATCHES
 * batches are ahead, which bounds the memory; emptied ones are filled again.
 *
 * Everything in the struct between the two comments belongs to the lock; the
 * rest belongs to the thread from its start to its end. */
#include "config.h"

#include "cpt-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-country.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-text.h"

/* A batch of long rows is handed over sooner */
#define BATCH_BYTES (256 * 1024)
/* A batch that once held a giant row does not keep its memory */
#define BATCH_KEEP_BYTES (1024 * 1024)

struct _CptImportReader
{
  /* Under the lock */
  GMutex lock;
  GCond changed;
  GQueue filled;
  GQueue empty;
  gboolean has_ended;
  gboolean must_stop;
  GError *error;

  /* The thread's */
  GThread *thread;
  CptImportPlan *plan;  /* borrowed */
  CptImportSlot *slots; /* borrowed */
  guint n_slots;
  CptImportSource *source;
  GCancellable *cancellable;
  CptImportNotes *notes;
  GPtrArray *spellings; /* (element-type CptImportSpellings): one for each slot */
  GString *cell;        /* scratch */
  guint n_columns;
};

static void
row_clear (CptImportRow *row)
{
  g_clear_pointer (&row->record, cpt_record_unref);
  if (row->reasons != NULL)
    g_string_free (g_steal_pointer (&row->reasons), TRUE);
}

static CptImportBatch *
batch_new (void)
{
  CptImportBatch *self = g_new0 (CptImportBatch, 1);

  self->rows = g_array_sized_new (FALSE, TRUE, sizeof (CptImportRow), CPT_IMPORT_BATCH_ROWS);
  g_array_set_clear_func (self->rows, (GDestroyNotify) row_clear);
  self->text = g_string_new (NULL);

  return self;
}

void
cpt_import_batch_free (CptImportBatch *self)
{
  g_array_unref (self->rows);
  g_string_free (self->text, TRUE);
  g_free (self);
}

const char **
cpt_import_row_dup_cells (CptImportBatch *batch,
                          CptImportRow   *row)
{
  const char **cells = g_new0 (const char *, row->n_cells + 1);
  const char *text = batch->text->str + row->text;

  for (guint i = 0; i < row->n_cells; i++)
    {
      cells[i] = text;
      text += strlen (text) + 1;
    }

  return cells;
}

void
cpt_import_row_add_reason (CptImportRow *self,
                           const char   *header,
                           const char   *message)
{
  if (self->reasons == NULL)
    self->reasons = g_string_new (NULL);
  else
    g_string_append (self->reasons, g_str_has_suffix (self->reasons->str, ".") ? " " : "; ");

  /* Translators: the name of a field and what is wrong with its value */
  if (header != NULL)
    g_string_append_printf (self->reasons, C_("problem", "%s: %s"), header, message);
  else
    g_string_append (self->reasons, message);
}

static void
keep_cells (CptImportBatch  *batch,
            CptImportRow    *row,
            const CptCsvRow *cells)
{
  row->line = cells->line;
  row->text = batch->text->len;
  row->n_cells = cells->n_fields;
  for (guint i = 0; i < cells->n_fields; i++)
    g_string_append_len (batch->text, cells->fields[i], strlen (cells->fields[i]) + 1);
}

/* FALSE when the row has too few or too many cells */
static gboolean
check_width (CptImportReader *self,
             CptImportRow    *row,
             const CptCsvRow *cells)
{
  g_autofree char *message = NULL;
  guint n_cells = cells->n_fields;

  /* Separators at the end of a line are harmless */
  while (n_cells > self->n_columns && *cells->fields[n_cells - 1] == '\0')
    n_cells--;
  if (n_cells == self->n_columns)
    return TRUE;

  message = g_strdup_printf (ngettext ("The row has %u field where the file has %u columns.",
                                       "The row has %u fields where the file has %u columns.", cells->n_fields),
                             cells->n_fields, self->n_columns);
  cpt_import_row_add_reason (row, NULL, message);

  return FALSE;
}

static char *
set_cell (CptImportReader *self,
          const char      *text)
{
  g_string_assign (self->cell, text);

  return cpt_import_trim (self->cell->str);
}

static void
set_part (CptImportReader *self,
          CptImportSlot   *slot,
          const char      *text,
          JsonObject      *address)
{
  const char *code = NULL;

  if (g_str_equal (slot->column->part, "country"))
    code = cpt_import_read_country (slot->column->header, text, self->notes);

  json_object_set_string_member (address, slot->column->part, code != NULL ? code : text);
}

/* The parts of an address stand in columns of their own */
static void
convert_address (CptImportReader *self,
                 CptImportRow    *row,
                 const CptCsvRow *cells,
                 guint            first)
{
  const CptField *field = self->slots[first].field;
  g_autoptr(JsonObject) address = json_object_new ();
  g_autoptr(JsonNode) node = NULL;
  g_auto(CptValue) value = CPT_VALUE_INIT;

  for (guint i = first; i < self->n_slots; i++)
    {
      CptImportSlot *slot = &self->slots[i];
      const char *text;

      if (slot->field != field || slot->column->part == NULL)
        continue;
      text = set_cell (self, cells->fields[slot->position]);
      if (*text != '\0')
        set_part (self, slot, text, address);
    }

  if (json_object_get_size (address) == 0)
    return;
  node = json_node_init_object (json_node_alloc (), address);
  cpt_value_take_text (&value, cpt_json_format_canonical (node));
  cpt_record_take (row->record, field, cpt_value_steal (&value));
}

static gboolean
is_first_part (CptImportReader *self,
               guint            index)
{
  for (guint i = 0; i < index; i++)
    {
      if (self->slots[i].field == self->slots[index].field && self->slots[i].column->part != NULL)
        return FALSE;
    }

  return TRUE;
}

/* Of an export of another product nothing is lost: what can't be that field
 * goes to the notes */
static gboolean
keep_as_line (CptImportReader *self,
              CptImportRow    *row,
              CptImportSlot   *slot,
              const char      *text)
{
  g_autofree char *sentence = NULL;

  if (self->plan->origin == NULL || (slot->field->flags & (CPT_FIELD_REQUIRED | CPT_FIELD_CONSENT)) != 0 ||
      cpt_entity_find_field (self->plan->entity, "notes") == NULL)
    return FALSE;

  cpt_import_row_add_line (row, slot->column->header, text);
  sentence = g_strdup_printf (_("%s: what could not be used was put into the notes"), slot->column->header);
  cpt_import_notes_add (self->notes, sentence);

  return TRUE;
}

/* Whether the door would take it */
static gboolean
check_value (CptImportReader  *self,
             CptImportSlot    *slot,
             const CptValue   *value,
             char            **message)
{
  g_auto(CptValue) copy = CPT_VALUE_INIT;

  if (self->plan->origin == NULL)
    return TRUE;
  cpt_value_copy (value, &copy);

  return cpt_field_normalise (slot->field, &copy, message);
}

static void
convert_cell (CptImportReader *self,
              CptImportRow    *row,
              CptImportSlot   *slot,
              const char      *cell)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autofree char *message = NULL;
  const char *text = set_cell (self, cell);

  if (*text == '\0')
    return;

  if (slot->field->kind == CPT_FIELD_TEXT && slot->values == NULL)
    cpt_import_spellings_count (g_ptr_array_index (self->spellings, (guint) (slot - self->slots)), text);
  if (cpt_import_slot_convert (slot, text, self->notes, &value, &message) && check_value (self, slot, &value, &message))
    cpt_record_take (row->record, slot->field, cpt_value_steal (&value));
  else if (!keep_as_line (self, row, slot, text))
    cpt_import_row_add_reason (row, slot->column->header, message);
}

/* A row that is rejected is told everything that is wrong with it */
static void
find_more_reasons (CptImportReader *self,
                   CptImportRow    *row)
{
  for (guint i = 0; i < self->n_slots; i++)
    {
      CptImportSlot *slot = &self->slots[i];
      g_auto(CptValue) value = CPT_VALUE_INIT;
      g_autofree char *message = NULL;

      if (slot->field == NULL)
        continue;
      cpt_value_copy (cpt_record_get (row->record, slot->field), &value);
      if (!cpt_field_normalise (slot->field, &value, &message))
        cpt_import_row_add_reason (row, slot->column->header, message);
    }
}

/* The errors of formulas in columns that are imported; links are no exception */
static void
reject_errors (CptImportReader *self,
               CptImportRow    *row,
               const CptCsvRow *cells)
{
  for (guint i = 0; i < self->n_slots; i++)
    {
      guint position = self->slots[i].position;
      g_autofree char *message = NULL;

      if (!cpt_import_source_is_error (self->source, position))
        continue;
      if (*cells->fields[position] != '\0')
        message = g_strdup_printf (_("The formula gives the error “%s”."), cells->fields[position]);
      else
        message = g_strdup (_("The formula has not been worked out: open the workbook in a spreadsheet program, and save it."));
      cpt_import_row_add_reason (row, self->slots[i].column->header, message);
    }
}

static guint
count_unwanted (CptImportReader *self,
                const CptCsvRow *cells)
{
  guint n = 0;

  for (guint i = 0; i < self->n_slots; i++)
    n += cpt_text_has_unwanted (cells->fields[self->slots[i].position]) ? 1 : 0;

  return n;
}

static void
convert_row (CptImportReader *self,
             CptImportRow    *row,
             const CptCsvRow *cells)
{
  if (cells->problem != NULL)
    {
      cpt_import_row_add_reason (row, NULL, cells->problem);
      if (cells->is_cut)
        cpt_import_row_add_reason (row, NULL, _("not all of it is kept in the file of rejected rows"));
      return;
    }
  if (!check_width (self, row, cells))
    return;
  reject_errors (self, row, cells);
  if (row->reasons != NULL)
    return;

  row->record = cpt_record_new (self->plan->schema, self->plan->entity);
  for (guint i = 0; i < self->n_slots; i++)
    {
      CptImportSlot *slot = &self->slots[i];

      if (slot->field == NULL || slot->field->target != NULL || slot->is_gathered)
        continue;
      if (slot->column->part == NULL)
        convert_cell (self, row, slot, cells->fields[slot->position]);
      else if (is_first_part (self, i))
        convert_address (self, row, cells, i);
    }

  for (guint i = 0; i < self->n_slots; i++)
    {
      if (self->slots[i].is_gathered && cpt_import_is_first_gathered (self->slots, i))
        cpt_import_gather (self->slots, self->n_slots, i, cells, row, self->notes);
    }

  if (row->reasons != NULL)
    find_more_reasons (self, row);
  else
    row->n_cleaned = count_unwanted (self, cells);
}

/* FALSE at the end and when reading failed */
static gboolean
fill_batch (CptImportReader  *self,
            CptImportBatch   *batch,
            GError          **error)
{
  CptCsvRow cells = { 0 };

  while (batch->rows->len < CPT_IMPORT_BATCH_ROWS && batch->text->len < BATCH_BYTES)
    {
      CptImportRow *row;

      if (!cpt_import_source_next (self->source, &cells, self->cancellable, error))
        {
          batch->offset = cpt_import_source_get_offset (self->source);
          return FALSE;
        }

      g_array_set_size (batch->rows, batch->rows->len + 1);
      row = &g_array_index (batch->rows, CptImportRow, batch->rows->len - 1);
      keep_cells (batch, row, &cells);
      convert_row (self, row, &cells);
    }
  batch->offset = cpt_import_source_get_offset (self->source);

  return TRUE;
}

static CptImportBatch *
wait_for_empty (CptImportReader *self)
{
  CptImportBatch *batch = NULL;

  g_mutex_lock (&self->lock);
  while (g_queue_is_empty (&self->empty) && !self->must_stop)
    g_cond_wait (&self->changed, &self->lock);
  if (!self->must_stop)
    batch = g_queue_pop_head (&self->empty);
  g_mutex_unlock (&self->lock);

  /* Here and not where it was given back: this thread has more time. */
  if (batch != NULL)
    g_array_set_size (batch->rows, 0);

  return batch;
}

static gpointer
read_file (gpointer data)
{
  CptImportReader *self = data;
  gboolean more = TRUE;

  while (more)
    {
      CptImportBatch *batch = wait_for_empty (self);
      GError *error = NULL;

      if (batch == NULL)
        break;
      more = fill_batch (self, batch, &error);

      g_mutex_lock (&self->lock);
      g_queue_push_tail (&self->filled, batch);
      self->has_ended = !more;
      self->error = error;
      g_cond_broadcast (&self->changed);
      g_mutex_unlock (&self->lock);
    }

  return NULL;
}

static gboolean
skip_header (CptImportReader  *self,
             GError          **error)
{
  CptCsvRow cells = { 0 };

  if (!self->plan->has_header)
    return TRUE;

  return cpt_import_source_next (self->source, &cells, self->cancellable, error) || error == NULL || *error == NULL;
}

CptImportReader *
cpt_import_reader_new (CptImportPlan  *plan,
                       const char     *path,
                       CptImportSlot  *slots,
                       guint           n_slots,
                       GCancellable   *cancellable,
                       GError        **error)
{
  CptImportReader *self;
  CptImportSource *source =
    cpt_import_source_open (path, &plan->dialect, plan->sheet != NULL, plan->sheet, plan->decimal, error);

  if (source == NULL)
    return NULL;

  self = g_new0 (CptImportReader, 1);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->plan = plan;
  self->slots = slots;
  self->n_slots = n_slots;
  self->n_columns = plan->columns->len;
  self->source = source;
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->notes = cpt_import_notes_new ();
  self->spellings = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_import_spellings_free);
  for (guint i = 0; i < n_slots; i++)
    g_ptr_array_add (self->spellings, cpt_import_spellings_new ());
  self->cell = g_string_new (NULL);
  for (guint i = 0; i < CPT_IMPORT_BATCHES; i++)
    g_queue_push_tail (&self->empty, batch_new ());

  if (!skip_header (self, error))
    {
      cpt_import_reader_free (self, NULL);
      return NULL;
    }
  self->thread = g_thread_new ("cpt-import", read_file, self);

  return self;
}

CptImportBatch *
cpt_import_reader_pop (CptImportReader  *self,
                       GError          **error)
{
  CptImportBatch *batch;

  g_mutex_lock (&self->lock);
  while (g_queue_is_empty (&self->filled) && !self->has_ended)
    g_cond_wait (&self->changed, &self->lock);
  batch = g_queue_pop_head (&self->filled);
  if (batch == NULL && self->error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->error));
  g_mutex_unlock (&self->lock);

  return batch;
}

void
cpt_import_reader_recycle (CptImportReader *self,
                           CptImportBatch  *batch)
{
  if (batch->text->allocated_len > BATCH_KEEP_BYTES)
    {
      g_string_free (batch->text, TRUE);
      batch->text = g_string_new (NULL);
    }
  g_string_truncate (batch->text, 0);

  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->empty, batch);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

void
cpt_import_reader_free (CptImportReader *self,
                        CptImportNotes  *notes)
{
  g_mutex_lock (&self->lock);
  self->must_stop = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  if (self->thread != NULL)
    g_thread_join (self->thread);

  for (guint i = 0; i < self->n_slots && notes != NULL; i++)
    cpt_import_spellings_note (g_ptr_array_index (self->spellings, i), self->slots[i].column->header, self->notes);
  if (notes != NULL)
    cpt_import_notes_merge (notes, self->notes);
  g_ptr_array_unref (self->spellings);

  g_queue_clear_full (&self->filled, (GDestroyNotify) cpt_import_batch_free);
  g_queue_clear_full (&self->empty, (GDestroyNotify) cpt_import_batch_free);
  g_clear_error (&self->error);
  g_clear_pointer (&self->source, cpt_import_source_free);
  g_clear_object (&self->cancellable);
  cpt_import_notes_free (self->notes);
  g_string_free (self->cell, TRUE);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}
