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

struct icaltimetype cpt_recurrence_to_time   (gint64 date);
gint64              cpt_recurrence_from_time (struct icaltimetype time);

G_END_DECLS
