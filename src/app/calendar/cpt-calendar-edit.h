/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-calendar-source.h"
#include "cpt-series-change.h"

G_BEGIN_DECLS

/* What the calendar does to a task, a meeting or a record of another kind. Of a task that
 * repeats somebody is asked which ones are meant. A toast offers to take it back. Nothing happens in a
 * workspace that can only be read. */

/* @view is kept until then: nothing was changed, so what it shows may be wrong */
typedef void (*CptCalendarRefused) (GObject *view);

/**
 * CptCalendarEdit:
 * @window: whose workspace it is
 * @view: who shows it
 * @refused: for @view
 * @source: (nullable): of records that are shown rather than tasks
 *
 * Who asks for changes. Borrowed by those below while they are called.
 */
typedef struct
{
  CptWindow          *window;
  GObject            *view;
  CptCalendarRefused  refused;
  const CptCalendarSource *source;
} CptCalendarEdit;

/* To @day, at the hour that it has */
void cpt_calendar_edit_move   (const CptCalendarEdit *self,
                               const CptCalendarTask *task,
                               gint64                 day);
/* To @minute of @day, as the clock shows it */
void cpt_calendar_edit_place  (const CptCalendarEdit *self,
                               const CptCalendarTask *task,
                               gint64                 day,
                               int                    minute);
/* To @day without an hour; one that repeats stays on its day. Not for meetings. */
void cpt_calendar_edit_take_hour (const CptCalendarEdit *self,
                                  const CptCalendarTask *task,
                                  gint64                 day);
/* @length: in minutes */
void cpt_calendar_edit_resize (const CptCalendarEdit *self,
                               const CptCalendarTask *task,
                               int                    length);
/* To the trash */
void cpt_calendar_edit_delete (const CptCalendarEdit *self,
                               const CptCalendarTask *task);

G_END_DECLS
