/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Arithmetic over measures. A formula is read once into steps in the order in
 * which they are worked out: operands first, then what is done with them. As
 * many steps as fit the text: a step takes at least one byte of it. */

#include "config.h"

#include "cpt-formula-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cpt-error.h"
#include "cpt-text.h"

typedef enum
{
  STEP_NUMBER,
  STEP_MEASURE,
  STEP_NEGATE,
  STEP_ADD,
  STEP_SUBTRACT,
  STEP_MULTIPLY,
  STEP_DIVIDE,
} StepKind;

typedef struct
{
  StepKind kind;
  guint measure;
  double number;
} Step;

struct _CptFormula
{
  char *text;
  GArray *steps; /* of Step */
};

typedef struct
{
  CptFormula *formula;
  const char *at;
  guint depth;
  CptFormulaFindFunc find;
  gpointer data;
  GError **error;
} Reader;

static gboolean read_sum (Reader *self);

static void
skip_blanks (Reader *self)
{
  self->at += strspn (self->at, " \t\n");
}

static void
add_step (Reader   *self,
          StepKind  kind,
          guint     measure,
          double    number)
{
  const Step step = { .kind = kind, .measure = measure, .number = number };

  g_array_append_val (self->formula->steps, step);
}

static gboolean
refuse_rest (Reader *self)
{
  g_autofree char *clean = cpt_text_clean (self->at, FALSE);
  g_autofree char *rest = cpt_text_shorten (clean, 40);

  if (*rest != '\0')
    g_set_error (self->error, CPT_ERROR, CPT_ERROR_PARSE, _("The formula can’t be read from “%s” on"), rest);
  else
    g_set_error_literal (self->error, CPT_ERROR, CPT_ERROR_PARSE, _("The formula ends too early"));

  return FALSE;
}

static gboolean
read_number (Reader *self)
{
  gsize length = strspn (self->at, "0123456789.");
  g_autofree char *text = g_strndup (self->at, length);
  char *end;
  double number = g_ascii_strtod (text, &end);

  if (*end != '\0')
    return refuse_rest (self);

  add_step (self, STEP_NUMBER, 0, number);
  self->at += length;

  return TRUE;
}

static gboolean
read_name (Reader *self)
{
  gsize length = strspn (self->at, "abcdefghijklmnopqrstuvwxyz0123456789_");
  g_autofree char *name = g_strndup (self->at, length);
  int measure = self->find (name, self->data);

  if (measure < 0)
    {
      g_set_error (self->error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("The formula names “%s”, which is no measure"), name);
      return FALSE;
    }

  add_step (self, STEP_MEASURE, (guint) measure, 0);
  self->at += length;

  return TRUE;
}

static gboolean
read_brackets (Reader *self)
{
  self->at++;
  if (!read_sum (self))
    return FALSE;
  if (*self->at != ')')
    return refuse_rest (self);
  self->at++;

  return TRUE;
}

static gboolean
read_operand (Reader *self)
{
  gboolean is_done;

  skip_blanks (self);
  if (++self->depth > CPT_FORMULA_MAX_DEPTH)
    {
      g_set_error_literal (self->error, CPT_ERROR, CPT_ERROR_LIMIT, _("The formula is too deep"));
      return FALSE;
    }

  if (*self->at == '(')
    is_done = read_brackets (self);
  else if (*self->at == '-')
    {
      self->at++;
      is_done = read_operand (self);
      add_step (self, STEP_NEGATE, 0, 0);
    }
  else if (g_ascii_isdigit (*self->at) || *self->at == '.')
    is_done = read_number (self);
  else if (g_ascii_islower (*self->at) || *self->at == '_')
    is_done = read_name (self);
  else
    is_done = refuse_rest (self);
  self->depth--;
  skip_blanks (self);

  return is_done;
}

static gboolean
read_product (Reader *self)
{
  if (!read_operand (self))
    return FALSE;

  while (*self->at == '*' || *self->at == '/')
    {
      StepKind kind = *self->at++ == '*' ? STEP_MULTIPLY : STEP_DIVIDE;

      if (!read_operand (self))
        return FALSE;
      add_step (self, kind, 0, 0);
    }

  return TRUE;
}

static gboolean
read_sum (Reader *self)
{
  if (!read_product (self))
    return FALSE;

  while (*self->at == '+' || *self->at == '-')
    {
      StepKind kind = *self->at++ == '+' ? STEP_ADD : STEP_SUBTRACT;

      if (!read_product (self))
        return FALSE;
      add_step (self, kind, 0, 0);
    }

  return TRUE;
}

CptFormula *
cpt_formula_parse (const char          *text,
                   CptFormulaFindFunc   find,
                   gpointer             data,
                   GError             **error)
{
  g_autoptr(CptFormula) self = g_new0 (CptFormula, 1);
  Reader reader = { .formula = self, .at = text, .find = find, .data = data, .error = error };

  self->text = g_strdup (text);
  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  if (strlen (text) > CPT_FORMULA_MAX_BYTES)
    {
      g_set_error_literal (error, CPT_ERROR, CPT_ERROR_LIMIT, _("The formula is too long"));
      return NULL;
    }
  if (!read_sum (&reader))
    return NULL;
  if (*reader.at != '\0')
    {
      refuse_rest (&reader);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
cpt_formula_free (CptFormula *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_array_unref (self->steps);
  g_free (self);
}

const char *
cpt_formula_get_text (const CptFormula *self)
{
  return self->text;
}

gboolean
cpt_formula_reads (const CptFormula *self,
                   guint             measure)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      const Step *step = &g_array_index (self->steps, Step, i);

      if (step->kind == STEP_MEASURE && step->measure == measure)
        return TRUE;
    }

  return FALSE;
}

static double
combine (StepKind kind,
         double   a,
         double   b)
{
  switch (kind)
    {
    case STEP_ADD:
      return a + b;
    case STEP_SUBTRACT:
      return a - b;
    case STEP_MULTIPLY:
      return a * b;
    case STEP_DIVIDE:
      return b == 0 ? NAN : a / b;
    case STEP_NUMBER:
    case STEP_MEASURE:
    case STEP_NEGATE:
    default:
      return NAN;
    }
}

double
cpt_formula_evaluate (const CptFormula *self,
                      const double     *values)
{
  g_autofree double *stack = g_new (double, self->steps->len + 1);
  guint n = 0;

  for (guint i = 0; i < self->steps->len; i++)
    {
      const Step *step = &g_array_index (self->steps, Step, i);

      if (step->kind == STEP_NUMBER)
        stack[n++] = step->number;
      else if (step->kind == STEP_MEASURE)
        stack[n++] = values[step->measure];
      else if (step->kind == STEP_NEGATE)
        stack[n - 1] = -stack[n - 1];
      else
        {
          stack[n - 2] = combine (step->kind, stack[n - 2], stack[n - 1]);
          n--;
        }
    }

  return n == 1 && isfinite (stack[0]) ? stack[0] : NAN;
}
