/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-aggregate.h"
#include "cpt-sections.h"
#include "cpt-statement.h"

G_BEGIN_DECLS

/**
 * CptSectionsReader:
 * @query: which records
 * @grouping: by what
 * @field: of @grouping
 * @database: a connection
 * @sections: (nullable): what is made
 * @by_key: key of a section to its number + 1
 * @by_integer: values met so far, as SQLite has them, to the same
 * @by_bytes: the same
 * @last_day: the day of the value read last, and
 * @last_start: where its bucket begins
 * @last_found: section of the value found last, as SQLite has it; 0: none, or a null
 * @last_integer: that value
 * @last_length: likewise
 * @last_bytes: likewise, where it is short
 *
 * Finds the groups of a list and those that a record stands in.
 */
typedef struct
{
  CptQuery          *query;
  const CptGrouping *grouping;
  const CptField    *field;
  CptDatabase       *database;
  CptSections       *sections; /* (owned) */
  GHashTable        *by_key;
  GHashTable        *by_integer;
  GHashTable        *by_bytes;
  gint64             last_day;
  gint64             last_start;
  guint              last_found;
  gint64             last_integer;
  gsize              last_length;
  char               last_bytes[32];
} CptSectionsReader;

/* @query and @grouping are set before */
void                cpt_sections_reader_init        (CptSectionsReader *self,
                                                     CptDatabase       *database);
void                cpt_sections_reader_clear       (CptSectionsReader *self);
/* Makes one, without rows; its number + 1 */
guint               cpt_sections_reader_add         (CptSectionsReader *self,
                                                     const CptValue    *value);
/* Whether there are not too many of them */
gboolean            cpt_sections_reader_check       (CptSectionsReader  *self,
                                                     GError            **error);
/* Puts those that have rows into order and names them; nothing is looked up afterwards */
gboolean            cpt_sections_reader_arrange     (CptSectionsReader  *self,
                                                     GError            **error);
/* The question which records have which value; NULL where cpt_scan_start() can't read them */
CptAggregateSpec   *cpt_sections_reader_create_question (CptSectionsReader *self);
/* A statement that gives rows and values: of all records, or of @row where that
 * is not 0 */
CptStatement       *cpt_sections_reader_prepare_values (CptSectionsReader  *self,
                                                        gint64              row,
                                                        GError            **error);
/* The section of the value that the statement is at, made when it is new: its
 * number + 1; 0 when there are too many */
guint               cpt_sections_reader_find        (CptSectionsReader *self,
                                                     CptStatement      *statement);

/* Without label and rows: they are given to it before anybody else sees it */
CptSection         *cpt_section_new                 (const CptValue *value);
void                cpt_section_unref               (gpointer section);
CptSections        *cpt_sections_new                (void);

G_END_DECLS
