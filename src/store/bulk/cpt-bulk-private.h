/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-bulk.h"

G_BEGIN_DECLS

typedef struct
{
  CptBulkKind     kind;
  const CptField *field; /* NULL for deleting */
  CptValue        value; /* (owned) */
} CptBulkChange;

struct _CptBulk
{
  CptSchema       *schema; /* (owned) */
  const CptEntity *entity;
  CptOrigin        origin;
  gboolean         is_lenient;
  GArray          *changes; /* (owned): of CptBulkChange */
  GArray          *rows; /* (owned) (nullable): of gint64 */
  CptQuery        *query; /* (owned) (nullable) */
  CptBulkStepsFunc steps_func; /* (nullable) */
  gpointer         steps_data; /* of it */
  GDestroyNotify   steps_destroy; /* (nullable) */
};

CptBulkReport *cpt_bulk_report_new (void);

G_END_DECLS
