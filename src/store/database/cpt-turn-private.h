/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* cpt-turn.c: how one who waits for the file tells one who holds it for long.
 * Any thread, any process; a turn is a descriptor or -1. */

/* For who waits: to be called once SQLite has found the file held by another */
int      cpt_turn_ask      (const char *path);
/* For who holds it: looks without asking */
int      cpt_turn_watch    (const char *path);
/* Whether anybody has asked; about a microsecond */
gboolean cpt_turn_is_asked (int watch);
/* The turn of the one process of a machine that brings away what is in the outbox; -1 while
 * another one has it */
int      cpt_turn_take_delivery (const char *path);
/* Ends asking, watching or delivering, and sets @turn to -1 */
void     cpt_turn_end      (int *turn);

G_END_DECLS
