/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saved views: columns, order and conditions of a list under a name, as records
 * of the workspace, so that they travel with it and are undone like anything
 * else. Their definition is
 *
 *   {"columns": "name:220,stage", "sort": "-amount,name", "group": "stage",
 *    "totals": "amount:sum",
 *    "filter": {...}, "default": true}
 *
 * Every member may be absent. The default one is what a place opens with on a
 * machine where nobody has chosen. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cpt-json.h"
#include "cpt-list-view-private.h"

#define MAX_VIEWS 200
#define STANDARD "standard" /* in the state: no saved view */

typedef struct
{
  CptUuid id;
  char *name;
  char *definition; /* JSON */
} SavedView;

static void
saved_view_free (SavedView *view)
{
  g_free (view->name);
  g_free (view->definition);
  g_free (view);
}

/* ------------------------------------------------------------------ reading */

typedef struct
{
  CptSchema *schema; /* (owned) */
  char *entity;      /* (owned) */
  CptUuid author;    /* nil: nobody in particular */
} ViewsJob;

static void
views_job_free (ViewsJob *job)
{
  cpt_schema_unref (job->schema);
  g_free (job->entity);
  g_free (job);
}

gboolean
cpt_list_view_is_definition (const char *definition)
{
  g_autoptr(JsonNode) node = cpt_json_parse (definition, -1, NULL);
  const char *form = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return TRUE;

  return cpt_json_read_string (json_node_get_object (node), "form", &form, NULL) &&
         (form == NULL || strcmp (form, "list") == 0);
}

/* (element-type SavedView): those of a page that are this person's or everybody's */
static GPtrArray *
take_page (const ViewsJob *job,
           CptPage        *page)
{
  GPtrArray *views = g_ptr_array_new_with_free_func ((GDestroyNotify) saved_view_free);

  for (guint i = 0; i < cpt_page_get_length (page); i++)
    {
      const CptValue *owner = cpt_page_get_value (page, i, 2);
      const CptValue *shared = cpt_page_get_value (page, i, 3);
      SavedView *view;

      if (!cpt_page_has_row (page, i) || cpt_page_get_value (page, i, 0)->type != CPT_VALUE_TEXT ||
          cpt_page_get_value (page, i, 1)->type != CPT_VALUE_TEXT ||
          !cpt_list_view_is_definition (cpt_page_get_value (page, i, 1)->text))
        continue;
      if (owner->type == CPT_VALUE_ID && !cpt_uuid_is_nil (&job->author) && !cpt_uuid_equal (&owner->id, &job->author) &&
          !(shared->type == CPT_VALUE_INTEGER && shared->integer != 0))
        continue;

      view = g_new0 (SavedView, 1);
      view->id = *cpt_page_get_id (page, i);
      view->name = g_strdup (cpt_page_get_value (page, i, 0)->text);
      view->definition = g_strdup (cpt_page_get_value (page, i, 1)->text);
      g_ptr_array_add (views, view);
    }

  return views;
}

static gpointer
read_views (CptDatabase   *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  static const char *const names[] = { "name", "definition", "owner", "is_shared" };
  const ViewsJob *job = data;
  const CptEntity *entity = cpt_schema_find_entity (job->schema, "saved_view");
  g_autoptr(CptQuery) query = cpt_query_new (job->schema, entity);
  g_autoptr(JsonNode) value = json_node_init_string (json_node_alloc (), job->entity);
  g_autoptr(CptFilter) filter =
    cpt_filter_new_condition (job->schema, entity, "entity_name", CPT_OPERATOR_IS, value, error);
  g_autoptr(GArray) rows = NULL;
  g_autoptr(CptPage) page = NULL;
  CptPath paths[G_N_ELEMENTS (names)];

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (!cpt_path_parse (job->schema, entity, names[i], &paths[i], error))
      return NULL;
  if (filter == NULL || !cpt_query_set_sort (query, "name", error))
    return NULL;

  cpt_query_set_filter (query, filter);
  rows = cpt_query_get_rows (query, database, 0, MAX_VIEWS, error);
  if (rows == NULL)
    return NULL;

  page = cpt_page_load (database, job->schema, entity, paths, G_N_ELEMENTS (paths),
                        (const gint64 *) (gpointer) rows->data, rows->len, error);

  return page != NULL ? take_page (job, page) : NULL;
}

/* (nullable): borrowed */
static SavedView *
find_view (CptListView *self,
           const char  *text)
{
  CptUuid id;

  if (text == NULL || !cpt_uuid_parse (text, &id))
    return NULL;

  for (guint i = 0; i < self->saved->len; i++)
    {
      SavedView *view = g_ptr_array_index (self->saved, i);

      if (cpt_uuid_equal (&view->id, &id))
        return view;
    }

  return NULL;
}

static char *
dup_current (CptListView *self)
{
  g_autofree char *key = cpt_list_view_dup_state_key (self, "view");

  return cpt_window_dup_state (cpt_view_get_window (CPT_VIEW (self)), key);
}

static void
set_current (CptListView     *self,
             const SavedView *view)
{
  g_autofree char *key = cpt_list_view_dup_state_key (self, "view");
  g_autofree char *text = view != NULL ? cpt_uuid_dup_text (&view->id) : g_strdup (STANDARD);

  cpt_window_set_state (cpt_view_get_window (CPT_VIEW (self)), key, text);
}

/* ---------------------------------------------------------------- definition */

/* What it does not say is as declared. @with_layout FALSE: the conditions only */
static void
show_definition (CptListView *self,
                 const char  *definition,
                 gboolean     with_layout)
{
  g_autoptr(JsonNode) node = definition != NULL ? cpt_json_parse (definition, -1, NULL) : NULL;
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr(CptQuery) query = cpt_query_new (self->schema, self->entity);
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *kept = NULL;
  const char *columns = NULL, *sort = NULL, *group = NULL, *totals = NULL;

  if (object != NULL)
    {
      cpt_json_read_string (object, "columns", &columns, NULL);
      cpt_json_read_string (object, "sort", &sort, NULL);
      cpt_json_read_string (object, "group", &group, NULL);
      cpt_json_read_string (object, "totals", &totals, NULL);
      if (json_object_has_member (object, "filter"))
        filter = cpt_filter_from_json (self->schema, self->entity, json_object_get_member (object, "filter"), &error);
    }
  if (error != NULL)
    cpt_window_show_error (cpt_view_get_window (CPT_VIEW (self)), error);

  kept = cpt_query_dup_sort (cpt_query_model_get_query (self->model));
  if (with_layout)
    {
      cpt_list_view_set_columns (self, columns);
      cpt_list_view_set_grouping (self, group);
      cpt_list_view_set_totals (self, totals);
    }
  else
    sort = kept;
  if (sort != NULL && !cpt_query_set_sort (query, sort, NULL))
    g_debug ("The order “%s” is no more", sort);

  cpt_query_bar_set_filter (self->bar, filter);
  cpt_query_set_filter (query, filter);
  cpt_query_model_set_query (self->model, g_steal_pointer (&query));
}

static gboolean
is_default (const SavedView *view)
{
  g_autoptr(JsonNode) node = cpt_json_parse (view->definition, -1, NULL);
  gboolean value = FALSE;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    cpt_json_read_boolean (json_node_get_object (node), "default", &value, NULL);

  return value;
}

/* What the list shows now */
static JsonNode *
create_definition (CptListView *self,
                   gboolean     as_default)
{
  CptQuery *query = cpt_query_model_get_query (self->model);
  g_autofree char *columns = cpt_list_view_dup_columns (self);
  g_autofree char *sort = cpt_query_dup_sort (query);
  g_autofree char *group = cpt_list_view_dup_grouping (self);
  g_autofree char *totals = cpt_list_view_dup_totals (self);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "columns", columns);
  json_object_set_string_member (object, "sort", sort);
  if (group[0] != '\0')
    json_object_set_string_member (object, "group", group);
  if (totals[0] != '\0')
    json_object_set_string_member (object, "totals", totals);
  if (query->filter != NULL)
    json_object_set_member (object, "filter", cpt_filter_to_json (query->filter));
  if (as_default)
    json_object_set_boolean_member (object, "default", TRUE);

  return json_node_init_object (json_node_alloc (), object);
}

static void fill_popover (CptListView *self,
                          GtkWidget *popover);

static gboolean
show_wanted (CptListView *self)
{
  g_autofree char *wanted = g_steal_pointer (&self->wanted);
  SavedView *view = find_view (self, wanted);

  if (view == NULL)
    return FALSE;

  set_current (self, view);
  show_definition (self, view->definition, TRUE);

  return TRUE;
}

void
cpt_list_view_show_saved (CptListView   *self,
                          const CptUuid *id)
{
  g_return_if_fail (CPT_IS_LIST_VIEW (self));
  g_return_if_fail (id != NULL);

  g_free (self->wanted);
  self->wanted = cpt_uuid_dup_text (id);
  if (self->saved != NULL)
    show_wanted (self);
}

static void
views_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(CptListView) self = user_data;
  g_autoptr(GError) error = NULL;
  GPtrArray *views = cpt_store_finish (CPT_STORE (source), result, &error);
  gboolean is_first = self->saved == NULL;
  g_autofree char *current = NULL;
  GtkPopover *popover;

  if (views == NULL)
    {
      if (error != NULL && cpt_view_get_window (CPT_VIEW (self)) != NULL)
        cpt_window_show_error (cpt_view_get_window (CPT_VIEW (self)), error);
      return;
    }

  g_clear_pointer (&self->saved, g_ptr_array_unref);
  self->saved = views;
  popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (self->views_button));
  if (popover != NULL && gtk_widget_get_visible (GTK_WIDGET (popover)))
    fill_popover (self, GTK_WIDGET (popover));
  if (!is_first || !self->is_place)
    return;
  if (show_wanted (self))
    return;

  /* Columns and order have been remembered as they were left. */
  current = dup_current (self);
  if (find_view (self, current) != NULL)
    show_definition (self, find_view (self, current)->definition, FALSE);
  for (guint i = 0; current == NULL && i < views->len; i++)
    if (is_default (g_ptr_array_index (views, i)))
      {
        set_current (self, g_ptr_array_index (views, i));
        show_definition (self, ((SavedView *) g_ptr_array_index (views, i))->definition, TRUE);
        break;
      }
}

void
cpt_list_view_read_saved (CptListView *self)
{
  CptStore *store = cpt_view_get_store (CPT_VIEW (self));
  ViewsJob *job = g_new0 (ViewsJob, 1);

  job->schema = cpt_schema_ref (self->schema);
  job->entity = g_strdup (self->entity->name);
  if (cpt_store_get_author (store) != NULL)
    job->author = *cpt_store_get_author (store);
  cpt_store_read_async (store, G_PRIORITY_DEFAULT, read_views, job, (GDestroyNotify) views_job_free,
                        (GDestroyNotify) g_ptr_array_unref, self->cancellable, views_cb, g_object_ref (self));
}

/* ----------------------------------------------------------------- changing */

static void
set_json (CptTransaction  *transaction,
          const CptEntity *entity,
          const CptUuid   *id,
          JsonNode        *definition)
{
  const CptField *field = cpt_entity_find_field (entity, "definition");
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (cpt_field_from_json (field, definition, &value, NULL))
    cpt_transaction_set (transaction, entity, id, field, &value);
}

/* Only one is the default */
static void
drop_other_defaults (CptListView     *self,
                     CptTransaction  *transaction,
                     const CptEntity *entity,
                     const CptUuid   *kept)
{
  for (guint i = 0; i < self->saved->len; i++)
    {
      const SavedView *view = g_ptr_array_index (self->saved, i);
      g_autoptr(JsonNode) node = NULL;

      if (cpt_uuid_equal (&view->id, kept) || !is_default (view))
        continue;
      node = cpt_json_parse (view->definition, -1, NULL);
      json_object_remove_member (json_node_get_object (node), "default");
      set_json (transaction, entity, &view->id, node);
    }
}

/* @view (nullable): a new one when NULL */
static void
save_view (CptListView *self,
           SavedView   *view,
           const char  *name,
           gboolean     as_default)
{
  CptStore *store = cpt_view_get_store (CPT_VIEW (self));
  const CptEntity *entity = cpt_schema_find_entity (self->schema, "saved_view");
  g_autofree char *toast = g_strdup_printf (_("View “%s” saved"), name);
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autoptr(JsonNode) definition = create_definition (self, as_default);
  g_auto(CptValue) text = CPT_VALUE_INIT;
  SavedView made = { 0 };

  cpt_value_set_text (&text, name);
  if (view != NULL)
    {
      made.id = view->id;
      cpt_transaction_set (transaction, entity, &view->id, cpt_entity_find_field (entity, "name"), &text);
      set_json (transaction, entity, &view->id, definition);
    }
  else
    {
      g_autoptr(CptRecord) record = cpt_record_new (self->schema, entity);
      g_auto(CptValue) listed = CPT_VALUE_INIT;
      g_auto(CptValue) value = CPT_VALUE_INIT;

      cpt_uuid_generate (&record->id, cpt_clock_get_now (cpt_store_get_clock (store)) / 1000);
      cpt_record_apply_initial (record, cpt_clock_get_now (cpt_store_get_clock (store)), cpt_store_get_author (store),
                                cpt_store_get_zone (store));
      made.id = record->id;
      cpt_value_set_text (&listed, self->entity->name);
      cpt_field_from_json (cpt_entity_find_field (entity, "definition"), definition, &value, NULL);
      cpt_record_set (record, cpt_entity_find_field (entity, "name"), &text);
      cpt_record_set (record, cpt_entity_find_field (entity, "entity_name"), &listed);
      cpt_record_set (record, cpt_entity_find_field (entity, "definition"), &value);
      cpt_transaction_create (transaction, record);
    }
  if (as_default)
    drop_other_defaults (self, transaction, entity, &made.id);
  set_current (self, &made);
  cpt_window_commit (cpt_view_get_window (CPT_VIEW (self)), transaction, toast, NULL, NULL, NULL);
}

/* ------------------------------------------------------------------- popover */

static void
shown_cb (GtkButton   *button,
          CptListView *self)
{
  const char *id = gtk_widget_get_name (GTK_WIDGET (button));
  SavedView *view = find_view (self, id);

  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER)));
  set_current (self, view);
  show_definition (self, view != NULL ? view->definition : self->standard, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
add_view (CptListView *self,
          GtkWidget   *box,
          const char  *id,
          const char  *name,
          gboolean     is_current)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *tick = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_opacity (tick, is_current ? 1 : 0);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), tick);
  gtk_button_set_child (GTK_BUTTON (button), line);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_name (button, id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (is_current)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _("shown now"), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (shown_cb), self, 0);
  gtk_box_append (GTK_BOX (box), button);
}

/* The form below the views: a name, whether it is the default, what to do */
typedef struct
{
  CptListView *list; /* borrowed: the popover is inside it */
  GtkWidget *popover;
  GtkEditable *name;
  GtkCheckButton *as_default;
  char *id; /* (owned) (nullable): of the view shown now */
} SaveForm;

static void
save_form_free (gpointer  data,
                GClosure *closure)
{
  SaveForm *form = data;

  g_free (form->id);
  g_free (form);
}

/* A name that is taken means that view. */
static void
save_cb (GtkWidget *widget,
         SaveForm  *form)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (form->name)));
  SavedView *same = NULL;

  if (name[0] == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (form->name));
      return;
    }

  for (guint i = 0; i < form->list->saved->len && same == NULL; i++)
    if (g_utf8_collate (((SavedView *) g_ptr_array_index (form->list->saved, i))->name, name) == 0)
      same = g_ptr_array_index (form->list->saved, i);
  gtk_popover_popdown (GTK_POPOVER (form->popover));
  save_view (form->list, same, name, gtk_check_button_get_active (form->as_default));
}

static void
rename_cb (GtkWidget *widget,
           SaveForm  *form)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (form->name)));
  const CptEntity *entity = cpt_schema_find_entity (form->list->schema, "saved_view");
  SavedView *view = find_view (form->list, form->id);
  g_auto(CptValue) text = CPT_VALUE_INIT;
  CptTransaction *transaction;

  if (view == NULL || name[0] == '\0')
    return;

  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  cpt_value_set_text (&text, name);
  cpt_transaction_set (transaction, entity, &view->id, cpt_entity_find_field (entity, "name"), &text);
  gtk_popover_popdown (GTK_POPOVER (form->popover));
  cpt_window_commit (cpt_view_get_window (CPT_VIEW (form->list)), transaction, _("View renamed"), NULL, NULL, NULL);
}

static void
delete_cb (GtkWidget *widget,
           SaveForm  *form)
{
  SavedView *view = find_view (form->list, form->id);
  g_autofree char *toast = NULL;
  CptTransaction *transaction;

  if (view == NULL)
    return;

  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  toast = g_strdup_printf (_("View “%s” deleted"), view->name);
  cpt_transaction_delete (transaction, cpt_schema_find_entity (form->list->schema, "saved_view"), &view->id);
  gtk_popover_popdown (GTK_POPOVER (form->popover));
  set_current (form->list, NULL);
  cpt_window_commit (cpt_view_get_window (CPT_VIEW (form->list)), transaction, toast, NULL, NULL, NULL);
}

static void
add_button (GtkWidget  *box,
            const char *label,
            SaveForm   *form,
            GCallback   callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect (button, "clicked", callback, form);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_box_append (GTK_BOX (box), button);
}

static void
add_form (CptListView     *self,
          GtkWidget       *popover,
          GtkWidget       *content,
          const SavedView *current)
{
  SaveForm *form = g_new0 (SaveForm, 1);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_entry_new ();
  GtkWidget *as_default = gtk_check_button_new_with_mnemonic (_("_Open this list with it"));

  form->list = self;
  form->popover = popover;
  form->id = current != NULL ? cpt_uuid_dup_text (&current->id) : NULL;
  form->name = GTK_EDITABLE (name);
  form->as_default = GTK_CHECK_BUTTON (as_default);
  g_object_set (name, "placeholder-text", _("Name of the view"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (name), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of the view"), -1);
  gtk_editable_set_text (form->name, current != NULL ? current->name : "");
  gtk_check_button_set_active (form->as_default, current != NULL && is_default (current));
  g_signal_connect_data (name, "activate", G_CALLBACK (save_cb), form, save_form_free, 0);

  add_button (buttons, _("_Save View"), form, G_CALLBACK (save_cb));
  if (current != NULL)
    {
      add_button (buttons, _("_Rename"), form, G_CALLBACK (rename_cb));
      add_button (buttons, _("_Delete"), form, G_CALLBACK (delete_cb));
    }
  gtk_box_append (GTK_BOX (content), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (content), name);
  gtk_box_append (GTK_BOX (content), as_default);
  gtk_box_append (GTK_BOX (content), buttons);
}

static void
fill_popover (CptListView *self,
              GtkWidget   *popover)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *text = dup_current (self);
  SavedView *current = self->saved != NULL ? find_view (self, text) : NULL;

  add_view (self, box, STANDARD, _("Standard"), current == NULL);
  for (guint i = 0; self->saved != NULL && i < self->saved->len; i++)
    {
      const SavedView *view = g_ptr_array_index (self->saved, i);
      g_autofree char *id = cpt_uuid_dup_text (&view->id);

      add_view (self, box, id, view->name, view == current);
    }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_box_append (GTK_BOX (content), scroller);
  if (self->saved != NULL && !cpt_store_is_read_only (cpt_view_get_store (CPT_VIEW (self))))
    add_form (self, popover, content, current);
  gtk_popover_set_child (GTK_POPOVER (popover), content);
}

GtkWidget *
cpt_list_view_create_saved_popover (CptListView *self)
{
  GtkWidget *popover = gtk_popover_new ();

  fill_popover (self, popover);

  return popover;
}
