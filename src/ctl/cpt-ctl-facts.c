/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of facts: rows that nobody can open, newest day first. They are printed as they are
 * read, so that memory does not grow with them. */
#include "config.h"

#include "cpt-ctl.h"

#include <glib/gi18n-lib.h>

#include "cpt-aggregate.h"
#include "cpt-error.h"
#include "cpt-facts.h"
#include "cpt-field-type.h"
#include "cpt-json.h"

#define PAGE_ROWS 500

typedef struct
{
  CptCtl *ctl;
  const CptEntity *entity;
  GPtrArray *fields;  /* (owned): CptField, borrowed from the schema */
  CptCtlTable *table; /* (owned) (nullable): with JSON */
  guint limit;
  guint64 n_met; /* rows, those before the offset too */
  guint n_printed;
} Listing;

static void
listing_clear (Listing *self)
{
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->table, cpt_ctl_table_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listing, listing_clear)

/* What a list of records can do besides needs identifiers and indexes, which facts lack */
gboolean
cpt_ctl_check_facts (CptCtl           *ctl,
                     const CptEntity  *entity,
                     GError          **error)
{
  const CptCtlOptions *options = &ctl->options;
  const struct
  {
    const char *name;
    const char *value;
  } others[] = {
    { "--search", options->search },
    { "--sort", options->sort },
    { "--group", options->group },
    { "--totals", options->totals },
    { "--view", options->view },
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (others[i].value != NULL)
      {
        /* Translators: first the plural of a kind of facts: "Ad results" */
        g_set_error (error, CPT_ERROR, CPT_ERROR_UNSUPPORTED,
                     _("%s are listed newest first, without %s. Ask for sums and groups with “aggregate”."),
                     cpt_entity_get_label_plural (entity), others[i].name);
        return FALSE;
      }

  return TRUE;
}

/* Of all rows that meet the conditions */
static gboolean
count_rows (Listing    *self,
            CptFilter  *filter,
            gint64     *total,
            GError    **error)
{
  g_autoptr(JsonObject) object = json_object_new ();
  JsonObject *measure = json_object_new ();
  JsonArray *measures = json_array_new ();
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(CptAggregateSpec) spec = NULL;
  g_autoptr(CptAggregateResult) result = NULL;

  json_object_set_string_member (measure, "agg", "count");
  json_array_add_object_element (measures, measure);
  json_object_set_string_member (object, "source", self->entity->name);
  json_object_set_array_member (object, "measures", measures);
  if (filter != NULL)
    json_object_set_member (object, "where", cpt_filter_to_json (filter));
  node = json_node_init_object (json_node_alloc (), object);
  spec = cpt_aggregate_spec_from_json (cpt_database_get_schema (self->ctl->database), node, error);
  if (spec != NULL)
    result = cpt_aggregate_run (self->ctl->database, spec, error);
  if (result == NULL)
    return FALSE;

  *total = cpt_aggregate_result_get_n_rows (result) > 0 ? cpt_aggregate_result_get_measure (result, 0, 0)->exact : 0;

  return TRUE;
}

static gboolean
choose_fields (Listing  *self,
               GError  **error)
{
  const char *columns = self->ctl->options.columns;
  g_auto(GStrv) names = columns != NULL ? g_strsplit (columns, ",", -1) : g_strdupv ((char **) self->entity->columns);

  self->fields = g_ptr_array_new ();
  if (columns == NULL && self->ctl->options.json)
    {
      for (guint i = 0; i < self->entity->n_fields; i++)
        g_ptr_array_add (self->fields, (gpointer) self->entity->fields[i]);
      return TRUE;
    }

  for (guint i = 0; names[i] != NULL; i++)
    {
      const CptField *field = NULL;

      g_strstrip (names[i]);
      for (guint j = 0; j < self->entity->n_fields; j++)
        if (g_str_equal (self->entity->fields[j]->name, names[i]))
          field = self->entity->fields[j];
      if (field == NULL)
        {
          g_set_error (error, CPT_ERROR, CPT_ERROR_NOT_FOUND, _("%s have no field “%s”. “schema” prints those there are."),
                       cpt_entity_get_label_plural (self->entity), names[i]);
          return FALSE;
        }
      g_ptr_array_add (self->fields, (gpointer) field);
    }

  return TRUE;
}

/* ------------------------------------------------------------------ printing */

static gboolean
is_number (const CptField *field)
{
  return (cpt_field_type_get (field->kind)->aggregates & (1u << CPT_AGGREGATE_SUM)) != 0;
}

static void
start_table (Listing *self)
{
  char **cells = g_new0 (char *, self->fields->len + 1);

  self->table = cpt_ctl_table_new (self->fields->len);
  for (guint i = 0; i < self->fields->len; i++)
    {
      const CptField *field = g_ptr_array_index (self->fields, i);

      cells[i] = g_strdup (field->name);
      if (is_number (field))
        cpt_ctl_table_align (self->table, i);
    }
  cpt_ctl_table_take_row (self->table, cells);
}

static void
print_row (Listing   *self,
           CptRecord *row)
{
  char **cells = g_new0 (char *, self->fields->len + 1);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const CptField *field = g_ptr_array_index (self->fields, i);
      const CptValue *value = cpt_record_get (row, field);

      cells[i] = cpt_value_is_null (value) ? g_strdup ("") : cpt_field_format_local (field, value, NULL);
    }
  cpt_ctl_table_take_row (self->table, cells);
  if (self->n_printed % PAGE_ROWS == 0)
    cpt_ctl_table_print (self->table);
}

/* Chosen columns are all there; of all fields those that are empty are left out */
static void
print_row_json (Listing   *self,
                CptRecord *row)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->fields->len; i++)
    {
      const CptField *field = g_ptr_array_index (self->fields, i);
      const CptValue *value = cpt_record_get (row, field);

      if (self->ctl->options.columns != NULL || !cpt_value_is_null (value))
        json_object_set_member (object, field->name, cpt_field_to_json (field, value));
    }
  node = json_node_init_object (json_node_alloc (), object);
  text = cpt_json_format (node);
  cpt_ctl_print ("%s%s", self->n_printed > 1 ? "," : "", text);
}

static gboolean
print_row_cb (CptRecord  *row,
              gpointer    data,
              GError    **error)
{
  Listing *self = data;

  if (g_cancellable_set_error_if_cancelled (self->ctl->cancellable, error) || !cpt_ctl_can_print ())
    return FALSE;
  if (self->n_met++ < (guint64) self->ctl->options.offset)
    return TRUE;

  self->n_printed++;
  if (self->table != NULL)
    print_row (self, row);
  else
    print_row_json (self, row);

  return self->n_printed < self->limit;
}

gboolean
cpt_ctl_list_facts (CptCtl           *self,
                    const CptEntity  *entity,
                    CptFilter        *filter,
                    GError          **error)
{
  const CptCtlOptions *options = &self->options;
  g_auto(Listing) listing = { .ctl = self, .entity = entity, .limit = cpt_ctl_get_limit (self, G_MAXINT) };
  gint64 total = 0;

  if (!cpt_ctl_check_facts (self, entity, error) || !choose_fields (&listing, error) ||
      ((options->json || options->count) && !count_rows (&listing, filter, &total, error)))
    return FALSE;
  if (options->count && !options->json)
    {
      cpt_ctl_print ("%" G_GINT64_FORMAT "\n", total);
      return TRUE;
    }

  if (options->json)
    cpt_ctl_print ("{\"entity\":\"%s\",\"total\":%" G_GINT64_FORMAT "%s", entity->name, total,
                   options->count ? "}\n" : ",\"records\":[");
  if (options->count)
    return TRUE;
  if (!options->json)
    start_table (&listing);
  if (!cpt_facts_foreach (self->database, entity, filter, print_row_cb, &listing, error))
    return FALSE;
  if (options->json)
    cpt_ctl_print ("]}\n");
  else
    cpt_ctl_table_print (listing.table);

  return TRUE;
}
