/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The threads behind a store: one that writes, two that read, and one for each
 * long job, each with a connection of its own.
 *
 * A task goes to a worker, is filled there and goes back to the main loop with
 * its result in a source: a worker never drops the last reference of anything
 * of the main loop's. What is new in the log is told before the result of the
 * job that made it. */

#include "config.h"

#include "cpt-store-private.h"

#include "cpt-computed.h"
#include "cpt-error.h"
#include "cpt-late-index-private.h"
#include "cpt-unit-private.h"

/* How long aborted units are taken back at a time, and the pause between, in
 * microseconds: others come first */
#define SWEEP_TIME 10000
#define SWEEP_PAUSE 20000
/* In the write-ahead log that are worth a checkpoint in a quiet moment */
#define LOG_PAGES 1000

/* Items of the writer's queue that are no tasks */
static char end_mark;
static char wake_mark;

void
cpt_store_job_free (CptStoreJob *self)
{
  if (self->data != NULL && self->data_free != NULL)
    self->data_free (self->data);
  if (self->result != NULL && self->result_free != NULL)
    self->result_free (self->result);
  g_clear_error (&self->error);
  g_free (self);
}

/* Back to the main loop */

static void
attach (CptStoreWorkers *self,
        int              priority,
        GSourceFunc      func,
        gpointer         data,
        GDestroyNotify   data_free)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_priority (source, priority);
  g_source_set_callback (source, func, data, data_free);
  g_source_attach (source, self->context);
}

static gboolean
return_result_cb (gpointer user_data)
{
  GTask *task = user_data;
  CptStoreJob *job = g_task_get_task_data (task);

  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&job->result), job->result_free);

  return G_SOURCE_REMOVE;
}

static gboolean
take_news_cb (gpointer user_data)
{
  CptStoreNews *news = user_data;

  cpt_store_take_news (news->store, news);

  return G_SOURCE_REMOVE;
}

static void
news_free (gpointer data)
{
  CptStoreNews *self = data;

  g_object_unref (self->store);
  cpt_change_set_unref (self->set);
  cpt_schema_unref (self->schema);
  g_clear_pointer (&self->rules, cpt_rules_unref);
  g_time_zone_unref (self->zone);
  g_free (self->currency);
  g_free (self->country);
  g_free (self);
}

static gboolean
is_closing (CptStoreWorkers *self)
{
  gboolean closing;

  g_mutex_lock (&self->mutex);
  closing = self->is_closing;
  g_mutex_unlock (&self->mutex);

  return closing;
}

void
cpt_store_workers_announce (CptStoreWorkers *self,
                            CptDatabase     *database)
{
  CptChangeSet *set;
  CptStoreNews *news;

  g_mutex_lock (&self->log_mutex);
  set = is_closing (self) ? NULL : cpt_log_read (database, self->cursor, CPT_STORE_MAX_CHANGES, NULL);
  if (set == NULL || cpt_change_set_get_sequence (set) <= self->cursor)
    {
      g_clear_pointer (&set, cpt_change_set_unref);
      g_mutex_unlock (&self->log_mutex);
      return;
    }

  news = g_new0 (CptStoreNews, 1);
  news->store = g_object_ref (self->store);
  news->set = set;
  news->schema = cpt_schema_ref (database->schema);
  news->rules = database->rules != NULL ? cpt_rules_ref (database->rules) : NULL;
  news->custom_sequence = database->custom_sequence;
  news->zone = g_time_zone_ref (database->zone);
  news->currency = g_strdup (database->currency);
  news->country = g_strdup (database->country);
  self->cursor = cpt_change_set_get_sequence (set);
  attach (self, G_PRIORITY_DEFAULT, take_news_cb, news, news_free);
  g_mutex_unlock (&self->log_mutex);
}

/* Running a job */

static void
run_task (CptStoreWorkers *self,
          CptDatabase     *database,
          GTask           *task)
{
  CptStoreJob *job = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (g_cancellable_set_error_if_cancelled (cancellable, &job->error))
    return;

  cpt_database_watch (database, cancellable);
  job->result = job->func (database, job->data, cancellable, &job->error);
  cpt_database_watch (database, NULL);
}

static gboolean
take_damage_cb (gpointer user_data)
{
  cpt_store_take_damage (user_data);

  return G_SOURCE_REMOVE;
}

static void
give_back (CptStoreWorkers *self,
           GTask           *task)
{
  if (g_atomic_int_get (&self->damage) && g_atomic_int_compare_and_exchange (&self->is_damage_told, FALSE, TRUE))
    attach (self, G_PRIORITY_DEFAULT, take_damage_cb, g_object_ref (self->store), g_object_unref);
  attach (self, G_PRIORITY_DEFAULT, return_result_cb, task, g_object_unref);
}

/* The writer */

/* Pops the next task; NULL when there is time for sweeping */
static gpointer
pop_write (CptStoreWorkers *self)
{
  if (g_atomic_int_get (&self->sweep) == 0)
    return g_async_queue_pop (self->writes);

  return g_async_queue_timeout_pop (self->writes, SWEEP_PAUSE);
}

static gboolean
has_work (gpointer data)
{
  CptStoreWorkers *self = data;

  return g_async_queue_length (self->writes) > 0;
}

/* While a unit is being made it is its own business to index it. */
static gboolean
index_late (CptStoreWorkers  *self,
            gboolean         *is_done,
            GError          **error)
{
  gint64 n_units = 0;

  *is_done = TRUE;
  if (!cpt_database_get_number (self->database, "SELECT count(*) FROM unit", 0, &n_units, error))
    return FALSE;

  return n_units > 0 || cpt_late_index_build (self->database, has_work, self, is_done, error);
}

static void
sweep (CptStoreWorkers *self)
{
  g_autoptr(GError) error = NULL;
  gboolean is_done = FALSE;

  g_atomic_int_set (&self->sweep, 0);
  cpt_database_checkpoint (self->database, LOG_PAGES);
  if ((cpt_unit_sweep (self->database, SWEEP_TIME, &is_done, &error) &&
       (!is_done || (cpt_computed_run (self->database, SWEEP_TIME, &is_done, &error) && !is_done) ||
        (error == NULL && index_late (self, &is_done, &error) && !is_done))) ||
      g_error_matches (error, CPT_ERROR, CPT_ERROR_BUSY))
    g_atomic_int_set (&self->sweep, 1);
  cpt_store_workers_announce (self, self->database);
}

static gpointer
write_thread (gpointer data)
{
  CptStoreWorkers *self = data;
  gpointer item;

  while ((item = pop_write (self)) != &end_mark)
    {
      if (item == NULL || item == &wake_mark)
        {
          sweep (self);
          continue;
        }
      run_task (self, self->database, item);
      cpt_store_workers_announce (self, self->database);
      if (self->mode != CPT_OPEN_READ && (self->database->n_log_pages >= LOG_PAGES || cpt_computed_is_due (self->database)))
        g_atomic_int_set (&self->sweep, 1);
      give_back (self, item);
    }

  return NULL;
}

void
cpt_store_workers_push_write (CptStoreWorkers *self,
                              GTask           *task)
{
  g_async_queue_push (self->writes, task);
}

/* The readers */

static int
compare_tasks (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const CptStoreJob *first = g_task_get_task_data ((GTask *) a);
  const CptStoreJob *second = g_task_get_task_data ((GTask *) b);

  if (first->priority != second->priority)
    return first->priority < second->priority ? -1 : 1;

  return first->number < second->number ? -1 : 1;
}

void
cpt_store_workers_push_read (CptStoreWorkers *self,
                             GTask           *task)
{
  CptStoreJob *job = g_task_get_task_data (task);

  g_mutex_lock (&self->mutex);
  job->number = self->n_reads++;
  g_queue_insert_sorted (&self->reads, task, compare_tasks, NULL);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

void
cpt_store_workers_poll (CptStoreWorkers *self)
{
  g_mutex_lock (&self->mutex);
  self->is_poll_wanted = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/* FALSE at the end. @task NULL: the log is to be looked at. */
static gboolean
pop_read (CptStoreWorkers  *self,
          GTask           **task)
{
  gboolean goes_on;

  g_mutex_lock (&self->mutex);
  while (!self->is_closing && !self->is_poll_wanted && g_queue_is_empty (&self->reads))
    g_cond_wait (&self->cond, &self->mutex);
  goes_on = !self->is_closing;
  *task = NULL;
  if (self->is_poll_wanted)
    self->is_poll_wanted = FALSE;
  else
    *task = g_queue_pop_head (&self->reads);
  g_mutex_unlock (&self->mutex);

  return goes_on;
}

static CptDatabase *
open_again (CptStoreWorkers  *self,
            GError          **error)
{
  CptOpenMode mode = self->mode == CPT_OPEN_READ ? CPT_OPEN_READ : CPT_OPEN_WRITE;

  CptDatabase *database = cpt_database_open_again (self->path, mode, &self->config, error);

  if (database != NULL)
    {
      cpt_database_set_aggregates (database, self->aggregates);
      database->damage = &self->damage;
      database->is_swept = mode != CPT_OPEN_READ;
    }

  return database;
}

/* Regularly: what others wrote, and whether a day has begun */
static void
look_around (CptStoreWorkers *self,
             CptDatabase     *database)
{
  cpt_store_workers_announce (self, database);
  if (self->mode == CPT_OPEN_READ || g_atomic_int_get (&self->sweep) != 0 || !cpt_computed_is_due (database))
    return;

  g_atomic_int_set (&self->sweep, 1);
  g_async_queue_push (self->writes, &wake_mark);
}

static gpointer
read_thread (gpointer data)
{
  CptStoreWorkers *self = data;
  g_autoptr(CptDatabase) database = NULL;
  GTask *task;

  while (pop_read (self, &task))
    {
      g_autoptr(GError) error = NULL;

      if (database == NULL)
        database = open_again (self, &error);
      if (task == NULL)
        {
          if (database != NULL)
            look_around (self, database);
          continue;
        }
      if (database != NULL)
        run_task (self, database, task);
      else
        ((CptStoreJob *) g_task_get_task_data (task))->error = g_steal_pointer (&error);
      give_back (self, task);
    }

  return NULL;
}

/* Long work */

typedef struct
{
  CptStoreWorkers *workers;
  GTask *task;
} Work;

/* The task keeps the store, and with it the workers, until it is given back:
 * nothing of them is touched after that. */
static gpointer
work_thread (gpointer data)
{
  Work *work = data;
  CptStoreWorkers *self = work->workers;
  CptStoreJob *job = g_task_get_task_data (work->task);
  CptDatabase *database = open_again (self, &job->error);

  if (database != NULL)
    {
      run_task (self, database, work->task);
      cpt_store_workers_announce (self, database);
      cpt_database_close (database);
    }
  g_atomic_int_set (&self->sweep, 1);
  g_async_queue_push (self->writes, &wake_mark);
  give_back (self, work->task);
  g_free (work);

  return NULL;
}

void
cpt_store_workers_push_work (CptStoreWorkers *self,
                             GTask           *task)
{
  Work *work = g_new0 (Work, 1);

  work->workers = self;
  work->task = task;
  g_thread_unref (g_thread_new ("cpt-work", work_thread, work));
}

/* Life */

static void
copy_config (CptDatabaseConfig       *to,
             const CptDatabaseConfig *from)
{
  if (from != NULL)
    *to = *from;
  to->clock = to->clock != NULL ? g_object_ref (to->clock) : cpt_clock_new_system ();
  to->device = g_strdup (to->device);
}

static void
free_state (CptStoreWorkers *self)
{
  g_clear_pointer (&self->database, cpt_database_close);
  g_async_queue_unref (self->writes);
  g_queue_clear (&self->reads);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->log_mutex);
  g_cond_clear (&self->cond);
  g_main_context_unref (self->context);
  g_object_unref (self->config.clock);
  g_free ((char *) self->config.device);
  g_free (self->path);
  cpt_aggregate_cache_unref (self->aggregates);
  g_free (self);
}

CptStoreWorkers *
cpt_store_workers_new (CptStore                 *store,
                       const char               *path,
                       CptOpenMode               mode,
                       const CptDatabaseConfig  *config,
                       CptStoreState            *state,
                       GError                  **error)
{
  CptStoreWorkers *self = g_new0 (CptStoreWorkers, 1);

  self->store = store;
  self->path = g_canonicalize_filename (path, NULL);
  self->mode = mode;
  copy_config (&self->config, config);
  self->context = g_main_context_ref_thread_default ();
  self->writes = g_async_queue_new ();
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->log_mutex);
  g_cond_init (&self->cond);
  g_queue_init (&self->reads);
  self->aggregates = cpt_aggregate_cache_new ();

  self->database = cpt_database_open (path, mode, &self->config, error);
  if (self->database == NULL)
    {
      free_state (self);
      return NULL;
    }
  self->database->damage = &self->damage;
  cpt_database_set_aggregates (self->database, self->aggregates);

  *state = (CptStoreState){
    .sequence = self->database->sequence,
    .custom_sequence = self->database->custom_sequence,
    .schema = cpt_schema_ref (self->database->schema),
    .rules = self->database->rules != NULL ? cpt_rules_ref (self->database->rules) : NULL,
    .zone = g_time_zone_ref (self->database->zone),
    .currency = g_strdup (self->database->currency),
    .country = g_strdup (self->database->country),
    .name = cpt_database_dup_setting (self->database, "name"),
  };
  self->cursor = self->database->sequence;
  self->sweep = mode != CPT_OPEN_READ;
  self->writer = g_thread_new ("cpt-writer", write_thread, self);
  for (guint i = 0; i < G_N_ELEMENTS (self->readers); i++)
    self->readers[i] = g_thread_new ("cpt-reader", read_thread, self);

  return self;
}

void
cpt_store_workers_stop (CptStoreWorkers *self)
{
  if (self->writer == NULL)
    return;

  g_mutex_lock (&self->mutex);
  self->is_closing = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_async_queue_push (self->writes, &end_mark);

  g_thread_join (g_steal_pointer (&self->writer));
  for (guint i = 0; i < G_N_ELEMENTS (self->readers); i++)
    g_thread_join (self->readers[i]);
  g_clear_pointer (&self->database, cpt_database_close);
}

void
cpt_store_workers_free (CptStoreWorkers *self)
{
  cpt_store_workers_stop (self);
  free_state (self);
}
