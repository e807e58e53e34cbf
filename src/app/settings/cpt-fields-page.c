/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields that the workspace adds to its kinds of records: added, changed, put
 * in order, deleted; and the choices of those that come with the program. */
#include "config.h"

#include "cpt-fields-page.h"

#include <glib/gi18n-lib.h>

#include "cpt-choices-form.h"
#include "cpt-computed.h"
#include "cpt-field-form.h"
#include "cpt-field-type.h"
#include "cpt-fields.h"
#include "cpt-own-choices.h"

/* Formulas are worked out in the background; how often one looks whether that is done */
#define LOOK_AGAIN_SECONDS 1

struct _CptFieldsPage
{
  CptSettingsPage parent_instance;

  guint look_again; /* a timeout, or 0 */
};

G_DEFINE_FINAL_TYPE (CptFieldsPage, cpt_fields_page, CPT_TYPE_SETTINGS_PAGE)

static const char *const kinds[] = { "custom_field", CPT_CHOICE_LIST_ENTITY, NULL };

/* Reading */

/* (nullable): what the record declares */
static const CptField *
find_field (CptSchema        *schema,
            const CptRecord  *record,
            const CptEntity **entity)
{
  const char *entity_name = cpt_record_get_text (record, "entity_name");
  const char *name = cpt_record_get_text (record, "name");

  *entity = entity_name != NULL ? cpt_schema_find_entity (schema, entity_name) : NULL;

  return *entity != NULL && name != NULL ? cpt_entity_find_field (*entity, name) : NULL;
}

/* In how many records a field has something, and its formula gives nothing */
typedef struct
{
  guint64 n_values;
  guint64 n_empty;
} Count;

typedef struct
{
  GArray *fields;  /* (element-type Count): in the order of their records */
  gboolean is_due; /* formulas are still being worked out: n_empty is 0 */
} Counts;

static void
counts_free (gpointer data)
{
  Counts *counts = data;

  g_array_unref (counts->fields);
  g_free (counts);
}

static gboolean
count_field (CptDatabase      *database,
             const CptEntity  *entity,
             const CptField   *field,
             gboolean          is_due,
             Count            *count,
             GError          **error)
{
  return cpt_fields_count_values (database, entity, field, NULL, &count->n_values, error) &&
         (field->formula == NULL || is_due || cpt_fields_count_nothing (database, entity, field, &count->n_empty, error));
}

static gpointer
read_counts (CptDatabase            *database,
             const CptSettingsData  *data,
             GError                **error)
{
  g_autoptr(GArray) fields = g_array_new (FALSE, TRUE, sizeof (Count));
  gboolean is_due = cpt_computed_is_due (database);
  Counts *counts;

  for (guint i = 0; i < data->records[0]->len; i++)
    {
      const CptEntity *entity;
      const CptField *field = find_field (data->schema, g_ptr_array_index (data->records[0], i), &entity);
      Count count = { 0 };

      if (field != NULL && !count_field (database, entity, field, is_due, &count, error))
        return NULL;
      g_array_append_val (fields, count);
    }

  counts = g_new0 (Counts, 1);
  counts->fields = g_steal_pointer (&fields);
  counts->is_due = is_due;

  return counts;
}

static const CptSettingsSource source = {
  .kinds = kinds,
  .read_more = read_counts,
  .free_more = counts_free,
};

/* Changing */

static void
removed_cb (CptOrderList  *list,
            const char    *key,
            CptFieldsPage *self)
{
  cpt_settings_page_delete (CPT_SETTINGS_PAGE (self), key, _("Field deleted"));
}

static void
activated_cb (CptOrderList  *list,
              const char    *key,
              CptFieldsPage *self)
{
  CptRecord *record = cpt_settings_data_find (cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self)), key);

  if (record != NULL && cpt_settings_page_is_writable (CPT_SETTINGS_PAGE (self)))
    cpt_field_form_present (cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self)),
                            cpt_order_list_get_name (list), record);
}

static void
added_cb (GtkWidget     *row,
          CptFieldsPage *self)
{
  CptOrderList *list = CPT_ORDER_LIST (gtk_widget_get_ancestor (row, CPT_TYPE_ORDER_LIST));
  CptWindow *window = cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self));

  if (window != NULL)
    cpt_field_form_present (window, cpt_order_list_get_name (list), NULL);
}

/* (nullable): what keeps the choices of a declared field; of several the newest counts */
static CptRecord *
find_choice_list (const CptSettingsData *data,
                  const char            *entity,
                  const char            *field)
{
  CptRecord *found = NULL;

  for (guint i = 0; i < data->records[1]->len; i++)
    {
      CptRecord *record = g_ptr_array_index (data->records[1], i);

      if (g_strcmp0 (cpt_record_get_text (record, "entity_name"), entity) == 0 &&
          g_strcmp0 (cpt_record_get_text (record, "field_name"), field) == 0 &&
          (found == NULL || cpt_uuid_compare (&found->id, &record->id) < 0))
        found = record;
    }

  return found;
}

static void
choices_activated_cb (CptOrderList  *list,
                      const char    *key,
                      CptFieldsPage *self)
{
  CptSettingsPage *page = CPT_SETTINGS_PAGE (self);
  const char *entity = cpt_order_list_get_name (list);

  if (cpt_settings_page_is_writable (page))
    cpt_choices_form_present (cpt_settings_page_get_window (page), entity, key,
                              find_choice_list (cpt_settings_page_get_data (page), entity, key));
}

/* Showing */

/* "Website, Referral, Campaign" */
static char *
dup_labels (const CptField *field)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new ();

  for (const CptChoice *choice = field->choices; choice->name != NULL; choice++)
    g_ptr_array_add (labels, (gpointer) cpt_choice_get_label (choice));
  g_ptr_array_add (labels, NULL);

  return g_strjoinv (", ", (char **) labels->pdata);
}

/* Those that come with the program, for their choices */
static void
add_choice_fields (CptFieldsPage   *self,
                   GtkWidget       *group,
                   const CptEntity *entity)
{
  CptOrderList *list = NULL;

  for (guint i = 0; i < entity->n_declared; i++)
    {
      g_autofree char *title = NULL;
      g_autofree char *labels = NULL;
      GtkWidget *row;

      if (!cpt_own_choices_is_open (entity, entity->fields[i]))
        continue;
      if (list == NULL)
        {
          list = cpt_settings_page_add_list (CPT_SETTINGS_PAGE (self), group, _("Choices"));
          cpt_order_list_set_fixed (list);
          gtk_widget_set_margin_top (GTK_WIDGET (list), 12);
          cpt_order_list_set_name (list, entity->name);
          g_signal_connect_object (list, "activated", G_CALLBACK (choices_activated_cb), self, 0);
        }
      /* Translators: a row with the choices of a field; %s is its name */
      title = g_strdup_printf (_("Choices of “%s”"), cpt_field_get_label (entity->fields[i]));
      labels = dup_labels (entity->fields[i]);
      row = cpt_settings_page_create_row (title, labels);
      cpt_order_list_append (list, row, entity->fields[i]->name);
    }
}

/* "Whole number · Required · in 1,204 records" */
static char *
dup_words (const CptField *field,
           const Count    *counted,
           gboolean        is_due)
{
  g_autoptr(GString) words = g_string_new (_(cpt_field_type_get (field->kind)->label));
  guint64 count = counted->n_values;

  if (field->formula != NULL)
    g_string_append_printf (words, " · %s", _("Formula"));
  if ((field->flags & CPT_FIELD_REQUIRED) != 0)
    g_string_append_printf (words, " · %s", _("Required"));
  g_string_append (words, " · ");
  if (count == 0)
    g_string_append (words, _("in no record yet"));
  else
    /* Translators: something is filled in there */
    g_string_append_printf (words, ngettext ("in %lu record", "in %lu records", (gulong) count), (gulong) count);
  if (field->formula != NULL && is_due)
    /* Translators: the formula of a field */
    g_string_append_printf (words, " · %s", _("not all worked out yet"));
  else if (counted->n_empty > 0)
    {
      g_string_append (words, " · ");
      /* Translators: the formula of a field */
      g_string_append_printf (words,
                              ngettext ("gives nothing in %lu record", "gives nothing in %lu records", (gulong) counted->n_empty),
                              (gulong) counted->n_empty);
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
add_field (CptFieldsPage *self,
           CptOrderList  *list,
           guint          index)
{
  const CptSettingsData *data = cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self));
  const CptRecord *record = g_ptr_array_index (data->records[0], index);
  const Counts *counts = data->more;
  const CptEntity *entity;
  const CptField *field = find_field (data->schema, record, &entity);
  g_autofree char *id = cpt_uuid_dup_text (&record->id);
  g_autofree char *title = cpt_record_dup_title (record);
  g_autofree char *words = NULL;
  GtkWidget *row;

  if (field != NULL)
    words = dup_words (field, &g_array_index (counts->fields, Count, index), counts->is_due);
  row = cpt_settings_page_create_row (title, words != NULL ? words : _("This version does not know the field."));
  cpt_order_list_append (list, row, id);
}

static gboolean
is_of (const CptRecord *record,
       const CptEntity *entity)
{
  return g_strcmp0 (cpt_record_get_text (record, "entity_name"), entity->name) == 0;
}

static void
show_kind (CptFieldsPage   *self,
           const CptEntity *entity,
           const char      *description)
{
  const CptSettingsData *data = cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self));
  const char *title = cpt_entity_get_label_plural (entity);
  GtkWidget *group = cpt_settings_page_add_group (CPT_SETTINGS_PAGE (self), title, description);
  CptOrderList *list = cpt_settings_page_add_list (CPT_SETTINGS_PAGE (self), group, title);

  cpt_order_list_set_name (list, entity->name);
  cpt_settings_page_keep_order (CPT_SETTINGS_PAGE (self), list);
  g_signal_connect_object (list, "activated", G_CALLBACK (activated_cb), self, 0);
  if (cpt_settings_page_is_writable (CPT_SETTINGS_PAGE (self)))
    {
      g_signal_connect_object (list, "removed", G_CALLBACK (removed_cb), self, 0);
      cpt_order_list_set_removable (list);
    }
  for (guint i = 0; i < data->records[0]->len; i++)
    if (is_of (g_ptr_array_index (data->records[0], i), entity))
      add_field (self, list, i);
  cpt_settings_page_add_adding (CPT_SETTINGS_PAGE (self), list, _("Add a Field"), G_CALLBACK (added_cb));
  add_choice_fields (self, group, entity);
}

static gboolean
has_fields (CptFieldsPage   *self,
            const CptEntity *entity)
{
  return entity->n_fields > entity->n_declared;
}

static gboolean
look_again_cb (gpointer data)
{
  CptFieldsPage *self = data;

  self->look_again = 0;
  cpt_settings_page_read (CPT_SETTINGS_PAGE (self));

  return G_SOURCE_REMOVE;
}

/* The end of it is announced by nothing when all formulas give what they gave. */
static void
await_formulas (CptFieldsPage *self)
{
  const Counts *counts = cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self))->more;

  if (counts->is_due && self->look_again == 0 && cpt_settings_page_is_writable (CPT_SETTINGS_PAGE (self)))
    self->look_again = g_timeout_add_seconds (LOOK_AGAIN_SECONDS, look_again_cb, self);
}

static void
cpt_fields_page_show (CptSettingsPage *page)
{
  CptFieldsPage *self = CPT_FIELDS_PAGE (page);
  const CptSettingsData *data = cpt_settings_page_get_data (page);
  const char *description = _("Fields of your own, for each kind of record. They are in forms, lists, filters and imports "
                              "at once.");
  g_autoptr(GPtrArray) entities = cpt_schema_list_kinds (data->schema);

  for (guint i = 0; i < entities->len; i++)
    {
      const CptEntity *entity = g_ptr_array_index (entities, i);

      if ((entity->flags & CPT_ENTITY_SETTINGS) != 0 && !has_fields (self, entity))
        continue;
      show_kind (self, entity, description);
      description = NULL;
    }
  await_formulas (self);
}

static void
cpt_fields_page_dispose (GObject *object)
{
  g_clear_handle_id (&CPT_FIELDS_PAGE (object)->look_again, g_source_remove);

  G_OBJECT_CLASS (cpt_fields_page_parent_class)->dispose (object);
}

static void
cpt_fields_page_class_init (CptFieldsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_fields_page_dispose;
  CPT_SETTINGS_PAGE_CLASS (klass)->source = &source;
  CPT_SETTINGS_PAGE_CLASS (klass)->show = cpt_fields_page_show;
}

static void
cpt_fields_page_init (CptFieldsPage *self)
{
}
