/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-schema.h"

G_BEGIN_DECLS

/**
 * CptLinkOption:
 * @entity: the kind that has the field
 * @field: a link to the other kind
 * @is_ours: whether it is a field of what is dragged; otherwise one of what it
 *   is dropped on
 *
 * One way in which records can be linked.
 */
typedef struct
{
  const CptEntity *entity;
  const CptField  *field;
  gboolean         is_ours;
} CptLinkOption;

/* (transfer full) (element-type CptLinkOption): all ways to link @n_records of
 * @dragged with one @target that people may choose, in the order of the
 * declarations: fields of what is dragged first. One record of a kind can only
 * hold one of many. */
GArray *cpt_link_options_list      (const CptEntity *dragged,
                                    guint            n_records,
                                    const CptEntity *target) G_GNUC_WARN_UNUSED_RESULT;
/* For people: "Contact: Company" */
char   *cpt_link_option_dup_label  (const CptLinkOption *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
