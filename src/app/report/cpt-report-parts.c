/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parts of a report, from the top to the bottom: moved, removed, filled in. */

#include "config.h"

#include "cpt-report-view-private.h"

#include <glib/gi18n.h>

#include "cpt-order-list.h"
#include "cpt-part-dialog.h"
#include "cpt-prose.h"
#include "cpt-widget-data.h"
#include "cpt-widget-editor.h"

/* Of a text, for one line in the list */
#define PLAIN_BYTES 500
#define PLAIN_LINES 10

/* What is being filled in: a part that is there, or a new one. By number: while a
 * dialogue is open nobody else moves them. */
typedef struct
{
  CptReportView *self; /* referenced */
  guint index;         /* G_MAXUINT: a new one */
  CptBlockKind kind;
} Edit;

static void
edit_free (gpointer  data,
           GClosure *closure)
{
  Edit *edit = data;

  g_object_unref (edit->self);
  g_free (edit);
}

/* The report with the part that is filled in; NULL when it is no longer there */
static CptDocument *
dup_with_part (const Edit  *edit,
               CptBlock   **block)
{
  g_autoptr(CptDocument) document = NULL;

  if (edit->self->document == NULL)
    return NULL;

  document = cpt_document_copy (edit->self->document);
  if (edit->index == G_MAXUINT)
    {
      edit->self->is_adding = TRUE;
      *block = cpt_document_insert_block (document, cpt_document_get_n_blocks (document), edit->kind);
      return g_steal_pointer (&document);
    }
  if (edit->index >= cpt_document_get_n_blocks (document))
    return NULL;

  *block = cpt_document_get_block (document, edit->index);

  return (*block)->kind == edit->kind ? g_steal_pointer (&document) : NULL;
}

static const char *
get_toast (const Edit *edit)
{
  return edit->index == G_MAXUINT ? _("Part added") : _("Part changed");
}

static void
part_edited_cb (CptPartDialog *dialog,
                Edit          *edit)
{
  CptBlock *block = NULL;
  g_autoptr(CptDocument) document = dup_with_part (edit, &block);

  if (document == NULL)
    return;

  cpt_part_dialog_apply (dialog, block);
  cpt_report_view_save (edit->self, document, get_toast (edit));
}

static void
widget_edited_cb (CptWidgetEditor *editor,
                  Edit            *edit)
{
  CptBlock *block = NULL;
  g_autoptr(CptDocument) document = dup_with_part (edit, &block);

  if (document == NULL)
    return;

  if (block->widgets == NULL)
    block->widgets = cpt_dashboard_new (NULL);
  cpt_widget_editor_apply (editor, block->widgets);
  if (edit->index == G_MAXUINT)
    {
      /* On paper the first one takes the whole width */
      const CptWidget *widget = cpt_dashboard_get_widget (block->widgets, 0);

      cpt_dashboard_move_widget (block->widgets, widget->id, &(CptGridRect){ 0, 0, CPT_GRID_COLUMNS, widget->item.rect.h });
    }
  cpt_report_view_save (edit->self, document, get_toast (edit));
}

/* @block: what it begins with; @index: G_MAXUINT when it is new */
static void
edit_part (CptReportView  *self,
           const CptBlock *block,
           guint           index)
{
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));
  Edit *edit = g_new0 (Edit, 1);

  edit->self = g_object_ref (self);
  edit->index = index;
  edit->kind = block->kind;
  if (block->kind == CPT_BLOCK_WIDGETS && cpt_uuid_is_nil (&block->dashboard))
    {
      gboolean has_widget = block->widgets != NULL && cpt_dashboard_get_n_widgets (block->widgets) > 0;
      const CptWidget *widget = has_widget ? cpt_dashboard_get_widget (block->widgets, 0) : NULL;
      CptWidgetEditor *editor = cpt_widget_editor_new (window, self->metrics, widget, widget == NULL ? "bar" : NULL);

      cpt_widget_editor_set_words (editor, C_("report", "Chart"), index == G_MAXUINT ? _("_Add") : _("_Save"));
      g_signal_connect_data (editor, "edited", G_CALLBACK (widget_edited_cb), edit, edit_free, 0);
      gtk_window_present (GTK_WINDOW (editor));
    }
  else
    {
      CptPartDialog *dialog = cpt_part_dialog_new (window, block, self->dashboards, index == G_MAXUINT);

      g_signal_connect_data (dialog, "edited", G_CALLBACK (part_edited_cb), edit, edit_free, 0);
      cpt_part_dialog_present (dialog);
    }
}

void
cpt_report_view_add_part (CptReportView *self,
                          const char    *kind)
{
  static const struct
  {
    const char *name;
    CptBlockKind kind;
  } kinds[] = {
    { "heading", CPT_BLOCK_HEADING },
    { "text", CPT_BLOCK_TEXT },
    { "chart", CPT_BLOCK_WIDGETS },
    { "dashboard", CPT_BLOCK_WIDGETS },
    { "table", CPT_BLOCK_TABLE },
    { "break", CPT_BLOCK_BREAK },
  };
  CptBlock block = { .text = (char *) "" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, kind))
      block.kind = kinds[i].kind;

  if (g_str_equal (kind, "dashboard") && self->dashboards->len > 0)
    block.dashboard = ((const CptRecord *) g_ptr_array_index (self->dashboards, 0))->id;
  if (block.kind == CPT_BLOCK_TABLE)
    block.entity = (char *) "deal";
  if (block.kind == CPT_BLOCK_BREAK)
    {
      g_autoptr(CptDocument) document = cpt_document_copy (self->document);

      self->is_adding = TRUE;
      cpt_document_insert_block (document, cpt_document_get_n_blocks (document), CPT_BLOCK_BREAK);
      cpt_report_view_save (self, document, _("Page break added"));
      return;
    }

  edit_part (self, &block, G_MAXUINT);
}

/* ---------------------------------------------------------------------- the list */

static guint
parse_key (const char *key)
{
  return (guint) g_ascii_strtoull (key, NULL, 10);
}

static void
activated_cb (CptReportView *self,
              const char    *key)
{
  guint index = parse_key (key);
  const CptBlock *block;

  if (index >= cpt_document_get_n_blocks (self->document))
    return;

  block = cpt_document_get_block (self->document, index);
  if (block->kind == CPT_BLOCK_BREAK || block->kind == CPT_BLOCK_UNKNOWN)
    return;

  edit_part (self, block, index);
}

static void
removed_cb (CptReportView *self,
            const char    *key)
{
  g_autoptr(CptDocument) document = cpt_document_copy (self->document);
  guint index = parse_key (key);

  if (index >= cpt_document_get_n_blocks (document))
    return;

  cpt_document_remove_block (document, index);
  cpt_report_view_save (self, document, _("Part removed"));
}

static void
moved_cb (CptReportView *self,
          guint          from,
          guint          to)
{
  g_autoptr(CptDocument) document = cpt_document_copy (self->document);
  guint n = cpt_document_get_n_blocks (document);

  if (from >= n || to >= n)
    return;

  cpt_document_move_block (document, from, to);
  cpt_report_view_save (self, document, _("Part moved"));
}

static char *
dup_dashboard_name (CptReportView *self,
                    const CptUuid *id)
{
  for (guint i = 0; i < self->dashboards->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (self->dashboards, i);

      if (cpt_uuid_equal (&record->id, id))
        return cpt_record_dup_title (record);
    }

  return g_strdup (_("No longer there"));
}

/* (nullable): what it says, where it has no title: "Deals by stage" */
static const char *
find_question (CptReportView   *self,
               const CptWidget *widget)
{
  g_autofree char *text = widget->query != NULL ? json_to_string (widget->query, FALSE) : NULL;

  return text != NULL && self->questions != NULL ? g_hash_table_lookup (self->questions, text) : NULL;
}

static char *
dup_widget_titles (CptReportView      *self,
                   const CptDashboard *widgets)
{
  g_autoptr(GStrvBuilder) titles = g_strv_builder_new ();
  g_auto(GStrv) list = NULL;

  for (guint i = 0; widgets != NULL && i < cpt_dashboard_get_n_widgets (widgets); i++)
    {
      const CptWidget *widget = cpt_dashboard_get_widget (widgets, i);
      g_autofree char *title = cpt_widget_dup_title (widget, NULL);
      const char *question = *title == '\0' ? find_question (self, widget) : NULL;

      if (*title != '\0' || question != NULL)
        g_strv_builder_add (titles, question != NULL ? question : title);
    }
  list = g_strv_builder_end (titles);

  return g_strjoinv (" · ", list);
}

/* Without the signs of headings, lists and bold words */
static char *
dup_plain (const char *text)
{
  g_autoptr(GPtrArray) blocks = cpt_prose_read (text, PLAIN_BYTES, PLAIN_LINES);
  g_autoptr(GString) plain = g_string_new (NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      const CptProse *block = g_ptr_array_index (blocks, i);

      if (plain->len > 0)
        g_string_append_c (plain, ' ');
      if (block->bullet != NULL)
        g_string_append_printf (plain, "%s ", block->bullet);
      g_string_append (plain, block->text->str);
    }

  return g_strdelimit (g_string_free (g_steal_pointer (&plain), FALSE), "\n", ' ');
}

/* What tells it from others of its kind */
static char *
dup_subtitle (CptReportView  *self,
              const CptBlock *block)
{
  const CptEntity *entity = block->entity != NULL ? cpt_schema_find_entity (self->schema, block->entity) : NULL;

  if (block->kind == CPT_BLOCK_WIDGETS && cpt_uuid_is_nil (&block->dashboard))
    return dup_widget_titles (self, block->widgets);
  if (block->kind == CPT_BLOCK_WIDGETS)
    return dup_dashboard_name (self, &block->dashboard);
  if (block->kind == CPT_BLOCK_TEXT)
    return dup_plain (block->text);
  if (block->text != NULL && block->text[0] != '\0')
    return g_strdelimit (g_strdup (block->text), "\n", ' ');

  return entity != NULL ? g_strdup (cpt_entity_get_label_plural (entity)) : NULL;
}

static const char *
get_icon (const CptBlock *block)
{
  static const char *const icons[] = {
    [CPT_BLOCK_HEADING] = "format-text-bold-symbolic",
    [CPT_BLOCK_TEXT] = "format-justify-left-symbolic",
    [CPT_BLOCK_WIDGETS] = "cpt-chart-bar-symbolic",
    [CPT_BLOCK_TABLE] = "cpt-chart-table-symbolic",
    [CPT_BLOCK_BREAK] = "view-more-horizontal-symbolic",
    [CPT_BLOCK_UNKNOWN] = "dialog-question-symbolic",
  };

  return block->kind == CPT_BLOCK_WIDGETS && !cpt_uuid_is_nil (&block->dashboard) ? "cpt-dashboard-symbolic" : icons[block->kind];
}

static GtkWidget *
create_row (CptReportView  *self,
            const CptBlock *block)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle = dup_subtitle (self, block);
  g_autofree char *escaped = subtitle != NULL ? g_markup_escape_text (subtitle, -1) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), cpt_part_get_kind_label (block));
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), get_icon (block));
  if (escaped != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), block->kind != CPT_BLOCK_BREAK && block->kind != CPT_BLOCK_UNKNOWN);

  return row;
}

void
cpt_report_view_show_parts (CptReportView *self)
{
  guint n = self->document != NULL ? cpt_document_get_n_blocks (self->document) : 0;
  gboolean can_edit = !cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self)));
  g_autofree char *focus = NULL;

  if (self->is_adding && n > 0)
    focus = g_strdup_printf ("%u", n - 1);
  else if (self->parts != NULL)
    focus = cpt_order_list_dup_focus (CPT_ORDER_LIST (self->parts));
  self->is_adding = FALSE;
  /* What was taken out is back */
  if (focus == NULL && gtk_widget_get_state_flags (self->nothing_add) & GTK_STATE_FLAG_FOCUS_WITHIN)
    focus = g_strdup ("0");

  if (self->parts != NULL)
    gtk_box_remove (GTK_BOX (self->parts_box), self->parts);
  self->parts = cpt_order_list_new (_("Parts of the report"));
  if (can_edit)
    {
      cpt_order_list_set_removable (CPT_ORDER_LIST (self->parts));
      g_signal_connect_object (self->parts, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->parts, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->parts, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
    }
  else
    {
      cpt_order_list_set_fixed (CPT_ORDER_LIST (self->parts));
    }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      cpt_order_list_append (CPT_ORDER_LIST (self->parts), create_row (self, cpt_document_get_block (self->document, i)), key);
    }
  gtk_box_prepend (GTK_BOX (self->parts_box), self->parts);
  gtk_widget_set_visible (self->parts, n > 0);
  gtk_widget_set_visible (self->nothing, self->document != NULL && n == 0);
  gtk_widget_set_visible (self->nothing_add, can_edit);
  if (focus != NULL && n == 0 && can_edit)
    gtk_widget_grab_focus (self->nothing_add);
  else if (focus != NULL && n > 0)
    cpt_order_list_focus_near (CPT_ORDER_LIST (self->parts), focus);
}
