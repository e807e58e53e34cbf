/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the person used lately in a workspace, on this machine: keys of records,
 * places and commands, joined by blanks. */
#include "config.h"

#include <string.h>

#include "cpt-window-private.h"

#define MAX_RECENT 12

static char *
dup_state_key (CptWindow *self)
{
  return g_strdup_printf ("recent-%08x", g_str_hash (self->store != NULL ? cpt_store_get_path (self->store) : ""));
}

char **
cpt_window_list_recent (CptWindow *self)
{
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (CPT_IS_WINDOW (self), NULL);

  key = dup_state_key (self);
  text = cpt_window_dup_state (self, key);

  return g_strsplit (text != NULL ? text : "", " ", -1);
}

void
cpt_window_remember_use (CptWindow  *self,
                         const char *key)
{
  g_autofree char *state = NULL;
  g_auto(GStrv) before = NULL;
  g_autoptr(GString) text = NULL;
  guint n = 1;

  g_return_if_fail (CPT_IS_WINDOW (self));
  g_return_if_fail (key != NULL);

  if (strchr (key, ' ') != NULL)
    return;

  state = dup_state_key (self);
  before = cpt_window_list_recent (self);
  text = g_string_new (key);
  for (guint i = 0; before[i] != NULL && n < MAX_RECENT; i++)
    if (before[i][0] != '\0' && strcmp (before[i], key) != 0)
      {
        g_string_append_printf (text, " %s", before[i]);
        n++;
      }
  cpt_window_set_state (self, state, text->str);
}
