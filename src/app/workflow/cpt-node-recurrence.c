/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When something comes again: the rows that schedules of reports have, too. */

#include "config.h"

#include <glib/gi18n.h>

#include "cpt-date.h"
#include "cpt-node-input-private.h"
#include "cpt-recurrence-rows.h"

/* A rule that is not whole yet is not said, and what is missing stands above it. */
static void
take_rule (CptNodeInput *input)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *rule = NULL;

  if (input->part == NULL)
    return;

  rule = cpt_recurrence_rows_dup_rule (CPT_RECURRENCE_ROWS (input->part), &error);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (input->part), error != NULL ? error->message : NULL);
  if (rule != NULL)
    cpt_node_input_say_text (input, rule);
}

static void
rule_cb (CptNodeInput *input)
{
  cpt_node_input_typed (input);
}

static void
show_rule (CptNodeInput *input)
{
  CptStore *store = input->context->store;
  gint64 today = cpt_instant_get_date (cpt_clock_get_now (cpt_store_get_clock (store)), cpt_store_get_zone (store));

  if (input->part != NULL)
    gtk_box_remove (GTK_BOX (input->widget), input->part);
  input->part = cpt_recurrence_rows_new (_(input->setting->label), cpt_node_input_get_text (input), today);
  g_signal_connect_object (input->part, "changed", G_CALLBACK (rule_cb), input, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (input->widget), input->part);
}

static GtkWidget *
create_rule (CptNodeInput *input)
{
  return gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
}

const CptNodeInputType cpt_node_recurrence = {
  .create = create_rule,
  .show = show_rule,
  .take = take_rule,
  .is_group = TRUE,
};
