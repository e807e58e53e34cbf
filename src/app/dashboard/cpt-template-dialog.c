/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a new dashboard can begin with: an empty one, or one that is ready for a role or a subject. The
 * pictures are of the workspace's own numbers; where it has none, of made-up ones, and that is said.
 * They are read one after the other, so that the store stays free for others.
 */

#include "config.h"

#include "cpt-template-dialog.h"

#include <glib/gi18n.h>

#include "cpt-dashboard-picture.h"

#define WIDTH 860
#define HEIGHT 680
#define PICTURE_WIDTH 250
/* Sharp on screens with twice as many pixels */
#define TEXTURE_WIDTH (2 * PICTURE_WIDTH)

struct _CptTemplateDialog
{
  AdwWindow parent_instance;

  CptStore *store;
  GPtrArray *templates; /* CptDashboardTemplate */
  GHashTable *names;    /* GtkFlowBoxChild to the name that it stands for; borrowed */
  GPtrArray *pictures;  /* GtkWidget, one for each: borrowed from the child */
  guint next;           /* whose picture is read */
  GCancellable *cancellable;
  GtkWidget *note; /* borrowed from the child */
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptTemplateDialog, cpt_template_dialog, ADW_TYPE_WINDOW)

/* Pictures */

static void read_next (CptTemplateDialog *self);

static void
picture_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(CptTemplateDialog) self = CPT_TEMPLATE_DIALOG (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDashboardPicture) picture = cpt_dashboard_picture_read_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (picture != NULL)
    {
      gtk_picture_set_paintable (GTK_PICTURE (g_ptr_array_index (self->pictures, self->next)), GDK_PAINTABLE (picture->texture));
      if (picture->has_examples)
        gtk_widget_set_visible (self->note, TRUE);
    }
  self->next++;
  read_next (self);
}

static void
read_next (CptTemplateDialog *self)
{
  const CptDashboardTemplate *template;
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

  if (self->next >= self->templates->len)
    return;

  template = g_ptr_array_index (self->templates, self->next);
  cpt_dashboard_picture_read_async (self->store, cpt_dashboard_copy (template->dashboard), TEXTURE_WIDTH,
                                    adw_style_manager_get_dark (manager), self->cancellable, picture_read_cb,
                                    g_object_ref (self));
}

/* Choosing */

static void
activated_cb (CptTemplateDialog *self,
              GtkFlowBoxChild   *child)
{
  g_signal_emit (self, signals[CHOSEN], 0, g_hash_table_lookup (self->names, child));
  gtk_window_close (GTK_WINDOW (self));
}

/* Building */

/* @template: (nullable): an empty dashboard */
static GtkWidget *
create_picture (CptTemplateDialog          *self,
                const CptDashboardTemplate *template)
{
  GtkWidget *picture;
  GtkWidget *clamp;

  if (template == NULL)
    {
      picture = gtk_image_new_from_icon_name ("list-add-symbolic");
      gtk_image_set_pixel_size (GTK_IMAGE (picture), 32);
      gtk_widget_add_css_class (picture, "dim-label");
    }
  else
    {
      picture = gtk_picture_new ();
      gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
      gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_COVER);
      g_ptr_array_add (self->pictures, picture);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  template != NULL ? template->title : _("Empty Dashboard"), -1);
  gtk_widget_set_size_request (picture, PICTURE_WIDTH, (int) (PICTURE_WIDTH * CPT_DASHBOARD_PICTURE_RATIO));
  gtk_widget_set_overflow (picture, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (picture, "template-picture");
  /* It would be as wide as its texture has pixels */
  clamp = adw_clamp_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), PICTURE_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), PICTURE_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), picture);

  return clamp;
}

static GtkWidget *
create_label (const char *text,
              const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), 24);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_widget_add_css_class (label, style);

  return label;
}

static GtkWidget *
create_card (CptTemplateDialog          *self,
             const CptDashboardTemplate *template)
{
  const char *title = template != NULL ? template->title : _("Empty Dashboard");
  const char *description = template != NULL ? template->description : _("Put what you want on it yourself");
  GtkWidget *child = gtk_flow_box_child_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *text;

  gtk_box_append (GTK_BOX (box), create_picture (self, template));
  text = create_label (title, "heading");
  gtk_widget_set_margin_top (text, 6);
  gtk_box_append (GTK_BOX (box), text);
  text = create_label (description, "caption");
  gtk_widget_add_css_class (text, "dim-label");
  gtk_box_append (GTK_BOX (box), text);
  gtk_widget_set_size_request (box, PICTURE_WIDTH, -1);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  gtk_widget_add_css_class (child, "template");
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  g_hash_table_insert (self->names, child, (gpointer) (template != NULL ? template->name : ""));

  return child;
}

static GtkWidget *
create_flow (CptTemplateDialog *self,
             const char        *title)
{
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (flow), TRUE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (flow), 1);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 3);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (flow), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (flow, "child-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);

  return flow;
}

static void
add_section (CptTemplateDialog *self,
             GtkWidget         *box,
             const char        *title,
             gboolean           is_role)
{
  GtkWidget *flow = create_flow (self, title);
  GtkWidget *label = create_label (title, "title-4");

  gtk_widget_set_margin_top (label, 12);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), flow);
  if (is_role)
    gtk_flow_box_append (GTK_FLOW_BOX (flow), create_card (self, NULL));
  for (guint i = 0; i < self->templates->len; i++)
    {
      const CptDashboardTemplate *template = g_ptr_array_index (self->templates, i);

      if (template->is_role == is_role)
        gtk_flow_box_append (GTK_FLOW_BOX (flow), create_card (self, template));
    }
}

static GtkWidget *
create_content (CptTemplateDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->note = create_label (_("Where this workspace has nothing to count yet, pictures show examples."), "dim-label");
  gtk_label_set_max_width_chars (GTK_LABEL (self->note), 60);
  gtk_widget_set_visible (self->note, FALSE);
  gtk_box_append (GTK_BOX (box), self->note);
  add_section (self, box, _("For a Role"), TRUE);
  add_section (self, box, _("About a Subject"), FALSE);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 18);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);

  return scrolled;
}

static void
cpt_template_dialog_dispose (GObject *object)
{
  CptTemplateDialog *self = CPT_TEMPLATE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (cpt_template_dialog_parent_class)->dispose (object);
}

static void
cpt_template_dialog_finalize (GObject *object)
{
  CptTemplateDialog *self = CPT_TEMPLATE_DIALOG (object);

  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->templates, g_ptr_array_unref);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);

  G_OBJECT_CLASS (cpt_template_dialog_parent_class)->finalize (object);
}

static void
cpt_template_dialog_class_init (CptTemplateDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cpt_template_dialog_dispose;
  object_class->finalize = cpt_template_dialog_finalize;

  /**
   * CptTemplateDialog::chosen:
   * @name: of a template; "" for an empty dashboard
   */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cpt_template_dialog_init (CptTemplateDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->templates = cpt_dashboard_template_list ();
  self->pictures = g_ptr_array_new ();
  self->names = g_hash_table_new (NULL, NULL);
}

GtkWidget *
cpt_template_dialog_new (CptWindow *window)
{
  CptTemplateDialog *self;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);

  self = g_object_new (CPT_TYPE_TEMPLATE_DIALOG, "transient-for", window, "modal", TRUE, "title", _("New Dashboard"), NULL);
  self->store = g_object_ref (cpt_window_get_store (window));
  gtk_window_set_default_size (GTK_WINDOW (self), MIN (WIDTH, gtk_widget_get_width (GTK_WIDGET (window))),
                               MIN (HEIGHT, gtk_widget_get_height (GTK_WIDGET (window))));
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), create_content (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  read_next (self);

  return GTK_WIDGET (self);
}
