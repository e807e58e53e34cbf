/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pipelines and their stages: added, named, put in order. */
#include "config.h"

#include "cpt-pipelines-page.h"

#include <glib/gi18n-lib.h>

#include "cpt-field-type.h"
#include "cpt-settings-form.h"

struct _CptPipelinesPage
{
  CptSettingsPage parent_instance;
};

G_DEFINE_FINAL_TYPE (CptPipelinesPage, cpt_pipelines_page, CPT_TYPE_SETTINGS_PAGE)

static const char *const kinds[] = { "pipeline", "stage", NULL };
static const CptSettingsSource source = { .kinds = kinds };
static const char *const pipeline_fields[] = { "name", "is_default", NULL };
static const char *const stage_fields[] = { "name", "kind", "probability", "colour", "exit_fields", NULL };

/* Changing */

static void
activated_cb (CptOrderList     *list,
              const char       *key,
              CptPipelinesPage *self)
{
  CptRecord *record = cpt_settings_data_find (cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self)), key);
  gboolean is_stage;

  if (record == NULL || !cpt_settings_page_is_writable (CPT_SETTINGS_PAGE (self)))
    return;

  is_stage = g_str_equal (record->entity->name, "stage");
  cpt_settings_form_present (cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self)),
                             is_stage ? _("Change Stage") : _("Change Pipeline"), record,
                             is_stage ? stage_fields : pipeline_fields,
                             is_stage ? _("Stage changed") : _("Pipeline changed"));
}

/* A pipeline goes with its stages. Those that deals are in stay: the store says
 * what to do first. */
static void
removed_cb (CptOrderList     *list,
            const char       *key,
            CptPipelinesPage *self)
{
  const CptSettingsData *data = cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self));
  const CptRecord *record = cpt_settings_data_find (data, key);
  CptTransaction *transaction;
  gboolean is_stage;

  if (record == NULL)
    return;

  is_stage = g_str_equal (record->entity->name, "stage");
  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  for (guint i = 0; !is_stage && i < data->records[1]->len; i++)
    {
      const CptRecord *stage = g_ptr_array_index (data->records[1], i);

      if (cpt_value_has_id (cpt_record_get_named (stage, "pipeline"), &record->id))
        cpt_transaction_delete (transaction, stage->entity, &stage->id);
    }
  cpt_transaction_delete (transaction, record->entity, &record->id);
  cpt_settings_page_commit (CPT_SETTINGS_PAGE (self), transaction,
                            is_stage ? _("Stage deleted") : _("Pipeline deleted"));
}

/* With what the declaration says, behind those that there are */
static CptRecord *
create_record (CptPipelinesPage *self,
               const char       *kind,
               CptOrderList     *list)
{
  const CptSettingsData *data = cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self));
  CptStore *store = cpt_window_get_store (cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self)));
  const CptEntity *entity = cpt_schema_find_entity (data->schema, kind);
  CptRecord *record = cpt_record_new (data->schema, entity);
  guint length = cpt_order_list_get_length (list);
  const CptRecord *last = length > 0 ? cpt_settings_data_find (data, cpt_order_list_get_key (list, length - 1)) : NULL;

  cpt_record_apply_initial (record, cpt_clock_get_now (cpt_store_get_clock (store)), cpt_store_get_author (store),
                            cpt_store_get_zone (store));
  cpt_record_set_integer (record, "position", last != NULL ? MIN (cpt_record_get_integer (last, "position") + 1, 100000) : 1);

  return record;
}

static void
pipeline_added_cb (GtkWidget        *row,
                   CptPipelinesPage *self)
{
  CptOrderList *list = CPT_ORDER_LIST (gtk_widget_get_ancestor (row, CPT_TYPE_ORDER_LIST));
  g_autoptr(CptRecord) record = create_record (self, "pipeline", list);

  cpt_settings_form_present (cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self)), _("Add Pipeline"), record,
                             pipeline_fields, _("Pipeline added"));
}

static void
stage_added_cb (GtkWidget        *row,
                CptPipelinesPage *self)
{
  CptOrderList *list = CPT_ORDER_LIST (gtk_widget_get_ancestor (row, CPT_TYPE_ORDER_LIST));
  g_autoptr(CptRecord) record = create_record (self, "stage", list);
  const CptRecord *pipeline = cpt_settings_data_find (cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self)),
                                                      cpt_order_list_get_name (list));

  if (pipeline == NULL)
    return;

  cpt_record_set_id (record, "pipeline", &pipeline->id);
  cpt_settings_form_present (cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self)), _("Add Stage"), record, stage_fields,
                             _("Stage added"));
}

/* Showing */

static char *
dup_stage_text (const CptRecord *stage)
{
  static const char *const shown[] = { "kind", "probability" };
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      const CptField *field = cpt_entity_find_field (stage->entity, shown[i]);
      g_autofree char *part = cpt_field_format_local (field, cpt_record_get (stage, field), NULL);

      if (part != NULL && part[0] != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static CptOrderList *
add_list (CptPipelinesPage *self,
          GtkWidget        *group,
          const char       *label)
{
  CptOrderList *list = cpt_settings_page_add_list (CPT_SETTINGS_PAGE (self), group, label);

  cpt_settings_page_keep_order (CPT_SETTINGS_PAGE (self), list);
  g_signal_connect_object (list, "activated", G_CALLBACK (activated_cb), self, 0);
  if (cpt_settings_page_is_writable (CPT_SETTINGS_PAGE (self)))
    {
      g_signal_connect_object (list, "removed", G_CALLBACK (removed_cb), self, 0);
      cpt_order_list_set_removable (list);
    }

  return list;
}

static void
add_record (CptOrderList    *list,
            const CptRecord *record)
{
  gboolean is_stage = g_str_equal (record->entity->name, "stage");
  g_autofree char *id = cpt_uuid_dup_text (&record->id);
  g_autofree char *title = cpt_record_dup_title (record);
  g_autofree char *subtitle = is_stage ? dup_stage_text (record) : NULL;
  GtkWidget *row;

  if (!is_stage && cpt_record_get_integer (record, "is_default") != 0)
    subtitle = g_strdup (_("New deals begin here"));
  row = cpt_settings_page_create_row (title, subtitle);
  if (is_stage)
    {
      const char *colour = cpt_record_get_text (record, "colour");
      g_autofree char *css = g_strconcat ("colour-", colour != NULL ? colour : "grey", NULL);
      GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

      gtk_widget_add_css_class (row, css);
      gtk_widget_add_css_class (dot, "board-dot");
      gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), dot);
    }
  cpt_order_list_append (list, row, id);
}

static void
show_stages (CptPipelinesPage *self,
             const CptRecord  *pipeline,
             GPtrArray        *stages)
{
  g_autofree char *id = cpt_uuid_dup_text (&pipeline->id);
  g_autofree char *title = cpt_record_dup_title (pipeline);
  /* Translators: %s is the name of a pipeline */
  g_autofree char *label = g_strdup_printf (_("Stages of “%s”"), title);
  GtkWidget *group = cpt_settings_page_add_group (CPT_SETTINGS_PAGE (self), label, NULL);
  CptOrderList *list = add_list (self, group, label);

  cpt_order_list_set_name (list, id);
  for (guint i = 0; i < stages->len; i++)
    {
      const CptRecord *stage = g_ptr_array_index (stages, i);

      if (cpt_value_has_id (cpt_record_get_named (stage, "pipeline"), &pipeline->id))
        add_record (list, stage);
    }
  cpt_settings_page_add_adding (CPT_SETTINGS_PAGE (self), list, _("Add a Stage"), G_CALLBACK (stage_added_cb));
}

static void
cpt_pipelines_page_show (CptSettingsPage *page)
{
  CptPipelinesPage *self = CPT_PIPELINES_PAGE (page);
  const CptSettingsData *data = cpt_settings_page_get_data (page);
  GtkWidget *group = cpt_settings_page_add_group (page, _("Pipelines"),
                                                  _("The ways that deals go. Drag a row to its place, or move it with "
                                                    "Ctrl and the arrow keys."));
  CptOrderList *list = add_list (self, group, _("Pipelines"));

  for (guint i = 0; i < data->records[0]->len; i++)
    add_record (list, g_ptr_array_index (data->records[0], i));
  cpt_settings_page_add_adding (page, list, _("Add a Pipeline"), G_CALLBACK (pipeline_added_cb));
  for (guint i = 0; i < data->records[0]->len; i++)
    show_stages (self, g_ptr_array_index (data->records[0], i), data->records[1]);
}

static void
cpt_pipelines_page_class_init (CptPipelinesPageClass *klass)
{
  CPT_SETTINGS_PAGE_CLASS (klass)->source = &source;
  CPT_SETTINGS_PAGE_CLASS (klass)->show = cpt_pipelines_page_show;
}

static void
cpt_pipelines_page_init (CptPipelinesPage *self)
{
}
