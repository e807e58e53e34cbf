/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the editor of widgets offers of a kind of record: its measures, and
 * what it can be broken down by.
 */

#include "config.h"

#include "cpt-widget-fields.h"

#include <glib/gi18n.h>

static void
measure_free (gpointer pointer)
{
  CptWidgetMeasure *measure = pointer;

  g_free (measure->field);
  g_free (measure);
}

static void
offer_measure (GPtrArray      *measures,
               GPtrArray      *labels,
               CptAggregate    aggregate,
               const CptField *field)
{
  CptWidgetMeasure *measure = g_new0 (CptWidgetMeasure, 1);

  measure->aggregate = aggregate;
  measure->field = field != NULL ? g_strdup (field->name) : NULL;
  g_ptr_array_add (measures, measure);
  if (field == NULL)
    g_ptr_array_add (labels, g_strdup (_("Number of records")));
  else
    /* Translators: a measure and the field it is about: "Sum: Amount" */
    g_ptr_array_add (labels, g_strdup_printf (C_("measure", "%s: %s"), cpt_aggregate_get_label (aggregate),
                                              cpt_field_get_label (field)));
}

GPtrArray *
cpt_widget_fields_create_measures (const CptEntity *entity,
                                   GPtrArray       *labels)
{
  static const CptAggregate aggregates[] = { CPT_AGGREGATE_SUM, CPT_AGGREGATE_AVERAGE, CPT_AGGREGATE_MEDIAN, CPT_AGGREGATE_MAX };
  GPtrArray *measures = g_ptr_array_new_with_free_func (measure_free);

  offer_measure (measures, labels, CPT_AGGREGATE_COUNT, NULL);
  for (guint i = 0; i < entity->n_fields; i++)
    for (guint j = 0; j < G_N_ELEMENTS (aggregates); j++)
      if ((cpt_field_type_get (entity->fields[i]->kind)->aggregates & (1u << CPT_AGGREGATE_SUM)) &&
          !(entity->fields[i]->flags & CPT_FIELD_HIDDEN))
        offer_measure (measures, labels, aggregates[j], entity->fields[i]);

  return measures;
}

guint
cpt_widget_fields_find_measure (GPtrArray    *measures,
                                CptAggregate  aggregate,
                                const char   *field)
{
  for (guint i = 0; i < measures->len; i++)
    {
      const CptWidgetMeasure *measure = g_ptr_array_index (measures, i);

      if (measure->aggregate == aggregate && g_strcmp0 (measure->field, field) == 0)
        return i;
    }

  return 0;
}

static gboolean
is_dimension (const CptField *field)
{
  switch (field->kind)
    {
    case CPT_FIELD_CHOICE:
    case CPT_FIELD_MULTI_CHOICE:
    case CPT_FIELD_TAGS:
    case CPT_FIELD_LINK:
    case CPT_FIELD_COUNTRY:
    case CPT_FIELD_BOOLEAN:
    case CPT_FIELD_DATE:
    case CPT_FIELD_DATETIME:
    case CPT_FIELD_INTEGER:
    case CPT_FIELD_DECIMAL:
    case CPT_FIELD_MONEY:
    case CPT_FIELD_PERCENT:
    case CPT_FIELD_DURATION:
      return !(field->flags & CPT_FIELD_HIDDEN);
    case CPT_FIELD_TEXT:
      return (field->flags & CPT_FIELD_INDEXED) && !(field->flags & (CPT_FIELD_KEY | CPT_FIELD_REQUIRED));
    default:
      return FALSE;
    }
}

static void
offer_path (GPtrArray       *paths,
            GPtrArray       *labels,
            CptSchema       *schema,
            const CptEntity *entity,
            const char      *text)
{
  CptPath path;

  if (!cpt_path_parse (schema, entity, text, &path, NULL))
    return;

  g_ptr_array_add (paths, g_strdup (text));
  g_ptr_array_add (labels, cpt_path_get_label (&path));
}

GPtrArray *
cpt_widget_fields_create_paths (CptSchema       *schema,
                                const CptEntity *entity,
                                GPtrArray       *labels)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  /* Facts are added up: what is measured of them divides nothing */
  for (guint i = 0; i < entity->n_fields; i++)
    if (is_dimension (entity->fields[i]) &&
        ((entity->flags & CPT_ENTITY_FACTS) == 0 || !cpt_field_has_bins (entity->fields[i])))
      offer_path (paths, labels, schema, entity, entity->fields[i]->name);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CptField *field = entity->fields[i];
      const CptEntity *target = field->kind == CPT_FIELD_LINK ? cpt_schema_get_target (schema, field) : NULL;

      for (guint j = 0; target != NULL && j < target->n_fields; j++)
        if (is_dimension (target->fields[j]) && target->fields[j]->kind != CPT_FIELD_DATE &&
            target->fields[j]->kind != CPT_FIELD_DATETIME)
          {
            g_autofree char *text = g_strdup_printf ("%s.%s", entity->fields[i]->name, target->fields[j]->name);

            offer_path (paths, labels, schema, entity, text);
          }
    }
  offer_path (paths, labels, schema, entity, "created_at");

  return paths;
}

gboolean
cpt_widget_fields_is_number (CptSchema       *schema,
                             const CptEntity *entity,
                             const char      *path)
{
  CptPath parsed;

  return path != NULL && cpt_path_parse (schema, entity, path, &parsed, NULL) &&
         cpt_field_has_bins (cpt_path_get_field (&parsed));
}

gboolean
cpt_widget_fields_is_date (CptSchema       *schema,
                           const CptEntity *entity,
                           const char      *path)
{
  CptPath parsed;

  return path != NULL && cpt_path_parse (schema, entity, path, &parsed, NULL) &&
         cpt_field_type_get (cpt_path_get_field (&parsed)->kind)->is_bucketable;
}
