/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef void (*CptOutboxDialogFunc) (JsonNode *request,
                                     gint64    row,
                                     gpointer  data);

/**
 * cpt_outbox_dialog_present:
 * @parent: a window
 * @row: of the outbox
 * @request: what is to be sent, as JSON
 * @edited: called with what it is instead, an object
 * @data: for @edited, which is not called when it is gone
 *
 * Lets a person change what is sent. What can't be read can't be sent, and says where.
 */
void cpt_outbox_dialog_present (GtkWindow           *parent,
                                gint64               row,
                                const char          *request,
                                CptOutboxDialogFunc  edited,
                                GObject             *data);

G_END_DECLS
