/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The panel beside the drawing of a workflow. */

#include "config.h"

#include "cpt-node-panel.h"

#include <glib/gi18n.h>

#include "cpt-json.h"
#include "cpt-node-form.h"
#include "cpt-workflow-record.h"

#define SPACING 18
#define QUIET_MS 400

struct _CptNodePanel
{
  GtkWidget parent_instance;

  CptNodeContext context;
  CptWindow *window; /* (nullable): weak: above */

  gboolean is_shown; /* whether anything is, which may be the whole workflow */
  gboolean is_showing;
  guint n_shown; /* how often anything was */
  char *id;      /* (nullable) */
  char *kind;    /* (nullable): the name of its kind */
  char *title;   /* (nullable): as it was said last */
  guint typing;

  /* Borrowed from GTK */
  GtkWidget *scroller;
  GtkWidget *column;
  GtkWidget *problems;
  GtkWidget *head;  /* what kind it is */
  GtkWidget *about; /* a sentence below that */
  GtkWidget *rows;  /* with what every node has */
  GtkWidget *entry;
  GtkWidget *unknown; /* what is said of a kind that only a newer version knows */
  GtkWidget *form;    /* (nullable) */
};

G_DEFINE_FINAL_TYPE (CptNodePanel, cpt_node_panel, GTK_TYPE_WIDGET)

static guint edited_signal;

/* ------------------------------------------------------------------------- saying */

static void
say (CptNodePanel *self)
{
  g_autoptr(JsonNode) own = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(JsonNode) settings = NULL;
  g_autofree char *text = NULL;

  if (self->form == NULL)
    return;

  /* What is said must not change when the form goes on. */
  json_node_set_object (own, cpt_node_form_get_object (CPT_NODE_FORM (self->form)));
  text = cpt_json_format (own);
  settings = cpt_json_parse (text, -1, NULL);
  if (settings != NULL)
    g_signal_emit (self, edited_signal, 0, self->id, self->title, settings);
}

static void
take_title (CptNodePanel *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  g_clear_handle_id (&self->typing, g_source_remove);
  if (self->id == NULL || g_strcmp0 (text, self->title != NULL ? self->title : "") == 0)
    return;

  g_free (self->title);
  self->title = *text != '\0' ? g_strdup (text) : NULL;
  say (self);
}

static void
quiet_cb (gpointer user_data)
{
  CptNodePanel *self = user_data;

  self->typing = 0;
  take_title (self);
}

static void
title_typed_cb (CptNodePanel *self)
{
  if (self->is_showing)
    return;

  g_clear_handle_id (&self->typing, g_source_remove);
  self->typing = g_timeout_add_once (QUIET_MS, quiet_cb, self);
}

static void
title_left_cb (CptNodePanel *self)
{
  if (self->typing != 0)
    take_title (self);
}

void
cpt_node_panel_flush (CptNodePanel *self)
{
  g_return_if_fail (CPT_IS_NODE_PANEL (self));

  title_left_cb (self);
  if (self->form != NULL)
    cpt_node_form_flush (CPT_NODE_FORM (self->form));
}

/* What the start is about is what all conditions are about. */
static const CptEntity *
find_subject (CptNodePanel      *self,
              const CptWorkflow *workflow)
{
  return cpt_workflow_find_entity (workflow, self->context.schema);
}

/* ------------------------------------------------------------------------ problems */

static GtkWidget *
create_problem (const char *message)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *label = gtk_label_new (message);

  gtk_widget_add_css_class (icon, "warning");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);

  return box;
}

static void
show_problems (CptNodePanel *self,
               GPtrArray    *problems)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->problems)) != NULL)
    gtk_box_remove (GTK_BOX (self->problems), child);
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const CptWorkflowProblem *problem = g_ptr_array_index (problems, i);

      if (g_strcmp0 (problem->node, self->id) == 0)
        gtk_box_append (GTK_BOX (self->problems), create_problem (problem->message));
    }
  gtk_widget_set_visible (self->problems, gtk_widget_get_first_child (self->problems) != NULL);
}

/* ------------------------------------------------------------------------- showing */

static void
free_answer (gpointer pointer)
{
  CptNodeAnswer *answer = pointer;

  g_free (answer->path);
  g_free (answer->label);
  g_free (answer);
}

/* Calls are answered, and what follows can use that. */
static void
list_answers (CptNodePanel      *self,
              const CptWorkflow *workflow)
{
  g_ptr_array_set_size (self->context.answers, 0);
  for (guint i = 0; i < workflow->nodes->len; i++)
    {
      const CptWorkflowNode *node = g_ptr_array_index (workflow->nodes, i);
      CptNodeAnswer *answer;

      if (g_strcmp0 (node->kind_name, "webhook") != 0 || g_strcmp0 (node->id, self->id) == 0)
        continue;
      answer = g_new0 (CptNodeAnswer, 1);
      answer->path = g_strdup_printf ("steps.%s.status", node->id);
      /* Translators: what a web server said to a call: 200, 404. %s is the title of a step */
      answer->label = g_strdup_printf (_("Status of “%s”"), node->title != NULL ? node->title : _(node->kind->label));
      g_ptr_array_add (self->context.answers, answer);
    }
}

static void
show_title (CptNodePanel *self,
            const char   *title)
{
  if (g_strcmp0 (title, self->title) == 0)
    return;

  g_clear_handle_id (&self->typing, g_source_remove);
  g_free (self->title);
  self->title = g_strdup (title);
  self->is_showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), title != NULL ? title : "");
  self->is_showing = FALSE;
}

static void
show_head (CptNodePanel          *self,
           const CptWorkflowNode *node)
{
  const char *label;

  if (node == NULL)
    label = _("The Whole Workflow");
  else
    label = node->kind != NULL ? _(node->kind->label) : node->kind_name;
  gtk_label_set_text (GTK_LABEL (self->head), label);
  gtk_widget_set_visible (self->about, node == NULL);
  gtk_widget_set_visible (self->rows, node != NULL);
  gtk_widget_set_visible (self->unknown, node != NULL && node->kind == NULL);
}

static void
replace_form (CptNodePanel             *self,
              const CptWorkflowSetting *settings,
              JsonObject               *object)
{
  if (self->form != NULL)
    gtk_box_remove (GTK_BOX (self->column), self->form);
  self->form = cpt_node_form_new (&self->context, settings, object);
  g_signal_connect_object (self->form, "changed", G_CALLBACK (say), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->column), self->form);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
}

static gboolean
is_same (CptNodePanel          *self,
         const CptWorkflowNode *node)
{
  return self->is_shown && self->form != NULL && g_strcmp0 (self->id, node != NULL ? node->id : NULL) == 0 &&
         g_strcmp0 (self->kind, node != NULL ? node->kind_name : NULL) == 0 &&
         self->context.schema == cpt_window_get_schema (self->window);
}

static void
forget (CptNodePanel *self)
{
  if (self->form != NULL)
    gtk_box_remove (GTK_BOX (self->column), self->form);
  self->form = NULL;
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->kind, g_free);
  self->is_shown = FALSE;
}

/* The rows hold the schema that they were made for, until they go. */
static void
take_schema (CptNodePanel *self)
{
  CptSchema *schema = cpt_window_get_schema (self->window);

  if (schema == self->context.schema)
    return;

  g_clear_pointer (&self->context.schema, cpt_schema_unref);
  self->context.schema = schema != NULL ? cpt_schema_ref (schema) : NULL;
}

void
cpt_node_panel_show (CptNodePanel      *self,
                     const CptWorkflow *workflow,
                     const char        *id,
                     GPtrArray         *problems)
{
  const CptWorkflowNode *node;
  JsonObject *settings;
  guint n_shown;

  g_return_if_fail (CPT_IS_NODE_PANEL (self));
  g_return_if_fail (workflow != NULL);

  n_shown = ++self->n_shown;

  node = id != NULL ? cpt_workflow_find_node (workflow, id) : NULL;
  if (self->window == NULL || cpt_window_get_store (self->window) == NULL || (id != NULL && node == NULL))
    {
      forget (self);
      return;
    }

  settings = node != NULL ? node->settings : workflow->settings;
  if (is_same (self, node))
    {
      const CptEntity *subject = find_subject (self, workflow);
      gboolean is_other = subject != self->context.subject;

      self->context.subject = subject;
      list_answers (self, workflow);
      show_title (self, node != NULL ? node->title : NULL);
      cpt_node_form_set_object (CPT_NODE_FORM (self->form), settings);
      if (is_other)
        cpt_node_form_refresh (CPT_NODE_FORM (self->form));
      show_problems (self, problems);
      return;
    }

  cpt_node_panel_flush (self);
  /* Who was told has shown what there is now. */
  if (n_shown != self->n_shown)
    return;

  forget (self);
  take_schema (self);
  self->is_shown = TRUE;
  self->id = g_strdup (node != NULL ? node->id : NULL);
  self->kind = g_strdup (node != NULL ? node->kind_name : NULL);
  self->context.kind = node != NULL ? node->kind : NULL;
  self->context.subject = find_subject (self, workflow);
  list_answers (self, workflow);
  show_head (self, node);
  show_title (self, node != NULL ? node->title : NULL);
  if (node == NULL)
    replace_form (self, cpt_workflow_list_settings (), settings);
  else
    replace_form (self, node->kind != NULL ? node->kind->settings : NULL, settings);
  show_problems (self, problems);
}

/* ---------------------------------------------------------------------- the object */

static void
cpt_node_panel_dispose (GObject *object)
{
  CptNodePanel *self = CPT_NODE_PANEL (object);

  g_clear_handle_id (&self->typing, g_source_remove);
  if (self->scroller != NULL)
    forget (self);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_weak_pointer (&self->window);

  G_OBJECT_CLASS (cpt_node_panel_parent_class)->dispose (object);
}

static void
cpt_node_panel_finalize (GObject *object)
{
  CptNodePanel *self = CPT_NODE_PANEL (object);

  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->context.answers, g_ptr_array_unref);
  g_clear_pointer (&self->context.schema, cpt_schema_unref);
  g_clear_object (&self->context.store);

  G_OBJECT_CLASS (cpt_node_panel_parent_class)->finalize (object);
}

static void
cpt_node_panel_class_init (CptNodePanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_node_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_node_panel_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  edited_signal = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                G_TYPE_STRING, G_TYPE_STRING, JSON_TYPE_NODE);
}

static GtkWidget *
create_label (const char *text,
              const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);

  return label;
}

static GtkWidget *
create_head (CptNodePanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->head = create_label (NULL, "heading");
  self->about = create_label (_("Who begins again, and when somebody leaves before the end."), "dim-label");
  self->rows = adw_preferences_group_new ();
  self->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _("Title of the step"));
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (title_typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "entry-activated", G_CALLBACK (title_left_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (title_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, focus);
  self->unknown = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->unknown),
                                 _("Only a newer version of Comptoir knows this step. It stays as it is."));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self->unknown), 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->rows), self->entry);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->rows), self->unknown);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (self->entry)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Step"), -1);
  gtk_box_append (GTK_BOX (box), self->head);
  gtk_box_append (GTK_BOX (box), self->about);
  gtk_box_append (GTK_BOX (box), self->rows);

  return box;
}

static void
cpt_node_panel_init (CptNodePanel *self)
{
  self->context.answers = g_ptr_array_new_with_free_func (free_answer);
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  gtk_widget_add_css_class (self->column, "node-panel");
  self->problems = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_add_css_class (self->problems, "card");
  gtk_widget_add_css_class (self->problems, "node-problems");
  gtk_widget_set_visible (self->problems, FALSE);
  gtk_box_append (GTK_BOX (self->column), create_head (self));
  gtk_box_append (GTK_BOX (self->column), self->problems);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->column);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
cpt_node_panel_new (CptWindow *window)
{
  CptNodePanel *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);
  g_return_val_if_fail (cpt_window_get_store (window) != NULL, NULL);

  self = g_object_new (CPT_TYPE_NODE_PANEL, NULL);
  g_set_weak_pointer (&self->window, window);
  self->context.window = window;
  self->context.store = g_object_ref (cpt_window_get_store (window));

  return GTK_WIDGET (self);
}
