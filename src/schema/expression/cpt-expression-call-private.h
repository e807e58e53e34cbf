/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-expression-private.h"

G_BEGIN_DECLS

/* For the functions of formulas */

/* One argument; FALSE when there is none, or nothing in it */
gboolean cpt_call_evaluate (CptEvaluation *self,
                            const CptNode *node,
                            guint          index,
                            CptResult     *result);
/* Both, or FALSE */
gboolean cpt_call_evaluate_two (CptEvaluation *self,
                                const CptNode *node,
                                CptResult     *a,
                                CptResult     *b);
void cpt_call_set_boolean (CptResult *result,
                           gboolean   boolean);
/* A small whole number: of days, digits, characters */
gboolean cpt_call_get_small (const CptResult *value,
                             gint64           limit,
                             gint64          *integer);

/* cpt-expression-functions-text.c */
void cpt_call_concat (CptEvaluation *self,
                      const CptNode *node,
                      CptResult     *result);
void cpt_call_lower (CptEvaluation *self,
                     const CptNode *node,
                     CptResult     *result);
void cpt_call_upper (CptEvaluation *self,
                     const CptNode *node,
                     CptResult     *result);
void cpt_call_trim (CptEvaluation *self,
                    const CptNode *node,
                    CptResult     *result);
void cpt_call_length (CptEvaluation *self,
                      const CptNode *node,
                      CptResult     *result);
void cpt_call_match (CptEvaluation *self,
                     const CptNode *node,
                     CptResult     *result);
void cpt_call_has (CptEvaluation *self,
                   const CptNode *node,
                   CptResult     *result);
void cpt_call_count (CptEvaluation *self,
                     const CptNode *node,
                     CptResult     *result);
void cpt_call_part (CptEvaluation *self,
                    const CptNode *node,
                    CptResult     *result);
void cpt_call_replace (CptEvaluation *self,
                       const CptNode *node,
                       CptResult     *result);

/* cpt-expression-functions-date.c */
void cpt_call_today (CptEvaluation *self,
                     const CptNode *node,
                     CptResult     *result);
void cpt_call_date_of_text (CptEvaluation *self,
                            const CptNode *node,
                            CptResult     *result);
void cpt_call_date_of_time (CptEvaluation *self,
                            const CptNode *node,
                            CptResult     *result);
void cpt_call_date (CptEvaluation *self,
                    const CptNode *node,
                    CptResult     *result);
void cpt_call_date_part (CptEvaluation *self,
                         const CptNode *node,
                         CptResult     *result);
void cpt_call_days_between (CptEvaluation *self,
                            const CptNode *node,
                            CptResult     *result);
void cpt_call_days_apart (CptEvaluation *self,
                          const CptNode *node,
                          CptResult     *result);
void cpt_call_months_between (CptEvaluation *self,
                              const CptNode *node,
                              CptResult     *result);
void cpt_call_add_days (CptEvaluation *self,
                        const CptNode *node,
                        CptResult     *result);
void cpt_call_add_months (CptEvaluation *self,
                          const CptNode *node,
                          CptResult     *result);
void cpt_call_month_bound (CptEvaluation *self,
                           const CptNode *node,
                           CptResult     *result);

G_END_DECLS
