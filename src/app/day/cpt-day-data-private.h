/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-database.h"

G_BEGIN_DECLS

/* What a day is made of, in the order in which it is shown */
typedef enum
{
  CPT_DAY_OVERDUE,
  CPT_DAY_TODAY,
  CPT_DAY_NEXT,
  CPT_DAY_NO_NEXT_STEP,
  CPT_DAY_QUIET_DEALS,
  CPT_DAY_QUIET_CUSTOMERS,
  CPT_N_DAY_SECTIONS
} CptDaySection;

/* One record that wants something */
typedef struct
{
  CptDaySection section;
  CptUuid       id;
  char         *title;
  char         *detail; /* what it is about; may be empty */
  char         *when;   /* may be empty */
  char         *note;   /* (nullable): of a task: its priority, when it is not the usual one */
  int           rank;   /* of its priority, urgent first */
  gint64        day;
} CptDayItem;

typedef struct
{
  GPtrArray *items; /* CptDayItem, by section */
  guint64    totals[CPT_N_DAY_SECTIONS]; /* at least as many as there are items */
  gint64     today;
} CptDayData;

/* "Overdue" */
const char *cpt_day_section_get_label  (CptDaySection section);
/* Name of the entity of its records */
const char *cpt_day_section_get_entity (CptDaySection section);
/* (nullable): JSON of what all its records match, and hardly anything else; NULL
 * where a filter can't say it */
char       *cpt_day_section_dup_filter (CptDaySection section,
                                        gboolean      everyone);

/* Of who asks, with what belongs to nobody; or of everyone */
CptDayData *cpt_day_data_read          (CptDatabase  *database,
                                        gboolean      everyone,
                                        GError      **error);
void        cpt_day_data_free          (CptDayData *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptDayData, cpt_day_data_free)

G_END_DECLS
