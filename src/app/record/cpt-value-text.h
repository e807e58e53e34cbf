/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/* (nullable): what people read for @value, links by the titles of what they
 * point to, at most @max_chars characters; NULL when it is empty */
char *cpt_value_text_dup (CptDatabase    *database,
                          CptSchema      *schema,
                          const CptField *field,
                          const CptValue *value,
                          guint           max_chars);

G_END_DECLS
