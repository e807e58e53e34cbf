/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-aggregate.h"

G_BEGIN_DECLS

/**
 * CptWidgetMeasure:
 * @aggregate: how
 * @field: (nullable): of what; %NULL for a number of records
 */
typedef struct
{
  CptAggregate  aggregate;
  char         *field;
} CptWidgetMeasure;

/* What can be measured of the records of @entity, and in @labels what people
 * read; (element-type CptWidgetMeasure), (element-type utf8) */
GPtrArray *cpt_widget_fields_create_measures (const CptEntity *entity,
                                              GPtrArray       *labels);
/* The position of one among them; the first where it is not there */
guint      cpt_widget_fields_find_measure   (GPtrArray    *measures,
                                             CptAggregate  aggregate,
                                             const char   *field);
/* By what they can be broken down: paths to fields of their own, and of what
 * they link to; (element-type utf8) both */
GPtrArray *cpt_widget_fields_create_paths    (CptSchema       *schema,
                                              const CptEntity *entity,
                                              GPtrArray       *labels);
/* Whether the path (nullable) leads to a date, which needs an interval */
gboolean   cpt_widget_fields_is_date         (CptSchema       *schema,
                                              const CptEntity *entity,
                                              const char      *path);
/* Whether the path (nullable) leads to a number, whose values stand in bins */
gboolean   cpt_widget_fields_is_number       (CptSchema       *schema,
                                              const CptEntity *entity,
                                              const char      *path);

G_END_DECLS
