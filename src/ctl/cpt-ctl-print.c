/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands print and table: a record on paper, and a list. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>

#include "cpt-find.h"
#include "cpt-record-report.h"
#include "cpt-report.h"

static gboolean
run_print (CptCtl  *self,
           GError **error)
{
  const CptEntity *entity = cpt_ctl_find_entity (self, self->args[0], error);
  g_autoptr(CptRecordReport) report = NULL;
  g_autoptr(GBytes) bytes = NULL;
  CptPaper paper = CPT_PAPER_A4;
  double width, height;
  CptUuid id;

  if (entity == NULL || !cpt_find_record (self->database, entity, self->args[1], FALSE, &id, error))
    return FALSE;
  if (self->options.paper != NULL && !cpt_paper_parse (self->options.paper, &paper))
    {
      g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("Paper is a4, a3 or letter, not “%s”."), self->options.paper);
      return FALSE;
    }

  cpt_paper_get_size (paper, &width, &height);
  report = cpt_record_report_read (self->database, entity, &id, self->options.timeline, error);
  bytes = report != NULL ? cpt_record_report_to_pdf (report, width, height, error) : NULL;

  return bytes != NULL && cpt_ctl_write_bytes (self, bytes, error);
}

const CptCtlCommand cpt_ctl_print_commands[] = {
  {
    .name = "print",
    .arguments = N_("KIND RECORD"),
    .summary = N_("Write a record as PDF: its fields and what links to it"),
    .details = N_("Writes to --output FILE; by default to standard output."),
    .access = CPT_CTL_READ,
    .min_args = 2,
    .max_args = 2,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (OUTPUT) | CPT_CTL_TAKES (PAPER) | CPT_CTL_TAKES (FORCE) |
               CPT_CTL_TAKES (TIMELINE),
    .run = run_print,
  },
  {
    .name = "table",
    .arguments = N_("KIND [CONDITION…]"),
    .summary = N_("Write a list as PDF: a table of as many pages as it takes"),
    .details = N_("Conditions, columns, order, groups and totals as in “list”. "
                  "Writes to --output FILE; by default to standard output."),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = G_MAXUINT,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (FILTER) | CPT_CTL_TAKES (SEARCH) | CPT_CTL_TAKES (SORT) |
               CPT_CTL_TAKES (COLUMNS) | CPT_CTL_TAKES (GROUP) | CPT_CTL_TAKES (TOTALS) | CPT_CTL_TAKES (VIEW) |
               CPT_CTL_TAKES (OUTPUT) | CPT_CTL_TAKES (PAPER) | CPT_CTL_TAKES (PORTRAIT) |
               CPT_CTL_TAKES (PAGE_PER_GROUP) | CPT_CTL_TAKES (FORCE),
    .run = cpt_ctl_run_table,
  },
  { NULL },
};
