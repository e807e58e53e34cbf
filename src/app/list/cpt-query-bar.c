/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked for: words in a search field, conditions in a filter bar. */
#include "config.h"
#include "cpt-query-bar.h"

#include <glib/gi18n-lib.h>

struct _CptQueryBar
{
  GtkWidget parent_instance;

  /* Borrowed from GTK */
  GtkWidget *search;
  CptFilterBar *filters;
  gboolean is_setting;

  CptWindow *window; /* (nullable): borrowed: above; where filters are remembered */
  char *key;         /* (nullable): of the state, likewise */
  char *entity;      /* its name */
};

enum
{
  CHANGED,
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptQueryBar, cpt_query_bar, GTK_TYPE_WIDGET)

static void
asked_cb (CptQueryBar *self)
{
  const char *recent = self->window != NULL ? cpt_filter_bar_get_recent (self->filters) : NULL;

  if (self->is_setting)
    return;

  if (recent != NULL)
    cpt_window_set_state (self->window, self->key, recent);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
search_stopped_cb (CptQueryBar *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  g_signal_emit (self, signals[LEFT], 0);
}

/* From the words to what they found */
static gboolean
search_key_cb (GtkEventControllerKey *controller,
               guint                  key,
               guint                  code,
               GdkModifierType        modifiers,
               CptQueryBar           *self)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_Return && key != GDK_KEY_KP_Enter)
    return GDK_EVENT_PROPAGATE;

  g_signal_emit (self, signals[LEFT], 0);

  return GDK_EVENT_STOP;
}

static void
cpt_query_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (cpt_query_bar_parent_class)->dispose (object);
}

static void
cpt_query_bar_finalize (GObject *object)
{
  CptQueryBar *self = CPT_QUERY_BAR (object);

  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->entity, g_free);

  G_OBJECT_CLASS (cpt_query_bar_parent_class)->finalize (object);
}

static void
cpt_query_bar_class_init (CptQueryBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_query_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_query_bar_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);

  signals[CHANGED] =
    g_signal_new ("changed", CPT_TYPE_QUERY_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEFT] =
    g_signal_new ("left", CPT_TYPE_QUERY_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_query_bar_init (CptQueryBar *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->search = gtk_search_entry_new ();
  gtk_widget_set_size_request (self->search, 220, -1);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (search_stopped_cb), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (search_key_cb), self, 0);
  gtk_widget_add_controller (self->search, keys);
  gtk_widget_set_parent (self->search, GTK_WIDGET (self));

  gtk_widget_add_css_class (GTK_WIDGET (self), "list-toolbar");
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 6);
}

GtkWidget *
cpt_query_bar_new (CptStore        *store,
                   CptSchema       *schema,
                   const CptEntity *entity)
{
  CptQueryBar *self = g_object_new (CPT_TYPE_QUERY_BAR, NULL);
  g_autofree char *label = g_strdup_printf (_("Search %s"), cpt_entity_get_label_plural (entity));

  g_object_set (self->search, "placeholder-text", label, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  self->entity = g_strdup (entity->name);
  self->filters = CPT_FILTER_BAR (cpt_filter_bar_new (store, schema, entity));
  gtk_widget_set_hexpand (GTK_WIDGET (self->filters), TRUE);
  g_signal_connect_object (self->filters, "changed", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->filters), GTK_WIDGET (self));

  return GTK_WIDGET (self);
}

void
cpt_query_bar_set_filter (CptQueryBar *self,
                          CptFilter   *filter)
{
  g_return_if_fail (CPT_IS_QUERY_BAR (self));

  self->is_setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  cpt_filter_bar_set_filter (self->filters, filter);
  self->is_setting = FALSE;
}

void
cpt_query_bar_add (CptQueryBar *self,
                   CptFilter   *condition)
{
  g_return_if_fail (CPT_IS_QUERY_BAR (self));

  cpt_filter_bar_add (self->filters, condition);
}

void
cpt_query_bar_remember_filters (CptQueryBar *self,
                                CptWindow   *window)
{
  g_autofree char *text = NULL;

  g_return_if_fail (CPT_IS_QUERY_BAR (self));
  g_return_if_fail (CPT_IS_WINDOW (window));

  g_free (self->key);
  self->key = cpt_window_dup_workspace_key (window, "filters", self->entity);
  self->window = window;
  text = cpt_window_dup_state (window, self->key);
  cpt_filter_bar_set_recent (self->filters, text != NULL ? text : "[]");
}

CptFilter *
cpt_query_bar_dup_filter (CptQueryBar *self)
{
  g_return_val_if_fail (CPT_IS_QUERY_BAR (self), NULL);

  return cpt_filter_bar_dup_filter (self->filters);
}

const char *
cpt_query_bar_get_search (CptQueryBar *self)
{
  const char *words;

  g_return_val_if_fail (CPT_IS_QUERY_BAR (self), NULL);

  words = gtk_editable_get_text (GTK_EDITABLE (self->search));

  return words[0] != '\0' ? words : NULL;
}

void
cpt_query_bar_find (CptQueryBar *self)
{
  g_return_if_fail (CPT_IS_QUERY_BAR (self));

  gtk_widget_grab_focus (self->search);
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}

void
cpt_query_bar_set_narrow (CptQueryBar *self,
                          gboolean     is_narrow)
{
  g_return_if_fail (CPT_IS_QUERY_BAR (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}
