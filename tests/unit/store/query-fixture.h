/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-aggregate.h"
#include "cpt-custom-field.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-log.h"
#include "cpt-query.h"

G_BEGIN_DECLS

/* Saturday 21 November 2026, 09:30 in Paris */
#define QUERY_FIXTURE_NOW G_GINT64_CONSTANT (1795249800000000)

/**
 * QueryFixture:
 *
 * A workspace in a folder of its own: users, organisations, contacts, stages
 * and deals with every kind of field, made from a seed. Some links lead to the
 * trash and some to nothing.
 */
typedef struct
{
  char            *folder;
  CptClock        *clock;
  CptDatabase     *database;
  CptSchema       *schema; /* as of the custom fields */
  GRand           *random;
  const CptEntity *deal;
  const CptEntity *organisation;
  const CptEntity *contact;
  const CptEntity *user;
  const CptEntity *stage;
  GArray          *deals; /* of CptUuid, like the following */
  GArray          *organisations;
  GArray          *contacts;
  GArray          *users;
  GArray          *stages;
} QueryFixture;

void       query_fixture_set_up        (QueryFixture *self,
                                        guint32       seed,
                                        guint         n_deals);
void       query_fixture_tear_down     (QueryFixture *self);
/* A value that fits @field, mostly one of few; null at times */
void       query_fixture_random_value  (QueryFixture   *self,
                                        const CptField *field,
                                        CptValue       *value);
CptRecord *query_fixture_random_record (QueryFixture    *self,
                                        const CptEntity *entity);
/* Stores a new record; its id goes to @ids (nullable) */
void       query_fixture_create        (QueryFixture *self,
                                        CptRecord    *record,
                                        GArray       *ids);
void       query_fixture_commit        (QueryFixture   *self,
                                        CptTransaction *transaction);
/* A random condition or tree on deals as JSON */
JsonNode  *query_fixture_random_filter (QueryFixture *self,
                                        guint         depth);
/* (element-type gint64): sorted rows of deals that @filter gives by SQL */
GArray    *query_fixture_get_rows      (QueryFixture *self,
                                        CptFilter    *filter);
CptFilter *query_fixture_parse         (QueryFixture *self,
                                        const char   *json);
/* A random question about numbers of deals as JSON; @fields gets the field of
 * each measure, or NULL */
char      *query_fixture_random_spec   (QueryFixture *self,
                                        const char   *fields[CPT_AGGREGATE_MAX_MEASURES],
                                        guint        *n_measures);
/* New deals whose row numbers are so far apart that two threads divide them */
void       query_fixture_spread_deals  (QueryFixture *self,
                                        guint         n_deals);
/* The first number that @sql gives */
double     query_fixture_select_number (QueryFixture *self,
                                        const char   *sql);
/* One of the workspace's own, of which less is good */
void       query_fixture_add_metric    (QueryFixture *self,
                                        const char   *key,
                                        const char   *query);

G_END_DECLS
