/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Side tables of sets: ENTITY__FIELD(value, row_id), an index over the members
 * of a column that holds a JSON array. */

#include "config.h"

#include "cpt-side-table-private.h"

#include "cpt-database-private.h"
#include "cpt-layout.h"

static gboolean
write_members (CptDatabase      *database,
               const CptEntity  *entity,
               const CptField   *field,
               gboolean          is_removal,
               const CptValue   *value,
               gint64            row,
               GError          **error)
{
  g_autoptr(CptStatement) statement = NULL;
  g_autofree char *sql = NULL;

  if (is_removal)
    sql = g_strdup_printf ("DELETE FROM \"%s__%s\" WHERE value = ? AND row_id = ?", entity->name, field->name);
  else
    sql = g_strdup_printf ("INSERT OR IGNORE INTO \"%s__%s\" (value, row_id) VALUES (?, ?)", entity->name, field->name);
  statement = cpt_database_prepare (database, sql, error);
  if (statement == NULL)
    return FALSE;

  for (guint i = 0; value->type == CPT_VALUE_TEXTS && value->texts[i] != NULL; i++)
    {
      cpt_statement_bind_static (statement, 1, value->texts[i]);
      cpt_statement_bind_int (statement, 2, row);
      if (!cpt_statement_run (statement, error))
        return FALSE;
    }
  for (guint i = 0; value->type == CPT_VALUE_IDS && i < value->ids.length; i++)
    {
      cpt_statement_bind_id (statement, 1, &value->ids.items[i]);
      cpt_statement_bind_int (statement, 2, row);
      if (!cpt_statement_run (statement, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
cpt_side_table_write (CptDatabase      *database,
                      const CptEntity  *entity,
                      const CptRecord  *before,
                      const CptRecord  *after,
                      gint64            row,
                      GError          **error)
{
  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];
      const CptValue *old = before == NULL ? NULL : &before->values[i];
      const CptValue *new = after == NULL ? NULL : &after->values[i];
      if (!cpt_layout_has_side_table (field) || (old != NULL && new != NULL &&cpt_value_equal (old, new)))
        continue;
      if (old != NULL && !cpt_value_is_null (old) && !write_members (database, entity, field, TRUE, old, row, error))
        return FALSE;
      if (new != NULL && !cpt_value_is_null (new) && !write_members (database, entity, field, FALSE, new, row, error))
        return FALSE;
    }

  return TRUE;
}
