/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a line of the palette looks: icon, title with what was typed in bold,
 * what is below it, and what kind of thing it is or its keys. */
#include "config.h"

#include "cpt-palette-row.h"

#include <glib/gi18n-lib.h>

#include "cpt-match.h"

static void
embolden (GtkWidget *label,
          GArray    *ranges)
{
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

  for (guint i = 0; i < ranges->len; i++)
    {
      CptMatchRange range = g_array_index (ranges, CptMatchRange, i);
      PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

      bold->start_index = range.start;
      bold->end_index = range.end;
      pango_attr_list_insert (attributes, bold);
    }
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
}

static GtkWidget *
create_label (const char        *text,
              const char *const *words)
{
  GtkWidget *label = gtk_label_new (text);
  g_autoptr(GArray) ranges = g_array_new (FALSE, FALSE, sizeof (CptMatchRange));

  cpt_match_words (text, words, ranges);
  embolden (label, ranges);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);

  return label;
}

static char *
dup_sentence (const CptPaletteItem *item)
{
  if (item->detail != NULL && item->hint != NULL)
    /* Translators: what a screen reader says: title, what is below it, its kind */
    return g_strdup_printf (C_("palette", "%s, %s, %s"), item->title, item->detail, item->hint);
  if (item->detail != NULL || item->hint != NULL)
    /* Translators: what a screen reader says: title, and its kind or its keys */
    return g_strdup_printf (C_("palette", "%s, %s"), item->title, item->detail != NULL ? item->detail : item->hint);

  return g_strdup (item->title);
}

GtkWidget *
cpt_palette_row_new (const CptPaletteItem *item,
                     const char           *text,
                     const char *const    *words)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = create_label (item->title, words);
  g_autofree char *sentence = dup_sentence (item);

  if (words[0] != NULL && cpt_match_words (item->title, words, NULL) == 0 && item->kind != CPT_PALETTE_RECORD)
    {
      g_autoptr(GArray) ranges = g_array_new (FALSE, FALSE, sizeof (CptMatchRange));

      cpt_match_fuzzy (item->title, text, ranges);
      embolden (title, ranges);
    }

  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), title);
  if (item->detail != NULL)
    {
      GtkWidget *detail = create_label (item->detail, words);

      gtk_widget_add_css_class (detail, "dim-label");
      gtk_widget_add_css_class (detail, "caption");
      gtk_box_append (GTK_BOX (lines), detail);
    }

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (item->icon));
  gtk_box_append (GTK_BOX (box), lines);
  if (item->hint != NULL)
    {
      GtkWidget *hint = gtk_label_new (item->hint);

      gtk_widget_add_css_class (hint, "dim-label");
      gtk_widget_add_css_class (hint, "caption");
      gtk_box_append (GTK_BOX (box), hint);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);

  return row;
}
