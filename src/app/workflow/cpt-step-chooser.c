/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The kinds of steps that a workflow can be made of: one list, from their declarations. */

#include "config.h"

#include "cpt-step-chooser.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpt-card-style.h"
#include "cpt-flow-paint.h"
#include "cpt-text.h"
#include "cpt-workflow-kind.h"

#define GLYPH 24

struct _CptStepChooser
{
  GtkWidget parent_instance;

  gboolean can_drag;
  gboolean has_starts;
  char *text; /* that is looked for, folded */
  GtkWidget *box;
  GtkWidget *entry;
  GtkWidget *list;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptStepChooser, cpt_step_chooser, GTK_TYPE_WIDGET)

static const CptWorkflowKind *
get_kind (GtkListBoxRow *row)
{
  return cpt_workflow_kind_list (NULL) + gtk_list_box_row_get_index (row);
}

static const char *
get_group_label (CptWorkflowGroup group)
{
  switch (group)
    {
    case CPT_WORKFLOW_START:
      return C_("steps", "Start");
    case CPT_WORKFLOW_DECIDE:
      return C_("steps", "Decide");
    case CPT_WORKFLOW_WAIT:
      return C_("steps", "Wait");
    case CPT_WORKFLOW_END:
      return C_("steps", "End");
    case CPT_WORKFLOW_DO:
    default:
      return C_("steps", "Do");
    }
}

static void
draw_glyph (GtkDrawingArea *area,
            cairo_t        *cr,
            int             width,
            int             height,
            gpointer        data)
{
  const CptWorkflowKind *kind = data;
  CptChartStyle style;

  cpt_card_style_init (GTK_WIDGET (area), &style);
  cpt_flow_paint_glyph (cr, kind->group, (CptFlowPoint){ width / 2.0, height / 2.0 }, GLYPH / 2.0, &style);
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            gpointer       data)
{
  const CptWorkflowKind *kind = data;
  g_autofree char *text = g_strconcat (CPT_STEP_CONTENT, kind->name, NULL);

  return gdk_content_provider_new_typed (G_TYPE_STRING, text);
}

static GtkWidget *
create_row (CptStepChooser        *self,
            const CptWorkflowKind *kind)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *glyph = gtk_drawing_area_new ();
  GtkWidget *label = gtk_label_new (_(kind->label));

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (glyph), GLYPH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (glyph), GLYPH);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (glyph), draw_glyph, (gpointer) kind, NULL);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_box_append (GTK_BOX (box), glyph);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _(kind->label), -1);
  if (self->can_drag)
    {
      GtkDragSource *source = gtk_drag_source_new ();

      gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
      g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), (gpointer) kind);
      gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
    }

  return row;
}

static void
head_cb (GtkListBoxRow *row,
         GtkListBoxRow *before,
         gpointer       data)
{
  GtkWidget *label;

  if (before != NULL && get_kind (before)->group == get_kind (row)->group)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  if (gtk_list_box_row_get_header (row) != NULL)
    return;
  label = gtk_label_new (get_group_label (get_kind (row)->group));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_start (label, 6);
  gtk_widget_add_css_class (label, "heading");
  gtk_list_box_row_set_header (row, label);
}

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       data)
{
  CptStepChooser *self = data;
  const CptWorkflowKind *kind = get_kind (row);
  g_autofree char *label = NULL;

  if (kind->group == CPT_WORKFLOW_START && !self->has_starts)
    return FALSE;
  if (self->text == NULL || self->text[0] == '\0')
    return TRUE;
  label = cpt_text_fold (_(kind->label));

  return strstr (label, self->text) != NULL;
}

static void
choose (CptStepChooser *self,
        GtkListBoxRow  *row)
{
  g_signal_emit (self, signals[CHOSEN], 0, get_kind (row)->name);
}

static void
searched_cb (CptStepChooser *self)
{
  g_free (self->text);
  self->text = cpt_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
  gtk_list_box_invalidate_headers (GTK_LIST_BOX (self->list));
}

/* Enter: the first one that begins so, or else has it anywhere */
static void
activated_cb (CptStepChooser *self)
{
  GtkListBoxRow *first = NULL;

  searched_cb (self);
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      g_autofree char *label = GTK_IS_LIST_BOX_ROW (row) ? cpt_text_fold (_(get_kind (GTK_LIST_BOX_ROW (row))->label)) : NULL;

      if (label == NULL || !gtk_widget_get_child_visible (row))
        continue;
      if (g_str_has_prefix (label, self->text))
        {
          choose (self, GTK_LIST_BOX_ROW (row));
          return;
        }
      if (first == NULL)
        first = GTK_LIST_BOX_ROW (row);
    }
  if (first != NULL)
    choose (self, first);
}

void
cpt_step_chooser_reset (CptStepChooser *self,
                        gboolean        has_starts)
{
  self->has_starts = has_starts;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
}

static void
cpt_step_chooser_dispose (GObject *object)
{
  g_clear_pointer (&CPT_STEP_CHOOSER (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cpt_step_chooser_parent_class)->dispose (object);
}

static void
cpt_step_chooser_finalize (GObject *object)
{
  g_free (CPT_STEP_CHOOSER (object)->text);

  G_OBJECT_CLASS (cpt_step_chooser_parent_class)->finalize (object);
}

static gboolean
cpt_step_chooser_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (CPT_STEP_CHOOSER (widget)->entry);
}

static void
cpt_step_chooser_class_init (CptStepChooserClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = cpt_step_chooser_dispose;
  object_class->finalize = cpt_step_chooser_finalize;
  widget_class->grab_focus = cpt_step_chooser_grab_focus;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
cpt_step_chooser_init (CptStepChooser *self)
{
  self->has_starts = TRUE;
}

GtkWidget *
cpt_step_chooser_new (gboolean can_drag)
{
  CptStepChooser *self = g_object_new (CPT_TYPE_STEP_CHOOSER, NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  const CptWorkflowKind *kinds;
  guint n_kinds;

  self->can_drag = can_drag;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", _("Find a step"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Find a step"), -1);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "cpt-steps");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Steps"), -1);
  kinds = cpt_workflow_kind_list (&n_kinds);
  for (guint i = 0; i < n_kinds; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), create_row (self, &kinds[i]));
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), head_cb, NULL, NULL);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), filter_cb, self, NULL);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (choose), self);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (searched_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (activated_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (self->box), self->entry);
  gtk_box_append (GTK_BOX (self->box), scrolled);

  return GTK_WIDGET (self);
}
