/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What imports of cards and of calendars share: a unit, slices of it, and what
 * is to be told about items that did not fit. */

#include "config.h"

#include "cpt-item-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-log.h"
#include "cpt-transaction.h"

#define SLICE_STEPS 500
#define SNIFFED_BYTES 256

struct _CptItemImport
{
  CptDatabase *database;
  CptUnit *unit;         /* (owned) (nullable) */
  CptTransaction *slice; /* (owned) */
  GArray *lines;         /* guint64: of the item of each step of the slice */
  CptItemReport *report; /* (owned) (nullable) */
  CptParseOptions options;
  char *country; /* (owned): of the options */
  guint64 line;  /* of the item of the moment */
};

CptItemFile
cpt_item_file_detect (const char *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = NULL;
  char head[SNIFFED_BYTES + 1] = { 0 };
  const char *text = head;
  gsize n_bytes;

  /* A pipe would wait, and lose what is read from it. */
  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_REGULAR)
    stream = g_file_read (file, NULL, NULL);
  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), head, SNIFFED_BYTES, &n_bytes, NULL, NULL))
    return CPT_ITEM_FILE_NONE;

  if (g_str_has_prefix (text, "\357\273\277"))
    text += 3;
  while (g_ascii_isspace (*text))
    text++;
  if (g_ascii_strncasecmp (text, "BEGIN:VCARD", 11) == 0)
    return CPT_ITEM_FILE_VCARD;

  return g_ascii_strncasecmp (text, "BEGIN:VCALENDAR", 15) == 0 ? CPT_ITEM_FILE_ICALENDAR : CPT_ITEM_FILE_NONE;
}

gboolean
cpt_item_file_check (const char  *path,
                     GError     **error)
{
  static const struct
  {
    const char *suffix;
    const char *message;
  } suffixes[] = {
    { ".vcf", N_("This file holds no contact: a card begins with BEGIN:VCARD.") },
    { ".vcard", N_("This file holds no contact: a card begins with BEGIN:VCARD.") },
    { ".ics", N_("This file holds no task and no meeting: a calendar begins with BEGIN:VCALENDAR.") },
  };
  g_autofree char *lower = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  lower = g_ascii_strdown (path, -1);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (lower, suffixes[i].suffix) && cpt_item_file_detect (path) == CPT_ITEM_FILE_NONE &&
        g_file_test (path, G_FILE_TEST_IS_REGULAR))
      {
        g_set_error_literal (error, CPT_ERROR, CPT_ERROR_PARSE, _(suffixes[i].message));
        return FALSE;
      }

  return TRUE;
}

CptItemFile
cpt_item_file_for_entity (const CptEntity *entity)
{
  static const struct
  {
    const char *entity;
    CptItemFile file;
  } files[] = {
    { "contact", CPT_ITEM_FILE_VCARD },
    { "task", CPT_ITEM_FILE_ICALENDAR },
    { "activity", CPT_ITEM_FILE_ICALENDAR },
  };

  g_return_val_if_fail (entity != NULL, CPT_ITEM_FILE_NONE);

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    if (g_str_equal (files[i].entity, entity->name))
      return files[i].file;

  return CPT_ITEM_FILE_NONE;
}

void
cpt_item_report_free (CptItemReport *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_free (self);
}

CptItemImport *
cpt_item_import_begin (CptDatabase  *database,
                       const char   *label,
                       GError      **error)
{
  g_autoptr(CptItemImport) self = g_new0 (CptItemImport, 1);

  self->database = database;
  self->slice = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  self->lines = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->report = g_new0 (CptItemReport, 1);
  self->report->notes = g_ptr_array_new_with_free_func (g_free);
  self->country = g_strdup (cpt_database_get_country (database));
  self->options = (CptParseOptions){
    .country = self->country,
    .date_order = CPT_DATE_ORDER_YMD,
    .zone = cpt_database_get_zone (database),
  };
  self->unit = cpt_unit_begin (database, CPT_ORIGIN_IMPORT, label, error);

  return self->unit != NULL ? g_steal_pointer (&self) : NULL;
}

void
cpt_item_import_free (CptItemImport *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->unit, cpt_unit_free);
  g_clear_pointer (&self->slice, cpt_transaction_free);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->report, cpt_item_report_free);
  g_free (self->country);
  g_free (self);
}

void
cpt_item_import_note (CptItemImport *self,
                      char          *note)
{
  cpt_item_import_note_at (self, self->line, note);
}

void
cpt_item_import_note_at (CptItemImport *self,
                         guint64        line,
                         char          *note)
{
  g_autofree char *given = note;

  self->report->n_notes++;
  if (self->report->notes->len < CPT_ITEM_MAX_NOTES)
    /* Translators: the number of a line of a file and what is to be said about it */
    g_ptr_array_add (self->report->notes, g_strdup_printf (_("Line %lu: %s"), (gulong) line, given));
}

/* Each item once, however many of its values are refused */
static void
tell_problems (CptItemImport *self,
               GPtrArray     *problems)
{
  guint64 last = 0;

  for (guint i = 0; i < problems->len; i++)
    {
      const CptProblem *problem = g_ptr_array_index (problems, i);

      self->line = problem->index < self->lines->len ? g_array_index (self->lines, guint64, problem->index) : 0;
      if (self->line != last)
        self->report->n_rejected++;
      last = self->line;
      cpt_item_import_note (self, g_strdup (problem->message));
    }
}

static gboolean
store_slice (CptItemImport  *self,
             GError        **error)
{
  g_autoptr(GPtrArray) problems = NULL;
  CptCommit commit = { 0 };

  if (cpt_transaction_is_empty (self->slice))
    return TRUE;
  if (!cpt_unit_commit (self->unit, self->slice, &commit, &problems, error))
    return FALSE;

  self->report->n_created += commit.n_created;
  self->report->n_updated += commit.n_updated;
  if (problems != NULL)
    tell_problems (self, problems);
  cpt_transaction_free (self->slice);
  self->slice = cpt_transaction_new (CPT_ORIGIN_IMPORT, NULL);
  g_array_set_size (self->lines, 0);

  return TRUE;
}

gboolean
cpt_item_import_next (CptItemImport  *self,
                      guint64         line,
                      GError        **error)
{
  if (cpt_transaction_get_length (self->slice) >= SLICE_STEPS && !store_slice (self, error))
    return FALSE;

  self->line = line;
  self->report->n_items++;

  return TRUE;
}

/* After each step */
static void
note_steps (CptItemImport *self)
{
  while (self->lines->len < cpt_transaction_get_length (self->slice))
    g_array_append_val (self->lines, self->line);
}

void
cpt_item_import_create (CptItemImport *self,
                        CptRecord     *record)
{
  cpt_transaction_create (self->slice, record);
  note_steps (self);
}

void
cpt_item_import_update (CptItemImport   *self,
                        const CptRecord *existing,
                        const CptRecord *record,
                        gboolean         only_empty)
{
  const CptEntity *entity = cpt_record_get_entity (record);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptValue *before = cpt_record_get (existing, entity->fields[i]);
      const CptValue *after = cpt_record_get (record, entity->fields[i]);

      if (cpt_value_is_null (after) || cpt_value_equal (before, after) || (only_empty && !cpt_value_is_null (before)))
        continue;
      cpt_transaction_set (self->slice, entity, &existing->id, entity->fields[i], after);
      note_steps (self);
    }
}

void
cpt_item_import_parse (CptItemImport *self,
                       CptRecord     *record,
                       const char    *field,
                       const char    *text)
{
  const CptField *declared = cpt_entity_find_field (cpt_record_get_entity (record), field);
  g_autoptr(GError) error = NULL;
  CptValue value = CPT_VALUE_INIT;

  if (text == NULL)
    return;

  if (cpt_field_parse (declared, text, &self->options, &value, &error))
    cpt_record_take (record, declared, value);
  else
    /* Translators: a field, what is wrong with its value */
    cpt_item_import_note (self, g_strdup_printf (C_("problem", "%s: %s"), cpt_field_get_label (declared), error->message));
}

CptItemReport *
cpt_item_import_finish (CptItemImport  *self,
                        gboolean        is_dry,
                        GError        **error)
{
  gboolean has_changed;
  gboolean done;

  if (!store_slice (self, error))
    return NULL;

  has_changed = !is_dry && self->report->n_created + self->report->n_updated > 0;
  done = has_changed ? cpt_unit_finish (self->unit, &self->report->sequence, error) : cpt_unit_abort (self->unit, error);

  return done ? g_steal_pointer (&self->report) : NULL;
}
