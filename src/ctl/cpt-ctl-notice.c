/* SPDX-License-Identifier: GPL-3.0-or-later */

/* notices list, notices told: what workflows have told somebody, until it was shown. */

#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>

#include "cpt-notices.h"

static void
print_json (GPtrArray *notices)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "notices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < notices->len; i++)
    {
      const CptRecord *notice = g_ptr_array_index (notices, i);

      json_builder_begin_object (builder);
      cpt_ctl_json_id (builder, "id", &notice->id);
      cpt_ctl_json_text (builder, "title", cpt_record_get_text (notice, "title"));
      cpt_ctl_json_text (builder, "body", cpt_record_get_text (notice, "body"));
      cpt_ctl_json_text (builder, "kind", cpt_record_get_text (notice, "kind"));
      cpt_ctl_json_text (builder, "record", cpt_record_get_text (notice, "record"));
      cpt_ctl_json_instant (builder, "at", notice->created_at);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

static gboolean
run_list (CptCtl  *self,
          GError **error)
{
  g_autoptr(GPtrArray) notices = cpt_notices_list (self->database, error);

  if (notices == NULL)
    return FALSE;
  if (self->options.json)
    {
      print_json (notices);
      return TRUE;
    }

  for (guint i = 0; i < notices->len; i++)
    {
      const CptRecord *notice = g_ptr_array_index (notices, i);
      const char *body = cpt_record_get_text (notice, "body");
      g_autofree char *title = cpt_ctl_escape (cpt_record_get_text (notice, "title"));
      g_autofree char *text = cpt_ctl_escape (body != NULL ? body : "");

      cpt_ctl_print ("%s\t%s\n", title, text);
    }

  return TRUE;
}

static gboolean
run_told (CptCtl  *self,
          GError **error)
{
  g_autoptr(GPtrArray) notices = cpt_notices_list (self->database, error);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (CptUuid));

  if (notices == NULL)
    return FALSE;

  for (guint i = 0; i < notices->len; i++)
    g_array_append_val (ids, ((const CptRecord *) g_ptr_array_index (notices, i))->id);

  return cpt_notices_mark_told (self->database, ids, error);
}

const CptCtlCommand cpt_ctl_notice_commands[] = {
  {
    .name = "notices list",
    .arguments = "",
    .summary = N_("Show what workflows have told you and nothing has shown you yet"),
    .access = CPT_CTL_READ,
    .min_args = 0,
    .max_args = 0,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_list,
  },
  {
    .name = "notices told",
    .arguments = "",
    .summary = N_("Note that you have seen what “notices list” shows"),
    .access = CPT_CTL_WRITE,
    .min_args = 0,
    .max_args = 0,
    .options = CPT_CTL_TAKES (WORKSPACE),
    .run = run_told,
  },
  { NULL },
};
