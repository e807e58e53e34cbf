/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Noting what happened, in one line. It becomes a record of the kind whose
 * declaration has a moment and a manner (an activity), linked to the record of
 * the page and to what that is linked to by the same names: what is noted with
 * a deal stands in the timeline of its organisation too.
 */

#include "config.h"

#include "cpt-note-entry.h"

#include <glib/gi18n.h>

#include "cpt-text.h"

struct _CptNoteEntry
{
  GtkWidget parent_instance;

  CptWindow *window; /* outlives its widgets */
  CptSchema *schema;
  const CptEntity *noted; /* (nullable): what a note becomes */
  const CptField *link;   /* by which it leads to the record */
  CptRecord *record;      /* (nullable) */
  gboolean is_storing;

  /* Borrowed from GTK */
  GtkWidget *entry;
  GtkWidget *manner;
};

G_DEFINE_FINAL_TYPE (CptNoteEntry, cpt_note_entry, GTK_TYPE_WIDGET)

static void
find_noted (CptNoteEntry    *self,
            const CptEntity *entity)
{
  guint n_entities;
  const CptEntity *const *entities = cpt_schema_get_entities (self->schema, &n_entities);

  for (guint i = 0; i < n_entities && self->noted == NULL; i++)
    if (entities[i]->moment != NULL && entities[i]->manner != NULL && cpt_entity_find_link_to (entities[i], entity) != NULL)
      {
        self->noted = entities[i];
        self->link = cpt_entity_find_link_to (entities[i], entity);
      }
}

/* The record of the page, and what that is linked to by the same names */
static void
set_links (CptNoteEntry *self,
           CptRecord    *note)
{
  const CptEntity *entity = cpt_record_get_entity (self->record);
  CptValue value = CPT_VALUE_INIT;

  cpt_value_set_id (&value, &self->record->id);
  cpt_record_take (note, self->link, value);
  for (guint i = 0; i < self->noted->n_fields; i++)
    {
      const CptField *field = self->noted->fields[i];
      const CptField *same = cpt_entity_find_field (entity, field->name);

      if (field != self->link && field->kind == CPT_FIELD_LINK && field->initial == NULL && same != NULL &&
          same->kind == CPT_FIELD_LINK && g_strcmp0 (same->target, field->target) == 0)
        cpt_record_set (note, field, cpt_record_get (self->record, same));
    }
}

/* (transfer full): at most @max_length letters of @text; all when that is 0 */
static char *
shorten (const char *text,
         glong       max_length)
{
  if (max_length == 0 || g_utf8_strlen (text, -1) <= max_length)
    return g_strdup (text);

  return cpt_text_shorten (text, (gsize) (g_utf8_offset_to_pointer (text, max_length) - text));
}

/* What does not fit into a title goes into the text as a whole. */
static void
set_texts (CptNoteEntry *self,
           CptRecord    *note,
           const char   *text)
{
  const CptField *title = cpt_entity_get_title_field (self->noted);
  g_autofree char *head = NULL;
  CptValue value = CPT_VALUE_INIT;

  head = shorten (text, (glong) title->max_length);
  cpt_value_set_text (&value, head);
  cpt_record_take (note, title, value);
  for (guint i = 0; !g_str_equal (head, text) && i < self->noted->n_fields; i++)
    if (self->noted->fields[i]->kind == CPT_FIELD_LONG_TEXT)
      {
        CptValue whole = CPT_VALUE_INIT;

        cpt_value_set_text (&whole, text);
        cpt_record_take (note, self->noted->fields[i], whole);
        return;
      }
}

static void
set_manner (CptNoteEntry *self,
            CptRecord    *note)
{
  const CptField *field = cpt_entity_find_field (self->noted, self->noted->manner);
  CptValue value = CPT_VALUE_INIT;

  cpt_value_set_text (&value, field->choices[gtk_drop_down_get_selected (GTK_DROP_DOWN (self->manner))].name);
  cpt_record_take (note, field, value);
}

/* A note on its way to the store */
typedef struct
{
  CptNoteEntry *entry; /* (owned) */
  char *text;          /* (owned): as it was typed */
} Storing;

static void
storing_free (Storing *storing)
{
  g_object_unref (storing->entry);
  g_free (storing->text);
  g_free (storing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Storing, storing_free)

/* What is typed since stays. */
static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Storing) storing = user_data;
  CptNoteEntry *self = storing->entry;
  g_autoptr(GError) error = NULL;

  self->is_storing = FALSE;
  if (!cpt_window_commit_finish (CPT_WINDOW (source), result, NULL, &error))
    cpt_window_show_error (CPT_WINDOW (source), error);
  else if (self->entry != NULL && g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->entry)), storing->text))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
activated_cb (CptNoteEntry *self)
{
  CptStore *store = cpt_window_get_store (self->window);
  g_autofree char *text = cpt_text_clean (gtk_editable_get_text (GTK_EDITABLE (self->entry)), TRUE);
  g_autoptr(CptRecord) note = NULL;
  CptTransaction *transaction;
  Storing *storing;

  if (*text == '\0' || self->record == NULL || self->is_storing)
    return;

  note = cpt_record_new (self->schema, self->noted);
  cpt_record_apply_initial (note, cpt_clock_get_now (cpt_store_get_clock (store)), cpt_store_get_author (store),
                            cpt_store_get_zone (store));
  set_links (self, note);
  set_texts (self, note, text);
  set_manner (self, note);
  transaction = cpt_transaction_new (CPT_ORIGIN_FORM, NULL);
  cpt_transaction_create (transaction, note);
  storing = g_new0 (Storing, 1);
  storing->entry = g_object_ref (self);
  storing->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  self->is_storing = TRUE;
  cpt_window_commit (self->window, transaction, _("Added to the timeline"), NULL, stored_cb, storing);
}

void
cpt_note_entry_set_record (CptNoteEntry *self,
                           CptRecord    *record)
{
  gboolean is_possible;

  g_return_if_fail (CPT_IS_NOTE_ENTRY (self));
  g_return_if_fail (record != NULL);

  cpt_record_ref (record);
  g_clear_pointer (&self->record, cpt_record_unref);
  self->record = record;
  is_possible = self->noted != NULL && !record->in_trash && !cpt_store_is_read_only (cpt_window_get_store (self->window));
  gtk_widget_set_visible (GTK_WIDGET (self), is_possible);
}

/* Building */

static GtkWidget *
create_manner (CptNoteEntry *self)
{
  const CptField *field = cpt_entity_find_field (self->noted, self->noted->manner);
  GtkStringList *labels = gtk_string_list_new (NULL);

  for (const CptChoice *choice = field->choices; choice->name != NULL; choice++)
    gtk_string_list_append (labels, cpt_choice_get_label (choice));
  self->manner = gtk_drop_down_new (G_LIST_MODEL (labels), NULL);
  gtk_widget_set_valign (self->manner, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->manner, cpt_field_get_label (field));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->manner), GTK_ACCESSIBLE_PROPERTY_LABEL, cpt_field_get_label (field), -1);

  return self->manner;
}

static void
build (CptNoteEntry *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _("Note what happened"));
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->entry), create_manner (self));
  g_signal_connect_object (self->entry, "entry-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), self->entry);
  gtk_widget_set_parent (list, GTK_WIDGET (self));
}

static gboolean
cpt_note_entry_grab_focus (GtkWidget *widget)
{
  CptNoteEntry *self = CPT_NOTE_ENTRY (widget);

  return self->entry != NULL && gtk_widget_grab_focus (self->entry);
}

static void
cpt_note_entry_dispose (GObject *object)
{
  CptNoteEntry *self = CPT_NOTE_ENTRY (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  self->entry = NULL;
  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_pointer (&self->record, cpt_record_unref);

  G_OBJECT_CLASS (cpt_note_entry_parent_class)->dispose (object);
}

static void
cpt_note_entry_finalize (GObject *object)
{
  g_clear_pointer (&CPT_NOTE_ENTRY (object)->schema, cpt_schema_unref);

  G_OBJECT_CLASS (cpt_note_entry_parent_class)->finalize (object);
}

static void
cpt_note_entry_class_init (CptNoteEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_note_entry_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_note_entry_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = cpt_note_entry_grab_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cpt_note_entry_init (CptNoteEntry *self)
{
}

GtkWidget *
cpt_note_entry_new (CptWindow       *window,
                    CptSchema       *schema,
                    const CptEntity *entity)
{
  CptNoteEntry *self;

  g_return_val_if_fail (CPT_IS_WINDOW (window), NULL);
  g_return_val_if_fail (schema != NULL && entity != NULL, NULL);

  self = g_object_new (CPT_TYPE_NOTE_ENTRY, NULL);
  self->window = window;
  self->schema = cpt_schema_ref (schema);
  find_noted (self, entity);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (self->noted != NULL)
    build (self);

  return GTK_WIDGET (self);
}
