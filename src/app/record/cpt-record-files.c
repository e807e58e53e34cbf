/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The files of a record. The list is read with the record; what is in each file
 * is read for itself, later, as a picture or a few lines.
 */

#include "config.h"

#include "cpt-record-files.h"

#include <glib/gi18n.h>

#include "cpt-attachment.h"
#include "cpt-date.h"
#include "cpt-file-job.h"
#include "cpt-file-preview.h"
#include "cpt-query.h"
#include "cpt-sniff.h"

#define MAX_FILES 100 /* others are in the list that a last row opens */
#define SMALL 48
#define LARGE 320 /* of the file that the page is about */
#define ICON 64   /* of the same while there is no preview */

struct _CptRecordFiles
{
  GtkWidget parent_instance;

  CptWindow *window; /* outlives its widgets */
  CptSchema *schema;
  const CptEntity *entity;   /* lives as long as schema */
  const CptEntity *files;    /* likewise */
  CptRecord *record;         /* (nullable) */
  char *key;                 /* (nullable): of what is shown */
  GCancellable *cancellable; /* (nullable): of the reading under way */
  CptFilePreviews *previews; /* end with the widget */

  /* Borrowed from GTK */
  GtkWidget *add;
  GtkWidget *hint;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (CptRecordFiles, cpt_record_files, GTK_TYPE_WIDGET)

gboolean
cpt_record_files_is_possible (CptSchema       *schema,
                              const CptEntity *entity)
{
  const CptEntity *files = cpt_schema_find_entity (schema, "file");

  return files != NULL && (files == entity || cpt_entity_find_link_to (files, entity) != NULL);
}

/* Reading */

typedef struct
{
  char *entity;
  CptUuid id;
} ReadData;

/* One file; the array of them is what a reading gives */
typedef struct
{
  CptUuid id;
  CptAttachment *attachment;
  char *title;
  char *author; /* (nullable) */
  gint64 at;
} FileLine;

static void
read_data_free (gpointer pointer)
{
  ReadData *data = pointer;

  g_free (data->entity);
  g_free (data);
}

static void
file_line_free (gpointer pointer)
{
  FileLine *line = pointer;

  cpt_attachment_free (line->attachment);
  g_free (line->title);
  g_free (line->author);
  g_free (line);
}

static void
add_line (GPtrArray   *lines,
          CptDatabase *database,
          CptRecord   *record)
{
  const CptEntity *entity = cpt_record_get_entity (record);
  CptAttachment *attachment = cpt_attachment_from_value (cpt_record_get (record, cpt_attachment_get_field (entity)));
  FileLine *line;

  if (attachment == NULL)
    return;

  line = g_new0 (FileLine, 1);
  line->id = record->id;
  line->attachment = attachment;
  line->title = cpt_record_dup_title (record);
  line->at = record->created_at;
  if (!cpt_uuid_is_nil (&record->created_by))
    line->author = cpt_database_dup_title (database, cpt_schema_find_entity (cpt_database_get_schema (database), "user"),
                                           &record->created_by);
  g_ptr_array_add (lines, line);
}

/* The files of a record; (transfer full) (nullable) */
static CptFilter *
create_filter (CptSchema        *schema,
               const CptEntity  *files,
               const CptEntity  *entity,
               const CptUuid    *id,
               GError          **error)
{
  g_autoptr(JsonNode) value = json_node_new (JSON_NODE_VALUE);
  g_autofree char *text = cpt_uuid_dup_text (id);

  json_node_set_string (value, text);

  return cpt_filter_new_condition (schema, files, cpt_entity_find_link_to (files, entity)->name, CPT_OPERATOR_IS, value, error);
}

/* One more than is shown tells that there are more. */
static GArray *
read_rows (CptDatabase      *database,
           const CptEntity  *files,
           const CptEntity  *entity,
           const CptUuid    *id,
           GError          **error)
{
  CptSchema *schema = cpt_database_get_schema (database);
  g_autoptr(CptQuery) query = cpt_query_new (schema, files);
  g_autoptr(CptFilter) filter = create_filter (schema, files, entity, id, error);

  if (filter == NULL || !cpt_query_set_sort (query, "-created_at", error))
    return NULL;
  cpt_query_set_filter (query, filter);

  return cpt_query_get_rows (query, database, 0, MAX_FILES + 1, error);
}

static gpointer
read_in_worker (CptDatabase   *database,
                gpointer       user_data,
                GCancellable  *cancellable,
                GError       **error)
{
  const ReadData *data = user_data;
  CptSchema *schema = cpt_database_get_schema (database);
  const CptEntity *files = cpt_schema_find_entity (schema, "file");
  const CptEntity *entity = cpt_schema_find_entity (schema, data->entity);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (file_line_free);
  g_autoptr(GArray) rows = NULL;

  if (entity == files)
    {
      g_autoptr(CptRecord) record = cpt_database_load (database, files, &data->id, error);

      if (record == NULL)
        return NULL;
      add_line (lines, database, record);
      return g_steal_pointer (&lines);
    }

  rows = read_rows (database, files, entity, &data->id, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_autoptr(CptRecord) record = cpt_database_load_row (database, files, g_array_index (rows, gint64, i), error);

      if (record == NULL)
        return NULL;
      add_line (lines, database, record);
    }

  return rows != NULL ? g_steal_pointer (&lines) : NULL;
}

/* Rows */

/* What a button does it to */
typedef struct
{
  CptRecordFiles *self; /* outlives its rows */
  CptUuid id;
  char *title;
  CptAttachment *attachment;
} Target;

static void
target_free (gpointer  data,
             GClosure *closure)
{
  Target *target = data;

  cpt_attachment_free (target->attachment);
  g_free (target->title);
  g_free (target);
}

static Target *
target_new (CptRecordFiles *self,
            const FileLine *line)
{
  Target *target = g_new0 (Target, 1);

  target->self = self;
  target->id = line->id;
  target->title = g_strdup (line->title);
  target->attachment = g_new0 (CptAttachment, 1);
  /* Under the name that people have given it since */
  target->attachment->name = g_strdup (line->title);
  target->attachment->type = g_strdup (line->attachment->type);
  target->attachment->sha256 = g_strdup (line->attachment->sha256);
  target->attachment->size = line->attachment->size;

  return target;
}

static void
opened_cb (GtkWidget *widget,
           Target    *target)
{
  cpt_file_job_open (target->self->window, target->attachment);
}

static void
looked_at_cb (GtkWidget *widget,
              Target    *target)
{
  cpt_window_open_record (target->self->window, target->self->files, &target->id);
}

static void
saved_cb (GtkWidget *widget,
          Target    *target)
{
  cpt_file_job_save (target->self->window, target->attachment);
}

static void
removed_cb (GtkWidget *widget,
            Target    *target)
{
  CptTransaction *transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  g_autofree char *toast = NULL;

  cpt_transaction_delete (transaction, target->self->files, &target->id);
  /* Translators: a toast; %s is the name of a file */
  toast = g_strdup_printf (_("“%s” moved to the trash"), target->title);
  cpt_window_commit_by (target->self->window, transaction, toast, widget);
}

static void
add_button (CptRecordFiles *self,
            GtkWidget      *row,
            const FileLine *line,
            const char     *icon,
            const char     *label,
            GCallback       callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_data (button, "clicked", callback, target_new (self, line), target_free, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static const char *
get_icon (const char *type)
{
  switch (cpt_sniff_get_class (type))
    {
    case CPT_SNIFF_IMAGE:
      return "image-x-generic-symbolic";

    case CPT_SNIFF_DOCUMENT:
      return "x-office-document-symbolic";

    case CPT_SNIFF_PROGRAM:
      return "application-x-executable-symbolic";

    case CPT_SNIFF_TEXT:
    case CPT_SNIFF_OTHER:
    default:
      return "text-x-generic-symbolic";
    }
}

static char *
dup_subtitle (CptRecordFiles *self,
              const FileLine *line)
{
  g_autofree char *type = g_content_type_from_mime_type (line->attachment->type);
  g_autofree char *kind = g_content_type_get_description (type != NULL ? type : line->attachment->type);
  g_autofree char *size = g_format_size ((guint64) line->attachment->size);
  g_autofree char *when = cpt_instant_format (line->at, cpt_store_get_zone (cpt_window_get_store (self->window)));

  if (line->author != NULL)
    return g_strdup_printf ("%s · %s · %s · %s", kind, size, when, line->author);

  return g_strdup_printf ("%s · %s · %s", kind, size, when);
}

static GtkWidget *
create_row (CptRecordFiles *self,
            const FileLine *line)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = gtk_image_new_from_icon_name (get_icon (line->attachment->type));
  gboolean can_change = !self->record->in_trash && !cpt_store_is_read_only (cpt_window_get_store (self->window));
  g_autofree char *subtitle = dup_subtitle (self, line);
  g_autofree char *look = NULL;
  g_autofree char *save = NULL;
  g_autofree char *remove = NULL;

  /* Translators: shows what is in a file; %s is its name */
  look = g_strdup_printf (_("Look at %s"), line->title);
  /* Translators: writes a copy of a file; %s is its name */
  save = g_strdup_printf (_("Save a Copy of %s"), line->title);
  /* Translators: %s is the name of a file */
  remove = g_strdup_printf (_("Move %s to the Trash"), line->title);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), line->title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_size_request (image, SMALL, SMALL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  if (self->entity != self->files)
    add_button (self, row, line, "view-reveal-symbolic", look, G_CALLBACK (looked_at_cb));
  add_button (self, row, line, "document-save-symbolic", save, G_CALLBACK (saved_cb));
  if (can_change && self->entity != self->files)
    add_button (self, row, line, "user-trash-symbolic", remove, G_CALLBACK (removed_cb));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (row, _("Open a copy"));
  g_signal_connect_data (row, "activated", G_CALLBACK (opened_cb), target_new (self, line), target_free, 0);
  cpt_file_previews_show (self->previews, line->attachment, SMALL, GTK_IMAGE (image), NULL);

  return row;
}

/* Of the file that the page is about */
static GtkWidget *
create_large_row (CptRecordFiles *self,
                  const FileLine *line)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *image = gtk_image_new_from_icon_name (get_icon (line->attachment->type));
  GtkWidget *label = gtk_label_new (NULL);

  gtk_image_set_pixel_size (GTK_IMAGE (image), ICON);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 12);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_visible (label, FALSE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (box, "field-box");
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, line->title, -1);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Content"), -1);
  cpt_file_previews_show (self->previews, line->attachment, LARGE, GTK_IMAGE (image), GTK_LABEL (label));

  return row;
}

static void
all_opened_cb (CptRecordFiles *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CptFilter) filter = create_filter (self->schema, self->files, self->entity, &self->record->id, &error);
  g_autofree char *title = cpt_record_dup_title (self->record);

  if (filter == NULL)
    cpt_window_show_error (self->window, error);
  else
    cpt_window_open_list (self->window, self->files, filter, title);
}

static GtkWidget *
create_all_row (CptRecordFiles *self)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Show All Files"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (all_opened_cb), self, G_CONNECT_SWAPPED);

  return row;
}

/* What the rows show, and what may be done with them */
static char *
dup_key (CptRecordFiles *self,
         GPtrArray      *lines)
{
  g_autoptr(GString) key = g_string_new (self->record->in_trash ? "trash" : "");

  for (guint i = 0; i < lines->len; i++)
    {
      const FileLine *line = g_ptr_array_index (lines, i);
      g_autofree char *id = cpt_uuid_dup_text (&line->id);

      g_string_append_printf (key, "\n%s %s %s", id, line->attachment->sha256, line->title);
    }

  return g_string_free (g_steal_pointer (&key), FALSE);
}

static void
files_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(CptRecordFiles) self = CPT_RECORD_FILES (user_data);
  g_autoptr(GPtrArray) lines = cpt_store_finish (CPT_STORE (source), result, NULL);
  g_autofree char *key = NULL;
  GtkListBoxRow *row;

  if (lines == NULL || self->record == NULL)
    return;

  /* What is the same keeps the keyboard and its pictures. */
  key = dup_key (self, lines);
  if (g_strcmp0 (key, self->key) == 0)
    return;
  g_free (self->key);
  self->key = g_steal_pointer (&key);
  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (guint i = 0; i < MIN (lines->len, MAX_FILES); i++)
    {
      gtk_list_box_append (GTK_LIST_BOX (self->list), create_row (self, g_ptr_array_index (lines, i)));
      if (self->entity == self->files)
        gtk_list_box_append (GTK_LIST_BOX (self->list), create_large_row (self, g_ptr_array_index (lines, i)));
    }
  if (lines->len > MAX_FILES)
    gtk_list_box_append (GTK_LIST_BOX (self->list), create_all_row (self));
  gtk_widget_set_visible (self->list, lines->len > 0);
}

void
cpt_record_files_show (CptRecordFiles *self,
                       CptRecord      *record)
{
  gboolean can_add;
  ReadData *data;

  g_return_if_fail (CPT_IS_RECORD_FILES (self));
  g_return_if_fail (record != NULL);

  cpt_record_ref (record);
  g_clear_pointer (&self->record, cpt_record_unref);
  self->record = record;
  can_add = self->entity != self->files && !record->in_trash && !cpt_store_is_read_only (cpt_window_get_store (self->window));
  gtk_widget_set_visible (self->add, can_add);
  gtk_widget_set_visible (self->hint, can_add);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  data = g_new0 (ReadData, 1);
  data->entity = g_strdup (self->entity->name);
  data->id = record->id;
  cpt_store_read_async (cpt_window_get_store (self->window), G_PRIORITY_DEFAULT, read_in_worker, data, read_data_free,
                        (GDestroyNotify) g_ptr_array_unref, self->cancellable, files_read_cb, g_object_ref (self));
}

/* Adding */

static void
attached_cb (CptRecordFiles *self)
{
  gtk_widget_set_sensitive (self->add, TRUE);
}

static void
attach (CptRecordFiles *self,
        GListModel     *files)
{
  if (g_list_model_get_n_items (files) == 0 || self->record == NULL || !gtk_widget_get_visible (self->add))
    return;

  gtk_widget_set_sensitive (self->add, FALSE);
  cpt_file_job_attach (self->window, self->entity, &self->record->id, files, G_CALLBACK (attached_cb), G_OBJECT (self));
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           CptRecordFiles  *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

      attach (self, files);
    }
  g_object_unref (dialog);
}

static void
add_clicked_cb (CptRecordFiles *self)
{
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_("Attach Files"), GTK_WINDOW (self->window), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Attach"), NULL);

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static gboolean
dropped_cb (GtkDropTarget  *target,
            const GValue   *value,
            double          x,
            double          y,
            CptRecordFiles *self)
{
  g_autoptr(GListStore) files = g_list_store_new (G_TYPE_FILE);
  GdkDrop *drop = gtk_drop_target_get_current_drop (target);

  /* Records that are dragged from here are files for others, not for the page. */
  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST) || !gtk_widget_get_visible (self->add) ||
      (drop != NULL && gdk_drop_get_drag (drop) != NULL))
    return FALSE;

  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    g_list_store_append (files, l->data);
  attach (self, G_LIST_MODEL (files));

  return TRUE;
}

void
cpt_record_files_take_drops (CptRecordFiles *self,
                             GtkWidget      *widget)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_return_if_fail (CPT_IS_RECORD_FILES (self));

  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_cb), self, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}

static void
build (CptRecordFiles *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->add = gtk_button_new_with_mnemonic (_("_Attach Files…"));
  gtk_widget_set_halign (self->add, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_clicked_cb), self, G_CONNECT_SWAPPED);
  self->hint = gtk_label_new (_("Or drop files here."));
  gtk_widget_add_css_class (self->hint, "dim-label");
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Files"), -1);
  gtk_widget_set_visible (self->list, FALSE);
  gtk_widget_set_visible (self->add, FALSE);
  gtk_widget_set_visible (self->hint, FALSE);
  gtk_box_append (GTK_BOX (box), self->add);
  gtk_box_append (GTK_BOX (box), self->hint);
  gtk_box_append (GTK_BOX (box), self->list);
  /* Room to drop something when there is nothing yet */
  gtk_widget_set_size_request (box, -1, 160);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

/* A reading holds its widget, even beyond the window: it ends here. */
static void
cpt_record_files_unroot (GtkWidget *widget)
{
  CptRecordFiles *self = CPT_RECORD_FILES (widget);

  g_cancellable_cancel (self->cancellable);
  GTK_WIDGET_CLASS (cpt_record_files_parent_class)->unroot (widget);
}

static void
cpt_record_files_dispose (GObject *object)
{
  CptRecordFiles *self = CPT_RECORD_FILES (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->previews, cpt_file_previews_free);
  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_pointer (&self->record, cpt_record_unref);

  G_OBJECT_CLASS (cpt_record_files_parent_class)->dispose (object);
}

static void
cpt_record_files_finalize (GObject *object)
{
  g_free (CPT_RECORD_FILES (object)->key);
  g_clear_pointer (&CPT_RECORD_FILES (object)->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_record_files_parent_class)->finalize (object);
}

static void
cpt_record_files_class_init (CptRecordFilesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_record_files_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_record_files_finalize;
  GTK_WIDGET_CLASS (klass)->unroot = cpt_record_files_unroot;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpt_record_files_init (CptRecordFiles *self)
{
}

GtkWidget *
cpt_record_files_new (CptWindow       *window,
                      CptSchema       *schema,
                      const CptEntity *entity)
{
  CptRecordFiles *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);
  g_return_val_if_fail (schema != NULL && entity != NULL, NULL);

  self = g_object_new (CPT_TYPE_RECORD_FILES, NULL);
  self->window = window;
  self->schema = cpt_schema_ref (schema);
  self->entity = entity;
  self->files = cpt_schema_find_entity (schema, "file");
  self->previews = cpt_file_previews_new (cpt_window_get_store (window));
  build (self);

  return GTK_WIDGET (self);
}
