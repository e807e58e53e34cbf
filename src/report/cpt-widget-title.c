/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands above a widget. A title may say {period}: that of the question. A period
 * that was typed into a title stays there when the dashboard is filtered by another one;
 * then that one is said beside it. */
#include "config.h"
#include "cpt-widget-data-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-json.h"
#include "cpt-metric.h"

#define PLACE "{period}"

/* (nullable): the period of a question, however it says so; borrowed */
static JsonObject *
find_period (JsonNode *question)
{
  JsonObject *query = question != NULL && JSON_NODE_HOLDS_OBJECT (question) ? json_node_get_object (question) : NULL;
  JsonObject *period = NULL;
  CptWidgetPeriod periodic = { 0 };

  if (query == NULL)
    return NULL;
  if (json_object_has_member (query, "period"))
    return cpt_json_read_object (query, "period", &period, NULL) ? period : NULL;

  if (!cpt_widget_period_find (query, &periodic))
    periodic.period = NULL;
  g_clear_pointer (&periodic.rest, json_node_unref);

  return periodic.period;
}

/* "2017", "Q3 2017": where that is all of it; (nullable) */
static char *
dup_bucket (JsonObject *period)
{
  static const CptBucket buckets[] = { CPT_BUCKET_YEAR, CPT_BUCKET_QUARTER, CPT_BUCKET_MONTH, CPT_BUCKET_DAY };
  const char *from = NULL, *to = NULL;
  gint64 first, last;

  if (!cpt_json_read_string (period, "from", &from, NULL) || !cpt_json_read_string (period, "to", &to, NULL) || from == NULL ||
      to == NULL || !cpt_date_parse_iso (from, &first) || !cpt_date_parse_iso (to, &last))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (buckets); i++)
    if (cpt_bucket_get_start (buckets[i], first) == first && cpt_bucket_add (buckets[i], first, 1) - 1 == last)
      return cpt_bucket_format (buckets[i], first);

  return NULL;
}

static char *
dup_period (JsonObject *period)
{
  g_autoptr(JsonNode) node = NULL;
  char *text;

  if (period == NULL)
    return g_strdup (C_("period", "all time"));

  text = dup_bucket (period);
  if (text == NULL)
    {
      node = json_node_init_object (json_node_alloc (), period);
      text = cpt_question_describe_period (node);
    }

  return text != NULL ? text : g_strdup (C_("period", "all time"));
}

static gboolean
is_same (JsonObject *a,
         JsonObject *b)
{
  g_autoptr(JsonNode) first = NULL;
  g_autoptr(JsonNode) second = NULL;

  if (a == NULL || b == NULL)
    return a == b;

  first = json_node_init_object (json_node_alloc (), a);
  second = json_node_init_object (json_node_alloc (), b);

  return json_node_equal (first, second);
}

char *
cpt_widget_dup_title (const CptWidget *widget,
                      JsonNode        *asked)
{
  JsonObject *own, *now;
  g_autofree char *period = NULL;

  g_return_val_if_fail (widget != NULL, NULL);

  own = find_period (widget->query);
  now = asked != NULL ? find_period (asked) : own;
  if (strstr (widget->title, PLACE) != NULL)
    {
      g_autoptr(GString) title = g_string_new (widget->title);

      period = dup_period (now);
      g_string_replace (title, PLACE, period, 0);

      return g_string_free (g_steal_pointer (&title), FALSE);
    }
  if (widget->title[0] == '\0' || own == NULL || is_same (own, now))
    return g_strdup (widget->title);

  period = dup_period (now);

  /* Translators: the title of a widget and the period that it is filtered by: "Won this month · 2017" */
  return g_strdup_printf (C_("widget title", "%s · %s"), widget->title, period);
}
