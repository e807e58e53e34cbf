/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libical/ical.h>

#include "cpt-recurrence.h"

G_BEGIN_DECLS

struct _CptRecurrence
{
  char *text;
  struct icalrecurrencetype rule;
};

G_END_DECLS
