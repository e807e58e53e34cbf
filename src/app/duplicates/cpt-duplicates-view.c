/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The page of duplicates.
 *
 *   scanning --> list, or nothing, or a message      Cancel leads to stopped
 *
 * A scan has a thread of its own and is ended by leaving the page. What it
 * found stays as it is; after every change the groups on the screen are read
 * anew without what is gone, merged or told apart, so that an undo brings them
 * back.
 */

#include "config.h"

#include "cpt-duplicates-view.h"

#include <glib/gi18n.h>

#include "cpt-date.h"
#include "cpt-distinct.h"
#include "cpt-duplicates-data-private.h"

#define PAGE_LENGTH 30 /* groups */
#define MAX_ROWS 12    /* of a group */
#define MAX_MERGED 100
#define PROGRESS_MS 100

/* Of a scan, told from its thread to the main loop */
typedef struct
{
  gint permille; /* atomic */
} Progress;

struct _CptDuplicatesView
{
  CptView parent_instance;

  CptSchema *schema;
  GPtrArray *entities;    /* const CptEntity, as in the chooser */
  CptFoundPairs *found;   /* (nullable) */
  CptFoundPage *page;     /* (nullable): what is shown */
  guint limit;            /* groups to show */
  GCancellable *scanning; /* (nullable) */
  GCancellable *reading;  /* (nullable) */
  Progress *progress;     /* (nullable): of the scan under way */
  guint progress_source;

  /* Borrowed from the child */
  GtkWidget *chooser;
  GtkWidget *stack;
  GtkWidget *bar;
  GtkWidget *groups;
  GtkWidget *message;
};

G_DEFINE_FINAL_TYPE (CptDuplicatesView, cpt_duplicates_view, CPT_TYPE_VIEW)

typedef struct
{
  CptSchema *schema; /* (owned) */
  const CptEntity *entity;
  Progress *progress; /* (owned) */
} ScanJob;

static void start_scan (CptDuplicatesView *self);
static void read_page (CptDuplicatesView *self);

static const CptEntity *
get_entity (CptDuplicatesView *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->chooser));

  return g_ptr_array_index (self->entities, selected < self->entities->len ? selected : 0);
}

static void
show_message (CptDuplicatesView *self,
              const char        *icon,
              const char        *title,
              const char        *text)
{
  g_autofree char *description = g_markup_escape_text (text, -1);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->message), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->message), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->message), description);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->message);
}

/* Telling apart */

/* All pairs of a group, or those of one record of it */
static void
tell_apart (CptDuplicatesView   *self,
            const CptFoundGroup *group,
            guint                only)
{
  /* Translators: an act, in the log: somebody said that records are not the same */
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, _("Tell records apart"));

  for (guint i = 0; i + 1 < group->pairs->len; i += 2)
    {
      guint a = g_array_index (group->pairs, guint, i);
      guint b = g_array_index (group->pairs, guint, i + 1);

      if (only == G_MAXUINT || a == only || b == only)
        cpt_distinct_add (transaction, self->schema, g_ptr_array_index (group->records, a),
                          g_ptr_array_index (group->records, b));
    }
  cpt_window_commit (cpt_view_get_window (CPT_VIEW (self)), transaction, _("Not offered as duplicates any more"), NULL, NULL,
                     NULL);
}

/* Groups on the screen. What a button is for: a group, perhaps one record of it. */

typedef struct
{
  CptDuplicatesView *view; /* outlives its widgets */
  guint group;
  guint record; /* G_MAXUINT: all */
} Target;

static void
target_free (gpointer  data,
             GClosure *closure)
{
  g_free (data);
}

static const CptFoundGroup *
get_group (const Target *target)
{
  CptFoundPage *page = target->view->page;

  return page != NULL && target->group < page->groups->len ? g_ptr_array_index (page->groups, target->group) : NULL;
}

static void
apart_cb (GtkWidget *widget,
          Target    *target)
{
  if (get_group (target) != NULL)
    tell_apart (target->view, get_group (target), target->record);
}

static void
merge_cb (GtkWidget *widget,
          Target    *target)
{
  const CptFoundGroup *group = get_group (target);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));

  for (guint i = 0; group != NULL && i < group->records->len && i < MAX_MERGED; i++)
    g_array_append_vals (ids, &((CptRecord *) g_ptr_array_index (group->records, i))->id, 1);
  if (ids->len > 0)
    cpt_window_open_merge (cpt_view_get_window (CPT_VIEW (target->view)), get_entity (target->view),
                           (const CptUuid *) (gconstpointer) ids->data, ids->len);
}

static void
open_cb (GtkWidget *widget,
         Target    *target)
{
  const CptFoundGroup *group = get_group (target);

  if (group != NULL && target->record < group->records->len)
    cpt_window_open_record (cpt_view_get_window (CPT_VIEW (target->view)), get_entity (target->view),
                            &((CptRecord *) g_ptr_array_index (group->records, target->record))->id);
}

static void
connect_target (CptDuplicatesView *self,
                GtkWidget         *widget,
                const char        *signal,
                GCallback          callback,
                guint              group,
                guint              record)
{
  Target *target = g_new0 (Target, 1);

  target->view = self;
  target->group = group;
  target->record = record;
  g_signal_connect_data (widget, signal, callback, target, target_free, 0);
}

static GtkWidget *
create_record_row (CptDuplicatesView   *self,
                   const CptFoundGroup *group,
                   guint                index,
                   guint                position)
{
  const CptRecord *record = g_ptr_array_index (group->records, position);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = cpt_record_dup_title (record);
  g_autofree char *when = cpt_instant_format (record->created_at, cpt_store_get_zone (cpt_view_get_store (CPT_VIEW (self))));
  g_autofree char *subtitle = g_strdup_printf (_("Created %s"), when);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (group->records->len > 2 && !cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self))))
    {
      GtkWidget *apart = gtk_button_new_from_icon_name ("list-remove-symbolic");
      g_autofree char *name = NULL;

      /* Translators: of records that look alike, this one is another: "Jean Martin is not the same" */
      name = g_strdup_printf (_("%s is not the same"), title);
      gtk_widget_add_css_class (apart, "flat");
      gtk_widget_set_valign (apart, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (apart, name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (apart), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      connect_target (self, apart, "clicked", G_CALLBACK (apart_cb), index, position);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), apart);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  connect_target (self, row, "activated", G_CALLBACK (open_cb), index, position);

  return row;
}

static GtkWidget *
create_group_buttons (CptDuplicatesView *self,
                      guint              index)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *apart = gtk_button_new_with_label (_("Not the Same"));
  GtkWidget *merge = gtk_button_new_with_label (_("Merge…"));

  connect_target (self, apart, "clicked", G_CALLBACK (apart_cb), index, G_MAXUINT);
  connect_target (self, merge, "clicked", G_CALLBACK (merge_cb), index, G_MAXUINT);
  gtk_widget_add_css_class (apart, "flat");
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_widget_set_margin_top (box, 9);
  gtk_box_append (GTK_BOX (box), apart);
  gtk_box_append (GTK_BOX (box), merge);

  return box;
}

static const char *
describe_score (double score)
{
  if (score >= 0.98)
    return _("Almost certainly the same");
  if (score >= 0.9)
    return _("Very likely the same");

  return _("Perhaps the same");
}

static GtkWidget *
create_group (CptDuplicatesView   *self,
              const CptFoundGroup *group,
              guint                index)
{
  GtkWidget *widget = adw_preferences_group_new ();
  g_autofree char *reasons = g_markup_escape_text (group->reasons, -1);
  g_autofree char *description = NULL;
  guint n_shown = MIN (group->records->len, MAX_ROWS);

  /* Translators: how sure it is, in percent, and why: "97 %: E-mail: identical" */
  description = g_strdup_printf (_("%d %%: %s"), (int) (group->score * 100.0), reasons);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (widget), describe_score (group->score));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (widget), description);
  for (guint i = 0; i < n_shown; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (widget), create_record_row (self, group, index, i));
  if (group->records->len > n_shown)
    {
      guint n_more = group->records->len - n_shown;
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *text = g_strdup_printf (ngettext ("%u other", "%u others", n_more), n_more);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (widget), row);
    }
  if (!cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self))))
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (widget), create_group_buttons (self, index));

  return widget;
}

static void
more_clicked_cb (CptDuplicatesView *self)
{
  self->limit += PAGE_LENGTH;
  read_page (self);
}

static void
show_page (CptDuplicatesView *self)
{
  guint n_groups = self->page->groups->len;
  GtkWidget *child;
  g_autofree char *subtitle = NULL;

  while ((child = gtk_widget_get_first_child (self->groups)) != NULL)
    gtk_box_remove (GTK_BOX (self->groups), child);
  for (guint i = 0; i < n_groups; i++)
    gtk_box_append (GTK_BOX (self->groups), create_group (self, g_ptr_array_index (self->page->groups, i), i));
  if (self->page->has_more)
    {
      GtkWidget *more = gtk_button_new_with_label (_("Show More"));

      g_signal_connect_object (more, "clicked", G_CALLBACK (more_clicked_cb), self, G_CONNECT_SWAPPED);
      gtk_widget_set_halign (more, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (self->groups), more);
      subtitle = g_strdup_printf (_("More than %u groups"), n_groups);
    }
  else
    {
      subtitle = g_strdup_printf (ngettext ("%u group", "%u groups", n_groups), n_groups);
    }
  cpt_view_set_subtitle (CPT_VIEW (self), subtitle);

  if (n_groups > 0)
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "groups");
  else
    show_message (self, "emblem-ok-symbolic", _("No Duplicates Found"), _("No two of these records look like one."));
}

static gpointer
read_in_worker (CptDatabase   *database,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  CptFoundPairs *found = ((gpointer *) data)[0];
  guint limit = GPOINTER_TO_UINT (((gpointer *) data)[1]);

  return cpt_found_pairs_read_page (found, database, limit, error);
}

static void
read_data_free (gpointer data)
{
  cpt_found_pairs_unref (((gpointer *) data)[0]);
  g_free (data);
}

static void
page_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(CptDuplicatesView) self = CPT_DUPLICATES_VIEW (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptFoundPage) page = cpt_store_finish (CPT_STORE (source), result, &error);

  if (self->found == NULL)
    return;
  if (page == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_message (self, "dialog-warning-symbolic", _("This did not work"), error->message);
      return;
    }

  g_clear_pointer (&self->page, cpt_found_page_free);
  self->page = g_steal_pointer (&page);
  show_page (self);
}

static void
read_page (CptDuplicatesView *self)
{
  gpointer *data = g_new0 (gpointer, 2);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  data[0] = cpt_found_pairs_ref (self->found);
  data[1] = GUINT_TO_POINTER (self->limit);
  cpt_store_read_async (cpt_view_get_store (CPT_VIEW (self)), G_PRIORITY_DEFAULT, read_in_worker, data, read_data_free,
                        (GDestroyNotify) cpt_found_page_free, self->reading, page_read_cb, g_object_ref (self));
}

/* Scanning */

static void
scan_job_free (gpointer pointer)
{
  ScanJob *job = pointer;

  g_atomic_rc_box_release (job->progress);
  cpt_schema_unref (job->schema);
  g_free (job);
}

static void
progress_made (double   fraction,
               gpointer user_data)
{
  g_atomic_int_set (&((Progress *) user_data)->permille, (gint) (fraction * 1000.0));
}

static gpointer
scan_in_worker (CptDatabase   *database,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  ScanJob *job = data;
  CptDuplicates *found = cpt_duplicates_scan (database, job->entity, CPT_DUPLICATES_MIN_SCORE, progress_made, job->progress,
                                              cancellable, error);

  return found != NULL ? cpt_found_pairs_new (found) : NULL;
}

static gboolean
show_progress_cb (gpointer user_data)
{
  CptDuplicatesView *self = user_data;

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), g_atomic_int_get (&self->progress->permille) / 1000.0);

  return G_SOURCE_CONTINUE;
}

static void
stop_scan (CptDuplicatesView *self)
{
  g_clear_handle_id (&self->progress_source, g_source_remove);
  g_cancellable_cancel (self->scanning);
  g_clear_object (&self->scanning);
  g_clear_pointer (&self->progress, g_atomic_rc_box_release);
}

static void
scanned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(CptDuplicatesView) self = CPT_DUPLICATES_VIEW (user_data);
  g_autoptr(GError) error = NULL;
  CptFoundPairs *found = cpt_store_finish (CPT_STORE (source), result, &error);

  /* The page goes on with another scan, or with none. */
  if (self->scanning == NULL || g_task_get_cancellable (G_TASK (result)) != self->scanning)
    {
      g_clear_pointer (&found, cpt_found_pairs_unref);
      return;
    }

  stop_scan (self);
  if (found == NULL)
    {
      show_message (self, "dialog-warning-symbolic", _("This did not work"), error->message);
      return;
    }

  self->found = found;
  self->limit = PAGE_LENGTH;
  read_page (self);
}

static void
start_scan (CptDuplicatesView *self)
{
  ScanJob *job = g_new0 (ScanJob, 1);

  stop_scan (self);
  g_cancellable_cancel (self->reading);
  g_clear_pointer (&self->found, cpt_found_pairs_unref);
  self->scanning = g_cancellable_new ();
  self->progress = g_atomic_rc_box_new0 (Progress);
  job->schema = cpt_schema_ref (self->schema);
  job->entity = get_entity (self);
  job->progress = g_atomic_rc_box_acquire (self->progress);
  cpt_view_set_subtitle (CPT_VIEW (self), cpt_entity_get_label_plural (job->entity));
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), 0.0);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "scanning");
  self->progress_source = g_timeout_add (PROGRESS_MS, show_progress_cb, self);
  cpt_store_work_async (cpt_view_get_store (CPT_VIEW (self)), scan_in_worker, job, scan_job_free,
                        (GDestroyNotify) cpt_found_pairs_unref, self->scanning, scanned_cb, g_object_ref (self));
}

static void
scan_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  start_scan (CPT_DUPLICATES_VIEW (widget));
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  CptDuplicatesView *self = CPT_DUPLICATES_VIEW (widget);

  stop_scan (self);
  show_message (self, "media-playback-stop-symbolic", _("Stopped"), _("Look again to see which records are there twice."));
}

static void
cpt_duplicates_view_changed (CptView      *view,
                             CptChangeSet *set)
{
  CptDuplicatesView *self = CPT_DUPLICATES_VIEW (view);

  if (self->found != NULL &&
      (cpt_change_set_has_entity (set, get_entity (self)->name) || cpt_change_set_has_entity (set, "distinct_pair")))
    read_page (self);
}

/* Building */

static GtkWidget *
create_scanning (CptDuplicatesView *self)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Looking for duplicates"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "duplicates.cancel");
  gtk_widget_add_css_class (cancel, "pill");
  gtk_widget_set_halign (cancel, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "import-running");
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_box_append (GTK_BOX (box), cancel);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("Looking for Duplicates…"));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), box);

  return page;
}

static GtkWidget *
create_groups (CptDuplicatesView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->groups = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_widget_add_css_class (self->groups, "record");
  adw_clamp_set_child (ADW_CLAMP (clamp), self->groups);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);

  return scrolled;
}

/* Kinds that have a place of their own */
static void
create_chooser (CptDuplicatesView *self,
                const CptEntity   *entity)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  const CptEntity *const *all;
  guint n_all, selected = 0;

  all = cpt_schema_get_entities (self->schema, &n_all);
  for (guint i = 0; i < n_all; i++)
    {
      if ((all[i]->flags & (CPT_ENTITY_SETTINGS | CPT_ENTITY_SYSTEM)) != 0)
        continue;
      if (g_str_equal (all[i]->name, entity->name))
        selected = self->entities->len;
      g_ptr_array_add (self->entities, (gpointer) all[i]);
      gtk_string_list_append (labels, cpt_entity_get_label_plural (all[i]));
    }

  self->chooser = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->chooser), selected);
  gtk_widget_set_tooltip_text (self->chooser, _("Kind of records"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chooser), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Kind of records"), -1);
  g_signal_connect_object (self->chooser, "notify::selected", G_CALLBACK (start_scan), self, G_CONNECT_SWAPPED);
}

static void
build (CptDuplicatesView *self,
       const CptEntity   *entity)
{
  GtkWidget *again = gtk_button_new_from_icon_name ("view-refresh-symbolic");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *toolbar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  create_chooser (self, entity);
  gtk_widget_set_tooltip_text (again, _("Look again"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (again), "duplicates.scan");
  gtk_widget_add_css_class (toolbar, "list-toolbar");
  gtk_box_append (GTK_BOX (toolbar), self->chooser);
  gtk_box_append (GTK_BOX (toolbar), again);

  self->message = adw_status_page_new ();
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (self->stack), create_scanning (self), "scanning");
  gtk_stack_add_named (GTK_STACK (self->stack), create_groups (self), "groups");
  gtk_stack_add_named (GTK_STACK (self->stack), self->message, "message");
  gtk_box_append (GTK_BOX (box), toolbar);
  gtk_box_append (GTK_BOX (box), self->stack);
  cpt_view_set_child (CPT_VIEW (self), box);
}

static void
cpt_duplicates_view_dispose (GObject *object)
{
  CptDuplicatesView *self = CPT_DUPLICATES_VIEW (object);

  stop_scan (self);
  g_cancellable_cancel (self->reading);
  g_clear_pointer (&self->page, cpt_found_page_free);
  g_clear_pointer (&self->found, cpt_found_pairs_unref);

  G_OBJECT_CLASS (cpt_duplicates_view_parent_class)->dispose (object);
}

static void
cpt_duplicates_view_finalize (GObject *object)
{
  CptDuplicatesView *self = CPT_DUPLICATES_VIEW (object);

  g_clear_object (&self->reading);
  g_clear_pointer (&self->entities, g_ptr_array_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_duplicates_view_parent_class)->finalize (object);
}

static void
cpt_duplicates_view_class_init (CptDuplicatesViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cpt_duplicates_view_dispose;
  object_class->finalize = cpt_duplicates_view_finalize;
  CPT_VIEW_CLASS (klass)->changed = cpt_duplicates_view_changed;

  gtk_widget_class_install_action (widget_class, "duplicates.scan", NULL, scan_action);
  gtk_widget_class_install_action (widget_class, "duplicates.cancel", NULL, cancel_action);
}

static void
cpt_duplicates_view_init (CptDuplicatesView *self)
{
  self->entities = g_ptr_array_new ();
}

CptView *
cpt_duplicates_view_new (CptWindow       *window,
                         const CptEntity *entity)
{
  CptDuplicatesView *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);
  g_return_val_if_fail (entity != NULL, NULL);

  self = g_object_new (CPT_TYPE_DUPLICATES_VIEW, "window", window, NULL);
  self->schema = cpt_schema_ref (cpt_window_get_schema (window));
  cpt_view_set_title (CPT_VIEW (self), _("Duplicates"));
  build (self, entity);
  start_scan (self);

  return CPT_VIEW (self);
}
