/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The records that link to the one on the page. A group is made anew when what
 * it shows has changed; it holds copies of what its buttons need and nothing of
 * the record itself. Linking and unlinking are changes of the other record,
 * like those on its own page.
 */

#include "config.h"

#include "cpt-record-linked.h"

#include <glib/gi18n.h>

#include "cpt-drag-source.h"
#include "cpt-link-picker.h"
#include "cpt-link-target.h"
#include "cpt-record-side.h"

/* What a button does it to: another record, or the one of the page */
typedef struct
{
  CptWindow *window; /* outlives its widgets */
  CptSchema *schema;
  const CptEntity *entity; /* that links */
  const CptField *field;   /* by which */
  CptUuid id;              /* of the record that is opened or unlinked */
  CptUuid page;            /* of the record on the page */
  char *title;             /* of id */
} Target;

static void
target_free (gpointer  data,
             GClosure *closure)
{
  Target *target = data;

  cpt_schema_unref (target->schema);
  g_free (target->title);
  g_free (target);
}

static void
record_opened_cb (GtkWidget *widget,
                  Target    *target)
{
  cpt_window_open_record (target->window, target->entity, &target->id);
}

static void
list_opened_cb (GtkWidget *widget,
                Target    *target)
{
  CptOperator op = target->field->kind == CPT_FIELD_LINKS ? CPT_OPERATOR_CONTAINS : CPT_OPERATOR_IS;
  g_autoptr(JsonNode) value = json_node_new (JSON_NODE_VALUE);
  g_autofree char *id = cpt_uuid_dup_text (&target->page);
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GError) error = NULL;

  json_node_set_string (value, id);
  filter = cpt_filter_new_condition (target->schema, target->entity, target->field->name, op, value, &error);
  if (filter == NULL)
    cpt_window_show_error (target->window, error);
  else
    cpt_window_open_list (target->window, target->entity, filter, target->title);
}

/* What the field of the other record has to hold: the record of the page */
static void
get_link (const Target *target,
          CptValue     *value)
{
  if (target->field->kind == CPT_FIELD_LINKS)
    cpt_value_set_ids (value, &target->page, 1);
  else
    cpt_value_set_id (value, &target->page);
}

static void
draft_opened_cb (GtkWidget *widget,
                 Target    *target)
{
  CptStore *store = cpt_window_get_store (target->window);
  g_autoptr(CptRecord) draft = cpt_record_new (target->schema, target->entity);
  CptValue value = CPT_VALUE_INIT;

  cpt_record_apply_initial (draft, cpt_clock_get_now (cpt_store_get_clock (store)), cpt_store_get_author (store),
                            cpt_store_get_zone (store));
  get_link (target, &value);
  cpt_record_take (draft, target->field, value);
  cpt_window_open_draft (target->window, draft);
}

static void
picked_cb (GtkWidget  *picker,
           const char *id,
           const char *title,
           Target     *target)
{
  CptTransaction *transaction;
  g_autofree char *toast = NULL;
  g_auto(CptValue) value = CPT_VALUE_INIT;
  CptUuid uuid;

  if (!cpt_uuid_parse (id, &uuid))
    return;

  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  get_link (target, &value);
  if (target->field->kind == CPT_FIELD_LINKS)
    cpt_transaction_add_members (transaction, target->entity, &uuid, target->field, &value);
  else
    cpt_transaction_set (transaction, target->entity, &uuid, target->field, &value);
  /* Translators: a toast; %s is the title of a record */
  toast = g_strdup_printf (_("“%s” linked"), title);
  cpt_window_commit (target->window, transaction, toast, NULL, NULL, NULL);
}

static void
unlinked_cb (GtkWidget *widget,
             Target    *target)
{
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autofree char *toast = NULL;
  g_auto(CptValue) value = CPT_VALUE_INIT;

  if (target->field->kind == CPT_FIELD_LINKS)
    {
      get_link (target, &value);
      cpt_transaction_remove_members (transaction, target->entity, &target->id, target->field, &value);
    }
  else
    {
      cpt_transaction_set (transaction, target->entity, &target->id, target->field, &value);
    }
  /* Translators: a toast; %s is the title of a record */
  toast = g_strdup_printf (_("“%s” unlinked"), target->title);
  cpt_window_commit_by (target->window, transaction, toast, widget);
}

/* @hit (nullable): the record of the page when NULL */
static Target *
target_new (CptWindow              *window,
            const CptRecordData    *data,
            const CptLinkedRecords *linked,
            const CptHit           *hit)
{
  Target *target = g_new0 (Target, 1);

  target->window = window;
  target->schema = cpt_schema_ref (data->schema);
  target->entity = linked->backlink.entity;
  target->field = linked->backlink.field;
  target->page = data->record->id;
  target->id = hit != NULL ? hit->id : data->record->id;
  target->title = hit != NULL ? g_strdup (hit->title) : cpt_record_dup_title (data->record);

  return target;
}

static GtkWidget *
create_button (const char *icon,
               const char *label,
               GCallback   callback,
               Target     *target)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_data (button, "clicked", callback, target, target_free, 0);

  return button;
}

/* The picker is made when it is wanted for the first time. */
static void
pick_cb (GtkMenuButton *button,
         gpointer       user_data)
{
  Target *target = user_data;
  GtkWidget *picker;
  Target *own;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;

  picker = cpt_link_picker_new (cpt_window_get_store (target->window), target->schema, target->entity);
  own = g_memdup2 (target, sizeof *target);
  own->schema = cpt_schema_ref (target->schema);
  own->title = g_strdup (target->title);
  g_signal_connect_data (picker, "picked", G_CALLBACK (picked_cb), own, target_free, 0);
  gtk_menu_button_set_popover (button, picker);
}

static void
pick_target_free (gpointer data)
{
  target_free (data, NULL);
}

static GtkWidget *
create_buttons (CptWindow              *window,
                const CptRecordData    *data,
                const CptLinkedRecords *linked)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *link = gtk_menu_button_new ();
  g_autofree char *add_label = NULL;
  g_autofree char *link_label = NULL;

  /* Translators: links a record that is there to the one on the page; %s is a kind of record */
  link_label = g_strdup_printf (_("Link a Record: %s"), cpt_entity_get_label (linked->backlink.entity));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (link), "edit-find-symbolic");
  gtk_widget_add_css_class (link, "flat");
  gtk_widget_set_tooltip_text (link, link_label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (link), GTK_ACCESSIBLE_PROPERTY_LABEL, link_label, -1);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (link), pick_cb, target_new (window, data, linked, NULL),
                                         pick_target_free);
  gtk_box_append (GTK_BOX (box), link);

  /* Translators: makes a record that links to the one on the page: "New Deal" */
  add_label = g_strdup_printf (_("New %s"), cpt_entity_get_label (linked->backlink.entity));
  gtk_box_append (GTK_BOX (box), create_button ("list-add-symbolic", add_label, G_CALLBACK (draft_opened_cb),
                                                target_new (window, data, linked, NULL)));
  g_signal_connect_object (cpt_window_get_store (window), "damaged", G_CALLBACK (gtk_widget_hide), box, G_CONNECT_SWAPPED);

  return box;
}

/* Dragging: as the window knows the kinds, for which a record is its row */

typedef struct
{
  CptWindow *window; /* outlives its widgets */
  char *entity;      /* of the record that is dragged away or dropped on */
  gint64 row;
  char *field; /* (nullable): only what is linked by this one is taken */
  char *from;  /* (nullable): of this kind */
} Place;

static void
place_free (gpointer  data,
            GClosure *closure)
{
  Place *place = data;

  g_free (place->entity);
  g_free (place->field);
  g_free (place->from);
  g_free (place);
}

static CptDragged *
pick_up (GtkWidget *row,
         double     x,
         double     y,
         gpointer   user_data)
{
  const Place *place = user_data;
  CptSchema *schema = cpt_window_get_schema (place->window);

  return cpt_dragged_new (cpt_window_get_store (place->window), schema, cpt_schema_find_entity (schema, place->entity),
                          &place->row, 1);
}

static CptLinkTarget
get_target (GtkWidget   *widget,
            const Place *place)
{
  CptSchema *schema = cpt_window_get_schema (place->window);
  const CptEntity *from = place->from != NULL ? cpt_schema_find_entity (schema, place->from) : NULL;

  return (CptLinkTarget){
    .window = place->window,
    .entity = cpt_schema_find_entity (schema, place->entity),
    .row = place->row,
    .field = from != NULL ? cpt_entity_find_field (from, place->field) : NULL,
    .widget = widget,
    .area = { 0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget) },
  };
}

static GdkDragAction
motion_cb (GtkDropTarget *drop,
           double         x,
           double         y,
           Place         *place)
{
  CptLinkTarget target = get_target (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (drop)), place);

  return cpt_link_target_takes (&target, cpt_link_target_get_dragged (drop)) ? GDK_ACTION_LINK : 0;
}

static gboolean
dropped_cb (GtkDropTarget *drop,
            const GValue  *value,
            double         x,
            double         y,
            Place         *place)
{
  CptLinkTarget target = get_target (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (drop)), place);
  CptDragged *dragged = g_value_get_boxed (value);

  if (!cpt_link_target_takes (&target, dragged))
    return FALSE;

  cpt_link_target_drop (&target, dragged);

  return TRUE;
}

/* Records can be dropped on @widget, which takes @place */
static void
add_target (GtkWidget *widget,
            Place     *place)
{
  GtkDropTarget *drop = cpt_link_target_add (widget);

  g_signal_connect (drop, "enter", G_CALLBACK (motion_cb), place);
  g_signal_connect (drop, "motion", G_CALLBACK (motion_cb), place);
  g_signal_connect_data (drop, "drop", G_CALLBACK (dropped_cb), place, place_free, 0);
}

static Place *
place_new (CptWindow       *window,
           const CptEntity *entity,
           gint64           row)
{
  Place *place = g_new0 (Place, 1);

  place->window = window;
  place->entity = g_strdup (entity->name);
  place->row = row;

  return place;
}

/* What is dropped on the group is linked to the record of the page as those in it are */
static void
make_droppable (GtkWidget              *group,
                CptWindow              *window,
                const CptRecordData    *data,
                const CptLinkedRecords *linked)
{
  Place *place = place_new (window, data->record->entity, data->record->row);

  place->from = g_strdup (linked->backlink.entity->name);
  place->field = g_strdup (linked->backlink.field->name);
  add_target (group, place);
}

static GtkWidget *
create_row (CptWindow              *window,
            const CptRecordData    *data,
            const CptLinkedRecords *linked,
            const CptHit           *hit,
            gboolean                can_change)
{
  GtkWidget *row = adw_action_row_new ();
  Place *place = place_new (window, linked->backlink.entity, hit->row);
  g_autofree char *label = NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), hit->title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  if (can_change && (linked->backlink.field->flags & (CPT_FIELD_REQUIRED | CPT_FIELD_READ_ONLY)) == 0)
    {
      /* Translators: takes the link of that record to the one on the page away; %s is its title */
      label = g_strdup_printf (_("Unlink %s"), hit->title);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 create_button ("list-remove-symbolic", label, G_CALLBACK (unlinked_cb),
                                                target_new (window, data, linked, hit)));
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  add_target (row, place);
  cpt_drag_source_add (row, pick_up, place);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_data (row, "activated", G_CALLBACK (record_opened_cb), target_new (window, data, linked, hit), target_free, 0);

  return row;
}

static GtkWidget *
create_all_row (CptWindow              *window,
                const CptRecordData    *data,
                const CptLinkedRecords *linked)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *all = NULL;

  /* Translators: opens the list of all records that link to this one */
  all = g_strdup_printf (ngettext ("Show %lu record", "Show all %lu records", (gulong) linked->backlink.count),
                         (gulong) linked->backlink.count);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), all);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_data (row, "activated", G_CALLBACK (list_opened_cb), target_new (window, data, linked, NULL), target_free, 0);

  return row;
}

GtkWidget *
cpt_record_linked_new (CptWindow              *window,
                       const CptRecordData    *data,
                       const CptLinkedRecords *linked)
{
  GtkWidget *group = adw_preferences_group_new ();
  gboolean can_change = !cpt_store_is_read_only (cpt_window_get_store (window)) && !data->record->in_trash;
  const char *label = linked->backlink.field->back_label != NULL ? _(linked->backlink.field->back_label)
                                                                 : cpt_entity_get_label_plural (linked->backlink.entity);
  g_autofree char *count = cpt_decimal_format_local ((gint64) linked->backlink.count, 0, 0);
  g_autofree char *title = NULL;

  cpt_record_side_set_title (group, label);
  if (linked->backlink.count > 0)
    {
      /* Translators: records that link to the one on the page, and how many there are: "Deals (12)" */
      title = g_markup_printf_escaped (C_("linked records", "%s (%s)"), label, count);
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
    }
  else
    {
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _("None yet"));
    }
  if (can_change)
    {
      adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), create_buttons (window, data, linked));
      make_droppable (group, window, data, linked);
    }

  for (guint i = 0; i < linked->hits->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               create_row (window, data, linked, g_ptr_array_index (linked->hits, i), can_change));
  if (linked->backlink.count > linked->hits->len)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), create_all_row (window, data, linked));

  return group;
}

char *
cpt_record_linked_dup_key (const CptRecordData *data)
{
  g_autoptr(GString) key = g_string_new (data->record->in_trash ? "trash" : "");

  for (guint i = 0; i < data->linked->len; i++)
    {
      const CptLinkedRecords *linked = g_ptr_array_index (data->linked, i);

      g_string_append_printf (key, "\n%s.%s %" G_GUINT64_FORMAT, linked->backlink.entity->name, linked->backlink.field->name,
                              linked->backlink.count);
      for (guint j = 0; j < linked->hits->len; j++)
        {
          const CptHit *hit = g_ptr_array_index (linked->hits, j);

          g_string_append_printf (key, "\n%" G_GINT64_FORMAT " %s", hit->row, hit->title);
        }
    }

  return g_string_free (g_steal_pointer (&key), FALSE);
}
