/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is where in a workflow, since when, why, and what comes next; and what each went through. */

#include "config.h"

#include "cpt-workflow-runs-view.h"

#include <glib/gi18n.h>

#include "cpt-date.h"
#include "cpt-enrolment.h"
#include "cpt-flow-face.h"
#include "cpt-json.h"
#include "cpt-run.h"
#include "cpt-workflow-record.h"

/* The last ones; the rest is found by comptoirctl */
#define N_RUNS 200
#define N_STEPS 100
/* Runs are not in the log: what is shown is read again so often, in milliseconds */
#define INTERVAL 5000

/* One row, made where the file is read: texts only */
typedef struct
{
  gint64 row;
  char *entity;
  CptUuid subject;
  char *title;
  char *where;
  gboolean is_parked;
  gboolean has_ended;
  GPtrArray *steps; /* of char *: lines */
} Run;

struct _CptWorkflowRunsView
{
  CptView parent_instance;

  CptUuid workflow;
  char *title;
  char *shown; /* (nullable): what the rows say, so that the same is not shown anew */
  GCancellable *cancellable;
  guint timer;

  /* Borrowed from the child */
  GtkWidget *stack;
  GtkWidget *list;
  GtkWidget *filter;
  GPtrArray *runs; /* Run */
};

G_DEFINE_FINAL_TYPE (CptWorkflowRunsView, cpt_workflow_runs_view, CPT_TYPE_VIEW)

static void
run_free (gpointer data)
{
  Run *self = data;

  g_free (self->entity);
  g_free (self->title);
  g_free (self->where);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_free (self);
}

/* --------------------------------------------------------------------- reading */

/* The steps of a version by their ids: what they are called */
typedef struct
{
  CptDatabase *database;
  CptUuid workflow;
  GHashTable *versions; /* number: CptWorkflow */
} Names;

static const CptWorkflow *
find_version (Names *self,
              guint  number)
{
  CptWorkflow *workflow = g_hash_table_lookup (self->versions, GUINT_TO_POINTER (number));

  if (workflow == NULL)
    {
      g_autoptr(CptRecord) record = cpt_workflow_load_version (self->database, &self->workflow, number, NULL);

      workflow = record != NULL ? cpt_workflow_read (record, NULL) : NULL;
      if (workflow == NULL)
        workflow = cpt_workflow_new ();
      g_hash_table_insert (self->versions, GUINT_TO_POINTER (number), workflow);
    }

  return workflow;
}

static char *
dup_node (Names      *self,
          guint       version,
          const char *id)
{
  const CptWorkflowNode *node = cpt_workflow_find_node (find_version (self, version), id);
  g_autoptr(CptFlowFace) face =
    node != NULL ? cpt_flow_face_new (node, cpt_database_get_schema (self->database), NULL) : NULL;

  return g_strdup (face != NULL ? face->title : id);
}

static char *
dup_moment (Names  *self,
            gint64  instant)
{
  return cpt_instant_format (instant, cpt_database_get_zone (self->database));
}

static char *
dup_token (Names          *self,
           guint           version,
           const CptToken *token)
{
  g_autofree char *node = dup_node (self, version, token->node);
  g_autofree char *due = token->due != G_MAXINT64 ? dup_moment (self, token->due) : NULL;

  if (token->state == CPT_TOKEN_PARKED)
    /* Translators: a step of a workflow and why somebody got stuck there */
    return g_strdup_printf (_("%s: stuck. %s"), node, token->reason != NULL ? token->reason : "");
  if (due != NULL)
    /* Translators: a step of a workflow and when somebody goes on from there */
    return g_strdup_printf (_("%s, until %s"), node, due);

  return g_steal_pointer (&node);
}

static void
describe (Names              *self,
          const CptEnrolment *enrolment,
          Run                *run)
{
  g_autoptr(JsonNode) root = cpt_json_parse (enrolment->state, -1, NULL);
  g_autoptr(CptRun) state = root != NULL ? cpt_run_parse (root, NULL) : NULL;
  g_autoptr(GString) where = g_string_new (NULL);
  g_autofree char *since = dup_moment (self, enrolment->entered);

  run->has_ended = enrolment->ended != CPT_ENROLMENT_NEVER;
  if (run->has_ended)
    {
      g_autofree char *ended = dup_moment (self, enrolment->ended);

      /* Translators: how a passage through a workflow ended, and when */
      g_string_append_printf (where, _("Ended: %s, %s"),
                              enrolment->label != NULL ? enrolment->label : _("without a label"), ended);
    }
  for (guint i = 0; !run->has_ended && state != NULL && i < state->tokens->len; i++)
    {
      const CptToken *token = g_ptr_array_index (state->tokens, i);
      g_autofree char *text = dup_token (self, enrolment->version, token);

      run->is_parked = run->is_parked || token->state == CPT_TOKEN_PARKED;
      g_string_append_printf (where, "%s%s", where->len > 0 ? " · " : "", text);
    }
  /* Translators: since when somebody is in a workflow, and which version of it */
  g_string_append_printf (where, _("\nSince %s, version %u"), since, enrolment->version);
  run->where = g_string_free (g_steal_pointer (&where), FALSE);
}

static const char *
get_what (const char *what)
{
  if (g_str_equal (what, "left"))
    return _("went on");
  if (g_str_equal (what, "parked"))
    return _("stuck");
  if (g_str_equal (what, "ended"))
    return _("ended");
  if (g_str_equal (what, "exit"))
    return _("left the workflow");

  return what;
}

/* (nullable): by which outcome it went on, or why it did not */
static char *
dup_way (const CptWorkflowNode  *node,
         const CptEnrolmentStep *step)
{
  if (step->detail != NULL && node != NULL && g_str_equal (step->what, "left"))
    return cpt_flow_dup_outcome (node, step->detail);

  return g_strdup (step->detail);
}

static GPtrArray *
list_steps (Names              *self,
            const CptEnrolment *enrolment)
{
  g_autoptr(GPtrArray) steps = cpt_enrolment_list_steps (self->database, enrolment->row, NULL);
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; steps != NULL && i < MIN (steps->len, N_STEPS); i++)
    {
      const CptEnrolmentStep *step = g_ptr_array_index (steps, i);
      const CptWorkflowNode *drawn = cpt_workflow_find_node (find_version (self, enrolment->version), step->node);
      g_autofree char *at = dup_moment (self, step->at);
      g_autofree char *node = dup_node (self, enrolment->version, step->node);
      g_autofree char *way = dup_way (drawn, step);

      if (way != NULL)
        g_ptr_array_add (lines, g_strdup_printf ("%s · %s · %s (%s)", at, node, get_what (step->what), way));
      else
        g_ptr_array_add (lines, g_strdup_printf ("%s · %s · %s", at, node, get_what (step->what)));
    }

  return lines;
}

/* Who is stuck in front, then who is under way; the last ones first */
static int
compare_runs (gconstpointer a,
              gconstpointer b)
{
  const Run *first = *(const Run *const *) a;
  const Run *second = *(const Run *const *) b;

  if (first->is_parked != second->is_parked)
    return first->is_parked ? -1 : 1;
  if (first->has_ended != second->has_ended)
    return first->has_ended ? 1 : -1;

  return first->row > second->row ? -1 : first->row < second->row;
}

static gpointer
read_runs (CptDatabase   *database,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Names names = { database, *(CptUuid *) data, NULL };
  g_autoptr(GPtrArray) enrolments = cpt_enrolment_list (database, data, NULL, N_RUNS, error);
  GPtrArray *runs;

  if (enrolments == NULL)
    return NULL;

  runs = g_ptr_array_new_with_free_func (run_free);
  names.versions = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) cpt_workflow_free);
  for (guint i = 0; i < enrolments->len; i++)
    {
      const CptEnrolment *enrolment = g_ptr_array_index (enrolments, i);
      const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), enrolment->entity);
      Run *run = g_new0 (Run, 1);

      run->row = enrolment->row;
      run->entity = g_strdup (enrolment->entity);
      run->subject = enrolment->subject;
      run->title = entity != NULL ? cpt_database_dup_title (database, entity, &enrolment->subject) : NULL;
      if (run->title == NULL)
        run->title = g_strdup (enrolment->key);
      describe (&names, enrolment, run);
      run->steps = list_steps (&names, enrolment);
      g_ptr_array_add (runs, run);
    }
  g_hash_table_unref (names.versions);
  g_ptr_array_sort (runs, compare_runs);

  return runs;
}

/* --------------------------------------------------------------------- showing */

static void
open_cb (GtkWidget           *button,
         CptWorkflowRunsView *self)
{
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_EXPANDER_ROW);
  int index = row != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;
  const Run *run = index >= 0 && (guint) index < self->runs->len ? g_ptr_array_index (self->runs, index) : NULL;
  const CptEntity *entity = run != NULL ? cpt_schema_find_entity (cpt_window_get_schema (window), run->entity) : NULL;

  if (entity != NULL)
    cpt_window_open_record (window, entity, &run->subject);
}

static GtkWidget *
create_row (CptWorkflowRunsView *self,
            const Run           *run)
{
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *open = gtk_button_new_from_icon_name ("go-next-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), run->title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), run->where);
  gtk_widget_set_valign (open, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (open, "flat");
  gtk_widget_set_tooltip_text (open, _("Open the Record"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (open), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Open the Record"), -1);
  g_signal_connect_object (open, "clicked", G_CALLBACK (open_cb), self, 0);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), open);
  if (run->is_parked)
    gtk_widget_add_css_class (row, "error");
  for (guint i = 0; i < run->steps->len; i++)
    {
      GtkWidget *label = gtk_label_new (g_ptr_array_index (run->steps, i));

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_widget_set_margin_top (label, 6);
      gtk_widget_set_margin_bottom (label, 6);
      gtk_widget_set_margin_start (label, 12);
      gtk_widget_set_margin_end (label, 12);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), label);
    }

  return row;
}

enum
{
  ALL,
  UNDER_WAY,
  STUCK,
  OVER,
};

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       data)
{
  CptWorkflowRunsView *self = data;
  guint index = (guint) gtk_list_box_row_get_index (row);
  const Run *run = index < self->runs->len ? g_ptr_array_index (self->runs, index) : NULL;

  if (run == NULL)
    return FALSE;
  switch (gtk_drop_down_get_selected (GTK_DROP_DOWN (self->filter)))
    {
    case UNDER_WAY:
      return !run->has_ended;
    case STUCK:
      return run->is_parked;
    case OVER:
      return run->has_ended;
    case ALL:
    default:
      return TRUE;
    }
}

static char *
dup_shown (GPtrArray *runs)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      const Run *run = g_ptr_array_index (runs, i);

      g_string_append_printf (text, "%" G_GINT64_FORMAT " %s %s %u\n", run->row, run->title, run->where, run->steps->len);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What is the same stays as it is: rows that are open, the keyboard */
static void
show_runs (CptWorkflowRunsView *self,
           GPtrArray           *runs)
{
  g_autofree char *text = dup_shown (runs);
  GtkWidget *row;

  if (g_strcmp0 (text, self->shown) == 0)
    {
      g_ptr_array_unref (runs);
      return;
    }
  g_free (self->shown);
  self->shown = g_steal_pointer (&text);
  g_ptr_array_unref (self->runs);
  self->runs = runs;
  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  for (guint i = 0; i < runs->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), create_row (self, g_ptr_array_index (runs, i)));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), runs->len > 0 ? "runs" : "nothing");
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(CptWorkflowRunsView) self = user_data;
  g_autoptr(GError) error = NULL;
  GPtrArray *runs = cpt_store_finish (CPT_STORE (source), result, &error);
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));

  if (runs != NULL)
    show_runs (self, runs);
  else if (window != NULL)
    cpt_window_show_error (window, error);
}

static gboolean
read_runs_now (gpointer data)
{
  CptWorkflowRunsView *self = data;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) || self->shown == NULL)
    cpt_store_read_async (cpt_view_get_store (CPT_VIEW (self)), G_PRIORITY_DEFAULT, read_runs,
                          g_memdup2 (&self->workflow, sizeof self->workflow), g_free, (GDestroyNotify) g_ptr_array_unref,
                          self->cancellable, read_cb, g_object_ref (self));

  return G_SOURCE_CONTINUE;
}

/* ------------------------------------------------------------------------ view */

static void
cpt_workflow_runs_view_changed (CptView      *view,
                                CptChangeSet *set)
{
  read_runs_now (view);
}

static CptView *
cpt_workflow_runs_view_renew (CptView *view)
{
  CptWorkflowRunsView *self = CPT_WORKFLOW_RUNS_VIEW (view);

  return cpt_workflow_runs_view_new (cpt_view_get_window (view), &self->workflow, self->title);
}

static void
cpt_workflow_runs_view_dispose (GObject *object)
{
  CptWorkflowRunsView *self = CPT_WORKFLOW_RUNS_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);

  G_OBJECT_CLASS (cpt_workflow_runs_view_parent_class)->dispose (object);
}

static void
cpt_workflow_runs_view_finalize (GObject *object)
{
  CptWorkflowRunsView *self = CPT_WORKFLOW_RUNS_VIEW (object);

  g_free (self->title);
  g_free (self->shown);
  g_ptr_array_unref (self->runs);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (cpt_workflow_runs_view_parent_class)->finalize (object);
}

static void
cpt_workflow_runs_view_class_init (CptWorkflowRunsViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = cpt_workflow_runs_view_dispose;
  G_OBJECT_CLASS (class)->finalize = cpt_workflow_runs_view_finalize;
  CPT_VIEW_CLASS (class)->changed = cpt_workflow_runs_view_changed;
  CPT_VIEW_CLASS (class)->renew = cpt_workflow_runs_view_renew;
}

static void
cpt_workflow_runs_view_init (CptWorkflowRunsView *self)
{
  self->cancellable = g_cancellable_new ();
  self->runs = g_ptr_array_new ();
}

static GtkWidget *
create_list (CptWorkflowRunsView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), filter_cb, self, NULL);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_valign (self->list, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->list, 12);
  gtk_widget_set_margin_bottom (self->list, 12);
  gtk_widget_set_margin_start (self->list, 12);
  gtk_widget_set_margin_end (self->list, 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, C_("workflow", "Runs"), -1);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 800);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);

  return scrolled;
}

static void
build (CptWorkflowRunsView *self)
{
  const char *const kinds[] = { _("All"), _("Under Way"), _("Stuck"), C_("runs", "Ended"), NULL };
  GtkWidget *nothing = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (nothing), "cpt-workflow-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (nothing), _("Nobody has come in yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (nothing),
                                   _("Whoever begins this workflow stands here, with what happened and what comes next."));
  self->filter = gtk_drop_down_new_from_strings (kinds);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->filter), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Which Runs"), -1);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), create_list (self), "runs");
  gtk_stack_add_named (GTK_STACK (self->stack), nothing, "nothing");
  g_signal_connect_object (self->filter, "notify::selected", G_CALLBACK (gtk_list_box_invalidate_filter), self->list,
                           G_CONNECT_SWAPPED);
  cpt_view_set_child (CPT_VIEW (self), self->stack);
  cpt_view_pack_end (CPT_VIEW (self), self->filter);
}

CptView *
cpt_workflow_runs_view_new (CptWindow     *window,
                            const CptUuid *workflow,
                            const char    *title)
{
  CptWorkflowRunsView *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);
  g_return_val_if_fail (workflow != NULL && title != NULL, NULL);

  self = g_object_new (CPT_TYPE_WORKFLOW_RUNS_VIEW, "window", window, NULL);
  self->workflow = *workflow;
  self->title = g_strdup (title);
  build (self);
  cpt_view_set_title (CPT_VIEW (self), C_("workflow", "Runs"));
  cpt_view_set_subtitle (CPT_VIEW (self), title);
  read_runs_now (self);
  self->timer = g_timeout_add (INTERVAL, read_runs_now, self);

  return CPT_VIEW (self);
}
