/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one table of keys: what they do and what people read about them. Keys
 * that a widget handles itself have no action here, only a line to read. */
#include "config.h"
#include "cpt-shortcuts.h"

#include <glib/gi18n-lib.h>

static const CptShortcut shortcuts[] = {
  { N_("General"), N_("Go anywhere, do anything"), "win.palette", { "<Control>k" } },
  { NULL, N_("New record"), "win.new", { "<Control>n" } },
  { NULL, N_("Search"), "win.find", { "<Control>f" } },
  { NULL, N_("Undo"), "win.undo", { "<Control>z" } },
  { NULL, N_("Redo"), "win.redo", { "<Control><Shift>z", "<Control>y" } },
  { NULL, N_("Import"), "win.import", { "<Control>i" } },
  { NULL, N_("Export"), "win.export", { "<Control>e" } },
  { NULL, N_("Open a workspace"), "win.open", { "<Control>o" } },
  { NULL, N_("Workspace settings"), "win.settings", { "<Control>comma" } },
  { NULL, N_("Main menu"), "win.menu", { "F10" } },
  { NULL, N_("Keyboard shortcuts"), "win.shortcuts", { "<Control>question", "<Control>slash" } },
  { NULL, N_("Do what a window asks for"), NULL, { "<Control>Return" } },
  { NULL, N_("Close the window"), "window.close", { "<Control>w" } },
  { NULL, N_("Quit"), "app.quit", { "<Control>q" } },
  { N_("Navigation"), N_("Go back"), "win.back", { "<Alt>Left", "Back" } },
  { NULL, N_("Home"), "win.place::home", { "<Control>1" } },
  { NULL, N_("My day"), "win.place::day", { "<Control>0" } },
  { NULL, N_("Organisations"), "win.place::organisations", { "<Control>2" } },
  { NULL, N_("Contacts"), "win.place::contacts", { "<Control>3" } },
  { NULL, N_("Leads"), "win.place::leads", { "<Control>4" } },
  { NULL, N_("Deals"), "win.place::deals", { "<Control>5" } },
  { NULL, N_("Products"), "win.place::products", { "<Control>6" } },
  { NULL, N_("Tasks"), "win.place::tasks", { "<Control>7" } },
  { NULL, N_("Calendar"), "win.place::calendar", { "<Control><Shift>c" } },
  { NULL, N_("Activities"), "win.place::activities", { "<Control>8" } },
  { NULL, N_("Trash"), "win.place::trash", { "<Control>9" } },
  { N_("Lists"), N_("Open the record"), NULL, { "Return" } },
  { NULL, N_("Show the record beside the list, or hide it"), NULL, { "space" } },
  { NULL, N_("Select or deselect"), NULL, { "<Control>space" } },
  { NULL, N_("Extend the selection"), NULL, { "<Shift>Down", "<Shift>Up" } },
  { NULL, N_("Select all"), NULL, { "<Control>a" } },
  { NULL, N_("Select nothing"), NULL, { "<Control><Shift>a", "Escape" } },
  { NULL, N_("Move to the trash"), NULL, { "Delete" } },
  { NULL, N_("To the cells of the row and back"), NULL, { "Right", "Left" } },
  { NULL, N_("Change the cell"), NULL, { "F2", "Return" } },
  { NULL, N_("Store it and change the next one or the one before"), NULL, { "Tab", "<Shift>Tab" } },
  { NULL, N_("Leave the cell as it was"), NULL, { "Escape" } },
  { NULL, N_("Empty the cell"), NULL, { "Delete" } },
  { NULL, N_("Copy the cell or the rows, paste cells"), NULL, { "<Control>c", "<Control>v" } },
  { NULL, N_("First and last record"), NULL, { "Home", "End" } },
  { NULL, N_("Fold or open a group, on its name"), NULL, { "Left", "Right" } },
  { NULL, N_("A page up and down"), NULL, { "Page_Up", "Page_Down" } },
  { NULL, N_("Sort by one more column, on its title"), NULL, { "<Shift>Return" } },
  { NULL, N_("Move a column, on its title"), NULL, { "<Control>Left", "<Control>Right" } },
  { NULL, N_("Pin a column or let it go, on its title"), NULL, { "<Control>p" } },
  { NULL, N_("Make a column narrower or wider, on its title"), NULL, { "<Control><Shift>Left", "<Control><Shift>Right" } },
  { NULL, N_("Menu of a record or a column"), NULL, { "Menu", "<Shift>F10" } },
  { NULL, N_("From the search to what it found"), NULL, { "Down" } },
  { NULL, N_("Put a condition into a group or take it out"), NULL, { "Menu", "<Shift>F10" } },
  { N_("Record"), N_("Save a new record"), NULL, { "<Control>s" } },
  { NULL, N_("Print the record"), NULL, { "<Control>p" } },
  { NULL, N_("Print the record with its timeline"), NULL, { "<Control><Shift>p" } },
  { NULL, N_("Copy a link to the record"), NULL, { "<Control>l" } },
  { NULL, N_("Note what happened"), NULL, { "<Control><Shift>n" } },
  { NULL, N_("A day later and earlier, in a date"), NULL, { "Up", "Down" } },
  { NULL, N_("Take back what was typed into a field"), NULL, { "Escape" } },
  { N_("Board"), N_("To the card beside this one"), NULL, { "Left", "Right" } },
  { NULL, N_("Move the card to the next column or the one before"), NULL, { "<Control>Left", "<Control>Right" } },
  { NULL, N_("Move the card to the next lane or the one before"), NULL, { "<Control>Up", "<Control>Down" } },
  { NULL, N_("Open the record"), NULL, { "Return" } },
  { NULL, N_("Put a dragged card back"), NULL, { "Escape" } },
  { N_("My Day"), N_("Check the task off"), NULL, { "space" } },
  { NULL, N_("Open the record"), NULL, { "Return" } },
  { N_("Calendar"), N_("Move the task by a day"), NULL, { "<Control>Left", "<Control>Right" } },
  { NULL, N_("Move the task by a week, or by a quarter of an hour in a week"), NULL, { "<Control>Up", "<Control>Down" } },
  { NULL, N_("Make the task shorter or longer, in a week"), NULL, { "<Shift>Up", "<Shift>Down" } },
  { NULL, N_("Take the hour of the task away, in a week"), NULL, { "<Control><Shift>Up" } },
  { NULL, N_("Move to the trash"), NULL, { "Delete" } },
  { NULL, N_("Earlier and later"), NULL, { "Page_Up", "Page_Down" } },
  { N_("Dashboard"), N_("Walk through the numbers of a widget"), NULL, { "Left", "Right" } },
  { NULL, N_("Open the records behind a number"), NULL, { "Return" } },
  { NULL, N_("Filter the dashboard by what a mark stands for"), NULL, { "<Shift>Return" } },
  { NULL, N_("What else can be done with a mark"), NULL, { "<Shift>F10" } },
  { NULL, N_("Page of the dashboard before or after"), NULL, { "<Control>Page_Up", "<Control>Page_Down" } },
  { NULL, N_("Move the page of the dashboard"), NULL, { "<Control><Shift>Page_Up", "<Control><Shift>Page_Down" } },
  { NULL, N_("Move a widget sideways"), NULL, { "<Control>Left", "<Control>Right" } },
  { NULL, N_("Move a widget up or down"), NULL, { "<Control>Up", "<Control>Down" } },
  { NULL, N_("Make a widget narrower or wider"), NULL, { "<Control><Shift>Left", "<Control><Shift>Right" } },
  { NULL, N_("Make a widget lower or higher"), NULL, { "<Control><Shift>Up", "<Control><Shift>Down" } },
  { NULL, N_("Edit a widget"), NULL, { "F2" } },
  { NULL, N_("Duplicate a widget"), NULL, { "<Control>d" } },
  { NULL, N_("Cut or copy a widget"), NULL, { "<Control>x", "<Control>c" } },
  { NULL, N_("Copy a widget as an image"), NULL, { "<Control><Shift>c" } },
  { NULL, N_("Paste a widget"), NULL, { "<Control>v" } },
  { NULL, N_("Print the dashboard"), NULL, { "<Control>p" } },
  { NULL, N_("Show the dashboard on the full screen"), NULL, { "F11" } },
  { NULL, N_("Remove a widget"), NULL, { "Delete" } },
  { N_("Reports"), N_("Report before or after, where there is one for each"), NULL, { "<Control>Page_Up", "<Control>Page_Down" } },
  { NULL, N_("Move a part up or down"), NULL, { "<Control>Up", "<Control>Down" } },
  { NULL, N_("Print"), NULL, { "<Control>p" } },
  { N_("Workflow"), N_("To the step beside this one"), NULL, { "Down", "Up", "Right" } },
  { NULL, N_("Set the step up"), NULL, { "Return" } },
  { NULL, N_("Add a step that follows"), NULL, { "a", "Insert" } },
  { NULL, N_("Connect the step, then choose where with the arrows; once more for its next outcome"), NULL, { "c" } },
  { NULL, N_("Move the step"), NULL, { "<Control>Down", "<Control>Right" } },
  { NULL, N_("Remove the step; what led to it leads on"), NULL, { "Delete", "BackSpace" } },
  { NULL, N_("Menu of the step"), NULL, { "Menu", "<Shift>F10" } },
  { NULL, N_("Copy and paste steps"), NULL, { "<Control>c", "<Control>v" } },
  { NULL, N_("Tidy up"), NULL, { "<Shift><Alt>t" } },
  { NULL, N_("Zoom in and out"), NULL, { "<Control>plus", "<Control>minus" } },
  { NULL, N_("Zoom in and out, show all of it"), NULL, { "plus", "minus", "0" } },
  { N_("Workspace Settings"), N_("Move the row up or down"), NULL, { "<Control>Up", "<Control>Down" } },
  { NULL, N_("Change what the row stands for"), NULL, { "Return" } },
  { NULL, N_("Delete what the row stands for"), NULL, { "Delete" } },
};

void
cpt_shortcuts_install (GtkApplication *application)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      if (shortcuts[i].action != NULL)
        gtk_application_set_accels_for_action (application, shortcuts[i].action, shortcuts[i].accels);
    }
}

void
cpt_shortcuts_foreach (CptShortcutFunc func,
                       gpointer        user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    func (&shortcuts[i], user_data);
}

static GtkWidget *
create_row (const CptShortcut *shortcut)
{
  GtkWidget *row = adw_action_row_new ();
  GString *keys = g_string_new (NULL);
  GtkWidget *label;

  for (guint i = 0; shortcut->accels[i] != NULL; i++)
    {
      g_autofree char *text = NULL;
      GdkModifierType modifiers;
      guint key;

      gtk_accelerator_parse (shortcut->accels[i], &key, &modifiers);
      text = gtk_accelerator_get_label (key, modifiers);
      g_string_append_printf (keys, "%s%s", keys->len > 0 ? "   " : "", text);
    }

  label = gtk_label_new (keys->str);
  gtk_widget_add_css_class (label, "dim-label");
  g_string_free (keys, TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(shortcut->label));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);

  return row;
}

void
cpt_shortcuts_present (GtkWindow *parent)
{
  GtkWidget *window = adw_preferences_window_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      if (shortcuts[i].group != NULL)
        {
          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _(shortcuts[i].group));
          adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), create_row (&shortcuts[i]));
    }

  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), ADW_PREFERENCES_PAGE (page));
  gtk_window_set_title (GTK_WINDOW (window), _("Keyboard Shortcuts"));
  gtk_window_set_default_size (GTK_WINDOW (window), CLAMP (gtk_widget_get_width (GTK_WIDGET (parent)) - 10, 340, 480), 640);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_present (GTK_WINDOW (window));
}
