/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * My day: what is overdue, due today and next, and what nobody has thought of.
 * One list with headings, so that the arrow keys go through all of it. It is
 * read again in one go after each commit that touches what it is made of, and
 * when a new day begins.
 */

#include "config.h"

#include "cpt-day-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpt-date.h"
#include "cpt-day-row.h"
#include "cpt-task-entry.h"

#define MAX_WIDTH 760
/* How often it is asked what day it is */
#define CLOCK_SECONDS 30

struct _CptDayView
{
  CptView parent_instance;

  CptSchema *schema;
  GCancellable *cancellable;
  gint64 today; /* the day that is shown */
  guint clock;
  gboolean is_begun; /* something has been shown */
  gboolean everyone; /* not only what is the person's own */

  /* Borrowed from the child */
  GtkWidget *whose;
  GtkWidget *box;
  GtkWidget *entry;
  GtkWidget *stack;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (CptDayView, cpt_day_view, CPT_TYPE_VIEW)

static gpointer
read_in_worker (CptDatabase   *database,
                gpointer       user_data,
                GCancellable  *cancellable,
                GError       **error)
{
  return cpt_day_data_read (database, GPOINTER_TO_INT (user_data), error);
}

/* Changing */

static CptStore *
get_store (CptDayView *self)
{
  return cpt_view_get_store (CPT_VIEW (self));
}

static void
row_done_cb (CptDayRow  *row,
             CptDayView *self)
{
  const CptEntity *tasks = cpt_schema_find_entity (self->schema, "task");
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_auto(CptValue) done = CPT_VALUE_INIT;

  cpt_value_set_text (&done, "done");
  cpt_transaction_set (transaction, tasks, cpt_day_row_get_id (row), cpt_entity_find_field (tasks, "status"), &done);
  cpt_window_commit (cpt_view_get_window (CPT_VIEW (self)), transaction, _("Task done"), NULL, NULL, NULL);
}

static void
row_activated_cb (CptDayView *self,
                  CptDayRow  *row)
{
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));
  CptDaySection section = cpt_day_row_get_section (row);
  const CptEntity *entity = cpt_schema_find_entity (self->schema, cpt_day_section_get_entity (section));
  g_autofree char *json = NULL;
  g_autoptr(CptFilter) filter = NULL;

  if (cpt_day_row_get_id (row) != NULL)
    {
      cpt_window_open_record (window, entity, cpt_day_row_get_id (row));
      return;
    }

  json = cpt_day_section_dup_filter (section, self->everyone);
  filter = cpt_filter_parse (self->schema, entity, json, NULL);
  cpt_window_open_list (window, entity, filter, cpt_day_section_get_label (section));
}

static gboolean
space_pressed_cb (GtkWidget *list,
                  GVariant  *arguments,
                  gpointer   user_data)
{
  GtkRoot *root = gtk_widget_get_root (list);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (!CPT_IS_DAY_ROW (focus))
    return GDK_EVENT_PROPAGATE;

  cpt_day_row_toggle (CPT_DAY_ROW (focus));

  return GDK_EVENT_STOP;
}

/* Showing */

static void
header_cb (GtkListBoxRow *row,
           GtkListBoxRow *before,
           gpointer       user_data)
{
  CptDaySection section = cpt_day_row_get_section (CPT_DAY_ROW (row));
  GtkWidget *label;

  if (before != NULL && cpt_day_row_get_section (CPT_DAY_ROW (before)) == section)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }

  label = gtk_label_new (cpt_day_section_get_label (section));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "day-heading");
  gtk_list_box_row_set_header (row, label);
}

static int
get_focused_index (CptDayView *self)
{
  GtkRoot *root = gtk_widget_get_root (self->list);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return CPT_IS_DAY_ROW (focus) ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focus)) : -1;
}

/* What of the entry has the keyboard */
static GtkWidget *
get_text (CptDayView *self)
{
  return GTK_WIDGET (gtk_editable_get_delegate (cpt_task_entry_get_editable (CPT_TASK_ENTRY (self->entry))));
}

static void
append_section (CptDayView       *self,
                const CptDayData *data,
                CptDaySection     section)
{
  g_autofree char *filter = cpt_day_section_dup_filter (section, self->everyone);
  guint64 n_items = 0;

  for (guint i = 0; i < data->items->len; i++)
    {
      const CptDayItem *item = g_ptr_array_index (data->items, i);
      GtkWidget *row;

      if (item->section != section)
        continue;
      row = cpt_day_row_new (item);
      g_signal_connect_object (row, "done", G_CALLBACK (row_done_cb), self, 0);
      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
      n_items++;
    }
  if (data->totals[section] > n_items && filter != NULL)
    gtk_list_box_append (GTK_LIST_BOX (self->list), cpt_day_row_new_more (section, data->totals[section] - n_items));
}

static void
show_data (CptDayView       *self,
           const CptDayData *data)
{
  gboolean is_adding = gtk_editable_get_text (GTK_EDITABLE (get_text (self)))[0] != '\0';
  /* Whoever comes here begins with the first. */
  int focused = !self->is_begun && gtk_widget_has_focus (get_text (self)) && !is_adding ? 0 : get_focused_index (self);
  GtkListBoxRow *row;
  g_autofree char *day = cpt_date_format (data->today);

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (guint i = 0; i < CPT_N_DAY_SECTIONS; i++)
    append_section (self, data, (CptDaySection) i);

  self->today = data->today;
  self->is_begun = TRUE;
  cpt_view_set_subtitle (CPT_VIEW (self), day);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), data->items->len > 0 ? "list" : "empty");

  /* Who checks one off goes on with the next. */
  for (; focused >= 0; focused--)
    {
      row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), focused);
      if (row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row)))
        return;
    }
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(CptDayView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDayData) data = cpt_store_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (data != NULL)
    show_data (self, data);
  else
    cpt_window_show_error (cpt_view_get_window (CPT_VIEW (self)), error);
}

static void
read_day (CptDayView *self)
{
  cpt_store_read_async (get_store (self), G_PRIORITY_DEFAULT, read_in_worker, GINT_TO_POINTER (self->everyone), NULL,
                        (GDestroyNotify) cpt_day_data_free, self->cancellable, read_cb, g_object_ref (self));
}

static gboolean
clock_cb (gpointer user_data)
{
  CptDayView *self = user_data;
  CptStore *store = get_store (self);
  gint64 now = cpt_clock_get_now (cpt_store_get_clock (store));

  if (cpt_instant_get_date (now, cpt_store_get_zone (store)) != self->today)
    read_day (self);

  return G_SOURCE_CONTINUE;
}

static void
cpt_day_view_changed (CptView      *view,
                      CptChangeSet *set)
{
  static const char *const entities[] = { "task", "deal", "contact", "activity", "organisation", "stage" };

  if (cpt_change_set_is_truncated (set))
    {
      read_day (CPT_DAY_VIEW (view));
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (cpt_change_set_has_entity (set, entities[i]))
      {
        read_day (CPT_DAY_VIEW (view));
        return;
      }
}

static void
cpt_day_view_create (CptView *view)
{
  gtk_widget_grab_focus (CPT_DAY_VIEW (view)->entry);
}

static gboolean
cpt_day_view_grab_focus (GtkWidget *widget)
{
  CptDayView *self = CPT_DAY_VIEW (widget);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);

  return get_focused_index (self) >= 0 || (row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row))) ||
         gtk_widget_grab_focus (self->entry);
}

static void
cpt_day_view_dispose (GObject *object)
{
  CptDayView *self = CPT_DAY_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->clock, g_source_remove);

  G_OBJECT_CLASS (cpt_day_view_parent_class)->dispose (object);
}

static void
cpt_day_view_finalize (GObject *object)
{
  CptDayView *self = CPT_DAY_VIEW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_day_view_parent_class)->finalize (object);
}

static void
cpt_day_view_class_init (CptDayViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_day_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_day_view_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = cpt_day_view_grab_focus;
  CPT_VIEW_CLASS (klass)->changed = cpt_day_view_changed;
  CPT_VIEW_CLASS (klass)->create = cpt_day_view_create;
}

static void
cpt_day_view_init (CptDayView *self)
{
  self->cancellable = g_cancellable_new ();
}

/* Building */

static GtkWidget *
create_list (CptDayView *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), header_cb, NULL, NULL);
  gtk_widget_add_css_class (self->list, "day-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, C_("place", "My Day"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_space, 0),
                                                          gtk_callback_action_new (space_pressed_cb, NULL, NULL)));
  gtk_widget_add_controller (self->list, keys);

  return self->list;
}

static void
whose_changed_cb (GtkDropDown *whose,
                  GParamSpec  *pspec,
                  CptDayView  *self)
{
  self->everyone = gtk_drop_down_get_selected (whose) == 1;
  cpt_window_set_state (cpt_view_get_window (CPT_VIEW (self)), "day-whose", self->everyone ? "everyone" : "mine");
  read_day (self);
}

static GtkWidget *
create_whose (CptDayView *self)
{
  g_autofree char *state = cpt_window_dup_state (cpt_view_get_window (CPT_VIEW (self)), "day-whose");
  const char *const names[] = { C_("whose", "Mine"), C_("whose", "Everyone’s"), NULL };
  GtkWidget *whose = gtk_drop_down_new_from_strings (names);

  self->everyone = g_strcmp0 (state, "everyone") == 0;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (whose), self->everyone ? 1 : 0);
  gtk_widget_set_tooltip_text (whose, _("Whose day is shown"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (whose), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Whose day is shown"), -1);
  g_signal_connect_object (whose, "notify::selected", G_CALLBACK (whose_changed_cb), self, 0);

  return whose;
}

/* The header of a narrow window has no room for words. */
static void
narrow_cb (CptDayView *self)
{
  g_autoptr(GtkWidget) whose = g_object_ref (self->whose);

  if (cpt_view_is_narrow (CPT_VIEW (self)))
    {
      cpt_view_unpack (CPT_VIEW (self), whose);
      gtk_box_prepend (GTK_BOX (self->box), whose);
    }
  else
    {
      gtk_box_remove (GTK_BOX (self->box), whose);
      cpt_view_pack_end (CPT_VIEW (self), whose);
    }
}

static void
build (CptDayView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *empty = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (empty), "object-select-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _("Nothing Waits for You"));
  adw_status_page_set_description (ADW_STATUS_PAGE (empty),
                                   _("Tasks that are assigned to you and due within a week are listed here, with deals and "
                                     "customers that nobody has thought of for a while."));
  self->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "reading");
  gtk_stack_add_named (GTK_STACK (self->stack), create_list (self), "list");
  gtk_stack_add_named (GTK_STACK (self->stack), empty, "empty");

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->box, "day");
  self->entry = cpt_task_entry_new (cpt_view_get_window (CPT_VIEW (self)), self->schema, TRUE);
  gtk_box_append (GTK_BOX (self->box), self->entry);
  gtk_box_append (GTK_BOX (self->box), self->stack);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  self->whose = create_whose (self);
  cpt_view_pack_end (CPT_VIEW (self), self->whose);
  g_signal_connect_object (self, "notify::narrow", G_CALLBACK (narrow_cb), self, 0);
  cpt_view_set_child (CPT_VIEW (self), scroller);
}

CptView *
cpt_day_view_new (CptWindow *window)
{
  CptDayView *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);

  self = g_object_new (CPT_TYPE_DAY_VIEW, "window", window, NULL);
  self->schema = cpt_schema_ref (cpt_window_get_schema (window));
  cpt_view_set_title (CPT_VIEW (self), C_("place", "My Day"));
  build (self);
  self->clock = g_timeout_add_seconds (CLOCK_SECONDS, clock_cb, self);
  read_day (self);

  return CPT_VIEW (self);
}
