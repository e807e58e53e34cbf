/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The page of a workflow: the canvas, the steps that can be added, the panel of the one that is selected. What is
 * drawn is stored with each edit; what runs is what was published.
 */

#include "config.h"

#include "cpt-workflow-view-private.h"

#include <glib/gi18n.h>

#include "cpt-json.h"
#include "cpt-name-dialog.h"
#include "cpt-workflow-layout.h"
#include "cpt-workflow-record.h"
#include "cpt-workflow-runs-view.h"

/* Of the page: with less, steps are not beside the canvas */
#define LEAST_FOR_STEPS 900
#define MORE_WITH_PANEL 300
#define MAX_NAME 150

G_DEFINE_FINAL_TYPE (CptWorkflowView, cpt_workflow_view, CPT_TYPE_VIEW)

static CptFlowCanvas *
get_canvas (CptWorkflowView *self)
{
  return CPT_FLOW_CANVAS (self->canvas);
}

/* --------------------------------------------------------------------- showing */

static char *
dup_place_key (CptWorkflowView *self)
{
  g_autofree char *id = cpt_uuid_dup_text (&self->id);

  return g_strconcat ("workflow-", id, NULL);
}

static void
show_state (CptWorkflowView *self,
            const CptRecord *record)
{
  const CptField *field = cpt_entity_find_field (self->entity, "state");
  const char *state = cpt_record_get_text (record, "state");
  const CptChoice *choice = state != NULL ? cpt_field_find_choice (field, state) : NULL;
  gint64 version = cpt_record_get_integer (record, "version");
  g_autofree char *subtitle = NULL;

  if (choice != NULL && version > 0)
    /* Translators: the state of a workflow and its version, such as “Active · Version 2” */
    subtitle = g_strdup_printf (_("%s · Version %u"), cpt_choice_get_label (choice), (guint) version);
  else if (choice != NULL)
    subtitle = g_strdup (cpt_choice_get_label (choice));
  g_free (self->name);
  self->name = cpt_record_dup_title (record);
  cpt_view_set_title (CPT_VIEW (self), self->name);
  cpt_view_set_subtitle (CPT_VIEW (self), subtitle);
}

/* Drawings that were written by hand may not say where anything stands */
void
cpt_workflow_view_arrange_heap (CptWorkflow *workflow)
{
  const CptWorkflowNode *first = workflow->nodes->len > 1 ? g_ptr_array_index (workflow->nodes, 0) : NULL;

  for (guint i = 1; i < workflow->nodes->len; i++)
    {
      const CptWorkflowNode *node = g_ptr_array_index (workflow->nodes, i);

      if (node->x != first->x || node->y != first->y)
        return;
    }
  if (first != NULL)
    cpt_workflow_arrange (workflow, NULL);
}

static void
show_place (CptWorkflowView *self)
{
  g_autofree char *key = dup_place_key (self);
  g_autofree char *place = cpt_window_dup_state (cpt_view_get_window (CPT_VIEW (self)), key);

  if (self->has_place)
    return;
  self->has_place = TRUE;
  gtk_widget_grab_focus (self->canvas);
  if (!cpt_flow_canvas_set_place (get_canvas (self), place))
    cpt_flow_canvas_fit (get_canvas (self));
}

void
cpt_workflow_view_show (CptWorkflowView *self,
                        CptRecord       *record,
                        CptWorkflow     *workflow)
{
  g_autoptr(JsonNode) root = cpt_workflow_to_json (workflow);
  g_autofree char *drawing = cpt_json_format (root);

  show_state (self, record);
  if (g_strcmp0 (drawing, self->stored) != 0)
    {
      g_free (self->stored);
      self->stored = g_steal_pointer (&drawing);
      cpt_workflow_view_arrange_heap (workflow);
      cpt_flow_canvas_set_workflow (get_canvas (self), workflow);
      cpt_workflow_view_check (self);
    }
  else
    cpt_workflow_free (workflow);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "workflow");
  show_place (self);
}

void
cpt_workflow_view_show_error (CptWorkflowView *self,
                              const char      *message)
{
  GtkWidget *page = gtk_stack_get_child_by_name (GTK_STACK (self->stack), "message");
  g_autofree char *text = g_markup_escape_text (message, -1);

  adw_status_page_set_description (ADW_STATUS_PAGE (page), text);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), page);
}

/* -------------------------------------------------------- what stands in the way */

static void
fault_activated_cb (CptWorkflowView *self,
                    GtkListBoxRow   *row)
{
  guint index = (guint) gtk_list_box_row_get_index (row);
  const CptWorkflowProblem *problem = index < self->problems->len ? g_ptr_array_index (self->problems, index) : NULL;

  if (problem == NULL)
    return;
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->faults));
  cpt_flow_canvas_select (get_canvas (self), problem->node);
  gtk_widget_grab_focus (self->canvas);
  if (problem->node != NULL)
    cpt_workflow_view_open_panel (self);
}

static GtkWidget *
create_fault (CptWorkflowView          *self,
              const CptWorkflowProblem *problem)
{
  const CptWorkflowNode *node =
    problem->node != NULL ? cpt_workflow_find_node (cpt_flow_canvas_get_workflow (get_canvas (self)), problem->node) : NULL;
  g_autoptr(CptFlowFace) face = node != NULL ? cpt_flow_face_new (node, self->schema, NULL) : NULL;
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), face != NULL ? face->title : _("The Whole Workflow"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), problem->message);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  return row;
}

void
cpt_workflow_view_check (CptWorkflowView *self)
{
  const CptWorkflow *workflow = cpt_flow_canvas_get_workflow (get_canvas (self));
  GPtrArray *problems = cpt_workflow_check_in (workflow, self->schema);
  gboolean is_writable = !cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self)));
  g_autofree char *label = NULL;
  GtkWidget *row;

  g_ptr_array_unref (self->problems);
  self->problems = problems;
  cpt_flow_canvas_set_problems (get_canvas (self), problems);
  while ((row = gtk_widget_get_first_child (self->faults_list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->faults_list), row);
  for (guint i = 0; i < MIN (problems->len, 100); i++)
    gtk_list_box_append (GTK_LIST_BOX (self->faults_list), create_fault (self, g_ptr_array_index (problems, i)));
  label = g_strdup_printf (g_dngettext (NULL, "%u thing stands in the way of publishing.",
                                        "%u things stand in the way of publishing.", problems->len),
                           problems->len);
  gtk_widget_set_tooltip_text (self->faults, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->faults), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_visible (self->faults, problems->len > 0 && workflow->nodes->len > 0);
  gtk_widget_set_visible (self->hint, workflow->nodes->len == 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "workflow.publish", is_writable && problems->len == 0);
  cpt_workflow_view_update_panel (self);
}

/* -------------------------------------------------------------------- the canvas */

static void
edited_cb (CptWorkflowView *self)
{
  cpt_workflow_view_save (self);
  cpt_workflow_view_check (self);
}

static void
selected_cb (CptWorkflowView *self)
{
  guint n_selected = cpt_flow_canvas_count_selected (get_canvas (self));
  gboolean is_writable = !cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self)));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "workflow.copy", n_selected > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "workflow.cut", is_writable && n_selected > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "workflow.delete",
                                 is_writable && cpt_flow_canvas_has_selection (get_canvas (self)));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "workflow.align", is_writable && n_selected > 1);
  cpt_workflow_view_update_panel (self);
}

static void
searched_cb (CptWorkflowView *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (text[0] != '\0' && !cpt_flow_canvas_find_next (get_canvas (self), text))
    gtk_widget_error_bell (self->search);
}

/* --------------------------------------------------------------------- actions */

static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  CptWorkflowView *self = CPT_WORKFLOW_VIEW (widget);
  GdkRectangle at = { gtk_widget_get_width (self->canvas) / 2, 20, 1, 1 };

  cpt_workflow_view_ask_step (self, NULL, NULL, &at);
}

static void
publish_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  CptWorkflowView *self = CPT_WORKFLOW_VIEW (widget);

  /* What is typed and was not said yet belongs to it */
  cpt_workflow_view_flush_panel (self);
  if (self->problems->len == 0)
    cpt_workflow_view_publish (self);
}

static void
arrange_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  CptWorkflowView *self = CPT_WORKFLOW_VIEW (widget);

  cpt_flow_canvas_arrange (get_canvas (self));
}

static void
align_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  cpt_flow_canvas_align (get_canvas (CPT_WORKFLOW_VIEW (widget)), g_variant_get_boolean (parameter));
}

static void
zoom_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CptFlowCanvas *canvas = get_canvas (CPT_WORKFLOW_VIEW (widget));

  if (g_str_equal (action_name, "workflow.fit"))
    cpt_flow_canvas_fit (canvas);
  else
    cpt_flow_canvas_zoom_by (canvas, g_str_equal (action_name, "workflow.zoom-in") ? 1.2 : 1 / 1.2);
}

static void
clipboard_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  CptWorkflowView *self = CPT_WORKFLOW_VIEW (widget);

  if (g_str_equal (action_name, "workflow.paste"))
    {
      cpt_workflow_view_paste (self);
      return;
    }
  cpt_workflow_view_copy (self);
  if (g_str_equal (action_name, "workflow.cut"))
    cpt_flow_canvas_delete (get_canvas (self));
}

static void
delete_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  cpt_flow_canvas_delete (get_canvas (CPT_WORKFLOW_VIEW (widget)));
}

static void
settings_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  CptWorkflowView *self = CPT_WORKFLOW_VIEW (widget);

  cpt_flow_canvas_select (get_canvas (self), NULL);
  cpt_workflow_view_open_panel (self);
}

static void
file_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CptWorkflowView *self = CPT_WORKFLOW_VIEW (widget);

  if (g_str_equal (action_name, "workflow.import"))
    cpt_workflow_view_import (self);
  else
    cpt_workflow_view_export (self);
}

static void
runs_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CptWorkflowView *self = CPT_WORKFLOW_VIEW (widget);
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));

  cpt_window_push (window, cpt_workflow_runs_view_new (window, &self->id, self->name));
}

static void
named_cb (CptWorkflowView *self,
          const char      *name)
{
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_take_text (&value, g_strdup (name));
  cpt_transaction_set (transaction, self->entity, &self->id, cpt_entity_find_field (self->entity, "name"), &value);
  cpt_window_commit (cpt_view_get_window (CPT_VIEW (self)), transaction, NULL, NULL, NULL, NULL);
}

static void
rename_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  CptWorkflowView *self = CPT_WORKFLOW_VIEW (widget);
  const CptNameWording wording = { _("Rename Workflow"), _("Name"), _("_Rename"), MAX_NAME, FALSE };
  CptNameDialog *dialog =
    cpt_name_dialog_present (GTK_WINDOW (cpt_view_get_window (CPT_VIEW (self))), &wording, self->name);

  g_signal_connect_object (dialog, "named", G_CALLBACK (named_cb), self, G_CONNECT_SWAPPED);
}

/* -------------------------------------------------------------------- building */

GMenuModel *
cpt_workflow_view_create_edit_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) edit = g_menu_new ();
  g_autoptr(GMenu) place = g_menu_new ();

  g_menu_append (edit, _("Cu_t"), "workflow.cut");
  g_menu_append (edit, _("_Copy"), "workflow.copy");
  g_menu_append (edit, _("_Paste"), "workflow.paste");
  g_menu_append (edit, _("_Delete"), "workflow.delete");
  g_menu_append (place, _("_Tidy Up"), "workflow.arrange");
  g_menu_append (place, _("Align in a _Row"), "workflow.align(true)");
  g_menu_append (place, _("Align in a C_olumn"), "workflow.align(false)");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (edit));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (place));

  return G_MENU_MODEL (menu);
}

static GMenuModel *
create_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenuModel) edit = cpt_workflow_view_create_edit_menu ();
  g_autoptr(GMenu) file = g_menu_new ();

  g_menu_append (file, _("_Publish"), "workflow.publish");
  g_menu_append (file, _("R_uns"), "workflow.runs");
  g_menu_append (file, _("_Begin, Leave and Repeat…"), "workflow.settings");
  g_menu_append (file, _("Re_name…"), "workflow.rename");
  g_menu_append (file, _("_Export…"), "workflow.export");
  g_menu_append (file, _("_Import…"), "workflow.import");
  g_menu_append_section (menu, NULL, edit);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (file));

  return G_MENU_MODEL (menu);
}

static GtkWidget *
create_faults (CptWorkflowView *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->faults_list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->faults_list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->faults_list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->faults_list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What stands in the way of publishing"), -1);
  g_signal_connect_object (self->faults_list, "row-activated", G_CALLBACK (fault_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 400);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->faults_list);
  gtk_widget_set_size_request (scrolled, 300, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  self->faults = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->faults), "dialog-warning-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->faults), popover);

  return self->faults;
}

static GtkWidget *
create_search (CptWorkflowView *self)
{
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _("Find a step"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Find a step"), -1);
  self->search_bar = gtk_search_bar_new ();
  gtk_search_bar_set_child (GTK_SEARCH_BAR (self->search_bar), self->search);
  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (self->search_bar), GTK_EDITABLE (self->search));
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (searched_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (searched_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "next-match", G_CALLBACK (searched_cb), self, G_CONNECT_SWAPPED);

  return self->search_bar;
}

void
cpt_workflow_view_fit_steps (CptWorkflowView *self)
{
  gboolean is_writable = !cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self)));
  gboolean has_panel = adw_flap_get_reveal_flap (ADW_FLAP (self->flap));
  int least = LEAST_FOR_STEPS + (has_panel ? MORE_WITH_PANEL : 0);

  gtk_widget_set_visible (self->steps, is_writable && gtk_widget_get_width (GTK_WIDGET (self)) >= least);
}

static gboolean
width_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       data)
{
  cpt_workflow_view_fit_steps (CPT_WORKFLOW_VIEW (widget));

  return G_SOURCE_REMOVE;
}

/* What is being laid out is changed before the next frame, not now */
static void
resized_cb (CptWorkflowView *self)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (self), width_cb, NULL, NULL);
}

/* Nothing to be seen: it tells when the width is another one */
static GtkWidget *
create_measure (CptWorkflowView *self)
{
  GtkWidget *area = gtk_drawing_area_new ();

  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), 1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (area), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  g_signal_connect_object (area, "resize", G_CALLBACK (resized_cb), self, G_CONNECT_SWAPPED);

  return area;
}

static void
build (CptWorkflowView *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *message = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (message), "cpt-workflow-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (message), _("This workflow can’t be shown"));
  self->stack = gtk_stack_new ();
  gtk_box_append (GTK_BOX (column), create_search (self));
  gtk_box_append (GTK_BOX (column), create_measure (self));
  gtk_box_append (GTK_BOX (column), cpt_workflow_view_create_panel (self, cpt_workflow_view_create_stage (self)));
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), column, "workflow");
  gtk_stack_add_named (GTK_STACK (self->stack), message, "message");
  g_signal_connect_object (self->canvas, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "activated", G_CALLBACK (cpt_workflow_view_open_panel), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "follow", G_CALLBACK (cpt_workflow_view_ask_step), self, G_CONNECT_SWAPPED);

  self->add = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add), "workflow.add");
  gtk_widget_set_tooltip_text (self->add, _("Add a step"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add a step"), -1);
  self->publish = gtk_button_new_with_mnemonic (_("_Publish"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->publish), "workflow.publish");
  gtk_widget_add_css_class (self->publish, "suggested-action");
  /* It is in the menu, too */
  g_object_bind_property (self, "narrow", self->publish, "visible", G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  cpt_view_set_child (CPT_VIEW (self), self->stack);
  cpt_view_pack_start (CPT_VIEW (self), self->add);
  cpt_view_pack_end (CPT_VIEW (self), cpt_view_create_menu_button ("view-more-symbolic", _("Workflow menu"), create_menu ()));
  cpt_view_pack_end (CPT_VIEW (self), self->publish);
  cpt_view_pack_end (CPT_VIEW (self), create_faults (self));
}

/* ------------------------------------------------------------------------ view */

static void
cpt_workflow_view_changed (CptView      *view,
                           CptChangeSet *set)
{
  CptWorkflowView *self = CPT_WORKFLOW_VIEW (view);

  if (cpt_change_set_has_entity (set, self->entity->name) && self->n_saving == 0)
    cpt_workflow_view_read (self);
}

static void
cpt_workflow_view_find (CptView *view)
{
  CptWorkflowView *self = CPT_WORKFLOW_VIEW (view);

  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), TRUE);
  gtk_widget_grab_focus (self->search);
}

static void
cpt_workflow_view_export_file (CptView *view)
{
  cpt_workflow_view_export (CPT_WORKFLOW_VIEW (view));
}

static gboolean
cpt_workflow_view_leave (CptView *view)
{
  CptWorkflowView *self = CPT_WORKFLOW_VIEW (view);
  g_autofree char *key = dup_place_key (self);
  g_autofree char *place = cpt_flow_canvas_dup_place (get_canvas (self));

  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), FALSE);
  if (self->has_place)
    cpt_window_set_state (cpt_view_get_window (view), key, place);

  return TRUE;
}

static CptView *
cpt_workflow_view_renew (CptView *view)
{
  return cpt_workflow_view_new (cpt_view_get_window (view), &CPT_WORKFLOW_VIEW (view)->id);
}

static void
cpt_workflow_view_dispose (GObject *object)
{
  CptWorkflowView *self = CPT_WORKFLOW_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->numbers_timer, g_source_remove);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (cpt_workflow_view_parent_class)->dispose (object);
}

static void
cpt_workflow_view_finalize (GObject *object)
{
  CptWorkflowView *self = CPT_WORKFLOW_VIEW (object);

  g_free (self->stored);
  g_free (self->name);
  g_free (self->follows);
  g_free (self->outcome);
  g_ptr_array_unref (self->problems);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_workflow_view_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *class)
{
  gtk_widget_class_install_action (class, "workflow.add", NULL, add_action);
  gtk_widget_class_install_action (class, "workflow.publish", NULL, publish_action);
  gtk_widget_class_install_action (class, "workflow.arrange", NULL, arrange_action);
  gtk_widget_class_install_action (class, "workflow.align", "b", align_action);
  gtk_widget_class_install_action (class, "workflow.zoom-in", NULL, zoom_action);
  gtk_widget_class_install_action (class, "workflow.zoom-out", NULL, zoom_action);
  gtk_widget_class_install_action (class, "workflow.fit", NULL, zoom_action);
  gtk_widget_class_install_action (class, "workflow.cut", NULL, clipboard_action);
  gtk_widget_class_install_action (class, "workflow.copy", NULL, clipboard_action);
  gtk_widget_class_install_action (class, "workflow.paste", NULL, clipboard_action);
  gtk_widget_class_install_action (class, "workflow.delete", NULL, delete_action);
  gtk_widget_class_install_action (class, "workflow.settings", NULL, settings_action);
  gtk_widget_class_install_action (class, "workflow.runs", NULL, runs_action);
  gtk_widget_class_install_action (class, "workflow.rename", NULL, rename_action);
  gtk_widget_class_install_action (class, "workflow.export", NULL, file_action);
  gtk_widget_class_install_action (class, "workflow.import", NULL, file_action);
  gtk_widget_class_add_binding_action (class, GDK_KEY_x, GDK_CONTROL_MASK, "workflow.cut", NULL);
  gtk_widget_class_add_binding_action (class, GDK_KEY_c, GDK_CONTROL_MASK, "workflow.copy", NULL);
  gtk_widget_class_add_binding_action (class, GDK_KEY_v, GDK_CONTROL_MASK, "workflow.paste", NULL);
  gtk_widget_class_add_binding_action (class, GDK_KEY_t, GDK_SHIFT_MASK | GDK_ALT_MASK, "workflow.arrange", NULL);
}

static void
cpt_workflow_view_class_init (CptWorkflowViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  CptViewClass *view_class = CPT_VIEW_CLASS (class);

  object_class->dispose = cpt_workflow_view_dispose;
  object_class->finalize = cpt_workflow_view_finalize;
  view_class->changed = cpt_workflow_view_changed;
  view_class->find = cpt_workflow_view_find;
  view_class->export = cpt_workflow_view_export_file;
  view_class->leave = cpt_workflow_view_leave;
  view_class->renew = cpt_workflow_view_renew;
  install_actions (GTK_WIDGET_CLASS (class));
}

static void
cpt_workflow_view_init (CptWorkflowView *self)
{
  self->cancellable = g_cancellable_new ();
  self->problems = g_ptr_array_new ();
  self->name = g_strdup ("");
}

static CptWorkflowView *
create (CptWindow     *window,
        const CptUuid *id)
{
  CptWorkflowView *self = g_object_new (CPT_TYPE_WORKFLOW_VIEW, "window", window, NULL);
  gboolean is_writable = !cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self)));

  self->schema = cpt_schema_ref (cpt_window_get_schema (window));
  self->entity = cpt_schema_find_entity (self->schema, CPT_WORKFLOW_ENTITY);
  self->id = *id;
  build (self);
  cpt_view_set_title (CPT_VIEW (self), cpt_entity_get_label (self->entity));
  cpt_flow_canvas_set_editable (get_canvas (self), is_writable);
  for (guint i = 0; !is_writable && i < 5; i++)
    {
      static const char *const names[] = { "add", "publish", "arrange", "paste", "import" };
      g_autofree char *name = g_strconcat ("workflow.", names[i], NULL);

      gtk_widget_action_set_enabled (GTK_WIDGET (self), name, FALSE);
    }
  selected_cb (self);

  return self;
}

CptView *
cpt_workflow_view_new (CptWindow     *window,
                       const CptUuid *id)
{
  CptWorkflowView *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  self = create (window, id);
  cpt_workflow_view_read (self);

  return CPT_VIEW (self);
}

CptView *
cpt_workflow_view_new_draft (CptWindow *window,
                             CptRecord *draft)
{
  CptTransaction *transaction;
  CptWorkflowView *self;
  gint64 now;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);
  g_return_val_if_fail (draft != NULL, NULL);

  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  now = cpt_clock_get_now (cpt_store_get_clock (cpt_window_get_store (window)));
  if (cpt_uuid_is_nil (&draft->id))
    cpt_uuid_generate (&draft->id, now / 1000);
  if (cpt_record_get_text (draft, "name") == NULL)
    cpt_record_set_text (draft, "name", _("New workflow"));
  self = create (window, &draft->id);
  cpt_transaction_create (transaction, draft);
  /* It is shown when it is stored */
  cpt_window_commit (window, transaction, _("Workflow created"), NULL, NULL, NULL);

  return CPT_VIEW (self);
}
