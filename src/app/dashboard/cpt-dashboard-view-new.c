/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A new dashboard: an empty one, or one of those that are ready.
 */

#include "config.h"

#include "cpt-dashboard-view-private.h"

#include <glib/gi18n.h>

#include "cpt-name-dialog.h"
#include "cpt-template-dialog.h"

#define MAX_NAME_CHARS 80

/* What was read of a template */
typedef struct
{
  CptTransaction *transaction;
  CptUuid id;
} Made;

static void
made_free (gpointer data)
{
  Made *made = data;

  g_clear_pointer (&made->transaction, cpt_transaction_free);
  g_free (made);
}

static gpointer
make (CptDatabase   *database,
      gpointer       user_data,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr(CptDashboardTemplate) template = cpt_dashboard_template_find (user_data, error);
  Made *made;

  if (template == NULL)
    return NULL;

  made = g_new0 (Made, 1);
  made->transaction = cpt_dashboard_template_create (template, database, NULL, CPT_ORIGIN_FORM, &made->id, error);
  if (made->transaction == NULL)
    g_clear_pointer (&made, made_free);

  return made;
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(CptDashboardView) self = CPT_DASHBOARD_VIEW (user_data);
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));
  g_autoptr(GError) error = NULL;
  Made *made = cpt_store_finish (CPT_STORE (source), result, &error);

  if (made != NULL && window != NULL)
    {
      cpt_dashboard_view_expect (self, &made->id);
      cpt_window_commit (window, g_steal_pointer (&made->transaction), _("Dashboard created"), NULL, NULL, NULL);
    }
  else if (window != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      cpt_window_show_error (window, error);
    }
  g_clear_pointer (&made, made_free);
}

static void
create_empty (CptDashboardView *self,
              const char       *name)
{
  CptStore *store = cpt_view_get_store (CPT_VIEW (self));
  const CptEntity *entity = cpt_schema_find_entity (self->schema, "dashboard");
  g_autoptr(CptRecord) record = NULL;
  g_autoptr(CptDashboard) dashboard = NULL;
  CptTransaction *transaction;
  CptValue definition = CPT_VALUE_INIT;
  gint64 now;

  if (cpt_view_get_window (CPT_VIEW (self)) == NULL)
    return;

  record = cpt_record_new (self->schema, entity);
  dashboard = cpt_dashboard_new (name);
  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  now = cpt_clock_get_now (cpt_store_get_clock (store));
  cpt_record_apply_initial (record, now, cpt_store_get_author (store), cpt_store_get_zone (store));
  cpt_uuid_generate (&record->id, now / 1000);
  cpt_record_set_text (record, "name", name);
  cpt_value_take_text (&definition, cpt_dashboard_format (dashboard));
  cpt_record_take (record, cpt_entity_find_field (entity, "definition"), definition);
  cpt_transaction_create (transaction, record);
  cpt_dashboard_view_expect (self, &record->id);
  cpt_window_commit (cpt_view_get_window (CPT_VIEW (self)), transaction, _("Dashboard created"), NULL, NULL, NULL);
}

/* What it may be called is there already, and goes when something else is typed */
static void
ask_name (CptDashboardView *self)
{
  const CptNameWording wording = {
    .heading = _("New Dashboard"),
    .label = _("Name of the dashboard"),
    .verb = _("_Create"),
    .max_chars = MAX_NAME_CHARS,
  };

  g_signal_connect_object (cpt_name_dialog_present (GTK_WINDOW (cpt_view_get_window (CPT_VIEW (self))), &wording,
                                                    _("New dashboard")),
                           "named", G_CALLBACK (create_empty), self, G_CONNECT_SWAPPED);
}

static void
chosen_cb (CptDashboardView *self,
           const char       *name)
{
  if (cpt_view_get_window (CPT_VIEW (self)) == NULL)
    return;

  if (*name == '\0')
    ask_name (self);
  else
    cpt_store_read_async (cpt_view_get_store (CPT_VIEW (self)), G_PRIORITY_DEFAULT, make, g_strdup (name), g_free, made_free,
                          self->cancellable, made_cb, g_object_ref (self));
}

static void
add_clicked_cb (CptDashboardView *self)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->add), TRUE);
}

static GtkWidget *
create_offer (CptDashboardView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *add = gtk_button_new_with_mnemonic (_("Add a _Widget"));
  GtkWidget *choose = gtk_button_new_with_mnemonic (_("Choose a _Ready One…"));

  gtk_widget_add_css_class (add, "pill");
  gtk_widget_add_css_class (add, "suggested-action");
  g_signal_connect_object (add, "clicked", G_CALLBACK (add_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (choose, "pill");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (choose), "dashboard.new");
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), add);
  gtk_box_append (GTK_BOX (box), choose);

  return box;
}

void
cpt_dashboard_view_offer (CptDashboardView *self,
                          gboolean          is_offered)
{
  if (self->offer == NULL)
    {
      self->offer = create_offer (self);
      adw_status_page_set_child (ADW_STATUS_PAGE (self->message), self->offer);
    }
  gtk_widget_set_visible (self->offer, is_offered);
}

void
cpt_dashboard_view_new_action (GtkWidget  *widget,
                               const char *action_name,
                               GVariant   *parameter)
{
  CptDashboardView *self = CPT_DASHBOARD_VIEW (widget);
  GtkWidget *dialog = cpt_template_dialog_new (cpt_view_get_window (CPT_VIEW (self)));

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
