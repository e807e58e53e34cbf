/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-record-data-private.h"
#include "cpt-record-rules.h"
#include "cpt-record-view.h"

G_BEGIN_DECLS

/* The page is spread over files: what it shows and saves (cpt-record-view.c),
 * how it is saved (cpt-record-saving.c), what rules ask of it (cpt-record-rules.c),
 * what is done with the record as a whole (cpt-record-more.c), with plans and
 * their tasks (cpt-record-plan.c), others that look
 * like it (cpt-record-typing.c), and what became of one that was merged away
 * meanwhile (cpt-record-kept.c). */
#define CPT_RECORD_VIEW_MAX_WIDTH 1000

struct _CptRecordView
{
  CptView parent_instance;

  CptSchema *schema;
  const CptEntity *entity; /* lives as long as schema */
  CptUuid id;
  CptRecord *record; /* (nullable): as read last; the draft while there is one */
  CptRecord *company; /* (nullable): stored with the draft, if that links to it */
  CptRecord *sent; /* (nullable): the draft as it is being stored: it may be typed into meanwhile */
  gboolean is_draft;
  gboolean is_touched; /* the draft differs from what it started with */
  gboolean is_begun;   /* the draft has had the keyboard */
  gboolean is_visiting; /* another page is opened on top: what is typed stays below it */
  CptUuid twin;         /* to be merged with once the draft is stored; or nil */
  CptUuid kept_id;      /* of one in the trash: the record that it was merged into; or nil */
  gboolean is_done;    /* nothing is saved or asked any more when the page is left */
  GPtrArray *editors;  /* CptFieldEditor */
  GPtrArray *waiting;  /* borrowed from editors: changed, and saved together with the next one */
  CptRecordRules *rules;
  GCancellable *cancellable;

  /* Borrowed from the child */
  GtkWidget *columns;
  GtkWidget *twins;
  GtkWidget *kept; /* an AdwActionRow: where a merge has put what was here */
  GtkWidget *form;
  GtkWidget *side;
  GtkWidget *stack;
  GtkWidget *message;
  GtkWidget *remove;
  GtkWidget *restore;
  GtkWidget *create;
  GtkWidget *more;
  GtkWidget *picker; /* (nullable): of the record to merge with */
};

/* The record as it would be stored now, with what is typed; (transfer full) */
CptRecord *cpt_record_view_peek            (CptRecordView *self);
/* cpt-record-saving.c: stores what the person made of one field */
void       cpt_record_view_save            (CptRecordView  *self,
                                            CptFieldEditor *editor);
/* Each problem beside its field; what belongs to none in a toast. The first
 * such field. */
CptFieldEditor *cpt_record_view_show_problems (CptRecordView *self,
                                               GPtrArray     *problems,
                                               const GError  *error);
/* Of fields that nothing waits for any more */
void       cpt_record_view_clear_problems  (CptRecordView *self);
/* cpt-record-series.c: FALSE when nothing has to be asked; otherwise it is saved
 * for as many tasks of the series as the person says. Deletion without @editor */
gboolean   cpt_record_view_ask_series      (CptRecordView  *self,
                                            CptFieldEditor *editor);
/* A moment later, off the main loop */
void       cpt_record_view_look_for_twins  (CptRecordView *self);
/* Opens the assistant with the twin, which is forgotten */
void       cpt_record_view_merge_with_twin (CptRecordView *self);
/* Floating */
GtkWidget *cpt_record_view_create_twins    (CptRecordView *self);
/* cpt-record-kept.c: above the fields of a record that was merged away, the way
 * to the one that was kept; floating */
GtkWidget *cpt_record_view_create_kept     (CptRecordView *self);
void       cpt_record_view_show_kept       (CptRecordView       *self,
                                            const CptRecordData *data);
/* The first field with text that is typed and can't be saved, since the record
 * is in the trash now; (nullable) */
CptFieldEditor *cpt_record_view_find_stranded (CptRecordView *self);
/* The record went to the trash while something is typed, or came back */
void       cpt_record_view_mark_stranded   (CptRecordView *self);

G_END_DECLS
