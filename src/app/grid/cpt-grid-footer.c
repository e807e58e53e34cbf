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

GtkWidget *
cpt_grid_footer_new (CptDataGrid *grid)
{
  CptGridFooter *self = g_object_new (CPT_TYPE_GRID_FOOTER, NULL);

  self->grid = g_object_ref (grid);
  g_signal_connect_object (grid, "resized", G_CALLBACK (gtk_widget_queue_allocate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (grid, "notify::hadjustment", G_CALLBACK (adjustment_cb), self, G_CONNECT_SWAPPED);
  adjustment_cb (self);

  return GTK_WIDGET (self);
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

/* "Sum" dimmed, and below how much it is */
static void
show_total (GtkWidget           *label,
            const CptGridTotal  *total,
            const CptGridColumn *column)
{
  g_autofree char *markup = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (label, total->label != NULL);
  if (total->label == NULL)
    return;

  markup = g_markup_printf_escaped ("<span size='smaller' alpha='65%%'>%s</span>\n<b>%s</b>", total->label,
                                    total->text != NULL ? total->text : "…");
  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_xalign (GTK_LABEL (label), column->look == CPT_CELL_NUMBER ? 1 : 0);
  gtk_label_set_justify (GTK_LABEL (label), column->look == CPT_CELL_NUMBER ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
  /* Translators: a column, what is told of it, and how much: "Amount, Sum: €1,200" */
  text = g_strdup_printf (C_("total", "%s, %s: %s"), column->title, total->label, total->text != NULL ? total->text : "…");
  gtk_widget_set_tooltip_text (label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

void
cpt_grid_footer_set (CptGridFooter *self,
                     GPtrArray     *totals)
{
  CptGridModel *model = cpt_data_grid_get_model (self->grid);
  gboolean has_any = FALSE;

  g_return_if_fail (CPT_IS_GRID_FOOTER (self));

  while (self->labels->len > totals->len)
    {
      gtk_widget_unparent (g_ptr_array_index (self->labels, self->labels->len - 1));
      g_ptr_array_set_size (self->labels, (int) self->labels->len - 1);
    }
  while (self->labels->len < totals->len)
    g_ptr_array_add (self->labels, create_label (self));
  for (guint i = 0; i < totals->len; i++)
    {
      const CptGridTotal *total = g_ptr_array_index (totals, i);
      const CptGridColumn *column = model != NULL ? cpt_grid_model_get_column (model, i) : NULL;

      if (column == NULL)
        break;
      show_total (g_ptr_array_index (self->labels, i), total, column);
      has_any |= total->label != NULL;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), has_any);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
