/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grid over a model of a million made-up rows: what it asks for, where the
 * cursor goes, and what stays where it is when rows come and go. */
#include "config.h"

#include <adwaita.h>

#include "cpt-data-grid-private.h"

#define N_ROWS 1000000

/* ------------------------------------------------------------------ model */

#define TEST_TYPE_MODEL (test_model_get_type ())
G_DECLARE_FINAL_TYPE (TestModel, test_model, TEST, MODEL, GObject)

struct _TestModel
{
  GObject parent_instance;

  guint n_rows;
  guint first;
  guint last;
  guint n_cells; /* how many cells were asked for */
  guint64 version;
  int sorted;
  gboolean descending;
};

static const CptGridColumn columns[] = {
  { (char *) "Name", (char *) "name", CPT_CELL_TEXT, 200, TRUE },
  { (char *) "Amount", (char *) "amount", CPT_CELL_NUMBER, 100, TRUE },
  { (char *) "Stage", (char *) "stage", CPT_CELL_PILLS, 120, TRUE },
  { (char *) "Done", (char *) "done", CPT_CELL_CHECK, 80, FALSE },
};

static guint
get_length (CptGridModel *model)
{
  return TEST_MODEL (model)->n_rows;
}

static const CptGridColumn *
get_column (CptGridModel *model,
            guint         column)
{
  return column < G_N_ELEMENTS (columns) ? &columns[column] : NULL;
}

static gint64
get_key (CptGridModel *model,
         guint         position)
{
  return (gint64) position + 1;
}

static guint64
get_version (CptGridModel *model,
             guint         position)
{
  return TEST_MODEL (model)->version;
}

static void
get_cell (CptGridModel *model,
          guint         position,
          guint         column,
          CptGridCell  *cell)
{
  TEST_MODEL (model)->n_cells++;
  cell->text = column == 0 ? g_strdup_printf ("Row %u", position) : g_strdup_printf ("%u", position * 17);
  cell->is_checked = position % 2 == 0;
  if (column == 2)
    cpt_grid_cell_add_pill (cell, position % 3 == 0 ? "Won" : "Lost", position % 3 == 0 ? "green" : "red");
}

static void
set_range (CptGridModel *model,
           guint         first,
           guint         last)
{
  TEST_MODEL (model)->first = first;
  TEST_MODEL (model)->last = last;
}

static int
get_order (CptGridModel *model,
           guint         column)
{
  if (TEST_MODEL (model)->sorted != (int) column)
    return 0;

  return TEST_MODEL (model)->descending ? -1 : 1;
}

static void
sort (CptGridModel *model,
      guint         column,
      gboolean      descending,
      gboolean      as_well)
{
  TEST_MODEL (model)->sorted = (int) column;
  TEST_MODEL (model)->descending = descending;
}

static void
model_iface_init (CptGridModelInterface *iface)
{
  iface->get_length = get_length;
  iface->get_column = get_column;
  iface->get_key = get_key;
  iface->get_version = get_version;
  iface->get_cell = get_cell;
  iface->set_range = set_range;
  iface->get_order = get_order;
  iface->sort = sort;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestModel, test_model, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (CPT_TYPE_GRID_MODEL, model_iface_init))

static void
test_model_class_init (TestModelClass *klass)
{
}

static void
test_model_init (TestModel *self)
{
  self->n_rows = N_ROWS;
  self->version = 1;
  self->sorted = -1;
}

/* ---------------------------------------------------------------- fixture */

typedef struct
{
  GtkWidget *window;
  GtkWidget *scroller;
  CptDataGrid *grid;
  TestModel *model;
  GtkAdjustment *vertical;
} Fixture;

/* Two frames: one for the layout, one for what it asked for */
static void
settle (Fixture *fixture)
{
  gint64 end = g_get_monotonic_time () + 120 * 1000;

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->model = g_object_new (TEST_TYPE_MODEL, NULL);
  fixture->grid = CPT_DATA_GRID (cpt_data_grid_new ());
  cpt_data_grid_set_model (fixture->grid, CPT_GRID_MODEL (fixture->model));
  fixture->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (fixture->scroller), GTK_WIDGET (fixture->grid));
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 600);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->scroller);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (fixture->window);
  fixture->vertical = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (fixture->scroller));
  settle (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->model);
}

static void
test_asks_only_for_rows_on_the_screen (Fixture       *fixture,
                                       gconstpointer  unused)
{
  g_assert_cmpuint (fixture->model->first, ==, 0);
  g_assert_cmpuint (fixture->model->last, >, 8);
  g_assert_cmpuint (fixture->model->last, <, 40);
  g_assert_cmpuint (fixture->model->n_cells, <, 2000);
}

static void
test_end_of_a_million_rows_is_reached_exactly (Fixture       *fixture,
                                               gconstpointer  unused)
{
  double upper = gtk_adjustment_get_upper (fixture->vertical);

  g_assert_cmpfloat (upper, ==, (double) N_ROWS * cpt_data_grid_get_row_height (fixture->grid));
  gtk_adjustment_set_value (fixture->vertical, upper);
  settle (fixture);
  g_assert_cmpuint (fixture->model->last, ==, N_ROWS - 1);
}

static void
test_fast_scrolling_both_ways_ends_where_it_began (Fixture       *fixture,
                                                   gconstpointer  unused)
{
  gtk_adjustment_set_value (fixture->vertical, 18200);
  for (guint i = 0; i < 400; i++)
    {
      gtk_adjustment_set_value (fixture->vertical, gtk_adjustment_get_value (fixture->vertical) + (i < 200 ? 91 : -91));
      if (i % 3 == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  settle (fixture);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture->vertical), ==, 18200);
}

static void
test_cursor_scrolls_into_view (Fixture       *fixture,
                               gconstpointer  unused)
{
  cpt_data_grid_set_cursor (fixture->grid, N_ROWS / 2);
  settle (fixture);
  g_assert_cmpuint (cpt_data_grid_get_cursor (fixture->grid), ==, N_ROWS / 2);
  g_assert_cmpuint (fixture->model->first, <=, N_ROWS / 2);
  g_assert_cmpuint (fixture->model->last, >=, N_ROWS / 2);
}

/* The toast that tells of a change is as high as two rows. */
static void
test_cell_is_not_below_the_toast (Fixture       *fixture,
                                  gconstpointer  unused)
{
  int height = cpt_data_grid_get_row_height (fixture->grid);
  double page;

  cpt_data_grid_set_cell (fixture->grid, 1);
  settle (fixture);
  page = gtk_adjustment_get_page_size (fixture->vertical);
  cpt_data_grid_set_cursor (fixture->grid, 5000);
  settle (fixture);
  g_assert_cmpfloat (5001.0 * height + CPT_GRID_TOAST_ROOM, ==, gtk_adjustment_get_value (fixture->vertical) + page);

  cpt_data_grid_set_cursor (fixture->grid, N_ROWS - 1);
  settle (fixture);
  g_assert_cmpfloat ((double) N_ROWS * height + CPT_GRID_TOAST_ROOM, ==,
                     gtk_adjustment_get_value (fixture->vertical) + page);

  cpt_data_grid_set_cell (fixture->grid, CPT_DATA_GRID_NONE);
  settle (fixture);
  g_assert_cmpfloat (gtk_adjustment_get_upper (fixture->vertical), ==, (double) N_ROWS * height);
}

static void
test_selecting_everything_takes_no_time (Fixture       *fixture,
                                         gconstpointer  unused)
{
  gint64 start = g_get_monotonic_time ();

  cpt_data_grid_select_all (fixture->grid);
  g_assert_cmpuint (cpt_data_grid_get_n_selected (fixture->grid), ==, N_ROWS);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 50 * 1000);
  cpt_data_grid_unselect_all (fixture->grid);
  g_assert_cmpuint (cpt_data_grid_get_n_selected (fixture->grid), ==, 0);
}

static void
test_rows_above_come_and_nothing_moves (Fixture       *fixture,
                                        gconstpointer  unused)
{
  int height = cpt_data_grid_get_row_height (fixture->grid);

  gtk_adjustment_set_value (fixture->vertical, 1000.0 * height + 5);
  cpt_data_grid_set_cursor (fixture->grid, 1003);
  settle (fixture);

  fixture->model->n_rows += 7;
  cpt_grid_model_changed (CPT_GRID_MODEL (fixture->model), CPT_GRID_SPLICE, 10, 0, 7);
  settle (fixture);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture->vertical), ==, 1007.0 * height + 5);
  g_assert_cmpuint (cpt_data_grid_get_cursor (fixture->grid), ==, 1010);

  fixture->model->n_rows -= 7;
  cpt_grid_model_changed (CPT_GRID_MODEL (fixture->model), CPT_GRID_SPLICE, 10, 7, 0);
  settle (fixture);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture->vertical), ==, 1000.0 * height + 5);
  g_assert_cmpuint (cpt_data_grid_get_cursor (fixture->grid), ==, 1003);
}

static void
test_selection_follows_a_row_that_moves (Fixture       *fixture,
                                         gconstpointer  unused)
{
  GtkBitset *selection = (GtkBitset *) cpt_data_grid_get_selection (fixture->grid);

  cpt_data_grid_set_cursor (fixture->grid, 5);
  gtk_bitset_add (selection, 5);
  gtk_bitset_add (selection, 6);
  cpt_grid_model_changed (CPT_GRID_MODEL (fixture->model), CPT_GRID_MOVE, 5, 100, 0);
  g_assert_true (gtk_bitset_contains (selection, 100));
  g_assert_true (gtk_bitset_contains (selection, 5));
  g_assert_false (gtk_bitset_contains (selection, 6));
  g_assert_cmpuint (cpt_data_grid_get_cursor (fixture->grid), ==, 100);
}

static void
test_unchanged_rows_are_not_drawn_again (Fixture       *fixture,
                                         gconstpointer  unused)
{
  guint drawn;

  settle (fixture);
  drawn = fixture->model->n_cells;
  for (guint i = 0; i < 10; i++)
    {
      gtk_widget_queue_draw (GTK_WIDGET (fixture->grid));
      settle (fixture);
    }
  g_assert_cmpuint (fixture->model->n_cells, ==, drawn);

  fixture->model->version++;
  cpt_grid_model_changed (CPT_GRID_MODEL (fixture->model), CPT_GRID_CONTENT, 0, 0, 0);
  settle (fixture);
  g_assert_cmpuint (fixture->model->n_cells, >, drawn);
}

static void
test_other_rows_begin_at_the_top (Fixture       *fixture,
                                  gconstpointer  unused)
{
  cpt_data_grid_set_cursor (fixture->grid, 5000);
  cpt_data_grid_select_all (fixture->grid);
  fixture->model->n_rows = 3;
  cpt_grid_model_changed (CPT_GRID_MODEL (fixture->model), CPT_GRID_RESET, 0, 0, 0);
  settle (fixture);
  g_assert_cmpuint (cpt_data_grid_get_cursor (fixture->grid), ==, 0);
  g_assert_cmpuint (cpt_data_grid_get_n_selected (fixture->grid), ==, 0);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture->vertical), ==, 0);

  fixture->model->n_rows = 0;
  cpt_grid_model_changed (CPT_GRID_MODEL (fixture->model), CPT_GRID_RESET, 0, 0, 0);
  settle (fixture);
  g_assert_cmpuint (cpt_data_grid_get_cursor (fixture->grid), ==, CPT_DATA_GRID_NONE);
}

static void
test_narrow_rows_have_two_lines_and_no_header (Fixture       *fixture,
                                               gconstpointer  unused)
{
  int height = cpt_data_grid_get_row_height (fixture->grid);

  cpt_data_grid_set_compact (fixture->grid, TRUE);
  settle (fixture);
  g_assert_cmpint (cpt_data_grid_get_row_height (fixture->grid), >, height);
  g_assert_cmpfloat (gtk_adjustment_get_upper (fixture->vertical), ==,
                     (double) N_ROWS * cpt_data_grid_get_row_height (fixture->grid));
}

static int
get_x (Fixture *fixture,
       guint    column)
{
  GdkRectangle area = { 0 };

  g_assert_true (cpt_data_grid_get_cell_area (fixture->grid, 0, column, &area));

  return area.x;
}

static void
test_pinned_columns_stay_where_they_are (Fixture       *fixture,
                                         gconstpointer  unused)
{
  GtkAdjustment *horizontal = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (fixture->scroller));
  int width;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    cpt_data_grid_set_width (fixture->grid, i, 400);
  settle (fixture);
  width = gtk_widget_get_width (GTK_WIDGET (fixture->grid));
  gtk_adjustment_set_value (horizontal, 500);
  settle (fixture);
  g_assert_cmpint (get_x (fixture, 2), ==, 300);

  cpt_data_grid_set_pinned (fixture->grid, 1);
  settle (fixture);
  g_assert_cmpint (get_x (fixture, 0), ==, 0);
  g_assert_cmpint (get_x (fixture, 1), ==, 400);
  g_assert_cmpint (get_x (fixture, 2), ==, 400);
  g_assert_cmpint (get_x (fixture, 3), ==, 700);

  /* A cell that is gone to is seen beside them. */
  cpt_data_grid_set_cell (fixture->grid, 1);
  settle (fixture);
  g_assert_cmpfloat (gtk_adjustment_get_value (horizontal), ==, 0);
  cpt_data_grid_set_cell (fixture->grid, 3);
  settle (fixture);
  g_assert_cmpint (get_x (fixture, 3), ==, width - 400);
  cpt_data_grid_set_cell (fixture->grid, 0);
  settle (fixture);
  g_assert_cmpint (get_x (fixture, 3), ==, width - 400);
}

static void
test_pinned_columns_leave_room (Fixture       *fixture,
                                gconstpointer  unused)
{
  GtkAdjustment *horizontal = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (fixture->scroller));

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    cpt_data_grid_set_width (fixture->grid, i, 400);
  cpt_data_grid_set_pinned (fixture->grid, 3);
  settle (fixture);
  gtk_adjustment_set_value (horizontal, 350);
  settle (fixture);
  g_assert_cmpint (get_x (fixture, 0), ==, 0);
  g_assert_cmpint (get_x (fixture, 2), ==, 450);
  g_assert_cmpuint (cpt_data_grid_get_pinned (fixture->grid), ==, 3);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/data-grid/asks-only-for-rows-on-the-screen", test_asks_only_for_rows_on_the_screen);
  add ("/data-grid/end-of-a-million-rows-is-reached-exactly", test_end_of_a_million_rows_is_reached_exactly);
  add ("/data-grid/fast-scrolling-both-ways-ends-where-it-began", test_fast_scrolling_both_ways_ends_where_it_began);
  add ("/data-grid/cursor-scrolls-into-view", test_cursor_scrolls_into_view);
  add ("/data-grid/cell-is-not-below-the-toast", test_cell_is_not_below_the_toast);
  add ("/data-grid/selecting-everything-takes-no-time", test_selecting_everything_takes_no_time);
  add ("/data-grid/rows-above-come-and-nothing-moves", test_rows_above_come_and_nothing_moves);
  add ("/data-grid/selection-follows-a-row-that-moves", test_selection_follows_a_row_that_moves);
  add ("/data-grid/unchanged-rows-are-not-drawn-again", test_unchanged_rows_are_not_drawn_again);
  add ("/data-grid/other-rows-begin-at-the-top", test_other_rows_begin_at_the_top);
  add ("/data-grid/narrow-rows-have-two-lines-and-no-header", test_narrow_rows_have_two_lines_and_no_header);
  add ("/data-grid/pinned-columns-stay-where-they-are", test_pinned_columns_stay_where_they_are);
  add ("/data-grid/pinned-columns-leave-room", test_pinned_columns_leave_room);

  return g_test_run ();
}
