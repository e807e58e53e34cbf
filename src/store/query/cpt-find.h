/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/* Finding records by what people and files call them. */

/**
 * cpt_find_value:
 * @database: a connection
 * @entity: where to look
 * @field: a field of it
 * @value: normalised; not null
 * @id: (out): the record; the oldest of several; untouched when there is none
 * @n_found: (out): 0, 1, or 2 for several
 * @error: return location for an error
 *
 * Looks for live records with that value. Text is compared whatever its case
 * and accents. Reads about log2(records) rows when the field has an index.
 *
 * Returns: %FALSE when reading failed
 */
gboolean cpt_find_value      (CptDatabase      *database,
                              const CptEntity  *entity,
                              const CptField   *field,
                              const CptValue   *value,
                              CptUuid          *id,
                              guint            *n_found,
                              GError          **error);

/**
 * cpt_find_record:
 * @database: a connection
 * @entity: where to look
 * @text: an identifier, the beginning of one (at least four digits), a title,
 *   or the value of a field marked as key
 * @in_trash: whether to look in the trash (by identifier or title) and not among
 *   live records
 * @id: (out): the record
 * @error: %CPT_ERROR_NOT_FOUND, or %CPT_ERROR_CONFLICT when several are meant
 *
 * Finds the one record that a person means.
 *
 * Returns: %TRUE when there is exactly one
 */
gboolean cpt_find_record     (CptDatabase      *database,
                              const CptEntity  *entity,
                              const char       *text,
                              gboolean          in_trash,
                              CptUuid          *id,
                              GError          **error);

/* An identifier that a file gives to its records. Where a record that was taken
 * back holds it (its row stays, hidden, so that it can be redone), the next one
 * that is derived from it: the same for the same file. */
void     cpt_find_free_id    (CptDatabase     *database,
                              const CptEntity *entity,
                              CptUuid         *id);

typedef void (*CptFindTitleFunc) (const CptUuid *id,
                                  const char    *title,
                                  gpointer       user_data);

/* Calls @func for each title of @entity, oldest record first, at most @limit */
gboolean cpt_find_each_title (CptDatabase       *database,
                              const CptEntity   *entity,
                              guint              limit,
                              CptFindTitleFunc   func,
                              gpointer           user_data,
                              GError           **error);

G_END_DECLS
