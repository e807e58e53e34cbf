/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding records by what people and files call them. Text is found whatever
 * its case and accents: the collation of text orders folded text first, so all
 * spellings stand together in the index, from the one in capital letters on,
 * whose bytes are the least. Identifiers are found by a range of the index. */
#include "config.h"

#include "cpt-find.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-database-private.h"
#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-imagined-private.h"
#include "cpt-layout.h"
#include "cpt-statement.h"
#include "cpt-text.h"

/* Digits that the beginning of an identifier must have */
#define MIN_PREFIX 4
/* Identifiers that were given and taken back, one after the other */
#define MAX_HELD 10000

static gboolean
is_plain_text (const CptField *field)
{
  return !field->is_custom && cpt_field_kind_is_text (field->kind);
}

typedef struct
{
  const CptEntity *entity;
  const CptField *field;
  const char *text;
  CptUuid least; /* of a range of identifiers */
  CptUuid most;
  gboolean in_trash;
  CptUuid *id;
  guint n_found;
} Search;

static gboolean
find_text (CptDatabase  *database,
           gpointer      data,
           GError      **error)
{
  Search *self = data;
  const char *column = self->field->name;
  g_autofree char *folded = cpt_text_fold (self->text);
  g_autofree char *least = g_ascii_strup (folded, -1);
  g_autoptr(GString) sql = g_string_new (NULL);
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  g_string_append_printf (sql, "SELECT id, %s FROM %s WHERE %s >= ?", column, self->entity->name, column);
  cpt_layout_append_visible (sql, database, self->entity, NULL);
  g_string_append_printf (sql, " ORDER BY %s, row_id LIMIT 2", column);
  statement = cpt_database_prepare (database, sql->str, error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_text (statement, 1, least);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      g_autofree char *found = cpt_text_fold (cpt_statement_get_text (statement, 1));

      if (!g_str_equal (found, folded))
        return TRUE;
      if (self->n_found++ == 0)
        cpt_statement_get_id (statement, 0, self->id);
    }

  return step != CPT_STEP_ERROR;
}

static gboolean
find_stored (CptDatabase      *database,
             const CptEntity  *entity,
             const CptField   *field,
             const CptValue   *value,
             CptUuid          *id,
             guint            *n_found,
             GError          **error)
{
  g_autoptr(GError) find_error = NULL;
  CptUuid found;

  *n_found = 0;
  if (is_plain_text (field))
    {
      Search self = { .entity = entity, .field = field, .text = value->text, .id = id };

      if (!cpt_database_snapshot (database, find_text, &self, error))
        return FALSE;
      *n_found = self.n_found;
      return TRUE;
    }

  if (cpt_database_find (database, entity, field, value, FALSE, &found, &find_error))
    {
      *id = found;
      *n_found = 1;
    }
  else if (g_error_matches (find_error, CPT_ERROR, CPT_ERROR_CONFLICT))
    {
      *n_found = 2;
    }
  else if (find_error != NULL && !g_error_matches (find_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&find_error));
      return FALSE;
    }

  return TRUE;
}

gboolean
cpt_find_value (CptDatabase      *database,
                const CptEntity  *entity,
                const CptField   *field,
                const CptValue   *value,
                CptUuid          *id,
                guint            *n_found,
                GError          **error)
{
  CptUuid found = { 0 };

  g_return_val_if_fail (database != NULL && entity != NULL && field != NULL, FALSE);
  g_return_val_if_fail (!cpt_value_is_null (value), FALSE);

  if (!find_stored (database, entity, field, value, &found, n_found, error) ||
      (database->imagined != NULL &&
       !cpt_imagined_find (database, entity, field, value, &found, n_found, error)))
    return FALSE;

  if (*n_found > 0)
    *id = found;

  return TRUE;
}

/* "0193-4f" begins every identifier from 01934f00-... to 01934fff-... */
static gboolean
parse_prefix (const char *text,
              CptUuid    *least,
              CptUuid    *most)
{
  guint n_digits = 0;

  memset (least, 0, sizeof *least);
  memset (most, 0xff, sizeof *most);
  for (const char *p = text; *p != '\0'; p++)
    {
      int digit = g_ascii_xdigit_value (*p);
      guint shift = n_digits % 2 == 0 ? 4 : 0;

      if (*p == '-')
        continue;
      if (digit < 0 || n_digits >= 32)
        return FALSE;
      least->bytes[n_digits / 2] |= (guint8) (digit << shift);
      most->bytes[n_digits / 2] &= (guint8) (digit << shift | (shift == 4 ? 0x0f : 0xf0));
      n_digits++;
    }

  return n_digits >= MIN_PREFIX;
}

static gboolean
find_range (CptDatabase  *database,
            gpointer      data,
            GError      **error)
{
  Search *self = data;
  g_autoptr(GString) sql = g_string_new (NULL);
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  if (self->in_trash)
    {
      g_string_append_printf (sql, "SELECT id FROM trash WHERE entity = %u AND id BETWEEN ? AND ? LIMIT 2",
                              self->entity->number);
    }
  else
    {
      g_string_append_printf (sql, "SELECT id FROM %s WHERE id BETWEEN ? AND ?", self->entity->name);
      cpt_layout_append_visible (sql, database, self->entity, NULL);
      g_string_append (sql, " LIMIT 2");
    }
  statement = cpt_database_prepare (database, sql->str, error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, &self->least);
  cpt_statement_bind_id (statement, 2, &self->most);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      cpt_statement_get_id (statement, 0, self->id);
      self->n_found++;
    }

  return step != CPT_STEP_ERROR;
}

static gboolean
find_by_keys (CptDatabase      *database,
              const CptEntity  *entity,
              const char       *text,
              CptUuid          *id,
              guint            *n_found,
              GError          **error)
{
  const CptField *title = cpt_entity_get_title_field (entity);
  CptParseOptions options = { .country = cpt_database_get_country (database) };

  for (guint i = 0; i <= entity->n_fields && *n_found == 0; i++)
    {
      /* The title first, then the keys in their order */
      const CptField *field = i == 0 ? title : entity->fields[i - 1];
      g_auto(CptValue) value = CPT_VALUE_INIT;
      g_autofree char *message = NULL;

      if (field == NULL || (i > 0 && (field == title || (field->flags & CPT_FIELD_KEY) == 0)))
        continue;
      if (!cpt_field_parse (field, text, &options, &value, NULL) ||
          !cpt_field_normalise (field, &value, &message) || cpt_value_is_null (&value))
        continue;
      if (!cpt_find_value (database, entity, field, &value, id, n_found, error))
        return FALSE;
    }

  return TRUE;
}

/* What was deleted has no index: it is looked through, when nothing else is found. */
static gboolean
find_trashed_title (CptDatabase  *database,
                    gpointer      data,
                    GError      **error)
{
  Search *self = data;
  g_autofree char *path = g_strdup_printf ("$.\"%s\"", self->entity->title);
  g_autoptr(CptStatement) statement =
    cpt_database_prepare (database,
                          "SELECT id FROM trash WHERE entity = ? AND cpt_fold (json_extract (body, ?)) = cpt_fold (?) LIMIT 2",
                          error);
  CptStep step;

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, self->entity->number);
  cpt_statement_bind_text (statement, 2, path);
  cpt_statement_bind_text (statement, 3, self->text);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      cpt_statement_get_id (statement, 0, self->id);
      self->n_found++;
    }

  return step != CPT_STEP_ERROR;
}

gboolean
cpt_find_record (CptDatabase      *database,
                 const CptEntity  *entity,
                 const char       *text,
                 gboolean          in_trash,
                 CptUuid          *id,
                 GError          **error)
{
  Search self = { .entity = entity, .text = text, .in_trash = in_trash, .id = id };
  guint n_found;

  g_return_val_if_fail (database != NULL && entity != NULL && text != NULL && id != NULL, FALSE);

  if (parse_prefix (text, &self.least, &self.most) && !cpt_database_snapshot (database, find_range, &self, error))
    return FALSE;
  if (self.n_found == 0 && in_trash && !cpt_database_snapshot (database, find_trashed_title, &self, error))
    return FALSE;
  n_found = self.n_found;
  if (n_found == 0 && !in_trash && !find_by_keys (database, entity, text, id, &n_found, error))
    return FALSE;

  if (n_found == 0)
    g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND,
                 in_trash ? _("There is no %s “%s” in the trash.") : _("There is no %s “%s”."),
                 cpt_entity_get_label (entity), text);
  else if (n_found > 1)
    g_set_error (error, CPT_ERROR, CPT_ERROR_CONFLICT,
                 _("Several records of the kind %s match “%s”. Give the identifier."),
                 cpt_entity_get_label (entity), text);

  return n_found == 1;
}

static gboolean
is_held_hidden (CptDatabase     *database,
                const CptEntity *entity,
                const CptUuid   *id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT row_id FROM \"%s\" WHERE id = ?", entity->name);
  g_autoptr(CptStatement) statement = cpt_database_prepare (database, sql, NULL);

  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_id (statement, 1, id);

  return cpt_statement_step (statement, NULL) == CPT_STEP_ROW &&
         !cpt_layout_is_visible (database, entity, cpt_statement_get_int (statement, 0));
}

void
cpt_find_free_id (CptDatabase     *database,
                  const CptEntity *entity,
                  CptUuid         *id)
{
  const CptEntity *own = cpt_database_localise (database, entity);

  if (database->hidden->len == 0)
    return;

  for (guint i = 0; i < MAX_HELD && own != NULL && !cpt_uuid_is_nil (id) && is_held_hidden (database, own, id); i++)
    {
      g_autofree char *text = cpt_uuid_dup_text (id);
      g_autofree char *next = g_strdup_printf ("%s\nagain", text);

      cpt_uuid_derive (id, 0, next);
    }
}

typedef struct
{
  const CptEntity *entity;
  guint limit;
  CptFindTitleFunc func;
  gpointer user_data;
} Titles;

static gboolean
read_titles (CptDatabase  *database,
             gpointer      data,
             GError      **error)
{
  Titles *self = data;
  const char *title = self->entity->title;
  g_autoptr(GString) sql = g_string_new (NULL);
  g_autoptr(CptStatement) statement = NULL;
  CptStep step;

  g_string_append_printf (sql, "SELECT id, %s FROM %s WHERE %s IS NOT NULL", title, self->entity->name, title);
  cpt_layout_append_visible (sql, database, self->entity, NULL);
  g_string_append (sql, " ORDER BY row_id LIMIT ?");
  statement = cpt_database_prepare (database, sql->str, error);
  if (statement == NULL)
    return FALSE;

  cpt_statement_bind_int (statement, 1, self->limit);
  while ((step = cpt_statement_step (statement, error)) == CPT_STEP_ROW)
    {
      CptUuid id;

      cpt_statement_get_id (statement, 0, &id);
      self->func (&id, cpt_statement_get_text (statement, 1), self->user_data);
    }

  return step != CPT_STEP_ERROR;
}

gboolean
cpt_find_each_title (CptDatabase       *database,
                     const CptEntity   *entity,
                     guint              limit,
                     CptFindTitleFunc   func,
                     gpointer           user_data,
                     GError           **error)
{
  Titles self = { entity, limit, func, user_data };

  return cpt_database_snapshot (database, read_titles, &self, error) &&
         (database->imagined == NULL ||
          cpt_imagined_each_title (database, entity, limit, func, user_data, error));
}
