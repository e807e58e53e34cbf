/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *code;    /* ISO 4217 */
  int exponent;        /* digits behind the decimal mark */
  const char *symbol;  /* (nullable): in English */
  const char *french;  /* (nullable): in French, where it differs */
} CptCurrency;

/* NULL for an unknown code; upper case only */
const CptCurrency *cpt_currency_find         (const char *code);
/* The currency that a code in any case, a sign or a word stands for; @local
 * decides about what several currencies use ($, ¥). */
const CptCurrency *cpt_currency_find_written (const char *text,
                                              const char *local);

G_END_DECLS
