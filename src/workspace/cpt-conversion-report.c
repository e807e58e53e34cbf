/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a conversion tells: counts, and some values as they were and as they will
 * be. */

#include "config.h"

#include "cpt-conversion-private.h"

#include <string.h>

static void
sample_free (gpointer data)
{
  CptConversionSample *self = data;

  g_free (self->title);
  g_free (self->before);
  g_free (self->after);
  g_free (self->reason);
  g_free (self);
}

static void
name_free (gpointer data)
{
  CptConversionName *self = data;

  g_free (self->kind);
  g_free (self->title);
  g_free (self->problem);
  g_free (self);
}

CptConversionReport *
cpt_conversion_report_new (void)
{
  CptConversionReport *self = g_new0 (CptConversionReport, 1);

  self->samples = g_ptr_array_new_with_free_func (sample_free);
  self->refusals = g_ptr_array_new_with_free_func (sample_free);
  self->choices = g_ptr_array_new_with_free_func (g_free);
  self->names = g_ptr_array_new_with_free_func (name_free);

  return self;
}

void
cpt_conversion_report_free (CptConversionReport *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->samples, g_ptr_array_unref);
  g_clear_pointer (&self->refusals, g_ptr_array_unref);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_free (self->name);
  g_free (self);
}

/* Choices that grew have labels that the field does not know yet. */
static const char *
get_choice_label (CptConversionWork *self,
                  const CptField    *field,
                  const char        *name)
{
  const CptChoice *choice = cpt_field_find_choice (field, name);

  if (choice != NULL)
    return cpt_choice_get_label (choice);
  for (guint i = 0; field == self->to && i < self->converter.grown_names->len; i++)
    if (strcmp (g_ptr_array_index (self->converter.grown_names, i), name) == 0)
      return g_ptr_array_index (self->converter.grown, i);

  return name;
}

static char *
dup_choices (CptConversionWork *self,
             const CptField    *field,
             const CptValue    *value)
{
  g_autoptr(GString) labels = g_string_new (NULL);

  if (value->type == CPT_VALUE_TEXT)
    return g_strdup (get_choice_label (self, field, value->text));

  /* In the order of the declaration, which means something to people */
  for (const CptChoice *choice = field->choices; choice != NULL && choice->name != NULL; choice++)
    if (g_strv_contains ((const char *const *) value->texts, choice->name))
      g_string_append_printf (labels, "%s%s", labels->len > 0 ? ", " : "", cpt_choice_get_label (choice));
  for (guint i = 0; value->texts[i] != NULL; i++)
    if (cpt_field_find_choice (field, value->texts[i]) == NULL)
      g_string_append_printf (labels, "%s%s", labels->len > 0 ? ", " : "", get_choice_label (self, field, value->texts[i]));

  return g_string_free (g_steal_pointer (&labels), FALSE);
}

/* Records by their titles; one that is not there by its identifier */
static char *
dup_titles (CptConversionWork *self,
            const CptField    *field,
            const CptValue    *value)
{
  const CptEntity *target = cpt_schema_get_target (self->schema, field);
  const CptUuid *ids = value->type == CPT_VALUE_ID ? &value->id : value->ids.items;
  guint n_ids = value->type == CPT_VALUE_ID ? 1 : value->ids.length;
  g_autoptr(GString) titles = g_string_new (NULL);

  for (guint i = 0; i < n_ids; i++)
    {
      g_autofree char *title = target != NULL ? cpt_database_dup_title (self->database, target, &ids[i]) : NULL;

      if (title == NULL)
        title = cpt_uuid_dup_text (&ids[i]);
      g_string_append_printf (titles, "%s%s", i > 0 ? ", " : "", title);
    }

  return g_string_free (g_steal_pointer (&titles), FALSE);
}

static char *
dup_shown (CptConversionWork *self,
           const CptField    *field,
           const CptValue    *value)
{
  if (value->type == CPT_VALUE_ID || value->type == CPT_VALUE_IDS)
    return dup_titles (self, field, value);
  if (cpt_field_kind_is_choice (field->kind) && (value->type == CPT_VALUE_TEXT || value->type == CPT_VALUE_TEXTS))
    return dup_choices (self, field, value);

  return cpt_field_format_local (field, value, cpt_database_get_zone (self->database));
}

static void
add_sample (CptConversionWork *self,
            GPtrArray         *samples,
            const CptUuid     *id,
            const CptValue    *before,
            const CptValue    *after,
            const char        *reason)
{
  CptConversionSample *sample = g_new0 (CptConversionSample, 1);

  sample->id = *id;
  sample->title = cpt_database_dup_title (self->database, self->entity, id);
  if (sample->title == NULL)
    sample->title = g_strdup (cpt_entity_get_label (self->entity));
  sample->before = dup_shown (self, self->from, before);
  sample->after = after != NULL ? dup_shown (self, self->to, after) : NULL;
  sample->reason = g_strdup (reason);
  g_ptr_array_add (samples, sample);
}

/* Different ones: of twenty equal values one is enough. */
static gboolean
is_new_sample (CptConversionWork *self,
               const CptValue    *before)
{
  g_autofree char *shown = NULL;

  if (self->report->samples->len >= CPT_CONVERSION_MAX_SAMPLES)
    return FALSE;

  shown = dup_shown (self, self->from, before);
  for (guint i = 0; i < self->report->samples->len; i++)
    if (g_strcmp0 (((CptConversionSample *) g_ptr_array_index (self->report->samples, i))->before, shown) == 0)
      return FALSE;

  return TRUE;
}

void
cpt_conversion_work_count (CptConversionWork *self,
                           const CptUuid     *id,
                           const CptValue    *value)
{
  CptConversionReport *report = self->report;
  g_auto(CptValue) converted = CPT_VALUE_INIT;
  g_autofree char *message = NULL;

  if (cpt_converter_convert (&self->converter, value, &converted, &message))
    {
      report->n_converted++;
      if (is_new_sample (self, value))
        add_sample (self, report->samples, id, value, &converted, NULL);
      return;
    }

  report->n_refused++;
  if (report->refusals->len < CPT_CONVERSION_MAX_REFUSALS)
    add_sample (self, report->refusals, id, value, NULL, message);
}
