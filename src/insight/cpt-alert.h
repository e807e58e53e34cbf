/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-transaction.h"

G_BEGIN_DECLS

#define CPT_ALERT_ENTITY "alert"

typedef enum
{
  CPT_ALERT_OK,
  CPT_ALERT_FIRING, /* what it asks for holds */
  CPT_ALERT_FAILED, /* it can't be asked; the problem says why */
} CptAlertState;

/**
 * CptAlertReading:
 * @state: what an alert would say now
 * @value: as people write it: in euros, percent, days; for rises and falls the change in
 *   percent; NAN: there is no number, which holds for nothing but “missing”
 * @text: for people: the value
 * @problem: (nullable): a sentence, when it failed
 */
typedef struct
{
  CptAlertState  state;
  double         value;
  char          *text;
  char          *problem;
} CptAlertReading;

/**
 * CptAlertEvent:
 * @id: the alert
 * @title: of the alert
 * @sentence: what it asks for: "Revenue won, this month: below €10,000"
 * @is_firing: whether that began; else it ended
 * @at: when
 */
typedef struct
{
  CptUuid   id;
  char     *title;
  char     *sentence;
  gboolean  is_firing;
  gint64    at;
} CptAlertEvent;

void       cpt_alert_reading_clear (CptAlertReading *self);
void       cpt_alert_event_free    (CptAlertEvent *self);

/* Reads the number and compares; never fails: a problem is a state. Changes nothing. */
void       cpt_alert_evaluate      (CptDatabase     *database,
                                    const CptRecord *alert,
                                    CptAlertReading *reading);
/* What it asks for, without a full stop */
char      *cpt_alert_describe      (CptDatabase     *database,
                                    const CptRecord *alert);
/* Whether it can be asked; @field (out) is the one to mend */
gboolean   cpt_alert_check_record  (CptDatabase      *database,
                                    const CptRecord  *alert,
                                    const char      **field,
                                    GError          **error);

/**
 * cpt_alerts_check:
 * @database: a connection that writes
 * @all: also those whose hour or day has not come
 * @error: return location for an error
 *
 * Checks the alerts in force whose time has come, by the clock of the connection. Where what
 * one asks for begins or ends to hold, that is stored through the door, as an act of its own
 * with the origin %CPT_ORIGIN_WORKFLOW: fields state, value, fired_at and ended_at. What goes
 * on holding is not stored again. When another program was quicker, it has stored it.
 * However far a clock jumps, an alert begins or ends once. When it was checked last is a mark of
 * the file that the log says nothing of.
 *
 * Returns: (transfer full) (element-type CptAlertEvent): what began and ended by this check
 */
GPtrArray *cpt_alerts_check        (CptDatabase  *database,
                                    gboolean      all,
                                    GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * cpt_alerts_claim:
 * @database: a connection that writes
 * @error: return location for an error
 *
 * What is to be told now to the author of the connection: of alerts that are hers or
 * nobody's, what began or ended since she was told last, whoever checked. Until when she was told
 * is kept in the same moment, so that no second window tells it again.
 *
 * Returns: (transfer full) (element-type CptAlertEvent): each alert once, its last change, by time
 */
GPtrArray *cpt_alerts_claim        (CptDatabase  *database,
                                    GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type CptRecord): all alerts, by name; at most a thousand */
GPtrArray *cpt_alerts_list         (CptDatabase  *database,
                                    GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptAlertReading, cpt_alert_reading_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptAlertEvent, cpt_alert_event_free)

G_END_DECLS
