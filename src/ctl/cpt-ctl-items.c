/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards and calendars, behind import and export. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-error.h"

const char *
cpt_ctl_get_item_format (CptCtl *self)
{
  static const struct
  {
    const char *name;
    const char *format;
  } formats[] = {
    { "vcf", "vcf" },
    { "vcard", "vcf" },
    { "vcard4", "vcf" },
    { "vcard3", "vcard3" },
    { "ics", "ics" },
    { "ical", "ics" },
  };
  const char *name = self->options.format;

  if (name == NULL && self->options.output != NULL && strrchr (self->options.output, '.') != NULL)
    name = strrchr (self->options.output, '.') + 1;
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (formats); i++)
    if (g_ascii_strcasecmp (name, formats[i].name) == 0)
      return formats[i].format;

  return NULL;
}

gboolean
cpt_ctl_export_items (CptCtl         *self,
                      CptQuery       *query,
                      GOutputStream  *stream,
                      GError        **error)
{
  const char *format = cpt_ctl_get_item_format (self);
  CptItemExport job = { .query = query, .version = strcmp (format, "vcard3") == 0 ? 3 : 4 };

  if (strcmp (format, "ics") == 0)
    return cpt_calendar_export (&job, self->database, stream, self->cancellable, error);

  return cpt_card_export (&job, self->database, stream, self->cancellable, error);
}

static void
print_report_json (CptCtl              *self,
                   const CptItemReport *report)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  cpt_ctl_json_boolean (builder, "dry_run", self->options.dry_run);
  cpt_ctl_json_int (builder, "sequence", report->sequence);
  cpt_ctl_json_int (builder, "items", (gint64) report->n_items);
  cpt_ctl_json_int (builder, "created", (gint64) report->n_created);
  cpt_ctl_json_int (builder, "updated", (gint64) report->n_updated);
  cpt_ctl_json_int (builder, "rejected", (gint64) report->n_rejected);
  cpt_ctl_json_int (builder, "remarks", (gint64) report->n_notes);
  cpt_ctl_json_strings (builder, "notes", report->notes);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

static void
print_report (CptCtl              *self,
              const CptItemReport *report)
{
  if (self->options.dry_run)
    cpt_ctl_print ("%s\n", _("Nothing was stored. This is what would happen:"));
  cpt_ctl_print (_("In the file: %llu; created: %llu, updated: %llu, rejected: %llu"), (unsigned long long) report->n_items,
                 (unsigned long long) report->n_created, (unsigned long long) report->n_updated,
                 (unsigned long long) report->n_rejected);
  cpt_ctl_print ("\n");
  if (report->notes->len > 0)
    cpt_ctl_print ("%s\n", _("Remarks:"));
  for (guint i = 0; i < report->notes->len; i++)
    {
      g_autofree char *shown = cpt_ctl_escape (g_ptr_array_index (report->notes, i));

      cpt_ctl_print ("  %s\n", shown);
    }
}

gboolean
cpt_ctl_import_items (CptCtl       *self,
                      const char   *path,
                      CptItemFile   kind,
                      GError      **error)
{
  g_autoptr(CptItemReport) report = NULL;

  report = kind == CPT_ITEM_FILE_VCARD
             ? cpt_card_import (self->database, path, self->options.dry_run, self->cancellable, error)
             : cpt_calendar_import (self->database, path, self->options.dry_run, self->cancellable, error);
  if (report == NULL)
    return FALSE;

  if (self->options.json)
    print_report_json (self, report);
  else
    print_report (self, report);
  if (report->n_rejected == 0 || report->n_rejected < report->n_items)
    return TRUE;

  g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_PARTIAL,
                       _("Nothing of the file could be used. The reasons stand above."));

  return FALSE;
}
