/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * CptShortcut:
 * @group: (nullable): untranslated heading; the same as before when NULL
 * @label: untranslated
 * @action: (nullable): detailed name; NULL when what has the focus handles it
 * @accels: NULL-terminated
 *
 * A line of the table of keys.
 */
typedef struct
{
  const char *group;
  const char *label;
  const char *action;
  const char *accels[4];
} CptShortcut;

typedef void (*CptShortcutFunc) (const CptShortcut *shortcut,
                                 gpointer           user_data);

/* In the order of the window that lists them */
void cpt_shortcuts_foreach (CptShortcutFunc func,
                            gpointer        user_data);
/* Gives the actions of the application and of its windows their keys */
void cpt_shortcuts_install (GtkApplication *application);
/* A window that lists all keys, also those of lists and of the board */
void cpt_shortcuts_present (GtkWindow *parent);

G_END_DECLS
