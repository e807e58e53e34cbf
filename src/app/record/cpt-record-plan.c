/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done with plans and their tasks on their pages. Before a plan makes anything it
 * shows what would change. */

#include "config.h"

#include "cpt-record-plan.h"

#include <glib/gi18n.h>

#include "cpt-date.h"
#include "cpt-plan-record.h"
#include "cpt-record-view-private.h"

/* Lines of a difference that are shown; the counts are of all */
#define MAX_LINES 200
#define LIST_HEIGHT 260

/* What the dialogue shows */
typedef struct
{
  CptPlanDifference *difference; /* (owned) (nullable) */
  CptPlanCounts counts;
} Preview;

static void
preview_free (Preview *preview)
{
  g_clear_pointer (&preview->difference, cpt_plan_difference_free);
  g_free (preview);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Preview, preview_free)

/* ------------------------------------------------------------------ generating */

static gpointer
generate_in_writer (CptDatabase   *database,
                    gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  return cpt_plan_generate (database, data, error);
}

static void
generated_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(CptWindow) window = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptPlanDifference) difference = cpt_store_finish (CPT_STORE (source), result, &error);
  g_autofree char *text = NULL;

  if (difference == NULL)
    {
      cpt_window_show_error (window, error);
      return;
    }

  text = g_strdup_printf (_("New: %u, moved: %u, removed: %u"), difference->n_new, difference->n_moved,
                          difference->n_removed);
  if (difference->sequence > 0)
    cpt_window_show_undo_toast (window, text, difference->sequence);
  else
    cpt_window_show_toast (window, text);
}

static void
answered_cb (AdwMessageDialog *dialog,
             const char       *response,
             CptRecordView    *self)
{
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));

  if (g_str_equal (response, "generate") && window != NULL)
    cpt_store_write_async (cpt_view_get_store (CPT_VIEW (self)), generate_in_writer, g_memdup2 (&self->id, sizeof self->id),
                           g_free, (GDestroyNotify) cpt_plan_difference_free, NULL, generated_cb, g_object_ref (window));
}

static char *
dup_when (gint64     instant,
          GTimeZone *zone)
{
  return instant != 0 ? cpt_instant_format (instant, zone) : NULL;
}

static GtkWidget *
create_row (const CptPlanChange *change,
            GTimeZone           *zone)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *from = dup_when (change->from, zone);
  g_autofree char *to = dup_when (change->to, zone);
  g_autofree char *subtitle = NULL;

  if (change->kind == CPT_PLAN_NEW)
    /* Translators: a task that would be made; %s is a day and an hour */
    subtitle = g_strdup_printf (_("New: %s"), to);
  else if (change->kind == CPT_PLAN_MOVED)
    /* Translators: a task that would be moved; both are a day and an hour */
    subtitle = g_strdup_printf (_("Moved: %s → %s"), from, to);
  else
    /* Translators: a task that would go to the trash; %s is a day and an hour */
    subtitle = g_strdup_printf (_("Removed: %s"), from);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), change->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);

  return row;
}

static GtkWidget *
create_list (const CptPlanDifference *difference,
             GTimeZone               *zone)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What would change"), -1);
  for (guint i = 0; i < difference->changes->len && i < MAX_LINES; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), create_row (g_ptr_array_index (difference->changes, i), zone));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  gtk_widget_set_size_request (scroller, 0, difference->changes->len > 3 ? LIST_HEIGHT / 2 : -1);

  return scroller;
}

static char *
dup_body (const Preview *preview)
{
  const CptPlanDifference *difference = preview->difference;
  const CptPlanCounts *counts = &preview->counts;
  g_autofree char *change =
    g_strdup_printf (_("New: %u, moved: %u, removed: %u, as they were: %u, left alone: %u, without a place: %u"),
                     difference->n_new, difference->n_moved, difference->n_removed, difference->n_same, difference->n_kept,
                     difference->n_left);
  g_autofree char *done =
    g_strdup_printf (_("Until now: planned %u (late: %u), executed %u with %u, failed %u, cancelled %u, expired %u"),
                     counts->n_planned, counts->n_late, counts->n_executed, counts->n_treated, counts->n_failed,
                     counts->n_cancelled, counts->n_expired);

  return g_strconcat (change, "\n\n", done, NULL);
}

static void
show_preview (CptRecordView *self,
              CptWindow     *window,
              const Preview *preview)
{
  const CptPlanDifference *difference = preview->difference;
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (window), NULL, NULL);
  g_autofree char *body = dup_body (preview);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_format_heading (message, _("Generate the tasks of “%s”?"), cpt_record_get_text (self->record, "name"));
  adw_message_dialog_set_body (message, body);
  if (difference->changes->len > 0)
    adw_message_dialog_set_extra_child (message,
                                        create_list (difference, cpt_store_get_zone (cpt_view_get_store (CPT_VIEW (self)))));
  adw_message_dialog_add_response (message, "cancel", _("_Cancel"));
  adw_message_dialog_add_response (message, "generate", _("_Generate"));
  adw_message_dialog_set_response_appearance (message, "generate", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (message, "generate", difference->changes->len > 0);
  adw_message_dialog_set_default_response (message, difference->changes->len > 0 ? "generate" : "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gpointer
preview_in_reader (CptDatabase   *database,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr(Preview) preview = g_new0 (Preview, 1);

  preview->difference = cpt_plan_compare (database, data, error);
  if (preview->difference == NULL || !cpt_plan_count (database, data, &preview->counts, error))
    return NULL;

  return g_steal_pointer (&preview);
}

static void
previewed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(CptRecordView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(Preview) preview = cpt_store_finish (CPT_STORE (source), result, &error);
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));

  if (preview == NULL)
    cpt_window_show_error (window, error);
  else if (window != NULL && self->record != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_preview (self, window, preview);
}

static void
generate_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  CptRecordView *self = CPT_RECORD_VIEW (widget);

  cpt_store_read_async (cpt_view_get_store (CPT_VIEW (self)), G_PRIORITY_DEFAULT, preview_in_reader,
                        g_memdup2 (&self->id, sizeof self->id), g_free, (GDestroyNotify) preview_free, self->cancellable,
                        previewed_cb, g_object_ref (self));
}

/* ----------------------------------------------------------------------- tasks */

static gpointer
execute_in_writer (CptDatabase   *database,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  cpt_plan_execute (database, data, error);

  return NULL;
}

static gpointer
plan_again_in_writer (CptDatabase   *database,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  gint64 at;

  return cpt_plan_again (database, data, &at, error) ? g_memdup2 (&at, sizeof at) : NULL;
}

static void
executed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(CptWindow) window = user_data;
  g_autoptr(GError) error = NULL;

  cpt_store_finish (CPT_STORE (source), result, &error);
  if (error != NULL)
    cpt_window_show_error (window, error);
  else
    cpt_window_show_toast (window, _("Executed, and noted as an activity"));
}

static void
planned_again_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(CptWindow) window = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree gint64 *at = cpt_store_finish (CPT_STORE (source), result, &error);
  g_autofree char *when = at != NULL ? cpt_instant_format (*at, cpt_store_get_zone (CPT_STORE (source))) : NULL;
  g_autofree char *text = NULL;

  if (when == NULL)
    {
      cpt_window_show_error (window, error);
      return;
    }
  /* Translators: %s is a day and an hour */
  text = g_strdup_printf (_("Planned for %s"), when);
  cpt_window_show_toast (window, text);
}

static void
task_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CptRecordView *self = CPT_RECORD_VIEW (widget);
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));
  gboolean is_again = g_str_equal (action_name, "record.plan-again");

  cpt_store_write_async (cpt_view_get_store (CPT_VIEW (self)), is_again ? plan_again_in_writer : execute_in_writer,
                         g_memdup2 (&self->id, sizeof self->id), g_free, g_free, NULL,
                         is_again ? planned_again_cb : executed_cb, g_object_ref (window));
}

/* ------------------------------------------------------------------- the menu */

void
cpt_record_plan_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "record.generate", NULL, generate_action);
  gtk_widget_class_install_action (klass, "record.execute", NULL, task_action);
  gtk_widget_class_install_action (klass, "record.plan-again", NULL, task_action);
}

void
cpt_record_plan_append_items (GMenu *menu)
{
  static const char *const actions[] = { "record.generate", "record.execute", "record.plan-again" };
  const char *const labels[] = { _("_Generate the Tasks…"), _("_Execute Now"), _("Plan _Again") };
  g_autoptr(GMenu) section = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (labels[i], actions[i]);

      g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
      g_menu_append_item (section, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

void
cpt_record_plan_update (CptRecordView *self)
{
  gboolean is_plan = g_str_equal (self->entity->name, CPT_PLAN_ENTITY);
  gboolean is_live = !self->is_draft && self->record != NULL && !self->record->in_trash &&
                     !cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self)));
  gboolean can_be_done = is_live && g_str_equal (self->entity->name, "task") &&
                         !cpt_value_is_null (cpt_record_get_named (self->record, "activity_plan")) &&
                         g_strcmp0 (cpt_record_get_text (self->record, "plan_state"), "executed") != 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "record.generate", is_live && is_plan);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "record.execute", can_be_done);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "record.plan-again", can_be_done);
}
