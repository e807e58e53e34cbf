/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Typing: what one key press costs, wherever people type, in the real window on a
 * workspace of a million contacts. What the key leads to is part of it: looking
 * for records that are the same, searching a list, finding what a line means. */

#include "config.h"

#include <string.h>

#include "bench-window.h"
#include "cpt-cell-editor.h"
#include "cpt-filter-bar.h"
#include "cpt-filter-editor.h"
#include "cpt-palette.h"
#include "cpt-query-bar.h"
#include "cpt-task-entry.h"

/* Between two keys, in milliseconds: as people type quickly, and as those who wait
 * for an answer, which searches only begin with */
#define QUICK 60
#define SLOW 250

#define N_BACKSPACES 3

static struct
{
  guint n_fields;
  double longest;
} typed;

static void
begin (void)
{
  typed.n_fields = 0;
  typed.longest = 0;
}

static void
end (const char *where)
{
  g_autofree char *job = g_strdup_printf ("a key press in %s", where);

  g_assert_cmpuint (typed.n_fields, >, 0);
  bench_report (job, typed.longest, "ms", BENCH_FRAME);
}

static void
type_text (GtkWidget  *widget,
           const char *text,
           double      pause)
{
  gtk_widget_grab_focus (widget);
  bench_idle (QUICK);
  bench_forget_loop ();
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_autofree char *key = g_strndup (p, (gsize) (g_utf8_next_char (p) - p));

      g_signal_emit_by_name (widget, "insert-at-cursor", key);
      bench_idle (pause);
    }
  for (guint i = 0; i < N_BACKSPACES; i++)
    {
      g_signal_emit_by_name (widget, "backspace");
      bench_idle (pause);
    }
  typed.n_fields++;
  typed.longest = MAX (typed.longest, bench_get_busy ());
}

/* Into all lines and texts that can be seen in @widget */
static void
type_everywhere (GtkWidget  *widget,
                 const char *text,
                 double      pause)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if ((GTK_IS_TEXT (widget) && gtk_editable_get_editable (GTK_EDITABLE (widget))) || GTK_IS_TEXT_VIEW (widget))
    {
      type_text (widget, text, pause);
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    type_everywhere (child, text, pause);
}

/* Leaves the new record and says yes to what is asked */
static void
discard (CptWindow *window)
{
  g_autoptr(GList) windows = NULL;

  cpt_window_open_place (window, "trash");
  bench_idle (400);
  windows = gtk_window_list_toplevels ();
  for (GList *link = windows; link != NULL; link = link->next)
    if (ADW_IS_MESSAGE_DIALOG (link->data))
      adw_message_dialog_response (link->data, "discard");
  bench_idle (400);
}

static void
bench_forms (CptWindow *window)
{
  static const char *const kinds[] = { "contact", "organisation", "deal", "task" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *where = NULL;

      cpt_window_open_new (window, cpt_schema_find_entity (cpt_window_get_schema (window), kinds[i]));
      bench_idle (600);
      begin ();
      type_everywhere (GTK_WIDGET (window), "Anne Martin", QUICK);
      where = g_strdup_printf ("%u fields of a new %s", typed.n_fields, kinds[i]);
      end (where);
      discard (window);
    }
}

/* ----------------------------------------------------------------- in the list */

static void
leave_cell (GtkWidget *place)
{
  if (CPT_IS_CELL_EDITOR (place))
    g_signal_emit_by_name (place, "cancelled");
  else
    gtk_popover_popdown (GTK_POPOVER (place));
  bench_idle (300);
}

/* In all columns that can be changed: editors over the cell, and pickers below it */
static void
bench_cells (CptWindow   *window,
             CptDataGrid *grid)
{
  g_autofree char *where = NULL;

  begin ();
  for (guint column = 0; cpt_grid_model_get_column (cpt_data_grid_get_model (grid), column) != NULL; column++)
    {
      GtkWidget *place;

      cpt_data_grid_set_cursor (grid, 3);
      gtk_widget_activate_action (GTK_WIDGET (grid), "list.edit-cell", "u", column);
      bench_idle (400);
      place = bench_find (GTK_WIDGET (window), CPT_TYPE_CELL_EDITOR);
      if (place == NULL)
        place = bench_find (GTK_WIDGET (window), GTK_TYPE_POPOVER);
      if (place == NULL)
        continue;
      type_everywhere (place, "Anne Martin", QUICK);
      leave_cell (place);
    }
  where = g_strdup_printf ("%u cells of a list", typed.n_fields);
  end (where);
}

static void
clear_search (GtkWidget   *bar,
              CptDataGrid *grid)
{
  gtk_editable_set_text (GTK_EDITABLE (bench_find (bar, GTK_TYPE_SEARCH_ENTRY)), "");
  bench_idle (400);
  bench_rest (grid);
}

static void
bench_search (GtkWidget   *bar,
              CptDataGrid *grid)
{
  begin ();
  type_everywhere (bar, "anne martin", QUICK);
  clear_search (bar, grid);
  type_everywhere (bar, "anne martin", SLOW);
  end ("the search of a list");
  clear_search (bar, grid);
}

static void
bench_filter (CptWindow   *window,
              GtkWidget   *bar,
              CptDataGrid *grid)
{
  const CptGridColumn *column = cpt_grid_model_get_column (cpt_data_grid_get_model (grid), 0);
  GtkWidget *filters = bench_find (bar, CPT_TYPE_FILTER_BAR);
  GtkWidget *button = bench_find (filters, GTK_TYPE_MENU_BUTTON);
  GtkWidget *editor, *search;

  begin ();
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  bench_idle (600);
  editor = bench_find (GTK_WIDGET (window), CPT_TYPE_FILTER_EDITOR);
  g_assert_nonnull (editor);
  search = bench_find (editor, GTK_TYPE_SEARCH_ENTRY);
  type_everywhere (search, "organisation", QUICK);
  gtk_editable_set_text (GTK_EDITABLE (search), "");
  type_everywhere (search, "organisation", SLOW);
  end ("the fields to filter by");

  gtk_editable_set_text (GTK_EDITABLE (search), column->title);
  g_signal_emit_by_name (search, "activate");
  bench_idle (400);
  begin ();
  type_everywhere (editor, "Anne Martin", QUICK);
  end ("the value to filter by");
  gtk_popover_popdown (GTK_POPOVER (editor));
  bench_idle (300);
}

static void
bench_in_list (CptWindow *window)
{
  CptDataGrid *grid;
  GtkWidget *bar;

  cpt_window_open_place (window, "contacts");
  bench_idle (600);
  grid = bench_wait_for_grid (window);
  bench_rest (grid);
  bar = bench_find (GTK_WIDGET (window), CPT_TYPE_QUERY_BAR);
  bench_cells (window, grid);
  bench_search (bar, grid);
  bench_filter (window, bar, grid);
}

/* --------------------------------------------------------------------- lines */

static void
bench_palette (CptWindow *window)
{
  g_autoptr(GList) windows = NULL;
  GtkWidget *palette = NULL;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.palette", NULL);
  bench_idle (800);
  windows = gtk_window_list_toplevels ();
  for (GList *link = windows; link != NULL; link = link->next)
    if (CPT_IS_PALETTE (link->data))
      palette = link->data;
  g_assert_nonnull (palette);

  begin ();
  type_everywhere (palette, "anne martin", QUICK);
  gtk_editable_set_text (GTK_EDITABLE (bench_find (palette, GTK_TYPE_SEARCH_ENTRY)), "");
  bench_idle (400);
  type_everywhere (palette, "new contact", SLOW);
  end ("the command palette");
  gtk_window_close (GTK_WINDOW (palette));
  bench_idle (400);
}

static void
bench_task_line (CptWindow *window)
{
  GtkWidget *line;

  cpt_window_open_place (window, "tasks");
  bench_idle (800);
  line = bench_find (GTK_WIDGET (window), CPT_TYPE_TASK_ENTRY);
  g_assert_nonnull (line);
  begin ();
  type_everywhere (line, "Call Martin tomorrow 10:00 !high", QUICK);
  end ("the line of a new task");
}

static void
bench_typing (CptWindow *window)
{
  bench_rest (bench_wait_for_grid (window));
  bench_watch_loop ();
  bench_forms (window);
  bench_in_list (window);
  bench_palette (window);
  bench_task_line (window);
}

int
main (int    argc,
      char **argv)
{
  return bench_window_main (argc, argv, BENCH_WORKSPACE_KEPT, bench_typing);
}
