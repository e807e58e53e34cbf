/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of records, also divided into groups, with totals, and as a saved view
 * has them; on paper too. They are printed page by page, so that the first rows are there at
 * once and memory does not grow with what is read. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-ctl-view-private.h"
#include "cpt-error.h"
#include "cpt-json.h"
#include "cpt-report.h"
#include "cpt-sections.h"
#include "cpt-table-report.h"
#include "cpt-totals.h"

#define PAGE_ROWS 500

typedef struct
{
  CptCtl *ctl;
  CptQuery *query;
  CptPath *paths;
  guint n_paths;
  GTimeZone *zone;
  CptCtlView view;
  gboolean is_paper; /* a PDF */
  GArray *totals;    /* (element-type CptTotal) */
  CptTotals *sums;   /* (nullable): of them */
} Listing;

static gboolean
parse_columns (Listing     *self,
               const char  *columns,
               GError     **error)
{
  const CptEntity *entity = self->query->entity;
  g_auto(GStrv) names = columns != NULL ? g_strsplit (columns, ",", -1) : g_strdupv ((char **) entity->columns);

  self->paths = g_new0 (CptPath, g_strv_length (names) + 1);
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (!cpt_path_parse (self->query->schema, entity, g_strstrip (names[i]), &self->paths[self->n_paths], error))
        return FALSE;
      self->n_paths++;
    }

  return TRUE;
}

static void
append_page_text (Listing     *self,
                  CptPage     *page,
                  CptCtlTable *table)
{
  for (guint i = 0; i < cpt_page_get_length (page); i++)
    {
      char **cells = g_new0 (char *, self->n_paths + 2);

      cells[0] = cpt_uuid_dup_text (cpt_page_get_id (page, i));
      for (guint column = 0; column < self->n_paths; column++)
        cells[column + 1] = cpt_page_dup_text (page, i, column, self->zone);
      cpt_ctl_table_take_row (table, cells);
    }
}

static void
print_page_json (Listing  *self,
                 CptPage  *page,
                 gboolean  is_first)
{
  for (guint i = 0; i < cpt_page_get_length (page); i++)
    {
      g_autoptr(JsonObject) object = json_object_new ();
      g_autoptr(JsonNode) node = NULL;
      g_autofree char *id = cpt_uuid_dup_text (cpt_page_get_id (page, i));
      g_autofree char *text = NULL;

      json_object_set_string_member (object, "id", id);
      for (guint column = 0; column < self->n_paths; column++)
        {
          g_autofree char *name = cpt_path_format (&self->paths[column]);

          json_object_set_member (object, name,
                                  cpt_field_to_json (cpt_path_get_field (&self->paths[column]),
                                                     cpt_page_get_value (page, i, column)));
        }
      node = json_node_init_object (json_node_alloc (), object);
      text = cpt_json_format (node);
      cpt_ctl_print ("%s%s", is_first && i == 0 ? "" : ",", text);
    }
}

static gboolean
print_records_json (Listing       *self,
                    const gint64  *rows,
                    guint          n_rows,
                    gboolean       is_first,
                    GError       **error)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr(CptRecord) record = cpt_database_load_row (self->ctl->database, self->query->entity, rows[i], error);
      g_autoptr(JsonNode) node = NULL;
      g_autofree char *text = NULL;

      if (record == NULL)
        return FALSE;
      node = cpt_record_to_json (record);
      text = cpt_json_format (node);
      cpt_ctl_print ("%s%s", is_first && i == 0 ? "" : ",", text);
    }

  return TRUE;
}

static gboolean
print_rows (Listing       *self,
            const gint64  *rows,
            guint          n_rows,
            gboolean       is_first,
            CptCtlTable   *table,
            GError       **error)
{
  g_autoptr(CptPage) page = NULL;

  if (self->ctl->options.json && self->view.columns == NULL)
    return print_records_json (self, rows, n_rows, is_first, error);

  page = cpt_page_load (self->ctl->database, self->query->schema, self->query->entity, self->paths, self->n_paths, rows,
                        n_rows, error);
  if (page == NULL)
    return FALSE;

  if (self->ctl->options.json)
    {
      print_page_json (self, page, is_first);
      return TRUE;
    }
  append_page_text (self, page, table);
  cpt_ctl_table_print (table);

  return TRUE;
}

static CptCtlTable *
create_table (Listing *self)
{
  CptCtlTable *table = cpt_ctl_table_new (self->n_paths + 1);
  char **cells = g_new0 (char *, self->n_paths + 2);

  cells[0] = g_strdup ("id");
  for (guint i = 0; i < self->n_paths; i++)
    {
      const CptField *field = cpt_path_get_field (&self->paths[i]);

      cells[i + 1] = cpt_path_format (&self->paths[i]);
      if ((cpt_field_type_get (field->kind)->aggregates & (1u << CPT_AGGREGATE_SUM)) != 0)
        cpt_ctl_table_align (table, i + 1);
    }
  cpt_ctl_table_take_row (table, cells);

  return table;
}

/* -------------------------------------------------------------------- totals */

/* @grouping (nullable) */
static gboolean
read_totals (Listing            *self,
             const CptGrouping  *grouping,
             GError            **error)
{
  if (self->totals->len == 0)
    return TRUE;

  self->sums = cpt_totals_read (self->ctl->database, self->query, grouping,
                                (const CptTotal *) (gconstpointer) self->totals->data, self->totals->len, error);

  return self->sums != NULL;
}

/* On one line; those of a group behind its name */
static void
print_totals (Listing *self,
              gint64   key)
{
  for (guint i = 0; self->sums != NULL && i < self->totals->len; i++)
    {
      g_autofree char *name = cpt_total_format (&g_array_index (self->totals, CptTotal, i));
      g_autofree char *text = cpt_totals_dup_text (self->sums, key, i);

      cpt_ctl_print ("%s%s %s", key != 0 || i > 0 ? "; " : "", name, text != NULL ? text : "–");
    }
  if (key != 0 || self->sums != NULL)
    cpt_ctl_print ("\n");
}

static void
print_totals_json (Listing *self,
                   gint64   key)
{
  g_autoptr(JsonNode) node = self->sums != NULL ? cpt_totals_to_json (self->sums, key) : NULL;
  g_autofree char *text = node != NULL ? cpt_json_format (node) : NULL;

  if (text != NULL)
    cpt_ctl_print (",\"totals\":%s", text);
}

static gboolean
parse_totals (Listing     *self,
              const char  *totals,
              GError     **error)
{
  g_auto(GStrv) names = g_strsplit (totals != NULL ? totals : "", ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      CptTotal total;

      if (*g_strstrip (names[i]) == '\0')
        continue;
      if (!cpt_total_parse (self->query->schema, self->query->entity, names[i], &total, error))
        return FALSE;
      g_array_append_val (self->totals, total);
    }

  return TRUE;
}

static gboolean
print_list (Listing  *self,
            GError  **error)
{
  CptCtlOptions *options = &self->ctl->options;
  g_autoptr(CptCtlTable) table = NULL;
  g_autoptr(GArray) rows = NULL;
  guint64 total;

  if (!cpt_query_count (self->query, self->ctl->database, &total, error))
    return FALSE;
  if (options->count && options->json)
    {
      cpt_ctl_print ("{\"entity\":\"%s\",\"total\":%" G_GUINT64_FORMAT "}\n", self->query->entity->name, total);
      return TRUE;
    }
  if (options->count)
    {
      cpt_ctl_print ("%" G_GUINT64_FORMAT "\n", total);
      return TRUE;
    }

  if (!read_totals (self, NULL, error))
    return FALSE;
  rows = cpt_query_get_rows (self->query, self->ctl->database, MAX (options->offset, 0), MAX (options->limit, 0), error);
  if (rows == NULL)
    return FALSE;

  if (options->json)
    cpt_ctl_print ("{\"entity\":\"%s\",\"total\":%" G_GUINT64_FORMAT ",\"records\":[", self->query->entity->name, total);
  table = create_table (self);
  for (guint i = 0; i < MAX (rows->len, 1) && cpt_ctl_can_print (); i += PAGE_ROWS)
    {
      if (g_cancellable_set_error_if_cancelled (self->ctl->cancellable, error) ||
          !print_rows (self, &g_array_index (rows, gint64, i), MIN (PAGE_ROWS, rows->len - i), i == 0, table, error))
        return FALSE;
    }
  if (options->json)
    {
      cpt_ctl_print ("]");
      print_totals_json (self, 0);
      cpt_ctl_print ("}\n");
    }
  else
    {
      print_totals (self, 0);
    }

  return TRUE;
}

/* ------------------------------------------------------------------- groups */

/* Some of the records of a group; how many */
static gboolean
print_group_rows (Listing           *self,
                  const CptSection  *section,
                  guint              length,
                  GError           **error)
{
  g_autoptr(CptCtlTable) table = create_table (self);

  for (guint i = 0; i < length && cpt_ctl_can_print (); i += PAGE_ROWS)
    if (g_cancellable_set_error_if_cancelled (self->ctl->cancellable, error) ||
        !print_rows (self, &g_array_index (section->rows, gint64, i), MIN (PAGE_ROWS, length - i), i == 0, table, error))
      return FALSE;

  return TRUE;
}

static void
print_group_json (Listing           *self,
                  const CptSection  *section,
                  const CptGrouping *grouping)
{
  const CptField *field = cpt_path_get_field (&grouping->path);
  g_autoptr(JsonNode) label = json_node_init_string (json_node_alloc (), section->label);
  g_autoptr(JsonNode) value = NULL;
  g_autofree char *label_text = cpt_json_format (label);
  g_autofree char *value_text = NULL;

  if (grouping->bucket != CPT_BUCKET_NONE && !cpt_value_is_null (&section->value))
    {
      g_autofree char *day = cpt_date_format_iso (section->value.integer);

      value = json_node_init_string (json_node_alloc (), day);
    }
  else if (section->value.type == CPT_VALUE_ID)
    {
      g_autofree char *id = cpt_uuid_dup_text (&section->value.id);

      value = json_node_init_string (json_node_alloc (), id);
    }
  else if (cpt_grouping_is_set (grouping) && section->value.type == CPT_VALUE_TEXT)
    {
      value = json_node_init_string (json_node_alloc (), section->value.text);
    }
  else
    {
      value = cpt_field_to_json (field, &section->value);
    }
  value_text = cpt_json_format (value);
  cpt_ctl_print ("{\"value\":%s,\"label\":%s,\"count\":%u", value_text, label_text, section->rows->len);
  print_totals_json (self, section->key);
}

static gboolean
print_section (Listing            *self,
               const CptGrouping  *grouping,
               const CptSection   *section,
               gint64             *left,
               GError            **error)
{
  CptCtlOptions *options = &self->ctl->options;
  guint length = *left < 0 ? section->rows->len : (guint) MIN (*left, section->rows->len);
  g_autofree char *number = cpt_decimal_format_local (section->rows->len, 0, 0);

  if (*left >= 0)
    *left -= length;
  if (options->json)
    {
      print_group_json (self, section, grouping);
      if (!options->count)
        cpt_ctl_print (",\"records\":[");
    }
  else
    {
      /* Translators: a group of records and how many there are: "Won: 12 records" */
      g_autofree char *format = g_strdup_printf (ngettext ("%s record", "%s records", section->rows->len), number);

      cpt_ctl_print (C_("group", "%s: %s"), section->label, format);
      print_totals (self, section->key);
    }
  if (!options->count && !print_group_rows (self, section, length, error))
    return FALSE;
  if (options->json)
    cpt_ctl_print (options->count ? "}" : "]}");

  return TRUE;
}

static gboolean
print_groups (Listing            *self,
              const CptGrouping  *grouping,
              GError            **error)
{
  CptCtlOptions *options = &self->ctl->options;
  g_autoptr(CptSections) sections =
    cpt_sections_read_with_totals (self->ctl->database, self->query, grouping,
                                   (const CptTotal *) (gconstpointer) self->totals->data, self->totals->len, error);
  g_autofree char *text = cpt_grouping_format (grouping);
  gint64 left = options->limit > 0 ? options->limit : -1;

  if (sections == NULL || !read_totals (self, grouping, error))
    return FALSE;

  if (options->json)
    cpt_ctl_print ("{\"entity\":\"%s\",\"total\":%u,\"group\":\"%s\",\"groups\":[", self->query->entity->name,
                   sections->n_records, text);
  for (guint i = 0; i < sections->list->len && cpt_ctl_can_print (); i++)
    {
      if (i > 0)
        cpt_ctl_print (options->json ? "," : options->count ? ""
                                                            : "\n");
      if (!print_section (self, grouping, g_ptr_array_index (sections->list, i), &left, error))
        return FALSE;
    }
  if (options->json)
    {
      cpt_ctl_print ("]");
      print_totals_json (self, 0);
      cpt_ctl_print ("}\n");
    }
  else
    {
      cpt_ctl_print (options->count || self->sums == NULL ? "" : "\n");
      print_totals (self, 0);
    }

  return TRUE;
}

/* --------------------------------------------------------------------- on paper */

static gboolean
choose_paper (Listing         *self,
              CptReportSetup  *setup,
              GError         **error)
{
  const CptCtlOptions *options = &self->ctl->options;

  cpt_report_setup_init (setup, CPT_REPORT_PDF);
  setup->landscape = !options->portrait;
  if (options->paper == NULL || cpt_paper_parse (options->paper, &setup->paper))
    return TRUE;

  g_set_error (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("Paper is a4, a3 or letter, not “%s”."), options->paper);

  return FALSE;
}

/* @grouping (nullable) */
static gboolean
write_paper (Listing            *self,
             const CptGrouping  *grouping,
             GError            **error)
{
  CptDatabase *database = self->ctl->database;
  g_autofree char *organization = NULL;
  g_autofree char *sentence =
    self->query->filter != NULL ? cpt_filter_to_sentence (self->query->filter, database) : NULL;
  const CptTableReport report = {
    .title = self->ctl->options.view != NULL ? self->ctl->options.view : cpt_entity_get_label_plural (self->query->entity),
    .query = self->query,
    .columns = self->paths,
    .n_columns = self->n_paths,
    .grouping = grouping,
    .totals = (const CptTotal *) (gconstpointer) self->totals->data,
    .n_totals = self->totals->len,
    .breaks_groups = self->ctl->options.page_per_group,
  };
  g_autoptr(GBytes) bytes = NULL;
  CptReportSetup setup;

  if (!choose_paper (self, &setup, error))
    return FALSE;

  organization = cpt_report_setup_fill (&setup, database);
  setup.subtitle = sentence;
  bytes = cpt_table_report_to_pdf (&report, database, &setup, NULL, self->ctl->cancellable, error);

  return bytes != NULL && cpt_ctl_write_bytes (self->ctl, bytes, error);
}

/* -------------------------------------------------------------------- running */

static gboolean
print_records (Listing  *self,
               GError  **error)
{
  CptGrouping grouping;

  if (!parse_columns (self, self->view.columns, error) || !parse_totals (self, self->view.totals, error))
    return FALSE;
  if (self->view.group == NULL || *self->view.group == '\0')
    return self->is_paper ? write_paper (self, NULL, error) : print_list (self, error);

  return cpt_grouping_parse (self->query->schema, self->query->entity, self->view.group, &grouping, error) &&
         (self->is_paper ? write_paper (self, &grouping, error) : print_groups (self, &grouping, error));
}

static void
listing_clear (Listing *self)
{
  g_clear_pointer (&self->query, cpt_query_free);
  g_clear_pointer (&self->paths, g_free);
  g_clear_pointer (&self->totals, g_array_unref);
  g_clear_pointer (&self->sums, cpt_totals_unref);
  cpt_ctl_view_clear (&self->view);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listing, listing_clear)

static gboolean
list_records (CptCtl             *ctl,
              const char         *json,
              const char *const  *conditions,
              gboolean            is_paper,
              GError            **error)
{
  const CptEntity *entity = cpt_ctl_find_entity (ctl, ctl->args[0], error);
  CptCtlOptions *options = &ctl->options;
  g_autoptr(CptFilter) given = NULL;
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GError) local_error = NULL;
  g_auto(Listing) self = { .ctl = ctl, .zone = cpt_database_get_zone (ctl->database), .is_paper = is_paper };

  if (entity == NULL)
    return FALSE;

  given = cpt_ctl_build_filter (ctl, entity, json, conditions, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if ((entity->flags & CPT_ENTITY_FACTS) != 0 && !is_paper)
    return cpt_ctl_list_facts (ctl, entity, given, error);
  if ((entity->flags & CPT_ENTITY_FACTS) != 0)
    {
      g_set_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED,
                   _("%s are no records, which are what a table on paper has. Put a table of their sums on a dashboard."),
                   cpt_entity_get_label_plural (entity));
      return FALSE;
    }
  if (options->view != NULL && !cpt_ctl_view_load (&self.view, ctl->database, entity, options->view, error))
    return FALSE;

  cpt_ctl_view_override (&self.view, options);
  filter = cpt_filter_and (self.view.filter, given);
  self.totals = g_array_new (FALSE, FALSE, sizeof (CptTotal));
  self.query = cpt_query_new (cpt_database_get_schema (ctl->database), entity);
  cpt_query_set_filter (self.query, filter);
  cpt_query_set_search (self.query, options->search);
  if (self.view.sort != NULL && !cpt_query_set_sort (self.query, self.view.sort, error))
    return FALSE;

  return print_records (&self, error);
}

gboolean
cpt_ctl_run_list (CptCtl  *self,
                  GError **error)
{
  if (self->options.trash)
    return cpt_ctl_list_trash (self, error);
  if (self->n_args == 0)
    {
      g_set_error_literal (error, CPT_CTL_ERROR, CPT_CTL_ERROR_USAGE, _("Name the kind of records: deal, contact…"));
      return FALSE;
    }

  return list_records (self, self->options.filter, (const char *const *) self->args + 1, FALSE, error);
}

gboolean
cpt_ctl_run_query (CptCtl  *self,
                   GError **error)
{
  return list_records (self, self->args[1], NULL, FALSE, error);
}

gboolean
cpt_ctl_run_table (CptCtl  *self,
                   GError **error)
{
  return list_records (self, self->options.filter, (const char *const *) self->args + 1, TRUE, error);
}
