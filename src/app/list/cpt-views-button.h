/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cpt-window.h"

G_BEGIN_DECLS

/**
 * CptViewsForm:
 * @form: as what the view shows records: "list", "board" or "calendar"
 * @state: what the keys of the state file begin with that say which one is shown
 * @describe: adds what the view shows now to the definition of a saved view
 * @show: shows what a definition says; @definition (nullable): the standard
 *   when %NULL. Without @with_layout only which records: how they are shown has
 *   been remembered as it was left
 *
 * What views do with saved views. Constant.
 */
typedef struct
{
  const char *form;
  const char *state;
  void (*describe) (CptView    *view,
                    JsonObject *definition);
  void (*show)     (CptView    *view,
                    JsonObject *definition,
                    gboolean    with_layout);
} CptViewsForm;

#define CPT_TYPE_VIEWS_BUTTON (cpt_views_button_get_type ())

G_DECLARE_FINAL_TYPE (CptViewsButton, cpt_views_button, CPT, VIEWS_BUTTON, GtkWidget)

/* A button in the header of @view with the saved views of @entity: they are
 * shown, saved, renamed and deleted from here. One of another form is opened
 * in that form. @view must be above the button; @form is borrowed. */
GtkWidget *cpt_views_button_new  (CptView            *view,
                                  CptSchema          *schema,
                                  const CptEntity    *entity,
                                  const CptViewsForm *form);
/* Saved views may have changed */
void       cpt_views_button_read (CptViewsButton *self);
/* Shows one, as soon as they are read. One that is no more changes nothing. */
void       cpt_views_button_show (CptViewsButton *self,
                                  const CptUuid  *id);

G_END_DECLS
