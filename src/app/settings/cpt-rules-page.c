/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of the workspace: one sentence each, below the kind of record that
 * they are about. */
#include "config.h"

#include "cpt-rules-page.h"

#include <glib/gi18n-lib.h>

#include "cpt-rule-editor.h"
#include "cpt-rules.h"

struct _CptRulesPage
{
  CptSettingsPage parent_instance;
};

G_DEFINE_FINAL_TYPE (CptRulesPage, cpt_rules_page, CPT_TYPE_SETTINGS_PAGE)

static const char *const kinds[] = { "rule", NULL };

/* Reading */

/* What a rule says, or why it can't be understood; one of them is NULL */
typedef struct
{
  char *sentence;
  char *problem;
} Words;

static void
words_free (gpointer data)
{
  Words *words = data;

  g_free (words->sentence);
  g_free (words->problem);
  g_free (words);
}

/* Of each rule, in their order; with the titles of the records that conditions
 * name */
static gpointer
read_words (CptDatabase            *database,
            const CptSettingsData  *data,
            GError                **error)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (words_free);

  for (guint i = 0; i < data->records[0]->len; i++)
    {
      Words *words = g_new0 (Words, 1);

      words->sentence = cpt_rule_describe (data->schema, g_ptr_array_index (data->records[0], i), database, &words->problem);
      g_ptr_array_add (all, words);
    }

  return all;
}

static const CptSettingsSource source = {
  .kinds = kinds,
  .read_more = read_words,
  .free_more = (GDestroyNotify) g_ptr_array_unref,
};

static const Words *
get_words (CptRulesPage    *self,
           const CptRecord *rule)
{
  const CptSettingsData *data = cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self));
  guint index = 0;

  g_ptr_array_find (data->records[0], rule, &index);

  return g_ptr_array_index ((GPtrArray *) data->more, index);
}

/* Changing */

static void
switched_cb (GtkSwitch    *toggle,
             GParamSpec   *pspec,
             CptRulesPage *self)
{
  cpt_settings_page_switch (CPT_SETTINGS_PAGE (self), toggle, _("Rule switched on"), _("Rule switched off"));
}

static void
removed_cb (CptOrderList *list,
            const char   *key,
            CptRulesPage *self)
{
  cpt_settings_page_delete (CPT_SETTINGS_PAGE (self), key, _("Rule deleted"));
}

static void
activated_cb (CptOrderList *list,
              const char   *key,
              CptRulesPage *self)
{
  CptRecord *rule = cpt_settings_data_find (cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self)), key);

  if (rule != NULL && cpt_settings_page_is_writable (CPT_SETTINGS_PAGE (self)))
    cpt_rule_editor_present (cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self)), rule, get_words (self, rule)->sentence);
}

static void
added_cb (GtkWidget    *row,
          CptRulesPage *self)
{
  g_autoptr(CptRecord) record = cpt_settings_page_create_record (CPT_SETTINGS_PAGE (self), "rule");

  if (record != NULL)
    cpt_rule_editor_present (cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self)), record, NULL);
}

/* Showing */

static CptOrderList *
add_list (CptRulesPage *self,
          GtkWidget    *group,
          const char   *label)
{
  CptOrderList *list = cpt_settings_page_add_list (CPT_SETTINGS_PAGE (self), group, label);

  cpt_order_list_set_fixed (list);
  g_signal_connect_object (list, "activated", G_CALLBACK (activated_cb), self, 0);
  if (cpt_settings_page_is_writable (CPT_SETTINGS_PAGE (self)))
    {
      g_signal_connect_object (list, "removed", G_CALLBACK (removed_cb), self, 0);
      cpt_order_list_set_removable (list);
    }

  return list;
}

static void
add_rule (CptRulesPage    *self,
          CptOrderList    *list,
          const CptRecord *rule)
{
  const Words *words = get_words (self, rule);
  g_autofree char *id = cpt_uuid_dup_text (&rule->id);
  g_autofree char *title = cpt_record_dup_title (rule);
  GtkWidget *row;

  if (words->sentence == NULL)
    row = cpt_settings_page_create_row (title, words->problem);
  else
    row = cpt_settings_page_create_row (words->sentence, g_str_equal (title, words->sentence) ? NULL : title);
  if (words->sentence == NULL)
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             cpt_settings_page_create_switch (CPT_SETTINGS_PAGE (self), rule, G_CALLBACK (switched_cb)));
  cpt_order_list_append (list, row, id);
}

/* @entity (nullable): rules about kinds of records that are not known */
static void
show_kind (CptRulesPage    *self,
           const CptEntity *entity)
{
  const CptSettingsData *data = cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self));
  const char *title = entity != NULL ? cpt_entity_get_label_plural (entity) : _("Kinds That Are Not Known Here");
  CptOrderList *list = NULL;

  for (guint i = 0; i < data->records[0]->len; i++)
    {
      const CptRecord *rule = g_ptr_array_index (data->records[0], i);
      const char *name = cpt_record_get_text (rule, "entity_name");

      if (cpt_schema_find_entity (data->schema, name != NULL ? name : "") != entity)
        continue;
      if (list == NULL)
        list = add_list (self, cpt_settings_page_add_group (CPT_SETTINGS_PAGE (self), title, NULL), title);
      add_rule (self, list, rule);
    }
}

static void
cpt_rules_page_show (CptSettingsPage *page)
{
  CptRulesPage *self = CPT_RULES_PAGE (page);
  const CptSettingsData *data = cpt_settings_page_get_data (page);
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (data->schema, &n_entities);
  GtkWidget *group = cpt_settings_page_add_group (page, _("Rules"),
                                                  _("What is asked of records, whoever changes them: people, imports, "
                                                    "other computers."));

  cpt_settings_page_add_adding (page, add_list (self, group, _("Rules")), _("Add a Rule"), G_CALLBACK (added_cb));
  for (guint i = 0; i < n_entities; i++)
    show_kind (self, entities[i]);
  show_kind (self, NULL);
}

static void
cpt_rules_page_class_init (CptRulesPageClass *klass)
{
  CPT_SETTINGS_PAGE_CLASS (klass)->source = &source;
  CPT_SETTINGS_PAGE_CLASS (klass)->show = cpt_rules_page_show;
}

static void
cpt_rules_page_init (CptRulesPage *self)
{
}
