/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The composition root: a workspace file with all rooms wired together. Both
 * programs, the tests and later the service open files here, so that whoever
 * writes does so with the behaviours attached and in a person's name.
 */

#include "config.h"

#include "cpt-workspace.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cpt-behaviours-private.h"
#include "cpt-error.h"
#include "cpt-standard-private.h"
#include "cpt-statement.h"

/* Which user writes through this copy of the file; never synchronised */
#define AUTHOR_SETTING "author"

#define ID_SETTING "id"

static void
init_config (CptDatabaseConfig         *config,
             const CptWorkspaceOptions *options)
{
  *config = (CptDatabaseConfig){
    .clock = options != NULL ? options->clock : NULL,
    .behaviours = cpt_behaviours,
    .device = g_get_host_name (),
  };
}

static gboolean
save_settings (CptDatabase                *database,
               const char                 *path,
               const CptWorkspaceOptions  *options,
               GError                    **error)
{
  g_autoptr(GTimeZone) local = g_time_zone_new_local ();
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *author = cpt_uuid_dup_text (cpt_database_get_author (database));
  const char *zone = options != NULL && options->zone != NULL ? options->zone : g_time_zone_get_identifier (local);
  const char *name = options != NULL ? options->name : NULL;
  char *dot = g_strrstr (base, ".");

  if (dot != NULL && dot != base)
    *dot = '\0';

  /* A machine without a zone of its own is most likely the first users' country. */
  if (g_str_has_prefix (zone, "/") || g_str_equal (zone, "UTC") || g_str_equal (zone, "Etc/UTC"))
    zone = "Europe/Paris";

  return cpt_database_set_setting (database, "name", name != NULL ? name : base, error) &&
         cpt_database_set_setting (database, "zone", zone, error) &&
         cpt_database_set_setting (database, "currency", "EUR", error) &&
         cpt_database_set_setting (database, "country", "FR", error) &&
         cpt_database_set_setting (database, AUTHOR_SETTING, author, error);
}

static void
remove_files (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      g_unlink (file);
    }
}

gboolean
cpt_workspace_create (const char                 *path,
                      const CptWorkspaceOptions  *options,
                      GError                    **error)
{
  CptDatabaseConfig config;
  CptDatabase *database;
  gboolean done;

  g_return_val_if_fail (path != NULL, FALSE);

  init_config (&config, options);
  database = cpt_database_open (path, CPT_OPEN_CREATE, &config, error);
  if (database == NULL)
    return FALSE;

  done = cpt_standard_fill (database, error) && save_settings (database, path, options, error);
  cpt_database_close (database);
  if (!done)
    remove_files (path);

  return done;
}

/* The author is kept in the file, so it has to be open before it is known. */
static gboolean
read_author (const char         *path,
             CptDatabaseConfig  *config,
             GError            **error)
{
  g_autoptr(CptDatabase) database = cpt_database_open (path, CPT_OPEN_READ, config, error);
  g_autofree char *author = NULL;

  if (database == NULL)
    return FALSE;

  author = cpt_database_dup_setting (database, AUTHOR_SETTING);
  if (author != NULL)
    cpt_uuid_parse (author, &config->author);

  return TRUE;
}

CptDatabase *
cpt_workspace_open_database (const char                 *path,
                             CptOpenMode                 mode,
                             const CptWorkspaceOptions  *options,
                             GError                    **error)
{
  CptDatabaseConfig config;
  CptDatabase *database;
  g_autofree char *author = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (mode != CPT_OPEN_CREATE, NULL);

  init_config (&config, options);
  database = cpt_database_open (path, mode, &config, error);
  if (database == NULL)
    return NULL;

  author = cpt_database_dup_setting (database, AUTHOR_SETTING);
  if (author != NULL && cpt_uuid_parse (author, &config.author))
    cpt_database_set_author (database, &config.author);

  return database;
}

CptStore *
cpt_workspace_open_store (const char                 *path,
                          CptOpenMode                 mode,
                          const CptWorkspaceOptions  *options,
                          GError                    **error)
{
  CptDatabaseConfig config;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (mode != CPT_OPEN_CREATE, NULL);

  init_config (&config, options);
  if (!read_author (path, &config, error))
    return NULL;

  return cpt_store_open (path, mode, &config, error);
}

static gboolean
read_id (CptDatabase *database,
         CptUuid     *id)
{
  g_autofree char *text = cpt_database_dup_setting (database, ID_SETTING);

  return text != NULL && cpt_uuid_parse (text, id);
}

/* Somebody else may have been faster. */
static gboolean
make_id (CptDatabase  *database,
         gpointer      data,
         GError      **error)
{
  CptUuid *id = data;
  g_autofree char *made = NULL;

  if (read_id (database, id))
    return TRUE;

  cpt_uuid_generate (id, cpt_database_get_now (database) / 1000);
  made = cpt_uuid_dup_text (id);

  return cpt_database_set_setting (database, ID_SETTING, made, error);
}

gboolean
cpt_workspace_read_id (CptDatabase  *database,
                       gboolean      create,
                       CptUuid      *id,
                       GError      **error)
{
  g_return_val_if_fail (database != NULL && id != NULL, FALSE);

  *id = (CptUuid){ 0 };

  return read_id (database, id) || !create || cpt_database_transact (database, make_id, id, error);
}
