/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happened in a workflow, as it is drawn. */

#include "config.h"

#include "cpt-flow-census.h"

#include <string.h>

#include "cpt-enrolment-census.h"

static void
add_place (CptFlowNumbers          *self,
           const CptEnrolmentTally *tally)
{
  gboolean is_parked = strcmp (tally->what, "parked") == 0;
  CptFlowCount count = { is_parked ? 0 : tally->count, 0, is_parked ? tally->count : 0 };

  cpt_flow_numbers_add (self, tally->node, &count);
}

static void
add_steps (CptFlowNumbers          *self,
           const CptEnrolmentTally *tally)
{
  gboolean has_passed = strcmp (tally->what, "left") == 0 || strcmp (tally->what, "ended") == 0;
  CptFlowCount count = { 0, has_passed ? tally->count : 0, 0 };

  if (!has_passed || tally->node[0] == '\0')
    return;
  cpt_flow_numbers_add (self, tally->node, &count);
  if (tally->detail != NULL)
    cpt_flow_numbers_add_way (self, tally->node, tally->detail, tally->count);
}

CptFlowNumbers *
cpt_flow_numbers_read (CptDatabase    *database,
                       const CptUuid  *workflow,
                       GError        **error)
{
  g_autoptr(GPtrArray) places = cpt_enrolment_count_places (database, workflow, error);
  g_autoptr(GPtrArray) steps = places != NULL ? cpt_enrolment_count_steps (database, workflow, error) : NULL;
  CptFlowNumbers *numbers;

  if (steps == NULL)
    return NULL;

  numbers = cpt_flow_numbers_new ();
  for (guint i = 0; i < places->len; i++)
    add_place (numbers, g_ptr_array_index (places, i));
  for (guint i = 0; i < steps->len; i++)
    add_steps (numbers, g_ptr_array_index (steps, i));

  return numbers;
}
