/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpt-dragged.h"

G_BEGIN_DECLS

#define CPT_TYPE_DRAGGED_CONTENT (cpt_dragged_content_get_type ())

G_DECLARE_FINAL_TYPE (CptDraggedContent, cpt_dragged_content, CPT, DRAGGED_CONTENT, GdkContentProvider)

/**
 * cpt_dragged_content_new:
 * @dragged: (transfer none): what is dragged
 *
 * The records for whoever they are dropped on: themselves for this program; for
 * others CSV (text/csv), for contacts vCards (text/vcard), their titles (text/plain)
 * and a file (text/uri-list, through the portal where there is one), which is
 * a vCard of contacts and CSV of anything else. Nothing is read before it is
 * asked for.
 *
 * Returns: (transfer full): a provider
 */
GdkContentProvider *cpt_dragged_content_new (CptDragged *dragged) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
