/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One column of a board. The owner gives a page of cards at a time, so that a
 * column never has more widgets than somebody looks at.
 */

#include "config.h"

#include "cpt-board-column.h"

#include <glib/gi18n.h>

#define WIDTH 288

/* The row of a card: a list box row that owns what it shows */

#define CPT_TYPE_BOARD_ROW (cpt_board_row_get_type ())

G_DECLARE_FINAL_TYPE (CptBoardRow, cpt_board_row, CPT, BOARD_ROW, GtkListBoxRow)

struct _CptBoardRow
{
  GtkListBoxRow parent_instance;

  CptBoardCard *card;
};

G_DEFINE_FINAL_TYPE (CptBoardRow, cpt_board_row, GTK_TYPE_LIST_BOX_ROW)

struct _CptBoardColumn
{
  GtkWidget parent_instance;

  char *key;
  char *title;
  char *colour; /* (nullable) */
  CptBoardColumnFlags flags;
  GtkWidget *box;
  /* Borrowed from box */
  GtkWidget *summary; /* (nullable): this and two others are in the head */
  GtkWidget *note;
  GtkWidget *list;
  GtkWidget *scrolled;
  GtkWidget *more;
  GtkWidget *add;
  guint n_cards;
};

enum
{
  CARD_ACTIVATED,
  MORE,
  NEW_CARD,
  EDIT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptBoardColumn, cpt_board_column, GTK_TYPE_WIDGET)

void
cpt_board_card_free (CptBoardCard *self)
{
  if (self == NULL)
    return;

  g_free (self->column);
  g_free (self->lane);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->figure);
  g_free (self->detail);
  g_free (self);
}

static void
cpt_board_row_finalize (GObject *object)
{
  g_clear_pointer (&CPT_BOARD_ROW (object)->card, cpt_board_card_free);

  G_OBJECT_CLASS (cpt_board_row_parent_class)->finalize (object);
}

static void
cpt_board_row_class_init (CptBoardRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_board_row_finalize;
}

static void
cpt_board_row_init (CptBoardRow *self)
{
}

static void
add_label (GtkWidget  *box,
           const char *text,
           const char *css_class,
           int         lines)
{
  GtkWidget *label;

  if (text == NULL || *text == '\0')
    return;

  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (lines > 1)
    {
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_lines (GTK_LABEL (label), lines);
    }
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
}

static GtkWidget *
create_row (CptBoardCard *card)
{
  CptBoardRow *row = g_object_new (CPT_TYPE_BOARD_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autoptr(GPtrArray) words = g_ptr_array_new ();
  g_autofree char *spoken = NULL;

  row->card = card;
  add_label (box, card->title, "board-title", 2);
  add_label (box, card->subtitle, "dim-label", 1);
  add_label (foot, card->figure, "board-figure", 1);
  if (card->detail != NULL)
    {
      GtkWidget *detail = gtk_label_new (card->detail);

      gtk_widget_add_css_class (detail, "dim-label");
      gtk_widget_add_css_class (detail, "caption");
      gtk_widget_set_hexpand (detail, TRUE);
      gtk_widget_set_halign (detail, GTK_ALIGN_END);
      gtk_box_append (GTK_BOX (foot), detail);
    }
  if (gtk_widget_get_first_child (foot) != NULL)
    gtk_box_append (GTK_BOX (box), foot);
  else
    g_object_ref_sink (foot), g_object_unref (foot);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_add_css_class (GTK_WIDGET (row), "card");
  gtk_widget_add_css_class (GTK_WIDGET (row), "board-card");

  g_ptr_array_add (words, card->title);
  if (card->subtitle != NULL)
    g_ptr_array_add (words, card->subtitle);
  if (card->figure != NULL)
    g_ptr_array_add (words, card->figure);
  g_ptr_array_add (words, NULL);
  spoken = g_strjoinv (", ", (char **) words->pdata);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  return GTK_WIDGET (row);
}

static void
row_activated_cb (CptBoardColumn *self,
                  GtkListBoxRow  *row)
{
  g_signal_emit (self, signals[CARD_ACTIVATED], 0, row);
}

static void
more_clicked_cb (CptBoardColumn *self)
{
  g_signal_emit (self, signals[MORE], 0);
}

static void
add_clicked_cb (CptBoardColumn *self)
{
  g_signal_emit (self, signals[NEW_CARD], 0);
}

static void
edit_clicked_cb (CptBoardColumn *self)
{
  g_signal_emit (self, signals[EDIT], 0);
}

static void
cpt_board_column_dispose (GObject *object)
{
  CptBoardColumn *self = CPT_BOARD_COLUMN (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cpt_board_column_parent_class)->dispose (object);
}

static void
cpt_board_column_finalize (GObject *object)
{
  CptBoardColumn *self = CPT_BOARD_COLUMN (object);

  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->colour, g_free);

  G_OBJECT_CLASS (cpt_board_column_parent_class)->finalize (object);
}

static guint
add_signal (GType       type,
            const char *name,
            guint       n_parameters,
            GType       parameter)
{
  return g_signal_new (name, type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n_parameters, parameter);
}

static void
cpt_board_column_class_init (CptBoardColumnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cpt_board_column_dispose;
  object_class->finalize = cpt_board_column_finalize;
  signals[CARD_ACTIVATED] = add_signal (G_TYPE_FROM_CLASS (klass), "card-activated", 1, GTK_TYPE_WIDGET);
  signals[MORE] = add_signal (G_TYPE_FROM_CLASS (klass), "more", 0, G_TYPE_NONE);
  signals[NEW_CARD] = add_signal (G_TYPE_FROM_CLASS (klass), "new-card", 0, G_TYPE_NONE);
  signals[EDIT] = add_signal (G_TYPE_FROM_CLASS (klass), "edit", 0, G_TYPE_NONE);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "boardcolumn");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cpt_board_column_init (CptBoardColumn *self)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "board-list");
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);

  self->more = gtk_button_new ();
  gtk_widget_add_css_class (self->more, "flat");
  gtk_widget_add_css_class (self->more, "board-more");
  gtk_widget_set_visible (self->more, FALSE);
  g_signal_connect_object (self->more, "clicked", G_CALLBACK (more_clicked_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (body), self->list);
  gtk_box_append (GTK_BOX (body), self->more);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), body);
  gtk_widget_set_vexpand (self->scrolled, TRUE);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_size_request (self->box, WIDTH, -1);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static GtkWidget *
create_head_button (CptBoardColumn *self,
                    const char     *icon,
                    const char     *label,
                    GCallback       callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);

  return button;
}

/* Title with a dot in its colour, and the summary */
static GtkWidget *
create_texts (CptBoardColumn *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (self->title);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "heading");
  self->summary = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->summary), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->summary), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->summary, "caption");
  gtk_widget_add_css_class (self->summary, "dim-label");
  if (self->colour != NULL)
    {
      GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

      gtk_widget_add_css_class (dot, "board-dot");
      gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (line), dot);
    }
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (texts), line);
  gtk_box_append (GTK_BOX (texts), self->summary);
  self->note = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_widget_add_css_class (self->note, "caption");
  gtk_widget_add_css_class (self->note, "board-note");
  gtk_widget_set_visible (self->note, FALSE);
  gtk_box_append (GTK_BOX (texts), self->note);
  gtk_widget_set_hexpand (texts, TRUE);

  return texts;
}

static GtkWidget *
create_head (CptBoardColumn *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  /* Translators: opens the page of what a column is about: "Edit “Proposal”" */
  g_autofree char *edit_label = g_strdup_printf (_("Edit “%s”"), self->title);
  /* Translators: makes a new card in a column of a board: "Add to “Proposal”" */
  g_autofree char *add_label = g_strdup_printf (_("Add to “%s”"), self->title);

  gtk_widget_add_css_class (head, "board-head");
  if (self->colour != NULL)
    {
      g_autofree char *css_class = g_strconcat ("colour-", self->colour, NULL);

      gtk_widget_add_css_class (head, css_class);
    }
  gtk_box_append (GTK_BOX (head), create_texts (self));
  if (self->flags & CPT_BOARD_COLUMN_HAS_PAGE)
    gtk_box_append (GTK_BOX (head),
                    create_head_button (self, "document-edit-symbolic", edit_label, G_CALLBACK (edit_clicked_cb)));
  self->add = create_head_button (self, "list-add-symbolic", add_label, G_CALLBACK (add_clicked_cb));
  gtk_box_append (GTK_BOX (head), self->add);

  return head;
}

GtkWidget *
cpt_board_column_new (const char          *key,
                      const char          *title,
                      const char          *colour,
                      CptBoardColumnFlags  flags)
{
  CptBoardColumn *self = g_object_new (CPT_TYPE_BOARD_COLUMN, NULL);

  self->key = g_strdup (key);
  self->title = g_strdup (title);
  self->colour = g_strdup (colour);
  self->flags = flags;
  if ((flags & CPT_BOARD_COLUMN_CARDS) == 0)
    gtk_box_append (GTK_BOX (self->box), create_head (self));
  else
    gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_NEVER);
  gtk_box_append (GTK_BOX (self->box), self->scrolled);
  gtk_widget_set_visible (self->scrolled, (flags & CPT_BOARD_COLUMN_HEAD) == 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  return GTK_WIDGET (self);
}

const char *
cpt_board_column_get_key (CptBoardColumn *self)
{
  return self->key;
}

const char *
cpt_board_column_get_title (CptBoardColumn *self)
{
  return self->title;
}

const char *
cpt_board_column_get_colour (CptBoardColumn *self)
{
  return self->colour;
}

gboolean
cpt_board_column_takes (CptBoardColumn *self)
{
  return (self->flags & CPT_BOARD_COLUMN_TAKES) != 0;
}

void
cpt_board_column_set_summary (CptBoardColumn *self,
                              const char     *summary,
                              gboolean        is_over)
{
  if (self->summary == NULL)
    return;

  if (is_over)
    gtk_widget_add_css_class (GTK_WIDGET (self), "over");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "over");
  gtk_label_set_label (GTK_LABEL (self->summary), summary != NULL ? summary : "");
}

void
cpt_board_column_set_more (CptBoardColumn *self,
                           guint64         n_more)
{
  g_autofree char *label = NULL;

  /* Translators: a button that shows more cards of a column */
  label = g_strdup_printf (ngettext ("Show %lu more", "Show %lu more", (gulong) n_more),
                           (gulong) n_more);
  gtk_button_set_label (GTK_BUTTON (self->more), label);
  gtk_widget_set_visible (self->more, n_more > 0);
}

void
cpt_board_column_set_note (CptBoardColumn *self,
                           const char     *note)
{
  if (self->note == NULL)
    return;

  gtk_label_set_label (GTK_LABEL (self->note), note != NULL ? note : "");
  gtk_widget_set_visible (self->note, note != NULL);
  if (note != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "asks");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "asks");
}

GtkWidget *
cpt_board_column_add (CptBoardColumn *self,
                      CptBoardCard   *card,
                      gboolean        at_top)
{
  GtkWidget *row = create_row (card);

  if (at_top)
    gtk_list_box_prepend (GTK_LIST_BOX (self->list), row);
  else
    gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  self->n_cards++;

  return row;
}

static gboolean
is_same_card (const CptBoardCard *a,
              const CptBoardCard *b)
{
  return cpt_uuid_equal (&a->id, &b->id) && g_strcmp0 (a->title, b->title) == 0 &&
         g_strcmp0 (a->subtitle, b->subtitle) == 0 && g_strcmp0 (a->figure, b->figure) == 0 &&
         g_strcmp0 (a->detail, b->detail) == 0;
}

void
cpt_board_column_set_cards (CptBoardColumn *self,
                            GPtrArray      *cards)
{
  GtkWidget *row = gtk_widget_get_first_child (self->list);
  guint n_same = 0;

  for (; row != NULL && n_same < cards->len; row = gtk_widget_get_next_sibling (row), n_same++)
    if (!is_same_card (CPT_BOARD_ROW (row)->card, g_ptr_array_index (cards, n_same)))
      break;

  while (row != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (row);

      cpt_board_column_remove (self, row);
      row = next;
    }

  g_ptr_array_set_free_func (cards, NULL);
  for (guint i = 0; i < cards->len; i++)
    {
      if (i < n_same)
        cpt_board_card_free (g_ptr_array_index (cards, i));
      else
        cpt_board_column_add (self, g_ptr_array_index (cards, i), FALSE);
    }
  g_ptr_array_unref (cards);
}

GtkWidget *
cpt_board_column_find (CptBoardColumn *self,
                       const CptUuid  *id)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (CPT_IS_BOARD_ROW (row) && cpt_uuid_compare (&CPT_BOARD_ROW (row)->card->id, id) == 0)
      return row;

  return NULL;
}

void
cpt_board_column_remove (CptBoardColumn *self,
                         GtkWidget      *row)
{
  gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  self->n_cards--;
}

guint
cpt_board_column_get_n_cards (CptBoardColumn *self)
{
  return self->n_cards;
}

const CptBoardCard *
cpt_board_column_get_card (GtkWidget *row)
{
  return CPT_IS_BOARD_ROW (row) ? CPT_BOARD_ROW (row)->card : NULL;
}

void
cpt_board_column_focus_card (CptBoardColumn *self,
                             int             index)
{
  GtkListBoxRow *row = NULL;

  if (self->n_cards > 0)
    row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), MIN (index, (int) self->n_cards - 1));
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  else
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

void
cpt_board_column_set_editable (CptBoardColumn *self,
                               gboolean        editable)
{
  if (self->add != NULL)
    gtk_widget_set_visible (self->add, editable && cpt_board_column_takes (self));
}

void
cpt_board_column_scroll (CptBoardColumn *self,
                         double          pixels)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + pixels);
}
