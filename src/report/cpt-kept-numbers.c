/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The last known numbers of a dashboard, in a file of their own:
 *
 *   32 bytes    SHA-256 of all that follows
 *   the rest    a GVariant: context, and for each number its key, instant and chart
 *
 * The context says which program wrote it, in which language: labels are translated.
 * The file is written beside the old one and takes its place, so that whoever is
 * killed meanwhile leaves one or the other. Whatever is not right is no file.
 */

#include "config.h"

#include "cpt-kept-numbers.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "cpt-chart-variant.h"
#include "cpt-error.h"
#include "cpt-json.h"

#define DIGEST_SIZE 32
#define FILE_TYPE "(sa(sx" CPT_CHART_VARIANT_TYPE "))"

/* Bytes: a picture of more is not quick to read */
#define MAX_CHART (2 * 1024 * 1024)
#define MAX_FILE (16 * 1024 * 1024)

#define LIFE (30 * 24 * 60 * 60) /* seconds */

typedef struct
{
  CptChartData *data;
  gint64 instant;
} Kept;

struct _CptKeptNumbers
{
  GHashTable *numbers; /* key to Kept */
};

static void
kept_free (gpointer pointer)
{
  Kept *kept = pointer;

  cpt_chart_data_unref (kept->data);
  g_free (kept);
}

CptKeptNumbers *
cpt_kept_numbers_new (void)
{
  CptKeptNumbers *self = g_new0 (CptKeptNumbers, 1);

  self->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, kept_free);

  return self;
}

void
cpt_kept_numbers_free (CptKeptNumbers *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->numbers);
  g_free (self);
}

/* ---------------------------------------------------------------------- keys */

/* With its length, so that no two lists of parts are the same text */
static void
add_part (GChecksum  *checksum,
          const char *text)
{
  g_autofree char *length = g_strdup_printf ("%" G_GSIZE_FORMAT ":", text != NULL ? strlen (text) + 1 : 0);

  g_checksum_update (checksum, (const guchar *) length, -1);
  if (text != NULL)
    g_checksum_update (checksum, (const guchar *) text, -1);
}

static void
add_json (GChecksum *checksum,
          JsonNode  *node)
{
  g_autofree char *text = node != NULL ? cpt_json_format_canonical (node) : NULL;

  add_part (checksum, text);
}

char *
cpt_kept_numbers_dup_key (const CptWidget *widget,
                          JsonNode        *filters,
                          const char      *extra)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr(JsonNode) options = NULL;

  g_return_val_if_fail (widget != NULL, NULL);

  if (widget->options != NULL)
    options = json_node_init_object (json_node_alloc (), widget->options);
  add_part (checksum, widget->kind);
  add_part (checksum, widget->title);
  add_json (checksum, widget->query);
  add_json (checksum, options);
  add_json (checksum, filters);
  add_part (checksum, extra);

  return g_strdup (g_checksum_get_string (checksum));
}

/* ------------------------------------------------------------------- numbers */

void
cpt_kept_numbers_add (CptKeptNumbers *self,
                      const char     *key,
                      CptChartData   *data,
                      gint64          instant)
{
  Kept *kept;

  g_return_if_fail (self != NULL);
  g_return_if_fail (key != NULL);
  g_return_if_fail (data != NULL);

  if (data->error != NULL)
    return;

  kept = g_new0 (Kept, 1);
  kept->data = cpt_chart_data_ref (data);
  kept->instant = instant;
  g_hash_table_replace (self->numbers, g_strdup (key), kept);
}

CptChartData *
cpt_kept_numbers_find (CptKeptNumbers *self,
                       const char     *key,
                       gint64         *instant)
{
  const Kept *kept;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  kept = g_hash_table_lookup (self->numbers, key);
  if (kept != NULL && instant != NULL)
    *instant = kept->instant;

  return kept != NULL ? kept->data : NULL;
}

CptKeptNumbers *
cpt_kept_numbers_dup_some (CptKeptNumbers *self,
                           GHashTable     *keys)
{
  CptKeptNumbers *some = cpt_kept_numbers_new ();
  GHashTableIter iter;
  gpointer key;

  g_return_val_if_fail (self != NULL, some);
  g_return_val_if_fail (keys != NULL, some);

  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      gint64 instant;
      CptChartData *data = cpt_kept_numbers_find (self, key, &instant);

      if (data != NULL)
        cpt_kept_numbers_add (some, key, data, instant);
    }

  return some;
}

guint
cpt_kept_numbers_get_count (CptKeptNumbers *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->numbers);
}

/* ---------------------------------------------------------------------- file */

char *
cpt_kept_numbers_dup_path (const char    *workspace,
                           const CptUuid *dashboard,
                           const CptUuid *author)
{
  g_autofree char *id = cpt_uuid_dup_text (dashboard);
  g_autofree char *who = author != NULL ? cpt_uuid_dup_text (author) : g_strdup ("");
  g_autofree char *all = g_strjoin (" ", id, who, workspace, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1);

  return g_build_filename (g_get_user_cache_dir (), "comptoir", "numbers", digest, NULL);
}

static char *
dup_context (void)
{
  return g_strdup_printf ("comptoir %s %d %d %s", CPT_VERSION, CPT_CHART_VARIANT_VERSION, G_BYTE_ORDER,
                          g_get_language_names ()[0]);
}

static GVariant *
pack (CptKeptNumbers *self)
{
  g_autofree char *context = dup_context ();
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer key, value;
  gsize size = 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sx" CPT_CHART_VARIANT_TYPE ")"));
  g_hash_table_iter_init (&iter, self->numbers);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const Kept *kept = value;
      g_autoptr(GVariant) chart = cpt_chart_data_to_variant (kept->data);
      gsize more = chart != NULL ? g_variant_get_size (chart) : 0;

      if (chart == NULL || more > MAX_CHART || size + more > MAX_FILE / 2)
        continue;
      g_variant_builder_add (&builder, "(sx@" CPT_CHART_VARIANT_TYPE ")", key, kept->instant, chart);
      size += more;
    }

  return g_variant_ref_sink (g_variant_new ("(s@a(sx" CPT_CHART_VARIANT_TYPE "))", context, g_variant_builder_end (&builder)));
}

static void
make_digest (const guint8 *data,
             gsize         length,
             guint8        digest[DIGEST_SIZE])
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = DIGEST_SIZE;

  g_checksum_update (checksum, data, (gssize) length);
  g_checksum_get_digest (checksum, digest, &size);
}

/* Those of dashboards that nobody looks at, and what a killed process left half written */
static void
remove_old (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf status;

      if (g_lstat (path, &status) == 0 && S_ISREG (status.st_mode) && now - (gint64) status.st_mtime > LIFE)
        g_unlink (path);
    }
}

gboolean
cpt_kept_numbers_save (CptKeptNumbers  *self,
                       const char      *path,
                       GError         **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GVariant) value = NULL;
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autoptr(GError) reason = NULL;
  guint8 digest[DIGEST_SIZE];

  g_return_val_if_fail (self != NULL, FALSE);

  value = pack (self);
  make_digest (g_variant_get_data (value), g_variant_get_size (value), digest);
  g_byte_array_append (bytes, digest, DIGEST_SIZE);
  g_byte_array_append (bytes, g_variant_get_data (value), (guint) g_variant_get_size (value));

  g_mkdir_with_parents (folder, 0700);
  remove_old (folder);
  if (g_file_set_contents_full (path, (const char *) bytes->data, bytes->len, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &reason))
    return TRUE;

  g_set_error (error, CPT_ERROR, CPT_ERROR_IO, _("The last known numbers can’t be kept: %s"), reason->message);

  return FALSE;
}

/* (nullable): all of the file, unless that is no regular one or too large */
static GBytes *
read_file (const char *path)
{
  g_autofree char *text = NULL;
  GStatBuf status;
  gsize length;

  if (g_stat (path, &status) != 0 || !S_ISREG (status.st_mode) || status.st_size <= DIGEST_SIZE || status.st_size > MAX_FILE ||
      !g_file_get_contents (path, &text, &length, NULL) || length <= DIGEST_SIZE)
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&text), length);
}

static void
unpack (CptKeptNumbers *self,
        GVariant       *value)
{
  g_autofree char *context = dup_context ();
  g_autoptr(GVariantIter) iter = NULL;
  const char *written, *key;
  gint64 instant;
  GVariant *chart;

  g_variant_get (value, "(&sa(sx" CPT_CHART_VARIANT_TYPE "))", &written, &iter);
  while (g_str_equal (written, context) && g_variant_iter_next (iter, "(&sx@" CPT_CHART_VARIANT_TYPE ")", &key, &instant, &chart))
    {
      g_autoptr(GVariant) owned = chart;
      g_autoptr(CptChartData) data = cpt_chart_data_from_variant (owned);

      if (data != NULL)
        cpt_kept_numbers_add (self, key, data, instant);
    }
}

CptKeptNumbers *
cpt_kept_numbers_load (const char *path)
{
  CptKeptNumbers *self = cpt_kept_numbers_new ();
  g_autoptr(GBytes) file = NULL;
  g_autoptr(GBytes) rest = NULL;
  g_autoptr(GVariant) value = NULL;
  guint8 digest[DIGEST_SIZE];

  g_return_val_if_fail (path != NULL, self);

  file = read_file (path);
  if (file == NULL)
    return self;

  rest = g_bytes_new_from_bytes (file, DIGEST_SIZE, g_bytes_get_size (file) - DIGEST_SIZE);
  make_digest (g_bytes_get_data (rest, NULL), g_bytes_get_size (rest), digest);
  if (memcmp (digest, g_bytes_get_data (file, NULL), DIGEST_SIZE) != 0)
    return self;

  value = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (FILE_TYPE), rest, FALSE));
  if (g_variant_is_normal_form (value))
    unpack (self, value);

  return self;
}
