/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One lane of a board: a line with its name and what it holds, and its columns,
 * which are folded away and shown again by that line. */

#include "config.h"

#include "cpt-board-lane.h"

#include <glib/gi18n-lib.h>

struct _CptBoardLane
{
  GtkWidget parent_instance;

  char *key;
  char *title;  /* (nullable) */
  char *colour; /* (nullable): palette name */
  gboolean takes;
  GtkWidget *head; /* (nullable): without a title */
  GtkWidget *strip;
  /* Borrowed from head */
  GtkWidget *arrow;
  GtkWidget *summary;
  GtkWidget *note;
};

enum
{
  FOLDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptBoardLane, cpt_board_lane, GTK_TYPE_WIDGET)

static void
cpt_board_lane_dispose (GObject *object)
{
  CptBoardLane *self = CPT_BOARD_LANE (object);

  g_clear_pointer (&self->head, gtk_widget_unparent);
  g_clear_pointer (&self->strip, gtk_widget_unparent);

  G_OBJECT_CLASS (cpt_board_lane_parent_class)->dispose (object);
}

static void
cpt_board_lane_finalize (GObject *object)
{
  CptBoardLane *self = CPT_BOARD_LANE (object);

  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->colour, g_free);

  G_OBJECT_CLASS (cpt_board_lane_parent_class)->finalize (object);
}

static void
cpt_board_lane_class_init (CptBoardLaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_board_lane_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_board_lane_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "boardlane");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  signals[FOLDED] = g_signal_new ("folded", CPT_TYPE_BOARD_LANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_board_lane_init (CptBoardLane *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->strip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (self->strip, "board-strip");
  gtk_widget_set_vexpand (self->strip, TRUE);
  gtk_widget_set_parent (self->strip, GTK_WIDGET (self));
}

static GtkWidget *
create_label (GtkWidget  *head,
              const char *text,
              const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_box_append (GTK_BOX (head), label);

  return label;
}

static void
head_clicked_cb (CptBoardLane *self)
{
  cpt_board_lane_set_folded (self, !cpt_board_lane_is_folded (self));
  g_signal_emit (self, signals[FOLDED], 0);
}

static void
create_head (CptBoardLane *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  /* Translators: a button; %s is the name of a lane of a board */
  g_autofree char *label = g_strdup_printf (_("Cards of “%s”"), self->title);

  self->head = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->head), box);
  /* As wide as the board it would be scrolled to its end when it gets the keyboard. */
  gtk_widget_set_halign (self->head, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->head, "flat");
  gtk_widget_add_css_class (self->head, "board-lane-head");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->head), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (self->head, "clicked", G_CALLBACK (head_clicked_cb), self, G_CONNECT_SWAPPED);
  self->arrow = gtk_image_new ();
  gtk_box_append (GTK_BOX (box), self->arrow);
  if (self->colour != NULL)
    {
      GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      g_autofree char *css_class = g_strconcat ("colour-", self->colour, NULL);

      gtk_widget_add_css_class (self->head, css_class);
      gtk_widget_add_css_class (dot, "board-dot");
      gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), dot);
    }
  create_label (box, self->title, "heading");
  self->summary = create_label (box, NULL, "caption");
  gtk_widget_add_css_class (self->summary, "dim-label");
  self->note = create_label (box, NULL, "caption");
  gtk_widget_add_css_class (self->note, "board-note");
  gtk_widget_set_visible (self->note, FALSE);
  gtk_widget_insert_before (self->head, GTK_WIDGET (self), self->strip);
  cpt_board_lane_set_folded (self, FALSE);
}

GtkWidget *
cpt_board_lane_new (const char *key,
                    const char *title,
                    const char *colour,
                    gboolean    takes)
{
  CptBoardLane *self = g_object_new (CPT_TYPE_BOARD_LANE, NULL);

  self->key = g_strdup (key);
  self->title = g_strdup (title);
  self->colour = g_strdup (colour);
  self->takes = takes;
  /* Columns of the only lane are as high as the board. */
  gtk_widget_set_vexpand (GTK_WIDGET (self), title == NULL);
  if (title != NULL)
    {
      create_head (self);
      gtk_widget_set_vexpand (self->strip, FALSE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
    }

  return GTK_WIDGET (self);
}

const char *
cpt_board_lane_get_key (CptBoardLane *self)
{
  return self->key;
}

const char *
cpt_board_lane_get_title (CptBoardLane *self)
{
  return self->title;
}

const char *
cpt_board_lane_get_colour (CptBoardLane *self)
{
  return self->colour;
}

gboolean
cpt_board_lane_takes (CptBoardLane *self)
{
  return self->takes;
}

void
cpt_board_lane_set_summary (CptBoardLane *self,
                            const char   *summary)
{
  if (self->head != NULL)
    gtk_label_set_label (GTK_LABEL (self->summary), summary != NULL ? summary : "");
}

void
cpt_board_lane_set_note (CptBoardLane *self,
                         const char   *note)
{
  if (self->head == NULL)
    return;

  gtk_label_set_label (GTK_LABEL (self->note), note != NULL ? note : "");
  gtk_widget_set_visible (self->note, note != NULL);
  if (note != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "asks");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "asks");
}

void
cpt_board_lane_set_folded (CptBoardLane *self,
                           gboolean      folded)
{
  if (self->head == NULL)
    return;

  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow), folded ? "pan-end-symbolic" : "pan-down-symbolic");
  gtk_widget_set_tooltip_text (self->head, folded ? _("Unfold") : _("Fold"));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->head), GTK_ACCESSIBLE_STATE_EXPANDED, !folded, -1);
  gtk_widget_set_visible (self->strip, !folded);
}

gboolean
cpt_board_lane_is_folded (CptBoardLane *self)
{
  return !gtk_widget_get_visible (self->strip);
}

void
cpt_board_lane_set_over (CptBoardLane *self,
                         gboolean      over)
{
  if (self->head == NULL)
    return;

  if (over && cpt_board_lane_is_folded (self))
    gtk_widget_add_css_class (self->head, "drop");
  else
    gtk_widget_remove_css_class (self->head, "drop");
}

void
cpt_board_lane_add_column (CptBoardLane *self,
                           GtkWidget    *column)
{
  gtk_box_append (GTK_BOX (self->strip), column);
}

CptBoardColumn *
cpt_board_lane_get_first (CptBoardLane *self)
{
  GtkWidget *first = gtk_widget_get_first_child (self->strip);

  return first != NULL ? CPT_BOARD_COLUMN (first) : NULL;
}

CptBoardColumn *
cpt_board_lane_find_column (CptBoardLane *self,
                            const char   *key)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->strip); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (cpt_board_column_get_key (CPT_BOARD_COLUMN (child)), key))
      return CPT_BOARD_COLUMN (child);

  return NULL;
}

CptBoardLane *
cpt_board_lane_get_of (CptBoardColumn *column)
{
  GtkWidget *lane = gtk_widget_get_ancestor (GTK_WIDGET (column), CPT_TYPE_BOARD_LANE);

  return lane != NULL ? CPT_BOARD_LANE (lane) : NULL;
}
