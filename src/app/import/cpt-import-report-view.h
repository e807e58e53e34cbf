/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-import.h"

G_BEGIN_DECLS

/* A page that tells what became of a file, or with @is_trial what would become of
 * it. Borrows nothing. Floating. */
GtkWidget *cpt_import_report_view_new (CptImportPlan         *plan,
                                       const CptImportReport *report,
                                       gboolean               is_trial);

G_END_DECLS
