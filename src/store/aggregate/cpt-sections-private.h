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
 * @counts: (element-type guint): how many rows each of them has
 * @by_key: key of a section to its number + 1
 * @by_integer: values met so far, as SQLite has them, to the same
 * @by_bytes: the same
 * @last_day: the day of the value read last, and
 * @last_start: where its bucket begins
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
  GArray            *counts; /* (owned) */
  GHashTable        *by_key;
  GHashTable        *by_integer;
  GHashTable        *by_bytes;
  gint64             last_day;
  gint64             last_start;
} CptSectionsReader;

/* @query and @grouping are set before */
void                cpt_sections_reader_init        (CptSectionsReader *self,
                                                     CptDatabase       *database);
void                cpt_sections_reader_clear       (CptSectionsReader *self);
/* Makes the sections, without rows, and their counts */
gboolean            cpt_sections_reader_create      (CptSectionsReader  *self,
                                                     GError            **error);
/* A statement that gives rows and values: of all records, or of @row where that
 * is not 0 */
CptStatement       *cpt_sections_reader_prepare_values (CptSectionsReader  *self,
                                                        gint64              row,
                                                        GError            **error);
/* The section of the value that the statement is at: its number + 1, or 0 */
guint               cpt_sections_reader_find        (CptSectionsReader *self,
                                                     CptStatement      *statement);

/* Without rows: they are given to it before anybody else sees it */
CptSection         *cpt_section_new                 (const CptValue *value,
                                                     const char     *label);
CptSections        *cpt_sections_new                (void);

G_END_DECLS
