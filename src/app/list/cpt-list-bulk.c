/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same change for the selected records of a list: what is asked, how far it
 * is, what became of it. A bulk runs on a thread of its own; only one at a time
 * for each list. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-bulk-editor.h"
#include "cpt-list-view-private.h"
#include "cpt-series-bulk.h"

/* How often the bar looks how far it is, in milliseconds; one that is over
 * before the second look shows none */
#define LOOK_PERIOD 150
/* Records that were left out and are named */
#define MAX_NAMED 8

/* Shared with the thread that does it */
struct _CptListBulk
{
  CptBulk *bulk;
  CptBulkKind kind;
  gint permille; /* atomic */
};

static void
list_bulk_clear (gpointer data)
{
  cpt_bulk_free (((CptListBulk *) data)->bulk);
}

static void
list_bulk_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, list_bulk_clear);
}

/* ------------------------------------------------------------ on its thread */

static void
note_progress (const CptBulkProgress *progress,
               gpointer               user_data)
{
  CptListBulk *job = user_data;

  if (progress->n_records > 0)
    g_atomic_int_set (&job->permille, (gint) (progress->n_done * 1000 / progress->n_records));
}

static gpointer
run_in_worker (CptDatabase   *database,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  CptListBulk *job = data;
  CptBulkReport *report = NULL;

  if (cpt_bulk_run (job->bulk, database, note_progress, job, cancellable, &report, error))
    return report;

  cpt_bulk_report_free (report);

  return NULL;
}

/* -------------------------------------------------------------- in the list */

static gboolean
look_cb (gpointer user_data)
{
  CptListView *self = user_data;

  gtk_progress_bar_set_fraction (self->bulk_progress, g_atomic_int_get (&self->bulk->permille) / 1000.0);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->bulk_bar), TRUE);

  return G_SOURCE_CONTINUE;
}

void
cpt_list_view_stop_bulk (CptListView *self)
{
  g_clear_handle_id (&self->bulk_source, g_source_remove);
  g_clear_pointer (&self->bulk, list_bulk_release);
  g_clear_object (&self->bulk_cancellable);
}

static void
tell_refusals (CptListView         *self,
               const CptBulkReport *report)
{
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *number = cpt_decimal_format_local ((gint64) report->counts.n_refused, 0, 0);
  g_autofree char *heading = NULL;
  GtkWidget *dialog;

  for (guint i = 0; i < MIN (report->refusals->len, MAX_NAMED); i++)
    {
      const CptBulkRefusal *refusal = g_ptr_array_index (report->refusals, i);

      g_string_append (text, i > 0 ? "\n" : "");
      /* Translators: a record and why it can't be changed */
      g_string_append_printf (text, C_("problem", "%s: %s"), refusal->title, refusal->message);
    }
  if (report->counts.n_refused > MAX_NAMED)
    g_string_append (text, "\n…");

  heading = g_strdup_printf (ngettext ("%s Record Was Left Out", "%s Records Were Left Out", report->counts.n_refused), number);
  dialog = adw_message_dialog_new (GTK_WINDOW (window), heading, NULL);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), text->str);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
tell (CptListView         *self,
      CptBulkKind          kind,
      const CptBulkReport *report)
{
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));
  guint64 n_changed = report->counts.n_changed;
  g_autofree char *number = cpt_decimal_format_local ((gint64) n_changed, 0, 0);
  g_autofree char *toast = NULL;

  if (kind == CPT_BULK_DELETE)
    toast = g_strdup_printf (ngettext ("%s record moved to the trash", "%s records moved to the trash", n_changed), number);
  else
    toast = g_strdup_printf (ngettext ("%s record changed", "%s records changed", n_changed), number);

  if (report->sequence != 0)
    cpt_window_show_undo_toast (window, toast, report->sequence);
  else if (report->counts.n_refused == 0)
    cpt_window_show_toast (window, _("Nothing had to be changed"));
  if (report->counts.n_refused > 0)
    tell_refusals (self, report);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(CptListView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptBulkReport) report = cpt_store_finish (CPT_STORE (source), result, &error);
  CptBulkKind kind = self->bulk != NULL ? self->bulk->kind : CPT_BULK_SET;
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));

  cpt_list_view_stop_bulk (self);
  if (window == NULL)
    return;

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->bulk_bar), FALSE);
  if (report != NULL)
    tell (self, kind, report);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    cpt_window_show_toast (window, _("Cancelled; nothing was changed"));
  else
    cpt_window_show_error (window, error);
}

void
cpt_list_view_start_bulk (CptListView          *self,
                          GArray               *rows,
                          CptBulkKind           kind,
                          const CptField       *field,
                          const CptValue       *value,
                          const CptSeriesScope *scope)
{
  CptListBulk *job = g_atomic_rc_box_new0 (CptListBulk);

  job->kind = kind;
  job->bulk = cpt_bulk_new (self->schema, self->entity, CPT_ORIGIN_FORM);
  cpt_bulk_add_change (job->bulk, kind, field, value);
  cpt_bulk_set_lenient (job->bulk, TRUE);
  if (scope != NULL)
    cpt_series_bulk_set_scope (job->bulk, *scope);
  cpt_bulk_set_rows (job->bulk, (const gint64 *) (gpointer) rows->data, rows->len);
  self->bulk = job;
  self->bulk_cancellable = g_cancellable_new ();
  self->bulk_source = g_timeout_add (LOOK_PERIOD, look_cb, self);
  gtk_progress_bar_set_fraction (self->bulk_progress, 0);
  cpt_store_work_async (cpt_view_get_store (CPT_VIEW (self)), run_in_worker, g_atomic_rc_box_acquire (job),
                        list_bulk_release, (GDestroyNotify) cpt_bulk_report_free, self->bulk_cancellable, done_cb,
                        g_object_ref (self));
  /* Not before: whoever is asked may rather not. */
  if (kind == CPT_BULK_DELETE)
    cpt_data_grid_unselect_all (self->grid);
}

static gboolean
can_start (CptListView *self)
{
  if (cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self))))
    return FALSE;
  if (self->bulk == NULL)
    return TRUE;

  cpt_window_show_toast (cpt_view_get_window (CPT_VIEW (self)), _("Wait until the change under way is done"));

  return FALSE;
}

void
cpt_list_view_delete_selected (CptListView *self)
{
  g_autoptr(GArray) rows = can_start (self) ? cpt_list_view_collect_rows (self) : NULL;

  if (rows == NULL || rows->len == 0)
    return;

  cpt_list_view_change_rows (self, rows, CPT_BULK_DELETE, NULL, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

/* What the window asked about was selected when it was opened. */
typedef struct
{
  CptListView *view; /* (owned) */
  GArray *rows;      /* (owned) */
} Request;

static void
request_free (gpointer  data,
              GClosure *closure)
{
  Request *request = data;

  g_object_unref (request->view);
  g_array_unref (request->rows);
  g_free (request);
}

static void
applied_cb (CptBulkEditor  *editor,
            guint           kind,
            const CptField *field,
            const CptValue *value,
            Request        *request)
{
  if (cpt_view_get_window (CPT_VIEW (request->view)) != NULL && can_start (request->view))
    cpt_list_view_change_rows (request->view, request->rows, (CptBulkKind) kind, field, value);
}

/* @field (nullable): chosen by the person */
static void
ask (CptListView    *self,
     const CptField *field)
{
  g_autoptr(GArray) rows = can_start (self) ? cpt_list_view_collect_rows (self) : NULL;
  GtkWidget *editor;
  Request *request;

  if (rows == NULL || rows->len == 0)
    return;

  editor = cpt_bulk_editor_new (cpt_view_get_store (CPT_VIEW (self)), self->schema, self->entity, field, rows->len);
  request = g_new0 (Request, 1);
  request->view = g_object_ref (self);
  request->rows = g_steal_pointer (&rows);
  g_signal_connect_data (editor, "applied", G_CALLBACK (applied_cb), request, request_free, 0);
  gtk_window_set_transient_for (GTK_WINDOW (editor), GTK_WINDOW (cpt_view_get_window (CPT_VIEW (self))));
  gtk_window_present (GTK_WINDOW (editor));
}

/* Who looks after the record: the first link to a user; NULL when nobody does */
static const CptField *
find_owner (CptListView *self)
{
  for (guint i = 0; i < self->entity->n_fields; i++)
    {
      const CptField *field = self->entity->fields[i];

      if (field->kind == CPT_FIELD_LINK && g_strcmp0 (field->target, "user") == 0 && cpt_bulk_editor_is_offered (field))
        return field;
    }

  return NULL;
}

static const CptField *
find_tags (CptListView *self)
{
  for (guint i = 0; i < self->entity->n_fields; i++)
    if (self->entity->fields[i]->kind == CPT_FIELD_TAGS && cpt_bulk_editor_is_offered (self->entity->fields[i]))
      return self->entity->fields[i];

  return NULL;
}

static void
edit_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  ask (CPT_LIST_VIEW (widget), NULL);
}

static void
assign_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  ask (CPT_LIST_VIEW (widget), find_owner (CPT_LIST_VIEW (widget)));
}

static void
tag_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  ask (CPT_LIST_VIEW (widget), find_tags (CPT_LIST_VIEW (widget)));
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  if (CPT_LIST_VIEW (widget)->bulk_cancellable != NULL)
    g_cancellable_cancel (CPT_LIST_VIEW (widget)->bulk_cancellable);
}

void
cpt_list_view_install_bulk_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "list.edit", NULL, edit_action);
  gtk_widget_class_install_action (klass, "list.assign", NULL, assign_action);
  gtk_widget_class_install_action (klass, "list.tag", NULL, tag_action);
  gtk_widget_class_install_action (klass, "list.cancel-change", NULL, cancel_action);
}

/* ------------------------------------------------------------------ building */

void
cpt_list_view_add_bulk_items (CptListView *self,
                              GMenu       *menu)
{
  g_menu_append (menu, _("E_xport…"), "list.export-selected");
  g_menu_append (menu, _("_Copy"), "list.copy");
  if (cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self))))
    return;

  g_menu_append (menu, _("_Edit…"), "list.edit");
  if (find_owner (self) != NULL)
    g_menu_append (menu, _("_Assign…"), "list.assign");
  if (find_tags (self) != NULL)
    g_menu_append (menu, _("Ta_g…"), "list.tag");
}

/* A menu keeps the bar narrow enough for small windows. */
GtkWidget *
cpt_list_view_create_bulk_button (CptListView *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr(GMenu) menu = g_menu_new ();

  cpt_list_view_add_bulk_items (self, menu);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _("_Change"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (button), TRUE);
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (button), GTK_ARROW_UP);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));

  return button;
}

GtkWidget *
cpt_list_view_create_bulk_bar (CptListView *self)
{
  GtkWidget *revealer = gtk_revealer_new ();
  GtkWidget *bar = gtk_action_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *label = gtk_label_new (_("Changing records…"));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  self->bulk_progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->bulk_progress), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->bulk_progress), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bulk_progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Changing records"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "list.cancel-change");
  gtk_action_bar_pack_start (GTK_ACTION_BAR (bar), label);
  gtk_action_bar_pack_start (GTK_ACTION_BAR (bar), GTK_WIDGET (self->bulk_progress));
  gtk_action_bar_pack_end (GTK_ACTION_BAR (bar), cancel);
  gtk_revealer_set_transition_type (GTK_REVEALER (revealer), GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP);
  gtk_revealer_set_child (GTK_REVEALER (revealer), bar);

  return revealer;
}
