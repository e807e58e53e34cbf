/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_SETTINGS_DIALOG (cpt_settings_dialog_get_type ())

G_DECLARE_DERIVABLE_TYPE (CptSettingsDialog, cpt_settings_dialog, CPT, SETTINGS_DIALOG, AdwWindow)

/**
 * CptSettingsDialogClass:
 * @save: the person is done: calls cpt_settings_dialog_commit(), or closes, or
 *   says what is missing
 * @refused: (nullable): the store did not take it: shows why beside the fields;
 *   FALSE when that has no place here, and the window is to tell
 *
 * A dialogue of the settings: Cancel and Save above what is filled in, Escape
 * and Ctrl+Return.
 */
struct _CptSettingsDialogClass
{
  AdwWindowClass parent_class;

  void     (*save)    (CptSettingsDialog *self);
  gboolean (*refused) (CptSettingsDialog *self,
                       GPtrArray         *problems);

  gpointer padding[4];
};

/* (nullable): the window, while it is there with a workspace */
CptWindow *cpt_settings_dialog_get_window (CptSettingsDialog *self);
/* What it does instead of saving, with a mnemonic; before its content is set */
void       cpt_settings_dialog_set_verb   (CptSettingsDialog *self,
                                           const char        *verb);
/* Before it is presented: what is filled in, and (nullable) what stays below it */
void       cpt_settings_dialog_set_content (CptSettingsDialog *self,
                                            const char        *title,
                                            GtkWidget         *page,
                                            GtkWidget         *below);
/* On top of @window, in which the dialogue tells and commits */
void       cpt_settings_dialog_present    (CptSettingsDialog *self,
                                           CptWindow         *window,
                                           int                width,
                                           int                height);
/* Takes @transaction; closes when it is stored, or when there is nothing in it */
void       cpt_settings_dialog_commit     (CptSettingsDialog *self,
                                           CptTransaction    *transaction,
                                           const char        *toast);

/* Ctrl+Return anywhere in @dialog, a text of several lines too, does @action */
void       cpt_settings_dialog_add_confirm (GtkWidget  *dialog,
                                            const char *action);

/* For building: @box, which is scrolled, and no wider than is read well */
GtkWidget *cpt_settings_dialog_create_page    (GtkWidget *box);
/* A label for what is wrong; not seen while it says nothing */
GtkWidget *cpt_settings_dialog_create_message (void);
/* @text (nullable) */
void       cpt_settings_dialog_show_message   (GtkWidget  *message,
                                               const char *text);
/* A line to type in, the last of @group; @text (nullable). Enter saves. */
GtkWidget *cpt_settings_dialog_add_entry      (GtkWidget  *group,
                                               const char *title,
                                               const char *text);

G_END_DECLS
