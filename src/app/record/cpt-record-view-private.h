/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-record-view.h"

G_BEGIN_DECLS

/* The page is spread over files: what it shows and saves (cpt-record-view.c),
 * and what is done with the record as a whole (cpt-record-more.c). */
struct _CptRecordView
{
  CptView parent_instance;

  CptSchema *schema;
  const CptEntity *entity; /* lives as long as schema */
  CptUuid id;
  CptRecord *record; /* (nullable): as read last; the draft while there is one */
  gboolean is_draft;
  gboolean is_touched; /* the draft differs from what it started with */
  gboolean is_begun;   /* the draft has had the keyboard */
  gboolean is_done;    /* nothing is saved or asked any more when the page is left */
  GPtrArray *editors;  /* CptFieldEditor */
  GCancellable *cancellable;

  /* Borrowed from the child */
  GtkWidget *columns;
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

G_END_DECLS
