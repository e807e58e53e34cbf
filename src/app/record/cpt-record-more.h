/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpt-record-view.h"

G_BEGIN_DECLS

/* What is rarely done with a record: a menu in the header of its page, and the
 * actions of it. */

/* Floating */
GtkWidget *cpt_record_more_create_button   (void);
void       cpt_record_more_install_actions (GtkWidgetClass *klass);

G_END_DECLS
