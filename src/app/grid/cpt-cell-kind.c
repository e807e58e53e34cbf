/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How every kind of field looks in a list: the table that makes a forgotten
 * kind a compile error. */
#include "config.h"
#include "cpt-cell-kind.h"

typedef void (*FillFunc) (CptGridCell *cell,
                          const CptField *field,
                          const CptValue *value);

static void
fill_check (CptGridCell    *cell,
            const CptField *field,
            const CptValue *value)
{
  cell->is_checked = value->type == CPT_VALUE_INTEGER && value->integer != 0;
}

static void
add_choice (CptGridCell    *cell,
            const CptField *field,
            const char     *name)
{
  const CptChoice *choice = cpt_field_find_choice (field, name);

  cpt_grid_cell_add_pill (cell, choice != NULL ? cpt_choice_get_label (choice) : name,
                          choice != NULL ? choice->colour : NULL);
}

static void
fill_choice (CptGridCell    *cell,
             const CptField *field,
             const CptValue *value)
{
  if (value->type == CPT_VALUE_TEXT)
    add_choice (cell, field, value->text);
}

static void
fill_choices (CptGridCell    *cell,
              const CptField *field,
              const CptValue *value)
{
  for (guint i = 0; value->type == CPT_VALUE_TEXTS && value->texts[i] != NULL; i++)
    add_choice (cell, field, value->texts[i]);
}

static void
fill_tags (CptGridCell    *cell,
           const CptField *field,
           const CptValue *value)
{
  for (guint i = 0; value->type == CPT_VALUE_TEXTS && value->texts[i] != NULL; i++)
    cpt_grid_cell_add_pill (cell, value->texts[i], NULL);
}

static const struct
{
  CptCellLook look;
  int width;
  gboolean is_sortable;
  FillFunc fill; /* (nullable): beside the text */
} kinds[] = {
  [CPT_FIELD_TEXT] = { CPT_CELL_TEXT, 190, TRUE, NULL },
  [CPT_FIELD_LONG_TEXT] = { CPT_CELL_DIM, 260, FALSE, NULL },
  [CPT_FIELD_INTEGER] = { CPT_CELL_NUMBER, 110, TRUE, NULL },
  [CPT_FIELD_DECIMAL] = { CPT_CELL_NUMBER, 110, TRUE, NULL },
  [CPT_FIELD_MONEY] = { CPT_CELL_NUMBER, 150, TRUE, NULL },
  [CPT_FIELD_PERCENT] = { CPT_CELL_NUMBER, 100, TRUE, NULL },
  [CPT_FIELD_BOOLEAN] = { CPT_CELL_CHECK, 80, TRUE, fill_check },
  [CPT_FIELD_DATE] = { CPT_CELL_TEXT, 110, TRUE, NULL },
  [CPT_FIELD_DATETIME] = { CPT_CELL_TEXT, 150, TRUE, NULL },
  [CPT_FIELD_DURATION] = { CPT_CELL_NUMBER, 100, TRUE, NULL },
  [CPT_FIELD_CHOICE] = { CPT_CELL_PILLS, 130, TRUE, fill_choice },
  [CPT_FIELD_MULTI_CHOICE] = { CPT_CELL_PILLS, 180, FALSE, fill_choices },
  [CPT_FIELD_TAGS] = { CPT_CELL_PILLS, 180, FALSE, fill_tags },
  [CPT_FIELD_LINK] = { CPT_CELL_TEXT, 170, TRUE, NULL },
  [CPT_FIELD_LINKS] = { CPT_CELL_TEXT, 190, FALSE, NULL },
  [CPT_FIELD_EMAIL] = { CPT_CELL_TEXT, 200, TRUE, NULL },
  [CPT_FIELD_PHONE] = { CPT_CELL_TEXT, 140, TRUE, NULL },
  [CPT_FIELD_URL] = { CPT_CELL_TEXT, 180, TRUE, NULL },
  [CPT_FIELD_COUNTRY] = { CPT_CELL_TEXT, 120, TRUE, NULL },
  [CPT_FIELD_ADDRESS] = { CPT_CELL_TEXT, 220, FALSE, NULL },
  [CPT_FIELD_IDENTIFIER] = { CPT_CELL_TEXT, 140, TRUE, NULL },
  [CPT_FIELD_JSON] = { CPT_CELL_DIM, 180, FALSE, NULL },
  [CPT_FIELD_ATTACHMENT] = { CPT_CELL_TEXT, 160, FALSE, NULL },
  [CPT_FIELD_RECURRENCE] = { CPT_CELL_TEXT, 160, TRUE, NULL },
};

G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == CPT_N_FIELD_KINDS);

void
cpt_cell_kind_init_column (CptGridColumn *column,
                           const CptPath *path)
{
  const CptField *field = cpt_path_get_field (path);

  column->name = cpt_path_format (path);
  column->title = path->n_steps > 1 ? cpt_path_get_label (path) : g_strdup (cpt_field_get_label (field));
  column->look = kinds[field->kind].look;
  column->width = kinds[field->kind].width;
  column->is_sortable = kinds[field->kind].is_sortable;
}

void
cpt_cell_kind_fill (CptGridCell    *cell,
                    const CptField *field,
                    CptPage        *page,
                    guint           index,
                    guint           column,
                    GTimeZone      *zone)
{
  cell->text = cpt_page_dup_text (page, index, column, zone);
  if (kinds[field->kind].fill != NULL)
    kinds[field->kind].fill (cell, field, cpt_page_get_value (page, index, column));
}
