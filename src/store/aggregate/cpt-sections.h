/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-grouping.h"
#include "cpt-totals.h"

G_BEGIN_DECLS

#define CPT_SECTIONS_MAX 5000

/**
 * CptSection:
 * @key: tells it from the others, the same whenever it is read: negative, so that no row has it
 * @value: what its records have in common; null: they have none
 * @label: for people
 * @rows: (element-type gint64): in the order of the query; not to be changed
 *
 * A group of records of a list. Counted; never changed.
 */
typedef struct
{
  gint64    key;
  CptValue  value;
  char     *label;
  GArray   *rows;
} CptSection;

/**
 * CptSections:
 * @list: (element-type CptSection): in the order of the field: choices as
 *   declared, stages by position, else by value; those without a value last
 * @n_records: each counted once, however many groups it stands in
 *
 * A list divided into groups, at one state of the workspace. Counted; never
 * changed; any thread.
 */
typedef struct
{
  GPtrArray *list;
  guint      n_records;
} CptSections;

/* What is the same for the same value, and negative */
gint64       cpt_section_get_value_key (const CptValue *value);

/* CPT_ERROR_LIMIT when there are more than CPT_SECTIONS_MAX groups */
CptSections *cpt_sections_read   (CptDatabase        *database,
                                  CptQuery           *query,
                                  const CptGrouping  *grouping,
                                  GError            **error);
/* The same, with some of what cpt_totals_read() would then ask about the groups
 * worked out by the way: it is in the cache afterwards */
CptSections *cpt_sections_read_with_totals (CptDatabase        *database,
                                            CptQuery           *query,
                                            const CptGrouping  *grouping,
                                            const CptTotal     *totals,
                                            guint               n_totals,
                                            GError            **error);
/* As cpt_sections_read() would give now, given that only @changed (element-type
 * gint64) rows, each named once, are not as they were for @before: reads a few rows for each of
 * them. Groups that stay as they are are shared. */
CptSections *cpt_sections_update (CptDatabase        *database,
                                  CptQuery           *query,
                                  const CptGrouping  *grouping,
                                  const CptSections  *before,
                                  GArray             *changed,
                                  GError            **error);
/* (nullable): borrowed */
const CptSection *cpt_sections_find (const CptSections *self,
                                     gint64             key);
CptSections *cpt_sections_ref    (CptSections *self);
void         cpt_sections_unref  (CptSections *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptSections, cpt_sections_unref)

G_END_DECLS
