/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-workspace.h"

G_BEGIN_DECLS

#define CPT_DEMO_N_ORGANISATIONS 400
#define CPT_DEMO_N_CONTACTS 1200
#define CPT_DEMO_N_DEALS 2500
#define CPT_DEMO_N_LEADS 150
/* Days in which these came in */
#define CPT_DEMO_NEW_DAYS 75
#define CPT_DEMO_YEARS 3

/* One word list, ended by NULL */
typedef const char *const *CptDemoWords;

typedef struct
{
  const char *city;
  const char *postcode; /* of its centre */
  const char *region;
  const char *phone; /* first two digits of its land lines */
} CptDemoCity;

typedef struct
{
  const char *name;
  const char *reference;
  const char *family;
  int         price; /* euros without tax */
} CptDemoProduct;

typedef struct
{
  const char *name;
  const char *email;
  const char *role;
  int         team;
  int         skill; /* percent added to the chance of winning */
} CptDemoUser;

typedef struct
{
  const char *sector;
  const char *trade; /* as it stands in the names of such companies */
} CptDemoSector;

extern const char *const     cpt_demo_female_names[];
extern const char *const     cpt_demo_male_names[];
extern const char *const     cpt_demo_last_names[];
extern const char *const     cpt_demo_places[];
extern const char *const     cpt_demo_forms[];
extern const char *const     cpt_demo_streets[];
extern const char *const     cpt_demo_jobs[];
extern const char *const     cpt_demo_projects[];
extern const char *const     cpt_demo_tasks[];
extern const char *const     cpt_demo_calls[];
extern const char *const     cpt_demo_notes[];
extern const char *const     cpt_demo_teams[];
extern const CptDemoCity     cpt_demo_cities[];
extern const guint           cpt_demo_n_cities;
extern const CptDemoProduct  cpt_demo_products[];
extern const guint           cpt_demo_n_products;
extern const CptDemoUser     cpt_demo_users[];
extern const guint           cpt_demo_n_users;
extern const CptDemoSector   cpt_demo_sectors[];
extern const guint           cpt_demo_n_sectors;

/* What is known of a deal elsewhere */
typedef struct
{
  CptUuid     id;
  gint64      opened;
  guint       owner;
  guint       contact;
  guint       organisation;
  const char *source;
} CptDemoDeal;

/**
 * CptDemo:
 *
 * The demonstration while it is made. Everything random comes from @random and
 * every identifier from a counter, so that a seed and a day make one company.
 */
typedef struct
{
  CptDatabase    *database;
  CptSchema      *schema;
  CptTransaction *transaction;
  GRand          *random;
  guint32         seed;
  gint64          today;

  GArray         *users; /* CptUuid */
  GArray         *teams;
  GArray         *products;
  GArray         *organisations;
  GPtrArray      *organisation_names; /* utf8 */
  GArray         *contacts;
  GArray         *contact_organisations; /* guint: which organisation each contact works for */
  GPtrArray      *organisation_records; /* CptRecord: what is written about them elsewhere */
  GPtrArray      *contact_records;
  GArray         *deals; /* CptDemoDeal */
  GArray         *stages; /* CptUuid, in the order of the pipeline: open ones, won, lost */
  CptUuid         pipeline;
} CptDemo;

/* A new record with a derived identifier; @kind names its counter */
CptRecord  *cpt_demo_new_record   (CptDemo    *self,
                                   const char *entity,
                                   guint       number);
/* Sets @field from machine text (as in CSV) */
void        cpt_demo_set          (CptDemo    *self,
                                   CptRecord  *record,
                                   const char *field,
                                   const char *text);
void        cpt_demo_set_money    (CptRecord  *record,
                                   const char *field,
                                   gint64      euros);
/* Hands the record to the transaction, which is stored when it is large */
gboolean    cpt_demo_add          (CptDemo    *self,
                                   CptRecord  *record,
                                   GError    **error);
gboolean    cpt_demo_flush        (CptDemo  *self,
                                   GError  **error);
const char *cpt_demo_pick         (CptDemo      *self,
                                   CptDemoWords  words);
gboolean    cpt_demo_chance       (CptDemo *self,
                                   int      percent);

/* Somebody who is no customer yet, with neither source nor day */
CptRecord  *cpt_demo_create_lead  (CptDemo *self,
                                   guint    number);
/* The lead came in on @day, in working hours */
void        cpt_demo_date_lead    (CptDemo   *self,
                                   CptRecord *lead,
                                   gint64     day);

gboolean    cpt_demo_make_company (CptDemo  *self,
                                   GError  **error);
gboolean    cpt_demo_make_people  (CptDemo  *self,
                                   GError  **error);
gboolean    cpt_demo_make_sales   (CptDemo  *self,
                                   GError  **error);
gboolean    cpt_demo_make_leads   (CptDemo  *self,
                                   GError  **error);
gboolean    cpt_demo_make_ads     (CptDemo  *self,
                                   GError  **error);

G_END_DECLS
