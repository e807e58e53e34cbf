/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The history of a dashboard: states, newest first. The one that is selected is drawn with the numbers
 * of now; putting it back stores its definition again, so that it can be undone.
 */

#include "config.h"

#include "cpt-dashboard-history.h"

#include <glib/gi18n.h>

#include "cpt-dashboard-change.h"
#include "cpt-dashboard-picture.h"
#include "cpt-log.h"

#define WIDTH 480
#define HEIGHT 640
#define MAX_STATES 60
#define PICTURE_WIDTH 420

/* A dashboard at one time */
typedef struct
{
  char *what;
  char *who_and_when; /* (nullable) */
  char *definition;
} State;

struct _CptDashboardHistory
{
  AdwWindow parent_instance;

  CptWindow *window; /* outlives its dialogues */
  CptStore *store;
  CptSchema *schema;
  CptUuid id;
  GPtrArray *states;         /* (nullable): State */
  GCancellable *cancellable; /* of the window */
  GCancellable *drawing;     /* (nullable): of the picture */

  /* Borrowed from the child */
  GtkWidget *picture;
  GtkWidget *list;
  GtkWidget *put_back;
};

G_DEFINE_FINAL_TYPE (CptDashboardHistory, cpt_dashboard_history, ADW_TYPE_WINDOW)

/* Reading */

static void
state_free (gpointer data)
{
  State *state = data;

  g_free (state->what);
  g_free (state->who_and_when);
  g_free (state->definition);
  g_free (state);
}

static char *
dup_who_and_when (CptDatabase       *database,
                  const CptLogEntry *entry)
{
  const CptEntity *users = cpt_schema_find_entity (cpt_database_get_schema (database), "user");
  g_autofree char *who = cpt_uuid_is_nil (&entry->author) ? NULL : cpt_database_dup_title (database, users, &entry->author);
  g_autofree char *when = cpt_instant_format (entry->at, cpt_database_get_zone (database));

  return who != NULL ? g_strdup_printf ("%s · %s", who, when) : g_steal_pointer (&when);
}

static CptDashboard *
parse (const CptValue *value)
{
  return value->type == CPT_VALUE_TEXT ? cpt_dashboard_parse (value->text, -1, NULL) : NULL;
}

static void
add_state (GPtrArray  *states,
           char       *what,
           char       *who_and_when,
           const char *definition)
{
  State *state = g_new0 (State, 1);

  state->what = what;
  state->who_and_when = who_and_when;
  state->definition = g_strdup (definition);
  g_ptr_array_add (states, state);
}

/* What can't be read any more is left out: there is nothing to put back */
static void
add_entry (GPtrArray       *states,
           CptDatabase     *database,
           CptHistoryEntry *entry,
           gboolean         is_last)
{
  for (guint i = 0; i < entry->changes->len; i++)
    {
      const CptFieldChange *change = g_ptr_array_index (entry->changes, i);
      g_autoptr(CptDashboard) before = parse (&change->before);
      g_autoptr(CptDashboard) after = parse (&change->after);

      if (g_strcmp0 (change->name, "definition") != 0)
        continue;
      if (after != NULL)
        add_state (states, cpt_dashboard_describe_change (before, after), dup_who_and_when (database, entry->entry),
                   change->after.text);
      if (is_last && before != NULL)
        add_state (states, g_strdup (_("Before that")), NULL, change->before.text);
    }
}

static gpointer
read_states (CptDatabase   *database,
             gpointer       user_data,
             GCancellable  *cancellable,
             GError       **error)
{
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), "dashboard");
  g_autoptr(GPtrArray) history = cpt_log_get_history_before (database, entity, user_data, "definition", 0, MAX_STATES, error);
  GPtrArray *states;

  if (history == NULL)
    return NULL;

  states = g_ptr_array_new_with_free_func (state_free);
  for (guint i = 0; i < history->len; i++)
    add_entry (states, database, g_ptr_array_index (history, i), i + 1 == history->len);

  return states;
}

/* The picture */

static void
picture_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(CptDashboardHistory) self = CPT_DASHBOARD_HISTORY (user_data);
  g_autoptr(CptDashboardPicture) picture = cpt_dashboard_picture_read_finish (CPT_STORE (source), result, NULL);

  if (picture != NULL)
    gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (picture->texture));
}

static const State *
get_selected (CptDashboardHistory *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  return self->states != NULL && index >= 0 && (guint) index < self->states->len
           ? g_ptr_array_index (self->states, index)
           : NULL;
}

static void
selected_cb (CptDashboardHistory *self)
{
  const State *state = get_selected (self);
  CptDashboard *dashboard = state != NULL ? cpt_dashboard_parse (state->definition, -1, NULL) : NULL;
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.put-back",
                                 state != NULL && state != g_ptr_array_index (self->states, 0) &&
                                   !cpt_store_is_read_only (self->store));
  if (dashboard == NULL)
    return;

  g_cancellable_cancel (self->drawing);
  g_clear_object (&self->drawing);
  self->drawing = g_cancellable_new ();
  cpt_dashboard_picture_read_async (self->store, dashboard, 2 * PICTURE_WIDTH, adw_style_manager_get_dark (manager),
                                    self->drawing, picture_read_cb, g_object_ref (self));
}

/* The list */

static void
states_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(CptDashboardHistory) self = CPT_DASHBOARD_HISTORY (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) states = cpt_store_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (states == NULL)
    {
      cpt_window_show_error (self->window, error);
      return;
    }

  self->states = g_steal_pointer (&states);
  for (guint i = 0; i < self->states->len; i++)
    {
      const State *state = g_ptr_array_index (self->states, i);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), state->what);
      if (state->who_and_when != NULL)
        adw_action_row_set_subtitle (ADW_ACTION_ROW (row), state->who_and_when);
      if (i == 0)
        adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_label_new (_("Now")));
      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
    }
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
}

static void
put_back_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  CptDashboardHistory *self = CPT_DASHBOARD_HISTORY (widget);
  const CptEntity *entity = cpt_schema_find_entity (self->schema, "dashboard");
  const State *state = get_selected (self);
  CptTransaction *transaction;
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (state == NULL)
    return;

  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, _("Put a dashboard back"));
  cpt_value_set_text (&value, state->definition);
  cpt_transaction_set (transaction, entity, &self->id, cpt_entity_find_field (entity, "definition"), &value);
  cpt_window_commit (self->window, transaction, _("Dashboard put back"), NULL, NULL, NULL);
  gtk_window_close (GTK_WINDOW (self));
}

/* Building */

static GtkWidget *
create_list (CptDashboardHistory *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *empty = gtk_label_new (_("Nothing was changed since it was made."));

  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (empty, "dim-label");
  gtk_widget_set_margin_top (empty, 18);
  gtk_widget_set_margin_bottom (empty, 18);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->list), empty);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_valign (self->list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What was changed"), -1);
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_margin_start (self->list, 12);
  gtk_widget_set_margin_end (self->list, 12);
  gtk_widget_set_margin_top (self->list, 6);
  gtk_widget_set_margin_bottom (self->list, 18);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  gtk_widget_set_vexpand (scrolled, TRUE);

  return scrolled;
}

static GtkWidget *
create_picture (CptDashboardHistory *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->picture = gtk_picture_new ();
  gtk_picture_set_content_fit (GTK_PICTURE (self->picture), GTK_CONTENT_FIT_CONTAIN);
  gtk_widget_set_size_request (self->picture, -1, (int) (PICTURE_WIDTH * CPT_DASHBOARD_PICTURE_RATIO));
  gtk_widget_set_overflow (self->picture, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (self->picture, "template-picture");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("The dashboard as it was then"), -1);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), PICTURE_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), PICTURE_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->picture);
  gtk_widget_set_margin_start (clamp, 12);
  gtk_widget_set_margin_end (clamp, 12);
  gtk_widget_set_margin_top (clamp, 12);
  gtk_widget_set_margin_bottom (clamp, 6);

  return clamp;
}

static void
cpt_dashboard_history_dispose (GObject *object)
{
  CptDashboardHistory *self = CPT_DASHBOARD_HISTORY (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->drawing);

  G_OBJECT_CLASS (cpt_dashboard_history_parent_class)->dispose (object);
}

static void
cpt_dashboard_history_finalize (GObject *object)
{
  CptDashboardHistory *self = CPT_DASHBOARD_HISTORY (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_clear_pointer (&self->states, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->drawing);

  G_OBJECT_CLASS (cpt_dashboard_history_parent_class)->finalize (object);
}

static void
cpt_dashboard_history_class_init (CptDashboardHistoryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_dashboard_history_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_dashboard_history_finalize;
  gtk_widget_class_install_action (widget_class, "history.put-back", NULL, put_back_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cpt_dashboard_history_init (CptDashboardHistory *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  self->cancellable = g_cancellable_new ();
  self->put_back = gtk_button_new_with_label (_("Put Back"));
  gtk_widget_add_css_class (self->put_back, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->put_back), "history.put-back");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->put_back);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.put-back", FALSE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), create_picture (self));
  gtk_box_append (GTK_BOX (box), create_list (self));
  adw_window_set_content (ADW_WINDOW (self), box);
}

GtkWidget *
cpt_dashboard_history_new (CptWindow     *window,
                           const CptUuid *id)
{
  CptDashboardHistory *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (CPT_TYPE_DASHBOARD_HISTORY, "transient-for", window, "modal", TRUE, "title", _("History"), NULL);
  self->window = window;
  self->store = g_object_ref (cpt_window_get_store (window));
  self->schema = cpt_schema_ref (cpt_window_get_schema (window));
  self->id = *id;
  gtk_window_set_default_size (GTK_WINDOW (self), MIN (WIDTH, gtk_widget_get_width (GTK_WIDGET (window))),
                               MIN (HEIGHT, gtk_widget_get_height (GTK_WIDGET (window))));
  cpt_store_read_async (self->store, G_PRIORITY_DEFAULT, read_states, g_memdup2 (id, sizeof *id), g_free,
                        (GDestroyNotify) g_ptr_array_unref, self->cancellable, states_read_cb, g_object_ref (self));

  return GTK_WIDGET (self);
}
