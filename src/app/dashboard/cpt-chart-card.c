/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A card with a chart. The drawing is kept as one render node, made anew only
 * when data, size or colours change: a frame in which nothing changed costs
 * nothing. Focus and hover are drawn over it.
 *
 * To assistive technology the card is an image with a sentence about its data;
 * walking to a mark makes the mark's own words the description.
 */

#include "config.h"

#include "cpt-chart-card.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpt-card-style.h"
#include "cpt-chart-kind.h"
#include "cpt-tooltip.h"
#include "cpt-widget-data.h"

#define PADDING 12
#define TITLE_HEIGHT 46
#define KNOWN_OPACITY 0.6

struct _CptChartCard
{
  GtkWidget parent_instance;

  char *id;
  const CptChartKind *kind; /* (nullable): one that this version does not know */
  JsonObject *options;      /* (nullable) */
  CptChartData *data;       /* (nullable) */
  GtkWidget *title;
  GtkWidget *back; /* hidden while there is no way back */
  GtkWidget *menu_button;
  GMenuModel *menu; /* (nullable) */
  GtkWidget *note;  /* as of when the data is; hidden while it is that of now */

  GskRenderNode *node; /* (nullable): the chart as drawn last */
  CptChartLayout *layout;
  int node_width;
  int node_height;
  int mark; /* where the keyboard is, or -1 */
  int chosen_series;
  int chosen_category;
  GtkWidget *popover; /* (nullable): of a mark */
};

enum
{
  MARK_ACTIVATED,
  COMMAND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptChartCard, cpt_chart_card, GTK_TYPE_WIDGET)

static CptChart
get_chart (CptChartCard *self)
{
  return (CptChart){ .kind = self->kind, .options = self->options, .data = self->data };
}

static void
invalidate (CptChartCard *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
cpt_chart_card_is_known (CptChartCard *self)
{
  g_return_val_if_fail (CPT_IS_CHART_CARD (self), FALSE);

  return gtk_widget_get_visible (self->note);
}

static void
get_plot_size (CptChartCard *self,
               int          *width,
               int          *height)
{
  *width = MAX (gtk_widget_get_width (GTK_WIDGET (self)) - 2 * PADDING, 0);
  *height = MAX (gtk_widget_get_height (GTK_WIDGET (self)) - TITLE_HEIGHT - PADDING, 0);
}

static void
draw_chart (CptChartCard *self,
            int           width,
            int           height)
{
  CptChart chart = get_chart (self);
  CptChartStyle style;
  cairo_t *cr;

  cpt_card_style_init (GTK_WIDGET (self), &style);
  self->node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  self->node_width = width;
  self->node_height = height;
  cr = gsk_cairo_node_get_draw_context (self->node);
  cpt_chart_draw (cr, &chart, &style, width, height, self->layout);
  cairo_destroy (cr);
}

static gboolean
is_chosen (CptChartCard       *self,
           const CptChartMark *mark)
{
  return mark->series == self->chosen_series && mark->category == self->chosen_category;
}

/* A veil over all marks but the chosen one */
static void
draw_chosen (CptChartCard *self,
             GtkSnapshot  *snapshot)
{
  GdkRGBA veil;
  cairo_t *cr;

  if (self->chosen_category < 0)
    return;

  cpt_card_style_get_veil (GTK_WIDGET (self), &veil);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) self->node_width, (float) self->node_height));
  gdk_cairo_set_source_rgba (cr, &veil);
  for (guint i = 0; i < self->layout->marks->len; i++)
    {
      const CptChartMark *mark = &g_array_index (self->layout->marks, CptChartMark, i);

      if (is_chosen (self, mark))
        continue;
      cpt_card_style_add_path (cr, mark);
      cairo_fill (cr);
    }
  cairo_destroy (cr);
}

static void
draw_outline (CptChartCard       *self,
              GtkSnapshot        *snapshot,
              const CptChartMark *mark)
{
  GskRoundedRect outline;
  GdkRGBA color = { 0.2f, 0.5f, 0.9f, 1 };
  graphene_rect_t area;

  gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), "accent_color", &color);
  graphene_rect_init (&area, (float) mark->area.x - 2, (float) mark->area.y - 2,
                      (float) mark->area.width + 4, (float) mark->area.height + 4);
  gsk_rounded_rect_init_from_rect (&outline, &area, 3);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 2, 2, 2, 2 }, (GdkRGBA[4]){ color, color, color, color });
}

static void
draw_focus (CptChartCard *self,
            GtkSnapshot  *snapshot)
{
  for (guint i = 0; i < self->layout->marks->len; i++)
    {
      const CptChartMark *mark = &g_array_index (self->layout->marks, CptChartMark, i);
      gboolean has_keyboard = (int) i == self->mark && gtk_widget_has_visible_focus (GTK_WIDGET (self));

      if (has_keyboard || (self->chosen_category >= 0 && is_chosen (self, mark) && mark->sector.outer <= 0))
        draw_outline (self, snapshot, mark);
    }
}

static void
cpt_chart_card_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  CptChartCard *self = CPT_CHART_CARD (widget);
  int width;
  int height;

  get_plot_size (self, &width, &height);
  if (self->kind != NULL && width > 0 && height > 0)
    {
      if (self->node == NULL || self->node_width != width || self->node_height != height)
        {
          g_clear_pointer (&self->node, gsk_render_node_unref);
          draw_chart (self, width, height);
        }

      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (PADDING, TITLE_HEIGHT));
      if (cpt_chart_card_is_known (self))
        gtk_snapshot_push_opacity (snapshot, KNOWN_OPACITY);
      gtk_snapshot_append_node (snapshot, self->node);
      if (cpt_chart_card_is_known (self))
        gtk_snapshot_pop (snapshot);
      draw_chosen (self, snapshot);
      draw_focus (self, snapshot);
      gtk_snapshot_restore (snapshot);
    }

  gtk_widget_snapshot_child (widget, self->back, snapshot);
  gtk_widget_snapshot_child (widget, self->title, snapshot);
  gtk_widget_snapshot_child (widget, self->menu_button, snapshot);
  gtk_widget_snapshot_child (widget, self->note, snapshot);
}

static void
cpt_chart_card_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 120 : 96;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 320 : 200;
}

/* In the margin below the chart, which stays where it is when the note goes */
static void
allocate_note (CptChartCard *self,
               int           width,
               int           height)
{
  GtkRequisition least, wanted;
  int note_width;

  if (!gtk_widget_should_layout (self->note))
    return;

  gtk_widget_get_preferred_size (self->note, &least, &wanted);
  note_width = MAX (MIN (wanted.width, width - 2 * PADDING), least.width);
  gtk_widget_size_allocate (self->note,
                            &(GtkAllocation){ width - PADDING - note_width, height - wanted.height, note_width, wanted.height },
                            -1);
}

static void
cpt_chart_card_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  CptChartCard *self = CPT_CHART_CARD (widget);
  GtkRequisition button, back = { 0 };
  int start;
  int title_width;
  int title_height;
  int least;

  gtk_widget_get_preferred_size (self->menu_button, &button, NULL);
  if (gtk_widget_get_visible (self->back))
    {
      gtk_widget_get_preferred_size (self->back, &back, NULL);
      gtk_widget_size_allocate (self->back,
                                &(GtkAllocation){ 4, (TITLE_HEIGHT - back.height) / 2, back.width, back.height }, -1);
    }
  start = MAX (PADDING, back.width + 8);
  gtk_widget_measure (self->title, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  title_width = MAX (width - start - button.width - 4, least);
  gtk_widget_measure (self->title, GTK_ORIENTATION_VERTICAL, title_width, &title_height, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->title,
                            &(GtkAllocation){ start, (TITLE_HEIGHT - title_height) / 2, title_width, title_height }, -1);
  gtk_widget_size_allocate (self->menu_button,
                            &(GtkAllocation){ MAX (width - button.width - 4, 0), (TITLE_HEIGHT - button.height) / 2,
                                              button.width, button.height },
                            -1);
  allocate_note (self, width, height);
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
}

/* What walking, clicking and hovering have in common */

static void
announce (CptChartCard *self)
{
  CptChart chart = get_chart (self);
  g_autofree char *text = NULL;

  if (self->kind == NULL || self->data == NULL)
    text = g_strdup (_("Loading the numbers"));
  else if (self->mark >= 0 && (guint) self->mark < self->layout->marks->len)
    text = cpt_chart_dup_mark_label (&chart, &g_array_index (self->layout->marks, CptChartMark, self->mark));
  else
    text = cpt_chart_dup_summary (&chart);

  if (cpt_chart_card_is_known (self))
    {
      g_autofree char *words = g_steal_pointer (&text);

      /* Translators: what a screen reader says of a chart of last known numbers: its sentence, and
       * "As of 14:05" */
      text = g_strdup_printf (_("%s %s; the numbers are being read again."), words, gtk_label_get_label (GTK_LABEL (self->note)));
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static const CptChartMark *
find_mark (CptChartCard *self,
           double        x,
           double        y)
{
  if (self->node == NULL || self->data == NULL)
    return NULL;

  return cpt_chart_layout_find (self->layout, x - PADDING, y - TITLE_HEIGHT);
}

static void
use_mark (CptChartCard       *self,
          CptMarkUse          use,
          const CptChartMark *mark)
{
  g_signal_emit (self, signals[MARK_ACTIVATED], 0, (int) use, mark->series, mark->category);
}

/* Where the keyboard is; NULL when it is at none */
static const CptChartMark *
get_mark (CptChartCard *self)
{
  return self->mark >= 0 && (guint) self->mark < self->layout->marks->len
           ? &g_array_index (self->layout->marks, CptChartMark, self->mark)
           : NULL;
}

/* FALSE when the key is for nothing here */
static gboolean
use_mark_by_key (CptChartCard    *self,
                 guint            key,
                 GdkModifierType  modifiers)
{
  const CptChartMark *mark = get_mark (self);
  gboolean is_enter = key == GDK_KEY_Return || key == GDK_KEY_KP_Enter;

  if (mark == NULL)
    return FALSE;

  if (is_enter && modifiers == 0)
    use_mark (self, CPT_MARK_OPEN, mark);
  else if (is_enter && modifiers == GDK_SHIFT_MASK)
    use_mark (self, CPT_MARK_FOCUS, mark);
  else if ((key == GDK_KEY_Menu && modifiers == 0) || (key == GDK_KEY_F10 && modifiers == GDK_SHIFT_MASK))
    use_mark (self, CPT_MARK_MENU, mark);
  else
    return FALSE;

  return TRUE;
}

static gboolean
key_pressed_cb (CptChartCard    *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  static const struct
  {
    guint key;
    CptChartStep step;
  } steps[] = {
    { GDK_KEY_Right, CPT_CHART_STEP_NEXT },
    { GDK_KEY_Left, CPT_CHART_STEP_PREVIOUS },
    { GDK_KEY_Down, CPT_CHART_STEP_NEXT_SERIES },
    { GDK_KEY_Up, CPT_CHART_STEP_PREVIOUS_SERIES },
    { GDK_KEY_Home, CPT_CHART_STEP_FIRST },
    { GDK_KEY_End, CPT_CHART_STEP_LAST },
  };

  GdkModifierType modifiers = state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK);

  if (use_mark_by_key (self, key, modifiers))
    return GDK_EVENT_STOP;
  if (modifiers != 0)
    return GDK_EVENT_PROPAGATE;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i].key == key)
      {
        self->mark = cpt_chart_layout_walk (self->layout, self->mark, steps[i].step);
        announce (self);
        gtk_widget_queue_draw (GTK_WIDGET (self));
        return GDK_EVENT_STOP;
      }

  return GDK_EVENT_PROPAGATE;
}

/* "card.edit" is the command "edit": the menu belongs to the card, so that it
 * is always this one that is meant */
static void
command_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  if (CPT_CHART_CARD (widget)->menu != NULL || g_str_equal (action_name, "card.back"))
    g_signal_emit (widget, signals[COMMAND], 0, action_name + strlen ("card."));
}

static void
clicked_cb (CptChartCard *self,
            int           n_press,
            double        x,
            double        y,
            GtkGesture   *gesture)
{
  const CptChartMark *mark = find_mark (self, x, y);
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (mark != NULL)
    use_mark (self, state & GDK_CONTROL_MASK ? CPT_MARK_FOCUS : CPT_MARK_OPEN, mark);
}

static void
menu_pressed_cb (CptChartCard *self,
                 int           n_press,
                 double        x,
                 double        y,
                 GtkGesture   *gesture)
{
  const CptChartMark *mark = find_mark (self, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (mark == NULL)
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  use_mark (self, CPT_MARK_MENU, mark);
}

static void
pointer_moved_cb (CptChartCard *self,
                  double        x,
                  double        y)
{
  gboolean leads_somewhere = !cpt_chart_card_is_known (self) && find_mark (self, x, y) != NULL;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), leads_somewhere ? "pointer" : NULL);
}

static gboolean
cpt_chart_card_query_tooltip (GtkWidget  *widget,
                              int         x,
                              int         y,
                              gboolean    keyboard,
                              GtkTooltip *tooltip)
{
  CptChartCard *self = CPT_CHART_CARD (widget);
  CptChart chart = get_chart (self);
  const CptChartMark *mark = find_mark (self, x, y);
  g_autofree char *text = NULL;

  if (!keyboard && y < PADDING + gtk_widget_get_height (self->title))
    {
      gtk_tooltip_set_text (tooltip, gtk_label_get_label (GTK_LABEL (self->title)));
      return TRUE;
    }
  if (!keyboard && cpt_chart_layout_is_at_note (self->layout, x - PADDING, y - TITLE_HEIGHT))
    {
      text = cpt_chart_dup_notes (&chart);
      gtk_tooltip_set_text (tooltip, text);
      return text != NULL;
    }
  if (mark == NULL || keyboard)
    return FALSE;

  text = cpt_chart_dup_mark_label (&chart, mark);
  if (mark->category >= 0)
    {
      g_autofree char *label = g_steal_pointer (&text);

      /* Translators: the tool tip of a mark of a chart; %s says what it is: "Zoé: €1,200" */
      text = g_strdup_printf (_("%s\nCtrl+click filters the dashboard by this"), label);
    }
  gtk_tooltip_set_text (tooltip, text);
  gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle){ (int) mark->area.x + PADDING, (int) mark->area.y + TITLE_HEIGHT,
                                                      MAX ((int) mark->area.width, 1), MAX ((int) mark->area.height, 1) });

  return TRUE;
}

static void
cpt_chart_card_css_changed (GtkWidget         *widget,
                            GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (cpt_chart_card_parent_class)->css_changed (widget, change);
  invalidate (CPT_CHART_CARD (widget));
}

/* Few menus of many cards are ever opened. */
static void
create_menu_cb (GtkMenuButton *button,
                gpointer       user_data)
{
  CptChartCard *self = user_data;

  if (gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (self->menu));
}

static void
cpt_chart_card_dispose (GObject *object)
{
  CptChartCard *self = CPT_CHART_CARD (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->back, gtk_widget_unparent);
  g_clear_pointer (&self->title, gtk_widget_unparent);
  g_clear_pointer (&self->menu_button, gtk_widget_unparent);
  g_clear_pointer (&self->note, gtk_widget_unparent);
  g_clear_pointer (&self->node, gsk_render_node_unref);

  G_OBJECT_CLASS (cpt_chart_card_parent_class)->dispose (object);
}

static void
cpt_chart_card_finalize (GObject *object)
{
  CptChartCard *self = CPT_CHART_CARD (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_object (&self->menu);
  g_clear_pointer (&self->options, json_object_unref);
  g_clear_pointer (&self->data, cpt_chart_data_unref);
  g_clear_pointer (&self->layout, cpt_chart_layout_free);

  G_OBJECT_CLASS (cpt_chart_card_parent_class)->finalize (object);
}

static void
cpt_chart_card_class_init (CptChartCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cpt_chart_card_dispose;
  object_class->finalize = cpt_chart_card_finalize;
  widget_class->snapshot = cpt_chart_card_snapshot;
  widget_class->measure = cpt_chart_card_measure;
  widget_class->size_allocate = cpt_chart_card_size_allocate;
  widget_class->query_tooltip = cpt_chart_card_query_tooltip;
  widget_class->css_changed = cpt_chart_card_css_changed;

  /**
   * CptChartCard::mark-activated:
   * @use: a CptMarkUse
   * @series: index in the data, or -1
   * @category: index in the data, or -1
   */
  signals[MARK_ACTIVATED] = g_signal_new ("mark-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_INT, G_TYPE_INT);

  /**
   * CptChartCard::command:
   * @command: "back", "edit", "duplicate", "cut", "copy" or "remove"
   *
   * The person asks for it in the menu or by a key.
   */
  signals[COMMAND] = g_signal_new ("command", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "card.back", NULL, command_action);
  gtk_widget_class_install_action (widget_class, "card.edit", NULL, command_action);
  gtk_widget_class_install_action (widget_class, "card.duplicate", NULL, command_action);
  gtk_widget_class_install_action (widget_class, "card.cut", NULL, command_action);
  gtk_widget_class_install_action (widget_class, "card.copy", NULL, command_action);
  gtk_widget_class_install_action (widget_class, "card.copy-image", NULL, command_action);
  gtk_widget_class_install_action (widget_class, "card.export", NULL, command_action);
  gtk_widget_class_install_action (widget_class, "card.remove", NULL, command_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "card.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "card.duplicate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_x, GDK_CONTROL_MASK, "card.cut", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "card.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "card.copy-image", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "card.remove", NULL);

  gtk_widget_class_set_css_name (widget_class, "chartcard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
cpt_chart_card_init (CptChartCard *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu = gtk_gesture_click_new ();

  self->mark = self->chosen_series = self->chosen_category = -1;
  self->layout = cpt_chart_layout_new ();
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  self->back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  gtk_widget_add_css_class (self->back, "flat");
  cpt_tooltip_set (self->back, _("Back to the Whole"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->back), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Back to the Whole"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->back), "card.back");
  gtk_widget_set_visible (self->back, FALSE);
  gtk_widget_set_parent (self->back, GTK_WIDGET (self));

  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (self->title), TRUE);
  gtk_label_set_lines (GTK_LABEL (self->title), 2);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_widget_set_parent (self->title, GTK_WIDGET (self));

  self->menu_button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu_button), "view-more-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->menu_button), create_menu_cb, self, NULL);
  gtk_widget_add_css_class (self->menu_button, "flat");
  gtk_widget_set_visible (self->menu_button, FALSE);
  gtk_widget_set_parent (self->menu_button, GTK_WIDGET (self));

  self->note = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->note), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->note, "known-numbers");
  gtk_widget_set_visible (self->note, FALSE);
  gtk_widget_set_parent (self->note, GTK_WIDGET (self));

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (pointer_moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (click, "released", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (menu, "pressed", G_CALLBACK (menu_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (menu));
}

GtkWidget *
cpt_chart_card_new (void)
{
  return g_object_new (CPT_TYPE_CHART_CARD, NULL);
}

const char *
cpt_chart_card_get_id (CptChartCard *self)
{
  g_return_val_if_fail (CPT_IS_CHART_CARD (self), NULL);

  return self->id;
}

static void
show_title (CptChartCard *self,
            const char   *title)
{
  g_autofree char *menu_label = NULL;

  if (strcmp (gtk_label_get_label (GTK_LABEL (self->title)), title) == 0)
    return;

  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  /* Translators: the menu of one widget of a dashboard; %s is its title */
  menu_label = g_strdup_printf (_("Menu for %s"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, menu_label, -1);
}

void
cpt_chart_card_set_widget (CptChartCard    *self,
                           const CptWidget *widget)
{
  g_autofree char *title = NULL;

  g_return_if_fail (CPT_IS_CHART_CARD (self));
  g_return_if_fail (widget != NULL);

  g_free (self->id);
  self->id = g_strdup (widget->id);
  self->kind = cpt_chart_kind_find (widget->kind);
  g_clear_pointer (&self->options, json_object_unref);
  if (widget->options != NULL)
    self->options = json_object_ref (widget->options);

  title = cpt_widget_dup_title (widget, NULL);
  show_title (self, title);
  invalidate (self);
}

static void
show_data (CptChartCard *self,
           CptChartData *data,
           const char   *note)
{
  gtk_label_set_label (GTK_LABEL (self->note), note != NULL ? note : "");
  gtk_widget_set_visible (self->note, note != NULL);
  if (data != NULL)
    cpt_chart_data_ref (data);
  g_clear_pointer (&self->data, cpt_chart_data_unref);
  self->data = data;
  self->mark = -1;
  /* It says which period the numbers are of */
  if (data != NULL && data->title != NULL && data->title[0] != '\0')
    show_title (self, data->title);
  invalidate (self);
  announce (self);
}

void
cpt_chart_card_set_data (CptChartCard *self,
                         CptChartData *data)
{
  g_return_if_fail (CPT_IS_CHART_CARD (self));

  show_data (self, data, NULL);
}

void
cpt_chart_card_set_known (CptChartCard *self,
                          CptChartData *data,
                          const char   *note)
{
  g_return_if_fail (CPT_IS_CHART_CARD (self));
  g_return_if_fail (data != NULL && note != NULL);

  show_data (self, data, note);
}

CptChartData *
cpt_chart_card_get_data (CptChartCard *self)
{
  g_return_val_if_fail (CPT_IS_CHART_CARD (self), NULL);

  return self->data;
}

void
cpt_chart_card_set_menu (CptChartCard *self,
                         GMenuModel   *menu)
{
  g_return_if_fail (CPT_IS_CHART_CARD (self));

  if (g_set_object (&self->menu, menu))
    gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->menu_button), NULL);
  gtk_widget_set_visible (self->menu_button, menu != NULL);
}

void
cpt_chart_card_set_chosen (CptChartCard *self,
                           int           series,
                           int           category)
{
  g_return_if_fail (CPT_IS_CHART_CARD (self));

  self->chosen_series = series;
  self->chosen_category = category;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
cpt_chart_card_set_way_back (CptChartCard *self,
                             gboolean      has_way_back)
{
  g_return_if_fail (CPT_IS_CHART_CARD (self));

  gtk_widget_set_visible (self->back, has_way_back);
}

void
cpt_chart_card_popup_menu (CptChartCard *self,
                           GMenuModel   *menu,
                           int           series,
                           int           category)
{
  GdkRectangle where = { gtk_widget_get_width (GTK_WIDGET (self)) / 2, TITLE_HEIGHT, 1, 1 };

  g_return_if_fail (CPT_IS_CHART_CARD (self));

  for (guint i = 0; i < self->layout->marks->len; i++)
    {
      const CptChartMark *mark = &g_array_index (self->layout->marks, CptChartMark, i);

      if (mark->series == series && mark->category == category)
        where = (GdkRectangle){ (int) mark->x + PADDING, (int) mark->y + TITLE_HEIGHT, 1, 1 };
    }
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  self->popover = gtk_popover_menu_new_from_model (menu);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &where);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

int
cpt_chart_card_get_title_height (CptChartCard *self)
{
  return TITLE_HEIGHT;
}
