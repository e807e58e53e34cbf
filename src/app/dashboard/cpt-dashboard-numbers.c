/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Requests for the numbers of widgets and what came of them. Asking again
 * cancels what is under way: it would be answered from what was shown before.
 */

#include "config.h"

#include "cpt-dashboard-numbers.h"

#include "cpt-dashboard-filter.h"

struct _CptDashboardNumbers
{
  GObject parent_instance;

  CptStore *store;
  GHashTable *answers;   /* identifier of a widget to CptWidgetData */
  GCancellable *reading; /* of the numbers being read */
};

G_DEFINE_FINAL_TYPE (CptDashboardNumbers, cpt_dashboard_numbers, G_TYPE_OBJECT)

static guint arrived_signal;

typedef struct
{
  CptDashboard *dashboard; /* a copy: its queries are shared */
  char *id;
  JsonNode *filters; /* (nullable) */
} NumbersData;

typedef struct
{
  CptDashboardNumbers *self;
  char *id;
} NumbersRequest;

static void
numbers_data_free (gpointer pointer)
{
  NumbersData *data = pointer;

  cpt_dashboard_free (data->dashboard);
  g_free (data->id);
  g_clear_pointer (&data->filters, json_node_unref);
  g_free (data);
}

static gpointer
read_widget (CptDatabase   *database,
             gpointer       user_data,
             GCancellable  *cancellable,
             GError       **error)
{
  const NumbersData *data = user_data;
  const CptWidget *widget = cpt_dashboard_find_widget (data->dashboard, data->id, NULL);
  CptWidgetData *numbers = cpt_widget_data_read_filtered (database, widget, data->filters);

  /* What was interrupted is no answer. */
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    g_clear_pointer (&numbers, cpt_widget_data_unref);

  return numbers;
}

static void
numbers_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  NumbersRequest *request = user_data;
  g_autoptr(CptDashboardNumbers) self = request->self;
  g_autofree char *id = request->id;
  g_autoptr(GError) error = NULL;
  CptWidgetData *numbers = cpt_store_finish (CPT_STORE (source), result, &error);

  g_free (request);
  if (numbers == NULL)
    return;

  g_hash_table_insert (self->answers, g_strdup (id), numbers);
  g_signal_emit (self, arrived_signal, 0, id);
}

static void
read_numbers (CptDashboardNumbers *self,
              const CptDashboard  *dashboard,
              const CptWidget     *widget,
              JsonNode            *filters)
{
  NumbersData *data = g_new0 (NumbersData, 1);
  NumbersRequest *request = g_new0 (NumbersRequest, 1);

  data->dashboard = cpt_dashboard_copy (dashboard);
  data->id = g_strdup (widget->id);
  data->filters = filters != NULL ? json_node_ref (filters) : NULL;
  request->self = g_object_ref (self);
  request->id = g_strdup (widget->id);
  cpt_store_read_async (self->store, G_PRIORITY_DEFAULT, read_widget, data, numbers_data_free,
                        (GDestroyNotify) cpt_widget_data_unref, self->reading, numbers_read_cb, request);
}

static void
cpt_dashboard_numbers_dispose (GObject *object)
{
  g_cancellable_cancel (CPT_DASHBOARD_NUMBERS (object)->reading);

  G_OBJECT_CLASS (cpt_dashboard_numbers_parent_class)->dispose (object);
}

static void
cpt_dashboard_numbers_finalize (GObject *object)
{
  CptDashboardNumbers *self = CPT_DASHBOARD_NUMBERS (object);

  g_clear_object (&self->store);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->answers, g_hash_table_unref);

  G_OBJECT_CLASS (cpt_dashboard_numbers_parent_class)->finalize (object);
}

static void
cpt_dashboard_numbers_class_init (CptDashboardNumbersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_dashboard_numbers_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_dashboard_numbers_finalize;

  /**
   * CptDashboardNumbers::arrived:
   * @id: identifier of the widget
   */
  arrived_signal = g_signal_new ("arrived", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cpt_dashboard_numbers_init (CptDashboardNumbers *self)
{
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cpt_widget_data_unref);
  self->reading = g_cancellable_new ();
}

CptDashboardNumbers *
cpt_dashboard_numbers_new (CptStore *store)
{
  CptDashboardNumbers *self;

  g_return_val_if_fail (CPT_IS_STORE (store), NULL);

  self = g_object_new (CPT_TYPE_DASHBOARD_NUMBERS, NULL);
  self->store = g_object_ref (store);

  return self;
}

static void
cancel (CptDashboardNumbers *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
}

void
cpt_dashboard_numbers_read (CptDashboardNumbers *self,
                            const CptDashboard  *dashboard,
                            JsonNode            *filters,
                            JsonNode            *focus,
                            const char          *focus_id)
{
  g_autoptr(JsonNode) both = cpt_dashboard_filters_join (filters, focus);

  g_return_if_fail (CPT_IS_DASHBOARD_NUMBERS (self));

  cancel (self);
  for (guint i = 0; dashboard != NULL && i < cpt_dashboard_get_n_widgets (dashboard); i++)
    {
      const CptWidget *widget = cpt_dashboard_get_widget (dashboard, i);

      read_numbers (self, dashboard, widget, g_strcmp0 (widget->id, focus_id) == 0 ? filters : both);
    }
}

CptWidgetData *
cpt_dashboard_numbers_find (CptDashboardNumbers *self,
                            const char          *id)
{
  g_return_val_if_fail (CPT_IS_DASHBOARD_NUMBERS (self), NULL);

  return g_hash_table_lookup (self->answers, id);
}

void
cpt_dashboard_numbers_forget (CptDashboardNumbers *self)
{
  g_return_if_fail (CPT_IS_DASHBOARD_NUMBERS (self));

  cancel (self);
  g_hash_table_remove_all (self->answers);
}
