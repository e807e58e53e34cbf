/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CPT_TYPE_NAME_DIALOG (cpt_name_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CptNameDialog, cpt_name_dialog, CPT, NAME_DIALOG, AdwMessageDialog)

/**
 * CptNameWording:
 * @heading: of the dialogue
 * @label: what the name is of, for those who do not see the heading
 * @verb: what is done with it, with a mnemonic
 * @max_chars: no more than these can be typed
 * @may_be_empty: whether that is a name, too
 *
 * What is asked for; all texts translated.
 */
typedef struct
{
  const char *heading;
  const char *label;
  const char *verb;
  int         max_chars;
  gboolean    may_be_empty;
} CptNameWording;

/* Signals:
 *  named (const char *): cleaned and without blanks around it
 */

/* Shows a dialogue over @parent (nullable) that asks for one line, in which @name (nullable)
 * stands and is selected. Returns it, to connect to: it answers once, or never, and goes by
 * itself. */
CptNameDialog *cpt_name_dialog_present (GtkWindow            *parent,
                                        const CptNameWording *wording,
                                        const char           *name);

G_END_DECLS
