/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database-private.h"
#include "cpt-store.h"

G_BEGIN_DECLS

/* Long lists of changes are read again as a whole */
#define CPT_STORE_MAX_CHANGES 5000

/* One piece of work for a worker; belongs to its task */
typedef struct
{
  CptStoreFunc    func;
  gpointer        data;
  GDestroyNotify  data_free; /* (nullable) */
  GDestroyNotify  result_free; /* (nullable) */
  gpointer        result;
  GError         *error;
  int             priority;
  guint64         number; /* among equals the first one first */
} CptStoreJob;

typedef struct _CptStoreWorkers CptStoreWorkers;

/* What workers and the main loop share. The store owns it and joins its
 * threads before it goes. */
struct _CptStoreWorkers
{
  CptStore          *store; /* borrowed; not looked into by workers */
  char              *path;
  CptOpenMode        mode;
  CptDatabaseConfig  config; /* owns clock and device */
  GMainContext      *context;
  CptDatabase       *database; /* the writer's; belongs to it while it runs */
  CptAggregateCache *aggregates; /* (owned): shared by all connections */

  GThread           *writer;
  GAsyncQueue       *writes; /* of GTask, or the mark of the end */
  gint               damage; /* atomic: a connection met damage, nothing is written any more */
  gint               is_damage_told; /* atomic: the main loop knows */
  gint               sweep; /* atomic: dead units may be left */

  GThread           *readers[2];
  GMutex             mutex; /* of all below */
  GCond              cond;
  GQueue             reads; /* of GTask by priority */
  guint64            n_reads;
  gboolean           is_poll_wanted; /* the log may have moved */
  gboolean           is_closing;

  GMutex             log_mutex; /* of the cursor, and keeps announcements in order */
  gint64             cursor; /* sequence of the last announcement */
};

/* What is told to the main loop */
typedef struct
{
  CptStore     *store; /* (owned) */
  CptChangeSet *set; /* (owned) */
  CptSchema    *schema; /* (owned) */
  CptRules     *rules; /* (owned) (nullable) */
  gint64        custom_sequence;
  GTimeZone    *zone; /* (owned) */
  char         *currency;
  char         *country;
} CptStoreNews;

/* What a store knows when it is open; owned by whoever gets it */
typedef struct
{
  gint64     sequence;
  gint64     custom_sequence;
  CptSchema *schema;
  CptRules  *rules; /* (nullable) */
  GTimeZone *zone;
  char      *currency;
  char      *country;
  char      *name; /* (nullable) */
} CptStoreState;

void cpt_store_job_free          (CptStoreJob *self);

CptStoreWorkers *cpt_store_workers_new (CptStore                 *store,
                                        const char               *path,
                                        CptOpenMode               mode,
                                        const CptDatabaseConfig  *config,
                                        CptStoreState            *state,
                                        GError                  **error);
/* Ends and joins all threads; jobs have all been returned by then. Before the
 * last reference of the store goes: what a worker has to tell takes one. */
void cpt_store_workers_stop      (CptStoreWorkers *self);
void cpt_store_workers_free      (CptStoreWorkers *self);
void cpt_store_workers_push_read (CptStoreWorkers *self,
                                  GTask           *task);
void cpt_store_workers_push_write (CptStoreWorkers *self,
                                   GTask           *task);
void cpt_store_workers_push_work (CptStoreWorkers *self,
                                  GTask           *task);
/* Has a reader look whether the log moved */
void cpt_store_workers_poll      (CptStoreWorkers *self);
/* On a worker: tells the main loop what is new in the log */
void cpt_store_workers_announce  (CptStoreWorkers *self,
                                  CptDatabase     *database);

/* In the main loop */
CptStoreWorkers *cpt_store_get_workers (CptStore *self);
void cpt_store_take_news         (CptStore     *self,
                                  CptStoreNews *news);
void cpt_store_take_damage       (CptStore *self);

G_END_DECLS
