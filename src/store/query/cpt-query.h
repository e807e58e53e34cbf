/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-filter.h"

G_BEGIN_DECLS

#define CPT_QUERY_MAX_SORTS 6

/**
 * CptQuery:
 *
 * Which records in which order: what a list shows. Rows in the order of their
 * creation break ties. Null values come last in both directions. Links sort by
 * the title of their target.
 */
typedef struct
{
  CptSchema       *schema; /* (owned) */
  const CptEntity *entity;
  CptFilter       *filter; /* (owned) (nullable) */
  char            *search; /* (owned) (nullable): words, the last one as a prefix */
  struct
  {
    CptPath  path;
    gboolean descending;
  }     sorts[CPT_QUERY_MAX_SORTS];
  guint n_sorts;
} CptQuery;

/* In the entity's default order */
CptQuery *cpt_query_new          (CptSchema       *schema,
                                  const CptEntity *entity);
CptQuery *cpt_query_copy         (const CptQuery *self);
void      cpt_query_free         (CptQuery *self);
void      cpt_query_set_filter   (CptQuery  *self,
                                  CptFilter *filter);
void      cpt_query_set_search   (CptQuery   *self,
                                  const char *text);
/* "-amount,name": replaces the order; "" is the order of creation */
gboolean  cpt_query_set_sort     (CptQuery    *self,
                                  const char  *sort,
                                  GError     **error);
/* As cpt_query_set_sort() takes it; never NULL */
char     *cpt_query_dup_sort     (const CptQuery *self);

gboolean  cpt_query_count        (CptQuery     *self,
                                  CptDatabase  *database,
                                  guint64      *count,
                                  GError      **error);
/* (element-type gint64): rows in order; at most @limit when it is not 0 */
GArray   *cpt_query_get_rows     (CptQuery     *self,
                                  CptDatabase  *database,
                                  guint64       offset,
                                  guint64       limit,
                                  GError      **error);
/* (element-type CptRecord): as cpt_query_get_rows(), whole, out of one snapshot.
 * For kinds of which there are few: lists read pages. */
GPtrArray *cpt_query_load_records (CptQuery     *self,
                                   CptDatabase  *database,
                                   guint64       limit,
                                   GError      **error);
/* Where @row belongs now, given that @rows was right but for it: its position
 * among the others, or -1 when it no longer belongs. Reads about log2(length)
 * rows. */
gboolean  cpt_query_locate       (CptQuery     *self,
                                  CptDatabase  *database,
                                  GArray       *rows,
                                  gint64        row,
                                  gint64       *position,
                                  GError      **error);

/**
 * CptPage:
 *
 * Values of some columns of some rows, with the titles of links. Made on a
 * worker, read anywhere, never changed.
 */
typedef struct _CptPage CptPage;

CptPage        *cpt_page_load      (CptDatabase      *database,
                                    CptSchema        *schema,
                                    const CptEntity  *entity,
                                    const CptPath    *columns,
                                    guint             n_columns,
                                    const gint64     *rows,
                                    guint             n_rows,
                                    GError          **error);
CptPage        *cpt_page_ref       (CptPage *self);
void            cpt_page_unref     (CptPage *self);
guint           cpt_page_get_length (CptPage *self);
/* FALSE when the row is gone */
gboolean        cpt_page_has_row   (CptPage *self,
                                    guint    index);
const CptUuid  *cpt_page_get_id    (CptPage *self,
                                    guint    index);
const CptValue *cpt_page_get_value (CptPage *self,
                                    guint    index,
                                    guint    column);
/* For link columns: the title of the target; for links (many): titles joined
 * by ", "; NULL otherwise and when the target is not here */
const char     *cpt_page_get_title (CptPage *self,
                                    guint    index,
                                    guint    column);
/* For people, in the locale: what a cell shows; never NULL */
char           *cpt_page_dup_text  (CptPage   *self,
                                    guint      index,
                                    guint      column,
                                    GTimeZone *zone);

/* Records that link to one: for "linked records" on a page and for deletion */
typedef struct
{
  const CptEntity *entity; /* the kind that links */
  const CptField  *field; /* by which field */
  guint64          count;
} CptBacklink;

/* (element-type CptBacklink): only those with a count */
GArray         *cpt_query_backlinks (CptDatabase      *database,
                                     const CptEntity  *entity,
                                     const CptUuid    *id,
                                     GError          **error);

/**
 * CptHit:
 * @entity: of the database's schema
 * @row: of its table
 * @id: the record
 * @title: what people call it
 * @subtitle: (nullable): what its declaration puts below
 * @field: (nullable): where the words are that the title does not have
 * @snippet: (nullable): the text of @field around the first of them, on one line
 *
 * A result of searching everywhere.
 */
typedef struct
{
  const CptEntity *entity;
  gint64           row;
  CptUuid          id;
  char            *title;
  char            *subtitle;
  const CptField  *field;
  char            *snippet;
} CptHit;

void            cpt_hit_free       (CptHit *self);
/* (element-type CptHit): best first. Words are folded; all must be there, the
 * last one as a prefix, and where nothing has them so, all of them. @entity
 * restricts it, or NULL. */
GPtrArray      *cpt_search         (CptDatabase      *database,
                                    const char       *text,
                                    const CptEntity  *entity,
                                    guint             limit,
                                    GError          **error);
/* (element-type CptHit): records whose titles are like @text, the likest first */
GPtrArray      *cpt_search_alike   (CptDatabase  *database,
                                    const char   *text,
                                    guint         limit,
                                    GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptQuery, cpt_query_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptPage, cpt_page_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptHit, cpt_hit_free)

G_END_DECLS
