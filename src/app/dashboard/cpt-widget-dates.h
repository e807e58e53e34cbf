/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cpt-schema.h"
#include "cpt-widget-query.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): the date that a question with measures of its own follows
 * when it does not say so itself */
char       *cpt_widget_dates_dup_default (const CptWidgetQuery *query);

/**
 * cpt_widget_dates_show:
 * @dates: (element-type utf8): gets the paths of the dates that @row offers
 * @row: shows them between what is the default and, where there is one, that no period counts
 * @schema: the declarations
 * @entity: whose dates
 * @usual: (nullable): the date that counts by default
 * @chosen: (nullable): a path, "" where no period counts, %NULL for the default
 *
 * Fills the row that asks by which date a period filters a widget. A date that is
 * not among them stays.
 */
void        cpt_widget_dates_show        (GPtrArray       *dates,
                                          AdwComboRow     *row,
                                          CptSchema       *schema,
                                          const CptEntity *entity,
                                          const char      *usual,
                                          const char      *chosen);
/* (nullable): what is chosen, like @chosen above */
const char *cpt_widget_dates_read        (GPtrArray   *dates,
                                          AdwComboRow *row);
/* What the choice means stands below the row */
void        cpt_widget_dates_explain     (GPtrArray   *dates,
                                          AdwComboRow *row,
                                          const char  *usual);

G_END_DECLS
