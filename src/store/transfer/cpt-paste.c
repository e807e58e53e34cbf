/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells from a spreadsheet onto records. What a text means is decided as an
 * import decides it: the same converters, links by title. Nothing is stored
 * here; a person looks at it first. */
#include "config.h"
#include "cpt-paste.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-import-private.h"

/* ------------------------------------------------------------------ splitting */

/* Behind the closing quote of a quoted text, or NULL: a quote in front of a
 * text that nobody quoted, such as 24" */
static const char *
find_end_of_quotes (const char *text)
{
  for (const char *p = text + 1; *p != '\0'; p++)
    {
      if (*p != '"')
        continue;
      if (p[1] == '"')
        p++;
      else
        return p[1] == '\t' || p[1] == '\n' || p[1] == '\r' || p[1] == '\0' ? p + 1 : NULL;
    }

  return NULL;
}

static char *
dup_unquoted (const char *start,
              const char *end)
{
  GString *text = g_string_new (NULL);

  for (const char *p = start + 1; p < end - 1; p++)
    {
      if (*p == '"' && p[1] == '"')
        p++;
      if (*p != '\r' || p[1] != '\n')
        g_string_append_c (text, *p);
    }

  return g_string_free (text, FALSE);
}

/* One text; @text is behind it then */
static char *
take_text (const char **text)
{
  const char *start = *text;
  const char *end = *start == '"' ? find_end_of_quotes (start) : NULL;

  if (end != NULL)
    {
      *text = end;
      return dup_unquoted (start, end);
    }

  *text = start + strcspn (start, "\t\r\n");

  return g_strndup (start, (gsize) (*text - start));
}

static GPtrArray *
refuse_size (GError **error)
{
  g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT,
               _("More than %d cells can’t be pasted at once. Import them as a file."), CPT_PASTE_MAX_CELLS);

  return NULL;
}

GPtrArray *
cpt_paste_split (const char  *text,
                 GError     **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  guint n_cells = 0;

  g_return_val_if_fail (text != NULL, NULL);

  if (strnlen (text, CPT_PASTE_MAX_BYTES + 1) > CPT_PASTE_MAX_BYTES)
    return refuse_size (error);

  while (*text != '\0')
    {
      g_autoptr(GStrvBuilder) row = g_strv_builder_new ();

      for (;;)
        {
          g_autofree char *cell = take_text (&text);

          if (++n_cells > CPT_PASTE_MAX_CELLS)
            return refuse_size (error);
          g_strv_builder_add (row, cell);
          if (*text != '\t')
            break;
          text++;
        }
      g_ptr_array_add (rows, g_strv_builder_end (row));
      text += *text == '\r' && text[1] == '\n' ? 2 : *text != '\0';
    }

  if (rows->len > 0)
    return g_steal_pointer (&rows);

  g_set_error (error, CPT_ERROR, CPT_ERROR_PARSE, _("There is no text on the clipboard. Copy some cells first."));

  return NULL;
}

/* -------------------------------------------------------------------- reading */

static void
paste_cell_free (CptPasteCell *cell)
{
  g_free (cell->before);
  g_free (cell->after);
  g_free (cell->message);
  cpt_value_clear (&cell->value);
  g_free (cell);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptPasteCell, paste_cell_free)

void
cpt_paste_free (CptPaste *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->titles, g_ptr_array_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_free (self);
}

/* One run; the texts are read as columns of a file without headers would be */
typedef struct
{
  CptPaste *paste; /* borrowed */
  CptDatabase *database;
  CptImportPlan *plan;     /* (owned) */
  CptImportNotes *notes;   /* (owned) */
  CptImportLinks *links;   /* (owned) */
  CptImportStages *stages; /* (owned) */
  GArray *slots;           /* (owned) (element-type CptImportSlot) */
  CptPage *page;           /* (owned): what is there; column behind the fields: the title */
  guint pipeline;          /* column of the page; G_MAXUINT where there is none */
  CptUuid stages_of;       /* the pipeline of the row at hand, after the paste; nil where it has none */
  gboolean is_moved;       /* it is another one than before */
} Run;

static void
run_clear (Run *run)
{
  for (guint i = 0; run->slots != NULL && i < run->slots->len; i++)
    cpt_import_slot_clear (&g_array_index (run->slots, CptImportSlot, i));
  g_clear_pointer (&run->slots, g_array_unref);
  g_clear_pointer (&run->links, cpt_import_links_free);
  g_clear_pointer (&run->stages, cpt_import_stages_free);
  g_clear_pointer (&run->notes, cpt_import_notes_free);
  g_clear_pointer (&run->plan, cpt_import_plan_free);
  g_clear_pointer (&run->page, cpt_page_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
run_init (Run                   *run,
          CptDatabase           *database,
          CptPaste              *paste,
          const CptParseOptions *options)
{
  CptImportPlan *plan = cpt_import_plan_new_bare (paste->schema, paste->entity);

  plan->decimal = options->decimal;
  plan->date_order = options->date_order;
  run->paste = paste;
  run->database = database;
  run->plan = plan;
  run->notes = cpt_import_notes_new ();
  run->links = cpt_import_links_new (database, plan, run->notes);
  run->stages = cpt_import_stages_new (database, run->notes);
  run->slots = g_array_new (FALSE, TRUE, sizeof (CptImportSlot));
  for (guint i = 0; i < paste->fields->len; i++)
    {
      const CptField *field = g_ptr_array_index (paste->fields, i);
      CptImportColumn *column = g_new0 (CptImportColumn, 1);
      CptImportSlot slot;

      column->header = g_strdup (cpt_field_get_label (field));
      column->field = g_strdup (field->name);
      column->link_rule = CPT_IMPORT_LINK_REJECT;
      g_ptr_array_add (plan->columns, column);
      cpt_import_slot_init (&slot, plan, column, options->currency, options->country, options->zone);
      slot.field = field;
      g_array_append_val (run->slots, slot);
    }
}

static gboolean
load_page (Run     *run,
           GArray  *rows,
           GError **error)
{
  CptPaste *paste = run->paste;
  g_autoptr(GArray) paths = g_array_new (FALSE, TRUE, sizeof (CptPath));
  const char *title = paste->entity->title;
  CptPath path;

  for (guint i = 0; i < paste->fields->len; i++)
    {
      const CptField *field = g_ptr_array_index (paste->fields, i);

      if (!cpt_path_parse (paste->schema, paste->entity, field->name, &path, error))
        return FALSE;
      g_array_append_val (paths, path);
    }
  if (!cpt_path_parse (paste->schema, paste->entity, title, &path, error))
    return FALSE;
  g_array_append_val (paths, path);
  run->pipeline = G_MAXUINT;
  if (cpt_entity_find_field (paste->entity, "pipeline") != NULL &&
      cpt_path_parse (paste->schema, paste->entity, "pipeline", &path, NULL))
    {
      run->pipeline = paths->len;
      g_array_append_val (paths, path);
    }

  run->page = cpt_page_load (run->database, paste->schema, paste->entity, (const CptPath *) (gpointer) paths->data,
                             paths->len, (const gint64 *) (gpointer) rows->data, rows->len, error);

  return run->page != NULL;
}

static gboolean
is_stage (const Run           *run,
          const CptImportSlot *slot)
{
  return g_strcmp0 (slot->field->target, "stage") == 0 && run->pipeline != G_MAXUINT;
}

/* A stage is one of the pipeline that the record will be in. */
static gboolean
find_stage (Run              *run,
            const char       *text,
            CptImportTarget  *target,
            GError          **error)
{
  g_autoptr(GError) own_error = NULL;

  if (!cpt_uuid_is_nil (&run->stages_of) &&
      cpt_import_stages_resolve (run->stages, &run->stages_of, text, FALSE, NULL, &target->id, &own_error))
    {
      target->title = g_strdup (text);
      return TRUE;
    }
  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }

  target->message = g_strdup_printf (_("The pipeline has no stage “%s”."), text);

  return TRUE;
}

static gboolean
find_target (Run                  *run,
             const CptImportSlot  *slot,
             const char           *text,
             CptImportTarget      *target,
             GError              **error)
{
  if (is_stage (run, slot))
    return find_stage (run, text, target, error);

  return cpt_import_links_resolve (run->links, slot, text, FALSE, NULL, target, error) != CPT_IMPORT_LINK_FAILED;
}

/* Links by title; several between semicolons, or commas where there is none */
static gboolean
read_links (Run                  *run,
            const CptImportSlot  *slot,
            const char           *text,
            CptPasteCell         *cell,
            GError              **error)
{
  gboolean is_many = slot->field->kind == CPT_FIELD_LINKS;
  g_auto(GStrv) names = is_many ? g_strsplit_set (text, strpbrk (text, ";|") != NULL ? ";|" : ",", -1)
                                 : g_strdupv ((char *[]){ (char *) text, NULL });
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));
  g_autoptr(GString) titles = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL && cell->message == NULL; i++)
    {
      g_auto(CptImportTarget) target = { 0 };

      if (*g_strstrip (names[i]) == '\0')
        continue;
      if (!find_target (run, slot, names[i], &target, error))
        return FALSE;
      cpt_import_links_settle (run->links, slot, cpt_page_get_value (run->page, cell->row, cell->column), &target);
      cell->message = g_steal_pointer (&target.message);
      g_array_append_val (ids, target.id);
      g_string_append_printf (titles, "%s%s", titles->len > 0 ? ", " : "", target.title != NULL ? target.title : names[i]);
    }

  if (is_many && ids->len > 0)
    cpt_value_set_ids (&cell->value, (const CptUuid *) (gpointer) ids->data, ids->len);
  else if (ids->len > 0)
    cpt_value_set_id (&cell->value, &g_array_index (ids, CptUuid, 0));
  cell->after = g_strdup (titles->str);

  return TRUE;
}

static gboolean
read_value (Run            *run,
            CptImportSlot  *slot,
            const char     *text,
            CptPasteCell   *cell,
            GError        **error)
{
  if (slot->field->target != NULL)
    return read_links (run, slot, text, cell, error);

  if (cpt_import_slot_convert (slot, text, run->notes, &cell->value, &cell->message) &&
      cpt_field_normalise (slot->field, &cell->value, &cell->message))
    cell->after = cpt_field_format_local (slot->field, &cell->value, slot->options.zone);

  return TRUE;
}

/* @texts: of the row, as they were given */
static gboolean
choose_pipeline (Run                   *run,
                 const CptPasteTarget  *target,
                 guint                  row,
                 const char *const     *texts,
                 GError               **error)
{
  const CptValue *own;

  run->stages_of = (CptUuid){ 0 };
  run->is_moved = FALSE;
  if (run->pipeline == G_MAXUINT)
    return TRUE;

  own = cpt_page_get_value (run->page, row, run->pipeline);
  if (own->type == CPT_VALUE_ID)
    run->stages_of = own->id;
  for (guint i = 0; i < run->slots->len && texts[i] != NULL; i++)
    {
      CptImportSlot *slot = &g_array_index (run->slots, CptImportSlot, i);
      g_autoptr(CptPasteCell) cell = NULL;
      g_autofree char *copy = NULL;

      if (!g_str_equal (slot->field->name, "pipeline") || g_ptr_array_index (target->reasons, i) != NULL)
        continue;
      cell = g_new0 (CptPasteCell, 1);
      copy = g_strdup (texts[i]);
      if (!read_value (run, slot, cpt_import_trim (copy), cell, error))
        return FALSE;
      if (cell->message != NULL || cpt_value_is_null (&cell->value))
        continue;
      run->is_moved = !cpt_value_equal (&cell->value, own);
      run->stages_of = cell->value.id;
    }

  return TRUE;
}

static gboolean
read_cell (Run         *run,
           guint        row,
           guint        column,
           const char  *given,
           const char  *reason,
           GError     **error)
{
  CptPaste *paste = run->paste;
  CptImportSlot *slot = &g_array_index (run->slots, CptImportSlot, column);
  g_autoptr(CptPasteCell) cell = g_new0 (CptPasteCell, 1);
  g_autofree char *copy = g_strdup (given);
  const char *text = cpt_import_trim (copy);

  cell->row = row;
  cell->column = column;
  cell->before = cpt_page_dup_text (run->page, row, column, slot->options.zone);
  if (reason != NULL && strcmp (text, cell->before) != 0)
    cell->message = g_strdup (reason);
  else if (reason == NULL && !read_value (run, slot, text, cell, error))
    return FALSE;
  if (reason == NULL && cell->message == NULL && (slot->field->flags & CPT_FIELD_REQUIRED) != 0 &&
      cpt_value_is_null (&cell->value))
    cell->message = g_strdup (_("This can’t be empty."));

  if (cell->message == NULL &&
      (reason != NULL || (!(run->is_moved && is_stage (run, slot)) &&
                          cpt_value_equal (&cell->value, cpt_page_get_value (run->page, row, column)))))
    {
      paste->n_same++;
      return TRUE;
    }

  if (cell->message != NULL)
    {
      g_free (cell->after);
      cell->after = g_strdup (text);
      paste->n_refused++;
    }
  g_ptr_array_add (paste->cells, g_steal_pointer (&cell));

  return TRUE;
}

static CptPaste *
paste_new (const CptPasteTarget *target)
{
  CptPaste *self = g_new0 (CptPaste, 1);

  self->schema = cpt_schema_ref (target->schema);
  self->entity = target->entity;
  self->ids = g_array_new (FALSE, TRUE, sizeof (CptUuid));
  self->titles = g_ptr_array_new_with_free_func (g_free);
  self->fields = g_ptr_array_ref (target->fields);
  self->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) paste_cell_free);

  return self;
}

CptPaste *
cpt_paste_read (CptDatabase           *database,
                const CptPasteTarget  *target,
                GPtrArray             *block,
                GError               **error)
{
  g_autoptr(CptPaste) self = paste_new (target);
  g_auto(Run) run = { 0 };

  g_return_val_if_fail (target->rows->len > 0 && block->len > 0, NULL);

  run_init (&run, database, self, &target->options);
  if (!load_page (&run, target->rows, error))
    return NULL;

  for (guint row = 0; row < target->rows->len && (row < block->len || block->len == 1); row++)
    {
      const char *const *texts = g_ptr_array_index (block, block->len == 1 ? 0 : row);

      g_array_append_val (self->ids, *cpt_page_get_id (run.page, row));
      g_ptr_array_add (self->titles, cpt_page_dup_text (run.page, row, target->fields->len, NULL));
      if (!choose_pipeline (&run, target, row, texts, error))
        return NULL;
      for (guint i = 0; cpt_page_has_row (run.page, row) && i < target->fields->len && texts[i] != NULL; i++)
        if (!read_cell (&run, row, i, texts[i], g_ptr_array_index (target->reasons, i), error))
          return NULL;
    }

  return g_steal_pointer (&self);
}

/* -------------------------------------------------------------------- storing */

char *
cpt_paste_dup_label (CptPaste *self)
{
  guint n_cells = self->cells->len - self->n_refused;
  g_autofree char *number = cpt_decimal_format_local (n_cells, 0, 0);

  /* Translators: what can be undone: a number of cells of a list, then a kind of record in the plural */
  return g_strdup_printf (ngettext ("Paste %s cell into %s", "Paste %s cells into %s", n_cells), number,
                          cpt_entity_get_label_plural (self->entity));
}

CptTransaction *
cpt_paste_create_transaction (CptPaste *self,
                              GArray   *indexes)
{
  g_autofree char *label = cpt_paste_dup_label (self);
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, label);

  for (guint i = 0; i < self->cells->len; i++)
    {
      const CptPasteCell *cell = g_ptr_array_index (self->cells, i);

      if (cell->message != NULL)
        continue;
      cpt_transaction_set (transaction, self->entity, &g_array_index (self->ids, CptUuid, cell->row),
                           g_ptr_array_index (self->fields, cell->column), &cell->value);
      g_array_append_val (indexes, i);
    }

  return transaction;
}

void
cpt_paste_refuse (CptPaste   *self,
                  guint       cell,
                  const char *message)
{
  CptPasteCell *refused = g_ptr_array_index (self->cells, cell);

  if (refused->message == NULL)
    self->n_refused++;
  g_free (refused->message);
  refused->message = g_strdup (message);
}
