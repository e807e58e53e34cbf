/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands on records that are there twice: duplicates, merge, unmerge. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-duplicates.h"
#include "cpt-error.h"
#include "cpt-field-type.h"
#include "cpt-find.h"
#include "cpt-log.h"
#include "cpt-merge.h"

#define DEFAULT_CANDIDATES 10

static gboolean
fail_usage (GError     **error,
            const char  *message)
{
  g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, message);

  return FALSE;
}

/* duplicates */

static gboolean
get_min (CptCtl  *self,
         double  *min,
         GError **error)
{
  char *end = NULL;

  *min = CPT_DUPLICATES_MIN_SCORE;
  if (self->options.min == NULL)
    return TRUE;

  *min = g_ascii_strtod (self->options.min, &end);
  if (end != self->options.min && *end == '\0' && *min >= 0.0 && *min <= 1.0)
    return TRUE;

  return fail_usage (error, _("--min takes a number from 0 to 1."));
}

static CptDuplicates *
look_for (CptCtl           *self,
          const CptEntity  *entity,
          double            min,
          GError          **error)
{
  g_autoptr(CptRecord) record = NULL;
  CptUuid id;

  if (self->options.record == NULL)
    return cpt_duplicates_scan (self->database, entity, min, NULL, NULL, self->cancellable, error);
  if (!cpt_find_record (self->database, entity, self->options.record, FALSE, &id, error))
    return NULL;
  record = cpt_database_load (self->database, entity, &id, error);
  if (record == NULL)
    return NULL;

  return cpt_duplicates_find (self->database, record, min, G_MAXUINT, error);
}

typedef struct
{
  CptCtl *ctl;
  CptDuplicates *found;
  CptCtlTable *table;
  JsonBuilder *builder;
} Listing;

static void
add_record_member (JsonBuilder     *builder,
                   const char      *member,
                   const CptRecord *record)
{
  g_autofree char *title = cpt_record_dup_title (record);

  json_builder_set_member_name (builder, member);
  json_builder_begin_object (builder);
  cpt_ctl_json_id (builder, "id", &record->id);
  cpt_ctl_json_text (builder, "title", title);
  json_builder_end_object (builder);
}

static void
add_pair (Listing         *self,
          guint            index,
          const CptRecord *record,
          const CptRecord *other)
{
  const CptDuplicatePair *pair = cpt_duplicates_get_pair (self->found, index);
  g_auto(GStrv) reasons = cpt_duplicates_dup_reasons (self->found, index);
  char **cells = g_new0 (char *, 7);
  char score[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (score, sizeof score, "%.3f", (double) pair->score);
  json_builder_begin_object (self->builder);
  json_builder_set_member_name (self->builder, "score");
  json_builder_add_double_value (self->builder, g_ascii_strtod (score, NULL));
  add_record_member (self->builder, "record", record);
  add_record_member (self->builder, "other", other);
  json_builder_set_member_name (self->builder, "reasons");
  json_builder_begin_array (self->builder);
  for (guint i = 0; reasons[i] != NULL; i++)
    json_builder_add_string_value (self->builder, reasons[i]);
  json_builder_end_array (self->builder);
  json_builder_end_object (self->builder);

  cells[0] = g_strdup (score);
  cells[1] = cpt_uuid_dup_text (&record->id);
  cells[2] = cpt_record_dup_title (record);
  cells[3] = cpt_uuid_dup_text (&other->id);
  cells[4] = cpt_record_dup_title (other);
  cells[5] = g_strjoinv ("; ", reasons);
  cpt_ctl_table_take_row (self->table, cells);
}

/* Another program may have deleted one meanwhile: nothing is said of it. */
static void
add_pairs (Listing *self,
           guint    limit)
{
  const CptEntity *entity = cpt_duplicates_get_entity (self->found);

  for (guint i = 0; i < limit; i++)
    {
      const CptDuplicatePair *pair = cpt_duplicates_get_pair (self->found, i);
      g_autoptr(CptRecord) record = cpt_database_load_row (self->ctl->database, entity, pair->row, NULL);
      g_autoptr(CptRecord) other = cpt_database_load_row (self->ctl->database, entity, pair->other_row, NULL);

      if (record != NULL && other != NULL)
        add_pair (self, i, record, other);
    }
}

static void
print_pairs (CptCtl        *self,
             CptDuplicates *found)
{
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (6);
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  Listing listing = { self, found, table, builder };
  guint n = cpt_duplicates_get_length (found);
  guint limit = MIN (n, cpt_ctl_get_limit (self, self->options.record != NULL ? DEFAULT_CANDIDATES : n));

  json_builder_begin_object (builder);
  cpt_ctl_json_text (builder, "entity", cpt_duplicates_get_entity (found)->name);
  cpt_ctl_json_int (builder, "total", n);
  cpt_ctl_json_boolean (builder, "truncated", cpt_duplicates_is_truncated (found));
  json_builder_set_member_name (builder, "pairs");
  json_builder_begin_array (builder);
  add_pairs (&listing, self->options.count ? 0 : limit);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  if (self->options.json)
    cpt_ctl_print_builder (builder);
  else if (self->options.count)
    cpt_ctl_print ("%u\n", n);
  else
    cpt_ctl_table_print (table);
  if (limit < n && !self->options.count)
    cpt_ctl_say_cut (self, limit);
}

static gboolean
run_duplicates (CptCtl  *self,
                GError **error)
{
  const CptEntity *entity = cpt_ctl_find_entity (self, self->args[0], error);
  g_autoptr(CptDuplicates) found = NULL;
  double min;

  if (entity == NULL || !get_min (self, &min, error))
    return FALSE;
  found = look_for (self, entity, min, error);
  if (found == NULL)
    return FALSE;

  print_pairs (self, found);

  return TRUE;
}

/* merge */

/* Says of a record how it comes out of the trash */
static gboolean
refuse_trashed (CptCtl           *self,
                const CptEntity  *entity,
                const CptUuid    *id,
                GError          **error)
{
  g_autoptr(CptRecord) record = cpt_database_load (self->database, entity, id, error);
  g_autofree char *title = record != NULL ? cpt_record_dup_title (record) : NULL;
  g_autofree char *path = g_shell_quote (cpt_database_get_path (self->database));
  char text[CPT_UUID_TEXT_SIZE];

  if (record == NULL)
    return FALSE;

  cpt_uuid_format (id, text);
  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
               /* Translators: the title of a record; a file, a kind of record and an identifier as a command takes them */
               _("“%s” is in the trash. Restore it before merging it: comptoirctl restore %s %s %s"), title, path,
               entity->name, text);

  return FALSE;
}

/* What is of another kind is for the merge to refuse. */
static gboolean
find_any (CptCtl           *self,
          const CptEntity  *entity,
          const char       *text,
          CptUuid          *id,
          GError          **error)
{
  g_autoptr(GError) own_error = NULL;
  g_autoptr(GError) trash_error = NULL;

  if (cpt_find_record (self->database, entity, text, FALSE, id, &own_error))
    return TRUE;
  if (g_error_matches (own_error, CPT_ERROR, CPT_ERROR_NOT_FOUND))
    {
      if (cpt_find_record (self->database, entity, text, TRUE, id, &trash_error))
        return refuse_trashed (self, entity, id, error);
      if (cpt_uuid_parse (text, id))
        return TRUE;
      if (g_error_matches (trash_error, CPT_ERROR, CPT_ERROR_CONFLICT))
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID,
                       /* Translators: a kind of record and a title */
                       _("Several records of the kind %s that are called “%s” are in the trash. "
                         "Restore the one that is meant first: “comptoirctl list --trash” tells their identifiers, “comptoirctl restore” takes one."),
                       cpt_entity_get_label (entity), text);
          return FALSE;
        }
    }

  g_propagate_error (error, g_steal_pointer (&own_error));

  return FALSE;
}

static CptMerge *
make_merge (CptCtl           *self,
            const CptEntity  *entity,
            GError          **error)
{
  guint n = self->n_args - 1;
  g_autofree CptUuid *ids = g_new0 (CptUuid, n);

  for (guint i = 0; i < n; i++)
    if (!find_any (self, entity, self->args[i + 1], &ids[i], error))
      return NULL;

  return cpt_merge_new (self->database, entity, ids, n, error);
}

static gboolean
choose_field (CptCtl           *self,
              const CptEntity  *entity,
              CptMerge         *merge,
              const char       *text,
              GError          **error)
{
  const char *mark = strchr (text, '=');
  g_autofree char *name = NULL;
  const CptField *field;
  CptUuid id;

  if (mark == NULL)
    return fail_usage (error, _("--field takes FIELD=RECORD."));

  name = g_strndup (text, (gsize) (mark - text));
  field = cpt_entity_find_field (entity, name);
  if (field == NULL)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("There is no field “%s”."), name);
      return FALSE;
    }
  if (!find_any (self, entity, mark + 1, &id, error))
    return FALSE;
  for (guint i = 0; i < cpt_merge_get_length (merge); i++)
    if (cpt_uuid_equal (&cpt_merge_get_record (merge, i)->id, &id))
      return cpt_merge_choose (merge, field, i, error);

  g_set_error (error, CPT_ERROR, CPT_ERROR_INVALID, _("“%s” is none of the records that are merged."), mark + 1);

  return FALSE;
}

/* Where a value comes from: the identifier of the record, or "" */
static char *
dup_source (CptMerge       *merge,
            const CptField *field)
{
  guint source = cpt_merge_get_source (merge, field);

  return source == CPT_MERGE_UNITED ? g_strdup ("") : cpt_uuid_dup_text (&cpt_merge_get_record (merge, source)->id);
}

static void
print_fields (CptMerge        *merge,
              const CptEntity *entity)
{
  g_autoptr(CptCtlTable) table = cpt_ctl_table_new (3);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];
      const CptValue *value = cpt_merge_get_value (merge, field);
      char **cells;

      if (cpt_value_is_null (value))
        continue;
      cells = g_new0 (char *, 4);
      cells[0] = g_strdup (field->name);
      cells[1] = cpt_field_format (field, value);
      cells[2] = dup_source (merge, field);
      cpt_ctl_table_take_row (table, cells);
    }
  cpt_ctl_table_print (table);
}

static void
print_merge_json (CptMerge        *merge,
                  const CptEntity *entity,
                  gint64           sequence,
                  guint            n_links)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  cpt_ctl_json_text (builder, "entity", entity->name);
  cpt_ctl_json_int (builder, "sequence", sequence);
  cpt_ctl_json_id (builder, "id", &cpt_merge_get_record (merge, 0)->id);
  cpt_ctl_json_int (builder, "merged", cpt_merge_get_length (merge) - 1);
  cpt_ctl_json_int (builder, "links", n_links);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_object (builder);
  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];
      g_autofree char *source = NULL;

      if (cpt_value_is_null (cpt_merge_get_value (merge, field)))
        continue;
      source = dup_source (merge, field);
      json_builder_set_member_name (builder, field->name);
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "value");
      json_builder_add_value (builder, cpt_field_to_json (field, cpt_merge_get_value (merge, field)));
      cpt_ctl_json_text (builder, "from", *source != '\0' ? source : NULL);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

static gboolean
run_merge (CptCtl  *self,
           GError **error)
{
  const CptEntity *entity = cpt_ctl_find_entity (self, self->args[0], error);
  g_autoptr(CptMerge) merge = NULL;
  CptCommit commit = { 0 };
  guint n_links = 0;

  if (entity == NULL)
    return FALSE;
  merge = make_merge (self, entity, error);
  if (merge == NULL)
    return FALSE;
  for (guint i = 0; self->options.field != NULL && self->options.field[i] != NULL; i++)
    if (!choose_field (self, entity, merge, self->options.field[i], error))
      return FALSE;
  if (!self->options.dry_run && !cpt_merge_commit (merge, self->database, &commit, &n_links, NULL, error))
    return FALSE;

  if (self->options.json)
    print_merge_json (merge, entity, commit.sequence, n_links);
  else if (self->options.dry_run)
    print_fields (merge, entity);
  else if (!self->options.quiet)
    cpt_ctl_print ("%" G_GINT64_FORMAT "\n", commit.sequence);

  return TRUE;
}

/* unmerge */

static void
print_unmerge (CptCtl          *self,
               const CptCommit *commit,
               GPtrArray       *stays)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  if (!self->options.json)
    {
      if (!self->options.quiet)
        cpt_ctl_print ("%" G_GINT64_FORMAT "\n", commit->sequence);
      for (guint i = 0; i < stays->len; i++)
        {
          g_autofree char *shown = cpt_ctl_escape (g_ptr_array_index (stays, i));

          /* Translators: a record and a field of it */
          cpt_ctl_say (_("Changed since the merge, stays as it is: %s"), shown);
        }
      return;
    }

  json_builder_begin_object (builder);
  cpt_ctl_json_int (builder, "sequence", commit->sequence);
  cpt_ctl_json_int (builder, "restored", commit->n_created);
  cpt_ctl_json_int (builder, "changed", commit->n_updated);
  cpt_ctl_json_strings (builder, "stays", stays);
  json_builder_end_object (builder);
  cpt_ctl_print_builder (builder);
}

static gboolean
run_unmerge (CptCtl  *self,
             GError **error)
{
  g_autoptr(GPtrArray) stays = NULL;
  CptCommit commit = { 0 };
  guint64 sequence;

  if (!g_ascii_string_to_unsigned (self->args[0], 10, 1, G_MAXINT64, &sequence, NULL))
    return fail_usage (error, _("Name the merge by its number in the log."));
  if (!cpt_merge_undo (self->database, (gint64) sequence, &commit, &stays, error))
    return FALSE;

  print_unmerge (self, &commit, stays);

  return TRUE;
}

const CptCtlCommand cpt_ctl_duplicates_commands[] = {
  {
    .name = "duplicates",
    .arguments = N_("KIND"),
    .summary = N_("Find records that are there twice, the likeliest first"),
    .details = N_("Prints score, both records and what they have in common."),
    .access = CPT_CTL_READ,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (RECORD) | CPT_CTL_TAKES (MIN) |
               CPT_CTL_TAKES (LIMIT) | CPT_CTL_TAKES (COUNT),
    .run = run_duplicates,
  },
  {
    .name = "merge",
    .arguments = N_("KIND RECORD OTHER…"),
    .summary = N_("Merge others into a record; all links follow, the others go to the trash"),
    .details = N_("The record keeps its name; each other field gets the best value: what is not empty, the longest text, "
                  "all members of sets, what was set last; a refusal wins over a consent. --dry-run shows which."),
    .access = CPT_CTL_WRITE,
    .min_args = 3,
    .max_args = G_MAXUINT,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (FIELD) | CPT_CTL_TAKES (DRY_RUN) |
               CPT_CTL_TAKES (QUIET),
    .run = run_merge,
  },
  {
    .name = "unmerge",
    .arguments = N_("NUMBER"),
    .summary = N_("Take a merge back, however long ago it was"),
    .details = N_("NUMBER is that of the merge in the log. What was changed since stays as it is and is named."),
    .access = CPT_CTL_WRITE,
    .min_args = 1,
    .max_args = 1,
    .options = CPT_CTL_TAKES (WORKSPACE) | CPT_CTL_TAKES (JSON) | CPT_CTL_TAKES (QUIET),
    .run = run_unmerge,
  },
  { NULL },
};
