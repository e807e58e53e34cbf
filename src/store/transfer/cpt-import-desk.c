/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The migration desk: recognises an export of another product by its heading
 * and makes the plan for it.
 *
 * An export is recognised when the columns it can't do without are there, the
 * weights of its own headings reach its threshold, and at least half of the
 * columns are known. Of exports of one product that of the expected kind is taken
 * if it fits nearly as well, else the one with the highest score; when two products fit about
 * as well nobody is taken, and the columns are asked about as of any file.
 *
 * Columns that are not declared go to the notes, line by line. */
#include "config.h"

#include "cpt-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-text.h"

/* What a known column counts, against a weight of one */
#define KNOWN_COUNTS 2
/* From which of their scores two products are alike */
#define ALIKE(score) ((score) *9 / 10)
/* From which of the best score the expected kind is taken */
#define WANTED(score) ((score) *3 / 4)
/* A custom field that is called as a column is meant for it */
#define CUSTOM_SCORE 95

const char *
cpt_import_export_get_id (const CptImportExport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

const char *
cpt_import_export_get_label (const CptImportExport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return _(self->label);
}

const char *
cpt_import_export_get_entity (const CptImportExport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->entity;
}

const CptImportExport *
cpt_import_export_find (const char *id)
{
  guint n_exports;
  const CptImportExport *exports = cpt_import_exports_get (&n_exports);

  for (guint i = 0; id != NULL && i < n_exports; i++)
    {
      if (g_str_equal (exports[i].id, id))
        return &exports[i];
    }

  return NULL;
}

const CptImportExport *
cpt_import_export_get_whole (const CptImportExport *self)
{
  guint n_exports;
  const CptImportExport *exports = cpt_import_exports_get (&n_exports);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < n_exports; i++)
    {
      if (g_strcmp0 (exports[i].first, self->id) == 0)
        return &exports[i];
    }

  return self;
}

char *
cpt_import_export_dup_ids (void)
{
  guint n_exports;
  const CptImportExport *exports = cpt_import_exports_get (&n_exports);
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < n_exports; i++)
    g_string_append_printf (ids, i > 0 ? ", %s" : "%s", exports[i].id);

  return g_string_free (ids, FALSE);
}

static const CptImportExportColumn *
find_declared (const CptImportExport *export,
               const char            *folded)
{
  for (const CptImportExportColumn *column = export->columns; column->headings != NULL; column++)
    {
      if (cpt_import_has_word (column->headings, folded))
        return column;
    }

  return NULL;
}

/* 0 when it is not this one. @folded: the headings of the file */
static guint
score_export (const CptImportExport *export,
              GPtrArray             *folded)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_direct_hash, g_direct_equal);
  guint n_known = 0;
  guint weight = 0;

  for (guint i = 0; i < folded->len; i++)
    {
      const CptImportExportColumn *column = find_declared (export, g_ptr_array_index (folded, i));

      if (column == NULL)
        continue;
      n_known++;
      if (g_hash_table_add (seen, (gpointer) column))
        weight += column->weight;
    }

  if (weight < export->threshold || n_known * 2 < folded->len)
    return 0;
  for (const CptImportExportColumn *column = export->columns; column->headings != NULL; column++)
    {
      if (column->is_needed && !g_hash_table_contains (seen, column))
        return 0;
    }

  return weight + n_known * KNOWN_COUNTS;
}

static const CptImportExport *
choose_export (char            **headers,
               const CptEntity  *expected)
{
  g_autoptr(GPtrArray) folded = g_ptr_array_new_with_free_func (g_free);
  guint n_exports;
  const CptImportExport *exports = cpt_import_exports_get (&n_exports);
  const CptImportExport *best = NULL;
  const CptImportExport *wanted = NULL;
  guint best_score = 0;
  guint wanted_score = 0;
  guint other_score = 0; /* of the best of another product */

  for (guint i = 0; headers[i] != NULL; i++)
    g_ptr_array_add (folded, cpt_import_fold_header (headers[i]));

  for (guint i = 0; i < n_exports; i++)
    {
      guint score = score_export (&exports[i], folded);
      gboolean is_expected = expected != NULL && g_str_equal (exports[i].entity, expected->name);

      if (score == 0)
        continue;
      if (is_expected && score > wanted_score)
        {
          wanted = &exports[i];
          wanted_score = score;
        }
      if (score > best_score)
        {
          if (best != NULL && !g_str_equal (best->product, exports[i].product))
            other_score = MAX (other_score, best_score);
          best = &exports[i];
          best_score = score;
        }
      else if (!g_str_equal (best->product, exports[i].product))
        {
          other_score = MAX (other_score, score);
        }
    }

  if (best == NULL || other_score >= ALIKE (best_score))
    return NULL;

  return wanted != NULL && g_str_equal (wanted->product, best->product) && wanted_score >= WANTED (best_score) ? wanted : best;
}

const CptImportExport *
cpt_import_recognise (const char              *path,
                      const CptEntity         *expected,
                      const CptImportReading  *reading,
                      GError                 **error)
{
  g_autoptr(CptImportSample) sample = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  sample = cpt_import_sample_read (path, reading, error);

  return sample != NULL && sample->has_header ? choose_export (sample->headers, expected) : NULL;
}

/* Mapping */

static const char *
find_custom (const CptEntity *entity,
             const char      *folded)
{
  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];

      if (field->is_custom && cpt_import_score_header (entity, field, folded, NULL) >= CUSTOM_SCORE)
        return field->name;
    }

  return NULL;
}

/* Columns that add to a field may be several; any other field has one column */
static gboolean
is_taken (GHashTable *taken,
          const char *field)
{
  if (g_str_has_suffix (field, ".more") || g_str_has_suffix (field, ".not"))
    return FALSE;

  return !g_hash_table_add (taken, (gpointer) field);
}

static void
map_column (CptImportPlan               *self,
            CptImportColumn             *column,
            const CptImportExportColumn *declared,
            const char                  *field)
{
  if (declared != NULL)
    {
      column->values = g_strdup (declared->values);
      column->skip = g_strdup (declared->skip);
    }
  cpt_import_plan_map (self, column, field, NULL);
}

/* What is declared first is taken first, wherever its column stands */
static void
map_declared (CptImportPlan *self,
              GPtrArray     *folded,
              GHashTable    *taken,
              gboolean      *is_known)
{
  for (const CptImportExportColumn *declared = self->origin->columns; declared->headings != NULL; declared++)
    {
      for (guint i = 0; i < folded->len; i++)
        {
          if (is_known[i] || !cpt_import_has_word (declared->headings, g_ptr_array_index (folded, i)))
            continue;
          is_known[i] = TRUE;
          if (declared->field == NULL || !is_taken (taken, declared->field))
            map_column (self, g_ptr_array_index (self->columns, i), declared, declared->field);
          /* "Note (privée)", "Note (publique)": what somebody wrote is never left out */
          else if (g_str_equal (declared->field, "notes"))
            map_column (self, g_ptr_array_index (self->columns, i), declared, "notes.more");
        }
    }
}

static void
map_others (CptImportPlan *self,
            GPtrArray     *folded,
            GHashTable    *taken,
            gboolean      *is_known)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const char *rest = cpt_entity_find_field (self->entity, "notes") != NULL ? "notes.more" : NULL;

  for (guint i = 0; i < folded->len; i++)
    {
      const char *name = g_ptr_array_index (folded, i);
      const char *field;

      if (!g_hash_table_add (seen, (gpointer) name) || is_known[i] || *name == '\0')
        continue;
      field = find_custom (self->entity, name);
      if (field == NULL || is_taken (taken, field))
        field = rest;
      map_column (self, g_ptr_array_index (self->columns, i), NULL, field);
    }
}

void
cpt_import_match_export (CptImportPlan *self)
{
  g_autoptr(GPtrArray) folded = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree gboolean *is_known = g_new0 (gboolean, self->columns->len);

  for (guint i = 0; i < self->columns->len; i++)
    g_ptr_array_add (folded, cpt_import_fold_header (((CptImportColumn *) g_ptr_array_index (self->columns, i))->header));
  map_declared (self, folded, taken, is_known);
  map_others (self, folded, taken, is_known);
}

/* Rows that are another plan's */

struct _CptImportSkips
{
  GArray *columns; /* (element-type Skip) */
};

typedef struct
{
  guint position;
  GHashTable *texts; /* (owned): folded */
} Skip;

static void
skip_clear (Skip *self)
{
  g_hash_table_unref (self->texts);
}

CptImportSkips *
cpt_import_skips_new (CptImportPlan *plan)
{
  CptImportSkips *self = g_new0 (CptImportSkips, 1);

  self->columns = g_array_new (FALSE, FALSE, sizeof (Skip));
  g_array_set_clear_func (self->columns, (GDestroyNotify) skip_clear);
  for (guint i = 0; i < plan->columns->len; i++)
    {
      const CptImportColumn *column = g_ptr_array_index (plan->columns, i);
      g_auto(GStrv) texts = column->skip != NULL ? g_strsplit (column->skip, "|", -1) : NULL;
      Skip skip = { .position = i };

      if (texts == NULL)
        continue;
      skip.texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint j = 0; texts[j] != NULL; j++)
        g_hash_table_add (skip.texts, cpt_text_fold (texts[j]));
      g_array_append_val (self->columns, skip);
    }

  return self;
}

void
cpt_import_skips_free (CptImportSkips *self)
{
  g_array_unref (self->columns);
  g_free (self);
}

gboolean
cpt_import_skips_match (CptImportSkips *self,
                        CptImportBatch *batch,
                        CptImportRow   *row)
{
  const char *text = batch->text->str + row->text;
  guint next = 0;

  for (guint i = 0; i < row->n_cells && next < self->columns->len; i++, text += strlen (text) + 1)
    {
      const Skip *skip = &g_array_index (self->columns, Skip, next);
      g_autofree char *cell = NULL;
      g_autofree char *folded = NULL;

      if (skip->position != i)
        continue;
      next++;
      cell = g_strdup (text);
      folded = cpt_text_fold (cpt_import_trim (cell));
      if (g_hash_table_contains (skip->texts, folded))
        return TRUE;
    }

  return FALSE;
}
