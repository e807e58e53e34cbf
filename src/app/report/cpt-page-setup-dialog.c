/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is the same on all pages of a report. */

#include "config.h"

#include "cpt-page-setup-dialog.h"

#include <glib/gi18n.h>

#include "cpt-combo-labels.h"
#include "cpt-form-rows.h"

#define DEFAULT_COLOUR "#1a5fb4"
#define MAX_MARGIN 60

struct _CptPageSetupDialog
{
  CptSettingsDialog parent_instance;

  /* Borrowed from GTK */
  GtkWidget *subtitle;
  GtkWidget *paper;
  GtkWidget *landscape;
  GtkWidget *margin;
  GtkWidget *has_colour;
  GtkWidget *colour;
  GtkWidget *header[3];
  GtkWidget *footer[3];
};

G_DEFINE_FINAL_TYPE (CptPageSetupDialog, cpt_page_setup_dialog, CPT_TYPE_SETTINGS_DIALOG)

static guint edited_signal;

static const char *const papers[] = {
  [CPT_PAPER_A4] = N_("A4"),
  [CPT_PAPER_A3] = N_("A3"),
  [CPT_PAPER_LETTER] = N_("Letter"),
};

static const char *const slots[] = {
  [CPT_SLOT_NOTHING] = NC_("page", "Nothing"),
  [CPT_SLOT_TITLE] = NC_("page", "Title"),
  [CPT_SLOT_ORGANISATION] = NC_("page", "Company"),
  [CPT_SLOT_DATE] = NC_("page", "Date"),
  [CPT_SLOT_PAGE] = NC_("page", "Page Number"),
  [CPT_SLOT_LOGO] = NC_("page", "Logo"),
};

static void
cpt_page_setup_dialog_save (CptSettingsDialog *dialog)
{
  g_signal_emit (dialog, edited_signal, 0);
  gtk_window_close (GTK_WINDOW (dialog));
}

void
cpt_page_setup_dialog_apply (CptPageSetupDialog *self,
                             CptDocument        *document)
{
  GdkRGBA rgba;

  g_return_if_fail (CPT_IS_PAGE_SETUP_DIALOG (self));

  g_free (document->subtitle);
  document->subtitle = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->subtitle)));
  document->paper = adw_combo_row_get_selected (ADW_COMBO_ROW (self->paper));
  document->landscape = gtk_switch_get_active (GTK_SWITCH (self->landscape));
  document->margin = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->margin));
  for (guint i = 0; i < 3; i++)
    {
      document->header[i] = adw_combo_row_get_selected (ADW_COMBO_ROW (self->header[i]));
      document->footer[i] = adw_combo_row_get_selected (ADW_COMBO_ROW (self->footer[i]));
    }
  g_clear_pointer (&document->colour, g_free);
  gtk_color_chooser_get_rgba (GTK_COLOR_CHOOSER (self->colour), &rgba);
  if (gtk_switch_get_active (GTK_SWITCH (self->has_colour)))
    document->colour = g_strdup_printf ("#%02x%02x%02x", (guint) (rgba.red * 255 + 0.5f), (guint) (rgba.green * 255 + 0.5f),
                                        (guint) (rgba.blue * 255 + 0.5f));
}

/* ---------------------------------------------------------------------- building */

/* @context (nullable): of the labels, which are not translated yet */
static GtkWidget *
add_combo (GtkWidget         *group,
           const char        *title,
           const char        *context,
           const char *const *labels,
           guint              n_labels,
           guint              selected)
{
  GtkWidget *row = cpt_form_add_combo (group, title);
  g_autoptr(GPtrArray) texts = g_ptr_array_new ();

  for (guint i = 0; i < n_labels; i++)
    g_ptr_array_add (texts, (gpointer) (context != NULL ? g_dpgettext2 (NULL, context, labels[i]) : _(labels[i])));
  cpt_combo_row_set_labels (ADW_COMBO_ROW (row), texts, selected);

  return row;
}

static void
add_slots (GtkWidget          *box,
           const char         *title,
           const char *const  *places,
           const CptSlot      *chosen,
           GtkWidget         **rows)
{
  GtkWidget *group = cpt_form_add_group (box, title);

  for (guint i = 0; i < 3; i++)
    rows[i] = add_combo (group, places[i], "page", slots, G_N_ELEMENTS (slots), chosen[i]);
}

static void
add_paper (CptPageSetupDialog *self,
           GtkWidget          *box,
           const CptDocument  *document)
{
  GtkWidget *group = cpt_form_add_group (box, _("Paper"));

  self->paper = add_combo (group, _("Size"), NULL, papers, G_N_ELEMENTS (papers), document->paper);
  self->landscape = cpt_form_add_switch (group, _("Landscape"), document->landscape);
  self->margin = cpt_form_add_spin (group, _("Margin in Millimetres"), 0, MAX_MARGIN, document->margin);
}

static void
add_look (CptPageSetupDialog *self,
          GtkWidget          *box,
          const CptDocument  *document)
{
  GtkWidget *group = cpt_form_add_group (box, _("Look"));
  GdkRGBA rgba;

  gdk_rgba_parse (&rgba, document->colour != NULL ? document->colour : DEFAULT_COLOUR);
  self->subtitle = cpt_settings_dialog_add_entry (group, _("Subtitle"), document->subtitle);
  self->has_colour = cpt_form_add_switch (group, _("Headings in Colour"), document->colour != NULL);
  self->colour = gtk_color_button_new_with_rgba (&rgba);
  g_object_bind_property (self->has_colour, "active", cpt_form_add_row (group, _("Colour"), self->colour), "sensitive",
                          G_BINDING_SYNC_CREATE);
}

static void
cpt_page_setup_dialog_class_init (CptPageSetupDialogClass *class)
{
  CPT_SETTINGS_DIALOG_CLASS (class)->save = cpt_page_setup_dialog_save;

  edited_signal =
    g_signal_new ("edited", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_page_setup_dialog_init (CptPageSetupDialog *self)
{
}

CptPageSetupDialog *
cpt_page_setup_dialog_new (const CptDocument *document)
{
  CptPageSetupDialog *self = g_object_new (CPT_TYPE_PAGE_SETUP_DIALOG, NULL);
  /* Head and foot are told apart by those who hear one row at a time, too */
  const char *const head[] = { _("Head, Left"), _("Head, Centre"), _("Head, Right") };
  const char *const foot[] = { _("Foot, Left"), _("Foot, Centre"), _("Foot, Right") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  add_look (self, box, document);
  add_paper (self, box, document);
  add_slots (box, _("Head of the Pages After the First"), head, document->header, self->header);
  add_slots (box, _("Foot of All Pages"), foot, document->footer, self->footer);
  cpt_settings_dialog_set_verb (CPT_SETTINGS_DIALOG (self), _("_Save"));
  cpt_settings_dialog_set_content (CPT_SETTINGS_DIALOG (self), _("Page Setup"), cpt_settings_dialog_create_page (box), NULL);
  gtk_widget_grab_focus (self->subtitle);

  return self;
}
