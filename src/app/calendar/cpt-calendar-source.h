/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-schema.h"

G_BEGIN_DECLS

/**
 * CptCalendarSource:
 * @entity: whose records
 * @day: the date, or date and time, that puts a record on a day
 * @end: (nullable): the one until which it lasts
 *
 * What a calendar of records other than tasks shows. Borrowed from a schema.
 */
typedef struct
{
  const CptEntity *entity;
  const CptField  *day;
  const CptField  *end;
} CptCalendarSource;

/* (transfer container) (element-type CptField): by which records of @entity can stand in a
 * calendar, the one that is taken at first in front; empty when there is none */
GPtrArray      *cpt_calendar_source_list_dates (const CptEntity *entity) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable): the length of a record that says how long it takes rather than until when */
const CptField *cpt_calendar_source_get_length (const CptCalendarSource *self);
gboolean        cpt_calendar_source_has_hours  (const CptCalendarSource *self);

G_END_DECLS
