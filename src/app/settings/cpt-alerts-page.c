/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alerts on metrics: what each asks for, what the number is now, and whether it
 * is in force. */
#include "config.h"

#include "cpt-alerts-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-alert.h"
#include "cpt-metric-form.h"
#include "cpt-metric.h"

struct _CptAlertsPage
{
  CptSettingsPage parent_instance;
};

G_DEFINE_FINAL_TYPE (CptAlertsPage, cpt_alerts_page, CPT_TYPE_SETTINGS_PAGE)

static const char *const kinds[] = { CPT_ALERT_ENTITY, "metric", NULL };

/* Reading */

typedef struct
{
  char *sentence;
  CptAlertReading reading;
} Words;

typedef struct
{
  GPtrArray *metrics; /* (element-type CptMetric) */
  GPtrArray *words;   /* (element-type Words): of each alert, in their order */
} More;

static void
words_free (gpointer data)
{
  Words *words = data;

  g_free (words->sentence);
  cpt_alert_reading_clear (&words->reading);
  g_free (words);
}

static void
more_free (gpointer data)
{
  More *more = data;

  g_clear_pointer (&more->metrics, g_ptr_array_unref);
  g_ptr_array_unref (more->words);
  g_free (more);
}

static gpointer
read_more (CptDatabase            *database,
           const CptSettingsData  *data,
           GError                **error)
{
  More *more = g_new0 (More, 1);

  more->words = g_ptr_array_new_with_free_func (words_free);
  more->metrics = cpt_metric_list (database, error);
  if (more->metrics == NULL)
    {
      more_free (more);
      return NULL;
    }
  for (guint i = 0; i < data->records[0]->len; i++)
    {
      const CptRecord *alert = g_ptr_array_index (data->records[0], i);
      Words *words = g_new0 (Words, 1);

      words->sentence = cpt_alert_describe (database, alert);
      cpt_alert_evaluate (database, alert, &words->reading);
      g_ptr_array_add (more->words, words);
    }

  return more;
}

static const CptSettingsSource source = {
  .kinds = kinds,
  .read_more = read_more,
  .free_more = more_free,
};

/* The form */

static const char *const fields[] = {
  "name",
  "metric",
  "kind",
  "threshold",
  "days",
  "period",
  "interval",
  "owner",
  "condition",
  NULL,
};

static gboolean
shows (const CptRecord *record,
       const char      *field)
{
  gboolean is_missing = g_strcmp0 (cpt_record_get_text (record, "kind"), "missing") == 0;

  if (strcmp (field, "days") == 0)
    return is_missing;

  return !is_missing || (strcmp (field, "threshold") != 0 && strcmp (field, "period") != 0);
}

static const CptMetricFormSpec adding = { N_("Add Alert"), N_("Alert added"), fields, shows };
static const CptMetricFormSpec changing = { N_("Change Alert"), N_("Alert changed"), fields, shows };

/* Changing */

static CptRecord *
find_alert (CptAlertsPage *self,
            const char    *id)
{
  return cpt_settings_data_find (cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self)), id);
}

static const More *
get_more (CptAlertsPage *self)
{
  return cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self))->more;
}

static void
switched_cb (GtkSwitch     *toggle,
             GParamSpec    *pspec,
             CptAlertsPage *self)
{
  cpt_settings_page_switch (CPT_SETTINGS_PAGE (self), toggle, _("Alert switched on"), _("Alert switched off"));
}

static void
removed_cb (CptOrderList  *list,
            const char    *key,
            CptAlertsPage *self)
{
  cpt_settings_page_delete (CPT_SETTINGS_PAGE (self), key, _("Alert deleted"));
}

static void
activated_cb (CptOrderList  *list,
              const char    *key,
              CptAlertsPage *self)
{
  CptRecord *alert = find_alert (self, key);

  if (alert != NULL && cpt_settings_page_is_writable (CPT_SETTINGS_PAGE (self)))
    cpt_metric_form_present (cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self)), alert, get_more (self)->metrics, &changing);
}

static void
added_cb (GtkWidget     *row,
          CptAlertsPage *self)
{
  g_autoptr(CptRecord) record = cpt_settings_page_create_record (CPT_SETTINGS_PAGE (self), CPT_ALERT_ENTITY);

  if (record != NULL)
    cpt_metric_form_present (cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self)), record, get_more (self)->metrics, &adding);
}

/* Showing */

/* What the number is, or why there is none */
static char *
describe_now (const CptRecord *alert,
              const Words     *words)
{
  if (words->reading.problem != NULL)
    return g_strdup (words->reading.problem);
  if (words->reading.state == CPT_ALERT_FIRING && cpt_record_get_integer (alert, "is_active") != 0)
    /* Translators: an alert whose condition is met; %s is a number: "Holds: €3,200 now" */
    return g_strdup_printf (_("Holds: %s now"), words->reading.text);

  /* Translators: the value of a metric: "€3,200 now" */
  return g_strdup_printf (_("%s now"), words->reading.text);
}

static void
add_alert (CptAlertsPage   *self,
           CptOrderList    *list,
           const CptRecord *alert,
           const Words     *words)
{
  g_autofree char *id = cpt_uuid_dup_text (&alert->id);
  g_autofree char *title = cpt_record_dup_title (alert);
  g_autofree char *now = describe_now (alert, words);
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s", words->sentence, now);
  GtkWidget *row = cpt_settings_page_create_row (title, subtitle);
  gboolean is_active = cpt_record_get_integer (alert, "is_active") != 0;

  if (is_active && words->reading.state != CPT_ALERT_OK)
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             cpt_settings_page_create_switch (CPT_SETTINGS_PAGE (self), alert, G_CALLBACK (switched_cb)));
  cpt_order_list_append (list, row, id);
}

static void
cpt_alerts_page_show (CptSettingsPage *page)
{
  CptAlertsPage *self = CPT_ALERTS_PAGE (page);
  const CptSettingsData *data = cpt_settings_page_get_data (page);
  GtkWidget *group = cpt_settings_page_add_group (page, _("Alerts"),
                                                  _("When a metric is not as it should be, you are told once, and once more when "
                                                    "that is over."));
  CptOrderList *list = cpt_settings_page_add_list (page, group, _("Alerts"));

  cpt_order_list_set_fixed (list);
  g_signal_connect_object (list, "activated", G_CALLBACK (activated_cb), self, 0);
  if (cpt_settings_page_is_writable (page))
    {
      g_signal_connect_object (list, "removed", G_CALLBACK (removed_cb), self, 0);
      cpt_order_list_set_removable (list);
    }
  for (guint i = 0; i < data->records[0]->len; i++)
    add_alert (self, list, g_ptr_array_index (data->records[0], i), g_ptr_array_index (get_more (self)->words, i));
  cpt_settings_page_add_adding (page, list, _("Add an Alert"), G_CALLBACK (added_cb));
}

static void
cpt_alerts_page_class_init (CptAlertsPageClass *klass)
{
  CPT_SETTINGS_PAGE_CLASS (klass)->source = &source;
  CPT_SETTINGS_PAGE_CLASS (klass)->show = cpt_alerts_page_show;
}

static void
cpt_alerts_page_init (CptAlertsPage *self)
{
}
