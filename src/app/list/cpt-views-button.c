/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The saved views of a place: a popover with their names and, below them, a form
 * that saves what is shown now. Which one is shown is remembered by the
 * workspace and the form, on this machine. */
#include "config.h"
#include "cpt-views-button.h"

#include <glib/gi18n-lib.h>

#include "cpt-json.h"
#include "cpt-saved-view.h"

#define STANDARD "standard" /* in the state: no saved view */

struct _CptViewsButton
{
  GtkWidget parent_instance;

  CptView *view;            /* borrowed: above the button */
  CptSchema *schema;        /* (owned) */
  const CptEntity *entity;  /* of @schema */
  const CptViewsForm *form; /* borrowed: constant */
  GCancellable *cancellable;
  GPtrArray *views; /* (nullable) (element-type CptSavedView): until they are read */
  char *wanted;     /* (nullable): identifier of the one to show once they are */

  GtkWidget *button; /* borrowed from GTK */
};

G_DEFINE_FINAL_TYPE (CptViewsButton, cpt_views_button, GTK_TYPE_WIDGET)

/* (nullable): borrowed */
static CptSavedView *
find_view (CptViewsButton *self,
           const char     *text)
{
  CptUuid id;

  if (text == NULL || self->views == NULL || !cpt_uuid_parse (text, &id))
    return NULL;

  for (guint i = 0; i < self->views->len; i++)
    {
      CptSavedView *view = g_ptr_array_index (self->views, i);

      if (cpt_uuid_equal (&view->id, &id))
        return view;
    }

  return NULL;
}

static char *
dup_state_key (CptViewsButton *self)
{
  return cpt_window_dup_workspace_key (cpt_view_get_window (self->view), self->form->state, self->entity->name);
}

/* (nullable): nobody has chosen */
static char *
dup_current (CptViewsButton *self)
{
  g_autofree char *key = dup_state_key (self);

  return cpt_window_dup_state (cpt_view_get_window (self->view), key);
}

static void
set_current (CptViewsButton     *self,
             const CptSavedView *view)
{
  g_autofree char *key = dup_state_key (self);
  g_autofree char *text = view != NULL ? cpt_uuid_dup_text (&view->id) : g_strdup (STANDARD);

  cpt_window_set_state (cpt_view_get_window (self->view), key, text);
}

static gboolean
has_my_form (CptViewsButton     *self,
             const CptSavedView *view)
{
  return g_str_equal (view->form, self->form->form);
}

/* The calendar of tasks is a place of its own. */
static gboolean
has_my_place (CptViewsButton     *self,
              const CptSavedView *view)
{
  return cpt_window_shares_place (cpt_view_get_window (self->view), self->entity->name, view->form, self->form->form);
}

static void
show (CptViewsButton     *self,
      const CptSavedView *view,
      gboolean            with_layout)
{
  g_autoptr(JsonNode) node = view != NULL ? cpt_json_parse (view->definition, -1, NULL) : NULL;
  gboolean is_known = node != NULL && JSON_NODE_HOLDS_OBJECT (node);

  self->form->show (self->view, is_known ? json_node_get_object (node) : NULL, with_layout);
}

/* ------------------------------------------------------------------ reading */

static gboolean
show_wanted (CptViewsButton *self)
{
  g_autofree char *wanted = g_steal_pointer (&self->wanted);
  const CptSavedView *view = find_view (self, wanted);

  if (view == NULL || !has_my_form (self, view))
    return FALSE;

  set_current (self, view);
  show (self, view, TRUE);

  return TRUE;
}

/* Where nobody has chosen anything yet */
static void
show_default (CptViewsButton *self)
{
  CptWindow *window = cpt_view_get_window (self->view);

  for (guint i = 0; i < self->views->len; i++)
    {
      const CptSavedView *view = g_ptr_array_index (self->views, i);

      if (!view->is_default || !has_my_place (self, view))
        continue;
      if (has_my_form (self, view))
        {
          set_current (self, view);
          show (self, view, TRUE);
        }
      else if (gtk_widget_get_mapped (GTK_WIDGET (self->view)) && !cpt_window_has_form (window, self->entity->name))
        {
          cpt_window_open_saved (window, self->entity->name, view->form, &view->id);
        }
      return;
    }
}

static void refill_popover (CptViewsButton *self,
                            GtkWidget *popover);

static void
views_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(CptViewsButton) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) views = cpt_saved_view_read_finish (CPT_STORE (source), result, &error);
  gboolean is_first = self->views == NULL;
  g_autofree char *current = NULL;
  const CptSavedView *shown;
  GtkPopover *popover;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (views == NULL)
    {
      cpt_window_show_error (cpt_view_get_window (self->view), error);
      return;
    }

  g_clear_pointer (&self->views, g_ptr_array_unref);
  self->views = g_steal_pointer (&views);
  popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (self->button));
  if (popover != NULL && gtk_widget_get_visible (GTK_WIDGET (popover)))
    refill_popover (self, GTK_WIDGET (popover));
  if (!is_first || show_wanted (self))
    return;

  current = dup_current (self);
  shown = find_view (self, current);
  if (shown != NULL && has_my_form (self, shown))
    show (self, shown, FALSE);
  else if (current == NULL)
    show_default (self);
}

void
cpt_views_button_read (CptViewsButton *self)
{
  g_return_if_fail (CPT_IS_VIEWS_BUTTON (self));

  cpt_saved_view_read_async (cpt_view_get_store (self->view), self->schema, self->entity, self->cancellable,
                             views_read_cb, g_object_ref (self));
}

void
cpt_views_button_show (CptViewsButton *self,
                       const CptUuid  *id)
{
  g_return_if_fail (CPT_IS_VIEWS_BUTTON (self));
  g_return_if_fail (id != NULL);

  g_free (self->wanted);
  self->wanted = cpt_uuid_dup_text (id);
  if (self->views != NULL)
    show_wanted (self);
}

/* ----------------------------------------------------------------- changing */

/* Only one of a place is the default */
static void
drop_other_defaults (CptViewsButton *self,
                     CptTransaction *transaction,
                     const CptUuid  *kept)
{
  for (guint i = 0; i < self->views->len; i++)
    {
      CptSavedView *view = g_ptr_array_index (self->views, i);

      if (view->is_default && has_my_place (self, view) && !cpt_uuid_equal (&view->id, kept))
        cpt_saved_view_drop_default (view, self->schema, transaction);
    }
}

static char *
describe (CptViewsButton *self,
          gboolean        as_default)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (node, object);
  if (!g_str_equal (self->form->form, "list"))
    json_object_set_string_member (object, "form", self->form->form);
  self->form->describe (self->view, object);
  if (as_default)
    json_object_set_boolean_member (object, "default", TRUE);

  return cpt_json_format (node);
}

/* @former (nullable): a new one when NULL */
static void
save_view (CptViewsButton     *self,
           const CptSavedView *former,
           const char         *name,
           gboolean            as_default,
           gboolean            as_shared)
{
  g_autofree char *toast = g_strdup_printf (_("View “%s” saved"), name);
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(CptSavedView) view = g_new0 (CptSavedView, 1);

  if (former != NULL)
    view->id = former->id;
  view->name = g_strdup (name);
  view->definition = describe (self, as_default);
  view->is_shared = as_shared;
  cpt_saved_view_save (view, cpt_view_get_store (self->view), self->schema, self->entity, transaction);
  if (as_default)
    drop_other_defaults (self, transaction, &view->id);
  set_current (self, view);
  cpt_window_commit (cpt_view_get_window (self->view), transaction, toast, NULL, NULL, NULL);
}

/* ------------------------------------------------------------------- popover */

static void
shown_cb (GtkButton      *button,
          CptViewsButton *self)
{
  const CptSavedView *view = find_view (self, gtk_widget_get_name (GTK_WIDGET (button)));

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  if (view != NULL && !has_my_form (self, view))
    {
      CptUuid id = view->id;
      g_autofree char *form = g_strdup (view->form);

      cpt_window_open_saved (cpt_view_get_window (self->view), self->entity->name, form, &id);
      return;
    }

  set_current (self, view);
  show (self, view, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static const char *
get_icon (const char *form)
{
  if (g_str_equal (form, "board"))
    return "cpt-board-symbolic";

  return g_str_equal (form, "calendar") ? "x-office-calendar-symbolic" : "view-list-symbolic";
}

static void
add_view (CptViewsButton *self,
          GtkWidget      *box,
          const char     *id,
          const char     *name,
          const char     *form,
          gboolean        is_current)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *tick = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_opacity (tick, is_current ? 1 : 0);
  gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name (get_icon (form)));
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), tick);
  gtk_button_set_child (GTK_BUTTON (button), line);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_name (button, id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (is_current)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _("shown now"), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (shown_cb), self, 0);
  gtk_box_append (GTK_BOX (box), button);
}

/* Below the views: a name, whether it is the default, whose it is, what to do */
typedef struct
{
  CptViewsButton *button; /* borrowed: the popover is inside it */
  GtkEditable *name;
  GtkCheckButton *as_default;
  GtkCheckButton *as_shared;
  char *id; /* (owned) (nullable): of the view shown now */
} SaveForm;

static void
save_form_free (gpointer  data,
                GClosure *closure)
{
  SaveForm *form = data;

  g_free (form->id);
  g_free (form);
}

/* A name that is taken means that view, where it has the same form. */
static void
save_cb (GtkWidget *widget,
         SaveForm  *form)
{
  CptViewsButton *self = form->button;
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (form->name)));
  gboolean as_default = gtk_check_button_get_active (form->as_default);
  gboolean as_shared = gtk_check_button_get_active (form->as_shared);
  const CptSavedView *same = NULL;

  if (name[0] == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (form->name));
      return;
    }

  for (guint i = 0; i < self->views->len && same == NULL; i++)
    {
      const CptSavedView *view = g_ptr_array_index (self->views, i);

      if (has_my_form (self, view) && g_utf8_collate (view->name, name) == 0)
        same = view;
    }
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  save_view (self, same, name, as_default, as_shared);
}

static void
rename_cb (GtkWidget *widget,
           SaveForm  *form)
{
  CptViewsButton *self = form->button;
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (form->name)));
  const CptEntity *entity = cpt_schema_find_entity (self->schema, "saved_view");
  const CptSavedView *view = find_view (self, form->id);
  g_auto(CptValue) text = CPT_VALUE_INIT;
  CptTransaction *transaction;

  if (name[0] == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (form->name));
  if (view == NULL || name[0] == '\0')
    return;

  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  cpt_value_set_text (&text, name);
  cpt_transaction_set (transaction, entity, &view->id, cpt_entity_find_field (entity, "name"), &text);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  cpt_window_commit (cpt_view_get_window (self->view), transaction, _("View renamed"), NULL, NULL, NULL);
}

static void
delete_cb (GtkWidget *widget,
           SaveForm  *form)
{
  CptViewsButton *self = form->button;
  const CptSavedView *view = find_view (self, form->id);
  g_autofree char *toast = NULL;
  CptTransaction *transaction;

  if (view == NULL)
    return;

  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  toast = g_strdup_printf (_("View “%s” deleted"), view->name);
  cpt_transaction_delete (transaction, cpt_schema_find_entity (self->schema, "saved_view"), &view->id);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  set_current (self, NULL);
  cpt_window_commit (cpt_view_get_window (self->view), transaction, toast, NULL, NULL, NULL);
}

static void
add_button (GtkWidget  *box,
            const char *label,
            SaveForm   *form,
            GCallback   callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect (button, "clicked", callback, form);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_box_append (GTK_BOX (box), button);
}

static GtkCheckButton *
add_check (GtkWidget  *box,
           const char *label,
           gboolean    is_active)
{
  GtkWidget *check = gtk_check_button_new_with_mnemonic (label);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_active);
  gtk_box_append (GTK_BOX (box), check);

  return GTK_CHECK_BUTTON (check);
}

static void
add_form (CptViewsButton     *self,
          GtkWidget          *content,
          const CptSavedView *current)
{
  SaveForm *form = g_new0 (SaveForm, 1);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_entry_new ();

  form->button = self;
  form->id = current != NULL ? cpt_uuid_dup_text (&current->id) : NULL;
  form->name = GTK_EDITABLE (name);
  g_object_set (name, "placeholder-text", _("Name of the view"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (name), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of the view"), -1);
  gtk_editable_set_text (form->name, current != NULL ? current->name : "");
  g_signal_connect_data (name, "activate", G_CALLBACK (save_cb), form, save_form_free, 0);

  gtk_box_append (GTK_BOX (content), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (content), name);
  form->as_default = add_check (content, _("_Open this place with it"), current != NULL && current->is_default);
  form->as_shared = add_check (content, _("S_hare it with everybody"), current != NULL && current->is_shared);
  add_button (buttons, _("_Save View"), form, G_CALLBACK (save_cb));
  if (current != NULL)
    {
      add_button (buttons, _("_Rename"), form, G_CALLBACK (rename_cb));
      add_button (buttons, _("_Delete"), form, G_CALLBACK (delete_cb));
    }
  gtk_box_append (GTK_BOX (content), buttons);
}

/* (nullable): the one that is shown now */
static const CptSavedView *
find_current (CptViewsButton *self)
{
  g_autofree char *text = dup_current (self);
  const CptSavedView *current = find_view (self, text);

  return current != NULL && has_my_form (self, current) ? current : NULL;
}

static GtkWidget *
create_views (CptViewsButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const CptSavedView *current = find_current (self);

  add_view (self, box, STANDARD, _("Standard"), self->form->form, current == NULL);
  for (guint i = 0; self->views != NULL && i < self->views->len; i++)
    {
      const CptSavedView *view = g_ptr_array_index (self->views, i);
      g_autofree char *id = cpt_uuid_dup_text (&view->id);

      add_view (self, box, id, view->name, view->form, view == current);
    }

  return box;
}

static void
fill_popover (CptViewsButton *self,
              GtkWidget      *popover)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), create_views (self));
  gtk_box_append (GTK_BOX (content), scroller);
  if (self->views != NULL && !cpt_store_is_read_only (cpt_view_get_store (self->view)))
    add_form (self, content, find_current (self));
  gtk_popover_set_child (GTK_POPOVER (popover), content);
}

/* While it is open: the form stays as it is, somebody may be filling it in. */
static void
refill_popover (CptViewsButton *self,
                GtkWidget      *popover)
{
  GtkWidget *scroller = gtk_widget_get_first_child (gtk_popover_get_child (GTK_POPOVER (popover)));

  if (gtk_widget_get_next_sibling (scroller) != NULL)
    gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), create_views (self));
  else
    fill_popover (self, popover);
}

static void
popup_cb (GtkMenuButton *button,
          gpointer       user_data)
{
  GtkWidget *popover = gtk_popover_new ();

  fill_popover (user_data, popover);
  gtk_menu_button_set_popover (button, popover);
}

/* -------------------------------------------------------------------- widget */

/* A reading holds the button, but not the view that it is for: it ends here. */
static void
cpt_views_button_unroot (GtkWidget *widget)
{
  g_cancellable_cancel (CPT_VIEWS_BUTTON (widget)->cancellable);
  GTK_WIDGET_CLASS (cpt_views_button_parent_class)->unroot (widget);
}

static void
cpt_views_button_dispose (GObject *object)
{
  CptViewsButton *self = CPT_VIEWS_BUTTON (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (cpt_views_button_parent_class)->dispose (object);
}

static void
cpt_views_button_finalize (GObject *object)
{
  CptViewsButton *self = CPT_VIEWS_BUTTON (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_views_button_parent_class)->finalize (object);
}

static void
cpt_views_button_class_init (CptViewsButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_views_button_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_views_button_finalize;
  GTK_WIDGET_CLASS (klass)->unroot = cpt_views_button_unroot;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpt_views_button_init (CptViewsButton *self)
{
  self->cancellable = g_cancellable_new ();
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "user-bookmarks-symbolic");
  gtk_widget_set_tooltip_text (self->button, _("Views"));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), popup_cb, self, NULL);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
cpt_views_button_new (CptView            *view,
                      CptSchema          *schema,
                      const CptEntity    *entity,
                      const CptViewsForm *form)
{
  CptViewsButton *self = g_object_new (CPT_TYPE_VIEWS_BUTTON, NULL);

  self->view = view;
  self->schema = cpt_schema_ref (schema);
  self->entity = entity;
  self->form = form;

  return GTK_WIDGET (self);
}
