/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Limits of a rule, beyond which it is refused */
#define CPT_RECURRENCE_MAX_BYTES 500
#define CPT_RECURRENCE_MAX_INTERVAL 1000
#define CPT_RECURRENCE_MAX_COUNT 10000
/* How many days of a series are known as left out */
#define CPT_RECURRENCE_MAX_SKIPS 1000

/**
 * CptRecurrence:
 *
 * How something comes again: a rule of RFC 5545, section 3.3.10, in whole days.
 * Immutable; any thread.
 */
typedef struct _CptRecurrence CptRecurrence;

/**
 * cpt_recurrence_parse:
 * @text: "FREQ=WEEKLY;BYDAY=MO", with or without "RRULE:" in front, or one of
 *   the sentences of cpt_recurrence_list_presets(), in English or the session's
 *   language
 * @error: return location for an error: a sentence that fits beside a field
 *
 * Refuses what is not a rule (%CPT_ERROR_PARSE), and rules that come several
 * times a day, that never come or that are beyond the limits
 * (%CPT_ERROR_INVALID). A rule without an end is fine: nobody lists it to the
 * end.
 *
 * Returns: (transfer full) (nullable): the rule
 */
CptRecurrence     *cpt_recurrence_parse        (const char  *text,
                                                GError     **error) G_GNUC_WARN_UNUSED_RESULT;
void               cpt_recurrence_free         (CptRecurrence *self);
/* The rule as RFC 5545 writes it; the same for rules that are written differently */
const char        *cpt_recurrence_get_text     (const CptRecurrence *self);
/* For people: "Every 2 weeks on Monday and Friday, until 12/31/2026" */
char              *cpt_recurrence_format_local (const CptRecurrence *self);
/* The first day after @after on which what began on @first comes again; FALSE
 * when it does not, or after the year 2500. The day where it begins counts for
 * COUNT only if the rule names it. */
gboolean           cpt_recurrence_find_next    (const CptRecurrence *self,
                                                gint64               first,
                                                gint64               after,
                                                gint64              *date);
/* At most @max_dates days from @from to @to, both included; how many */
guint              cpt_recurrence_list         (const CptRecurrence *self,
                                                gint64               first,
                                                gint64               from,
                                                gint64               to,
                                                gint64              *dates,
                                                guint                max_dates);
/* The rule for what comes before @day only. A COUNT becomes an UNTIL. */
CptRecurrence     *cpt_recurrence_end_before   (const CptRecurrence  *self,
                                                gint64                day,
                                                GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* The rule for what comes from @day on, of what began on @first: its COUNT is
 * less by those before */
CptRecurrence     *cpt_recurrence_begin_at     (const CptRecurrence  *self,
                                                gint64                first,
                                                gint64                day,
                                                GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* The rule by which what comes on @from comes on @to instead: weekdays, days of
 * the month and months that it names are others then. %CPT_ERROR_UNSUPPORTED when
 * there is no such rule. */
CptRecurrence     *cpt_recurrence_move         (const CptRecurrence  *self,
                                                gint64                from,
                                                gint64                to,
                                                GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* @date at the hour that the clock in @zone shows at @instant */
gint64             cpt_recurrence_move_instant (gint64     instant,
                                                gint64     date,
                                                GTimeZone *zone);
/* Whether they differ in COUNT and UNTIL at most */
gboolean           cpt_recurrence_equal_but_end (const CptRecurrence *self,
                                                 const CptRecurrence *other);

/* Days of a series on which it does not come (EXDATE), as a field has them:
 * ["2026-12-24","2026-12-31"]. (element-type gint64): sorted; what is no day is
 * passed over. @json (nullable) */
GArray            *cpt_recurrence_read_skips   (const char *json) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable): without days; sorts @days */
char              *cpt_recurrence_write_skips  (GArray *days);
/* Whether @day is among @days (nullable) */
gboolean           cpt_recurrence_skips        (GArray *days,
                                                gint64  day);
/* As cpt_recurrence_find_next(), but not on @days (nullable) */
gboolean           cpt_recurrence_find_next_but (const CptRecurrence *self,
                                                 gint64               first,
                                                 gint64               after,
                                                 GArray              *days,
                                                 gint64              *date);

typedef enum
{
  CPT_RECURRENCE_DAYS,
  CPT_RECURRENCE_WEEKS,
  CPT_RECURRENCE_MONTHS,
  CPT_RECURRENCE_OTHER,
} CptRecurrenceUnit;

/**
 * CptRecurrenceChoice:
 * @unit: of what it comes every few; %CPT_RECURRENCE_OTHER is what only a rule says
 * @interval: from 1
 * @weekdays: of weeks: a bit for each day, the lowest is Monday
 * @month_day: of months: 1 to 31, or -1 for the last one
 *
 * A rule as forms offer it.
 */
typedef struct
{
  CptRecurrenceUnit unit;
  int               interval;
  guint             weekdays;
  int               month_day;
} CptRecurrenceChoice;

/* What the rule does not say is what @first, where it begins, says. Without an end:
 * a rule with one is another one. */
void               cpt_recurrence_get_choice    (const CptRecurrence *self,
                                                 gint64               first,
                                                 CptRecurrenceChoice *choice);
/* (nullable): without a day of the week, and of what only a rule says */
char              *cpt_recurrence_format_choice (const CptRecurrenceChoice *choice) G_GNUC_WARN_UNUSED_RESULT;

/* (array length=n_presets): rules that people choose from a list */
const char *const *cpt_recurrence_list_presets (guint *n_presets);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptRecurrence, cpt_recurrence_free)

G_END_DECLS
