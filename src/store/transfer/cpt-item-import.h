/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-query.h"

G_BEGIN_DECLS

/* Files of items rather than of rows */
typedef enum
{
  CPT_ITEM_FILE_NONE,
  CPT_ITEM_FILE_VCARD,
  CPT_ITEM_FILE_ICALENDAR,
} CptItemFile;

/* By its first line, whatever the file is called */
CptItemFile cpt_item_file_detect (const char *path);
/* FALSE with CPT_ERROR_PARSE for a file that is called a card or a calendar and is
 * none */
gboolean    cpt_item_file_check (const char  *path,
                                 GError     **error);
/* What records of a kind can be written as; %CPT_ITEM_FILE_NONE for most */
CptItemFile cpt_item_file_for_entity (const CptEntity *entity);

/* How many notes are kept; the others are counted */
#define CPT_ITEM_MAX_NOTES 50

/**
 * CptItemReport:
 * @n_items: cards, tasks and events of the file
 * @n_created: records, with those that items name
 * @n_updated: records
 * @n_rejected: items that could not be used
 * @n_notes: how many notes there would be
 * @notes: (element-type utf8): translated sentences
 * @sequence: what undo takes; 0 when nothing changed
 *
 * What became of such a file.
 */
typedef struct
{
  guint64    n_items;
  guint64    n_created;
  guint64    n_updated;
  guint64    n_rejected;
  guint64    n_notes;
  GPtrArray *notes;
  gint64     sequence;
} CptItemReport;

void           cpt_item_report_free (CptItemReport *self);

/**
 * CptItemImport:
 *
 * Items that become records, as one act: one undo takes all of them back, and
 * an import that is cancelled leaves nothing.
 */
typedef struct _CptItemImport CptItemImport;

CptItemImport *cpt_item_import_begin    (CptDatabase  *database,
                                         const char   *label,
                                         GError      **error);
/* Aborts what was not finished */
void           cpt_item_import_free     (CptItemImport *self);
/* Begins the item at @line of the file. Stores what has gathered when that is
 * enough. */
gboolean       cpt_item_import_next     (CptItemImport  *self,
                                         guint64         line,
                                         GError        **error);
void           cpt_item_import_create   (CptItemImport *self,
                                         CptRecord     *record);
/* Gives @existing what @record has: everywhere, or only where it has nothing */
void           cpt_item_import_update   (CptItemImport   *self,
                                         const CptRecord *existing,
                                         const CptRecord *record,
                                         gboolean         only_empty);
/* Sets @field of @record to what @text says; a note where it says nothing that
 * fits. @text (nullable): none */
void           cpt_item_import_parse    (CptItemImport *self,
                                         CptRecord     *record,
                                         const char    *field,
                                         const char    *text);
/* Takes @note, about the item of the moment */
void           cpt_item_import_note     (CptItemImport *self,
                                         char          *note);
/* Likewise, about one line of it */
void           cpt_item_import_note_at  (CptItemImport *self,
                                         guint64        line,
                                         char          *note);
/* Nothing of a dry one stays */
CptItemReport *cpt_item_import_finish   (CptItemImport  *self,
                                         gboolean        is_dry,
                                         GError        **error);

/* The files, whole: contacts from cards, tasks and meetings from a calendar */
CptItemReport *cpt_card_import          (CptDatabase   *database,
                                         const char    *path,
                                         gboolean       is_dry,
                                         GCancellable  *cancellable,
                                         GError       **error);
CptItemReport *cpt_calendar_import      (CptDatabase   *database,
                                         const char    *path,
                                         gboolean       is_dry,
                                         GCancellable  *cancellable,
                                         GError       **error);

/**
 * CptItemExport:
 * @query: the records, in its order; borrowed
 * @rows: (nullable) (element-type gint64): exactly these, in this order; borrowed
 * @version: of vCards: 3 or 4
 * @n_written: (out): records that are in the file
 * @n_unfit: (out): records that no such file can hold, as activities other than
 *   meetings
 *
 * Records that become items. What is gone meanwhile is not counted.
 */
typedef struct
{
  CptQuery *query;
  GArray   *rows;
  int       version;
  guint64   n_written;
  guint64   n_unfit;
} CptItemExport;

/* Contacts as vCards. %CPT_ERROR_UNSUPPORTED for other kinds, as below */
gboolean       cpt_card_export          (CptItemExport  *self,
                                         CptDatabase    *database,
                                         GOutputStream  *stream,
                                         GCancellable   *cancellable,
                                         GError        **error);
/* Tasks, or activities that are meetings, as a calendar */
gboolean       cpt_calendar_export      (CptItemExport  *self,
                                         CptDatabase    *database,
                                         GOutputStream  *stream,
                                         GCancellable   *cancellable,
                                         GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptItemReport, cpt_item_report_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptItemImport, cpt_item_import_free)

G_END_DECLS
