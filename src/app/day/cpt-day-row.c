/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One line of the day. It keeps the identifier and the section of what it shows
 * and nothing else: after a change all lines are made anew. */

#include "config.h"

#include "cpt-day-row.h"

#include <glib/gi18n.h>

struct _CptDayRow
{
  GtkListBoxRow parent_instance;

  CptDaySection section;
  CptUuid id;       /* nil where it stands for others */
  GtkWidget *check; /* (nullable): borrowed from the child */
};

enum
{
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptDayRow, cpt_day_row, GTK_TYPE_LIST_BOX_ROW)

static void
cpt_day_row_class_init (CptDayRowClass *klass)
{
  /**
   * CptDayRow::done:
   *
   * The person has checked the task off.
   */
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_day_row_init (CptDayRow *self)
{
}

static void
check_toggled_cb (CptDayRow *self)
{
  if (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->check)))
    g_signal_emit (self, signals[DONE], 0);
}

static GtkWidget *
create_label (const char *text,
              gboolean    is_dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (is_dim)
    {
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "caption");
    }

  return label;
}

static GtkWidget *
create_texts (const CptDayItem *item)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_append (GTK_BOX (texts), create_label (item->title, FALSE));
  if (item->detail[0] != '\0')
    gtk_box_append (GTK_BOX (texts), create_label (item->detail, TRUE));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);

  return texts;
}

static GtkWidget *
create_prefix (CptDayRow        *self,
               const CptDayItem *item)
{
  g_autofree char *name = NULL;
  const char *icon = item->section == CPT_DAY_QUIET_CUSTOMERS ? "avatar-default-symbolic" : "cpt-deal-symbolic";

  if (item->section > CPT_DAY_NEXT)
    return gtk_image_new_from_icon_name (icon);

  /* Translators: checks a task off; %s is its title */
  name = g_strdup_printf (_("Done: %s"), item->title);
  self->check = gtk_check_button_new ();
  gtk_widget_set_valign (self->check, GTK_ALIGN_CENTER);
  gtk_widget_set_focusable (self->check, FALSE);
  gtk_widget_set_tooltip_text (self->check, _("Done"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (self->check, "toggled", G_CALLBACK (check_toggled_cb), self, G_CONNECT_SWAPPED);

  return self->check;
}

static void
set_name (CptDayRow        *self,
          const CptDayItem *item)
{
  g_autoptr(GString) name = g_string_new (item->title);
  const char *const parts[] = { item->detail, item->note != NULL ? item->note : "", item->when };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i][0] != '\0')
      g_string_append_printf (name, ", %s", parts[i]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
}

GtkWidget *
cpt_day_row_new (const CptDayItem *item)
{
  CptDayRow *self = g_object_new (CPT_TYPE_DAY_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *when = create_label (item->when, item->section != CPT_DAY_OVERDUE);

  self->section = item->section;
  self->id = item->id;
  gtk_widget_add_css_class (box, "day-row");
  gtk_box_append (GTK_BOX (box), create_prefix (self, item));
  gtk_box_append (GTK_BOX (box), create_texts (item));
  if (item->note != NULL)
    {
      GtkWidget *note = create_label (item->note, item->section > CPT_DAY_NEXT);

      if (item->section <= CPT_DAY_NEXT)
        gtk_widget_add_css_class (note, item->rank == 0 ? "error" : "warning");
      gtk_box_append (GTK_BOX (box), note);
    }
  if (item->section == CPT_DAY_OVERDUE)
    gtk_widget_add_css_class (when, "error");
  gtk_widget_add_css_class (when, "numeric");
  gtk_label_set_ellipsize (GTK_LABEL (when), PANGO_ELLIPSIZE_NONE);
  gtk_box_append (GTK_BOX (box), when);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  set_name (self, item);

  return GTK_WIDGET (self);
}

GtkWidget *
cpt_day_row_new_more (CptDaySection section,
                      guint64       n_more)
{
  CptDayRow *self = g_object_new (CPT_TYPE_DAY_ROW, NULL);
  guint n_shown = (guint) MIN (n_more, G_MAXUINT);
  g_autofree char *text = g_strdup_printf (ngettext ("Show %u more", "Show %u more", n_shown), n_shown);
  GtkWidget *label = create_label (text, FALSE);

  self->section = section;
  gtk_widget_add_css_class (label, "day-row");
  gtk_label_set_xalign (GTK_LABEL (label), 0.5);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);

  return GTK_WIDGET (self);
}

CptDaySection
cpt_day_row_get_section (CptDayRow *self)
{
  g_return_val_if_fail (CPT_IS_DAY_ROW (self), CPT_DAY_OVERDUE);

  return self->section;
}

const CptUuid *
cpt_day_row_get_id (CptDayRow *self)
{
  g_return_val_if_fail (CPT_IS_DAY_ROW (self), NULL);

  return cpt_uuid_is_nil (&self->id) ? NULL : &self->id;
}

void
cpt_day_row_toggle (CptDayRow *self)
{
  g_return_if_fail (CPT_IS_DAY_ROW (self));

  if (self->check != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), TRUE);
}
