/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-workflow-migration.h"

G_BEGIN_DECLS

/* What becomes of those who stand at a node; @text: where they move to, or the label (nullable) that they end with */
typedef struct
{
  CptMigrationAct act;
  char           *text;
} CptMigrationRule;

/* (transfer none): what the plan says of them; where it says nothing, @other is filled in and borrows @suggestion (nullable) */
const CptMigrationRule *cpt_migration_plan_find  (const CptMigrationPlan *self,
                                                  guint                   version,
                                                  const char             *node,
                                                  const char             *suggestion,
                                                  CptMigrationRule       *other);
/* Whether it moves to nodes of @target alone */
gboolean                cpt_migration_plan_check (const CptMigrationPlan  *self,
                                                  const CptWorkflow       *target,
                                                  GError                 **error);

G_END_DECLS
