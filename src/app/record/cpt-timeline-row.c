/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of a timeline hold copies of what their buttons need, and nothing
 * of the page that they were made from. */

#include "config.h"

#include "cpt-timeline-row.h"

#include <glib/gi18n.h>

#include "cpt-date.h"
#include "cpt-record-put-back.h"
#include "cpt-record-unmerge.h"

typedef struct
{
  CptWindow *window; /* outlives its widgets */
  CptSchema *schema; /* (owned) */
  const CptEntity *entity;
  CptUuid id;
} Target;

static void
target_free (gpointer  data,
             GClosure *closure)
{
  Target *target = data;

  cpt_schema_unref (target->schema);
  g_free (target);
}

static void
activated_cb (GtkWidget *row,
              Target    *target)
{
  cpt_window_open_record (target->window, target->entity, &target->id);
}

typedef struct
{
  CptWindow *window; /* outlives its widgets */
  gint64 sequence;
} Act;

static void
act_free (gpointer  data,
          GClosure *closure)
{
  g_free (data);
}

static void
unmerge_clicked_cb (GtkWidget *button,
                    Act       *act)
{
  cpt_record_unmerge (act->window, act->sequence, button);
}

/* A merge that still stands can be taken back from here */
static void
add_unmerge_button (CptWindow             *window,
                    GtkWidget             *row,
                    const CptTimelineLine *line)
{
  const CptLogEntry *entry = line->change->entry;
  g_autofree char *label = NULL;
  GtkWidget *button;
  Act *act;

  if (entry->origin != CPT_ORIGIN_MERGE || entry->undone_by != 0 || cpt_store_is_read_only (cpt_window_get_store (window)))
    return;

  button = gtk_button_new_with_label (_("Un-merge"));
  act = g_new0 (Act, 1);
  act->window = window;
  act->sequence = entry->sequence;
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Take this merge back"));
  label = g_strdup_printf (C_("button", "%s: %s"), _("Un-merge"), line->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (unmerge_clicked_cb), act, act_free, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/* "Call · 21/11/2026 10:00 · Marie" */
static char *
dup_subtitle (const CptTimelineLine *line,
              GTimeZone             *zone)
{
  g_autofree char *when = cpt_instant_format (line->at, zone);
  g_autoptr(GString) text = g_string_new (line->text);

  if (text->len > 0)
    g_string_append_c (text, '\n');
  if (line->label != NULL)
    g_string_append_printf (text, "%s · ", line->label);
  for (guint i = 0; line->details[i] != NULL; i++)
    g_string_append_printf (text, "%s · ", line->details[i]);
  g_string_append (text, when);
  if (line->author != NULL)
    g_string_append_printf (text, " · %s", line->author);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

GtkWidget *
cpt_timeline_row_new (CptWindow             *window,
                      const CptTimelinePage *page,
                      CptTimelineLine       *line)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (line->icon);
  g_autofree char *subtitle = dup_subtitle (line, cpt_store_get_zone (cpt_window_get_store (window)));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), line->title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 8);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  gtk_widget_add_css_class (icon, "dim-label");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  if (line->change != NULL)
    {
      add_unmerge_button (window, row, line);
      cpt_record_put_back_add_button (window, page, line, row);
    }
  else
    {
      Target *target = g_new0 (Target, 1);

      target->window = window;
      target->schema = cpt_schema_ref (page->schema);
      target->entity = line->entity;
      target->id = line->id;
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect_data (row, "activated", G_CALLBACK (activated_cb), target, target_free, 0);
    }

  return row;
}

static const char *
or_nothing (const char *text)
{
  return text != NULL ? text : "";
}

char *
cpt_timeline_row_dup_key (const CptTimelinePage *page,
                          const CptTimelineLine *line)
{
  g_autofree char *details = g_strjoinv ("·", line->details);
  g_autofree char *id = cpt_uuid_dup_text (&line->id);
  const CptLogEntry *entry = line->change != NULL ? line->change->entry : NULL;
  g_autofree char *back = line->change != NULL ? cpt_record_put_back_dup_key (page, line) : g_strdup ("");

  return g_strdup_printf ("%s %" G_GINT64_FORMAT " %s %s %s %s %s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s\n", id,
                          line->at, line->icon, line->title, or_nothing (line->text), or_nothing (line->label), details,
                          or_nothing (line->author), entry != NULL ? entry->sequence : 0,
                          entry != NULL ? entry->undone_by : 0, back);
}
