/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goals of people and teams, badges, and whether people are compared at all. */
#include "config.h"

#include "cpt-goals-page.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cpt-badge.h"
#include "cpt-dashboard-template.h"
#include "cpt-metric-form.h"
#include "cpt-ranking.h"
#include "cpt-widget-choices.h"

struct _CptGoalsPage
{
  CptSettingsPage parent_instance;
};

G_DEFINE_FINAL_TYPE (CptGoalsPage, cpt_goals_page, CPT_TYPE_SETTINGS_PAGE)

enum
{
  GOALS,
  BADGES,
};

static const char *const kinds[] = { "goal", CPT_BADGE_ENTITY, "metric", CPT_WORKSPACE_SETTING_ENTITY, NULL };

/* Reading */

typedef struct
{
  GPtrArray *metrics; /* (element-type CptMetric) */
  GPtrArray *goals;   /* (element-type CptGoal): those that run today */
  gboolean has[CPT_N_RANKINGS];
} More;

static void
more_free (gpointer data)
{
  More *more = data;

  g_clear_pointer (&more->metrics, g_ptr_array_unref);
  g_clear_pointer (&more->goals, g_ptr_array_unref);
  g_free (more);
}

static gpointer
read_more (CptDatabase            *database,
           const CptSettingsData  *data,
           GError                **error)
{
  More *more = g_new0 (More, 1);

  more->metrics = cpt_metric_list (database, error);
  if (more->metrics != NULL)
    more->goals = cpt_goals_read (database, cpt_database_get_today (database), error);
  if (more->goals == NULL)
    {
      more_free (more);
      return NULL;
    }
  for (CptRanking i = 0; i < CPT_N_RANKINGS; i++)
    more->has[i] = cpt_ranking_is_on (database, i);

  return more;
}

static const CptSettingsSource source = {
  .kinds = kinds,
  .read_more = read_more,
  .free_more = more_free,
};

static const More *
get_more (CptGoalsPage *self)
{
  return cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self))->more;
}

/* The forms */

static const char *const goal_fields[] = { "name", "metric", "target", "period", "starts_on", "user", "team", NULL };
static const char *const badge_fields[] = { "name", "icon", "metric", "period", "rule", "threshold", NULL };

/* A goal is of a person or of a team; a badge has a number when one is to be reached. */
static gboolean
shows (const CptRecord *record,
       const char      *field)
{
  if (strcmp (field, "team") == 0)
    return cpt_value_is_null (cpt_record_get_named (record, "user"));

  return strcmp (field, "threshold") != 0 || g_strcmp0 (cpt_record_get_text (record, "rule"), "reached") == 0;
}

static const CptMetricFormSpec forms[][2] = {
  [GOALS] = {
    { N_("Add Goal"), N_("Goal added"), goal_fields, shows },
    { N_("Change Goal"), N_("Goal changed"), goal_fields, shows },
  },
  [BADGES] = {
    { N_("Add Badge"), N_("Badge added"), badge_fields, shows },
    { N_("Change Badge"), N_("Badge changed"), badge_fields, shows },
  },
};

static guint
get_kind (const CptRecord *record)
{
  return g_str_equal (record->entity->name, CPT_BADGE_ENTITY) ? BADGES : GOALS;
}

/* Changing */

static void
activated_cb (CptOrderList *list,
              const char   *key,
              CptGoalsPage *self)
{
  CptRecord *record = cpt_settings_data_find (cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self)), key);

  if (record != NULL && cpt_settings_page_is_writable (CPT_SETTINGS_PAGE (self)))
    cpt_metric_form_present (cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self)), record, get_more (self)->metrics,
                             &forms[get_kind (record)][1]);
}

static void
removed_cb (CptOrderList *list,
            const char   *key,
            CptGoalsPage *self)
{
  const CptRecord *record = cpt_settings_data_find (cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self)), key);

  if (record != NULL)
    cpt_settings_page_delete (CPT_SETTINGS_PAGE (self), key,
                              get_kind (record) == GOALS ? _("Goal deleted") : _("Badge deleted"));
}

static void
add_record (CptGoalsPage *self,
            guint         kind)
{
  CptWindow *window = cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self));
  g_autoptr(CptRecord) record = cpt_settings_page_create_record (CPT_SETTINGS_PAGE (self), kinds[kind]);

  if (record == NULL)
    return;

  if (kind == GOALS)
    {
      CptStore *store = cpt_window_get_store (window);
      gint64 today = cpt_instant_get_date (cpt_clock_get_now (cpt_store_get_clock (store)), cpt_store_get_zone (store));

      cpt_record_set_integer (record, "starts_on", cpt_bucket_get_start (CPT_BUCKET_MONTH, today));
    }
  cpt_metric_form_present (window, record, get_more (self)->metrics, &forms[kind][0]);
}

static void
goal_added_cb (GtkWidget    *row,
               CptGoalsPage *self)
{
  add_record (self, GOALS);
}

static void
badge_added_cb (GtkWidget    *row,
                CptGoalsPage *self)
{
  add_record (self, BADGES);
}

/* Adding the dashboard */

static gpointer
add_in_writer (CptDatabase   *database,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr(CptDashboardTemplate) template = cpt_dashboard_template_find ("goals", error);
  g_autoptr(CptTransaction) transaction = NULL;

  if (template != NULL)
    transaction = cpt_dashboard_template_create (template, database, NULL, CPT_ORIGIN_FORM, NULL, error);
  if (transaction != NULL)
    cpt_database_commit (database, transaction, NULL, NULL, error);

  return NULL;
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(CptGoalsPage) self = CPT_GOALS_PAGE (user_data);
  CptWindow *window = cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self));
  g_autoptr(GError) error = NULL;

  cpt_store_finish (CPT_STORE (object), result, &error);
  if (error == NULL || window == NULL)
    return;

  cpt_window_show_error (window, error);
  cpt_settings_page_read (CPT_SETTINGS_PAGE (self));
}

static void
added_dashboard_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  CptWindow *window = cpt_settings_page_get_window (CPT_SETTINGS_PAGE (user_data));

  if (window != NULL && !g_task_had_error (G_TASK (result)))
    cpt_window_show_toast (window, _("Dashboard “Goals” added"));
  written_cb (object, result, user_data);
}

static void
dashboard_cb (GtkWidget    *row,
              CptGoalsPage *self)
{
  CptWindow *window = cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self));

  if (window != NULL)
    cpt_store_write_async (cpt_window_get_store (window), add_in_writer, NULL, NULL, NULL, NULL, added_dashboard_cb,
                           g_object_ref (self));
}

/* Switching */

typedef struct
{
  CptRanking ranking;
  gboolean is_on;
  CptTransaction *transaction; /* (owned): what does it, when that was read */
} Switch;

static void
switch_free (gpointer data)
{
  Switch *change = data;

  g_clear_pointer (&change->transaction, cpt_transaction_free);
  g_free (change);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Switch, switch_free)

static gpointer
read_switch (CptDatabase   *database,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(Switch) change = g_memdup2 (data, sizeof (Switch));

  change->transaction = cpt_ranking_switch (database, change->ranking, change->is_on, CPT_ORIGIN_FORM, error);

  return change->transaction != NULL ? g_steal_pointer (&change) : NULL;
}

static void
switch_read_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(CptGoalsPage) self = CPT_GOALS_PAGE (user_data);
  CptWindow *window = cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self));
  g_autoptr(GError) error = NULL;
  g_autoptr(Switch) change = cpt_store_finish (CPT_STORE (object), result, &error);

  if (window == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (change == NULL)
    {
      cpt_window_show_error (window, error);
      cpt_settings_page_read (CPT_SETTINGS_PAGE (self));
    }
  else if (!cpt_transaction_is_empty (change->transaction))
    {
      cpt_settings_page_commit (CPT_SETTINGS_PAGE (self), g_steal_pointer (&change->transaction),
                                cpt_ranking_describe (change->ranking, change->is_on));
    }
}

static void
switched_cb (GtkSwitch    *toggle,
             GParamSpec   *pspec,
             CptGoalsPage *self)
{
  CptSettingsPage *page = CPT_SETTINGS_PAGE (self);
  CptWindow *window = cpt_settings_page_get_window (page);
  Switch *change;

  if (window == NULL)
    return;

  /* The pointer alone would leave the keyboard where it was. */
  gtk_widget_grab_focus (GTK_WIDGET (toggle));
  change = g_new0 (Switch, 1);
  change->ranking = g_str_equal (gtk_widget_get_name (GTK_WIDGET (toggle)), cpt_ranking_get_name (CPT_RANKING_BADGES))
                      ? CPT_RANKING_BADGES
                      : CPT_RANKING_BOARDS;
  change->is_on = gtk_switch_get_active (toggle);
  cpt_store_read_async (cpt_window_get_store (window), G_PRIORITY_DEFAULT, read_switch, change, switch_free, switch_free,
                        cpt_settings_page_get_cancellable (page), switch_read_cb,
                        g_object_ref (self));
}

/* Showing */

static CptOrderList *
add_list (CptGoalsPage *self,
          GtkWidget    *group,
          const char   *label)
{
  CptOrderList *list = cpt_settings_page_add_list (CPT_SETTINGS_PAGE (self), group, label);

  cpt_order_list_set_fixed (list);
  g_signal_connect_object (list, "activated", G_CALLBACK (activated_cb), self, 0);
  if (cpt_settings_page_is_writable (CPT_SETTINGS_PAGE (self)))
    {
      g_signal_connect_object (list, "removed", G_CALLBACK (removed_cb), self, 0);
      cpt_order_list_set_removable (list);
    }

  return list;
}

/* (nullable): of a goal that runs today */
static const CptGoal *
find_goal (CptGoalsPage    *self,
           const CptRecord *record)
{
  const GPtrArray *goals = get_more (self)->goals;

  for (guint i = 0; i < goals->len; i++)
    if (cpt_uuid_equal (&((const CptGoal *) g_ptr_array_index (goals, i))->id, &record->id))
      return g_ptr_array_index (goals, i);

  return NULL;
}

/* Its key where there is none any more */
static const char *
get_metric_title (CptGoalsPage    *self,
                  const CptRecord *record)
{
  const char *key = cpt_record_get_text (record, "metric");
  const CptMetric *metric = cpt_widget_metrics_find (get_more (self)->metrics, key);

  return metric != NULL ? metric->title : key != NULL ? key
                                                      : "–";
}

/* "Anna, Revenue won: Behind, 42 %" */
static char *
describe_goal (CptGoalsPage    *self,
               const CptRecord *record)
{
  const CptGoal *goal = find_goal (self, record);
  double share = goal != NULL ? cpt_goal_get_share (goal) : NAN;
  g_autofree char *day = NULL;

  if (goal != NULL && goal->problem != NULL)
    return g_strdup (goal->problem);
  if (goal != NULL && isfinite (share))
    /* Translators: whose goal, of what, how it stands, and the part that is reached */
    return g_strdup_printf (_("%s, %s: %s, %.0f%%"), goal->who, goal->metric, cpt_goal_state_get_label (goal->state),
                            share * 100);
  if (goal != NULL)
    return g_strdup_printf (_("%s, %s: %s"), goal->who, goal->metric, cpt_goal_state_get_label (goal->state));

  day = cpt_date_format (cpt_record_get_integer (record, "starts_on"));

  /* Translators: a metric, and the day on which its goal begins that does not run today */
  return g_strdup_printf (_("%s, from %s"), get_metric_title (self, record), day);
}

static void
show_goals (CptGoalsPage *self)
{
  CptSettingsPage *page = CPT_SETTINGS_PAGE (self);
  const CptSettingsData *data = cpt_settings_page_get_data (page);
  GtkWidget *group = cpt_settings_page_add_group (page, _("Goals"),
                                                  _("What is wanted of a metric in a month, a quarter or a year: of a "
                                                    "person, a team or everybody."));
  CptOrderList *list = add_list (self, group, _("Goals"));

  for (guint i = 0; i < data->records[GOALS]->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (data->records[GOALS], i);
      g_autofree char *id = cpt_uuid_dup_text (&record->id);
      g_autofree char *title = cpt_record_dup_title (record);
      g_autofree char *subtitle = describe_goal (self, record);

      cpt_order_list_append (list, cpt_settings_page_create_row (title, subtitle), id);
    }
  cpt_settings_page_add_adding (page, list, _("Add a Goal"), G_CALLBACK (goal_added_cb));
  cpt_settings_page_add_adding (page, list, _("Add a Dashboard of Goals"), G_CALLBACK (dashboard_cb));
}

static void
show_badges (CptGoalsPage *self)
{
  CptSettingsPage *page = CPT_SETTINGS_PAGE (self);
  const CptSettingsData *data = cpt_settings_page_get_data (page);
  GtkWidget *group = cpt_settings_page_add_group (page, _("Badges"), _("What people earn; shown on leaderboards."));
  CptOrderList *list = add_list (self, group, _("Badges"));

  for (guint i = 0; i < data->records[BADGES]->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (data->records[BADGES], i);
      const CptField *field = cpt_entity_find_field (record->entity, "rule");
      const CptChoice *rule = cpt_field_find_choice (field, cpt_record_get_text (record, "rule"));
      g_autofree char *id = cpt_uuid_dup_text (&record->id);
      g_autofree char *title = cpt_record_dup_title (record);
      g_autofree char *subtitle = NULL;

      /* Translators: who gets a badge, and the metric that decides: "The first of everybody: Revenue won" */
      if (rule != NULL)
        subtitle = g_strdup_printf (C_("badge", "%s: %s"), cpt_choice_get_label (rule), get_metric_title (self, record));
      cpt_order_list_append (list, cpt_settings_page_create_row (title, subtitle), id);
    }
  cpt_settings_page_add_adding (page, list, _("Add a Badge"), G_CALLBACK (badge_added_cb));
}

static void
add_switch (CptGoalsPage *self,
            GtkWidget    *group,
            CptRanking    ranking,
            const char   *title)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_name (toggle, cpt_ranking_get_name (ranking));
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (toggle, cpt_settings_page_is_writable (CPT_SETTINGS_PAGE (self)));
  gtk_switch_set_active (GTK_SWITCH (toggle), get_more (self)->has[ranking]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (switched_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
cpt_goals_page_show (CptSettingsPage *page)
{
  CptGoalsPage *self = CPT_GOALS_PAGE (page);
  GtkWidget *group;

  show_goals (self);
  show_badges (self);
  group = cpt_settings_page_add_group (page, _("Comparing People"), _("Not every company wants to. This is for everybody here."));
  add_switch (self, group, CPT_RANKING_BOARDS, _("Leaderboards"));
  add_switch (self, group, CPT_RANKING_BADGES, _("Badges on Leaderboards"));
}

static void
cpt_goals_page_class_init (CptGoalsPageClass *klass)
{
  CPT_SETTINGS_PAGE_CLASS (klass)->source = &source;
  CPT_SETTINGS_PAGE_CLASS (klass)->show = cpt_goals_page_show;
}

static void
cpt_goals_page_init (CptGoalsPage *self)
{
}
