/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Gives the actions of the application and of its windows their keys */
void cpt_shortcuts_install (GtkApplication *application);
/* A window that lists all keys, also those of lists and of the board */
void cpt_shortcuts_present (GtkWindow *parent);

G_END_DECLS
