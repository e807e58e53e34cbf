/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The picture for the heads of reports. A report without one, or with one that
 * can't be read, is no worse for it: the name of the company stands elsewhere. */

#include "config.h"

#include "cpt-attachment.h"
#include "cpt-query.h"
#include "cpt-report-private.h"

static gboolean
has_slot (const CptDocument *document)
{
  for (guint i = 0; i < G_N_ELEMENTS (document->header); i++)
    if (document->header[i] == CPT_SLOT_LOGO || document->footer[i] == CPT_SLOT_LOGO)
      return TRUE;

  return FALSE;
}

/* (nullable): of the organisation that is called as the workspace */
static CptAttachment *
find_own_logo (CptDatabase *database)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *entity = cpt_schema_find_entity (schema, "organisation");
  g_autofree char *name = cpt_database_dup_setting (database, "name");
  g_autoptr(CptQuery) query = cpt_query_new (schema, entity);
  g_autoptr(JsonObject) condition = json_object_new ();
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), condition);
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GPtrArray) records = NULL;
  CptAttachment *logo = NULL;

  if (name == NULL || *name == '\0')
    return NULL;

  json_object_set_string_member (condition, "field", "name");
  json_object_set_string_member (condition, "op", cpt_operator_get_name (CPT_OPERATOR_IS));
  json_object_set_string_member (condition, "value", name);
  filter = cpt_filter_from_json (schema, entity, node, NULL);
  if (filter == NULL)
    return NULL;
  cpt_query_set_filter (query, filter);
  records = cpt_query_load_records (query, database, 10, NULL);
  for (guint i = 0; records != NULL && logo == NULL && i < records->len; i++)
    logo = cpt_attachment_from_value (cpt_record_get_named (g_ptr_array_index (records, i), "logo"));

  return logo;
}

cairo_surface_t *
cpt_report_load_logo (const CptDocument *document,
                      CptDatabase       *database)
{
  g_autoptr(CptAttachment) logo = NULL;
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (!has_slot (document))
    return NULL;

  if (document->logo != NULL)
    {
      cpt_value_set_text (&value, document->logo);
      logo = cpt_attachment_from_value (&value);
    }
  if (logo == NULL)
    logo = find_own_logo (database);

  return logo != NULL ? cpt_report_load_picture (database, logo, NULL) : NULL;
}
