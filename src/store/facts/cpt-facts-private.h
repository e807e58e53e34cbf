/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-facts.h"
#include "cpt-statement.h"

G_BEGIN_DECLS

/* How facts lie in memory and in the file.
 *
 *   code     what stands for a text of one field: its number in the dictionary
 *            of that field, from 1; 0 is no text. Codes only grow: a text keeps its.
 *   column   one field of many rows, packed: see cpt-facts-column.c
 *   part     the columns of one day, or the sums of one month, in the order of
 *            their codes, no two rows with the same
 *   weight   how many rows of days a row stands for: the last of its numbers */

#define CPT_FACTS_MAX_CODES 12
#define CPT_FACTS_MAX_NUMBERS 12
#define CPT_FACTS_MAX_NAME 80
/* Different texts that a field can have */
#define CPT_FACTS_MAX_TEXTS 1000000

/**
 * CptFactsSpan:
 *
 * What a part is of. Months are the sums that are kept.
 */
typedef enum
{
  CPT_FACTS_DAY, /* numbered as dates are */
  CPT_FACTS_MONTH, /* numbered by their first day */
} CptFactsSpan;

/**
 * CptFactsShape:
 * @n_keys: the first codes, which tell the rows of a day apart
 * @n_codes: with those of the currencies of amounts, which do not
 * @n_numbers: with the weight
 *
 * The fields of a kind of facts by what they are. The names are those of columns
 * in the file.
 */
typedef struct
{
  const CptEntity *entity; /* borrowed */
  const CptField  *day;
  guint            n_keys;
  guint            n_codes;
  guint            n_numbers;
  const CptField  *code_fields[CPT_FACTS_MAX_CODES];
  const CptField  *number_fields[CPT_FACTS_MAX_NUMBERS]; /* NULL of the weight */
  guint            currencies[CPT_FACTS_MAX_NUMBERS]; /* of amounts: the place of their currency among the codes; else 0 */
  char             code_names[CPT_FACTS_MAX_CODES][CPT_FACTS_MAX_NAME];
  char             number_names[CPT_FACTS_MAX_NUMBERS][CPT_FACTS_MAX_NAME];
} CptFactsShape;

void     cpt_facts_shape_init     (CptFactsShape   *self,
                                   const CptEntity *entity);
/* Codes first, then numbers: of the column in the file */
const char *cpt_facts_shape_get_name (const CptFactsShape *self,
                                      guint                place);

/* cpt-facts-column.c */

/* A column as it is in the file; borrows its bytes */
typedef struct
{
  const guint8 *data;
  gint64        base;
  guint         width;
  guint         n_rows;
} CptFactsColumn;

GBytes  *cpt_facts_column_pack_codes   (const guint32 *codes,
                                        guint          n_rows);
GBytes  *cpt_facts_column_pack_numbers (const gint64 *numbers,
                                        guint         n_rows);
/* Of a column that was packed or read: whether all its numbers are 0 */
gboolean cpt_facts_column_is_nothing   (const CptFactsColumn *self);
/* FALSE when these bytes are no column */
gboolean cpt_facts_column_init         (CptFactsColumn *self,
                                        gconstpointer   data,
                                        gsize           length);
/* FALSE when one of them is not below @n_codes */
gboolean cpt_facts_column_unpack_codes (const CptFactsColumn *self,
                                        guint                 n_codes,
                                        guint32              *codes);
/* FALSE when one of them is beyond @limit, either way */
gboolean cpt_facts_column_unpack_numbers (const CptFactsColumn *self,
                                          gint64                limit,
                                          gint64               *numbers);

/* cpt-facts-rows.c: rows in memory */

typedef struct
{
  guint    n_codes;
  guint    n_numbers;
  guint    n_rows;
  guint    n_allocated;
  guint32 *codes[CPT_FACTS_MAX_CODES]; /* (owned) */
  gint64  *numbers[CPT_FACTS_MAX_NUMBERS]; /* (owned) */
} CptFactsRows;

CptFactsRows *cpt_facts_rows_new     (const CptFactsShape *shape);
void          cpt_facts_rows_free    (CptFactsRows *self);
/* Makes room for @n_rows more, and counts them: what is in them is not set */
guint         cpt_facts_rows_extend  (CptFactsRows *self,
                                      guint         n_rows);
void          cpt_facts_rows_add     (CptFactsRows       *self,
                                      const CptFactsRows *from,
                                      guint               row);
/* The numbers of rows in the order of @first (nullable), then of their first
 * codes; equal ones stay as they were. (transfer full) */
guint        *cpt_facts_rows_sort    (const CptFactsRows *self,
                                      const guint32      *first,
                                      guint               n_codes);
int           cpt_facts_rows_compare (const CptFactsRows *a,
                                      guint               row_a,
                                      const CptFactsRows *b,
                                      guint               row_b,
                                      guint               n_codes);

/**
 * CptFactsMerge:
 * @merged: (owned): all rows afterwards
 * @before: (owned): what the rows that changed were, with weight 0 where there was none
 * @after: (owned): what they are, likewise
 *
 * What rows that come do to those that are there. A row that comes with weight 0
 * takes away the one that is there.
 */
typedef struct
{
  CptFactsRows *merged;
  CptFactsRows *before;
  CptFactsRows *after;
  guint64       n_same;
} CptFactsMerge;

/* Both in the order of their codes, no two with the same keys */
void          cpt_facts_merge_init   (CptFactsMerge       *self,
                                      const CptFactsShape *shape,
                                      const CptFactsRows  *present,
                                      const CptFactsRows  *coming);
void          cpt_facts_merge_clear  (CptFactsMerge *self);
/* All rows of @a, and those of @b with other keys. @n_both: rows of @b with the keys
 * of one of @a that are not nothing */
CptFactsRows *cpt_facts_rows_unite   (const CptFactsShape *shape,
                                      const CptFactsRows  *a,
                                      const CptFactsRows  *b,
                                      guint64             *n_both);
/* The rows of @from with the keys of @keys; nothing where there is none */
CptFactsRows *cpt_facts_rows_pick    (const CptFactsShape *shape,
                                      const CptFactsRows  *from,
                                      const CptFactsRows  *keys);
/* Adds up rows with the same codes; drops those that have no weight left. NULL
 * where a sum is beyond 64 bits or a weight below 0. */
CptFactsRows *cpt_facts_rows_sum     (const CptFactsShape *shape,
                                      const CptFactsRows  *self);
/* One column of them, codes first */
GBytes       *cpt_facts_rows_pack    (const CptFactsRows *rows,
                                      guint               place);

/* cpt-facts-batch.c */
const CptFactsShape *cpt_facts_batch_get_shape (CptFactsBatch *self);
const guint32 *cpt_facts_batch_get_days (CptFactsBatch *self);
/* Its rows with the codes of the file, in the order in which they were added;
 * inside a transaction */
CptFactsRows *cpt_facts_batch_encode (CptFactsBatch  *self,
                                      CptDatabase    *database,
                                      GError        **error);

/* cpt-facts-file.c: dictionaries and parts in the file; inside a transaction or
 * snapshot */

#define CPT_FACTS_DIGEST_SIZE 32

/* The code of a text (nullable: 0); a new one where there is none yet */
gboolean cpt_facts_code_reach    (CptDatabase          *database,
                                  const CptFactsShape  *shape,
                                  guint                 place,
                                  const char           *text,
                                  guint32              *code,
                                  GError              **error);
/* (element-type utf8): texts by code; the first is NULL */
GPtrArray *cpt_facts_dictionary_load (CptDatabase          *database,
                                      const CptFactsShape  *shape,
                                      guint                 place,
                                      GError              **error);
/* Its number of codes, with that of no text */
gboolean cpt_facts_dictionary_get_size (CptDatabase          *database,
                                        const CptFactsShape  *shape,
                                        guint                 place,
                                        guint                *size,
                                        GError              **error);
/* The rows of a part; none where there is no such part */
CptFactsRows *cpt_facts_part_load (CptDatabase          *database,
                                   const CptFactsShape  *shape,
                                   CptFactsSpan          span,
                                   gint64                number,
                                   GError              **error);
gboolean cpt_facts_part_save     (CptDatabase          *database,
                                  const CptFactsShape  *shape,
                                  CptFactsSpan          span,
                                  gint64                number,
                                  const CptFactsRows   *rows,
                                  GError              **error);
/* Whether a part can have as many rows as it says, before memory is taken for them;
 * FALSE with CPT_ERROR_DAMAGED */
gboolean cpt_facts_part_check_size (CptDatabase          *database,
                                    const CptFactsShape  *shape,
                                    CptFactsSpan          span,
                                    gint64                number,
                                    gint64                n_rows,
                                    GError              **error);
/* FALSE with CPT_ERROR_DAMAGED */
gboolean cpt_facts_set_damaged   (const CptFactsShape  *shape,
                                  gint64                number,
                                  GError              **error);
/* Of the numbers of a span: those of a month are sums */
gint64   cpt_facts_get_limit     (CptFactsSpan span);
/* That a part of a span can have */
guint    cpt_facts_get_max_rows  (CptFactsSpan span);

/* cpt-facts-former.c: what was there before an act, for undo; inside a transaction.
 * Fields that are declared later are nothing in what was kept before. */

/* @rows NULL: the day was empty. Replaces what is kept of the act and day. */
gboolean cpt_facts_former_save   (CptDatabase          *database,
                                  const CptFactsShape  *shape,
                                  gint64                sequence,
                                  gint64                day,
                                  const CptFactsRows   *rows,
                                  const guint8         *digest,
                                  GError              **error);
/* @sizes: (nullable): of the dictionaries, if texts are to be there */
CptFactsRows *cpt_facts_former_unpack (const CptFactsShape  *shape,
                                       const guint          *sizes,
                                       gconstpointer         data,
                                       gsize                 length,
                                       GError              **error);
/* What the act @sequence has changed in the day before; @rows is NULL where it was empty */
gboolean cpt_facts_former_load   (CptDatabase          *database,
                                  const CptFactsShape  *shape,
                                  gint64                sequence,
                                  gint64                day,
                                  gboolean             *is_found,
                                  CptFactsRows        **rows,
                                  GError              **error);
/* Of all codes and numbers that are not nothing in all rows, by the names of
 * their fields; in any file with the same dictionary the same */
void     cpt_facts_rows_digest   (const CptFactsRows  *self,
                                  const CptFactsShape *shape,
                                  guint8              *digest); /* 32 bytes */

/* cpt-facts-undo.c */

/* The kind of facts that an act changed; NULL when it is about records */
gboolean cpt_facts_find_act      (CptDatabase      *database,
                                  gint64            sequence,
                                  const CptEntity **entity,
                                  GError          **error);
/* Inside a transaction: takes back what the act @sequence did, as @line of the log.
 * @is_conflict: whether something changed since, and nothing was done */
gboolean cpt_facts_take_back     (CptDatabase      *database,
                                  const CptEntity  *entity,
                                  gint64            sequence,
                                  gint64            line,
                                  CptFactsCommit   *commit,
                                  gboolean         *is_conflict,
                                  GError          **error);

/* cpt-facts-check.c: (element-type utf8): adds a sentence for each fault */
gboolean cpt_facts_check         (CptDatabase      *database,
                                  const CptEntity  *entity,
                                  GPtrArray        *findings,
                                  GError          **error);

/* cpt-facts.c: one change of the days in a transaction; the months follow when it ends */
typedef struct
{
  CptDatabase         *database; /* borrowed */
  const CptFactsShape *shape; /* borrowed */
  gint64               sequence; /* line of the log */
  gint64               month; /* that @changes is about */
  CptFactsRows        *changes; /* (owned) (nullable): what is added and, with negative numbers, taken away */
  gint64               first; /* day that changed; G_MAXINT64 before */
  gint64               last;
  gboolean             may_come_again; /* days that the same act has changed before */
  CptFactsCommit       commit;
} CptFactsWriter;

void     cpt_facts_writer_init   (CptFactsWriter      *self,
                                  CptDatabase         *database,
                                  const CptFactsShape *shape,
                                  gint64               sequence);
void     cpt_facts_writer_clear  (CptFactsWriter *self);
/* Days in their order. @expected: (nullable): digest of what the rows that change
 * must be; @is_conflict says that they are not, and nothing was done */
gboolean cpt_facts_writer_change (CptFactsWriter      *self,
                                  gint64               day,
                                  const CptFactsRows  *coming,
                                  const guint8        *expected,
                                  gboolean            *is_conflict,
                                  GError             **error);
gboolean cpt_facts_writer_end    (CptFactsWriter  *self,
                                  GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptFactsRows, cpt_facts_rows_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptFactsMerge, cpt_facts_merge_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptFactsWriter, cpt_facts_writer_clear)

G_END_DECLS
