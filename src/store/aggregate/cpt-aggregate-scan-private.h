/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-aggregate-private.h"

G_BEGIN_DECLS

/**
 * CptRowValues:
 * @first: number of the row of the first slot
 * @length: how many slots there are
 * @slots: (owned): for each number of a row that of its value + 1, or 0
 * @values: (owned) (element-type CptValue): what the rows have in the first dimension
 *
 * In which group each row of a table stands.
 */
struct _CptRowValues
{
  gint64     first;
  gint64     length;
  guint16   *slots;
  GPtrArray *values;
};

/* Most that @values can be: beyond, nothing of them is told */
#define CPT_ROW_VALUES_MAX 60000

void     cpt_row_values_clear    (CptRowValues *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptRowValues, cpt_row_values_clear)

/**
 * CptScanReader:
 *
 * Groups the records that one connection reads, in one thread.
 */
typedef struct
{
  CptDatabase      *database; /* borrowed */
  CptAggregateSpec *spec; /* borrowed */
  CptStatement     *statement; /* borrowed: of the rows that are being read */
  CptGroups        *groups; /* (owned) */
  struct _CptCalendar *calendars[CPT_AGGREGATE_MAX_DIMENSIONS]; /* (owned) (nullable) */

  guint8           *wanted; /* (owned): the key of a record, as SQLite has it */
  gsize             wanted_length;
  gsize             wanted_size;

  GByteArray       *bytes; /* (owned): of all keys */
  GArray           *keys; /* (owned) */
  guint            *slots; /* (owned): number of a key + 1, or 0 */
  guint             n_slots; /* a power of two */
  guint             last; /* number of the key found last + 1, or 0 */

  GHashTable       *numbers; /* (owned): CptGroup -> its number + 1 */
  GPtrArray        *by_number; /* (owned) (element-type CptGroup) */
  GArray           *tallies; /* (owned): as many for each group as it has cells */

  GHashTable       *value_numbers; /* (owned): key of a value of the first dimension -> its number + 1 */
  GPtrArray        *values; /* (owned) (element-type CptValue) */
} CptScanReader;

void     cpt_scan_reader_init    (CptScanReader    *self,
                                  CptDatabase      *database,
                                  CptAggregateSpec *spec);
void     cpt_scan_reader_clear   (CptScanReader *self);
/* The records with numbers of rows in @range, or all; @slots (nullable): of the
 * rows from @first on. @fits: whether there are not too many keys; stops where
 * there are. */
gboolean cpt_scan_reader_read    (CptScanReader      *self,
                                  const CptRowRange  *range,
                                  guint16            *slots,
                                  gint64              first,
                                  gboolean           *fits,
                                  GError            **error);
/* Adds what @other has read */
void     cpt_scan_reader_merge   (CptScanReader *self,
                                  CptScanReader *other);
/* The number that a value has here; it is added where it is new */
guint    cpt_scan_reader_number  (CptScanReader  *self,
                                  const CptValue *value);
/* Makes tallies into cells of the groups */
void     cpt_scan_reader_finish  (CptScanReader *self);

G_END_DECLS
