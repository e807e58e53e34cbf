/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with a whole list: records come from a file, and go into one. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-export-dialog.h"
#include "cpt-list-view-private.h"

/* ---------------------------------------------------------------- importing */

void
cpt_list_view_import (CptView *view)
{
  cpt_window_import (cpt_view_get_window (view), CPT_LIST_VIEW (view)->entity);
}

/* ---------------------------------------------------------------- exporting */

void
cpt_list_view_export (CptView *view)
{
  CptListView *self = CPT_LIST_VIEW (view);

  cpt_export_dialog_show (view, cpt_query_model_get_query (self->model), self->cancellable);
}
