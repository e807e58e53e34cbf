/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define CPT_TYPE_STATE (cpt_state_get_type ())

G_DECLARE_FINAL_TYPE (CptState, cpt_state, CPT, STATE, GObject)

/* @path: (nullable): in the user's state folder when NULL. What can't be read
 * is as if it had never been written. */
CptState *cpt_state_new         (const char *path) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) (transfer full) */
char     *cpt_state_dup_string  (CptState   *self,
                                 const char *group,
                                 const char *key);
int       cpt_state_get_integer (CptState   *self,
                                 const char *group,
                                 const char *key,
                                 int         fallback);
/* @value (nullable): NULL forgets it. Written to the disk a moment later. */
void      cpt_state_set_string  (CptState   *self,
                                 const char *group,
                                 const char *key,
                                 const char *value);
void      cpt_state_set_integer (CptState   *self,
                                 const char *group,
                                 const char *key,
                                 int         value);
/* Writes at once what is still to be written */
void      cpt_state_flush       (CptState *self);

G_END_DECLS
