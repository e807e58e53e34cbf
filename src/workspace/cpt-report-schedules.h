/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-document-each.h"

G_BEGIN_DECLS

#define CPT_REPORT_SCHEDULE_ENTITY "report_schedule"
/* How often one time is tried */
#define CPT_REPORT_SCHEDULES_MAX_ATTEMPTS 6

/**
 * CptReportRun:
 * @id: the schedule
 * @name: what people call it
 * @folder: where
 * @files: (element-type filename): what was written, also when it failed later
 * @sentence: what came of it, for people
 * @has_failed: whether not everything could be written
 * @again_at: when it is tried again; 0 when it is not
 *
 * What came of following a schedule once.
 */
typedef struct
{
  CptUuid    id;
  char      *name;
  char      *folder;
  GPtrArray *files;
  char      *sentence;
  gboolean   has_failed;
  gint64     again_at;
} CptReportRun;

void       cpt_report_run_free           (CptReportRun *self);

/* Whether cpt_report_schedules_run() would find something to do now. Any connection. */
gboolean   cpt_report_schedules_are_due  (CptDatabase *database);

/**
 * cpt_report_schedules_run:
 * @database: a connection that writes
 * @only: (nullable): one schedule, which is followed now, whether it is due or not
 * @func: (nullable): told how far each of them is
 * @data: for @func
 * @cancellable: (nullable): what was begun is begun anew next time
 * @error: of reading or storing; what could not be written is no error, but in the result
 *
 * Writes the reports that are due. Whoever begins one holds it for some minutes
 * (a mark in the file, which is renewed while it is written), so that several
 * programs write it once, and another one begins anew when this one was killed.
 * Files have the day in their names, and the schedule's where another one
 * writes the same report there; they appear when they are whole. When it
 * was written is stored with when it is next, in one transaction.
 *
 * After an absence the report is written once, for the last time that was missed.
 * What fails is tried again after one minute, then after longer ones, up to
 * %CPT_REPORT_SCHEDULES_MAX_ATTEMPTS times or until it is due anew.
 *
 * Returns: (transfer full) (element-type CptReportRun) (nullable): what was done
 */
GPtrArray *cpt_report_schedules_run      (CptDatabase          *database,
                                          const CptUuid        *only,
                                          CptDocumentEachFunc   func,
                                          gpointer              data,
                                          GCancellable         *cancellable,
                                          GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * CptReportPast:
 * @at: when it was done
 * @folder: (nullable): where, if that was noted
 * @files: the names of the first files
 * @n_files: of all of them
 * @n_missed: how many earlier times were missed
 * @error: (nullable): a sentence, when not everything could be written
 *
 * What a schedule remembers of a time that it was followed.
 */
typedef struct
{
  gint64 at;
  char  *folder;
  GStrv  files;
  guint  n_files;
  guint  n_missed;
  char  *error;
} CptReportPast;

void       cpt_report_past_free          (CptReportPast *self);
/* (transfer full) (element-type CptReportPast): the last one first. What can't be
 * read is left out. */
GPtrArray *cpt_report_schedule_list_past (const CptRecord *schedule) G_GNUC_WARN_UNUSED_RESULT;
/* For people: "Every week on Monday at 09:00" */
char      *cpt_report_schedule_describe  (const CptRecord *schedule) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptReportPast, cpt_report_past_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptReportRun, cpt_report_run_free)

G_END_DECLS
