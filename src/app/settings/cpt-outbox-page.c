/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workflows that may run, what they sent, and what nobody but a person can decide of it:
 * what failed, and what may have been done. */
#include "config.h"

#include "cpt-outbox-page.h"

#include <glib/gi18n-lib.h>

#include "cpt-date.h"
#include "cpt-delivery.h"
#include "cpt-enrolment.h"
#include "cpt-json.h"
#include "cpt-outbox-dialog.h"

/* How many are shown of what waits, and of what was sent */
#define MAX_WAITING 100
#define MAX_LATELY 20

struct _CptOutboxPage
{
  CptSettingsPage parent_instance;
};

G_DEFINE_FINAL_TYPE (CptOutboxPage, cpt_outbox_page, CPT_TYPE_SETTINGS_PAGE)

static const char *const kinds[] = { "workflow", NULL };

/* ------------------------------------------------------------------------ reading */

typedef struct
{
  CptOutboxEntry *entry; /* (owned) */
  char *title;           /* (owned): of the workflow and of what it is about */
  char *when;            /* (owned) */
} Item;

typedef struct
{
  GPtrArray *waiting; /* of Item */
  GPtrArray *lately;
} More;

static void
item_free (gpointer data)
{
  Item *item = data;

  cpt_outbox_entry_free (item->entry);
  g_free (item->title);
  g_free (item->when);
  g_free (item);
}

static void
more_free (gpointer data)
{
  More *more = data;

  g_ptr_array_unref (more->waiting);
  g_ptr_array_unref (more->lately);
  g_free (more);
}

static char *
dup_title (CptDatabase          *database,
           const CptOutboxEntry *entry)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(CptEnrolment) enrolment = entry->enrolment != 0 ? cpt_enrolment_load (database, entry->enrolment, NULL) : NULL;
  const CptEntity *entity = enrolment != NULL ? cpt_schema_find_entity (schema, enrolment->entity) : NULL;
  g_autofree char *workflow = NULL;
  g_autofree char *subject = NULL;

  if (entity == NULL)
    return g_strdup (entry->target);

  workflow = cpt_database_dup_title (database, cpt_schema_find_entity (schema, "workflow"), &enrolment->workflow);
  subject = cpt_database_dup_title (database, entity, &enrolment->subject);

  /* Translators: the name of a workflow, and what it is about */
  return g_strdup_printf (_("%s: %s"), workflow != NULL ? workflow : entry->target, subject != NULL ? subject : "–");
}

static void
take_items (CptDatabase *database,
            GPtrArray *entries, /* (transfer full) (nullable) */
            GPtrArray *items,
            gboolean only_waiting)
{
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      CptOutboxEntry *entry = g_ptr_array_index (entries, i);
      gboolean waits = g_str_equal (entry->next, "show") || g_str_equal (entry->next, "listen");
      Item *item;

      if (only_waiting && !waits)
        continue;
      item = g_new0 (Item, 1);
      item->title = dup_title (database, entry);
      item->when = cpt_instant_format (entry->settled != CPT_OUTBOX_NEVER ? entry->settled : entry->planned,
                                       cpt_database_get_zone (database));
      item->entry = g_steal_pointer (&g_ptr_array_index (entries, i));
      g_ptr_array_add (items, item);
    }
  g_clear_pointer (&entries, g_ptr_array_unref);
}

static gpointer
read_more (CptDatabase            *database,
           const CptSettingsData  *data,
           GError                **error)
{
  More *more = g_new0 (More, 1);

  more->waiting = g_ptr_array_new_with_free_func (item_free);
  more->lately = g_ptr_array_new_with_free_func (item_free);
  take_items (database, cpt_outbox_list (database, "unknown", MAX_WAITING, error), more->waiting, TRUE);
  if (error == NULL || *error == NULL)
    take_items (database, cpt_outbox_list (database, "failed", MAX_WAITING, error), more->waiting, TRUE);
  if (error == NULL || *error == NULL)
    take_items (database, cpt_outbox_list (database, NULL, MAX_LATELY, error), more->lately, FALSE);

  return more;
}

static const CptSettingsSource source = {
  .kinds = kinds,
  .read_more = read_more,
  .free_more = more_free,
};

/* ----------------------------------------------------------------------- deciding */

typedef struct
{
  gint64 row;
  CptDeliveryChoice choice;
  JsonNode *request; /* (owned) (nullable) */
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_clear_pointer (&choice->request, json_node_unref);
  g_free (choice);
}

static gpointer
decide_in_writer (CptDatabase   *database,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  const Choice *choice = data;

  cpt_delivery_decide (database, choice->row, choice->choice,
                       choice->request != NULL ? json_node_get_object (choice->request) : NULL, error);

  return NULL;
}

static void
decided_cb (GObject      *source_object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(CptOutboxPage) self = user_data;
  CptWindow *window = cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self));
  g_autoptr(GError) error = NULL;

  cpt_store_finish (CPT_STORE (source_object), result, &error);
  if (window == NULL)
    return;

  if (error != NULL)
    cpt_window_show_error (window, error);
  else
    cpt_window_run_workflows (window);
  cpt_settings_page_read (CPT_SETTINGS_PAGE (self));
}

static void
decide (CptOutboxPage     *self,
        gint64             row,
        CptDeliveryChoice  choice,
        JsonNode          *request)
{
  CptWindow *window = cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self));
  Choice *data;

  if (window == NULL)
    return;

  data = g_new0 (Choice, 1);
  data->row = row;
  data->choice = choice;
  data->request = request != NULL ? json_node_ref (request) : NULL;
  cpt_store_write_async (cpt_window_get_store (window), decide_in_writer, data, choice_free, NULL, NULL, decided_cb,
                         g_object_ref (self));
}

static void
edited_cb (JsonNode *request,
           gint64    row,
           gpointer  data)
{
  decide (CPT_OUTBOX_PAGE (data), row, CPT_DELIVERY_RETRY, request);
}

static const Item *
find_item (CptOutboxPage *self,
           GtkWidget     *row)
{
  const More *more = cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self))->more;
  gint64 number = g_ascii_strtoll (gtk_widget_get_name (row), NULL, 10);

  for (guint i = 0; i < more->waiting->len; i++)
    {
      const Item *item = g_ptr_array_index (more->waiting, i);

      if (item->entry->row == number)
        return item;
    }

  return NULL;
}

static void
retry_cb (GtkWidget     *row,
          CptOutboxPage *self)
{
  decide (self, g_ascii_strtoll (gtk_widget_get_name (row), NULL, 10), CPT_DELIVERY_RETRY, NULL);
}

static void
skip_cb (GtkWidget     *row,
         CptOutboxPage *self)
{
  decide (self, g_ascii_strtoll (gtk_widget_get_name (row), NULL, 10), CPT_DELIVERY_SKIP, NULL);
}

static void
confirm_cb (GtkWidget     *row,
            CptOutboxPage *self)
{
  decide (self, g_ascii_strtoll (gtk_widget_get_name (row), NULL, 10), CPT_DELIVERY_CONFIRM, NULL);
}

static void
edit_cb (GtkWidget     *row,
         CptOutboxPage *self)
{
  const Item *item = find_item (self, row);
  CptWindow *window = cpt_settings_page_get_window (CPT_SETTINGS_PAGE (self));

  if (item != NULL && window != NULL)
    cpt_outbox_dialog_present (GTK_WINDOW (window), item->entry->row, item->entry->request, edited_cb, G_OBJECT (self));
}

/* ------------------------------------------------------------------------ showing */

static const struct
{
  const char *title;
  const char *subtitle;
  gboolean only_unknown;
  void (*act) (GtkWidget *row, CptOutboxPage *self);
} acts[] = {
  { N_("_Send Again"), NULL, FALSE, retry_cb },
  { N_("_Edit and Send Again…"), NULL, FALSE, edit_cb },
  { N_("S_kip"), N_("It is not sent; the workflow goes on"), FALSE, skip_cb },
  { N_("It Was _Done"), N_("As the receiver says; the workflow goes on"), TRUE, confirm_cb },
};

static void
add_acts (CptOutboxPage *self,
          GtkWidget     *expander,
          const Item    *item)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, item->entry->row);

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      GtkWidget *row;

      if (acts[i].only_unknown && !g_str_equal (item->entry->state, "unknown"))
        continue;
      row = cpt_settings_page_create_row (_(acts[i].title), acts[i].subtitle != NULL ? _(acts[i].subtitle) : NULL);
      adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
      gtk_widget_set_name (row, number);
      g_signal_connect_object (row, "activated", G_CALLBACK (acts[i].act), self, 0);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);
    }
}

static void
add_waiting (CptOutboxPage *self,
             GtkWidget     *group,
             const Item    *item)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s", item->entry->reason != NULL ? item->entry->reason : "", item->when);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), item->title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  adw_expander_row_set_icon_name (ADW_EXPANDER_ROW (row), g_str_equal (item->entry->state, "unknown")
                                                            ? "dialog-question-symbolic"
                                                            : "dialog-warning-symbolic");
  if (cpt_settings_page_is_writable (CPT_SETTINGS_PAGE (self)))
    add_acts (self, row, item);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static const char *
get_state_label (const char *state)
{
  if (g_str_equal (state, "done"))
    return _("Sent");
  if (g_str_equal (state, "failed"))
    return _("Failed");
  if (g_str_equal (state, "unknown"))
    return _("Perhaps sent");

  return _("To be sent");
}

static void
add_lately (GtkWidget  *group,
            const Item *item)
{
  GtkWidget *row = adw_action_row_new ();
  /* Translators: what became of something that was sent, whereto, and when */
  g_autofree char *subtitle = g_strdup_printf (_("%s · %s · %s"), get_state_label (item->entry->state), item->entry->target,
                                               item->when);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), item->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
switched_cb (GtkSwitch     *toggle,
             GParamSpec    *pspec,
             CptOutboxPage *self)
{
  const char *key = gtk_widget_get_name (GTK_WIDGET (toggle));
  const CptRecord *record = cpt_settings_data_find (cpt_settings_page_get_data (CPT_SETTINGS_PAGE (self)), key);
  gboolean is_active = gtk_switch_get_active (toggle);
  g_auto(CptValue) value = CPT_VALUE_INIT;
  CptTransaction *transaction;

  if (record == NULL)
    return;

  gtk_widget_grab_focus (GTK_WIDGET (toggle));
  cpt_value_set_text (&value, is_active ? "active" : "paused");
  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  cpt_transaction_set (transaction, record->entity, &record->id, cpt_entity_find_field (record->entity, "state"), &value);
  cpt_settings_page_commit (CPT_SETTINGS_PAGE (self), transaction, is_active ? _("Workflow runs") : _("Workflow paused"));
}

static void
add_workflow (CptOutboxPage   *self,
              GtkWidget       *group,
              const CptRecord *workflow)
{
  g_autofree char *key = cpt_uuid_dup_text (&workflow->id);
  g_autofree char *title = cpt_record_dup_title (workflow);
  gint64 version = cpt_record_get_integer (workflow, "version");
  g_autofree char *published = g_strdup_printf (_("Version %u"), (guint) MAX (version, 0));
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), version > 0 ? published : _("Not published yet"));
  gtk_widget_set_name (toggle, key);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (toggle, version > 0 && cpt_settings_page_is_writable (CPT_SETTINGS_PAGE (self)));
  gtk_switch_set_active (GTK_SWITCH (toggle), g_strcmp0 (cpt_record_get_text (workflow, "state"), "active") == 0);
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (switched_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
cpt_outbox_page_show (CptSettingsPage *page)
{
  CptOutboxPage *self = CPT_OUTBOX_PAGE (page);
  const CptSettingsData *data = cpt_settings_page_get_data (page);
  const More *more = data->more;
  GtkWidget *group = cpt_settings_page_add_group (page, _("Waiting for a Decision"),
                                                  more->waiting->len > 0
                                                    ? _("What failed is not tried again by itself, and what may have been sent "
                                                        "is never sent twice without you.")
                                                    : _("Nothing that workflows send waits for you."));

  for (guint i = 0; i < more->waiting->len; i++)
    add_waiting (self, group, g_ptr_array_index (more->waiting, i));

  group = cpt_settings_page_add_group (page, _("Workflows"),
                                       data->records[0]->len > 0
                                         ? _("Who is under way in a workflow that is paused stands still.")
                                         : _("There is no workflow yet."));
  for (guint i = 0; i < data->records[0]->len; i++)
    add_workflow (self, group, g_ptr_array_index (data->records[0], i));

  if (more->lately->len > 0)
    group = cpt_settings_page_add_group (page, _("Sent Lately"), NULL);
  for (guint i = 0; i < more->lately->len; i++)
    add_lately (group, g_ptr_array_index (more->lately, i));
}

/* What is sent is no change of a record: it is read again when somebody looks. */
static void
cpt_outbox_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cpt_outbox_page_parent_class)->map (widget);
  if (cpt_settings_page_get_data (CPT_SETTINGS_PAGE (widget)) != NULL)
    cpt_settings_page_read (CPT_SETTINGS_PAGE (widget));
}

static void
cpt_outbox_page_class_init (CptOutboxPageClass *klass)
{
  GTK_WIDGET_CLASS (klass)->map = cpt_outbox_page_map;
  CPT_SETTINGS_PAGE_CLASS (klass)->source = &source;
  CPT_SETTINGS_PAGE_CLASS (klass)->show = cpt_outbox_page_show;
}

static void
cpt_outbox_page_init (CptOutboxPage *self)
{
}
