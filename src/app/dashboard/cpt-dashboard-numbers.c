/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Requests for the numbers of widgets and what came of them. Asking again
 * cancels what is under way: it would be answered from what was shown before.
 *
 * The answers to what the dashboard itself asks are written down for the next
 * start when the last one has come, and then now and then. What somebody asks of
 * it for a moment (a chosen mark, another field) is not.
 */

#include "config.h"

#include "cpt-dashboard-numbers.h"

#include "cpt-dashboard-filter.h"

#define SAVE_SECONDS 10

struct _CptDashboardNumbers
{
  GObject parent_instance;

  CptStore *store;
  GHashTable *answers;   /* identifier of a widget to CptWidgetData */
  GCancellable *reading; /* of the numbers being read */
  guint n_asked;         /* that have not been answered */

  CptKeptNumbers *kept;
  char *kept_path;  /* (nullable): of the file; nothing is kept without one */
  GHashTable *keys; /* set of utf8: what is kept */
  char *extra;      /* (nullable): what numbers hang on beside their question */
  gboolean is_unsaved;
  gint64 saved; /* monotonic microseconds, 0: never */
  guint save_source;
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
  char *key; /* (nullable): not kept */
} NumbersRequest;

typedef struct
{
  CptKeptNumbers *numbers;
  char *path;
} SaveData;

static void
numbers_data_free (gpointer pointer)
{
  NumbersData *data = pointer;

  cpt_dashboard_free (data->dashboard);
  g_free (data->id);
  g_clear_pointer (&data->filters, json_node_unref);
  g_free (data);
}

static void
save_data_free (gpointer pointer)
{
  SaveData *data = pointer;

  cpt_kept_numbers_free (data->numbers);
  g_free (data->path);
  g_free (data);
}

/* Keeping */

static gpointer
save_in_worker (CptDatabase   *database,
                gpointer       user_data,
                GCancellable  *cancellable,
                GError       **error)
{
  const SaveData *data = user_data;
  g_autoptr(GError) reason = NULL;

  /* Nobody is told: nothing is lost but a moment. */
  if (!cpt_kept_numbers_save (data->numbers, data->path, &reason))
    g_debug ("%s", reason->message);

  return NULL;
}

static void
save (CptDashboardNumbers *self)
{
  SaveData *data = g_new0 (SaveData, 1);

  g_clear_handle_id (&self->save_source, g_source_remove);
  self->is_unsaved = FALSE;
  self->saved = g_get_monotonic_time ();
  data->numbers = cpt_kept_numbers_dup_some (self->kept, self->keys);
  data->path = g_strdup (self->kept_path);
  cpt_store_read_async (self->store, G_PRIORITY_LOW, save_in_worker, data, save_data_free, NULL, NULL, NULL, NULL);
}

static gboolean
save_timeout_cb (gpointer user_data)
{
  CptDashboardNumbers *self = user_data;

  self->save_source = 0;
  save (self);

  return G_SOURCE_REMOVE;
}

static void
save_soon (CptDashboardNumbers *self)
{
  gint64 rest = self->saved + SAVE_SECONDS * G_USEC_PER_SEC - g_get_monotonic_time ();

  if (!self->is_unsaved || self->n_asked > 0 || self->save_source != 0)
    return;

  if (self->saved == 0 || rest <= 0)
    save (self);
  else
    self->save_source = g_timeout_add ((guint) (rest / 1000) + 1, save_timeout_cb, self);
}

static void
keep (CptDashboardNumbers *self,
      const char          *key,
      CptWidgetData       *numbers)
{
  gint64 now = cpt_clock_get_now (cpt_store_get_clock (self->store));

  if (self->kept_path == NULL || key == NULL || !g_hash_table_contains (self->keys, key) || cpt_widget_data_is_personal (numbers))
    return;

  cpt_kept_numbers_add (self->kept, key, cpt_widget_data_get_chart (numbers), now);
  self->is_unsaved = TRUE;
}

/* Reading */

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
  g_autofree char *key = request->key;
  g_autoptr(GError) error = NULL;
  CptWidgetData *numbers = cpt_store_finish (CPT_STORE (source), result, &error);

  g_free (request);
  self->n_asked--;
  if (numbers != NULL)
    {
      g_hash_table_insert (self->answers, g_strdup (id), numbers);
      keep (self, key, numbers);
      g_signal_emit (self, arrived_signal, 0, id);
    }
  save_soon (self);
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
  request->key = cpt_kept_numbers_dup_key (widget, filters, self->extra);
  self->n_asked++;
  cpt_store_read_async (self->store, G_PRIORITY_DEFAULT, read_widget, data, numbers_data_free,
                        (GDestroyNotify) cpt_widget_data_unref, self->reading, numbers_read_cb, request);
}

static void
cpt_dashboard_numbers_dispose (GObject *object)
{
  CptDashboardNumbers *self = CPT_DASHBOARD_NUMBERS (object);

  g_cancellable_cancel (self->reading);
  g_clear_handle_id (&self->save_source, g_source_remove);

  G_OBJECT_CLASS (cpt_dashboard_numbers_parent_class)->dispose (object);
}

static void
cpt_dashboard_numbers_finalize (GObject *object)
{
  CptDashboardNumbers *self = CPT_DASHBOARD_NUMBERS (object);

  g_clear_object (&self->store);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->answers, g_hash_table_unref);
  g_clear_pointer (&self->keys, g_hash_table_unref);
  g_clear_pointer (&self->kept, cpt_kept_numbers_free);
  g_clear_pointer (&self->kept_path, g_free);
  g_clear_pointer (&self->extra, g_free);

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
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->kept = cpt_kept_numbers_new ();
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
  if (self->is_unsaved)
    save (self);
  g_hash_table_remove_all (self->answers);
  g_hash_table_remove_all (self->keys);
  cpt_kept_numbers_free (self->kept);
  self->kept = cpt_kept_numbers_new ();
  g_clear_pointer (&self->kept_path, g_free);
  self->saved = 0;
}

void
cpt_dashboard_numbers_take_kept (CptDashboardNumbers *self,
                                 CptKeptNumbers      *kept,
                                 char                *path)
{
  g_return_if_fail (CPT_IS_DASHBOARD_NUMBERS (self));
  g_return_if_fail (kept != NULL && path != NULL);

  cpt_kept_numbers_free (self->kept);
  self->kept = kept;
  g_free (self->kept_path);
  self->kept_path = path;
}

gboolean
cpt_dashboard_numbers_has_kept (CptDashboardNumbers *self)
{
  g_return_val_if_fail (CPT_IS_DASHBOARD_NUMBERS (self), FALSE);

  return self->kept_path != NULL;
}

void
cpt_dashboard_numbers_keep (CptDashboardNumbers *self,
                            const CptDashboard  *whole,
                            JsonNode            *filters,
                            const char          *extra)
{
  g_return_if_fail (CPT_IS_DASHBOARD_NUMBERS (self));
  g_return_if_fail (whole != NULL);

  g_free (self->extra);
  self->extra = g_strdup (extra);
  g_hash_table_remove_all (self->keys);
  for (guint i = 0; i < cpt_dashboard_get_n_widgets (whole); i++)
    g_hash_table_add (self->keys, cpt_kept_numbers_dup_key (cpt_dashboard_get_widget (whole, i), filters, extra));
}

CptChartData *
cpt_dashboard_numbers_find_kept (CptDashboardNumbers *self,
                                 const CptWidget     *widget,
                                 JsonNode            *filters,
                                 gint64              *instant)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (CPT_IS_DASHBOARD_NUMBERS (self), NULL);

  key = cpt_kept_numbers_dup_key (widget, filters, self->extra);

  return cpt_kept_numbers_find (self->kept, key, instant);
}
