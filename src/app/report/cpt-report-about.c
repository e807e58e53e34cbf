/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a report is about: by what it is filtered, which is remembered here, and
 * of what there is one each, which is the report's. Of several the pages of one
 * are shown, with a way to the others. */

#include "config.h"

#include "cpt-report-view-private.h"

#include <glib/gi18n.h>

#include "cpt-dashboard-bar.h"
#include "cpt-document-subject.h"
#include "cpt-question-filter.h"
#include "cpt-report-filters.h"

JsonNode *
cpt_report_view_get_filters (CptReportView *self)
{
  if (self->subjects != NULL && self->subject < self->subjects->len)
    return ((const CptDocumentSubject *) g_ptr_array_index (self->subjects, self->subject))->filters;

  return self->filters;
}

static void
show_pages (CptReportView *self)
{
  cpt_page_preview_show (CPT_PAGE_PREVIEW (self->preview), self->document, cpt_report_view_get_filters (self));
}

/* ---------------------------------------------------------------------- subjects */

static gboolean
has_focus (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* What can't be pressed gives the keyboard to its neighbour, not to nobody */
static void
enable_turns (CptReportView *self,
              gboolean       has_previous,
              gboolean       has_next)
{
  gboolean moves = (!has_previous && has_focus (self->previous)) || (!has_next && has_focus (self->next));

  if (moves)
    gtk_widget_grab_focus (gtk_widget_get_visible (self->subject_chooser) ? self->subject_chooser : self->each);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.previous", has_previous);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.next", has_next);
}

static void
show_subject (CptReportView *self)
{
  guint n = self->subjects != NULL ? self->subjects->len : 0;
  g_autofree char *text = NULL;

  if (n == 0)
    text = g_strdup (_("There is nothing that this report could be about."));
  else
    /* Translators: the number of the report that is shown, and how many there are */
    text = g_strdup_printf (_("%u of %u"), self->subject + 1, n);
  gtk_label_set_text (GTK_LABEL (self->position), text);
  gtk_widget_set_visible (self->subject_chooser, n > 0);
  enable_turns (self, n > 0 && self->subject > 0, self->subject + 1 < n);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.export-each", n > 0);
}

/* Takes @subjects. Who is looked at stays. */
static void
take_subjects (CptReportView *self,
               GPtrArray     *subjects)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);
  g_autofree char *shown = NULL;

  if (self->subjects != NULL && self->subject < self->subjects->len)
    shown = g_strdup (((const CptDocumentSubject *) g_ptr_array_index (self->subjects, self->subject))->key);
  g_clear_pointer (&self->subjects, g_ptr_array_unref);
  self->subjects = subjects;
  self->subject = 0;
  for (guint i = 0; i < subjects->len; i++)
    {
      const CptDocumentSubject *subject = g_ptr_array_index (subjects, i);

      if (g_strcmp0 (subject->key, shown) == 0)
        self->subject = i;
      gtk_string_list_append (titles, subject->title);
    }
  self->is_showing = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->subject_chooser), G_LIST_MODEL (titles));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->subject_chooser), self->subject);
  self->is_showing = FALSE;
  show_subject (self);
}

typedef struct
{
  CptDocument *document;
  JsonNode *filters; /* (nullable) */
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  cpt_document_free (search->document);
  g_clear_pointer (&search->filters, json_node_unref);
  g_free (search);
}

static gpointer
list_subjects (CptDatabase   *database,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  const Search *search = data;

  return cpt_document_list_subjects (search->document, search->filters, database, cancellable, error);
}

static void
subjects_listed_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(CptReportView) self = user_data;
  g_autoptr(GError) error = NULL;
  GPtrArray *subjects = cpt_store_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  take_subjects (self, subjects != NULL ? subjects : g_ptr_array_new ());
  if (error != NULL)
    gtk_label_set_text (GTK_LABEL (self->position), error->message);
  show_pages (self);
}

void
cpt_report_view_show_pages (CptReportView *self)
{
  gboolean is_each = self->document != NULL && self->document->parameter != NULL;
  Search *search;

  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  if (!is_each && has_focus (self->pager))
    gtk_widget_grab_focus (self->each);
  gtk_widget_set_visible (self->pager, is_each);
  if (!is_each)
    {
      g_clear_pointer (&self->subjects, g_ptr_array_unref);
      self->subject = 0;
      show_subject (self);
      if (self->document != NULL)
        show_pages (self);
      return;
    }

  self->searching = g_cancellable_new ();
  search = g_new0 (Search, 1);
  search->document = cpt_document_copy (self->document);
  search->filters = self->filters != NULL ? json_node_ref (self->filters) : NULL;
  cpt_store_read_async (cpt_view_get_store (CPT_VIEW (self)), G_PRIORITY_DEFAULT, list_subjects, search, search_free,
                        (GDestroyNotify) g_ptr_array_unref, self->searching, subjects_listed_cb, g_object_ref (self));
}

static void
choose_subject (CptReportView *self,
                guint          index)
{
  if (self->subjects == NULL || index >= self->subjects->len || index == self->subject)
    return;

  self->subject = index;
  self->is_showing = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->subject_chooser), index);
  self->is_showing = FALSE;
  show_subject (self);
  show_pages (self);
}

void
cpt_report_view_turn (CptReportView *self,
                      int            by)
{
  choose_subject (self, (guint) ((int) self->subject + by));
}

static void
subject_chosen_cb (CptReportView *self)
{
  if (!self->is_showing)
    choose_subject (self, gtk_drop_down_get_selected (GTK_DROP_DOWN (self->subject_chooser)));
}

/* --------------------------------------------------------------------- one for each */

/* Whether anything that is counted has to do with such records */
static gboolean
can_be_about (CptReportView   *self,
              const CptEntity *kind)
{
  for (guint i = 0; i < self->kinds->len; i++)
    {
      g_autofree char *path = cpt_question_map_path (self->schema, g_ptr_array_index (self->kinds, i), kind->name, "id");

      if (path != NULL)
        return TRUE;
    }

  return FALSE;
}

static void
append_each (GMenu      *menu,
             const char *label,
             const char *parameter)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "report.each", "s", parameter);
  g_menu_append_item (menu, item);
}

static void
show_each (CptReportView *self)
{
  static const char *const periods[] = { "week", "month", "quarter", "year" };
  const char *label = cpt_document_get_parameter_label (self->document->parameter, self->schema);
  g_autoptr(GPtrArray) all = cpt_schema_list_kinds (self->schema);
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) time = g_menu_new ();
  g_autoptr(GMenu) records = g_menu_new ();
  gboolean is_focused = has_focus (self->each);
  g_autofree char *text = NULL;

  append_each (menu, _("One Report"), "");
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    append_each (time, cpt_document_get_parameter_label (periods[i], self->schema), periods[i]);
  for (guint i = 0; i < all->len; i++)
    {
      const CptEntity *kind = g_ptr_array_index (all, i);

      if (can_be_about (self, kind))
        append_each (records, cpt_entity_get_label (kind), kind->name);
    }
  g_menu_append_section (menu, _("A Report for Each"), G_MENU_MODEL (records));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (time));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->each), G_MENU_MODEL (menu));
  /* It was perhaps in the menu that is gone */
  if (is_focused)
    gtk_widget_grab_focus (self->each);

  if (self->document->parameter == NULL)
    text = g_strdup (_("One Report"));
  else
    /* Translators: a report is made for each record of a kind, or each period: "For each: Organisation" */
    text = g_strdup_printf (_("For each: %s"), label != NULL ? label : self->document->parameter);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->each), text);
}

void
cpt_report_view_set_each (CptReportView *self,
                          const char    *parameter)
{
  g_autoptr(CptDocument) document = NULL;

  if (self->document == NULL || g_strcmp0 (self->document->parameter != NULL ? self->document->parameter : "", parameter) == 0)
    return;

  /* The menu goes with what it is made from: the keyboard stays here */
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->each));
  gtk_widget_grab_focus (self->each);
  document = cpt_document_copy (self->document);
  g_clear_pointer (&document->parameter, g_free);
  if (*parameter != '\0')
    document->parameter = g_strdup (parameter);
  cpt_report_view_save (self, document, *parameter != '\0' ? _("One report has become many") : _("It is one report again"));
}

/* ----------------------------------------------------------------------- the bar */

static void
bar_changed_cb (CptReportView *self)
{
  JsonNode *filters = cpt_dashboard_bar_get_filters (CPT_DASHBOARD_BAR (self->bar));

  g_clear_pointer (&self->filters, json_node_unref);
  self->filters = filters != NULL ? json_node_ref (filters) : NULL;
  cpt_report_filters_keep (cpt_view_get_window (CPT_VIEW (self)), &self->id, self->filters);
  cpt_report_view_show_pages (self);
}

void
cpt_report_view_show_about (CptReportView *self)
{
  gboolean can_edit = !cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self)));

  g_clear_pointer (&self->filters, json_node_unref);
  if (!cpt_uuid_equal (&self->about_id, &self->id))
    g_clear_pointer (&self->subjects, g_ptr_array_unref);
  self->about_id = self->id;
  gtk_widget_set_visible (self->about, self->document != NULL);
  if (self->document == NULL)
    return;

  self->filters = cpt_report_filters_load (cpt_view_get_window (CPT_VIEW (self)), &self->id);
  cpt_dashboard_bar_show (CPT_DASHBOARD_BAR (self->bar), self->filters, NULL, self->kinds);
  show_each (self);
  gtk_widget_set_sensitive (self->each, can_edit);
}

static GtkWidget *
create_turn (const char *icon,
             const char *tooltip,
             const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "flat");

  return button;
}

static GtkWidget *
create_pager (CptReportView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkExpression *title = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  self->position = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->position), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->position, "dim-label");
  gtk_widget_add_css_class (self->position, "numeric");
  self->subject_chooser = gtk_drop_down_new (NULL, title);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (self->subject_chooser), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->subject_chooser), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What the shown report is about"), -1);
  g_signal_connect_object (self->subject_chooser, "notify::selected", G_CALLBACK (subject_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  self->previous = create_turn ("go-previous-symbolic", _("Previous Report"), "report.previous");
  self->next = create_turn ("go-next-symbolic", _("Next Report"), "report.next");
  gtk_box_append (GTK_BOX (box), self->previous);
  gtk_box_append (GTK_BOX (box), self->subject_chooser);
  gtk_box_append (GTK_BOX (box), self->next);
  gtk_box_append (GTK_BOX (box), self->position);
  gtk_widget_add_css_class (box, "report-pager");
  gtk_widget_set_visible (box, FALSE);

  return box;
}

GtkWidget *
cpt_report_view_create_about (CptReportView *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->about = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->bar = cpt_dashboard_bar_new (cpt_view_get_store (CPT_VIEW (self)), self->schema);
  cpt_dashboard_bar_set_plain (CPT_DASHBOARD_BAR (self->bar), _("Filters of the report"), _("Filter the Report"));
  gtk_widget_set_hexpand (self->bar, TRUE);
  g_signal_connect_object (self->bar, "changed", G_CALLBACK (bar_changed_cb), self, G_CONNECT_SWAPPED);
  self->each = gtk_menu_button_new ();
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (self->each), FALSE);
  gtk_widget_set_tooltip_text (self->each, _("A Report for Each"));
  gtk_widget_set_valign (self->each, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), self->bar);
  gtk_box_append (GTK_BOX (row), self->each);
  self->pager = create_pager (self);
  gtk_widget_add_css_class (self->about, "report-about");
  gtk_box_append (GTK_BOX (self->about), row);
  gtk_box_append (GTK_BOX (self->about), self->pager);
  gtk_widget_set_visible (self->about, FALSE);

  return self->about;
}
