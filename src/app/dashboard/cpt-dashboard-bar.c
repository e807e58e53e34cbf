/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The bar of filters above a dashboard. It shows the list of filters and makes a
 * new one with each change; what the list means is the report room's. The
 * conditions are put together in the editor that lists have; a filter is about
 * one kind of record, chosen first where the widgets count several.
 */

#include "config.h"

#include "cpt-dashboard-bar.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpt-filter-editor.h"
#include "cpt-period-button.h"
#include "cpt-question-filter.h"

#define MIN_CHIP_CHARS 12

struct _CptDashboardBar
{
  GtkWidget parent_instance;

  CptStore *store;
  CptSchema *schema;
  JsonNode *filters;  /* (nullable) */
  JsonNode *saved;    /* (nullable) */
  JsonNode *focus;    /* (nullable) */
  GPtrArray *sources; /* CptEntity */
  GArray *shown;      /* of int: the filter of each chip, or -1 */
  GCancellable *cancellable;

  /* Borrowed from GTK */
  GtkWidget *period;
  GtkWidget *chips;
  GtkWidget *add;
  GtkWidget *reset;
  GtkWidget *save;
  GtkWidget *editor; /* (nullable): of a new condition, shown last */
  gboolean is_plain; /* nothing is saved or reset from here */
};

G_DEFINE_FINAL_TYPE (CptDashboardBar, cpt_dashboard_bar, GTK_TYPE_WIDGET)

static void show_all (CptDashboardBar *self);

/* Takes @filters */
static void
take_filters (CptDashboardBar *self,
              JsonNode        *filters)
{
  g_clear_pointer (&self->filters, json_node_unref);
  self->filters = filters;
  show_all (self);
  g_signal_emit_by_name (self, "changed");
}

/* Takes @filter (nullable) */
static void
set_filter (CptDashboardBar *self,
            int              index,
            JsonObject      *filter)
{
  JsonNode *filters = cpt_dashboard_filters_set (self->filters, index, filter);

  g_clear_pointer (&filter, json_object_unref);
  take_filters (self, filters);
}

static void
period_changed_cb (CptDashboardBar *self)
{
  JsonNode *period = cpt_period_button_get_period (CPT_PERIOD_BUTTON (self->period));
  int index = cpt_dashboard_filters_find (self->filters, NULL, NULL);
  gboolean is_offered = cpt_dashboard_filters_find (self->saved, NULL, NULL) >= 0;

  set_filter (self, index, period != NULL || is_offered ? cpt_dashboard_filter_new_period (period) : NULL);
}

/* The position in the list of the filter whose chip @widget is in, or -1 */
static int
find_index (CptDashboardBar *self,
            GtkWidget       *widget)
{
  GtkWidget *chip = widget;
  guint position = 0;

  while (chip != NULL && gtk_widget_get_parent (chip) != self->chips)
    chip = gtk_widget_get_parent (chip);
  if (chip == NULL)
    return -1;

  for (GtkWidget *before = gtk_widget_get_prev_sibling (chip); before != NULL; before = gtk_widget_get_prev_sibling (before))
    position++;

  return position < self->shown->len ? g_array_index (self->shown, int, position) : -1;
}

/* The same field may stand in the list once: what it was is replaced. */
static void
applied_cb (GtkWidget       *editor,
            CptFilter       *condition,
            CptDashboardBar *self)
{
  g_autofree char *path = cpt_path_format (cpt_filter_get_path (condition));
  int index = cpt_dashboard_filters_find (self->filters, cpt_filter_get_entity (condition)->name, path);
  int edited = find_index (self, editor);

  set_filter (self, edited >= 0 ? edited : index, cpt_dashboard_filter_new_condition (condition));
}

/* What the dashboard offers stays in the bar without a value; what the person
 * added goes */
static void
remove_cb (GtkButton       *button,
           CptDashboardBar *self)
{
  int index = find_index (self, GTK_WIDGET (button));
  CptDashboardFilter filter;
  gboolean is_saved;

  if (index < 0)
    return;

  cpt_dashboard_filters_get (self->filters, (guint) index, &filter);
  is_saved = cpt_dashboard_filters_find (self->saved, filter.source, filter.field) >= 0;
  set_filter (self, index,
              is_saved && cpt_dashboard_filter_is_on (&filter) ? cpt_dashboard_filter_new_offered (filter.source, filter.field)
                                                               : NULL);
  gtk_widget_grab_focus (self->add);
}

static void
unfocus_cb (CptDashboardBar *self)
{
  g_signal_emit_by_name (self, "unfocused");
}

/* ---------------------------------------------------------------------- chips */

static void
show_sentence (GtkWidget  *label,
               const char *sentence)
{
  gtk_label_set_text (GTK_LABEL (label), sentence);
  gtk_label_set_width_chars (GTK_LABEL (label), (int) MIN (g_utf8_strlen (sentence, -1), MIN_CHIP_CHARS));
  gtk_widget_set_tooltip_text (label, sentence);
}

typedef struct
{
  JsonNode *filters;
  CptSchema *schema;
} SentenceData;

static void
sentence_data_free (gpointer pointer)
{
  SentenceData *data = pointer;

  json_node_unref (data->filters);
  cpt_schema_unref (data->schema);
  g_free (data);
}

static gpointer
read_sentence (CptDatabase   *database,
               gpointer       user_data,
               GCancellable  *cancellable,
               GError       **error)
{
  const SentenceData *data = user_data;

  return cpt_dashboard_filters_to_sentence (data->filters, data->schema, database);
}

static void
sentence_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GtkLabel) label = user_data;
  g_autofree char *sentence = cpt_store_finish (CPT_STORE (source), result, NULL);
  GtkWidget *button;

  if (sentence == NULL)
    return;

  show_sentence (GTK_WIDGET (label), sentence);
  button = gtk_widget_get_ancestor (GTK_WIDGET (label), GTK_TYPE_MENU_BUTTON);
  if (button != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

/* The titles of linked records come a moment later. */
static GtkWidget *
create_label (CptDashboardBar *self,
              JsonNode        *filters)
{
  g_autofree char *sentence = cpt_dashboard_filters_to_sentence (filters, self->schema, NULL);
  SentenceData *data = g_new0 (SentenceData, 1);
  GtkWidget *label = gtk_label_new (NULL);

  show_sentence (label, sentence != NULL ? sentence : "");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  data->filters = json_node_ref (filters);
  data->schema = cpt_schema_ref (self->schema);
  cpt_store_read_async (self->store, G_PRIORITY_HIGH, read_sentence, data, sentence_data_free, g_free, self->cancellable,
                        sentence_cb, g_object_ref (label));

  return label;
}

static GtkWidget *
create_offered_label (CptDashboardBar          *self,
                      const CptDashboardFilter *filter,
                      gboolean                  is_gone)
{
  g_autofree char *name = cpt_dashboard_filter_dup_label (filter, self->schema);
  g_autofree char *text = NULL;

  if (is_gone)
    /* Translators: a filter of a dashboard; %s is the name of its field */
    text = g_strdup_printf (_("%s: no such field"), name);
  else
    /* Translators: a filter of a dashboard that has no value yet; %s is its field: "Owner: any" */
    text = g_strdup_printf (_("%s: any"), name);

  return gtk_label_new (text);
}

static GtkWidget *
create_remove (const char *tooltip)
{
  GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_add_css_class (remove, "circular");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (remove, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);

  return remove;
}

static GtkWidget *
create_chip (CptDashboardBar *self,
             guint            index)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *remove = create_remove (_("Remove Filter"));
  CptDashboardFilter filter;
  const CptEntity *entity;
  g_autoptr(CptFilter) condition = NULL;
  CptPath path;
  GtkWidget *label, *editor;

  cpt_dashboard_filters_get (self->filters, index, &filter);
  entity = cpt_schema_find_entity (self->schema, filter.source);
  condition = cpt_dashboard_filter_create_condition (&filter, self->schema);
  if (condition != NULL)
    {
      g_autoptr(JsonObject) one = cpt_dashboard_filter_new_condition (condition);
      g_autoptr(JsonNode) list = cpt_dashboard_filters_set (NULL, -1, one);

      label = create_label (self, list);
    }
  else
    {
      gboolean is_known = entity != NULL && cpt_path_parse (self->schema, entity, filter.field, &path, NULL);

      label = create_offered_label (self, &filter, !is_known);
    }

  gtk_widget_add_css_class (chip, "chip");
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), label);
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (button), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (label)), -1);
  if (entity != NULL)
    {
      editor = cpt_filter_editor_new (self->store, self->schema, entity, condition);
      cpt_filter_editor_set_start (CPT_FILTER_EDITOR (editor), filter.field);
      g_signal_connect_object (editor, "applied", G_CALLBACK (applied_cb), self, 0);
      gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), editor);
    }
  gtk_box_append (GTK_BOX (chip), button);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_cb), self, 0);
  gtk_box_append (GTK_BOX (chip), remove);

  return chip;
}

/* What a mark was chosen for: it is taken away as a whole. */
static GtkWidget *
create_focus_chip (CptDashboardBar *self)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *remove = create_remove (_("Show Everything Again"));

  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_add_css_class (chip, "focus-chip");
  gtk_box_append (GTK_BOX (chip), gtk_image_new_from_icon_name ("find-location-symbolic"));
  gtk_box_append (GTK_BOX (chip), create_label (self, self->focus));
  g_signal_connect_object (remove, "clicked", G_CALLBACK (unfocus_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (chip), remove);

  return chip;
}

static void
show_all (CptDashboardBar *self)
{
  gboolean is_changed = !cpt_dashboard_filters_equal (self->filters, self->saved);
  int index = cpt_dashboard_filters_find (self->filters, NULL, NULL);
  CptDashboardFilter filter = { FALSE };
  int none = -1;
  GtkWidget *child;

  if (index >= 0)
    cpt_dashboard_filters_get (self->filters, (guint) index, &filter);
  cpt_period_button_set_period (CPT_PERIOD_BUTTON (self->period), filter.period);

  while ((child = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_box_remove (GTK_BOX (self->chips), child);
  g_array_set_size (self->shown, 0);
  if (self->focus != NULL)
    {
      gtk_box_append (GTK_BOX (self->chips), create_focus_chip (self));
      g_array_append_val (self->shown, none);
    }
  for (int i = 0; i < (int) cpt_dashboard_filters_count (self->filters); i++)
    {
      cpt_dashboard_filters_get (self->filters, (guint) i, &filter);
      if (filter.is_period)
        continue;
      gtk_box_append (GTK_BOX (self->chips), create_chip (self, (guint) i));
      g_array_append_val (self->shown, i);
    }
  gtk_widget_set_visible (self->reset, is_changed && !self->is_plain);
  gtk_widget_set_visible (self->save, is_changed && !self->is_plain && !cpt_store_is_read_only (self->store));
}

/* --------------------------------------------------------------------- adding */

static void
editor_closed_cb (GtkPopover *editor)
{
  gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (editor)));
}

static gboolean
popup_idle_cb (gpointer data)
{
  g_autoptr(CptDashboardBar) self = CPT_DASHBOARD_BAR (data);

  if (self->editor != NULL)
    gtk_popover_popup (GTK_POPOVER (self->editor));

  return G_SOURCE_REMOVE;
}

/* "deal" or "deal:owner.team": the editor comes when the menu is gone */
static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  CptDashboardBar *self = CPT_DASHBOARD_BAR (widget);
  g_auto(GStrv) parts = g_strsplit (g_variant_get_string (parameter, NULL), ":", 2);
  const CptEntity *entity = parts[0] != NULL ? cpt_schema_find_entity (self->schema, parts[0]) : NULL;

  if (entity == NULL)
    return;

  g_clear_pointer (&self->editor, gtk_widget_unparent);
  self->editor = cpt_filter_editor_new (self->store, self->schema, entity, NULL);
  cpt_filter_editor_set_start (CPT_FILTER_EDITOR (self->editor), parts[1]);
  g_signal_connect_object (self->editor, "applied", G_CALLBACK (applied_cb), self, 0);
  g_signal_connect (self->editor, "closed", G_CALLBACK (editor_closed_cb), NULL);
  gtk_widget_set_parent (self->editor, self->add);
  g_idle_add (popup_idle_cb, g_object_ref (self));
}

static void
add_item (GMenu      *menu,
          const char *label,
          const char *target)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "bar.add", "s", target);
  g_menu_append_item (menu, item);
}

/* Whose it is and their team, asked of the first kind that has them */
static void
add_people (CptDashboardBar *self,
            GMenu           *menu)
{
  static const char *const fields[] = { "owner", "owner.team" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    for (guint j = 0; j < self->sources->len; j++)
      {
        const CptEntity *entity = g_ptr_array_index (self->sources, j);
        g_autofree char *target = g_strdup_printf ("%s:%s", entity->name, fields[i]);
        CptPath path;

        if (!cpt_path_parse (self->schema, entity, fields[i], &path, NULL))
          continue;
        add_item (menu, cpt_field_get_label (cpt_path_get_field (&path)), target);
        break;
      }
}

static void
create_add_menu (CptDashboardBar *self)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) people = g_menu_new ();
  g_autoptr(GMenu) kinds = g_menu_new ();

  add_people (self, people);
  for (guint i = 0; i < self->sources->len; i++)
    {
      const CptEntity *entity = g_ptr_array_index (self->sources, i);
      g_autofree char *label = NULL;

      /* Translators: opens a choice of fields to filter a dashboard by; %s is a kind of record: "Deal…" */
      label = g_strdup_printf (_("%s…"), cpt_entity_get_label (entity));
      add_item (kinds, label, entity->name);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (people));
  g_menu_append_section (menu, _("By a field of"), G_MENU_MODEL (kinds));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->add), G_MENU_MODEL (menu));
}

/* ----------------------------------------------------------------- the object */

static void
cpt_dashboard_bar_dispose (GObject *object)
{
  CptDashboardBar *self = CPT_DASHBOARD_BAR (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->editor, gtk_widget_unparent);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (cpt_dashboard_bar_parent_class)->dispose (object);
}

static void
cpt_dashboard_bar_finalize (GObject *object)
{
  CptDashboardBar *self = CPT_DASHBOARD_BAR (object);

  g_clear_pointer (&self->filters, json_node_unref);
  g_clear_pointer (&self->saved, json_node_unref);
  g_clear_pointer (&self->focus, json_node_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_array_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (cpt_dashboard_bar_parent_class)->finalize (object);
}

static void
cpt_dashboard_bar_class_init (CptDashboardBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_dashboard_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_dashboard_bar_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "bar.add", "s", add_action);

  g_signal_new ("changed", CPT_TYPE_DASHBOARD_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("unfocused", CPT_TYPE_DASHBOARD_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
create_scroller (CptDashboardBar *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *content = adw_button_content_new ();

  self->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "cpt-filter-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _("Filter"));
  self->add = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->add), content);
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (self->add), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Filter the Dashboard"), -1);

  gtk_box_append (GTK_BOX (box), self->period);
  gtk_box_append (GTK_BOX (box), self->chips);
  gtk_box_append (GTK_BOX (box), self->add);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_widget_set_hexpand (scroller, TRUE);

  return scroller;
}

static GtkWidget *
create_button (const char *icon,
               const char *tooltip,
               const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);

  return button;
}

static void
cpt_dashboard_bar_init (CptDashboardBar *self)
{
  self->cancellable = g_cancellable_new ();
  self->sources = g_ptr_array_new ();
  self->shown = g_array_new (FALSE, FALSE, sizeof (int));
  gtk_widget_add_css_class (GTK_WIDGET (self), "dashboard-bar");
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Filters of the dashboard"), -1);
}

GtkWidget *
cpt_dashboard_bar_new (CptStore  *store,
                       CptSchema *schema)
{
  CptDashboardBar *self = g_object_new (CPT_TYPE_DASHBOARD_BAR, NULL);

  self->store = g_object_ref (store);
  self->schema = cpt_schema_ref (schema);
  self->period = cpt_period_button_new (store, schema);
  g_signal_connect_object (self->period, "changed", G_CALLBACK (period_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (create_scroller (self), GTK_WIDGET (self));
  self->save = create_button ("bookmark-new-symbolic", _("Save These Filters with the Dashboard"), "dashboard.save-filters");
  gtk_widget_set_parent (self->save, GTK_WIDGET (self));
  self->reset = create_button ("edit-undo-symbolic", _("Reset Filters"), "dashboard.reset-filters");
  gtk_widget_set_parent (self->reset, GTK_WIDGET (self));
  show_all (self);

  return GTK_WIDGET (self);
}

static void
replace_node (JsonNode **place,
              JsonNode  *node)
{
  if (node != NULL)
    json_node_ref (node);
  g_clear_pointer (place, json_node_unref);
  *place = node;
}

void
cpt_dashboard_bar_show (CptDashboardBar *self,
                        JsonNode        *filters,
                        JsonNode        *saved,
                        GPtrArray       *sources)
{
  g_return_if_fail (CPT_IS_DASHBOARD_BAR (self));
  g_return_if_fail (sources != NULL);

  replace_node (&self->filters, filters);
  replace_node (&self->saved, saved);
  g_ptr_array_unref (self->sources);
  self->sources = g_ptr_array_ref (sources);
  create_add_menu (self);
  show_all (self);
}

void
cpt_dashboard_bar_set_plain (CptDashboardBar *self,
                             const char      *label,
                             const char      *add_label)
{
  g_return_if_fail (CPT_IS_DASHBOARD_BAR (self));

  self->is_plain = TRUE;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, add_label, -1);
}

JsonNode *
cpt_dashboard_bar_get_filters (CptDashboardBar *self)
{
  g_return_val_if_fail (CPT_IS_DASHBOARD_BAR (self), NULL);

  return self->filters;
}

void
cpt_dashboard_bar_set_focus (CptDashboardBar *self,
                             JsonNode        *focus)
{
  g_return_if_fail (CPT_IS_DASHBOARD_BAR (self));

  replace_node (&self->focus, focus);
  show_all (self);
}
