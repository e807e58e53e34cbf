/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all pages of the window have in common: a header bar with the way back,
 * and one child below it. The window keeps a stack of views and tells each of
 * them how narrow it is and what has been committed. */
#include "config.h"
#include "cpt-view.h"

#include <glib/gi18n-lib.h>

#include "cpt-window.h"

typedef struct
{
  CptWindow *window; /* owns the view */
  AdwHeaderBar *header;
  AdwWindowTitle *title; /* owned: it names the view even where it is not shown */
  GtkWidget *back;
  GtkWidget *child; /* (nullable) */
  gboolean narrow;
} CptViewPrivate;

enum
{
  PROP_0,
  PROP_WINDOW,
  PROP_NARROW,
  PROP_TITLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CptView, cpt_view, GTK_TYPE_WIDGET)

static void
cpt_view_dispose (GObject *object)
{
  CptViewPrivate *priv = cpt_view_get_instance_private (CPT_VIEW (object));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  priv->header = NULL;
  priv->back = NULL;
  priv->child = NULL;

  G_OBJECT_CLASS (cpt_view_parent_class)->dispose (object);
}

static void
cpt_view_finalize (GObject *object)
{
  CptViewPrivate *priv = cpt_view_get_instance_private (CPT_VIEW (object));

  g_clear_object (&priv->title);
  g_clear_weak_pointer (&priv->window);

  G_OBJECT_CLASS (cpt_view_parent_class)->finalize (object);
}

static void
cpt_view_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  CptViewPrivate *priv = cpt_view_get_instance_private (CPT_VIEW (object));

  switch (prop_id)
    {
    case PROP_WINDOW:
      g_value_set_object (value, priv->window);
      break;

    case PROP_NARROW:
      g_value_set_boolean (value, priv->narrow);
      break;

    case PROP_TITLE:
      g_value_set_string (value, adw_window_title_get_title (priv->title));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cpt_view_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  CptViewPrivate *priv = cpt_view_get_instance_private (CPT_VIEW (object));

  switch (prop_id)
    {
    case PROP_WINDOW:
      g_set_weak_pointer (&priv->window, g_value_get_object (value));
      break;

    case PROP_NARROW:
      cpt_view_set_narrow (CPT_VIEW (object), g_value_get_boolean (value));
      break;

    case PROP_TITLE:
      cpt_view_set_title (CPT_VIEW (object), g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* What the view is about, not the buttons above it. GTK asks again when the
 * view before this one has gone: what has the keyboard by then keeps it. */
static gboolean
cpt_view_grab_focus (GtkWidget *widget)
{
  CptViewPrivate *priv = cpt_view_get_instance_private (CPT_VIEW (widget));
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && priv->child != NULL && gtk_widget_is_ancestor (focus, priv->child) && gtk_widget_get_mapped (focus))
    return TRUE;

  return priv->child != NULL && gtk_widget_child_focus (priv->child, GTK_DIR_TAB_FORWARD);
}

static void
cpt_view_class_init (CptViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cpt_view_dispose;
  object_class->finalize = cpt_view_finalize;
  object_class->get_property = cpt_view_get_property;
  object_class->set_property = cpt_view_set_property;

  properties[PROP_WINDOW] =
    g_param_spec_object ("window", NULL, NULL, CPT_TYPE_WINDOW,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  GTK_WIDGET_CLASS (klass)->grab_focus = cpt_view_grab_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "view");
}

static void
cpt_view_init (CptView *self)
{
  CptViewPrivate *priv = cpt_view_get_instance_private (self);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);

  priv->title = g_object_ref_sink (ADW_WINDOW_TITLE (adw_window_title_new ("", "")));
  priv->back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  gtk_widget_set_tooltip_text (priv->back, _("Back"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (priv->back), "win.back");
  gtk_widget_set_visible (priv->back, FALSE);

  priv->header = ADW_HEADER_BAR (adw_header_bar_new ());
  adw_header_bar_set_title_widget (priv->header, GTK_WIDGET (priv->title));
  adw_header_bar_pack_start (priv->header, priv->back);
  adw_header_bar_set_show_start_title_buttons (priv->header, FALSE);
  gtk_widget_set_parent (GTK_WIDGET (priv->header), GTK_WIDGET (self));
}

CptWindow *
cpt_view_get_window (CptView *self)
{
  CptViewPrivate *priv = cpt_view_get_instance_private (self);

  g_return_val_if_fail (CPT_IS_VIEW (self), NULL);

  return priv->window;
}

CptStore *
cpt_view_get_store (CptView *self)
{
  CptViewPrivate *priv = cpt_view_get_instance_private (self);

  g_return_val_if_fail (CPT_IS_VIEW (self), NULL);

  return cpt_window_get_store (priv->window);
}

const char *
cpt_view_get_title (CptView *self)
{
  CptViewPrivate *priv = cpt_view_get_instance_private (self);

  g_return_val_if_fail (CPT_IS_VIEW (self), NULL);

  return adw_window_title_get_title (priv->title);
}

void
cpt_view_set_title (CptView    *self,
                    const char *title)
{
  CptViewPrivate *priv = cpt_view_get_instance_private (self);

  g_return_if_fail (CPT_IS_VIEW (self));
  g_return_if_fail (title != NULL);

  if (strcmp (adw_window_title_get_title (priv->title), title) == 0)
    return;

  adw_window_title_set_title (priv->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

void
cpt_view_set_title_visible (CptView  *self,
                            gboolean  visible)
{
  CptViewPrivate *priv = cpt_view_get_instance_private (self);

  g_return_if_fail (CPT_IS_VIEW (self));

  gtk_widget_set_visible (GTK_WIDGET (priv->title), visible);
}

void
cpt_view_set_subtitle (CptView    *self,
                       const char *subtitle)
{
  CptViewPrivate *priv = cpt_view_get_instance_private (self);

  g_return_if_fail (CPT_IS_VIEW (self));

  adw_window_title_set_subtitle (priv->title, subtitle != NULL ? subtitle : "");
}

void
cpt_view_set_child (CptView   *self,
                    GtkWidget *child)
{
  CptViewPrivate *priv = cpt_view_get_instance_private (self);

  g_return_if_fail (CPT_IS_VIEW (self));
  g_return_if_fail (GTK_IS_WIDGET (child));

  g_clear_pointer (&priv->child, gtk_widget_unparent);
  priv->child = child;
  gtk_widget_set_vexpand (child, TRUE);
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

void
cpt_view_set_title_widget (CptView   *self,
                           GtkWidget *widget)
{
  CptViewPrivate *priv = cpt_view_get_instance_private (self);

  g_return_if_fail (CPT_IS_VIEW (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  adw_header_bar_set_title_widget (priv->header, widget);
}

void
cpt_view_pack_start (CptView   *self,
                     GtkWidget *widget)
{
  CptViewPrivate *priv = cpt_view_get_instance_private (self);

  g_return_if_fail (CPT_IS_VIEW (self));

  adw_header_bar_pack_start (priv->header, widget);
}

void
cpt_view_pack_end (CptView   *self,
                   GtkWidget *widget)
{
  CptViewPrivate *priv = cpt_view_get_instance_private (self);

  g_return_if_fail (CPT_IS_VIEW (self));

  adw_header_bar_pack_end (priv->header, widget);
}

GtkWidget *
cpt_view_create_menu_button (const char *icon,
                             const char *label,
                             GMenuModel *menu)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr(GMenuModel) owned = menu;

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), icon);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), owned);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return button;
}

void
cpt_view_unpack (CptView   *self,
                 GtkWidget *widget)
{
  CptViewPrivate *priv = cpt_view_get_instance_private (self);

  g_return_if_fail (CPT_IS_VIEW (self));

  adw_header_bar_remove (priv->header, widget);
}

void
cpt_view_set_header_visible (CptView  *self,
                             gboolean  visible)
{
  CptViewPrivate *priv = cpt_view_get_instance_private (self);

  g_return_if_fail (CPT_IS_VIEW (self));

  gtk_widget_set_visible (GTK_WIDGET (priv->header), visible);
}

gboolean
cpt_view_is_narrow (CptView *self)
{
  CptViewPrivate *priv = cpt_view_get_instance_private (self);

  g_return_val_if_fail (CPT_IS_VIEW (self), FALSE);

  return priv->narrow;
}

void
cpt_view_set_narrow (CptView  *self,
                     gboolean  narrow)
{
  CptViewPrivate *priv = cpt_view_get_instance_private (self);

  g_return_if_fail (CPT_IS_VIEW (self));

  if (priv->narrow == narrow)
    return;

  priv->narrow = narrow;
  adw_header_bar_set_show_start_title_buttons (priv->header, narrow);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

void
cpt_view_set_can_go_back (CptView  *self,
                          gboolean  can_go_back)
{
  CptViewPrivate *priv = cpt_view_get_instance_private (self);

  g_return_if_fail (CPT_IS_VIEW (self));

  gtk_widget_set_visible (priv->back, can_go_back);
}

void
cpt_view_changed (CptView      *self,
                  CptChangeSet *set)
{
  g_return_if_fail (CPT_IS_VIEW (self));

  if (CPT_VIEW_GET_CLASS (self)->changed != NULL)
    CPT_VIEW_GET_CLASS (self)->changed (self, set);
}

void
cpt_view_show_saved (CptView       *self,
                     const CptUuid *id)
{
  g_return_if_fail (CPT_IS_VIEW (self));
  g_return_if_fail (id != NULL);

  if (CPT_VIEW_GET_CLASS (self)->show_saved != NULL)
    CPT_VIEW_GET_CLASS (self)->show_saved (self, id);
}

gboolean
cpt_view_leave (CptView *self)
{
  g_return_val_if_fail (CPT_IS_VIEW (self), TRUE);

  return CPT_VIEW_GET_CLASS (self)->leave == NULL || CPT_VIEW_GET_CLASS (self)->leave (self);
}

CptView *
cpt_view_renew (CptView *self)
{
  g_return_val_if_fail (CPT_IS_VIEW (self), NULL);

  return CPT_VIEW_GET_CLASS (self)->renew != NULL ? CPT_VIEW_GET_CLASS (self)->renew (self) : NULL;
}

static void
discard_answered_cb (CptView    *self,
                     const char *response)
{
  CptWindow *window = cpt_view_get_window (self);

  if (!g_str_equal (response, "discard") || window == NULL)
    return;

  CPT_VIEW_GET_CLASS (self)->discard (self);
  cpt_window_back (window);
}

void
cpt_view_ask_to_discard (CptView    *self,
                         const char *heading,
                         const char *body)
{
  GtkWidget *dialog;

  g_return_if_fail (CPT_IS_VIEW (self));
  g_return_if_fail (CPT_VIEW_GET_CLASS (self)->discard != NULL);

  dialog = adw_message_dialog_new (GTK_WINDOW (cpt_view_get_window (self)), heading, body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Keep Editing"), "discard", _("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (discard_answered_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
