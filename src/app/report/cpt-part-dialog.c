/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A part of a report, filled in. What it is stored in is left to the page. */

#include "config.h"

#include "cpt-part-dialog.h"

#include <glib/gi18n.h>

#include "cpt-combo-labels.h"
#include "cpt-table-form.h"

#define TEXT_HEIGHT 240

struct _CptPartDialog
{
  CptSettingsDialog parent_instance;

  CptWindow *window; /* borrowed: it is above */
  CptBlockKind kind;
  GPtrArray *dashboards; /* CptRecord */

  GtkWidget *page; /* borrowed from GTK */

  /* Borrowed from GTK; (nullable) */
  GtkWidget *entry;
  GtkTextBuffer *text;
  GtkWidget *dashboard;
  GtkWidget *table;
};

G_DEFINE_FINAL_TYPE (CptPartDialog, cpt_part_dialog, CPT_TYPE_SETTINGS_DIALOG)

static guint edited_signal;

const char *
cpt_part_get_kind_label (const CptBlock *block)
{
  static const char *const labels[] = {
    [CPT_BLOCK_HEADING] = NC_("report", "Heading"),
    [CPT_BLOCK_TEXT] = NC_("report", "Text"),
    [CPT_BLOCK_WIDGETS] = NC_("report", "Charts"),
    [CPT_BLOCK_TABLE] = NC_("report", "Table"),
    [CPT_BLOCK_BREAK] = NC_("report", "Page Break"),
    [CPT_BLOCK_UNKNOWN] = NC_("report", "Unknown Part"),
  };

  if (block->kind == CPT_BLOCK_WIDGETS && !cpt_uuid_is_nil (&block->dashboard))
    return C_("report", "Dashboard");

  return g_dpgettext2 (NULL, "report", labels[block->kind]);
}

static void
cpt_part_dialog_save (CptSettingsDialog *dialog)
{
  g_signal_emit (dialog, edited_signal, 0);
  gtk_window_close (GTK_WINDOW (dialog));
}

void
cpt_part_dialog_apply (CptPartDialog *self,
                       CptBlock      *block)
{
  g_return_if_fail (CPT_IS_PART_DIALOG (self));
  g_return_if_fail (block->kind == self->kind);

  if (self->entry != NULL)
    {
      g_free (block->text);
      block->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
    }
  if (self->text != NULL)
    {
      g_free (block->text);
      g_object_get (self->text, "text", &block->text, NULL);
    }
  if (self->dashboard != NULL && self->dashboards->len > 0)
    {
      guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->dashboard));

      if (selected < self->dashboards->len)
        block->dashboard = ((CptRecord *) g_ptr_array_index (self->dashboards, selected))->id;
    }
  if (self->table != NULL)
    cpt_table_form_apply (CPT_TABLE_FORM (self->table), block);
}

/* ---------------------------------------------------------------------- building */

static GtkWidget *
create_text (CptPartDialog  *self,
             const CptBlock *block)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *hint = gtk_label_new (_("An empty line separates paragraphs. Lines that begin with “- ” are a list, with “# ” a "
                                     "heading; **bold**, *slanted*."));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->text = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_set_text (self->text, block->text, -1);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Text"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), TEXT_HEIGHT);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_set_overflow (scrolled, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (scrolled, "card");
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_widget_add_css_class (hint, "caption");
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), hint);

  return box;
}

static void
add_dashboards (CptPartDialog  *self,
                GtkWidget      *group,
                const CptBlock *block)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  guint selected = 0;

  for (guint i = 0; i < self->dashboards->len; i++)
    {
      const CptRecord *record = g_ptr_array_index (self->dashboards, i);

      if (cpt_uuid_equal (&record->id, &block->dashboard))
        selected = i;
      g_ptr_array_add (labels, cpt_record_dup_title (record));
    }
  self->dashboard = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->dashboard), _("Dashboard"));
  cpt_combo_row_set_labels (ADW_COMBO_ROW (self->dashboard), labels, selected);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->dashboard);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _("The report shows its widgets as they are when it is made."));
}

static GtkWidget *
create_content (CptPartDialog  *self,
                const CptBlock *block)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *group = adw_preferences_group_new ();

  if (block->kind == CPT_BLOCK_TEXT)
    {
      gtk_box_append (GTK_BOX (box), create_text (self, block));
      return box;
    }

  gtk_box_append (GTK_BOX (box), group);
  if (block->kind == CPT_BLOCK_WIDGETS)
    add_dashboards (self, group, block);
  else
    self->entry = cpt_settings_dialog_add_entry (group, block->kind == CPT_BLOCK_TABLE ? _("Title") : _("Heading"), block->text);
  if (block->kind == CPT_BLOCK_TABLE)
    {
      self->table = cpt_table_form_new (self->window, block);
      gtk_box_append (GTK_BOX (box), self->table);
    }

  return box;
}

static void
cpt_part_dialog_finalize (GObject *object)
{
  CptPartDialog *self = CPT_PART_DIALOG (object);

  g_ptr_array_unref (self->dashboards);

  G_OBJECT_CLASS (cpt_part_dialog_parent_class)->finalize (object);
}

static void
cpt_part_dialog_class_init (CptPartDialogClass *class)
{
  G_OBJECT_CLASS (class)->finalize = cpt_part_dialog_finalize;
  CPT_SETTINGS_DIALOG_CLASS (class)->save = cpt_part_dialog_save;

  edited_signal =
    g_signal_new ("edited", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_part_dialog_init (CptPartDialog *self)
{
}

CptPartDialog *
cpt_part_dialog_new (CptWindow      *window,
                     const CptBlock *block,
                     GPtrArray      *dashboards,
                     gboolean        is_new)
{
  CptPartDialog *self = g_object_new (CPT_TYPE_PART_DIALOG, NULL);

  self->window = window;
  self->kind = block->kind;
  self->dashboards = g_ptr_array_ref (dashboards);
  cpt_settings_dialog_set_verb (CPT_SETTINGS_DIALOG (self), is_new ? _("_Add") : _("_Save"));
  self->page = cpt_settings_dialog_create_page (create_content (self, block));
  cpt_settings_dialog_set_content (CPT_SETTINGS_DIALOG (self), cpt_part_get_kind_label (block), self->page, NULL);

  return self;
}

void
cpt_part_dialog_present (CptPartDialog *self)
{
  cpt_settings_dialog_present (CPT_SETTINGS_DIALOG (self), self->window, 520, self->table != NULL ? 640 : 420);
  gtk_widget_child_focus (self->page, GTK_DIR_TAB_FORWARD);
}
