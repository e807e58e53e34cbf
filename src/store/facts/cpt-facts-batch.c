/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of facts that are being gathered: texts have codes of the batch, which
 * become those of the file when it is stored. */

#include "config.h"

#include "cpt-facts-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-error.h"
#include "cpt-field-type.h"

#define FIRST_YEAR 1990
#define LAST_YEAR 2199

struct _CptFactsBatch
{
  CptSchema *schema; /* (owned) */
  CptFactsShape shape;
  CptFactsRows *rows;                     /* (owned) */
  GArray *days;                           /* (owned): of guint32 */
  GHashTable *codes[CPT_FACTS_MAX_CODES]; /* (owned): text -> its code here */
  GPtrArray *texts[CPT_FACTS_MAX_CODES];  /* (owned): by code; borrows but for the first, which is NULL */
  gint64 first_day;
  gint64 last_day;
};

CptFactsBatch *
cpt_facts_batch_new (CptSchema       *schema,
                     const CptEntity *entity)
{
  CptFactsBatch *self = g_new0 (CptFactsBatch, 1);

  self->schema = cpt_schema_ref (schema);
  cpt_facts_shape_init (&self->shape, entity);
  self->rows = cpt_facts_rows_new (&self->shape);
  self->days = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->first_day = cpt_date_from_ymd (FIRST_YEAR, 1, 1);
  self->last_day = cpt_date_from_ymd (LAST_YEAR, 12, 31);
  for (guint i = 0; i < self->shape.n_codes; i++)
    {
      self->codes[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      self->texts[i] = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (self->texts[i], NULL);
    }

  return self;
}

void
cpt_facts_batch_free (CptFactsBatch *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->shape.n_codes; i++)
    {
      g_hash_table_unref (self->codes[i]);
      g_ptr_array_unref (self->texts[i]);
    }
  g_array_unref (self->days);
  cpt_facts_rows_free (self->rows);
  cpt_schema_unref (self->schema);
  g_free (self);
}

guint
cpt_facts_batch_get_n_rows (CptFactsBatch *self)
{
  return self->rows->n_rows;
}

const CptFactsShape *
cpt_facts_batch_get_shape (CptFactsBatch *self)
{
  return &self->shape;
}

const guint32 *
cpt_facts_batch_get_days (CptFactsBatch *self)
{
  return (const guint32 *) (gpointer) self->days->data;
}

static guint32
reach_exact (CptFactsBatch *self,
             guint          place,
             const char    *text)
{
  guint code = GPOINTER_TO_UINT (g_hash_table_lookup (self->codes[place], text));

  if (code == 0)
    {
      code = self->texts[place]->len;
      g_ptr_array_add (self->texts[place], g_strdup (text));
      g_hash_table_insert (self->codes[place], g_strdup (text), GUINT_TO_POINTER (code));
    }

  return code;
}

/* In the form of its field, which is found once for each different text */
static gboolean
reach_code (CptFactsBatch  *self,
            guint           place,
            const char     *text,
            guint32        *code,
            GError        **error)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;
  g_autofree char *problem = NULL;

  *code = GPOINTER_TO_UINT (g_hash_table_lookup (self->codes[place], text));
  if (*code != 0)
    return TRUE;

  cpt_value_set_text (&value, text);
  if (place < self->shape.n_keys && !cpt_field_normalise (self->shape.code_fields[place], &value, &problem))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, C_("problem", "%s: %s"),
                   cpt_field_get_label (self->shape.code_fields[place]), problem);
      return FALSE;
    }
  if (cpt_value_is_null (&value))
    return TRUE;

  *code = reach_exact (self, place, value.text);
  if (strcmp (value.text, text) != 0)
    g_hash_table_insert (self->codes[place], g_strdup (text), GUINT_TO_POINTER (*code));

  return TRUE;
}

static gboolean
check_day (CptFactsBatch   *self,
           const CptValue  *day,
           GError         **error)
{
  if (day->type == CPT_VALUE_INTEGER && day->integer >= self->first_day && day->integer <= self->last_day)
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("“%s” must be a day between %d and %d."),
               cpt_field_get_label (self->shape.day), FIRST_YEAR, LAST_YEAR);

  return FALSE;
}

static gboolean
read_number (CptFactsBatch   *self,
             guint            place,
             const CptValue  *value,
             gint64          *number,
             GError         **error)
{
  *number = 0;
  if (value->type == CPT_VALUE_MONEY)
    *number = value->money.amount;
  else if (value->type == CPT_VALUE_INTEGER)
    *number = value->integer;
  if (*number >= -CPT_FACTS_MAX_NUMBER && *number <= CPT_FACTS_MAX_NUMBER)
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("“%s”: the number is too large for one day."),
               cpt_field_get_label (self->shape.number_fields[place]));

  return FALSE;
}

static gboolean
read_code (CptFactsBatch   *self,
           guint            place,
           const CptValue  *value,
           guint32         *code,
           GError         **error)
{
  *code = 0;
  if (value->type == CPT_VALUE_TEXT)
    return reach_code (self, place, value->text, code, error);

  return value->type != CPT_VALUE_MONEY || reach_code (self, place, value->money.currency, code, error);
}

gboolean
cpt_facts_batch_add (CptFactsBatch   *self,
                     const CptValue  *values,
                     GError         **error)
{
  const CptFactsShape *shape = &self->shape;
  guint32 codes[CPT_FACTS_MAX_CODES];
  gint64 numbers[CPT_FACTS_MAX_NUMBERS] = { 0 };
  guint32 day;
  guint row;

  if (self->rows->n_rows >= CPT_FACTS_MAX_PER_BATCH)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_LIMIT, _("No more than %d rows can be stored at once."), CPT_FACTS_MAX_PER_BATCH);
      return FALSE;
    }
  if (!check_day (self, &values[shape->day->index], error))
    return FALSE;
  for (guint i = 0; i + 1 < shape->n_numbers; i++)
    if (!read_number (self, i, &values[shape->number_fields[i]->index], &numbers[i], error))
      return FALSE;
  for (guint i = 0; i < shape->n_codes; i++)
    if (!read_code (self, i, &values[shape->code_fields[i]->index], &codes[i], error))
      return FALSE;

  numbers[shape->n_numbers - 1] = 1;
  day = (guint32) values[shape->day->index].integer;
  g_array_append_val (self->days, day);
  row = cpt_facts_rows_extend (self->rows, 1);
  for (guint i = 0; i < shape->n_codes; i++)
    self->rows->codes[i][row] = codes[i];
  for (guint i = 0; i < shape->n_numbers; i++)
    self->rows->numbers[i][row] = numbers[i];

  return TRUE;
}

static gboolean
encode_place (CptFactsBatch  *self,
              CptDatabase    *database,
              guint           place,
              guint32        *codes,
              GError        **error)
{
  g_autofree guint32 *known = g_new0 (guint32, self->texts[place]->len);
  const guint32 *own = self->rows->codes[place];

  for (guint i = 1; i < self->texts[place]->len; i++)
    if (!cpt_facts_code_reach (database, &self->shape, place, g_ptr_array_index (self->texts[place], i), &known[i], error))
      return FALSE;
  for (guint i = 0; i < self->rows->n_rows; i++)
    codes[i] = known[own[i]];

  return TRUE;
}

CptFactsRows *
cpt_facts_batch_encode (CptFactsBatch  *self,
                        CptDatabase    *database,
                        GError        **error)
{
  g_autoptr(CptFactsRows) rows = cpt_facts_rows_new (&self->shape);
  guint n_rows = self->rows->n_rows;

  if (n_rows == 0)
    return g_steal_pointer (&rows);

  cpt_facts_rows_extend (rows, n_rows);
  for (guint i = 0; i < self->shape.n_codes; i++)
    if (!encode_place (self, database, i, rows->codes[i], error))
      return NULL;
  for (guint i = 0; i < self->shape.n_numbers; i++)
    memcpy (rows->numbers[i], self->rows->numbers[i], n_rows * sizeof (gint64));

  return g_steal_pointer (&rows);
}
