/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Reports. A report is a record; whatever a person does to one is a change of
 * that record, undone like any other. The pages are those that are printed and
 * written into files: they are laid out anew after each change, of the report or
 * of what it tells.
 */

#include "config.h"

#include "cpt-report-view.h"

#include <glib/gi18n.h>

#include "cpt-document-subject.h"
#include "cpt-metric.h"
#include "cpt-name-chooser.h"
#include "cpt-query.h"
#include "cpt-report-view-private.h"
#include "cpt-schedules-view.h"

#define STATE_KEY "report"
#define PARTS_WIDTH 340
/* What changes while pages are read is read with what comes after it */
#define READING_DELAY 250

G_DEFINE_FINAL_TYPE (CptReportView, cpt_report_view, CPT_TYPE_VIEW)

/* --------------------------------------------------------------------- reading */

typedef struct
{
  GPtrArray *records;
  GPtrArray *templates;
  GPtrArray *dashboards;
  GPtrArray *metrics;
  GPtrArray *kinds; /* of GPtrArray: what each of the reports counts */
  GHashTable *questions;
} Reports;

static void
reports_free (Reports *self)
{
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->templates, g_ptr_array_unref);
  g_clear_pointer (&self->dashboards, g_ptr_array_unref);
  g_clear_pointer (&self->metrics, g_ptr_array_unref);
  g_clear_pointer (&self->kinds, g_ptr_array_unref);
  g_clear_pointer (&self->questions, g_hash_table_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reports, reports_free)

static GPtrArray *
read_records (CptDatabase  *database,
              const char   *name,
              GError      **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(CptQuery) query = cpt_query_new (schema, cpt_schema_find_entity (schema, name));

  return cpt_query_set_sort (query, "position,name", error) ? cpt_query_load_records (query, database, 500, error) : NULL;
}

static void
add_questions (GHashTable         *questions,
               CptDatabase        *database,
               const CptDashboard *widgets)
{
  for (guint i = 0; widgets != NULL && i < cpt_dashboard_get_n_widgets (widgets); i++)
    {
      const CptWidget *widget = cpt_dashboard_get_widget (widgets, i);
      char *sentence;

      if (widget->title[0] != '\0' || widget->query == NULL)
        continue;
      sentence = cpt_question_to_sentence (database, widget->query);
      if (sentence != NULL)
        g_hash_table_insert (questions, json_to_string (widget->query, FALSE), sentence);
    }
}

static GHashTable *
list_questions (CptDatabase *database,
                GPtrArray   *records)
{
  GHashTable *questions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr(CptDocument) document = cpt_document_new_for_record (g_ptr_array_index (records, i), NULL);

      for (guint j = 0; document != NULL && j < cpt_document_get_n_blocks (document); j++)
        add_questions (questions, database, cpt_document_get_block (document, j)->widgets);
    }

  return questions;
}

static GPtrArray *
list_kinds (CptDatabase *database,
            GPtrArray   *records)
{
  GPtrArray *lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr(CptDocument) document = cpt_document_new_for_record (g_ptr_array_index (records, i), NULL);

      g_ptr_array_add (lists, document != NULL ? cpt_document_list_kinds (document, database) : g_ptr_array_new ());
    }

  return lists;
}

/* Out of @records */
static GPtrArray *
take_templates (GPtrArray *records)
{
  GPtrArray *templates = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_record_unref);

  for (guint i = 0; i < records->len;)
    if (cpt_record_get_integer (g_ptr_array_index (records, i), "is_template") != 0)
      {
        g_ptr_array_add (templates, cpt_record_ref (g_ptr_array_index (records, i)));
        g_ptr_array_remove_index (records, i);
      }
    else
      i++;

  return templates;
}

static gpointer
read_reports (CptDatabase   *database,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(Reports) read = g_new0 (Reports, 1);

  read->records = read_records (database, "report", error);
  if (read->records != NULL)
    {
      read->templates = take_templates (read->records);
      read->dashboards = read_records (database, "dashboard", error);
    }
  if (read->dashboards != NULL)
    read->metrics = cpt_metric_list (database, error);
  if (read->metrics != NULL)
    {
      read->kinds = list_kinds (database, read->records);
      read->questions = list_questions (database, read->records);
    }

  return read->metrics != NULL ? g_steal_pointer (&read) : NULL;
}

/* --------------------------------------------------------------------- showing */

static void
show_message (CptReportView *self,
              const char    *title,
              const char    *description)
{
  GtkWidget *page = gtk_stack_get_child_by_name (GTK_STACK (self->stack), "message");
  g_autofree char *text = g_markup_escape_text (description, -1);

  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), text);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), page);
}

static void
read_pages (gpointer data)
{
  CptReportView *self = data;

  self->reading = 0;
  if (self->document != NULL)
    cpt_report_view_show_pages (self);
}

static void
read_pages_soon (CptReportView *self)
{
  if (self->reading == 0)
    self->reading = g_timeout_add_once (READING_DELAY, read_pages, self);
}

static const CptRecord *
find_record (CptReportView *self,
             guint         *index)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (self->records, i);

      if (!cpt_uuid_equal (&record->id, &self->id))
        continue;
      *index = i;
      return record;
    }

  *index = 0;

  return self->records->len > 0 ? g_ptr_array_index (self->records, 0) : NULL;
}

/* The drop-down says the name, too; a narrow window has no room for both */
static void
place_chooser (CptReportView *self)
{
  gboolean is_narrow = cpt_view_is_narrow (CPT_VIEW (self));

  cpt_name_chooser_place (self->chooser, self->head, self->column, is_narrow);
  cpt_view_set_title_visible (CPT_VIEW (self), !is_narrow || !gtk_widget_get_visible (self->chooser));
}

static void
show_chooser (CptReportView *self,
              guint          selected)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->records->len; i++)
    {
      g_autofree char *title = cpt_record_dup_title (g_ptr_array_index (self->records, i));

      gtk_string_list_append (names, title);
    }
  self->is_showing = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->chooser), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->chooser), selected);
  gtk_widget_set_visible (self->chooser, self->records->len > 1);
  self->is_showing = FALSE;
  place_chooser (self);
}

static void
update_actions (CptReportView *self)
{
  gboolean can_edit = !cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self)));
  gboolean has_report = self->document != NULL;

  gtk_widget_set_visible (self->add, can_edit && has_report);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.new", can_edit);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.template", can_edit && has_report);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.setup", can_edit && has_report);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.properties", has_report);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.schedules", has_report);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.print", has_report);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.export", has_report);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.export-workbook", has_report);
}

static void
show_report (CptReportView *self)
{
  guint selected = 0;
  const CptRecord *record = find_record (self, &selected);
  g_autoptr(GError) error = NULL;
  g_autofree char *title = record != NULL ? cpt_record_dup_title (record) : g_strdup (_("Reports"));

  g_clear_pointer (&self->document, cpt_document_free);
  show_chooser (self, selected);
  cpt_view_set_title (CPT_VIEW (self), title);
  if (record != NULL)
    {
      g_autofree char *id = cpt_uuid_dup_text (&record->id);

      self->id = record->id;
      self->document = cpt_document_new_for_record (record, &error);
      cpt_window_set_state (cpt_view_get_window (CPT_VIEW (self)), STATE_KEY, id);
    }
  update_actions (self);
  if (record == NULL)
    show_message (self, _("No reports yet"), _("A report puts charts, tables and texts on pages, to be printed or sent."));
  else if (self->document == NULL)
    show_message (self, _("This report can’t be shown"), error->message);
  else
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "report");
  gtk_widget_set_visible (self->begin, record == NULL);

  cpt_report_view_show_parts (self);
  self->kinds = selected < self->all_kinds->len ? g_ptr_array_index (self->all_kinds, selected) : self->no_kinds;
  cpt_report_view_show_about (self);
  cpt_report_view_show_pages (self);
}

static void
reports_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(CptReportView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(Reports) read = cpt_store_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (read == NULL)
    {
      show_message (self, _("The reports could not be read"), error->message);
      return;
    }

  g_ptr_array_unref (self->records);
  g_ptr_array_unref (self->templates);
  g_ptr_array_unref (self->dashboards);
  g_ptr_array_unref (self->metrics);
  self->templates = g_steal_pointer (&read->templates);
  self->records = g_steal_pointer (&read->records);
  self->dashboards = g_steal_pointer (&read->dashboards);
  self->metrics = g_steal_pointer (&read->metrics);
  g_ptr_array_unref (self->all_kinds);
  self->all_kinds = g_steal_pointer (&read->kinds);
  g_clear_pointer (&self->questions, g_hash_table_unref);
  self->questions = g_steal_pointer (&read->questions);
  show_report (self);
}

static void
reload (CptReportView *self)
{
  cpt_store_read_async (cpt_view_get_store (CPT_VIEW (self)), G_PRIORITY_DEFAULT, read_reports, NULL, NULL,
                        (GDestroyNotify) reports_free, self->cancellable, reports_read_cb, g_object_ref (self));
}

static void
cpt_report_view_changed (CptView      *view,
                         CptChangeSet *set)
{
  CptReportView *self = CPT_REPORT_VIEW (view);

  if (cpt_change_set_is_truncated (set) || cpt_change_set_has_entity (set, "report") ||
      cpt_change_set_has_entity (set, "dashboard") || cpt_change_set_has_entity (set, "metric"))
    reload (self);
  else
    read_pages_soon (self);
}

static void
counted_cb (CptReportView *self)
{
  CptReportDrawing *drawing = cpt_page_preview_get_drawing (CPT_PAGE_PREVIEW (self->preview));
  guint n = cpt_report_drawing_get_n_pages (drawing);
  g_autofree char *text = g_strdup_printf (ngettext ("%u page", "%u pages", n), n);

  gtk_label_set_text (GTK_LABEL (self->status), text);
}

static void
failed_cb (CptReportView *self,
           const GError  *error)
{
  gtk_label_set_text (GTK_LABEL (self->status), error->message);
}

/* -------------------------------------------------------------------- changing */

void
cpt_report_view_save (CptReportView     *self,
                      const CptDocument *document,
                      const char        *toast)
{
  const CptEntity *entity = cpt_schema_find_entity (self->schema, "report");
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, toast);
  g_autofree char *definition = cpt_document_format (document);
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, definition);
  cpt_transaction_set (transaction, entity, &self->id, cpt_entity_find_field (entity, "definition"), &value);
  cpt_window_commit (cpt_view_get_window (CPT_VIEW (self)), transaction, toast, NULL, NULL, NULL);
}

static void
new_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  cpt_report_view_begin (CPT_REPORT_VIEW (widget));
}

static void
template_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  CptReportView *self = CPT_REPORT_VIEW (widget);

  if (self->document != NULL)
    cpt_report_view_keep_as_template (self);
}

static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  CptReportView *self = CPT_REPORT_VIEW (widget);

  if (self->document != NULL)
    cpt_report_view_add_part (self, g_variant_get_string (parameter, NULL));
}

static void
setup_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  cpt_report_view_set_up (CPT_REPORT_VIEW (widget));
}

/* Name, description and owner are edited on the record's own page. */
static void
properties_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  CptReportView *self = CPT_REPORT_VIEW (widget);

  if (self->document != NULL)
    cpt_window_open_record (cpt_view_get_window (CPT_VIEW (self)), cpt_schema_find_entity (self->schema, "report"), &self->id);
}

static void
schedules_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  CptReportView *self = CPT_REPORT_VIEW (widget);
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));

  if (self->document != NULL)
    cpt_window_push (window, cpt_schedules_view_new (window, &self->id, self->document->title));
}

static void
each_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  cpt_report_view_set_each (CPT_REPORT_VIEW (widget), g_variant_get_string (parameter, NULL));
}

static void
turn_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  cpt_report_view_turn (CPT_REPORT_VIEW (widget), g_str_equal (action_name, "report.next") ? 1 : -1);
}

static void
export_each_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  cpt_report_view_export_each (CPT_REPORT_VIEW (widget));
}

static void
cpt_report_view_export_pdf (CptView *view)
{
  CptReportView *self = CPT_REPORT_VIEW (view);

  if (self->document != NULL)
    cpt_report_view_export (self, FALSE);
}

static void
export_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  CptReportView *self = CPT_REPORT_VIEW (widget);

  if (self->document != NULL)
    cpt_report_view_export (self, g_str_equal (action_name, "report.export-workbook"));
}

static void
print_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  CptReportView *self = CPT_REPORT_VIEW (widget);

  if (self->document != NULL)
    cpt_report_view_print (self);
}

static void
chosen_cb (CptReportView *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->chooser));

  if (self->is_showing || selected >= self->records->len)
    return;

  self->id = ((const CptRecord *) g_ptr_array_index (self->records, selected))->id;
  show_report (self);
}

void
cpt_report_view_show (CptReportView *self,
                      const CptUuid *id)
{
  g_return_if_fail (CPT_IS_REPORT_VIEW (self));
  g_return_if_fail (id != NULL);

  self->id = *id;
  /* What is being read shows it too */
  if (self->records->len > 0)
    show_report (self);
}

/* -------------------------------------------------------------------- building */

/* One pane at a time where there is little room */
static void
update_panes (CptReportView *self)
{
  gboolean is_narrow = cpt_view_is_narrow (CPT_VIEW (self));
  gboolean shows_pages = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->switcher));

  place_chooser (self);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_parent (self->each)),
                                  is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_halign (self->each, is_narrow ? GTK_ALIGN_START : GTK_ALIGN_FILL);
  gtk_widget_set_visible (self->switcher, is_narrow);
  gtk_widget_set_visible (self->parts_pane, !is_narrow || !shows_pages);
  gtk_widget_set_visible (self->preview, !is_narrow || shows_pages);
  gtk_widget_set_hexpand (self->parts_pane, is_narrow);
  gtk_widget_set_size_request (self->parts_pane, is_narrow ? -1 : PARTS_WIDTH, -1);
}

static GMenuModel *
create_add_menu (void)
{
  static const char *const items[][2] = {
    { N_("_Heading…"), "report.add::heading" },
    { N_("_Text…"), "report.add::text" },
    { N_("_Chart…"), "report.add::chart" },
    { N_("_Dashboard…"), "report.add::dashboard" },
    { N_("Ta_ble…"), "report.add::table" },
    { N_("_Page Break"), "report.add::break" },
  };
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    g_menu_append (menu, _(items[i][0]), items[i][1]);

  return G_MENU_MODEL (menu);
}

static GMenuModel *
create_page_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) out = g_menu_new ();
  g_autoptr(GMenu) set_up = g_menu_new ();
  g_autoptr(GMenu) make = g_menu_new ();

  g_menu_append (out, _("_Export as PDF…"), "report.export");
  g_menu_append (out, _("Export as S_preadsheet…"), "report.export-workbook");
  g_menu_append (out, _("Export _All into a Folder…"), "report.export-each");
  g_menu_append (out, _("_Print…"), "report.print");
  g_menu_append (out, _("_Schedules…"), "report.schedules");
  g_menu_append (set_up, _("Page _Setup…"), "report.setup");
  g_menu_append (set_up, _("P_roperties"), "report.properties");
  g_menu_append (make, _("_New Report…"), "report.new");
  g_menu_append (make, _("Save as _Template"), "report.template");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (out));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (set_up));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (make));

  return G_MENU_MODEL (menu);
}

/* In place of the list */
static GtkWidget *
create_nothing (CptReportView *self)
{
  GtkWidget *page = adw_status_page_new ();
  g_autoptr(GMenuModel) menu = create_add_menu ();

  self->nothing_add = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->nothing_add), _("_Add a Part"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (self->nothing_add), TRUE);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->nothing_add), menu);
  gtk_widget_add_css_class (self->nothing_add, "pill");
  gtk_widget_set_halign (self->nothing_add, GTK_ALIGN_CENTER);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("Nothing is on the pages yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _("Headings, texts, charts and tables stand below each other."));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), self->nothing_add);
  gtk_widget_add_css_class (page, "compact");
  /* It scrolls by itself: not before there is too little room */
  gtk_widget_set_size_request (page, -1, 280);
  gtk_widget_set_visible (page, FALSE);
  self->nothing = page;

  return page;
}

static GtkWidget *
create_parts_pane (CptReportView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->status = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->status), TRUE);
  gtk_widget_add_css_class (self->status, "dim-label");
  gtk_widget_add_css_class (self->status, "caption");
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), create_nothing (self));
  gtk_box_append (GTK_BOX (box), self->status);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  self->parts_pane = scrolled;
  self->parts_box = box;

  return scrolled;
}

static GtkWidget *
create_message (CptReportView *self)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *begin = gtk_button_new_with_mnemonic (_("_New Report…"));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "cpt-report-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (begin), "report.new");
  gtk_widget_add_css_class (begin, "pill");
  gtk_widget_add_css_class (begin, "suggested-action");
  gtk_widget_set_halign (begin, GTK_ALIGN_CENTER);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), begin);
  self->begin = begin;

  return page;
}

static void
build (CptReportView *self)
{
  GtkWidget *separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->stack = gtk_stack_new ();
  self->panes = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->preview = cpt_page_preview_new (cpt_view_get_store (CPT_VIEW (self)));
  gtk_widget_set_hexpand (self->preview, TRUE);
  g_signal_connect_object (self->preview, "counted", G_CALLBACK (counted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->preview, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->panes), create_parts_pane (self));
  gtk_box_append (GTK_BOX (self->panes), separator);
  gtk_box_append (GTK_BOX (self->panes), self->preview);
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "empty");
  gtk_widget_set_vexpand (self->panes, TRUE);
  gtk_box_append (GTK_BOX (content), cpt_report_view_create_about (self));
  gtk_box_append (GTK_BOX (content), self->panes);
  gtk_box_append (GTK_BOX (content), cpt_report_view_create_progress (self));
  gtk_stack_add_named (GTK_STACK (self->stack), content, "report");
  gtk_stack_add_named (GTK_STACK (self->stack), create_message (self), "message");

  self->column = content;
  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->chooser = cpt_name_chooser_new (_("Report"));
  g_signal_connect_object (self->chooser, "notify::selected", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  self->add = cpt_view_create_menu_button ("list-add-symbolic", _("Add a part"), create_add_menu ());
  self->switcher = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->switcher), "cpt-report-symbolic");
  gtk_widget_set_tooltip_text (self->switcher, _("Show the Pages"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->switcher), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Show the Pages"), -1);
  g_signal_connect_object (self->switcher, "toggled", G_CALLBACK (update_panes), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::narrow", G_CALLBACK (update_panes), NULL);
}

static void
cpt_report_view_dispose (GObject *object)
{
  CptReportView *self = CPT_REPORT_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->searching);
  g_clear_handle_id (&self->reading, g_source_remove);

  G_OBJECT_CLASS (cpt_report_view_parent_class)->dispose (object);
}

static void
cpt_report_view_finalize (GObject *object)
{
  CptReportView *self = CPT_REPORT_VIEW (object);

  g_clear_pointer (&self->document, cpt_document_free);
  g_ptr_array_unref (self->records);
  g_ptr_array_unref (self->templates);
  g_ptr_array_unref (self->dashboards);
  g_ptr_array_unref (self->metrics);
  g_ptr_array_unref (self->all_kinds);
  g_ptr_array_unref (self->no_kinds);
  g_clear_pointer (&self->questions, g_hash_table_unref);
  g_clear_pointer (&self->subjects, g_ptr_array_unref);
  g_clear_pointer (&self->filters, json_node_unref);
  g_clear_object (&self->searching);
  g_clear_object (&self->writing);
  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (cpt_report_view_parent_class)->finalize (object);
}

static CptView *
cpt_report_view_renew (CptView *view)
{
  return cpt_report_view_new (cpt_view_get_window (view));
}

static void
cpt_report_view_class_init (CptReportViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  CptViewClass *view_class = CPT_VIEW_CLASS (class);

  object_class->dispose = cpt_report_view_dispose;
  object_class->finalize = cpt_report_view_finalize;
  view_class->changed = cpt_report_view_changed;
  view_class->export = cpt_report_view_export_pdf;
  view_class->renew = cpt_report_view_renew;

  gtk_widget_class_install_action (widget_class, "report.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "report.template", NULL, template_action);
  gtk_widget_class_install_action (widget_class, "report.add", "s", add_action);
  gtk_widget_class_install_action (widget_class, "report.setup", NULL, setup_action);
  gtk_widget_class_install_action (widget_class, "report.properties", NULL, properties_action);
  gtk_widget_class_install_action (widget_class, "report.schedules", NULL, schedules_action);
  gtk_widget_class_install_action (widget_class, "report.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "report.export-workbook", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "report.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "report.each", "s", each_action);
  gtk_widget_class_install_action (widget_class, "report.previous", NULL, turn_action);
  gtk_widget_class_install_action (widget_class, "report.next", NULL, turn_action);
  gtk_widget_class_install_action (widget_class, "report.export-each", NULL, export_each_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, GDK_CONTROL_MASK, "report.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_CONTROL_MASK, "report.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "report.print", NULL);
}

static void
cpt_report_view_init (CptReportView *self)
{
  self->cancellable = g_cancellable_new ();
  self->records = g_ptr_array_new ();
  self->templates = g_ptr_array_new ();
  self->dashboards = g_ptr_array_new ();
  self->metrics = g_ptr_array_new ();
  self->all_kinds = g_ptr_array_new ();
  self->no_kinds = g_ptr_array_new ();
  self->kinds = self->no_kinds;
}

CptView *
cpt_report_view_new (CptWindow *window)
{
  CptReportView *self;
  g_autofree char *last = NULL;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);

  self = g_object_new (CPT_TYPE_REPORT_VIEW, "window", window, NULL);
  self->schema = cpt_schema_ref (cpt_window_get_schema (window));
  last = cpt_window_dup_state (window, STATE_KEY);
  if (last != NULL)
    cpt_uuid_parse (last, &self->id);

  build (self);
  cpt_view_set_title (CPT_VIEW (self), _("Reports"));
  cpt_view_set_child (CPT_VIEW (self), self->stack);
  cpt_view_pack_start (CPT_VIEW (self), self->add);
  cpt_view_pack_start (CPT_VIEW (self), self->head);
  cpt_view_pack_end (CPT_VIEW (self), cpt_view_create_menu_button ("view-more-symbolic", _("Report menu"), create_page_menu ()));
  cpt_view_pack_end (CPT_VIEW (self), self->switcher);
  update_panes (self);
  update_actions (self);
  reload (self);

  return CPT_VIEW (self);
}
