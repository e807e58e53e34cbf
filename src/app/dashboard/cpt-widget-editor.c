/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The editor of a widget: a form, what can be chosen of the kind of chart,
 * conditions, and a picture that follows them.
 */

#include "config.h"

#include "cpt-widget-editor.h"

#include <glib/gi18n.h>

#include "cpt-chart-card.h"
#include "cpt-filter-bar.h"
#include "cpt-json.h"
#include "cpt-settings-dialog.h"
#include "cpt-widget-data.h"
#include "cpt-widget-each.h"
#include "cpt-widget-form.h"
#include "cpt-widget-groups.h"
#include "cpt-widget-image.h"
#include "cpt-widget-options.h"
#include "cpt-widget-picture.h"

#define WIDTH 520
#define HEIGHT 720

struct _CptWidgetEditor
{
  AdwWindow parent_instance;

  CptWindow *window; /* (nullable): weak */
  CptSchema *schema;
  char *id;
  JsonObject *given_options; /* (nullable) */
  JsonNode *stored;          /* (nullable): the query as it was */
  char *baseline;            /* (nullable): how this editor writes @stored */
  GCancellable *cancellable; /* (nullable): of the picture */

  /* Borrowed from the content */
  GtkWidget *form;
  GtkWidget *each;
  GtkWidget *groups;
  GtkWidget *image; /* which picture */
  GtkWidget *options;
  GtkWidget *card;
  GtkWidget *sentence;
  GtkWidget *done;
  GtkWidget *filters; /* the group that the bar of filters is in */
  GtkWidget *bar;     /* (nullable) */
};

enum
{
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptWidgetEditor, cpt_widget_editor, ADW_TYPE_WINDOW)

static CptWidgetForm *
get_form (CptWidgetEditor *self)
{
  return CPT_WIDGET_FORM (self->form);
}

/* What the rows ask */
static JsonNode *
create_query_node (CptWidgetEditor *self)
{
  const CptChartKind *kind = cpt_widget_form_get_kind (get_form (self));
  const CptWidgetQuery *query = cpt_widget_form_get_query (get_form (self));

  if (kind->needs & CPT_CHART_NEEDS_RECORDS)
    return cpt_widget_query_records_to_json (query, cpt_widget_form_get_source (get_form (self))->name);

  return cpt_widget_query_to_json (query, !(kind->needs & (CPT_CHART_NEEDS_ORDER | CPT_CHART_NEEDS_DATE)));
}

/* What the person left alone stays as it was stored, with what this editor
 * does not know. (nullable): of a kind that asks nothing. */
static JsonNode *
dup_query (CptWidgetEditor *self)
{
  JsonNode *query;
  g_autofree char *text = NULL;

  if (cpt_widget_form_get_kind (get_form (self))->needs & CPT_CHART_NEEDS_NOTHING)
    return NULL;

  query = create_query_node (self);
  text = cpt_json_format (query);

  if (self->stored == NULL || g_strcmp0 (text, self->baseline) != 0)
    return query;

  json_node_unref (query);

  return json_node_ref (self->stored);
}

/* The picture */

static void
picture_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(CptWidgetEditor) self = CPT_WIDGET_EDITOR (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(CptWidgetPicture) picture = cpt_widget_picture_read_finish (CPT_STORE (source), result, &error);
  const CptWidgetQuery *query;

  if (picture == NULL)
    return;

  query = cpt_widget_form_get_query (get_form (self));
  cpt_chart_card_set_data (CPT_CHART_CARD (self->card), cpt_widget_data_get_chart (picture->numbers));
  cpt_widget_image_show (CPT_WIDGET_IMAGE (self->image), query, cpt_widget_data_get_chart (picture->numbers));
  /* The row of the picture names its file */
  gtk_label_set_label (GTK_LABEL (self->sentence),
                       picture->sentence != NULL && !cpt_widget_query_has_record (query) ? picture->sentence : "");
}

static void
update_picture (CptWidgetEditor *self)
{
  CptDashboard *dashboard;

  if (self->window == NULL || cpt_window_get_store (self->window) == NULL)
    return;

  dashboard = cpt_dashboard_new ("");
  cpt_widget_editor_apply (self, dashboard);
  cpt_chart_card_set_widget (CPT_CHART_CARD (self->card), cpt_dashboard_get_widget (dashboard, 0));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  cpt_widget_picture_read_async (cpt_window_get_store (self->window), dashboard, self->cancellable, picture_read_cb,
                                 g_object_ref (self));
}

/* The rows of the form decide which of the others make sense */
static void
form_changed_cb (CptWidgetEditor *self)
{
  cpt_widget_each_show (CPT_WIDGET_EACH (self->each));
  cpt_widget_groups_show (CPT_WIDGET_GROUPS (self->groups));
  update_picture (self);
}

/* Conditions */

static void
filter_changed_cb (CptWidgetEditor *self)
{
  CptWidgetQuery *query = cpt_widget_form_get_query (get_form (self));
  g_autoptr(CptFilter) filter = cpt_filter_bar_dup_filter (CPT_FILTER_BAR (self->bar));

  g_clear_pointer (&query->where, json_node_unref);
  if (filter != NULL)
    query->where = cpt_filter_to_json (filter);
  update_picture (self);
}

/* A bar is for one source. A filter that this version can't read stays as it
 * is, and can't be edited. */
static void
show_filter (CptWidgetEditor *self)
{
  const CptWidgetQuery *query = cpt_widget_form_get_query (get_form (self));
  const CptEntity *entity = cpt_widget_form_get_source (get_form (self));
  g_autoptr(CptFilter) filter = NULL;

  if (self->bar != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->filters), self->bar);
  self->bar = NULL;
  if (query->where != NULL)
    filter = cpt_filter_from_json (self->schema, entity, query->where, NULL);

  gtk_widget_set_visible (self->image, (cpt_widget_form_get_kind (get_form (self))->needs & CPT_CHART_NEEDS_PICTURE) != 0);
  gtk_widget_set_visible (self->filters, (query->where == NULL || filter != NULL) && !cpt_widget_query_has_record (query) &&
                                           !(cpt_widget_form_get_kind (get_form (self))->needs & CPT_CHART_NEEDS_NOTHING));
  if ((query->where != NULL && filter == NULL) || self->window == NULL || cpt_window_get_store (self->window) == NULL)
    return;

  self->bar = cpt_filter_bar_new (cpt_window_get_store (self->window), self->schema, entity);
  cpt_filter_bar_set_filter (CPT_FILTER_BAR (self->bar), filter);
  g_signal_connect_object (self->bar, "changed", G_CALLBACK (filter_changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->filters), self->bar);
}

/* What both kinds know goes on to the new one. */
static void
kind_changed_cb (CptWidgetEditor *self)
{
  g_autoptr(JsonObject) options = cpt_widget_options_dup (CPT_WIDGET_OPTIONS (self->options));

  cpt_widget_options_set_kind (CPT_WIDGET_OPTIONS (self->options), cpt_widget_form_get_kind (get_form (self)), options);
  show_filter (self);
}

/* That one file, until the person wants the latest again */
static void
image_chosen_cb (CptWidgetEditor *self,
                 const char      *id)
{
  cpt_widget_query_choose_record (cpt_widget_form_get_query (get_form (self)), id);
  show_filter (self);
  update_picture (self);
}

static void
done_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  CptWidgetEditor *self = CPT_WIDGET_EDITOR (widget);

  if (gtk_widget_get_visible (self->image))
    cpt_widget_image_use (CPT_WIDGET_IMAGE (self->image));
  g_signal_emit (self, signals[EDITED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

/* Building */

static void
build (CptWidgetEditor *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *done = gtk_button_new_with_mnemonic (_("_Done"));
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *picture = adw_preferences_group_new ();

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_widget_add_css_class (done, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (done), "editor.done");
  self->done = done;
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), done);

  self->card = cpt_chart_card_new ();
  gtk_widget_set_size_request (self->card, -1, 220);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (picture), self->card);
  self->sentence = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->sentence), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->sentence), 0);
  gtk_widget_set_margin_top (self->sentence, 6);
  gtk_widget_add_css_class (self->sentence, "dim-label");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (picture), self->sentence);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (picture));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->form));
  self->each = cpt_widget_each_new (get_form (self), self->schema);
  g_signal_connect_object (self->each, "changed", G_CALLBACK (update_picture), self, G_CONNECT_SWAPPED);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->each));
  self->groups = cpt_widget_groups_new (get_form (self));
  g_signal_connect_object (self->groups, "changed", G_CALLBACK (update_picture), self, G_CONNECT_SWAPPED);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->groups));
  self->image = cpt_widget_image_new (self->window);
  g_signal_connect_object (self->image, "chosen", G_CALLBACK (image_chosen_cb), self, G_CONNECT_SWAPPED);
  cpt_widget_image_take_drops (CPT_WIDGET_IMAGE (self->image), self->card);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->image));
  self->options = cpt_widget_options_new ();
  cpt_widget_options_set_kind (CPT_WIDGET_OPTIONS (self->options), cpt_widget_form_get_kind (get_form (self)),
                               self->given_options);
  g_signal_connect_object (self->options, "changed", G_CALLBACK (update_picture), self, G_CONNECT_SWAPPED);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->options));
  self->filters = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->filters), _("Only Records With"));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->filters));
  gtk_widget_set_vexpand (page, TRUE);

  gtk_box_append (GTK_BOX (content), header);
  gtk_box_append (GTK_BOX (content), page);
  adw_window_set_content (ADW_WINDOW (self), content);
  gtk_window_set_default_widget (GTK_WINDOW (self), done);
}

static void
cpt_widget_editor_dispose (GObject *object)
{
  g_cancellable_cancel (CPT_WIDGET_EDITOR (object)->cancellable);
  g_clear_weak_pointer (&CPT_WIDGET_EDITOR (object)->window);

  G_OBJECT_CLASS (cpt_widget_editor_parent_class)->dispose (object);
}

static void
cpt_widget_editor_finalize (GObject *object)
{
  CptWidgetEditor *self = CPT_WIDGET_EDITOR (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->given_options, json_object_unref);
  g_clear_pointer (&self->stored, json_node_unref);
  g_clear_pointer (&self->baseline, g_free);
  g_clear_pointer (&self->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_widget_editor_parent_class)->finalize (object);
}

static void
cpt_widget_editor_class_init (CptWidgetEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cpt_widget_editor_dispose;
  object_class->finalize = cpt_widget_editor_finalize;

  /**
   * CptWidgetEditor::edited:
   *
   * The person is done.
   */
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "editor.done", NULL, done_action);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cpt_widget_editor_init (CptWidgetEditor *self)
{
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  cpt_settings_dialog_add_confirm (GTK_WIDGET (self), "editor.done");
}

/* No wider and higher than the window, which is as large as a telephone perhaps */
static void
fit (CptWidgetEditor *self,
     GtkWidget       *window)
{
  int width = gtk_widget_get_width (window);
  int height = gtk_widget_get_height (window);

  gtk_window_set_default_size (GTK_WINDOW (self), width > 0 ? MIN (width, WIDTH) : WIDTH,
                               height > 0 ? MIN (height, HEIGHT) : HEIGHT);
}

/* Of the widget, or a new one */
static CptWidgetQuery *
create_query (CptSchema       *schema,
              const CptWidget *widget)
{
  g_autoptr(CptWidgetQuery) query = cpt_widget_query_parse (widget != NULL ? widget->query : NULL);

  if (cpt_schema_find_entity (schema, query->source) == NULL)
    {
      g_clear_pointer (&query, cpt_widget_query_free);
      query = cpt_widget_query_new ("deal");
    }
  if (widget == NULL)
    query->limit = 10;

  return g_steal_pointer (&query);
}

void
cpt_widget_editor_set_words (CptWidgetEditor *self,
                             const char      *title,
                             const char      *verb)
{
  g_return_if_fail (CPT_IS_WIDGET_EDITOR (self));

  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_button_set_label (GTK_BUTTON (self->done), verb);
}

CptWidgetEditor *
cpt_widget_editor_new (CptWindow       *window,
                       GPtrArray       *metrics,
                       const CptWidget *widget,
                       const char      *kind)
{
  CptWidgetEditor *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);

  self = g_object_new (CPT_TYPE_WIDGET_EDITOR, "transient-for", window, NULL);
  fit (self, GTK_WIDGET (window));
  g_set_weak_pointer (&self->window, window);
  self->schema = cpt_schema_ref (cpt_window_get_schema (window));
  self->id = widget != NULL ? g_strdup (widget->id) : g_uuid_string_random ();
  if (widget != NULL && widget->options != NULL)
    self->given_options = json_object_ref (widget->options);
  self->form = cpt_widget_form_new (self->schema, metrics, create_query (self->schema, widget),
                                    widget != NULL ? widget->title : "", widget != NULL ? widget->kind : kind);

  gtk_window_set_title (GTK_WINDOW (self), widget != NULL ? _("Edit Widget") : _("New Widget"));
  build (self);
  g_signal_connect_object (self->form, "kind-changed", G_CALLBACK (kind_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "source-changed", G_CALLBACK (show_filter), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "changed", G_CALLBACK (form_changed_cb), self, G_CONNECT_SWAPPED);
  if (widget == NULL)
    cpt_widget_form_start (get_form (self));
  else
    cpt_widget_form_show (get_form (self));
  if (widget != NULL && widget->query != NULL)
    {
      g_autoptr(JsonNode) query = dup_query (self);

      self->baseline = query != NULL ? cpt_json_format (query) : NULL;
      self->stored = json_node_ref (widget->query);
      update_picture (self);
    }
  cpt_widget_form_focus (get_form (self));

  return self;
}

gboolean
cpt_widget_editor_apply (CptWidgetEditor *self,
                         CptDashboard    *dashboard)
{
  const char *title = cpt_widget_form_get_title (get_form (self));
  const CptChartKind *kind = cpt_widget_form_get_kind (get_form (self));
  const CptMetric *metric = cpt_widget_form_get_metric (get_form (self));
  g_autoptr(JsonNode) query = dup_query (self);
  g_autoptr(JsonObject) options = cpt_widget_options_dup (CPT_WIDGET_OPTIONS (self->options));
  CptWidget *widget;

  g_return_val_if_fail (CPT_IS_WIDGET_EDITOR (self), FALSE);

  widget = cpt_dashboard_find_widget (dashboard, self->id, NULL);
  if (widget == NULL)
    {
      g_autofree char *made = NULL;

      /* A text says itself what it is */
      if (*title == '\0' && !g_str_equal (kind->name, "text"))
        made = metric != NULL ? cpt_widget_each_dup_title (CPT_WIDGET_EACH (self->each), metric) : g_strdup (_(kind->label));
      cpt_dashboard_add_widget (dashboard, self->id, kind->name, made != NULL ? made : title, query,
                                options, NULL);
      return FALSE;
    }

  cpt_widget_text_set (&widget->kind, kind->name);
  cpt_widget_text_set (&widget->title, title);
  g_clear_pointer (&widget->query, json_node_unref);
  widget->query = g_steal_pointer (&query);
  g_clear_pointer (&widget->options, json_object_unref);
  widget->options = g_steal_pointer (&options);

  return TRUE;
}
