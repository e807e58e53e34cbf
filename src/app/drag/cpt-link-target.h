/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-dragged.h"
#include "cpt-window.h"

G_BEGIN_DECLS

/**
 * CptLinkTarget:
 * @window: on the workspace of the record
 * @entity: its kind
 * @row: the record
 * @field: (nullable): only by this field of what is dragged
 * @widget: of a view; where the person is asked, when there are several ways to link
 * @area: in @widget: what it is asked about
 *
 * A record that others are dropped on. Borrows everything.
 */
typedef struct
{
  CptWindow       *window;
  const CptEntity *entity;
  gint64           row;
  const CptField  *field;
  GtkWidget       *widget;
  GdkRectangle     area;
} CptLinkTarget;

/* Whether there is a way to link them; what is dragged onto itself is not */
gboolean cpt_link_target_takes (const CptLinkTarget *self,
                                const CptDragged    *dragged);
/* Links them as one act that can be taken back; asks first which link is meant
 * when there are several */
void     cpt_link_target_drop  (const CptLinkTarget *self,
                                CptDragged          *dragged);

/* (transfer none): a target for records on @widget, which takes links only. Its
 * value is there while they are still over it. */
GtkDropTarget *cpt_link_target_add (GtkWidget *widget);
/* (nullable) (transfer none): what is over @target */
CptDragged    *cpt_link_target_get_dragged (GtkDropTarget *target);

G_END_DECLS
