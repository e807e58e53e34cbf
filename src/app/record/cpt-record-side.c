/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Beside the fields of a record. These groups are made anew each time the
 * record is read; they hold copies of what their buttons need and nothing of
 * the record itself.
 */

#include "config.h"

#include "cpt-record-side.h"

#include <glib/gi18n.h>

#include "cpt-date.h"
#include "cpt-record-put-back.h"
#include "cpt-record-unmerge.h"

/* What a button does: opens a record, a list, or the draft of a new record */
typedef struct
{
  CptWindow *window; /* outlives its widgets */
  CptSchema *schema;
  const CptEntity *entity;
  const CptField *field;
  CptUuid id;
  char *title;
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
  g_autofree char *id = cpt_uuid_dup_text (&target->id);
  g_autoptr(CptFilter) filter = NULL;
  g_autoptr(GError) error = NULL;

  json_node_set_string (value, id);
  filter = cpt_filter_new_condition (target->schema, target->entity, target->field->name, op, value, &error);
  if (filter == NULL)
    cpt_window_show_error (target->window, error);
  else
    cpt_window_open_list (target->window, target->entity, filter, target->title);
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
  if (target->field->kind == CPT_FIELD_LINKS)
    cpt_value_set_ids (&value, &target->id, 1);
  else
    cpt_value_set_id (&value, &target->id);
  cpt_record_take (draft, target->field, value);
  cpt_window_open_draft (target->window, draft);
}

static void
connect_target (GtkWidget              *widget,
                const char             *signal,
                GCallback               callback,
                CptWindow              *window,
                const CptRecordData    *data,
                const CptLinkedRecords *linked,
                const CptUuid          *id)
{
  Target *target = g_new0 (Target, 1);

  target->window = window;
  target->schema = cpt_schema_ref (data->schema);
  target->entity = linked->backlink.entity;
  target->field = linked->backlink.field;
  target->id = *id;
  target->title = cpt_record_dup_title (data->record);
  g_signal_connect_data (widget, signal, callback, target, target_free, 0);
}

void
cpt_record_side_set_title (GtkWidget  *group,
                           const char *title)
{
  GtkWidget *child = gtk_widget_get_first_child (group);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  /* The list is inside a box beside others: the last child of each leads to it */
  while (child != NULL && !GTK_IS_LIST_BOX (child))
    child = gtk_widget_get_next_sibling (child) != NULL ? gtk_widget_get_next_sibling (child)
                                                        : gtk_widget_get_first_child (child);
  if (child != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

GtkWidget *
cpt_record_side_create_linked (CptWindow              *window,
                               const CptRecordData    *data,
                               const CptLinkedRecords *linked)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");
  const char *label = linked->backlink.field->back_label != NULL ? _(linked->backlink.field->back_label)
                                                                 : cpt_entity_get_label_plural (linked->backlink.entity);
  g_autofree char *add_label = NULL;

  /* Translators: makes a record that links to the one on the page: "New Deal" */
  add_label = g_strdup_printf (_("New %s"), cpt_entity_get_label (linked->backlink.entity));
  gtk_widget_add_css_class (add, "flat");
  gtk_widget_set_tooltip_text (add, add_label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (add), GTK_ACCESSIBLE_PROPERTY_LABEL, add_label, -1);
  connect_target (add, "clicked", G_CALLBACK (draft_opened_cb), window, data, linked, &data->record->id);
  cpt_record_side_set_title (group, label);
  g_signal_connect_object (cpt_window_get_store (window), "damaged", G_CALLBACK (gtk_widget_hide), add, G_CONNECT_SWAPPED);
  if (!cpt_store_is_read_only (cpt_window_get_store (window)) && !data->record->in_trash)
    adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), add);
  else
    g_object_ref_sink (add), g_object_unref (add);
  if (linked->hits->len == 0)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _("None yet"));

  for (guint i = 0; i < linked->hits->len; i++)
    {
      const CptHit *hit = g_ptr_array_index (linked->hits, i);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), hit->title);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      connect_target (row, "activated", G_CALLBACK (record_opened_cb), window, data, linked, &hit->id);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }

  if (linked->backlink.count > linked->hits->len)
    {
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *all = NULL;

      /* Translators: opens the list of all records that link to this one */
      all = g_strdup_printf (ngettext ("Show %lu record", "Show all %lu records",
                                       (gulong) linked->backlink.count),
                             (gulong) linked->backlink.count);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), all);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      connect_target (row, "activated", G_CALLBACK (list_opened_cb), window, data, linked, &data->record->id);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }

  return group;
}

static char *
describe_entry (const CptHistoryLine *line,
                GTimeZone            *zone)
{
  g_autofree char *when = cpt_instant_format (line->entry->entry->at, zone);

  /* Translators: person, date and time */
  if (line->author != NULL)
    return g_strdup_printf (C_("history", "%s, %s"), line->author, when);

  return g_steal_pointer (&when);
}

static const char *
get_kind_label (CptChangeKind kind)
{
  static const char *const labels[] = {
    [CPT_CHANGE_CREATE] = NC_("history", "Created"),
    [CPT_CHANGE_UPDATE] = NC_("history", "Changed"),
    [CPT_CHANGE_DELETE] = NC_("history", "Moved to the trash"),
    [CPT_CHANGE_RESTORE] = NC_("history", "Restored from the trash"),
    [CPT_CHANGE_PURGE] = NC_("history", "Deleted for good"),
  };

  return g_dpgettext2 (NULL, "history", labels[kind]);
}

typedef struct
{
  CptWindow *window; /* outlives its widgets */
  gint64 sequence;
  gboolean is_begun; /* a second click is none */
} Act;

static void
act_free (gpointer  data,
          GClosure *closure)
{
  g_free (data);
}

static void
unmerge_clicked_cb (GtkWidget *button,
                    Act       *act)
{
  if (!act->is_begun)
    cpt_record_unmerge (act->window, act->sequence);
  act->is_begun = TRUE;
}

/* A merge that still stands can be taken back from here */
static void
add_unmerge_button (CptWindow            *window,
                    GtkWidget            *row,
                    const CptHistoryLine *line)
{
  const CptLogEntry *entry = line->entry->entry;
  GtkWidget *button;
  Act *act;

  if (entry->origin != CPT_ORIGIN_MERGE || entry->undone_by != 0 || cpt_store_is_read_only (cpt_window_get_store (window)))
    return;

  button = gtk_button_new_with_label (_("Un-merge"));
  act = g_new0 (Act, 1);
  act->window = window;
  act->sequence = entry->sequence;
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Take this merge back"));
  g_signal_connect_data (button, "clicked", G_CALLBACK (unmerge_clicked_cb), act, act_free, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/* What the act did to this record, field by field, or as a whole */
static char *
dup_act_title (const CptHistoryLine *line)
{
  const CptLogEntry *entry = line->entry->entry;

  if (entry->origin == CPT_ORIGIN_MERGE && (line->texts[0] == NULL || line->entry->kind != CPT_CHANGE_UPDATE))
    return g_strdup (entry->label);
  if (line->texts[0] == NULL)
    return g_strdup (get_kind_label (line->entry->kind));

  return g_strjoinv ("\n", line->texts);
}

GtkWidget *
cpt_record_side_create_history (CptWindow           *window,
                                const CptRecordData *data)
{
  GTimeZone *zone = cpt_store_get_zone (cpt_window_get_store (window));
  GtkWidget *group = adw_preferences_group_new ();

  cpt_record_side_set_title (group, _("History"));
  for (guint i = 0; i < data->history->len; i++)
    {
      const CptHistoryLine *line = g_ptr_array_index (data->history, i);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *subtitle = describe_entry (line, zone);
      g_autofree char *title = dup_act_title (line);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 8);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
      add_unmerge_button (window, row, line);
      cpt_record_put_back_add_button (window, data, line, row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }

  return group;
}
