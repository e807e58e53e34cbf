/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking at a conversion, and doing it.
 *
 *   preview: every value is converted and thrown away; what names the field is
 *            looked through
 *   run:     preview -> unit: the new field | values, in slices | what others
 *            changed meanwhile, what names the field, the former field to the
 *            trash
 *
 * The values of the former field stay in the records as those of any field in
 * the trash do: nothing is lost, and undoing brings it back as it was. */

#include "config.h"

#include "cpt-conversion-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-fields.h"
#include "cpt-filter.h"
#include "cpt-json.h"
#include "cpt-statement.h"

/* Records that are read at once */
#define MAX_AT_ONCE 200
/* Between two calls of the progress function, in microseconds */
#define PROGRESS_INTERVAL 100000

typedef struct
{
  CptConversionWork *work;
  CptConversionProgressFunc progress;
  gpointer user_data;
  GCancellable *cancellable;
  gint64 last_progress;
  gboolean is_counting; /* for a report; otherwise values are stored */
  GHashTable *refused;  /* (nullable) (owned): CptUuid of records whose values were refused while they were stored */
  CptUnit *unit;        /* (nullable) (owned) */
} Run;

/* ----------------------------------------------------------------- the data */

CptConversion *
cpt_conversion_new (const char   *entity,
                    const char   *field,
                    CptFieldKind  kind,
                    JsonObject   *definition)
{
  CptConversion *self = g_new0 (CptConversion, 1);

  self->entity = g_strdup (entity);
  self->field = g_strdup (field);
  self->kind = kind;
  self->definition = definition != NULL ? json_object_ref (definition) : NULL;
  self->origin = CPT_ORIGIN_COMMAND;

  return self;
}

void
cpt_conversion_free (CptConversion *self)
{
  if (self == NULL)
    return;

  g_free (self->entity);
  g_free (self->field);
  g_clear_pointer (&self->definition, json_object_unref);
  g_free (self);
}

void
cpt_conversion_set_rest (CptConversion     *self,
                         CptConversionRest  rest)
{
  g_return_if_fail (self != NULL);

  self->rest = rest;
}

void
cpt_conversion_set_origin (CptConversion *self,
                           CptOrigin      origin)
{
  g_return_if_fail (self != NULL);

  self->origin = origin;
}

/* ------------------------------------------------------------------- values */

/* Whether the former field stays, with what could not be converted alone in it */
static gboolean
is_former_kept (CptConversionWork *self)
{
  return self->conversion->rest == CPT_CONVERSION_KEEP && self->report->n_refused > 0;
}

static void
add_steps (Run            *self,
           CptTransaction *transaction,
           const CptUuid  *id,
           const CptValue *value)
{
  CptConversionWork *work = self->work;
  gboolean is_kept = is_former_kept (work);
  gboolean is_converted;
  g_auto(CptValue) converted = CPT_VALUE_INIT;
  g_auto(CptValue) nothing = CPT_VALUE_INIT;
  g_autofree char *message = NULL;

  /* Where the former field stays it is empty in the records that are done: there
   * is nothing to convert once more, whatever else of them changed. */
  if (is_kept && cpt_value_is_null (value))
    {
      g_hash_table_remove (self->refused, id);
      return;
    }

  is_converted = cpt_converter_convert (&work->converter, value, &converted, &message);
  if (!is_converted)
    cpt_value_clear (&converted);
  cpt_transaction_set (transaction, work->entity, id, work->to, &converted);
  if (is_converted && is_kept)
    cpt_transaction_set (transaction, work->entity, id, work->from, &nothing);
  if (is_converted)
    g_hash_table_remove (self->refused, id);
  else
    g_hash_table_add (self->refused, g_memdup2 (id, sizeof *id));
}

/* ------------------------------------------------------------------ records */

static GArray *
find_rows (CptConversionWork  *self,
           GError            **error)
{
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(CptQuery) query = cpt_query_new (self->schema, self->entity);

  filter = cpt_filter_new_condition (self->schema, self->entity, self->from->name, CPT_OPERATOR_IS_NOT_EMPTY, NULL, error);
  if (filter == NULL)
    return NULL;
  cpt_query_set_filter (query, filter);
  if (!cpt_query_set_sort (query, "", error))
    return NULL;

  return cpt_query_get_rows (query, self->database, 0, 0, error);
}

static gboolean
tell_progress (Run     *self,
               GError **error)
{
  gint64 now = g_get_monotonic_time ();

  if (self->progress != NULL && now - self->last_progress >= PROGRESS_INTERVAL)
    {
      self->last_progress = now;
      self->progress (self->work->report, self->user_data);
    }

  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static gboolean
refuse_problem (CptConversionWork  *self,
                GPtrArray          *problems,
                GError            **error)
{
  const CptProblem *problem = g_ptr_array_index (problems, 0);
  g_autofree char *title = cpt_database_dup_title (self->database, problem->entity, &problem->id);

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
               /* Translators: a record, and why it can't be changed */
               C_("problem", "%s: %s"), title != NULL ? title : cpt_entity_get_label (problem->entity), problem->message);

  return FALSE;
}

static gboolean
commit (Run             *self,
        CptTransaction  *transaction,
        GError         **error)
{
  g_autoptr(GPtrArray) problems = NULL;

  if (!cpt_unit_commit (self->unit, transaction, NULL, &problems, error))
    return FALSE;

  return problems->len == 0 || refuse_problem (self->work, problems, error);
}

static gboolean
take_page (Run           *self,
           const gint64  *rows,
           guint          n_rows,
           GError       **error)
{
  CptConversionWork *work = self->work;
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (work->conversion->origin, NULL);
  g_autoptr(CptPage) page = NULL;
  CptPath path;

  if (!cpt_path_parse (work->schema, work->entity, work->from->name, &path, error))
    return FALSE;
  page = cpt_page_load (work->database, work->schema, work->entity, &path, 1, rows, n_rows, error);
  if (page == NULL)
    return FALSE;

  for (guint i = 0; i < n_rows; i++)
    {
      work->report->n_done++;
      if (!cpt_page_has_row (page, i))
        continue;
      if (self->is_counting)
        cpt_conversion_work_count (work, cpt_page_get_id (page, i), cpt_page_get_value (page, i, 0));
      else
        add_steps (self, transaction, cpt_page_get_id (page, i), cpt_page_get_value (page, i, 0));
    }

  return self->is_counting || cpt_transaction_is_empty (transaction) || commit (self, transaction, error);
}

static gboolean
take_rows (Run     *self,
           GArray  *rows,
           GError **error)
{
  for (guint first = 0; first < rows->len; first += MAX_AT_ONCE)
    if (!tell_progress (self, error) ||
        !take_page (self, &g_array_index (rows, gint64, first), MIN (MAX_AT_ONCE, rows->len - first), error))
      return FALSE;

  return TRUE;
}

/* ---------------------------------------------------------------- a preview */

static gboolean
look (CptDatabase  *database,
      gpointer      data,
      GError      **error)
{
  Run *self = data;
  CptConversionWork *work = self->work;
  g_autoptr(GArray) rows = NULL;

  if (!cpt_conversion_work_begin (work, work->conversion, database, error))
    return FALSE;
  rows = find_rows (work, error);
  if (rows == NULL)
    return FALSE;

  work->report->n_records = rows->len;
  if (!take_rows (self, rows, error) ||
      !cpt_fields_count_trash (database, work->entity, work->from->name, NULL, &work->report->n_in_trash, error) ||
      !cpt_conversion_work_settle (work, error) || !cpt_conversion_follow (work, error))
    return FALSE;
  for (guint i = 0; i < work->converter.grown->len; i++)
    g_ptr_array_add (work->report->choices, g_strdup (g_ptr_array_index (work->converter.grown, i)));

  return TRUE;
}

CptConversionReport *
cpt_conversion_preview (CptConversion  *self,
                        CptDatabase    *database,
                        GCancellable   *cancellable,
                        GError        **error)
{
  g_auto(CptConversionWork) work = { .conversion = self };
  Run run = { .work = &work, .cancellable = cancellable, .is_counting = TRUE };

  g_return_val_if_fail (self != NULL && database != NULL, NULL);

  work.report = cpt_conversion_report_new ();

  return cpt_database_snapshot (database, look, &run, error) ? g_steal_pointer (&work.report) : NULL;
}

/* --------------------------------------------------------------- doing it */

/* What the person must decide or change first */
static gboolean
check (CptConversionWork  *self,
       GError            **error)
{
  const CptConversionReport *report = self->report;

  for (guint i = 0; i < report->names->len; i++)
    {
      const CptConversionName *name = g_ptr_array_index (report->names, i);

      if (name->problem == NULL)
        continue;
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   /* Translators: a kind of record such as "Saved view", what people call it, and a reason */
                   _("Change first what can’t follow the field: %s “%s”: %s"), name->kind, name->title, name->problem);
      return FALSE;
    }
  if (report->n_refused > 0 && self->conversion->rest == CPT_CONVERSION_REFUSE)
    {
      const CptConversionSample *first = g_ptr_array_index (report->refusals, 0);

      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   /* Translators: at the end a record, its value, and why that can't be converted */
                   ngettext ("%lu value can’t be converted: %s, “%s”: %s", "%lu values can’t be converted, such as: %s, “%s”: %s",
                             (gulong) report->n_refused),
                   (gulong) report->n_refused, first->title, first->before, first->reason);
      return FALSE;
    }

  return TRUE;
}

/* The entity and the fields in the connection's declarations, which have both now */
static gboolean
localise (CptConversionWork  *self,
          GError            **error)
{
  CptSchema *schema = cpt_schema_ref (cpt_database_get_schema (self->database));

  cpt_schema_unref (self->schema);
  self->schema = schema;
  self->entity = cpt_schema_find_entity (schema, self->conversion->entity);
  self->from = cpt_entity_find_field (self->entity, self->conversion->field);
  self->to = cpt_entity_find_field (self->entity, self->report->name);
  if (self->from == NULL || self->to == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_CONFLICT, _("There is no field “%s” any more."), self->conversion->field);
      return FALSE;
    }
  cpt_converter_move (&self->converter, self->from, self->to);

  return TRUE;
}

/* Until the values are there nothing is asked of the new field. */
static CptRecord *
dup_lenient (CptConversionWork *self)
{
  CptRecord *record = cpt_record_copy (self->made);
  g_autoptr(JsonNode) node = cpt_json_parse (cpt_record_get_text (record, "definition"), -1, NULL);
  CptValue value = CPT_VALUE_INIT;

  json_object_remove_member (json_node_get_object (node), "required");
  json_object_remove_member (json_node_get_object (node), "read_only");
  cpt_value_take_text (&value, cpt_json_format_canonical (node));
  cpt_record_take (record, cpt_entity_find_field (record->entity, "definition"), value);

  return record;
}

static gboolean
make_field (Run     *self,
            GError **error)
{
  CptConversionWork *work = self->work;
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (work->conversion->origin, NULL);
  g_autoptr(CptRecord) record = dup_lenient (work);

  cpt_transaction_create (transaction, record);

  return commit (self, transaction, error) && cpt_unit_read_fields (self->unit, error) && localise (work, error);
}

/* What differs from what is stored */
static void
add_changes (CptTransaction  *transaction,
             const CptRecord *record,
             const CptRecord *before)
{
  for (guint i = 0; i < record->entity->n_fields; i++)
    if (!cpt_value_equal (&record->values[i], &before->values[i]))
      cpt_transaction_set (transaction, record->entity, &record->id, record->entity->fields[i], &record->values[i]);
}

static gboolean
add_names (CptConversionWork  *self,
           CptTransaction     *transaction,
           GError            **error)
{
  for (guint i = 0; i < self->changes->len; i++)
    {
      const CptRecord *changed = g_ptr_array_index (self->changes, i);
      const CptEntity *entity = cpt_schema_find_entity (self->schema, changed->entity->name);
      g_autoptr(CptRecord) record = cpt_database_load (self->database, entity, &changed->id, error);

      if (record == NULL)
        return FALSE;
      /* Somebody may have changed it since it was looked at. */
      cpt_transaction_expect (transaction, entity, &changed->id, changed->sequence);
      add_changes (transaction, changed, record);
    }

  return TRUE;
}

/* Fields with the same position are in the order of their age, and the new one
 * is the youngest: they get positions of their own. */
static void
add_positions (CptConversionWork *self,
               CptTransaction    *transaction)
{
  const CptField *field = cpt_entity_find_field (self->former->entity, "position");
  gboolean is_shared = FALSE;
  gint64 position = 0;

  for (guint i = 0; i < self->fields->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (self->fields, i);

      is_shared |= record != self->former &&
                   g_strcmp0 (cpt_record_get_text (record, "entity_name"), self->entity->name) == 0 &&
                   cpt_record_get_integer (record, "position") == cpt_record_get_integer (self->former, "position");
    }
  if (!is_shared)
    return;

  /* As the declarations have them, which is by position and age */
  for (guint i = self->entity->n_declared; i < self->entity->n_fields; i++)
    for (guint j = 0; j < self->fields->len; j++)
      {
        const CptRecord *record = g_ptr_array_index (self->fields, j);
        gboolean is_former = record == self->former;
        g_auto(CptValue) value = CPT_VALUE_INIT;

        if (g_strcmp0 (cpt_record_get_text (record, "entity_name"), self->entity->name) != 0 ||
            g_strcmp0 (cpt_record_get_text (record, "name"), self->entity->fields[i]->name) != 0)
          continue;
        cpt_value_set_integer (&value, ++position);
        cpt_transaction_set (transaction, record->entity, is_former ? &self->made->id : &record->id, field, &value);
      }
}

/* The former field goes, or stays with what could not be converted. */
static void
add_former (CptConversionWork *self,
            CptTransaction    *transaction)
{
  g_autoptr(CptRecord) kept = NULL;

  if (!is_former_kept (self))
    {
      cpt_transaction_delete (transaction, self->former->entity, &self->former->id);
      return;
    }

  kept = cpt_conversion_work_dup_kept (self);
  add_changes (transaction, kept, self->former);
}

static gboolean
store_end (Run     *self,
           GError **error)
{
  CptConversionWork *work = self->work;
  const CptField *definition = cpt_entity_find_field (work->made->entity, "definition");
  g_autoptr(CptTransaction) transaction = cpt_transaction_new (work->conversion->origin, NULL);

  cpt_transaction_set (transaction, work->made->entity, &work->made->id, definition,
                       cpt_record_get_named (work->made, "definition"));
  add_positions (work, transaction);
  if (!add_names (work, transaction, error))
    return FALSE;
  cpt_transaction_expect (transaction, work->former->entity, &work->former->id, work->former->sequence);
  add_former (work, transaction);

  return commit (self, transaction, error);
}

/* What others typed into the former field meanwhile. The last look is in the
 * slice in which that field goes. */
static gboolean
catch_up (Run     *self,
          GError **error)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GArray) rows = NULL;

      if (i == 1 && !cpt_unit_open_slice (self->unit, error))
        return FALSE;
      rows = cpt_unit_list_touched (self->work->database, self->work->entity, error);
      if (rows == NULL || !take_rows (self, rows, error))
        return FALSE;
    }

  if (g_hash_table_size (self->refused) > self->work->report->n_refused && self->work->conversion->rest != CPT_CONVERSION_LEAVE)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_CONFLICT,
                           _("Values that can’t be converted were typed in meanwhile. Look at the preview again."));
      return FALSE;
    }

  return cpt_unit_open_slice (self->unit, error);
}

static gboolean
convert (Run     *self,
         GError **error)
{
  CptConversionWork *work = self->work;
  g_autofree char *label = g_strdup_printf (_("Convert “%s” to %s"), work->from->label,
                                            _(cpt_field_type_get (work->conversion->kind)->label));
  g_autoptr(GArray) rows = NULL;

  self->refused = g_hash_table_new_full (cpt_uuid_hash, cpt_uuid_equal, g_free, NULL);
  self->unit = cpt_unit_begin (work->database, work->conversion->origin, label, error);
  if (self->unit == NULL || !make_field (self, error))
    return FALSE;

  rows = find_rows (work, error);
  if (rows == NULL)
    return FALSE;
  work->report->n_done = 0;

  return take_rows (self, rows, error) && catch_up (self, error) && store_end (self, error) &&
         cpt_unit_finish (self->unit, &work->report->sequence, error);
}

gboolean
cpt_conversion_run (CptConversion              *self,
                    CptDatabase                *database,
                    CptConversionProgressFunc   progress,
                    gpointer                    user_data,
                    GCancellable               *cancellable,
                    CptConversionReport       **report,
                    GError                    **error)
{
  g_auto(CptConversionWork) work = { .conversion = self };
  Run run = {
    .work = &work,
    .progress = progress,
    .user_data = user_data,
    .cancellable = cancellable,
    .is_counting = TRUE,
  };
  gboolean done;

  g_return_val_if_fail (self != NULL && database != NULL, FALSE);

  work.report = cpt_conversion_report_new ();
  if (cancellable != NULL)
    cpt_database_watch (database, cancellable);
  done = cpt_database_snapshot (database, look, &run, error) && check (&work, error);
  run.is_counting = FALSE;
  done = done && convert (&run, error);
  g_clear_pointer (&run.unit, cpt_unit_free);
  g_clear_pointer (&run.refused, g_hash_table_unref);
  if (cancellable != NULL)
    cpt_database_watch (database, NULL);
  if (report != NULL)
    *report = g_steal_pointer (&work.report);

  return done;
}
