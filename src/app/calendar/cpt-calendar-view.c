/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Tasks on a calendar: a month of weeks, or one week with its hours, what has no
 * hour above them. A narrow window shows one week of the month, its days one below
 * the other, or fewer days with their hours. Meetings are among the hours too, where
 * no conditions on tasks narrow them. After a commit that touches tasks, or what
 * conditions on them lead to, all days are made anew; the task that had the keyboard
 * keeps it, wherever it went. Words and conditions narrow it as they do a list.
 * Records of other kinds stand on one of their dates, and until another one.
 */

#include "config.h"

#include "cpt-calendar-view-private.h"

#include <glib/gi18n.h>

#include "cpt-calendar-day.h"
#include "cpt-calendar-hours.h"
#include "cpt-date.h"
#include "cpt-json.h"
#include "cpt-query-update.h"

#define MAX_OF_MONTH 3
#define MAX_OF_WEEK 40
#define MAX_OF_STRIP 4 /* above the hours */
#define DAYS_OF_MONTH 42
#define DAYS_OF_NARROW 3
#define DAYS_BEFORE 7 /* on which what goes on may have begun */

G_DEFINE_FINAL_TYPE (CptCalendarView, cpt_calendar_view, CPT_TYPE_VIEW)

static CptStore *
get_store (CptCalendarView *self)
{
  return cpt_view_get_store (CPT_VIEW (self));
}

const CptCalendarSource *
cpt_calendar_view_get_source (CptCalendarView *self)
{
  return self->dates != NULL ? cpt_calendar_dates_get_source (self->dates) : NULL;
}

static gint64
get_today (CptCalendarView *self)
{
  CptStore *store = get_store (self);

  return cpt_instant_get_date (cpt_clock_get_now (cpt_store_get_clock (store)), cpt_store_get_zone (store));
}

static gboolean
shows_week (CptCalendarView *self)
{
  return self->is_week || cpt_view_is_narrow (CPT_VIEW (self));
}

/* Days one below the other */
static gboolean
is_stacked (CptCalendarView *self)
{
  return !self->is_week && cpt_view_is_narrow (CPT_VIEW (self));
}

static int
get_n_days (CptCalendarView *self)
{
  if (self->is_week && cpt_view_is_narrow (CPT_VIEW (self)))
    return DAYS_OF_NARROW;

  return shows_week (self) ? 7 : DAYS_OF_MONTH;
}

/* Whole weeks, from Monday on, or as many days as there is room for */
CptCalendarSpan
cpt_calendar_view_get_span (CptCalendarView *self)
{
  CptCalendarSpan span;

  if (get_n_days (self) == DAYS_OF_NARROW)
    span.from = self->shown;
  else if (shows_week (self))
    span.from = cpt_bucket_get_start (CPT_BUCKET_WEEK, self->shown);
  else
    span.from = cpt_bucket_get_start (CPT_BUCKET_WEEK, cpt_bucket_get_start (CPT_BUCKET_MONTH, self->shown));
  span.to = span.from + get_n_days (self) - 1;

  return span;
}

/* Showing */

/* Weekdays stand in the first week of a month, and on all days of a week. */
static char *
dup_day_title (CptCalendarView *self,
               gint64           day)
{
  static const char *const names[] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun") };
  const char *name = _(names[cpt_date_get_weekday (day) - 1]);
  g_autofree char *date = NULL;
  int number;

  cpt_date_to_ymd (day, NULL, NULL, &number);
  date = shows_week (self) || number == 1 ? cpt_bucket_format_short (CPT_BUCKET_DAY, day) : g_strdup_printf ("%d", number);
  if (!shows_week (self) && day >= cpt_calendar_view_get_span (self).from + 7)
    return g_steal_pointer (&date);

  /* Translators: a day of the week and a date: "Mon, Nov 23" */
  return g_strdup_printf (C_("calendar", "%s, %s"), name, date);
}

static void
remember_focus (CptCalendarView *self)
{
  const CptUuid *block = cpt_calendar_hours_get_focused (CPT_CALENDAR_HOURS (self->hours));

  if (block != NULL && cpt_uuid_is_nil (&self->focused))
    self->focused = *block;
  for (guint i = 0; i < self->days->len; i++)
    {
      const CptUuid *id = cpt_calendar_day_get_focused (g_ptr_array_index (self->days, i));

      if (id != NULL && cpt_uuid_is_nil (&self->focused))
        self->focused = *id;
    }
}

static CptCalendarDay *
add_day (CptCalendarView *self,
         gint64           date,
         guint            position)
{
  g_autofree char *title = dup_day_title (self, date);
  GtkWidget *day = cpt_calendar_day_new (date, title, self->dates != NULL ? self->entity : NULL);

  if (date == get_today (self))
    gtk_widget_add_css_class (day, "today");
  if (!shows_week (self) && cpt_bucket_get_start (CPT_BUCKET_MONTH, date) != cpt_bucket_get_start (CPT_BUCKET_MONTH, self->shown))
    gtk_widget_add_css_class (day, "outside");
  gtk_widget_set_hexpand (day, TRUE);
  gtk_widget_set_vexpand (day, !is_stacked (self) && !self->is_week);
  cpt_calendar_day_set_step (CPT_CALENDAR_DAY (day), is_stacked (self) ? 1 : 7);
  cpt_calendar_view_serve_day (self, day);
  gtk_grid_attach (GTK_GRID (self->grid), day, is_stacked (self) ? 0 : (int) (position % 7),
                   is_stacked (self) ? (int) position : (int) (position / 7), 1, 1);
  g_ptr_array_add (self->days, day);

  return CPT_CALENDAR_DAY (day);
}

/* Above hours only what has none */
static void
fill_day (CptCalendarView *self,
          CptCalendarDay  *day,
          GPtrArray       *items)
{
  guint max = self->is_week ? MAX_OF_STRIP : is_stacked (self) ? MAX_OF_WEEK
                                                               : MAX_OF_MONTH;
  guint n_items = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const CptCalendarItem *item = g_ptr_array_index (items, i);

      if (self->is_week && item->hour != G_MAXINT64)
        continue;
      if (item->day == cpt_calendar_day_get_day (day) && n_items++ < max)
        cpt_calendar_day_add_item (day, item);
    }
  if (n_items > max)
    cpt_calendar_day_add_more (day, n_items - max);
}

/* Below the days their hours, or the days alone */
static void
show_hours (CptCalendarView *self,
            GPtrArray       *items)
{
  gtk_widget_set_margin_start (self->grid, self->is_week ? CPT_CALENDAR_HOURS_GUTTER : 0);
  gtk_widget_set_vexpand (self->scroller, !self->is_week);
  gtk_widget_set_visible (self->hours_scroller, self->is_week);
  if (self->is_week)
    gtk_widget_add_css_class (self->grid, "strip");
  else
    gtk_widget_remove_css_class (self->grid, "strip");
  if (self->is_week)
    cpt_calendar_hours_show (CPT_CALENDAR_HOURS (self->hours), cpt_calendar_view_get_span (self).from, get_n_days (self), items);
}

static void
give_focus (CptCalendarView *self)
{
  gboolean is_there = cpt_uuid_is_nil (&self->focused) ||
                      (self->is_week && cpt_calendar_hours_focus_item (CPT_CALENDAR_HOURS (self->hours), &self->focused));

  for (guint i = 0; i < self->days->len && !is_there; i++)
    is_there = cpt_calendar_day_focus_item (g_ptr_array_index (self->days, i), &self->focused);
  self->focused = (CptUuid){ 0 };
}

static void
show_items (CptCalendarView *self,
            GPtrArray       *items)
{
  CptCalendarSpan span = cpt_calendar_view_get_span (self);
  gint64 month = cpt_bucket_get_start (CPT_BUCKET_MONTH, self->shown);
  g_autofree char *heading = shows_week (self) ? cpt_date_format_span (span.from, span.to, get_today (self))
                                               : cpt_bucket_format (CPT_BUCKET_MONTH, month);

  remember_focus (self);
  for (guint i = 0; i < self->days->len; i++)
    gtk_grid_remove (GTK_GRID (self->grid), g_ptr_array_index (self->days, i));
  g_ptr_array_set_size (self->days, 0);

  for (gint64 date = span.from; date <= span.to; date++)
    fill_day (self, add_day (self, date, (guint) (date - span.from)), items);

  show_hours (self, items);
  gtk_label_set_label (GTK_LABEL (self->heading), cpt_view_is_narrow (CPT_VIEW (self)) ? "" : heading);
  cpt_view_set_subtitle (CPT_VIEW (self), cpt_view_is_narrow (CPT_VIEW (self)) ? heading : NULL);
  give_focus (self);
}

static gpointer
read_in_worker (CptDatabase   *database,
                gpointer       user_data,
                GCancellable  *cancellable,
                GError       **error)
{
  return cpt_calendar_data_read (database, user_data, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(CptCalendarView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) items = cpt_store_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (items != NULL)
    show_items (self, items);
  else
    cpt_window_show_error (cpt_view_get_window (CPT_VIEW (self)), error);
}

void
cpt_calendar_view_read (CptCalendarView *self)
{
  CptCalendarQuestion *question = g_new0 (CptCalendarQuestion, 1);

  question->schema = cpt_schema_ref (self->schema);
  question->filter = cpt_query_bar_dup_filter (self->bar);
  question->search = g_strdup (cpt_query_bar_get_search (self->bar));
  question->from = cpt_calendar_view_get_span (self).from - (self->is_week ? DAYS_BEFORE : 0);
  question->to = cpt_calendar_view_get_span (self).to;
  question->with_meetings = self->is_week;
  if (self->dates != NULL)
    question->source = *cpt_calendar_view_get_source (self);

  /* Only the last question is answered. */
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  cpt_store_read_async (get_store (self), G_PRIORITY_DEFAULT, read_in_worker, question,
                        (GDestroyNotify) cpt_calendar_question_free, (GDestroyNotify) g_ptr_array_unref,
                        self->cancellable, read_cb, g_object_ref (self));
}

/* Going about */

static void
go (CptCalendarView *self,
    gint64           day)
{
  self->shown = CLAMP (day, CPT_DATE_MIN + DAYS_OF_MONTH, CPT_DATE_MAX - 2 * DAYS_OF_MONTH);
  cpt_calendar_view_read (self);
}

static void
turn_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CptCalendarView *self = CPT_CALENDAR_VIEW (widget);
  int pages = g_variant_get_int32 (parameter);

  go (self, shows_week (self) ? self->shown + get_n_days (self) * pages : cpt_date_add_months (self->shown, pages));
}

static void
today_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  go (CPT_CALENDAR_VIEW (widget), get_today (CPT_CALENDAR_VIEW (widget)));
}

static void
form_changed_cb (GtkDropDown     *forms,
                 GParamSpec      *pspec,
                 CptCalendarView *self)
{
  self->is_week = gtk_drop_down_get_selected (forms) == 1;
  cpt_window_set_state (cpt_view_get_window (CPT_VIEW (self)), "calendar-form", self->is_week ? "week" : "month");
  cpt_calendar_view_read (self);
}

/* With a choice of dates it has one button more. */
static void
fit_bar (CptCalendarView *self,
         gboolean         is_narrow)
{
  cpt_calendar_dates_set_narrow (self->dates, is_narrow);
  gtk_widget_set_visible (self->heading, !is_narrow);
  gtk_box_set_spacing (GTK_BOX (gtk_widget_get_parent (self->heading)), is_narrow ? 3 : 6);
}

static void
narrow_cb (CptCalendarView *self)
{
  cpt_query_bar_set_narrow (self->bar, cpt_view_is_narrow (CPT_VIEW (self)));
  if (self->dates != NULL)
    fit_bar (self, cpt_view_is_narrow (CPT_VIEW (self)));
  cpt_calendar_view_read (self);
}

/* From the words to the first task */
static void
left_cb (CptCalendarView *self)
{
  gtk_widget_child_focus (self->grid, GTK_DIR_TAB_FORWARD);
}

/* ------------------------------------------------------------ saved views */

static void
describe (CptView    *view,
          JsonObject *definition)
{
  CptCalendarView *self = CPT_CALENDAR_VIEW (view);
  const CptCalendarSource *source = cpt_calendar_view_get_source (self);
  g_autoptr(CptFilter) filter = cpt_query_bar_dup_filter (self->bar);

  json_object_set_string_member (definition, "span", self->is_week ? "week" : "month");
  if (source != NULL)
    json_object_set_string_member (definition, "date", source->day->name);
  if (source != NULL && source->end != NULL)
    json_object_set_string_member (definition, "end", source->end->name);
  if (filter != NULL)
    json_object_set_member (definition, "filter", cpt_filter_to_json (filter));
}

static void
show (CptView    *view,
      JsonObject *definition,
      gboolean    with_layout)
{
  CptCalendarView *self = CPT_CALENDAR_VIEW (view);
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GError) error = NULL;
  const char *span = NULL;
  const char *day = NULL;
  const char *end = NULL;

  if (definition != NULL)
    {
      cpt_json_read_string (definition, "span", &span, NULL);
      cpt_json_read_string (definition, "date", &day, NULL);
      cpt_json_read_string (definition, "end", &end, NULL);
      if (json_object_has_member (definition, "filter"))
        filter = cpt_filter_from_json (self->schema, self->entity, json_object_get_member (definition, "filter"), &error);
    }
  if (error != NULL)
    cpt_window_show_error (cpt_view_get_window (view), error);

  cpt_query_bar_set_filter (self->bar, filter);
  if (self->dates != NULL)
    cpt_calendar_dates_choose (self->dates, day, end);
  if (with_layout)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->forms), g_strcmp0 (span, "week") == 0 ? 1 : 0);
  cpt_calendar_view_read (self);
}

static void
cpt_calendar_view_show_saved (CptView       *view,
                              const CptUuid *id)
{
  cpt_views_button_show (CPT_CALENDAR_VIEW (view)->views, id);
}

static void
cpt_calendar_view_find (CptView *view)
{
  cpt_query_bar_find (CPT_CALENDAR_VIEW (view)->bar);
}

/* Whether a condition leads to what was changed, by way of links */
static gboolean
is_reached (CptCalendarView *self,
            CptChangeSet    *set)
{
  g_autoptr(CptQuery) query = cpt_query_new (self->schema, self->entity);
  g_autoptr(CptFilter) filter = cpt_query_bar_dup_filter (self->bar);
  const CptEntity *last = NULL;
  const CptRowChange *changes;
  guint n_changes;

  if (filter == NULL)
    return FALSE;

  cpt_query_set_filter (query, filter);
  changes = cpt_change_set_get_rows (set, &n_changes);
  for (guint i = 0; i < n_changes; i++)
    {
      /* Many changes are of one kind mostly. */
      if (changes[i].entity != last && cpt_query_reaches (query, changes[i].entity->name))
        return TRUE;
      last = changes[i].entity;
    }

  return FALSE;
}

static void
cpt_calendar_view_changed (CptView      *view,
                           CptChangeSet *set)
{
  CptCalendarView *self = CPT_CALENDAR_VIEW (view);

  if (cpt_change_set_is_truncated (set) || cpt_change_set_has_entity (set, self->entity->name) ||
      (self->dates == NULL && self->is_week && cpt_change_set_has_entity (set, "activity")) || is_reached (self, set))
    cpt_calendar_view_read (self);
  if (cpt_change_set_has_entity (set, "saved_view"))
    cpt_views_button_read (self->views);
}

static void
cpt_calendar_view_create (CptView *view)
{
  CptCalendarView *self = CPT_CALENDAR_VIEW (view);
  CptCalendarSpan span = cpt_calendar_view_get_span (self);

  cpt_calendar_view_open_draft (self, CLAMP (get_today (self), span.from, span.to), -1);
}

static void
cpt_calendar_view_dispose (GObject *object)
{
  CptCalendarView *self = CPT_CALENDAR_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->days, g_ptr_array_unref);

  G_OBJECT_CLASS (cpt_calendar_view_parent_class)->dispose (object);
}

static void
cpt_calendar_view_finalize (GObject *object)
{
  CptCalendarView *self = CPT_CALENDAR_VIEW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_calendar_view_parent_class)->finalize (object);
}

static void
cpt_calendar_view_class_init (CptCalendarViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_calendar_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_calendar_view_finalize;
  CPT_VIEW_CLASS (klass)->changed = cpt_calendar_view_changed;
  CPT_VIEW_CLASS (klass)->create = cpt_calendar_view_create;
  CPT_VIEW_CLASS (klass)->find = cpt_calendar_view_find;
  CPT_VIEW_CLASS (klass)->show_saved = cpt_calendar_view_show_saved;
  gtk_widget_class_install_action (widget_class, "calendar.turn", "i", turn_action);
  gtk_widget_class_install_action (widget_class, "calendar.today", NULL, today_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, 0, "calendar.turn", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, 0, "calendar.turn", "i", 1);
}

static void
cpt_calendar_view_init (CptCalendarView *self)
{
  self->cancellable = g_cancellable_new ();
  self->days = g_ptr_array_new ();
}

/* Building */

static GtkWidget *
create_turn_button (const char *icon,
                    const char *label,
                    int         pages)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "calendar.turn");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", pages);

  return button;
}

static GtkWidget *
create_forms (CptCalendarView *self)
{
  g_autofree char *state = cpt_window_dup_state (cpt_view_get_window (CPT_VIEW (self)), "calendar-form");
  const char *const names[] = { C_("calendar", "Month"), C_("calendar", "Week"), NULL };

  self->is_week = g_strcmp0 (state, "week") == 0;
  self->forms = gtk_drop_down_new_from_strings (names);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->forms), self->is_week ? 1 : 0);
  gtk_widget_set_tooltip_text (self->forms, _("What is shown at once"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->forms), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What is shown at once"), -1);
  g_signal_connect_object (self->forms, "notify::selected", G_CALLBACK (form_changed_cb), self, 0);

  return self->forms;
}

static GtkWidget *
create_bar (CptCalendarView *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *today = gtk_button_new_with_mnemonic (C_("calendar", "_Today"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (today), "calendar.today");
  self->heading = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->heading), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->heading), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->heading, "heading");
  gtk_widget_set_hexpand (self->heading, TRUE);
  gtk_widget_add_css_class (bar, "list-toolbar");
  gtk_box_append (GTK_BOX (bar), create_turn_button ("go-previous-symbolic", _("Earlier"), -1));
  gtk_box_append (GTK_BOX (bar), create_turn_button ("go-next-symbolic", _("Later"), 1));
  gtk_box_append (GTK_BOX (bar), self->heading);
  if (self->dates != NULL)
    gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->dates));
  gtk_box_append (GTK_BOX (bar), today);
  gtk_box_append (GTK_BOX (bar), create_forms (self));

  return bar;
}

static GtkWidget *
create_hours (CptCalendarView *self)
{
  self->hours = cpt_calendar_hours_new (get_store (self));
  self->hours_scroller = gtk_scrolled_window_new ();
  cpt_calendar_view_serve_hours (self, self->hours);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->hours), GTK_ACCESSIBLE_PROPERTY_LABEL, C_("calendar", "Hours"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->hours_scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->hours_scroller), self->hours);
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (self->hours_scroller))),
                                    FALSE);
  gtk_widget_set_vexpand (self->hours_scroller, TRUE);
  gtk_widget_set_visible (self->hours_scroller, FALSE);

  return self->hours_scroller;
}

static GtkWidget *
create_days (CptCalendarView *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_widget_add_css_class (self->grid, "calendar-grid");
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->grid);
  gtk_widget_set_vexpand (self->scroller, TRUE);

  return self->scroller;
}

static void
build (CptCalendarView *self)
{
  static const CptViewsForm form = { "calendar", "calendar-view", describe, show };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->bar = CPT_QUERY_BAR (cpt_query_bar_new (get_store (self), self->schema, self->entity));
  cpt_query_bar_remember_filters (self->bar, cpt_view_get_window (CPT_VIEW (self)));
  g_signal_connect_object (self->bar, "changed", G_CALLBACK (cpt_calendar_view_read), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bar, "left", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  self->views = CPT_VIEWS_BUTTON (cpt_views_button_new (CPT_VIEW (self), self->schema, self->entity, &form));
  cpt_view_pack_end (CPT_VIEW (self), GTK_WIDGET (self->views));

  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (box), create_bar (self));
  gtk_box_append (GTK_BOX (box), create_days (self));
  gtk_box_append (GTK_BOX (box), create_hours (self));
  cpt_view_set_child (CPT_VIEW (self), box);
}

/* @entity (nullable): tasks */
static CptView *
create (CptWindow  *window,
        const char *entity)
{
  CptCalendarView *self = g_object_new (CPT_TYPE_CALENDAR_VIEW, "window", window, NULL);

  self->schema = cpt_schema_ref (cpt_window_get_schema (window));
  self->entity = cpt_schema_find_entity (self->schema, entity != NULL ? entity : "task");
  self->shown = get_today (self);
  if (entity != NULL)
    {
      self->dates = CPT_CALENDAR_DATES (cpt_calendar_dates_new (self->entity));
      g_signal_connect_object (self->dates, "changed", G_CALLBACK (cpt_calendar_view_read), self, G_CONNECT_SWAPPED);
    }
  cpt_view_set_title (CPT_VIEW (self), entity != NULL ? cpt_entity_get_label_plural (self->entity) : C_("place", "Calendar"));
  build (self);
  g_signal_connect (self, "notify::narrow", G_CALLBACK (narrow_cb), NULL);
  cpt_calendar_view_read (self);
  cpt_views_button_read (self->views);

  return CPT_VIEW (self);
}

CptView *
cpt_calendar_view_new (CptWindow *window)
{
  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);

  return create (window, NULL);
}

gboolean
cpt_calendar_view_can_show (CptWindow  *window,
                            const char *entity)
{
  const CptEntity *shown;
  g_autoptr(GPtrArray) dates = NULL;

  g_return_val_if_fail (CPT_IS_WINDOW (window) && entity != NULL, FALSE);

  shown = cpt_schema_find_entity (cpt_window_get_schema (window), entity);
  dates = shown != NULL && !g_str_equal (entity, "task") ? cpt_calendar_source_list_dates (shown) : NULL;

  return dates != NULL && dates->len > 0;
}

CptView *
cpt_calendar_view_new_place (CptWindow  *window,
                             const char *entity)
{
  g_return_val_if_fail (cpt_calendar_view_can_show (window, entity), NULL);

  return create (window, entity);
}
