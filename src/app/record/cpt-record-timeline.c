/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What happened with a record. Pages are read on a reading thread; a reading
 * that is not wanted any more is cancelled, and what it answers dropped. A
 * change of the record reads again what is shown, so that nothing jumps, and
 * rows are made anew only when they show something else.
 */

#include "config.h"

#include "cpt-record-timeline.h"

#include <glib/gi18n.h>

#include "cpt-note-entry.h"
#include "cpt-timeline-row.h"

#define PAGE_LENGTH 15

struct _CptRecordTimeline
{
  GtkWidget parent_instance;

  CptWindow *window; /* outlives its widgets */
  CptSchema *schema;
  const CptEntity *entity; /* lives as long as schema */
  CptUuid id;
  char **kinds; /* of the choice, as cpt_timeline_read() takes them; "" for everything */
  char **names; /* of the fields whose changes can be asked for; "" for all */
  guint n_shown;
  GString *key;     /* (owned): of the rows, in their order */
  gboolean is_more; /* what is being read goes behind what is shown */
  CptTimelineCursor cursor;
  GCancellable *cancellable; /* (nullable): of the reading under way */

  /* Borrowed from GTK */
  CptNoteEntry *note;
  GtkWidget *choice;
  GtkWidget *field; /* beside changes */
  GtkWidget *list;
  GtkWidget *nothing;
  GtkWidget *more;
};

G_DEFINE_FINAL_TYPE (CptRecordTimeline, cpt_record_timeline, GTK_TYPE_WIDGET)

typedef struct
{
  char *entity;
  CptUuid id;
  char *kind; /* (nullable) */
  CptTimelineCursor cursor;
  guint limit;
} ReadData;

static void
read_data_free (gpointer pointer)
{
  ReadData *data = pointer;

  g_free (data->entity);
  g_free (data->kind);
  g_free (data);
}

static gpointer
read_in_worker (CptDatabase   *database,
                gpointer       user_data,
                GCancellable  *cancellable,
                GError       **error)
{
  const ReadData *data = user_data;

  return cpt_timeline_page_read (database, data->entity, &data->id, data->kind, &data->cursor, data->limit, error);
}

static void
clear_rows (CptRecordTimeline *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  self->n_shown = 0;
  g_string_truncate (self->key, 0);
}

static char *
dup_key (const CptTimelinePage *page)
{
  g_autoptr(GString) key = g_string_new (NULL);

  for (guint i = 0; i < page->lines->len; i++)
    {
      g_autofree char *row = cpt_timeline_row_dup_key (page, g_ptr_array_index (page->lines, i));

      g_string_append (key, row);
    }

  return g_string_free (g_steal_pointer (&key), FALSE);
}

static void
page_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(CptRecordTimeline) self = CPT_RECORD_TIMELINE (user_data);
  g_autoptr(CptTimelinePage) page = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *key = NULL;
  gboolean is_same;

  page = cpt_store_finish (CPT_STORE (source), result, &error);
  /* The record may have gone meanwhile: its page says so. */
  if (page == NULL)
    return;

  /* What is the same keeps the keyboard. */
  key = dup_key (page);
  is_same = !self->is_more && g_str_equal (key, self->key->str);
  if (!self->is_more && !is_same)
    clear_rows (self);
  self->cursor = page->cursor;
  for (guint i = 0; i < page->lines->len && !is_same; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list),
                         cpt_timeline_row_new (self->window, page, g_ptr_array_index (page->lines, i)));
  if (!is_same)
    g_string_append (self->key, key);
  self->n_shown = is_same ? page->lines->len : self->n_shown + page->lines->len;
  gtk_widget_set_visible (self->more, !page->is_complete);
  gtk_widget_set_visible (self->list, self->n_shown > 0);
  gtk_widget_set_visible (self->nothing, self->n_shown == 0);
}

static const char *
get_kind (CptRecordTimeline *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->choice));

  return selected < g_strv_length (self->kinds) ? self->kinds[selected] : "";
}

/* As cpt_timeline_read() takes it; NULL for everything */
static char *
dup_wanted (CptRecordTimeline *self)
{
  const char *kind = get_kind (self);
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->field));
  const char *name = selected < g_strv_length (self->names) ? self->names[selected] : "";

  if (g_str_equal (kind, CPT_TIMELINE_CHANGES) && *name != '\0')
    return g_strdup_printf ("%s:%s", kind, name);

  return *kind != '\0' ? g_strdup (kind) : NULL;
}

static void
read_page (CptRecordTimeline *self,
           gboolean           more)
{
  ReadData *data;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (cpt_uuid_is_nil (&self->id))
    return;

  self->cancellable = g_cancellable_new ();
  self->is_more = more;
  data = g_new0 (ReadData, 1);
  data->entity = g_strdup (self->entity->name);
  data->id = self->id;
  data->kind = dup_wanted (self);
  data->limit = more ? PAGE_LENGTH : MAX (PAGE_LENGTH, self->n_shown);
  if (more)
    data->cursor = self->cursor;
  cpt_store_read_async (cpt_window_get_store (self->window), G_PRIORITY_DEFAULT, read_in_worker, data, read_data_free,
                        (GDestroyNotify) cpt_timeline_page_free, self->cancellable, page_read_cb, g_object_ref (self));
}

static void
choice_changed_cb (CptRecordTimeline *self)
{
  gtk_widget_set_visible (self->field, g_str_equal (get_kind (self), CPT_TIMELINE_CHANGES));
  self->n_shown = 0;
  read_page (self, FALSE);
}

static void
more_clicked_cb (CptRecordTimeline *self)
{
  read_page (self, TRUE);
}

void
cpt_record_timeline_show (CptRecordTimeline *self,
                          CptRecord         *record)
{
  g_return_if_fail (CPT_IS_RECORD_TIMELINE (self));
  g_return_if_fail (record != NULL);

  self->id = record->id;
  cpt_note_entry_set_record (self->note, record);
  read_page (self, FALSE);
}

gboolean
cpt_record_timeline_begin (CptRecordTimeline *self)
{
  g_return_val_if_fail (CPT_IS_RECORD_TIMELINE (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self->note)) && gtk_widget_grab_focus (GTK_WIDGET (self->note));
}

/* Building */

static gboolean
links_to (const CptEntity *entity,
          const CptEntity *target)
{
  for (guint i = 0; i < entity->n_fields; i++)
    if (g_strcmp0 (entity->fields[i]->target, target->name) == 0)
      return TRUE;

  return FALSE;
}

static void
add_kinds (GStrvBuilder    *kinds,
           GtkStringList   *labels,
           const CptEntity *entity)
{
  const CptField *field = entity->manner != NULL ? cpt_entity_find_field (entity, entity->manner) : NULL;

  if (field == NULL)
    {
      g_strv_builder_add (kinds, entity->name);
      gtk_string_list_append (labels, cpt_entity_get_label_plural (entity));
      return;
    }

  for (const CptChoice *choice = field->choices; choice->name != NULL; choice++)
    {
      g_autofree char *kind = g_strdup_printf ("%s:%s", entity->name, choice->name);

      if (entity->messages != NULL && g_strv_contains (entity->messages, choice->name))
        continue;
      g_strv_builder_add (kinds, kind);
      gtk_string_list_append (labels, cpt_choice_get_label (choice));
    }
}

static GtkWidget *
create_choice (CptRecordTimeline *self)
{
  g_autoptr(GStrvBuilder) kinds = g_strv_builder_new ();
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  gboolean has_messages = FALSE;
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (self->schema, &n_entities);

  g_strv_builder_add (kinds, "");
  gtk_string_list_append (labels, C_("timeline", "Everything"));
  for (guint i = 0; i < n_entities; i++)
    if (entities[i]->moment != NULL && links_to (entities[i], self->entity))
      {
        add_kinds (kinds, labels, entities[i]);
        has_messages = has_messages || entities[i]->messages != NULL;
      }
  if (has_messages)
    {
      g_strv_builder_add (kinds, CPT_TIMELINE_MESSAGES);
      gtk_string_list_append (labels, C_("timeline", "Messages"));
    }
  g_strv_builder_add (kinds, CPT_TIMELINE_CHANGES);
  gtk_string_list_append (labels, C_("timeline", "Changes"));

  self->kinds = g_strv_builder_end (kinds);
  self->choice = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)), NULL);
  gtk_widget_set_halign (self->choice, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (self->choice, _("What is shown"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What is shown"), -1);
  g_signal_connect_object (self->choice, "notify::selected", G_CALLBACK (choice_changed_cb), self, G_CONNECT_SWAPPED);

  return self->choice;
}

/* The history of one field: what it was, when, and by whom */
static GtkWidget *
create_field_choice (CptRecordTimeline *self)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  g_autoptr(GtkExpression) label = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  g_strv_builder_add (names, "");
  gtk_string_list_append (labels, C_("timeline", "All Fields"));
  for (guint i = 0; i < self->entity->n_fields; i++)
    {
      if ((self->entity->fields[i]->flags & CPT_FIELD_HIDDEN) != 0)
        continue;
      g_strv_builder_add (names, self->entity->fields[i]->name);
      gtk_string_list_append (labels, cpt_field_get_label (self->entity->fields[i]));
    }

  self->names = g_strv_builder_end (names);
  self->field = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)), NULL);
  gtk_drop_down_set_expression (GTK_DROP_DOWN (self->field), label);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (self->field), TRUE);
  gtk_widget_set_visible (self->field, FALSE);
  gtk_widget_set_tooltip_text (self->field, _("Whose changes are shown"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->field), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Whose changes are shown"), -1);
  g_signal_connect_object (self->field, "notify::selected", G_CALLBACK (choice_changed_cb), self, G_CONNECT_SWAPPED);

  return self->field;
}

static void
build (CptRecordTimeline *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *choices = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->note = CPT_NOTE_ENTRY (cpt_note_entry_new (self->window, self->schema, self->entity));
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Timeline"), -1);
  gtk_widget_set_visible (self->list, FALSE);
  self->nothing = gtk_label_new (_("Nothing happened yet"));
  gtk_widget_add_css_class (self->nothing, "dim-label");
  gtk_widget_set_visible (self->nothing, FALSE);
  self->more = gtk_button_new_with_mnemonic (_("Show _Older"));
  gtk_widget_set_halign (self->more, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->more, FALSE);
  g_signal_connect_object (self->more, "clicked", G_CALLBACK (more_clicked_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->note));
  gtk_box_append (GTK_BOX (choices), create_choice (self));
  gtk_box_append (GTK_BOX (choices), create_field_choice (self));
  gtk_box_append (GTK_BOX (box), choices);
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), self->nothing);
  gtk_box_append (GTK_BOX (box), self->more);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

/* A reading holds its widget, even beyond the window: it ends here. */
static void
cpt_record_timeline_unroot (GtkWidget *widget)
{
  CptRecordTimeline *self = CPT_RECORD_TIMELINE (widget);

  g_cancellable_cancel (self->cancellable);
  GTK_WIDGET_CLASS (cpt_record_timeline_parent_class)->unroot (widget);
}

static void
cpt_record_timeline_dispose (GObject *object)
{
  CptRecordTimeline *self = CPT_RECORD_TIMELINE (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&child, gtk_widget_unparent);

  G_OBJECT_CLASS (cpt_record_timeline_parent_class)->dispose (object);
}

static void
cpt_record_timeline_finalize (GObject *object)
{
  CptRecordTimeline *self = CPT_RECORD_TIMELINE (object);

  g_strfreev (self->kinds);
  g_strfreev (self->names);
  g_string_free (self->key, TRUE);
  g_clear_pointer (&self->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_record_timeline_parent_class)->finalize (object);
}

static void
cpt_record_timeline_class_init (CptRecordTimelineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_record_timeline_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_record_timeline_finalize;
  GTK_WIDGET_CLASS (klass)->unroot = cpt_record_timeline_unroot;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpt_record_timeline_init (CptRecordTimeline *self)
{
  self->key = g_string_new (NULL);
}

GtkWidget *
cpt_record_timeline_new (CptWindow       *window,
                         CptSchema       *schema,
                         const CptEntity *entity)
{
  CptRecordTimeline *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);
  g_return_val_if_fail (schema != NULL && entity != NULL, NULL);

  self = g_object_new (CPT_TYPE_RECORD_TIMELINE, NULL);
  self->window = window;
  self->schema = cpt_schema_ref (schema);
  self->entity = entity;
  build (self);

  return GTK_WIDGET (self);
}
