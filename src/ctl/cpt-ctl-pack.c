/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packs: what an industry needs, installed, updated, taken away, checked. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-ctl.h"
#include "cpt-error.h"
#include "cpt-pack.h"

/* @text is a folder, or the name of a pack that came with the program */
static CptPack *
load_pack (const char  *text,
           GError     **error)
{
  g_autofree char *folder = NULL;

  if (g_file_test (text, G_FILE_TEST_IS_DIR))
    return cpt_pack_load (text, error);

  folder = cpt_pack_find_folder (text);
  if (folder == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND,
                   _("There is no pack “%s”. Give a folder, or one of those that “pack list” shows."), text);
      return NULL;
    }

  return cpt_pack_load (folder, error);
}

static void
print_problems (GPtrArray *problems,
                guint      first)
{
  for (guint i = first; problems != NULL && i < problems->len; i++)
    {
      g_autofree char *shown = cpt_ctl_escape (g_ptr_array_index (problems, i));

      cpt_ctl_print ("%s\n", shown);
    }
}

static void
print_result (CptCtl              *self,
              const CptPackResult *result)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  if (self->options.json)
    {
      json_builder_begin_object (builder);
      cpt_ctl_json_int (builder, "sequence", result->sequence);
      cpt_ctl_json_int (builder, "created", result->n_created);
      cpt_ctl_json_int (builder, "updated", result->n_updated);
      cpt_ctl_json_int (builder, "removed", result->n_removed);
      cpt_ctl_json_int (builder, "changed", result->n_changed);
      cpt_ctl_json_int (builder, "used", result->n_used);
      cpt_ctl_json_int (builder, "fields", result->n_fields);
      cpt_ctl_json_int (builder, "values", result->n_values);
      json_builder_end_object (builder);
      cpt_ctl_print_builder (builder);
      return;
    }

  if (self->options.quiet)
    return;
  if (result->sequence != 0)
    cpt_ctl_print ("%" G_GINT64_FORMAT "\n", result->sequence);
  cpt_ctl_say (ngettext ("%u record removed", "%u records removed", result->n_removed), result->n_removed);
  if (result->n_changed > 0)
    cpt_ctl_say (ngettext ("%u record stays: somebody changed it", "%u records stay: somebody changed them", result->n_changed),
                 result->n_changed);
  if (result->n_used > 0)
    cpt_ctl_say (ngettext ("%u record stays: others need it", "%u records stay: others need them", result->n_used),
                 result->n_used);
  if (result->n_fields > 0)
    cpt_ctl_say (ngettext ("%u field stays: there is something in it; --with-data removes it too",
                           "%u fields stay: there is something in them; --with-data removes them too", result->n_fields),
                 result->n_fields);
}

static gboolean
install (CptCtl    *self,
         gboolean   update,
         GError   **error)
{
  g_autoptr(CptPack) pack = load_pack (self->args[0], error);
  g_autoptr(GPtrArray) problems = NULL;
  CptPackResult result = { 0 };

  if (pack == NULL)
    return FALSE;
  if (!cpt_pack_install (pack, self->database, update, &result, &problems, error))
    {
      print_problems (problems, 0);
      return FALSE;
    }

  if (self->options.json)
    print_result (self, &result);
  else if (!self->options.quiet)
    cpt_ctl_print ("%" G_GINT64_FORMAT "\n", result.sequence);

  return TRUE;
}

static gboolean
run_install (CptCtl  *self,
             GError **error)
{
  return install (self, FALSE, error);
}

static gboolean
run_update (CptCtl  *self,
            GError **error)
{
  return install (self, TRUE, error);
}

static gboolean
run_remove (CptCtl  *self,
            GError **error)
{
  CptPackResult result = { 0 };

  if (!cpt_pack_remove (self->database, self->args[0], self->options.with_data, self->options.dry_run, &result, error))
    return FALSE;

  print_result (self, &result);

  return TRUE;
}

static gboolean
run_check (CptCtl  *self,
           GError **error)
{
  g_autoptr(CptPack) pack = load_pack (self->args[0], error);
  g_autoptr(GPtrArray) problems = pack != NULL ? cpt_pack_check (pack, self->database, error) : NULL;

  if (problems == NULL)
    return FALSE;
  if (problems->len == 0)
    return TRUE;

  print_problems (problems, 1);
  g_set_error_literal (error, CPT_ERROR, CPT_ERROR_INVALID, g_ptr_array_index (problems, 0));

  return FALSE;
}

/* What is installed, then what could be */
static void
add_pack (CptCtlTable *table,
          JsonBuilder *builder,
          const char  *name,
          gint64       version,
          const char  *state,
          const char  *label)
{
  char **cells = g_new0 (char *, 5);

  cells[0] = g_strdup (name);
  cells[1] = g_strdup_printf ("%" G_GINT64_FORMAT, version);
  cells[2] = g_strdup (state);
  cells[3] = g_strdup (label);
  cpt_ctl_table_take_row (table, cells);

  json_builder_begin_object (builder);
  cpt_ctl_json_text (builder, "name", name);
  cpt_ctl_json_int (builder, "version", version);
  cpt_ctl_json_text (builder, "state", state);
  cpt_ctl_json_text (builder, "label", label);
  json_builder_end_object (builder);
}

static gboolean
run_list (CptCtl  *self,
          GError **error)
{
  g_autoptr(GPtrArray) infos = cpt_pack_list (self->database, error);
  g_autoptr(GPtrArray) folders = cpt_pack_list_folders ();
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (4);
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  if (infos == NULL)
    return FALSE;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "packs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < infos->len; i++)
    {
      const CptPackInfo *info = g_ptr_array_index (infos, i);

      add_pack (table, builder, info->name, info->version, "installed", info->label);
    }
  for (guint i = 0; i < folders->len; i++)
    {
      g_autoptr(CptPack) pack = cpt_pack_load (g_ptr_array_index (folders, i), NULL);
      gboolean is_there = FALSE;

      for (guint j = 0; pack != NULL && j < infos->len; j++)
        is_there |= strcmp (((CptPackInfo *) g_ptr_array_index (infos, j))->name, cpt_pack_get_name (pack)) == 0;
      if (pack != NULL && !is_there)
        add_pack (table, builder, cpt_pack_get_name (pack), cpt_pack_get_version (pack), "available", cpt_pack_get_label (pack));
    }
  cpt_ctl_print_list (self, builder, table);

  return TRUE;
}

#define COMMON (CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (QUIET))

const CptCtlCommand cpt_ctl_pack_commands[] = {
  {
    .name = "pack list",
    .arguments = "",
    .summary = N_("List the packs that are installed and those that can be"),
    .access = CPT_CTL_READ,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON),
    .run = run_list,
  },
  {
    .name = "pack check",
    .arguments = N_("PACK"),
    .summary = N_("Say whether a pack can be installed or updated here"),
    .details = N_("PACK is a folder, or the name of a pack that came with the program."),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE),
    .run = run_check,
  },
  {
    .name = "pack install",
    .arguments = N_("PACK"),
    .summary = N_("Add the fields, views, dashboards and records of a pack, as one act"),
    .details = N_("PACK is a folder, or the name of a pack that came with the program."),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = 1,
    .options = COMMON,
    .run = run_install,
  },
  {
    .name = "pack update",
    .arguments = N_("PACK"),
    .summary = N_("Bring an installed pack to its newest version"),
    .details = N_("What somebody changed stays as it is; what somebody deleted stays away."),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = 1,
    .options = COMMON,
    .run = run_update,
  },
  {
    .name = "pack remove",
    .arguments = N_("NAME"),
    .summary = N_("Take away what a pack brought, as one act"),
    .details = N_("What somebody changed, and fields with something in them, stay without --with-data. "
                  "What other records need stays in any case. --dry-run only counts."),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = 1,
    .options = COMMON | CPT_CTL_TAKES (DRY_RUN) | CPT_CTL_TAKES (WITH_DATA),
    .run = run_remove,
  },
  { NULL },
};
