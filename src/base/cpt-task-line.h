/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-date.h"

G_BEGIN_DECLS

/**
 * CptTaskLine:
 * @title: what is to be done: the line without what was understood; may be ""
 * @has_date: whether a day is named
 * @date: the day, if one is named
 * @minutes: of the day, or -1
 * @priority: (nullable): "urgent", "high", "normal" or "low"; constant
 *
 * A task as a person writes it down: "Call Martin tomorrow 10:00 !high".
 */
typedef struct
{
  char       *title;
  gboolean    has_date;
  gint64      date;
  int         minutes;
  const char *priority;
} CptTaskLine;

/**
 * cpt_task_line_parse:
 * @self: (out caller-allocates): what is understood
 * @text: one line
 * @today: the day on which it is read
 * @minutes: of that day that are over
 * @order: of the parts of written dates
 *
 * English and French are understood side by side, whatever the case and the
 * accents: days (today, demain, Friday, 3 décembre, 12/3, in 2 weeks), times
 * (10:00, 10h30, 3pm, midi) and a priority (!high, !urgente, !). The first of
 * each counts; everything else is the title, and so is what stands between
 * quotation marks. Days without a year are the next such days; a time
 * alone is the next such time.
 */
void cpt_task_line_parse (CptTaskLine  *self,
                          const char   *text,
                          gint64        today,
                          int           minutes,
                          CptDateOrder  order);
void cpt_task_line_clear (CptTaskLine *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptTaskLine, cpt_task_line_clear)

G_END_DECLS
