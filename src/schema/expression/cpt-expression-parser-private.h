/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-expression-scan-private.h"

G_BEGIN_DECLS

typedef struct
{
  CptScanner scanner;
  CptSchema *schema;
  const CptEntity *entity; /* whose fields names are: changes inside aggregates */
  guint depth;
  guint n_nodes;
  guint at; /* of the mistake, in bytes */
  gboolean is_linked; /* inside an aggregate */
} CptParser;

/* A mistake where the scanner stands; NULL */
gpointer cpt_parser_fail (CptParser   *self,
                          GError     **error,
                          const char  *message);
/* Moves on; when that fails the mistake is where the scanner stands */
gboolean cpt_parser_next (CptParser  *self,
                          GError    **error);
gboolean cpt_parser_is_sign (CptParser  *self,
                             const char *sign);
gboolean cpt_parser_is_word (CptParser  *self,
                             const char *word);
/* Moves past a sign that must be here */
gboolean cpt_parser_expect (CptParser   *self,
                            const char  *sign,
                            GError     **error);
/* NULL with @error when there are too many */
CptNode *cpt_parser_create_node (CptParser    *self,
                                 CptNodeKind   kind,
                                 guint         position,
                                 GError      **error);
/* A literal, a field, a call or something in brackets */
CptNode *cpt_parser_parse_part (CptParser  *self,
                                GError    **error);
/* cpt-expression-operators.c: anything */
CptNode *cpt_parser_parse_either (CptParser  *self,
                                  GError    **error);

G_END_DECLS
