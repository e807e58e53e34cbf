/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint16 code;
  char trunk[3];   /* in front of national numbers; may be empty */
  char exit[5];    /* in front of international numbers; empty: 00 */
  guint8 shortest; /* digits of a national number without trunk prefix */
  guint8 longest;
} CptPhonePlan;

const CptPhonePlan *cpt_phone_plan_find             (guint        code);
const CptPhonePlan *cpt_phone_plan_find_for_country (const char  *country);
/* The plan whose calling code @digits begin with; @national is behind it */
const CptPhonePlan *cpt_phone_plan_match            (const char  *digits,
                                                     const char **national);

G_END_DECLS
