/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-application.h"

G_BEGIN_DECLS

#define CPT_TYPE_SEARCH_PROVIDER (cpt_search_provider_get_type ())

G_DECLARE_FINAL_TYPE (CptSearchProvider, cpt_search_provider, CPT, SEARCH_PROVIDER, GObject)

/**
 * CptSearchProvider:
 *
 * Records in the overview of GNOME Shell: org.gnome.Shell.SearchProvider2 on
 * the workspace that was open last, whether a window has it open or not. What
 * can't be read gives no results, and nobody is told.
 */
CptSearchProvider *cpt_search_provider_new      (CptApplication *application) G_GNUC_WARN_UNUSED_RESULT;
/* @path: of the object; FALSE when it is taken */
gboolean           cpt_search_provider_export   (CptSearchProvider  *self,
                                                 GDBusConnection    *connection,
                                                 const char         *path,
                                                 GError            **error);
void               cpt_search_provider_unexport (CptSearchProvider *self);

G_END_DECLS
