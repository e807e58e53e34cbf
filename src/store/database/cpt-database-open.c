/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening a file that may be anything.
 *
 * A file is looked at before SQLite runs a statement on it: until then SQLite
 * has neither written to it nor made a file beside it, so that what is refused
 * is left as it was. The header is read through SQLite's own handle. */

#include "config.h"

#include "cpt-database-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "cpt-computed-private.h"
#include "cpt-error.h"
#include "cpt-file-locks-private.h"
#include "cpt-migration-private.h"
#include "cpt-sql-functions-private.h"
#include "cpt-turn-private.h"
#include "cpt-unit-private.h"
#include "cpt-wal-header-private.h"

/* In bytes */
#define QUICK_CHECK_MAX_SIZE (16 * 1024 * 1024)
#define HEADER_SIZE 100
#define OFFSET_PAGE_SIZE 16
#define OFFSET_CHANGES 24
#define OFFSET_PAGES 28
#define OFFSET_USER_VERSION 60
#define OFFSET_APPLICATION_ID 68
#define OFFSET_VALID_FOR 92
#define MIN_PAGE_SIZE 512

/* Larger than any record: a record's limits are its fields' */
#define MAX_VALUE_BYTES (128 * 1024 * 1024)
#define MAX_SQL_BYTES (1024 * 1024)

/* Between two looks at a lock that somebody else holds, in microseconds */
#define WAIT_STEP 500

/* In the write-ahead log before a commit itself copies them into the file: when
 * nobody had time for it for long */
#define MAX_LOG_PAGES 16000

/* File systems on which SQLite's shared memory does not work (statfs(2)) */
static const struct
{
  guint32 magic;
  const char *name;
} network_systems[] = {
  { 0x6969, "NFS" },
  { 0xff534d42, "SMB" },
  { 0xfe534d42, "SMB" },
  { 0x517b, "SMB" },
  { 0x73757245, "Coda" },
  { 0x5346414f, "AFS" },
  { 0x564c, "NCP" },
};

gboolean
cpt_database_refuse (GError     **error,
                     const char  *path,
                     int          result)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_name (name);

  switch (result & 0xff)
    {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
      g_set_error (error, CPT_ERROR, CPT_ERROR_DAMAGED,
                   _("“%s” is damaged. Open it read-only and export what is left, or restore a copy."), shown);
      break;

    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, CPT_ERROR, CPT_ERROR_BUSY,
                   _("“%s” is held by another program. Close it there, or try again in a moment."), shown);
      break;

    case SQLITE_FULL:
      g_set_error (error, CPT_ERROR, CPT_ERROR_FULL,
                   _("“%s” can’t be opened because the disk is full. Free some space and try again."), shown);
      break;

    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      g_set_error (error, CPT_ERROR, CPT_ERROR_READ_ONLY,
                   _("“%s” or its folder is read-only. Change its permissions, or copy it to a folder of your own."), shown);
      break;

    default:
      g_set_error (error, CPT_ERROR, CPT_ERROR_IO, _("“%s” could not be opened: %s"), shown, sqlite3_errstr (result));
    }

  return FALSE;
}

static gboolean
refuse_with (GError     **error,
             CptError     code,
             const char  *format,
             const char  *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_name (name);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, CPT_ERROR, code, format, shown);
#pragma GCC diagnostic pop

  return FALSE;
}

static gboolean
refuse_foreign (GError     **error,
                const char  *path)
{
  return refuse_with (error, CPT_ERROR_NOT_WORKSPACE,
                      _("“%s” is not a Comptoir workspace. Open one, or create one and import the file if it is a CSV file."),
                      path);
}

/* Before it is opened */

static gboolean
check_place (const char   *path,
             CptOpenMode   mode,
             GError      **error)
{
  struct statfs system;

  if (mode == CPT_OPEN_READ || statfs (path, &system) != 0)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (network_systems); i++)
    if ((guint32) system.f_type == network_systems[i].magic)
      return refuse_with (error, CPT_ERROR_UNSUPPORTED,
                          _("“%s” is on a network drive, where it could be damaged. Copy it to a disk of this computer."), path);

  return TRUE;
}

static gboolean
check_file (const char   *path,
            CptOpenMode   mode,
            GError      **error)
{
  struct stat status;

  if (lstat (path, &status) != 0)
    {
      if (errno == ENOENT || errno == ENOTDIR)
        return refuse_with (error, CPT_ERROR_NOT_FOUND, _("There is no file “%s”."), path);
      if (errno == EACCES)
        return refuse_with (error, CPT_ERROR_READ_ONLY, _("You do not have permission to read “%s”."), path);
      return refuse_with (error, CPT_ERROR_IO, _("“%s” could not be read."), path);
    }

  if (S_ISLNK (status.st_mode))
    return refuse_with (error, CPT_ERROR_NOT_WORKSPACE,
                        _("“%s” is a link to another place. Open the workspace where it is."), path);
  if (!S_ISREG (status.st_mode))
    return refuse_with (error, CPT_ERROR_NOT_WORKSPACE, _("“%s” is not a Comptoir workspace: it is not a file."), path);
  if (access (path, R_OK) != 0)
    return refuse_with (error, CPT_ERROR_READ_ONLY, _("You do not have permission to read “%s”."), path);

  return check_place (path, mode, error);
}

/* Makes the file, so that nobody but its owner can ever read it. */
static gboolean
create_file (const char  *path,
             GError     **error)
{
  int fd = g_open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd >= 0)
    return g_close (fd, NULL) && check_place (path, CPT_OPEN_CREATE, error);

  if (errno == EEXIST)
    return refuse_with (error, CPT_ERROR_CONFLICT, _("“%s” already exists. Choose another name."), path);
  if (errno == ENOSPC || errno == EDQUOT)
    return cpt_database_refuse (error, path, SQLITE_FULL);
  if (errno == EACCES || errno == EROFS || errno == EPERM)
    return cpt_database_refuse (error, path, SQLITE_READONLY);
  if (errno == ENOENT || errno == ENOTDIR)
    return refuse_with (error, CPT_ERROR_NOT_FOUND, _("There is no folder for “%s”."), path);

  return cpt_database_refuse (error, path, SQLITE_CANTOPEN);
}

/* While it is open and no statement has run */

/* Without a log beside it the file has as many pages as its header says. */
static gboolean
is_cut_off (CptDatabase  *self,
            const guint8 *header,
            guint         page_size,
            gint64        size)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  struct stat status;

  if (stat (log, &status) == 0 && status.st_size > 0)
    return FALSE;
  if (cpt_wal_header_get_u32 (header + OFFSET_CHANGES) != cpt_wal_header_get_u32 (header + OFFSET_VALID_FOR))
    return FALSE;

  return size < (gint64) cpt_wal_header_get_u32 (header + OFFSET_PAGES) * page_size;
}

static gboolean
is_header (const guint8 *header)
{
  return memcmp (header, "SQLite format 3", 16) == 0 &&
         cpt_wal_header_get_u32 (header + OFFSET_APPLICATION_ID) == CPT_APPLICATION_ID;
}

static gboolean
check_header (CptDatabase  *self,
              GError      **error)
{
  guint8 header[HEADER_SIZE] = { 0 };
  sqlite3_file *file = NULL;
  sqlite3_int64 size = 0;
  guint page_size;

  if (sqlite3_file_control (self->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || file == NULL ||
      file->pMethods == NULL || file->pMethods->xFileSize (file, &size) != SQLITE_OK)
    return cpt_database_refuse (error, self->path, SQLITE_CANTOPEN);

  if (size == 0)
    return refuse_with (error, CPT_ERROR_NOT_WORKSPACE,
                        _("“%s” is empty, so it is no workspace. Restore a copy of it, or delete it and create a workspace."),
                        self->path);
  if (size < HEADER_SIZE || file->pMethods->xRead (file, header, HEADER_SIZE, 0) != SQLITE_OK ||
      (!is_header (header) && (!cpt_wal_header_read (self->path, header, HEADER_SIZE) || !is_header (header))))
    return refuse_foreign (error, self->path);

  if (cpt_wal_header_get_u32 (header + OFFSET_USER_VERSION) > CPT_SCHEMA_VERSION)
    return refuse_with (error, CPT_ERROR_TOO_NEW,
                        _("“%s” was written by a newer Comptoir. Update Comptoir to open it."), self->path);

  page_size = ((guint) header[OFFSET_PAGE_SIZE] << 8) | header[OFFSET_PAGE_SIZE + 1];
  if (page_size == 1)
    page_size = 65536;
  if (page_size < MIN_PAGE_SIZE || (page_size & (page_size - 1)) != 0 || is_cut_off (self, header, page_size, size))
    return self->read_only || cpt_database_refuse (error, self->path, SQLITE_CORRUPT);

  return TRUE;
}

/* Nobody has the file open but its log was left behind: the last program that
 * had it did not end well. Locks of any process are listed in proc(5). */
static gboolean
was_left_open (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *index = g_strconcat (path, "-shm", NULL);
  g_autofree char *locks = NULL;
  g_autofree char *inode = NULL;
  struct stat status;

  if (stat (log, &status) != 0 || status.st_size == 0)
    return FALSE;
  if (stat (index, &status) != 0)
    return TRUE;
  if (!g_file_get_contents ("/proc/locks", &locks, NULL, NULL))
    return FALSE;

  inode = g_strdup_printf (":%" G_GUINT64_FORMAT " ", (guint64) status.st_ino);

  return strstr (locks, inode) == NULL;
}

/* Small enough to be looked through at each opening: some hundredths of a second */
static gboolean
is_small (const char *path)
{
  struct stat status;

  return stat (path, &status) == 0 && status.st_size <= QUICK_CHECK_MAX_SIZE;
}

/* Statements */

/* SQLite's own way of waiting sleeps longer and longer, and would miss the
 * gaps that a long import leaves. */
static int
wait_for_others (void *data,
                 int   n_calls)
{
  CptDatabase *self = data;

  if (n_calls == 0 && self->depth > 0 && self->turn < 0)
    self->turn = cpt_turn_ask (self->path);
  if (n_calls >= CPT_BUSY_TIMEOUT * 1000 / WAIT_STEP || g_cancellable_is_cancelled (self->cancellable))
    return 0;

  g_usleep (WAIT_STEP);

  return 1;
}

static gboolean
configure (CptDatabase  *self,
           GError      **error)
{
  static const char *const pragmas[] = {
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA mmap_size = 0",
    ("PRAGMA cache_size = " CPT_CACHE_SIZE),
  };
  static const struct
  {
    int option;
    int value;
  } options[] = {
    { SQLITE_DBCONFIG_DEFENSIVE, 1 },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
    { SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
    { SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
    { SQLITE_DBCONFIG_DQS_DML, 0 },
    { SQLITE_DBCONFIG_DQS_DDL, 0 },
  };
  int result;

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    sqlite3_db_config (self->handle, options[i].option, options[i].value, NULL);
  /* SQLite reads what is left of a file that was cut off in this state only;
   * nothing can be written all the same. */
  if (self->is_damaged)
    {
      sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
      sqlite3_exec (self->handle, "PRAGMA writable_schema = ON", NULL, NULL, NULL);
    }
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_limit (self->handle, SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES);
  sqlite3_limit (self->handle, SQLITE_LIMIT_SQL_LENGTH, MAX_SQL_BYTES);
  sqlite3_limit (self->handle, SQLITE_LIMIT_TRIGGER_DEPTH, 1);
  sqlite3_busy_handler (self->handle, wait_for_others, self);

  result = cpt_sql_functions_register (self->handle, &self->zone);
  for (guint i = 0; i < G_N_ELEMENTS (pragmas) && result == SQLITE_OK; i++)
    result = sqlite3_exec (self->handle, pragmas[i], NULL, NULL, NULL);

  return result == SQLITE_OK || self->is_damaged || cpt_database_refuse (error, self->path, result);
}

static int
run_pragma (CptDatabase *self,
            const char  *sql)
{
  return sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
}

/* The marks are in the file itself before there is a write-ahead log, so that
 * a look at its header is always enough. */
static gboolean
initialise (CptDatabase  *self,
            GError      **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA page_size = 4096;"
                                          "PRAGMA encoding = 'UTF-8';"
                                          "BEGIN IMMEDIATE;"
                                          "PRAGMA application_id = %d;"
                                          "PRAGMA user_version = %d;"
                                          "COMMIT;",
                                          CPT_APPLICATION_ID, CPT_SCHEMA_VERSION);
  int result = run_pragma (self, sql);

  return result == SQLITE_OK || cpt_database_refuse (error, self->path, result);
}

static gboolean
quick_check (CptDatabase  *self,
             GError      **error)
{
  g_autoptr(CptStatement) statement = cpt_database_prepare (self, "PRAGMA quick_check (1)", NULL);

  if (statement == NULL || cpt_statement_step (statement, NULL) != CPT_STEP_ROW ||
      g_strcmp0 (cpt_statement_get_text (statement, 0), "ok") != 0)
    return cpt_database_refuse (error, self->path, SQLITE_CORRUPT);

  /* The whole file went through the cache; what will be needed of it is another thing */
  g_clear_pointer (&statement, cpt_statement_release);
  sqlite3_db_release_memory (self->handle);

  return TRUE;
}

/* A look at the first row of each table of a file that is not looked through: a
 * root or a first page that was overwritten is found before anything is
 * written. Takes a millisecond. */
static gboolean
check_roots (CptDatabase  *self,
             GError      **error)
{
  g_autoptr(CptStatement) names = NULL;
  CptStep step;

  names = cpt_database_prepare (self, "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 1", error);
  if (names == NULL)
    return FALSE;

  while ((step = cpt_statement_step (names, error)) == CPT_STEP_ROW)
    {
      g_auto(GStrv) parts = g_strsplit (cpt_statement_get_text (names, 0), "\"", -1);
      g_autofree char *name = g_strjoinv ("\"\"", parts);
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\" NOT INDEXED LIMIT 1", name);
      g_autoptr(CptStatement) first = cpt_database_prepare (self, sql, error);

      if (first == NULL || cpt_statement_step (first, error) == CPT_STEP_ERROR)
        return FALSE;
    }

  return step == CPT_STEP_DONE;
}

static gboolean
check_version (CptDatabase  *self,
               GError      **error)
{
  gint64 version;

  if (!cpt_database_get_number (self, "PRAGMA user_version", 0, &version, error))
    return FALSE;
  if (version > CPT_SCHEMA_VERSION)
    return refuse_with (error, CPT_ERROR_TOO_NEW,
                        _("“%s” was written by a newer Comptoir. Update Comptoir to open it."), self->path);

  return TRUE;
}

/* In place of SQLite's own, which would let whoever commits one row wait until
 * the pages of all others are in the file */
static int
note_log_pages (void       *data,
                sqlite3    *handle,
                const char *name,
                int         n_pages)
{
  CptDatabase *self = data;

  self->n_log_pages = n_pages;
  cpt_database_checkpoint (self, MAX_LOG_PAGES);

  return SQLITE_OK;
}

static gboolean
start_writing (CptDatabase  *self,
               GError      **error)
{
  int result = run_pragma (self, "PRAGMA journal_mode = WAL");

  if (result == SQLITE_OK)
    result = run_pragma (self, "PRAGMA synchronous = FULL");
  if (result == SQLITE_OK)
    result = run_pragma (self, "PRAGMA journal_size_limit = 67108864");
  sqlite3_wal_hook (self->handle, note_log_pages, self);

  return result == SQLITE_OK || cpt_database_refuse (error, self->path, result);
}

static gboolean
prepare_for_writing (CptDatabase  *self,
                     gboolean      is_new,
                     gboolean      is_suspect,
                     GError      **error)
{
  if (is_new && !initialise (self, error))
    return FALSE;

  return (!is_suspect || quick_check (self, error)) &&
         check_version (self, error) &&
         (is_new || is_suspect || check_roots (self, error)) &&
         start_writing (self, error) &&
         cpt_migration_run (self, error);
}

/* Whether a connection that could write may clean up when it is closed: nobody
 * has left a log, so there is nothing but its own empty one to be removed. */
static gboolean
can_tidy_up (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  return access (log, F_OK) != 0 && access (path, W_OK) == 0 && access (folder, W_OK) == 0;
}

/* A file in a folder that can't be written has no place for the index of its
 * write-ahead log: it can be read all the same when nobody writes. */
static int
open_for_reading (CptDatabase *self)
{
  static const char *const variants[] = { "mode=rw", "mode=ro", "mode=ro&readonly_shm=1", "mode=ro&immutable=1" };
  g_autofree char *escaped = g_uri_escape_string (self->path, "/", FALSE);
  int result = SQLITE_CANTOPEN;

  for (guint i = can_tidy_up (self->path) ? 0 : 1; i < G_N_ELEMENTS (variants); i++)
    {
      g_autofree char *uri = g_strconcat ("file:", escaped, "?", variants[i], NULL);
      int flags = i == 0 ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;

      g_clear_pointer (&self->handle, sqlite3_close_v2);
      result = sqlite3_open_v2 (uri, &self->handle, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
      if (result != SQLITE_OK)
        continue;
      if (!check_header (self, NULL))
        return SQLITE_OK;
      result = sqlite3_exec (self->handle, "PRAGMA query_only = ON; SELECT 1 FROM sqlite_schema", NULL, NULL, NULL);
      self->is_damaged = (result & 0xff) == SQLITE_CORRUPT || (result & 0xff) == SQLITE_NOTADB;
      if (result == SQLITE_OK || self->is_damaged)
        return SQLITE_OK;
    }

  return result;
}

static int
open_handle (CptDatabase *self,
             CptOpenMode  mode)
{
  if (mode == CPT_OPEN_READ)
    return open_for_reading (self);

  return sqlite3_open_v2 (self->path, &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
}

static CptDatabase *
database_new (const char              *path,
              CptOpenMode              mode,
              const CptDatabaseConfig *config)
{
  CptDatabase *self = g_new0 (CptDatabase, 1);

  cpt_file_locks_protect ();
  self->path = g_canonicalize_filename (path, NULL);
  self->read_only = mode == CPT_OPEN_READ;
  self->clock = config != NULL && config->clock != NULL ? g_object_ref (config->clock) : cpt_clock_new_system ();
  if (config != NULL)
    {
      self->behaviours = config->behaviours;
      self->author = config->author;
      self->device = g_strdup (config->device);
    }
  self->statements = cpt_statement_cache_new ();
  self->loads = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->retired = g_ptr_array_new_with_free_func ((GDestroyNotify) cpt_schema_unref);
  self->hidden = g_array_new (FALSE, FALSE, sizeof (CptHiddenRange));
  self->turn = -1;
  self->damage = &self->own_damage;
  self->sequence = CPT_SEQUENCE_NO_TABLES;
  self->custom_sequence = CPT_SEQUENCE_UNKNOWN;

  return self;
}

static gboolean
load_state (CptDatabase  *self,
            gpointer      data,
            GError      **error)
{
  return TRUE;
}

/* Reading what every transaction reads shows whether the tables are there. */
static gboolean
finish_opening (CptDatabase  *self,
                GError      **error)
{
  g_autoptr(GError) own_error = NULL;
  gboolean was_damaged = self->is_damaged;

  self->sequence = CPT_SEQUENCE_UNKNOWN;
  self->is_damaged = FALSE;
  if (cpt_database_snapshot (self, load_state, NULL, &own_error))
    return TRUE;

  if (self->read_only && (was_damaged || g_error_matches (own_error, CPT_ERROR, CPT_ERROR_DAMAGED)))
    return cpt_database_rescue (self);
  if (g_error_matches (own_error, CPT_ERROR, CPT_ERROR_IO) && sqlite3_errcode (self->handle) == SQLITE_ERROR)
    return refuse_foreign (error, self->path);
  g_propagate_error (error, g_steal_pointer (&own_error));

  return FALSE;
}

static gboolean
open_and_check (CptDatabase  *self,
                CptOpenMode   mode,
                gboolean      is_checked,
                GError      **error)
{
  gboolean is_new = mode == CPT_OPEN_CREATE;
  gboolean is_suspect = mode == CPT_OPEN_WRITE && !is_checked && (is_small (self->path) || was_left_open (self->path));
  int result = open_handle (self, mode);

  if (result != SQLITE_OK)
    return cpt_database_refuse (error, self->path, result);
  if (!is_new && !check_header (self, error))
    return FALSE;
  if (mode != CPT_OPEN_READ && sqlite3_db_readonly (self->handle, "main") != 0)
    return cpt_database_refuse (error, self->path, SQLITE_READONLY);
  if (!configure (self, error))
    return FALSE;
  if (mode != CPT_OPEN_READ && is_checked)
    return start_writing (self, error) && finish_opening (self, error);
  if (mode != CPT_OPEN_READ && !prepare_for_writing (self, is_new, is_suspect, error))
    return FALSE;
  if (!finish_opening (self, error))
    return FALSE;

  return mode == CPT_OPEN_READ || cpt_unit_recover (self, error);
}

static void
remove_new_file (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_unlink (name);
    }
}

CptDatabase *
cpt_database_open (const char               *path,
                   CptOpenMode               mode,
                   const CptDatabaseConfig  *config,
                   GError                  **error)
{
  g_autoptr(CptDatabase) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (mode == CPT_OPEN_CREATE ? !create_file (path, error) : !check_file (path, mode, error))
    return NULL;

  self = database_new (path, mode, config);
  if (open_and_check (self, mode, FALSE, error))
    return g_steal_pointer (&self);

  if (mode == CPT_OPEN_CREATE)
    remove_new_file (path);

  return NULL;
}

CptDatabase *
cpt_database_open_again (const char               *path,
                         CptOpenMode               mode,
                         const CptDatabaseConfig  *config,
                         GError                  **error)
{
  g_autoptr(CptDatabase) self = database_new (path, mode, config);

  return open_and_check (self, mode, TRUE, error) ? g_steal_pointer (&self) : NULL;
}

void
cpt_database_close (CptDatabase *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->twin, cpt_database_close);
  if (self->handle != NULL)
    sqlite3_progress_handler (self->handle, 0, NULL, NULL);
  g_hash_table_unref (self->statements);
  sqlite3_close_v2 (self->handle);
  g_clear_pointer (&self->schema, cpt_schema_unref);
  g_clear_pointer (&self->computed, cpt_computed_plan_free);
  g_clear_pointer (&self->rules, cpt_rules_unref);
  g_hash_table_unref (self->loads);
  g_ptr_array_unref (self->retired);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_array_unref (self->hidden);
  g_object_unref (self->clock);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->aggregates, cpt_aggregate_cache_unref);
  g_free (self->zone_name);
  g_free (self->currency);
  g_free (self->country);
  g_free (self->device);
  g_free (self->path);
  g_free (self);
}
