/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings that are one line: a text, with places where a step fills them; a number; a time of the day. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpt-node-input-private.h"
#include "cpt-node-places.h"
#include "cpt-workflow-duration.h"

/* More is refused when the workflow is published */
#define MAX_NUMBER 100000

/* What steps send and make is filled in; names and secrets are not */
static gboolean
has_places (CptNodeInput *input)
{
  return input->context->kind != NULL && input->context->kind->group == CPT_WORKFLOW_DO &&
         strcmp (input->setting->name, "secret") != 0;
}

static GtkWidget *
create_entry (CptNodeInput *input)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(input->setting->label));
  cpt_node_input_watch_text (input, row, GTK_EDITABLE (row));

  return row;
}

/* ------------------------------------------------------------------------- texts */

static GtkWidget *
create_text (CptNodeInput *input)
{
  GtkWidget *row = create_entry (input);

  if (has_places (input))
    cpt_node_places_add_to_entry (input->context, row);

  return row;
}

static void
show_text (CptNodeInput *input)
{
  const char *text = cpt_node_input_get_text (input);

  gtk_editable_set_text (GTK_EDITABLE (input->widget), text != NULL ? text : "");
}

static void
take_text (CptNodeInput *input)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (input->widget));

  /* What is no text can't be shown, and stays until something is written. */
  if (*text != '\0' || input->value == NULL || cpt_node_input_get_text (input) != NULL)
    cpt_node_input_say_text (input, text);
}

const CptNodeInputType cpt_node_text = {
  .create = create_text,
  .show = show_text,
  .take = take_text,
};

/* ----------------------------------------------------------------------- numbers */

static GtkWidget *
create_number (CptNodeInput *input)
{
  GtkWidget *row = create_entry (input);

  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), GTK_INPUT_PURPOSE_DIGITS);

  return row;
}

static void
show_number (CptNodeInput *input)
{
  g_autofree char *text = NULL;

  if (input->value != NULL && JSON_NODE_HOLDS_VALUE (input->value))
    text = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (input->value));
  gtk_editable_set_text (GTK_EDITABLE (input->widget), text != NULL ? text : "");
  cpt_node_input_mark (input->widget, FALSE);
}

static void
take_number (CptNodeInput *input)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (input->widget))));
  gint64 number = 0, least = input->setting->type == CPT_WORKFLOW_SETTING_NUMBER ? 1 : 0;
  gboolean is_number = *text == '\0' || g_ascii_string_to_signed (text, 10, least, MAX_NUMBER, &number, NULL);

  cpt_node_input_mark (input->widget, !is_number);
  if (is_number)
    cpt_node_input_say (input, *text != '\0' ? json_node_init_int (json_node_alloc (), number) : NULL);
}

const CptNodeInputType cpt_node_number = {
  .create = create_number,
  .show = show_number,
  .take = take_number,
};

/* ------------------------------------------------------------------------- times */

static GtkWidget *
create_time (CptNodeInput *input)
{
  GtkWidget *row = create_entry (input);
  /* Translators: %s is the label of a setting, such as "At" */
  g_autofree char *title = g_strdup_printf (_("%s, such as 09:00"), _(input->setting->label));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);

  return row;
}

static void
show_time (CptNodeInput *input)
{
  show_text (input);
  cpt_node_input_mark (input->widget, FALSE);
}

/* “9:00” is what people write */
static void
take_time (CptNodeInput *input)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (input->widget))));
  g_autofree char *full = strlen (text) == 4 && text[1] == ':' ? g_strconcat ("0", text, NULL) : g_strdup (text);
  int minute;
  gboolean is_time = *full == '\0' || cpt_workflow_time_parse (full, &minute);

  cpt_node_input_mark (input->widget, !is_time);
  if (is_time)
    cpt_node_input_say_text (input, full);
}

const CptNodeInputType cpt_node_time = {
  .create = create_time,
  .show = show_time,
  .take = take_time,
};
