/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/* Whether @field is one whose records ask for something before a record of
 * @entity leaves them: the stage of deals */
gboolean   cpt_stage_exit_applies      (const CptEntity *entity,
                                        const CptField  *field);

/* (transfer full) (element-type CptField): fields that @deal leaves empty and
 * that a stage asks for which it leaves on its way from @from to @to: that one
 * and those between. None where it does not go on: to an earlier stage, to
 * another pipeline, to one for what is lost, from one that is no more. The fields are those of @deal's
 * kind. %NULL with @error only. */
GPtrArray *cpt_stage_exit_find_missing (CptDatabase      *database,
                                        const CptRecord  *deal,
                                        const CptUuid    *from,
                                        const CptRecord  *to,
                                        GError          **error);

G_END_DECLS
