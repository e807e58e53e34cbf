/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Totals below the columns of a grid: labels that stand where the columns are. */
#include "config.h"
#include "cpt-grid-footer.h"

#include <glib/gi18n-lib.h>

#include "cpt-data-grid-private.h"

#define PADDING 4

struct _CptGridFooter
{
  GtkWidget parent_instance;

  CptDataGrid *grid; /* (owned) */
  GPtrArray *labels; /* (element-type GtkWidget): for each column; borrowed from GTK */
  GPtrArray *totals; /* (owned) (nullable) (element-type CptGridTotal): what they show */
};

G_DEFINE_FINAL_TYPE (CptGridFooter, cpt_grid_footer, GTK_TYPE_WIDGET)

void
cpt_grid_total_free (CptGridTotal *self)
{
  g_free (self->label);
  g_free (self->text);
  g_free (self);
}

static void
cpt_grid_footer_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  CptGridFooter *self = CPT_GRID_FOOTER (widget);

  *minimum = 0;
  for (guint i = 0; orientation == GTK_ORIENTATION_VERTICAL && i < self->labels->len; i++)
    {
      int height;

      gtk_widget_measure (g_ptr_array_index (self->labels, i), GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
      *minimum = MAX (*minimum, height + 2 * PADDING);
    }
  *natural = *minimum;
}

static void
cpt_grid_footer_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  CptGridFooter *self = CPT_GRID_FOOTER (widget);

  for (guint i = 0; i < self->labels->len && i < self->grid->tracks->len; i++)
    {
      const CptGridTrack *track = &g_array_index (self->grid->tracks, CptGridTrack, i);
      GtkWidget *label = g_ptr_array_index (self->labels, i);
      int x = cpt_data_grid_get_column_x (self->grid, i);
      int least;

      gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      gtk_widget_size_allocate (label,
                                &(GtkAllocation){ x + CPT_GRID_CELL_PADDING, 0,
                                                  MAX (track->width - 2 * CPT_GRID_CELL_PADDING, least), height },
                                -1);
    }
}

/* Those that are scrolled do not come below those that are pinned. */
static void
cpt_grid_footer_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  CptGridFooter *self = CPT_GRID_FOOTER (widget);
  graphene_rect_t area = cpt_data_grid_get_scrolled_area (self->grid, gtk_widget_get_height (widget));

  for (guint i = 0; i < self->labels->len; i++)
    {
      gboolean is_scrolled = i >= self->grid->n_stuck;

      if (is_scrolled)
        gtk_snapshot_push_clip (snapshot, &area);
      gtk_widget_snapshot_child (widget, g_ptr_array_index (self->labels, i), snapshot);
      if (is_scrolled)
        gtk_snapshot_pop (snapshot);
    }
}

static void
cpt_grid_footer_dispose (GObject *object)
{
  CptGridFooter *self = CPT_GRID_FOOTER (object);

  for (guint i = 0; i < self->labels->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->labels, i));
  g_ptr_array_set_size (self->labels, 0);
  g_clear_object (&self->grid);

  G_OBJECT_CLASS (cpt_grid_footer_parent_class)->dispose (object);
}

static void
cpt_grid_footer_finalize (GObject *object)
{
  g_ptr_array_unref (CPT_GRID_FOOTER (object)->labels);
  g_clear_pointer (&CPT_GRID_FOOTER (object)->totals, g_ptr_array_unref);

  G_OBJECT_CLASS (cpt_grid_footer_parent_class)->finalize (object);
}

static void
cpt_grid_footer_class_init (CptGridFooterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cpt_grid_footer_dispose;
  object_class->finalize = cpt_grid_footer_finalize;
  widget_class->measure = cpt_grid_footer_measure;
  widget_class->size_allocate = cpt_grid_footer_size_allocate;
  widget_class->snapshot = cpt_grid_footer_snapshot;
  gtk_widget_class_set_css_name (widget_class, "gridfooter");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cpt_grid_footer_init (CptGridFooter *self)
{
  self->labels = g_ptr_array_new ();
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Totals"), -1);
}

/* The grid has its adjustment once it is inside a scrolled window. */
static void
adjustment_cb (CptGridFooter *self)
{
  GtkAdjustment *horizontal = self->grid->adjustments[GTK_ORIENTATION_HORIZONTAL];

  if (horizontal == NULL)
    return;

  g_signal_connect_object (horizontal, "value-changed", G_CALLBACK (gtk_widget_queue_allocate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (horizontal, "changed", G_CALLBACK (gtk_widget_queue_allocate), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
create_label (CptGridFooter *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_parent (label, GTK_WIDGET (self));

  return label;
}

/* "Sum" dimmed, and below how much it is, in @percent of the size of the text */
static void
set_markup (GtkWidget          *label,
            const CptGridTotal *total,
            int                 percent)
{
  g_autofree char *markup =
    g_markup_printf_escaped ("<span size='smaller' alpha='65%%'>%s</span>\n<b><span size='%d%%'>%s</span></b>", total->label,
                             percent, total->text != NULL ? total->text : "…");

  gtk_label_set_markup (GTK_LABEL (label), markup);
}

/* A number that is cut reads as another one: where it has no room it is written
 * smaller. */
static void
fit_total (CptGridFooter      *self,
           guint               column,
           const CptGridTotal *total)
{
  GtkWidget *label = g_ptr_array_index (self->labels, column);
  int room = column < self->grid->tracks->len
               ? g_array_index (self->grid->tracks, CptGridTrack, column).width - 2 * CPT_GRID_CELL_PADDING
               : 0;
  int width;

  set_markup (label, total, 100);
  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  if (width > room && room > 0)
    set_markup (label, total, (int) MAX (98.0 * room / width, 100 * CPT_GRID_MIN_SCALE));
}

static void
show_total (CptGridFooter       *self,
            guint                index,
            const CptGridTotal  *total,
            const CptGridColumn *column)
{
  GtkWidget *label = g_ptr_array_index (self->labels, index);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (label, total->label != NULL);
  if (total->label == NULL)
    return;

  fit_total (self, index, total);
  gtk_label_set_xalign (GTK_LABEL (label), column->look == CPT_CELL_NUMBER ? 1 : 0);
  gtk_label_set_justify (GTK_LABEL (label), column->look == CPT_CELL_NUMBER ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
  /* Translators: a column, what is told of it, and how much: "Amount, Sum: €1,200" */
  text = g_strdup_printf (C_("total", "%s, %s: %s"), column->title, total->label, total->text != NULL ? total->text : "…");
  gtk_widget_set_tooltip_text (label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* Whether there is any */
static gboolean
show_totals (CptGridFooter *self)
{
  CptGridModel *model = cpt_data_grid_get_model (self->grid);
  gboolean has_any = FALSE;

  for (guint i = 0; self->totals != NULL && i < self->totals->len; i++)
    {
      const CptGridTotal *total = g_ptr_array_index (self->totals, i);
      const CptGridColumn *column = model != NULL ? cpt_grid_model_get_column (model, i) : NULL;

      if (column == NULL)
        break;
      show_total (self, i, total, column);
      has_any |= total->label != NULL;
    }

  return has_any;
}

static void
resized_cb (CptGridFooter *self)
{
  show_totals (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
cpt_grid_footer_set (CptGridFooter *self,
                     GPtrArray     *totals)
{
  g_return_if_fail (CPT_IS_GRID_FOOTER (self));

  g_ptr_array_ref (totals);
  g_clear_pointer (&self->totals, g_ptr_array_unref);
  self->totals = totals;
  while (self->labels->len > totals->len)
    {
      gtk_widget_unparent (g_ptr_array_index (self->labels, self->labels->len - 1));
      g_ptr_array_set_size (self->labels, (int) self->labels->len - 1);
    }
  while (self->labels->len < totals->len)
    g_ptr_array_add (self->labels, create_label (self));
  gtk_widget_set_visible (GTK_WIDGET (self), show_totals (self));
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

GtkWidget *
cpt_grid_footer_new (CptDataGrid *grid)
{
  CptGridFooter *self = g_object_new (CPT_TYPE_GRID_FOOTER, NULL);

  self->grid = g_object_ref (grid);
  g_signal_connect_object (grid, "resized", G_CALLBACK (resized_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (grid, "notify::hadjustment", G_CALLBACK (adjustment_cb), self, G_CONNECT_SWAPPED);
  adjustment_cb (self);

  return GTK_WIDGET (self);
}
