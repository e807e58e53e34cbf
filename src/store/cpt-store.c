/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A workspace for a main loop: asynchronous at the edge, blocking inside. The
 * object belongs to the thread that opened it; workers see none of it.
 *
 * Commits of other programs, and of long work in this one, are noticed by a
 * monitor of the write-ahead log; where the file system tells of no changes
 * (FUSE), by a look every two seconds. */

#include "config.h"

#include "cpt-store-private.h"

/* In milliseconds */
#define MONITOR_RATE 100
/* In seconds */
#define LOOK_PERIOD 2

struct _CptStore
{
  GObject parent_instance;

  CptStoreWorkers *workers;
  GFileMonitor *monitor; /* (nullable) */
  guint look_source;
  gboolean is_read_only;
  gboolean is_closed; /* what comes now was told too late */
  gint64 sequence;
  gint64 custom_sequence;
  CptSchema *schema;
  CptRules *rules;    /* (nullable) */
  GPtrArray *retired; /* former schemas: widgets may still hold entities of them */
  GTimeZone *zone;
  char *currency;
  char *country;
  char *name;
};

enum
{
  PROP_0,
  PROP_SCHEMA,
  N_PROPS,
};

enum
{
  CHANGED,
  DAMAGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (CptStore, cpt_store, G_TYPE_OBJECT)

static void
cpt_store_dispose (GObject *object)
{
  CptStore *self = CPT_STORE (object);

  g_clear_handle_id (&self->look_source, g_source_remove);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  self->is_closed = TRUE;
  if (self->workers != NULL)
    cpt_store_workers_stop (self->workers);

  G_OBJECT_CLASS (cpt_store_parent_class)->dispose (object);
}

static void
cpt_store_finalize (GObject *object)
{
  CptStore *self = CPT_STORE (object);

  g_clear_pointer (&self->workers, cpt_store_workers_free);
  g_clear_pointer (&self->rules, cpt_rules_unref);
  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_ptr_array_unref (self->retired);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->currency);
  g_free (self->country);
  g_free (self->name);

  G_OBJECT_CLASS (cpt_store_parent_class)->finalize (object);
}

static void
cpt_store_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  CptStore *self = CPT_STORE (object);

  switch (prop_id)
    {
    case PROP_SCHEMA:
      g_value_set_pointer (value, self->schema);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cpt_store_class_init (CptStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cpt_store_dispose;
  object_class->finalize = cpt_store_finalize;
  object_class->get_property = cpt_store_get_property;

  /**
   * CptStore:schema:
   *
   * The #CptSchema with the custom fields as of the last change announced.
   */
  properties[PROP_SCHEMA] =
    g_param_spec_pointer ("schema", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * CptStore::changed:
   * @self: a store
   * @set: (type CptChangeSet): what happened; reference it to keep it
   *
   * Somebody changed records: this program or another one.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_POINTER);

  /**
   * CptStore::damaged:
   * @self: a store
   *
   * The file turned out to be damaged: the store is read-only from now on.
   */
  signals[DAMAGED] = g_signal_new ("damaged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
cpt_store_init (CptStore *self)
{
  self->retired = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_schema_unref);
}

void
cpt_store_take_news (CptStore     *self,
                     CptStoreNews *news)
{
  gboolean has_new_schema = news->custom_sequence != self->custom_sequence;

  if (self->is_closed)
    return;

  g_object_ref (self);
  self->sequence = cpt_change_set_get_sequence (news->set);
  if (has_new_schema)
    {
      self->custom_sequence = news->custom_sequence;
      g_ptr_array_add (self->retired, self->schema);
      self->schema = cpt_schema_ref (news->schema);
      g_clear_pointer (&self->rules, cpt_rules_unref);
      self->rules = g_steal_pointer (&news->rules);
    }
  if (news->zone != self->zone)
    {
      g_time_zone_unref (self->zone);
      self->zone = g_time_zone_ref (news->zone);
    }
  g_free (self->currency);
  self->currency = g_strdup (news->currency);
  g_free (self->country);
  self->country = g_strdup (news->country);

  if (has_new_schema)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCHEMA]);
  g_signal_emit (self, signals[CHANGED], 0, news->set);
  g_object_unref (self);
}

void
cpt_store_take_damage (CptStore *self)
{
  if (self->is_read_only || self->is_closed)
    return;

  self->is_read_only = TRUE;
  g_signal_emit (self, signals[DAMAGED], 0);
}

static void
log_changed_cb (GFileMonitor      *monitor,
                GFile             *file,
                GFile             *other,
                GFileMonitorEvent  event,
                CptStore          *self)
{
  cpt_store_workers_poll (self->workers);
}

static gboolean
look_cb (gpointer user_data)
{
  CptStore *self = user_data;

  cpt_store_workers_poll (self->workers);

  return G_SOURCE_CONTINUE;
}

static void
watch (CptStore *self)
{
  g_autofree char *name = g_strconcat (cpt_store_get_path (self), "-wal", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (name);

  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor != NULL)
    {
      g_file_monitor_set_rate_limit (self->monitor, MONITOR_RATE);
      g_signal_connect (self->monitor, "changed", G_CALLBACK (log_changed_cb), self);
    }
  self->look_source = g_timeout_add_seconds (LOOK_PERIOD, look_cb, self);
}

CptStore *
cpt_store_open (const char               *path,
                CptOpenMode               mode,
                const CptDatabaseConfig  *config,
                GError                  **error)
{
  g_autoptr(CptStore) self = g_object_new (CPT_TYPE_STORE, NULL);
  CptStoreState state = { 0 };

  self->workers = cpt_store_workers_new (self, path, mode, config, &state, error);
  if (self->workers == NULL)
    return NULL;

  self->is_read_only = mode == CPT_OPEN_READ;
  self->sequence = state.sequence;
  self->custom_sequence = state.custom_sequence;
  self->schema = state.schema;
  self->rules = state.rules;
  self->zone = state.zone;
  self->currency = state.currency;
  self->country = state.country;
  self->name = state.name;
  watch (self);

  return g_steal_pointer (&self);
}

CptStoreWorkers *
cpt_store_get_workers (CptStore *self)
{
  return self->workers;
}

const char *
cpt_store_get_path (CptStore *self)
{
  return self->workers->path;
}

gboolean
cpt_store_is_read_only (CptStore *self)
{
  return self->is_read_only;
}

CptSchema *
cpt_store_get_schema (CptStore *self)
{
  return self->schema;
}

CptRules *
cpt_store_get_rules (CptStore *self)
{
  return self->rules;
}

GTimeZone *
cpt_store_get_zone (CptStore *self)
{
  return self->zone;
}

const char *
cpt_store_get_currency (CptStore *self)
{
  return self->currency;
}

const char *
cpt_store_get_country (CptStore *self)
{
  return self->country;
}

const char *
cpt_store_get_name (CptStore *self)
{
  return self->name;
}

const CptUuid *
cpt_store_get_author (CptStore *self)
{
  const CptUuid *author = &self->workers->config.author;

  return cpt_uuid_is_nil (author) ? NULL : author;
}

CptClock *
cpt_store_get_clock (CptStore *self)
{
  return self->workers->config.clock;
}

gint64
cpt_store_get_sequence (CptStore *self)
{
  return self->sequence;
}
