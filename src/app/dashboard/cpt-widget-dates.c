/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The row of the editor of widgets that asks by which date the period of a
 * dashboard filters one.
 */

#include "config.h"

#include "cpt-widget-dates.h"

#include <glib/gi18n.h>

#include "cpt-combo-labels.h"
#include "cpt-question-filter.h"

char *
cpt_widget_dates_dup_default (const CptWidgetQuery *query)
{
  CptWidgetQuery plain = *query;
  g_autoptr(JsonNode) question = NULL;

  plain.date = NULL;
  question = cpt_widget_query_to_json (&plain, FALSE);

  return g_strdup (cpt_question_find_date (json_node_get_object (question)));
}

/* (transfer full) (nullable): what people call the date */
static char *
dup_label (CptSchema       *schema,
           const CptEntity *entity,
           const char      *date)
{
  CptPath path;

  return date != NULL && cpt_path_parse (schema, entity, date, &path, NULL) ? cpt_path_get_label (&path) : NULL;
}

static void
offer (GPtrArray       *dates,
       GPtrArray       *labels,
       CptSchema       *schema,
       const CptEntity *entity,
       const char      *date)
{
  char *label = dup_label (schema, entity, date);

  if (label == NULL)
    return;

  g_ptr_array_add (dates, g_strdup (date));
  g_ptr_array_add (labels, label);
}

void
cpt_widget_dates_show (GPtrArray       *dates,
                       AdwComboRow     *row,
                       CptSchema       *schema,
                       const CptEntity *entity,
                       const char      *usual,
                       const char      *chosen)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *label = dup_label (schema, entity, usual);
  guint selected = 0, index;

  g_ptr_array_set_size (dates, 0);
  if (label != NULL)
    /* Translators: the date that counts unless another one is chosen: "Closed (default)" */
    g_ptr_array_add (labels, g_strdup_printf (C_("date", "%s (default)"), label));
  else
    g_ptr_array_add (labels, g_strdup (C_("date", "None")));
  for (guint i = 0; i < entity->n_fields; i++)
    if (cpt_field_type_get (entity->fields[i]->kind)->is_bucketable && !(entity->fields[i]->flags & CPT_FIELD_HIDDEN))
      offer (dates, labels, schema, entity, entity->fields[i]->name);
  offer (dates, labels, schema, entity, "created_at");
  if (chosen != NULL && *chosen != '\0' && !g_ptr_array_find_with_equal_func (dates, chosen, g_str_equal, NULL))
    offer (dates, labels, schema, entity, chosen);
  if (label != NULL)
    g_ptr_array_add (labels, g_strdup (C_("date", "None")));

  if (chosen != NULL && *chosen == '\0')
    selected = label != NULL ? labels->len - 1 : 0;
  else if (chosen != NULL && g_ptr_array_find_with_equal_func (dates, chosen, g_str_equal, &index))
    selected = 1 + index;
  cpt_combo_row_set_labels (row, labels, selected);
}

const char *
cpt_widget_dates_read (GPtrArray   *dates,
                       AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return NULL;

  return selected <= dates->len ? g_ptr_array_index (dates, selected - 1) : "";
}

void
cpt_widget_dates_explain (GPtrArray   *dates,
                          AdwComboRow *row,
                          const char  *usual)
{
  const char *chosen = cpt_widget_dates_read (dates, row);
  gboolean is_none = chosen != NULL ? *chosen == '\0' : usual == NULL;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               is_none ? _("Not filtered by a period") : _("By which periods choose records"));
}
