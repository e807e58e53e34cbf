/* SPDX-License-Identifier: GPL-3.0-or-later */

/* By what a list is divided into groups, and its text. */

#include "config.h"

#include "cpt-grouping.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"

static CptValueType
get_value_type (const CptField *field)
{
  return cpt_field_type_get (field->kind)->value_type;
}

gboolean
cpt_grouping_is_possible (const CptField *field)
{
  CptValueType type = get_value_type (field);

  /* What can't be asked for can't be a group either: its header stands for a condition. */
  return cpt_field_has_operator (field, CPT_OPERATOR_IS) || type == CPT_VALUE_TEXTS || type == CPT_VALUE_IDS;
}

gboolean
cpt_grouping_parse (CptSchema        *schema,
                    const CptEntity  *entity,
                    const char       *text,
                    CptGrouping      *grouping,
                    GError          **error)
{
  gboolean descending = *text == '-';
  g_auto(GStrv) parts = g_strsplit (text + (descending ? 1 : 0), ":", 2);
  CptGrouping parsed = { .descending = descending };
  const char *name = parts[0] != NULL ? parts[0] : "";
  const CptField *field;
  gboolean is_bucketable;

  if (!cpt_path_parse (schema, entity, name, &parsed.path, error))
    return FALSE;

  field = cpt_path_get_field (&parsed.path);
  is_bucketable = cpt_field_type_get (field->kind)->is_bucketable;
  if (!cpt_grouping_is_possible (field))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED, _("Records can’t be grouped by “%s”"), name);
      return FALSE;
    }

  if (is_bucketable)
    parsed.bucket = CPT_BUCKET_MONTH;
  if (parts[0] != NULL && parts[1] != NULL &&
      (!is_bucketable || !cpt_bucket_parse (parts[1], &parsed.bucket) || parsed.bucket == CPT_BUCKET_NONE))
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                   _("“%s” is not a group of days: use day, week, month, quarter or year, for dates and times"), parts[1]);
      return FALSE;
    }

  *grouping = parsed;

  return TRUE;
}

char *
cpt_grouping_format (const CptGrouping *self)
{
  g_autofree char *path = cpt_path_format (&self->path);
  gboolean has_bucket = self->bucket != CPT_BUCKET_NONE;

  return g_strconcat (self->descending ? "-" : "", path, has_bucket ? ":" : "",
                      has_bucket ? cpt_bucket_get_name (self->bucket) : "", NULL);
}

gboolean
cpt_grouping_equal (const CptGrouping *a,
                    const CptGrouping *b)
{
  g_autofree char *first = cpt_grouping_format (a);
  g_autofree char *second = cpt_grouping_format (b);

  return strcmp (first, second) == 0;
}

gboolean
cpt_grouping_is_set (const CptGrouping *self)
{
  CptValueType type = get_value_type (cpt_path_get_field (&self->path));

  return type == CPT_VALUE_TEXTS || type == CPT_VALUE_IDS;
}
