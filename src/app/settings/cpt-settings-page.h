/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-order-list.h"
#include "cpt-settings-data.h"
#include "cpt-window.h"

G_BEGIN_DECLS

#define CPT_TYPE_SETTINGS_PAGE (cpt_settings_page_get_type ())

G_DECLARE_DERIVABLE_TYPE (CptSettingsPage, cpt_settings_page, CPT, SETTINGS_PAGE, AdwBin)

/**
 * CptSettingsPageClass:
 * @source: the kinds of records that it shows, static
 * @show: builds the page from what was read; what was there before is gone
 *
 * One page of the settings: groups of rows below each other, made anew when one
 * of its records changed. The row that has the keyboard keeps it.
 */
struct _CptSettingsPageClass
{
  AdwBinClass parent_class;

  const CptSettingsSource *source;
  void                   (*show) (CptSettingsPage *self);

  gpointer padding[4];
};

/* (nullable): the window, while it is there with a workspace */
CptWindow             *cpt_settings_page_get_window (CptSettingsPage *self);
void                   cpt_settings_page_set_window (CptSettingsPage *self,
                                                     CptWindow       *window);
/* (nullable): what is shown */
const CptSettingsData *cpt_settings_page_get_data   (CptSettingsPage *self);
/* Whether anything can be changed */
gboolean               cpt_settings_page_is_writable (CptSettingsPage *self);
GCancellable          *cpt_settings_page_get_cancellable (CptSettingsPage *self);
void                   cpt_settings_page_read       (CptSettingsPage *self);
/* Takes @transaction: what the person did on the page. @toast as for
 * cpt_window_commit(). When it is refused she is told why, and sees again what
 * is stored. */
void                   cpt_settings_page_commit     (CptSettingsPage *self,
                                                     CptTransaction  *transaction,
                                                     const char      *toast);
/* Deletes what is shown with @key, if it is still there */
void                   cpt_settings_page_delete     (CptSettingsPage *self,
                                                     const char      *key,
                                                     const char      *toast);
/* A person turned @toggle, whose name is the key of a record: the field
 * "is_active" of it follows */
void                   cpt_settings_page_switch     (CptSettingsPage *self,
                                                     GtkSwitch       *toggle,
                                                     const char      *on,
                                                     const char      *off);
/* A switch for whether @record is in force; @switched is called with it and a
 * property, as by "notify::active", for cpt_settings_page_switch() */
GtkWidget             *cpt_settings_page_create_switch (CptSettingsPage *self,
                                                        const CptRecord *record,
                                                        GCallback        switched);
/* (transfer full) (nullable): with what new ones have at first; %NULL without a workspace */
CptRecord             *cpt_settings_page_create_record (CptSettingsPage *self,
                                                        const char      *entity);
void                   cpt_settings_page_changed    (CptSettingsPage *self,
                                                     CptChangeSet    *set);
/* A new page that takes the place of @other, with the keyboard and what can be
 * seen where they were */
void                   cpt_settings_page_take_over  (CptSettingsPage *self,
                                                     CptSettingsPage *other);
/* The row that has the keyboard once the page has been read: the one with @key */
void                   cpt_settings_page_want_focus (CptSettingsPage *self,
                                                     const char      *key);

/* For building: a heading with rows below; @description (nullable) */
GtkWidget             *cpt_settings_page_add_group  (CptSettingsPage *self,
                                                     const char      *title,
                                                     const char      *description);
/* Rows in @group; cpt_order_list_set_fixed() where they have no order */
CptOrderList          *cpt_settings_page_add_list   (CptSettingsPage *self,
                                                     GtkWidget       *group,
                                                     const char      *label);
/* A row that does something when it is activated, with nothing in it but words */
GtkWidget             *cpt_settings_page_create_row (const char *title,
                                                     const char *subtitle);
/* Rows of @list that are moved keep their order: it is stored in the field
 * "position" of their records */
void                   cpt_settings_page_keep_order (CptSettingsPage *self,
                                                     CptOrderList    *list);
/* The last row of @list: "Add a Stage"; not seen where nothing can be changed */
void                   cpt_settings_page_add_adding (CptSettingsPage *self,
                                                     CptOrderList    *list,
                                                     const char      *title,
                                                     GCallback        activated);

G_END_DECLS
