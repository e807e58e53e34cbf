/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-store.h"

G_BEGIN_DECLS

typedef struct _CptWindow CptWindow;

#define CPT_TYPE_VIEW (cpt_view_get_type ())

G_DECLARE_DERIVABLE_TYPE (CptView, cpt_view, CPT, VIEW, GtkWidget)

/**
 * CptViewClass:
 * @changed: (nullable): a transaction was committed, by whomever. Called for
 *   views that are not on the screen too; reads again only what changed
 * @find: (nullable): Ctrl+F
 * @create: (nullable): Ctrl+N: a new record of what the view is about
 * @import: (nullable): Ctrl+I: the assistant for what the view is about; for
 *   anything when NULL
 * @export: (nullable): Ctrl+E: what the view shows, into a file
 * @leave: (nullable): before another view comes or the window closes; FALSE
 *   when the view has asked a question first: it calls cpt_window_back() later
 * @renew: (nullable): when the declarations changed: the floating view that takes
 *   its place; views without it go, with those that led to them
 * @show_saved: (nullable): shows what was saved under a name, as soon as it is
 *   known; what is no more changes nothing
 * @discard: (nullable): forgets what @leave could not store, so that it lets go
 *
 * One page of the window: a header bar and what is below it. A missing
 * function makes the window's action for it insensitive.
 */
struct _CptViewClass
{
  GtkWidgetClass parent_class;

  void     (*changed) (CptView      *self,
                       CptChangeSet *set);
  void     (*find)    (CptView *self);
  void     (*create)  (CptView *self);
  void     (*import)  (CptView *self);
  void     (*export)  (CptView *self);
  gboolean (*leave)   (CptView *self);
  CptView *(*renew)   (CptView *self);
  void     (*show_saved) (CptView       *self,
                          const CptUuid *id);
  void     (*discard) (CptView *self);

  gpointer padding[1];
};

/* Construct-only property of every view; it owns the view and outlives it */
CptWindow  *cpt_view_get_window       (CptView *self);
/* The window's store. A view lives no longer than it. */
CptStore   *cpt_view_get_store        (CptView *self);
const char *cpt_view_get_title        (CptView *self);
void        cpt_view_set_title        (CptView    *self,
                                       const char *title);
/* (nullable): below the title, where there is room */
void        cpt_view_set_subtitle     (CptView    *self,
                                       const char *subtitle);
/* What fills the view below the header bar */
void        cpt_view_set_child        (CptView   *self,
                                       GtkWidget *child);
/* In place of title and subtitle */
void        cpt_view_set_title_widget (CptView   *self,
                                       GtkWidget *widget);
void        cpt_view_pack_start       (CptView   *self,
                                       GtkWidget *widget);
void        cpt_view_pack_end         (CptView   *self,
                                       GtkWidget *widget);
/* For packing: opens @menu, which it takes. @label: for the tooltip and screen readers */
GtkWidget  *cpt_view_create_menu_button (const char *icon,
                                         const char *label,
                                         GMenuModel *menu);
/* Takes out again what was packed */
void        cpt_view_unpack           (CptView   *self,
                                       GtkWidget *widget);
/* Where the header bar says it already */
void        cpt_view_set_title_visible (CptView  *self,
                                        gboolean  visible);
/* Without it the view must have another way back to it */
void        cpt_view_set_header_visible (CptView  *self,
                                         gboolean  visible);
/* TRUE while the window shows one thing at a time: less than about 600 pixels.
 * Property "narrow"; notified, set by the window. */
gboolean    cpt_view_is_narrow        (CptView *self);
/**
 * cpt_view_ask_to_discard:
 * @heading: a question, translated
 * @body: what would be lost, and why it can't be stored
 *
 * Asks for what the view's `leave` could not store; when the person lets go of
 * it, the view's `discard` is called and the window goes back.
 */
void        cpt_view_ask_to_discard   (CptView    *self,
                                       const char *heading,
                                       const char *body);

/* For the window */
void        cpt_view_set_narrow       (CptView  *self,
                                       gboolean  narrow);
void        cpt_view_set_can_go_back  (CptView  *self,
                                       gboolean  can_go_back);
void        cpt_view_changed          (CptView      *self,
                                       CptChangeSet *set);
gboolean    cpt_view_leave            (CptView *self);
CptView    *cpt_view_renew            (CptView *self);
void        cpt_view_show_saved       (CptView       *self,
                                       const CptUuid *id);

G_END_DECLS
