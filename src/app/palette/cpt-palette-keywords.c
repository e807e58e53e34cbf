/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other words for what the palette lists: what people call it who know other
 * programs. They are matched, never shown. */
#include "config.h"

#include "cpt-palette-item.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Translators: all texts of this table are words that somebody may type who looks for
 * what stands above them, separated by blanks; give those of your language, not a translation */
static const struct
{
  const char *key;
  const char *words;
} table[] = {
  /* Translators: for Home */
  { "place:home", NC_("keywords", "dashboard overview start numbers figures reports statistics") },
  /* Translators: for My Day */
  { "place:day", NC_("keywords", "today agenda planning to-do due next") },
  /* Translators: for Organisations */
  { "place:organisations", NC_("keywords", "companies accounts customers clients firms businesses suppliers") },
  /* Translators: for Contacts */
  { "place:contacts", NC_("keywords", "people persons address book addresses phone e-mail") },
  /* Translators: for Leads */
  { "place:leads", NC_("keywords", "prospects enquiries prospecting") },
  /* Translators: for Deals */
  { "place:deals", NC_("keywords", "opportunities sales pipeline board kanban funnel forecast") },
  /* Translators: for Products */
  { "place:products", NC_("keywords", "articles items services catalogue price list") },
  /* Translators: for Tasks */
  { "place:tasks", NC_("keywords", "to-do reminders follow-up") },
  /* Translators: for Calendar */
  { "place:calendar", NC_("keywords", "agenda schedule planner appointments meetings dates week month") },
  /* Translators: for Activities */
  { "place:activities", NC_("keywords", "notes calls meetings history journal log") },
  /* Translators: for the trash */
  { "place:trash", NC_("keywords", "bin deleted recover restore rubbish") },
  /* Translators: for New Workspace */
  { "action:win.create-workspace", NC_("keywords", "file create database company") },
  /* Translators: for Open Workspace */
  { "action:win.open", NC_("keywords", "file load database folder") },
  /* Translators: for Packs */
  { "action:win.packs", NC_("keywords", "settings preferences options extensions modules industry trade templates") },
  /* Translators: for Import */
  { "action:win.import", NC_("keywords", "load csv excel spreadsheet vcard upload file") },
  /* Translators: for Read a Business Card */
  { "action:win.card", NC_("keywords", "scan photograph photo picture visiting ocr contact") },
  /* Translators: for Export */
  { "action:win.export", NC_("keywords", "save csv excel spreadsheet vcard download file pdf print") },
  /* Translators: for Find Duplicates */
  { "action:win.duplicates", NC_("keywords", "merge double twice clean up same") },
  /* Translators: for Undo */
  { "action:win.undo", NC_("keywords", "back revert cancel mistake") },
  /* Translators: for Redo */
  { "action:win.redo", NC_("keywords", "again repeat") },
  /* Translators: for Keyboard Shortcuts */
  { "action:win.shortcuts", NC_("keywords", "help keys hotkeys manual") },
  /* Translators: for About Comptoir */
  { "action:app.about", NC_("keywords", "help version licence credits information") },
  /* Translators: for Quit */
  { "action:app.quit", NC_("keywords", "exit leave close end") },
};

const char *
cpt_palette_find_keywords (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].key, key) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "keywords", table[i].words);

  return NULL;
}
