/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Choices that several entities share. */

#include "config.h"

#include "cpt-shared-choices.h"

#include <glib/gi18n-lib.h>

const CptChoice cpt_choices_colour[] = {
  { "blue", NC_("choice", "Blue"), "blue" },
  { "green", NC_("choice", "Green"), "green" },
  { "yellow", NC_("choice", "Yellow"), "yellow" },
  { "orange", NC_("choice", "Orange"), "orange" },
  { "red", NC_("choice", "Red"), "red" },
  { "purple", NC_("choice", "Purple"), "purple" },
  { "brown", NC_("choice", "Brown"), "brown" },
  { "grey", NC_("choice", "Grey"), "grey" },
  { NULL },
};

const CptChoice cpt_choices_language[] = {
  { "fr", NC_("choice", "French") },
  { "en", NC_("choice", "English") },
  { "de", NC_("choice", "German") },
  { "es", NC_("choice", "Spanish") },
  { "it", NC_("choice", "Italian") },
  { "nl", NC_("choice", "Dutch") },
  { "pt", NC_("choice", "Portuguese") },
  { "other", NC_("choice", "Other") },
  { NULL },
};

const CptChoice cpt_choices_source[] = {
  { "website", NC_("choice", "Website"), "blue" },
  { "referral", NC_("choice", "Referral"), "green" },
  { "campaign", NC_("choice", "Campaign"), "orange" },
  { "social", NC_("choice", "Social networks"), "purple" },
  { "event", NC_("choice", "Event"), "yellow" },
  { "outbound", NC_("choice", "Outbound call or mail"), "brown" },
  { "partner", NC_("choice", "Partner"), "purple" },
  { "advertising", NC_("choice", "Advertising"), "red" },
  { "other", NC_("choice", "Other"), "grey" },
  { NULL },
};
