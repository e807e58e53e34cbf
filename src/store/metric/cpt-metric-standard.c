/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The metrics that come with the program. Goals name some of them by their
 * keys. Each says in words what it counts; a test computes each by SQL that was
 * written by hand. */

#include "config.h"

#include "cpt-metric-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-json.h"

typedef struct
{
  const char *key;
  const char *title;
  const char *description;
  CptMetricDirection direction;
  const char *query;
} StandardMetric;

#define IS(field, value) "{\"field\":\"" field "\",\"op\":\"is\",\"value\":\"" value "\"}"
#define HAS(field) "{\"field\":\"" field "\",\"op\":\"is-not-empty\"}"
#define WON IS ("stage.kind", "won")
#define OPEN IS ("stage.kind", "open")
#define DECIDED "{\"any\":[" WON "," IS ("stage.kind", "lost") "]}"
#define QUALIFIED "{\"any\":[" IS ("status", "qualified") "," IS ("status", "converted") "]}"
#define CUSTOMER IS ("converted_deal.stage.kind", "won")
#define OWNED HAS ("owner")
#define COUNT "[{\"agg\":\"count\"}]"
#define SUM "[{\"agg\":\"sum\",\"field\":\"amount\"}]"
#define OF_ADS "\"source\":\"ad_result\",\"date\":\"day\""
#define ADD(field) "[{\"agg\":\"sum\",\"field\":\"" field "\"}]"
#define RATIO(part, whole, unit) "[{\"name\":\"part\",\"agg\":\"sum\",\"field\":\"" part "\"},"   \
                                 "{\"name\":\"whole\",\"agg\":\"sum\",\"field\":\"" whole "\"}]," \
                                 "\"formula\":\"part / whole\",\"unit\":\"" unit "\""
/* The part of all that meets a condition */
#define PART(part) "[{\"name\":\"part\",\"agg\":\"count\",\"where\":" part "},{\"name\":\"whole\",\"agg\":\"count\"}]," \
                   "\"formula\":\"part / whole\",\"unit\":\"percent\""

static const StandardMetric metrics[] = {
  {
    .key = "revenue_won",
    .title = N_("Revenue won"),
    .description = N_("The amounts of deals in a stage that means won, by the day on which they were closed."),
    .query = "{\"source\":\"deal\",\"where\":" WON ",\"date\":\"closed_on\",\"measures\":" SUM "}",
  },
  {
    .key = "deals_won",
    .title = N_("Deals won"),
    .description = N_("How many deals are in a stage that means won, by the day on which they were closed."),
    .query = "{\"source\":\"deal\",\"where\":" WON ",\"date\":\"closed_on\",\"measures\":" COUNT "}",
  },
  {
    .key = "deals",
    .title = N_("Number of deals"),
    .description = N_("How many deals there are, whatever became of them, by the day on which they were opened."),
    .query = "{\"source\":\"deal\",\"date\":\"opened_on\",\"measures\":" COUNT "}",
  },
  {
    .key = "deals_opened",
    .title = N_("Deals opened"),
    .description = N_("How many deals have a day on which they were opened, by that day."),
    .query = "{\"source\":\"deal\",\"where\":" HAS ("opened_on") ",\"date\":\"opened_on\",\"measures\":" COUNT "}",
  },
  {
    .key = "conversion_rate",
    .title = N_("Conversion rate"),
    .description = N_("Of the deals that were decided, won or lost, the part that was won, "
                      "by the day on which they were closed."),
    .query = "{\"source\":\"deal\",\"where\":" DECIDED ",\"date\":\"closed_on\",\"measures\":" PART (WON) "}",
  },
  {
    .key = "average_deal",
    .title = N_("Average deal"),
    .description = N_("The average amount of deals won. Deals without an amount do not count."),
    .query = "{\"source\":\"deal\",\"where\":" WON ",\"date\":\"closed_on\","
             "\"measures\":[{\"agg\":\"avg\",\"field\":\"amount\"}]}",
  },
  {
    .key = "sales_cycle",
    .title = N_("Sales cycle"),
    .description = N_("How many days it took on average from the day on which a deal was opened until it was won."),
    .direction = CPT_METRIC_DOWN_IS_GOOD,
    .query = "{\"source\":\"deal\",\"where\":" WON ",\"date\":\"closed_on\","
             "\"measures\":[{\"agg\":\"avg\",\"field\":\"closed_on\",\"since\":\"opened_on\"}]}",
  },
  {
    .key = "pipeline",
    .title = N_("Open pipeline"),
    .description = N_("The amounts of deals that are still open, by the day on which they are expected to close."),
    .query = "{\"source\":\"deal\",\"where\":" OPEN ",\"date\":\"expected_close_on\",\"measures\":" SUM "}",
  },
  {
    .key = "pipeline_weighted",
    .title = N_("Weighted pipeline"),
    .description = N_("The amounts of deals that are still open, each multiplied by the probability of its stage, "
                      "by the day on which they are expected to close."),
    .query = "{\"source\":\"deal\",\"where\":" OPEN ",\"date\":\"expected_close_on\","
             "\"measures\":[{\"agg\":\"sum\",\"field\":\"amount\",\"weight\":\"stage.probability\"}]}",
  },
  {
    .key = "leads",
    .title = N_("Leads received"),
    .description = N_("How many leads there are, by the day on which they came in."),
    .query = "{\"source\":\"lead\",\"date\":\"created_at\",\"measures\":" COUNT "}",
  },
  {
    .key = "leads_converted",
    .title = N_("Leads converted"),
    .description = N_("How many leads have become contacts or deals, by the day on which the leads came in."),
    .query = "{\"source\":\"lead\",\"where\":" IS ("status", "converted") ",\"date\":\"created_at\",\"measures\":" COUNT "}",
  },
  {
    .key = "lead_to_qualified",
    .title = N_("Lead to qualified"),
    .description = N_("Of all leads, the part that is qualified or converted, by the day on which they came in. "
                      "A lead that was lost later does not count as qualified."),
    .query = "{\"source\":\"lead\",\"date\":\"created_at\",\"measures\":" PART (QUALIFIED) "}",
  },
  {
    .key = "qualified_to_customer",
    .title = N_("Qualified to customer"),
    .description = N_("Of the leads that are qualified or converted, the part whose deal was won, "
                      "by the day on which they came in."),
    .query = "{\"source\":\"lead\",\"where\":" QUALIFIED ",\"date\":\"created_at\",\"measures\":" PART (CUSTOMER) "}",
  },
  {
    .key = "lead_to_customer",
    .title = N_("Lead to customer"),
    .description = N_("Of all leads, the part whose deal was won, by the day on which they came in."),
    .query = "{\"source\":\"lead\",\"date\":\"created_at\",\"measures\":" PART (CUSTOMER) "}",
  },
  {
    .key = "lead_to_sale",
    .title = N_("Time from lead to first sale"),
    .description = N_("How many days it took on average from the day on which a lead came in until the deal "
                      "that was made of it was won, by that day."),
    .direction = CPT_METRIC_DOWN_IS_GOOD,
    .query = "{\"source\":\"lead\",\"where\":" CUSTOMER ",\"date\":\"converted_deal.closed_on\","
             "\"measures\":[{\"agg\":\"avg\",\"field\":\"converted_deal.closed_on\",\"since\":\"created_at\"}]}",
  },
  {
    .key = "activities",
    .title = N_("Activities"),
    .description = N_("How many calls, meetings, e-mails and notes there are, by the day on which they happened."),
    .query = "{\"source\":\"activity\",\"date\":\"at\",\"measures\":" COUNT "}",
  },
  {
    .key = "activities_per_person",
    .title = N_("Activities per person"),
    .description = N_("How many calls, meetings, e-mails and notes each owner has on average. Only owners who have one count."),
    .query = "{\"source\":\"activity\",\"where\":" OWNED ",\"date\":\"at\","
             "\"measures\":[{\"name\":\"all\",\"agg\":\"count\"},{\"name\":\"people\",\"agg\":\"distinct\",\"field\":\"owner\"}],"
             "\"formula\":\"all / people\",\"unit\":\"number\"}",
  },
  {
    .key = "calls",
    .title = N_("Calls"),
    .description = N_("How many calls there are, by the day on which they were made."),
    .query = "{\"source\":\"activity\",\"where\":" IS ("kind", "call") ",\"date\":\"at\",\"measures\":" COUNT "}",
  },
  {
    .key = "meetings",
    .title = N_("Meetings"),
    .description = N_("How many meetings there are, by the day on which they were held."),
    .query = "{\"source\":\"activity\",\"where\":" IS ("kind", "meeting") ",\"date\":\"at\",\"measures\":" COUNT "}",
  },
  {
    .key = "ad_spend",
    .title = N_("Ad spend"),
    .description = N_("What ads cost, as the platforms report it, by the day on which they were shown."),
    .direction = CPT_METRIC_NEUTRAL,
    .query = "{" OF_ADS ",\"measures\":" ADD ("cost") "}",
  },
  {
    .key = "ad_impressions",
    .title = N_("Impressions"),
    .description = N_("How often ads were shown, by that day."),
    .query = "{" OF_ADS ",\"measures\":" ADD ("impressions") "}",
  },
  {
    .key = "ad_clicks",
    .title = N_("Ad clicks"),
    .description = N_("How often ads were clicked, by the day on which they were shown."),
    .query = "{" OF_ADS ",\"measures\":" ADD ("clicks") "}",
  },
  {
    .key = "click_rate",
    .title = N_("Click rate of ads"),
    .description = N_("Of the times that ads were shown, the part in which they were clicked, "
                      "by the day on which they were shown."),
    .query = "{" OF_ADS ",\"measures\":" RATIO ("clicks", "impressions", "percent") "}",
  },
  {
    .key = "cost_per_click",
    .title = N_("Cost per click"),
    .description = N_("What ads cost for each click, by the day on which they were shown."),
    .direction = CPT_METRIC_DOWN_IS_GOOD,
    .query = "{" OF_ADS ",\"measures\":" RATIO ("cost", "clicks", "money") "}",
  },
  {
    .key = "ad_conversions",
    .title = N_("Ad conversions"),
    .description = N_("How often somebody did what ads are to bring about, as the platforms count it, "
                      "by the day on which the ads were shown."),
    .query = "{" OF_ADS ",\"measures\":" ADD ("conversions") "}",
  },
  {
    .key = "cost_per_conversion",
    .title = N_("Cost per conversion"),
    .description = N_("What ads cost for each conversion, by the day on which they were shown."),
    .direction = CPT_METRIC_DOWN_IS_GOOD,
    .query = "{" OF_ADS ",\"measures\":" RATIO ("cost", "conversions", "money") "}",
  },
  {
    .key = "ad_return",
    .title = N_("Return on ad spend"),
    .description = N_("How much revenue the platforms attribute to each unit of money that was spent on ads, "
                      "by the day on which they were shown."),
    .query = "{" OF_ADS ",\"measures\":" RATIO ("revenue", "cost", "number") "}",
  },
};

const char **
cpt_metric_list_standard (void)
{
  const char **keys = g_new0 (const char *, G_N_ELEMENTS (metrics) + 1);

  for (guint i = 0; i < G_N_ELEMENTS (metrics); i++)
    keys[i] = metrics[i].key;

  return keys;
}

CptMetric *
cpt_metric_new_standard (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (metrics); i++)
    if (strcmp (metrics[i].key, key) == 0)
      {
        CptMetric *self = g_new0 (CptMetric, 1);

        self->key = g_strdup (key);
        self->title = g_strdup (_(metrics[i].title));
        self->description = g_strdup (_(metrics[i].description));
        self->direction = metrics[i].direction;
        self->query = cpt_json_parse (metrics[i].query, -1, NULL);

        return self;
      }

  return NULL;
}
