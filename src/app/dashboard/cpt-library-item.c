/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the library of widgets offers: each item is a widget with a title, a
 * sentence on it and, once they are read, its numbers.
 */

#include "config.h"

#include "cpt-library-item.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpt-chart-kind.h"
#include "cpt-json.h"
#include "cpt-text.h"
#include "cpt-widget-choices.h"

struct _CptLibraryItem
{
  GObject parent_instance;

  CptDashboard *board; /* with the one widget */
  char *description;
  char *words; /* folded: of title and description */
  gboolean is_example;
  CptChartData *data; /* (nullable) */
  CptChartCard *card; /* (nullable): weak */
};

G_DEFINE_FINAL_TYPE (CptLibraryItem, cpt_library_item, G_TYPE_OBJECT)

#define TWELVE_MONTHS "{\"last\":12,\"unit\":\"month\"}"
#define NEXT_MONTHS "{\"next\":12,\"unit\":\"month\"}"
#define BY_STAGE "\"dimensions\":[{\"field\":\"stage\"}],\"order\":[{\"dimension\":0}]}"

/* What is shown of each kind; the names are those of the program's own records */
static const struct
{
  const char *kind;
  const char *query;   /* (nullable) */
  const char *options; /* (nullable) */
} examples[] = {
  { "number", "{\"metric\":\"revenue_won\",\"period\":{\"this\":\"year\"},\"compare\":\"previous\"}", NULL },
  { "bar",
    "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],\"dimensions\":[{\"field\":\"stage\"}],"
    "\"order\":[{\"dimension\":0}],\"limit\":10}",
    NULL },
  { "line",
    "{\"metric\":\"revenue_won\",\"period\":" TWELVE_MONTHS
    ",\"dimensions\":[{\"bucket\":\"month\",\"fill\":true}],\"order\":[{\"dimension\":0}]}",
    "{\"area\":true}" },
  { "combo",
    "{\"metrics\":[\"revenue_won\",\"average_deal\"],\"period\":" TWELVE_MONTHS
    ",\"dimensions\":[{\"bucket\":\"month\",\"fill\":true}],\"order\":[{\"dimension\":0}]}",
    NULL },
  /* Who was lost has not come to the last step */
  { "funnel",
    "{\"metric\":\"deals\",\"where\":{\"field\":\"stage.kind\",\"op\":\"is-not\",\"value\":\"lost\"},"
    "\"period\":" TWELVE_MONTHS "," BY_STAGE,
    "{\"steps\":\"reached\"}" },
  { "leaderboard",
    "{\"metric\":\"revenue_won\",\"period\":{\"this\":\"year\"},\"dimensions\":[{\"field\":\"owner\"}],"
    "\"order\":[{\"measure\":0,\"descending\":true}],\"limit\":10}",
    NULL },
  { "pie",
    "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],\"dimensions\":[{\"field\":\"source\"}],"
    "\"order\":[{\"measure\":0,\"descending\":true}]}",
    NULL },
  { "gauge", "{\"metric\":\"deals_won\",\"period\":{\"this\":\"month\"}}", "{\"target\":50}" },
  { "heat",
    "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],\"dimensions\":[{\"field\":\"stage\"},{\"field\":\"source\"}],"
    "\"order\":[{\"dimension\":0},{\"dimension\":1}]}",
    NULL },
  { "table", "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}]," BY_STAGE, NULL },
  { "pivot",
    "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],\"dimensions\":[{\"field\":\"source\"},"
    "{\"field\":\"opened_on\",\"bucket\":\"year\",\"fill\":true}],\"order\":[{\"dimension\":0},{\"dimension\":1}]}",
    "{\"heat\":true}" },
  { "cohort",
    "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"}],\"dimensions\":[{\"field\":\"opened_on\",\"bucket\":\"month\","
    "\"fill\":true},{\"field\":\"closed_on\",\"bucket\":\"month\",\"fill\":true}],\"order\":[{\"dimension\":0},{\"dimension\":1}]}",
    NULL },
  { "treemap",
    "{\"source\":\"deal\",\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\"}],\"dimensions\":[{\"field\":\"source\"}],"
    "\"order\":[{\"measure\":0,\"descending\":true}]}",
    NULL },
  { "radar",
    "{\"metrics\":[\"revenue_won\",\"conversion_rate\",\"deals_won\",\"average_deal\"],\"period\":" TWELVE_MONTHS
    ",\"dimensions\":[{\"field\":\"owner\"}],\"order\":[{\"measure\":0,\"descending\":true}],\"limit\":4}",
    NULL },
  { "scatter",
    "{\"source\":\"deal\",\"measures\":[{\"agg\":\"count\"},{\"agg\":\"sum\",\"field\":\"amount\"}],"
    "\"dimensions\":[{\"field\":\"owner\"}],\"order\":[{\"measure\":0,\"descending\":true}]}",
    NULL },
  { "timeline", "{\"source\":\"activity\"}", NULL },
  { "image", "{\"source\":\"file\"}", NULL },
};

/* (nullable): what people look for who do not know what it is called */
static const char *
get_words (const char *kind)
{
  /* Translators: words that find a line chart in the library of widgets */
  if (g_str_equal (kind, "line"))
    return _("trend development curve over time");
  /* Translators: words that find a leaderboard in the library of widgets */
  if (g_str_equal (kind, "leaderboard"))
    return _("salespeople sellers team ranking best");
  /* Translators: words that find a funnel in the library of widgets */
  if (g_str_equal (kind, "funnel"))
    return _("pipeline by stage steps conversion");

  return NULL;
}

static CptLibraryItem *
create_item (const char *kind,
             const char *title,
             const char *description,
             const char *query,
             const char *options,
             gboolean    is_example)
{
  CptLibraryItem *self = g_object_new (CPT_TYPE_LIBRARY_ITEM, NULL);
  g_autoptr(JsonNode) asked = query != NULL ? cpt_json_parse (query, -1, NULL) : NULL;
  g_autoptr(JsonNode) look = options != NULL ? cpt_json_parse (options, -1, NULL) : NULL;
  const CptChartKind *shown = cpt_chart_kind_find (kind);
  const char *words = get_words (kind);
  g_autofree char *all = g_strjoin (" ", title, description, shown != NULL ? _(shown->label) : "",
                                    words != NULL ? words : "", NULL);
  g_autofree char *id = g_uuid_string_random ();

  self->board = cpt_dashboard_new ("");
  cpt_dashboard_add_widget (self->board, id, kind, title, asked, look != NULL ? json_node_get_object (look) : NULL, NULL);
  self->description = g_strdup (description);
  self->words = cpt_text_fold (all);
  self->is_example = is_example;

  return self;
}

static gboolean
has_owner (const CptMetric *metric)
{
  const char *source = cpt_widget_metrics_get (metric, "source");

  return g_strcmp0 (source, "deal") == 0 || g_strcmp0 (source, "lead") == 0 || g_strcmp0 (source, "activity") == 0;
}

/* The number, how it develops, and who has how much of it */
static void
add_metric (GListStore      *list,
            const CptMetric *metric)
{
  const char *description = metric->description != NULL ? metric->description : "";
  const char *date = cpt_widget_metrics_get (metric, "date");
  gboolean is_dated = date != NULL;
  /* What is expected is all that there is now, and its months are to come */
  gboolean is_ahead = g_strcmp0 (date, "expected_close_on") == 0;
  const char *month = ",\"period\":{\"this\":\"month\"},\"compare\":\"previous\"";
  g_autofree char *number = g_strdup_printf ("{\"metric\":\"%s\"%s}", metric->key, is_dated && !is_ahead ? month : "");
  g_autoptr(CptLibraryItem) item = create_item ("number", metric->title, description, number, NULL, FALSE);

  g_list_store_append (list, item);
  if (is_dated)
    {
      g_autofree char *query = g_strdup_printf ("{\"metric\":\"%s\",\"period\":%s,\"dimensions\":[{\"bucket\":"
                                                "\"month\",\"fill\":true}],\"order\":[{\"dimension\":0}]}",
                                                metric->key, is_ahead ? NEXT_MONTHS : TWELVE_MONTHS);
      /* Translators: a chart of a metric over the last 12 months; %s is its title */
      g_autofree char *title = g_strdup_printf (_("%s by month"), metric->title);
      g_autoptr(CptLibraryItem) line = create_item ("line", title, description, query, NULL, FALSE);

      g_list_store_append (list, line);
    }
  if (has_owner (metric))
    {
      g_autofree char *query = g_strdup_printf ("{\"metric\":\"%s\",\"dimensions\":[{\"field\":\"owner\"}],"
                                                "\"order\":[{\"measure\":0,\"descending\":true}],\"limit\":10%s}",
                                                metric->key, is_dated && !is_ahead ? ",\"period\":{\"this\":\"year\"}" : "");
      /* Translators: a chart of a metric for each person; %s is its title */
      g_autofree char *title = g_strdup_printf (_("%s by owner"), metric->title);
      g_autoptr(CptLibraryItem) board = create_item ("leaderboard", title, description, query, NULL, FALSE);

      g_list_store_append (list, board);
    }
}

static void
add_kind (GListStore         *list,
          const CptChartKind *kind)
{
  const char *query = NULL, *options = NULL;
  g_autofree char *text = NULL;
  g_autoptr(CptLibraryItem) item = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    if (g_str_equal (examples[i].kind, kind->name))
      {
        query = examples[i].query;
        options = examples[i].options;
      }
  if (g_str_equal (kind->name, "text"))
    {
      g_autoptr(JsonObject) object = json_object_new ();
      g_autoptr(JsonNode) node = NULL;

      /* Translators: an example of a text with a heading and a list; keep the signs and line breaks */
      json_object_set_string_member (object, "text", _("## A heading\nA **word** on what is shown here:\n- first\n- second"));
      node = json_node_init_object (json_node_alloc (), object);
      text = cpt_json_format (node);
      options = text;
    }
  item = create_item (kind->name, _(kind->label), _(kind->description), query, options, TRUE);
  g_list_store_append (list, item);
}

GListStore *
cpt_library_item_list (GPtrArray *metrics)
{
  GListStore *list = g_list_store_new (CPT_TYPE_LIBRARY_ITEM);
  guint n_kinds;
  const CptChartKind *const *kinds = cpt_chart_kind_list (&n_kinds);

  for (guint i = 0; i < metrics->len; i++)
    add_metric (list, g_ptr_array_index (metrics, i));
  for (guint i = 0; i < n_kinds; i++)
    add_kind (list, kinds[i]);

  return list;
}

static void
cpt_library_item_finalize (GObject *object)
{
  CptLibraryItem *self = CPT_LIBRARY_ITEM (object);

  g_clear_weak_pointer (&self->card);
  g_clear_pointer (&self->board, cpt_dashboard_free);
  g_clear_pointer (&self->description, g_free);
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->data, cpt_chart_data_unref);

  G_OBJECT_CLASS (cpt_library_item_parent_class)->finalize (object);
}

static void
cpt_library_item_class_init (CptLibraryItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_library_item_finalize;
}

static void
cpt_library_item_init (CptLibraryItem *self)
{
}

const CptWidget *
cpt_library_item_get_widget (CptLibraryItem *self)
{
  g_return_val_if_fail (CPT_IS_LIBRARY_ITEM (self), NULL);

  return cpt_dashboard_get_widget (self->board, 0);
}

CptDashboard *
cpt_library_item_dup_board (CptLibraryItem *self)
{
  g_return_val_if_fail (CPT_IS_LIBRARY_ITEM (self), NULL);

  return cpt_dashboard_copy (self->board);
}

const char *
cpt_library_item_get_description (CptLibraryItem *self)
{
  g_return_val_if_fail (CPT_IS_LIBRARY_ITEM (self), NULL);

  return self->description;
}

gboolean
cpt_library_item_is_example (CptLibraryItem *self)
{
  g_return_val_if_fail (CPT_IS_LIBRARY_ITEM (self), FALSE);

  return self->is_example;
}

gboolean
cpt_library_item_matches (CptLibraryItem *self,
                          const char     *text)
{
  g_autofree char *folded = NULL;
  g_auto(GStrv) words = NULL;

  g_return_val_if_fail (CPT_IS_LIBRARY_ITEM (self), FALSE);

  folded = cpt_text_fold (text);
  words = g_strsplit (folded, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (self->words, words[i]) == NULL)
      return FALSE;

  return TRUE;
}

CptChartData *
cpt_library_item_get_data (CptLibraryItem *self)
{
  g_return_val_if_fail (CPT_IS_LIBRARY_ITEM (self), NULL);

  return self->data;
}

void
cpt_library_item_take_data (CptLibraryItem *self,
                            CptChartData   *data)
{
  g_return_if_fail (CPT_IS_LIBRARY_ITEM (self));

  g_clear_pointer (&self->data, cpt_chart_data_unref);
  self->data = data;
  if (self->card != NULL)
    cpt_chart_card_set_data (self->card, data);
}

void
cpt_library_item_set_card (CptLibraryItem *self,
                           CptChartCard   *card)
{
  g_return_if_fail (CPT_IS_LIBRARY_ITEM (self));

  g_set_weak_pointer (&self->card, card);
  if (card == NULL)
    return;

  cpt_chart_card_set_widget (card, cpt_library_item_get_widget (self));
  cpt_chart_card_set_data (card, self->data);
}
