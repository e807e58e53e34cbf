/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Storing what is done to a dashboard, and the arrangement that a person has of her own over it.
 *
 * With an own arrangement, where widgets are and which are seen is stored in her record, everything
 * else in the dashboard. What others changed in that since it was shown is read before it is stored,
 * and stays.
 */

#include "config.h"

#include "cpt-dashboard-view-private.h"

#include <glib/gi18n.h>

#include "cpt-arrangement.h"
#include "cpt-dashboard-merge.h"
#include "cpt-json.h"
#include "cpt-query.h"

/* ------------------------------------------------------------------- reading */

GPtrArray *
cpt_dashboard_view_read_own (CptDatabase  *database,
                             GError      **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *entity = cpt_schema_find_entity (schema, CPT_ARRANGEMENT_ENTITY);
  g_autoptr(JsonNode) mine = cpt_json_parse ("{\"field\":\"user\",\"op\":\"is\",\"value\":{\"me\":true}}", -1, NULL);
  g_autoptr(CptFilter) filter = cpt_filter_from_json (schema, entity, mine, error);
  g_autoptr(CptQuery) query = cpt_query_new (schema, entity);

  if (filter == NULL || !cpt_query_set_sort (query, "-changed_at", error))
    return NULL;

  cpt_query_set_filter (query, filter);

  return cpt_query_load_records (query, database, 0, error);
}

static CptRecord *
find_own (CptDashboardView *self)
{
  for (guint i = 0; self->arrangements != NULL && i < self->arrangements->len; i++)
    {
      CptRecord *record = g_ptr_array_index (self->arrangements, i);
      const CptValue *value = cpt_record_get_named (record, "dashboard");

      if (value->type == CPT_VALUE_ID && cpt_uuid_equal (&value->id, &self->id))
        return record;
    }

  return NULL;
}

/* Takes @shared (nullable); (transfer full) (nullable): as it is to be shown */
CptDashboard *
cpt_dashboard_view_take_shared (CptDashboardView *self,
                                CptDashboard     *shared)
{
  CptRecord *record = shared != NULL ? find_own (self) : NULL;
  const char *text = record != NULL ? cpt_record_get_text (record, "layout") : NULL;

  g_clear_pointer (&self->shared, cpt_dashboard_free);
  g_clear_pointer (&self->own, json_node_unref);
  self->shared = shared;
  self->shown = self->id;
  if (text != NULL)
    self->own = cpt_json_parse (text, -1, NULL);
  if (self->own != NULL)
    self->own_id = record->id;
  if (shared == NULL)
    return NULL;

  return self->own != NULL ? cpt_arrangement_apply (shared, self->own) : cpt_dashboard_copy (shared);
}

/* ------------------------------------------------------------------- storing */

/* One act, with all that it is about as it was then: another dashboard may be shown meanwhile */
typedef struct
{
  CptDashboardView *self;
  CptStore *store;
  CptUuid id;
  CptUuid own_id;
  CptDashboard *base;     /* what everybody saw */
  CptDashboard *mine;     /* what becomes of it */
  CptDashboard *arranged; /* (nullable): for whom it is stored too */
  gboolean ends_own;      /* her own arrangement becomes that of everybody */
  char *toast;
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->self);
  g_object_unref (saving->store);
  cpt_dashboard_free (saving->base);
  cpt_dashboard_free (saving->mine);
  g_clear_pointer (&saving->arranged, cpt_dashboard_free);
  g_free (saving->toast);
  g_free (saving);
}

static gpointer
merge_in_reader (CptDatabase   *database,
                 gpointer       user_data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  const Saving *saving = user_data;
  const CptEntity *entity = cpt_schema_find_entity (cpt_database_get_schema (database), "dashboard");
  g_autoptr(CptRecord) record = cpt_database_load (database, entity, &saving->id, error);
  const char *text = record != NULL ? cpt_record_get_text (record, "definition") : NULL;
  g_autoptr(CptDashboard) theirs = NULL;

  if (record == NULL)
    return NULL;

  theirs = text != NULL ? cpt_dashboard_parse (text, -1, error) : cpt_dashboard_copy (saving->base);

  return theirs != NULL ? cpt_dashboard_merge (saving->base, saving->mine, theirs, error) : NULL;
}

static void
set_text (CptTransaction  *transaction,
          const CptEntity *entity,
          const CptUuid   *id,
          const char      *field,
          char            *text)
{
  g_auto(CptValue) value = CPT_VALUE_INIT;

  cpt_value_take_text (&value, text);
  cpt_transaction_set (transaction, entity, id, cpt_entity_find_field (entity, field), &value);
}

static void
set_layout (CptDashboardView   *self,
            CptTransaction     *transaction,
            const CptUuid      *own_id,
            const CptDashboard *arranged,
            const CptDashboard *shared)
{
  g_autoptr(JsonNode) layout = cpt_arrangement_new (arranged, shared);

  set_text (transaction, cpt_schema_find_entity (self->schema, CPT_ARRANGEMENT_ENTITY), own_id, "layout",
            cpt_json_format_canonical (layout));
}

static void
commit (CptDashboardView *self,
        CptTransaction   *transaction,
        const char       *toast)
{
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));

  if (window != NULL)
    cpt_window_commit (window, transaction, toast, NULL, NULL, NULL);
  else
    cpt_transaction_free (transaction);
}

static void begin_saving (CptDashboardView *self);

/* The next one reads what this one has stored. */
static void
end_saving (CptDashboardView *self)
{
  g_autoptr(CptDashboardView) kept = g_object_ref (self);

  saving_free (g_queue_pop_head (&self->savings));
  begin_saving (kept);
}

static void
stored_cb (GObject      *window,
           GAsyncResult *result,
           gpointer      user_data)
{
  CptDashboardView *self = user_data;
  g_autoptr(GError) error = NULL;

  if (!cpt_window_commit_finish (CPT_WINDOW (window), result, NULL, &error))
    cpt_window_show_error (CPT_WINDOW (window), error);
  end_saving (self);
}

/* The window has been closed: what was done is done all the same. */
static void
stored_alone_cb (GObject      *store,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!cpt_store_commit_finish (CPT_STORE (store), result, NULL, NULL, &error))
    g_message ("A change of a dashboard was not stored: %s", error->message);
  end_saving (user_data);
}

static CptTransaction *
create_transaction (Saving             *saving,
                    const CptDashboard *merged)
{
  CptSchema *schema = saving->self->schema;
  const CptEntity *arrangement = cpt_schema_find_entity (schema, CPT_ARRANGEMENT_ENTITY);
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, saving->toast);

  set_text (transaction, cpt_schema_find_entity (schema, "dashboard"), &saving->id, "definition",
            cpt_dashboard_format (merged));
  /* Hidden is what she saw and has no more, not what has come since. */
  if (saving->arranged != NULL)
    set_layout (saving->self, transaction, &saving->own_id, saving->arranged, saving->base);
  if (saving->ends_own)
    cpt_transaction_delete (transaction, arrangement, &saving->own_id);

  return transaction;
}

static void
merged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Saving *saving = user_data;
  CptDashboardView *self = saving->self;
  g_autoptr(GError) error = NULL;
  g_autoptr(CptDashboard) merged = cpt_store_finish (CPT_STORE (source), result, &error);
  CptWindow *window = cpt_view_get_window (CPT_VIEW (self));

  if (merged == NULL)
    {
      if (window != NULL)
        cpt_window_show_error (window, error);
      end_saving (self);
    }
  else if (window != NULL)
    {
      cpt_window_commit (window, create_transaction (saving, merged), saving->toast, NULL, stored_cb, self);
    }
  else
    {
      cpt_store_commit_async (CPT_STORE (source), create_transaction (saving, merged), NULL, stored_alone_cb, self);
    }
}

/* The oldest: one at a time. It holds the view until it is stored. */
static void
begin_saving (CptDashboardView *self)
{
  Saving *saving = g_queue_peek_head (&self->savings);

  if (saving != NULL)
    cpt_store_read_async (saving->store, G_PRIORITY_DEFAULT, merge_in_reader, saving, NULL, (GDestroyNotify) cpt_dashboard_free,
                          NULL, merged_cb, saving);
}

/* Takes @mine and @arranged (nullable) */
static void
store_both (CptDashboardView *self,
            CptDashboard     *mine,
            CptDashboard     *arranged,
            gboolean          ends_own,
            const char       *toast)
{
  Saving *saving = g_new0 (Saving, 1);

  saving->self = g_object_ref (self);
  saving->store = g_object_ref (cpt_view_get_store (CPT_VIEW (self)));
  saving->id = self->shown;
  saving->own_id = self->own_id;
  saving->base = cpt_dashboard_copy (self->shared);
  saving->mine = mine;
  saving->arranged = arranged;
  saving->ends_own = ends_own && self->own != NULL;
  saving->toast = g_strdup (toast);
  g_queue_push_tail (&self->savings, saving);
  if (g_queue_get_length (&self->savings) == 1)
    begin_saving (self);
}

void
cpt_dashboard_view_save_shared (CptDashboardView   *self,
                                const CptDashboard *dashboard,
                                const char         *toast)
{
  if (self->shared != NULL)
    store_both (self, cpt_dashboard_copy (dashboard), NULL, FALSE, toast);
}

void
cpt_dashboard_view_save_whole (CptDashboardView   *self,
                               const CptDashboard *dashboard,
                               const char         *toast)
{
  g_autoptr(CptDashboard) mine = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (self->shared == NULL)
    return;
  if (self->own == NULL)
    {
      cpt_dashboard_view_save_shared (self, dashboard, toast);
      return;
    }

  mine = cpt_arrangement_share (self->shared, dashboard);
  before = cpt_dashboard_format (self->shared);
  after = cpt_dashboard_format (mine);
  if (g_str_equal (before, after))
    {
      CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, toast);

      set_layout (self, transaction, &self->own_id, dashboard, self->shared);
      commit (self, transaction, toast);
    }
  else
    {
      store_both (self, g_steal_pointer (&mine), cpt_dashboard_copy (dashboard), FALSE, toast);
    }
}

void
cpt_dashboard_view_save (CptDashboardView   *self,
                         const CptDashboard *dashboard,
                         const char         *toast)
{
  g_autoptr(CptDashboard) whole = cpt_dashboard_view_dup_whole (self, dashboard);

  cpt_dashboard_view_save_whole (self, whole, toast);
}

/* ---------------------------------------------------------------- one's own */

static void
begin_own (CptDashboardView *self)
{
  CptStore *store = cpt_view_get_store (CPT_VIEW (self));
  g_autoptr(CptRecord) record = cpt_record_new (self->schema, cpt_schema_find_entity (self->schema, CPT_ARRANGEMENT_ENTITY));
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, _("Arrange a dashboard only for me"));
  g_autoptr(JsonNode) layout = cpt_arrangement_new (self->shared, self->shared);
  g_autofree char *text = cpt_json_format_canonical (layout);
  gint64 now = cpt_clock_get_now (cpt_store_get_clock (store));

  cpt_record_apply_initial (record, now, cpt_store_get_author (store), cpt_store_get_zone (store));
  cpt_uuid_generate (&record->id, now / 1000);
  cpt_record_set_text (record, "name", cpt_view_get_title (CPT_VIEW (self)));
  cpt_record_set_id (record, "dashboard", &self->shown);
  cpt_record_set_text (record, "layout", text);
  cpt_transaction_create (transaction, record);
  commit (self, transaction, _("From now on arranged only for you"));
}

/* What is hidden for her goes to the end: nothing is taken from anybody */
static void
share_own (CptDashboardView *self)
{
  g_autoptr(JsonNode) layout = cpt_arrangement_new (self->whole, self->whole);

  store_both (self, cpt_arrangement_apply (self->shared, layout), NULL, TRUE, _("Arranged like this for everybody"));
}

static void
end_own (CptDashboardView *self)
{
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, _("Back to the shared arrangement"));

  cpt_transaction_delete (transaction, cpt_schema_find_entity (self->schema, CPT_ARRANGEMENT_ENTITY), &self->own_id);
  commit (self, transaction, _("Back to the shared arrangement"));
}

/* At the end of its page */
static void
show_widget (CptDashboardView *self,
             const char       *id)
{
  const CptWidget *widget = cpt_dashboard_find_widget (self->shared, id, NULL);
  g_autoptr(CptDashboard) changed = NULL;
  g_autoptr(JsonNode) layout = NULL;
  JsonArray *hidden, *rest;

  if (widget == NULL)
    return;

  layout = cpt_arrangement_new (self->whole, self->shared);
  hidden = json_object_get_array_member (json_node_get_object (layout), "hidden");
  rest = json_array_new ();
  for (guint i = 0; i < json_array_get_length (hidden); i++)
    if (!g_str_equal (json_array_get_string_element (hidden, i), id))
      json_array_add_string_element (rest, json_array_get_string_element (hidden, i));
  json_object_set_array_member (json_node_get_object (layout), "hidden", rest);
  changed = cpt_arrangement_apply (self->shared, layout);
  cpt_dashboard_view_save_whole (self, changed, _("Widget shown again"));
}

void
cpt_dashboard_view_own_action (GtkWidget  *widget,
                               const char *action_name,
                               GVariant   *parameter)
{
  CptDashboardView *self = CPT_DASHBOARD_VIEW (widget);

  if (self->shared == NULL)
    return;

  if (g_str_equal (action_name, "dashboard.arrange-for-me"))
    begin_own (self);
  else if (self->own == NULL)
    return;
  else if (g_str_equal (action_name, "dashboard.arrange-for-all"))
    share_own (self);
  else if (g_str_equal (action_name, "dashboard.arrange-shared"))
    end_own (self);
  else
    show_widget (self, g_variant_get_string (parameter, NULL));
}

static GMenuModel *
create_own_menu (CptDashboardView *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) hidden = g_menu_new ();
  g_autoptr(GMenu) ways = g_menu_new ();

  for (guint i = 0; i < cpt_dashboard_get_n_widgets (self->shared); i++)
    {
      const CptWidget *widget = cpt_dashboard_get_widget (self->shared, i);
      g_autoptr(GMenuItem) item = NULL;
      g_autofree char *title = NULL;

      if (cpt_dashboard_find_widget (self->whole, widget->id, NULL) != NULL)
        continue;
      title = cpt_widget_dup_title (widget, NULL);
      item = g_menu_item_new (title, NULL);
      g_menu_item_set_action_and_target (item, "dashboard.show-widget", "s", widget->id);
      g_menu_append_item (hidden, item);
    }
  g_menu_append (ways, _("_Arrange Like This for Everybody"), "dashboard.arrange-for-all");
  g_menu_append (ways, _("_Back to the Shared Arrangement"), "dashboard.arrange-shared");
  if (g_menu_model_get_n_items (G_MENU_MODEL (hidden)) > 0)
    g_menu_append_section (menu, _("Show Again"), G_MENU_MODEL (hidden));
  g_menu_append_section (menu, _("Arranged Only for You"), G_MENU_MODEL (ways));

  return G_MENU_MODEL (menu);
}

void
cpt_dashboard_view_update_own (CptDashboardView *self)
{
  gboolean editable = self->shared != NULL && !cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self)));
  gboolean has_own = self->shared != NULL && self->own != NULL;
  const CptUuid *author = cpt_store_get_author (cpt_view_get_store (CPT_VIEW (self)));
  g_autoptr(GMenuModel) menu = has_own ? create_own_menu (self) : NULL;

  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->mine), menu);
  gtk_widget_set_visible (self->mine, has_own);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dashboard.arrange-for-me",
                                 editable && !has_own && author != NULL && !cpt_uuid_is_nil (author));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dashboard.arrange-for-all", editable && has_own);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dashboard.arrange-shared", editable && has_own);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dashboard.show-widget", editable && has_own);
}

void
cpt_dashboard_view_create_own (CptDashboardView *self)
{
  self->mine = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->mine), "avatar-default-symbolic");
  gtk_widget_set_tooltip_text (self->mine, _("Arranged only for you"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->mine), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Arranged only for you"), -1);
  gtk_widget_set_visible (self->mine, FALSE);
}
