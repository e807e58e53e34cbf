/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A record at a glance. What is read is read on a reading thread, a moment
 * after the cursor has come to rest; what answers late is dropped.
 */

#include "config.h"

#include "cpt-record-peek.h"

#include <glib/gi18n.h>

#include "cpt-field-type.h"
#include "cpt-form.h"
#include "cpt-timeline-row.h"
#include "cpt-value-text.h"

#define DELAY 60 /* milliseconds */
#define N_LINES 6
#define MAX_CHARS 300

struct _CptRecordPeek
{
  GtkWidget parent_instance;

  CptWindow *window; /* outlives its widgets */
  CptSchema *schema;
  const CptEntity *entity; /* lives as long as schema */
  CptUuid id;
  guint source;
  GCancellable *cancellable; /* (nullable): of the reading under way */

  /* Borrowed from GTK */
  GtkWidget *content;
  GtkWidget *title;
  GtkWidget *fields;
  GtkWidget *timeline;
};

G_DEFINE_FINAL_TYPE (CptRecordPeek, cpt_record_peek, GTK_TYPE_WIDGET)

typedef struct
{
  char *entity;
  CptUuid id;
} ReadData;

typedef struct
{
  char *title;
  char **labels; /* of fields that have a value, the main ones first */
  char **values; /* as many */
  CptTimelinePage *page;
} Glance;

static void
read_data_free (gpointer pointer)
{
  ReadData *data = pointer;

  g_free (data->entity);
  g_free (data);
}

static void
glance_free (gpointer pointer)
{
  Glance *glance = pointer;

  g_free (glance->title);
  g_strfreev (glance->labels);
  g_strfreev (glance->values);
  g_clear_pointer (&glance->page, cpt_timeline_page_free);
  g_free (glance);
}

static void
add_field (Glance         *glance,
           CptDatabase    *database,
           GStrvBuilder   *labels,
           GStrvBuilder   *values,
           const CptField *field)
{
  const CptValue *value = cpt_record_get (glance->page->record, field);
  g_autofree char *text = NULL;

  if (cpt_value_is_null (value))
    return;

  text = cpt_value_text_dup (database, glance->page->schema, field, value, MAX_CHARS);
  g_strv_builder_add (labels, cpt_field_get_label (field));
  g_strv_builder_add (values, text);
}

/* Those of the first group of the form, then what the list shows at first */
static void
add_fields (Glance       *glance,
            CptDatabase  *database,
            GStrvBuilder *labels,
            GStrvBuilder *values)
{
  const CptEntity *entity = cpt_record_get_entity (glance->page->record);
  const CptForm *form = cpt_entity_get_form (entity);

  for (guint i = 0; i < form->n_groups; i++)
    for (guint j = 0; j < form->groups[i].n_fields; j++)
      {
        const CptFormField *one = &form->groups[i].fields[j];

        if (!one->is_hidden && one->field != cpt_entity_get_title_field (entity) &&
            (i == 0 || g_strv_contains (entity->columns, one->field->name)))
          add_field (glance, database, labels, values, one->field);
      }
}

static gpointer
read_in_worker (CptDatabase   *database,
                gpointer       user_data,
                GCancellable  *cancellable,
                GError       **error)
{
  const ReadData *data = user_data;
  const CptTimelineCursor cursor = { 0 };
  g_autoptr(GStrvBuilder) labels = g_strv_builder_new ();
  g_autoptr(GStrvBuilder) values = g_strv_builder_new ();
  CptTimelinePage *page = cpt_timeline_page_read (database, data->entity, &data->id, NULL, &cursor, N_LINES, error);
  Glance *glance;

  if (page == NULL)
    return NULL;

  glance = g_new0 (Glance, 1);
  glance->page = page;
  glance->title = cpt_record_dup_title (page->record);
  add_fields (glance, database, labels, values);
  glance->labels = g_strv_builder_end (labels);
  glance->values = g_strv_builder_end (values);

  return glance;
}

static void
clear_list (GtkWidget *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), GTK_WIDGET (row));
}

static GtkWidget *
create_field_row (const char *label,
                  const char *value)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  gtk_widget_add_css_class (row, "property");

  return row;
}

static void
glance_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(CptRecordPeek) self = CPT_RECORD_PEEK (user_data);
  g_autoptr(GError) error = NULL;
  Glance *glance = cpt_store_finish (CPT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  clear_list (self->fields);
  clear_list (self->timeline);
  gtk_label_set_label (GTK_LABEL (self->title), glance != NULL ? glance->title : error->message);
  for (guint i = 0; glance != NULL && glance->labels[i] != NULL; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->fields), create_field_row (glance->labels[i], glance->values[i]));
  for (guint i = 0; glance != NULL && i < glance->page->lines->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->timeline),
                         cpt_timeline_row_new (self->window, glance->page, g_ptr_array_index (glance->page->lines, i)));
  gtk_widget_set_visible (self->fields, glance != NULL && glance->labels[0] != NULL);
  gtk_widget_set_visible (self->timeline, glance != NULL && glance->page->lines->len > 0);
  gtk_widget_set_visible (self->content, TRUE);
  g_clear_pointer (&glance, glance_free);
}

static gboolean
read_cb (gpointer user_data)
{
  CptRecordPeek *self = user_data;
  ReadData *data = g_new0 (ReadData, 1);

  self->source = 0;
  self->cancellable = g_cancellable_new ();
  data->entity = g_strdup (self->entity->name);
  data->id = self->id;
  cpt_store_read_async (cpt_window_get_store (self->window), G_PRIORITY_DEFAULT, read_in_worker, data, read_data_free,
                        glance_free, self->cancellable, glance_read_cb, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
stop (CptRecordPeek *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

void
cpt_record_peek_reload (CptRecordPeek *self)
{
  g_return_if_fail (CPT_IS_RECORD_PEEK (self));

  stop (self);
  if (!cpt_uuid_is_nil (&self->id))
    self->source = g_timeout_add (DELAY, read_cb, self);
}

void
cpt_record_peek_show (CptRecordPeek *self,
                      const CptUuid *id)
{
  g_return_if_fail (CPT_IS_RECORD_PEEK (self));

  if (id != NULL && cpt_uuid_equal (id, &self->id))
    return;

  self->id = id != NULL ? *id : (CptUuid){ 0 };
  if (id == NULL)
    gtk_widget_set_visible (self->content, FALSE);
  cpt_record_peek_reload (self);
}

/* Building */

static void
open_cb (CptRecordPeek *self)
{
  if (!cpt_uuid_is_nil (&self->id))
    cpt_window_open_record (self->window, self->entity, &self->id);
}

static GtkWidget *
create_list (const char *label)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return list;
}

static GtkWidget *
create_head (CptRecordPeek *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *open = gtk_button_new_with_mnemonic (_("_Open"));

  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_wrap (GTK_LABEL (self->title), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->title), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (self->title), 3);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_widget_add_css_class (self->title, "title-2");
  gtk_widget_set_valign (open, GTK_ALIGN_CENTER);
  g_signal_connect_object (open, "clicked", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), open);

  return box;
}

static void
build (CptRecordPeek *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->fields = create_list (_("Fields"));
  self->timeline = create_list (_("Timeline"));
  gtk_widget_add_css_class (self->content, "record-peek");
  gtk_widget_set_visible (self->content, FALSE);
  gtk_box_append (GTK_BOX (self->content), create_head (self));
  gtk_box_append (GTK_BOX (self->content), self->fields);
  gtk_box_append (GTK_BOX (self->content), self->timeline);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->content);
  gtk_widget_set_parent (scrolled, GTK_WIDGET (self));
}

/* A reading holds its widget, even beyond the window: it ends here. */
static void
cpt_record_peek_unroot (GtkWidget *widget)
{
  CptRecordPeek *self = CPT_RECORD_PEEK (widget);

  stop (self);
  GTK_WIDGET_CLASS (cpt_record_peek_parent_class)->unroot (widget);
}

static void
cpt_record_peek_dispose (GObject *object)
{
  CptRecordPeek *self = CPT_RECORD_PEEK (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  stop (self);
  g_clear_pointer (&child, gtk_widget_unparent);

  G_OBJECT_CLASS (cpt_record_peek_parent_class)->dispose (object);
}

static void
cpt_record_peek_finalize (GObject *object)
{
  g_clear_pointer (&CPT_RECORD_PEEK (object)->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_record_peek_parent_class)->finalize (object);
}

static void
cpt_record_peek_class_init (CptRecordPeekClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_record_peek_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_record_peek_finalize;
  GTK_WIDGET_CLASS (klass)->unroot = cpt_record_peek_unroot;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpt_record_peek_init (CptRecordPeek *self)
{
}

GtkWidget *
cpt_record_peek_new (CptWindow       *window,
                     CptSchema       *schema,
                     const CptEntity *entity)
{
  CptRecordPeek *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);
  g_return_val_if_fail (schema != NULL && entity != NULL, NULL);

  self = g_object_new (CPT_TYPE_RECORD_PEEK, NULL);
  self->window = window;
  self->schema = cpt_schema_ref (schema);
  self->entity = entity;
  build (self);

  return GTK_WIDGET (self);
}
