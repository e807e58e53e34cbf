/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-expression-private.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_TOKEN_END,
  CPT_TOKEN_NUMBER,
  CPT_TOKEN_TEXT, /* between quotes */
  CPT_TOKEN_NAME, /* a word, or several with points between; lower case */
  CPT_TOKEN_SIGN, /* an operator, a bracket or a comma */
} CptTokenKind;

/* The word that comes next. Owned by the scanner. */
typedef struct
{
  const char  *text; /* whole formula */
  gsize        offset; /* behind the token, in bytes */
  CptTokenKind kind;
  gsize        start;
  GString     *value; /* (owned): without quotes; of a sign in its usual form */
  char         currency[4]; /* of a number: "100 EUR" */
} CptScanner;

void     cpt_scanner_init  (CptScanner *self,
                            const char *text);
void     cpt_scanner_clear (CptScanner *self);
/* Moves to the next token; @at is where the mistake is */
gboolean cpt_scanner_next  (CptScanner  *self,
                            GError     **error);
gboolean cpt_scanner_is    (CptScanner   *self,
                            CptTokenKind  kind,
                            const char   *value);

G_END_DECLS
